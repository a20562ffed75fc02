//! The proof: the real planner, engine, store and clients under simulated time, network and disk, from one seed.
//!
//! ```text
//!   people ─► Salesforce ─┐                                     ┌─► monday ◄─ oracle
//!             (sandbox)   └─ net.rs ─ clients ─ engine ─ redb ──┘  (sandbox)
//!                                       └── life.rs: every step is numbered, and may be the last
//! ```
//!
//! A story is a TOML file in `tests/scenarios`; [`rows`] runs each with many seeds and prints its row of the table.
//! `SIM_NIGHT=1` runs the larger numbers. A failure prints the command that replays it. [`guards`] breaks guards of
//! the engine one by one and sees that some story misses each of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking, and prints its table"
)]

mod both;
mod both_oracle;
mod broken;
mod disk;
mod family;
mod forms;
mod guards;
mod idle;
mod life;
mod net;
mod oracle;
mod panics;
mod rows;
mod run;
mod story;
mod world;
