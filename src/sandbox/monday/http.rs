//! The protocol's outside: routes, tokens, headers, envelopes.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Monday;
use super::limits::Exceeded;
use super::oauth;
use super::query::walk::quote;
use super::schema;

/// The largest body taken.
const LARGEST: usize = 64 * 1024 * 1024;

/// A GraphQL request as it was sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// The document.
    pub query: String,
    /// The variables.
    pub variables: Map<String, Value>,
    /// Which operation of the document to carry out.
    pub operation: Option<String>,
}

/// Returns the router of the protocol.
pub fn router(monday: Arc<Monday>) -> Router {
    Router::new()
        .route("/v2", get(by_get).post(by_post))
        .route("/v2/", get(by_get).post(by_post))
        .route("/v2/get_schema", get(get_schema))
        .route("/oauth2/authorize", get(oauth::authorize).post(oauth::authorize))
        .route("/oauth2/token", post(oauth::token))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(monday)
}

#[derive(Deserialize)]
struct Asked {
    query: Option<String>,
    variables: Option<String>,
    #[serde(rename = "operationName")]
    operation: Option<String>,
}

async fn by_get(
    State(monday): State<Arc<Monday>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let body = json!({"query": asked.query, "variables": asked.variables, "operationName": asked.operation});
    monday.answer(&headers, read(&body)).await
}

async fn by_post(State(monday): State<Arc<Monday>>, headers: HeaderMap, body: Bytes) -> Response {
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/json");
    let sent = if kind.starts_with("application/json") {
        serde_json::from_slice(&body)
            .map_err(|_| "Unable to parse the request body as JSON".to_owned())
            .and_then(|b| read(&b))
    } else {
        Err(format!("Unsupported content type {kind}, expected application/json"))
    };
    monday.answer(&headers, sent).await
}

/// Reads the body of a request; variables may come as an object or as its text.
fn read(body: &Value) -> Result<Sent, String> {
    let query = body.get("query").and_then(Value::as_str).map(str::trim).filter(|query| !query.is_empty());
    let query = query.ok_or("No query string was present")?.to_owned();
    let variables = match body.get("variables") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(map)) => map.clone(),
        Some(Value::String(text)) if text.trim().is_empty() => Map::new(),
        Some(Value::String(text)) => match serde_json::from_str(text) {
            Ok(Value::Object(map)) => map,
            Ok(Value::Null) => Map::new(),
            _ => return Err("The variables are not a JSON object".to_owned()),
        },
        Some(_) => return Err("The variables are not a JSON object".to_owned()),
    };
    let operation = body.get("operationName").and_then(Value::as_str).filter(|name| !name.is_empty());
    Ok(Sent { query, variables, operation: operation.map(str::to_owned) })
}

#[derive(Deserialize)]
struct SchemaAsked {
    version: Option<String>,
    format: Option<String>,
}

async fn get_schema(State(monday): State<Arc<Monday>>, Query(asked): Query<SchemaAsked>) -> Response {
    let Ok(version) = schema::route(asked.version.as_deref()) else {
        return failure(StatusCode::BAD_REQUEST, "InvalidVersionException", "The version is not valid", "");
    };
    if asked.format.as_deref() == Some("sdl") {
        return ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], schema::sdl(version)).into_response();
    }
    match monday.introspection(version) {
        Some(body) => json_response(StatusCode::OK, body),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Returns the token of a request, bare or after `Bearer`.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let bare =
        value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")).unwrap_or(value).trim();
    (!bare.is_empty()).then_some(bare)
}

/// Returns an answer with a JSON body.
pub fn json_response(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

/// Returns a refusal of the whole request.
pub fn failure(status: StatusCode, code: &str, message: &str, request: &str) -> Response {
    json_response(status, failure_body(status.as_u16(), code, message, request).to_string())
}

/// Returns the body of such a refusal.
pub fn failure_body(status: u16, code: &str, message: &str, request: &str) -> Value {
    json!({
        "errors": [{"message": message, "extensions": {"code": code, "status_code": status}}],
        "extensions": {"request_id": request},
    })
}

/// Returns the answer to a request that hit a limit.
pub fn limited(exceeded: &Exceeded, legacy: bool, request: &str) -> Response {
    let mut response =
        json_response(StatusCode::TOO_MANY_REQUESTS, exceeded.body(legacy, request).to_string());
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(exceeded.retry));
    response
}

/// Returns the text of a whole answer; `data` is JSON already, and absent when nothing was carried out.
pub fn envelope(data: Option<&str>, errors: &[Value], account: u64, request: &str) -> String {
    let mut body = String::with_capacity(data.map_or(0, str::len) + 256);
    body.push('{');
    if let Some(data) = data {
        body.push_str("\"data\":");
        body.push_str(data);
        body.push(',');
    }
    if !errors.is_empty() {
        body.push_str("\"errors\":");
        body.push_str(&serde_json::to_string(errors).unwrap_or_default());
        body.push(',');
    }
    body.push_str("\"account_id\":");
    body.push_str(&account.to_string());
    body.push_str(",\"extensions\":{\"request_id\":");
    quote(&mut body, request);
    body.push_str("}}");
    body
}
