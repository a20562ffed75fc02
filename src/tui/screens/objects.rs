//! Screen 5: what was created, updated and deleted, by object and direction, against the same hours before.

use ratatui::layout::Rect;

use super::hours::{Hours, odd_key};
use crate::control::counts::{Counts, ObjectRow};
use crate::control::protocol::{RecipeAct, Reply, Request};
use crate::domain::id::{ObjectName, System};
use crate::domain::recipe::Direction;
use crate::domain::time::{DAY, HOUR};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::dialog::{Answer, Dialog};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Cell, Column, plain};
use crate::tui::registry::{Act, Screen};
use crate::tui::skin::Role;

/// From so many lines on the hours stand below the table.
const WITH_HOURS: u16 = 18;
/// The lines of the hours: a box, the hours, four counts and a note.
const HOURS: u16 = 8;
/// From so many lines on the recipes stand below the hours.
const WITH_RECIPES: u16 = 30;
/// The lines of the recipes: a box and five.
const RECIPES: u16 = 7;
/// A share from which only its size matters.
const MOST_PERCENT: i64 = 999;

impl Row for ObjectRow {
    type Id = (ObjectName, Direction);
    fn id(&self) -> Self::Id {
        (self.totals.object.clone(), self.direction)
    }
}

/// Since when counts are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Period {
    #[default]
    Today,
    Hour,
    Week,
    Ever,
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Objects {
    rows: List<ObjectRow>,
    hours: Hours,
    period: Period,
    /// Whether only what failed is shown.
    failed: bool,
    /// Whether hours are drawn as bars, and larger.
    chart: bool,
    heard: bool,
}

impl Objects {
    pub(in crate::tui) fn refresh(&self, facts: &Facts) -> Vec<Wish> {
        let since = match self.period {
            Period::Today => Some(facts.today()),
            Period::Hour => Some(facts.now.plus(-HOUR)),
            Period::Week => Some(facts.today().plus(-6 * DAY)),
            Period::Ever => None,
        };
        vec![Wish::Ask(Topic::Objects, Request::Objects { account: facts.account.clone(), since })]
    }

    pub(in crate::tui) fn hear(&mut self, topic: &Topic, reply: Reply, facts: &Facts) -> Vec<Wish> {
        match (topic, reply) {
            (_, Reply::Objects(mut rows)) => {
                rows.retain(|row| !self.failed || row.totals.counts.failed > 0);
                rows.sort_by_key(Row::id);
                self.rows.tell(rows, facts.held);
                self.heard = true;
                self.ask_hours(facts)
            }
            (Topic::Hours(object, direction), Reply::Hours(told)) => {
                self.hours.hear((object.clone(), *direction), *told);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Asks for the hours of the row under the cursor.
    fn ask_hours(&self, facts: &Facts) -> Vec<Wish> {
        let Some((object, direction)) = self.rows.current().map(Row::id) else { return Vec::new() };
        let request = Request::Hours {
            account: facts.account.clone(),
            object: object.clone(),
            direction: Some(direction),
            since: facts.today(),
        };
        vec![Wish::Ask(Topic::Hours(object, direction), request)]
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        self.rows.point(y)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.rows.release(held);
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match act {
            Act::Move(step) => {
                self.rows.step(step);
                return self.ask_hours(facts);
            }
            Act::Period => {
                self.period = match self.period {
                    Period::Today => Period::Hour,
                    Period::Hour => Period::Week,
                    Period::Week => Period::Ever,
                    Period::Ever => Period::Today,
                };
                return self.refresh(facts);
            }
            Act::Failed => {
                self.failed = !self.failed;
                return self.refresh(facts);
            }
            Act::Chart => self.chart = !self.chart,
            Act::Hold => return self.hold(facts),
            Act::Export => return vec![Wish::Export("objects", files::values(self.rows.rows()))],
            Act::Open => {
                let filter = self.rows.current().map(|row| format!("obj:{}", row.totals.object));
                let jump = filter.map(|text| Wish::Jump(Jump::Filtered(Screen::Activity, text)));
                return jump.into_iter().collect();
            }
            Act::Copy | Act::CopyAll => {
                let json = self.rows.current().and_then(|row| serde_json::to_string(row).ok());
                return json.map(Wish::Copy).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    /// Asks whether the recipes of a row are to pause, or to go on when none of them runs.
    fn hold(&self, facts: &Facts) -> Vec<Wish> {
        let Some(row) = self.rows.current() else { return Vec::new() };
        let (ids, act, key) = if row.active.is_empty() {
            (row.paused.clone(), RecipeAct::Resume, "resume")
        } else {
            (row.active.clone(), RecipeAct::Pause, "pause")
        };
        if ids.is_empty() {
            return vec![Wish::Say(facts.say("objects-no-recipes"))];
        }
        let args = [("count", ids.len().into())];
        let lines = vec![
            format!("{} {}", row.totals.object, Self::way(row, facts)),
            ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        ];
        let [title, label, done] =
            ["title", "yes", "done"].map(|what| facts.say_with(&format!("{key}-{what}"), &args));
        let wishes = vec![Wish::Ask(Topic::Start(done), Request::ActOnRecipes { ids, act, reason: None })];
        vec![Wish::Dialog(Dialog::new(title, lines, vec![Answer { key: 'y', label, wishes }]))]
    }

    fn period(&self, facts: &Facts) -> String {
        facts.say(match self.period {
            Period::Today => "today",
            Period::Hour => "last-hour",
            Period::Week => "period-week",
            Period::Ever => "period-ever",
        })
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        let key = match self.period {
            Period::Today | Period::Hour => "objects-foretell-day",
            Period::Week => "objects-foretell-week",
            Period::Ever => "objects-foretell",
        };
        facts.say_with(key, &[("period", (&self.period(facts)).into())])
    }

    fn way(row: &ObjectRow, facts: &Facts) -> String {
        let systems = facts.status.connections.iter().map(|c| c.system);
        let other: Vec<&str> = systems.filter(|s| *s != System::Salesforce).map(System::short).collect();
        let other = match other.as_slice() {
            [one] => *one,
            _ => "*",
        };
        match row.direction {
            Direction::FromSalesforce => format!("SF->{other}"),
            Direction::ToSalesforce => format!("{other}->SF"),
        }
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let current = self.rows.current();
        let Some(row) = current.filter(|_| self.chart || area.height >= WITH_HOURS) else {
            return self.draw_rows(c, area);
        };
        let way = Self::way(row, c.facts);
        if self.chart && area.height < WITH_HOURS {
            return self.hours.draw_chart(c, area, row, &way);
        }
        let recipes = if area.height >= WITH_RECIPES { RECIPES } else { 0 };
        let listed = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_add(5);
        let most = area.height - HOURS - recipes;
        let upper = if self.chart { listed.min(most).min(area.height / 2) } else { most };
        // Boxes share their edges.
        let below = Rect { y: area.y + upper - 1, height: area.height - upper + 1 - recipes, ..area };
        self.draw_rows(c, Rect { height: upper, ..area });
        if self.chart {
            self.hours.draw_chart(c, below, row, &way);
        } else {
            self.hours.draw_table(c, below, row, &way);
        }
        if recipes > 0 {
            let lowest = Rect { y: below.bottom() - 1, height: recipes + 1, ..area };
            self.hours.draw_recipes(c, lowest, row);
        }
    }

    fn draw_rows(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let mut title = format!("{}  {}", facts.say("objects-title"), self.period(facts));
        if self.failed {
            title = format!("{title}, {}", facts.say("objects-failed-only"));
        }
        let inner = c.panel(area, &title, &facts.zone());
        let heads = heads(facts);
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        table::draw(c, list, &heads, &self.rows, (false, true), |row| {
            let name = (row.totals.object.to_string(), Self::way(row, facts));
            cells(facts, name, Some(row), row.totals.counts, Role::Text)
        });
        if self.rows.is_empty() {
            let key = if self.heard { "objects-none" } else { "not-heard" };
            c.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &facts.say(key), Role::Text);
        } else if inner.height > 3 {
            let mut sum = Counts::default();
            self.rows.rows().iter().for_each(|row| sum.add(row.totals.counts));
            let line = Rect { x: inner.x + 2, width: inner.width - 3, ..inner };
            let cells = cells(facts, (facts.say("sum"), String::new()), None, sum, Role::Title);
            table::line(c, line, inner.bottom() - 1, &heads, &cells);
        }
    }
}

/// How much of a row fits.
fn room(facts: &Facts) -> (bool, bool) {
    (facts.columns >= 76, facts.columns >= 120)
}

fn heads(facts: &Facts) -> Vec<Column> {
    let (middle, wide) = room(facts);
    let count = if wide { 9 } else { 8 };
    let right = |key: &str, width| Column::right(facts.say(key), width);
    let mut heads = vec![
        Column::left(facts.say("col-object"), 0),
        Column::left(String::new(), 1),
        Column::left(facts.say("col-way"), if wide { 12 } else { 10 }),
    ];
    for key in ["col-created", "col-updated"] {
        heads.push(right(key, count));
        if middle {
            heads.push(right("col-versus", 5));
        }
    }
    heads.push(right("col-deleted", count));
    if wide {
        heads.push(right("col-versus", 6));
        heads.push(right("col-skipped", 8));
    }
    heads.push(right("col-failed", 7));
    if wide {
        heads.push(Column::left(facts.say("col-in-step"), 8));
        heads.push(Column::left(facts.say("col-last"), 8));
        heads.push(Column::left(facts.say("col-note"), 22));
    }
    heads
}

fn cells(
    facts: &Facts,
    (name, way): (String, String),
    row: Option<&ObjectRow>,
    sum: Counts,
    role: Role,
) -> Vec<Cell> {
    let (middle, wide) = room(facts);
    let odd = row.and_then(ObjectRow::odd);
    let before = |pick: fn(&Counts) -> u64| row.and_then(|row| Some((pick(&row.whole), pick(&row.before?))));
    let mark = odd.map_or_else(|| plain(""), |_| ("!".into(), Role::Failing));
    let mut cells = vec![(name, role), mark, (way, role)];
    let counts: [fn(&Counts) -> u64; 2] = [|counts| counts.created, |counts| counts.updated];
    for pick in counts {
        cells.push((facts.count(pick(&sum)), role));
        if middle {
            cells.push(plain(before(pick).map(|(now, then)| share(now, then, facts)).unwrap_or_default()));
        }
    }
    cells.push((facts.count(sum.deleted), role));
    if wide {
        let deleted = before(|counts| counts.deleted);
        cells.push(plain(deleted.map(|(now, then)| difference(now, then, facts)).unwrap_or_default()));
        cells.push((facts.count(sum.skipped), role));
    }
    cells.push((facts.count(sum.failed), role));
    if wide {
        let since = |at: Option<_>| plain(at.map(|at| facts.since(at)).unwrap_or_default());
        cells.push(since(row.and_then(|row| row.in_step_to)));
        cells.push(since(row.and_then(|row| row.last_change_at)));
        cells.push(plain(odd.map(|odd| format!("! {}", facts.say(odd_key(odd)))).unwrap_or_default()));
    }
    cells
}

/// `+44%`, `-10%`, `0`; a difference where there was nothing before.
fn share(now: u64, then: u64, facts: &Facts) -> String {
    let (signed, before) = (i64::try_from(now).unwrap_or(i64::MAX), i64::try_from(then).unwrap_or(i64::MAX));
    match signed.saturating_sub(before).saturating_mul(100).checked_div(before) {
        None => difference(now, then, facts),
        Some(0) => "0%".into(),
        Some(percent) if percent > MOST_PERCENT => format!(">{MOST_PERCENT}%"),
        Some(percent) => format!("{percent:+}%"),
    }
}

/// `+290`, `-2`, `0`.
fn difference(now: u64, then: u64, facts: &Facts) -> String {
    match now.cmp(&then) {
        std::cmp::Ordering::Equal => "0".into(),
        std::cmp::Ordering::Greater => format!("+{}", facts.count(now - then)),
        std::cmp::Ordering::Less => format!("-{}", facts.count(then - now)),
    }
}
