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
//!
//! How many runs (seeds) the rows of the table of survival have; [`rows`] sees that this is true:
//!
//! | row | what | in CI | at night |
//! |---|---|---|---|
//! | 2 | death at numbered steps; two stories die once at each (in CI each seed at every third or fourth) | 108 | 5,120 |
//! | 3 | answers lost, work done late, silent servers | 460 | 17,000 |
//! | 4 | rows late, equal stamps, beyond the overlap | 105 | 6,300 |
//! | 5 | echo in another form | 32 | 2,000 |
//! | 6 | automations that rewrite our values | 10 | 500 |
//! | 7 | both sides edit; every policy; large; under faults | 177 | 34,000 |
//! | 8 | deletions, merges, purges, conversions | 620 | 20,000 |
//! | 9 | poison, partial and refused batches | 280 | 10,000 |
//! | 10 | parents late, missing, failing, cyclic | 200 | 20,000 |
//! | 11 | limits | 60 | 3,000 |
//! | 12 | tokens expire, rotate, are revoked | 200 | 6,000 |
//! | 13 | change events lost, doubled, reordered, refused; 80 hours of outage | 21 | 3,200 |
//! | 14 | power, full disk, flipped bits, lying syncs | 300 | 17,000 |
//! | 15 | our clock | 100 | 3,000 |
//! | 16 | field, column, board or right gone and back | 40 | 3,000 |
//! | 17 | recipes edited at random; the crowd | 130 | 5,300 |
//! | 18 | strange answers (decoders: `fuzz`) | 120 | 10,000 |
//! | 19 | a month with retention | 1 | 10 |
//!
//! Row 1 is the planner's own property test (200,000 and 5 million cases). Row 18 has 20,000 cases for each decoder, and
//! a million at night (`fuzz`, and next to the decoders of CSV and Avro, where `PROPTEST_CASES` counts). A night goes
//! faster with `CARGO_PROFILE_TEST_OPT_LEVEL=1`: a run takes a third of the time then, and our own crate six times as
//! long to build.

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
mod ears;
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
mod shape;
mod story;
mod world;
