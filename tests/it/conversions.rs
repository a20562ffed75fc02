//! Leads that are converted, with the real binary: the item goes over to the contact where a recipe takes contacts into
//! the same board, and stays the lead's otherwise. Nothing is deleted, nothing is made twice, nobody is bothered twice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Bench, LEADS};

const CODE: &str = "CONVERTED";

async fn lead(bench: &Bench) -> String {
    let create = json!({ "create": [{ "LastName": "Sold", "Company": "New Ltd", "Title": "Buyer" }] });
    let made = bench.control("POST", "/salesforce/records/Lead", create).await;
    made["created"][0].as_str().unwrap().to_owned()
}

async fn convert(bench: &Bench, lead: &str) -> [String; 3] {
    let made =
        bench.control("POST", "/salesforce/convert", json!({ "lead": lead, "opportunity": true })).await;
    ["contact", "account", "opportunity"].map(|one| made[one].as_str().unwrap_or_default().to_owned())
}

/// Returns the ledger's lines about conversions, oldest first.
fn told(bench: &Bench) -> Vec<Value> {
    let lines = bench.run(&["activity", "--json"]);
    let lines = String::from_utf8(lines.stdout).unwrap();
    let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut rows: Vec<Value> = rows.filter(|row| row["error"] == CODE).collect();
    rows.sort_by_key(|row| row["seq"].as_u64());
    rows
}

fn contacts() -> String {
    LEADS
        .replace("\"Lead\"", "\"Contact\"")
        .replace("Leads to the board", "Contacts to the same board")
        .replace(
            "[[map]]\nsalesforce = \"Company\"\ntarget = \"company\"\n\n",
            "[[map]]\nsalesforce = \"Department\"\ntarget = \"company\"\n\n",
        )
}

fn create(bench: &Bench, name: &str, recipe: &str) {
    let path = bench.file(name, recipe);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
}

fn without_errors(bench: &Bench) {
    let status = bench.in_step();
    assert_eq!(status["errors"]["open"], 0, "{status}");
    let deleted: Vec<&Value> =
        status["objects"].as_array().unwrap().iter().map(|object| &object["deleted"]).collect();
    assert!(deleted.iter().all(|count| **count == 0), "a conversion is no deletion: {status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_converted_lead_keeps_its_item_and_edits_of_it_are_told_once() {
    let bench = Bench::start(0);
    let lead = lead(&bench).await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench, "pair.toml", include_str!("../../config/recipes/two-way-item.toml"));
    let item = bench.until_some("made", async || bench.cells("Leads", &["company"]).await.pop()).await;
    bench.in_step();
    let heirs = convert(&bench, &lead).await;
    let rows = bench.until("told", |bench| Some(told(bench)).filter(|rows| !rows.is_empty()));
    let line = &rows[0];
    assert_eq!((&line["action"], &line["salesforce_id"]), (&json!("skipped"), &json!(lead)), "{line}");
    assert_eq!(line["converted_to"], json!(heirs), "the line says what the lead became: {line}");
    without_errors(&bench);

    for name in ["Edited", "Edited again"] {
        let edit = json!({ "update": [{ "id": item["id"], "company": name }] });
        bench.control("POST", "/monday/records/Leads", edit).await;
        bench.until("told", |bench| (told(bench).len() == 2).then_some(()));
        bench.json(&["recipes", "run", "r2"]);
        without_errors(&bench);
    }
    let rows = told(&bench);
    assert_eq!(rows.len(), 2, "told once: {rows:?}");
    assert_eq!((&rows[1]["fields"], &rows[1]["direction"]), (&json!(["Company"]), &json!("to-salesforce")));
    let row = bench.cells("Leads", &["company"]).await;
    assert_eq!((row.len(), &*row[0]["company"]), (1, "Edited again"), "the item stays as people left it");
    let kept = bench.soql(&format!("SELECT Company FROM Lead WHERE Id = '{lead}'")).await;
    assert_eq!(kept[0]["Company"], "New Ltd");
}

/// Nothing but the refusal tells of the conversion where Salesforce is only written.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_because_of_a_conversion_is_no_error() {
    let bench = Bench::start(0);
    let _engine = bench.serve();
    bench.connect();
    let recipe =
        include_str!("../../config/recipes/two-way-item.toml").replace("two-way-item", "item-to-record");
    create(&bench, "items.toml", &recipe);
    let made = json!({ "create": [{ "name": "Sold", "company": "New Ltd" }] });
    bench.control("POST", "/monday/records/Leads", made).await;
    let of_lead = async || bench.soql("SELECT Id FROM Lead WHERE LastName = 'Sold'").await.pop();
    let lead = bench.until_some("made", of_lead).await["Id"].as_str().unwrap().to_owned();
    bench.in_step();
    let heirs = convert(&bench, &lead).await;
    let item = bench.cells("Leads", &["company"]).await.pop().unwrap();
    let edit = json!({ "update": [{ "id": item["id"], "company": "Edited" }] });
    bench.control("POST", "/monday/records/Leads", edit).await;
    let rows = bench.until("told", |bench| Some(told(bench)).filter(|rows| rows.len() == 2));
    assert_eq!(rows[1]["converted_to"], json!(heirs));
    assert_eq!(rows[1]["fields"], json!(["Company"]));
    without_errors(&bench);
    assert_eq!(bench.json(&["errors", "list"]), json!([]));
}

/// Converts a lead whose item lies on a board that takes contacts too, and follows the item.
async fn goes_over(leads_every: &str, contacts_every: &str) {
    let bench = Bench::start(0);
    let lead = lead(&bench).await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench, "leads.toml", &LEADS.replace("\"1s\"", leads_every));
    create(&bench, "contacts.toml", &contacts().replace("\"1s\"", contacts_every));
    let item = bench.until_some("made", async || bench.items("Leads").await.pop()).await;
    assert_eq!(item.2, lead);
    bench.in_step();
    let heirs = convert(&bench, &lead).await;
    let [contact, ..] = &heirs;
    let over = async || bench.items("Leads").await.into_iter().find(|row| row.2 == *contact);
    let row = bench.until_some("over", over).await;
    assert_eq!(row.0, item.0, "the same item carries the contact's key");
    let rename = json!({ "update": [{ "Id": contact, "LastName": "Renamed", "Department": "Sales" }] });
    bench.control("POST", "/salesforce/records/Contact", rename).await;
    let renamed = |row: &BTreeMap<String, String>| row["company"] == "Sales";
    let follows = async || bench.cells("Leads", &["company"]).await.pop().filter(renamed);
    let row = bench.until_some("renamed", follows).await;
    assert_eq!((&row["id"], &*row["name"]), (&item.0, "Renamed"));
    for recipe in ["r1", "r2"] {
        bench.json(&["recipes", "run", recipe]);
    }
    without_errors(&bench);
    assert_eq!(bench.items("Leads").await.len(), 1, "no second item");
    let rows = told(&bench);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(
        (&rows[0]["action"], &rows[0]["recipe"], &rows[0]["salesforce_id"], &rows[0]["converted_to"]),
        (&json!("linked"), &json!("r2"), &json!(contact), &json!(heirs)),
        "{rows:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_item_goes_over_when_the_lead_is_seen_first() {
    goes_over("\"1s\"", "\"5s\"").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_item_goes_over_when_the_contact_is_seen_first() {
    goes_over("\"15m\"", "\"1s\"").await;
}
