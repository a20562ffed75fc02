//! The recorder: every call to a system, in a bounded ring, and counters since the start.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// How many calls the ring keeps.
const KEPT: usize = 100_000;

/// One recorded call.
#[derive(Clone, Debug, Serialize)]
pub struct Recorded {
    /// Its number, counted from 1 over all systems.
    pub n: u64,
    /// When it arrived, by the simulated clock.
    pub at: String,
    /// The system that was called.
    pub system: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The name under which the system counts it.
    pub endpoint: String,
    /// The status that was answered; 0 when the connection was dropped.
    pub status: u16,
    /// The length of the answer's body, where it was known beforehand.
    pub bytes: u64,
    /// How long the answer took.
    pub duration_us: u64,
}

/// The calls of one system since the start.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CallCounts {
    /// All of them.
    pub total: u64,
    /// By endpoint.
    pub endpoints: BTreeMap<String, u64>,
}

/// Records calls; shared by all systems of a sandbox.
#[derive(Debug, Default)]
pub struct Recorder {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    ring: VecDeque<Recorded>,
    counts: BTreeMap<&'static str, CallCounts>,
}

impl Recorder {
    /// Takes a call; its number is given here.
    pub fn record(&self, mut call: Recorded) {
        let mut kept = self.lock();
        kept.last += 1;
        call.n = kept.last;
        let counts = kept.counts.entry(call.system).or_default();
        counts.total += 1;
        if let Some(count) = counts.endpoints.get_mut(&call.endpoint) {
            *count += 1;
        } else {
            counts.endpoints.insert(call.endpoint.clone(), 1);
        }
        if kept.ring.len() == KEPT {
            kept.ring.pop_front();
        }
        kept.ring.push_back(call);
    }

    /// Returns the kept calls with a number above `since`, oldest first.
    pub fn since(&self, since: u64) -> Vec<Recorded> {
        let kept = self.lock();
        let first = kept.ring.partition_point(|call| call.n <= since);
        kept.ring.range(first..).cloned().collect()
    }

    /// Returns the number of the last call.
    pub fn last(&self) -> u64 {
        self.lock().last
    }

    /// Returns what `system` was asked since the start.
    pub fn counts(&self, system: &str) -> CallCounts {
        self.lock().counts.get(system).cloned().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
