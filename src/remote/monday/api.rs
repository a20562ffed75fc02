//! Questions to the GraphQL API: signed, sent, and their two kinds of answer told apart.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, header};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::errors::{self, Around, GraphError};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::ConnectionId;
use crate::domain::time::Stamp;
use crate::ports::errand::Errands;
use crate::ports::{SecretName, Vault};
use crate::remote::call::{self, Caller, Reply, Trouble};
use crate::remote::http::Deadline;
use crate::remote::oauth;

/// The server gives up after 60 seconds; an answer may be on its way a little longer.
const PATIENCE: Duration = Duration::from_secs(75);

/// The GraphQL API of one account.
pub(super) struct Api {
    caller: Caller,
    vault: Arc<dyn Vault>,
    token: SecretName,
    url: String,
    version: HeaderValue,
}

/// What came back: what succeeded, beside what did not.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The data by alias.
    pub(super) data: Map<String, Json>,
    /// The errors, each with its failure.
    pub(super) errors: Vec<(GraphError, Failure)>,
    /// The server's own time.
    pub(super) server_time: Option<Stamp>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    data: Option<Map<String, Json>>,
    errors: Option<Vec<Json>>,
    error_code: Option<String>,
    error_message: Option<String>,
}

impl Api {
    /// Returns the API at `url` in `version` (`2026-10`).
    pub(super) fn new(
        caller: Caller,
        vault: Arc<dyn Vault>,
        connection: &ConnectionId,
        url: &str,
        version: &str,
    ) -> Result<Self, Failure> {
        let version = HeaderValue::try_from(version).map_err(|_| {
            let message = format!("{version:?} is not a version of the monday API");
            Failure::new(Kind::Connection, Class::Bug, "InvalidVersionException", &message)
        })?;
        let token = SecretName { connection: connection.clone(), what: "token" };
        Ok(Self { caller, vault, token, url: url.to_owned(), version })
    }

    /// Returns the version that is asked for.
    pub(super) fn version(&self) -> &str {
        self.version.to_str().unwrap_or_default()
    }

    /// Asks, and takes whatever part of the answer came.
    pub(super) async fn ask(&self, document: &str, variables: &Json) -> Result<Outcome, Trouble> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let reply = self.caller.call(self.sign(body)?).await?;
        let outcome = read(&reply, self.caller.now());
        if let Err(Trouble::Refused(Failure { class: Class::Limit, wait_ms: Some(wait), .. })) = &outcome {
            self.caller.hold(*wait);
        }
        outcome
    }

    /// Asks, and takes only a whole answer.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        document: &str,
        variables: &Json,
    ) -> Result<(T, Option<Stamp>), Failure> {
        let outcome = self.ask(document, variables).await?;
        if let Some((_, failure)) = outcome.errors.into_iter().next() {
            return Err(failure);
        }
        let data = Json::Object(outcome.data);
        // To know the place of an error costs as much as the reading: it is looked for only where it is told.
        let data = T::deserialize(&data).or_else(|_| serde_path_to_error::deserialize(&data));
        Ok((data.map_err(|error| call::unreadable(&error.to_string()))?, outcome.server_time))
    }

    fn sign(&self, body: String) -> Result<Request<Bytes>, Failure> {
        let token = self.vault.get(&self.token).ok_or_else(|| oauth::no_credentials("token"))?;
        let broken = |error: &dyn std::fmt::Display| {
            Failure::new(Kind::Connection, Class::Auth, call::NO_CREDENTIALS, &error.to_string())
        };
        // The bare token, as all official clients send it.
        let mut token = HeaderValue::try_from(token.expose_secret()).map_err(|error| broken(&error))?;
        token.set_sensitive(true);
        let mut request = Request::post(&self.url)
            .header(header::AUTHORIZATION, token)
            .header(header::CONTENT_TYPE, "application/json")
            .header("API-Version", &self.version)
            .body(Bytes::from(body))
            .map_err(|error| broken(&error))?;
        request.extensions_mut().insert(Deadline(PATIENCE));
        Ok(request)
    }

    /// Returns what follows from the token, which stays here.
    pub(super) fn keyed<T>(&self, make: impl FnOnce(&[u8]) -> T) -> Result<T, Failure> {
        let token = self.vault.get(&self.token).ok_or_else(|| oauth::no_credentials("token"))?;
        Ok(make(token.expose_secret().as_bytes()))
    }

    /// Returns how many calls were made since this was last asked.
    pub(super) fn calls_made(&self) -> Errands {
        self.caller.made()
    }
}

fn read(reply: &Reply, now: Stamp) -> Result<Outcome, Trouble> {
    let status = reply.status();
    let around = Around { status, headers: reply.headers(), now };
    let envelope: Option<Envelope> = serde_json::from_slice(reply.body()).ok();
    let Some(envelope) = envelope else {
        return Err(if status.is_success() {
            Trouble::Doubt(call::unreadable("the answer is not JSON"))
        } else {
            call::by_status(status, reply.headers())
        });
    };
    let mut errors: Vec<GraphError> = envelope.errors.into_iter().flatten().map(error).collect();
    if let Some(message) = envelope.error_message.or(envelope.error_code.clone()) {
        errors.push(GraphError::plain(envelope.error_code, message));
    }
    let data = envelope.data.filter(|data| !data.values().all(Json::is_null) || about_aliases(&errors));
    match (data, errors.first()) {
        (Some(data), _) if status.is_success() => Ok(Outcome {
            data,
            errors: errors
                .into_iter()
                .map(|error| {
                    let failure = error.failure(around);
                    (error, failure)
                })
                .collect(),
            server_time: call::server_time(reply.headers()),
        }),
        (_, Some(error)) => Err(errors::of_request(error, around)),
        (_, None) if status == StatusCode::OK => {
            Err(Trouble::Doubt(call::unreadable("the answer has neither data nor errors")))
        }
        (_, None) => Err(call::by_status(status, reply.headers())),
    }
}

/// Returns whether the errors say alias by alias what happened.
fn about_aliases(errors: &[GraphError]) -> bool {
    !errors.is_empty() && errors.iter().all(|error| error.alias().is_some())
}

fn error(json: Json) -> GraphError {
    match json {
        // Some old answers hold bare words.
        Json::String(message) => GraphError::plain(None, message),
        other => serde_json::from_value(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(status: u16, body: &str) -> Result<Outcome, Trouble> {
        let mut reply = http::Response::new(Bytes::from(body.to_owned()));
        *reply.status_mut() = StatusCode::from_u16(status).unwrap();
        read(&reply, Stamp::ZERO)
    }

    #[test]
    fn what_succeeded_stands_beside_what_did_not() {
        let body = r#"{"data":{"m0":{"id":"1"},"m1":null},"errors":[{"message":"no","path":["m1"],
            "extensions":{"code":"ColumnValueException"}}],"account_id":1}"#;
        let outcome = outcome(200, body).unwrap();
        assert_eq!(outcome.data["m0"]["id"], "1");
        assert_eq!(outcome.errors[0].0.alias(), Some("m1"));
        assert_eq!(outcome.errors[0].1.class, Class::Valid);
    }

    #[test]
    fn a_limit_refuses_the_whole_and_a_breakdown_leaves_doubt() {
        let limit = r#"{"errors":[{"message":"Minute rate limit exceeded","extensions":
            {"code":"MINUTE_RATE_LIMIT_EXCEEDED","retry_in_seconds":25}}]}"#;
        let Err(Trouble::Refused(failure)) = outcome(429, limit) else { panic!() };
        assert_eq!((failure.class, failure.wait_ms), (Class::Limit, Some(25_000)));
        let old = r#"{"error_code":"ComplexityException","status_code":429,"error_message":
            "Complexity budget exhausted, reset in 9 seconds","error_data":{}}"#;
        let Err(Trouble::Refused(failure)) = outcome(429, old) else { panic!() };
        assert_eq!((&*failure.code, failure.wait_ms), ("ComplexityException", Some(9_000)));
        for (status, body) in [(500, ""), (502, "<html>"), (503, limit), (200, "torn"), (200, "{}")] {
            assert!(matches!(outcome(status, body), Err(Trouble::Doubt(_))), "{status} {body}");
        }
        assert!(matches!(outcome(401, r#"{"errors":["Not Authenticated"]}"#), Err(Trouble::Refused(f))
            if f.kind == Kind::Connection && f.class == Class::Auth));
    }
}
