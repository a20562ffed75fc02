//! Finds the engine of a data directory, starts one where a command needs it, and talks with it.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::host::{self, Host};
use super::story::clock_of;
use crate::cli::args::Global;
use crate::control::answers::Answers;
use crate::control::client::{Client, ClientError};
use crate::control::protocol::{Hello, Refusal, Reply, Request, VERSION};
use crate::control::server::{Server, own_login};
use crate::engine::Pace;
use crate::settings::paths::DataDir;
use crate::words::Words;

/// How long an engine may take to start.
const START: Duration = Duration::from_secs(20);

/// How long a command waits for data that another command has open.
const OPEN: Duration = Duration::from_secs(10);

/// What a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// To read: the stored data will do.
    Data,
    /// To change what is stored; no remote is called.
    Change,
    /// A running engine.
    Engine,
}

/// A visit to an engine, wherever it runs.
pub(super) struct Visit {
    client: Client,
    /// An engine inside this process, which ends with the visit.
    own: Option<Host>,
}

impl Visit {
    /// Visits the engine that holds the data; without one, does what the need allows.
    pub(super) async fn pay(global: &Global, need: Need, words: &Words) -> Result<Self, Refusal> {
        let data = DataDir::chosen(global.data_dir.clone());
        let hello = hello(global);
        match Client::connect(&data.socket(), &hello).await {
            Ok(client) => return Ok(Self { client, own: None }),
            Err(ClientError::TurnedAway(refusal)) => return Err(refusal),
            Err(_) => {}
        }
        if need == Need::Engine {
            return Self::begin(global, &data, &hello, words).await;
        }
        match host::open_store(&data, Duration::ZERO, words).await {
            Ok(store) => Self::inside(&data, store, need, &hello, words).await,
            // Somebody else has just opened it: an engine that starts, or another command that will soon be done.
            Err(refusal) if refusal.code == "data_in_use" => Self::wait(&data, need, &hello, words).await,
            Err(refusal) => Err(refusal),
        }
    }

    async fn wait(data: &DataDir, need: Need, hello: &Hello, words: &Words) -> Result<Self, Refusal> {
        let deadline = tokio::time::Instant::now() + OPEN;
        loop {
            if let Ok(client) = Client::connect(&data.socket(), hello).await {
                return Ok(Self { client, own: None });
            }
            match host::open_store(data, Duration::ZERO, words).await {
                Ok(store) => return Self::inside(data, store, need, hello, words).await,
                Err(refusal) if refusal.code == "data_in_use" && tokio::time::Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(refusal) => return Err(refusal),
            }
        }
    }

    /// Answers from inside this process. The engine, where one is needed at all, plans and calls nothing.
    async fn inside(
        data: &DataDir,
        store: Arc<dyn crate::ports::Store>,
        need: Need,
        hello: &Hello,
        words: &Words,
    ) -> Result<Self, Refusal> {
        if need == Need::Data {
            let answers = Answers::of_store(store, clock_of(data));
            return Ok(Self { client: within(answers, hello, words).await?, own: None });
        }
        let pace = Pace { idle: true, ..Pace::default() };
        let host = host::start_engine(data, store, pace, host::Setup::default(), words).await?;
        let client = within(host::answers(host.engine().clone(), data), hello, words).await?;
        Ok(Self { client, own: Some(host) })
    }

    /// Starts an engine of its own process and session, so that it outlives the line, and visits it.
    async fn begin(global: &Global, data: &DataDir, hello: &Hello, words: &Words) -> Result<Self, Refusal> {
        let failed = |why: &str| {
            let path = data.log().display().to_string();
            let pairs = [("why", why.into()), ("path", (&path).into())];
            Refusal::new("engine_start", 5, words.say_with("refused-engine-start", &pairs))
        };
        let program = std::env::current_exe().map_err(|error| failed(&error.to_string()))?;
        let mut command = Command::new(program);
        command.arg("serve").arg("--linger").arg("--data-dir").arg(data.root());
        if let Some(config) = &global.config {
            let config = std::path::absolute(config).unwrap_or_else(|_| config.clone());
            command.arg("--config").arg(config);
        }
        for _ in 0..global.verbose {
            command.arg("-v");
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().map_err(|error| failed(&error.to_string()))?;
        let deadline = tokio::time::Instant::now() + START;
        loop {
            if let Ok(client) = Client::connect(&data.socket(), hello).await {
                return Ok(Self { client, own: None });
            }
            match child.try_wait() {
                // Another engine was faster; its socket answers in a moment. Anything else is told.
                Ok(Some(status)) if status.code() != Some(5) => return Err(failed(&said(child))),
                Ok(Some(_)) if tokio::time::Instant::now() > deadline => return Err(failed(&said(child))),
                Ok(None) if tokio::time::Instant::now() > deadline => return Err(failed("no answer")),
                Ok(_) => tokio::time::sleep(Duration::from_millis(30)).await,
                Err(error) => return Err(failed(&error.to_string())),
            }
        }
    }

    /// Asks and waits for the answer.
    pub(super) async fn ask(&self, request: Request, words: &Words) -> Result<Reply, Refusal> {
        self.client
            .ask(request)
            .await
            .map_err(|_| Refusal::new("engine_gone", 5, words.say("refused-engine-gone")))
    }

    /// Returns the visit's client.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the visit, and the engine that ran for it alone.
    pub(super) async fn end(self) {
        if let Some(host) = self.own {
            host.stop(5_000).await;
        }
    }
}

/// Returns what a program said on standard error before it ended.
fn said(child: std::process::Child) -> String {
    let said = child.wait_with_output().map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
    said.unwrap_or_default().trim().to_owned()
}

/// Serves one visitor inside the process and returns its end.
pub(super) async fn within(answers: Answers, hello: &Hello, words: &Words) -> Result<Client, Refusal> {
    connect(&Server::new(answers), hello, words).await
}

/// Visits a server of this process.
pub(super) async fn connect(server: &Arc<Server>, hello: &Hello, words: &Words) -> Result<Client, Refusal> {
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let server = Arc::clone(server);
    tokio::spawn(async move { server.visit(theirs, own_login()).await });
    Client::over(ours, hello).await.map_err(|error| match error {
        ClientError::TurnedAway(refusal) => refusal,
        _ => Refusal::new("engine_gone", 5, words.say("refused-engine-gone")),
    })
}

/// Returns a visitor's first words.
pub(super) fn hello(global: &Global) -> Hello {
    let origin = std::env::var("SSH_CONNECTION").ok();
    let address = origin.as_deref().and_then(|origin| origin.split(' ').next()).unwrap_or("");
    let terminal = std::env::var("SSH_TTY").unwrap_or_default();
    Hello {
        version: VERSION,
        lang: super::language(global).code().into(),
        from: format!("{address} {}", terminal.trim_start_matches("/dev/")).trim().to_owned(),
        read_only: global.read_only,
        write_reason: if global.write { global.reason.clone() } else { None },
        tz: global.tz.clone().unwrap_or_else(|| "UTC".into()),
    }
}
