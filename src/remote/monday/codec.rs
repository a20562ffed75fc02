//! Values as monday's columns take and give them.
//!
//! What is written in canonical form reads back in the same form, whatever monday makes of it meanwhile: that
//! is what keeps the engine's own writes from coming back as changes.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::board::{Column, NAME};
use crate::domain::countries;
use crate::domain::time::{Day, Stamp};
use crate::domain::value::Value;

/// A column's value as the API gives it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CellWire {
    pub(super) id: String,
    r#type: String,
    pub(super) text: Option<String>,
    value: Json,
    values: Vec<LabelWire>,
    linked_item_ids: Vec<String>,
    display_value: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    tags: Vec<TagWire>,
}

#[derive(Deserialize)]
struct LabelWire {
    label: String,
}

#[derive(Deserialize)]
struct TagWire {
    name: String,
}

/// The most characters of a long text.
const LONG_TEXT: usize = 2_000;

impl CellWire {
    /// Returns the value.
    pub(super) fn decode(&self) -> Value {
        let text = || Value::text(self.text.as_deref().unwrap_or(""));
        let raw = self.raw();
        let part = |name: &str| raw.get(name).and_then(scalar).unwrap_or_default();
        match self.r#type.as_str() {
            "numbers" => number(scalar(&raw).or_else(|| self.text.clone())),
            "rating" => number(raw.get("rating").and_then(scalar)),
            "status" => text(),
            "dropdown" => list(self.values.iter().map(|value| value.label.as_str())),
            "tags" => list(self.tags.iter().map(|tag| tag.name.as_str())),
            "board_relation" | "dependency" => list(self.linked_item_ids.iter().map(String::as_str)),
            "checkbox" => Value::Bool(matches!(part("checked").as_str(), "true" | "1")),
            "date" => date(&part("date"), &part("time")),
            "email" => Value::text(part("email")),
            "phone" => phone_back(&part("phone"), &part("countryShortName")),
            "link" => link_back(&part("url"), &part("text")),
            "country" => Value::text(part("countryName")),
            "location" => Value::text(part("address")),
            "world_clock" => Value::text(part("timezone")),
            "timeline" => span(&part("from"), &part("to")),
            "week" => {
                let week = raw.get("week").unwrap_or(&Json::Null);
                let day = |name: &str| week.get(name).and_then(scalar).unwrap_or_default();
                span(&day("startDate"), &day("endDate"))
            }
            "hour" => {
                match (raw.get("hour").and_then(Json::as_i64), raw.get("minute").and_then(Json::as_i64)) {
                    (Some(hour), minute) => Value::text(format!("{hour:02}:{:02}", minute.unwrap_or(0))),
                    _ => Value::Null,
                }
            }
            "people" => {
                let people = raw.get("personsAndTeams").and_then(Json::as_array);
                let ids: Vec<_> =
                    people.into_iter().flatten().filter_map(|person| scalar(person.get("id")?)).collect();
                list(ids.iter().map(String::as_str))
            }
            "creation_log" => instant(self.created_at.as_deref()),
            "last_updated" => instant(self.updated_at.as_deref()),
            "mirror" | "formula" => Value::text(self.display_value.as_deref().unwrap_or("")),
            _ => text(),
        }
    }

    /// Returns the raw value, which comes as JSON inside a string.
    fn raw(&self) -> Json {
        match &self.value {
            Json::String(text) => serde_json::from_str(text).unwrap_or(Json::Null),
            other => other.clone(),
        }
    }
}

/// Returns the text of a bare value; numbers stand there with and without quotes.
fn scalar(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn number(text: Option<String>) -> Value {
    let Some(text) = text else { return Value::Null };
    let plain = text.trim();
    let number = plain.parse::<Decimal>().or_else(|_| Decimal::from_scientific(plain));
    number.map_or_else(|_| Value::text(plain), Value::Number)
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    let words: Vec<_> = words.map(Value::text).filter(|word| !word.is_null()).collect();
    if words.is_empty() { Value::Null } else { Value::List(words) }
}

fn date(day: &str, time: &str) -> Value {
    let Ok(day) = day.parse::<Day>() else { return Value::text(day) };
    if time.is_empty() {
        return Value::Day(day);
    }
    // Both are UTC in the raw value, whatever the user's time zone.
    format!("{day}T{time}Z").parse().map_or(Value::Day(day), Value::Instant)
}

fn instant(text: Option<&str>) -> Value {
    text.and_then(stamp).map_or(Value::Null, Value::Instant)
}

/// Reads a time of the API: `2026-11-22T09:41:07Z`, in some logs with a space and `UTC`.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    text.parse().ok().or_else(|| text.replacen(' ', "T", 1).replace(" UTC", "Z").parse().ok())
}

fn span(from: &str, to: &str) -> Value {
    if from.is_empty() && to.is_empty() { Value::Null } else { Value::text(format!("{from} - {to}")) }
}

/// monday may drop the plus of a number whose country it knows.
fn phone_back(phone: &str, country: &str) -> Value {
    let bare = !phone.starts_with('+') && countries::begins_with_code_of(phone, country);
    if bare { Value::text(format!("+{phone}")) } else { Value::text(phone) }
}

/// An address that was written without its scheme reads without it again: its own text says so.
fn link_back(url: &str, text: &str) -> Value {
    if url.strip_prefix("https://") == Some(text) { Value::text(text) } else { Value::text(url) }
}

/// Returns what goes under a column's id.
///
/// # Errors
/// What is wrong with the value, where it could only be refused.
pub(super) fn encode(column: &Column, value: &Value) -> Result<Json, String> {
    let kind = column.kind.as_str();
    if value.is_null() {
        return if kind == NAME { Err("an item's name cannot be empty".to_owned()) } else { Ok(Json::Null) };
    }
    let text = value.to_string();
    let no = |what: &str| Err(format!("{text:?} is not {what}"));
    Ok(match kind {
        NAME | "text" => json!(text),
        "long_text" => {
            let length = text.chars().count();
            if length > LONG_TEXT {
                return Err(format!("the text has {length} characters; the column takes {LONG_TEXT}"));
            }
            json!({ "text": text })
        }
        "numbers" => match decimal(value) {
            Some(number) => json!(number.normalize().to_string()),
            None => return no("a number"),
        },
        "rating" => {
            match decimal(value).filter(Decimal::is_integer).and_then(|number| u8::try_from(number).ok()) {
                Some(rating) => json!({ "rating": rating }),
                None => return no("a rating"),
            }
        }
        "status" => status(column, &text),
        "dropdown" => json!({ "labels": words(value) }),
        // Whether `false` unticks is disputed; null does.
        "checkbox" => match value {
            Value::Bool(true) => json!({ "checked": "true" }),
            Value::Bool(false) => Json::Null,
            _ => return no("yes or no"),
        },
        "date" => match moment(value) {
            Some(moment) => moment,
            None => return no("a date"),
        },
        "email" => json!({ "email": text, "text": text }),
        "phone" => phone(&text),
        "link" => {
            let url = if text.contains("://") { text.clone() } else { format!("https://{text}") };
            json!({ "url": url, "text": text })
        }
        "country" => match countries::named(&text) {
            Some(country) => json!({ "countryCode": country.code, "countryName": country.name }),
            None => return no("the code or the English name of a country"),
        },
        "world_clock" => json!({ "timezone": text }),
        "timeline" => match days(&text) {
            Some((from, to)) => json!({ "from": from, "to": to }),
            None => return no("two dates with \" - \" between them"),
        },
        "week" => match days(&text) {
            Some((from, to)) => json!({ "week": { "startDate": from, "endDate": to } }),
            None => return no("two dates with \" - \" between them"),
        },
        "hour" => match hour(&text) {
            Some((hour, minute)) => json!({ "hour": hour, "minute": minute }),
            None => return no("a time such as 16:42"),
        },
        "people" => {
            let person = |id: &i64| json!({ "id": id, "kind": "person" });
            match words(value).iter().map(|id| id.parse::<i64>()).collect::<Result<Vec<_>, _>>() {
                Ok(ids) => json!({ "personsAndTeams": ids.iter().map(person).collect::<Vec<_>>() }),
                Err(_) => return no("a list of user ids"),
            }
        }
        "board_relation" | "dependency" => json!({ "item_ids": words(value) }),
        other => return Err(format!("a column of type {other} cannot be written")),
    })
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        other => other.to_string().trim().parse().ok(),
    }
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::List(words) => words.iter().map(Value::to_string).collect(),
        other => vec![other.to_string()],
    }
}

/// A label made of digits alone would be taken for an index, so it is sent by its index.
fn status(column: &Column, label: &str) -> Json {
    let digits = label.bytes().all(|b| b.is_ascii_digit());
    let known = column.labels.iter().find(|(_, known)| known == label);
    match known {
        Some((index, _)) if digits => json!({ "index": index }),
        _ => json!({ "label": label }),
    }
}

fn moment(value: &Value) -> Option<Json> {
    let (day, time) = match value {
        Value::Day(day) => (*day, None),
        Value::Instant(at) => (Day::of(*at), Some(*at)),
        other => {
            let text = other.to_string();
            match (text.parse::<Day>(), text.parse::<Stamp>()) {
                // A full time reads as a day as well; the time is what must not be lost.
                (_, Ok(at)) => (Day::of(at), Some(at)),
                (Ok(day), _) => (day, None),
                _ => return None,
            }
        }
    };
    Some(match time {
        None => json!({ "date": day.to_string() }),
        Some(at) => {
            let seconds = at.since(day.start()) / 1_000;
            let time = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
            json!({ "date": day.to_string(), "time": time })
        }
    })
}

fn phone(text: &str) -> Json {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !text.trim_start().starts_with('+') {
        return json!({ "phone": text, "countryShortName": "" });
    }
    let country = countries::dialled(&digits).map_or("", |country| country.code);
    json!({ "phone": format!("+{digits}"), "countryShortName": country })
}

fn days(text: &str) -> Option<(String, String)> {
    let (from, to) = text.split_once(" - ").or_else(|| text.split_once('/'))?;
    let day = |text: &str| text.trim().parse::<Day>().ok().map(|day| day.to_string());
    Some((day(from)?, day(to)?))
}

fn hour(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.get(..2)?.parse::<u8>().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
#[path = "codec_tests.rs"]
mod tests;
