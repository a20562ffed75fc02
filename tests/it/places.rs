//! Countries and states, with the real binary: however they are written they are one value, and orgs that have picklists
//! for them get names and codes as they spell them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Bench;

const PAIR: &str = r#"
name = "Accounts and their board"
template = "two-way-item"
salesforce = "sf"
target = "monday"
object = "Account"
container = "Accounts"
every = "1s"

[[map]]
salesforce = "Name"
target = "name"

[[map]]
salesforce = "COUNTRY"
target = "country"

[[map]]
salesforce = "STATE"
target = "city"
"#;

fn pair(bench: &Bench, country: &str, state: &str) {
    bench.connect();
    let path = bench.file("pair.toml", &PAIR.replace("COUNTRY", country).replace("STATE", state));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
}

/// Makes an account; returns its id.
async fn account(bench: &Bench, name: &str, country: &str) -> String {
    let create = json!({ "create": [{ "Name": name, "BillingCountry": country }] });
    let made = bench.control("POST", "/salesforce/records/Account", create).await;
    made["created"][0].as_str().unwrap().to_owned()
}

async fn row(bench: &Bench, name: &str, wanted: [&str; 2]) -> String {
    let found = async || {
        let rows = bench.cells("Accounts", &["country", "city"]).await;
        let fits = |row: &&std::collections::BTreeMap<String, String>| {
            row["name"] == name && row["country"] == wanted[0] && row["city"] == wanted[1]
        };
        rows.iter().find(fits).map(|row| row["id"].clone())
    };
    bench.until_some(&format!("{name} with {wanted:?}"), found).await
}

async fn held(bench: &Bench, name: &str, fields: &str) -> Value {
    let query = format!("SELECT {fields} FROM Account WHERE Name = '{name}'");
    bench.until_some("the account", async || bench.soql(&query).await.pop()).await
}

/// Counts the updates that the ledger tells.
fn updates(bench: &Bench) -> usize {
    let lines = String::from_utf8(bench.run(&["activity", "--json"]).stdout).unwrap();
    lines.lines().filter(|line| line.contains("\"action\":\"updated\"")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_is_one_value_however_it_is_written() {
    let bench = Bench::start(0);
    let usa = account(&bench, "Free", "USA").await;
    let _engine = bench.serve();
    pair(&bench, "BillingCountry", "BillingState");
    let item = row(&bench, "Free", ["United States", ""]).await;
    bench.in_step();
    let before = updates(&bench);
    for written in ["US", "United States", "U.S.A.", "stati uniti"] {
        let edit = json!({ "update": [{ "Id": usa, "BillingCountry": written }] });
        bench.control("POST", "/salesforce/records/Account", edit).await;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
    }
    bench.in_step();
    assert_eq!(updates(&bench), before, "nothing is written back and forth");
    assert_eq!(held(&bench, "Free", "BillingCountry").await["BillingCountry"], "stati uniti");
    let edit = json!({ "update": [{ "id": item, "country": { "countryCode": "GB", "countryName": "United Kingdom" } }] });
    bench.control("POST", "/monday/records/Accounts", edit).await;
    let moved = async || {
        Some(held(&bench, "Free", "BillingCountry").await)
            .filter(|row| row["BillingCountry"] == "United Kingdom")
    };
    bench.until_some("moved", moved).await;
    bench.in_step();
    assert_eq!(updates(&bench), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_with_picklists_gets_names_and_codes_as_it_spells_them() {
    for (country, state) in [("BillingCountry", "BillingState"), ("BillingCountryCode", "BillingStateCode")] {
        let bench = Bench::start(0);
        bench.control("POST", "/salesforce/settings", json!({ "address_picklists": true })).await;
        account(&bench, "Seoul", "Korea, Republic of").await;
        let _engine = bench.serve();
        pair(&bench, country, state);
        row(&bench, "Seoul", ["South Korea", ""]).await;
        let us = json!({ "countryCode": "US", "countryName": "United States" });
        let create = json!({ "create": [
            { "name": "By code", "country": us, "city": "CA" },
            { "name": "By name", "country": us, "city": "california" },
        ] });
        bench.control("POST", "/monday/records/Accounts", create).await;
        let shown = if state == "BillingState" { "California" } else { "CA" };
        for name in ["By code", "By name"] {
            let all = "BillingCountry, BillingCountryCode, BillingState, BillingStateCode, BillingAddress";
            let account = held(&bench, name, all).await;
            let parts = ["BillingCountry", "BillingCountryCode", "BillingState", "BillingStateCode"];
            assert_eq!(
                parts.map(|part| &account[part]),
                ["United States", "US", "California", "CA"],
                "{account}"
            );
            let address = &account["BillingAddress"];
            assert_eq!(
                (&address["state"], &address["country"]),
                (&json!("California"), &json!("United States"))
            );
            row(&bench, name, ["United States", shown]).await;
        }
        let status = bench.in_step();
        assert_eq!(status["errors"]["open"], 0, "{status}");
        let before = updates(&bench);
        for recipe in ["r1", "r2"] {
            bench.json(&["recipes", "run", recipe]);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        bench.in_step();
        assert_eq!(updates(&bench), before, "it is at rest");
        // What the org does not know is an error that says so, and no loop.
        let create = json!({ "create": [{ "name": "Nowhere", "country": us, "city": "Atlantis" }] });
        bench.control("POST", "/monday/records/Accounts", create).await;
        bench.until("refused", |bench| (bench.status()["errors"]["open"] == 1).then_some(()));
    }
}
