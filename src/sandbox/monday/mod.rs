//! A simulated monday.com account.
//!
//! Start at [`Monday`]: it is the [`System`](super::system::System) that the frame mounts. A request goes through
//! [`http`] (transport, token, version), [`limits`], [`prepare`] (parse, validate, coerce) and [`execute`], which
//! walks the document over the [`world`] by [`query`] and [`mutate`]; [`cells`] knows the kinds of values.

pub mod cells;
pub mod cost;
pub mod endpoint;
pub mod execute;
pub mod http;
pub mod limits;
pub mod mutate;
pub mod oauth;
pub mod prepare;
pub mod query;
pub mod refusal;
pub mod schema;
pub mod server;
pub mod webhook;
pub mod world;

pub use server::{Monday, Options};
