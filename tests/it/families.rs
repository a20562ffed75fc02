//! Parents and the children that wait for them go to Salesforce in one call, each family as a whole or not at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Bench, Process};

/// Accounts, and contacts of each.
const FAMILIES: usize = 6;
const CHILDREN: usize = 5;

fn recipe(object: &str, container: &str, lines: &[(&str, &str)]) -> String {
    let mut text = format!(
        "name = \"{object}s\"\ntemplate = \"item-to-record\"\nsalesforce = \"sf\"\ntarget = \"monday\"\n\
         object = \"{object}\"\ncontainer = \"{container}\"\nevery = \"1s\"\n"
    );
    for (salesforce, target) in lines {
        writeln!(text, "\n[[map]]\nsalesforce = \"{salesforce}\"\ntarget = \"{target}\"").unwrap();
    }
    text
}

/// Items of two boards, of which those of the second point to those of the first and wait for them.
struct Scene {
    bench: Bench,
    _engine: Process,
    accounts: String,
}

impl Scene {
    async fn waiting(contact: impl Fn(usize, usize) -> String) -> Self {
        let bench = Bench::start(1);
        let board = |name: &str| bench.endpoint(&format!("/monday/boards/{name}")).to_owned();
        let defaults = json!(json!({ "boardIds": [board("Accounts")] }).to_string());
        bench
            .graphql(&format!(
                "mutation {{ create_column(board_id: {}, id: \"company\", title: \"company\", \
                 column_type: board_relation, defaults: {defaults}) {{ id }} }}",
                board("Contacts")
            ))
            .await;
        let engine = bench.serve();
        bench.connect();
        let make = |text: &str| {
            let path = bench.file("recipe.toml", text);
            let made = bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
            made[0]["id"].as_str().unwrap().to_owned()
        };
        let accounts = make(&recipe("Account", "Accounts", &[("Name", "name")]));
        bench.json(&["recipes", "pause", &accounts]);
        let contacts =
            make(&recipe("Contact", "Contacts", &[("LastName", "name"), ("AccountId", "company")]));
        let items: Vec<Value> = (0..FAMILIES).map(|at| json!({ "name": format!("Firm {at}") })).collect();
        let firms = bench.control("POST", "/monday/records/Accounts", json!({ "create": items })).await;
        let firms: Vec<Value> = firms["created"].as_array().unwrap().clone();
        let mut items = Vec::new();
        for (at, parent) in firms.iter().enumerate() {
            for child in 0..CHILDREN {
                items.push(json!({ "name": contact(at, child), "company": { "item_ids": [parent] } }));
            }
        }
        bench.control("POST", "/monday/records/Contacts", json!({ "create": items })).await;
        bench.until("waiting", |bench| {
            let row = bench.json(&["recipes", "show", &contacts]);
            (row["waiting"] == FAMILIES * CHILDREN).then_some(())
        });
        Self { bench, _engine: engine, accounts }
    }

    /// Lets the parents come, and waits until all is done.
    fn go(&self) -> Value {
        self.bench.json(&["recipes", "resume", &self.accounts]);
        self.bench.in_step()
    }

    /// Returns how often Salesforce was written, by the way that was taken.
    async fn written(&self) -> BTreeMap<String, u64> {
        let state = self.bench.control("GET", "/state", Value::Null).await;
        let told = state.pointer("/systems/salesforce/calls/endpoints").unwrap().as_object().unwrap();
        let writes = told.iter().filter(|(name, _)| {
            name.contains("composite/graph")
                || (name.contains("composite/sobjects") && !name.starts_with("GET"))
        });
        writes.map(|(name, count)| (name.clone(), count.as_u64().unwrap())).collect()
    }

    /// Returns the names of all contacts that came from items, with those of their accounts.
    async fn made(&self) -> BTreeMap<String, String> {
        let query = "SELECT LastName, Account.Name FROM Contact WHERE Monday_Item_Id__c != null";
        let rows = self.bench.soql(query).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let named: BTreeMap<String, String> =
            rows.iter().map(|row| (text(&row["LastName"]), text(&row["Account"]["Name"]))).collect();
        assert_eq!(named.len(), rows.len(), "a contact was made twice");
        let firms = self.bench.soql("SELECT Name FROM Account WHERE Monday_Item_Id__c != null").await;
        assert_eq!(firms.len(), FAMILIES, "each account once");
        named
    }
}

fn plain(at: usize, child: usize) -> String {
    format!("Child {child} of {at}")
}

fn all(made: &BTreeMap<String, String>) {
    assert_eq!(made.len(), FAMILIES * CHILDREN);
    for (name, account) in made {
        assert_eq!(*account, format!("Firm {}", name.rsplit(' ').next().unwrap()), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parents_and_children_are_made_in_one_call() {
    let scene = Scene::waiting(plain).await;
    let status = scene.go();
    assert_eq!(status["errors"]["open"], 0);
    all(&scene.made().await);
    let once = BTreeMap::from([("POST /composite/graph".to_owned(), 1)]);
    assert_eq!(scene.written().await, once);
    // The reference is known as it was written: nothing is written after it.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(scene.written().await, once);
    let ledger =
        String::from_utf8(scene.bench.run(&["activity", "--json", "--limit", "100"]).stdout).unwrap();
    assert!(!ledger.contains("PARENT_MISSING"), "{ledger}");
    let created = ledger.lines().filter(|line| line.contains("\"created\"") && line.contains("\"ok\""));
    assert_eq!(created.count(), FAMILIES * (CHILDREN + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_without_an_answer_doubles_nobody() {
    let scene = Scene::waiting(plain).await;
    for kind in ["drop_after", "drop_before"] {
        let fault = json!({ "id": kind, "match": { "system": "salesforce", "path_regex": "composite/graph", "first": 1 },
                            "effect": { "kind": kind } });
        scene.bench.control("POST", "/faults", json!([fault])).await;
    }
    let status = scene.go();
    assert_eq!(status["errors"]["open"], 0);
    all(&scene.made().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_refused_keeps_nobody_else_back() {
    // Longer than a last name may be.
    let scene = Scene::waiting(|at, child| match (at, child) {
        (2, 3) => "x".repeat(100),
        _ => plain(at, child),
    })
    .await;
    let status = scene.go();
    assert_eq!(status["errors"]["open"], 1, "{status}");
    let errors = scene.bench.json(&["errors", "list"]);
    assert_eq!((&errors[0]["code"], &errors[0]["object"]), (&json!("STRING_TOO_LONG"), &json!("Contact")));
    let made = scene.made().await;
    assert_eq!(made.len(), FAMILIES * CHILDREN - 1);
    assert!(
        made.iter().all(|(name, account)| account.ends_with(name.rsplit(' ').next().unwrap())),
        "{made:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_takes_no_graphs_gets_parents_first() {
    let scene = Scene::waiting(plain).await;
    let fault = json!({ "id": "none", "match": { "system": "salesforce", "path_regex": "composite/graph" },
                        "effect": { "kind": "status", "status": 404, "code": "NOT_FOUND" } });
    scene.bench.control("POST", "/faults", json!([fault])).await;
    let status = scene.go();
    assert_eq!(status["errors"]["open"], 0);
    all(&scene.made().await);
    let written = scene.written().await;
    assert_eq!(written.get("POST /composite/graph"), Some(&1), "asked once: {written:?}");
}
