//! The engine: makes it happen. It knows `ports` and `domain` and can name neither a system nor a database.
//!
//! ```text
//!             one task per stream                         one task per set of links
//!   remote ── detect ── observe ──► store ── pending ──► plan ── intend ── call ── settle ──► store
//!             (stream.rs)                                (lane.rs)
//! ```
//!
//! * [`stream`] reads each (connection, container) once, however many recipes use it, and stores rows and
//!   watermark in one commit.
//! * [`load`] reads everything there is, once, for recipes that are new.
//! * [`hear`] listens where a remote tells its changes by itself, and wakes the stream that reads them.
//! * [`lane`] takes what is pending on one recipe's (or pair's) links, plans it with the pure planner, announces it
//!   durably, calls, and settles. One writer per link: runs, retries and people's actions all go through its lane.
//! * [`shown`] finds the records that show the name of a parent which has changed, though they themselves have not.
//! * [`sweep`] counts everything through now and then, by id and stamp, for what no reading of changes shows.
//! * [`keeper`] holds the connections: their clients, their states, and what they cost.
//! * [`acts`] is what people ask for; [`desk`] is where they are awaited with a browser.
//!
//! * [`counterpart`] looks, before a record is made, whether its counterpart exists already.
//! * [`gather`] lets the links of a reading under way go on in full batches.
//! * [`budget`] says what may still be spent, and by whom; [`duplicates`] remembers what a person allowed.
//! * [`converted`] asks what became of leads that were converted meanwhile.
//! * [`doubt`] finds out what became of calls whose answer never came.
//! * [`parents`] tells references by the links of what they point to; [`families`] makes a parent and those that wait for
//!   it in one call.
//! * [`absent`] tells what is no longer there, and holds only the recipes that need it.
//!
//! What is announced but has no end (a crash, a lost answer) is *in doubt* and is looked up at the remote by the key
//! that lies inside the record before anything else happens to it.
//!
//! # What must always hold, and which test would fail
//!
//! Names in *italics* are stories in `tests/scenarios`, run by `tests/it/simulate`; `guards` there breaks the
//! named guards one by one and sees that a story notices.
//!
//! | | invariant | test |
//! |---|---|---|
//! | 1 | nothing lost | *death-at-every-step*, *answers-lost* (a change taken back, a deletion undone), *revoked* |
//! | 2 | nothing doubled | *answers-lost*, *work-done-late*, *death-again-and-again*; guards `Intent`, `LookUp`, `Key`, `DoubtWindow`, `CreateRetried`; *matching*, *matching-both-ways* and `tests/it/matching.rs` for what exists already; `tests/it/restored.rs` after a restore |
//! | 3 | no echo | every story: nothing is written after quiet; *other-forms*; *automations* and `tests/it/pairs.rs` for flips; guard `Flips` |
//! | 4 | convergence | every story: both sides agree, then nothing is written; `domain::plan::tests` |
//! | 5 | conflicts by policy | *both-salesforce-wins*, *both-other-wins*, *both-newest-wins*, *both-hold*, *both-under-faults*, *both-large*, *items-alone*; guard `LookFirst`; `domain::plan::tests` (any link under any policy), `domain::hold`, `tests/it/conflicts.rs` |
//! | 6 | watermarks | *rows-late*, *rows-very-late* (the sweep), *equal-stamps*, *death-in-first-load*, *clock*; guards `Overlap`, `Sweep`, `CheckpointFirst`, `Ties`, `ServerTime` |
//! | 7 | deletions have one outcome | *deletions-archive*, *deletions-keep*, *deletions-purged*, *merges*, *conversions*, `tests/it/merges.rs`, `tests/it/conversions.rs`; guards `Deletions`, `Merges`, `Conversions`, `LookAgain` |
//! | 8 | order, references by link | *parents-late*, *parents-missing*, *parents-failing*, *parents-cyclic*, *parents-both-ways*, *parents-shown*, *parents-shown-heard*; guards `Patience`, `Release`, `Parents`, `Shown`; `domain::parents`, `tests/it/references.rs`, `tests/it/families.rs` |
//! | 9 | partial success | *poison*, *partial*, *strange-answers*; guards `Position`, `Refusal`, `Batch`, `DoubtTrusted` |
//! | 10 | one writer per link | `tests/it/one_writer.rs`: of many who want a link the store lets one have it until its end |
//! | 11 | tokens | *tokens*, *revoked*; guard `Rotation`; `a_revoked_token_costs_one_call_and_no_change` |
//! | 12 | a dry quota is a pause | *limits*; guards `Limit`, `Transient`; `tests/it/salesforce_access.rs` for the operator's budget, `tests/it/salesforce_calls.rs` for the shares of retries and syncs, `budget` for the share of each recipe |
//! |  | what work costs in calls | `tests/it/salesforce_calls.rs`, `tests/it/cost.rs`, `tests/it/families.rs`, `tests/it/simulate/idle.rs` for an idle day |
//! | 13 | change events are hints | *events*, *events-outage*; guard `Hints`; `tests/it/salesforce_events.rs`, against the sandbox: lost, doubled, reordered, gaps, overflows, a refused place, eighty hours of silence |
//! | 14 | counts are the ledger, folded | every story: the oracle folds it again, and counts the board's own items |
//! | 15 | destructive work is bounded | `too_many_deletions_at_once_wait_for_a_person` (`tests/it/pairs.rs`); no key writes without a yes that names its counts: `tui::tests::flows`; a first load goes on after any death: *death-in-first-load* |
//! | 16 | every call ends | *silent-servers*, on the deadline that the network port promises |
//! |  | what is gone or changed holds only the recipes that use it | *shape*, *shape-twice*, *retired*, *package*, `tests/it/monday_gone.rs`; guard `Gone` |
//! |  | people are told by their links | *owners*, `tests/it/people.rs` |
//! |  | what is old goes, and the file stays as it is | *month* |
//! |  | what cannot be read is never "no rows" | *strange-answers*, `tests/it/fuzz.rs`; guard `Unreadable` |
//! |  | the file survives its disk | *disk-power*, *disk-full*, *disk-bits*, *disk-lies*, each also at every commit; guard `Sync`; `the_data_file_is_copied_checked_and_put_back` |
//! |  | ninety recipes, and silence of deleted ones | *crowd*, *recipes*; guard `RecipeLimit` |

mod absent;
pub mod acts;
mod book;
mod budget;
mod converted;
mod counterpart;
pub mod desk;
mod doubt;
mod duplicates;
mod families;
mod gather;
pub mod hear;
mod keeper;
mod lane;
mod load;
mod parents;
mod queue;
mod shown;
mod stream;
mod supervisor;
mod sweep;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use book::Book;
pub use desk::Callback;

use crate::domain::doctor::Packages;
use crate::domain::id::{ConnectionId, LinkId, LinkSetId};
use crate::domain::time::{DAY, MINUTE, Stamp};
use crate::ports::{Clock, Committed, Ran, Remotes, Step, Store, StoreError, Vault};
use desk::Desk;
use keeper::Keeper;

/// The longest that anything waits before it looks again whether it still has to.
const LONGEST_WAIT_MS: i64 = 15 * MINUTE;

/// What an engine is made of.
pub struct Parts {
    /// Its memory.
    pub store: Arc<dyn Store>,
    /// Makes the clients of connections.
    pub remotes: Arc<dyn Remotes>,
    /// Where secrets lie.
    pub vault: Arc<dyn Vault>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where chance begins: the same seed gives the same jitter.
    pub seed: u64,
    /// The pace of things.
    pub pace: Pace,
    /// Where browsers go when a person has authorised something.
    pub callback: Callback,
    /// What the packages in orgs are able to do.
    pub packages: Packages,
}

/// The pace of things, in milliseconds unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How far behind its watermark a stream reads again, because rows become visible late.
    pub overlap_ms: i64,
    /// How many batches of one recipe may be under way at a time.
    pub batches: usize,
    /// How many calls of one connection may be under way at a time.
    pub calls: usize,
    /// How often everything that is there is counted through, by id and stamp.
    pub sweep_every_ms: i64,
    /// For how long the ledger, errors that are over and jobs are kept.
    pub retention_ms: i64,
    /// Plan and call nothing: for a command that only changes what is stored.
    pub idle: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            overlap_ms: 10 * MINUTE,
            batches: 2,
            calls: 4,
            sweep_every_ms: DAY,
            retention_ms: 90 * DAY,
            idle: false,
        }
    }
}

/// A running engine. Clones are handles to the same one.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("started_at", &self.shared.started_at).finish_non_exhaustive()
    }
}

/// What all tasks of the engine share.
struct Shared {
    store: Arc<dyn Store>,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    seed: u64,
    pace: Pace,
    keeper: Keeper,
    looked: absent::Looked,
    desk: Desk,
    ears: std::sync::Mutex<hear::Ears>,
    coming: gather::Coming,
    spent: budget::Spent,
    duplicates: duplicates::Allowed,
    aboard: families::Aboard,
    asked: acts::Asked,
    packages: Packages,
    /// Whether its data were put back from a copy.
    copied: bool,
    started_at: Stamp,
    book: watch::Sender<Arc<Book>>,
    /// Tells that the book is new, to everybody in the order in which they began to listen: a watch tells in an order of
    /// chance, and a simulation could not be repeated.
    rules: broadcast::Sender<()>,
    news: watch::Sender<u64>,
    events: mpsc::UnboundedSender<Event>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// What the supervisor is told.
enum Event {
    /// Links became or stayed pending.
    Pending(Vec<(LinkSetId, LinkId, Stamp)>),
    /// Recipes or connections changed: the book is new.
    Book,
    /// Somebody wants changes looked for now on all streams of a connection.
    Look(ConnectionId),
}

impl Engine {
    /// Starts the engine on what its store holds.
    ///
    /// # Errors
    /// What kept the store from being read.
    #[expect(clippy::unused_async, reason = "it spawns tasks: it must be called inside a runtime")]
    pub async fn start(parts: Parts) -> Result<Self, StoreError> {
        let (events, inbox) = mpsc::unbounded_channel();
        let book = Book::read(parts.store.as_ref())?;
        let view = parts.store.read()?;
        let (newest, copied) = (view.newest()?, view.is_copy()?);
        drop(view);
        let shared = Arc::new(Shared {
            started_at: parts.clock.now(),
            keeper: Keeper::new(parts.remotes, parts.pace.calls),
            looked: absent::Looked::default(),
            desk: Desk::new(parts.callback),
            ears: std::sync::Mutex::default(),
            coming: gather::Coming::default(),
            spent: budget::Spent::default(),
            duplicates: duplicates::Allowed::default(),
            aboard: families::Aboard::default(),
            asked: acts::Asked::default(),
            packages: parts.packages,
            copied,
            store: parts.store,
            vault: parts.vault,
            clock: parts.clock,
            seed: parts.seed,
            pace: parts.pace,
            book: watch::Sender::new(Arc::new(book)),
            rules: broadcast::Sender::new(1),
            news: watch::Sender::new(newest),
            events,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        supervisor::start(&shared, inbox);
        Ok(Self { shared })
    }

    /// Returns when the engine started.
    pub fn started_at(&self) -> Stamp {
        self.shared.started_at
    }

    /// Returns the present time as the engine sees it.
    pub fn now(&self) -> Stamp {
        self.shared.clock.now()
    }

    /// Returns the engine's store, for questions.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.shared.store
    }

    /// Returns the number of the newest ledger entry, and then every change of it or of anything else.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.shared.news.subscribe()
    }

    /// Stops the engine: no new work, and returns when what was under way has ended or `patience_ms` has passed.
    /// What has not ended by then is in doubt and is looked up at the next start.
    pub async fn stop(&self, patience_ms: u64) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        self.shared.keeper.wind_up().await;
        let patience = Duration::from_millis(patience_ms);
        if tokio::time::timeout(patience, self.shared.tasks.wait()).await.is_err() {
            tracing::warn!("stopped with calls under way; they are looked up at the next start");
        }
        if let Err(error) = self.shared.charge().await {
            tracing::warn!(%error, "the last calls were not counted");
        }
    }
}

impl Shared {
    fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// Returns when `due` comes, on a clock that nobody can set: ours may jump while somebody waits. After the longest
    /// wait whoever asked looks again.
    fn moment(&self, due: Stamp) -> Instant {
        let ms = due.since(self.now()).clamp(0, LONGEST_WAIT_MS);
        Instant::now() + Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }

    fn book(&self) -> Arc<Book> {
        Arc::clone(&self.book.borrow())
    }

    /// Carries out a step and tells everybody whom its effects concern.
    async fn commit(&self, step: Step) -> Result<Committed, StoreError> {
        let rules_change = matches!(
            step,
            Step::CreateRecipes(_)
                | Step::SetRecipes { .. }
                | Step::PutConnection(_)
                | Step::RemoveConnection { .. }
                | Step::Estrange { .. }
                | Step::Missed { .. }
                | Step::PutPeople(_)
                | Step::Observe { ran: Some(Ran { loaded: true, .. }), .. }
        );
        let committed = self.store.commit(step).await?;
        if rules_change {
            self.refresh()?;
        }
        if !committed.pending.is_empty() {
            // The supervisor ends only with the engine.
            let _ended = self.events.send(Event::Pending(committed.pending.clone()));
        }
        self.news.send_modify(|seq| *seq = (*seq).max(committed.seq));
        Ok(committed)
    }

    /// Reads recipes and connections anew.
    fn refresh(&self) -> Result<(), StoreError> {
        self.book.send_replace(Arc::new(Book::read(self.store.as_ref())?));
        // Nobody listens before the first task has started.
        let _listeners = self.rules.send(());
        let _ended = self.events.send(Event::Book);
        Ok(())
    }
}
