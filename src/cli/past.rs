//! Answers about a point in the past, printed: as those about the present, with the point, and with nothing in place of
//! what was never written down.

use serde::Serialize;
use serde_json::{Value, json};

use super::output::Output;
use super::tables::human;
use crate::control::moment::PastRow;
use crate::control::protocol::Reply;

pub(super) fn print(out: &Output, past: &PastRow, answer: &Reply) {
    if out.json {
        return documents(past, answer).iter().for_each(|document| out.document(document));
    }
    let zone = out.words.zone();
    let written = |at: crate::domain::time::Stamp| zone.format(at.0, "%Y-%m-%d %H:%M %Z");
    let at = written(past.at);
    out.line(&out.words.say_with("past-at", &[("at", (&at).into())]));
    if past.lacks("rows") {
        return out.line(&lacking(out, past, &written));
    }
    human(out, answer);
    if !past.not_recorded.is_empty() {
        out.line(&lacking(out, past, &written));
    }
    if let Some(to) = past.counts_to {
        out.line(&out.words.say_with("past-counts-to", &[("to", (&written(to)).into())]));
    }
}

fn lacking(out: &Output, past: &PastRow, written: &dyn Fn(crate::domain::time::Stamp) -> String) -> String {
    let what = past.not_recorded.join(", ");
    let from = past.recorded_from.map_or_else(|| "-".to_owned(), written);
    let key = if past.lacks("rows") { "past-nothing" } else { "past-lacking" };
    out.words.say_with(key, &[("what", (&what).into()), ("from", (&from).into())])
}

/// Returns the documents of an answer, with the point in each.
fn documents(past: &PastRow, answer: &Reply) -> Vec<Value> {
    if past.lacks("rows") {
        return vec![marked(past, json!({ "rows": null }))];
    }
    match answer {
        Reply::Status(rows) => vec![of_accounts(past, rows)],
        Reply::Limits(rows) => vec![of_accounts(past, rows)],
        Reply::Overview(data) => {
            let mut document = json!(data);
            if let Some(status) = document.get_mut("status") {
                *status = marked(past, status.take());
            }
            vec![document]
        }
        Reply::Activity(page) => page.rows.iter().map(|row| marked(past, json!(row))).collect(),
        Reply::Audit(rows) => rows.iter().map(|row| marked(past, json!(row))).collect(),
        Reply::Matches(count) => vec![marked(past, json!({ "matches": count }))],
        Reply::Recipe(row) => vec![marked(past, json!(row))],
        Reply::Error(row) => vec![marked(past, json!(row))],
        Reply::Cause(row) => vec![marked(past, json!(row))],
        Reply::Job(row) => vec![marked(past, json!(row))],
        Reply::Accounts(rows) => vec![list(past, rows)],
        Reply::Connections(rows) => vec![list(past, rows)],
        Reply::Recipes(rows) => vec![list(past, rows)],
        Reply::Groups(rows) => vec![list(past, rows)],
        Reply::Errors(rows) => vec![list(past, rows)],
        Reply::Objects(rows) => vec![list(past, rows)],
        Reply::Hours(row) => vec![marked(past, json!(row))],
        Reply::Jobs(rows) => vec![list(past, rows)],
        _ => Vec::new(),
    }
}

fn of_accounts(past: &PastRow, rows: &[impl Serialize]) -> Value {
    match rows {
        [only] => marked(past, json!(only)),
        several => {
            json!({ "accounts": several.iter().map(|row| marked(past, json!(row))).collect::<Vec<_>>() })
        }
    }
}

fn list(past: &PastRow, rows: &[impl Serialize]) -> Value {
    Value::Array(rows.iter().map(|row| marked(past, json!(row))).collect())
}

fn marked(past: &PastRow, mut document: Value) -> Value {
    if let Some(map) = document.as_object_mut() {
        for key in past.not_recorded.iter().filter(|key| *key != "rows") {
            if let Some(value) = map.get_mut(key) {
                *value = Value::Null;
            }
        }
        // A ledger line and a job have an `at` of their own.
        let key = if map.contains_key("at") { "as_of" } else { "at" };
        map.insert(key.into(), json!(past.at));
        map.insert("recorded_from".into(), json!(past.recorded_from));
        if let Some(to) = past.counts_to {
            map.insert("counts_to".into(), json!(to));
        }
    }
    document
}
