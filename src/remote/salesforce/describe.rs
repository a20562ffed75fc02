//! What an object is: its fields in our vocabulary, and what the client itself needs to know of it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;

use super::places_known::Places;
use crate::domain::value::Value;

use crate::domain::id::FieldName;
use crate::domain::schema::{FieldSchema, Schema, Shape};

/// An object as described.
#[derive(Debug)]
pub(super) struct Described {
    /// Its fields.
    pub(super) schema: Schema,
    /// The field that people call a record by.
    pub(super) name_field: Option<String>,
    /// Text fields that are external ids and unique.
    pub(super) keys: Vec<FieldName>,
    /// Whether Salesforce keeps a log of its deletions.
    pub(super) replicateable: bool,
    /// What the user may do with it.
    pub(super) rights: RightsWire,
    /// The states and countries that the org knows, by the field that holds the code.
    places: Places,
}

/// What the user may do with an object.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct RightsWire {
    /// Read its records.
    #[serde(default = "yes")]
    pub(super) queryable: bool,
    /// Make records.
    #[serde(default = "yes")]
    pub(super) createable: bool,
    /// Change records.
    #[serde(default = "yes")]
    pub(super) updateable: bool,
    /// Delete records.
    #[serde(default = "yes")]
    pub(super) deletable: bool,
}

impl Described {
    /// Returns a value as this org spells it: states and countries.
    pub(super) fn spelled<'v>(&self, field: &str, value: &'v Value) -> Cow<'v, Value> {
        self.places.spelled(field, value)
    }

    /// Returns what a field can hold; a field of a parent is not described here.
    pub(super) fn shape(&self, field: &str) -> Option<Shape> {
        self.schema.field(field).map(|field| field.shape)
    }

    /// Returns whether an upsert can go by this field.
    pub(super) fn is_key(&self, field: &FieldName) -> bool {
        self.keys.iter().any(|key| key.as_str().eq_ignore_ascii_case(field.as_str()))
    }
}

/// The answer of `sobjects/X/describe`, as far as it matters.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ObjectWire {
    name: String,
    #[serde(default)]
    label: String,
    #[serde(default = "yes")]
    replicateable: bool,
    #[serde(flatten)]
    rights: RightsWire,
    fields: Vec<FieldWire>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FieldWire {
    name: String,
    label: String,
    r#type: String,
    length: u32,
    scale: u8,
    nillable: bool,
    defaulted_on_create: bool,
    createable: bool,
    updateable: bool,
    external_id: bool,
    unique: bool,
    name_field: bool,
    compound_field_name: Option<String>,
    restricted_picklist: bool,
    picklist_values: Option<Vec<ChoiceWire>>,
    reference_to: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct ChoiceWire {
    value: String,
    label: Option<String>,
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

impl From<ObjectWire> for Described {
    fn from(object: ObjectWire) -> Self {
        let name_field = ["Name", "Subject", "CaseNumber", "Title"]
            .into_iter()
            .find(|name| object.fields.iter().any(|field| field.name == *name && field.name_field))
            .map(str::to_owned)
            .or_else(|| object.fields.iter().find(|field| field.name_field).map(|field| field.name.clone()));
        let keys = object
            .fields
            .iter()
            .filter(|field| field.external_id && field.unique && field.createable && field.r#type == "string")
            .map(|field| FieldName::from(field.name.as_str()))
            .collect();
        let mut places = Places::default();
        for field in object.fields.iter().filter(|field| field.compound_field_name.is_some()) {
            let choices = field.picklist_values.iter().flatten().filter(|choice| choice.active);
            let known = choices.map(|choice| {
                let label = choice.label.as_ref().unwrap_or(&choice.value);
                (Arc::from(choice.value.as_str()), Arc::from(label.as_str()))
            });
            places.learn(&field.name, known.collect());
        }
        Self {
            places,
            name_field,
            keys,
            replicateable: object.replicateable,
            rights: object.rights,
            schema: Schema {
                container: object.name.as_str().into(),
                title: if object.label.is_empty() { object.name.into() } else { object.label.into() },
                fields: object.fields.into_iter().map(FieldSchema::from).collect(),
            },
        }
    }
}

impl From<FieldWire> for FieldSchema {
    fn from(field: FieldWire) -> Self {
        let country = field.compound_field_name.is_some()
            && ["Country", "CountryCode"].iter().any(|end| field.name.ends_with(end));
        let shape = if country { Shape::Country } else { shape(&field.r#type) };
        let numeric = matches!(shape, Shape::Number | Shape::Percent | Shape::Integer);
        let required = !field.nillable && !field.defaulted_on_create && field.createable;
        Self {
            name: field.name.into(),
            label: field.label.into(),
            native: field.r#type.into(),
            shape,
            createable: field.createable,
            updateable: field.updateable,
            // A box is never nothing; what is not ticked is no.
            required: required && shape != Shape::Bool,
            max_length: (field.length > 0).then_some(field.length),
            scale: numeric.then_some(field.scale),
            options: field
                .picklist_values
                .into_iter()
                .flatten()
                .filter(|choice| choice.active)
                .map(|choice| Arc::from(choice.value))
                .collect(),
            restricted: field.restricted_picklist,
            references: field.reference_to.into_iter().flatten().map(Into::into).collect(),
        }
    }
}

fn shape(native: &str) -> Shape {
    match native {
        "id" => Shape::Key,
        "boolean" => Shape::Bool,
        "picklist" | "combobox" => Shape::Choice,
        "multipicklist" => Shape::Choices,
        "string" => Shape::Text,
        "textarea" => Shape::LongText,
        "int" | "long" => Shape::Integer,
        "double" | "currency" => Shape::Number,
        "percent" => Shape::Percent,
        "date" => Shape::Day,
        "datetime" => Shape::Instant,
        "email" => Shape::Email,
        "phone" => Shape::Phone,
        "url" => Shape::Link,
        "address" => Shape::Address,
        "reference" => Shape::Reference,
        _ => Shape::Unsupported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_described_in_our_vocabulary() {
        let described = Described::from(
            serde_json::from_str::<ObjectWire>(include_str!(
                "../../../tests/fixtures/salesforce_describe.json"
            ))
            .unwrap(),
        );
        assert_eq!(described.schema.container, "Opportunity".into());
        assert_eq!(&*described.schema.title, "Opportunity");
        assert_eq!(described.name_field.as_deref(), Some("Name"));
        assert_eq!(described.keys, ["Monday_Item__c".into()]);
        assert!(described.replicateable);
        let field = |name: &str| described.schema.field(name).unwrap();
        assert_eq!(field("Id").shape, Shape::Key);
        assert!(field("Name").required && field("StageName").required && !field("IsPrivate").required);
        assert_eq!(field("Name").max_length, Some(120));
        assert_eq!((field("Amount").shape, field("Amount").scale), (Shape::Number, Some(2)));
        assert_eq!(field("StageName").options, ["Prospecting".into()]);
        assert!(!field("StageName").restricted && field("Tier__c").restricted);
        assert_eq!(field("AccountId").references, ["Account".into()]);
        assert!(!field("Where__c").createable);
        assert_eq!(field("Secret__c").shape, Shape::Unsupported);
    }
}
