//! Finds the rows of a plan, by the narrowest index it can use.

use std::cmp::Ordering;

use super::Operator;
use super::filter::Condition;
use super::plan::{Entry, Output, Path, Plan, Sort, is_own, is_stamp};
use crate::sandbox::salesforce::ids::Id;
use crate::sandbox::salesforce::schema::{Object, at};
use crate::sandbox::salesforce::store::{Row, Store, Table};
use crate::sandbox::salesforce::value::Value;

/// The rows of an answer, in order.
pub(in super::super) type Found = Vec<u32>;

/// Where rows are looked for, and whether they come in the wanted order.
enum Source {
    Slots(Vec<u32>),
    Stamps(i64, i64),
    Places(u32, u32),
}

impl Plan {
    /// The rows that meet the plan, in its order, within its limit.
    pub(in super::super) fn find(&self, store: &Store) -> Found {
        self.find_among(store, None)
    }

    /// The same, among the rows whose lookup at this place is `parent`.
    pub(super) fn find_children(&self, store: &Store, lookup: usize, parent: Id) -> Found {
        let Some(table) = store.schema().at(self.object).and_then(|object| store.table(object)) else {
            return Vec::new();
        };
        let parent = Value::Id(parent);
        let slots = match table.with(lookup, &parent) {
            Some(slots) => slots.to_vec(),
            None => {
                table.rows().filter(|(_, row)| *row.get(lookup) == parent).map(|(slot, _)| slot).collect()
            }
        };
        self.find_among(store, Some(slots))
    }

    /// The rows that meet the condition, without order or limit: what aggregates are made of.
    pub(super) fn matching<'a>(&'a self, store: &'a Store) -> impl Iterator<Item = &'a Row> {
        let object = store.schema().at(self.object);
        let found = object.map(|object| {
            let source = self.source(object, store);
            let table = store.table(object);
            table.map(|table| source.slots(table)).unwrap_or_default()
        });
        let found = found.unwrap_or_default();
        found
            .into_iter()
            .filter_map(move |slot| store.row(object?, slot))
            .filter(|row| self.accepts(store, row))
    }

    /// The values of a plan that selects a single id or lookup of its own.
    pub(super) fn only_values(&self, store: &Store) -> Option<Vec<Value>> {
        let Output::Rows(node) = &self.output else { return None };
        let [Entry::Field { place, .. }] = node.entries.as_slice() else { return None };
        let object = store.schema().at(self.object)?;
        let rows = self.find(store).into_iter().filter_map(|slot| store.row(object, slot));
        let mut values: Vec<Value> =
            rows.map(|row| row.get(*place).clone()).filter(|value| !value.is_null()).collect();
        if values.iter().any(|value| value.as_id().is_none()) {
            return None;
        }
        values.sort_by(Value::compare);
        values.dedup();
        Some(values)
    }

    fn accepts(&self, store: &Store, row: &Row) -> bool {
        (self.all || !row.is_deleted()) && self.filter.as_ref().is_none_or(|filter| filter.test(store, row))
    }

    fn find_among(&self, store: &Store, among: Option<Vec<u32>>) -> Found {
        let Some(object) = store.schema().at(self.object) else { return Vec::new() };
        let Some(table) = store.table(object) else { return Vec::new() };
        let source = among.map_or_else(|| self.source(object, store), Source::Slots);
        let ordered = source.is_ordered(&self.order);
        let backwards = ordered && self.order.first().is_some_and(|sort| sort.descending);
        let limit = self.limit.unwrap_or(usize::MAX);
        let accepted = |slot: &u32| table.row(*slot).is_some_and(|row| self.accepts(store, row));
        let mut slots = source.slots(table);
        if backwards {
            slots.reverse();
        }
        if ordered || self.order.is_empty() {
            // In order already: no further than the limit.
            return slots.into_iter().filter(accepted).skip(self.offset).take(limit).collect();
        }
        slots.retain(accepted);
        self.sort(store, table, &mut slots);
        slots.into_iter().skip(self.offset).take(limit).collect()
    }

    fn sort(&self, store: &Store, table: &Table, slots: &mut [u32]) {
        let null = Value::Null;
        let value = |slot: u32, path: &Path| -> Value {
            let row = table.row(slot);
            row.and_then(|row| path.value(store, row)).unwrap_or(&null).clone()
        };
        let keys =
            |slot: &u32| -> Vec<Value> { self.order.iter().map(|sort| value(*slot, &sort.path)).collect() };
        let mut keyed: Vec<(Vec<Value>, u32)> = slots.iter().map(|slot| (keys(slot), *slot)).collect();
        keyed.sort_by(|(a, a_slot), (b, b_slot)| {
            let unequal = self.order.iter().zip(a.iter().zip(b)).map(|(sort, (a, b))| sort.compare(a, b));
            let first = unequal.into_iter().find(|ordering| *ordering != Ordering::Equal);
            first.unwrap_or_else(|| a_slot.cmp(b_slot))
        });
        for (place, (_, slot)) in slots.iter_mut().zip(keyed) {
            *place = slot;
        }
    }

    /// The narrowest place to look.
    fn source(&self, object: &Object, store: &Store) -> Source {
        let Some(table) = store.table(object) else { return Source::Slots(Vec::new()) };
        let conditions: &[Condition] = match &self.filter {
            Some(Condition::And(all)) => all,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let by_value = conditions.iter().find_map(|condition| by_value(condition, table));
        if let Some(slots) = by_value {
            return Source::Slots(slots);
        }
        let by_stamp = self.order.first().is_some_and(|sort| is_stamp(&sort.path));
        let (mut from, mut to) = (i64::MIN, i64::MAX);
        let (mut first, mut end) = (0, table.len());
        for condition in conditions {
            match condition {
                Condition::Compare { path, operator, value: Value::Moment(at) } if is_stamp(path) => {
                    narrow(*operator, *at, &mut from, &mut to);
                }
                Condition::Span { path, operator: Operator::Equal, from: start, to: end }
                    if is_stamp(path) =>
                {
                    from = from.max(*start);
                    to = to.min(*end);
                }
                Condition::Span { path, operator: Operator::GreaterOrEqual, from: start, .. }
                    if is_stamp(path) =>
                {
                    from = from.max(*start);
                }
                Condition::Compare { path, operator, value: Value::Id(id) } if is_own(path, at::ID) => {
                    let Some(slot) = id.slot().filter(|_| id.prefix() == object.prefix) else { continue };
                    match operator {
                        Operator::Greater | Operator::GreaterOrEqual => first = first.max(slot),
                        Operator::Less | Operator::LessOrEqual => end = end.min(slot.saturating_add(1)),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if by_stamp || from != i64::MIN || to != i64::MAX {
            return Source::Stamps(from, to);
        }
        Source::Places(first, end)
    }
}

fn narrow(operator: Operator, at: i64, from: &mut i64, to: &mut i64) {
    match operator {
        Operator::Equal => {
            *from = (*from).max(at);
            *to = (*to).min(at + 1);
        }
        Operator::Greater => *from = (*from).max(at + 1),
        Operator::GreaterOrEqual => *from = (*from).max(at),
        Operator::Less => *to = (*to).min(at),
        Operator::LessOrEqual => *to = (*to).min(at + 1),
        Operator::NotEqual | Operator::Like => {}
    }
}

/// The rows that a condition on an id or an indexed field leaves.
fn by_value(condition: &Condition, table: &Table) -> Option<Vec<u32>> {
    let (path, values) = match condition {
        Condition::Compare { path, operator: Operator::Equal, value } => (path, std::slice::from_ref(value)),
        Condition::In { path, negated: false, values } => (path, values.as_slice()),
        _ => return None,
    };
    if !path.lookups.is_empty() || values.iter().any(Value::is_null) {
        return None;
    }
    let mut slots = Vec::new();
    for value in values {
        if path.place == at::ID {
            slots.extend(value.as_id().and_then(|id| id.slot()));
        } else {
            slots.extend_from_slice(table.with(path.place, value)?);
        }
    }
    slots.sort_unstable();
    slots.dedup();
    Some(slots)
}

impl Source {
    fn slots(self, table: &Table) -> Vec<u32> {
        match self {
            Self::Slots(slots) => slots,
            Self::Stamps(from, to) => table.stamped(from, to).collect(),
            Self::Places(first, end) => (first..end).collect(),
        }
    }

    /// Do the rows come in this order (or in its reverse, throughout).
    fn is_ordered(&self, order: &[Sort]) -> bool {
        let [first, rest @ ..] = order else { return true };
        let then_id =
            rest.iter().all(|sort| is_own(&sort.path, at::ID) && sort.descending == first.descending);
        match self {
            Self::Stamps(..) => is_stamp(&first.path) && then_id && rest.len() < 2,
            Self::Slots(_) | Self::Places(..) => is_own(&first.path, at::ID) && rest.is_empty(),
        }
    }
}

impl Sort {
    pub(super) fn compare(&self, a: &Value, b: &Value) -> Ordering {
        match (a.is_null(), b.is_null()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return if self.nulls_last { Ordering::Greater } else { Ordering::Less },
            (false, true) => return if self.nulls_last { Ordering::Less } else { Ordering::Greater },
            (false, false) => {}
        }
        if self.descending { b.compare(a) } else { a.compare(b) }
    }
}
