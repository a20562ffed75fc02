//! `conflicts`: what may be typed, and how the rows look.

use clap::{Subcommand, ValueEnum};

use super::output::Output;
use super::tables::table;
use crate::control::rows::ConflictRow;
use crate::domain::id::Side;

/// `conflicts`
#[derive(Debug, Subcommand)]
pub enum Conflicts {
    /// Conflicts that are held for a person, with both values
    List,
    /// End held conflicts: one side is right, in all of them
    Keep {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// The side that is right
        #[arg(long, value_enum)]
        side: KeptSide,
    },
    /// Write values that lost a conflict back where they stood; the pair carries them to the other side
    Restore {
        /// The line of the ledger that has them (`seq` in `activity --json`)
        seq: u64,
        /// Which fields [default: all of the line]
        fields: Vec<String>,
    },
}

/// A side of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeptSide {
    /// The Salesforce record.
    Salesforce,
    /// The record of the other system.
    Other,
}

impl From<KeptSide> for Side {
    fn from(side: KeptSide) -> Self {
        match side {
            KeptSide::Salesforce => Self::Salesforce,
            KeptSide::Other => Self::Other,
        }
    }
}

/// Prints held conflicts for a person, a line for each field.
pub(super) fn conflicts(out: &Output, rows: &[ConflictRow]) {
    let cells: Vec<_> = rows
        .iter()
        .flat_map(|row| {
            row.fields.iter().map(|field| {
                vec![
                    row.id.to_string(),
                    row.record_name.to_string(),
                    field.salesforce_field.to_string(),
                    field.salesforce.clone(),
                    field.target.clone(),
                ]
            })
        })
        .collect();
    table(
        out,
        &["head-conflict", "head-record", "head-field", "head-in-salesforce", "head-in-other"],
        &cells,
    );
}
