//! The lasting tie between a Salesforce record and its counterpart, and how an observation changes it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::converted::{Converted, Heir};
use super::id::{ErrorId, LinkSetId, RemoteId, Side};
use super::plan::Operation;
use super::time::{MINUTE, SECOND, Stamp};
use super::value::Value;

/// What is known of a pair of records: last seen on either side, and the base, the last values that both
/// agreed on. Values stand in the order and the canonical form of the mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The recipe or pair it belongs to.
    pub set: LinkSetId,
    /// Grows with every change of what is known; an intent made for an older revision no longer holds.
    pub rev: u64,
    /// What people call the record.
    pub name: Arc<str>,
    /// Side A.
    pub salesforce: Seen,
    /// Side B.
    pub other: Seen,
    /// The last values that both sides agreed on.
    pub base: Option<Vec<Value>>,
    /// The error that waits on this link.
    pub error: Option<ErrorId>,
    /// The side from which syncdeck itself removed the record, so that an undelete may bring it back.
    pub removed: Option<Side>,
    /// What syncdeck replaced a moment ago: something else that keeps putting it back is a loop.
    pub replaced: Vec<Replaced>,
    /// The side whose record was found and not made: it does not carry the key of the other one yet.
    pub unsigned: Option<Side>,
    /// References that cannot be told on the other side: what they point to has no counterpart. They are left out until
    /// it has one. Rows end where they ended when they were written.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub absent: Vec<Absent>,
    /// That the Salesforce record was converted into others, and what followed from it.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub converted: Option<Converted>,
}

/// A reference that cannot be told on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// The field, by its position in the mapping.
    pub field: u16,
    /// Whether what it points to may still get its counterpart.
    pub comes: bool,
}

/// What was last seen of one side of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The record's id.
    pub id: Option<RemoteId>,
    /// Whether it is there.
    pub presence: Presence,
    /// The remote's own stamp of that state; only ever compared with stamps of the same remote, except to
    /// break a tie.
    pub at: Stamp,
    /// Its mapped values.
    pub values: Vec<Value>,
    /// When syncdeck itself last wrote it, by our own clock; only ever compared with [`Observed::read`].
    pub written: Stamp,
}

/// A value that syncdeck replaced a moment ago, and how often it has come back since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// On which side.
    pub side: Side,
    /// The field, by its position in the mapping.
    pub field: u16,
    /// What stood there before.
    pub was: Value,
    /// When it was replaced, by our own clock.
    pub at: Stamp,
    /// When it, or another value, was put in the place of what syncdeck had written.
    pub back: Vec<Stamp>,
}

/// The longest that a reading may have taken until it is stored.
const LONGEST_READING_MS: i64 = 15 * MINUTE;

/// For how long a replaced value is remembered.
const FLIP_WINDOW_MS: i64 = 10 * MINUTE;

/// How often what syncdeck wrote may be replaced in its turn within that time.
const FLIPS: usize = 3;

/// What stands in the place of our value so soon after our write, by the remote's own stamps, was put there because of
/// it. An automation that counts, or notes the time, never puts the same value back.
const AT_ONCE_MS: i64 = 10 * SECOND;

/// How long a link is left alone before the write that would prove a loop. What changes meanwhile does so of its own
/// accord: people who edit both sides at once, not something that answers our writes.
const REST_MS: i64 = 20 * SECOND;

/// Whether a record is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// Never seen.
    #[default]
    Unknown,
    /// It is there.
    Present,
    /// It was deleted.
    Deleted,
    /// It was archived.
    Archived,
}

impl Presence {
    /// Returns the word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Present => "present",
            Self::Deleted => "deleted",
            Self::Archived => "archived",
        }
    }
}

/// One record as a remote showed it, made ready for one set of links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// The links it concerns.
    pub set: LinkSetId,
    /// The side on which it was seen.
    pub side: Side,
    /// Its id there.
    pub id: RemoteId,
    /// Whether it is there.
    pub presence: Presence,
    /// The remote's stamp.
    pub at: Stamp,
    /// When the reading began that showed it, by our own clock.
    pub read: Stamp,
    /// What people call it.
    pub name: Arc<str>,
    /// Its mapped values in canonical form; empty for a deleted record.
    pub values: Vec<Value>,
    /// Whether it meets the recipe's condition. It matters only for a record that has no link yet: once
    /// taken in, all later changes follow.
    pub admitted: bool,
    /// The key of its origin, where the record carries one: the id on the opposite side.
    pub origin: Option<RemoteId>,
    /// The record into which it was merged, for a deleted one.
    pub survivor: Option<RemoteId>,
    /// The records into which it was converted.
    pub heirs: Vec<Heir>,
}

/// A link that is not settled: something observed has not reached the other side yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Since when.
    pub since: Stamp,
    /// Not to be tried before.
    pub due: Stamp,
    /// How often it failed.
    pub attempts: u32,
    /// The intent under way.
    pub intent: Option<Intent>,
    /// The job that asked for it, and who started that.
    pub asked: Option<(super::id::JobId, Arc<str>)>,
    /// What a person wants written in place of the source's values, by position in the mapping: for this try alone.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub edits: Vec<(u16, Value)>,
    /// The source's id when the intent was announced: what is created carries it as its key, even if the link has
    /// followed the source into another record before the answer came.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub key: Option<RemoteId>,
}

impl Pending {
    /// Returns the state of a link that has just become unsettled.
    pub fn new(now: Stamp) -> Self {
        Self { since: now, due: now, attempts: 0, intent: None, asked: None, edits: Vec::new(), key: None }
    }
}

/// The durable announcement of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The revision of the link it was made for.
    pub rev: u64,
    /// What is to be done.
    pub operation: Operation,
    /// When it was announced.
    pub at: Stamp,
    /// Since when nobody knows whether it was done. An intent found without an end on start is in doubt too.
    pub doubt: Option<Stamp>,
}

impl Link {
    /// Returns the link that begins with the first sight of a record.
    pub fn first(seen: &Observed) -> Self {
        let side = Seen {
            id: Some(seen.id.clone()),
            presence: seen.presence,
            at: seen.at,
            values: seen.values.clone(),
            written: Stamp::ZERO,
        };
        let (salesforce, other) = match seen.side {
            Side::Salesforce => (side, Seen::default()),
            Side::Other => (Seen::default(), side),
        };
        Self {
            set: seen.set,
            rev: 1,
            name: Arc::clone(&seen.name),
            salesforce,
            other,
            base: None,
            error: None,
            removed: None,
            replaced: Vec::new(),
            unsigned: None,
            absent: Vec::new(),
            converted: None,
        }
    }

    /// Returns the link of a record of which nothing is known yet but the id.
    pub fn expected(set: LinkSetId, side: Side, id: RemoteId, name: Arc<str>) -> Self {
        let seen = Observed {
            set,
            side,
            id,
            presence: Presence::Unknown,
            at: Stamp::ZERO,
            read: Stamp::ZERO,
            name,
            values: Vec::new(),
            admitted: true,
            origin: None,
            survivor: None,
            heirs: Vec::new(),
        };
        Self::first(&seen)
    }

    /// Returns whether a field points to what cannot be told on the other side.
    pub fn lacks(&self, field: u16) -> bool {
        self.absent.iter().any(|absent| absent.field == field)
    }

    /// Returns what was last seen on `side`.
    pub fn side(&self, side: Side) -> &Seen {
        match side {
            Side::Salesforce => &self.salesforce,
            Side::Other => &self.other,
        }
    }

    /// Returns what was last seen on `side`, to be changed.
    pub fn side_mut(&mut self, side: Side) -> &mut Seen {
        match side {
            Side::Salesforce => &mut self.salesforce,
            Side::Other => &mut self.other,
        }
    }

    /// Takes in an observation and returns whether it told anything new.
    ///
    /// What is older than what is known is dropped, so that overlapping reads and events in any order do no harm.
    pub fn observe(&mut self, seen: &Observed) -> bool {
        let side = self.side_mut(seen.side);
        if side.id.is_some() && seen.at < side.at {
            return false;
        }
        let gone = seen.presence != Presence::Present;
        // A reading that began before our own write was over may show what the record held before it. Nothing is
        // lost by leaving it out: what we wrote comes back under a later stamp.
        // No reading takes so long that more than a few minutes lie between: then our clock was set back.
        let before_our_write = (0..LONGEST_READING_MS).contains(&side.written.since(seen.read));
        if !gone && before_our_write {
            return false;
        }
        let same_record = side.id.as_ref() == Some(&seen.id);
        if same_record && side.presence == seen.presence && (gone || side.values == seen.values) {
            return false;
        }
        side.id = Some(seen.id.clone());
        side.presence = seen.presence;
        let after_ms = seen.at.since(side.at);
        side.at = seen.at;
        if !gone {
            let before = std::mem::replace(&mut side.values, seen.values.clone());
            self.note_what_came_back(seen, &before, after_ms <= AT_ONCE_MS);
            if !seen.name.is_empty() {
                self.name = Arc::clone(&seen.name);
            }
        }
        self.rev += 1;
        true
    }

    /// Notes that the record on `side`, of which only the id was known, is not there.
    pub fn miss(&mut self, side: Side) {
        *self.side_mut(side) = Seen::default();
        self.rev += 1;
    }

    /// Follows the record on `side` into the one it was merged into, of which nothing is known yet but the id.
    pub fn follow(&mut self, side: Side, survivor: RemoteId) {
        *self.side_mut(side) = Seen { id: Some(survivor), ..Seen::default() };
        // The counterpart carries the key of the one that is gone.
        self.unsigned = Some(side.opposite());
        self.rev += 1;
    }

    /// Forgets all about the record on `side` but its id: the connection leads to another org now. Where that is a copy
    /// of the old one, the record is there under the same id; else it is not there, and nothing may follow from that.
    pub fn estrange(&mut self, side: Side) {
        let id = self.side(side).id.clone();
        *self.side_mut(side) = Seen { id, ..Seen::default() };
        self.base = None;
        self.removed = None;
        self.replaced.clear();
        self.rev += 1;
    }

    /// Notes the id of the record on `side` before it was ever seen.
    pub fn expect(&mut self, side: Side, id: RemoteId) {
        self.side_mut(side).id = Some(id);
    }

    fn note_what_came_back(&mut self, seen: &Observed, before: &[Value], at_once: bool) {
        let now = seen.read;
        self.replaced.retain(|old| now.since(old.at) < FLIP_WINDOW_MS);
        for old in &mut self.replaced {
            old.back.retain(|back| now.since(*back) < FLIP_WINDOW_MS);
        }
        for (field, value) in (0u16..).zip(&seen.values) {
            let at = usize::from(field);
            if before.get(at) == Some(value) {
                continue;
            }
            // Both sides agreed on it: then it is what was written.
            let agreed = self.base.as_ref().and_then(|base| base.get(at)) == before.get(at);
            let mine = |old: &&mut Replaced| old.side == seen.side && old.field == field;
            let mut known: Vec<&mut Replaced> = self.replaced.iter_mut().filter(mine).collect();
            let last = known.iter().map(|old| old.at).max();
            if !agreed && last.is_some_and(|last| now.since(last) > AT_ONCE_MS) {
                // Ours did not stand there and was not written lately: nobody answers it.
                for old in known {
                    old.back.clear();
                }
                continue;
            }
            let same = known.iter().position(|old| old.was == *value);
            let newest = known.iter().position(|old| at_once && agreed && Some(old.at) == last);
            if let Some(old) = same.or(newest).and_then(|at| known.get_mut(at)) {
                old.back.push(now);
            }
        }
    }

    /// Notes what a write of ours is about to replace.
    pub fn replace(&mut self, side: Side, changes: &[(u16, Value)], now: Stamp) {
        self.replaced.retain(|old| now.since(old.at) < FLIP_WINDOW_MS);
        for (field, _) in changes {
            let was = self.side(side).values.get(usize::from(*field)).cloned().unwrap_or_default();
            let known = self
                .replaced
                .iter()
                .position(|old| old.side == side && old.field == *field && old.was == was);
            match known.and_then(|at| self.replaced.get_mut(at)) {
                Some(old) => old.at = now,
                None => self.replaced.push(Replaced { side, field: *field, was, at: now, back: Vec::new() }),
            }
        }
    }

    /// Returns a field whose value keeps coming back on `side` although syncdeck replaced it: a person does that once
    /// or twice, an automation for ever. The last write came after a rest, so that nothing but that write was answered.
    pub fn flipping(&self, side: Side) -> Option<u16> {
        let mine = self.replaced.iter().filter(|old| old.side == side);
        mine.map(|old| old.field)
            .find(|field| self.returns(side, *field).count() > FLIPS && self.is_proven(side, *field))
    }

    /// Returns until when nothing is written, because the next write would prove a loop or that there is none.
    pub fn rests_until(&self) -> Option<Stamp> {
        let near = |old: &&Replaced| {
            self.returns(old.side, old.field).count() >= FLIPS && !self.is_proven(old.side, old.field)
        };
        let last = |old: &Replaced| self.returns(old.side, old.field).max();
        self.replaced.iter().filter(near).filter_map(last).max().map(|last| last.plus(REST_MS))
    }

    /// Whether the last return answered a write before which the field had been left alone for a while.
    fn is_proven(&self, side: Side, field: u16) -> bool {
        let mut returns: Vec<Stamp> = self.returns(side, field).collect();
        returns.sort_unstable();
        let [.., before, last] = returns.as_slice() else { return false };
        let mine = self.replaced.iter().filter(|old| old.side == side && old.field == field);
        let write = mine.map(|old| old.at).filter(|at| at <= last).max();
        write.is_some_and(|write| write.since(*before) >= REST_MS)
    }

    /// When what syncdeck wrote into a field was replaced in its turn.
    fn returns(&self, side: Side, field: u16) -> impl Iterator<Item = Stamp> {
        let mine = self.replaced.iter().filter(move |old| old.side == side && old.field == field);
        mine.flat_map(|old| old.back.iter().copied())
    }

    /// Notes that both sides now agree on `changes`.
    pub fn agree(&mut self, written: Side, changes: &[(u16, Value)]) {
        let width = self.width();
        self.agree_base(changes);
        set(&mut self.side_mut(written).values, width, changes);
    }

    /// Notes that a person had something else written on `side` than the source holds: the source keeps its value, and
    /// that is no reason to write it again.
    pub fn leave_source(&mut self, side: Side, edits: &[(u16, Value)]) {
        let source = self.side(side.opposite()).values.clone();
        let kept: Vec<(u16, Value)> = edits
            .iter()
            .filter_map(|(field, _)| Some((*field, source.get(usize::from(*field))?.clone())))
            .collect();
        if !kept.is_empty() {
            self.agree_base(&kept);
        }
    }

    /// Notes what both sides once agreed on, where it is known what the written side has held since.
    pub fn agree_base(&mut self, changes: &[(u16, Value)]) {
        let width = self.width();
        set(self.base.get_or_insert_default(), width, changes);
    }

    fn width(&self) -> usize {
        self.salesforce.values.len().max(self.other.values.len())
    }
}

fn set(values: &mut Vec<Value>, width: usize, changes: &[(u16, Value)]) {
    values.resize(width, Value::Null);
    for (at, value) in changes {
        if let Some(slot) = values.get_mut(usize::from(*at)) {
            slot.clone_from(value);
        }
    }
}

#[cfg(test)]
mod tests;
