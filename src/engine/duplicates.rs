//! Duplicates: what a person said of records that their remote took for duplicates of others.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::lane::Call;
use crate::domain::id::LinkId;
use crate::domain::settle::Answer;

/// The links whose records may be made although there are others like them.
#[derive(Default)]
pub(super) struct Allowed(Mutex<BTreeSet<LinkId>>);

impl Allowed {
    pub(super) fn allow(&self, links: impl IntoIterator<Item = LinkId>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(links);
    }

    /// Puts the calls that are allowed to make duplicates first, and returns how many they are.
    pub(super) fn first(&self, calls: &mut [Call]) -> usize {
        let allowed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if allowed.is_empty() {
            return 0;
        }
        calls.sort_by_key(|call| !allowed.contains(&call.id));
        calls.iter().take_while(|call| allowed.contains(&call.id)).count()
    }

    /// Returns whether all of these may make duplicates.
    pub(super) fn covers(&self, calls: &[Call]) -> bool {
        let allowed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !allowed.is_empty() && calls.iter().all(|call| allowed.contains(&call.id))
    }

    /// Forgets what was done: the word was given for that.
    pub(super) fn done(&self, calls: &[Call], answers: &[Answer]) {
        let mut allowed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (call, answer) in calls.iter().zip(answers) {
            if matches!(answer, Answer::Done { .. } | Answer::Gone) {
                allowed.remove(&call.id);
            }
        }
    }
}
