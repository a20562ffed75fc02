//! The keys of a screen, searchable by typing.

use ratatui::layout::Rect;

use super::field::Field;
use crate::tui::canvas::Canvas;
use crate::tui::keys::Key;
use crate::tui::registry::{Keymap, Place};
use crate::tui::skin::Role;

/// The open help.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Help {
    pub(in crate::tui) field: Field,
    top: usize,
}

impl Help {
    pub(in crate::tui) fn key(&mut self, key: Key) {
        match key {
            Key::Down => self.top += 1,
            Key::Up => self.top = self.top.saturating_sub(1),
            Key::PageDown => self.top += 10,
            Key::PageUp => self.top = self.top.saturating_sub(10),
            key => {
                if self.field.key(key) {
                    self.top = 0;
                }
            }
        }
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect, keys: &Keymap, place: Place) {
        c.clear(area);
        let title = format!("{}  {}", c.say("help-title"), c.say("help-note"));
        let inner = c.panel(area, &title, "");
        let wanted = self.field.text().to_lowercase();
        let mut lines: Vec<(String, String)> = Vec::new();
        for (command, keys) in keys.at(place) {
            let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let line = (names.join(" "), c.say(&command.help_key()));
            if wanted.is_empty()
                || line.1.to_lowercase().contains(&wanted)
                || line.0.to_lowercase().contains(&wanted)
            {
                lines.push(line);
            }
        }
        let height = usize::from(inner.height.saturating_sub(1));
        let columns = if inner.width >= 110 { 2 } else { 1 };
        let width = inner.width / columns;
        let most = lines.len().saturating_sub(height * usize::from(columns));
        for (at, (names, text)) in lines.iter().skip(self.top.min(most)).enumerate() {
            let (Ok(column), Ok(row)) =
                (u16::try_from(at / height.max(1)), u16::try_from(at % height.max(1)))
            else {
                return;
            };
            if column >= columns {
                break;
            }
            let x = inner.x + 1 + column * width;
            c.text(x, inner.y + row, 14, names, Role::Key);
            c.text(x + 15, inner.y + row, width.saturating_sub(17), text, Role::Text);
        }
        let input = format!("/ {}", self.field.shown(30, false));
        c.text(
            inner.x + 1,
            inner.bottom().saturating_sub(1),
            inner.width.saturating_sub(2),
            &input,
            Role::Input,
        );
    }
}
