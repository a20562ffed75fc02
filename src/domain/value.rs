//! What a field holds, in one form for all systems.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::id::FieldName;
use super::time::{Day, Stamp};

/// The value of one field. Empty text never occurs: it is [`Value::Null`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Nothing: a null, an empty text, an empty list.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, exact.
    Number(#[serde(with = "rust_decimal::serde::str")] Decimal),
    /// Text.
    Text(Arc<str>),
    /// A point in time.
    Instant(Stamp),
    /// A day without a time zone.
    Day(Day),
    /// Several values in the order that the remote gives them, such as the choices of a multi-picklist.
    List(Vec<Value>),
}

impl Value {
    /// Returns text, or null when `text` is empty.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() { Self::Null } else { Self::Text(text.into()) }
    }

    /// Returns whether there is nothing here.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the text of a text value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Value {
    /// Returns whether two texts say the same in another form: in other letters' case, with other blanks or marks.
    /// That is what systems make of a text by themselves.
    pub fn is_another_form_of(&self, other: &Self) -> bool {
        fn core(text: &str) -> impl Iterator<Item = char> + '_ {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
        }
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a != b && core(a).eq(core(b)) && core(a).next().is_some(),
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// The value as a person reads it; raw, so make it safe before it reaches a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Bool(value) => value.fmt(f),
            Self::Number(value) => value.normalize().fmt(f),
            Self::Text(value) => f.write_str(value),
            Self::Instant(value) => value.fmt(f),
            Self::Day(value) => value.fmt(f),
            Self::List(values) => {
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        f.write_str("; ")?;
                    }
                    value.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

/// The fields of one record by name, kept sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields(Vec<(FieldName, Value)>);

impl Fields {
    /// Returns the value of `name`, or null where the record has none.
    pub fn get(&self, name: &FieldName) -> &Value {
        static NULL: Value = Value::Null;
        match self.0.binary_search_by(|(known, _)| known.cmp(name)) {
            Ok(at) => self.0.get(at).map_or(&NULL, |(_, value)| value),
            Err(_) => &NULL,
        }
    }

    /// Returns names and values in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldName, &Value)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// Returns how many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(FieldName, Value)> for Fields {
    /// Of two values for one name the last stays.
    fn from_iter<I: IntoIterator<Item = (FieldName, Value)>>(pairs: I) -> Self {
        let mut fields: Vec<_> = pairs.into_iter().collect();
        fields.reverse();
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        fields.dedup_by(|(later, _), (kept, _)| later == kept);
        Self(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_survives_the_store() {
        let number = Decimal::new(-1_050, 2);
        let values = [
            Value::Null,
            Value::Bool(true),
            Value::Number(number),
            Value::text("x"),
            Value::Instant(Stamp(5)),
            Value::Day(Day(-3)),
            Value::List(vec![Value::text("a"), Value::Number(number)]),
        ];
        for value in values {
            let bytes = postcard::to_stdvec(&value).unwrap();
            assert_eq!(postcard::from_bytes::<Value>(&bytes).unwrap(), value);
        }
    }

    #[test]
    fn of_two_values_for_one_name_the_last_stays() {
        let fields: Fields = [("b", "1"), ("a", "2"), ("b", "3")]
            .map(|(n, v)| (FieldName::from(n), Value::text(v)))
            .into_iter()
            .collect();
        assert_eq!(fields.get(&"b".into()), &Value::text("3"));
        assert_eq!(fields.len(), 2);
        assert!(fields.get(&"c".into()).is_null());
    }

    #[test]
    fn a_list_reads_as_its_parts() {
        let list = |texts: &[&str]| Value::List(texts.iter().map(Value::text).collect()).to_string();
        assert_eq!((&*list(&["a", "b", "c"]), &*list(&["a"]), &*list(&[])), ("a; b; c", "a", ""));
    }

    #[test]
    fn fields_are_told_in_the_order_of_their_names() {
        let fields: Fields =
            [("b", "1"), ("a", "2")].map(|(n, v)| (FieldName::from(n), Value::text(v))).into_iter().collect();
        let told: Vec<String> = fields.iter().map(|(name, value)| format!("{name}{value}")).collect();
        assert_eq!(told, ["a2", "b1"]);
        assert!(!fields.is_empty() && Fields::default().is_empty());
    }
}
