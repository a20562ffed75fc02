//! How each kind of answer looks to a person.

use super::conflicts::conflicts;
use super::output::Output;
use crate::control::causes::{CauseDetail, GroupRow};
use crate::control::counts::Counts;
use crate::control::protocol::Reply;
use crate::control::rows::{
    ActivityRow, AuditRow, ConnectionRow, ErrorDetail, ErrorRow, JobRow, RecipeDetail, RecipeRow, Status,
};
use crate::domain::doctor::Verdict;
use crate::domain::failure::Class;
use crate::domain::ledger::Outcome;
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;

/// Prints an answer as JSON or for a person; returns the exit code.
pub fn print_reply(out: &Output, reply: &Reply) -> u8 {
    if let Reply::Refused(refusal) = reply {
        return out.refusal(refusal);
    }
    if let Reply::AsOf { past, answer } = reply {
        super::past::print(out, past, answer);
    } else if out.json {
        json(out, reply);
    } else {
        human(out, reply);
    }
    0
}

fn json(out: &Output, reply: &Reply) {
    match reply {
        Reply::Status(rows) => match rows.as_slice() {
            [only] => out.document(only),
            several => out.document(&serde_json::json!({ "accounts": several })),
        },
        Reply::Limits(rows) => match rows.as_slice() {
            [only] => out.document(only),
            several => out.document(&serde_json::json!({ "accounts": several })),
        },
        Reply::Overview(overview) => out.document(overview),
        Reply::Accounts(rows) => out.document(rows),
        Reply::Connections(rows) => out.document(rows),
        Reply::Recipes(rows) => out.document(rows),
        Reply::Recipe(row) => out.document(row),
        Reply::Groups(rows) => out.document(rows),
        Reply::Errors(rows) => out.document(rows),
        Reply::Error(row) => out.document(row),
        Reply::Cause(row) => out.document(row),
        Reply::Activity(page) => page.rows.iter().for_each(|row| out.document(row)),
        Reply::Objects(rows) => out.document(rows),
        Reply::Hours(row) => out.document(row),
        Reply::Jobs(rows) => out.document(rows),
        Reply::Job(row) => {
            let mut document = serde_json::json!(row);
            if let (Some(map), Some(id)) = (document.as_object_mut(), row.id) {
                map.insert("job".into(), id.to_string().into());
            }
            out.document(&document);
        }
        Reply::Conflicts(rows) => out.document(rows),
        Reply::Users(rows) => out.document(rows),
        Reply::Findings(rows) => out.document(rows),
        Reply::Authorisation(row) => out.document(row),
        Reply::Authorising(row) => out.document(row),
        Reply::Audit(rows) => rows.iter().for_each(|row| out.document(row)),
        Reply::Done => out.document(&serde_json::json!({ "done": true })),
        Reply::AuditCheck { lines, problems } => {
            out.document(&serde_json::json!({ "lines": lines, "problems": problems }));
        }
        Reply::Definitions(drafts) => out.document(drafts),
        Reply::Matches(count) => out.document(&serde_json::json!({ "matches": count })),
        Reply::Offer(doc) => out.document(doc),
        Reply::Preview(doc) => out.document(doc),
        Reply::Foreseen(doc) => out.document(doc),
        Reply::News { .. } | Reply::Refused(_) | Reply::AsOf { .. } => {}
    }
}

fn users(out: &Output, rows: &[crate::control::rows::UserRow]) {
    let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().unwrap_or("-").to_owned();
    let by = |row: &crate::control::rows::UserRow| {
        row.by.map_or_else(|| "-".to_owned(), |by| out.words.say(&format!("user-by-{}", by.name())))
    };
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let (name, email) = (text(&row.name), text(&row.email));
            vec![name, email, text(&row.target_name), text(&row.target_email), by(row)]
        })
        .collect();
    table(out, &["head-user", "head-email", "head-other-user", "head-email", "head-tied"], &rows);
}

pub(super) fn human(out: &Output, reply: &Reply) {
    match reply {
        Reply::Status(rows) => rows.iter().for_each(|row| status(out, row)),
        Reply::Limits(rows) => {
            for row in rows {
                let pairs = [
                    ("account", row.account.as_str().into()),
                    ("used", row.recipes.used.into()),
                    ("limit", row.recipes.limit.into()),
                    ("unused", row.unused.into()),
                ];
                out.line(&out.words.say_with("limits-recipes", &pairs));
                api(out, &row.api);
                row.api.iter().for_each(|row| uses(out, row));
            }
        }
        Reply::Accounts(rows) => {
            let rows: Vec<_> = rows
                .iter()
                .map(|row| {
                    vec![
                        row.id.to_string(),
                        format!("{}/{}", row.recipes, row.recipe_limit),
                        row.connections.to_string(),
                    ]
                })
                .collect();
            table(out, &["head-account", "head-recipes", "head-connections"], &rows);
        }
        Reply::Connections(rows) => connections(out, rows),
        Reply::Recipes(rows) => recipes(out, rows),
        Reply::Recipe(row) => recipe(out, row),
        Reply::Groups(rows) => groups(out, rows),
        Reply::Errors(rows) => errors(out, rows),
        Reply::Error(row) => error(out, row),
        Reply::Cause(row) => cause(out, row),
        Reply::AuditCheck { problems, .. } => problems.iter().for_each(|problem| out.line(problem)),
        Reply::Findings(rows) => {
            for row in rows {
                let mark = match row.state {
                    Verdict::Pass => "ok  ",
                    Verdict::Warn => "warn",
                    Verdict::Fail => "FAIL",
                };
                out.line(&format!("{mark}  {}  {}", row.connection, row.message));
                row.fix.iter().for_each(|fix| out.line(&format!("        {fix}")));
            }
        }
        Reply::Authorisation(row) => {
            out.line(row.short_url.as_deref().unwrap_or(&row.url));
        }
        Reply::Authorising(row) => {
            out.line(&row.step);
            row.message.iter().for_each(|message| out.line(message));
        }
        Reply::Definitions(drafts) => drafts.iter().for_each(|draft| out.line(&draft.name)),
        Reply::Matches(count) => out.line(&count.to_string()),
        Reply::Activity(page) => page.rows.iter().for_each(|row| out.line(&activity_line(row))),
        Reply::Objects(rows) => {
            let rows = rows.iter().map(|row| {
                (vec![row.totals.object.to_string(), arrow(row.direction).into()], row.totals.counts)
            });
            counts(out, &["head-object", "head-direction"], rows);
        }
        Reply::Hours(row) => {
            let rows = row
                .hours
                .iter()
                .map(|row| (vec![out.words.zone().format(row.at.0, "%Y-%m-%d %H:%M")], row.counts));
            counts(out, &["head-hour"], rows);
        }
        Reply::Jobs(rows) => {
            let rows: Vec<_> = rows.iter().map(job_cells).collect();
            table(
                out,
                &[
                    "head-job",
                    "head-what",
                    "head-by",
                    "head-at",
                    "head-done",
                    "head-ok",
                    "head-failed",
                    "head-state",
                ],
                &rows,
            );
        }
        Reply::Job(row) => job(out, row),
        Reply::Conflicts(rows) => conflicts(out, rows),
        Reply::Users(rows) => users(out, rows),
        Reply::Audit(rows) => {
            for row in rows {
                let on: Vec<&str> = row.on.iter().map(AsRef::as_ref).collect();
                let reason = row.reason.as_deref().map(|reason| format!("  ({reason})")).unwrap_or_default();
                out.line(&format!("{}  {}  {}  {}{reason}", row.at, row.who, row.action, on.join(" ")));
            }
        }
        Reply::Done => out.line(&out.words.say("done")),
        Reply::Foreseen(doc) => {
            let recipe = doc.recipe.to_string();
            let pairs = [
                ("recipe", (&recipe).into()),
                ("records", doc.records.into()),
                ("created", doc.created.into()),
                ("updated", doc.updated.into()),
                ("deleted", doc.deleted.into()),
                ("calls", doc.calls.into()),
            ];
            out.line(&out.words.say_with("run-would", &pairs));
            if doc.held + doc.looked_at > 0 {
                let pairs = [("held", doc.held.into()), ("looked", doc.looked_at.into())];
                out.line(&out.words.say_with("run-would-open", &pairs));
            }
            if doc.more {
                out.line(&out.words.say("run-would-more"));
            }
        }
        // The commands of the last two print them.
        // The commands of the last ones print them.
        Reply::Overview(_)
        | Reply::News { .. }
        | Reply::Refused(_)
        | Reply::Offer(_)
        | Reply::Preview(_)
        | Reply::AsOf { .. } => {}
    }
}

/// Prints counts, each line with what it is about.
fn counts(out: &Output, lead: &[&str], rows: impl Iterator<Item = (Vec<String>, Counts)>) {
    let mut heads = lead.to_vec();
    heads.extend(["head-created", "head-updated", "head-deleted", "head-skipped", "head-failed"]);
    let rows: Vec<Vec<String>> = rows
        .map(|(mut cells, counts)| {
            let Counts { created, updated, deleted, skipped, failed } = counts;
            cells.extend([created, updated, deleted, skipped, failed].map(|n| out.numbers().count(n)));
            cells
        })
        .collect();
    table(out, &heads, &rows);
}

pub(super) fn table(out: &Output, head: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        out.line(&out.words.say("none"));
        return;
    }
    let head: Vec<String> = head.iter().map(|key| out.words.say(key)).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    out.table(&head, rows);
}

fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::FromSalesforce => "SF->",
        Direction::ToSalesforce => "->SF",
    }
}

fn time(at: Option<Stamp>) -> String {
    at.map_or("-".into(), |at| at.to_string())
}

fn status(out: &Output, row: &Status) {
    let words = &out.words;
    let engine = [
        ("state", (&row.engine.state).into()),
        ("version", (&row.engine.version).into()),
        ("account", (&row.account).into()),
    ];
    out.line(&words.say_with("status-engine", &engine));
    let counts = &row.recipes;
    let pairs = [
        ("used", counts.used.into()),
        ("limit", counts.limit.into()),
        ("active", counts.active.into()),
        ("paused", counts.paused.into()),
        ("suspended", counts.suspended.into()),
    ];
    out.line(&words.say_with("status-recipes", &pairs));
    for connection in &row.connections {
        let reason = connection.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        out.line(&format!(
            "{}  {}  {}{reason}  {}",
            connection.id,
            connection.system,
            connection.state.name(),
            connection.since
        ));
    }
    api(out, &row.api);
    for object in &row.objects {
        let pairs = [
            ("object", object.object.as_str().into()),
            ("created", object.counts.created.into()),
            ("updated", object.counts.updated.into()),
            ("deleted", object.counts.deleted.into()),
            ("failed", object.counts.failed.into()),
        ];
        out.line(&words.say_with("status-object", &pairs));
    }
    let errors = [
        ("open", row.errors.open.into()),
        ("groups", row.errors.groups.into()),
        ("retrying", row.errors.retrying.into()),
    ];
    out.line(&words.say_with("status-errors", &errors));
    for alert in &row.alerts {
        out.line(&format!("{}  {}  {}", alert.class.name(), alert.title, alert.fix));
    }
    let step = if row.in_step { "status-in-step" } else { "status-backlog" };
    out.line(&words.say_with(step, &[("backlog", row.backlog.into())]));
}

fn api(out: &Output, rows: &[crate::control::limits::ApiRow]) {
    for row in rows {
        let number = |count: Option<u64>| count.map_or("-".to_owned(), |count| out.numbers().count(count));
        let (used, org, limit, budget) = (
            number(Some(row.used_24h)),
            number(row.org_used_24h),
            number(row.org_limit_24h),
            number(row.budget_24h),
        );
        let pairs = [
            ("connection", row.connection.as_str().into()),
            ("used", (&used).into()),
            ("org", (&org).into()),
            ("limit", (&limit).into()),
            ("budget", (&budget).into()),
        ];
        out.line(&out.words.say_with("status-api", &pairs));
    }
}

/// So many users of calls are named.
const USERS: usize = 5;

/// The other limits of a connection's org, and what its calls were made for.
fn uses(out: &Output, row: &crate::control::limits::ApiRow) {
    let connection = || ("connection", row.connection.as_str().into());
    for limit in &row.org_limits {
        let numbers = [connection(), ("name", (&*limit.name).into()), ("used", limit.used.into())];
        let pairs: Vec<_> = numbers.into_iter().chain([("max", limit.max.into())]).collect();
        out.line(&out.words.say_with("limits-org", &pairs));
    }
    for by in row.by.iter().take(USERS) {
        let recipe =
            by.recipe.map(|id| format!("{id} {}", by.name.as_deref().unwrap_or(""))).unwrap_or_default();
        let pairs = [
            connection(),
            ("calls", by.calls.into()),
            ("purpose", by.purpose.name().into()),
            ("recipe", (&recipe).into()),
        ];
        out.line(out.words.say_with("limits-use", &pairs).trim_end());
    }
}

fn connections(out: &Output, rows: &[ConnectionRow]) {
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let org = row.org_name.as_deref().unwrap_or("-").to_owned();
            let user = row.user.as_deref().unwrap_or("-").to_owned();
            let state = row.state.name().to_owned();
            vec![
                row.id.to_string(),
                row.system.to_string(),
                state,
                row.since.to_string(),
                org,
                user,
                row.recipes.to_string(),
            ]
        })
        .collect();
    table(
        out,
        &[
            "head-connection",
            "head-system",
            "head-state",
            "head-since",
            "head-org",
            "head-user",
            "head-recipes",
        ],
        &cells,
    );
    for row in rows.iter().filter(|row| row.reason.is_some()) {
        let explanation = row.explanation.as_deref().unwrap_or("");
        let detail = row.detail.as_deref().unwrap_or("");
        out.line(&format!("{}: {explanation} {detail}", row.id));
    }
}

fn recipes(out: &Output, rows: &[RecipeRow]) {
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let unused: Vec<String> =
                row.unused.iter().map(|reason| format!("{reason:?}").to_lowercase()).collect();
            vec![
                row.id.to_string(),
                row.name.to_string(),
                row.object.to_string(),
                format!("{}{}", arrow(row.direction), row.target_system.short()),
                row.container.to_string(),
                row.state.name().to_owned(),
                time(row.last_change_at),
                unused.join(","),
            ]
        })
        .collect();
    table(
        out,
        &[
            "head-recipe",
            "head-name",
            "head-object",
            "head-direction",
            "head-container",
            "head-state",
            "head-last-change",
            "head-unused",
        ],
        &cells,
    );
}

fn recipe(out: &Output, detail: &RecipeDetail) {
    recipes(out, std::slice::from_ref(&detail.row));
    if !detail.condition.is_empty() {
        out.line(&format!("where {}", detail.condition));
    }
    for (salesforce, target) in &detail.fields {
        out.line(&format!("  {salesforce} = {target}"));
    }
    if detail.waiting > 0 {
        out.line(&out.words.say_with("recipe-waiting", &[("count", detail.waiting.into())]));
    }
    for wait in &detail.waits {
        let parent = wait.parent_name.as_ref().map_or(wait.parent.as_str(), |name| name);
        out.line(&format!("  {}: {} {parent} ({})", wait.record, wait.field, wait.why));
    }
}

fn groups(out: &Output, rows: &[GroupRow]) {
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let object = row.object.as_ref().map_or("*".to_owned(), ToString::to_string);
            vec![
                row.id.to_string(),
                row.class.name().into(),
                object,
                row.code.to_string(),
                row.count.to_string(),
                row.last_at.to_string(),
                row.title.clone(),
            ]
        })
        .collect();
    table(
        out,
        &["head-cause", "head-class", "head-object", "head-code", "head-count", "head-last", "head-title"],
        &cells,
    );
    let mut told: Vec<&str> = Vec::new();
    for row in rows {
        if !told.contains(&&*row.code) {
            told.push(&row.code);
            out.line(&format!("{}: {} {}", row.code, row.explanation, row.fix));
        }
    }
}

fn errors(out: &Output, rows: &[ErrorRow]) {
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let record = row
                .salesforce_id
                .as_ref()
                .or(row.target_id.as_ref())
                .map_or("-".to_owned(), ToString::to_string);
            vec![
                row.id.to_string(),
                row.class.name().into(),
                row.object.to_string(),
                record,
                row.record_name.to_string(),
                row.code.to_string(),
                row.attempts.to_string(),
                row.last_at.to_string(),
            ]
        })
        .collect();
    table(
        out,
        &[
            "head-error",
            "head-class",
            "head-object",
            "head-record",
            "head-name",
            "head-code",
            "head-tries",
            "head-last",
        ],
        &cells,
    );
}

/// What is known of a cause beyond its row.
fn cause(out: &Output, row: &CauseDetail) {
    let act = |row: &AuditRow| format!("{} {} {} {}", row.at, row.who, row.action, row.on.join(" "));
    for (object, count) in &row.objects {
        out.line(&format!("{object} {}", out.numbers().count(*count)));
    }
    for line in &row.just_before {
        out.line(&format!("{} {}", out.words.say("cause-just-before"), act(line)));
    }
    for line in &row.noticed {
        let from = line.from.as_deref().unwrap_or("-");
        let reason = line.reason.as_deref().unwrap_or("");
        let what = format!("{} {}: {from} -> {} {reason}", line.at, line.on.join(" "), line.to);
        out.line(&format!("{} {}", out.words.say("cause-noticed"), what.trim_end()));
    }
    if let Some(earlier) = &row.earlier {
        let mended = earlier.mended.as_ref().map_or_else(|| out.words.say("cause-by-itself"), act);
        let span = format!("{} - {}", earlier.began_at, earlier.over_at);
        out.line(&format!("{} {span}: {mended}", out.words.say("cause-earlier")));
    }
}

fn error(out: &Output, detail: &ErrorDetail) {
    errors(out, std::slice::from_ref(&detail.row));
    out.line(&detail.row.message);
    out.line(&detail.row.explanation);
    out.line(&detail.row.fix);
    let rows: Vec<_> = detail
        .diff
        .iter()
        .map(|row| {
            let mark = if row.blocks {
                "!"
            } else if row.differs {
                "~"
            } else {
                "="
            };
            vec![
                mark.to_owned(),
                row.salesforce_field.to_string(),
                row.base.clone().unwrap_or_default(),
                row.salesforce.clone(),
                row.target.clone(),
            ]
        })
        .collect();
    table(out, &["head-mark", "head-field", "head-agreed", "head-salesforce", "head-target"], &rows);
}

/// Returns a line of the ledger for a person.
fn activity_line(row: &ActivityRow) -> String {
    let record =
        row.salesforce_id.as_ref().or(row.target_id.as_ref()).map_or("-".to_owned(), ToString::to_string);
    let end = match (&row.result, &row.error) {
        (Outcome::Ok, None) => "ok".to_owned(),
        (outcome, Some(code)) => {
            format!("{} {code}", if *outcome == Outcome::Parked { "parked" } else { "failed" })
        }
        (_, None) => "failed".to_owned(),
    };
    format!(
        "{}  {}  {:<12} {record:<18} {} {:<8} {:>5} ms  {end}  {}",
        row.at,
        row.recipe,
        row.object,
        arrow(row.direction),
        row.action.name(),
        row.duration_ms,
        row.record_name
    )
}

fn job_cells(row: &JobRow) -> Vec<String> {
    vec![
        row.id.map_or("-".into(), |id| id.to_string()),
        row.what.to_string(),
        row.by.to_string(),
        row.at.to_string(),
        format!("{}/{}", row.done, row.of),
        row.ok.to_string(),
        row.failed.to_string(),
        row.state.clone(),
    ]
}

fn job(out: &Output, row: &JobRow) {
    let by_class = |rows: &[(Class, u64)]| {
        let parts: Vec<String> =
            rows.iter().map(|(class, count)| format!("{count} {}", class.name())).collect();
        parts.join(", ")
    };
    let left = by_class(&row.left_out);
    let id = row.id.map_or("-".to_owned(), |id| id.to_string());
    let pairs = [
        ("job", (&id).into()),
        ("of", row.of.into()),
        ("done", row.done.into()),
        ("ok", row.ok.into()),
        ("failed", row.failed.into()),
        ("skipped", row.skipped.into()),
        ("calls", row.calls.into()),
        ("left", (&left).into()),
        ("state", (&row.state).into()),
    ];
    let key = match row.state.as_str() {
        "planned" => "job-planned",
        _ if row.left_out.is_empty() => "job-line",
        _ => "job-left-out",
    };
    out.line(&out.words.say_with(key, &pairs));
    if !row.doubtful.is_empty() {
        let doubtful = by_class(&row.doubtful);
        out.line(&out.words.say_with("job-doubtful", &[("classes", (&doubtful).into())]));
    }
}
