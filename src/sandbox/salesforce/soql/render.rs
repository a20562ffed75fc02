//! Writes rows as JSON, straight from where they are stored.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::plan::{Entry, Node, Output, Plan};
use crate::sandbox::salesforce::schema::{Kind, Object};
use crate::sandbox::salesforce::store::{Row as Stored, Store};
use crate::sandbox::salesforce::value::{Value, write_text};

/// A line of aggregates: key, value, whether it is a whole number.
pub(in super::super) type Row = Vec<(String, Value, bool)>;

/// How many children are written with their parent.
const CHILDREN: usize = 2000;

impl Node {
    /// Every field of the object that `sees` allows, for reading single rows.
    pub(in super::super) fn all_fields(object: &Object, sees: impl Fn(usize) -> bool) -> Self {
        let places = (0..object.fields.len()).filter(|place| sees(*place));
        Self { object: object.number, entries: places.filter_map(|place| entry(object, place)).collect() }
    }

    /// These fields of the object.
    pub(in super::super) fn of_fields(object: &Object, places: &[usize]) -> Self {
        let entries = places.iter().filter_map(|place| entry(object, *place)).collect();
        Self { object: object.number, entries }
    }

    /// Writes a record. `root` is `/services/data/vXX.X`.
    pub(in super::super) fn write(&self, out: &mut Vec<u8>, store: &Store, root: &str, row: &Stored) {
        let Some(object) = store.schema().at(self.object) else {
            out.extend_from_slice(b"null");
            return;
        };
        let id = row.id();
        write_attributes(out, object.name, root, id.as_str());
        for entry in &self.entries {
            out.push(b',');
            match entry {
                Entry::Field { key, place } => {
                    write_key(out, key);
                    write_field(out, object, *place, row);
                }
                Entry::Compound { key, place } => {
                    write_key(out, key);
                    write_compound(out, object, *place, row);
                }
                Entry::Parent { key, place, node } => {
                    write_key(out, key);
                    let parent = row.get(*place).as_id().and_then(|id| store.find(id));
                    match parent.filter(|(object, ..)| object.number == node.object) {
                        Some((_, _, parent)) => node.write(out, store, root, parent),
                        None => out.extend_from_slice(b"null"),
                    }
                }
                Entry::Children { key, place, plan } => {
                    write_key(out, key);
                    write_children(out, store, root, plan, *place, row);
                }
            }
        }
        out.push(b'}');
    }
}

fn entry(object: &Object, place: usize) -> Option<Entry> {
    let field = object.field(place)?;
    let key = field.name.to_owned();
    Some(if field.kind.is_compound() { Entry::Compound { key, place } } else { Entry::Field { key, place } })
}

fn write_attributes(out: &mut Vec<u8>, name: &str, root: &str, id: &str) {
    for part in
        ["{\"attributes\":{\"type\":\"", name, "\",\"url\":\"", root, "/sobjects/", name, "/", id, "\"}"]
    {
        out.extend_from_slice(part.as_bytes());
    }
}

fn write_key(out: &mut Vec<u8>, key: &str) {
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

fn write_field(out: &mut Vec<u8>, object: &Object, place: usize, row: &Stored) {
    match row.get(place) {
        Value::Text(_) => write_text(out, &shown_text(object, place, row)),
        value => write_number(out, object, place, value),
    }
}

/// Writes a value that is no text; only whole numbers have no point.
pub(super) fn write_number(out: &mut Vec<u8>, object: &Object, place: usize, value: &Value) {
    let whole = object.field(place).is_some_and(|field| field.kind == Kind::Int);
    value.write_json(out, whole);
}

/// The text of a field as its readers see it.
pub(super) fn shown_text<'r>(object: &Object, place: usize, row: &'r Stored) -> Cow<'r, str> {
    let text = row.get(place).as_text().unwrap_or_default();
    if object.field(place).is_some_and(|field| field.kind == Kind::Encrypted) {
        Cow::Owned(masked(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// All but the last four letters of an encrypted text are hidden.
fn masked(text: &str) -> String {
    let hidden = text.chars().count().saturating_sub(4);
    text.chars().enumerate().map(|(place, letter)| if place < hidden { '*' } else { letter }).collect()
}

fn write_compound(out: &mut Vec<u8>, object: &Object, place: usize, row: &Stored) {
    let parts = object.parts(place);
    if parts.iter().all(|(_, part)| row.get(*part).is_null()) {
        out.extend_from_slice(b"null");
        return;
    }
    for (position, (key, part)) in parts.iter().enumerate() {
        out.push(if position == 0 { b'{' } else { b',' });
        write_key(out, key);
        row.get(*part).write_json(out, false);
    }
    out.push(b'}');
}

fn write_children(out: &mut Vec<u8>, store: &Store, root: &str, plan: &Plan, place: usize, row: &Stored) {
    let (Output::Rows(node), Some(object)) = (&plan.output, store.schema().at(plan.object)) else {
        out.extend_from_slice(b"null");
        return;
    };
    let found = plan.find_children(store, place, row.id());
    if found.is_empty() {
        out.extend_from_slice(b"null");
        return;
    }
    out.extend_from_slice(format!("{{\"totalSize\":{},\"done\":true,\"records\":[", found.len()).as_bytes());
    for (position, child) in
        found.iter().filter_map(|slot| store.row(object, *slot)).take(CHILDREN).enumerate()
    {
        if position > 0 {
            out.push(b',');
        }
        node.write(out, store, root, child);
    }
    out.extend_from_slice(b"]}");
}

/// Writes a line of aggregates.
pub(in super::super) fn write_line(out: &mut Vec<u8>, line: &Row) {
    out.extend_from_slice(b"{\"attributes\":{\"type\":\"AggregateResult\"}");
    for (key, value, whole) in line {
        out.push(b',');
        write_key(out, key);
        value.write_json(out, *whole);
    }
    out.push(b'}');
}

/// The answer to `?columns=true`.
pub(in super::super) fn column_metadata(plan: &Plan, store: &Store) -> Json {
    let entity = store.schema().at(plan.object).map_or("", |object| object.name);
    let (columns, grouped) = match &plan.output {
        Output::Count => (Vec::new(), false),
        Output::Groups(grouping) => (grouping.keys().map(|key| column(key, None, true, &[])).collect(), true),
        Output::Rows(node) => (columns_of(node, store), false),
    };
    json!({
        "columnMetadata": columns, "entityName": entity, "groupBy": grouped, "idSelected": true,
        "keyPrefix": store.schema().at(plan.object).map_or("", |object| object.prefix),
    })
}

fn columns_of(node: &Node, store: &Store) -> Vec<Json> {
    let object = store.schema().at(node.object);
    let of_entry = |entry: &Entry| match entry {
        Entry::Field { key, place } | Entry::Compound { key, place } => {
            column(key, object.and_then(|object| object.field(*place)).map(|field| field.kind), false, &[])
        }
        Entry::Parent { key, node, .. } => column(key, None, false, &columns_of(node, store)),
        Entry::Children { key, plan, .. } => {
            let inner =
                if let Output::Rows(node) = &plan.output { columns_of(node, store) } else { Vec::new() };
            column(key, None, true, &inner)
        }
    };
    node.entries.iter().map(of_entry).collect()
}

fn column(name: &str, kind: Option<Kind>, aggregate: bool, joined: &[Json]) -> Json {
    json!({
        "aggregate": aggregate, "apexType": kind.map_or("String", apex_type), "booleanType": kind == Some(Kind::Boolean),
        "columnName": name, "custom": name.ends_with("__c"), "displayName": name,
        "foreignKeyName": null, "insertable": true, "joinColumns": joined,
        "numberType": kind.is_some_and(Kind::is_number), "textType": kind.is_some_and(|kind| kind.soap() == "xsd:string"),
        "updatable": true,
    })
}

fn apex_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Id | Kind::Reference => "Id",
        Kind::Boolean => "Boolean",
        Kind::Int => "Integer",
        Kind::Double | Kind::Currency | Kind::Percent => "Double",
        Kind::Day => "Date",
        Kind::Moment => "Datetime",
        _ => "String",
    }
}
