//! A pair at work, with the real binary: people edit both sides at the same time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, PATIENCE};

/// The pair that comes with the program; tests change a line of it here and there.
const PAIR: &str = include_str!("../../config/recipes/two-way-item.toml");

fn pair(bench: &Bench, text: &str) -> Value {
    let path = bench.file("pair.toml", text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()])
}

/// Starts a bench with leads that differ in their names.
async fn bench_of(leads: u32) -> Bench {
    let bench = Bench::start(leads);
    let rows = bench.soql("SELECT Id FROM Lead").await;
    let named =
        (1..).zip(&rows).map(|(at, row)| json!({ "Id": row["Id"], "LastName": format!("Lead {at}") }));
    let edits = json!({ "update": named.collect::<Vec<_>>() });
    edit(&bench, "salesforce", edits).await;
    bench
}

/// Fields of the leads and columns of the board, by last name.
type Rows = BTreeMap<String, [String; 4]>;

async fn leads(bench: &Bench) -> Rows {
    let rows = bench.soql("SELECT LastName, Company, Title, Email, AnnualRevenue FROM Lead").await;
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.as_f64().map_or_else(|| other.to_string(), |number| number.to_string()),
    };
    let row = |row: &Value| {
        let fields = ["Company", "Title", "Email", "AnnualRevenue"].map(|field| text(&row[field]));
        (text(&row["LastName"]), fields)
    };
    rows.iter().map(row).collect()
}

async fn items(bench: &Bench) -> Rows {
    let columns = ["company", "title", "email", "revenue"];
    let rows = bench.cells("Leads", &columns).await;
    rows.iter().map(|row| (row["name"].clone(), columns.map(|column| row[column].clone()))).collect()
}

async fn item(bench: &Bench, name: &str) -> Option<String> {
    let rows = bench.cells("Leads", &[]).await;
    rows.iter().find(|row| row["name"] == name).map(|row| row["id"].clone())
}

async fn lead(bench: &Bench, name: &str) -> Option<String> {
    let rows = bench.soql(&format!("SELECT Id FROM Lead WHERE LastName = '{name}'")).await;
    rows.first().and_then(|row| row["Id"].as_str()).map(str::to_owned)
}

async fn edit(bench: &Bench, system: &str, edits: Value) -> Value {
    let object = if system == "salesforce" { "Lead" } else { "Leads" };
    bench.control("POST", &format!("/{system}/records/{object}"), edits).await
}

/// Waits until both sides hold the same, as wanted.
async fn equal(bench: &Bench, wanted: impl Fn(&Rows) -> bool) -> Rows {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (a, b) = (leads(bench).await, items(bench).await);
        if a == b && wanted(&a) {
            return a;
        }
        if Instant::now() > deadline {
            let only = |x: &Rows, y: &Rows| {
                x.iter()
                    .filter(|(key, row)| y.get(*key) != Some(row))
                    .map(|row| format!("{row:?}"))
                    .collect::<Vec<_>>()
            };
            panic!(
                "never equal; Salesforce {:?}; monday {:?}; {}; {:?}",
                only(&a, &b),
                only(&b, &a),
                bench.status(),
                bench.json(&["errors", "groups"])
            );
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Returns how often either system was written, by endpoint.
async fn writes(bench: &Bench) -> BTreeMap<String, u64> {
    let state = bench.control("GET", "/state", Value::Null).await;
    let mut writes = BTreeMap::new();
    for system in ["salesforce", "monday"] {
        let endpoints = state.pointer(&format!("/systems/{system}/calls/endpoints")).unwrap();
        for (name, count) in endpoints.as_object().unwrap() {
            let reads =
                ["GET ", "boards", "items", "next_items", "me", "POST /oauth2", "POST /composite/sobjects/"];
            if !reads.iter().any(|read| name.starts_with(read)) {
                writes.insert(format!("{system} {name}"), count.as_u64().unwrap());
            }
        }
    }
    writes
}

/// Waits for some passes and asserts that none of them wrote anything.
async fn assert_quiet(bench: &Bench) {
    bench.in_step();
    let before = writes(bench).await;
    assert!(before.values().sum::<u64>() > 0, "the writes have other names: {before:?}");
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(writes(bench).await, before, "written after quiet");
}

fn activity(bench: &Bench) -> Vec<Value> {
    let output = bench.run(&["activity", "--json", "--limit", "500"]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_keeps_both_sides_equal_under_edits_of_both_at_once() {
    let bench = bench_of(10).await;
    let _engine = bench.serve();
    bench.connect();
    edit(&bench, "monday", json!({ "create": [{ "name": "Nova", "company": "Nova Ltd", "title": "Boss" }] }))
        .await;
    let rows = pair(&bench, PAIR);
    assert_eq!((&rows[0]["pair"], &rows[1]["pair"]), (&rows[1]["id"], &rows[0]["id"]), "{rows}");
    assert_eq!(bench.status()["recipes"]["used"], 2);
    let all = equal(&bench, |rows| rows.len() == 11).await;
    assert_quiet(&bench).await;

    // Different fields of every record at the same time: all of it stays.
    let names: Vec<String> = all.keys().cloned().collect();
    let (mut there, mut here) = (Vec::new(), Vec::new());
    for name in &names {
        there.push(json!({ "Id": lead(&bench, name).await, "Title": format!("sf {name}") }));
        here.push(json!({ "id": item(&bench, name).await, "company": format!("monday {name}") }));
    }
    tokio::join!(
        edit(&bench, "salesforce", json!({ "update": there })),
        edit(&bench, "monday", json!({ "update": here })),
    );
    let merged = |rows: &Rows| {
        rows.iter().all(|(name, row)| row[1] == format!("sf {name}") && row[0] == format!("monday {name}"))
    };
    equal(&bench, merged).await;

    // The same field on both sides: Salesforce wins, and every loser is in the ledger.
    let (mut there, mut here) = (Vec::new(), Vec::new());
    for name in &names {
        there.push(json!({ "Id": lead(&bench, name).await, "Title": format!("winner {name}") }));
        here.push(json!({ "id": item(&bench, name).await, "title": format!("loser {name}") }));
    }
    tokio::join!(
        edit(&bench, "monday", json!({ "update": here })),
        edit(&bench, "salesforce", json!({ "update": there })),
    );
    equal(&bench, |rows| rows.iter().all(|(name, row)| row[1] == format!("winner {name}"))).await;
    assert_quiet(&bench).await;
    let lost: Vec<String> = activity(&bench).iter().map(|row| row["lost"].to_string()).collect();
    for name in &names {
        let loser = format!("loser {name}");
        assert!(lost.iter().any(|lost| lost.contains(&loser)), "{loser} is nowhere in {lost:?}");
    }
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_come_and_go_on_both_sides() {
    let bench = bench_of(3).await;
    let _engine = bench.serve();
    bench.connect();
    pair(&bench, PAIR);
    equal(&bench, |rows| rows.len() == 3).await;
    edit(&bench, "monday", json!({ "create": [{ "name": "Fromboard", "company": "B" }] })).await;
    edit(&bench, "salesforce", json!({ "create": [{ "LastName": "Fromforce", "Company": "F" }] })).await;
    equal(&bench, |rows| rows.contains_key("Fromboard") && rows.contains_key("Fromforce")).await;
    let key = bench.soql("SELECT Monday_Item_Id__c FROM Lead WHERE LastName = 'Fromboard'").await;
    assert_eq!(key[0]["Monday_Item_Id__c"].as_str(), item(&bench, "Fromboard").await.as_deref());
    // An item renamed, and deleted: the record follows.
    let id = item(&bench, "Fromboard").await.unwrap();
    edit(&bench, "monday", json!({ "update": [{ "id": id, "name": "Renamed" }] })).await;
    equal(&bench, |rows| rows.contains_key("Renamed") && rows.len() == 5).await;
    edit(&bench, "monday", json!({ "delete": [id] })).await;
    equal(&bench, |rows| rows.len() == 4).await;
    let gone = lead(&bench, "Fromforce").await.unwrap();
    edit(&bench, "salesforce", json!({ "delete": [gone] })).await;
    equal(&bench, |rows| rows.len() == 3).await;
    // What a person brings back in Salesforce comes back on the board.
    bench.control("POST", "/salesforce/undelete", json!({ "ids": [gone] })).await;
    equal(&bench, |rows| rows.len() == 4 && rows.contains_key("Fromforce")).await;
    assert_quiet(&bench).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_pair_over_what_an_old_one_made_doubles_nothing() {
    let bench = bench_of(5).await;
    let _engine = bench.serve();
    bench.connect();
    let first = pair(&bench, PAIR);
    equal(&bench, |rows| rows.len() == 5).await;
    edit(&bench, "monday", json!({ "create": [{ "name": "Fromboard", "company": "B" }] })).await;
    equal(&bench, |rows| rows.len() == 6).await;
    bench.in_step();
    for half in first.as_array().unwrap() {
        let output = bench.run(&["recipes", "delete", half["id"].as_str().unwrap(), "--yes"]);
        assert!(output.status.success(), "{output:?}");
    }
    pair(&bench, PAIR);
    bench.in_step();
    assert_quiet(&bench).await;
    assert_eq!((leads(&bench).await.len(), bench.items("Leads").await.len()), (6, 6));
    let id = item(&bench, "Fromboard").await.unwrap();
    edit(&bench, "monday", json!({ "update": [{ "id": id, "title": "New" }] })).await;
    equal(&bench, |rows| rows.len() == 6 && rows["Fromboard"][1] == "New").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_work_is_refused_when_the_pair_is_made() {
    let bench = bench_of(1).await;
    let _engine = bench.serve();
    bench.connect();
    let refused = |text: &str, words: &[&str]| {
        let path = bench.file("bad.toml", text);
        let output = bench.run(&["recipes", "create", "--file", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        for word in words {
            assert!(told.contains(word), "no {word} in {told}");
        }
    };
    refused(&PAIR.replace("\"LastName\"", "\"Name\""), &["map[0].salesforce", "Name", "FirstName"]);
    refused(&PAIR.replace("\"Company\"", "\"City\""), &["Company"]);
    refused(&PAIR.replace("\"Lead\"", "\"User\""), &["external id"]);
    assert_eq!(bench.status()["recipes"]["used"], 0, "both or neither");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_conflict_waits_for_a_person() {
    let bench = bench_of(1).await;
    let _engine = bench.serve();
    bench.connect();
    pair(&bench, &PAIR.replace("salesforce-wins\"\n\n# A", "hold\"\n\n# A"));
    let all = equal(&bench, |rows| rows.len() == 1).await;
    bench.in_step();
    let name = all.keys().next().unwrap();
    let (there, here) = (lead(&bench, name).await, item(&bench, name).await);
    tokio::join!(
        edit(&bench, "salesforce", json!({ "update": [{ "Id": there, "Title": "a", "Company": "kept" }] })),
        edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "b" }] })),
    );
    bench.until("held", |bench| (bench.status()["conflicts_held"] == 1).then_some(()));
    // A person makes both say the same; the other change went through all the while.
    edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "a" }] })).await;
    equal(&bench, |rows| rows[name][1] == "a" && rows[name][0] == "kept").await;
    bench.until("released", |bench| (bench.status()["conflicts_held"] == 0).then_some(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_deletions_at_once_wait_for_a_person() {
    let bench = bench_of(80).await;
    let _engine = bench.serve();
    bench.connect();
    let rows = pair(&bench, PAIR);
    let all = bench.until("loaded", |bench| {
        let status = bench.in_step();
        (status["objects"][0]["created"] == 80).then_some(status)
    });
    assert_eq!(all["alerts"].as_array().unwrap().len(), 0);
    let ids: Vec<Value> =
        bench.soql("SELECT Id FROM Lead LIMIT 60").await.iter().map(|row| row["Id"].clone()).collect();
    edit(&bench, "salesforce", json!({ "delete": ids })).await;
    let alert = bench.until("braked", |bench| bench.status()["alerts"].get(0).cloned());
    assert_eq!(alert["count"], 60, "{alert}");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(bench.items("Leads").await.len(), 80, "deleted without a word");
    assert_eq!(bench.status()["backlog"], 60);
    let output = bench.run(&["recipes", "resume", rows[0]["id"].as_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    bench.in_step();
    assert_eq!(bench.items("Leads").await.len(), 20);
    assert_eq!(bench.status()["alerts"].as_array().unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_something_puts_back_is_left_alone() {
    let bench = bench_of(2).await;
    let _engine = bench.serve();
    bench.connect();
    pair(&bench, &PAIR.replace("salesforce-wins\"\n\n# A", "other-wins\"\n\n# A"));
    let all = equal(&bench, |rows| rows.len() == 2).await;
    let name = all.keys().next().unwrap().clone();
    let (there, here) = (lead(&bench, &name).await, item(&bench, &name).await);
    // Automations on either side, each of which wants its own.
    let stopped = Instant::now() + PATIENCE;
    loop {
        let (a, b) = (leads(&bench).await, items(&bench).await);
        if a[&name][1] != "sf" {
            edit(&bench, "salesforce", json!({ "update": [{ "Id": there, "Title": "sf" }] })).await;
        }
        if b[&name][1] != "monday" {
            edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "monday" }] })).await;
        }
        let groups = bench.json(&["errors", "groups"]);
        if groups.to_string().contains("FLIPPING") {
            break;
        }
        assert!(Instant::now() < stopped, "never stopped: {} {}", bench.status(), groups);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let before = writes(&bench).await;
    edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "again" }] })).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(writes(&bench).await, before, "written although it was stopped");
    // A person who has stopped the automation lets it go on.
    let id = bench.json(&["errors", "list"])[0]["id"].clone();
    assert!(bench.run(&["errors", "retry", id.as_str().unwrap(), "--force", "--yes"]).status.success());
    bench.until("retried", |bench| (bench.status()["errors"]["open"] == 0).then_some(()));
    equal(&bench, |rows| rows[&name][1] == "again").await;
    // That link alone.
    let other = all.keys().find(|other| **other != name).unwrap();
    let here = item(&bench, other).await;
    edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "still works" }] })).await;
    bench.until("the other record", |_| {
        let rows = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(leads(&bench)));
        (rows[other][1] == "still works").then_some(())
    });
}

/// Other people's clients, unmodified, work on both sides at the same time; they run where `SYNCDECK_CLIENTS` names
/// the folder they are installed in.
#[tokio::test(flavor = "multi_thread")]
async fn what_jsforce_and_the_monday_package_write_at_once_ends_equal() {
    let Some(clients) = std::env::var_os("SYNCDECK_CLIENTS").map(std::path::PathBuf::from) else { return };
    let bench = bench_of(8).await;
    let _engine = bench.serve();
    bench.connect();
    pair(&bench, PAIR);
    equal(&bench, |rows| rows.len() == 8).await;
    bench.in_step();
    let endpoints = bench.file("endpoints.json", &bench.endpoints.to_string());
    let start = |program: std::path::PathBuf, name: &str| {
        let scripts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let mut command = std::process::Command::new(program);
        command
            .arg(scripts.join(name))
            .arg(&endpoints)
            .arg("12")
            .env("NODE_PATH", clients.join("node_modules"));
        for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
            command.env_remove(proxy);
        }
        command.stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let people = [start("node".into(), "two_way.mjs"), start(clients.join("venv/bin/python"), "two_way.py")];
    for person in people {
        let output = person.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let last = |rows: &Rows| rows.values().all(|row| row[0] == "monday 12" && row[3] == "12000");
    let rows = equal(&bench, last).await;
    assert_quiet(&bench).await;
    assert_eq!(bench.status()["errors"]["open"], 0);
    // A title is the last word of one of them; the other's came first, or lost.
    let ledger = activity(&bench);
    assert!(
        ledger.iter().any(|line| line["lost"].as_array().is_some_and(|lost| !lost.is_empty())),
        "no conflict"
    );
    for (name, row) in &rows {
        let finals = [format!("Salesforce 12 {name}"), format!("monday 12 {name}")];
        assert!(finals.contains(&row[1]), "{name}: {row:?}");
    }
}

/// The engine is killed at random moments while both sides are edited and answers get lost.
#[tokio::test(flavor = "multi_thread")]
async fn kills_and_lost_answers_double_nothing_on_either_side() {
    const EACH: u32 = 60;
    let bench = bench_of(EACH).await;
    let made = (0..EACH).map(|at| json!({ "name": format!("Item {at}"), "company": "B" }));
    let made = edit(&bench, "monday", json!({ "create": made.collect::<Vec<_>>() })).await;
    let items = made["created"].as_array().unwrap();
    {
        let _engine = bench.serve();
        bench.connect();
        let faults = json!([
            { "id": "slow", "match": { "system": "monday", "path_regex": "/v2" }, "effect": { "kind": "delay", "ms": 15 } },
            { "id": "lost", "match": { "system": "monday", "probability": 0.1, "seed": 3 }, "effect": { "kind": "drop_after" } },
        ]);
        bench.control("POST", "/faults", faults).await;
        pair(&bench, PAIR);
    }
    let mut dice = fastrand::Rng::with_seed(5);
    for round in 0..12 {
        let engine = bench.serve();
        let leads = bench.soql("SELECT Id FROM Lead").await;
        let lead = &leads[dice.usize(..leads.len())]["Id"];
        let item = &items[dice.usize(..items.len())];
        tokio::join!(
            edit(&bench, "salesforce", json!({ "update": [{ "Id": lead, "Title": format!("sf {round}") }] })),
            edit(&bench, "monday", json!({ "update": [{ "id": item, "title": format!("monday {round}") }] })),
        );
        tokio::time::sleep(Duration::from_millis(dice.u64(50..600))).await;
        crate::support::signal(&engine, rustix::process::Signal::KILL);
    }
    bench.control("DELETE", "/faults", Value::Null).await;
    let _engine = bench.serve();
    equal(&bench, |rows| rows.len() == 2 * EACH as usize).await;
    assert_quiet(&bench).await;
    let count = bench.soql("SELECT Id FROM Lead").await.len();
    assert_eq!(
        (count, bench.items("Leads").await.len()),
        (2 * EACH as usize, 2 * EACH as usize),
        "something was doubled"
    );
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn items_alone_make_records_and_what_they_become_follows() {
    let bench = bench_of(2).await;
    let _engine = bench.serve();
    bench.connect();
    let text = PAIR.replace("two-way-item", "item-to-record");
    let text = text.replace("every = \"1s\"", "every = \"1s\"\nwhere = \"Company is not empty\"");
    edit(&bench, "monday", json!({ "create": [{ "name": "Known", "company": "K" }, { "name": "Unfit" }] }))
        .await;
    let rows = pair(&bench, &text);
    assert_eq!(
        (rows.as_array().unwrap().len(), &rows[0]["direction"]),
        (1, &json!("to-salesforce")),
        "{rows}"
    );
    bench.until("made", |bench| (bench.status()["objects"][0]["created"] == 1).then_some(()));
    bench.in_step();
    assert_eq!(leads(&bench).await.keys().cloned().collect::<Vec<_>>(), ["Known", "Lead 1", "Lead 2"]);
    assert_eq!(bench.items("Leads").await.len(), 2, "nothing is made on the board");
    // What a person changes in Salesforce stays until the item says otherwise; an item that fits now is taken in.
    let (known, unfit) = (item(&bench, "Known").await, item(&bench, "Unfit").await);
    let there = lead(&bench, "Known").await;
    edit(&bench, "salesforce", json!({ "update": [{ "Id": there, "Title": "theirs" }] })).await;
    edit(
        &bench,
        "monday",
        json!({ "update": [{ "id": known, "company": "K2" }, { "id": unfit, "company": "U" }] }),
    )
    .await;
    bench.until("both", |bench| (bench.status()["objects"][0]["created"] == 2).then_some(()));
    bench.in_step();
    let rows = leads(&bench).await;
    assert_eq!((&*rows["Known"][0], &*rows["Known"][1], &*rows["Unfit"][0]), ("K2", "theirs", "U"));
    edit(&bench, "monday", json!({ "delete": [unfit] })).await;
    bench.until("deleted", |bench| (bench.status()["objects"][0]["deleted"] == 1).then_some(()));
    assert!(!leads(&bench).await.contains_key("Unfit"));
    assert_quiet(&bench).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_paused_half_is_carried_when_it_goes_on() {
    let bench = bench_of(2).await;
    let _engine = bench.serve();
    bench.connect();
    let rows = pair(&bench, &PAIR.replace("salesforce-wins\"\n\n# A", "newest-wins\"\n\n# A"));
    equal(&bench, |rows| rows.len() == 2).await;
    bench.in_step();
    let back = rows[1]["id"].as_str().unwrap();
    assert!(bench.run(&["recipes", "pause", back]).status.success());
    let here = item(&bench, "Lead 1").await;
    let there = lead(&bench, "Lead 1").await;
    edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "from the board" }] })).await;
    edit(&bench, "salesforce", json!({ "update": [{ "Id": there, "Company": "from Salesforce" }] })).await;
    bench.until("the other half", |bench| (bench.status()["objects"][0]["updated"] == 1).then_some(()));
    assert_ne!(leads(&bench).await["Lead 1"][1], "from the board");
    assert!(bench.run(&["recipes", "resume", back]).status.success());
    let merged =
        |rows: &Rows| rows["Lead 1"][0] == "from Salesforce" && rows["Lead 1"][1] == "from the board";
    equal(&bench, merged).await;
    // Newest wins: the board's word came later.
    edit(&bench, "salesforce", json!({ "update": [{ "Id": there, "Title": "older" }] })).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    edit(&bench, "monday", json!({ "update": [{ "id": here, "title": "newer" }] })).await;
    equal(&bench, |rows| rows["Lead 1"][1] == "newer").await;
    assert_quiet(&bench).await;
}
