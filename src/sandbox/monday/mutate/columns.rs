//! Mutations of columns.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Done, board_of};
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::labels::Settings;
use crate::sandbox::monday::world::log::About;
use crate::sandbox::monday::world::{Author, Board, Column, Kind, World};

/// Adds a column with default settings, unless the board has one with its id.
pub fn append(board: &mut Board, id: &str, title: &str, kind: &str) {
    if board.column(id).is_some() {
        return;
    }
    if let Some(kind) = Kind::parse(kind) {
        let settings = Settings::from_defaults(kind, &Value::Null);
        board.columns.push(column(Arc::from(id), title, kind, settings));
    }
}

fn column(id: Arc<str>, title: &str, kind: Kind, settings: Settings) -> Column {
    let title = title.to_owned();
    Column { id, title, kind, description: None, settings, width: None, revision: 1, deleted: false }
}

/// `create_column`.
pub fn create(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let title = args.text("title").unwrap_or_default();
    if title.trim().is_empty() || title.chars().count() > 255 {
        return Err(Refusal::argument("a column's title has 1 to 255 characters"));
    }
    let kind = args.text("column_type").and_then(Kind::parse).unwrap_or(Kind::Text);
    let defaults = args.json("defaults")?.unwrap_or(Value::Null);
    let wanted = args.text("id").map(str::to_owned);
    let suffix = world.fresh_id();
    let board = world.board_mut(id)?;
    let name: Arc<str> = match wanted {
        Some(wanted) => {
            let well_formed = (1..=20).contains(&wanted.len())
                && wanted.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if !well_formed || board.columns.iter().any(|known| *known.id == *wanted) {
                let message =
                    "a column id has 1 to 20 lower-case letters, digits or underscores and must be new";
                return Err(Refusal::argument(message));
            }
            Arc::from(wanted)
        }
        None => Arc::from(format!("{}_{:08x}", kind.word(), suffix)),
    };
    let mut made = column(Arc::clone(&name), title, kind, Settings::from_defaults(kind, &defaults));
    made.description = args.text("description").map(str::to_owned);
    let after = args.text("after_column_id").map(|after| {
        board.columns.iter().position(|known| *known.id == *after).ok_or_else(|| Refusal::column(after))
    });
    match after.transpose()? {
        Some(place) => board.columns.insert(place + 1, made),
        None => board.columns.push(made),
    }
    let about = About { column: Some(Arc::clone(&name)), ..About::default() };
    world.note(id, who, "create_column", about, json!({"column_title": title, "column_type": kind.word()}));
    let payload =
        json!({"type": "create_column", "columnId": *name, "columnType": kind.word(), "columnTitle": title});
    world.tell(id, who, &["create_column"], None, payload);
    Ok(Done::Column(id, name))
}

fn find<'w>(world: &'w mut World, args: &Args, name: &str) -> Result<(u64, &'w mut Column), Refusal> {
    let id = board_of(world, args)?;
    let wanted = args.text(name).unwrap_or_default();
    let board = world.board_mut(id)?;
    let found = board.columns.iter_mut().find(|column| *column.id == *wanted && !column.deleted);
    Ok((id, found.ok_or_else(|| Refusal::column(wanted))?))
}

/// `change_column_title`.
pub fn retitle(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let (board, column) = find(world, args, "column_id")?;
    args.text("title").unwrap_or_default().clone_into(&mut column.title);
    column.revision += 1;
    Ok(Done::Column(board, Arc::clone(&column.id)))
}

/// `change_column_metadata`.
pub fn describe(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let (board, column) = find(world, args, "column_id")?;
    let value = args.text("value").unwrap_or_default().to_owned();
    match args.text("column_property") {
        Some("title") => column.title = value,
        _ => column.description = Some(value),
    }
    column.revision += 1;
    Ok(Done::Column(board, Arc::clone(&column.id)))
}

/// `update_column`, refused when the column was changed since `revision`.
pub fn update(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let (board, column) = find(world, args, "id")?;
    let settings = args.json("settings")?;
    if args.text("revision") != Some(&format!("{:032x}", column.revision)) {
        return Err(
            Refusal::argument("the column was changed in the meantime; read its revision again").status(409)
        );
    }
    if args.text("column_type") != Some(column.kind.word()) {
        return Err(Refusal::argument("a column's type cannot be changed"));
    }
    if let Some(title) = args.text("title") {
        title.clone_into(&mut column.title);
    }
    if let Some(description) = args.text("description") {
        column.description = Some(description.to_owned());
    }
    if let Some(settings) = settings {
        column.settings = Settings::from_defaults(column.kind, &settings);
    }
    column.width = args.get("width").and_then(Value::as_i64).or(column.width);
    column.revision += 1;
    Ok(Done::Column(board, Arc::clone(&column.id)))
}

/// `delete_column`.
pub fn delete(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (board, column) = find(world, args, "column_id")?;
    if column.kind == Kind::Name {
        return Err(Refusal::argument("the name column cannot be deleted"));
    }
    column.deleted = true;
    let (id, title) = (Arc::clone(&column.id), column.title.clone());
    let about = About { column: Some(Arc::clone(&id)), ..About::default() };
    world.note(board, who, "delete_column", about, json!({"column_title": title}));
    Ok(Done::Column(board, id))
}
