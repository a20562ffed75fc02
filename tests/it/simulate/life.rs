//! One life of the process: its store, vault, clock and network, all of which end at once when it dies.
//!
//! Every touch of the world outside is a numbered step: before and after each commit, before a request leaves and
//! before its answer arrives. A run may die at any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::future::pending;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use syncdeck::domain::id::ConnectionId;
use syncdeck::domain::time::Stamp;
use syncdeck::ports::{Clock, Committed, SecretName, Step, Store, StoreError, Vault, VaultError, View};
use tokio::sync::Notify;
use tokio::time::Instant;

/// More steps than any story takes: a run that comes here turns in circles.
const MOST_STEPS: u64 = 60_000;

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What all lives of a run share: chance, the count of steps, and the trace.
pub(super) struct Fate {
    pub(super) dice: Mutex<fastrand::Rng>,
    pub(super) steps: AtomicU64,
    pub(super) armed: AtomicBool,
    pub(super) crash_at: Mutex<BTreeSet<u64>>,
    /// It died while the only copy of a rotated token was on its way to it: nobody but a person can help.
    pub(super) token_lost: AtomicBool,
    trace: Mutex<DefaultHasher>,
    pub(super) told: bool,
}

impl Fate {
    pub(super) fn new(seed: u64, crash_at: &[u64]) -> Arc<Self> {
        Arc::new(Self {
            dice: Mutex::new(fastrand::Rng::with_seed(seed)),
            steps: AtomicU64::new(0),
            armed: AtomicBool::new(false),
            crash_at: Mutex::new(crash_at.iter().copied().collect()),
            token_lost: AtomicBool::new(false),
            trace: Mutex::new(DefaultHasher::new()),
            told: std::env::var_os("SIM_TRACE").is_some(),
        })
    }

    /// Adds to the trace; the same seed must give the same trace.
    pub(super) fn note(&self, what: &str) {
        what.hash(&mut *lock(&self.trace));
        if self.told {
            println!("{what}");
        }
    }

    pub(super) fn hash(&self) -> u64 {
        lock(&self.trace).finish()
    }

    pub(super) fn roll(&self, below: u64) -> u64 {
        lock(&self.dice).u64(0..below.max(1))
    }

    pub(super) fn chance(&self, of: f64) -> bool {
        of > 0.0 && lock(&self.dice).f64() < of
    }
}

/// One life of the process.
pub(super) struct Life {
    pub(super) fate: Arc<Fate>,
    dead: AtomicBool,
    pub(super) died: Notify,
    /// Answers with a rotated token that have not arrived yet.
    on_the_way: AtomicUsize,
}

/// An answer with a rotated token, from when the remote has rotated it until it is in our hands.
pub(super) struct OnTheWay(Arc<Life>);

impl Drop for OnTheWay {
    fn drop(&mut self) {
        self.0.on_the_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Life {
    pub(super) fn new(fate: &Arc<Fate>) -> Arc<Self> {
        Arc::new(Self {
            fate: Arc::clone(fate),
            dead: AtomicBool::new(false),
            died: Notify::new(),
            on_the_way: AtomicUsize::new(0),
        })
    }

    pub(super) fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Relaxed)
    }

    pub(super) fn die(&self) {
        let died = !self.dead.swap(true, Ordering::Relaxed);
        if died && self.on_the_way.load(Ordering::Relaxed) > 0 {
            self.fate.token_lost.store(true, Ordering::Relaxed);
        }
        self.died.notify_one();
    }

    /// The remote has rotated a token, and its answer sets out. What has arrived is ours to keep: nothing excuses us.
    pub(super) fn sets_out(self: &Arc<Self>) -> OnTheWay {
        self.on_the_way.fetch_add(1, Ordering::Relaxed);
        if self.is_dead() {
            self.fate.token_lost.store(true, Ordering::Relaxed);
        }
        OnTheWay(Arc::clone(self))
    }

    /// Passes a numbered step; the dead wait for ever.
    pub(super) async fn step(&self, what: &str) {
        if self.is_dead() {
            return pending().await;
        }
        if !self.fate.armed.load(Ordering::Relaxed) {
            return;
        }
        let n = self.fate.steps.fetch_add(1, Ordering::Relaxed) + 1;
        assert!(n < MOST_STEPS, "the run never comes to rest");
        if lock(&self.fate.crash_at).remove(&n) {
            self.fate.note(&format!("step {n}: {what}: the process dies"));
            self.die();
            pending::<()>().await;
        }
    }

    /// Takes a little time, so that what goes on at once is interleaved in many ways.
    pub(super) async fn dawdle(&self, most_ms: u64) {
        let ms = self.fate.roll(most_ms + 1);
        if ms > 0 {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
    }
}

/// Our own clock: it runs with the simulated time and may be wrong.
pub(super) struct OwnClock {
    base: Stamp,
    started: Instant,
    pub(super) off_ms: AtomicI64,
}

impl OwnClock {
    pub(super) fn starting_at(base: Stamp) -> Arc<Self> {
        Arc::new(Self { base, started: Instant::now(), off_ms: AtomicI64::new(0) })
    }
}

impl Clock for OwnClock {
    fn now(&self) -> Stamp {
        let elapsed = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.base.plus(elapsed).plus(self.off_ms.load(Ordering::Relaxed))
    }
}

/// The vault's file; it survives the process.
pub(super) type Drawer = Arc<Mutex<BTreeMap<(ConnectionId, &'static str), String>>>;

/// The vault of one life.
pub(super) struct SimVault {
    pub(super) life: Arc<Life>,
    pub(super) drawer: Drawer,
}

impl Vault for SimVault {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        lock(&self.drawer).get(&(name.connection.clone(), name.what)).map(|secret| secret.clone().into())
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        if self.life.is_dead() {
            return Err(VaultError { path: "vault".into(), why: "the process is dead".into() });
        }
        let secret = secret.expose_secret().to_owned();
        lock(&self.drawer).insert((name.connection.clone(), name.what), secret);
        Ok(())
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), VaultError> {
        lock(&self.drawer).retain(|(known, _), _| known != connection);
        Ok(())
    }
}

/// The store of one life: the real one, a little slower, with steps around each commit.
pub(super) struct SimStore {
    pub(super) life: Arc<Life>,
    pub(super) inner: Arc<dyn Store>,
    pub(super) disk: super::disk::Disk,
}

/// Returns what a step is called in the trace.
pub(super) fn step_name(step: &Step) -> &'static str {
    match step {
        Step::Observe { .. } => "observe",
        Step::Intend { .. } => "intend",
        Step::Adopt { .. } => "adopt",
        Step::Rest { .. } => "rest",
        Step::Settle { .. } => "settle",
        Step::CreateRecipes(_) => "create recipes",
        Step::Calls { .. } => "calls",
        _ => "other",
    }
}

#[async_trait]
impl Store for SimStore {
    async fn commit(&self, step: Step) -> Result<Committed, StoreError> {
        let name = step_name(&step);
        // What nobody waits for is no step of the way of a change.
        let numbered = !matches!(step, Step::Calls { .. });
        self.life.dawdle(2).await;
        if numbered {
            self.life.step(&format!("before {name}")).await;
        }
        let result = self.inner.commit(step).await;
        if self.disk.is_cut() && !self.life.is_dead() {
            self.life.fate.note("the power goes");
            self.life.die();
        }
        if self.life.is_dead() {
            return pending().await;
        }
        self.life.fate.note(&format!("{name}: {:?}", result.as_ref().map(|done| (done.seq, &done.taken))));
        if numbered {
            self.life.step(&format!("after {name}")).await;
        }
        self.life.dawdle(2).await;
        result
    }

    fn read(&self) -> Result<Box<dyn View>, StoreError> {
        let view = self.inner.read();
        if let Err(error) = &view {
            self.life.fate.note(&format!("read: {error}"));
        }
        view
    }
}
