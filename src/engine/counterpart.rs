//! Before a record is made: is its counterpart there already?
//!
//! The remote is asked, in few calls for many records. What is free and holds the same in the fields that the recipe
//! matches by is the counterpart: one is tied to the link (the store decides whether it is still free), several are an
//! error that names them. Nothing is announced before that, so a crash in between leaves nothing behind.
//!
//! Where the data were put back from a copy, whatever was made after the copy was taken is not known any more: then every
//! creation is looked up by its key first.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Rule;
use super::doubt::{LOOK_UP, by_key, creations};
use super::lane::{Call, Place, Work};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, LinkId, RemoteId, Side};
use crate::domain::ledger::Action;
use crate::domain::link::{Observed, Presence};
use crate::domain::matching::{Candidate, SEVERAL_MATCHES, features, several};
use crate::domain::settle::Answer;
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::{Remote, Step, StoreError, View};

/// What is left of a batch once counterparts have been looked for.
#[derive(Default)]
pub(super) struct Matched {
    /// What is to be called.
    pub(super) calls: Vec<Call>,
    /// Links to be looked at again.
    pub(super) again: Vec<(LinkId, Stamp)>,
    /// From when to go on, where the remote could not be asked.
    pub(super) until: Option<Stamp>,
}

impl Work {
    /// Sorts out of `calls` what has a counterpart already.
    pub(super) async fn counterparts(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        side: Side,
        calls: Vec<Call>,
    ) -> Result<Matched, StoreError> {
        let mut matched = Matched { calls, ..Matched::default() };
        if self.shared.copied
            && let Some(until) = self.made_before(target, remote, place, &mut matched).await?
        {
            matched.until = Some(until);
            return Ok(matched);
        }
        let book = self.shared.book();
        let rule = book.sharing(self.set).next().filter(|rule| !rule.recipe.matching.is_empty());
        let Some(rule) = rule else { return Ok(matched) };
        let asking: Vec<Call> = matched.calls.extract_if(.., |call| asks(call, rule)).collect();
        if asking.is_empty() {
            return Ok(matched);
        }
        let found = match self.candidates(target, remote, place, side, rule, &asking).await? {
            Ok(found) => found,
            Err(until) => {
                matched.calls.extend(asking);
                matched.until = Some(until);
                return Ok(matched);
            }
        };
        self.sort_out(asking, rule, &found, &mut matched).await?;
        Ok(matched)
    }

    /// Ties what was made before, and is not known any more, to its source by the key that it carries.
    async fn made_before(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        matched: &mut Matched,
    ) -> Result<Option<Stamp>, StoreError> {
        let creating: Vec<&Call> = matched.calls.iter().filter(|call| by_key(call)).collect();
        let mut found = BTreeMap::new();
        for calls in creating.chunks(LOOK_UP) {
            let Some(_leave) = self.shared.keeper.leave(target).await else {
                return Ok(Some(self.shared.now()));
            };
            match self.carriers(remote, place, calls).await {
                Ok(carriers) => found.extend(carriers),
                Err(failure) => {
                    return self.shared.unwell_at(target, &place.container, &failure).await.map(Some);
                }
            }
        }
        let (mut tied, mut left) = (Vec::new(), Vec::new());
        {
            let view = self.shared.store.read()?;
            for call in std::mem::take(&mut matched.calls) {
                match found.remove(&call.id) {
                    Some(seen) if is_free(view.as_ref(), &call, &seen)? => {
                        tied.push((call.id, call.link.rev, seen));
                    }
                    _ => left.push(call),
                }
            }
        }
        matched.calls = left;
        if !tied.is_empty() {
            let now = self.shared.now();
            self.shared.commit(Step::Match { pairs: tied, by: "engine".into(), now }).await?;
        }
        Ok(None)
    }

    /// Reads the records that carry the keys of what is to be made.
    async fn carriers(
        &self,
        remote: &dyn Remote,
        place: &Place,
        calls: &[&Call],
    ) -> Result<BTreeMap<LinkId, Observed>, Failure> {
        let answers = creations(remote, place, calls).await?;
        let made = |answer: &Option<Answer>| match answer {
            Some(Answer::Done { id, .. }) => Some(id.clone()),
            _ => None,
        };
        let ids: Vec<Option<RemoteId>> = answers.iter().map(made).collect();
        let wanted: Vec<RemoteId> = ids.iter().flatten().cloned().collect();
        let (Some(first), false) = (calls.first(), wanted.is_empty()) else { return Ok(BTreeMap::new()) };
        let side = first.intent.operation.side;
        let read = self.shared.now();
        let records = remote.fetch(&place.container, &wanted, &self.rule.fields(side)).await?;
        let now = self.shared.now();
        let pair = |(call, id): (&&Call, Option<RemoteId>)| {
            let id = id?;
            let record =
                records.iter().find(|record| record.id == id && record.presence == Presence::Present)?;
            Some((call.id, self.rule.observed(side, record, read, now)))
        };
        Ok(calls.iter().zip(ids).filter_map(pair).collect())
    }

    /// Asks for everything that holds what one of the records holds in the first field.
    async fn candidates(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        side: Side,
        rule: &Rule,
        asking: &[Call],
    ) -> Result<Result<Vec<Observed>, Stamp>, StoreError> {
        let first = rule.recipe.matching.first().copied().unwrap_or_default();
        let Some(map) = rule.recipe.mapping.fields.get(usize::from(first)) else { return Ok(Ok(Vec::new())) };
        let wanted: BTreeSet<&Value> =
            asking.iter().filter_map(|call| of_source(call, rule)?.first().copied()).collect();
        let wanted: Vec<Value> = wanted.into_iter().cloned().collect();
        let Some(_leave) = self.shared.keeper.leave(target).await else {
            return Ok(Err(self.shared.now()));
        };
        let read = self.shared.now();
        match remote.alike(&place.container, map.name(side), &wanted, &rule.fields(side)).await {
            Ok(records) => {
                let now = self.shared.now();
                Ok(Ok(records.iter().map(|record| rule.observed(side, record, read, now)).collect()))
            }
            Err(failure) => Ok(Err(self.shared.unwell_at(target, &place.container, &failure).await?)),
        }
    }

    async fn sort_out(
        &self,
        asking: Vec<Call>,
        rule: &Rule,
        found: &[Observed],
        matched: &mut Matched,
    ) -> Result<(), StoreError> {
        let now = self.shared.now();
        let (mut pairs, mut unclear) = (Vec::new(), Vec::new());
        {
            let view = self.shared.store.read()?;
            let mut taken: BTreeSet<&RemoteId> = BTreeSet::new();
            for call in asking {
                let candidates = of_call(view.as_ref(), &call, rule, found)?;
                match candidates.as_slice() {
                    [] => matched.calls.push(call),
                    // Another link of this batch gets it; then this one looks again, and finds it taken.
                    [only] if !taken.insert(&only.id) => matched.again.push((call.id, now)),
                    [only] => pairs.push((call.id, call.link.rev, (*only).clone())),
                    _ => {
                        let failure = ambiguous(&candidates, rule);
                        unclear.push((call, failure));
                    }
                }
            }
        }
        if !pairs.is_empty() {
            self.shared.commit(Step::Match { pairs, by: "engine".into(), now }).await?;
        }
        self.refuse(unclear).await
    }

    /// Makes errors of what a person has to decide.
    async fn refuse(&self, unclear: Vec<(Call, Failure)>) -> Result<(), StoreError> {
        if unclear.is_empty() {
            return Ok(());
        }
        let intents = unclear.iter().map(|(call, _)| (call.id, call.intent.clone())).collect();
        let taken = self.shared.commit(Step::Intend { intents }).await?.taken;
        let mine = unclear.into_iter().filter(|(call, _)| taken.contains(&call.id));
        self.settle(mine.map(|(call, failure)| (call.id, Answer::Refused(failure), 0)).collect()).await
    }
}

/// Returns what the record that is to get a counterpart is recognised by.
fn of_source<'c>(call: &'c Call, rule: &Rule) -> Option<Vec<&'c Value>> {
    let source = call.link.side(call.intent.operation.side.opposite());
    features(&source.values, &rule.recipe.matching)
}

/// Returns whether a counterpart is looked for: for what is made for the first time and can be recognised.
fn asks(call: &Call, rule: &Rule) -> bool {
    call.intent.operation.action == Action::Created
        && call.link.removed.is_none()
        && of_source(call, rule).is_some()
}

/// Returns the free records that hold the same.
fn of_call<'f>(
    view: &dyn View,
    call: &Call,
    rule: &Rule,
    found: &'f [Observed],
) -> Result<Vec<&'f Observed>, StoreError> {
    let Some(wanted) = of_source(call, rule) else { return Ok(Vec::new()) };
    let own = call.link.side(call.intent.operation.side.opposite()).id.as_ref();
    let mut candidates: Vec<&Observed> = Vec::new();
    for seen in found {
        let same = features(&seen.values, &rule.recipe.matching).as_ref() == Some(&wanted);
        // A record with the key of another one has its counterpart, in whatever recipe that is.
        let keyless = seen.origin.is_none() || seen.origin.as_ref() == own;
        let known = candidates.iter().any(|known| known.id == seen.id);
        if same && keyless && !known && is_free(view, call, seen)? {
            candidates.push(seen);
        }
    }
    Ok(candidates)
}

fn is_free(view: &dyn View, call: &Call, seen: &Observed) -> Result<bool, StoreError> {
    let Some(link) = view.link_of(seen.set, seen.side, &seen.id)?.filter(|link| *link != call.id) else {
        return Ok(true);
    };
    Ok(view.link(link)?.is_none_or(|link| link.side(seen.side.opposite()).id.is_none()))
}

fn ambiguous(candidates: &[&Observed], rule: &Rule) -> Failure {
    let named: Vec<Candidate<'_>> =
        candidates.iter().map(|seen| Candidate { id: &seen.id, name: &seen.name }).collect();
    let mut failure = Failure::new(Kind::Permanent, Class::Dup, SEVERAL_MATCHES, &several(&named));
    let side = candidates.first().map_or(Side::Other, |seen| seen.side);
    let maps = rule.recipe.matching.iter().filter_map(|at| rule.recipe.mapping.fields.get(usize::from(*at)));
    failure.fields = maps.map(|map| map.name(side).clone()).collect();
    failure
}
