//! Mutations of groups.

use std::sync::Arc;

use serde_json::json;

use super::{Done, board_of, items};
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::log::About;
use crate::sandbox::monday::world::{Author, Group, State, World};

const COLORS: [&str; 6] = ["#037f4c", "#579bfc", "#a25ddc", "#e2445c", "#fdab3d", "#00c875"];

/// `create_group`: on top unless told otherwise.
pub fn create(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = board_of(world, args)?;
    let title = args.text("group_name").unwrap_or_default().to_owned();
    if title.trim().is_empty() || title.chars().count() > 255 {
        return Err(Refusal::argument("a group's name has 1 to 255 characters"));
    }
    let suffix = world.fresh_id();
    let board = world.board_mut(id)?;
    let color = args.text("group_color").or_else(|| COLORS.get(board.groups.len() % COLORS.len()).copied());
    let place = match args.text("relative_to") {
        Some(relative) => {
            let found = board.groups.iter().position(|group| *group.id == *relative);
            let at = found.ok_or_else(|| Refusal::group(relative))?;
            if args.text("position_relative_method") == Some("after_at") { at + 1 } else { at }
        }
        None => 0,
    };
    let name: Arc<str> = Arc::from(format!("group_{suffix:x}"));
    let color = color.unwrap_or("#037f4c").to_owned();
    let group =
        Group { id: Arc::clone(&name), title: title.clone(), color, position: 0.0, state: State::Active };
    board.groups.insert(place.min(board.groups.len()), group);
    renumber(&mut board.groups);
    let about = About { group: Some(Arc::clone(&name)), ..About::default() };
    world.note(id, who, "create_group", about, json!({"group_title": title}));
    Ok(Done::Group(id, name))
}

fn renumber(groups: &mut [Group]) {
    for (group, place) in groups.iter_mut().zip(1_u32..) {
        group.position = f64::from(place) * 65_536.0;
    }
}

fn find<'w>(world: &'w mut World, args: &Args) -> Result<(u64, &'w mut Group), Refusal> {
    let id = board_of(world, args)?;
    let wanted = args.text("group_id").unwrap_or_default();
    let board = world.board_mut(id)?;
    let found = board.groups.iter_mut().find(|group| *group.id == *wanted && group.state == State::Active);
    Ok((id, found.ok_or_else(|| Refusal::group(wanted))?))
}

/// `update_group`.
pub fn update(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let (board, group) = find(world, args)?;
    let value = args.text("new_value").unwrap_or_default();
    match args.text("group_attribute") {
        Some("title") => value.clone_into(&mut group.title),
        Some("color") => value.clone_into(&mut group.color),
        Some("position") => group.position = value.parse().unwrap_or(group.position),
        _ => {}
    }
    let id = Arc::clone(&group.id);
    world.board_mut(board)?.groups.sort_by(|a, b| a.position.total_cmp(&b.position));
    Ok(Done::Group(board, id))
}

/// `archive_group`.
pub fn archive(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    retire(world, who, args, State::Archived, "archive_group")
}

/// `delete_group`.
pub fn delete(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    retire(world, who, args, State::Deleted, "delete_group")
}

fn retire(world: &mut World, who: Author, args: &Args, state: State, event: &str) -> Result<Done, Refusal> {
    let (board, group) = find(world, args)?;
    let id = Arc::clone(&group.id);
    let home = world.board_mut(board)?;
    if home.live_groups().count() < 2 {
        let message = "The last group of a board cannot be archived or deleted";
        return Err(Refusal::new("DeleteLastGroupException", message).status(409));
    }
    let inside: Vec<u64> = home.live_items().filter(|item| item.group == id).map(|item| item.id).collect();
    for item in inside {
        items::retire(world, who, item, state);
    }
    if let Some(group) = world.board_mut(board)?.groups.iter_mut().find(|group| group.id == id) {
        group.state = state;
    }
    let about = About { group: Some(Arc::clone(&id)), ..About::default() };
    world.note(board, who, event, about, json!({}));
    Ok(Done::Group(board, id))
}

/// `duplicate_group`.
pub fn duplicate(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let (board, group) = find(world, args)?;
    let mut copy = group.clone();
    let from = std::mem::replace(&mut copy.id, Arc::from(format!("group_{:x}", world.last_id + 1)));
    world.fresh_id();
    copy.title =
        args.text("group_title").map_or_else(|| format!("Duplicate of {}", copy.title), str::to_owned);
    let id = Arc::clone(&copy.id);
    let home = world.board_mut(board)?;
    let place = if args.flag("add_to_top") { 0 } else { home.groups.len() };
    home.groups.insert(place, copy);
    renumber(&mut home.groups);
    let inside: Vec<_> = home.live_items().filter(|item| item.group == from).cloned().collect();
    for mut item in inside {
        item.group = Arc::clone(&id);
        items::copied(world, who, board, item);
    }
    Ok(Done::Group(board, id))
}
