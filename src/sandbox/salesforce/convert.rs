//! From JSON to stored values, with the checks that belong to single fields.

use serde_json::Value as Json;

use super::calendar;
use super::error::ApiError;
use super::ids::Id;
use super::schema::{Field, Kind};
use super::value::Value;

/// Reads a JSON value for a field.
///
/// An error with the code `JSON_PARSER_ERROR` condemns the whole request, any other the record only.
pub(super) fn convert(field: &Field, json: &Json) -> Result<Value, ApiError> {
    let text = match json {
        Json::Null => {
            return Ok(if field.kind == Kind::Boolean { Value::Bool(false) } else { Value::Null });
        }
        Json::Bool(value) if field.kind == Kind::Boolean => return Ok(Value::Bool(*value)),
        Json::Number(number) if field.kind.is_number() => {
            return number_value(field, number.as_f64().unwrap_or(f64::NAN));
        }
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Array(_) => return Err(wrong(field, "START_ARRAY", "")),
        Json::Object(_) => return Err(wrong(field, "START_OBJECT", "")),
    };
    // The API takes white space off both ends of texts.
    let text = text.trim();
    if text.is_empty() && field.kind != Kind::Boolean {
        return Ok(Value::Null);
    }
    let parsed = match field.kind {
        Kind::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        Kind::Int | Kind::Double | Kind::Currency | Kind::Percent => match text.parse::<f64>() {
            Ok(number) if json.is_string() || json.is_number() => return number_value(field, number),
            _ => None,
        },
        Kind::Day => {
            let day = calendar::read_day(text)
                .or_else(|| calendar::read_moment(text).map(|at| at.div_euclid(calendar::DAY)));
            day.filter(|day| (-620_000..=1_100_000).contains(day)).map(Value::Day)
        }
        Kind::Moment => {
            let at = calendar::read_moment(text)
                .or_else(|| calendar::read_day(text).map(|day| day * calendar::DAY));
            at.map(Value::Moment)
        }
        Kind::Clock => calendar::read_clock(text.strip_suffix('Z').unwrap_or(text)).map(Value::Clock),
        Kind::Id | Kind::Reference => return id_value(field, text),
        _ => return text_value(field, text),
    };
    let token = if json.is_string() { "VALUE_STRING" } else { "VALUE_NUMBER_FLOAT" };
    parsed.ok_or_else(|| wrong(field, token, text))
}

fn wrong(field: &Field, token: &str, text: &str) -> ApiError {
    let kind = field.kind.soap().trim_start_matches("xsd:").trim_start_matches("tns:");
    let kind = if kind == "dateTime" { "datetime" } else { kind };
    let value = if text.is_empty() { String::new() } else { format!(" value {text}") };
    ApiError::json(format!(
        "Cannot deserialize instance of {kind} from {token}{value} or request may be missing a required field at \
         [line:1, column:2]"
    ))
}

fn number_value(field: &Field, number: f64) -> Result<Value, ApiError> {
    let digits = i32::from(field.precision) - i32::from(field.scale);
    if !number.is_finite() || (field.precision > 0 && number.abs() >= 10_f64.powi(digits)) {
        let message = format!("{}: value outside of valid range on numeric field: {number}", field.label);
        return Err(ApiError::row("NUMBER_OUTSIDE_VALID_RANGE", message, &[field.name]));
    }
    if field.kind == Kind::Int && number.fract() != 0.0 {
        return Err(wrong(field, "VALUE_NUMBER_FLOAT", &number.to_string()));
    }
    let unit = 10_f64.powi(i32::from(field.scale));
    let rounded = (number * unit).round() / unit;
    Ok(Value::Number(if rounded.is_finite() { rounded } else { number }))
}

fn id_value(field: &Field, text: &str) -> Result<Value, ApiError> {
    let id = Id::parse(text).ok_or_else(|| {
        let message = format!("{}: id value of incorrect type: {text}", field.label);
        ApiError::row("MALFORMED_ID", message, &[field.name])
    })?;
    Ok(Value::Id(id))
}

fn text_value(field: &Field, text: &str) -> Result<Value, ApiError> {
    let length = text.encode_utf16().count();
    if field.length > 0 && length > field.length as usize {
        let message = format!("{}: data value too large: {text} (max length={})", field.label, field.length);
        return Err(ApiError::row("STRING_TOO_LONG", message, &[field.name]));
    }
    match field.kind {
        Kind::Email if !is_email(text) => {
            let message = format!("{}: invalid email address: {text}", field.label);
            return Err(ApiError::row("INVALID_EMAIL_ADDRESS", message, &[field.name]));
        }
        Kind::Picklist => {
            // A known value is stored as the picklist spells it.
            let known = field.values.iter().find(|known| known.eq_ignore_ascii_case(text));
            // One that is retired is no value of the picklist any more, where only its values are taken.
            if let Some(known) = known.filter(|known| !field.restricted || !field.retired.contains(known)) {
                return Ok(Value::text(known));
            }
            if field.restricted {
                return Err(bad_choice(field, text));
            }
        }
        Kind::MultiPicklist => {
            let chosen: Vec<&str> = text.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
            let bad = |one: &&&str| !field.values.contains(one) || field.retired.contains(one);
            if let Some(bad) = chosen.iter().find(|one| field.restricted && bad(one)) {
                return Err(bad_choice(field, bad));
            }
            // Stored in the picklist's own order, each value once.
            let known = field.values.iter().filter(|value| chosen.contains(value)).copied();
            let rest = chosen.iter().filter(|one| !field.values.contains(one)).copied();
            return Ok(Value::text(&known.chain(rest).collect::<Vec<_>>().join(";")));
        }
        _ => {}
    }
    Ok(Value::text(text))
}

fn bad_choice(field: &Field, text: &str) -> ApiError {
    let message = format!("{}: bad value for restricted picklist field: {text}", field.label);
    ApiError::row("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, &[field.name])
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*/=?^_+-`{|}~.".contains(letter);
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    !local.is_empty()
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sandbox::salesforce::schema::Schema;

    fn read(field: &str, value: &Json) -> Result<Value, ApiError> {
        let schema = Schema::new();
        let object = schema.object("Subscription__c").unwrap();
        let field = object.field(object.place(field).unwrap()).unwrap();
        convert(field, value)
    }

    #[test]
    fn values_of_every_type() {
        for (field, given, stored) in [
            ("Name", json!("  Acme "), Value::text("Acme")),
            ("Name", json!(5), Value::text("5")),
            ("Active__c", json!("true"), Value::Bool(true)),
            ("Active__c", json!(null), Value::Bool(false)),
            ("Price__c", json!(1.005), Value::Number(1.0)),
            ("Price__c", json!("12.5"), Value::Number(12.5)),
            ("Start__c", json!("2024-02-29"), Value::Day(19_782)),
            ("Renewal__c", json!("1970-01-01T01:00:00+01:00"), Value::Moment(0)),
            ("Cutoff__c", json!("12:30:00Z"), Value::Clock(45_000_000)),
            ("Plan__c", json!("premium"), Value::text("Premium")),
            ("Channel__c", json!("Fair"), Value::text("Fair")),
            ("Modules__c", json!("Mobile;Core"), Value::text("Core;Mobile")),
            ("Notes__c", json!(""), Value::Null),
        ] {
            assert_eq!(read(field, &given), Ok(stored), "{field} {given}");
        }
    }

    #[test]
    fn refusals_are_literal() {
        for (field, given, code, message) in [
            (
                "Contact_Email__c",
                json!("x@y"),
                "INVALID_EMAIL_ADDRESS",
                "Contact Email: invalid email address: x@y",
            ),
            (
                "Plan__c",
                json!("Gold"),
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                "Plan: bad value for restricted picklist field: Gold",
            ),
            (
                "Discount__c",
                json!(1000),
                "NUMBER_OUTSIDE_VALID_RANGE",
                "Discount: value outside of valid range on numeric field: 1000",
            ),
            ("Account__c", json!("nobody"), "MALFORMED_ID", "Account: id value of incorrect type: nobody"),
            (
                "Start__c",
                json!("tomorrow"),
                "JSON_PARSER_ERROR",
                "Cannot deserialize instance of date from VALUE_STRING value tomorrow or request may be missing a required field at [line:1, column:2]",
            ),
        ] {
            let error = read(field, &given).unwrap_err();
            assert_eq!((error.code.as_str(), error.message.as_str()), (code, message));
        }
        let long = read("External_Id__c", &json!("x".repeat(65))).unwrap_err();
        assert!(long.message.ends_with("(max length=64)"), "{}", long.message);
        assert_eq!(long.fields, Some(vec!["External_Id__c".to_owned()]));
    }
}
