//! References between links: which of them can be told, and who waits for whom. It is decided inside the one
//! transaction that sees parents come, so that none comes unnoticed.

use std::borrow::Cow;

use redb::{ReadableTable, ReadableTableMetadata};

use super::super::codec::{Fault, decode, get, put};
use super::super::tables::side_code;
use super::Stepper;
use crate::domain::id::{LinkId, LinkSetId, RecipeId, RemoteId, Side};
use crate::domain::ledger::ErrorState;
use crate::domain::link::{Absent, Link, Observed};
use crate::domain::parents::{Known, Wait, Waits, Why, is_alone, is_common, may_be_seen, to_be_told, why};
use crate::domain::plan::{Operation, Policy};
use crate::domain::recipe::{Activity, Direction, Parent, Recipe};
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::Committed;

/// A chain of records that wait for each other is followed so far; a longer one is taken for a circle.
const LONGEST_CHAIN: usize = 1_000;

/// What became of a link's references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Referred {
    /// Whether the link has changed.
    pub(super) changed: bool,
    /// Whether nothing is done about it before a parent has come.
    pub(super) blocked: bool,
    /// Whether that was so before.
    pub(super) was_blocked: bool,
}

impl Stepper<'_, '_> {
    /// Returns whether links of a set point to others.
    pub(super) fn points(&self, set: LinkSetId) -> bool {
        self.sharing(set).iter().any(|recipe| !recipe.parents.is_empty())
    }

    /// Sees which references of a link can be told. With `made` it is just getting its counterpart.
    pub(super) fn refer(
        &mut self,
        id: LinkId,
        link: &mut Link,
        policy: &Policy,
        made: bool,
    ) -> Result<Referred, Fault> {
        let sharing = self.sharing(link.set);
        let Some(recipe) = sharing.iter().find(|recipe| !recipe.parents.is_empty()) else {
            return Ok(Referred::default());
        };
        let mut waits = Waits { blocked: false, all: Vec::new() };
        let mut changed = false;
        for parent in &recipe.parents {
            let sets = self.parent_sets(recipe, parent);
            changed |= self.tell_in_common(link, parent.field, &sets)?;
            for side in [Side::Salesforce, Side::Other] {
                if policy.recipe(side.opposite()).is_none() {
                    continue;
                }
                if let Some(wait) = self.wait(id, link, parent.field, side, &sets)? {
                    waits.blocked |= wait.why.may_come() && is_alone(link, side) && !made;
                    waits.all.push(wait);
                }
            }
        }
        let mut absent: Vec<Absent> = Vec::new();
        for wait in &waits.all {
            let comes = wait.why.may_come() || wait.why == Why::Cycle;
            match absent.last_mut().filter(|last| last.field == wait.field) {
                Some(last) => last.comes |= comes,
                None => absent.push(Absent { field: wait.field, comes }),
            }
        }
        changed |= absent != link.absent;
        if changed {
            link.absent = absent;
            link.rev += 1;
        }
        let blocked = waits.blocked;
        let was_blocked = self.note_waits(id, link.set, &waits)?;
        Ok(Referred { changed, blocked, was_blocked })
    }

    /// Returns the sets of links in which the parents of a field have their counterparts.
    fn parent_sets(&self, recipe: &Recipe, parent: &Parent) -> Vec<LinkSetId> {
        let found = self.recipes.values().filter(|other| recipe.finds(parent, other));
        let mut sets: Vec<LinkSetId> = found.map(|other| other.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Returns the link of a parent.
    fn parent(&self, sets: &[LinkSetId], side: Side, id: &RemoteId) -> Result<Option<(LinkId, Link)>, Fault> {
        for set in sets {
            let Some(found) = self.by_remote(*set, side, id)? else { continue };
            if let Some(link) = get(&self.t.links, found.0, "a link")? {
                return Ok(Some((found, link)));
            }
        }
        Ok(None)
    }

    /// Returns what is told by the Salesforce id of what it points to; `None` where it is so already, or that is not known.
    fn common(&self, native: &Value, sets: &[LinkSetId]) -> Result<Option<Value>, Fault> {
        let native = native.as_text().map(RemoteId::from).filter(|id| !is_common(id));
        let Some(native) = native else { return Ok(None) };
        let parent = self.parent(sets, Side::Other, &native)?;
        Ok(parent.and_then(|(_, parent)| parent.salesforce.id).map(|id| Value::text(id.as_str())))
    }

    /// Tells references that were written to Salesforce in common form. A record that was made together with its parent
    /// was planned when the parent had no id yet; where it has none to this day, nothing is known of the reference.
    pub(super) fn tell_changes_in_common(
        &self,
        recipe: &Recipe,
        operation: &mut Operation,
    ) -> Result<(), Fault> {
        if operation.side == Side::Other {
            return Ok(());
        }
        for parent in &recipe.parents {
            let sets = self.parent_sets(recipe, parent);
            for (at, value) in operation.changes.iter_mut().filter(|(at, _)| *at == parent.field) {
                if let Some(common) = self.common(value, &sets)? {
                    *value = common;
                } else if value.as_text().is_some_and(|id| !is_common(&id.into())) {
                    *at = u16::MAX;
                }
            }
        }
        operation.changes.retain(|(at, _)| *at != u16::MAX);
        Ok(())
    }

    /// Tells a reference of the other side in common form, now that this is known.
    fn tell_in_common(&self, link: &mut Link, field: u16, sets: &[LinkSetId]) -> Result<bool, Fault> {
        let Some(value) = link.other.values.get_mut(usize::from(field)) else { return Ok(false) };
        let Some(common) = self.common(value, sets)? else { return Ok(false) };
        *value = common;
        Ok(true)
    }

    /// Returns an observation with its references in common form, so that it compares with what is known.
    pub(super) fn seen_in_common<'o>(&self, seen: &'o Observed) -> Result<Cow<'o, Observed>, Fault> {
        let mut told = Cow::Borrowed(seen);
        if seen.side == Side::Salesforce || seen.values.is_empty() {
            return Ok(told);
        }
        let sharing = self.sharing(seen.set);
        let Some(recipe) = sharing.iter().find(|recipe| !recipe.parents.is_empty()) else { return Ok(told) };
        for parent in &recipe.parents {
            let at = usize::from(parent.field);
            let Some(value) = seen.values.get(at) else { continue };
            if let Some(common) = self.common(value, &self.parent_sets(recipe, parent))?
                && let Some(value) = told.to_mut().values.get_mut(at)
            {
                *value = common;
            }
        }
        Ok(told)
    }

    /// Returns what a reference waits for; `None` when it can be told, or need not be.
    fn wait(
        &self,
        id: LinkId,
        link: &Link,
        field: u16,
        side: Side,
        sets: &[LinkSetId],
    ) -> Result<Option<Wait>, Fault> {
        let Some(parent) = to_be_told(link, field, side) else { return Ok(None) };
        let by = if is_common(&parent) { Side::Salesforce } else { side };
        let found = self.parent(sets, by, &parent)?;
        let known = match &found {
            None => None,
            Some((parent, known)) => {
                let error = self.error_of(known)?.map(|error| error.state);
                let over = |state| matches!(state, ErrorState::Resolved | ErrorState::Ignored);
                Some(Known {
                    link: known,
                    pending: self.t.pending.get((known.set.0, parent.0))?.is_some(),
                    failing: error.is_some_and(|state| !over(state)),
                    circular: self.waits_for((known.set, *parent), id, link)?,
                })
            }
        };
        let may_be_seen = known.is_none() && self.may_be_seen(sets, side, link.side(side).at)?;
        let link = found.as_ref().map(|(id, known)| (known.set, *id));
        Ok(why(side, known, may_be_seen).map(|why| Wait { field, side, parent, link, why }))
    }

    /// Returns whether a recipe of these sets has yet to read what was there at `at`.
    fn may_be_seen(&self, sets: &[LinkSetId], side: Side, at: Stamp) -> Result<bool, Fault> {
        let reads = match side {
            Side::Salesforce => Direction::FromSalesforce,
            Side::Other => Direction::ToSalesforce,
        };
        for set in sets {
            for recipe in self.sharing(*set).iter().filter(|it| it.counts() && it.direction == reads) {
                let activity: Option<Activity> = get(&self.t.activity, recipe.id.0, "an activity")?;
                let activity = activity.unwrap_or_default();
                if activity.loaded_at.is_none() || may_be_seen(activity.in_step_to, at) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Returns whether a link waits, directly or not, for `child`.
    fn waits_for(&self, from: (LinkSetId, LinkId), id: LinkId, child: &Link) -> Result<bool, Fault> {
        let mut todo = vec![from];
        let mut seen = std::collections::BTreeSet::new();
        while let Some((set, link)) = todo.pop() {
            if link == id || seen.len() >= LONGEST_CHAIN {
                return Ok(true);
            }
            let row: Option<Waits> = get(&self.t.waits, (set.0, link.0), "what a link waits for")?;
            let Some(row) = row.filter(|row| row.blocked && seen.insert(link)) else { continue };
            for wait in row.all.iter().filter(|wait| wait.why.may_come()) {
                if child.side(wait.side).id.as_ref() == Some(&wait.parent) {
                    return Ok(true);
                }
                todo.extend(wait.link);
            }
        }
        Ok(false)
    }

    /// Notes what a link waits for; returns whether it was blocked before.
    fn note_waits(&mut self, id: LinkId, set: LinkSetId, waits: &Waits) -> Result<bool, Fault> {
        let key = (set.0, id.0);
        let before: Option<Waits> = get(&self.t.waits, key, "what a link waits for")?;
        let was_blocked = before.as_ref().is_some_and(|before| before.blocked);
        if before.as_ref().map_or(waits.all.is_empty(), |before| before == waits) {
            return Ok(was_blocked);
        }
        self.unwait(id, set)?;
        if !waits.all.is_empty() {
            put(&mut self.t.waits, key, waits)?;
        }
        for wait in &waits.all {
            self.t.waited_for.insert((side_code(wait.side), wait.parent.as_str(), id.0), set.0)?;
        }
        Ok(was_blocked)
    }

    /// Forgets what a link waits for.
    pub(super) fn unwait(&mut self, id: LinkId, set: LinkSetId) -> Result<(), Fault> {
        let before: Option<Waits> = get(&self.t.waits, (set.0, id.0), "what a link waits for")?;
        for wait in before.iter().flat_map(|before| &before.all) {
            self.t.waited_for.remove((side_code(wait.side), wait.parent.as_str(), id.0))?;
        }
        self.t.waits.remove((set.0, id.0))?;
        Ok(())
    }

    /// Tells those that point to a link that it has changed.
    pub(super) fn tell_children(
        &mut self,
        link: &Link,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        if self.t.waited_for.is_empty()? {
            return Ok(());
        }
        let mut children: Vec<(LinkSetId, LinkId)> = Vec::new();
        for side in [Side::Salesforce, Side::Other] {
            let Some(id) = &link.side(side).id else { continue };
            let (side, id) = (side_code(side), id.as_str());
            for row in self.t.waited_for.range((side, id, 0)..=(side, id, u64::MAX))? {
                let (key, set) = row?;
                children.push((LinkSetId(set.value()), LinkId(key.value().2)));
            }
        }
        for (set, child) in children {
            self.reconsider(set, child, now, done)?;
        }
        Ok(())
    }

    /// Sees anew whether a link's references can be told, and wakes it where that changes anything.
    fn reconsider(
        &mut self,
        set: LinkSetId,
        id: LinkId,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let Some(mut link) = get::<_, Link>(&self.t.links, id.0, "a link")? else { return Ok(()) };
        let Some(policy) = self.policy(set) else { return Ok(()) };
        if self.under_way(&link, id)? {
            // The end of its call sees to it.
            return Ok(());
        }
        let referred = self.refer(id, &mut link, &policy, false)?;
        if referred.changed {
            put(&mut self.t.links, id.0, &link)?;
        }
        if referred.changed || referred.blocked != referred.was_blocked {
            self.wake(id, &link, &policy, now, done)?;
        }
        Ok(())
    }

    /// Reconsiders what waits for parents that a recipe may bring: it has read on, or is itself another.
    pub(super) fn reconsider_children_of(
        &mut self,
        recipe: RecipeId,
        only_unseen: bool,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        if self.t.waits.is_empty()? {
            return Ok(());
        }
        let Some(recipe) = self.recipes.get(&recipe).cloned() else { return Ok(()) };
        let mut sets: Vec<LinkSetId> = Vec::new();
        for other in self.recipes.values().filter(|other| other.counts()) {
            // A deleted one brings nothing any more; those that waited for it are told.
            if other.parents.iter().any(|parent| other.points(parent, &recipe)) {
                sets.push(other.set);
            }
        }
        sets.sort_unstable();
        sets.dedup();
        let mut children = Vec::new();
        for set in sets {
            for row in self.t.waits.range((set.0, 0)..=(set.0, u64::MAX))? {
                let (key, row) = row?;
                let waits: Waits = decode(row.value(), "what a link waits for")?;
                if !only_unseen || waits.all.iter().any(|wait| wait.why == Why::Unseen) {
                    children.push((set, LinkId(key.value().1)));
                }
            }
        }
        for (set, child) in children {
            self.reconsider(set, child, now, done)?;
        }
        Ok(())
    }
}
