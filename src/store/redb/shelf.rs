//! Where the open data file stands: it is taken down and opened anew after its disk has failed.
//!
//! redb refuses everything after a failed write until the file is opened again. A disk that was full for a minute must
//! not cost a restart.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use redb::{Database, DatabaseError};

use super::opening;
use crate::ports::StoreError;

type Open = Box<dyn Fn() -> Result<Database, DatabaseError> + Send + Sync>;

pub(super) struct Shelf {
    pub(super) path: PathBuf,
    open: Open,
    state: RwLock<Result<Arc<Database>, StoreError>>,
}

impl Shelf {
    pub(super) fn open(path: &Path, open: Open) -> Result<Arc<Self>, StoreError> {
        let database = intact(path, || open().map_err(|error| opening(path, error)))?;
        Ok(Arc::new(Self { path: path.to_owned(), open, state: RwLock::new(Ok(Arc::new(database))) }))
    }

    /// Returns the database, or why there is none at present.
    pub(super) fn database(&self) -> Result<Arc<Database>, StoreError> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the file anew after `why`. Where that fails too, nothing can be read until it is tried again.
    pub(super) fn reopen(&self, why: StoreError) -> Result<(), StoreError> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        // The old one must be gone first: it holds the file's lock.
        *state = Err(why);
        let opened =
            intact(&self.path, || (self.open)().map(Arc::new).map_err(|error| opening(&self.path, error)));
        match opened {
            // Somebody still reads from the old one.
            Err(StoreError::InUse { .. }) => {}
            opened => *state = opened,
        }
        state.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

/// Does what reads or writes the file. redb believes the lengths in a page, and where a flipped bit has changed one it
/// panics before it has compared the checksum: for us such a file is broken. After an error, what `work` changed in
/// memory must not be used.
pub(super) fn intact<T>(path: &Path, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it says nothing");
        let why = format!("what stands in the file cannot be read: {said}");
        Err(StoreError::Broken { path: path.display().to_string(), why })
    })
}
