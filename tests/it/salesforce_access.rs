//! How a connection gets in, what it may spend, and what becomes of it, with the real binary against the sandbox.

use serde_json::{Value, json};

use crate::support::Bench;

/// A key for tests, and what an administrator uploads for it.
const KEY: &str = include_str!("../fixtures/jwt_test_key.pem");
const PUBLIC: &str = include_str!("../fixtures/jwt_test_public.pem");

fn failed_calls(calls: &[Value], path: &str) -> usize {
    let hit =
        |row: &&Value| row["status"].as_u64() >= Some(400) && row["path"].as_str().unwrap().contains(path);
    calls.iter().filter(hit).count()
}

fn connection(bench: &Bench, id: &str, more: &str) -> String {
    let text = format!(
        "id = \"{id}\"\nsystem = \"salesforce\"\nhost = \"{}\"\nclient_id = \"{}\"\ndoubt = \"1s\"\n{more}\n",
        bench.endpoint("/salesforce/login_url"),
        bench.endpoint("/salesforce/client_id"),
    );
    bench.file(&format!("{id}.toml"), &text).to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_or_the_apps_own_user_gets_in_without_a_browser() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    let username = bench.endpoint("/salesforce/username").to_owned();
    let key = bench.file("key.pem", KEY);
    let jwt =
        format!("grant = \"jwt-bearer\"\nusername = \"{username}\"\nprivate_key = {{ file = {key:?} }}");
    let file = connection(&bench, "byjwt", &jwt);
    // The administrator has not uploaded the certificate yet.
    let refused = bench.run(&["connections", "add", "--file", &file, "--json"]);
    assert_eq!(refused.status.code(), Some(4), "{refused:?}");
    let row: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert!(row["cause"].as_str().unwrap().contains("signed assertion"), "{row}");
    bench.control("POST", "/salesforce/jwt-certificate", json!({ "pem": PUBLIC })).await;
    bench.until("valid", |bench| {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let check = bench.run(&["connections", "check", "byjwt", "--json"]);
        // A refusal that has nothing to do with a refresh token is remembered for a minute only; a file that is
        // added anew begins at once.
        if check.status.success() {
            return Some(());
        }
        bench.run(&["connections", "remove", "byjwt"]);
        bench.run(&["connections", "add", "--file", &file]).status.success().then_some(())
    });
    let row = bench.json(&["connections", "show", "byjwt"]);
    assert_eq!(row["state"], "valid", "{row}");
    let own = "grant = \"client-credentials\"\nclient_secret = { env = \"SF_SECRET\" }";
    let row = bench.json(&["connections", "add", "--file", &connection(&bench, "own", own)]);
    assert_eq!(row["state"], "valid", "{row}");
    let by_browser = bench.run(&["connections", "reconnect", "own", "--json"]);
    assert_eq!(by_browser.status.code(), Some(1), "there is nothing to authorise: {by_browser:?}");
    let vault = std::fs::read(bench.data().join("vault")).unwrap();
    assert!(!String::from_utf8_lossy(&vault).contains("PRIVATE KEY"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_connection_is_withdrawn_at_the_remote() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    let before = bench.last_call().await;
    bench.json(&["connections", "remove", "sf"]);
    let calls = bench.calls_since(before).await;
    let revoked = calls.iter().any(|row| row["path"].as_str().unwrap().contains("oauth2/revoke"));
    assert!(revoked, "{calls:?}");
    let again = connection(
        &bench,
        "sf",
        "client_secret = { env = \"SF_SECRET\" }\nrefresh_token = { env = \"SF_REFRESH\" }",
    );
    let added = bench.run(&["connections", "add", "--file", &again, "--json"]);
    assert_eq!(added.status.code(), Some(4), "the token is worth nothing any more: {added:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_session_that_is_refused_is_no_revocation() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    let fault = json!({ "id": "slow-session", "match": { "system": "salesforce", "path_regex": "/services/data/.*query", "first": 2 },
                        "effect": { "kind": "session_expired" } });
    bench.control("POST", "/faults", json!([fault])).await;
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    let sf = bench.json(&["connections", "show", "sf"]);
    assert!(sf["state"] == "valid" || sf["state"] == "unreachable", "{sf}");
    assert_eq!(sf["revoked_30d"], 0);
    bench.control("DELETE", "/faults", Value::Null).await;
    bench.in_step();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_kept_to_the_call_and_raising_it_lets_syncs_go_on() {
    const BUDGET: u64 = 12;
    let bench = Bench::start(5);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    let data_calls = |calls: &[Value]| {
        let counts = |row: &&Value| {
            row["system"] == "salesforce" && row["path"].as_str().unwrap().contains("/services/data")
        };
        calls.iter().filter(counts).count()
    };
    bench.json(&["connections", "set", "sf", "--api-budget", &BUDGET.to_string()]);
    let sf = bench.until("exhausted", |bench| {
        let row = bench.json(&["connections", "show", "sf"]);
        Some(row).filter(|row| row["state"] == "exhausted")
    });
    assert_eq!(sf["reason"], "API_BUDGET");
    assert!(sf["until"].is_string() && sf["api"]["paused_until"] == sf["until"], "{sf}");
    let before = bench.last_call().await;
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "create": [{ "LastName": "Later", "Company": "L" }] }),
        )
        .await;
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    assert_eq!(data_calls(&bench.calls_since(before).await), 0, "not one call beyond it");
    let used = bench.json(&["limits"])["api"][1]["used_24h"].as_u64().unwrap();
    assert!(used >= BUDGET, "{used}");
    // A person may still look.
    assert!(bench.run(&["connections", "check", "sf"]).status.success());
    let status = bench.status();
    assert_eq!(
        (&status["errors"]["open"], &status["recipes"]["suspended"]),
        (&json!(0), &json!(0)),
        "nothing failed"
    );
    bench.json(&["connections", "set", "sf", "--api-budget", "100000"]);
    bench.until("the change that waited", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 6)
    });
    assert_eq!(failed_calls(&bench.calls_since(before).await, "/services/data"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenth_of_the_orgs_calls_is_kept_for_people() {
    let bench = Bench::start(5);
    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    bench
        .control(
            "POST",
            "/salesforce/limits",
            json!({ "daily_api_requests": { "max": 1000, "remaining": 103 } }),
        )
        .await;
    let sf = bench.until("exhausted", |bench| {
        let row = bench.json(&["connections", "show", "sf"]);
        Some(row).filter(|row| row["state"] == "exhausted")
    });
    assert_eq!(sf["reason"], "API_BUDGET", "ours, not the org's refusal: {sf}");
    let (used, limit) =
        (sf["api"]["org_used_24h"].as_u64().unwrap(), sf["api"]["org_limit_24h"].as_u64().unwrap());
    assert!(used <= limit * 90 / 100 + 1, "{used} of {limit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_shows_its_scopes_and_what_they_lack() {
    let bench = Bench::start(0);
    let _engine = bench.serve();
    bench.connect();
    let show = || bench.json(&["connections", "show", "sf"]);
    let row = show();
    assert_eq!(
        (&row["scopes"], &row["scopes_lacking"]),
        (&json!(["refresh_token", "api", "id"]), &Value::Null)
    );
    // The app was given fewer rights; with the next token that shows.
    bench.control("POST", "/salesforce/settings", json!({ "scopes": "refresh_token api" })).await;
    let username = bench.endpoint("/salesforce/username").to_owned();
    bench.control("POST", "/salesforce/revoke", json!({ "username": username })).await;
    let grant = bench.control("POST", "/salesforce/grant", json!({})).await;
    let mut child = bench
        .command(&["connections", "reconnect", "sf", "--refresh-token-stdin"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let token = grant["refresh_token"].as_str().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), token.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let row = show();
    assert_eq!(row["scopes"], json!(["refresh_token", "api"]));
    let told = row["scopes_lacking"].as_str().unwrap_or_default();
    assert!(told.contains("lacks id") && told.contains("reconnect"), "{row}");
}
