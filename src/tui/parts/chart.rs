//! Bars over time: what was done and, on top of it in another sign, what failed.

use ratatui::layout::Rect;

use crate::tui::canvas::{Canvas, columns};
use crate::tui::skin::Role;

/// One bar: what was done, and what failed besides.
pub(in crate::tui) type Bar = (u64, u64);

/// Draws the newest bars that fit, each `width` columns wide, with the largest sum beside them. Returns the column of
/// the first bar and how many are not shown.
pub(in crate::tui) fn draw(c: &mut Canvas<'_>, area: Rect, bars: &[Bar], width: u16) -> (u16, usize) {
    let most = bars.iter().map(|(done, failed)| done + failed).max().unwrap_or(0).max(1);
    let label = c.count(most);
    let lead = columns(&label) + 2;
    let first = area.x + 1 + lead;
    if area.height == 0 || area.width <= lead + 2 {
        return (first, bars.len());
    }
    c.text(area.x + 1, area.y, lead, &label, Role::Text);
    c.text(area.x + 1, area.bottom() - 1, lead, "0", Role::Text);
    let room = usize::from((area.width - lead - 2) / width.max(1));
    let hidden = bars.len().saturating_sub(room);
    let steps = u64::from(area.height) * 2;
    // A gap between wide bars; narrow ones touch.
    let ink = usize::from(if width > 2 { width - 1 } else { width });
    for ((done, failed), x) in bars.iter().skip(hidden).zip((first..).step_by(width.max(1).into())) {
        let scaled = |count: u64| u64::try_from(u128::from(count) * u128::from(steps) / u128::from(most));
        let whole = scaled(done + failed).unwrap_or(steps).max(u64::from(done + failed > 0));
        let bad = scaled(*failed).unwrap_or(steps).max(u64::from(*failed > 0));
        for row in 0..area.height {
            let level = u64::from(row) * 2;
            let sign = match whole {
                whole if bad > 0 && whole > level && whole.saturating_sub(bad) < level + 2 => "#",
                whole if whole > level + 1 => ":",
                whole if whole > level => ".",
                _ => continue,
            };
            c.text(x, area.bottom() - 1 - row, width, &sign.repeat(ink), Role::Text);
        }
    }
    (first, hidden)
}
