//! Time travel: what the present said is what its past says later, and what was never written down is not made up.

mod oracle;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::program;

fn run(data: &Path, args: &[&str]) -> Output {
    Command::new(program()).arg("--data-dir").arg(data).args(args).stdin(Stdio::null()).output().unwrap()
}

fn json(data: &Path, args: &[&str]) -> Value {
    let output = run(data, &[args, &["--json"]].concat());
    assert!(output.status.success(), "{args:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn day(dir: &tempfile::TempDir) -> PathBuf {
    let data = dir.path().join("data");
    let made = run(&data, &["demo", "--story", "day", "--prepare"]);
    assert!(made.status.success(), "{made:?}");
    data
}

/// Returns the class and the number of errors of each cause.
fn causes(groups: &Value) -> Vec<(&str, u64)> {
    let rows = groups.as_array().unwrap().iter();
    rows.map(|row| (row["class"].as_str().unwrap(), row["count"].as_u64().unwrap())).collect()
}

fn state<'a>(status: &'a Value, id: &str) -> &'a Value {
    &status["connections"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["state"]
}

fn sum(rows: &Value, key: &str) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum()
}

#[test]
fn the_bad_day_is_seen_before_and_after_the_connection_fell() {
    let dir = tempfile::tempdir().unwrap();
    let data = day(&dir);

    let before = json(&data, &["status", "--at", "09:10"]);
    assert_eq!((state(&before, "acme-prod"), &before["errors"]["open"]), (&"valid".into(), &269.into()));
    assert_eq!((&before["backlog"], &before["recipes"]["suspended"]), (&0.into(), &0.into()));
    assert_eq!(
        (&before["at"], &before["engine"]["state"]),
        (&"2025-11-22T09:10:00Z".into(), &"unknown".into())
    );
    let groups = json(&data, &["errors", "groups", "--at", "09:10"]);
    assert_eq!(causes(&groups), [("LOCK", 187), ("VALID", 82)]);
    assert!(groups.as_array().unwrap().iter().all(|row| row["at"] == "2025-11-22T09:10:00Z"));
    // Before the lock: 09:10 is no special moment.
    assert_eq!(causes(&json(&data, &["errors", "groups", "--at", "08:50"])), [("VALID", 82)]);
    assert_eq!(causes(&json(&data, &["errors", "groups", "--at", "06:00"])), []);

    let after = json(&data, &["status", "--at", "09:20"]);
    assert_eq!((state(&after, "acme-prod"), &after["errors"]["open"]), (&"revoked".into(), &481.into()));
    assert!(after["recipes"]["suspended"].as_u64().unwrap() > 0);
    let groups = json(&data, &["errors", "groups", "--at", "09:20"]);
    assert_eq!(causes(&groups), [("AUTH", 212), ("LOCK", 187), ("VALID", 82)]);

    // The counts of part of an hour are those of its lines.
    let parked = |at: &str| sum(&json(&data, &["objects", "--since", "today", "--at", at]), "failed");
    assert_eq!((parked("07:00"), parked("07:45"), parked("09:10"), parked("09:20")), (0, 82, 269, 481));
    let now = json(&data, &["objects", "--since", "today"]);
    assert_eq!(sum(&now, "failed"), 481);

    let calls = |at: &str| {
        let limits = json(&data, &["limits", "--at", at]);
        sum(&limits["api"], "used_24h")
    };
    assert!(calls("08:00") < calls("09:10") && calls("09:10") < calls("09:20"));
}

#[test]
fn what_was_never_written_down_is_not_made_up() {
    let dir = tempfile::tempdir().unwrap();
    let data = day(&dir);
    let long_ago = ["--at", "2020-01-01T00:00:00Z"];
    let status = json(&data, &[&["status"], &long_ago[..]].concat());
    for key in ["connections", "recipes", "errors", "backlog", "in_step", "alerts", "api"] {
        assert_eq!(status.get(key), Some(&Value::Null), "{key}");
    }
    assert!(status["recorded_from"].is_string());
    let groups = json(&data, &[&["errors", "groups"], &long_ago[..]].concat());
    assert_eq!(groups["rows"], Value::Null);
    assert!(groups["recorded_from"].is_string());
    let told = run(&data, &[&["errors", "groups"], &long_ago[..]].concat());
    assert!(String::from_utf8_lossy(&told.stdout).contains("not recorded"), "{told:?}");

    assert_eq!(run(&data, &["status", "--at", "23:59"]).status.code(), Some(2), "it has not come yet");
    assert_eq!(run(&data, &["status", "--at", "soon"]).status.code(), Some(2));
    let checked = run(&data, &["store", "check"]);
    assert!(checked.status.success(), "{checked:?}");
}
