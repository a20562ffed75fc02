//! What work costs in calls to Salesforce, counted by the sandbox.

use serde_json::{Value, json};

use crate::support::Bench;

/// Returns the paths of the calls to Salesforce's data API since call number `since`.
async fn paths(bench: &Bench, since: u64) -> Vec<String> {
    let calls = bench.control("GET", &format!("/calls?since={since}"), Value::Null).await;
    let data = |row: &&Value| {
        row["system"] == "salesforce" && row["path"].as_str().unwrap().contains("/services/data")
    };
    let rows = calls.as_array().unwrap().iter().filter(data);
    rows.map(|row| format!("{} {}", row["method"].as_str().unwrap(), row["path"].as_str().unwrap())).collect()
}

async fn last_call(bench: &Bench) -> u64 {
    let calls = bench.control("GET", "/calls?since=0", Value::Null).await;
    calls.as_array().unwrap().iter().filter_map(|row| row["n"].as_u64()).max().unwrap_or(0)
}

/// A recipe whose first load reads all leads and whose condition takes in none of them: only reading is measured.
fn reading_recipe() -> String {
    crate::support::LEADS
        .replace("every = \"1s\"", "every = \"1h\"")
        .replace("container = \"Leads\"", "container = \"Leads\"\nwhere = \"LastName = 'nobody at all'\"")
}

/// Waits until the first load is over.
fn loaded(bench: &Bench) {
    bench.until("a run", |bench| {
        Some(()).filter(|()| bench.json(&["recipes", "list"])[0]["last_run_at"].is_string())
    });
    bench.in_step();
}

async fn first_load(bench: &Bench) -> Vec<String> {
    let path = bench.file("reading.toml", &reading_recipe());
    let before = last_call(bench).await;
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    loaded(bench);
    let all = paths(bench, before).await;
    // The check of the recipe describes the object; the first poll after the load asks with a condition.
    let of_load = |path: &&String| !path.contains("/describe") && !path.contains("WHERE");
    all.iter().filter(of_load).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_records_are_read_in_a_few_calls_by_a_bulk_job() {
    let bench = Bench::start(60_000);
    let _engine = bench.serve();
    bench.connect();
    let calls = first_load(&bench).await;
    assert!(calls.len() <= 6, "{} calls: {calls:#?}", calls.len());
    assert_eq!(
        calls.iter().filter(|path| path.starts_with("POST") && path.contains("jobs/query")).count(),
        1
    );
    // A condition on the text shows whether all rows came through: one lead is made to fit.
    let lead = bench.soql("SELECT Id FROM Lead ORDER BY SystemModstamp DESC LIMIT 1").await[0]["Id"].clone();
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "update": [{ "Id": lead, "LastName": "nobody at all" }] }),
        )
        .await;
    bench.json(&["recipes", "run", "r1"]);
    bench.until("the lead that fits now", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 1)
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_job_that_is_refused_costs_nothing_but_calls() {
    let bench = Bench::start(24_000);
    let _engine = bench.serve();
    bench.connect();
    let refused = json!({ "id": "no-bulk", "match": { "system": "salesforce", "path_regex": "jobs/query", "method": "POST" },
                          "effect": { "kind": "status", "status": 403, "code": "FUNCTIONALITY_NOT_ENABLED" } });
    bench.control("POST", "/faults", json!([refused])).await;
    let calls = first_load(&bench).await;
    let pages = calls.iter().filter(|path| path.contains("/query") && !path.contains("jobs")).count();
    assert_eq!(pages, 12, "a page of 2,000 costs a call: {calls:#?}");
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_changes_cost_one_page() {
    let bench = Bench::start(1_000);
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("reading.toml", &reading_recipe());
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    loaded(&bench);
    let leads = bench.soql("SELECT Id FROM Lead LIMIT 1000").await;
    let update: Vec<Value> =
        leads.iter().map(|lead| json!({ "Id": lead["Id"], "Title": "Changed" })).collect();
    bench.control("POST", "/salesforce/records/Lead", json!({ "update": update })).await;
    let before = last_call(&bench).await;
    bench.json(&["recipes", "run", "r1"]);
    bench.until("a call", |_| {
        let calls =
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(paths(&bench, before)));
        (!calls.is_empty()).then_some(())
    });
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let calls = paths(&bench, before).await;
    assert!(calls.len() <= 2, "{calls:#?}");
}
