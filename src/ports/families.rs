//! Records that are made in one call together with those that point to them.

use super::Write;
use crate::domain::id::{ContainerId, FieldName};

/// A record that is to be made, and those that point to it and are to be made with it: all of them, or none.
#[derive(Clone, Debug)]
pub struct Family {
    /// The record itself.
    pub parent: Write,
    /// Those that point to it.
    pub children: Vec<Child>,
}

/// A record that points to the parent of its family.
#[derive(Clone, Debug)]
pub struct Child {
    /// Where it is made.
    pub container: ContainerId,
    /// The field that holds the key of its origin there.
    pub key_field: FieldName,
    /// What is written, references to the parent apart.
    pub write: Write,
    /// The fields that are to hold the parent's id.
    pub pointing: Vec<FieldName>,
}

/// How much goes into one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamiliesAtOnce {
    /// So many families.
    pub families: usize,
    /// So many records of all families together.
    pub records: usize,
}
