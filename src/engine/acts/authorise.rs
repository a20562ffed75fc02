//! Authorising a connection in a browser: a person is sent out with an address and comes back with a code, by the
//! call-back or by pasting it.
//!
//! What comes back is checked before anything changes: the state, the time, the rights that were given, the org that
//! the connection is pinned to. The new refresh token is durable before anything uses it. Recipes do not go on by
//! themselves: somebody says so with [`Engine::resume_connection`].

use std::sync::Arc;

use tokio::sync::watch;

use super::pasted::{self, Answer};
use super::{ActError, Caller};
use crate::domain::connection::{Connection, Identity};
use crate::domain::id::ConnectionId;
use crate::engine::desk::{Callback, Case, Mismatch, Step};
use crate::engine::{Engine, Shared};
use crate::ports::{Presented, Redeemed};

impl Engine {
    /// Begins an authorisation.
    pub async fn authorise(
        &self,
        id: &ConnectionId,
        other_org: Option<String>,
        by: &Caller,
    ) -> Result<Case, ActError> {
        let shared = &self.shared;
        let connection = shared.connection(id)?;
        let consent = shared.keeper.remotes().consent(&connection, &shared.desk.callback().address())?;
        let case = shared.desk.open(&connection, consent, other_org, by, self.now());
        shared.audit("connection.authorise", vec![id.as_str().into()], None, by).await?;
        Ok(case)
    }

    /// Ends an authorisation with what was pasted.
    pub async fn authorise_with(&self, id: &ConnectionId, pasted: &str, by: &Caller) -> Result<(), ActError> {
        let answer = pasted::read(pasted).ok_or(ActError::Unasked(Mismatch::NoCode))?;
        let case = self.shared.desk.take(id, answer.state.as_deref(), self.now())?;
        self.shared.settle_case(id, case, answer, by).await
    }

    /// Ends the authorisation that a browser's call-back is for; returns whose it was.
    pub async fn called_back(&self, query: &str) -> (Option<ConnectionId>, Result<(), ActError>) {
        let Some(answer) = pasted::of_query(query) else {
            return (None, Err(ActError::Unasked(Mismatch::NoCode)));
        };
        // Without its state an answer could come from anybody's page.
        let Some(id) = answer.state.as_deref().and_then(|state| self.shared.desk.by_state(state)) else {
            return (None, Err(ActError::Unasked(Mismatch::OtherState)));
        };
        let case = match self.shared.desk.take(&id, answer.state.as_deref(), self.now()) {
            Ok(case) => case,
            Err(mismatch) => return (Some(id), Err(mismatch.into())),
        };
        let by = case.by.clone();
        let settled = self.shared.settle_case(&id, case, answer, &by).await;
        (Some(id), settled)
    }

    /// Notes that a short link was opened, and returns what it stands for.
    pub fn link_opened(&self, short: &str, from: &str) -> Option<Case> {
        self.shared.desk.opened(short, from, self.now())
    }

    /// Returns how far the authorisation of a connection has come.
    pub fn authorising(&self, id: &ConnectionId) -> Option<Case> {
        self.shared.desk.case(id)
    }

    /// Returns whether anybody is awaited with an answer.
    pub fn awaits_callback(&self) -> bool {
        self.shared.desk.awaits(self.now())
    }

    /// Returns what moves whenever an authorisation does.
    pub fn authorisations(&self) -> watch::Receiver<u64> {
        self.shared.desk.moves()
    }

    /// Returns where browsers are sent to.
    pub fn callback(&self) -> &Callback {
        self.shared.desk.callback()
    }
}

impl From<Mismatch> for ActError {
    fn from(mismatch: Mismatch) -> Self {
        Self::Unasked(mismatch)
    }
}

impl Shared {
    /// Finds out what an answer is worth, and closes its case either way: a code is good for one attempt.
    async fn settle_case(
        &self,
        id: &ConnectionId,
        case: Case,
        answer: Answer,
        by: &Caller,
    ) -> Result<(), ActError> {
        let state = case.consent.state.clone();
        match self.redeem_case(id, case, answer, by).await {
            Ok(users) => {
                self.desk.close(id, &state, |case| {
                    case.step = Step::Done;
                    case.users = Some(users);
                });
                Ok(())
            }
            Err(error) => {
                let error = Arc::new(error);
                let told = Arc::clone(&error);
                self.desk.close(id, &state, |case| {
                    case.step = Step::Refused;
                    case.refusal = Some(told);
                });
                Err(ActError::Shared(error))
            }
        }
    }

    async fn redeem_case(
        &self,
        id: &ConnectionId,
        case: Case,
        answer: Answer,
        by: &Caller,
    ) -> Result<(Arc<str>, Option<Arc<str>>), ActError> {
        let connection = self.connection(id)?;
        let presented = match answer.outcome {
            Ok(code) => Presented::Code { code, verifier: case.consent.verifier, callback: case.callback },
            Err((error, description)) => Presented::Declined { error, description },
        };
        let before = connection.identity.as_ref().map(|known| Arc::clone(&known.user_name));
        let identity = self.take_over(connection, presented, case.other_org.as_deref()).await?;
        self.look_at_package(&self.connection(id)?).await?;
        self.audit("connection.reconnect", vec![id.as_str().into()], None, by).await?;
        let before = before.filter(|before| *before != identity.user_name);
        Ok((identity.user_name, before))
    }

    /// Redeems something, checks for which org it is, and makes it the connection's own.
    pub(super) async fn take_over(
        &self,
        connection: Connection,
        presented: Presented,
        other_org: Option<&str>,
    ) -> Result<Identity, ActError> {
        let remotes = self.keeper.remotes();
        let redeemed = remotes.redeem(&connection, presented).await?;
        if !redeemed.lacking.is_empty() {
            return Err(ActError::Rights(redeemed.lacking));
        }
        let other = other_org.is_some() || !is_for(&connection, &redeemed);
        let mut identity = None;
        if other {
            // Who it is, is asked with what was redeemed alone: nothing of it has been kept yet.
            let found = remotes.introduce(&connection, &redeemed).await?;
            super::connections::pinned(&connection, &found, other_org)?;
            self.estrange(&connection, &found).await?;
            identity = Some(found);
        }
        let id = connection.id.clone();
        let mut taken =
            Connection { identity: identity.or_else(|| connection.identity.clone()), ..connection };
        // Not every remote tells them again with who we are.
        taken.more.scopes.clone_from(&redeemed.scopes);
        remotes.adopt(&taken, redeemed).await?;
        self.keeper.forget(&id);
        let found = self.identify(&taken).await?;
        super::connections::pinned(&taken, &found, other_org)?;
        self.put_valid(taken, found.clone()).await?;
        Ok(found)
    }
}

/// An id has 15 characters that matter.
fn is_for(connection: &Connection, redeemed: &Redeemed) -> bool {
    match (&connection.identity, &redeemed.org_id) {
        (Some(pinned), Some(found)) => pinned.org_id.chars().take(15).eq(found.chars().take(15)),
        (Some(_), None) => false,
        (None, _) => true,
    }
}
