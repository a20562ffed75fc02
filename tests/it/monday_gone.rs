//! What is gone holds the recipes that need it, and only those, with the real binary.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, LEADS, PATIENCE};

fn row(bench: &Bench, name: &str) -> Value {
    let rows = bench.json(&["recipes", "list"]);
    rows.as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == name)
        .unwrap_or_else(|| panic!("{rows}"))
        .clone()
}

/// Waits until a recipe is in a state for a reason.
fn stands(bench: &Bench, name: &str, state: &str, reason: &Value) -> Value {
    bench.until(&format!("{name} {state} {reason}"), |bench| {
        Some(row(bench, name)).filter(|row| row["state"] == state && row["reason"] == *reason)
    })
}

fn create(bench: &Bench, text: &str) {
    let path = bench.file("recipe.toml", text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
}

async fn rename(bench: &Bench, object: &str, name: &str) {
    let field = if object == "Lead" { "Company" } else { "Title" };
    let rows = bench.soql(&format!("SELECT Id FROM {object}")).await;
    let edits: Vec<Value> = rows.iter().map(|row| json!({ "Id": row["Id"], field: name })).collect();
    bench.control("POST", &format!("/salesforce/records/{object}"), json!({ "update": edits })).await;
}

/// Waits until every item of a board tells this in a column.
async fn tells(bench: &Bench, board: &str, column: &str, text: &str) {
    let all = async || {
        let cells = bench.cells(board, &[column]).await;
        (!cells.is_empty() && cells.iter().all(|row| row[column] == text)).then_some(())
    };
    bench.until_some(&format!("{text} in {board}"), all).await;
}

/// Leads again, to another board and without their title.
const UNTITLED: &str = r#"
name = "Without the title"
template = "record-to-item"
salesforce = "sf"
target = "monday"
object = "Lead"
container = "Contacts"
every = "1s"

[[map]]
salesforce = "Name"
target = "name"

[[map]]
salesforce = "Company"
target = "account"
"#;

/// How many calls monday has answered.
async fn calls(bench: &Bench) -> u64 {
    let state = bench.control("GET", "/state", Value::Null).await;
    state.pointer("/systems/monday/calls/total").and_then(Value::as_u64).unwrap()
}

const CONTACTS: &str = r#"
name = "Contacts"
template = "record-to-item"
salesforce = "sf"
target = "monday"
object = "Contact"
container = "Contacts"
every = "1s"

[[map]]
salesforce = "LastName"
target = "name"

[[map]]
salesforce = "Title"
target = "title"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_board_holds_its_own_recipe_until_it_is_restored() {
    let bench = Bench::start(60);
    let _engine = bench.serve();
    bench.connect();
    create(&bench, LEADS);
    create(&bench, CONTACTS);
    bench.in_step();

    let board = bench.endpoint("/monday/boards/Leads").to_owned();
    bench.control("POST", "/monday/boards", json!({ &board: "archived" })).await;
    rename(&bench, "Lead", "Held").await;
    rename(&bench, "Contact", "Through").await;
    let held = stands(&bench, "Leads to the board", "suspended", &json!("container_gone"));
    assert_eq!(held["missing"], "Leads");
    assert_eq!(held["unused"], json!(["container_gone"]));
    assert_eq!(held["proposed"], false, "a suspended recipe is listed and never proposed");
    tells(&bench, "Contacts", "title", "Through").await;

    // One cause that says what to do, and no error of any record.
    let status = bench.status();
    assert_eq!(status["errors"]["open"], 0, "{status}");
    let alerts = status["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1, "{status}");
    let title = alerts[0]["title"].as_str().unwrap();
    assert!(title.contains("Leads") && alerts[0]["fix"].as_str().unwrap().contains("restored"), "{status}");
    assert!(status["connections"].as_array().unwrap().iter().all(|row| row["state"] == "valid"), "{status}");

    // No storm: about one look in an interval, which is a second here.
    let (began, before) = (Instant::now(), calls(&bench).await);
    tokio::time::sleep(Duration::from_secs(3)).await;
    bench.until_some("a look", async || (calls(&bench).await > before).then_some(())).await;
    let (spent, seconds) = (calls(&bench).await - before, began.elapsed().as_secs());
    assert!(spent <= 4 * seconds, "{spent} calls in {seconds} seconds");

    bench.control("POST", "/monday/boards", json!({ &board: "active" })).await;
    stands(&bench, "Leads to the board", "active", &Value::Null);
    tells(&bench, "Leads", "company", "Held").await;
    assert_eq!(bench.in_step()["errors"]["open"], 0);
    assert_eq!(bench.items("Leads").await.len(), 60, "nothing was made twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_field_holds_only_the_recipe_that_uses_it() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    create(&bench, LEADS);
    // The same stream, which asks for the union of both recipes' fields.
    create(&bench, UNTITLED);
    bench.in_step();

    let hide = json!({ "fields": { "Lead.Title": "hidden" } });
    bench.control("POST", "/salesforce/permissions", hide).await;
    let held = stands(&bench, "Leads to the board", "suspended", &json!("field_gone"));
    assert_eq!(held["missing"], "Title");
    rename(&bench, "Lead", "Onwards").await;
    tells(&bench, "Contacts", "account", "Onwards").await;
    assert_eq!(row(&bench, "Without the title")["state"], "active");
    assert_eq!(bench.status()["errors"]["open"], 0);

    let show = json!({ "fields": { "Lead.Title": "edit" } });
    bench.control("POST", "/salesforce/permissions", show).await;
    stands(&bench, "Leads to the board", "active", &Value::Null);
    // What it could not read meanwhile, while the other one read on, is found.
    tells(&bench, "Leads", "company", "Onwards").await;
    bench.in_step();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_column_is_not_read_as_an_emptied_one() {
    let bench = Bench::start(2);
    let _engine = bench.serve();
    bench.connect();
    create(&bench, include_str!("../../config/recipes/two-way-item.toml"));
    bench.in_step();
    let before = bench.soql("SELECT Id, Company FROM Lead ORDER BY Id").await;

    let board = bench.endpoint("/monday/boards/Leads").to_owned();
    bench
        .control("POST", "/monday/columns", json!({ "board": board, "columns": { "company": false } }))
        .await;
    let rows = || bench.json(&["recipes", "list"]);
    let both = |state: &str| {
        bench.until(state, |_| {
            let rows = rows();
            rows.as_array().unwrap().iter().all(|row| row["state"] == state).then_some(rows)
        })
    };
    let held = both("suspended");
    assert!(held.as_array().unwrap().iter().all(|row| row["missing"] == "company"), "{held}");
    let item = bench.cells("Leads", &[]).await[0]["id"].clone();
    let edit = json!({ "update": [{ "id": item, "name": "Another" }] });
    bench.control("POST", "/monday/records/Leads", edit).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(bench.soql("SELECT Id, Company FROM Lead ORDER BY Id").await, before, "read as empty");

    bench.control("POST", "/monday/columns", json!({ "board": board, "columns": { "company": true } })).await;
    // A person need not wait for the next look.
    let ids: Vec<String> =
        held.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let args: Vec<&str> = ["recipes", "resume"].into_iter().chain(ids.iter().map(String::as_str)).collect();
    assert!(bench.run(&args).status.success());
    both("active");
    let deadline = Instant::now() + PATIENCE;
    while bench.soql("SELECT LastName FROM Lead").await.iter().all(|row| row["LastName"] != "Another") {
        assert!(Instant::now() < deadline, "never: {}", bench.status());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bench.in_step();
}
