//! Screen 7: what is left of the recipe limit and of each connection's calls.

use ratatui::layout::Rect;

use super::overview::draw_gauge;
use crate::control::protocol::{ConnectionAct, Reply, Request};
use crate::control::rows::{ApiRow, LimitsDoc};
use crate::domain::id::ConnectionId;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::dialog::{Prompt, Purpose};
use crate::tui::parts::field::Field;
use crate::tui::parts::gauge::percent;
use crate::tui::parts::list::{List, Row};
use crate::tui::registry::Act;
use crate::tui::skin::Role;

/// One limit.
#[derive(Clone, Debug, PartialEq)]
struct Limit {
    name: String,
    used: u64,
    of: u64,
    /// Whose calls; none where recipes are counted, which can be freed here.
    connection: Option<ConnectionId>,
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
}

impl Limits {
    pub(in crate::tui) fn refresh(facts: &Facts) -> Vec<Wish> {
        vec![Wish::Ask(Topic::Limits, Request::Limits { account: facts.account.clone() })]
    }

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) {
        let Reply::Limits(documents) = reply else { return };
        let several = documents.len() > 1;
        let mut rows = Vec::new();
        for document in &documents {
            let account = if several { format!(" {}", document.account) } else { String::new() };
            rows.push(Limit {
                name: format!("{}{account}", facts.say("limit-recipes")),
                used: document.recipes.used.into(),
                of: document.recipes.limit.into(),
                connection: None,
            });
            rows.extend(document.api.iter().flat_map(|api| limits_of(api, facts)));
        }
        self.documents = documents;
        self.rows.tell(rows, facts.held);
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

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let count = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let upper = count.saturating_add(4).clamp(5, area.height);
        let inner =
            c.panel(Rect { height: upper, ..area }, &facts.say("limits-title"), &facts.say("limits-rolling"));
        let height = inner.height.saturating_sub(1);
        let top = self.rows.window(height);
        self.rows.drawn_at(inner.y);
        let visible = self.rows.rows().iter().enumerate().skip(top).take(height.into());
        for ((at, row), y) in visible.zip(inner.y..) {
            let place = Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(1), height: 1 };
            draw_gauge(c, place, &row.name, row.used, row.of);
            if at == self.rows.at() {
                c.text(inner.x, y, 1, ">", Role::Title);
                c.tint(Rect { x: inner.x, width: inner.width, ..place }, Role::Cursor);
            }
        }
        let legend = facts.say("limits-legend");
        c.text(
            inner.x + 1,
            inner.bottom().saturating_sub(1),
            inner.width.saturating_sub(2),
            &legend,
            Role::Text,
        );
        let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
        if lower.height < 3 {
            return;
        }
        let inner = c.panel(lower, &facts.say("who-calls"), &facts.say("last-day"));
        let all = self.documents.iter().flat_map(|document| &document.api);
        for (api, y) in all.zip(inner.y..inner.bottom()) {
            // The org does not count requests for tokens; we do.
            let everybody = api.org_used_24h.unwrap_or(0).max(api.used_24h);
            let text = facts.say_with(
                "who-calls-line",
                &[
                    ("id", api.connection.as_str().into()),
                    ("ours", api.used_24h.into()),
                    ("share", percent(api.used_24h, everybody).into()),
                    ("others", everybody.saturating_sub(api.used_24h).into()),
                ],
            );
            let ahead = match (api.paused_until, api.dry_at) {
                (Some(until), _) => {
                    facts.say_with("calls-paused", &[("until", (&facts.since(until)).into())])
                }
                (None, Some(at)) => facts.say_with("calls-dry", &[("at", (&facts.since(at)).into())]),
                (None, None) => String::new(),
            };
            c.text(inner.x + 1, y, inner.width.saturating_sub(2), &format!("{text}  {ahead}"), Role::Text);
        }
        let shares = self.documents.iter().flat_map(|document| &document.api).next();
        if let Some(api) = shares.filter(|_| inner.height > 4) {
            let args =
                [("retries", u64::from(api.retries_to).into()), ("syncs", u64::from(api.syncs_to).into())];
            let text = facts.say_with("calls-shares", &args);
            c.text(inner.x + 1, inner.bottom() - 1, inner.width.saturating_sub(2), &text, Role::Text);
        }
    }
}

/// The org's own limit and the operator's budget, where there are such.
fn limits_of(api: &ApiRow, facts: &Facts) -> Vec<Limit> {
    let row = |key: &str, used: u64, of: u64| Limit {
        name: facts.say_with(key, &[("id", api.connection.as_str().into())]),
        used,
        of,
        connection: Some(api.connection.clone()),
    };
    let org = api.org_limit_24h.map(|of| row("limit-org", api.org_used_24h.unwrap_or(api.used_24h), of));
    let own = api.budget_24h.map(|of| row("limit-budget", api.used_24h, of));
    org.into_iter().chain(own).collect()
}
