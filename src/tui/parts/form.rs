//! The form in which a recipe is made: both sides, the mapping that is proposed, and what it would do to real records.
//!
//! Everything it offers comes from the engine's descriptions of both systems; nothing is made before `y`.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::field::Field;
use crate::control::offers::{OfferDoc, PlaceRow, PreviewDoc, SidesAsk};
use crate::control::protocol::{Refusal, Reply, Request};
use crate::domain::draft::RecipeDraft;
use crate::domain::id::{ConnectionId, System};
use crate::domain::recipe::Template;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::keys::Key;
use crate::tui::model::{Topic, Wish};
use crate::tui::skin::Role;

/// What a key or an answer did.
pub(in crate::tui) enum Outcome {
    /// The form stays open.
    Open(Vec<Wish>),
    /// It is closed.
    Over(Vec<Wish>),
}

/// What a line of the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Template,
    Salesforce,
    Target,
    Object,
    Container,
    Where,
    Load,
    Name,
    /// A field of the object, by its place in the offer.
    Map(usize),
}

const HEAD: [(Line, &str); 8] = [
    (Line::Template, "form-template"),
    (Line::Salesforce, "form-salesforce"),
    (Line::Target, "form-target"),
    (Line::Object, "form-object"),
    (Line::Container, "form-container"),
    (Line::Where, "form-where"),
    (Line::Load, "form-load"),
    (Line::Name, "form-name"),
];

/// One of several, or none yet.
#[derive(Clone, Debug, Default)]
struct Pick {
    choices: Vec<PlaceRow>,
    at: Option<usize>,
}

impl Pick {
    fn current(&self) -> Option<&PlaceRow> {
        self.choices.get(self.at?)
    }

    fn step(&mut self, forward: bool) {
        self.at = next(self.at, self.choices.len(), forward);
    }

    /// Goes to the next choice that begins with a letter.
    fn jump(&mut self, letter: char) -> bool {
        let begins = |row: &PlaceRow| row.title.to_lowercase().starts_with(letter.to_ascii_lowercase());
        let after = self.at.map_or(0, |at| at + 1);
        let count = self.choices.len();
        let found = (0..count)
            .map(|step| (after + step) % count.max(1))
            .find(|at| self.choices.get(*at).is_some_and(begins));
        self.at = found.or(self.at);
        found.is_some()
    }
}

fn next(at: Option<usize>, count: usize, forward: bool) -> Option<usize> {
    if count == 0 {
        return None;
    }
    Some(match (at, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    })
}

/// A recipe in the making.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Form {
    salesforce: Pick,
    target: Pick,
    template: usize,
    object: Pick,
    container: Pick,
    condition: Field,
    load: bool,
    name: Field,
    offer: Option<OfferDoc>,
    /// The field that each field of the offer goes to: its place among those that fit.
    chosen: Vec<Option<usize>>,
    at: usize,
    preview: Option<PreviewDoc>,
    /// What is wrong, line by line.
    wrong: Vec<String>,
    waiting: bool,
}

impl Form {
    /// Returns an empty form over the connections that there are, and what to ask first.
    pub(in crate::tui) fn open(facts: &Facts) -> (Self, Vec<Wish>) {
        let pick = |salesforce: bool| {
            let all = facts.status.connections.iter();
            let fitting = all.filter(|row| (row.system == System::Salesforce) == salesforce);
            let choices: Vec<PlaceRow> = fitting
                .map(|row| PlaceRow { id: row.id.as_str().into(), title: row.id.as_str().into() })
                .collect();
            Pick { at: (!choices.is_empty()).then_some(0), choices }
        };
        let mut form = Self {
            salesforce: pick(true),
            target: pick(false),
            template: 0,
            object: Pick::default(),
            container: Pick::default(),
            condition: Field::default(),
            load: true,
            name: Field::default(),
            offer: None,
            chosen: Vec::new(),
            at: 3,
            preview: None,
            wrong: Vec::new(),
            waiting: false,
        };
        let wishes = form.ask_places(facts);
        (form, wishes)
    }

    fn template(&self) -> Template {
        Template::ALL.get(self.template).map_or(Template::RecordToItem, |(_, template)| *template)
    }

    fn sides(&self) -> Option<SidesAsk> {
        let id = |pick: &Pick| pick.current().map(|row| ConnectionId::from(&*row.id));
        Some(SidesAsk {
            salesforce: id(&self.salesforce)?,
            target: id(&self.target)?,
            object: self.object.current().map(|row| Arc::clone(&row.id)),
            container: self.container.current().map(|row| Arc::clone(&row.id)),
            template: self.template(),
        })
    }

    fn ask(&mut self, sides: SidesAsk) -> Vec<Wish> {
        self.waiting = true;
        self.wrong.clear();
        vec![Wish::Ask(Topic::Offer, Request::Offer(Box::new(sides)))]
    }

    /// Asks which objects and containers there are.
    fn ask_places(&mut self, facts: &Facts) -> Vec<Wish> {
        (self.object, self.container, self.offer) = (Pick::default(), Pick::default(), None);
        let Some(sides) = self.sides() else {
            self.wrong = vec![facts.say("form-no-connections")];
            return Vec::new();
        };
        self.ask(SidesAsk { object: None, container: None, ..sides })
    }

    /// Asks which fields go together, once both sides are chosen.
    fn ask_fields(&mut self) -> Vec<Wish> {
        (self.offer, self.preview) = (None, None);
        match self.sides() {
            Some(sides) if sides.object.is_some() && sides.container.is_some() => self.ask(sides),
            _ => Vec::new(),
        }
    }

    fn draft(&self) -> Option<RecipeDraft> {
        let sides = self.sides()?;
        let offer = self.offer.as_ref()?;
        let pairs = offer.fields.iter().zip(&self.chosen);
        let fields = pairs
            .filter_map(|(field, chosen)| {
                let to = field.fits.get((*chosen)?)?;
                Some((field.name.as_str().into(), to.as_str().into()))
            })
            .collect();
        let usual = format!("{} - {}", self.object.current()?.title, self.container.current()?.title);
        let name = if self.name.text().trim().is_empty() { &usual } else { self.name.text() };
        let draft = sides.draft(name, fields);
        Some(RecipeDraft { condition: self.condition.text().into(), backfill: self.load, ..draft })
    }

    fn lines(&self) -> usize {
        HEAD.len() + self.chosen.len()
    }

    fn line(&self) -> Line {
        match self.at.checked_sub(HEAD.len()) {
            Some(at) => Line::Map(at),
            None => HEAD.get(self.at).map_or(Line::Object, |(line, _)| *line),
        }
    }

    pub(in crate::tui) fn key(&mut self, key: Key, facts: &Facts) -> Outcome {
        if self.preview.is_some() {
            return self.answer(key, facts);
        }
        match key {
            Key::Esc => return Outcome::Over(Vec::new()),
            Key::Up | Key::BackTab => self.at = self.at.checked_sub(1).unwrap_or(self.lines() - 1),
            Key::Down | Key::Tab => self.at = (self.at + 1) % self.lines(),
            Key::PageUp => self.at = self.at.saturating_sub(10),
            Key::PageDown => self.at = (self.at + 10).min(self.lines() - 1),
            Key::Left | Key::Right => return Outcome::Open(self.step(key == Key::Right, facts)),
            Key::Enter => return Outcome::Open(self.check(facts)),
            key => return Outcome::Open(self.typed(key)),
        }
        Outcome::Open(Vec::new())
    }

    /// Another choice in the present line.
    fn step(&mut self, forward: bool, facts: &Facts) -> Vec<Wish> {
        match self.line() {
            Line::Template => {
                self.template = next(Some(self.template), Template::ALL.len(), forward).unwrap_or(0);
                self.ask_fields()
            }
            Line::Salesforce => {
                self.salesforce.step(forward);
                self.ask_places(facts)
            }
            Line::Target => {
                self.target.step(forward);
                self.ask_places(facts)
            }
            Line::Object => {
                self.object.step(forward);
                self.ask_fields()
            }
            Line::Container => {
                self.container.step(forward);
                self.ask_fields()
            }
            Line::Load => {
                self.load = !self.load;
                Vec::new()
            }
            Line::Map(at) => {
                let count =
                    self.offer.as_ref().and_then(|offer| offer.fields.get(at)).map_or(0, |f| f.fits.len());
                if let Some(chosen) = self.chosen.get_mut(at) {
                    // Not mapped stands between the last and the first.
                    *chosen = match (*chosen, forward) {
                        (Some(at), true) if at + 1 >= count => None,
                        (Some(0), false) => None,
                        (known, _) => next(known, count, forward),
                    };
                }
                Vec::new()
            }
            Line::Where | Line::Name => Vec::new(),
        }
    }

    fn typed(&mut self, key: Key) -> Vec<Wish> {
        match (self.line(), key) {
            (Line::Where, key) => {
                self.condition.key(key);
            }
            (Line::Name, key) => {
                self.name.key(key);
            }
            (Line::Object, Key::Char(letter)) if self.object.jump(letter) => return self.ask_fields(),
            (Line::Container, Key::Char(letter)) if self.container.jump(letter) => return self.ask_fields(),
            (Line::Load, Key::Char(' ')) => self.load = !self.load,
            (Line::Map(at), Key::Delete | Key::Backspace | Key::Char('-')) => {
                if let Some(chosen) = self.chosen.get_mut(at) {
                    *chosen = None;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    pub(in crate::tui) fn paste(&mut self, text: &str) {
        match self.line() {
            Line::Where => self.condition.paste(text),
            Line::Name => self.name.paste(text),
            _ => {}
        }
    }

    /// Asks what the recipe would do.
    fn check(&mut self, facts: &Facts) -> Vec<Wish> {
        let Some(draft) = self.draft() else {
            self.wrong = vec![facts.say("form-choose")];
            return Vec::new();
        };
        self.waiting = true;
        self.wrong.clear();
        vec![Wish::Ask(Topic::Preview, Request::PreviewRecipe(Box::new(draft)))]
    }

    /// Yes or no to what was shown.
    fn answer(&mut self, key: Key, facts: &Facts) -> Outcome {
        match key {
            Key::Char('y') => {
                let Some(draft) = self.draft() else { return Outcome::Open(Vec::new()) };
                let done = facts.say_with("form-made", &[("name", (&*draft.name).into())]);
                let request = Request::CreateRecipe { draft: Box::new(draft), dry_run: false };
                self.waiting = true;
                Outcome::Open(vec![Wish::Ask(Topic::Made(done), request)])
            }
            Key::Esc | Key::Enter | Key::Char('n') => {
                self.preview = None;
                Outcome::Open(Vec::new())
            }
            _ => Outcome::Open(Vec::new()),
        }
    }

    /// Takes an answer in; `true` when the recipe has been made.
    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &Facts) -> bool {
        self.waiting = false;
        match reply {
            Reply::Offer(offer) if self.object.choices.is_empty() => {
                self.object.choices = offer.objects;
                self.container.choices = offer.containers;
            }
            Reply::Offer(offer) if !offer.fields.is_empty() => {
                self.chosen = offer.fields.iter().map(|field| field.proposed.then_some(0)).collect();
                self.offer = Some(*offer);
            }
            Reply::Preview(preview) => self.preview = Some(*preview),
            Reply::Recipes(_) => return true,
            Reply::Refused(refusal) => {
                self.preview = None;
                self.wrong = told(&refusal, facts);
            }
            _ => {}
        }
        self.at = self.at.min(self.lines() - 1);
        false
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        c.clear(area);
        let inner = c.panel(area, &c.say("form-title"), &c.say("form-note"));
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        if let Some(preview) = &self.preview {
            return draw_preview(c, body, preview);
        }
        let below = u16::try_from(self.wrong.len()).unwrap_or(3).clamp(1, 4) + 1;
        let rows = usize::from(body.height.saturating_sub(below)).max(3);
        let top = self.at.saturating_sub(rows - 1);
        for (at, y) in (top..self.lines()).take(rows).zip(body.y..) {
            let cursor = at == self.at;
            c.text(body.x, y, 1, if cursor { ">" } else { " " }, Role::Title);
            let line = Rect { x: body.x + 2, y, width: body.width.saturating_sub(2), height: 1 };
            match at.checked_sub(HEAD.len()) {
                Some(map) => self.draw_map(c, line, map),
                None => self.draw_head(c, line, at, cursor),
            }
        }
        let mut y = body.bottom().saturating_sub(below);
        y += 1;
        if self.wrong.is_empty() {
            let key = match (self.waiting, &self.offer) {
                (true, _) => "form-waiting",
                (false, None) => "form-choose",
                (false, Some(_)) => "form-keys",
            };
            c.text(body.x, y, body.width, &c.say(key), Role::Text);
        }
        for (line, y) in self.wrong.iter().take(4).zip(y..) {
            c.text(body.x, y, body.width, line, Role::Failing);
        }
    }

    fn draw_head(&self, c: &mut Canvas<'_>, area: Rect, at: usize, cursor: bool) {
        let Some((line, key)) = HEAD.get(at) else { return };
        let label = c.say(key);
        c.text(area.x, area.y, 18, &label, Role::Text);
        let (x, width) = (area.x + 19, area.width.saturating_sub(19));
        let pick = |pick: &Pick| {
            let count = pick.choices.len();
            pick.current().map_or_else(
                || "-".to_owned(),
                |row| {
                    let id = if row.id == row.title { String::new() } else { format!("  ({})", row.id) };
                    format!("{}{id}  {}/{count}", row.title, pick.at.unwrap_or(0) + 1)
                },
            )
        };
        let (text, role) = match line {
            Line::Template => {
                let name = Template::ALL.get(self.template).map_or("", |(name, _)| *name);
                (format!("{name}: {}", c.say(&format!("form-{name}"))), Role::Text)
            }
            Line::Salesforce => (pick(&self.salesforce), Role::Text),
            Line::Target => (pick(&self.target), Role::Text),
            Line::Object => (pick(&self.object), Role::Title),
            Line::Container => (pick(&self.container), Role::Title),
            Line::Where => (typed(&self.condition, cursor, width), Role::Input),
            Line::Name => (typed(&self.name, cursor, width), Role::Input),
            Line::Load => (c.say(if self.load { "form-yes" } else { "form-no" }), Role::Text),
            Line::Map(_) => return,
        };
        c.text(x, area.y, width, &text, role);
    }

    fn draw_map(&self, c: &mut Canvas<'_>, area: Rect, at: usize) {
        let Some(offer) = &self.offer else { return };
        let (Some(field), Some(chosen)) = (offer.fields.get(at), self.chosen.get(at)) else { return };
        let half = area.width.saturating_sub(4) / 2;
        let mark = if field.required { "*" } else { " " };
        let from = format!("{mark}{} ({})", field.name, field.r#type);
        let to = chosen.and_then(|chosen| field.fits.get(chosen)).map_or_else(
            || "-".to_owned(),
            |name| {
                let column = offer.columns.iter().find(|column| column.name == *name);
                column.map_or_else(
                    || name.to_string(),
                    |column| format!("{} ({})", column.label, column.r#type),
                )
            },
        );
        let role = if chosen.is_some() { Role::Title } else { Role::Text };
        c.text(area.x, area.y, half, &from, role);
        c.text(area.x + half, area.y, 3, "->", Role::Text);
        c.text(area.x + half + 3, area.y, area.width.saturating_sub(half + 3), &to, role);
    }
}

fn typed(field: &Field, cursor: bool, width: u16) -> String {
    if cursor { field.shown(width, false) } else { field.text().to_owned() }
}

/// A refusal as lines of its own.
fn told(refusal: &Refusal, facts: &Facts) -> Vec<String> {
    if refusal.flaws.is_empty() {
        return vec![refusal.message.clone()];
    }
    let flaws = refusal.flaws.iter().map(|flaw| {
        let pairs = [
            ("key", (&*flaw.key).into()),
            ("found", (&*flaw.found).into()),
            ("expected", (&*flaw.expected).into()),
        ];
        facts.say_with("form-flaw", &pairs)
    });
    flaws.collect()
}

/// Five real records, what the first load costs, and the question.
fn draw_preview(c: &mut Canvas<'_>, area: Rect, preview: &PreviewDoc) {
    let mut y = area.y;
    let last = area.bottom().saturating_sub(3);
    if preview.samples.is_empty() {
        c.text(area.x, y, area.width, &c.say("form-nothing"), Role::Text);
    }
    // Each record gets the same room.
    let samples = u16::try_from(preview.samples.len().max(1)).unwrap_or(1);
    let each = usize::from((last.saturating_sub(y) / samples).saturating_sub(1)).max(1);
    for sample in &preview.samples {
        if y >= last {
            break;
        }
        let name = if sample.admitted {
            sample.name.to_string()
        } else {
            c.facts.say_with("form-left-out", &[("name", (&*sample.name).into())])
        };
        c.text(area.x, y, area.width, &name, Role::Title);
        y += 1;
        let pairs: Vec<String> = preview
            .fields
            .iter()
            .zip(&sample.values)
            .filter(|(_, value)| !value.is_empty())
            .map(|((_, to), value)| format!("{to}={value}"))
            .collect();
        let room = Rect { x: area.x + 2, y, width: area.width.saturating_sub(2), height: 0 };
        for line in crate::tui::safe::wrap(&pairs.join("  "), room.width.into()).iter().take(each) {
            if y < last {
                c.text(room.x, y, room.width, line, Role::Text);
                y += 1;
            }
        }
    }
    let cost = match (preview.records, preview.reads, preview.writes) {
        (Some(records), Some(reads), Some(writes)) => c.facts.say_with(
            "form-cost",
            &[("records", records.into()), ("reads", reads.into()), ("writes", writes.into())],
        ),
        _ => c.say("form-no-load"),
    };
    c.text(area.x, last + 1, area.width, &cost, Role::Text);
    c.text(area.x, last + 2, area.width, &c.say("form-sure"), Role::Key);
}
