//! The clients of the remote systems: what syncdeck wants, said in each system's own words.
//!
//! ```text
//!   engine ─ ports::Remote ─► salesforce / monday ─► call (pace, send, count, log) ─► http ─► network
//!                                     │
//!                                   oauth (one refresher per connection)
//! ```
//!
//! May import `ports`, `domain` and `settings`; the systems never import each other. Start reading at
//! [`Clients`], then at a system's `mod.rs`; each has its table of errors as data in `errors.rs`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::domain::connection::{Access, Connection, Identity};
use crate::domain::failure::Failure;
use crate::domain::id::ConnectionId;
use crate::ports::{Clock, Consent, Presented, Redeemed, Remote, Remotes, Vault, not_by_browser};

pub mod call;
pub mod field_types;
pub mod http;
pub mod monday;
pub mod oauth;
pub mod salesforce;
#[cfg(test)]
mod testing;

use self::call::Caller;
use self::http::{Http, Wire};
use self::monday::{Authoriser, Hooks, Monday};
use self::oauth::Tokens;
use self::salesforce::Salesforce;

/// The most calls that one connection has under way at a time; all systems allow more.
const ABREAST: usize = 8;

/// Makes the clients of connections over one shared network client.
pub struct Clients {
    http: Arc<dyn Http>,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
    /// One refresher per connection, however often it is connected: with rotating refresh tokens two would
    /// revoke each other.
    tokens: Mutex<HashMap<ConnectionId, (Access, Arc<Tokens>)>>,
    /// Where systems that tell changes by calling us do so.
    hooks: Option<Arc<Hooks>>,
}

impl Clients {
    /// Returns clients that speak over the network and present themselves as `user_agent`.
    pub fn new(vault: Arc<dyn Vault>, clock: Arc<dyn Clock>, user_agent: &str) -> Self {
        Self::over(Arc::new(Wire::new(user_agent)), vault, clock)
    }

    /// Returns clients that speak over `http`: a simulated network, say.
    pub fn over(http: Arc<dyn Http>, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>) -> Self {
        Self { http, vault, clock, tokens: Mutex::default(), hooks: None }
    }

    /// Returns clients that can be reached from outside.
    #[must_use]
    pub fn reached_by(mut self, hooks: Option<Arc<Hooks>>) -> Self {
        self.hooks = hooks;
        self
    }

    /// Returns what authorises a connection whose tokens last; `None` where no app is to do so.
    fn authoriser(&self, connection: &Connection) -> Option<Authoriser> {
        Authoriser::new(connection, Arc::clone(&self.vault), self.caller())
    }

    fn caller(&self) -> Caller {
        Caller::new(Arc::clone(&self.http), Arc::clone(&self.clock), 1)
    }

    fn tokens(&self, connection: &Connection) -> Option<Arc<Tokens>> {
        let mut all = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((access, known)) = all.get(&connection.id)
            && *access == connection.access
        {
            return Some(Arc::clone(known));
        }
        let tokens = Arc::new(Tokens::new(connection, Arc::clone(&self.vault), self.caller())?);
        all.insert(connection.id.clone(), (connection.access.clone(), Arc::clone(&tokens)));
        Some(tokens)
    }
}

/// Returns every code that the tables of the systems know; each has texts in `assets/i18n/*/errors.ftl`.
pub fn codes() -> impl Iterator<Item = &'static str> {
    salesforce::codes().chain(monday::codes()).chain(oauth::codes()).chain(call::codes())
}

#[async_trait]
impl Remotes for Clients {
    fn connect(&self, connection: &Connection) -> Result<Arc<dyn Remote>, Failure> {
        let caller = Caller::new(Arc::clone(&self.http), Arc::clone(&self.clock), ABREAST);
        let vault = Arc::clone(&self.vault);
        match &connection.access {
            Access::Salesforce { version, doubt_ms, .. } => {
                let tokens = self.tokens(connection).ok_or_else(|| oauth::no_credentials("access"))?;
                tokens.pin(connection.identity.as_ref().map(|identity| Arc::clone(&identity.org_id)));
                let salesforce = Salesforce::new(caller, Arc::clone(&tokens), version, *doubt_ms)?;
                Ok(Arc::new(salesforce.hearing(connection, &tokens)))
            }
            Access::Monday { url, version, doubt_ms, phone_country } => {
                let monday = Monday::new(caller, vault, &connection.id, url, version, *doubt_ms)?;
                Ok(Arc::new(monday.phoning_from(phone_country.clone()).reached_by(self.hooks.clone())))
            }
        }
    }

    fn consent(&self, connection: &Connection, callback: &str) -> Result<Consent, Failure> {
        match self.authoriser(connection) {
            Some(authoriser) => authoriser.consent(callback),
            None => self.tokens(connection).ok_or_else(not_by_browser)?.consent(callback),
        }
    }

    async fn redeem(&self, connection: &Connection, presented: Presented) -> Result<Redeemed, Failure> {
        match self.authoriser(connection) {
            Some(authoriser) => authoriser.redeem(presented).await,
            None => self.tokens(connection).ok_or_else(not_by_browser)?.redeem(presented).await,
        }
    }

    async fn introduce(&self, connection: &Connection, redeemed: &Redeemed) -> Result<Identity, Failure> {
        let once: Arc<dyn Vault> = Arc::new(oauth::Once::holding(redeemed));
        match &connection.access {
            Access::Salesforce { version, doubt_ms, .. } => {
                let tokens = Tokens::new(connection, once, self.caller()).ok_or_else(not_by_browser)?;
                Salesforce::new(self.caller(), Arc::new(tokens), version, *doubt_ms)?.identify().await
            }
            Access::Monday { url, version, doubt_ms, .. } => {
                Monday::new(self.caller(), once, &connection.id, url, version, *doubt_ms)?.identify().await
            }
        }
    }

    async fn adopt(&self, connection: &Connection, redeemed: Redeemed) -> Result<(), Failure> {
        if let Some(authoriser) = self.authoriser(connection) {
            return authoriser.adopt(&redeemed);
        }
        let tokens = self.tokens(connection).ok_or_else(not_by_browser)?;
        tokens.adopt(redeemed, connection.identity.as_ref().map(|known| Arc::clone(&known.org_id))).await
    }

    async fn withdraw(&self, connection: &Connection) -> Result<(), Failure> {
        let Some(tokens) = self.tokens(connection) else { return Ok(()) };
        let withdrawn = tokens.withdraw().await;
        // Whoever adds a connection of that name later begins with nothing.
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection.id);
        withdrawn
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use ::http::{Request, Response, StatusCode};
    use bytes::Bytes;

    use super::http::InMemory;
    use super::testing::{Drawer, Fixed, salesforce};
    use super::*;

    /// However many clients of a connection there are, one refreshes.
    #[tokio::test]
    async fn all_clients_of_a_connection_share_one_refresher() {
        let grants = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&grants);
        let http = InMemory::new(move |request: Request<Bytes>| {
            let grant = request.uri().path().ends_with("/token");
            if grant {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            let fresh = request.headers().get("authorization").is_some_and(|bearer| bearer == "Bearer new");
            let (status, body) = match (grant, fresh) {
                (true, _) => (200, r#"{"access_token":"new","instance_url":"https://a.example"}"#),
                (_, true) => (200, include_str!("../../tests/fixtures/salesforce_describe.json")),
                _ => (401, r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#),
            };
            Box::pin(async move {
                tokio::task::yield_now().await;
                let mut reply = Response::new(Bytes::from(body));
                *reply.status_mut() = StatusCode::from_u16(status).unwrap();
                Ok(reply)
            })
        });
        let vault = Drawer::holding(&[
            ("access_token", "old"),
            ("instance_url", "https://a.example"),
            ("refresh_token", "5Aep1"),
        ]);
        let clients = Clients::over(Arc::new(http), vault, Arc::new(Fixed));
        let connection = salesforce();
        let remotes: Vec<_> = (0..6).map(|_| clients.connect(&connection).unwrap()).collect();
        let all =
            futures::future::join_all(remotes.iter().map(|remote| remote.describe("Opportunity"))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(grants.load(Ordering::SeqCst), 1);
    }
}
