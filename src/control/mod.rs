//! The engine and its visitors: the protocol between them, both ends of it, and the questions it answers.
//!
//! The console and the commands speak [`protocol`] and nothing else, in process and over the Unix socket alike.

pub mod protocol;
pub mod rows;
