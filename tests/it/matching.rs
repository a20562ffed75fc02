//! Matching on creation, with the real binary: what exists already is linked and not made a second time.

use serde_json::{Value, json};

use crate::support::Bench;

/// The pair that comes with the program, matching by e-mail.
fn pair(by: &str) -> String {
    include_str!("../../config/recipes/two-way-item.toml").replace("# match = [\"email\"]", by)
}

fn create(bench: &Bench, text: &str) -> Value {
    let path = bench.file("pair.toml", text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()])
}

async fn edit(bench: &Bench, system: &str, edits: Value) -> Value {
    let object = if system == "salesforce" { "Lead" } else { "Leads" };
    bench.control("POST", &format!("/{system}/records/{object}"), edits).await
}

fn activity(bench: &Bench, action: &str) -> Vec<Value> {
    let output = bench.run(&["activity", "--json", "--limit", "5000"]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["action"] == action).collect()
}

/// Gives every lead an address and a name of its own.
async fn named(leads: u32) -> Bench {
    let bench = Bench::start(leads);
    let rows = bench.soql("SELECT Id FROM Lead").await;
    let update = (1..).zip(&rows).map(|(at, row)| {
        json!({ "Id": row["Id"], "LastName": format!("Lead {at}"), "Email": format!("lead{at}@example.com"),
                "Title": format!("title {at}") })
    });
    edit(&bench, "salesforce", json!({ "update": update.collect::<Vec<_>>() })).await;
    bench
}

async fn counts(bench: &Bench) -> (usize, usize) {
    (bench.soql("SELECT Id FROM Lead").await.len(), bench.items("Leads").await.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_exists_on_both_sides_is_linked_and_not_doubled() {
    let bench = named(120).await;
    // The board knows most of them, in another spelling, and one that Salesforce does not know.
    let items = (1..=100).map(|at| {
        json!({ "name": format!("Item {at}"), "company": "Board Ltd",
                "email": { "email": format!("LEAD{at}@Example.com"), "text": format!("LEAD{at}@Example.com") } })
    });
    edit(&bench, "monday", json!({ "create": items.collect::<Vec<_>>() })).await;
    edit(&bench, "monday", json!({ "create": [{ "name": "Alone", "company": "A" }] })).await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench, &pair("match = \"Email\""));
    bench.in_step();
    assert_eq!(counts(&bench).await, (121, 121), "doubled, or not made");
    assert_eq!(bench.status()["errors"]["open"], 0, "{}", bench.json(&["errors", "list"]));
    let linked = activity(&bench, "linked");
    assert_eq!(linked.len(), 100, "{:?}", linked.first());
    assert!(linked.iter().all(|row| row["by"] == "engine" && row["target_id"].is_string()));
    // Two records that have just met: Salesforce wins, and what only the lead knew came over.
    let cells = bench.cells("Leads", &["title", "salesforce_id"]).await;
    for row in cells.iter().filter(|row| row["name"] != "Alone") {
        let number = row["name"].strip_prefix("Lead ").unwrap_or_else(|| panic!("{row:?}"));
        assert_eq!(row["title"], format!("title {number}"));
    }
    // Both keys of the found ones are where a later recipe finds them.
    let leads = bench.soql("SELECT Id, Monday_Item_Id__c FROM Lead").await;
    for row in &cells {
        let by_lead = leads.iter().any(|lead| lead["Monday_Item_Id__c"].as_str() == Some(&row["id"]));
        assert!(by_lead || row["salesforce_id"].len() == 18, "{row:?} carries no key");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_an_error_that_names_them_and_a_person_links() {
    let bench = named(1).await;
    let twin = |name: &str| {
        json!({ "name": name, "company": "B",
                "email": { "email": "lead1@example.com", "text": "lead1@example.com" } })
    };
    edit(&bench, "monday", json!({ "create": [twin("Twin one"), twin("Twin two")] })).await;
    let _engine = bench.serve();
    bench.connect();
    // One way: the items are nobody's source.
    let text = pair("match = [\"email\"]").replace("two-way-item", "record-to-item");
    let recipe = create(&bench, &text)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(bench.json(&["recipes", "show", &recipe])["match"], json!([["Email", "email"]]));
    let error = bench.until("named", |bench| bench.json(&["errors", "list"]).get(0).cloned());
    assert_eq!((&error["code"], &error["state"]), (&json!("SEVERAL_MATCHES"), &json!("open")));
    let items = bench.items("Leads").await;
    for (id, name, _) in &items {
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(id) && message.contains(name), "no {name} in {message}");
    }
    assert_eq!(items.len(), 2, "something was made");
    let id = error["id"].as_str().unwrap();
    let refused = |record: &str, code: i32| {
        let output = bench.run(&["errors", "link", id, record]);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
    };
    refused("123456", 1);
    let chosen = &items.iter().find(|(_, name, _)| name == "Twin two").unwrap().0;
    refused(chosen, 0);
    bench.until("merged", |bench| (bench.status()["errors"]["open"] == 0).then_some(()));
    bench.in_step();
    let cells = bench.cells("Leads", &["title", "salesforce_id"]).await;
    let row = cells.iter().find(|row| row["id"] == *chosen).unwrap();
    assert_eq!((&*row["name"], &*row["title"], row["salesforce_id"].len()), ("Lead 1", "title 1", 18));
    assert_eq!(cells.len(), 2);
    let linked = activity(&bench, "linked");
    assert!(linked.len() == 1 && linked[0]["by"] != "engine", "{linked:?}");
    let audit = bench.run(&["audit", "--json"]);
    assert!(String::from_utf8(audit.stdout).unwrap().contains("error.link"));
    refused(chosen, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_finds_its_lead_and_answers_that_never_came_double_nothing() {
    let bench = named(30).await;
    let items = (1..=30).map(|at| json!({ "name": format!("Lead {at}"), "company": "B" }));
    edit(&bench, "monday", json!({ "create": items.collect::<Vec<_>>() })).await;
    let lost = json!([
        { "id": "m", "match": { "system": "monday", "path_regex": "/v2", "every": 4 }, "effect": { "kind": "drop_after" } },
        { "id": "s", "match": { "system": "salesforce", "path_regex": "composite", "every": 3 }, "effect": { "kind": "drop_after" } }
    ]);
    bench.control("POST", "/faults", lost).await;
    let _engine = bench.serve();
    bench.connect();
    create(&bench, &pair("match = [\"name\"]"));
    bench.in_step();
    bench.control("DELETE", "/faults", Value::Null).await;
    bench.in_step();
    assert_eq!(counts(&bench).await, (30, 30));
    assert_eq!(activity(&bench, "linked").len(), 30);
    assert_eq!(bench.status()["errors"]["open"], 0, "{}", bench.json(&["errors", "list"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_cannot_be_asked_for_are_refused() {
    let bench = named(1).await;
    let _engine = bench.serve();
    bench.connect();
    for (by, word) in [("match = \"revenue\"", "e-mail address"), ("match = [\"Nothing\"]", "Nothing")] {
        let path = bench.file("bad.toml", &pair(by));
        let output = bench.run(&["recipes", "create", "--file", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("match") && told.contains(word), "{told}");
    }
}
