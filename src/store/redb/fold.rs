//! What follows from the ledger and the errors, kept in the same commit: counters, causes, jobs.

use std::collections::BTreeMap;

use redb::{ReadableTable, ReadableTableMetadata};

use super::codec::{Fault, get, put};
use super::journal::Kind;
use super::tables::Tables;
use crate::domain::errand::{Errand, Purpose};
use crate::domain::id::{JobId, LinkId, RecipeId};
use crate::domain::ledger::{Action, Entry, ErrorRecord, ErrorState, Outcome};
use crate::domain::recipe::{Activity, Direction};
use crate::domain::time::Stamp;
use crate::ports::{Counted, Group, Job, JobState};

/// Returns what a ledger entry counts as.
fn counted(entry: &Entry) -> Option<Counted> {
    Some(match (entry.outcome, entry.action) {
        (Outcome::Parked, _) => Counted::Failed,
        (Outcome::Error, _) => Counted::Retried,
        (Outcome::Ok, Action::Created | Action::Restored) => Counted::Created,
        (Outcome::Ok, Action::Updated) => Counted::Updated,
        (Outcome::Ok, Action::Deleted | Action::Archived) => Counted::Deleted,
        (Outcome::Ok, Action::Skipped) => Counted::Skipped,
        (Outcome::Ok, Action::Linked) => Counted::Linked,
        (Outcome::Ok, Action::Conflict) => return None,
    })
}

/// Returns the counter that a ledger entry adds to.
pub(super) fn counter(entry: &Entry) -> Option<(u32, u32, u8, u8)> {
    let what = counted_code(counted(entry)?);
    Some((entry.at.hour(), entry.recipe.0, direction_code(entry.direction), what))
}

pub(super) fn direction_code(direction: Direction) -> u8 {
    match direction {
        Direction::FromSalesforce => 0,
        Direction::ToSalesforce => 1,
    }
}

pub(super) fn counted_code(counted: Counted) -> u8 {
    match counted {
        Counted::Created => 0,
        Counted::Updated => 1,
        Counted::Deleted => 2,
        Counted::Skipped => 3,
        Counted::Failed => 4,
        Counted::Retried => 5,
        Counted::Linked => 6,
    }
}

/// Returns how an errand is written in a key.
pub(super) fn errand_key(errand: Errand) -> (u8, u32) {
    let purpose = match errand.purpose {
        Purpose::Look => 0,
        Purpose::Write => 1,
        Purpose::Retry => 2,
        Purpose::Person => 3,
        Purpose::Keep => 4,
    };
    (purpose, errand.recipe.map_or(0, |id| id.0))
}

/// Returns the errand of a key.
pub(super) fn errand_of(purpose: u8, recipe: u32) -> Errand {
    let known = Purpose::ALL.into_iter().find(|one| errand_key(Errand::shared(*one)).0 == purpose);
    let recipe = if recipe == 0 { None } else { Some(RecipeId(recipe)) };
    Errand { purpose: known.unwrap_or_default(), recipe }
}

/// What lines of the ledger add up to, as long as they are of one hour. A batch of hundreds has a handful of counters.
#[derive(Debug, Default)]
pub(super) struct Folding {
    hour: u32,
    counters: BTreeMap<(u32, u32, u8, u8), u64>,
    /// When each recipe last carried a change, and how many it carried.
    changed: BTreeMap<RecipeId, (Stamp, u32)>,
}

impl Tables<'_> {
    /// Writes down what the lines so far add up to.
    pub(super) fn fold(&mut self) -> Result<(), Fault> {
        let Folding { counters, changed, .. } = std::mem::take(&mut self.folding);
        for (key, count) in counters {
            let before = self.counters.get(key)?.map_or(0, |count| count.value());
            self.counters.insert(key, before + count)?;
            let (_, recipe, direction, what) = key;
            let before = self.totals.get((recipe, direction, what))?.map_or(0, |count| count.value());
            self.totals.insert((recipe, direction, what), before + count)?;
        }
        for (recipe, (at, count)) in changed {
            let before: Option<Activity> = get(&self.activity, recipe.0, "an activity")?;
            let mut activity = before.clone().unwrap_or_default();
            activity.changed(at, count);
            self.put_activity(recipe, before.as_ref(), &activity)?;
        }
        Ok(())
    }

    /// Sums the hours up once: data of an earlier version has no totals.
    pub(super) fn begin_totals(&mut self) -> Result<(), Fault> {
        if !self.totals.is_empty()? {
            return Ok(());
        }
        let mut sums: BTreeMap<(u32, u8, u8), u64> = BTreeMap::new();
        for row in self.counters.iter()? {
            let (key, count) = row?;
            let (_, recipe, direction, what) = key.value();
            *sums.entry((recipe, direction, what)).or_default() += count.value();
        }
        for (key, sum) in sums {
            self.totals.insert(key, sum)?;
        }
        Ok(())
    }

    /// Appends a line to the ledger under `seq`, with everything that is folded from it.
    pub(super) fn append(&mut self, seq: u64, entry: &Entry) -> Result<(), Fault> {
        put(&mut self.ledger, seq, entry)?;
        self.chain(entry.link, seq)?;
        if entry.outcome != Outcome::Ok || entry.failure.is_some() {
            let class = entry.failure.as_ref().map_or(u8::MAX, |(class, _)| class.rank());
            self.ledger_failed.insert(seq, class)?;
        }
        if self.folding.hour != entry.at.hour() {
            // What a recipe had done is remembered by the hour.
            self.fold()?;
            self.folding.hour = entry.at.hour();
        }
        if let Some(key) = counter(entry) {
            *self.folding.counters.entry(key).or_default() += 1;
        }
        if entry.outcome == Outcome::Ok {
            let (last, count) = self.folding.changed.entry(entry.recipe).or_insert((entry.at, 0));
            *last = entry.at.max(*last);
            *count += 1;
        }
        Ok(())
    }

    /// Stores an error as it now stands and moves it between the sums of its cause.
    pub(super) fn put_error(&mut self, error: &ErrorRecord) -> Result<(), Fault> {
        let before: Option<ErrorRecord> = get(&self.errors, error.id.0, "an error")?;
        if let Some(before) = &before {
            self.fold_group(before, false)?;
        }
        let asleep = error.state == ErrorState::Open && self.counts_as_snoozed(error, before.as_ref())?;
        let state = if asleep { ErrorState::Snoozed } else { error.state };
        let error = ErrorRecord { state, ..error.clone() };
        if before.is_none_or(|before| before.state != state) {
            self.remember_error(error.id.0, state)?;
        }
        put(&mut self.errors, error.id.0, &error)?;
        self.fold_group(&error, true)
    }

    /// Returns whether an error that wants a person joins a cause which a person has put aside.
    fn counts_as_snoozed(
        &mut self,
        error: &ErrorRecord,
        before: Option<&ErrorRecord>,
    ) -> Result<bool, Fault> {
        let key = error.group.as_str();
        let Some(mut group) = get::<_, Group>(&self.groups, key, "a cause")? else { return Ok(false) };
        let Some(snooze) = &mut group.snooze else { return Ok(false) };
        if before.is_none_or(|before| before.group != error.group) {
            snooze.new += 1;
            let over = snooze.is_over(error.last_at);
            put(&mut self.groups, key, &group)?;
            if over {
                self.wake_group(key)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Brings a cause back that was put aside, with all its errors.
    pub(super) fn wake_group(&mut self, key: &str) -> Result<(), Fault> {
        let Some(mut group) = get::<_, Group>(&self.groups, key, "a cause")? else { return Ok(()) };
        group.snooze = None;
        self.touch(Kind::Group, key);
        if group.total() == 0 {
            self.groups.remove(key)?;
            return Ok(());
        }
        put(&mut self.groups, key, &group)?;
        let mut asleep = Vec::new();
        for row in self.group_errors.range((key, 0)..=(key, u64::MAX))? {
            asleep.push(row?.0.value().1);
        }
        for id in asleep {
            let error: Option<ErrorRecord> = get(&self.errors, id, "an error")?;
            if let Some(error) = error.filter(|error| error.state == ErrorState::Snoozed) {
                self.put_error(&ErrorRecord { state: ErrorState::Open, ..error })?;
            }
        }
        Ok(())
    }

    fn fold_group(&mut self, error: &ErrorRecord, add: bool) -> Result<(), Fault> {
        let key = error.group.as_str();
        if error.state == ErrorState::Resolved {
            return Ok(());
        }
        self.touch(Kind::Group, key);
        let known: Option<Group> = get(&self.groups, key, "a cause")?;
        let mut group = known.unwrap_or_else(|| Group {
            id: error.group.clone(),
            cause: error.cause.clone(),
            sample: error.failure.message.clone(),
            open: 0,
            retrying: 0,
            snoozed: 0,
            ignored: 0,
            snooze: None,
            recipes: BTreeMap::new(),
            hours: BTreeMap::new(),
            tries: BTreeMap::new(),
            first_at: error.first_at,
            last_at: error.last_at,
        });
        group.fold(error, add);
        if add {
            self.group_errors.insert((key, error.id.0), ())?;
        } else {
            self.group_errors.remove((key, error.id.0))?;
        }
        if group.total() == 0 && group.snooze.is_none() {
            self.groups.remove(key)?;
        } else {
            put(&mut self.groups, key, &group)?;
        }
        Ok(())
    }

    /// Counts one more end of an operation that a job asked for.
    pub(super) fn advance_job(&mut self, id: JobId, succeeded: bool) -> Result<(), Fault> {
        let Some(mut job) = get::<_, Job>(&self.jobs, id.0, "a job")? else { return Ok(()) };
        if succeeded {
            job.ok += 1;
        } else {
            job.failed += 1;
        }
        if matches!(job.state, JobState::Waiting | JobState::Running) {
            let over = job.ok + job.failed + job.skipped >= job.of;
            job.state = if over { JobState::Done } else { JobState::Running };
        }
        self.put_job(&job)
    }

    /// Stores a job as it now stands.
    pub(super) fn put_job(&mut self, job: &Job) -> Result<(), Fault> {
        self.touch(Kind::Job, job.id.to_string());
        put(&mut self.jobs, job.id.0, job)
    }

    /// Takes a link out of what is still to be done.
    pub(super) fn rest(&mut self, set: u32, link: LinkId) -> Result<(), Fault> {
        self.pending.remove((set, link.0))?;
        Ok(())
    }
}
