//! The network: requests go straight into the sandbox's routers, and may be lost, late, or answered by a stranger.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, header};
use serde_json::Value;
use syncdeck::remote::http::{Http, SendError};
use syncdeck::sandbox::Dropped;
use tower::ServiceExt;

use super::forms::in_its_own_form;
use super::life::Life;
use super::world::{DOUBT_MS, World};

/// How long a client waits for a silent server, as the real one does.
const DEADLINE: Duration = Duration::from_mins(2);

/// The network of one life.
pub(super) struct SimNet {
    pub(super) life: Arc<Life>,
    pub(super) world: Arc<World>,
}

#[async_trait]
impl Http for SimNet {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        let Self { life, world } = self;
        let salesforce = request.uri().host() == Some("salesforce.sim");
        let what = format!("{} {}", request.method(), request.uri());
        life.fate.note(&format!("{what} {}", String::from_utf8_lossy(request.body())));
        life.dawdle(40).await;
        life.step(&format!("before {what}")).await;
        if world.troubled() {
            let net = &world.story.net;
            if life.fate.chance(net.silent) {
                tokio::time::sleep(DEADLINE).await;
                return Err(SendError::Unknown { why: "silent".into(), timeout: true });
            }
            let write = !salesforce && mutates(request.body());
            if write && life.fate.chance(net.late_effect) {
                let ms = life.fate.roll(DOUBT_MS - 500);
                let router = world.router(salesforce);
                // The server works on it although nobody waits any more, and although we may die.
                drop(tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    drop(answer(router, request).await);
                }));
                return Err(SendError::Unknown { why: "gave up".into(), timeout: true });
            }
        }
        let mut request = request;
        if let Ok(rows) = HeaderValue::from_str(&format!("batchSize={}", world.story.page))
            && world.story.page > 0
        {
            request.headers_mut().insert("sforce-query-options", rows);
        }
        let writes = world.story.pair.is_some() && writes(&request);
        if writes {
            let told = format!("{} {}", request.uri(), String::from_utf8_lossy(request.body()));
            world.overtaken(&told);
            if world.story.pair.as_ref().is_some_and(|pair| pair.forms) {
                *request.body_mut() = in_its_own_form(salesforce, request.body());
            }
        }
        let describes = request.uri().path().ends_with("/describe");
        let presented = request.uri().path().ends_with("/oauth2/token").then(|| request.body().clone());
        let (parts, mut body) = answer(world.router(salesforce), request).await?;
        let _on_the_way =
            presented.is_some_and(|presented| rotates(&presented, &body)).then(|| life.sets_out());
        if describes && parts.status.is_success() {
            body = crate::support::in_short(&body);
        }
        if writes {
            world.automate(salesforce).await;
        }
        if world.troubled() && life.fate.chance(world.story.net.strange) {
            body = strange(&body, life.fate.roll(6));
        }
        if salesforce && world.story.net.rows_late > 0 && parts.status.is_success() {
            body = world.hide_late_rows(&body);
        }
        life.dawdle(40).await;
        life.step(&format!("answer of {what}")).await;
        life.fate.note(&format!("{} {}", parts.status, body.len()));
        let mut response = Response::from_parts(parts, body);
        // A server tells its own time, to the second.
        let date = world.sandbox.clock().now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(date) = HeaderValue::from_str(&date) {
            response.headers_mut().insert(header::DATE, date);
        }
        Ok(response)
    }
}

/// Returns whether an answer of the token endpoint carries another refresh token than the one presented.
fn rotates(presented: &[u8], answer: &[u8]) -> bool {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let fresh = answer.get("refresh_token").and_then(Value::as_str);
    let presented = String::from_utf8_lossy(presented);
    fresh.is_some_and(|fresh| !presented.contains(fresh))
}

fn mutates(body: &[u8]) -> bool {
    body.windows(8).any(|part| part == b"mutation")
}

/// Returns whether a request writes records.
fn writes(request: &Request<Bytes>) -> bool {
    if request.uri().host() != Some("salesforce.sim") {
        return mutates(request.body());
    }
    let path = request.uri().path();
    // By POST to one object's collection records are read.
    path.contains("/composite/sobjects")
        && match *request.method() {
            Method::GET => false,
            Method::POST => path.ends_with("/composite/sobjects"),
            _ => true,
        }
}

async fn answer(
    router: Router,
    request: Request<Bytes>,
) -> Result<(http::response::Parts, Bytes), SendError> {
    let lost = |why: &str| SendError::Unknown { why: why.into(), timeout: false };
    let (mut parts, body) = request.into_parts();
    if let Some(host) = parts.uri.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
        parts.headers.insert(header::HOST, host);
    }
    let reply = router.oneshot(Request::from_parts(parts, Body::from(body))).await;
    let reply = reply.map_err(|_| lost("no answer"))?;
    if reply.extensions().get::<Dropped>().is_some() {
        return Err(lost("the connection was cut"));
    }
    let (parts, body) = reply.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| lost("the answer broke off"))?;
    Ok((parts, body))
}

/// Returns what something in between may make of an answer.
fn strange(body: &Bytes, kind: u64) -> Bytes {
    let text = String::from_utf8_lossy(body).into_owned();
    match kind {
        0 => Bytes::from_static(b"<html><head><title>Sorry to interrupt</title></head></html>"),
        1 => body.slice(..body.len() / 2),
        2 => Bytes::new(),
        3 => Bytes::from_static(b"[]"),
        4 => Bytes::from_static(b"{\"records\":{},\"data\":[],\"done\":\"yes\"}"),
        _ => Bytes::from(
            text.replace("\"Id\":\"", "\"Id\":7,\"x\":\"").replace("\"id\":\"", "\"id\":[],\"x\":\""),
        ),
    }
}
