//! What the engine writes: many mutations in one request, each under its own alias and on its own merits.
//!
//! Everything a record says travels in variables; the document holds nothing but our own words and numbers.

use futures::future::BoxFuture;
use serde_json::{Map, Value as Json};

use super::api::Outcome;
use super::board::{Board, NAME};
use super::{BATCH, Monday, codec, errors};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::ledger::Action;
use crate::domain::settle::Answer;
use crate::ports::Write;
use crate::remote::call::Trouble;

/// One mutation, ready to be sent.
struct Ready<'a> {
    write: &'a Write,
    /// The types of the columns that it writes, to tell which one an error is about.
    kinds: Vec<(&'a FieldName, String)>,
    name: String,
    /// The values as JSON inside a string, as all clients send them.
    values: String,
}

impl Ready<'_> {
    /// Returns the one column of a type that it writes; an error names only the type.
    fn column(&self, kind: Option<&str>) -> Option<FieldName> {
        let mut alike = self.kinds.iter().filter(|(_, known)| Some(known.as_str()) == kind);
        alike.next().filter(|_| alike.next().is_none()).map(|(name, _)| (*name).clone())
    }
}

/// Carries out writes and returns their answers in the same order.
pub(super) async fn apply(
    account: &Monday,
    container: &ContainerId,
    key_field: &FieldName,
    writes: &[Write],
) -> Vec<Answer> {
    let mut board = match account.described(container).await {
        Ok(board) => board,
        Err(failure) => return writes.iter().map(|_| Answer::Refused(failure.clone())).collect(),
    };
    // A column that nobody has heard of may have been made since.
    if writes.iter().any(|write| unknown_column(&board, write).is_some()) {
        board = match account.describe_now(container.as_str()).await {
            Ok(board) => board,
            Err(failure) => return writes.iter().map(|_| Answer::Refused(failure.clone())).collect(),
        };
    }
    let home = account.phone_country.as_deref();
    let prepared: Vec<_> = writes.iter().map(|write| ready(&board, key_field, write, home)).collect();
    let mine: Vec<&Ready<'_>> = prepared.iter().filter_map(|ready| ready.as_ref().ok()).collect();
    let mut got = Vec::with_capacity(mine.len());
    for chunk in mine.chunks(BATCH) {
        got.extend(send(account, container, chunk).await);
    }
    let mut got = got.into_iter();
    prepared
        .iter()
        .map(|ready| match ready {
            Ok(_) => got.next().unwrap_or(Answer::Doubt),
            Err(failure) => Answer::Refused(failure.clone()),
        })
        .collect()
}

fn unknown_column<'a>(board: &Board, write: &'a Write) -> Option<&'a FieldName> {
    write.values.iter().map(|(name, _)| name).find(|name| board.column(name.as_str()).is_none())
}

fn ready<'a>(
    board: &Board,
    key_field: &FieldName,
    write: &'a Write,
    phone_country: Option<&str>,
) -> Result<Ready<'a>, Failure> {
    let needs_id = write.action != Action::Created;
    let known =
        matches!(write.action, Action::Created | Action::Updated | Action::Deleted | Action::Archived);
    if !known || (needs_id && write.id.is_none()) {
        let message = format!("monday has no way to carry out {}", write.action.name());
        return Err(Failure::new(Kind::Permanent, Class::Bug, "InvalidArgumentException", &message));
    }
    if let Some(name) = unknown_column(board, write) {
        let message = format!("the board has no column {name}");
        let mut failure = Failure::new(Kind::Permanent, Class::Map, errors::COLUMN, &message);
        failure.fields.push(name.clone());
        return Err(failure);
    }
    let mut values = Map::new();
    let mut name = String::new();
    for (field, value) in &write.values {
        let Some(column) = board.column(field.as_str()) else { continue };
        let mut json = codec::encode(column, value).map_err(|why| {
            let message = format!("{}: {why}", column.title);
            let mut failure = Failure::new(Kind::Permanent, Class::Valid, errors::COLUMN_VALUE, &message);
            failure.fields.push(field.clone());
            failure
        })?;
        if let (Some(home), Some(country)) = (phone_country, json.get_mut("countryShortName"))
            && country == ""
        {
            *country = Json::from(home);
        }
        if field.as_str() == NAME && write.action == Action::Created {
            name = value.to_string();
        } else {
            values.insert(field.as_str().to_owned(), json);
        }
    }
    // In the same create: an item without its key could not be found again.
    if let Some(key) = &write.key {
        values.insert(key_field.as_str().to_owned(), Json::from(key.as_str()));
        if name.is_empty() && write.action == Action::Created {
            key.as_str().clone_into(&mut name);
        }
    }
    let kind = |name: &'a FieldName| Some((name, board.column(name.as_str())?.kind.clone()));
    let kinds = write.values.iter().filter_map(|(name, _)| kind(name)).collect();
    Ok(Ready { write, kinds, name, values: Json::Object(values).to_string() })
}

/// Sends one request. One that is refused whole for what one record says is halved until the bad one stands
/// alone.
fn send<'a>(
    account: &'a Monday,
    container: &'a ContainerId,
    writes: &'a [&'a Ready<'a>],
) -> BoxFuture<'a, Vec<Answer>> {
    Box::pin(async move {
        let (document, variables) = document(container, writes);
        match account.api.ask(&document, &variables).await {
            Ok(outcome) => (0..).zip(writes).map(|(at, ready)| answer(&outcome, at, ready)).collect(),
            Err(Trouble::Refused(failure)) if writes.len() > 1 && of_one_record(&failure) => {
                let (left, right) = writes.split_at(writes.len() / 2);
                let mut answers = send(account, container, left).await;
                answers.extend(send(account, container, right).await);
                answers
            }
            Err(Trouble::Refused(failure)) => {
                writes.iter().map(|ready| refused(ready.write, failure.clone())).collect()
            }
            Err(Trouble::Doubt(_)) => writes.iter().map(|_| Answer::Doubt).collect(),
        }
    })
}

/// Returns whether one record alone can be the reason that a whole request was refused.
fn of_one_record(failure: &Failure) -> bool {
    failure.kind == Kind::Permanent && failure.class == Class::Valid
}

/// Returns the document and its variables: `m0`, `m1`, … in the order of the writes.
fn document(container: &ContainerId, writes: &[&Ready<'_>]) -> (String, Json) {
    let mut declared = Vec::new();
    let mut body = String::new();
    let mut variables = Map::new();
    let mut give = |name: String, kind: &str, value: Json| {
        declared.push(format!("${name}: {kind}"));
        variables.insert(name, value);
    };
    // A variable that is declared and not used is refused.
    if writes.iter().any(|ready| matches!(ready.write.action, Action::Created | Action::Updated)) {
        give("board".to_owned(), "ID!", container.as_str().into());
    }
    for (at, ready) in writes.iter().enumerate() {
        if let Some(id) = ready.write.id.as_ref().filter(|_| ready.write.action != Action::Created) {
            give(format!("i{at}"), "ID!", id.as_str().into());
        }
        let mutation = match ready.write.action {
            Action::Created => {
                give(format!("n{at}"), "String!", ready.name.as_str().into());
                give(format!("v{at}"), "JSON!", ready.values.as_str().into());
                let group = ready.write.section.as_ref().map(|section| {
                    give(format!("g{at}"), "String!", (**section).into());
                    format!(", group_id: $g{at}")
                });
                let group = group.unwrap_or_default();
                format!(
                    "create_item(board_id: $board, item_name: $n{at}{group}, column_values: $v{at}, \
                     create_labels_if_missing: true)"
                )
            }
            Action::Deleted => format!("delete_item(item_id: $i{at})"),
            Action::Archived => format!("archive_item(item_id: $i{at})"),
            _ => {
                give(format!("v{at}"), "JSON!", ready.values.as_str().into());
                format!(
                    "change_multiple_column_values(board_id: $board, item_id: $i{at}, column_values: $v{at}, \
                     create_labels_if_missing: true)"
                )
            }
        };
        body.extend([format!("  m{at}: {mutation} {{ id updated_at }}\n")]);
    }
    (format!("mutation ({}) {{\n{body}}}", declared.join(", ")), Json::Object(variables))
}

/// Returns what became of the mutation under an alias.
fn answer(outcome: &Outcome, at: usize, ready: &Ready<'_>) -> Answer {
    let write = ready.write;
    let alias = format!("m{at}");
    if let Some(Json::Object(item)) = outcome.data.get(&alias) {
        let id = item.get("id").and_then(Json::as_str).map(RemoteId::from).or_else(|| write.id.clone());
        let stamp = item.get("updated_at").and_then(Json::as_str).and_then(codec::stamp);
        return id.map_or(Answer::Doubt, |id| Answer::Done { id, at: stamp });
    }
    let about = outcome.errors.iter().find(|(error, _)| error.alias() == Some(alias.as_str()));
    match about {
        // It was carried out; only its result could not be told.
        Some((error, _)) if error.is_within() => {
            let known = write.id.clone().filter(|_| write.action != Action::Created);
            known.map_or(Answer::Doubt, |id| Answer::Done { id, at: None })
        }
        // A breakdown in the middle of it leaves open whether it was carried out.
        Some((_, failure)) if failure.class == Class::Busy => Answer::Doubt,
        Some((error, failure)) => {
            let mut failure = failure.clone();
            failure.fields.extend(ready.column(error.column_type()));
            refused(write, failure)
        }
        None => Answer::Doubt,
    }
}

fn refused(write: &Write, failure: Failure) -> Answer {
    let there = write.action != Action::Created;
    if there && errors::is_gone(&failure) { Answer::Gone } else { Answer::Refused(failure) }
}
