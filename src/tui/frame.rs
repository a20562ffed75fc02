//! A whole frame: first line, screen, what just happened or would happen, keys, and what lies over it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use super::model::{Model, Msg, Overlay};
use super::parts::dialog::Purpose;
use super::past;
use super::registry::Screen;
use super::screens::jobs::Jobs;
use super::skin::{Role, Skin};
use super::update::update;

/// Returns what a terminal of that size would show.
pub fn snapshot(model: &mut Model, width: u16, height: u16, skin: Skin) -> Buffer {
    model.options.skin = skin;
    model.facts.ascii = skin.ascii;
    update(model, Msg::Resize(width, height));
    draw(model)
}

/// Draws the frame of the model's size.
pub(super) fn draw(model: &Model) -> Buffer {
    let (width, height) = model.size;
    let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
    let mut c = Canvas { frame: &mut frame, skin: model.options.skin, facts: &model.facts };
    if model.cramped() {
        let size = format!("{width}x{height}");
        let text = c.facts.say_with("too-small", &[("size", (&size).into())]);
        c.wrapped(Rect::new(0, height / 3, width, height - height / 3), &text, Role::Title);
        return frame;
    }
    header(&mut c, model, width);
    let body = Rect::new(0, 1, width, height - 3);
    let text = match model.screen {
        Screen::Overview => {
            model.overview.draw(&mut c, body);
            model.overview.foretell(c.facts)
        }
        Screen::Errors => {
            model.errors.draw(&mut c, body);
            model.errors.foretell(c.facts)
        }
        Screen::Connections => {
            model.connections.draw(&mut c, body);
            model.connections.foretell(c.facts)
        }
        Screen::Recipes => {
            model.recipes.draw(&mut c, body);
            model.recipes.foretell(c.facts)
        }
        Screen::Objects => {
            model.objects.draw(&mut c, body);
            model.objects.foretell(c.facts)
        }
        Screen::Activity => {
            model.activity.draw(&mut c, body);
            model.activity.foretell(c.facts)
        }
        Screen::Limits => {
            model.limits.draw(&mut c, body);
            model.limits.foretell(c.facts)
        }
        Screen::Jobs => {
            model.jobs.draw(&mut c, body);
            Jobs::foretell(c.facts)
        }
    };
    let then = past::line(model);
    let said =
        model.toast.as_ref().or(then.as_ref()).or(model.job.as_ref().map(|job| &job.line)).unwrap_or(&text);
    c.text(0, height - 2, width, said, if model.toast.is_some() { Role::Title } else { Role::Text });
    footer(&mut c, model, width, height - 1);
    match &model.overlay {
        None => {}
        Some(Overlay::Dialog(dialog)) => dialog.draw(&mut c, body),
        Some(Overlay::Prompt(prompt)) if matches!(prompt.purpose, Purpose::Filter(_)) => {
            c.clear(Rect::new(0, height - 2, width, 1));
            let label = format!("{}: ", prompt.title);
            let used = c.text(0, height - 2, width, &label, Role::Title);
            let shown = prompt.field.shown(width - used, false);
            c.text(used, height - 2, width - used, &shown, Role::Input);
        }
        Some(Overlay::Prompt(prompt)) => prompt.draw(&mut c, body),
        Some(Overlay::Wizard(wizard)) => wizard.draw(&mut c, body),
        Some(Overlay::Form(form)) => form.draw(&mut c, body),
        Some(Overlay::Palette(palette)) => palette.draw(&mut c, body, &model.options.keys, model.place()),
        Some(Overlay::Help(help)) => help.draw(&mut c, body, &model.options.keys, model.place()),
    }
    frame
}

/// Where we are, whether we may write, whether news come in, and the eight screens with their alarms.
fn header(c: &mut Canvas<'_>, model: &Model, width: u16) {
    let facts = &model.facts;
    let wide = width >= 120;
    let gap = if wide { 2 } else { 1 };
    let name = super::safe::cut(&facts.headline(), if width < 76 { 12 } else { 20 });
    let mut x = c.text(0, 0, width, &name, Role::Title) + gap;
    let guarded = !facts.protected.is_empty() && facts.write_until.is_none_or(|until| until <= facts.now);
    let (mode, role) =
        if facts.read_only || guarded { ("READ-ONLY", Role::Banner) } else { ("WRITE", Role::Title) };
    // Nothing is written in the past, whatever may be written now.
    let then = past::label(model);
    if then.is_none() {
        x += c.text(x, 0, width - x, mode, role) + gap;
    }
    let (state, role) = match (&model.lost, model.slow) {
        (Some(since), _) => (format!("{} {}", c.say("reconnecting"), facts.minute(*since)), Role::Banner),
        (None, _) if then.is_some() => (then.unwrap_or_default(), Role::Banner),
        (None, _) if model.stands_still() => {
            ((if wide { "PAUSED" } else { "PAUSE" }).to_owned(), Role::Title)
        }
        (None, true) => (c.say("slow-link"), Role::Title),
        (None, false) => ("LIVE".to_owned(), Role::Text),
    };
    x += c.text(x, 0, width - x, &state, role) + gap;
    let help = if wide { format!("? {}", c.say("key-help")) } else { "?".to_owned() };
    let room = width.saturating_sub(x + columns(&help) + 1);
    let mut items = Vec::new();
    for style in 0..3 {
        items = Screen::ALL
            .into_iter()
            .zip(1_u8..)
            .map(|(screen, digit)| item(model, screen, digit, style))
            .collect();
        let wanted: u16 = items.iter().map(|(text, _): &(String, bool)| columns(text) + 1).sum();
        if wanted <= room && (style > 0 || wide) {
            break;
        }
    }
    for (text, here) in items {
        let left = width.saturating_sub(x + columns(&help) + 1);
        x += c.text(x, 0, left, &text, if here { Role::Title } else { Role::Text }) + 1;
    }
    c.right(0, 0, width, &help, Role::Key);
}

/// One screen in the first line: long, short, or its digit alone.
fn item(model: &Model, screen: Screen, digit: u8, style: u8) -> (String, bool) {
    let facts = &model.facts;
    let recipes = facts.status.recipes;
    let alarm = match screen {
        Screen::Errors if facts.status.errors.open > 0 => facts.status.errors.open.to_string(),
        Screen::Connections if facts.broken() > 0 => format!("{}!", facts.broken()),
        Screen::Recipes if recipes.limit > 0 && recipes.used >= recipes.limit => format!("{}!", recipes.used),
        _ => String::new(),
    };
    let name = facts.say(&format!("screen-{screen}"));
    let text = match (style, alarm.is_empty()) {
        (0, true) => format!("{digit} {name}"),
        (0, false) => format!("{digit} {name} {alarm}"),
        (1, _) => {
            let short = facts.say(&format!("short-{screen}"));
            if alarm.is_empty() { format!("{digit}{short}") } else { format!("{digit}{short}:{alarm}") }
        }
        (_, true) => digit.to_string(),
        (_, false) => format!("{digit}:{alarm}"),
    };
    let here = screen == model.screen;
    (if here { format!("[{text}]") } else { text }, here)
}

/// The keys of this place, as many as fit, and always `?`.
fn footer(c: &mut Canvas<'_>, model: &Model, width: u16, y: u16) {
    let help = format!("? {}", c.say("key-help"));
    let end = width.saturating_sub(columns(&help) + 1);
    let mut x = past::keys(c, model, y, end);
    for (command, keys) in model.options.keys.at(model.place()) {
        let (id, Some(key)) = (command.id, keys.first()) else { continue };
        let moves = ["move.", "screen.", "panel.", "repaint", "help", "quit.now", "copy.all"];
        let closed = model.facts.read_only || model.past.is_some();
        if moves.iter().any(|start| id.starts_with(start)) || (command.writes && closed) {
            continue;
        }
        // Now there is one way to other times; from there, all of them come first.
        if id.starts_with("time.") && (model.past.is_some() || id != "time.go") {
            continue;
        }
        let (key, label) = (key.to_string(), c.say(&command.label_key()));
        if x + columns(&key) + columns(&label) + 3 > end {
            continue;
        }
        x += c.text(x, y, end - x, &key, Role::Key) + 1;
        x += c.text(x, y, end - x, &label, Role::Text) + 2;
    }
    let used = c.text(x, y, 1, "?", Role::Key);
    c.text(x + used + 1, y, width.saturating_sub(x), &c.say("key-help"), Role::Text);
}
