//! What the store counts: the ledger, folded.

use serde::{Deserialize, Serialize};

use crate::domain::id::RecipeId;
use crate::domain::recipe::Direction;

/// What is counted, from the ledger, in the same commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CounterKey {
    /// The recipe.
    pub recipe: RecipeId,
    /// Which way.
    pub direction: Direction,
    /// What was counted.
    pub what: Counted,
}

/// A count of one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourCount {
    /// The hour, counted from 1970.
    pub hour: u32,
    /// What was counted.
    pub key: CounterKey,
    /// How often.
    pub count: u64,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Counted {
    /// Records created or restored.
    Created,
    /// Records changed.
    Updated,
    /// Records deleted or archived.
    Deleted,
    /// Changes that needed no write.
    Skipped,
    /// Operations that were parked.
    Failed,
    /// Tries that failed and are repeated.
    Retried,
    /// Links made between records that existed.
    Linked,
}
