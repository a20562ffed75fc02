//! The traits at the edge: what the engine needs from a remote system, from the store, from the vault and from
//! the clock. They speak `domain` and nothing else; the engine knows only them.

use std::collections::BTreeMap;
use std::ops::Range;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

mod checkpoint;
mod counters;
pub mod errand;
mod families;
mod hearing;
mod lists;
mod past;
mod questions;
mod remotes;
mod steps;
mod vault;
mod work;

use errand::{CallsFor, Errands};

pub use checkpoint::{Checkpoint, Load};
pub use counters::{Counted, CounterKey, HourCount};
pub use families::{Child, FamiliesAtOnce, Family};
pub use hearing::{Heard, Hearing, Unheard};
pub use lists::{ErrorsAsk, Group, LedgerAsk, LedgerPage};
pub use past::{GAUGE_MS, Recorded};
pub use questions::{
    Beside, Bulk, ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, Found, Mark, ParentsAsk, Place,
    Record, ToldBeside, Write,
};
pub use remotes::{Consent, NOT_BY_BROWSER, Presented, Redeemed, Remotes, not_by_browser};
pub use steps::{CallsMade, Committed, Ran, RecipeChange, Step};
pub use vault::{SecretName, Vault, VaultError};
pub use work::{AuditEntry, Job, JobState};

use crate::domain::connection::{Connection, Identity, OrgLimit, Usage};
use crate::domain::doctor::{Finding, Need};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{
    AccountId, ConnectionId, ContainerId, ErrorId, FieldName, JobId, LinkId, LinkSetId, RecipeId, RemoteId,
    Side, System,
};
use crate::domain::ledger::ErrorRecord;
use crate::domain::link::{Link, Pending};
use crate::domain::parents::Waits;
use crate::domain::people::{People, User};
use crate::domain::recipe::{Activity, Recipe};
use crate::domain::schema::{FieldSchema, Schema};
use crate::domain::settle::Answer;
use crate::domain::time::Stamp;
use crate::domain::value::Value;

// ---------------------------------------------------------------------------------------------------- clock

/// The time, as a dependency.
pub trait Clock: Send + Sync {
    /// Returns the present time.
    fn now(&self) -> Stamp;
}

// --------------------------------------------------------------------------------------------------- remote

/// One connected system. All systems are alike here: each can be either side of a recipe.
#[async_trait]
pub trait Remote: Send + Sync {
    /// Returns which system it is.
    fn system(&self) -> System;

    /// Asks who and where we are. One or two calls.
    async fn identify(&self) -> Result<Identity, Failure>;

    /// Describes a container, found by its id or by its title.
    async fn describe(&self, container: &str) -> Result<Schema, Failure>;

    /// Returns the containers that recipes can be made for, in the order in which people look for them.
    async fn places(&self) -> Result<Vec<Place>, Failure>;

    /// Returns how many records a container holds now; `None` where the system does not say.
    async fn count(&self, container: &ContainerId) -> Result<Option<u64>, Failure>;

    /// Finds, or makes, the field that holds the origin key inside each record of the container.
    async fn key_field(&self, container: &ContainerId) -> Result<FieldName, Failure>;

    /// Returns the field that would be made under this name to hold what `from` holds; `None` where none is made.
    fn fitting(&self, _name: &str, _from: &FieldSchema) -> Option<FieldSchema> {
        None
    }

    /// Makes a field that [`Remote::fitting`] has returned, unless it is there already.
    async fn make_field(&self, _container: &ContainerId, field: &FieldSchema) -> Result<(), Failure> {
        Err(Failure::new(Kind::Permanent, Class::Map, "NO_SUCH_FIELD", field.name.as_str()))
    }

    /// Looks at what recipes need: rights on objects and fields, calls left, clock; captured changes too with `events`.
    async fn examine(&self, _needs: &[Need], _events: bool) -> Result<Vec<Finding>, Failure> {
        Ok(Vec::new())
    }

    /// Returns which of these packages are installed with their versions; `None` where nobody can tell.
    async fn packages(&self, _namespaces: &[String]) -> Result<Option<Vec<(String, String)>>, Failure> {
        Ok(None)
    }

    /// Reads a page of records that were created or changed, oldest change first.
    async fn changes(&self, ask: &ChangesAsk) -> Result<ChangesPage, Failure>;

    /// Reads which records were deleted in a window of the server's time.
    async fn deletions(&self, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure>;

    /// Reads a page of changes, and in the same call what was deleted, where the remote answers both in one; `None`
    /// for deletions that have to be asked for by themselves.
    async fn changes_and_deletions(
        &self,
        ask: &ChangesAsk,
        _deletions: &DeletionsAsk,
    ) -> Result<(ChangesPage, Option<DeletionsPage>), Failure> {
        Ok((self.changes(ask).await?, None))
    }

    /// Reads a page of changes, and in the same call what else is asked for, as far as the remote answers that in one.
    async fn changes_and_beside(
        &self,
        ask: &ChangesAsk,
        beside: &Beside,
    ) -> Result<(ChangesPage, ToldBeside), Failure> {
        let Some(deletions) = &beside.deletions else {
            return Ok((self.changes(ask).await?, ToldBeside::default()));
        };
        let (page, deletions) = self.changes_and_deletions(ask, deletions).await?;
        Ok((page, ToldBeside { deletions, parents: None }))
    }

    /// Reads a page of records whose parents have changed, where records show anything of their parents.
    async fn of_changed_parents(&self, _ask: &ParentsAsk) -> Result<ChangesPage, Failure> {
        Ok(ChangesPage::default())
    }

    /// Returns how often the list of deletions is worth a call, in milliseconds, when changes are looked for every
    /// `every_ms`: seldom where changes show deleted records too, and it only catches what they missed.
    fn deletions_every_ms(&self, every_ms: i64) -> i64;

    /// Reads records by id; what is not there is missing from the answer.
    async fn fetch(
        &self,
        container: &ContainerId,
        ids: &[RemoteId],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure>;

    /// Looks up the records that carry these origin keys: what settles an operation in doubt.
    async fn find(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        keys: &[RemoteId],
    ) -> Result<Vec<Found>, Failure>;

    /// Reads the records whose field `by` holds one of `values`, whatever their case: what may be the counterpart of a
    /// record that is about to be made. More than fit may come back; the caller compares.
    async fn alike(
        &self,
        container: &ContainerId,
        by: &FieldName,
        values: &[Value],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure>;

    /// Returns the address at which people see a record, where there is one.
    async fn address(&self, _id: &RemoteId) -> Option<String> {
        None
    }

    /// Reads all users of the system.
    async fn users(&self) -> Result<Vec<User>, Failure>;

    /// Returns how many records one call reads, as far as that can be foretold.
    fn page(&self) -> u64;

    /// Returns how many of `writes` go into one call; the caller sends no more at a time, and the cost shown
    /// to a person beforehand is computed from it.
    fn batch(&self, writes: usize) -> usize;

    /// Returns how many creations go into one job, where the remote has jobs for many.
    fn bulk(&self) -> Option<Bulk> {
        None
    }

    /// Returns how much goes into one call of [`Remote::apply_families`], where the remote has such a call.
    fn families(&self) -> Option<FamiliesAtOnce> {
        None
    }

    /// Makes records together with those that point to them, each family as a whole or not at all, in one call.
    ///
    /// The answers stand in the order of the families, the parent's first and then those of its children; `None` where
    /// this is not possible after all, and nothing was done.
    async fn apply_families(
        &self,
        _container: &ContainerId,
        _key_field: &FieldName,
        _families: &[Family],
    ) -> Option<Vec<Vec<Answer>>> {
        None
    }

    /// Ends what would go on at the remote without us: we are about to stop.
    async fn wind_up(&self) {}

    /// Carries out writes of one container in as few calls as it takes, each on its own merits.
    ///
    /// The answers stand in the order of the writes. [`Answer::Doubt`] where no answer came.
    async fn apply(&self, container: &ContainerId, key_field: &FieldName, writes: &[Write]) -> Vec<Answer>;

    /// As [`Remote::apply`], and records that the remote takes for duplicates of others are made all the same.
    async fn apply_with_duplicates(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        writes: &[Write],
    ) -> Vec<Answer> {
        self.apply(container, key_field, writes).await
    }

    /// Returns how long, in milliseconds, a write without an answer may still take effect at the remote.
    fn doubt_ms(&self) -> i64;

    /// Returns what the remote last said of its daily call limit.
    fn usage(&self) -> Usage;

    /// Returns how many calls were made since the last time this was asked, and for what.
    fn calls_made(&self) -> Errands;

    /// Returns the account's other limits and how far they are used up, as far as the remote tells them. Costs a call.
    async fn limits(&self) -> Result<Vec<OrgLimit>, Failure> {
        Ok(Vec::new())
    }

    /// Sets how many more calls may be made that no person waits for, and from when there may be more again; `None`
    /// for as many as wanted. A call beyond it is refused here and never sent.
    fn ration(&self, _left: Option<u64>, _more_at: Stamp) {}

    /// Returns whether changes can be heard of, and not only looked for.
    fn hears(&self) -> bool {
        false
    }

    /// Returns whether the changes of a container are told at all; `None` where that cannot be known. One to which
    /// nobody tells anything is as silent as one in which nothing changes.
    async fn tells(&self, _container: &ContainerId) -> Result<Option<bool>, Failure> {
        Ok(Some(false))
    }

    /// Returns whether everything is told once something was: then it need not be looked for as often.
    fn tells_all(&self) -> bool {
        true
    }

    /// Begins to listen to the changes of a container: behind a place that was heard before, or from now on.
    async fn listen(
        &self,
        _container: &ContainerId,
        _after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let message = "this system tells no changes; they are looked for";
        Err(Unheard::Refused(Failure::new(Kind::Permanent, Class::Map, "NO_EVENTS", message)))
    }

    /// Takes away what was put up at the remote so that a container is heard, because nobody needs it any more; returns
    /// whether the place is over with that.
    async fn unlisten(&self, _container: &ContainerId, _place: &[u8]) -> Result<bool, Failure> {
        Ok(false)
    }
}

/// Returns how many calls `writes` writes cost.
pub fn cost(remote: &dyn Remote, writes: usize) -> usize {
    writes.div_ceil(remote.batch(writes).max(1))
}

// ---------------------------------------------------------------------------------------------------- store

/// The engine's memory: one writer, reads of the last commit.
#[async_trait]
pub trait Store: Send + Sync {
    /// Carries out a step and returns when it is durable. Steps of many callers share a commit.
    async fn commit(&self, step: Step) -> Result<Committed, StoreError>;

    /// Copies everything of the last commit into a new file, while the store goes on.
    ///
    /// # Errors
    /// The file exists, or cannot be written.
    async fn backup(&self, to: &std::path::Path) -> Result<(), StoreError> {
        let why = "this store cannot be copied".into();
        Err(StoreError::Refused { what: "store", id: to.display().to_string(), why })
    }

    /// Returns a view of the last commit. Short reads only: a view held open makes the file grow.
    ///
    /// # Errors
    /// What kept the store from being read.
    fn read(&self) -> Result<Box<dyn View>, StoreError>;

    /// Returns a view of things as they stood at a point in the past: what [`View::recorded`] says is known of it.
    ///
    /// # Errors
    /// This store keeps no past, or could not be read.
    fn read_at(&self, at: Stamp) -> Result<Box<dyn View>, StoreError> {
        let why = "this store keeps no past".into();
        Err(StoreError::Refused { what: "store", id: at.to_string(), why })
    }
}

/// Why a step was not stored. Nothing of it was.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The recipe limit is reached.
    #[error("the account has {used} of {limit} recipes")]
    Limit {
        /// Whose limit.
        account: AccountId,
        /// The limit.
        limit: u32,
        /// Recipes in use.
        used: u32,
    },
    /// There is no such thing.
    #[error("there is no {what} {id}")]
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// It exists already, or it is in use.
    #[error("{what} {id}: {why}")]
    Refused {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
        /// Why not.
        why: String,
    },
    /// Another process holds the data.
    #[error("the data at {path} is in use by another process")]
    InUse {
        /// The data file.
        path: String,
    },
    /// The data was written by a newer version.
    #[error("the data at {path} has format {found}; this version knows up to {known}")]
    TooNew {
        /// The data file.
        path: String,
        /// Its format.
        found: u32,
        /// The newest known here.
        known: u32,
    },
    /// The disk is full.
    #[error("the disk that holds {path} is full")]
    Full {
        /// The data file.
        path: String,
    },
    /// The file is damaged or cannot be reached.
    #[error("the data at {path}: {why}")]
    Broken {
        /// The data file.
        path: String,
        /// What was found.
        why: String,
    },
}

impl StoreError {
    /// Returns the stable short name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Limit { .. } => "recipe_limit",
            Self::Missing { .. } => "not_found",
            Self::Refused { .. } => "refused",
            Self::InUse { .. } => "data_in_use",
            Self::TooNew { .. } => "data_too_new",
            Self::Full { .. } => "disk_full",
            Self::Broken { .. } => "data_broken",
        }
    }
}

/// A stream of changes: one container over one connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StreamId {
    /// The connection.
    pub connection: ConnectionId,
    /// The container.
    pub container: ContainerId,
}

/// How many deletions a set of links has seen in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brake {
    /// The set.
    pub set: LinkSetId,
    /// When the counting began.
    pub began: Stamp,
    /// How many counterparts were to be deleted since.
    pub count: u64,
    /// Since when no counterpart is deleted until a person says so.
    pub held: Option<Stamp>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The most recipes it may have.
    pub recipe_limit: u32,
    /// Creations that the limit refused: when the last was, and how many that day.
    pub refused: Option<(Stamp, u32)>,
}

/// A consistent view of the store at one commit.
pub trait View: Send {
    /// Returns how much is known of the point in the past that this is a view of; `None` for a view of the present.
    fn recorded(&self) -> Result<Option<Recorded>, StoreError> {
        Ok(None)
    }
    /// Returns all accounts.
    fn accounts(&self) -> Result<Vec<Account>, StoreError>;
    /// Returns all connections.
    fn connections(&self) -> Result<Vec<Connection>, StoreError>;
    /// Returns all recipes, deleted ones too, by id.
    fn recipes(&self) -> Result<Vec<Recipe>, StoreError>;
    /// Returns the users of all pairs of connections.
    fn people(&self) -> Result<Vec<People>, StoreError>;
    /// Returns what a recipe has done.
    fn activity(&self, recipe: RecipeId) -> Result<Activity, StoreError>;
    /// Returns a container's schema as last described.
    fn schema(
        &self,
        connection: &ConnectionId,
        container: &ContainerId,
    ) -> Result<Option<Schema>, StoreError>;
    /// Returns how far a stream has come.
    fn checkpoint(&self, stream: &StreamId) -> Result<Checkpoint, StoreError>;
    /// Returns a link.
    fn link(&self, id: LinkId) -> Result<Option<Link>, StoreError>;
    /// Returns the link that a record belongs to.
    fn link_of(&self, set: LinkSetId, side: Side, id: &RemoteId) -> Result<Option<LinkId>, StoreError>;
    /// Returns the records of one side that have links, in the order of their ids, at most `limit` after `after`.
    fn records(
        &self,
        set: LinkSetId,
        side: Side,
        after: Option<&RemoteId>,
        limit: usize,
    ) -> Result<Vec<(RemoteId, LinkId)>, StoreError>;
    /// Returns when a stream was last counted through.
    fn swept(&self, stream: &StreamId) -> Result<Option<Stamp>, StoreError>;
    /// Returns what is still to be done on a link.
    fn pending(&self, set: LinkSetId, id: LinkId) -> Result<Option<Pending>, StoreError>;
    /// Returns everything that is still to be done: for the engine's start.
    fn all_pending(&self) -> Result<Vec<(LinkSetId, LinkId, Pending)>, StoreError>;
    /// Returns which links of a set are still to be done and from when on, in the order of their ids, at most `limit`
    /// behind `after`.
    fn pending_after(
        &self,
        set: LinkSetId,
        after: LinkId,
        limit: usize,
    ) -> Result<Vec<(LinkId, Stamp)>, StoreError>;
    /// Returns how many links of each set are pending.
    fn pending_counts(&self) -> Result<BTreeMap<LinkSetId, u64>, StoreError>;
    /// Returns the references of a link that cannot be told.
    fn waits(&self, set: LinkSetId, id: LinkId) -> Result<Option<Waits>, StoreError>;
    /// Returns links that wait for the record with this id on `side`, each with its set, at most `limit`.
    fn waiting_for(
        &self,
        side: Side,
        parent: &RemoteId,
        limit: usize,
    ) -> Result<Vec<(LinkSetId, LinkId)>, StoreError>;
    /// Returns links of a set whose parents may still come, each with what it waits for, at most `limit`.
    fn waiting(&self, set: LinkSetId, limit: usize) -> Result<Vec<(LinkId, Waits)>, StoreError>;
    /// Returns how many links of each set wait for a parent.
    fn waiting_counts(&self) -> Result<BTreeMap<LinkSetId, u64>, StoreError>;
    /// Returns links that are held for a person, with the fields in question, at most `limit`.
    fn held(&self, limit: usize) -> Result<Vec<(LinkSetId, LinkId, Vec<u16>)>, StoreError>;
    /// Returns how many links are held for a person.
    fn held_count(&self) -> Result<u64, StoreError>;
    /// Returns whether this is, or was begun from, a copy of earlier data: what was made after the copy was taken is
    /// there and not known here.
    fn is_copy(&self) -> Result<bool, StoreError>;
    /// Returns the brakes on deletions that a person has to release.
    fn brakes(&self) -> Result<Vec<Brake>, StoreError>;
    /// Returns an error.
    fn error(&self, id: ErrorId) -> Result<Option<ErrorRecord>, StoreError>;
    /// Returns errors in the given states, newest first, at most `limit`, after the one with id `before`.
    fn errors(&self, ask: &ErrorsAsk) -> Result<Vec<ErrorRecord>, StoreError>;
    /// Returns when the first single error that was put aside comes back.
    fn next_wake(&self) -> Result<Option<Stamp>, StoreError>;
    /// Returns all causes that have errors which are not over.
    fn groups(&self) -> Result<Vec<Group>, StoreError>;
    /// Returns ledger entries, newest first.
    fn ledger(&self, ask: &LedgerAsk) -> Result<LedgerPage, StoreError>;
    /// Returns how many ledger entries match; it may take a second where there are a million.
    fn matches(&self, ask: &LedgerAsk) -> Result<u64, StoreError>;
    /// Returns the number of the newest ledger entry.
    fn newest(&self) -> Result<u64, StoreError>;
    /// Returns the counters of some hours, in the order of time.
    fn hourly(&self, hours: Range<u32>) -> Result<Vec<HourCount>, StoreError>;
    /// Returns the sums of the counters of the hours from `from` on (all of them for hour 0), by recipe.
    fn counters(&self, from_hour: u32) -> Result<BTreeMap<CounterKey, u64>, StoreError> {
        let mut sums = BTreeMap::new();
        for one in self.hourly(from_hour..u32::MAX)? {
            *sums.entry(one.key).or_default() += one.count;
        }
        Ok(sums)
    }
    /// Returns what was counted since the beginning, by recipe, however long ago hours were let go of.
    fn totals(&self) -> Result<BTreeMap<CounterKey, u64>, StoreError>;
    /// Returns calls made per connection in the hours from `from` on.
    fn calls(&self, from_hour: u32) -> Result<BTreeMap<ConnectionId, u64>, StoreError>;
    /// Returns the same by the hour and by what they were made for, in the order of time; a past view
    /// knows whole hours only.
    fn calls_for(&self, from_hour: u32) -> Result<Vec<CallsFor>, StoreError>;
    /// Returns a job.
    fn job(&self, id: JobId) -> Result<Option<Job>, StoreError>;
    /// Returns jobs, newest first.
    fn jobs(&self, limit: usize) -> Result<Vec<Job>, StoreError>;
    /// Returns how many audit lines there are, and what is wrong with the chain that seals them.
    fn audit_check(&self) -> Result<(u64, Vec<String>), StoreError>;
    /// Returns audit lines with their numbers, newest first.
    fn audit(&self, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError>;
}
