//! Memory between runs: the data file behind the [`Store`](crate::ports::Store) port, and the vault.
//!
//! May import `ports`, `settings` and `domain`. What the engine wants to remember is said in domain terms; that
//! it lies in redb is known only in [`redb`].

pub mod redb;
pub mod vault;
