//! One error, field by field: what both sides last agreed on, what is to be sent, what is there now.

use ratatui::layout::Rect;

use crate::control::rows::{DiffRow, ErrorDetail};

use crate::control::causes::GroupRow;
use crate::domain::id::{ErrorId, FieldName};
use crate::domain::ledger::ErrorState;
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::model::Wish;
use crate::tui::parts::dialog::{Dialog, Prompt, Purpose};
use crate::tui::parts::field::Field;
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::registry::{Act, Step};
use crate::tui::remedy;
use crate::tui::skin::Role;

impl Row for DiffRow {
    type Id = (FieldName, FieldName);
    fn id(&self) -> Self::Id {
        (self.salesforce_field.clone(), self.target_field.clone())
    }
}

/// The part of screen 2 that shows one record.
#[derive(Debug, Default)]
pub(super) struct Detail {
    expected: Option<ErrorId>,
    error: Option<Box<ErrorDetail>>,
    fields: List<DiffRow>,
    all_fields: bool,
    history: bool,
}

impl Detail {
    /// Waits for that error; what is shown until then belongs to another one.
    pub(super) fn expect(&mut self, id: ErrorId) {
        self.expected = Some(id);
    }

    /// The error that is shown, or will be.
    pub(super) fn id(&self) -> Option<ErrorId> {
        self.expected
    }

    pub(super) fn tell(&mut self, id: ErrorId, error: Box<ErrorDetail>) {
        if self.expected == Some(id) {
            let other = self.error.as_ref().is_none_or(|shown| shown.row.id != id);
            self.error = Some(error);
            self.fields.replace(self.shown());
            if other {
                self.fields.top();
            }
        }
    }

    /// What blocks comes first, then what differs; what agrees is folded away.
    fn shown(&self) -> Vec<DiffRow> {
        let Some(error) = &self.error else { return Vec::new() };
        let fits = |row: &&DiffRow| self.all_fields || row.blocks || row.differs;
        let mut rows: Vec<DiffRow> = error.diff.iter().filter(fits).cloned().collect();
        rows.sort_by_key(|row| (!row.blocks, !row.differs));
        rows
    }

    pub(super) fn point(&mut self, y: u16) -> Option<bool> {
        self.fields.point(y)
    }

    pub(super) fn step(&mut self, step: Step) {
        self.fields.step(step);
    }

    pub(super) fn toggle(&mut self, act: Act) {
        if act == Act::History {
            self.history = !self.history;
        } else {
            self.all_fields = !self.all_fields;
            self.fields.replace(self.shown());
        }
    }

    /// The three values of a field: agreed, to send, there now.
    fn values(direction: Direction, row: &DiffRow) -> [&str; 3] {
        let agreed = row.base.as_deref().unwrap_or("-");
        match direction {
            Direction::FromSalesforce => [agreed, &row.salesforce, &row.target],
            Direction::ToSalesforce => [agreed, &row.target, &row.salesforce],
        }
    }

    fn field(direction: Direction, row: &DiffRow) -> &FieldName {
        match direction {
            Direction::FromSalesforce => &row.target_field,
            Direction::ToSalesforce => &row.salesforce_field,
        }
    }

    /// The values of the field under the cursor, uncut.
    pub(super) fn whole_value(&self) -> Vec<Wish> {
        let (Some(error), Some(row)) = (&self.error, self.fields.current()) else { return Vec::new() };
        let [agreed, send, now] = Self::values(error.row.direction, row);
        let lines = vec![format!("0  {agreed}"), format!("1  {send}"), format!("2  {now}")];
        let title = Self::field(error.row.direction, row).to_string();
        vec![Wish::Dialog(Dialog::new(title, lines, Vec::new()))]
    }

    pub(super) fn copy(&self, whole: bool) -> Vec<Wish> {
        let Some(error) = &self.error else { return Vec::new() };
        let text = if whole {
            serde_json::to_string_pretty(error).ok()
        } else {
            self.fields.current().map(|row| {
                let [agreed, send, now] = Self::values(error.row.direction, row);
                format!("{}\t{agreed}\t{send}\t{now}", Self::field(error.row.direction, row))
            })
        };
        text.map(Wish::Copy).into_iter().collect()
    }

    /// Asks what to write into the field under the cursor, for one try: at first what would be sent.
    pub(super) fn ask_edit(&self, facts: &Facts) -> Vec<Wish> {
        let (Some(error), Some(row)) = (&self.error, self.fields.current()) else { return Vec::new() };
        let [_, send, _] = Self::values(error.row.direction, row);
        let field = Self::field(error.row.direction, row).to_string();
        vec![Wish::Prompt(Prompt {
            title: facts.say_with("edit-title", &[("field", (&field).into())]),
            lines: vec![facts.say("edit-line")],
            field: Field::of(send),
            purpose: Purpose::Edit(error.row.id, field),
        })]
    }

    /// Everything that is known of the error, as the engine tells it, outside the full screen.
    pub(super) fn raw(&self) -> Vec<Wish> {
        let text = self.error.as_ref().and_then(|error| serde_json::to_string_pretty(error).ok());
        text.map(Wish::Show).into_iter().collect()
    }

    pub(super) fn foretell(&self, facts: &Facts) -> String {
        let Some(error) = &self.error else { return String::new() };
        let blocks = error.diff.iter().filter(|row| row.blocks).count();
        let differ = error.diff.iter().filter(|row| row.differs && !row.blocks).count();
        let same = error.diff.len() - error.diff.iter().filter(|row| row.blocks || row.differs).count();
        facts.say_with(
            "detail-counts",
            &[("blocks", blocks.into()), ("differ", differ.into()), ("same", same.into())],
        )
    }

    pub(super) fn draw(&self, c: &mut Canvas<'_>, area: Rect, group: Option<&GroupRow>) {
        let facts = c.facts;
        let Some(error) = self.error.as_ref().filter(|error| Some(error.row.id) == self.expected) else {
            let inner = c.panel(area, &facts.say("records-title"), "");
            c.text(inner.x + 1, inner.y, inner.width, &facts.say("not-heard"), Role::Text);
            return;
        };
        let wide = facts.columns >= 120;
        let fields = u16::try_from(self.fields.len()).unwrap_or(u16::MAX);
        let upper = fields.saturating_add(8).clamp(8, (area.height * 3 / 5).max(8)).min(area.height);
        self.draw_fields(c, Rect { height: upper, ..area }, error);
        let lower = Rect { y: area.y + upper, height: area.height - upper, ..area };
        if wide {
            let left = lower.width / 2;
            Self::draw_why(c, Rect { width: left + 1, ..lower }, error, group);
            Self::draw_history(c, Rect { x: lower.x + left, width: lower.width - left, ..lower }, error);
        } else if self.history {
            Self::draw_history(c, lower, error);
        } else {
            Self::draw_why(c, lower, error, group);
        }
    }

    fn draw_fields(&self, c: &mut Canvas<'_>, area: Rect, error: &ErrorDetail) {
        let facts = c.facts;
        let row = &error.row;
        let id = row
            .salesforce_id
            .as_ref()
            .or(row.target_id.as_ref())
            .map(ToString::to_string)
            .unwrap_or_default();
        let way = facts.way(row.direction, Some(row.recipe));
        let title = format!("{} {id}  \"{}\"  {way}  {}", row.object, row.record_name, row.operation.name());
        let inner = c.panel(area, &title, "");
        let other = facts.other(row.recipe).unwrap_or("?");
        let (from, to) = match row.direction {
            Direction::FromSalesforce => ("Salesforce", other),
            Direction::ToSalesforce => (other, "Salesforce"),
        };
        let wide = facts.columns >= 120;
        let kind = if wide { 16 } else { 0 };
        let room = (inner.width.saturating_sub(7 + kind) / 4).max(8);
        let dated = |title: String, at: Option<Stamp>| match at {
            Some(at) if wide => format!("{title} {}", facts.moment(at)),
            _ => title,
        };
        let mut heads =
            vec![Column::left(String::new(), 1), Column::left(facts.say("col-field"), room.min(20))];
        if wide {
            heads.push(Column::left(facts.say("col-type"), kind));
        }
        heads.extend([
            Column::left(dated(facts.say("col-agreed"), error.agreed_at), room),
            Column::left(facts.say_with("col-send", &[("system", from.into())]), room),
            Column::left(dated(facts.say_with("col-there", &[("system", to.into())]), error.there_at), 0),
        ]);
        let said = Self::said(error, facts);
        let lines = u16::try_from(said.len()).unwrap_or(3).min(inner.height.saturating_sub(3).max(3));
        let table = Rect { height: inner.height.saturating_sub(lines), ..inner };
        table::draw(c, table, &heads, &self.fields, (false, true), |field| {
            let (sign, role) = match (field.blocks, field.differs) {
                (true, _) => ("!", Role::Failing),
                (_, true) => ("~", Role::Text),
                _ => ("=", Role::Text),
            };
            let [agreed, send, now] = Self::values(row.direction, field);
            let name = Self::field(row.direction, field).to_string();
            let mut cells = vec![(sign.to_owned(), role), plain(name)];
            if wide {
                cells.push(plain(type_of(field)));
            }
            cells.extend([plain(agreed), plain(send), plain(now)]);
            cells
        });
        let top = inner.bottom().saturating_sub(lines).max(inner.y);
        for (text, y) in said.iter().zip(top..inner.bottom()) {
            c.text(inner.x + 2, y, inner.width.saturating_sub(3), text, Role::Text);
        }
    }

    /// What the marks mean, what a retry would send, what it would leave and cost, and which value is too long by how much.
    fn said(error: &ErrorDetail, facts: &Facts) -> Vec<String> {
        let row = &error.row;
        let sent: Vec<&FieldName> = error.sent.iter().map(|(name, _)| name).collect();
        let left: Vec<FieldName> = error
            .diff
            .iter()
            .filter(|field| field.differs)
            .map(|field| Self::field(row.direction, field).clone())
            .filter(|name| !sent.contains(&name))
            .collect();
        let sends = remedy::fields(&sent.into_iter().cloned().collect::<Vec<_>>());
        let leaves = remedy::fields(&left);
        let mut said = vec![
            facts.say("detail-legend"),
            format!("{} {}", facts.say("detail-sends"), if sends.is_empty() { "-" } else { &sends }),
            format!("{} {}", facts.say("detail-leaves"), if leaves.is_empty() { "-" } else { &leaves }),
        ];
        said.extend(error.diff.iter().filter(|field| field.blocks).filter_map(|field| {
            let [_, value, _] = Self::values(row.direction, field);
            let (long, most) = (value.chars().count(), usize::try_from(field.max_length?).ok()?);
            let over = long.checked_sub(most).filter(|over| *over > 0)?;
            let name = Self::field(row.direction, field).to_string();
            let pairs = [("field", (&name).into()), ("long", long.into()), ("over", over.into())];
            Some(facts.say_with("detail-long", &pairs))
        }));
        let api = facts.status.api.iter().find(|api| api.connection == row.connection);
        if let Some((used, of)) = api.and_then(|api| api.org_used_24h.zip(api.org_limit_24h)) {
            let left = of.saturating_sub(used);
            said.push(facts.say_with("detail-costs", &[("left", left.into())]));
        }
        said
    }

    fn draw_why(c: &mut Canvas<'_>, area: Rect, error: &ErrorDetail, group: Option<&GroupRow>) {
        let facts = c.facts;
        let row = &error.row;
        let title = format!("{}  {} {}", facts.say("why-title"), row.class.name(), row.code);
        let note = facts.say_with("detail-try", &[("count", u64::from(row.attempts).into())]);
        let inner = c.panel(area, &title, &format!("{note}, {}", state_word(row.state)));
        let share = group.map(|group| facts.say_with("detail-share", &[("count", group.count.into())]));
        let times = facts.say_with(
            "detail-times",
            &[("first", (&facts.since(row.first_at)).into()), ("last", (&facts.since(row.last_at)).into())],
        );
        let mut rest = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let texts = [
            row.message.to_string(),
            row.explanation.clone(),
            row.fix.clone(),
            share.unwrap_or_default(),
            times,
        ];
        for text in texts {
            let used = c.wrapped(rest, &text, Role::Text);
            rest.y += used;
            rest.height -= used;
        }
    }

    fn draw_history(c: &mut Canvas<'_>, area: Rect, error: &ErrorDetail) {
        let facts = c.facts;
        let inner = c.panel(area, &facts.say("history-title"), &facts.say("newest-first"));
        let heads = [
            Column::left(String::new(), 8),
            Column::left(String::new(), 10),
            Column::left(String::new(), 8),
            Column::left(String::new(), 6),
            Column::left(String::new(), 0),
        ];
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
        for (entry, y) in error.history.iter().zip(inner.y..inner.bottom()) {
            let time = if entry.at >= facts.today() { facts.time(entry.at) } else { facts.day(entry.at) };
            let cells = [
                plain(time),
                plain(facts.way(entry.direction, Some(entry.recipe))),
                plain(entry.action.name()),
                remedy::result(entry),
                plain(remedy::fields(&entry.fields)),
            ];
            table::line(c, inner, y, &heads, &cells);
        }
    }
}

/// `phone(40)`
fn type_of(field: &DiffRow) -> String {
    let kind = field.kind.as_deref().unwrap_or("");
    match field.max_length {
        Some(most) if !kind.is_empty() => format!("{kind}({most})"),
        _ => kind.to_owned(),
    }
}

/// The state of an error as screens say it; never translated.
pub(super) fn state_word(state: ErrorState) -> &'static str {
    match state {
        ErrorState::Open => "parked",
        ErrorState::Retrying => "retrying",
        ErrorState::Snoozed => "snoozed",
        ErrorState::Ignored => "ignored",
        ErrorState::Resolved => "resolved",
    }
}
