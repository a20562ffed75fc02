//! Mutations of boards and workspaces.

use serde_json::{Value, json};

use super::{Done, board_of};
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::edit::Draft;
use crate::sandbox::monday::world::log::About;
use crate::sandbox::monday::world::{Author, State, Workspace, World};

/// `create_board`.
pub fn create(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let name = args.text("board_name").unwrap_or_default();
    if name.trim().is_empty() {
        return Err(Refusal::new("CreateBoardException", "the board's name cannot be empty"));
    }
    let workspace = args.id("workspace_id").or_else(|| world.workspaces.keys().next().copied());
    if workspace.is_some_and(|id| !world.workspaces.contains_key(&id)) {
        return Err(Refusal::new("InvalidWorkspaceIdException", "the workspace does not exist"));
    }
    let mut board = world.empty_board(name, who.user, who.now);
    board.description = args.text("description").map(str::to_owned);
    args.text("board_kind").unwrap_or("public").clone_into(&mut board.access);
    board.workspace = workspace;
    if let Some(owners) = args.ids("board_owner_ids").filter(|owners| !owners.is_empty()) {
        board.owners = owners;
    }
    board.subscribers.extend(args.ids("board_subscriber_ids").unwrap_or_default());
    let id = board.id;
    let starter = !args.flag("empty");
    if starter {
        for (id, title, kind) in
            [("person", "Owner", "people"), ("status", "Status", "status"), ("date4", "Date", "date")]
        {
            super::columns::append(&mut board, id, title, kind);
        }
    }
    let group = board.groups.first().map(|group| group.id.clone()).unwrap_or_default();
    world.boards.insert(id, board);
    world.note(id, who, "create_board", About::default(), json!({"board_name": name}));
    if starter {
        for name in ["Item 1", "Item 2", "Item 3"] {
            world.add_item(id, &group, name.to_owned(), None, Draft::default(), who);
        }
    }
    Ok(Done::Board(id))
}

/// `update_board`.
pub fn update(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let board = world.board_mut(id)?;
    let value = args.text("new_value").unwrap_or_default();
    let previous = match args.text("board_attribute") {
        Some("name") => std::mem::replace(&mut board.name, value.to_owned()),
        Some("description") => board.description.replace(value.to_owned()).unwrap_or_default(),
        _ => String::new(),
    };
    board.updated = who.now;
    let document =
        json!({"success": true, "undo_data": {"action_type": "modify_board", "previous_value": previous}});
    // `JSON` answers are texts of JSON.
    Ok(Done::Json(Value::String(document.to_string())))
}

/// `archive_board`.
pub fn archive(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    world.note(id, who, "archive_board", About::default(), json!({}));
    world.board_mut(id)?.state = State::Archived;
    Ok(Done::Board(id))
}

/// `delete_board`.
pub fn delete(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let given = args.get("board_id").unwrap_or(&Value::Null);
    let id =
        args.id("board_id").filter(|id| world.board(*id).is_some()).ok_or_else(|| Refusal::board(given))?;
    world.note(id, who, "delete_board", About::default(), json!({}));
    if let Some(board) = world.boards.get_mut(&id) {
        board.state = State::Deleted;
    }
    Ok(Done::Board(id))
}

/// `add_users_to_board`.
pub fn subscribe(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let users = args.ids("user_ids").unwrap_or_default();
    if let Some(user) = users.iter().find(|user| !world.users.contains_key(user)) {
        return Err(Refusal::new("InvalidUserIdException", format!("the user {user} does not exist")));
    }
    let owner = args.text("kind") == Some("owner");
    let board = world.board_mut(id)?;
    for user in &users {
        let lists = if owner {
            vec![&mut board.owners, &mut board.subscribers]
        } else {
            vec![&mut board.subscribers]
        };
        for list in lists {
            if !list.contains(user) {
                list.push(*user);
            }
        }
    }
    for user in &users {
        world.note(id, who, "subscribe", About::default(), json!({"subscribed_id": user}));
    }
    Ok(Done::Users(users))
}

/// `delete_subscribers_from_board`.
pub fn unsubscribe(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let users = args.ids("user_ids").unwrap_or_default();
    let board = world.board_mut(id)?;
    board.subscribers.retain(|user| !users.contains(user));
    board.owners.retain(|user| !users.contains(user));
    for user in &users {
        world.note(id, who, "unsubscribe", About::default(), json!({"subscribed_id": user}));
    }
    Ok(Done::Users(users))
}

/// `create_workspace`.
pub fn create_workspace(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = world.fresh_id();
    let name = args.text("name").unwrap_or_default().to_owned();
    let kind = args.text("kind").unwrap_or("open").to_owned();
    let description = args.text("description").map(str::to_owned);
    world.workspaces.insert(id, Workspace { id, name, kind, description, created: who.now });
    Ok(Done::Workspace(id))
}

/// `delete_workspace`.
pub fn delete_workspace(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let given = args.get("workspace_id").unwrap_or(&Value::Null);
    let removed = args.id("workspace_id").and_then(|id| world.workspaces.remove(&id));
    let workspace = removed.ok_or_else(|| Refusal::missing("Workspace", given))?;
    Ok(Done::Json(
        json!({"id": workspace.id, "name": workspace.name, "kind": workspace.kind, "state": "deleted"}),
    ))
}
