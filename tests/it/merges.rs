//! A merge in Salesforce, with the real binary: the link goes with the survivor.

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_takes_the_link_along_to_the_survivor() {
    let bench = Bench::start(0);
    let edit = |edits: Value| bench.control("POST", "/salesforce/records/Lead", edits);
    let made = edit(json!({ "create": [
        { "LastName": "Taken", "Company": "Old Ltd" }, { "LastName": "Left", "Company": "Other Ltd" },
    ] }))
    .await;
    let [taken, left] = [0, 1].map(|at| made["created"][at].as_str().unwrap().to_owned());
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("some.toml", &LEADS.replacen('\n', "\nwhere = \"LastName = 'Taken'\"\n", 1));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let item = bench.until_some("made", async || bench.cells("Leads", &["company"]).await.pop()).await;
    assert_eq!(item["company"], "Old Ltd");
    bench.control("POST", "/salesforce/merge", json!({ "master": left, "losers": [taken] })).await;
    // The survivor meets no condition, and has no item of its own: the one that was there follows it now.
    let followed = |row: &std::collections::BTreeMap<String, String>| row["company"] == "Other Ltd";
    let row = bench
        .until_some("followed", async || bench.cells("Leads", &["company"]).await.pop().filter(followed))
        .await;
    assert_eq!(row["id"], item["id"]);
    edit(json!({ "update": [{ "Id": left, "Company": "New Ltd" }] })).await;
    let renewed = |row: &std::collections::BTreeMap<String, String>| row["company"] == "New Ltd";
    bench
        .until_some("renewed", async || bench.cells("Leads", &["company"]).await.pop().filter(renewed))
        .await;
    assert_eq!(bench.items("Leads").await.len(), 1);
    let status = bench.in_step();
    assert_eq!(status["objects"][0]["deleted"], 0, "a merge is no deletion: {status}");
}

const PAIR: &str = include_str!("../../config/recipes/two-way-item.toml");

/// Returns the only live item of the board and the only lead, once both hold this company.
async fn both(bench: &Bench, company: &str) -> (String, String) {
    let found = async || {
        let items = bench.cells("Leads", &["company"]).await;
        let leads = bench.soql("SELECT Id, Company FROM Lead").await;
        let ([item], [lead]) = (items.as_slice(), leads.as_slice()) else { return None };
        let same = item["company"] == company && lead["Company"] == company;
        same.then(|| (item["id"].clone(), lead["Id"].as_str().unwrap_or_default().to_owned()))
    };
    bench.until_some(&format!("one pair with {company}"), found).await
}

/// What a person brings back is in step again, in its own link, however often; nothing is there twice.
#[tokio::test(flavor = "multi_thread")]
async fn an_undelete_restores_the_link_on_both_sides() {
    let bench = Bench::start(0);
    let create = json!({ "create": [{ "LastName": "Back", "Company": "First" }] });
    bench.control("POST", "/salesforce/records/Lead", create).await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("pair.toml", PAIR);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let (item, lead) = both(&bench, "First").await;
    bench.in_step();
    let links = || {
        let lines = String::from_utf8(bench.run(&["activity", "--json"]).stdout).unwrap();
        let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.map(|row| row["link"].to_string()).collect::<std::collections::BTreeSet<String>>()
    };

    bench.control("POST", "/salesforce/records/Lead", json!({ "delete": [lead] })).await;
    let empty = async |bench: &Bench| bench.cells("Leads", &[]).await.is_empty().then_some(());
    bench.until_some("the item gone", async || empty(&bench).await).await;
    bench.control("POST", "/salesforce/undelete", json!({ "ids": [lead] })).await;
    let (again, same) = both(&bench, "First").await;
    assert_eq!(same, lead, "the lead is the one that was there");
    bench.in_step();
    let edit = json!({ "update": [{ "id": again, "company": "Second" }] });
    bench.control("POST", "/monday/records/Leads", edit).await;
    assert_eq!(both(&bench, "Second").await, (again.clone(), lead.clone()));
    bench.in_step();

    bench.control("POST", "/monday/records/Leads", json!({ "delete": [again] })).await;
    let none = async || bench.soql("SELECT Id FROM Lead").await.is_empty().then_some(());
    bench.until_some("the lead gone", none).await;
    bench.in_step();
    bench.control("POST", "/monday/restore", json!({ "items": [again] })).await;
    let (same, back) = both(&bench, "Second").await;
    assert_eq!(same, again, "the item is the one that was there");
    let edit = json!({ "update": [{ "Id": back, "Company": "Third" }] });
    bench.control("POST", "/salesforce/records/Lead", edit).await;
    assert_eq!(both(&bench, "Third").await, (again, back));
    let status = bench.in_step();
    assert_eq!((&status["errors"]["open"], links().len()), (&json!(0), 1), "{item}: {status}");
}

/// Of a collection in which some rows are locked, those alone are tried again.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_locked_alone_are_tried_again() {
    let bench = Bench::start(0);
    let create: Vec<Value> =
        (0..10).map(|at| json!({ "LastName": format!("Lead {at}"), "Company": "Old" })).collect();
    bench.control("POST", "/salesforce/records/Lead", json!({ "create": create })).await;
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("pair.toml", PAIR);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let all = async || Some(bench.cells("Leads", &[]).await).filter(|rows| rows.len() == 10);
    let items = bench.until_some("ten items", all).await;
    bench.in_step();
    let fault = json!({ "match": { "system": "salesforce", "method": "PATCH", "path_regex": "composite/sobjects", "first": 1 },
        "effect": { "kind": "partial" } });
    bench.control("POST", "/faults", fault).await;
    let update: Vec<Value> = items
        .iter()
        .map(|row| json!({ "id": row["id"], "company": format!("New {}", row["name"]) }))
        .collect();
    bench.control("POST", "/monday/records/Leads", json!({ "update": update })).await;
    let done = async || {
        let rows = bench.soql("SELECT Company FROM Lead WHERE Company LIKE 'New %'").await;
        (rows.len() == 10).then_some(())
    };
    bench.until_some("ten leads", done).await;
    bench.in_step();
    let lines = String::from_utf8(bench.run(&["activity", "--json"]).stdout).unwrap();
    let rows: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|row| row["direction"] == "to-salesforce")
        .collect();
    let of = |result: &str, attempt: u64| {
        let fits = |row: &&Value| row["result"] == result && row["attempt"] == attempt;
        rows.iter().filter(fits).map(|row| row["salesforce_id"].to_string()).collect::<Vec<_>>()
    };
    let (locked, first, second) = (of("error", 1), of("ok", 1), of("ok", 2));
    assert_eq!((locked.len(), first.len(), second.len(), rows.len()), (5, 5, 5, 15), "{rows:?}");
    assert!(rows.iter().all(|row| row["result"] == "ok" || row["error"] == "UNABLE_TO_LOCK_ROW"), "{rows:?}");
    assert!(second.iter().all(|lead| locked.contains(lead) && !first.contains(lead)));
}
