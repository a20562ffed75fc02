//! Runs an engine on a data directory, and serves visitors at its socket.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::story::{self, clock_of};
use crate::cli::args::Global;
use crate::cli::output::Output;
use crate::control::answers::Answers;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::control::server::{Server, SocketFile, bind};
use crate::domain::doctor::Packages;
use crate::domain::draft::Flaw;
use crate::domain::time::Stamp;
use crate::engine::{Callback, Engine, Pace, Parts};
use crate::ports::{Clock, JobState, Store, StoreError, Vault};
use crate::remote::Clients;
use crate::remote::monday::Hooks;
use crate::sandbox::Running;
use crate::settings::config_file::{self, Config};
use crate::settings::packages;
use crate::settings::paths::DataDir;
use crate::store::redb::RedbStore;
use crate::store::vault::FileVault;
use crate::telemetry::{self, Log};
use crate::words::Words;

/// How long a lingering engine waits for the next visitor.
const LINGER: Duration = Duration::from_secs(60);

/// How many of the newest jobs may keep a lingering engine at work.
const JOBS: usize = 100;

/// How long a stop waits for calls in flight, in milliseconds.
const PATIENCE_MS: u64 = 10_000;

/// The machine's clock.
#[derive(Debug)]
pub(super) struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Stamp {
        Timestamp::now().into()
    }
}

/// Opens the data file of a directory, which it makes where there is none. Another process may just be about to
/// close it: it is waited for as long as `patience` says.
pub(super) async fn open_store(
    data: &DataDir,
    patience: Duration,
    words: &Words,
) -> Result<Arc<dyn Store>, Refusal> {
    data.make().map_err(|error| {
        let (path, why) = (data.root().display().to_string(), error.to_string());
        let pairs = [("path", (&path).into()), ("why", (&why).into())];
        Refusal::new("data_dir", 5, words.say_with("refused-broken", &pairs))
    })?;
    let deadline = tokio::time::Instant::now() + patience;
    loop {
        let path = data.store();
        let opened = tokio::task::spawn_blocking(move || RedbStore::open(&path)).await;
        match opened {
            Ok(Ok(store)) => return Ok(Arc::new(store)),
            Ok(Err(StoreError::InUse { .. })) if tokio::time::Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Ok(Err(error)) => return Err(Refusal::of_store(&error, words)),
            Err(error) => return Err(Refusal::new("data_broken", 5, error.to_string())),
        }
    }
}

/// A running engine, and where its data tell a story the sandbox that belongs to it.
pub(super) struct Host {
    engine: Engine,
    scenery: Option<Running>,
    /// Listens for browsers that come back.
    porch: Option<tokio::task::JoinHandle<()>>,
    /// Tells outside that a connection has fallen.
    herald: Option<tokio::task::JoinHandle<()>>,
}

impl Host {
    /// Returns the engine.
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Returns the sandbox of the story.
    pub(super) fn scenery(&self) -> Option<&Running> {
        self.scenery.as_ref()
    }

    /// Lets people work in the sandbox, as the story has it.
    pub(super) async fn enliven(&self, data: &DataDir) {
        if let Some(scenery) = &self.scenery {
            story::traffic(data, scenery).await;
        }
    }

    /// Ends the engine, and then the sandbox, which keeps its state.
    pub(super) async fn stop(self, patience_ms: u64) {
        for task in [self.porch, self.herald].into_iter().flatten() {
            task.abort();
        }
        self.engine.stop(patience_ms).await;
        if let Some(scenery) = self.scenery
            && let Err(error) = scenery.stop().await
        {
            tracing::warn!(%error, "the sandbox did not keep its state");
        }
    }
}

/// What the configuration says of an engine.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup {
    /// Where browsers come back to.
    pub(super) callback: Callback,
    /// Whether systems may tell changes by calling its public address.
    pub(super) webhooks: bool,
    /// What the packages in orgs are able to do.
    pub(super) packages: Packages,
    /// What is run when a connection falls, with its arguments; nothing when empty.
    pub(super) notify: Vec<String>,
}

/// Returns what the configuration says of an engine.
pub(super) fn setup(global: &Global, words: &Words) -> Result<Setup, Refusal> {
    let config = configuration(global, words)?;
    let webhooks = config.webhooks;
    let callback = Callback { port: config.callback_port, public_url: config.public_url.map(Arc::from) };
    let (path, table) = match &config.packages {
        Some(path) => (path.display().to_string(), std::fs::read_to_string(path)),
        None => ("config/packages.toml".to_owned(), Ok(packages::BUILT_IN.to_owned())),
    };
    let table = table.map_err(|error| unreadable(&path, &error, words))?;
    let packages = packages::parse(&path, &table).map_err(|mistakes| wrong(mistakes, words))?;
    Ok(Setup { callback, webhooks, packages, notify: config.notify })
}

fn unreadable(path: &str, error: &std::io::Error, words: &Words) -> Refusal {
    let why = error.to_string();
    let pairs = [("path", path.into()), ("why", (&why).into())];
    Refusal::new("bad_file", 2, words.say_with("refused-file", &pairs))
}

fn wrong(mistakes: Vec<crate::settings::Mistake>, words: &Words) -> Refusal {
    let count = mistakes.len();
    let flaw = |mistake: crate::settings::Mistake| Flaw {
        key: format!("{}:{}: {}", mistake.path, mistake.line, mistake.key).into(),
        found: mistake.found.into(),
        expected: mistake.expected.into(),
    };
    let message = words.say_with("refused-flaws", &[("count", count.into())]);
    Refusal { flaws: mistakes.into_iter().map(flaw).collect(), ..Refusal::new("bad_file", 2, message) }
}

/// Reads the configuration: the file that was named, the usual one where there is one, or what is built in.
pub(super) fn configuration(global: &Global, words: &Words) -> Result<Config, Refusal> {
    let path = global.config.clone().unwrap_or_else(config_file::usual_path);
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if global.config.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Config::default());
        }
        Err(error) => return Err(unreadable(&shown, &error, words)),
    };
    config_file::parse(&shown, &text).map_err(|mistakes| wrong(mistakes, words))
}

/// Starts an engine on opened data.
pub(super) async fn start_engine(
    data: &DataDir,
    store: Arc<dyn Store>,
    pace: Pace,
    setup: Setup,
    words: &Words,
) -> Result<Host, Refusal> {
    let vault = FileVault::open(&data.vault(), &data.vault_key()).map_err(|error| {
        let pairs = [("path", (&error.path).into()), ("why", (&error.why).into())];
        Refusal::new("vault", 5, words.say_with("refused-vault", &pairs))
    })?;
    let vault: Arc<dyn Vault> = Arc::new(vault);
    let clock = clock_of(data);
    let user_agent = concat!("syncdeck/", env!("CARGO_PKG_VERSION"));
    // An engine that calls nobody is called by nobody.
    let public = setup.callback.public_url.as_deref().filter(|_| setup.webhooks && !pace.idle);
    let hooks = public.map(|url| Arc::new(Hooks::at(url)));
    let clients = Clients::new(Arc::clone(&vault), Arc::clone(&clock), user_agent);
    let remotes = Arc::new(clients.reached_by(hooks.clone()));
    // An engine that calls nobody needs nobody to be called.
    let scenery =
        if pace.idle { None } else { story::scenery(data, store.as_ref(), vault.as_ref(), words).await? };
    let callback =
        if scenery.is_some() { story::callback().unwrap_or(setup.callback) } else { setup.callback };
    let parts = Parts {
        store,
        remotes,
        vault,
        clock,
        seed: fastrand::u64(..),
        pace,
        callback,
        packages: setup.packages,
    };
    let engine = Engine::start(parts).await.map_err(|error| Refusal::of_store(&error, words))?;
    // An engine that calls nobody awaits nobody.
    let porch =
        (!pace.idle).then(|| tokio::spawn(super::callback::serve(engine.clone(), words.again(), hooks)));
    let herald =
        (!pace.idle && !setup.notify.is_empty()).then(|| super::herald::watch(&engine, setup.notify));
    Ok(Host { engine, scenery, porch, herald })
}

/// Returns what answers a running engine's visitors.
pub(super) fn answers(engine: Engine, data: &DataDir) -> Answers {
    Answers::new(engine, clock_of(data))
}

/// The engine alone, in the foreground, until it is told to end.
pub(super) async fn serve(global: &Global, linger: bool, output: &Output) -> Result<u8, Refusal> {
    let data = DataDir::chosen(global.data_dir.clone());
    let words = &output.words;
    let setup = setup(global, words)?;
    // Signals count from the first moment, so that none ends the process with its data open.
    let mut ends = Ends::listen()?;
    if !linger {
        ask_to_yield(&data, global).await;
    }
    let store = match open_store(&data, Duration::from_secs(if linger { 2 } else { 15 }), words).await {
        Err(refusal) if refusal.code == "data_in_use" => {
            let path = data.root().display().to_string();
            let message = words.say_with("refused-other-serve", &[("path", (&path).into())]);
            return Err(Refusal { message, ..refusal });
        }
        opened => opened?,
    };
    let log = data.log();
    telemetry::start(if linger { Log::File(&log) } else { Log::Stderr }, global.verbose);
    let listener = bind(&data.socket()).map_err(|error| {
        let path = data.socket().display().to_string();
        Refusal::new(
            "socket",
            5,
            words.say_with(
                "refused-broken",
                &[("path", (&path).into()), ("why", (&error.to_string()).into())],
            ),
        )
    })?;
    let _socket = SocketFile(data.socket());
    let host = start_engine(&data, store, Pace::default(), setup, words).await?;
    host.enliven(&data).await;
    let server = Server::new(answers(host.engine().clone(), &data));
    let stop = CancellationToken::new();
    let serving = tokio::spawn({
        let (server, stop) = (Arc::clone(&server), stop.clone());
        async move { server.listen(listener, stop).await }
    });
    if !linger {
        let path = data.root().display().to_string();
        output.note(&words.say_with("serve-ready", &[("path", (&path).into())]));
        notify("READY=1");
    }
    tokio::select! {
        () = ends.any() => {}
        () = server.yielded(), if linger => {}
        () = deserted(&server, host.engine()), if linger => {}
    }
    notify("STOPPING=1");
    host.stop(PATIENCE_MS).await;
    stop.cancel();
    if let Err(error) = serving.await {
        tracing::warn!(%error, "the server ended badly");
    }
    Ok(0)
}

/// Returns when nobody has visited for a while and no job runs: a dropped line stops no work.
async fn deserted(server: &Server, engine: &Engine) {
    loop {
        server.deserted(LINGER).await;
        let jobs = engine.store().read().and_then(|view| view.jobs(JOBS));
        let at_work = |job: &crate::ports::Job| matches!(job.state, JobState::Waiting | JobState::Running);
        if !jobs.is_ok_and(|jobs| jobs.iter().any(at_work)) {
            return;
        }
    }
}

/// Asks an engine that only lingers to make room; one that serves does not.
async fn ask_to_yield(data: &DataDir, global: &Global) {
    let hello = super::visit::hello(global);
    let Ok(client) = crate::control::client::Client::connect(&data.socket(), &hello).await else { return };
    match client.ask(Request::Yield).await {
        Ok(Reply::Done) => tracing::debug!("a lingering engine makes room"),
        other => tracing::debug!(?other, "nobody makes room"),
    }
}

/// The signals that end the process cleanly.
pub(super) struct Ends {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

impl Ends {
    pub(super) fn listen() -> Result<Self, Refusal> {
        let listen = |kind| signal(kind).map_err(|error| Refusal::new("signals", 1, error.to_string()));
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
            hangup: listen(SignalKind::hangup())?,
        })
    }

    pub(super) async fn any(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            _ = self.hangup.recv() => {}
        }
    }
}

/// Tells systemd how we are, when it asked to be told.
fn notify(state: &str) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET") else { return };
    let sent = std::os::unix::net::UnixDatagram::unbound()
        .and_then(|datagram| datagram.send_to(state.as_bytes(), socket));
    if let Err(error) = sent {
        tracing::debug!(%error, "nobody listens for notifications");
    }
}
