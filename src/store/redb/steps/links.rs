//! The steps on links: observe, intend, adopt, rest, settle.

use std::borrow::Cow;
use std::sync::Arc;

use redb::ReadableTable;

use super::super::codec::{Fault, get, put};
use super::super::tables::side_code;
use super::Stepper;
use super::parents::Referred;
use crate::domain::id::{ErrorId, LinkId, LinkSetId, RemoteId, Side};
use crate::domain::ledger::{Action, Entry, ErrorRecord, ErrorState, Outcome};
use crate::domain::link::{Intent, Link, Observed, Pending, Presence};
use crate::domain::plan::{Policy, Verdict, plan};
use crate::domain::recipe::{Direction, Recipe};
use crate::domain::settle::{Answer, Circumstances, due, settle};
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::{Checkpoint, Committed, StreamId};

impl Stepper<'_, '_> {
    pub(super) fn observe(
        &mut self,
        stream: &StreamId,
        checkpoint: &Checkpoint,
        rows: &[Observed],
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let done = self.look(rows, now)?;
        put(&mut self.t.checkpoints, (stream.connection.as_str(), stream.container.as_str()), checkpoint)?;
        Ok(done)
    }

    /// Takes in rows, from a stream or read one by one.
    pub(super) fn look(&mut self, rows: &[Observed], now: Stamp) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        let mut policies: Vec<(LinkSetId, Option<Policy>)> = Vec::new();
        for seen in rows {
            let known = policies.iter().position(|(set, _)| *set == seen.set);
            let at = known.unwrap_or(policies.len());
            if known.is_none() {
                policies.push((seen.set, self.policy(seen.set)));
            }
            let Some((_, Some(policy))) = policies.get(at) else { continue };
            let seen = self.seen_in_common(seen)?;
            let taken = self.take_in(&seen)?;
            if let Some((id, link)) = self.take_in_conversion(taken, &seen, now, &mut done)? {
                put(&mut self.t.links, id.0, &link)?;
                self.count_deletion(&link, policy, now)?;
                // What has just been made was never pending: a first load asks for nothing that it knows.
                let known = if link.rev == 1 { None } else { self.pending(&link, id)? };
                self.wake_from(known, id, &link, policy, now, &mut done)?;
                self.tell_children(&link, now, &mut done)?;
            }
        }
        Ok(done)
    }

    /// Returns the link that an observation made or changed; `None` when it told nothing new.
    fn take_in(&mut self, seen: &Observed) -> Result<Option<(LinkId, Link)>, Fault> {
        let known = self.by_remote(seen.set, seen.side, &seen.id)?;
        let by_origin = match (&known, &seen.origin) {
            (None, Some(origin)) => self.by_remote(seen.set, seen.side.opposite(), origin)?,
            _ => None,
        };
        if let Some(id) = known.or(by_origin) {
            let Some(mut link) = get::<_, Link>(&self.t.links, id.0, "a link")? else { return Ok(None) };
            let other_record = link.side(seen.side).id.as_ref().is_some_and(|known| *known != seen.id);
            if seen.presence == Presence::Unknown {
                // It was looked for and is not there, unless it was seen after all meanwhile.
                if link.side(seen.side).presence != Presence::Unknown {
                    return Ok(None);
                }
                self.forget(seen.set, seen.side, &seen.id)?;
                link.miss(seen.side);
                return Ok(Some((id, link)));
            }
            if let Some(survivor) = &seen.survivor
                && known.is_some()
                && link.side(seen.side).presence != Presence::Deleted
                && self.by_remote(seen.set, seen.side, survivor)?.is_none()
            {
                // Merged into a record that has no counterpart of its own: the link goes with it.
                self.forget(seen.set, seen.side, &seen.id)?;
                self.remember(seen.set, seen.side, survivor, id)?;
                link.follow(seen.side, survivor.clone());
                return Ok(Some((id, link)));
            }
            if known.is_none() && other_record {
                // A copy that a person made of the counterpart carries the same key; the link stays with the first.
                return Ok(None);
            }
            if !link.observe(seen) {
                return Ok(None);
            }
            if known.is_none() {
                self.remember(seen.set, seen.side, &seen.id, id)?;
            }
            return Ok(Some((id, link)));
        }
        if !seen.admitted || seen.presence != Presence::Present {
            return Ok(None);
        }
        let id = LinkId(self.next_id("link")?);
        self.remember(seen.set, seen.side, &seen.id, id)?;
        let mut link = Link::first(seen);
        if let Some(origin) = &seen.origin {
            // It was made from a record that has not been seen yet, by an earlier recipe perhaps. Making that one a
            // second time is what the key is there to prevent.
            let side = seen.side.opposite();
            self.remember(seen.set, side, origin, id)?;
            link.expect(side, origin.clone());
        }
        Ok(Some((id, link)))
    }

    fn forget(&mut self, set: LinkSetId, side: Side, id: &RemoteId) -> Result<(), Fault> {
        self.t.by_remote.remove((set.0, side_code(side), id.as_str()))?;
        Ok(())
    }

    pub(super) fn by_remote(
        &self,
        set: LinkSetId,
        side: Side,
        id: &RemoteId,
    ) -> Result<Option<LinkId>, Fault> {
        Ok(self.t.by_remote.get((set.0, side_code(side), id.as_str()))?.map(|row| LinkId(row.value())))
    }

    pub(super) fn remember(
        &mut self,
        set: LinkSetId,
        side: Side,
        id: &RemoteId,
        link: LinkId,
    ) -> Result<(), Fault> {
        self.t.by_remote.insert((set.0, side_code(side), id.as_str()), link.0)?;
        Ok(())
    }

    /// Makes a changed link pending when there is something to do about it.
    pub(super) fn wake(
        &mut self,
        id: LinkId,
        link: &Link,
        policy: &Policy,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let known = self.pending(link, id)?;
        self.wake_from(known, id, link, policy, now, done)
    }

    fn pending(&self, link: &Link, id: LinkId) -> Result<Option<Pending>, Fault> {
        get(&self.t.pending, (link.set.0, id.0), "a pending link")
    }

    /// As [`Self::wake`], for who knows what is still to be done already.
    fn wake_from(
        &mut self,
        known: Option<Pending>,
        id: LinkId,
        link: &Link,
        policy: &Policy,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let key = (link.set.0, id.0);
        if known.as_ref().is_some_and(|pending| pending.intent.is_some()) {
            // A call is under way. Its end sees that the link has moved on.
            return Ok(());
        }
        let mut link = Cow::Borrowed(link);
        let mut referred = Referred::default();
        if self.points(link.set) {
            referred = self.refer(id, link.to_mut(), policy, false)?;
            if referred.changed {
                put(&mut self.t.links, id.0, &*link)?;
            }
        }
        let link = &*link;
        let verdict = plan(link, policy);
        if let Verdict::Do(operation) = &verdict
            && !referred.blocked
            && self.stopped(id, link, operation, now)?
        {
            return Ok(());
        }
        if verdict == Verdict::InStep {
            self.t.rest(link.set.0, id)?;
            self.t.held.remove(key)?;
            return self.resolve(id, link, now);
        }
        let since = known.as_ref().map_or(now, |pending| pending.since);
        let due = due(link, now);
        let asked = known.and_then(|pending| pending.asked);
        let pending = Pending { since, due, asked, ..Pending::new(now) };
        put(&mut self.t.pending, key, &pending)?;
        if referred.blocked {
            // It waits for its parent, whose coming wakes it.
            return Ok(());
        }
        done.pending.push((link.set, id, due));
        if let Some(error) = self.error_of(link)?.filter(|error| error.state != ErrorState::Resolved) {
            // The record changed again, so it is tried again.
            self.t.put_error(&ErrorRecord {
                state: ErrorState::Retrying,
                next_retry_at: Some(due),
                ..error
            })?;
        }
        Ok(())
    }

    pub(super) fn error_of(&self, link: &Link) -> Result<Option<ErrorRecord>, Fault> {
        match link.error {
            Some(id) => get(&self.t.errors, id.0, "an error"),
            None => Ok(None),
        }
    }

    /// Ends the error of a link on which nothing is left to do.
    pub(super) fn resolve(&mut self, id: LinkId, link: &Link, now: Stamp) -> Result<(), Fault> {
        let Some(error) = self.error_of(link)? else { return Ok(()) };
        let error = ErrorRecord { state: ErrorState::Resolved, next_retry_at: None, last_at: now, ..error };
        self.t.put_error(&error)?;
        put(&mut self.t.links, id.0, &Link { error: None, ..link.clone() })
    }

    pub(super) fn intend(&mut self, intents: Vec<(LinkId, Intent)>) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for (id, intent) in intents {
            let Some(link) = get::<_, Link>(&self.t.links, id.0, "a link")? else { continue };
            let key = (link.set.0, id.0);
            let Some(pending) = get::<_, Pending>(&self.t.pending, key, "a pending link")? else { continue };
            if link.rev != intent.rev || pending.intent.is_some() {
                continue;
            }
            let source = link.side(intent.operation.side.opposite()).id.clone();
            put(&mut self.t.pending, key, &Pending { intent: Some(intent), key: source, ..pending })?;
            done.taken.push(id);
        }
        Ok(done)
    }

    pub(super) fn adopt(
        &mut self,
        agreed: Vec<(LinkId, u64, Vec<(u16, Value)>)>,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for (id, rev, changes) in agreed {
            let Some(mut link) =
                get::<_, Link>(&self.t.links, id.0, "a link")?.filter(|link| link.rev == rev)
            else {
                continue;
            };
            let Some(policy) = self.policy(link.set) else { continue };
            let met = link.base.is_none() && link.unsigned.is_none();
            link.agree(Side::Other, &changes);
            link.rev += 1;
            put(&mut self.t.links, id.0, &link)?;
            if met {
                self.note_meeting(id, &link, None, "engine", now)?;
            }
            self.wake(id, &link, &policy, now, &mut done)?;
        }
        Ok(done)
    }

    /// Writes down that two records that existed were tied together; `found` is the side of the one that was looked
    /// for.
    pub(super) fn note_meeting(
        &mut self,
        id: LinkId,
        link: &Link,
        found: Option<Side>,
        by: &str,
        now: Stamp,
    ) -> Result<(), Fault> {
        let wanted = found.and_then(|side| self.wanting(link.set, side));
        let Some(recipe) = wanted.or_else(|| self.sharing(link.set).first().cloned()) else { return Ok(()) };
        let entry = Entry {
            at: now,
            account: recipe.account.clone(),
            recipe: recipe.id,
            link: id,
            object: recipe.object.clone(),
            direction: recipe.direction,
            action: Action::Linked,
            outcome: Outcome::Ok,
            salesforce_id: link.salesforce.id.clone(),
            target_id: link.other.id.clone(),
            record_name: Arc::clone(&link.name),
            duration_ms: 0,
            fields: Vec::new(),
            attempt: 1,
            failure: None,
            lost: Vec::new(),
            job: None,
            by: by.into(),
            heirs: Vec::new(),
        };
        self.append(&entry)
    }

    pub(super) fn append(&mut self, entry: &Entry) -> Result<(), Fault> {
        let seq = *self.next_entry;
        *self.next_entry += 1;
        self.t.append(seq, entry)
    }

    pub(super) fn rest(
        &mut self,
        links: Vec<(LinkId, u64, Vec<u16>)>,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        for (id, rev, held) in links {
            let Some(link) = get::<_, Link>(&self.t.links, id.0, "a link")?.filter(|link| link.rev == rev)
            else {
                continue;
            };
            let key = (link.set.0, id.0);
            let pending: Option<Pending> = get(&self.t.pending, key, "a pending link")?;
            if pending.as_ref().is_some_and(|pending| pending.intent.is_some()) {
                continue;
            }
            if let Some((job, _)) = pending.and_then(|pending| pending.asked) {
                self.t.advance_job(job, true)?;
            }
            self.t.rest(link.set.0, id)?;
            if held.is_empty() {
                self.t.held.remove(key)?;
                self.resolve(id, &link, now)?;
            } else {
                put(&mut self.t.held, key, &held)?;
            }
        }
        Ok(Committed::default())
    }

    pub(super) fn settle(
        &mut self,
        ends: &[(LinkId, Answer, u32)],
        now: Stamp,
        seed: u64,
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for (id, answer, duration_ms) in ends {
            self.settle_one(*id, answer, *duration_ms, now, seed, &mut done)?;
        }
        Ok(done)
    }

    fn settle_one(
        &mut self,
        id: LinkId,
        answer: &Answer,
        duration_ms: u32,
        now: Stamp,
        seed: u64,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let Some(mut link) = get::<_, Link>(&self.t.links, id.0, "a link")? else { return Ok(()) };
        let key = (link.set.0, id.0);
        let Some(pending) = get::<_, Pending>(&self.t.pending, key, "a pending link")? else { return Ok(()) };
        let Some(mut intent) = pending.intent.clone() else { return Ok(()) };
        let Some(recipe) = self.wanting(link.set, intent.operation.side) else { return Ok(()) };
        let policy = self.policy(link.set).unwrap_or_else(|| nothing_wanted(&recipe));
        let error = self.error_of(&link)?;
        let new_error = if matches!(answer, Answer::Refused(_) | Answer::Unasked(_)) && error.is_none() {
            ErrorId(self.next_id("error")?)
        } else {
            ErrorId(0)
        };
        let around = Circumstances {
            link_id: id,
            recipe: &recipe,
            policy: &policy,
            now,
            duration_ms,
            dice: fastrand::Rng::with_seed(seed ^ id.0).f64(),
            error: error.as_ref(),
            new_error,
        };
        // What was seen while the call was under way may point to somebody else.
        self.refer(id, &mut link, &policy, matches!(answer, Answer::Done { .. }))?;
        self.tell_changes_in_common(&recipe, &mut intent.operation)?;
        let settled = settle(&mut link, &pending, &intent, answer, &around);
        if let (Answer::Done { id: remote, .. }, Action::Created) = (answer, intent.operation.action) {
            self.remember(link.set, intent.operation.side, remote, id)?;
        }
        put(&mut self.t.links, id.0, &link)?;
        if let Some(entry) = &settled.entry {
            self.append(entry)?;
            if let (Some(job), Outcome::Ok | Outcome::Parked) = (entry.job, entry.outcome) {
                self.t.advance_job(job, entry.outcome == Outcome::Ok)?;
            }
        }
        if let Some(error) = &settled.error {
            self.t.put_error(error)?;
        }
        let Some(mut pending) = settled.pending else {
            self.t.rest(link.set.0, id)?;
            // What was held is decided where nothing is left to do, unless a refusal is what is left.
            if link.error.is_none() {
                self.t.held.remove(key)?;
            }
            self.go_on_if_converted(id, &mut link, &policy, now, done)?;
            return self.tell_children(&link, now, done);
        };
        let over = settled.error.as_ref().is_none_or(|error| error.state == ErrorState::Resolved);
        if settled.entry.is_some() && pending.intent.is_none() && over {
            // The job's wish is fulfilled; what follows is the engine's own.
            pending.asked = None;
        }
        put(&mut self.t.pending, key, &pending)?;
        done.pending.push((link.set, id, pending.due));
        self.go_on_if_converted(id, &mut link, &policy, now, done)?;
        self.tell_children(&link, now, done)
    }

    /// Returns the recipe on whose behalf `side` is written, also when it was deleted meanwhile.
    pub(super) fn wanting(&self, set: LinkSetId, side: Side) -> Option<Arc<Recipe>> {
        let direction = match side {
            Side::Other => Direction::FromSalesforce,
            Side::Salesforce => Direction::ToSalesforce,
        };
        self.sharing(set).into_iter().find(|recipe| recipe.direction == direction)
    }
}

/// Returns the policy of a set whose recipes are all deleted: nothing more is written.
fn nothing_wanted(recipe: &Recipe) -> Policy {
    Policy {
        to_other: None,
        to_salesforce: None,
        conflicts: recipe.conflicts,
        deletion: recipe.deletion,
        groups: Vec::new(),
    }
}
