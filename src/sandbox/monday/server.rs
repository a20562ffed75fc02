//! The simulated account as one thing: its state, its answers, its handles.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::http::{self, Sent};
use super::limits::Limiter;
use super::prepare;
use super::query::nodes::Reader;
use super::query::walk::Request;
use super::world::labels::id_of;
use super::world::{Author, Kind, State, World, seed};
use super::{cost, endpoint, execute, oauth, schema, webhook};
use crate::sandbox::clock::Clock;
use crate::sandbox::system::{Counts, Edits, FaultAnswer, System};

/// How a simulated account begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What ids and the token are drawn from.
    pub seed: u64,
}

/// A simulated monday.com account.
#[derive(Debug)]
pub struct Monday {
    clock: Clock,
    pub(super) seed: u64,
    pub(super) world: RwLock<World>,
    limiter: Mutex<Limiter>,
    /// The codes of apps that are not spent.
    pub(super) codes: Mutex<BTreeMap<String, oauth::Code>>,
    running: AtomicU64,
    requests: AtomicU64,
    /// Made when it is first used: it reads the certificates of the machine.
    client: OnceLock<Option<reqwest::Client>>,
    itself: Weak<Self>,
}

/// One request under way.
struct Running<'a>(&'a AtomicU64);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Monday {
    /// Returns a new account.
    pub fn new(clock: Clock, options: Options) -> Arc<Self> {
        let world = World::new(options.seed, clock.now());
        Arc::new_cyclic(|itself| Self {
            clock,
            seed: options.seed,
            world: RwLock::new(world),
            limiter: Mutex::default(),
            codes: Mutex::default(),
            running: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            client: OnceLock::new(),
            itself: Weak::clone(itself),
        })
    }

    /// Returns the token that works from the start.
    pub fn token(&self) -> String {
        seed::token(self.seed)
    }

    /// Returns the ids of the active boards by name, without the hidden ones of subitems.
    pub fn boards(&self) -> BTreeMap<String, String> {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        let shown = world.boards.values().filter(|board| board.state == State::Active && !board.for_subitems);
        shown.map(|board| (board.name.clone(), board.id.to_string())).collect()
    }

    /// Fills a board with `count` items through the same rules as any write; for demonstrations and benchmarks.
    ///
    /// # Errors
    /// A sentence that names the item whose fields the board does not take.
    pub fn fill(
        &self,
        board: &str,
        items: impl IntoIterator<Item = Map<String, Value>>,
    ) -> Result<Vec<String>, String> {
        let edits = Edits { create: items.into_iter().collect(), ..Edits::default() };
        let made = self.change(board, &edits)?;
        let ids = made.get("created").and_then(Value::as_array).into_iter().flatten();
        Ok(ids.filter_map(|id| id.as_str().map(str::to_owned)).collect())
    }

    /// Returns the whole introspection document of a version.
    pub fn introspection(&self, version: &'static str) -> Option<String> {
        const ASK: &str = "{ __schema { queryType { name } mutationType { name } types { kind name fields { name \
            args { name defaultValue type { ...T } } type { ...T } isDeprecated } inputFields { name type { ...T } } \
            interfaces { name } enumValues { name } possibleTypes { name } } } } \
            fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        let served = schema::served(version)?;
        let document = prepare::parse(&served, ASK).ok()?;
        let operation = document.operations.get(None).ok()?;
        let variables = Map::new();
        let request = Request { schema: &served.schema, document: &document, variables: &variables };
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        let reader =
            Reader { world: &world, user: 0, now: self.clock.now(), version, complexity: &Value::Null };
        let (data, _) = execute::query(request, operation, reader, &served);
        Some(format!("{{\"data\":{data}}}"))
    }

    fn limiter(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the server's time.
    pub(super) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Returns a number that no other request has.
    pub(super) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }

    fn request_id(&self) -> String {
        let number = self.next_request();
        let salt = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!("{:08x}-{:04x}-4{:03x}-8000-{number:012x}", salt >> 32, (salt >> 16) & 0xffff, salt & 0xfff)
    }

    /// Answers one GraphQL request.
    pub(super) async fn answer(&self, headers: &HeaderMap, sent: Result<Sent, String>) -> Response {
        let id = self.request_id();
        let known = http::token(headers).and_then(|token| {
            let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
            Some((token.to_owned(), *world.tokens.get(token)?, world.account_id))
        });
        let Some((token, user, account)) = known else {
            let body = json!({"errors": [unauthenticated()]});
            return http::json_response(StatusCode::UNAUTHORIZED, body.to_string());
        };
        let now_running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
        let _running = Running(&self.running);
        let asked_version = headers.get("api-version").and_then(|value| value.to_str().ok());
        let legacy =
            asked_version.is_some_and(|version| version.len() == 7 && version < schema::PRESENT_LIMITS);
        let who = Author { user, now: self.clock.now() };
        let counted = self.limiter().call(&token, now_running, who.now);
        let mut response = match counted {
            Err(exceeded) => http::limited(&exceeded, legacy, &id),
            Ok(()) => match (sent, schema::route(asked_version)) {
                (Err(message), _) => http::failure(StatusCode::BAD_REQUEST, "BAD_REQUEST", &message, &id),
                (_, Err(version)) => {
                    let message = format!("The API version '{version}' is not valid");
                    http::failure(StatusCode::BAD_REQUEST, "InvalidVersionException", &message, &id)
                }
                (Ok(sent), Ok(version)) => {
                    let call = Call { token: &token, account, id: &id, who, version, legacy };
                    self.carry_out(&call, &sent).await
                }
            },
        };
        let (policy, live) = self.limiter().headers(&token, now_running, who.now);
        let headers = response.headers_mut();
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", live)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }

    async fn carry_out(&self, call: &Call<'_>, sent: &Sent) -> Response {
        let refused = |errors: &[Value]| {
            http::json_response(StatusCode::OK, http::envelope(None, errors, call.account, call.id))
        };
        let Some(served) = schema::served(call.version) else {
            return http::failure(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL_SERVER_ERROR",
                "Internal server error",
                call.id,
            );
        };
        let document = match prepare::parse(&served, &sent.query) {
            Ok(document) => document,
            Err(errors) => return refused(&errors),
        };
        let operation = match document.operations.get(sent.operation.as_deref()) {
            Ok(operation) => operation,
            Err(error) => {
                let code = json!({"code": "OPERATION_RESOLUTION_FAILURE"});
                return refused(&[json!({"message": error.message().to_string(), "extensions": code})]);
            }
        };
        let variables = match prepare::variables(&served, operation, &sent.variables) {
            Ok(variables) => variables,
            Err(errors) => return refused(&errors),
        };
        let request = Request { schema: &served.schema, document: &document, variables: &variables };
        if let Some((scope, key)) = self.lacks(call.token, request, operation) {
            return refused(&[oauth::lacking(scope, &key)]);
        }
        let points = cost::of(request, operation);
        let complexity = match self.limiter().spend(call.token, points, call.who.now) {
            Ok(complexity) => complexity,
            Err(exceeded) => return http::limited(&exceeded, call.legacy, call.id),
        };
        let (data, errors) = if operation.is_mutation() {
            let shaken = self.shake(execute::offered(request, operation), call.id).await;
            let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
            let version = call.version;
            let answered =
                execute::mutation(request, operation, &mut world, call.who, version, &complexity, &shaken);
            self.deliver(execute::deliveries(&mut world));
            answered
        } else {
            let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
            let (user, now, version) = (call.who.user, call.who.now, call.version);
            let reader = Reader { world: &world, user, now, version, complexity: &complexity };
            execute::query(request, operation, reader, &served)
        };
        http::json_response(StatusCode::OK, http::envelope(Some(&data), &errors, call.account, call.id))
    }

    fn client(&self) -> Option<&reqwest::Client> {
        self.client.get_or_init(webhook::client).as_ref()
    }

    async fn shake(&self, offered: Vec<(String, String)>, id: &str) -> execute::Shaken {
        let mut shaken = Vec::new();
        for (key, url) in offered {
            if let Some(client) = self.client()
                && webhook::shakes(client, &url, id).await
            {
                shaken.push(key);
            }
        }
        shaken
    }

    fn deliver(&self, waiting: Vec<(String, Value)>) {
        if !waiting.is_empty()
            && let Some(client) = self.client()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            drop(runtime.spawn(webhook::deliver(client.clone(), waiting)));
        }
    }
}

/// What is known of a request before it is read.
struct Call<'a> {
    token: &'a str,
    account: u64,
    id: &'a str,
    who: Author,
    version: &'static str,
    legacy: bool,
}

impl Monday {
    /// Archives, deletes or brings back boards, as people do: the API itself brings none back.
    fn set_boards(&self, body: &Value) -> Result<Value, String> {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        for (id, state) in body.as_object().into_iter().flatten() {
            let state = match state.as_str() {
                Some("active") => State::Active,
                Some("archived") => State::Archived,
                Some("deleted") => State::Deleted,
                _ => return Err(format!("board {id}: {state} is none of active, archived, deleted")),
            };
            let board = id.parse().ok().and_then(|id: u64| world.boards.get_mut(&id));
            board.ok_or_else(|| format!("there is no board {id}"))?.state = state;
        }
        Ok(json!({}))
    }

    /// Puts columns of a board into the bin or takes them out of it, or makes columns of another type of them. What
    /// stands in their cells shows again when they are what they were.
    fn set_columns(&self, body: &Value) -> Result<Value, String> {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        let id = body.get("board").and_then(id_of).unwrap_or(0);
        let board = world.boards.get_mut(&id).ok_or_else(|| format!("there is no board {id}"))?;
        for (column, there) in body.get("columns").and_then(Value::as_object).into_iter().flatten() {
            let found = board.columns.iter_mut().find(|known| *known.id == **column);
            let found = found.ok_or_else(|| format!("there is no column {column}"))?;
            if let Some(kind) = there.get("type") {
                let kind = kind.as_str().and_then(Kind::parse);
                found.kind = kind.ok_or_else(|| format!("{column}: {there} names no type of column"))?;
                found.revision += 1;
            } else {
                found.deleted = there != &json!(true);
            }
        }
        Ok(json!({}))
    }
}

impl Monday {
    /// Takes items back from the bin, as a person does in the app.
    fn restore_items(&self, body: &Value) -> Result<Value, String> {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let ids: Vec<u64> =
            body.get("items").and_then(Value::as_array).into_iter().flatten().filter_map(id_of).collect();
        for id in &ids {
            let board = world.home.get(id).copied();
            let board = board.and_then(|board| world.boards.get_mut(&board));
            let board = board.filter(|board| board.items.contains_key(id));
            let board = board.ok_or_else(|| format!("there is no item {id}"))?;
            if let Some(item) = board.items.get_mut(id) {
                item.state = State::Active;
                item.updated = now;
            }
            board.reindex();
        }
        Ok(json!({ "restored": ids.len() }))
    }
}

fn unauthenticated() -> Value {
    json!({"message": "Not Authenticated", "extensions": {"code": "NOT_AUTHENTICATED", "status_code": 401}})
}

impl System for Monday {
    fn name(&self) -> &'static str {
        "monday"
    }

    fn router(&self) -> Router {
        self.itself.upgrade().map_or_else(Router::new, http::router)
    }

    fn endpoints(&self, origin: &str) -> Value {
        json!({
            "url": format!("{origin}/v2"), "token": self.token(), "boards": self.boards(), "auth_url": origin,
            "client_id": oauth::CLIENT_ID, "client_secret": oauth::CLIENT_SECRET,
        })
    }

    fn counts(&self) -> Counts {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        let mut counts = Counts::default();
        for board in world.boards.values().filter(|board| board.state != State::Deleted) {
            counts.records.insert(board.id.to_string(), board.live);
            counts.deleted.insert(board.id.to_string(), board.items.len() as u64 - board.live);
        }
        counts
    }

    fn endpoint(&self, method: &str, path: &str, body: &[u8]) -> String {
        endpoint::name(method, path, body)
    }

    fn change(&self, object: &str, edits: &Edits) -> Result<Value, String> {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        let named = || world.boards.values().find(|board| board.name == object).map(|board| board.id);
        let board = object.parse().ok().filter(|id| world.boards.contains_key(id)).or_else(named);
        let board = board.ok_or_else(|| format!("there is no board {object}"))?;
        // Somebody other than the user of the token.
        let user = world.users.keys().nth(1).copied().unwrap_or(0);
        let who = Author { user, now: self.clock.now() };
        let made = execute::edit(&mut world, who, board, edits).map_err(|refusal| {
            format!("board {object}: {} ({}; {})", refusal.message, refusal.code, json!(refusal.data))
        });
        self.deliver(execute::deliveries(&mut world));
        made
    }

    fn control(&self, action: &str, body: &Value) -> Option<Result<Value, String>> {
        match action {
            "limits" => {
                let mut limiter = self.limiter();
                Some(limiter.limits.changed(body).map(|limits| {
                    limiter.limits = limits;
                    limiter.forget();
                    json!(limiter.limits)
                }))
            }
            "boards" => Some(self.set_boards(body)),
            "columns" => Some(self.set_columns(body)),
            "restore" => Some(self.restore_items(body)),
            "revoke" => {
                let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
                let user = body.get("user").and_then(|user| {
                    id_of(user).or_else(|| {
                        let email = user.as_str()?;
                        Some(world.users.values().find(|user| user.email == email)?.id)
                    })
                });
                let before = world.tokens.len();
                world.tokens.retain(|_, of| user.is_some_and(|user| user != *of));
                let World { tokens, granted, .. } = &mut *world;
                granted.retain(|token, _| tokens.contains_key(token));
                Some(Ok(json!({"revoked": before - world.tokens.len()})))
            }
            "uninstall" => Some(Ok(self.uninstall())),
            "grant" => {
                let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
                let first = world.users.keys().next().copied().unwrap_or(0);
                let user = body.get("user").and_then(id_of).unwrap_or(first);
                let token =
                    body.get("token").and_then(Value::as_str).map_or_else(|| self.token(), str::to_owned);
                world.tokens.insert(token.clone(), user);
                Some(Ok(json!({"token": token, "user": user.to_string()})))
            }
            _ => None,
        }
    }

    fn fault(&self, status: u16, code: Option<&str>) -> FaultAnswer {
        let id = self.request_id();
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        let (code, message) = match (status, code) {
            (_, Some(code)) => (code, fault_words(code)),
            (401, None) => ("NOT_AUTHENTICATED", "Not Authenticated"),
            (403, None) => ("UserUnauthorizedException", "User unauthorized to perform action"),
            (404, None) => ("ResourceNotFoundException", "Resource not found"),
            (409, None) => ("IDEMPOTENCY_CONFLICT", "A request with the same key is in progress"),
            (423, None) => ("RESOURCE_LOCKED", "Resource is currently locked, please try again later"),
            (429, None) => ("MINUTE_RATE_LIMIT_EXCEEDED", "Minute rate limit exceeded"),
            (503, None) => ("TIMEOUT_EXCEEDED", "Request processing timeout exceeded"),
            _ => ("INTERNAL_SERVER_ERROR", "Internal server error"),
        };
        let body = match status {
            401 => json!({"errors": [unauthenticated()]}),
            // The older body of a limit.
            429 if code == "ComplexityException" => json!({
                "error_code": code,
                "status_code": 429,
                "error_message": "Query has complexity of 10000001, and the budget is 5000000; reset in 17 seconds",
                "error_data": {},
            }),
            429 => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
                json!({
                    "errors": [{"message": message, "extensions": {"code": code, "retry_in_seconds": 5}}],
                    "extensions": {"request_id": id},
                })
            }
            200 => json!({
                "data": null,
                "errors": [{"message": message, "extensions": {"code": code, "status_code": 200}}],
                "extensions": {"request_id": id},
            }),
            503 => json!({"errors": [{"message": message, "extensions": {"code": code}}]}),
            _ => http::failure_body(status, code, message, &id),
        };
        FaultAnswer { status, headers, body: body.to_string() }
    }

    fn save(&self) -> Value {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        json!({"world": &*world, "limiter": &*self.limiter()})
    }

    fn restore(&self, saved: &Value) -> Result<(), String> {
        use serde::Deserialize as _;
        let read = |part: &str| saved.get(part).ok_or_else(|| format!("monday: `{part}` is missing"));
        let mut world =
            World::deserialize(read("world")?).map_err(|error| format!("monday: world: {error}"))?;
        let limiter =
            Limiter::deserialize(read("limiter")?).map_err(|error| format!("monday: limiter: {error}"))?;
        world.reindex();
        *self.world.write().unwrap_or_else(PoisonError::into_inner) = world;
        *self.limiter() = limiter;
        Ok(())
    }
}

/// Returns the sentence that goes with a code.
fn fault_words(code: &str) -> &'static str {
    match code {
        "COMPLEXITY_BUDGET_EXHAUSTED" => "Complexity budget exhausted",
        "MINUTE_RATE_LIMIT_EXCEEDED" => "Minute rate limit exceeded",
        "MAX_CONCURRENCY_EXCEEDED" | "maxConcurrencyExceeded" => "Too many concurrent requests",
        "DAILY_LIMIT_EXCEEDED" => "Daily limit exceeded",
        "IP_RATE_LIMIT_EXCEEDED" => "IP rate limit exceeded",
        "FIELD_LIMIT_EXCEEDED" => "Field limit exceeded",
        "API_TEMPORARILY_BLOCKED" => "API is temporarily blocked for this account",
        "TIMEOUT_EXCEEDED" => "Request processing timeout exceeded",
        "CursorExpiredError" => "CursorExpiredError: the cursor provided for pagination has expired",
        "UserUnauthorizedException" | "USER_UNAUTHORIZED" => "User unauthorized to perform action",
        "ResourceNotFoundException" => "Resource not found",
        "InvalidBoardIdException" => "The board does not exist. Please check your board ID and try again",
        "ColumnValueException" => {
            "invalid value, please check our API documentation for the correct data structure"
        }
        _ => "Internal server error",
    }
}
