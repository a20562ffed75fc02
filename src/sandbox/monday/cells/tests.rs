use jiff::Timestamp;
use serde_json::{Value, json};

use super::Cell;
use super::place::Place;
use super::write::parse;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::World;

fn written(column: &str, value: &Value, make_labels: bool) -> Result<Option<Cell>, Refusal> {
    let world = World::new(7, Timestamp::UNIX_EPOCH);
    let board = world.boards.values().find(|board| board.name == "Every column type").unwrap();
    let column = board.column(column).unwrap();
    let mut settings = column.settings.clone();
    parse(Place { world: &world, board: board.id, make_labels }, column, &mut settings, value)
}

#[test]
fn full_and_short_forms_give_the_same_cell() {
    let pairs = [
        ("long_text", json!({"text": "abc"}), json!("abc")),
        ("status", json!({"label": "Done"}), json!("Done")),
        ("status", json!({"index": 2}), json!("2")),
        ("dropdown", json!({"labels": ["A", "B"]}), json!("A, B")),
        ("dropdown", json!({"ids": [1, 2]}), json!("1,2")),
        ("date", json!({"date": "2026-11-22", "time": "13:25:00"}), json!("2026-11-22 13:25:00")),
        ("email", json!({"email": "a@b.co", "text": "The label"}), json!("a@b.co The label")),
        ("phone", json!({"phone": "+33612345678", "countryShortName": "FR"}), json!("+33612345678 FR")),
        ("link", json!({"url": "https://x.example", "text": "L"}), json!("https://x.example L")),
        ("location", json!({"lat": "48.8", "lng": "2.3", "address": "A b"}), json!("48.8 2.3 A b")),
        ("numbers", json!(3), json!("3")),
    ];
    for (column, full, short) in pairs {
        let cell = written(column, &full, false).unwrap();
        assert!(cell.is_some(), "{column}");
        assert_eq!(written(column, &short, false).unwrap(), cell, "{column}");
    }
}

#[test]
fn clear_forms_clear() {
    for (column, value) in [
        ("text", json!("")),
        ("text", Value::Null),
        ("status", json!({})),
        ("status", json!({"index": 5})),
        ("dropdown", json!({"labels": []})),
        ("people", json!({"personsAndTeams": []})),
        ("checkbox", Value::Null),
        ("date", json!({"date": ""})),
        ("phone", json!({"phone": "", "countryShortName": ""})),
        ("file", json!({"clear_all": true})),
        ("week", json!({})),
    ] {
        assert_eq!(written(column, &value, false).unwrap(), None, "{column} {value}");
    }
}

#[test]
fn what_the_real_one_refuses_is_refused() {
    for (column, value) in [
        ("numbers", json!("abc")),
        ("numbers", json!(true)),
        ("status", json!({"label": "Nope"})),
        ("status", json!({"index": 77})),
        ("status", json!(["Done"])),
        ("dropdown", json!({"labels": ["a"]})),
        ("dropdown", json!("A,1")),
        ("date", json!({"date": "22/11/2026"})),
        ("date", json!({"date": "2026-11-22", "time": "25:00:00"})),
        ("timeline", json!({"from": "2026-11-05", "to": "2026-11-01"})),
        ("email", json!({"email": "nobody", "text": "x"})),
        ("phone", json!({"phone": "12", "countryShortName": "FR"})),
        ("phone", json!({"phone": "+33612345678", "countryShortName": "fr"})),
        ("phone", json!({"phone": "+49612345678", "countryShortName": "FR"})),
        ("link", json!({"url": "x.example", "text": "x"})),
        ("people", json!({"personsAndTeams": [{"id": 1, "kind": "person"}]})),
        ("country", json!({"countryCode": "XX", "countryName": "France"})),
        ("country", json!({"countryCode": "FR", "countryName": "Italy"})),
        ("location", json!({"lat": "90", "lng": "0", "address": ""})),
        ("rating", json!({"rating": 6})),
        ("hour", json!({"hour": 24, "minute": 0})),
        ("week", json!({"week": {"startDate": "2026-11-17", "endDate": "2026-11-23"}})),
        ("week", json!({"week": {"startDate": "2026-11-16", "endDate": "2026-11-21"}})),
        ("board_relation", json!({"item_ids": ["1"]})),
        ("world_clock", json!({"timezone": "Mars/Base"})),
        ("long_text", json!({"text": "x".repeat(2001)})),
        ("mirror", json!("x")),
        ("formula", json!("x")),
        ("color_picker", json!({"color": {"hex": "#fff"}})),
    ] {
        let refusal = written(column, &value, false).unwrap_err();
        assert_eq!(refusal.code, "ColumnValueException", "{column} {value}");
        assert_eq!(refusal.data["column_type"], column, "{value}");
    }
}

#[test]
fn labels_are_made_only_when_asked() {
    assert_eq!(written("status", &json!({"label": "Fresh"}), true).unwrap(), Some(Cell::Status(3)));
    assert_eq!(
        written("dropdown", &json!({"labels": ["A", "Z"]}), true).unwrap(),
        Some(Cell::Dropdown(vec![1, 4]))
    );
}

#[test]
fn numbers_have_one_form() {
    for (given, kept) in [("3.50", "3.5"), ("-0.10", "-0.1"), ("1e3", "1000"), ("007", "7"), (" 4 ", "4")] {
        assert_eq!(written("numbers", &json!(given), false).unwrap(), Some(Cell::Number(kept.to_owned())));
    }
}
