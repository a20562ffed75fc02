//! The drawing surface of all screens. Text reaches the frame through [`Canvas::text`] and nothing else, and that
//! makes it safe first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::facts::Facts;
use super::safe;
use super::skin::{Role, Skin};

/// A frame under construction.
pub(super) struct Canvas<'a> {
    pub(super) frame: &'a mut Buffer,
    pub(super) skin: Skin,
    pub(super) facts: &'a Facts,
}

impl Canvas<'_> {
    /// Writes one line of at most `width` columns and returns how many it took.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, width, text, self.skin.style(role))
    }

    /// Writes one line that ends at the right edge of `width` columns.
    pub(super) fn right(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) {
        let text = safe::cut(text, width.into());
        let gap = width.saturating_sub(columns(&text));
        self.text(x + gap, y, width - gap, &text, role);
    }

    fn styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.frame.area;
        if y < area.y || y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let width = width.min(area.right() - x);
        let text = safe::cut(text, width.into());
        let mut at = x;
        for grapheme in text.graphemes(true) {
            let columns = u16::try_from(grapheme.width()).unwrap_or(1);
            let sign = if self.skin.ascii && grapheme == "\u{202f}" { " " } else { grapheme };
            for covered in (at..at + columns).skip(1) {
                if let Some(cell) = self.frame.cell_mut((covered, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
            if let Some(cell) = self.frame.cell_mut((at, y)) {
                cell.set_symbol(sign).set_style(style);
            }
            at += columns;
        }
        at - x
    }

    /// Writes text over several lines and returns how many it took.
    pub(super) fn wrapped(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let lines = safe::wrap(text, area.width.into());
        let shown = lines.iter().take(area.height.into());
        shown.zip(area.y..).for_each(|(line, y)| {
            self.text(area.x, y, area.width, line, role);
        });
        u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height)
    }

    /// Gives an area the looks of a role, whatever is in it.
    pub(super) fn tint(&mut self, area: Rect, role: Role) {
        let style = self.skin.style(role);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.frame.cell_mut((x, y)) {
                    // The row under the cursor is reversed whole: a mark's own colours would vanish in it.
                    if role == Role::Cursor {
                        cell.fg = ratatui::style::Color::Reset;
                        cell.bg = ratatui::style::Color::Reset;
                        cell.modifier.remove(ratatui::style::Modifier::REVERSED);
                    }
                    cell.set_style(style);
                }
            }
        }
    }

    /// Empties an area.
    pub(super) fn clear(&mut self, area: Rect) {
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.frame.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Draws a box with a title on the left and a note on the right, and returns its inside. Boxes that overlap in an
    /// edge share it.
    pub(super) fn panel(&mut self, area: Rect, title: &str, note: &str) -> Rect {
        if area.width < 4 || area.height < 2 {
            return Rect::ZERO;
        }
        let lines = self.skin.lines();
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.x + 1..right {
            self.edge(x, area.y, lines.across);
            self.edge(x, bottom, lines.across);
        }
        for y in area.y + 1..bottom {
            self.edge(area.x, y, lines.down);
            self.edge(right, y, lines.down);
        }
        let corners = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
        for ((x, y), sign) in corners.into_iter().zip(lines.corners) {
            self.edge(x, y, sign);
        }
        let room = area.width.saturating_sub(4);
        let (head, tail) = title.split_once("  ").unwrap_or((title, ""));
        let mut x = area.x + 2;
        let mut left = room;
        for (text, role) in [(head, Role::Title), (tail, Role::Text)] {
            if !text.is_empty() && left > 4 {
                let text = format!(" {} ", safe::cut(text, usize::from(left) - 2));
                let used = self.text(x, area.y, left, &text, role);
                x += used;
                left -= used;
            }
        }
        let wanted = columns(&safe::visible(note)) + 3;
        if !note.is_empty() && wanted < left {
            self.text(right - wanted, area.y, wanted - 1, &format!(" {note} "), Role::Text);
        }
        Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
    }

    /// Says in a panel that its answer is on the way.
    pub(super) fn wait(&mut self, inner: Rect) {
        let text = self.say("not-heard");
        self.text(inner.x + 1, inner.y, inner.width.saturating_sub(2), &text, Role::Text);
    }

    fn edge(&mut self, x: u16, y: u16, sign: &str) {
        let style = self.skin.style(Role::Border);
        if let Some(cell) = self.frame.cell_mut((x, y)) {
            if self.skin.ascii {
                let joined = cell.symbol() == "+" || (cell.symbol() == "|" && sign == "-");
                let sign = if joined { "+" } else { sign };
                cell.set_symbol(sign);
            } else {
                cell.merge_symbol(sign, MergeStrategy::Exact);
            }
            cell.set_style(style);
        }
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.facts.say(key)
    }

    pub(super) fn count(&self, count: u64) -> String {
        self.facts.count(count)
    }
}

/// Returns the columns of a safe text.
pub(super) fn columns(safe: &str) -> u16 {
    u16::try_from(safe::width(safe)).unwrap_or(u16::MAX)
}
