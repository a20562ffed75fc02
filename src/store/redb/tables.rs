//! The tables of the data file. Keys are composite so that every list is one range read in order.

use std::collections::BTreeSet;

use super::fold::Folding;
use super::journal::Kind;
use crate::domain::id::Side;
use crate::domain::time::Stamp;
use crate::ports::StreamId;
use redb::{StorageError, TableDefinition, WriteTransaction};

use super::lazy::Lazy;

type Bytes = &'static [u8];
/// `(set, side, remote id)`.
type RemoteKey = (u32, u8, &'static str);
/// `(side, remote id, link)`.
type WaitedKey = (u8, &'static str, u64);
/// `(kind, thing, since when)`.
type PastKey = (u8, &'static str, i64);
/// `(hour, recipe, direction, what)`.
type CounterRow = (u32, u32, u8, u8);

/// Numbers by name: the file's format, the next ids.
pub(super) const META: TableDefinition<'static, &str, u64> = TableDefinition::new("meta");
pub(super) const ACCOUNTS: TableDefinition<'static, &str, Bytes> = TableDefinition::new("accounts");
pub(super) const CONNECTIONS: TableDefinition<'static, &str, Bytes> = TableDefinition::new("connections");
pub(super) const RECIPES: TableDefinition<'static, u32, Bytes> = TableDefinition::new("recipes");
pub(super) const ACTIVITY: TableDefinition<'static, u32, Bytes> = TableDefinition::new("activity");
/// `(connection, container)` to the container's schema.
pub(super) const SCHEMAS: TableDefinition<'static, (&str, &str), Bytes> = TableDefinition::new("schemas");
/// `(connection, container)` to the stream's checkpoint.
pub(super) const CHECKPOINTS: TableDefinition<'static, (&str, &str), Bytes> =
    TableDefinition::new("checkpoints");
/// `(Salesforce connection, other connection)` to their users.
pub(super) const PEOPLE: TableDefinition<'static, (&str, &str), Bytes> = TableDefinition::new("people");
pub(super) const LINKS: TableDefinition<'static, u64, Bytes> = TableDefinition::new("links");
pub(super) const BY_REMOTE: TableDefinition<'static, RemoteKey, u64> =
    TableDefinition::new("links_by_remote");
/// `(set, link)` to what is still to be done.
pub(super) const PENDING: TableDefinition<'static, (u32, u64), Bytes> = TableDefinition::new("pending");
/// `(set, link)` to the references of it that cannot be told.
pub(super) const WAITS: TableDefinition<'static, (u32, u64), Bytes> = TableDefinition::new("waits");
/// `(side, remote id of the parent, link)` to the set of the link that waits.
pub(super) const WAITED_FOR: TableDefinition<'static, WaitedKey, u32> = TableDefinition::new("waited_for");
/// `(set, link)` to the fields held for a person.
pub(super) const HELD: TableDefinition<'static, (u32, u64), Bytes> = TableDefinition::new("held");
pub(super) const BRAKES: TableDefinition<'static, u32, Bytes> = TableDefinition::new("brakes");
pub(super) const ERRORS: TableDefinition<'static, u64, Bytes> = TableDefinition::new("errors");
/// `(when it comes back, error)`, for errors put aside one by one.
pub(super) const SNOOZED: TableDefinition<'static, (i64, u64), ()> = TableDefinition::new("snoozed");
pub(super) const GROUPS: TableDefinition<'static, &str, Bytes> = TableDefinition::new("groups");
/// `(group, error)`.
pub(super) const GROUP_ERRORS: TableDefinition<'static, (&str, u64), ()> =
    TableDefinition::new("group_errors");
pub(super) const LEDGER: TableDefinition<'static, u64, Bytes> = TableDefinition::new("ledger");
/// A link to its newest entry.
pub(super) const LEDGER_NEWEST: TableDefinition<'static, u64, u64> = TableDefinition::new("ledger_newest");
/// An entry to the one before it on the same link.
pub(super) const LEDGER_BEFORE: TableDefinition<'static, u64, u64> = TableDefinition::new("ledger_before");
/// Entries of what failed, with their class: few among many, and what people look for.
pub(super) const LEDGER_FAILED: TableDefinition<'static, u64, u8> = TableDefinition::new("ledger_failed");
pub(super) const COUNTERS: TableDefinition<'static, CounterRow, u64> = TableDefinition::new("counters");
/// `(recipe, direction, what)` to the sum of all hours there ever were: two years of hours are many rows to be added
/// up for one look.
pub(super) const TOTALS: TableDefinition<'static, (u32, u8, u8), u64> =
    TableDefinition::new("counter_totals");
/// `(hour, connection)` to API calls.
pub(super) const CALLS: TableDefinition<'static, (u32, &str), u64> = TableDefinition::new("calls");
/// `(hour, connection, purpose, recipe)` to API calls; recipe 0 where there is none.
pub(super) const CALLS_FOR: TableDefinition<'static, (u32, &str, u8, u32), u64> =
    TableDefinition::new("calls_for");
pub(super) const JOBS: TableDefinition<'static, u64, Bytes> = TableDefinition::new("jobs");
pub(super) const AUDIT: TableDefinition<'static, u64, Bytes> = TableDefinition::new("audit");
/// A digest for each audit line, of it and of all before: nobody changes one without being seen.
pub(super) const AUDIT_SEALS: TableDefinition<'static, u64, [u8; 32]> = TableDefinition::new("audit_seals");
/// Things as they stood, each from that moment on: see the journal.
pub(super) const PAST: TableDefinition<'static, PastKey, Bytes> = TableDefinition::new("past");
/// `(error, since when)` to its state.
pub(super) const PAST_ERRORS: TableDefinition<'static, (u64, i64), u8> = TableDefinition::new("past_errors");

/// Returns the name of the number that says when a stream was last counted through.
pub(super) fn swept(stream: &StreamId) -> String {
    format!("swept {} {}", stream.connection, stream.container)
}

/// Returns how a side is written in a key.
pub(super) fn side_code(side: Side) -> u8 {
    match side {
        Side::Salesforce => 0,
        Side::Other => 1,
    }
}

/// All tables, for writing in one transaction; each is opened when it is first needed.
pub(super) struct Tables<'t> {
    pub(super) meta: Lazy<'t, &'static str, u64>,
    pub(super) accounts: Lazy<'t, &'static str, Bytes>,
    pub(super) connections: Lazy<'t, &'static str, Bytes>,
    pub(super) recipes: Lazy<'t, u32, Bytes>,
    pub(super) activity: Lazy<'t, u32, Bytes>,
    pub(super) schemas: Lazy<'t, (&'static str, &'static str), Bytes>,
    pub(super) checkpoints: Lazy<'t, (&'static str, &'static str), Bytes>,
    pub(super) people: Lazy<'t, (&'static str, &'static str), Bytes>,
    pub(super) links: Lazy<'t, u64, Bytes>,
    pub(super) by_remote: Lazy<'t, RemoteKey, u64>,
    pub(super) pending: Lazy<'t, (u32, u64), Bytes>,
    pub(super) waits: Lazy<'t, (u32, u64), Bytes>,
    pub(super) waited_for: Lazy<'t, WaitedKey, u32>,
    pub(super) held: Lazy<'t, (u32, u64), Bytes>,
    pub(super) brakes: Lazy<'t, u32, Bytes>,
    pub(super) errors: Lazy<'t, u64, Bytes>,
    pub(super) snoozed: Lazy<'t, (i64, u64), ()>,
    pub(super) groups: Lazy<'t, &'static str, Bytes>,
    pub(super) group_errors: Lazy<'t, (&'static str, u64), ()>,
    pub(super) ledger: Lazy<'t, u64, Bytes>,
    pub(super) ledger_newest: Lazy<'t, u64, u64>,
    pub(super) ledger_before: Lazy<'t, u64, u64>,
    pub(super) ledger_failed: Lazy<'t, u64, u8>,
    pub(super) counters: Lazy<'t, CounterRow, u64>,
    pub(super) totals: Lazy<'t, (u32, u8, u8), u64>,
    pub(super) calls: Lazy<'t, (u32, &'static str), u64>,
    pub(super) calls_for: Lazy<'t, (u32, &'static str, u8, u32), u64>,
    pub(super) jobs: Lazy<'t, u64, Bytes>,
    pub(super) audit: Lazy<'t, u64, Bytes>,
    pub(super) audit_seals: Lazy<'t, u64, [u8; 32]>,
    pub(super) past: Lazy<'t, PastKey, Bytes>,
    pub(super) past_errors: Lazy<'t, (u64, i64), u8>,
    /// The time of the step that is carried out, or of the last one that carried a time.
    pub(super) now: Stamp,
    /// What the step has changed so far of what the past remembers.
    pub(super) touched: BTreeSet<(Kind, String)>,
    /// What the step's lines of the ledger add up to, written once for all of them.
    pub(super) folding: Folding,
}

impl<'t> Tables<'t> {
    pub(super) fn of(transaction: &'t WriteTransaction) -> Self {
        Self {
            meta: Lazy::new(transaction, META),
            accounts: Lazy::new(transaction, ACCOUNTS),
            connections: Lazy::new(transaction, CONNECTIONS),
            recipes: Lazy::new(transaction, RECIPES),
            activity: Lazy::new(transaction, ACTIVITY),
            schemas: Lazy::new(transaction, SCHEMAS),
            checkpoints: Lazy::new(transaction, CHECKPOINTS),
            people: Lazy::new(transaction, PEOPLE),
            links: Lazy::new(transaction, LINKS),
            by_remote: Lazy::new(transaction, BY_REMOTE),
            pending: Lazy::new(transaction, PENDING),
            waits: Lazy::new(transaction, WAITS),
            waited_for: Lazy::new(transaction, WAITED_FOR),
            held: Lazy::new(transaction, HELD),
            brakes: Lazy::new(transaction, BRAKES),
            errors: Lazy::new(transaction, ERRORS),
            snoozed: Lazy::new(transaction, SNOOZED),
            groups: Lazy::new(transaction, GROUPS),
            group_errors: Lazy::new(transaction, GROUP_ERRORS),
            ledger: Lazy::new(transaction, LEDGER),
            ledger_newest: Lazy::new(transaction, LEDGER_NEWEST),
            ledger_before: Lazy::new(transaction, LEDGER_BEFORE),
            ledger_failed: Lazy::new(transaction, LEDGER_FAILED),
            counters: Lazy::new(transaction, COUNTERS),
            totals: Lazy::new(transaction, TOTALS),
            calls: Lazy::new(transaction, CALLS),
            calls_for: Lazy::new(transaction, CALLS_FOR),
            jobs: Lazy::new(transaction, JOBS),
            audit: Lazy::new(transaction, AUDIT),
            audit_seals: Lazy::new(transaction, AUDIT_SEALS),
            past: Lazy::new(transaction, PAST),
            past_errors: Lazy::new(transaction, PAST_ERRORS),
            now: Stamp::ZERO,
            touched: BTreeSet::new(),
            folding: Folding::default(),
        }
    }

    /// Opens them all, so that readers find each of them even where nothing was written yet.
    pub(super) fn make(&self) -> Result<(), StorageError> {
        self.meta.open()?;
        self.accounts.open()?;
        self.connections.open()?;
        self.recipes.open()?;
        self.activity.open()?;
        self.schemas.open()?;
        self.checkpoints.open()?;
        self.people.open()?;
        self.links.open()?;
        self.by_remote.open()?;
        self.pending.open()?;
        self.waits.open()?;
        self.waited_for.open()?;
        self.held.open()?;
        self.brakes.open()?;
        self.errors.open()?;
        self.snoozed.open()?;
        self.groups.open()?;
        self.group_errors.open()?;
        self.ledger.open()?;
        self.ledger_newest.open()?;
        self.ledger_before.open()?;
        self.ledger_failed.open()?;
        self.counters.open()?;
        self.totals.open()?;
        self.calls.open()?;
        self.calls_for.open()?;
        self.jobs.open()?;
        self.audit.open()?;
        self.audit_seals.open()?;
        self.past.open()?;
        self.past_errors.open()?;
        Ok(())
    }
}
