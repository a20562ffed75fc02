//! Conditions over rows.

use std::cmp::Ordering;

use super::plan::{Names, Path, Plan};
use super::{Expr, Literal, Operator, Query, Term, dates, pointing};
use crate::sandbox::salesforce::calendar::DAY;
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::schema::{Field, Kind};
use crate::sandbox::salesforce::store::{Row, Store};
use crate::sandbox::salesforce::value::Value;

/// A condition ready to be tested.
#[derive(Clone, Debug)]
pub(in super::super) enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        path: Path,
        operator: Operator,
        value: Value,
    },
    /// A span of days or seconds, not including its end.
    Span {
        path: Path,
        operator: Operator,
        from: i64,
        to: i64,
    },
    In {
        path: Path,
        negated: bool,
        values: Vec<Value>,
    },
    Like {
        path: Path,
        pattern: Vec<Wild>,
    },
    Includes {
        path: Path,
        excludes: bool,
        sets: Vec<Vec<String>>,
    },
}

/// One element of a LIKE pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Wild {
    /// This letter, in lower case.
    Letter(char),
    /// Any one letter.
    One,
    /// Any letters.
    Any,
}

/// Makes a condition ready.
pub(super) fn compile(expr: &Expr, names: Names<'_>) -> Result<Condition, ApiError> {
    let each = |all: &[Expr]| all.iter().map(|one| compile(one, names)).collect::<Result<Vec<_>, _>>();
    Ok(match expr {
        Expr::And(all) => Condition::And(each(all)?),
        Expr::Or(all) => Condition::Or(each(all)?),
        Expr::Not(inner) => Condition::Not(Box::new(compile(inner, names)?)),
        Expr::Compare(Term::Field(name), operator, literal) => {
            let (path, field) = filterable(name, names)?;
            compare(path, field, *operator, literal, names, name.at)?
        }
        Expr::Compare(Term::Aggregate(..), ..) => {
            let message = "aggregates are allowed in HAVING only";
            return Err(ApiError::new(400, "MALFORMED_QUERY", message));
        }
        Expr::In(name, negated, literals) => {
            let (path, field) = filterable(name, names)?;
            let values = literals.iter().map(|literal| value_of(field, literal, names, name.at));
            let mut values = values.collect::<Result<Vec<_>, _>>()?;
            values.sort_by(Value::compare);
            Condition::In { path, negated: *negated, values }
        }
        Expr::Semi(name, negated, query) => {
            let (path, _) = filterable(name, names)?;
            Condition::In { path, negated: *negated, values: joined(query, names)? }
        }
        Expr::Includes(name, excludes, literals) => {
            let (path, field) = filterable(name, names)?;
            if field.kind != Kind::MultiPicklist {
                let message = format!(
                    "includes or excludes operator only valid on multipicklist field: {}",
                    field.name
                );
                return Err(pointing(names.scope.text, name.at, "INVALID_QUERY_FILTER_OPERATOR", &message));
            }
            let set = |literal: &Literal| match literal {
                Literal::Text(text) => text.split(';').map(str::to_lowercase).collect(),
                _ => Vec::new(),
            };
            Condition::Includes { path, excludes: *excludes, sets: literals.iter().map(set).collect() }
        }
    })
}

fn filterable<'a>(name: &super::Name, names: Names<'a>) -> Result<(Path, &'a Field), ApiError> {
    let path = names.path(name)?;
    let field = names.end_of(&path).ok_or_else(|| ApiError::new(400, "INVALID_FIELD", "unknown field"))?;
    let long = field.kind == Kind::RichText || (field.kind == Kind::TextArea && field.length > 255);
    if long || matches!(field.kind, Kind::Address | Kind::Location | Kind::Encrypted) {
        let message = format!("field '{}' can not be filtered in a query call", field.name);
        return Err(pointing(names.scope.text, name.at, "INVALID_FIELD", &message));
    }
    Ok((path, field))
}

fn compare(
    path: Path,
    field: &Field,
    operator: Operator,
    literal: &Literal,
    names: Names<'_>,
    at: usize,
) -> Result<Condition, ApiError> {
    if let Literal::Range(word, number) = literal
        && matches!(field.kind, Kind::Day | Kind::Moment)
    {
        let Some((from, to)) = dates::span(word, *number, names.scope.today) else {
            return Err(pointing(
                names.scope.text,
                at,
                "MALFORMED_QUERY",
                &format!("unexpected token: '{word}'"),
            ));
        };
        let unit = if field.kind == Kind::Moment { DAY } else { 1 };
        return Ok(Condition::Span { path, operator, from: from * unit, to: to * unit });
    }
    if operator == Operator::Like {
        let Literal::Text(text) = literal else { return Err(wrong_type(field, literal, names, at)) };
        let texts = matches!(
            field.kind,
            Kind::Text | Kind::TextArea | Kind::Email | Kind::Phone | Kind::Url | Kind::Picklist
        );
        if !texts {
            let message = "invalid operator on id field".replace("id", field.kind.name());
            return Err(pointing(names.scope.text, at, "INVALID_QUERY_FILTER_OPERATOR", &message));
        }
        return Ok(Condition::Like { path, pattern: pattern(text) });
    }
    let value = value_of(field, literal, names, at)?;
    Ok(Condition::Compare { path, operator, value })
}

fn value_of(field: &Field, literal: &Literal, names: Names<'_>, at: usize) -> Result<Value, ApiError> {
    Names::literal(field, literal).ok_or_else(|| wrong_type(field, literal, names, at))
}

fn wrong_type(field: &Field, literal: &Literal, names: Names<'_>, at: usize) -> ApiError {
    let text = names.scope.text;
    if matches!(field.kind, Kind::Id | Kind::Reference) {
        let shown = if let Literal::Text(text) = literal { text.as_str() } else { "" };
        return pointing(text, at, "INVALID_QUERY_FILTER_OPERATOR", &format!("invalid ID field: {shown}"));
    }
    let quotes = match field.kind {
        Kind::Boolean | Kind::Day | Kind::Moment | Kind::Clock | Kind::Int => "should not",
        kind if kind.is_number() => "should not",
        _ => "should",
    };
    let kind = field.kind.soap().trim_start_matches("xsd:");
    let message = format!(
        "value of filter criterion for field '{}' must be of type {kind} and {quotes} be enclosed in quotes",
        field.name
    );
    pointing(text, at, "INVALID_FIELD", &message)
}

/// The values that the query inside a semi-join selects.
fn joined(query: &Query, names: Names<'_>) -> Result<Vec<Value>, ApiError> {
    let plan = Plan::new(query, names.scope)?;
    plan.only_values(names.scope.store).ok_or_else(|| {
        let message = "Semi join sub-selects must select exactly one ID or reference field";
        ApiError::new(400, "MALFORMED_QUERY", message)
    })
}

fn pattern(text: &str) -> Vec<Wild> {
    let mut pattern = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => pattern.push(Wild::Any),
            '_' => pattern.push(Wild::One),
            '\\' => pattern.extend(letters.next().into_iter().flat_map(char::to_lowercase).map(Wild::Letter)),
            letter => pattern.extend(letter.to_lowercase().map(Wild::Letter)),
        }
    }
    pattern
}

impl Path {
    /// The value at the end of the path; `None` when a parent is missing.
    pub(super) fn value<'a>(&self, store: &'a Store, row: &'a Row) -> Option<&'a Value> {
        let mut row = row;
        for lookup in &self.lookups {
            let id = row.get(*lookup).as_id()?;
            row = store.find(id)?.2;
        }
        Some(row.get(self.place))
    }
}

impl Condition {
    /// Does the row meet the condition.
    pub(in super::super) fn test(&self, store: &Store, row: &Row) -> bool {
        match self {
            Self::And(all) => all.iter().all(|one| one.test(store, row)),
            Self::Or(any) => any.iter().any(|one| one.test(store, row)),
            Self::Not(inner) => !inner.test(store, row),
            Self::Compare { path, operator, value } => {
                let found = path.value(store, row).unwrap_or(&Value::Null);
                match operator {
                    Operator::Equal => found.compare(value) == Ordering::Equal,
                    Operator::NotEqual => found.compare(value) != Ordering::Equal,
                    _ if found.is_null() || value.is_null() => false,
                    operator => operator.holds(found.compare(value)),
                }
            }
            Self::Span { path, operator, from, to } => match path.value(store, row) {
                Some(Value::Day(at) | Value::Moment(at)) => match operator {
                    Operator::Equal => (from..to).contains(&at),
                    Operator::NotEqual => !(from..to).contains(&at),
                    Operator::Less => at < from,
                    Operator::LessOrEqual => at < to,
                    Operator::Greater => at >= to,
                    Operator::GreaterOrEqual => at >= from,
                    Operator::Like => false,
                },
                _ => *operator == Operator::NotEqual,
            },
            Self::In { path, negated, values } => {
                let found = path.value(store, row).unwrap_or(&Value::Null);
                values.binary_search_by(|value| value.compare(found)).is_ok() != *negated
            }
            Self::Like { path, pattern } => {
                let text = path.value(store, row).and_then(Value::as_text);
                text.is_some_and(|text| {
                    let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
                    like(pattern, &letters)
                })
            }
            Self::Includes { path, excludes, sets } => {
                let text = path.value(store, row).and_then(Value::as_text).unwrap_or_default().to_lowercase();
                let chosen: Vec<&str> = text.split(';').collect();
                let all_of = |set: &Vec<String>| set.iter().all(|value| chosen.contains(&value.as_str()));
                sets.iter().any(all_of) != *excludes
            }
        }
    }
}

impl Operator {
    /// Does the outcome of a comparison satisfy the operator.
    pub(super) fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering == Ordering::Equal,
            Self::NotEqual => ordering != Ordering::Equal,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
            Self::Like => false,
        }
    }
}

/// Matches with one point of return: the last `%` seen.
fn like(pattern: &[Wild], letters: &[char]) -> bool {
    let (mut at, mut in_pattern) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(in_pattern), letters.get(at)) {
            (Some(Wild::Any), _) => {
                back = Some((in_pattern, at));
                in_pattern += 1;
            }
            (Some(Wild::One), Some(_)) => {
                at += 1;
                in_pattern += 1;
            }
            (Some(Wild::Letter(wanted)), Some(found)) if wanted == found => {
                at += 1;
                in_pattern += 1;
            }
            (None, None) => return true,
            _ => match back {
                Some((any, from)) if from < letters.len() => {
                    back = Some((any, from + 1));
                    at = from + 1;
                    in_pattern = any + 1;
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_knows_its_wildcards() {
        for (text, wanted, expected) in [
            ("Acme", "a%", true),
            ("Acme", "%E", true),
            ("Acme", "A_me", true),
            ("Acme", "A_e", false),
            ("Acme", "acme%", true),
            ("100%", "100\\%", true),
            ("1000", "100\\%", false),
            ("abcabd", "%abd", true),
            ("", "%", true),
            ("x", "", false),
        ] {
            let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
            assert_eq!(like(&pattern(wanted), &letters), expected, "{text} LIKE {wanted}");
        }
    }
}
