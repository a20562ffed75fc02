//! Where stories are made: the sandbox and the real engine, at the moments of a script.
//!
//! A script goes from scene to scene: it sets the clock, lets people edit, starts the engine, waits until nothing
//! moves any more, and stops it. Nothing here writes what an engine should have found out by itself.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::cast::Cast;
use super::clock::{ScriptClock, moment};
use super::{Plot, STATE, big, day, first};
use crate::cli::args::Story;
use crate::domain::connection::{Access, Connection, ConnectionState, Grant};
use crate::domain::draft::ConnectionDraft;
use crate::engine::acts::Caller;
use crate::engine::{Callback, Engine, Pace, Parts};
use crate::ports::{Clock, Store, Vault};
use crate::remote::Clients;
use crate::sandbox::system::Edits;
use crate::sandbox::{Options, Running, Sandbox};
use crate::settings::paths::DataDir;
use crate::store::redb::RedbStore;
use crate::store::vault::FileVault;

/// Why a story could not be made.
pub(super) type Mishap = Box<dyn std::error::Error + Send + Sync>;

/// How long nothing may move before a scene is over.
const STILL: Duration = Duration::from_millis(400);

/// How often that is looked at.
const LOOKS: u32 = 8;

/// How long a scene may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long a write to the sandbox without an answer may still take effect, in milliseconds: it is next door.
pub(in crate::app) const DOUBT_MS: i64 = 500;

/// Makes a story in an empty directory.
pub(super) async fn make(plot: Plot, data: &DataDir) -> Result<(), Mishap> {
    data.make()?;
    let mut stage = Stage::build(plot, data).await?;
    match plot.story {
        Story::First => first::play(&mut stage, false).await?,
        Story::Quiet => first::play(&mut stage, true).await?,
        Story::Day | Story::Live | Story::Hostile | Story::Wide => day::play(&mut stage).await?,
        Story::Big => big::play(&mut stage).await?,
    }
    stage.strike(data).await
}

/// The sandbox, the data, and a clock that the script sets.
pub(super) struct Stage {
    pub(super) plot: Plot,
    pub(super) cast: Cast,
    pub(super) store: Arc<dyn Store>,
    vault: Arc<dyn Vault>,
    clock: Arc<ScriptClock>,
    sandbox: Running,
    /// How far the sandbox's clock is from its own course, in milliseconds.
    offset_ms: i64,
    http: reqwest::Client,
}

impl Stage {
    async fn build(plot: Plot, data: &DataDir) -> Result<Self, Mishap> {
        let begin = moment("2025-01-08 08:00:00");
        let options = Options {
            seed: plot.seed,
            records: plot.records,
            state_file: Some(data.root().join(STATE)),
            origin: begin.timestamp(),
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await?;
        let path = data.store();
        let store = tokio::task::spawn_blocking(move || RedbStore::open(&path)).await??;
        let vault = FileVault::open(&data.vault(), &data.vault_key())?;
        Ok(Self {
            plot,
            cast: Cast::of(plot.story),
            store: Arc::new(store),
            vault: Arc::new(vault),
            clock: Arc::new(ScriptClock::at(begin)),
            sandbox,
            offset_ms: 0,
            http: reqwest::Client::new(),
        })
    }

    /// Sets both clocks.
    pub(super) fn set_clock(&mut self, at: &str, still: bool) {
        let at = moment(at);
        self.clock.set(at, still);
        let theirs = self.sandbox.sandbox().clock();
        let course = theirs.now().as_millisecond() - self.offset_ms;
        self.offset_ms = at.0 - course;
        theirs.set_offset_ms(self.offset_ms);
    }

    /// Starts the engine.
    pub(super) async fn engine(&self) -> Result<Engine, Mishap> {
        self.start(false).await
    }

    /// Starts an engine that plans and calls nothing.
    pub(super) async fn idle_engine(&self) -> Result<Engine, Mishap> {
        self.start(true).await
    }

    async fn start(&self, idle: bool) -> Result<Engine, Mishap> {
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let user_agent = concat!("syncdeck/", env!("CARGO_PKG_VERSION"));
        let remotes = Arc::new(Clients::new(Arc::clone(&self.vault), Arc::clone(&clock), user_agent));
        // One batch at a time: what a moment of trouble catches under way is the same every time.
        let pace = Pace { batches: 1, idle, ..Pace::default() };
        let (store, vault) = (Arc::clone(&self.store), Arc::clone(&self.vault));
        Ok(Engine::start(Parts {
            store,
            remotes,
            vault,
            clock,
            seed: self.plot.seed,
            pace,
            callback: Callback::default(),
            packages: crate::domain::doctor::Packages::default(),
        })
        .await?)
    }

    /// One scene: the engine runs until nothing moves any more.
    pub(super) async fn run(&mut self, at: &str) -> Result<(), Mishap> {
        self.set_clock(at, false);
        let engine = self.engine().await?;
        self.rest().await?;
        engine.stop(2_000).await;
        Ok(())
    }

    /// Waits until neither a call is made nor a line is written.
    pub(super) async fn rest(&self) -> Result<(), Mishap> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let look = || -> Result<_, Mishap> {
            Ok((self.sandbox.sandbox().recorder().last(), self.store.read()?.newest()?))
        };
        let (mut seen, mut alike) = (look()?, 0);
        // Looks count, not time: on a busy machine this process may do nothing at all for as long.
        while alike < LOOKS {
            tokio::time::sleep(STILL / LOOKS).await;
            let now = look()?;
            alike = if now == seen { alike + 1 } else { 0 };
            seen = now;
            if tokio::time::Instant::now() > deadline {
                return Err("the scene does not end".into());
            }
        }
        Ok(())
    }

    /// Waits until a connection is known to be revoked.
    pub(super) async fn falls(&self, id: &str) -> Result<(), Mishap> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let revoked = |known: &Connection| known.id.as_str() == id && known.state == ConnectionState::Revoked;
        while !self.store.read()?.connections()?.iter().any(revoked) {
            if tokio::time::Instant::now() > deadline {
                return Err("the connection does not fall".into());
            }
            tokio::time::sleep(STILL / LOOKS).await;
        }
        Ok(())
    }

    /// Returns a text of the sandbox's endpoints document.
    pub(super) fn endpoint(&self, pointer: &str) -> String {
        let text = self.sandbox.endpoints().pointer(pointer).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    /// People change records.
    pub(super) fn edit(&self, system: &str, container: &str, edits: &Edits) -> Result<Value, Mishap> {
        let known = self.sandbox.sandbox().system(system).ok_or("no such system")?;
        Ok(known.change(container, edits)?)
    }

    /// An administrator does something.
    pub(super) fn control(&self, system: &str, action: &str, body: &Value) -> Result<Value, Mishap> {
        let known = self.sandbox.sandbox().system(system).ok_or("no such system")?;
        Ok(known.control(action, body).ok_or("no such action")??)
    }

    /// Puts faults in force; none ends them all.
    pub(super) fn faults(&self, rules: Option<&Value>) -> Result<(), Mishap> {
        let faults = self.sandbox.sandbox().faults();
        faults.clear();
        if let Some(rules) = rules {
            faults.add(rules)?;
        }
        Ok(())
    }

    /// Makes a board; returns its id.
    pub(super) async fn board(&self, name: &str, columns: &[(&str, &str)]) -> Result<String, Mishap> {
        let made = self
            .monday(
                "mutation ($name: String!) { create_board(board_name: $name, board_kind: public, empty: true) { id } }",
                &json!({ "name": name }),
            )
            .await?;
        let board = made.pointer("/data/create_board/id").and_then(Value::as_str);
        let board = board.ok_or_else(|| format!("no board: {made}"))?.to_owned();
        for (id, kind) in columns {
            let query = format!(
                "mutation ($board: ID!, $id: String!) {{ create_column(board_id: $board, id: $id, title: $id, column_type: {kind}) {{ id }} }}"
            );
            let made = self.monday(&query, &json!({ "board": board, "id": id })).await?;
            if made.get("errors").is_some() {
                return Err(format!("no column: {made}").into());
            }
        }
        Ok(board)
    }

    /// Returns the ids of an object's records by their external ids.
    pub(super) async fn records(&self, object: &str) -> Result<BTreeMap<String, String>, Mishap> {
        let granted = self.control("salesforce", "grant", &json!({ "username": "admin@acme.example" }))?;
        let token = granted.get("access_token").and_then(Value::as_str).unwrap_or_default();
        let query = format!("SELECT Id, External_Id__c FROM {object} WHERE External_Id__c != null");
        let url = format!("{}/services/data/v62.0/query", self.endpoint("/salesforce/instance_url"));
        let request = self.http.get(url).query(&[("q", query)]).bearer_auth(token);
        let page: Value = request.send().await?.error_for_status()?.json().await?;
        let rows = page.get("records").and_then(Value::as_array).ok_or("no records")?;
        let text = |row: &Value, key: &str| Some(row.get(key)?.as_str()?.to_owned());
        Ok(rows.iter().filter_map(|row| Some((text(row, "External_Id__c")?, text(row, "Id")?))).collect())
    }

    async fn monday(&self, query: &str, variables: &Value) -> Result<Value, Mishap> {
        let request = self
            .http
            .post(self.endpoint("/monday/url"))
            .header("authorization", self.endpoint("/monday/token"))
            .json(&json!({ "query": query, "variables": variables }));
        Ok(request.send().await?.json().await?)
    }

    /// Returns what leads to the org, as one of its users.
    pub(super) fn salesforce(&self, id: &str, username: Option<&str>) -> Result<ConnectionDraft, Mishap> {
        let refresh_token = match username {
            Some(username) => {
                let granted = self.control("salesforce", "grant", &json!({ "username": username }))?;
                granted.get("refresh_token").and_then(Value::as_str).unwrap_or_default().to_owned()
            }
            None => self.endpoint("/salesforce/refresh_token"),
        };
        let access = Access::Salesforce {
            login_url: self.endpoint("/salesforce/login_url").into(),
            client_id: self.endpoint("/salesforce/client_id").into(),
            grant: Grant::RefreshToken,
            version: "62.0".into(),
            sandbox: false,
            doubt_ms: DOUBT_MS,
        };
        let secrets =
            [("client_secret", self.endpoint("/salesforce/client_secret")), ("refresh_token", refresh_token)];
        Ok(draft(id, access, Some(50_000), &secrets))
    }

    /// Returns what leads to the monday account.
    pub(super) fn boards(&self, id: &str) -> ConnectionDraft {
        let access = Access::Monday {
            url: self.endpoint("/monday/url").into(),
            version: "2026-10".into(),
            doubt_ms: DOUBT_MS,
            phone_country: Some("US".into()),
        };
        draft(id, access, None, &[("token", self.endpoint("/monday/token"))])
    }

    async fn strike(self, data: &DataDir) -> Result<(), Mishap> {
        let Self { store, sandbox, .. } = self;
        drop(store);
        sandbox.stop().await?;
        // The store closes its file on a thread of its own; a copy taken before would have to be repaired.
        let file = std::fs::File::open(data.store())?;
        Ok(tokio::task::spawn_blocking(move || file.lock()).await??)
    }
}

fn draft(id: &str, access: Access, api_budget: Option<u64>, secrets: &[(&str, String)]) -> ConnectionDraft {
    let secrets: BTreeMap<String, String> =
        secrets.iter().map(|(name, secret)| ((*name).to_owned(), secret.clone())).collect();
    ConnectionDraft {
        id: id.into(),
        account: None,
        access,
        protected: false,
        api_budget,
        options: crate::domain::connection::Options::default(),
        event_bus: None,
        app: None,
        secrets,
    }
}

/// Somebody at a terminal, as the audit log will know them.
pub(super) fn person(who: &str) -> Caller {
    Caller { who: who.into(), from: "203.0.113.7 pts/3".into() }
}
