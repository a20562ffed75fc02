//! What monday may refuse, as data: code → what it means here. The words for people lie in
//! `assets/i18n/*/errors.ftl` under the same codes.
//!
//! Application errors come with status 200 beside what did succeed; limits and transport errors with their own.

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::domain::failure::Class::{self, Auth, Bug, Busy, Limit, Lock, Map, Perm, Valid};
use crate::domain::failure::Failure;
use crate::domain::failure::Kind::{self, Connection, Permanent, Transient};
use crate::domain::time::{DAY, MINUTE, SECOND, Stamp};
use crate::remote::call::{self, Trouble};

/// The code of a value that a column did not take; also ours, for a value that no column of the type takes.
pub(super) const COLUMN_VALUE: &str = "ColumnValueException";
/// The code of a board that is not there.
pub(super) const BOARD: &str = "InvalidBoardIdException";
/// The code of a column that is not there.
pub(super) const COLUMN: &str = "InvalidColumnIdException";

const NOT_AUTHENTICATED: &str = "NOT_AUTHENTICATED";
const VALIDATION: &str = "GRAPHQL_VALIDATION_FAILED";
const COERCION: &str = "VARIABLE_COERCION";
const CURSOR: &str = "CursorExpiredError";
const DAILY: &str = "DAILY_LIMIT_EXCEEDED";
const LOCKED: &str = "RESOURCE_LOCKED";
const RATE: &str = "RATE_LIMIT_EXCEEDED";

/// Code, meaning, class.
const TABLE: &[(&str, Kind, Class)] = &[
    (COLUMN_VALUE, Permanent, Valid),
    (BOARD, Permanent, Map),
    (COLUMN, Permanent, Map),
    ("InvalidGroupIdException", Permanent, Map),
    ("InvalidItemIdException", Permanent, Valid),
    ("ItemNotFoundException", Permanent, Valid),
    ("ResourceNotFoundException", Permanent, Valid),
    ("InvalidUserIdException", Permanent, Valid),
    ("InvalidArgumentException", Permanent, Bug),
    ("CorrectedValueException", Permanent, Valid),
    ("ItemNameTooLongException", Permanent, Valid),
    ("ItemsLimitationException", Permanent, Perm),
    ("CreateBoardException", Permanent, Perm),
    ("RecordInvalidException", Permanent, Valid),
    ("DeleteLastGroupException", Permanent, Valid),
    ("IDEMPOTENCY_CONFLICT", Transient, Lock),
    (LOCKED, Transient, Lock),
    ("API_TEMPORARILY_BLOCKED", Transient, Limit),
    ("UserUnauthorizedException", Permanent, Perm),
    ("USER_UNAUTHORIZED", Permanent, Perm),
    ("USER_ACCESS_DENIED", Permanent, Perm),
    ("missingRequiredPermissions", Permanent, Perm),
    (NOT_AUTHENTICATED, Connection, Auth),
    (VALIDATION, Permanent, Bug),
    ("GRAPHQL_PARSE_FAILED", Permanent, Bug),
    (COERCION, Permanent, Bug),
    ("COMPLEXITY_BUDGET_EXHAUSTED", Transient, Limit),
    ("MINUTE_RATE_LIMIT_EXCEEDED", Transient, Limit),
    ("MAX_CONCURRENCY_EXCEEDED", Transient, Limit),
    ("maxConcurrencyExceeded", Transient, Limit),
    (DAILY, Transient, Limit),
    ("IP_RATE_LIMIT_EXCEEDED", Transient, Limit),
    ("FIELD_LIMIT_EXCEEDED", Transient, Limit),
    ("tooManyRequests", Transient, Limit),
    ("ComplexityException", Transient, Limit),
    (RATE, Transient, Limit),
    ("REQUEST_MAX_COMPLEXITY_EXCEEDED", Permanent, Bug),
    ("TIMEOUT_EXCEEDED", Transient, Busy),
    ("INTERNAL_SERVER_ERROR", Transient, Busy),
    (CURSOR, Transient, Busy),
    ("CursorException", Transient, Busy),
    ("InvalidVersionException", Connection, Bug),
];

/// Returns every code of the table.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(code, ..)| *code)
}

/// One element of `errors`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GraphError {
    message: String,
    path: Option<Vec<Json>>,
    extensions: Option<Extensions>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Extensions {
    code: Option<String>,
    status_code: Json,
    retry_in_seconds: Json,
    problems: Json,
    error_data: ErrorData,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorData {
    column_type: Option<String>,
}

/// What stands around an error and helps to understand it.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The status of the answer.
    pub(super) status: StatusCode,
    /// Its headers.
    pub(super) headers: &'a HeaderMap,
    /// Now, for want of the server's time.
    pub(super) now: Stamp,
}

impl GraphError {
    /// Returns the error that some older answers give in other words.
    pub(super) fn plain(code: Option<String>, message: String) -> Self {
        let extensions = Some(Extensions { code, ..Extensions::default() });
        Self { message, path: None, extensions }
    }

    /// Returns the alias that the error is about; `None` when it is about the whole request.
    pub(super) fn alias(&self) -> Option<&str> {
        self.path.as_ref()?.first()?.as_str()
    }

    /// Returns the type of the column that the error is about; a status column also goes by the name `color`.
    pub(super) fn column_type(&self) -> Option<&str> {
        let kind = self.extensions.as_ref()?.error_data.column_type.as_deref()?;
        Some(if kind == "color" { "status" } else { kind })
    }

    /// Returns whether the error lies deeper than the alias: then the alias itself was carried out.
    pub(super) fn is_within(&self) -> bool {
        self.path.as_ref().is_some_and(|path| path.len() > 1)
    }

    /// Returns the failure that it means.
    pub(super) fn failure(&self, around: Around<'_>) -> Failure {
        let code = self.code(around.status);
        let row = TABLE.iter().find(|(known, ..)| *known == code);
        let (kind, class) = match row {
            Some((_, kind, class)) => (*kind, *class),
            None if around.status.is_server_error() => (Transient, Busy),
            None => (Permanent, Valid),
        };
        let message = if self.message.is_empty() { code } else { &self.message };
        let failure = Failure::new(kind, class, code, message);
        if class == Limit { failure.after(Some(self.wait(code, around))) } else { failure }
    }

    /// Returns the code; where there is none, the status or the words tell which it would be.
    fn code(&self, status: StatusCode) -> &str {
        if self.message.contains(CURSOR) {
            return CURSOR;
        }
        let extensions = self.extensions.as_ref();
        if let Some(code) = extensions.and_then(|more| more.code.as_deref()).filter(|code| !code.is_empty()) {
            return code;
        }
        let said = extensions.and_then(|more| more.status_code.as_u64());
        match if status.is_success() { said.unwrap_or(200) } else { u64::from(status.as_u16()) } {
            401 => NOT_AUTHENTICATED,
            403 => "USER_UNAUTHORIZED",
            404 => "ResourceNotFoundException",
            423 => LOCKED,
            429 => RATE,
            500..=599 => "INTERNAL_SERVER_ERROR",
            _ if extensions.is_some_and(|more| more.problems.is_array()) => COERCION,
            _ if self.message.starts_with("Cannot query field") => VALIDATION,
            _ if self.message.contains("imit exceeded") => RATE,
            _ if self.message.eq_ignore_ascii_case("Not Authenticated") => NOT_AUTHENTICATED,
            _ => "UNKNOWN",
        }
    }

    fn wait(&self, code: &str, around: Around<'_>) -> i64 {
        let asked = self.extensions.as_ref().and_then(|more| more.retry_in_seconds.as_f64());
        if let Some(seconds) = asked.filter(|seconds| *seconds >= 0.0) {
            #[expect(clippy::cast_possible_truncation, reason = "bounded to a day")]
            return (seconds.min(86_400.0) * 1_000.0).ceil() as i64;
        }
        if let Some(wait) = call::retry_after(around.headers) {
            return wait;
        }
        if let Some(seconds) = reset_in(&self.message) {
            return seconds.saturating_mul(SECOND);
        }
        match code {
            // The day's calls come back at midnight, UTC.
            DAILY => {
                let now = call::server_time(around.headers).unwrap_or(around.now);
                DAY - now.0.rem_euclid(DAY)
            }
            "MAX_CONCURRENCY_EXCEEDED" | "maxConcurrencyExceeded" | "tooManyRequests" => 5 * SECOND,
            "FIELD_LIMIT_EXCEEDED" => 15 * SECOND,
            "API_TEMPORARILY_BLOCKED" => 15 * MINUTE,
            _ => MINUTE,
        }
    }
}

/// Returns the seconds in "… reset in 17 seconds".
fn reset_in(message: &str) -> Option<i64> {
    let rest = message.split("reset in ").nth(1)?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Returns what an error means that is about the whole request, of which nothing came back.
pub(super) fn of_request(error: &GraphError, around: Around<'_>) -> Trouble {
    let failure = error.failure(around);
    // Limits, rights and validation are looked at before anything is carried out. A breakdown is not.
    let broke_down = around.status.is_server_error() || failure.class == Busy;
    if broke_down { Trouble::Doubt(failure) } else { Trouble::Refused(failure) }
}

/// Returns whether a failure says that the record is not there.
pub(super) fn is_gone(failure: &Failure) -> bool {
    const CODES: [&str; 3] = ["InvalidItemIdException", "ItemNotFoundException", "ResourceNotFoundException"];
    CODES.contains(&&*failure.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, error: &str) -> Failure {
        let mut headers = HeaderMap::new();
        headers.insert("date", "Sat, 22 Nov 2025 23:59:00 GMT".parse().unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        let around = Around { status, headers: &headers, now: Stamp::ZERO };
        serde_json::from_str::<GraphError>(error).unwrap().failure(around)
    }

    #[test]
    fn codes_words_and_statuses_are_understood() {
        for (status, error, code, kind, class) in [
            (
                200,
                r#"{"message":"x","extensions":{"code":"ColumnValueException","status_code":200,"error_data":{"column_type":"status"}}}"#,
                COLUMN_VALUE,
                Permanent,
                Valid,
            ),
            (
                429,
                r#"{"message":"Minute rate limit exceeded","extensions":{"code":"MINUTE_RATE_LIMIT_EXCEEDED","retry_in_seconds":25}}"#,
                "MINUTE_RATE_LIMIT_EXCEEDED",
                Transient,
                Limit,
            ),
            (401, r#"{"message":"Not Authenticated"}"#, NOT_AUTHENTICATED, Connection, Auth),
            (200, r#"{"message":"Cannot query field \"x\" on type \"Y\""}"#, VALIDATION, Permanent, Bug),
            (
                200,
                r#"{"message":"v","extensions":{"value":1,"problems":[{"path":[],"explanation":"e"}],"service":"monolith"}}"#,
                COERCION,
                Permanent,
                Bug,
            ),
            (
                200,
                r#"{"message":"CursorExpiredError: too old","extensions":{"code":"CursorException"}}"#,
                CURSOR,
                Transient,
                Busy,
            ),
            (
                200,
                r#"{"message":"gone","extensions":{"status_code":404}}"#,
                "ResourceNotFoundException",
                Permanent,
                Valid,
            ),
            (429, r#"{"message":"Call limit exceeded for CreateBoard"}"#, RATE, Transient, Limit),
            (
                200,
                r#"{"message":"m","extensions":{"code":"SomethingNewException"}}"#,
                "SomethingNewException",
                Permanent,
                Valid,
            ),
        ] {
            let failure = failure(status, error);
            assert_eq!((&*failure.code, failure.kind, failure.class), (code, kind, class), "{error}");
        }
    }

    #[test]
    fn the_wait_is_taken_from_wherever_it_stands() {
        for (error, wait) in [
            (
                r#"{"message":"m","extensions":{"code":"COMPLEXITY_BUDGET_EXHAUSTED","retry_in_seconds":25}}"#,
                25_000,
            ),
            (
                r#"{"message":"budget exhausted, reset in 17 seconds","extensions":{"code":"ComplexityException"}}"#,
                17_000,
            ),
            (r#"{"message":"m","extensions":{"code":"DAILY_LIMIT_EXCEEDED"}}"#, 60_000),
            (r#"{"message":"m","extensions":{"code":"MAX_CONCURRENCY_EXCEEDED"}}"#, 5_000),
        ] {
            assert_eq!(failure(429, error).wait_ms, Some(wait), "{error}");
        }
    }

    #[test]
    fn no_code_stands_twice() {
        let mut codes: Vec<_> = codes().collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
