#![doc = include_str!("../../assets/field_types.md")]
//!
//! The test that proves every line of this by a round trip writes it, too: `SYNCDECK_BLESS=1 cargo test --test it
//! field_types`.
