//! How things stood at a point in the past: the journal, the hours and the ledger's lines up to there, put together as
//! a view of the present would tell them.

use std::collections::BTreeMap;
use std::ops::Range;

use redb::ReadableTable;
use serde::de::DeserializeOwned;

use super::codec::{Fault, decode, get};
use super::fold;
use super::found::error_matches;
use super::journal::{FROM, Gauges, Kind, Used, last_of, state_of, version_of};
use super::tables as t;
use super::view::{RedbView, counter_key};
use crate::domain::connection::{Connection, Usage};
use crate::domain::id::{ConnectionId, RecipeId};
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState};
use crate::domain::recipe::{Activity, Recipe};
use crate::domain::time::{HOUR, Stamp};
use crate::ports::{CounterKey, ErrorsAsk, GAUGE_MS, HourCount, Job, Recorded};

impl RedbView {
    pub(super) fn recorded_at(&self, at: Stamp) -> Result<Recorded, Fault> {
        let from = self.recorded_from()?;
        let states = self.knows_states(at)?;
        let gauges =
            states && self.newest_at(Kind::Gauges, "", at)?.is_some_and(|(then, _)| at.0 - then <= GAUGE_MS);
        let hour = Stamp(at.0.div_euclid(HOUR) * HOUR);
        let counts_to = if self.has_lines_of(hour)? { at } else { hour };
        Ok(Recorded { from, states, gauges, counts_to })
    }

    fn recorded_from(&self) -> Result<Option<Stamp>, Fault> {
        let from = self.table(t::META)?.get(FROM)?.map(|row| row.value());
        Ok(from.map(|ms| Stamp(i64::try_from(ms).unwrap_or(i64::MAX))))
    }

    fn knows_states(&self, at: Stamp) -> Result<bool, Fault> {
        Ok(self.recorded_from()?.is_some_and(|from| from <= at))
    }

    /// Returns how a thing stood, and since when that was written down.
    fn newest_at(&self, kind: Kind, key: &str, at: Stamp) -> Result<Option<(i64, Vec<u8>)>, Fault> {
        let past = self.table(t::PAST)?;
        let mut rows = past.range((kind.code(), key, i64::MIN)..=(kind.code(), key, at.0))?;
        let Some(row) = rows.next_back() else { return Ok(None) };
        let (key, row) = row?;
        Ok(Some((key.value().2, row.value().to_vec())))
    }

    /// Returns how all things of a kind stood that were there.
    pub(super) fn all_at<T: DeserializeOwned>(
        &self,
        kind: Kind,
        at: Stamp,
        what: &'static str,
    ) -> Result<Vec<T>, Fault> {
        let past = self.table(t::PAST)?;
        let code = kind.code();
        let mut found = Vec::new();
        let mut after = (String::new(), i64::MIN);
        // From thing to thing, whatever each has been through.
        while let Some(row) = past.range((code, after.0.as_str(), after.1)..(code + 1, "", i64::MIN))?.next()
        {
            let thing = row?.0.value().1.to_owned();
            if let Some((_, row)) = self.newest_at(kind, &thing, at)? {
                found.extend(version_of(&row, what)?);
            }
            after = (thing + "\0", i64::MIN);
        }
        Ok(found)
    }

    pub(super) fn connections_at(&self, at: Stamp) -> Result<Vec<Connection>, Fault> {
        let mut all: Vec<Connection> = self.all_at(Kind::Connection, at, "a connection")?;
        for row in &mut all {
            row.usage = self.used_at(row.id.as_str(), at)?.map_or(Usage::default(), |used| used.usage);
        }
        Ok(all)
    }

    fn used_at(&self, connection: &str, at: Stamp) -> Result<Option<Used>, Fault> {
        let newest = self.newest_at(Kind::Usage, connection, at)?;
        Ok(match newest {
            Some((_, row)) => version_of(&row, "a gauge")?,
            None => None,
        })
    }

    pub(super) fn recipes_at(&self, at: Stamp) -> Result<Vec<Recipe>, Fault> {
        if !self.knows_states(at)? {
            // Which there were can be told all the same, and with it what was counted; not what they did.
            let mut all: Vec<Recipe> = self.all(t::RECIPES, "a recipe").map_err(Fault::from)?;
            all.retain(|recipe| recipe.created_at <= at);
            return Ok(all);
        }
        let mut all: Vec<Recipe> = self.all_at(Kind::Recipe, at, "a recipe")?;
        all.sort_by_key(|recipe| recipe.id);
        Ok(all)
    }

    /// Returns what a recipe had done: to the minute in the hours since which nothing else happened, else by the hour.
    pub(super) fn activity_at(&self, recipe: RecipeId, at: Stamp) -> Result<Activity, Fault> {
        let now: Activity = get(&self.table(t::ACTIVITY)?, recipe.0, "an activity")?.unwrap_or_default();
        if last_of(&now).is_none_or(|last| last <= at) {
            return Ok(now);
        }
        let then = self.newest_at(Kind::Activity, &recipe.0.to_string(), at)?;
        let then: Option<Activity> = match then {
            Some((_, row)) => version_of(&row, "an activity")?,
            None => None,
        };
        // Whatever came first came later than that.
        let loaded_at = now.loaded_at.filter(|loaded| *loaded <= at);
        Ok(then.unwrap_or(Activity { loaded_at, ..Activity::default() }))
    }

    pub(super) fn gauges_at(&self, at: Stamp) -> Result<Gauges, Fault> {
        let newest = self.newest_at(Kind::Gauges, "", at)?.filter(|(then, _)| at.0 - then <= GAUGE_MS);
        let known = match newest {
            Some((_, row)) => version_of(&row, "a gauge")?,
            None => None,
        };
        Ok(known.unwrap_or_default())
    }

    pub(super) fn job_at(&self, job: &Job, at: Stamp) -> Result<Option<Job>, Fault> {
        match self.newest_at(Kind::Job, &job.id.to_string(), at)? {
            Some((_, row)) => version_of(&row, "a job"),
            None => Ok(None),
        }
    }

    /// Returns an error in the state in which it was; `None` when it was not there, or not written down.
    pub(super) fn error_at(&self, error: ErrorRecord, at: Stamp) -> Result<Option<ErrorRecord>, Fault> {
        if error.first_at > at {
            return Ok(None);
        }
        let states = self.table(t::PAST_ERRORS)?;
        let newest = states.range((error.id.0, i64::MIN)..=(error.id.0, at.0))?.next_back().transpose()?;
        let state = newest.map(|(_, state)| state_of(state.value()));
        Ok(state.map(|state| ErrorRecord {
            state,
            last_at: error.last_at.min(at),
            next_retry_at: error.next_retry_at.filter(|_| state == error.state),
            ..error
        }))
    }

    pub(super) fn errors_at(&self, ask: &ErrorsAsk, at: Stamp) -> Result<Vec<ErrorRecord>, Fault> {
        let newest = ask.before.map_or(u64::MAX, |before| before.0);
        let mut found = Vec::new();
        for row in self.table(t::ERRORS)?.range(0..newest)?.rev() {
            if found.len() >= ask.limit {
                break;
            }
            let error: ErrorRecord = decode(row?.1.value(), "an error")?;
            if ask.group.as_ref().is_some_and(|group| *group != error.group) {
                continue;
            }
            if let Some(error) = self.error_at(error, at)?
                && (ask.all_states || error.state != ErrorState::Resolved)
                && error_matches(&ask.filter, &error)
            {
                found.push(error);
            }
        }
        Ok(found)
    }

    /// Returns the number of the last line of the ledger that was written by then.
    pub(super) fn last_line(&self, at: Stamp) -> Result<u64, Fault> {
        let ledger = self.table(t::LEDGER)?;
        let Some(first) = ledger.first()?.map(|(seq, _)| seq.value()) else { return Ok(0) };
        let last = ledger.last()?.map_or(0, |(seq, _)| seq.value());
        // Lines stand in the order of time: `low` is the first one that may lie behind it.
        let (mut low, mut high) = (first, last.saturating_add(1));
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(row) = ledger.range(middle..high)?.next() else {
                high = middle;
                continue;
            };
            let (seq, row) = row?;
            let entry: Entry = decode(row.value(), "a ledger entry")?;
            if entry.at <= at {
                low = seq.value() + 1;
            } else {
                high = middle;
            }
        }
        Ok(low.saturating_sub(1))
    }

    /// Returns whether the lines since then are still there.
    fn has_lines_of(&self, hour: Stamp) -> Result<bool, Fault> {
        let ledger = self.table(t::LEDGER)?;
        let Some((seq, row)) = ledger.first()? else { return Ok(true) };
        let entry: Entry = decode(row.value(), "a ledger entry")?;
        Ok(seq.value() <= 1 || entry.at < hour)
    }

    /// Returns the counts of whole hours, and of the last one line by line.
    pub(super) fn hourly_at(&self, hours: Range<u32>, at: Stamp) -> Result<Vec<HourCount>, Fault> {
        let last = at.hour();
        let mut counts = self.whole_hours(hours.start..hours.end.min(last))?;
        let begin = Stamp(at.0.div_euclid(HOUR) * HOUR);
        if !hours.contains(&last) || !self.has_lines_of(begin)? {
            return Ok(counts);
        }
        let mut sums: BTreeMap<CounterKey, u64> = BTreeMap::new();
        for row in self.table(t::LEDGER)?.range(..=self.last_line(at)?)?.rev() {
            let entry: Entry = decode(row?.1.value(), "a ledger entry")?;
            if entry.at < begin {
                break;
            }
            if let Some(key) = fold::counter(&entry).and_then(counter_key) {
                *sums.entry(key).or_default() += 1;
            }
        }
        counts.extend(sums.into_iter().map(|(key, count)| HourCount { hour: last, key, count }));
        Ok(counts)
    }

    /// Returns what had been counted since the beginning: all there is, without what came after.
    pub(super) fn totals_at(&self, at: Stamp) -> Result<BTreeMap<CounterKey, u64>, Fault> {
        let mut sums = self.all_totals()?;
        let hour = at.hour();
        for one in self.whole_hours(hour..u32::MAX)? {
            let sum = sums.entry(one.key).or_default();
            *sum = sum.saturating_sub(one.count);
        }
        for one in self.hourly_at(hour..u32::MAX, at)? {
            *sums.entry(one.key).or_default() += one.count;
        }
        sums.retain(|_, sum| *sum > 0);
        Ok(sums)
    }

    /// Returns the calls of whole hours, and of the last one as far as it had come.
    pub(super) fn calls_at(&self, from_hour: u32, at: Stamp) -> Result<BTreeMap<ConnectionId, u64>, Fault> {
        let hour = at.hour();
        let mut sums: BTreeMap<ConnectionId, u64> = BTreeMap::new();
        for row in self.table(t::CALLS)?.range((from_hour, "")..(hour.max(from_hour), ""))? {
            let (key, count) = row?;
            *sums.entry(ConnectionId::from(key.value().1)).or_default() += count.value();
        }
        let then: Vec<Connection> = self.all_at(Kind::Connection, at, "a connection")?;
        for row in then.into_iter().filter(|_| hour >= from_hour) {
            if let Some(used) = self.used_at(row.id.as_str(), at)?.filter(|used| used.hour == hour) {
                *sums.entry(row.id).or_default() += used.calls;
            }
        }
        Ok(sums)
    }
}
