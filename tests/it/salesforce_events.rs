//! Changes that Salesforce tells by itself: heard in no time, and never needed.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, LEADS, PATIENCE};

/// Makes the recipe from Leads to their board, which looks for changes at this pace.
fn recipe(bench: &Bench, every: &str) {
    let path = bench.file("leads.toml", &LEADS.replace("\"1s\"", &format!("\"{every}\"")));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
}

fn hearing(bench: &Bench) -> Value {
    bench.json(&["connections", "show", "sf"])
}

async fn until_heard(bench: &Bench) {
    bench.until("heard", |bench| (hearing(bench)["hearing"] == "events").then_some(()));
    // A look follows on it.
    bench.silent_for(Duration::from_secs(1), is_query).await;
}

fn is_query(call: &Value) -> bool {
    call["path"].as_str().unwrap().contains("/query")
}

async fn ids(bench: &Bench) -> Vec<String> {
    let rows = bench.soql("SELECT Id FROM Lead ORDER BY Id").await;
    rows.iter().map(|row| row["Id"].as_str().unwrap().to_owned()).collect()
}

async fn edit(bench: &Bench, edits: Value) {
    bench.control("POST", "/salesforce/records/Lead", edits).await;
}

async fn rename(bench: &Bench, id: &str, title: &str) {
    edit(bench, json!({ "update": [{ "Id": id, "Title": title }] })).await;
}

async fn titles(bench: &Bench) -> Vec<String> {
    bench.cells("Leads", &["title"]).await.into_iter().map(|mut row| row.remove("title").unwrap()).collect()
}

async fn keep_alive(bench: &Bench, ms: u64) {
    bench.control("POST", "/salesforce/events", json!({ "keep_alive_ms": ms })).await;
}

/// Waits until the board shows a title, and tells how long that took. Looking happens once an hour: what comes sooner
/// was told.
async fn arrives(bench: &Bench, title: &str) -> Duration {
    let began = Instant::now();
    loop {
        if titles(bench).await.iter().any(|known| known == title) {
            return began.elapsed();
        }
        assert!(began.elapsed() < PATIENCE, "{title} has not arrived: {} {}", bench.status(), hearing(bench));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the board holds what Salesforce holds.
async fn same(bench: &Bench) {
    let began = Instant::now();
    loop {
        let rows = bench.soql("SELECT Name, Title FROM Lead").await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut there: Vec<_> = rows.iter().map(|row| (text(&row["Name"]), text(&row["Title"]))).collect();
        let cells = bench.cells("Leads", &["title"]).await;
        let mut here: Vec<_> = cells.iter().map(|row| (row["name"].clone(), row["title"].clone())).collect();
        there.sort();
        here.sort();
        if there == here {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{there:?} is not {here:?}: {}", hearing(bench));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_arrives_without_looking() {
    let bench = Bench::start(6);
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    assert_eq!(hearing(&bench)["hearing_reason"], Value::Null);
    let ids = ids(&bench).await;
    rename(&bench, &ids[0], "Heard").await;
    arrives(&bench, "Heard").await;
    // Records come and go, and many at once.
    edit(&bench, json!({ "create": [{ "LastName": "New", "Company": "N", "Title": "Born" }] })).await;
    arrives(&bench, "Born").await;
    edit(&bench, json!({ "delete": [ids[1]] })).await;
    same(&bench).await;
    let all: Vec<Value> =
        ids[2..].iter().map(|id| json!({ "Id": id, "Title": format!("All {id}") })).collect();
    edit(&bench, json!({ "update": all })).await;
    same(&bench).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_costs_few_calls_and_silence_none() {
    let bench = Bench::start(5);
    keep_alive(&bench, 300).await;
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1s");
    bench.in_step();
    until_heard(&bench).await;
    // Five times the interval, which is stretched because everything is told.
    bench.silent_for(Duration::from_secs(5), is_query).await;
    let ids = ids(&bench).await;
    let before = bench.last_call().await;
    let burst = (0..20).map(|round| {
        let (bench, id) = (&bench, &ids[round % 5]);
        async move { rename(bench, id, &format!("Round {round}")).await }
    });
    futures::future::join_all(burst).await;
    same(&bench).await;
    bench.silent_for(Duration::from_secs(1), is_query).await;
    let cost = bench.calls_since(before).await.iter().filter(|call| is_query(call)).count();
    assert!((1..=10).contains(&cost), "{cost} queries for one burst of 20");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_told_twice_or_out_of_order_change_nothing() {
    let bench = Bench::start(4);
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    for kind in ["duplicate_event", "reorder_events"] {
        let fault = json!({ "id": kind, "match": { "system": "salesforce" }, "effect": { "kind": kind } });
        bench.control("POST", "/faults", json!([fault])).await;
        for (number, id) in ids.iter().enumerate() {
            rename(&bench, id, &format!("{kind} {number}")).await;
        }
        rename(&bench, &ids[0], &format!("{kind} last")).await;
        same(&bench).await;
        bench.control("DELETE", "/faults", Value::Null).await;
    }
    assert_eq!(bench.items("Leads").await.len(), 4, "nothing was doubled");
}

#[tokio::test(flavor = "multi_thread")]
async fn gaps_and_lost_places_are_caught_up_with() {
    let bench = Bench::start(4);
    let engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    // Not told: the event itself is switched off, and only a gap says that something happened.
    let captured = |yes: bool| json!({ "objects": { "Lead": yes } });
    for kind in ["gap", "overflow"] {
        bench.control("POST", "/salesforce/change-data-capture", captured(false)).await;
        rename(&bench, &ids[0], &format!("Behind a {kind}")).await;
        bench.control("POST", "/salesforce/change-data-capture", captured(true)).await;
        let event = json!({ "kind": kind, "object": "Lead", "ids": [ids[0]], "change": "UPDATE" });
        bench.control("POST", "/salesforce/events", event).await;
        arrives(&bench, &format!("Behind a {kind}")).await;
    }
    // The place that was stored is gone when the engine comes back.
    rename(&bench, &ids[1], "Stored").await;
    arrives(&bench, "Stored").await;
    drop(engine);
    rename(&bench, &ids[2], "Meanwhile").await;
    bench.control("POST", "/salesforce/events", json!({ "kind": "purge" })).await;
    let _engine = bench.serve();
    arrives(&bench, "Meanwhile").await;
    until_heard(&bench).await;
    rename(&bench, &ids[3], "And on").await;
    arrives(&bench, "And on").await;
}

/// Row 13: whatever happens to the events, and then eighty hours without anybody who listens: in the end the board holds
/// what polling alone would have brought.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_becomes_of_events_the_state_is_that_of_polling() {
    let bench = Bench::start(12);
    // The test's own session is to outlive the silence.
    bench.control("POST", "/salesforce/settings", json!({ "session_seconds": 1_000_000 })).await;
    let engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    let mut dice = fastrand::Rng::with_seed(13);
    let mut gone = std::collections::BTreeSet::new();
    for round in 0..60 {
        let id = &ids[dice.usize(..ids.len())];
        match dice.u8(..8) {
            // Told twice, told in another order, or not told at all.
            0 => told(&bench, "duplicate_event").await,
            1 => told(&bench, "reorder_events").await,
            2 => captured(&bench, false).await,
            3 => captured(&bench, true).await,
            4 => {
                let kind = if dice.bool() { "gap" } else { "overflow" };
                let event = json!({ "kind": kind, "object": "Lead", "ids": [id], "change": "UPDATE" });
                bench.control("POST", "/salesforce/events", event).await;
            }
            5 if gone.len() < 4 && gone.insert(id.clone()) => edit(&bench, json!({ "delete": [id] })).await,
            6 => {
                let create = json!({ "create": [{ "LastName": format!("New {round}"), "Company": "N" }] });
                edit(&bench, create).await;
            }
            _ if !gone.contains(id) => rename(&bench, id, &format!("Round {round}")).await,
            _ => {}
        }
    }
    drop(engine);
    let left: Vec<&String> = ids.iter().filter(|id| !gone.contains(*id)).collect();
    rename(&bench, left[0], "Before the silence").await;
    bench.control("DELETE", "/faults", Value::Null).await;
    captured(&bench, true).await;
    // What was told meanwhile is no longer kept, and the stored place is refused.
    bench.control("POST", "/clock", json!({ "offset_ms": 80 * 3_600_000_i64 })).await;
    rename(&bench, left[1], "After the silence").await;
    let _engine = bench.serve();
    arrives(&bench, "After the silence").await;
    bench.in_step();
    same(&bench).await;
    until_heard(&bench).await;
    rename(&bench, left[2], "Heard again").await;
    arrives(&bench, "Heard again").await;
    same(&bench).await;
}

async fn told(bench: &Bench, kind: &str) {
    let fault = json!({ "id": kind, "match": { "system": "salesforce" }, "effect": { "kind": kind } });
    bench.control("POST", "/faults", json!([fault])).await;
}

async fn captured(bench: &Bench, yes: bool) {
    bench.control("POST", "/salesforce/change-data-capture", json!({ "objects": { "Lead": yes } })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_dies_while_people_work_misses_nothing() {
    let bench = Bench::start(6);
    let mut engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    for round in 0..24 {
        rename(&bench, &ids[round % ids.len()], &format!("Round {round}")).await;
        if round % 8 == 3 {
            drop(engine);
            rename(&bench, &ids[0], &format!("Without anybody {round}")).await;
            engine = bench.serve();
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    same(&bench).await;
    assert_eq!(bench.items("Leads").await.len(), 6);
    drop(engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_told_is_looked_for_and_that_is_said() {
    let bench = Bench::start(3);
    bench.control("POST", "/salesforce/change-data-capture", json!({ "objects": { "Lead": false } })).await;
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1s");
    bench.in_step();
    let row = bench.until("refused", |bench| {
        let row = hearing(bench);
        row["hearing_reason"].as_str().is_some_and(|why| why.contains("NOT_CAPTURED")).then_some(row)
    });
    assert_eq!((&row["hearing"], &row["state"]), (&json!("polling"), &json!("valid")));
    let ids = ids(&bench).await;
    rename(&bench, &ids[0], "Looked for").await;
    arrives(&bench, "Looked for").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_want_events_gets_none() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect_hearing("events = false");
    recipe(&bench, "1s");
    bench.in_step();
    let row = hearing(&bench);
    assert_eq!(row["hearing"], "polling", "{row}");
    assert!(row["hearing_reason"].as_str().unwrap().contains("events = false"), "{row}");
    let ids = ids(&bench).await;
    rename(&bench, &ids[0], "Looked for").await;
    arrives(&bench, "Looked for").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_that_fails_costs_only_time() {
    let bench = Bench::start(3);
    keep_alive(&bench, 300).await;
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1s");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    let fault = json!({ "id": "down", "match": { "system": "salesforce", "path_regex": "PubSub" }, "effect": { "kind": "status", "status": 503 } });
    bench.control("POST", "/faults", json!([fault])).await;
    // Ends the subscription that is there; a new one is refused, and the pace of the recipe is back.
    bench.control("POST", "/salesforce/expire-sessions", json!({})).await;
    bench.until("lost", |bench| (hearing(bench)["hearing"] == "polling").then_some(()));
    rename(&bench, &ids[0], "Looked for").await;
    arrives(&bench, "Looked for").await;
    bench.control("DELETE", "/faults", Value::Null).await;
    until_heard(&bench).await;
}

/// Prints how long a change takes from its commit to the item, for one change at a time.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: run it alone, with --nocapture"]
async fn how_soon_a_change_arrives() {
    let bench = Bench::start(20);
    let _engine = bench.serve();
    bench.connect_hearing("");
    recipe(&bench, "1h");
    bench.in_step();
    until_heard(&bench).await;
    let ids = ids(&bench).await;
    let mut took = Vec::new();
    for round in 0..100 {
        let title = format!("Measured {round}");
        rename(&bench, &ids[round % ids.len()], &title).await;
        took.push(arrives(&bench, &title).await);
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    took.sort();
    println!("change to item: median {:?}, 99th percentile {:?}", took[49], took[98]);
    assert!(took[49] < Duration::from_secs(2), "{took:?}");
}
