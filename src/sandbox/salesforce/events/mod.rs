//! Change events: what every commit tells, and for how long it can be asked again.
//!
//! ```text
//! store's journal ── tell ── shape, avro ── the log ── pubsub
//! ```

mod avro;
mod shape;
mod tell;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use tokio::sync::watch;

use self::shape::Shape;
pub(super) use self::shape::{can_be_captured, event_name};
pub(super) use self::tell::Kind;
use super::org::Org;
use super::schema::Schema;
use super::store::Change;

/// How long an event can be asked for, in milliseconds.
const RETENTION: i64 = 72 * 3_600_000;

/// More events than this are not kept: the oldest go, as when the bus is purged early.
const KEPT: usize = 250_000;

/// How many of the newest events a state file keeps.
const SAVED: usize = 20_000;

/// How long the bus says nothing before it says that there is nothing to say.
const KEEP_ALIVE: Duration = Duration::from_secs(270);

/// The log of events, and those who wait for more of them.
#[derive(Debug)]
pub(super) struct Hub {
    log: Mutex<Log>,
    /// The number of the last event.
    last: watch::Sender<u64>,
    keep_alive_ms: AtomicU64,
}

#[derive(Debug)]
struct Log {
    events: VecDeque<Arc<Event>>,
    /// The number of the last event ever.
    last: u64,
    /// Commits so far, in the numbering of the database.
    commits: i64,
    chance: fastrand::Rng,
    shapes: HashMap<usize, Arc<Shape>>,
}

/// One event.
#[derive(Debug)]
pub(super) struct Event {
    /// What its replay id says.
    pub(super) number: u64,
    /// When it was published, in milliseconds.
    at: i64,
    /// Its object.
    object: usize,
    /// Its name, unlike any other's.
    pub(super) id: String,
    pub(super) schema_id: String,
    pub(super) payload: Bytes,
}

/// What a subscriber listens to.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub(super) name: String,
    /// The object; all that are captured when there is none.
    pub(super) object: Option<usize>,
    pub(super) schema_id: String,
}

/// Why a replay id is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// None was given where one is needed.
    Missing,
    /// It is not the id of an event that is still kept.
    Corrupted,
}

impl Hub {
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = fastrand::Rng::with_seed(seed ^ 0x6576_656e_7473);
        // Other tenants share the bus: nobody's first event has the number 1.
        let last = chance.u64(1_000_000..9_000_000);
        let commits = chance.i64(10_000_000_000..12_000_000_000);
        let log = Log { events: VecDeque::new(), last, commits, chance, shapes: HashMap::new() };
        Self {
            log: Mutex::new(log),
            last: watch::channel(last).0,
            keep_alive_ms: AtomicU64::new(u64::try_from(KEEP_ALIVE.as_millis()).unwrap_or(u64::MAX)),
        }
    }

    /// Publishes what a commit changed; `at` is its moment in milliseconds.
    pub(super) fn publish(&self, org: &Org, changes: Vec<Change>, origin: &str, at: i64) {
        let mut log = self.lock();
        let told = tell::commit(&mut log, org, changes, origin, at);
        self.append(log, told, at);
    }

    /// Publishes events without fields, as the org does when it cannot tell more.
    pub(super) fn publish_gap(&self, org: &Org, object: usize, kind: Kind, ids: &[String], at: i64) {
        let mut log = self.lock();
        let told = tell::gap(&mut log, org, object, kind, ids, at);
        self.append(log, told, at);
    }

    fn append(&self, mut log: MutexGuard<'_, Log>, told: Vec<tell::Told>, at: i64) {
        for tell::Told { object, schema_id, payload } in told {
            let id = log.name();
            // Numbers are not contiguous.
            log.last += log.chance.u64(1..4);
            let number = log.last;
            log.events.push_back(Arc::new(Event { number, at, object, id, schema_id, payload }));
        }
        log.forget(at);
        let last = log.last;
        drop(log);
        self.last.send_replace(last);
    }

    /// Waits for news: the number of the last event, as it moves.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }

    /// The number of the last event.
    pub(super) fn last(&self) -> u64 {
        *self.last.borrow()
    }

    /// At most `most` events of a topic behind `after`, and up to where the log has been read.
    pub(super) fn read(
        &self,
        org: &Org,
        topic: &Topic,
        after: u64,
        most: usize,
        now: i64,
    ) -> (Vec<Arc<Event>>, u64) {
        let mut log = self.lock();
        log.forget(now);
        let first = log.events.partition_point(|event| event.number <= after);
        let captured = |object: usize| {
            let known = org.store.schema().at(object);
            known.is_some_and(|object| org.settings.captured.contains(object.name))
        };
        let mut found = Vec::new();
        for event in log.events.range(first..) {
            if found.len() == most {
                let read = found.last().map_or(after, |event: &Arc<Event>| event.number);
                return (found, read);
            }
            if topic.object.map_or_else(|| captured(event.object), |object| object == event.object) {
                found.push(Arc::clone(event));
            }
        }
        let read = log.last.max(after);
        (found, read)
    }

    /// The number that a replay id says, if events behind it can be told without a hole.
    pub(super) fn position(&self, replay: &[u8], now: i64) -> Result<u64, Unknown> {
        if replay.is_empty() {
            return Err(Unknown::Missing);
        }
        let number = replay.try_into().map(u64::from_be_bytes).map_err(|_| Unknown::Corrupted)?;
        let mut log = self.lock();
        log.forget(now);
        let known = log.events.binary_search_by_key(&number, |event| event.number).is_ok();
        // The last number is told in empty answers too; it holds as long as nothing came since that is gone.
        if known || (number == log.last && log.events.is_empty()) {
            Ok(number)
        } else {
            Err(Unknown::Corrupted)
        }
    }

    /// The topic with this name, in the case it has.
    pub(super) fn topic(&self, schema: &Schema, name: &str) -> Option<Topic> {
        if name == "/data/ChangeEvents" {
            return Some(Topic { name: name.into(), object: None, schema_id: String::new() });
        }
        let event = name.strip_prefix("/data/")?;
        let object = schema.objects().iter().find(|object| event_name(object.name) == event)?;
        if !can_be_captured(object.name) {
            return None;
        }
        let schema_id = self.lock().shape(schema, object.number)?.id.clone();
        Some(Topic { name: name.into(), object: Some(object.number), schema_id })
    }

    /// The Avro schema with this id.
    pub(super) fn schema(&self, schema: &Schema, id: &str) -> Option<String> {
        let mut log = self.lock();
        let objects = schema.objects().iter().filter(|object| can_be_captured(object.name));
        let mut shapes = objects.filter_map(|object| log.shape(schema, object.number));
        shapes.find(|shape| shape.id == id).map(|shape| shape.json.clone())
    }

    /// Forgets every event that is kept, as a purge of the bus does.
    pub(super) fn purge(&self) {
        let mut log = self.lock();
        log.events.clear();
        // What was given out before is no longer a place in the stream.
        log.last += 1;
        let last = log.last;
        drop(log);
        self.last.send_replace(last);
    }

    /// How long the bus is silent at most.
    pub(super) fn keep_alive(&self) -> Duration {
        Duration::from_millis(self.keep_alive_ms.load(Ordering::Relaxed))
    }

    /// Sets how long the bus is silent at most.
    pub(super) fn set_keep_alive(&self, milliseconds: u64) {
        self.keep_alive_ms.store(milliseconds.max(10), Ordering::Relaxed);
    }

    /// A name for a call.
    pub(super) fn rpc_id(&self) -> String {
        self.lock().name()
    }

    pub(super) fn save(&self) -> Json {
        let log = self.lock();
        let skipped = log.events.len().saturating_sub(SAVED);
        let events = log.events.iter().skip(skipped).map(|event| {
            let payload = STANDARD.encode(&event.payload);
            json!([event.number, event.at, event.object, event.id, event.schema_id, payload])
        });
        json!({ "last": log.last, "commits": log.commits, "events": events.collect::<Vec<_>>() })
    }

    pub(super) fn restore(&self, saved: &Json) {
        let mut log = self.lock();
        log.last = saved.get("last").and_then(Json::as_u64).unwrap_or(log.last);
        log.commits = saved.get("commits").and_then(Json::as_i64).unwrap_or(log.commits);
        let rows = saved.get("events").and_then(Json::as_array).map_or(&[] as &[Json], Vec::as_slice);
        log.events = rows.iter().filter_map(event).map(Arc::new).collect();
        let last = log.last;
        drop(log);
        self.last.send_replace(last);
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn shape(&mut self, schema: &Schema, object: usize) -> Option<Arc<Shape>> {
        if let Some(shape) = self.shapes.get(&object) {
            return Some(Arc::clone(shape));
        }
        let shape = Arc::new(Shape::of(schema.at(object)?));
        self.shapes.insert(object, Arc::clone(&shape));
        Some(shape)
    }

    fn forget(&mut self, now: i64) {
        while let Some(oldest) = self.events.front() {
            if self.events.len() <= KEPT && now - oldest.at <= RETENTION {
                return;
            }
            self.events.pop_front();
        }
    }

    /// Sixteen random bytes, written as names of transactions and events are.
    fn name(&mut self) -> String {
        let bytes = format!("{:032x}", self.chance.u128(..));
        let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
    }
}

fn event(row: &Json) -> Option<Event> {
    let text = |place: usize| row.get(place).and_then(Json::as_str).map(str::to_owned);
    Some(Event {
        number: row.get(0)?.as_u64()?,
        at: row.get(1)?.as_i64()?,
        object: usize::try_from(row.get(2)?.as_u64()?).ok()?,
        id: text(3)?,
        schema_id: text(4)?,
        payload: STANDARD.decode(text(5)?).ok()?.into(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]
mod tests {
    use super::super::server::Inner;
    use super::*;
    use crate::sandbox::clock::Clock;
    use crate::sandbox::salesforce::Salesforce;
    use crate::sandbox::system::{Edits, System};

    fn org() -> Salesforce {
        Salesforce::new(Clock::starting_at(jiff::Timestamp::UNIX_EPOCH), 1, 20)
    }

    fn told(inner: &Inner, now: i64) -> Vec<Arc<Event>> {
        let topic = Topic { name: String::new(), object: None, schema_id: String::new() };
        inner.events.read(&inner.read(), &topic, 0, 1000, now).0
    }

    fn edits(json: Json) -> Edits {
        serde_json::from_value(json).unwrap()
    }

    #[tokio::test]
    async fn what_was_taken_back_is_not_told() {
        let (inner, org) = org().share();
        let leads = json!([{ "LastName": "A", "Company": "A" }, { "LastName": "B" }]);
        org.change("Lead", &edits(json!({ "create": leads }))).unwrap_err();
        assert!(told(&inner, 0).is_empty());
        org.change("Lead", &edits(json!({ "create": [leads[0]] }))).unwrap();
        assert_eq!(told(&inner, 0).len(), 1);
    }

    #[tokio::test]
    async fn the_same_change_of_several_records_is_told_once() {
        let (inner, org) = org().share();
        let ids: Vec<String> = (0..3).map(|n| super::super::ids::Id::of("00Q", n).to_string()).collect();
        org.change("Lead", &edits(json!({ "delete": ids }))).unwrap();
        let events = told(&inner, 0);
        assert_eq!(events.len(), 1);
        for id in ids {
            assert!(events[0].payload.windows(18).any(|part| part == id.as_bytes()), "{id}");
        }
    }

    #[tokio::test]
    async fn events_are_kept_for_three_days() {
        let (inner, org) = org().share();
        org.change("Lead", &edits(json!({ "create": [{ "LastName": "A", "Company": "A" }] }))).unwrap();
        let replay = told(&inner, RETENTION)[0].number.to_be_bytes();
        assert!(inner.events.position(&replay, RETENTION).is_ok());
        let later = RETENTION + 60_000;
        org.change("Account", &edits(json!({ "create": [{ "Name": "A" }] }))).unwrap();
        assert_eq!(inner.events.position(&replay, later), Err(Unknown::Corrupted));
        assert_eq!(inner.events.position(&[], 0), Err(Unknown::Missing));
        assert_eq!(inner.events.position(b"x", 0), Err(Unknown::Corrupted));
    }

    #[tokio::test]
    async fn only_captured_objects_are_told() {
        let (inner, org) = org().share();
        org.control("change-data-capture", &json!({ "objects": { "Lead": false } })).unwrap().unwrap();
        org.change("Lead", &edits(json!({ "create": [{ "LastName": "A", "Company": "A" }] }))).unwrap();
        assert!(told(&inner, 0).is_empty());
        assert!(
            org.control("change-data-capture", &json!({ "objects": { "Profile": true } })).unwrap().is_err()
        );
    }
}
