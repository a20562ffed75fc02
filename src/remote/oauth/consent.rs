//! The web server flow with PKCE: where a person agrees in a browser, and what the code that comes back is worth.
//!
//! Nothing that is redeemed here touches the tokens in use before [`Tokens::adopt`].

use std::sync::{Arc, Mutex as Brief, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::Request;
use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;

use super::{Granted, Session, Tokens, declined, granted, rights, trimmed, who};
use crate::domain::connection::Grant;
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::ConnectionId;
use crate::ports::{Consent, Presented, Redeemed, SecretName, Vault, VaultError, not_by_browser};
use crate::remote::call::{self, Trouble};

/// What is asked for: data, who the user is, and to go on without them.
const SCOPES: &str = "api id refresh_token";

/// The letters of a short link's name.
const LETTERS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// How many letters a short link's name has.
const SHORT: usize = 6;

impl Tokens {
    /// Returns where a person agrees.
    pub fn consent(&self, callback: &str) -> Result<Consent, Failure> {
        if self.grant != Grant::RefreshToken {
            return Err(not_by_browser());
        }
        let (state, verifier) = (unguessable::<24>()?, unguessable::<48>()?);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", callback),
            ("scope", SCOPES),
            ("state", state.as_str()),
        ]);
        if self.pkce {
            let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()));
            query.extend_pairs([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]);
        }
        let url = format!("{}/services/oauth2/authorize?{}", self.login_url, query.finish());
        Ok(Consent { url, state, short: short()?, verifier: verifier.into() })
    }

    /// Exchanges what came back for tokens, of which nothing is kept yet.
    pub async fn redeem(&self, presented: Presented) -> Result<Redeemed, Failure> {
        let (request, given) = self.exchange(presented)?;
        let reply = self.caller.call(request).await.map_err(Trouble::failure)?;
        Ok(redeemed(granted(&reply)?, given))
    }

    /// Returns the call that exchanges what came back, and the refresh token where that is what came.
    fn exchange(&self, presented: Presented) -> Result<(Request<Bytes>, Option<SecretString>), Failure> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let given = match presented {
            Presented::Declined { error, description } => return Err(declined(&error, &description)),
            Presented::Code { code, verifier, callback } => {
                form.extend_pairs([
                    ("grant_type", "authorization_code"),
                    ("code", code.expose_secret()),
                    ("redirect_uri", callback.as_str()),
                ]);
                if self.pkce {
                    form.append_pair("code_verifier", verifier.expose_secret());
                }
                None
            }
            Presented::Token(token) => {
                form.extend_pairs([
                    ("grant_type", "refresh_token"),
                    ("refresh_token", token.expose_secret()),
                ]);
                Some(token)
            }
        };
        form.append_pair("client_id", &self.client_id);
        if let Some(secret) = self.get("client_secret") {
            form.append_pair("client_secret", secret.expose_secret());
        }
        Ok((self.post("token", form.finish())?, given))
    }

    /// Makes what was redeemed the tokens in use, for the org `pin`. Waits for a refresh under way to end first, and
    /// the new refresh token is durable before anything uses it.
    pub async fn adopt(&self, redeemed: Redeemed, pin: Option<Arc<str>>) -> Result<(), Failure> {
        let mut state = Arc::clone(&self.state).lock_owned().await;
        for (what, secret) in &redeemed.secrets {
            self.put(what, secret.clone())?;
        }
        self.pin(pin);
        state.unsaved = None;
        state.refused = None;
        state.last = None;
        let secret = |name| redeemed.secrets.iter().find(|(what, _)| *what == name).map(|(_, secret)| secret);
        state.session = match (secret("access_token"), secret("instance_url")) {
            (Some(token), Some(instance)) => Some(Arc::new(Session {
                access_token: token.clone(),
                instance_url: trimmed(instance.expose_secret()),
                who: None,
                scopes: redeemed.scopes.clone(),
            })),
            _ => None,
        };
        Ok(())
    }

    /// Withdraws the authorisation at the remote: the refresh token and all access tokens that came of it, or the
    /// access token alone where there is no other.
    pub async fn withdraw(&self) -> Result<(), Failure> {
        let state = self.state.lock().await;
        let held = state.unsaved.clone().or_else(|| self.get("refresh_token"));
        let token = held.or_else(|| state.session.as_ref().map(|session| session.access_token.clone()));
        let token = token.or_else(|| self.get("access_token"));
        let Some(token) = token.filter(|token| !token.expose_secret().is_empty()) else { return Ok(()) };
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token.expose_secret())
            .finish();
        let request = self.post("revoke", form)?;
        let reply = self.caller.call(request).await.map_err(Trouble::failure)?;
        if reply.status().is_success() {
            return Ok(());
        }
        // What is not valid any more is as good as withdrawn.
        match super::refusal(reply.body()) {
            Some((error, _)) if error == "invalid_token" => Ok(()),
            Some((error, said)) => Err(Failure::new(Kind::Permanent, Class::Auth, error.as_str(), &said)),
            None => Err(call::by_status(reply.status(), reply.headers()).failure()),
        }
    }
}

fn redeemed(granted: Granted, given: Option<SecretString>) -> Redeemed {
    let refresh = granted.refresh_token.map(SecretString::from).or(given);
    let scopes = rights(granted.scope.as_deref());
    let has = |wanted: &[&str]| scopes.iter().any(|scope| wanted.contains(&&**scope));
    let mut lacking = Vec::new();
    // Where nothing is told of the rights, using them will tell.
    if !scopes.is_empty() && !has(&["api", "full"]) {
        lacking.push(Arc::from("api"));
    }
    if refresh.is_none() {
        lacking.push(Arc::from("refresh_token"));
    }
    let told = granted.id.as_deref().and_then(who).map(|(org, _)| org);
    let prefix = granted.access_token.split('!').next().filter(|org| org.len() >= 15).map(str::to_owned);
    let mut secrets: Vec<(&'static str, SecretString)> = Vec::new();
    // First of all: it is the only one there is.
    secrets.extend(refresh.map(|token| ("refresh_token", token)));
    secrets.push(("instance_url", trimmed(&granted.instance_url).into()));
    secrets.push(("access_token", granted.access_token.into()));
    Redeemed { org_id: told.or(prefix).map(Arc::from), lacking, scopes, secrets }
}

/// Returns text that nobody can guess, made of so many random bytes, fit for an address.
pub(crate) fn unguessable<const N: usize>() -> Result<String, Failure> {
    random::<N>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| {
        Failure::new(Kind::Transient, Class::Bug, call::UNREADABLE, "the system gave no random numbers")
    })?;
    Ok(bytes)
}

/// Returns the name of a short link, each letter as likely as any other.
pub(crate) fn short() -> Result<String, Failure> {
    let mut name = String::new();
    while name.len() < SHORT {
        let [byte] = random::<1>()?;
        // Beyond the last whole round of the alphabet the first letters would be likelier.
        if byte < 252
            && let Some(letter) = LETTERS.get(usize::from(byte) % LETTERS.len())
        {
            name.push(char::from(*letter));
        }
    }
    Ok(name)
}

/// A vault that holds what was redeemed, for one look at who it belongs to, and takes nothing in.
pub struct Once(Brief<Vec<(&'static str, SecretString)>>);

impl Once {
    /// Returns a vault with the access token alone: nothing may be renewed out of it.
    pub fn holding(redeemed: &Redeemed) -> Self {
        let secrets = redeemed.secrets.iter().filter(|(what, _)| *what != "refresh_token");
        Self(Brief::new(secrets.cloned().collect()))
    }
}

impl Vault for Once {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(what, _)| *what == name.what).map(|(_, secret)| secret.clone())
    }

    fn put(&self, _: &SecretName, _: SecretString) -> Result<(), VaultError> {
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::testing::{Drawer, ok, salesforce, script};

    fn tokens(answers: Vec<crate::remote::testing::Next>) -> (Tokens, crate::remote::testing::Sent) {
        let (caller, sent) = script(answers);
        let vault = Drawer::holding(&[("client_secret", "s3cret"), ("refresh_token", "5Old")]);
        (Tokens::new(&salesforce(), vault, caller).unwrap(), sent)
    }

    #[test]
    fn the_address_carries_a_challenge_and_no_secret() {
        let (tokens, _) = tokens(Vec::new());
        let consent = tokens.consent("http://localhost:1717/callback").unwrap();
        let url = url::Url::parse(&consent.url).unwrap();
        let value = |key: &str| url.query_pairs().find(|(k, _)| k == key).unwrap().1.into_owned();
        assert_eq!((url.host_str(), url.path()), (Some("login.example"), "/services/oauth2/authorize"));
        assert_eq!(value("redirect_uri"), "http://localhost:1717/callback");
        assert_eq!((value("state"), value("code_challenge_method")), (consent.state.clone(), "S256".into()));
        let hash = digest::digest(&digest::SHA256, consent.verifier.expose_secret().as_bytes());
        assert_eq!(value("code_challenge"), URL_SAFE_NO_PAD.encode(hash));
        assert!((43..=128).contains(&consent.verifier.expose_secret().len()));
        assert!(consent.state.len() * 6 >= 128 && !consent.state.contains(&consent.short));
        assert!(consent.short.len() == 6 && consent.short.bytes().all(|b| LETTERS.contains(&b)));
        assert!(!consent.url.contains("s3cret") && !consent.url.contains(consent.verifier.expose_secret()));
        assert_ne!(tokens.consent("x").unwrap().state, consent.state);
    }

    #[tokio::test]
    async fn what_is_redeemed_is_kept_only_when_adopted() {
        let body = r#"{"access_token":"00D000000000001!a","refresh_token":"5New","instance_url":"https://a.example/",
            "id":"https://login.example/id/00D000000000001AAA/005000000000001AAA","scope":"refresh_token id"}"#;
        let (tokens, sent) = tokens(vec![ok(body)]);
        let presented = Presented::Code {
            code: "aPrx".to_owned().into(),
            verifier: "v".repeat(43).into(),
            callback: "http://localhost:1717/callback".into(),
        };
        let redeemed = tokens.redeem(presented).await.unwrap();
        let form = sent.lock().unwrap()[0].1.clone();
        assert!(
            form.contains("grant_type=authorization_code&code=aPrx") && form.contains("code_verifier=vvv"),
            "{form}"
        );
        assert!(
            form.contains("client_secret=s3cret"),
            "a confidential client sends its secret as well: {form}"
        );
        assert_eq!(redeemed.lacking, ["api".into()]);
        assert_eq!(redeemed.org_id.as_deref(), Some("00D000000000001AAA"));
        assert_eq!(tokens.get("refresh_token").unwrap().expose_secret(), "5Old");
        tokens.adopt(redeemed, Some("00D000000000001AAA".into())).await.unwrap();
        assert_eq!(tokens.get("refresh_token").unwrap().expose_secret(), "5New");
        let session = Arc::new(tokens).session().await.unwrap();
        assert_eq!(
            (session.access_token.expose_secret(), &*session.instance_url),
            ("00D000000000001!a", "https://a.example")
        );
    }

    #[tokio::test]
    async fn a_refusal_on_the_page_costs_no_call() {
        let (tokens, sent) = tokens(Vec::new());
        let declined =
            |error: &str| Presented::Declined { error: error.into(), description: "end-user denied".into() };
        let failure = tokens.redeem(declined("access_denied")).await.unwrap_err();
        assert_eq!((&*failure.code, failure.class), ("access_denied", Class::Auth));
        let failure = tokens.redeem(declined("OAUTH_APP_BLOCKED")).await.unwrap_err();
        assert_eq!(failure.class, Class::Perm);
        assert!(sent.lock().unwrap().is_empty());
    }
}
