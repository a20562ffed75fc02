//! A bad day by hand, as drawn in the specification, and an engine that answers from it.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::{form, past};
use crate::control::causes::{CauseDetail, Earlier, GroupRow, NoticeRow};
use crate::control::counts::*;
use crate::control::limits::{ApiRow, LimitsDoc, UseRow};
use crate::control::protocol::{Reply, Request, Selection};
use crate::control::rows::*;
use crate::domain::connection::ConnectionState;
use crate::domain::connection::OrgLimit;
use crate::domain::errand::Purpose;
use crate::domain::failure::Class;
use crate::domain::id::{ErrorId, JobId, LinkId, RecipeId, System};
use crate::domain::ledger::{Action, ErrorState, Outcome};
use crate::domain::recipe::{Direction, RecipeState, Template};
use crate::domain::time::{DAY, HOUR, MINUTE, SECOND, Stamp};
use crate::domain::unused::Unused;
use crate::tui::keys::Key;
use crate::tui::model::{Effect, Model, Msg, Options};
use crate::tui::registry::Keymap;
use crate::tui::skin::{Depth, Skin};
use crate::tui::{safe, snapshot, update};
use crate::words::Lang;

pub(super) fn now() -> Stamp {
    "2025-11-22T09:41:07Z".parse().unwrap()
}

fn at(text: &str) -> Stamp {
    format!("2025-11-22T{text}Z").parse().unwrap()
}

/// A console, and what the engine would answer it.
pub(super) struct Stage {
    pub(super) model: Model,
    pub(super) overview: Overview,
    pub(super) activity: Vec<ActivityRow>,
    pub(super) recipes: Vec<RecipeRow>,
    pub(super) connections: Vec<ConnectionRow>,
    /// Everything that was asked and writes, in order.
    pub(super) written: Vec<Request>,
    pub(super) copied: Vec<String>,
    /// What was shown outside the full screen.
    pub(super) shown: Vec<String>,
    /// Files that were written.
    pub(super) files: Vec<(String, String)>,
    pub(super) quit: bool,
    clock: u64,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(Keymap::load(None).unwrap(), now());
        options.guard = false;
        change(&mut options);
        let mut stage = Self {
            model: Model::new(options),
            overview: overview(),
            activity: activity(),
            recipes: recipes(),
            connections: connections(),
            written: Vec::new(),
            copied: Vec::new(),
            shown: Vec::new(),
            files: Vec::new(),
            quit: false,
            clock: 0,
        };
        stage.send(Msg::Resize(80, 24));
        stage.send(Msg::Start);
        stage
    }

    pub(super) fn lang(lang: Lang) -> Self {
        Self::with(|options| options.lang = lang)
    }

    /// Sends a message and answers everything it asks.
    pub(super) fn send(&mut self, msg: Msg) {
        let mut effects: Vec<Effect> = update(&mut self.model, msg);
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                match effect {
                    Effect::Ask { id, request } => {
                        // Asking for a link changes nothing but what the engine awaits.
                        if request.writes() && !matches!(request, Request::Authorise { .. }) {
                            self.written.push(request.clone());
                        }
                        let reply = self.answer(&request);
                        next.extend(update(&mut self.model, Msg::Told(Some(id), reply)));
                    }
                    Effect::Copy(text) => self.copied.push(text),
                    Effect::Quit => self.quit = true,
                    Effect::Show(text) => self.shown.push(text),
                    Effect::Write(path, text) => {
                        next.extend(update(&mut self.model, Msg::Written(Ok(path.clone()))));
                        self.files.push((path, text));
                    }
                    Effect::Repaint | Effect::Plain | Effect::Mouse(_) => {}
                }
            }
            effects = next;
        }
    }

    /// Types keys: single characters, or names in `<>`.
    pub(super) fn keys(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
            let (key, tail) = match named {
                Some((name, tail)) => (name.parse().unwrap(), tail),
                None => (Key::Char(c), &rest[c.len_utf8()..]),
            };
            rest = tail;
            self.send(Msg::Key(key));
        }
    }

    pub(super) fn pass(&mut self, ms: u64) {
        self.clock += ms;
        self.send(Msg::Tick(self.clock));
    }

    pub(super) fn frame(&mut self, width: u16, height: u16) -> Buffer {
        snapshot(&mut self.model, width, height, Skin { depth: Depth::Sixteen, ..Skin::default() })
    }

    pub(super) fn text(&mut self, width: u16, height: u16) -> String {
        text_of(&self.frame(width, height))
    }

    /// The screen at 80×24.
    pub(super) fn screen(&mut self) -> String {
        self.text(80, 24)
    }

    pub(super) fn answer(&self, request: &Request) -> Reply {
        match request {
            Request::AsOf { at, question } => past::then(*at, self.answer(question)),
            Request::Overview { .. } => Reply::Overview(Box::new(self.overview.clone())),
            Request::Status { .. } => Reply::Status(vec![self.overview.status.clone()]),
            Request::Groups { .. } => Reply::Groups(self.overview.groups.clone()),
            Request::Authorise { .. } => Reply::Authorisation(Box::new(AuthorisationRow {
                url: format!("https://acme.my.salesforce.com/services/oauth2/authorize?{}", "x".repeat(380)),
                short_url: Some("https://sync.example.com/r/K7QF29".into()),
                state: "K7QF29xxxxxxxxxxxxxxxxxxxxxxxxxx".into(),
                state_tag: "K7QF29".into(),
                expires_at: now().plus(600_000),
                callback: "https://sync.example.com/callback".into(),
            })),
            Request::AuthoriseWith { .. } => Reply::Connections(self.connections.clone()),
            Request::Authorising(_) => {
                let came =
                    self.written.iter().any(|request| matches!(request, Request::AuthoriseWith { .. }));
                Reply::Authorising(Box::new(AuthorisingRow {
                    step: if came { "done" } else { "waiting" }.into(),
                    opened_from: None,
                    message: None,
                    code: None,
                    other_org: None,
                    user: Some("jlee".into()),
                    parked: 212,
                    waiting: 1_204,
                    expires_at: now().plus(600_000),
                }))
            }
            Request::Errors { group, .. } => {
                Reply::Errors(errors(group.as_ref().map_or("valid", |g| g.as_str())))
            }
            Request::Cause(_) => Reply::Cause(Box::new(cause())),
            Request::Error(id) => Reply::Error(Box::new(error(*id))),
            Request::Activity { before: None, .. } => Reply::Activity(ActivityPage {
                rows: self.activity.clone(),
                minutes: self.overview.throughput.clone(),
                more: Some(1),
            }),
            Request::Activity { .. } => Reply::Activity(ActivityPage::default()),
            Request::Recipes { .. } => Reply::Recipes(self.recipes.clone()),
            Request::Connections { .. } => Reply::Connections(self.connections.clone()),
            Request::Objects { .. } => Reply::Objects(self.overview.objects.clone()),
            Request::Hours { .. } => Reply::Hours(Box::new(hours())),
            Request::Limits { .. } => Reply::Limits(vec![LimitsDoc {
                account: "default".into(),
                recipes: self.overview.status.recipes,
                unused: 14,
                api: self.overview.status.api.clone(),
            }]),
            Request::Jobs { .. } => Reply::Jobs(vec![job(Some(118), "done", 44, 44)]),
            Request::Audit { .. } => Reply::Audit(vec![AuditRow {
                seq: 1,
                at: at("08:12:03"),
                who: "mkay".into(),
                from: "203.0.113.7 pts/3".into(),
                action: "error.retry".into(),
                on: vec!["LOCK".into()],
                reason: Some("ticket 4471".into()),
            }]),
            Request::Offer(sides) => Reply::Offer(Box::new(form::offer(sides))),
            Request::PreviewRecipe(draft) => form::preview(draft),
            Request::CreateRecipe { .. } => Reply::Recipes(self.recipes.iter().take(1).cloned().collect()),
            Request::RetryErrors { dry_run: true, which, .. } => Reply::Job(plan(which)),
            Request::RetryErrors { .. } => Reply::Job(job(Some(121), "waiting", 187, 0)),
            Request::Job(_) => Reply::Job(job(Some(121), "done", 187, 187)),
            Request::ActOnRecipes { .. } => Reply::Job(job(Some(122), "done", 10, 10)),
            _ => Reply::Done,
        }
    }
}

/// The characters of a frame, one line a row; a wide sign stands for both of its columns.
pub(super) fn text_of(frame: &Buffer) -> String {
    let mut lines = String::new();
    if frame.area.is_empty() {
        return lines;
    }
    for row in frame.content().chunks(frame.area.width.into()) {
        let mut x = 0;
        let mut line = String::new();
        while let Some(cell) = row.get(x) {
            line.push_str(cell.symbol());
            x += safe::width(cell.symbol()).max(1);
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

fn plan(which: &Selection) -> JobRow {
    let mut row = job(None, "planned", 187, 0);
    row.calls = 1;
    if matches!(which, Selection::All { .. }) {
        row.skipped = 294;
        row.left_out = vec![(Class::Auth, 212), (Class::Valid, 82)];
    } else if let Selection::Ids(ids) = which {
        row.of = u64::try_from(ids.len()).unwrap();
        row.doubtful = vec![(Class::Valid, row.of)];
    }
    row
}

pub(super) fn job(id: Option<u64>, state: &str, of: u64, done: u64) -> JobRow {
    JobRow {
        id: id.map(JobId),
        what: "error.retry".into(),
        by: "mkay".into(),
        at: at("08:12:00"),
        done,
        of,
        ok: done,
        failed: 0,
        skipped: 0,
        attempts: 1,
        state: state.into(),
        calls: 1,
        on: Vec::new(),
        left_out: Vec::new(),
        doubtful: Vec::new(),
    }
}

fn group(id: &str, class: Class, code: &str, count: u64) -> GroupRow {
    GroupRow {
        id: id.into(),
        code: code.into(),
        title: String::new(),
        explanation: String::new(),
        fix: String::new(),
        connection: "acme-sync".into(),
        object: None,
        field: None,
        count,
        recipes: (1..=41).map(RecipeId).collect(),
        first_at: at("09:14:03"),
        last_at: at("09:41:03"),
        class,
        account: "default".into(),
        direction: Some(Direction::ToSalesforce),
        operation: Some(Action::Updated),
        fields: Vec::new(),
        remedy: class.remedy().into(),
        who: class.who().into(),
        state: ErrorState::Open,
        snoozed_until: None,
        retriable: class.retriable(),
        message: "".into(),
        queued: 0,
        by_hour: vec![0, 0, 0, 0, 0, 0, 0, 1, count / 3, count - count / 3],
        tries: (1, 5),
    }
}

fn overview() -> Overview {
    let mut auth = group("auth", Class::Auth, "invalid_grant", 212);
    auth.connection = "acme-prod".into();
    auth.direction = None;
    auth.title = "token revoked (jlee)".into();
    auth.explanation = "Salesforce refused the refresh token: no retry can work before a reconnect.".into();
    auth.fix = "Reconnect acme-prod; what is parked and waiting then goes on by itself.".into();
    auth.message = "expired access/refresh token".into();
    auth.queued = 1_204;
    let mut lock = group("lock", Class::Lock, "UNABLE_TO_LOCK_ROW", 187);
    lock.object = Some("Opportunity".into());
    lock.title = "row locked".into();
    lock.explanation = "Another transaction held the record.".into();
    lock.fix = "Retry; the locks are short.".into();
    lock.message = "unable to obtain exclusive access to this record".into();
    lock.first_at = at("08:55:00");
    let mut valid = group("valid", Class::Valid, "STRING_TOO_LONG", 82);
    valid.object = Some("Contact".into());
    valid.title = "Phone longer than 40".into();
    valid.explanation = "The value is longer than the field allows.".into();
    valid.fix = "Shorten the value at its source, or cut it in the mapping.".into();
    valid.message = "Phone: data value too large: +34 600 111 222 ext. 4471 (max length=40)".into();
    valid.fields = vec!["Phone".into()];
    valid.first_at = at("07:30:00");
    let connections = connections();
    Overview {
        status: Status {
            recipes: RecipeCounts { used: 90, limit: 90, active: 49, paused: 0, suspended: 41 },
            connections: connections
                .iter()
                .map(|c| StatusConnection {
                    id: c.id.clone(),
                    system: c.system,
                    state: c.state,
                    reason: c.reason.clone(),
                    since: c.since,
                })
                .collect(),
            api: connections.iter().map(|c| c.api.clone()).collect(),
            errors: ErrorCounts { open: 481, retrying: 0, groups: 3 },
            alerts: vec![
                AlertRow {
                    class: Class::Cap,
                    count: 31,
                    since: at("08:02:00"),
                    connection: None,
                    title: "recipe limit 90/90; 14 unused".into(),
                    fix: "Delete recipes that nobody uses.".into(),
                },
                AlertRow {
                    class: Class::Auth,
                    count: 1,
                    since: at("09:14:03"),
                    connection: Some("acme-prod".into()),
                    title: "token revoked".into(),
                    fix: String::new(),
                },
            ],
            backlog: 1_204,
            tz: "UTC".into(),
            ..Status::default()
        },
        groups: vec![valid, lock, auth],
        objects: objects(),
        yesterday: Counts { created: 2_701, updated: 20_880, deleted: 402, skipped: 90, failed: 37 },
        activity: activity().into_iter().take(12).collect(),
        throughput: (0..60).map(|m| (300 + (m * 37) % 260, if m > 45 { 20 + m } else { 0 })).collect(),
        unused: 14,
        seq: 9_000,
        now: now(),
    }
}

fn cause() -> CauseDetail {
    let act = |time: &str, who: &str, action: &str, on: &str| AuditRow {
        seq: 1,
        at: at(time),
        who: who.into(),
        from: "".into(),
        action: action.into(),
        on: vec![on.into()],
        reason: None,
    };
    let began_at = at("14:03:00").plus(-51 * DAY);
    CauseDetail {
        just_before: vec![act("09:02:11", "ana", "recipe.create", "r88")],
        noticed: vec![NoticeRow {
            at: at("09:14:03"),
            on: vec!["acme-prod".into()],
            from: Some("valid".into()),
            to: "revoked".into(),
            reason: Some("invalid_grant".into()),
        }],
        earlier: Some(Earlier {
            began_at,
            over_at: began_at.plus(11 * MINUTE),
            mended: Some(act("09:14:00", "mkay", "connection.reconnect", "acme-prod")),
        }),
        objects: vec![("Contact".into(), 121), ("Lead".into(), 77), ("Opportunity".into(), 14)],
    }
}

fn hours() -> ObjectHours {
    let created = [88, 70, 61, 55, 60, 90, 210, 260, 301, 260];
    let begin = at("00:00:00");
    let hour = |(at, created): (i64, u64)| {
        let deleted = if at == 9 { 290 } else { created / 50 };
        let failed = if at == 7 { 40 } else { 0 };
        let counts = Counts { created, updated: created * 2, deleted, skipped: 0, failed };
        HourRow { at: begin.plus(at * HOUR), counts }
    };
    let recipe = |id, name: &str, written| RecipeShare { recipe: RecipeId(id), name: name.into(), written };
    ObjectHours {
        hours: (0..).zip(created).map(hour).collect(),
        recipes: vec![recipe(10, "Contact two-way", 7_120), recipe(31, "Task mirror", 4_774)],
        writing: 2,
    }
}

fn objects() -> Vec<ObjectRow> {
    let names = ["Contact", "Account", "Opportunity", "Lead", "Case", "Task", "Campaign"];
    let counts: [[u64; 5]; 7] = [
        [412, 9_310, 18, 77, 203],
        [37, 2_204, 0, 12, 0],
        [58, 4_871, 2, 0, 201],
        [903, 1_120, 41, 5, 77],
        [0, 612, 0, 0, 0],
        [1_455, 3_009, 310, 0, 0],
        [2, 9, 0, 0, 0],
    ];
    let row = |(name, [created, updated, deleted, skipped, failed]): (&str, [u64; 5])| {
        let counts = Counts { created, updated, deleted, skipped, failed };
        let tenth = |share: u64| Counts::of(|pick| pick(&counts) * share / 10);
        ObjectRow {
            direction: Direction::ToSalesforce,
            totals: ObjectTotals { object: name.into(), counts },
            last_change_at: Some(at("09:41:02")),
            in_step_to: Some(at("09:40:00")),
            active: vec![RecipeId(7), RecipeId(11)],
            paused: Vec::new(),
            whole: tenth(9),
            before: Some(if created == 0 { Counts { created: 88, ..counts } } else { tenth(8) }),
            hour: tenth(1),
            usual: Some(Counts { deleted: 4, ..counts }),
        }
    };
    names.into_iter().zip(counts).map(row).collect()
}

pub(super) fn entry(seq: u64, object: &str, action: Action, class: Option<Class>) -> ActivityRow {
    ActivityRow {
        seq,
        at: now().plus(-(9_000 - i64::try_from(seq).unwrap()) * 1_130),
        account: "default".into(),
        recipe: RecipeId(7),
        link: LinkId(seq),
        object: object.into(),
        direction: if seq.is_multiple_of(3) { Direction::FromSalesforce } else { Direction::ToSalesforce },
        action,
        result: if class.is_some() { Outcome::Parked } else { Outcome::Ok },
        salesforce_id: Some(format!("003Ab000000{seq:04}QAA").into()),
        target_id: Some("5099001".into()),
        record_name: "Maria Lopez".into(),
        duration_ms: 84,
        error: class.map(|_| "UNABLE_TO_LOCK_ROW".into()),
        class,
        fields: vec!["Email".into(), "Phone".into()],
        lost: Vec::new(),
        attempt: 1,
        job: None,
        by: "engine".into(),
        converted_to: Vec::new(),
    }
}

fn activity() -> Vec<ActivityRow> {
    let kinds = [
        ("Contact", Action::Updated, None),
        ("Lead", Action::Created, None),
        ("Opportunity", Action::Updated, Some(Class::Lock)),
        ("Task", Action::Deleted, None),
        ("Contact", Action::Skipped, None),
    ];
    let row = |(at, seq): (usize, u64)| {
        let (object, action, class) = kinds[at % kinds.len()];
        entry(seq, object, action, class)
    };
    (8_801..=9_000_u64).rev().enumerate().map(row).collect()
}

fn errors(group: &str) -> Vec<ErrorRow> {
    (1..=30).rev().map(|id| error_row(ErrorId(id), group)).collect()
}

fn error_row(id: ErrorId, group: &str) -> ErrorRow {
    ErrorRow {
        id,
        group: group.into(),
        recipe: RecipeId(7),
        connection: "acme-sync".into(),
        object: "Contact".into(),
        direction: Direction::ToSalesforce,
        operation: Action::Updated,
        salesforce_id: Some("003Ab00000008VdQAI".into()),
        target_id: Some("5099001".into()),
        record_name: if id.0 == 30 { "Maria Lopez".into() } else { format!("Person {}", id.0).into() },
        class: Class::Valid,
        code: "STRING_TOO_LONG".into(),
        message: "Phone: data value too large: +34 600 111 222 ext. 4471 (max length=40)".into(),
        explanation: "The value is longer than the field allows.".into(),
        fix: "Shorten the value at its source, or cut it in the mapping.".into(),
        fields: vec!["Phone".into()],
        attempts: 1,
        first_at: at("07:30:00"),
        last_at: at("09:41:03").plus(-i64::try_from(30 - id.0).unwrap() * SECOND),
        next_retry_at: None,
        state: ErrorState::Open,
    }
}

fn error(id: ErrorId) -> ErrorDetail {
    let field = |name: &str, base: &str, ours: &str, theirs: &str, blocks: bool| DiffRow {
        salesforce_field: name.into(),
        target_field: name.to_lowercase().into(),
        base: Some(base.into()),
        salesforce: theirs.into(),
        target: ours.into(),
        blocks,
        differs: ours != theirs,
        kind: Some(if name == "Phone" { "phone" } else { "text" }.into()),
        max_length: Some(if name == "Phone" { 40 } else { 128 }),
    };
    ErrorDetail {
        row: error_row(id, "valid"),
        diff: vec![
            field("FirstName", "Maria", "Maria", "Maria", false),
            field("Title", "Buyer", "Head of Buying", "Buyer", false),
            field(
                "Phone",
                "+34 600 111 222",
                "+34 600 111 222 ext. 4471 (recepcion, 2nd floor)",
                "+34 600 111 222",
                true,
            ),
            field("Email", "m.lopez@a.example", "m.lopez@a.example", "ml@b.example", false),
        ],
        agreed_at: Some(at("07:02:00").plus(-2 * DAY)),
        there_at: Some(at("08:10:44")),
        sent: vec![("Phone".into(), "+34".into()), ("Title".into(), "Head of Buying".into())],
        history: activity().into_iter().take(4).collect(),
    }
}

fn recipes() -> Vec<RecipeRow> {
    let named = [
        (7, "Q1 webinar leads", "Lead", 249, Some(Unused::NoChange), true),
        (11, "Test copy of r10", "Contact", 0, Some(Unused::NeverRan), true),
        (12, "Test copy of r10 (2)", "Contact", 0, Some(Unused::NeverRan), true),
        (19, "Old price book", "Product2", 234, Some(Unused::Paused), true),
        (23, "Event badge import", "Contact", 195, Some(Unused::Paused), true),
        (31, "Migrate 2025 accounts", "Account", 172, Some(Unused::NoChange), true),
        (34, "Partner leads (old form)", "Lead", 156, Some(Unused::Duplicate), true),
        (40, "NPS write-back", "Contact", 143, Some(Unused::NoChange), true),
        (44, "Case mirror (pilot)", "Case", 115, Some(Unused::Paused), true),
        (52, "Trial task sync", "Task", 100, Some(Unused::NoChange), true),
        (57, "Renewal reminders", "Opportunity", 54, Some(Unused::NoChange), false),
        (63, "Year-end close", "Opportunity", 326, Some(Unused::NoChange), false),
        (70, "Dedupe companies", "Account", 41, Some(Unused::NoChange), true),
        (71, "Dedupe people", "Contact", 40, Some(Unused::NoChange), true),
        (2, "Opportunity stages", "Opportunity", 0, None, false),
    ];
    named
        .into_iter()
        .map(|(id, name, object, days, unused, proposed)| RecipeRow {
            id: RecipeId(id),
            name: name.into(),
            account: "default".into(),
            direction: Direction::ToSalesforce,
            pair: None,
            template: Template::ItemToRecord,
            object: object.into(),
            container: "Pipeline".into(),
            container_id: "900100".into(),
            salesforce: "acme-sync".into(),
            target: "acme-monday".into(),
            target_system: System::Monday,
            state: if unused == Some(Unused::Paused) { RecipeState::Paused } else { RecipeState::Active },
            reason: None,
            missing: None,
            since: now().plus(-days * DAY),
            schedule: "15m".into(),
            last_run_at: Some(now().plus(-5 * MINUTE)),
            last_change_at: (days > 0).then(|| now().plus(-days * DAY)),
            freshness_s: Some(300),
            backlog: 0,
            failed: if id == 2 { 187 } else { 0 },
            created_at: now().plus(-300 * DAY),
            created_by: "ana".into(),
            needed_by: if id == 57 { vec![RecipeId(58)] } else { Vec::new() },
            seasonal: id == 63,
            unused: unused.into_iter().collect(),
            proposed,
        })
        .collect()
}

fn connections() -> Vec<ConnectionRow> {
    let row = |id: &str, system, state, user: &str, used: u64| ConnectionRow {
        id: id.into(),
        system,
        account: "default".into(),
        state,
        reason: (state == ConnectionState::Revoked).then(|| "invalid_grant".into()),
        explanation: (state == ConnectionState::Revoked)
            .then(|| "The authorisation was revoked. Reconnect as the same user.".into()),
        detail: (state == ConnectionState::Revoked).then(|| "expired access/refresh token".into()),
        since: if state == ConnectionState::Revoked { at("09:14:03") } else { now().plus(-10 * DAY) },
        until: None,
        url: "https://acme.my.salesforce.com".into(),
        sandbox: false,
        by_browser: system == System::Salesforce,
        api_version: "62.0".into(),
        org_id: Some("00D000000000001".into()),
        org_name: Some("Acme".into()),
        user: Some(user.into()),
        edition: Some("Enterprise".into()),
        last_ok_at: Some(now().plus(-HOUR / 2)),
        protected: false,
        recipes: 41,
        parked: if state == ConnectionState::Revoked { 212 } else { 0 },
        queued: if state == ConnectionState::Revoked { 1_204 } else { 0 },
        api: ApiRow {
            connection: id.into(),
            used_24h: used / 2,
            org_used_24h: (used > 0).then_some(used),
            org_limit_24h: (used > 0).then_some(100_000),
            budget_24h: None,
            retries_to: 85,
            syncs_to: 90,
            dry_at: None,
            paused_until: None,
            by: uses(used / 2),
            by_hour: (0..10).map(|hour| (used / 40 * hour, used / 90 * hour)).collect(),
            yesterday: used / 3,
            org_limits: if used > 0 {
                vec![OrgLimit { name: "DataStorageMB".into(), used: 811, max: 1_024 }]
            } else {
                Vec::new()
            },
            org_limits_at: (used > 0).then(now),
        },
        health: HealthRow::default(),
    };
    vec![
        row("acme-monday", System::Monday, ConnectionState::Valid, "bot", 0),
        row("acme-prod", System::Salesforce, ConnectionState::Revoked, "jlee", 71_204),
        row("acme-sync", System::Salesforce, ConnectionState::Valid, "svc-sync", 71_204),
    ]
}

fn uses(all: u64) -> Vec<UseRow> {
    let row = |purpose, recipe: Option<u32>, calls| UseRow {
        purpose,
        recipe: recipe.map(RecipeId),
        name: recipe.map(|_| "Front desk".into()),
        calls,
    };
    vec![
        row(Purpose::Write, Some(5), all / 2),
        row(Purpose::Retry, Some(4), all / 3),
        row(Purpose::Look, None, all - all / 2 - all / 3),
    ]
}

/// Replaces every text from outside.
pub(super) fn with_names(stage: &mut Stage, name: &str) {
    let name: Arc<str> = name.into();
    for group in &mut stage.overview.groups {
        group.title = name.to_string();
        group.message = Arc::clone(&name);
        group.object = Some(Arc::clone(&name).into());
    }
    for row in stage.overview.activity.iter_mut().chain(&mut stage.activity) {
        row.object = Arc::clone(&name).into();
        row.record_name = Arc::clone(&name);
        row.salesforce_id = Some(Arc::clone(&name).into());
        row.fields = vec![Arc::clone(&name).into()];
    }
    for row in &mut stage.overview.objects {
        row.totals.object = Arc::clone(&name).into();
    }
    for row in &mut stage.recipes {
        row.name = Arc::clone(&name);
        row.container = Arc::clone(&name);
        row.created_by = Arc::clone(&name);
    }
    for row in &mut stage.connections {
        row.org_name = Some(Arc::clone(&name));
        row.user = Some(Arc::clone(&name));
        row.detail = Some(Arc::clone(&name));
    }
}
