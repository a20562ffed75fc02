//! Where concrete parts meet: the store, the clients, the engine, the control server, the console, the sandbox.
//!
//! * [`host`] opens a data directory and runs an engine on it.
//! * [`visit`] finds the engine of a data directory, or starts one, and talks with it.
//! * [`callback`] is where browsers come back to; [`reconnect`] waits for that or for a paste.
//! * [`commands`] turns each command into requests and prints the answers.
//! * [`demo`] and [`sandbox`] need nothing configured; [`story`] makes the data that a demonstration shows.

mod callback;
mod care;
mod commands;
mod console;
mod demo;
mod doctor;
mod errors;
mod herald;
mod host;
mod past;
mod plain;
mod recipe_files;
mod recipe_offer;
mod reconnect;
mod sandbox;
mod snap;
mod story;
mod visit;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::args::{Cli, Command, Global};
use crate::cli::output::Output;
use crate::control::protocol::Refusal;
use crate::tui::registry::{COMMANDS, Keymap};
use crate::words::{Lang, Words, Zone};

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match typed() {
        Ok(cli) => cli,
        Err(Typed::Refused(output)) => {
            return ExitCode::from(output.refusal(&Refusal::read_only(&output.words)));
        }
        Err(Typed::Wrong(error)) => {
            // Help and version are asked for; anything else is wrong usage.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _closed = error.print();
            return ExitCode::from(code);
        }
    };
    // The second installation in one process fails; the first one serves.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let workers = if matches!(
        cli.command,
        Some(Command::Serve(_) | Command::Demo(_) | Command::Sandbox(_) | Command::Snap(_))
    ) {
        2
    } else {
        1
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(run(cli));
            runtime.shutdown_timeout(std::time::Duration::from_millis(200));
            ExitCode::from(code)
        }
        Err(error) => {
            Output { json: false, words: Words::new(Lang::En) }.note(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Why what was typed is not carried out.
enum Typed {
    Wrong(clap::Error),
    Refused(Box<Output>),
}

/// Reads what was typed. A command may be named by its id in the registry as well (`recipe.delete`). Whether anything
/// may be changed comes before the question what exactly was meant.
fn typed() -> Result<Cli, Typed> {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let named = words
        .iter()
        .skip(1)
        // An id has a dot in it, so that no sub-command is taken for one.
        .position(|word| {
            word.contains('.') && COMMANDS.iter().any(|command| command.id == word && !command.cli.is_empty())
        });
    let (parsed, words) = match named.map(|at| at + 1) {
        Some(at) => {
            let id = words.get(at).cloned().unwrap_or_default();
            let cli = COMMANDS.iter().find(|command| command.id == id).map_or("", |command| command.cli);
            let mut words = words;
            words.splice(at..=at, cli.split(' ').map(str::to_owned));
            (Cli::try_parse_from(&words), words)
        }
        None => (Cli::try_parse(), words),
    };
    parsed.map_err(|error| {
        let writes = |command: &&crate::tui::registry::Command| {
            let cli: Vec<&str> = command.cli.split(' ').collect();
            command.writes && words.windows(cli.len()).any(|typed| typed == cli)
        };
        if error.use_stderr()
            && words.iter().any(|word| word == "--read-only")
            && COMMANDS.iter().any(|c| writes(&c))
        {
            let global = Global { json: words.iter().any(|word| word == "--json"), ..Global::default() };
            return Typed::Refused(Box::new(Output { json: global.json, words: self::words(&global) }));
        }
        Typed::Wrong(error)
    })
}

async fn run(cli: Cli) -> u8 {
    let output = Output { json: cli.global.json, words: words(&cli.global) };
    let result = match cli.command {
        None => console::run(&cli.global).await,
        Some(command) => {
            if cli.global.read_only && command.writes() {
                return output.refusal(&Refusal::read_only(&output.words));
            }
            dispatch(command, &cli.global, &output).await
        }
    };
    result.unwrap_or_else(|refusal| output.refusal(&refusal))
}

async fn dispatch(command: Command, global: &Global, output: &Output) -> Result<u8, Refusal> {
    match command {
        Command::Demo(demo) => demo::run(&demo, global, output).await,
        Command::Serve(serve) => host::serve(global, serve.linger, output).await,
        Command::Sandbox(args) => sandbox::run(&args, output).await,
        Command::Commands => registry(global, output),
        Command::Snap(args) => snap::run(&args, global, output).await,
        Command::Completions { shell } => {
            let mut command = <Cli as clap::CommandFactory>::command();
            clap_complete::generate(shell, &mut command, "syncdeck", &mut std::io::stdout());
            Ok(0)
        }
        Command::Man => {
            let page = clap_mangen::Man::new(<Cli as clap::CommandFactory>::command());
            // A reader that has seen enough is no failure.
            let _closed = page.render(&mut std::io::stdout());
            Ok(0)
        }
        command => commands::run(command, global, output).await,
    }
}

/// Returns the keys of the console: those of the file `keys.toml` beside the configuration, where there is one.
fn keys(global: &Global) -> Result<Keymap, Refusal> {
    let dir = global.config.as_deref().and_then(std::path::Path::parent).map(std::path::Path::to_owned);
    let path = dir.unwrap_or_else(crate::settings::paths::config_dir).join("keys.toml");
    let wrong = |why: &dyn std::fmt::Display| Refusal::new("keys", 2, format!("{}: {why}", path.display()));
    let own = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(wrong(&error)),
    };
    Keymap::load(own.as_deref()).map_err(|error| wrong(&error))
}

/// Prints everything a person can do, from the one registry that keys, footer, palette and help come from.
fn registry(global: &Global, output: &Output) -> Result<u8, Refusal> {
    let keymap = keys(global)?;
    let rows: Vec<_> = COMMANDS
        .iter()
        .map(|command| {
            let keys: Vec<String> = keymap.keys(command.id).iter().map(ToString::to_string).collect();
            serde_json::json!({
                "id": command.id,
                "cli": command.cli,
                "keys": keys,
                "help": output.words.say(&command.help_key()),
                "words": output.words.say(&command.label_key()),
                "writes": command.writes,
            })
        })
        .collect();
    if output.json {
        output.document(&rows);
    } else {
        let text = |row: &serde_json::Value, key: &str| {
            row.get(key).and_then(|text| text.as_str()).unwrap_or("").to_owned()
        };
        let keys = |row: &serde_json::Value| {
            let keys = row.get("keys").and_then(|keys| keys.as_array()).cloned().unwrap_or_default();
            keys.iter().filter_map(|key| key.as_str()).collect::<Vec<_>>().join(" ")
        };
        let cells: Vec<_> = rows
            .iter()
            .map(|row| vec![text(row, "id"), keys(row), text(row, "cli"), text(row, "help")])
            .collect();
        let head = ["head-command", "head-keys", "head-cli", "head-help"].map(|key| output.words.say(key));
        output.table(&head.each_ref().map(String::as_str), &cells);
    }
    Ok(0)
}

/// Returns the language that was asked for, or that of the locale.
/// What is said, in which language and in which time zone.
fn words(global: &Global) -> Words {
    let zone = global.tz.as_deref().and_then(Zone::named).unwrap_or_default();
    Words::new(language(global)).within(zone)
}

fn language(global: &Global) -> Lang {
    let named = global.lang.clone();
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
    };
    Lang::of_locale(&named.or_else(locale).unwrap_or_default())
}
