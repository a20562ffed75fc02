//! Aggregates and GROUP BY.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::filter::Condition;
use super::plan::{Names, Path, Plan};
use super::render::Row as Line;
use super::{Expr, Function, Literal, Name, Query, Select, Term, pointing};
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::schema::Kind;
use crate::sandbox::salesforce::store::{Row, Store};
use crate::sandbox::salesforce::value::Value;

/// The groups a query asks for.
#[derive(Clone, Debug)]
pub(in super::super) struct Grouping {
    by: Vec<Path>,
    columns: Vec<Column>,
    order: Vec<(usize, bool)>,
    having: Vec<(usize, super::Operator, Value)>,
    visible: usize,
}

#[derive(Clone, Debug)]
struct Column {
    key: String,
    what: What,
    whole: bool,
}

#[derive(Clone, Debug)]
enum What {
    Key(usize),
    Aggregate(Function, Option<Path>),
}

/// A group's key, in an order of its own.
#[derive(Clone, Debug)]
struct GroupKey(Vec<Value>);

impl PartialEq for GroupKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for GroupKey {}

impl PartialOrd for GroupKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GroupKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        pairs.map(|(a, b)| a.compare(b)).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }
}

#[derive(Clone, Debug, Default)]
struct Tally {
    count: u64,
    sum: f64,
    min: Value,
    max: Value,
    distinct: BTreeSet<String>,
}

impl Grouping {
    pub(super) fn new(query: &Query, names: Names<'_>) -> Result<Self, ApiError> {
        if query.group.is_empty() && query.limit.is_some() {
            let message = "Non-grouped query that uses overall aggregate functions cannot also use LIMIT";
            return Err(ApiError::new(400, "MALFORMED_QUERY", message));
        }
        let by = query.group.iter().map(|name| names.path(name)).collect::<Result<Vec<_>, _>>()?;
        let mut grouping =
            Self { by, columns: Vec::new(), order: Vec::new(), having: Vec::new(), visible: 0 };
        let mut unnamed = 0;
        for select in &query.select {
            let column = match select {
                Select::Field(name, alias) | Select::Wrapped(name, alias) => {
                    let position = grouping.key_of(name, names)?;
                    let end = name.parts.last().cloned().unwrap_or_default();
                    let end = names.end_of(&names.path(name)?).map_or(end, |field| field.name.to_owned());
                    Column { key: alias.clone().unwrap_or(end), what: What::Key(position), whole: false }
                }
                Select::Aggregate(function, of, alias) => {
                    let key = alias.clone().unwrap_or_else(|| {
                        unnamed += 1;
                        format!("expr{}", unnamed - 1)
                    });
                    Column { key, ..Self::aggregate(*function, of.as_ref(), names)? }
                }
                Select::Children(_) | Select::Fields(..) => {
                    return Err(ApiError::new(
                        400,
                        "MALFORMED_QUERY",
                        "Grouped query cannot use child relationships",
                    ));
                }
            };
            grouping.columns.push(column);
        }
        grouping.visible = grouping.columns.len();
        for order in &query.order {
            let what = match &order.by {
                Term::Field(name) => Column {
                    key: String::new(),
                    what: What::Key(grouping.key_of(name, names)?),
                    whole: false,
                },
                Term::Aggregate(function, of) => Self::aggregate(*function, of.as_ref(), names)?,
            };
            grouping.order.push((grouping.columns.len(), order.descending));
            grouping.columns.push(what);
        }
        if let Some(having) = &query.having {
            grouping.having(having, names)?;
        }
        Ok(grouping)
    }

    fn having(&mut self, having: &Expr, names: Names<'_>) -> Result<(), ApiError> {
        let parts: &[Expr] = if let Expr::And(all) = having { all } else { std::slice::from_ref(having) };
        for part in parts {
            let Expr::Compare(term, operator, literal) = part else {
                return Err(ApiError::new(400, "MALFORMED_QUERY", "unsupported HAVING clause"));
            };
            let value = match literal {
                Literal::Number(number) => Value::Number(*number),
                Literal::Text(text) => Value::text(text),
                _ => Value::Null,
            };
            let column = match term {
                Term::Aggregate(function, of) => Self::aggregate(*function, of.as_ref(), names)?,
                Term::Field(name) => {
                    Column { key: String::new(), what: What::Key(self.key_of(name, names)?), whole: false }
                }
            };
            self.having.push((self.columns.len(), *operator, value));
            self.columns.push(column);
        }
        Ok(())
    }

    fn key_of(&self, name: &Name, names: Names<'_>) -> Result<usize, ApiError> {
        let path = names.path(name)?;
        self.by.iter().position(|by| *by == path).ok_or_else(|| {
            let message = format!("Field must be grouped or aggregated: {}", name.parts.join("."));
            pointing(names.scope.text, name.at, "MALFORMED_QUERY", &message)
        })
    }

    fn aggregate(function: Function, of: Option<&Name>, names: Names<'_>) -> Result<Column, ApiError> {
        let path = of.map(|name| names.path(name)).transpose()?;
        let field = path.as_ref().and_then(|path| names.end_of(path));
        if matches!(function, Function::Sum | Function::Avg)
            && !field.is_some_and(|field| field.kind.is_number())
        {
            let message =
                format!("field {} does not support aggregate operator", field.map_or("", |field| field.name));
            return Err(ApiError::new(400, "MALFORMED_QUERY", message));
        }
        let counts = matches!(function, Function::Count | Function::CountDistinct);
        let whole =
            counts || (function != Function::Avg && field.is_some_and(|field| field.kind == Kind::Int));
        Ok(Column { key: String::new(), what: What::Aggregate(function, path), whole })
    }

    /// The lines of the answer, in order.
    pub(in super::super) fn lines(&self, plan: &Plan, store: &Store) -> Vec<Line> {
        let mut groups: BTreeMap<GroupKey, Vec<Tally>> = BTreeMap::new();
        let fresh = || vec![Tally::default(); self.columns.len()];
        if self.by.is_empty() {
            groups.insert(GroupKey(Vec::new()), fresh());
        }
        for row in plan.matching(store) {
            let value = |path: &Path| path.value(store, row).cloned().unwrap_or_default();
            let tallies = groups.entry(GroupKey(self.by.iter().map(value).collect())).or_insert_with(fresh);
            for (column, tally) in self.columns.iter().zip(tallies) {
                if let What::Aggregate(function, path) = &column.what {
                    tally.take(*function, path.as_ref(), store, row);
                }
            }
        }
        let mut lines: Vec<Vec<Value>> = groups
            .iter()
            .map(|(key, tallies)| {
                let cell = |(column, tally): (&Column, &Tally)| match &column.what {
                    What::Key(position) => key.0.get(*position).cloned().unwrap_or_default(),
                    What::Aggregate(function, _) => tally.result(*function),
                };
                self.columns.iter().zip(tallies).map(cell).collect()
            })
            .collect();
        lines.retain(|line: &Vec<Value>| {
            self.having.iter().all(|(column, operator, value)| {
                line.get(*column).is_some_and(|found| operator.holds(found.compare(value)))
            })
        });
        lines.sort_by(|a, b| {
            let compared = self.order.iter().map(|(column, descending)| {
                let (a, b) = (a.get(*column), b.get(*column));
                let ordering = a.zip(b).map_or(Ordering::Equal, |(a, b)| a.compare(b));
                if *descending { ordering.reverse() } else { ordering }
            });
            compared.into_iter().find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
        });
        let limited = lines.into_iter().skip(plan.offset).take(plan.limit.unwrap_or(usize::MAX));
        let line = |cells: Vec<Value>| {
            let visible = self.columns.iter().zip(cells).take(self.visible);
            visible.map(|(column, value)| (column.key.clone(), value, column.whole)).collect()
        };
        limited.map(line).collect()
    }

    /// The keys of the answer's columns.
    pub(in super::super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().take(self.visible).map(|column| column.key.as_str())
    }
}

impl Tally {
    fn take(&mut self, function: Function, path: Option<&Path>, store: &Store, row: &Row) {
        let Some(path) = path else {
            self.count += 1;
            return;
        };
        let Some(value) = path.value(store, row).filter(|value| !value.is_null()) else { return };
        self.count += 1;
        match function {
            Function::Count => {}
            Function::CountDistinct => {
                let mut key = Vec::new();
                value.write_json(&mut key, false);
                self.distinct.insert(String::from_utf8_lossy(&key).to_lowercase());
            }
            Function::Sum | Function::Avg => {
                if let Value::Number(number) = value {
                    self.sum += number;
                }
            }
            Function::Min => {
                if self.min.is_null() || value.compare(&self.min).is_lt() {
                    self.min = value.clone();
                }
            }
            Function::Max => {
                if self.max.is_null() || value.compare(&self.max).is_gt() {
                    self.max = value.clone();
                }
            }
        }
    }

    fn result(&self, function: Function) -> Value {
        match function {
            Function::Count => Value::Number(self.count as f64),
            Function::CountDistinct => Value::Number(self.distinct.len() as f64),
            Function::Min => self.min.clone(),
            Function::Max => self.max.clone(),
            Function::Sum | Function::Avg if self.count == 0 => Value::Null,
            Function::Sum => Value::Number(self.sum),
            Function::Avg => Value::Number(self.sum / self.count as f64),
        }
    }
}

/// The condition of a plan, for rules that test single rows.
impl Plan {
    pub(in super::super) fn into_condition(self) -> Option<Condition> {
        self.filter
    }
}
