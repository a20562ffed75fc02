//! What the store can say of a point in the past, and what was never written down.

use crate::domain::time::{HOUR, Stamp};

/// How old a gauge may be and still stand for its time: an engine with nothing to do looks that seldom.
pub const GAUGE_MS: i64 = HOUR;

/// How much is known of one point in the past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Since when states are written down; `None` where they never were.
    pub from: Option<Stamp>,
    /// Whether the states of accounts, connections, recipes, causes and jobs are known.
    pub states: bool,
    /// Whether what waited then is known: it is measured each minute that an engine works, and kept by the hour later.
    pub gauges: bool,
    /// Up to when counts reach: the point itself, or the beginning of its hour where that hour's lines are gone.
    pub counts_to: Stamp,
}
