//! From two frames to the bytes that turn the one into the other.
//!
//! An own writer instead of crossterm's, which writes the 16 colours as 256-colour codes and breaks `NO_COLOR`.
//! Two habits keep frames small and borders straight: unchanged runs are jumped over, and after any sign whose
//! width terminals disagree on, the cursor is set anew.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::safe;
use super::skin::Depth;

/// Begins a frame that the terminal shows at once.
pub(super) const BEGIN: &str = "\x1b[?2026h";
/// Ends such a frame.
pub(super) const END: &str = "\x1b[?2026l";

/// What the terminal's pen is known to be like.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Ink = Ink { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// Returns the bytes that turn `before` into `after`, or nothing when they are alike. Without `before`, or when its
/// size was another, the screen is cleared first.
pub(super) fn paint(before: Option<&Buffer>, after: &Buffer, depth: Depth) -> Option<String> {
    let mut writer = Writer { out: String::new(), depth, ink: PLAIN, at: None };
    let width = usize::from(after.area.width).max(1);
    let empty = Buffer::empty(after.area);
    let before = before.filter(|buffer| buffer.area == after.area);
    if before.is_none() {
        writer.out.push_str("\x1b[m\x1b[H\x1b[2J");
    }
    let old = before.unwrap_or(&empty);
    for (y, (old, new)) in old.content().chunks(width).zip(after.content().chunks(width)).enumerate() {
        if old != new {
            writer.row(y, old, new);
        }
    }
    if writer.out.is_empty() {
        return None;
    }
    writer.pen(PLAIN);
    Some(writer.out)
}

struct Writer {
    out: String,
    depth: Depth,
    ink: Ink,
    /// Where the terminal's cursor is, while that is certain.
    at: Option<(usize, usize)>,
}

impl Writer {
    fn row(&mut self, y: usize, old: &[Cell], new: &[Cell]) {
        let wide = old.iter().chain(new).any(|cell| !is_simple(cell.symbol()));
        let Some(first) = old.iter().zip(new).position(|(a, b)| a != b) else { return };
        // From here to the end of the row only plain blanks follow.
        let blank = new.iter().rposition(|cell| !is_blank(cell)).map_or(0, |at| at + 1);
        let erase = old.get(blank..).unwrap_or_default().iter().filter(|cell| !is_blank(cell)).count() > 3;
        let mut x = first;
        while let Some(cell) = new.get(x) {
            if x >= blank && erase {
                self.go(x, y);
                self.pen(PLAIN);
                self.out.push_str("\x1b[K");
                return;
            }
            let columns = safe::width(cell.symbol()).max(1);
            // A row with doubtful widths is rewritten from its first change on: half a sign cannot be kept.
            if wide || old.get(x) != Some(cell) {
                self.bridge(x, y, new);
                self.put(cell, x, y, columns, new.len());
            }
            x += columns;
        }
    }

    /// Goes to a cell; a short gap in the same ink is cheaper rewritten than jumped over.
    fn bridge(&mut self, x: usize, y: usize, row: &[Cell]) {
        if let Some((cursor, line)) = self.at
            && line == y
            && cursor < x
            && x - cursor <= 3
        {
            let gap = row.get(cursor..x).unwrap_or_default();
            if gap.iter().all(|cell| self.ink_of(cell) == self.ink && cell.symbol().is_ascii()) {
                self.out.extend(gap.iter().map(Cell::symbol));
                self.at = Some((x, y));
            }
        }
        self.go(x, y);
    }

    fn go(&mut self, x: usize, y: usize) {
        if self.at == Some((x, y)) {
            return;
        }
        let _ignored = match self.at {
            Some((cursor, line)) if line == y && cursor < x => write!(self.out, "\x1b[{}C", x - cursor),
            Some((_, line)) if line + 1 == y && x == 0 => write!(self.out, "\r\n"),
            _ if x == 0 => write!(self.out, "\x1b[{}H", y + 1),
            _ => write!(self.out, "\x1b[{};{}H", y + 1, x + 1),
        };
        self.at = Some((x, y));
    }

    fn put(&mut self, cell: &Cell, x: usize, y: usize, columns: usize, width: usize) {
        self.pen(self.ink_of(cell));
        self.out.push_str(cell.symbol());
        let end = x + columns;
        self.at = (end < width && is_simple(cell.symbol())).then_some((end, y));
    }

    fn ink_of(&self, cell: &Cell) -> Ink {
        Ink { fg: self.colour(cell.fg), bg: self.colour(cell.bg), modifier: cell.modifier }
    }

    /// A colour that the depth does not have is none.
    fn colour(&self, colour: Color) -> Color {
        match (self.depth, colour) {
            (Depth::None, _) => Color::Reset,
            (Depth::Sixteen, Color::Indexed(16..) | Color::Rgb(..)) => Color::Reset,
            (Depth::Indexed, Color::Rgb(..)) => Color::Reset,
            (_, colour) => colour,
        }
    }

    fn pen(&mut self, ink: Ink) {
        if ink == self.ink {
            return;
        }
        let reset = self.ink != PLAIN && ink != PLAIN;
        self.ink = ink;
        self.out.push_str(if reset { "\x1b[0" } else { "\x1b[" });
        let start = self.out.len();
        let codes = [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
        ];
        for (modifier, code) in codes {
            if ink.modifier.contains(modifier) {
                let _ignored = write!(self.out, ";{code}");
            }
        }
        sgr(&mut self.out, ink.fg, 30);
        sgr(&mut self.out, ink.bg, 40);
        // Every code brings its separator; the first one needs none.
        if !reset && self.out.len() > start {
            self.out.remove(start);
        }
        self.out.push('m');
    }
}

/// Writes a colour as a terminal of its depth understands it: the 16 as 30–37 and 90–97.
fn sgr(out: &mut String, colour: Color, base: u8) {
    let named = match colour {
        Color::Reset => return,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) => index,
        Color::Rgb(r, g, b) => {
            let _ignored = write!(out, ";{};2;{r};{g};{b}", base + 8);
            return;
        }
    };
    let _ignored = match named {
        0..8 => write!(out, ";{}", base + named),
        8..16 => write!(out, ";{}", base + 52 + named),
        _ => write!(out, ";{};5;{named}", base + 8),
    };
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
        && cell.bg == Color::Reset
        && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

/// Whether all terminals agree that a sign takes one column: ASCII, our boxes, and Latin letters in one piece.
fn is_simple(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => matches!(c, ' '..='~' | '\u{a1}'..='\u{24f}' | '─'..='╿' | '\u{202f}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::skin::{Role, Skin};

    fn line(text: &str, style: Style) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 2));
        buffer.set_string(0, 0, text, style);
        buffer
    }

    #[test]
    fn nothing_changes_nothing_is_written() {
        let frame = line("hello", Style::new());
        assert_eq!(paint(Some(&frame), &frame, Depth::True), None);
        assert!(paint(None, &frame, Depth::True).unwrap().starts_with("\x1b[m\x1b[H\x1b[2J"));
    }

    #[test]
    fn only_what_changed_is_written() {
        let out = paint(Some(&line("one two", Style::new())), &line("one six", Style::new()), Depth::True);
        assert_eq!(out.as_deref(), Some("\x1b[1;5Hsix"));
        let out = paint(Some(&line("one two three", Style::new())), &line("one", Style::new()), Depth::True);
        assert_eq!(out.as_deref(), Some("\x1b[1;5H\x1b[K"));
    }

    #[test]
    fn each_depth_writes_its_own_codes_only() {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
            for (name, role) in Role::ALL {
                let frame = line("x", Skin { depth, ..Skin::default() }.style(role));
                let out = paint(None, &frame, depth).unwrap();
                if depth < Depth::Indexed {
                    assert!(!out.contains("38;5") && !out.contains("48;5"), "{name} {out:?}");
                }
                if depth == Depth::None {
                    let colour =
                        |text: &str| text.contains(";3") || text.contains(";4") || text.contains("[3");
                    assert!(!colour(&out) && (!out.contains("[4") || is_underlined(role)), "{name} {out:?}");
                }
            }
        }
        let loud = line("x", Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(200)).bold());
        assert_eq!(
            paint(Some(&line("", Style::new())), &loud, Depth::None).unwrap(),
            "\x1b[1H\x1b[1mx\x1b[m"
        );
        let red = line("x", Style::new().fg(Color::White).bg(Color::Red));
        assert!(paint(None, &red, Depth::Sixteen).unwrap().contains("\x1b[97;41m"));
    }

    fn is_underlined(role: Role) -> bool {
        matches!(role, Role::Changed | Role::Input)
    }

    #[test]
    fn after_a_doubtful_sign_the_cursor_is_set() {
        let out = paint(Some(&line("", Style::new())), &line("漢b", Style::new()), Depth::None).unwrap();
        assert!(out.starts_with("\x1b[1H漢\x1b[1;3Hb"), "{out:?}");
    }
}
