//! Data put back from a copy, with the real binary: what was made after the copy was taken is found, not made again.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::Bench;

/// The pair that comes with the program.
const PAIR: &str = include_str!("../../config/recipes/two-way-item.toml");

async fn edit(bench: &Bench, system: &str, edits: Value) -> Value {
    let object = if system == "salesforce" { "Lead" } else { "Leads" };
    bench.control("POST", &format!("/{system}/records/{object}"), edits).await
}

/// Returns the names and companies of the board, and sees that each lead has one item.
async fn board(bench: &Bench) -> BTreeSet<(String, String)> {
    let rows = bench.cells("Leads", &["company", "salesforce_id"]).await;
    let keys: Vec<&String> =
        rows.iter().map(|row| &row["salesforce_id"]).filter(|key| !key.is_empty()).collect();
    let several: BTreeSet<&String> = keys.iter().copied().collect();
    assert_eq!(several.len(), keys.len(), "made twice: {rows:?}");
    rows.iter().map(|row| (row["name"].clone(), row["company"].clone())).collect()
}

async fn leads(bench: &Bench) -> BTreeSet<(String, String)> {
    let rows = bench.soql("SELECT LastName, Company FROM Lead").await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| (text(&row["LastName"]), text(&row["Company"]))).collect()
}

/// Waits until both sides hold so many records, and the same.
async fn equal(bench: &Bench, count: usize) -> BTreeSet<(String, String)> {
    bench
        .until_some("equal", async || {
            let (there, here) = (leads(bench).await, board(bench).await);
            (there.len() == count && there == here).then_some(here)
        })
        .await
}

/// Copies the data, lets `after` happen, and goes back to the copy; `meanwhile` happens while nothing runs.
async fn go_back(bench: &Bench, after: impl AsyncFnOnce(), meanwhile: impl AsyncFnOnce()) {
    let engine = bench.serve();
    bench.in_step();
    let copy = bench.dir.path().join("copy.redb");
    let copied = bench.run(&["store", "backup", copy.to_str().unwrap()]);
    assert!(copied.status.success(), "{copied:?}");
    after().await;
    bench.in_step();
    drop(engine);
    meanwhile().await;
    let restored = bench.run(&["store", "restore", copy.to_str().unwrap(), "--yes"]);
    assert!(restored.status.success(), "{restored:?}");
}

fn linked(bench: &Bench) -> usize {
    let output = bench.run(&["activity", "--json", "--limit", "500"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let action = |line: &str| serde_json::from_str::<Value>(line).unwrap()["action"].clone();
    lines.lines().filter(|line| action(line) == "linked").count()
}

fn of(names: &[&str]) -> Value {
    json!({ "create": names.iter().map(|name| json!({ "LastName": name, "Company": "Acme" })).collect::<Vec<_>>() })
}

async fn rename(bench: &Bench, name: &str, company: &str) {
    let rows = bench.soql(&format!("SELECT Id FROM Lead WHERE LastName = '{name}'")).await;
    edit(bench, "salesforce", json!({ "update": [{ "Id": rows[0]["Id"], "Company": company }] })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn items_made_after_the_copy_are_not_made_again() {
    let bench = Bench::start(0);
    edit(&bench, "salesforce", of(&["One", "Two"])).await;
    {
        let _engine = bench.serve();
        bench.connect();
        bench.lead_recipe();
        equal(&bench, 2).await;
    }
    let after = async || {
        edit(&bench, "salesforce", of(&["Three", "Four", "Five"])).await;
        equal(&bench, 5).await;
        rename(&bench, "One", "Edited Ltd").await;
        rename(&bench, "Three", "Edited Ltd").await;
        equal(&bench, 5).await;
    };
    go_back(&bench, after, async || {
        rename(&bench, "Four", "Meanwhile Ltd").await;
        edit(&bench, "salesforce", of(&["Six"])).await;
    })
    .await;
    let _engine = bench.serve();
    let rows = equal(&bench, 6).await;
    assert!(rows.contains(&("Four".into(), "Meanwhile Ltd".into())), "{rows:?}");
    assert_eq!(linked(&bench), 3, "three were there and not known");
    edit(&bench, "salesforce", of(&["Seven"])).await;
    equal(&bench, 7).await;
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_finds_what_both_sides_made_after_the_copy() {
    let bench = Bench::start(0);
    edit(&bench, "salesforce", of(&["One", "Two"])).await;
    {
        let _engine = bench.serve();
        bench.connect();
        let path = bench.file("pair.toml", PAIR);
        bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
        equal(&bench, 2).await;
    }
    let after = async || {
        edit(&bench, "salesforce", of(&["Three"])).await;
        let items = json!({ "create": [{ "name": "Four", "company": "Acme" }, { "name": "Five", "company": "Acme" }] });
        edit(&bench, "monday", items).await;
        equal(&bench, 5).await;
    };
    go_back(&bench, after, async || rename(&bench, "Three", "Meanwhile Ltd").await).await;
    let _engine = bench.serve();
    let rows = equal(&bench, 5).await;
    assert!(rows.contains(&("Three".into(), "Meanwhile Ltd".into())), "{rows:?}");
    bench.in_step();
    assert_eq!((equal(&bench, 5).await, bench.status()["errors"]["open"].as_u64()), (rows, Some(0)));
}
