//! Field values as the org stores them, and their form in JSON.

use std::cmp::Ordering;
use std::io::Write as _;

use super::calendar;
use super::ids::Id;

/// A stored value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Value {
    /// Nothing; the empty string is stored as this.
    #[default]
    Null,
    /// A checkbox.
    Bool(bool),
    /// Any number; how it is written depends on its field.
    Number(f64),
    /// Any text.
    Text(Box<str>),
    /// A record.
    Id(Id),
    /// A date, in days since 1970-01-01.
    Day(i64),
    /// A date and time, in seconds since 1970.
    Moment(i64),
    /// A time of day, in milliseconds.
    Clock(i64),
}

impl Value {
    /// Text, or nothing when it is empty.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.into()) }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Id(id) => Some(id.as_str()),
            _ => None,
        }
    }

    pub(super) fn as_id(&self) -> Option<Id> {
        if let Self::Id(id) = self { Some(*id) } else { None }
    }

    pub(super) fn as_moment(&self) -> i64 {
        if let Self::Moment(at) = self { *at } else { 0 }
    }

    pub(super) fn as_bool(&self) -> bool {
        matches!(self, Self::Bool(true))
    }

    /// Compares as SOQL does: text regardless of case, nothing before everything.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Null, _) => Ordering::Less,
            (_, Self::Null) => Ordering::Greater,
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => compare_text(a, b),
            (Self::Id(a), Self::Id(b)) => a.cmp(b),
            (Self::Day(a), Self::Day(b))
            | (Self::Moment(a), Self::Moment(b))
            | (Self::Clock(a), Self::Clock(b)) => a.cmp(b),
            (Self::Day(a), Self::Moment(b)) => (a * calendar::DAY).cmp(b),
            (Self::Moment(a), Self::Day(b)) => a.cmp(&(b * calendar::DAY)),
            (a, b) => a.as_text().unwrap_or_default().cmp(b.as_text().unwrap_or_default()),
        }
    }

    /// Writes the value as REST does; `whole` tells that the field holds whole numbers.
    pub(super) fn write_json(&self, out: &mut Vec<u8>, whole: bool) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Bool(true) => out.extend_from_slice(b"true"),
            Self::Bool(false) => out.extend_from_slice(b"false"),
            Self::Number(number) => write_number(out, *number, whole),
            Self::Text(text) => write_text(out, text),
            Self::Id(id) => quoted(out, |out| out.extend_from_slice(id.as_str().as_bytes())),
            Self::Day(day) => quoted(out, |out| calendar::write_day(out, *day)),
            Self::Moment(at) => quoted(out, |out| calendar::write_moment(out, *at, "+0000")),
            Self::Clock(at) => quoted(out, |out| {
                calendar::write_clock(out, *at);
                out.push(b'Z');
            }),
        }
    }
}

/// Compares text regardless of case.
pub(super) fn compare_text(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        return a.bytes().map(lower).cmp(b.bytes().map(lower));
    }
    a.chars().flat_map(char::to_lowercase).cmp(b.chars().flat_map(char::to_lowercase))
}

/// Writes a JSON string.
pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    // Writing to memory does not fail.
    drop(serde_json::to_writer(out, text));
}

fn quoted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

/// Writes a number as the server's run time prints it: `23`, `23.0`, `1.39E8`.
fn write_number(out: &mut Vec<u8>, number: f64, whole: bool) {
    let size = number.abs();
    let written = if whole {
        write!(out, "{number:.0}")
    } else if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let scientific = format!("{number:E}");
        let (mantissa, exponent) = scientific.split_once('E').unwrap_or((&scientific, "0"));
        let point = if mantissa.contains('.') { "" } else { ".0" };
        write!(out, "{mantissa}{point}E{exponent}")
    } else {
        write!(out, "{number:?}")
    };
    drop(written);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &Value, whole: bool) -> String {
        let mut out = Vec::new();
        value.write_json(&mut out, whole);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_in_json() {
        for (value, whole, expected) in [
            (Value::Number(23.0), true, "23"),
            (Value::Number(23.0), false, "23.0"),
            (Value::Number(0.0), false, "0.0"),
            (Value::Number(139_000_000.0), false, "1.39E8"),
            (Value::Number(1e7), false, "1.0E7"),
            (Value::Number(-12.5), false, "-12.5"),
            (Value::Day(14_610), false, "\"2010-01-01\""),
            (Value::Moment(0), false, "\"1970-01-01T00:00:00.000+0000\""),
            (Value::Clock(45_000_000), false, "\"12:30:00.000Z\""),
            (Value::text("a\"b\n"), false, r#""a\"b\n""#),
            (Value::text(""), false, "null"),
        ] {
            assert_eq!(json(&value, whole), expected);
        }
    }

    #[test]
    fn text_compares_regardless_of_case() {
        assert_eq!(compare_text("Acme", "aCME"), Ordering::Equal);
        assert_eq!(compare_text("ÉCOLE", "école"), Ordering::Equal);
        assert_eq!(compare_text("acme", "Acme Inc"), Ordering::Less);
    }
}
