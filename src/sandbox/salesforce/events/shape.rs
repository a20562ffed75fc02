//! What an object's change event looks like: its fields in their order, and the Avro schema that says so.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde_json::{Value as Json, json};

use super::super::calendar::DAY;
use super::super::ids::Id;
use super::super::schema::{Kind, Object, at};
use super::super::store::Row;
use super::super::value::Value;
use super::avro;

/// Fields that events do not carry: they follow from others.
const LEFT_OUT: [&str; 5] = ["Fiscal", "FiscalYear", "FiscalQuarter", "IsEmailBounced", "ExpectedRevenue"];

/// Standard fields that came later than the stamps, and so stand behind them.
const LATER: [&str; 1] = ["AccountSource"];

/// The parts of a person's name, in the order of the schema.
const NAME: [&str; 6] = ["Salutation", "FirstName", "LastName", "MiddleName", "InformalName", "Suffix"];

/// The parts of an address in the order of the schema, with their keys in compound fields.
const ADDRESS: [(&str, &str); 11] = [
    ("Street", "street"),
    ("City", "city"),
    ("State", "state"),
    ("PostalCode", "postalCode"),
    ("Country", "country"),
    ("StateCode", "stateCode"),
    ("CountryCode", "countryCode"),
    ("Latitude", "latitude"),
    ("Longitude", "longitude"),
    ("Xyz", ""),
    ("GeocodeAccuracy", "geocodeAccuracy"),
];

/// The form of an object's change events.
#[derive(Debug)]
pub(super) struct Shape {
    /// The schema's id.
    pub(super) id: String,
    /// The schema.
    pub(super) json: String,
    /// The fields behind the header.
    pub(super) slots: Vec<Slot>,
}

/// One field of an event.
#[derive(Debug)]
pub(super) struct Slot {
    name: &'static str,
    pub(super) holds: Holds,
}

/// What a field of an event is made of.
#[derive(Debug)]
pub(super) enum Holds {
    /// The field at this place of the row.
    Field(usize, Form),
    /// A record of fields; a part that the org does not have is always empty.
    Record(&'static str, Vec<(&'static str, Option<usize>, Form)>),
}

/// The Avro type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    /// Text, which could be a person's name if the org had person accounts.
    AccountName,
    Boolean,
    Int,
    Double,
    /// Milliseconds: of a moment, of the midnight of a day, or of a time of day.
    Time,
}

/// The name of an object's change event.
pub(in super::super) fn event_name(object: &str) -> String {
    match object.strip_suffix("__c") {
        Some(base) => format!("{base}__ChangeEvent"),
        None => format!("{object}ChangeEvent"),
    }
}

/// Can changes of the object be told at all.
pub(in super::super) fn can_be_captured(object: &str) -> bool {
    object.ends_with("__c") || matches!(object, "Account" | "Contact" | "Lead" | "Opportunity" | "User")
}

impl Shape {
    pub(super) fn of(object: &Object) -> Self {
        let slots = slots(object);
        let mut seen = Vec::new();
        let mut fields = vec![json!({ "name": "ChangeEventHeader", "type": header() })];
        fields.extend(slots.iter().map(|slot| slot.schema(&mut seen)));
        let schema = json!({
            "name": event_name(object.name), "namespace": "com.sforce.eventbus", "type": "record", "fields": fields,
        });
        let json = schema.to_string();
        let hash = digest::digest(&digest::SHA256, json.as_bytes());
        let id = URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default());
        Self { id, json, slots }
    }

    /// Writes the fields for which `told` says so, and nothing for the others.
    pub(super) fn write(&self, out: &mut Vec<u8>, row: &Row, told: impl Fn(usize) -> bool) {
        for slot in &self.slots {
            match &slot.holds {
                Holds::Field(place, form) => {
                    write(out, Some(row.get(*place)).filter(|_| told(*place)), *form);
                }
                Holds::Record(_, parts) => {
                    let value = |place: &Option<usize>| {
                        place.filter(|place| told(*place)).map(|place| row.get(place))
                    };
                    if parts.iter().all(|(_, place, _)| value(place).is_none_or(Value::is_null)) {
                        avro::branch(out, 0);
                        continue;
                    }
                    avro::branch(out, 1);
                    for (_, place, form) in parts {
                        write(out, value(place), *form);
                    }
                }
            }
        }
    }

    /// Which fields these are, as bitmaps over the schema.
    pub(super) fn bitmaps(&self, which: impl Fn(usize) -> bool) -> Vec<String> {
        let mut nested = Vec::new();
        // The header has number 0.
        let whole = (1..).zip(&self.slots).filter(|(number, slot)| match &slot.holds {
            Holds::Field(place, _) => which(*place),
            Holds::Record(_, parts) => {
                let bits = (0..).zip(parts).filter(|(_, (_, place, _))| place.is_some_and(&which));
                let map = bitmap(bits.map(|(bit, _)| bit));
                nested.extend(map.map(|map| format!("{number}-{map}")));
                false
            }
        });
        let whole = bitmap(whole.map(|(number, _)| number));
        whole.into_iter().chain(nested).collect()
    }
}

/// A bitmap in hexadecimal; nothing when no bit is set.
fn bitmap(bits: impl Iterator<Item = usize>) -> Option<String> {
    let mut bytes: Vec<u8> = Vec::new();
    for bit in bits {
        if bytes.len() <= bit / 8 {
            bytes.resize(bit / 8 + 1, 0);
        }
        if let Some(byte) = bytes.get_mut(bit / 8) {
            *byte |= 1 << (bit % 8);
        }
    }
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes.iter().rev() {
        // Writing to a string does not fail.
        let _ = write!(digits, "{byte:02X}");
    }
    (!digits.is_empty()).then(|| format!("0x{digits}"))
}

impl Slot {
    fn schema(&self, seen: &mut Vec<&'static str>) -> Json {
        let kind = match &self.holds {
            Holds::Field(_, Form::AccountName) => {
                let fields =
                    NAME.map(|part| json!({ "name": part, "type": ["null", "string"], "default": null }));
                json!(["null", "string", { "type": "record", "name": "Switchable_PersonName", "fields": fields }])
            }
            Holds::Field(_, form) => json!(["null", form.name()]),
            Holds::Record(name, _) if seen.contains(name) => json!(["null", name]),
            Holds::Record(name, parts) => {
                seen.push(name);
                let fields = parts.iter().map(
                    |(part, _, form)| json!({ "name": part, "type": ["null", form.name()], "default": null }),
                );
                let fields: Vec<Json> = fields.collect();
                json!(["null", { "type": "record", "name": name, "fields": fields }])
            }
        };
        json!({ "name": self.name, "type": kind, "default": null })
    }
}

impl Form {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Boolean,
            Kind::Int => Self::Int,
            Kind::Double | Kind::Currency | Kind::Percent => Self::Double,
            Kind::Day | Kind::Moment | Kind::Clock => Self::Time,
            _ => Self::Text,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text | Self::AccountName => "string",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Double => "double",
            Self::Time => "long",
        }
    }
}

fn header() -> Json {
    let list = json!({ "type": "array", "items": "string" });
    let kinds = super::Kind::ALL.map(super::Kind::name);
    json!({
        "type": "record", "name": "ChangeEventHeader",
        "fields": [
            { "name": "entityName", "type": "string" },
            { "name": "recordIds", "type": list },
            { "name": "changeType", "type": { "type": "enum", "name": "ChangeType", "symbols": kinds } },
            { "name": "changeOrigin", "type": "string" },
            { "name": "transactionKey", "type": "string" },
            { "name": "sequenceNumber", "type": "int" },
            { "name": "commitTimestamp", "type": "long" },
            { "name": "commitNumber", "type": "long" },
            { "name": "commitUser", "type": "string" },
            { "name": "nulledFields", "type": list },
            { "name": "diffFields", "type": list },
            { "name": "changedFields", "type": list },
        ],
    })
}

/// The fields of an object's events: standard ones up to the owner, the stamps, then what came later.
fn slots(object: &Object) -> Vec<Slot> {
    let person = object.place("LastName").is_some();
    let mut first = Vec::new();
    let mut later = Vec::new();
    let mut behind_owner = false;
    for (place, field) in object.fields.iter().enumerate().skip(at::STAMP + 1) {
        let name = field.name;
        let formula = object.custom() && field.calculated;
        if formula
            || LEFT_OUT.contains(&name)
            || (person && NAME.contains(&name))
            || !field.compound.is_empty()
        {
            continue;
        }
        let holds = match field.kind {
            Kind::Address => {
                let part = |key: &str| {
                    object.parts(place).iter().find(|(known, _)| *known == key).map(|(_, place)| *place)
                };
                let parts = ADDRESS.map(|(name, key)| {
                    let form = match key {
                        "latitude" | "longitude" => Form::Double,
                        "" => Form::Boolean,
                        _ => Form::Text,
                    };
                    (name, part(key), form)
                });
                Holds::Record("Address", parts.into())
            }
            Kind::Location => {
                let parts = object.parts(place).iter().map(|(key, place)| {
                    let name = if *key == "latitude" { "Latitude" } else { "Longitude" };
                    (name, Some(*place), Form::Double)
                });
                Holds::Record("Location", parts.collect())
            }
            _ if person && name == "Name" => {
                Holds::Record("PersonName", NAME.map(|part| (part, object.place(part), Form::Text)).into())
            }
            _ if object.name == "Account" && name == "Name" => Holds::Field(place, Form::AccountName),
            kind => Holds::Field(place, Form::of(kind)),
        };
        let list = if behind_owner || LATER.contains(&name) { &mut later } else { &mut first };
        list.push(Slot { name, holds });
        behind_owner |= name == "OwnerId";
    }
    for (name, place, form) in [
        ("CreatedDate", at::CREATED, Form::Time),
        ("CreatedById", at::CREATED_BY, Form::Text),
        ("LastModifiedDate", at::MODIFIED, Form::Time),
        ("LastModifiedById", at::MODIFIED_BY, Form::Text),
    ] {
        first.push(Slot { name, holds: Holds::Field(place, form) });
    }
    first.extend(later);
    first
}

fn write(out: &mut Vec<u8>, value: Option<&Value>, form: Form) {
    let Some(value) = value.filter(|value| !value.is_null()) else { return avro::branch(out, 0) };
    avro::branch(out, 1);
    match (form, value) {
        (Form::Text | Form::AccountName, Value::Id(id)) => avro::text(out, Id::as_str(id)),
        (Form::Text | Form::AccountName, value) => avro::text(out, value.as_text().unwrap_or_default()),
        (Form::Boolean, value) => avro::boolean(out, value.as_bool()),
        (Form::Int, value) => avro::long(out, whole(value)),
        (Form::Double, Value::Number(number)) => avro::double(out, *number),
        (Form::Double, _) => avro::double(out, 0.0),
        (Form::Time, Value::Day(day)) => avro::long(out, day * DAY * 1000),
        (Form::Time, Value::Clock(at)) => avro::long(out, *at),
        (Form::Time, value) => avro::long(out, value.as_moment() * 1000),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number of at most nine digits")]
fn whole(value: &Value) -> i64 {
    if let Value::Number(number) = value { *number as i64 } else { 0 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]
mod tests {
    use super::super::super::schema::Schema;
    use super::*;

    #[test]
    fn the_bitmap_of_the_guide_means_the_same_here() {
        let schema = Schema::new();
        let account = schema.object("Account").unwrap();
        let shape = Shape::of(account);
        let named = |wanted: &[&str]| {
            let places: Vec<usize> = wanted.iter().map(|name| account.place(name).unwrap()).collect();
            shape.bitmaps(|place| places.contains(&place))
        };
        assert_eq!(named(&["Industry", "LastModifiedDate"]), ["0x400800"]);
        assert_eq!(named(&["LastModifiedDate", "BillingStreet"]), ["0x400000", "4-0x01"]);
        assert!(named(&[]).is_empty());
        let text: Json = serde_json::from_str(&shape.json).unwrap();
        assert_eq!(text["fields"][11]["name"], "Industry");
        assert_eq!(text["fields"][22]["name"], "LastModifiedDate");
    }

    #[test]
    fn custom_objects_have_their_own_names() {
        assert_eq!(event_name("Lead"), "LeadChangeEvent");
        assert_eq!(event_name("Subscription__c"), "Subscription__ChangeEvent");
    }
}
