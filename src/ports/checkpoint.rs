//! How far a stream has come: what is stored in the commit of the rows that it covers.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Mark;
use crate::domain::id::LinkSetId;
use crate::domain::time::Stamp;

/// How far a stream has safely come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Everything up to here has been observed for all recipes that have finished their first load.
    pub mark: Option<Mark>,
    /// Deletions up to here have been observed.
    pub deleted_to: Option<Stamp>,
    /// A first load under way.
    pub load: Option<Load>,
    /// When the stream was last read to its end, by the server's clock.
    pub complete_to: Option<Stamp>,
    /// The place in the remote's change events up to which everything has been observed. Rows end where they ended
    /// when they were written.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub heard: Option<Arc<[u8]>>,
    /// Records whose parents had changed by then, by the server's clock, have been observed.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub parents_to: Option<Stamp>,
}

/// A first load under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The sets of links it is for.
    pub sets: Vec<LinkSetId>,
    /// How far it has come.
    pub mark: Mark,
    /// The server's time when it began: from here on the ordinary reading takes over.
    pub began: Option<Stamp>,
    /// Records read so far.
    pub read: u64,
}
