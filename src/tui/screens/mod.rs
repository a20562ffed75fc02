//! The eight screens. State, keys and drawing of each are in its own file; a screen knows the parts, and no other
//! screen.

pub(super) mod activity;
pub(super) mod connections;
pub(super) mod detail;
pub(super) mod errors;
mod hours;
pub(super) mod jobs;
pub(super) mod limits;
pub(super) mod objects;
pub(super) mod overview;
pub(super) mod recipes;
mod uses;
mod why;
