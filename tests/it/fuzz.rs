//! Everything that is read from outside, fed with what it was never meant to be: real answers and files, cut, mixed and
//! bent from one seed. Nothing panics, nothing hangs, nothing grows without bounds, and what cannot be read is never
//! "no rows, all well". `SIM_NIGHT=1` tries a million cases of each.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use syncdeck::domain::connection::{Access, Connection, ConnectionState, Grant};
use syncdeck::domain::id::{ConnectionId, FieldName};
use syncdeck::domain::ledger::Action;
use syncdeck::domain::link::Link;
use syncdeck::domain::time::Stamp;
use syncdeck::ports::{
    ChangesAsk, Clock, DeletionsAsk, Mark, Remote, Remotes, SecretName, Vault, VaultError, Write,
};
use syncdeck::remote::Clients;
use syncdeck::remote::http::{Http, SendError};
use syncdeck::sandbox::clock::Clock as SandboxClock;
use syncdeck::sandbox::monday::{Monday, Options};
use syncdeck::sandbox::salesforce::Salesforce;
use syncdeck::sandbox::system::{Edits, System};
use tower::ServiceExt;

/// How many cases each target gets.
fn cases() -> u64 {
    if std::env::var_os("SIM_NIGHT").is_some() { 1_000_000 } else { 20_000 }
}

/// Bends bytes: cuts, doubles, swaps, puts in what hurts.
fn bend(dice: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    const HURTS: [&[u8]; 14] = [
        b"\0",
        b"\x1b[2J",
        b"\"",
        b"}",
        b"[",
        b"null",
        b"-1",
        b"1e999",
        b"99999999999999999999999",
        b"\xff\xfe",
        b"\\ud800",
        b"'",
        b"<html>",
        b",,",
    ];
    for _ in 0..dice.usize(1..=4) {
        let len = bytes.len();
        let at = dice.usize(0..=len);
        let to = (at + dice.usize(0..=len.min(64))).min(len);
        match dice.u8(0..7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            3 if at < len => bytes[at] ^= 1 << dice.u8(0..8),
            4 => drop(bytes.splice(at..to, HURTS[dice.usize(0..HURTS.len())].iter().copied())),
            5 => drop(bytes.splice(at..at, HURTS[dice.usize(0..HURTS.len())].iter().copied())),
            _ => {
                let deep = [b'[', b'{', b'('][dice.usize(0..3)];
                drop(bytes.splice(at..at, std::iter::repeat_n(deep, dice.usize(1..3_000))));
            }
        }
    }
}

/// Bends texts that a reader understands, and feeds it.
fn feed(seed: u64, texts: &[&str], read: impl Fn(&str)) {
    let mut dice = fastrand::Rng::with_seed(seed);
    for case in 0..cases() {
        let mut bytes = texts[dice.usize(0..texts.len())].as_bytes().to_vec();
        bend(&mut dice, &mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(&text)));
        assert!(caught.is_ok(), "case {case} of seed {seed}: {text:?}");
    }
}

#[test]
fn conditions_and_filters() {
    let texts = [
        "Status = 'Open' and (Company contains 'x' or not Title is empty) and CreatedDate >= today",
        "AnnualRevenue in (1, 2.5, 3) and LastName starts with 'O\\'Brien'",
        "class:LOCK obj:Lead since:24h by:anna \"free text\" conn:acme-prod",
    ];
    feed(1, &texts, |text| {
        if let Ok(condition) = syncdeck::domain::condition::parse(text) {
            let _holds = condition.holds(&syncdeck::domain::value::Fields::default(), Stamp(1));
        }
        let _filter = syncdeck::domain::filter::Filter::parse(text, Stamp(1), Stamp(1));
    });
}

#[test]
fn recipe_connection_and_settings_files() {
    let texts = [
        include_str!("../../config/recipes/two-way-item.toml"),
        crate::support::LEADS,
        "[recipes]\nlimit = 90\n[callback]\npublic_url = \"https://ops.example\"\n",
        "system = \"salesforce\"\nid = \"acme\"\nhost = \"acme.my.salesforce.com\"\nclient_id = \"x\"\n",
    ];
    feed(2, &texts, |text| {
        let read = syncdeck::settings::recipe_file::parse("r.toml", text);
        if let Ok((draft, _)) = read {
            // What was read is written so that it reads the same.
            let written = syncdeck::settings::recipe_file::write(&draft);
            let again = syncdeck::settings::recipe_file::parse("r.toml", &written).map(|(draft, _)| draft);
            assert_eq!(again.ok().as_ref(), Some(&draft), "{written}");
        }
        let _connection = syncdeck::settings::connection_file::parse("c.toml", text);
        let _config = syncdeck::settings::config_file::parse("s.toml", text);
    });
}

#[test]
fn frames_of_visitors() {
    use syncdeck::control::protocol::Request;
    let texts =
        [r#""Status""#, r#"{"Status":{"at":null}}"#, r#"{"Ledger":{"limit":50,"filter":{}}}"#, "[1,2]"];
    feed(3, &texts, |text| {
        let _request = serde_json::from_str::<Request>(text);
    });
}

#[test]
fn stored_rows() {
    let link = Link::first(&syncdeck::domain::link::Observed {
        set: syncdeck::domain::id::LinkSetId(1),
        side: syncdeck::domain::id::Side::Salesforce,
        id: "00Q1".into(),
        presence: syncdeck::domain::link::Presence::Present,
        at: Stamp(1),
        read: Stamp(2),
        name: "Ana".into(),
        values: vec![syncdeck::domain::value::Value::text("x"), syncdeck::domain::value::Value::Null],
        admitted: true,
        origin: None,
        survivor: None,
        heirs: Vec::new(),
    });
    let row = postcard::to_stdvec(&link).unwrap();
    let mut dice = fastrand::Rng::with_seed(4);
    for _ in 0..cases() {
        let mut bent = row.clone();
        bend(&mut dice, &mut bent);
        if let Ok(read) = postcard::from_bytes::<Link>(&bent) {
            assert!(postcard::to_stdvec(&read).unwrap().len() <= 4 * bent.len() + 64, "it grew");
        }
    }
}

// ------------------------------------------------------------------------------- answers of the remote systems

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Stamp {
        Stamp(1_795_334_400_000)
    }
}

/// The secrets of both systems.
struct Secrets(BTreeMap<&'static str, String>);

impl Vault for Secrets {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        self.0.get(name.what).map(|secret| secret.clone().into())
    }

    fn put(&self, _: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        let _same = secret.expose_secret();
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

/// A server whose answers were once right.
struct Bent {
    router: Router,
    known: Mutex<BTreeMap<String, (http::response::Parts, Bytes)>>,
    dice: Mutex<fastrand::Rng>,
    /// Not before so many answers.
    after: AtomicU64,
    /// What was answered last, for whoever looks into a failure.
    last: Mutex<Vec<u8>>,
}

impl Bent {
    async fn right(&self, request: Request<Bytes>) -> (http::response::Parts, Bytes) {
        let key =
            format!("{} {} {}", request.method(), request.uri(), String::from_utf8_lossy(request.body()));
        if let Some((parts, body)) = self.known.lock().unwrap().get(&key) {
            return (parts.clone(), body.clone());
        }
        let describes = request.uri().path().ends_with("/describe");
        let (mut parts, body) = request.into_parts();
        let host = HeaderValue::from_str(parts.uri.host().unwrap_or_default()).unwrap();
        parts.headers.insert(header::HOST, host);
        let reply = self.router.clone().oneshot(Request::from_parts(parts, Body::from(body))).await;
        let (parts, body) = reply.unwrap().into_parts();
        let mut body = to_bytes(body, usize::MAX).await.unwrap();
        if describes {
            body = super::support::in_short(&body);
        }
        self.known.lock().unwrap().insert(key, (parts.clone(), body.clone()));
        (parts, body)
    }
}

#[async_trait]
impl Http for Bent {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        let token = request.uri().path().contains("oauth2/token");
        let (parts, body) = self.right(request).await;
        let mut body = body.to_vec();
        // Without a token nothing else would be asked.
        let early = self.after.load(Ordering::Relaxed);
        if !token && early == 0 {
            bend(&mut self.dice.lock().unwrap(), &mut body);
        } else if !token {
            self.after.store(early - 1, Ordering::Relaxed);
        }
        self.last.lock().unwrap().clone_from(&body);
        let mut reply = Response::from_parts(parts, Bytes::from(body));
        reply.headers_mut().insert(header::DATE, HeaderValue::from_static("Sun, 22 Nov 2026 08:00:00 GMT"));
        Ok(reply)
    }
}

fn connection(id: &str, access: Access) -> Connection {
    Connection { state: ConnectionState::Valid, ..Connection::new(id, "default", access, Stamp(0), "me") }
}

const ROWS: usize = 3;

/// One question and what is asked of its answer: what was there is there, or it is said that it cannot be read.
async fn ask(
    remote: &dyn Remote,
    container: &str,
    ids: &[String],
    field: &str,
    roll: u64,
) -> Result<(), String> {
    let fields = [FieldName::from(field)];
    let known: Vec<_> = ids.iter().map(|id| id.as_str().into()).collect();
    match roll {
        0 | 1 => {
            let after = if roll == 0 { Mark::default() } else { Mark { at: Stamp(1), id: "".into() } };
            let ask = ChangesAsk { container: container.into(), fields: fields.to_vec(), after, page: None };
            match remote.changes(&ask).await {
                // Behind a mark a stamp that was bent into the past is rightly left out.
                Ok(page) if roll == 0 && page.records.is_empty() && page.next.is_none() => {
                    return Err("no rows, and all is well".into());
                }
                Ok(page) if page.records.len() > 4 * ROWS => return Err("rows that nobody sent".into()),
                _ => {}
            }
        }
        2 => {
            let _found = remote.fetch(&container.into(), &known, &fields).await;
        }
        3 => {
            let _found = remote.find(&container.into(), &FieldName::from(field), &known).await;
        }
        4 => {
            let _schema = remote.describe(container).await;
        }
        5 => {
            let (from, to) = (Stamp(1_795_300_000_000), Stamp(1_795_334_400_000));
            let _gone = remote.deletions(&DeletionsAsk { container: container.into(), from, to }).await;
        }
        6 => {
            let _who = remote.identify().await;
            let _users = remote.users().await;
        }
        _ => {
            let write = |id: &String| Write {
                action: Action::Updated,
                id: Some(id.as_str().into()),
                key: None,
                section: None,
                values: vec![(FieldName::from(field), syncdeck::domain::value::Value::text("same"))],
            };
            let writes: Vec<Write> = ids.iter().map(write).collect();
            let answers = remote.apply(&container.into(), &FieldName::from("Id"), &writes).await;
            if answers.len() != writes.len() {
                return Err(format!("{} answers to {} writes", answers.len(), writes.len()));
            }
        }
    }
    Ok(())
}

/// Asks a client all its questions while its server talks nonsense.
fn nonsense(
    seed: u64,
    system: &Arc<dyn System>,
    access: &Access,
    secrets: &[(&'static str, String)],
    place: [&str; 3],
) {
    let [container, field, name] = place;
    let row = |n: usize| json!({ name: format!("Row {n}"), "Company": "x" }).as_object().cloned().unwrap();
    let row = |n: usize| {
        let mut row = row(n);
        if name != "LastName" {
            row.remove("Company");
        }
        row
    };
    let edits = Edits { create: (0..ROWS).map(row).collect(), ..Edits::default() };
    let made = system.change(container, &edits).unwrap();
    let ids: Vec<String> =
        made["created"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    let container = if container == "Leads" {
        system
            .endpoints("http://monday.sim")
            .pointer("/boards/Leads")
            .and_then(Value::as_str)
            .unwrap()
            .to_owned()
    } else {
        container.to_owned()
    };
    let server = Arc::new(Bent {
        router: system.router(),
        known: Mutex::default(),
        dice: Mutex::new(fastrand::Rng::with_seed(seed)),
        after: AtomicU64::new(0),
        last: Mutex::default(),
    });
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let vault: Arc<dyn Vault> = Arc::new(Secrets(secrets.iter().cloned().collect()));
    let mut dice = fastrand::Rng::with_seed(seed);
    // A case is a dozen answers or so: what is asked again after a broken one is bent again.
    for case in 0..cases() {
        let clients =
            Clients::over(Arc::clone(&server) as Arc<dyn Http>, Arc::clone(&vault), Arc::new(Fixed));
        let remote = clients.connect(&connection("c", access.clone())).unwrap();
        let roll = dice.u64(0..8);
        server.after.store(dice.u64(0..3), Ordering::Relaxed);
        let asked = ask(remote.as_ref(), &container, &ids, field, roll);
        let ended = runtime.block_on(async { tokio::time::timeout(Duration::from_hours(1), asked).await });
        let Ok(judged) = ended else { panic!("case {case} of seed {seed}, question {roll}: it hangs") };
        if let Err(why) = judged {
            let last = server.last.lock().unwrap().escape_ascii().to_string();
            panic!("case {case} of seed {seed}, question {roll}: {why}; the last answer was {last}");
        }
    }
}

#[test]
fn answers_of_salesforce() {
    let system: Arc<dyn System> =
        Arc::new(Salesforce::new(SandboxClock::starting_at("2026-11-22T08:00:00Z".parse().unwrap()), 1, 0));
    let endpoints = system.endpoints("http://salesforce.sim");
    let text = |key: &str| endpoints[key].as_str().unwrap().to_owned();
    let access = Access::Salesforce {
        login_url: "http://salesforce.sim".into(),
        client_id: text("client_id").into(),
        grant: Grant::RefreshToken,
        version: "62.0".into(),
        sandbox: false,
        doubt_ms: 1_000,
    };
    let secrets = [("client_secret", text("client_secret")), ("refresh_token", text("refresh_token"))];
    nonsense(5, &system, &access, &secrets, ["Lead", "Title", "LastName"]);
}

#[test]
fn answers_of_monday() {
    let clock = SandboxClock::starting_at("2026-11-22T08:00:00Z".parse().unwrap());
    let system: Arc<dyn System> = Monday::new(clock, Options { seed: 1 });
    let endpoints = system.endpoints("http://monday.sim");
    let access = Access::Monday {
        url: "http://monday.sim/v2".into(),
        version: "2026-10".into(),
        doubt_ms: 1_000,
        phone_country: None,
    };
    let secrets = [("token", endpoints["token"].as_str().unwrap().to_owned())];
    nonsense(6, &system, &access, &secrets, ["Leads", "title", "name"]);
}
