//! What an org tells of its other limits: storage, bulk jobs, events. It costs a call, so it is asked only when a person
//! looks at the limits, and at most once an hour for a connection.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::errand::{Errand, Purpose};
use crate::domain::id::{AccountId, ConnectionId};
use crate::domain::time::{HOUR, Stamp};
use crate::engine::{Engine, Shared};
use crate::ports::errand::bound;
use crate::ports::{Step, StoreError};

/// For how long the answer stands.
const LASTS: i64 = HOUR;

/// When each connection was asked last, whatever came of it.
#[derive(Debug, Default)]
pub(in crate::engine) struct Asked(Mutex<BTreeMap<ConnectionId, Stamp>>);

impl Asked {
    /// Notes that somebody asks now; returns whether it is time to.
    fn begin(&self, id: &ConnectionId, now: Stamp) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = all.get(id).is_none_or(|at| !(0..LASTS).contains(&now.since(*at)));
        if due {
            all.insert(id.clone(), now);
        }
        due
    }
}

impl Engine {
    /// Has the other limits of an account's connections read, where that is long ago. It goes on by itself; who waits
    /// for what is returned waits until all of them have answered.
    pub fn look_at_limits(&self, account: Option<&AccountId>) -> impl Future<Output = ()> + use<> {
        let book = self.shared.book();
        let now = self.shared.now();
        let mut looks = Vec::new();
        for row in book.connections.values() {
            let told = row.more.limits.as_ref().is_some_and(|(at, _)| (0..LASTS).contains(&now.since(*at)));
            let ours = account.is_none_or(|account| row.account == *account);
            if !ours || told || row.state != ConnectionState::Valid || !self.shared.asked.begin(&row.id, now)
            {
                continue;
            }
            let (shared, row) = (Arc::clone(&self.shared), row.clone());
            let looking = async move {
                // A failure is no news: the calls of the recipes tell what is wrong with a connection.
                if let Err(error) = shared.look_at_limits(&row).await {
                    tracing::warn!(connection = %row.id, %error, "limits");
                }
            };
            looks.push(self.shared.tasks.spawn(bound(Errand::shared(Purpose::Person), looking)));
        }
        async move { drop(futures::future::join_all(looks).await) }
    }
}

impl Shared {
    async fn look_at_limits(&self, connection: &Connection) -> Result<(), StoreError> {
        let Ok(remote) = self.keeper.remote(connection) else { return Ok(()) };
        let Ok(limits) = remote.limits().await else { return Ok(()) };
        let connection = connection.id.clone();
        self.commit(Step::OrgLimits { connection, limits, now: self.now() }).await?;
        Ok(())
    }
}
