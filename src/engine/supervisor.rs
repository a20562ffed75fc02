//! The supervisor: starts a task for each stream and each set of links, and passes on what concerns them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::lane::Lane;
use super::stream::Stream;
use super::{Event, Shared};
use crate::domain::id::{LinkId, LinkSetId};
use crate::domain::time::Stamp;
use crate::ports::{Step, StreamId};

/// How often calls are written down.
const CHARGE: Duration = Duration::from_secs(1);

/// How often what was put aside is looked at.
const WAKE: Duration = Duration::from_secs(5);

/// How often what is old is looked for.
const TRIM: Duration = Duration::from_hours(1);

/// How long nothing is trimmed between two steps, and after the start.
const TRIM_PAUSE: Duration = Duration::from_secs(1);

/// How many rows of each kind one step looks at.
const TRIM_ROWS: usize = 500;

struct Supervisor {
    shared: Arc<Shared>,
    lanes: BTreeMap<LinkSetId, mpsc::UnboundedSender<Vec<(LinkId, Stamp)>>>,
    streams: BTreeMap<StreamId, Arc<Notify>>,
}

/// Starts the supervisor; lanes take up what was pending when the engine last ended.
pub(super) fn start(shared: &Arc<Shared>, inbox: mpsc::UnboundedReceiver<Event>) {
    if shared.pace.idle {
        return;
    }
    let mut supervisor =
        Supervisor { shared: Arc::clone(shared), lanes: BTreeMap::new(), streams: BTreeMap::new() };
    supervisor.follow_book();
    shared.tasks.spawn(supervisor.run(inbox));
    let looking = Arc::clone(shared);
    shared.tasks.spawn(async move { looking.look_for_gone_steadily().await });
    let waking = Arc::clone(shared);
    shared.tasks.spawn(async move { waking.wake_steadily().await });
    let trimming = Arc::clone(shared);
    shared.tasks.spawn(async move { trimming.trim_steadily().await });
    let charging = Arc::clone(shared);
    shared.tasks.spawn(async move { charging.charge_steadily().await });
}

impl Shared {
    /// Brings back what people have put aside, when its time has come.
    async fn wake_steadily(&self) {
        let mut news = self.news.subscribe();
        news.mark_changed();
        let mut first = None;
        while self.stop.run_until_cancelled(tokio::time::sleep(WAKE)).await.is_some() {
            // This is asked every second: the store is read only after a commit.
            if news.has_changed().unwrap_or(true) {
                news.mark_unchanged();
                first = match self.store.read().and_then(|view| view.next_wake()) {
                    Ok(first) => first,
                    Err(error) => {
                        tracing::warn!(%error, "what was put aside was not looked at");
                        news.mark_changed();
                        continue;
                    }
                };
            }
            let now = self.now();
            if first.is_some_and(|at| at <= now)
                && let Err(error) = self.commit(Step::Wake { now }).await
            {
                tracing::warn!(%error, "what was put aside was not looked at");
            }
        }
    }

    /// Lets go of what is older than people want to keep, in small steps with pauses between them.
    async fn trim_steadily(&self) {
        let mut nap = TRIM_PAUSE;
        while self.stop.run_until_cancelled(tokio::time::sleep(nap)).await.is_some() {
            let before = self.now().plus(-self.pace.retention_ms);
            nap = match self.commit(Step::Trim { before, limit: TRIM_ROWS }).await {
                Ok(done) if done.more => TRIM_PAUSE,
                Ok(_) => TRIM,
                Err(error) => {
                    tracing::warn!(%error, "what is old was not trimmed");
                    TRIM
                }
            };
        }
    }

    async fn charge_steadily(&self) {
        while self.stop.run_until_cancelled(tokio::time::sleep(CHARGE)).await.is_some() {
            if let Err(error) = self.charge().await {
                tracing::warn!(%error, "calls were not counted");
            }
        }
    }
}

impl Supervisor {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Event>) {
        let stop = self.shared.stop.clone();
        while let Some(Some(event)) = stop.run_until_cancelled(inbox.recv()).await {
            match event {
                Event::Pending(links) => self.route(links),
                Event::Book => self.follow_book(),
                Event::Look(connection) => {
                    for (_, wake) in self.streams.iter().filter(|(stream, _)| stream.connection == connection)
                    {
                        wake.notify_one();
                    }
                }
            }
        }
    }

    fn route(&mut self, links: Vec<(LinkSetId, LinkId, Stamp)>) {
        let mut by_set: BTreeMap<LinkSetId, Vec<(LinkId, Stamp)>> = BTreeMap::new();
        for (set, link, due) in links {
            by_set.entry(set).or_default().push((link, due));
        }
        for (set, links) in by_set {
            let lane = self.lanes.entry(set).or_insert_with(|| Lane::start(&self.shared, set));
            if lane.send(links).is_err() {
                tracing::error!(%set, "a lane has ended; its links are taken up at the next start");
            }
        }
    }

    /// Starts what the new rules need. What is no longer needed rests by itself: a lane without running recipes
    /// plans nothing, and a stream that nobody reads makes no call.
    fn follow_book(&mut self) {
        let book = self.shared.book();
        for set in book.sets() {
            self.lanes.entry(set).or_insert_with(|| Lane::start(&self.shared, set));
        }
        for (id, side) in book.streams() {
            self.streams.entry(id.clone()).or_insert_with(|| Stream::start(&self.shared, id, side));
        }
    }
}
