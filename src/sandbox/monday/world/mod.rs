//! What a monday.com account holds. Start at [`World`]; a change goes through `edit` or `mutate`.

pub mod board;
pub mod edit;
pub mod item;
pub mod kind;
pub mod labels;
pub mod log;
pub mod people;
pub mod seed;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use board::{Board, Column, Group};
pub use item::{Held, Item, State};
pub use kind::Kind;
pub use log::Row;
pub use people::{Reply, Tag, Update, User, Webhook, Workspace};

use super::refusal::Refusal;

/// One account with everything in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct World {
    /// The account's id.
    pub account_id: u64,
    /// The account's sub-domain.
    pub slug: String,
    /// When the account was made.
    pub created: Timestamp,
    /// The people of the account, by id.
    pub users: BTreeMap<u64, User>,
    /// Who acts with which token.
    pub tokens: BTreeMap<String, u64>,
    /// What tokens may do that an app got for somebody.
    #[serde(default)]
    pub granted: BTreeMap<String, Vec<String>>,
    /// The workspaces, by id.
    pub workspaces: BTreeMap<u64, Workspace>,
    /// The tags, by id.
    pub tags: BTreeMap<u64, Tag>,
    /// The boards, by id, deleted ones too.
    pub boards: BTreeMap<u64, Board>,
    /// The updates (posts), by id.
    pub updates: BTreeMap<u64, Update>,
    /// The webhooks, by id.
    pub webhooks: BTreeMap<u64, Webhook>,
    /// The id given last.
    pub last_id: u64,
    /// The stamp of the activity log given last, so that no two rows share one.
    pub last_stamp: i64,
    /// Which board an item is on.
    #[serde(skip)]
    pub home: HashMap<u64, u64>,
    /// What webhooks have yet to hear.
    #[serde(skip)]
    pub outbox: Vec<Happening>,
}

/// A change that a webhook may want to hear of.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The board it happened on.
    pub board: u64,
    /// The events that a subscription may name to get it.
    pub events: Vec<&'static str>,
    /// The column, for subscriptions to one column.
    pub column: Option<String>,
    /// The group moved into, for subscriptions to one group.
    pub group: Option<String>,
    /// The payload's `event`, less what belongs to the subscription.
    pub payload: Value,
}

/// Who writes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    /// The user.
    pub user: u64,
    /// The server's time.
    pub now: Timestamp,
}

impl World {
    /// Returns a new id, larger than all before.
    pub fn fresh_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Returns the board with `id` unless it was deleted.
    pub fn board(&self, id: u64) -> Option<&Board> {
        self.boards.get(&id).filter(|board| board.state != State::Deleted)
    }

    /// Returns the board with `id`, to change it.
    pub fn board_mut(&mut self, id: u64) -> Result<&mut Board, Refusal> {
        match self.boards.get_mut(&id) {
            Some(board) if board.state == State::Active => Ok(board),
            _ => Err(Refusal::board(&Value::from(id))),
        }
    }

    /// Returns an item in whatever state it is, with its board.
    pub fn item(&self, id: u64) -> Option<(&Board, &Item)> {
        let board = self.boards.get(self.home.get(&id)?)?;
        Some((board, board.items.get(&id)?))
    }

    /// Rebuilds what is derived from the rest, after a restore.
    pub fn reindex(&mut self) {
        self.home.clear();
        for board in self.boards.values_mut() {
            self.home.extend(board.items.keys().map(|item| (*item, board.id)));
            board.reindex();
        }
    }
}
