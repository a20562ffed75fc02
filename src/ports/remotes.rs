//! What makes the clients of connections, and takes what a person authorised in a browser.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use super::Remote;
use crate::domain::connection::{Connection, Identity};
use crate::domain::failure::{Class, Failure, Kind};

/// Makes the clients of connections, and takes what a person authorised in a browser.
#[async_trait]
pub trait Remotes: Send + Sync {
    /// Returns the client of a connection.
    ///
    /// # Errors
    /// What in its settings or secrets makes that impossible.
    fn connect(&self, connection: &Connection) -> Result<Arc<dyn Remote>, Failure>;

    /// Returns where a person authorises the connection in a browser, which then goes to `callback`.
    ///
    /// # Errors
    /// The connection is not authorised that way.
    fn consent(&self, _connection: &Connection, _callback: &str) -> Result<Consent, Failure> {
        Err(not_by_browser())
    }

    /// Exchanges what the browser, or a person, brought back. Nothing is kept of it yet.
    async fn redeem(&self, _connection: &Connection, _presented: Presented) -> Result<Redeemed, Failure> {
        Err(not_by_browser())
    }

    /// Asks the remote for whom and for which org something redeemed is.
    async fn introduce(&self, _connection: &Connection, _redeemed: &Redeemed) -> Result<Identity, Failure> {
        Err(not_by_browser())
    }

    /// Makes what was redeemed the connection's own, for the org that its identity names. It is durable before
    /// anything uses it.
    async fn adopt(&self, _connection: &Connection, _redeemed: Redeemed) -> Result<(), Failure> {
        Err(not_by_browser())
    }

    /// Withdraws the connection's authorisation at the remote, as far as that is possible from here.
    async fn withdraw(&self, _connection: &Connection) -> Result<(), Failure> {
        Ok(())
    }
}

/// The code of a connection that no browser can authorise.
pub const NOT_BY_BROWSER: &str = "NOT_BY_BROWSER";

/// Returns the failure of a connection that no browser can authorise.
pub fn not_by_browser() -> Failure {
    let message = "this connection is not authorised in a browser: it takes a token";
    Failure::new(Kind::Permanent, Class::Map, NOT_BY_BROWSER, message)
}

/// What a person is sent to a browser with.
#[derive(Clone, Debug)]
pub struct Consent {
    /// The address of the page where they sign in and agree.
    pub url: String,
    /// What the browser must bring back unchanged; nobody can guess it.
    pub state: String,
    /// A short name for a short link; it tells nothing of the state.
    pub short: String,
    /// What proves that whoever redeems the code also asked for it.
    pub verifier: SecretString,
}

/// What came back.
#[derive(Clone, Debug)]
pub enum Presented {
    /// A code, for the consent with this verifier and call-back address.
    Code {
        /// The code.
        code: SecretString,
        /// The verifier of the consent.
        verifier: SecretString,
        /// The call-back address of the consent.
        callback: String,
    },
    /// A refusal: its code and what was said.
    Declined {
        /// The code.
        error: String,
        /// What was said.
        description: String,
    },
    /// A token that a person got elsewhere.
    Token(SecretString),
}

/// What a code was worth.
#[derive(Clone, Debug)]
pub struct Redeemed {
    /// The org it is for, where that was told.
    pub org_id: Option<Arc<str>>,
    /// Rights that were asked for, are needed, and were not given.
    pub lacking: Vec<Arc<str>>,
    /// The rights that were given, where that was told.
    pub scopes: Vec<Arc<str>>,
    /// What is to be kept, by name.
    pub secrets: Vec<(&'static str, SecretString)>,
}
