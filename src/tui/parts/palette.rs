//! Commands by name: what can be done here, found by typing a part of it.

use ratatui::layout::Rect;

use super::dialog::draw_box;
use super::field::Field;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::keys::Key;
use crate::tui::registry::{Command, Keymap, Place};
use crate::tui::skin::Role;

/// The open palette.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Palette {
    pub(in crate::tui) field: Field,
    at: usize,
}

impl Palette {
    /// The commands of `place` whose id, name or help contain what was typed.
    pub(in crate::tui) fn found(&self, keys: &Keymap, place: Place, facts: &Facts) -> Vec<&'static Command> {
        let wanted = self.field.text().to_lowercase();
        let fits = |command: &Command| {
            let texts =
                [command.id.to_owned(), facts.say(&command.label_key()), facts.say(&command.help_key())];
            wanted.split_whitespace().all(|word| texts.iter().any(|text| text.to_lowercase().contains(word)))
        };
        keys.at(place).into_iter().map(|(command, _)| command).filter(|command| fits(command)).collect()
    }

    /// Takes a key; Enter returns the chosen command.
    pub(in crate::tui) fn key(&mut self, key: Key, found: &[&'static Command]) -> Option<&'static Command> {
        match key {
            Key::Enter => return found.get(self.at).copied(),
            Key::Down => self.at = (self.at + 1).min(found.len().saturating_sub(1)),
            Key::Up => self.at = self.at.saturating_sub(1),
            key => {
                if self.field.key(key) {
                    self.at = 0;
                }
            }
        }
        None
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect, keys: &Keymap, place: Place) {
        let found = self.found(keys, place, c.facts);
        let room = usize::from(area.height.saturating_sub(6)).clamp(3, 14);
        let top = self.at.saturating_sub(room - 1);
        let mut lines = Vec::new();
        for (at, command) in found.iter().enumerate().skip(top).take(room) {
            let (sign, role) = if at == self.at { (">", Role::Title) } else { (" ", Role::Text) };
            lines.push((format!("{sign} {:<22} {}", command.id, c.say(&command.help_key())), role));
        }
        lines.truncate(room);
        lines.push((String::new(), Role::Text));
        lines.push((format!(": {}", self.field.shown(50, false)), Role::Input));
        draw_box(c, area, &c.say("palette-title"), "", &lines);
    }
}
