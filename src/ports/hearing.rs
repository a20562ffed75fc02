//! What a remote tells of changes by itself. These are hints: they say where to look, and looking stays what counts.

use std::sync::Arc;

use async_trait::async_trait;

use crate::domain::failure::Failure;
use crate::domain::id::RemoteId;

/// A place from which changes of one container are heard.
#[async_trait]
pub trait Hearing: Send {
    /// Waits for what is told next.
    ///
    /// # Errors
    /// Why nothing more is heard from this place.
    async fn next(&mut self) -> Result<Heard, Unheard>;
}

/// What was told in one go; nothing but a place when the remote only says that it is still there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Records that changed, came, went or came back.
    pub changed: Vec<RemoteId>,
    /// Records with which something happened that their stamps may not show.
    pub unclear: Vec<RemoteId>,
    /// More happened than could be told.
    pub more: bool,
    /// Everything up to this place has been told.
    pub place: Option<Arc<[u8]>>,
}

impl Heard {
    /// Returns whether there is anything to look for.
    pub fn is_news(&self) -> bool {
        self.more || !self.changed.is_empty() || !self.unclear.is_empty()
    }
}

/// Why nothing is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// What came behind the place is no longer kept, or the place is none.
    Expired,
    /// The remote does not tell these changes, or not to us; somebody has to act first.
    Refused(Failure),
    /// It broke off; the same may go well in a moment.
    Lost(Failure),
}
