//! A disk that remembers what was only written and what was synced, and can be cut off, be full, or lie.

use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

/// A disk. Clones are handles to the same one.
#[derive(Clone, Debug)]
pub(super) struct Disk(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// What the process sees.
    volatile: Vec<u8>,
    /// What a machine that lost its power finds.
    durable: Vec<u8>,
    /// What was done since the last sync.
    since: Vec<Op>,
    /// How many syncs there were.
    syncs: u64,
    /// What happens when a sync is asked for that has this number.
    plot: Option<(u64, Plot)>,
    cut: bool,
    full: bool,
    /// Syncs are acknowledged and not carried out.
    lies: bool,
    /// The last one was.
    lied: bool,
}

/// What a disk may do at a certain sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plot {
    /// The power goes before it is carried out.
    Cut,
    /// It is carried out, and there is no room for anything else.
    Full,
    /// It is acknowledged and not carried out, and nor are those that follow.
    Lie,
}

#[derive(Clone, Debug)]
enum Op {
    Write(usize, Vec<u8>),
    Length(usize),
}

impl Op {
    fn apply(&self, image: &mut Vec<u8>, most: usize) {
        match self {
            Self::Length(length) => image.resize(*length, 0),
            Self::Write(at, bytes) => {
                let bytes = &bytes[..bytes.len().min(most)];
                if image.len() < at + bytes.len() {
                    image.resize(at + bytes.len(), 0);
                }
                image[*at..*at + bytes.len()].copy_from_slice(bytes);
            }
        }
    }
}

impl Disk {
    pub(super) fn empty() -> Self {
        Self::holding(Vec::new())
    }

    fn holding(image: Vec<u8>) -> Self {
        let inner = Inner { volatile: image.clone(), durable: image, ..Inner::default() };
        Self(Arc::new(Mutex::new(inner)))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the disk as the next process finds it: of what was not synced each write is there, or not, or half.
    pub(super) fn after_a_crash(&self, dice: &mut fastrand::Rng) -> Self {
        let mut inner = self.inner();
        inner.cut = true;
        let mut image = inner.durable.clone();
        for op in &inner.since {
            match (op, dice.u8(0..4)) {
                (Op::Length(_), _) | (_, 0) => op.apply(&mut image, usize::MAX),
                // Sectors arrive whole.
                (Op::Write(_, bytes), 1) => op.apply(&mut image, dice.usize(0..=bytes.len()) & !511),
                _ => {}
            }
        }
        Self::holding(image)
    }

    /// Flips one bit of what lies there.
    pub(super) fn flip(&self, dice: &mut fastrand::Rng) {
        let mut inner = self.inner();
        let at = dice.usize(0..inner.durable.len().max(1));
        if let Some(byte) = inner.durable.get_mut(at) {
            *byte ^= 1 << dice.u8(0..8);
        }
        let Inner { volatile, durable, .. } = &mut *inner;
        volatile.clone_from(durable);
    }

    pub(super) fn plot(&self, sync: u64, plot: Plot) {
        self.inner().plot = Some((sync, plot));
    }

    pub(super) fn set_full(&self, full: bool) {
        self.inner().full = full;
    }

    pub(super) fn set_lying(&self, lies: bool) {
        self.inner().lies = lies;
    }

    pub(super) fn len(&self) -> usize {
        self.inner().volatile.len()
    }

    pub(super) fn syncs(&self) -> u64 {
        self.inner().syncs
    }

    /// Returns whether it acknowledged what it would lose now.
    pub(super) fn has_lied(&self) -> bool {
        self.inner().lied
    }

    pub(super) fn is_cut(&self) -> bool {
        self.inner().cut
    }
}

impl Inner {
    fn usable(&self) -> Result<(), Error> {
        if self.cut { Err(Error::from(ErrorKind::BrokenPipe)) } else { Ok(()) }
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64, Error> {
        let inner = self.inner();
        inner.usable()?;
        Ok(inner.volatile.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), Error> {
        let inner = self.inner();
        inner.usable()?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let bytes = inner.volatile.get(from..from.saturating_add(out.len()));
        out.copy_from_slice(bytes.ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), Error> {
        let mut inner = self.inner();
        inner.usable()?;
        let len = usize::try_from(len).unwrap_or(usize::MAX);
        if inner.full && len > inner.volatile.len() {
            return Err(Error::from(ErrorKind::StorageFull));
        }
        let op = Op::Length(len);
        op.apply(&mut inner.volatile, usize::MAX);
        inner.since.push(op);
        Ok(())
    }

    fn sync_data(&self) -> Result<(), Error> {
        let mut inner = self.inner();
        inner.usable()?;
        inner.syncs += 1;
        let syncs = inner.syncs;
        match inner.plot.take_if(|(at, _)| syncs >= *at) {
            Some((_, Plot::Cut)) => {
                inner.cut = true;
                return Err(Error::from(ErrorKind::BrokenPipe));
            }
            Some((_, Plot::Full)) => inner.full = true,
            Some((_, Plot::Lie)) => inner.lies = true,
            None => {}
        }
        inner.lied = inner.lies;
        if !inner.lies {
            let Inner { durable, since, .. } = &mut *inner;
            for op in since.drain(..) {
                op.apply(durable, usize::MAX);
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), Error> {
        let mut inner = self.inner();
        inner.usable()?;
        if inner.full {
            return Err(Error::from(ErrorKind::StorageFull));
        }
        let op = Op::Write(usize::try_from(offset).unwrap_or(usize::MAX), data.to_vec());
        op.apply(&mut inner.volatile, usize::MAX);
        inner.since.push(op);
        Ok(())
    }
}
