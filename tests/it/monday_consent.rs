//! A monday connection that a person authorises in a browser, with the real binary and the sandbox's own page.

use std::io::Write;

use serde_json::{Value, json};

use crate::support::{Bench, LEADS, Process, ended};

/// How the sandbox's tokens of apps begin.
const TOKEN: &str = "sandbox-app-token-";

/// An engine with a call-back port, and a monday connection with an app and without a token.
struct Scene {
    bench: Bench,
    _engine: Process,
    config: String,
    browser: reqwest::Client,
}

impl Scene {
    fn unauthorised(public: bool) -> Self {
        let bench = Bench::start(5);
        let (engine, port, config) = bench.serve_awaiting_browsers(public);
        bench.connect();
        std::fs::write(bench.dir.path().join("secret"), bench.endpoint("/monday/client_secret")).unwrap();
        let text = format!(
            "id = \"boards\"\nsystem = \"monday\"\nurl = \"{}\"\nauth_url = \"{}\"\nclient_id = \"{}\"\n\
             client_secret = {{ file = \"{}\" }}\ndoubt = \"1s\"\n",
            bench.endpoint("/monday/url"),
            bench.endpoint("/monday/auth_url"),
            bench.endpoint("/monday/client_id"),
            bench.dir.path().join("secret").display(),
        );
        let path = bench.file("boards.toml", &text);
        let args = ["connections", "add", "--config", &config, "--file", path.to_str().unwrap(), "--json"];
        let output = bench.run(&args);
        let row: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&row["state"], &row["by_browser"]), (&json!("revoked"), &json!(true)), "{row}");
        let told = String::from_utf8(output.stderr).unwrap();
        let callback = if public { "127.0.0.1" } else { "localhost" };
        assert!(told.contains(&format!("http://{callback}:{port}/callback")), "{told}");
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { bench, _engine: engine, config, browser }
    }

    /// Decides on the page and returns where the browser is sent.
    async fn decide(&self, url: &str, decision: &str) -> String {
        let page = self.browser.get(url).send().await.unwrap();
        assert!(page.text().await.unwrap().contains("Authorize the app"));
        let answer = self.browser.get(format!("{url}&decision={decision}")).send().await.unwrap();
        assert_eq!(answer.status(), 302);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Reconnects by pasting where the browser was sent; returns exit code and answer.
    async fn paste(&self, change: impl Fn(&str) -> String, decision: &str) -> (i32, Value) {
        let (mut child, out, first) = self.bench.reconnecting("boards", &self.config, &[]);
        let back = self.decide(&change(first["url"].as_str().unwrap()), decision).await;
        child.stdin.take().unwrap().write_all(format!("{back}\n").as_bytes()).unwrap();
        ended(&mut child, out)
    }

    fn shown(&self) -> Value {
        // While it needs a person the exit code says so.
        let output = self.bench.run(&["connections", "show", "boards", "--json"]);
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn as_asked(url: &str) -> String {
    url.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_authorised_by_pasting_and_works_until_it_is_uninstalled() {
    let scene = Scene::unauthorised(false);
    let bench = &scene.bench;
    let (code, row) = scene.paste(as_asked, "authorize").await;
    assert_eq!((code, &row["state"], &row["user"]), (0, &json!("valid"), &json!("Sync Service")), "{row}");
    assert!(row["scopes"].as_array().unwrap().contains(&json!("boards:write")), "{row}");
    assert_eq!(row["scopes_lacking"], Value::Null);

    // What is asked for is enough for all that is done: the sandbox refuses the rest.
    let path = bench.file("leads.toml", &LEADS.replace("target = \"monday\"", "target = \"boards\""));
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    assert_eq!(bench.in_step()["errors"]["open"], 0);
    assert_eq!(bench.items("Leads").await.len(), 5);

    // The token lies in the vault only.
    let log = String::from_utf8(bench.run(&["audit", "--json"]).stdout).unwrap();
    assert!(log.contains("connection.authorise") && !log.contains(TOKEN), "{log}");
    for file in std::fs::read_dir(bench.data()).unwrap().map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()), "{}", file.display());
    }

    bench.control("POST", "/monday/uninstall", json!({})).await;
    let create = json!({ "create": [{ "LastName": "Meanwhile", "Company": "M" }] });
    bench.control("POST", "/salesforce/records/Lead", create).await;
    let row = bench.until("noticed", |_| Some(scene.shown()).filter(|row| row["state"] == "revoked"));
    assert_eq!(row["reason"], "NOT_AUTHENTICATED", "{row}");
    assert!(row["cause"].as_str().unwrap().contains("uninstalled"), "{row}");
    assert_eq!(bench.status()["recipes"]["suspended"], 1);

    let (code, row) = scene.paste(as_asked, "authorize").await;
    assert_eq!((code, &row["state"]), (0, &json!("valid")), "{row}");
    bench.until("the lead that came meanwhile", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 6)
    });
    assert_eq!(bench.in_step()["recipes"]["active"], 1);
    assert_eq!(bench.items("Leads").await.len(), 6, "nothing lost, nothing doubled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_comes_back_by_itself_authorises_an_app() {
    let scene = Scene::unauthorised(true);
    let (mut child, out, first) = scene.bench.reconnecting("boards", &scene.config, &[]);
    let short = first["short_url"].as_str().unwrap();
    let landing = scene.browser.get(short).send().await.unwrap().text().await.unwrap();
    assert!(landing.contains("monday.com") && !landing.contains("Salesforce"), "{landing}");
    let back = scene.decide(first["url"].as_str().unwrap(), "authorize").await;
    assert_eq!(scene.browser.get(back).send().await.unwrap().status(), 200);
    let (code, row) = ended(&mut child, out);
    assert_eq!((code, &row["state"]), (0, &json!("valid")), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_suffice_or_is_declined_changes_nothing() {
    let scene = Scene::unauthorised(false);
    let fewer = |url: &str| url.replace("boards%3Awrite+", "");
    let (code, refusal) = scene.paste(fewer, "authorize").await;
    assert_eq!((code, &refusal["error"]["code"]), (4, &json!("missing_scopes")), "{refusal}");
    assert!(refusal["error"]["message"].as_str().unwrap().contains("boards:write"), "{refusal}");
    let (code, refusal) = scene.paste(as_asked, "cancel").await;
    assert_eq!(code, 4, "{refusal}");
    assert!(refusal["error"]["message"].as_str().unwrap().contains("access_denied"), "{refusal}");
    assert_eq!(scene.shown()["state"], "revoked");
}
