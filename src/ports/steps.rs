//! What the store is asked to carry out, each step whole or not at all, and what came of it.

use std::sync::Arc;

use super::errand::Errands;
use super::{Account, AuditEntry, Checkpoint, Job, StreamId};
use crate::domain::connection::{Connection, OrgLimit, Usage};
use crate::domain::id::{
    AccountId, ConnectionId, ErrorId, GroupId, JobId, LinkId, LinkSetId, RecipeId, Side,
};
use crate::domain::ledger::{ErrorState, Snooze};
use crate::domain::link::{Intent, Observed};
use crate::domain::people::People;
use crate::domain::recipe::{Gone, Recipe};
use crate::domain::schema::Schema;
use crate::domain::settle::Answer;
use crate::domain::time::Stamp;
use crate::domain::value::Value;

/// What a run did to the activity of recipes.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Which recipes.
    pub recipes: Vec<RecipeId>,
    /// Up to when they are known to be in step with the source.
    pub in_step_to: Option<Stamp>,
    /// Whether their first load is complete.
    pub loaded: bool,
}

/// API calls that a connection made.
#[derive(Clone, Debug)]
pub struct CallsMade {
    /// Whose.
    pub connection: ConnectionId,
    /// How many, and for what.
    pub calls: Errands,
    /// What the remote says of its limit.
    pub usage: Usage,
    /// Whether the last of them succeeded.
    pub ok: bool,
}

/// What is to be stored together.
#[derive(Clone, Debug)]
pub enum Step {
    /// Rows that a remote showed, and the checkpoint that covers them.
    Observe {
        /// Whose checkpoint.
        stream: StreamId,
        /// How far the stream has come with these rows.
        checkpoint: Checkpoint,
        /// The rows.
        rows: Vec<Observed>,
        /// With the last rows of a run.
        ran: Option<Ran>,
        /// Now.
        now: Stamp,
    },
    /// Everything of a stream was counted through at that time; at zero, when that is to be done again.
    Swept {
        /// Which stream.
        stream: StreamId,
        /// When, by our own clock.
        at: Stamp,
    },
    /// What is older than people want to keep goes, a few rows at a time: ledger lines, errors that are over, jobs,
    /// calls, and counters of years ago.
    Trim {
        /// What is older.
        before: Stamp,
        /// How many rows of each kind are looked at, at most.
        limit: usize,
    },
    /// Rows that were read by id, outside any stream.
    Look {
        /// The rows. One of unknown presence was looked for and is not there.
        rows: Vec<Observed>,
        /// Now.
        now: Stamp,
    },
    /// Announcements, each for the revision of the link it was planned on.
    Intend {
        /// What is to be done.
        intents: Vec<(LinkId, Intent)>,
    },
    /// Links on which both sides turned out to hold the same.
    Adopt {
        /// The agreed values, for the revision they were planned on.
        agreed: Vec<(LinkId, u64, Vec<(u16, Value)>)>,
        /// Now.
        now: Stamp,
    },
    /// Links that need nothing, or a person: they are no longer pending.
    Rest {
        /// The links, the revision they were planned on, and the fields held for a person.
        links: Vec<(LinkId, u64, Vec<u16>)>,
        /// Now.
        now: Stamp,
    },
    /// Ends of operations.
    Settle {
        /// Which, how, and how long the call took in milliseconds.
        ends: Vec<(LinkId, Answer, u32)>,
        /// Now.
        now: Stamp,
        /// Seed of the retries' jitter.
        seed: u64,
    },
    /// Records that existed already and turned out to be the counterparts of others.
    Match {
        /// Which link, the revision it was planned on, and the record.
        pairs: Vec<(LinkId, u64, Observed)>,
        /// Who tied them: the login user, or `engine`.
        by: Arc<str>,
        /// Now.
        now: Stamp,
    },
    /// Held conflicts that a person ended, all or none.
    Keep {
        /// On which links.
        links: Vec<LinkId>,
        /// The side that is right.
        kept: Side,
        /// Who says so.
        by: Arc<str>,
        /// Now.
        now: Stamp,
    },
    /// New recipes, all or none, under the limit; ids, pair and set are allotted here.
    CreateRecipes(Vec<Recipe>),
    /// A change of state that a person asked for.
    SetRecipes {
        /// Which.
        recipes: Vec<RecipeId>,
        /// What is to become of them.
        to: RecipeChange,
        /// When.
        now: Stamp,
    },
    /// What recipes need and was looked for: gone, or there again.
    Missed {
        /// Which, each with what it does not find; `None` when all is there again.
        found: Vec<(RecipeId, Option<Gone>)>,
        /// Now.
        now: Stamp,
    },
    /// A connection, new or changed. Recipes follow its state.
    PutConnection(Box<Connection>),
    /// Makes a connection's links those of another org, so many ids at a time: of its records nothing is known any more
    /// but their ids. With the last of them all is read anew.
    Estrange {
        /// The connection.
        connection: ConnectionId,
        /// The first link to look at.
        from: LinkId,
        /// How many.
        limit: u64,
        /// The present time.
        now: Stamp,
    },
    /// A connection that goes; refused while recipes use it.
    RemoveConnection {
        /// Which.
        id: ConnectionId,
        /// Now.
        now: Stamp,
    },
    /// A container's schema as last described.
    PutSchema(ConnectionId, Box<Schema>),
    /// The users of two connections, and who is who.
    PutPeople(Box<People>),
    /// An account and its recipe limit.
    PutAccount {
        /// The account.
        account: Account,
        /// Now.
        now: Stamp,
    },
    /// An account that goes; refused while it owns anything.
    RemoveAccount(AccountId),
    /// Errors that are to be tried again as part of a job.
    RetryErrors {
        /// Which.
        errors: Vec<ErrorId>,
        /// The job.
        job: JobId,
        /// Who asked.
        by: Arc<str>,
        /// Not before.
        due: Stamp,
        /// Now.
        now: Stamp,
        /// What is written in place of the source's values, for this try alone.
        edits: Vec<(u16, Value)>,
    },
    /// Errors that a person set aside.
    SetErrors {
        /// Which.
        errors: Vec<ErrorId>,
        /// Their new state.
        state: ErrorState,
        /// Why.
        reason: Option<Arc<str>>,
        /// Now.
        now: Stamp,
    },
    /// Errors that a person put aside for a while: single ones, which come back at a time or when their record changes.
    SnoozeErrors {
        /// Which.
        errors: Vec<ErrorId>,
        /// Until when; `None` until their records change.
        until: Option<Stamp>,
        /// Now.
        now: Stamp,
    },
    /// A whole cause that a person put aside for a while, with all that comes of it meanwhile.
    SnoozeGroup {
        /// Which.
        group: GroupId,
        /// Until when.
        snooze: Snooze,
        /// Now.
        now: Stamp,
    },
    /// Brings back what was put aside until now.
    Wake {
        /// Now.
        now: Stamp,
    },
    /// Takes back what a retry job has not sent yet.
    StopJob {
        /// Which.
        job: JobId,
        /// Now.
        now: Stamp,
    },
    /// A job, new or changed; a new one has the id 0 and is allotted one.
    PutJob(Job),
    /// A line of the audit log.
    Audit(AuditEntry),
    /// API calls made since the last time.
    Calls {
        /// By whom.
        made: Vec<CallsMade>,
        /// Now.
        now: Stamp,
    },
    /// What a remote told of its account's other limits.
    OrgLimits {
        /// Whose.
        connection: ConnectionId,
        /// What it told.
        limits: Vec<OrgLimit>,
        /// When.
        now: Stamp,
    },
    /// A creation that the recipe limit refused, for the alert.
    RefusedByLimit {
        /// Whose.
        account: AccountId,
        /// When.
        now: Stamp,
    },
}

/// What is to become of recipes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipeChange {
    /// A person stops them.
    Pause,
    /// A person lets them go on.
    Resume,
    /// They are deleted, restorably.
    Delete,
    /// They come back, paused, under the limit, all or none.
    Restore,
    /// They come back as they were.
    Undo,
    /// Their first load begins again.
    Reload,
    /// They get other settings.
    Settings(crate::domain::recipe::Settings),
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// The number of the newest ledger entry.
    pub seq: u64,
    /// Links that became or stayed pending, and from when they may be tried.
    pub pending: Vec<(LinkSetId, LinkId, Stamp)>,
    /// Links whose intent was taken (the call may be made) or that were tied to a record.
    pub taken: Vec<LinkId>,
    /// Recipes that were made or changed.
    pub recipes: Vec<RecipeId>,
    /// The job that was made.
    pub job: Option<JobId>,
    /// Whether more is left to be trimmed.
    pub more: bool,
}
