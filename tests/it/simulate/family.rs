//! Records that point to others: accounts above accounts, and contacts of accounts, each kind with a recipe of its own.
//!
//! The systems themselves are asked what is true; the oracle asks that both say the same, that nobody came before a
//! parent that was still to come, and that whoever waited for a parent was released once it was there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::{Map, Value, json};
use syncdeck::domain::draft::RecipeDraft;
use syncdeck::domain::ledger::{Action, Entry, Outcome};
use syncdeck::domain::parents::{PARENT_MISSING, Why};
use syncdeck::domain::recipe::Template;
use syncdeck::ports::{ErrorsAsk, Store};
use syncdeck::sandbox::system::Edits;

use super::both::cell;
use super::life::lock;
use super::world::World;

/// Each object, its board, the field that points, its column, and the field that holds its name.
const KINDS: [(&str, &str, &str, &str, &str); 2] = [
    ("Account", "Accounts", "ParentId", "above", "Name"),
    ("Contact", "Contacts", "AccountId", "company", "LastName"),
];

/// The column in which contacts show the name of their account.
const SHOWN: &str = "account";

/// The recipe takes in no account whose name begins so.
const OUTSIDE: &str = "Outside";

/// What people know.
#[derive(Debug, Default)]
pub(super) struct Family {
    numbers: Mutex<u64>,
    /// Accounts that the board refuses, until somebody sees to them.
    poisoned: Mutex<BTreeSet<String>>,
}

/// A record on either side: its name, and what it points to.
#[derive(Clone, Debug)]
struct Node {
    id: String,
    key: String,
    name: String,
    points: Vec<String>,
    /// What it shows of its parent as text.
    shown: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl World {
    fn family_number(&self) -> u64 {
        let mut numbers = lock(&self.family.numbers);
        *numbers += 1;
        *numbers
    }

    fn put_in(&self, system: &str, object: &str, edits: &Edits) -> Vec<String> {
        let done = self.system(system).change(object, edits).unwrap_or_else(|why| panic!("{object}: {why}"));
        let made: Vec<String> =
            done["created"].as_array().cloned().unwrap_or_default().iter().map(text).collect();
        let changed = edits.update.iter().map(|row| text(&row["Id"])).chain(edits.delete.iter().cloned());
        if let Some((object, ..)) =
            KINDS.iter().find(|(known, ..)| system == "salesforce" && *known == object)
        {
            for id in changed.chain(made.iter().cloned()) {
                self.bus.tell(object, &id);
            }
        }
        made
    }

    fn make(&self, system: &str, object: &str, row: &Value) -> String {
        let create = vec![row.as_object().cloned().unwrap_or_default()];
        self.put_in(system, object, &Edits { create, ..Edits::default() }).remove(0)
    }

    fn alter(&self, system: &str, object: &str, row: &Value) {
        let update: Vec<Map<String, Value>> = vec![row.as_object().cloned().unwrap_or_default()];
        self.put_in(system, object, &Edits { update, ..Edits::default() });
    }

    /// Makes the columns that point, and the first families.
    pub(super) async fn family_begins(&self) {
        let rows = self.soql("SELECT Id FROM Account").await;
        let delete = rows.iter().map(|row| text(&row["Id"])).collect();
        self.put_in("salesforce", "Account", &Edits { delete, ..Edits::default() });
        let accounts = self.endpoint("monday", "/boards/Accounts");
        let defaults = json!(json!({ "boardIds": [accounts] }).to_string());
        for (_, board, _, column, _) in KINDS {
            let board = self.endpoint("monday", &format!("/boards/{board}"));
            let answer = self
                .ask(&format!(
                    "mutation {{ create_column(board_id: {board}, id: \"{column}\", title: \"{column}\", \
                     column_type: board_relation, defaults: {defaults}) {{ id }} }}"
                ))
                .await;
            assert!(answer.get("errors").is_none(), "{answer}");
        }
        for _ in 0..self.story.records {
            self.family_edit().await;
        }
    }

    /// Makes an account, which may point to another, lie outside the recipe, or be refused by the board.
    fn new_account(&self, above: Option<&String>) -> String {
        let family = self.story.family.clone().unwrap_or_default();
        let n = self.family_number();
        let outside = self.fate.chance(family.outside);
        let poisoned = !outside && self.fate.chance(family.failing);
        let name = if outside { format!("{OUTSIDE} {n}") } else { format!("Account {n}") };
        let phone = if poisoned { json!(format!("+33 12{n}")) } else { Value::Null };
        let id =
            self.make("salesforce", "Account", &json!({ "Name": name, "Phone": phone, "ParentId": above }));
        if poisoned {
            lock(&self.family.poisoned).insert(id.clone());
        }
        id
    }

    fn pick(&self, of: &[String]) -> Option<String> {
        let at = usize::try_from(self.fate.roll(of.len() as u64)).unwrap_or(0);
        of.get(at).cloned()
    }

    /// One edit by a person.
    pub(super) async fn family_edit(&self) {
        let family = self.story.family.clone().unwrap_or_default();
        let ids = async |query: &str| -> Vec<String> {
            self.soql(query).await.iter().map(|row| text(&row["Id"])).collect()
        };
        let accounts = ids("SELECT Id FROM Account ORDER BY Id").await;
        let contacts = ids("SELECT Id FROM Contact ORDER BY Id").await;
        let (account, other) = (self.pick(&accounts), self.pick(&accounts));
        let contact = self.pick(&contacts);
        if family.two_way && self.fate.roll(3) == 0 {
            return self.family_edit_board().await;
        }
        if family.shown && self.fate.roll(3) == 0 {
            return self.rename_account(account).await;
        }
        let kind = self.fate.roll(if family.cyclic { 9 } else { 7 });
        self.fate.note(&format!("a person does {kind} to {account:?}, {other:?}, {contact:?}"));
        let n = self.family_number();
        match (kind, account, other, contact) {
            // Contacts of an account that is made in the same moment.
            (0 | 1, above, _, _) => {
                let account = self.new_account(above.as_ref().filter(|_| kind == 1));
                for _ in 0..=self.fate.roll(2) {
                    let n = self.family_number();
                    let row = json!({ "LastName": format!("Contact {n}"), "AccountId": account });
                    self.make("salesforce", "Contact", &row);
                }
            }
            (2, account, ..) => {
                let row = json!({ "LastName": format!("Contact {n}"), "AccountId": account });
                self.make("salesforce", "Contact", &row);
            }
            (3, Some(account), _, Some(contact)) => {
                self.alter("salesforce", "Contact", &json!({ "Id": contact, "AccountId": account }));
            }
            (4, _, _, Some(contact)) if n.is_multiple_of(2) => {
                self.alter("salesforce", "Contact", &json!({ "Id": contact, "AccountId": null }));
            }
            (4 | 5, _, _, Some(contact)) => {
                let row = json!({ "Id": contact, "LastName": format!("Contact {n}") });
                self.alter("salesforce", "Contact", &row);
            }
            // Children of what is deleted go without it, too.
            (6, Some(account), ..) if family.outside > 0.0 && n.is_multiple_of(3) => {
                self.put_in("salesforce", "Account", &Edits { delete: vec![account], ..Edits::default() });
            }
            // Two that are made in the same moment point to each other.
            (7, ..) => {
                let one = self.new_account(None);
                let two = self.new_account(Some(&one));
                self.alter("salesforce", "Account", &json!({ "Id": one, "ParentId": two }));
            }
            (8, Some(one), Some(two), _) => {
                self.alter("salesforce", "Account", &json!({ "Id": one, "ParentId": two }));
            }
            _ => {
                self.new_account(None);
            }
        }
    }

    /// An account gets another name; who is taken in and who is not stays so.
    async fn rename_account(&self, account: Option<String>) {
        let Some(account) = account else { return };
        let rows = self.soql(&format!("SELECT Name FROM Account WHERE Id = '{account}'")).await;
        let outside = rows.iter().any(|row| text(&row["Name"]).starts_with(OUTSIDE));
        let name = if outside { OUTSIDE } else { "Renamed" };
        let row = json!({ "Id": account, "Name": format!("{name} {}", self.family_number()) });
        self.fate.note(&format!("a person renames {row}"));
        self.alter("salesforce", "Account", &row);
    }

    /// One edit by a person on the board.
    async fn family_edit_board(&self) {
        let (accounts, contacts) = (self.family_items(0).await, self.family_items(1).await);
        let ids = |nodes: &[Node]| nodes.iter().map(|node| node.id.clone()).collect::<Vec<_>>();
        let (account, contact) = (self.pick(&ids(&accounts)), self.pick(&ids(&contacts)));
        let n = self.family_number();
        let kind = self.fate.roll(3);
        self.fate.note(&format!("on the board a person does {kind} to {account:?}, {contact:?}"));
        match (kind, account, contact) {
            (0, Some(account), Some(contact)) => {
                let row = json!({ "id": contact, "company": { "item_ids": [account] } });
                self.alter("monday", "Contacts", &row);
            }
            (1, Some(account), _) => {
                let row = json!({ "name": format!("Contact {n}"), "company": { "item_ids": [account] } });
                self.make("monday", "Contacts", &row);
            }
            _ => {
                let account = self.make("monday", "Accounts", &json!({ "name": format!("Account {n}") }));
                let row = json!({ "name": format!("Contact {n}"), "company": { "item_ids": [account] } });
                self.make("monday", "Contacts", &row);
            }
        }
    }

    /// Somebody sees to what the board refused.
    pub(super) fn family_is_put_right(&self) {
        for id in std::mem::take(&mut *lock(&self.family.poisoned)) {
            if self.story.family.is_some() {
                let update =
                    vec![Map::from_iter([("Id".to_owned(), json!(id)), ("Phone".to_owned(), Value::Null)])];
                // It may have been deleted meanwhile.
                let _gone =
                    self.system("salesforce").change("Account", &Edits { update, ..Edits::default() });
            }
        }
    }

    async fn family_rows(&self, kind: usize) -> Vec<Node> {
        let (object, _, field, _, name) = KINDS[kind];
        let rows = self.soql(&format!("SELECT Id, {name}, {field}, Monday_Item_Id__c FROM {object}")).await;
        let node = |row: &Value| Node {
            id: text(&row["Id"]),
            key: text(&row["Monday_Item_Id__c"]),
            name: text(&row[name]),
            points: row[field].as_str().map(str::to_owned).into_iter().collect(),
            shown: String::new(),
        };
        rows.iter().map(node).collect()
    }

    async fn family_items(&self, kind: usize) -> Vec<Node> {
        let (_, board, _, column, _) = KINDS[kind];
        let board = self.endpoint("monday", &format!("/boards/{board}"));
        let fields = format!(
            "items {{ id name column_values(ids: [\"salesforce_id\", \"{column}\", \"{SHOWN}\"]) {{ id text \
             ... on BoardRelationValue {{ linked_item_ids }} }} }}"
        );
        let query = format!("{{ boards(ids: [{board}]) {{ items_page(limit: 500) {{ {fields} }} }} }}");
        let answer = self.ask(&query).await;
        let items = answer.pointer("/data/boards/0/items_page/items").and_then(Value::as_array);
        let node = |item: &Value| {
            let cells = item["column_values"].as_array().cloned().unwrap_or_default();
            let relation = cells.iter().find(|cell| cell["id"] == column).cloned().unwrap_or_default();
            let linked = relation["linked_item_ids"].as_array().cloned().unwrap_or_default();
            Node {
                id: text(&item["id"]),
                key: cell(item, "salesforce_id"),
                name: text(&item["name"]),
                points: linked.iter().map(text).collect(),
                shown: cell(item, SHOWN),
            }
        };
        items.unwrap_or_else(|| panic!("no items in {answer}")).iter().map(node).collect()
    }
}

/// Returns the drafts of the recipes: that of the parents first.
pub(super) fn drafts(world: &World, like: &RecipeDraft) -> Vec<RecipeDraft> {
    let family = world.story.family.clone().unwrap_or_default();
    let template = if family.two_way { Template::TwoWayItem } else { Template::RecordToItem };
    let one = |(object, board, field, column, name): (&str, &str, &str, &str, &str)| {
        let mut fields = vec![(name.into(), "name".into()), (field.into(), column.into())];
        if object == "Account" {
            fields.push(("Phone".into(), "phone".into()));
        } else if family.shown {
            // Without a recipe of their own, accounts have no items to point to.
            fields.truncate(if family.alone { 1 } else { 2 });
            fields.push((field.into(), SHOWN.into()));
        }
        let condition =
            if object == "Account" { format!("not (Name starts with '{OUTSIDE}')") } else { String::new() };
        RecipeDraft {
            name: board.into(),
            object: object.into(),
            container: board.into(),
            condition: condition.into(),
            template,
            fields,
            ..like.clone()
        }
    };
    let taken_in = KINDS.into_iter().filter(|(object, ..)| *object != "Account" || !family.alone);
    taken_in.map(one).collect()
}

/// Returns what is wrong: records without or with several counterparts, other names, references that do not agree.
pub(super) async fn sides(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut items_of: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = Vec::new();
    let mut called: BTreeMap<String, String> = BTreeMap::new();
    let family = world.story.family.clone().unwrap_or_default();
    for (kind, names) in KINDS.iter().enumerate() {
        let (rows, items) = (world.family_rows(kind).await, world.family_items(kind).await);
        let mut taken: BTreeSet<&String> = BTreeSet::new();
        if kind == 0 {
            called = rows.iter().map(|row| (row.id.clone(), row.name.clone())).collect();
        }
        for row in &rows {
            let mine: Vec<&Node> =
                items.iter().filter(|item| item.key == row.id || item.id == row.key).collect();
            taken.extend(mine.iter().map(|item| &item.id));
            match mine.as_slice() {
                [] if row.name.starts_with(OUTSIDE) || family.alone && kind == 0 => {}
                [] => wrong.push(format!("lost: {row:?} has no item")),
                [item] => {
                    items_of.insert(row.id.clone(), item.id.clone());
                    if item.name != row.name {
                        wrong.push(format!("lost: {row:?} is called {:?} there", item.name));
                    }
                    let shown = row.points.first().and_then(|id| called.get(id)).cloned().unwrap_or_default();
                    if family.shown && kind == 1 && item.shown != shown {
                        wrong.push(format!("{row:?} shows {:?} of its parent {shown:?}", item.shown));
                    }
                    seen.push((row.clone(), (*item).clone()));
                }
                _ => wrong.push(format!("doubled: {row:?} has {} items", mine.len())),
            }
        }
        let nobodys = items.iter().filter(|item| !taken.contains(&item.id));
        wrong.extend(nobodys.map(|item| format!("an item of nobody's in {}: {item:?}", names.1)));
    }
    let live: BTreeSet<String> = items_of.values().cloned().collect();
    for (row, item) in seen {
        // Who is not taken in has no item to which anything could point.
        let expected: Vec<String> = row.points.iter().filter_map(|id| items_of.get(id).cloned()).collect();
        // The board goes on naming items that are deleted.
        let points: Vec<String> = item.points.iter().filter(|id| live.contains(*id)).cloned().collect();
        if points != expected {
            wrong.push(format!("{row:?} points to {:?} instead of {expected:?}", item.points));
        }
    }
    wrong
}

/// Returns what is wrong with the books: refusals that nobody deserved, children that went before their parents.
pub(super) fn books(world: &World, entries: &[Entry], store: &dyn Store) -> Vec<String> {
    let mut wrong = Vec::new();
    let family = world.story.family.clone().unwrap_or_default();
    let whole = family.outside == 0.0 && !family.cyclic;
    for entry in entries {
        if entry.object.as_str() == "Contact" && entry.outcome == Outcome::Parked {
            wrong.push(format!("a child was refused: {:?} {:?}", entry.record_name, entry.failure));
        }
        let without = entry.failure.as_ref().is_some_and(|(_, code)| &**code == PARENT_MISSING);
        if whole && without && entry.action == Action::Created {
            wrong.push(format!("before its parent: {:?}", entry.record_name));
        }
    }
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = store.read().and_then(|view| view.errors(&ask)).unwrap_or_default();
    wrong.extend(errors.iter().map(|error| format!("an error is left: {:?}", error.failure)));
    let waiting = store.read().and_then(|view| view.waiting_counts()).unwrap_or_default();
    wrong.extend((!waiting.is_empty()).then(|| format!("some still wait: {waiting:?}")));
    wrong
}

/// Returns what is wrong while parents are refused: contacts of theirs that are made all the same, or wait without being
/// told why.
pub(super) async fn waits(world: &World, store: &dyn Store) -> Vec<String> {
    let poisoned = lock(&world.family.poisoned).clone();
    let landed: BTreeSet<String> = world.family_items(0).await.into_iter().map(|item| item.key).collect();
    let items: BTreeSet<String> = world.family_items(1).await.into_iter().map(|item| item.key).collect();
    let Ok(view) = store.read() else { return vec!["the store cannot be read".into()] };
    let sets: BTreeSet<_> = view.recipes().unwrap_or_default().into_iter().map(|recipe| recipe.set).collect();
    let all: Vec<_> = sets.iter().flat_map(|set| view.waiting(*set, 10_000).unwrap_or_default()).collect();
    let mut wrong = Vec::new();
    for row in world.family_rows(1).await {
        let Some(parent) = row.points.first().filter(|id| poisoned.contains(*id) && !landed.contains(*id))
        else {
            continue;
        };
        if items.contains(&row.id) {
            // It was made while it pointed elsewhere.
            continue;
        }
        let told = all.iter().flat_map(|(_, waits)| &waits.all);
        let mine = told.filter(|wait| wait.parent.as_str() == parent.as_str()).count();
        let failing = all.iter().flat_map(|(_, waits)| &waits.all).any(|wait| {
            wait.parent.as_str() == parent.as_str() && wait.why.may_come() && wait.why != Why::Unseen
        });
        if mine == 0 || !failing {
            wrong.push(format!("{row:?} waits for a parent that was refused, and nobody says so"));
        }
    }
    wrong
}
