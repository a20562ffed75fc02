use super::*;
use crate::domain::time::HOUR;

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
    for (at, kept) in [(10 * MINUTE - 1, 1), (10 * MINUTE, 0)] {
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

/// A link with two fields, of which syncdeck has just replaced values.
fn replaced(all: &[(Side, u16, &str, i64, &[i64])]) -> Link {
    let mut link = Link::first(&Observed { values: vec![Value::text("a"), Value::text("b")], ..seen(0, "") });
    link.replaced = all
        .iter()
        .map(|(side, field, was, at, back)| Replaced {
            side: *side,
            field: *field,
            was: Value::text(was),
            at: Stamp(at * SECOND),
            back: back.iter().map(|at| Stamp(at * SECOND)).collect(),
        })
        .collect();
    link
}

/// How often what stood in each of `link`'s replaced values came back.
fn returns(link: &Link) -> Vec<usize> {
    link.replaced.iter().map(|old| old.back.len()).collect()
}

#[test]
fn a_loop_is_told_by_the_returns_and_the_proof_of_one_field() {
    use Side::{Other, Salesforce};
    let flips = |all: &[(Side, u16, &str, i64, &[i64])]| replaced(all).flipping(Salesforce);
    assert_eq!(flips(&[(Salesforce, 0, "a", 25, &[0, 1, 2, 30])]), Some(0));
    assert_eq!(flips(&[(Other, 0, "a", 25, &[0, 1, 2, 30])]), None, "it is on the other side");
    assert_eq!(flips(&[(Salesforce, 0, "a", 25, &[0, 2, 30])]), None, "not often enough");
    assert_eq!(flips(&[(Salesforce, 0, "a", 21, &[0, 1, 2, 30])]), None, "not left alone before");
    assert_eq!(flips(&[(Salesforce, 0, "a", 22, &[0, 1, 2, 30])]), Some(0), "just long enough");
    assert_eq!(flips(&[(Salesforce, 0, "a", 31, &[0, 1, 2, 30])]), None, "written after the last return");
    // Several values of one field count together, those of another field or side do not.
    let (a, b): (&[i64], &[i64]) = (&[0, 2], &[1, 30]);
    assert_eq!(flips(&[(Salesforce, 0, "a", 25, a), (Salesforce, 0, "b", 25, b)]), Some(0));
    assert_eq!(flips(&[(Salesforce, 0, "a", 25, a), (Salesforce, 1, "a", 25, b)]), None);
    assert_eq!(flips(&[(Salesforce, 0, "a", 25, a), (Other, 0, "a", 25, b)]), None);
    // Nor does a write of another field or side prove anything.
    for other in [(Salesforce, 1), (Other, 0)] {
        let of_another = (other.0, other.1, "a", 25, &[][..]);
        assert_eq!(flips(&[(Salesforce, 0, "a", 1, &[0, 1, 2, 30]), of_another]), None);
    }
}

#[test]
fn a_value_that_is_replaced_again_is_known_once() {
    use Side::{Other, Salesforce};
    let mut link = replaced(&[]);
    link.other.values = vec![Value::text("a")];
    let mut write = |side, field, at| {
        link.replace(side, &[(field, Value::text("ours"))], Stamp(at));
        link.replaced.iter().map(|old| (old.side, old.field, old.at.0)).collect::<Vec<_>>()
    };
    write(Salesforce, 0, 1);
    write(Other, 0, 2);
    let all = [(Salesforce, 0, 1), (Other, 0, 2), (Salesforce, 1, 3)];
    assert_eq!(write(Salesforce, 1, 3), all);
    assert_eq!(write(Salesforce, 0, 4), [(Salesforce, 0, 4), all[1], all[2]]);
    assert_eq!(write(Other, 0, 5), [(Salesforce, 0, 4), (Other, 0, 5), all[2]]);
    link.salesforce.values = vec![Value::text("something else")];
    link.replace(Salesforce, &[(0, Value::text("ours"))], Stamp(6));
    assert_eq!(link.replaced.len(), 4, "another value of the same field");
}

#[test]
fn what_comes_back_is_counted_for_the_value_that_was_replaced() {
    use Side::{Other, Salesforce};
    let now = |second: i64, value: &str| Observed {
        values: vec![Value::text(value), Value::text("b")],
        ..seen(second * SECOND - 1, "")
    };
    let ours = [Value::text("ours"), Value::text("b")];
    let returned = |all: &[_], agreed: bool, at_once, seen: &Observed| {
        let mut link = replaced(all);
        link.base = agreed.then(|| ours.to_vec());
        link.note_what_came_back(seen, &ours, at_once);
        returns(&link)
    };
    let others = [(Other, 0, "theirs", 1, &[][..]), (Salesforce, 1, "theirs", 1, &[])];
    let mine = (Salesforce, 0, "theirs", 1, &[][..]);
    let all = [others[0], others[1], mine];
    assert_eq!(returned(&all, true, false, &now(5, "theirs")), [0, 0, 1]);
    assert_eq!(returned(&all, true, false, &now(60, "theirs")), [0, 0, 1], "the same value, however late");
    assert_eq!(returned(&all, false, false, &now(5, "theirs")), [0, 0, 1], "written lately");
    assert_eq!(returned(&all, false, false, &now(11, "theirs")), [0, 0, 1], "ten seconds are still lately");
    assert_eq!(returned(&[(Salesforce, 0, "theirs", 1, &[0])], false, false, &now(12, "theirs")), [0]);
    assert_eq!(returned(&all, true, false, &now(5, "another")), [0, 0, 0]);
    // Another value that comes at once answers the newest write, for as long as that is remembered.
    let newest =
        [(Salesforce, 0, "x", 1, &[][..]), (Salesforce, 0, "y", 3, &[]), (Salesforce, 0, "z", 2, &[])];
    assert_eq!(returned(&newest, true, true, &now(5, "another")), [0, 1, 0]);
    assert_eq!(returned(&newest, false, true, &now(5, "another")), [0, 0, 0], "ours did not stand there");
}

#[test]
fn a_record_is_called_by_its_last_name_that_is_known() {
    let mut link = Link::first(&seen(10, "a"));
    link.rev = 5;
    assert!(link.observe(&Observed { name: "Bea".into(), ..seen(11, "b") }));
    assert_eq!((&*link.name, link.rev), ("Bea", 6));
    assert!(link.observe(&Observed { name: "".into(), ..seen(12, "c") }));
    assert_eq!((&*link.name, link.rev), ("Bea", 7));
}

/// Nothing may follow from what was known of a record in another org.
#[test]
fn of_a_record_in_another_org_the_id_alone_is_known() {
    let mut link = replaced(&[(Side::Other, 0, "a", 1, &[])]);
    (link.rev, link.removed, link.base) = (5, Some(Side::Other), Some(link.salesforce.values.clone()));
    let other = link.other.clone();
    link.estrange(Side::Salesforce);
    assert_eq!(link.salesforce, Seen { id: Some("00Q1".into()), ..Seen::default() });
    assert_eq!((link.rev, link.removed, link.base.as_ref(), link.other == other), (6, None, None, true));
    assert!(link.replaced.is_empty());
    link.expect(Side::Other, "item".into());
    assert_eq!((link.other, link.rev), (Seen { id: Some("item".into()), ..Seen::default() }, 6));
}

#[test]
fn every_presence_has_its_word() {
    use Presence::{Archived, Deleted, Present, Unknown};
    assert_eq!(
        [Unknown, Present, Deleted, Archived].map(Presence::name),
        ["unknown", "present", "deleted", "archived"]
    );
}

#[test]
fn a_reading_that_seems_to_have_taken_a_quarter_of_an_hour_is_news_under_another_clock() {
    for (took_ms, news) in [(0, false), (15 * MINUTE - 1, false), (15 * MINUTE, true), (-1, true)] {
        let mut link = Link::first(&seen(10, "ours"));
        link.salesforce.written = Stamp(HOUR);
        let read = Observed { read: Stamp(HOUR - took_ms), ..seen(11, "theirs") };
        assert_eq!(link.observe(&read), news, "{took_ms} ms before our write was over");
        let gone = Observed { presence: Presence::Deleted, values: Vec::new(), ..read };
        assert!(link.observe(&gone), "no write of ours deletes it");
    }
}
