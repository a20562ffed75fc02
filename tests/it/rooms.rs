//! The rules of the house: rooms import downwards only, files stay readable, what is dangerous stays in its room.

use std::path::{Path, PathBuf};

/// Each room and what it may import.
const ROOMS: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("words", &[]),
    ("telemetry", &[]),
    ("sandbox", &[]),
    ("ports", &["domain"]),
    ("settings", &["domain"]),
    ("remote", &["ports", "settings", "domain"]),
    ("store", &["ports", "settings", "domain"]),
    ("engine", &["ports", "domain"]),
    ("control", &["engine", "telemetry", "ports", "domain", "words"]),
    ("tui", &["control", "words", "settings", "domain"]),
    ("cli", &["control", "words", "settings", "domain"]),
    (
        "app",
        &[
            "tui",
            "cli",
            "control",
            "engine",
            "sandbox",
            "remote",
            "store",
            "telemetry",
            "settings",
            "ports",
            "domain",
            "words",
        ],
    ),
];

/// What may be named only in some places.
const ONLY_IN: [(&str, &[&str]); 4] = [
    ("redb::", &["store"]),
    ("reqwest::", &["remote", "sandbox", "app"]),
    ("axum::", &["sandbox", "app"]),
    ("ratatui::", &["tui"]),
];

/// The most lines of a file; generated code and tables apart.
const LONGEST: usize = 800;

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Returns the room of a source file.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Returns the lines before a file's tests, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let until = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let code = text.get(..until).unwrap();
    (1..).zip(code.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn imports_go_downwards() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room(&path);
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            assert!(matches!(room.as_str(), "lib" | "main"), "{room} is not in the table of rooms");
            continue;
        };
        for (number, line) in code(&text) {
            for part in line.split("crate::").skip(1) {
                let other: String =
                    part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let known = ROOMS.iter().any(|(name, _)| *name == other);
                if known && other != room && !allowed.contains(&other.as_str()) {
                    wrong.push(format!("{}:{number}: {room} imports {other}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_dangerous_stays_in_its_room() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room(&path);
        for (number, line) in code(&text) {
            for (name, rooms) in ONLY_IN {
                let at = line.find(name);
                let named = at.is_some_and(|at| {
                    !line.get(..at).unwrap().ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
                if named && !rooms.contains(&room.as_str()) {
                    wrong.push(format!("{}:{number}: {name} in {room}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_frightens_a_newcomer() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nothing_but_the_agreed_stands_at_the_top() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "config",
        "tests",
        "assets",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "target",
    ];
    for entry in std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} at the top level");
    }
}
