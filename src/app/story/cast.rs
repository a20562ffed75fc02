//! What things are called in a story: plainly, with everything in it that a terminal could take for an order, or in
//! letters that are wide, combined, or run from right to left.

use crate::cli::args::Story;

/// A way to call things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cast {
    Plain,
    Hostile,
    Wide,
}

impl Cast {
    pub(super) fn of(story: Story) -> Self {
        match story {
            Story::Hostile => Self::Hostile,
            Story::Wide => Self::Wide,
            _ => Self::Plain,
        }
    }

    /// Returns a text as this story has it; `number` varies it.
    pub(super) fn says(self, text: &str, number: usize) -> String {
        let pick = |of: &[&str]| of.get(number % of.len().max(1)).copied().unwrap_or_default().to_owned();
        match self {
            Self::Plain => text.to_owned(),
            Self::Hostile => {
                let orders = [
                    "\u{1b}]0;PWNED\u{7}",
                    "\u{1b}[2J\u{1b}[31m",
                    "\u{1b}]52;c;UFdORUQ=\u{7}",
                    "\u{202e}\u{200b}",
                    "\u{9b}31m\u{8}\u{8}",
                    "\u{1b}]8;;http://evil.example\u{1b}\\",
                    "=cmd|'/C calc'!A0\t\r",
                    "\u{feff}\u{2066}\u{7f}",
                ];
                format!(
                    "{}{text}{}",
                    pick(&orders),
                    orders.get((number / 8) % orders.len()).copied().unwrap_or_default()
                )
            }
            Self::Wide => {
                let letters = [
                    "株式会社東京システム",
                    "👩‍👩‍👧‍👦🇫🇷👍🏽",
                    "e\u{301}a\u{308}o\u{302}n\u{303}",
                    "שלום עולם",
                    "مرحبا بالعالم",
                    "한국어 데이터",
                    "ｆｕｌｌｗｉｄｔｈ",
                    "नमस्ते ทดสอบ",
                ];
                format!("{} {text}", pick(&letters))
            }
        }
    }
}
