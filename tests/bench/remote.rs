//! Figures with the real binary against the sandbox, both as processes of their own.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};
use crate::{at, number};

/// The fields that the recipe's stream reads.
const QUERY: &str = "SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, Name, Company, Title FROM Lead \
                     ORDER BY SystemModstamp, Id";

/// Rows per second of a first load into the store, beside a client that reads the same rows and discards them.
pub(crate) async fn load() {
    let records = number("BENCH_RECORDS", 100_000);
    let bench = Bench::start(u32::try_from(records).unwrap());
    let _engine = bench.serve();
    bench.connect();
    // The board's side waits: what is measured is reading and storing alone.
    let path = bench.file("leads.toml", &LEADS.replace("every = \"1s\"", "every = \"1h\""));
    let began = Instant::now();
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.json(&["connections", "disable", "monday"]);
    let all = u64::try_from(records).unwrap();
    loop {
        let status = bench.status();
        let seen =
            status["backlog"].as_u64().unwrap() + status["objects"][0]["created"].as_u64().unwrap_or(0);
        if seen >= all {
            break;
        }
        assert!(began.elapsed() < Duration::from_mins(10), "{status}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let ours = records as f64 / began.elapsed().as_secs_f64();
    let (paged, bulk) = (raw_pages(&bench, records).await, raw_job(&bench, records).await);
    println!("first load of {records} records into the store: {ours:.0} rows/s");
    println!("  raw, in pages and discarded:    {paged:.0} rows/s; ratio {:.2}", ours / paged);
    println!("  raw, by a job and discarded:    {bulk:.0} rows/s; ratio {:.2}", ours / bulk);
}

async fn get(bench: &Bench, path: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let url = format!("{}{path}", bench.endpoint("/salesforce/instance_url"));
    let request = reqwest::Client::new().get(url).bearer_auth(bench.endpoint("/salesforce/access_token"));
    let answer = request.send().await.unwrap().error_for_status().unwrap();
    let headers = answer.headers().clone();
    (headers, answer.bytes().await.unwrap().to_vec())
}

async fn raw_pages(bench: &Bench, records: usize) -> f64 {
    let began = Instant::now();
    let query: String = url::form_urlencoded::byte_serialize(QUERY.as_bytes()).collect();
    let mut next = Some(format!("/services/data/v62.0/queryAll/?q={query}"));
    while let Some(path) = next {
        let (_, body) = get(bench, &path).await;
        // The place of the next page stands at the beginning of the answer or at its end; nothing else is looked at.
        let text = String::from_utf8_lossy(&body);
        let place = text.split_once("\"nextRecordsUrl\":\"").and_then(|(_, rest)| rest.split_once('"'));
        next = place.map(|(place, _)| place.to_owned());
    }
    records as f64 / began.elapsed().as_secs_f64()
}

async fn raw_job(bench: &Bench, records: usize) -> f64 {
    let began = Instant::now();
    let root = "/services/data/v62.0/jobs/query";
    let url = format!("{}{root}", bench.endpoint("/salesforce/instance_url"));
    let body = json!({ "operation": "queryAll", "query": QUERY });
    let request = reqwest::Client::new().post(url).bearer_auth(bench.endpoint("/salesforce/access_token"));
    let job: Value = request.json(&body).send().await.unwrap().json().await.unwrap();
    let job = job["id"].as_str().unwrap_or_else(|| panic!("{job}")).to_owned();
    loop {
        let (_, body) = get(bench, &format!("{root}/{job}")).await;
        if serde_json::from_slice::<Value>(&body).unwrap()["state"] == "JobComplete" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut locator = String::new();
    loop {
        let (headers, _) = get(bench, &format!("{root}/{job}/results?maxRecords=50000{locator}")).await;
        match headers["sforce-locator"].to_str().unwrap() {
            "null" => break,
            next => locator = format!("&locator={next}"),
        }
    }
    records as f64 / began.elapsed().as_secs_f64()
}

/// How long a change takes from its commit at the sandbox until the item shows it, one change at a time.
pub(crate) async fn latency() {
    let bench = Bench::start(20);
    let _engine = bench.serve();
    bench.connect_hearing("");
    let path = bench.file("leads.toml", &LEADS.replace("\"1s\"", "\"1h\""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.in_step();
    bench.until("hearing", |bench| {
        Some(()).filter(|()| bench.json(&["connections", "show", "sf"])["hearing"] == "events")
    });
    let leads = bench.soql("SELECT Id FROM Lead").await;
    let items = bench.items("Leads").await;
    let mut took = Vec::new();
    for round in 0..number("BENCH_CHANGES", 200) {
        let lead = leads[round % leads.len()]["Id"].as_str().unwrap();
        let (item, ..) =
            items.iter().find(|(.., key)| key == lead).unwrap_or_else(|| panic!("no item of {lead}"));
        let title = format!("Measured {round}");
        let edit = json!({ "update": [{ "Id": lead, "Title": title }] });
        let began = Instant::now();
        bench.control("POST", "/salesforce/records/Lead", edit).await;
        let query = format!("{{ items(ids: [{item}]) {{ column_values(ids: [\"title\"]) {{ text }} }} }}");
        while bench.graphql(&query).await["items"][0]["column_values"][0]["text"] != *title {
            assert!(began.elapsed() < Duration::from_secs(30), "{title} does not arrive");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        took.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    took.sort();
    println!(
        "change event to item, {} changes: median {:.1?}, 99th percentile {:.1?}",
        took.len(),
        at(&took, 0.5),
        at(&took, 0.99)
    );
}
