//! Days and moments as Salesforce writes them, without a calendar library in the innermost loop.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// Year, month and day of a number of days since 1970-01-01.
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    // Howard Hinnant's days-to-civil algorithm: years start in March, so that leap days come last.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The number of days since 1970-01-01; `None` for a date that does not exist.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let number = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    (civil(number) == (year, month, day)).then_some(number)
}

/// The first day of the month that lies `months` after that of `(year, month)`.
pub(super) fn month_start(year: i64, month: i64, months: i64) -> i64 {
    let index = year * 12 + month - 1 + months;
    days(index.div_euclid(12), index.rem_euclid(12) + 1, 1).unwrap_or(0)
}

/// Writes `2010-01-01`.
pub(super) fn write_day(out: &mut Vec<u8>, day: i64) {
    let (year, month, day) = civil(day);
    padded(out, year, 4);
    out.push(b'-');
    padded(out, month, 2);
    out.push(b'-');
    padded(out, day, 2);
}

/// Writes `2011-07-07T00:37:00.000` followed by `zone`.
pub(super) fn write_moment(out: &mut Vec<u8>, seconds: i64, zone: &str) {
    write_day(out, seconds.div_euclid(DAY));
    out.push(b'T');
    write_clock(out, seconds.rem_euclid(DAY) * 1000);
    out.extend_from_slice(zone.as_bytes());
}

/// Writes `12:30:00.000`.
pub(super) fn write_clock(out: &mut Vec<u8>, milliseconds: i64) {
    let seconds = milliseconds / 1000;
    padded(out, seconds / 3600, 2);
    out.push(b':');
    padded(out, seconds / 60 % 60, 2);
    out.push(b':');
    padded(out, seconds % 60, 2);
    out.push(b'.');
    padded(out, milliseconds % 1000, 3);
}

/// The moment as REST writes it, `2011-07-07T00:37:00.000+0000`.
pub(super) fn moment(seconds: i64) -> String {
    let mut out = Vec::with_capacity(28);
    write_moment(&mut out, seconds, "+0000");
    String::from_utf8(out).unwrap_or_default()
}

fn padded(out: &mut Vec<u8>, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or(0));
    }
}

/// Reads `2010-01-01`.
pub(super) fn read_day(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let mut number = |width: usize| {
        let part = parts.next()?;
        (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    days(number(4)?, number(2)?, number(2)?)
}

/// Reads `12:30:00[.000]`, in milliseconds.
pub(super) fn read_clock(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let mut number = |below: i64| {
        let part = parts.next()?;
        let number: i64 = (part.len() == 2).then(|| part.parse().ok())??;
        (0..below).contains(&number).then_some(number)
    };
    let (hour, minute) = (number(24)?, number(60)?);
    let second = if clock.len() > 5 { number(60)? } else { 0 };
    if parts.next().is_some() || fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some((hour * 3600 + minute * 60 + second) * 1000 + millis)
}

/// Reads `2011-07-07T00:37:00[.000](Z|+00:00|+0000)`, in seconds.
pub(super) fn read_moment(text: &str) -> Option<i64> {
    let (day, rest) = text.split_once('T')?;
    let (clock, offset) = if let Some(clock) = rest.strip_suffix(['Z', 'z']) {
        (clock, 0)
    } else {
        let (clock, zone) = rest.split_at(rest.rfind(['+', '-'])?);
        let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
        let number: i64 = (digits.len() == 4).then(|| digits.parse().ok())??;
        let offset = number / 100 * 3600 + number % 100 * 60;
        (clock, if zone.starts_with('-') { -offset } else { offset })
    };
    Some(read_day(day)? * DAY + read_clock(clock)? / 1000 - offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_and_write() {
        for (text, written) in [
            ("2011-07-07T00:37:00.000+0000", "2011-07-07T00:37:00.000+0000"),
            ("2011-07-07T02:37:00+02:00", "2011-07-07T00:37:00.000+0000"),
            ("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.000+0000"),
            ("1969-12-31T23:00:00-01:30", "1970-01-01T00:30:00.000+0000"),
        ] {
            assert_eq!(read_moment(text).map(moment).as_deref(), Some(written), "{text}");
        }
        for wrong in ["2011-07-07", "2011-02-30T00:00:00Z", "2011-07-07T25:00:00Z", "2011-07-07T00:00:00"] {
            assert_eq!(read_moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_its_own() {
        for number in -100_000..60_000 {
            let (year, month, day) = civil(number);
            assert_eq!(days(year, month, day), Some(number));
        }
    }
}
