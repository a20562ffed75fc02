//! `syncdeck demo`: the sandbox, a sample account with its recipes, the engine and the console, in one process.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{host, visit};
use crate::cli::args::{Demo, Global, Story};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::client::Client;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::control::server::Server;
use crate::domain::connection::{Access, Grant};
use crate::domain::draft::ConnectionDraft;
use crate::engine::{Engine, Pace};
use crate::sandbox::{Options, Running, Sandbox};
use crate::settings::paths::DataDir;
use crate::settings::recipe_file;
use crate::telemetry::{self, Log};

/// The recipes of the sample account.
const RECIPES: [(&str, &str); 4] = [
    ("leads.toml", include_str!("../../assets/demo/leads.toml")),
    ("contacts.toml", include_str!("../../assets/demo/contacts.toml")),
    ("accounts.toml", include_str!("../../assets/demo/accounts.toml")),
    ("opportunities.toml", include_str!("../../assets/demo/opportunities.toml")),
];

/// How often the demonstration looks whether everything has arrived.
const LOOK: Duration = Duration::from_millis(100);

/// Changes a second that people make in the story `live`.
const LIVELY: u64 = 50;

/// Changes a second that people make in the story `first`, once the console is open.
const GENTLY: u64 = 2;

/// How long a write to the sandbox without an answer may still take effect, in milliseconds: it is next door.
const DOUBT_MS: i64 = 500;

/// The sandbox, the data and the engine of a demonstration.
pub(super) struct Stage {
    sandbox: Running,
    engine: Engine,
    server: Arc<Server>,
    client: Client,
    data: DataDir,
    /// Whether the data last only as long as the demonstration.
    temporary: bool,
}

impl Stage {
    /// Starts everything and gives an empty account its connections and recipes.
    pub(super) async fn set(demo: &Demo, global: &Global, out: &Output) -> Result<Self, Refusal> {
        let (data, temporary) = data_dir(global)?;
        let log = data.log();
        telemetry::start(if demo.headless { Log::Stderr } else { Log::File(&log) }, global.verbose);
        let store = host::open_store(&data, Duration::ZERO, &out.words).await?;
        let records = if demo.story == Story::Quiet { demo.records.min(50) } else { demo.records };
        let options = Options { seed: demo.seed, records, ..Options::default() };
        let sandbox = Sandbox::start(options).await.map_err(|error| {
            let why = error.to_string();
            Refusal::new("sandbox", 1, out.words.say_with("refused-sandbox", &[("why", (&why).into())]))
        })?;
        let engine = host::start_engine(&data, store, Pace::default(), &out.words).await?;
        let server = Server::new(host::answers(engine.clone()));
        let client = visit::connect(&server, &visit::hello(global), &out.words).await?;
        furnish(sandbox.endpoints(), &client, out).await?;
        Ok(Self { sandbox, engine, server, client, data, temporary })
    }

    /// Returns what answers visitors.
    pub(super) fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// Ends everything.
    pub(super) async fn strike(self, out: &Output) {
        self.engine.stop(2_000).await;
        // The sandbox of a demonstration keeps nothing.
        let _state = self.sandbox.stop().await;
        if self.temporary {
            // What is left in the temporary directory of the machine is swept by the machine.
            let _swept = std::fs::remove_dir_all(self.data.root());
        } else if !out.json {
            let path = self.data.root().display().to_string();
            out.note(&out.words.say_with("demo-data", &[("path", (&path).into())]));
        }
    }
}

pub(super) async fn run(demo: &Demo, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let mut ends = host::Ends::listen()?;
    let stage = Stage::set(demo, global, out).await?;
    let code = tokio::select! {
        code = play(demo, &stage, global, out) => code,
        () = ends.any() => Ok(0),
    };
    stage.strike(out).await;
    code
}

async fn play(demo: &Demo, stage: &Stage, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let Stage { sandbox, server, client, .. } = stage;
    match demo.story {
        Story::Live => traffic(sandbox, LIVELY).await,
        // So that a newcomer sees something move after the first load.
        Story::First if !demo.headless => traffic(sandbox, GENTLY).await,
        Story::First | Story::Quiet => {}
    }
    if !demo.headless {
        return super::console::on(server, global, &out.words).await;
    }
    loop {
        let reply = ask(client, Request::Status { account: None }, out).await?;
        let Reply::Status(rows) = &reply else { return Ok(print_reply(out, &reply)) };
        let needs_person =
            rows.iter().any(|row| row.connections.iter().any(|connection| connection.state.needs_person()));
        let in_step = rows.iter().all(|row| row.in_step);
        if demo.exit_when_synced && (in_step || needs_person) {
            match rows.as_slice() {
                [status] if out.json => out.document(&with_state(status, sandbox).await),
                _ => {
                    print_reply(out, &reply);
                }
            }
            return Ok(if needs_person { 4 } else { 0 });
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Returns the `status` document together with what the sandbox says of itself, so that both can be compared after
/// both have ended.
async fn with_state(status: &crate::control::rows::Status, sandbox: &Running) -> Value {
    let mut document = serde_json::json!(status);
    if let (Some(map), Some(state)) = (document.as_object_mut(), control(sandbox, "state").await) {
        map.insert("sandbox".into(), state);
        map.insert(
            "boards".into(),
            sandbox.endpoints().pointer("/monday/boards").cloned().unwrap_or_default(),
        );
    }
    document
}

/// Reads a document from the sandbox's control port.
async fn control(sandbox: &Running, path: &str) -> Option<Value> {
    let control = sandbox.endpoints().get("control").and_then(Value::as_str)?;
    let answer = reqwest::get(format!("{control}/{path}")).await.ok()?;
    answer.json().await.ok()
}

/// Returns the directory that was named, or one that lasts as long as the demonstration.
fn data_dir(global: &Global) -> Result<(DataDir, bool), Refusal> {
    if global.data_dir.is_some() {
        return Ok((DataDir::chosen(global.data_dir.clone()), false));
    }
    let name = format!("syncdeck-demo-{}-{:08x}", std::process::id(), fastrand::u32(..));
    let data = DataDir::chosen(Some(std::env::temp_dir().join(name)));
    data.make().map_err(|error| Refusal::new("data_dir", 5, error.to_string()))?;
    Ok((data, true))
}

/// Gives an empty account its connections and recipes.
async fn furnish(endpoints: &Value, client: &Client, out: &Output) -> Result<(), Refusal> {
    let known = ask(client, Request::Connections { account: None }, out).await?;
    if matches!(known, Reply::Connections(rows) if !rows.is_empty()) {
        return Ok(());
    }
    for draft in connections(endpoints) {
        if let Reply::Refused(refusal) = ask(client, Request::AddConnection(Box::new(draft)), out).await? {
            return Err(refusal);
        }
    }
    for (path, text) in RECIPES {
        let (draft, _) = recipe_file::parse(path, text).map_err(|mistakes| {
            let first =
                mistakes.first().map(|mistake| format!("{}:{} {}", mistake.path, mistake.line, mistake.key));
            Refusal::new("bad_file", 2, first.unwrap_or_default())
        })?;
        let request = Request::CreateRecipe { draft: Box::new(draft), dry_run: false };
        if let Reply::Refused(refusal) = ask(client, request, out).await? {
            return Err(refusal);
        }
    }
    Ok(())
}

fn connections(endpoints: &Value) -> [ConnectionDraft; 2] {
    let text =
        |pointer: &str| endpoints.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let secrets = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, pointer)| ((*name).to_owned(), text(pointer))).collect()
    };
    let salesforce = ConnectionDraft {
        id: "sf".into(),
        account: None,
        access: Access::Salesforce {
            login_url: text("/salesforce/login_url").into(),
            client_id: text("/salesforce/client_id").into(),
            grant: Grant::RefreshToken,
            version: "62.0".into(),
            sandbox: true,
            doubt_ms: DOUBT_MS,
        },
        protected: false,
        api_budget: Some(50_000),
        secrets: secrets(&[
            ("client_secret", "/salesforce/client_secret"),
            ("refresh_token", "/salesforce/refresh_token"),
        ]),
    };
    let monday = ConnectionDraft {
        id: "monday".into(),
        account: None,
        access: Access::Monday {
            url: text("/monday/url").into(),
            version: "2026-10".into(),
            doubt_ms: DOUBT_MS,
            phone_country: Some("US".into()),
        },
        protected: false,
        api_budget: None,
        secrets: secrets(&[("token", "/monday/token")]),
    };
    [salesforce, monday]
}

async fn ask(client: &Client, request: Request, out: &Output) -> Result<Reply, Refusal> {
    client
        .ask(request)
        .await
        .map_err(|_| Refusal::new("engine_gone", 5, out.words.say("refused-engine-gone")))
}

/// Lets people work in the simulated systems from now on.
async fn traffic(sandbox: &Running, per_second: u64) {
    let Some(control) = sandbox.endpoints().get("control").and_then(Value::as_str) else { return };
    let body = serde_json::json!({ "per_second": per_second, "for_seconds": 86_400 });
    let sent = reqwest::Client::new().post(format!("{control}/traffic")).json(&body).send().await;
    if let Err(error) = sent {
        tracing::warn!(%error, "nobody works in the sandbox");
    }
}
