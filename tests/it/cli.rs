//! The command line by itself: what is generated from it is current, and what it refuses it refuses with the right code.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::program;

fn run(args: &[&str]) -> Output {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(program());
    command
        .arg("--data-dir")
        .arg(data.path().join("data"))
        .args(args)
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL");
    command.output().unwrap()
}

#[test]
fn completions_and_manual_page_are_current() {
    for (args, kept) in [
        (&["completions", "bash"][..], include_str!("../../assets/syncdeck.bash")),
        (&["completions", "fish"], include_str!("../../assets/syncdeck.fish")),
        (&["completions", "zsh"], include_str!("../../assets/_syncdeck")),
        (&["man"], include_str!("../../assets/syncdeck.1")),
    ] {
        let made = String::from_utf8(run(args).stdout).unwrap();
        assert!(made == kept, "stale: syncdeck {} > assets/…", args.join(" "));
    }
}

#[test]
fn the_registry_lists_everything_with_help() {
    let rows: Value = serde_json::from_slice(&run(&["commands", "--json"]).stdout).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(rows.len() > 30, "{} commands", rows.len());
    for row in rows {
        for key in ["id", "help", "words"] {
            assert!(
                row[key].as_str().is_some_and(|text| !text.is_empty() && !text.starts_with("help-")),
                "{row}"
            );
        }
        assert!(row["cli"].is_string() && row["keys"].is_array() && row["writes"].is_boolean(), "{row}");
    }
}

#[test]
fn what_is_refused_is_refused_with_its_code() {
    for (args, code) in [
        (&["--read-only", "recipes", "delete", "r1"][..], 3),
        (&["--read-only", "connections", "add", "--file", "x"], 3),
        (&["recipes", "show", "r9"], 1),
        (&["recipes", "show", "nine"], 2),
        (&["recipes", "create", "--file", "/nonexistent"], 2),
        (&["errors", "retry"], 2),
        (&["activity", "--since", "yesterday"], 2),
        (&["--nonsense"], 2),
        (&["--tz", "Mars/Base", "status"], 2),
        (&["jobs", "show", "last"], 1),
        (&["sandbox", "--listen", "0.0.0.0:0"], 1),
        (&["status"], 0),
        (&["recipes", "list"], 0),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {output:?}");
    }
}

#[test]
fn the_time_zone_is_named_in_documents() {
    let of = |args: &[&str]| -> Value {
        let told: Value = serde_json::from_slice(&run(args).stdout).unwrap();
        told["tz"].clone()
    };
    assert_eq!(of(&["status", "--json"]), "UTC");
    assert_eq!(of(&["status", "--json", "--tz", "utc"]), "UTC");
    if std::path::Path::new("/usr/share/zoneinfo/Europe/Rome").exists() {
        assert_eq!(of(&["status", "--json", "--tz", "Europe/Rome"]), "Europe/Rome");
    }
}

#[test]
fn data_that_are_none_are_told_and_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("syncdeck.redb");
    std::fs::write(&file, "this is no database").unwrap();
    let mut command = Command::new(program());
    let output = command.arg("--data-dir").arg(data.path()).args(["status", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["error"]["code"], "data_broken");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "this is no database");
}
