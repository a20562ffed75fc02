//! Clocks: the machine's, a story's, and one that is set by hand while a story is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tokio::time::Instant;

use super::Told;
use crate::app::host::MachineClock;
use crate::domain::time::Stamp;
use crate::ports::Clock;
use crate::settings::paths::DataDir;

/// The machine's clock, moved by as much as the story has it.
#[derive(Debug)]
struct StoryClock {
    offset_ms: i64,
}

impl Clock for StoryClock {
    fn now(&self) -> Stamp {
        MachineClock.now().plus(self.offset_ms)
    }
}

/// Returns the clock of a data directory: the machine's, unless a story is told there.
pub(in crate::app) fn clock_of(data: &DataDir) -> Arc<dyn Clock> {
    let told = std::fs::read_to_string(data.story()).ok().and_then(|text| toml::from_str::<Told>(&text).ok());
    match told {
        Some(told) => Arc::new(StoryClock { offset_ms: told.clock_offset_ms }),
        None => Arc::new(MachineClock),
    }
}

/// The clock of a script: set to a moment, from where it runs at real speed or stands still.
#[derive(Debug)]
pub(super) struct ScriptClock {
    base: AtomicI64,
    still: std::sync::atomic::AtomicBool,
    started: Instant,
}

impl ScriptClock {
    pub(super) fn at(moment: Stamp) -> Self {
        let clock = Self { base: AtomicI64::new(0), still: false.into(), started: Instant::now() };
        clock.set(moment, false);
        clock
    }

    /// Sets the clock.
    pub(super) fn set(&self, moment: Stamp, still: bool) {
        let base = if still { moment.0 } else { moment.0 - self.run() };
        self.base.store(base, Ordering::SeqCst);
        self.still.store(still, Ordering::SeqCst);
    }

    fn run(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(0)
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Stamp {
        let base = self.base.load(Ordering::SeqCst);
        Stamp(if self.still.load(Ordering::SeqCst) { base } else { base + self.run() })
    }
}

/// Returns a moment as scripts write it (`2025-11-22 09:14:03`), in UTC.
pub(super) fn moment(text: &str) -> Stamp {
    text.parse::<jiff::civil::DateTime>()
        .and_then(|at| at.to_zoned(jiff::tz::TimeZone::UTC))
        .map_or(Stamp::ZERO, |at| Timestamp::from(&at).into())
}
