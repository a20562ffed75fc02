//! The command line: what may be typed, and how answers are printed. It hands the work to `app`.

pub mod args;
mod conflicts;
pub mod output;
mod past;
mod recipes;
mod tables;
mod users;

pub use tables::print_reply;
