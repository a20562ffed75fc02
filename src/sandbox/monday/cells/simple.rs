//! The short forms: a plain string for a value, as `change_simple_column_value` takes it.

use serde_json::{Value, json};

use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::{Column, Kind};

/// Returns the full form of a short one; an empty string clears.
pub fn expand(column: &Column, text: &str) -> Result<Value, Refusal> {
    let kind = column.kind;
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    let bad = |message: &str| Err(Refusal::value(kind.word(), message));
    Ok(match kind {
        Kind::Text | Kind::Numbers => json!(text),
        Kind::LongText => json!({"text": text}),
        Kind::Status => match trimmed.parse::<u32>() {
            Ok(index) => json!({"index": index}),
            Err(_) => json!({"label": trimmed}),
        },
        Kind::Dropdown => {
            let words: Vec<&str> =
                trimmed.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
            let ids: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
            if ids.len() == words.len() {
                json!({"ids": ids})
            } else if ids.is_empty() {
                json!({"labels": words})
            } else {
                return bad("labels and ids cannot be mixed in one value");
            }
        }
        Kind::Date => match trimmed.split_once([' ', 'T']) {
            Some((date, time)) => json!({"date": date, "time": time}),
            None => json!({"date": trimmed}),
        },
        Kind::Email => {
            let (email, label) = trimmed.split_once(' ').unwrap_or((trimmed, trimmed));
            json!({"email": email, "text": label})
        }
        Kind::Link => {
            let (url, label) = trimmed.split_once(' ').unwrap_or((trimmed, trimmed));
            json!({"url": url, "text": label})
        }
        Kind::Phone => match trimmed.rsplit_once(' ') {
            Some((phone, country)) => json!({"phone": phone, "countryShortName": country}),
            None => return bad("a phone number must be followed by its country's two-letter code"),
        },
        Kind::People => {
            let ids: Option<Vec<u64>> = trimmed.split(',').map(|id| id.trim().parse().ok()).collect();
            let Some(ids) = ids else { return bad("people are given by their ids") };
            let people: Vec<Value> = ids.iter().map(|id| json!({"id": id, "kind": "person"})).collect();
            json!({"personsAndTeams": people})
        }
        Kind::Location => {
            let mut parts = trimmed.splitn(3, ' ');
            let (lat, lng) = (parts.next(), parts.next());
            json!({"lat": lat, "lng": lng, "address": parts.next().unwrap_or_default()})
        }
        _ => return bad("this column type does not take a simple string value"),
    })
}
