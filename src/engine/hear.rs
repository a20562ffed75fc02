//! Hearing: where a remote tells its changes, a stream need not wait for its next look.
//!
//! ```text
//!   remote ── tells ──► listener ── news ──► stream: a pass, as always
//! ```
//!
//! What is heard are hints. A pass reads by its watermark whatever was said, so nothing depends on a hint being
//! true, new or in order, and a listener that fails costs nothing but time: looking goes on at its usual pace until
//! the remote has answered once from the new place, and only then is it stretched. The place up to which everything
//! was told is stored in the commit of the pass that began after it was told.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::book::Book;
use super::{Engine, Shared};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, ContainerId, RemoteId};
use crate::ports::{Heard, Remote, StreamId, Unheard};

/// How long a remote that told nothing, because it must not or does not, is left alone.
const REFUSED: Duration = Duration::from_mins(5);

/// How often somebody who does not listen looks whether to begin.
const IDLE: Duration = Duration::from_secs(5);

/// How often it is checked that changes are still told: an administrator may have ended that without a sound.
const CHECK: Duration = Duration::from_hours(1);

/// The longest wait after a subscription broke off.
const LONGEST: Duration = Duration::from_mins(2);

/// Records that may be looked at by id; beyond them they are only looked for by their stamps.
const MOST_UNCLEAR: usize = 200;

/// Whether changes of a container are heard of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ear {
    /// Nothing was tried yet.
    #[default]
    Starting,
    /// The connection is not to listen.
    Off,
    /// It cannot be used at the moment, or nobody needs it.
    Idle,
    /// It listens, and has heard nothing yet.
    Listening,
    /// It listens, and the remote has answered: nothing can be missed from here.
    Sure,
    /// The remote refuses: its code and its words.
    Refused(Arc<str>, Arc<str>),
    /// The subscription broke off: the code and the words.
    Lost(Arc<str>, Arc<str>),
}

impl Ear {
    /// Returns whether a change is heard of without looking.
    pub fn hears(&self) -> bool {
        matches!(self, Self::Listening | Self::Sure)
    }
}

/// What a stream is told.
#[derive(Clone, Debug, Default)]
pub(super) struct News {
    pub(super) ear: Ear,
    /// How often there was a reason to look.
    pub(super) hints: u64,
    /// Everything up to here was told.
    pub(super) place: Option<Arc<[u8]>>,
    /// What is to be looked at by id, and at which hint it was told.
    pub(super) unclear: Vec<(u64, RemoteId)>,
}

/// Everybody's ears, by stream.
#[derive(Default)]
pub(super) struct Ears {
    all: BTreeMap<StreamId, watch::Sender<News>>,
    /// The streams whose records show something of the records there.
    children: BTreeMap<StreamId, Vec<StreamId>>,
}

impl Engine {
    /// Returns which containers of a connection are heard, and why others are not.
    pub fn ears(&self, connection: &ConnectionId) -> Vec<(ContainerId, Ear)> {
        let ears = self.shared.ears.lock().unwrap_or_else(PoisonError::into_inner);
        let own = ears.all.iter().filter(|(stream, _)| stream.connection == *connection);
        own.map(|(stream, news)| (stream.container.clone(), news.borrow().ear.clone())).collect()
    }
}

/// One task for each stream whose remote tells its changes.
struct Listener {
    shared: Arc<Shared>,
    id: StreamId,
    news: watch::Sender<News>,
}

/// Starts to listen for a stream, behind a place that was heard before.
pub(super) fn start(shared: &Arc<Shared>, id: &StreamId, place: Option<Arc<[u8]>>) -> watch::Receiver<News> {
    let mut ears = shared.ears.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(news) = ears.all.get(id) {
        // Somebody listens already: for the records' own sake, or for those that show something of them.
        return news.subscribe();
    }
    let news = watch::Sender::new(News { place, ..News::default() });
    let ear = news.subscribe();
    ears.all.insert(id.clone(), news.clone());
    let listener = Listener { shared: Arc::clone(shared), id: id.clone(), news };
    shared.tasks.spawn(listener.run());
    ear
}

/// Starts to listen to the changes of records of which those of `child` show something.
pub(super) fn start_for(
    shared: &Arc<Shared>,
    parent: &StreamId,
    child: &StreamId,
    place: Option<Arc<[u8]>>,
) -> watch::Receiver<News> {
    {
        let mut ears = shared.ears.lock().unwrap_or_else(PoisonError::into_inner);
        let children = ears.children.entry(parent.clone()).or_default();
        if !children.contains(child) {
            children.push(child.clone());
        }
    }
    start(shared, parent, place)
}

impl Listener {
    async fn run(self) {
        let stop = self.shared.stop.clone();
        let mut lost: u32 = 0;
        loop {
            let mut book = self.shared.book.subscribe();
            let wait = match self.wanted() {
                Err(ear) => {
                    self.tell(ear);
                    self.take_leave().await;
                    tokio::select! {
                        () = stop.cancelled() => return,
                        _ = book.changed() => {}
                        // A wait may end, and a client be made, without anybody changing anything.
                        () = tokio::time::sleep(IDLE) => {}
                    }
                    continue;
                }
                Ok(remote) => {
                    let ended = tokio::select! {
                        () = stop.cancelled() => return,
                        () = self.unwanted(&remote) => continue,
                        ended = self.listen(remote.as_ref()) => ended,
                    };
                    if self.news.borrow().ear == Ear::Sure {
                        lost = 0;
                    }
                    self.ended(ended, &mut lost)
                }
            };
            if stop.run_until_cancelled(tokio::time::sleep(wait)).await.is_none() {
                return;
            }
        }
    }

    /// Returns the client to listen with, or why nobody listens.
    fn wanted(&self) -> Result<Arc<dyn Remote>, Ear> {
        let book = self.shared.book();
        let row = book.usable(&self.id.connection, self.shared.now()).ok_or(Ear::Idle)?;
        if !row.more.options.events {
            return Err(Ear::Off);
        }
        if !book.fed_by(&self.id).any(super::stream::reads) && !self.is_wanted_for_children(&book) {
            return Err(Ear::Idle);
        }
        // Made by the stream, which sees to what a new one needs to be told.
        self.shared.keeper.known(&self.id.connection).filter(|remote| remote.hears()).ok_or(Ear::Idle)
    }

    /// Returns whether a recipe reads records that show something of these.
    fn is_wanted_for_children(&self, book: &Book) -> bool {
        let ears = self.shared.ears.lock().unwrap_or_else(PoisonError::into_inner);
        let children = ears.children.get(&self.id).into_iter().flatten();
        children
            .into_iter()
            .any(|child| book.fed_by(child).any(|rule| super::stream::reads(rule) && rule.shows_parents()))
    }

    /// Takes away what was put up at the remote, once no recipe reads from there any more, paused or not.
    async fn take_leave(&self) {
        let book = self.shared.book();
        if book.streams().iter().any(|(stream, _)| *stream == self.id)
            || book.usable(&self.id.connection, self.shared.now()).is_none()
        {
            return;
        }
        let place = self.news.borrow().place.clone();
        let remote = self.shared.keeper.known(&self.id.connection);
        let (Some(place), Some(remote)) = (place, remote) else { return };
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        match remote.unlisten(&self.id.container, &place).await {
            Ok(true) => self.news.send_modify(|news| news.place = None),
            Ok(false) => {}
            Err(failure) => {
                tracing::warn!(stream = %self.id.container, code = %failure.code, "what tells of changes was not taken away");
                if failure.kind == Kind::Permanent {
                    // It is gone with its container, or never will be: nothing is asked again and again.
                    self.news.send_modify(|news| news.place = None);
                }
            }
        }
    }

    /// Returns once there is no reason to listen any longer with this client.
    async fn unwanted(&self, remote: &Arc<dyn Remote>) {
        let mut book = self.shared.book.subscribe();
        loop {
            match self.wanted() {
                Ok(known) if Arc::ptr_eq(&known, remote) => {}
                _ => return,
            }
            if book.changed().await.is_err() {
                return;
            }
        }
    }

    /// Listens until it ends.
    async fn listen(&self, remote: &dyn Remote) -> Unheard {
        let mut told = match self.is_told(remote).await {
            Ok(told) => told,
            Err(unheard) => return unheard,
        };
        let place = self.news.borrow().place.clone();
        let mut hearing = match remote.listen(&self.id.container, place.as_deref()).await {
            Ok(hearing) => hearing,
            Err(unheard) => return unheard,
        };
        // What changed before is looked for now that nothing later can be missed.
        self.news.send_modify(|news| {
            news.ear = Ear::Listening;
            news.hints += 1;
        });
        let mut check = Instant::now() + CHECK;
        loop {
            let mut next = hearing.next();
            let heard = loop {
                tokio::select! {
                    heard = &mut next => break heard,
                    () = tokio::time::sleep_until(check) => match self.is_told(remote).await {
                        Ok(_) | Err(Unheard::Lost(_)) => check = Instant::now() + CHECK,
                        Err(unheard) => return unheard,
                    },
                }
            };
            match heard {
                Ok(heard) => {
                    told |= heard.is_news();
                    self.heard(heard, told && remote.tells_all());
                }
                Err(unheard) => return unheard,
            }
        }
    }

    /// Returns whether it is known that changes are told; where they are known not to be, nobody listens.
    async fn is_told(&self, remote: &dyn Remote) -> Result<bool, Unheard> {
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        match remote.tells(&self.id.container).await {
            Ok(Some(false)) => {
                let message = "the remote is not set to tell these changes";
                let failure = Failure::new(Kind::Permanent, Class::Map, "NOT_CAPTURED", message);
                Err(Unheard::Refused(failure))
            }
            Ok(told) => Ok(told == Some(true)),
            Err(failure) => Err(Unheard::Lost(failure)),
        }
    }

    /// Notes what was heard. The first answer shows from where it is heard for certain, provided that changes are told
    /// at all; what came before it is looked for once more.
    fn heard(&self, heard: Heard, told: bool) {
        self.news.send_if_modified(|news| {
            let first = told && news.ear != Ear::Sure;
            if first {
                news.ear = Ear::Sure;
            }
            let wakes = first || heard.is_news();
            news.hints += u64::from(wakes);
            let hint = news.hints;
            news.unclear.extend(heard.unclear.into_iter().map(|id| (hint, id)));
            let over = news.unclear.len().saturating_sub(MOST_UNCLEAR);
            news.unclear.drain(..over);
            news.place = heard.place.or_else(|| news.place.take());
            wakes
        });
    }

    /// Notes why nothing is heard, and returns how long to wait before the next try.
    fn ended(&self, ended: Unheard, lost: &mut u32) -> Duration {
        match ended {
            Unheard::Expired if self.news.borrow().place.is_some() => {
                tracing::info!(stream = %self.id.container, "the events behind the last place are gone: looking instead");
                // From now on, and then a look at everything before: the next try does it in this order.
                self.news.send_modify(|news| (news.ear, news.place) = (Ear::Starting, None));
                Duration::ZERO
            }
            // There is nothing that could be left out to make it better.
            Unheard::Expired => {
                self.tell(Ear::Refused("REPLAY_ID".into(), "".into()));
                REFUSED
            }
            Unheard::Refused(failure) => {
                let (code, message) = (failure.code, failure.message);
                tracing::info!(stream = %self.id.container, %code, "no events: looking instead");
                self.tell(Ear::Refused(code, message));
                REFUSED
            }
            Unheard::Lost(failure) => {
                let (code, message) = (failure.code, failure.message);
                tracing::debug!(stream = %self.id.container, %code, "the events broke off");
                self.tell(Ear::Lost(code, message));
                *lost = lost.saturating_add(1);
                Duration::from_millis(500 << (*lost).min(8)).min(LONGEST)
            }
        }
    }

    fn tell(&self, ear: Ear) {
        self.news.send_if_modified(|news| {
            let new = news.ear != ear;
            news.ear = ear;
            new
        });
    }
}
