//! The loop: inbox, update, effects, draw. It alone owns the model and the terminal.

use std::cell::Cell;
use std::io;
use std::panic::PanicHookInfo;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use tokio::signal::unix::{self, SignalKind, signal};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{Instant, sleep_until, timeout};

use super::copy::{self, Clipboard};
use super::frame;
use super::input::Event;
use super::keys::Input;
use super::model::{Dirty, Effect, Model, Msg, Options};
use super::pace::Pace;
use super::session::Session;
use super::terminal::{Terminal, TerminalIo, leave};
use super::update::update;
use crate::control::protocol::{Reply, Request};

/// The way to the engine.
pub trait Visitor: Send {
    /// Asks; the answer comes with the same number as a [`Heard::Told`]. Must not block.
    fn ask(&self, id: u64, request: Request);
}

/// What comes from the engine.
#[derive(Clone, Debug)]
pub enum Heard {
    /// An answer with its number, or news without one.
    Told(Option<u64>, Reply),
    /// The engine is gone, and why. Nothing asked before will be answered.
    Lost(String),
    /// The engine is there again.
    Back,
}

/// Why the console ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Somebody left it.
    Quit,
    /// The process got that signal.
    Signal(i32),
    /// The terminal is gone.
    Hangup,
}

/// How the console ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Why.
    pub exit: Exit,
    /// Where the person was, to be gone back to the next time.
    pub session: Option<Session>,
}

/// Why the console could not run.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The terminal did not do what terminals do.
    #[error("the terminal cannot be used")]
    Terminal(#[from] io::Error),
}

/// How long the last frame may take to get out before the terminal is given back all the same.
const LAST_FRAME: Duration = Duration::from_millis(60);

/// How long the first frame waits for what it is to show, in milliseconds.
const FIRST_WAIT: u64 = 800;

/// How soon a frame follows the one before where a panic in a certain frame was asked for, in milliseconds.
const HURRY: u64 = 4;

/// Runs the console until somebody leaves it. The terminal is given back on every way out.
pub async fn run(
    io: TerminalIo,
    link: impl Visitor,
    heard: Receiver<Heard>,
    options: Options,
) -> Result<Ended, ConsoleError> {
    let _hook = Hook::install();
    let mut console = pin!(Console::run(io, link, heard, options));
    // A panic in here must give the terminal back before it is reported; one elsewhere must not touch the terminal.
    std::future::poll_fn(|context| {
        INSIDE.set(true);
        let ready = console.as_mut().poll(context);
        INSIDE.set(false);
        ready
    })
    .await
}

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

type PanicHook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// Our panic hook; the former one comes back when this is dropped.
struct Hook(Arc<PanicHook>);

impl Hook {
    fn install() -> Self {
        let former: Arc<PanicHook> = Arc::from(std::panic::take_hook());
        let next = Arc::clone(&former);
        std::panic::set_hook(Box::new(move |info| {
            if INSIDE.get() {
                leave();
                next(info);
            } else {
                // Standard error is the terminal that the console draws on.
                tracing::error!(panic = %info, "a task panicked while the console was open");
            }
        }));
        Self(former)
    }
}

impl Drop for Hook {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let former = Arc::clone(&self.0);
            std::panic::set_hook(Box::new(move |info| former(info)));
        }
    }
}

/// The signals we listen to.
struct Signals {
    ends: [(i32, unix::Signal); 4],
    size: unix::Signal,
    stop: unix::Signal,
    go_on: unix::Signal,
}

/// What a signal wants.
enum Asked {
    End(i32),
    Size,
    Stop,
    GoOn,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        let of = |which: Signal| signal(SignalKind::from_raw(which.as_raw()));
        let end = |which: Signal| Ok::<_, io::Error>((which.as_raw(), of(which)?));
        Ok(Self {
            ends: [end(Signal::TERM)?, end(Signal::HUP)?, end(Signal::INT)?, end(Signal::QUIT)?],
            size: of(Signal::WINCH)?,
            stop: of(Signal::TSTP)?,
            go_on: of(Signal::CONT)?,
        })
    }

    async fn next(&mut self) -> Asked {
        let [(a, first), (b, second), (c, third), (d, fourth)] = &mut self.ends;
        tokio::select! {
            // A terminal that goes away sends SIGHUP and SIGCONT: the end comes first.
            biased;
            _ = first.recv() => Asked::End(*a),
            _ = second.recv() => Asked::End(*b),
            _ = third.recv() => Asked::End(*c),
            _ = fourth.recv() => Asked::End(*d),
            _ = self.size.recv() => Asked::Size,
            _ = self.stop.recv() => Asked::Stop,
            _ = self.go_on.recv() => Asked::GoOn,
        }
    }
}

struct Console<V> {
    model: Model,
    terminal: Terminal,
    link: V,
    pace: Pace,
    began: Instant,
    frames: u64,
    copied: Sender<Option<String>>,
    /// Whether text is shown outside the full screen, until a key comes.
    showing: bool,
    exit: Option<Exit>,
}

impl<V: Visitor> Console<V> {
    async fn run(
        io: TerminalIo,
        link: V,
        mut heard: Receiver<Heard>,
        options: Options,
    ) -> Result<Ended, ConsoleError> {
        let mut signals = Signals::listen()?;
        let (events, mut typed) = mpsc::channel(256);
        let (copied, mut taken) = mpsc::channel(4);
        let terminal = Terminal::enter(io, options.skin.depth, &events)?;
        let pace = Pace::new(options.fps);
        let began = Instant::now();
        let model = Model::new(options);
        let mut console =
            Self { model, terminal, link, pace, began, frames: 0, copied, showing: false, exit: None };
        let (width, height) = console.terminal.size();
        console.take(Msg::Resize(width, height));
        console.take(Msg::Start);
        let mut deaf = false;
        loop {
            let wake = console.draw();
            if let Some(exit) = console.exit {
                console.finish(exit, &mut typed).await;
                return Ok(Ended { exit, session: Session::of(&console.model) });
            }
            let wake = wake.map(|at| began + Duration::from_millis(at));
            tokio::select! {
                biased;
                asked = signals.next() => console.signalled(&asked),
                Some(event) = typed.recv() => console.event(event),
                Some(way) = taken.recv() => console.take(Msg::Copied(way)),
                told = heard.recv(), if !deaf => {
                    deaf = told.is_none();
                    console.heard(told.unwrap_or(Heard::Lost(String::new())));
                }
                () = sleep_until(wake.unwrap_or(began)), if wake.is_some() => {}
            }
            // Drain, then draw: what came meanwhile belongs into the same frame.
            while let Ok(event) = typed.try_recv() {
                console.event(event);
            }
            while let Ok(told) = heard.try_recv() {
                console.heard(told);
            }
        }
    }

    fn clock(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn take(&mut self, msg: Msg) {
        let mut effects = Vec::new();
        if !matches!(msg, Msg::Tick(_)) {
            let clock = self.clock();
            effects.extend(update(&mut self.model, Msg::Tick(clock)));
        }
        effects.extend(update(&mut self.model, msg));
        for effect in effects {
            match effect {
                Effect::Ask { id, request } => self.link.ask(id, request),
                Effect::Copy(text) => self.copy(text),
                Effect::Write(path, text) => {
                    let ended = super::files::put(&path, &text).map(|()| path);
                    update(&mut self.model, Msg::Written(ended.map_err(|error| error.to_string())));
                }
                Effect::Mouse(on) => self.terminal.mouse(on),
                Effect::Show(text) => self.show(&text),
                Effect::Plain => {
                    let frame = frame::draw(&self.model);
                    self.show(&super::picture::text(&frame));
                }
                Effect::Repaint => self.terminal.forget(),
                Effect::Quit => self.exit = Some(Exit::Quit),
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Input(Input::Key(_)) if self.showing => self.come_back(),
            Event::Input(Input::Key(key)) => self.take(Msg::Key(key)),
            Event::Input(Input::Click(_) | Input::Wheel(_)) if self.showing => {}
            Event::Input(Input::Click(y)) => self.take(Msg::Click(y)),
            Event::Input(Input::Wheel(down)) => self.take(Msg::Wheel(down)),
            Event::Input(Input::Paste(text)) => self.take(Msg::Paste(text)),
            Event::Input(Input::Arrived) => self.pace.arrived(),
            Event::Written => self.terminal.busy = false,
            Event::Hangup => {
                Terminal::lost();
                self.exit = Some(Exit::Hangup);
            }
        }
    }

    fn heard(&mut self, heard: Heard) {
        self.take(match heard {
            Heard::Told(id, reply) => Msg::Told(id, reply),
            Heard::Lost(why) => Msg::Lost(why),
            Heard::Back => Msg::Back,
        });
    }

    fn signalled(&mut self, asked: &Asked) {
        let retaken = match asked {
            Asked::End(number) => {
                self.exit = Some(Exit::Signal(*number));
                return;
            }
            Asked::Size => Ok(()),
            Asked::Stop => {
                self.terminal.lend();
                // Here the process stands still until SIGCONT.
                let stopped = kill_process(getpid(), Signal::STOP);
                stopped.map_err(io::Error::from).and_then(|()| self.terminal.retake())
            }
            Asked::GoOn => self.terminal.retake(),
        };
        if retaken.is_err() {
            Terminal::lost();
            self.exit = Some(Exit::Hangup);
            return;
        }
        let (width, height) = self.terminal.size();
        // A new size shifts what is shown in ways that differ from terminal to terminal.
        self.terminal.forget();
        self.take(Msg::Resize(width, height));
    }

    /// Shows text where it can be scrolled and copied by hand: outside the full screen.
    fn show(&mut self, text: &str) {
        let hint = self.model.facts.say("plain-back");
        self.showing = self.terminal.print(text, &hint).is_ok();
    }

    fn come_back(&mut self) {
        self.showing = false;
        if self.terminal.retake().is_err() {
            Terminal::lost();
            self.exit = Some(Exit::Hangup);
            return;
        }
        self.model.dirty = Dirty::Now;
    }

    fn copy(&mut self, text: String) {
        let way = self.model.options.clipboard;
        let copied = self.copied.clone();
        if way == Clipboard::Tmux {
            tokio::spawn(async move {
                let taken = copy::to_tmux(text).await.is_ok().then(|| way.name().to_owned());
                let _gone = copied.send(taken).await;
            });
            return;
        }
        let sequence = copy::sequence(&text, way);
        let taken = sequence.is_some().then(|| way.name().to_owned());
        if let Some(sequence) = sequence {
            self.terminal.send(sequence);
        }
        let _full = copied.try_send(taken);
    }

    /// Draws if it is time to, and returns when to look again.
    fn draw(&mut self) -> Option<u64> {
        self.take(Msg::Tick(self.clock()));
        let now = self.clock();
        let soon = |at: Option<u64>, other: Option<u64>| at.into_iter().chain(other).min();
        // The frame that is to panic comes whether or not anything changes.
        let hurry = self.model.options.panic_at.filter(|_| self.frames > 0).map(|_| now + HURRY);
        if hurry.is_some() {
            self.model.dirty = Dirty::Now;
        }
        let wake = soon(self.model.deadline(), hurry);
        if self.exit.is_some() || self.showing || self.terminal.busy || self.model.dirty == Dirty::No {
            return wake;
        }
        if self.frames == 0 && !self.model.seen.contains(&self.model.screen) && now < FIRST_WAIT {
            // A first frame that says something.
            return soon(wake, Some(FIRST_WAIT));
        }
        if let Some(until) = self.model.hold {
            return soon(wake, Some(until));
        }
        let live = self.model.dirty == Dirty::Live;
        if live {
            let next = self.pace.next(now);
            let slow = self.pace.slow();
            if slow != self.model.slow {
                update(&mut self.model, Msg::Slow(slow));
            }
            if next > now {
                return soon(wake, Some(next));
            }
        }
        self.frames += 1;
        if self.model.options.panic_at == Some(self.frames) {
            #[expect(clippy::panic, reason = "the way out of a panic is tested in release builds, too")]
            std::panic::panic_any("the console was asked to panic");
        }
        self.model.dirty = Dirty::No;
        let written = self.terminal.show(frame::draw(&self.model), live);
        match (live, written) {
            (true, true) => self.pace.drawn(now),
            (true, false) => self.pace.idle(now),
            (false, _) => {}
        }
        soon(self.model.deadline(), hurry)
    }

    /// Lets the last frame out, within reason.
    async fn finish(&mut self, exit: Exit, typed: &mut Receiver<Event>) {
        if exit == Exit::Hangup || !self.terminal.busy {
            return;
        }
        loop {
            match timeout(LAST_FRAME, typed.recv()).await {
                Ok(Some(Event::Input(_))) => {}
                Ok(Some(Event::Hangup)) => return Terminal::lost(),
                _ => return,
            }
        }
    }
}
