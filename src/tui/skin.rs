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
    /// Returns the depth of that name; `auto` names none.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "16" => Some(Self::Sixteen),
            "256" => Some(Self::Indexed),
            "true" => Some(Self::True),
            _ => None,
        }
    }

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

/// What the colours are chosen for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// A background that is not known: only what can be read on dark and on light.
    #[default]
    Neutral,
    /// A dark background.
    Dark,
    /// A light background.
    Light,
    /// The most contrast: no colours, marks in bold and reverse.
    Contrast,
}

impl Theme {
    /// Every theme, with its name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("neutral", Self::Neutral),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("contrast", Self::Contrast),
    ];

    /// Returns the theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(own, theme)| (own == name).then_some(theme))
    }

    /// Returns the theme that `COLORFGBG` calls for: ink and paper as numbers of the 16 colours, paper last.
    fn of(env: impl Fn(&str) -> Option<String>) -> Self {
        let told = env("COLORFGBG").unwrap_or_default();
        match told.rsplit(';').next().and_then(|paper| paper.parse::<u8>().ok()) {
            Some(0..=6 | 8) => Self::Dark,
            Some(7 | 15) => Self::Light,
            _ => Self::Neutral,
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
    /// What the colours are chosen for.
    pub theme: Theme,
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
        Self { depth: Depth::of(&env), ascii, theme: Theme::of(&env) }
    }

    /// Returns how a role looks.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Text => plain,
            Role::Secondary | Role::Border => self.grey(),
            Role::Title | Role::Key | Role::Marked => plain.add_modifier(Modifier::BOLD),
            Role::Failing => self.failing(),
            Role::Warning => self.warning(),
            Role::Good => self.good(),
            Role::Badge => plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            Role::Square if self.depth == Depth::None => plain.add_modifier(Modifier::REVERSED),
            Role::Square => plain.fg(Color::Black).bg(Color::White),
            Role::Changed | Role::Input => plain.add_modifier(Modifier::UNDERLINED),
            Role::Banner | Role::Cursor => plain.add_modifier(Modifier::REVERSED),
        }
    }

    /// Returns whether there are more than 16 colours; `None` where none are used.
    fn tints(self) -> Option<bool> {
        match (self.theme, self.depth) {
            (Theme::Contrast, _) | (_, Depth::None) => None,
            (_, depth) => Some(depth >= Depth::Indexed),
        }
    }

    fn failing(self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        match (self.tints(), self.theme) {
            (None, Theme::Contrast) => style.add_modifier(Modifier::REVERSED),
            (None, _) => style,
            (Some(false), Theme::Light) => style.fg(Color::Red),
            (Some(false), _) => style.fg(Color::White).bg(Color::Red),
            (Some(true), Theme::Dark) => style.fg(Color::Indexed(210)),
            (Some(true), Theme::Light) => style.fg(Color::Indexed(124)),
            (Some(true), _) => style.fg(Color::Indexed(167)),
        }
    }

    fn warning(self) -> Style {
        let style = Style::new();
        match (self.tints(), self.theme) {
            (None, Theme::Contrast) => style.add_modifier(Modifier::REVERSED),
            (None, _) => style,
            (Some(false), Theme::Dark) => style.fg(Color::Yellow),
            (Some(false), Theme::Light) => style.fg(Color::Magenta),
            (Some(false), _) => style.fg(Color::Black).bg(Color::Yellow),
            (Some(true), Theme::Dark) => style.fg(Color::Indexed(179)),
            (Some(true), Theme::Light) => style.fg(Color::Indexed(94)),
            (Some(true), _) => style.fg(Color::Indexed(100)),
        }
    }

    fn good(self) -> Style {
        let style = Style::new();
        match (self.tints(), self.theme) {
            (Some(false), Theme::Dark) => style.fg(Color::Green),
            (Some(true), Theme::Dark) => style.fg(Color::Indexed(114)),
            (Some(true), Theme::Light) => style.fg(Color::Indexed(28)),
            (Some(true), _) => style.fg(Color::Indexed(65)),
            _ => style,
        }
    }

    fn grey(self) -> Style {
        let style = Style::new();
        match (self.tints(), self.theme) {
            (Some(true), Theme::Dark) => style.fg(Color::Indexed(250)),
            (Some(true), Theme::Light) => style.fg(Color::Indexed(240)),
            _ => style,
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
            assert_eq!(Skin::of(look), Skin { depth, ascii, ..Skin::default() }, "{env:?}");
        }
    }

    #[test]
    fn a_terminal_that_tells_its_paper_gets_its_theme() {
        for (told, theme) in [
            ("15;0", Theme::Dark),
            ("0;15", Theme::Light),
            ("0;default;15", Theme::Light),
            ("12;8", Theme::Dark),
            ("0;default", Theme::Neutral),
            ("", Theme::Neutral),
        ] {
            let env = |name: &str| (name == "COLORFGBG").then(|| told.to_owned());
            assert_eq!(Skin::of(env).theme, theme, "{told}");
        }
        for (name, theme) in Theme::ALL {
            assert_eq!(Theme::named(name), Some(theme));
        }
        assert_eq!(Theme::named("pink"), None);
    }

    #[test]
    fn the_most_contrast_has_no_colour_and_marks_by_reverse() {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
            let skin = Skin { depth, theme: Theme::Contrast, ..Skin::default() };
            for (name, role) in Role::ALL.into_iter().filter(|(_, role)| *role != Role::Square) {
                let style = skin.style(role);
                assert_eq!((style.fg, style.bg), (None, None), "{name}");
            }
            for role in [Role::Failing, Role::Warning] {
                assert!(skin.style(role).add_modifier.contains(Modifier::REVERSED));
            }
        }
    }
}
