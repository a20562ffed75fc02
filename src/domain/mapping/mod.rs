//! Which field goes to which, and the form in which both sides are compared.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::countries::named;
use super::id::{ContainerId, FieldName, Side};
use super::recipe::{Direction, Parent};
use super::schema::{FieldSchema, Form, Schema, Shape, form};
use super::time::{Day, SECOND};
use super::value::{Fields, Value};

/// The mapped fields of a recipe, in the order of its file. The observer, the planner and the store all refer
/// to a mapped field by its position here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One entry for each pair of fields.
    pub fields: Vec<FieldMap>,
}

/// One pair of fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMap {
    /// The Salesforce field.
    pub salesforce: FieldName,
    /// The field or column of the other system.
    pub target: FieldName,
    /// The form in which both are compared and stored.
    pub form: Form,
    /// Fields with the same number merge as one (the parts of an address, amount and currency).
    pub group: Option<u8>,
}

impl FieldMap {
    /// Returns the field's name on `side`.
    pub fn name(&self, side: Side) -> &FieldName {
        match side {
            Side::Salesforce => &self.salesforce,
            Side::Other => &self.target,
        }
    }

    /// Returns what is read on `side` for this pair: the name of a parent stands in the parent.
    pub fn read(&self, side: Side) -> FieldName {
        let name = self.name(side);
        match (self.form, side) {
            (Form::ParentName, Side::Salesforce) => parent_name(name.as_str()).into(),
            _ => name.clone(),
        }
    }
}

/// Returns the path from a reference field to the name of what it points to.
fn parent_name(field: &str) -> String {
    format!("{}.Name", relation(field))
}

/// Returns by which name the record behind a reference field is reached.
pub fn relation(field: &str) -> String {
    match (field.strip_suffix("__c"), field.strip_suffix("Id")) {
        (Some(custom), _) => format!("{custom}__r"),
        (None, Some(standard)) => standard.to_owned(),
        (None, None) => field.to_owned(),
    }
}

impl Mapping {
    /// Returns a record's mapped values in canonical form and in the order of the mapping.
    pub fn project(&self, side: Side, fields: &Fields) -> Vec<Value> {
        self.fields.iter().map(|map| canonical(fields.get(&map.read(side)), map.form)).collect()
    }
}

/// Returns `value` in the form in which both sides are compared.
///
/// It is idempotent, and what a remote gives back for a value written in this form has the same form again.
/// A value that cannot take the form keeps its own: it then differs from the other side and the remote says
/// why it cannot be written.
pub fn canonical(value: &Value, form: Form) -> Value {
    match form {
        Form::Text => Value::text(plain(&value.to_string())),
        Form::Caseless => Value::text(plain(&value.to_string()).to_lowercase()),
        Form::Phone => Value::text(dialled(&value.to_string())),
        Form::Number(scale) => match number(value) {
            Some(number) => Value::Number(number.round_dp(u32::from(scale)).normalize()),
            None => value.clone(),
        },
        Form::Bool => match value {
            Value::Bool(true) => Value::Bool(true),
            _ => Value::Bool(false),
        },
        Form::Day => match value {
            Value::Instant(at) => Value::Day(Day::of(*at)),
            Value::Text(text) => text.parse().map_or_else(|()| value.clone(), Value::Day),
            other => other.clone(),
        },
        Form::Instant => match value {
            Value::Instant(at) => Value::Instant(at.plus(-at.0.rem_euclid(SECOND))),
            Value::Day(day) => Value::Instant(day.start()),
            other => other.clone(),
        },
        Form::Words => words(value),
        // Users are told by way of their links, before the form matters.
        Form::Owner | Form::Person => Value::text(value.to_string().trim()),
        Form::ParentName => Value::text(plain(&value.to_string())),
        // A field holds one parent; of several items the first one counts.
        Form::Parent => match value {
            Value::List(items) => Value::text(items.first().map(Value::to_string).unwrap_or_default().trim()),
            other => Value::text(other.to_string().trim()),
        },
        Form::Country => {
            let text = plain(&value.to_string());
            named(&text).map_or_else(|| Value::text(&*text), |country| Value::text(country.name))
        }
        Form::ParentLink => Value::text(last_part(&value.to_string())),
    }
}

/// Returns what a person typed for a field, in the form of its values; `None` where it cannot be one of them.
pub fn typed(text: &str, form: Form) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Value::Null);
    }
    let value = match form {
        Form::Owner | Form::Person | Form::Parent | Form::ParentName | Form::ParentLink => return None,
        Form::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Value::Bool(true),
            "false" | "no" | "0" => Value::Bool(false),
            _ => return None,
        },
        Form::Instant => Value::Instant(text.parse().ok()?),
        _ => Value::text(text),
    };
    let value = canonical(&value, form);
    let fits = match form {
        Form::Number(_) => matches!(value, Value::Number(_)),
        Form::Day => matches!(value, Value::Day(_)),
        _ => true,
    };
    fits.then_some(value)
}

/// Returns the id at the end of a record's address.
fn last_part(address: &str) -> &str {
    let address = address.trim().trim_end_matches('/');
    address.rsplit('/').next().unwrap_or(address).trim()
}

fn plain(text: &str) -> String {
    if !text.contains('\r') {
        return text.trim().to_owned();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

fn dialled(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // Abroad is dialled `00` where a plus cannot be written.
    match digits.strip_prefix("00") {
        Some(abroad) if !abroad.is_empty() => format!("+{abroad}"),
        _ if text.trim_start().starts_with('+') => format!("+{digits}"),
        _ => digits,
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn words(value: &Value) -> Value {
    let mut words: Vec<Value> = match value {
        Value::List(values) => values.iter().map(|word| Value::text(word.to_string().trim())).collect(),
        Value::Null => Vec::new(),
        other => other.to_string().split(';').map(|word| Value::text(word.trim())).collect(),
    };
    words.retain(|word| !word.is_null());
    words.sort();
    words.dedup();
    if words.is_empty() { Value::Null } else { Value::List(words) }
}

/// Something wrong with one line of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The position of the wrong pair in the file's order.
    pub at: usize,
    /// Which half of it is wrong.
    pub side: Side,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong with one half of a mapped pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such field; the nearest name that exists, if one is near.
    Unknown(Option<FieldName>),
    /// The field's type (its native name) is one that syncdeck does not carry.
    Unsupported(String),
    /// The values of the first type cannot be written to the second.
    Mismatch(String, String),
    /// The field cannot be written.
    ReadOnly,
    /// Two pairs write the same field.
    Twice,
}

/// A pair of field names as a recipe file gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The Salesforce field.
    pub salesforce: String,
    /// The other system's field.
    pub target: String,
}

/// Checks named pairs against both schemas and chooses the form of each.
///
/// # Errors
/// Every mistake in the mapping, not only the first.
pub fn check(
    named: &[Named],
    salesforce: &Schema,
    target: &Schema,
    directions: &[Direction],
) -> Result<Mapping, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut fields: Vec<FieldMap> = Vec::new();
    for (at, pair) in named.iter().enumerate() {
        let a = known(salesforce, &pair.salesforce)
            .map_err(|what| mistakes.push(Mistake { at, side: Side::Salesforce, what }));
        let b = known(target, &pair.target)
            .map_err(|what| mistakes.push(Mistake { at, side: Side::Other, what }));
        let (Ok(a), Ok(b)) = (a, b) else { continue };
        if fields.iter().any(|map| map.target == b.name && directions.contains(&Direction::FromSalesforce)) {
            mistakes.push(Mistake { at, side: Side::Other, what: Wrong::Twice });
            continue;
        }
        if fields.iter().any(|map| map.salesforce == a.name && directions.contains(&Direction::ToSalesforce))
        {
            mistakes.push(Mistake { at, side: Side::Salesforce, what: Wrong::Twice });
            continue;
        }
        match agree(a, b, directions) {
            Ok(form) => fields.push(FieldMap {
                salesforce: a.name.clone(),
                target: b.name.clone(),
                form,
                group: merge_group(&a.name),
            }),
            Err((side, what)) => mistakes.push(Mistake { at, side, what }),
        }
    }
    if mistakes.is_empty() { Ok(Mapping { fields }) } else { Err(mistakes) }
}

/// Returns the pairs of a mapping that no longer go together, as both sides are now: a field is of another type, or can
/// no longer be written. Fields that are not there are another matter.
pub fn unfit<'a>(
    mapping: &'a Mapping,
    salesforce: &Schema,
    target: &Schema,
    direction: Direction,
) -> Vec<&'a FieldMap> {
    let unfit = |map: &&FieldMap| {
        let a = salesforce.field(map.salesforce.as_str());
        let both = a.zip(target.field(map.target.as_str()));
        both.is_some_and(|(a, b)| agree(a, b, &[direction]).is_err())
    };
    mapping.fields.iter().filter(unfit).collect()
}

/// Returns the references of which a mapping shows the parent's name, each with the object that it points to.
///
/// Left out are those that may point to several objects: nothing is told of such a parent but its name. So are those
/// that point to users, whose stamps change with every log-in: everything that they own would be read each time.
pub fn shown(mapping: &Mapping, salesforce: &Schema) -> Vec<(FieldName, ContainerId)> {
    let names = mapping.fields.iter().filter(|map| map.form == Form::ParentName);
    let of = |map: &FieldMap| {
        let field = salesforce.field(map.salesforce.as_str())?;
        let [object] = field.references.as_slice() else { return None };
        (object.as_str() != "User").then(|| (field.name.clone(), object.as_str().into()))
    };
    names.filter_map(of).collect()
}

/// Returns the fields of a mapping that point to records with counterparts of their own.
pub fn parents(mapping: &Mapping, salesforce: &Schema, target: &Schema) -> Vec<Parent> {
    let of = |(at, map): (u16, &FieldMap)| {
        let (a, b) = (salesforce.field(map.salesforce.as_str())?, target.field(map.target.as_str())?);
        let containers = b.references.iter().map(|board| board.as_str().into()).collect();
        Some(Parent { field: at, objects: a.references.clone(), containers })
    };
    let pointing = (0u16..).zip(&mapping.fields).filter(|(_, map)| map.form == Form::Parent);
    pointing.filter_map(of).collect()
}

fn known<'a>(schema: &'a Schema, name: &str) -> Result<&'a FieldSchema, Wrong> {
    let Some(field) = schema.field(name) else {
        return Err(Wrong::Unknown(nearest(schema, name)));
    };
    if field.shape == Shape::Unsupported {
        return Err(Wrong::Unsupported(field.native.to_string()));
    }
    Ok(field)
}

/// Returns the form of a pair in all of `directions`, or the half that does not fit.
pub(super) fn agree(
    a: &FieldSchema,
    b: &FieldSchema,
    directions: &[Direction],
) -> Result<Form, (Side, Wrong)> {
    let mut agreed = None;
    for direction in directions {
        let (from, to, into) = match direction {
            Direction::FromSalesforce => (a, b, Side::Other),
            Direction::ToSalesforce => (b, a, Side::Salesforce),
        };
        if !(to.createable || to.updateable) {
            return Err((into, Wrong::ReadOnly));
        }
        let Some(form) = form(from, to) else {
            let mismatch = Wrong::Mismatch(from.native.to_string(), to.native.to_string());
            return Err((into, mismatch));
        };
        // Both directions compare in one form: the coarser one, which is the first for all pairs but these.
        agreed = Some(match (agreed, form) {
            (Some(Form::Number(x)), Form::Number(y)) => Form::Number(x.min(y)),
            (Some(Form::Text), narrower) => narrower,
            (Some(first), _) => first,
            (None, form) => form,
        });
    }
    agreed.ok_or((Side::Other, Wrong::ReadOnly))
}

/// Returns the number of the group in which a Salesforce field merges as one with others.
fn merge_group(name: &FieldName) -> Option<u8> {
    const ADDRESS: [&str; 9] = [
        "Street",
        "City",
        "State",
        "PostalCode",
        "Country",
        "StateCode",
        "CountryCode",
        "Latitude",
        "Longitude",
    ];
    const PREFIXES: [&str; 6] = ["", "Billing", "Shipping", "Mailing", "Other", "Permanent"];
    let name = name.as_str();
    if matches!(name, "Amount" | "CurrencyIsoCode") {
        return Some(100);
    }
    if matches!(name, "StageName" | "Probability") {
        return Some(101);
    }
    let at = PREFIXES
        .iter()
        .position(|prefix| name.strip_prefix(prefix).is_some_and(|part| ADDRESS.contains(&part)))?;
    u8::try_from(at).ok()
}

/// Returns the field whose name is nearest to a misspelt one, if one is near.
fn nearest(schema: &Schema, name: &str) -> Option<FieldName> {
    let wanted = name.to_lowercase();
    schema
        .fields
        .iter()
        .map(|field| (distance(&wanted, &field.name.as_str().to_lowercase()), &field.name))
        .filter(|(distance, _)| *distance <= 1 + wanted.chars().count() / 4)
        .min()
        .map(|(_, name)| name.clone())
}

/// Returns how many characters must be inserted, dropped or changed to turn `a` into `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut corner = i;
        let mut before = i + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (right, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = (corner + usize::from(left != *right)).min(above + 1).min(before + 1);
            corner = above;
            before = *cell;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
