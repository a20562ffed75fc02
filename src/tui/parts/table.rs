//! Columns and rows.

use ratatui::layout::Rect;

use super::list::{List, Row};
use crate::tui::canvas::Canvas;
use crate::tui::skin::Role;

/// A column. The one without a width takes what the others leave.
pub(in crate::tui) struct Column {
    title: String,
    width: u16,
    right: bool,
}

impl Column {
    /// A column of text.
    pub(in crate::tui) fn left(title: String, width: u16) -> Self {
        Self { title, width, right: false }
    }

    /// Its heading.
    pub(in crate::tui) fn title(&self) -> &str {
        &self.title
    }

    /// A column of numbers.
    pub(in crate::tui) fn right(title: String, width: u16) -> Self {
        Self { title, width, right: true }
    }
}

/// What stands in one column of one row.
pub(in crate::tui) type Cell = (String, Role);

/// A cell without special looks.
pub(in crate::tui) fn plain(text: impl Into<String>) -> Cell {
    (text.into(), Role::Text)
}

/// Draws headings and as many rows as fit: `>` before the one under the cursor, `[x]` before marked ones. Without
/// `focused` the cursor row is not reversed.
pub(in crate::tui) fn draw<R: Row + Clone>(
    c: &mut Canvas<'_>,
    area: Rect,
    columns: &[Column],
    list: &List<R>,
    (markable, focused): (bool, bool),
    cells: impl Fn(&R) -> Vec<Cell>,
) {
    let lead: u16 = if markable { 5 } else { 2 };
    if area.height == 0 || area.width <= lead {
        return;
    }
    let inner = Rect { x: area.x + lead, width: area.width - lead - 1, ..area };
    let titles: Vec<Cell> = columns.iter().map(|column| (column.title.clone(), Role::Title)).collect();
    line(c, inner, area.y, columns, &titles);
    let height = area.height - 1;
    let top = list.window(height);
    list.drawn_at(area.y + 1);
    let visible = list.rows().iter().enumerate().skip(top).take(height.into());
    for ((at, row), y) in visible.zip(area.y + 1..) {
        line(c, inner, y, columns, &cells(row));
        let marked = list.is_marked(row);
        if markable {
            let (sign, role) = if marked { ("[x]", Role::Marked) } else { ("[ ]", Role::Text) };
            c.text(area.x + 1, y, 3, sign, role);
        }
        if at == list.at() {
            c.text(area.x, y, 1, ">", Role::Title);
            if focused {
                c.tint(Rect::new(area.x, y, area.width, 1), Role::Cursor);
            }
        }
    }
}

/// Draws one row of cells.
pub(in crate::tui) fn line(c: &mut Canvas<'_>, area: Rect, y: u16, columns: &[Column], cells: &[Cell]) {
    let fixed: u16 = columns.iter().map(|column| column.width + 1).sum::<u16>().saturating_sub(1);
    let spare = area.width.saturating_sub(fixed);
    let mut x = area.x;
    for (column, (text, role)) in columns.iter().zip(cells) {
        let width = if column.width == 0 { spare } else { column.width };
        let Some(room) = area.right().checked_sub(x).filter(|room| *room > 0) else { return };
        let width = width.min(room);
        if column.right {
            c.right(x, y, width, text, *role);
        } else {
            c.text(x, y, width, text, *role);
        }
        x += width + 1;
    }
}
