//! Writing: the root fields of a mutation. Start at [`run`].

pub mod boards;
pub mod columns;
pub mod groups;
pub mod items;
pub mod social;
pub mod webhooks;

use std::sync::Arc;

use serde_json::{Value, json};

use super::query::answer::{Answer, Node};
use super::query::args::Args;
use super::query::nodes::Reader;
use super::refusal::Refusal;
use super::world::{Author, World};

/// What a mutation leaves to be shown.
#[derive(Clone, Debug)]
pub enum Done {
    /// Nothing.
    Nothing,
    /// An item.
    Item(u64),
    /// A board.
    Board(u64),
    /// A column of a board.
    Column(u64, Arc<str>),
    /// A group of a board.
    Group(u64, Arc<str>),
    /// An update.
    Update(u64),
    /// Users.
    Users(Vec<u64>),
    /// A workspace.
    Workspace(u64),
    /// Any other leaf or object.
    Json(Value),
    /// The request's complexity.
    Complexity,
}

impl Done {
    /// Returns what there is to show.
    pub fn answer<'w>(&self, reader: &Reader<'w>) -> Answer<'w> {
        let world = reader.world;
        match self {
            Self::Nothing => Answer::Null,
            Self::Item(id) => Answer::node(world.item(*id).map(|(board, item)| Node::Item(board, item))),
            Self::Board(id) => Answer::node(world.boards.get(id).map(Node::Board)),
            Self::Column(board, id) => Answer::node(world.boards.get(board).and_then(|board| {
                let column = board.columns.iter().rfind(|column| column.id == *id)?;
                Some(Node::Column(board, column))
            })),
            Self::Group(board, id) => Answer::node(world.boards.get(board).and_then(|board| {
                let group = board.groups.iter().find(|group| group.id == *id)?;
                Some(Node::Group(board, group))
            })),
            Self::Update(id) => Answer::node(world.updates.get(id).map(Node::Update)),
            Self::Users(ids) => Answer::many(ids.iter().filter_map(|id| world.users.get(id)).map(Node::User)),
            Self::Workspace(id) => Answer::node(world.workspaces.get(id).map(Node::Workspace)),
            Self::Json(value) => Answer::Json(value.clone()),
            Self::Complexity => Answer::Json(reader.complexity.clone()),
        }
    }
}

/// Carries out one root field of a mutation; either all of it or nothing.
pub fn run(world: &mut World, who: Author, name: &str, args: &Args, shaken: bool) -> Result<Done, Refusal> {
    match name {
        "create_item" => items::create(world, who, args),
        "change_multiple_column_values" => items::change_many(world, who, args),
        "change_column_value" => items::change_one(world, who, args),
        "change_simple_column_value" => items::change_simple(world, who, args),
        "archive_item" => items::archive(world, who, args),
        "delete_item" => items::delete(world, who, args),
        "move_item_to_group" => items::move_to_group(world, who, args),
        "move_item_to_board" => items::move_to_board(world, who, args),
        "duplicate_item" => items::duplicate(world, who, args),
        "create_subitem" => items::create_subitem(world, who, args),
        "bulk_archive_items" => items::bulk(world, who, args, false),
        "bulk_delete_items" => items::bulk(world, who, args, true),
        "create_board" => boards::create(world, who, args),
        "update_board" => boards::update(world, who, args),
        "archive_board" => boards::archive(world, who, args),
        "delete_board" => boards::delete(world, who, args),
        "add_users_to_board" | "add_subscribers_to_board" => boards::subscribe(world, who, args),
        "delete_subscribers_from_board" => boards::unsubscribe(world, who, args),
        "create_workspace" => boards::create_workspace(world, who, args),
        "delete_workspace" => boards::delete_workspace(world, args),
        "create_column" => columns::create(world, who, args),
        "change_column_title" => columns::retitle(world, args),
        "change_column_metadata" => columns::describe(world, args),
        "update_column" => columns::update(world, args),
        "delete_column" => columns::delete(world, who, args),
        "create_group" => groups::create(world, who, args),
        "update_group" => groups::update(world, args),
        "archive_group" => groups::archive(world, who, args),
        "delete_group" => groups::delete(world, who, args),
        "duplicate_group" => groups::duplicate(world, who, args),
        "create_update" => social::create_update(world, who, args),
        "edit_update" => social::edit_update(world, who, args),
        "delete_update" => social::delete_update(world, who, args),
        "like_update" => social::like(world, who, args),
        "clear_item_updates" => social::clear(world, args),
        "create_or_get_tag" => social::tag(world, args),
        "create_notification" => {
            let id = world.fresh_id();
            Ok(Done::Json(json!({"id": id, "text": args.text("text")})))
        }
        "create_webhook" => webhooks::create(world, args, shaken),
        "delete_webhook" => webhooks::delete(world, args),
        "complexity" => Ok(Done::Complexity),
        _ => Ok(Done::Nothing),
    }
}

/// Returns the active board that the argument `board_id` names.
pub fn board_of(world: &World, args: &Args) -> Result<u64, Refusal> {
    let id = args.id("board_id");
    let refusal = || Refusal::board(args.get("board_id").unwrap_or(&Value::Null));
    let id = id.ok_or_else(refusal)?;
    match world.boards.get(&id) {
        Some(board) if board.state == super::world::State::Active => Ok(id),
        _ => Err(refusal()),
    }
}

/// Returns the live item that the argument `name` names, with its board.
pub fn item_of(world: &World, args: &Args, name: &str) -> Result<(u64, u64), Refusal> {
    let given = args.get(name).unwrap_or(&Value::Null);
    let found = args.id(name).and_then(|id| world.item(id));
    match found {
        Some((board, item)) if item.state == super::world::State::Active => Ok((board.id, item.id)),
        _ => Err(Refusal::missing("Item", given)),
    }
}
