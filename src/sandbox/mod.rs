//! The sandbox: servers on loopback that behave like the systems syncdeck talks to.
//!
//! It exists for the first run, the demonstration, the tests and the benchmarks. It is written from the
//! published behaviour of those systems and shares **no code** with the clients it tests: this room imports
//! nothing else of the crate, not even `domain`. Start reading at [`system`], then [`frame`].
//!
//! ```text
//! client ── listener ── recorder ── faults ── a system's router
//! client ── proxy ── listener: the systems' real host names, with TLS
//! test   ───(oneshot)── recorder ── faults ── a system's router
//! control port ── state, calls, faults, clock, traffic ── the systems' handles
//! ```

pub mod clock;
mod control;
pub mod faults;
pub mod frame;
mod listener;
pub mod monday;
mod proxy;
pub mod recorder;
pub mod salesforce;
mod saved;
pub mod system;
mod tls;
mod traffic;
mod wrap;

pub use frame::{Options, Running, Sandbox, SandboxError};
pub use wrap::Dropped;
