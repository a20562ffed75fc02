//! States and countries as picklists: the org's list, and how names and codes keep in step.

use serde_json::{Map, Value as Json};

use super::error::ApiError;
use super::schema::{Object, Spec};
use super::store::Row;
use super::value::Value;

/// The codes of the countries.
pub(super) const COUNTRY_CODES: &[&str] =
    &["AT", "AU", "BE", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IL", "IT", "JP", "KR", "NL", "US"];

/// The codes of the states; some mean one state in one country and another in the next.
pub(super) const STATE_CODES: &[&str] =
    &["BC", "CA", "FL", "IL", "MI", "NSW", "NY", "ON", "QC", "RM", "TX", "VIC", "WA"];

const COUNTRIES: [(&str, &str); 16] = [
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("DE", "Germany"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("IL", "Israel"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("KR", "Korea, Republic of"),
    ("NL", "Netherlands"),
    ("US", "United States"),
];

const STATES: [(&str, &str, &str); 13] = [
    ("US", "CA", "California"),
    ("US", "FL", "Florida"),
    ("US", "IL", "Illinois"),
    ("US", "NY", "New York"),
    ("US", "TX", "Texas"),
    ("US", "WA", "Washington"),
    ("CA", "BC", "British Columbia"),
    ("CA", "ON", "Ontario"),
    ("CA", "QC", "Quebec"),
    ("AU", "NSW", "New South Wales"),
    ("AU", "VIC", "Victoria"),
    ("IT", "MI", "Milano"),
    ("IT", "RM", "Roma"),
];

/// Is it a field that only orgs with these picklists have.
pub(super) fn is_code(field: &Spec) -> bool {
    !field.compound.is_empty() && (field.name.ends_with("StateCode") || field.name.ends_with("CountryCode"))
}

/// What people see of a picklist's value.
pub(super) fn label<'v>(field: &str, value: &'v str) -> &'v str {
    let found = if field.ends_with("CountryCode") {
        COUNTRIES.iter().find(|(code, _)| *code == value).map(|(_, name)| *name)
    } else if field.ends_with("StateCode") {
        STATES.iter().find(|(_, code, _)| *code == value).map(|(.., name)| *name)
    } else {
        None
    };
    found.unwrap_or(value)
}

/// Puts names beside the codes that were given, and codes beside the names; returns what is no place.
pub(super) fn keep_in_step(object: &Object, row: &mut Row, given: &Map<String, Json>) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for base in ["Billing", "Shipping", "Other", "Mailing", ""] {
        let place = |part: &str| object.place(&format!("{base}{part}"));
        let (Some(country), Some(country_code), Some(state), Some(state_code)) =
            (place("Country"), place("CountryCode"), place("State"), place("StateCode"))
        else {
            continue;
        };
        let told = |part: &str| given.keys().any(|key| key.eq_ignore_ascii_case(&format!("{base}{part}")));
        let text = |row: &Row, place: usize| row.get(place).as_text().unwrap_or_default().to_owned();
        let set = |row: &mut Row, [name_at, code_at]: [usize; 2], found: Option<(&str, &str)>| {
            let value = |text: Option<&str>| text.map_or(Value::Null, Value::text);
            row.set(name_at, value(found.map(|(_, name)| name)));
            row.set(code_at, value(found.map(|(code, _)| code)));
        };
        if told("CountryCode") || told("Country") {
            let by_code = told("CountryCode");
            let wanted = text(row, if by_code { country_code } else { country });
            let found = COUNTRIES
                .iter()
                .copied()
                .find(|(code, name)| wanted.eq_ignore_ascii_case(if by_code { code } else { name }));
            if found.is_none() && !wanted.is_empty() {
                errors.push(no_place(
                    object,
                    country,
                    "country",
                    "country/territory from the list of valid countries",
                ));
                continue;
            }
            set(row, [country, country_code], found);
        }
        if told("StateCode") || told("State") {
            let by_code = told("StateCode");
            let wanted = text(row, if by_code { state_code } else { state });
            let of = text(row, country_code);
            let found = STATES.iter().find(|(within, code, name)| {
                *within == of && wanted.eq_ignore_ascii_case(if by_code { code } else { name })
            });
            if found.is_none() && !wanted.is_empty() {
                errors.push(no_place(object, state, "state", "state from the list of valid states"));
                continue;
            }
            set(row, [state, state_code], found.map(|(_, code, name)| (*code, *name)));
        }
    }
    errors
}

fn no_place(object: &Object, place: usize, what: &str, from: &str) -> ApiError {
    let (label, name) = object.field(place).map_or(("", ""), |field| (field.label.as_str(), field.name));
    let message = format!(
        "There's a problem with this {what}, even though it may appear correct. Please select a {from}.: {label}"
    );
    ApiError::row("FIELD_INTEGRITY_EXCEPTION", message, &[name])
}
