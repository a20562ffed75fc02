//! Counts: by object and direction with what is usual, and by hour.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Answers, asked};
use crate::control::counts::{
    Counts, HourRow, ObjectHours, ObjectRow, ObjectTotals, RecipeShare, USUAL_DAYS, USUAL_LEAST,
};
use crate::domain::id::{AccountId, ObjectName, RecipeId};
use crate::domain::recipe::{Direction, Recipe, RecipeState};
use crate::domain::time::{DAY, HOUR, Stamp};
use crate::ports::{CounterKey, StoreError, View};

/// The hours of a day.
const DAY_HOURS: u32 = 24;
/// The most hours that are listed: four weeks.
const MOST_HOURS: u32 = 28 * DAY_HOURS;
/// The recipes that are named.
const NAMED: usize = 5;

type Way = (ObjectName, Direction);

/// Recipes by id, to tell what a counter is about.
struct Known<'a>(BTreeMap<RecipeId, &'a Recipe>);

impl<'a> Known<'a> {
    fn new(recipes: &'a [Recipe]) -> Self {
        Self(recipes.iter().map(|recipe| (recipe.id, recipe)).collect())
    }

    fn way(&self, key: CounterKey) -> Option<Way> {
        self.0.get(&key.recipe).map(|recipe| (recipe.object.clone(), key.direction))
    }

    fn sums(&self, view: &dyn View, hours: Range<u32>) -> Result<BTreeMap<Way, Counts>, StoreError> {
        let mut sums: BTreeMap<Way, Counts> = BTreeMap::new();
        for one in view.hourly(hours)? {
            if let Some(way) = self.way(one.key) {
                sums.entry(way).or_default().count(one.key.what, one.count);
            }
        }
        Ok(sums)
    }
}

impl Answers {
    /// Returns the counts since then, and beside them, where `compared`, what they were before and what is usual.
    pub(super) fn objects(
        &self,
        account: Option<&AccountId>,
        since: Option<Stamp>,
        compared: bool,
    ) -> Result<Vec<ObjectRow>, StoreError> {
        let view = self.store.read()?;
        let mut recipes = view.recipes()?;
        recipes.retain(|recipe| asked(account, &recipe.account));
        let known = Known::new(&recipes);
        let mut rows = rows_of(view.as_ref(), &recipes)?;
        let (from, present) = (since.map_or(0, Stamp::hour), self.now().hour());
        let whole = known.sums(view.as_ref(), from..present)?;
        let hour = known.sums(view.as_ref(), present..u32::MAX)?;
        let before = match since.filter(|_| compared).and_then(|since| earlier(self.now().since(since))) {
            Some(shift) => Some(known.sums(view.as_ref(), from - shift..present - shift)?),
            None => None,
        };
        for (way, row) in &mut rows {
            let of = |sums: &BTreeMap<Way, Counts>| sums.get(way).copied().unwrap_or_default();
            row.whole = of(&whole);
            row.hour = of(&hour);
            row.before = before.as_ref().map(of);
            row.totals.counts = row.whole;
            row.totals.counts.add(row.hour);
        }
        if compared {
            tell_usual(view.as_ref(), &known, present, &mut rows)?;
        }
        Ok(rows.into_values().collect())
    }

    /// Returns what was done in the same whole hours of the day before.
    pub(super) fn yesterday(&self, account: Option<&AccountId>, since: Stamp) -> Result<Counts, StoreError> {
        let view = self.store.read()?;
        let mut recipes = view.recipes()?;
        recipes.retain(|recipe| asked(account, &recipe.account));
        let hours = |at: Stamp| at.hour().saturating_sub(DAY_HOURS);
        let sums = Known::new(&recipes).sums(view.as_ref(), hours(since)..hours(self.now()))?;
        let mut all = Counts::default();
        for counts in sums.into_values() {
            all.add(counts);
        }
        Ok(all)
    }

    /// Returns an object hour by hour, in one direction or in both.
    pub(super) fn hours(
        &self,
        account: Option<&AccountId>,
        object: &ObjectName,
        direction: Option<Direction>,
        since: Stamp,
    ) -> Result<ObjectHours, StoreError> {
        let view = self.store.read()?;
        let mut recipes = view.recipes()?;
        recipes.retain(|recipe| asked(account, &recipe.account) && recipe.object == *object);
        let known = Known::new(&recipes);
        let end = self.now().hour().saturating_add(1);
        let begin = since.hour().clamp(end.saturating_sub(MOST_HOURS), end);
        let mut hours: Vec<HourRow> = (begin..end)
            .map(|hour| HourRow { at: Stamp(i64::from(hour) * HOUR), counts: Counts::default() })
            .collect();
        let mut written: BTreeMap<RecipeId, Counts> = BTreeMap::new();
        for one in view.hourly(begin..end)? {
            let wanted = direction.is_none_or(|direction| direction == one.key.direction);
            if !wanted || known.way(one.key).is_none() {
                continue;
            }
            let at = usize::try_from(one.hour - begin).unwrap_or(usize::MAX);
            if let Some(hour) = hours.get_mut(at) {
                hour.counts.count(one.key.what, one.count);
            }
            written.entry(one.key.recipe).or_default().count(one.key.what, one.count);
        }
        let mut shares: Vec<RecipeShare> = written
            .into_iter()
            .filter_map(|(id, counts)| {
                let name = known.0.get(&id).map(|recipe| recipe.name.to_string())?;
                Some(RecipeShare { recipe: id, name, written: counts.written() })
            })
            .filter(|share| share.written > 0)
            .collect();
        shares.sort_by_key(|share| (std::cmp::Reverse(share.written), share.recipe));
        let writing = u64::try_from(shares.len()).unwrap_or(u64::MAX);
        shares.truncate(NAMED);
        Ok(ObjectHours { hours, recipes: shares, writing })
    }
}

/// Returns by how many hours earlier a period of that length is compared: a day, or a week.
fn earlier(length_ms: i64) -> Option<u32> {
    match length_ms {
        ms if ms <= DAY => Some(DAY_HOURS),
        ms if ms <= 7 * DAY => Some(7 * DAY_HOURS),
        _ => None,
    }
}

/// Returns a row without counts for each object and direction that has recipes.
fn rows_of(view: &dyn View, recipes: &[Recipe]) -> Result<BTreeMap<Way, ObjectRow>, StoreError> {
    let mut rows: BTreeMap<Way, ObjectRow> = BTreeMap::new();
    for recipe in recipes {
        let activity = view.activity(recipe.id)?;
        let row = rows.entry((recipe.object.clone(), recipe.direction)).or_insert_with(|| ObjectRow {
            direction: recipe.direction,
            totals: ObjectTotals { object: recipe.object.clone(), counts: Counts::default() },
            last_change_at: None,
            in_step_to: None,
            active: Vec::new(),
            paused: Vec::new(),
            whole: Counts::default(),
            before: None,
            hour: Counts::default(),
            usual: None,
        });
        row.last_change_at = row.last_change_at.max(activity.last_change_at);
        if recipe.state == RecipeState::Active {
            row.in_step_to = match (row.in_step_to, activity.in_step_to) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        match recipe.state {
            RecipeState::Active => row.active.push(recipe.id),
            RecipeState::Paused => row.paused.push(recipe.id),
            _ => {}
        }
    }
    Ok(rows)
}

/// Tells each row what is usual at this hour of the day, as far back as it has been synced.
fn tell_usual(
    view: &dyn View,
    known: &Known<'_>,
    present: u32,
    rows: &mut BTreeMap<Way, ObjectRow>,
) -> Result<(), StoreError> {
    let mut began: BTreeMap<Way, u32> = BTreeMap::new();
    for recipe in known.0.values() {
        let hour = recipe.created_at.hour();
        let way = (recipe.object.clone(), recipe.direction);
        began.entry(way).and_modify(|first| *first = hour.min(*first)).or_insert(hour);
    }
    let mut days: BTreeMap<Way, Vec<Counts>> = BTreeMap::new();
    for day in 1..=USUAL_DAYS {
        let Some(hour) = present.checked_sub(day * DAY_HOURS) else { break };
        let sums = known.sums(view, hour..hour + 1)?;
        for way in rows.keys() {
            if began.get(way).is_some_and(|began| *began <= hour) {
                days.entry(way.clone()).or_default().push(sums.get(way).copied().unwrap_or_default());
            }
        }
    }
    for (way, row) in rows {
        let days = days.get(way).filter(|days| days.len() >= USUAL_LEAST);
        row.usual = days.map(|days| Counts::median(days));
    }
    Ok(())
}

/// Returns the sums of each object over both directions.
pub(super) fn totals(counters: &BTreeMap<CounterKey, u64>, recipes: &[Recipe]) -> Vec<ObjectTotals> {
    let mut objects: BTreeMap<&ObjectName, Counts> =
        recipes.iter().map(|recipe| (&recipe.object, Counts::default())).collect();
    let known = Known::new(recipes);
    for (key, count) in counters {
        let Some(recipe) = known.0.get(&key.recipe) else { continue };
        objects.entry(&recipe.object).or_default().count(key.what, *count);
    }
    objects.into_iter().map(|(object, counts)| ObjectTotals { object: object.clone(), counts }).collect()
}
