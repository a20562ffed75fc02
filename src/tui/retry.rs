//! Trying errors again: what it would do is asked first, then shown, then started, then followed.

use super::facts::Facts;
use super::model::{Topic, Wish};
use super::parts::dialog::{Answer, Dialog, Prompt, Purpose};
use super::parts::field::Field;
use crate::control::causes::GroupRow;
use crate::control::protocol::{Request, Selection};
use crate::control::rows::JobRow;
use crate::domain::failure::Class;
use crate::domain::id::ErrorId;
use crate::domain::time::DAY;

/// How long a retry waits before its first call, so that it can be taken back.
const GRACE_MS: i64 = 5_000;

fn request(which: Selection, force: bool, dry_run: bool) -> Request {
    Request::RetryErrors { which, force, dry_run, grace_ms: GRACE_MS }
}

/// The question what a retry of `which` would do.
pub(super) fn planned(which: Selection) -> Request {
    request(which, false, true)
}

/// Asks what a retry of `which` would do.
pub(super) fn plan(which: Selection) -> Wish {
    Wish::Ask(Topic::Plan(which.clone()), planned(which))
}

/// The question whether to start it.
pub(super) fn dialog(which: &Selection, plan: &JobRow, facts: &Facts) -> Dialog {
    let doubtful: u64 = plan.doubtful.iter().map(|(_, count)| count).sum();
    let can = plan.of.saturating_sub(doubtful);
    let mut lines = Vec::new();
    if can > 0 || doubtful == 0 {
        lines.push(facts.say_with("retry-can", &[("count", can.into())]));
    }
    if doubtful > 0 {
        let classes = facts.by_class(&plan.doubtful);
        lines.push(
            facts.say_with("retry-doubtful", &[("count", doubtful.into()), ("classes", (&classes).into())]),
        );
    }
    lines.push(facts.say_with("retry-cost", &[("calls", plan.calls.into())]));
    if plan.skipped > 0 {
        let classes = facts.by_class(&plan.left_out);
        lines.push(
            facts.say_with(
                "retry-left-out",
                &[("count", plan.skipped.into()), ("classes", (&classes).into())],
            ),
        );
    }
    lines.push(facts.say("retry-grace"));
    let what = title(which, facts);
    let start = |force| vec![Wish::Ask(Topic::Start(what.clone()), request(which.clone(), force, false))];
    let mut answers = Vec::new();
    if plan.of > 0 {
        let key = if can == 0 { "retry-yes-doubtful" } else { "retry-yes" };
        let label = facts.say_with(key, &[("count", plan.of.into())]);
        answers.push(Answer { key: 'y', label, wishes: start(false) });
    }
    if plan.skipped > 0 {
        let all = plan.of + plan.skipped;
        let label = facts.say_with("retry-all", &[("count", all.into())]);
        answers.push(Answer { key: 'a', label, wishes: start(true) });
    }
    Dialog::new(facts.say_with("retry-title", &[("what", (&what).into())]), lines, answers)
}

fn title(which: &Selection, facts: &Facts) -> String {
    match which {
        Selection::All { .. } => facts.say("retry-everything"),
        Selection::Group(_) => facts.say("retry-cause"),
        Selection::Ids(ids) => facts.say_with("retry-records", &[("count", ids.len().into())]),
    }
}

/// What `R` would do, from the causes that are shown.
pub(super) fn foretell(groups: &[GroupRow], facts: &Facts) -> String {
    let can: u64 = groups.iter().filter(|group| group.retriable).map(|group| group.count).sum();
    let mut cannot: Vec<(Class, u64)> = Vec::new();
    for group in groups.iter().filter(|group| !group.retriable) {
        match cannot.iter_mut().find(|(class, _)| *class == group.class) {
            Some((_, count)) => *count += group.count,
            None => cannot.push((group.class, group.count)),
        }
    }
    let again: u64 = cannot.iter().map(|(_, count)| count).sum();
    if can + again == 0 {
        return String::new();
    }
    cannot.sort_by_key(|(class, _)| class.rank());
    let classes = facts.by_class(&cannot);
    let capital = match can {
        0 => facts.say("retry-foretell-none"),
        _ => facts.say_with("retry-foretell", &[("count", can.into())]),
    };
    if again == 0 {
        return capital;
    }
    let rest =
        facts.say_with("retry-foretell-rest", &[("count", again.into()), ("classes", (&classes).into())]);
    format!("{capital}; {rest}")
}

/// Asks why errors are to be set aside.
pub(super) fn ask_reason(which: Selection, facts: &Facts) -> Wish {
    Wish::Prompt(Prompt {
        title: facts.say_with("ignore-title", &[("what", (&title(&which, facts)).into())]),
        lines: vec![facts.say("ignore-why")],
        purpose: Purpose::Reason(which),
        field: Field::default(),
    })
}

/// Tries a record again with another value, for this try alone.
pub(super) fn edit(id: ErrorId, field: String, value: String, facts: &Facts) -> Wish {
    let done = facts.say_with("edit-done", &[("field", (&field).into())]);
    Wish::Ask(Topic::Start(done), Request::EditError { id, set: vec![(field, value)], grace_ms: GRACE_MS })
}

/// Sets errors aside for that reason.
pub(super) fn ignore(which: Selection, reason: String, facts: &Facts) -> Vec<Wish> {
    if reason.trim().is_empty() {
        return vec![Wish::Say(facts.say("ignore-needs-reason"))];
    }
    let done = facts.say_with("ignore-done", &[("what", (&title(&which, facts)).into())]);
    vec![Wish::Ask(Topic::Done(done), Request::IgnoreErrors { which, reason })]
}

/// More than so many new errors of a cause wake it.
const MORE_THAN: u64 = 50;

/// Asks for how long errors are put aside: it has an end always.
pub(super) fn ask_snooze(which: &Selection, facts: &Facts) -> Wish {
    let what = title(which, facts);
    let answer = |key, label: String, until, more_than| {
        let done = facts.say_with("snooze-done", &[("what", (&what).into())]);
        let request = Request::SnoozeErrors { which: which.clone(), until, more_than, reason: None };
        Answer { key, label, wishes: vec![Wish::Ask(Topic::Done(done), request)] }
    };
    let mut answers = vec![answer('1', facts.say("snooze-day"), Some(facts.now.plus(DAY)), None)];
    if matches!(which, Selection::Group(_)) {
        let label = facts.say_with("snooze-more", &[("count", MORE_THAN.into())]);
        answers.push(answer('2', label, None, Some(MORE_THAN)));
    }
    answers.push(answer('3', facts.say("snooze-changed"), None, None));
    let title = facts.say_with("snooze-title", &[("what", (&what).into())]);
    Wish::Dialog(Dialog::new(title, vec![facts.say("snooze-line")], answers))
}

/// How a job stands, in one line.
pub(super) fn progress(job: &JobRow, facts: &Facts) -> String {
    let id = job.id.map(|id| id.to_string()).unwrap_or_default();
    let what = what(&job.what, facts);
    let args = [
        ("job", (&id).into()),
        ("what", (&what).into()),
        ("done", job.done.into()),
        ("of", job.of.into()),
        ("ok", job.ok.into()),
        ("failed", job.failed.into()),
    ];
    let key = match job.state.as_str() {
        "waiting" | "planned" => "job-waiting",
        "running" => "job-running",
        "stopped" => "job-stopped",
        "undone" => "job-undone",
        _ => "job-done",
    };
    facts.say_with(key, &args)
}

/// A job's command in words, or its id where there are none.
pub(super) fn what(id: &str, facts: &Facts) -> String {
    let key = format!("job-{}", id.replace('.', "-"));
    if facts.words.has(&key) { facts.say(&key) } else { id.to_owned() }
}

/// Whether nothing more will happen to a job.
pub(super) fn is_over(job: &JobRow) -> bool {
    !matches!(job.state.as_str(), "waiting" | "planned" | "running")
}
