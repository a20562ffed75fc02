//! How counts are written: `1,204`, `1 204` (narrow no-break space), `1.204`.

use super::Lang;

/// Writes counts with a language's separators.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    separator: &'static str,
}

impl Numbers {
    /// Returns the separators of `lang`; with `ascii` French uses a plain space.
    pub fn new(lang: Lang, ascii: bool) -> Self {
        let separator = match (lang, ascii) {
            (Lang::En, _) => ",",
            (Lang::Fr, false) => "\u{202f}",
            (Lang::Fr, true) => " ",
            (Lang::It, _) => ".",
        };
        Self { separator }
    }

    /// Returns a count with a separator after each group of three digits.
    pub fn count(self, count: u64) -> String {
        let digits = count.to_string();
        let mut out = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(self.separator);
            }
            out.push(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three() {
        assert_eq!(Numbers::new(Lang::En, false).count(1_204), "1,204");
        assert_eq!(Numbers::new(Lang::En, false).count(204), "204");
        assert_eq!(Numbers::new(Lang::It, false).count(1_000_000), "1.000.000");
        assert_eq!(Numbers::new(Lang::Fr, false).count(1_204), "1\u{202f}204");
        assert_eq!(Numbers::new(Lang::Fr, true).count(1_204), "1 204");
    }
}
