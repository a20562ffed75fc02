//! The world outside the process: both systems, the people who edit, and what is known of their edits.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use syncdeck::domain::id::Side;
use syncdeck::sandbox::Sandbox;
use syncdeck::sandbox::clock::Clock;
use syncdeck::sandbox::monday::{Monday, Options};
use syncdeck::sandbox::salesforce::Salesforce;
use syncdeck::sandbox::system::{Edits, System};
use tower::ServiceExt;

use super::both::{Both, cell};
use super::ears::Bus;
use super::family::Family;
use super::life::{Fate, lock};
use super::meet::Meeting;
use super::owners::Owners;
use super::story::Story;

/// How long, in milliseconds, a write without an answer may still take effect at the simulated monday.
pub(super) const DOUBT_MS: u64 = 5_000;

/// A lead as people left it.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    pub(super) name: String,
    pub(super) company: String,
    pub(super) title: String,
    pub(super) phone: String,
    pub(super) live: bool,
    /// It is gone for good.
    pub(super) purged: bool,
    /// It has become a contact: nobody edits it any more, and its item stays.
    pub(super) converted: bool,
}

impl Lead {
    /// Returns whether the board must refuse it.
    pub(super) fn poisoned(&self) -> bool {
        self.phone.starts_with("+33 12")
    }
}

/// Both systems and what people did.
pub(super) struct World {
    pub(super) story: Story,
    pub(super) sandbox: Sandbox,
    pub(super) fate: Arc<Fate>,
    pub(super) both: Both,
    pub(super) family: Family,
    pub(super) meeting: Meeting,
    pub(super) owners: Owners,
    pub(super) bus: Bus,
    /// Nothing is told any more.
    pub(super) deaf: AtomicBool,
    /// So many outages the bus has not told of yet.
    pub(super) forgotten: AtomicUsize,
    troubled: AtomicBool,
    numbers: AtomicU64,
    pub(super) leads: Mutex<BTreeMap<String, Lead>>,
    /// What the leads were before their last change.
    before: Mutex<BTreeMap<String, Lead>>,
    routers: [Router; 2],
}

/// What lies on the board for one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) company: String,
    pub(super) title: String,
    pub(super) phone: String,
}

impl World {
    pub(super) fn new(story: &Story, fate: &Arc<Fate>) -> Arc<Self> {
        let origin: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH);
        let clock = Clock::starting_at(origin);
        let systems: Vec<Arc<dyn System>> = vec![
            Arc::new(Salesforce::new(clock.clone(), 1, 0)),
            Monday::new(clock.clone(), Options { seed: 1 }),
        ];
        let sandbox = Sandbox::of(clock, systems);
        let router = |name| sandbox.router(name).unwrap_or_default();
        Arc::new(Self {
            story: story.clone(),
            fate: Arc::clone(fate),
            both: Both::default(),
            family: Family::default(),
            meeting: Meeting::default(),
            owners: Owners::default(),
            bus: Bus::default(),
            deaf: AtomicBool::new(false),
            forgotten: AtomicUsize::new(0),
            troubled: AtomicBool::new(false),
            numbers: AtomicU64::new(0),
            leads: Mutex::default(),
            before: Mutex::default(),
            routers: [router("salesforce"), router("monday")],
            sandbox,
        })
    }

    pub(super) fn router(&self, salesforce: bool) -> Router {
        self.routers[usize::from(!salesforce)].clone()
    }

    pub(super) fn system(&self, name: &str) -> &Arc<dyn System> {
        self.sandbox.system(name).unwrap_or_else(|| panic!("there is no {name}"))
    }

    pub(super) fn endpoint(&self, system: &str, key: &str) -> String {
        let origin = format!("http://{system}.sim");
        let endpoints = self.system(system).endpoints(&origin);
        endpoints.pointer(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    pub(super) fn troubled(&self) -> bool {
        self.troubled.load(Ordering::Relaxed)
    }

    /// Puts the story's faults in force, or ends them.
    pub(super) fn trouble(&self, on: bool) {
        self.troubled.store(on, Ordering::Relaxed);
        self.sandbox.faults().clear();
        for fault in self.story.fault.iter().filter(|_| on) {
            let mut rule = fault.rule.clone();
            if let Some(Value::Object(matcher)) = rule.get_mut("match")
                && matcher.contains_key("probability")
            {
                matcher.insert("seed".into(), json!(self.fate.roll(1 << 40)));
            }
            self.sandbox.faults().add(&Value::Object(rule)).unwrap_or_else(|why| panic!("fault: {why}"));
        }
    }

    pub(super) fn control(&self, system: &str, action: &str, body: &Value) -> Value {
        let done = self.system(system).control(action, body);
        done.unwrap_or_else(|| panic!("no action {action}")).unwrap_or_else(|why| panic!("{action}: {why}"))
    }

    fn change(&self, edits: &Edits) -> Vec<String> {
        let done = self.system("salesforce").change("Lead", edits).unwrap_or_else(|why| panic!("{why}"));
        let made = done.get("created").and_then(Value::as_array).cloned().unwrap_or_default();
        made.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    fn fresh(&self, poison: bool) -> Lead {
        let n = self.numbers.fetch_add(1, Ordering::Relaxed);
        // Some of what people type changes its form on the way: blanks around it, nothing at all.
        let company = match n % 4 {
            0 => format!("Company {n} "),
            1 => format!("Nöel & \"Söhne\" {n}"),
            _ => format!("Company {n}"),
        };
        let title = if n.is_multiple_of(5) { String::new() } else { format!("Title {n}") };
        let phone = if poison { format!("+33 12{n}") } else { String::new() };
        Lead { name: format!("Name {n}"), company, title, phone, live: true, ..Lead::default() }
    }

    fn fields(lead: &Lead) -> Map<String, Value> {
        let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
        Map::from_iter([
            ("LastName".to_owned(), json!(lead.name)),
            ("Company".to_owned(), json!(lead.company)),
            ("Title".to_owned(), text(&lead.title)),
            ("Phone".to_owned(), text(&lead.phone)),
        ])
    }

    /// What is there before the recipe is made.
    pub(super) fn begin(&self) {
        let count = self.story.records;
        if self.story.package {
            let installed = json!({ "namespace": "monday", "version": "1.16.0.2" });
            self.control("salesforce", "package", &installed);
        }
        match &self.story.pair {
            None if self.story.family.is_some() => {}
            None => {
                self.create(count, false);
                self.meet();
            }
            Some(pair) if pair.met > 0 => {
                self.both_met(pair.met);
                self.both_create(Side::Salesforce, count.saturating_sub(pair.met).div_ceil(2));
                self.both_create(Side::Other, count.saturating_sub(pair.met) / 2);
            }
            Some(pair) if pair.picks => {
                let picks = json!({ "Lead.Title": { "like": "Lead.Rating", "restricted": true } });
                self.control("salesforce", "fields", &picks);
                self.both_create(Side::Other, count);
            }
            Some(pair) if pair.salesforce() => {
                self.both_create(Side::Salesforce, count.div_ceil(2));
                self.both_create(Side::Other, count / 2);
            }
            Some(_) => self.both_create(Side::Other, count),
        }
    }

    /// People make `count` leads at one moment.
    pub(super) fn create(&self, count: usize, poison: bool) {
        let made: Vec<Lead> = (0..count).map(|_| self.fresh(poison)).collect();
        let create = made.iter().map(Self::fields).collect();
        let ids = self.change(&Edits { create, ..Edits::default() });
        lock(&self.leads).extend(ids.into_iter().zip(made));
    }

    fn update(&self, ids: &[String], poison: bool) {
        self.put(ids.iter().map(|id| (id.clone(), self.fresh(poison))).collect());
    }

    fn put(&self, leads: Vec<(String, Lead)>) {
        let mut update = Vec::new();
        for (id, mut lead) in leads {
            // By another name it would not be recognised any more.
            if let Some(name) = self.meeting.name_of(&id) {
                lead.name = name;
            }
            let mut fields = Self::fields(&lead);
            fields.insert("Id".into(), json!(id));
            update.push(fields);
            if let Some(before) = lock(&self.leads).insert(id.clone(), lead) {
                lock(&self.before).insert(id, before);
            }
        }
        self.change(&Edits { update, ..Edits::default() });
    }

    fn some(&self, live: bool) -> Option<String> {
        let ids: Vec<String> = lock(&self.leads)
            .iter()
            .filter(|(_, lead)| lead.live == live && !lead.purged && !lead.converted)
            .map(|(id, _)| id.clone())
            .collect();
        let at = usize::try_from(self.fate.roll(ids.len() as u64)).unwrap_or(0);
        ids.get(at).cloned()
    }

    /// One edit by a person.
    pub(super) async fn edit(&self) {
        if self.story.family.is_some() {
            self.family_edit().await;
        } else if self.story.pair.is_some() {
            self.both_edit().await;
        } else {
            self.edit_lead();
        }
    }

    /// One edit of a lead, as the story's weights have it.
    fn edit_lead(&self) {
        let people = self.story.people;
        let weights = [
            people.create,
            people.update,
            people.delete,
            people.undelete,
            people.poison,
            people.block,
            people.revert,
            people.purge,
            people.merge,
            people.convert,
        ];
        let mut roll = self.fate.roll(weights.iter().map(|weight| u64::from(*weight)).sum());
        let mut kind = 0;
        for (at, weight) in weights.iter().enumerate() {
            kind = at;
            match roll.checked_sub(u64::from(*weight)) {
                Some(rest) => roll = rest,
                None => break,
            }
        }
        let (live, dead) = (self.some(true), self.some(false));
        for id in live.iter().chain(&dead).filter(|_| self.story.events.is_some()) {
            self.bus.tell("Lead", id);
        }
        self.fate.note(&format!("a person does {kind} to {live:?} or {dead:?}"));
        match (kind, live, dead) {
            (1, Some(id), _) => self.update(&[id], false),
            (2, Some(id), _) => {
                self.change(&Edits { delete: vec![id.clone()], ..Edits::default() });
                self.meeting.died(&id);
                lock(&self.leads).entry(id).and_modify(|lead| lead.live = false);
            }
            (3, _, Some(id)) => {
                self.control("salesforce", "undelete", &json!({ "ids": [id] }));
                lock(&self.leads).entry(id).and_modify(|lead| lead.live = true);
            }
            (4, Some(id), _) if self.fate.roll(2) == 0 => self.update(&[id], true),
            (4, _, _) => self.create(1, true),
            (5, _, _) if self.fate.roll(2) == 0 => self.create(self.story.block, false),
            (5, _, _) => {
                let ids: Vec<String> = lock(&self.leads)
                    .iter()
                    .filter(|(_, lead)| lead.live && !lead.converted)
                    .map(|(id, _)| id.clone())
                    .take(self.story.block)
                    .collect();
                self.update(&ids, false);
            }
            (6, Some(id), _) => {
                let before = lock(&self.before).get(&id).cloned();
                match before {
                    Some(before) => self.put(vec![(id, Lead { live: true, ..before })]),
                    None => self.update(&[id], false),
                }
            }
            (7, Some(id), _) => {
                self.control("salesforce", "purge", &json!({ "ids": [id] }));
                lock(&self.leads).entry(id).and_modify(|lead| (lead.live, lead.purged) = (false, true));
            }
            (8, Some(id), _) => {
                let Some(master) = self.some(true).filter(|master| *master != id) else { return };
                self.control("salesforce", "merge", &json!({ "master": master, "losers": [id] }));
                lock(&self.leads).entry(id).and_modify(|lead| (lead.live, lead.purged) = (false, true));
            }
            (9, Some(id), _) => {
                self.control("salesforce", "convert", &json!({ "lead": id, "opportunity": false }));
                lock(&self.leads).entry(id).and_modify(|lead| lead.converted = true);
            }
            _ => self.create(1, false),
        }
    }

    /// Removes rows from an answer that are not visible yet: each lags by its own time.
    pub(super) fn hide_late_rows(&self, body: &Bytes) -> Bytes {
        let Ok(mut page) = serde_json::from_slice::<Value>(body) else { return body.clone() };
        let now = self.sandbox.clock().now().as_millisecond();
        let most = self.story.net.rows_late * 1_000;
        let hidden = |row: &Value| {
            let Some(stamp) = row.get("SystemModstamp").and_then(Value::as_str) else { return false };
            let Ok(at) = stamp.replace("+0000", "Z").parse::<Timestamp>() else { return false };
            let id = row.get("Id").and_then(Value::as_str).unwrap_or_default();
            let lot = id.bytes().fold(at.as_millisecond().unsigned_abs(), |sum, byte| {
                sum.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte)
            });
            // A third of the rows lags; the first load is complete.
            let lag = if lot % 3 == 0 { (lot >> 8) % most.max(1) } else { 0 };
            now < at.as_millisecond() + i64::try_from(lag).unwrap_or(0)
        };
        match page.get_mut("records").and_then(Value::as_array_mut) {
            Some(rows) if self.troubled() => rows.retain(|row| !hidden(row)),
            _ => return body.clone(),
        }
        Bytes::from(page.to_string())
    }

    /// Reads the board, past the recorder and the faults.
    pub(super) async fn items(&self) -> Vec<Item> {
        let rows = self.whole_board("Leads", &["salesforce_id", "company", "title", "phone"]).await;
        let item = |row: &Value| Item {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            key: cell(row, "salesforce_id"),
            name: cell(row, "name"),
            company: cell(row, "company"),
            title: cell(row, "title"),
            phone: cell(row, "phone"),
        };
        rows.iter().map(item).collect()
    }

    /// Reads all items with the columns named.
    pub(super) async fn whole_board(&self, board: &str, columns: &[&str]) -> Vec<Value> {
        let board = self.endpoint("monday", &format!("/boards/{board}"));
        let fields = format!(
            "cursor items {{ id name column_values(ids: {}) {{ id text ... on EmailValue {{ email }} }} }}",
            json!(columns)
        );
        let mut query = format!("{{ boards(ids: [{board}]) {{ items_page(limit: 500) {{ {fields} }} }} }}");
        let mut items = Vec::new();
        loop {
            let answer = self.ask(&query).await;
            let page = answer
                .pointer("/data/boards/0/items_page")
                .or_else(|| answer.pointer("/data/next_items_page"));
            let page = page.unwrap_or_else(|| panic!("no page in {answer}"));
            items.extend(page["items"].as_array().into_iter().flatten().cloned());
            match page["cursor"].as_str() {
                Some(cursor) => {
                    query = format!("{{ next_items_page(cursor: \"{cursor}\", limit: 500) {{ {fields} }} }}");
                }
                None => return items,
            }
        }
    }

    /// Asks monday, past the recorder and the faults.
    pub(super) async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, &json!({})).await
    }

    /// As [`World::ask`]; a text that is always the same is parsed once for all runs.
    pub(super) async fn ask_with(&self, query: &str, variables: &Value) -> Value {
        let request = Request::post("/v2")
            .header("authorization", self.endpoint("monday", "/token"))
            .header("content-type", "application/json")
            .body(Body::from(json!({ "query": query, "variables": variables }).to_string()));
        self.send("monday", request.unwrap_or_default()).await
    }

    pub(super) async fn get(&self, system: &str, path: &str, token: &str) -> Value {
        let request = Request::get(path).header("authorization", token).body(Body::empty());
        self.send(system, request.unwrap_or_default()).await
    }

    async fn send(&self, system: &str, request: Request<Body>) -> Value {
        let reply = self.system(system).router().oneshot(request).await;
        let reply = reply.unwrap_or_else(|never| match never {});
        let body = to_bytes(reply.into_body(), usize::MAX).await.unwrap_or_default();
        serde_json::from_slice(&body).unwrap_or_default()
    }

    /// Returns how many calls with these endpoints' names were recorded after call `since`.
    pub(super) fn calls(&self, since: u64, wanted: impl Fn(&str, &str) -> bool) -> usize {
        let calls = self.sandbox.recorder().since(since);
        calls.iter().filter(|call| wanted(call.system, &call.endpoint)).count()
    }
}

/// Returns whether an endpoint writes records.
pub(super) fn writes(system: &str, endpoint: &str) -> bool {
    let mutations = ["create_", "change_", "delete_", "archive_", "move_"];
    // Many changed rows are read by a job.
    let reads = ["GET ", "POST /oauth2", "POST /composite/sobjects/", "POST /jobs/query"];
    match system {
        "monday" => mutations.iter().any(|verb| endpoint.contains(verb)),
        // A composite request is how changes and deletions are read in one.
        _ => endpoint != "POST /composite" && !reads.iter().any(|read| endpoint.starts_with(read)),
    }
}
