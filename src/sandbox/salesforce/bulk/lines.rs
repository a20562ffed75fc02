//! The files of ingest jobs: what may stand in them, and how their columns become fields.

use serde_json::{Map, Value as Json, json};

use super::Columns;
use crate::sandbox::salesforce::schema::{Object, at};

/// What a client writes where a value is to be emptied.
const EMPTIED: &str = "#N/A";

/// A file taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Lines {
    /// Takes a file apart.
    ///
    /// # Errors
    /// What the job says when it fails for it.
    pub(super) fn read(data: &[u8], columns: Columns) -> Result<Self, String> {
        let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
        if data.is_empty() {
            return Err("InvalidBatch : No data was uploaded for the job".into());
        }
        check_ending(data, columns)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(columns.delimiter)
            .from_reader(data);
        let mut lines = Self::default();
        for record in reader.records() {
            let record = record.map_err(|error| format!("InvalidBatch : Failed to parse CSV: {error}"))?;
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if lines.names.is_empty() {
                lines.names = cells;
            } else {
                lines.rows.push(cells);
            }
        }
        Ok(lines)
    }

    /// Checks the column names against the object.
    ///
    /// # Errors
    /// What the job says when it fails for a name.
    pub(super) fn check(&self, object: &Object) -> Result<(), String> {
        for name in &self.names {
            let known = match name.split_once('.') {
                Some((relation, _)) => object.relationship(relation).is_some(),
                None => object.place(name).is_some(),
            };
            if !known {
                return Err(format!("InvalidBatch : Field name not found : {name}"));
            }
        }
        Ok(())
    }

    /// The fields of a row as REST would have them; empty cells are left out.
    pub(super) fn fields(&self, row: &[String], object: &Object) -> Map<String, Json> {
        let mut fields = Map::new();
        for (name, cell) in self.names.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let value = if cell == EMPTIED { Json::Null } else { json!(cell) };
            match name.split_once('.') {
                Some((relation, key)) if value.is_null() => {
                    // Emptying a parent's key empties the lookup.
                    let lookup = object.relationship(relation).and_then(|place| object.field(place));
                    fields.insert(lookup.map_or(key, |lookup| lookup.name).to_owned(), Json::Null);
                }
                Some((relation, key)) => {
                    fields.insert(relation.to_owned(), json!({ key: value }));
                }
                None => {
                    fields.insert(name.clone(), value);
                }
            }
        }
        fields
    }

    /// Takes the id out of a row's fields.
    pub(super) fn id(fields: &mut Map<String, Json>, object: &Object) -> String {
        let name = object.field(at::ID).map_or("Id", |field| field.name);
        let key = fields.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
        let id = key.and_then(|key| fields.remove(&key));
        id.as_ref().and_then(Json::as_str).unwrap_or_default().to_owned()
    }
}

/// The first line tells how lines end; the job must have said the same.
fn check_ending(data: &[u8], columns: Columns) -> Result<(), String> {
    let end = data.iter().position(|byte| *byte == b'\n');
    let crlf = end.and_then(|end| end.checked_sub(1)).and_then(|at| data.get(at)) == Some(&b'\r');
    if end.is_some() && crlf != columns.crlf {
        let message = "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is";
        return Err(format!("{message} {}", columns.ending()));
    }
    Ok(())
}
