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
//! How many runs the rows of the table of survival have; [`rows`] sees that this is true. Most runs are small, 4 to 30
//! records and 12 to 60 edits: what goes wrong goes wrong where few things meet often, and twenty small runs meet in
//! more ways than one large one. So that what only a full pipe shows is not missed, each story is also run at full
//! size, with 200 records and 500 edits and all of its faults ([`Story::large`](story::Story::large)):
//!
//! | row | what | in CI | large | at night | large |
//! |---|---|---|---|---|---|
//! | 2 | death at numbered steps; in two stories, 20 seeds each, once at every step | 240 | 3 | 5,200 | 60 |
//! | 3 | answers lost, work done late, silent servers; matching on creation | 2,250 | 5 | 60,000 | 100 |
//! | 4 | rows late, equal stamps, beyond the overlap | 1,000 | 2 | 20,000 | 40 |
//! | 5 | echo in another form | 1,000 | 1 | 20,000 | 20 |
//! | 6 | automations that rewrite our values | 500 | 1 | 2,000 | 20 |
//! | 7 | both sides edit; every policy; under faults; owners | 5,100 | 7 | 102,100 | 140 |
//! | 8 | deletions, merges, purges, conversions | 5,000 | 3 | 100,000 | 60 |
//! | 9 | poison, partial and refused batches | 2,000 | 2 | 20,000 | 40 |
//! | 10 | parents late, missing, failing, cyclic, renamed | 2,300 | 7 | 28,000 | 140 |
//! | 11 | limits | 500 | 1 | 3,000 | 20 |
//! | 12 | tokens expire, rotate, are revoked | 500 | 2 | 6,000 | 40 |
//! | 13 | change events lost, doubled, reordered, refused; 80 hours of outage | 1,000 | 2 | 10,200 | 40 |
//! | 14 | power, full disk, flipped bits, lying syncs; in four stories, 10 seeds each, once at every commit | 340 | 8 | 17,800 | 160 |
//! | 15 | our clock | 500 | 1 | 5,000 | 20 |
//! | 16 | field, column, board, right, type, value or package gone and back | 650 | 4 | 5,500 | 80 |
//! | 17 | recipes edited at random; the crowd | 1,000 | 2 | 10,300 | 40 |
//! | 18 | strange answers (decoders: `fuzz`) | 500 | 1 | 10,000 | 20 |
//! | 19 | a month with retention | 1 | 0 | 10 | 1 |
//!
//! Row 1 is the planner's own property test (200,000 and 5 million cases). In rows 2 and 14 a seed is many runs. The
//! real process dies in `spine` (50 and 1,000 times), and there 200 real processes ask for a recipe at once. Row 18 has
//! 20,000 cases for each decoder and for the answers of each system, and a million at night (`fuzz`, and next to the
//! decoders of CSV and Avro, where `PROPTEST_CASES` counts). Blocks of equal stamps have 450 rows here over pages of 200.

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
mod meet;
mod net;
mod oracle;
mod owners;
mod panics;
mod rows;
mod run;
mod shape;
mod story;
mod world;
