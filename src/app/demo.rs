//! `syncdeck demo`: the sandbox, a sample account with its recipes, the engine and the console, in one process.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::host::{self, Host};
use super::story::{self, Plot};
use super::visit;
use crate::cli::args::{Demo, Global, Story};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::answers::Answers;
use crate::control::client::Client;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::control::server::Server;
use crate::engine::Pace;
use crate::sandbox::Running;
use crate::settings::paths::DataDir;
use crate::telemetry::{self, Log};

/// How often the demonstration looks whether everything has arrived.
const LOOK: Duration = Duration::from_millis(100);

/// The sandbox, the data and the engine of a demonstration.
pub(super) struct Stage {
    host: Host,
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
        story::prepare(plot(demo), &data, out).await?;
        let store = host::open_store(&data, Duration::ZERO, &out.words).await?;
        let host =
            host::start_engine(&data, store, Pace::default(), host::setup(global, &out.words)?, &out.words)
                .await?;
        let server = Server::new(host::answers(host.engine().clone(), &data));
        let client = visit::connect(&server, &visit::hello(global), &out.words).await?;
        Ok(Self { host, server, client, data, temporary })
    }

    /// Returns what answers visitors.
    pub(super) fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// Ends everything.
    pub(super) async fn strike(self, out: &Output) {
        self.host.stop(2_000).await;
        if self.temporary {
            sweep(&self.data);
        } else {
            tell_where(&self.data, out);
        }
    }
}

pub(super) async fn run(demo: &Demo, global: &Global, out: &Output) -> Result<u8, Refusal> {
    if demo.prepare {
        return prepare(demo, global, out).await;
    }
    if !demo.headless {
        return show(demo, global, out).await;
    }
    let mut ends = host::Ends::listen()?;
    let stage = Stage::set(demo, global, out).await?;
    let code = tokio::select! {
        code = play(demo, &stage, out) => code,
        () = ends.any() => Ok(0),
    };
    stage.strike(out).await;
    code
}

/// The console on a story. Its first frame comes from the stored data: engine and sandbox start meanwhile.
async fn show(demo: &Demo, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let (data, temporary) = data_dir(global)?;
    telemetry::start(Log::File(&data.log()), global.verbose);
    story::prepare(plot(demo), &data, out).await?;
    let store = host::open_store(&data, Duration::ZERO, &out.words).await?;
    let setup = host::setup(global, &out.words)?;
    let (there, engine) = watch::channel(None);
    let server = Server::new(Answers::before(Arc::clone(&store), story::clock_of(&data), engine));
    let starting = tokio::spawn({
        let (data, words) = (data.clone(), out.words.again());
        async move {
            let host = host::start_engine(&data, store, Pace::default(), setup, &words).await?;
            host.enliven(&data).await;
            there.send_replace(Some(host.engine().clone()));
            Ok::<_, Refusal>(host)
        }
    });
    let code = super::console::on(&server, global, &out.words).await;
    if temporary {
        // Nothing of it is needed again: whoever leaves need not wait.
        starting.abort();
        sweep(&data);
        return code;
    }
    match starting.await {
        Ok(Ok(host)) => host.stop(2_000).await,
        Ok(Err(refusal)) => return Err(refusal),
        Err(error) => tracing::error!(%error, "the engine did not start"),
    }
    tell_where(&data, out);
    code
}

/// Removes what lasts only as long as the demonstration; what is left is swept by the machine.
fn sweep(data: &DataDir) {
    let _swept = std::fs::remove_dir_all(data.root());
}

fn tell_where(data: &DataDir, out: &Output) {
    if !out.json {
        let path = data.root().display().to_string();
        out.note(&out.words.say_with("demo-data", &[("path", (&path).into())]));
    }
}

/// Makes the story's directory and ends.
async fn prepare(demo: &Demo, global: &Global, out: &Output) -> Result<u8, Refusal> {
    telemetry::start(if global.verbose > 0 { Log::Stderr } else { Log::Off }, global.verbose);
    if global.data_dir.is_some() {
        let data = DataDir::chosen(global.data_dir.clone());
        story::prepare(plot(demo), &data, out).await?;
    } else {
        story::keep(plot(demo), out).await?;
    }
    Ok(0)
}

/// Returns what a story is made of; those of a bad day need records enough for it.
fn plot(demo: &Demo) -> Plot {
    let records = match demo.story {
        Story::First => demo.records,
        Story::Quiet => demo.records.min(50),
        Story::Day | Story::Live | Story::Big | Story::Hostile | Story::Wide => demo.records.max(1_000),
    };
    Plot { story: demo.story, seed: demo.seed, records }
}

async fn play(demo: &Demo, stage: &Stage, out: &Output) -> Result<u8, Refusal> {
    let Stage { host, client, .. } = stage;
    // Whoever counts what the first load brings wants nobody to interfere.
    if demo.story != Story::First {
        host.enliven(&stage.data).await;
    }
    loop {
        let reply = ask(client, Request::Status { account: None }, out).await?;
        let Reply::Status(rows) = &reply else { return Ok(print_reply(out, &reply)) };
        let needs_person =
            rows.iter().any(|row| row.connections.iter().any(|connection| connection.state.needs_person()));
        let in_step = rows.iter().all(|row| row.in_step);
        if demo.exit_when_synced && (in_step || needs_person) {
            match rows.as_slice() {
                [status] if out.json => out.document(&with_state(status, host.scenery()).await),
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
async fn with_state(status: &crate::control::rows::Status, sandbox: Option<&Running>) -> Value {
    let Some(sandbox) = sandbox else { return serde_json::json!(status) };
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

async fn ask(client: &Client, request: Request, out: &Output) -> Result<Reply, Refusal> {
    client
        .ask(request)
        .await
        .map_err(|_| Refusal::new("engine_gone", 5, out.words.say("refused-engine-gone")))
}
