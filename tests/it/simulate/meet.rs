//! What is on both sides before a recipe begins: items of the same name as leads, one or two, and items of nobody's.
//!
//! Of one item the oracle knows that it must be linked and none made; of two that nothing may be made or written, that an
//! error names both, and that a person decides: by a link, or by removing one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::json;
use syncdeck::domain::id::Side;
use syncdeck::engine::Engine;
use syncdeck::engine::acts::{Caller, Which};
use syncdeck::ports::{ErrorsAsk, Store};
use syncdeck::sandbox::system::Edits;

use super::life::lock;
use super::world::{Item, World};

/// What the items of people say of the company.
const COMPANY: &str = "As on the board";

/// The items of one name.
#[derive(Clone, Debug)]
struct Met {
    name: String,
    items: Vec<String>,
    /// Which of them it is, by the word of a person.
    chosen: Option<String>,
    /// The lead was deleted once: its item went with it, and another may have been made since.
    died: bool,
}

/// What people had on the board.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    by_lead: Mutex<BTreeMap<String, Met>>,
    /// All items of theirs, with their names.
    items: Mutex<BTreeMap<String, String>>,
    withdrawn: Mutex<BTreeSet<String>>,
}

impl Meeting {
    /// Returns by which name a lead is to be recognised.
    pub(super) fn name_of(&self, lead: &str) -> Option<String> {
        lock(&self.by_lead).get(lead).map(|met| met.name.clone())
    }

    /// Notes that a lead was deleted.
    pub(super) fn died(&self, lead: &str) {
        if let Some(met) = lock(&self.by_lead).get_mut(lead) {
            met.died = true;
        }
    }

    /// Returns how many items people have made, and removed.
    pub(super) fn by_people(&self) -> (u64, u64) {
        (lock(&self.items).len() as u64, lock(&self.withdrawn).len() as u64)
    }
}

impl World {
    /// Puts items on the board before there is a recipe.
    pub(super) fn meet(&self) {
        let Some(chances) = self.story.meet else { return };
        let make = |name: &str| {
            let row = json!({ "name": name, "company": COMPANY });
            let create = vec![row.as_object().cloned().unwrap_or_default()];
            let id =
                self.put_on(Side::Other, &Edits { create, ..Edits::default() }).pop().unwrap_or_default();
            lock(&self.meeting.items).insert(id.clone(), name.to_owned());
            id
        };
        for (lead, known) in lock(&self.leads).iter() {
            let count =
                if self.fate.chance(chances.two) { 2 } else { usize::from(self.fate.chance(chances.one)) };
            if count > 0 {
                let items = (0..count).map(|_| make(&known.name)).collect();
                let met = Met { name: known.name.clone(), items, chosen: None, died: false };
                lock(&self.meeting.by_lead).insert(lead.clone(), met);
            }
        }
        for number in 0..chances.strangers {
            make(&format!("Stranger {number}"));
        }
    }
}

/// Returns what is wrong with the items that people had: touched without being linked, not linked, or not as a person
/// said.
pub(super) fn judge(world: &World, by_key: &BTreeMap<String, Vec<Item>>, keyless: &[Item]) -> Vec<String> {
    let theirs = lock(&world.meeting.items).clone();
    let mut wrong = Vec::new();
    for item in keyless {
        match theirs.get(&item.id) {
            None => wrong.push(format!("made without a key: {item:?}")),
            Some(name) if item.name != *name || item.company != COMPANY => {
                wrong.push(format!("written to, and not linked: {item:?}"));
            }
            Some(_) => {}
        }
    }
    for (id, met) in lock(&world.meeting.by_lead).iter() {
        let live = lock(&world.leads).get(id).is_some_and(|lead| lead.live);
        let linked = by_key.get(id).and_then(|items| items.first()).map(|item| item.id.clone());
        let as_said = match (&met.chosen, met.items.as_slice()) {
            (Some(chosen), _) => linked.as_ref() == Some(chosen),
            (None, [only]) => linked.as_ref() == Some(only),
            (None, _) => false,
        };
        if live && !met.died && !as_said {
            wrong.push(format!("{id} is linked with {linked:?} instead of {met:?}"));
        }
    }
    wrong
}

/// People decide what is not clear; returns what is wrong with what they are told.
pub(super) async fn decide(world: &World, engine: &Engine, store: &dyn Store) -> Vec<String> {
    if world.story.meet.is_none() {
        return Vec::new();
    }
    let me = Caller { who: "tester".into(), from: "simulation".into() };
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = store.read().and_then(|view| view.errors(&ask)).unwrap_or_default();
    let mut wrong = Vec::new();
    for error in errors.iter().filter(|error| &*error.failure.code == "SEVERAL_MATCHES") {
        let lead = error.salesforce_id.as_ref().map(ToString::to_string).unwrap_or_default();
        let Some(met) = lock(&world.meeting.by_lead).get(&lead).cloned() else {
            wrong.push(format!("{lead} has no doubles: {:?}", error.failure));
            continue;
        };
        let gone = lock(&world.meeting.withdrawn).clone();
        let there: Vec<&String> = met.items.iter().filter(|item| !gone.contains(*item)).collect();
        let unnamed = there.iter().find(|item| !error.failure.message.contains(item.as_str()));
        if let Some(item) = unnamed.filter(|_| there.len() > 1) {
            wrong.push(format!("{item} is not named: {}", error.failure.message));
        }
        let Some((chosen, rest)) = there.split_first() else { continue };
        // The process may die under the person's hands, and what was said was done all the same.
        choose(world, &lead, chosen);
        if world.fate.roll(2) == 0 {
            let _tried_again_in_the_next_round = engine.link_error(error.id, chosen, &me).await;
            continue;
        }
        let delete: Vec<String> = rest.iter().map(|item| (*item).clone()).collect();
        lock(&world.meeting.withdrawn).extend(delete.iter().cloned());
        world.put_on(Side::Other, &Edits { delete, ..Edits::default() });
        let which = Which::Ids(vec![error.id]);
        let _tried_again_in_the_next_round = engine.retry_errors(&which, true, false, 0, &me).await;
    }
    wrong
}

fn choose(world: &World, lead: &str, item: &str) {
    if let Some(met) = lock(&world.meeting.by_lead).get_mut(lead) {
        met.chosen = Some(item.to_owned());
    }
}
