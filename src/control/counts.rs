//! Rows of what went across: by object and direction, and by hour. Knows no store and no screen.

use serde::{Deserialize, Serialize};

use crate::domain::id::{ObjectName, RecipeId};
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;
use crate::ports::Counted;

/// How many days the usual is told from.
pub const USUAL_DAYS: u32 = 28;
/// Fewer days say nothing of what is usual.
pub const USUAL_LEAST: usize = 7;
/// So many times the usual are odd ...
const ODD_TIMES: u64 = 3;
/// ... from so many on.
const ODD_LEAST: u64 = 10;

/// How often each thing was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records created.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Records deleted or archived.
    pub deleted: u64,
    /// Changes that needed no write.
    pub skipped: u64,
    /// Operations that were parked.
    pub failed: u64,
}

impl Counts {
    /// Counts one kind of thing further.
    pub fn count(&mut self, what: Counted, count: u64) {
        match what {
            Counted::Created => self.created += count,
            Counted::Updated => self.updated += count,
            Counted::Deleted => self.deleted += count,
            Counted::Skipped => self.skipped += count,
            Counted::Failed => self.failed += count,
            Counted::Retried | Counted::Linked => {}
        }
    }

    /// Adds the counts of something else.
    pub fn add(&mut self, other: Self) {
        *self = Self::of(|pick| pick(self) + pick(&other));
    }

    /// Returns how many records were written.
    pub fn written(&self) -> u64 {
        self.created + self.updated + self.deleted
    }

    /// Makes counts, each by a rule that is given the way to pick it.
    pub fn of(rule: impl Fn(fn(&Self) -> u64) -> u64) -> Self {
        Self {
            created: rule(|counts| counts.created),
            updated: rule(|counts| counts.updated),
            deleted: rule(|counts| counts.deleted),
            skipped: rule(|counts| counts.skipped),
            failed: rule(|counts| counts.failed),
        }
    }

    /// Returns the middle one of each count, the lower of two middle ones.
    pub fn median(many: &[Self]) -> Self {
        Self::of(|pick| {
            let mut values: Vec<u64> = many.iter().map(pick).collect();
            values.sort_unstable();
            values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(0)
        })
    }
}

/// Counts of one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectTotals {
    /// The object.
    pub object: ObjectName,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Counts of one object in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectRow {
    /// Which way.
    pub direction: Direction,
    /// The counts.
    #[serde(flatten)]
    pub totals: ObjectTotals,
    /// When a change of it last went across.
    pub last_change_at: Option<Stamp>,
    /// Up to when both sides are known to be equal, for the recipe that is furthest behind.
    #[serde(default)]
    pub in_step_to: Option<Stamp>,
    /// Its recipes that run.
    #[serde(default)]
    pub active: Vec<RecipeId>,
    /// Its recipes that are paused.
    #[serde(default)]
    pub paused: Vec<RecipeId>,
    /// What was counted in the whole hours of the period, without the present one.
    #[serde(default)]
    pub whole: Counts,
    /// The same hours a day earlier, or a week where the period is longer than a day.
    #[serde(default)]
    pub before: Option<Counts>,
    /// The present hour.
    #[serde(default)]
    pub hour: Counts,
    /// The median of this hour of the day over 28 days; none while fewer than seven are known.
    #[serde(default)]
    pub usual: Option<Counts>,
}

/// Something about the counts that a person should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Many more failures than usual.
    Failures,
    /// Many more deletions than usual.
    Deletions,
    /// Many more creations than usual.
    Creations,
    /// Many more changes than usual.
    Changes,
    /// No creations, where there were some a day earlier.
    NoCreations,
    /// No changes, where there were some a day earlier.
    NoChanges,
}

impl ObjectRow {
    /// Returns what is odd about the counts, the worst first: more than three times the usual of this hour, or
    /// nothing where there was something in the same hours before.
    pub fn odd(&self) -> Option<Odd> {
        let much = |pick: fn(&Counts) -> u64| {
            self.usual.is_some_and(|usual| {
                pick(&self.hour) >= ODD_LEAST && pick(&self.hour) > ODD_TIMES * pick(&usual)
            })
        };
        // Where nothing is usual, a first write is no news; a first deletion or failure is.
        let more = |pick: fn(&Counts) -> u64| self.usual.is_some_and(|usual| pick(&usual) > 0) && much(pick);
        let none = |pick: fn(&Counts) -> u64| {
            self.before.is_some_and(|before| pick(&before) >= ODD_LEAST)
                && pick(&self.whole) == 0
                && pick(&self.hour) == 0
        };
        let odd = [
            (Odd::Failures, much(|counts| counts.failed)),
            (Odd::Deletions, much(|counts| counts.deleted)),
            (Odd::Creations, more(|counts| counts.created)),
            (Odd::Changes, more(|counts| counts.updated)),
            (Odd::NoChanges, none(|counts| counts.updated)),
            (Odd::NoCreations, none(|counts| counts.created)),
        ];
        odd.into_iter().find_map(|(odd, is)| is.then_some(odd))
    }
}

/// The counts of one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourRow {
    /// When it began.
    pub at: Stamp,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// What a recipe wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipeShare {
    /// The recipe.
    pub recipe: RecipeId,
    /// Its name.
    pub name: String,
    /// Records created, changed and deleted by it.
    pub written: u64,
}

/// An object by hours and by recipes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectHours {
    /// Every hour of the period, the oldest first.
    pub hours: Vec<HourRow>,
    /// The recipes that wrote most, the first five.
    pub recipes: Vec<RecipeShare>,
    /// How many recipes wrote anything.
    pub writing: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(hour: u64, usual: Option<u64>, whole: u64, before: u64) -> ObjectRow {
        let deleted = |deleted| Counts { deleted, ..Counts::default() };
        let created = |created| Counts { created, ..Counts::default() };
        ObjectRow {
            direction: Direction::FromSalesforce,
            totals: ObjectTotals { object: "Task".into(), counts: Counts::default() },
            last_change_at: None,
            in_step_to: None,
            active: Vec::new(),
            paused: Vec::new(),
            whole: created(whole),
            before: Some(created(before)),
            hour: deleted(hour),
            usual: usual.map(deleted),
        }
    }

    #[test]
    fn what_is_odd_is_more_than_three_times_the_usual_or_nothing_at_all() {
        assert_eq!(row(290, Some(4), 1, 1).odd(), Some(Odd::Deletions));
        assert_eq!(row(12, Some(4), 1, 1).odd(), None, "three times is not more than three times");
        assert_eq!(row(9, Some(0), 1, 1).odd(), None, "too few to speak of");
        assert_eq!(row(290, None, 1, 1).odd(), None, "the usual is not known");
        assert_eq!(row(10, Some(0), 1, 1).odd(), Some(Odd::Deletions), "none are usual");
        assert_eq!(row(0, Some(4), 0, 88).odd(), Some(Odd::NoCreations));
        assert_eq!(row(0, Some(4), 3, 88).odd(), None);
        assert_eq!(row(0, Some(4), 0, 0).odd(), None);
    }

    #[test]
    fn a_median_is_one_of_the_middle() {
        let many = |values: &[u64]| -> Vec<Counts> {
            values.iter().map(|&created| Counts { created, ..Counts::default() }).collect()
        };
        assert_eq!(Counts::median(&many(&[9, 1, 5])).created, 5);
        assert_eq!(Counts::median(&many(&[9, 1, 5, 7])).created, 5);
        assert_eq!(Counts::median(&[]), Counts::default());
    }
}
