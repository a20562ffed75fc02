//! Writes rows as CSV, as Bulk API 2.0 does: every value quoted, nothing as an empty value.

use super::plan::{Entry, Node, Output, Plan};
use crate::sandbox::salesforce::calendar;
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::schema::Object;
use crate::sandbox::salesforce::store::{Row as Stored, Store};
use crate::sandbox::salesforce::value::Value;

impl Plan {
    /// The rows of a plan that a bulk query can answer.
    ///
    /// # Errors
    /// What the API says of a query that it runs over REST only.
    pub(in super::super) fn into_bulk(self) -> Result<(Node, Self), ApiError> {
        let refuse = |message: &str| Err(ApiError::new(400, "API_ERROR", message));
        if self.offset > 0 {
            return refuse("OFFSET is not supported in Bulk Query");
        }
        match &self.output {
            Output::Rows(node) if node.has_children() => {
                refuse("Aggregate Relationships not supported in Bulk Query")
            }
            Output::Rows(node) if node.has_compound() => {
                let message = "Selecting compound data not supported in Bulk Query";
                Err(ApiError::new(400, "INVALID_FIELD", message))
            }
            Output::Rows(node) => Ok((node.clone(), self)),
            Output::Count | Output::Groups(_) => {
                refuse("Aggregate functions are not supported in Bulk Query")
            }
        }
    }
}

impl Node {
    fn has_children(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry, Entry::Children { .. }))
    }

    fn has_compound(&self) -> bool {
        self.entries.iter().any(|entry| match entry {
            Entry::Compound { .. } => true,
            Entry::Parent { node, .. } => node.has_compound(),
            _ => false,
        })
    }

    /// Writes the line of column names.
    pub(in super::super) fn write_csv_names(&self, out: &mut Vec<u8>, delimiter: u8, end: &[u8]) {
        let mut names = Vec::new();
        self.names("", &mut names);
        for (position, name) in names.iter().enumerate() {
            if position > 0 {
                out.push(delimiter);
            }
            write_quoted(out, name.as_bytes());
        }
        out.extend_from_slice(end);
    }

    fn names(&self, before: &str, names: &mut Vec<String>) {
        for entry in &self.entries {
            match entry {
                Entry::Field { key, .. } | Entry::Compound { key, .. } | Entry::Children { key, .. } => {
                    names.push(format!("{before}{key}"));
                }
                Entry::Parent { key, node, .. } => node.names(&format!("{before}{key}."), names),
            }
        }
    }

    /// Writes a record as a line.
    pub(in super::super) fn write_csv(
        &self,
        out: &mut Vec<u8>,
        store: &Store,
        row: &Stored,
        delimiter: u8,
        end: &[u8],
    ) {
        let mut first = true;
        self.cells(out, store, Some(row), delimiter, &mut first);
        out.extend_from_slice(end);
    }

    fn cells(&self, out: &mut Vec<u8>, store: &Store, row: Option<&Stored>, delimiter: u8, first: &mut bool) {
        let object = store.schema().at(self.object);
        for entry in &self.entries {
            if let Entry::Parent { place, node, .. } = entry {
                let parent = row.and_then(|row| row.get(*place).as_id()).and_then(|id| store.find(id));
                let parent = parent.filter(|(object, ..)| object.number == node.object);
                node.cells(out, store, parent.map(|(_, _, parent)| parent), delimiter, first);
                continue;
            }
            if !std::mem::take(first) {
                out.push(delimiter);
            }
            out.push(b'"');
            if let (Entry::Field { place, .. }, Some(row), Some(object)) = (entry, row, object) {
                write_value(out, object, *place, row);
            }
            out.push(b'"');
        }
    }
}

fn write_value(out: &mut Vec<u8>, object: &Object, place: usize, row: &Stored) {
    match row.get(place) {
        Value::Null => {}
        Value::Text(_) => {
            let shown = super::render::shown_text(object, place, row);
            write_escaped(out, shown.as_bytes());
        }
        Value::Moment(at) => calendar::write_moment(out, *at, "Z"),
        Value::Day(day) => calendar::write_day(out, *day),
        Value::Clock(at) => {
            calendar::write_clock(out, *at);
            out.push(b'Z');
        }
        Value::Id(id) => out.extend_from_slice(id.as_str().as_bytes()),
        Value::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        number @ Value::Number(_) => super::render::write_number(out, object, place, number),
    }
}

/// Writes a value between quotes.
pub(in super::super) fn write_quoted(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    write_escaped(out, text);
    out.push(b'"');
}

fn write_escaped(out: &mut Vec<u8>, text: &[u8]) {
    for byte in text {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
}
