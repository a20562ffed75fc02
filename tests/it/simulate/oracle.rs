//! The oracle: it knows every edit and the policy, and says what is wrong once everything is quiet.

use std::collections::BTreeMap;

use syncdeck::domain::ledger::{Action, Entry, ErrorState, Outcome};
use syncdeck::ports::{Counted, CounterKey, ErrorsAsk, LedgerAsk, Store};

use super::life::lock;
use super::world::{Item, Lead, World};

/// Returns what is wrong with the board: a lead without its item, one with several, values that differ.
pub(super) async fn board(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut by_key: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in world.items().await {
        by_key.entry(item.key.clone()).or_default().push(item);
    }
    if world.story.meet.is_some() {
        let nameless = by_key.remove("").unwrap_or_default();
        wrong.extend(super::meet::judge(world, &by_key, &nameless));
    } else if let Some(nameless) = by_key.remove("") {
        wrong.push(format!("{} items without a key", nameless.len()));
    }
    let leads = lock(&world.leads).clone();
    for (id, lead) in &leads {
        let items = by_key.remove(id).unwrap_or_default();
        let kept = world.story.deletions == "keep" && !lead.live;
        match (items.as_slice(), lead.live) {
            // What was refused may be missing, or as it was before; its error is looked for elsewhere.
            (_, true) if lead.poisoned() && items.len() <= 1 => {}
            (_, false) if kept && items.len() <= 1 => {}
            ([item], true) => wrong.extend(differences(id, lead, item)),
            ([], false) => {}
            ([], true) => wrong.push(format!("lost: {id} {lead:?} has no item")),
            (items, true) => wrong.push(format!("doubled: {id} has {} items", items.len())),
            (items, false) => wrong.push(format!("{id} was deleted and has {} items", items.len())),
        }
    }
    wrong.extend(by_key.keys().map(|key| format!("an item of nobody's: {key}")));
    wrong
}

fn differences(id: &str, lead: &Lead, item: &Item) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    [
        ("name", lead.name.trim(), item.name.as_str()),
        ("company", lead.company.trim(), item.company.as_str()),
        ("title", lead.title.trim(), item.title.as_str()),
        ("phone", &digits(&lead.phone), &digits(&item.phone)),
    ]
    .iter()
    .filter(|(_, wanted, found)| wanted != found)
    .map(|(field, wanted, found)| format!("lost: {field} of {id} is {found:?} instead of {wanted:?}"))
    .collect()
}

/// Returns the whole ledger, oldest first.
pub(super) fn ledger(store: &dyn Store) -> Result<Vec<Entry>, String> {
    let view = store.read().map_err(|error| error.to_string())?;
    let mut entries = Vec::new();
    let mut before = None;
    loop {
        let ask = LedgerAsk { before, limit: 1_000, ..LedgerAsk::default() };
        let page = view.ledger(&ask).map_err(|error| error.to_string())?;
        entries.extend(page.entries.into_iter().map(|(_, entry)| entry));
        before = page.more;
        if before.is_none() {
            entries.reverse();
            return Ok(entries);
        }
    }
}

fn counted(entry: &Entry) -> Option<Counted> {
    Some(match (entry.outcome, entry.action) {
        (Outcome::Parked, _) => Counted::Failed,
        (Outcome::Error, _) => Counted::Retried,
        (Outcome::Ok, Action::Created | Action::Restored) => Counted::Created,
        (Outcome::Ok, Action::Updated) => Counted::Updated,
        (Outcome::Ok, Action::Deleted | Action::Archived) => Counted::Deleted,
        (Outcome::Ok, Action::Skipped) => Counted::Skipped,
        (Outcome::Ok, Action::Linked) => Counted::Linked,
        (Outcome::Ok, _) => return None,
    })
}

/// Returns what is wrong with the books: counters, ledger, errors, what is still to be done.
pub(super) fn books(world: &World, store: &dyn Store) -> Result<Vec<String>, String> {
    let told = |error: syncdeck::ports::StoreError| error.to_string();
    let view = store.read().map_err(told)?;
    let mut wrong = Vec::new();
    let entries = ledger(store)?;
    let mut folded: BTreeMap<CounterKey, u64> = BTreeMap::new();
    for entry in &entries {
        if let Some(what) = counted(entry) {
            *folded
                .entry(CounterKey { recipe: entry.recipe, direction: entry.direction, what })
                .or_default() += 1;
        }
    }
    // What has been trimmed is still counted.
    let trimmed = world.story.pace.retention > 0;
    let mut counters = view.counters(0).map_err(told)?;
    if trimmed {
        counters.retain(|key, count| folded.get(key).is_some_and(|folded| *count < *folded));
        folded.clear();
    }
    let totals = view.totals().map_err(told)?;
    if !trimmed && totals != counters {
        wrong.push(format!("totals {totals:?} are not the counters added up {counters:?}"));
    }
    if counters != folded {
        wrong.push(format!("counters {counters:?} are not the ledger folded {folded:?}"));
    }
    let pending = view.all_pending().map_err(told)?;
    if !pending.is_empty() {
        wrong.push(format!("{} links are not settled: {:?}", pending.len(), pending.first()));
    }
    if world.story.family.is_some() {
        wrong.extend(super::family::books(world, &entries, store));
        return Ok(wrong);
    }
    if world.story.pair.is_some() {
        wrong.extend(super::both_oracle::books(world, &entries, store));
        return Ok(wrong);
    }
    // The ledger against the system's own count: every item that ever was stands in it once.
    let sum = |wanted: &[Action]| {
        let rows = entries.iter().filter(|entry| entry.outcome == Outcome::Ok);
        rows.filter(|entry| wanted.contains(&entry.action)).count() as u64
    };
    let boards = if world.story.witness { &["Leads", "Contacts"][..] } else { &["Leads"] };
    let counts = world.system("monday").counts();
    let (mut live, mut gone) = (0, 0);
    for board in boards.iter().map(|board| world.endpoint("monday", &format!("/boards/{board}"))) {
        live += counts.records.get(&board).copied().unwrap_or(0);
        gone += counts.deleted.get(&board).copied().unwrap_or(0);
    }
    let made = sum(&[Action::Created, Action::Restored]);
    let (met, withdrawn) = world.meeting.by_people();
    if made + met != live + gone && !trimmed {
        wrong.push(format!("the ledger tells of {made} creations, the board of {live} + {gone}"));
    }
    let removed = sum(&[Action::Deleted, Action::Archived]);
    if removed + withdrawn != gone && !trimmed {
        wrong.push(format!("the ledger tells of {removed} deletions, the board of {gone}"));
    }
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = view.errors(&ask).map_err(told)?;
    let leads = lock(&world.leads).clone();
    for error in &errors {
        let id = error.salesforce_id.as_ref().map(ToString::to_string).unwrap_or_default();
        let deserved = leads.get(&id).is_some_and(|lead| lead.poisoned() && lead.live);
        if error.state != ErrorState::Open || !deserved {
            wrong.push(format!("an error nobody deserved: {id} {:?} {:?}", error.state, error.failure));
        }
    }
    for (id, _) in leads.iter().filter(|(_, lead)| lead.poisoned() && lead.live) {
        let named =
            errors.iter().any(|error| error.salesforce_id.as_ref().is_some_and(|it| it.as_str() == id));
        if !named {
            wrong.push(format!("lost: {id} cannot be stored there and no error names it"));
        }
    }
    let groups: u64 = view.groups().map_err(told)?.iter().map(|group| group.open + group.retrying).sum();
    if groups != errors.len() as u64 {
        wrong.push(format!("the causes count {groups} errors, there are {}", errors.len()));
    }
    if world.story.expect.no_errors
        && let Some(entry) = entries.iter().find(|entry| entry.outcome != Outcome::Ok)
    {
        wrong.push(format!("an error was noted where none should be: {:?}", entry.failure));
    }
    Ok(wrong)
}
