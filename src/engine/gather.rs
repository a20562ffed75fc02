//! Gathering: as long as a reading has more pages to come, their links go on in full batches. A page of 500 items is
//! two and a half collections of 200; one call for each remainder would cost a fifth more.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::lane::{BATCH, Call, Lane, Work};
use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::id::{LinkId, LinkSetId, Side};
use crate::domain::ledger::Action;
use crate::domain::plan::Policy;
use crate::domain::recipe::Recipe;
use crate::domain::settle::connection;
use crate::ports::Bulk;

/// How long the links of a reading's last page may be on their way to their lane.
const ON_THE_WAY: Duration = Duration::from_millis(50);

/// How long what is due waits for a full batch, however slow the reading is.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How long it waits where a batch is a job of thousands, which a reading brings together page by page.
pub(super) const PATIENCE_FOR_A_JOB: Duration = Duration::from_mins(2);

/// How often it is looked whether the wait is over.
pub(super) const LOOK: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Readings {
    under_way: u32,
    ended: Option<Instant>,
}

/// Which sets of links have more to come.
#[derive(Clone, Default)]
pub(super) struct Coming(Arc<Mutex<BTreeMap<(LinkSetId, Side), Readings>>>);

/// A reading that has more pages, until it is dropped.
pub(super) struct More {
    coming: Coming,
    side: Side,
    sets: Vec<LinkSetId>,
}

impl Coming {
    /// Notes that more is coming for these sets from one side.
    pub(super) fn more(&self, side: Side, sets: Vec<LinkSetId>) -> More {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in &sets {
            readings.entry((*set, side)).or_default().under_way += 1;
        }
        More { coming: self.clone(), side, sets }
    }

    /// Returns whether more is coming for a set from one side.
    pub(super) fn to(&self, set: LinkSetId, side: Side) -> bool {
        let readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        readings.get(&(set, side)).is_some_and(|reading| {
            reading.under_way > 0 || reading.ended.is_some_and(|ended| ended.elapsed() < ON_THE_WAY)
        })
    }
}

impl Drop for More {
    fn drop(&mut self) {
        let mut readings = self.coming.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in &self.sets {
            if let Some(reading) = readings.get_mut(&(*set, self.side)) {
                reading.under_way = reading.under_way.saturating_sub(1);
                reading.ended = Some(Instant::now());
            }
        }
    }
}

impl Lane {
    /// Has what waits looked at again once calls may be spent sooner than was thought: somebody raised a budget.
    pub(super) fn notice_calls(&mut self) {
        let book = self.shared.book();
        let exhausted = |id| {
            book.connections
                .get(id)
                .is_some_and(|row: &Arc<Connection>| row.state == ConnectionState::Exhausted)
        };
        let dry = book
            .sharing(self.set)
            .any(|rule| exhausted(&rule.recipe.salesforce) || exhausted(&rule.recipe.target));
        if std::mem::replace(&mut self.dry, dry) && !dry {
            let now = Instant::now();
            for (link, due) in &mut self.waiting {
                if *due > now {
                    self.ready.remove(&(*due, *link));
                    self.ready.insert((now, *link));
                    *due = now;
                }
            }
        }
    }

    /// Returns whether anything more is on its way.
    pub(super) fn more_comes(&self) -> bool {
        self.shared.coming.to(self.set, Side::Other) || self.shared.coming.to(self.set, Side::Salesforce)
    }

    /// Returns whether what is due is no full batch, and the rest of one is on its way.
    pub(super) fn waits_for_more(&self, due: &[(Instant, LinkId)], bulk: Option<Bulk>) -> bool {
        let waited = due.first().map_or(Duration::MAX, |(due, _)| due.elapsed());
        let job = bulk.is_some_and(|bulk| {
            due.len() < bulk.most
                && waited < PATIENCE_FOR_A_JOB
                && self.shared.coming.to(self.set, Side::Other)
        });
        job || (due.len() < BATCH && waited < PATIENCE && self.more_comes())
    }

    /// Returns how many records go into one job, where records are made in a system that has jobs.
    pub(super) fn bulk(&self, policy: &Policy, recipe: &Recipe) -> Option<Bulk> {
        policy.to_salesforce.as_ref()?;
        self.shared.keeper.known(connection(recipe, Side::Salesforce))?.bulk()
    }
}

impl Work {
    /// Returns how many go into one job, where enough records are to be made in a system that has jobs.
    pub(super) fn made_in_bulk(&self, calls: &[Call]) -> Option<Bulk> {
        let recipe = self.recipes.first()?;
        let bulk = self.shared.keeper.known(connection(recipe, Side::Salesforce))?.bulk()?;
        let made =
            calls.iter().filter(|call| call.intent.operation.side == Side::Salesforce && creates(call));
        (made.count() >= bulk.from).then_some(bulk)
    }
}

/// Returns whether a call makes a record.
pub(super) fn creates(call: &Call) -> bool {
    call.intent.operation.action == Action::Created
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_comes_is_waited_for_until_it_has_arrived() {
        let (coming, set, side) = (Coming::default(), LinkSetId(7), Side::Other);
        assert!(!coming.to(set, side));
        let first = coming.more(side, vec![set]);
        let second = coming.more(side, vec![set, LinkSetId(8)]);
        drop(first);
        tokio::time::advance(ON_THE_WAY).await;
        assert!(coming.to(set, side) && coming.to(LinkSetId(8), side) && !coming.to(LinkSetId(9), side));
        assert!(!coming.to(set, side.opposite()));
        drop(second);
        assert!(coming.to(set, side), "the last page may still be on its way");
        tokio::time::advance(ON_THE_WAY).await;
        assert!(!coming.to(set, side));
    }
}
