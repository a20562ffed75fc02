//! Days and hours as people count them: in a time zone that they name, UTC unless they do.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A time zone with the name that it was asked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".into(), zone: TimeZone::UTC }
    }
}

impl Zone {
    /// Returns the zone of that name in the machine's time zone data, such as `Europe/Rome`; `None` where it has none.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utc") {
            return Some(Self::default());
        }
        let zone = TimeZone::get(name).ok()?;
        Some(Self { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the first millisecond, since 1970, of the day in which `ms` lies. Days may have 23 or 25 hours.
    pub fn midnight(&self, ms: i64) -> i64 {
        let begins = at(ms).to_zoned(self.zone.clone()).start_of_day();
        begins.map_or(ms, |begins| begins.timestamp().as_millisecond())
    }

    /// Returns the millisecond of a time of day such as `09:12`, in the day in which `ms` lies.
    pub fn clock(&self, ms: i64, text: &str) -> Option<i64> {
        let time = jiff::civil::Time::strptime("%H:%M", text).ok()?;
        let then = at(ms).to_zoned(self.zone.clone()).with().time(time).build().ok()?;
        Some(then.timestamp().as_millisecond())
    }

    /// Returns the date of `ms`.
    pub fn date(&self, ms: i64) -> Date {
        at(ms).to_zoned(self.zone.clone()).date()
    }

    /// Writes `ms` in the form of a `strftime` pattern.
    pub fn format(&self, ms: i64, pattern: &str) -> String {
        at(ms).to_zoned(self.zone.clone()).strftime(pattern).to_string()
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_774_785_600_000; // 2026-03-29T12:00:00Z, the day on which summer time begins in Rome.

    #[test]
    fn utc_is_the_default_and_nonsense_is_none() {
        let utc = Zone::default();
        assert_eq!((utc.name(), utc.midnight(NOON)), ("UTC", NOON - 12 * 3_600_000));
        assert_eq!(Zone::named("utc"), Some(utc));
        for name in ["", "Mars/Base", "../../etc/passwd", "\u{1b}[31m"] {
            assert_eq!(Zone::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_short_day_begins_at_its_own_midnight() {
        // A machine without time zone data has nothing to name.
        let Some(rome) = Zone::named("Europe/Rome") else { return };
        assert_eq!(rome.format(NOON, "%H:%M"), "14:00");
        assert_eq!(rome.midnight(NOON), NOON - 13 * 3_600_000);
        assert_eq!(rome.date(NOON + 10 * 3_600_000).to_string(), "2026-03-30");
    }
}
