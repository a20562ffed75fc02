//! syncdeck keeps a Salesforce org in step with the other systems a company works in.
//!
//! The rooms and their ranks; a room imports only from rooms of lower rank, and a test reads the sources to see
//! that it does:
//!
//! ```text
//! rank 6  app        where concrete parts meet
//! rank 5  tui, cli   the console; the command line
//! rank 4  control    the engine's visitors: protocol, server, client, queries
//! rank 3  engine     makes it happen; knows ports and domain only
//! rank 2  remote, store     the systems' clients; memory between runs
//!         sandbox    simulated systems; knows nothing of ours
//! rank 1  ports, settings, telemetry
//! rank 0  domain, words
//! ```
//!
//! The figures of speed are printed by `cargo bench`, and each by a command of its own that `tests/bench` names; those
//! of calls are asserted by `tests/it/cost.rs`, `tests/it/salesforce_calls.rs` and `tests/it/simulate/idle.rs`.

pub mod app;
pub mod cli;
pub mod control;
pub mod domain;
pub mod engine;
pub mod ports;
pub mod remote;
pub mod sandbox;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod tui;
pub mod words;
