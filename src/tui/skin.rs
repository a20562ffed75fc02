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
}

impl Role {
    /// Every role, with the name that `theme check` prints.
    pub const ALL: [(&'static str, Self); 14] = [
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
    /// Returns how a role looks.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Text | Role::Secondary | Role::Border => plain,
            Role::Title | Role::Key | Role::Marked => plain.add_modifier(Modifier::BOLD),
            Role::Failing => self.tint(plain.add_modifier(Modifier::BOLD), 167, Color::White, Color::Red),
            Role::Warning => self.tint(plain, 136, Color::Black, Color::Yellow),
            Role::Good if self.depth >= Depth::Indexed => plain.fg(Color::Indexed(65)),
            Role::Good => plain,
            Role::Badge => plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
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
