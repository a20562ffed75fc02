//! Boards with their columns and groups.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::labels::Settings;
use super::{Item, Kind, Row, State};
use crate::sandbox::monday::cells::Cell;

/// A column of a board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Column {
    /// The id, unique on the board.
    pub id: Arc<str>,
    /// The title.
    pub title: String,
    /// The type.
    pub kind: Kind,
    /// The description.
    pub description: Option<String>,
    /// Labels and the like.
    pub settings: Settings,
    /// The width in pixels.
    pub width: Option<i64>,
    /// Rises with each change of the column.
    pub revision: u64,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// A group of a board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// The id, unique on the board.
    pub id: Arc<str>,
    /// The title.
    pub title: String,
    /// A hex colour.
    pub color: String,
    /// The position; smaller is higher.
    pub position: f64,
    /// Whether it is live.
    pub state: State,
}

/// A board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Board {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
    /// The description.
    pub description: Option<String>,
    /// `public`, `private` or `share`.
    pub access: String,
    /// Whether it is the hidden board of another one's subitems.
    pub for_subitems: bool,
    /// Whether it is live.
    pub state: State,
    /// Its workspace; `None` is the main one.
    pub workspace: Option<u64>,
    /// Who made it.
    pub by: u64,
    /// The owners.
    pub owners: Vec<u64>,
    /// The subscribers.
    pub subscribers: Vec<u64>,
    /// When it was made.
    pub created: Timestamp,
    /// When it or an item on it was last changed.
    pub updated: Timestamp,
    /// The columns, in order, `name` first.
    pub columns: Vec<Column>,
    /// The groups, top first.
    pub groups: Vec<Group>,
    /// The items in order of their making, deleted ones too.
    pub items: BTreeMap<u64, Item>,
    /// The activity log, oldest first.
    pub log: VecDeque<Row>,
    /// The board of this one's subitems.
    pub subitems: Option<u64>,
    /// How many items are live.
    #[serde(skip)]
    pub live: u64,
    /// Live items by lower-case text, per text column: look-ups by a key column must not read the whole board.
    #[serde(skip)]
    pub texts: HashMap<Arc<str>, HashMap<String, BTreeSet<u64>>>,
}

impl Board {
    /// Returns the live column with `id`.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.id == id && !column.deleted)
    }

    /// Returns the live columns that hold values, in order.
    pub fn value_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.kind != Kind::Name && !column.deleted)
    }

    /// Returns the live group with `id`.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| &*group.id == id && group.state == State::Active)
    }

    /// Returns the live groups, top first.
    pub fn live_groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.state == State::Active)
    }

    /// Returns the live items in order.
    pub fn live_items(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| item.state == State::Active)
    }

    /// Puts a cell into a live item and keeps the index right.
    pub fn set_cell(&mut self, item: u64, column: &Arc<str>, cell: Option<Cell>, at: Timestamp) {
        let Some(item) = self.items.get_mut(&item) else { return };
        if let Some(Cell::Text(old)) = item.cell(column) {
            unlist(&mut self.texts, column, old, item.id);
        }
        if let Some(Cell::Text(new)) = &cell {
            list(&mut self.texts, column, new, item.id);
        }
        item.set(column, cell, at);
    }

    /// Adds a new live item.
    pub fn add(&mut self, item: Item) {
        for (column, held) in &item.cells {
            if let Cell::Text(text) = &held.cell {
                list(&mut self.texts, column, text, item.id);
            }
        }
        self.live += 1;
        self.items.insert(item.id, item);
    }

    /// Takes a live item out of use.
    pub fn retire(&mut self, id: u64, state: State, at: Timestamp, by: u64) {
        let Some(item) = self.items.get_mut(&id) else { return };
        if item.state == State::Active {
            self.live -= 1;
            for (column, held) in &item.cells {
                if let Cell::Text(text) = &held.cell {
                    unlist(&mut self.texts, column, text, id);
                }
            }
        }
        item.state = state;
        item.updated = at;
        item.updated_by = by;
    }

    /// Rebuilds what is derived from the items.
    pub fn reindex(&mut self) {
        self.texts.clear();
        self.live = 0;
        for item in self.items.values().filter(|item| item.state == State::Active) {
            self.live += 1;
            for (column, held) in &item.cells {
                if let Cell::Text(text) = &held.cell {
                    list(&mut self.texts, column, text, item.id);
                }
            }
        }
    }
}

type Texts = HashMap<Arc<str>, HashMap<String, BTreeSet<u64>>>;

fn list(texts: &mut Texts, column: &Arc<str>, text: &str, item: u64) {
    texts.entry(Arc::clone(column)).or_default().entry(text.to_lowercase()).or_default().insert(item);
}

fn unlist(texts: &mut Texts, column: &Arc<str>, text: &str, item: u64) {
    let Some(of_column) = texts.get_mut(column) else { return };
    let key = text.to_lowercase();
    if let Some(items) = of_column.get_mut(&key) {
        items.remove(&item);
        if items.is_empty() {
            of_column.remove(&key);
        }
    }
}
