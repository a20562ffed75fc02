//! What can be read: one consistent view of the last commit.

use std::collections::BTreeMap;
use std::path::PathBuf;

use redb::{Key, ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, TableDefinition};
use serde::de::DeserializeOwned;

use super::care;
use super::codec::{Fault, decode, get};
use super::tables as t;
use crate::domain::connection::Connection;
use crate::domain::failure::Class;
use crate::domain::filter::Filter;
use crate::domain::id::{
    ConnectionId, ContainerId, ErrorId, JobId, LinkId, LinkSetId, RecipeId, RemoteId, Side,
};
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState, Outcome};
use crate::domain::link::{Link, Pending};
use crate::domain::parents::Waits;
use crate::domain::people::People;
use crate::domain::recipe::{Activity, Direction, Recipe};
use crate::domain::schema::Schema;
use crate::domain::time::Stamp;
use crate::ports::{
    Account, AuditEntry, Brake, Checkpoint, Counted, CounterKey, ErrorsAsk, Group, Job, LedgerAsk,
    LedgerPage, StoreError, StreamId, View,
};

/// How many rows one question looks at, so that no reader holds its view for long.
const LONGEST_SCAN: usize = 250_000;

pub(super) struct RedbView {
    path: PathBuf,
    transaction: ReadTransaction,
}

impl RedbView {
    pub(super) fn new(path: PathBuf, transaction: ReadTransaction) -> Self {
        Self { path, transaction }
    }

    fn table<K: Key + 'static, V: redb::Value + 'static>(
        &self,
        table: TableDefinition<'static, K, V>,
    ) -> Result<ReadOnlyTable<K, V>, Fault> {
        Ok(self.transaction.open_table(table)?)
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.told(&self.path))
    }

    fn all<K: Key + 'static, T: DeserializeOwned>(
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
        let index = self.table(t::LEDGER_BY_LINK)?;
        let ledger = self.table(t::LEDGER)?;
        let mut entries = Vec::new();
        for row in index.range((link.0, 0)..=(link.0, u64::MAX))?.rev().take(limit) {
            let seq = row?.0.value().1;
            if let Some(entry) = get(&ledger, seq, "a ledger entry")? {
                entries.push((seq, entry));
            }
        }
        Ok(LedgerPage { entries, more: None })
    }

    fn ledger_page(&self, ask: &LedgerAsk) -> Result<LedgerPage, Fault> {
        let ledger = self.table(t::LEDGER)?;
        let newest = ask.before.unwrap_or(u64::MAX);
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
        let ledger = self.table(t::LEDGER)?;
        let Filter { class, code, words, .. } = &ask.filter;
        let plain = Filter { class: class.clone(), code: code.clone(), ..Filter::default() };
        let mut count = 0;
        if let Some(classes) = classes(ask) {
            // A code is told only by the entry itself; a class by the index.
            let told = code.as_ref().is_none_or(|code| class_of(code).is_some());
            let by_index =
                told && ask.filter == plain && ask.account.is_none() && words.is_empty() && !ask.failed;
            for row in self.table(t::LEDGER_FAILED)?.iter()? {
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
        if ask.filter == Filter::default() && ask.account.is_none() {
            return Ok(ledger.len()?);
        }
        for row in ledger.iter()? {
            let entry: Entry = decode(row?.1.value(), "a ledger entry")?;
            count += u64::from(wanted(ask, &entry));
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

fn same(wanted: Option<&String>, text: &str) -> bool {
    wanted.is_none_or(|wanted| text.eq_ignore_ascii_case(wanted))
}

fn matches_failure(filter: &Filter, failure: Option<(Class, &str)>) -> bool {
    let class = failure.map_or("", |(class, _)| class.name());
    let code = failure.map_or("", |(_, code)| code);
    same(filter.class.as_ref(), class)
        && filter.code.as_ref().is_none_or(|wanted| code.eq_ignore_ascii_case(wanted) || class == wanted)
}

fn matches_id(filter: &Filter, ids: [&Option<RemoteId>; 2]) -> bool {
    filter
        .id
        .as_ref()
        .is_none_or(|wanted| ids.into_iter().flatten().any(|id| id.as_str().to_lowercase().contains(wanted)))
}

/// Takes an entry onto the page if it is wanted; returns whether the page is at its end.
fn take(page: &mut LedgerPage, ask: &LedgerAsk, seq: u64, entry: Entry) -> bool {
    if ask.filter.since.is_some_and(|since| entry.at < since) {
        return true;
    }
    if !wanted(ask, &entry) {
        return false;
    }
    if page.entries.len() >= ask.limit {
        page.more = Some(seq + 1);
        return true;
    }
    page.entries.push((seq, entry));
    false
}

fn wanted(ask: &LedgerAsk, entry: &Entry) -> bool {
    (!ask.failed || entry.outcome != Outcome::Ok)
        && ask.account.as_ref().is_none_or(|account| *account == entry.account)
        && ask.filter.since.is_none_or(|since| entry.at >= since)
        && entry_matches(&ask.filter, entry)
}

/// Returns the classes, as the index of failures knows them, among which everything wanted is found; `None` when that
/// index is of no use.
fn classes(ask: &LedgerAsk) -> Option<Vec<u8>> {
    let one = |name: &String| class_of(name).map(|class| vec![class.rank()]);
    let every = || Class::ALL.iter().map(|class| class.rank()).chain([u8::MAX]).collect();
    match (&ask.filter.class, &ask.filter.code) {
        (Some(class), _) => Some(one(class).unwrap_or_default()),
        (None, Some(code)) => Some(one(code).unwrap_or_else(every)),
        (None, None) => ask.failed.then(every),
    }
}

fn class_of(name: &str) -> Option<Class> {
    Class::ALL.iter().find(|class| class.name() == name).copied()
}

fn entry_matches(filter: &Filter, entry: &Entry) -> bool {
    matches_failure(filter, entry.failure.as_ref().map(|(class, code)| (*class, code.as_ref())))
        && same(filter.object.as_ref(), entry.object.as_str())
        && filter.direction.is_none_or(|direction| direction == entry.direction)
        && filter.recipe.as_ref().is_none_or(|recipe| recipe.parse() == Ok(entry.recipe))
        && same(filter.by.as_ref(), &entry.by)
        && matches_id(filter, [&entry.salesforce_id, &entry.target_id])
        && (filter.words.is_empty()
            || filter.finds(&[
                &entry.record_name,
                entry.object.as_str(),
                entry.action.name(),
                entry.failure.as_ref().map_or("", |(_, code)| code),
            ]))
}

fn error_matches(filter: &Filter, error: &ErrorRecord) -> bool {
    matches_failure(filter, Some((error.failure.class, &error.failure.code)))
        && same(filter.object.as_ref(), error.object.as_str())
        && same(filter.connection.as_ref(), error.connection.as_str())
        && filter.direction.is_none_or(|direction| direction == error.direction)
        && filter.recipe.as_ref().is_none_or(|recipe| recipe.parse() == Ok(error.recipe))
        && filter.since.is_none_or(|since| error.last_at >= since)
        && matches_id(filter, [&error.salesforce_id, &error.target_id])
        && (filter.words.is_empty()
            || filter.finds(&[
                &error.record_name,
                error.object.as_str(),
                &error.failure.message,
                &error.failure.code,
            ]))
}

fn counter_key(row: (u32, u32, u8, u8)) -> Option<CounterKey> {
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

impl View for RedbView {
    fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.all(t::ACCOUNTS, "an account")
    }

    fn connections(&self) -> Result<Vec<Connection>, StoreError> {
        self.all(t::CONNECTIONS, "a connection")
    }

    fn recipes(&self) -> Result<Vec<Recipe>, StoreError> {
        self.all(t::RECIPES, "a recipe")
    }

    fn people(&self) -> Result<Vec<People>, StoreError> {
        self.all(t::PEOPLE, "users")
    }

    fn activity(&self, recipe: RecipeId) -> Result<Activity, StoreError> {
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

    fn pending_counts(&self) -> Result<BTreeMap<LinkSetId, u64>, StoreError> {
        self.told((|| {
            let table = self.table(t::PENDING)?;
            let mut counts = BTreeMap::new();
            for row in table.iter()? {
                *counts.entry(LinkSetId(row?.0.value().0)).or_default() += 1;
            }
            Ok(counts)
        })())
    }

    fn waits(&self, set: LinkSetId, id: LinkId) -> Result<Option<Waits>, StoreError> {
        self.one(t::WAITS, (set.0, id.0), "what a link waits for")
    }

    fn waiting(&self, set: LinkSetId, limit: usize) -> Result<Vec<(LinkId, Waits)>, StoreError> {
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
        self.told((|| Ok(self.table(t::HELD)?.len()?))())
    }

    fn brakes(&self) -> Result<Vec<Brake>, StoreError> {
        let mut brakes: Vec<Brake> = self.all(t::BRAKES, "a brake")?;
        brakes.retain(|brake| brake.held.is_some());
        Ok(brakes)
    }

    fn error(&self, id: ErrorId) -> Result<Option<ErrorRecord>, StoreError> {
        self.one(t::ERRORS, id.0, "an error")
    }

    fn errors(&self, ask: &ErrorsAsk) -> Result<Vec<ErrorRecord>, StoreError> {
        self.told(self.errors_page(ask))
    }

    fn groups(&self) -> Result<Vec<Group>, StoreError> {
        let mut groups: Vec<Group> = self.all(t::GROUPS, "a cause")?;
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
        self.told((|| Ok(self.table(t::LEDGER)?.last()?.map_or(0, |(seq, _)| seq.value())))())
    }

    fn counters(&self, from_hour: u32) -> Result<BTreeMap<CounterKey, u64>, StoreError> {
        self.told((|| {
            let table = self.table(t::COUNTERS)?;
            let mut sums = BTreeMap::new();
            for row in table.range((from_hour, 0, 0, 0)..)? {
                let (key, count) = row?;
                if let Some(key) = counter_key(key.value()) {
                    *sums.entry(key).or_default() += count.value();
                }
            }
            Ok(sums)
        })())
    }

    fn calls(&self, from_hour: u32) -> Result<BTreeMap<ConnectionId, u64>, StoreError> {
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

    fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        self.one(t::JOBS, id.0, "a job")
    }

    fn jobs(&self, limit: usize) -> Result<Vec<Job>, StoreError> {
        Ok(self.newest_of(t::JOBS, limit, "a job")?.into_iter().map(|(_, job)| job).collect())
    }

    fn audit_check(&self) -> Result<(u64, Vec<String>), StoreError> {
        let read = &self.transaction;
        self.told((|| Ok((care::audit_lines(read)?, care::audit_problems(read)?)))())
    }

    fn audit(&self, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
        self.newest_of(t::AUDIT, limit, "an audit line")
    }
}
