//! What is shown of a monday account, with the real binary.

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};

fn monday(rows: &Value, key: &str) -> Value {
    let row = rows.as_array().unwrap().iter().find(|row| row[key] == "monday");
    row.unwrap_or_else(|| panic!("{rows}")).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_its_plan_and_the_state_of_its_api_are_shown() {
    let bench = Bench::start(1);
    let _engine = bench.serve();
    bench.connect();
    let known = |row: &Value| {
        ["org_name", "slug", "edition", "user", "api_version", "api_answers", "api_state"]
            .map(|key| row[key].clone())
    };
    let row = bench.json(&["connections", "show", "monday"]);
    let asked = row["api_version"].clone();
    let expected =
        [json!("Acme"), json!("acme"), json!("enterprise"), json!("Sync Service"), asked.clone(), asked];
    assert_eq!(known(&row)[..6], expected, "{row}");
    assert_eq!(row["api_state"], "current", "{row}");
    assert_eq!(known(&bench.json(&["connections", "check", "monday"])), known(&row));

    // A version that is no more is answered all the same, in another one, and that is said.
    let text = format!(
        "id = \"old\"\nsystem = \"monday\"\nurl = \"{}\"\ntoken = {{ env = \"MONDAY_TOKEN\" }}\napi_version = \"2024-01\"\n",
        bench.endpoint("/monday/url"),
    );
    let path = bench.file("old.toml", &text);
    let row = bench.json(&["connections", "add", "--file", path.to_str().unwrap()]);
    assert_eq!((&row["state"], &row["api_state"]), (&json!("valid"), &json!("deprecated")), "{row}");
    assert_ne!(row["api_answers"], "2024-01", "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_counted_against_the_days_calls_of_the_plan() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("leads.toml", &LEADS.replace("every = \"1s\"", "every = \"1h\""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.in_step();
    let told = async || {
        let state = bench.control("GET", "/state", Value::Null).await;
        state.pointer("/systems/monday/calls/total").and_then(Value::as_u64)
    };
    let shown = || monday(&bench.json(&["limits"])["api"], "connection");
    bench
        .until_some("the calls that monday has counted", async || {
            let row = shown();
            assert_eq!(row["org_limit_24h"], 25_000, "{row}");
            (row["org_used_24h"].as_u64() == told().await).then_some(())
        })
        .await;
}

const WIDE: &str = r#"
name = "Leads with columns of their own"
template = "record-to-item"
salesforce = "sf"
target = "monday"
object = "Lead"
container = "Leads"
every = "1s"
create_missing_columns = true

[[map]]
salesforce = "Name"
target = "name"

[[map]]
salesforce = "LeadSource"
target = "lead_origin"

[[map]]
salesforce = "NumberOfEmployees"
target = "head_count"

[[map]]
salesforce = "Description"
target = "story"
"#;

/// Returns the types of the columns that the recipe above wants.
async fn kinds(bench: &Bench) -> Value {
    let board = bench.endpoint("/monday/boards/Leads");
    let query = format!(
        "{{ boards(ids: [{board}]) {{ columns(ids: [\"lead_origin\", \"head_count\", \"story\"]) {{ id type }} }} }}"
    );
    bench.graphql(&query).await["boards"][0]["columns"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_columns_are_made_with_the_recipe_that_asks_for_it() {
    let bench = Bench::start(2);
    let _engine = bench.serve();
    bench.connect();
    let create = |text: &str, more: &[&str]| {
        let path = bench.file("wide.toml", text);
        let path = path.to_str().unwrap();
        bench.run(&[&["recipes", "create", "--file", path, "--json"], more].concat())
    };
    let refused = create(&WIDE.replace("create_missing_columns = true", ""), &[]);
    assert!(!refused.status.success(), "{refused:?}");
    // One that has another mistake makes nothing, and a rehearsal does not either.
    assert!(!create(&WIDE.replace("LeadSource", "LeadSauce"), &[]).status.success());
    assert!(create(WIDE, &["--dry-run"]).status.success());
    assert_eq!(kinds(&bench).await, json!([]));

    let made = create(WIDE, &[]);
    assert!(made.status.success(), "{made:?}");
    let expected = json!([
        { "id": "lead_origin", "type": "status" },
        { "id": "head_count", "type": "numbers" },
        { "id": "story", "type": "long_text" },
    ]);
    assert_eq!(kinds(&bench).await, expected);
    let lead = bench.soql("SELECT Id FROM Lead").await[0]["Id"].clone();
    let edit = json!({ "update": [{ "Id": lead, "NumberOfEmployees": 4711, "Description": "Told" }] });
    bench.control("POST", "/salesforce/records/Lead", edit).await;
    bench
        .until_some("the new columns filled", async || {
            let cells = bench.cells("Leads", &["head_count", "story"]).await;
            cells.iter().any(|row| row["head_count"] == "4711" && row["story"] == "Told").then_some(())
        })
        .await;
    assert_eq!(bench.in_step()["errors"]["open"], 0);
}
