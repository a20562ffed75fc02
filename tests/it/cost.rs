//! What the work costs in API calls, exactly.

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};

/// Returns how many requests a system has answered.
async fn total(bench: &Bench, system: &str) -> u64 {
    let state = bench.control("GET", "/state", Value::Null).await;
    state.pointer(&format!("/systems/{system}/calls/total")).and_then(Value::as_u64).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_writes_to_monday_and_the_reading_before_them() {
    let bench = Bench::start(1_000);
    let _engine = bench.serve();
    bench.connect();
    let before = (total(&bench, "salesforce").await, total(&bench, "monday").await);
    // No pass but the first: what is counted is the load alone.
    let path = bench.file("leads.toml", &LEADS.replace("every = \"1s\"", "every = \"1h\""));
    let recipe = bench.json(&["recipes", "create", "--file", path.to_str().unwrap()])[0]["id"].clone();
    bench.in_step();
    let loaded = (total(&bench, "salesforce").await, total(&bench, "monday").await);
    assert_eq!(bench.items("Leads").await.len(), 1_000);
    // Describing the object, reading one page of 1,000 rows, and the pass after it. On the board 50 mutations go into
    // a request; the other four look for the board by its title and for the column of the key.
    assert_eq!((loaded.0 - before.0, loaded.1 - before.1), (3, 24), "the first load");

    let ids = bench.soql("SELECT Id FROM Lead").await;
    let edits: Vec<Value> = ids.iter().map(|row| json!({ "Id": row["Id"], "Title": "Changed" })).collect();
    bench.control("POST", "/salesforce/records/Lead", json!({ "update": edits })).await;
    let before = (total(&bench, "salesforce").await, total(&bench, "monday").await);
    let output = bench.run(&["recipes", "run", recipe.as_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    bench.until("carried", |bench| (bench.status()["objects"][0]["updated"] == 1_000).then_some(()));
    let after = (total(&bench, "salesforce").await, total(&bench, "monday").await);
    assert_eq!((after.0 - before.0, after.1 - before.1), (1, 20), "1,000 changed records");
}
