//! Screen 1: what needs a person, worst first, and how everything stands.

use ratatui::layout::Rect;

use crate::control::causes::GroupRow;
use crate::control::counts::{Counts, ObjectTotals};
use crate::control::protocol::{Reply, Request, Selection};
use crate::control::rows::{self};
use crate::domain::failure::Class;
use crate::domain::id::{ConnectionId, GroupId, ObjectName};
use crate::domain::time::{HOUR, Stamp};
use crate::tui::canvas::{Canvas, columns};
use crate::tui::facts::Facts;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::chart;
use crate::tui::parts::gauge::{bar, percent};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::parts::trend::trend;
use crate::tui::registry::{Act, Screen};
use crate::tui::skin::Role;
use crate::tui::{remedy, retry};

/// A row of NEEDS YOU: a cause, or something that blocks without being an error of a record.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Need {
    class: Class,
    group: Option<GroupId>,
    connection: Option<ConnectionId>,
    object: Option<ObjectName>,
    title: String,
    explanation: String,
    fix: String,
    parked: u64,
    queued: u64,
    since: Stamp,
    /// When it happened, by the hour.
    by_hour: Vec<u64>,
    /// What a person copies and sends to somebody else.
    report: String,
}

impl Row for Need {
    type Id = (Class, Option<GroupId>, Option<ConnectionId>);
    fn id(&self) -> Self::Id {
        (self.class, self.group.clone(), self.connection.clone())
    }
}

/// An object, both directions together.
struct Sum {
    totals: ObjectTotals,
    last: Option<Stamp>,
    in_step: Option<Stamp>,
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Overview {
    data: rows::Overview,
    needs: List<Need>,
    /// Since when nothing needs a person.
    clear: Option<Stamp>,
}

impl Overview {
    pub(in crate::tui) fn refresh(facts: &Facts) -> Vec<Wish> {
        vec![Wish::Ask(
            Topic::Overview,
            Request::Overview { account: facts.account.clone(), since: facts.today() },
        )]
    }

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) {
        let Reply::Overview(data) = reply else { return };
        self.needs.tell(needs(&data), facts.held);
        self.clear = if self.needs.is_empty() { self.clear.or(Some(data.now)) } else { None };
        self.data = *data;
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        self.needs.point(y)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.needs.release(held);
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        let need = self.needs.current();
        match (act, need) {
            (Act::Move(step), _) => self.needs.step(step),
            (Act::Fix, Some(need)) => {
                return match (need.class, &need.group, &need.connection) {
                    (Class::Auth, _, Some(connection)) => {
                        vec![Wish::Jump(Jump::Reconnect(connection.clone()))]
                    }
                    (Class::Cap, ..) => vec![Wish::Jump(Jump::Free)],
                    (Class::Limit, ..) => vec![Wish::Go(Screen::Limits)],
                    (class, Some(group), _) => remedy::propose(class, group, &need.report, facts),
                    _ => Vec::new(),
                };
            }
            (Act::Open, Some(need)) => {
                return match (&need.group, need.class) {
                    (Some(group), _) => vec![Wish::Jump(Jump::Group(group.clone()))],
                    (None, Class::Cap) => vec![Wish::Go(Screen::Recipes)],
                    (None, Class::Limit) => vec![Wish::Go(Screen::Limits)],
                    (None, _) => vec![Wish::Go(Screen::Connections)],
                };
            }
            (Act::Retry, Some(need)) => {
                return match &need.group {
                    Some(group) => vec![retry::plan(Selection::Group(group.clone()))],
                    None => vec![Wish::Say(facts.say("retry-no-errors"))],
                };
            }
            (Act::RetryAll, _) => return vec![retry::plan(Selection::All { since: None })],
            (Act::Snooze, Some(need)) => {
                let group = need.group.iter();
                return group
                    .map(|group| retry::ask_snooze(&Selection::Group(group.clone()), facts))
                    .collect();
            }
            (Act::Ignore, Some(need)) => {
                return need
                    .group
                    .iter()
                    .map(|group| retry::ask_reason(Selection::Group(group.clone()), facts))
                    .collect();
            }
            (Act::Copy | Act::CopyAll, Some(need)) => return vec![Wish::Copy(need.report.clone())],
            _ => {}
        }
        Vec::new()
    }

    /// What the capital letter would touch.
    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        if let Some(last) = &facts.last {
            return facts.say_with("overview-last", &[("what", last.into())]);
        }
        retry::foretell(&self.data.groups, facts)
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let count = u16::try_from(self.needs.len()).unwrap_or(u16::MAX).max(1);
        let about = match area.height {
            ..16 => 0,
            16..30 => 2,
            _ => 4,
        };
        let most = if area.height < 16 { area.height.saturating_sub(5) } else { area.height / 2 };
        let height = count.saturating_add(3 + about).min(most.max(6)).min(area.height);
        self.draw_needs(c, Rect { height, ..area }, about);
        let below = Rect { y: area.y + height, height: area.height - height, ..area };
        if c.facts.columns >= 120 {
            let objects = u16::try_from(self.objects().len()).unwrap_or(20) + 5;
            let upper = objects.max(7).min(below.height.saturating_sub(6)).max(4);
            let left = below.width * 11 / 20;
            let (top, bottom) = (Rect { height: upper, ..below }, below_by(below, upper));
            self.draw_objects(c, Rect { width: left + 1, ..top });
            Self::draw_limits(c, right_of(top, left));
            let left = below.width * 13 / 20;
            self.draw_now(c, Rect { width: left + 1, ..bottom });
            self.draw_throughput(c, right_of(bottom, left));
        } else if c.facts.columns >= 76 && below.height >= 8 {
            let left = 47;
            self.draw_objects(c, Rect { width: left, ..below });
            let right = right_of(below, left - 1);
            let limits = (u16::try_from(Self::gauges(c.facts).len()).unwrap_or(4) + 2).min(right.height / 2);
            self.draw_now(c, below_by(right, limits - 1));
            Self::draw_limits(c, Rect { height: limits, ..right });
        } else {
            Self::draw_limits(c, below);
        }
    }

    fn draw_needs(&self, c: &mut Canvas<'_>, area: Rect, about: u16) {
        let facts = c.facts;
        let parked = facts.status.errors.open;
        let mut title = format!(
            "{}  {}, {}",
            facts.say("needs-title"),
            facts.say_with("needs-causes", &[("count", self.needs.len().into())]),
            facts.say_with("needs-parked", &[("count", parked.into())])
        );
        if facts.status.backlog > 0 && facts.columns >= 76 {
            let waiting = facts.say_with("needs-waiting", &[("count", facts.status.backlog.into())]);
            title = format!("{title}, {waiting}");
        }
        let note = format!("{} 00:00-{} {}", facts.say("today"), facts.minute(facts.now), facts.zone());
        let inner = c.panel(area, &title, &note);
        if self.needs.is_empty() {
            let clear = match self.clear {
                Some(since) => facts.say_with("needs-clear", &[("time", (&facts.minute(since)).into())]),
                None => facts.say("not-heard"),
            };
            c.text(inner.x + 2, inner.y, inner.width.saturating_sub(3), &clear, Role::Good);
            return;
        }
        let wide = facts.columns >= 120;
        let mut heads =
            vec![Column::left(facts.say("col-cause"), 6), Column::left(facts.say("col-happened"), 0)];
        if wide {
            heads.push(Column::left(facts.say("col-object"), 16));
        }
        heads.push(Column::right(facts.say("col-parked"), 8));
        if wide {
            heads.push(Column::right(facts.say("col-waiting"), 9));
        }
        heads.push(Column::left(facts.say("col-since"), 6));
        if wide {
            heads.push(Column::left(facts.say("col-trend"), 10));
        }
        heads.push(Column::left(facts.say("col-f-does"), if wide { 22 } else { 17 }));
        let rows = Rect { height: inner.height.saturating_sub(about), ..inner };
        table::draw(c, rows, &heads, &self.needs, (false, true), |need| {
            let what = match (&need.object, &need.connection) {
                _ if wide => need.title.clone(),
                (Some(object), _) => format!("{}: {object}", need.title),
                (None, Some(connection)) => format!("{}: {connection}", need.title),
                (None, None) => need.title.clone(),
            };
            let mut cells = vec![(need.class.name().to_owned(), Role::Failing), plain(what)];
            if wide {
                let place = need.object.as_ref().map(ToString::to_string);
                cells.push(plain(
                    place.or(need.connection.as_ref().map(ToString::to_string)).unwrap_or_default(),
                ));
            }
            cells.push(plain(facts.count(need.parked)));
            if wide {
                cells.push(plain(facts.count(need.queued)));
            }
            cells.push(plain(facts.since(need.since)));
            if wide {
                cells.push(plain(trend(&need.by_hour)));
            }
            cells.push(plain(remedy::words(need.class, facts)));
            cells
        });
        let Some(need) = self.needs.current().filter(|_| about > 0) else { return };
        let lead = columns(&facts.say("needs-why")).max(columns(&facts.say("needs-next"))) + 2;
        let width = inner.width.saturating_sub(lead + 3);
        let mut y = inner.bottom().saturating_sub(about.min(inner.height));
        if about > 2 {
            y += 1;
        }
        for (label, text) in [("needs-why", &need.explanation), ("needs-next", &need.fix)] {
            if y < inner.bottom() {
                c.text(inner.x + 2, y, lead, &facts.say(label), Role::Title);
                c.text(inner.x + 2 + lead, y, width, text, Role::Text);
                y += 1;
            }
        }
        if y < inner.bottom() && need.queued > 0 {
            let waits = facts.say_with("needs-behind", &[("count", need.queued.into())]);
            c.text(inner.x + 2 + lead, y, width, &waits, Role::Text);
        }
    }

    /// Both directions of each object together, in the order in which they were told.
    fn objects(&self) -> Vec<Sum> {
        let mut sums: Vec<Sum> = Vec::new();
        for row in &self.data.objects {
            match sums.iter_mut().find(|sum| sum.totals.object == row.totals.object) {
                Some(sum) => {
                    sum.totals.counts.add(row.totals.counts);
                    sum.last = sum.last.max(row.last_change_at);
                    // The slower direction tells how far the object is behind.
                    sum.in_step = sum.in_step.into_iter().chain(row.in_step_to).min();
                }
                None => sums.push(Sum {
                    totals: row.totals.clone(),
                    last: row.last_change_at,
                    in_step: row.in_step_to,
                }),
            }
        }
        sums
    }

    fn draw_objects(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let (wide, widest) = (facts.columns >= 120, facts.columns >= 136);
        let objects = self.objects();
        let title = format!("{}  {}", facts.say("objects-title"), facts.say("today"));
        let yesterday = counts_of(self.data.yesterday);
        // Objects come first; a day on which nothing was done compares with nothing.
        let compared =
            yesterday.iter().any(|count| *count > 0) && usize::from(area.height) >= objects.len() + 5;
        let hour = Stamp(facts.now.0 - facts.now.0.rem_euclid(HOUR));
        let note = facts.say_with("yesterday-to", &[("time", (&facts.minute(hour)).into())]);
        let inner = c.panel(area, &title, if compared { &note } else { "" });
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let width = if wide { 9 } else { 7 };
        let mut heads = vec![
            Column::left(facts.say("col-object"), 0),
            Column::right(facts.say("col-created"), width),
            Column::right(facts.say("col-updated"), width.max(8)),
            Column::right(facts.say("col-deleted"), width),
        ];
        if wide {
            heads.push(Column::right(facts.say("col-skipped"), width));
        }
        heads.push(Column::right(facts.say("col-failed"), 6));
        if widest {
            heads.push(Column::left(facts.say("col-in-step"), 7));
            heads.push(Column::left(facts.say("col-last"), 8));
        }
        let cells = |name: String, sum: &[u64; 5], times: [Option<Stamp>; 2], role: Role| {
            let [created, updated, deleted, skipped, failed] = sum.map(|n| (facts.count(n), role));
            let mut cells = vec![(name, role), created, updated, deleted];
            if wide {
                cells.push(skipped);
            }
            cells.push(failed);
            if widest {
                let [in_step, last] = times;
                cells.push((in_step.map(|at| facts.since(at)).unwrap_or_default(), role));
                cells.push((last.map(|at| time_or_day(facts, at)).unwrap_or_default(), role));
            }
            cells
        };
        let titles: Vec<table::Cell> =
            heads.iter().map(|head| (head.title().to_owned(), Role::Title)).collect();
        table::line(c, inner, inner.y, &heads, &titles);
        let room = inner.height.saturating_sub(2);
        let mut total = [0; 5];
        for (at, sum) in objects.iter().enumerate() {
            let counts = counts_of(sum.totals.counts);
            total.iter_mut().zip(counts).for_each(|(all, one)| *all += one);
            if let Some(y) = u16::try_from(at).ok().filter(|at| *at < room) {
                table::line(
                    c,
                    inner,
                    inner.y + 1 + y,
                    &heads,
                    &cells(sum.totals.object.to_string(), &counts, [sum.in_step, sum.last], Role::Text),
                );
            }
        }
        if inner.height >= 2 {
            let y = inner.bottom() - 1 - u16::from(compared);
            table::line(c, inner, y, &heads, &cells(facts.say("sum"), &total, [None, None], Role::Title));
        }
        if compared {
            let y = inner.bottom() - 1;
            table::line(
                c,
                inner,
                y,
                &heads,
                &cells(facts.say("yesterday"), &yesterday, [None, None], Role::Secondary),
            );
        }
    }

    /// Name, used, limit and whether it is a count of recipes.
    fn gauges(facts: &Facts) -> Vec<(String, u64, u64)> {
        let recipes = facts.status.recipes;
        let mut gauges =
            vec![(facts.say("limit-recipes"), u64::from(recipes.used), u64::from(recipes.limit))];
        for api in &facts.status.api {
            let used = api.org_used_24h.unwrap_or(api.used_24h);
            if let Some(limit) = api.org_limit_24h.or(api.budget_24h) {
                gauges.push((api.connection.to_string(), used, limit));
            }
        }
        gauges
    }

    fn draw_limits(c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let inner = c.panel(area, &facts.say("limits-title"), "API 24 h");
        let gauges = Self::gauges(facts);
        for ((name, used, limit), y) in gauges.iter().zip(inner.y..inner.bottom()) {
            draw_gauge(c, Rect { y, height: 1, ..inner }, name, *used, *limit);
        }
        let below = inner.y.saturating_add(u16::try_from(gauges.len()).unwrap_or(u16::MAX));
        let ahead = facts.status.api.iter().filter_map(|api| {
            let (key, name, at) = match (api.paused_until, api.dry_at) {
                (Some(until), _) => ("calls-paused", "until", until),
                (None, at) => ("calls-dry", "at", at?),
            };
            let text = facts.say_with(key, &[(name, (&facts.since(at)).into())]);
            Some(format!("{}: {text}", api.connection))
        });
        for (text, y) in ahead.zip(below..inner.bottom()) {
            c.text(inner.x + 1, y, inner.width.saturating_sub(2), &text, Role::Text);
        }
    }

    fn draw_now(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let title = format!("{}  {}", facts.say("now-title"), facts.say("newest-first"));
        let title = if facts.columns >= 120 { title } else { facts.say("now-title") };
        let inner = c.panel(area, &title, "");
        let (wide, widest) = (facts.columns >= 120, facts.columns >= 136);
        let heads = if wide {
            vec![
                Column::left(String::new(), 8),
                Column::left(String::new(), 11),
                Column::left(String::new(), if widest { 18 } else { 8 }),
                Column::left(String::new(), 10),
                Column::left(String::new(), 8),
                Column::left(String::new(), 0),
                Column::right(String::new(), 6),
                Column::left(String::new(), 8),
            ]
        } else {
            vec![
                Column::left(String::new(), 8),
                Column::left(String::new(), 0),
                Column::left(String::new(), 4),
                Column::left(String::new(), 3),
                Column::left(String::new(), 5),
            ]
        };
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
        for (row, y) in self.data.activity.iter().zip(inner.y..inner.bottom()) {
            let cells = if wide {
                vec![
                    plain(facts.time(row.at)),
                    plain(row.object.to_string()),
                    plain(if widest { remedy::record_id(row) } else { tail(&remedy::record_id(row), 6) }),
                    plain(facts.way(row.direction, Some(row.recipe))),
                    plain(row.action.name()),
                    plain(remedy::fields(&row.fields)),
                    plain(crate::tui::facts::took(row.duration_ms)),
                    remedy::result(row),
                ]
            } else {
                vec![
                    plain(facts.time(row.at)),
                    plain(row.object.to_string()),
                    plain(tail(&remedy::record_id(row), 4).trim_start_matches('.')),
                    plain(remedy::short(row.action)),
                    remedy::result(row),
                ]
            };
            table::line(c, inner, y, &heads, &cells);
        }
    }

    fn draw_throughput(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let title = format!("{}  {}", facts.say("throughput-title"), facts.say("last-hour"));
        let inner = c.panel(area, &title, &facts.say("per-minute"));
        if inner.height < 3 {
            return;
        }
        let bars: Vec<chart::Bar> = self
            .data
            .throughput
            .iter()
            .map(|(done, failed)| (u64::from(*done), u64::from(*failed)))
            .collect();
        let (left, _) = chart::draw(c, Rect { height: inner.height - 2, ..inner }, &bars, 1);
        let width = inner.right().saturating_sub(left);
        let legend = facts.say("throughput-legend");
        c.text(left, inner.bottom() - 1, width, &legend, Role::Text);
    }
}

/// In the order of the table's columns.
fn counts_of(counts: Counts) -> [u64; 5] {
    [counts.created, counts.updated, counts.deleted, counts.skipped, counts.failed]
}

/// Causes and alerts together, what blocks most first.
fn needs(data: &rows::Overview) -> Vec<Need> {
    let mut needs: Vec<Need> = data.groups.iter().map(of_group).collect();
    for alert in &data.status.alerts {
        // The same connection's cause says it already, with its records.
        let told = |group: &GroupRow| {
            group.class == alert.class && Some(&group.connection) == alert.connection.as_ref()
        };
        if data.groups.iter().any(told) {
            continue;
        }
        needs.push(Need {
            class: alert.class,
            group: None,
            connection: alert.connection.clone(),
            object: None,
            title: alert.title.clone(),
            explanation: alert.title.clone(),
            fix: alert.fix.clone(),
            parked: alert.count,
            queued: 0,
            since: alert.since,
            by_hour: Vec::new(),
            report: format!("{}: {} ({})", alert.class.name(), alert.title, alert.since),
        });
    }
    needs.sort_by_key(|need| (need.class.rank(), std::cmp::Reverse(need.parked)));
    needs
}

fn of_group(group: &GroupRow) -> Need {
    Need {
        class: group.class,
        group: Some(group.id.clone()),
        connection: Some(group.connection.clone()),
        object: group.object.clone(),
        title: group.title.clone(),
        explanation: group.explanation.clone(),
        fix: group.fix.clone(),
        parked: group.count,
        queued: group.queued,
        since: group.first_at,
        by_hour: group.by_hour.clone(),
        report: remedy::report(group),
    }
}

/// Draws one limit: its name, numbers, bar and share; FULL when nothing is left.
pub(in crate::tui) fn draw_gauge(c: &mut Canvas<'_>, area: Rect, name: &str, used: u64, limit: u64) {
    let narrow = area.width < 50;
    let share = percent(used, limit);
    let numbers = if narrow && limit >= 10_000 {
        c.count(used)
    } else if narrow {
        format!("{}/{}", c.count(used), c.count(limit))
    } else {
        format!("{} / {}", c.count(used), c.count(limit))
    };
    let (state, role) = match share {
        100.. => ("FULL".to_owned(), Role::Badge),
        75.. => (format!("{share}% !"), Role::Text),
        _ => (format!("{share}%"), Role::Text),
    };
    let (bar_width, number_width, tail) = match area.width {
        ..50 => (7, 7, 5),
        50..80 => (14, 17, 6),
        _ => (22, 17, 6),
    };
    let name_width = area.width.saturating_sub(bar_width + number_width + tail + 4);
    c.text(area.x + 1, area.y, name_width, name, Role::Text);
    let x = area.x + 1 + name_width + 1;
    c.right(x, area.y, number_width, &numbers, Role::Text);
    c.text(x + number_width + 1, area.y, bar_width, &bar(used, limit, bar_width), Role::Text);
    let x = x + number_width + bar_width + 2;
    c.text(x, area.y, tail, &state, role);
    if (75..100).contains(&share) {
        c.text(x + columns(&state) - 1, area.y, 1, "!", Role::Warning);
    }
}

fn time_or_day(facts: &Facts, at: Stamp) -> String {
    if at >= facts.today() { facts.time(at) } else { facts.day(at) }
}

/// The last signs of an id, which differ.
pub(in crate::tui) fn tail(id: &str, count: usize) -> String {
    let mut signs: Vec<char> = id.chars().collect();
    // The last three of Salesforce's 18 are only a checksum of the others.
    if signs.len() == 18 && signs.iter().all(char::is_ascii_alphanumeric) {
        signs.truncate(15);
    }
    let skip = signs.len().saturating_sub(count);
    let dots = if skip > 0 { ".." } else { "" };
    format!("{dots}{}", signs.iter().skip(skip).collect::<String>())
}

fn below_by(area: Rect, height: u16) -> Rect {
    Rect { y: area.y + height, height: area.height.saturating_sub(height), ..area }
}

fn right_of(area: Rect, width: u16) -> Rect {
    Rect { x: area.x + width, width: area.width.saturating_sub(width), ..area }
}
