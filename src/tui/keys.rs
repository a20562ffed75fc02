//! What a terminal sends, as our own keys.
//!
//! An own parser instead of a library's: `termina` does not know the answer to `CSI 5n`, by which frames are
//! paced, and makes an Alt chord of an Esc that is followed at once by a key, while here Alt chords do not exist.

use std::fmt;
use std::str::FromStr;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, as typed: `R` is shift and `r`.
    Char(char),
    /// Control and a lower-case letter.
    Ctrl(char),
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

const NAMES: [(&str, Key); 16] = [
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pgup", Key::PageUp),
    ("pgdn", Key::PageDown),
    ("tab", Key::Tab),
    ("shift-tab", Key::BackTab),
    ("enter", Key::Enter),
    ("esc", Key::Esc),
    ("backspace", Key::Backspace),
    ("delete", Key::Delete),
    ("space", Key::Char(' ')),
    ("ctrl-space", Key::Ctrl(' ')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = NAMES.iter().find(|(_, key)| key == self) {
            let mut chars = name.chars();
            return match (chars.next(), name.len()) {
                (Some(first), 2..) => write!(f, "{}{}", first.to_ascii_uppercase(), chars.as_str()),
                _ => f.write_str(name),
            };
        }
        match self {
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            _ => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(Self::Char(c));
        }
        let lower = text.to_ascii_lowercase();
        if let Some((_, key)) = NAMES.iter().find(|(name, _)| *name == lower) {
            return Ok(*key);
        }
        let mut letter = lower.strip_prefix("ctrl-").ok_or(())?.chars();
        match (letter.next(), letter.next()) {
            (Some(c), None) if c.is_ascii_lowercase() => Ok(Self::Ctrl(c)),
            _ => Err(()),
        }
    }
}

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
    /// The answer to `CSI 5n`: everything written before it has arrived.
    Arrived,
    /// The first button, pressed in a row of the screen, from 0.
    Click(u16),
    /// The wheel: `true` is down.
    Wheel(bool),
}

/// The most bytes kept of one paste.
const LONGEST_PASTE: usize = 64 * 1024;
/// The most bytes waited for until a sequence ends.
const LONGEST_SEQUENCE: usize = 1024;
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into inputs; sequences may come in pieces.
#[derive(Debug, Default)]
pub(super) struct Parser {
    bytes: Vec<u8>,
    paste: Option<Vec<u8>>,
}

enum Step {
    /// The sequence is not whole yet.
    Need,
    /// So many bytes mean nothing to us.
    Skip(usize),
    /// So many bytes mean this.
    Got(usize, Input),
    /// A paste begins after so many bytes.
    Paste(usize),
}

impl Parser {
    /// Returns whether the parser holds the beginning of something.
    pub(super) fn waits(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// Takes bytes in and puts what is whole into `out`.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.bytes.extend_from_slice(bytes);
        self.run(out);
    }

    /// Says that no more bytes came for a while: an Esc that stands alone is the key.
    pub(super) fn quiet(&mut self, out: &mut Vec<Input>) {
        while self.paste.is_none() && self.waits() {
            if self.bytes.remove(0) == 0x1b {
                out.push(Input::Key(Key::Esc));
            }
            self.run(out);
        }
    }

    fn run(&mut self, out: &mut Vec<Input>) {
        loop {
            if let Some(paste) = &mut self.paste {
                let Some(end) = find(&self.bytes, PASTE_END) else {
                    // All but what may be the beginning of the end mark.
                    let ready = self.bytes.len().saturating_sub(PASTE_END.len() - 1);
                    let room = LONGEST_PASTE.saturating_sub(paste.len());
                    paste.extend(self.bytes.drain(..ready).take(room));
                    return;
                };
                let room = LONGEST_PASTE.saturating_sub(paste.len());
                paste.extend(self.bytes.drain(..end).take(room));
                self.bytes.drain(..PASTE_END.len());
                let text = String::from_utf8_lossy(paste).into_owned();
                self.paste = None;
                out.push(Input::Paste(text));
                continue;
            }
            match step(&self.bytes) {
                Step::Need => return,
                Step::Skip(count) => drop(self.bytes.drain(..count)),
                Step::Got(count, input) => {
                    self.bytes.drain(..count);
                    out.push(input);
                }
                Step::Paste(count) => {
                    self.bytes.drain(..count);
                    self.paste = Some(Vec::new());
                }
            }
        }
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn key(count: usize, key: Key) -> Step {
    Step::Got(count, Input::Key(key))
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [0x1b] => Step::Need,
        [0x1b, b'[', rest @ ..] => csi(rest),
        [0x1b, b'O'] => Step::Need,
        [0x1b, b'O', last, ..] => named(*last, 0).map_or(Step::Skip(3), |found| key(3, found)),
        // Answers that nobody asked for: skipped up to their end.
        [0x1b, b']' | b'P' | b'_' | b'^', rest @ ..] => {
            let end = rest.iter().position(|b| *b == 0x07).map(|at| at + 1);
            match end.or_else(|| find(rest, b"\x1b\\").map(|at| at + 2)) {
                Some(at) => Step::Skip(at + 2),
                None if rest.len() > LONGEST_SEQUENCE => Step::Skip(bytes.len()),
                None => Step::Need,
            }
        }
        // Esc, then at once another key: two keys, since there are no Alt chords.
        [0x1b, ..] => key(1, Key::Esc),
        [b'\r' | b'\n', ..] => key(1, Key::Enter),
        [b'\t', ..] => key(1, Key::Tab),
        [0x7f | 0x08, ..] => key(1, Key::Backspace),
        [control @ 1..=26, ..] => key(1, Key::Ctrl(char::from(control - 1 + b'a'))),
        [0..=0x1f, ..] => Step::Skip(1),
        [first, ..] => {
            let length = match first {
                ..0x80 => 1,
                0xc0..0xe0 => 2,
                0xe0..0xf0 => 3,
                0xf0..0xf8 => 4,
                _ => return Step::Skip(1),
            };
            let Some(letter) = bytes.get(..length) else { return Step::Need };
            match std::str::from_utf8(letter).ok().and_then(|text| text.chars().next()) {
                Some(c) => key(length, Key::Char(c)),
                None => Step::Skip(1),
            }
        }
    }
}

/// A control sequence without its `ESC [`.
fn csi(rest: &[u8]) -> Step {
    // The Linux console's function keys have a second bracket.
    if let [b'[', tail @ ..] = rest {
        return if tail.is_empty() { Step::Need } else { Step::Skip(4) };
    }
    let Some(end) = rest.iter().position(|b| (0x40..=0x7e).contains(b)) else {
        return if rest.len() > LONGEST_SEQUENCE { Step::Skip(rest.len() + 2) } else { Step::Need };
    };
    let count = end + 3;
    let parameters = rest.get(..end).unwrap_or_default();
    let first: u32 = parameters
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .fold(0, |sum, b| sum.saturating_mul(10).saturating_add(u32::from(b - b'0')));
    match rest.get(end) {
        Some(b'~') if first == 200 => Step::Paste(count),
        Some(b'n') if parameters == b"0" => Step::Got(count, Input::Arrived),
        Some(last @ (b'M' | b'm')) if parameters.first() == Some(&b'<') => {
            mouse(parameters, *last).map_or(Step::Skip(count), |input| Step::Got(count, input))
        }
        Some(last) => named(*last, first).map_or(Step::Skip(count), |found| key(count, found)),
        None => Step::Need,
    }
}

/// A report of the mouse in the form `<button;column;row`, pressed or (`m`) let go.
fn mouse(parameters: &[u8], last: u8) -> Option<Input> {
    let text = std::str::from_utf8(parameters).ok()?.strip_prefix('<')?;
    let mut numbers = text.split(';').map(str::parse::<u16>);
    let (button, _column, row) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    match (button, last) {
        (0, b'M') => Some(Input::Click(row.checked_sub(1)?)),
        (64, b'M') => Some(Input::Wheel(false)),
        (65, b'M') => Some(Input::Wheel(true)),
        _ => None,
    }
}

fn named(last: u8, first: u32) -> Option<Key> {
    Some(match (last, first) {
        (b'A', _) => Key::Up,
        (b'B', _) => Key::Down,
        (b'C', _) => Key::Right,
        (b'D', _) => Key::Left,
        (b'H', _) | (b'~', 1 | 7) => Key::Home,
        (b'F', _) | (b'~', 4 | 8) => Key::End,
        (b'~', 3) => Key::Delete,
        (b'~', 5) => Key::PageUp,
        (b'~', 6) => Key::PageDown,
        (b'Z', _) => Key::BackTab,
        (b'M', 0) => Key::Enter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Input> {
        let mut parser = Parser::default();
        let mut out = Vec::new();
        parser.feed(bytes, &mut out);
        parser.quiet(&mut out);
        out
    }

    #[test]
    fn keys_come_out_whole_or_in_pieces() {
        use Key::*;
        let bytes = b"aR\x1b[A\x1b[1;5B\x1bOC\x1b[5~\x1b[6~\x1b[H\x1b[4~\x1b[Z\t\r\x7f\x03\x10\x0c\xc3\xa9";
        let keys = [
            Char('a'),
            Char('R'),
            Up,
            Down,
            Right,
            PageUp,
            PageDown,
            Home,
            End,
            BackTab,
            Tab,
            Enter,
            Backspace,
            Ctrl('c'),
            Ctrl('p'),
            Ctrl('l'),
            Char('é'),
        ]
        .map(Input::Key);
        assert_eq!(all(bytes), keys);
        let mut parser = Parser::default();
        let mut out = Vec::new();
        for byte in bytes {
            parser.feed(&[*byte], &mut out);
        }
        assert_eq!(out, keys);
    }

    #[test]
    fn esc_is_a_key_alone_and_before_another() {
        use Key::*;
        assert_eq!(all(b"\x1b"), [Input::Key(Esc)]);
        assert_eq!(all(b"\x1bq"), [Esc, Char('q')].map(Input::Key));
        assert_eq!(all(b"\x1b\x1b[A"), [Esc, Up].map(Input::Key));
        assert_eq!(all(b"\x1b["), [Esc, Char('[')].map(Input::Key), "Esc and a bracket, typed");
    }

    #[test]
    fn a_paste_is_one_input_and_answers_are_no_keys() {
        assert_eq!(
            all(b"\x1b[200~dy\rRy\x1b[31m\x1b[201~q"),
            [Input::Paste("dy\rRy\x1b[31m".into()), Input::Key(Key::Char('q'))]
        );
        assert_eq!(all(b"\x1b[0n\x1b[3n\x1b]11;rgb:0/0/0\x07\x1b[?62c\x1bP1$r\x1b\\"), [Input::Arrived]);
        assert_eq!(all(b"\xff\xfe\xc3("), [Input::Key(Key::Char('('))], "not UTF-8");
        let mut long = b"\x1b[200~".to_vec();
        long.extend(std::iter::repeat_n(b'x', 2 * LONGEST_PASTE));
        long.extend(PASTE_END);
        assert!(matches!(all(&long).as_slice(), [Input::Paste(text)] if text.len() == LONGEST_PASTE));
    }

    #[test]
    fn the_mouse_is_reported_and_rubbish_is_not() {
        let bytes = b"\x1b[<0;12;5M\x1b[<0;12;5m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;1;1M\x1b[<;;M\x1b[<0;1;0M\x1b[<0;1;99999M";
        assert_eq!(all(bytes), [Input::Click(4), Input::Wheel(false), Input::Wheel(true)]);
    }

    #[test]
    fn names_go_round() {
        for text in ["q", "R", "up", "pgdn", "ctrl-c", "shift-tab", "enter", "space", ":"] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string().to_lowercase(), text.to_lowercase());
        }
        assert_eq!("f1".parse::<Key>(), Err(()));
    }
}
