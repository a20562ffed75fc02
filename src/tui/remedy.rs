//! Each class of failure, its one remedy, and how records and results are put into few columns.

use super::facts::Facts;
use super::model::{Jump, Topic, Wish};
use super::parts::table::Cell;
use super::retry;
use super::skin::Role;
use crate::control::causes::GroupRow;
use crate::control::protocol::{Request, Selection};
use crate::control::rows::ActivityRow;
use crate::domain::failure::Class;
use crate::domain::id::{FieldName, GroupId, RemoteId};
use crate::domain::ledger::{Action, Outcome};

/// What `f` does for a class, in two or three words.
pub(super) fn words(class: Class, facts: &Facts) -> String {
    facts.say(&format!("remedy-{}", class.remedy()))
}

/// Proposes the remedy of a cause. Nothing is written by that.
pub(super) fn propose(class: Class, group: &GroupId, report: &str, facts: &Facts) -> Vec<Wish> {
    match class {
        Class::Lock | Class::Busy => vec![retry::plan(Selection::Group(group.clone()))],
        Class::Valid | Class::Dup | Class::Map => vec![Wish::Jump(Jump::First(group.clone()))],
        Class::Perm | Class::Bug => {
            vec![Wish::Copy(report.to_owned()), Wish::Say(facts.say("remedy-copied"))]
        }
        Class::Auth | Class::Cap | Class::Limit => Vec::new(),
    }
}

/// A cause as text that can be sent to somebody.
pub(super) fn report(group: &GroupRow) -> String {
    let place = match &group.object {
        Some(object) => format!("{} / {object}", group.connection),
        None => group.connection.to_string(),
    };
    format!(
        "{} {}: {}\n{place}: {} x, {} - {}\n{}\n{}\n{}",
        group.class.name(),
        group.code,
        group.title,
        group.count,
        group.first_at,
        group.last_at,
        group.message,
        group.explanation,
        group.fix,
    )
}

/// Asks for one record of a cause, for its detail.
pub(super) fn first_of(group: &GroupId) -> Wish {
    let topic = Topic::Errors { group: Some(group.clone()), filter: String::new(), more: false };
    Wish::Ask(topic, errors(Some(group.clone()), String::new(), None))
}

/// The request for a page of errors.
pub(super) fn errors(
    group: Option<GroupId>,
    filter: String,
    before: Option<crate::domain::id::ErrorId>,
) -> Request {
    Request::Errors { group, filter, all_states: false, before, limit: 200 }
}

/// Everything of a cause, as far as one answer carries it.
pub(super) fn all_errors(group: GroupId, filter: String) -> Request {
    Request::Errors { group: Some(group), filter, all_states: false, before: None, limit: 5_000 }
}

/// The address of a record for a browser. Only of the org's own host, and only by https.
pub(super) fn link(id: Option<&RemoteId>, facts: &Facts) -> Wish {
    let Some(id) = id else { return Wish::Say(facts.say("link-no-record")) };
    let safe = |host: &str| host.starts_with("https://") && !host.contains(['\u{1b}', ' ']);
    let plain = id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric());
    match facts.hosts.iter().find(|(_, host)| safe(host)) {
        Some((_, host)) if plain => Wish::Copy(format!("{}/{id}", host.trim_end_matches('/'))),
        _ => Wish::Say(facts.say("link-no-host")),
    }
}

/// The record's id: Salesforce's, else its counterpart's.
pub(super) fn record_id(row: &ActivityRow) -> String {
    row.salesforce_id.as_ref().or(row.target_id.as_ref()).map(ToString::to_string).unwrap_or_default()
}

/// Up to two names, or how many there are.
pub(super) fn fields(fields: &[FieldName]) -> String {
    let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
    names.join(", ")
}

/// Three letters for what was done.
pub(super) fn short(action: Action) -> &'static str {
    match action {
        Action::Created => "new",
        Action::Updated => "upd",
        Action::Deleted => "del",
        Action::Archived => "arc",
        Action::Restored => "res",
        Action::Linked => "lnk",
        Action::Skipped => "skp",
        Action::Conflict => "cfl",
    }
}

/// How it ended: `ok`, or the class of the failure.
pub(super) fn result(row: &ActivityRow) -> Cell {
    match (row.result, row.class) {
        (Outcome::Ok, _) if row.action == Action::Skipped => ("same".into(), Role::Text),
        (Outcome::Ok, _) => ("ok".into(), Role::Good),
        (_, Some(class)) => (class.name().into(), Role::Failing),
        (Outcome::Error, None) => ("error".into(), Role::Failing),
        (Outcome::Parked, None) => ("parked".into(), Role::Failing),
    }
}
