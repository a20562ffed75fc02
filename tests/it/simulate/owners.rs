//! Owners on both sides: users linked by their addresses, users whom the other side does not know, and one who leaves for
//! a while.
//!
//! The owner of a record is always chosen on the same side, so that the last word is known; what the other side must say
//! then follows from who is linked with whom.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use syncdeck::domain::id::{RemoteId, Side};
use syncdeck::ports::{ErrorsAsk, Store};
use syncdeck::sandbox::system::Edits;

use super::both::cell;
use super::life::lock;
use super::world::World;

/// Who may own a record in Salesforce, and who on the board; we act as the first of them.
const OURS: [&str; 3] = ["svc-sync@acme.example", LINKED, "chloe.martin@acme.example"];
const THEIRS: [&str; 3] = ["svc-sync@acme.example", LINKED, "zoe@acme.example"];

/// Who is known on both sides, and leaves for a while.
const LINKED: &str = "jlee@acme.example";

/// The last word on each record's owner: on which side, who, and when.
#[derive(Debug, Default)]
pub(super) struct Owners {
    last: Mutex<BTreeMap<usize, (Side, &'static str, i64)>>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl World {
    /// Returns the active users of Salesforce with their ids, by name.
    async fn our_users(&self) -> BTreeMap<String, (String, bool)> {
        let rows = self.soql("SELECT Id, Username, IsActive FROM User").await;
        let user = |row: &Value| (text(&row["Username"]), (text(&row["Id"]), row["IsActive"] == true));
        rows.iter().map(user).collect()
    }

    /// Returns the users of the board with their ids and names, by address.
    async fn their_users(&self) -> BTreeMap<String, (String, String)> {
        let answer = self.ask("{ users(limit: 100) { id name email } }").await;
        let users = answer.pointer("/data/users").and_then(Value::as_array);
        let user = |row: &Value| (text(&row["email"]), (text(&row["id"]), text(&row["name"])));
        users.unwrap_or_else(|| panic!("no users in {answer}")).iter().map(user).collect()
    }

    /// A person gives a record to somebody.
    pub(super) async fn give_to_somebody(&self) {
        let count = lock(&self.both.records).len();
        let record = usize::try_from(self.fate.roll(count as u64)).unwrap_or(0);
        let chosen = usize::try_from(self.fate.roll(3)).unwrap_or(0);
        self.find_counterpart(record).await;
        let Some(known) = lock(&self.both.records).get(record).cloned() else { return };
        let side = if record.is_multiple_of(2) { Side::Salesforce } else { Side::Other };
        let Some(id) = known.id(side).cloned() else { return };
        let (who, row) = match side {
            Side::Salesforce => {
                let users = self.our_users().await;
                let (user, active) = &users[OURS[chosen]];
                if !active {
                    // Salesforce takes nobody who has left.
                    return;
                }
                (OURS[chosen], json!({ "Id": id, "OwnerId": user }))
            }
            Side::Other => {
                let users = self.their_users().await;
                let user: u64 = users[THEIRS[chosen]].0.parse().unwrap_or(0);
                let people = json!({ "personsAndTeams": [{ "id": user, "kind": "person" }] });
                (THEIRS[chosen], json!({ "id": id, "owner": people }))
            }
        };
        self.fate.note(&format!("on {side:?} {id} is given to {who}"));
        let update = vec![row.as_object().cloned().unwrap_or_default()];
        self.put_on(side, &Edits { update, ..Edits::default() });
        let at = self.sandbox.clock().now().as_millisecond();
        lock(&self.owners.last).insert(record, (side, who, at));
    }
}

/// Returns the owner of each lead and of each item, by address.
async fn told(world: &World) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let ours: BTreeMap<String, String> =
        world.our_users().await.into_iter().map(|(name, (id, _))| (id, name)).collect();
    let theirs: BTreeMap<String, String> =
        world.their_users().await.into_iter().map(|(address, (_, name))| (name, address)).collect();
    let leads = world.soql("SELECT Id, OwnerId FROM Lead").await;
    let owner = |row: &Value| ours.get(&text(&row["OwnerId"])).cloned().unwrap_or_default();
    let leads = leads.iter().map(|row| (text(&row["Id"]), owner(row))).collect();
    let items = world.whole_board("Leads", &["owner"]).await;
    let owner = |item: &Value| theirs.get(&cell(item, "owner")).cloned().unwrap_or_default();
    (leads, items.iter().map(|item| (text(&item["id"]), owner(item))).collect())
}

/// Returns what is wrong with the owners: the last word does not stand, or the other side does not tell it. Whom it does
/// not know is nobody in particular there, and so is the user that we act as: neither replaces the other.
pub(super) async fn sides(world: &World) -> Vec<String> {
    let last = lock(&world.owners.last).clone();
    if last.is_empty() {
        return Vec::new();
    }
    let (leads, items) = told(world).await;
    let mut wrong = Vec::new();
    for (record, (side, who, _)) in last {
        let Some(known) = lock(&world.both.records).get(record).cloned() else { continue };
        let (Some(lead), Some(item)) = (&known.lead, &known.item) else { continue };
        let (ours, theirs) = (leads.get(lead).cloned(), items.get(item).cloned());
        let (said, other) = if side == Side::Salesforce { (&ours, &theirs) } else { (&theirs, &ours) };
        if said.as_deref() != Some(who) {
            wrong.push(format!("{known:?} belongs to {said:?} on {side:?}, where {who} was chosen"));
        }
        let in_common = |who: Option<&str>| who.filter(|who| *who == LINKED).map(str::to_owned);
        if in_common(other.as_deref()) != in_common(Some(who)) {
            wrong.push(format!("{known:?} is told as {other:?} beside {side:?}, where {who} was chosen"));
        }
    }
    wrong
}

/// Returns what is wrong while a user is away: only who was given to that user may be refused, and is named.
pub(super) fn named(world: &World, store: &dyn Store) -> Vec<String> {
    let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
    let errors = store.read().and_then(|view| view.errors(&ask)).unwrap_or_default();
    let now = world.sandbox.clock().now().as_millisecond();
    let settled = i64::try_from(4 * world.story.every * 1_000).unwrap_or(i64::MAX);
    let mut wrong = Vec::new();
    for error in errors {
        let record = lock(&world.both.records)
            .iter()
            .position(|known| error.target_id.as_ref().map(RemoteId::as_str) == known.item.as_deref());
        let given = record.and_then(|record| lock(&world.owners.last).get(&record).copied());
        let fresh = given.is_some_and(|(.., at)| now - at < settled);
        let deserved = matches!(given, Some((Side::Other, LINKED, _))) || fresh;
        if &*error.failure.code != "INACTIVE_OWNER_OR_USER" || !deserved {
            wrong.push(format!("an error nobody deserved: {given:?} {:?}", error.failure));
        }
    }
    wrong
}
