//! Tells outside the console that a connection has fallen: by a command that the operator has chosen.
//!
//! The command gets what happened in its environment, never a secret, and is given a minute. Whether it succeeds
//! changes nothing here.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::task::JoinHandle;

use crate::domain::connection::Connection;
use crate::domain::id::ConnectionId;
use crate::engine::Engine;

/// How often the connections are looked at, at most.
const PACE: Duration = Duration::from_secs(1);

/// How long the command may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Watches the connections of an engine.
pub(super) fn watch(engine: &Engine, command: Vec<String>) -> JoinHandle<()> {
    let (store, mut news) = (engine.store().clone(), engine.news());
    tokio::spawn(async move {
        let all = || store.read().and_then(|view| view.connections()).unwrap_or_default();
        let fallen = |row: &Connection| row.state.needs_person();
        // What lay down before is no news.
        let mut known: BTreeMap<ConnectionId, bool> =
            all().iter().map(|row| (row.id.clone(), fallen(row))).collect();
        while news.changed().await.is_ok() {
            // News come with every commit; a pager need not be quicker than this.
            tokio::time::sleep(PACE).await;
            for row in all() {
                let before = known.insert(row.id.clone(), fallen(&row));
                if fallen(&row) && before == Some(false) {
                    tokio::spawn(tell(command.clone(), row));
                }
            }
        }
    })
}

async fn tell(command: Vec<String>, row: Connection) {
    let Some((program, arguments)) = command.split_first() else { return };
    let ended = Command::new(program)
        .args(arguments)
        .env("SYNCDECK_CONNECTION", row.id.as_str())
        .env("SYNCDECK_ACCOUNT", row.account.as_str())
        .env("SYNCDECK_STATE", row.state.name())
        .env("SYNCDECK_REASON", row.reason.as_deref().unwrap_or_default())
        .env("SYNCDECK_SINCE", row.since.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let ended = match ended {
        Ok(mut child) => tokio::time::timeout(PATIENCE, child.wait()).await,
        Err(error) => return tracing::warn!(program, %error, "the notification could not be started"),
    };
    match ended {
        Ok(Ok(status)) if status.success() => tracing::info!(connection = %row.id, "told that it has fallen"),
        Ok(other) => tracing::warn!(program, ?other, "the notification failed"),
        Err(_) => tracing::warn!(program, "the notification took too long and was ended"),
    }
}
