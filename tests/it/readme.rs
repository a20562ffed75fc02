//! The README is true: every command in it is run.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Bench, LEADS, Process, program};

const README: &str = include_str!("../../README.md");

/// Returns the commands of the README in order.
fn commands() -> Vec<&'static str> {
    let blocks = README.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty()).collect()
}

/// Runs a line as a person's shell would, on the bench's data and with its secrets.
fn shell(bench: &Bench, line: &str) -> std::process::Output {
    let folder = program().parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    Command::new("sh")
        .args(["-ec", line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env("SYNCDECK_DATA_DIR", bench.data())
        .env("SF_SECRET", bench.endpoint("/salesforce/client_secret"))
        .env("SF_REFRESH", bench.endpoint("/salesforce/refresh_token"))
        .env("MONDAY_TOKEN", bench.endpoint("/monday/token"))
        .output()
        .unwrap()
}

#[test]
fn every_command_of_the_readme_works() {
    let bench = Bench::start(20);
    let _engine = bench.serve();
    bench.connect();
    bench.file("leads.toml", LEADS);
    bench.lead_recipe();
    bench.in_step();
    for line in commands() {
        match line {
            // This very test is what `cargo test` runs; a build inside a test would wait for itself.
            "cargo test" => {}
            "cargo run --release -- demo" => {
                let demo = Command::new(program())
                    .args(["demo", "--headless", "--records", "20", "--exit-when-synced"])
                    .output();
                assert!(demo.unwrap().status.success(), "{line}");
            }
            _ if line.starts_with("syncdeck demo") => {
                // Without a terminal it talks in lines, and ends with its input.
                let args = line.split(' ').skip(1);
                let demo = Command::new(program()).args(args).stdin(Stdio::null()).output().unwrap();
                assert!(demo.status.success(), "{line}: {demo:?}");
                let told = String::from_utf8_lossy(&demo.stdout).into_owned();
                assert!(told.contains("481 records parked") && !told.contains('\u{1b}'), "{told}");
            }
            "syncdeck serve" => {
                let other = bench.dir.path().join("other");
                stays(Command::new(program()).arg("serve").arg("--data-dir").arg(other), line);
            }
            _ if line.starts_with("syncdeck sandbox") => {
                stays(
                    Command::new(program()).args(["sandbox", "--listen", "127.0.0.1:0", "--records", "20"]),
                    line,
                );
            }
            // The examples name other hosts; they are read, and refused for what is not there.
            _ if line.contains("connections add") => {
                let path = line.rsplit(' ').next().unwrap();
                let text =
                    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
                        .unwrap();
                let host = format!("host = \"{}\"", bench.endpoint("/salesforce/login_url"));
                let key = format!("client_id = \"{}\"", bench.endpoint("/salesforce/client_id"));
                let url = format!("system = \"monday\"\nurl = \"{}\"", bench.endpoint("/monday/url"));
                let text = text
                    .replace("host = \"acme.my.salesforce.com\"", &host)
                    .replace("client_id = \"3MVG9...\"", &key)
                    .replace("system = \"monday\"", &url)
                    .replace("id = \"sf\"", "id = \"sf2\"")
                    .replace("id = \"monday\"", "id = \"monday2\"");
                let file = bench.file("example.toml", &text);
                let row = bench.json(&["connections", "add", "--file", file.to_str().unwrap()]);
                assert_eq!(row["state"], "valid", "{line}: {row}");
            }
            _ => {
                let output = shell(&bench, line);
                assert!(output.status.success(), "{line}: {output:?}");
            }
        }
    }
}

/// A command that is meant to stay stays for a moment.
fn stays(command: &mut Command, line: &str) {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut child = Process(child);
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.0.try_wait().unwrap().is_none(), "{line} ended");
}

#[test]
fn the_picture_is_one_that_the_program_makes() {
    let made = Command::new(program())
        .args(["snap", "overview", "--story", "day", "--format", "svg"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let made = String::from_utf8(made.stdout).unwrap();
    let kept = include_str!("../../assets/console.svg");
    // Times and counts differ from run to run; the frame around them must not.
    let head = |svg: &str| svg.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        head(&made),
        head(kept),
        "make it anew: syncdeck snap overview --story day --format svg > assets/console.svg"
    );
    for word in
        ["NEEDS YOU", "OBJECTS", "LIMITS", "NOW", "AUTH", "CAP", "LOCK", "VALID", "1,204", "481 parked"]
    {
        assert!(made.contains(word) && kept.contains(word), "{word}");
    }
}
