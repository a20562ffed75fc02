//! What can be read: one consistent view of the last commit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use redb::{Key, ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, TableDefinition};
use serde::de::DeserializeOwned;

use super::care;
use super::chain::Chain;
use super::codec::{Fault, decode, get};
use super::fold;
use super::found::{Glanced, class_of, classes, error_matches, glance, take, wanted};
use super::journal::Kind;
use super::tables as t;
use crate::domain::connection::Connection;
use crate::domain::filter::Filter;
use crate::domain::id::{
    ConnectionId, ContainerId, ErrorId, JobId, LinkId, LinkSetId, RecipeId, RemoteId, Side,
};
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState};
use crate::domain::link::{Link, Pending};
use crate::domain::parents::Waits;
use crate::domain::people::People;
use crate::domain::recipe::{Activity, Direction, Recipe};
use crate::domain::schema::Schema;
use crate::domain::time::Stamp;
use crate::ports::errand::CallsFor;
use crate::ports::{
    Account, AuditEntry, Brake, Checkpoint, Counted, CounterKey, ErrorsAsk, Group, HourCount, Job, LedgerAsk,
    LedgerPage, Recorded, StoreError, StreamId, View,
};

/// How many rows one question looks at, so that no reader holds its view for long and every page comes at once.
const LONGEST_SCAN: usize = 150_000;

pub(super) struct RedbView {
    path: PathBuf,
    transaction: ReadTransaction,
    /// The point in the past that is looked at; `None` for the present.
    at: Option<Stamp>,
}

impl RedbView {
    pub(super) fn new(path: PathBuf, transaction: ReadTransaction, at: Option<Stamp>) -> Self {
        Self { path, transaction, at }
    }

    pub(super) fn table<K: Key + 'static, V: redb::Value + 'static>(
        &self,
        table: TableDefinition<'static, K, V>,
    ) -> Result<ReadOnlyTable<K, V>, Fault> {
        Ok(self.transaction.open_table(table)?)
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.told(&self.path))
    }

    pub(super) fn all<K: Key + 'static, T: DeserializeOwned>(
        &self,
        table: TableDefinition<'static, K, &'static [u8]>,
        what: &'static str,
    ) -> Result<Vec<T>, StoreError> {
        self.told((|| {
            let table = self.table(table)?;
            let mut rows = Vec::new();
            for row in table.iter()? {
                rows.push(decode(row?.1.value(), what)?);
            }
            Ok(rows)
        })())
    }

    fn one<K: Key + 'static, T: DeserializeOwned>(
        &self,
        table: TableDefinition<'static, K, &'static [u8]>,
        key: K::SelfType<'_>,
        what: &'static str,
    ) -> Result<Option<T>, StoreError> {
        self.told((|| get(&self.table(table)?, key, what))())
    }

    fn newest_of<T: DeserializeOwned>(
        &self,
        table: TableDefinition<'static, u64, &'static [u8]>,
        limit: usize,
        what: &'static str,
    ) -> Result<Vec<(u64, T)>, StoreError> {
        self.told((|| {
            let table = self.table(table)?;
            let mut rows = Vec::new();
            for row in table.iter()?.rev().take(limit) {
                let (key, row) = row?;
                rows.push((key.value(), decode(row.value(), what)?));
            }
            Ok(rows)
        })())
    }

    fn link_ledger(&self, link: LinkId, limit: usize) -> Result<LedgerPage, Fault> {
        let newest = self.at.map_or(Ok(u64::MAX), |at| self.last_line(at))?;
        let chain = Chain::of(self.table(t::LEDGER_NEWEST)?, self.table(t::LEDGER_BEFORE)?);
        let ledger = self.table(t::LEDGER)?;
        let mut entries = Vec::new();
        let mut next = chain.newest(link)?;
        while let Some(seq) = next
            && entries.len() < limit
        {
            next = chain.before(seq)?;
            if seq > newest {
                continue;
            }
            let Some(entry) = get(&ledger, seq, "a ledger entry")? else { break };
            entries.push((seq, entry));
        }
        Ok(LedgerPage { entries, more: None })
    }

    fn ledger_page(&self, ask: &LedgerAsk) -> Result<LedgerPage, Fault> {
        let ledger = self.table(t::LEDGER)?;
        let mut newest = ask.before.unwrap_or(u64::MAX);
        if let Some(at) = self.at {
            newest = newest.min(self.last_line(at)?.saturating_add(1));
        }
        let oldest = ask.after.map_or(0, |after| after + 1);
        let mut page = LedgerPage::default();
        if oldest >= newest {
            return Ok(page);
        }
        if let Some(classes) = classes(ask) {
            // What failed is few among many: only those are looked at.
            for row in self.table(t::LEDGER_FAILED)?.range(oldest..newest)?.rev() {
                let (seq, class) = row?;
                if !classes.contains(&class.value()) {
                    continue;
                }
                let Some(entry) = get(&ledger, seq.value(), "a ledger entry")? else { continue };
                if take(&mut page, ask, seq.value(), entry) {
                    return Ok(page);
                }
            }
            return Ok(page);
        }
        for (scanned, row) in ledger.range(oldest..newest)?.rev().enumerate() {
            let (seq, row) = row?;
            let seq = seq.value();
            match glance(ask, row.value()) {
                Glanced::Over => return Ok(page),
                Glanced::No if scanned < LONGEST_SCAN => continue,
                Glanced::No => {
                    page.more = Some(seq);
                    return Ok(page);
                }
                Glanced::Maybe => {}
            }
            if take(&mut page, ask, seq, decode(row.value(), "a ledger entry")?) {
                return Ok(page);
            }
            if scanned >= LONGEST_SCAN {
                page.more = Some(seq);
                return Ok(page);
            }
        }
        Ok(page)
    }

    fn matches(&self, ask: &LedgerAsk) -> Result<u64, Fault> {
        let newest = self.at.map_or(Ok(u64::MAX), |at| self.last_line(at))?;
        let ledger = self.table(t::LEDGER)?;
        let Filter { class, code, words, .. } = &ask.filter;
        let plain = Filter { class: class.clone(), code: code.clone(), ..Filter::default() };
        let mut count = 0;
        if let Some(classes) = classes(ask) {
            // A code is told only by the entry itself; a class by the index.
            let told = code.as_ref().is_none_or(|code| class_of(code).is_some());
            let by_index =
                told && ask.filter == plain && ask.account.is_none() && words.is_empty() && !ask.failed;
            for row in self.table(t::LEDGER_FAILED)?.range(..=newest)? {
                let (seq, class) = row?;
                if !classes.contains(&class.value()) {
                    continue;
                }
                if by_index {
                    count += 1;
                } else if let Some(entry) = get(&ledger, seq.value(), "a ledger entry")? {
                    count += u64::from(wanted(ask, &entry));
                }
            }
            return Ok(count);
        }
        if self.at.is_none() && ask.filter == Filter::default() && ask.account.is_none() {
            return Ok(ledger.len()?);
        }
        for row in ledger.range(..=newest)? {
            let (_, row) = row?;
            if glance(ask, row.value()) == Glanced::Maybe {
                let entry: Entry = decode(row.value(), "a ledger entry")?;
                count += u64::from(wanted(ask, &entry));
            }
        }
        Ok(count)
    }

    fn errors_page(&self, ask: &ErrorsAsk) -> Result<Vec<ErrorRecord>, Fault> {
        let errors = self.table(t::ERRORS)?;
        let newest = ask.before.map_or(u64::MAX, |before| before.0);
        let mut found = Vec::new();
        let mut take = |error: ErrorRecord| {
            let wanted = (ask.all_states || error.state != ErrorState::Resolved)
                && ask.group.as_ref().is_none_or(|group| *group == error.group)
                && error_matches(&ask.filter, &error);
            if wanted {
                found.push(error);
            }
            found.len() < ask.limit
        };
        if let (Some(group), false) = (&ask.group, ask.all_states) {
            let index = self.table(t::GROUP_ERRORS)?;
            for row in index.range((group.as_str(), 0)..(group.as_str(), newest))?.rev() {
                let id = row?.0.value().1;
                if let Some(error) = get(&errors, id, "an error")?
                    && !take(error)
                {
                    break;
                }
            }
        } else {
            for row in errors.range(0..newest)?.rev() {
                if !take(decode(row?.1.value(), "an error")?) {
                    break;
                }
            }
        }
        Ok(found)
    }
}

pub(super) fn counter_key(row: (u32, u32, u8, u8)) -> Option<CounterKey> {
    let (_, recipe, direction, what) = row;
    Some(CounterKey {
        recipe: RecipeId(recipe),
        direction: if direction == 0 { Direction::FromSalesforce } else { Direction::ToSalesforce },
        what: match what {
            0 => Counted::Created,
            1 => Counted::Updated,
            2 => Counted::Deleted,
            3 => Counted::Skipped,
            4 => Counted::Failed,
            5 => Counted::Retried,
            6 => Counted::Linked,
            _ => return None,
        },
    })
}

impl RedbView {
    /// Returns what was counted since the beginning.
    pub(super) fn all_totals(&self) -> Result<BTreeMap<CounterKey, u64>, Fault> {
        let mut sums = BTreeMap::new();
        for row in self.table(t::TOTALS)?.iter()? {
            let (key, count) = row?;
            let (recipe, direction, what) = key.value();
            if let Some(key) = counter_key((0, recipe, direction, what)) {
                sums.insert(key, count.value());
            }
        }
        Ok(sums)
    }

    /// Returns the counts of some hours as they are stored.
    pub(super) fn whole_hours(&self, hours: Range<u32>) -> Result<Vec<HourCount>, Fault> {
        if hours.is_empty() {
            return Ok(Vec::new());
        }
        let mut counts = Vec::new();
        for row in self.table(t::COUNTERS)?.range((hours.start, 0, 0, 0)..(hours.end, 0, 0, 0))? {
            let (key, count) = row?;
            let (hour, ..) = key.value();
            counts.extend(counter_key(key.value()).map(|key| HourCount { hour, key, count: count.value() }));
        }
        Ok(counts)
    }
}

impl View for RedbView {
    fn recorded(&self) -> Result<Option<Recorded>, StoreError> {
        self.at.map(|at| self.told(self.recorded_at(at))).transpose()
    }

    fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.all_at(Kind::Account, at, "an account"));
        }
        self.all(t::ACCOUNTS, "an account")
    }

    fn connections(&self) -> Result<Vec<Connection>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.connections_at(at));
        }
        self.all(t::CONNECTIONS, "a connection")
    }

    fn recipes(&self) -> Result<Vec<Recipe>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.recipes_at(at));
        }
        self.all(t::RECIPES, "a recipe")
    }

    fn people(&self) -> Result<Vec<People>, StoreError> {
        self.all(t::PEOPLE, "users")
    }

    fn activity(&self, recipe: RecipeId) -> Result<Activity, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.activity_at(recipe, at));
        }
        Ok(self.one(t::ACTIVITY, recipe.0, "an activity")?.unwrap_or_default())
    }

    fn schema(
        &self,
        connection: &ConnectionId,
        container: &ContainerId,
    ) -> Result<Option<Schema>, StoreError> {
        self.one(t::SCHEMAS, (connection.as_str(), container.as_str()), "a schema")
    }

    fn checkpoint(&self, stream: &StreamId) -> Result<Checkpoint, StoreError> {
        let key = (stream.connection.as_str(), stream.container.as_str());
        Ok(self.one(t::CHECKPOINTS, key, "a checkpoint")?.unwrap_or_default())
    }

    fn link(&self, id: LinkId) -> Result<Option<Link>, StoreError> {
        // What records held is known of the present alone.
        if self.at.is_some() {
            return Ok(None);
        }
        self.one(t::LINKS, id.0, "a link")
    }

    fn pending(&self, set: LinkSetId, id: LinkId) -> Result<Option<Pending>, StoreError> {
        self.one(t::PENDING, (set.0, id.0), "a pending link")
    }

    fn all_pending(&self) -> Result<Vec<(LinkSetId, LinkId, Pending)>, StoreError> {
        self.told((|| {
            let table = self.table(t::PENDING)?;
            let mut rows = Vec::new();
            for row in table.iter()? {
                let (key, row) = row?;
                let (set, link) = key.value();
                rows.push((LinkSetId(set), LinkId(link), decode(row.value(), "a pending link")?));
            }
            Ok(rows)
        })())
    }

    fn pending_after(
        &self,
        set: LinkSetId,
        after: LinkId,
        limit: usize,
    ) -> Result<Vec<(LinkId, Stamp)>, StoreError> {
        self.told((|| {
            let table = self.table(t::PENDING)?;
            let from = (set.0, after.0.saturating_add(1));
            let mut rows = Vec::new();
            for row in table.range(from..=(set.0, u64::MAX))?.take(limit) {
                let (key, row) = row?;
                let pending: Pending = decode(row.value(), "a pending link")?;
                rows.push((LinkId(key.value().1), pending.due));
            }
            Ok(rows)
        })())
    }

    fn pending_counts(&self) -> Result<BTreeMap<LinkSetId, u64>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.gauges_at(at)).map(|gauges| gauges.pending);
        }
        self.told((|| {
            let table = self.table(t::PENDING)?;
            let mut counts = BTreeMap::new();
            let ends =
                (table.first()?.map(|(key, _)| key.value().0), table.last()?.map(|(key, _)| key.value().0));
            if let (Some(first), Some(last)) = ends
                && first == last
            {
                // A first load leaves a million of one set behind, and the table knows how many rows it has.
                counts.insert(LinkSetId(first), table.len()?);
                return Ok(counts);
            }
            for row in table.iter()? {
                *counts.entry(LinkSetId(row?.0.value().0)).or_default() += 1;
            }
            Ok(counts)
        })())
    }

    fn waits(&self, set: LinkSetId, id: LinkId) -> Result<Option<Waits>, StoreError> {
        self.one(t::WAITS, (set.0, id.0), "what a link waits for")
    }

    fn waiting_for(
        &self,
        side: Side,
        parent: &RemoteId,
        limit: usize,
    ) -> Result<Vec<(LinkSetId, LinkId)>, StoreError> {
        self.told((|| {
            let table = self.table(t::WAITED_FOR)?;
            let (side, parent) = (t::side_code(side), parent.as_str());
            let mut found = Vec::new();
            for row in table.range((side, parent, 0)..=(side, parent, u64::MAX))?.take(limit) {
                let (key, set) = row?;
                found.push((LinkSetId(set.value()), LinkId(key.value().2)));
            }
            Ok(found)
        })())
    }

    fn waiting(&self, set: LinkSetId, limit: usize) -> Result<Vec<(LinkId, Waits)>, StoreError> {
        if self.at.is_some() {
            return Ok(Vec::new());
        }
        self.told((|| {
            let table = self.table(t::WAITS)?;
            let mut found = Vec::new();
            for row in table.range((set.0, 0)..=(set.0, u64::MAX))? {
                let (key, row) = row?;
                let waits: Waits = decode(row.value(), "what a link waits for")?;
                if waits.waiting() {
                    found.push((LinkId(key.value().1), waits));
                }
                if found.len() >= limit {
                    break;
                }
            }
            Ok(found)
        })())
    }

    fn waiting_counts(&self) -> Result<BTreeMap<LinkSetId, u64>, StoreError> {
        if self.at.is_some() {
            return Ok(BTreeMap::new());
        }
        self.told((|| {
            let table = self.table(t::WAITS)?;
            let mut counts = BTreeMap::new();
            for row in table.iter()? {
                let (key, row) = row?;
                let waits: Waits = decode(row.value(), "what a link waits for")?;
                if waits.waiting() {
                    *counts.entry(LinkSetId(key.value().0)).or_default() += 1;
                }
            }
            Ok(counts)
        })())
    }

    fn link_of(&self, set: LinkSetId, side: Side, id: &RemoteId) -> Result<Option<LinkId>, StoreError> {
        let read = || -> Result<Option<LinkId>, Fault> {
            let table = self.table(t::BY_REMOTE)?;
            Ok(table.get((set.0, t::side_code(side), id.as_str()))?.map(|row| LinkId(row.value())))
        };
        self.told(read())
    }

    fn records(
        &self,
        set: LinkSetId,
        side: Side,
        after: Option<&RemoteId>,
        limit: usize,
    ) -> Result<Vec<(RemoteId, LinkId)>, StoreError> {
        self.told((|| {
            let table = self.table(t::BY_REMOTE)?;
            let code = t::side_code(side);
            let from = after.map_or("", RemoteId::as_str);
            let mut rows = Vec::new();
            for row in table.range((set.0, code, from)..(set.0, code + 1, ""))? {
                let (key, link) = row?;
                let id = key.value().2;
                if after.is_some() && id == from {
                    continue;
                }
                if rows.len() == limit {
                    break;
                }
                rows.push((id.into(), LinkId(link.value())));
            }
            Ok(rows)
        })())
    }

    fn swept(&self, stream: &StreamId) -> Result<Option<Stamp>, StoreError> {
        self.told((|| {
            let at = self.table(t::META)?.get(&*t::swept(stream))?.map(|row| row.value());
            Ok(at.map(|ms| Stamp(i64::try_from(ms).unwrap_or(0))))
        })())
    }

    fn held(&self, limit: usize) -> Result<Vec<(LinkSetId, LinkId, Vec<u16>)>, StoreError> {
        self.told((|| {
            let table = self.table(t::HELD)?;
            let mut rows = Vec::new();
            for row in table.iter()?.take(limit) {
                let (key, row) = row?;
                let (set, link) = key.value();
                rows.push((LinkSetId(set), LinkId(link), decode(row.value(), "a held conflict")?));
            }
            Ok(rows)
        })())
    }

    fn held_count(&self) -> Result<u64, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.gauges_at(at)).map(|gauges| gauges.held);
        }
        self.told((|| Ok(self.table(t::HELD)?.len()?))())
    }

    fn is_copy(&self) -> Result<bool, StoreError> {
        self.told((|| Ok(self.table(t::META)?.get(care::COPIED)?.is_some()))())
    }

    fn brakes(&self) -> Result<Vec<Brake>, StoreError> {
        let mut brakes: Vec<Brake> = self.all(t::BRAKES, "a brake")?;
        brakes.retain(|brake| brake.held.is_some_and(|held| self.at.is_none_or(|at| held <= at)));
        Ok(brakes)
    }

    fn error(&self, id: ErrorId) -> Result<Option<ErrorRecord>, StoreError> {
        let error: Option<ErrorRecord> = self.one(t::ERRORS, id.0, "an error")?;
        match (error, self.at) {
            (Some(error), Some(at)) => self.told(self.error_at(error, at)),
            (error, _) => Ok(error),
        }
    }

    fn errors(&self, ask: &ErrorsAsk) -> Result<Vec<ErrorRecord>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.errors_at(ask, at));
        }
        self.told(self.errors_page(ask))
    }

    fn groups(&self) -> Result<Vec<Group>, StoreError> {
        let mut groups: Vec<Group> = match self.at {
            Some(at) => self.told(self.all_at(Kind::Group, at, "a cause"))?,
            None => self.all(t::GROUPS, "a cause")?,
        };
        // A cause that is put aside is remembered for what may come, even while it has no errors.
        groups.retain(|group| group.total() > 0);
        Ok(groups)
    }

    fn next_wake(&self) -> Result<Option<Stamp>, StoreError> {
        let first = self.told((|| {
            let first = self.table(t::SNOOZED)?.first()?.map(|(key, _)| Stamp(key.value().0));
            Ok(first)
        })())?;
        let groups: Vec<Group> = self.all(t::GROUPS, "a cause")?;
        let causes = groups.iter().filter_map(|group| group.snooze.as_ref()?.until);
        Ok(first.into_iter().chain(causes).min())
    }

    fn ledger(&self, ask: &LedgerAsk) -> Result<LedgerPage, StoreError> {
        self.told(match ask.link {
            Some(link) => self.link_ledger(link, ask.limit),
            None => self.ledger_page(ask),
        })
    }

    fn matches(&self, ask: &LedgerAsk) -> Result<u64, StoreError> {
        self.told(Self::matches(self, ask))
    }

    fn newest(&self) -> Result<u64, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.last_line(at));
        }
        self.told((|| Ok(self.table(t::LEDGER)?.last()?.map_or(0, |(seq, _)| seq.value())))())
    }

    fn hourly(&self, hours: Range<u32>) -> Result<Vec<HourCount>, StoreError> {
        self.told(match self.at {
            Some(at) => self.hourly_at(hours, at),
            None => self.whole_hours(hours),
        })
    }

    fn totals(&self) -> Result<BTreeMap<CounterKey, u64>, StoreError> {
        self.told(match self.at {
            Some(at) => self.totals_at(at),
            None => self.all_totals(),
        })
    }

    fn calls(&self, from_hour: u32) -> Result<BTreeMap<ConnectionId, u64>, StoreError> {
        if let Some(at) = self.at {
            return self.told(self.calls_at(from_hour, at));
        }
        self.told((|| {
            let table = self.table(t::CALLS)?;
            let mut sums = BTreeMap::new();
            for row in table.range((from_hour, "")..)? {
                let (key, count) = row?;
                *sums.entry(ConnectionId::from(key.value().1)).or_default() += count.value();
            }
            Ok(sums)
        })())
    }

    fn calls_for(&self, from_hour: u32) -> Result<Vec<CallsFor>, StoreError> {
        // Of a past hour only the whole is known.
        let to_hour = self.at.map_or(u32::MAX, Stamp::hour).max(from_hour);
        self.told((|| {
            let mut found = Vec::new();
            for row in self.table(t::CALLS_FOR)?.range((from_hour, "", 0, 0)..(to_hour, "", 0, 0))? {
                let (key, count) = row?;
                let (hour, connection, purpose, recipe) = key.value();
                let (connection, errand) = (ConnectionId::from(connection), fold::errand_of(purpose, recipe));
                found.push(CallsFor { hour, connection, errand, count: count.value() });
            }
            Ok(found)
        })())
    }

    fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        let job: Option<Job> = self.one(t::JOBS, id.0, "a job")?;
        match (job, self.at) {
            (Some(job), Some(at)) => self.told(self.job_at(&job, at)),
            (job, _) => Ok(job),
        }
    }

    fn jobs(&self, limit: usize) -> Result<Vec<Job>, StoreError> {
        let Some(at) = self.at else {
            return Ok(self.newest_of(t::JOBS, limit, "a job")?.into_iter().map(|(_, job)| job).collect());
        };
        let jobs: Vec<Job> = self.all(t::JOBS, "a job")?;
        let then = jobs.iter().rev().filter(|job| job.at <= at).take(limit);
        let known: Result<Vec<Option<Job>>, Fault> = then.map(|job| self.job_at(job, at)).collect();
        Ok(self.told(known)?.into_iter().flatten().collect())
    }

    fn audit_check(&self) -> Result<(u64, Vec<String>), StoreError> {
        let read = &self.transaction;
        self.told((|| Ok((care::audit_lines(read)?, care::audit_problems(read)?)))())
    }

    fn audit(&self, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
        let Some(at) = self.at else { return self.newest_of(t::AUDIT, limit, "an audit line") };
        let mut lines: Vec<(u64, AuditEntry)> = self.newest_of(t::AUDIT, usize::MAX, "an audit line")?;
        lines.retain(|(_, line)| line.at <= at);
        lines.truncate(limit);
        Ok(lines)
    }
}
