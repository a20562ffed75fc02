//! What calls are made for rides along with the work, and is known wherever a call is counted.

use std::collections::BTreeMap;

use crate::domain::errand::{Errand, Purpose};
use crate::domain::id::ConnectionId;

/// Calls of one hour, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallsFor {
    /// The hour.
    pub hour: u32,
    /// Whose calls.
    pub connection: ConnectionId,
    /// For what.
    pub errand: Errand,
    /// How many.
    pub count: u64,
}

/// Calls by what they were made for.
pub type Errands = BTreeMap<Errand, u64>;

tokio::task_local! {
    static ERRAND: Errand;
}

/// Makes calls for something. What a person waits for stays that, whatever is done for it on the way.
pub async fn bound<F: Future>(errand: Errand, calls: F) -> F::Output {
    let outer = current();
    let errand = if outer.purpose == Purpose::Person { outer } else { errand };
    ERRAND.scope(errand, calls).await
}

/// Returns what calls are made for at this place.
pub fn current() -> Errand {
    ERRAND.try_with(|errand| *errand).unwrap_or_default()
}
