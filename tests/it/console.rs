//! The console in a real pseudo-terminal: modes given back on every way out, silence, a dead terminal noticed.
//!
//! This binary starts itself in the terminal, with one ignored test as its whole work: [`child`].

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, WaitOptions, waitpid};
use syncdeck::control::protocol::{Reply, Request};
use syncdeck::control::rows::{AlertRow, Overview, StatusConnection};
use syncdeck::domain::connection::ConnectionState;
use syncdeck::domain::failure::Class;
use syncdeck::domain::id::System;
use syncdeck::domain::time::Stamp;
use syncdeck::tui::registry::Keymap;
use syncdeck::tui::{Exit, Heard, Options, TerminalIo, Visitor, run};
use tokio::sync::mpsc;

/// Everything is generous: two cores may be busy with something else.
const PATIENCE: Duration = Duration::from_secs(180);

/// An engine that knows one overview, in which a number grows as long as there is news.
struct Small(mpsc::UnboundedSender<Heard>, Arc<AtomicU64>);

impl Visitor for Small {
    fn ask(&self, id: u64, request: Request) {
        let reply = match request {
            Request::Overview { .. } => Reply::Overview(Box::new(overview(self.1.load(Ordering::Relaxed)))),
            _ => Reply::Done,
        };
        self.0.send(Heard::Told(Some(id), reply)).unwrap();
    }
}

fn overview(seq: u64) -> Overview {
    let now: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
    let mut overview =
        Overview { now: now.plus(1_000 * i64::try_from(seq).unwrap()), seq, ..Overview::default() };
    overview.status.connections.push(StatusConnection {
        id: "acme-prod".into(),
        system: System::Salesforce,
        state: ConnectionState::Valid,
        reason: None,
        since: now,
    });
    overview.status.alerts.push(AlertRow {
        class: Class::Cap,
        count: 31 + seq,
        since: now,
        connection: None,
        title: "recipe limit".into(),
        fix: "Delete some.".into(),
    });
    overview
}

#[test]
#[ignore = "started by the other tests, inside a terminal"]
fn child() {
    let Ok(kind) = std::env::var("CONSOLE_CHILD") else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (told, mut inbox) = mpsc::unbounded_channel();
    let (bounded, heard) = mpsc::channel(64);
    let mut options = Options::new(Keymap::load(None).unwrap(), overview(0).now);
    if kind == "panic" {
        options.panic_at = Some(2);
    }
    let exit = runtime.block_on(async move {
        let news = told.clone();
        let newest = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&newest);
        tokio::spawn(async move {
            while let Some(heard) = inbox.recv().await {
                if bounded.send(heard).await.is_err() {
                    return;
                }
            }
        });
        if kind == "live" {
            tokio::spawn(async move {
                for seq in 1.. {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    counter.store(seq, Ordering::Relaxed);
                    let reply = Reply::News { seq, now: overview(seq).now };
                    if news.send(Heard::Told(None, reply)).is_err() {
                        return;
                    }
                }
            });
        }
        run(TerminalIo::open().unwrap(), Small(told, newest), heard, options).await
    });
    let code = match exit.unwrap().exit {
        Exit::Quit => 10,
        Exit::Signal(_) => 11,
        Exit::Hangup => 12,
    };
    std::process::exit(code);
}

/// The child in its terminal.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
    /// The reading thread is to let go of the terminal.
    cut: Arc<AtomicBool>,
}

impl Session {
    fn start(kind: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "console::child", "--ignored", "--nocapture", "--test-threads=1"]);
        command.env("CONSOLE_CHILD", kind);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut out = pair.master.try_clone_reader().unwrap();
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&bytes);
        let cut = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&cut);
        let reader = std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut piece) {
                sink.lock().unwrap().extend_from_slice(&piece[..count]);
                if stop.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let mut session = Self { child, master: Some(pair.master), writer: Some(writer), bytes, reader, cut };
        session.wait("CAP");
        session
    }

    fn seen(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    fn wait(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.seen().contains(text) {
            assert!(Instant::now() < until, "{text:?} does not come:\n{:?}", self.seen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn keys(&mut self, keys: &str) {
        self.writer.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// Waits as a shell does: a signal to go on that overtakes the stop would have no effect.
    fn stands_still(&self) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        let (_, status) = waitpid(Pid::from_raw(pid), WaitOptions::UNTRACED).unwrap().unwrap();
        assert!(status.stopped(), "{status:?}: {:?}", self.seen());
    }

    fn exit(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            // Once it has ended, reading ends behind its last byte.
            if let Some(status) = self.child.try_wait().unwrap()
                && self.reader.is_finished()
            {
                return status.exit_code();
            }
            assert!(Instant::now() < until, "it does not end:\n{:?}", self.seen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn is_given_back(&self) {
        let seen = self.seen();
        for (on, off) in
            [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?25l", "\x1b[?25h"), ("\x1b[?2004h", "\x1b[?2004l")]
        {
            let (on, off) = (seen.rfind(on), seen.rfind(off));
            assert!(on.is_some() && off > on, "{seen:?}");
        }
        #[cfg(unix)]
        {
            let modes = self.master.as_ref().unwrap().get_termios().unwrap();
            assert!(format!("{:?}", modes.local_flags).contains("ICANON"), "{modes:?}");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ended = self.child.kill();
    }
}

#[test]
fn the_terminal_is_given_back_on_every_way_out() {
    let mut session = Session::start("quiet");
    session.keys("q");
    assert_eq!(session.exit(), 10);
    session.is_given_back();
    for name in ["TERM", "HUP", "INT", "QUIT"] {
        let mut session = Session::start("quiet");
        session.signal(name);
        assert_eq!(session.exit(), 11, "{name}");
        session.is_given_back();
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let mut session = Session::start("panic");
    session.keys("2");
    session.exit();
    session.is_given_back();
    let seen = session.seen();
    assert!(seen.rfind("panicked") > seen.rfind("\x1b[?1049l"), "{seen:?}");
}

#[test]
fn a_dead_terminal_ends_the_console() {
    let mut session = Session::start("live");
    session.cut.store(true, Ordering::Relaxed);
    // The reader lets go at the next byte, and for that the console wants to hear that its last frame has arrived.
    let until = Instant::now() + PATIENCE;
    while !session.reader.is_finished() {
        assert!(Instant::now() < until, "nothing more is written: {:?}", session.seen());
        session.keys("\x1b[0n");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(session.writer.take());
    drop(session.master.take());
    // Either the kernel's SIGHUP or the hang-up on the terminal itself comes first.
    assert!(matches!(session.exit(), 11 | 12));
}

#[test]
fn it_stops_and_goes_on() {
    let mut session = Session::start("quiet");
    session.signal("TSTP");
    session.wait("\x1b[?1049l");
    session.stands_still();
    let before = session.seen().len();
    session.signal("CONT");
    let until = Instant::now() + PATIENCE;
    while !session.seen()[before..].contains("CAP") {
        assert!(Instant::now() < until, "{:?}", &session.seen()[before..]);
        std::thread::sleep(Duration::from_millis(5));
    }
    session.keys("q");
    assert_eq!(session.exit(), 10);
    session.is_given_back();
}

#[test]
fn nothing_happens_nothing_is_written() {
    let mut session = Session::start("quiet");
    // The first frame ends, and what follows on it comes, before it is quiet.
    let until = Instant::now() + PATIENCE;
    let before = loop {
        let before = session.seen();
        std::thread::sleep(Duration::from_millis(300));
        if before == session.seen() {
            break before;
        }
        assert!(Instant::now() < until, "it never falls silent: {before:?}");
    };
    assert!(!before.contains("\x1b[5n"), "an idle frame asks nothing");
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(before.len(), session.seen().len());
    for frame in before.split("\x1b[?2026h").skip(1) {
        assert!(frame.contains("\x1b[?2026l"), "every frame is shown at once");
    }
    session.keys("q");
    assert_eq!(session.exit(), 10);
}

#[test]
fn live_frames_wait_for_the_answer() {
    let mut session = Session::start("live");
    session.wait("\x1b[5n");
    std::thread::sleep(Duration::from_millis(1_200));
    let asked = |session: &Session| session.seen().matches("\x1b[5n").count();
    assert_eq!(asked(&session), 1, "no second live frame before the first has arrived");
    session.keys("\x1b[0n");
    let until = Instant::now() + PATIENCE;
    while asked(&session) < 2 {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(5));
    }
    session.keys("q");
    assert_eq!(session.exit(), 10);
}
