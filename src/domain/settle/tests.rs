use super::*;
use crate::domain::id::{JobId, LinkSetId, RecipeId};
use crate::domain::link::{Replaced, Seen};
use crate::domain::recipe::tests::recipe;
use crate::domain::recipe::{Conflicts, Deletion};
use crate::domain::time::SECOND;

const NOW: Stamp = Stamp(1_000_000);

fn texts(texts: [&str; 3]) -> Vec<Value> {
    texts.map(Value::text).into()
}

fn names(names: &[&str]) -> Vec<FieldName> {
    names.iter().map(|name| (*name).into()).collect()
}

/// A write to the item of a lead, and what surrounds its end.
struct Scene {
    link: Link,
    pending: Pending,
    intent: Intent,
    two_way: bool,
    error: Option<ErrorRecord>,
}

impl Scene {
    /// The two agree, but for what is about to be written.
    fn new(action: Action, changes: &[(u16, &str)]) -> Self {
        let seen = |id: &str, at| Seen {
            id: Some(id.into()),
            presence: Presence::Present,
            at: Stamp(at),
            values: texts(["old", "", ""]),
            written: Stamp::ZERO,
        };
        let mut link = Link {
            set: LinkSetId(1),
            rev: 7,
            name: "Ana".into(),
            salesforce: seen("lead", 10),
            other: seen("item", 20),
            base: Some(texts(["old", "", ""])),
            error: None,
            removed: None,
            replaced: Vec::new(),
            unsigned: None,
            absent: Vec::new(),
            converted: None,
        };
        let changes: Vec<(u16, Value)> =
            changes.iter().map(|(at, value)| (*at, Value::text(value))).collect();
        for (at, value) in &changes {
            link.salesforce.values[usize::from(*at)] = value.clone();
        }
        if action == Action::Created {
            (link.other, link.base) = (Seen::default(), None);
        }
        let id = link.other.id.clone();
        let operation = Operation { side: Side::Other, action, id, changes, lost: Vec::new() };
        let intent = Intent { rev: 7, operation, at: NOW.plus(-SECOND), doubt: None };
        let pending = Pending {
            attempts: 3,
            intent: Some(intent.clone()),
            asked: Some((JobId(4), "mia".into())),
            key: Some("lead".into()),
            ..Pending::new(Stamp(5))
        };
        Self { link, pending, intent, two_way: true, error: None }
    }

    fn end(&mut self, answer: &Answer) -> Settled {
        let recipe = recipe(1);
        let policy = Policy {
            to_other: Some(RecipeId(1)),
            to_salesforce: self.two_way.then_some(RecipeId(2)),
            conflicts: Conflicts::SalesforceWins,
            deletion: Deletion::Delete,
            groups: vec![None; 3],
        };
        let around = Circumstances {
            link_id: LinkId(9),
            recipe: &recipe,
            policy: &policy,
            now: NOW,
            duration_ms: 12,
            dice: 0.5,
            error: self.error.as_ref(),
            new_error: ErrorId(8),
        };
        settle(&mut self.link, &self.pending, &self.intent, answer, &around)
    }

    fn done(&mut self) -> (Entry, Option<Pending>) {
        let settled = self.end(&Answer::Done { id: "item".into(), at: Some(Stamp(30)) });
        (settled.entry.unwrap(), settled.pending)
    }

    fn refused(&mut self, kind: Kind) -> Settled {
        self.end(&Answer::Refused(Failure::new(kind, Class::Valid, "REQUIRED", "it is empty")))
    }
}

#[test]
fn an_answer_about_another_record_is_none() {
    let done = |id: &str| Answer::Done { id: id.into(), at: None };
    for (id, meant, expected) in
        [("a", Some("a"), done("a")), ("b", Some("a"), Answer::Doubt), ("b", None, done("b"))]
    {
        let mut answer = done(id);
        answer.must_be_about(meant.map(RemoteId::from).as_ref());
        assert_eq!(answer, expected);
    }
}

#[test]
fn what_was_done_is_told_and_leaves_nothing_to_do() {
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    let (entry, pending) = scene.done();
    assert_eq!(pending, None);
    assert_eq!((entry.action, entry.outcome, entry.attempt), (Action::Updated, Outcome::Ok, 4));
    assert_eq!((entry.fields, entry.lost, entry.failure), (names(&["name"]), Vec::new(), None));
    assert_eq!((entry.job, &*entry.by, entry.link), (Some(JobId(4)), "mia", LinkId(9)));
    let link = &scene.link;
    assert_eq!((link.rev, link.removed, link.replaced.len()), (8, None, 1));
    assert_eq!((link.other.at, link.other.written), (Stamp(30), NOW));
    assert_eq!((&link.other.values, &link.base), (&texts(["new", "", ""]), &Some(texts(["new", "", ""]))));
    // Something newer has been seen while the call was under way.
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    scene.link.other.at = Stamp(40);
    scene.pending.asked = None;
    let (entry, _) = scene.done();
    assert_eq!((scene.link.other.at, entry.job, &*entry.by), (Stamp(40), None, "engine"));
}

#[test]
fn what_a_person_had_written_instead_is_not_written_over_by_the_source() {
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    scene.two_way = false;
    scene.intent.operation.edit(&[(0, Value::text("typed"))]);
    scene.pending.edits = vec![(0, Value::text("typed"))];
    let (_, pending) = scene.done();
    assert_eq!(pending, None);
    assert_eq!(scene.link.base, Some(texts(["new", "", ""])), "the source keeps its value");
    assert_eq!(scene.link.other.values, texts(["typed", "", ""]));
}

#[test]
fn what_is_made_is_there_and_what_was_removed_by_us_is_restored() {
    for (removed, told) in [(None, Action::Created), (Some(Side::Other), Action::Restored)] {
        let mut scene = Scene::new(Action::Created, &[(0, "new")]);
        scene.link.removed = removed;
        let (entry, pending) = scene.done();
        assert_eq!((entry.action, pending), (told, None));
        let link = scene.link;
        assert_eq!(
            (link.other.presence, link.other.id, link.removed),
            (Presence::Present, Some("item".into()), None)
        );
        assert_eq!(
            (link.base, link.unsigned, link.replaced),
            (Some(texts(["new", "", ""])), None, Vec::new())
        );
    }
    // Left over from the record that was there before: nothing of it is in the new one.
    let mut scene = Scene::new(Action::Created, &[(0, "new")]);
    scene.link.other.values = texts(["x", "y", "z"]);
    scene.link.other.presence = Presence::Deleted;
    scene.done();
    assert_eq!(scene.link.other.values, texts(["new", "", ""]));
    // Seen before we learned that we had made it, and changed by a person.
    let mut scene = Scene::new(Action::Created, &[(0, "new")]);
    scene.link.other.values = texts(["theirs", "", ""]);
    scene.link.other.presence = Presence::Present;
    let (_, pending) = scene.done();
    assert_eq!(scene.link.other.values, texts(["theirs", "", ""]));
    assert_eq!(scene.link.base, Some(texts(["new", "", ""])));
    let pending = pending.unwrap();
    assert_eq!((pending.attempts, pending.due, pending.intent), (0, NOW, None));
    assert_eq!(pending.asked, Some((JobId(4), "mia".into())), "their edit is carried across by the same job");
}

#[test]
fn the_key_of_a_record_is_written_until_it_is_that_of_its_source() {
    // The link followed its source into another record while its counterpart was made with the key of the first.
    for (key, source, unsigned) in
        [(Some("lead"), "lead", None), (Some("lead"), "heir", Some(Side::Other)), (None, "heir", None)]
    {
        let mut scene = Scene::new(Action::Created, &[(0, "new")]);
        scene.pending.key = key.map(RemoteId::from);
        scene.link.salesforce.id = Some(source.into());
        let (entry, _) = scene.done();
        assert_eq!((scene.link.unsigned, entry.fields), (unsigned, names(&["name"])), "{key:?} {source}");
    }
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    scene.link.salesforce.id = Some("heir".into());
    scene.done();
    assert_eq!(scene.link.unsigned, None, "what is there already has its key");
    for (side, left, fields) in
        [(Side::Other, None, &["name", "key"][..]), (Side::Salesforce, Some(Side::Salesforce), &["name"])]
    {
        let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
        scene.link.unsigned = Some(side);
        let (entry, _) = scene.done();
        assert_eq!((scene.link.unsigned, entry.fields), (left, names(fields)), "{side:?}");
    }
    // The key alone says nothing of what both agree on.
    let mut scene = Scene::new(Action::Updated, &[]);
    (scene.link.unsigned, scene.link.base) = (Some(Side::Other), None);
    let (entry, _) = scene.done();
    assert_eq!((entry.fields, scene.link.base), (names(&["key"]), None));
}

#[test]
fn what_was_removed_is_gone_by_us() {
    for (action, presence) in [(Action::Deleted, Presence::Deleted), (Action::Archived, Presence::Archived)] {
        let mut scene = Scene::new(action, &[]);
        scene.link.salesforce.presence = Presence::Deleted;
        let (entry, pending) = scene.done();
        assert_eq!((entry.action, pending), (action, None));
        assert_eq!((scene.link.other.presence, scene.link.removed), (presence, Some(Side::Other)));
    }
}

#[test]
fn a_default_owner_is_told() {
    for (field, owner, told) in [(1, DEFAULT, true), (1, "005A", false), (0, DEFAULT, false)] {
        let failure = Scene::new(Action::Updated, &[(field, owner)]).done().0.failure;
        assert_eq!(failure, told.then(|| (Class::Map, OWNER_DEFAULT.into())), "{owner} in {field}");
    }
}

#[test]
fn a_reference_that_was_left_out_is_told() {
    let left_out = |changes: &[(u16, &str)], parent: &str| {
        let mut scene = Scene::new(Action::Updated, changes);
        scene.link.salesforce.values[2] = Value::text(parent);
        scene.link.absent = vec![Absent { field: 2, comes: true }];
        scene.done().0.failure.map(|(class, code)| (class, code.to_string()))
    };
    let missing = Some((Class::Map, PARENT_MISSING.to_owned()));
    assert_eq!(left_out(&[(0, "new")], "account"), missing);
    assert_eq!(left_out(&[(2, "")], "account"), missing, "emptied, because what stood there is wrong");
    assert_eq!(left_out(&[(2, "account")], "account"), None);
    assert_eq!(left_out(&[(0, "new")], ""), None, "it points to nothing");
}

#[test]
fn what_was_edited_while_the_call_was_under_way_is_kept_in_the_ledger() {
    let lost = |seen: &str, known: &[(u16, &str)], two_way: bool| {
        let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
        scene.link.other.values = texts([seen, "", ""]);
        scene.intent.operation.lost = known.iter().map(|(at, value)| (*at, Value::text(value))).collect();
        scene.two_way = two_way;
        let lost = scene.done().0.lost;
        lost.iter().map(|(field, value)| format!("{field} {value}")).collect::<Vec<_>>()
    };
    assert_eq!(lost("theirs", &[], true), ["name theirs"]);
    assert_eq!(lost("theirs", &[(0, "earlier")], true), ["name earlier", "name theirs"]);
    assert_eq!(lost("theirs", &[(0, "theirs")], true), ["name theirs"], "known, and told once");
    assert_eq!(lost("theirs", &[(1, "theirs")], true), ["person theirs", "name theirs"]);
    assert_eq!(lost("new", &[], true), [""; 0], "they wrote the same");
    assert_eq!(lost("old", &[], true), [""; 0], "nobody wrote anything");
    assert_eq!(lost("theirs", &[], false), [""; 0], "one way there is nothing that could be lost");
}

#[test]
fn what_is_gone_is_deleted_or_ends_there() {
    for (action, told, code, removed) in [
        (Action::Deleted, Action::Deleted, None, Some(Side::Other)),
        (Action::Archived, Action::Archived, None, Some(Side::Other)),
        (Action::Updated, Action::Skipped, Some(COUNTERPART_GONE), None),
    ] {
        let mut scene = Scene::new(action, &[]);
        scene.two_way = false;
        let settled = scene.end(&Answer::Gone);
        let entry = settled.entry.unwrap();
        let code = code.map(|code| (Class::Map, code.into()));
        assert_eq!((entry.action, entry.outcome, entry.failure), (told, Outcome::Ok, code));
        let link = scene.link;
        assert_eq!((link.other.presence, link.removed, link.rev), (Presence::Deleted, removed, 8));
    }
}

#[test]
fn a_doubt_lasts_from_when_it_began() {
    for (since, expected) in [(None, NOW), (Some(Stamp(77)), Stamp(77))] {
        let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
        scene.intent.doubt = since;
        let before = scene.link.clone();
        let settled = scene.end(&Answer::Doubt);
        let pending = settled.pending.unwrap();
        assert_eq!((settled.entry, settled.error, pending.attempts), (None, None, 4));
        assert_eq!(pending.intent, Some(Intent { doubt: Some(expected), ..scene.intent }));
        assert_eq!(scene.link, before, "nobody knows");
    }
}

#[test]
fn what_was_not_done_is_planned_anew_and_what_it_may_have_lost_is_told() {
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    let settled = scene.end(&Answer::NotDone { until: NOW.plus(SECOND) });
    let waits = Pending { intent: None, due: NOW.plus(SECOND), ..scene.pending.clone() };
    assert_eq!(settled, Settled { entry: None, error: None, pending: Some(waits) });
    let settled = scene.end(&Answer::Undone);
    let again = Pending { intent: None, due: NOW, ..scene.pending.clone() };
    assert_eq!(settled, Settled { entry: None, error: None, pending: Some(again.clone()) });
    scene.intent.operation.lost = vec![(0, Value::text("theirs"))];
    let settled = scene.end(&Answer::Undone);
    let entry = settled.entry.unwrap();
    assert_eq!((entry.action, entry.lost), (Action::Conflict, vec![("name".into(), Value::text("theirs"))]));
    assert_eq!((settled.error, settled.pending), (None, Some(again)));
}

#[test]
fn a_refusal_is_tried_again_or_waits_for_a_person() {
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    let settled = scene.refused(Kind::Transient);
    let (entry, error, pending) = (settled.entry.unwrap(), settled.error.unwrap(), settled.pending.unwrap());
    assert_eq!((entry.outcome, entry.attempt), (Outcome::Error, 4));
    assert_eq!(entry.failure, Some((Class::Valid, "REQUIRED".into())));
    assert_eq!((error.state, error.attempts, error.id), (ErrorState::Retrying, 4, ErrorId(8)));
    assert_eq!((error.first_at, error.last_at), (NOW, NOW));
    assert_eq!(error.sent, [("name".into(), Value::text("new"))]);
    assert_eq!((pending.intent, pending.attempts, Some(pending.due)), (None, 4, error.next_retry_at));
    assert!(pending.due > NOW && scene.link.error == Some(ErrorId(8)));

    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    let settled = scene.refused(Kind::Permanent);
    let error = settled.error.unwrap();
    assert_eq!((settled.entry.unwrap().outcome, settled.pending), (Outcome::Parked, None));
    assert_eq!((error.state, error.next_retry_at), (ErrorState::Open, None));

    // Once more: it is still the same error. Then it is done, and over.
    let first = ErrorRecord { id: ErrorId(2), first_at: Stamp(3), last_at: Stamp(4), ..error };
    scene.error = Some(first.clone());
    let error = scene.refused(Kind::Permanent).error.unwrap();
    assert_eq!((error.id, error.first_at, error.last_at), (ErrorId(2), Stamp(3), NOW));
    scene.error = Some(ErrorRecord { next_retry_at: Some(NOW), ..first.clone() });
    let settled = scene.end(&Answer::Done { id: "item".into(), at: None });
    let over = ErrorRecord { state: ErrorState::Resolved, next_retry_at: None, last_at: NOW, ..first };
    assert_eq!((settled.error, scene.link.error), (Some(over), None));
}

#[test]
fn a_refusal_before_the_remote_was_asked_is_no_try() {
    let failure = Failure::new(Kind::Transient, Class::Busy, "503", "");
    let settled = Scene::new(Action::Updated, &[(0, "new")]).end(&Answer::Unasked(failure));
    assert_eq!((settled.error.unwrap().attempts, settled.pending.unwrap().attempts), (3, 3));
}

#[test]
fn a_refusal_of_values_of_yesterday_is_tried_with_those_of_today() {
    for (rev, kind, again) in [
        (7, Kind::Permanent, false),
        (6, Kind::Permanent, true),
        // Whatever the record holds now, it is the connection that waits for a person.
        (6, Kind::Connection, false),
        (7, Kind::Connection, false),
    ] {
        let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
        scene.intent.rev = rev;
        let settled = scene.refused(kind);
        let fresh = Pending { asked: scene.pending.asked.clone(), ..Pending::new(NOW) };
        assert_eq!(settled.pending, again.then_some(fresh), "{rev} {kind:?}");
        let (state, outcome) = match rev {
            7 => (ErrorState::Open, Outcome::Parked),
            _ => (ErrorState::Retrying, Outcome::Error),
        };
        assert_eq!((settled.error.unwrap().state, settled.entry.unwrap().outcome), (state, outcome));
    }
}

#[test]
fn what_is_left_waits_until_the_link_has_rested() {
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    scene.link.salesforce.values[1] = Value::text("later");
    assert_eq!(scene.done().1.unwrap().due, NOW);
    let mut scene = Scene::new(Action::Updated, &[(0, "new")]);
    scene.link.salesforce.values[1] = Value::text("later");
    scene.link.replaced = vec![Replaced {
        side: Side::Other,
        field: 2,
        was: Value::text("x"),
        at: NOW.plus(-SECOND),
        back: [-3, -2, -1].map(|seconds| NOW.plus(seconds * SECOND)).into(),
    }];
    let rests = scene.done().1.unwrap().due;
    assert_eq!(rests, NOW.plus(19 * SECOND));
    assert_eq!(due(&scene.link, rests.plus(SECOND)), rests.plus(SECOND), "it has rested");
}
