//! A point in the past: as people type it, on the command line and in the console, and what is known of it.

use serde::{Deserialize, Serialize};

use crate::domain::filter::since;
use crate::domain::time::Stamp;
use crate::words::Zone;

/// What is known of the point in the past that an answer is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastRow {
    /// The point.
    pub at: Stamp,
    /// Since when states are written down; none where they never were.
    pub recorded_from: Option<Stamp>,
    /// The keys of the answer of which nothing was written down: whatever stands there says nothing.
    pub not_recorded: Vec<String>,
    /// Up to when counts reach, where that is not the point itself.
    pub counts_to: Option<Stamp>,
}

impl PastRow {
    /// Returns whether nothing was written down of what that key of the answer says.
    pub fn lacks(&self, key: &str) -> bool {
        self.not_recorded.iter().any(|lacking| lacking == key)
    }
}

/// Reads a point in the past: RFC 3339, `today`, a span back such as `24h`, or `09:12` of the day in which `now` lies.
pub fn moment(text: &str, now: Stamp, zone: &Zone) -> Option<Stamp> {
    let today = Stamp(zone.midnight(now.0));
    since(text, now, today).or_else(|| zone.clock(now.0, text).map(Stamp))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::{HOUR, MINUTE};

    #[test]
    fn a_point_is_told_in_many_ways() {
        let now: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
        let zone = Zone::default();
        let midnight: Stamp = "2025-11-22T00:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("09:12", Some(midnight.plus(9 * HOUR + 12 * MINUTE))),
            ("9:05", Some(midnight.plus(9 * HOUR + 5 * MINUTE))),
            ("today", Some(midnight)),
            ("2h", Some(now.plus(-2 * HOUR))),
            ("2025-11-21T10:00:00Z", Some(midnight.plus(-14 * HOUR))),
            ("24:00", None),
            ("09:60", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(moment(text, now, &zone), expected, "{text}");
        }
    }
}
