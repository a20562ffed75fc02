//! Screen 7: what is left of the recipe limit, of each connection's calls and of what else its org counts.

use ratatui::layout::Rect;

use super::uses;
use crate::control::limits::{ApiRow, LimitsDoc};
use crate::control::protocol::{ConnectionAct, Reply, Request, Selection};
use crate::control::rows::JobRow;
use crate::domain::id::ConnectionId;
use crate::domain::time::{MINUTE, Stamp};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::dialog::{Prompt, Purpose};
use crate::tui::parts::field::Field;
use crate::tui::parts::gauge::{bar, percent};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Cell, Column, plain};
use crate::tui::registry::Act;
use crate::tui::retry;
use crate::tui::skin::Role;

/// One limit.
#[derive(Clone, Debug, PartialEq)]
struct Limit {
    name: String,
    used: u64,
    of: u64,
    /// Whose; none where recipes are counted, which can be freed here.
    connection: Option<ConnectionId>,
    /// Whether it is calls, which come back and for which there can be a budget.
    calls: bool,
    /// When all of it is used at the present rate, within a day.
    dry_at: Option<Stamp>,
}

impl Row for Limit {
    type Id = String;
    fn id(&self) -> String {
        self.name.clone()
    }
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Limits {
    documents: Vec<LimitsDoc>,
    rows: List<Limit>,
    /// What trying again all that failed would cost, and when that was asked.
    again: Option<JobRow>,
    asked: Option<Stamp>,
}

impl Limits {
    pub(in crate::tui) fn refresh(facts: &Facts) -> Vec<Wish> {
        let request = Request::Limits { account: facts.account.clone(), fresh: false };
        vec![Wish::Ask(Topic::Limits, request)]
    }

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) -> Vec<Wish> {
        let documents = match reply {
            Reply::Limits(documents) => documents,
            Reply::Job(plan) => {
                self.again = Some(plan);
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let several = documents.len() > 1;
        let mut rows = Vec::new();
        for document in &documents {
            let account = if several { format!(" {}", document.account) } else { String::new() };
            rows.push(Limit {
                name: format!("{}{account}", facts.say("limit-recipes")),
                used: document.recipes.used.into(),
                of: document.recipes.limit.into(),
                connection: None,
                calls: false,
                dry_at: None,
            });
            rows.extend(document.api.iter().flat_map(|api| limits_of(api, facts)));
        }
        self.documents = documents;
        self.rows.tell(rows, facts.held);
        self.ask_cost(facts)
    }

    /// Asks what a retry would cost, where anything failed; once a minute, for it is planned anew each time.
    fn ask_cost(&mut self, facts: &Facts) -> Vec<Wish> {
        let young = self.asked.is_some_and(|at| (0..MINUTE).contains(&facts.now.since(at)));
        if facts.status.errors.open == 0 || facts.now != facts.present {
            self.again = None;
            return Vec::new();
        }
        if young {
            return Vec::new();
        }
        self.asked = Some(facts.now);
        vec![Wish::Ask(Topic::Limits, retry::planned(Selection::All { since: None }))]
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        self.rows.point(y)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.rows.release(held);
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match act {
            Act::Move(step) => self.rows.step(step),
            Act::Free | Act::Open => {
                return match self.rows.current() {
                    Some(row) if row.connection.is_none() => vec![Wish::Jump(Jump::Free)],
                    Some(row) if !row.calls => vec![Wish::Say(facts.say("limits-others"))],
                    _ => vec![Wish::Say(facts.say("limits-wait"))],
                };
            }
            Act::Export => {
                let all: Vec<ApiRow> = self.documents.iter().flat_map(|one| one.api.clone()).collect();
                return vec![Wish::Export("limits", files::values(&all))];
            }
            Act::Budget => return self.ask_budget(facts),
            Act::Copy | Act::CopyAll => {
                return serde_json::to_string_pretty(&self.documents)
                    .ok()
                    .map(Wish::Copy)
                    .into_iter()
                    .collect();
            }
            _ => {}
        }
        Vec::new()
    }

    /// Asks how many calls the connection under the cursor may make.
    fn ask_budget(&self, facts: &Facts) -> Vec<Wish> {
        let Some(id) = self.rows.current().and_then(|row| row.connection.clone()) else {
            return vec![Wish::Say(facts.say("budget-which"))];
        };
        let mut all = self.documents.iter().flat_map(|document| &document.api);
        let known = all.find(|api| api.connection == id).and_then(|api| api.budget_24h);
        vec![Wish::Prompt(Prompt {
            title: facts.say_with("budget-title", &[("id", id.as_str().into())]),
            lines: vec![facts.say("budget-line")],
            field: Field::of(&known.map(|budget| budget.to_string()).unwrap_or_default()),
            purpose: Purpose::Budget(id),
        })]
    }

    /// Sets the budget that was typed; an empty line takes it away.
    pub(in crate::tui) fn budget(id: &ConnectionId, text: &str, facts: &Facts) -> Vec<Wish> {
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '.' | '\u{202f}')).collect();
        let budget = if plain.is_empty() { Ok(None) } else { plain.parse().map(Some) };
        let Ok(budget) = budget else { return vec![Wish::Say(facts.say("budget-number"))] };
        let act = ConnectionAct::SetBudget(budget);
        let done = facts.say_with("budget-done", &[("id", id.as_str().into())]);
        vec![Wish::Ask(Topic::Done(done), Request::ActOnConnection { id: id.clone(), act })]
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        let unused: u64 = self.documents.iter().map(|document| u64::from(document.unused)).sum();
        facts.say_with("limits-foretell", &[("count", unused.into())])
    }

    /// The calls that are told of: those of the connection under the cursor, else of the one that used most.
    fn shown(&self) -> Option<&ApiRow> {
        let all = || self.documents.iter().flat_map(|document| &document.api);
        let id = self.rows.current().and_then(|row| row.connection.as_ref());
        all().find(|api| Some(&api.connection) == id).or_else(|| all().max_by_key(|api| api.used_24h))
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let count = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let most = if area.height >= 16 { area.height - 8 } else { area.height };
        let upper = count.saturating_add(4).clamp(5, most.max(5)).min(area.height);
        self.draw_limits(c, Rect { height: upper, ..area });
        let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
        let Some(api) = self.shown().filter(|_| lower.height >= 3) else { return };
        let again = self.again.as_ref();
        if c.facts.columns >= 120 {
            let left = lower.width / 2;
            uses::draw_hours(c, Rect { width: left + 1, ..lower }, api);
            uses::draw(c, Rect { x: lower.x + left, width: lower.width - left, ..lower }, api, again);
        } else {
            uses::draw(c, lower, api, again);
        }
    }

    fn draw_limits(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let inner = c.panel(area, &facts.say("limits-title"), &facts.say("limits-rolling"));
        let (middle, wide) = (facts.columns >= 76, facts.columns >= 120);
        let mut heads = vec![Column::left(facts.say("col-limit"), 0)];
        if middle {
            heads.push(Column::right(facts.say("col-used"), 9));
            heads.push(Column::right(facts.say("col-of"), 9));
        }
        heads.push(Column::right(facts.say("col-left"), 9));
        let bar_width = if wide { 22 } else { 10 };
        heads.push(Column::left(String::new(), bar_width));
        heads.push(Column::left(facts.say("col-state"), 6));
        heads.push(Column::left(facts.say("col-forecast"), if wide { 18 } else { 9 }));
        if wide {
            heads.push(Column::left(facts.say("col-f-does"), 18));
        }
        let rows = Rect { height: inner.height.saturating_sub(1), ..inner };
        table::draw(c, rows, &heads, &self.rows, (false, true), |row| {
            let mut cells = vec![plain(row.name.clone())];
            if middle {
                cells.push(plain(facts.count(row.used)));
                cells.push(plain(facts.count(row.of)));
            }
            cells.push(plain(facts.count(row.of.saturating_sub(row.used))));
            cells.push(plain(bar(row.used, row.of, bar_width)));
            cells.push(state(row.used, row.of));
            let dry = row.dry_at.map(|at| {
                let at = facts.since(at);
                if wide { facts.say_with("limits-dry", &[("at", (&at).into())]) } else { format!("{at} !") }
            });
            cells.push((dry.unwrap_or_default(), Role::Failing));
            if wide {
                let key = if row.connection.is_none() { "limits-does-free" } else { "limits-does-nothing" };
                cells.push(plain(facts.say(key)));
            }
            cells
        });
        let (x, y, width) = (inner.x + 1, inner.bottom().saturating_sub(1), inner.width.saturating_sub(2));
        c.text(x, y, width, &facts.say("limits-legend"), Role::Text);
    }
}

/// `71%`, `79% !`, `FULL`.
fn state(used: u64, of: u64) -> Cell {
    match percent(used, of) {
        100.. => ("FULL".to_owned(), Role::Badge),
        share @ 75.. => (format!("{share}% !"), Role::Warning),
        share => (format!("{share}%"), Role::Text),
    }
}

/// The org's own limits and the operator's budget, where there are such.
fn limits_of(api: &ApiRow, facts: &Facts) -> Vec<Limit> {
    let row = |key: &str, used: u64, of: u64| Limit {
        name: facts.say_with(key, &[("id", api.connection.as_str().into())]),
        used,
        of,
        connection: Some(api.connection.clone()),
        calls: true,
        dry_at: None,
    };
    let org = api.org_limit_24h.map(|of| row("limit-org", api.org_used_24h.unwrap_or(api.used_24h), of));
    let own = api.budget_24h.map(|of| row("limit-budget", api.used_24h, of));
    let mut rows: Vec<Limit> = org.into_iter().chain(own).collect();
    // What is left the least of is what runs out first.
    if let Some(first) = rows.iter_mut().min_by_key(|row| row.of.saturating_sub(row.used)) {
        first.dry_at = api.dry_at;
    }
    rows.extend(api.org_limits.iter().map(|limit| Limit {
        name: format!("{} {}", api.connection, facts.say(&format!("limit-of-{}", limit.name))),
        used: limit.used,
        of: limit.max,
        connection: Some(api.connection.clone()),
        calls: false,
        dry_at: None,
    }));
    rows
}
