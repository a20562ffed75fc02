//! Authorising an app in a browser, and what the code that comes back is worth: a token that lasts until the app is
//! uninstalled or its user leaves the account. There is none to renew it with, and no address to withdraw it at.
//!
//! Knows monday's addresses and scopes; what goes for every such flow is in `oauth`.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded;

use crate::domain::connection::{Access, App, Connection, MONDAY_SCOPES};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::ConnectionId;
use crate::ports::{Consent, Presented, Redeemed, SecretName, Vault};
use crate::remote::call::{Caller, Trouble};
use crate::remote::oauth;

/// What is asked for beside what is needed: to be told of changes where we can be reached.
const HOOK_SCOPES: [&str; 2] = ["webhooks:read", "webhooks:write"];

/// The app of a connection, for which a person agrees.
pub struct Authoriser {
    connection: ConnectionId,
    app: App,
    vault: Arc<dyn Vault>,
    caller: Caller,
}

/// What the token endpoint gives.
#[derive(Deserialize)]
struct Token {
    access_token: String,
    scope: Option<String>,
}

impl Authoriser {
    /// Returns what authorises a connection; `None` when it is another system's, or no app is to do so.
    pub fn new(connection: &Connection, vault: Arc<dyn Vault>, caller: Caller) -> Option<Self> {
        let Access::Monday { .. } = &connection.access else { return None };
        let app = connection.more.app.clone()?;
        Some(Self { connection: connection.id.clone(), app, vault, caller })
    }

    /// Returns where a person agrees.
    pub fn consent(&self, callback: &str) -> Result<Consent, Failure> {
        let state = oauth::unguessable::<24>()?;
        let scopes: Vec<_> = MONDAY_SCOPES.into_iter().chain(HOOK_SCOPES).collect();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.app.client_id)
            .append_pair("redirect_uri", callback)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", &state)
            .finish();
        let url = format!("{}/oauth2/authorize?{query}", self.app.auth_url);
        // This flow knows no challenge: the secret of the app proves who redeems the code.
        Ok(Consent { url, state, short: oauth::short()?, verifier: String::new().into() })
    }

    /// Exchanges what came back for a token, which is not kept yet.
    pub async fn redeem(&self, presented: Presented) -> Result<Redeemed, Failure> {
        let (code, callback) = match presented {
            Presented::Code { code, callback, .. } => (code, callback),
            Presented::Declined { error, description } => return Err(oauth::declined(&error, &description)),
            Presented::Token(token) => return Ok(redeemed(token, None)),
        };
        let request = self.exchange(&code, &callback)?;
        let reply = self.caller.call(request).await.map_err(Trouble::failure)?;
        let token: Token = oauth::granted(&reply)?;
        Ok(redeemed(token.access_token.into(), token.scope.as_deref()))
    }

    fn exchange(&self, code: &SecretString, callback: &str) -> Result<Request<Bytes>, Failure> {
        let secret = self.vault.get(&self.name("client_secret"));
        let secret = secret.ok_or_else(|| oauth::no_credentials("client_secret"))?;
        let body = json!({
            "client_id": &*self.app.client_id, "client_secret": secret.expose_secret(),
            "code": code.expose_secret(), "redirect_uri": callback,
        });
        Request::post(format!("{}/oauth2/token", self.app.auth_url))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(Bytes::from(body.to_string()))
            .map_err(|error| {
                Failure::new(Kind::Connection, Class::Auth, "invalid_request", &error.to_string())
            })
    }

    /// Makes what was redeemed the token in use.
    pub fn adopt(&self, redeemed: &Redeemed) -> Result<(), Failure> {
        for (what, secret) in &redeemed.secrets {
            self.vault.put(&self.name(what), secret.clone()).map_err(|error| {
                Failure::new(Kind::Transient, Class::Bug, oauth::VAULT, &error.to_string())
            })?;
        }
        Ok(())
    }

    fn name(&self, what: &'static str) -> SecretName {
        SecretName { connection: self.connection.clone(), what }
    }
}

fn redeemed(token: SecretString, scope: Option<&str>) -> Redeemed {
    let told = scope.unwrap_or_default().split([' ', ',']).filter(|scope| !scope.is_empty());
    let scopes: Vec<Arc<str>> = told.map(Arc::from).collect();
    let missing = |scope: &&str| !scopes.iter().any(|held| &**held == *scope);
    // Where nothing is told of the rights, using them will tell.
    let lacking =
        if scopes.is_empty() { Vec::new() } else { MONDAY_SCOPES.into_iter().filter(missing).collect() };
    // The token tells nothing of the account: whoever redeems it asks with it.
    Redeemed {
        org_id: None,
        lacking: lacking.into_iter().map(Arc::from).collect(),
        scopes,
        secrets: vec![("token", token)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::testing::{Drawer, Next, Sent, monday, ok, script};

    fn authoriser(answers: Vec<Next>) -> (Authoriser, Arc<Drawer>, Sent) {
        let (caller, sent) = script(answers);
        let vault = Drawer::holding(&[("client_secret", "s3cret"), ("token", "old")]);
        let connection = monday();
        (Authoriser::new(&connection, vault.clone(), caller).unwrap(), vault, sent)
    }

    fn held(drawer: &Drawer) -> String {
        let name = SecretName { connection: monday().id, what: "token" };
        drawer.get(&name).unwrap().expose_secret().to_owned()
    }

    #[test]
    fn the_address_asks_for_what_is_used_and_carries_no_secret() {
        let (authoriser, ..) = authoriser(Vec::new());
        let consent = authoriser.consent("http://localhost:1717/callback").unwrap();
        let url = url::Url::parse(&consent.url).unwrap();
        let value = |key: &str| url.query_pairs().find(|(k, _)| k == key).unwrap().1.into_owned();
        assert_eq!((url.host_str(), url.path()), (Some("auth.example"), "/oauth2/authorize"));
        assert_eq!((value("client_id"), value("state")), ("app".into(), consent.state.clone()));
        assert!(value("scope").split(' ').any(|scope| scope == "boards:write"));
        assert!(consent.state.len() * 6 >= 128 && !consent.url.contains("s3cret"));
        assert_ne!(authoriser.consent("x").unwrap().state, consent.state);
    }

    #[tokio::test]
    async fn what_is_redeemed_is_kept_only_when_adopted() {
        let body = r#"{"access_token":"new","token_type":"Bearer","scope":"me:read boards:read boards:write users:read"}"#;
        let (authoriser, vault, sent) = authoriser(vec![ok(body)]);
        let presented = Presented::Code {
            code: "c0de".to_owned().into(),
            verifier: String::new().into(),
            callback: "http://localhost:1717/callback".into(),
        };
        let redeemed = authoriser.redeem(presented).await.unwrap();
        let body: serde_json::Value = serde_json::from_str(&sent.lock().unwrap()[0].1).unwrap();
        assert_eq!((&body["code"], &body["client_secret"]), (&json!("c0de"), &json!("s3cret")));
        assert_eq!(redeemed.lacking, ["account:read".into()]);
        assert_eq!(held(&vault), "old");
        authoriser.adopt(&redeemed).unwrap();
        assert_eq!(held(&vault), "new");
    }

    #[tokio::test]
    async fn a_refusal_on_the_page_costs_no_call() {
        let (authoriser, _, sent) = authoriser(Vec::new());
        let declined = Presented::Declined { error: "access_denied".into(), description: String::new() };
        let failure = authoriser.redeem(declined).await.unwrap_err();
        assert_eq!((&*failure.code, failure.class), ("access_denied", Class::Auth));
        assert!(sent.lock().unwrap().is_empty());
    }
}
