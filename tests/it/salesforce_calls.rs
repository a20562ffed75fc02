//! What work costs in calls to Salesforce, counted by the sandbox.

use serde_json::{Value, json};

use crate::support::Bench;

/// Returns the paths of the calls to Salesforce's data API since call number `since`.
async fn paths(bench: &Bench, since: u64) -> Vec<String> {
    let calls = bench.calls_since(since).await;
    let data = |row: &&Value| {
        row["system"] == "salesforce" && row["path"].as_str().unwrap().contains("/services/data")
    };
    let rows = calls.iter().filter(data);
    rows.map(|row| format!("{} {}", row["method"].as_str().unwrap(), row["path"].as_str().unwrap())).collect()
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
    let before = bench.last_call().await;
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    loaded(bench);
    let all = paths(bench, before).await;
    // The check of the recipe describes the object; the first poll after the load asks with a condition.
    let of_load = |path: &&String| !path.contains("/describe") && !path.contains("WHERE");
    all.iter().filter(of_load).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_records_are_read_in_a_few_calls_by_a_bulk_job() {
    let bench = Bench::start(100_000);
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
    let before = bench.last_call().await;
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

/// The recipe that makes records of items.
fn items_to_leads(every: &str) -> String {
    include_str!("../../config/recipes/two-way-item.toml")
        .replace("two-way-item", "item-to-record")
        .replace("every = \"1s\"", &format!("every = \"{every}\""))
}

/// Returns the calls that wrote leads.
async fn writes(bench: &Bench, since: u64) -> Vec<String> {
    let all = paths(bench, since).await;
    let writes = |path: &&String| path.starts_with("PATCH") && path.contains("composite/sobjects");
    all.iter().filter(writes).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_records_are_made_and_changed_in_five_calls_each() {
    let bench = Bench::start(0);
    let items = (1..=1_000).map(|at| json!({ "name": format!("Item {at}"), "company": "Board Ltd" }));
    let made =
        bench.control("POST", "/monday/records/Leads", json!({ "create": items.collect::<Vec<_>>() })).await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("items.toml", &items_to_leads("1h"));
    let before = bench.last_call().await;
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    loaded(&bench);
    assert_eq!(bench.soql("SELECT Id FROM Lead").await.len(), 1_000);
    let calls = writes(&bench, before).await;
    assert_eq!(calls.len(), 5, "{calls:#?}");

    let ids = made["created"].as_array().unwrap_or_else(|| panic!("{made}"));
    let edits: Vec<Value> = ids.iter().map(|id| json!({ "id": id, "title": "Changed" })).collect();
    bench.control("POST", "/monday/records/Leads", json!({ "update": edits })).await;
    let before = bench.last_call().await;
    bench.json(&["recipes", "run", "r1"]);
    bench.until("carried", |bench| (bench.status()["objects"][0]["updated"] == 1_000).then_some(()));
    let calls = writes(&bench, before).await;
    assert_eq!(calls.len(), 5, "{calls:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_refused_for_good_costs_one_call_until_it_changes_or_a_person_asks() {
    let bench = Bench::start(0);
    // A last name has at most 80 characters; an item's name has more.
    let item = json!({ "name": "x".repeat(100), "company": "Board Ltd" });
    let made = bench.control("POST", "/monday/records/Leads", json!({ "create": [item] })).await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("items.toml", &items_to_leads("1s"));
    let before = bench.last_call().await;
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.until("refused", |bench| (bench.status()["errors"]["open"] == 1).then_some(()));
    let reads = async || paths(&bench, before).await.len();
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert_eq!(writes(&bench, before).await.len(), 1, "nobody asked: {}", reads().await);

    let retried = bench.run(&["errors", "retry", "--all", "--force", "--yes"]);
    assert!(retried.status.success(), "{retried:?}");
    bench.until_some("a second call", async || (writes(&bench, before).await.len() == 2).then_some(())).await;

    let shorter = json!({ "id": made["created"][0], "name": "y".repeat(90) });
    bench.control("POST", "/monday/records/Leads", json!({ "update": [shorter] })).await;
    bench.until_some("a third call", async || (writes(&bench, before).await.len() == 3).then_some(())).await;
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(writes(&bench, before).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn retries_leave_the_last_calls_to_what_is_new_and_syncs_leave_theirs_to_people() {
    let bench = Bench::start(0);
    let item = |name: &str| json!({ "create": [{ "name": name, "company": "Board Ltd" }] });
    bench.control("POST", "/monday/records/Leads", item("First")).await;
    let _engine = bench.serve();
    bench.connect();
    let lock = json!({ "id": "locked", "match": { "system": "salesforce", "path_regex": "composite/sobjects", "first": 1 },
                       "effect": { "kind": "lock" } });
    bench.control("POST", "/faults", json!([lock])).await;
    let limit = json!({ "daily_api_requests": { "max": 10_000, "remaining": 1_300 } });
    bench.control("POST", "/salesforce/limits", limit).await;
    let path = bench.file("items.toml", &items_to_leads("1s"));
    let before = bench.last_call().await;
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.until_some("the first try", async || (writes(&bench, before).await.len() == 1).then_some(())).await;
    bench.control("POST", "/monday/records/Leads", item("Second")).await;
    bench.until("what is new", |bench| (bench.status()["objects"][0]["created"] == 1).then_some(()));
    std::thread::sleep(std::time::Duration::from_secs(6));
    assert_eq!(writes(&bench, before).await.len(), 2, "87 % are used: nothing is tried again by itself");
    assert_eq!(bench.soql("SELECT LastName FROM Lead").await[0]["LastName"], "Second");

    bench.json(&["connections", "set", "sf", "--retries-to", "89"]);
    bench.until("the retry", |bench| (bench.status()["objects"][0]["created"] == 2).then_some(()));

    // Below what is used, syncs wait as well; a person's test still goes through.
    let row = bench.json(&["connections", "set", "sf", "--syncs-to", "80"]);
    assert_eq!((&row[0]["api"]["retries_to"], &row[0]["api"]["syncs_to"]), (&json!(89), &json!(80)), "{row}");
    let before = bench.last_call().await;
    bench.control("POST", "/monday/records/Leads", item("Third")).await;
    let row = bench.until("a pause", |bench| {
        Some(bench.json(&["connections", "show", "sf"])).filter(|row| row["state"] == "exhausted")
    });
    assert!(row["api"]["paused_until"].is_string(), "{row}");
    assert_eq!(writes(&bench, before).await.len(), 0);
    assert!(bench.run(&["connections", "check", "sf"]).status.success());
    bench.json(&["connections", "set", "sf", "--syncs-to", "95"]);
    bench.until("the rest", |bench| (bench.status()["objects"][0]["created"] == 3).then_some(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_is_charged_to_what_it_was_made_for_and_the_other_limits_are_told() {
    let bench = Bench::start(0);
    let item = json!({ "create": [{ "name": "First", "company": "Board Ltd" }] });
    bench.control("POST", "/monday/records/Leads", item).await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("items.toml", &items_to_leads("1s"));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.until("a lead", |bench| (bench.status()["objects"][0]["created"] == 1).then_some(()));
    let api = |bench: &Bench, id: &str| {
        let limits = bench.json(&["limits"]);
        limits["api"].as_array().unwrap().iter().find(|row| row["connection"] == id).unwrap().clone()
    };
    // A person looks: that is when the org is asked, and never again within the hour.
    let before = bench.last_call().await;
    let org = api(&bench, "sf");
    let storage = org["org_limits"].as_array().unwrap().iter().find(|row| row["name"] == "DataStorageMB");
    assert_eq!(storage.unwrap()["max"], 10_240, "{org}");
    for _ in 0..3 {
        api(&bench, "sf");
    }
    let asked = paths(&bench, before).await.into_iter().filter(|path| path.ends_with("/limits")).count();
    assert_eq!(asked, 1);

    let calls = |row: &Value, purpose: &str| -> u64 {
        let uses = row["by"].as_array().unwrap().iter().filter(|one| one["purpose"] == purpose);
        uses.map(|one| one["calls"].as_u64().unwrap()).sum()
    };
    let org = bench.until("all are counted", |bench| {
        Some(api(bench, "sf")).filter(|row| calls(row, "write") > 0 && calls(row, "person") > 0)
    });
    let written = org["by"].as_array().unwrap().iter().find(|one| one["purpose"] == "write").unwrap();
    assert_eq!(written["recipe"], "r1", "{org}");
    assert!(written["name"].as_str().is_some_and(|name| !name.is_empty()), "{org}");
    let all: u64 = org["by"].as_array().unwrap().iter().map(|one| one["calls"].as_u64().unwrap()).sum();
    assert_eq!(Some(all), org["used_24h"].as_u64(), "each call once: {org}");
    let boards = api(&bench, "monday");
    assert!(calls(&boards, "look") > 0, "{boards}");
    assert_eq!(calls(&boards, "retry"), 0);
}
