//! `errors`: what did not succeed, tried again, put aside, written out.

use super::commands::{GRACE_MS, confirmed, error_id, one, point};
use super::past;
use super::visit::{Need, Visit};
use crate::cli::args::{Errors, Export, ExportFormat, Global, Retry, Snooze};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::export::csv;
use crate::control::protocol::{Refusal, Reply, Request, Selection};
use crate::control::rows::ErrorRow;
use crate::domain::filter::span;
use crate::domain::id::{AccountId, GroupId};
use crate::domain::time::{DAY, Stamp};

/// How long something is put aside when nobody says for how long, in milliseconds.
const USUAL_SNOOZE: i64 = DAY;

/// Errors of one answer while they are written out.
const PAGE: usize = 2_000;

pub(super) async fn run(command: Errors, global: &Global, out: &Output) -> Result<u8, Refusal> {
    match command {
        Errors::List { filter, group, all, limit } => {
            let group = group.map(|group| GroupId::from(group.as_str()));
            one(
                global,
                out,
                Need::Data,
                Request::Errors { group, filter, all_states: all, before: None, limit },
            )
            .await
        }
        Errors::Show { id } if id.starts_with('g') => {
            one(global, out, Need::Data, Request::Cause(id.as_str().into())).await
        }
        Errors::Show { id } => one(global, out, Need::Data, Request::Error(error_id(&id, out)?)).await,
        Errors::Groups(then) => {
            let account = global.account.as_deref().map(AccountId::from);
            past::one(&then, global, out, |_| Ok(Request::Groups { account })).await
        }
        Errors::Edit { id, set } => {
            let request = Request::EditError { id: error_id(&id, out)?, set, grace_ms: GRACE_MS };
            one(global, out, Need::Engine, request).await
        }
        Errors::Retry(retry) => retry_errors(&retry, global, out).await,
        Errors::Link { id, record } => {
            let request = Request::LinkError { id: error_id(&id, out)?, record };
            one(global, out, Need::Engine, request).await
        }
        Errors::Snooze(snooze) => self::snooze(&snooze, global, out).await,
        Errors::Export(export) => self::export(&export, global, out).await,
        Errors::Ignore { ids, group } => {
            let which = selection(&ids, group.as_deref(), false, None, out)?;
            let Some(reason) = global.reason.clone() else {
                return Err(Refusal::new("no_reason", 2, out.words.say("refused-reason")));
            };
            one(global, out, Need::Change, Request::IgnoreErrors { which, reason }).await
        }
    }
}

async fn retry_errors(retry: &Retry, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let since = retry.since.as_deref().map(|text| point(text, out)).transpose()?;
    let all = retry.all || (since.is_some() && retry.ids.is_empty() && retry.group.is_none());
    let which = selection(&retry.ids, retry.group.as_deref(), all, since, out)?;
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let ask = |dry_run| Request::RetryErrors {
        which: which.clone(),
        force: retry.force,
        dry_run,
        grace_ms: GRACE_MS,
    };
    if retry.dry_run {
        return Ok(print_reply(out, &visit.ask(ask(true), &out.words).await?));
    }
    let asks_first = matches!(which, Selection::All { .. } | Selection::Group(_)) && !retry.yes;
    if asks_first {
        let planned = visit.ask(ask(true), &out.words).await?;
        let Reply::Job(row) = &planned else { return Ok(print_reply(out, &planned)) };
        let pairs = [("of", row.of.into()), ("calls", row.calls.into()), ("skipped", row.skipped.into())];
        confirmed(false, &out.words.say_with("ask-retry", &pairs), out)?;
    }
    if retry.allow_duplicates {
        let allowed = visit.ask(Request::AllowDuplicates { which: which.clone() }, &out.words).await?;
        if !matches!(allowed, Reply::Done) {
            return Ok(print_reply(out, &allowed));
        }
    }
    Ok(print_reply(out, &visit.ask(ask(false), &out.words).await?))
}

fn selection(
    ids: &[String],
    group: Option<&str>,
    all: bool,
    since: Option<Stamp>,
    out: &Output,
) -> Result<Selection, Refusal> {
    if all {
        return Ok(Selection::All { since });
    }
    if let Some(group) = group {
        return Ok(Selection::Group(group.into()));
    }
    if ids.is_empty() {
        return Err(Refusal::new("no_ids", 2, out.words.say("refused-no-ids")));
    }
    Ok(Selection::Ids(ids.iter().map(|id| error_id(id, out)).collect::<Result<_, _>>()?))
}

async fn snooze(snooze: &Snooze, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let which = selection(&snooze.ids, snooze.group.as_deref(), false, None, out)?;
    let wrong = |text: &str| {
        Refusal::new("bad_time", 2, out.words.say_with("refused-time", &[("text", text.into())]))
    };
    let asked = snooze.span.as_deref().map(|text| span(text).ok_or_else(|| wrong(text))).transpose()?;
    let open_end = snooze.until_changed || (snooze.more_than.is_some() && asked.is_none());
    let visit = Visit::pay(global, Need::Change, &out.words).await?;
    let now = visit.client().welcome().now;
    let until = if open_end { None } else { Some(now.plus(asked.unwrap_or(USUAL_SNOOZE))) };
    let (more_than, reason) = (snooze.more_than, global.reason.clone());
    let reply = visit.ask(Request::SnoozeErrors { which, until, more_than, reason }, &out.words).await?;
    visit.end().await;
    Ok(print_reply(out, &reply))
}

async fn export(export: &Export, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let mut rows: Vec<ErrorRow> = Vec::new();
    loop {
        let request = Request::Errors {
            group: export.group.as_deref().map(GroupId::from),
            filter: export.filter.clone(),
            all_states: export.all,
            before: rows.last().map(|row| row.id),
            limit: PAGE,
        };
        match visit.ask(request, &out.words).await? {
            Reply::Errors(more) if more.is_empty() => break,
            Reply::Errors(more) => rows.extend(more),
            reply => return Ok(print_reply(out, &reply)),
        }
    }
    let format = if out.json { ExportFormat::Jsonl } else { export.format };
    let text = match format {
        ExportFormat::Csv => csv(&rows),
        ExportFormat::Jsonl => {
            rows.iter().filter_map(|row| serde_json::to_string(row).ok()).map(|line| line + "\n").collect()
        }
    };
    let Some(path) = &export.out else {
        out.raw(&text);
        return Ok(0);
    };
    let shown = path.display().to_string();
    std::fs::write(path, text).map_err(|error| {
        let why = error.to_string();
        let pairs = [("path", (&shown).into()), ("why", (&why).into())];
        Refusal::new("bad_file", 2, out.words.say_with("refused-file", &pairs))
    })?;
    out.note(
        &out.words.say_with("exported-rows", &[("count", rows.len().into()), ("path", (&shown).into())]),
    );
    Ok(0)
}
