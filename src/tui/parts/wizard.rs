//! The reconnect wizard: a link out to a browser, a field for what comes back, and the one question at the end.
//!
//! What is pasted goes to the engine and is shown nowhere.

use qrcode::{EcLevel, QrCode};
use ratatui::layout::Rect;

use super::field::Field;
use crate::control::protocol::{Pasted, Reply, Request};
use crate::control::rows::{AuthorisationRow, AuthorisingRow};
use crate::domain::id::ConnectionId;
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::keys::Key;
use crate::tui::model::{Topic, Wish};
use crate::tui::skin::Role;

/// How often the engine is asked how far it is, in milliseconds.
const POLL: u64 = 1_000;
/// How often the counter moves, in milliseconds: a screen that only waits is silent.
const COUNT: u64 = 10_000;
/// Modules of the quiet zone around the square: the standard says four.
const QUIET: usize = 4;

/// What a key or a paste did.
pub(in crate::tui) enum Outcome {
    /// The wizard goes on.
    Open(Vec<Wish>),
    /// It is over.
    Over(Vec<Wish>),
}

/// An authorisation as a person sees it.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Wizard {
    pub(in crate::tui) id: ConnectionId,
    /// The user that the connection belongs to.
    user: String,
    opened: u64,
    link: Option<AuthorisationRow>,
    far: Option<AuthorisingRow>,
    field: Field,
    message: Option<String>,
    poll: u64,
    counted: u64,
}

impl Wizard {
    pub(in crate::tui) fn new(id: ConnectionId, user: String, clock: u64) -> Self {
        Self {
            id,
            user,
            opened: clock,
            link: None,
            far: None,
            field: Field::default(),
            message: None,
            poll: clock + POLL,
            counted: 0,
        }
    }

    /// What is asked when it opens.
    pub(in crate::tui) fn begin(&self) -> Wish {
        self.ask(None)
    }

    fn ask(&self, other_org: Option<String>) -> Wish {
        Wish::Ask(Topic::Authorise(self.id.clone()), Request::Authorise { id: self.id.clone(), other_org })
    }

    /// The name of the org that was reached instead of the connection's own, until it is decided what to do about it.
    fn other_org(&self) -> Option<&str> {
        self.far.as_ref().filter(|far| far.step == "refused")?.other_org.as_deref()
    }

    fn step(&self) -> &str {
        self.far.as_ref().map_or("waiting", |far| far.step.as_str())
    }

    fn is_done(&self) -> bool {
        self.step() == "done"
    }

    /// Returns when something about it changes by itself.
    pub(in crate::tui) fn deadline(&self) -> u64 {
        if self.is_done() { u64::MAX } else { self.poll }
    }

    /// Time passes. Returns what to ask, and whether anything that is seen has changed.
    pub(in crate::tui) fn tick(&mut self, clock: u64) -> (Option<Wish>, bool) {
        let count = clock.saturating_sub(self.opened) / COUNT;
        let moved = std::mem::replace(&mut self.counted, count) != count;
        if self.link.is_none() || self.is_done() || clock < self.poll {
            return (None, moved);
        }
        self.poll = clock + POLL;
        (Some(self.look()), moved)
    }

    fn look(&self) -> Wish {
        Wish::Ask(Topic::Authorising(self.id.clone()), Request::Authorising(self.id.clone()))
    }

    /// The engine answered. Returns what to ask next, and whether anything that is seen has changed.
    pub(in crate::tui) fn hear(&mut self, reply: Reply) -> (Option<Wish>, bool) {
        match reply {
            Reply::Authorisation(row) => self.link = Some(*row),
            Reply::Authorising(row) => {
                let changed = self.far.as_ref() != Some(&*row);
                self.far = Some(*row);
                return (None, changed);
            }
            Reply::Refused(refusal) => self.message = Some(refusal.message),
            // What was pasted has been taken: how far that led is asked at once.
            Reply::Connections(_) => return (Some(self.look()), true),
            _ => return (None, false),
        }
        (None, true)
    }

    fn submit(&mut self, text: &str) -> Outcome {
        let text = text.trim();
        if text.is_empty() {
            return Outcome::Open(Vec::new());
        }
        self.field = Field::default();
        self.message = None;
        if self.other_org() == Some(text) {
            // Only who types its name means it; the new link takes it then.
            (self.link, self.far) = (None, None);
            return Outcome::Open(vec![self.ask(Some(text.to_owned()))]);
        }
        let request = Request::AuthoriseWith { id: self.id.clone(), pasted: Pasted(text.to_owned()) };
        Outcome::Open(vec![Wish::Ask(Topic::AuthoriseWith(self.id.clone()), request)])
    }

    /// Something was pasted: a whole answer is tried at once.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> Outcome {
        if self.is_done() {
            return Outcome::Open(Vec::new());
        }
        self.submit(text)
    }

    pub(in crate::tui) fn key(&mut self, key: Key, facts: &Facts) -> Outcome {
        // Where a name is asked for, every letter may begin it.
        let empty = self.field.text().is_empty() && self.other_org().is_none();
        match key {
            _ if self.is_done() => Outcome::Over(match key {
                Key::Char('y') => vec![self.resume(facts)],
                _ => vec![Wish::Say(facts.say_with("wizard-left", &[("id", self.id.as_str().into())]))],
            }),
            Key::Esc => Outcome::Over(Vec::new()),
            Key::Enter => {
                let text = self.field.text().to_owned();
                self.submit(&text)
            }
            Key::Char('c') if empty => Outcome::Open(self.address().map(Wish::Copy).into_iter().collect()),
            Key::Char('v') if empty => {
                // The long one: where nothing else works, neither does a short link.
                let url = self.link.as_ref().map(|link| link.url.clone());
                Outcome::Open(url.map(Wish::Show).into_iter().collect())
            }
            key => {
                self.field.key(key);
                Outcome::Open(Vec::new())
            }
        }
    }

    fn address(&self) -> Option<String> {
        let link = self.link.as_ref()?;
        Some(link.short_url.clone().unwrap_or_else(|| link.url.clone()))
    }

    fn resume(&self, facts: &Facts) -> Wish {
        let count = self.far.as_ref().map_or(0, |far| far.parked + far.waiting);
        let told =
            facts.say_with("wizard-started", &[("id", self.id.as_str().into()), ("count", count.into())]);
        Wish::Ask(Topic::Done(told), Request::ResumeConnection(self.id.clone()))
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        c.clear(area);
        let title = facts.say_with("wizard-title", &[("id", self.id.as_str().into())]);
        let inner = c.panel(area, &title, &facts.say("wizard-esc"));
        let body = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let square = self.square(c, body);
        let gap = square.map_or(0, |width| width + 2);
        let text = Rect { x: body.x + gap, width: body.width.saturating_sub(gap), ..body };
        self.draw_text(c, text);
    }

    /// Draws the square where it fits, and returns how wide it is.
    fn square(&self, c: &mut Canvas<'_>, area: Rect) -> Option<u16> {
        if c.skin.ascii || self.is_done() {
            return None;
        }
        let code = QrCode::with_error_correction_level(self.address()?, EcLevel::L).ok()?;
        let (side, colours) = (code.width(), code.to_colors());
        let whole = side + 2 * QUIET;
        let (width, height) = (u16::try_from(whole).ok()?, u16::try_from(whole.div_ceil(2)).ok()?);
        // Beside it the words need room, too.
        if area.width < width + 34 || area.height < height {
            return None;
        }
        let dark = |x: usize, y: usize| {
            let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < side);
            let (Some(x), Some(y)) = (inside(x), inside(y)) else { return false };
            colours.get(y * side + x).is_some_and(|colour| *colour == qrcode::Color::Dark)
        };
        for row in 0..height {
            let y = usize::from(row) * 2;
            let line: String = (0..whole)
                .map(|x| match (dark(x, y), dark(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                })
                .collect();
            c.text(area.x, area.y + row, width, &line, Role::Square);
        }
        Some(width)
    }

    fn draw_text(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let mut y = area.y;
        let mut put = |c: &mut Canvas<'_>, text: &str, role: Role| {
            if y < area.bottom() {
                y += c.wrapped(Rect { y, height: area.bottom() - y, ..area }, text, role).max(1);
            }
        };
        let Some(link) = &self.link else {
            let text = self.message.clone().unwrap_or_else(|| facts.say("wizard-asking"));
            return put(c, &text, Role::Text);
        };
        if self.is_done() {
            return self.draw_end(c, area);
        }
        put(c, &facts.say("wizard-open"), Role::Text);
        let shown = link.short_url.as_ref().map_or_else(
            || {
                // Not broken into lines: it would not be an address any more. `c` and `v` give it whole.
                let room = usize::from(area.width.saturating_sub(4));
                link.url.chars().take(room).chain(['>']).collect()
            },
            Clone::clone,
        );
        put(c, &format!("  {shown}"), Role::Title);
        put(c, &facts.say("wizard-keys"), Role::Text);
        put(c, &facts.say_with("wizard-allow", &[("user", (&self.user).into())]), Role::Text);
        put(c, "", Role::Text);
        let seconds = self.counted * COUNT / 1_000;
        let waited = format!("{}:{:02}", seconds / 60, seconds % 60);
        let state = match (self.step(), self.far.as_ref().and_then(|far| far.opened_from.as_deref())) {
            ("opened", Some(from)) => facts.say_with("wizard-opened", &[("from", from.into())]),
            ("checking", _) => facts.say("wizard-checking"),
            _ => facts.say_with("wizard-waiting", &[("waited", (&waited).into())]),
        };
        put(c, &state, Role::Text);
        put(c, "", Role::Text);
        put(c, &facts.say("wizard-paste"), Role::Text);
        put(c, &format!("> {}", self.field.shown(area.width.saturating_sub(4), true)), Role::Input);
        let refused =
            self.far.as_ref().filter(|far| far.step == "refused").and_then(|far| far.message.clone());
        if let Some(message) = self.message.clone().or(refused) {
            put(c, &message, Role::Failing);
        }
        if let Some(name) = self.other_org() {
            put(c, &facts.say_with("wizard-other-org", &[("name", name.into())]), Role::Key);
        }
        put(c, "", Role::Text);
        let until = facts.time(link.expires_at);
        let pairs = [("tag", (&link.state_tag).into()), ("until", (&until).into())];
        put(c, &facts.say_with("wizard-once", &pairs), Role::Text);
    }

    fn draw_end(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let Some(far) = &self.far else { return };
        let user = far.user.as_deref().unwrap_or(&self.user);
        let pairs = [("id", self.id.as_str().into()), ("user", user.into())];
        let asks = facts
            .say_with("wizard-resume", &[("parked", far.parked.into()), ("waiting", far.waiting.into())]);
        let lines = [facts.say_with("wizard-done", &pairs), far.message.clone().unwrap_or_default(), asks];
        let mut y = area.y;
        for (line, role) in lines.iter().zip([Role::Title, Role::Text, Role::Key]) {
            if !line.is_empty() && y < area.bottom() {
                y += c.wrapped(Rect { y, height: area.bottom() - y, ..area }, line, role).max(1);
            }
        }
    }
}
