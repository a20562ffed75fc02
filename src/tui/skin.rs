//! Roles and what they look like: colours by depth, boxes by alphabet.
//!
//! Words and marks carry every meaning; colour only tints a mark. No colour of the 16 can be read on every dark and
//! every light background, so where the background is not known a mark of 16 colours brings its own background,
//! and of 256 colours only those are used whose lightness lies between the two.

use ratatui::style::{Color, Modifier, Style};

/// How many colours may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None; bold, reverse and underline remain.
    None,
    /// The 16 of the terminal's own palette.
    #[default]
    Sixteen,
    /// 256.
    Indexed,
    /// All.
    True,
}

impl Depth {
    /// Returns the depth that an environment calls for: `NO_COLOR`, then `COLORTERM`, then `TERM`.
    pub fn of(env: impl Fn(&str) -> Option<String>) -> Self {
        let (colour, term) = (env("COLORTERM").unwrap_or_default(), env("TERM").unwrap_or_default());
        match () {
            () if env("NO_COLOR").is_some_and(|value| !value.is_empty()) => Self::None,
            () if matches!(term.as_str(), "dumb" | "")
                || term.starts_with("vt1")
                || term.starts_with("vt2") =>
            {
                Self::None
            }
            () if matches!(colour.as_str(), "truecolor" | "24bit") => Self::True,
            () if term.contains("256color") => Self::Indexed,
            () => Self::Sixteen,
        }
    }
}

/// What a piece of text is, as far as its looks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Anything else.
    Text,
    /// What may be overlooked.
    Secondary,
    /// Titles, headers, sums.
    Title,
    /// A key in the footer.
    Key,
    /// The mark of something that failed.
    Failing,
    /// The mark of something to watch.
    Warning,
    /// The mark of something that is well.
    Good,
    /// Something that is blocked: FULL, REVOKED.
    Badge,
    /// What changed since the last look.
    Changed,
    /// Where one types.
    Input,
    /// READ-ONLY, and connections lost.
    Banner,
    /// The row under the cursor.
    Cursor,
    /// A marked row.
    Marked,
    /// Boxes.
    Border,
    /// A square to be scanned: dark on light, whatever the terminal's own colours.
    Square,
}

impl Role {
    /// Every role, with the name that `theme check` prints.
    pub const ALL: [(&'static str, Self); 15] = [
        ("text", Self::Text),
        ("secondary", Self::Secondary),
        ("title", Self::Title),
        ("key", Self::Key),
        ("failing", Self::Failing),
        ("warning", Self::Warning),
        ("good", Self::Good),
        ("badge", Self::Badge),
        ("changed", Self::Changed),
        ("input", Self::Input),
        ("banner", Self::Banner),
        ("cursor", Self::Cursor),
        ("marked", Self::Marked),
        ("border", Self::Border),
        ("square", Self::Square),
    ];
}

/// The looks of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skin {
    /// How many colours may be used.
    pub depth: Depth,
    /// Whether only ASCII may be drawn by us.
    pub ascii: bool,
}

/// The signs a box is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    pub(super) across: &'static str,
    pub(super) down: &'static str,
    pub(super) corners: [&'static str; 4],
}

impl Skin {
    /// Returns the looks that an environment calls for; boxes are ASCII where the locale or the terminal is.
    pub fn of(env: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| env(name).filter(|text| !text.is_empty()));
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        let term = env("TERM").unwrap_or_default();
        let ascii = !(locale.contains("utf-8") || locale.contains("utf8"))
            || term == "linux"
            || term.starts_with("vt1");
        Self { depth: Depth::of(&env), ascii }
    }

    /// Returns how a role looks.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Text | Role::Secondary | Role::Border => plain,
            Role::Title | Role::Key | Role::Marked => plain.add_modifier(Modifier::BOLD),
            Role::Failing => self.tint(plain.add_modifier(Modifier::BOLD), 167, Color::White, Color::Red),
            Role::Warning => self.tint(plain, 100, Color::Black, Color::Yellow),
            Role::Good if self.depth >= Depth::Indexed => plain.fg(Color::Indexed(65)),
            Role::Good => plain,
            Role::Badge => plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            Role::Square if self.depth == Depth::None => plain.add_modifier(Modifier::REVERSED),
            Role::Square => plain.fg(Color::Black).bg(Color::White),
            Role::Changed | Role::Input => plain.add_modifier(Modifier::UNDERLINED),
            Role::Banner | Role::Cursor => plain.add_modifier(Modifier::REVERSED),
        }
    }

    fn tint(self, style: Style, index: u8, ink: Color, paper: Color) -> Style {
        match self.depth {
            Depth::None => style,
            Depth::Sixteen => style.fg(ink).bg(paper),
            Depth::Indexed | Depth::True => style.fg(Color::Indexed(index)),
        }
    }

    pub(super) fn lines(self) -> Lines {
        if self.ascii {
            Lines { across: "-", down: "|", corners: ["+"; 4] }
        } else {
            Lines { across: "─", down: "│", corners: ["┌", "┐", "└", "┘"] }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides() {
        type Env = &'static [(&'static str, &'static str)];
        const UTF8: (&str, &str) = ("LANG", "fr_CH.UTF-8");
        let cases: [(Env, Depth, bool); 8] = [
            (&[UTF8, ("TERM", "xterm-256color")], Depth::Indexed, false),
            (&[UTF8, ("TERM", "xterm-256color"), ("NO_COLOR", "1")], Depth::None, false),
            (&[UTF8, ("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Indexed, false),
            (&[UTF8, ("TERM", "xterm"), ("COLORTERM", "truecolor")], Depth::True, false),
            (&[UTF8, ("TERM", "xterm-16color")], Depth::Sixteen, false),
            (&[UTF8, ("TERM", "linux")], Depth::Sixteen, true),
            (&[("LC_ALL", "C"), UTF8, ("TERM", "screen")], Depth::Sixteen, true),
            (&[("TERM", "vt100")], Depth::None, true),
        ];
        for (env, depth, ascii) in cases {
            let look =
                |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(Skin::of(look), Skin { depth, ascii }, "{env:?}");
        }
    }
}
