//! Figures with the real binary against the sandbox, both as processes of their own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncdeck::domain::time::Stamp;

use crate::support::{Bench, LEADS, Process};
use crate::{at, number};

/// The fields that the recipe's stream reads.
const QUERY: &str = "SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, ConvertedContactId, ConvertedAccountId, \
                     ConvertedOpportunityId, Name, Company, Title FROM Lead ORDER BY SystemModstamp, Id";

/// Returns the seconds of processor time that a process has taken so far.
fn processor(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

/// Returns the most memory that a process has held so far, in MB.
fn peak(process: &Process) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

fn stamp(row: &Value, key: &str) -> Option<Stamp> {
    row[key].as_str().and_then(|text| text.parse().ok())
}

/// Loads every Lead into the store and returns how long that took by the engine's own clock.
fn load_all(bench: &Bench) -> Duration {
    // The board's side waits: what is measured is reading and storing alone.
    let path = bench.file("leads.toml", &LEADS.replace("every = \"1s\"", "every = \"1h\""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.json(&["connections", "disable", "monday"]);
    let began = Instant::now();
    loop {
        let row = bench.json(&["recipes", "list"])[0].clone();
        if let (Some(from), Some(to)) = (stamp(&row, "created_at"), stamp(&row, "last_run_at")) {
            return Duration::from_millis(u64::try_from(to.since(from)).unwrap());
        }
        assert!(began.elapsed() < Duration::from_mins(30), "{row}");
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Rows per second of a first load into the store, beside clients that read the same rows and discard them.
pub(crate) async fn load() {
    let records = number("BENCH_RECORDS", 100_000);
    let bench = Bench::start(u32::try_from(records).unwrap());
    let engine = bench.serve();
    bench.connect();
    let before = (processor(engine.0.id()), processor(bench.sandbox()));
    let took = load_all(&bench);
    let (own, served) = (processor(engine.0.id()) - before.0, processor(bench.sandbox()) - before.1);
    let stored = bench.status()["backlog"].as_u64().unwrap();
    let ours = records as f64 / took.as_secs_f64();
    println!("first load of {records} records, {stored} links stored: {took:.1?}, {ours:.0} rows/s");
    println!(
        "  processor: engine {own:.2} s, sandbox {served:.2} s; memory of the engine at most {:.0} MB",
        peak(&engine)
    );
    for (what, (bytes, raw)) in
        [("pages", raw_pages(&bench, records).await), ("a job", raw_job(&bench, records).await)]
    {
        println!(
            "  the sandbox's ceiling in {what:5}: {raw:.0} rows/s of {:.0} bytes; ours is {:.2} of it",
            bytes as f64 / records as f64,
            ours / raw
        );
    }
    clients(&bench, ours);
}

/// The same rows, read by other people's clients.
fn clients(bench: &Bench, ours: f64) {
    let Some(installed) = std::env::var_os("SYNCDECK_CLIENTS").map(PathBuf::from) else {
        println!("  other clients: skipped, SYNCDECK_CLIENTS names no folder");
        return;
    };
    let endpoints = bench.file("endpoints.json", &bench.endpoints.to_string());
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let python = installed.join("venv/bin/python");
    for (program, script) in
        [(python, "load_simple_salesforce.py"), (PathBuf::from("node"), "load_jsforce.mjs")]
    {
        let mut command = Command::new(program);
        command.arg(scripts.join(script)).arg(&endpoints).arg(QUERY);
        command.env("NODE_PATH", installed.join("node_modules"));
        for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY"] {
            command.env_remove(proxy);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let told: Value = serde_json::from_str(line).unwrap();
            let theirs = told["rows"].as_f64().unwrap() / told["seconds"].as_f64().unwrap();
            println!(
                "  {} in {}, discarded: {theirs:.0} rows/s; ours is {:.1} times it",
                told["client"].as_str().unwrap(),
                told["way"].as_str().unwrap(),
                ours / theirs
            );
        }
    }
}

/// Returns the client of the raw measures: one for all, or each call would make a connection of its own.
fn http() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(reqwest::Client::new)
}

async fn get(bench: &Bench, path: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let url = format!("{}{path}", bench.endpoint("/salesforce/instance_url"));
    let request = http().get(url).bearer_auth(bench.endpoint("/salesforce/access_token"));
    let answer = request.send().await.unwrap().error_for_status().unwrap();
    let headers = answer.headers().clone();
    (headers, answer.bytes().await.unwrap().to_vec())
}

async fn raw_pages(bench: &Bench, records: usize) -> (usize, f64) {
    let began = Instant::now();
    let query: String = url::form_urlencoded::byte_serialize(QUERY.as_bytes()).collect();
    let mut next = Some(format!("/services/data/v62.0/queryAll/?q={query}"));
    let mut bytes = 0;
    while let Some(path) = next {
        let (_, body) = get(bench, &path).await;
        bytes += body.len();
        // The place of the next page stands at the beginning of the answer or at its end; nothing else is looked at.
        let text = String::from_utf8_lossy(&body);
        let place = text.split_once("\"nextRecordsUrl\":\"").and_then(|(_, rest)| rest.split_once('"'));
        next = place.map(|(place, _)| place.to_owned());
    }
    (bytes, records as f64 / began.elapsed().as_secs_f64())
}

async fn raw_job(bench: &Bench, records: usize) -> (usize, f64) {
    let began = Instant::now();
    let root = "/services/data/v62.0/jobs/query";
    let url = format!("{}{root}", bench.endpoint("/salesforce/instance_url"));
    let body = json!({ "operation": "queryAll", "query": QUERY });
    let request = http().post(url).bearer_auth(bench.endpoint("/salesforce/access_token"));
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
    let mut bytes = 0;
    loop {
        let (headers, body) = get(bench, &format!("{root}/{job}/results?maxRecords=50000{locator}")).await;
        bytes += body.len();
        match headers["sforce-locator"].to_str().unwrap() {
            "null" => break,
            next => locator = format!("&locator={next}"),
        }
    }
    (bytes, records as f64 / began.elapsed().as_secs_f64())
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
