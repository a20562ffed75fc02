//! Held conflicts and lost values, with the real binary: a person sees both values and decides.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bench, PATIENCE};

const PAIR: &str = include_str!("../../config/recipes/two-way-item.toml");

async fn edit(bench: &Bench, system: &str, edits: Value) {
    let object = if system == "salesforce" { "Lead" } else { "Leads" };
    bench.control("POST", &format!("/{system}/records/{object}"), edits).await;
}

/// Starts a pair over so many leads and returns their ids and those of their items.
async fn pair(leads: u32, conflicts: &str) -> (Bench, crate::support::Process, Vec<(String, String)>) {
    let bench = Bench::start(leads);
    let engine = bench.serve();
    bench.connect();
    let text = PAIR.replace("conflicts = \"salesforce-wins\"", &format!("conflicts = \"{conflicts}\""));
    let path = bench.file("pair.toml", &text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.in_step();
    let ids = bench.items("Leads").await.into_iter().map(|(item, _, lead)| (lead, item)).collect();
    (bench, engine, ids)
}

/// Changes the title of each on both sides at the same time.
async fn collide(bench: &Bench, ids: &[(String, String)]) {
    let there: Vec<_> =
        ids.iter().map(|(lead, _)| json!({ "Id": lead, "Title": "from Salesforce" })).collect();
    let here: Vec<_> = ids.iter().map(|(_, item)| json!({ "id": item, "title": "from the board" })).collect();
    tokio::join!(
        edit(bench, "monday", json!({ "update": here })),
        edit(bench, "salesforce", json!({ "update": there })),
    );
}

/// Waits until both sides have these titles.
async fn titles(bench: &Bench, wanted: &[(&(String, String), &str)]) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let leads = bench.soql("SELECT Id, Title FROM Lead").await;
        let items = bench.cells("Leads", &["title"]).await;
        let equal = wanted.iter().all(|((lead, item), title)| {
            leads.iter().any(|row| row["Id"] == **lead && row["Title"] == **title)
                && items.iter().any(|row| row["id"] == *item && row["title"] == *title)
        });
        if equal {
            return;
        }
        assert!(Instant::now() < deadline, "never {wanted:?}: {leads:?} {items:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn ledger(bench: &Bench) -> Vec<Value> {
    let output = bench.run(&["activity", "--json", "--limit", "500"]);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_ends_held_conflicts_and_the_loser_can_come_back() {
    let (bench, _engine, ids) = pair(3, "hold").await;
    collide(&bench, &ids).await;
    bench.until("held", |bench| (bench.status()["conflicts_held"] == 3).then_some(()));
    let rows = bench.json(&["conflicts", "list"]);
    assert_eq!(rows.as_array().unwrap().len(), 3, "{rows}");
    let field = &rows[0]["fields"][0];
    assert_eq!(
        (&field["salesforce"], &field["target"]),
        (&json!("from Salesforce"), &json!("from the board"))
    );
    assert!(
        field["base"].is_string() && field["salesforce_field"] == "Title" && field["target_field"] == "title"
    );
    let held = |lead: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["salesforce_id"] == lead).unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let [first, second, third] = [0, 1, 2].map(|at: usize| held(&ids[at].0));
    let run = |args: &[&str], code: i32| {
        let output = bench.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?} {output:?}");
    };
    run(&["conflicts", "keep", &first, &second, "--side", "other"], 0);
    // One of these is over: all or none.
    run(&["conflicts", "keep", &third, &first, "--side", "salesforce"], 1);
    assert_eq!(bench.status()["conflicts_held"], 1);
    run(&["--read-only", "conflicts", "keep", &third, "--side", "salesforce"], 3);
    run(&["conflicts", "keep", &third, "--side", "salesforce"], 0);
    let wanted = [(&ids[0], "from the board"), (&ids[1], "from the board"), (&ids[2], "from Salesforce")];
    titles(&bench, &wanted).await;
    bench.in_step();
    assert_eq!(bench.status()["conflicts_held"], 0);

    // What lost is in the ledger, by whom it was decided, and comes back on both sides.
    let lines = ledger(&bench);
    let line = lines
        .iter()
        .find(|line| line["action"] == "conflict" && line["salesforce_id"] == *ids[0].0)
        .unwrap_or_else(|| panic!("{lines:?}"));
    assert!(line["lost"].to_string().contains("from Salesforce") && line["by"] != "engine", "{line}");
    let seq = line["seq"].to_string();
    run(&["conflicts", "restore", &seq, "Company"], 1);
    run(&["conflicts", "restore", "999999"], 1);
    run(&["conflicts", "restore", &seq, "title"], 0);
    titles(&bench, &[(&ids[0], "from Salesforce"), (&ids[1], "from the board")]).await;
    let audit = String::from_utf8(bench.run(&["audit", "--json"]).stdout).unwrap();
    assert!(audit.contains("conflict.keep") && audit.contains("conflict.restore"), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_overruled_comes_back_when_asked() {
    let (bench, _engine, ids) = pair(1, "salesforce-wins").await;
    collide(&bench, &ids).await;
    titles(&bench, &[(&ids[0], "from Salesforce")]).await;
    bench.in_step();
    let lines = ledger(&bench);
    let line = lines.iter().find(|line| line["lost"].to_string().contains("from the board")).unwrap();
    let output = bench.run(&["conflicts", "restore", &line["seq"].to_string()]);
    assert!(output.status.success(), "{output:?}");
    titles(&bench, &[(&ids[0], "from the board")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_settles_itself_is_over() {
    let (bench, _engine, ids) = pair(1, "hold").await;
    let title = bench.cells("Leads", &["title"]).await[0]["title"].clone();
    collide(&bench, &ids).await;
    bench.until("held", |bench| (bench.status()["conflicts_held"] == 1).then_some(()));
    // The board takes its change back: only Salesforce has changed, and that is carried across.
    edit(&bench, "monday", json!({ "update": [{ "id": ids[0].1, "title": title }] })).await;
    titles(&bench, &[(&ids[0], "from Salesforce")]).await;
    bench.until("over", |bench| (bench.status()["conflicts_held"] == 0).then_some(()));
    assert_eq!(bench.json(&["conflicts", "list"]), json!([]));
}
