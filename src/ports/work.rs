//! What people do: bulk work, and the lines of the audit log.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::id::JobId;
use crate::domain::time::Stamp;

/// Bulk work that a person started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What it does, as a command's id (`error.retry`, `recipe.delete`).
    pub what: Arc<str>,
    /// Who started it.
    pub by: Arc<str>,
    /// When.
    pub at: Stamp,
    /// The ids of what it works on.
    pub on: Vec<Arc<str>>,
    /// How many there are.
    pub of: u64,
    /// How many succeeded.
    pub ok: u64,
    /// How many failed.
    pub failed: u64,
    /// How many were left out.
    pub skipped: u64,
    /// Its state.
    pub state: JobState,
}

/// What a job is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It waits for its grace time to pass.
    Waiting,
    /// It runs.
    Running,
    /// It is over.
    Done,
    /// A person stopped it.
    Stopped,
    /// A person took it back.
    Undone,
}

/// A line of the audit log: who did what to what, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Stamp,
    /// The login user.
    pub who: Arc<str>,
    /// From where (the SSH client's address and the terminal), where known.
    pub from: Arc<str>,
    /// What, as a command's id.
    pub action: Arc<str>,
    /// The ids it was done to.
    pub on: Vec<Arc<str>>,
    /// Why.
    pub reason: Option<Arc<str>>,
}
