//! Which items of a board a query asks for, and in which order.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::Value;

use super::by_values::Wanted;
use super::nodes::Reader;
use super::rules::{Rule, Target};
use crate::sandbox::monday::cells::{Cell, read};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::labels::id_of;
use crate::sandbox::monday::world::{Board, Item, Kind, State};

/// The conditions of one walk.
#[derive(Debug, Default)]
pub struct Filter<'w> {
    test: Test<'w>,
    ids: Option<BTreeSet<u64>>,
    wanted: Vec<Wanted<'w>>,
    /// The columns to sort by, and whether downwards; empty is the order of making.
    pub order: Vec<(Target<'w>, bool)>,
}

#[derive(Debug)]
enum Test<'w> {
    All(Vec<Test<'w>>),
    Any(Vec<Test<'w>>),
    One(Rule<'w>),
}

impl Default for Test<'_> {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl<'w> Filter<'w> {
    /// Reads `query_params`.
    pub fn from_query(reader: &Reader<'w>, board: &'w Board, query: &Value) -> Result<Self, Refusal> {
        let mut filter = Self { test: tests(reader, board, query)?, ..Self::default() };
        filter.ids =
            query.get("ids").and_then(Value::as_array).map(|ids| ids.iter().filter_map(id_of).collect());
        for by in query.get("order_by").and_then(Value::as_array).into_iter().flatten() {
            let id = by.get("column_id").and_then(Value::as_str).unwrap_or_default();
            let down = by.get("direction").and_then(Value::as_str) == Some("desc");
            filter.order.push((Target::find(board, id)?, down));
        }
        Ok(filter)
    }

    /// Reads the columns of `items_page_by_column_values`.
    pub fn from_columns(reader: &Reader<'w>, board: &'w Board, columns: &Value) -> Result<Self, Refusal> {
        let list = columns.as_array().into_iter().flatten();
        let wanted = list.map(|column| Wanted::read(reader, board, column)).collect::<Result<_, _>>()?;
        Ok(Self { wanted, ..Self::default() })
    }

    /// Returns the live items after the id `after` that may fit, in order of making, by an index where one helps.
    pub fn candidates(&self, board: &'w Board, after: u64) -> Box<dyn Iterator<Item = &'w Item> + 'w> {
        let keyed = self.wanted.iter().find_map(|wanted| wanted.listed(board)).or_else(|| match &self.test {
            Test::All(tests) => tests.iter().find_map(|test| match test {
                Test::One(rule) => rule.listed(board),
                _ => None,
            }),
            _ => None,
        });
        match keyed.or_else(|| self.ids.clone()) {
            Some(ids) => Box::new(
                ids.into_iter()
                    .filter(move |id| *id > after)
                    .filter_map(|id| board.items.get(&id))
                    .filter(|item| item.state == State::Active),
            ),
            None => Box::new(
                board
                    .items
                    .range(after.saturating_add(1)..)
                    .map(|(_, item)| item)
                    .filter(|item| item.state == State::Active),
            ),
        }
    }

    /// Whether an item meets all conditions.
    pub fn fits(&self, reader: &Reader<'w>, board: &'w Board, item: &'w Item) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&item.id))
            && self.wanted.iter().all(|wanted| wanted.fits(reader, board, item))
            && passes(&self.test, reader, board, item)
    }

    /// Sorts items as asked; what compares equal stays in order of making.
    pub fn sort(&self, reader: &Reader<'w>, board: &'w Board, items: &mut [&'w Item]) {
        items.sort_by(|a, b| {
            for (target, down) in &self.order {
                let order = compare(reader, board, target, a, b);
                if order != Ordering::Equal {
                    return if *down { order.reverse() } else { order };
                }
            }
            a.id.cmp(&b.id)
        });
    }
}

fn tests<'w>(reader: &Reader<'w>, board: &'w Board, group: &Value) -> Result<Test<'w>, Refusal> {
    let mut list = Vec::new();
    for rule in group.get("rules").and_then(Value::as_array).into_iter().flatten() {
        list.push(Test::One(Rule::read(reader, board, rule)?));
    }
    for inner in group.get("groups").and_then(Value::as_array).into_iter().flatten() {
        list.push(tests(reader, board, inner)?);
    }
    let any = group.get("operator").and_then(Value::as_str) == Some("or") && !list.is_empty();
    Ok(if any { Test::Any(list) } else { Test::All(list) })
}

fn passes<'w>(test: &Test<'w>, reader: &Reader<'w>, board: &'w Board, item: &'w Item) -> bool {
    match test {
        Test::All(tests) => tests.iter().all(|test| passes(test, reader, board, item)),
        Test::Any(tests) => tests.iter().any(|test| passes(test, reader, board, item)),
        Test::One(rule) => rule.holds(reader, board, item),
    }
}

fn compare(reader: &Reader<'_>, board: &Board, target: &Target<'_>, a: &Item, b: &Item) -> Ordering {
    match target {
        Target::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        Target::Group => a.group.cmp(&b.group),
        Target::Updated => a.updated.cmp(&b.updated),
        Target::Created => a.created.cmp(&b.created),
        Target::Column(column) if column.kind == Kind::Numbers => {
            let number = |item: &Item| match item.cell(&column.id) {
                Some(Cell::Number(number)) => number.parse::<Decimal>().ok(),
                _ => None,
            };
            number(a).cmp(&number(b))
        }
        Target::Column(column) => {
            let text = |item| {
                read::text(reader.world, board, item, column, "UTC").unwrap_or_default().to_lowercase()
            };
            text(a).cmp(&text(b))
        }
    }
}
