//! A stream: the changes of one container, read once for all recipes that need them.
//!
//! A pass reads to the end of what the remote shows: first loads for recipes that are new, then what changed since
//! the watermark. Rows and watermark are stored in one commit. The watermark is kept by the server's stamps, never
//! by our clock, and each pass reads some way behind it again, because rows become visible late; what was seen
//! before is recognised and dropped.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::Shared;
use super::book::{Book, Rule};
use super::hear::{self, Ear, News};
use super::shown::Parents;
use super::sweep::Sweep;
use crate::domain::errand::{Errand, Purpose};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{FieldName, LinkSetId, RemoteId, Side};
use crate::domain::link::{Observed, Presence};
use crate::domain::recipe::RecipeState;
use crate::domain::time::{MINUTE, SECOND, Stamp};
use crate::ports::errand::bound;
use crate::ports::{
    Beside, ChangesAsk, ChangesPage, Checkpoint, DeletionsAsk, DeletionsPage, Mark, Ran, Record, Remote,
    Step, StoreError, StreamId, ToldBeside,
};

/// How far behind the watermark is read again when the whole overlap would take more than one page.
const SHORT_OVERLAP_MS: i64 = 15 * SECOND;

/// How often the whole overlap is read again all the same.
const WHOLE_OVERLAP_EVERY: Duration = Duration::from_mins(1);

/// Rows in an overlap beyond which it is not read at every pass.
const BUSY_OVERLAP: usize = 1_500;

/// How often changes are looked for all the same where they are heard: a few are never told.
const HEARD_EVERY: Duration = Duration::from_hours(4);

/// How long after a hint the reading begins: what is told together is read together.
const GATHER: Duration = Duration::from_millis(2);

/// How long after a pass the next hint is followed: hints that do not end cost no more than looking every second.
const BREATH: Duration = Duration::from_secs(1);

/// How many hints are followed without a breath after some silence: most changes come alone and need not wait.
const QUICK: u32 = 4;

/// How long a stream rests after its store failed.
const REST_MS: i64 = 2 * SECOND;

/// One task for each stream.
pub(super) struct Stream {
    pub(super) shared: Arc<Shared>,
    pub(super) id: StreamId,
    pub(super) side: Side,
    /// The sweep under way.
    pub(super) sweep: Option<Sweep>,
    /// When the last pass began.
    last: Option<Instant>,
    /// When the whole overlap was last read.
    last_whole: Option<Instant>,
    /// Rows that the last pass read again.
    again: usize,
    /// Not before, after a pass that failed.
    hold: Option<Instant>,
    /// Whether the last pass went to its end.
    sound: bool,
    /// What is heard from the remote, once it is known to tell anything.
    news: Option<watch::Receiver<News>>,
    /// Of which records these show something.
    pub(super) parents: Parents,
    /// The hints that the last pass covered.
    covered: u64,
    /// When the first hint came that no pass has covered yet.
    hinted: Option<Instant>,
    /// How many hints may be followed without a breath, as of the last pass.
    quick: u32,
}

/// Why a pass ended early.
pub(super) enum Trouble {
    Remote(Failure),
    Store(StoreError),
    Stopped,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Stream {
    /// Starts the stream's task and returns what wakes it.
    pub(super) fn start(shared: &Arc<Shared>, id: StreamId, side: Side) -> Arc<Notify> {
        let wake = Arc::new(Notify::new());
        let stream = Self {
            shared: Arc::clone(shared),
            id,
            side,
            sweep: None,
            last: None,
            last_whole: None,
            again: 0,
            hold: None,
            sound: false,
            news: None,
            parents: Parents::default(),
            covered: 0,
            hinted: None,
            quick: QUICK,
        };
        shared.tasks.spawn(stream.run(Arc::clone(&wake)));
        wake
    }

    async fn run(mut self, wake: Arc<Notify>) {
        let stop = self.shared.stop.clone();
        let mut book = self.shared.rules.subscribe();
        let mut asked = false;
        loop {
            book = book.resubscribe();
            self.take_hints();
            let mut next = self.due(asked);
            if next <= Instant::now() {
                asked = false;
                let ended = bound(Errand::shared(Purpose::Look), self.pass()).await;
                self.sound = ended.is_ok();
                self.hold = match ended {
                    Ok(()) | Err(Trouble::Stopped) => None,
                    Err(Trouble::Remote(failure)) => {
                        let noted =
                            self.shared.unwell_at(&self.id.connection, &self.id.container, &failure).await;
                        // A connection that fell, or waits for calls, says itself when it may be used again, and once
                        // it is back nothing waits.
                        let told = failure.kind == Kind::Connection
                            || (failure.class == Class::Limit && noted.is_ok());
                        let until = noted.unwrap_or_else(|_| self.shared.now().plus(REST_MS));
                        (!told).then(|| self.shared.moment(until))
                    }
                    Err(Trouble::Store(error)) => {
                        tracing::error!(stream = %self.id.container, %error, "a pass could not be stored");
                        Some(self.shared.moment(self.shared.now().plus(REST_MS)))
                    }
                };
                self.take_hints();
                next = self.due(false);
            }
            let next = next.max(Instant::now() + Duration::from_millis(1));
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                () = wake.notified() => asked = true,
                _ = book.recv() => {}
                () = heard(self.news.as_mut(), &mut self.parents) => {}
                () = tokio::time::sleep_until(next) => {}
            }
        }
    }

    /// Notes when the first hint came that is not covered yet.
    fn take_hints(&mut self) {
        let Some(news) = &mut self.news else { return };
        let own = news.borrow_and_update().hints != self.covered;
        let covered = !own && !self.parents.are_hinted();
        self.hinted = if covered { None } else { Some(self.hinted.unwrap_or_else(Instant::now)) };
    }

    /// Returns when the next pass is due: never, as long as nobody needs it or the connection cannot be used.
    fn due(&self, asked: bool) -> Instant {
        let now = Instant::now();
        let never = now + Duration::from_hours(1);
        let book = self.shared.book();
        if book.usable(&self.id.connection, self.shared.now()).is_none() {
            let until = book.connections.get(&self.id.connection).and_then(|row| row.until);
            return until.map_or(never, |until| self.shared.moment(until));
        }
        let rules: Vec<&Rule> = book.fed_by(&self.id).filter(|rule| reads(rule)).collect();
        let Some(every) = rules.iter().map(|rule| rule.recipe.every_ms).min() else { return never };
        if let Some(hold) = self.hold.filter(|_| !asked) {
            return hold;
        }
        let unloaded = rules.iter().any(|rule| rule.activity.loaded_at.is_none());
        match self.last {
            Some(last) if !asked && !unloaded && self.sweep.is_none() => self.next_look(last, every),
            _ => now,
        }
    }

    /// Returns when to look next: at the pace that the recipes ask for, sooner after a hint, later where nothing can
    /// be missed.
    fn next_look(&self, last: Instant, every_ms: i64) -> Instant {
        let every = Duration::from_millis(u64::try_from(every_ms.max(SECOND / 5)).unwrap_or(0));
        let own = self.news.as_ref().is_some_and(|news| news.borrow().ear == Ear::Sure);
        let sure = self.sound && own && self.parents.are_sure();
        let look = last + if sure { every.max(HEARD_EVERY) } else { every };
        let breath = if self.quick > 0 { Duration::ZERO } else { BREATH.min(every) };
        self.hinted.map_or(look, |at| look.min((at + GATHER).max(last + breath)))
    }

    /// Notes that a pass begins: it is quick when it comes soon after the one before.
    fn breathe(&mut self) {
        let now = Instant::now();
        let rested = self.last.map_or(Duration::MAX, |last| now - last);
        let back = u32::try_from(rested.as_millis() / BREATH.as_millis()).unwrap_or(QUICK);
        self.quick = self.quick.saturating_add(back).min(QUICK).saturating_sub(1);
        self.last = Some(now);
    }

    async fn pass(&mut self) -> Result<(), Trouble> {
        self.breathe();
        let book = self.shared.book();
        let Some(row) = book.usable(&self.id.connection, self.shared.now()) else { return Ok(()) };
        let new = self.shared.keeper.known(&self.id.connection).is_none();
        let remote = self.shared.keeper.remote(row).map_err(Trouble::Remote)?;
        if new {
            // A client knows nothing of what was spent before it was made.
            self.shared.ration(&self.id.connection).await?;
        }
        let mut checkpoint = self.shared.store.read()?.checkpoint(&self.id)?;
        if remote.hears() && self.news.is_none() {
            self.news = Some(hear::start(&self.shared, &self.id, checkpoint.heard.clone()));
        }
        self.learn_parents(&book, remote.as_ref())?;
        // What is told from here on may be too new for this pass.
        let parents_told = self.parents.hints();
        let told = self.news.as_mut().map(|news| news.borrow_and_update().clone());
        self.load(&book, remote.as_ref(), &mut checkpoint).await?;
        // What was counted through in one go has been looked at: a second look would only cost a call.
        if checkpoint.mark.is_some() && !self.begin_sweep(&book, remote.as_ref(), &mut checkpoint).await? {
            self.follow(&book, remote.as_ref(), &mut checkpoint, told.as_ref()).await?;
            self.sweep(&book, remote.as_ref()).await?;
        }
        if let Some(told) = told {
            self.look_at(&book, remote.as_ref(), &told).await?;
            self.covered = told.hints;
        }
        self.parents.cover(parents_told);
        self.shared.well(&self.id.connection).await?;
        Ok(())
    }

    /// Reads what changed since the watermark.
    async fn follow(
        &mut self,
        book: &Book,
        remote: &dyn Remote,
        checkpoint: &mut Checkpoint,
        told: Option<&News>,
    ) -> Result<(), Trouble> {
        let overlap = self.overlap();
        let stream = self.id.clone();
        let rules: Vec<&Rule> = book.fed_by(&stream).collect();
        let fields = self.fields(&rules);
        let Some(mark) = checkpoint.mark.clone() else { return Ok(()) };
        let from = mark.at.plus(-overlap);
        let mut after = Mark { at: from.max(Stamp::ZERO), id: "".into() };
        let mut newest = mark.clone();
        let mut server_time = None;
        let mut page: Option<Arc<str>> = None;
        let mut again = 0;
        let beside = Beside {
            deletions: self.deletions_due(&rules, remote, checkpoint, None),
            parents: self.parents_due(&rules, checkpoint),
        };
        let mut told_beside = ToldBeside::default();
        let mut more = None;
        let began = self.shared.now();
        let mut rows = loop {
            let ask = ChangesAsk {
                container: self.id.container.clone(),
                fields: fields.clone(),
                after: after.clone(),
                page: page.take(),
            };
            let read = self.shared.now();
            let got = if ask.page.is_none() {
                let (page, told) = self.changes_and_beside(remote, &ask, &beside).await?;
                told_beside = told;
                page
            } else {
                self.changes(remote, &ask).await?
            };
            server_time = server_time.or(got.server_time);
            again += got.records.iter().filter(|record| record.at <= mark.at).count();
            if let Some(mark) = got.reached() {
                after = mark;
                newest = newest.max(after.clone());
            }
            page = got.next;
            let over = page.is_none();
            if !over && more.is_none() {
                more = Some(self.shared.coming.more(self.side, sets(&rules)));
            }
            // Never beyond the server's own time: a row stamped later may still be on its way.
            let bound = server_time.unwrap_or(newest.at);
            checkpoint.mark =
                Some(if newest.at > bound { Mark { at: bound, id: "".into() } } else { newest.clone() });
            if over {
                checkpoint.complete_to = server_time;
                if let Some(told) = told {
                    checkpoint.heard.clone_from(&told.place);
                }
            }
            let rows = self.rows(&rules, &got.records, read);
            if over {
                break rows;
            }
            self.store(rows, checkpoint, None).await?;
        };
        drop(more);
        self.again = again;
        if let Some(ask) = beside.parents {
            let first = told_beside.parents.map(|page| (began, page));
            self.store(std::mem::take(&mut rows), checkpoint, None).await?;
            self.take_parents(&rules, remote, ask, first, checkpoint).await?;
        }
        if let Some(log) = told_beside.deletions {
            rows.extend(self.deleted(&rules, log, began, checkpoint));
        } else if let Some(ask) = self.deletions_due(&rules, remote, checkpoint, server_time) {
            // What was read is not lost with a call that fails.
            self.store(std::mem::take(&mut rows), checkpoint, None).await?;
            rows = self.deletions(&rules, remote, &ask, checkpoint).await?;
        }
        let recipes = rules.iter().filter(|rule| reads(rule)).map(|rule| rule.recipe.id).collect();
        let ran = Ran { recipes, in_step_to: server_time, loaded: false };
        self.store(rows, checkpoint, Some(ran)).await
    }

    /// Reads by id the records with which something happened that their stamps may not show. Whether one that is not
    /// there was deleted, other readings tell.
    async fn look_at(&self, book: &Book, remote: &dyn Remote, told: &News) -> Result<(), Trouble> {
        let mut ids: Vec<RemoteId> = told
            .unclear
            .iter()
            .filter(|(hint, _)| *hint > self.covered && *hint <= told.hints)
            .map(|(_, id)| id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let rules: Vec<&Rule> = book.fed_by(&self.id).collect();
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        let read = self.shared.now();
        let found =
            remote.fetch(&self.id.container, &ids, &self.fields(&rules)).await.map_err(Trouble::Remote)?;
        let now = self.shared.now();
        let row = |record: &Record| -> Vec<_> {
            rules.iter().map(|rule| rule.observed(self.side, record, read, now)).collect()
        };
        let rows = found.iter().flat_map(row).collect();
        self.shared.commit(Step::Look { rows, now }).await?;
        Ok(())
    }

    /// Reads the server's list of deletions, for systems whose changes do not show them.
    async fn deletions(
        &self,
        rules: &[&Rule],
        remote: &dyn Remote,
        ask: &DeletionsAsk,
        checkpoint: &mut Checkpoint,
    ) -> Result<Vec<Observed>, Trouble> {
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        let read = self.shared.now();
        let got = remote.deletions(ask).await.map_err(Trouble::Remote)?;
        Ok(self.deleted(rules, got, read, checkpoint))
    }

    /// Returns which deletions to ask for, when it is time to: up to the server's time, or as long as that is not known
    /// up to what it was at the last look, which must do for a whole interval.
    fn deletions_due(
        &self,
        rules: &[&Rule],
        remote: &dyn Remote,
        checkpoint: &Checkpoint,
        server_time: Option<Stamp>,
    ) -> Option<DeletionsAsk> {
        let every = rules.iter().map(|rule| rule.recipe.every_ms).min().unwrap_or(MINUTE);
        let (from, to) = (checkpoint.deleted_to?, server_time.or(checkpoint.complete_to)?);
        let ahead = if server_time.is_none() { every + MINUTE } else { 0 };
        let due = to.plus(ahead).since(from) >= remote.deletions_every_ms(every);
        let container = self.id.container.clone();
        due.then(|| DeletionsAsk { container, from: from.plus(-2 * MINUTE), to })
    }

    /// Returns what deletions are to the links of each rule; the checkpoint covers them from here on.
    fn deleted(
        &self,
        rules: &[&Rule],
        got: DeletionsPage,
        read: Stamp,
        checkpoint: &mut Checkpoint,
    ) -> Vec<Observed> {
        let records: Vec<Record> = got.deleted.into_iter().map(|(id, at)| deleted(id, at)).collect();
        checkpoint.deleted_to = checkpoint.deleted_to.max(Some(got.complete_to));
        self.rows(rules, &records, read)
    }

    pub(super) async fn changes(
        &self,
        remote: &dyn Remote,
        ask: &ChangesAsk,
    ) -> Result<ChangesPage, Trouble> {
        self.may_go_on()?;
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        remote.changes(ask).await.map_err(Trouble::Remote)
    }

    async fn changes_and_beside(
        &self,
        remote: &dyn Remote,
        ask: &ChangesAsk,
        beside: &Beside,
    ) -> Result<(ChangesPage, ToldBeside), Trouble> {
        self.may_go_on()?;
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        remote.changes_and_beside(ask, beside).await.map_err(Trouble::Remote)
    }

    /// Ends a pass when the connection was switched off or revoked in the middle of it: no further call.
    pub(super) fn may_go_on(&self) -> Result<(), Trouble> {
        let usable = self.shared.book().usable(&self.id.connection, self.shared.now()).is_some();
        if usable && !self.shared.stop.is_cancelled() { Ok(()) } else { Err(Trouble::Stopped) }
    }

    /// Returns what records are to the links of each rule.
    pub(super) fn rows(&self, rules: &[&Rule], records: &[Record], read: Stamp) -> Vec<Observed> {
        let now = self.shared.now();
        let of = |record| rules.iter().map(move |rule| rule.observed(self.side, record, read, now));
        records.iter().flat_map(of).collect()
    }

    /// Stores rows with the checkpoint that covers them, the last ones together with what the run did.
    pub(super) async fn store(
        &self,
        rows: Vec<Observed>,
        checkpoint: &Checkpoint,
        ran: Option<Ran>,
    ) -> Result<(), Trouble> {
        let now = self.shared.now();
        let step = Step::Observe { stream: self.id.clone(), checkpoint: checkpoint.clone(), rows, ran, now };
        self.shared.commit(step).await?;
        Ok(())
    }

    pub(super) fn fields(&self, rules: &[&Rule]) -> Vec<FieldName> {
        let mut fields: Vec<FieldName> = rules.iter().flat_map(|rule| rule.fields(self.side)).collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// Returns how far behind the watermark this pass reads again.
    fn overlap(&mut self) -> i64 {
        let now = Instant::now();
        let whole_is_due = self.last_whole.is_none_or(|last| now - last >= WHOLE_OVERLAP_EVERY);
        if self.again <= BUSY_OVERLAP || whole_is_due {
            self.last_whole = Some(now);
            self.shared.pace.overlap_ms
        } else {
            SHORT_OVERLAP_MS.min(self.shared.pace.overlap_ms)
        }
    }
}

/// Returns whether a rule wants its source read: a recipe that waits for the *other* connection still observes, so
/// that nothing is lost meanwhile; a paused one costs no call.
pub(super) fn reads(rule: &Rule) -> bool {
    matches!(rule.recipe.state, RecipeState::Active | RecipeState::Suspended)
}

/// Returns when something is heard: never where nothing is told.
async fn heard(news: Option<&mut watch::Receiver<News>>, parents: &mut Parents) {
    // Their senders are kept as long as the engine.
    let all: Vec<_> = news
        .into_iter()
        .chain(parents.news())
        .map(|news| Box::pin(async { drop(news.changed().await) }))
        .collect();
    if all.is_empty() {
        return std::future::pending().await;
    }
    futures::future::select_all(all).await;
}

pub(super) fn sets(rules: &[&Rule]) -> Vec<LinkSetId> {
    rules.iter().map(|rule| rule.recipe.set).collect()
}

fn deleted(id: RemoteId, at: Stamp) -> Record {
    Record { at, ..Record::missing(id, Presence::Deleted) }
}
