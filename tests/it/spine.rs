//! From a change in Salesforce to an item on a board, with the real binary: what must hold whatever happens.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Bench, LEADS, program, signal};

fn assert_one_item_per_lead(items: &[(String, String, String)], leads: usize) {
    let keys: BTreeSet<&str> = items.iter().map(|(_, _, key)| key.as_str()).collect();
    assert_eq!(keys.len(), items.len(), "a lead has several items");
    assert_eq!(items.len(), leads, "items on the board");
    assert!(!keys.contains(""), "an item without its key");
}

#[test]
fn the_demonstration_ends_in_step_and_its_counts_are_the_sandboxs_own() {
    let output = std::process::Command::new(program())
        .args(["demo", "--headless", "--records", "400", "--exit-when-synced", "--json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(status["in_step"], true);
    assert_eq!(status["backlog"], 0);
    let counts = |object: &str| -> u64 {
        let rows = status["objects"].as_array().unwrap();
        rows.iter().find(|row| row["object"] == object).unwrap()["created"].as_u64().unwrap()
    };
    for (object, board) in [
        ("Lead", "Leads"),
        ("Contact", "Contacts"),
        ("Account", "Accounts"),
        ("Opportunity", "Opportunities"),
    ] {
        let id = status["boards"][board].as_str().unwrap();
        let live = status["sandbox"]["systems"]["monday"]["records"][id].as_u64().unwrap();
        assert_eq!(counts(object), live, "{object}");
    }
    assert!(status["errors"]["groups"].as_u64().unwrap() >= 1, "something to triage");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_follow_and_deletions_too() {
    let bench = Bench::start(20);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    assert_one_item_per_lead(&bench.items("Leads").await, 20);
    let made = bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "create": [{ "LastName": "Nova", "Company": "Nova Ltd" }] }),
        )
        .await;
    let id = made.pointer("/created/0").or_else(|| made.pointer("/create/0")).and_then(Value::as_str);
    let id = id.unwrap_or_else(|| panic!("no id in {made}")).to_owned();
    let named = |items: &[(String, String, String)], name: &str| {
        items.iter().any(|(_, known, key)| known == name && *key == id)
    };
    wait(&bench, |items| named(items, "Nova")).await;
    bench
        .control("POST", "/salesforce/records/Lead", json!({ "update": [{ "Id": id, "LastName": "Novak" }] }))
        .await;
    wait(&bench, |items| named(items, "Novak")).await;
    bench.control("POST", "/salesforce/records/Lead", json!({ "delete": [id] })).await;
    wait(&bench, |items| items.len() == 20).await;
    let status = bench.in_step();
    let lead = &status["objects"][0];
    assert_eq!((&lead["created"], &lead["updated"], &lead["deleted"]), (&json!(21), &json!(1), &json!(1)));
}

/// Waits until the Leads board looks as wanted.
async fn wait(bench: &Bench, wanted: impl Fn(&[(String, String, String)]) -> bool) {
    let deadline = std::time::Instant::now() + crate::support::PATIENCE;
    while !wanted(&bench.items("Leads").await) {
        assert!(std::time::Instant::now() < deadline, "the board never got there: {}", bench.status());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Loads leads while the engine is killed again and again at random moments.
async fn survive_kills(faults: Option<Value>, seed: u64) {
    const LEADS_LOADED: u32 = 2_000;
    let bench = Bench::start(LEADS_LOADED);
    // Slow enough that every kill finds calls under way.
    let slow = json!({ "id": "slow", "match": { "system": "monday", "path_regex": "/v2" }, "effect": { "kind": "delay", "ms": 15 } });
    {
        let _engine = bench.serve();
        bench.connect();
        bench.control("POST", "/faults", json!([slow])).await;
        bench.lead_recipe();
    }
    if let Some(fault) = faults {
        bench.control("POST", "/faults", json!([fault])).await;
    }
    let mut dice = fastrand::Rng::with_seed(seed);
    let kills = if std::env::var_os("SIM_NIGHT").is_some() { 1_000 } else { 50 };
    for kill in 0..kills {
        let engine = bench.serve();
        tokio::time::sleep(Duration::from_millis(dice.u64(5..250))).await;
        signal(&engine, rustix::process::Signal::KILL);
        drop(engine);
        println!("kill {kill} of seed {seed}");
    }
    bench.control("DELETE", "/faults", Value::Null).await;
    let _engine = bench.serve();
    let status = bench.in_step();
    assert_eq!(status["errors"]["open"], 0, "{status}");
    assert_one_item_per_lead(&bench.items("Leads").await, LEADS_LOADED as usize);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_double_nothing_and_lose_nothing() {
    survive_kills(None, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_do_they_when_answers_are_lost_after_the_work_was_done() {
    let lost = json!({
        "id": "lost",
        "match": { "system": "monday", "method": "POST", "probability": 0.3, "seed": 7 },
        "effect": { "kind": "drop_after" },
    });
    survive_kills(Some(lost), 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_creations_at_once_ninety_succeed() {
    let bench = Bench::start(5);
    let _engine = bench.serve();
    bench.connect();
    let path = bench.file("leads.toml", LEADS);
    let children: Vec<_> = (0..200)
        .map(|_| {
            let mut command =
                bench.command(&["recipes", "create", "--json", "--file", path.to_str().unwrap()]);
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let outputs: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let ended_with = |code: i32| outputs.iter().filter(|output| output.status.code() == Some(code)).count();
    assert_eq!((ended_with(0), ended_with(3)), (90, 110));
    let refused = outputs.iter().find(|output| output.status.code() == Some(3)).unwrap();
    let refused: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(refused["error"]["code"], "recipe_limit");
    assert_eq!((&refused["error"]["limit"], &refused["error"]["used"]), (&json!(90), &json!(90)));
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(message.contains("90") && message.contains("Delete unused recipes"), "{message}");
    let status = bench.status();
    assert_eq!(status["recipes"]["used"], 90);
    assert_eq!(status["alerts"][0]["class"], "CAP");
    assert_eq!(status["alerts"][0]["count"], 110);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_costs_one_call_and_no_change() {
    let bench = Bench::start(30);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    let username = bench.endpoint("/salesforce/username").to_owned();
    let before = bench.last_call().await;
    bench.control("POST", "/salesforce/revoke", json!({ "username": username })).await;
    let status = bench.until("revoked", |bench| {
        Some(bench.status()).filter(|status| status["connections"][1]["state"] == "revoked")
    });
    assert_eq!(status["recipes"]["suspended"], 1);
    assert_eq!(status["in_step"], false);
    assert_eq!(status["alerts"][0]["class"], "AUTH");
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "create": [{ "LastName": "Meanwhile", "Company": "M" }] }),
        )
        .await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let calls = bench.control("GET", &format!("/calls?since={before}"), Value::Null).await;
    let failed = |path: &str| {
        let rows = calls.as_array().unwrap();
        let hit = |row: &&Value| {
            row["system"] == "salesforce"
                && row["status"].as_u64() >= Some(400)
                && row["path"].as_str().unwrap().contains(path)
        };
        rows.iter().filter(hit).count()
    };
    assert_eq!(failed("/services/data"), 1, "one failed call: {calls}");
    assert_eq!(failed("/services/oauth2/token"), 1, "and one refused refresh: {calls}");
    let check = bench.run(&["connections", "check", "sf", "--json"]);
    assert_eq!(check.status.code(), Some(4), "{check:?}");

    let token = bench.control("POST", "/salesforce/grant", json!({ "username": username })).await;
    let token = token["refresh_token"].as_str().unwrap_or_else(|| panic!("no token in {token}")).to_owned();
    let mut reconnect = bench.command(&["connections", "reconnect", "sf", "--refresh-token-stdin", "--json"]);
    let mut child = reconnect.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), format!("{token}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains(&token), "the token is never shown");
    bench.until("the change that came meanwhile", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 31)
    });
    assert_eq!(bench.in_step()["recipes"]["active"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_recipes_share_one_poll_and_an_idle_minute_costs_little() {
    let bench = Bench::start(10);
    let _engine = bench.serve();
    bench.connect();
    for _ in 0..3 {
        bench.lead_recipe();
    }
    bench.in_step();
    let (began, before) = (std::time::Instant::now(), bench.last_call().await);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let calls = bench.calls_since(before).await;
    let seconds = began.elapsed().as_secs();
    let of = |system: &str| calls.iter().filter(|row| row["system"] == system).count() as u64;
    let polls = of("salesforce");
    assert!(
        (1..=seconds + 2).contains(&polls),
        "{polls} polls in {seconds} seconds for three recipes at one second"
    );
    let monday = of("monday");
    assert_eq!(monday, 0, "nothing changed, so nothing is called");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_load_costs_the_calls_that_it_must() {
    let bench = Bench::start(4_000);
    let _engine = bench.serve();
    bench.connect();
    let before = bench.last_call().await;
    bench.lead_recipe();
    bench.in_step();
    let calls = bench.control("GET", &format!("/calls?since={before}"), Value::Null).await;
    let count = |system: &str, endpoint: &str| {
        let rows = calls.as_array().unwrap();
        rows.iter()
            .filter(|row| row["system"] == system && row["endpoint"].as_str().unwrap().contains(endpoint))
            .count()
    };
    // A page of 2,000 costs a call: the query and its one continuation. What follows are polls of what changed since.
    let paths = || {
        calls
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["system"] == "salesforce")
            .filter_map(|row| row["path"].as_str())
    };
    assert_eq!(paths().filter(|path| path.contains("queryAll") && !path.contains("WHERE")).count(), 1);
    assert_eq!(paths().filter(|path| path.contains("/query/01g")).count(), 1);
    assert_eq!(count("monday", "create_item"), 4_000 / 50, "fifty creations a request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_recipe_is_told_line_by_line_and_changes_nothing() {
    let bench = Bench::start(5);
    let _engine = bench.serve();
    bench.connect();
    let wrong = LEADS
        .replace("\"Company\"", "\"Compagny\"")
        .replace("\"title\"", "\"owner\"")
        .replace("target = \"name\"", "target = \"colour\"");
    let path = bench.file("wrong.toml", &wrong);
    let output = bench.run(&["recipes", "create", "--json", "--file", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told: Vec<(u64, &str)> = document["error"]["mistakes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mistake| (mistake["line"].as_u64().unwrap(), mistake["key"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [(13, "map[0].target"), (16, "map[1].salesforce"), (21, "map[2].target")]);
    let plain = bench.run(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let said = String::from_utf8(plain.stderr).unwrap();
    assert!(said.contains("wrong.toml:16: map[1].salesforce: found Compagny; expected a field of Lead; did you mean Company?"), "{said}");
    assert_eq!(bench.json(&["recipes", "list"]), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_grouped_shown_and_retried() {
    let bench = Bench::start(0);
    let _engine = bench.serve();
    bench.connect();
    let recipe = LEADS
        .replace("salesforce = \"Title\"\ntarget = \"title\"", "salesforce = \"Phone\"\ntarget = \"phone\"");
    let path = bench.file("leads.toml", &recipe);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    let bad =
        |n: u32| json!({ "LastName": format!("Bad {n}"), "Company": "B", "Phone": format!("+3312{n}") });
    let made = bench
        .control("POST", "/salesforce/records/Lead", json!({ "create": [bad(1), bad(2), bad(3)] }))
        .await;
    bench.until("three errors", |bench| Some(()).filter(|()| bench.status()["errors"]["open"] == 3));
    let groups = bench.json(&["errors", "groups"]);
    assert_eq!(groups.as_array().unwrap().len(), 1, "one cause: {groups}");
    assert_eq!((&groups[0]["count"], &groups[0]["class"]), (&json!(3), &json!("VALID")));
    assert_eq!(groups[0]["fields"], json!(["phone"]));
    let errors = bench.json(&["errors", "list"]);
    let detail = bench.json(&["errors", "show", errors[0]["id"].as_str().unwrap()]);
    assert!(
        detail["diff"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["salesforce_field"] == "Phone" && row["blocks"] == true)
    );
    let planned = bench.json(&["errors", "retry", "--all", "--dry-run"]);
    assert_eq!((&planned["of"], &planned["skipped"]), (&json!(0), &json!(3)), "they would only fail again");
    // The record changes, so it is tried again by itself.
    let first = made
        .pointer("/created/0")
        .or_else(|| made.pointer("/create/0"))
        .and_then(Value::as_str)
        .unwrap()
        .to_owned();
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "update": [{ "Id": first, "Phone": "+33612345678" }] }),
        )
        .await;
    // While its call is under way it is no longer open but still of the cause, and a retry of the cause takes it along.
    bench.until("two errors, none of them being tried", |bench| {
        let errors = bench.json(&["errors", "list"]);
        let of =
            |state: &str| errors.as_array().unwrap().iter().filter(|error| error["state"] == state).count();
        Some(()).filter(|()| (of("open"), of("retrying")) == (2, 0))
    });
    let group = groups[0]["id"].as_str().unwrap();
    let job = bench.json(&["errors", "retry", "--group", group, "--yes"]);
    let done = bench.run(&["jobs", "wait", job["job"].as_str().unwrap(), "--json"]);
    assert_eq!(done.status.code(), Some(6), "partly done");
    let done: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&done["ok"], &done["failed"], &done["state"]), (&json!(0), &json!(2), &json!("done")));
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_recipes_stop_calling_and_come_back() {
    let bench = Bench::start(10);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    let refused = bench.run(&["recipes", "delete", "r1", "--json"]);
    assert_eq!(refused.status.code(), Some(3), "no yes, no deletion");
    let job = bench.json(&["recipes", "delete", "r1", "--yes"]);
    // What was under way ends; a recipe that is not deleted looks each second.
    bench.silent_for(Duration::from_millis(2_500), |_| true).await;
    bench.json(&["undo", job["job"].as_str().unwrap()]);
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "create": [{ "LastName": "After", "Company": "A" }] }),
        )
        .await;
    bench.until("the lead made after the undo", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 11)
    });
    bench.in_step();
    assert_one_item_per_lead(&bench.items("Leads").await, 11);
    let audit = String::from_utf8(bench.run(&["audit", "--json"]).stdout).unwrap();
    assert!(audit.lines().any(|line| line.contains("\"recipe.delete\"")), "{audit}");
}

/// Changes made through jsforce arrive on the board as the Python package `monday` reads it.
#[tokio::test(flavor = "multi_thread")]
async fn what_jsforce_writes_the_monday_package_reads() {
    let Some(clients) = std::env::var_os("SYNCDECK_CLIENTS").map(std::path::PathBuf::from) else { return };
    let bench = Bench::start(0);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    let endpoints = bench.file("endpoints.json", &bench.endpoints.to_string());
    let script = |program: std::path::PathBuf, name: &str, argument: &str| {
        let scripts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let mut command = std::process::Command::new(program);
        command
            .arg(scripts.join(name))
            .arg(&endpoints)
            .arg(argument)
            .env("NODE_PATH", clients.join("node_modules"));
        for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
            command.env_remove(proxy);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{name} {argument}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let deadline = std::time::Instant::now() + crate::support::PATIENCE;
    for (work, items, changed) in [("create", 50, 0), ("change", 50, 50), ("delete", 30, 30)] {
        script("node".into(), "spine_jsforce.mjs", work);
        loop {
            let names = script(clients.join("venv/bin/python"), "spine_monday.py", "Leads");
            let names: Vec<String> = serde_json::from_str(&names).unwrap();
            let done = names.iter().filter(|name| name.ends_with(" changed")).count();
            if names.len() == items && done == changed {
                break;
            }
            assert!(
                std::time::Instant::now() < deadline,
                "after {work}: {} items, {done} changed",
                names.len()
            );
        }
    }
    bench.in_step();
}
