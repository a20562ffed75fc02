//! What happens to the model: one pure function. The clock comes in as a message, everything outside goes out as an
//! effect.

use std::collections::VecDeque;

use super::keys::Key;
use super::model::{Dirty, Effect, Jump, Model, Msg, Overlay, Topic, Watched, Wish};
use super::parts::dialog::{Prompt, Purpose};
use super::parts::field::Field;
use super::parts::form::Form;
use super::parts::help::Help;
use super::parts::palette::Palette;
use super::parts::wizard::Wizard;
use super::registry::{Act, Command, Screen, Step};
use super::screens::connections::Connections;
use super::screens::jobs::Jobs;
use super::screens::limits::Limits;
use super::screens::overview::Overview;
use super::screens::recipes::Recipes;
use super::{files, past, retry, session, typing};
use crate::control::protocol::{Reply, Request};
use crate::control::rows::{JobRow, Status};
use crate::domain::id::ConnectionId;

/// How often a running job is asked how far it is, in milliseconds.
const POLL: u64 = 1_000;
/// How long a frame may wait for the data of a screen that was just opened.
const HOLD: u64 = 40;

/// How many rows the wheel moves.
const WHEEL: usize = 3;

/// How many keys are kept for a question that is being prepared.
const MOST_AHEAD: usize = 8;

/// Whether a question is being prepared, so that what is typed is an answer to it.
pub(super) fn awaits_question(model: &Model) -> bool {
    model.overlay.is_none() && model.asked.values().any(|(topic, _)| matches!(topic, Topic::Plan(_)))
}

/// Takes in one message and returns what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Start => {
            let mut wishes = vec![Wish::Ask(Topic::Watch, Request::Watch)];
            wishes.extend(Overview::refresh(&model.facts));
            wishes.extend(Connections::refresh(&model.facts));
            model.hold = Some(model.facts.clock + 2 * HOLD);
            apply(model, wishes, false, &mut effects);
            model.toast = session::offer(model);
        }
        Msg::Tick(clock) => tick(model, clock, &mut effects),
        Msg::Key(pressed) => {
            if awaits_question(model) && !matches!(pressed, Key::Ctrl('c') | Key::Esc) {
                if model.ahead.len() < MOST_AHEAD {
                    model.ahead.push(pressed);
                }
                return effects;
            }
            model.dirty = Dirty::Now;
            model.toast = None;
            typing::key(model, pressed, &mut effects);
            settle(model);
        }
        // What lies over a screen takes keys alone.
        Msg::Click(_) | Msg::Wheel(_) if model.overlay.is_some() || model.cramped() => {}
        Msg::Click(y) => {
            model.dirty = Dirty::Now;
            if point(model, y) == Some(true) {
                let wishes = screen_act(model, Act::Open);
                apply(model, wishes, false, &mut effects);
            }
        }
        Msg::Wheel(down) => {
            model.dirty = Dirty::Now;
            for _ in 0..WHEEL {
                let wishes = screen_act(model, Act::Move(if down { Step::Down } else { Step::Up }));
                apply(model, wishes, false, &mut effects);
            }
        }
        Msg::Paste(text) => {
            model.dirty = Dirty::Now;
            typing::paste(model, &text, &mut effects);
            settle(model);
        }
        Msg::Resize(width, height) => {
            model.size = (width, height);
            let shows_more = model.facts.columns < 120 && width >= 120;
            model.facts.columns = width;
            model.dirty = Dirty::Now;
            if shows_more && model.screen == Screen::Errors {
                let wishes = refresh(model);
                apply(model, wishes, false, &mut effects);
            }
        }
        Msg::Told(None, reply) => news(model, &reply),
        Msg::Told(Some(id), reply) => {
            if let Some((topic, live)) = model.asked.remove(&id) {
                // How far an authorisation is changes nothing most of the time.
                let quiet = matches!(topic, Topic::Authorising(_));
                model.dirty = model.dirty.max(if quiet {
                    Dirty::No
                } else if live {
                    Dirty::Live
                } else {
                    Dirty::Now
                });
                if let Some(reply) = past::heard(model, reply) {
                    told(model, &topic, reply, live, &mut effects);
                }
                if matches!(topic, Topic::Plan(_)) {
                    for pressed in std::mem::take(&mut model.ahead) {
                        // A dialog that was not seen yet takes no answer, unless that guard is off.
                        if matches!(model.overlay, Some(Overlay::Dialog(_))) {
                            typing::key(model, pressed, &mut effects);
                        }
                    }
                }
                settle(model);
            }
        }
        Msg::Lost(_why) => {
            model.lost.get_or_insert(model.facts.now);
            model.asked.clear();
            model.ahead.clear();
            model.refresh = None;
            model.job = None;
            model.dirty = Dirty::Now;
        }
        Msg::Back => {
            model.lost = None;
            model.asked.clear();
            model.dirty = Dirty::Now;
            let mut wishes = vec![Wish::Ask(Topic::Watch, Request::Watch)];
            wishes.extend(refresh(model));
            apply(model, wishes, false, &mut effects);
        }
        Msg::Slow(slow) => {
            model.slow = slow;
            model.dirty = model.dirty.max(Dirty::Live);
        }
        Msg::Written(ended) => {
            model.toast = Some(match &ended {
                Ok(path) => model.facts.say_with("export-done", &[("path", path.into())]),
                Err(why) => model.facts.say_with("export-failed", &[("why", why.into())]),
            });
            model.dirty = Dirty::Now;
        }
        Msg::Copied(way) => {
            model.toast = Some(match way {
                Some(way) => model.facts.say_with("copied", &[("way", (&way).into())]),
                None => model.facts.say("copy-failed"),
            });
            model.dirty = Dirty::Now;
        }
    }
    effects
}

fn tick(model: &mut Model, clock: u64, effects: &mut Vec<Effect>) {
    model.facts.clock = clock;
    if model.hold.is_some_and(|until| until <= clock) {
        model.hold = None;
    }
    if model.refresh.is_some_and(|at| at <= clock) {
        model.refresh = None;
        model.refreshed = clock;
        let wishes = refresh(model);
        apply(model, wishes, true, effects);
    }
    if let Some(Overlay::Wizard(wizard)) = &mut model.overlay {
        let (wish, moved) = wizard.tick(clock);
        if moved {
            model.dirty = model.dirty.max(Dirty::Now);
        }
        apply(model, wish.into_iter().collect(), false, effects);
    }
    if let Some(job) = model.job.as_mut().filter(|job| job.next <= clock) {
        job.next = clock + POLL;
        let id = job.id;
        apply(model, vec![Wish::Ask(Topic::Poll(id), Request::Job(Some(id)))], true, effects);
    }
}

/// What the present screen shows, asked for anew.
pub(super) fn refresh(model: &Model) -> Vec<Wish> {
    let facts = &model.facts;
    let mut wishes = match model.screen {
        Screen::Overview => return Overview::refresh(facts),
        Screen::Errors => model.errors.refresh(facts),
        Screen::Connections => Connections::refresh(facts),
        Screen::Recipes => Recipes::refresh(facts),
        Screen::Objects => model.objects.refresh(facts),
        Screen::Activity => model.activity.refresh(facts),
        Screen::Limits => Limits::refresh(facts),
        Screen::Jobs => Jobs::refresh(),
    };
    // The first line's counts.
    wishes.push(Wish::Ask(Topic::Status, Request::Status { account: facts.account.clone() }));
    wishes
}

fn news(model: &mut Model, reply: &Reply) {
    let Reply::News { seq, now } = reply else { return };
    model.facts.seq = model.facts.seq.max(*seq);
    model.facts.present = model.facts.present.max(*now);
    if model.past.is_some() {
        // It stays as it was.
        return;
    }
    model.facts.now = model.facts.now.max(*now);
    if model.stands_still() {
        // Only the count of what waits goes on.
        model.dirty = model.dirty.max(Dirty::Live);
    } else if model.refresh.is_none() {
        let every = 1_000 / u64::from(model.options.fps.clamp(1, 10));
        model.refresh = Some((model.refreshed + every).max(model.facts.clock));
    }
}

/// Does what screens want.
pub(super) fn apply(model: &mut Model, wishes: Vec<Wish>, live: bool, effects: &mut Vec<Effect>) {
    let mut queue: VecDeque<Wish> = wishes.into();
    while let Some(wish) = queue.pop_front() {
        if past::refuses(model, &wish) {
            continue;
        }
        match wish {
            Wish::Ask(topic, request) => ask(model, topic, request, live, effects),
            Wish::Say(text) => model.toast = Some(text),
            Wish::Dialog(mut dialog) => {
                dialog.opened(model.facts.clock);
                model.overlay = Some(Overlay::Dialog(dialog));
            }
            Wish::Prompt(prompt) => model.overlay = Some(Overlay::Prompt(prompt)),
            Wish::Wizard(id, user) => {
                let wizard = Wizard::new(id, user, model.facts.clock);
                queue.push_back(wizard.begin());
                model.overlay = Some(Overlay::Wizard(Box::new(wizard)));
            }
            Wish::Form => {
                let (form, wishes) = Form::open(&model.facts);
                model.overlay = Some(Overlay::Form(Box::new(form)));
                queue.extend(wishes);
            }
            Wish::Show(text) => effects.push(Effect::Show(text)),
            Wish::Plain => effects.push(Effect::Plain),
            Wish::Go(screen) => queue.extend(go(model, screen)),
            Wish::Jump(jump) => {
                let from = model.screen;
                queue.extend(match jump {
                    Jump::Reconnect(id) => {
                        let mut wishes = go(model, Screen::Connections);
                        wishes.extend(model.connections.jump(&id, &model.facts));
                        wishes
                    }
                    Jump::Free => {
                        model.recipes.jump(&model.facts);
                        go(model, Screen::Recipes)
                    }
                    Jump::Group(id) => jump_to_records(model, id, false),
                    Jump::First(id) => jump_to_records(model, id, true),
                    Jump::Recipe(id) => {
                        let mut wishes = go(model, Screen::Recipes);
                        wishes.push(model.recipes.show(id, &model.facts));
                        wishes
                    }
                    Jump::Filtered(screen, text) => {
                        let mut wishes = go(model, screen);
                        wishes.extend(filter(model, screen, &text));
                        wishes
                    }
                });
                if from != model.screen {
                    model.from = Some(from);
                }
            }
            Wish::Copy(text) => effects.push(Effect::Copy(text)),
            Wish::Write(path, text) => effects.push(Effect::Write(path, text)),
            Wish::Export(name, rows) => queue.push_back(files::ask(name, rows, &model.facts)),
            Wish::Quit => effects.push(Effect::Quit),
        }
    }
}

fn jump_to_records(model: &mut Model, group: crate::domain::id::GroupId, first: bool) -> Vec<Wish> {
    let wishes = model.errors.jump(group, first);
    let mut all = go(model, Screen::Errors);
    // The screen itself asks for the same records; its own question knows what to do with them.
    all.retain(|wish| !matches!(wish, Wish::Ask(Topic::Errors { .. }, _)));
    all.extend(wishes);
    all
}

pub(super) fn go(model: &mut Model, screen: Screen) -> Vec<Wish> {
    model.screen = screen;
    model.from = None;
    if !model.seen.contains(&screen) {
        model.hold = Some(model.facts.clock + HOLD);
    }
    refresh(model)
}

/// Asks the engine, unless the same is being asked already.
fn ask(model: &mut Model, topic: Topic, request: Request, live: bool, effects: &mut Vec<Effect>) {
    if model.lost.is_some() {
        if request.writes() {
            model.toast = Some(model.facts.say("engine-lost"));
        }
        return;
    }
    if request.writes() && model.facts.read_only {
        model.toast = Some(model.facts.say("read-only"));
        return;
    }
    let Some(request) = past::asked(model, &topic, request) else { return };
    if !request.writes() && model.asked.values().any(|(asked, _)| *asked == topic) {
        return;
    }
    let id = model.next_ask;
    model.next_ask += 1;
    model.asked.insert(id, (topic, live));
    effects.push(Effect::Ask { id, request });
}

/// Passes an answer on to the wizard it is for.
fn authorised(model: &mut Model, id: &ConnectionId, reply: Reply, effects: &mut Vec<Effect>) {
    if let Reply::Refused(refusal) = &reply
        && refusal.code == "not_by_browser"
    {
        // It takes a token, and nothing else.
        model.overlay = None;
        let wish = model.connections.ask_token(id, &model.facts);
        return apply(model, vec![wish], false, effects);
    }
    let Some(Overlay::Wizard(wizard)) = &mut model.overlay else { return };
    if wizard.id != *id {
        return;
    }
    let (wish, changed) = wizard.hear(reply);
    if changed {
        model.dirty = Dirty::Now;
    }
    apply(model, wish.into_iter().collect(), false, effects);
}

/// Passes an answer on to the form it is for.
fn filled(model: &mut Model, topic: &Topic, reply: Reply, effects: &mut Vec<Effect>) {
    let Some(Overlay::Form(form)) = &mut model.overlay else { return };
    if form.hear(reply, &model.facts) {
        model.overlay = None;
        if let Topic::Made(done) = topic {
            model.toast = Some(done.clone());
        }
        let wishes = refresh(model);
        apply(model, wishes, false, effects);
    }
}

fn told(model: &mut Model, topic: &Topic, reply: Reply, live: bool, effects: &mut Vec<Effect>) {
    if let Topic::Offer | Topic::Preview | Topic::Made(_) = topic {
        return filled(model, topic, reply, effects);
    }
    if let Topic::Authorise(id) | Topic::Authorising(id) | Topic::AuthoriseWith(id) = topic {
        return authorised(model, id, reply, effects);
    }
    if let Reply::Refused(refusal) = reply {
        if let Topic::Poll(_) = topic {
            model.job = None;
        }
        model.toast = Some(refusal.message);
        model.dirty = Dirty::Now;
        return;
    }
    let mut wishes = Vec::new();
    match topic {
        Topic::Watch => {}
        Topic::Status => {
            if let Reply::Status(all) = reply
                && let Some(status) = all.into_iter().next()
            {
                heard_status(model, status);
            }
        }
        Topic::Overview => {
            if let Reply::Overview(data) = &reply {
                model.facts.now = data.now;
                if model.past.is_none() {
                    model.facts.present = data.now;
                }
                model.facts.seq = data.seq;
                heard_status(model, data.status.clone());
            }
            model.overview.hear(reply, &model.facts);
            seen(model, Screen::Overview);
        }
        Topic::Groups | Topic::Cause(_) | Topic::Errors { .. } | Topic::Error(_) => {
            wishes = model.errors.hear(topic, reply, &model.facts);
            if *topic == Topic::Groups {
                seen(model, Screen::Errors);
            }
        }
        Topic::Activity { .. } | Topic::Matches { .. } => {
            model.activity.hear(topic, reply, &model.facts);
            seen(model, Screen::Activity);
        }
        Topic::Recipes | Topic::Recipe(_) => {
            model.recipes.hear(reply, &mut model.facts);
            seen(model, Screen::Recipes);
        }
        Topic::Connections => {
            model.connections.hear(reply, &mut model.facts);
            seen(model, Screen::Connections);
        }
        Topic::Objects | Topic::Hours(..) => {
            wishes = model.objects.hear(topic, reply, &model.facts);
            seen(model, Screen::Objects);
        }
        Topic::Limits => {
            wishes = model.limits.hear(reply, &model.facts);
            seen(model, Screen::Limits);
        }
        Topic::Jobs | Topic::Audit => {
            model.jobs.hear(reply, &model.facts);
            seen(model, Screen::Jobs);
        }
        // The wizard and the form have had them.
        Topic::Authorise(_)
        | Topic::Authorising(_)
        | Topic::AuthoriseWith(_)
        | Topic::Offer
        | Topic::Preview
        | Topic::Made(_) => {}
        Topic::Plan(which) => {
            if let Reply::Job(plan) = reply {
                let nothing = plan.of == 0 && plan.skipped == 0;
                wishes.push(if nothing {
                    Wish::Say(model.facts.say("retry-nothing"))
                } else {
                    Wish::Dialog(retry::dialog(which, &plan, &model.facts))
                });
            }
        }
        Topic::Export(name) => wishes.push(files::gathered(name, reply)),
        Topic::Start(what) | Topic::Done(what) => {
            model.recipes.unmark();
            model.errors.unmark();
            match reply {
                Reply::Job(job) => started(model, &job, what),
                _ => model.toast = Some(what.clone()),
            }
            wishes = refresh(model);
        }
        Topic::Poll(_) => {
            if let Reply::Job(job) = reply {
                let over = retry::is_over(&job);
                follow(model, &job);
                if over {
                    wishes = refresh(model);
                }
            }
        }
    }
    apply(model, wishes, live, effects);
}

fn seen(model: &mut Model, screen: Screen) {
    model.seen.insert(screen);
    if screen == model.screen {
        model.hold = None;
    }
}

fn heard_status(model: &mut Model, status: Status) {
    model.facts.status = status;
    model.facts.known = true;
}

/// A job was started: it is said, may be taken back, and is followed.
fn started(model: &mut Model, job: &JobRow, what: &str) {
    let Some(id) = job.id else {
        model.toast = Some(what.to_owned());
        return;
    };
    model.undo = Some(id);
    let name = id.to_string();
    if retry::is_over(job) {
        let args = [("job", (&name).into()), ("what", what.into())];
        let line = model.facts.say_with("job-over", &args);
        model.facts.last = Some(line.clone());
        model.toast = Some(line);
        return;
    }
    let args = [("job", (&name).into()), ("what", what.into()), ("of", job.of.into())];
    model.toast = Some(model.facts.say_with("job-begun", &args));
    let line = retry::progress(job, &model.facts);
    model.job = Some(Watched { id, line, next: model.facts.clock + POLL });
}

fn follow(model: &mut Model, job: &JobRow) {
    let line = retry::progress(job, &model.facts);
    if retry::is_over(job) {
        model.facts.last = Some(line.clone());
        model.toast = Some(line);
        model.job = None;
    } else if let Some(watched) = &mut model.job {
        watched.line = line;
        // What was said at its beginning makes room for how far it is.
        if job.state == "running" {
            model.toast = None;
        }
    }
}

/// Rows may move again once nothing lies over them.
fn settle(model: &mut Model) {
    let held = matches!(model.overlay, Some(Overlay::Dialog(_) | Overlay::Prompt(_)));
    model.facts.held = held;
    model.overview.release(held);
    model.errors.release(held);
    model.connections.release(held);
    model.recipes.release(held);
    model.objects.release(held);
    model.limits.release(held);
    model.jobs.release(held);
}

pub(super) fn filter(model: &mut Model, screen: Screen, text: &str) -> Vec<Wish> {
    match screen {
        Screen::Errors => model.errors.set_filter(text, &model.facts),
        Screen::Recipes => model.recipes.set_filter(text, &model.facts),
        Screen::Activity => model.activity.set_filter(text, &model.facts),
        _ => Vec::new(),
    }
}

/// The screen that a filter typed here is for, and the filter it has.
fn filtered(model: &Model) -> (Screen, String) {
    match model.screen {
        Screen::Errors => (Screen::Errors, model.errors.filter.clone()),
        Screen::Recipes => (Screen::Recipes, model.recipes.filter.clone()),
        _ => (Screen::Activity, model.activity.filter.clone()),
    }
}

pub(super) fn run(model: &mut Model, command: &Command, effects: &mut Vec<Effect>) {
    if command.writes && model.facts.read_only {
        model.toast = Some(model.facts.say("read-only"));
        return;
    }
    if command.writes && model.past.is_some() {
        return past::refuse(model);
    }
    let wishes = match command.act {
        Act::Go(screen) => go(model, screen),
        Act::Palette => {
            model.overlay = Some(Overlay::Palette(Palette::default()));
            Vec::new()
        }
        Act::Help => {
            model.overlay = Some(Overlay::Help(Help::default()));
            Vec::new()
        }
        Act::Filter => {
            let (screen, text) = filtered(model);
            let (title, purpose) = (model.facts.say("filter"), Purpose::Filter(screen));
            vec![Wish::Prompt(Prompt { purpose, title, lines: Vec::new(), field: Field::of(&text) })]
        }
        Act::Plain => vec![Wish::Plain],
        Act::WriteMode => vec![Wish::Prompt(Prompt {
            purpose: Purpose::WriteMode,
            title: model.facts.say("write-title"),
            lines: vec![model.facts.say("write-line")],
            field: Field::default(),
        })],
        Act::Repaint => {
            effects.push(Effect::Repaint);
            Vec::new()
        }
        Act::QuitNow => vec![Wish::Quit],
        Act::Quit => back(model).unwrap_or_else(|| vec![Wish::Quit]),
        Act::Back => back(model).unwrap_or_default(),
        Act::Pause => pause(model),
        Act::Undo => undo(model),
        Act::Mouse => {
            model.mouse = !model.mouse;
            effects.push(Effect::Mouse(model.mouse));
            vec![Wish::Say(model.facts.say(if model.mouse { "mouse-on" } else { "mouse-off" }))]
        }
        Act::Time(way) => past::shift(model, way),
        Act::Return => session::restore(model),
        act => screen_act(model, act),
    };
    apply(model, wishes, false, effects);
}

fn screen_act(model: &mut Model, act: Act) -> Vec<Wish> {
    let facts = &model.facts;
    match model.screen {
        Screen::Overview => model.overview.act(act, facts),
        Screen::Errors => model.errors.act(act, facts),
        Screen::Connections => model.connections.act(act, facts),
        Screen::Recipes => model.recipes.act(act, facts),
        Screen::Objects => model.objects.act(act, facts),
        Screen::Activity => model.activity.act(act, facts),
        Screen::Limits => model.limits.act(act, facts),
        Screen::Jobs => model.jobs.act(act, facts),
    }
}

/// Puts the cursor where the mouse is; returns whether it was there already.
fn point(model: &mut Model, y: u16) -> Option<bool> {
    match model.screen {
        Screen::Overview => model.overview.point(y),
        Screen::Errors => model.errors.point(y),
        Screen::Connections => model.connections.point(y),
        Screen::Recipes => model.recipes.point(y),
        Screen::Objects => model.objects.point(y),
        Screen::Activity => model.activity.point(y),
        Screen::Limits => model.limits.point(y),
        Screen::Jobs => model.jobs.point(y),
    }
}

/// One level back, or none at the top.
fn back(model: &mut Model) -> Option<Vec<Wish>> {
    let closed = match model.screen {
        Screen::Errors => model.errors.back(),
        Screen::Recipes => model.recipes.back(),
        _ => false,
    };
    if closed {
        return Some(Vec::new());
    }
    let (screen, text) = filtered(model);
    if screen == model.screen && !text.is_empty() {
        return Some(filter(model, screen, ""));
    }
    model.from.take().map(|screen| go(model, screen))
}

fn pause(model: &mut Model) -> Vec<Wish> {
    let stop = !model.stands_still();
    model.facts.paused = stop;
    if model.screen == Screen::Activity {
        return model.activity.pause(stop, &model.facts);
    }
    if stop { Vec::new() } else { refresh(model) }
}

fn undo(model: &mut Model) -> Vec<Wish> {
    let chosen = if model.screen == Screen::Jobs { model.jobs.current() } else { model.undo.take() };
    let Some(id) = chosen else {
        return vec![Wish::Say(model.facts.say("undo-nothing"))];
    };
    model.job = None;
    let done = model.facts.say_with("undo-done", &[("job", (&id.to_string()).into())]);
    vec![Wish::Ask(Topic::Done(done), Request::Undo(id))]
}
