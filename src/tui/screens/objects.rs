//! Screen 5: what was created, updated and deleted, by object and direction.

use ratatui::layout::Rect;

use crate::control::protocol::{Reply, Request};
use crate::control::rows::ObjectRow;
use crate::domain::id::{ObjectName, System};
use crate::domain::recipe::Direction;
use crate::domain::time::{DAY, HOUR, Stamp};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column};
use crate::tui::registry::{Act, Screen};
use crate::tui::skin::Role;

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
    period: Period,
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

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) {
        if let Reply::Objects(mut rows) = reply {
            rows.sort_by_key(Row::id);
            self.rows.tell(rows, facts.held);
            self.heard = true;
        }
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
            Act::Period => {
                self.period = match self.period {
                    Period::Today => Period::Hour,
                    Period::Hour => Period::Week,
                    Period::Week => Period::Ever,
                    Period::Ever => Period::Today,
                };
                return self.refresh(facts);
            }
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

    fn period(&self, facts: &Facts) -> String {
        facts.say(match self.period {
            Period::Today => "today",
            Period::Hour => "last-hour",
            Period::Week => "period-week",
            Period::Ever => "period-ever",
        })
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        facts.say_with("objects-foretell", &[("period", (&self.period(facts)).into())])
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let (middle, wide) = (facts.columns >= 76, facts.columns >= 120);
        let title = format!("{}  {}", facts.say("objects-title"), self.period(facts));
        let inner = c.panel(area, &title, &facts.zone());
        let mut heads = vec![Column::left(facts.say("col-object"), 0)];
        heads.push(Column::left(facts.say("col-way"), if wide { 14 } else { 10 }));
        let width = if wide { 11 } else { 8 };
        for key in ["col-created", "col-updated", "col-deleted"] {
            heads.push(Column::right(facts.say(key), width));
        }
        if middle {
            heads.push(Column::right(facts.say("col-skipped"), 8));
        }
        heads.push(Column::right(facts.say("col-failed"), 7));
        if wide {
            heads.push(Column::left(facts.say("col-last"), 10));
        }
        let systems = facts.status.connections.iter().map(|c| c.system);
        let other: Vec<&str> = systems.filter(|s| *s != System::Salesforce).map(System::short).collect();
        let other = match other.as_slice() {
            [one] => *one,
            _ => "*",
        };
        let cells = |name: String, way: String, sums: [u64; 5], last: Option<Stamp>, role: Role| {
            let [created, updated, deleted, skipped, failed] = sums.map(|n| (facts.count(n), role));
            let mut cells = vec![(name, role), (way, role), created, updated, deleted];
            if middle {
                cells.push(skipped);
            }
            cells.push(failed);
            if wide {
                let last = last.map(|at| if at >= facts.today() { facts.time(at) } else { facts.day(at) });
                cells.push((last.unwrap_or_default(), role));
            }
            cells
        };
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        table::draw(c, list, &heads, &self.rows, (false, true), |row| {
            let way = match row.direction {
                Direction::FromSalesforce => format!("SF->{other}"),
                Direction::ToSalesforce => format!("{other}->SF"),
            };
            cells(row.totals.object.to_string(), way, counts(row), row.last_change_at, Role::Text)
        });
        if self.rows.is_empty() {
            let key = if self.heard { "objects-none" } else { "not-heard" };
            c.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &facts.say(key), Role::Text);
        } else if inner.height > 3 {
            let mut sums = [0; 5];
            for row in self.rows.rows() {
                sums.iter_mut().zip(counts(row)).for_each(|(all, one)| *all += one);
            }
            let line = Rect { x: inner.x + 2, width: inner.width - 3, ..inner };
            table::line(
                c,
                line,
                inner.bottom() - 1,
                &heads,
                &cells(facts.say("sum"), String::new(), sums, None, Role::Title),
            );
        }
    }
}

fn counts(row: &ObjectRow) -> [u64; 5] {
    let t = &row.totals;
    [t.created, t.updated, t.deleted, t.skipped, t.failed]
}
