//! A simulated Salesforce org.
//!
//! ```text
//! rest ─┬─ rows, collections, composite ── dml ── convert
//!       ├─ bulk
//!       ├─ query ── soql ──────────────────────── store ── schema
//!       └─ replication, limits
//! oauth, soap ── gate
//! pubsub ── events (what every commit tells)
//! ```
//!
//! Start reading at `rest` (what is served), then `dml` (what a write does) and `store` (where rows are).

mod access;
mod addresses;
mod authorize;
mod bulk;
mod calendar;
mod call;
mod collections;
mod composite;
mod control;
mod convert;
mod dml;
mod error;
mod events;
mod gate;
mod ids;
mod jwt;
mod lives;
mod meter;
mod names;
mod oauth;
mod org;
mod pubsub;
mod query;
mod replication;
mod rest;
mod rows;
mod saved;
mod schema;
mod seed;
mod server;
mod soap;
mod soap_calls;
mod soql;
mod stir;
mod store;
mod tooling;
mod value;

pub use self::pubsub::EventBus;
pub use self::server::Salesforce;
