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
mod tests {
    use super::*;

    fn seen(at: i64, value: &str) -> Observed {
        Observed {
            set: LinkSetId(1),
            side: Side::Salesforce,
            id: "00Q1".into(),
            presence: Presence::Present,
            at: Stamp(at),
            read: Stamp(at + 1),
            name: "Ana".into(),
            values: vec![Value::text(value)],
            admitted: true,
            origin: None,
            survivor: None,
            heirs: Vec::new(),
        }
    }

    #[test]
    fn the_same_record_read_twice_is_nothing_new() {
        let mut link = Link::first(&seen(10, "a"));
        assert!(!link.observe(&seen(10, "a")));
        assert!(!link.observe(&seen(12, "a")), "only its stamp moved: no mapped change");
        assert!(link.observe(&seen(12, "b")));
        assert!(!link.observe(&seen(11, "a")), "older than what is known");
    }

    /// An intent made before is of another revision then, and is not called.
    #[test]
    fn whatever_happens_to_a_link_is_a_new_revision() {
        let mut link = Link::first(&seen(10, "a"));
        link.rev = 5;
        link.miss(Side::Other);
        assert_eq!(link.rev, 6);
        link.follow(Side::Salesforce, "00Q2".into());
        assert_eq!((link.rev, link.side(Side::Salesforce).id.clone()), (7, Some("00Q2".into())));
        let heir = Heir { object: "Contact".into(), id: "003".into() };
        assert!(!link.convert(&[]) && link.rev == 7, "into nothing is no conversion");
        assert!(link.convert(std::slice::from_ref(&heir)) && link.rev == 8);
        assert!(!link.convert(&[heir]) && link.rev == 8, "told once");
    }

    #[test]
    fn what_was_read_before_our_own_write_ended_is_no_news() {
        let mut link = Link::first(&seen(10, "a"));
        link.agree(Side::Salesforce, &[(0, Value::text("ours"))]);
        link.salesforce.written = Stamp(20);
        assert!(
            !link.observe(&Observed { read: Stamp(19), ..seen(10, "a") }),
            "it may be what stood there before"
        );
        assert!(link.observe(&Observed { read: Stamp(21), ..seen(10, "a") }), "somebody put it back");
    }

    #[test]
    fn what_keeps_coming_back_flips() {
        let mut link = Link::first(&seen(0, "theirs"));
        let mut at = 0;
        for round in 1..6 {
            assert_eq!(link.flipping(Side::Salesforce), (round > 4).then_some(0), "round {round}");
            at = link.rests_until().map_or(at + 100, |until| until.0);
            let ours = [(0, Value::text("ours"))];
            link.replace(Side::Salesforce, &ours, Stamp(at));
            link.agree(Side::Salesforce, &ours);
            assert!(link.observe(&seen(at + 50, "theirs")));
        }
        // So does what is something else each time, if it comes at once.
        for (wait, flips) in [(1_000, true), (60_000, false)] {
            let mut link = Link::first(&seen(0, "theirs"));
            for round in 1..6 {
                let at = round * 100_000;
                let ours = [(0, Value::text(format!("ours {round}")))];
                link.replace(Side::Salesforce, &ours, Stamp(at));
                link.agree(Side::Salesforce, &ours);
                link.salesforce.at = Stamp(at);
                assert!(link.observe(&seen(at + wait, &format!("theirs {round}"))));
            }
            assert_eq!(link.flipping(Side::Salesforce).is_some(), flips);
        }
        // Before the write that proves it, the link rests; what changes meanwhile is somebody's own doing.
        let mut link = Link::first(&seen(0, "theirs"));
        let (mut at, mut rests) = (0, 0);
        for round in 1..12 {
            at += 2_000;
            if let Some(until) = link.rests_until() {
                rests += 1;
                at = until.0 - 2_000;
                assert!(link.observe(&seen(at, &format!("while it rests {round}"))));
                assert_eq!(link.rests_until(), None);
                at += 100;
            }
            let ours = [(0, Value::text(format!("ours {round}")))];
            link.replace(Side::Salesforce, &ours, Stamp(at));
            link.agree(Side::Salesforce, &ours);
            link.salesforce.at = Stamp(at);
            assert!(link.observe(&seen(at + 500, &format!("theirs {round}"))));
            assert_eq!(link.flipping(Side::Salesforce), None, "round {round}");
        }
        assert_eq!(rests, 3);
        // A person who changes the source as often is none.
        let mut link = Link::first(&seen(0, "a"));
        for round in 1..9 {
            assert!(link.observe(&seen(round * 100, if round % 2 == 0 { "a" } else { "b" })));
        }
        assert_eq!(link.flipping(Side::Salesforce), None);
    }

    #[test]
    fn a_deletion_keeps_the_last_values_and_comes_once() {
        let mut link = Link::first(&seen(10, "a"));
        let gone = Observed { presence: Presence::Deleted, values: Vec::new(), ..seen(20, "") };
        assert!(link.observe(&gone));
        assert_eq!(link.salesforce.values, [Value::text("a")]);
        assert!(!link.observe(&gone));
        assert!(link.observe(&seen(30, "a")), "an undelete is news although the values are the same");
    }

    #[test]
    fn what_was_replaced_is_remembered_for_as_long_as_the_window_and_no_longer() {
        let replaced = |at| {
            let mut link = Link::first(&seen(0, "theirs"));
            link.replace(Side::Salesforce, &[(0, Value::text("ours"))], Stamp(at));
            link
        };
        for (at, kept) in [(FLIP_WINDOW_MS - 1, 1), (FLIP_WINDOW_MS, 0)] {
            let mut written = replaced(0);
            written.replace(Side::Other, &[], Stamp(at));
            assert_eq!(written.replaced.len(), kept, "by a write at {at}");
            let mut read = replaced(0);
            // What is read is known one millisecond later.
            read.note_what_came_back(&seen(at - 1, "x"), &[Value::text("x")], false);
            assert_eq!(read.replaced.len(), kept, "by a reading at {at}");
            // It came back at 0, and was replaced once more since.
            let mut again = replaced(5);
            again.replaced[0].back.push(Stamp(0));
            again.note_what_came_back(&seen(at - 1, "x"), &[Value::text("x")], false);
            assert_eq!(again.returns(Side::Salesforce, 0).count(), kept, "of what came back, at {at}");
        }
    }
}
