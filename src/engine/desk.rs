//! The desk where authorisations wait for a person with a browser: what was sent out, until when it holds, and how
//! far it has come. Each is for one connection, good for ten minutes and for one answer. Nothing of it is stored: after
//! a restart a person begins again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::acts::Caller;
use crate::domain::connection::Connection;
use crate::domain::id::{ConnectionId, System};
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::Consent;

/// How long an authorisation waits for its answer.
const LIFE: i64 = 10 * MINUTE;

/// Where browsers go when a person has agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// The port on loopback that is listened at while somebody is awaited.
    pub port: u16,
    /// The address under which that port is reached from outside, without a slash at its end.
    pub public_url: Option<Arc<str>>,
}

impl Default for Callback {
    fn default() -> Self {
        Self { port: 1717, public_url: None }
    }
}

impl Callback {
    /// Returns the address that a browser is sent to; it is registered in the app.
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(public) => format!("{public}/callback"),
            None => format!("http://localhost:{}/callback", self.port),
        }
    }

    /// Returns the short address that leads to the page of the remote; without a public address there is none.
    fn short(&self, name: &str) -> Option<String> {
        self.public_url.as_ref().map(|public| format!("{public}/r/{name}"))
    }
}

/// How far an authorisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nobody has come yet.
    Waiting,
    /// The short link was opened.
    Opened,
    /// An answer came and is being looked at.
    Checking,
    /// The connection works with it.
    Done,
    /// It was refused.
    Refused,
}

impl Step {
    /// Returns the step's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Opened => "opened",
            Self::Checking => "checking",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// Returns whether an answer may still come.
    fn open(self) -> bool {
        matches!(self, Self::Waiting | Self::Opened)
    }
}

/// One authorisation.
#[derive(Clone, Debug)]
pub struct Case {
    /// What the person was sent out with.
    pub consent: Consent,
    /// The call-back address that the consent names.
    pub callback: String,
    /// The short address, where there is one.
    pub short_url: Option<String>,
    /// Who asked.
    pub by: Caller,
    /// The system that asks the person.
    pub system: System,
    /// The org that is to be authorised, where it is known; shown where the short link leads.
    pub org: Option<Arc<str>>,
    /// Another org that would be accepted, by its name.
    pub other_org: Option<String>,
    /// When it is over.
    pub expires_at: Stamp,
    /// How far it has come.
    pub step: Step,
    /// From which address the short link was opened.
    pub opened_from: Option<String>,
    /// Why it was refused.
    pub refusal: Option<Arc<super::acts::ActError>>,
    /// Whom the connection belongs to now, and to whom before.
    pub users: Option<(Arc<str>, Option<Arc<str>>)>,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Nothing is awaited: it was never begun, is over, or has had its answer.
    NotAwaited,
    /// It came too late.
    Expired,
    /// It answers another authorisation.
    OtherState,
    /// There is no code in it.
    NoCode,
}

/// All authorisations that wait, by connection.
pub(super) struct Desk {
    callback: Callback,
    cases: Mutex<BTreeMap<ConnectionId, Case>>,
    moved: watch::Sender<u64>,
}

impl Desk {
    pub(super) fn new(callback: Callback) -> Self {
        Self { callback, cases: Mutex::default(), moved: watch::Sender::new(0) }
    }

    pub(super) fn callback(&self) -> &Callback {
        &self.callback
    }

    /// Returns what moves whenever a case does.
    pub(super) fn moves(&self) -> watch::Receiver<u64> {
        self.moved.subscribe()
    }

    fn cases(&self) -> MutexGuard<'_, BTreeMap<ConnectionId, Case>> {
        self.cases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a case; an older one of the connection is over.
    pub(super) fn open(
        &self,
        connection: &Connection,
        consent: Consent,
        other_org: Option<String>,
        by: &Caller,
        now: Stamp,
    ) -> Case {
        let case = Case {
            callback: self.callback.address(),
            short_url: self.callback.short(&consent.short),
            consent,
            by: by.clone(),
            system: connection.system(),
            org: connection.identity.as_ref().map(|identity| Arc::clone(&identity.org_name)),
            other_org,
            expires_at: now.plus(LIFE),
            step: Step::Waiting,
            opened_from: None,
            refusal: None,
            users: None,
        };
        self.cases().insert(connection.id.clone(), case.clone());
        self.moved.send_modify(|moves| *moves += 1);
        case
    }

    /// Returns a connection's case.
    pub(super) fn case(&self, id: &ConnectionId) -> Option<Case> {
        self.cases().get(id).cloned()
    }

    /// Returns whether any case still waits for its answer.
    pub(super) fn awaits(&self, now: Stamp) -> bool {
        self.cases().values().any(|case| {
            case.step == Step::Checking || (case.step.open() && now < case.expires_at && alive(case, now))
        })
    }

    /// Notes that a short link was opened and returns its case.
    pub(super) fn opened(&self, short: &str, from: &str, now: Stamp) -> Option<Case> {
        let mut cases = self.cases();
        let case = cases
            .values_mut()
            .find(|case| case.consent.short == short && case.step.open() && alive(case, now))?;
        case.step = Step::Opened;
        case.opened_from.get_or_insert_with(|| from.to_owned());
        let found = case.clone();
        drop(cases);
        self.moved.send_modify(|moves| *moves += 1);
        Some(found)
    }

    /// Returns which connection waits for an answer with this state.
    pub(super) fn by_state(&self, state: &str) -> Option<ConnectionId> {
        self.cases().iter().find(|(_, case)| case.consent.state == state).map(|(id, _)| id.clone())
    }

    /// Takes an answer: from now on no other is taken. One that does not fit leaves the case as it is.
    pub(super) fn take(&self, id: &ConnectionId, state: Option<&str>, now: Stamp) -> Result<Case, Mismatch> {
        let mut cases = self.cases();
        let case = cases.get_mut(id).ok_or(Mismatch::NotAwaited)?;
        if state.is_some_and(|state| state != case.consent.state) {
            return Err(Mismatch::OtherState);
        }
        if !case.step.open() {
            return Err(Mismatch::NotAwaited);
        }
        if !alive(case, now) {
            return Err(Mismatch::Expired);
        }
        case.step = Step::Checking;
        let taken = case.clone();
        drop(cases);
        self.moved.send_modify(|moves| *moves += 1);
        Ok(taken)
    }

    /// Closes a case that was taken. One that was opened anew meanwhile is another one.
    pub(super) fn close(&self, id: &ConnectionId, state: &str, close: impl FnOnce(&mut Case)) {
        if let Some(case) = self.cases().get_mut(id).filter(|case| case.consent.state == state) {
            close(case);
        }
        self.moved.send_modify(|moves| *moves += 1);
    }
}

/// A clock that was set back does not lengthen a life.
fn alive(case: &Case, now: Stamp) -> bool {
    (0..=LIFE).contains(&case.expires_at.since(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::connection::{Access, Grant};

    fn consent(state: &str, short: &str) -> Consent {
        let (state, short) = (state.to_owned(), short.to_owned());
        Consent { url: "https://x".into(), state, short, verifier: "v".to_owned().into() }
    }

    fn connection() -> Connection {
        Connection::new(
            "sf",
            "default",
            Access::Salesforce {
                login_url: "".into(),
                client_id: "".into(),
                grant: Grant::RefreshToken,
                version: "".into(),
                sandbox: false,
                doubt_ms: 0,
            },
            Stamp(0),
            "ann",
        )
    }

    fn desk() -> (Desk, Stamp) {
        let desk = Desk::new(Callback::default());
        let by = Caller { who: "ann".into(), from: "".into() };
        desk.open(&connection(), consent("s1", "AAAAAA"), None, &by, Stamp(1_000));
        (desk, Stamp(2_000))
    }

    #[test]
    fn an_answer_is_taken_once_and_in_time() {
        let (desk, now) = desk();
        let id: ConnectionId = "sf".into();
        assert_eq!(desk.take(&"other".into(), None, now).unwrap_err(), Mismatch::NotAwaited);
        assert_eq!(desk.take(&id, Some("s2"), now).unwrap_err(), Mismatch::OtherState);
        assert!(desk.awaits(now), "a wrong answer leaves it waiting");
        assert_eq!(desk.take(&id, Some("s1"), Stamp(1_001 + LIFE)).unwrap_err(), Mismatch::Expired);
        assert_eq!(
            desk.take(&id, Some("s1"), Stamp(0)).unwrap_err(),
            Mismatch::Expired,
            "the clock was set back"
        );
        assert!(desk.take(&id, Some("s1"), now).is_ok());
        assert_eq!(desk.take(&id, Some("s1"), now).unwrap_err(), Mismatch::NotAwaited);
        desk.close(&id, "s1", |case| case.step = Step::Done);
        assert!(!desk.awaits(now));
    }

    #[test]
    fn a_short_link_tells_who_opened_it_first() {
        let (desk, now) = desk();
        assert!(desk.opened("BBBBBB", "10.0.0.1", now).is_none());
        assert_eq!(desk.opened("AAAAAA", "10.0.0.1", now).unwrap().step, Step::Opened);
        desk.opened("AAAAAA", "10.0.0.2", now);
        let case = desk.case(&"sf".into()).unwrap();
        assert_eq!(case.opened_from.as_deref(), Some("10.0.0.1"));
        assert!(desk.opened("AAAAAA", "10.0.0.1", Stamp(1_001 + LIFE)).is_none());
    }

    #[test]
    fn a_new_case_ends_the_old_one() {
        let (desk, now) = desk();
        let by = Caller { who: "ann".into(), from: "".into() };
        desk.open(&connection(), consent("s2", "CCCCCC"), None, &by, now);
        assert_eq!(desk.take(&"sf".into(), Some("s1"), now).unwrap_err(), Mismatch::OtherState);
        assert!(desk.by_state("s1").is_none());
    }
}
