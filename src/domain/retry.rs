//! When a failed operation is tried again, and when it is given up.

use super::failure::{Failure, Kind};
use super::time::{MINUTE, SECOND, Stamp};

/// After how many tries a transient failure counts as permanent.
pub const MOST_ATTEMPTS: u32 = 8;

const FIRST_WAIT: i64 = 2 * SECOND;
const LONGEST_WAIT: i64 = 15 * MINUTE;

/// Returns when to try again after the `attempts`-th failure, or `None` when a person must look at it.
///
/// Exponential with full jitter; `dice` is uniform in 0.0..1.0 and comes from the caller so that a simulated
/// run can be repeated. A wait that the remote asked for is honoured and is the shortest there is.
pub fn next_try(failure: &Failure, attempts: u32, now: Stamp, dice: f64) -> Option<Stamp> {
    if failure.kind != Kind::Transient || attempts >= MOST_ATTEMPTS {
        return None;
    }
    let ceiling = FIRST_WAIT.saturating_mul(1 << attempts.min(20)).min(LONGEST_WAIT);
    #[expect(clippy::cast_possible_truncation, reason = "at most fifteen minutes in milliseconds")]
    let jittered = (ceiling as f64 * dice.clamp(0.0, 1.0)) as i64;
    let asked = failure.wait_ms.unwrap_or(0).clamp(0, 24 * 60 * MINUTE);
    Some(now.plus(jittered.max(SECOND / 2).saturating_add(asked)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::Class;
    use crate::domain::time::HOUR;

    #[test]
    fn transient_failures_are_retried_for_a_while_and_others_never() {
        let now = Stamp(1_000_000);
        let lock = Failure::new(Kind::Transient, Class::Lock, "UNABLE_TO_LOCK_ROW", "");
        let waits: Vec<i64> =
            (1..MOST_ATTEMPTS).map(|n| next_try(&lock, n, now, 1.0).unwrap().since(now)).collect();
        assert_eq!(waits, [4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000]);
        assert_eq!(next_try(&lock, MOST_ATTEMPTS, now, 0.5), None);
        let valid = Failure::new(Kind::Permanent, Class::Valid, "STRING_TOO_LONG", "");
        assert_eq!(next_try(&valid, 1, now, 0.5), None);
    }

    #[test]
    fn the_wait_that_a_remote_asked_for_is_honoured() {
        let busy = Failure::new(Kind::Transient, Class::Busy, "429", "").after(Some(30_000));
        assert!(next_try(&busy, 1, Stamp(0), 0.0).unwrap() >= Stamp(30_000));
    }

    #[test]
    fn dice_shorten_a_wait_and_never_to_nothing() {
        let lock = Failure::new(Kind::Transient, Class::Lock, "UNABLE_TO_LOCK_ROW", "");
        let wait = |dice| next_try(&lock, 2, Stamp(0), dice).unwrap().0;
        assert_eq!([0.5, 0.25, 0.0, -1.0, 2.0].map(wait), [4_000, 2_000, 500, 500, 8_000]);
    }

    #[test]
    fn no_remote_may_ask_for_more_than_a_day() {
        let asked = |wait_ms| {
            let busy = Failure::new(Kind::Transient, Class::Busy, "429", "").after(Some(wait_ms));
            next_try(&busy, 1, Stamp(0), 0.0).unwrap().0 - 500
        };
        assert_eq!([30_000, 48 * HOUR, i64::MAX, -5].map(asked), [30_000, 24 * HOUR, 24 * HOUR, 0]);
    }
}
