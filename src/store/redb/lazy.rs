//! A table that is opened when a step first needs it.
//!
//! A step touches a handful of the tables. To open one costs a look-up in the file's catalogue, and another at the
//! commit: with all of them that was a third of the work of a small commit. This file knows no row and no rule.

use std::borrow::Borrow;
use std::cell::OnceCell;
use std::ops::RangeBounds;

use redb::{
    AccessGuard, Key, Range, ReadableTable, ReadableTableMetadata, StorageError, Table, TableDefinition,
    TableError, TableStats, Value, WriteTransaction,
};

pub(super) struct Lazy<'t, K: Key + 'static, V: Value + 'static> {
    transaction: &'t WriteTransaction,
    definition: TableDefinition<'static, K, V>,
    table: OnceCell<Table<'t, K, V>>,
}

impl<'t, K: Key + 'static, V: Value + 'static> Lazy<'t, K, V> {
    pub(super) fn new(transaction: &'t WriteTransaction, definition: TableDefinition<'static, K, V>) -> Self {
        Self { transaction, definition, table: OnceCell::new() }
    }

    /// Opens the table, making it where there is none.
    pub(super) fn open(&self) -> Result<&Table<'t, K, V>, StorageError> {
        if let Some(table) = self.table.get() {
            return Ok(table);
        }
        let table = self.transaction.open_table(self.definition).map_err(damaged)?;
        Ok(self.table.get_or_init(|| table))
    }

    pub(super) fn open_mut(&mut self) -> Result<&mut Table<'t, K, V>, StorageError> {
        self.open()?;
        // It was opened one line above.
        self.table.get_mut().ok_or(StorageError::PreviousIo)
    }

    pub(super) fn insert<'k, 'v>(
        &mut self,
        key: impl Borrow<K::SelfType<'k>>,
        value: impl Borrow<V::SelfType<'v>>,
    ) -> Result<Option<AccessGuard<'_, V>>, StorageError> {
        self.open_mut()?.insert(key, value)
    }

    pub(super) fn remove<'k>(
        &mut self,
        key: impl Borrow<K::SelfType<'k>>,
    ) -> Result<Option<AccessGuard<'_, V>>, StorageError> {
        self.open_mut()?.remove(key)
    }
}

/// A table that cannot be opened though the file can: its catalogue does not say what it should.
fn damaged(error: TableError) -> StorageError {
    match error {
        TableError::Storage(error) => error,
        other => StorageError::Corrupted(other.to_string()),
    }
}

impl<K: Key + 'static, V: Value + 'static> ReadableTableMetadata for Lazy<'_, K, V> {
    fn stats(&self) -> Result<TableStats, StorageError> {
        self.open()?.stats()
    }

    fn len(&self) -> Result<u64, StorageError> {
        self.open()?.len()
    }
}

impl<K: Key + 'static, V: Value + 'static> ReadableTable<K, V> for Lazy<'_, K, V> {
    fn get<'k>(&self, key: impl Borrow<K::SelfType<'k>>) -> Result<Option<AccessGuard<'_, V>>, StorageError> {
        self.open()?.get(key)
    }

    fn range<'k, KR>(&self, range: impl RangeBounds<KR> + 'k) -> Result<Range<'_, K, V>, StorageError>
    where
        KR: Borrow<K::SelfType<'k>> + 'k,
    {
        self.open()?.range(range)
    }

    fn first(&self) -> Result<Option<(AccessGuard<'_, K>, AccessGuard<'_, V>)>, StorageError> {
        self.open()?.first()
    }

    fn last(&self) -> Result<Option<(AccessGuard<'_, K>, AccessGuard<'_, V>)>, StorageError> {
        self.open()?.last()
    }
}
