//! The org's rows, with the indexes that keep a sync's usual questions fast.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::ids::Id;
use super::schema::{Object, Schema, at};
use super::value::Value;

/// All rows of all objects.
#[derive(Debug)]
pub(super) struct Store {
    schema: Arc<Schema>,
    /// The id of the org itself.
    organization: Id,
    tables: Vec<Table>,
    /// What the present request has changed so far: to be taken back if it fails, to be told if it does not.
    journal: Vec<Change>,
    /// Where in the journal the open transaction began.
    transaction: Option<usize>,
}

/// The rows of one object; a row's place follows from its id.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    stamps: BTreeSet<(i64, u32)>,
    indexes: HashMap<usize, HashMap<Box<str>, Vec<u32>>>,
    deleted: BTreeSet<(i64, u32)>,
    purged: usize,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    values: Box<[Value]>,
    /// Gone from the recycle bin too.
    pub(super) purged: bool,
}

/// One row as it was before it was changed; `None` when it was not there.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) object: usize,
    pub(super) slot: u32,
    pub(super) before: Option<Row>,
}

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self { values: values.into(), purged: false }
    }

    /// The value of the field at this place.
    pub(super) fn get(&self, place: usize) -> &Value {
        self.values.get(place).unwrap_or(&Value::Null)
    }

    pub(super) fn set(&mut self, place: usize, value: Value) {
        if let Some(stored) = self.values.get_mut(place) {
            *stored = value;
        }
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    pub(super) fn id(&self) -> Id {
        self.get(at::ID).as_id().unwrap_or_else(|| Id::of("000", 0))
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.get(at::IS_DELETED).as_bool()
    }

    pub(super) fn stamp(&self) -> i64 {
        self.get(at::STAMP).as_moment()
    }
}

impl Store {
    pub(super) fn new(schema: Arc<Schema>, organization: Id) -> Self {
        let tables = schema.objects().iter().map(|_| Table::default()).collect();
        Self { schema, organization, tables, journal: Vec::new(), transaction: None }
    }

    pub(super) fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// The schema, to change what its fields are; which there are stays as it is.
    pub(super) fn schema_mut(&mut self) -> &mut Schema {
        Arc::make_mut(&mut self.schema)
    }

    pub(super) fn table(&self, object: &Object) -> Option<&Table> {
        self.tables.get(object.number)
    }

    /// The row with this id, live or in the recycle bin.
    pub(super) fn find(&self, id: Id) -> Option<(&Object, u32, &Row)> {
        let object = self.schema.with_prefix(id.prefix())?;
        let slot = id.slot()?;
        let row = self.row(object, slot).filter(|row| row.id() == id)?;
        Some((object, slot, row))
    }

    pub(super) fn organization(&self) -> Id {
        self.organization
    }

    /// The row at this place, live or in the recycle bin.
    pub(super) fn row(&self, object: &Object, slot: u32) -> Option<&Row> {
        self.table(object)?.row(slot)
    }

    /// The id that the next row of the object will get.
    pub(super) fn next_id(&self, object: &Object) -> Id {
        let count = self.table(object).map_or(0, |table| table.rows.len());
        if object.prefix == self.organization.prefix() {
            return self.organization;
        }
        Id::of(object.prefix, u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Adds a row; its id must be [`Store::next_id`].
    pub(super) fn insert(&mut self, object: &Object, row: Row) -> u32 {
        let Some(table) = self.tables.get_mut(object.number) else { return 0 };
        let slot = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
        table.index(object, slot, &row);
        table.rows.push(row);
        self.note(object.number, slot, None);
        slot
    }

    /// Puts a row in the place of an earlier state of itself.
    pub(super) fn replace(&mut self, object: &Object, slot: u32, row: Row) {
        let Some(table) = self.tables.get_mut(object.number) else { return };
        if let Some(before) = table.swap(object, slot, row) {
            self.note(object.number, slot, Some(before));
        }
    }

    /// Begins a transaction.
    pub(super) fn begin(&mut self) {
        self.transaction = Some(self.journal.len());
    }

    /// Ends the transaction and keeps what it did.
    pub(super) fn commit(&mut self) {
        self.transaction = None;
    }

    /// How much the request has done, for [`Store::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Takes back what the transaction did after `mark`.
    pub(super) fn back_to(&mut self, mark: usize) {
        if self.transaction.is_none() {
            return;
        }
        let mut journal = std::mem::take(&mut self.journal);
        let schema = Arc::clone(&self.schema);
        for Change { object, slot, before } in journal.drain(mark.min(journal.len())..).rev() {
            let (Some(object), Some(table)) = (schema.at(object), self.tables.get_mut(object)) else {
                continue;
            };
            if let Some(before) = before {
                table.swap(object, slot, before);
            } else if let Some(mut gone) = table.rows.get(slot as usize).cloned() {
                // Its id is spent: real transactions leave gaps as well.
                gone.purged = true;
                table.swap(object, slot, gone);
            }
        }
        self.journal = journal;
    }

    /// Takes the whole transaction back and ends it.
    pub(super) fn roll_back(&mut self) {
        self.back_to(self.transaction.unwrap_or(0));
        self.transaction = None;
    }

    /// Is a transaction open.
    pub(super) fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// What was changed since this was last asked.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.journal)
    }

    fn note(&mut self, object: usize, slot: u32, before: Option<Row>) {
        self.journal.push(Change { object, slot, before });
    }
}

impl Table {
    pub(super) fn row(&self, slot: u32) -> Option<&Row> {
        self.rows.get(slot as usize).filter(|row| !row.purged)
    }

    /// All rows that are not purged, in the order of their ids.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        (0_u32..).zip(&self.rows).filter(|(_, row)| !row.purged)
    }

    /// How many places have been given out.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Live and deleted rows, counted.
    pub(super) fn counts(&self) -> (u64, u64) {
        let deleted = self.deleted.len();
        ((self.rows.len() - self.purged - deleted) as u64, deleted as u64)
    }

    /// The rows whose stamp lies in `from..to`, in the order of stamp and id.
    pub(super) fn stamped(&self, from: i64, to: i64) -> impl DoubleEndedIterator<Item = u32> {
        let to = to.max(from);
        self.stamps.range((from, 0)..(to, 0)).map(|(_, slot)| *slot)
    }

    /// The deleted rows whose deletion lies in `from..to`, with the moment.
    pub(super) fn deleted(&self, from: i64, to: i64) -> impl Iterator<Item = (i64, u32)> {
        self.deleted.range((from, 0)..(to.max(from), 0)).copied()
    }

    /// The rows with this value in an indexed field.
    pub(super) fn with(&self, place: usize, value: &Value) -> Option<&[u32]> {
        let index = self.indexes.get(&place)?;
        Some(index.get(&*key(value)?).map_or(&[], Vec::as_slice))
    }

    fn swap(&mut self, object: &Object, slot: u32, row: Row) -> Option<Row> {
        let before = self.rows.get(slot as usize)?.clone();
        self.unindex(object, slot, &before);
        self.index(object, slot, &row);
        *self.rows.get_mut(slot as usize)? = row;
        Some(before)
    }

    fn index(&mut self, object: &Object, slot: u32, row: &Row) {
        if row.purged {
            self.purged += 1;
            return;
        }
        self.stamps.insert((row.stamp(), slot));
        if row.is_deleted() {
            self.deleted.insert((row.stamp(), slot));
        }
        for place in &object.indexed {
            if let Some(key) = key(row.get(*place)) {
                self.indexes.entry(*place).or_default().entry(key).or_default().push(slot);
            } else {
                self.indexes.entry(*place).or_default();
            }
        }
    }

    fn unindex(&mut self, object: &Object, slot: u32, row: &Row) {
        if row.purged {
            self.purged -= 1;
            return;
        }
        self.stamps.remove(&(row.stamp(), slot));
        self.deleted.remove(&(row.stamp(), slot));
        for place in &object.indexed {
            let Some(index) = self.indexes.get_mut(place) else { continue };
            let Some(key) = key(row.get(*place)) else { continue };
            if let Some(slots) = index.get_mut(&key) {
                slots.retain(|known| *known != slot);
                if slots.is_empty() {
                    index.remove(&key);
                }
            }
        }
    }
}

/// Values are found regardless of case.
fn key(value: &Value) -> Option<Box<str>> {
    match value {
        Value::Text(text) => Some(text.to_lowercase().into()),
        Value::Id(id) => Some(id.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}
