//! The step that lets go of what is older than people want to keep: a few rows at a time, so that nobody waits for it.
//!
//! Only what is over goes: lines of the ledger, errors that are resolved, jobs that have ended, calls of long ago.
//! Counters stay for two years and a month, the audit log and the links for ever.

use redb::ReadableTable;

use super::super::codec::{Fault, decode};
use super::super::journal::Kind;
use super::Stepper;
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState};
use crate::domain::time::{DAY, Stamp};
use crate::ports::{Committed, Job, JobState};

/// For how long counters are kept: a season can be told only by the year before.
const COUNTERS_MS: i64 = 25 * 31 * DAY;

/// Rows of the journal are small: so many times as many are looked at.
const PAST: usize = 8;

/// The name of the number that says up to which error resolved ones have been looked for.
const ERRORS: &str = "trimmed errors";

impl Stepper<'_, '_> {
    pub(super) fn trim(&mut self, before: Stamp, limit: usize) -> Result<Committed, Fault> {
        let more = self.trim_ledger(before, limit)?
            | self.trim_errors(before, limit)?
            | self.trim_jobs(before, limit)?
            | self.trim_hours(before, limit)?;
        *self.trimmed = self.t.trim_past(before, limit.saturating_mul(PAST), self.trimmed.take())?;
        Ok(Committed { more: more || self.trimmed.is_some(), ..Committed::default() })
    }

    fn trim_ledger(&mut self, before: Stamp, limit: usize) -> Result<bool, Fault> {
        // The newest line stays whatever its age: numbers go on from it.
        let newest = (*self.next_entry).saturating_sub(1);
        let mut old = Vec::new();
        for row in self.t.ledger.range(..newest)?.take(limit) {
            let (seq, row) = row?;
            let entry: Entry = decode(row.value(), "a ledger entry")?;
            if entry.at >= before {
                break;
            }
            old.push((seq.value(), entry.link));
        }
        for (seq, link) in &old {
            self.t.ledger.remove(seq)?;
            self.t.unchain(*link, *seq)?;
            self.t.ledger_failed.remove(seq)?;
        }
        Ok(old.len() == limit)
    }

    fn trim_errors(&mut self, before: Stamp, limit: usize) -> Result<bool, Fault> {
        let from = self.t.meta.get(ERRORS)?.map_or(0, |row| row.value());
        let mut old = Vec::new();
        let mut last = None;
        let mut looked = 0;
        for row in self.t.errors.range(from..)?.take(limit) {
            let (id, row) = row?;
            let error: ErrorRecord = decode(row.value(), "an error")?;
            if error.state == ErrorState::Resolved && error.last_at < before {
                old.push(id.value());
            }
            last = Some(id.value());
            looked += 1;
        }
        for id in old {
            self.t.forget_error(id)?;
            self.t.errors.remove(id)?;
        }
        // The next step goes on behind it; at the end the next round begins from the front.
        let over = looked < limit;
        let next = last.filter(|_| !over).map_or(0, |last| last + 1);
        self.t.meta.insert(ERRORS, next)?;
        Ok(!over)
    }

    fn trim_jobs(&mut self, before: Stamp, limit: usize) -> Result<bool, Fault> {
        let mut old = Vec::new();
        for row in self.t.jobs.iter()?.take(limit) {
            let (id, row) = row?;
            let job: Job = decode(row.value(), "a job")?;
            if job.at >= before {
                break;
            }
            if !matches!(job.state, JobState::Waiting | JobState::Running) {
                old.push(id.value());
            }
        }
        for id in &old {
            self.t.jobs.remove(id)?;
            self.t.forget(Kind::Job, &id.to_string())?;
        }
        Ok(old.len() == limit)
    }

    fn trim_hours(&mut self, before: Stamp, limit: usize) -> Result<bool, Fault> {
        let mut calls = Vec::new();
        for row in self.t.calls.range(..(before.hour(), ""))?.take(limit) {
            let (key, _) = row?;
            let (hour, connection) = key.value();
            calls.push((hour, connection.to_owned()));
        }
        for (hour, connection) in &calls {
            self.t.calls.remove((*hour, connection.as_str()))?;
        }
        let mut errands = Vec::new();
        for row in self.t.calls_for.range(..(before.hour(), "", 0, 0))?.take(limit) {
            let (key, _) = row?;
            let (hour, connection, purpose, recipe) = key.value();
            errands.push((hour, connection.to_owned(), purpose, recipe));
        }
        for (hour, connection, purpose, recipe) in &errands {
            self.t.calls_for.remove((*hour, connection.as_str(), *purpose, *recipe))?;
        }
        // Two years are counted from when the ledger is trimmed, so that a longer retention never undercuts them.
        let hour = before.plus(-COUNTERS_MS).hour();
        let mut counters = Vec::new();
        for row in self.t.counters.range(..(hour, 0, 0, 0))?.take(limit) {
            counters.push(row?.0.value());
        }
        for key in &counters {
            self.t.counters.remove(key)?;
        }
        Ok([calls.len(), errands.len(), counters.len()].contains(&limit))
    }
}
