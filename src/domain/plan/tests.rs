use proptest::prelude::*;

use super::*;
use crate::domain::id::LinkSetId;
use crate::domain::time::Stamp;

fn seen(id: &str, presence: Presence, at: i64, values: &[&str]) -> Seen {
    Seen {
        id: (presence != Presence::Unknown).then(|| id.into()),
        presence,
        at: Stamp(at),
        values: values.iter().map(Value::text).collect(),
        written: Stamp::ZERO,
    }
}

fn link(a: Seen, b: Seen, base: Option<&[&str]>) -> Link {
    Link {
        set: LinkSetId(1),
        rev: 1,
        name: "n".into(),
        salesforce: a,
        other: b,
        base: base.map(|values| values.iter().map(Value::text).collect()),
        error: None,
        removed: None,
        replaced: Vec::new(),
        unsigned: None,
    }
}

fn both(conflicts: Conflicts, width: usize) -> Policy {
    Policy {
        to_other: Some(RecipeId(1)),
        to_salesforce: Some(RecipeId(2)),
        conflicts,
        deletion: Deletion::Delete,
        groups: vec![None; width],
    }
}

/// Does what a verdict says, as a perfect remote would; returns whether anything was written.
fn carry_out(link: &mut Link, verdict: &Verdict) -> bool {
    match verdict {
        Verdict::InStep | Verdict::Hold(_) | Verdict::Look(_) => false,
        Verdict::Adopt(changes) => {
            link.agree(Side::Other, changes);
            false
        }
        Verdict::Do(operation) => {
            let side = link.side_mut(operation.side);
            match operation.action {
                Action::Created => {
                    side.id = Some("new".into());
                    side.presence = Presence::Present;
                    side.values.clear();
                    link.base = None;
                    link.removed = None;
                    link.agree(operation.side, &operation.changes);
                }
                Action::Deleted => {
                    side.presence = Presence::Deleted;
                    link.removed = Some(operation.side);
                }
                Action::Archived => {
                    side.presence = Presence::Archived;
                    link.removed = Some(operation.side);
                }
                _ => link.agree(operation.side, &operation.changes),
            }
            true
        }
    }
}

#[test]
fn changes_of_different_fields_merge() {
    let mut link = link(
        seen("a", Presence::Present, 1, &["new", "x"]),
        seen("b", Presence::Present, 2, &["old", "y"]),
        Some(&["old", "x"]),
    );
    let policy = both(Conflicts::SalesforceWins, 2);
    for _ in 0..2 {
        let verdict = plan(&link, &policy);
        assert!(carry_out(&mut link, &verdict));
    }
    assert_eq!(plan(&link, &policy), Verdict::InStep);
    assert_eq!(link.salesforce.values, ["new", "y"].map(Value::text));
    assert_eq!(link.other.values, link.salesforce.values);
}

#[test]
fn the_same_field_goes_by_policy_and_the_loser_is_kept() {
    for (conflicts, side, lost) in [
        (Conflicts::SalesforceWins, Side::Other, "b"),
        (Conflicts::OtherWins, Side::Salesforce, "a"),
        (Conflicts::NewestWins, Side::Salesforce, "a"),
    ] {
        let link = link(
            seen("a", Presence::Present, 1, &["a"]),
            seen("b", Presence::Present, 2, &["b"]),
            Some(&["old"]),
        );
        let Verdict::Do(operation) = plan(&link, &both(conflicts, 1)) else { panic!("{conflicts:?}") };
        assert_eq!((operation.side, operation.lost), (side, vec![(0, Value::text(lost))]), "{conflicts:?}");
    }
}

#[test]
fn what_the_remote_made_of_our_own_write_is_no_edit_of_a_person() {
    for conflicts in [Conflicts::SalesforceWins, Conflicts::Hold] {
        let echo = |other: &str| {
            link(
                seen("a", Presence::Present, 3, &["Vice President"]),
                seen("b", Presence::Present, 2, &[other]),
                Some(&["vice  president"]),
            )
        };
        let Verdict::Do(operation) = plan(&echo("chief"), &both(conflicts, 1)) else {
            panic!("{conflicts:?}")
        };
        assert_eq!((operation.side, operation.changes), (Side::Salesforce, vec![(0, Value::text("chief"))]));
        let Verdict::Do(operation) = plan(&echo("vice  president"), &both(conflicts, 1)) else { panic!() };
        assert_eq!(operation.side, Side::Other, "it is carried over as long as nobody edits there");
    }
}

#[test]
fn a_group_merges_as_one() {
    let link = link(
        seen("a", Presence::Present, 1, &["Rome", "IT"]),
        seen("b", Presence::Present, 2, &["Paris", "FR"]),
        Some(&["Paris", "IT"]),
    );
    let mut policy = both(Conflicts::SalesforceWins, 2);
    policy.groups = vec![Some(0), Some(0)];
    let Verdict::Do(operation) = plan(&link, &policy) else { panic!() };
    assert_eq!(operation.changes, [(0, Value::text("Rome")), (1, Value::text("IT"))], "never Rome in France");
}

#[test]
fn one_way_leaves_drift_alone_and_follows_the_source() {
    let mut policy = both(Conflicts::SalesforceWins, 1);
    policy.to_salesforce = None;
    let drifted = link(
        seen("a", Presence::Present, 1, &["x"]),
        seen("b", Presence::Present, 2, &["drift"]),
        Some(&["x"]),
    );
    assert_eq!(plan(&drifted, &policy), Verdict::InStep);
}

#[test]
fn deletions() {
    use Presence::{Archived, Deleted, Present, Unknown};
    let table = [
        // A, B, edited on B, deletion, conflicts, outcome
        (
            Deleted,
            Present,
            false,
            Deletion::Delete,
            Conflicts::SalesforceWins,
            Some((Side::Other, Action::Deleted)),
        ),
        (
            Deleted,
            Present,
            false,
            Deletion::Archive,
            Conflicts::SalesforceWins,
            Some((Side::Other, Action::Archived)),
        ),
        (Deleted, Present, false, Deletion::Keep, Conflicts::SalesforceWins, None),
        (
            Deleted,
            Present,
            true,
            Deletion::Delete,
            Conflicts::SalesforceWins,
            Some((Side::Other, Action::Deleted)),
        ),
        (Deleted, Present, true, Deletion::Delete, Conflicts::OtherWins, None),
        (
            Present,
            Deleted,
            false,
            Deletion::Delete,
            Conflicts::SalesforceWins,
            Some((Side::Salesforce, Action::Deleted)),
        ),
        (Present, Deleted, false, Deletion::Archive, Conflicts::SalesforceWins, None),
        (Present, Archived, false, Deletion::Delete, Conflicts::SalesforceWins, None),
        (Deleted, Unknown, false, Deletion::Delete, Conflicts::SalesforceWins, None),
        (Deleted, Deleted, false, Deletion::Delete, Conflicts::SalesforceWins, None),
    ];
    for (a, b, edited, deletion, conflicts, expected) in table {
        let link =
            link(seen("a", a, 1, &["x"]), seen("b", b, 2, &[if edited { "y" } else { "x" }]), Some(&["x"]));
        let policy = Policy { deletion, ..both(conflicts, 1) };
        let got = match plan(&link, &policy) {
            Verdict::Do(operation) => Some((operation.side, operation.action)),
            _ => None,
        };
        assert_eq!(got, expected, "{a:?} {b:?} edited={edited} {deletion:?} {conflicts:?}");
    }
}

#[test]
fn an_undelete_brings_back_what_we_removed_and_nothing_else() {
    let mut gone =
        link(seen("a", Presence::Present, 3, &["x"]), seen("b", Presence::Deleted, 2, &["x"]), Some(&["x"]));
    let mut policy = both(Conflicts::SalesforceWins, 1);
    policy.to_salesforce = None;
    assert_eq!(plan(&gone, &policy), Verdict::InStep, "a person deleted it there");
    gone.removed = Some(Side::Other);
    assert!(matches!(plan(&gone, &policy), Verdict::Do(Operation { action: Action::Created, .. })));
}

fn any_seen() -> impl Strategy<Value = Seen> {
    let presence = prop_oneof![
        4 => Just(Presence::Present), 1 => Just(Presence::Deleted), 1 => Just(Presence::Archived),
        1 => Just(Presence::Unknown)
    ];
    (presence, 0i64..4, proptest::collection::vec("[abc]?", 3)).prop_map(|(presence, at, values)| {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        seen("id", presence, at, &values)
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let conflicts = prop_oneof![
        Just(Conflicts::SalesforceWins),
        Just(Conflicts::OtherWins),
        Just(Conflicts::NewestWins),
        Just(Conflicts::Hold)
    ];
    let deletion = prop_oneof![Just(Deletion::Delete), Just(Deletion::Archive), Just(Deletion::Keep)];
    let groups = proptest::collection::vec(prop_oneof![Just(None), Just(Some(1))], 3);
    (any::<bool>(), any::<bool>(), conflicts, deletion, groups).prop_map(
        |(out, back, conflicts, deletion, groups)| Policy {
            to_other: out.then_some(RecipeId(1)),
            to_salesforce: back.then_some(RecipeId(2)),
            conflicts,
            deletion,
            groups,
        },
    )
}

fn any_link() -> impl Strategy<Value = Link> {
    let base = proptest::option::of(proptest::collection::vec("[abc]?".prop_map(Value::text), 3));
    (any_seen(), any_seen(), base).prop_map(|(a, b, base)| Link { base, ..link(a, b, None) })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Total, pure, and convergent: carried out a few times, nothing is left to do.
    #[test]
    fn carried_out_a_plan_leaves_nothing_to_do(start in any_link(), policy in any_policy()) {
        let mut link = start;
        for _ in 0..4 {
            let verdict = plan(&link, &policy);
            prop_assert_eq!(&verdict, &plan(&link, &policy));
            carry_out(&mut link, &verdict);
        }
        let verdict = plan(&link, &policy);
        prop_assert!(matches!(verdict, Verdict::InStep | Verdict::Hold(_)), "{:?}", verdict);
        let two_way = policy.to_other.is_some() && policy.to_salesforce.is_some();
        let present = link.salesforce.presence == Presence::Present && link.other.presence == Presence::Present;
        if two_way && present && verdict == Verdict::InStep {
            prop_assert_eq!(&link.salesforce.values, &link.other.values);
        }
    }

    /// Nothing is written to a side that no recipe writes to.
    #[test]
    fn only_what_a_recipe_writes_is_written(link in any_link(), policy in any_policy()) {
        if let Verdict::Do(operation) = plan(&link, &policy) {
            prop_assert!(policy.recipe(operation.side).is_some());
        }
    }

    /// An edit is never lost in silence: a value that differs from the base and does not survive is in `lost`.
    #[test]
    fn a_value_that_loses_is_named(link in any_link(), mut policy in any_policy()) {
        policy.to_other = Some(RecipeId(1));
        policy.to_salesforce = Some(RecipeId(2));
        let Some(base) = link.base.clone() else { return Ok(()) };
        if let Verdict::Do(operation) = plan(&link, &policy) {
            for (at, new) in &operation.changes {
                let old = &link.side(operation.side).values[usize::from(*at)];
                if operation.action == Action::Updated && old != &base[usize::from(*at)] && old != new {
                    prop_assert!(operation.lost.contains(&(*at, old.clone())));
                }
            }
        }
    }
}
