//! Causes as visitors get them: what errors have in common, since when, what was done before, how it ended the last time.
//! The names are JSON that scripts rely on, as all of [`super::rows`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rows::AuditRow;
use crate::domain::failure::Class;
use crate::domain::id::{AccountId, ConnectionId, FieldName, GroupId, ObjectName, RecipeId};
use crate::domain::ledger::{Action, ErrorState};
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;

/// A cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its code.
    pub code: Arc<str>,
    /// What it is, in a few words.
    pub title: String,
    /// What it means.
    pub explanation: String,
    /// What fixes it.
    pub fix: String,
    /// The connection that refused.
    pub connection: ConnectionId,
    /// The object, unless the whole connection is concerned.
    pub object: Option<ObjectName>,
    /// The first field named.
    pub field: Option<FieldName>,
    /// Errors that wait for a person.
    pub count: u64,
    /// Recipes concerned.
    pub recipes: Vec<RecipeId>,
    /// When the first failed first.
    pub first_at: Stamp,
    /// When the last failed last.
    pub last_at: Stamp,
    /// Its class.
    pub class: Class,
    /// Whose.
    pub account: AccountId,
    /// Which way, unless the whole connection is concerned.
    pub direction: Option<Direction>,
    /// What was tried.
    pub operation: Option<Action>,
    /// The fields named.
    pub fields: Vec<FieldName>,
    /// The code of the recommended remedy.
    pub remedy: String,
    /// The code of who must act.
    pub who: String,
    /// `open`, `retrying`, `snoozed` or `ignored`.
    pub state: ErrorState,
    /// Until when it is snoozed.
    pub snoozed_until: Option<Stamp>,
    /// Whether a retry can succeed although nothing changed.
    pub retriable: bool,
    /// A message as the remote worded it.
    pub message: Arc<str>,
    /// Changes that wait behind it without having failed.
    pub queued: u64,
    /// How many of them failed first in each of the last hours, the present one last.
    #[serde(default)]
    pub by_hour: Vec<u64>,
    /// The fewest and the most tries that one of them has had.
    #[serde(default)]
    pub tries: (u32, u32),
}

/// What is known of a cause beyond its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CauseDetail {
    /// What people did in the ten minutes before it began, newest first.
    pub just_before: Vec<AuditRow>,
    /// The last time that errors of this cause were over before these began.
    pub earlier: Option<Earlier>,
    /// What the engine noticed in the ten minutes before and just after, newest first.
    #[serde(default)]
    pub noticed: Vec<NoticeRow>,
    /// The objects concerned, each with its errors, the most first.
    pub objects: Vec<(ObjectName, u64)>,
}

/// How a cause ended the last time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// When it began.
    pub began_at: Stamp,
    /// When the last of it was over.
    pub over_at: Stamp,
    /// What a person did about it last, if anybody did anything.
    pub mended: Option<AuditRow>,
}

/// A change of state that the engine made or noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// When.
    pub at: Stamp,
    /// The connection, or the recipes.
    pub on: Vec<Arc<str>>,
    /// What it was before; none for what was not there.
    pub from: Option<Arc<str>>,
    /// What it is from then on.
    pub to: Arc<str>,
    /// Why.
    pub reason: Option<Arc<str>>,
}
