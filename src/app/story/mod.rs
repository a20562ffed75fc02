//! Stories: data of a day that never was, made once by the real engine against the sandbox, kept in a cache, and
//! copied from there.
//!
//! ```text
//!   script (day.rs, big.rs) ── stage.rs: sandbox + engine at moments of the script ──► cache ──copy──► data directory
//! ```
//!
//! A data directory of a story holds `story.toml`. Whoever starts an engine on it starts its sandbox as well, and
//! every process on it keeps the story's time: the clock began at [`BEGINS`] when the directory was made.

mod big;
mod cast;
mod clock;
mod day;
mod first;
mod stage;

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(super) use clock::clock_of;

use crate::cli::args::Story;
use crate::cli::output::Output;
use crate::control::protocol::Refusal;
use crate::domain::connection::{Access, Connection, EventBus};
use crate::domain::time::Stamp;
use crate::engine::Callback;
use crate::ports::{SecretName, Step, Store, Vault};
use crate::sandbox::{Options, Running, Sandbox};
use crate::settings::paths::DataDir;
use crate::words::Words;

/// When every story begins.
const BEGINS: &str = "2025-11-22T09:41:07Z";

/// The sandbox's state within a data directory.
const STATE: &str = "sandbox.json";

/// Where the story's systems listen and how to sign in to them, within a data directory: whoever wants to work in them
/// with a client of their own reads it there.
const ENDPOINTS: &str = "endpoints.json";

/// What belongs to a story and is copied.
const PARTS: [&str; 4] = ["syncdeck.redb", "vault", "vault.key", STATE];

/// What `story.toml` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Which story.
    story: String,
    /// What made its data.
    seed: u64,
    /// How many Leads and Contacts there are.
    records: u64,
    /// How far the story's clock is from the machine's, in milliseconds.
    clock_offset_ms: i64,
    /// Changes a second that people make in the sandbox.
    changes_per_second: u64,
}

/// Which story, made of what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) story: Story,
    pub(super) seed: u64,
    pub(super) records: u64,
}

impl Plot {
    /// Returns how many changes a second people make while the story is shown.
    fn per_second(self) -> u64 {
        match self.story {
            Story::First => 2,
            Story::Live => 50,
            Story::Big => 200,
            Story::Quiet | Story::Day | Story::Hostile | Story::Wide => 0,
        }
    }
}

/// Makes `data` the story's directory, unless it is one already.
///
/// # Errors
/// The directory holds something else, or cannot be written.
pub(super) async fn prepare(plot: Plot, data: &DataDir, out: &Output) -> Result<(), Refusal> {
    let wrong = |error: &dyn std::fmt::Display| broken(data.root(), error, &out.words);
    data.make().map_err(|error| wrong(&error))?;
    if data.story().exists() {
        return Ok(());
    }
    if data.store().exists() {
        let path = data.root().display().to_string();
        let message = out.words.say_with("refused-not-a-story", &[("path", (&path).into())]);
        return Err(Refusal::new("not_a_story", 2, message));
    }
    let (kept, _mine) = kept(plot, out).await?;
    for part in PARTS.iter().filter(|part| kept.join(part).exists()) {
        std::fs::copy(kept.join(part), data.root().join(part)).map_err(|error| wrong(&error))?;
    }
    let told = Told {
        story: plot.story.name().into(),
        seed: plot.seed,
        records: plot.records,
        clock_offset_ms: begins().since(Timestamp::now().into()),
        changes_per_second: plot.per_second(),
    };
    let text = toml::to_string(&told).map_err(|error| wrong(&error))?;
    std::fs::write(data.story(), text).map_err(|error| wrong(&error))
}

/// Makes sure that the cache holds a story.
///
/// # Errors
/// See [`prepare`].
pub(super) async fn keep(plot: Plot, out: &Output) -> Result<(), Refusal> {
    kept(plot, out).await.map(drop)
}

/// Returns where the cache keeps a story, which is made now if it was never made before. As long as the caller holds
/// the file nobody else makes the story or takes it away.
async fn kept(plot: Plot, out: &Output) -> Result<(PathBuf, File), Refusal> {
    let cache = cache();
    let name = format!("{}-{}-{}", plot.story.name(), plot.seed, plot.records);
    let kept = cache.join(format!("{}-{name}", edition()));
    let wrong = |error: &dyn std::fmt::Display| broken(&cache, error, &out.words);
    std::fs::create_dir_all(&cache).map_err(|error| wrong(&error))?;
    let mine = alone(cache.join(format!("{name}.lock"))).await.map_err(|error| wrong(&error))?;
    if kept.join("done").exists() {
        return Ok((kept, mine));
    }
    // What an older program made is of no use any more, nor what somebody did not finish.
    for old in std::fs::read_dir(&cache).map_err(|error| wrong(&error))?.flatten() {
        let made = old.file_name().to_string_lossy().into_owned();
        if made.strip_suffix(&name).is_some_and(|edition| edition.ends_with('-')) {
            let _gone_already = std::fs::remove_dir_all(old.path());
        }
    }
    out.note(&out.words.say_with("story-made", &[("story", plot.story.name().into())]));
    let making = cache.join(format!(".making-{name}"));
    let made = stage::make(plot, &DataDir::chosen(Some(making.clone()))).await;
    let moved = made.and_then(|()| {
        std::fs::write(making.join("done"), "")?;
        Ok(std::fs::rename(&making, &kept)?)
    });
    if let Err(error) = moved {
        let _gone_already = std::fs::remove_dir_all(&making);
        return Err(wrong(&error));
    }
    Ok((kept, mine))
}

/// Waits until no other process holds that file. Of several that want a story at once one makes it, and the others
/// wait for it instead of doing the same work, or taking away what is being copied.
async fn alone(path: PathBuf) -> std::io::Result<File> {
    let waits = move || {
        let file = File::options().write(true).create(true).truncate(false).open(path)?;
        file.lock()?;
        Ok(file)
    };
    tokio::task::spawn_blocking(waits).await?
}

fn cache() -> PathBuf {
    let home = || std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    dir.unwrap_or_else(|| home().join(".cache")).join("syncdeck/stories")
}

/// Tells one build of the program from another: what one stored the other may not read.
fn edition() -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let stamp = program.map(|file| {
        let at = file.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        at.map_or(0, |at| at.as_secs()) ^ file.len()
    });
    format!("{}-{:x}", env!("CARGO_PKG_VERSION"), stamp.unwrap_or(0))
}

fn begins() -> Stamp {
    BEGINS.parse::<Timestamp>().map_or(Stamp::ZERO, Stamp::from)
}

fn broken(path: &Path, error: &dyn std::fmt::Display, words: &Words) -> Refusal {
    let (path, why) = (path.display().to_string(), error.to_string());
    let pairs = [("path", (&path).into()), ("why", (&why).into())];
    Refusal::new("story", 5, words.say_with("refused-broken", &pairs))
}

/// Starts the sandbox of a story's directory and points its connections there; `None` for any other directory.
///
/// # Errors
/// The directory's files are not what they should be, or no port is free.
pub(super) async fn scenery(
    data: &DataDir,
    store: &dyn Store,
    vault: &dyn Vault,
    words: &Words,
) -> Result<Option<Running>, Refusal> {
    let wrong = |error: &dyn std::fmt::Display| broken(&data.story(), error, words);
    if !data.story().exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(data.story()).map_err(|error| wrong(&error))?;
    let told: Told = toml::from_str(&text).map_err(|error| wrong(&error))?;
    let now = Stamp::from(Timestamp::now()).plus(told.clock_offset_ms);
    let options = Options {
        seed: told.seed,
        records: told.records,
        state_file: Some(data.root().join(STATE)),
        origin: Timestamp::from_millisecond(now.0).unwrap_or_default(),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.map_err(|error| wrong(&error))?;
    let tells = [Story::First, Story::Live].iter().any(|story| story.name() == told.story);
    point(store, vault, &sandbox, tells).await.map_err(|error| wrong(&error))?;
    invite(&data.root().join(ENDPOINTS), &sandbox).map_err(|error| wrong(&error))?;
    Ok(Some(sandbox))
}

/// Returns where browsers come back to in a story: a free port of this machine, reached under its own address.
pub(super) fn callback() -> Option<Callback> {
    let free = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).ok()?;
    let port = free.local_addr().ok()?.port();
    Some(Callback { port, public_url: Some(format!("http://127.0.0.1:{port}").into()) })
}

/// Lets people work in a story's sandbox, as the story has it.
pub(super) async fn traffic(data: &DataDir, sandbox: &Running) {
    let told = std::fs::read_to_string(data.story()).ok().and_then(|text| toml::from_str::<Told>(&text).ok());
    let Some(told) = told.filter(|told| told.changes_per_second > 0) else { return };
    let Some(control) = sandbox.endpoints().get("control").and_then(serde_json::Value::as_str) else {
        return;
    };
    // Few deletions: more of them would soon pull the brake, and that is another story.
    let mix = serde_json::json!({ "create": 0.2, "update": 0.798, "delete": 0.002 });
    let body =
        serde_json::json!({ "per_second": told.changes_per_second, "for_seconds": 86_400, "mix": mix });
    let sent = reqwest::Client::new().post(format!("{control}/traffic")).json(&body).send().await;
    if let Err(error) = sent {
        tracing::warn!(%error, "nobody works in the sandbox");
    }
}

/// Writes down where the sandbox listens, for its owner alone, as everything in a data directory is.
fn invite(path: &Path, sandbox: &Running) -> std::io::Result<()> {
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    writeln!(file, "{:#}", sandbox.endpoints())
}

/// Returns where the sandbox tells change events, and whom to trust there.
fn event_bus(sandbox: &Running) -> Option<EventBus> {
    let bus = sandbox.endpoints().pointer("/salesforce/pubsub")?;
    let (host, port) = (bus.get("host")?.as_str()?, bus.get("port")?.as_u64()?);
    let ca = std::fs::read_to_string(bus.get("ca_file")?.as_str()?).ok()?;
    Some(EventBus { address: format!("{host}:{port}").into(), ca: Some(ca.into()) })
}

/// Points the connections at where the sandbox listens today. Change events are listened to where `tells` says so: in a
/// story in which nobody works there is nothing to hear, and one that was made to stand still stays as it is.
async fn point(
    store: &dyn Store,
    vault: &dyn Vault,
    sandbox: &Running,
    tells: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let at = |pointer: &str| -> Arc<str> {
        sandbox.endpoints().pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default().into()
    };
    let rows: Vec<Connection> = store.read()?.connections()?;
    for mut row in rows {
        match &mut row.access {
            Access::Salesforce { login_url, .. } => {
                *login_url = at("/salesforce/login_url");
                row.more.event_bus = if tells { event_bus(sandbox) } else { None };
                let name = SecretName { connection: row.id.clone(), what: "instance_url" };
                if vault.get(&name).is_some() {
                    vault.put(&name, at("/salesforce/instance_url").to_string().into())?;
                }
            }
            Access::Monday { url, .. } => *url = at("/monday/url"),
        }
        if let Some(app) = &mut row.more.app {
            app.auth_url = at("/monday/auth_url");
        }
        store.commit(Step::PutConnection(Box::new(row))).await?;
    }
    Ok(())
}
