//! Where browsers come back to: a listener on loopback, there only while somebody is awaited, or all the time where
//! systems tell their changes by calling it.
//!
//! It answers three things: the call-back of an authorisation, the short link that leads to one, and webhooks to
//! addresses that were given out. It never shows a code, a state or a token.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use tokio::net::TcpListener;

use crate::control::protocol::Refusal;
use crate::engine::Engine;
use crate::remote::monday::Hooks;
use crate::words::safe::visible;
use crate::words::{Arg, Words};

/// The longest address of a visitor that is remembered.
const LONGEST_ADDRESS: usize = 45;

/// The most that a webhook may send.
const LONGEST_HOOK: usize = 256 * 1024;

/// How long nobody listens after the port was found taken.
const TAKEN: std::time::Duration = std::time::Duration::from_secs(30);

struct Porch {
    engine: Engine,
    words: Words,
    hooks: Option<Arc<Hooks>>,
}

/// Listens whenever the engine awaits a browser, and always where webhooks are awaited, as long as the engine lives.
pub(super) async fn serve(engine: Engine, words: Words, hooks: Option<Arc<Hooks>>) {
    let port = engine.callback().port;
    let mut moves = engine.authorisations();
    let always = hooks.is_some();
    let porch = Arc::new(Porch { engine: engine.clone(), words, hooks });
    loop {
        if !always && !engine.awaits_callback() {
            if moves.changed().await.is_err() {
                return;
            }
            continue;
        }
        let listeners = listeners(port).await;
        if listeners.is_empty() {
            // The address can still be pasted.
            tracing::warn!(port, "nobody can listen at the call-back port: another program has it");
            if always {
                tokio::time::sleep(TAKEN).await;
                continue;
            }
        }
        let serving = listeners.into_iter().map(|listener| {
            let (porch, engine) = (Arc::clone(&porch), engine.clone());
            tokio::spawn(async move {
                let app = router(porch).into_make_service_with_connect_info::<SocketAddr>();
                let over = async move { over(&engine, always).await };
                if let Err(error) = axum::serve(listener, app).with_graceful_shutdown(over).await {
                    tracing::warn!(%error, "the call-back listener ended");
                }
            })
        });
        for task in serving.collect::<Vec<_>>() {
            if let Err(error) = task.await {
                tracing::warn!(%error, "the call-back listener ended badly");
            }
        }
        over(&engine, always).await;
    }
}

/// A browser that is sent to `localhost` may try either kind of address first.
async fn listeners(port: u16) -> Vec<TcpListener> {
    let mut listeners = Vec::new();
    for address in
        [SocketAddr::from((Ipv4Addr::LOCALHOST, port)), SocketAddr::from((Ipv6Addr::LOCALHOST, port))]
    {
        listeners.extend(TcpListener::bind(address).await);
    }
    listeners
}

/// Returns when nobody is awaited any more: never where systems may call at any time.
async fn over(engine: &Engine, always: bool) {
    if always {
        return std::future::pending().await;
    }
    let mut moves = engine.authorisations();
    while engine.awaits_callback() {
        tokio::select! {
            _ = moves.changed() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

fn router(porch: Arc<Porch>) -> Router {
    Router::new()
        .route("/callback", get(called_back))
        .route("/r/{short}", get(short))
        .route("/hooks/{secret}", post(hooked))
        .layer(DefaultBodyLimit::max(LONGEST_HOOK))
        .with_state(porch)
}

/// A system tells of a change. Who calls an address that was never given out, or is over, learns only that.
async fn hooked(State(porch): State<Arc<Porch>>, Path(secret): Path<String>, body: Bytes) -> Response {
    match porch.hooks.as_ref().and_then(|hooks| hooks.called(&secret, &body)) {
        Some(answer) => Json(answer).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The browser comes back with an answer.
async fn called_back(State(porch): State<Arc<Porch>>, RawQuery(query): RawQuery) -> Response {
    let (whose, settled) = porch.engine.called_back(&query.unwrap_or_default()).await;
    match settled {
        Ok(()) => {
            let id = whose.map(|id| id.to_string()).unwrap_or_default();
            porch.page(StatusCode::OK, "callback-done", &[("id", (&id).into())], None)
        }
        Err(error) => {
            let refusal = Refusal::of_act(&error, &porch.words);
            porch.page(
                StatusCode::BAD_REQUEST,
                "callback-refused",
                &[("why", (&refusal.message).into())],
                None,
            )
        }
    }
}

/// A person opens the short link: they see for which org and on whose behalf before they go on.
async fn short(
    State(porch): State<Arc<Porch>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(short): Path<String>,
    headers: HeaderMap,
) -> Response {
    match porch.engine.link_opened(&short, &visitor(peer, &headers)) {
        Some(case) => {
            let org = case.org.as_deref().unwrap_or("?");
            let system = case.system.title();
            let pairs = [("org", org.into()), ("who", (&*case.by.who).into()), ("system", system.into())];
            porch.page(StatusCode::OK, "callback-link", &pairs, Some((system, &case.consent.url)))
        }
        None => porch.page(StatusCode::NOT_FOUND, "callback-gone", &[], None),
    }
}

/// Returns from where the link was opened: as the machine in front tells it, where there is one.
fn visitor(peer: SocketAddr, headers: &HeaderMap) -> String {
    let told = headers.get("x-forwarded-for").and_then(|told| told.to_str().ok());
    // Only the last entry was written by the machine in front.
    let told = told.and_then(|told| told.rsplit(',').next()).map(str::trim);
    let address = |text: &&str| text.parse::<std::net::IpAddr>().is_ok();
    told.filter(address)
        .map_or_else(|| peer.ip().to_string(), |told| told.chars().take(LONGEST_ADDRESS).collect())
}

impl Porch {
    fn page(
        &self,
        status: StatusCode,
        key: &str,
        pairs: &[(&str, Arg<'_>)],
        to: Option<(&str, &str)>,
    ) -> Response {
        let said = quoted(&visible(&self.words.say_with(key, pairs)));
        let link = to.map(|(system, to)| {
            let label = quoted(&self.words.say_with("callback-go-on", &[("system", system.into())]));
            format!("<p><a rel=\"noreferrer\" href=\"{}\">{label}</a></p>", quoted(to))
        });
        let page = format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>syncdeck</title></head>\
             <body><p>{said}</p>{}</body></html>\n",
            self.words.lang().code(),
            link.unwrap_or_default()
        );
        let headers = [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (status, headers, Html(page)).into_response()
    }
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitor_is_told_by_the_machine_in_front() {
        let peer: SocketAddr = "127.0.0.1:5".parse().unwrap();
        let told = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", value.parse().unwrap());
            visitor(peer, &headers)
        };
        assert_eq!(told("1.2.3.4, 10.0.0.7"), "10.0.0.7");
        assert_eq!(told("<script>"), "127.0.0.1");
        assert_eq!(visitor(peer, &HeaderMap::new()), "127.0.0.1");
    }
}
