//! The activity log of a board.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Author, World};

/// How many rows a board keeps; the real one lets nobody read more than ten thousand back.
const KEPT: usize = 50_000;

/// One row of the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Its time, in the log's unit of 100 nanoseconds; also tells rows apart.
    pub stamp: i64,
    /// What happened, such as `update_column_value`.
    pub event: Arc<str>,
    /// Who did it.
    pub user: u64,
    /// The item, unless it happened to the board.
    pub item: Option<u64>,
    /// The column.
    pub column: Option<Arc<str>>,
    /// The group.
    pub group: Option<Arc<str>>,
    /// The details, as the JSON text that the protocol shows.
    pub data: Box<str>,
}

/// What a row tells of.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The item.
    pub item: Option<u64>,
    /// The column.
    pub column: Option<Arc<str>>,
    /// The group.
    pub group: Option<Arc<str>>,
}

impl About {
    /// Tells of an item in its group.
    pub fn item(item: u64, group: &Arc<str>) -> Self {
        Self { item: Some(item), column: None, group: Some(Arc::clone(group)) }
    }

    /// Tells of one column of what it tells of already.
    #[must_use]
    pub fn column(mut self, column: &Arc<str>) -> Self {
        self.column = Some(Arc::clone(column));
        self
    }
}

impl World {
    /// Writes a row into a board's log, and stamps the board as changed.
    pub fn note(&mut self, board: u64, who: Author, event: &str, about: About, details: Value) {
        let stamp = i64::try_from(who.now.as_nanosecond() / 100).unwrap_or(i64::MAX).max(self.last_stamp + 1);
        self.last_stamp = stamp;
        let mut data = json!({"board_id": board});
        if let (Some(data), Value::Object(details)) = (data.as_object_mut(), details) {
            data.extend(about.item.map(|item| ("pulse_id".to_owned(), json!(item))));
            data.extend(about.column.iter().map(|column| ("column_id".to_owned(), json!(**column))));
            data.extend(about.group.iter().map(|group| ("group_id".to_owned(), json!(**group))));
            data.extend(details);
        }
        let Some(board) = self.boards.get_mut(&board) else { return };
        board.updated = who.now;
        if board.log.len() >= KEPT {
            board.log.pop_front();
        }
        board.log.push_back(Row {
            stamp,
            event: Arc::from(event),
            user: who.user,
            item: about.item,
            column: about.column,
            group: about.group,
            data: data.to_string().into(),
        });
    }
}

/// Returns a time in the log's unit.
pub fn stamp_of(time: Timestamp) -> i64 {
    i64::try_from(time.as_nanosecond() / 100).unwrap_or(i64::MAX)
}
