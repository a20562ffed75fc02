//! Records that point to others: when a reference can be told on the other side, and what it waits for until then.
//!
//! A reference is compared by the Salesforce id of what it points to: an item's relation is told by the id of the
//! record that is tied to the item. So what is written comes back as what was written.
//!
//! * The parent has a counterpart: the reference is told like any other value.
//! * It can still get one: a child that has no counterpart itself **waits for its parent**, without a call and without
//!   an error. A child that has one goes on, and its reference follows.
//! * It waits, directly or not, for this very child: the child goes first, without the reference, which follows.
//! * It will never get one (deleted, taken in by no recipe, set aside by a person): the child goes without the
//!   reference, which says so in the ledger. If it pointed elsewhere before, the field on the other side is emptied: a
//!   wrong parent is worse than none. A field that is empty because the parent's counterpart is gone is no change: a
//!   reference that cannot be told is never taken for one that a person has cleared. Should the parent come after all,
//!   the reference follows.

use serde::{Deserialize, Serialize};

use super::id::{LinkId, LinkSetId, RemoteId, Side};
use super::link::{Link, Presence};
use super::time::Stamp;
use super::value::Value;

/// The code of a write from which a reference was left out.
pub const PARENT_MISSING: &str = "PARENT_MISSING";

/// Why a reference cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The parent has not been seen yet.
    Unseen,
    /// The parent is about to get its counterpart.
    Due,
    /// The parent's counterpart was refused, and a person has to see to that.
    Failing,
    /// The parent waits for this record in its turn.
    Cycle,
    /// The parent is gone, or no recipe takes it in.
    Never,
}

impl Why {
    /// Returns the word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unseen => "parent_not_seen",
            Self::Due => "parent_due",
            Self::Failing => "parent_failing",
            Self::Cycle => "cycle",
            Self::Never => "no_parent",
        }
    }

    /// Returns whether it is worth waiting for.
    pub fn may_come(self) -> bool {
        matches!(self, Self::Unseen | Self::Due | Self::Failing)
    }
}

/// One reference that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The field, by its position in the mapping.
    pub field: u16,
    /// The side on which the reference stands.
    pub side: Side,
    /// What it points to there.
    pub parent: RemoteId,
    /// The parent's link, once it has one.
    pub link: Option<(LinkSetId, LinkId)>,
    /// Why it cannot be told.
    pub why: Why,
}

/// The references of a link that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Whether nothing is done about the link before a parent has come.
    pub blocked: bool,
    /// Each of them.
    pub all: Vec<Wait>,
}

impl Waits {
    /// Returns whether one of the parents may still come.
    pub fn waiting(&self) -> bool {
        self.all.iter().any(|wait| wait.why.may_come())
    }
}

/// What is known of a parent.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its link.
    pub link: &'a Link,
    /// Whether it is still to be done.
    pub pending: bool,
    /// Whether an error waits on it, and a person has not set it aside.
    pub failing: bool,
    /// Whether it waits for the child.
    pub circular: bool,
}

/// Returns what the reference in `field` of `link` says on `side`, where that has to be told on the other side: it
/// changed, or the other side has lost it.
pub fn to_be_told(link: &Link, field: u16, side: Side) -> Option<RemoteId> {
    let at = usize::from(field);
    let value = |side: Side| {
        let seen = link.side(side);
        let there = seen.presence == Presence::Present;
        seen.values.get(at).filter(|_| there).and_then(Value::as_text)
    };
    let (here, there) = (value(side)?, value(side.opposite()));
    let unchanged = link.base.as_ref().and_then(|base| base.get(at)).and_then(Value::as_text) == Some(here);
    let told = there == Some(here) || (unchanged && there.is_some());
    (!told).then(|| here.into())
}

/// Returns whether nothing of `link` lies on the other side yet, so that it would be made without its reference.
pub fn is_alone(link: &Link, side: Side) -> bool {
    let seen = link.side(side.opposite());
    match seen.presence {
        Presence::Present => false,
        // Its counterpart is known by id, and is looked at first.
        Presence::Unknown => seen.id.is_none(),
        Presence::Deleted | Presence::Archived => true,
    }
}

/// Returns why a reference of `side` to a parent cannot be told; `None` when it can.
pub fn why(side: Side, parent: Option<Known<'_>>, may_be_seen: bool) -> Option<Why> {
    let Some(Known { link, pending, failing, circular }) = parent else {
        return Some(if may_be_seen { Why::Unseen } else { Why::Never });
    };
    let counterpart = link.side(side.opposite());
    let gone = |presence| matches!(presence, Presence::Deleted | Presence::Archived);
    if counterpart.id.is_some() && counterpart.presence == Presence::Present {
        return None;
    }
    Some(if gone(link.side(side).presence) || gone(counterpart.presence) {
        Why::Never
    } else if circular {
        Why::Cycle
    } else if failing {
        Why::Failing
    } else if pending {
        Why::Due
    } else {
        Why::Never
    })
}

/// Returns whether a stream that was read up to `read` may still show what was there at `at`.
pub fn may_be_seen(read: Option<Stamp>, at: Stamp) -> bool {
    read.is_none_or(|read| read <= at)
}

/// Returns whether a reference on the other side is told by a Salesforce id already. Ids of other systems are shorter.
pub fn is_common(id: &RemoteId) -> bool {
    let id = id.as_str();
    id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::link::Observed;

    fn seen(side: Side, value: &str) -> Observed {
        Observed {
            set: LinkSetId(1),
            side,
            id: "1".into(),
            presence: Presence::Present,
            at: Stamp(1),
            read: Stamp(1),
            name: "n".into(),
            values: vec![Value::text(value)],
            admitted: true,
            origin: None,
            survivor: None,
            heirs: Vec::new(),
        }
    }

    #[test]
    fn only_what_changed_or_was_lost_is_to_be_told() {
        let mut link = Link::first(&seen(Side::Salesforce, "a"));
        let told = |link: &Link, side| to_be_told(link, 0, side).map(|id| id.to_string());
        assert_eq!(told(&link, Side::Salesforce).as_deref(), Some("a"));
        assert_eq!(told(&link, Side::Other), None);
        link.observe(&seen(Side::Other, "a"));
        assert_eq!(told(&link, Side::Salesforce), None);
        link.agree_base(&[(0, Value::text("a"))]);
        link.observe(&Observed { at: Stamp(2), ..seen(Side::Other, "b") });
        assert_eq!(told(&link, Side::Salesforce), None, "it is the other side that changed");
        assert_eq!(told(&link, Side::Other).as_deref(), Some("b"));
        // An item of which the relation is empty because the other item was deleted.
        link.observe(&Observed { at: Stamp(3), ..seen(Side::Other, "") });
        assert_eq!(told(&link, Side::Salesforce).as_deref(), Some("a"));
    }

    fn known(link: &Link, pending: bool, failing: bool, circular: bool) -> Option<Why> {
        why(Side::Salesforce, Some(Known { link, pending, failing, circular }), true)
    }

    #[test]
    fn a_parent_is_waited_for_as_long_as_it_may_come() {
        let side = Side::Salesforce;
        assert_eq!(why(side, None, true), Some(Why::Unseen));
        assert_eq!(why(side, None, false), Some(Why::Never));
        let mut link = Link::first(&seen(side, "a"));
        assert_eq!(known(&link, true, false, false), Some(Why::Due));
        assert_eq!(known(&link, false, true, false), Some(Why::Failing));
        assert_eq!(known(&link, true, true, true), Some(Why::Cycle));
        assert_eq!(known(&link, false, false, false), Some(Why::Never), "nothing is made of it");
        link.observe(&seen(Side::Other, "a"));
        assert_eq!(known(&link, true, true, false), None);
        link.other.presence = Presence::Deleted;
        assert_eq!(known(&link, true, true, false), Some(Why::Never));
    }

    #[test]
    fn only_what_may_come_is_waited_for() {
        use Why::{Cycle, Due, Failing, Never, Unseen};
        let all = [Unseen, Due, Failing, Cycle, Never];
        assert_eq!(all.map(Why::may_come), [true, true, true, false, false]);
        let words = ["parent_not_seen", "parent_due", "parent_failing", "cycle", "no_parent"];
        assert_eq!(all.map(Why::name), words);
        let wait = |why| Wait { field: 0, side: Side::Other, parent: "1".into(), link: None, why };
        let waiting = |whys: &[Why]| {
            Waits { blocked: true, all: whys.iter().map(|why| wait(*why)).collect() }.waiting()
        };
        assert!(waiting(&[Never, Due]) && !waiting(&[Never, Cycle]) && !waiting(&[]));
    }

    #[test]
    fn who_has_no_counterpart_is_alone() {
        let mut link = Link::first(&seen(Side::Salesforce, "a"));
        assert!(is_alone(&link, Side::Salesforce) && !is_alone(&link, Side::Other));
        link.other.id = Some("item".into());
        assert!(!is_alone(&link, Side::Salesforce), "it is looked at first");
        for gone in [Presence::Deleted, Presence::Archived] {
            link.other.presence = gone;
            assert!(is_alone(&link, Side::Salesforce), "{gone:?}");
        }
    }

    #[test]
    fn a_stream_shows_what_was_there_before_it_was_read() {
        let may = |read: Option<i64>| may_be_seen(read.map(Stamp), Stamp(10));
        assert_eq!([None, Some(9), Some(10), Some(11)].map(may), [true, true, true, false]);
    }

    #[test]
    fn a_salesforce_id_has_eighteen_letters_and_digits() {
        let common = |id: &str| is_common(&id.into());
        assert!(common("001Ab00000XyZ12IAE"));
        assert!(!common("9876543210") && !common("001Ab00000XyZ12IA") && !common("001Ab00000XyZ12-AE"));
    }
}
