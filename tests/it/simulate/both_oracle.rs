//! The oracle of a pair: it knows every edit of both sides, who knew of whom, and the policy.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use syncdeck::domain::id::Side;
use syncdeck::domain::ledger::{Action, Entry, ErrorState, Outcome};
use syncdeck::domain::recipe::{Direction, RecipeState};
use syncdeck::ports::{ErrorsAsk, Store};

use super::both::{Edit, FIELDS, Known, PICKS, TITLE, cell, plain};
use super::life::lock;
use super::world::World;

/// How far apart two edits must lie for the newer one to be known by the systems' own stamps, in milliseconds.
const STAMPS_MS: i64 = 2_000;

/// How many writes an automation can draw from the engine without a person, before it is stopped.
const MOST_FLIPS: usize = 8;

/// What lies on both sides, by record.
struct Rows {
    leads: BTreeMap<String, Vec<String>>,
    items: BTreeMap<String, Vec<String>>,
}

/// Returns what is wrong: sides that differ, records without or with several counterparts, edits that are lost.
pub(super) async fn sides(world: &World, store: &dyn Store) -> Vec<String> {
    let entries = match super::oracle::ledger(store) {
        Ok(entries) => entries,
        Err(error) => return vec![error],
    };
    let mut wrong = Vec::new();
    let rows = read(world, &mut wrong).await;
    let records = lock(&world.both.records).clone();
    let edits = lock(&world.both.edits).clone();
    let lost = lost(&entries);
    let stopped = stopped(store);
    wrong.extend(super::owners::sides(world).await);
    for (number, known) in records.iter().enumerate() {
        let (Some(lead), Some(item)) = (&known.lead, &known.item) else {
            wrong.push(format!("lost: {known:?} has no counterpart"));
            continue;
        };
        let (Some(a), Some(b)) = (rows.leads.get(lead), rows.items.get(item)) else {
            wrong.push(format!("lost: {known:?} is not there"));
            continue;
        };
        for field in 0..FIELDS.len() {
            let name = FIELDS[field].0;
            if known.automated && field == TITLE {
                // What became of it two automations decide; it must have been stopped.
                continue;
            }
            if !same(field, &a[field], &b[field]) {
                wrong.push(format!("{name} of {lead} is {:?} here and {:?} there", a[field], b[field]));
                continue;
            }
            let mine: Vec<&Edit> =
                edits.iter().filter(|edit| edit.record == number && edit.field == field).collect();
            let told = lost.get(lead.as_str());
            let of_record: Vec<&Edit> = edits.iter().filter(|edit| edit.record == number).collect();
            wrong.extend(judge(world, known, &mine, &of_record, &a[field], told));
        }
        // People who put the same on both sides have ended it: nobody has anything to answer any more.
        let fought = known.automated && !same(TITLE, &a[TITLE], &b[TITLE]);
        let is_stopped = stopped.contains(lead.as_str());
        if is_stopped != fought {
            wrong.push(format!("{lead} was stopped: {is_stopped}, automations fight for it: {fought}"));
        }
    }
    wrong
}

/// Returns whether both sides hold the same, as far as each of them can hold it: an address in any case, an amount as
/// exactly as Salesforce keeps it.
fn same(field: usize, a: &str, b: &str) -> bool {
    match field {
        3 | 4 => plain(field, a) == plain(field, b),
        _ => a.trim() == b.trim(),
    }
}

/// Reads both sides, and sees that each record has one counterpart.
async fn read(world: &World, wrong: &mut Vec<String>) -> Rows {
    let count = lock(&world.both.records).len();
    for record in 0..count {
        world.find_counterpart(record).await;
    }
    let names = FIELDS.map(|(name, _)| name).join(", ");
    let mut leads = BTreeMap::new();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for row in world.soql(&format!("SELECT Id, Monday_Item_Id__c, {names} FROM Lead")).await {
        let key = text(&row["Monday_Item_Id__c"]);
        if !key.is_empty() && !keys.insert(key.clone()) {
            wrong.push(format!("doubled: several leads for item {key}"));
        }
        leads.insert(text(&row["Id"]), FIELDS.iter().map(|(name, _)| text(&row[*name])).collect());
    }
    let mut items = BTreeMap::new();
    for item in world.whole_board("Leads", &["salesforce_id", "company", "title", "email", "revenue"]).await {
        let key = cell(&item, "salesforce_id");
        if !key.is_empty() && !keys.insert(key.clone()) {
            wrong.push(format!("doubled: several items for lead {key}"));
        }
        items.insert(text(&item["id"]), FIELDS.iter().map(|(_, column)| cell(&item, column)).collect());
    }
    if (leads.len(), items.len()) != (count, count) {
        wrong.push(format!("{count} records, {} leads, {} items", leads.len(), items.len()));
    }
    Rows { leads, items }
}

/// Returns every value that the ledger says lost a conflict, by lead.
fn lost(entries: &[Entry]) -> BTreeMap<String, BTreeSet<String>> {
    let mut lost: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let Some(lead) = &entry.salesforce_id else { continue };
        for (name, value) in &entry.lost {
            let field = FIELDS.iter().position(|(a, b)| name.as_str() == *a || name.as_str() == *b);
            let value = plain(field.unwrap_or(0), &value.to_string());
            lost.entry(lead.to_string()).or_default().insert(value);
        }
    }
    lost
}

fn stopped(store: &dyn Store) -> BTreeSet<String> {
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = store.read().and_then(|view| view.errors(&ask)).unwrap_or_default();
    let flipping = errors.iter().filter(|error| &*error.failure.code == "FLIPPING");
    flipping.filter_map(|error| error.salesforce_id.as_ref().map(ToString::to_string)).collect()
}

/// Returns the edits that nobody wrote over knowingly.
fn heads<'a>(edits: &[&'a Edit]) -> Vec<&'a Edit> {
    let mut heads: Vec<&Edit> = Vec::new();
    for edit in edits {
        let before = plain(edit.field, &edit.before);
        // Nothing looks like nothing: who cleared a field before a person of the other side wrote into it cannot be told.
        let known = |head: &&Edit| !before.is_empty() || head.side == edit.side;
        heads.retain(|head| !known(head) || plain(head.field, &head.value) != before);
        heads.push(edit);
    }
    heads
}

/// Judges what became of one field: the last word of people stands, or the policy chose among several, and what lost
/// is in the ledger.
fn judge(
    world: &World,
    known: &Known,
    edits: &[&Edit],
    of_record: &[&Edit],
    found: &str,
    lost: Option<&BTreeSet<String>>,
) -> Vec<String> {
    let heads = heads(edits);
    let found = plain(edits.first().map_or(0, |edit| edit.field), found);
    let winners: Vec<&&Edit> = heads.iter().filter(|head| plain(head.field, &head.value) == found).collect();
    let kept = |value: &str| value.is_empty() || lost.is_some_and(|lost| lost.contains(value));
    let Some(winner) = winners.last() else {
        // Where answers are lost, what somebody wrote over our own write knowingly looks like a conflict: nobody knows
        // that it was done. It may lose, and is told.
        let doubt = !world.story.fault.is_empty() || world.story.crash.times > 0;
        let told = heads.iter().all(|head| kept(&plain(head.field, &head.value)));
        if doubt && told && edits.iter().any(|edit| plain(edit.field, &edit.value) == found) {
            return Vec::new();
        }
        return vec![format!("lost: {known:?} holds {found:?}, none of {heads:?}")];
    };
    let mut wrong = Vec::new();
    for loser in heads.iter().filter(|head| plain(head.field, &head.value) != found) {
        let value = plain(loser.field, &loser.value);
        // What was cleared leaves nothing to be kept.
        if !kept(&value) && !loser.raced {
            wrong.push(format!("lost in silence: {loser:?} to {winner:?} of {known:?}"));
        }
        if loser.raced || winner.raced || loser.side == winner.side || value.is_empty() {
            continue;
        }
        let pair = world.story.pair.as_ref();
        let policy = pair.map_or("", |pair| &*pair.conflicts);
        let last_of_winner =
            of_record.iter().filter(|edit| edit.side == winner.side).map(|edit| edit.at).max();
        let against = match policy {
            "salesforce-wins" => loser.side == Side::Salesforce,
            "other-wins" => loser.side == Side::Other,
            "newest-wins" => last_of_winner.is_some_and(|last| loser.at > last + STAMPS_MS),
            _ => false,
        };
        if against {
            wrong.push(format!("against {policy}: {loser:?} lost to {winner:?}"));
        }
    }
    wrong
}

/// Returns the most writes that there were between two edits by people, or after the last one.
fn most_between(writes: &[i64], people: &[i64]) -> usize {
    let after = |edit: &i64| {
        let next = people.iter().filter(|later| *later > edit).min().copied().unwrap_or(i64::MAX);
        writes.iter().filter(|at| *at > edit && **at <= next).count()
    };
    people.iter().map(after).max().unwrap_or(writes.len())
}

/// Returns what is wrong with the books beyond what holds for every recipe: what the systems hold against the ledger.
pub(super) fn books(world: &World, entries: &[Entry], store: &dyn Store) -> Vec<String> {
    let mut wrong = Vec::new();
    let records = lock(&world.both.records).clone();
    let edits = lock(&world.both.edits).clone();
    let board = world.endpoint("monday", "/boards/Leads");
    for (direction, born, system, object) in [
        (Direction::FromSalesforce, Side::Other, "monday", &*board),
        (Direction::ToSalesforce, Side::Salesforce, "salesforce", "Lead"),
    ] {
        let counts = world.system(system).counts();
        let there = counts.records.get(object).copied().unwrap_or(0);
        let gone = counts.deleted.get(object).copied().unwrap_or(0);
        let people = records.iter().filter(|known| known.born == born || known.met).count() as u64;
        let told = entries.iter().filter(|entry| {
            entry.direction == direction && entry.outcome == Outcome::Ok && entry.action == Action::Created
        });
        let told = told.count() as u64;
        if told + people != there + gone {
            wrong.push(format!(
                "{system}: the ledger tells of {told} creations, people of {people}, there are {there} + {gone}"
            ));
        }
    }
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = store.read().and_then(|view| view.errors(&ask)).unwrap_or_default();
    for error in errors {
        let id = error.salesforce_id.as_ref().map(ToString::to_string);
        let automated = records.iter().any(|known| known.automated && known.lead == id);
        if !automated || error.state != ErrorState::Open || &*error.failure.code != "FLIPPING" {
            wrong.push(format!("an error nobody deserved: {id:?} {:?} {:?}", error.state, error.failure));
        }
    }
    for known in records.iter().filter(|known| known.automated) {
        let mine = entries.iter().filter(|entry| {
            entry.outcome == Outcome::Ok
                && entry.action == Action::Updated
                && entry.salesforce_id.as_ref().map(ToString::to_string) == known.lead
        });
        let writes: Vec<i64> = mine.map(|entry| entry.at.0).collect();
        let people = edits.iter().filter(|edit| {
            edit.field == TITLE && records.get(edit.record).is_some_and(|of| of.lead == known.lead)
        });
        let people: Vec<i64> = people.map(|edit| edit.at).collect();
        // Without a person it is stopped within four flips: four writes there, and four back. Where a person comes
        // between them they are counted anew, or nobody could correct anything twice.
        let most = most_between(&writes, &people);
        if most > MOST_FLIPS {
            wrong.push(format!(
                "{most} writes to {:?}, which an automation owns, without a person",
                known.lead
            ));
        }
        // Each edit is carried, and so is what the automation makes of it; the making of the record was one.
        if writes.len() > 9 + 2 * people.len() {
            wrong.push(format!("{} writes to {:?}, which an automation owns", writes.len(), known.lead));
        }
    }
    wrong
}

/// Returns what is wrong while a value of a list is retired: who has it is named, nobody else is refused, and every recipe
/// goes on.
pub(super) async fn named(world: &World, store: &dyn Store) -> Vec<String> {
    let retired = PICKS[PICKS.len() - 1];
    let Ok(view) = store.read() else { return vec!["the store cannot be read".into()] };
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = view.errors(&ask).unwrap_or_default();
    let mut wrong = Vec::new();
    for recipe in view.recipes().unwrap_or_default() {
        if recipe.state != RecipeState::Active {
            wrong.push(format!("{} is {:?} because of one value", recipe.name, recipe.state));
        }
    }
    for error in &errors {
        let by_value = &*error.failure.code == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
            && error.failure.message.contains(retired);
        if !by_value {
            wrong.push(format!("an error nobody deserved: {:?}", error.failure));
        }
    }
    let now = world.sandbox.clock().now().as_millisecond();
    let settled = i64::try_from(4 * world.story.every * 1_000).unwrap_or(i64::MAX);
    let count = lock(&world.both.records).len();
    for number in 0..count {
        world.find_counterpart(number).await;
        let Some(known) = lock(&world.both.records).get(number).cloned() else { continue };
        let Some(item) = &known.item else { continue };
        let edits = lock(&world.both.edits).clone();
        let last = edits.iter().filter(|edit| edit.record == number).map(|edit| edit.at).max();
        let Some(on_board) = world.row(Side::Other, item).await else { continue };
        if last.is_none_or(|last| now - last < settled) {
            continue;
        }
        let mine = errors.iter().find(|error| error.target_id.as_ref().is_some_and(|id| id.as_str() == item));
        let lead = match &known.lead {
            Some(lead) => world.row(Side::Salesforce, lead).await,
            None => None,
        };
        let agree = lead.is_some_and(|lead| lead[TITLE] == on_board[TITLE]);
        if !agree && mine.is_none() {
            wrong.push(format!("{known:?} has {:?} on the board alone, and no error", on_board[TITLE]));
        }
        if mine.is_some() && on_board[TITLE] != retired {
            wrong.push(format!("{known:?} has {:?}, and an error: {mine:?}", on_board[TITLE]));
        }
    }
    wrong
}

/// Returns how many edits are excused because they fell between a look and a write, and how many there were.
pub(super) fn excused(world: &World) -> (usize, usize) {
    let edits = lock(&world.both.edits);
    (edits.iter().filter(|edit| edit.raced).count(), edits.len())
}
