//! What Salesforce may refuse, as data: code → what it means here. The words for people lie in
//! `assets/i18n/*/errors.ftl` under the same codes.

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::domain::failure::Class::{self, Auth, Bug, Busy, Dup, Limit, Lock, Map, Perm, Valid};
use crate::domain::failure::Failure;
use crate::domain::failure::Kind::{self, Connection, Permanent, Transient};
use crate::domain::time::MINUTE;
use crate::remote::call::{self, Trouble};

/// The code of an expired or revoked session.
pub(super) const INVALID_SESSION_ID: &str = "INVALID_SESSION_ID";
/// How the user info says that a session has ended; everything else says it by [`INVALID_SESSION_ID`].
const BAD_TOKEN: &[u8] = b"Bad_OAuth_Token";
/// The code of a window of deletions that holds too many.
pub(super) const EXCEEDED_ID_LIMIT: &str = "EXCEEDED_ID_LIMIT";
/// The code of several records that carry one external id; Salesforce itself gives none.
const MULTIPLE_CHOICES: &str = "MULTIPLE_CHOICES";

/// Our own code for the second limit that Salesforce tells by one code: too many calls that take long, at one time.
const CONCURRENT: &str = "CONCURRENT_REQUESTS";

/// The daily limit is a rolling window: some of it comes back all the time.
const DRY: i64 = 15 * MINUTE;

/// Code, meaning, class.
const TABLE: &[(&str, Kind, Class)] = &[
    (INVALID_SESSION_ID, Connection, Auth),
    ("INVALID_AUTH_HEADER", Connection, Bug),
    ("REQUEST_LIMIT_EXCEEDED", Transient, Limit),
    // It passes in seconds, as the daily limit does not: nothing is exhausted.
    (CONCURRENT, Transient, Busy),
    ("API_DISABLED_FOR_ORG", Connection, Perm),
    ("API_CURRENTLY_DISABLED", Connection, Perm),
    ("SERVER_UNAVAILABLE", Transient, Busy),
    ("UNABLE_TO_LOCK_ROW", Transient, Lock),
    ("QUERY_TIMEOUT", Transient, Busy),
    ("REQUEST_RUNNING_TOO_LONG", Transient, Busy),
    ("QUERY_TOO_COMPLICATED", Permanent, Map),
    ("OPERATION_TOO_LARGE", Permanent, Perm),
    (EXCEEDED_ID_LIMIT, Permanent, Bug),
    ("INVALID_REPLICATION_DATE", Permanent, Bug),
    ("INVALID_QUERY_LOCATOR", Transient, Busy),
    ("MALFORMED_QUERY", Permanent, Bug),
    ("INVALID_FIELD", Permanent, Map),
    ("INVALID_TYPE", Permanent, Map),
    ("INVALID_FIELD_FOR_INSERT_UPDATE", Permanent, Map),
    ("NOT_FOUND", Permanent, Map),
    ("ENTITY_IS_DELETED", Permanent, Valid),
    ("MALFORMED_ID", Permanent, Bug),
    ("INVALID_CROSS_REFERENCE_KEY", Permanent, Valid),
    ("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", Permanent, Perm),
    ("INSUFFICIENT_ACCESS_OR_READONLY", Permanent, Perm),
    ("INSUFFICIENT_ACCESS", Permanent, Perm),
    ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", Permanent, Perm),
    ("CANNOT_EXECUTE_FLOW_TRIGGER", Permanent, Perm),
    ("FIELD_CUSTOM_VALIDATION_EXCEPTION", Permanent, Valid),
    ("REQUIRED_FIELD_MISSING", Permanent, Valid),
    ("STRING_TOO_LONG", Permanent, Valid),
    ("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", Permanent, Valid),
    ("FIELD_INTEGRITY_EXCEPTION", Permanent, Valid),
    ("INVALID_EMAIL_ADDRESS", Permanent, Valid),
    ("NUMBER_OUTSIDE_VALID_RANGE", Permanent, Valid),
    ("JSON_PARSER_ERROR", Permanent, Bug),
    ("DUPLICATE_VALUE", Permanent, Dup),
    ("DUPLICATE_EXTERNAL_ID", Permanent, Dup),
    ("DUPLICATES_DETECTED", Permanent, Dup),
    (MULTIPLE_CHOICES, Permanent, Dup),
    ("DELETE_FAILED", Permanent, Valid),
    ("DEPENDENCY_EXISTS", Permanent, Valid),
    ("CANNOT_UPDATE_CONVERTED_LEAD", Permanent, Valid),
    ("INACTIVE_OWNER_OR_USER", Permanent, Valid),
    ("INVALID_STATUS", Permanent, Valid),
    ("TRANSFER_REQUIRES_READ", Permanent, Perm),
    ("ENTITY_IS_LOCKED", Permanent, Perm),
    ("ENTITY_IS_ARCHIVED", Permanent, Valid),
    ("ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE", Transient, Lock),
    ("STORAGE_LIMIT_EXCEEDED", Permanent, Perm),
    ("LIMIT_EXCEEDED", Transient, Limit),
    ("LICENSE_LIMIT_EXCEEDED", Permanent, Perm),
    ("TOO_MANY_APEX_REQUESTS", Transient, Busy),
    ("APEX_ERROR", Permanent, Perm),
    ("FUNCTIONALITY_NOT_ENABLED", Permanent, Perm),
    ("FORBIDDEN", Permanent, Perm),
    ("METHOD_NOT_ALLOWED", Permanent, Bug),
    ("UNSUPPORTED_MEDIA_TYPE", Permanent, Bug),
    ("INVALID_CONTENT_TYPE", Permanent, Bug),
    ("ILLEGAL_QUERY_PARAMETER_VALUE", Permanent, Bug),
    ("MISSING_ARGUMENT", Permanent, Valid),
    ("INVALID_ID_FIELD", Permanent, Bug),
    ("INVALID_INPUT", Permanent, Bug),
    ("INVALID_OPERATION", Permanent, Bug),
    ("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", Transient, Busy),
    ("TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET", Permanent, Valid),
    ("MAXIMUM_HIERARCHY_LEVELS_REACHED", Permanent, Valid),
    ("CIRCULAR_DEPENDENCY", Permanent, Valid),
    ("PRIVATE_CONTACT_ON_ASSET", Permanent, Perm),
    ("UNAVAILABLE_RECORDTYPE_EXCEPTION", Permanent, Perm),
    // The record itself was in order; another one of the same request was not.
    ("ALL_OR_NONE_OPERATION_ROLLED_BACK", Transient, Busy),
    ("PROCESSING_HALTED", Transient, Busy),
    ("TXN_SECURITY_METERING_ERROR", Permanent, Perm),
    ("UNKNOWN_EXCEPTION", Transient, Busy),
    // The version of the API is retired: no call over this connection can succeed.
    ("GONE", Connection, Bug),
    ("UNSUPPORTED_API_VERSION", Connection, Bug),
];

/// Returns every code of the table.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(code, ..)| *code)
}

/// One element of an error body, from a whole request (`errorCode`) or from one record (`statusCode`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RemoteError {
    #[serde(alias = "errorCode", alias = "statusCode", alias = "exceptionCode")]
    pub(super) code: String,
    #[serde(alias = "exceptionMessage")]
    message: String,
    pub(super) fields: Option<Vec<String>>,
    /// Misspelt by Salesforce itself, in some versions.
    #[serde(alias = "duplicateResut", alias = "duplicateResult")]
    duplicates: Option<Json>,
}

impl RemoteError {
    /// Returns an error that came in another form.
    pub(super) fn of(code: &str, message: &str, fields: Vec<String>) -> Self {
        Self { code: code.to_owned(), message: message.to_owned(), fields: Some(fields), duplicates: None }
    }

    /// Returns the failure that it means.
    pub(super) fn failure(&self) -> Failure {
        let concurrent = self.code == "REQUEST_LIMIT_EXCEEDED" && self.message.contains("Concurrent");
        let code = if concurrent { CONCURRENT } else { &self.code };
        let (kind, class) = match TABLE.iter().find(|(known, ..)| *known == code) {
            Some((_, kind, class)) => (*kind, *class),
            None => (Permanent, Valid),
        };
        let message = self.words();
        let mut failure = Failure::new(kind, class, code, &message);
        failure.fields = self.fields.iter().flatten().map(|name| name.as_str().into()).collect();
        if class == Limit {
            failure.wait_ms = Some(DRY);
        }
        failure
    }

    /// Returns the remote's words, with the records that a duplicate rule found.
    fn words(&self) -> String {
        let mut ids = Vec::new();
        if let Some(duplicates) = &self.duplicates {
            matches(duplicates, &mut ids);
        }
        let message = if self.message.is_empty() { &self.code } else { &self.message };
        if ids.is_empty() { message.clone() } else { format!("{message} ({})", ids.join(", ")) }
    }
}

/// Collects the ids of the records in a duplicate rule's result, wherever they stand in it.
fn matches<'a>(json: &'a Json, ids: &mut Vec<&'a str>) {
    match json {
        Json::Object(map) => {
            if let Some(Json::String(id)) = map.get("Id") {
                ids.push(id);
            }
            map.values().for_each(|value| matches(value, ids));
        }
        Json::Array(values) => values.iter().for_each(|value| matches(value, ids)),
        _ => {}
    }
}

/// Returns the first error of a body: an array, or in some places a bare object.
pub(super) fn first(body: &[u8]) -> Option<RemoteError> {
    let error = match serde_json::from_slice::<Vec<RemoteError>>(body) {
        Ok(errors) => errors.into_iter().next()?,
        Err(_) => serde_json::from_slice::<RemoteError>(body).ok()?,
    };
    (!error.code.is_empty()).then_some(error)
}

/// Returns what an answer other than success means.
pub(super) fn classify(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Trouble {
    if status == StatusCode::MULTIPLE_CHOICES {
        let message = "several records carry this external id";
        return Trouble::Refused(Failure::new(Permanent, Dup, MULTIPLE_CHOICES, message));
    }
    let Some(error) = first(body) else {
        if status == StatusCode::FORBIDDEN && body.trim_ascii() == BAD_TOKEN {
            let message = "the token is no longer valid";
            return Trouble::Refused(Failure::new(Connection, Auth, INVALID_SESSION_ID, message));
        }
        return call::by_status(status, headers);
    };
    let mut failure = error.failure();
    failure.wait_ms = call::retry_after(headers).or(failure.wait_ms);
    // A server that broke down while answering may have done the work before.
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        Trouble::Doubt(failure)
    } else {
        Trouble::Refused(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16, body: &str) -> Failure {
        classify(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes()).failure()
    }

    #[test]
    fn the_error_body_is_an_array_and_sometimes_an_object() {
        let array = failure(
            400,
            r#"[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]"#,
        );
        assert_eq!((array.kind, array.class), (Permanent, Valid));
        assert_eq!(array.fields, ["Name".into()]);
        let object = failure(404, r#"{"message":"gone","errorCode":"NOT_FOUND"}"#);
        assert_eq!(&*object.code, "NOT_FOUND");
    }

    #[test]
    fn the_user_info_has_its_own_words_for_an_ended_session() {
        assert_eq!(&*failure(403, "Bad_OAuth_Token").code, INVALID_SESSION_ID);
        assert_eq!(&*failure(403, "<html>no</html>").code, "HTTP_403");
    }

    #[test]
    fn one_code_has_two_limits() {
        let body = |kind| {
            format!(r#"[{{"message":"{kind} Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}}]"#)
        };
        let day = failure(403, &body("TotalRequests"));
        assert_eq!((day.kind, day.class, day.wait_ms), (Transient, Limit, Some(DRY)));
        let moment = failure(403, &body("ConcurrentRequests (Concurrent API Requests)"));
        assert_eq!((moment.kind, moment.class, moment.wait_ms), (Transient, Busy, None));
        assert_eq!((&*day.code, &*moment.code), ("REQUEST_LIMIT_EXCEEDED", CONCURRENT));
    }

    #[test]
    fn an_unknown_code_keeps_the_remotes_own_words() {
        let failure = failure(400, r#"[{"message":"so it is","errorCode":"SOMETHING_NEW"}]"#);
        assert_eq!((failure.kind, failure.class), (Permanent, Valid));
        assert_eq!((&*failure.code, &*failure.message), ("SOMETHING_NEW", "so it is"));
    }

    #[test]
    fn a_page_of_some_machine_in_between_is_busy() {
        for status in [420, 502, 503] {
            let failure = failure(status, "<html>maintenance</html>");
            assert_eq!((failure.kind, failure.class), (Transient, Busy));
            assert_eq!(&*failure.code, format!("HTTP_{status}"));
        }
        let broken = classify(StatusCode::BAD_GATEWAY, &HeaderMap::new(), b"");
        assert!(matches!(broken, Trouble::Doubt(_)));
    }

    #[test]
    fn a_duplicate_rule_names_what_it_found() {
        let body = r#"[{"duplicateResut":{"allowSave":true,"matchResults":[{"matchRecords":[{"record":{"attributes":{"type":"Contact"},"Id":"003000000000001AAA"}}]}]},"errorCode":"DUPLICATES_DETECTED","message":"Use one of these records?"}]"#;
        let failure = failure(400, body);
        assert_eq!(failure.class, Dup);
        assert_eq!(&*failure.message, "Use one of these records? (003000000000001AAA)");
    }

    #[test]
    fn no_code_stands_twice() {
        let mut codes: Vec<_> = codes().collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
