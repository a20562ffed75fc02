//! The planner: what to do about a link, as a pure function of what is known of it.
//!
//! ```text
//!   A (Salesforce)   B (other)   base            the base is the ancestor of a three-way merge:
//!        └──────────────┴──────────┴── plan ──►  it tells who changed which field
//! ```
//!
//! No clock, no network, no store. Time stamps only break ties. One verdict names one operation; after it is
//! settled the plan is made again, until it is [`Verdict::InStep`]: `plan(after apply(plan)) = ∅`.

use serde::{Deserialize, Serialize};

use super::converted::Course;
use super::id::{RecipeId, RemoteId, Side};
use super::ledger::Action;
use super::link::{Link, Presence, Seen};
use super::recipe::{Conflicts, Deletion, Direction, Recipe, RecipeState};
use super::value::Value;

/// What the recipes of a set of links want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The recipe that carries changes from Salesforce, if there is one.
    pub to_other: Option<RecipeId>,
    /// The recipe that carries changes to Salesforce, if there is one.
    pub to_salesforce: Option<RecipeId>,
    /// Who wins a conflict.
    pub conflicts: Conflicts,
    /// What happens to the counterpart of a deleted record.
    pub deletion: Deletion,
    /// The merge group of each mapped field.
    pub groups: Vec<Option<u8>>,
}

impl Policy {
    /// Returns the policy of the recipes that share a set of links, as far as `works` admits them; `None`
    /// where none of them does.
    pub fn of<'a>(
        recipes: impl IntoIterator<Item = &'a Recipe>,
        works: impl Fn(&Recipe) -> bool,
    ) -> Option<Self> {
        let mut policy: Option<Self> = None;
        for recipe in recipes {
            if recipe.state == RecipeState::Deleted || !works(recipe) {
                continue;
            }
            let policy = policy.get_or_insert_with(|| Self {
                to_other: None,
                to_salesforce: None,
                conflicts: recipe.conflicts,
                deletion: recipe.deletion,
                groups: recipe.mapping.fields.iter().map(|map| map.group).collect(),
            });
            match recipe.direction {
                Direction::FromSalesforce => policy.to_other = Some(recipe.id),
                Direction::ToSalesforce => policy.to_salesforce = Some(recipe.id),
            }
        }
        policy
    }

    fn writes(&self, side: Side) -> bool {
        self.recipe(side).is_some()
    }

    /// Returns the recipe by which `side` is written.
    pub fn recipe(&self, side: Side) -> Option<RecipeId> {
        match side {
            Side::Salesforce => self.to_salesforce,
            Side::Other => self.to_other,
        }
    }
}

/// What to do about a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    InStep,
    /// Both sides hold the same new values: note it, no call is needed.
    Adopt(Vec<(u16, Value)>),
    /// One write to one side.
    Do(Operation),
    /// These fields were changed on both sides, and a person decides.
    Hold(Vec<u16>),
    /// The record on this side is known by its id alone: it must be read before anything is decided.
    Look(Side),
}

/// One write to one side of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The side that is written.
    pub side: Side,
    /// What is done there.
    pub action: Action,
    /// The record, unless it is created.
    pub id: Option<RemoteId>,
    /// The values written, by position in the mapping.
    pub changes: Vec<(u16, Value)>,
    /// Values of the written side that lost a conflict.
    pub lost: Vec<(u16, Value)>,
}

impl Operation {
    /// Writes what a person typed in place of the values of the source.
    pub fn edit(&mut self, edits: &[(u16, Value)]) {
        if !matches!(self.action, Action::Created | Action::Updated) {
            return;
        }
        for (field, value) in edits {
            match self.changes.iter_mut().find(|(known, _)| known == field) {
                Some((_, planned)) => planned.clone_from(value),
                None => self.changes.push((*field, value.clone())),
            }
        }
    }

    /// Returns whether it takes the record away.
    pub fn deletes(&self) -> bool {
        matches!(self.action, Action::Deleted | Action::Archived)
    }
}

/// Decides what to do about `link`.
pub fn plan(link: &Link, policy: &Policy) -> Verdict {
    use Presence::{Archived, Deleted, Present, Unknown};
    let closed;
    let policy = match &link.converted {
        None => policy,
        // Its item is another record's now.
        Some(converted) if converted.course == Course::Went => return Verdict::InStep,
        // Salesforce lets nobody change what was converted.
        Some(_) => {
            closed = Policy { to_salesforce: None, ..policy.clone() };
            &closed
        }
    };
    match (link.salesforce.presence, link.other.presence) {
        (Present, Present) => merge(link, policy),
        (Present, Unknown) => meet(link, policy, Side::Other),
        // The heir of a converted lead, of which nothing is known yet but the id.
        (Unknown, Unknown) if link.salesforce.id.is_some() && policy.writes(Side::Other) => {
            Verdict::Look(Side::Salesforce)
        }
        (Unknown, Present) => meet(link, policy, Side::Salesforce),
        // A person brought back what had been deleted, on either side: its counterpart comes back too.
        (Present, Deleted | Archived) if link.removed.is_some() => create(link, policy, Side::Other),
        (Deleted | Archived, Present) if link.removed.is_some() => create(link, policy, Side::Salesforce),
        // They were never in step: the record met one that was gone already, and that is no reason to remove it.
        (Deleted, Present) | (Present, Deleted) if link.base.is_none() => Verdict::InStep,
        (Deleted, Present) => remove(link, policy, Side::Other),
        (Present, Deleted) => remove(link, policy, Side::Salesforce),
        // Archived by a person on the other side, never there, or gone on both: nothing is made of it.
        _ => Verdict::InStep,
    }
}

/// The record of the opposite side says which one on `side` is its own, or there is none yet.
fn meet(link: &Link, policy: &Policy, side: Side) -> Verdict {
    let known = link.side(side).id.is_some();
    if known && (policy.writes(side) || policy.writes(side.opposite())) {
        return Verdict::Look(side);
    }
    create(link, policy, side)
}

fn create(link: &Link, policy: &Policy, side: Side) -> Verdict {
    if !policy.writes(side) {
        return Verdict::InStep;
    }
    let told = |(at, value): &(u16, Value)| !value.is_null() && !link.lacks(*at);
    let changes = numbered(&link.side(side.opposite()).values).filter(told).collect();
    Verdict::Do(Operation { side, action: Action::Created, id: None, changes, lost: Vec::new() })
}

/// The record of the opposite side was deleted: decides about the one on `side`.
fn remove(link: &Link, policy: &Policy, side: Side) -> Verdict {
    let action = match (policy.deletion, side) {
        (Deletion::Delete, _) => Action::Deleted,
        (Deletion::Archive, Side::Other) => Action::Archived,
        // Salesforce has no archive for records: what cannot be done gently is not done.
        (Deletion::Archive, Side::Salesforce) | (Deletion::Keep, _) => return Verdict::InStep,
    };
    if !policy.writes(side) {
        return Verdict::InStep;
    }
    let edited = edited_since_base(link, side);
    if !edited.is_empty() && policy.writes(side.opposite()) {
        let deletion_wins = match policy.conflicts {
            Conflicts::Hold => return Verdict::Hold(edited.into_iter().map(|(at, _)| at).collect()),
            Conflicts::SalesforceWins => side == Side::Other,
            Conflicts::OtherWins => side == Side::Salesforce,
            Conflicts::NewestWins => link.side(side.opposite()).at >= link.side(side).at,
        };
        if !deletion_wins {
            return Verdict::InStep;
        }
    }
    let id = link.side(side).id.clone();
    Verdict::Do(Operation { side, action, id, changes: Vec::new(), lost: edited })
}

fn edited_since_base(link: &Link, side: Side) -> Vec<(u16, Value)> {
    let Some(base) = &link.base else { return Vec::new() };
    let edited = |(at, value): &(u16, Value)| get(base, *at) != value && !link.lacks(*at);
    numbered(&link.side(side).values).filter(edited).collect()
}

/// The merge of two records that are both there.
#[derive(Default)]
struct Merge {
    to_salesforce: Vec<(u16, Value)>,
    to_other: Vec<(u16, Value)>,
    lost_salesforce: Vec<(u16, Value)>,
    lost_other: Vec<(u16, Value)>,
    agreed: Vec<(u16, Value)>,
    held: Vec<u16>,
}

fn merge(link: &Link, policy: &Policy) -> Verdict {
    let mut merge = Merge::default();
    for unit in units(policy) {
        // What cannot be told now is neither written nor taken for a change until it can.
        if !unit.iter().any(|at| link.lacks(*at)) {
            merge.unit(link, policy, &unit);
        }
    }
    for absent in link.absent.iter().filter(|absent| !absent.comes) {
        merge.clear(link, policy, absent.field);
    }
    let Merge { to_salesforce, to_other, lost_salesforce, lost_other, agreed, held } = merge;
    let update = |side: Side, seen: &Seen, changes, lost| {
        Verdict::Do(Operation { side, action: Action::Updated, id: seen.id.clone(), changes, lost })
    };
    if !to_other.is_empty() {
        update(Side::Other, &link.other, to_other, lost_other)
    } else if !to_salesforce.is_empty() {
        update(Side::Salesforce, &link.salesforce, to_salesforce, lost_salesforce)
    } else if !agreed.is_empty() {
        Verdict::Adopt(agreed)
    } else if let Some(side) = link.unsigned.filter(|side| policy.writes(*side)) {
        // Nothing else is to be written there with which the key could go.
        update(side, link.side(side), Vec::new(), Vec::new())
    } else if !held.is_empty() {
        Verdict::Hold(held)
    } else {
        Verdict::InStep
    }
}

/// Fields that merge as one: a lone field, or a whole group.
fn units(policy: &Policy) -> Vec<Vec<u16>> {
    let mut units: Vec<(Option<u8>, Vec<u16>)> = Vec::new();
    for (at, group) in (0u16..).zip(&policy.groups) {
        match units.iter_mut().find(|(known, _)| group.is_some() && known == group) {
            Some((_, unit)) => unit.push(at),
            None => units.push((*group, vec![at])),
        }
    }
    units.into_iter().map(|(_, unit)| unit).collect()
}

impl Merge {
    fn unit(&mut self, link: &Link, policy: &Policy, unit: &[u16]) {
        let a = |at: &u16| get(&link.salesforce.values, *at);
        let b = |at: &u16| get(&link.other.values, *at);
        let base = |at: &u16| link.base.as_ref().map(|base| get(base, *at));
        let agree = unit.iter().all(|at| a(at) == b(at));
        let a_changed = unit.iter().any(|at| base(at) != Some(a(at)));
        let b_changed = unit.iter().any(|at| base(at) != Some(b(at)));
        if agree {
            if a_changed {
                self.agreed.extend(unit.iter().map(|at| (*at, a(at).clone())));
            }
            return;
        }
        match (policy.writes(Side::Other), policy.writes(Side::Salesforce)) {
            (false, false) => {}
            // One way: the source is followed; what drifts on the other side is left alone until it changes.
            (true, false) if a_changed => {
                // What people wrote into the item of a converted lead is kept in the ledger.
                self.write(Side::Other, link, unit, b_changed && link.converted.is_some());
            }
            (false, true) if b_changed => self.write(Side::Salesforce, link, unit, false),
            (true, false) | (false, true) => {}
            (true, true) => match (a_changed, b_changed) {
                (true, false) => self.write(Side::Other, link, unit, false),
                (false, true) => self.write(Side::Salesforce, link, unit, false),
                _ => match (reformed(link, Side::Salesforce, unit), reformed(link, Side::Other, unit)) {
                    (true, false) => self.write(Side::Salesforce, link, unit, true),
                    (false, true) => self.write(Side::Other, link, unit, true),
                    _ => self.conflict(link, policy, unit),
                },
            },
        }
    }

    /// A reference was changed to point to what will never have a counterpart: what stood there before is wrong now.
    fn clear(&mut self, link: &Link, policy: &Policy, at: u16) {
        let Some(base) = link.base.as_ref().map(|base| get(base, at)).filter(|base| !base.is_null()) else {
            return;
        };
        for side in [Side::Salesforce, Side::Other].into_iter().filter(|side| policy.writes(*side)) {
            let there = get(&link.side(side).values, at);
            let source = get(&link.side(side.opposite()).values, at);
            if there == base && source != base && !source.is_null() {
                match side {
                    Side::Salesforce => self.to_salesforce.push((at, Value::Null)),
                    Side::Other => self.to_other.push((at, Value::Null)),
                }
            }
        }
    }

    /// Both sides changed the unit, or nothing is known of what they once agreed on.
    fn conflict(&mut self, link: &Link, policy: &Policy, unit: &[u16]) {
        if link.base.is_none() {
            // Two records that have just met: what only one of them knows is no conflict.
            if unit.iter().all(|at| get(&link.salesforce.values, *at).is_null()) {
                return self.write(Side::Salesforce, link, unit, false);
            }
            if unit.iter().all(|at| get(&link.other.values, *at).is_null()) {
                return self.write(Side::Other, link, unit, false);
            }
        }
        match policy.conflicts {
            Conflicts::Hold => self.held.extend_from_slice(unit),
            Conflicts::SalesforceWins => self.write(Side::Other, link, unit, true),
            Conflicts::OtherWins => self.write(Side::Salesforce, link, unit, true),
            Conflicts::NewestWins if link.other.at > link.salesforce.at => {
                self.write(Side::Salesforce, link, unit, true);
            }
            Conflicts::NewestWins => self.write(Side::Other, link, unit, true),
        }
    }

    fn write(&mut self, side: Side, link: &Link, unit: &[u16], conflict: bool) {
        let (writes, lost) = match side {
            Side::Salesforce => (&mut self.to_salesforce, &mut self.lost_salesforce),
            Side::Other => (&mut self.to_other, &mut self.lost_other),
        };
        for at in unit {
            let (winner, loser) =
                (get(&link.side(side.opposite()).values, *at), get(&link.side(side).values, *at));
            if winner != loser {
                writes.push((*at, winner.clone()));
                if conflict {
                    lost.push((*at, loser.clone()));
                }
            }
        }
    }
}

/// Returns whether `side` holds what both sides agreed on, and only in another form: that is what the remote made of our
/// own write, and it does not stand against what a person wrote on the opposite side meanwhile.
fn reformed(link: &Link, side: Side, unit: &[u16]) -> bool {
    let Some(base) = &link.base else { return false };
    let values = &link.side(side).values;
    unit.iter().all(|at| {
        let (now, agreed) = (get(values, *at), get(base, *at));
        now == agreed || now.is_another_form_of(agreed)
    })
}

fn get(values: &[Value], at: u16) -> &Value {
    static NULL: Value = Value::Null;
    values.get(usize::from(at)).unwrap_or(&NULL)
}

fn numbered(values: &[Value]) -> impl Iterator<Item = (u16, Value)> + '_ {
    (0u16..).zip(values).map(|(at, value)| (at, value.clone()))
}

#[cfg(test)]
mod tests;
