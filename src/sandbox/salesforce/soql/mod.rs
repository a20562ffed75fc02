//! SOQL: from text to a plan over the schema, and from a plan to rows.

mod csv;
mod dates;
mod filter;
mod group;
mod lexer;
mod parser;
mod plan;
mod render;
mod run;
#[cfg(test)]
mod tests;

pub(super) use self::csv::write_quoted;
pub(super) use self::filter::Condition;
pub(super) use self::plan::{Node, Output, Plan, Scope};
pub(super) use self::render::{Row as Line, column_metadata, write_line};

use super::error::ApiError;

/// A query as it stands in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query {
    select: Vec<Select>,
    from: Name,
    alias: Option<String>,
    filter: Option<Expr>,
    group: Vec<Name>,
    having: Option<Expr>,
    order: Vec<Order>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// A dotted name and where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
struct Name {
    parts: Vec<String>,
    at: usize,
}

/// One element of the field list.
#[derive(Clone, Debug, PartialEq)]
enum Select {
    Field(Name, Option<String>),
    /// `toLabel`, `FORMAT` and the like: the field under another name.
    Wrapped(Name, Option<String>),
    Aggregate(Function, Option<Name>, Option<String>),
    Children(Box<Query>),
    /// `FIELDS(ALL)` and its kin.
    Fields(Which, usize),
}

/// The aggregate functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Count,
    CountDistinct,
    Min,
    Max,
    Sum,
    Avg,
}

/// What `FIELDS()` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Standard,
    Custom,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
enum Expr {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Compare(Term, Operator, Literal),
    In(Name, bool, Vec<Literal>),
    Semi(Name, bool, Box<Query>),
    Includes(Name, bool, Vec<Literal>),
}

/// What a condition looks at: a field, or in HAVING an aggregate.
#[derive(Clone, Debug, PartialEq)]
enum Term {
    Field(Name),
    Aggregate(Function, Option<Name>),
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Day(i64),
    Moment(i64),
    Clock(i64),
    /// `TODAY`, `LAST_N_DAYS:7` and the like.
    Range(String, Option<i64>),
}

/// One element of ORDER BY.
#[derive(Clone, Debug, PartialEq)]
struct Order {
    by: Term,
    descending: bool,
    nulls_last: Option<bool>,
}

/// Reads a query.
pub(super) fn parse(text: &str) -> Result<Query, ApiError> {
    parser::Parser::new(text)?.query()
}

/// An error that points into the query.
fn pointing(text: &str, at: usize, code: &str, message: &str) -> ApiError {
    let before = text.get(..at).unwrap_or(text);
    let row = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    // The excerpt shows some twenty characters to each side.
    let start = before.char_indices().rev().nth(19).map_or(0, |(start, _)| start);
    let rest = text.get(start..).unwrap_or_default();
    let excerpt: String =
        rest.chars().take(40).map(|letter| if letter == '\n' { ' ' } else { letter }).collect();
    let indent = " ".repeat(text.get(start..at).unwrap_or_default().chars().count());
    ApiError::new(400, code, format!("\n{excerpt}\n{indent}^\nERROR at Row:{row}:Column:{column}\n{message}"))
}
