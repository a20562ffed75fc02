//! A bench for tests with the real binary: a sandbox and an engine as processes of their own, the command line in
//! between, and the sandbox's control port for what people would do.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use syncdeck::domain::connection::{Access, Connection, ConnectionState};
use syncdeck::domain::id::ConnectionId;
use syncdeck::domain::time::Stamp;
use syncdeck::ports::{Clock, Remote, Remotes, SecretName, Vault, VaultError};
use syncdeck::remote::Clients;
use tempfile::TempDir;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

/// A process that ends with the test.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// A sandbox process, a data directory, and the command line on it.
pub(crate) struct Bench {
    pub(crate) dir: TempDir,
    pub(crate) endpoints: Value,
    sandbox: Process,
    http: reqwest::Client,
}

/// Returns a port that nobody has, for a server that is told its port in a file and may come back to it.
///
/// It lies below those that systems give to who names none: between the choice and the use, or while the server is
/// restarted, one of the many connections of the tests beside this one would take it now and then.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = u16::try_from(std::process::id() % 8_000).unwrap_or(0);
    let next = || {
        let port = 20_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
        std::net::TcpListener::bind(("127.0.0.1", port)).is_ok().then_some(port)
    };
    (0..12_000).find_map(|_| next()).expect("some port is free")
}

pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_syncdeck"))
}

impl Bench {
    /// Starts a sandbox with so many Leads and Contacts.
    pub(crate) fn start(records: u32) -> Self {
        Self::start_with(records, 1)
    }

    /// Starts the sandbox of a seed: its org is another one for every seed.
    pub(crate) fn start_with(records: u32, seed: u64) -> Self {
        // The client of the control port speaks plain HTTP, but it wants its TLS provider all the same.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new(program())
            .args(["sandbox", "--listen", "127.0.0.1:0", "--records", &records.to_string()])
            .args(["--seed", &seed.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the sandbox starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let endpoints = serde_json::from_str(&line).expect("one JSON line with the endpoints");
        Self {
            dir: tempfile::tempdir().unwrap(),
            endpoints,
            sandbox: Process(child),
            http: reqwest::Client::new(),
        }
    }

    /// Returns the number of the sandbox's process.
    #[allow(dead_code, reason = "the benches measure it, the tests do not")]
    pub(crate) fn sandbox(&self) -> u32 {
        self.sandbox.0.id()
    }

    /// Returns a text of the endpoints document.
    pub(crate) fn endpoint(&self, pointer: &str) -> &str {
        self.endpoints.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer}"))
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Returns a command on the bench's data directory.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .arg("--data-dir")
            .arg(self.data())
            .args(args)
            .env("SF_SECRET", self.endpoint("/salesforce/client_secret"))
            .env("SF_REFRESH", self.endpoint("/salesforce/refresh_token"))
            .env("MONDAY_TOKEN", self.endpoint("/monday/token"))
            .env_remove("LC_ALL")
            .env("LANG", "C.UTF-8");
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the command starts")
    }

    /// Runs a command that must succeed and returns its JSON document.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}: {output:?}"))
    }

    /// Writes a file into the bench's directory.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Starts the engine and returns once it answers.
    pub(crate) fn serve(&self) -> Process {
        self.serve_with(&[])
    }

    /// Starts the engine with more arguments.
    pub(crate) fn serve_with(&self, args: &[&str]) -> Process {
        let mut command = self.command(&[&["serve"], args].concat());
        let child = Process(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let deadline = Instant::now() + PATIENCE;
        while std::os::unix::net::UnixStream::connect(self.data().join("engine.sock")).is_err() {
            assert!(Instant::now() < deadline, "the engine does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        child
    }

    /// Starts an engine to which browsers come back at a port of its own; returns that, and its configuration.
    pub(crate) fn serve_awaiting_browsers(&self, public: bool) -> (Process, u16, String) {
        let port = free_port();
        let public =
            if public { format!("public_url = \"http://127.0.0.1:{port}\"\n") } else { String::new() };
        let config = self.file("config.toml", &format!("[callback]\nport = {port}\n{public}"));
        let config = config.to_str().unwrap().to_owned();
        (self.serve_with(&["--config", &config]), port, config)
    }

    /// Begins a reconnection and returns it with the first document that it prints.
    pub(crate) fn reconnecting(
        &self,
        id: &str,
        config: &str,
        more: &[&str],
    ) -> (Child, BufReader<ChildStdout>, Value) {
        let args = [&["connections", "reconnect", id, "--json", "--config", config], more].concat();
        let mut command = self.command(&args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let first = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        (child, out, first)
    }

    /// Adds both connections.
    pub(crate) fn connect(&self) {
        let salesforce = format!(
            "id = \"sf\"\nsystem = \"salesforce\"\nhost = \"{}\"\nclient_id = \"{}\"\nclient_secret = {{ env = \"SF_SECRET\" }}\n\
             refresh_token = {{ env = \"SF_REFRESH\" }}\ndoubt = \"1s\"\n",
            self.endpoint("/salesforce/login_url"),
            self.endpoint("/salesforce/client_id"),
        );
        let monday = format!(
            "id = \"monday\"\nsystem = \"monday\"\nurl = \"{}\"\ntoken = {{ env = \"MONDAY_TOKEN\" }}\ndoubt = \"1s\"\n",
            self.endpoint("/monday/url"),
        );
        for (name, text) in [("sf.toml", salesforce), ("monday.toml", monday)] {
            let path = self.file(name, &text);
            let row = self.json(&["connections", "add", "--file", path.to_str().unwrap()]);
            assert_eq!(row["state"], "valid", "{row}");
        }
    }

    /// Adds both connections, the one to Salesforce with an ear for its events.
    pub(crate) fn connect_hearing(&self, more: &str) {
        let bus = &self.endpoints["salesforce"]["pubsub"];
        let salesforce = format!(
            "id = \"sf\"\nsystem = \"salesforce\"\nhost = \"{}\"\nclient_id = \"{}\"\nclient_secret = {{ env = \"SF_SECRET\" }}\n\
             refresh_token = {{ env = \"SF_REFRESH\" }}\ndoubt = \"1s\"\npubsub = \"{}:{}\"\npubsub_ca = {}\n{more}\n",
            self.endpoint("/salesforce/login_url"),
            self.endpoint("/salesforce/client_id"),
            bus["host"].as_str().unwrap(),
            bus["port"],
            bus["ca_file"],
        );
        let monday = format!(
            "id = \"monday\"\nsystem = \"monday\"\nurl = \"{}\"\ntoken = {{ env = \"MONDAY_TOKEN\" }}\ndoubt = \"1s\"\n",
            self.endpoint("/monday/url"),
        );
        for (name, text) in [("sf.toml", salesforce), ("monday.toml", monday)] {
            let path = self.file(name, &text);
            let row = self.json(&["connections", "add", "--file", path.to_str().unwrap()]);
            assert_eq!(row["state"], "valid", "{row}");
        }
    }

    /// Makes a recipe from Leads to the board of that name, without columns that refuse anything.
    pub(crate) fn lead_recipe(&self) -> Value {
        let path = self.file("leads.toml", LEADS);
        self.json(&["recipes", "create", "--file", path.to_str().unwrap()])[0].clone()
    }

    pub(crate) fn status(&self) -> Value {
        self.json(&["status"])
    }

    /// Waits until the engine says that everything has arrived.
    pub(crate) fn in_step(&self) -> Value {
        self.until("in step", |bench| Some(bench.status()).filter(|status| status["in_step"] == true))
    }

    /// Waits until `look` finds something; tells the status when it never does.
    pub(crate) fn until<T>(&self, what: &str, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            assert!(Instant::now() < deadline, "never {what}: {}", self.status());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until `look`, which asks a system, finds something.
    pub(crate) async fn until_some<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(Instant::now() < deadline, "never {what}: {}", self.status());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the sandbox hears nothing for so long, of the calls that `counts`; what was under way may end first.
    pub(crate) async fn silent_for(&self, silence: Duration, counts: impl Fn(&Value) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut since = self.last_call().await;
        loop {
            tokio::time::sleep(silence).await;
            let calls = self.calls_since(since).await;
            let heard: Vec<&Value> = calls.iter().filter(|call| counts(call)).collect();
            if heard.is_empty() {
                return;
            }
            assert!(Instant::now() < deadline, "it never falls silent: {heard:?}");
            since = calls.iter().filter_map(|call| call["n"].as_u64()).max().unwrap_or(since);
        }
    }

    /// Returns the number of the last call that the sandbox has heard.
    pub(crate) async fn last_call(&self) -> u64 {
        self.calls_since(0).await.iter().filter_map(|call| call["n"].as_u64()).max().unwrap_or(0)
    }

    /// Returns the calls that the sandbox has heard after that one.
    pub(crate) async fn calls_since(&self, since: u64) -> Vec<Value> {
        let calls = self.control("GET", &format!("/calls?since={since}"), Value::Null).await;
        calls.as_array().unwrap_or_else(|| panic!("no calls in {calls}")).clone()
    }

    /// Asks the sandbox's control port.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.endpoint("/control"));
        let request = match method {
            "GET" => self.http.get(url),
            "DELETE" => self.http.delete(url),
            _ => self.http.post(url).json(&body),
        };
        let answer = request.send().await.expect("the control port answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap_or(Value::Null)
    }

    /// Returns the rows of a query, as Salesforce tells them.
    pub(crate) async fn soql(&self, query: &str) -> Vec<Value> {
        let url = format!("{}/services/data/v62.0/query/", self.endpoint("/salesforce/instance_url"));
        let request = self.http.get(url).query(&[("q", query)]);
        let answer = request.bearer_auth(self.endpoint("/salesforce/access_token")).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["records"].as_array().unwrap_or_else(|| panic!("no records in {answer}")).clone()
    }

    /// Asks monday's API.
    pub(crate) async fn graphql(&self, query: &str) -> Value {
        let request = self.http.post(self.endpoint("/monday/url"));
        let request = request.header("authorization", self.endpoint("/monday/token"));
        let answer: Value =
            request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].clone()
    }

    /// Returns every live item of a board, at most 500, with the text of the columns named.
    pub(crate) async fn cells(&self, board: &str, columns: &[&str]) -> Vec<BTreeMap<String, String>> {
        let id = self.endpoint(&format!("/monday/boards/{board}"));
        let query = format!(
            "{{ boards(ids: [{id}]) {{ items_page(limit: 500) {{ items {{ id name \
             column_values(ids: {}) {{ id text }} }} }} }} }}",
            json!(columns)
        );
        let request = self.http.post(self.endpoint("/monday/url"));
        let request = request.header("authorization", self.endpoint("/monday/token"));
        let answer: Value =
            request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap();
        let items = answer.pointer("/data/boards/0/items_page/items").and_then(Value::as_array);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let row = |item: &Value| {
            let mut row: BTreeMap<String, String> = [("id", &item["id"]), ("name", &item["name"])]
                .map(|(key, value)| (key.to_owned(), text(value)))
                .into();
            for cell in item["column_values"].as_array().unwrap() {
                row.insert(text(&cell["id"]), text(&cell["text"]));
            }
            row
        };
        items.unwrap_or_else(|| panic!("no items in {answer}")).iter().map(row).collect()
    }

    /// Returns every live item of a board as (id, name, Salesforce id), as monday's API tells them.
    pub(crate) async fn items(&self, board: &str) -> Vec<(String, String, String)> {
        let id = self.endpoint(&format!("/monday/boards/{board}"));
        let fields = "cursor items { id name column_values(ids: [\"salesforce_id\"]) { text } }";
        let mut items = Vec::new();
        let mut query = format!("{{ boards(ids: [{id}]) {{ items_page(limit: 500) {{ {fields} }} }} }}");
        loop {
            let answer: Value = self
                .http
                .post(self.endpoint("/monday/url"))
                .header("authorization", self.endpoint("/monday/token"))
                .json(&json!({ "query": query }))
                .send()
                .await
                .unwrap()
                .json()
                .await
                .unwrap();
            let page = answer
                .pointer("/data/boards/0/items_page")
                .or_else(|| answer.pointer("/data/next_items_page"));
            let page = page.unwrap_or_else(|| panic!("no page in {answer}"));
            for item in page["items"].as_array().unwrap() {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                items.push((text(&item["id"]), text(&item["name"]), text(&item["column_values"][0]["text"])));
            }
            match page["cursor"].as_str() {
                Some(cursor) => {
                    query = format!("{{ next_items_page(cursor: \"{cursor}\", limit: 500) {{ {fields} }} }}");
                }
                None => return items,
            }
        }
    }
}

/// The machine's clock.
struct Machine;

impl Clock for Machine {
    fn now(&self) -> Stamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Stamp(i64::try_from(since.as_millis()).unwrap())
    }
}

/// A vault in memory.
#[derive(Default)]
struct Drawer(Mutex<Vec<(SecretName, String)>>);

impl Vault for Drawer {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        let secrets = self.0.lock().unwrap();
        secrets.iter().rev().find(|(known, _)| known == name).map(|(_, secret)| secret.clone().into())
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.0.lock().unwrap().push((name.clone(), secret.expose_secret().to_owned()));
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

/// Returns a client of its own for a system that is reached in that way, with these secrets.
pub(crate) fn client(access: Access, secrets: &[(&'static str, &str)]) -> Arc<dyn Remote> {
    let vault = Drawer::default();
    for (what, secret) in secrets {
        let name = SecretName { connection: "c".into(), what };
        vault.put(&name, (*secret).to_owned().into()).unwrap();
    }
    let connection = Connection {
        state: ConnectionState::Valid,
        ..Connection::new("c", "default", access, Stamp::ZERO, "test")
    };
    Clients::new(Arc::new(vault), Arc::new(Machine), "syncdeck-test").connect(&connection).unwrap()
}

/// A recipe whose columns take whatever a lead holds.
pub(crate) const LEADS: &str = r#"
name = "Leads to the board"
template = "record-to-item"
salesforce = "sf"
target = "monday"
object = "Lead"
container = "Leads"
every = "1s"
deletions = "delete"

[[map]]
salesforce = "Name"
target = "name"

[[map]]
salesforce = "Company"
target = "company"

[[map]]
salesforce = "Title"
target = "title"
"#;

/// Waits for a command to end; returns its exit code and the last document that it printed.
pub(crate) fn ended(child: &mut Child, mut out: BufReader<ChildStdout>) -> (i32, Value) {
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut out, &mut rest).unwrap();
    let code = child.wait().unwrap().code().unwrap();
    (code, serde_json::from_str(&rest).unwrap_or_else(|error| panic!("{error}: {rest}")))
}

/// Sends a signal to a process.
pub(crate) fn signal(process: &Process, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(process.0.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}

/// The fields of Salesforce's objects that simulations use.
const USED: [&str; 24] = [
    "Id",
    "IsDeleted",
    "MasterRecordId",
    "Name",
    "LastName",
    "FirstName",
    "Company",
    "Title",
    "Phone",
    "Email",
    "AnnualRevenue",
    "OwnerId",
    "ParentId",
    "AccountId",
    "SystemModstamp",
    "LastModifiedDate",
    "CreatedDate",
    "Status",
    "IsConverted",
    "ConvertedDate",
    "ConvertedContactId",
    "ConvertedAccountId",
    "ConvertedOpportunityId",
    "Monday_Item_Id__c",
];

/// Returns what a describe says of the fields that are used. A real one tells of hundreds: to read those again in each
/// of ten thousand runs would take a fifth of their time, and other tests read them whole.
pub(crate) fn in_short(described: &Bytes) -> Bytes {
    static KNOWN: Mutex<BTreeMap<Bytes, Bytes>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(short) = known.get(described) {
        return short.clone();
    }
    let Ok(mut told) = serde_json::from_slice::<Value>(described) else { return described.clone() };
    if let Some(fields) = told.get_mut("fields").and_then(Value::as_array_mut) {
        fields.retain(|field| USED.iter().any(|used| field["name"] == *used));
    }
    told["childRelationships"] = serde_json::json!([]);
    let short = Bytes::from(told.to_string());
    known.insert(described.clone(), short.clone());
    short
}
