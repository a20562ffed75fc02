//! What a board is: its columns in our vocabulary, and what the codec needs to know of them.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::domain::schema::{FieldSchema, Schema, Shape};

/// The id of the pseudo column that holds an item's name.
pub(super) const NAME: &str = "name";

/// A board as described.
#[derive(Debug)]
pub(super) struct Board {
    /// Its columns, the name among them.
    pub(super) columns: Vec<Column>,
    /// The same for everybody else.
    pub(super) schema: Schema,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its id.
    pub(super) id: String,
    /// What people call it.
    pub(super) title: String,
    /// Its type, in monday's words.
    pub(super) kind: String,
    /// The labels of a status or dropdown column with their index or id.
    pub(super) labels: Vec<(i64, String)>,
    /// The boards to whose items a relation may point.
    pub(super) boards: Vec<String>,
}

/// A board as the API gives it.
#[derive(Deserialize)]
pub(super) struct BoardWire {
    id: String,
    name: String,
    columns: Vec<ColumnWire>,
}

#[derive(Deserialize)]
struct ColumnWire {
    id: String,
    title: String,
    r#type: String,
    settings_str: Option<String>,
}

impl Board {
    /// Returns the column called `id`.
    pub(super) fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

impl From<BoardWire> for Board {
    fn from(board: BoardWire) -> Self {
        let mut columns: Vec<Column> = board
            .columns
            .into_iter()
            .map(|column| Column {
                labels: labels(column.settings_str.as_deref().unwrap_or("")),
                boards: boards(column.settings_str.as_deref().unwrap_or("")),
                id: column.id,
                title: column.title,
                kind: column.r#type,
            })
            .collect();
        if !columns.iter().any(|column| column.id == NAME) {
            let name = Column {
                id: NAME.into(),
                title: "Name".into(),
                kind: NAME.into(),
                labels: Vec::new(),
                boards: Vec::new(),
            };
            columns.insert(0, name);
        }
        let schema = Schema {
            container: board.id.into(),
            title: board.name.into(),
            fields: columns.iter().map(Column::field).collect(),
        };
        Self { columns, schema }
    }
}

impl Column {
    fn field(&self) -> FieldSchema {
        let (shape, writable) = shape(&self.kind);
        let mut field = FieldSchema::new(self.id.as_str(), &self.kind, shape);
        field.label = self.title.as_str().into();
        field.createable = writable;
        field.updateable = writable;
        field.required = self.id == NAME;
        field.max_length = match self.kind.as_str() {
            NAME => Some(255),
            "long_text" => Some(2_000),
            _ => None,
        };
        field.references = self.boards.iter().map(|board| board.as_str().into()).collect();
        field.options = self.labels.iter().map(|(_, label)| Arc::from(label.as_str())).collect();
        field
    }
}

/// Returns the column that would be made under `id` to hold what a field holds; `None` where no type fits, or where monday
/// would not take the id.
pub(super) fn fitting(id: &str, from: &FieldSchema) -> Option<FieldSchema> {
    let taken = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=20).contains(&id.len()) || !id.bytes().all(taken) {
        return None;
    }
    let kind = match from.shape {
        Shape::Key | Shape::Text | Shape::Coded => "text",
        Shape::Country => "country",
        Shape::LongText | Shape::Address => "long_text",
        Shape::Choice => "status",
        Shape::Choices => "dropdown",
        Shape::Bool => "checkbox",
        Shape::Integer | Shape::Number | Shape::Percent => "numbers",
        Shape::Day | Shape::Instant => "date",
        Shape::Email => "email",
        Shape::Phone => "phone",
        Shape::Link => "link",
        Shape::Reference if from.references.iter().any(|object| object.as_str() == "User") => "people",
        Shape::Person | Shape::Reference | Shape::Relation | Shape::Unsupported => return None,
    };
    let mut field = FieldSchema::new(id, kind, shape(kind).0);
    field.label = Arc::clone(&from.label);
    Some(field)
}

/// Returns what a type of column can hold, and whether syncdeck writes it.
fn shape(kind: &str) -> (Shape, bool) {
    match kind {
        NAME | "text" => (Shape::Text, true),
        "country" | "timeline" | "week" | "hour" | "world_clock" => (Shape::Coded, true),
        "long_text" => (Shape::LongText, true),
        "numbers" => (Shape::Number, true),
        "rating" => (Shape::Integer, true),
        "status" => (Shape::Choice, true),
        "dropdown" => (Shape::Choices, true),
        "checkbox" => (Shape::Bool, true),
        // With a time or without one; the value says which.
        "date" => (Shape::Instant, true),
        "email" => (Shape::Email, true),
        "phone" => (Shape::Phone, true),
        "link" => (Shape::Link, true),
        "people" => (Shape::Person, true),
        "board_relation" => (Shape::Relation, true),
        // Read only, by the API or because a name alone is not enough to write them.
        "location" => (Shape::Address, false),
        "tags" => (Shape::Choices, false),
        "mirror" | "formula" => (Shape::Text, false),
        "color_picker" => (Shape::Coded, false),
        "auto_number" => (Shape::Integer, false),
        "creation_log" | "last_updated" => (Shape::Instant, false),
        "item_id" => (Shape::Key, false),
        _ => (Shape::Unsupported, false),
    }
}

/// Returns the labels out of a column's settings, which know three forms: an object by index (status), a list
/// with `name` (dropdown), a list with `label` (both, in newer versions).
fn labels(settings: &str) -> Vec<(i64, String)> {
    let Ok(settings) = serde_json::from_str::<Json>(settings) else { return Vec::new() };
    let labels = settings.get("labels").or_else(|| settings.get("settings")?.get("labels"));
    let mut found: Vec<(i64, String)> = match labels {
        Some(Json::Object(by_index)) => by_index
            .iter()
            .filter_map(|(index, label)| Some((index.parse().ok()?, label.as_str()?.to_owned())))
            .collect(),
        Some(Json::Array(list)) => list
            .iter()
            .filter(|label| label.get("is_deactivated").and_then(Json::as_bool) != Some(true))
            .filter_map(|label| {
                let number = label.get("index").or_else(|| label.get("id")).and_then(Json::as_i64)?;
                let text = label.get("name").or_else(|| label.get("label")).and_then(Json::as_str)?;
                Some((number, text.to_owned()))
            })
            .collect(),
        _ => Vec::new(),
    };
    found.retain(|(_, label)| !label.is_empty());
    found.sort();
    found
}

/// Returns the boards that a relation is connected with; some settings give them as numbers, some as texts.
fn boards(settings: &str) -> Vec<String> {
    let Ok(settings) = serde_json::from_str::<Json>(settings) else { return Vec::new() };
    let boards = settings.get("boardIds").or_else(|| settings.get("board_ids")).and_then(Json::as_array);
    let id = |board: &Json| match board {
        Json::String(id) => Some(id.clone()),
        Json::Number(id) => Some(id.to_string()),
        _ => None,
    };
    boards.into_iter().flatten().filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_all_their_forms() {
        let label = |number, text: &str| (number, text.to_owned());
        for (settings, expected) in [
            (
                r#"{"labels":{"10":"Late","0":"Working on it","1":"Done","5":""},"done_colors":[1]}"#,
                vec![label(0, "Working on it"), label(1, "Done"), label(10, "Late")],
            ),
            (r#"{"labels":[{"id":1,"name":"A"},{"id":2,"name":"B"}]}"#, vec![label(1, "A"), label(2, "B")]),
            (
                r#"{"labels":[{"id":7,"label":"A","index":0},{"id":8,"label":"B","index":1,"is_deactivated":true}]}"#,
                vec![label(0, "A")],
            ),
            ("{}", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(labels(settings), expected, "{settings}");
        }
    }

    #[test]
    fn a_board_is_described_in_our_vocabulary() {
        let json = include_str!("../../../tests/fixtures/monday_board.json");
        let board = Board::from(serde_json::from_str::<BoardWire>(json).unwrap());
        assert_eq!(board.schema.container, "1234567890".into());
        let field = |name: &str| board.schema.field(name).unwrap();
        assert!(field("name").required);
        assert_eq!((field("name").shape, field("name").max_length), (Shape::Text, Some(255)));
        assert_eq!(field("status").options, ["Working on it".into(), "Done".into()]);
        assert_eq!(field("tags_1").shape, Shape::Choices);
        assert!(!field("mirror_1").createable && !field("mirror_1").updateable);
        assert_eq!(field("files").shape, Shape::Unsupported);
        assert_eq!(board.schema.fields.len(), 6);
    }
}
