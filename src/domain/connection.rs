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
    /// What came later than the rest of this row: rows that were written before have none of it.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub more: More,
}

/// What a connection was given beside the usual, and what is remembered of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// How it is to be used.
    pub options: Options,
    /// When its authorisation was found to be gone, oldest first; the last few.
    pub revoked: Vec<Stamp>,
    /// The version of the package that is installed in the org, where one was found.
    pub package: Option<Arc<str>>,
    /// Where its change events are told, where that is not the usual place. Rows end where they ended when written.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub event_bus: Option<EventBus>,
    /// What the remote says of the account and of its API beside who it is.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub told: Told,
    /// How much of the org's own limit may be spent without a person.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub shares: Shares,
    /// The rights that the authorisation carries, as last told.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub scopes: Vec<Arc<str>>,
    /// The app by which a person authorises it in a browser, where its system also takes tokens without one.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub app: Option<App>,
    /// The remote's other limits, and when it told them.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub limits: Option<(Stamp, Vec<OrgLimit>)>,
}

/// One limit of an org, beside its calls and its recipes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgLimit {
    /// The remote's own name of it: `DataStorageMB`.
    pub name: Arc<str>,
    /// How much is used.
    pub used: u64,
    /// How much there may be.
    pub max: u64,
}

/// An app in whose name a person authorises a connection in a browser. Its secret lies in the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Where people authorise it and where codes are exchanged, without a slash at its end.
    pub auth_url: Arc<str>,
    /// What it is known by there.
    pub client_id: Arc<str>,
}

/// How much of the limit that the remote itself sets is spent without a person; the rest is kept for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// In a hundred: from there on nothing is tried again by itself.
    pub retries: u8,
    /// In a hundred: from there on nothing is synced.
    pub syncs: u8,
}

impl Default for Shares {
    fn default() -> Self {
        Self { retries: 85, syncs: 90 }
    }
}

/// Where change events are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBus {
    /// Host and port.
    pub address: Arc<str>,
    /// The certificates to be trusted there instead of this machine's own, as PEM.
    pub ca: Option<Arc<str>>,
}

/// What a remote says of the account and of its API beside who it is; not every one does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The account's name in web addresses.
    pub slug: Option<Arc<str>>,
    /// The version of the API that really answers.
    pub version: Option<Arc<str>>,
    /// How long that will go on: `current`, `maintenance`, `deprecated`, `release_candidate`, `dev`.
    pub version_state: Option<Arc<str>>,
    /// The rights that the authorisation carries, where that was told just now; kept with the connection, not here.
    #[serde(skip)]
    pub scopes: Vec<Arc<str>>,
}

impl More {
    /// How many revocations are remembered.
    const REMEMBERED: usize = 10;

    /// Remembers that the authorisation is gone.
    pub fn revoked_at(&mut self, now: Stamp) {
        self.revoked.push(now);
        let over = self.revoked.len().saturating_sub(Self::REMEMBERED);
        self.revoked.drain(..over);
    }

    /// Returns how often the authorisation was found to be gone within `span_ms`.
    pub fn revoked_within(&self, now: Stamp, span_ms: i64) -> usize {
        self.revoked.iter().filter(|at| now.since(**at) <= span_ms).count()
    }
}

/// How a connection is to be used; its file says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Whether an authorisation in a browser carries a challenge (PKCE). Only an old app needs it off.
    pub pkce: bool,
    /// As whom a connection with a key of its own signs in.
    pub subject: Option<Arc<str>>,
    /// Whether change events are listened to where the remote tells them.
    pub events: bool,
    /// Whether the connection is of no use without the package in the org.
    pub needs_package: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { pkce: true, subject: None, events: true, needs_package: false }
    }
}

/// Returns the probable cause of a refusal, as the end of a text's key, from its code and what was said with it.
pub fn probable_cause(code: &str, said: &str) -> Option<&'static str> {
    const CAUSES: [(&str, &str, &str); 15] = [
        // monday says no more than this, whatever happened.
        ("NOT_AUTHENTICATED", "", "token"),
        ("package_missing", "", "package_missing"),
        ("invalid_grant", "ip restricted", "address"),
        ("invalid_grant", "inactive user", "inactive"),
        ("invalid_grant", "inactive organization", "org"),
        ("invalid_grant", "approved", "unapproved"),
        ("invalid_grant", "audience", "assertion"),
        ("invalid_grant", "assertion", "assertion"),
        ("invalid_grant", "authentication failure", "inactive"),
        ("invalid_grant", "", "withdrawn"),
        ("invalid_client", "app must be installed", "uninstalled"),
        ("invalid_client", "", "secret"),
        ("OAUTH_APP_BLOCKED", "", "blocked"),
        ("OAUTH_APPROVAL_ERROR_GENERIC", "", "uninstalled"),
        ("API_CURRENTLY_DISABLED", "", "api"),
    ];
    let said = said.to_lowercase();
    CAUSES.iter().find(|(known, part, _)| *known == code && said.contains(part)).map(|(.., cause)| *cause)
}

impl Connection {
    /// Returns a connection as somebody has just made it: nothing is known of it yet.
    pub fn new(
        id: impl Into<ConnectionId>,
        account: impl Into<AccountId>,
        access: Access,
        now: Stamp,
        by: impl Into<Arc<str>>,
    ) -> Self {
        Self {
            id: id.into(),
            account: account.into(),
            access,
            state: ConnectionState::Pending,
            reason: None,
            detail: None,
            since: now,
            until: None,
            identity: None,
            last_ok_at: None,
            protected: false,
            api_budget: None,
            usage: Usage::default(),
            created_at: now,
            created_by: by.into(),
            more: More::default(),
        }
    }

    /// Returns the system behind the connection.
    pub fn system(&self) -> System {
        match self.access {
            Access::Salesforce { .. } => System::Salesforce,
            Access::Monday { .. } => System::Monday,
        }
    }

    /// Returns the rights that the connection needs and that its authorisation is known not to carry.
    pub fn scopes_lacking(&self) -> Vec<&'static str> {
        let held = &self.more.scopes;
        if held.is_empty() {
            return Vec::new();
        }
        let has = |names: &[&str]| held.iter().any(|scope| names.contains(&&**scope));
        let Access::Salesforce { grant, .. } = self.access else {
            return MONDAY_SCOPES.into_iter().filter(|scope| !has(&[scope])).collect();
        };
        // Only a person's authorisation has to be renewed; an app signs in anew.
        let lasting = grant != Grant::RefreshToken || has(&["refresh_token", "offline_access"]);
        let needs = [
            ("api", has(&["api", "full"])),
            ("id", has(&["id", "openid", "profile", "full"])),
            ("refresh_token", lasting),
        ];
        needs.into_iter().filter(|(_, there)| !there).map(|(scope, _)| scope).collect()
    }

    /// Returns whether a person authorises the connection in a browser.
    pub fn by_browser(&self) -> bool {
        by_browser(&self.access, self.more.app.as_ref())
    }

    /// Returns how many calls the account's plan has from midnight to midnight (UTC), where the system counts them so
    /// and does not tell itself. Failed calls count too.
    pub fn calls_of_plan(&self) -> Option<u64> {
        let Access::Monday { .. } = self.access else { return None };
        let plan = self.identity.as_ref()?.edition.as_deref()?.to_ascii_lowercase();
        PLANS.iter().find(|(known, _)| *known == plan).map(|(_, calls)| *calls)
    }
}

/// Returns whether a person authorises in a browser what is reached in that way, with that app.
pub fn by_browser(access: &Access, app: Option<&App>) -> bool {
    match access {
        Access::Salesforce { grant, .. } => *grant == Grant::RefreshToken,
        Access::Monday { .. } => app.is_some(),
    }
}

/// The rights without which nothing can be synced with monday: who we are, the boards, and whose items they are.
pub const MONDAY_SCOPES: [&str; 5] = ["me:read", "account:read", "boards:read", "boards:write", "users:read"];

/// monday's plans, each with its calls of a day; beyond those of the last two monday may be lenient.
const PLANS: [(&str, u64); 6] = [
    ("free", 200),
    ("trial", 200),
    ("basic", 1_000),
    ("standard", 1_000),
    ("pro", 10_000),
    ("enterprise", 25_000),
];

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
    /// As a user whom the app vouches for, with a key of its own.
    JwtBearer,
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
    /// What else it says; kept with the connection, not here.
    #[serde(skip)]
    pub told: Told,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn salesforce(grant: Grant) -> Access {
        Access::Salesforce {
            login_url: "https://login".into(),
            client_id: "id".into(),
            grant,
            version: "62.0".into(),
            sandbox: false,
            doubt_ms: 0,
        }
    }

    fn monday() -> Access {
        Access::Monday { url: "https://api".into(), version: "x".into(), doubt_ms: 0, phone_country: None }
    }

    #[test]
    fn a_person_is_needed_where_waiting_does_not_help() {
        use ConnectionState::{Blocked, Exhausted, Off, Pending, Revoked, Unreachable, Valid};
        let all = [Pending, Valid, Revoked, Blocked, Exhausted, Unreachable, Off];
        let of = |which: fn(ConnectionState) -> bool| -> Vec<ConnectionState> {
            all.into_iter().filter(|state| which(*state)).collect()
        };
        let (needs, suspends) = (of(ConnectionState::needs_person), of(ConnectionState::suspends));
        assert_eq!((needs, suspends), (vec![Revoked, Blocked], vec![Revoked, Blocked, Off]));
    }

    #[test]
    fn a_right_that_another_one_includes_is_not_lacking() {
        let lacking = |access: Access, scopes: &[&str]| {
            let scopes = scopes.iter().map(|scope| (*scope).into()).collect();
            Connection {
                state: ConnectionState::Valid,
                more: More { scopes, ..More::default() },
                ..Connection::new("c", "a", access, Stamp::ZERO, "me")
            }
            .scopes_lacking()
        };
        let person = || salesforce(Grant::RefreshToken);
        assert_eq!(lacking(person(), &[]), [""; 0], "what is not known is not lacking");
        assert_eq!(lacking(person(), &["web"]), ["api", "id", "refresh_token"]);
        assert_eq!(lacking(person(), &["full", "refresh_token"]), [""; 0]);
        assert_eq!(lacking(person(), &["api", "openid", "offline_access"]), [""; 0]);
        assert_eq!(lacking(person(), &["api", "profile"]), ["refresh_token"]);
        assert_eq!(lacking(person(), &["id", "refresh_token"]), ["api"]);
        for grant in [Grant::ClientCredentials, Grant::JwtBearer] {
            assert_eq!(lacking(salesforce(grant), &["api", "id"]), [""; 0], "{grant:?} signs in anew");
        }
        assert_eq!(lacking(monday(), &MONDAY_SCOPES), [""; 0]);
        assert_eq!(lacking(monday(), &MONDAY_SCOPES[1..]), ["me:read"]);
        assert_eq!(lacking(monday(), &["api", "full"]), MONDAY_SCOPES);
    }

    #[test]
    fn the_last_ten_revocations_are_remembered() {
        let mut more = More::default();
        (1..=12).for_each(|at| more.revoked_at(Stamp(at * 10)));
        assert_eq!(
            more.revoked.iter().map(|at| at.0).collect::<Vec<_>>(),
            (3..=12).map(|at| at * 10).collect::<Vec<_>>()
        );
        let within = |span_ms| more.revoked_within(Stamp(120), span_ms);
        assert_eq!([0, 9, 10, 11, 1_000].map(within), [1, 1, 2, 2, 10]);
    }

    #[test]
    fn a_cause_is_probable_by_its_code_and_by_what_was_said() {
        for (code, said, cause) in [
            ("NOT_AUTHENTICATED", "whatever", Some("token")),
            ("invalid_grant", "IP Restricted or invalid login hours", Some("address")),
            ("invalid_grant", "user hasn't approved this consumer", Some("unapproved")),
            ("invalid_grant", "expired access/refresh token", Some("withdrawn")),
            ("invalid_client", "App must be installed", Some("uninstalled")),
            ("invalid_client", "invalid client credentials", Some("secret")),
            ("ip restricted", "ip restricted", None),
            ("", "", None),
        ] {
            assert_eq!(probable_cause(code, said), cause, "{code}: {said}");
        }
    }

    #[test]
    fn only_the_calls_of_mondays_plans_are_known() {
        let calls = |access: Access, plan: Option<&str>| {
            let identity = Identity {
                org_id: "1".into(),
                org_name: "x".into(),
                user_id: "1".into(),
                user_name: "x".into(),
                edition: plan.map(Arc::from),
                told: Told::default(),
            };
            let mut connection = Connection::new("c", "a", access, Stamp::ZERO, "me");
            assert_eq!(connection.calls_of_plan(), None, "nobody has asked yet");
            connection.identity = Some(identity);
            connection.calls_of_plan()
        };
        assert_eq!(calls(monday(), Some("Pro")), Some(10_000));
        assert_eq!((calls(monday(), Some("free")), calls(monday(), Some("basic"))), (Some(200), Some(1_000)));
        assert_eq!((calls(monday(), Some("platinum")), calls(monday(), None)), (None, None));
        assert_eq!(calls(salesforce(Grant::RefreshToken), Some("Pro")), None);
    }

    #[test]
    fn a_person_authorises_where_a_token_or_an_app_is_a_persons() {
        let app = || App { auth_url: "https://auth".into(), client_id: "id".into() };
        let by = |access: Access, app: Option<App>| {
            let mut connection = Connection::new("c", "a", access, Stamp::ZERO, "me");
            connection.more.app = app;
            connection.by_browser()
        };
        assert!(by(salesforce(Grant::RefreshToken), None) && by(monday(), Some(app())));
        assert!(!by(salesforce(Grant::JwtBearer), Some(app())) && !by(monday(), None));
    }

    #[test]
    fn every_state_is_called_as_in_json_and_says_what_becomes_of_recipes() {
        use ConnectionState::{Blocked, Exhausted, Off, Pending, Revoked, Unreachable, Valid};
        for state in [Pending, Valid, Revoked, Blocked, Exhausted, Unreachable, Off] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
            let reason = format!("connection_{}", state.name());
            let expected = state.suspends().then_some((RecipeState::Suspended, &*reason));
            assert_eq!(suspension(state), expected);
        }
    }
}
