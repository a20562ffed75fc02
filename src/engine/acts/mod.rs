//! What people ask of the engine: each act checks, carries out, and leaves a line in the audit log.

mod authorise;
mod conflicts;
mod connections;
mod doctor;
mod errors;
mod foresight;
mod limits;
mod linking;
mod offers;
mod pasted;
mod people;
mod recipes;

use std::sync::Arc;

use super::{Engine, Shared};
use crate::domain::draft::Flaw;
use crate::domain::failure::Failure;
use crate::domain::id::{AccountId, ConnectionId, JobId};
use crate::ports::{AuditEntry, Job, JobState, Step, StoreError, VaultError};

pub use doctor::PACKAGE_MISSING;
pub use errors::{RetryPlan, Which};
pub use foresight::Foreseen;
pub(super) use limits::Asked;
pub use offers::{Offer, Preview, Sample, Sides};
pub use recipes::Act;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The login user.
    pub who: Arc<str>,
    /// From where, where known.
    pub from: Arc<str>,
}

/// Why an act was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// A rule of the store, or the store itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault could not be written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A remote refused or did not answer.
    #[error("{}: {}", .0.code, .0.message)]
    Remote(Failure),
    /// What the person wrote down is not right.
    #[error("{} mistakes", .0.len())]
    Flaws(Vec<Flaw>),
    /// There are several accounts and none was named.
    #[error("which account?")]
    WhichAccount(Vec<AccountId>),
    /// The new authorisation belongs to another org.
    #[error("authorised for {found} instead of {pinned}")]
    OtherOrg {
        /// The name of the org that was authorised.
        name: Arc<str>,
        /// The org the connection belongs to.
        pinned: Arc<str>,
        /// The org that was authorised.
        found: Arc<str>,
    },
    /// An answer of an authorisation that nobody waits for, or that is none.
    #[error("an answer that does not fit: {0:?}")]
    Unasked(super::desk::Mismatch),
    /// The authorisation was given without rights that are needed.
    #[error("rights are missing: {}", .0.join(", "))]
    Rights(Vec<Arc<str>>),
    /// What an authorisation was refused for; it is told in several places.
    #[error(transparent)]
    Shared(Arc<ActError>),
    /// A job cannot be taken back.
    #[error("job {0} cannot be taken back")]
    NotUndoable(JobId),
}

impl From<Failure> for ActError {
    fn from(failure: Failure) -> Self {
        Self::Remote(failure)
    }
}

impl Engine {
    /// Takes a job back: what it deleted comes back, what it has not sent yet is not sent.
    pub async fn undo(&self, id: JobId, by: &Caller) -> Result<(), ActError> {
        let missing = || StoreError::Missing { what: "job", id: id.to_string() };
        let job = self.shared.store.read()?.job(id)?.ok_or_else(missing)?;
        match (&*job.what, job.state) {
            ("recipe.delete", JobState::Done) => {
                let recipes = job.on.iter().filter_map(|id| id.parse().ok()).collect();
                let now = self.now();
                self.shared
                    .commit(Step::SetRecipes { recipes, to: crate::ports::RecipeChange::Undo, now })
                    .await?;
                self.shared.commit(Step::PutJob(Job { state: JobState::Undone, ..job.clone() })).await?;
            }
            ("error.retry", JobState::Waiting | JobState::Running) => {
                self.shared.commit(Step::StopJob { job: id, now: self.now() }).await?;
            }
            _ => return Err(ActError::NotUndoable(id)),
        }
        self.shared.audit("undo", vec![id.to_string().into()], None, by).await
    }

    /// Notes that a person began to change what is protected, and why.
    pub async fn note_write_mode(
        &self,
        connections: &[ConnectionId],
        reason: &str,
        by: &Caller,
    ) -> Result<(), ActError> {
        let on = connections.iter().map(|id| id.as_str().into()).collect();
        self.shared.audit("mode.write", on, Some(reason), by).await
    }

    /// Adds an account or changes its limit.
    pub async fn put_account(
        &self,
        id: &AccountId,
        limit: Option<u32>,
        add: bool,
        by: &Caller,
    ) -> Result<(), ActError> {
        let known = self.shared.store.read()?.accounts()?.into_iter().find(|account| account.id == *id);
        let mut account = match (known, add) {
            (Some(_), true) => {
                let why = "it exists already".into();
                return Err(StoreError::Refused { what: "account", id: id.to_string(), why }.into());
            }
            (Some(account), false) => account,
            (None, true) => crate::ports::Account {
                id: id.clone(),
                recipe_limit: crate::domain::recipe::DEFAULT_LIMIT,
                refused: None,
            },
            (None, false) => return Err(StoreError::Missing { what: "account", id: id.to_string() }.into()),
        };
        account.recipe_limit = limit.unwrap_or(account.recipe_limit);
        self.shared.commit(Step::PutAccount { account, now: self.now() }).await?;
        self.shared
            .audit(if add { "account.add" } else { "account.set" }, vec![id.as_str().into()], None, by)
            .await
    }

    /// Removes an account that owns nothing.
    pub async fn remove_account(&self, id: &AccountId, by: &Caller) -> Result<(), ActError> {
        self.shared.commit(Step::RemoveAccount(id.clone())).await?;
        self.shared.audit("account.remove", vec![id.as_str().into()], None, by).await
    }
}

impl Shared {
    async fn audit(
        &self,
        action: &str,
        on: Vec<Arc<str>>,
        reason: Option<&str>,
        by: &Caller,
    ) -> Result<(), ActError> {
        let entry = AuditEntry {
            at: self.now(),
            who: Arc::clone(&by.who),
            from: Arc::clone(&by.from),
            action: action.into(),
            on,
            reason: reason.map(Arc::from),
        };
        self.commit(Step::Audit(entry)).await?;
        Ok(())
    }

    /// Returns the account that a creation is for: the one named, or the only one.
    fn account_for(&self, named: Option<&AccountId>) -> Result<AccountId, ActError> {
        if let Some(named) = named {
            return Ok(named.clone());
        }
        let accounts = self.store.read()?.accounts()?;
        match accounts.as_slice() {
            [] => Ok("default".into()),
            [only] => Ok(only.id.clone()),
            _ => Err(ActError::WhichAccount(accounts.into_iter().map(|account| account.id).collect())),
        }
    }
}
