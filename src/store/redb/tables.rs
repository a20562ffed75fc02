//! The tables of the data file. Keys are composite so that every list is one range read in order.

use std::collections::BTreeSet;

use super::fold::Folding;
use super::journal::Kind;
use crate::domain::id::Side;
use crate::domain::time::Stamp;
use crate::ports::StreamId;
use redb::{Table, TableDefinition, TableError, WriteTransaction};

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
/// `(link, entry)`.
pub(super) const LEDGER_BY_LINK: TableDefinition<'static, (u64, u64), ()> =
    TableDefinition::new("ledger_by_link");
/// Entries of what failed, with their class: few among many, and what people look for.
pub(super) const LEDGER_FAILED: TableDefinition<'static, u64, u8> = TableDefinition::new("ledger_failed");
pub(super) const COUNTERS: TableDefinition<'static, CounterRow, u64> = TableDefinition::new("counters");
/// `(recipe, direction, what)` to the sum of all hours there ever were: two years of hours are many rows to be added
/// up for one look.
pub(super) const TOTALS: TableDefinition<'static, (u32, u8, u8), u64> =
    TableDefinition::new("counter_totals");
/// `(hour, connection)` to API calls.
pub(super) const CALLS: TableDefinition<'static, (u32, &str), u64> = TableDefinition::new("calls");
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

/// All tables, open for writing in one transaction.
pub(super) struct Tables<'t> {
    pub(super) meta: Table<'t, &'static str, u64>,
    pub(super) accounts: Table<'t, &'static str, Bytes>,
    pub(super) connections: Table<'t, &'static str, Bytes>,
    pub(super) recipes: Table<'t, u32, Bytes>,
    pub(super) activity: Table<'t, u32, Bytes>,
    pub(super) schemas: Table<'t, (&'static str, &'static str), Bytes>,
    pub(super) checkpoints: Table<'t, (&'static str, &'static str), Bytes>,
    pub(super) people: Table<'t, (&'static str, &'static str), Bytes>,
    pub(super) links: Table<'t, u64, Bytes>,
    pub(super) by_remote: Table<'t, RemoteKey, u64>,
    pub(super) pending: Table<'t, (u32, u64), Bytes>,
    pub(super) waits: Table<'t, (u32, u64), Bytes>,
    pub(super) waited_for: Table<'t, WaitedKey, u32>,
    pub(super) held: Table<'t, (u32, u64), Bytes>,
    pub(super) brakes: Table<'t, u32, Bytes>,
    pub(super) errors: Table<'t, u64, Bytes>,
    pub(super) snoozed: Table<'t, (i64, u64), ()>,
    pub(super) groups: Table<'t, &'static str, Bytes>,
    pub(super) group_errors: Table<'t, (&'static str, u64), ()>,
    pub(super) ledger: Table<'t, u64, Bytes>,
    pub(super) ledger_by_link: Table<'t, (u64, u64), ()>,
    pub(super) ledger_failed: Table<'t, u64, u8>,
    pub(super) counters: Table<'t, CounterRow, u64>,
    pub(super) totals: Table<'t, (u32, u8, u8), u64>,
    pub(super) calls: Table<'t, (u32, &'static str), u64>,
    pub(super) jobs: Table<'t, u64, Bytes>,
    pub(super) audit: Table<'t, u64, Bytes>,
    pub(super) audit_seals: Table<'t, u64, [u8; 32]>,
    pub(super) past: Table<'t, PastKey, Bytes>,
    pub(super) past_errors: Table<'t, (u64, i64), u8>,
    /// The time of the step that is carried out, or of the last one that carried a time.
    pub(super) now: Stamp,
    /// What the step has changed so far of what the past remembers.
    pub(super) touched: BTreeSet<(Kind, String)>,
    /// What the step's lines of the ledger add up to, written once for all of them.
    pub(super) folding: Folding,
}

impl<'t> Tables<'t> {
    pub(super) fn open(transaction: &'t WriteTransaction) -> Result<Self, TableError> {
        Ok(Self {
            meta: transaction.open_table(META)?,
            accounts: transaction.open_table(ACCOUNTS)?,
            connections: transaction.open_table(CONNECTIONS)?,
            recipes: transaction.open_table(RECIPES)?,
            activity: transaction.open_table(ACTIVITY)?,
            schemas: transaction.open_table(SCHEMAS)?,
            checkpoints: transaction.open_table(CHECKPOINTS)?,
            people: transaction.open_table(PEOPLE)?,
            links: transaction.open_table(LINKS)?,
            by_remote: transaction.open_table(BY_REMOTE)?,
            pending: transaction.open_table(PENDING)?,
            waits: transaction.open_table(WAITS)?,
            waited_for: transaction.open_table(WAITED_FOR)?,
            held: transaction.open_table(HELD)?,
            brakes: transaction.open_table(BRAKES)?,
            errors: transaction.open_table(ERRORS)?,
            snoozed: transaction.open_table(SNOOZED)?,
            groups: transaction.open_table(GROUPS)?,
            group_errors: transaction.open_table(GROUP_ERRORS)?,
            ledger: transaction.open_table(LEDGER)?,
            ledger_by_link: transaction.open_table(LEDGER_BY_LINK)?,
            ledger_failed: transaction.open_table(LEDGER_FAILED)?,
            counters: transaction.open_table(COUNTERS)?,
            totals: transaction.open_table(TOTALS)?,
            calls: transaction.open_table(CALLS)?,
            jobs: transaction.open_table(JOBS)?,
            audit: transaction.open_table(AUDIT)?,
            audit_seals: transaction.open_table(AUDIT_SEALS)?,
            past: transaction.open_table(PAST)?,
            past_errors: transaction.open_table(PAST_ERRORS)?,
            now: Stamp::ZERO,
            touched: BTreeSet::new(),
            folding: Folding::default(),
        })
    }
}
