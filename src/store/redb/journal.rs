//! The journal of how things stood: what a view of the past is read from. It knows rows, not what they mean.
//!
//! Whenever a connection, recipe, cause, job or account changes, its whole row is kept in the same commit under the
//! moment from which it holds. A view of the past is then one look for each thing, whatever happened before: there is
//! nothing to be folded, and the rows cannot say anything else than the present did at its time.
//!
//! What changes often (causes, jobs, gauges) is kept by the minute, and by the hour once it is two days old: the newest
//! row of a minute stands for it, so that whole minutes are told exactly. None of it is on the way of an operation that
//! succeeds, but for one row an hour and recipe, which says when it last carried a change.

use std::collections::BTreeMap;

use redb::ReadableTable;
use serde::{Deserialize, Serialize};

use super::codec::{Fault, decode, encode, put};
use super::tables::Tables;
use crate::domain::connection::{Connection, Usage};
use crate::domain::id::{LinkSetId, RecipeId};
use crate::domain::ledger::ErrorState;
use crate::domain::recipe::{Activity, Recipe};
use crate::domain::time::{DAY, HOUR, MINUTE, Stamp};
use crate::ports::{Account, Group, Job, Step};

/// The name of the number that says since when there is a journal.
pub(super) const FROM: &str = "past from";

/// For how long what changes often is kept by the minute.
const MINUTES_MS: i64 = 2 * DAY;

/// What is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Account,
    Connection,
    Recipe,
    Group,
    Job,
    /// What a recipe has done, by the hour.
    Activity,
    /// What a remote said of its limit, and the calls of the hour so far.
    Usage,
    /// What waits.
    Gauges,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Account,
        Self::Connection,
        Self::Recipe,
        Self::Group,
        Self::Job,
        Self::Activity,
        Self::Usage,
        Self::Gauges,
    ];

    pub(super) fn code(self) -> u8 {
        match self {
            Self::Account => 0,
            Self::Connection => 1,
            Self::Recipe => 2,
            Self::Group => 3,
            Self::Job => 4,
            Self::Activity => 5,
            Self::Usage => 6,
            Self::Gauges => 7,
        }
    }

    /// Returns whether it is kept by the minute.
    fn is_frequent(code: u8) -> bool {
        [Self::Group, Self::Job, Self::Usage, Self::Gauges].iter().any(|kind| kind.code() == code)
    }
}

/// What a connection has used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Used {
    pub(super) usage: Usage,
    /// The hour, and its calls so far.
    pub(super) hour: u32,
    pub(super) calls: u64,
}

/// What waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gauges {
    pub(super) pending: BTreeMap<LinkSetId, u64>,
    pub(super) held: u64,
}

/// How far the journal was trimmed; the next step goes on behind it.
pub(super) type Trimmed = Option<(u8, String, i64)>;

/// A row of the journal, as far as trimming looks at it.
struct Row {
    code: u8,
    thing: String,
    at: i64,
    gone: bool,
}

impl Row {
    /// Returns whether nothing is told by the row any more, seen with the one behind it.
    fn is_over(&self, next: Option<&Self>, before: Stamp, crowded: Stamp) -> bool {
        let next = next.filter(|next| next.code == self.code && next.thing == self.thing);
        let followed = next.is_some_and(|next| {
            let one_hour = next.at.div_euclid(HOUR) == self.at.div_euclid(HOUR);
            next.at <= before.0 || (one_hour && next.at < crowded.0 && Kind::is_frequent(self.code))
        });
        followed || (self.gone && self.at <= before.0)
    }
}

/// Returns the time that a step carries.
pub(super) fn time_of(step: &Step) -> Option<Stamp> {
    match step {
        Step::Observe { now, .. }
        | Step::Look { now, .. }
        | Step::Adopt { now, .. }
        | Step::Rest { now, .. }
        | Step::Settle { now, .. }
        | Step::Match { now, .. }
        | Step::Keep { now, .. }
        | Step::SetRecipes { now, .. }
        | Step::Missed { now, .. }
        | Step::RemoveConnection { now, .. }
        | Step::Estrange { now, .. }
        | Step::PutAccount { now, .. }
        | Step::RetryErrors { now, .. }
        | Step::SetErrors { now, .. }
        | Step::SnoozeErrors { now, .. }
        | Step::SnoozeGroup { now, .. }
        | Step::Wake { now }
        | Step::StopJob { now, .. }
        | Step::Calls { now, .. }
        | Step::OrgLimits { now, .. }
        | Step::RefusedByLimit { now, .. } => Some(*now),
        Step::Audit(line) => Some(line.at),
        Step::CreateRecipes(recipes) => recipes.first().map(|recipe| recipe.created_at),
        Step::PutJob(job) if job.id.0 == 0 => Some(job.at),
        Step::PutJob(_)
        | Step::PutConnection(_)
        | Step::Swept { .. }
        | Step::Trim { .. }
        | Step::Intend { .. }
        | Step::PutSchema(..)
        | Step::PutPeople(_)
        | Step::RemoveAccount(_) => None,
    }
}

pub(super) fn state_code(state: ErrorState) -> u8 {
    match state {
        ErrorState::Open => 0,
        ErrorState::Retrying => 1,
        ErrorState::Snoozed => 2,
        ErrorState::Ignored => 3,
        ErrorState::Resolved => 4,
    }
}

pub(super) fn state_of(code: u8) -> ErrorState {
    match code {
        0 => ErrorState::Open,
        1 => ErrorState::Retrying,
        2 => ErrorState::Snoozed,
        3 => ErrorState::Ignored,
        _ => ErrorState::Resolved,
    }
}

/// Returns when a recipe last did something.
pub(super) fn last_of(activity: &Activity) -> Option<Stamp> {
    activity.last_run_at.max(activity.last_change_at)
}

impl Tables<'_> {
    /// Notes that a thing changed; its row is remembered at the end of the step.
    pub(super) fn touch(&mut self, kind: Kind, key: impl Into<String>) {
        self.touched.insert((kind, key.into()));
    }

    /// Remembers everything that the step has changed, as it stands now.
    pub(super) fn remember(&mut self) -> Result<(), Fault> {
        if self.touched.is_empty() {
            return Ok(());
        }
        if self.meta.get(FROM)?.is_none() {
            self.begin()?;
        }
        for (kind, key) in std::mem::take(&mut self.touched) {
            let row = self.row(kind, &key)?;
            self.version(kind, &key, self.now, row.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }

    /// Begins the journal with everything that is there: data of an earlier version has none.
    fn begin(&mut self) -> Result<(), Fault> {
        self.meta.insert(FROM, u64::try_from(self.now.0).unwrap_or(0))?;
        let mut all = Vec::new();
        for row in self.accounts.iter()? {
            all.push((Kind::Account, row?.0.value().to_owned()));
        }
        for row in self.connections.iter()? {
            all.push((Kind::Connection, row?.0.value().to_owned()));
        }
        for row in self.recipes.iter()? {
            all.push((Kind::Recipe, row?.0.value().to_string()));
        }
        for row in self.groups.iter()? {
            all.push((Kind::Group, row?.0.value().to_owned()));
        }
        for row in self.jobs.iter()? {
            all.push((Kind::Job, row?.0.value().to_string()));
        }
        self.touched.extend(all);
        Ok(())
    }

    /// Returns a thing's row as it stands; `None` when it is gone.
    fn row(&self, kind: Kind, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        let number = || key.parse::<u64>().unwrap_or(0);
        let row = match kind {
            Kind::Account => self.accounts.get(key)?,
            Kind::Connection => self.connections.get(key)?,
            Kind::Recipe => self.recipes.get(u32::try_from(number()).unwrap_or(0))?,
            Kind::Group => self.groups.get(key)?,
            Kind::Job => self.jobs.get(number())?,
            Kind::Activity | Kind::Usage | Kind::Gauges => None,
        };
        Ok(row.map(|row| row.value().to_vec()))
    }

    /// Keeps a row as it stands from `at` on; an empty one says that the thing is gone.
    fn version(&mut self, kind: Kind, key: &str, at: Stamp, row: &[u8]) -> Result<(), Fault> {
        let code = kind.code();
        let newest = {
            let mut all = self.past.range((code, key, i64::MIN)..=(code, key, i64::MAX))?;
            match all.next_back().transpose()? {
                Some((_, same)) if same.value() == row && kind != Kind::Gauges => return Ok(()),
                found => found.map(|(key, _)| key.value().2),
            }
        };
        // A clock that was set back does not bring the older row to the front again.
        let at = newest.map_or(at.0, |newest| newest.max(at.0));
        if let Some(newest) = newest
            && Kind::is_frequent(code)
            && newest.div_euclid(MINUTE) == at.div_euclid(MINUTE)
        {
            self.past.remove((code, key, newest))?;
        }
        self.past.insert((code, key, at), row)?;
        Ok(())
    }

    /// Notes in which state an error is from now on.
    pub(super) fn remember_error(&mut self, id: u64, state: ErrorState) -> Result<(), Fault> {
        let newest = {
            let mut all = self.past_errors.range((id, i64::MIN)..=(id, i64::MAX))?;
            all.next_back().transpose()?.map(|(key, _)| key.value().1)
        };
        let at = newest.map_or(self.now.0, |newest| newest.max(self.now.0));
        self.past_errors.insert((id, at), state_code(state))?;
        Ok(())
    }

    /// Stores what a recipe has done, and what it had done before the hour began.
    pub(super) fn put_activity(
        &mut self,
        recipe: RecipeId,
        before: Option<&Activity>,
        after: &Activity,
    ) -> Result<(), Fault> {
        if let Some(before) = before
            && let Some(at) = last_of(before)
            && last_of(after).is_some_and(|now| now.hour() != at.hour())
        {
            self.version(Kind::Activity, &recipe.0.to_string(), at, &encode(before))?;
        }
        put(&mut self.activity, recipe.0, after)
    }

    /// Keeps what a remote said of its limit, and once a minute what waits.
    pub(super) fn gauge(&mut self, connection: &str, usage: Usage, calls: u64) -> Result<(), Fault> {
        let now = self.now;
        if self.meta.get(FROM)?.is_none() {
            self.begin()?;
        }
        self.version(Kind::Usage, connection, now, &encode(&Used { usage, hour: now.hour(), calls }))?;
        let last = {
            let code = Kind::Gauges.code();
            let mut all = self.past.range((code, "", i64::MIN)..=(code, "", i64::MAX))?;
            all.next_back().transpose()?.map(|(key, _)| key.value().2)
        };
        if last.is_some_and(|last| last.div_euclid(MINUTE) == now.0.div_euclid(MINUTE)) {
            return Ok(());
        }
        let mut gauges = Gauges::default();
        for row in self.pending.iter()? {
            *gauges.pending.entry(LinkSetId(row?.0.value().0)).or_default() += 1;
        }
        gauges.held = redb::ReadableTableMetadata::len(&self.held)?;
        self.version(Kind::Gauges, "", now, &encode(&gauges))
    }

    /// Lets go of what is older than `before`, but for how things stood then, and thins what is kept by the minute.
    /// Returns where to go on; `None` at the end.
    pub(super) fn trim_past(&mut self, before: Stamp, limit: usize, from: Trimmed) -> Result<Trimmed, Fault> {
        let (code, thing, at) = from.unwrap_or_default();
        let rows: Result<Vec<Row>, Fault> = self
            .past
            .range((code, thing.as_str(), at)..)?
            .take(limit.saturating_add(1))
            .map(|row| {
                let (key, row) = row?;
                let (code, thing, at) = key.value();
                Ok(Row { code, thing: thing.to_owned(), at, gone: row.value().is_empty() })
            })
            .collect();
        let rows = rows?;
        let crowded = Stamp(self.now.0.saturating_sub(MINUTES_MS));
        for (row, next) in rows.iter().take(limit).zip(rows.iter().skip(1).map(Some).chain([None])) {
            if row.is_over(next, before, crowded) {
                self.past.remove((row.code, row.thing.as_str(), row.at))?;
            }
        }
        let next = rows.into_iter().nth(limit).map(|row| (row.code, row.thing, row.at));
        if next.is_none() {
            let known = self.meta.get(FROM)?.map(|row| row.value());
            let kept = u64::try_from(before.0).unwrap_or(0);
            if known.is_some_and(|known| known < kept) {
                self.meta.insert(FROM, kept)?;
            }
        }
        Ok(next)
    }

    /// Forgets how a thing stood that is gone for good.
    pub(super) fn forget(&mut self, kind: Kind, key: &str) -> Result<(), Fault> {
        let code = kind.code();
        self.past.open_mut()?.retain_in((code, key, i64::MIN)..=(code, key, i64::MAX), |_, _| false)?;
        Ok(())
    }

    /// Forgets the states of an error that is gone.
    pub(super) fn forget_error(&mut self, id: u64) -> Result<(), Fault> {
        self.past_errors.open_mut()?.retain_in((id, i64::MIN)..=(id, i64::MAX), |_, _| false)?;
        Ok(())
    }
}

/// Returns whether a row of the journal can be read.
pub(super) fn reads(code: u8, row: &[u8]) -> bool {
    fn of<T: serde::de::DeserializeOwned>(row: &[u8]) -> bool {
        version_of::<T>(row, "a row of the past").is_ok()
    }
    match Kind::ALL.into_iter().find(|kind| kind.code() == code) {
        Some(Kind::Account) => of::<Account>(row),
        Some(Kind::Connection) => of::<Connection>(row),
        Some(Kind::Recipe) => of::<Recipe>(row),
        Some(Kind::Group) => of::<Group>(row),
        Some(Kind::Job) => of::<Job>(row),
        Some(Kind::Activity) => of::<Activity>(row),
        Some(Kind::Usage) => of::<Used>(row),
        Some(Kind::Gauges) => of::<Gauges>(row),
        None => false,
    }
}

/// Returns what a row of the journal holds; `None` for a thing that was gone.
pub(super) fn version_of<T: serde::de::DeserializeOwned>(
    row: &[u8],
    what: &'static str,
) -> Result<Option<T>, Fault> {
    if row.is_empty() { Ok(None) } else { decode(row, what).map(Some) }
}
