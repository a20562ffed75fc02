//! Families: a record that is made in Salesforce, and those that wait for nothing but it, in one call.
//!
//! The parent's lane takes the children along. Each has an intent of its own, durable before the call like any other:
//! whoever has placed it first has the link, so that nothing is written twice; and what becomes of a call whose answer
//! never came is found out by each lane for itself. Where a family is refused, its children wait on for their parent,
//! except the one that was the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::Event;
use super::book::Book;
use super::gather::creates;
use super::lane::{Call, Place, Work};
use crate::domain::id::{ConnectionId, FieldName, LinkId, LinkSetId, RemoteId, Side};
use crate::domain::ledger::Action;
use crate::domain::link::Intent;
use crate::domain::plan::{Verdict, plan};
use crate::domain::settle::{Answer, connection};
use crate::domain::time::Stamp;
use crate::ports::{Child, Family, Remote, Step, StoreError, View};

/// Links that another lane than their own makes just now.
#[derive(Default)]
pub(super) struct Aboard(Mutex<BTreeSet<LinkId>>);

impl Aboard {
    fn links(&self) -> MutexGuard<'_, BTreeSet<LinkId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether a link is one of them.
    pub(super) fn holds(&self, link: LinkId) -> bool {
        self.links().contains(&link)
    }

    /// Notes links until the ticket is dropped.
    fn take(&self, links: BTreeSet<LinkId>) -> Ticket<'_> {
        self.links().extend(&links);
        Ticket { aboard: self, links }
    }
}

struct Ticket<'a> {
    aboard: &'a Aboard,
    links: BTreeSet<LinkId>,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.aboard.links().retain(|link| !self.links.contains(link));
    }
}

/// A child that is taken along.
pub(super) struct Along {
    /// Its parent's link.
    parent: LinkId,
    call: Call,
    place: Place,
    /// The fields that hold the parent's id.
    pointing: Vec<FieldName>,
}

impl Work {
    /// Returns the children that go along with records that are about to be made, if all of it fits into one call.
    pub(super) fn children(
        &self,
        side: Side,
        target: &ConnectionId,
        remote: &dyn Remote,
        calls: &[Call],
    ) -> Result<Vec<Along>, StoreError> {
        let Some(most) = remote.families().filter(|_| side == Side::Salesforce) else {
            return Ok(Vec::new());
        };
        if calls.len() > most.families || !calls.iter().all(creates) {
            return Ok(Vec::new());
        }
        let (book, view) = (self.shared.book(), self.shared.store.read()?);
        let mut room = most.records.saturating_sub(calls.len());
        let mut along = Vec::new();
        for call in calls {
            let Some(item) = &call.link.other.id else { return Ok(Vec::new()) };
            for (set, child) in view.waiting_for(Side::Other, item, room)? {
                if set == self.set {
                    continue;
                }
                let Some((child, place, pointing)) =
                    self.child(&book, view.as_ref(), target, set, child, item)?
                else {
                    continue;
                };
                along.push(Along { parent: call.id, call: child, place, pointing });
                room -= 1;
            }
        }
        Ok(along)
    }

    /// Returns what makes a child, if it is to be made over the same connection and waits for this parent alone.
    fn child(
        &self,
        book: &Book,
        view: &dyn View,
        target: &ConnectionId,
        set: LinkSetId,
        id: LinkId,
        parent: &RemoteId,
    ) -> Result<Option<(Call, Place, Vec<FieldName>)>, StoreError> {
        let now = self.shared.now();
        let (Some(policy), Some(rule)) = (book.running_policy(set), book.sharing(set).next()) else {
            return Ok(None);
        };
        let recipe = &rule.recipe;
        // What is looked for before it is made, or was refused before, goes its own way.
        let plain = connection(recipe, Side::Salesforce) == target && recipe.matching.is_empty();
        let Some(pending) = view.pending(set, id)?.filter(|_| plain) else { return Ok(None) };
        if pending.intent.is_some() || pending.attempts > 0 || pending.asked.is_some() || pending.due > now {
            return Ok(None);
        }
        let (Some(waits), Some(mut link)) = (view.waits(set, id)?, view.link(id)?) else { return Ok(None) };
        let coming: Vec<_> = waits.all.iter().filter(|wait| wait.why.may_come()).collect();
        if !waits.blocked || !coming.iter().all(|wait| wait.side == Side::Other && wait.parent == *parent) {
            return Ok(None);
        }
        let fields: Vec<u16> = coming.iter().map(|wait| wait.field).collect();
        link.absent.retain(|absent| !fields.contains(&absent.field));
        let Verdict::Do(operation) = plan(&link, &policy) else { return Ok(None) };
        let told = fields.iter().all(|field| operation.changes.iter().any(|(at, _)| at == field));
        if operation.side != Side::Salesforce || operation.action != Action::Created || !told {
            return Ok(None);
        }
        let mapping = &recipe.mapping;
        let pointing: Vec<FieldName> = fields
            .iter()
            .filter_map(|at| mapping.fields.get(usize::from(*at)))
            .map(|map| map.name(Side::Salesforce).clone())
            .collect();
        let mut values = rule.native(&operation);
        values.retain(|(name, _)| !pointing.contains(name));
        let intent = Intent { rev: link.rev, operation, at: now, doubt: None };
        let call = Call { id, link, intent, key: None, retry: false, values };
        Ok(Some((call, Place::of(recipe, Side::Salesforce), pointing)))
    }

    /// Announces, makes and settles families; returns from when to go on where the connection as a whole is in trouble.
    pub(super) async fn call_families(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        calls: Vec<Call>,
        along: Vec<Along>,
    ) -> Result<Option<Stamp>, StoreError> {
        let Some(_leave) = self.shared.keeper.leave(target).await else { return Ok(None) };
        let ticket = self.shared.aboard.take(along.iter().map(|child| child.call.id).collect());
        let announced = calls.iter().chain(along.iter().map(|child| &child.call));
        let intents = announced.map(|call| (call.id, call.intent.clone())).collect();
        let taken: BTreeSet<LinkId> =
            self.shared.commit(Step::Intend { intents }).await?.taken.into_iter().collect();
        let calls: Vec<Call> = calls.into_iter().filter(|call| taken.contains(&call.id)).collect();
        let along = along.into_iter().filter(|child| taken.contains(&child.call.id));
        // A parent that somebody else has taken meanwhile takes nobody along.
        let (along, left): (Vec<Along>, Vec<Along>) = along.partition(|child| taken.contains(&child.parent));
        let mut children: BTreeMap<LinkId, Vec<Along>> = BTreeMap::new();
        for child in along {
            children.entry(child.parent).or_default().push(child);
        }
        let families: Vec<Family> =
            calls.iter().map(|call| family(call, place, children.get(&call.id))).collect();
        let began = Instant::now();
        let until = self.shared.now();
        let told = if families.is_empty() {
            Some(Vec::new())
        } else {
            remote.apply_families(&place.container, &place.key_field, &families).await
        };
        let (mut answers, of_children) = if let Some(told) = told {
            split(&families, told)
        } else {
            // The parents go the usual way, and the children follow them.
            let writes: Vec<_> = families.iter().map(|family| family.parent.clone()).collect();
            let answers = remote.apply(&place.container, &place.key_field, &writes).await;
            let children = families.iter().map(|family| family.children.len()).sum();
            (answers, vec![Answer::NotDone { until }; children])
        };
        answers.resize(calls.len(), Answer::Doubt);
        let duration = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        let spared = self.spare(target, place, &mut answers).await?;
        answers.extend(of_children);
        let wait = match spared {
            Some(until) => Some(until),
            None => self.judge(target, &mut answers).await?,
        };
        // Parents first: then a child's reference can be told by the parent's new id.
        let in_order = calls.iter().filter_map(|call| children.get(&call.id)).flatten();
        let links = calls.iter().map(|call| call.id).chain(in_order.map(|child| child.call.id));
        let mut ends: Vec<(LinkId, Answer, u32)> =
            links.zip(answers).map(|(link, answer)| (link, answer, duration)).collect();
        ends.extend(left.iter().map(|child| (child.call.id, Answer::NotDone { until }, 0)));
        self.settle(ends).await?;
        drop(ticket);
        let left = left.into_iter().chain(children.into_values().flatten());
        self.hand_back(left.map(|child| (child.call.link.set, child.call.id)))?;
        Ok(wait)
    }

    /// Leaves children to their own lanes again, which passed over them meanwhile: they take up what is left to do.
    fn hand_back(&self, children: impl Iterator<Item = (LinkSetId, LinkId)>) -> Result<(), StoreError> {
        let view = self.shared.store.read()?;
        let mut due = Vec::new();
        for (set, link) in children {
            due.extend(view.pending(set, link)?.map(|pending| (set, link, pending.due)));
        }
        // Nobody hears it when everything ends; the next start finds what is pending.
        let _heard = self.shared.events.send(Event::Pending(due));
        Ok(())
    }
}

fn family(call: &Call, place: &Place, children: Option<&Vec<Along>>) -> Family {
    let child = |along: &Along| Child {
        container: along.place.container.clone(),
        key_field: along.place.key_field.clone(),
        write: Work::write(&along.call, &along.place),
        pointing: along.pointing.clone(),
    };
    Family { parent: Work::write(call, place), children: children.into_iter().flatten().map(child).collect() }
}

/// Returns the answers of the parents, and those of all children. A remote that answers fewer than it was asked leaves
/// the others in doubt, never done.
fn split(families: &[Family], told: Vec<Vec<Answer>>) -> (Vec<Answer>, Vec<Answer>) {
    let (mut parents, mut children) = (Vec::new(), Vec::new());
    let mut told = told.into_iter();
    for family in families {
        let mut answers = told.next().unwrap_or_default();
        answers.resize(family.children.len() + 1, Answer::Doubt);
        let mut answers = answers.into_iter();
        parents.extend(answers.next());
        children.extend(answers);
    }
    (parents, children)
}
