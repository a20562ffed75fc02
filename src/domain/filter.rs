//! The filter of lists: `class: code: obj: dir: recipe: conn: id: by: since:` and free text; a space means and.

use super::recipe::Direction;
use super::time::{DAY, HOUR, MINUTE, Stamp};

/// A parsed filter. Empty parts admit everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The class of a failure, upper case.
    pub class: Option<String>,
    /// The code of a failure, or a class: people type `code:LOCK`.
    pub code: Option<String>,
    /// The object.
    pub object: Option<String>,
    /// The direction.
    pub direction: Option<Direction>,
    /// The recipe, such as `r7`.
    pub recipe: Option<String>,
    /// The connection.
    pub connection: Option<String>,
    /// A part of a record's id on either side.
    pub id: Option<String>,
    /// Who had it done.
    pub by: Option<String>,
    /// Not before.
    pub since: Option<Stamp>,
    /// Words that must occur somewhere, lower case.
    pub words: Vec<String>,
}

impl Filter {
    /// Reads a filter as a person typed it.
    ///
    /// # Errors
    /// The part that was not understood.
    pub fn parse(text: &str, now: Stamp, today: Stamp) -> Result<Self, String> {
        let mut filter = Self::default();
        for part in text.split_whitespace() {
            let Some((key, value)) = part.split_once(':').filter(|(_, value)| !value.is_empty()) else {
                filter.words.push(part.to_lowercase());
                continue;
            };
            let value = value.to_owned();
            match key.to_ascii_lowercase().as_str() {
                "class" => filter.class = Some(value.to_uppercase()),
                "code" => filter.code = Some(value.to_uppercase()),
                "obj" | "object" => filter.object = Some(value.to_lowercase()),
                "recipe" => filter.recipe = Some(value.to_lowercase()),
                "conn" | "connection" => filter.connection = Some(value.to_lowercase()),
                "id" => filter.id = Some(value.to_lowercase()),
                "by" => filter.by = Some(value.to_lowercase()),
                "dir" => {
                    filter.direction = Some(match value.to_ascii_lowercase().as_str() {
                        "from" | "from-salesforce" => Direction::FromSalesforce,
                        "to" | "to-salesforce" => Direction::ToSalesforce,
                        _ => return Err(part.to_owned()),
                    });
                }
                "since" => filter.since = Some(since(&value, now, today).ok_or_else(|| part.to_owned())?),
                _ => filter.words.push(part.to_lowercase()),
            }
        }
        Ok(filter)
    }

    /// Returns whether every word occurs in one of `texts`, ignoring case.
    pub fn finds(&self, texts: &[&str]) -> bool {
        self.words.iter().all(|word| texts.iter().any(|text| text.to_lowercase().contains(word)))
    }
}

/// Reads a point in the past: RFC 3339, `today`, or a number with `s`, `m`, `h` or `d`.
pub fn since(text: &str, now: Stamp, today: Stamp) -> Option<Stamp> {
    if text.eq_ignore_ascii_case("today") {
        return Some(today);
    }
    span(text).map(|ms| now.plus(-ms)).or_else(|| text.parse().ok())
}

/// Reads a span such as `24h` as milliseconds.
pub fn span(text: &str) -> Option<i64> {
    let unit = match text.as_bytes().last()? {
        b's' => 1_000,
        b'm' => MINUTE,
        b'h' => HOUR,
        b'd' => DAY,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?;
    let count: i64 = digits.parse().ok().filter(|count| (0..=1_000_000).contains(count))?;
    count.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_words() {
        let now = Stamp(100 * DAY);
        let filter =
            Filter::parse("code:lock obj:Lead since:24h Maria LOPEZ a:", now, Stamp(99 * DAY)).unwrap();
        assert_eq!(filter.code.as_deref(), Some("LOCK"));
        assert_eq!(filter.object.as_deref(), Some("lead"));
        assert_eq!(filter.since, Some(Stamp(99 * DAY)));
        assert_eq!(filter.words, ["maria", "lopez", "a:"]);
        assert_eq!(Filter::parse("dir:sideways", now, now), Err("dir:sideways".into()));
    }

    #[test]
    fn every_word_must_be_found_somewhere() {
        let filter = Filter::parse("Maria lopez", Stamp(DAY), Stamp(DAY)).unwrap();
        assert!(filter.finds(&["LOPEZ", "Ana Maria"]));
        assert!(!filter.finds(&["Maria"]) && !filter.finds(&[]));
    }

    #[test]
    fn spans() {
        assert_eq!(["24h", "1d", "60m", "30s"].map(span), [Some(DAY), Some(DAY), Some(HOUR), Some(30_000)]);
        assert_eq!(span("0s"), Some(0));
        for wrong in ["", "h", "24", "-1h", "1w", "99999999999d"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_part_has_its_place() {
        let now = Stamp(100 * DAY);
        let parse = |text: &str| Filter::parse(text, now, Stamp(99 * DAY)).unwrap();
        let all = parse(
            "CLASS:lock code:busy object:Lead dir:from recipe:R7 conn:SF-Main id:00Q by:Mia since:today what:else",
        );
        let expected = Filter {
            class: Some("LOCK".into()),
            code: Some("BUSY".into()),
            object: Some("lead".into()),
            direction: Some(Direction::FromSalesforce),
            recipe: Some("r7".into()),
            connection: Some("sf-main".into()),
            id: Some("00q".into()),
            by: Some("mia".into()),
            since: Some(Stamp(99 * DAY)),
            words: vec!["what:else".into()],
        };
        assert_eq!(all, expected);
        let of = |text: &str| parse(text).direction;
        assert_eq!(
            ["dir:from-salesforce", "dir:to", "dir:TO-Salesforce"].map(of),
            [Some(Direction::FromSalesforce), Some(Direction::ToSalesforce), Some(Direction::ToSalesforce)]
        );
        assert_eq!(parse("connection:sf").connection.as_deref(), Some("sf"));
        assert_eq!(parse("since:1970-01-01T00:00:01Z").since, Some(Stamp(1_000)));
        assert_eq!(Filter::parse("since:soon", now, now), Err("since:soon".into()));
    }
}
