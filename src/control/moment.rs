//! A point in the past as people type it, on the command line and in the console.

use crate::domain::filter::since;
use crate::domain::time::Stamp;
use crate::words::Zone;

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
