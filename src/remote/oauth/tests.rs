use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use http::{Response, StatusCode};

use super::super::http::InMemory;
use super::*;
use crate::ports::{Clock, VaultError};

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Stamp {
        Stamp(1_000_000)
    }
}

#[derive(Default)]
struct Drawer {
    secrets: Brief<BTreeMap<SecretName, String>>,
    order: Brief<Vec<&'static str>>,
    full: AtomicBool,
}

impl Drawer {
    fn holding(secrets: &[(&'static str, &str)]) -> Arc<Self> {
        let drawer = Self::default();
        for (what, secret) in secrets {
            drawer.secrets.lock().unwrap().insert(name(what), (*secret).to_owned());
        }
        Arc::new(drawer)
    }

    fn read(&self, what: &'static str) -> Option<String> {
        self.secrets.lock().unwrap().get(&name(what)).cloned()
    }
}

impl Vault for Drawer {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        self.secrets.lock().unwrap().get(name).map(|secret| secret.clone().into())
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(VaultError { path: "drawer".into(), why: "full".into() });
        }
        self.order.lock().unwrap().push(name.what);
        self.secrets.lock().unwrap().insert(name.clone(), secret.expose_secret().to_owned());
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

fn name(what: &'static str) -> SecretName {
    SecretName { connection: "c".into(), what }
}

fn connection(grant: Grant) -> Connection {
    Connection::new(
        "c",
        "default",
        Access::Salesforce {
            login_url: "https://login.example/".into(),
            client_id: "key".into(),
            grant,
            version: "62.0".into(),
            sandbox: false,
            doubt_ms: 600_000,
        },
        Stamp(0),
        "me",
    )
}

/// A token endpoint that answers from a list and remembers what it was sent.
struct Endpoint {
    answers: Brief<Vec<(u16, String)>>,
    sent: Arc<Brief<Vec<String>>>,
}

fn tokens(
    grant: Grant,
    drawer: &Arc<Drawer>,
    answers: &[(u16, &str)],
) -> (Arc<Tokens>, Arc<Brief<Vec<String>>>) {
    let sent: Arc<Brief<Vec<String>>> = Arc::default();
    let answers = answers.iter().rev().map(|(status, body)| (*status, (*body).to_owned())).collect();
    let endpoint = Arc::new(Endpoint { answers: Brief::new(answers), sent: Arc::clone(&sent) });
    let http = InMemory::new(move |request: Request<Bytes>| {
        assert_eq!(request.uri(), "https://login.example/services/oauth2/token");
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        endpoint.sent.lock().unwrap().push(body);
        let (status, body) = endpoint.answers.lock().unwrap().pop().expect("one call too many");
        Box::pin(async move {
            tokio::task::yield_now().await;
            let mut reply = Response::new(Bytes::from(body));
            *reply.status_mut() = StatusCode::from_u16(status).unwrap();
            Ok(reply)
        })
    });
    let caller = Caller::new(Arc::new(http), Arc::new(Fixed), 1);
    let vault: Arc<dyn Vault> = drawer.clone();
    (Arc::new(Tokens::new(&connection(grant), vault, caller).unwrap()), sent)
}

const ROTATED: &str = r#"{"access_token":"00D!new","refresh_token":"5Aep2","instance_url":"https://acme.my.salesforce.com/","id":"https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001SwiUAAS","token_type":"Bearer","issued_at":"1278448384422","signature":"x","scope":"api id"}"#;

#[tokio::test]
async fn a_rotated_token_is_durable_before_the_new_session_is_used() {
    let drawer = Drawer::holding(&[("refresh_token", "5Aep1"), ("client_secret", "s")]);
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[(200, ROTATED)]);
    let session = tokens.session().await.unwrap();
    assert_eq!(session.instance_url, "https://acme.my.salesforce.com");
    assert_eq!(session.access_token.expose_secret(), "00D!new");
    assert_eq!(*drawer.order.lock().unwrap(), ["refresh_token", "instance_url", "access_token"]);
    assert_eq!(drawer.read("refresh_token").as_deref(), Some("5Aep2"));
    assert_eq!(
        *sent.lock().unwrap(),
        ["client_id=key&grant_type=refresh_token&refresh_token=5Aep1&client_secret=s"]
    );
}

#[tokio::test]
async fn a_session_in_the_vault_costs_no_call() {
    let drawer = Drawer::holding(&[("access_token", "00D!old"), ("instance_url", "https://a.example")]);
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[]);
    assert_eq!(tokens.session().await.unwrap().access_token.expose_secret(), "00D!old");
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn many_callers_share_one_refresh() {
    let drawer = Drawer::holding(&[
        ("access_token", "00D!old"),
        ("instance_url", "https://a.example"),
        ("refresh_token", "5Aep1"),
    ]);
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[(200, ROTATED)]);
    let old = tokens.session().await.unwrap();
    let renewals = (0..16).map(|_| {
        let (tokens, old) = (Arc::clone(&tokens), Arc::clone(&old));
        async move { tokens.renew(Some(&old)).await.unwrap().access_token.expose_secret().to_owned() }
    });
    let got = futures::future::join_all(renewals).await;
    assert!(got.iter().all(|token| token == "00D!new"));
    assert_eq!(sent.lock().unwrap().len(), 1);
    // Whoever comes late with the old session gets the new one without a call.
    tokens.renew(Some(&old)).await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_never_presented_again() {
    let drawer = Drawer::holding(&[("refresh_token", "5Aep1")]);
    let refusal = r#"{"error":"invalid_grant","error_description":"expired access/refresh token"}"#;
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[(400, refusal), (200, ROTATED)]);
    for _ in 0..3 {
        let failure = tokens.session().await.unwrap_err();
        assert_eq!((failure.kind, failure.class), (Kind::Connection, Class::Auth));
        assert_eq!((&*failure.code, &*failure.message), ("invalid_grant", "expired access/refresh token"));
    }
    assert_eq!(sent.lock().unwrap().len(), 1);
    // A person has authorised again.
    drawer.put(&name("refresh_token"), "5Aep9".to_owned().into()).unwrap();
    tokens.session().await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn callers_that_waited_for_a_failed_refresh_share_its_failure() {
    let drawer = Drawer::holding(&[("refresh_token", "5Aep1")]);
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[(503, "<html>down</html>")]);
    let waiting = (0..8).map(|_| tokens.renew(None));
    for result in futures::future::join_all(waiting).await {
        let failure = result.unwrap_err();
        assert_eq!((failure.kind, &*failure.code), (Kind::Transient, "HTTP_503"));
    }
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_that_the_vault_did_not_take_is_not_lost() {
    let drawer = Drawer::holding(&[("refresh_token", "5Aep1")]);
    let (tokens, sent) = tokens(Grant::RefreshToken, &drawer, &[(200, ROTATED), (200, ROTATED)]);
    drawer.full.store(true, Ordering::SeqCst);
    assert_eq!(&*tokens.session().await.unwrap_err().code, VAULT);
    drawer.full.store(false, Ordering::SeqCst);
    tokens.session().await.unwrap();
    assert!(sent.lock().unwrap()[1].contains("refresh_token=5Aep2"));
}

#[tokio::test]
async fn a_token_of_another_org_is_not_used() {
    let drawer = Drawer::holding(&[("client_secret", "s")]);
    let (tokens, sent) = tokens(Grant::ClientCredentials, &drawer, &[(200, ROTATED)]);
    tokens.pin(Some("00Dyy0000001gPLEAY".into()));
    assert_eq!(&*tokens.session().await.unwrap_err().code, OTHER_ORG);
    assert_eq!(*sent.lock().unwrap(), ["client_id=key&grant_type=client_credentials&client_secret=s"]);
}

#[test]
fn refusals_are_told_apart() {
    for (error, description, kind, class) in [
        ("invalid_grant", "ip restricted", Kind::Connection, Class::Perm),
        ("invalid_grant", "user hasn't approved this consumer", Kind::Connection, Class::Perm),
        ("invalid_grant", "inactive user", Kind::Connection, Class::Auth),
        ("invalid_client", "invalid client credentials", Kind::Connection, Class::Auth),
        ("invalid_client", "app must be installed into org", Kind::Connection, Class::Perm),
        ("rate_limit_exceeded", "login rate exceeded", Kind::Transient, Class::Limit),
        ("something_new", "", Kind::Connection, Class::Auth),
    ] {
        assert_eq!(meaning(error, description), (kind, class), "{error} {description}");
    }
    assert_eq!(
        refusal(b"error=invalid_request&error_description=no+token"),
        Some(("invalid_request".into(), "no token".into()))
    );
}
