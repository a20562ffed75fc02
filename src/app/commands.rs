//! Each command as requests to the engine, and its answer printed.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use super::reconnect::Reconnect;
use super::visit::{Need, Visit};
use super::{care, errors, past, recipe_files, recipe_offer};
use crate::cli::args::{
    Accounts, Activity, Between, Command, Conflicts, Connections, Global, Jobs, Recipes, Users,
};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::protocol::{ConnectionAct, RecipeAct, Refusal, Reply, Request, UsersOf};
use crate::control::rows::proposed;
use crate::domain::connection::{Access, MONDAY_SCOPES, by_browser};
use crate::domain::draft::RecipeDraft;
use crate::domain::filter::{since, span};
use crate::domain::id::{AccountId, ConnectionId, ErrorId, JobId, RecipeId};
use crate::domain::time::{DAY, Stamp};
use crate::domain::unused::UNUSED_DAYS;
use crate::settings::{Lines, connection_file, recipe_file};
use crate::telemetry::{self, Log};
use crate::words::Words;

/// How often a job that is waited for is looked at.
const POLL: Duration = Duration::from_millis(150);

/// The grace time before the first call of a retry, in milliseconds: it can be taken back.
pub(super) const GRACE_MS: i64 = 5_000;

/// Runs a command.
pub(super) async fn run(command: Command, global: &Global, out: &Output) -> Result<u8, Refusal> {
    telemetry::start(Log::Stderr, global.verbose);
    let account = global.account.as_deref().map(AccountId::from);
    match command {
        Command::Status(then) => past::one(&then, global, out, |_| Ok(Request::Status { account })).await,
        Command::Objects { since, by_hour, then } => {
            past::one(&then, global, out, |now| {
                let since = since.map(|text| past::read(&text, now, out)).transpose()?;
                Ok(match by_hour {
                    None => Request::Objects { account, since },
                    Some(object) => {
                        let today = Stamp(out.words.zone().midnight(now.0));
                        let (object, since) = (object.as_str().into(), since.unwrap_or(today));
                        Request::Hours { account, object, direction: None, since }
                    }
                })
            })
            .await
        }
        Command::Limits(then) => {
            past::one(&then, global, out, |_| Ok(Request::Limits { account, fresh: true })).await
        }
        Command::Audit(command) => care::audit(&command, global, out).await,
        Command::Store(command) => care::store(command, global, out).await,
        Command::Init => care::init(global, out),
        Command::Theme(command) => care::theme(&command, out),
        Command::Doctor { connection } => super::doctor::run(connection.as_deref(), global, out).await,
        Command::Undo { job } => one(global, out, Need::Change, Request::Undo(job_id(&job, out)?)).await,
        Command::Accounts(command) => accounts(command, global, out).await,
        Command::Connections(command) => connections(command, global, out).await,
        Command::Recipes(command) => recipes(command, global, out).await,
        Command::Errors(command) => errors::run(command, global, out).await,
        Command::Activity(command) => activity(&command, global, out).await,
        Command::Conflicts(command) => conflicts(command, global, out).await,
        Command::Users(command) => users(command, global, out).await,
        Command::Jobs(command) => jobs(command, global, out).await,
        Command::Demo(_)
        | Command::Serve(_)
        | Command::Sandbox(_)
        | Command::Snap(_)
        | Command::Commands
        | Command::Completions { .. }
        | Command::Man => Ok(0),
    }
}

/// Asks one thing and prints the answer.
pub(super) async fn one(global: &Global, out: &Output, need: Need, request: Request) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, need, &out.words).await?;
    let reply = visit.ask(request, &out.words).await?;
    visit.end().await;
    Ok(print_reply(out, &reply))
}

async fn accounts(command: Accounts, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let (need, request) = match command {
        Accounts::List => (Need::Data, Request::Accounts),
        Accounts::Add { id, recipe_limit } => {
            (Need::Change, Request::PutAccount { id: id.as_str().into(), recipe_limit, add: true })
        }
        Accounts::Set { id, recipe_limit } => {
            (Need::Change, Request::PutAccount { id: id.as_str().into(), recipe_limit, add: false })
        }
        Accounts::Remove { id } => (Need::Change, Request::RemoveAccount(id.as_str().into())),
    };
    one(global, out, need, request).await
}

async fn connections(command: Connections, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let account = global.account.as_deref().map(AccountId::from);
    let act = |id: &str, act| Ok(Request::ActOnConnection { id: connection_id(id, out)?, act });
    let request = match command {
        Connections::List => return one(global, out, Need::Data, Request::Connections { account }).await,
        Connections::Show { id } => return show_connection(&id, global, out).await,
        Connections::Add { file } => {
            let (path, text) = read(&file, out)?;
            match connection_file::parse(&path, &text) {
                Ok((mut draft, _)) => {
                    if by_browser(&draft.access, draft.app.as_ref()) {
                        let callback = super::host::setup(global, &out.words)?.callback.address();
                        let key = match draft.access {
                            Access::Salesforce { .. } => "add-callback",
                            Access::Monday { .. } => "add-callback-monday",
                        };
                        let scopes = MONDAY_SCOPES.join(", ");
                        let pairs = [("url", (&callback).into()), ("scopes", (&scopes).into())];
                        out.note(&out.words.say_with(key, &pairs));
                    }
                    draft.account = draft.account.or(account);
                    Request::AddConnection(Box::new(draft))
                }
                Err(mistakes) => return Ok(out.mistakes(&mistakes)),
            }
        }
        Connections::Check { id } => act(&id, ConnectionAct::Check)?,
        Connections::Reconnect { id, no_resume, other_org, refresh_token_stdin: false } => {
            let other = other_org.is_some();
            let reconnect = Reconnect { id: connection_id(&id, out)?, resume: !no_resume, other_org };
            let reply = reconnect.run(global, out).await?;
            if other && matches!(reply, Reply::Connections(_)) {
                out.note(&out.words.say("reconnected-other-org"));
            }
            return Ok(print_connection(&reply, out));
        }
        Connections::Reconnect { id, no_resume, other_org, refresh_token_stdin: true } => {
            let token = first_line().unwrap_or_default();
            act(&id, ConnectionAct::Reconnect { token, resume: !no_resume, other_org })?
        }
        Connections::Enable { id } => act(&id, ConnectionAct::Enable)?,
        Connections::Disable { id } => act(&id, ConnectionAct::Disable)?,
        Connections::Set { id, api_budget, retries_to, syncs_to, protected } => {
            let shares = retries_to.or(syncs_to).map(|_| (retries_to, syncs_to));
            let mut acts: Vec<ConnectionAct> = [
                api_budget.map(|budget| ConnectionAct::SetBudget(Some(budget))),
                shares.map(|(retries, syncs)| ConnectionAct::SetShares { retries, syncs }),
                protected.map(ConnectionAct::SetProtected),
            ]
            .into_iter()
            .flatten()
            .collect();
            let Some(last) = acts.pop() else { return show_connection(&id, global, out).await };
            for change in acts {
                let code = quietly(global, out, act(&id, change)?).await?;
                if code != 0 {
                    return Ok(code);
                }
            }
            return one(global, out, Need::Change, act(&id, last)?).await;
        }
        Connections::Remove { id } => act(&id, ConnectionAct::Remove)?,
    };
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let reply = visit.ask(request, &out.words).await?;
    visit.end().await;
    Ok(print_connection(&reply, out))
}

/// Carries out a request and prints nothing unless it is refused.
async fn quietly(global: &Global, out: &Output, request: Request) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Change, &out.words).await?;
    let reply = visit.ask(request, &out.words).await?;
    visit.end().await;
    Ok(if matches!(reply, Reply::Refused(_)) { print_reply(out, &reply) } else { 0 })
}

async fn show_connection(id: &str, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let id = connection_id(id, out)?;
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let reply = visit.ask(Request::Connections { account: None }, &out.words).await?;
    let Reply::Connections(rows) = reply else { return Ok(print_reply(out, &reply)) };
    let found: Vec<_> = rows.into_iter().filter(|row| row.id == id).collect();
    if found.is_empty() {
        let what = out.words.say("thing-connection");
        let pairs = [("what", (&what).into()), ("id", id.as_str().into())];
        return Err(Refusal::new("not_found", 1, out.words.say_with("refused-missing", &pairs)));
    }
    Ok(print_connection(&Reply::Connections(found), out))
}

/// Prints one connection as a document of its own; the exit code says whether it needs a person.
fn print_connection(reply: &Reply, out: &Output) -> u8 {
    let Reply::Connections(rows) = reply else { return print_reply(out, reply) };
    match rows.as_slice() {
        [only] if out.json => out.document(only),
        _ => {
            print_reply(out, reply);
        }
    }
    if rows.iter().any(|row| row.state.needs_person()) { 4 } else { 0 }
}

async fn recipes(command: Recipes, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let account = global.account.as_deref().map(AccountId::from);
    let act = async |ids: &[String], pair: bool, act| {
        let mut ids = ids.iter().map(|id| recipe_id(id, out)).collect::<Result<Vec<_>, Refusal>>()?;
        if pair {
            whole_pairs(&mut ids, global, out).await?;
        }
        Ok::<_, Refusal>(Request::ActOnRecipes { ids, act, reason: global.reason.clone() })
    };
    match command {
        Recipes::List { deleted } => {
            one(global, out, Need::Data, Request::Recipes { account, deleted, days: UNUSED_DAYS }).await
        }
        Recipes::Show { id } => one(global, out, Need::Data, Request::Recipe(recipe_id(&id, out)?)).await,
        Recipes::Create { file, dry_run } => create(&file, dry_run, account, global, out).await,
        Recipes::Propose(ask) => recipe_offer::propose(ask, account, global, out).await,
        Recipes::Preview { file } => recipe_offer::preview(&file, account, global, out).await,
        Recipes::Run { id, full, dry_run } => {
            let id = recipe_id(&id, out)?;
            let request =
                if dry_run { Request::ForeseeRun { id, full } } else { Request::RunRecipe { id, full } };
            one(global, out, Need::Engine, request).await
        }
        Recipes::Pause { ids, pair } => {
            one(global, out, Need::Change, act(&ids, pair, RecipeAct::Pause).await?).await
        }
        Recipes::Resume { ids, pair } => {
            one(global, out, Need::Change, act(&ids, pair, RecipeAct::Resume).await?).await
        }
        Recipes::Restore { ids } => {
            one(global, out, Need::Change, act(&ids, false, RecipeAct::Restore).await?).await
        }
        Recipes::Delete { ids, pair, yes } => {
            let request = act(&ids, pair, RecipeAct::Delete).await?;
            let Request::ActOnRecipes { ids, .. } = &request else { return Ok(0) };
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            let question = out
                .words
                .say_with("ask-delete", &[("count", ids.len().into()), ("ids", (&ids.join(", ")).into())]);
            confirmed(yes, &question, out)?;
            one(global, out, Need::Change, request).await
        }
        Recipes::Export { out: dir } => recipe_files::export(dir.as_deref(), account, global, out).await,
        Recipes::Apply { dir, prune, dry_run } => {
            let plan = recipe_files::Apply { dir: &dir, prune, dry_run };
            plan.run(account, global, out).await
        }
        Recipes::Prune { unused, count, yes } => {
            let days = span(&unused).map(|ms| ms / DAY).filter(|days| *days > 0).ok_or_else(|| {
                let pairs = [("text", unused.as_str().into())];
                Refusal::new("bad_time", 2, out.words.say_with("refused-time", &pairs))
            })?;
            let visit = Visit::pay(global, Need::Change, &out.words).await?;
            let reply = visit.ask(Request::Recipes { account, deleted: false, days }, &out.words).await?;
            let Reply::Recipes(rows) = reply else { return Ok(print_reply(out, &reply)) };
            let ids = proposed(&rows, count);
            if ids.is_empty() {
                return Err(Refusal::new("nothing_unused", 3, out.words.say("refused-nothing-unused")));
            }
            let names = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let pairs = [("count", ids.len().into()), ("ids", (&names).into())];
            confirmed(yes, &out.words.say_with("ask-delete", &pairs), out)?;
            let request =
                Request::ActOnRecipes { ids, act: RecipeAct::Delete, reason: global.reason.clone() };
            let reply = visit.ask(request, &out.words).await?;
            visit.end().await;
            Ok(print_reply(out, &reply))
        }
        Recipes::Unused { days } => {
            let visit = Visit::pay(global, Need::Data, &out.words).await?;
            let reply = visit.ask(Request::Recipes { account, deleted: false, days }, &out.words).await?;
            let Reply::Recipes(rows) = reply else { return Ok(print_reply(out, &reply)) };
            Ok(print_reply(
                out,
                &Reply::Recipes(rows.into_iter().filter(|row| !row.unused.is_empty()).collect()),
            ))
        }
    }
}

/// Adds the other half of each pair.
async fn whole_pairs(ids: &mut Vec<RecipeId>, global: &Global, out: &Output) -> Result<(), Refusal> {
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let request = Request::Recipes { account: None, deleted: false, days: UNUSED_DAYS };
    let rows = match visit.ask(request, &out.words).await? {
        Reply::Recipes(rows) => rows,
        Reply::Refused(refusal) => return Err(refusal),
        _ => Vec::new(),
    };
    visit.end().await;
    let halves = rows.iter().filter(|row| ids.contains(&row.id)).filter_map(|row| row.pair);
    for half in halves.collect::<Vec<_>>() {
        if !ids.contains(&half) {
            ids.push(half);
        }
    }
    Ok(())
}

/// Reads a recipe file; what is wrong with it is told, and the exit code returned.
pub(super) fn drafted(
    file: &Path,
    account: Option<AccountId>,
    out: &Output,
) -> Result<Result<(RecipeDraft, Lines), u8>, Refusal> {
    let (path, text) = read(file, out)?;
    Ok(match recipe_file::parse(&path, &text) {
        Ok((mut draft, lines)) => {
            draft.account = draft.account.or(account);
            Ok((draft, lines))
        }
        Err(mistakes) => Err(out.mistakes(&mistakes)),
    })
}

/// Tells what the systems found wrong, each at its line of the file.
pub(super) fn pointed_at(refusal: &Refusal, lines: &Lines, out: &Output) -> u8 {
    let flaws = refusal.flaws.iter();
    let mistakes: Vec<_> = flaws.map(|flaw| lines.mistake(&flaw.key, &flaw.found, &flaw.expected)).collect();
    out.mistakes(&mistakes)
}

async fn create(
    file: &Path,
    dry_run: bool,
    account: Option<AccountId>,
    global: &Global,
    out: &Output,
) -> Result<u8, Refusal> {
    let (draft, lines) = match drafted(file, account, out)? {
        Ok(read) => read,
        Err(code) => return Ok(code),
    };
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let reply = visit.ask(Request::CreateRecipe { draft: Box::new(draft), dry_run }, &out.words).await?;
    match reply {
        // What only the systems could tell is pointed at in the file as well.
        Reply::Refused(refusal) if !refusal.flaws.is_empty() => Ok(pointed_at(&refusal, &lines, out)),
        reply => Ok(print_reply(out, &reply)),
    }
}

async fn activity(command: &Activity, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let account = global.account.as_deref().map(AccountId::from);
    let mut filter = command.filter.clone();
    if let Some(recipe) = &command.recipe {
        filter = format!("{filter} recipe:{}", recipe_id(recipe, out)?);
    }
    if let Some(object) = &command.object {
        filter = format!("{filter} obj:{object}");
    }
    if let Some(text) = &command.since {
        filter = format!("{filter} since:{}", point(text, out)?);
    }
    let ask = |after, limit| Request::Activity {
        filter: filter.clone(),
        failed: command.failed,
        account: account.clone(),
        before: None,
        after,
        limit,
    };
    let visit =
        Visit::pay(global, if command.follow { Need::Engine } else { Need::Data }, &out.words).await?;
    let first = visit.ask(ask(None, command.limit), &out.words).await?;
    if !command.follow {
        return Ok(print_reply(out, &first));
    }
    let mut news = visit.client().news();
    visit.ask(Request::Watch, &out.words).await?;
    let mut reply = first;
    let mut seen = 0;
    loop {
        let Reply::Activity(mut page) = reply else { return Ok(print_reply(out, &reply)) };
        page.rows.reverse();
        seen = page.rows.last().map_or(seen, |row| row.seq);
        print_reply(out, &Reply::Activity(page));
        // Asked again from the last line that was shown: what came between the answer and the news is not skipped.
        if news.changed().await.is_err() {
            break;
        }
        reply = visit.ask(ask(Some(seen), 5_000), &out.words).await?;
    }
    Err(Refusal::new("engine_gone", 5, out.words.say("refused-engine-gone")))
}

async fn jobs(command: Jobs, global: &Global, out: &Output) -> Result<u8, Refusal> {
    match command {
        Jobs::List { limit } => one(global, out, Need::Data, Request::Jobs { limit }).await,
        Jobs::Show { id } => one(global, out, Need::Data, Request::Job(job_or_last(&id, out)?)).await,
        Jobs::Stop { id } => one(global, out, Need::Change, Request::StopJob(job_id(&id, out)?)).await,
        Jobs::Wait { id } => {
            let id = job_or_last(&id, out)?;
            let visit = Visit::pay(global, Need::Engine, &out.words).await?;
            loop {
                let reply = visit.ask(Request::Job(id), &out.words).await?;
                match &reply {
                    Reply::Job(row) if matches!(row.state.as_str(), "waiting" | "running") => {
                        tokio::time::sleep(POLL).await;
                    }
                    Reply::Job(row) => {
                        let failed = row.failed > 0;
                        print_reply(out, &reply);
                        return Ok(if failed { 6 } else { 0 });
                    }
                    _ => return Ok(print_reply(out, &reply)),
                }
            }
        }
    }
}

fn read(path: &Path, out: &Output) -> Result<(String, String), Refusal> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).and_then(|bytes| {
        String::from_utf8(bytes)
            .map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8 text"))
    });
    match bytes {
        Ok(text) => Ok((shown, text)),
        Err(error) => {
            let why = error.to_string();
            let pairs = [("path", (&shown).into()), ("why", (&why).into())];
            Err(Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs)))
        }
    }
}

/// Returns when the person has said yes.
pub(super) fn confirmed(yes: bool, question: &str, out: &Output) -> Result<(), Refusal> {
    if yes {
        return Ok(());
    }
    if out.json || !std::io::stdin().is_terminal() {
        return Err(Refusal::new("not_confirmed", 3, out.words.say("refused-yes")));
    }
    out.note(question);
    let _closed = std::io::stderr().flush();
    match first_line().map(|line| line.to_lowercase()).as_deref() {
        Some("y" | "yes" | "o" | "oui" | "s" | "si" | "sì") => Ok(()),
        _ => Err(Refusal::new("not_confirmed", 3, out.words.say("not-confirmed"))),
    }
}

fn first_line() -> Option<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

pub(super) fn point(text: &str, out: &Output) -> Result<Stamp, Refusal> {
    let now: Stamp = jiff::Timestamp::now().into();
    let today = Stamp(out.words.zone().midnight(now.0));
    since(text, now, today).ok_or_else(|| {
        Refusal::new("bad_time", 2, out.words.say_with("refused-time", &[("text", text.into())]))
    })
}

async fn conflicts(command: Conflicts, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let (need, request) = match command {
        Conflicts::List => {
            let account = global.account.as_deref().map(AccountId::from);
            (Need::Data, Request::Conflicts { account })
        }
        Conflicts::Keep { ids, side } => {
            let id = |id: &String| id.parse().map_err(|()| wrong_id(id, "l7", &out.words));
            let ids = ids.iter().map(id).collect::<Result<_, _>>()?;
            (Need::Engine, Request::KeepSide { ids, side: side.into() })
        }
        Conflicts::Restore { seq, fields } => (Need::Engine, Request::RestoreValue { seq, fields }),
    };
    one(global, out, need, request).await
}

async fn users(command: Users, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let of = |between: &Between| -> Result<UsersOf, Refusal> {
        let id = |text: &Option<String>| text.as_deref().map(|text| connection_id(text, out)).transpose();
        Ok(UsersOf { salesforce: id(&between.salesforce)?, target: id(&between.target)? })
    };
    let (need, request) = match command {
        Users::List { between } => (Need::Data, Request::Users(of(&between)?)),
        Users::Match { by, between } => {
            (Need::Engine, Request::MatchUsers { of: of(&between)?, by: by.into() })
        }
        Users::Link { user, other, between } => {
            let of = of(&between)?;
            (Need::Engine, Request::LinkUser { of, salesforce: user, target: Some(other) })
        }
        Users::Unlink { user, between } => {
            let of = of(&between)?;
            (Need::Engine, Request::LinkUser { of, salesforce: user, target: None })
        }
    };
    one(global, out, need, request).await
}

fn wrong_id(id: &str, expected: &str, words: &Words) -> Refusal {
    Refusal::new(
        "bad_id",
        2,
        words.say_with("refused-id", &[("id", id.into()), ("expected", expected.into())]),
    )
}

fn recipe_id(text: &str, out: &Output) -> Result<RecipeId, Refusal> {
    text.parse().map_err(|()| wrong_id(text, "r7", &out.words))
}

pub(super) fn error_id(text: &str, out: &Output) -> Result<ErrorId, Refusal> {
    text.parse().map_err(|()| wrong_id(text, "e7", &out.words))
}

fn job_id(text: &str, out: &Output) -> Result<JobId, Refusal> {
    text.parse().map_err(|()| wrong_id(text, "121", &out.words))
}

fn job_or_last(text: &str, out: &Output) -> Result<Option<JobId>, Refusal> {
    if text == "last" { Ok(None) } else { job_id(text, out).map(Some) }
}

pub(super) fn connection_id(text: &str, out: &Output) -> Result<ConnectionId, Refusal> {
    ConnectionId::checked(text).ok_or_else(|| wrong_id(text, "acme-prod", &out.words))
}
