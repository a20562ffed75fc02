//! The errors monday.com answers with, by their published codes.

use serde_json::{Map, Value, json};

/// An error of one field of a request, as it stands in `errors[]`.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The sentence for people.
    pub message: String,
    /// `extensions.code`.
    pub code: &'static str,
    /// `extensions.status_code`.
    pub status: u16,
    /// `extensions.error_data`.
    pub data: Map<String, Value>,
}

impl Refusal {
    /// Returns a refusal with `code` that counts as HTTP 200.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { message: message.into(), code, status: 200, data: Map::new() }
    }

    /// Returns the same refusal with another `status_code`.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Returns the same refusal with one more entry of `error_data`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }

    /// Refuses a value of a column of `kind`.
    pub fn value(kind: &str, message: impl Into<String>) -> Self {
        Self::new("ColumnValueException", message).with("column_type", kind)
    }

    /// Refuses a board that does not exist or is gone.
    pub fn board(id: &Value) -> Self {
        let message = "The board does not exist. Please check your board ID and try again";
        Self::new("InvalidBoardIdException", message).with("board_id", id.clone())
    }

    /// Refuses a column id that the board does not have.
    pub fn column(id: &str) -> Self {
        let message = "This column ID doesn't exist for the board";
        Self::new("InvalidColumnIdException", message).with("column_id", id)
    }

    /// Refuses a group id that the board does not have.
    pub fn group(id: &str) -> Self {
        let message = "This group ID doesn't exist for the board";
        Self::new("InvalidGroupIdException", message).with("group_id", id)
    }

    /// Refuses a thing that is not there or no longer there.
    pub fn missing(what: &str, id: &Value) -> Self {
        Self::new("ResourceNotFoundException", format!("{what} not found"))
            .status(404)
            .with("resource_type", what.to_lowercase())
            .with("resource_id", id.clone())
    }

    /// Refuses an argument.
    pub fn argument(message: impl Into<String>) -> Self {
        Self::new("InvalidArgumentException", message)
    }

    /// Returns the refusal as an entry of `errors[]`.
    pub fn entry(&self, locations: &Value, path: &Value) -> Value {
        let mut extensions = json!({"code": self.code, "status_code": self.status});
        if let (Some(map), false) = (extensions.as_object_mut(), self.data.is_empty()) {
            map.insert("error_data".to_owned(), Value::Object(self.data.clone()));
        }
        json!({"message": self.message, "locations": locations, "path": path, "extensions": extensions})
    }
}
