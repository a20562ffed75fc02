//! Salesforce tokens: got once, shared by everybody, renewed by one.
//!
//! With rotating refresh tokens a token may be presented once only; a second presentation revokes everything.
//! Therefore: one refresher per connection; the new refresh token is durable before the new access token is
//! used; a token that was refused is never presented again; and a refresh that has begun is finished even if
//! whoever asked for it has gone away.

mod assertion;
mod consent;

pub use consent::Once;
pub(super) use consent::{short, unguessable};

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex as Brief, PoisonError};

use bytes::Bytes;
use http::{Request, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;
use url::form_urlencoded;

use super::call::{self, Caller, NO_CREDENTIALS, Reply};
use crate::domain::connection::{Access, Connection, Grant};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::ConnectionId;
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::errand::Errands;
use crate::ports::{NOT_BY_BROWSER, SecretName, Vault};

/// The code of a token that belongs to another org than the connection is pinned to.
pub const OTHER_ORG: &str = "OTHER_ORG";
/// The code of a vault that could not be written.
pub const VAULT: &str = "VAULT";

/// For how long a refusal that has nothing to do with a refresh token is remembered: an administrator may set
/// it right without anything changing here.
const REFUSAL_LASTS: i64 = MINUTE;

/// What a call to the API needs.
#[derive(Debug)]
pub struct Session {
    /// The bearer token.
    pub access_token: SecretString,
    /// The base of every API address, without a slash at its end.
    pub instance_url: String,
    /// Org and user, where the token endpoint told.
    pub who: Option<(String, String)>,
    /// The rights that it carries, where the token endpoint told.
    pub scopes: Vec<Arc<str>>,
}

/// The tokens of one connection.
pub struct Tokens {
    connection: ConnectionId,
    login_url: String,
    client_id: String,
    grant: Grant,
    /// Whether a consent carries a challenge.
    pkce: bool,
    /// As whom to sign in with a key of our own.
    subject: Option<Arc<str>>,
    vault: Arc<dyn Vault>,
    caller: Caller,
    org: Brief<Option<Arc<str>>>,
    /// Counts the grants that came to an end, so that whoever waited for one takes its result.
    ended: AtomicU64,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    session: Option<Arc<Session>>,
    /// A rotated refresh token that the vault would not take: it is the only valid one.
    unsaved: Option<SecretString>,
    refused: Option<Refused>,
    last: Option<Failure>,
}

struct Refused {
    credential: SecretString,
    at: Stamp,
    for_good: bool,
    failure: Failure,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    instance_url: String,
    refresh_token: Option<String>,
    id: Option<String>,
    scope: Option<String>,
}

impl Tokens {
    /// Returns the tokens of a connection; `None` when its system has no such tokens.
    pub fn new(connection: &Connection, vault: Arc<dyn Vault>, caller: Caller) -> Option<Self> {
        let Access::Salesforce { login_url, client_id, grant, .. } = &connection.access else { return None };
        Some(Self {
            connection: connection.id.clone(),
            login_url: login_url.trim_end_matches('/').to_owned(),
            client_id: client_id.to_string(),
            grant: *grant,
            pkce: connection.more.options.pkce,
            subject: connection.more.options.subject.clone(),
            vault,
            caller,
            org: Brief::default(),
            ended: AtomicU64::new(0),
            state: Arc::default(),
        })
    }

    /// Sets the org that tokens must belong to from now on.
    pub fn pin(&self, org: Option<Arc<str>>) {
        *self.org.lock().unwrap_or_else(PoisonError::into_inner) = org;
    }

    /// Returns how many calls the token endpoint got since this was last asked.
    pub fn calls_made(&self) -> Errands {
        self.caller.made()
    }

    /// Returns the session in use: from memory, from the vault, or a new one.
    pub async fn session(self: &Arc<Self>) -> Result<Arc<Session>, Failure> {
        {
            let mut state = self.state.lock().await;
            if let Some(session) = state.session.as_ref().filter(|session| self.fits(session)) {
                return Ok(Arc::clone(session));
            }
            // After a refusal the token in the vault is as old as the one that was refused.
            let vaulted = if state.refused.is_none() { self.vaulted() } else { None };
            if let Some(session) = vaulted {
                state.session = Some(Arc::clone(&session));
                return Ok(session);
            }
        }
        self.renew(None).await
    }

    /// Returns a session newer than `stale`, by a new grant unless somebody else has got one meanwhile.
    pub async fn renew(self: &Arc<Self>, stale: Option<&Arc<Session>>) -> Result<Arc<Session>, Failure> {
        let seen = self.ended.load(Ordering::SeqCst);
        let mut held = Arc::clone(&self.state).lock_owned().await;
        if let Some(session) = &held.session
            && stale.is_none_or(|stale| !Arc::ptr_eq(stale, session))
            && self.fits(session)
        {
            return Ok(Arc::clone(session));
        }
        if self.ended.load(Ordering::SeqCst) != seen
            && let Some(failure) = &held.last
        {
            return Err(failure.clone());
        }
        let this = Arc::clone(self);
        // Its own task: a caller that is dropped in between must not drop the only copy of a rotated token.
        let grant = tokio::spawn(async move {
            let result = this.obtain(&mut held).await;
            held.last = result.as_ref().err().cloned();
            this.ended.fetch_add(1, Ordering::SeqCst);
            result
        });
        grant.await.unwrap_or_else(|error| {
            Err(Failure::new(Kind::Transient, Class::Bug, call::UNREADABLE, &error.to_string()))
        })
    }

    fn vaulted(&self) -> Option<Arc<Session>> {
        let (access_token, instance) = (self.get("access_token")?, self.get("instance_url")?);
        let instance_url = trimmed(instance.expose_secret());
        Some(Arc::new(Session { access_token, instance_url, who: None, scopes: Vec::new() }))
            .filter(|session| self.fits(session))
    }

    /// Returns whether a session is for the pinned org: an access token begins with the id of its org.
    fn fits(&self, session: &Session) -> bool {
        let org = session.access_token.expose_secret().split('!').next().filter(|org| org.len() >= 15);
        match (org, self.pinned()) {
            (Some(org), Some(pinned)) => same_org(org, &pinned),
            _ => true,
        }
    }

    async fn obtain(&self, state: &mut State) -> Result<Arc<Session>, Failure> {
        let credential = self.credential(state)?;
        if let Some(refused) = &state.refused
            && refused.credential.expose_secret() == credential.expose_secret()
            && (refused.for_good || (0..REFUSAL_LASTS).contains(&self.caller.now().since(refused.at)))
        {
            return Err(refused.failure.clone());
        }
        let reply = self.caller.call(self.request(&credential)?).await.map_err(call::Trouble::failure)?;
        match granted(&reply).and_then(|granted: Granted| self.keep(state, granted)) {
            Ok(session) => Ok(session),
            Err(failure) => {
                if failure.kind == Kind::Connection {
                    state.session = None;
                    state.refused = Some(Refused {
                        for_good: self.grant == Grant::RefreshToken && &*failure.code == "invalid_grant",
                        at: self.caller.now(),
                        credential,
                        failure: failure.clone(),
                    });
                }
                Err(failure)
            }
        }
    }

    /// Returns what the grant presents: the refresh token, or the app's own secret.
    fn credential(&self, state: &mut State) -> Result<SecretString, Failure> {
        match self.grant {
            Grant::ClientCredentials => {
                self.get("client_secret").ok_or_else(|| no_credentials("client_secret"))
            }
            Grant::JwtBearer => self.get("private_key").ok_or_else(|| no_credentials("private_key")),
            Grant::RefreshToken => {
                if let Some(unsaved) = state.unsaved.clone() {
                    self.put("refresh_token", unsaved)?;
                    state.unsaved = None;
                }
                self.get("refresh_token").ok_or_else(|| no_credentials("refresh_token"))
            }
        }
    }

    fn request(&self, credential: &SecretString) -> Result<Request<Bytes>, Failure> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        if self.grant != Grant::JwtBearer {
            // An assertion names the client itself.
            form.append_pair("client_id", &self.client_id);
        }
        match self.grant {
            Grant::JwtBearer => {
                let claims = assertion::Claims {
                    client: &self.client_id,
                    subject: self.subject.as_deref().unwrap_or_default(),
                    audience: &self.login_url,
                };
                form.append_pair("grant_type", assertion::GRANT);
                form.append_pair("assertion", &claims.signed(credential, self.caller.now())?);
            }
            Grant::ClientCredentials => {
                form.append_pair("grant_type", "client_credentials");
                form.append_pair("client_secret", credential.expose_secret());
            }
            Grant::RefreshToken => {
                form.append_pair("grant_type", "refresh_token");
                form.append_pair("refresh_token", credential.expose_secret());
                // A public client has no secret and must not send one.
                if let Some(secret) = self.get("client_secret") {
                    form.append_pair("client_secret", secret.expose_secret());
                }
            }
        }
        self.post("token", form.finish())
    }

    /// Returns a request to one of the addresses beside the token endpoint.
    fn post(&self, what: &str, form: String) -> Result<Request<Bytes>, Failure> {
        Request::post(format!("{}/services/oauth2/{what}", self.login_url))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Bytes::from(form))
            .map_err(|error| {
                Failure::new(Kind::Connection, Class::Auth, "invalid_request", &error.to_string())
            })
    }

    fn keep(&self, state: &mut State, granted: Granted) -> Result<Arc<Session>, Failure> {
        // First of all: from now on this is the only refresh token there is.
        if let Some(token) = granted.refresh_token.map(SecretString::from)
            && let Err(failure) = self.put("refresh_token", token.clone())
        {
            state.unsaved = Some(token);
            return Err(failure);
        }
        let who = granted.id.as_deref().and_then(who);
        if let (Some((org, _)), Some(pinned)) = (&who, self.pinned())
            && !same_org(org, &pinned)
        {
            let message = format!("the token is for org {org}, the connection is for {pinned}");
            return Err(Failure::new(Kind::Connection, Class::Auth, OTHER_ORG, &message));
        }
        let instance_url = trimmed(&granted.instance_url);
        let access_token = SecretString::from(granted.access_token);
        for (what, secret) in
            [("instance_url", instance_url.clone().into()), ("access_token", access_token.clone())]
        {
            // Not worth failing for: without it the next start asks for a new one.
            if let Err(failure) = self.put(what, secret) {
                tracing::warn!(connection = %self.connection, what, why = %failure.message, "not kept");
            }
        }
        let scopes = rights(granted.scope.as_deref());
        let session = Arc::new(Session { access_token, instance_url, who, scopes });
        state.session = Some(Arc::clone(&session));
        state.refused = None;
        Ok(session)
    }

    /// Returns the org of a session: the pinned one, or the one that the token tells.
    pub fn org(&self, session: &Session) -> Option<Arc<str>> {
        let told = || session.who.as_ref().map(|(org, _)| org.as_str().into());
        let prefix = || session.access_token.expose_secret().split_once('!').map(|(org, _)| org.into());
        self.pinned().or_else(told).or_else(prefix)
    }

    fn pinned(&self) -> Option<Arc<str>> {
        self.org.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn name(&self, what: &'static str) -> SecretName {
        SecretName { connection: self.connection.clone(), what }
    }

    fn get(&self, what: &'static str) -> Option<SecretString> {
        // An empty one was taken back.
        self.vault.get(&self.name(what)).filter(|secret| !secret.expose_secret().is_empty())
    }

    fn put(&self, what: &'static str, secret: SecretString) -> Result<(), Failure> {
        self.vault
            .put(&self.name(what), secret)
            .map_err(|error| Failure::new(Kind::Transient, Class::Bug, VAULT, &error.to_string()))
    }
}

/// Returns the failure of a connection whose secret is not in the vault.
pub fn no_credentials(what: &str) -> Failure {
    let message = format!("the vault holds no {what} for this connection");
    Failure::new(Kind::Connection, Class::Auth, NO_CREDENTIALS, &message)
}

fn trimmed(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

/// Returns org and user out of an identity URL (`https://…/id/ORG/USER`).
fn who(id: &str) -> Option<(String, String)> {
    let mut parts = id.split("/id/").nth(1)?.split('/');
    let (org, user) = (parts.next()?, parts.next()?);
    Some((org.to_owned(), user.to_owned()))
}

/// Returns the rights that a token answer names.
fn rights(scope: Option<&str>) -> Vec<Arc<str>> {
    scope.unwrap_or_default().split_whitespace().map(Arc::from).collect()
}

/// An id has 15 characters that matter; three more may follow.
fn same_org(a: &str, b: &str) -> bool {
    a.chars().take(15).eq(b.chars().take(15))
}

/// Reads the answer of a token endpoint, or what its refusal means.
pub(super) fn granted<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    if reply.status().is_success() {
        return serde_json::from_slice(reply.body()).map_err(|error| call::unreadable(&error.to_string()));
    }
    let Some((error, description)) = refusal(reply.body()) else {
        let mut failure = call::by_status(reply.status(), reply.headers()).failure();
        // Whatever the token endpoint refuses, nothing can be called without a token.
        if failure.kind == Kind::Permanent {
            failure.kind = Kind::Connection;
        }
        return Err(failure);
    };
    if reply.status().is_server_error() {
        return Err(Failure::new(Kind::Transient, Class::Busy, error, &description));
    }
    let (kind, class) = meaning(&error, &description);
    Err(Failure::new(kind, class, error, &description).after(call::retry_after(reply.headers())))
}

/// Returns error and description of a refusal, which comes as JSON or, from some endpoints, as a form.
fn refusal(body: &[u8]) -> Option<(String, String)> {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
        error_description: Option<String>,
    }
    if let Ok(refusal) = serde_json::from_slice::<Refusal>(body) {
        let description = refusal.error_description.unwrap_or_else(|| refusal.error.clone());
        return Some((refusal.error, description));
    }
    let mut error = None;
    let mut description = None;
    for (key, value) in form_urlencoded::parse(body) {
        match &*key {
            "error" => error = Some(value.into_owned()),
            "error_description" => description = Some(value.into_owned()),
            _ => {}
        }
    }
    let error = error?;
    Some((error.clone(), description.unwrap_or(error)))
}

/// What the token endpoint may answer: error, a part of the description (empty for any), meaning. The first
/// row that fits counts.
const REFUSALS: &[(&str, &str, Kind, Class)] = &[
    ("invalid_grant", "ip restricted", Kind::Connection, Class::Perm),
    ("invalid_grant", "inactive organization", Kind::Connection, Class::Perm),
    ("invalid_grant", "approved", Kind::Connection, Class::Perm),
    ("invalid_grant", "", Kind::Connection, Class::Auth),
    ("invalid_client_id", "", Kind::Connection, Class::Auth),
    ("invalid_client", "app must be installed", Kind::Connection, Class::Perm),
    ("invalid_client", "", Kind::Connection, Class::Auth),
    ("unsupported_grant_type", "", Kind::Connection, Class::Perm),
    ("invalid_request", "no client credentials user", Kind::Connection, Class::Perm),
    ("invalid_request", "", Kind::Connection, Class::Auth),
    ("redirect_uri_mismatch", "", Kind::Connection, Class::Auth),
    ("invalid_scope", "", Kind::Connection, Class::Perm),
    ("unauthorized_client", "", Kind::Connection, Class::Perm),
    ("access_denied", "", Kind::Connection, Class::Auth),
    ("rate_limit_exceeded", "", Kind::Transient, Class::Limit),
    ("OAUTH_APP_BLOCKED", "", Kind::Connection, Class::Perm),
    ("OAUTH_APPROVAL_ERROR_GENERIC", "", Kind::Connection, Class::Perm),
];

/// Returns the failure of a consent that a person, or the remote's page, declined.
pub(super) fn declined(error: &str, description: &str) -> Failure {
    let (kind, class) = meaning(error, description);
    let said = if description.is_empty() { error } else { description };
    Failure::new(kind, class, error, said)
}

fn meaning(error: &str, description: &str) -> (Kind, Class) {
    let said = description.to_lowercase();
    REFUSALS
        .iter()
        .find(|(code, part, ..)| *code == error && said.contains(part))
        .map_or((Kind::Connection, Class::Auth), |(_, _, kind, class)| (*kind, *class))
}

/// Returns every code that getting a token may fail with.
pub fn codes() -> impl Iterator<Item = &'static str> {
    REFUSALS.iter().map(|(code, ..)| *code).chain([OTHER_ORG, VAULT, NOT_BY_BROWSER, assertion::BAD_KEY])
}

#[cfg(test)]
mod tests;
