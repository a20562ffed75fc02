//! What screens look like.

use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};

use super::fixture::{Stage, text_of, with_names};
use crate::tui::model::Msg;
use crate::tui::skin::{Depth, Skin};
use crate::tui::{safe, snapshot};
use crate::words::Lang;

const SIZES: [(u16, u16); 4] = [(80, 24), (140, 40), (120, 40), (60, 16)];

fn at_sizes(keys: &str, name: &str) {
    for (width, height) in SIZES {
        let mut stage = Stage::new();
        stage.send(Msg::Resize(width, height));
        stage.keys(keys);
        assert_snapshot!(format!("{name}_{width}x{height}"), stage.text(width, height));
    }
}

#[test]
fn overview() {
    at_sizes("", "overview");
}

#[test]
fn errors_by_cause() {
    at_sizes("2", "errors");
}

#[test]
fn records_and_one_field_by_field() {
    at_sizes("2jj<enter>", "records");
    at_sizes("2jj<enter><enter>", "detail");
}

#[test]
fn activity() {
    at_sizes("6jj", "activity");
}

#[test]
fn recipes() {
    at_sizes("4f", "recipes");
}

#[test]
fn hours_as_bars() {
    at_sizes("5jjjb", "chart");
}

#[test]
fn the_other_screens() {
    for (digit, name) in [("3", "connections"), ("5", "objects"), ("7", "limits"), ("8", "jobs")] {
        let mut stage = Stage::new();
        stage.keys(digit);
        assert_snapshot!(format!("{name}_80x24"), stage.screen());
        assert_snapshot!(format!("{name}_120x40"), stage.text(120, 40));
        assert_snapshot!(format!("{name}_140x40"), stage.text(140, 40));
    }
}

#[test]
fn dialogs_and_what_lies_over_screens() {
    for (keys, name) in [
        ("R", "retry"),
        ("4fd", "delete"),
        ("f", "token"),
        ("?", "help"),
        (":retr", "palette"),
        ("2/obj:", "filter"),
    ] {
        let mut stage = Stage::new();
        stage.keys(keys);
        assert_snapshot!(format!("over_{name}"), stage.screen());
    }
}

#[test]
fn french_and_italian() {
    for (lang, name) in [(Lang::Fr, "fr"), (Lang::It, "it")] {
        for (digit, screen) in [("1", "overview"), ("2", "errors"), ("4f", "recipes"), ("6j", "activity")] {
            let mut stage = Stage::lang(lang);
            stage.keys(digit);
            assert_snapshot!(format!("{name}_{screen}"), stage.screen());
        }
    }
}

#[test]
fn every_screen_in_every_size_and_language() {
    for lang in Lang::ALL {
        for (width, height) in [(60, 16), (80, 24), (140, 40)] {
            let mut stage = Stage::lang(lang);
            stage.send(Msg::Resize(width, height));
            let screens: Vec<String> = ["1", "2", "2jj<enter>", "<enter>", "3", "4f", "5", "6jj", "7", "8"]
                .iter()
                .map(|keys| {
                    stage.keys(keys);
                    stage.text(width, height)
                })
                .collect();
            assert_snapshot!(format!("all_{}_{width}x{height}", lang.code()), screens.join("\n"));
        }
    }
}

#[test]
fn ascii_means_ascii() {
    for lang in Lang::ALL {
        let mut stage = Stage::lang(lang);
        for digit in '1'..='8' {
            stage.keys(&digit.to_string());
            let frame = snapshot(
                &mut stage.model,
                80,
                24,
                Skin { depth: Depth::None, ascii: true, ..Skin::default() },
            );
            let foreign = |c: char| !c.is_ascii() && !c.is_alphabetic();
            assert!(!text_of(&frame).contains(foreign), "{lang:?} {digit}\n{}", text_of(&frame));
        }
    }
}

#[test]
fn the_styles_of_the_overview() {
    let mut stage = Stage::new();
    let frame = stage.frame(80, 24);
    let mut map = String::new();
    for row in frame.content().chunks(80) {
        let line: String = row
            .iter()
            .map(|cell| match (cell.modifier, cell.bg) {
                (modifier, _) if modifier.contains(Modifier::REVERSED) => 'R',
                (_, Color::Red) => '!',
                (_, Color::Yellow) => 'w',
                (modifier, _) if modifier.contains(Modifier::BOLD) => 'B',
                _ if cell.fg != Color::Reset => 'c',
                _ => '.',
            })
            .collect();
        map.push_str(&line);
        map.push('\n');
    }
    assert_snapshot!("overview_styles", map);
}

/// The columns at which a row's box lines stand, by screen column and not by character.
fn right_edge(frame: &ratatui::buffer::Buffer, y: u16) -> Option<u16> {
    let sign = |x: u16| frame.cell((x, y)).map_or(" ", ratatui::buffer::Cell::symbol);
    (0..frame.area.width).rev().find(|x| sign(*x) != " ").filter(|x| "│┐┘┤".contains(sign(*x)))
}

#[test]
fn wide_and_hostile_data_shift_no_border() {
    let names = [
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "🎉👨\u{200d}👩\u{200d}👧🇮🇹 emoji 🎉🎉🎉🎉🎉🎉🎉",
        "e\u{301}e\u{301}e\u{301} combining",
        "שלום עולם مرحبا بالعالم",
        "a\x1b]0;PWNED\x07b\x1b[31m\u{202e}c\u{200b}d\u{9b}e\r\nf\tg",
    ];
    for name in names {
        let mut stage = Stage::new();
        with_names(&mut stage, name);
        for (width, height) in SIZES {
            stage.send(Msg::Resize(width, height));
            for keys in ["1", "2", "3", "4f", "5", "6j", "7", "8"] {
                stage.keys(keys);
                let frame = stage.frame(width, height);
                for y in 1..height - 2 {
                    if let Some(edge) = right_edge(&frame, y) {
                        assert_eq!(edge, width - 1, "{keys} {width}x{height} row {y}\n{}", text_of(&frame));
                    }
                }
                for cell in frame.content() {
                    assert!(safe::visible(cell.symbol()) == cell.symbol(), "{:?}", cell.symbol());
                }
            }
            stage.keys("1");
        }
    }
}

#[test]
fn every_screen_has_straight_borders_at_every_size() {
    let mut stage = Stage::new();
    for width in (50..=200).step_by(7) {
        for height in [12, 16, 24, 40, 60] {
            stage.send(Msg::Resize(width, height));
            for keys in ["1", "2", "3", "4", "5", "6", "7", "8"] {
                stage.keys(keys);
                let frame = stage.frame(width, height);
                let text = text_of(&frame);
                assert!(text.contains('?'), "{width}x{height}\n{text}");
                for y in 1..height - 2 {
                    let edge = right_edge(&frame, y);
                    assert!(
                        edge.is_none_or(|edge| edge == width - 1),
                        "{keys} {width}x{height} row {y}\n{text}"
                    );
                }
            }
        }
    }
}

#[test]
fn too_small_asks_for_room() {
    let mut stage = Stage::new();
    stage.keys("4f");
    assert!(stage.text(40, 10).contains("at least 50x12"));
    stage.keys("dy");
    assert!(stage.written.is_empty(), "what cannot be seen is not done");
    assert!(stage.screen().contains("10 marked"));
    for (width, height) in [(1, 1), (0, 0), (2, 40), (200, 2)] {
        stage.text(width, height);
    }
}
