//! The sandbox: servers on loopback that behave like the systems syncdeck talks to.
//!
//! It exists for the first run, the demonstration, the tests and the benchmarks. It is written from the
//! published behaviour of those systems and shares **no code** with the clients it tests: this room imports
//! nothing else of the crate, not even `domain`. Start reading at [`system`].

pub mod clock;
pub mod monday;
pub mod salesforce;
pub mod system;
