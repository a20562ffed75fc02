//! A lane: everything that is done about the links of one recipe or pair.
//!
//! ```text
//!   pending ──► plan ──► Adopt / Rest ────────────────────────────► store
//!                 └────► intend (durable) ──► call ──► settle ────► store ──► pending again, if more is to do
//!   intent without an end ──► wait until it can no longer take effect ──► look up by key ──► settle
//! ```
//!
//! A link is in at most one batch at a time, and only its lane writes it: nothing overtakes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Shared;
use super::absent::{speaks_of_shape, speaks_of_values};
use super::book::Rule;
use super::doubt::Doubted;
use super::gather::{self, creates};
use super::queue::Left;
use crate::domain::errand::{Errand, Purpose};
use crate::domain::failure::{Class, Kind};
use crate::domain::id::{ConnectionId, ContainerId, FieldName, LinkId, LinkSetId, RemoteId, Side};
use crate::domain::ledger::Action;
use crate::domain::link::{Intent, Link, Pending, Presence};
use crate::domain::plan::{Operation, Policy, Verdict, plan};
use crate::domain::recipe::Recipe;
use crate::domain::settle::{Answer, connection};
use crate::domain::time::{SECOND, Stamp};
use crate::domain::value::Value;
use crate::ports::errand::bound;
use crate::ports::{Record, Remote, Step, StoreError, Write};

/// How many links one batch takes on at most; a call takes what its remote allows.
pub(super) const BATCH: usize = 400;

/// How long a lane rests after its store or its rules failed.
pub(super) const REST_MS: i64 = 2 * SECOND;

/// One task for each set of links.
pub(super) struct Lane {
    pub(super) shared: Arc<Shared>,
    pub(super) set: LinkSetId,
    pub(super) waiting: BTreeMap<LinkId, Instant>,
    pub(super) ready: BTreeSet<(Instant, LinkId)>,
    pub(super) busy: BTreeSet<LinkId>,
    doubted: Doubted,
    batches: JoinSet<Batch>,
    /// Whether it waits for calls that may be spent again.
    pub(super) dry: bool,
    /// What is not held in memory.
    pub(super) left: Option<Left>,
}

/// A batch that has ended: its links, and those that must be looked at again without the store saying so.
struct Batch {
    links: Vec<LinkId>,
    again: Vec<(LinkId, Stamp)>,
}

impl Lane {
    /// Starts the lane's task and returns its inbox.
    pub(super) fn start(shared: &Arc<Shared>, set: LinkSetId) -> mpsc::UnboundedSender<Vec<(LinkId, Stamp)>> {
        let (links, inbox) = mpsc::unbounded_channel();
        let lane = Self {
            shared: Arc::clone(shared),
            set,
            waiting: BTreeMap::new(),
            ready: BTreeSet::new(),
            busy: BTreeSet::new(),
            doubted: Doubted::default(),
            batches: JoinSet::new(),
            dry: false,
            // What was to be done when the engine last ended.
            left: Some(Left::default()),
        };
        shared.tasks.spawn(lane.run(inbox));
        links
    }

    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Vec<(LinkId, Stamp)>>) {
        let stop = self.shared.stop.clone();
        let mut book = self.shared.rules.subscribe();
        loop {
            self.notice_calls();
            self.begin();
            let nap = self.nap();
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                links = inbox.recv() => match links {
                    Some(links) => self.enqueue(links),
                    None => break,
                },
                Some(ended) = self.batches.join_next(), if !self.batches.is_empty() => self.end(ended),
                _ = book.recv() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
        // What is under way ends and is settled; nothing new begins.
        while let Some(ended) = self.batches.join_next().await {
            self.end(ended);
        }
    }

    fn end(&mut self, ended: Result<Batch, tokio::task::JoinError>) {
        match ended {
            Ok(batch) => {
                for link in batch.links {
                    self.busy.remove(&link);
                }
                self.enqueue(batch.again);
            }
            Err(error) => {
                // The batch's intents are durable; its links stay busy until the next start looks them up.
                tracing::error!(set = %self.set, %error, "a batch died");
            }
        }
    }

    /// Returns how long nothing will be due.
    fn nap(&self) -> Duration {
        if self.batches.len() >= self.shared.pace.batches {
            return Duration::from_hours(1);
        }
        let next = self.ready.iter().find(|(_, link)| !self.busy.contains(link));
        let nap = next.map_or(Duration::from_hours(1), |(due, _)| due.duration_since(Instant::now()));
        // What is due and was not begun waits for what is coming.
        let least = if self.more_comes() { gather::LOOK } else { Duration::from_millis(5) };
        nap.max(least)
    }

    /// Begins batches of what is due, as far as the recipes run and the pace allows.
    fn begin(&mut self) {
        while self.batches.len() < self.shared.pace.batches {
            let now = Instant::now();
            let book = self.shared.book();
            let Some(policy) = book.running_policy(self.set) else { return };
            let Some(rule) = book.sharing(self.set).next().cloned() else { return };
            self.take_up();
            let recipes: Vec<Arc<Recipe>> =
                book.sharing(self.set).map(|rule| Arc::clone(&rule.recipe)).collect();
            let bulk = self.bulk(&policy, &rule.recipe);
            let mut due: Vec<(Instant, LinkId)> = self
                .ready
                .iter()
                .take_while(|(due, _)| *due <= now)
                .filter(|(_, link)| !self.busy.contains(link))
                .take(bulk.map_or(BATCH, |bulk| bulk.most))
                .copied()
                .collect();
            if due.is_empty() || self.waits_for_more(&due, bulk) {
                return;
            }
            if bulk.is_none_or(|bulk| due.len() < bulk.from) {
                due.truncate(BATCH);
            }
            let mut links = Vec::with_capacity(due.len());
            for (at, link) in due {
                self.ready.remove(&(at, link));
                self.waiting.remove(&link);
                self.busy.insert(link);
                links.push(link);
            }
            let whole = book.whole_policy(self.set).unwrap_or_else(|| policy.clone());
            let (shared, doubted) = (Arc::clone(&self.shared), Arc::clone(&self.doubted));
            let work = Work { shared, set: self.set, policy, whole, rule, recipes, doubted };
            self.batches.spawn(work.carry_out(links));
        }
    }
}

/// One batch at work.
pub(super) struct Work {
    pub(super) shared: Arc<Shared>,
    pub(super) set: LinkSetId,
    /// What the running recipes want.
    policy: Policy,
    /// What all recipes want, running or not.
    pub(super) whole: Policy,
    /// How values are told on either side, as of the batch's beginning.
    pub(super) rule: Rule,
    pub(super) recipes: Vec<Arc<Recipe>>,
    pub(super) doubted: Doubted,
}

/// A link whose operation is to be called.
pub(super) struct Call {
    pub(super) id: LinkId,
    pub(super) link: Link,
    pub(super) intent: Intent,
    /// The source's id when the intent was announced, where that was before.
    pub(super) key: Option<RemoteId>,
    /// It failed before, and nobody asked for another try.
    pub(super) retry: bool,
    /// What is written, as the written side takes it; known once it is about to be called.
    pub(super) values: Vec<(FieldName, Value)>,
}

/// A record of which only the id is known.
struct Look {
    id: LinkId,
    side: Side,
    record: RemoteId,
}

/// What a batch's links need.
#[derive(Default)]
struct Sorted {
    adopt: Vec<(LinkId, u64, Vec<(u16, Value)>)>,
    rest: Vec<(LinkId, u64, Vec<u16>)>,
    looks: Vec<Look>,
    calls: Vec<Call>,
    doubts: Vec<Call>,
}

/// What is to be done on one side.
#[derive(Default)]
struct Todo {
    calls: Vec<Call>,
    doubts: Vec<Call>,
    looks: Vec<Look>,
}

impl Work {
    async fn carry_out(self, links: Vec<LinkId>) -> Batch {
        let again = match self.batch(&links).await {
            Ok(again) => again,
            Err(error) => {
                tracing::error!(set = %self.set, %error, "a batch could not be stored");
                let later = self.shared.now().plus(REST_MS);
                links.iter().map(|link| (*link, later)).collect()
            }
        };
        Batch { links, again }
    }

    async fn batch(&self, links: &[LinkId]) -> Result<Vec<(LinkId, Stamp)>, StoreError> {
        let mut again = Vec::new();
        let sorted = self.sort(links)?;
        let now = self.shared.now();
        if !sorted.adopt.is_empty() {
            self.shared.commit(Step::Adopt { agreed: sorted.adopt, now }).await?;
        }
        if !sorted.rest.is_empty() {
            self.shared.commit(Step::Rest { links: sorted.rest, now }).await?;
        }
        let mut calls = sorted.calls;
        if links.len() > BATCH && self.made_in_bulk(&calls).is_none() {
            // So many are taken on at once only for a job; what is none goes on in the usual steps.
            let later = calls.split_off(calls.len().min(BATCH));
            again.extend(later.iter().map(|call| (call.id, now)));
        }
        for (side, todo) in split(calls, sorted.doubts, sorted.looks) {
            let writing = self.errand(side, Purpose::Write);
            again.extend(bound(writing, self.on_side(side, todo)).await?);
        }
        Ok(again)
    }

    /// Reads the links and decides what each needs.
    fn sort(&self, links: &[LinkId]) -> Result<Sorted, StoreError> {
        let view = self.shared.store.read()?;
        let now = self.shared.now();
        let braked = view.brakes()?.iter().any(|brake| brake.set == self.set);
        let mut sorted = Sorted::default();
        for &id in links {
            let Some(Pending { intent, attempts, asked, edits, key, .. }) = view.pending(self.set, id)?
            else {
                continue;
            };
            let retry = attempts > 0 && asked.is_none();
            let Some(link) = view.link(id)? else { continue };
            if let Some(intent) = intent {
                if self.shared.aboard.holds(id) {
                    // Its parent's lane makes it just now, and its end wakes it.
                    continue;
                }
                sorted.doubts.push(Call { id, link, intent, key, retry, values: Vec::new() });
                continue;
            }
            // Its parent's coming wakes it.
            if self.refers() && view.waits(self.set, id)?.is_some_and(|waits| waits.blocked) {
                continue;
            }
            match plan(&link, &self.policy) {
                // The half that would carry it is paused: it stays pending and is looked at again when that half
                // goes on.
                Verdict::InStep if plan(&link, &self.whole) != Verdict::InStep => {}
                Verdict::InStep => sorted.rest.push((id, link.rev, Vec::new())),
                // A person has to release the brake first.
                Verdict::Do(operation) if braked && operation.deletes() => {}
                Verdict::Look(side) => {
                    sorted.looks.extend(link.side(side).id.clone().map(|record| Look { id, side, record }));
                }
                Verdict::Hold(fields) => sorted.rest.push((id, link.rev, fields)),
                Verdict::Adopt(changes) => sorted.adopt.push((id, link.rev, changes)),
                Verdict::Do(mut operation) => {
                    operation.edit(&edits);
                    let intent = Intent { rev: link.rev, operation, at: now, doubt: None };
                    sorted.calls.push(Call { id, link, intent, key: None, retry, values: Vec::new() });
                }
            }
        }
        Ok(sorted)
    }

    /// Returns what calls on a side are made for.
    fn errand(&self, side: Side, purpose: Purpose) -> Errand {
        let writes = |recipe: &&Arc<Recipe>| recipe.direction.target() == side;
        let recipe = self.recipes.iter().find(writes).or_else(|| self.recipes.first());
        Errand { purpose, recipe: recipe.map(|recipe| recipe.id) }
    }

    async fn on_side(&self, side: Side, todo: Todo) -> Result<Vec<(LinkId, Stamp)>, StoreError> {
        let Todo { mut calls, .. } = todo;
        let (doubts, looks) = (todo.doubts, todo.looks);
        let all = |calls: &[Call], doubts: &[Call], due: Stamp| -> Vec<(LinkId, Stamp)> {
            let links = calls.iter().chain(doubts).map(|call| call.id);
            links.chain(looks.iter().map(|look| look.id)).map(|link| (link, due)).collect()
        };
        let Some(recipe) = self.recipes.first() else { return Ok(Vec::new()) };
        let target = connection(recipe, side).clone();
        let book = self.shared.book();
        let now = self.shared.now();
        let Some(row) = book.usable(&target, now) else {
            let until = book.connections.get(&target).and_then(|row| row.until);
            return Ok(all(&calls, &doubts, until.unwrap_or(now.plus(REST_MS)).max(now.plus(REST_MS))));
        };
        let remote = match self.shared.keeper.remote(row) {
            Ok(remote) => remote,
            Err(failure) => {
                let until = self.shared.unwell(&target, &failure).await?;
                return Ok(all(&calls, &doubts, until));
            }
        };
        let place = Place::of(recipe, side);
        for chunk in looks.chunks(BATCH) {
            let records = chunk.iter().map(|look| look.record.clone()).collect();
            if let Some(until) = self.look(&target, remote.as_ref(), &place, side, records, true).await? {
                return Ok(all(&calls, &doubts, until));
            }
        }
        let all = |calls: &[Call], due: Stamp| -> Vec<(LinkId, Stamp)> {
            calls.iter().map(|call| (call.id, due)).collect()
        };
        let mut again = self.settle_doubts(&target, remote.as_ref(), &place, doubts).await?;
        if let Some(until) = self.shared.retries_wait(&target).filter(|_| calls.iter().any(|call| call.retry))
        {
            again.extend(calls.extract_if(.., |call| call.retry).map(|call| (call.id, until)));
        }
        let _alone = self.among_siblings(side, &target, &mut calls).await;
        let bulk = remote.bulk().and_then(|_| self.made_in_bulk(&calls));
        if bulk.is_some() {
            calls.sort_by_key(|call| !creates(call));
        }
        while !calls.is_empty() {
            if self.shared.stop.is_cancelled() {
                break;
            }
            let allowed = self.shared.duplicates.first(&mut calls);
            let made = calls.iter().take_while(|call| creates(call)).count();
            let most = match bulk {
                _ if allowed > 0 => allowed.min(remote.batch(allowed)).max(1),
                Some(bulk) if made > 0 => made.min(bulk.most),
                _ => remote.batch(calls.len()).clamp(1, calls.len()),
            };
            if let Some(until) = self.shared.has_had_its_share(&target, self.set, 1) {
                again.extend(all(&calls, until));
                break;
            }
            let chunk: Vec<Call> = calls.drain(..most).collect();
            let matched = self.counterparts(&target, remote.as_ref(), &place, side, chunk).await?;
            again.extend(matched.again);
            if let Some(until) = matched.until {
                again.extend(all(&matched.calls, until));
                again.extend(all(&calls, until));
                break;
            }
            let chunk = matched.calls;
            if let Some(until) = self.look_for_leads(side, &chunk).await? {
                again.extend(all(&chunk, until));
                again.extend(all(&calls, until));
                break;
            }
            let (chunk, untold) = self.tell(chunk).await?;
            again.extend(untold);
            if let Some(until) = self.look_first(&target, remote.as_ref(), &place, side, &chunk).await? {
                again.extend(all(&chunk, until));
                again.extend(all(&calls, until));
                break;
            }
            let children = match bulk {
                // After a restore each creation is looked up first, and theirs would not be.
                None if allowed == 0 && !self.shared.copied => {
                    self.children(side, &target, remote.as_ref(), &chunk)?
                }
                _ => Vec::new(),
            };
            let again_only = chunk.iter().all(|call| call.retry);
            let purpose = if again_only { Purpose::Retry } else { Purpose::Write };
            let errand = self.errand(side, purpose);
            let until = if children.is_empty() {
                bound(errand, self.call(&target, remote.as_ref(), &place, chunk)).await?
            } else {
                bound(errand, self.call_families(&target, remote.as_ref(), &place, chunk, children)).await?
            };
            if let Some(until) = until {
                // The connection as a whole is in trouble: the rest was not announced and waits.
                again.extend(all(&calls, until));
                break;
            }
        }
        Ok(again)
    }

    /// Reads what is about to be overwritten, where people work on both sides: what one of them did a moment ago is a
    /// conflict, not something to be lost. Links on which that shows news are planned anew; their intents are made
    /// for a revision that no longer holds. A one-way recipe's counterpart is ours to write.
    async fn look_first(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        side: Side,
        calls: &[Call],
    ) -> Result<Option<Stamp>, StoreError> {
        if self.whole.to_other.is_none() || self.whole.to_salesforce.is_none() {
            return Ok(None);
        }
        let records: Vec<_> = calls.iter().filter_map(|call| call.intent.operation.id.clone()).collect();
        self.look(target, remote, place, side, records, false).await
    }

    /// Reads records by id and takes in what they show; returns from when to go on where that fails.
    async fn look(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        side: Side,
        records: Vec<RemoteId>,
        note_missing: bool,
    ) -> Result<Option<Stamp>, StoreError> {
        if records.is_empty() {
            return Ok(None);
        }
        let Some(_leave) = self.shared.keeper.leave(target).await else { return Ok(None) };
        self.look_now(target, remote, place, side, records, note_missing).await
    }

    /// As [`Self::look`], by whoever has leave already.
    pub(super) async fn look_now(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        side: Side,
        records: Vec<RemoteId>,
        note_missing: bool,
    ) -> Result<Option<Stamp>, StoreError> {
        let book = self.shared.book();
        let Some(rule) = book.sharing(self.set).next() else { return Ok(None) };
        // A reading that begins in the millisecond in which our own write was written down passes for an earlier one,
        // and what people did would be written over unseen.
        tokio::time::sleep(Duration::from_millis(1)).await;
        let read = self.shared.now();
        let found = match remote.fetch(&place.container, &records, &rule.fields(side)).await {
            Ok(found) => found,
            Err(failure) => return self.shared.unwell_at(target, &place.container, &failure).await.map(Some),
        };
        let now = self.shared.now();
        let mut rows: Vec<_> = found.iter().map(|record| rule.observed(side, record, read, now)).collect();
        if note_missing {
            let there = |id: &RemoteId| found.iter().any(|record| record.id == *id);
            // An item that names a record which is no longer there stays alone: making the record again would bring
            // back what somebody deleted. A record's key may name an item of another board: that one has none here.
            let presence = match side {
                Side::Salesforce => Presence::Deleted,
                Side::Other => Presence::Unknown,
            };
            let missing = records.into_iter().filter(|id| !there(id));
            rows.extend(missing.map(|id| rule.observed(side, &Record::missing(id, presence), read, now)));
        }
        self.shared.commit(Step::Look { rows, now }).await?;
        Ok(None)
    }

    /// Announces, calls and settles; returns from when to go on where the connection as a whole is in trouble.
    async fn call(
        &self,
        target: &ConnectionId,
        remote: &dyn Remote,
        place: &Place,
        calls: Vec<Call>,
    ) -> Result<Option<Stamp>, StoreError> {
        let Some(_leave) = self.shared.keeper.leave(target).await else { return Ok(None) };
        let intents = calls.iter().map(|call| (call.id, call.intent.clone())).collect();
        let taken = self.shared.commit(Step::Intend { intents }).await?.taken;
        let calls: Vec<Call> = calls.into_iter().filter(|call| taken.contains(&call.id)).collect();
        if calls.is_empty() {
            return Ok(None);
        }
        let writes: Vec<Write> = calls.iter().map(|call| Self::write(call, place)).collect();
        let began = Instant::now();
        let duplicates = self.shared.duplicates.covers(&calls);
        let mut answers = if duplicates {
            remote.apply_with_duplicates(&place.container, &place.key_field, &writes).await
        } else {
            remote.apply(&place.container, &place.key_field, &writes).await
        };
        let duration = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        // A remote that answers fewer than it was asked leaves the others in doubt, never done.
        answers.resize(calls.len(), Answer::Doubt);
        for (answer, write) in answers.iter_mut().zip(&writes) {
            answer.must_be_about(write.id.as_ref());
        }
        if duplicates {
            self.shared.duplicates.done(&calls, &answers);
        }
        self.spare_converted(target, remote, place, &calls, &mut answers).await?;
        let until = match self.spare(target, place, &mut answers).await? {
            Some(until) => Some(until),
            None => self.judge(target, &mut answers).await?,
        };
        let ends = calls.iter().zip(answers).map(|(call, answer)| (call.id, answer, duration)).collect();
        self.settle(ends).await?;
        Ok(until)
    }

    /// Spares the records of a recipe whose board, object or field is gone: it is no fault of theirs, and they wait.
    pub(super) async fn spare(
        &self,
        target: &ConnectionId,
        place: &Place,
        answers: &mut [Answer],
    ) -> Result<Option<Stamp>, StoreError> {
        let by_shape =
            |answer: &Answer| matches!(answer, Answer::Refused(failure) if speaks_of_shape(failure));
        let by_value =
            |answer: &Answer| matches!(answer, Answer::Refused(failure) if speaks_of_values(failure));
        let about = |answer: &Answer| by_shape(answer) || by_value(answer) || matches!(answer, Answer::Gone);
        if !answers.iter().any(about) {
            return Ok(None);
        }
        let refused = answers.iter().any(by_shape);
        if !self.shared.is_set_gone(self.set, target, &place.container, refused).await? {
            return Ok(None);
        }
        let until = self.shared.now().plus(REST_MS);
        for answer in answers.iter_mut().filter(|answer| about(answer)) {
            *answer = Answer::NotDone { until };
        }
        Ok(Some(until))
    }

    /// Tells failures of the connection from failures of records.
    pub(super) async fn judge(
        &self,
        target: &ConnectionId,
        answers: &mut [Answer],
    ) -> Result<Option<Stamp>, StoreError> {
        let wide = answers.iter().find_map(|answer| match answer {
            Answer::Refused(failure) if failure.kind == Kind::Connection || failure.class == Class::Limit => {
                Some(failure.clone())
            }
            _ => None,
        });
        let busy = || match answers.first() {
            Some(Answer::Refused(first)) if first.kind == Kind::Transient && first.class == Class::Busy => {
                answers
                    .iter()
                    .all(|answer| matches!(answer, Answer::Refused(other) if other.code == first.code))
                    .then(|| first.clone())
            }
            _ => None,
        };
        let Some(failure) = wide.or_else(busy) else {
            if answers.iter().any(|answer| matches!(answer, Answer::Done { .. })) {
                self.shared.well(target).await?;
            }
            return Ok(None);
        };
        let until = self.shared.unwell(target, &failure).await?;
        if failure.kind == Kind::Connection {
            // One operation stands for the call that failed; about the others nobody was asked.
            let first = self.shared.keeper.falls(target);
            for answer in answers.iter_mut().skip(usize::from(first)) {
                if matches!(answer, Answer::Refused(other) if other.kind == Kind::Connection) {
                    *answer = Answer::Unasked(failure.clone());
                }
            }
        } else {
            // A dry quota or a busy server is a pause, not an error of any record.
            for answer in answers.iter_mut() {
                if matches!(answer, Answer::Refused(other) if other.code == failure.code) {
                    *answer = Answer::NotDone { until };
                }
            }
        }
        Ok(Some(until))
    }

    pub(super) fn write(call: &Call, place: &Place) -> Write {
        let Operation { side, action, id, .. } = &call.intent.operation;
        let keyless = *action == Action::Created || call.link.unsigned == Some(*side);
        Write {
            action: *action,
            id: id.clone(),
            key: keyless.then(|| call.link.side(side.opposite()).id.clone()).flatten(),
            section: place.section.clone(),
            values: call.values.clone(),
        }
    }

    pub(super) async fn settle(&self, ends: Vec<(LinkId, Answer, u32)>) -> Result<(), StoreError> {
        if ends.is_empty() {
            return Ok(());
        }
        let now = self.shared.now();
        let seed = self.shared.seed ^ now.0.unsigned_abs();
        // The disk may be full for a while: what was done must be written down, however long it takes, or it
        // would be looked up at the remote at the next start.
        let mut step = Step::Settle { ends, now, seed };
        loop {
            match self.shared.commit(step.clone()).await {
                Ok(_) => return Ok(()),
                Err(StoreError::Full { .. }) if !self.shared.stop.is_cancelled() => {
                    tracing::warn!("the disk is full; waiting to write down what was done");
                    tokio::time::sleep(Duration::from_secs(2)).await;
                    if let Step::Settle { now, .. } = &mut step {
                        *now = self.shared.now();
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Sorts calls by the side that they write: the other system first, then Salesforce.
fn split(calls: Vec<Call>, doubts: Vec<Call>, looks: Vec<Look>) -> Vec<(Side, Todo)> {
    let mut sides: BTreeMap<Side, Todo> = BTreeMap::new();
    for call in calls {
        sides.entry(call.intent.operation.side).or_default().calls.push(call);
    }
    for call in doubts {
        sides.entry(call.intent.operation.side).or_default().doubts.push(call);
    }
    for look in looks {
        sides.entry(look.side).or_default().looks.push(look);
    }
    sides.into_iter().rev().collect()
}

/// Where records of a recipe lie on one side.
pub(super) struct Place {
    pub(super) container: ContainerId,
    pub(super) key_field: FieldName,
    section: Option<Arc<str>>,
}

impl Place {
    pub(super) fn of(recipe: &Recipe, side: Side) -> Self {
        match side {
            Side::Other => Self {
                container: recipe.container.id.clone(),
                key_field: recipe.container.key_field.clone(),
                section: recipe.container.section.clone(),
            },
            Side::Salesforce => Self {
                container: recipe.object.as_str().into(),
                key_field: recipe.salesforce_key.clone().unwrap_or_else(|| FieldName::from("Id")),
                section: None,
            },
        }
    }
}
