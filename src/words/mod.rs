//! Everything that is said to people, in English, French and Italian, and how numbers and times are written.
//!
//! The texts lie in `assets/i18n/LANG/*.ftl` and are compiled in; a test sees that the three languages have the
//! same keys with the same variables. Class names, codes, states and keys are never translated. Imports nothing
//! of ours.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod numbers;
pub mod safe;
mod zone;

pub use numbers::Numbers;
pub use zone::Zone;

/// A language that syncdeck speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Italian.
    It,
}

impl Lang {
    /// Every language, English first.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::It];

    /// Returns the language's two letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::It => "it",
        }
    }

    /// Returns the language that a locale such as `fr_CH.UTF-8` or a bare code names; English for any other.
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or("").to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == code).unwrap_or_default()
    }

    fn texts(self) -> [&'static str; 3] {
        match self {
            Self::En => [
                include_str!("../../assets/i18n/en/cli.ftl"),
                include_str!("../../assets/i18n/en/console.ftl"),
                include_str!("../../assets/i18n/en/errors.ftl"),
            ],
            Self::Fr => [
                include_str!("../../assets/i18n/fr/cli.ftl"),
                include_str!("../../assets/i18n/fr/console.ftl"),
                include_str!("../../assets/i18n/fr/errors.ftl"),
            ],
            Self::It => [
                include_str!("../../assets/i18n/it/cli.ftl"),
                include_str!("../../assets/i18n/it/console.ftl"),
                include_str!("../../assets/i18n/it/errors.ftl"),
            ],
        }
    }
}

/// A value that a text may mention.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text, taken as it is.
    Text(&'a str),
    /// A count: it chooses the plural form and is written with the language's separators.
    Count(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

/// The texts of one language, and the time zone of days and hours.
pub struct Words {
    lang: Lang,
    zone: Zone,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Words {
    /// Returns the texts of `lang`.
    pub fn new(lang: Lang) -> Self {
        let id = lang.code().parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The isolating marks around variables are invisible in a browser and garbage in many terminals.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value, _| plain(value, Lang::En),
            Lang::Fr => |value, _| plain(value, Lang::Fr),
            Lang::It => |value, _| plain(value, Lang::It),
        }));
        for text in lang.texts() {
            // A text that does not parse is found by a test; here what did parse is used.
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) => resource,
                Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { lang, zone: Zone::default(), bundle }
    }

    /// Returns the same for a time zone.
    #[must_use]
    pub fn within(mut self, zone: Zone) -> Self {
        self.zone = zone;
        self
    }

    /// Returns the same once more: texts cannot be cloned.
    #[must_use]
    pub fn again(&self) -> Self {
        Self::new(self.lang).within(self.zone.clone())
    }

    /// Returns the time zone of days and hours.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Returns the language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Returns whether there is a text under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// Returns the text under `key`; the key itself where there is none, so that a gap is seen and nothing breaks.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Returns the text under `key` with its variables filled in.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(*text),
                    Arg::Count(count) => FluentValue::from(*count),
                };
                (*name, value)
            })
            .collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

fn plain(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    match value {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "counts are whole and not negative"
        )]
        FluentValue::Number(number) => Some(Numbers::new(lang, false).count(number.value as u64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn locales_choose_the_language() {
        for (locale, lang) in [
            ("fr_CH.UTF-8", Lang::Fr),
            ("it", Lang::It),
            ("en_GB", Lang::En),
            ("de_DE", Lang::En),
            ("C", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }

    /// Key to the set of variables that its text mentions.
    fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for text in lang.texts() {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "a text of {lang:?} does not parse");
            let mut key = String::new();
            for line in text.lines() {
                if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    key = line.split('=').next().unwrap().trim().to_owned();
                    assert!(
                        keys.insert(key.clone(), BTreeSet::new()).is_none(),
                        "{key} stands twice in {lang:?}"
                    );
                }
                for part in line.split('$').skip(1) {
                    let name: String =
                        part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    keys.get_mut(&key).unwrap().insert(name);
                }
            }
        }
        keys
    }

    #[test]
    fn the_three_languages_say_the_same() {
        let english = keys(Lang::En);
        for lang in [Lang::Fr, Lang::It] {
            let other = keys(lang);
            for (key, variables) in &english {
                assert_eq!(other.get(key), Some(variables), "{key} in {lang:?}");
            }
            for key in other.keys() {
                assert!(english.contains_key(key), "{key} stands in {lang:?} alone");
            }
        }
    }
}
