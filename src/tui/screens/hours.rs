//! The lower half of the objects: one object by hour, as numbers or as bars, what is odd about it, and the recipes
//! that did it.

use ratatui::layout::Rect;

use crate::control::counts::{Counts, HourRow, ObjectHours, ObjectRow, Odd};
use crate::domain::id::ObjectName;
use crate::domain::recipe::Direction;
use crate::tui::canvas::{Canvas, columns};
use crate::tui::facts::Facts;
use crate::tui::parts::chart;
use crate::tui::skin::Role;

/// The columns of a chart's bar.
const BAR: u16 = 4;

/// What can be counted, with the key of its name.
const KINDS: [(&str, fn(&Counts) -> u64); 4] = [
    ("col-created", |counts| counts.created),
    ("col-updated", |counts| counts.updated),
    ("col-deleted", |counts| counts.deleted),
    ("col-failed", |counts| counts.failed),
];

/// One object by hour.
#[derive(Debug, Default)]
pub(super) struct Hours {
    of: Option<(ObjectName, Direction)>,
    told: ObjectHours,
}

impl Hours {
    /// Takes an answer; one about another row than `wanted` came too late.
    pub(super) fn hear(&mut self, of: (ObjectName, Direction), told: ObjectHours) {
        self.of = Some(of);
        self.told = told;
    }

    fn of(&self, row: &ObjectRow) -> Option<&ObjectHours> {
        let same = self
            .of
            .as_ref()
            .is_some_and(|(object, way)| (object, *way) == (&row.totals.object, row.direction));
        same.then_some(&self.told)
    }

    /// Draws the hours of a row as numbers, with what is odd.
    pub(super) fn draw_table(&self, c: &mut Canvas<'_>, area: Rect, row: &ObjectRow, way: &str) {
        let facts = c.facts;
        let inner = c.panel(area, &title(row, way, facts), &facts.zone());
        let Some(told) = self.of(row) else {
            return c.wait(inner);
        };
        let names = KINDS.map(|(key, _)| facts.say(key));
        let lead = names.iter().map(|name| columns(name)).max().unwrap_or(0) + 2;
        let width = cell_width(told, facts);
        let room = usize::from(inner.width.saturating_sub(lead + 2) / width);
        let shown: Vec<&HourRow> = told.hours.iter().skip(told.hours.len().saturating_sub(room)).collect();
        let first = inner.x + 1 + lead;
        for (hour, x) in shown.iter().zip((first..).step_by(width.into())) {
            c.right(x, inner.y, width - 1, &facts.hour(hour.at), Role::Title);
        }
        for ((name, (_, pick)), y) in names.iter().zip(KINDS).zip(inner.y + 1..inner.bottom()) {
            c.text(inner.x + 1, y, lead, name, Role::Text);
            for (hour, x) in shown.iter().zip((first..).step_by(width.into())) {
                c.right(x, y, width - 1, &short(pick(&hour.counts), facts), Role::Text);
            }
        }
        let below = inner.y + 1 + u16::try_from(KINDS.len()).unwrap_or(0);
        let room = Rect { y: below, height: inner.bottom().saturating_sub(below), ..inner };
        draw_note(c, Rect { x: room.x + 1, width: room.width.saturating_sub(2), ..room }, row);
    }

    /// Draws the hours of a row as bars.
    pub(super) fn draw_chart(&self, c: &mut Canvas<'_>, area: Rect, row: &ObjectRow, way: &str) {
        let facts = c.facts;
        let inner = c.panel(area, &title(row, way, facts), &facts.say("throughput-legend"));
        let Some(told) = self.of(row) else {
            return c.wait(inner);
        };
        if inner.height < 3 {
            return;
        }
        let bars: Vec<chart::Bar> =
            told.hours.iter().map(|hour| (hour.counts.written(), hour.counts.failed)).collect();
        let upper = Rect { height: inner.height - 2, ..inner };
        let (first, hidden) = chart::draw(c, upper, &bars, BAR);
        let y = inner.bottom() - 2;
        for (hour, x) in told.hours.iter().skip(hidden).zip((first..).step_by(BAR.into())) {
            c.text(x, y, BAR - 1, &facts.hour(hour.at), Role::Title);
        }
        draw_note(c, Rect::new(inner.x + 1, inner.bottom() - 1, inner.width.saturating_sub(2), 1), row);
    }

    /// Draws the recipes that wrote most of a row.
    pub(super) fn draw_recipes(&self, c: &mut Canvas<'_>, area: Rect, row: &ObjectRow) {
        let facts = c.facts;
        let told = self.of(row);
        let writing = told.map_or(0, |told| told.writing);
        let note = facts.say_with("objects-writing", &[("count", writing.into())]);
        let inner = c.panel(area, &facts.say("objects-by-recipe"), &note);
        let Some(told) = told else { return c.wait(inner) };
        for (share, y) in told.recipes.iter().zip(inner.y..inner.bottom()) {
            let id = share.recipe.to_string();
            c.text(inner.x + 1, y, 6, &id, Role::Text);
            c.text(inner.x + 8, y, inner.width.saturating_sub(22), &share.name, Role::Text);
            c.right(inner.right().saturating_sub(13), y, 12, &facts.count(share.written), Role::Text);
        }
        if told.recipes.is_empty() {
            c.text(
                inner.x + 1,
                inner.y,
                inner.width.saturating_sub(2),
                &facts.say("objects-none"),
                Role::Text,
            );
        }
    }
}

fn title(row: &ObjectRow, way: &str, facts: &Facts) -> String {
    format!("{} {way}  {}, {}", row.totals.object, facts.say("objects-by-hour"), facts.say("today"))
}

/// Returns how wide a column of hours is, its gap included.
fn cell_width(told: &ObjectHours, facts: &Facts) -> u16 {
    let numbers = told.hours.iter().flat_map(|hour| KINDS.map(|(_, pick)| pick(&hour.counts)));
    let widest = numbers.map(|number| columns(&short(number, facts))).max().unwrap_or(0);
    widest.max(2) + 2
}

/// Returns a number that fits a narrow column: `9,310`, `12k`.
fn short(number: u64, facts: &Facts) -> String {
    if number < 10_000 { facts.count(number) } else { format!("{}k", facts.count(number / 1_000)) }
}

/// Returns the key of what is odd about a row.
pub(super) fn odd_key(odd: Odd) -> &'static str {
    match odd {
        Odd::Failures => "odd-failures",
        Odd::Deletions => "odd-deletions",
        Odd::Creations => "odd-creations",
        Odd::Changes => "odd-changes",
        Odd::NoCreations => "odd-no-creations",
        Odd::NoChanges => "odd-no-changes",
    }
}

/// Says what is odd, or else what is usual.
fn draw_note(c: &mut Canvas<'_>, area: Rect, row: &ObjectRow) {
    let facts = c.facts;
    let (usual, before) = (row.usual.unwrap_or_default(), row.before.unwrap_or_default());
    let (text, role) = match row.odd() {
        Some(odd) => {
            let (now, then) = match odd {
                Odd::Failures => (row.hour.failed, usual.failed),
                Odd::Deletions => (row.hour.deleted, usual.deleted),
                Odd::Creations => (row.hour.created, usual.created),
                Odd::Changes => (row.hour.updated, usual.updated),
                Odd::NoCreations => (0, before.created),
                Odd::NoChanges => (0, before.updated),
            };
            let args = [("now", now.into()), ("usual", then.into())];
            (facts.say_with(&format!("{}-why", odd_key(odd)), &args), Role::Failing)
        }
        None if row.usual.is_some() => {
            let args = [
                ("created", usual.created.into()),
                ("updated", usual.updated.into()),
                ("deleted", usual.deleted.into()),
            ];
            (facts.say_with("objects-usual", &args), Role::Text)
        }
        None => (facts.say("objects-usual-unknown"), Role::Text),
    };
    c.wrapped(area, &text, role);
}
