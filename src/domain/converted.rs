//! Leads that were converted: what follows for the item of a lead that lives on as other records.
//!
//! The lead itself is still there, only closed to changes. So a conversion is no deletion:
//!
//! * Takes another recipe of the account the contact (or the account, or the opportunity) into the same container, and
//!   has that record no item of its own, the link **goes over**: the item follows the heir from then on, and nothing
//!   is made a second time.
//! * Else the item **stays** as the lead's. What the conversion itself did to the lead still reaches it; what people
//!   write into it can no longer reach the lead, which is told once and is no error.
//!
//! Either way a line of the ledger says into which records the lead was turned.

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::id::{ObjectName, RemoteId, Side};
use super::link::{Link, Presence};
use super::value::Value;

/// The code of what follows from a conversion.
pub const CONVERTED: &str = "CONVERTED";

/// How Salesforce refuses to change a lead that was converted.
const CLOSED: &str = "CANNOT_UPDATE_CONVERTED_LEAD";

/// A record into which another one was turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    /// Its object.
    pub object: ObjectName,
    /// Its id.
    pub id: RemoteId,
}

/// What has become of the link of a converted lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Course {
    /// It is decided once no call is under way.
    Open,
    /// The item stays the lead's.
    Stays,
    /// The item follows an heir, in another link.
    Went,
}

/// That a lead was converted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// Into what: contact, account, opportunity.
    pub heirs: Vec<Heir>,
    /// What became of the link.
    pub course: Course,
    /// Whether it was told that edits of the item no longer reach the lead.
    pub told: bool,
}

impl Link {
    /// Notes that the lead was converted; returns whether that is news.
    pub fn convert(&mut self, heirs: &[Heir]) -> bool {
        if heirs.is_empty() || self.converted.is_some() {
            return false;
        }
        self.converted = Some(Converted { heirs: heirs.to_vec(), course: Course::Open, told: false });
        self.rev += 1;
        true
    }

    /// Returns whether nobody has decided yet what becomes of the link of a converted lead.
    pub fn is_at_a_fork(&self) -> bool {
        self.converted.as_ref().is_some_and(|converted| converted.course == Course::Open)
    }

    /// Returns the fields that people changed in the item of a converted lead, where that has not been told yet.
    pub fn edited_in_vain(&self) -> Vec<u16> {
        let open = |converted: &Converted| converted.course == Course::Stays && !converted.told;
        let (Some(base), true) = (&self.base, self.converted.as_ref().is_some_and(open)) else {
            return Vec::new();
        };
        if self.other.presence != Presence::Present {
            return Vec::new();
        }
        let at = |values: &[Value], at: usize| values.get(at).cloned().unwrap_or_default();
        let edited = |(field, value): (u16, &Value)| {
            let (base, lead) =
                (at(base, usize::from(field)), at(&self.side(Side::Salesforce).values, usize::from(field)));
            (*value != base && *value != lead && !self.lacks(field)).then_some(field)
        };
        (0u16..).zip(&self.other.values).filter_map(edited).collect()
    }
}

/// Returns whether a refusal says that the record was converted.
pub fn says_so(failure: &Failure) -> bool {
    &*failure.code == CLOSED
}

#[cfg(test)]
mod tests {
    use super::*;

    use super::super::id::LinkSetId;
    use super::super::link::{Absent, Observed};
    use super::super::time::Stamp;

    fn values(texts: &[&str]) -> Vec<Value> {
        texts.iter().map(|text| Value::text(*text)).collect()
    }

    /// A converted lead whose item stays: one field edited in the item, one as it is in the lead, one untouched.
    fn stayed() -> Link {
        let mut link = Link::first(&Observed {
            set: LinkSetId(1),
            side: Side::Salesforce,
            id: "00Q1".into(),
            presence: Presence::Present,
            at: Stamp(1),
            read: Stamp(1),
            name: "Ana".into(),
            values: values(&["a", "b", "a"]),
            admitted: true,
            origin: None,
            survivor: None,
            heirs: vec![Heir { object: "Contact".into(), id: "0031".into() }],
        });
        link.base = Some(values(&["a", "a", "a"]));
        (link.other.presence, link.other.values) = (Presence::Present, values(&["x", "b", "a"]));
        let heirs = vec![Heir { object: "Contact".into(), id: "0031".into() }];
        link.converted = Some(Converted { heirs, course: Course::Stays, told: false });
        link
    }

    #[test]
    fn what_people_write_into_the_item_of_a_converted_lead_is_told_once() {
        assert_eq!(stayed().edited_in_vain(), [0]);
        let but = |change: fn(&mut Link)| {
            let mut link = stayed();
            change(&mut link);
            link.edited_in_vain()
        };
        assert_eq!(but(|link| link.converted.as_mut().unwrap().told = true), [0; 0], "told");
        for course in [Course::Open, Course::Went] {
            let mut link = stayed();
            link.converted.as_mut().unwrap().course = course;
            assert_eq!(link.edited_in_vain(), [0; 0], "{course:?}");
        }
        assert_eq!(but(|link| link.converted = None), [0; 0], "not converted");
        assert_eq!(but(|link| link.other.presence = Presence::Deleted), [0; 0], "nobody sees it");
        assert_eq!(but(|link| link.base = None), [0; 0], "nothing was agreed on");
        assert_eq!(
            but(|link| link.absent.push(Absent { field: 0, comes: true })),
            [0; 0],
            "not ours to tell"
        );
        assert_eq!(but(|link| link.other.values = values(&["x", "c", "d"])), [0, 1, 2]);
    }

    #[test]
    fn a_fork_is_where_nobody_has_decided() {
        let at = |course| {
            let mut link = stayed();
            link.converted = Some(Converted { heirs: Vec::new(), course, told: false });
            link.is_at_a_fork()
        };
        assert_eq!([Course::Open, Course::Stays, Course::Went].map(at), [true, false, false]);
        assert!(!Link { converted: None, ..stayed() }.is_at_a_fork());
    }

    #[test]
    fn one_refusal_alone_says_that_a_lead_was_converted() {
        use super::super::failure::{Class, Kind};
        let says = |code: &str| says_so(&Failure::new(Kind::Permanent, Class::Valid, code, ""));
        assert!(says(CLOSED) && !says("ENTITY_IS_DELETED"));
    }
}
