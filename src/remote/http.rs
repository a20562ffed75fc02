//! The one way out: a request goes, a whole answer comes, or it is known whether the request was sent.
//!
//! That last distinction is why this port exists: what was never sent may simply be sent again, what may have
//! been sent must be looked up first.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Once;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::future::BoxFuture;
use http::{Request, Response, Uri};

/// The most that is read of an answer; more than this no page of any system needs.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How long a call may take in all, unless the request carries a [`Deadline`].
const DEADLINE: Duration = Duration::from_mins(2);

/// Sends requests. Object safe, so that everything above it is compiled once.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends a request and returns the whole answer, whatever its status.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError>;
}

/// How long one request may take in all; goes into the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Duration);

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SendError {
    /// Nothing was sent: no connection could be made.
    #[error("not sent: {why}")]
    NotSent {
        /// What was in the way.
        why: String,
    },
    /// It may have been sent, and carried out.
    #[error("no answer: {why}")]
    Unknown {
        /// What happened instead of an answer.
        why: String,
        /// Whether the time ran out.
        timeout: bool,
    },
}

/// The network.
pub struct Wire {
    outside: Result<reqwest::Client, SendError>,
    loopback: Result<reqwest::Client, SendError>,
}

impl Wire {
    /// Returns a client for all hosts, which presents itself as `user_agent`.
    pub fn new(user_agent: &str) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // An error says that somebody else has installed one already.
            drop(rustls::crypto::ring::default_provider().install_default());
        });
        Self { outside: client(user_agent, true), loopback: client(user_agent, false) }
    }
}

fn client(user_agent: &str, proxy: bool) -> Result<reqwest::Client, SendError> {
    let builder = || {
        let builder = reqwest::Client::builder()
            .user_agent(user_agent)
            // A token must never follow a redirect to another host.
            .redirect(reqwest::redirect::Policy::none())
            // What is sent again is decided above, where it is known what the request does.
            .retry(reqwest::retry::never())
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(Duration::from_mins(1))
            .tcp_keepalive(Duration::from_secs(30));
        if proxy { builder } else { builder.no_proxy() }
    };
    // A machine without CA certificates can still talk to the sandbox on its own loopback address.
    let without_roots = |error: reqwest::Error| {
        tracing::warn!(%error, "no certificates of this machine could be read; https will be refused");
        builder().tls_certs_only([]).build()
    };
    builder().build().or_else(without_roots).map_err(|error| not_sent(&error))
}

#[async_trait]
impl Http for Wire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        let here = is_loopback(request.uri());
        if !here && request.uri().scheme_str() != Some("https") {
            return Err(SendError::NotSent { why: "only https is spoken to other machines".to_owned() });
        }
        let deadline = request.extensions().get::<Deadline>().map_or(DEADLINE, |deadline| deadline.0);
        let mut request = reqwest::Request::try_from(request).map_err(|error| not_sent(&error))?;
        *request.timeout_mut() = Some(deadline);
        let client = if here { &self.loopback } else { &self.outside };
        let client = client.as_ref().map_err(Clone::clone)?;
        let mut answer = client.execute(request).await.map_err(|error| {
            if error.is_connect() || error.is_builder() { not_sent(&error) } else { unknown(&error) }
        })?;
        let mut body = BytesMut::new();
        while let Some(part) = answer.chunk().await.map_err(|error| unknown(&error))? {
            if body.len() + part.len() > MOST_BYTES {
                let why = format!("the answer is longer than {MOST_BYTES} bytes");
                return Err(SendError::Unknown { why, timeout: false });
            }
            body.extend_from_slice(&part);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

/// Returns whether a URI names this machine, by address or as `localhost`.
pub fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or("");
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn not_sent(error: &reqwest::Error) -> SendError {
    SendError::NotSent { why: innermost(error) }
}

fn unknown(error: &reqwest::Error) -> SendError {
    SendError::Unknown { why: innermost(error), timeout: error.is_timeout() }
}

/// Returns the words of the last cause: those of the outer ones carry the address with its query.
fn innermost(error: &reqwest::Error) -> String {
    let mut last: &dyn Error = match error.source() {
        Some(source) => source,
        None => return "the request could not be made".to_owned(),
    };
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// A server in this process, for simulation and tests: any async function from request to answer.
pub struct InMemory<F>(F);

impl<F> InMemory<F>
where
    F: Fn(Request<Bytes>) -> BoxFuture<'static, Result<Response<Bytes>, SendError>> + Send + Sync,
{
    /// Returns a server that answers with `answer`.
    pub fn new(answer: F) -> Self {
        Self(answer)
    }
}

#[async_trait]
impl<F> Http for InMemory<F>
where
    F: Fn(Request<Bytes>) -> BoxFuture<'static, Result<Response<Bytes>, SendError>> + Send + Sync,
{
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        (self.0)(request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(uri: &str) -> Request<Bytes> {
        Request::get(uri).body(Bytes::new()).unwrap()
    }

    #[test]
    fn this_machine_is_known_by_address() {
        for (uri, here) in [
            ("http://127.0.0.1:8080/x", true),
            ("http://127.9.9.9/x", true),
            ("http://[::1]:80/x", true),
            ("http://localhost:1/x", true),
            ("http://localhost.evil.example/x", false),
            ("http://10.0.0.1/x", false),
        ] {
            assert_eq!(is_loopback(&uri.parse().unwrap()), here, "{uri}");
        }
    }

    #[test]
    fn a_machine_without_certificates_still_has_a_client() {
        drop(Wire::new("test"));
        assert!(reqwest::Client::builder().tls_certs_only([]).build().is_ok());
    }

    #[tokio::test]
    async fn other_machines_hear_nothing_in_the_clear() {
        let answer = Wire::new("test").send(get("http://example.com/")).await;
        assert!(matches!(answer, Err(SendError::NotSent { .. })), "{answer:?}");
    }

    #[tokio::test]
    async fn a_refused_connection_was_not_sent_and_a_torn_one_may_have_been() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let tearing = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut bytes = [0; 64];
            let read = tokio::io::AsyncReadExt::read(&mut socket, &mut bytes).await.unwrap();
            assert!(read > 0);
        });
        let wire = Wire::new("test");
        let torn = wire.send(get(&format!("http://{address}/"))).await;
        assert!(matches!(torn, Err(SendError::Unknown { timeout: false, .. })), "{torn:?}");
        tearing.await.unwrap();
        let refused = wire.send(get(&format!("http://{address}/"))).await;
        assert!(matches!(refused, Err(SendError::NotSent { .. })), "{refused:?}");
    }
}
