//! What an answer does to a link: the end of an operation, as a pure function.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::failure::{Cause, Class, Failure, Kind};
use super::id::{ConnectionId, ErrorId, FieldName, LinkId, RemoteId, Side};
use super::ledger::{Action, Entry, ErrorRecord, ErrorState, Outcome};
use super::link::{Absent, Intent, Link, Pending, Presence};
use super::mapping::Mapping;
use super::parents::{PARENT_MISSING, to_be_told};
use super::people::{DEFAULT, OWNER_DEFAULT};
use super::plan::{Operation, Policy, Verdict, plan};
use super::recipe::Recipe;
use super::retry;
use super::schema::Form;
use super::time::Stamp;
use super::value::Value;

/// The code of an update whose record is no longer there.
pub const COUNTERPART_GONE: &str = "COUNTERPART_GONE";

/// The code of a field that something else puts back whenever it was written.
pub const FLIPPING: &str = "FLIPPING";

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It was done, to this record, which then had this stamp.
    Done {
        /// The record that was written.
        id: RemoteId,
        /// The remote's stamp after the write, where it told.
        at: Option<Stamp>,
    },
    /// The record it was meant for is not there.
    Gone,
    /// It was not done.
    Refused(Failure),
    /// The connection fell before the remote was asked about it.
    Unasked(Failure),
    /// It is known not to have been done, and no fault of the record's: it waits until then and is planned anew.
    NotDone {
        /// Not before.
        until: Stamp,
    },
    /// It was in doubt, was looked for and is not there: not done, or written over since. It is planned anew.
    Undone,
    /// Nobody knows: the answer never came.
    Doubt,
}

impl Answer {
    /// An answer that tells of another record than the one that was written tells nothing: it is in doubt.
    pub fn must_be_about(&mut self, meant: Option<&RemoteId>) {
        if let (Self::Done { id, .. }, Some(meant)) = (&*self, meant)
            && id != meant
        {
            *self = Self::Doubt;
        }
    }
}

/// What surrounds the end of an operation.
#[derive(Clone, Debug)]
pub struct Circumstances<'a> {
    /// The link's id.
    pub link_id: LinkId,
    /// The recipe that wanted it.
    pub recipe: &'a Recipe,
    /// The wishes of all recipes that share the link, running or not.
    pub policy: &'a Policy,
    /// Now.
    pub now: Stamp,
    /// How long the call took, in milliseconds.
    pub duration_ms: u32,
    /// Uniform in 0.0..1.0: the jitter of a retry.
    pub dice: f64,
    /// The error that already waits on this link.
    pub error: Option<&'a ErrorRecord>,
    /// The id that a new error takes.
    pub new_error: ErrorId,
}

/// What is to be stored in one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The ledger's line.
    pub entry: Option<Entry>,
    /// The error as it now stands.
    pub error: Option<ErrorRecord>,
    /// What is still to be done, if anything.
    pub pending: Option<Pending>,
}

/// Ends `intent` on `link`.
pub fn settle(
    link: &mut Link,
    pending: &Pending,
    intent: &Intent,
    answer: &Answer,
    around: &Circumstances<'_>,
) -> Settled {
    match answer {
        Answer::Doubt => {
            Settled { entry: None, error: None, pending: Some(doubtful(pending, intent, around.now)) }
        }
        Answer::NotDone { until } => {
            let pending = Pending { intent: None, due: *until, ..pending.clone() };
            Settled { entry: None, error: None, pending: Some(pending) }
        }
        Answer::Undone => {
            let entry = overtaken(link, pending, intent, around);
            let pending = Pending { intent: None, due: around.now, ..pending.clone() };
            Settled { entry, error: None, pending: Some(pending) }
        }
        Answer::Refused(failure) => refused(link, pending, intent, failure, pending.attempts + 1, around),
        Answer::Unasked(failure) => refused(link, pending, intent, failure, pending.attempts, around),
        Answer::Done { id, at } => done(link, pending, intent, id, *at, around),
        Answer::Gone => gone(link, pending, intent, around),
    }
}

/// A write whose answer never came is not there when it is looked for: it was not done, or somebody has written over it
/// since. In the second case what it replaced is lost, and nothing else would tell.
fn overtaken(link: &Link, pending: &Pending, intent: &Intent, around: &Circumstances<'_>) -> Option<Entry> {
    let Operation { side, lost, .. } = &intent.operation;
    if lost.is_empty() {
        return None;
    }
    let mut entry = line(link, intent, pending, Action::Conflict, Outcome::Ok, around);
    entry.lost = named(&around.recipe.mapping, *side, lost);
    Some(entry)
}

fn doubtful(pending: &Pending, intent: &Intent, now: Stamp) -> Pending {
    let intent = Intent { doubt: Some(intent.doubt.unwrap_or(now)), ..intent.clone() };
    Pending { intent: Some(intent), attempts: pending.attempts + 1, ..pending.clone() }
}

fn done(
    link: &mut Link,
    pending: &Pending,
    intent: &Intent,
    id: &RemoteId,
    at: Option<Stamp>,
    around: &Circumstances<'_>,
) -> Settled {
    let Operation { side, action, changes, lost, .. } = &intent.operation;
    let mut told = *action;
    let mut lost = lost.clone();
    if *action == Action::Updated {
        lost.extend(written_over(link, &intent.operation, around.policy));
        link.replace(*side, changes, around.now);
    }
    let seen = link.side_mut(*side);
    seen.id = Some(id.clone());
    seen.written = around.now;
    if let Some(at) = at {
        seen.at = seen.at.max(at);
    }
    match action {
        Action::Deleted | Action::Archived => {
            seen.presence = if *action == Action::Deleted { Presence::Deleted } else { Presence::Archived };
            link.removed = Some(*side);
        }
        Action::Created => {
            // It may have been seen already, and changed by a person, before we learned that we had made it.
            let seen_since = seen.presence == Presence::Present;
            seen.presence = Presence::Present;
            if !seen_since {
                seen.values.clear();
            }
            if link.removed.take().is_some() {
                told = Action::Restored;
            }
            link.base = None;
            if seen_since {
                link.agree_base(changes);
            } else {
                link.agree(*side, changes);
            }
        }
        // Only the key was written.
        _ if changes.is_empty() => {}
        _ => link.agree(*side, changes),
    }
    link.leave_source(*side, &pending.edits);
    // What was created before the link followed its source into another record carries the key of the one that is gone.
    let source = link.side(side.opposite()).id.as_ref();
    let outlived = *action == Action::Created && pending.key.is_some() && pending.key.as_ref() != source;
    let signed = link.unsigned == Some(*side) && !outlived;
    if outlived {
        link.unsigned = Some(*side);
    } else if signed {
        link.unsigned = None;
    }
    link.rev += 1;
    let mut entry = line(link, intent, pending, told, Outcome::Ok, around);
    entry.lost = named(&around.recipe.mapping, *side, &lost);
    let ownerless = |(at, value): &(u16, Value)| {
        let map = around.recipe.mapping.fields.get(usize::from(*at));
        map.is_some_and(|map| map.form == Form::Owner) && value.as_text() == Some(DEFAULT)
    };
    if changes.iter().any(ownerless) {
        entry.failure = Some((Class::Map, OWNER_DEFAULT.into()));
    }
    let told = |field: u16| changes.iter().any(|(at, value)| *at == field && !value.is_null());
    let missing =
        |absent: &Absent| !told(absent.field) && to_be_told(link, absent.field, side.opposite()).is_some();
    if link.absent.iter().any(missing) {
        entry.failure = Some((Class::Map, PARENT_MISSING.into()));
    }
    if signed {
        entry.fields.extend(around.recipe.key_field(*side).cloned());
    }
    Settled {
        entry: Some(entry),
        error: resolved(link, around),
        pending: what_is_left(link, pending, around),
    }
}

/// Returns what people wrote while the call was under way, where it has been seen since: the call wrote over it. One
/// way there is nothing that could be lost.
fn written_over(link: &Link, operation: &Operation, policy: &Policy) -> Vec<(u16, Value)> {
    let (Some(base), true) = (&link.base, policy.to_other.is_some() && policy.to_salesforce.is_some()) else {
        return Vec::new();
    };
    let seen = &link.side(operation.side).values;
    let news = |(at, wrote): &(u16, Value)| {
        let (seen, base) = (seen.get(usize::from(*at))?, base.get(usize::from(*at)));
        let told = operation.lost.iter().any(|(known, value)| known == at && value == seen);
        (seen != wrote && Some(seen) != base && !told).then(|| (*at, seen.clone()))
    };
    operation.changes.iter().filter_map(news).collect()
}

/// A delete of what is gone is done; an update of what is gone ends there: a person removed the counterpart,
/// and nothing comes back by accident.
fn gone(link: &mut Link, pending: &Pending, intent: &Intent, around: &Circumstances<'_>) -> Settled {
    let side = intent.operation.side;
    let wanted = matches!(intent.operation.action, Action::Deleted | Action::Archived);
    link.side_mut(side).presence = Presence::Deleted;
    if wanted {
        link.removed = Some(side);
    }
    link.rev += 1;
    let told = if wanted { intent.operation.action } else { Action::Skipped };
    let mut entry = line(link, intent, pending, told, Outcome::Ok, around);
    if !wanted {
        entry.failure = Some((Class::Map, COUNTERPART_GONE.into()));
    }
    Settled {
        entry: Some(entry),
        error: resolved(link, around),
        pending: what_is_left(link, pending, around),
    }
}

fn refused(
    link: &mut Link,
    pending: &Pending,
    intent: &Intent,
    failure: &Failure,
    attempts: u32,
    around: &Circumstances<'_>,
) -> Settled {
    let again = retry::next_try(failure, attempts, around.now, around.dice);
    let cause = Cause::of(
        failure,
        &around.recipe.account,
        connection(around.recipe, intent.operation.side),
        &around.recipe.object,
        around.recipe.direction,
        intent.operation.action,
    );
    let id = around.error.map_or(around.new_error, |error| error.id);
    // The record may have changed while the call was under way: then the refusal is of yesterday's values.
    let stale = link.rev != intent.rev;
    let error = ErrorRecord {
        id,
        group: cause.id(),
        cause,
        recipe: around.recipe.id,
        link: around.link_id,
        connection: connection(around.recipe, intent.operation.side).clone(),
        object: around.recipe.object.clone(),
        direction: around.recipe.direction,
        operation: intent.operation.action,
        salesforce_id: link.salesforce.id.clone(),
        target_id: link.other.id.clone(),
        record_name: Arc::clone(&link.name),
        sent: named(&around.recipe.mapping, intent.operation.side, &intent.operation.changes),
        failure: failure.clone(),
        attempts,
        first_at: around.error.map_or(around.now, |error| error.first_at),
        last_at: around.now,
        next_retry_at: again,
        state: if again.is_some() || stale { ErrorState::Retrying } else { ErrorState::Open },
        reason: None,
    };
    link.error = Some(id);
    let outcome = if error.state == ErrorState::Open { Outcome::Parked } else { Outcome::Error };
    let mut entry = line(link, intent, pending, intent.operation.action, outcome, around);
    entry.failure = Some((failure.class, Arc::clone(&failure.code)));
    let pending = match again {
        Some(due) => Some(Pending { due, attempts, intent: None, ..pending.clone() }),
        None if stale && failure.kind != Kind::Connection => {
            Some(Pending { asked: pending.asked.clone(), ..Pending::new(around.now) })
        }
        None => None,
    };
    Settled { entry: Some(entry), error: Some(error), pending }
}

/// Returns the connection over which `side` is written.
pub fn connection(recipe: &Recipe, side: Side) -> &ConnectionId {
    match side {
        Side::Salesforce => &recipe.salesforce,
        Side::Other => &recipe.target,
    }
}

fn resolved(link: &mut Link, around: &Circumstances<'_>) -> Option<ErrorRecord> {
    link.error = None;
    around.error.map(|error| ErrorRecord {
        state: ErrorState::Resolved,
        next_retry_at: None,
        last_at: around.now,
        ..error.clone()
    })
}

fn what_is_left(link: &Link, pending: &Pending, around: &Circumstances<'_>) -> Option<Pending> {
    match plan(link, around.policy) {
        Verdict::InStep => None,
        // A hold is noted by whoever plans next.
        Verdict::Adopt(_) | Verdict::Do(_) | Verdict::Hold(_) | Verdict::Look(_) => Some(Pending {
            asked: pending.asked.clone(),
            due: due(link, around.now),
            ..Pending::new(around.now)
        }),
    }
}

/// When a link may be written next: at once, unless it rests.
pub fn due(link: &Link, now: Stamp) -> Stamp {
    link.rests_until().map_or(now, |until| until.max(now))
}

fn line(
    link: &Link,
    intent: &Intent,
    pending: &Pending,
    action: Action,
    outcome: Outcome,
    around: &Circumstances<'_>,
) -> Entry {
    let (job, by) = match &pending.asked {
        Some((job, by)) => (Some(*job), Arc::clone(by)),
        None => (None, "engine".into()),
    };
    Entry {
        at: around.now,
        account: around.recipe.account.clone(),
        recipe: around.recipe.id,
        link: around.link_id,
        object: around.recipe.object.clone(),
        direction: around.recipe.direction,
        action,
        outcome,
        salesforce_id: link.salesforce.id.clone(),
        target_id: link.other.id.clone(),
        record_name: Arc::clone(&link.name),
        duration_ms: around.duration_ms,
        fields: intent
            .operation
            .changes
            .iter()
            .filter_map(|(at, _)| field(&around.recipe.mapping, intent.operation.side, *at))
            .collect(),
        attempt: pending.attempts + 1,
        failure: None,
        lost: Vec::new(),
        job,
        by,
        heirs: Vec::new(),
    }
}

fn named(mapping: &Mapping, side: Side, changes: &[(u16, Value)]) -> Vec<(FieldName, Value)> {
    changes.iter().filter_map(|(at, value)| Some((field(mapping, side, *at)?, value.clone()))).collect()
}

fn field(mapping: &Mapping, side: Side, at: u16) -> Option<FieldName> {
    mapping.fields.get(usize::from(at)).map(|map| map.name(side).clone())
}

#[cfg(test)]
mod tests;
