//! Calls to the REST API: signed, signed anew once when the session has expired, and the org's own count of
//! calls read from every answer.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, header};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;

use super::errors::{self, INVALID_SESSION_ID};
use crate::domain::connection::Usage;
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::time::Stamp;
use crate::ports::errand::Errands;
use crate::remote::call::{self, Caller, Reply, Trouble};
use crate::remote::oauth::{Session, Tokens};

/// What a call carries, and what it wants.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) sent: &'static str,
    pub(super) accepted: &'static str,
    /// Whether records may be saved although a rule takes them for duplicates.
    pub(super) duplicates: bool,
}

pub(super) const JSON: Kinds =
    Kinds { sent: "application/json; charset=UTF-8", accepted: "application/json", duplicates: false };

pub(super) const JSON_WITH_DUPLICATES: Kinds = Kinds { duplicates: true, ..JSON };

/// The REST API of one org.
pub(super) struct Rest {
    caller: Caller,
    tokens: Arc<Tokens>,
    root: String,
    usage: Mutex<Usage>,
}

impl Rest {
    /// Returns the API in `version` (`62.0`).
    pub(super) fn new(caller: Caller, tokens: Arc<Tokens>, version: &str) -> Self {
        let root = format!("/services/data/v{}", version.trim_start_matches('v'));
        Self { caller, tokens, root, usage: Mutex::default() }
    }

    /// Returns the path of a resource of the API.
    pub(super) fn path(&self, resource: &str) -> String {
        format!("{}/{resource}", self.root)
    }

    /// Reads what lies at `path`.
    pub(super) async fn get(&self, path: &str) -> Result<Reply, Failure> {
        self.send(&Method::GET, path, None).await.map_err(Trouble::failure)
    }

    /// Makes a call; a success is an answer with a status of 200 to 299.
    pub(super) async fn send(
        &self,
        method: &Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<Reply, Trouble> {
        self.send_as(method, path, body, JSON).await
    }

    /// Makes a call of given kinds.
    pub(super) async fn send_as(
        &self,
        method: &Method,
        path: &str,
        body: Option<Bytes>,
        kinds: Kinds,
    ) -> Result<Reply, Trouble> {
        let session = self.tokens.session().await?;
        match self.once(&session, method, path, body.clone(), kinds).await {
            // It was refused before anything was done: the same request may be sent again.
            Err(Trouble::Refused(failure)) if expired(&failure) => {
                let session = self.tokens.renew(Some(&session)).await?;
                // A session that is refused although it is new says nothing of the authorisation, which was good a
                // moment ago: another machine of theirs may not know it yet.
                self.once(&session, method, path, body, kinds).await.map_err(|trouble| match trouble {
                    Trouble::Refused(failure) if expired(&failure) => {
                        Trouble::Refused(Failure { kind: Kind::Transient, class: Class::Busy, ..failure })
                    }
                    other => other,
                })
            }
            other => other,
        }
    }

    async fn once(
        &self,
        session: &Session,
        method: &Method,
        path: &str,
        body: Option<Bytes>,
        kinds: Kinds,
    ) -> Result<Reply, Trouble> {
        let request = sign(session, method, path, body, kinds)?;
        let reply = self.caller.call(request).await?;
        self.note_usage(reply.headers());
        if reply.status().is_success() {
            Ok(reply)
        } else {
            Err(errors::classify(reply.status(), reply.headers(), reply.body()))
        }
    }

    fn note_usage(&self, headers: &HeaderMap) {
        let info = headers.get("sforce-limit-info").and_then(|info| info.to_str().ok());
        if let Some((used, limit)) = info.and_then(limits) {
            let usage = Usage { used: Some(used), limit: Some(limit), at: Some(self.caller.now()) };
            *self.usage.lock().unwrap_or_else(PoisonError::into_inner) = usage;
        }
    }

    /// Returns the address at which people see a record.
    pub(super) async fn address(&self, id: &str) -> Option<String> {
        let session = self.tokens.session().await.ok()?;
        Some(format!("{}/{id}", session.instance_url))
    }

    /// Returns the present time.
    pub(super) fn now(&self) -> Stamp {
        self.caller.now()
    }

    /// Returns what the org last said of its daily limit.
    pub(super) fn usage(&self) -> Usage {
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets how many more calls may be made that no person waits for.
    pub(super) fn ration(&self, left: Option<u64>, more_at: Stamp) {
        self.caller.ration(left, more_at);
    }

    /// Returns how many calls were made since this was last asked, those for tokens included.
    pub(super) fn calls_made(&self) -> Errands {
        let mut made = self.caller.made();
        for (errand, count) in self.tokens.calls_made() {
            *made.entry(errand).or_default() += count;
        }
        made
    }

    /// Returns the rights of the session, where the token endpoint told.
    pub(super) async fn scopes(&self) -> Vec<Arc<str>> {
        self.tokens.session().await.map(|session| session.scopes.clone()).unwrap_or_default()
    }

    /// Returns org and user of the session, where the token endpoint told.
    pub(super) async fn who(&self) -> Option<(String, String)> {
        self.tokens.session().await.ok()?.who.clone()
    }
}

/// A session that another one can replace. One that does not fit the REST API at all would be refused for ever.
fn expired(failure: &Failure) -> bool {
    let fresh_would_help = !failure.message.contains("not valid for use with the REST API");
    matches!(&*failure.code, INVALID_SESSION_ID | "HTTP_401") && fresh_would_help
}

fn sign(
    session: &Session,
    method: &Method,
    path: &str,
    body: Option<Bytes>,
    kinds: Kinds,
) -> Result<Request<Bytes>, Failure> {
    let broken = |error: &dyn std::fmt::Display| {
        Failure::new(Kind::Permanent, Class::Bug, "INVALID_INPUT", &error.to_string())
    };
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", session.access_token.expose_secret()))
        .map_err(|error| broken(&error))?;
    bearer.set_sensitive(true);
    let mut request = Request::builder()
        .method(method)
        .uri(format!("{}{path}", session.instance_url))
        .header(header::AUTHORIZATION, bearer)
        .header(header::ACCEPT, kinds.accepted)
        // Shows up as the origin of changes, by which our own can be told.
        .header("Sforce-Call-Options", "client=syncdeck");
    if kinds.duplicates {
        request = request.header("Sforce-Duplicate-Rule-Header", "allowSave=true");
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, kinds.sent);
    }
    request.body(body.unwrap_or_default()).map_err(|error| broken(&error))
}

/// Returns used and limit out of `api-usage=18/5000; per-app-api-usage=…`.
fn limits(info: &str) -> Option<(u64, u64)> {
    let usage = info.split(';').find_map(|part| part.trim().strip_prefix("api-usage="))?;
    let (used, limit) = usage.split_once('/')?;
    Some((used.trim().parse().ok()?, limit.trim().parse().ok()?))
}

/// Reads the body of an answer; an error names the place in it.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).or_else(|_| {
        // To know the place costs as much as the reading: it is looked for only where it is told.
        let mut json = serde_json::Deserializer::from_slice(body);
        serde_path_to_error::deserialize(&mut json).map_err(|error| call::unreadable(&error.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orgs_own_count_is_read() {
        assert_eq!(limits("api-usage=18/5000"), Some((18, 5000)));
        assert_eq!(limits("api-usage=25/5000; per-app-api-usage=17/250(appName=my-app)"), Some((25, 5000)));
        assert_eq!(limits("nonsense"), None);
    }

    #[test]
    fn a_session_that_never_fits_is_not_renewed() {
        let failure = |message| Failure::new(Kind::Connection, Class::Auth, INVALID_SESSION_ID, message);
        assert!(expired(&failure("Session expired or invalid")));
        assert!(!expired(&failure("This session is not valid for use with the REST API")));
    }
}
