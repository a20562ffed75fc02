//! Screen 2: errors by cause, the records of one cause, and one record field by field.

use ratatui::layout::Rect;

use super::detail::Detail;
use super::why::Why;
use crate::control::causes::GroupRow;
use crate::control::protocol::{Reply, Request, Selection};
use crate::control::rows::ErrorRow;
use crate::domain::failure::Class;
use crate::domain::filter::Filter;
use crate::domain::id::{ErrorId, GroupId};
use crate::domain::ledger::ErrorState;
use crate::domain::time::HOUR;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::parts::trend::trend;
use crate::tui::registry::{Act, Place, Step};
use crate::tui::skin::Role;
use crate::tui::{files, remedy, retry};

impl Row for GroupRow {
    type Id = GroupId;
    fn id(&self) -> GroupId {
        self.id.clone()
    }
}

impl Row for ErrorRow {
    type Id = ErrorId;
    fn id(&self) -> ErrorId {
        self.id
    }
}

/// How deep one has gone into the errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Level {
    #[default]
    Causes,
    Records(GroupId),
    Record(GroupId),
}

/// By what causes stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    /// What blocks most comes first.
    #[default]
    Cause,
    Object,
    Recipe,
    /// The hour in which it began, newest first.
    Hour,
}

impl Order {
    fn next(self) -> Self {
        match self {
            Self::Cause => Self::Object,
            Self::Object => Self::Recipe,
            Self::Recipe => Self::Hour,
            Self::Hour => Self::Cause,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Cause => "order-cause",
            Self::Object => "order-object",
            Self::Recipe => "order-recipe",
            Self::Hour => "order-hour",
        }
    }
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Errors {
    why: Why,
    level: Level,
    order: Order,
    all: Vec<GroupRow>,
    groups: List<GroupRow>,
    records: List<ErrorRow>,
    /// The cause whose records `records` are.
    of: Option<GroupId>,
    /// Whether older records can be asked for.
    more: bool,
    detail: Detail,
    pub(in crate::tui) filter: String,
    /// Open the first record's detail as soon as records come.
    first: bool,
}

impl Errors {
    pub(in crate::tui) fn place(&self) -> Place {
        match self.level {
            Level::Causes => Place::Errors,
            Level::Records(_) => Place::Records,
            Level::Record(_) => Place::Error,
        }
    }

    pub(in crate::tui) fn refresh(&self, facts: &Facts) -> Vec<Wish> {
        let mut wishes = vec![Wish::Ask(Topic::Groups, Request::Groups { account: facts.account.clone() })];
        match &self.level {
            Level::Records(group) => wishes.push(self.ask(group)),
            Level::Record(group) => {
                wishes.push(self.ask(group));
                wishes.extend(self.detail.id().map(|id| Wish::Ask(Topic::Error(id), Request::Error(id))));
            }
            Level::Causes if facts.columns >= 120 => {
                wishes.extend(self.groups.current().map(|g| self.ask(&g.id)));
            }
            Level::Causes => {}
        }
        wishes
    }

    /// Asks for what stands beside the cause under the cursor: why it came, if that is not there, and on a wide
    /// screen its records, where they are wanted.
    fn beside(&mut self, records: bool, facts: &Facts) -> Vec<Wish> {
        let Some(group) = self.groups.current().cloned() else { return Vec::new() };
        let mut wishes = Vec::new();
        if self.why.wants(&group) {
            wishes.push(Wish::Ask(Topic::Cause(group.id.clone()), Request::Cause(group.id.clone())));
        }
        if records && facts.columns >= 120 {
            wishes.push(self.ask(&group.id));
        }
        wishes
    }

    fn ask(&self, group: &GroupId) -> Wish {
        let filter = self.filter.clone();
        let topic = Topic::Errors { group: Some(group.clone()), filter: filter.clone(), more: false };
        Wish::Ask(topic, remedy::errors(Some(group.clone()), filter, None))
    }

    pub(in crate::tui) fn hear(&mut self, topic: &Topic, reply: Reply, facts: &Facts) -> Vec<Wish> {
        match (topic, reply) {
            (Topic::Groups, Reply::Groups(groups)) => {
                self.all = groups;
                self.groups.tell(self.shown(facts), facts.held);
                if self.level == Level::Causes {
                    return self.beside(self.of.is_none(), facts);
                }
            }
            (Topic::Errors { group, filter, more }, Reply::Errors(rows)) if *filter == self.filter => {
                self.more = rows.len() >= 200;
                if *more {
                    self.records.append(rows);
                } else if self.of == *group {
                    // Older pages stay below what was asked anew.
                    let oldest = rows.last().map(|row| row.id);
                    let older = self.records.rows().iter().skip_while(|row| Some(row.id) != oldest).skip(1);
                    let rows = rows.iter().chain(older).cloned().collect();
                    self.records.tell(rows, facts.held);
                } else {
                    self.of.clone_from(group);
                    self.records.replace(rows);
                    self.records.top();
                }
                if std::mem::take(&mut self.first) {
                    return self.open();
                }
            }
            (Topic::Error(id), Reply::Error(detail)) => self.detail.tell(*id, detail),
            (Topic::Cause(id), Reply::Cause(told)) => self.why.hear(id.clone(), *told),
            _ => {}
        }
        Vec::new()
    }

    /// The causes that the filter lets through, what blocks most first.
    fn shown(&self, facts: &Facts) -> Vec<GroupRow> {
        let filter = Filter::parse(&self.filter, facts.now, facts.today()).unwrap_or_default();
        let fits = |group: &&GroupRow| {
            let object = group.object.as_ref().map(ToString::to_string).unwrap_or_default();
            let texts = [
                group.class.name(),
                &group.code,
                &group.title,
                &group.message,
                &object,
                group.connection.as_str(),
            ];
            filter.finds(&texts)
                && filter.class.as_ref().is_none_or(|class| class == group.class.name())
                && filter
                    .code
                    .as_ref()
                    .is_none_or(|c| *c == group.class.name() || c.eq_ignore_ascii_case(&group.code))
                && filter.object.as_ref().is_none_or(|o| object.to_lowercase() == *o)
                && filter.connection.as_ref().is_none_or(|c| c == group.connection.as_str())
                && filter.direction.is_none_or(|d| group.direction == Some(d))
        };
        let mut groups: Vec<GroupRow> = self.all.iter().filter(fits).cloned().collect();
        groups.sort_by_key(|group| {
            (group.state != ErrorState::Open, group.class.rank(), std::cmp::Reverse(group.count))
        });
        // Each order keeps the one before it among equals.
        match self.order {
            Order::Cause => {}
            Order::Object => groups.sort_by(|a, b| a.object.cmp(&b.object)),
            Order::Recipe => groups.sort_by_key(|group| group.recipes.first().copied()),
            Order::Hour => groups.sort_by_key(|group| std::cmp::Reverse(group.first_at.0.div_euclid(HOUR))),
        }
        groups
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        match self.level {
            Level::Causes => self.groups.point(y),
            Level::Records(_) => self.records.point(y),
            Level::Record(_) => self.detail.point(y),
        }
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.groups.release(held);
        self.records.release(held);
    }

    pub(in crate::tui) fn set_filter(&mut self, filter: &str, facts: &Facts) -> Vec<Wish> {
        filter.clone_into(&mut self.filter);
        self.of = None;
        self.groups.replace(self.shown(facts));
        self.refresh(facts)
    }

    /// Shows the records of a cause; with `first` the first of them field by field.
    pub(in crate::tui) fn jump(&mut self, group: GroupId, first: bool) -> Vec<Wish> {
        self.filter.clear();
        self.groups.select(&group);
        let ask = remedy::first_of(&group);
        self.of = None;
        self.records.replace(Vec::new());
        self.first = first;
        self.detail = Detail::default();
        self.level = if first { Level::Record(group) } else { Level::Records(group) };
        vec![ask]
    }

    pub(in crate::tui) fn unmark(&mut self) {
        self.records.set_marks([]);
    }

    /// One level back; `false` at the top.
    pub(in crate::tui) fn back(&mut self) -> bool {
        match std::mem::take(&mut self.level) {
            Level::Record(group) => {
                self.level = Level::Records(group);
                true
            }
            Level::Records(_) => {
                self.records.set_marks([]);
                true
            }
            Level::Causes => false,
        }
    }

    fn open(&mut self) -> Vec<Wish> {
        let Some((id, group)) = self.records.current().map(|row| (row.id, row.group.clone())) else {
            return Vec::new();
        };
        self.level = Level::Record(group);
        self.detail.expect(id);
        vec![Wish::Ask(Topic::Error(id), Request::Error(id))]
    }

    fn group(&self) -> Option<&GroupRow> {
        match &self.level {
            Level::Causes => self.groups.current(),
            Level::Records(id) | Level::Record(id) => self.all.iter().find(|group| group.id == *id),
        }
    }

    /// What `r` is about.
    fn selection(&self) -> Option<Selection> {
        match &self.level {
            Level::Causes => self.groups.current().map(|group| Selection::Group(group.id.clone())),
            Level::Records(_) | Level::Record(_) => {
                let ids: Vec<ErrorId> = self.records.chosen().iter().map(|row| row.id).collect();
                (!ids.is_empty()).then_some(Selection::Ids(ids))
            }
        }
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match (act, &self.level) {
            (Act::Move(step), Level::Causes) => {
                let before = self.groups.current().map(Row::id);
                self.groups.step(step);
                let now = self.groups.current().map(Row::id);
                if before != now {
                    return self.beside(true, facts);
                }
            }
            (Act::Move(step), Level::Records(_)) => return self.step(step),
            (Act::Move(step), Level::Record(_)) => self.detail.step(step),
            (Act::Next | Act::Previous, Level::Record(_)) => {
                self.records.set_marks([]);
                self.records.step(if act == Act::Next { Step::Down } else { Step::Up });
                return self.open();
            }
            (Act::Open, Level::Causes) => {
                if let Some(id) = self.groups.current().map(|group| group.id.clone()) {
                    let ask = self.ask(&id);
                    self.level = Level::Records(id);
                    return vec![ask];
                }
            }
            (Act::Open, Level::Records(_)) => return self.open(),
            (Act::Open, Level::Record(_)) => return self.detail.whole_value(),
            (Act::Fields | Act::History, Level::Record(_)) => self.detail.toggle(act),
            (Act::Mark, Level::Records(_)) => self.records.toggle_mark(),
            (Act::MarkRange, Level::Records(_)) => self.records.mark_range(),
            (Act::MarkAll, Level::Records(_)) => {
                let all: Vec<ErrorId> = self.records.rows().iter().map(|row| row.id).collect();
                let none = self.records.marks().len() == all.len();
                self.records.set_marks(if none { Vec::new() } else { all });
            }
            (Act::Retry, _) => return self.selection().map(retry::plan).into_iter().collect(),
            (Act::RetryAll, Level::Causes) if self.filter.is_empty() => {
                return vec![retry::plan(Selection::All { since: None })];
            }
            (Act::RetryAll, Level::Causes) => {
                // The capital letter is about what is shown: with a filter that is not everything.
                return match self.groups.rows() {
                    [one] => vec![retry::plan(Selection::Group(one.id.clone()))],
                    _ => vec![Wish::Say(facts.say("retry-filtered"))],
                };
            }
            (Act::RetryAll, Level::Records(group)) if self.filter.is_empty() => {
                return vec![retry::plan(Selection::Group(group.clone()))];
            }
            (Act::RetryAll, Level::Records(_)) => {
                let ids = self.records.rows().iter().map(|row| row.id).collect();
                return vec![retry::plan(Selection::Ids(ids))];
            }
            (Act::Snooze, _) => {
                return self.selection().map(|which| retry::ask_snooze(&which, facts)).into_iter().collect();
            }
            (Act::Ignore, _) => {
                return self.selection().map(|which| retry::ask_reason(which, facts)).into_iter().collect();
            }
            (Act::Export, Level::Causes) => {
                return vec![Wish::Export("causes", files::values(self.groups.rows()))];
            }
            (Act::Export, Level::Records(group) | Level::Record(group)) => {
                let request = remedy::all_errors(group.clone(), self.filter.clone());
                return vec![Wish::Ask(Topic::Export("errors"), request)];
            }
            (Act::Group, Level::Causes) => {
                self.order = self.order.next();
                self.groups.replace(self.shown(facts));
            }
            (Act::Mapping, _) => {
                let recipe = self.records.current().map(|row| row.recipe);
                return recipe.map(|id| Wish::Jump(Jump::Recipe(id))).into_iter().collect();
            }
            (Act::Edit, Level::Record(_)) => return self.detail.ask_edit(facts),
            (Act::Raw, Level::Record(_)) => return self.detail.raw(),
            (Act::Link, _) => {
                let row = self.records.current();
                return row.map(|row| remedy::link(row.salesforce_id.as_ref(), facts)).into_iter().collect();
            }
            (Act::Fix, _) => return self.fix(facts),
            (Act::Copy, Level::Record(_)) => return self.detail.copy(false),
            (Act::CopyAll, Level::Record(_)) => return self.detail.copy(true),
            (Act::Copy, _) => {
                return self.group().map(|group| Wish::Copy(remedy::report(group))).into_iter().collect();
            }
            (Act::CopyAll, _) => {
                let json = self.group().and_then(|group| serde_json::to_string_pretty(group).ok());
                return json.map(Wish::Copy).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    fn step(&mut self, step: Step) -> Vec<Wish> {
        self.records.step(step);
        if self.more && self.records.at() + 1 >= self.records.len() {
            self.more = false;
            let (group, filter) = (self.of.clone(), self.filter.clone());
            let topic = Topic::Errors { group: group.clone(), filter: filter.clone(), more: true };
            let before = self.records.rows().last().map(|row| row.id);
            return vec![Wish::Ask(topic, remedy::errors(group, filter, before))];
        }
        Vec::new()
    }

    fn fix(&self, facts: &Facts) -> Vec<Wish> {
        let Some(group) = self.group() else { return Vec::new() };
        match group.class {
            Class::Auth => vec![Wish::Jump(Jump::Reconnect(group.connection.clone()))],
            Class::Cap => vec![Wish::Jump(Jump::Free)],
            Class::Limit => vec![Wish::Go(crate::tui::registry::Screen::Limits)],
            class => remedy::propose(class, &group.id, &remedy::report(group), facts),
        }
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        match &self.level {
            Level::Causes => {
                let filter = filter_note(&self.filter, facts);
                format!("{filter}{}", retry::foretell(self.groups.rows(), facts))
            }
            Level::Records(_) => {
                let marked = self.records.marks().len();
                let all = self.group().map_or(0, |group| group.count);
                let count = if marked > 0 {
                    facts.say_with("records-marked", &[("count", marked.into())])
                } else {
                    facts.say_with("records-foretell", &[("count", all.into())])
                };
                let unseen = self.records.unseen();
                let new = if unseen > 0 {
                    facts.say_with("rows-waiting", &[("count", unseen.into())])
                } else {
                    String::new()
                };
                let filter = filter_note(&self.filter, facts);
                [count, new].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ")
                    + &filter
            }
            Level::Record(_) => self.detail.foretell(facts),
        }
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        match &self.level {
            Level::Record(_) => self.detail.draw(c, area, self.group()),
            Level::Records(_) => {
                let why = if area.height >= 16 { 6 } else { 0 };
                let upper = Rect { height: area.height - why, ..area };
                let title = self.group().map_or_else(
                    || facts.say("records-title"),
                    |group| format!("{}  {} {}", facts.say("records-title"), group.class.name(), group.code),
                );
                self.draw_records(c, upper, &title, true);
                if why > 0 {
                    self.why.draw(c, Rect { y: area.y + upper.height, height: why, ..area }, self.group());
                }
            }
            Level::Causes => {
                let wanted = u16::try_from(self.groups.len()).unwrap_or(u16::MAX).saturating_add(4);
                let upper = wanted.clamp(6, (area.height / 2).max(6)).min(area.height);
                self.draw_causes(c, Rect { height: upper, ..area });
                let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
                if facts.columns >= 120 {
                    let left = lower.width / 2;
                    self.why.draw(c, Rect { width: left + 1, ..lower }, self.group());
                    let title = format!("{}  {}", facts.say("records-title"), facts.say("newest-first"));
                    let right = Rect { x: lower.x + left, width: lower.width - left, ..lower };
                    self.draw_records(c, right, &title, false);
                } else {
                    self.why.draw(c, lower, self.group());
                }
            }
        }
    }

    fn draw_causes(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let (wide, widest) = (facts.columns >= 120, facts.columns >= 136);
        let title = format!("{}  {}", facts.say("errors-title"), facts.say(self.order.key()));
        let shown: u64 = self.groups.rows().iter().map(|group| group.count).sum();
        let all: u64 = self.all.iter().map(|group| group.count).sum();
        let note = facts.say_with("errors-shown", &[("count", shown.into()), ("of", all.into())]);
        let inner = c.panel(area, &title, &note);
        if self.groups.is_empty() {
            let text =
                if self.filter.is_empty() { facts.say("errors-none") } else { facts.say("filter-none") };
            c.text(inner.x + 2, inner.y, inner.width.saturating_sub(3), &text, Role::Good);
            return;
        }
        let mut heads = vec![Column::left(facts.say("col-cause"), 6)];
        if facts.columns >= 76 {
            heads.push(Column::left(facts.say("col-object"), if wide { 11 } else { 9 }));
            heads.push(Column::left(facts.say("col-way"), if wide { 11 } else { 4 }));
        }
        if wide {
            heads.push(Column::left(facts.say("col-code"), 20));
        }
        heads.push(Column::left(facts.say(if wide { "col-message" } else { "col-code" }), 0));
        heads.push(Column::right(facts.say("col-records"), 8));
        if facts.columns >= 76 {
            heads.push(Column::right(facts.say("col-new"), 6));
        }
        if wide {
            heads.push(Column::left(facts.say("col-first"), 6));
        }
        heads.push(Column::left(facts.say("col-latest"), 6));
        if widest {
            heads.push(Column::left(facts.say("col-tries"), 6));
            heads.push(Column::left(facts.say("col-trend"), 10));
        }
        if wide {
            heads.push(Column::left(facts.say("col-f-does"), 17));
        }
        table::draw(c, inner, &heads, &self.groups, (false, true), |group| {
            let recipe = group.recipes.first().copied();
            let mut cells = vec![(group.class.name().to_owned(), Role::Failing)];
            if facts.columns >= 76 {
                cells.push(plain(group.object.as_ref().map_or("*".to_owned(), ToString::to_string)));
                let way = group.direction.map(|d| facts.way(d, recipe.filter(|_| wide)));
                cells.push(plain(way.unwrap_or_else(|| "*".to_owned())));
            }
            let state = match group.state {
                ErrorState::Open | ErrorState::Resolved => String::new(),
                ErrorState::Retrying => " (retrying)".into(),
                ErrorState::Snoozed => " (snoozed)".into(),
                ErrorState::Ignored => " (ignored)".into(),
            };
            let fields = remedy::fields(&group.fields);
            if wide {
                cells.push(plain(group.code.to_string()));
                let named = group.fields.iter().all(|field| group.message.contains(field.as_str()));
                let fields = if named { "" } else { &fields };
                cells.push(plain(format!("{fields} {}{state}", group.message).trim().to_owned()));
            } else {
                cells.push(plain(format!("{} {fields}{state}", group.code).trim().to_owned()));
            }
            cells.push(plain(facts.count(group.count)));
            if facts.columns >= 76 {
                cells.push(plain(facts.count(group.by_hour.last().copied().unwrap_or(0))));
            }
            if wide {
                cells.push(plain(facts.since(group.first_at)));
            }
            cells.push(plain(facts.since(group.last_at)));
            if widest {
                cells.push(plain(match group.tries {
                    (least, most) if least == most => most.to_string(),
                    (least, most) => format!("{least}-{most}"),
                }));
                cells.push(plain(trend(&group.by_hour)));
            }
            if wide {
                cells.push(plain(remedy::words(group.class, facts)));
            }
            cells
        });
    }

    fn draw_records(&self, c: &mut Canvas<'_>, area: Rect, title: &str, focused: bool) {
        let facts = c.facts;
        let inner = c.panel(area, title, &facts.say("enter-opens"));
        let room = area.width;
        let mut heads = vec![Column::left(facts.say("col-time"), 8)];
        let object = room >= 64;
        if object {
            heads.push(Column::left(facts.say("col-object"), 11));
        }
        heads.push(Column::left(facts.say("col-record"), 0));
        if room >= 76 {
            heads.push(Column::left(facts.say("col-id"), 8));
        }
        heads.push(Column::left(facts.say("col-fields"), if room >= 76 { 18 } else { 12 }));
        heads.push(Column::right(facts.say("col-try"), 3));
        heads.push(Column::left(facts.say("col-state"), 8));
        table::draw(c, inner, &heads, &self.records, (focused, focused), |row| {
            let time =
                if row.last_at >= facts.today() { facts.time(row.last_at) } else { facts.day(row.last_at) };
            let mut cells = vec![plain(time)];
            if object {
                cells.push(plain(row.object.to_string()));
            }
            cells.push(plain(row.record_name.to_string()));
            if room >= 76 {
                let id = row.salesforce_id.as_ref().or(row.target_id.as_ref()).map(ToString::to_string);
                cells.push(plain(super::overview::tail(&id.unwrap_or_default(), 6)));
            }
            cells.push(plain(remedy::fields(&row.fields)));
            cells.push(plain(row.attempts.to_string()));
            cells.push(plain(super::detail::state_word(row.state)));
            cells
        });
    }
}

/// `filter: obj:Contact | `, or nothing. It comes first: what follows may be cut.
pub(in crate::tui) fn filter_note(filter: &str, facts: &Facts) -> String {
    if filter.is_empty() { String::new() } else { format!("{}: {filter} | ", facts.say("filter")) }
}
