//! The ledger's vocabulary: what was done, to which record, with what result.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::converted::Heir;
use super::failure::{Cause, Class, Failure};
use super::id::{
    AccountId, ConnectionId, ErrorId, FieldName, GroupId, JobId, LinkId, ObjectName, RecipeId, RemoteId,
};
use super::recipe::Direction;
use super::time::Stamp;
use super::value::Value;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A record was created.
    Created,
    /// A record was changed.
    Updated,
    /// A record was deleted.
    Deleted,
    /// A record was archived.
    Archived,
    /// A record came back.
    Restored,
    /// Two records that existed were tied together.
    Linked,
    /// A change needed no write.
    Skipped,
    /// The same field was changed on both sides.
    Conflict,
}

impl Action {
    /// Every action, in the order of the counters.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Updated,
        Self::Deleted,
        Self::Archived,
        Self::Restored,
        Self::Linked,
        Self::Skipped,
        Self::Conflict,
    ];

    /// Returns the word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Archived => "archived",
            Self::Restored => "restored",
            Self::Linked => "linked",
            Self::Skipped => "skipped",
            Self::Conflict => "conflict",
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was done.
    Ok,
    /// It failed and is tried again by itself.
    Error,
    /// It failed and waits for a person.
    Parked,
}

/// One line of the ledger. Its number is the key under which it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was settled.
    pub at: Stamp,
    /// Whose.
    pub account: AccountId,
    /// By which recipe.
    pub recipe: RecipeId,
    /// On which link.
    pub link: LinkId,
    /// The Salesforce object.
    pub object: ObjectName,
    /// Which way.
    pub direction: Direction,
    /// What was done.
    pub action: Action,
    /// How it ended.
    pub outcome: Outcome,
    /// The Salesforce record.
    pub salesforce_id: Option<RemoteId>,
    /// Its counterpart.
    pub target_id: Option<RemoteId>,
    /// What people call the record.
    pub record_name: Arc<str>,
    /// How long the call took, in milliseconds; calls of a batch share its time.
    pub duration_ms: u32,
    /// The fields that were written.
    pub fields: Vec<FieldName>,
    /// Which try it was.
    pub attempt: u32,
    /// What went wrong, as class and code.
    pub failure: Option<(Class, Arc<str>)>,
    /// Values that lost a conflict, by field: they can be brought back.
    pub lost: Vec<(FieldName, Value)>,
    /// The bulk job it belongs to.
    pub job: Option<JobId>,
    /// Who had it done: the login user behind a job, or `engine`.
    pub by: Arc<str>,
    /// The records into which the Salesforce record was converted.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub heirs: Vec<Heir>,
}

/// The state of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorState {
    /// It waits for a person (screens say *parked*).
    Open,
    /// It will be tried again by itself, or is being tried.
    Retrying,
    /// A person put it aside for a while.
    Snoozed,
    /// A person said that it does not matter.
    Ignored,
    /// It is over.
    Resolved,
}

/// Until when something set aside stays so: whatever comes first. It has an end always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Until then.
    pub until: Option<Stamp>,
    /// Until more than so many new errors of the same cause have come.
    pub more_than: Option<u64>,
    /// How many have come.
    pub new: u64,
    /// Who put it aside.
    pub by: Arc<str>,
    /// Why.
    pub reason: Option<Arc<str>>,
}

impl Snooze {
    /// Returns whether it has come to its end.
    pub fn is_over(&self, now: Stamp) -> bool {
        self.until.is_some_and(|until| until <= now) || self.more_than.is_some_and(|most| self.new > most)
    }
}

/// One operation that did not succeed, and everything that a person needs to judge it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorRecord {
    /// Its id.
    pub id: ErrorId,
    /// The cause it shares with others.
    pub group: GroupId,
    /// That cause.
    pub cause: Cause,
    /// The recipe.
    pub recipe: RecipeId,
    /// The link.
    pub link: LinkId,
    /// The connection that refused.
    pub connection: ConnectionId,
    /// The Salesforce object.
    pub object: ObjectName,
    /// Which way.
    pub direction: Direction,
    /// What was tried.
    pub operation: Action,
    /// The Salesforce record.
    pub salesforce_id: Option<RemoteId>,
    /// Its counterpart.
    pub target_id: Option<RemoteId>,
    /// What people call the record.
    pub record_name: Arc<str>,
    /// What was sent, by field of the receiving side.
    pub sent: Vec<(FieldName, Value)>,
    /// What came back.
    pub failure: Failure,
    /// How often it was tried.
    pub attempts: u32,
    /// When it first failed.
    pub first_at: Stamp,
    /// When it last failed.
    pub last_at: Stamp,
    /// When it is tried again by itself.
    pub next_retry_at: Option<Stamp>,
    /// Its state.
    pub state: ErrorState,
    /// Why a person ignored it.
    pub reason: Option<Arc<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<&str> =
            Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(words.len(), Action::ALL.len());
        assert!(words.iter().all(|word| word.len() > 3), "{words:?}");
    }

    #[test]
    fn what_was_put_aside_comes_back_at_whatever_comes_first() {
        let over = |until: Option<i64>, more_than, new| {
            Snooze { until: until.map(Stamp), more_than, new, ..Snooze::default() }.is_over(Stamp(10))
        };
        assert!(over(Some(10), None, 0) && over(Some(9), Some(5), 0) && !over(Some(11), None, 99));
        assert!(over(None, Some(5), 6) && over(Some(11), Some(5), 6));
        assert!(!over(None, Some(5), 5) && !over(Some(11), Some(5), 4));
    }
}
