//! The gate: tokens, sessions and refresh grants.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde::{Deserialize, Serialize};

use super::ids::Id;

/// The client id of the org's connected app.
pub(super) const CLIENT_ID: &str = "3MVG9sandbox0Syncdeck1Connected2App3Consumer4Key5";

/// The secret of the org's connected app.
pub(super) const CLIENT_SECRET: &str = "5E2A0D7B1C9F4863A0B1C2D3E4F5061728394A5B6C7D8E9F";

/// What every user's password is.
pub(super) const PASSWORD: &str = "sandbox-Passw0rd";

/// What every user's security token is.
pub(super) const SECURITY_TOKEN: &str = "Zx8Wq1Lk2Jh3Gf4Ds5Aa6Po7";

/// At most so many grants live at a time per user; the next one ends the oldest.
const GRANTS: usize = 5;

/// All sessions and grants.
#[derive(Debug)]
pub(super) struct Gate {
    chance: fastrand::Rng,
    sessions: HashMap<String, Session>,
    grants: HashMap<String, Grant>,
    families: u64,
    /// Codes that can be exchanged; a spent one is nothing.
    codes: HashMap<String, Option<Code>>,
}

/// An authorisation code.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) user: String,
    /// The call-back address it was sent to.
    pub(super) redirect: String,
    /// The PKCE challenge; empty when there was none.
    pub(super) challenge: String,
    pub(super) given: i64,
}

/// A live access token.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Session {
    /// The user's id.
    pub(super) user: String,
    /// The grant family it came from; none for logins without refresh token.
    family: Option<u64>,
    used: i64,
}

/// A refresh token; a spent one is remembered, to see its re-use.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Grant {
    user: String,
    family: u64,
    spent: bool,
}

/// Sessions and grants as they are saved.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Saved {
    sessions: HashMap<String, Session>,
    grants: HashMap<String, Grant>,
    families: u64,
}

impl Gate {
    pub(super) fn new(seed: u64) -> Self {
        let chance = fastrand::Rng::with_seed(seed ^ 0x6761_7465);
        Self { chance, sessions: HashMap::new(), grants: HashMap::new(), families: 0, codes: HashMap::new() }
    }

    /// Gives a name to a code.
    pub(super) fn give_code(&mut self, code: Code) -> String {
        let name = format!("aPrx{}==", self.random(60));
        self.codes.insert(name.clone(), Some(code));
        name
    }

    /// Spends a code.
    ///
    /// # Errors
    /// What the token endpoint says of a code that is spent, or was never given.
    pub(super) fn take_code(&mut self, name: &str) -> Result<Code, &'static str> {
        let code = self.codes.get_mut(name).ok_or("invalid authorization code")?;
        code.take().ok_or("expired authorization code")
    }

    /// Opens a session; its token begins with the org's id.
    pub(super) fn open(&mut self, org: Id, user: Id, family: Option<u64>, now: i64) -> String {
        let token = format!("{}!AQ{}", org.short(), self.random(94));
        self.sessions.insert(token.clone(), Session { user: user.to_string(), family, used: now });
        token
    }

    /// Gives a refresh token of a new family, and ends the user's oldest when there are too many.
    pub(super) fn grant(&mut self, user: Id) -> (String, u64) {
        self.families += 1;
        let family = self.families;
        let name = user.to_string();
        let mut families: Vec<u64> = self
            .grants
            .values()
            .filter(|grant| grant.user == name && !grant.spent)
            .map(|grant| grant.family)
            .collect();
        families.sort_unstable();
        for oldest in families.iter().take((families.len() + 1).saturating_sub(GRANTS)) {
            self.end_family(*oldest);
        }
        (self.new_grant(&name, family), family)
    }

    /// Uses a refresh token: the user, its family, and the token that takes its place under rotation.
    ///
    /// The re-use of a spent token ends its whole family.
    pub(super) fn refresh(&mut self, token: &str, rotation: bool) -> Option<(Id, u64, Option<String>)> {
        let Grant { user, family, spent } = self.grants.get(token)?.clone();
        if spent {
            self.end_family(family);
            return None;
        }
        let id = Id::parse(&user)?;
        if !rotation {
            return Some((id, family, None));
        }
        if let Some(grant) = self.grants.get_mut(token) {
            grant.spent = true;
        }
        Some((id, family, Some(self.new_grant(&user, family))))
    }

    /// The user behind an access token; using it keeps the session alive.
    pub(super) fn enter(&mut self, token: &str, now: i64, idle: i64) -> Option<Id> {
        let session = self.sessions.get_mut(token)?;
        // A clock that was moved back does not end sessions.
        if now.saturating_sub(session.used) > idle {
            self.sessions.remove(token);
            return None;
        }
        session.used = now;
        Id::parse(&session.user)
    }

    /// Ends a session, or a grant with its sessions; tells whether there was one.
    pub(super) fn revoke(&mut self, token: &str) -> bool {
        if let Some(grant) = self.grants.get(token) {
            let family = grant.family;
            self.end_family(family);
            return true;
        }
        self.sessions.remove(token).is_some()
    }

    /// Ends everything a user has; tells how many tokens that were.
    pub(super) fn revoke_user(&mut self, user: Id) -> usize {
        let before = self.sessions.len() + self.grants.len();
        self.sessions.retain(|_, session| session.user != user.as_str());
        self.grants.retain(|_, grant| grant.user != user.as_str());
        before - self.sessions.len() - self.grants.len()
    }

    /// Ends the sessions of a user but not the grants, as time does.
    pub(super) fn expire(&mut self, user: Option<Id>) -> usize {
        let before = self.sessions.len();
        self.sessions.retain(|_, session| user.is_some_and(|user| session.user != user.as_str()));
        before - self.sessions.len()
    }

    /// Returns the access token as it is if its session still lives, or that of a new session of the same grant.
    pub(super) fn renewed(&mut self, access: String, refresh: &str, org: Id, now: i64, idle: i64) -> String {
        if self.enter(&access, now, idle).is_some() {
            return access;
        }
        let grant = self.grants.get(refresh).filter(|grant| !grant.spent).cloned();
        let grant = grant.and_then(|grant| Some((Id::parse(&grant.user)?, grant.family)));
        grant.map_or(access, |(user, family)| self.open(org, user, Some(family), now))
    }

    /// Whom a token belongs to, without using it.
    pub(super) fn owner(&self, token: &str) -> Option<Id> {
        let session = self.sessions.get(token).map(|session| &session.user);
        let grant = self.grants.get(token).filter(|grant| !grant.spent).map(|grant| &grant.user);
        Id::parse(session.or(grant)?)
    }

    pub(super) fn save(&self) -> Saved {
        Saved { sessions: self.sessions.clone(), grants: self.grants.clone(), families: self.families }
    }

    pub(super) fn restore(&mut self, saved: Saved) {
        let Saved { sessions, grants, families } = saved;
        // New tokens must not repeat those of the life before.
        self.chance =
            fastrand::Rng::with_seed(self.chance.u64(..) ^ (sessions.len() as u64 + families) << 17);
        (self.sessions, self.grants, self.families) = (sessions, grants, families);
    }

    fn end_family(&mut self, family: u64) {
        self.grants.retain(|_, grant| grant.family != family);
        self.sessions.retain(|_, session| session.family != Some(family));
    }

    fn new_grant(&mut self, user: &str, family: u64) -> String {
        let token = format!("5Aep861{}", self.random(80));
        self.grants.insert(token.clone(), Grant { user: user.to_owned(), family, spent: false });
        token
    }

    fn random(&mut self, length: usize) -> String {
        // Real tokens hold dots and underscores: clients must encode them.
        let letter = |chance: &mut fastrand::Rng| match chance.u8(0..40) {
            0 => '.',
            1 => '_',
            _ => chance.alphanumeric(),
        };
        (0..length).map(|_| letter(&mut self.chance)).collect()
    }
}

/// The signature of a token answer.
pub(super) fn signature(id: &str, issued_at: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
    STANDARD.encode(hmac::sign(&key, format!("{id}{issued_at}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_re_use_of_a_spent_token_ends_its_family() {
        let mut gate = Gate::new(1);
        let user = Id::of("005", 0);
        let (first, family) = gate.grant(user);
        let (_, same, second) = gate.refresh(&first, true).unwrap();
        assert_eq!(same, family);
        let access = gate.open(Id::of("00D", 0), user, Some(family), 0);
        let second = second.unwrap();
        assert!(gate.refresh(&first, true).is_none());
        assert!(gate.refresh(&second, true).is_none(), "the current token falls too");
        assert!(gate.enter(&access, 0, 60).is_none(), "and so do its sessions");
    }

    #[test]
    fn the_sixth_grant_ends_the_oldest() {
        let mut gate = Gate::new(1);
        let user = Id::of("005", 0);
        let tokens: Vec<String> = (0..6).map(|_| gate.grant(user).0).collect();
        let live: Vec<bool> = tokens.iter().map(|token| gate.refresh(token, false).is_some()).collect();
        assert_eq!(live, [false, true, true, true, true, true]);
    }

    #[test]
    fn a_session_ends_when_idle() {
        let mut gate = Gate::new(1);
        let user = Id::of("005", 0);
        let token = gate.open(Id::of("00D", 0), user, None, 0);
        assert_eq!(gate.enter(&token, 50, 60), Some(user));
        assert_eq!(gate.enter(&token, 100, 60), Some(user), "use keeps it alive");
        assert_eq!(gate.enter(&token, 161, 60), None);
    }
}
