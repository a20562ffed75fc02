//! Reading: the walk over a validated request and what each field of each type answers.

pub mod answer;
pub mod args;
pub mod by_values;
pub mod filter;
pub mod nodes;
pub mod pages;
pub mod root;
pub mod rules;
pub mod walk;
