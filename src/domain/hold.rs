//! The end of a held conflict: a person has said which side is right.

use super::id::Side;
use super::link::{Link, Presence};
use super::value::Value;

/// Decides a conflict over `fields` in favour of the record on `kept`, and returns what the other one loses.
///
/// The loser's values become what both sides once agreed on: the planner then finds that only the kept side has
/// changed, and carries it across like any other change.
pub fn keep(link: &mut Link, fields: &[u16], kept: Side) -> Vec<(u16, Value)> {
    let loser = kept.opposite();
    let values = link.side(loser).values.clone();
    let of = |at: u16| values.get(usize::from(at)).cloned().unwrap_or_default();
    let mut lost: Vec<(u16, Value)> = fields.iter().map(|at| (*at, of(*at))).collect();
    match (link.side(kept).presence, link.side(loser).presence) {
        (Presence::Present, Presence::Present) => {
            let base: Vec<(u16, Value)> = lost.clone();
            link.agree_base(&base);
        }
        // The other record was deleted: the kept one stays, alone.
        (Presence::Present, _) => {
            link.base = None;
            lost.clear();
        }
        // The deletion is right: there is no edit any more that speaks against it.
        _ => link.base = Some(values),
    }
    link.rev += 1;
    lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{LinkSetId, RecipeId};
    use crate::domain::ledger::Action;
    use crate::domain::link::Observed;
    use crate::domain::plan::{Policy, Verdict, plan};
    use crate::domain::recipe::{Conflicts, Deletion};
    use crate::domain::time::Stamp;

    fn seen(side: Side, values: [&str; 2]) -> Observed {
        Observed {
            set: LinkSetId(1),
            side,
            id: "1".into(),
            presence: Presence::Present,
            at: Stamp(1),
            read: Stamp(1),
            name: "n".into(),
            values: values.map(Value::text).into(),
            admitted: true,
            origin: None,
            survivor: None,
            heirs: Vec::new(),
        }
    }

    fn held() -> (Link, Policy) {
        let mut link = Link::first(&seen(Side::Salesforce, ["a", "same"]));
        link.observe(&seen(Side::Other, ["b", "same"]));
        link.base = Some(["old", "same"].map(Value::text).into());
        let policy = Policy {
            to_other: Some(RecipeId(1)),
            to_salesforce: Some(RecipeId(2)),
            conflicts: Conflicts::Hold,
            deletion: Deletion::Delete,
            groups: vec![None; 2],
        };
        (link, policy)
    }

    #[test]
    fn the_kept_value_is_carried_across_and_the_other_is_told() {
        for (kept, value, loser) in [(Side::Salesforce, "a", "b"), (Side::Other, "b", "a")] {
            let (mut link, policy) = held();
            assert_eq!(plan(&link, &policy), Verdict::Hold(vec![0]));
            assert_eq!(keep(&mut link, &[0], kept), [(0, Value::text(loser))]);
            let Verdict::Do(operation) = plan(&link, &policy) else { panic!("{:?}", plan(&link, &policy)) };
            assert_eq!((operation.side, operation.changes), (kept.opposite(), vec![(0, Value::text(value))]));
        }
    }

    #[test]
    fn a_deletion_against_an_edit_has_two_ends() {
        let gone = |mut link: Link| {
            link.other.presence = Presence::Deleted;
            link
        };
        let (link, policy) = held();
        let mut link = gone(link);
        assert_eq!(plan(&link, &policy), Verdict::Hold(vec![0]));
        assert_eq!(keep(&mut link, &[0], Side::Other), [(0, Value::text("a"))]);
        let Verdict::Do(operation) = plan(&link, &policy) else { panic!("{:?}", plan(&link, &policy)) };
        assert_eq!((operation.side, operation.action), (Side::Salesforce, Action::Deleted));
        let mut link = gone(held().0);
        assert!(keep(&mut link, &[0], Side::Salesforce).is_empty());
        assert_eq!(plan(&link, &policy), Verdict::InStep, "it stays, and nothing comes back");
    }

    #[test]
    fn an_end_is_a_new_revision() {
        let (mut link, _) = held();
        link.rev = 5;
        keep(&mut link, &[0], Side::Other);
        assert_eq!(link.rev, 6, "what was announced before is not called");
    }
}
