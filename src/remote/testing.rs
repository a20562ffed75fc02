//! What the tests of the clients share: a clock that stands still, a vault in memory, a scripted server.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};

use super::call::Caller;
use super::http::{InMemory, SendError};
use crate::domain::connection::{Access, App, Connection, Grant, More};
use crate::domain::id::ConnectionId;
use crate::domain::time::Stamp;
use crate::ports::{Clock, SecretName, Vault, VaultError};

/// A clock that stands still.
pub(super) struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Stamp {
        Stamp(1_000_000)
    }
}

/// A vault in memory.
#[derive(Default)]
pub(super) struct Drawer(Mutex<BTreeMap<SecretName, String>>);

impl Drawer {
    /// Returns the vault of connection `c` with these secrets.
    pub(super) fn holding(secrets: &[(&'static str, &str)]) -> Arc<Self> {
        let name = |what| SecretName { connection: "c".into(), what };
        let secrets = secrets.iter().map(|(what, secret)| (name(*what), (*secret).to_owned())).collect();
        Arc::new(Self(Mutex::new(secrets)))
    }
}

impl Vault for Drawer {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        self.0.lock().unwrap().get(name).map(|secret| secret.clone().into())
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.0.lock().unwrap().insert(name.clone(), secret.expose_secret().to_owned());
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

/// What a scripted server answers next.
pub(super) type Next = Result<(u16, String), SendError>;

/// What a scripted server was sent: method with path and query, and body.
pub(super) type Sent = Arc<Mutex<Vec<(String, String)>>>;

/// Returns an answer with status 200.
#[expect(clippy::unnecessary_wraps, reason = "it stands in a list beside answers that never came")]
pub(super) fn ok(body: impl Into<String>) -> Next {
    Ok((200, body.into()))
}

/// Returns a caller whose server answers from a list.
pub(super) fn script(answers: impl IntoIterator<Item = Next>) -> (Caller, Sent) {
    let sent = Sent::default();
    let answers = Arc::new(Mutex::new(answers.into_iter().collect::<VecDeque<_>>()));
    let seen = Arc::clone(&sent);
    let http = InMemory::new(move |request: http::Request<Bytes>| {
        let line = format!("{} {}", request.method(), request.uri().path_and_query().unwrap());
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        seen.lock().unwrap().push((line.clone(), body));
        let next = answers.lock().unwrap().pop_front().unwrap_or_else(|| panic!("one call too many: {line}"));
        Box::pin(async move {
            next.map(|(status, body)| {
                let mut reply = Response::new(Bytes::from(body));
                *reply.status_mut() = StatusCode::from_u16(status).unwrap();
                let headers = reply.headers_mut();
                headers.insert("date", "Sat, 22 Nov 2025 09:41:07 GMT".parse().unwrap());
                headers.insert("sforce-limit-info", "api-usage=18/5000".parse().unwrap());
                reply
            })
        })
    });
    (Caller::new(Arc::new(http), Arc::new(Fixed), 4), sent)
}

/// Returns a connection `c` to a Salesforce org.
pub(super) fn salesforce() -> Connection {
    Connection::new(
        "c",
        "default",
        Access::Salesforce {
            login_url: "https://login.example".into(),
            client_id: "key".into(),
            grant: Grant::RefreshToken,
            version: "62.0".into(),
            sandbox: false,
            doubt_ms: 600_000,
        },
        Stamp(0),
        "me",
    )
}

/// Returns a connection `c` to a monday account, with an app to authorise it in a browser.
pub(super) fn monday() -> Connection {
    let access = Access::Monday {
        url: "https://api.example/v2".into(),
        version: "2026-10".into(),
        doubt_ms: 60_000,
        phone_country: None,
    };
    let app = App { auth_url: "https://auth.example".into(), client_id: "app".into() };
    Connection { access, more: More { app: Some(app), ..More::default() }, ..salesforce() }
}
