//! Date literals: names for spans of days.

use crate::sandbox::salesforce::calendar::{civil, month_start};

const PLAIN: [&str; 23] = [
    "YESTERDAY",
    "TODAY",
    "TOMORROW",
    "LAST_WEEK",
    "THIS_WEEK",
    "NEXT_WEEK",
    "LAST_MONTH",
    "THIS_MONTH",
    "NEXT_MONTH",
    "LAST_90_DAYS",
    "NEXT_90_DAYS",
    "THIS_QUARTER",
    "LAST_QUARTER",
    "NEXT_QUARTER",
    "THIS_YEAR",
    "LAST_YEAR",
    "NEXT_YEAR",
    "THIS_FISCAL_QUARTER",
    "LAST_FISCAL_QUARTER",
    "NEXT_FISCAL_QUARTER",
    "THIS_FISCAL_YEAR",
    "LAST_FISCAL_YEAR",
    "NEXT_FISCAL_YEAR",
];

const UNITS: [&str; 7] = ["DAYS", "WEEKS", "MONTHS", "QUARTERS", "YEARS", "FISCAL_QUARTERS", "FISCAL_YEARS"];

/// Is the word (in upper case) the name of a span, with or without its number.
pub(super) fn is_range(word: &str) -> bool {
    PLAIN.contains(&word) || numbered(word).is_some()
}

/// Direction and unit of `LAST_N_DAYS`, `NEXT_N_DAYS`, `N_DAYS_AGO`.
fn numbered(word: &str) -> Option<(Shape, &str)> {
    let (shape, unit) = if let Some(unit) = word.strip_prefix("LAST_N_") {
        (Shape::Last, unit)
    } else if let Some(unit) = word.strip_prefix("NEXT_N_") {
        (Shape::Next, unit)
    } else {
        (Shape::Ago, word.strip_prefix("N_")?.strip_suffix("_AGO")?)
    };
    UNITS.contains(&unit).then_some((shape, unit))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Last,
    Next,
    Ago,
}

/// The days from and up to (not including) which the span reaches; `today` is the user's. `None` when the
/// number is missing or not wanted.
pub(super) fn span(word: &str, number: Option<i64>, today: i64) -> Option<(i64, i64)> {
    if let Some((shape, unit)) = numbered(word) {
        let number = number?;
        let unit = unit.strip_prefix("FISCAL_").unwrap_or(unit);
        let (first, count) = match (shape, unit) {
            // The last N days include today; the last N of anything longer do not include the present one.
            (Shape::Last, "DAYS") => return Some((today - number, today + 1)),
            (Shape::Last, _) => (-number, number),
            (Shape::Next, _) => (1, number),
            (Shape::Ago, _) => (-number, 1),
        };
        return Some((start(unit, today, first), start(unit, today, first + count)));
    }
    if number.is_some() {
        return None;
    }
    match word {
        "YESTERDAY" => Some((today - 1, today)),
        "TODAY" => Some((today, today + 1)),
        "TOMORROW" => Some((today + 1, today + 2)),
        "LAST_90_DAYS" => Some((today - 90, today + 1)),
        "NEXT_90_DAYS" => Some((today + 1, today + 91)),
        _ => {
            let (which, unit) = word.split_once('_')?;
            let first = match which {
                "LAST" => -1,
                "THIS" => 0,
                _ => 1,
            };
            let unit = format!("{}S", unit.strip_prefix("FISCAL_").unwrap_or(unit));
            Some((start(&unit, today, first), start(&unit, today, first + 1)))
        }
    }
}

/// The first day of the unit that lies `count` units after the present one. Weeks start on Sunday.
fn start(unit: &str, today: i64, count: i64) -> i64 {
    let (year, month, _) = civil(today);
    match unit {
        "DAYS" => today + count,
        // 1970-01-01 was a Thursday.
        "WEEKS" => today - (today + 4).rem_euclid(7) + 7 * count,
        "MONTHS" => month_start(year, month, count),
        "QUARTERS" => month_start(year, (month - 1) / 3 * 3 + 1, 3 * count),
        _ => month_start(year, 1, 12 * count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::salesforce::calendar::read_day;

    #[test]
    fn spans_of_days() {
        let today = read_day("2026-11-22").unwrap();
        for (word, number, from, to) in [
            ("TODAY", None, "2026-11-22", "2026-11-23"),
            ("LAST_N_DAYS", Some(7), "2026-11-15", "2026-11-23"),
            ("N_DAYS_AGO", Some(2), "2026-11-20", "2026-11-21"),
            ("NEXT_N_DAYS", Some(2), "2026-11-23", "2026-11-25"),
            ("THIS_WEEK", None, "2026-11-22", "2026-11-29"),
            ("LAST_N_WEEKS", Some(2), "2026-11-08", "2026-11-22"),
            ("LAST_MONTH", None, "2026-10-01", "2026-11-01"),
            ("NEXT_N_MONTHS", Some(2), "2026-12-01", "2027-02-01"),
            ("THIS_QUARTER", None, "2026-10-01", "2027-01-01"),
            ("LAST_FISCAL_YEAR", None, "2025-01-01", "2026-01-01"),
            ("LAST_90_DAYS", None, "2026-08-24", "2026-11-23"),
        ] {
            let expected = (read_day(from).unwrap(), read_day(to).unwrap());
            assert_eq!(span(word, number, today), Some(expected), "{word}");
        }
        assert!(!is_range("SOMEDAY") && is_range("N_QUARTERS_AGO"));
        assert_eq!(span("LAST_N_DAYS", None, today), None);
    }
}
