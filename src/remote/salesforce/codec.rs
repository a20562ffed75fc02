//! Values as Salesforce writes them in JSON. Numbers are taken from their text, never by way of a float.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::schema::Shape;
use crate::domain::time::{DAY, Day, SECOND, Stamp};
use crate::domain::value::Value;

/// A record, its fields not read yet.
pub(super) type Row = BTreeMap<String, Box<RawValue>>;

/// Returns the value of a field, which may be one of a parent (`Account.Name`).
pub(super) fn field(row: &Row, path: &str, shape: Option<Shape>) -> Value {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let Some(raw) = find(row, name) else { return Value::Null };
    match rest {
        None => decode(raw, shape),
        Some(rest) => match serde_json::from_str::<Option<Row>>(raw.get()) {
            Ok(Some(parent)) => field(&parent, rest, shape),
            _ => Value::Null,
        },
    }
}

/// The answer carries the canonical name, whatever the case it was asked in.
fn find<'a>(row: &'a Row, name: &str) -> Option<&'a RawValue> {
    let exact = row.get(name);
    exact
        .or_else(|| row.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, raw)| raw))
        .map(|raw| &**raw)
}

/// Returns the value behind some JSON; without a shape what it looks like decides.
pub(super) fn decode(raw: &RawValue, shape: Option<Shape>) -> Value {
    let json = raw.get();
    match json.as_bytes().first() {
        Some(b'"') => {
            let text: String = serde_json::from_str(json).unwrap_or_default();
            words(&text, shape)
        }
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'{') => address(json),
        Some(b'0'..=b'9' | b'-') => number(json),
        _ => Value::Null,
    }
}

/// Returns the value of a cell of a table, as it would have been in JSON: what is empty is nothing.
pub(super) fn cell(text: &str, shape: Option<Shape>) -> Value {
    match shape {
        _ if text.is_empty() => Value::Null,
        Some(Shape::Bool) => Value::Bool(text.eq_ignore_ascii_case("true")),
        Some(Shape::Number | Shape::Percent | Shape::Integer) if is_number(text) => number(text),
        _ => words(text, shape),
    }
}

/// Returns whether a text is a number in JSON.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

fn words(text: &str, shape: Option<Shape>) -> Value {
    match shape {
        Some(Shape::Choices) => {
            let choices: Vec<_> = text.split(';').map(Value::text).filter(|word| !word.is_null()).collect();
            if choices.is_empty() { Value::Null } else { Value::List(choices) }
        }
        Some(Shape::Day) => text.parse::<Day>().map_or_else(|()| Value::text(text), Value::Day),
        Some(Shape::Instant) => instant(text).map_or_else(|| Value::text(text), Value::Instant),
        // A field of a parent is not described here. This one form occurs nowhere else.
        None if text.len() == 28 && text.ends_with("+0000") => {
            instant(text).map_or_else(|| Value::text(text), Value::Instant)
        }
        _ => Value::text(text),
    }
}

fn number(json: &str) -> Value {
    let number = json.parse::<Decimal>().or_else(|_| Decimal::from_scientific(json));
    number.map_or_else(|_| Value::text(json), Value::Number)
}

/// Reads `2011-07-07T00:37:00.000+0000`, whose offset has no colon.
pub(super) fn instant(text: &str) -> Option<Stamp> {
    if let Some(stamp) = usual(text) {
        return Some(stamp);
    }
    let at = text.len().checked_sub(5)?;
    let offset = text.get(at..)?;
    let bare = offset.starts_with(['+', '-']) && offset.bytes().skip(1).all(|b| b.is_ascii_digit());
    if bare {
        let (hours, minutes) = offset.split_at_checked(3)?;
        return format!("{}{hours}:{minutes}", text.get(..at)?).parse().ok();
    }
    text.parse().ok()
}

/// Reads the form in which Salesforce tells all its stamps: every record has one.
fn usual(text: &str) -> Option<Stamp> {
    let (digits, zone) = text.split_at_checked(23)?;
    if !matches!(zone, "Z" | "+0000" | "+00:00") {
        return None;
    }
    let mut numbers = [0_i64; 7];
    let mut at = 0;
    for (byte, expected) in digits.bytes().zip(b"dddd-dd-ddTdd:dd:dd.ddd") {
        match expected {
            b'd' => {
                let number = numbers.get_mut(at)?;
                *number = *number * 10 + i64::from((byte as char).to_digit(10)?);
            }
            expected if byte == *expected => at += 1,
            _ => return None,
        }
    }
    let [year, month, day, hour, minute, second, ms] = numbers;
    if !(1970..=9999).contains(&year) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = Day::of_date(year, month, day)?;
    Some(Stamp(i64::from(day.0) * DAY + ((hour * 60 + minute) * 60 + second) * SECOND + ms))
}

/// Returns a compound address in one line: street, city, state and postal code, country.
fn address(json: &str) -> Value {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Address {
        street: Option<String>,
        city: Option<String>,
        state: Option<String>,
        postal_code: Option<String>,
        country: Option<String>,
    }
    let address: Address = serde_json::from_str(json).unwrap_or_default();
    let street = address.street.unwrap_or_default();
    let region = [address.state, address.postal_code].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts: Vec<&str> = street
        .lines()
        .chain([address.city.as_deref().unwrap_or(""), &region, address.country.as_deref().unwrap_or("")])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    Value::text(parts.join(", "))
}

/// Returns a value as a field of `shape` takes it; what does not fit is sent as it is, and the remote says why.
pub(super) fn encode(value: &Value, shape: Option<Shape>) -> Option<Box<RawValue>> {
    let json = match (value, shape) {
        // A box that nobody ticked is no, never nothing.
        (Value::Null, Some(Shape::Bool)) => "false".to_owned(),
        (Value::Null, _) => "null".to_owned(),
        (Value::Bool(flag), Some(Shape::Bool) | None) => flag.to_string(),
        (Value::Number(number), Some(Shape::Number | Shape::Integer | Shape::Percent) | None) => {
            number.normalize().to_string()
        }
        (Value::Text(text), Some(Shape::Number | Shape::Integer | Shape::Percent)) => {
            match text.trim().parse::<Decimal>() {
                Ok(number) => number.normalize().to_string(),
                Err(_) => serde_json::to_string(&**text).ok()?,
            }
        }
        (Value::Instant(at), Some(Shape::Day)) => format!("\"{}\"", Day::of(*at)),
        (Value::Day(day), Some(Shape::Instant)) => format!("\"{}\"", day.start()),
        (Value::List(words), Some(Shape::Choices)) => {
            let words: Vec<_> = words.iter().map(Value::to_string).collect();
            serde_json::to_string(&words.join(";")).ok()?
        }
        (other, _) => serde_json::to_string(&other.to_string()).ok()?,
    };
    RawValue::from_string(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(json: &str) -> Row {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_are_read_by_their_type() {
        let row = row(r#"{"attributes":{"type":"Opportunity"},"Amount":1000000000000000.07,"Big":1.5E7,
            "Flag":false,"CloseDate":"2010-01-01","CreatedDate":"2011-07-07T00:37:00.000+0000",
            "Multi":"four;six","Name":"Acme","Empty":"","Nil":null,
            "Account":{"Name":"Parent","CreatedDate":"2011-07-07T00:37:00.000+0000","Owner":null},
            "BillingAddress":{"street":"1 Market St\r\nFloor 2","city":"San Francisco","state":"CA",
            "postalCode":"94105","country":"US","latitude":null}}"#);
        let stamp: Stamp = "2011-07-07T00:37:00Z".parse().unwrap();
        for (path, shape, value) in [
            ("Amount", Some(Shape::Number), Value::Number("1000000000000000.07".parse().unwrap())),
            ("Big", Some(Shape::Number), Value::Number(15_000_000.into())),
            ("Flag", Some(Shape::Bool), Value::Bool(false)),
            ("CloseDate", Some(Shape::Day), Value::Day("2010-01-01".parse().unwrap())),
            ("CreatedDate", Some(Shape::Instant), Value::Instant(stamp)),
            ("Multi", Some(Shape::Choices), Value::List(vec![Value::text("four"), Value::text("six")])),
            ("name", Some(Shape::Text), Value::text("Acme")),
            ("Empty", Some(Shape::Text), Value::Null),
            ("Nil", Some(Shape::Number), Value::Null),
            ("Missing", None, Value::Null),
            ("Account.Name", None, Value::text("Parent")),
            ("Account.CreatedDate", None, Value::Instant(stamp)),
            ("Account.Owner.Name", None, Value::Null),
            (
                "BillingAddress",
                Some(Shape::Address),
                Value::text("1 Market St, Floor 2, San Francisco, CA 94105, US"),
            ),
        ] {
            assert_eq!(field(&row, path, shape), value, "{path}");
        }
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let list = Value::List(vec![Value::text("a"), Value::text("b")]);
        for (value, shape, json) in [
            (Value::Null, Shape::Text, "null"),
            (Value::Null, Shape::Bool, "false"),
            (Value::Bool(true), Shape::Bool, "true"),
            (Value::Number("12.50".parse().unwrap()), Shape::Number, "12.5"),
            (Value::Number("0.1".parse().unwrap()), Shape::Percent, "0.1"),
            (Value::text("7"), Shape::Number, "7"),
            (Value::text("seven"), Shape::Number, r#""seven""#),
            (Value::Number(7.into()), Shape::Text, r#""7""#),
            (list.clone(), Shape::Choices, r#""a;b""#),
            (Value::Day(Day(0)), Shape::Day, r#""1970-01-01""#),
            (Value::Instant(Stamp(0)), Shape::Instant, r#""1970-01-01T00:00:00Z""#),
            (Value::Instant(Stamp(0)), Shape::Day, r#""1970-01-01""#),
            (Value::text("say \"hi\"\n"), Shape::LongText, r#""say \"hi\"\n""#),
        ] {
            assert_eq!(encode(&value, Some(shape)).unwrap().get(), json, "{value:?}");
        }
        let raw = encode(&list, Some(Shape::Choices)).unwrap();
        assert_eq!(decode(&raw, Some(Shape::Choices)), list);
    }

    #[test]
    fn both_spellings_of_an_offset_are_read() {
        let stamp = "2011-07-07T00:37:00Z".parse().ok();
        for text in [
            "2011-07-07T00:37:00.000+0000",
            "2011-07-07T00:37:00.000Z",
            "2011-07-07T02:37:00.000+02:00",
            "2011-07-07T00:37:00Z",
        ] {
            assert_eq!(instant(text), stamp, "{text}");
        }
        // The short way to the usual form says the same as the long one.
        for text in [
            "2024-02-29T23:59:59.999",
            "2023-02-29T00:00:00.000",
            "1999-12-31T24:00:00.000",
            "1970-01-01T00:00:00.007",
        ] {
            let long: Option<Stamp> = format!("{text}Z").parse().ok();
            assert_eq!(usual(&format!("{text}+0000")), long, "{text}");
        }
    }
}
