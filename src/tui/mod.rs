//! The console: what a person at a terminal sees and does.
//!
//! Imports `control::{protocol, rows}`, `words` and `domain`, never the engine or the store. Start reading at
//! [`update()`], the one function that changes the [`Model`]; `app` runs it in a loop, `frame` draws it, `screens`
//! hold what each of the eight screens knows, does and looks like, and [`registry`] lists everything a person can do.
//!
//! ```text
//! terminal ── input ──┐                          ┌── Ask ──► the engine, through a Visitor
//!                     ├─► Msg ─► update(model) ──┤
//! engine ── Heard ────┘                          └── dirty ─► frame ─► paint ─► terminal
//! ```

mod app;
mod canvas;
mod contrast;
mod copy;
mod facts;
mod files;
mod frame;
mod input;
mod keys;
mod model;
mod pace;
mod paint;
mod parts;
mod past;
pub mod picture;
pub mod registry;
mod remedy;
mod retry;
mod screens;
mod session;
mod skin;
mod terminal;
mod typing;
mod update;

#[cfg(test)]
mod tests;

use crate::words::safe;

pub use app::{ConsoleError, Ended, Exit, Heard, Visitor, run};
pub use contrast::{Contrast, check as contrast, palettes};
pub use copy::Clipboard;
pub use frame::snapshot;
pub use keys::Key;
pub use model::{Effect, Model, Msg, Options};
pub use session::Session;
pub use skin::{Depth, Role, Skin, Theme};
pub use terminal::TerminalIo;
pub use update::update;
