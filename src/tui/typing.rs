//! What keys and pastes are for: what lies over a screen, else the screen itself.

use super::keys::Key;
use super::model::{Effect, Model, Overlay, Topic, Wish};
use super::parts::dialog::{Outcome, Prompt, Purpose};
use super::parts::{form, wizard};
use super::screens::limits::Limits;
use super::update::{apply, awaits_question, filter, go, refresh, run};
use super::{files, past, retry};
use crate::control::protocol::Request;
use crate::domain::time::MINUTE;

pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if key == Key::Ctrl('c') {
        effects.push(Effect::Quit);
        return;
    }
    if model.cramped() {
        // Nothing can be seen, so nothing can be meant, but leaving.
        if matches!(key, Key::Char('q' | 'Q')) {
            effects.push(Effect::Quit);
        }
        return;
    }
    if key == Key::Esc && awaits_question(model) {
        model.ahead.clear();
        model.asked.retain(|_, (topic, _)| !matches!(topic, Topic::Plan(_)));
        return;
    }
    match model.overlay.take() {
        None => {
            if let Some(command) = model.options.keys.command(model.place(), key) {
                run(model, command, effects);
            }
        }
        Some(Overlay::Dialog(mut dialog)) => match dialog.key(key, model.facts.clock, model.options.guard) {
            Outcome::Open => model.overlay = Some(Overlay::Dialog(dialog)),
            Outcome::No => {}
            Outcome::Yes(wishes) => apply(model, wishes, false, effects),
        },
        Some(Overlay::Prompt(mut prompt)) => match key {
            Key::Esc => {}
            Key::Enter => submit(model, prompt, effects),
            key => {
                prompt.field.key(key);
                model.overlay = Some(Overlay::Prompt(prompt));
            }
        },
        Some(Overlay::Wizard(mut wizard)) => match wizard.key(key, &model.facts) {
            wizard::Outcome::Open(wishes) => {
                model.overlay = Some(Overlay::Wizard(wizard));
                apply(model, wishes, false, effects);
            }
            wizard::Outcome::Over(wishes) => {
                apply(model, wishes, false, effects);
                let wishes = refresh(model);
                apply(model, wishes, false, effects);
            }
        },
        Some(Overlay::Form(mut form)) => match form.key(key, &model.facts) {
            form::Outcome::Open(wishes) => {
                model.overlay = Some(Overlay::Form(form));
                apply(model, wishes, false, effects);
            }
            form::Outcome::Over(wishes) => apply(model, wishes, false, effects),
        },
        Some(Overlay::Palette(mut palette)) => {
            if key == Key::Esc {
                return;
            }
            let found = palette.found(&model.options.keys, model.place(), &model.facts);
            match palette.key(key, &found) {
                Some(command) => run(model, command, effects),
                None if key == Key::Enter => {}
                None => model.overlay = Some(Overlay::Palette(palette)),
            }
        }
        Some(Overlay::Help(mut help)) => {
            // A `q` that is not part of a search closes, as everywhere.
            let closes = match key {
                Key::Esc | Key::Enter => true,
                Key::Char('q' | '?') => help.field.text().is_empty(),
                _ => false,
            };
            if !closes {
                help.key(key);
                model.overlay = Some(Overlay::Help(help));
            }
        }
    }
}

pub(super) fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    match model.overlay.take() {
        Some(Overlay::Prompt(mut prompt)) => {
            prompt.field.paste(text);
            if prompt.is_secret() {
                // A pasted token is whole: what to do with it is asked at once.
                submit(model, prompt, effects);
            } else {
                model.overlay = Some(Overlay::Prompt(prompt));
            }
        }
        Some(Overlay::Wizard(mut wizard)) => {
            let (wizard::Outcome::Open(wishes) | wizard::Outcome::Over(wishes)) = wizard.paste(text);
            model.overlay = Some(Overlay::Wizard(wizard));
            apply(model, wishes, false, effects);
        }
        Some(Overlay::Form(mut form)) => {
            form.paste(text);
            model.overlay = Some(Overlay::Form(form));
        }
        Some(Overlay::Palette(mut palette)) => {
            palette.field.paste(text);
            model.overlay = Some(Overlay::Palette(palette));
        }
        Some(Overlay::Help(mut help)) => {
            help.field.paste(text);
            model.overlay = Some(Overlay::Help(help));
        }
        overlay => {
            model.overlay = overlay;
            model.toast = Some(model.facts.say("paste-refused"));
        }
    }
}

fn submit(model: &mut Model, prompt: Prompt, effects: &mut Vec<Effect>) {
    let text = prompt.field.text().trim().to_owned();
    let wishes = match prompt.purpose {
        Purpose::Filter(screen) => {
            let mut wishes = if screen == model.screen { Vec::new() } else { go(model, screen) };
            wishes.extend(filter(model, screen, &text));
            wishes
        }
        Purpose::Token(id) => model.connections.reconnect(&id, text, &model.facts),
        Purpose::WriteMode if text.is_empty() => vec![Wish::Say(model.facts.say("write-needs-reason"))],
        Purpose::WriteMode => {
            model.facts.write_until = Some(model.facts.now.plus(15 * MINUTE));
            let done = model.facts.say("write-done");
            vec![Wish::Ask(Topic::Done(done), Request::WriteMode { reason: text })]
        }
        Purpose::Edit(id, field) => vec![retry::edit(id, field, text, &model.facts)],
        Purpose::Export(rows) => files::write(&text, &rows, &model.facts),
        Purpose::Budget(id) => Limits::budget(&id, &text, &model.facts),
        Purpose::Time => past::typed(model, &text),
        Purpose::Reason(which) => retry::ignore(which, text, &model.facts),
    };
    apply(model, wishes, false, effects);
}
