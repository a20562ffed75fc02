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
