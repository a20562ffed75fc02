//! Gathering: as long as a reading has more pages to come, their links go on in full batches. A page of 500 items is
//! two and a half collections of 200; one call for each remainder would cost a fifth more.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::id::LinkSetId;

/// How long the links of a reading's last page may be on their way to their lane.
const ON_THE_WAY: Duration = Duration::from_millis(50);

/// How long what is due waits for a full batch, however slow the reading is.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked whether the wait is over.
pub(super) const LOOK: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Readings {
    under_way: u32,
    ended: Option<Instant>,
}

/// Which sets of links have more to come.
#[derive(Clone, Default)]
pub(super) struct Coming(Arc<Mutex<BTreeMap<LinkSetId, Readings>>>);

/// A reading that has more pages, until it is dropped.
pub(super) struct More {
    coming: Coming,
    sets: Vec<LinkSetId>,
}

impl Coming {
    /// Notes that more is coming for these sets.
    pub(super) fn more(&self, sets: Vec<LinkSetId>) -> More {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in &sets {
            readings.entry(*set).or_default().under_way += 1;
        }
        More { coming: self.clone(), sets }
    }

    /// Returns whether more is coming for a set.
    pub(super) fn to(&self, set: LinkSetId) -> bool {
        let readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        readings.get(&set).is_some_and(|reading| {
            reading.under_way > 0 || reading.ended.is_some_and(|ended| ended.elapsed() < ON_THE_WAY)
        })
    }
}

impl Drop for More {
    fn drop(&mut self) {
        let mut readings = self.coming.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in &self.sets {
            if let Some(reading) = readings.get_mut(set) {
                reading.under_way = reading.under_way.saturating_sub(1);
                reading.ended = Some(Instant::now());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_comes_is_waited_for_until_it_has_arrived() {
        let (coming, set) = (Coming::default(), LinkSetId(7));
        assert!(!coming.to(set));
        let (first, second) = (coming.more(vec![set]), coming.more(vec![set, LinkSetId(8)]));
        drop(first);
        tokio::time::advance(ON_THE_WAY).await;
        assert!(coming.to(set) && coming.to(LinkSetId(8)) && !coming.to(LinkSetId(9)));
        drop(second);
        assert!(coming.to(set), "the last page may still be on its way");
        tokio::time::advance(ON_THE_WAY).await;
        assert!(!coming.to(set));
    }
}
