//! What goes out to a browser when a person authorises a connection, and what comes back.

use std::sync::Arc;

use secrecy::SecretString;

use crate::domain::failure::{Class, Failure, Kind};

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
    /// What is to be kept, by name.
    pub secrets: Vec<(&'static str, SecretString)>,
}
