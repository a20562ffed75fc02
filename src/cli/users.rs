//! `users`: what may be typed.

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::people::TiedBy;

/// `users`
#[derive(Debug, Subcommand)]
pub enum Users {
    /// Linked users, and those who are not
    List {
        /// Between which connections
        #[command(flatten)]
        between: Between,
    },
    /// Read the users of both sides and link those who are alike, where there is exactly one on either side
    Match {
        /// By what they have in common
        #[arg(long, value_enum)]
        by: Way,
        /// Between which connections
        #[command(flatten)]
        between: Between,
    },
    /// Link two users; what either was linked with before is over
    Link {
        /// The Salesforce user: id, user name or e-mail address
        user: String,
        /// The user of the other side: id or e-mail address
        other: String,
        /// Between which connections
        #[command(flatten)]
        between: Between,
    },
    /// End the link of a user
    Unlink {
        /// The Salesforce user: id, user name or e-mail address
        user: String,
        /// Between which connections
        #[command(flatten)]
        between: Between,
    },
}

/// Between which connections, where there are several.
#[derive(Debug, Args)]
pub struct Between {
    /// The Salesforce connection [default: the only one]
    #[arg(long, value_name = "ID")]
    pub salesforce: Option<String>,
    /// The other system's connection [default: the only one]
    #[arg(long, value_name = "ID")]
    pub target: Option<String>,
}

/// What two users have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// The name.
    Name,
    /// The e-mail address.
    Email,
}

impl From<Way> for TiedBy {
    fn from(way: Way) -> Self {
        match way {
            Way::Name => Self::Name,
            Way::Email => Self::Email,
        }
    }
}
