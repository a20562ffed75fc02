//! Everything that the console's first screen shows, in one answer.

use super::{Answers, asked};
use crate::control::rows::Overview;
use crate::domain::id::AccountId;
use crate::domain::ledger::Outcome;
use crate::domain::time::{MINUTE, Stamp};
use crate::domain::unused::UNUSED_DAYS;
use crate::ports::{LedgerAsk, StoreError};
use crate::words::Words;

/// How many ledger lines the first screen gets.
const TAIL: usize = 40;

/// How many ledger entries the throughput of the last hour is counted from, at most.
const COUNTED: usize = 20_000;

/// How many minutes of throughput are shown.
const MINUTES: usize = 60;

impl Answers {
    pub(super) fn overview(
        &self,
        account: Option<&AccountId>,
        since: Stamp,
        words: &Words,
    ) -> Result<Overview, StoreError> {
        let status = self.statuses(account, words)?.into_iter().next().unwrap_or_default();
        let tail = LedgerAsk { account: account.cloned(), limit: TAIL, ..LedgerAsk::default() };
        let unused =
            self.recipes(account, false, UNUSED_DAYS)?.iter().filter(|row| !row.unused.is_empty()).count();
        Ok(Overview {
            groups: self.groups(account, words)?,
            objects: self.objects(account, Some(since), false)?,
            yesterday: self.yesterday(account, since)?,
            activity: self.activity(&tail)?.rows,
            throughput: self.throughput(account)?,
            unused: u32::try_from(unused).unwrap_or(u32::MAX),
            seq: self.store.read()?.newest()?,
            now: self.now(),
            status,
        })
    }

    /// Returns operations done and failed in each of the last sixty minutes.
    pub(super) fn throughput(&self, account: Option<&AccountId>) -> Result<Vec<(u32, u32)>, StoreError> {
        let now = self.now();
        let since = now.plus(-i64::try_from(MINUTES).unwrap_or(60) * MINUTE);
        let mut ask = LedgerAsk { limit: COUNTED, ..LedgerAsk::default() };
        ask.filter.since = Some(since);
        let mut minutes = vec![(0u32, 0u32); MINUTES];
        for (_, entry) in self.store.read()?.ledger(&ask)?.entries {
            if !asked(account, &entry.account) {
                continue;
            }
            let at = usize::try_from(entry.at.since(since) / MINUTE).unwrap_or(0).min(MINUTES - 1);
            if let Some((done, failed)) = minutes.get_mut(at) {
                *(if entry.outcome == Outcome::Ok { done } else { failed }) += 1;
            }
        }
        Ok(minutes)
    }
}
