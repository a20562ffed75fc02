//! Adding connections, checking them, reconnecting them.

use std::sync::Arc;

use secrecy::SecretString;

use super::{ActError, Caller};
use crate::domain::connection::{Access, Connection, ConnectionState, Identity, More};
use crate::domain::draft::{ConnectionDraft, Flaw};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, LinkId, RecipeId};
use crate::domain::recipe::RecipeState;
use crate::engine::{Engine, Shared};
use crate::ports::{ErrorsAsk, Job, JobState, Presented, RecipeChange, SecretName, Step, StoreError};

/// How many links are made those of another org in one commit.
const ESTRANGED: u64 = 2_000;

impl Engine {
    /// Adds a connection, stores its secrets in the vault, and asks the remote who we are.
    ///
    /// A connection that cannot be used yet is kept all the same, in the state that says why.
    pub async fn add_connection(&self, draft: ConnectionDraft, by: &Caller) -> Result<(), ActError> {
        let shared = &self.shared;
        let account = shared.account_for(draft.account.as_ref())?;
        if shared.book().connections.contains_key(&draft.id) {
            let why = "it exists already".into();
            return Err(StoreError::Refused { what: "connection", id: draft.id.to_string(), why }.into());
        }
        for (what, secret) in draft.secrets {
            let Some(what) = secret_name(&what) else {
                let expected = "client_secret, private_key, refresh_token or token".into();
                return Err(ActError::Flaws(vec![Flaw {
                    key: what.as_str().into(),
                    found: "a secret".into(),
                    expected,
                }]));
            };
            shared
                .vault
                .put(&SecretName { connection: draft.id.clone(), what }, SecretString::from(secret))?;
        }
        let now = self.now();
        let id = draft.id.clone();
        let connection = Connection {
            protected: draft.protected,
            api_budget: draft.api_budget,
            more: More {
                options: draft.options,
                event_bus: draft.event_bus,
                app: draft.app,
                ..More::default()
            },
            ..Connection::new(draft.id, account, draft.access, now, Arc::clone(&by.who))
        };
        shared.commit(Step::PutConnection(Box::new(connection))).await?;
        shared.audit("connection.add", vec![id.as_str().into()], None, by).await?;
        match self.check_connection(&id).await {
            Ok(()) | Err(ActError::Remote(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// Asks the remote who we are and notes the answer.
    pub async fn check_connection(&self, id: &ConnectionId) -> Result<(), ActError> {
        let shared = &self.shared;
        let connection = shared.connection(id)?;
        if connection.state == ConnectionState::Off {
            return Err(StoreError::Refused {
                what: "connection",
                id: id.to_string(),
                why: "it is switched off".into(),
            }
            .into());
        }
        match shared.identify(&connection).await {
            Ok(identity) => {
                pinned(&connection, &identity, None)?;
                shared.put_valid(connection.clone(), identity).await?;
                shared.look_at_package(&connection).await?;
                Ok(())
            }
            Err(failure) => {
                shared.note_failure(&connection, &failure).await?;
                Err(failure.into())
            }
        }
    }

    /// Takes a new token. It must lead to the same org; another one only when it is named.
    ///
    /// Suspended recipes go on when `resume` says so, and what was parked because the authorisation was gone is tried
    /// again.
    pub async fn reconnect(
        &self,
        id: &ConnectionId,
        token: String,
        resume: bool,
        other_org: Option<&str>,
        by: &Caller,
    ) -> Result<(), ActError> {
        let shared = &self.shared;
        let mut connection = shared.connection(id)?;
        if connection.by_browser() {
            // Nothing of it is kept, and nothing is called with it, before it is known whose it is.
            let presented = Presented::Token(SecretString::from(token));
            shared.take_over(connection, presented, other_org).await?;
            return self.reconnected(id, resume, by).await;
        }
        let what = match connection.access {
            Access::Salesforce { .. } => "refresh_token",
            Access::Monday { .. } => "token",
        };
        // What a token from elsewhere carries is not told with it.
        connection.more.scopes.clear();
        let name = SecretName { connection: id.clone(), what };
        let before = shared.vault.get(&name);
        let access_name = SecretName { connection: id.clone(), what: "access_token" };
        shared.vault.put(&name, SecretString::from(token))?;
        // An access token of the old authorisation must not outlive it.
        shared.vault.put(&access_name, SecretString::from(""))?;
        shared.keeper.forget(id);
        let outcome = match shared.identify(&connection).await {
            Ok(identity) => pinned(&connection, &identity, other_org).map(|()| identity),
            Err(failure) => Err(failure.into()),
        };
        let identity = match outcome {
            Ok(identity) => identity,
            Err(error) => {
                // Nothing changes: the old token is back, however little it may be worth.
                shared.vault.put(&name, before.unwrap_or_else(|| SecretString::from("")))?;
                shared.keeper.forget(id);
                return Err(error);
            }
        };
        shared.estrange(&connection, &identity).await?;
        shared.put_valid(connection, identity).await?;
        self.reconnected(id, resume, by).await
    }

    async fn reconnected(&self, id: &ConnectionId, resume: bool, by: &Caller) -> Result<(), ActError> {
        self.shared.look_at_package(&self.shared.connection(id)?).await?;
        self.shared.audit("connection.reconnect", vec![id.as_str().into()], None, by).await?;
        if resume {
            self.resume_connection(id, by).await?;
        }
        Ok(())
    }

    /// Lets the recipes go on that waited for this connection, and tries again what was parked because of it.
    pub async fn resume_connection(&self, id: &ConnectionId, by: &Caller) -> Result<(), ActError> {
        let shared = &self.shared;
        let now = self.now();
        let waiting: Vec<RecipeId> = shared
            .book()
            .rules
            .iter()
            .filter(|rule| rule.recipe.uses(id) && rule.recipe.state == RecipeState::Suspended)
            .map(|rule| rule.recipe.id)
            .collect();
        shared.commit(Step::SetRecipes { recipes: waiting, to: RecipeChange::Resume, now }).await?;
        let mut parked =
            shared.store.read()?.errors(&ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() })?;
        parked.retain(|error| error.connection == *id && error.failure.class == Class::Auth);
        if !parked.is_empty() {
            let of = u64::try_from(parked.len()).unwrap_or(0);
            let job = Job {
                id: crate::domain::id::JobId(0),
                what: "connection.resume".into(),
                by: Arc::clone(&by.who),
                at: now,
                on: vec![id.as_str().into()],
                of,
                ok: 0,
                failed: 0,
                skipped: 0,
                state: JobState::Running,
            };
            let job = shared.commit(Step::PutJob(job)).await?.job.unwrap_or(crate::domain::id::JobId(0));
            let errors = parked.iter().map(|error| error.id).collect();
            let (by_whom, edits) = (Arc::clone(&by.who), Vec::new());
            shared.commit(Step::RetryErrors { errors, job, by: by_whom, due: now, now, edits }).await?;
        }
        shared.audit("connection.resume", vec![id.as_str().into()], None, by).await
    }

    /// Switches a connection on or off.
    pub async fn switch_connection(&self, id: &ConnectionId, on: bool, by: &Caller) -> Result<(), ActError> {
        let shared = &self.shared;
        let mut connection = shared.connection(id)?;
        let was_off = connection.state == ConnectionState::Off;
        if was_off != on {
            return Ok(());
        }
        connection.state = if on { ConnectionState::Pending } else { ConnectionState::Off };
        connection.reason = (!on).then(|| "switched_off".into());
        connection.detail = None;
        connection.until = None;
        connection.since = self.now();
        shared.commit(Step::PutConnection(Box::new(connection))).await?;
        let command = if on { "connection.enable" } else { "connection.disable" };
        shared.audit(command, vec![id.as_str().into()], None, by).await?;
        if on {
            self.check_connection(id).await?;
            self.resume_connection(id, by).await?;
        }
        Ok(())
    }

    /// Changes the settings that an operator owns.
    pub async fn set_connection(
        &self,
        id: &ConnectionId,
        change: impl FnOnce(&mut Connection),
        by: &Caller,
    ) -> Result<(), ActError> {
        let mut connection = self.shared.connection(id)?;
        change(&mut connection);
        self.shared.commit(Step::PutConnection(Box::new(connection))).await?;
        self.shared.audit("connection.set", vec![id.as_str().into()], None, by).await?;
        // A budget that was raised lets waiting syncs go on at once.
        self.shared.ration(id).await?;
        Ok(())
    }

    /// Removes a connection that no recipe uses, and its secrets; the authorisation is withdrawn at the remote.
    pub async fn remove_connection(&self, id: &ConnectionId, by: &Caller) -> Result<(), ActError> {
        let connection = self.shared.connection(id)?;
        self.shared.commit(Step::RemoveConnection { id: id.clone(), now: self.now() }).await?;
        if let Err(failure) = self.shared.keeper.remotes().withdraw(&connection).await {
            // It is gone from here whatever the remote says; its own list of grants shows what is left.
            tracing::warn!(connection = %id, code = &*failure.code, "the authorisation was not withdrawn at the remote");
        }
        self.shared.keeper.forget(id);
        self.shared.vault.forget(id)?;
        self.shared.audit("connection.remove", vec![id.as_str().into()], None, by).await
    }
}

fn secret_name(what: &str) -> Option<&'static str> {
    ["client_secret", "private_key", "refresh_token", "token"].into_iter().find(|known| *known == what)
}

impl Shared {
    pub(super) fn connection(&self, id: &ConnectionId) -> Result<Connection, ActError> {
        let missing = || StoreError::Missing { what: "connection", id: id.to_string() };
        Ok(self.stored(id)?.ok_or_else(missing)?)
    }

    pub(super) async fn identify(&self, connection: &Connection) -> Result<Identity, Failure> {
        let remote = self.keeper.remote(connection)?;
        remote.identify().await
    }

    pub(super) async fn put_valid(
        &self,
        mut connection: Connection,
        identity: Identity,
    ) -> Result<(), ActError> {
        let now = self.now();
        if connection.state != ConnectionState::Valid {
            connection.since = now;
        }
        connection.state = ConnectionState::Valid;
        connection.reason = None;
        connection.detail = None;
        connection.until = None;
        connection.more.told = identity.told.clone();
        if !identity.told.scopes.is_empty() {
            connection.more.scopes.clone_from(&identity.told.scopes);
        }
        connection.identity = Some(identity);
        connection.last_ok_at = Some(now);
        self.commit(Step::PutConnection(Box::new(connection))).await?;
        Ok(())
    }

    /// Makes the links of a connection those of another org, where it leads to another one from now on. Nothing is read
    /// or written over it meanwhile.
    pub(super) async fn estrange(&self, connection: &Connection, found: &Identity) -> Result<(), ActError> {
        if connection.identity.as_ref().is_none_or(|known| known.org_id == found.org_id) {
            return Ok(());
        }
        let id = &connection.id;
        self.put_state(id, ConnectionState::Revoked, Some("other_org".into()), None, None).await?;
        let mut from = LinkId(0);
        loop {
            let step = Step::Estrange { connection: id.clone(), from, limit: ESTRANGED, now: self.now() };
            if !self.commit(step).await?.more {
                break;
            }
            from = LinkId(from.0.saturating_add(ESTRANGED));
        }
        tracing::info!(connection = %id, org = &*found.org_id, "the connection leads to another org: everything is read anew");
        Ok(())
    }

    async fn note_failure(&self, connection: &Connection, failure: &Failure) -> Result<(), ActError> {
        let state = match (failure.kind, failure.class) {
            (Kind::Connection, Class::Perm) => ConnectionState::Blocked,
            (Kind::Connection, _) => ConnectionState::Revoked,
            (_, Class::Limit) => ConnectionState::Exhausted,
            _ => ConnectionState::Unreachable,
        };
        let until = matches!(state, ConnectionState::Exhausted | ConnectionState::Unreachable)
            .then(|| self.now().plus(failure.wait_ms.unwrap_or(10_000)));
        let (code, detail) = (Arc::clone(&failure.code), Arc::clone(&failure.message));
        self.put_state(&connection.id, state, Some(code), Some(detail), until).await?;
        Ok(())
    }
}

/// The org is pinned at the first connect: a write to another org is impossible.
pub(super) fn pinned(
    connection: &Connection,
    found: &Identity,
    other_org: Option<&str>,
) -> Result<(), ActError> {
    let Some(known) = &connection.identity else { return Ok(()) };
    if known.org_id == found.org_id || other_org == Some(&*found.org_name) {
        return Ok(());
    }
    let name =
        |identity: &Identity| -> Arc<str> { format!("{} ({})", identity.org_name, identity.org_id).into() };
    Err(ActError::OtherOrg { pinned: name(known), found: name(found), name: Arc::clone(&found.org_name) })
}
