//! What an operator writes and where it lies: paths, recipe files, connection files, the configuration.
//!
//! Imports `domain` only. Every mistake in a file is found at once, each with its line, its key, what stands there
//! and what was expected; a wrong file changes nothing. No secret stands in a file: `{ env = "NAME" }` and
//! `{ file = "PATH" }` say where one is read from, once, into the vault.

mod checked;
pub mod config_file;
pub mod connection_file;
pub mod packages;
pub mod paths;
pub mod recipe_file;

pub use checked::{Lines, Mistake};
