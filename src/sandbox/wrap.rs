//! What stands around every system's router: the recorder outside, the fault injector inside it.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use futures::{StreamExt, stream};

use super::clock::Clock;
use super::faults::{Effect, Faults, Kind};
use super::listener::Peer;
use super::recorder::{Recorded, Recorder};
use super::system::{FaultAnswer, Injected, System};

/// The largest request body; above Salesforce's 150 MB of bulk data.
const LARGEST_BODY: usize = 160 << 20;

/// Marks an answer that never arrives: over TCP the connection is cut, in memory the caller must treat the
/// call as one whose answer was lost.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

#[derive(Clone)]
struct Around {
    system: Arc<dyn System>,
    recorder: Arc<Recorder>,
    faults: Arc<Faults>,
    clock: Clock,
}

/// Returns the system's router with recorder and faults around it.
pub(super) fn wrap(
    system: &Arc<dyn System>,
    recorder: &Arc<Recorder>,
    faults: &Arc<Faults>,
    clock: &Clock,
) -> Router {
    let around = Around {
        system: Arc::clone(system),
        recorder: Arc::clone(recorder),
        faults: Arc::clone(faults),
        clock: clock.clone(),
    };
    Router::new().fallback_service(system.router()).layer(from_fn_with_state(around, record))
}

async fn record(State(around): State<Around>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let at = around.clock.now().to_string();
    let (mut parts, body) = request.into_parts();
    if parts.extensions.get::<ConnectInfo<Peer>>().is_some_and(|peer| peer.0.is_secure()) {
        // A system that names its own address must name the one the client can reach.
        parts.headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return plain(StatusCode::BAD_REQUEST, "the request body could not be read");
    };
    let method = parts.method.to_string();
    let path = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let endpoint = around.system.endpoint(&method, parts.uri.path(), &body);
    let request = Request::from_parts(parts, Body::from(body));
    let mut answer = strike(&around, &method, &path, request, next).await;
    date(&around.clock, &mut answer);
    let dropped = answer.extensions().get::<Dropped>().is_some();
    around.recorder.record(Recorded {
        n: 0,
        at,
        system: around.system.name(),
        method,
        path,
        endpoint,
        status: if dropped { 0 } else { answer.status().as_u16() },
        bytes: answer.body().size_hint().exact().unwrap_or(0),
        duration_us: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    });
    answer
}

/// Every answer tells the system's own time, as HTTP servers do.
fn date(clock: &Clock, answer: &mut Response<Body>) {
    let now = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&clock.now());
    if let Some(now) = now.ok().and_then(|now| HeaderValue::from_str(&now).ok()) {
        answer.headers_mut().entry(header::DATE).or_insert(now);
    }
}

async fn strike(
    around: &Around,
    method: &str,
    path: &str,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let strike = around.faults.strike(around.system.name(), method, path);
    if strike.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(strike.delay_ms)).await;
    }
    let Some(effect) = strike.effect else {
        return next.run(request).await;
    };
    let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|info| info.0.clone());
    match effect.kind {
        Kind::Delay | Kind::DuplicateEvent | Kind::ReorderEvents => next.run(request).await,
        Kind::Status => system_fault(around, &effect, 500),
        Kind::SessionExpired => system_fault(around, &effect, 401),
        Kind::DropBefore => cut(peer),
        Kind::DropAfter => {
            drop(next.run(request).await);
            cut(peer)
        }
        Kind::Truncate => truncate(next.run(request).await).await,
        Kind::Garbage => garbage(next.run(request).await),
        Kind::Partial | Kind::Lock if !around.system.injects() => system_fault(around, &effect, 400),
        Kind::Partial => {
            request.extensions_mut().insert(Injected::Partial);
            next.run(request).await
        }
        Kind::Lock => {
            request.extensions_mut().insert(Injected::Lock);
            next.run(request).await
        }
    }
}

fn system_fault(around: &Around, effect: &Effect, usual: u16) -> Response<Body> {
    let FaultAnswer { status, headers, body } =
        around.system.fault(effect.status.unwrap_or(usual), effect.code.as_deref());
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *answer.headers_mut() = headers;
    answer
}

fn cut(peer: Option<Peer>) -> Response<Body> {
    if let Some(peer) = peer {
        peer.cut();
    }
    let lost = stream::iter([Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))]);
    let mut answer = Response::new(Body::from_stream(lost));
    answer.extensions_mut().insert(Dropped);
    answer
}

/// Announces the whole length, sends half, and breaks off.
async fn truncate(answer: Response<Body>) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let broken = async {
        // The first half must be on the wire before the break.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    };
    let pieces = stream::once(async { Ok(half) }).chain(stream::once(broken));
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// Keeps status and headers, and replaces the body by something no decoder accepts.
fn garbage(answer: Response<Body>) -> Response<Body> {
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_ENCODING);
    let body: &[u8] = b"<html><body>\xff\xfe{\"records\":[{\"Id\":\x00</body>";
    Response::from_parts(parts, Body::from(body))
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = status;
    answer
}
