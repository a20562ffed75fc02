//! The engine and its visitors: the protocol between them, both ends of it, and the questions it answers.
//!
//! ```text
//!   console, command ── client ──(Unix socket, or a pipe inside the process)── server ── answers ── engine, store
//! ```
//!
//! The console and the commands speak [`protocol`] and nothing else, in process and over the socket alike. Only
//! [`server`] and [`answers`] know the engine.

pub mod answers;
pub mod causes;
pub mod client;
pub mod counts;
pub mod export;
mod frames;
pub mod limits;
pub mod moment;
pub mod offers;
pub mod protocol;
mod refusal;
pub mod rows;
pub mod server;
