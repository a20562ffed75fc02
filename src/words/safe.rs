//! The one border where text from outside is made safe for a terminal, and cut to a width.
//!
//! Everything drawn goes through [`cut`]: control characters, direction overrides and characters without a width
//! become visible instead of taking effect. Widths are counted by grapheme, never by byte or character.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most characters kept of one grapheme: a pile of combining marks must not run over its neighbours.
const LONGEST_GRAPHEME: usize = 6;

/// Returns the text with everything that could act on a terminal, or hide on it, made visible.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for grapheme in text.graphemes(true) {
        if grapheme.chars().any(|c| acts(c) || is_presentation(c)) {
            grapheme.chars().filter(|c| !is_presentation(*c)).for_each(|c| push(&mut out, c));
        } else if grapheme.width() == 0 {
            grapheme.chars().for_each(|c| show(&mut out, c));
        } else {
            out.extend(grapheme.chars().take(LONGEST_GRAPHEME));
        }
    }
    Cow::Owned(out)
}

/// Returns the safe text in at most `width` columns; what had to be cut ends in `>`.
pub fn cut(text: &str, width: usize) -> String {
    let safe = visible(text);
    if self::width(&safe) <= width {
        return safe.into_owned();
    }
    let mut out = String::new();
    let mut left = width.saturating_sub(1);
    for grapheme in safe.graphemes(true) {
        let Some(rest) = left.checked_sub(grapheme.width()) else { break };
        left = rest;
        out.push_str(grapheme);
    }
    if width > 0 {
        out.push('>');
    }
    out
}

/// Returns the columns that a safe text takes.
pub fn width(safe: &str) -> usize {
    safe.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Returns the safe text broken into lines of at most `width` columns, at spaces where there are any.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in visible(text).split(' ') {
        let mut word = word;
        let gap = usize::from(!line.is_empty());
        if self::width(&line) + gap + self::width(word) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while self::width(word) > width {
            let at = fitting(word, width);
            let (head, tail) = word.split_at(at);
            lines.push(head.to_owned());
            word = tail;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Returns how many bytes of `text` fit into `width` columns, at least one grapheme.
fn fitting(text: &str, width: usize) -> usize {
    let mut used = 0;
    let mut bytes = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > width && bytes > 0 {
            break;
        }
        bytes += grapheme.len();
    }
    bytes
}

fn push(out: &mut String, c: char) {
    match c {
        '\t' => out.push(' '),
        c if c.is_control() => {
            let _ignored = write!(out, "\\x{:02x}", u32::from(c));
        }
        c if acts(c) => show(out, c),
        c => out.push(c),
    }
}

fn show(out: &mut String, c: char) {
    let _ignored = write!(out, "<{:04x}>", u32::from(c));
}

/// Whether a character acts on a terminal, turns the direction of text, or takes no room.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Variation selectors only choose between two drawings of one sign, and terminals disagree on the width then.
fn is_presentation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_becomes_visible() {
        for (raw, shown) in [
            ("plain", "plain"),
            ("a\x1b]0;x\x07b", "a\\x1b]0;x\\x07b"),
            ("del\x7f", "del\\x7f"),
            ("c1\u{9b}31m", "c1\\x9b31m"),
            ("two\r\nlines", "two\\x0d\\x0alines"),
            ("tab\there", "tab here"),
            ("r\u{202e}l", "r<202e>l"),
            ("zero\u{200b}width", "zero<200b>width"),
            ("bom\u{feff}", "bom<feff>"),
            ("tag\u{e0041}", "tag<e0041>"),
            ("née 漢字 🎉", "née 漢字 🎉"),
            ("heart \u{2764}\u{fe0f}", "heart \u{2764}"),
            ("👨\u{200d}👩", "👨<200d>👩"),
            ("שלום", "שלום"),
        ] {
            assert_eq!(visible(raw), shown, "{raw:?}");
        }
        let pile: String = std::iter::once('e').chain(std::iter::repeat_n('\u{301}', 50)).collect();
        assert_eq!(visible(&pile).chars().count(), LONGEST_GRAPHEME);
        assert_eq!(visible("\u{301}alone"), "<0301>alone");
    }

    #[test]
    fn cut_counts_columns() {
        for (text, columns, shown) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd>"),
            ("漢字漢字", 8, "漢字漢字"),
            ("漢字漢字", 7, "漢字漢>"),
            ("漢字漢字", 6, "漢字>"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}>"),
            ("abc", 1, ">"),
            ("abc", 0, ""),
            ("", 0, ""),
        ] {
            let out = cut(text, columns);
            assert_eq!(out, shown);
            assert!(width(&out) <= columns);
        }
    }

    #[test]
    fn wrap_keeps_every_word() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert!(wrap("漢字漢字漢字", 5).iter().all(|line| width(line) <= 5));
        assert!(wrap("", 5).is_empty());
    }
}
