//! The console on an engine: on the one that holds the data directory, on one that it starts, or on one inside this
//! process.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::host;
use super::plain;
use super::visit::{self, Need, Visit};
use crate::cli::args::Global;
use crate::cli::output::Output;
use crate::control::client::Client;
use crate::control::protocol::{Hello, Refusal, Reply, Request};
use crate::control::server::Server;
use crate::domain::id::AccountId;
use crate::engine::Pace;
use crate::settings::config_file::Config;
use crate::settings::paths::DataDir;
use crate::telemetry::{self, Log};
use crate::tui::registry::Keymap;
use crate::tui::{Clipboard, Depth, Exit, Heard, Options, Session, Skin, TerminalIo, Theme, Visitor};
use crate::words::Words;

/// How often an engine that has gone is looked for.
const SEEK: Duration = Duration::from_millis(500);

/// How many answers may wait for the console.
const HEARD: usize = 64;

/// How many milliseconds an engine inside this process may take to end.
const PATIENCE_MS: u64 = 10_000;

/// The console, by itself.
pub(super) async fn run(global: &Global) -> Result<u8, Refusal> {
    let words = super::words(global);
    telemetry::start(Log::Off, 0);
    if plain::wanted(global.plain) {
        let visit = Visit::pay(global, Need::Engine, &words).await?;
        let code = plain::talk(visit.client(), global.read_only, &Output { json: false, words }).await;
        visit.end().await;
        return code;
    }
    let io = terminal(&words)?;
    if global.embedded {
        let data = DataDir::chosen(global.data_dir.clone());
        let store = host::open_store(&data, Duration::from_secs(10), &words).await?;
        let host =
            host::start_engine(&data, store, Pace::default(), host::setup(global, &words)?, &words).await?;
        host.enliven(&data).await;
        let server = Server::new(host::answers(host.engine().clone(), &data));
        let client = visit::connect(&server, &visit::hello(global), &words).await?;
        let code = show(io, client, Home::Inside, global, &words).await;
        host.stop(PATIENCE_MS).await;
        return code;
    }
    let visit = Visit::pay(global, Need::Engine, &words).await?;
    let home = Home::Socket(DataDir::chosen(global.data_dir.clone()));
    show(io, visit.client().clone(), home, global, &words).await
}

/// The console on a server of this process.
pub(super) async fn on(server: &Arc<Server>, global: &Global, words: &Words) -> Result<u8, Refusal> {
    let client = visit::connect(server, &visit::hello(global), words).await?;
    if plain::wanted(global.plain) {
        return plain::talk(&client, global.read_only, &Output { json: false, words: words.again() }).await;
    }
    let io = terminal(words)?;
    show(io, client, Home::Inside, global, words).await
}

/// Where the engine lives, and so where it is looked for when it has gone.
enum Home {
    Inside,
    Socket(DataDir),
}

fn terminal(words: &Words) -> Result<TerminalIo, Refusal> {
    TerminalIo::open().map_err(|_| Refusal::new("no_terminal", 2, words.say("refused-no-terminal")))
}

async fn show(
    io: TerminalIo,
    client: Client,
    home: Home,
    global: &Global,
    words: &Words,
) -> Result<u8, Refusal> {
    let keys = super::keys(global)?;
    let kept = match &home {
        Home::Socket(data) => Some(data.session()),
        // A demonstration begins anew each time.
        Home::Inside => None,
    };
    let looks = host::configuration(global, words)?;
    let mut options = options(global, &looks, keys, &client, words);
    options.session = kept.as_deref().and_then(recall);
    let (asked, requests) = mpsc::unbounded_channel();
    let (tell, heard) = mpsc::channel(HEARD);
    let carrying = tokio::spawn(carry(client, home, visit::hello(global), requests, tell));
    let ended = crate::tui::run(io, Line(asked), heard, options).await;
    carrying.abort();
    let exit = ended.map(|ended| {
        if let Some(path) = kept {
            keep(&path, ended.session.as_ref());
        }
        ended.exit
    });
    match exit {
        Ok(Exit::Quit) => Ok(0),
        // As a shell counts a process that a signal ended.
        Ok(Exit::Signal(signal)) => Ok(u8::try_from(128 + signal).unwrap_or(1)),
        Ok(Exit::Hangup) => Ok(129),
        Err(error) => Err(Refusal::new("console", 1, error.to_string())),
    }
}

/// Returns where one was the last time. What cannot be read is as good as nothing.
fn recall(path: &Path) -> Option<Session> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Keeps where one was. It is a convenience: nothing depends on it.
fn keep(path: &Path, session: Option<&Session>) {
    let kept = match session.map(serde_json::to_vec) {
        Some(Ok(bytes)) => std::fs::write(path, bytes),
        _ => std::fs::remove_file(path),
    };
    if let Err(error) = kept {
        tracing::debug!(%error, "where the console was is not kept");
    }
}

fn options(global: &Global, looks: &Config, keys: Keymap, client: &Client, words: &Words) -> Options {
    let env = |name: &str| std::env::var(name).ok();
    let mut skin = Skin::of(env);
    let depth = if global.no_color { Some("none") } else { global.color.as_deref() };
    if let Some(depth) = depth.or(looks.color.as_deref()).and_then(Depth::named) {
        skin.depth = depth;
    }
    if let Some(theme) = global.theme.as_deref().or(looks.theme.as_deref()).and_then(Theme::named) {
        skin.theme = theme;
    }
    if global.ascii {
        skin.ascii = true;
    }
    Options {
        lang: words.lang(),
        zone: words.zone().clone(),
        skin,
        account: global.account.as_deref().map(AccountId::from),
        read_only: global.read_only,
        fps: global.fps.unwrap_or(1),
        guard: !global.no_guard,
        clipboard: Clipboard::of(env),
        panic_at: env("SYNCDECK_TEST_PANIC").and_then(|text| text.strip_prefix("frame")?.parse().ok()),
        ..Options::new(keys, client.welcome().now)
    }
}

/// The console's way to ask.
struct Line(mpsc::UnboundedSender<(u64, Request)>);

impl Visitor for Line {
    fn ask(&self, id: u64, request: Request) {
        // The carrier ends only with the console.
        let _ended = self.0.send((id, request));
    }
}

/// Carries requests to the engine and answers back, and finds the engine again when it has gone.
async fn carry(
    mut client: Client,
    home: Home,
    hello: Hello,
    mut requests: mpsc::UnboundedReceiver<(u64, Request)>,
    tell: mpsc::Sender<Heard>,
) {
    loop {
        let mut news = client.news();
        loop {
            tokio::select! {
                asked = requests.recv() => {
                    let Some((id, request)) = asked else { return };
                    let (client, tell) = (client.clone(), tell.clone());
                    tokio::spawn(async move {
                        if let Ok(reply) = client.ask(request).await {
                            // The console may have ended meanwhile.
                            let _ended = tell.send(Heard::Told(Some(id), reply)).await;
                        }
                    });
                }
                changed = news.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    let newest = *news.borrow_and_update();
                    if let Some((seq, now)) = newest {
                        let _ended = tell.send(Heard::Told(None, Reply::News { seq, now })).await;
                    }
                }
            }
        }
        if tell.send(Heard::Lost(String::new())).await.is_err() {
            return;
        }
        client = match seek(&home, &hello, &mut requests).await {
            Some(client) => client,
            None => return,
        };
        if tell.send(Heard::Back).await.is_err() {
            return;
        }
    }
}

/// Looks for the engine until it is there; what is asked meanwhile is dropped, the console asks again.
async fn seek(
    home: &Home,
    hello: &Hello,
    requests: &mut mpsc::UnboundedReceiver<(u64, Request)>,
) -> Option<Client> {
    let Home::Socket(data) = home else {
        // An engine inside this process does not come back.
        while requests.recv().await.is_some() {}
        return None;
    };
    loop {
        tokio::select! {
            asked = requests.recv() => {
                asked?;
            }
            () = tokio::time::sleep(SEEK) => {
                if let Ok(client) = Client::connect(&data.socket(), hello).await {
                    return Some(client);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::config_file::{COLORS, THEMES};

    #[test]
    fn what_the_configuration_may_name_is_what_the_console_knows() {
        let known: Vec<&str> =
            std::iter::once("auto").chain(Theme::ALL.into_iter().map(|(name, _)| name)).collect();
        assert_eq!(known, THEMES);
        assert!(COLORS.into_iter().all(|name| (name == "auto") != Depth::named(name).is_some()));
    }
}
