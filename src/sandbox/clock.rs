//! The simulated servers' clock: real pace, movable, and virtual under a paused runtime.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// The time as the simulated systems see it.
///
/// It is taken once from the machine and then advances with the runtime's own timer, so that a test with a
/// paused runtime gets virtual time, and it can be moved by `POST /clock`.
#[derive(Clone, Debug)]
pub struct Clock {
    origin: Timestamp,
    started: Instant,
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Returns a clock that starts at `origin`.
    pub fn starting_at(origin: Timestamp) -> Self {
        Self { origin, started: Instant::now(), offset_ms: Arc::default() }
    }

    /// Returns the servers' present time.
    pub fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::ZERO);
        let offset = SignedDuration::from_millis(self.offset_ms.load(Ordering::Relaxed));
        self.origin.saturating_add(elapsed.saturating_add(offset)).unwrap_or(self.origin)
    }

    /// Moves the clock to `offset_ms` milliseconds from its own course.
    pub fn set_offset_ms(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }
}
