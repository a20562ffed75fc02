//! A reconnection that lands in another org: it is refused with the difference shown, unless that org is named.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::support::{Bench, Process, ended};

/// A login host in front of several orgs, as the vendor's own is: it leads to whichever one a person signs in to.
struct LoginHost {
    address: String,
    leads_to: Arc<AtomicU16>,
    /// The connections that are open, which lead to where they were opened to.
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl LoginHost {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let leads_to = Arc::new(AtomicU16::new(0));
        let open = Arc::<Mutex<Vec<TcpStream>>>::default();
        let (port, kept) = (Arc::clone(&leads_to), Arc::clone(&open));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", port.load(Ordering::SeqCst))).unwrap();
                kept.lock().unwrap().push(client.try_clone().unwrap());
                for (mut from, mut to) in [
                    (client.try_clone().unwrap(), server.try_clone().unwrap()),
                    (server.try_clone().unwrap(), client.try_clone().unwrap()),
                ] {
                    std::thread::spawn(move || {
                        // Either side may hang up at any time.
                        let _copied = std::io::copy(&mut from, &mut to);
                        let _closed = to.shutdown(std::net::Shutdown::Both);
                    });
                }
            }
        });
        Self { address, leads_to, open }
    }

    fn lead_to(&self, org: &Bench) {
        let url = url::Url::parse(org.endpoint("/salesforce/login_url")).unwrap();
        self.leads_to.store(url.port().unwrap(), Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            // It may have ended already.
            let _closed = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}

/// Two orgs behind one login host, and a connection to the first whose token was revoked.
struct Scene {
    bench: Bench,
    other: Bench,
    host: LoginHost,
    _engine: Process,
    config: String,
}

impl Scene {
    async fn start() -> Self {
        let (bench, other, host) = (Bench::start(5), Bench::start_with(5, 2), LoginHost::start());
        host.lead_to(&bench);
        let (engine, _, config) = bench.serve_awaiting_browsers(false);
        let monday = format!(
            "id = \"monday\"\nsystem = \"monday\"\nurl = \"{}\"\ntoken = {{ env = \"MONDAY_TOKEN\" }}\n",
            bench.endpoint("/monday/url"),
        );
        let salesforce = format!(
            "id = \"sf\"\nsystem = \"salesforce\"\nhost = \"{}\"\nclient_id = \"{}\"\n\
             client_secret = {{ env = \"SF_SECRET\" }}\nrefresh_token = {{ env = \"SF_REFRESH\" }}\n",
            host.address,
            bench.endpoint("/salesforce/client_id"),
        );
        for (name, text) in [("sf.toml", salesforce), ("monday.toml", monday)] {
            let path = bench.file(name, &text);
            bench.json(&["connections", "add", "--file", path.to_str().unwrap()]);
        }
        bench.lead_recipe();
        bench.in_step();
        let username = bench.endpoint("/salesforce/username").to_owned();
        bench.control("POST", "/salesforce/revoke", json!({ "username": username })).await;
        let scene = Self { bench, other, host, _engine: engine, config };
        scene.bench.until("revoked", |_| Some(()).filter(|()| scene.shown()["state"] == "revoked"));
        scene
    }

    fn shown(&self) -> Value {
        let output = self.bench.run(&["connections", "show", "sf", "--json"]);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Reconnects with a refresh token from standard input.
    fn with_token(&self, token: &str, more: &[&str]) -> (i32, Value) {
        let args =
            [&["connections", "reconnect", "sf", "--refresh-token-stdin", "--no-resume", "--json"], more]
                .concat();
        let mut command = self.bench.command(&args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{token}").unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
    }

    /// Reconnects by a browser, as whoever signs in to the org that the login host leads to.
    async fn by_browser(&self, more: &[&str]) -> (i32, Value) {
        let (mut child, out, first) =
            self.bench.reconnecting("sf", &self.config, &[&["--no-resume"], more].concat());
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let url = format!("{}&decision=allow", first["url"].as_str().unwrap());
        let answer = browser.get(url).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        writeln!(child.stdin.take().unwrap(), "{back}").unwrap();
        ended(&mut child, out)
    }

    /// Returns what the other org was asked, tokens apart.
    async fn asked(&self) -> Vec<String> {
        let calls = self.other.control("GET", "/calls?since=0", Value::Null).await;
        let calls = calls.as_array().or_else(|| calls["calls"].as_array()).unwrap().clone();
        let paths = calls.iter().filter(|call| call["system"] == "salesforce");
        let paths = paths.map(|call| format!("{} {}", call["method"].as_str().unwrap(), call["path"]));
        paths.filter(|path| !path.contains("/services/oauth2/")).collect()
    }
}

/// Checks that a refusal shows both orgs, and that nothing came of it.
fn refused(scene: &Scene, (code, refusal): &(i32, Value), orgs: [&str; 2]) {
    assert_eq!((*code, &refusal["error"]["code"]), (3, &json!("other_org")), "{refusal}");
    let message = refusal["error"]["message"].as_str().unwrap();
    for org in orgs {
        assert!(message.contains(org), "{org}: {message}");
    }
    assert!(message.contains("--other-org"), "{message}");
    assert_eq!(scene.shown()["org_name"], orgs[0]);
}

/// The links stay, and are taken for nothing: what is in the other org is compared anew, what is not there is left alone.
#[tokio::test(flavor = "multi_thread")]
async fn in_another_org_everything_is_compared_anew_and_nothing_deleted() {
    let scene = Scene::start().await;
    let (bench, other) = (&scene.bench, &scene.other);
    let granted = bench.control("POST", "/salesforce/grant", json!({})).await;
    let token = granted["refresh_token"].as_str().unwrap();
    assert_eq!(scene.with_token(token, &[]).0, 0);
    let id = bench.json(&["recipes", "list"])[0]["id"].as_str().unwrap().to_owned();
    bench.json(&["recipes", "resume", &id]);
    bench.in_step();
    let lead = json!({ "create": [{ "LastName": "Only Here", "Company": "Old Ltd" }] });
    bench.control("POST", "/salesforce/records/Lead", lead).await;
    bench.until_some("made", async || (bench.items("Leads").await.len() == 6).then_some(())).await;
    bench.in_step();

    scene.host.lead_to(other);
    let token = other.endpoint("/salesforce/refresh_token").to_owned();
    let (code, row) = scene.with_token(&token, &["--other-org", "Acme 2"]);
    assert_eq!((code, &row["state"]), (0, &json!("valid")), "{row}");
    let before = bench.status()["objects"][0].clone();
    bench.json(&["recipes", "resume", &id]);
    bench.in_step();
    let there = other.soql("SELECT Id, Name, Company FROM Lead").await;
    let items = bench.items("Leads").await;
    for lead in &there {
        let (id, name) = (lead["Id"].as_str().unwrap(), lead["Name"].as_str().unwrap());
        let mine: Vec<_> = items.iter().filter(|(.., key)| key == id).collect();
        assert!(matches!(mine.as_slice(), [(_, shown, _)] if shown == name), "{id} {name}: {mine:?}");
    }
    assert!(items.iter().any(|(_, name, _)| name == "Only Here"), "{items:?}");
    assert_eq!(bench.status()["objects"][0]["deleted"], before["deleted"]);
    // From then on changes follow as they always did.
    let first = there[0]["Id"].as_str().unwrap();
    let edit = json!({ "update": [{ "Id": first, "LastName": "Followed" }] });
    other.control("POST", "/salesforce/records/Lead", edit).await;
    bench
        .until_some("followed", async || {
            let items = bench.items("Leads").await;
            items.iter().any(|(_, name, key)| key == first && name.contains("Followed")).then_some(())
        })
        .await;
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_org_is_refused_with_the_difference_unless_it_is_named() {
    let scene = Scene::start().await;
    let org = scene.shown()["org_id"].as_str().unwrap().to_owned();
    scene.host.lead_to(&scene.other);
    let token = scene.other.endpoint("/salesforce/refresh_token").to_owned();

    let by_token = scene.with_token(&token, &[]);
    refused(&scene, &by_token, ["Acme", "Acme 2"]);
    assert!(by_token.1["error"]["message"].as_str().unwrap().contains(&org), "{by_token:?}");
    refused(&scene, &scene.by_browser(&[]).await, ["Acme", "Acme 2"]);
    refused(&scene, &scene.by_browser(&["--other-org", "Somebody Else"]).await, ["Acme", "Acme 2"]);
    let row = scene.shown();
    assert_eq!((&row["state"], row["org_id"].as_str()), (&json!("revoked"), Some(org.as_str())), "{row}");
    // Who it is was asked, and nothing else: no record was read, none was written.
    for path in scene.asked().await {
        assert!(path.starts_with("GET") && !path.contains("Lead"), "{path}");
    }

    let (code, row) = scene.by_browser(&["--other-org", "Acme 2"]).await;
    assert_eq!((code, &row["state"], &row["org_name"]), (0, &json!("valid"), &json!("Acme 2")), "{row}");
    assert_ne!(row["org_id"].as_str(), Some(org.as_str()));
    let recipe = scene.bench.json(&["recipes", "list"])[0].clone();
    assert_eq!(recipe["reason"], "awaiting_resume", "{recipe}");

    // From now on that one is the connection's own: the first is another org.
    scene.host.lead_to(&scene.bench);
    let granted = scene.bench.control("POST", "/salesforce/grant", json!({})).await;
    let token = granted["refresh_token"].as_str().unwrap();
    refused(&scene, &scene.with_token(token, &[]), ["Acme 2", "Acme"]);
    let (code, row) = scene.with_token(token, &["--other-org", "Acme"]);
    assert_eq!((code, row["org_id"].as_str()), (0, Some(org.as_str())), "{row}");
}
