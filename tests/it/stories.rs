//! The bad day, as a script and a person in lines would clear it: what it shows is what can be acted on.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{PATIENCE, Process, program};

/// A data directory of the bad day.
struct Day(tempfile::TempDir);

impl Day {
    fn new() -> Self {
        let day = Self(tempfile::tempdir().unwrap());
        let made = day.run(&["demo", "--story", "day", "--prepare"]);
        assert!(made.status.success(), "{made:?}");
        day
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(program())
            .arg("--data-dir")
            .arg(self.path())
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn code(&self, args: &[&str]) -> Option<i32> {
        self.run(args).status.code()
    }
}

#[test]
fn the_bad_day_is_what_the_story_says() {
    let day = Day::new();
    let status = day.json(&["status"]);
    assert_eq!(status["recipes"]["used"], 90);
    assert_eq!(
        status["recipes"]["suspended"].as_u64().unwrap() + status["recipes"]["active"].as_u64().unwrap(),
        88
    );
    assert_eq!((&status["backlog"], &status["errors"]["open"]), (&1_204.into(), &481.into()));
    let alerts = status["alerts"].as_array().unwrap();
    assert!(alerts.iter().any(|alert| alert["class"] == "CAP" && alert["count"] == 31), "{alerts:?}");
    let groups = day.json(&["errors", "groups"]);
    let sums: Vec<(String, u64)> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["class"].as_str().unwrap().to_owned(), group["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(sums, [("AUTH".into(), 212), ("LOCK".into(), 187), ("VALID".into(), 82)]);
    // Only one record stands for the call that failed; about the others nobody was asked.
    let auth = day.json(&["errors", "list", "--group", groups[0]["id"].as_str().unwrap()]);
    let tried: u64 = auth.as_array().unwrap().iter().map(|row| row["attempts"].as_u64().unwrap()).sum();
    assert_eq!((auth.as_array().unwrap().len(), tried), (212, 1));
    let fallen = &status["connections"][1];
    assert_eq!((&fallen["id"], &fallen["since"]), (&"acme-prod".into(), &"2025-11-22T09:14:03Z".into()));
    let unused = day.json(&["recipes", "unused"]);
    assert_eq!(unused.as_array().unwrap().len(), 14);
    // Two of the ninety are a pair, in use on both sides.
    let recipes = day.json(&["recipes", "list"]);
    let pair: Vec<&Value> = recipes.as_array().unwrap().iter().filter(|row| !row["pair"].is_null()).collect();
    let ids: Vec<&Value> = pair.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, ["r15", "r16"]);
    assert!(
        pair.iter().all(|row| row["state"] == "active" && row["unused"] == serde_json::json!([])),
        "{pair:?}"
    );
}

/// Waits until `look` finds something.
async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "never {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_leads_of_the_first_story_are_a_pair_that_hears_of_changes() {
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let first = Day(tempfile::tempdir().unwrap());
    let made = first.run(&["demo", "--story", "first", "--records", "20", "--prepare"]);
    assert!(made.status.success(), "{made:?}");
    let mut serve = Command::new(program());
    serve.arg("--data-dir").arg(first.path()).arg("serve").stdout(Stdio::null()).stderr(Stdio::null());
    let _engine = Process(serve.spawn().unwrap());
    // Whoever works in the story's systems finds them there.
    let endpoints: Value = until("the endpoints", async || {
        let text = std::fs::read_to_string(first.path().join("endpoints.json")).ok()?;
        serde_json::from_str(&text).ok()
    })
    .await;
    let at = |pointer: &str| endpoints.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    let http = reqwest::Client::new();
    let edit = async |system: &str, object: &str, edits: Value| {
        let url = format!("{}/{system}/records/{object}", at("/control"));
        let answer = http.post(url).json(&edits).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json::<Value>().await.unwrap()["created"][0].as_str().map(str::to_owned)
    };
    let listening = async || {
        let row = first.json(&["connections", "show", "sf"]);
        (row["hearing"] == "events").then_some(())
    };
    until("listening", listening).await;
    let halves = first.json(&["recipes", "list"]);
    let halves: Vec<&Value> =
        halves.as_array().unwrap().iter().filter(|row| !row["pair"].is_null()).collect();
    assert!(halves.len() == 2 && halves.iter().all(|row| row["object"] == "Lead"), "{halves:?}");

    let row = serde_json::json!({ "LastName": "Ibarra", "Company": "Ibarra y Hijos" });
    edit("salesforce", "Lead", serde_json::json!({ "create": [row] })).await.unwrap();
    let board = at("/monday/boards/Leads");
    let ask = format!(
        "{{ items_page_by_column_values(board_id: {board}, columns: [{{ column_id: \"company\", \
         column_values: [\"Ibarra y Hijos\"] }}]) {{ items {{ id }} }} }}"
    );
    let item = until("the item", async || {
        let request = http.post(at("/monday/url")).header("authorization", at("/monday/token"));
        let request = request.json(&serde_json::json!({ "query": ask }));
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let found = answer.pointer("/data/items_page_by_column_values/items/0/id")?.as_str()?.to_owned();
        Some(found)
    })
    .await;
    let update = serde_json::json!({ "id": item, "title": "Owner" });
    edit("monday", "Leads", serde_json::json!({ "update": [update] })).await;
    until("the lead", async || {
        let url = format!("{}/services/data/v62.0/query", at("/salesforce/instance_url"));
        let request = http.get(url).query(&[("q", "SELECT Title FROM Lead WHERE LastName = 'Ibarra'")]);
        let answer = request.bearer_auth(at("/salesforce/access_token")).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        (answer["records"][0]["Title"] == "Owner").then_some(())
    })
    .await;
}

#[test]
fn ten_recipes_go_and_come_back_as_they_were() {
    let day = Day::new();
    let export = |day: &Day| day.run(&["recipes", "export"]).stdout;
    let before = export(&day);
    let states = |day: &Day| day.json(&["recipes", "list"]);
    let stood = states(&day);
    let job = day.json(&["recipes", "prune", "--unused", "30d", "--count", "10", "--yes"]);
    assert_eq!(day.json(&["status"])["recipes"]["used"], 80);
    assert!(day.run(&["undo", job["job"].as_str().unwrap()]).status.success());
    assert_eq!(export(&day), before, "byte for byte");
    for (now, then) in states(&day).as_array().unwrap().iter().zip(stood.as_array().unwrap()) {
        assert_eq!(
            (&now["id"], &now["state"], &now["reason"]),
            (&then["id"], &then["state"], &then["reason"])
        );
    }
    // The files that were written are the account, so applying them changes nothing.
    let files = day.0.path().join("files");
    assert!(day.run(&["recipes", "export", "--out", files.to_str().unwrap()]).status.success());
    let plan = day.json(&["recipes", "apply", files.to_str().unwrap(), "--prune", "--dry-run"]);
    assert_eq!(
        (&plan["unchanged"], &plan["created"], &plan["deleted"]),
        (&90.into(), &0.into(), &Value::Array(vec![]))
    );
    rename(&files.join("r9.toml"), "Accounts to the board", "Accounts, renamed");
    let done = day.json(&["recipes", "apply", files.to_str().unwrap()]);
    assert_eq!(done["changed"], serde_json::json!(["r9"]));
    assert_eq!(day.json(&["recipes", "show", "r9"])["name"], "Accounts, renamed");
    // A board named by its title is the same board: nothing is deleted and made anew.
    let board = day.json(&["recipes", "show", "r9"])["container_id"].as_str().unwrap().to_owned();
    rename(&files.join("r9.toml"), &format!("container = \"{board}\""), "container = \"Accounts\"");
    let plan = day.json(&["recipes", "apply", files.to_str().unwrap(), "--dry-run"]);
    assert_eq!((&plan["unchanged"], &plan["replaced"]), (&90.into(), &Value::Array(vec![])), "{plan}");
}

fn rename(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn what_can_succeed_is_retried_in_lines() {
    let day = Day::new();
    let mut talk = Command::new(program())
        .arg("--data-dir")
        .arg(day.path())
        .args(["demo", "--story", "day", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    talk.stdin.take().unwrap().write_all(b"R\nyes\nq\n").unwrap();
    let said = String::from_utf8(talk.wait_with_output().unwrap().stdout).unwrap();
    assert!(said.contains("187 ok, 0 failed") && said.contains("212 AUTH, 82 VALID"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    assert_eq!(day.json(&["status"])["errors"]["open"], 294);
}

#[test]
fn what_is_put_aside_is_not_counted_and_not_lost() {
    let day = Day::new();
    let groups = day.json(&["errors", "groups"]);
    let valid = groups[2]["id"].as_str().unwrap().to_owned();
    assert_eq!(day.code(&["errors", "snooze", "--group", &valid, "--for", "24h"]), Some(0));
    assert_eq!(day.json(&["status"])["errors"]["open"], 399);
    let groups = day.json(&["errors", "groups"]);
    let aside = groups.as_array().unwrap().iter().find(|group| group["id"] == valid.as_str()).unwrap();
    assert_eq!((&aside["state"], &aside["count"]), (&"snoozed".into(), &82.into()));
    assert!(aside["snoozed_until"].as_str().unwrap().starts_with("2025-11-23T09:41"), "{aside}");
    let csv = String::from_utf8(day.run(&["errors", "export", "--group", &valid]).stdout).unwrap();
    assert_eq!(csv.lines().count(), 83);
    // It comes back when its time is over.
    assert_eq!(day.code(&["errors", "snooze", "--group", &valid, "--for", "0s"]), Some(0));
    assert_eq!(day.code(&["errors", "snooze"]), Some(2));
}

#[test]
fn the_data_file_is_copied_checked_and_put_back() {
    let day = Day::new();
    let copy = day.0.path().join("copy.redb");
    assert_eq!(day.json(&["store", "check"])["ok"], true);
    assert_eq!(day.code(&["store", "backup", copy.to_str().unwrap()]), Some(0));
    assert_eq!(day.code(&["errors", "ignore", "e1", "--reason", "a test"]), Some(0));
    assert_eq!(day.code(&["store", "restore", copy.to_str().unwrap()]), Some(3), "it asks first");
    assert_eq!(day.code(&["store", "restore", copy.to_str().unwrap(), "--yes"]), Some(0));
    assert_eq!(day.json(&["errors", "show", "e1"])["state"], "open");
    assert_eq!(day.json(&["audit", "verify"])["ok"], true);
    assert_eq!(day.code(&["store", "compact"]), Some(0));
    let store = day.path().join("syncdeck.redb");
    let mut bytes = std::fs::read(&store).unwrap();
    bytes.chunks_mut(4096).skip(1).for_each(|page| page.fill(0x5a));
    std::fs::write(&store, &bytes).unwrap();
    for refused in [["status"].as_slice(), &["store", "check"], &["store", "compact"]] {
        let output = day.run(refused);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(5), "{refused:?}: {told}");
        assert!(told.contains("store restore"), "{refused:?}: {told}");
    }
    assert_eq!(day.code(&["store", "restore", copy.to_str().unwrap(), "--yes"]), Some(0));
    assert_eq!(std::fs::read(day.path().join("syncdeck.redb.before-restore")).unwrap(), bytes, "it is kept");
    assert_eq!(day.json(&["store", "check"])["ok"], true);
    std::fs::write(&copy, b"not a data file").unwrap();
    assert_eq!(day.code(&["store", "restore", copy.to_str().unwrap(), "--yes"]), Some(2));
    assert_eq!(day.json(&["status"])["errors"]["open"], 481, "nothing was changed");
}

#[test]
fn what_is_protected_wants_a_reason() {
    let day = Day::new();
    assert_eq!(day.code(&["connections", "set", "acme-sync", "--protected", "true"]), Some(0));
    assert_eq!(day.code(&["recipes", "pause", "r90"]), Some(3));
    assert_eq!(day.code(&["--write", "--reason", "ticket 4471", "recipes", "pause", "r90"]), Some(0));
    let audit = String::from_utf8(day.run(&["audit", "--json"]).stdout).unwrap();
    assert!(audit.lines().any(|line| line.contains("mode.write") && line.contains("ticket 4471")), "{audit}");
}

#[test]
fn every_writing_command_of_the_registry_is_refused_when_reading_only() {
    let day = Day::new();
    let commands = day.json(&["commands"]);
    let writing = commands.as_array().unwrap().iter().filter(|row| row["writes"] == true);
    for row in writing {
        let id = row["id"].as_str().unwrap();
        assert_eq!(day.code(&["--read-only", id, "--yes"]), Some(3), "{id}");
    }
}

#[test]
fn init_writes_what_is_not_there() {
    let home = tempfile::tempdir().unwrap();
    let init = || {
        let output = Command::new(program())
            .args(["init", "--json"])
            .env("XDG_CONFIG_HOME", home.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let first = init();
    assert!(
        first["written"].as_array().unwrap().len() >= 5 && first["kept"] == Value::Array(vec![]),
        "{first}"
    );
    assert_eq!(init()["written"], Value::Array(vec![]));
}

#[test]
fn an_object_by_hour_sums_up_to_the_object() {
    let day = Day::new();
    let rows = day.json(&["objects", "--since", "today"]);
    let contacts: Vec<&Value> =
        rows.as_array().unwrap().iter().filter(|row| row["object"] == "Contact").collect();
    assert_eq!(contacts.len(), 2, "one of each direction: {rows}");
    let hours = day.json(&["objects", "--since", "today", "--by-hour", "Contact"]);
    let listed = hours["hours"].as_array().unwrap();
    assert!(listed.len() > 1 && listed.len() <= 24, "{hours}");
    let mut moved = 0;
    for key in ["created", "updated", "deleted", "skipped", "failed"] {
        let of = |rows: &[&Value]| rows.iter().map(|row| row[key].as_u64().unwrap()).sum::<u64>();
        let by_hour = of(&listed.iter().collect::<Vec<_>>());
        assert_eq!(by_hour, of(&contacts), "{key}: {hours}");
        moved += by_hour;
    }
    assert!(moved > 0, "the day has work in it: {hours}");
    let written: u64 =
        hours["recipes"].as_array().unwrap().iter().map(|row| row["written"].as_u64().unwrap()).sum();
    let of_hours = |key: &str| listed.iter().map(|row| row[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(written, of_hours("created") + of_hours("updated") + of_hours("deleted"));
    // Whole hours and the present one are the period; the same hours of the day before are told beside.
    for row in &contacts {
        let part = |part: &str| row[part]["updated"].as_u64().unwrap();
        assert_eq!(part("whole") + part("hour"), row["updated"].as_u64().unwrap());
        assert!(row["before"]["updated"].is_u64(), "{row}");
    }
    let nothing = day.json(&["objects", "--by-hour", "Nothing"]);
    assert_eq!((&nothing["recipes"], &nothing["writing"]), (&serde_json::json!([]), &0.into()));
}

#[test]
fn a_cause_that_is_asked_for_is_tried_and_not_promised() {
    let day = Day::new();
    let groups = day.json(&["errors", "groups"]);
    let id_of = |class: &str| {
        let group = groups.as_array().unwrap().iter().find(|group| group["class"] == class).unwrap();
        group["id"].as_str().unwrap().to_owned()
    };
    let planned = |class: &str| day.json(&["errors", "retry", "--group", &id_of(class), "--dry-run"]);
    let valid = planned("VALID");
    assert_eq!(
        (&valid["of"], &valid["doubtful"]),
        (&82.into(), &serde_json::json!([["VALID", 82]])),
        "{valid}"
    );
    let lock = planned("LOCK");
    assert_eq!((&lock["of"], &lock["doubtful"]), (&187.into(), &serde_json::json!([])), "{lock}");
    let told = day.run(&["errors", "retry", "--group", &id_of("VALID"), "--dry-run"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("They fail again unless something was changed: 82 VALID."), "{told}");
}

#[test]
fn a_cause_is_told_with_what_was_done_before_it() {
    let day = Day::new();
    let groups = day.json(&["errors", "groups"]);
    let auth = groups.as_array().unwrap().iter().find(|group| group["class"] == "AUTH").unwrap();
    let id = auth["id"].as_str().unwrap();
    let cause = day.json(&["errors", "show", id]);
    let objects = cause["objects"].as_array().unwrap();
    assert_eq!(objects.iter().map(|row| row[1].as_u64().unwrap()).sum::<u64>(), 212, "{cause}");
    let done: Vec<_> = cause["just_before"].as_array().unwrap().iter().map(|row| &row["at"]).collect();
    let first = auth["first_at"].as_str().unwrap();
    assert!(!done.is_empty() && done.iter().all(|at| at.as_str().unwrap() <= first), "{cause}");
    assert_eq!(cause["earlier"], Value::Null, "the first time: {cause}");
    let noticed = cause["noticed"].as_array().unwrap();
    let fell = noticed.iter().find(|row| row["on"] == serde_json::json!(["acme-prod"])).unwrap();
    assert_eq!((&fell["from"], &fell["to"]), (&"valid".into(), &"revoked".into()), "{cause}");
    let by_hour: Vec<u64> =
        auth["by_hour"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect();
    assert_eq!((by_hour.len(), by_hour.iter().sum::<u64>()), (10, 212), "all of them this morning: {auth}");
    assert_eq!(day.code(&["errors", "show", "g0000000f"]), Some(1), "no such cause");
}
