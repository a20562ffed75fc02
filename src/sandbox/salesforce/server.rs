//! The org as a system of the sandbox.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use serde_json::{Value, json};

use super::bulk::Jobs;
use super::call::{Answer, Call};
use super::error::{ApiError, typical};
use super::events::Hub;
use super::gate::{CLIENT_ID, CLIENT_SECRET, Gate, PASSWORD, SECURITY_TOKEN};
use super::ids::Id;
use super::meter::Meter;
use super::org::Org;
use super::pubsub::EventBus;
use super::query::Cursors;
use super::seed;
use crate::sandbox::clock::Clock;
use crate::sandbox::faults::Faults;
use crate::sandbox::system::{Counts, Edits, FaultAnswer, Injected, Stir, System};

/// The largest request body; the frame around has a limit of its own.
const LARGEST_BODY: usize = 160 << 20;

/// A simulated Salesforce org: OAuth, SOAP login and the REST API.
pub struct Salesforce {
    inner: Arc<Inner>,
}

/// What the handlers share.
pub(super) struct Inner {
    pub(super) clock: Clock,
    org: RwLock<Org>,
    gate: Mutex<Gate>,
    meter: Mutex<Meter>,
    cursors: Mutex<Cursors>,
    jobs: Mutex<Jobs>,
    pub(super) events: Hub,
    /// The tokens that the endpoints document names.
    tokens: Mutex<Tokens>,
    seed: u64,
    records: u64,
}

/// The tokens that the endpoints document names.
#[derive(Clone, Default)]
pub(super) struct Tokens {
    pub(super) refresh: String,
    pub(super) access: String,
}

/// The org in the hands of one request; what was changed is published when it lets go.
pub(super) struct Writing<'a> {
    inner: &'a Inner,
    org: RwLockWriteGuard<'a, Org>,
    origin: String,
}

impl Deref for Writing<'_> {
    type Target = Org;

    fn deref(&self) -> &Org {
        &self.org
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut Org {
        &mut self.org
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let changes = self.org.store.take_changes();
        if !changes.is_empty() {
            // Still under the lock: events stand in the order of the commits.
            self.inner.events.publish(
                &self.org,
                changes,
                &self.origin,
                self.inner.clock.now().as_millisecond(),
            );
        }
    }
}

impl Salesforce {
    /// Builds an org with `records` Leads, as many Contacts, and other rows in proportion.
    pub fn new(clock: Clock, seed: u64, records: u64) -> Self {
        let mut org = Org::new(seed);
        let now = clock.now().as_second();
        seed::fill(&mut org, seed, records, now);
        // What the org is born with is no news.
        drop(org.store.take_changes());
        let mut gate = Gate::new(seed);
        let mut tokens = Tokens::default();
        if let Some((user, _)) = org.user(seed::SYNC_USER) {
            let (refresh, family) = gate.grant(user);
            let access = gate.open(org.organization(), user, Some(family), now);
            tokens = Tokens { refresh, access };
        }
        let inner = Inner {
            clock,
            org: RwLock::new(org),
            gate: Mutex::new(gate),
            meter: Mutex::default(),
            cursors: Mutex::default(),
            jobs: Mutex::default(),
            events: Hub::new(seed),
            tokens: Mutex::new(tokens),
            seed,
            records,
        };
        Self { inner: Arc::new(inner) }
    }
}

#[cfg(test)]
impl Salesforce {
    /// The org from inside and from outside.
    pub(super) fn share(self) -> (Arc<Inner>, Self) {
        (Arc::clone(&self.inner), self)
    }
}

impl Inner {
    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Org> {
        self.org.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The org, to be changed by somebody who does not come through an API.
    pub(super) fn write(&self) -> Writing<'_> {
        self.write_as(String::new())
    }

    /// The org, to be changed by a call of this origin, as change events name it.
    pub(super) fn write_as(&self, origin: String) -> Writing<'_> {
        let org = self.org.write().unwrap_or_else(PoisonError::into_inner);
        Writing { inner: self, org, origin }
    }

    pub(super) fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn meter(&self) -> MutexGuard<'_, Meter> {
        self.meter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn cursors(&self) -> MutexGuard<'_, Cursors> {
        self.cursors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn bulk_jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The seed and the number of records that the org was built with.
    pub(super) fn built_with(&self) -> (u64, u64) {
        (self.seed, self.records)
    }

    /// Answers a request that came to `origin`.
    fn answer(&self, mut call: Call, origin: &str) -> Answer {
        if let Err(error) = call.inflate() {
            return Answer::errors(&[error]);
        }
        let first = call.path.first().map(|segment| segment.to_ascii_lowercase());
        let second = call.path.get(1).map(|segment| segment.to_ascii_lowercase());
        match (first.as_deref(), second.as_deref()) {
            (Some("services"), Some("data")) => self.rest(&call),
            (Some("services"), Some("oauth2")) => self.oauth(&call, origin),
            (Some("services"), Some("soap")) => self.soap(&call, origin),
            (Some("id"), _) => self.identity(&call, origin),
            _ => Answer::errors(&[ApiError::not_found()]),
        }
    }
}

async fn serve(State(inner): State<Arc<Inner>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return Answer::errors(&[ApiError::new(413, "INVALID_INPUT", "The request body is too large")])
            .respond(false);
    };
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let origin = origin(&parts.headers, parts.uri.authority().map(Authority::as_str));
    let gzip = accepts_gzip(&parts.headers);
    let method = parts.method.as_str().to_owned();
    let head = method == "HEAD";
    let mut call = Call::new(if head { "GET" } else { &method }, target, parts.headers, body);
    call.injected = parts.extensions.get::<Injected>().copied();
    let mut answer = inner.answer(call, &origin);
    if head {
        answer.body.clear();
    }
    answer.respond(gzip)
}

/// The scheme and host that the client used.
fn origin(headers: &HeaderMap, authority: Option<&str>) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").or(authority).unwrap_or("salesforce.sandbox");
    let scheme = text("x-forwarded-proto").unwrap_or("http");
    match host.split(':').next() {
        // The generic login hosts send clients to the org's own.
        Some("login.salesforce.com" | "test.salesforce.com") => format!("{scheme}://acme.my.salesforce.com"),
        _ => format!("{scheme}://{host}"),
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.contains("gzip")))
}

impl System for Salesforce {
    fn name(&self) -> &'static str {
        "salesforce"
    }

    fn router(&self) -> Router {
        Router::new().fallback(serve).with_state(Arc::clone(&self.inner))
    }

    fn counts(&self) -> Counts {
        let org = self.inner.read();
        let mut counts = Counts::default();
        for object in org.store.schema().objects() {
            let (live, deleted) = org.store.table(object).map_or((0, 0), super::store::Table::counts);
            counts.records.insert(object.name.into(), live);
            counts.deleted.insert(object.name.into(), deleted);
        }
        counts
    }

    fn endpoint(&self, method: &str, path: &str, _body: &[u8]) -> String {
        endpoint(method, path)
    }

    fn change(&self, object: &str, edits: &Edits) -> Result<Value, String> {
        self.inner.change(object, edits)
    }

    fn control(&self, action: &str, body: &Value) -> Option<Result<Value, String>> {
        self.inner.control(action, body)
    }

    fn fault(&self, status: u16, code: Option<&str>) -> FaultAnswer {
        let error = typical(status, code);
        let mut headers = HeaderMap::new();
        // Codes of the token endpoint are in lower case, and its body is another.
        let oauth = code.filter(|code| code.starts_with(|first: char| first.is_ascii_lowercase()));
        let (kind, body) = if let Some(code) = oauth {
            let description = super::oauth::description(code);
            let body = json!({ "error": code, "error_description": description }).to_string();
            ("application/json;charset=UTF-8", body)
        } else if matches!(status, 420 | 502) {
            // The edge answers in HTML.
            (
                "text/html",
                format!("<html><head><title>{status}</title></head><body>Sorry to interrupt</body></html>"),
            )
        } else {
            ("application/json;charset=UTF-8", json!([error.body()]).to_string())
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        let (used, max) = self.inner.meter().usage(self.inner.now());
        if let Ok(value) = HeaderValue::from_str(&format!("api-usage={used}/{max}")) {
            headers.insert("sforce-limit-info", value);
        }
        FaultAnswer { status, headers, body }
    }

    fn save(&self) -> Value {
        self.inner.save()
    }

    fn restore(&self, saved: &Value) -> Result<(), String> {
        self.inner.restore(saved)
    }

    fn endpoints(&self, origin: &str) -> Value {
        let tokens = self.inner.tokens().clone();
        json!({
            "login_url": origin, "instance_url": origin, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
            "username": seed::SYNC_USER, "password": PASSWORD, "security_token": SECURITY_TOKEN,
            "refresh_token": tokens.refresh, "access_token": tokens.access,
        })
    }

    fn event_bus(&self, faults: &Arc<Faults>) -> Option<EventBus> {
        Some(EventBus::new(Arc::clone(&self.inner), Arc::clone(faults)))
    }

    fn stir(&self, kind: Stir, roll: u64) -> Result<(), String> {
        self.inner.stir(kind, roll)
    }

    fn injects(&self) -> bool {
        true
    }
}

/// Method and path with versions, ids and values removed.
fn endpoint(method: &str, path: &str) -> String {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let mut kept: Vec<&str> = Vec::new();
    let mut rest: Vec<&str> = segments.by_ref().collect();
    if rest.first() == Some(&"services") && rest.get(1) == Some(&"data") {
        rest.drain(..rest.len().min(3));
    } else if rest.first() == Some(&"services") {
        rest.remove(0);
    }
    let is_id = |segment: &&str| {
        Id::parse(segment.split('-').next().unwrap_or_default()).is_some()
            && segment.bytes().any(|byte| byte.is_ascii_digit())
    };
    let by_value = rest.first() == Some(&"sobjects") && rest.len() == 4;
    for (position, segment) in rest.iter().enumerate() {
        if position == 3 && by_value && !is_id(&rest.get(2).copied().unwrap_or_default()) {
            kept.push("{value}");
        } else if is_id(segment) {
            kept.push("{id}");
        } else {
            kept.push(segment);
        }
    }
    format!("{method} /{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::endpoint;

    #[test]
    fn endpoints_have_no_ids() {
        for (method, path, expected) in [
            ("GET", "/services/data/v62.0/query", "GET /query"),
            ("GET", "/services/data/v62.0/query/", "GET /query"),
            ("GET", "/services/data/v62.0/query/01gD0000002HU6KIAW-2000", "GET /query/{id}"),
            ("PATCH", "/services/data/v59.0/sobjects/Lead/00QQy00000OKdO1MAL", "PATCH /sobjects/Lead/{id}"),
            (
                "PATCH",
                "/services/data/v59.0/sobjects/Lead/External_Id__c/a%20b",
                "PATCH /sobjects/Lead/External_Id__c/{value}",
            ),
            ("POST", "/services/oauth2/token", "POST /oauth2/token"),
            ("GET", "/services/data", "GET /"),
            ("GET", "/services/data/v62.0/composite/sobjects", "GET /composite/sobjects"),
        ] {
            assert_eq!(endpoint(method, path), expected);
        }
    }
}
