//! Editing what is sent, for one try: by the command line, against the sandbox.

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};

const PAIR: &str = include_str!("../../config/recipes/two-way-item.toml");

/// A lead whose telephone number the board refuses, and its error.
async fn refused(bench: &Bench, recipe: &str) -> (String, String) {
    bench.connect();
    let path = bench.file("recipe.toml", recipe);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let bad = json!({ "LastName": "Bad", "Company": "B", "Phone": "+33121" });
    let made = bench.control("POST", "/salesforce/records/Lead", json!({ "create": [bad] })).await;
    let lead = made.pointer("/created/0").and_then(Value::as_str).unwrap().to_owned();
    bench.until("the error", |bench| Some(()).filter(|()| bench.status()["errors"]["open"] == 1));
    let errors = bench.json(&["errors", "list"]);
    (lead, errors[0]["id"].as_str().unwrap().to_owned())
}

fn with_phone(recipe: &str) -> String {
    format!("{recipe}\n[[map]]\nsalesforce = \"Phone\"\ntarget = \"phone\"\n")
}

async fn phone(bench: &Bench) -> String {
    let cells = bench.cells("Leads", &["phone"]).await;
    cells.first().map(|row| row["phone"].clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_written_once_and_the_source_stays() {
    let bench = Bench::start(0);
    let _engine = bench.serve();
    let (lead, error) = refused(&bench, &with_phone(LEADS)).await;

    // What cannot be is told, and nothing is tried.
    for set in ["nothing=1", "phone"] {
        let output = bench.run(&["errors", "edit", &error, "--set", set]);
        assert_eq!(output.status.code(), Some(2), "{set}: {output:?}");
    }
    // Still wrong: it waits as before.
    let job = bench.json(&["errors", "edit", &error, "--set", "phone=+33122"]);
    let ended = bench.run(&["jobs", "wait", job["job"].as_str().unwrap()]);
    assert_eq!(ended.status.code(), Some(6), "{ended:?}");
    assert_eq!(bench.status()["errors"]["open"], 1);

    let job = bench.json(&["errors", "edit", &error, "--set", "phone=+33612345678"]);
    assert!(bench.run(&["jobs", "wait", job["job"].as_str().unwrap()]).status.success());
    bench.in_step();
    assert_eq!(bench.status()["errors"]["open"], 0);
    assert_eq!(phone(&bench).await, "+33612345678");
    let kept = bench.soql("SELECT Phone FROM Lead").await;
    assert_eq!(kept[0]["Phone"], "+33121", "the source is not changed");
    // Nothing writes it back, not even when the record changes in another field.
    let edit = json!({ "update": [{ "Id": lead, "Company": "Other" }] });
    bench.control("POST", "/salesforce/records/Lead", edit).await;
    bench.until("the company", |bench| {
        let rows = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(bench.cells("Leads", &["company"]))
        });
        Some(()).filter(|()| rows[0]["company"] == "Other")
    });
    assert_eq!(phone(&bench).await, "+33612345678");
    let audit = String::from_utf8(bench.run(&["audit", "--json"]).stdout).unwrap();
    assert!(
        audit.contains("error.edit") && !audit.contains("33612345678"),
        "which field, not its value: {audit}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_pair_both_sides_end_with_what_was_typed() {
    let bench = Bench::start(0);
    let _engine = bench.serve();
    let (_, error) = refused(&bench, &with_phone(PAIR)).await;
    bench.json(&["errors", "edit", &error, "--set", "phone=+33612345678"]);
    bench.until("both", |bench| {
        let rows = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(bench.soql("SELECT Phone FROM Lead"))
        });
        let digits: String =
            rows[0]["Phone"].as_str().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
        Some(()).filter(|()| digits == "33612345678")
    });
    bench.in_step();
    assert_eq!(phone(&bench).await, "+33612345678");
    assert_eq!(bench.status()["errors"]["open"], 0);
}
