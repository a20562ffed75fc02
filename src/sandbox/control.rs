//! The control port: what tests, demonstrations and training do to the simulated systems from outside.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::frame::Sandbox;
use super::system::Edits;
use super::traffic::Order;

/// Returns the control port's protocol.
pub(super) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/state", get(state))
        .route("/calls", get(calls))
        .route("/faults", get(list_faults).post(add_faults).delete(clear_faults))
        .route("/clock", get(clock).post(move_clock))
        .route("/traffic", post(start_traffic).delete(stop_traffic))
        .route("/{system}/records/{object}", post(change))
        .route("/{system}/{action}", post(act))
        .fallback(|| async { Refusal::unknown("there is nothing at this path".into()) })
        .with_state(sandbox)
}

/// An answer of the control port: a document, or a sentence about what was wrong.
type Answer = Result<Document, Refusal>;

struct Document(Value);

struct Refusal {
    status: StatusCode,
    sentence: String,
}

impl Refusal {
    fn wrong(sentence: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, sentence }
    }

    fn unknown(sentence: String) -> Self {
        Self { status: StatusCode::NOT_FOUND, sentence }
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.to_string()).into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Document(json!({ "error": self.sentence }))).into_response()
    }
}

/// Reads a body whatever its content type says; an empty one is an empty object.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body)
        .map_err(|error| Refusal::wrong(format!("the body is not what is expected: {error}")))
}

async fn state(State(sandbox): State<Sandbox>) -> Document {
    let mut systems = Map::new();
    for system in &sandbox.systems {
        let counts = system.counts();
        let calls = sandbox.recorder.counts(system.name());
        let row = json!({ "records": counts.records, "deleted": counts.deleted, "calls": calls });
        systems.insert(system.name().into(), row);
    }
    Document(json!({ "systems": systems }))
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn calls(State(sandbox): State<Sandbox>, Query(Since { since }): Query<Since>) -> Document {
    Document(json!(sandbox.recorder.since(since)))
}

async fn list_faults(State(sandbox): State<Sandbox>) -> Document {
    Document(json!({ "rules": sandbox.faults.list() }))
}

async fn add_faults(State(sandbox): State<Sandbox>, body: Bytes) -> Answer {
    let ids = sandbox.faults.add(&read::<Value>(&body)?).map_err(Refusal::wrong)?;
    Ok(Document(json!({ "ids": ids })))
}

async fn clear_faults(State(sandbox): State<Sandbox>) -> Document {
    sandbox.faults.clear();
    Document(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    offset_ms: i64,
}

async fn clock(State(sandbox): State<Sandbox>) -> Document {
    Document(json!({ "now": sandbox.clock.now().to_string() }))
}

async fn move_clock(State(sandbox): State<Sandbox>, body: Bytes) -> Answer {
    let Offset { offset_ms } = read(&body)?;
    sandbox.clock.set_offset_ms(offset_ms);
    Ok(clock(State(sandbox)).await)
}

async fn start_traffic(State(sandbox): State<Sandbox>, body: Bytes) -> Answer {
    sandbox.traffic.start(&read::<Order>(&body)?).map_err(Refusal::wrong)?;
    Ok(Document(json!({})))
}

async fn stop_traffic(State(sandbox): State<Sandbox>) -> Document {
    sandbox.traffic.stop();
    Document(json!({}))
}

async fn change(
    State(sandbox): State<Sandbox>,
    Path((system, object)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let edits: Edits = read(&body)?;
    let Some(handle) = sandbox.system(&system) else {
        return Err(Refusal::unknown(format!("there is no system {system}")));
    };
    handle.change(&object, &edits).map(Document).map_err(Refusal::wrong)
}

async fn act(
    State(sandbox): State<Sandbox>,
    Path((system, action)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let body: Value = read(&body)?;
    let Some(handle) = sandbox.system(&system) else {
        return Err(Refusal::unknown(format!("there is no system {system}")));
    };
    match handle.control(&action, &body) {
        Some(done) => done.map(Document).map_err(Refusal::wrong),
        None => Err(Refusal::unknown(format!("{system} knows no action {action}"))),
    }
}
