//! Recipes as rows, and which of them nobody uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answers, asked};
use crate::control::rows::{RecipeDetail, RecipeRow, WaitRow};
use crate::domain::draft::RecipeDraft;
use crate::domain::id::{AccountId, LinkSetId, RecipeId, System};
use crate::domain::recipe::{Recipe, RecipeState, Template};
use crate::domain::time::{DAY, HOUR, MINUTE, SECOND};
use crate::domain::unused::{UNUSED_DAYS, Unused, seasonal, unused};
use crate::ports::{StoreError, View};

impl Answers {
    pub(super) fn recipes(
        &self,
        account: Option<&AccountId>,
        deleted: bool,
        days: i64,
    ) -> Result<Vec<RecipeRow>, StoreError> {
        let view = self.store.read()?;
        let all = view.recipes()?;
        let rows = Rows::new(self, view.as_ref(), &all, days)?;
        all.iter()
            .filter(|recipe| asked(account, &recipe.account) && (deleted || recipe.counts()))
            .map(|recipe| rows.row(view.as_ref(), recipe))
            .collect()
    }

    pub(super) fn recipe(&self, id: RecipeId) -> Result<RecipeDetail, StoreError> {
        let view = self.store.read()?;
        let all = view.recipes()?;
        let missing = || StoreError::Missing { what: "recipe", id: id.to_string() };
        let recipe = all.iter().find(|recipe| recipe.id == id).ok_or_else(missing)?;
        let row = Rows::new(self, view.as_ref(), &all, UNUSED_DAYS)?.row(view.as_ref(), recipe)?;
        let pair = |at: &u16| {
            let map = recipe.mapping.fields.get(usize::from(*at))?;
            Some((map.salesforce.clone(), map.target.clone()))
        };
        Ok(RecipeDetail {
            row,
            matching: recipe.matching.iter().filter_map(pair).collect(),
            waiting: view.waiting_counts()?.get(&recipe.set).copied().unwrap_or(0),
            waits: waits(view.as_ref(), recipe)?,
            condition: Arc::clone(&recipe.condition),
            fields: recipe
                .mapping
                .fields
                .iter()
                .map(|map| (map.salesforce.clone(), map.target.clone()))
                .collect(),
            deletion: recipe.deletion,
            conflicts: recipe.conflicts,
            backfill: recipe.backfill,
            key_field: recipe.container.key_field.clone(),
        })
    }
}

/// How many records that wait are named.
const NAMED: usize = 20;

/// Returns some of the records of a recipe that wait for their parents.
fn waits(view: &dyn View, recipe: &Recipe) -> Result<Vec<WaitRow>, StoreError> {
    let mut rows = Vec::new();
    for (id, waits) in view.waiting(recipe.set, NAMED)? {
        let Some(link) = view.link(id)? else { continue };
        for wait in waits.all.iter().filter(|wait| wait.why.may_come()) {
            let Some(map) = recipe.mapping.fields.get(usize::from(wait.field)) else { continue };
            let parent = match wait.link {
                Some((_, parent)) => view.link(parent)?,
                None => None,
            };
            rows.push(WaitRow {
                record: Arc::clone(&link.name),
                field: map.name(wait.side).clone(),
                parent: wait.parent.clone(),
                parent_name: parent.map(|parent| parent.name),
                why: wait.why.name().into(),
                blocked: waits.blocked,
            });
        }
    }
    Ok(rows)
}

impl Answers {
    /// Returns what recipes are made of.
    pub(super) fn definitions(&self, account: Option<&AccountId>) -> Result<Vec<RecipeDraft>, StoreError> {
        let all = self.store.read()?.recipes()?;
        let wanted = |recipe: &&Recipe| recipe.counts() && asked(account, &recipe.account);
        let whole = |recipe: &Recipe| {
            let half =
                recipe.pair.and_then(|pair| all.iter().find(|other| other.id == pair && other.counts()));
            let mut draft = RecipeDraft::of(recipe);
            if recipe.pair.is_some() && half.is_none() {
                draft.template = Template::alone(recipe.direction);
            }
            // A pair is told once, by its first half.
            half.is_none_or(|half| half.id > recipe.id).then_some(draft)
        };
        Ok(all.iter().filter(wanted).filter_map(whole).collect())
    }
}

/// What all rows have in common.
struct Rows<'a> {
    all: &'a [Recipe],
    systems: BTreeMap<crate::domain::id::ConnectionId, System>,
    pending: BTreeMap<LinkSetId, u64>,
    failed: BTreeMap<RecipeId, u64>,
    days: i64,
    now: crate::domain::time::Stamp,
}

impl<'a> Rows<'a> {
    fn new(answers: &Answers, view: &dyn View, all: &'a [Recipe], days: i64) -> Result<Self, StoreError> {
        let mut failed: BTreeMap<RecipeId, u64> = BTreeMap::new();
        for group in view.groups()? {
            for (recipe, count) in &group.recipes {
                *failed.entry(*recipe).or_default() += count;
            }
        }
        let systems = view.connections()?.into_iter().map(|row| (row.id.clone(), row.system())).collect();
        Ok(Self { all, systems, pending: view.pending_counts()?, failed, days, now: answers.now() })
    }

    fn row(&self, view: &dyn View, recipe: &Recipe) -> Result<RecipeRow, StoreError> {
        let activity = view.activity(recipe.id)?;
        let others: Vec<&Recipe> = self.all.iter().collect();
        let reasons = if recipe.counts() {
            unused(recipe, &activity, &others, self.days, self.now)
        } else {
            Vec::new()
        };
        let needs = |other: &&Recipe| other.counts() && other.depends_on.contains(&recipe.id);
        let needed_by: Vec<RecipeId> = self.all.iter().filter(needs).map(|other| other.id).collect();
        let seasonal = seasonal(recipe.seasonal, &activity, self.now);
        let proposed = !reasons.is_empty()
            && recipe.state != RecipeState::Suspended
            && !reasons.contains(&Unused::Suspended)
            && !seasonal
            && needed_by.is_empty();
        Ok(RecipeRow {
            id: recipe.id,
            name: Arc::clone(&recipe.name),
            account: recipe.account.clone(),
            direction: recipe.direction,
            pair: recipe.pair,
            template: recipe.template,
            object: recipe.object.clone(),
            container: Arc::clone(&recipe.container.title),
            container_id: recipe.container.id.clone(),
            salesforce: recipe.salesforce.clone(),
            target: recipe.target.clone(),
            target_system: self.systems.get(&recipe.target).copied().unwrap_or(System::Monday),
            state: recipe.state,
            reason: recipe.reason.clone(),
            missing: recipe.gone.as_ref().map(|gone| Arc::clone(&gone.name)),
            since: recipe.since,
            schedule: schedule(recipe.every_ms),
            last_run_at: activity.last_run_at,
            last_change_at: activity.last_change_at,
            freshness_s: activity.in_step_to.map(|at| (self.now.since(at) / SECOND).max(0)),
            backlog: self.pending.get(&recipe.set).copied().unwrap_or(0),
            failed: self.failed.get(&recipe.id).copied().unwrap_or(0),
            created_at: recipe.created_at,
            created_by: Arc::clone(&recipe.created_by),
            needed_by,
            seasonal,
            unused: reasons,
            proposed,
        })
    }
}

/// Writes an interval as a recipe file does.
fn schedule(ms: i64) -> String {
    for (unit, letter) in [(DAY, 'd'), (HOUR, 'h'), (MINUTE, 'm'), (SECOND, 's')] {
        if ms >= unit && ms % unit == 0 {
            return format!("{}{letter}", ms / unit);
        }
    }
    format!("{ms}ms")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_written_as_files_have_them() {
        assert_eq!(schedule(15 * MINUTE), "15m");
        assert_eq!(schedule(90 * SECOND), "90s");
        assert_eq!(schedule(DAY), "1d");
        assert_eq!(schedule(250), "250ms");
    }
}
