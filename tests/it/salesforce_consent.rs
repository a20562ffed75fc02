//! Reconnecting by way of a browser, with the real binary and the sandbox's own consent page.

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdout};

use serde_json::{Value, json};

use crate::support::{Bench, Process, ended};

/// An engine with a call-back port of its own, with both connections and a recipe in step, and the token revoked.
struct Scene {
    bench: Bench,
    _engine: Process,
    port: u16,
    config: String,
    browser: reqwest::Client,
}

impl Scene {
    async fn revoked(public: bool) -> Self {
        let bench = Bench::start(5);
        let (engine, port, config) = bench.serve_awaiting_browsers(public);
        bench.connect();
        bench.lead_recipe();
        bench.in_step();
        let username = bench.endpoint("/salesforce/username").to_owned();
        bench.control("POST", "/salesforce/revoke", json!({ "username": username })).await;
        bench.until("revoked", |bench| {
            Some(()).filter(|()| bench.status()["connections"][1]["state"] == "revoked")
        });
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { bench, _engine: engine, port, config, browser }
    }

    /// Begins a reconnection and returns it with the first document that it prints.
    fn reconnect(&self, more: &[&str]) -> (Child, BufReader<ChildStdout>, Value) {
        self.bench.reconnecting("sf", &self.config, more)
    }

    /// Signs in on the consent page and returns where the browser is sent.
    async fn agree(&self, url: &str, decision: &str) -> String {
        let page = self.browser.get(url).send().await.unwrap();
        assert!(page.text().await.unwrap().contains("Allow Access?"));
        let username = self.bench.endpoint("/salesforce/username");
        let answer =
            self.browser.get(format!("{url}&decision={decision}&username={username}")).send().await.unwrap();
        assert_eq!(answer.status(), 302);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_address_reconnects_and_nothing_is_lost() {
    let scene = Scene::revoked(false).await;
    let bench = &scene.bench;
    bench
        .control(
            "POST",
            "/salesforce/records/Lead",
            json!({ "create": [{ "LastName": "Meanwhile", "Company": "M" }] }),
        )
        .await;
    let (mut child, out, first) = scene.reconnect(&[]);
    let url = first["url"].as_str().unwrap();
    assert!(url.contains("code_challenge_method=S256") && first["short_url"].is_null(), "{first}");
    assert!(first["state"].as_str().unwrap().len() >= 22 && first["expires_at"].is_string(), "{first}");
    let back = scene.agree(url, "allow").await;
    assert!(back.starts_with(&format!("http://localhost:{}/callback?", scene.port)), "{back}");
    let mut keys = child.stdin.take().unwrap();
    // What does not fit costs nothing.
    keys.write_all(b"hello\n").unwrap();
    keys.write_all(back.replace("state=", "state=x").as_bytes()).unwrap();
    keys.write_all(format!("\n{back}\n").as_bytes()).unwrap();
    let (code, row) = ended(&mut child, out);
    assert_eq!((code, &row["state"]), (0, &json!("valid")), "{row}");
    bench.until("the change that came meanwhile", |bench| {
        Some(()).filter(|()| bench.status()["objects"][0]["created"] == 6)
    });
    let status = bench.in_step();
    assert_eq!((&status["recipes"]["active"], &status["recipes"]["suspended"]), (&json!(1), &json!(0)));
    let log = String::from_utf8(bench.run(&["audit", "--json"]).stdout).unwrap();
    assert!(log.contains("connection.authorise") && !log.contains(first["state"].as_str().unwrap()));
    assert!(std::net::TcpStream::connect(("127.0.0.1", scene.port)).is_err(), "nobody listens any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_comes_back_by_itself_reconnects_and_recipes_wait_when_asked_to() {
    let scene = Scene::revoked(true).await;
    let bench = &scene.bench;
    let (mut child, out, first) = scene.reconnect(&["--no-resume"]);
    let short = first["short_url"].as_str().unwrap_or_else(|| panic!("{first}")).to_owned();
    let name = short.rsplit('/').next().unwrap();
    assert!(name.len() == 6 && !first["state"].as_str().unwrap().contains(name), "{first}");
    let porch = |path: String| scene.browser.get(path).send();
    let landing = porch(short.clone()).await.unwrap().text().await.unwrap();
    let url = first["url"].as_str().unwrap();
    assert!(landing.contains(&url.replace('&', "&amp;")), "{landing}");
    assert_eq!(porch(format!("{short}X")).await.unwrap().status(), 404);
    let back = scene.agree(url, "allow").await;
    let forged = porch(back.replace("state=", "state=x")).await.unwrap();
    assert_eq!(forged.status(), 400, "another state is not taken, and leaves ours waiting");
    assert_eq!(porch(back.clone()).await.unwrap().status(), 200);
    let (code, row) = ended(&mut child, out);
    assert_eq!((code, &row["state"]), (0, &json!("valid")), "{row}");
    let recipe = bench.json(&["recipes", "list"])[0].clone();
    assert_eq!((&recipe["state"], &recipe["reason"]), (&json!("suspended"), &json!("awaiting_resume")));
    assert!(porch(back).await.is_err(), "the code is spent and nobody listens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_declines_changes_nothing() {
    let scene = Scene::revoked(false).await;
    let (mut child, out, first) = scene.reconnect(&[]);
    let back = scene.agree(first["url"].as_str().unwrap(), "deny").await;
    child.stdin.take().unwrap().write_all(format!("{back}\n").as_bytes()).unwrap();
    let (code, refusal) = ended(&mut child, out);
    assert_eq!(code, 4, "{refusal}");
    assert!(refusal["error"]["message"].as_str().unwrap().contains("access_denied"), "{refusal}");
    let sf = scene.bench.json(&["connections", "list"]).as_array().unwrap()[1].clone();
    assert_eq!(sf["state"], "revoked");
}
