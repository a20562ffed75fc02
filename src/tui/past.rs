//! Time travel: the screens as of a point in the past. Every question that a screen asks is asked about that point,
//! nothing can be changed there, and news do not move it.

use super::canvas::{Canvas, columns};
use super::model::{Dirty, Effect, Model, Topic, Wish};
use super::parts::dialog::{Prompt, Purpose};
use super::parts::field::Field;
use super::registry::Shift;
use super::skin::Role;
use super::update::{apply, refresh};
use crate::control::moment::{PastRow, moment};
use crate::control::protocol::{Reply, Request};
use crate::domain::time::{HOUR, MINUTE, Stamp};

/// The point in the past that is looked at.
#[derive(Clone, Debug)]
pub(super) struct Past {
    pub(super) at: Stamp,
    /// What is known of that point, by the last answers.
    known: PastRow,
}

impl Model {
    /// Looks at another time from now on, and returns what is to be asked about it.
    pub fn travel(&mut self, at: Stamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        let wishes = go(self, at);
        apply(self, wishes, false, &mut effects);
        effects
    }
}

/// Goes to another time.
pub(super) fn shift(model: &mut Model, shift: Shift) -> Vec<Wish> {
    let from = model.past.as_ref().map_or(model.facts.present, |past| past.at);
    let step = match shift {
        Shift::Back => -MINUTE,
        Shift::On => MINUTE,
        Shift::FarBack => -HOUR,
        Shift::FarOn => HOUR,
        Shift::Now => return now(model),
        Shift::Ask => {
            let (title, lines) = (model.facts.say("time-title"), vec![model.facts.say("time-line")]);
            return vec![Wish::Prompt(Prompt {
                purpose: Purpose::Time,
                title,
                lines,
                field: Field::default(),
            })];
        }
    };
    // Whole minutes are what the past is kept by.
    let to = from.plus(step);
    go(model, Stamp(to.0.div_euclid(MINUTE).saturating_mul(MINUTE)))
}

/// Goes to the time that a person typed.
pub(super) fn typed(model: &mut Model, text: &str) -> Vec<Wish> {
    let present = model.facts.present;
    match moment(text, present, model.facts.words.zone()) {
        Some(at) if at > present => vec![Wish::Say(model.facts.say("time-future"))],
        Some(at) => go(model, at),
        None => {
            let said = super::safe::cut(text, 30);
            vec![Wish::Say(model.facts.say_with("time-bad", &[("text", (&*said).into())]))]
        }
    }
}

/// Looks at another time from now on; one that has not come is now.
pub(super) fn go(model: &mut Model, at: Stamp) -> Vec<Wish> {
    if at >= model.facts.present {
        return now(model);
    }
    forget(model);
    model.past = Some(Past { at, known: PastRow::default() });
    model.facts.now = at;
    // What came by itself would be of now.
    model.refresh = None;
    refresh(model)
}

fn now(model: &mut Model) -> Vec<Wish> {
    if model.past.take().is_none() {
        return vec![Wish::Say(model.facts.say("time-is-now"))];
    }
    forget(model);
    model.facts.now = model.facts.present;
    refresh(model)
}

/// Answers that are still to come are of another time.
fn forget(model: &mut Model) {
    model.asked.retain(|_, (topic, _)| !is_of_a_screen(topic));
}

fn is_of_a_screen(topic: &Topic) -> bool {
    matches!(
        topic,
        Topic::Status
            | Topic::Overview
            | Topic::Groups
            | Topic::Errors { .. }
            | Topic::Error(_)
            | Topic::Activity { .. }
            | Topic::Matches { .. }
            | Topic::Recipes
            | Topic::Recipe(_)
            | Topic::Connections
            | Topic::Objects
            | Topic::Hours(..)
            | Topic::Cause(_)
            | Topic::Limits
            | Topic::Jobs
            | Topic::Audit
            | Topic::Plan(_)
            | Topic::Export(_)
    )
}

/// Returns the question as it is to be asked, or nothing where it is about to change something in the past.
pub(super) fn asked(model: &mut Model, topic: &Topic, request: Request) -> Option<Request> {
    let Some(past) = &model.past else { return Some(request) };
    // News are still to be heard, and a job that runs is of now.
    if matches!(topic, Topic::Watch | Topic::Poll(_)) {
        return Some(request);
    }
    if request.has_past() {
        return Some(request.as_of(Some(past.at)));
    }
    refuse(model);
    None
}

/// Says that nothing can be changed here.
pub(super) fn refuse(model: &mut Model) {
    let Some(past) = &model.past else { return };
    let at = model.facts.moment(past.at);
    model.toast = Some(model.facts.say_with("past-refused", &[("at", (&at).into())]));
    model.dirty = Dirty::Now;
}

/// Returns whether a wish would begin to change something; it is refused then.
pub(super) fn refuses(model: &mut Model, wish: &Wish) -> bool {
    let acts = match wish {
        Wish::Dialog(dialog) => dialog.acts(),
        Wish::Wizard(..) | Wish::Form => true,
        Wish::Prompt(prompt) => {
            !matches!(prompt.purpose, Purpose::Filter(_) | Purpose::Export(_) | Purpose::Time)
        }
        _ => false,
    };
    let refused = acts && model.past.is_some();
    if refused {
        refuse(model);
    }
    refused
}

/// Takes an answer about the past apart; nothing where it is about another time than the one that is looked at.
pub(super) fn heard(model: &mut Model, reply: Reply) -> Option<Reply> {
    match (reply, &mut model.past) {
        (Reply::AsOf { past: known, answer }, Some(past)) if known.at == past.at => {
            past.known = known;
            Some(*answer)
        }
        (Reply::AsOf { .. }, _) => None,
        (reply, _) => Some(reply),
    }
}

/// What the line above the keys says of the past, with what is not known of it.
pub(super) fn line(model: &Model) -> Option<String> {
    let past = model.past.as_ref()?;
    let facts = &model.facts;
    let at = facts.moment(past.at);
    let known = &past.known;
    let mut line = facts.say_with("past-line", &[("at", (&at).into())]);
    if !known.not_recorded.is_empty() {
        let from = known.recorded_from.map_or_else(|| "-".to_owned(), |from| facts.moment(from));
        let text = if known.lacks("rows") || known.lacks("connections") {
            facts.say_with("time-nothing", &[("from", (&from).into())])
        } else {
            let what = known.not_recorded.join(", ");
            facts.say_with("time-lacking", &[("what", (&what).into())])
        };
        line = format!("{text} | {line}");
    }
    Some(line)
}

/// What the first line says in place of LIVE.
pub(super) fn label(model: &Model) -> Option<String> {
    let past = model.past.as_ref()?;
    Some(format!("AS OF {}", model.facts.moment(past.at)))
}

/// Draws the keys that lead through time, first of all while one is there; returns where the others begin.
pub(super) fn keys(c: &mut Canvas<'_>, model: &Model, y: u16, end: u16) -> u16 {
    let mut x = 1;
    if model.past.is_none() {
        return x;
    }
    let keymap = &model.options.keys;
    let first = |id: &str| keymap.keys(id).first().map(ToString::to_string).unwrap_or_default();
    let pair = |one: &str, other: &str| format!("{} {}", first(one), first(other));
    for (keys, label) in [
        (pair("time.back", "time.on"), "time-step"),
        (pair("time.far_back", "time.far_on"), "time-far-step"),
        (first("time.go"), "key-time-go"),
        (first("time.now"), "key-time-now"),
    ] {
        let label = c.say(label);
        if x + columns(&keys) + columns(&label) + 3 <= end {
            x += c.text(x, y, end - x, &keys, Role::Key) + 1;
            x += c.text(x, y, end - x, &label, Role::Text) + 2;
        }
    }
    x
}
