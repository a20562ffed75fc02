//! Mutations of items.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Done, board_of, item_of};
use crate::sandbox::monday::cells::simple;
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::edit::{Draft, checked_name, group_words};
use crate::sandbox::monday::world::labels::id_of;
use crate::sandbox::monday::world::log::About;
use crate::sandbox::monday::world::{Author, State, World};

/// The most items a board takes.
const MOST_ITEMS: u64 = 200_000;

fn values_of(args: &Args, name: &str) -> Result<Map<String, Value>, Refusal> {
    match args.json(name)? {
        None => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(Refusal::argument(format!("{name} must be a JSON object of values by column id"))),
    }
}

/// `create_item`.
pub fn create(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let board = world.board(id).ok_or_else(|| Refusal::board(&json!(id)))?;
    if board.live >= MOST_ITEMS {
        return Err(Refusal::new("ItemsLimitationException", "The board has the most items it can have"));
    }
    let name = checked_name(args.text("item_name").unwrap_or_default())?;
    let group = match args.text("group_id") {
        Some(group) => board.group(group).ok_or_else(|| Refusal::group(group))?,
        None => board.live_groups().next().ok_or_else(|| Refusal::group(""))?,
    };
    let group = Arc::clone(&group.id);
    let draft =
        world.draft(board, &values_of(args, "column_values")?, args.flag("create_labels_if_missing"))?;
    Ok(Done::Item(world.add_item(id, &group, name, None, draft, who)))
}

/// `create_subitem`, on a hidden board that the first one makes.
pub fn create_subitem(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (home, parent) = item_of(world, args, "parent_item_id")?;
    let name = checked_name(args.text("item_name").unwrap_or_default())?;
    let values = values_of(args, "column_values")?;
    let of = world.board_mut(home)?;
    let (title, existing) = (format!("Subitems of {}", of.name), of.subitems);
    let board = if let Some(board) = existing {
        board
    } else {
        let mut hidden = world.empty_board(&title, who.user, who.now);
        hidden.for_subitems = true;
        for (id, title, kind) in
            [("person", "Owner", "people"), ("status", "Status", "status"), ("date0", "Date", "date")]
        {
            super::columns::append(&mut hidden, id, title, kind);
        }
        let id = hidden.id;
        world.boards.insert(id, hidden);
        let of = world.board_mut(home)?;
        of.subitems = Some(id);
        super::columns::append(of, "subitems", "Subitems", "subtasks");
        id
    };
    let hidden = world.board(board).ok_or_else(|| Refusal::board(&json!(board)))?;
    let group = hidden.live_groups().next().map(|group| Arc::clone(&group.id)).unwrap_or_default();
    let draft = world.draft(hidden, &values, args.flag("create_labels_if_missing"))?;
    Ok(Done::Item(world.add_item(board, &group, name, Some(parent), draft, who)))
}

fn change(world: &mut World, who: Author, args: &Args, values: &Map<String, Value>) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let (home, item) = item_of(world, args, "item_id")?;
    if home != id {
        return Err(Refusal::missing("Item", args.get("item_id").unwrap_or(&Value::Null)));
    }
    let board = world.board(id).ok_or_else(|| Refusal::board(&json!(id)))?;
    let draft = world.draft(board, values, args.flag("create_labels_if_missing"))?;
    world.change_item(id, item, draft, who);
    Ok(Done::Item(item))
}

/// `change_multiple_column_values`.
pub fn change_many(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let values = values_of(args, "column_values")?;
    change(world, who, args, &values)
}

/// `change_column_value`.
pub fn change_one(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let column = args.text("column_id").unwrap_or_default().to_owned();
    let value = args.json("value")?.unwrap_or(Value::Null);
    change(world, who, args, &Map::from_iter([(column, value)]))
}

/// `change_simple_column_value`.
pub fn change_simple(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = args.text("column_id").unwrap_or_default().to_owned();
    let text = args.text("value").unwrap_or_default();
    let board = board_of(world, args)?;
    let board = world.board(board).ok_or_else(|| Refusal::board(&json!(board)))?;
    let value = if id == "name" {
        json!(text)
    } else {
        let column = board.column(&id).ok_or_else(|| Refusal::column(&id))?;
        if !column.kind.has_simple_form() {
            let kind = column.kind.word();
            return Err(Refusal::value(kind, format!("{kind} columns do not take simple values")));
        }
        simple::expand(column, text)?
    };
    change(world, who, args, &Map::from_iter([(id, value)]))
}

/// Archives or deletes an item with its subitems.
pub fn retire(world: &mut World, who: Author, id: u64, state: State) {
    let Some((board, item)) = world.item(id) else { return };
    let (board, group, name) = (board.id, Arc::clone(&item.group), item.name.clone());
    let (subitems, is_subitem) = (item.subitems.clone(), item.parent.is_some());
    for subitem in subitems {
        if world.item(subitem).is_some_and(|(_, item)| item.state == State::Active) {
            retire(world, who, subitem, state);
        }
    }
    if let Some(home) = world.boards.get_mut(&board) {
        home.retire(id, state, who.now, who.user);
    }
    let (row, events): (_, &[&'static str]) = match (state, is_subitem) {
        (State::Archived, false) => ("archive_pulse", &["item_archived"]),
        (State::Archived, true) => ("archive_pulse", &["subitem_archived"]),
        (_, false) => ("delete_pulse", &["item_deleted"]),
        (_, true) => ("delete_pulse", &["subitem_deleted"]),
    };
    world.note(board, who, row, About::item(id, &group), json!({"pulse_name": name}));
    let payload = json!({
        "type": row, "pulseId": id, "pulseName": name, "itemId": id, "itemName": name, "groupId": *group,
    });
    world.tell(board, who, events, None, payload);
}

/// `archive_item`.
pub fn archive(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (_, item) = item_of(world, args, "item_id")?;
    retire(world, who, item, State::Archived);
    Ok(Done::Item(item))
}

/// `delete_item`; an archived item may be deleted too.
pub fn delete(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let found =
        args.id("item_id").and_then(|id| world.item(id)).filter(|(_, item)| item.state != State::Deleted);
    let missing = || Refusal::missing("Item", args.get("item_id").unwrap_or(&Value::Null));
    let item = found.ok_or_else(missing)?.1.id;
    retire(world, who, item, State::Deleted);
    Ok(Done::Item(item))
}

/// `bulk_archive_items` and `bulk_delete_items`: asynchronous by contract, done at once here.
pub fn bulk(world: &mut World, who: Author, args: &Args, delete: bool) -> Result<Done, Refusal> {
    let board = board_of(world, args)?;
    let state = if delete { State::Deleted } else { State::Archived };
    for id in args.ids("item_ids").unwrap_or_default() {
        if world.item(id).is_some_and(|(home, item)| home.id == board && item.state == State::Active) {
            retire(world, who, id, state);
        }
    }
    Ok(Done::Json(json!({"job_id": world.fresh_id()})))
}

/// `move_item_to_group`.
pub fn move_to_group(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (board, id) = item_of(world, args, "item_id")?;
    regroup(world, who, board, id, args.text("group_id").unwrap_or_default())?;
    Ok(Done::Item(id))
}

/// Puts an item into another group of its board.
pub fn regroup(world: &mut World, who: Author, board: u64, id: u64, group: &str) -> Result<(), Refusal> {
    let home = world.board_mut(board)?;
    let group = Arc::clone(&home.group(group).ok_or_else(|| Refusal::group(group))?.id);
    let (title, color, top) = group_words(home, &group);
    let Some(item) = home.items.get_mut(&id) else { return Ok(()) };
    if item.group == group {
        return Ok(());
    }
    let old = std::mem::replace(&mut item.group, Arc::clone(&group));
    item.updated = who.now;
    item.updated_by = who.user;
    let name = item.name.clone();
    let dest = json!({"id": *group, "title": title, "color": color, "is_top_group": top});
    let details =
        json!({"pulse": {"id": id, "name": name}, "source_group": {"id": *old}, "dest_group": dest});
    world.note(board, who, "move_pulse_into_group", About::item(id, &group), details);
    let payload = json!({
        "type": "move_pulse_into_group", "pulseId": id, "pulseName": name, "sourceGroupId": *old,
        "destGroupId": *group, "destGroup": dest,
    });
    world.tell(board, who, &["item_moved_to_any_group", "item_moved_to_specific_group"], None, payload);
    Ok(())
}

/// `move_item_to_board`.
pub fn move_to_board(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let to = board_of(world, args)?;
    let (from, id) = item_of(world, args, "item_id")?;
    let target = world.board(to).ok_or_else(|| Refusal::board(&json!(to)))?;
    let wanted = args.text("group_id").unwrap_or_default();
    let group = Arc::clone(&target.group(wanted).ok_or_else(|| Refusal::group(wanted))?.id);
    let source = world.board(from).ok_or_else(|| Refusal::board(&json!(from)))?;
    let mapping = args.get("columns_mapping").and_then(Value::as_array);
    let mut kept = Vec::new();
    let Some(item) = source.items.get(&id) else { return Err(Refusal::missing("Item", &json!(id))) };
    for column in source.value_columns() {
        let named = mapping.map(|pairs| {
            let pair =
                pairs.iter().find(|pair| pair.get("source").and_then(Value::as_str) == Some(&column.id));
            pair.and_then(|pair| pair.get("target")?.as_str())
        });
        // Without a mapping, a column goes to the one with its id and type.
        let goal = match named {
            Some(None) => None,
            Some(Some(goal)) => Some(target.column(goal).ok_or_else(|| Refusal::column(goal))?),
            None => target.column(&column.id),
        };
        if let (Some(goal), Some(held)) = (goal, item.held(&column.id))
            && goal.kind == column.kind
        {
            kept.push((Arc::clone(&goal.id), held.clone()));
        }
    }
    let old = Arc::clone(&item.group);
    let home = world.board_mut(from)?;
    home.retire(id, State::Deleted, who.now, who.user);
    let Some(mut item) = home.items.remove(&id) else { return Ok(Done::Nothing) };
    item.cells = kept;
    item.group = Arc::clone(&group);
    item.state = State::Active;
    world.board_mut(to)?.add(item);
    world.home.insert(id, to);
    world.note(from, who, "move_pulse_from_board", About::item(id, &old), json!({"dest_board": to}));
    world.note(to, who, "move_pulse_into_board", About::item(id, &group), json!({"source_board": from}));
    Ok(Done::Item(id))
}

/// `duplicate_item`.
pub fn duplicate(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (board, id) = item_of(world, args, "item_id")?;
    let Some((_, item)) = world.item(id) else { return Ok(Done::Nothing) };
    let copy = item.clone();
    Ok(Done::Item(copied(world, who, board, copy)))
}

/// Adds a copy of an item to its board.
pub fn copied(world: &mut World, who: Author, board: u64, item: crate::sandbox::monday::world::Item) -> u64 {
    let name = format!("{} (copy)", item.name);
    let id = world.add_item(board, &item.group, name, item.parent, Draft::default(), who);
    if let Some(home) = world.boards.get_mut(&board) {
        for (column, held) in item.cells {
            home.set_cell(id, &column, Some(held.cell), who.now);
        }
    }
    id
}

/// Takes the edits of another user: values by column id, and `name` and `group`.
pub fn edit(world: &mut World, who: Author, board: u64, fields: &Map<String, Value>) -> Result<u64, Refusal> {
    let home = world.board(board).ok_or_else(|| Refusal::board(&json!(board)))?;
    let own = ["id", "Id", "group"];
    let values: Map<String, Value> = fields
        .iter()
        .filter(|(key, _)| !own.contains(&key.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let draft = world.draft(home, &values, true)?;
    let group = fields.get("group").and_then(Value::as_str);
    if let Some(group) = group {
        home.group(group).ok_or_else(|| Refusal::group(group))?;
    }
    let Some(id) = fields.get("id").or_else(|| fields.get("Id")) else {
        let group = group.and_then(|id| home.group(id)).or_else(|| home.live_groups().next());
        let group = group.map(|group| Arc::clone(&group.id)).unwrap_or_default();
        return Ok(world.add_item(board, &group, "New item".to_owned(), None, draft, who));
    };
    let item = id_of(id).filter(|id| home.items.get(id).is_some_and(|item| item.state == State::Active));
    let item = item.ok_or_else(|| Refusal::missing("Item", id))?;
    world.change_item(board, item, draft, who);
    if let Some(group) = group {
        regroup(world, who, board, item, group)?;
    }
    Ok(item)
}
