//! A request as the org's handlers see it, and their answer.

use std::io::{Read as _, Write as _};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::error::ApiError;
use crate::sandbox::system::Injected;

/// Answers below this size are not worth compressing.
const SMALL: usize = 1024;

/// The largest body after decompression.
const LARGEST: u64 = 256 << 20;

/// One request, or one part of a composite one.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: String,
    /// The decoded segments of the path, empty ones left out.
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) injected: Option<Injected>,
}

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// What handlers give back.
pub(super) type Handled = Result<Answer, Vec<ApiError>>;

impl Call {
    /// Reads method and target; a `_HttpMethod` parameter takes the place of POST.
    pub(super) fn new(method: &str, target: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let instead = query.iter().find(|(key, _)| key == "_HttpMethod").map(|(_, value)| value.clone());
        let method = instead.filter(|_| method == "POST").unwrap_or_else(|| method.to_owned());
        let path = path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect();
        Self { method, path, query, headers, body, injected: None }
    }

    /// The first query parameter with this name.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The text of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Result<Value, ApiError> {
        if let Some(kind) = self.header("content-type")
            && !["json", "text/plain"].iter().any(|known| kind.contains(known))
        {
            let message = "Content-Type header specified in HTTP request is not supported";
            return Err(ApiError::new(415, "UNSUPPORTED_MEDIA_TYPE", format!("{message}: {kind}")));
        }
        serde_json::from_slice(&self.body).map_err(|error| {
            let message =
                format!("Unexpected character at [line:{}, column:{}]", error.line(), error.column());
            ApiError::json(message)
        })
    }

    /// The body as a form, with the parameters of the query.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        let body = url::form_urlencoded::parse(&self.body).into_owned();
        body.chain(self.query.iter().cloned()).collect()
    }

    /// Takes the compression off the body.
    pub(super) fn inflate(&mut self) -> Result<(), ApiError> {
        if !self.header("content-encoding").is_some_and(|encoding| encoding.contains("gzip")) {
            return Ok(());
        }
        let mut plain = Vec::new();
        let read = GzDecoder::new(&*self.body).take(LARGEST).read_to_end(&mut plain);
        read.map_err(|_| ApiError::new(400, "INVALID_INPUT", "The request body is not a gzip stream"))?;
        self.body = plain.into();
        Ok(())
    }
}

impl Answer {
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        Self { status, headers, body: body.into() }
    }

    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::raw_json(status, body.to_string().into_bytes())
    }

    pub(super) fn raw_json(status: u16, body: Vec<u8>) -> Self {
        Self::new(status, "application/json;charset=UTF-8", body)
    }

    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: HeaderMap::new(), body: Vec::new() }
    }

    pub(super) fn errors(errors: &[ApiError]) -> Self {
        let status = errors.first().map_or(500, |error| error.status);
        Self::json(status, &errors.iter().map(ApiError::body).collect())
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// The answer on the wire, compressed where that was asked for and pays.
    pub(super) fn respond(mut self, gzip: bool) -> Response<Body> {
        if gzip && self.body.len() > SMALL {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.body.len() / 4), Compression::fast());
            let done = encoder.write_all(&self.body).and_then(|()| encoder.finish());
            if let Ok(compressed) = done {
                self.body = compressed;
                self.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                self.headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
            }
        }
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = self.headers;
        response
    }
}

/// Takes the percent encoding off a segment of a path.
fn decoded(segment: &str) -> String {
    // A plus stands for itself in a path.
    let parameter = format!("x={}", segment.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(parameter.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
