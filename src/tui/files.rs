//! What is shown, written into a file: as a table for a spreadsheet, or as JSON. It never writes over a file.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::facts::Facts;
use super::model::Wish;
use super::parts::dialog::{Prompt, Purpose};
use super::parts::field::Field;
use crate::control::export::csv;
use crate::control::protocol::Reply;

/// Returns rows as values.
pub(super) fn values<T: Serialize>(rows: &[T]) -> Vec<Value> {
    rows.iter().filter_map(|row| serde_json::to_value(row).ok()).collect()
}

/// Takes the rows of an answer.
pub(super) fn gathered(name: &'static str, reply: Reply) -> Wish {
    let rows = match reply {
        Reply::Errors(rows) => values(&rows),
        Reply::Activity(page) => values(&page.rows),
        _ => Vec::new(),
    };
    Wish::Export(name, rows)
}

/// Asks into which file rows go.
pub(super) fn ask(name: &str, rows: Vec<Value>, facts: &Facts) -> Wish {
    if rows.is_empty() {
        return Wish::Say(facts.say("export-nothing"));
    }
    let at = facts.now.timestamp().strftime("%Y%m%d-%H%M%S").to_string();
    Wish::Prompt(Prompt {
        title: facts.say_with("export-title", &[("count", rows.len().into())]),
        lines: vec![facts.say("export-line")],
        field: Field::of(&format!("syncdeck-{name}-{at}.csv")),
        purpose: Purpose::Export(rows),
    })
}

/// Writes rows in the form that the file's ending names.
pub(super) fn write(path: &str, rows: &[Value], facts: &Facts) -> Vec<Wish> {
    let text = match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("csv") => csv(rows),
        Some("json") => serde_json::to_string_pretty(rows).unwrap_or_default() + "\n",
        _ => return vec![Wish::Say(facts.say("export-ending"))],
    };
    vec![Wish::Write(path.to_owned(), text)]
}

/// Makes a new file.
pub(super) fn put(path: &str, text: &str) -> io::Result<()> {
    std::fs::File::create_new(path)?.write_all(text.as_bytes())
}
