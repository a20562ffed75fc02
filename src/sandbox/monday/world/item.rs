//! Items and their values.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::sandbox::monday::cells::Cell;

/// Whether a thing is live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In use.
    Active,
    /// Put away.
    Archived,
    /// In the bin.
    Deleted,
}

impl State {
    /// Returns the protocol's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Deleted => "deleted",
        }
    }
}

/// A value with the time of its last change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The value.
    pub cell: Cell,
    /// When it was set.
    pub at: Timestamp,
}

/// A row of a board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// The id.
    pub id: u64,
    /// The name, 1–255 characters.
    pub name: String,
    /// The group's id.
    pub group: Arc<str>,
    /// Whether it is live.
    pub state: State,
    /// Who made it.
    pub by: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Who changed it last.
    pub updated_by: u64,
    /// The item it belongs under, for a subitem.
    pub parent: Option<u64>,
    /// The items under it, oldest first.
    pub subitems: Vec<u64>,
    /// The values by column id; empty ones are absent.
    pub cells: Vec<(Arc<str>, Held)>,
}

impl Item {
    /// Returns the value in `column`, if it has one.
    pub fn held(&self, column: &str) -> Option<&Held> {
        self.cells.iter().find(|(id, _)| &**id == column).map(|(_, held)| held)
    }

    /// Returns the cell in `column`, if it has one.
    pub fn cell(&self, column: &str) -> Option<&Cell> {
        self.held(column).map(|held| &held.cell)
    }

    /// Puts a value into `column` or empties it.
    pub fn set(&mut self, column: &Arc<str>, cell: Option<Cell>, at: Timestamp) {
        let place = self.cells.iter().position(|(id, _)| id == column);
        match (place.and_then(|place| self.cells.get_mut(place)), cell) {
            (Some((_, held)), Some(cell)) => *held = Held { cell, at },
            (None, Some(cell)) => self.cells.push((Arc::clone(column), Held { cell, at })),
            (Some(_), None) => self.cells.retain(|(id, _)| id != column),
            (None, None) => {}
        }
    }
}
