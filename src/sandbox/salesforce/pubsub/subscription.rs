//! One subscription: how many events the client still wants, and where in the log it stands.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tonic::{Status, Streaming};

use super::proto::{ConsumerEvent, FetchRequest, FetchResponse, ProducerEvent, ReplayPreset};
use super::refusal::Refusal;
use super::{Caller, EventBus};
use crate::sandbox::faults::Kind;
use crate::sandbox::salesforce::events::{Event, Topic, Unknown};

/// The most events of one answer.
const BATCH: usize = 100;

/// How long an event that is told out of order waits for one to overtake it.
const HELD: Duration = Duration::from_millis(300);

/// The state of one call of `Subscribe`.
pub(super) struct Subscription {
    bus: EventBus,
    caller: Caller,
    topic: Topic,
    /// The log has been read up to here.
    read: u64,
    /// So many events are wanted and not told yet.
    pending: i32,
    /// Events that are to be told behind later ones.
    held: Vec<ConsumerEvent>,
    answers: mpsc::Sender<Result<FetchResponse, Status>>,
}

/// The client is gone, or was told why the call ends.
struct Over;

impl Subscription {
    /// Serves a call until it ends.
    pub(super) async fn serve(
        bus: EventBus,
        caller: Caller,
        mut requests: Streaming<FetchRequest>,
        answers: mpsc::Sender<Result<FetchResponse, Status>>,
    ) {
        let first = tokio::select! {
            first = requests.message() => first,
            () = answers.closed() => return,
        };
        let Ok(Some(first)) = first else { return };
        let news = bus.inner.events.follow();
        let begun = Self::begin(&bus, caller, &first, answers.clone());
        match begun {
            // An end in any of its ways: the client knows all it will know.
            Ok(mut subscription) => drop(subscription.run(requests, news).await),
            Err(refused) => drop(answers.send(Err(refused)).await),
        }
    }

    fn begin(
        bus: &EventBus,
        caller: Caller,
        first: &FetchRequest,
        answers: mpsc::Sender<Result<FetchResponse, Status>>,
    ) -> Result<Self, Status> {
        let topic = bus.topic(&first.topic_name, &caller)?;
        if first.num_requested < 1 {
            return Err(Refusal::Count.status(&caller.rpc));
        }
        let events = &bus.inner.events;
        let read = match ReplayPreset::try_from(first.replay_preset).unwrap_or(ReplayPreset::Latest) {
            ReplayPreset::Latest => events.last(),
            ReplayPreset::Earliest => 0,
            ReplayPreset::Custom => {
                let position = events.position(&first.replay_id, bus.inner.clock.now().as_millisecond());
                position.map_err(|unknown| {
                    let refusal =
                        if unknown == Unknown::Missing { Refusal::NoReplay } else { Refusal::Replay };
                    refusal.status(&caller.rpc)
                })?
            }
        };
        let pending = first.num_requested;
        Ok(Self { bus: bus.clone(), caller, topic, read, pending, held: Vec::new(), answers })
    }

    async fn run(
        &mut self,
        mut requests: Streaming<FetchRequest>,
        mut news: watch::Receiver<u64>,
    ) -> Result<(), Over> {
        let mut open = true;
        loop {
            // Seen before it is read: what comes in between wakes the wait below.
            drop(news.borrow_and_update());
            self.tell().await?;
            if !open && self.pending <= 0 {
                return Ok(());
            }
            let silence = if self.held.is_empty() { self.bus.inner.events.keep_alive() } else { HELD };
            tokio::select! {
                request = requests.message(), if open => match request {
                    Ok(Some(request)) => self.more(&request).await?,
                    Ok(None) => open = false,
                    Err(_) => return Err(Over),
                },
                moved = news.changed() => moved.map_err(|_| Over)?,
                () = tokio::time::sleep(silence) => self.silence().await?,
                () = self.answers.closed() => return Err(Over),
            }
        }
    }

    /// The client wants more.
    async fn more(&mut self, request: &FetchRequest) -> Result<(), Over> {
        if !request.topic_name.is_empty() && request.topic_name != self.topic.name {
            return self.end(&Refusal::OtherTopic).await;
        }
        if request.num_requested < 1 {
            return self.end(&Refusal::Count).await;
        }
        if !request.auth_refresh.is_empty() {
            self.caller.token.clone_from(&request.auth_refresh);
        }
        self.pending = self.pending.saturating_add(request.num_requested);
        Ok(())
    }

    /// Tells what is wanted and there.
    async fn tell(&mut self) -> Result<(), Over> {
        while self.pending > 0 {
            let most = usize::try_from(self.pending).unwrap_or(0).min(BATCH);
            let (found, read) = {
                let inner = &self.bus.inner;
                let now = inner.clock.now().as_millisecond();
                inner.events.read(&inner.read(), &self.topic, self.read, most, now)
            };
            self.read = read;
            if found.is_empty() {
                return Ok(());
            }
            self.allowed(found.len()).await?;
            let mut events: Vec<ConsumerEvent> = found.iter().map(|event| consumer(event)).collect();
            self.disturb(&mut events);
            if !events.is_empty() {
                self.answer(events).await?;
            }
        }
        Ok(())
    }

    /// Ends the call when the session is over or the day's events are used up.
    async fn allowed(&mut self, events: usize) -> Result<(), Over> {
        if let Err(refused) = self.bus.check(&self.caller) {
            // The client may be gone already.
            drop(self.answers.send(Err(refused)).await);
            return Err(Over);
        }
        let events = u64::try_from(events).unwrap_or(0);
        if !self.bus.inner.meter().spend("DailyDeliveredPlatformEvents", events) {
            return self.end(&Refusal::Delivered).await;
        }
        Ok(())
    }

    /// Injected faults: events told twice, or behind later ones.
    fn disturb(&mut self, events: &mut Vec<ConsumerEvent>) {
        let struck = self.bus.faults.strike_events("salesforce", &self.topic.name);
        let late = std::mem::take(&mut self.held);
        match struck {
            Some(Kind::DuplicateEvent) => {
                if let Some(last) = events.last().cloned() {
                    events.push(last);
                }
            }
            Some(Kind::ReorderEvents) if events.len() > 1 => events.reverse(),
            Some(Kind::ReorderEvents) => self.held.append(events),
            _ => {}
        }
        events.extend(late);
    }

    /// Nothing happened for a while.
    async fn silence(&mut self) -> Result<(), Over> {
        self.allowed(0).await?;
        let late = std::mem::take(&mut self.held);
        self.answer(late).await
    }

    async fn answer(&mut self, events: Vec<ConsumerEvent>) -> Result<(), Over> {
        let told = i32::try_from(events.len()).unwrap_or(i32::MAX);
        self.pending = self.pending.saturating_sub(told).max(0);
        let newest = events.iter().map(|event| event.replay_id.clone()).max();
        let latest_replay_id = newest.unwrap_or_else(|| self.read.to_be_bytes().to_vec());
        let response = FetchResponse {
            events,
            latest_replay_id,
            rpc_id: self.caller.rpc.clone(),
            pending_num_requested: self.pending,
        };
        self.answers.send(Ok(response)).await.map_err(|_| Over)
    }

    async fn end(&mut self, refusal: &Refusal) -> Result<(), Over> {
        // The client may be gone already.
        drop(self.answers.send(Err(refusal.status(&self.caller.rpc))).await);
        Err(Over)
    }
}

fn consumer(event: &Event) -> ConsumerEvent {
    let produced = ProducerEvent {
        id: event.id.clone(),
        schema_id: event.schema_id.clone(),
        payload: event.payload.clone(),
    };
    ConsumerEvent { event: Some(produced), replay_id: event.number.to_be_bytes().to_vec() }
}
