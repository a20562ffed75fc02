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
        absent: Vec::new(),
        converted: None,
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

/// Cases of the table of survival; `SIM_NIGHT` asks for more.
const CASES: usize = 200_000;
const CASES_AT_NIGHT: usize = 5_000_000;

/// Judges random links under random policies, split over all cores.
fn cases(judge: impl Fn(&Link, &Policy) -> Result<(), String> + Sync) {
    let all = if std::env::var_os("SIM_NIGHT").is_some() { CASES_AT_NIGHT } else { CASES };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for core in 0..cores {
            let judge = &judge;
            scope.spawn(move || {
                let mut dice = fastrand::Rng::with_seed(core as u64 + 1);
                for case in 0..all.div_ceil(cores) {
                    let (link, policy) = (random_link(&mut dice), random_policy(&mut dice));
                    if let Err(why) = judge(&link, &policy) {
                        panic!("case {case} of core {core}: {why}: {link:?} {policy:?}");
                    }
                }
            });
        }
    });
}

fn random_values(dice: &mut fastrand::Rng) -> Vec<Value> {
    // Few values, so that they meet; two of them differ in their form alone.
    let width = dice.usize(0..=4);
    let known = ["", "a", "A ", "b", "c"];
    (0..width).map(|_| Value::text(known[dice.usize(0..known.len())])).collect()
}

fn random_seen(dice: &mut fastrand::Rng) -> Seen {
    let presence =
        [Presence::Present, Presence::Present, Presence::Deleted, Presence::Archived, Presence::Unknown];
    let presence = presence[dice.usize(0..presence.len())];
    let known = presence != Presence::Unknown || dice.u8(0..4) == 0;
    Seen {
        id: known.then(|| "id".into()),
        presence,
        at: Stamp(dice.i64(0..4)),
        values: random_values(dice),
        written: Stamp(dice.i64(0..4)),
    }
}

fn random_link(dice: &mut fastrand::Rng) -> Link {
    let (a, b) = (random_seen(dice), random_seen(dice));
    let base = dice.bool().then(|| random_values(dice));
    let removed = [None, None, Some(Side::Salesforce), Some(Side::Other)][dice.usize(0..4)];
    Link { base, removed, ..link(a, b, None) }
}

fn random_policy(dice: &mut fastrand::Rng) -> Policy {
    let conflicts = [Conflicts::SalesforceWins, Conflicts::OtherWins, Conflicts::NewestWins, Conflicts::Hold];
    let deletion = [Deletion::Delete, Deletion::Archive, Deletion::Keep];
    Policy {
        to_other: dice.bool().then_some(RecipeId(1)),
        to_salesforce: dice.bool().then_some(RecipeId(2)),
        conflicts: conflicts[dice.usize(0..4)],
        deletion: deletion[dice.usize(0..3)],
        groups: (0..4).map(|_| [None, Some(1), Some(2)][dice.usize(0..3)]).collect(),
    }
}

/// Total, pure and convergent; nothing is written to a side that no recipe writes to, nothing is lost in silence,
/// and what is carried out leaves nothing to do.
#[test]
fn row_1_any_link_under_any_policy() {
    cases(|start, policy| {
        let mut link = start.clone();
        for round in 0..6 {
            let verdict = plan(&link, policy);
            if verdict != plan(&link, policy) {
                return Err("not pure".into());
            }
            match &verdict {
                Verdict::InStep | Verdict::Hold(_) | Verdict::Look(_) => {
                    return in_the_end(&link, policy, &verdict);
                }
                Verdict::Adopt(_) => {}
                Verdict::Do(operation) => permitted(&link, policy, operation)?,
            }
            carry_out(&mut link, &verdict);
            if round == 5 {
                return Err(format!("never at rest: {verdict:?}"));
            }
        }
        Ok(())
    });
}

fn permitted(link: &Link, policy: &Policy, operation: &Operation) -> Result<(), String> {
    if policy.recipe(operation.side).is_none() {
        return Err(format!("no recipe writes there: {operation:?}"));
    }
    let two_way = policy.to_other.is_some() && policy.to_salesforce.is_some();
    let Some(base) = link.base.as_ref().filter(|_| two_way) else { return Ok(()) };
    for (at, value) in numbered(&link.side(operation.side).values) {
        let replaced = operation.changes.iter().any(|(known, new)| *known == at && *new != value);
        let gone = operation.deletes() || (replaced && operation.action == Action::Updated);
        if gone && value != *get(base, at) && !operation.lost.contains(&(at, value.clone())) {
            return Err(format!("lost in silence: {value:?} by {operation:?}"));
        }
    }
    Ok(())
}

fn in_the_end(link: &Link, policy: &Policy, verdict: &Verdict) -> Result<(), String> {
    let two_way = policy.to_other.is_some() && policy.to_salesforce.is_some();
    let both = [&link.salesforce, &link.other].iter().all(|seen| seen.presence == Presence::Present);
    let differ = (0..4).any(|at| get(&link.salesforce.values, at) != get(&link.other.values, at));
    match verdict {
        Verdict::InStep if two_way && both && differ => Err("both sides differ".into()),
        Verdict::Hold(_) if policy.conflicts != Conflicts::Hold => {
            Err("held, and nobody asked for that".into())
        }
        _ => Ok(()),
    }
}

#[test]
fn a_reference_that_cannot_be_told_is_left_out_and_a_wrong_one_is_emptied() {
    use crate::domain::link::Absent;
    let a = seen("1", Presence::Present, 1, &["name", "new"]);
    let b = seen("2", Presence::Present, 1, &["name", "old"]);
    let policy = both(Conflicts::SalesforceWins, 2);
    let mut link = link(a, b, Some(&["name", "old"]));
    link.absent = vec![Absent { field: 1, comes: true }];
    assert_eq!(plan(&link, &policy), Verdict::InStep, "it follows once the parent has come");
    link.absent = vec![Absent { field: 1, comes: false }];
    let Verdict::Do(operation) = plan(&link, &policy) else { panic!("{:?}", plan(&link, &policy)) };
    assert_eq!((operation.side, &*operation.changes), (Side::Other, &[(1, Value::Null)][..]));
    link.agree(Side::Other, &operation.changes);
    assert_eq!(plan(&link, &policy), Verdict::InStep);
    // The parent comes after all.
    link.absent.clear();
    let Verdict::Do(operation) = plan(&link, &policy) else { panic!("{:?}", plan(&link, &policy)) };
    assert_eq!(operation.changes, [(1, Value::text("new"))]);
    // The other side lost it with the parent's counterpart: nobody has cleared it.
    link.base = Some(["name", "new"].map(Value::text).into());
    link.absent = vec![Absent { field: 1, comes: false }];
    assert_eq!(plan(&link, &policy), Verdict::InStep);
    // A record that is made without it.
    link.other = Seen::default();
    let Verdict::Do(operation) = plan(&link, &policy) else { panic!("{:?}", plan(&link, &policy)) };
    assert_eq!((operation.action, operation.changes), (Action::Created, vec![(0, Value::text("name"))]));
}

/// A lead and its item, with one field each, that last agreed on `base`.
fn met(a: &str, b: &str, base: Option<&str>) -> Link {
    let base = base.map(|base| [base]);
    link(
        seen("a", Presence::Present, 1, &[a]),
        seen("b", Presence::Present, 1, &[b]),
        base.as_ref().map(|base| &base[..]),
    )
}

fn one_way(side: Side) -> Policy {
    let mut policy = both(Conflicts::OtherWins, 1);
    match side.opposite() {
        Side::Salesforce => policy.to_salesforce = None,
        Side::Other => policy.to_other = None,
    }
    policy
}

fn written(verdict: Verdict) -> Option<(Side, Action, Vec<(u16, Value)>, Vec<(u16, Value)>)> {
    match verdict {
        Verdict::Do(operation) => Some((operation.side, operation.action, operation.changes, operation.lost)),
        _ => None,
    }
}

#[test]
fn one_way_the_source_alone_is_followed() {
    for (side, source, drift) in
        [(Side::Other, ["new", "old"], ["old", "new"]), (Side::Salesforce, ["old", "new"], ["new", "old"])]
    {
        let of = |[a, b]: [&str; 2]| written(plan(&met(a, b, Some("old")), &one_way(side)));
        assert_eq!(
            of(source),
            Some((side, Action::Updated, vec![(0, Value::text("new"))], vec![])),
            "to {side:?}"
        );
        assert_eq!(of(drift), None, "to {side:?}");
        let both = written(plan(&met("x", "y", Some("old")), &one_way(side)));
        let (_, _, changes, lost) = both.unwrap();
        assert_eq!((changes.len(), lost), (1, vec![]), "nothing that a person is asked about");
    }
}

#[test]
fn what_only_one_of_two_changed_is_no_conflict() {
    let policy = both(Conflicts::Hold, 1);
    for (a, b, side) in [("new", "old", Side::Other), ("old", "new", Side::Salesforce)] {
        let expected = (side, Action::Updated, vec![(0, Value::text("new"))], vec![]);
        assert_eq!(written(plan(&met(a, b, Some("old")), &policy)), Some(expected));
    }
}

#[test]
fn what_either_remote_made_of_our_write_gives_way_to_an_edit_and_is_kept() {
    let policy = both(Conflicts::Hold, 1);
    for (a, b, side, lost) in [("A!", "edit", Side::Salesforce, "A!"), ("edit", "A!", Side::Other, "A!")] {
        let expected = (side, Action::Updated, vec![(0, Value::text("edit"))], vec![(0, Value::text(lost))]);
        assert_eq!(written(plan(&met(a, b, Some("a")), &policy)), Some(expected), "{a} {b}");
    }
}

#[test]
fn of_two_edits_the_newest_wins_and_salesforce_where_none_is_newer() {
    let policy = both(Conflicts::NewestWins, 1);
    for (a, b, side) in [(1, 2, Side::Salesforce), (2, 1, Side::Other), (1, 1, Side::Other)] {
        let mut link = met("x", "y", Some("old"));
        (link.salesforce.at, link.other.at) = (Stamp(a), Stamp(b));
        assert_eq!(written(plan(&link, &policy)).map(|it| it.0), Some(side), "{a} {b}");
    }
    // A deletion against an edit: there the deletion needs to be no older.
    for (deleted, edited, wins) in [(1, 2, false), (2, 2, true), (3, 2, true)] {
        let mut link = met("old", "edit", Some("old"));
        link.salesforce.presence = Presence::Deleted;
        (link.salesforce.at, link.other.at) = (Stamp(deleted), Stamp(edited));
        let expected = wins.then(|| (Side::Other, Action::Deleted, vec![], vec![(0, Value::text("edit"))]));
        assert_eq!(written(plan(&link, &policy)), expected, "deleted at {deleted}, edited at {edited}");
    }
}

#[test]
fn a_record_without_a_counterpart_is_made_or_looked_at() {
    use Presence::{Present, Unknown};
    let link_of = |a, b| link(seen("a", a, 1, &["x"]), seen("b", b, 1, &["x"]), None);
    let none = Policy { to_other: None, ..one_way(Side::Other) };
    let created = |side| Some((side, Action::Created, vec![(0, Value::text("x"))], vec![]));
    let policy = both(Conflicts::SalesforceWins, 1);
    assert_eq!(written(plan(&link_of(Present, Unknown), &policy)), created(Side::Other));
    assert_eq!(written(plan(&link_of(Unknown, Present), &policy)), created(Side::Salesforce));
    assert_eq!(plan(&link_of(Unknown, Present), &one_way(Side::Other)), Verdict::InStep);
    // Known by its id alone: it is looked at, if either side is written.
    let mut known = link_of(Present, Unknown);
    known.other.id = Some("b".into());
    for policy in [&policy, &one_way(Side::Other), &one_way(Side::Salesforce)] {
        assert_eq!(plan(&known, policy), Verdict::Look(Side::Other));
    }
    assert_eq!(plan(&known, &none), Verdict::InStep);
    // The heir of a converted lead.
    let mut heir = link_of(Unknown, Unknown);
    assert_eq!(plan(&heir, &policy), Verdict::InStep, "there is nothing to be looked at");
    heir.salesforce.id = Some("a".into());
    assert_eq!(plan(&heir, &policy), Verdict::Look(Side::Salesforce));
    assert_eq!(plan(&heir, &one_way(Side::Salesforce)), Verdict::InStep, "nobody would be told");
}

#[test]
fn an_undelete_is_carried_to_either_side() {
    for gone in [Presence::Deleted, Presence::Archived] {
        for side in [Side::Salesforce, Side::Other] {
            let mut link = met("x", "x", Some("x"));
            link.side_mut(side).presence = gone;
            link.removed = Some(side);
            let expected = (side, Action::Created, vec![(0, Value::text("x"))], vec![]);
            assert_eq!(written(plan(&link, &both(Conflicts::Hold, 1))), Some(expected), "{gone:?} {side:?}");
        }
    }
}

#[test]
fn a_converted_lead_is_told_and_never_written() {
    use crate::domain::converted::Converted;
    let policy = both(Conflicts::OtherWins, 1);
    for (course, expected) in [
        (Course::Open, Some(Side::Other)),
        (Course::Stays, Some(Side::Other)),
        // Its item is another record's now.
        (Course::Went, None),
    ] {
        let mut link = met("lead", "item", Some("old"));
        link.converted = Some(Converted { heirs: Vec::new(), course, told: false });
        let got = written(plan(&link, &policy));
        assert_eq!(got.as_ref().map(|it| it.0), expected, "{course:?}");
        assert!(got.is_none_or(|it| it.3 == [(0, Value::text("item"))]), "what the item held is kept");
        link.salesforce.values = vec![Value::text("old")];
        assert_eq!(plan(&link, &policy), Verdict::InStep, "what people write into the item stays there");
    }
}

#[test]
fn a_wrong_reference_is_emptied_only_where_the_old_one_still_stands() {
    use crate::domain::link::Absent;
    // Salesforce, the item, what both agreed on.
    for (a, b, base, emptied) in [
        ("new", "old", "old", true),
        ("old", "old", "old", false),
        ("", "old", "old", false),
        ("new", "other", "old", false),
        ("new", "", "", false),
    ] {
        for side in [Side::Other, Side::Salesforce] {
            let (mine, theirs) = if side == Side::Other { (a, b) } else { (b, a) };
            let mut link = met(mine, theirs, Some(base));
            link.absent = vec![Absent { field: 0, comes: false }];
            let expected = emptied.then(|| (side, Action::Updated, vec![(0, Value::Null)], vec![]));
            assert_eq!(written(plan(&link, &one_way(side))), expected, "{a} {b} {base} on {side:?}");
        }
    }
}

#[test]
fn a_policy_is_what_the_recipes_that_work_want() {
    use crate::domain::recipe::tests::recipe;
    let mut back = recipe(2);
    (back.direction, back.conflicts) = (Direction::ToSalesforce, Conflicts::Hold);
    let pair = [recipe(1), back.clone()];
    let policy = Policy::of(&pair, |_| true).unwrap();
    assert_eq!((policy.to_other, policy.to_salesforce), (Some(RecipeId(1)), Some(RecipeId(2))));
    assert_eq!((policy.conflicts, policy.groups), (Conflicts::SalesforceWins, vec![None; 3]));
    let policy = Policy::of(&pair, |recipe| recipe.id == RecipeId(2)).unwrap();
    assert_eq!((policy.to_other, policy.to_salesforce), (None, Some(RecipeId(2))));
    assert_eq!(policy.conflicts, Conflicts::Hold);
    assert_eq!(Policy::of(&pair, |_| false), None);
    back.state = RecipeState::Deleted;
    assert_eq!(Policy::of([&back], |_| true), None, "it has no say although it would be admitted");
}

#[test]
fn what_a_person_typed_is_written_where_something_is_written() {
    let operation = |action| Operation {
        side: Side::Other,
        action,
        id: None,
        changes: vec![(0, Value::text("a")), (1, Value::text("b"))],
        lost: Vec::new(),
    };
    let edits = [(1, Value::text("typed")), (2, Value::text("more"))];
    for action in [Action::Created, Action::Updated] {
        let mut edited = operation(action);
        edited.edit(&edits);
        let expected = [(0, Value::text("a")), (1, Value::text("typed")), (2, Value::text("more"))];
        assert_eq!(edited.changes, expected);
        assert!(!edited.deletes());
    }
    for action in [Action::Deleted, Action::Archived] {
        let mut edited = operation(action);
        edited.edit(&edits);
        assert_eq!(edited, operation(action));
        assert!(edited.deletes());
    }
}
