//! The keeper of connections: their clients, how many calls may be under way, what state they are in.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Shared;
use crate::domain::connection::{Access, Connection, ConnectionState};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, ContainerId, FieldName};
use crate::domain::schema::Schema;
use crate::domain::time::{MINUTE, SECOND, Stamp};
use crate::ports::{CallsMade, Remote, Remotes, Step, StoreError};

pub(super) struct Keeper {
    remotes: Arc<dyn Remotes>,
    calls: usize,
    known: Mutex<BTreeMap<ConnectionId, Known>>,
    /// Schemas described a moment ago, and when: many recipes are often made at once.
    pub(super) schemas: tokio::sync::Mutex<BTreeMap<(ConnectionId, String), (Stamp, Arc<Schema>)>>,
    /// Fields of origin keys that were found or made.
    pub(super) key_fields: tokio::sync::Mutex<BTreeMap<(ConnectionId, ContainerId), FieldName>>,
}

struct Known {
    access: Access,
    remote: Arc<dyn Remote>,
    calls: Arc<Semaphore>,
    /// Held while records that may have a parent in common are written.
    siblings: Arc<tokio::sync::Mutex<()>>,
    /// Failures in a row that concern the connection as a whole.
    failures: u32,
    /// Whether it needs a person.
    fallen: bool,
}

impl Keeper {
    pub(super) fn new(remotes: Arc<dyn Remotes>, calls: usize) -> Self {
        Self {
            remotes,
            calls,
            known: Mutex::default(),
            schemas: tokio::sync::Mutex::default(),
            key_fields: tokio::sync::Mutex::default(),
        }
    }

    /// Returns the client of a connection, the same one until its settings change.
    pub(super) fn remote(&self, connection: &Connection) -> Result<Arc<dyn Remote>, Failure> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&connection.id).filter(|known| known.access == connection.access) {
            return Ok(Arc::clone(&known.remote));
        }
        let remote = self.remotes.connect(connection)?;
        let entry = Known {
            access: connection.access.clone(),
            remote: Arc::clone(&remote),
            calls: Arc::new(Semaphore::new(self.calls)),
            siblings: Arc::default(),
            failures: 0,
            fallen: false,
        };
        known.insert(connection.id.clone(), entry);
        Ok(remote)
    }

    /// Forgets a client and the tokens it holds.
    pub(super) fn forget(&self, id: &ConnectionId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Waits for leave to make a call.
    pub(super) async fn leave(&self, id: &ConnectionId) -> Option<OwnedSemaphorePermit> {
        let calls = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(&known.get(id)?.calls)
        };
        calls.acquire_owned().await.ok()
    }

    /// Waits until nobody else writes records that may have a parent in common: a system that locks the parent would
    /// refuse one of two.
    pub(super) async fn siblings(&self, id: &ConnectionId) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        let siblings = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(&known.get(id)?.siblings)
        };
        Some(siblings.lock_owned().await)
    }

    /// Returns what makes the clients.
    pub(super) fn remotes(&self) -> &dyn Remotes {
        self.remotes.as_ref()
    }

    /// Returns the client of a connection, where there is one already.
    pub(super) fn known(&self, id: &ConnectionId) -> Option<Arc<dyn Remote>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(id).map(|known| Arc::clone(&known.remote))
    }

    fn all(&self) -> Vec<(ConnectionId, Arc<dyn Remote>)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(id, known)| (id.clone(), Arc::clone(&known.remote))).collect()
    }

    /// Tells all clients that we are about to stop.
    pub(super) async fn wind_up(&self) {
        for (_, remote) in self.all() {
            remote.wind_up().await;
        }
    }

    fn count_failure(&self, id: &ConnectionId) -> u32 {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_mut(id).map_or(1, |known| {
            known.failures = known.failures.saturating_add(1);
            known.failures
        })
    }

    /// Notes that a connection needs a person; returns whether that is news, which it is for one caller only.
    pub(super) fn falls(&self, id: &ConnectionId) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_mut(id).is_some_and(|known| !std::mem::replace(&mut known.fallen, true))
    }

    fn clear_failures(&self, id: &ConnectionId) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get_mut(id) {
            known.fallen = false;
            known.failures = 0;
        }
    }
}

impl Shared {
    /// Writes down the calls that were made since the last time.
    pub(super) async fn charge(&self) -> Result<(), StoreError> {
        let (book, all) = (self.book(), self.keeper.all());
        let made = all.iter().filter_map(|(connection, remote)| {
            let calls = remote.calls_made();
            let ok = book.connections.get(connection).is_some_and(|row| row.state == ConnectionState::Valid);
            let made = CallsMade { connection: connection.clone(), calls, usage: remote.usage(), ok };
            (!made.calls.is_empty()).then_some(made)
        });
        let made: Vec<CallsMade> = made.collect();
        if !made.is_empty() {
            self.commit(Step::Calls { made, now: self.now() }).await?;
        }
        for (connection, _) in &all {
            self.ration(connection).await?;
        }
        Ok(())
    }

    /// Notes that a call succeeded: a connection that was not valid is so again.
    pub(super) async fn well(&self, id: &ConnectionId) -> Result<(), StoreError> {
        self.keeper.clear_failures(id);
        let book = self.book();
        let Some(connection) = book.connections.get(id) else { return Ok(()) };
        if !matches!(connection.state, ConnectionState::Unreachable | ConnectionState::Exhausted) {
            return Ok(());
        }
        self.put_state(id, ConnectionState::Valid, None, None, None).await
    }

    /// Notes a failure that concerns the connection as a whole, and returns from when it may be tried again.
    pub(super) async fn unwell(&self, id: &ConnectionId, failure: &Failure) -> Result<Stamp, StoreError> {
        let failures = self.keeper.count_failure(id);
        let now = self.now();
        let (state, until) = match (failure.kind, failure.class) {
            (Kind::Connection, Class::Perm) => (ConnectionState::Blocked, None),
            (Kind::Connection, _) => (ConnectionState::Revoked, None),
            (_, Class::Limit) => {
                let wait = failure.wait_ms.unwrap_or(MINUTE).clamp(SECOND, 24 * 60 * MINUTE);
                (ConnectionState::Exhausted, Some(now.plus(wait)))
            }
            _ => {
                let backoff = (SECOND << failures.min(8)).min(2 * MINUTE);
                let wait = failure.wait_ms.unwrap_or(0).max(backoff);
                (ConnectionState::Unreachable, Some(now.plus(wait)))
            }
        };
        // One lost call is no news; three in a row are.
        if state != ConnectionState::Unreachable || failures >= 3 {
            let (code, detail) = (Arc::clone(&failure.code), Arc::clone(&failure.message));
            self.put_state(id, state, Some(code), Some(detail), until).await?;
        }
        Ok(until.unwrap_or_else(|| now.plus(MINUTE)))
    }

    /// Returns a connection as it is stored at this moment.
    pub(super) fn stored(&self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        Ok(self.store.read()?.connections()?.into_iter().find(|row| row.id == *id))
    }

    pub(super) async fn put_state(
        &self,
        id: &ConnectionId,
        state: ConnectionState,
        reason: Option<Arc<str>>,
        detail: Option<Arc<str>>,
        until: Option<Stamp>,
    ) -> Result<(), StoreError> {
        let book = self.book();
        let Some(known) = book.connections.get(id) else { return Ok(()) };
        if known.state == ConnectionState::Off && state != ConnectionState::Off {
            return Ok(());
        }
        if known.state == state && known.until == until {
            return Ok(());
        }
        // As it is stored: what was counted since does not stand in the book.
        let Some(mut connection) = self.stored(id)? else { return Ok(()) };
        if connection.state != state {
            connection.since = self.now();
            tracing::info!(connection = %id, from = connection.state.name(), to = state.name(), reason = reason.as_deref(), "connection");
        }
        if state == ConnectionState::Revoked && connection.state != state {
            connection.more.revoked_at(self.now());
        }
        connection.state = state;
        connection.reason = reason;
        connection.detail = detail;
        connection.until = until;
        self.commit(Step::PutConnection(Box::new(connection))).await?;
        Ok(())
    }
}
