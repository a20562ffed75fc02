//! Records that point to others, with the real binary: a contact and its account, each with a recipe of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Bench;

fn recipe(object: &str, container: &str, template: &str, more: &str, lines: &[(&str, &str)]) -> String {
    let mut text = format!(
        "name = \"{object}s\"\ntemplate = \"{template}\"\nsalesforce = \"sf\"\ntarget = \"monday\"\n\
         object = \"{object}\"\ncontainer = \"{container}\"\nevery = \"1s\"\ndeletions = \"delete\"\n{more}\n"
    );
    for (salesforce, target) in lines {
        writeln!(text, "\n[[map]]\nsalesforce = \"{salesforce}\"\ntarget = \"{target}\"").unwrap();
    }
    text
}

fn make(bench: &Bench, text: &str) -> Value {
    let path = bench.file("recipe.toml", text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()])[0].clone()
}

const TO_ITEM: &str = "record-to-item";
const PAIR: &str = "two-way-item";
const ACCOUNT: [(&str, &str); 1] = [("Name", "name")];
const CONTACT: [(&str, &str); 4] =
    [("LastName", "name"), ("AccountId", "company"), ("AccountId", "account"), ("AccountId", "record")];
const BOTH: [(&str, &str); 2] = [("LastName", "name"), ("AccountId", "company")];

async fn bench_of() -> Bench {
    let bench = Bench::start(1);
    // The sandbox's own records would only be in the way.
    for object in ["Opportunity", "Subscription__c", "Contact", "Account"] {
        let rows = bench.soql(&format!("SELECT Id FROM {object}")).await;
        let ids: Vec<Value> = rows.iter().map(|row| row["Id"].clone()).collect();
        edit(&bench, "salesforce", object, json!({ "delete": ids })).await;
    }
    let board = |name: &str| bench.endpoint(&format!("/monday/boards/{name}")).to_owned();
    let accounts = board("Accounts");
    for (on, id, kind, defaults) in [
        ("Contacts", "company", "board_relation", json!({ "boardIds": [accounts] })),
        ("Contacts", "record", "link", json!({})),
        ("Accounts", "above", "board_relation", json!({ "boardIds": [accounts] })),
    ] {
        let defaults = json!(defaults.to_string());
        bench
            .graphql(&format!(
                "mutation {{ create_column(board_id: {}, id: \"{id}\", title: \"{id}\", column_type: {kind}, \
                 defaults: {defaults}) {{ id }} }}",
                board(on)
            ))
            .await;
    }
    bench
}

async fn edit(bench: &Bench, system: &str, object: &str, edits: Value) -> Vec<String> {
    let done = bench.control("POST", &format!("/{system}/records/{object}"), edits).await;
    let made = done["created"].as_array().cloned().unwrap_or_default();
    made.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

async fn account(bench: &Bench, name: &str) -> String {
    edit(bench, "salesforce", "Account", json!({ "create": [{ "Name": name }] })).await.remove(0)
}

async fn contact(bench: &Bench, name: &str, account: &str) -> String {
    let row = json!({ "LastName": name, "AccountId": account });
    edit(bench, "salesforce", "Contact", json!({ "create": [row] })).await.remove(0)
}

/// Returns the items of a board by name: the id, and each with the ids of the items that a relation names.
async fn related(bench: &Bench, board: &str, column: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let id = bench.endpoint(&format!("/monday/boards/{board}"));
    let answer = bench
        .graphql(&format!(
            "{{ boards(ids: [{id}]) {{ items_page(limit: 500) {{ items {{ id name column_values(ids: \
             [\"{column}\"]) {{ ... on BoardRelationValue {{ linked_item_ids }} }} }} }} }} }}"
        ))
        .await;
    let items = answer.pointer("/boards/0/items_page/items").and_then(Value::as_array).cloned().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |item: &Value| {
        let linked = item["column_values"][0]["linked_item_ids"].as_array().cloned().unwrap_or_default();
        (text(&item["name"]), (text(&item["id"]), linked.iter().map(text).collect()))
    };
    items.iter().map(row).collect()
}

fn shown(bench: &Bench, recipe: &Value) -> Value {
    bench.json(&["recipes", "show", recipe["id"].as_str().unwrap()])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_waits_for_its_account_and_then_points_to_it() {
    let bench = bench_of().await;
    let _engine = bench.serve();
    bench.connect();
    let acme = account(&bench, "Acme").await;
    contact(&bench, "Ana", &acme).await;
    let accounts = make(&bench, &recipe("Account", "Accounts", TO_ITEM, "", &ACCOUNT));
    bench.json(&["recipes", "pause", accounts["id"].as_str().unwrap()]);
    let contacts = make(&bench, &recipe("Contact", "Contacts", TO_ITEM, "", &CONTACT));
    let beta = account(&bench, "Beta").await;
    contact(&bench, "Ben", &beta).await;
    // Its account cannot come while the recipe of accounts is paused: it waits, and that is no error.
    let row = bench.until("waiting", |bench| {
        Some(shown(bench, &contacts)).filter(|row| {
            row["waiting"].as_u64() >= Some(1) && row["waits"][0]["record"] == "Ben" || row["waiting"] == 2
        })
    });
    assert!(
        row["waits"].as_array().unwrap().iter().any(|wait| wait["record"] == "Ben"
            && wait["field"] == "AccountId"
            && wait["parent"] == *beta
            && wait["blocked"] == true),
        "{row}"
    );
    assert_eq!(bench.status()["errors"]["open"], 0);
    assert!(!related(&bench, "Contacts", "company").await.contains_key("Ben"));
    bench.json(&["recipes", "resume", accounts["id"].as_str().unwrap()]);
    bench.in_step();
    let (items, parents) =
        (related(&bench, "Contacts", "company").await, related(&bench, "Accounts", "above").await);
    for (child, parent) in [("Ana", "Acme"), ("Ben", "Beta")] {
        assert_eq!(items[child].1, [parents[parent].0.clone()], "{child}");
    }
    let cells = bench.cells("Contacts", &["account", "record"]).await;
    let ana = cells.iter().find(|row| row["name"] == "Ana").unwrap();
    assert_eq!(ana["account"], "Acme");
    let address = format!("{}/{acme}", bench.endpoint("/salesforce/instance_url"));
    assert!(ana["record"].contains(&address), "{ana:?}");
    assert_eq!(shown(&bench, &contacts)["waiting"], 0);
    // Nothing is written once all is told.
    let changes = || async {
        let state = bench.control("GET", "/state", Value::Null).await;
        let told = &state["systems"]["monday"]["calls"]["endpoints"];
        told.as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| name.contains("change_"))
            .map(|(_, count)| count.as_u64().unwrap())
            .sum::<u64>()
    };
    let before = changes().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(changes().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relation_is_told_both_ways() {
    let bench = bench_of().await;
    let _engine = bench.serve();
    bench.connect();
    let acme = account(&bench, "Acme").await;
    let beta = account(&bench, "Beta").await;
    let ana = contact(&bench, "Ana", &acme).await;
    make(&bench, &recipe("Account", "Accounts", PAIR, "", &ACCOUNT));
    make(&bench, &recipe("Contact", "Contacts", PAIR, "", &BOTH));
    bench.until("told", |bench| {
        let done = bench.status()["in_step"] == true;
        done.then_some(())
    });
    let items = related(&bench, "Contacts", "company").await;
    let parents = related(&bench, "Accounts", "above").await;
    assert_eq!(items["Ana"].1, [parents["Acme"].0.clone()]);
    // On the board another company is chosen, and the contact follows.
    let put = |id: &str, item: &str| json!({ "update": [{ "id": id, "company": { "item_ids": [item] } }] });
    edit(&bench, "monday", "Contacts", put(&items["Ana"].0, &parents["Beta"].0)).await;
    let account_of = async |id: &str| {
        bench.soql(&format!("SELECT AccountId FROM Contact WHERE Id = '{id}'")).await[0]["AccountId"].clone()
    };
    bench.until_some("re-parented", async || (account_of(&ana).await == *beta).then_some(())).await;
    // An item of a new company: the account is made first, then the contact that points to it.
    let gamma =
        edit(&bench, "monday", "Accounts", json!({ "create": [{ "name": "Gamma" }] })).await.remove(0);
    let row = json!({ "name": "Gil", "company": { "item_ids": [gamma] } });
    edit(&bench, "monday", "Contacts", json!({ "create": [row] })).await;
    let gil = bench.until_some("made", async || {
        let rows = bench.soql("SELECT Id, Account.Name FROM Contact WHERE LastName = 'Gil'").await;
        rows.first().filter(|row| row["Account"]["Name"] == "Gamma").cloned()
    });
    gil.await;
    // And cleared again.
    edit(&bench, "monday", "Contacts", json!({ "update": [{ "id": items["Ana"].0, "company": null }] }))
        .await;
    bench.until_some("cleared", async || account_of(&ana).await.is_null().then_some(())).await;
    bench.in_step();
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_points_in_a_circle_or_to_nobody_goes_without_first() {
    let bench = bench_of().await;
    let _engine = bench.serve();
    bench.connect();
    let north = account(&bench, "North").await;
    let south = account(&bench, "South").await;
    let point = |id: &str, to: &str| json!({ "update": [{ "Id": id, "ParentId": to }] });
    edit(&bench, "salesforce", "Account", point(&north, &south)).await;
    edit(&bench, "salesforce", "Account", point(&south, &north)).await;
    let outside = account(&bench, "Outside").await;
    contact(&bench, "Olga", &outside).await;
    let lines = [("Name", "name"), ("ParentId", "above")];
    make(&bench, &recipe("Account", "Accounts", TO_ITEM, "where = \"Name != 'Outside'\"", &lines));
    make(&bench, &recipe("Contact", "Contacts", TO_ITEM, "", &BOTH));
    bench.until("all made", |bench| Some(bench.status()).filter(|status| status["in_step"] == true));
    let accounts = related(&bench, "Accounts", "above").await;
    assert_eq!(accounts["North"].1, [accounts["South"].0.clone()]);
    assert_eq!(accounts["South"].1, [accounts["North"].0.clone()]);
    // Whose account no recipe takes in has none on the board, and that is told.
    let contacts = related(&bench, "Contacts", "company").await;
    assert_eq!(contacts["Olga"].1, Vec::<String>::new());
    let ledger = String::from_utf8(bench.run(&["activity", "--json", "--limit", "50"]).stdout).unwrap();
    let olga = ledger.lines().find(|line| line.contains("Olga")).unwrap();
    assert!(olga.contains("PARENT_MISSING"), "{olga}");
    // Once it is taken in after all, the reference follows.
    edit(&bench, "salesforce", "Account", json!({ "update": [{ "Id": outside, "Name": "Inside" }] })).await;
    bench
        .until_some("pointing", async || {
            let inside = related(&bench, "Accounts", "above").await.get("Inside").map(|row| row.0.clone());
            let olga = related(&bench, "Contacts", "company").await["Olga"].1.clone();
            inside.filter(|inside| olga == [inside.clone()])
        })
        .await;
}

const SHOWN: [(&str, &str); 2] = [("LastName", "name"), ("AccountId", "account")];

/// Returns what the items of contacts show as their account, by name.
async fn accounts_shown(bench: &Bench) -> BTreeMap<String, String> {
    let cells = bench.cells("Contacts", &["account"]).await;
    cells.into_iter().map(|mut row| (row.remove("name").unwrap(), row.remove("account").unwrap())).collect()
}

async fn until_shown(bench: &Bench, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, String> =
        expected.iter().map(|(name, account)| ((*name).to_owned(), (*account).to_owned())).collect();
    bench.until_some("shown", async || (accounts_shown(bench).await == expected).then_some(())).await;
}

async fn rename(bench: &Bench, account: &str, name: &str) {
    edit(bench, "salesforce", "Account", json!({ "update": [{ "Id": account, "Name": name }] })).await;
}

/// Calls to Salesforce by endpoint, as the sandbox counted them.
async fn calls(bench: &Bench) -> BTreeMap<String, u64> {
    let state = bench.control("GET", "/state", Value::Null).await;
    let told = state["systems"]["salesforce"]["calls"]["endpoints"].as_object().unwrap().clone();
    told.into_iter().map(|(name, count)| (name, count.as_u64().unwrap())).collect()
}

/// A contact's account as text: the account's new name arrives although nothing about the contact has changed, and
/// asking for it costs no call of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_account_reaches_the_contacts_that_show_its_name() {
    let bench = bench_of().await;
    let _engine = bench.serve();
    bench.connect();
    let (acme, beta) = (account(&bench, "Acme").await, account(&bench, "Beta").await);
    for (name, of) in [("Ana", &acme), ("Ben", &acme), ("Bo", &beta)] {
        contact(&bench, name, of).await;
    }
    make(&bench, &recipe("Contact", "Contacts", TO_ITEM, "", &SHOWN));
    bench.in_step();
    until_shown(&bench, &[("Ana", "Acme"), ("Ben", "Acme"), ("Bo", "Beta")]).await;
    let stamps = || bench.soql("SELECT Id, SystemModstamp FROM Contact ORDER BY Id");
    let before = stamps().await;
    rename(&bench, &acme, "Acme & Sons").await;
    until_shown(&bench, &[("Ana", "Acme & Sons"), ("Ben", "Acme & Sons"), ("Bo", "Beta")]).await;
    assert_eq!(stamps().await, before, "the contacts themselves are as they were");
    bench.in_step();
    // A rename while nobody looks is found afterwards.
    let id = bench.json(&["recipes", "list"])[0]["id"].as_str().unwrap().to_owned();
    bench.json(&["recipes", "pause", &id]);
    rename(&bench, &beta, "Beta GmbH").await;
    bench.json(&["recipes", "resume", &id]);
    until_shown(&bench, &[("Ana", "Acme & Sons"), ("Ben", "Acme & Sons"), ("Bo", "Beta GmbH")]).await;
    bench.in_step();
    // Both questions go in one call, and what is the same is not written again.
    let began = Instant::now();
    let (asked, updated) = (calls(&bench).await, bench.status()["objects"][0]["updated"].clone());
    let more = bench
        .until_some("three looks", async || {
            let now = calls(&bench).await;
            let more =
                now.into_iter().map(|(name, count)| (count - asked.get(&name).copied().unwrap_or(0), name));
            let more: Vec<(u64, String)> = more.filter(|(more, _)| *more > 0).collect();
            more.iter().any(|(more, _)| *more >= 3).then_some(more)
        })
        .await;
    // A look a second, and one more where it falls so.
    let most = began.elapsed().as_secs() + 2;
    assert!(
        matches!(more.as_slice(), [(count, name)] if *count <= most && name.contains("composite")),
        "{more:?}"
    );
    assert_eq!(bench.status()["objects"][0]["updated"], updated);
}

/// Where changes are heard, those of the account are heard too: nobody looks for hours.
#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_account_is_heard() {
    let bench = bench_of().await;
    let _engine = bench.serve();
    bench.connect_hearing("");
    let acme = account(&bench, "Acme").await;
    contact(&bench, "Ana", &acme).await;
    make(&bench, &recipe("Contact", "Contacts", TO_ITEM, "", &SHOWN).replace("\"1s\"", "\"1h\""));
    bench.in_step();
    bench.until("heard", |bench| {
        (bench.json(&["connections", "show", "sf"])["hearing"] == "events").then_some(())
    });
    // A look follows on it.
    let any = |call: &Value| call["system"] == "salesforce";
    bench.silent_for(Duration::from_secs(1), any).await;
    rename(&bench, &acme, "Heard").await;
    until_shown(&bench, &[("Ana", "Heard")]).await;
    // Silence costs nothing.
    bench.silent_for(Duration::from_secs(2), any).await;
}
