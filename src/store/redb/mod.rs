//! The store in one redb file: one writer thread that groups commits, and readers of the last commit.
//!
//! ```text
//! many callers ── Step ──► inbox ──► writer thread: all that waits in one durable transaction
//!                                       └──► each caller learns what its own step did
//! ```
//!
//! Start reading at [`steps`], where each step is carried out inside the transaction.

pub mod care;
mod chain;
mod codec;
mod fold;
mod found;
mod journal;
mod lazy;
mod past;
mod shelf;
mod steps;
mod tables;
mod view;
mod writer;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use redb::{Database, DatabaseError, ReadableDatabase, StorageBackend};
use tokio::sync::oneshot;

use crate::domain::time::Stamp;
use crate::ports::{Committed, Step, Store, StoreError, View};
use shelf::Shelf;

/// The version of the file's contents that this code writes.
const FORMAT: u64 = 1;

/// What redb keeps of the file in memory, in bytes.
const CACHE: usize = 64 << 20;

/// How many steps may wait for the writer before callers wait themselves.
const INBOX: usize = 1_024;

type Waiting = (Step, oneshot::Sender<Result<Committed, StoreError>>);

/// The data file.
pub struct RedbStore {
    shelf: Arc<Shelf>,
    hand: Hand,
}

/// Who writes.
enum Hand {
    /// A thread of its own, which groups what waits into one commit.
    Thread(SyncSender<Waiting>),
    /// The caller, at once: nothing runs beside a simulation, whose clock would not wait for it.
    Caller(Mutex<writer::Writer>),
}

impl std::fmt::Debug for RedbStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedbStore").field("path", &self.shelf.path).finish_non_exhaustive()
    }
}

impl RedbStore {
    /// Opens the data file, making it where there is none.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process holds it, [`StoreError::TooNew`] when a newer version wrote it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            // Customers' data: for the owner alone from the first byte on.
            let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
            if let Err(error) = made.map(drop)
                && error.kind() != std::io::ErrorKind::AlreadyExists
            {
                return Err(StoreError::Broken { path: path.display().to_string(), why: error.to_string() });
            }
        }
        let file = path.to_owned();
        Self::over(&Shelf::open(
            path,
            Box::new(move || Database::builder().set_cache_size(CACHE).create(&file)),
        )?)
    }

    /// Opens a store that lives in memory only.
    ///
    /// # Errors
    /// Whatever an empty store can fail with.
    pub fn in_memory() -> Result<Self, StoreError> {
        // Once closed it is gone: it is not opened a second time.
        let backend = Mutex::new(Some(redb::backends::InMemoryBackend::new()));
        let open = move || {
            let backend = backend.lock().unwrap_or_else(PoisonError::into_inner).take();
            let backend = backend.ok_or(redb::StorageError::PreviousIo)?;
            Database::builder().set_cache_size(CACHE).create_with_backend(backend)
        };
        Self::over(&Shelf::open(Path::new(":memory:"), Box::new(open))?)
    }

    /// Opens a store over a storage of the caller's own, such as a simulated disk.
    ///
    /// It has no thread: a step is carried out and durable before [`Store::commit`] first returns to its executor,
    /// by the same code as otherwise. A run under a simulated clock stays repeatable that way.
    ///
    /// # Errors
    /// As [`RedbStore::open`].
    pub fn open_with_backend(backend: impl StorageBackend + Clone) -> Result<Self, StoreError> {
        let open = move || Database::builder().set_cache_size(CACHE).create_with_backend(backend.clone());
        let shelf = Shelf::open(Path::new(":simulated:"), Box::new(open))?;
        let writer = writer::Writer::start(Arc::clone(&shelf))?;
        Ok(Self { shelf, hand: Hand::Caller(Mutex::new(writer)) })
    }

    fn over(shelf: &Arc<Shelf>) -> Result<Self, StoreError> {
        let (inbox, waiting) = std::sync::mpsc::sync_channel(INBOX);
        let writer = writer::Writer::start(Arc::clone(shelf))?;
        std::thread::Builder::new().name("store-writer".into()).spawn(move || writer.run(&waiting)).map_err(
            |error| StoreError::Broken { path: shelf.path.display().to_string(), why: error.to_string() },
        )?;
        Ok(Self { shelf: Arc::clone(shelf), hand: Hand::Thread(inbox) })
    }

    fn gone(&self) -> StoreError {
        StoreError::Broken {
            path: self.shelf.path.display().to_string(),
            why: "the writer has stopped".into(),
        }
    }
}

#[async_trait]
impl Store for RedbStore {
    async fn commit(&self, step: Step) -> Result<Committed, StoreError> {
        let inbox = match &self.hand {
            Hand::Thread(inbox) => inbox,
            Hand::Caller(writer) => {
                let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                return writer.commit(vec![step]).pop().unwrap_or_else(|| Err(self.gone()));
            }
        };
        let (answer, answered) = oneshot::channel();
        let mut waiting = (step, answer);
        // The inbox is full only while the disk is slower than everything else: then callers wait their turn.
        loop {
            match inbox.try_send(waiting) {
                Ok(()) => break,
                Err(std::sync::mpsc::TrySendError::Full(back)) => {
                    waiting = back;
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                }
                Err(std::sync::mpsc::TrySendError::Disconnected(_)) => return Err(self.gone()),
            }
        }
        answered.await.map_err(|_| self.gone())?
    }

    async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let database = self.shelf.database()?;
        let (path, to) = (self.shelf.path.clone(), to.to_owned());
        let copied = tokio::task::spawn_blocking(move || {
            let read = database.begin_read().map_err(|error| codec::broken(&path, error))?;
            care::copy(&read, &to).map_err(|fault| fault.told(&path))
        });
        copied.await.unwrap_or_else(|_| Err(self.gone()))
    }

    fn read(&self) -> Result<Box<dyn View>, StoreError> {
        self.look(None)
    }

    fn read_at(&self, at: Stamp) -> Result<Box<dyn View>, StoreError> {
        self.look(Some(at))
    }
}

impl RedbStore {
    /// Returns a view of the last commit, or of how things stood at a point in the past as the last commit tells it.
    fn look(&self, at: Option<Stamp>) -> Result<Box<dyn View>, StoreError> {
        let path = &self.shelf.path;
        let begin = || {
            let database = self.shelf.database()?;
            database.begin_read().map_err(|error| codec::broken(path, error))
        };
        let transaction = match begin() {
            // Whoever reads must not wait for somebody to write first.
            Err(why) => self.shelf.reopen(why).and_then(|()| begin())?,
            Ok(transaction) => transaction,
        };
        Ok(Box::new(view::RedbView::new(path.clone(), transaction, at)))
    }
}

fn opening(path: &Path, error: DatabaseError) -> StoreError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => StoreError::InUse { path: path.display().to_string() },
        other => codec::broken(path, other),
    }
}
