//! Dates, hours and numbers in the forms that people read.

use jiff::civil;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

/// Returns a number in plain digits, or `None` if it is none.
pub fn number(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let parsed = trimmed.parse::<Decimal>().or_else(|_| Decimal::from_scientific(trimmed)).ok()?;
    Some(parsed.normalize().to_string())
}

/// Returns a day in its one form, or `None` if it is none.
pub fn day(text: &str) -> Option<String> {
    let parsed: civil::Date = text.trim().parse().ok()?;
    Some(parsed.to_string())
}

/// Returns a time of day as `HH:MM:SS`, or `None` if it is none.
pub fn time(text: &str) -> Option<String> {
    let full = if text.matches(':').count() == 1 { format!("{text}:00") } else { text.to_owned() };
    let parsed: civil::Time = full.trim().parse().ok()?;
    Some(parsed.strftime("%H:%M:%S").to_string())
}

/// Returns the text of a date column for a reader in `zone`: values are UTC, texts are local.
pub fn date_text(date: &str, time: Option<&str>, zone: &str) -> String {
    let Some(time) = time else { return date.to_owned() };
    let local = || {
        let utc: civil::DateTime = format!("{date}T{time}").parse().ok()?;
        let at = utc.to_zoned(TimeZone::UTC).ok()?.timestamp();
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Some(at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string())
    };
    local().unwrap_or_else(|| format!("{date} {time}"))
}

/// Returns the text of an hour column: `04:42 PM`.
pub fn hour_text(hour: u32, minute: u32) -> String {
    let half = if hour < 12 { "AM" } else { "PM" };
    let on_the_dial = match hour % 12 {
        0 => 12,
        other => other,
    };
    format!("{on_the_dial:02}:{minute:02} {half}")
}
