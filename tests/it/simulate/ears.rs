//! Change events: what Salesforce tells by itself reaches the engine lost, doubled, late, or not for days; and the
//! place from which it wants to hear is refused.
//!
//! They are put between the engine and its client, at the port: what is proved is that the engine takes them for hints.
//! The client's own way with the event bus, its frames and codes, is tested by `salesforce_events`.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use syncdeck::domain::connection::{Connection, Identity, Usage};
use syncdeck::domain::failure::{Class, Failure, Kind};
use syncdeck::domain::id::{ContainerId, FieldName, RemoteId, System};
use syncdeck::domain::people::User;
use syncdeck::domain::schema::Schema;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::value::Value;
use syncdeck::ports::errand::Errands;
use syncdeck::ports::{
    Beside, ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, Found, Heard, Hearing, ParentsAsk, Place,
    Record, Remote, Remotes, ToldBeside, Unheard, Write,
};

use super::life::lock;
use super::story::Events;
use super::world::World;

/// How often the bus says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// What the bus holds: which record of which object each edit was of.
#[derive(Debug, Default)]
pub(super) struct Bus {
    told: Mutex<Vec<(&'static str, String)>>,
    news: tokio::sync::Notify,
}

impl Bus {
    /// A record was changed by somebody.
    pub(super) fn tell(&self, object: &'static str, id: &str) {
        lock(&self.told).push((object, id.to_owned()));
        self.news.notify_waiters();
    }

    fn len(&self) -> usize {
        lock(&self.told).len()
    }
}

/// Clients whose remotes tell their changes.
pub(super) struct Eared {
    pub(super) inner: Arc<dyn Remotes>,
    pub(super) world: Arc<World>,
}

impl Remotes for Eared {
    fn connect(&self, connection: &Connection) -> Result<Arc<dyn Remote>, Failure> {
        let inner = self.inner.connect(connection)?;
        if inner.system() != System::Salesforce {
            return Ok(inner);
        }
        Ok(Arc::new(Telling { inner, world: Arc::clone(&self.world) }))
    }
}

struct Telling {
    inner: Arc<dyn Remote>,
    world: Arc<World>,
}

/// One subscription.
struct Subscription {
    world: Arc<World>,
    /// The object whose changes are told.
    object: String,
    at: usize,
    /// What was held back, to be told out of order.
    late: BTreeMap<usize, String>,
}

fn lost() -> Unheard {
    Unheard::Lost(Failure::new(Kind::Transient, Class::Busy, "UNREACHABLE", "the event bus is silent"))
}

/// Returns the story's faults of events while there are any.
fn faults(world: &World) -> Events {
    world.story.events.clone().filter(|_| world.troubled()).unwrap_or_default()
}

#[async_trait]
impl Hearing for Subscription {
    async fn next(&mut self) -> Result<Heard, Unheard> {
        let world = Arc::clone(&self.world);
        let bus = &world.bus;
        if bus.len() <= self.at {
            let news = bus.news.notified();
            if tokio::time::timeout(KEEP_ALIVE, news).await.is_err() {
                return Ok(Heard { place: Some(place(self.at)), ..Heard::default() });
            }
        }
        tokio::time::sleep(Duration::from_millis(world.fate.roll(900))).await;
        let faults = faults(&world);
        if world.deaf.load(Ordering::Relaxed) || world.fate.chance(faults.breaks) {
            return Err(lost());
        }
        let fresh: Vec<(&str, String)> = lock(&bus.told).iter().skip(self.at).cloned().collect();
        let mut heard = Heard::default();
        for (object, id) in fresh {
            self.at += 1;
            if object != self.object {
                continue;
            }
            if world.fate.chance(faults.lost) {
                continue;
            }
            if world.fate.chance(faults.late) {
                self.late.insert(self.at, id);
                continue;
            }
            heard.changed.push(id.as_str().into());
            if world.fate.chance(faults.doubled) {
                heard.changed.push(id.as_str().into());
            }
        }
        heard.changed.reverse();
        if world.fate.roll(2) == 0 {
            heard.changed.extend(self.late.pop_first().map(|(_, id)| RemoteId::from(id.as_str())));
        }
        heard.more = world.fate.chance(faults.gaps);
        heard.place = Some(place(self.at));
        world.fate.note(&format!("told: {heard:?}"));
        Ok(heard)
    }
}

fn place(at: usize) -> Arc<[u8]> {
    at.to_be_bytes().as_slice().into()
}

#[async_trait]
impl Remote for Telling {
    fn system(&self) -> System {
        self.inner.system()
    }

    fn hears(&self) -> bool {
        true
    }

    async fn tells(&self, _: &ContainerId) -> Result<Option<bool>, Failure> {
        Ok(Some(true))
    }

    async fn listen(
        &self,
        container: &ContainerId,
        after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let world = &self.world;
        world.fate.note(&format!("listens to {container} behind {after:?}"));
        if world.deaf.load(Ordering::Relaxed) {
            return Err(lost());
        }
        let expired = world.fate.chance(faults(world).refused)
            || world.forgotten.load(Ordering::Relaxed) > 0 && after.is_some();
        if expired && after.is_some() {
            world.forgotten.store(0, Ordering::Relaxed);
            return Err(Unheard::Expired);
        }
        let behind = after.and_then(|place| place.try_into().ok()).map(usize::from_be_bytes);
        let at = behind.unwrap_or_else(|| world.bus.len());
        let object = container.as_str().to_owned();
        Ok(Box::new(Subscription { world: Arc::clone(world), object, at, late: BTreeMap::new() }))
    }

    async fn identify(&self) -> Result<Identity, Failure> {
        self.inner.identify().await
    }

    async fn describe(&self, container: &str) -> Result<Schema, Failure> {
        self.inner.describe(container).await
    }

    async fn places(&self) -> Result<Vec<Place>, Failure> {
        self.inner.places().await
    }

    async fn count(&self, container: &ContainerId) -> Result<Option<u64>, Failure> {
        self.inner.count(container).await
    }

    async fn key_field(&self, container: &ContainerId) -> Result<FieldName, Failure> {
        self.inner.key_field(container).await
    }

    async fn changes(&self, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
        self.inner.changes(ask).await
    }

    async fn deletions(&self, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
        self.inner.deletions(ask).await
    }

    async fn changes_and_deletions(
        &self,
        ask: &ChangesAsk,
        deletions: &DeletionsAsk,
    ) -> Result<(ChangesPage, Option<DeletionsPage>), Failure> {
        self.inner.changes_and_deletions(ask, deletions).await
    }

    async fn changes_and_beside(
        &self,
        ask: &ChangesAsk,
        beside: &Beside,
    ) -> Result<(ChangesPage, ToldBeside), Failure> {
        self.inner.changes_and_beside(ask, beside).await
    }

    async fn of_changed_parents(&self, ask: &ParentsAsk) -> Result<ChangesPage, Failure> {
        self.inner.of_changed_parents(ask).await
    }

    fn deletions_every_ms(&self, every_ms: i64) -> i64 {
        self.inner.deletions_every_ms(every_ms)
    }

    async fn fetch(
        &self,
        container: &ContainerId,
        ids: &[RemoteId],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        self.inner.fetch(container, ids, fields).await
    }

    async fn find(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        keys: &[RemoteId],
    ) -> Result<Vec<Found>, Failure> {
        self.inner.find(container, key_field, keys).await
    }

    async fn alike(
        &self,
        container: &ContainerId,
        by: &FieldName,
        values: &[Value],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        self.inner.alike(container, by, values, fields).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        self.inner.users().await
    }

    fn page(&self) -> u64 {
        self.inner.page()
    }

    fn batch(&self, writes: usize) -> usize {
        self.inner.batch(writes)
    }

    async fn apply(&self, container: &ContainerId, key_field: &FieldName, writes: &[Write]) -> Vec<Answer> {
        self.inner.apply(container, key_field, writes).await
    }

    fn doubt_ms(&self) -> i64 {
        self.inner.doubt_ms()
    }

    fn usage(&self) -> Usage {
        self.inner.usage()
    }

    fn calls_made(&self) -> Errands {
        self.inner.calls_made()
    }

    fn ration(&self, left: Option<u64>, more_at: syncdeck::domain::time::Stamp) {
        self.inner.ration(left, more_at);
    }
}
