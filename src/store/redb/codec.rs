//! How rows are written: one byte of version, then postcard. And how redb's errors become ours.

use std::borrow::Borrow;
use std::path::Path;

use redb::{Key, ReadableTable};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::lazy::Lazy;
use crate::ports::StoreError;

/// The version of all rows written so far.
const VERSION: u8 = 1;

/// What ends a step: a rule, or the file.
#[derive(Debug)]
pub(super) enum Fault {
    /// A rule refused this step; others in the same commit go on.
    Refused(StoreError),
    /// The file failed; the whole commit is given up.
    File(redb::Error),
    /// A row could not be read.
    Row(&'static str),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<redb::StorageError> for Fault {
    fn from(error: redb::StorageError) -> Self {
        Self::File(error.into())
    }
}

impl From<redb::TableError> for Fault {
    fn from(error: redb::TableError) -> Self {
        Self::File(error.into())
    }
}

impl Fault {
    pub(super) fn told(self, path: &Path) -> StoreError {
        match self {
            Self::Refused(error) => error,
            Self::File(error) => broken(path, error),
            Self::Row(what) => StoreError::Broken {
                path: path.display().to_string(),
                why: format!("{what} that cannot be read; restore a backup, or run `syncdeck store check`"),
            },
        }
    }
}

/// Returns redb's error in our terms: a full disk is told apart, because waiting helps there.
pub(super) fn broken(path: &Path, error: impl Into<redb::Error>) -> StoreError {
    let error = error.into();
    let path = path.display().to_string();
    match &error {
        redb::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => StoreError::Full { path },
        _ => StoreError::Broken { path, why: error.to_string() },
    }
}

pub(super) fn encode<T: Serialize>(row: &T) -> Vec<u8> {
    // Every row type is plain data: serialising it into memory cannot fail.
    postcard::to_extend(row, vec![VERSION]).unwrap_or_default()
}

pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, Fault> {
    match bytes.split_first() {
        Some((&VERSION, row)) => postcard::from_bytes(row).map_err(|_| Fault::Row(what)),
        _ => Err(Fault::Row(what)),
    }
}

/// Reads the first fields of a row without taking anything out of it, and returns them with what stands behind; `None`
/// where it cannot be read so.
pub(super) fn glance<'r, T: Deserialize<'r>>(bytes: &'r [u8]) -> Option<(T, &'r [u8])> {
    postcard::take_from_bytes(bytes.strip_prefix(&[VERSION])?).ok()
}

pub(super) fn get<'k, K: Key + 'static, T: DeserializeOwned>(
    table: &impl ReadableTable<K, &'static [u8]>,
    key: impl Borrow<K::SelfType<'k>>,
    what: &'static str,
) -> Result<Option<T>, Fault> {
    table.get(key)?.map(|row| decode(row.value(), what)).transpose()
}

pub(super) fn put<'k, K: Key + 'static, T: Serialize>(
    table: &mut Lazy<'_, K, &'static [u8]>,
    key: impl Borrow<K::SelfType<'k>>,
    row: &T,
) -> Result<(), Fault> {
    table.insert(key, encode(row).as_slice())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::connection::{More, Options};
    use crate::domain::id::{LinkSetId, Side};
    use crate::domain::link::{Link, Observed, Presence};
    use crate::domain::time::Stamp;
    use crate::ports::{Checkpoint, Load, Mark};

    #[test]
    fn rows_of_earlier_versions_are_read() {
        let mark = Some(Mark { at: Stamp(7), id: "a".into() });
        let before = (mark.clone(), Some(Stamp(8)), None::<Load>, Some(Stamp(9)));
        let row: Checkpoint = decode(&encode(&before), "a checkpoint").unwrap();
        let expected = Checkpoint {
            mark,
            deleted_to: Some(Stamp(8)),
            load: None,
            complete_to: Some(Stamp(9)),
            heard: None,
            parents_to: None,
        };
        assert_eq!(row, expected);
        let heard = Checkpoint { heard: Some([1, 2].as_slice().into()), ..expected };
        assert_eq!(decode::<Checkpoint>(&encode(&heard), "a checkpoint").unwrap(), heard);
        // A link and a recipe end where they ended when references were not told yet.
        let link = Link::first(&Observed {
            set: LinkSetId(1),
            side: Side::Other,
            id: "7".into(),
            presence: Presence::Present,
            at: Stamp(1),
            read: Stamp(1),
            name: "n".into(),
            values: Vec::new(),
            admitted: true,
            origin: None,
            survivor: None,
            heirs: Vec::new(),
        });
        let row = encode(&link);
        let before = row.get(..row.len() - 2).unwrap_or_default();
        assert_eq!(decode::<Link>(before, "a link").unwrap(), link);
        let options = Options { pkce: false, ..Options::default() };
        let before = (options.clone(), vec![Stamp(3)], None::<String>);
        let row: More = decode(&encode(&before), "more").unwrap();
        assert_eq!(row, More { options, revoked: vec![Stamp(3)], ..More::default() });
    }
}
