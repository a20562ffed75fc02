//! The lasting tie between a Salesforce record and its counterpart, and how an observation changes it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{ErrorId, LinkSetId, RemoteId, Side};
use super::plan::Operation;
use super::time::Stamp;
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
}

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
    /// What people call it.
    pub name: Arc<str>,
    /// Its mapped values in canonical form; empty for a deleted record.
    pub values: Vec<Value>,
    /// Whether it meets the recipe's condition. It matters only for a record that has no link yet: once
    /// taken in, all later changes follow.
    pub admitted: bool,
    /// The key of its origin, where the record carries one: the id on the opposite side.
    pub origin: Option<RemoteId>,
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
}

impl Pending {
    /// Returns the state of a link that has just become unsettled.
    pub fn new(now: Stamp) -> Self {
        Self { since: now, due: now, attempts: 0, intent: None, asked: None }
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
        }
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
        let same_record = side.id.as_ref() == Some(&seen.id);
        if same_record && side.presence == seen.presence && (gone || side.values == seen.values) {
            return false;
        }
        side.id = Some(seen.id.clone());
        side.presence = seen.presence;
        side.at = seen.at;
        if !gone {
            side.values.clone_from(&seen.values);
            if !seen.name.is_empty() {
                self.name = Arc::clone(&seen.name);
            }
        }
        self.rev += 1;
        true
    }

    /// Notes that both sides now agree on `changes`.
    pub fn agree(&mut self, written: Side, changes: &[(u16, Value)]) {
        let width = self.salesforce.values.len().max(self.other.values.len());
        let base = self.base.get_or_insert_with(|| vec![Value::Null; width]);
        let target = match written {
            Side::Salesforce => &mut self.salesforce.values,
            Side::Other => &mut self.other.values,
        };
        for values in [base, target] {
            values.resize(width, Value::Null);
            for (at, value) in changes {
                if let Some(slot) = values.get_mut(usize::from(*at)) {
                    slot.clone_from(value);
                }
            }
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
            name: "Ana".into(),
            values: vec![Value::text(value)],
            admitted: true,
            origin: None,
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

    #[test]
    fn a_deletion_keeps_the_last_values_and_comes_once() {
        let mut link = Link::first(&seen(10, "a"));
        let gone = Observed { presence: Presence::Deleted, values: Vec::new(), ..seen(20, "") };
        assert!(link.observe(&gone));
        assert_eq!(link.salesforce.values, [Value::text("a")]);
        assert!(!link.observe(&gone));
        assert!(link.observe(&seen(30, "a")), "an undelete is news although the values are the same");
    }
}
