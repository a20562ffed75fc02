//! Connections: what they are, what state they are in, and how a state turns into that of the recipes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, ConnectionId, System};
use super::recipe::RecipeState;
use super::time::Stamp;

/// One authorised link to one remote org, portal or workspace. Its secrets lie in the vault, under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Whose it is.
    pub account: AccountId,
    /// The system behind it.
    pub access: Access,
    /// What it is doing.
    pub state: ConnectionState,
    /// Why, as a code (`invalid_grant`, `switched_off`).
    pub reason: Option<Arc<str>>,
    /// What the remote said, for people.
    pub detail: Option<Arc<str>>,
    /// Since when it is in that state.
    pub since: Stamp,
    /// Until when it waits, where that is known (an exhausted budget).
    pub until: Option<Stamp>,
    /// Who and where it is, as the remote says; the org is pinned at the first connect.
    pub identity: Option<Identity>,
    /// When a call last succeeded.
    pub last_ok_at: Option<Stamp>,
    /// Whether it starts read-only and asks for typed counts.
    pub protected: bool,
    /// How many calls in 24 hours syncdeck may spend.
    pub api_budget: Option<u64>,
    /// What the remote itself says of its call limit.
    pub usage: Usage,
    /// When it was added.
    pub created_at: Stamp,
    /// By whom.
    pub created_by: Arc<str>,
}

impl Connection {
    /// Returns the system behind the connection.
    pub fn system(&self) -> System {
        match self.access {
            Access::Salesforce { .. } => System::Salesforce,
            Access::Monday { .. } => System::Monday,
        }
    }
}

/// How a system is reached. Only base URLs tell the sandbox from the real thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// A Salesforce org.
    Salesforce {
        /// Where tokens come from.
        login_url: Arc<str>,
        /// The consumer key of the app.
        client_id: Arc<str>,
        /// How tokens are got.
        grant: Grant,
        /// The API version, such as `62.0`.
        version: Arc<str>,
        /// Whether the org is a Salesforce sandbox.
        sandbox: bool,
        /// How long a write without an answer may still take effect there, in milliseconds.
        doubt_ms: i64,
    },
    /// A monday.com account.
    Monday {
        /// The address of the GraphQL API.
        url: Arc<str>,
        /// The API version, such as `2026-10`.
        version: Arc<str>,
        /// How long, in milliseconds, a write without an answer may still take effect.
        doubt_ms: i64,
        /// The country of telephone numbers that are written without one, as its two letters.
        phone_country: Option<Arc<str>>,
    },
}

/// How an access token is got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// With a refresh token that a person's authorisation left.
    RefreshToken,
    /// As the app's own execution user.
    ClientCredentials,
}

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConnectionState {
    /// Not tried yet.
    Pending,
    /// It works.
    Valid,
    /// The authorisation is gone; a person must reconnect.
    Revoked,
    /// It may not use the API; an administrator must act.
    Blocked,
    /// A budget or limit is used up; it goes on by itself.
    Exhausted,
    /// No answer; it goes on by itself.
    Unreachable,
    /// Switched off by the operator.
    Off,
}

impl ConnectionState {
    /// Returns the word used in JSON and, upper case or not, on every screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Valid => "valid",
            Self::Revoked => "revoked",
            Self::Blocked => "blocked",
            Self::Exhausted => "exhausted",
            Self::Unreachable => "unreachable",
            Self::Off => "off",
        }
    }

    /// Returns whether the connection cannot go on before a person has acted.
    pub fn needs_person(self) -> bool {
        matches!(self, Self::Revoked | Self::Blocked)
    }

    /// Returns whether the recipes of the connection are suspended.
    pub fn suspends(self) -> bool {
        matches!(self, Self::Revoked | Self::Blocked | Self::Off)
    }
}

/// Who and where a connection is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The id of the org, account or portal.
    pub org_id: Arc<str>,
    /// What it is called.
    pub org_name: Arc<str>,
    /// The id of the user.
    pub user_id: Arc<str>,
    /// What the user is called there.
    pub user_name: Arc<str>,
    /// Its edition or plan, where the system has such a thing.
    pub edition: Option<Arc<str>>,
}

/// The daily call limit as the remote reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Calls used, by everybody.
    pub used: Option<u64>,
    /// The most calls there may be.
    pub limit: Option<u64>,
    /// When this was read.
    pub at: Option<Stamp>,
}

/// Returns the state and reason that a running recipe takes when one of its connections is in `state`, or
/// `None` when it goes on.
pub fn suspension(state: ConnectionState) -> Option<(RecipeState, &'static str)> {
    let reason = match state {
        ConnectionState::Revoked => "connection_revoked",
        ConnectionState::Blocked => "connection_blocked",
        ConnectionState::Off => "connection_off",
        _ => return None,
    };
    Some((RecipeState::Suspended, reason))
}
