//! The filter language of recipes: which records a recipe takes in.
//!
//! ```text
//! Status in ('Open', 'Working') and not (Email is empty or Company contains "test") and CreatedDate >= now-30d
//! ```
//!
//! Comparisons follow SOQL, so that a condition means the same wherever it is evaluated: text is compared
//! without regard to case, nothing is equal only to nothing, and an ordering never holds for nothing.

mod parse;

use std::cmp::Ordering;

use super::id::FieldName;
use super::schema::{FieldSchema, Schema, Shape};
use super::time::{Day, Stamp};
use super::value::{Fields, Value};

pub use parse::{Misread, parse};

/// A parsed condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every record.
    Always,
    /// All of them hold.
    And(Vec<Condition>),
    /// One of them holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A test of one field.
    Test(FieldName, Test),
}

/// A test of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `=`
    Equal(Operand),
    /// `!=`
    Unequal(Operand),
    /// `<`
    Below(Operand),
    /// `<=`
    AtMost(Operand),
    /// `>`
    Above(Operand),
    /// `>=`, and `changed since`.
    AtLeast(Operand),
    /// `in (…)`
    In(Vec<Operand>),
    /// `contains`
    Contains(String),
    /// `starts with`
    StartsWith(String),
    /// `is empty`
    Empty,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A fixed value.
    Fixed(Value),
    /// The moment of evaluation, moved by so many milliseconds.
    Now(i64),
    /// The day of evaluation, moved by so many days.
    Today(i32),
}

impl Operand {
    fn value(&self, now: Stamp) -> Value {
        match self {
            Self::Fixed(value) => value.clone(),
            Self::Now(ms) => Value::Instant(now.plus(*ms)),
            Self::Today(days) => Value::Day(Day(Day::of(now).0.saturating_add(*days))),
        }
    }
}

impl Condition {
    /// Returns every field that the condition mentions.
    pub fn fields(&self) -> Vec<FieldName> {
        let mut fields = Vec::new();
        self.collect(&mut fields);
        fields.sort();
        fields.dedup();
        fields
    }

    fn collect(&self, fields: &mut Vec<FieldName>) {
        match self {
            Self::Always => {}
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect(fields)),
            Self::Not(part) => part.collect(fields),
            Self::Test(field, _) => fields.push(field.clone()),
        }
    }

    /// Returns the condition with the schema's own spelling of every field.
    ///
    /// # Errors
    /// Every field that does not exist, or that cannot be tested that way.
    pub fn check(&self, schema: &Schema) -> Result<Self, Vec<Misfit>> {
        let mut misfits = Vec::new();
        let checked = self.checked(schema, &mut misfits);
        if misfits.is_empty() { Ok(checked) } else { Err(misfits) }
    }

    fn checked(&self, schema: &Schema, misfits: &mut Vec<Misfit>) -> Self {
        let mut all = |parts: &[Self]| parts.iter().map(|part| part.checked(schema, misfits)).collect();
        match self {
            Self::Always => Self::Always,
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(part) => Self::Not(Box::new(part.checked(schema, misfits))),
            Self::Test(name, test) => match schema.field(name.as_str()) {
                None => {
                    misfits.push(Misfit::Unknown(name.clone()));
                    self.clone()
                }
                Some(field) => {
                    if !fits(field, test) {
                        misfits.push(Misfit::Untestable(field.name.clone(), field.native.to_string()));
                    }
                    Self::Test(field.name.clone(), test.clone())
                }
            },
        }
    }

    /// Returns whether a record meets the condition.
    pub fn holds(&self, fields: &Fields, now: Stamp) -> bool {
        match self {
            Self::Always => true,
            Self::And(parts) => parts.iter().all(|part| part.holds(fields, now)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(fields, now)),
            Self::Not(part) => !part.holds(fields, now),
            Self::Test(name, test) => test.holds(fields.get(name), now),
        }
    }
}

/// Why a condition does not fit a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// There is no such field.
    Unknown(FieldName),
    /// A field of that native type cannot be tested like this.
    Untestable(FieldName, String),
}

fn fits(field: &FieldSchema, test: &Test) -> bool {
    let textual = matches!(
        field.shape,
        Shape::Key
            | Shape::Choice
            | Shape::Choices
            | Shape::Text
            | Shape::Coded
            | Shape::Country
            | Shape::LongText
            | Shape::Email
            | Shape::Phone
            | Shape::Link
            | Shape::Reference
            | Shape::Person
            | Shape::Address
    );
    match test {
        Test::Empty => field.shape != Shape::Unsupported,
        Test::Contains(_) | Test::StartsWith(_) => textual,
        Test::In(operands) => operands.iter().all(|operand| comparable(field.shape, operand)),
        Test::Equal(operand) | Test::Unequal(operand) => comparable(field.shape, operand),
        Test::Below(operand) | Test::AtMost(operand) | Test::Above(operand) | Test::AtLeast(operand) => {
            field.shape != Shape::Bool && comparable(field.shape, operand)
        }
    }
}

fn comparable(shape: Shape, operand: &Operand) -> bool {
    match (shape, operand) {
        (Shape::Unsupported, _) => false,
        (_, Operand::Fixed(Value::Null)) => true,
        (Shape::Day | Shape::Instant, operand) => {
            matches!(
                operand,
                Operand::Now(_) | Operand::Today(_) | Operand::Fixed(Value::Day(_) | Value::Instant(_))
            )
        }
        (Shape::Integer | Shape::Number | Shape::Percent, operand) => {
            matches!(operand, Operand::Fixed(Value::Number(_)))
        }
        (Shape::Bool, operand) => matches!(operand, Operand::Fixed(Value::Bool(_))),
        (_, operand) => matches!(operand, Operand::Fixed(Value::Text(_))),
    }
}

impl Test {
    fn holds(&self, found: &Value, now: Stamp) -> bool {
        let order = |operand: &Operand| compare(found, &operand.value(now));
        match self {
            Self::Equal(operand) => order(operand) == Some(Ordering::Equal),
            Self::Unequal(operand) => order(operand) != Some(Ordering::Equal),
            Self::Below(operand) => order(operand) == Some(Ordering::Less),
            Self::AtMost(operand) => matches!(order(operand), Some(Ordering::Less | Ordering::Equal)),
            Self::Above(operand) => order(operand) == Some(Ordering::Greater),
            Self::AtLeast(operand) => matches!(order(operand), Some(Ordering::Greater | Ordering::Equal)),
            Self::In(operands) => operands.iter().any(|operand| order(operand) == Some(Ordering::Equal)),
            Self::Contains(part) => found.to_string().to_lowercase().contains(&part.to_lowercase()),
            Self::StartsWith(part) => found.to_string().to_lowercase().starts_with(&part.to_lowercase()),
            Self::Empty => found.is_null(),
        }
    }
}

/// Compares as SOQL does; `None` where there is no order, as between nothing and something.
fn compare(found: &Value, wanted: &Value) -> Option<Ordering> {
    match (found, wanted) {
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        // Nothing in a checkbox is no.
        (Value::Null, Value::Bool(wanted)) => Some(false.cmp(wanted)),
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Bool(found), Value::Bool(wanted)) => Some(found.cmp(wanted)),
        (Value::Number(found), Value::Number(wanted)) => Some(found.cmp(wanted)),
        (Value::Instant(found), Value::Instant(wanted)) => Some(found.cmp(wanted)),
        (Value::Day(found), Value::Day(wanted)) => Some(found.cmp(wanted)),
        // A day stands for all its hours.
        (Value::Instant(found), Value::Day(wanted)) => Some(Day::of(*found).cmp(wanted)),
        (Value::Day(found), Value::Instant(wanted)) => Some(found.cmp(&Day::of(*wanted))),
        (found, wanted) => Some(found.to_string().to_lowercase().cmp(&wanted.to_string().to_lowercase())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Fields {
        [
            ("Status", Value::text("Open")),
            ("Score", Value::Number(7.into())),
            ("Email", Value::Null),
            ("Name", Value::text("Ana O'Neil")),
            ("CreatedDate", Value::Instant("2026-11-01T10:00:00Z".parse().unwrap())),
            ("Vip", Value::Null),
        ]
        .into_iter()
        .map(|(name, value)| (FieldName::from(name), value))
        .collect()
    }

    #[test]
    fn only_what_cannot_be_read_cannot_be_tested_for_emptiness() {
        let of = |shape| fits(&FieldSchema::new("F", "native", shape), &Test::Empty);
        assert!(of(Shape::Text) && of(Shape::Bool) && !of(Shape::Unsupported));
    }

    #[test]
    fn conditions_hold_as_soql_has_it() {
        let now: Stamp = "2026-11-23T00:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("", true),
            ("Status = 'open'", true),
            ("Status != 'closed'", true),
            ("Email != 'x'", true),
            ("Email = null", true),
            ("Email is empty", true),
            ("Email is not empty", false),
            ("Email < 'z'", false),
            ("Score >= 7 and Score < 7.5", true),
            ("Score in (1, 7)", true),
            ("Score in (1, 2)", false),
            ("Score not in (1, 7)", false),
            ("not Score = 7 or Status = 'Open'", true),
            ("not (Score = 7 or Status = 'Open')", false),
            ("Name contains \"o'ne\"", true),
            ("Name contains 'o\\'ne'", true),
            ("Name starts with 'ana'", true),
            ("CreatedDate >= now-30d", true),
            ("CreatedDate changed since now-2d", false),
            ("CreatedDate < today", true),
            ("CreatedDate = 2026-11-01", true),
            ("Vip = false", true),
        ] {
            assert_eq!(parse(text).unwrap().holds(&record(), now), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, at) in [
            ("Status =", 8),
            ("Status = 'x", 9),
            ("(Status = 'x'", 13),
            ("= 3", 0),
            ("Status = 'x' Score = 3", 13),
            ("Status like 'x'", 7),
        ] {
            assert_eq!(parse(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn fields_that_do_not_fit_are_named() {
        let schema = Schema {
            container: "Lead".into(),
            title: "Lead".into(),
            fields: vec![
                FieldSchema::new("Score", "int", Shape::Integer),
                FieldSchema::new("Vip", "boolean", Shape::Bool),
            ],
        };
        let condition = parse("score > 3 and Colour = 'red' and Vip contains 'x'").unwrap();
        assert_eq!(
            condition.check(&schema),
            Err(vec![Misfit::Unknown("Colour".into()), Misfit::Untestable("Vip".into(), "boolean".into())])
        );
        assert_eq!(parse("score > 3").unwrap().check(&schema).unwrap().fields(), [FieldName::from("Score")]);
    }

    #[test]
    fn every_comparison_holds_below_at_and_above() {
        let now: Stamp = "2026-11-23T00:00:00Z".parse().unwrap();
        for (sign, expected) in [
            ("=", [false, true, false]),
            ("!=", [true, false, true]),
            ("<", [false, false, true]),
            ("<=", [false, true, true]),
            (">", [true, false, false]),
            (">=", [true, true, false]),
        ] {
            let holds = |limit| parse(&format!("Score {sign} {limit}")).unwrap().holds(&record(), now);
            assert_eq!([6, 7, 8].map(holds), expected, "7 {sign} 6, 7, 8");
        }
        for (text, expected) in [
            ("Vip = true", false),
            ("CreatedDate >= today-22d", true),
            ("CreatedDate >= today-21d", false),
            ("CreatedDate > now-519h and CreatedDate < now-517h", true),
            ("CreatedDate > now-517h or CreatedDate < now-519h", false),
            ("_Odd = null", true),
        ] {
            assert_eq!(parse(text).unwrap().holds(&record(), now), expected, "{text}");
        }
    }

    #[test]
    fn what_a_field_is_compared_with_is_of_its_kind() {
        let fit = |shape, condition: &str| {
            let Ok(Condition::Test(_, test)) = parse(condition) else { panic!("{condition}") };
            fits(&FieldSchema::new("F", "native", shape), &test)
        };
        for (shape, good, bad) in [
            (Shape::Text, "F > 'a'", "F > 1"),
            (Shape::Integer, "F > 1", "F > 'a'"),
            (Shape::Bool, "F = true", "F > true"),
            (Shape::Bool, "F != false", "F = 'true'"),
            (Shape::Day, "F <= today", "F <= 'today'"),
            (Shape::Instant, "F >= now-1d", "F >= 1"),
            (Shape::Number, "F in (1, 2)", "F in (1, 'x')"),
            (Shape::Choice, "F = null", "F = 2026-01-01"),
        ] {
            assert!(fit(shape, good) && !fit(shape, bad), "{shape:?}: {good}, {bad}");
        }
        assert!(!fit(Shape::Unsupported, "F = null") && !fit(Shape::Number, "F contains '1'"));
    }

    #[test]
    fn parentheses_nest_to_a_bound_and_follow_each_other_without_one() {
        let nested = |depth: usize| parse(&format!("{}A = 1{}", "(".repeat(depth), ")".repeat(depth)));
        assert!(nested(31).is_ok());
        assert_eq!(nested(32).unwrap_err(), Misread { at: 32, expected: "fewer parentheses" });
        assert!(nested(5_000).is_err());
        let many = vec!["(A = 1)"; 100].join(" and ");
        assert!(parse(&many).is_ok());
    }
}
