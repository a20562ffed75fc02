//! The frame: builds the simulated systems and serves them, each on a port of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_rustls::server::TlsStream;

use super::clock::Clock;
use super::control;
use super::faults::Faults;
use super::listener::{Peer, Stream, Wires, bind};
use super::monday::{self, Monday};
use super::proxy::Proxy;
use super::recorder::Recorder;
use super::salesforce::{EventBus, Salesforce};
use super::saved;
use super::system::System;
use super::tls::Authority;
use super::traffic::Traffic;
use super::wrap::wrap;

/// The systems and how far their port lies from the control port.
const PORTS: [(&str, u16); 5] =
    [("salesforce", 1), ("monday", 2), ("hubspot", 3), ("forcemanager", 4), ("modjo", 5)];

/// The systems and the ends of their real host names.
const DOMAINS: [(&str, &str); 2] = [("salesforce", "salesforce.com"), ("monday", "monday.com")];

/// How far the port of Salesforce's event bus lies from the control port.
const PUBSUB: u16 = 6;

/// How far the proxy's port lies from the control port.
const PROXY: u16 = 7;

/// How far the port of a system with TLS lies from its port without.
const WITH_TLS: u16 = 10;

/// How many accepted connections wait for a system's server.
const HANDED: usize = 64;

/// How often the state is saved while something happens.
const SAVE_EVERY: Duration = Duration::from_secs(30);

/// How long a stop waits for calls in flight.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// How a sandbox is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the control port listens; the systems follow on the next ports. Port 0 picks free ones.
    pub listen: SocketAddr,
    /// What makes the data the same every time.
    pub seed: u64,
    /// How many Leads and how many Contacts there are.
    pub records: u64,
    /// Where the state is kept across restarts.
    pub state_file: Option<PathBuf>,
    /// Rules of the fault injector, in force from the first call.
    pub faults_file: Option<PathBuf>,
    /// The systems' time at the start.
    pub origin: Timestamp,
    /// Whether the systems are served with TLS too, and under their real names through a proxy.
    pub tls: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            records: 2000,
            state_file: None,
            faults_file: None,
            origin: Timestamp::now(),
            tls: false,
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// An address is in use or not on loopback.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the machine said.
        source: io::Error,
    },
    /// A file cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the machine said.
        source: io::Error,
    },
    /// The certificates for TLS cannot be made or written.
    #[error("cannot make certificates: {0}")]
    Authority(io::Error),
    /// A file does not hold what it should.
    #[error("{}: {reason}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// The simulated systems without listeners: what tests call in memory.
#[derive(Clone)]
pub struct Sandbox {
    pub(super) clock: Clock,
    pub(super) recorder: Arc<Recorder>,
    pub(super) faults: Arc<Faults>,
    pub(super) systems: Vec<Arc<dyn System>>,
    pub(super) traffic: Traffic,
}

impl Sandbox {
    /// Builds the systems and takes back saved state and faults from the files of `options`.
    ///
    /// # Errors
    /// A file cannot be read, or does not hold what it should.
    pub fn build(options: &Options) -> Result<Self, SandboxError> {
        let clock = Clock::starting_at(options.origin);
        let systems: Vec<Arc<dyn System>> = vec![
            Arc::new(Salesforce::new(clock.clone(), options.seed, options.records)),
            Monday::new(clock.clone(), monday::Options { seed: options.seed }),
        ];
        let sandbox = Self::of(clock, systems);
        if let Some(path) = &options.faults_file {
            let rules = saved::read(path)?;
            let wrong = |reason| SandboxError::Content { path: path.clone(), reason };
            sandbox.faults.add(&rules).map_err(wrong)?;
        }
        if let Some(path) = options.state_file.as_ref().filter(|path| path.exists()) {
            saved::restore(&sandbox, path)?;
        }
        Ok(sandbox)
    }

    /// Puts a frame around systems that were built elsewhere.
    pub fn of(clock: Clock, systems: Vec<Arc<dyn System>>) -> Self {
        let traffic = Traffic::new(systems.clone());
        Self { clock, recorder: Arc::default(), faults: Arc::default(), systems, traffic }
    }

    /// Builds the systems and serves them.
    ///
    /// # Errors
    /// See [`SandboxError`].
    pub async fn start(options: Options) -> Result<Running, SandboxError> {
        let sandbox = Self::build(&options)?;
        sandbox.serve_as(options.listen, options.state_file, options.tls).await
    }

    /// Serves these systems; the control port is `listen`, and the state is kept in `state_file`.
    ///
    /// # Errors
    /// A port cannot be bound.
    pub async fn serve(
        self,
        listen: SocketAddr,
        state_file: Option<PathBuf>,
    ) -> Result<Running, SandboxError> {
        self.serve_as(listen, state_file, false).await
    }

    async fn serve_as(
        self,
        listen: SocketAddr,
        state_file: Option<PathBuf>,
        tls: bool,
    ) -> Result<Running, SandboxError> {
        let (stop, _) = watch::channel(false);
        let mut tasks = Vec::new();
        let authority = Authority::new(state_file.as_deref()).map_err(SandboxError::Authority)?;
        let (control, control_at) = open(listen, 0).await?;
        let mut endpoints = Map::new();
        endpoints.insert("control".into(), Value::String(format!("http://{control_at}")));
        let mut secure = Secure::default();
        for system in &self.systems {
            let distance = PORTS.iter().find(|(name, _)| *name == system.name()).map_or(0, |(_, port)| *port);
            let (listener, at) = open(listen, distance).await?;
            let origin = format!("http://{at}");
            let mut known = system.endpoints(&origin);
            if let Some(bus) = system.event_bus(&self.faults) {
                let (listener, at) = plain(listen, PUBSUB).await?;
                let bus_at =
                    json!({ "host": at.ip().to_string(), "port": at.port(), "ca_file": authority.file });
                if let Value::Object(known) = &mut known {
                    known.insert("pubsub".into(), bus_at);
                }
                secure.bus = Some(at);
                tasks.push(serve_events(bus, authority.accept_h2(listener), stop.subscribe()));
            }
            endpoints.insert(system.name().into(), known);
            let router = wrap(system, &self.recorder, &self.faults, &self.clock);
            if tls {
                let (handed, connections) = mpsc::channel(HANDED);
                let (listener, at) = plain(listen, distance + WITH_TLS).await?;
                authority.accept_http(listener, handed.clone());
                tasks.push(spawn(Wires::Handed(connections), router.clone(), stop.subscribe()));
                secure.systems.push((system.name(), at, handed));
            }
            tasks.push(spawn(listener, router, stop.subscribe()));
        }
        if tls {
            let (listener, at) = plain(listen, PROXY).await?;
            endpoints.insert("tls".into(), secure.told(at, &authority));
            let proxy = secure.proxy(&authority);
            let stopped = stop.subscribe();
            tasks.push(tokio::spawn(async move {
                tokio::select! {
                    () = proxy.serve(listener) => {}
                    () = ended(stopped) => {}
                }
            }));
        }
        tasks.push(spawn(control, control::router(self.clone()), stop.subscribe()));
        let endpoints = Value::Object(endpoints);
        let running = Running { sandbox: self, endpoints, stop, tasks, state_file, _authority: authority };
        Ok(running.saving())
    }

    /// Returns a system's router with recorder and faults around it, for calls in memory.
    ///
    /// A dropped answer carries [`super::Dropped`] among its extensions and its body fails.
    pub fn router(&self, system: &str) -> Option<Router> {
        let system = self.systems.iter().find(|known| known.name() == system)?;
        Some(wrap(system, &self.recorder, &self.faults, &self.clock))
    }

    /// Returns the control port's router, for calls in memory.
    pub fn control(&self) -> Router {
        control::router(self.clone())
    }

    /// Returns the clock that all systems share.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns the recorder of calls.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Returns the rules of the fault injector.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Returns the handle of a system.
    pub fn system(&self, name: &str) -> Option<&Arc<dyn System>> {
        self.systems.iter().find(|known| known.name() == name)
    }
}

/// A sandbox at work. Dropping it ends it without saving; [`Running::stop`] saves.
pub struct Running {
    sandbox: Sandbox,
    endpoints: Value,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    state_file: Option<PathBuf>,
    /// Its certificate can be read as long as the sandbox runs.
    _authority: Authority,
}

impl Running {
    /// Returns the endpoints document: what clients need to reach each system, and the control port.
    pub fn endpoints(&self) -> &Value {
        &self.endpoints
    }

    /// Returns the systems, to be called in memory as well.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Ends the traffic, lets calls in flight finish, closes the ports and saves the state.
    ///
    /// # Errors
    /// The state cannot be written.
    pub async fn stop(mut self) -> Result<(), SandboxError> {
        self.sandbox.traffic.stop();
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            let abort = task.abort_handle();
            if tokio::time::timeout(STOP_WITHIN, task).await.is_err() {
                abort.abort();
            }
        }
        match &self.state_file {
            Some(path) => saved::write(&self.sandbox, path),
            None => Ok(()),
        }
    }

    fn saving(mut self) -> Self {
        let Some(path) = self.state_file.clone() else {
            return self;
        };
        let sandbox = self.sandbox.clone();
        let mut stopped = self.stop.subscribe();
        self.tasks.push(tokio::spawn(async move {
            let mut last = sandbox.recorder.last();
            loop {
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    () = tokio::time::sleep(SAVE_EVERY) => {}
                }
                let now = sandbox.recorder.last();
                if now == last && !sandbox.traffic.is_flowing() {
                    continue;
                }
                last = now;
                let (sandbox, path) = (sandbox.clone(), path.clone());
                let done = tokio::task::spawn_blocking(move || saved::write(&sandbox, &path)).await;
                if let Ok(Err(error)) = done {
                    tracing::warn!(%error, "the sandbox's state was not saved");
                }
            }
        }));
        self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.sandbox.traffic.stop();
        self.stop.send_replace(true);
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// What is served with TLS.
#[derive(Default)]
struct Secure {
    systems: Vec<(&'static str, SocketAddr, mpsc::Sender<Stream>)>,
    bus: Option<SocketAddr>,
}

impl Secure {
    /// What clients need to know of it.
    fn told(&self, proxy: SocketAddr, authority: &Authority) -> Value {
        let mut told = Map::new();
        told.insert("ca_file".into(), json!(authority.file));
        told.insert("proxy".into(), json!(format!("http://{proxy}")));
        for (name, at, _) in &self.systems {
            told.insert((*name).into(), json!(format!("https://{at}")));
        }
        Value::Object(told)
    }

    fn proxy(self, authority: &Authority) -> Proxy {
        let host = |name: &str| DOMAINS.iter().find(|(system, _)| *system == name).map(|(_, domain)| *domain);
        let systems = self.systems.into_iter();
        let systems = systems.filter_map(|(name, _, handed)| Some((host(name)?, handed))).collect();
        Proxy { systems, bus: self.bus, tls: authority.http1() }
    }
}

async fn open(listen: SocketAddr, distance: u16) -> Result<(Wires, SocketAddr), SandboxError> {
    let (listener, at) = plain(listen, distance).await?;
    Ok((Wires::Port(listener), at))
}

async fn plain(listen: SocketAddr, distance: u16) -> Result<(TcpListener, SocketAddr), SandboxError> {
    let mut address = listen;
    if listen.port() != 0 {
        address.set_port(listen.port().saturating_add(distance));
    }
    bind(address).await.map_err(|source| SandboxError::Listen { address, source })
}

/// Waits for the end of the sandbox.
async fn ended(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone: time to stop as well.
    drop(stopped.wait_for(|stop| *stop).await);
}

fn serve_events(
    bus: EventBus,
    mut connections: mpsc::Receiver<TlsStream<TcpStream>>,
    stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    let incoming = futures::stream::poll_fn(move |context| {
        connections.poll_recv(context).map(|taken| taken.map(Ok::<_, io::Error>))
    });
    tokio::spawn(async move {
        let server = tonic::transport::Server::builder().serve_with_incoming(bus, incoming);
        // Subscriptions never end by themselves: they are cut.
        tokio::select! {
            done = server => if let Err(error) = done {
                tracing::error!(%error, "the sandbox's event bus failed");
            },
            () = ended(stopped) => {}
        }
    })
}

fn spawn(listener: Wires, router: Router, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    let service = router.into_make_service_with_connect_info::<Peer>();
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(ended(stopped)).await {
            tracing::error!(%error, "a listener of the sandbox failed");
        }
    })
}
