//! How fast live frames may follow each other.
//!
//! Over SSH a program cannot see that it writes too fast: megabytes fit into buffers on the way, and a key would
//! wait behind all of it. So each live frame ends with a question to the terminal, and the next one waits for the
//! answer: at most one is ever under way.

/// How long an answer is waited for, in milliseconds.
const PATIENCE: u64 = 2_000;
/// After so many missing answers the link counts as slow.
const MISSES: u8 = 3;

/// The pace of live frames.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    every: u64,
    last: Option<u64>,
    asked: Option<u64>,
    missed: u8,
}

impl Pace {
    /// Returns a pace of at most `fps` frames a second.
    pub(super) fn new(fps: u8) -> Self {
        Self { every: 1_000 / u64::from(fps.clamp(1, 10)), last: None, asked: None, missed: 0 }
    }

    /// Returns from when on the next live frame may be drawn; what lies before `now` means at once.
    pub(super) fn next(&mut self, now: u64) -> u64 {
        let gap = if self.slow() { PATIENCE } else { self.every };
        let mut next = self.last.map_or(0, |last| last + gap);
        if let Some(asked) = self.asked {
            if now >= asked + PATIENCE {
                self.asked = None;
                self.missed = self.missed.saturating_add(1);
            } else {
                next = next.max(asked + PATIENCE);
            }
        }
        next
    }

    /// A live frame was written, with the question at its end.
    pub(super) fn drawn(&mut self, now: u64) {
        self.last = Some(now);
        self.asked = Some(now);
    }

    /// A live frame turned out to change nothing.
    pub(super) fn idle(&mut self, now: u64) {
        self.last = Some(now);
    }

    /// The terminal answered.
    pub(super) fn arrived(&mut self) {
        self.asked = None;
        self.missed = 0;
    }

    /// Returns whether the link is too slow for one frame a second.
    pub(super) fn slow(&self) -> bool {
        self.missed >= MISSES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_frame_under_way_and_slow_after_three_misses() {
        let mut pace = Pace::new(1);
        assert_eq!(pace.next(0), 0);
        pace.drawn(0);
        assert_eq!(pace.next(1_000), PATIENCE, "the answer is missing");
        pace.arrived();
        assert_eq!(pace.next(1_000), 1_000);
        let mut now = 1_000;
        for _ in 0..3 {
            assert!(!pace.slow());
            pace.drawn(now);
            now += PATIENCE;
            assert!(pace.next(now) <= now, "a missing answer holds a frame up for two seconds, not for ever");
        }
        assert!(pace.slow());
        pace.drawn(now);
        pace.arrived();
        assert!(!pace.slow());
    }
}
