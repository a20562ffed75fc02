//! People and what they say: users, workspaces, tags, updates, webhooks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A user of the account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: u64,
    /// First and last name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The position in the company.
    pub title: String,
    /// Whether the user administers the account.
    pub admin: bool,
    /// Whether the user is a guest.
    pub guest: bool,
    /// Whether the user may sign in.
    pub enabled: bool,
    /// The IANA time zone in which texts of dates are shown to the user.
    pub time_zone: String,
    /// When the user joined.
    pub joined: Timestamp,
}

/// A workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workspace {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
    /// `open` or `closed`.
    pub kind: String,
    /// The description.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// A tag.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tag {
    /// The id.
    pub id: u64,
    /// The word.
    pub name: String,
    /// A hex colour.
    pub color: String,
}

/// A post on an item, with its replies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Update {
    /// The id.
    pub id: u64,
    /// The item it is on.
    pub item: u64,
    /// That item's board.
    pub board: u64,
    /// The text as HTML.
    pub body: String,
    /// Who wrote it.
    pub by: u64,
    /// When.
    pub at: Timestamp,
    /// When it was last edited.
    pub edited: Timestamp,
    /// The original date that the writer claims.
    pub original: Option<String>,
    /// The users who like it.
    pub likes: Vec<u64>,
    /// The answers, oldest first.
    pub replies: Vec<Reply>,
}

/// An answer to an update.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The id.
    pub id: u64,
    /// The text as HTML.
    pub body: String,
    /// Who wrote it.
    pub by: u64,
    /// When.
    pub at: Timestamp,
}

/// A subscription to the events of a board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Webhook {
    /// The id.
    pub id: u64,
    /// The board.
    pub board: u64,
    /// The event's name.
    pub event: String,
    /// Where to deliver.
    pub url: String,
    /// The conditions.
    pub config: Value,
}
