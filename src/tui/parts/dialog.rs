//! Questions before something is changed, and lines to type into.
//!
//! A dialog carries what its answers do, with the ids it names: whatever rows do behind it, those are hit. Enter and
//! Esc mean No, and what was typed before the dialog could be seen is swallowed.

use ratatui::layout::Rect;

use super::field::Field;
use crate::control::protocol::Selection;
use crate::domain::id::{ConnectionId, ErrorId};
use crate::tui::canvas::Canvas;
use crate::tui::keys::Key;
use crate::tui::model::Wish;
use crate::tui::registry::Screen;
use crate::tui::safe;
use crate::tui::skin::Role;

/// How long a new dialog is deaf, in milliseconds.
const GUARD: u64 = 250;

/// One of the answers beside No.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Answer {
    pub(in crate::tui) key: char,
    pub(in crate::tui) label: String,
    pub(in crate::tui) wishes: Vec<Wish>,
}

/// A question.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Dialog {
    title: String,
    lines: Vec<String>,
    answers: Vec<Answer>,
    /// The number that must be typed before the first answer counts.
    typed: Option<(String, Field)>,
    opened: u64,
}

/// What a key did to a dialog.
#[derive(Debug)]
pub(in crate::tui) enum Outcome {
    /// It stays open.
    Open,
    /// It closes without effect.
    No,
    /// It closes, and this is to be done.
    Yes(Vec<Wish>),
}

impl Dialog {
    pub(in crate::tui) fn new(title: String, lines: Vec<String>, answers: Vec<Answer>) -> Self {
        Self { title, lines, answers, typed: None, opened: 0 }
    }

    /// Asks for a number to be typed in place of `y`: for what is protected.
    #[must_use]
    pub(in crate::tui) fn typed(mut self, count: usize) -> Self {
        self.typed = Some((count.to_string(), Field::default()));
        // The number stands for the first answer; no other may go round it.
        self.answers.truncate(1);
        self
    }

    /// Returns whether an answer of it does something.
    pub(in crate::tui) fn acts(&self) -> bool {
        self.answers.iter().any(|answer| !answer.wishes.is_empty())
    }

    pub(in crate::tui) fn opened(&mut self, clock: u64) {
        self.opened = clock;
    }

    pub(in crate::tui) fn key(&mut self, key: Key, clock: u64, guard: bool) -> Outcome {
        if guard && clock < self.opened + GUARD {
            return Outcome::Open;
        }
        if let Some((wanted, field)) = &mut self.typed {
            match key {
                Key::Char('0'..='9') | Key::Backspace => {
                    field.key(key);
                    return Outcome::Open;
                }
                Key::Enter if field.text() == wanted => {
                    return self
                        .answers
                        .first()
                        .map_or(Outcome::No, |answer| Outcome::Yes(answer.wishes.clone()));
                }
                Key::Char('y') => return Outcome::Open,
                _ => {}
            }
        }
        if let Key::Char(c) = key
            && let Some(answer) = self.answers.iter().find(|answer| answer.key == c)
        {
            return Outcome::Yes(answer.wishes.clone());
        }
        match key {
            Key::Enter | Key::Esc | Key::Char('n' | 'q') => Outcome::No,
            _ => Outcome::Open,
        }
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let mut lines: Vec<(String, Role)> =
            self.lines.iter().map(|line| (line.clone(), Role::Text)).collect();
        lines.push((String::new(), Role::Text));
        if let Some((wanted, field)) = &self.typed {
            let ask = c.facts.say_with("dialog-type", &[("count", wanted.into())]);
            lines.push((format!("{ask} {}", field.shown(8, false)), Role::Input));
        }
        for answer in &self.answers {
            if self.typed.is_none() || answer.key != 'y' {
                lines.push((format!("{}  {}", answer.key, answer.label), Role::Key));
            }
        }
        if !self.answers.is_empty() {
            lines.push((c.say("dialog-no"), Role::Text));
        }
        let note = if self.answers.is_empty() { String::new() } else { c.say("dialog-default") };
        draw_box(c, area, &self.title, &note, &lines);
    }
}

/// What a typed line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Purpose {
    /// A filter for that screen.
    Filter(Screen),
    /// A new token for a connection.
    Token(ConnectionId),
    /// Why errors are set aside.
    Reason(Selection),
    /// What is written into a field of an error's record, for one try.
    Edit(ErrorId, String),
    /// The file into which these rows go.
    Export(Vec<serde_json::Value>),
    /// How many calls a connection may make in 24 hours.
    Budget(ConnectionId),
    /// Why what is protected is to be changed.
    WriteMode,
    /// Another time to look at.
    Time,
}

/// A line to type into, with its title.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Prompt {
    pub(in crate::tui) purpose: Purpose,
    pub(in crate::tui) title: String,
    pub(in crate::tui) lines: Vec<String>,
    pub(in crate::tui) field: Field,
}

impl Prompt {
    pub(in crate::tui) fn is_secret(&self) -> bool {
        matches!(self.purpose, Purpose::Token(_))
    }

    /// Draws the prompt as a box; a filter stands in the line above the footer instead.
    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let mut lines: Vec<(String, Role)> =
            self.lines.iter().map(|line| (line.clone(), Role::Text)).collect();
        let width = area.width.clamp(20, 76) - 8;
        lines.push((String::new(), Role::Text));
        lines.push((format!("> {}", self.field.shown(width, self.is_secret())), Role::Input));
        lines.push((c.say("prompt-keys"), Role::Text));
        draw_box(c, area, &self.title, "", &lines);
    }
}

/// Draws lines in a box in the middle.
pub(in crate::tui) fn draw_box(
    c: &mut Canvas<'_>,
    area: Rect,
    title: &str,
    note: &str,
    lines: &[(String, Role)],
) {
    let width = area.width.saturating_sub(4).clamp(20, 76);
    let room = usize::from(width).saturating_sub(4);
    let mut shown: Vec<(String, Role)> = Vec::new();
    for (line, role) in lines {
        let fits = safe::width(&safe::visible(line)) <= room;
        let parts = if fits && !line.is_empty() { vec![line.clone()] } else { safe::wrap(line, room) };
        if parts.is_empty() {
            shown.push((String::new(), *role));
        }
        shown.extend(parts.into_iter().map(|part| (part, *role)));
    }
    let height = u16::try_from(shown.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let place = Rect {
        x: area.x + (area.width.saturating_sub(width)) / 2,
        y: area.y + (area.height.saturating_sub(height)) / 2,
        width,
        height,
    };
    c.clear(place);
    let inner = c.panel(place, title, note);
    // Where there is not room for all, the end matters most: it holds the answers.
    let skip = shown.len().saturating_sub(inner.height.into());
    for ((line, role), y) in shown.iter().skip(skip).zip(inner.y..) {
        c.text(inner.x + 1, y, inner.width.saturating_sub(2), line, *role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog() -> Dialog {
        let yes = Answer { key: 'y', label: "yes".into(), wishes: vec![Wish::Quit] };
        Dialog::new("T".into(), Vec::new(), vec![yes])
    }

    #[test]
    fn enter_and_esc_mean_no() {
        for key in [Key::Enter, Key::Esc, Key::Char('n')] {
            assert!(matches!(dialog().key(key, 300, true), Outcome::No));
        }
        assert!(matches!(dialog().key(Key::Char('d'), 300, true), Outcome::Open));
        assert!(matches!(dialog().key(Key::Char('y'), 300, true), Outcome::Yes(wishes) if wishes.len() == 1));
    }

    #[test]
    fn what_was_typed_ahead_is_swallowed() {
        assert!(matches!(dialog().key(Key::Char('y'), 100, true), Outcome::Open));
        assert!(matches!(dialog().key(Key::Char('y'), 100, false), Outcome::Yes(_)));
    }

    #[test]
    fn what_is_protected_wants_its_number() {
        let mut dialog = dialog().typed(10);
        assert!(matches!(dialog.key(Key::Char('y'), 300, true), Outcome::Open));
        dialog.key(Key::Char('1'), 300, true);
        assert!(matches!(dialog.clone().key(Key::Enter, 300, true), Outcome::No));
        dialog.key(Key::Char('0'), 300, true);
        assert!(matches!(dialog.key(Key::Enter, 300, true), Outcome::Yes(_)));
    }
}
