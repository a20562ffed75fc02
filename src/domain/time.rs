//! Points in time and days, as whole numbers inside and as RFC 3339 towards people.
//!
//! The clock itself is a port: nothing in `domain` asks what time it is.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp(pub i64);

/// One second in the unit of [`Stamp`].
pub const SECOND: i64 = 1_000;
/// One minute in the unit of [`Stamp`].
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in the unit of [`Stamp`].
pub const HOUR: i64 = 60 * MINUTE;
/// One day in the unit of [`Stamp`].
pub const DAY: i64 = 24 * HOUR;

impl Stamp {
    /// The beginning of time, for watermarks that have not moved yet.
    pub const ZERO: Self = Self(0);

    /// Returns this point moved by `ms` milliseconds.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Returns the milliseconds from `earlier` to this point, negative when it lies after it.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns the whole hour this point lies in, counted from 1970.
    pub fn hour(self) -> u32 {
        u32::try_from(self.0.div_euclid(HOUR)).unwrap_or(0)
    }

    /// Returns the time as the time library knows it.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl From<Timestamp> for Stamp {
    fn from(time: Timestamp) -> Self {
        Self(time.as_millisecond())
    }
}

impl fmt::Display for Stamp {
    /// RFC 3339 in UTC, with milliseconds only when there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.timestamp();
        if self.0.rem_euclid(SECOND) == 0 { write!(f, "{time:.0}") } else { write!(f, "{time:.3}") }
    }
}

impl FromStr for Stamp {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse::<Timestamp>().map(Self::from).map_err(|_| ())
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
            text.parse().map_err(|()| de::Error::custom("not an RFC 3339 time"))
        } else {
            i64::deserialize(deserializer).map(Self)
        }
    }
}

/// A day without a time zone: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    const EPOCH: Date = Date::constant(1970, 1, 1);

    /// Returns the day as the time library knows it.
    pub fn date(self) -> Date {
        Self::EPOCH.saturating_add(jiff::Span::new().days(self.0.clamp(-4_371_587, 2_932_896)))
    }

    /// Returns the day on which `at` falls in UTC.
    pub fn of(at: Stamp) -> Self {
        Self(i32::try_from(at.0.div_euclid(DAY)).unwrap_or(0))
    }

    /// Returns the day of a date; `None` where there is none of that name.
    pub fn of_date(year: i64, month: i64, day: i64) -> Option<Self> {
        let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        date.ok().map(Self::from)
    }

    /// Returns the first instant of the day in UTC.
    pub fn start(self) -> Stamp {
        Stamp(i64::from(self.0) * DAY)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let hours = date.duration_since(Self::EPOCH).as_hours();
        Self(i32::try_from(hours / 24).unwrap_or(0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl FromStr for Day {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse::<Date>().map(Self::from).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_reads_as_rfc_3339_and_is_a_number_in_the_store() {
        let stamp: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
        assert_eq!(stamp.to_string(), "2025-11-22T09:41:07Z");
        assert_eq!(stamp.plus(5).to_string(), "2025-11-22T09:41:07.005Z");
        assert_eq!(serde_json::to_string(&stamp).unwrap(), "\"2025-11-22T09:41:07Z\"");
        let bytes = postcard::to_stdvec(&stamp).unwrap();
        assert_eq!(postcard::from_bytes::<Stamp>(&bytes).unwrap(), stamp);
    }

    #[test]
    fn days_go_round() {
        for text in ["1970-01-01", "1969-12-31", "2024-02-29", "2025-11-22", "0001-01-01", "9999-12-31"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day.to_string(), text);
            assert_eq!(Day::of(day.start()), day);
        }
    }

    #[test]
    fn hours_and_days_are_counted_from_the_epoch() {
        assert_eq!([0, HOUR - 1, HOUR, 49 * HOUR].map(|at| Stamp(at).hour()), [0, 0, 1, 49]);
        assert_eq!(Day::of_date(1970, 2, 1), Some(Day(31)));
        assert_eq!((Day::of_date(2025, 2, 29), Day::of_date(i64::MAX, 1, 1)), (None, None));
    }
}
