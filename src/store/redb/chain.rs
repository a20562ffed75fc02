//! What happened to one link, newest first: each entry of the ledger knows the one before it on the same link.
//!
//! An index of `(link, entry)` would touch a page for every link of a commit, each time. Here a commit appends to one
//! table and changes numbers that stand side by side. This file knows numbers alone, and no entry.

use redb::{ReadableTable, TableDefinition, TableHandle, WriteTransaction};

use super::codec::Fault;
use super::tables::Tables;
use crate::domain::id::LinkId;

/// `(link, entry)`: what data of an earlier version has instead.
const BY_LINK: TableDefinition<'static, (u64, u64), ()> = TableDefinition::new("ledger_by_link");

/// The numbers of a link's entries, newest first. They end where retention has let go of the entry.
pub(super) struct Chain<N, B> {
    newest: N,
    before: B,
}

impl<N: ReadableTable<u64, u64>, B: ReadableTable<u64, u64>> Chain<N, B> {
    pub(super) fn of(newest: N, before: B) -> Self {
        Self { newest, before }
    }

    pub(super) fn newest(&self, link: LinkId) -> Result<Option<u64>, Fault> {
        Ok(self.newest.get(link.0)?.map(|entry| entry.value()))
    }

    pub(super) fn before(&self, entry: u64) -> Result<Option<u64>, Fault> {
        let before = self.before.get(entry)?.map(|before| before.value());
        // In a damaged file numbers might go round in a circle.
        Ok(before.filter(|before| *before < entry))
    }
}

impl Tables<'_> {
    /// Makes an entry the newest of its link.
    pub(super) fn chain(&mut self, link: LinkId, entry: u64) -> Result<(), Fault> {
        let before = self.ledger_newest.insert(link.0, entry)?.map(|before| before.value());
        if let Some(before) = before {
            self.ledger_before.insert(entry, before)?;
        }
        Ok(())
    }

    /// Lets go of the oldest entry of a link. What pointed to it leads nowhere: numbers are given once.
    pub(super) fn unchain(&mut self, link: LinkId, entry: u64) -> Result<(), Fault> {
        self.ledger_before.remove(entry)?;
        if self.ledger_newest.get(link.0)?.is_some_and(|newest| newest.value() == entry) {
            self.ledger_newest.remove(link.0)?;
        }
        Ok(())
    }
}

/// Makes chains of the index of an earlier version, once.
pub(super) fn begin(transaction: &WriteTransaction, tables: &mut Tables<'_>) -> Result<(), Fault> {
    if !transaction.list_tables()?.any(|table| table.name() == BY_LINK.name()) {
        return Ok(());
    }
    let index = transaction.open_table(BY_LINK)?;
    // In its order the entries of a link stand together, oldest first.
    for row in index.iter()? {
        let (link, entry) = row?.0.value();
        tables.chain(LinkId(link), entry)?;
    }
    transaction.delete_table(index)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use redb::backends::InMemoryBackend;
    use redb::{Database, ReadableDatabase};

    use super::super::tables::{LEDGER_BEFORE, LEDGER_NEWEST};
    use super::*;

    fn change(file: &Database, work: impl FnOnce(&WriteTransaction, &mut Tables<'_>)) {
        let write = file.begin_write().unwrap();
        {
            let mut tables = Tables::of(&write);
            tables.make().unwrap();
            work(&write, &mut tables);
        }
        write.commit().unwrap();
    }

    fn entries(file: &Database, link: u64) -> Vec<u64> {
        let read = file.begin_read().unwrap();
        let chain =
            Chain::of(read.open_table(LEDGER_NEWEST).unwrap(), read.open_table(LEDGER_BEFORE).unwrap());
        let newest = chain.newest(LinkId(link)).unwrap();
        std::iter::successors(newest, |entry| chain.before(*entry).unwrap()).collect()
    }

    #[test]
    fn the_index_of_an_earlier_version_becomes_chains_once() {
        let file = Database::builder().create_with_backend(InMemoryBackend::new()).unwrap();
        change(&file, |write, _| {
            let mut index = write.open_table(BY_LINK).unwrap();
            for row in [(1, 1), (2, 2), (1, 3), (1, 5)] {
                index.insert(row, ()).unwrap();
            }
        });
        change(&file, |write, tables| begin(write, tables).unwrap());
        assert_eq!(entries(&file, 1), [5, 3, 1]);
        assert_eq!(entries(&file, 2), [2]);
        change(&file, |write, tables| {
            begin(write, tables).unwrap();
            tables.chain(LinkId(2), 6).unwrap();
            assert!(!write.list_tables().unwrap().any(|table| table.name() == BY_LINK.name()));
        });
        assert_eq!(entries(&file, 2), [6, 2]);
    }

    #[test]
    fn a_link_without_entries_leaves_nothing() {
        let file = Database::builder().create_with_backend(InMemoryBackend::new()).unwrap();
        change(&file, |_, tables| {
            for (link, entry) in [(1, 1), (2, 2), (1, 3)] {
                tables.chain(LinkId(link), entry).unwrap();
            }
            for (link, entry) in [(1, 1), (2, 2), (1, 3)] {
                tables.unchain(LinkId(link), entry).unwrap();
            }
            assert!(tables.ledger_newest.iter().unwrap().next().is_none());
            assert!(tables.ledger_before.iter().unwrap().next().is_none());
        });
    }

    #[test]
    fn numbers_that_go_round_come_to_an_end() {
        let file = Database::builder().create_with_backend(InMemoryBackend::new()).unwrap();
        change(&file, |_, tables| {
            tables.chain(LinkId(1), 1).unwrap();
            tables.chain(LinkId(1), 2).unwrap();
            tables.ledger_before.insert(1, 2).unwrap();
        });
        assert_eq!(entries(&file, 1), [2, 1]);
    }
}
