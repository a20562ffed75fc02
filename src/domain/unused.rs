//! When a recipe counts as unused, and when it is better left alone although nothing has come for long.

use serde::{Deserialize, Serialize};

use super::condition::{self, Condition, Operand, Test};
use super::recipe::{Activity, Direction, Lacking, Recipe, RecipeState, month};
use super::time::{DAY, Stamp};
use super::value::Value;

/// After how many days without a sign of life a recipe counts as unused.
pub const UNUSED_DAYS: i64 = 30;

/// Why a recipe counts as unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unused {
    /// It never ran, and has had time to.
    NeverRan,
    /// It has carried no change for that long.
    NoChange,
    /// It has been paused for that long.
    Paused,
    /// It has been suspended for that long.
    Suspended,
    /// Its container is deleted, archived or hidden.
    ContainerGone,
    /// Its object is gone.
    ObjectGone,
    /// A field that it needs is gone.
    FieldGone,
    /// Another recipe has the same object, container and direction.
    Duplicate,
    /// It is for records created before a day that is over, and no change of theirs has come for that long.
    Finished,
}

/// Returns every reason why `recipe` counts as unused after `days` days; none when it is in use.
pub fn unused(
    recipe: &Recipe,
    activity: &Activity,
    others: &[&Recipe],
    days: i64,
    now: Stamp,
) -> Vec<Unused> {
    let old = |at: Stamp| now.since(at) >= days.saturating_mul(DAY);
    let mut reasons = Vec::new();
    reasons.extend(recipe.gone.as_ref().map(|gone| match gone.what {
        Lacking::Container => Unused::ContainerGone,
        Lacking::Object => Unused::ObjectGone,
        Lacking::Field | Lacking::Type => Unused::FieldGone,
    }));
    match recipe.state {
        RecipeState::Paused if old(recipe.since) => reasons.push(Unused::Paused),
        RecipeState::Suspended if old(recipe.since) => reasons.push(Unused::Suspended),
        _ => {}
    }
    match (activity.last_run_at, activity.last_change_at) {
        (None, _) if old(recipe.created_at) => reasons.push(Unused::NeverRan),
        (Some(_), change) if old(change.unwrap_or(recipe.created_at)) => reasons.push(Unused::NoChange),
        _ => {}
    }
    let same = |other: &&&Recipe| {
        other.counts()
            && other.account == recipe.account
            && other.salesforce == recipe.salesforce
            && other.target == recipe.target
            && other.object == recipe.object
            && other.container.id == recipe.container.id
            && other.direction == recipe.direction
    };
    // Of two alike, the younger one is the duplicate: the older carries the links.
    if others.iter().filter(same).any(|other| other.id < recipe.id) {
        reasons.push(Unused::Duplicate);
    }
    let silent = old(activity.last_change_at.unwrap_or(recipe.created_at));
    if silent && recipe.direction == Direction::FromSalesforce {
        let condition = condition::parse(&recipe.condition);
        reasons.extend(condition.ok().filter(|it| takes_in_nothing_new(it, now)).map(|_| Unused::Finished));
    }
    reasons
}

/// Returns whether a recipe's work comes back with the season: somebody said so, or at least two changes came in the
/// month of its last change, or in this one, of an earlier year.
pub fn seasonal(marked: bool, activity: &Activity, now: Stamp) -> bool {
    let recurs = |at: Stamp| {
        let this = month(at);
        activity
            .months
            .iter()
            .any(|(one, count)| *one < this && (this - one).is_multiple_of(12) && *count >= 2)
    };
    marked || recurs(now) || activity.last_change_at.is_some_and(recurs)
}

/// Returns whether no record created from now on can meet a condition.
fn takes_in_nothing_new(condition: &Condition, now: Stamp) -> bool {
    let over = |limit: &Operand| match limit {
        Operand::Fixed(Value::Instant(at)) => *at <= now,
        Operand::Fixed(Value::Day(day)) => day.start() <= now,
        _ => false,
    };
    match condition {
        Condition::And(parts) => parts.iter().any(|part| takes_in_nothing_new(part, now)),
        Condition::Or(parts) => parts.iter().all(|part| takes_in_nothing_new(part, now)),
        Condition::Test(field, Test::Below(limit) | Test::AtMost(limit)) => {
            field.as_str().eq_ignore_ascii_case("CreatedDate") && over(limit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Side;
    use crate::domain::recipe::Gone;
    use crate::domain::recipe::tests::recipe;

    fn at(text: &str) -> Stamp {
        text.parse().unwrap()
    }

    fn nothing_new(condition: &str) -> bool {
        takes_in_nothing_new(&condition::parse(condition).unwrap(), at("2025-11-22T09:41:07Z"))
    }

    #[test]
    fn what_is_for_records_of_a_time_that_is_over_takes_in_nothing_new() {
        assert!(nothing_new("CreatedDate < 2025-06-30"));
        assert!(nothing_new("Status = 'Open' and createddate <= 2025-06-30T12:00:00Z"));
        assert!(nothing_new("CreatedDate < 2024-01-01 or CreatedDate < 2025-01-01"));
        assert!(!nothing_new("CreatedDate < 2026-06-30"), "there is time until then");
        assert!(!nothing_new("CreatedDate < 2025-06-30 or Status = 'Open'"));
        assert!(!nothing_new("CloseDate < 2025-06-30"), "that can be given to a new one");
        assert!(!nothing_new("CreatedDate >= 2025-06-30"));
        assert!(!nothing_new("CreatedDate < now-30d"), "that day moves on");
    }

    #[test]
    fn what_came_in_the_same_month_of_an_earlier_year_is_seasonal() {
        let mut activity = Activity::default();
        let seasonal = |activity: &Activity, now: &str| seasonal(false, activity, at(now));
        activity.changed(at("2024-09-03T00:00:00Z"), 1);
        activity.changed(at("2025-09-29T00:00:00Z"), 1);
        assert!(!seasonal(&activity, "2025-11-22T00:00:00Z"), "one swallow");
        activity.changed(at("2024-09-30T23:59:00Z"), 1);
        assert!(seasonal(&activity, "2025-11-22T00:00:00Z"), "each September");
        let mut once = Activity::default();
        (0..50).for_each(|_| once.changed(at("2025-03-03T00:00:00Z"), 1));
        assert!(!seasonal(&once, "2025-11-22T00:00:00Z"), "one year is no pattern");
        assert!(seasonal(&once, "2026-03-01T00:00:00Z"), "its month has come again");
        assert!(super::seasonal(true, &Activity::default(), at("2026-03-01T00:00:00Z")), "somebody said so");
    }

    #[test]
    fn months_of_long_ago_are_forgotten() {
        let mut activity = Activity::default();
        for year in 2020..2026 {
            for month in 1..=12 {
                activity.changed(at(&format!("{year}-{month:02}-05T00:00:00Z")), 1);
            }
        }
        assert_eq!(activity.months.len(), 26);
        assert_eq!(activity.months.keys().next_back(), Some(&month(at("2025-12-01T00:00:00Z"))));
    }

    fn found(change: impl Fn(&mut Recipe, &mut Activity), others: &[&Recipe], now: Stamp) -> Vec<Unused> {
        let mut recipe = recipe(2);
        let mut activity =
            Activity { last_run_at: Some(now), last_change_at: Some(now), ..Activity::default() };
        change(&mut recipe, &mut activity);
        unused(&recipe, &activity, others, UNUSED_DAYS, now)
    }

    /// The recipes of these tests are there since day 100.
    const LATE: Stamp = Stamp((100 + UNUSED_DAYS) * DAY);
    const EARLY: Stamp = Stamp(LATE.0 - 1);

    #[test]
    fn a_recipe_has_thirty_days_to_show_a_sign_of_life() {
        assert_eq!(found(|_, _| {}, &[], LATE), []);
        let paused = |recipe: &mut Recipe, _: &mut Activity| recipe.state = RecipeState::Paused;
        let suspended = |recipe: &mut Recipe, _: &mut Activity| recipe.state = RecipeState::Suspended;
        let never_ran = |_: &mut Recipe, activity: &mut Activity| *activity = Activity::default();
        let never_changed = |_: &mut Recipe, activity: &mut Activity| activity.last_change_at = None;
        let changed_once =
            |_: &mut Recipe, activity: &mut Activity| activity.last_change_at = Some(Stamp(100 * DAY));
        for (change, reason) in [
            (&paused as &dyn Fn(&mut Recipe, &mut Activity), Unused::Paused),
            (&suspended, Unused::Suspended),
            (&never_ran, Unused::NeverRan),
            (&never_changed, Unused::NoChange),
            (&changed_once, Unused::NoChange),
        ] {
            assert_eq!(found(change, &[], LATE), [reason]);
            assert_eq!(found(change, &[], EARLY), [], "{reason:?} takes a millisecond more");
        }
    }

    #[test]
    fn what_a_recipe_needs_and_is_gone_makes_it_unused_at_once() {
        for (what, reason) in [
            (Lacking::Container, Unused::ContainerGone),
            (Lacking::Object, Unused::ObjectGone),
            (Lacking::Field, Unused::FieldGone),
            (Lacking::Type, Unused::FieldGone),
        ] {
            let gone = |recipe: &mut Recipe, _: &mut Activity| {
                recipe.gone = Some(Gone { what, side: Side::Other, name: "x".into(), since: EARLY });
            };
            assert_eq!(found(gone, &[], EARLY), [reason]);
        }
    }

    #[test]
    fn the_younger_of_two_alike_is_the_duplicate() {
        let (older, younger) = (recipe(1), recipe(3));
        assert_eq!(found(|_, _| {}, &[&older, &recipe(2), &younger], EARLY), [Unused::Duplicate]);
        assert_eq!(found(|_, _| {}, &[&recipe(2), &younger], EARLY), [], "nor is it its own");
        let unlike: [fn(&mut Recipe); 7] = [
            |it| it.state = RecipeState::Deleted,
            |it| it.account = "other".into(),
            |it| it.salesforce = "other".into(),
            |it| it.target = "other".into(),
            |it| it.object = "Contact".into(),
            |it| it.container.id = "other".into(),
            |it| it.direction = Direction::ToSalesforce,
        ];
        for change in unlike {
            let mut older = recipe(1);
            change(&mut older);
            assert_eq!(found(|_, _| {}, &[&older], EARLY), [], "{older:?}");
        }
    }

    #[test]
    fn a_recipe_whose_time_is_over_is_finished_once_it_is_silent() {
        let finished = |direction, last_change: Option<Stamp>, now| {
            let change = |recipe: &mut Recipe, activity: &mut Activity| {
                recipe.condition = "CreatedDate < 1970-02-01".into();
                recipe.direction = direction;
                activity.last_change_at = last_change;
            };
            found(change, &[], now).contains(&Unused::Finished)
        };
        let from = Direction::FromSalesforce;
        assert!(finished(from, None, LATE) && finished(from, Some(Stamp(100 * DAY)), LATE));
        assert!(!finished(from, None, EARLY) && !finished(from, Some(Stamp(101 * DAY)), LATE));
        assert!(!finished(Direction::ToSalesforce, None, LATE), "items have no such day");
        assert!(!found(|_, activity| activity.last_change_at = None, &[], LATE).contains(&Unused::Finished));
    }
}
