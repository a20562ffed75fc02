//! A line to type into.

use unicode_segmentation::UnicodeSegmentation;

use crate::tui::keys::Key;
use crate::tui::safe;

/// The most bytes a line may have; refresh tokens and call-back addresses fit well.
const LONGEST: usize = 8 * 1024;

/// A line of input with a cursor at its end.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::tui) struct Field {
    text: String,
}

impl std::fmt::Debug for Field {
    /// It may hold a token: nothing of it is told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Field")
    }
}

impl Field {
    pub(in crate::tui) fn of(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    pub(in crate::tui) fn text(&self) -> &str {
        &self.text
    }

    /// Takes a key in; returns whether it was one for a line.
    pub(in crate::tui) fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) if self.text.len() < LONGEST => self.text.push(c),
            Key::Backspace => {
                let kept = self.text.graphemes(true).next_back().map_or(0, str::len);
                self.text.truncate(self.text.len() - kept);
            }
            Key::Ctrl('u') => self.text.clear(),
            _ => return false,
        }
        true
    }

    /// Takes a paste in: one line of it, without control characters.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        let line = text.trim().chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c });
        let room = LONGEST.saturating_sub(self.text.len());
        self.text.extend(line.filter(|c| !c.is_control()).take(room));
    }

    /// Returns what is shown in `width` columns: the end of the text, or dots of its length.
    pub(in crate::tui) fn shown(&self, width: u16, masked: bool) -> String {
        let width = usize::from(width).saturating_sub(1);
        if masked {
            return format!("{}_", "*".repeat(self.text.chars().count().min(width)));
        }
        let safe = safe::visible(&self.text);
        let mut used = 0;
        let mut tail: Vec<&str> = Vec::new();
        for grapheme in safe.graphemes(true).rev() {
            used += safe::width(grapheme);
            if used > width {
                break;
            }
            tail.push(grapheme);
        }
        tail.reverse();
        format!("{}_", tail.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_pasting_and_taking_back() {
        let mut field = Field::default();
        for c in "obj:Läd".chars() {
            assert!(field.key(Key::Char(c)));
        }
        field.key(Key::Backspace);
        field.key(Key::Backspace);
        field.paste(" x\ty\n\x1b[31m ");
        assert_eq!(field.text(), "obj:Lx y [31m");
        assert_eq!(field.shown(5, false), "[31m_");
        assert_eq!(field.shown(5, true), "****_");
        assert!(!field.key(Key::Enter));
        field.key(Key::Ctrl('u'));
        assert_eq!(field.text(), "");
    }
}
