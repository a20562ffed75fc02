//! Owners on both sides, with the real binary: users are linked, and an owner is told by way of the link.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, PATIENCE};

/// The pair that comes with the program, with the owner.
fn pair(more: &str) -> String {
    let text = include_str!("../../config/recipes/two-way-item.toml")
        .replace("every = \"1s\"", &format!("every = \"1s\"\n{more}"));
    format!("{text}\n[[map]]\nsalesforce = \"OwnerId\"\ntarget = \"owner\"\n")
}

async fn edit(bench: &Bench, system: &str, edits: Value) {
    let object = if system == "salesforce" { "Lead" } else { "Leads" };
    bench.control("POST", &format!("/{system}/records/{object}"), edits).await;
}

async fn user(bench: &Bench, name: &str) -> String {
    let rows = bench.soql(&format!("SELECT Id FROM User WHERE Username = '{name}'")).await;
    rows[0]["Id"].as_str().unwrap().to_owned()
}

async fn colleague(bench: &Bench, email: &str) -> String {
    let found = bench.graphql(&format!("{{ users(emails: [\"{email}\"]) {{ id }} }}")).await;
    found["users"][0]["id"].as_str().unwrap().to_owned()
}

/// Waits until the board names somebody as the owner of the only item.
async fn owner_is(bench: &Bench, name: &str) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let cells = bench.cells("Leads", &["owner"]).await;
        if cells.len() == 1 && cells[0]["owner"] == name {
            return;
        }
        assert!(Instant::now() < deadline, "never {name}: {cells:?} {}", bench.json(&["errors", "list"]));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until Salesforce names somebody as the owner of the only lead.
async fn lead_owner_is(bench: &Bench, id: &str) {
    let deadline = Instant::now() + PATIENCE;
    while bench.soql("SELECT OwnerId FROM Lead").await[0]["OwnerId"] != id {
        assert!(Instant::now() < deadline, "never {id}: {}", bench.json(&["errors", "list"]));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn rows(bench: &Bench, by: &str) -> Vec<String> {
    let users = bench.json(&["users", "list"]);
    let mut names: Vec<String> = users
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["by"] == by)
        .map(|row| format!("{} = {}", row["email"].as_str().unwrap(), row["target_name"].as_str().unwrap()))
        .collect();
    names.sort();
    names
}

async fn bench(owner: &str) -> (Bench, String) {
    let bench = Bench::start(1);
    let lead = bench.soql("SELECT Id FROM Lead").await[0]["Id"].as_str().unwrap().to_owned();
    let owner = user(&bench, owner).await;
    edit(&bench, "salesforce", json!({ "update": [{ "Id": lead, "OwnerId": owner }] })).await;
    (bench, lead)
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_are_told_both_ways_by_their_links() {
    let (bench, lead) = bench("jlee@acme.example").await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("pair.toml", &pair(""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    // Linked when the recipe was made: by e-mail, and nobody else is unique.
    assert_eq!(
        rows(&bench, "email"),
        ["jlee@acme.example = Jin Lee", "svc-sync@acme.example = Sync Service"]
    );
    owner_is(&bench, "Jin Lee").await;
    bench.in_step();

    // Somebody without a link: the default owner, said in the ledger, and no error.
    let chloe = user(&bench, "chloe.martin@acme.example").await;
    edit(&bench, "salesforce", json!({ "update": [{ "Id": lead, "OwnerId": chloe }] })).await;
    owner_is(&bench, "Sync Service").await;
    bench.in_step();
    assert_eq!(bench.soql("SELECT OwnerId FROM Lead").await[0]["OwnerId"], chloe, "it came back");
    assert_eq!(bench.status()["errors"]["open"], 0);
    let ledger = String::from_utf8(bench.run(&["activity", "--json"]).stdout).unwrap();
    assert!(ledger.contains("OWNER_DEFAULT"), "{ledger}");

    // Linked by hand, the records follow by themselves.
    let rows_now = bench.json(&["users", "link", "chloe.martin@acme.example", "zoe@acme.example"]);
    assert!(
        rows_now.as_array().unwrap().iter().any(|row| row["by"] == "hand" && row["salesforce_id"] == *chloe)
    );
    owner_is(&bench, "Zoë Müller").await;

    // And back: somebody else is chosen on the board.
    let jin = colleague(&bench, "jlee@acme.example").await;
    let item = bench.cells("Leads", &[]).await[0]["id"].clone();
    let people = json!({ "personsAndTeams": [{ "id": jin.parse::<u64>().unwrap(), "kind": "person" }] });
    edit(&bench, "monday", json!({ "update": [{ "id": item, "owner": people }] })).await;
    lead_owner_is(&bench, &user(&bench, "jlee@acme.example").await).await;
    bench.in_step();

    let output = bench.run(&["users", "unlink", "jlee@acme.example"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(rows(&bench, "email"), ["svc-sync@acme.example = Sync Service"]);
    // Nobody is taken away from a record because a link ended; only the next change meets the default owner.
    bench.in_step();
    owner_is(&bench, "Jin Lee").await;
    let matched = bench.json(&["users", "match", "--by", "email"]);
    assert!(
        matched
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["email"] == "jlee@acme.example" && row["by"] == "email")
    );
    owner_is(&bench, "Jin Lee").await;
    bench.in_step();
    assert_eq!(bench.status()["errors"]["open"], 0, "{}", bench.json(&["errors", "list"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_default_owner_and_who_has_left() {
    let (bench, lead) = bench("chloe.martin@acme.example").await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("pair.toml", &pair("default_owner = \"jlee@acme.example\""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    owner_is(&bench, "Jin Lee").await;
    bench.in_step();
    assert_eq!(
        bench.soql("SELECT OwnerId FROM Lead").await[0]["OwnerId"],
        user(&bench, "chloe.martin@acme.example").await.as_str()
    );
    // Nobody links a user who has left, and an item of nobody's makes a record of the default owner's.
    let output = bench.run(&["users", "link", "gone@acme.example", "zoe@acme.example"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    edit(&bench, "monday", json!({ "create": [{ "name": "Fresh", "company": "F" }] })).await;
    let jlee = user(&bench, "jlee@acme.example").await;
    let deadline = Instant::now() + PATIENCE;
    loop {
        let rows = bench.soql("SELECT OwnerId FROM Lead WHERE LastName = 'Fresh'").await;
        if let Some(row) = rows.first() {
            assert_eq!(row["OwnerId"], jlee);
            break;
        }
        assert!(Instant::now() < deadline, "never made: {}", bench.json(&["errors", "list"]));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    edit(&bench, "salesforce", json!({ "delete": [lead] })).await;
    bench.in_step();
    assert_eq!(bench.status()["errors"]["open"], 0);
}
