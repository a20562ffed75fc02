//! Who uses up a connection's calls, hour by hour and altogether, and what would be used next. A gauge alone starts no
//! action.

use ratatui::layout::Rect;

use crate::control::limits::{ApiRow, UseRow};
use crate::control::rows::JobRow;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::parts::chart;
use crate::tui::parts::gauge::percent;
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::skin::Role;

/// What is said below the users of calls: what is ahead, what a retry costs, what is kept for people.
const LINES: u16 = 3;

/// Draws our calls of each hour since midnight.
pub(super) fn draw_hours(c: &mut Canvas<'_>, area: Rect, api: &ApiRow) {
    let facts = c.facts;
    let title = format!("{}  {}", facts.say("calls-by-hour"), api.connection);
    let inner = c.panel(area, &title, "UTC");
    if inner.height < 5 {
        return;
    }
    let bars: Vec<chart::Bar> =
        api.by_hour.iter().map(|(all, again)| (all.saturating_sub(*again), *again)).collect();
    let width = 2;
    let (left, hidden) = chart::draw(c, Rect { height: inner.height - 3, ..inner }, &bars, width);
    for (hour, x) in (hidden..bars.len()).zip((left..).step_by(width.into())).step_by(3) {
        c.text(x, inner.bottom() - 3, 3, &format!("{hour:02}"), Role::Text);
    }
    let room = inner.right().saturating_sub(left);
    c.text(left, inner.bottom() - 2, room, &facts.say("calls-legend"), Role::Text);
    let today: u64 = api.by_hour.iter().map(|(all, _)| all).sum();
    let pairs = [("today", today.into()), ("yesterday", api.yesterday.into())];
    c.text(left, inner.bottom() - 1, room, &facts.say_with("calls-days", &pairs), Role::Text);
}

/// Draws what a connection's calls of the last day were made for, and by whom.
pub(super) fn draw(c: &mut Canvas<'_>, area: Rect, api: &ApiRow, again: Option<&JobRow>) {
    let facts = c.facts;
    let inner =
        c.panel(area, &format!("{}  {}", facts.say("who-calls"), api.connection), &facts.say("last-day"));
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    // The org does not count requests for tokens; we do.
    let everybody = api.org_used_24h.unwrap_or(0).max(api.used_24h);
    let heads =
        [Column::left(String::new(), 0), Column::right(String::new(), 9), Column::right(String::new(), 5)];
    let said = lines(facts, api, again);
    let lower = u16::try_from(said.len()).unwrap_or(LINES).min(inner.height);
    let room = usize::from(inner.height - lower);
    let others = everybody.saturating_sub(api.used_24h);
    let mut rows: Vec<(String, u64)> = api.by.iter().map(|row| (name(row, facts), row.calls)).collect();
    if others > 0 {
        rows.push((facts.say("who-others"), others));
    }
    if rows.len() > room && room > 0 {
        let rest = rows.split_off(room - 1);
        let sum = rest.iter().map(|(_, calls)| calls).sum();
        rows.push((facts.say_with("who-rest", &[("count", rest.len().into())]), sum));
    }
    for ((name, calls), y) in rows.into_iter().zip(inner.y..inner.bottom()) {
        let share = format!("{}%", percent(calls, everybody));
        table::line(c, inner, y, &heads, &[plain(name), plain(facts.count(calls)), plain(share)]);
    }
    for (line, y) in said.iter().zip(inner.bottom() - lower..) {
        c.text(inner.x, y, inner.width, line, Role::Text);
    }
}

fn lines(facts: &Facts, api: &ApiRow, again: Option<&JobRow>) -> Vec<String> {
    let mut lines = Vec::new();
    match (api.paused_until, api.dry_at) {
        (Some(until), _) => {
            lines.push(facts.say_with("calls-paused", &[("until", (&facts.since(until)).into())]));
        }
        (None, Some(at)) => lines.push(facts.say_with("calls-dry", &[("at", (&facts.since(at)).into())])),
        (None, None) => {}
    }
    if let Some(plan) = again {
        let left_out: u64 = plan.left_out.iter().map(|(_, count)| count).sum();
        let pairs = [("count", plan.of.into()), ("calls", plan.calls.into()), ("left", left_out.into())];
        lines.push(facts.say_with("calls-again", &pairs));
    }
    let pairs = [("retries", u64::from(api.retries_to).into()), ("syncs", u64::from(api.syncs_to).into())];
    lines.push(facts.say_with("calls-shares", &pairs));
    lines
}

/// `writing r5 Front desk`, `looking for changes`.
fn name(row: &UseRow, facts: &Facts) -> String {
    let purpose = facts.say(&format!("purpose-{}", row.purpose.name()));
    match (row.recipe, &row.name) {
        (Some(id), Some(name)) => format!("{purpose}  {id} {name}"),
        (Some(id), None) => format!("{purpose}  {id}"),
        (None, _) => purpose,
    }
}
