//! Reads the terminal on a thread of its own, so that drawing never delays a key.
//!
//! An own reader instead of a library's: it watches for the terminal's end as well. A terminal that died without a
//! SIGHUP reads as ready for ever, and a reader that does not look spins at a whole core.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tokio::sync::mpsc::Sender;

use super::keys::{Input, Parser};

/// How long an Esc waits for the rest of a sequence.
const ESC_PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 60_000_000 };

/// What the terminal's two threads tell the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Something was typed, pasted or answered.
    Input(Input),
    /// The last frame has been handed to the terminal.
    Written,
    /// The terminal is gone.
    Hangup,
}

/// The reading thread. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Reader {
    /// The thread polls the other end; closing this one wakes it.
    _wake: OwnedFd,
    _thread: JoinHandle<()>,
}

impl Reader {
    /// Starts reading `tty`.
    pub(super) fn start(tty: OwnedFd, events: Sender<Event>) -> io::Result<Self> {
        let (stop, wake) = rustix::pipe::pipe()?;
        let thread = std::thread::Builder::new().name("console-input".into()).spawn(move || {
            if read(&tty, &stop, &events).is_none() {
                let _gone = events.blocking_send(Event::Hangup);
            }
        })?;
        Ok(Self { _wake: wake, _thread: thread })
    }
}

/// Reads until told to stop (`Some`) or until the terminal is gone (`None`).
fn read(tty: &OwnedFd, stop: &OwnedFd, events: &Sender<Event>) -> Option<()> {
    let mut parser = Parser::default();
    let mut inputs = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let mut watched = [
            PollFd::from_borrowed_fd(tty.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(stop.as_fd(), PollFlags::IN),
        ];
        let pause = parser.waits().then_some(&ESC_PAUSE);
        match poll(&mut watched, pause) {
            Ok(0) => parser.quiet(&mut inputs),
            Ok(_) => {
                let [terminal, stopped] = watched.map(|fd| fd.revents());
                if !stopped.is_empty() {
                    return Some(());
                }
                if terminal.contains(PollFlags::IN) {
                    match rustix::io::read(tty, &mut bytes) {
                        Ok(0) => return None,
                        Ok(count) => parser.feed(bytes.get(..count).unwrap_or_default(), &mut inputs),
                        Err(Errno::INTR | Errno::AGAIN) => {}
                        Err(_) => return None,
                    }
                } else if !terminal.is_empty() {
                    return None;
                }
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => return None,
        }
        for input in inputs.drain(..) {
            if events.blocking_send(Event::Input(input)).is_err() {
                return Some(());
            }
        }
    }
}
