//! Screen 6: the ledger, newest first. It stands still by itself as soon as the cursor leaves the first row.

use ratatui::layout::Rect;

use super::errors::filter_note;
use crate::control::protocol::{Reply, Request};
use crate::control::rows::ActivityRow;
use crate::domain::time::{MINUTE, Stamp};
use crate::tui::canvas::Canvas;
use crate::tui::facts::{Facts, took};
use crate::tui::model::{Topic, Wish};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::parts::trend::trend;
use crate::tui::registry::{Act, Step};
use crate::tui::remedy;
use crate::tui::skin::Role;

/// Rows of one page.
const PAGE: usize = 200;
/// The most rows written into a file: what one answer carries.
const MOST: usize = 5_000;
/// The most rows kept: a client that pages for hours must not grow for hours.
const KEPT: usize = 1_600;

impl Row for ActivityRow {
    type Id = u64;
    fn id(&self) -> u64 {
        self.seq
    }
}

/// The screen.
#[derive(Debug)]
pub(in crate::tui) struct Activity {
    rows: List<ActivityRow>,
    pub(in crate::tui) filter: String,
    failed: bool,
    follow: bool,
    /// Where the next older page begins.
    more: Option<u64>,
    /// Done and failed in each of the last minutes, when everything is shown.
    minutes: Vec<(u32, u32)>,
    /// How many entries match the filter, once that is known.
    matches: Option<u64>,
    /// The ledger's end when the view came to a stand, and when that was.
    stopped: Option<(u64, Stamp)>,
}

impl Default for Activity {
    fn default() -> Self {
        Self {
            rows: List::default(),
            filter: String::new(),
            failed: false,
            follow: true,
            more: None,
            minutes: Vec::new(),
            matches: None,
            stopped: None,
        }
    }
}

impl Activity {
    /// Whether new rows come in by themselves.
    pub(in crate::tui) fn follows(&self) -> bool {
        self.follow
    }

    pub(in crate::tui) fn refresh(&self, facts: &Facts) -> Vec<Wish> {
        if self.follow || self.rows.is_empty() { vec![self.ask(facts, None)] } else { Vec::new() }
    }

    fn ask(&self, facts: &Facts, before: Option<u64>) -> Wish {
        let (filter, failed) = (self.filter.clone(), self.failed);
        let topic = Topic::Activity { filter: filter.clone(), failed, more: before.is_some() };
        let account = facts.account.clone();
        Wish::Ask(topic, Request::Activity { filter, failed, account, before, after: None, limit: PAGE })
    }

    pub(in crate::tui) fn hear(&mut self, topic: &Topic, reply: Reply, facts: &Facts) {
        if let (Topic::Matches { filter, failed }, Reply::Matches(count)) = (topic, &reply) {
            if *filter == self.filter && *failed == self.failed {
                self.matches = Some(*count);
            }
            return;
        }
        let (Topic::Activity { filter, failed, more }, Reply::Activity(page)) = (topic, reply) else {
            return;
        };
        if *filter != self.filter || *failed != self.failed {
            return;
        }
        if *more {
            self.more = page.more;
            self.rows.append(page.rows);
            if self.rows.len() > KEPT {
                // The newest ones go: they are one key away, and the cursor is at the other end.
                let skip = self.rows.len() - KEPT;
                let kept = self.rows.rows().iter().skip(skip).cloned().collect();
                self.rows.tell(kept, false);
            }
        } else if self.follow {
            self.more = page.more;
            self.minutes = page.minutes;
            self.rows.tell(page.rows, facts.held);
            if !facts.held {
                self.rows.top();
            }
        }
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        let same = self.rows.point(y);
        self.follow &= self.rows.at() == 0;
        same
    }

    /// Stands still, or goes on from the newest row.
    pub(in crate::tui) fn pause(&mut self, stop: bool, facts: &Facts) -> Vec<Wish> {
        self.follow = !stop;
        self.stopped = stop.then_some((facts.seq, facts.now));
        if stop { Vec::new() } else { vec![self.ask(facts, None)] }
    }

    pub(in crate::tui) fn set_filter(&mut self, filter: &str, facts: &Facts) -> Vec<Wish> {
        filter.clone_into(&mut self.filter);
        self.anew(facts)
    }

    fn anew(&mut self, facts: &Facts) -> Vec<Wish> {
        self.rows.replace(Vec::new());
        self.more = None;
        self.matches = None;
        let mut wishes = self.pause(false, facts);
        if self.failed || !self.filter.is_empty() {
            let (filter, failed) = (self.filter.clone(), self.failed);
            let topic = Topic::Matches { filter: filter.clone(), failed };
            let account = facts.account.clone();
            wishes.push(Wish::Ask(topic, Request::Matches { filter, failed, account }));
        }
        wishes
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match act {
            Act::Move(Step::First) if !self.follow => {
                self.rows.top();
                return self.pause(false, facts);
            }
            Act::Move(step) => {
                self.rows.step(step);
                if self.rows.at() > 0 && self.follow {
                    self.pause(true, facts);
                }
                if self.rows.at() + 1 >= self.rows.len()
                    && let Some(before) = self.more.take()
                {
                    return vec![self.ask(facts, Some(before))];
                }
            }
            Act::Export => {
                let (filter, failed) = (self.filter.clone(), self.failed);
                let account = facts.account.clone();
                let request =
                    Request::Activity { filter, failed, account, before: None, after: None, limit: MOST };
                return vec![Wish::Ask(Topic::Export("activity"), request)];
            }
            Act::Link => {
                let row = self.rows.current();
                return row.map(|row| remedy::link(row.salesforce_id.as_ref(), facts)).into_iter().collect();
            }
            Act::Failed => {
                self.failed = !self.failed;
                return self.anew(facts);
            }
            Act::Open if self.follow => return self.pause(true, facts),
            Act::Copy => return self.rows.current().map(|row| Wish::Copy(line(row))).into_iter().collect(),
            Act::CopyAll => {
                let json = self.rows.current().and_then(|row| serde_json::to_string_pretty(row).ok());
                return json.map(Wish::Copy).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        let state = match self.stopped {
            Some((seq, at)) => facts.say_with(
                "activity-paused",
                &[("time", (&facts.time(at)).into()), ("count", facts.seq.saturating_sub(seq).into())],
            ),
            None if self.matches.is_some() => facts.say_with(
                "activity-matches",
                &[("count", self.rows.len().into()), ("of", self.matches.unwrap_or(0).into())],
            ),
            None => facts.say_with("activity-shown", &[("count", self.rows.len().into())]),
        };
        let failed = if self.failed { format!(" | {}", facts.say("failed-only")) } else { String::new() };
        format!("{}{state}{failed}", filter_note(&self.filter, facts))
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let lower = match area.height {
            ..14 => 0,
            14..30 => 5,
            _ => 7,
        };
        let bar = if lower > 5 && facts.columns >= 120 && !self.minutes.is_empty() { 3 } else { 0 };
        let upper = Rect { height: area.height - lower - bar, ..area };
        let follow = facts.say(if self.follow && !facts.paused { "follow-on" } else { "follow-off" });
        let title = format!("{}  {}", facts.say("activity-title"), facts.say("newest-first"));
        let inner = c.panel(upper, &title, &follow);
        let (middle, wide, widest) = (facts.columns >= 76, facts.columns >= 120, facts.columns >= 136);
        let mut heads = vec![Column::left(facts.say("col-time"), if middle { 11 } else { 8 })];
        heads.push(Column::left(facts.say("col-object"), if wide { 12 } else { 9 }));
        heads.push(Column::left(facts.say("col-id"), if wide { 18 } else { 8 }));
        if middle {
            heads.push(Column::left(facts.say("col-way"), if wide { 11 } else { 4 }));
        }
        heads.push(Column::left(facts.say("col-done"), if wide { 8 } else { 3 }));
        if widest {
            heads.push(Column::left(facts.say("col-record"), 16));
        }
        heads.push(Column::left(facts.say("col-fields"), 0));
        if middle {
            heads.push(Column::right(facts.say("col-took"), 5));
        }
        if widest {
            heads.push(Column::right(facts.say("col-job"), 5));
            heads.push(Column::left(facts.say("col-by"), 8));
        }
        heads.push(Column::left(facts.say("col-result"), if wide { 19 } else { 7 }));
        table::draw(c, inner, &heads, &self.rows, (false, true), |row| {
            let time = if row.at < facts.today() {
                format!("{} {}", facts.day(row.at), facts.minute(row.at))
            } else if middle {
                facts.precise(row.at)
            } else {
                facts.time(row.at)
            };
            let id = remedy::record_id(row);
            let mut cells = vec![plain(time), plain(row.object.to_string())];
            cells.push(plain(if wide { id } else { super::overview::tail(&id, 6) }));
            if middle {
                cells.push(plain(facts.way(row.direction, Some(row.recipe).filter(|_| wide))));
            }
            cells.push(plain(if wide { row.action.name() } else { remedy::short(row.action) }));
            if widest {
                cells.push(plain(row.record_name.to_string()));
            }
            cells.push(plain(remedy::fields(&row.fields)));
            if middle {
                cells.push(plain(took(row.duration_ms)));
            }
            if widest {
                cells.push(plain(row.job.map(|job| job.to_string()).unwrap_or_default()));
                cells.push(plain(row.by.to_string()));
            }
            let (mut word, role) = remedy::result(row);
            if wide && let Some(code) = &row.error {
                word = format!("{word} {code}");
            }
            cells.push((word, role));
            cells
        });
        if self.rows.is_empty() && inner.height > 1 {
            let key = if facts.known && self.more.is_none() { "filter-none" } else { "not-heard" };
            c.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &facts.say(key), Role::Text);
        }
        if bar > 0 {
            self.draw_minutes(c, Rect { y: area.y + upper.height, height: bar, ..area });
        }
        if lower > 0 {
            self.draw_row(c, Rect { y: area.y + upper.height + bar, height: lower, ..area });
        }
    }

    /// `08:41 |..:::...#:| 09:41`: one mark a minute, `#` where something failed.
    fn draw_minutes(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let inner = c.panel(area, &facts.say("minutes-title"), &facts.say("minutes-legend"));
        let span = i64::try_from(self.minutes.len()).unwrap_or(0) * MINUTE;
        let (first, last) = (facts.minute(facts.now.plus(-span)), facts.minute(facts.now));
        let done: Vec<u64> = self.minutes.iter().map(|(done, _)| u64::from(*done)).collect();
        let marks: String = trend(&done)
            .chars()
            .zip(&self.minutes)
            .map(|(mark, (_, failed))| match (mark, failed) {
                (_, 1..) => "##",
                ('_', _) => "  ",
                ('.', _) => "..",
                _ => "::",
            })
            .collect();
        let text = format!("{first} |{marks}| {last}");
        c.text(inner.x + 1, inner.y, inner.width.saturating_sub(2), &text, Role::Text);
    }

    fn draw_row(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let inner = c.panel(area, &facts.say("record-title"), "");
        let Some(row) = self.rows.current() else { return };
        let id = |id: &Option<crate::domain::id::RemoteId>| {
            id.as_ref().map_or("-".to_owned(), ToString::to_string)
        };
        let (first, second) = (id(&row.salesforce_id), id(&row.target_id));
        let way = facts.way(row.direction, Some(row.recipe));
        let (result, _) = remedy::result(row);
        let code = row.error.as_deref().unwrap_or_default();
        let lines = [
            format!("{} \"{}\"  {way}  {}  {result} {code}", row.object, row.record_name, row.action.name()),
            format!("Salesforce {first}   {} {second}", facts.other(row.recipe).unwrap_or("?")),
            facts.say_with(
                "record-facts",
                &[
                    ("recipe", (&row.recipe.to_string()).into()),
                    ("try", u64::from(row.attempt).into()),
                    ("took", (&took(row.duration_ms)).into()),
                    ("by", (&*row.by).into()),
                ],
            ),
            remedy::fields(&row.fields),
        ];
        for (text, y) in lines.iter().zip(inner.y..inner.bottom()) {
            c.text(inner.x + 1, y, inner.width.saturating_sub(2), text, Role::Text);
        }
    }
}

/// A ledger line as text.
fn line(row: &ActivityRow) -> String {
    format!(
        "{} {} {} {} {} {}",
        row.at,
        row.object,
        remedy::record_id(row),
        row.action.name(),
        remedy::result(row).0,
        row.error.as_deref().unwrap_or_default()
    )
}
