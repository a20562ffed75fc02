//! Rows with a cursor and marks that stick to what they are on, not to where it is.
//!
//! While a row is marked, or a dialog or filter is open, rows keep their places: known ones are renewed where they
//! are, new ones wait and are counted, and all of them are let in when the hold ends.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::tui::registry::Step;

/// Something with an identity.
pub(in crate::tui) trait Row {
    /// What tells one from another.
    type Id: Clone + Ord;
    /// Returns its identity.
    fn id(&self) -> Self::Id;
}

/// Rows, a cursor, marks.
#[derive(Clone, Debug)]
pub(in crate::tui) struct List<R: Row> {
    rows: Vec<R>,
    /// The rows as last told, where they could not be shown yet.
    waiting: Option<Vec<R>>,
    cursor: Option<R::Id>,
    at: usize,
    marks: BTreeSet<R::Id>,
    /// The row that was marked last: a range begins there.
    anchor: Option<R::Id>,
    /// The first visible row and the height, as of the last drawing: moving by pages needs them.
    top: Cell<usize>,
    height: Cell<usize>,
    /// The screen row of the first visible row, as of the last drawing: the mouse needs it.
    first: Cell<Option<u16>>,
}

impl<R: Row> Default for List<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            waiting: None,
            cursor: None,
            at: 0,
            marks: BTreeSet::new(),
            anchor: None,
            top: Cell::new(0),
            height: Cell::new(10),
            first: Cell::new(None),
        }
    }
}

impl<R: Row + Clone> List<R> {
    pub(in crate::tui) fn rows(&self) -> &[R] {
        &self.rows
    }

    pub(in crate::tui) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row under the cursor.
    pub(in crate::tui) fn current(&self) -> Option<&R> {
        self.rows.get(self.at)
    }

    pub(in crate::tui) fn at(&self) -> usize {
        self.at
    }

    /// How many rows wait to be let in.
    pub(in crate::tui) fn unseen(&self) -> usize {
        self.waiting.as_ref().map_or(0, |waiting| {
            let known: BTreeSet<R::Id> = self.rows.iter().map(Row::id).collect();
            waiting.iter().filter(|row| !known.contains(&row.id())).count()
        })
    }

    /// Takes the rows as they are now. `held`: nothing may move.
    pub(in crate::tui) fn tell(&mut self, rows: Vec<R>, held: bool) {
        if (held || !self.marks.is_empty()) && !self.rows.is_empty() {
            for row in &mut self.rows {
                if let Some(new) = rows.iter().find(|new| new.id() == row.id()) {
                    *row = new.clone();
                }
            }
            self.waiting = Some(rows);
        } else {
            self.rows = rows;
            self.waiting = None;
            self.settle();
        }
    }

    /// Lets waiting rows in once nothing holds them back any more.
    pub(in crate::tui) fn release(&mut self, held: bool) {
        if !held && self.marks.is_empty() && self.waiting.is_some() {
            self.rows = self.waiting.take().unwrap_or_default();
            self.settle();
        }
    }

    /// Replaces everything, as when another filter was chosen.
    pub(in crate::tui) fn replace(&mut self, rows: Vec<R>) {
        self.marks.clear();
        self.waiting = None;
        self.rows = rows;
        self.settle();
    }

    /// Adds rows at the end.
    pub(in crate::tui) fn append(&mut self, rows: Vec<R>) {
        self.rows.extend(rows);
    }

    /// Finds the row again that the cursor is on; where it is gone the next one takes its place.
    fn settle(&mut self) {
        let found = self.cursor.as_ref().and_then(|id| self.rows.iter().position(|row| row.id() == *id));
        self.at = found.unwrap_or_else(|| self.at.min(self.rows.len().saturating_sub(1)));
        self.cursor = self.current().map(Row::id);
        let known: BTreeSet<R::Id> = self.rows.iter().map(Row::id).collect();
        self.marks.retain(|id| known.contains(id));
    }

    pub(in crate::tui) fn step(&mut self, step: Step) {
        let last = self.rows.len().saturating_sub(1);
        let page = self.height.get().saturating_sub(1).max(1);
        self.at = match step {
            Step::Up => self.at.saturating_sub(1),
            Step::Down => self.at.saturating_add(1).min(last),
            Step::PageUp => self.at.saturating_sub(page),
            Step::PageDown => self.at.saturating_add(page).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        self.cursor = self.current().map(Row::id);
    }

    /// Notes in which row of the screen the visible rows begin.
    pub(in crate::tui) fn drawn_at(&self, y: u16) {
        self.first.set(Some(y));
    }

    /// Puts the cursor on what is drawn in a row of the screen; returns whether it was there already, or nothing
    /// where nothing of this list is drawn.
    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        let below = usize::from(y.checked_sub(self.first.get()?)?);
        let at = self.top.get() + below;
        if below >= self.height.get() || at >= self.rows.len() {
            return None;
        }
        let same = self.at == at;
        self.at = at;
        self.cursor = self.current().map(Row::id);
        Some(same)
    }

    /// Puts the cursor on the row with that identity; returns whether there is one.
    pub(in crate::tui) fn select(&mut self, id: &R::Id) -> bool {
        let found = self.rows.iter().position(|row| row.id() == *id);
        self.cursor = Some(id.clone());
        if let Some(at) = found {
            self.at = at;
        }
        found.is_some()
    }

    /// Puts the cursor on the first row, and lets it stay there whatever row that is.
    pub(in crate::tui) fn top(&mut self) {
        self.at = 0;
        self.cursor = None;
        self.settle();
    }

    pub(in crate::tui) fn marks(&self) -> &BTreeSet<R::Id> {
        &self.marks
    }

    pub(in crate::tui) fn is_marked(&self, row: &R) -> bool {
        self.marks.contains(&row.id())
    }

    pub(in crate::tui) fn toggle_mark(&mut self) {
        let Some(id) = self.current().map(Row::id) else { return };
        if self.marks.remove(&id) {
            self.anchor = None;
        } else {
            self.anchor = Some(id.clone());
            self.marks.insert(id);
        }
    }

    /// Marks every row from the one that was marked last to the one under the cursor.
    pub(in crate::tui) fn mark_range(&mut self) {
        let anchor = self.anchor.as_ref().filter(|anchor| self.marks.contains(anchor));
        let from = anchor.and_then(|anchor| self.rows.iter().position(|row| row.id() == *anchor));
        let from = from.unwrap_or(self.at);
        let (first, last) = (from.min(self.at), from.max(self.at));
        let between = self.rows.iter().skip(first).take(last - first + 1).map(Row::id);
        self.marks.extend(between);
        self.anchor = self.current().map(Row::id);
    }

    pub(in crate::tui) fn set_marks(&mut self, ids: impl IntoIterator<Item = R::Id>) {
        self.marks = ids.into_iter().collect();
    }

    /// The marked rows, or the one under the cursor where none is marked.
    pub(in crate::tui) fn chosen(&self) -> Vec<&R> {
        if self.marks.is_empty() {
            return self.current().into_iter().collect();
        }
        self.rows.iter().filter(|row| self.is_marked(row)).collect()
    }

    /// Returns where the visible rows begin so that the cursor is among `height` of them.
    pub(in crate::tui) fn window(&self, height: u16) -> usize {
        let height = usize::from(height).max(1);
        let lowest = self.at.saturating_sub(height - 1);
        let highest = self.rows.len().saturating_sub(height);
        let top = self.top.get().clamp(lowest, self.at.max(lowest)).min(highest.max(lowest));
        self.top.set(top);
        self.height.set(height);
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Item(u8, &'static str);

    impl Row for Item {
        type Id = u8;
        fn id(&self) -> u8 {
            self.0
        }
    }

    fn list(ids: &[u8]) -> Vec<Item> {
        ids.iter().map(|id| Item(*id, "")).collect()
    }

    #[test]
    fn the_cursor_stays_on_its_row_while_rows_move() {
        let mut rows = List::default();
        rows.tell(list(&[1, 2, 3]), false);
        rows.step(Step::Down);
        rows.tell(list(&[9, 8, 1, 2, 3]), false);
        assert_eq!(rows.current(), Some(&Item(2, "")));
        rows.tell(list(&[9, 3]), false);
        assert_eq!(rows.current(), Some(&Item(3, "")), "where the row is gone, the nearest is taken");
    }

    #[test]
    fn rows_wait_while_one_is_marked() {
        let mut rows = List::default();
        rows.tell(list(&[1, 2, 3]), false);
        rows.toggle_mark();
        rows.tell(vec![Item(7, ""), Item(1, "new"), Item(3, "")], false);
        assert_eq!(rows.rows(), [Item(1, "new"), Item(2, ""), Item(3, "")]);
        assert_eq!(rows.unseen(), 1);
        rows.toggle_mark();
        rows.release(false);
        assert_eq!(rows.rows().iter().map(|row| row.0).collect::<Vec<_>>(), [7, 1, 3]);
        assert_eq!(rows.current().unwrap().0, 1);
    }

    #[test]
    fn a_range_goes_from_the_last_mark_to_the_cursor() {
        let marked = |rows: &List<Item>| rows.marks().iter().copied().collect::<Vec<_>>();
        let mut rows = List::default();
        rows.tell(list(&[1, 2, 3, 4, 5]), false);
        rows.step(Step::Down);
        rows.mark_range();
        assert_eq!(marked(&rows), [2], "without a mark before, it begins here");
        rows.step(Step::Last);
        rows.mark_range();
        assert_eq!(marked(&rows), [2, 3, 4, 5]);
        rows.toggle_mark();
        rows.step(Step::First);
        rows.mark_range();
        assert_eq!(marked(&rows), [1, 2, 3, 4], "what was unmarked is no beginning");
    }

    #[test]
    fn the_window_follows_the_cursor_and_no_further() {
        let mut rows = List::default();
        rows.tell(list(&(0..100).collect::<Vec<u8>>()), false);
        assert_eq!(rows.window(10), 0);
        rows.step(Step::PageDown);
        assert_eq!((rows.at(), rows.window(10)), (9, 0));
        rows.step(Step::Down);
        assert_eq!(rows.window(10), 1);
        rows.step(Step::Last);
        assert_eq!(rows.window(10), 90);
        rows.step(Step::Up);
        assert_eq!(rows.window(10), 90);
    }
}
