//! People on both sides of a pair, or on the board alone, and what is known of their edits.
//!
//! Every value that a person writes is unlike all others, and each edit notes what stood there before it: so it is
//! known afterwards who wrote over what knowingly, and which edits were made without knowing of each other.

use std::sync::Mutex;

use serde_json::{Map, Value, json};
use syncdeck::domain::id::Side;
use syncdeck::sandbox::system::Edits;

use super::life::lock;
use super::world::World;

/// The fields that people edit: in Salesforce, on the board.
pub(super) const FIELDS: [(&str, &str); 5] = [
    ("LastName", "name"),
    ("Company", "company"),
    ("Title", "title"),
    ("Email", "email"),
    ("AnnualRevenue", "revenue"),
];

/// The field that automations write.
pub(super) const TITLE: usize = 2;

/// What may be chosen for a title, where it is chosen from a list; the last one is retired for a while.
pub(super) const PICKS: [&str; 3] = ["Hot", "Cold", "Warm"];

/// Between the last look at a record and the write that follows lies a moment that nobody can close: neither system
/// writes on condition. An edit of that moment may be written over without a trace.
const MOMENT_MS: i64 = 120;

/// A record and its counterpart.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) born: Side,
    pub(super) lead: Option<String>,
    pub(super) item: Option<String>,
    /// An automation owns its title.
    pub(super) automated: bool,
    /// It was on both sides before the recipe.
    pub(super) met: bool,
}

impl Known {
    pub(super) fn id(&self, side: Side) -> Option<&String> {
        match side {
            Side::Salesforce => self.lead.as_ref(),
            Side::Other => self.item.as_ref(),
        }
    }
}

/// One field of one record, edited by a person.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) at: i64,
    pub(super) side: Side,
    pub(super) record: usize,
    pub(super) field: usize,
    pub(super) value: String,
    /// What stood there.
    pub(super) before: String,
    /// It came in the moment between a look and a write.
    pub(super) raced: bool,
}

/// What people on both sides did.
#[derive(Debug, Default)]
pub(super) struct Both {
    pub(super) records: Mutex<Vec<Known>>,
    pub(super) edits: Mutex<Vec<Edit>>,
    numbers: Mutex<u64>,
}

/// Returns a value as it is compared, whatever form a system keeps it in.
pub(super) fn plain(field: usize, value: &str) -> String {
    let value = value.trim().to_lowercase();
    match (field, value.parse::<f64>()) {
        (4, Ok(number)) => format!("{}", number.round()),
        _ => value,
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

impl World {
    fn both_now(&self) -> i64 {
        self.sandbox.clock().now().as_millisecond()
    }

    /// Returns a value that nobody wrote before, in a form in which a person might type it.
    fn unheard_of(&self, field: usize) -> String {
        let n = {
            let mut numbers = lock(&self.both.numbers);
            *numbers += 1;
            *numbers
        };
        let forms = self.story.pair.as_ref().is_some_and(|pair| pair.forms);
        let clears = field == TITLE && n.is_multiple_of(7);
        let picks = self.story.pair.as_ref().is_some_and(|pair| pair.picks);
        match (field, forms) {
            (2, _) if picks => {
                let of = u64::try_from(PICKS.len()).unwrap_or(1);
                PICKS[usize::try_from(self.fate.roll(of)).unwrap_or(0)].to_owned()
            }
            (2, _) if clears => String::new(),
            (0, false) => format!("Name {n}"),
            (1, false) => format!("Company {n}"),
            (2, false) => format!("Title {n}"),
            (3, false) => format!("mail{n}@example.com"),
            (0, true) => format!(" Name {n}"),
            (1, true) => format!("Nöel & \"Söhne\" {n} "),
            (2, true) => format!("title {n}"),
            (3, true) => format!("Mail{n}@Example.com"),
            (_, false) => n.to_string(),
            (_, true) => format!("{n}.25"),
        }
    }

    /// People make `count` records on one side.
    pub(super) fn both_create(&self, side: Side, count: usize) {
        let values: Vec<Vec<String>> =
            (0..count).map(|_| (0..FIELDS.len()).map(|field| self.unheard_of(field)).collect()).collect();
        let create = values.iter().map(|values| fields(side, values.iter().enumerate())).collect();
        let ids = self.put_on(side, &Edits { create, ..Edits::default() });
        let at = self.both_now();
        let automated = self.story.pair.as_ref().map_or(0, |pair| pair.automated);
        for (id, values) in ids.into_iter().zip(values) {
            let mut records = lock(&self.both.records);
            let record = records.len();
            let id = Some(id);
            let (lead, item) = if side == Side::Salesforce { (id, None) } else { (None, id) };
            records.push(Known { born: side, lead, item, automated: record < automated, met: false });
            let mut edits = lock(&self.both.edits);
            for (field, value) in values.into_iter().enumerate() {
                let before = String::new();
                edits.push(Edit { at, side, record, field, value, before, raced: false });
            }
        }
    }

    /// People have made `count` records on both sides, with the same address in another spelling.
    pub(super) fn both_met(&self, count: usize) {
        for _ in 0..count {
            let at = self.both_now();
            let address = self.unheard_of(3);
            let record = lock(&self.both.records).len();
            let make = |side: Side| {
                let mut values: Vec<String> = (0..FIELDS.len()).map(|field| self.unheard_of(field)).collect();
                values[3] = if side == Side::Other { address.to_uppercase() } else { address.clone() };
                let create = vec![fields(side, values.iter().enumerate())];
                let id = self.put_on(side, &Edits { create, ..Edits::default() }).pop();
                let mut edits = lock(&self.both.edits);
                for (field, value) in values.into_iter().enumerate() {
                    let before = String::new();
                    edits.push(Edit { at, side, record, field, value, before, raced: false });
                }
                id
            };
            let (lead, item) = (make(Side::Salesforce), make(Side::Other));
            let born = Side::Salesforce;
            lock(&self.both.records).push(Known { born, lead, item, automated: false, met: true });
        }
    }

    pub(super) fn put_on(&self, side: Side, edits: &Edits) -> Vec<String> {
        let (system, object) = match side {
            Side::Salesforce => ("salesforce", "Lead"),
            Side::Other => ("monday", "Leads"),
        };
        let done = self.system(system).change(object, edits).unwrap_or_else(|why| panic!("{why}"));
        let made = done.get("created").and_then(Value::as_array).cloned().unwrap_or_default();
        made.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// One edit by a person, and now and then one by another on the other side in the same moment.
    pub(super) async fn both_edit(&self) {
        let Some(pair) = self.story.pair.clone() else { return };
        let side = if !pair.salesforce() || self.fate.roll(2) == 0 { Side::Other } else { Side::Salesforce };
        if self.fate.chance(pair.create) {
            return self.both_create(side, 1);
        }
        if pair.owners && self.fate.roll(2) == 0 {
            return self.give_to_somebody().await;
        }
        let record = self.fate.roll(lock(&self.both.records).len() as u64);
        let record = usize::try_from(record).unwrap_or(0);
        let field = usize::try_from(self.fate.roll(FIELDS.len() as u64)).unwrap_or(0);
        self.both_update(side, record, field).await;
        if self.fate.chance(pair.at_once) {
            let other = if self.fate.roll(2) == 0 { field } else { (field + 1) % FIELDS.len() };
            self.both_update(side.opposite(), record, other).await;
        }
    }

    async fn both_update(&self, side: Side, record: usize, field: usize) {
        self.find_counterpart(record).await;
        let Some(known) = lock(&self.both.records).get(record).cloned() else { return };
        let Some(id) = known.id(side).cloned() else { return };
        // By another address it would not be recognised any more.
        if known.automated && field != TITLE || known.met && field == 3 {
            return;
        }
        let Some(before) = self.row(side, &id).await else { return };
        let value = self.unheard_of(field);
        let before = before.get(field).cloned().unwrap_or_default();
        self.fate.note(&format!("on {side:?} field {field} of {id} becomes {value:?}, was {before:?}"));
        self.set(side, &id, field, &value);
        let at = self.both_now();
        lock(&self.both.edits).push(Edit { at, side, record, field, value, before, raced: false });
    }

    /// Writes one field of one record, as somebody at work in that system.
    pub(super) fn set(&self, side: Side, id: &str, field: usize, value: &String) {
        let mut update = fields(side, [(field, value)].into_iter());
        let key = if side == Side::Salesforce { "Id" } else { "id" };
        update.insert(key.into(), json!(id));
        self.put_on(side, &Edits { update: vec![update], ..Edits::default() });
    }

    /// Looks for the counterpart of a record by the key that lies inside it.
    pub(super) async fn find_counterpart(&self, record: usize) {
        let Some(known) = lock(&self.both.records).get(record).cloned() else { return };
        let (lead, item) = match (known.lead, known.item) {
            (Some(lead), None) => {
                let board = self.endpoint("monday", "/boards/Leads");
                let query = "query ($board: ID!, $lead: String!) { items_page_by_column_values(board_id: $board, \
                             limit: 1, columns: [{column_id: \"salesforce_id\", column_values: [$lead]}]) \
                             { items { id } } }";
                let answer = self.ask_with(query, &json!({ "board": board, "lead": lead })).await;
                let item = answer.pointer("/data/items_page_by_column_values/items/0/id");
                (Some(lead), item.and_then(Value::as_str).map(str::to_owned))
            }
            (None, Some(item)) => {
                let rows =
                    self.soql(&format!("SELECT Id FROM Lead WHERE Monday_Item_Id__c = '{item}'")).await;
                (rows.first().and_then(|row| row["Id"].as_str()).map(str::to_owned), Some(item))
            }
            both => both,
        };
        if let Some(known) = lock(&self.both.records).get_mut(record) {
            (known.lead, known.item) = (lead, item);
        }
    }

    /// Returns the fields of one record; `None` when it is not there.
    pub(super) async fn row(&self, side: Side, id: &str) -> Option<Vec<String>> {
        match side {
            Side::Salesforce => {
                let names = FIELDS.map(|(name, _)| name).join(", ");
                let rows = self.soql(&format!("SELECT {names} FROM Lead WHERE Id = '{id}'")).await;
                let row = rows.first()?;
                Some(FIELDS.iter().map(|(name, _)| text(row.get(*name))).collect())
            }
            Side::Other => {
                let columns = json!(FIELDS.map(|(_, column)| column));
                let query = format!(
                    "query ($id: ID!) {{ items(ids: [$id]) {{ name column_values(ids: {columns}) {{ id text ... on EmailValue {{ email }} }} }} }}"
                );
                let answer = self.ask_with(&query, &json!({ "id": id })).await;
                let item = answer.pointer("/data/items/0")?;
                Some(FIELDS.iter().map(|(_, column)| cell(item, column)).collect())
            }
        }
    }

    /// Asks Salesforce, past the recorder and the faults.
    pub(super) async fn soql(&self, query: &str) -> Vec<Value> {
        let query: String = query.replace(' ', "+").replace('=', "%3D").replace('\'', "%27");
        let token = self.endpoint("salesforce", "/access_token");
        let path = format!("/services/data/v62.0/query?q={query}");
        let answer = self.get("salesforce", &path, &format!("Bearer {token}")).await;
        answer["records"].as_array().unwrap_or_else(|| panic!("no records in {answer}")).clone()
    }

    /// Notes which edits may have been written over by a request that takes effect now.
    pub(super) fn overtaken(&self, request: &str) {
        let now = self.both_now();
        let records = lock(&self.both.records).clone();
        let mut edits = lock(&self.both.edits);
        for edit in edits.iter_mut().rev().take_while(|edit| now - edit.at <= MOMENT_MS) {
            let id = records.get(edit.record).and_then(|known| known.id(edit.side));
            edit.raced |= id.is_some_and(|id| request.contains(id.as_str()));
        }
    }
}

/// Returns the text of one of an item's cells.
pub(super) fn cell(item: &Value, column: &str) -> String {
    if column == "name" {
        return text(item.get("name"));
    }
    let cells = item["column_values"].as_array();
    let found = cells.and_then(|cells| cells.iter().find(|cell| cell["id"] == column));
    // The text of an address is its label.
    text(found.and_then(|cell| cell.get("email").or_else(|| cell.get("text"))))
}

fn fields<'a>(side: Side, values: impl Iterator<Item = (usize, &'a String)>) -> Map<String, Value> {
    let one = |(field, value): (usize, &String)| {
        let (salesforce, column) = FIELDS[field];
        let number = value.parse::<f64>().ok().filter(|_| field == 4);
        let (name, value) = match (side, number) {
            (Side::Salesforce, Some(number)) => (salesforce, json!(number)),
            (Side::Salesforce, None) if value.is_empty() => (salesforce, Value::Null),
            (Side::Salesforce, None) => (salesforce, json!(value)),
            (Side::Other, _) if field == 3 => (column, json!({ "email": value, "text": value })),
            (Side::Other, _) => (column, json!(value)),
        };
        (name.to_owned(), value)
    };
    values.map(one).collect()
}
