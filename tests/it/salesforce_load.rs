//! First loads to Salesforce: many records in one bulk job, whatever they hold and whoever dies meanwhile.

use std::collections::BTreeMap;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Bench, signal};

const ITEMS: usize = 3_000;

/// What stands in the titles: all that a file of values separated by commas could get wrong.
const TITLES: [&str; 6] =
    ["plain", "a \"quoted\" word", "two\nlines, and a comma", " blanks around ", "#n/a", "=1+1;é 漢字 🎈"];

/// Makes a board of many items; the first has a name that no lead can have.
async fn board() -> Bench {
    let bench = Bench::start(0);
    let item = |at: usize| {
        let name = if at == 0 { "x".repeat(100) } else { format!("Item {at}") };
        json!({ "name": name, "company": "Board Ltd", "title": TITLES[at % TITLES.len()] })
    };
    let items: Vec<Value> = (0..ITEMS).map(item).collect();
    bench.control("POST", "/monday/records/Leads", json!({ "create": items })).await;
    bench
}

fn create(bench: &Bench) {
    let text =
        include_str!("../../config/recipes/two-way-item.toml").replace("two-way-item", "item-to-record");
    let path = bench.file("items.toml", &text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
}

/// Returns the calls to the data API, as method and the end of the path.
async fn calls(bench: &Bench) -> Vec<String> {
    let calls = bench.control("GET", "/calls?since=0", Value::Null).await;
    let data = |row: &&Value| row["path"].as_str().unwrap().contains("/services/data");
    let rows = calls.as_array().unwrap().iter().filter(data);
    rows.map(|row| format!("{} {}", row["method"].as_str().unwrap(), row["path"].as_str().unwrap())).collect()
}

async fn count(bench: &Bench, part: &str) -> usize {
    calls(bench).await.iter().filter(|call| call.contains(part)).count()
}

/// Checks that every item but the first is one lead, with what it holds.
async fn complete(bench: &Bench) {
    bench.until("refused", |bench| (bench.status()["errors"]["open"] == 1).then_some(()));
    bench.in_step();
    let mut leads = BTreeMap::new();
    let mut rows = bench.soql("SELECT LastName, Title FROM Lead WHERE LastName < 'Item 2' ").await;
    rows.extend(bench.soql("SELECT LastName, Title FROM Lead WHERE LastName >= 'Item 2'").await);
    for row in rows {
        let known = leads.insert(row["LastName"].as_str().unwrap().to_owned(), row["Title"].clone());
        assert!(known.is_none(), "{row} is there twice");
    }
    assert_eq!(leads.len(), ITEMS - 1);
    for at in 1..ITEMS {
        let title = leads[&format!("Item {at}")].as_str().unwrap_or_default();
        assert_eq!(title.trim(), TITLES[at % TITLES.len()].trim(), "Item {at}");
    }
    let error = &bench.json(&["errors", "list"])[0];
    assert_eq!(error["code"], "STRING_TOO_LONG", "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_are_made_in_one_job() {
    let bench = board().await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench);
    complete(&bench).await;
    let made = calls(&bench).await;
    assert_eq!(count(&bench, "POST /services/data/v62.0/jobs/ingest").await, 1, "{made:#?}");
    assert_eq!(count(&bench, "composite/sobjects").await, 0, "{made:#?}");
    assert!(count(&bench, "jobs/ingest").await <= 8, "{made:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_refused_is_written_in_collections() {
    let bench = board().await;
    let refused = json!({ "id": "no-bulk", "match": { "system": "salesforce", "path_regex": "jobs/ingest", "method": "POST" },
                          "effect": { "kind": "status", "status": 403, "code": "FUNCTIONALITY_NOT_ENABLED" } });
    bench.control("POST", "/faults", json!([refused])).await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench);
    complete(&bench).await;
    assert_eq!(count(&bench, "composite/sobjects").await, ITEMS.div_ceil(200));
}

/// Waits until a job has its rows and is at work, which takes it `ms`.
async fn at_work(bench: &Bench, ms: u64) {
    bench.control("POST", "/salesforce/settings", json!({ "bulk_ms": ms })).await;
    create(bench);
    bench
        .until_some("a job", async || {
            (count(bench, "PATCH /services/data/v62.0/jobs/ingest").await == 1).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_stops_ends_its_job_and_doubles_nothing() {
    let bench = board().await;
    let mut engine = bench.serve();
    bench.connect();
    at_work(&bench, 600_000).await;
    signal(&engine, Signal::TERM);
    assert!(engine.0.wait().unwrap().success());
    let aborted = calls(&bench).await;
    let states =
        aborted.iter().filter(|call| call.starts_with("PATCH") && call.contains("jobs/ingest")).count();
    assert_eq!(states, 2, "the job is ended: {aborted:#?}");
    let _engine = bench.serve();
    complete(&bench).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_job_did_for_an_engine_that_died_is_looked_up() {
    let bench = board().await;
    let engine = bench.serve();
    bench.connect();
    at_work(&bench, 2_000).await;
    drop(engine);
    let _engine = bench.serve();
    complete(&bench).await;
    assert_eq!(count(&bench, "POST /services/data/v62.0/jobs/ingest").await, 1, "nothing is sent again");
}
