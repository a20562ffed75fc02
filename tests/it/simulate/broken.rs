//! Guards broken one by one: each must be missed by some story.

use std::sync::Arc;

use syncdeck::engine::Parts;

use super::disk::Disk;
use super::world::World;

/// A guard that is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// The watermark's overlap.
    Overlap,
}

impl Guard {
    pub(super) fn breaking(self, mut parts: Parts, _world: &Arc<World>, _disk: &Disk) -> Parts {
        match self {
            Self::Overlap => parts.pace.overlap_ms = 0,
        }
        parts
    }
}
