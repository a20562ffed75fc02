//! Countries, and what a telephone number in each looks like.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../assets/sandbox/monday/countries.csv");

/// A country.
#[derive(Clone, Copy, Debug)]
pub struct Country {
    /// The ISO code of two letters.
    pub code: &'static str,
    /// The English name.
    pub name: &'static str,
    calling: &'static str,
    fewest: usize,
    most: usize,
}

fn table() -> &'static BTreeMap<&'static str, Country> {
    static READ: OnceLock<BTreeMap<&'static str, Country>> = OnceLock::new();
    READ.get_or_init(|| TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(parse).collect())
}

fn parse(line: &'static str) -> Option<(&'static str, Country)> {
    let mut parts = line.split(';');
    let (code, name, calling) = (parts.next()?, parts.next()?, parts.next()?);
    let (fewest, most) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((code, Country { code, name, calling, fewest, most }))
}

/// Returns the country with an upper-case ISO code.
pub fn by_code(code: &str) -> Option<Country> {
    table().get(code).copied()
}

/// Returns the country with an English name, whatever its case.
pub fn by_name(name: &str) -> Option<Country> {
    table().values().find(|country| country.name.eq_ignore_ascii_case(name)).copied()
}

impl Country {
    /// Whether `phone` can be a number of this country: right calling code if it has one, right number of digits.
    pub fn accepts(&self, phone: &str) -> bool {
        let plain = phone.trim();
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '/');
        if !plain.chars().all(is_part) || plain.rfind('+').is_some_and(|place| place > 0) {
            return false;
        }
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        let fits = |national: &str| (self.fewest..=self.most).contains(&national.len());
        let international =
            if plain.starts_with('+') { Some(digits.as_str()) } else { digits.strip_prefix("00") };
        if let Some(rest) = international {
            // "+44 (0)20 …" is a common way to write it.
            return rest
                .strip_prefix(self.calling)
                .is_some_and(|national| fits(national) || national.strip_prefix('0').is_some_and(fits));
        }
        let trunk = digits.strip_prefix('0').unwrap_or(&digits);
        fits(&digits) || fits(trunk) || digits.strip_prefix(self.calling).is_some_and(fits)
    }
}
