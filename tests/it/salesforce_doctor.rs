//! The pre-flight check against what an administrator of the sandbox's org allows and withholds.

use serde_json::{Value, json};

use crate::support::Bench;

fn doctor(bench: &Bench) -> (i32, Vec<Value>) {
    let output = bench.run(&["doctor", "sf", "--json"]);
    let rows: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    (output.status.code().unwrap(), rows.as_array().unwrap_or_else(|| panic!("{rows}")).clone())
}

fn row<'r>(rows: &'r [Value], check: &str) -> &'r Value {
    rows.iter().find(|row| row["check"] == check).unwrap_or_else(|| panic!("no {check} in {rows:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_check_tells_what_is_missing_and_who_mends_it() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.control("POST", "/salesforce/change-data-capture", json!({ "objects": { "Lead": true } })).await;
    let (code, rows) = doctor(&bench);
    assert_eq!(code, 0, "{rows:?}");
    for check in ["api", "object", "fields", "events", "package", "calls", "clock"] {
        let row = row(&rows, check);
        assert_eq!((&row["state"], &row["fix"]), (&json!("pass"), &Value::Null), "{row}");
    }
    let hidden = json!({ "fields": { "Lead.Company": "hidden" } });
    bench.control("POST", "/salesforce/permissions", hidden).await;
    bench.control("POST", "/salesforce/change-data-capture", json!({ "objects": { "Lead": false } })).await;
    let few = json!({ "daily_api_requests": { "max": 10_000, "remaining": 900 } });
    bench.control("POST", "/salesforce/limits", few).await;
    bench.control("POST", "/clock", json!({ "offset_ms": 150_000 })).await;
    let (code, rows) = doctor(&bench);
    assert_eq!(code, 1, "{rows:?}");
    assert_eq!(row(&rows, "fields")["state"], "fail");
    assert!(row(&rows, "fields")["message"].as_str().unwrap().contains("Company"));
    assert_eq!(row(&rows, "fields")["who"], "operator");
    for check in ["events", "calls", "clock"] {
        let row = row(&rows, check);
        assert_eq!(row["state"], "warn", "{row}");
        assert!(!row["fix"].as_str().unwrap().is_empty());
    }
    bench.control("POST", "/salesforce/permissions", json!({ "reset": true, "api_enabled": false })).await;
    let (code, rows) = doctor(&bench);
    assert_eq!((code, &row(&rows, "api")["state"]), (4, &json!("fail")), "{rows:?}");
    assert_eq!(row(&rows, "api")["who"], "administrator");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_that_is_needed_and_missing_blocks_and_one_that_lacks_the_object_refuses_the_recipe() {
    let bench = Bench::start(3);
    let mut engine = bench.serve();
    bench.connect();
    let text = format!(
        "id = \"strict\"\nsystem = \"salesforce\"\nhost = \"{}\"\nclient_id = \"{}\"\n\
         client_secret = {{ env = \"SF_SECRET\" }}\nrefresh_token = {{ env = \"SF_REFRESH\" }}\nneeds_package = true\n",
        bench.endpoint("/salesforce/login_url"),
        bench.endpoint("/salesforce/client_id"),
    );
    let file = bench.file("strict.toml", &text);
    let added = bench.run(&["connections", "add", "--file", file.to_str().unwrap(), "--json"]);
    let shown: Value = serde_json::from_slice(&added.stdout).unwrap();
    assert_eq!(
        (&shown["state"], &shown["reason"]),
        (&json!("blocked"), &json!("package_missing")),
        "{shown}"
    );
    assert_eq!(added.status.code(), Some(4));
    // Where it is installed from is shown if the table of packages says so, and otherwise who knows it.
    assert_eq!(shown["detail"], Value::Null, "{shown}");
    let told = bench.run(&["doctor", "strict", "--json"]);
    let told: Vec<Value> = serde_json::from_slice(&told.stdout).unwrap();
    assert!(row(&told, "package")["fix"].as_str().unwrap().contains("monday shows the link"), "{told:?}");
    let link = "https://login.salesforce.com/packaging/installPackage.apexp?p0=04t000000000001";
    let table = syncdeck::settings::packages::BUILT_IN
        .replace("latest = true", &format!("latest = true\ninstall_url = \"{link}\""));
    let table = bench.file("packages.toml", &table);
    let config = bench.file("linked.toml", &format!("packages = \"{}\"\n", table.display()));
    drop(engine);
    engine = bench.serve_with(&["--config", config.to_str().unwrap()]);
    let checked = bench.run(&["connections", "check", "strict", "--json"]);
    let shown: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(shown["detail"], link, "{shown}");
    let told = bench.run(&["doctor", "strict", "--json"]);
    let told: Vec<Value> = serde_json::from_slice(&told.stdout).unwrap();
    assert!(row(&told, "package")["fix"].as_str().unwrap().contains(link), "{told:?}");
    let install = |version: &str| json!({ "namespace": "monday_com", "version": version });
    bench.control("POST", "/salesforce/package", install("1.18.0.1")).await;
    let shown = bench.json(&["connections", "check", "strict"]);
    assert_eq!((&shown["state"], &shown["package"]), (&json!("valid"), &json!("1.18.0.1")), "{shown}");
    let orders = crate::support::LEADS
        .replace("\"sf\"", "\"strict\"")
        .replace("\"Lead\"", "\"Order\"")
        .replace("salesforce = \"Name\"", "salesforce = \"OrderNumber\"")
        .replace("salesforce = \"Company\"", "salesforce = \"Status\"")
        .replace("salesforce = \"Title\"", "salesforce = \"Description\"");
    let path = bench.file("orders.toml", &orders);
    let create = ["recipes", "create", "--json", "--dry-run", "--file", path.to_str().unwrap()];
    let refused = bench.run(&create);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let told = String::from_utf8(refused.stdout).unwrap();
    assert!(told.contains("1.18.0.1") && told.contains("1.16"), "{told}");
    bench.control("POST", "/salesforce/package", install("1.16.0.3")).await;
    bench.json(&["connections", "check", "strict"]);
    // Whether the org itself has the object is another question.
    let other = String::from_utf8(bench.run(&create).stdout).unwrap();
    assert!(!other.contains("package"), "{other}");
    let rows = bench.json(&["doctor", "strict"]);
    assert_eq!(row(rows.as_array().unwrap(), "package")["state"], "warn", "outdated: {rows:?}");
    drop(engine);
}
