//! Screen 8: jobs that the engine does for people, and the audit log.

use ratatui::layout::Rect;

use crate::control::protocol::{Reply, Request};
use crate::control::rows::{AuditRow, JobRow};
use crate::domain::id::JobId;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Topic, Wish};
use crate::tui::parts::dialog::{Answer, Dialog};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::registry::Act;
use crate::tui::retry;
use crate::tui::skin::Role;

const SHOWN: usize = 100;

impl Row for JobRow {
    type Id = Option<JobId>;
    fn id(&self) -> Option<JobId> {
        self.id
    }
}

impl Row for AuditRow {
    type Id = u64;
    fn id(&self) -> u64 {
        self.seq
    }
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Jobs {
    rows: List<JobRow>,
    audit: List<AuditRow>,
    in_audit: bool,
}

impl Jobs {
    pub(in crate::tui) fn refresh() -> Vec<Wish> {
        vec![
            Wish::Ask(Topic::Jobs, Request::Jobs { limit: SHOWN }),
            Wish::Ask(Topic::Audit, Request::Audit { limit: SHOWN }),
        ]
    }

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) {
        match reply {
            Reply::Jobs(rows) => self.rows.tell(rows, facts.held),
            Reply::Audit(rows) => self.audit.tell(rows, facts.held),
            _ => {}
        }
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        let job = self.rows.point(y);
        let line = if job.is_none() { self.audit.point(y) } else { None };
        if job.or(line).is_some() {
            self.in_audit = line.is_some();
        }
        job.or(line)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.rows.release(held);
        self.audit.release(held);
    }

    /// The job under the cursor.
    pub(in crate::tui) fn current(&self) -> Option<JobId> {
        self.rows.current().filter(|_| !self.in_audit).and_then(|job| job.id)
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match act {
            Act::Move(step) if self.in_audit => self.audit.step(step),
            Act::Move(step) => self.rows.step(step),
            Act::NextPanel | Act::PreviousPanel => self.in_audit = !self.in_audit,
            Act::Export if self.in_audit => {
                return vec![Wish::Export("audit", files::values(self.audit.rows()))];
            }
            Act::Export => return vec![Wish::Export("jobs", files::values(self.rows.rows()))],
            Act::Open => return self.open(facts),
            Act::Stop => return self.stop(facts),
            Act::Copy | Act::CopyAll => {
                let json = if self.in_audit {
                    self.audit.current().and_then(|row| serde_json::to_string(row).ok())
                } else {
                    self.rows.current().and_then(|row| serde_json::to_string(row).ok())
                };
                return json.map(Wish::Copy).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    /// Everything that is known of the row under the cursor.
    fn open(&self, facts: &Facts) -> Vec<Wish> {
        let (title, lines) = if self.in_audit {
            let Some(row) = self.audit.current() else { return Vec::new() };
            let reason = row.reason.as_deref().unwrap_or("-").to_owned();
            let who = format!("{}  {}  {}", row.at, row.who, row.from);
            (row.action.to_string(), vec![who, row.on.join(" "), reason])
        } else {
            let Some(job) = self.rows.current() else { return Vec::new() };
            let begun = facts.say_with(
                "job-started-at",
                &[
                    ("by", (&*job.by).into()),
                    ("time", (&facts.since(job.at)).into()),
                    ("skipped", job.skipped.into()),
                    ("calls", job.calls.into()),
                ],
            );
            let title = job.id.map(|id| id.to_string()).unwrap_or_default();
            (title, vec![retry::progress(job, facts), begun, job.on.join(" "), facts.by_class(&job.left_out)])
        };
        vec![Wish::Dialog(Dialog::new(title, lines, Vec::new()))]
    }

    fn stop(&self, facts: &Facts) -> Vec<Wish> {
        let Some((job, id)) = self.rows.current().and_then(|job| Some((job, job.id?))) else {
            return Vec::new();
        };
        if retry::is_over(job) {
            return vec![Wish::Say(facts.say("stop-over"))];
        }
        let name = id.to_string();
        let done = facts.say_with("stop-done", &[("job", (&name).into())]);
        let wishes = vec![Wish::Ask(Topic::Done(done), Request::StopJob(id))];
        let answer = Answer { key: 'y', label: facts.say("stop-yes"), wishes };
        let title = facts.say_with("stop-title", &[("job", (&name).into())]);
        vec![Wish::Dialog(Dialog::new(title, vec![retry::progress(job, facts)], vec![answer]))]
    }

    pub(in crate::tui) fn foretell(facts: &Facts) -> String {
        facts.say("jobs-foretell")
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let middle = facts.columns >= 76;
        let upper = area.height / 2;
        let inner =
            c.panel(Rect { height: upper, ..area }, &facts.say("jobs-title"), &facts.say("newest-first"));
        let mut heads = vec![Column::right(facts.say("col-job"), 5), Column::left(facts.say("col-what"), 0)];
        heads.push(Column::left(facts.say("col-by"), 8));
        heads.push(Column::left(facts.say("col-begun"), 6));
        heads.push(Column::right(facts.say("col-progress"), 11));
        if middle {
            heads.push(Column::right("ok".into(), 6));
            heads.push(Column::right(facts.say("col-failed"), 6));
        }
        heads.push(Column::left(facts.say("col-state"), 8));
        table::draw(c, inner, &heads, &self.rows, (false, !self.in_audit), |job| {
            let mut cells = vec![
                plain(job.id.map(|id| id.to_string()).unwrap_or_default()),
                plain(retry::what(&job.what, facts)),
                plain(job.by.to_string()),
                plain(facts.since(job.at)),
                plain(format!("{}/{}", facts.count(job.done), facts.count(job.of))),
            ];
            if middle {
                cells.push(plain(facts.count(job.ok)));
                cells
                    .push((facts.count(job.failed), if job.failed > 0 { Role::Failing } else { Role::Text }));
            }
            cells.push(plain(job.state.clone()));
            cells
        });
        if self.rows.is_empty() && inner.height > 1 {
            c.text(
                inner.x + 2,
                inner.y + 1,
                inner.width.saturating_sub(3),
                &facts.say("jobs-none"),
                Role::Text,
            );
        }
        let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
        let title = format!("{}  {}", facts.say("audit-title"), facts.say("audit-note"));
        let inner = c.panel(lower, &title, "");
        let mut heads = vec![Column::left(facts.say("col-time"), 8), Column::left(facts.say("col-who"), 8)];
        heads.push(Column::left(facts.say("col-what"), 20));
        heads.push(Column::left(facts.say("col-on"), 0));
        if middle {
            heads.push(Column::left(facts.say("col-why"), if facts.columns >= 120 { 40 } else { 16 }));
        }
        table::draw(c, inner, &heads, &self.audit, (false, self.in_audit), |row| {
            let time = if row.at >= facts.today() { facts.time(row.at) } else { facts.day(row.at) };
            let mut cells = vec![
                plain(time),
                plain(row.who.to_string()),
                plain(row.action.to_string()),
                plain(row.on.join(" ")),
            ];
            if middle {
                let why = row.reason.as_deref().unwrap_or_default();
                cells.push(plain(format!("{why} {}", row.from).trim().to_owned()));
            }
            cells
        });
    }
}
