use super::*;
use crate::domain::mapping::canonical;
use crate::domain::schema::Form;

fn column(kind: &str) -> Column {
    let labels = vec![(3, "42".to_owned()), (1, "Done".to_owned())];
    Column { id: "c".into(), title: "C".into(), kind: kind.into(), labels, boards: Vec::new() }
}

fn cell(json: Json) -> CellWire {
    serde_json::from_value(json).unwrap()
}

#[test]
fn every_type_is_written_in_its_own_form() {
    let list = Value::List(vec![Value::text("A"), Value::text("B, C")]);
    let at = Value::Instant("2026-11-22T13:25:07Z".parse().unwrap());
    for (kind, value, expected) in [
        ("name", Value::text("Acme"), json!("Acme")),
        ("text", Value::text("abc"), json!("abc")),
        ("text", Value::Null, Json::Null),
        ("long_text", Value::text("abc"), json!({"text": "abc"})),
        ("numbers", Value::Number("-3.50".parse().unwrap()), json!("-3.5")),
        ("numbers", Value::text(" 7 "), json!("7")),
        ("status", Value::text("Done"), json!({"label": "Done"})),
        ("status", Value::text("42"), json!({"index": 3})),
        ("dropdown", list.clone(), json!({"labels": ["A", "B, C"]})),
        ("dropdown", Value::text("A"), json!({"labels": ["A"]})),
        ("checkbox", Value::Bool(true), json!({"checked": "true"})),
        ("checkbox", Value::Bool(false), Json::Null),
        ("date", at, json!({"date": "2026-11-22", "time": "13:25:07"})),
        ("date", Value::Day("2026-11-22".parse().unwrap()), json!({"date": "2026-11-22"})),
        ("email", Value::text("a@b.c"), json!({"email": "a@b.c", "text": "a@b.c"})),
        ("phone", Value::text("+33612345678"), json!({"phone": "+33612345678", "countryShortName": "FR"})),
        ("phone", Value::text("0612345678"), json!({"phone": "0612345678", "countryShortName": ""})),
        ("link", Value::text("https://a.b/c"), json!({"url": "https://a.b/c", "text": "https://a.b/c"})),
        ("link", Value::text("a.b"), json!({"url": "https://a.b", "text": "a.b"})),
        ("country", Value::text("france"), json!({"countryCode": "FR", "countryName": "France"})),
        (
            "timeline",
            Value::text("2026-11-01 - 2026-11-05"),
            json!({"from": "2026-11-01", "to": "2026-11-05"}),
        ),
        (
            "week",
            Value::text("2026-11-16 - 2026-11-22"),
            json!({"week": {"startDate": "2026-11-16", "endDate": "2026-11-22"}}),
        ),
        ("hour", Value::text("06:05"), json!({"hour": 6, "minute": 5})),
        ("rating", Value::Number(4.into()), json!({"rating": 4})),
        ("world_clock", Value::text("Europe/Paris"), json!({"timezone": "Europe/Paris"})),
        ("people", Value::text("7"), json!({"personsAndTeams": [{"id": 7, "kind": "person"}]})),
        ("board_relation", list, json!({"item_ids": ["A", "B, C"]})),
    ] {
        assert_eq!(encode(&column(kind), &value), Ok(expected), "{kind} {value:?}");
    }
}

#[test]
fn what_could_only_be_refused_is_not_sent() {
    for (kind, value) in [
        ("name", Value::Null),
        ("numbers", Value::text("seven")),
        ("rating", Value::text("4.5")),
        ("date", Value::text("soon")),
        ("hour", Value::text("25:00")),
        ("timeline", Value::text("2026-11-01")),
        ("country", Value::text("Atlantis")),
        ("checkbox", Value::text("yes")),
        ("long_text", Value::text("é".repeat(2_001))),
        ("mirror", Value::text("x")),
    ] {
        assert!(encode(&column(kind), &value).is_err(), "{kind} {value:?}");
    }
}

#[test]
fn every_type_is_read_from_what_the_api_gives() {
    let stamp = Value::Instant("2026-11-22T13:25:00Z".parse().unwrap());
    for (json, expected) in [
        (json!({"type": "text", "text": "abc", "value": "\"abc\""}), Value::text("abc")),
        (json!({"type": "text", "text": "", "value": null}), Value::Null),
        (json!({"type": "long_text", "text": "abc", "value": "{\"text\":\"abc\"}"}), Value::text("abc")),
        (
            json!({"type": "numbers", "text": "3.50", "value": "\"3.50\""}),
            Value::Number("3.50".parse().unwrap()),
        ),
        (json!({"type": "numbers", "text": "", "value": null}), Value::Null),
        (json!({"type": "status", "text": null, "value": null}), Value::Null),
        (json!({"type": "status", "text": "Done", "value": "{\"index\":1}"}), Value::text("Done")),
        (
            json!({"type": "dropdown", "text": "A, B", "values": [{"label": "A, B"}]}),
            Value::List(vec![Value::text("A, B")]),
        ),
        (json!({"type": "dropdown", "text": "", "values": []}), Value::Null),
        (json!({"type": "checkbox", "text": "v", "value": "{\"checked\":true}"}), Value::Bool(true)),
        (json!({"type": "checkbox", "text": "v", "value": "{\"checked\":\"true\"}"}), Value::Bool(true)),
        (json!({"type": "checkbox", "text": "", "value": null}), Value::Bool(false)),
        (
            json!({"type": "date", "text": "2026-11-22 14:25", "value": "{\"date\":\"2026-11-22\",\"time\":\"13:25:00\",\"icon\":null}"}),
            stamp.clone(),
        ),
        (
            json!({"type": "date", "text": "2026-11-22", "value": "{\"date\":\"2026-11-22\",\"time\":null}"}),
            Value::Day("2026-11-22".parse().unwrap()),
        ),
        (
            json!({"type": "email", "text": "Label", "value": "{\"email\":\"a@b.c\",\"text\":\"Label\"}"}),
            Value::text("a@b.c"),
        ),
        (
            json!({"type": "people", "text": "Ana", "value": {"personsAndTeams": [{"id": 7, "kind": "person"}]}}),
            Value::List(vec![Value::text("7")]),
        ),
        (json!({"type": "rating", "value": "{\"rating\":4}"}), Value::Number(4.into())),
        (json!({"type": "mirror", "text": null, "value": null, "display_value": "x"}), Value::text("x")),
        (json!({"type": "creation_log", "created_at": "2026-11-22T13:25:00Z"}), stamp),
        (json!({"type": "board_relation", "linked_item_ids": ["11"]}), Value::List(vec![Value::text("11")])),
    ] {
        assert_eq!(cell(json.clone()).decode(), expected, "{json}");
    }
}

/// What monday keeps of what was written, as far as its documentation tells.
fn kept(kind: &str, written: &Json) -> CellWire {
    let text = match kind {
        "text" => written.as_str().unwrap_or("").to_owned(),
        "long_text" => written["text"].as_str().unwrap_or("").to_owned(),
        "status" => written["label"].as_str().unwrap_or("").to_owned(),
        _ => String::new(),
    };
    let labels = written["labels"].as_array().cloned().unwrap_or_default();
    let values: Vec<_> = labels.iter().map(|label| json!({ "label": label })).collect();
    let mut written = written.clone();
    if kind == "phone" && written["countryShortName"] != "" {
        // The plus is dropped once the country is known.
        written["phone"] = json!(written["phone"].as_str().unwrap().trim_start_matches('+'));
    }
    cell(json!({ "type": kind, "text": text, "value": written.to_string(), "values": values }))
}

#[test]
fn what_was_written_comes_back_the_same() {
    let at = Value::Instant("2026-11-22T13:25:07.300Z".parse().unwrap());
    let words = Value::List(vec![Value::text("b"), Value::text("a")]);
    for (kind, form, value) in [
        ("text", Form::Text, Value::text(" abc\r\n")),
        ("text", Form::Text, Value::Number("1.50".parse().unwrap())),
        ("text", Form::Phone, Value::text("+33 6 12")),
        ("long_text", Form::Text, Value::text("a\r\nb")),
        ("numbers", Form::Number(2), Value::Number("1.005".parse().unwrap())),
        ("numbers", Form::Number(2), Value::Null),
        ("status", Form::Text, Value::text("Done ")),
        ("dropdown", Form::Words, words),
        ("checkbox", Form::Bool, Value::Bool(true)),
        ("checkbox", Form::Bool, Value::Bool(false)),
        ("checkbox", Form::Bool, Value::Null),
        ("date", Form::Instant, at.clone()),
        ("date", Form::Day, at),
        ("email", Form::Caseless, Value::text("A@b.C")),
        ("phone", Form::Phone, Value::text("+33 6 12 34 56 78")),
        ("phone", Form::Phone, Value::text("06 12 34 56 78")),
        ("phone", Form::Phone, Value::text("+999 12")),
        ("link", Form::Text, Value::text("www.acme.com")),
        ("link", Form::Text, Value::text("http://www.acme.com/")),
        ("country", Form::Text, Value::text("Italy")),
        ("hour", Form::Text, Value::text("16:42")),
        ("rating", Form::Number(0), Value::Number(5.into())),
    ] {
        let sent = canonical(&value, form);
        let back = kept(kind, &encode(&column(kind), &sent).unwrap()).decode();
        assert_eq!(canonical(&back, form), sent, "{kind} {value:?}");
    }
}
