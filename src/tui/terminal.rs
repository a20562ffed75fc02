//! The terminal: its modes, frames written to it, and giving it back on every way out.
//!
//! The only place that knows how a terminal is switched. The saved state lies in a static, because a panic hook has
//! nothing else to hold on to.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc as threads};

use ratatui::buffer::Buffer;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr};
use tokio::sync::mpsc::Sender;

use super::input::{Event, Reader};
use super::paint::{BEGIN, END, paint};
use super::skin::Depth;

/// Alternate screen, cursor hidden, bracketed paste. Focus reports stay off, and those of the mouse until they are wanted.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// The reverse, and the end of a frame that may have been cut short (CAN ends a sequence in the middle).
const LEAVE: &[u8] = b"\x18\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// Buttons and wheel, in a form without limits.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// The reverse.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the mouse is ours at present.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Asks for a sign of life: it comes back once everything before it has arrived.
const ASK_ARRIVAL: &str = "\x1b[5n";
/// The longest that a terminal which takes no bytes may hold up the way out.
const LEAVE_PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// The terminal as it was, to be given back.
struct Saved {
    tty: OwnedFd,
    modes: Termios,
    /// The terminal is gone: nothing may be written any more.
    gone: bool,
}

static SAVED: Mutex<Option<Saved>> = Mutex::new(None);

/// The two ends of a terminal.
#[derive(Debug)]
pub struct TerminalIo {
    input: OwnedFd,
    output: OwnedFd,
}

impl TerminalIo {
    /// Takes standard input and output where they are a terminal, and `/dev/tty` where not.
    pub fn open() -> io::Result<Self> {
        let tty = || std::fs::File::options().read(true).write(true).open("/dev/tty").map(OwnedFd::from);
        let (stdin, stdout) = (io::stdin(), io::stdout());
        let input = if isatty(&stdin) { stdin.as_fd().try_clone_to_owned()? } else { tty()? };
        let output = if isatty(&stdout) { stdout.as_fd().try_clone_to_owned()? } else { tty()? };
        Ok(Self { input, output })
    }

    /// Takes these two ends.
    pub fn of(input: OwnedFd, output: OwnedFd) -> Self {
        Self { input, output }
    }
}

/// A terminal in our hands.
pub(super) struct Terminal {
    io: TerminalIo,
    depth: Depth,
    shown: Option<Buffer>,
    frames: threads::Sender<String>,
    closing: Arc<AtomicBool>,
    _reader: Reader,
    /// Whether the last frame is still being written.
    pub(super) busy: bool,
}

impl Terminal {
    /// Takes the terminal over; what it sends goes to `events`.
    pub(super) fn enter(io: TerminalIo, depth: Depth, events: &Sender<Event>) -> io::Result<Self> {
        take(&io)?;
        let reader = Reader::start(io.input.try_clone()?, events.clone())?;
        let (frames, written) = threads::channel::<String>();
        let closing = Arc::new(AtomicBool::new(false));
        let (output, stop, events) = (io.output.try_clone()?, Arc::clone(&closing), events.clone());
        std::thread::Builder::new().name("console-output".into()).spawn(move || {
            for frame in written {
                let event = if write(&output, frame.as_bytes(), &stop).is_ok() {
                    Event::Written
                } else {
                    Event::Hangup
                };
                if events.blocking_send(event).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { io, depth, shown: None, frames, closing, _reader: reader, busy: false })
    }

    /// Returns columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        let size = tcgetwinsize(&self.io.output).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        size.map_or((80, 24), |size| (size.ws_col, size.ws_row))
    }

    /// Shows a frame. Returns whether anything had to be written. `ask` has the terminal say when it has arrived.
    pub(super) fn show(&mut self, frame: Buffer, ask: bool) -> bool {
        let Some(bytes) = paint(self.shown.as_ref(), &frame, self.depth) else { return false };
        self.shown = Some(frame);
        let query = if ask { ASK_ARRIVAL } else { "" };
        self.busy = self.frames.send(format!("{BEGIN}{bytes}{END}{query}")).is_ok();
        true
    }

    /// Writes something that is no frame, such as a clipboard sequence.
    pub(super) fn send(&mut self, bytes: String) {
        self.busy = self.frames.send(bytes).is_ok();
    }

    /// Asks for reports of the mouse, or no longer.
    pub(super) fn mouse(&mut self, on: bool) {
        MOUSE.store(on, Ordering::Relaxed);
        self.send(if on { MOUSE_ON } else { MOUSE_OFF }.to_owned());
    }

    /// Forgets what is shown: the next frame is drawn from nothing.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }

    /// Gives the terminal back for a while, for SIGTSTP.
    pub(super) fn lend(&mut self) {
        leave();
        self.forget();
    }

    /// Leaves the full screen and prints text there, each line whole. Keys still come as they are typed.
    pub(super) fn print(&mut self, text: &str, hint: &str) -> io::Result<()> {
        self.lend();
        let modes = tcgetattr(&self.io.input)?;
        let mut raw = modes.clone();
        raw.make_raw();
        let saved = Saved { tty: self.io.output.try_clone()?, modes, gone: false };
        *SAVED.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved);
        tcsetattr(&self.io.input, OptionalActions::Now, &raw)?;
        let lines: Vec<String> = text.lines().map(|line| super::safe::visible(line).into_owned()).collect();
        let whole = format!("\r\n{}\r\n\r\n{hint}\r\n", lines.join("\r\n"));
        Ok(write(&self.io.output, whole.as_bytes(), &AtomicBool::new(false))?)
    }

    /// Takes it over again.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        leave();
        self.forget();
        take(&self.io)
    }

    /// Says that the terminal is gone: from now on nothing is written.
    pub(super) fn lost() {
        if let Some(saved) = SAVED.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            saved.gone = true;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Relaxed);
        leave();
    }
}

/// Saves the terminal's modes and sets ours.
fn take(io: &TerminalIo) -> io::Result<()> {
    let modes = tcgetattr(&io.input)?;
    let mut raw = modes.clone();
    raw.make_raw();
    let saved = Saved { tty: io.output.try_clone()?, modes, gone: false };
    *SAVED.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved);
    tcsetattr(&io.input, OptionalActions::Now, &raw)?;
    write(&io.output, ENTER, &AtomicBool::new(false))?;
    if MOUSE.load(Ordering::Relaxed) {
        write(&io.output, MOUSE_ON.as_bytes(), &AtomicBool::new(false))?;
    }
    Ok(())
}

/// Gives the terminal back. May be called at any time, from any thread, more than once.
pub(super) fn leave() {
    let Some(saved) = SAVED.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    if saved.gone {
        return;
    }
    let mut watched = [PollFd::from_borrowed_fd(saved.tty.as_fd(), PollFlags::OUT)];
    if poll(&mut watched, Some(&LEAVE_PAUSE)).is_ok_and(|ready| ready > 0) {
        let _ignored = rustix::io::write(&saved.tty, LEAVE);
        if MOUSE.load(Ordering::Relaxed) {
            let _ignored = rustix::io::write(&saved.tty, MOUSE_OFF.as_bytes());
        }
    }
    // Keys typed ahead must not reach the shell.
    let _ignored = tcsetattr(&saved.tty, OptionalActions::Flush, &saved.modes);
}

/// Writes all, in pieces so that a slow terminal can be left in the middle.
fn write(tty: &OwnedFd, mut bytes: &[u8], stop: &AtomicBool) -> Result<(), Errno> {
    while !bytes.is_empty() && !stop.load(Ordering::Relaxed) {
        match rustix::io::write(tty, bytes.get(..4096).unwrap_or(bytes)) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let mut watched = [PollFd::from_borrowed_fd(tty.as_fd(), PollFlags::OUT)];
                let _ready = poll(&mut watched, Some(&LEAVE_PAUSE));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
