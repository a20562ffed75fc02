//! Doubt: what became of calls whose answer never came.
//!
//! First it is waited until the call can no longer take effect, then the remote is asked: for a creation by the key
//! that lies inside the record, for everything else by the record's id. Nothing is sent again before that, and
//! nothing is taken for undone because it was not answered: a record that was deleted, and whose source came back
//! meanwhile, would stay away for good.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::lane::{Call, Place, Work};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, FieldName, LinkId, RemoteId};
use crate::domain::ledger::Action;
use crate::domain::link::Presence;
use crate::domain::settle::Answer;
use crate::domain::time::Stamp;
use crate::ports::{Record, Remote, StoreError};

/// How many records are looked up in one question.
pub(super) const LOOK_UP: usize = 100;

/// When the call of a link can no longer take effect, on a clock that nobody can set.
pub(super) type Doubted = Arc<Mutex<BTreeMap<LinkId, Instant>>>;

impl Work {
    /// Finds out what became of calls whose answer never came. A create is never sent again before that.
    pub(super) async fn settle_doubts(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        doubts: Vec<Call>,
    ) -> Result<Vec<(LinkId, Stamp)>, StoreError> {
        let now = self.shared.now();
        let mut again = Vec::new();
        let mut over = Vec::new();
        for call in doubts {
            match self.still_open(call.id, remote.doubt_ms()) {
                Some(wait_ms) => again.push((call.id, now.plus(wait_ms))),
                None => over.push(call),
            }
        }
        let (created, others): (Vec<Call>, Vec<Call>) = over.into_iter().partition(by_key);
        let mut ends = Vec::new();
        for calls in created.chunks(LOOK_UP).chain(others.chunks(LOOK_UP)) {
            let Some(_leave) = self.shared.keeper.leave(target).await else { return Ok(again) };
            let told = match calls.first() {
                Some(call) if by_key(call) => {
                    creations(remote, place, &calls.iter().collect::<Vec<_>>()).await
                }
                _ => self.changes(remote, place, calls).await,
            };
            match told {
                Ok(answers) => {
                    let told = calls.iter().zip(answers);
                    ends.extend(told.map(|(call, answer)| (call.id, answer.unwrap_or(Answer::Undone), 0)));
                }
                Err(failure) => {
                    let until = self.shared.unwell_at(target, &place.container, &failure).await?;
                    again.extend(calls.iter().map(|call| (call.id, until)));
                }
            }
        }
        let settled: Vec<LinkId> = ends.iter().map(|(link, ..)| *link).collect();
        self.settle(ends).await?;
        self.doubted.lock().unwrap_or_else(PoisonError::into_inner).retain(|link, _| !settled.contains(link));
        Ok(again)
    }

    /// Returns how long, in milliseconds, a call may still take effect. It is counted from when this process first
    /// met the doubt: how long ago an earlier one made the call only our clock could tell, which may have been set.
    fn still_open(&self, link: LinkId, doubt_ms: i64) -> Option<i64> {
        let mut doubted = self.doubted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let window = Duration::from_millis(u64::try_from(doubt_ms).unwrap_or(0));
        let left = doubted.entry(link).or_insert(now + window).duration_since(now);
        i64::try_from(left.as_millis()).ok().filter(|left| *left > 0)
    }

    /// Looks at records that were to be changed or removed; `None` for what was not done.
    async fn changes(
        &self,
        remote: &dyn Remote,
        place: &Place,
        calls: &[Call],
    ) -> Result<Vec<Option<Answer>>, Failure> {
        let mapping = &self.rule.recipe.mapping;
        let side = calls.first().map(|call| call.intent.operation.side);
        let key = side.and_then(|side| self.rule.key_field(side));
        let read =
            side.map_or_else(Vec::new, |side| mapping.fields.iter().map(|map| map.read(side)).collect());
        let fields: Vec<FieldName> = read.into_iter().chain(key.cloned()).collect();
        let ids: Vec<RemoteId> = calls.iter().filter_map(|call| call.intent.operation.id.clone()).collect();
        let found = remote.fetch(&place.container, &ids, &fields).await?;
        let view =
            self.shared.store.read().map_err(|error| {
                Failure::new(Kind::Transient, Class::Busy, error.code(), &error.to_string())
            })?;
        Ok(calls
            .iter()
            .map(|call| {
                let operation = &call.intent.operation;
                let id = operation.id.clone()?;
                let record =
                    found.iter().find(|record| record.id == id && record.presence == Presence::Present);
                match (record, operation.action) {
                    (None, Action::Deleted | Action::Archived) => Some(Answer::Done { id, at: None }),
                    (None, _) => Some(Answer::Gone),
                    (Some(_), Action::Deleted | Action::Archived) => None,
                    // What was to get its key did not get it; to take that for undone where it did would leave what was
                    // written there, should its source have gone back to what it was before.
                    (Some(record), _) if !is_signed(call, key, record) => None,
                    (Some(record), _) => {
                        let mut values = self.rule.project(operation.side, &record.fields);
                        self.in_common(view.as_ref(), operation.side, &mut values);
                        let written = operation
                            .changes
                            .iter()
                            .all(|(at, value)| values.get(usize::from(*at)) == Some(value));
                        written.then_some(Answer::Done { id, at: Some(record.at) })
                    }
                }
            })
            .collect())
    }
}

/// Returns whether a record carries the key of its source, where that was to be written.
fn is_signed(call: &Call, key: Option<&FieldName>, record: &Record) -> bool {
    let side = call.intent.operation.side;
    let source = call.link.side(side.opposite()).id.as_ref();
    let carries =
        |key: &FieldName| record.fields.get(key).as_text().map(str::trim) == source.map(RemoteId::as_str);
    call.link.unsigned != Some(side) || key.is_some_and(carries)
}

pub(super) fn by_key(call: &Call) -> bool {
    call.intent.operation.action == Action::Created && key(call).is_some()
}

/// Returns the key that a created record carries: of the source as it was then, whatever the link has followed since.
fn key(call: &Call) -> Option<&RemoteId> {
    call.key.as_ref().or(call.link.side(call.intent.operation.side.opposite()).id.as_ref())
}

/// Looks up what was to be created; `None` for what is not there.
pub(super) async fn creations(
    remote: &dyn Remote,
    place: &Place,
    calls: &[&Call],
) -> Result<Vec<Option<Answer>>, Failure> {
    let keys: Vec<RemoteId> = calls.iter().filter_map(|call| key(call).cloned()).collect();
    let found = remote.find(&place.container, &place.key_field, &keys).await?;
    let first = |call: &Call| {
        // Should there be several, the first one made is the counterpart.
        let carriers = found.iter().filter(|found| Some(&found.key) == key(call));
        carriers.min_by_key(|found| natural(&found.id))
    };
    Ok(calls
        .iter()
        .map(|call| first(call).map(|found| Answer::Done { id: found.id.clone(), at: found.at }))
        .collect())
}

/// Returns a key that orders ids as they were made: shorter numbers come first.
fn natural(id: &RemoteId) -> (usize, String) {
    (id.as_str().len(), id.as_str().to_owned())
}
