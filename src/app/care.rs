//! `store`, `audit`, `init` and `theme`: looking after what lies on this machine.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::commands::confirmed;
use super::visit::{Need, Visit};
use crate::cli::args::{Audit, Global, Store, Theme};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::settings::paths::DataDir;
use crate::store::redb::care;
use crate::tui;

/// The commented files that `init` writes, below the configuration directory.
const FILES: [(&str, &str); 6] = [
    ("config.toml", include_str!("../../config/config.toml")),
    ("keys.toml", include_str!("../../config/keys.toml")),
    ("connections/salesforce.toml", include_str!("../../config/connections/salesforce.toml")),
    ("connections/monday.toml", include_str!("../../config/connections/monday.toml")),
    ("recipes/record-to-item.toml", include_str!("../../config/recipes/record-to-item.toml")),
    ("recipes/two-way-item.toml", include_str!("../../config/recipes/two-way-item.toml")),
];

/// `store`
pub(super) async fn store(command: Store, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let data = DataDir::chosen(global.data_dir.clone());
    match command {
        Store::Check => check(&data, out).await,
        Store::Backup { file } => backup(&file, global, out).await,
        Store::Restore { file, yes } => restore(&data, file, yes, out).await,
        Store::Compact => {
            let path = data.store();
            let (before, after) = on_file(&path, care::compact, out).await?;
            if out.json {
                out.document(&json!({ "before": before, "after": after }));
            } else {
                let pairs = [("before", (before >> 10).into()), ("after", (after >> 10).into())];
                out.line(&out.words.say_with("compacted", &pairs));
            }
            Ok(0)
        }
    }
}

/// Does something with a data file that nobody may use meanwhile.
async fn on_file<T: Send + 'static>(
    path: &Path,
    work: fn(&Path) -> Result<T, crate::ports::StoreError>,
    out: &Output,
) -> Result<T, Refusal> {
    if !path.exists() {
        let shown = path.display().to_string();
        return Err(Refusal::new(
            "no_data",
            5,
            out.words.say_with("refused-no-data", &[("path", (&shown).into())]),
        ));
    }
    let path = path.to_owned();
    match tokio::task::spawn_blocking(move || work(&path)).await {
        Ok(done) => done.map_err(|error| Refusal::of_store(&error, &out.words)),
        Err(error) => Err(Refusal::new("data_broken", 5, error.to_string())),
    }
}

async fn check(data: &DataDir, out: &Output) -> Result<u8, Refusal> {
    let health = on_file(&data.store(), care::check, out).await?;
    let well = health.problems.is_empty();
    if out.json {
        out.document(&json!({ "ok": well, "rows": health.rows, "problems": health.problems }));
    } else {
        for (what, count) in &health.rows {
            out.line(&format!("{what}  {}", out.numbers().count(*count)));
        }
        for problem in &health.problems {
            out.line(problem);
        }
        out.line(&out.words.say(if well { "store-well" } else { "store-ill" }));
    }
    Ok(u8::from(!well))
}

async fn backup(file: &Path, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let to = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let reply = visit.ask(Request::Backup(to.clone()), &out.words).await?;
    if !matches!(reply, Reply::Done) {
        return Ok(print_reply(out, &reply));
    }
    let path = to.display().to_string();
    if out.json {
        out.document(
            &json!({ "backup": path, "bytes": std::fs::metadata(&to).map_or(0, |file| file.len()) }),
        );
    } else {
        out.line(&out.words.say_with("backed-up", &[("path", (&path).into())]));
    }
    Ok(0)
}

/// Puts a copy in the place of the data; what was there before stays beside it.
async fn restore(data: &DataDir, file: PathBuf, yes: bool, out: &Output) -> Result<u8, Refusal> {
    let failed = |path: &Path, error: &std::io::Error| {
        let (path, why) = (path.display().to_string(), error.to_string());
        let pairs = [("path", (&path).into()), ("why", (&why).into())];
        Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs))
    };
    data.make().map_err(|error| failed(data.root(), &error))?;
    let (store, coming) = (data.store(), data.root().join("syncdeck.redb.coming"));
    if store.exists() {
        // Whoever holds it now must not lose it under their hands. Damaged data nobody holds, and they need the copy.
        match super::host::open_store(data, std::time::Duration::ZERO, &out.words).await {
            Err(refusal) if refusal.code != "data_broken" => return Err(refusal),
            _ => {}
        }
    }
    std::fs::copy(&file, &coming).map_err(|error| failed(&file, &error))?;
    let health = match on_file(&coming, care::check, out).await {
        Ok(health) if health.problems.is_empty() => health,
        Ok(health) => {
            let _removed = std::fs::remove_file(&coming);
            let (path, why) = (file.display().to_string(), health.problems.join("; "));
            let pairs = [("path", (&path).into()), ("why", (&why).into())];
            return Err(Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs)));
        }
        Err(refusal) => {
            let _removed = std::fs::remove_file(&coming);
            return Err(Refusal { exit: 2, ..refusal });
        }
    };
    let path = data.root().display().to_string();
    let question = out.words.say_with("ask-restore", &[("path", (&path).into())]);
    if let Err(refusal) = confirmed(yes, &question, out) {
        let _removed = std::fs::remove_file(&coming);
        return Err(refusal);
    }
    let before = data.root().join("syncdeck.redb.before-restore");
    if store.exists() {
        std::fs::rename(&store, &before).map_err(|error| failed(&store, &error))?;
    }
    std::fs::rename(&coming, &store).map_err(|error| failed(&coming, &error))?;
    if out.json {
        out.document(
            &json!({ "restored": true, "rows": health.rows, "before": before.display().to_string() }),
        );
    } else {
        let before = before.display().to_string();
        out.line(&out.words.say_with("restored", &[("before", (&before).into())]));
    }
    Ok(0)
}

/// `audit`
pub(super) async fn audit(command: &Audit, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    if command.command.is_none() {
        return Ok(print_reply(out, &visit.ask(Request::Audit { limit: command.limit }, &out.words).await?));
    }
    let reply = visit.ask(Request::AuditCheck, &out.words).await?;
    let Reply::AuditCheck { lines, problems } = reply else { return Ok(print_reply(out, &reply)) };
    let whole = problems.is_empty();
    if out.json {
        out.document(&json!({ "ok": whole, "lines": lines, "problems": problems }));
    } else {
        for problem in &problems {
            out.line(problem);
        }
        let key = if whole { "audit-whole" } else { "audit-broken" };
        out.line(&out.words.say_with(key, &[("count", lines.into())]));
    }
    Ok(u8::from(!whole))
}

/// `init`: commented files to begin with; none that exists is touched.
pub(super) fn init(global: &Global, out: &Output) -> Result<u8, Refusal> {
    let dir = match &global.config {
        Some(file) => file.parent().map(Path::to_owned).unwrap_or_default(),
        None => crate::settings::paths::config_dir(),
    };
    let (mut written, mut kept) = (Vec::new(), Vec::new());
    for (name, text) in FILES {
        let path = dir.join(name);
        if path.exists() {
            kept.push(path.display().to_string());
            continue;
        }
        let folder = path.parent().unwrap_or(&dir);
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text)).map_err(|error| {
            let (path, why) = (path.display().to_string(), error.to_string());
            let pairs = [("path", (&path).into()), ("why", (&why).into())];
            Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs))
        })?;
        written.push(path.display().to_string());
    }
    if out.json {
        out.document(&json!({ "written": written, "kept": kept }));
        return Ok(0);
    }
    for path in &written {
        out.line(path);
    }
    let path = dir.display().to_string();
    out.note(&out.words.say_with("init-next", &[("path", (&path).into())]));
    Ok(0)
}

/// `theme`
pub(super) fn theme(command: &Theme, out: &Output) -> Result<u8, Refusal> {
    let Theme::Check { palettes } = command;
    let known: Vec<&str> = tui::palettes().collect();
    if let Some(unknown) = palettes.iter().find(|name| !known.contains(&name.as_str())) {
        let expected = known.join(", ");
        let pairs = [("id", unknown.as_str().into()), ("expected", (&expected).into())];
        return Err(Refusal::new("bad_id", 2, out.words.say_with("refused-id", &pairs)));
    }
    let rows = tui::contrast(palettes);
    let dim = rows.iter().any(|row| row.ratio < row.needed);
    if out.json {
        out.document(&rows);
    } else {
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let mark = if row.ratio < row.needed { "!" } else { "ok" };
                [row.theme, row.palette, row.background, row.color, row.role]
                    .map(str::to_owned)
                    .into_iter()
                    .chain([format!("{:.2}", row.ratio), format!("{:.1}", row.needed), mark.to_owned()])
                    .collect()
            })
            .collect();
        let heads = [
            "head-theme",
            "head-palette",
            "head-background",
            "head-colours",
            "head-role",
            "head-ratio",
            "head-needed",
            "",
        ];
        let heads = heads.map(|key| if key.is_empty() { String::new() } else { out.words.say(key) });
        out.table(&heads.each_ref().map(String::as_str), &cells);
    }
    Ok(u8::from(dim))
}
