//! What the rules for a value need to know of the rest of the account.

use jiff::civil::Weekday;

use crate::sandbox::monday::world::World;

/// The account around a value.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The account.
    pub world: &'a World,
    /// The board the value is on.
    pub board: u64,
    /// Whether unknown labels are made.
    pub make_labels: bool,
}

impl Place<'_> {
    /// Returns the first day of the account's week.
    pub fn week_starts(&self) -> Weekday {
        Weekday::Monday
    }

    /// Whether a live item with `id` is on one of `boards`.
    pub fn has_item(&self, id: u64, boards: &[u64]) -> bool {
        self.world.item(id).is_some_and(|(board, _)| boards.contains(&board.id))
    }
}
