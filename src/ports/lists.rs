//! What lists are asked for and hold: errors, their causes, lines of the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::failure::{Cause, Class};
use crate::domain::filter::Filter;
use crate::domain::id::{AccountId, ErrorId, GroupId, LinkId, RecipeId};
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState, Snooze};
use crate::domain::time::Stamp;

/// A question for errors.
#[derive(Clone, Debug, Default)]
pub struct ErrorsAsk {
    /// Of this cause only.
    pub group: Option<GroupId>,
    /// Only those that match.
    pub filter: Filter,
    /// Resolved ones too.
    pub all_states: bool,
    /// Older than this one.
    pub before: Option<ErrorId>,
    /// At most so many.
    pub limit: usize,
}

/// A question for ledger entries.
#[derive(Clone, Debug, Default)]
pub struct LedgerAsk {
    /// Only those that match.
    pub filter: Filter,
    /// Only failed ones.
    pub failed: bool,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Only of this link.
    pub link: Option<LinkId>,
    /// Older than this one.
    pub before: Option<u64>,
    /// Newer than this one.
    pub after: Option<u64>,
    /// At most so many.
    pub limit: usize,
}

/// A page of ledger entries.
#[derive(Clone, Debug, Default)]
pub struct LedgerPage {
    /// Numbered entries, newest first.
    pub entries: Vec<(u64, Entry)>,
    /// Where the search stopped; older entries may match still. `None` when the ledger's end was reached.
    pub more: Option<u64>,
}

/// A cause, with the sum of its errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What its errors have in common.
    pub cause: Cause,
    /// A message as the remote worded it.
    pub sample: Arc<str>,
    /// Open errors.
    pub open: u64,
    /// Errors that are being retried.
    pub retrying: u64,
    /// Snoozed errors.
    pub snoozed: u64,
    /// Ignored errors.
    pub ignored: u64,
    /// Until when the whole cause is put aside.
    pub snooze: Option<Snooze>,
    /// The recipes concerned, each with its number of errors.
    pub recipes: BTreeMap<RecipeId, u64>,
    /// When the first of them failed first.
    pub first_at: Stamp,
    /// When the last of them failed last.
    pub last_at: Stamp,
    /// The hours in which its errors failed first, each with their number; the newest hours only.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub hours: BTreeMap<u32, u64>,
    /// How often its errors were tried, each with their number.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub tries: BTreeMap<u32, u64>,
}

/// So many hours of a cause are kept.
const HOURS: usize = 48;

impl Group {
    /// Counts an error in, or out again.
    pub fn fold(&mut self, error: &ErrorRecord, add: bool) {
        let sum = match error.state {
            ErrorState::Open => &mut self.open,
            ErrorState::Retrying => &mut self.retrying,
            ErrorState::Snoozed => &mut self.snoozed,
            ErrorState::Ignored | ErrorState::Resolved => &mut self.ignored,
        };
        *sum = if add { *sum + 1 } else { sum.saturating_sub(1) };
        tally(&mut self.recipes, error.recipe, add);
        tally(&mut self.hours, error.first_at.hour(), add);
        tally(&mut self.tries, error.attempts, add);
        if self.hours.len() > HOURS {
            self.hours.pop_first();
        }
        if add {
            self.first_at = self.first_at.min(error.first_at);
            self.last_at = self.last_at.max(error.last_at);
        }
    }

    /// Returns how many errors it has that are not over.
    pub fn total(&self) -> u64 {
        self.open + self.retrying + self.snoozed + self.ignored
    }

    /// Returns what its errors have in common: their class.
    pub fn class(&self) -> Class {
        self.cause.class
    }
}

/// Counts one more or one less of something; what is no more is not kept.
fn tally<K: Ord>(counts: &mut BTreeMap<K, u64>, of: K, add: bool) {
    let before = counts.remove(&of);
    let after = if add { before.unwrap_or(0) + 1 } else { before.unwrap_or(0).saturating_sub(1) };
    if after > 0 {
        counts.insert(of, after);
    }
}
