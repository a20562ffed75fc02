//! `recipes propose` and `recipes preview`: what a recipe could be made of, and what a file would do.

use std::path::Path;

use super::commands::{connection_id, drafted, pointed_at};
use super::visit::{Need, Visit};
use crate::cli::args::{Global, Propose};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::offers::{OfferDoc, SidesAsk};
use crate::control::protocol::{Refusal, Reply, Request};
use crate::domain::id::{AccountId, ConnectionId, System};
use crate::settings::recipe_file;

/// Prints a recipe file with a proposed mapping, or the objects and containers to choose from.
pub(super) async fn propose(
    ask: Propose,
    account: Option<AccountId>,
    global: &Global,
    out: &Output,
) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let reply = visit.ask(Request::Connections { account: account.clone() }, &out.words).await?;
    let Reply::Connections(rows) = reply else { return Ok(print_reply(out, &reply)) };
    let only = |chosen: &Option<String>, salesforce: bool| -> Result<ConnectionId, Refusal> {
        if let Some(id) = chosen {
            return connection_id(id, out);
        }
        let mut fitting = rows.iter().filter(|row| (row.system == System::Salesforce) == salesforce);
        if let (Some(row), None) = (fitting.next(), fitting.next()) {
            Ok(row.id.clone())
        } else {
            let pairs = [("option", if salesforce { "--salesforce" } else { "--target" }.into())];
            let message = out.words.say_with("refused-which-connection", &pairs);
            Err(Refusal::new("which_connection", 2, message))
        }
    };
    let sides = SidesAsk {
        salesforce: only(&ask.salesforce, true)?,
        target: only(&ask.target, false)?,
        object: ask.object.as_deref().map(Into::into),
        container: ask.container.as_deref().map(Into::into),
        template: ask.template,
    };
    let reply = visit.ask(Request::Offer(Box::new(sides.clone())), &out.words).await?;
    visit.end().await;
    let Reply::Offer(offer) = reply else { return Ok(print_reply(out, &reply)) };
    if out.json {
        out.document(&offer);
    } else if sides.object.is_some() {
        print_draft(&sides, &offer, &ask, account, out);
    } else {
        for (head, places) in [("head-object", &offer.objects), ("head-container", &offer.containers)] {
            let rows: Vec<_> =
                places.iter().map(|place| vec![place.id.to_string(), place.title.to_string()]).collect();
            out.table(&[&out.words.say(head), &out.words.say("head-name")], &rows);
            out.line("");
        }
    }
    Ok(0)
}

fn print_draft(sides: &SidesAsk, offer: &OfferDoc, ask: &Propose, account: Option<AccountId>, out: &Output) {
    let usual = format!(
        "{} - {}",
        sides.object.as_deref().unwrap_or_default(),
        sides.container.as_deref().unwrap_or_default()
    );
    let mut draft = sides.draft(ask.name.as_deref().unwrap_or(&usual), offer.proposed());
    draft.account = account;
    for line in recipe_file::write(&draft).lines() {
        out.line(line);
    }
    let mapped = |name: &str| draft.fields.iter().any(|(field, _)| &**field == name);
    for field in offer.fields.iter().filter(|field| !mapped(field.name.as_str())) {
        out.line(&format!("# {} ({}): {}", field.name, field.r#type, field.label));
    }
}

/// Prints what a file would do to real records.
pub(super) async fn preview(
    file: &Path,
    account: Option<AccountId>,
    global: &Global,
    out: &Output,
) -> Result<u8, Refusal> {
    let (draft, lines) = match drafted(file, account, out)? {
        Ok(read) => read,
        Err(code) => return Ok(code),
    };
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let reply = visit.ask(Request::PreviewRecipe(Box::new(draft)), &out.words).await?;
    visit.end().await;
    match reply {
        Reply::Refused(refusal) if !refusal.flaws.is_empty() => Ok(pointed_at(&refusal, &lines, out)),
        Reply::Preview(doc) if out.json => {
            out.document(&doc);
            Ok(0)
        }
        Reply::Preview(doc) => {
            for sample in &doc.samples {
                let key = if sample.admitted { "preview-record" } else { "preview-left-out" };
                out.line(&out.words.say_with(key, &[("name", (&*sample.name).into())]));
                for ((from, to), value) in doc.fields.iter().zip(&sample.values) {
                    out.line(&format!("  {from} = {to}: {value}"));
                }
            }
            if let (Some(records), Some(reads), Some(writes)) = (doc.records, doc.reads, doc.writes) {
                let pairs = [("records", records.into()), ("reads", reads.into()), ("writes", writes.into())];
                out.line(&out.words.say_with("preview-cost", &pairs));
            }
            Ok(0)
        }
        reply => Ok(print_reply(out, &reply)),
    }
}
