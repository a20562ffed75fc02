//! Reading in slices of time, for an object on which one query takes the server too long: each slice is half as wide
//! as one that was too much, and the next one twice as wide as one that was not.

use std::sync::Arc;

use crate::domain::failure::Failure;
use crate::domain::time::{DAY, MINUTE, Stamp};

/// How a place in a sliced reading begins.
const PLACE: &str = "slice:";

/// Nothing in any org was changed before 1 March 1999.
const FIRST: Stamp = Stamp(920_246_400_000);

/// What even a slice so narrow does not answer in time has another cause.
const NARROWEST: i64 = MINUTE;

/// A slice, and where in its pages the reading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    /// Where it begins.
    pub(super) from: Stamp,
    /// How wide it is, in milliseconds.
    width: i64,
    /// The next page of it; none to begin with it.
    pub(super) page: Option<Arc<str>>,
}

impl Slice {
    /// Returns the first slice of a reading from `from` on that was too much in one.
    pub(super) fn first(from: Stamp, now: Stamp) -> Self {
        let from = from.max(FIRST);
        Self { from, width: (now.since(from) / 2).max(NARROWEST), page: None }
    }

    /// Returns the slice that a place names; `None` when it is no place of a slice.
    pub(super) fn at(place: &str) -> Option<Self> {
        let mut parts = place.strip_prefix(PLACE)?.splitn(3, ':');
        let (from, width) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let page = parts.next().filter(|page| !page.is_empty()).map(Arc::from);
        Some(Self { from: Stamp(from), width, page })
    }

    /// Returns the place that names it.
    pub(super) fn place(&self) -> Arc<str> {
        let page = self.page.as_deref().unwrap_or_default();
        format!("{PLACE}{}:{}:{page}", self.from.0, self.width).into()
    }

    /// Returns where it ends; the last one has no end, because our clock is not the server's.
    pub(super) fn end(&self, now: Stamp) -> Option<Stamp> {
        Some(self.from.plus(self.width)).filter(|end| *end < now.plus(-DAY))
    }

    /// Returns what comes after a page of it: its next page, the next slice, or nothing.
    pub(super) fn after(&self, page: Option<Arc<str>>, now: Stamp) -> Option<Self> {
        match (page, self.end(now)) {
            (Some(page), _) => Some(Self { page: Some(page), ..self.clone() }),
            (None, Some(end)) => Some(Self { from: end, width: self.width.saturating_mul(2), page: None }),
            (None, None) => None,
        }
    }

    /// Returns the first half of it, where it can be halved.
    pub(super) fn halved(&self, now: Stamp) -> Option<Self> {
        // The last one reaches no further than now, however wide it is said to be.
        let width = self.width.min(now.since(self.from)) / 2;
        (width >= NARROWEST).then_some(Self { from: self.from, width, page: None })
    }
}

/// Returns whether a failure says that the server took too long over a query.
pub(super) fn too_much(failure: &Failure) -> bool {
    matches!(&*failure.code, "QUERY_TIMEOUT" | "REQUEST_RUNNING_TOO_LONG")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Stamp = Stamp(1_763_800_000_000);

    #[test]
    fn slices_cover_all_time_without_a_gap() {
        let mut slice = Slice::first(Stamp::ZERO, NOW);
        assert_eq!(slice.from, FIRST);
        for _ in 0..5 {
            slice = slice.halved(NOW).unwrap();
        }
        let mut slices = 1;
        while let Some(next) = slice.after(None, NOW) {
            assert_eq!(Some(next.from), slice.end(NOW), "no gap and no overlap");
            assert_eq!(Slice::at(&next.place()), Some(next.clone()));
            slice = next;
            slices += 1;
        }
        assert_eq!(slice.end(NOW), None, "the last one is open");
        assert!(slices <= 7, "{slices}");
    }

    #[test]
    fn pages_of_a_slice_come_before_the_next_one() {
        let slice = Slice::first(NOW.plus(-100 * DAY), NOW);
        let page = slice.after(Some("/services/data/v62.0/query/01g-2000".into()), NOW).unwrap();
        assert_eq!(
            (page.from, page.page.as_deref()),
            (slice.from, Some("/services/data/v62.0/query/01g-2000"))
        );
        assert_eq!(Slice::at(&page.place()).unwrap(), page);
        assert_eq!(page.after(None, NOW).unwrap().from, slice.end(NOW).unwrap());
        assert!(Slice::at("/services/data/v62.0/query/01g-2000").is_none());
    }

    #[test]
    fn halving_ends() {
        let mut slice = Slice::first(NOW.plus(-DAY), NOW);
        let mut halves = 0;
        while let Some(half) = slice.halved(NOW) {
            slice = half;
            halves += 1;
        }
        assert!((5..=12).contains(&halves), "{halves}");
    }
}
