//! What a remote is asked and what it answers: pages of records, deletions, writes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::converted::Heir;
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::ledger::Action;
use crate::domain::link::Presence;
use crate::domain::time::Stamp;
use crate::domain::value::{Fields, Value};

/// How far a stream of changes has been read: by stamp, and by id within one stamp.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The server's stamp.
    pub at: Stamp,
    /// The id of the last record with that stamp; empty to begin at the stamp itself.
    pub id: Arc<str>,
}

/// A question for changed records.
#[derive(Clone, Debug)]
pub struct ChangesAsk {
    /// Where.
    pub container: ContainerId,
    /// Which fields.
    pub fields: Vec<FieldName>,
    /// After which mark.
    pub after: Mark,
    /// The place to go on from, as the page before gave it.
    pub page: Option<Arc<str>>,
}

/// A page of changed records.
#[derive(Clone, Debug, Default)]
pub struct ChangesPage {
    /// The records, oldest change first, unless `mark` says otherwise.
    pub records: Vec<Record>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Arc<str>>,
    /// The server's own time when it answered: the upper bound of any watermark.
    pub server_time: Option<Stamp>,
    /// Up to where everything has been read with this page, where its records stand in another order.
    pub mark: Option<Mark>,
}

impl ChangesPage {
    /// Returns up to where everything has been read with this page; `None` when it is no further than before.
    pub fn reached(&self) -> Option<Mark> {
        let last = || self.records.last().map(|last| Mark { at: last.at, id: last.id.as_str().into() });
        self.mark.clone().or_else(last)
    }
}

/// A question for deleted records.
#[derive(Clone, Debug)]
pub struct DeletionsAsk {
    /// Where.
    pub container: ContainerId,
    /// From when, by the server's clock.
    pub from: Stamp,
    /// To when.
    pub to: Stamp,
}

/// Deleted records.
#[derive(Clone, Debug, Default)]
pub struct DeletionsPage {
    /// Id and time of deletion.
    pub deleted: Vec<(RemoteId, Stamp)>,
    /// Up to when the answer is complete.
    pub complete_to: Stamp,
}

/// A question for records whose parents have changed, whatever their own stamps say: what they show of a parent has
/// changed with it.
#[derive(Clone, Debug)]
pub struct ParentsAsk {
    /// Where.
    pub container: ContainerId,
    /// Which fields.
    pub fields: Vec<FieldName>,
    /// The references whose parents count.
    pub references: Vec<FieldName>,
    /// Since when, by the server's clock.
    pub since: Stamp,
    /// The place to go on from, as the page before gave it.
    pub page: Option<Arc<str>>,
}

/// What is asked for beside changes.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What was deleted.
    pub deletions: Option<DeletionsAsk>,
    /// Whose parents have changed.
    pub parents: Option<ParentsAsk>,
}

/// What was told beside changes; what is missing has to be asked for by itself.
#[derive(Clone, Debug, Default)]
pub struct ToldBeside {
    /// What was deleted.
    pub deletions: Option<DeletionsPage>,
    /// The first page of those whose parents have changed, in no order.
    pub parents: Option<ChangesPage>,
}

/// A record as a remote shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RemoteId,
    /// The remote's stamp of its last change.
    pub at: Stamp,
    /// Whether it is there.
    pub presence: Presence,
    /// What people call it.
    pub name: Arc<str>,
    /// The fields asked for.
    pub fields: Fields,
    /// The record into which it was merged.
    pub survivor: Option<RemoteId>,
    /// The records into which it was converted.
    pub heirs: Vec<Heir>,
}

impl Record {
    /// Returns what is to be said of a record that is not there.
    pub fn missing(id: RemoteId, presence: Presence) -> Self {
        Self {
            id,
            at: Stamp::ZERO,
            presence,
            name: "".into(),
            fields: Fields::default(),
            survivor: None,
            heirs: Vec::new(),
        }
    }
}

/// A record found by its origin key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key.
    pub key: RemoteId,
    /// The record that carries it.
    pub id: RemoteId,
    /// Its stamp.
    pub at: Option<Stamp>,
}

/// From how many creations on a job takes them, and how many at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// Fewer go in the usual way.
    pub from: usize,
    /// More go in several.
    pub most: usize,
}

/// One write as a remote takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Created, updated, deleted or archived.
    pub action: Action,
    /// The record, unless it is created.
    pub id: Option<RemoteId>,
    /// The origin key, for a record that does not carry it yet: one that is created, or was found.
    pub key: Option<RemoteId>,
    /// Where in the container a created record goes.
    pub section: Option<Arc<str>>,
    /// The values, by field.
    pub values: Vec<(FieldName, Value)>,
}

/// A container that recipes can be made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id, as recipes name it.
    pub id: ContainerId,
    /// What people call it.
    pub title: Arc<str>,
}
