//! Mutations of updates and tags.

use serde_json::{Value, json};

use super::{Done, item_of};
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::query::nodes::without_tags;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::log::About;
use crate::sandbox::monday::world::{Author, Reply, Tag, Update, World};

/// `create_update`, or an answer to one when `parent_id` is given.
pub fn create_update(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let body = args.text("body").unwrap_or_default().to_owned();
    if body.trim().is_empty() {
        return Err(Refusal::argument("an update's body cannot be empty"));
    }
    if let Some(parent) = args.get("parent_id") {
        let parent_id = args.id("parent_id").filter(|id| world.updates.contains_key(id));
        let parent_id = parent_id.ok_or_else(|| Refusal::missing("Update", parent))?;
        let id = world.fresh_id();
        if let Some(update) = world.updates.get_mut(&parent_id) {
            update.replies.push(Reply { id, body, by: who.user, at: who.now });
        }
        return Ok(Done::Update(parent_id));
    }
    let (board, item) = item_of(world, args, "item_id")?;
    let id = world.fresh_id();
    let original = args.text("original_creation_date").map(str::to_owned);
    let payload = json!({
        "type": "create_update", "pulseId": item, "itemId": item, "body": body, "textBody": without_tags(&body),
        "updateId": id, "replyId": null,
    });
    let update = Update {
        id,
        item,
        board,
        body,
        by: who.user,
        at: who.now,
        edited: who.now,
        original,
        likes: Vec::new(),
        replies: Vec::new(),
    };
    world.updates.insert(id, update);
    note(world, who, board, item, "create_update", id);
    world.tell(board, who, &["create_update"], None, payload);
    Ok(Done::Update(id))
}

fn note(world: &mut World, who: Author, board: u64, item: u64, event: &str, update: u64) {
    let about = About { item: Some(item), ..About::default() };
    world.note(board, who, event, about, json!({"update_id": update}));
}

fn find(world: &World, args: &Args, name: &str) -> Result<u64, Refusal> {
    let given = args.get(name).unwrap_or(&Value::Null);
    args.id(name).filter(|id| world.updates.contains_key(id)).ok_or_else(|| Refusal::missing("Update", given))
}

/// `edit_update`.
pub fn edit_update(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = find(world, args, "id")?;
    let body = args.text("body").unwrap_or_default().to_owned();
    let Some(update) = world.updates.get_mut(&id) else { return Ok(Done::Nothing) };
    update.body.clone_from(&body);
    update.edited = who.now;
    let (board, item) = (update.board, update.item);
    let payload = json!({
        "type": "edit_update", "pulseId": item, "body": body, "textBody": without_tags(&body), "updateId": id,
    });
    world.tell(board, who, &["edit_update"], None, payload);
    Ok(Done::Update(id))
}

/// `delete_update`.
pub fn delete_update(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = find(world, args, "id")?;
    let Some(update) = world.updates.remove(&id) else { return Ok(Done::Nothing) };
    note(world, who, update.board, update.item, "delete_update", id);
    let payload = json!({"type": "delete_update", "pulseId": update.item, "updateId": id});
    world.tell(update.board, who, &["delete_update"], None, payload);
    Ok(Done::Json(gone(&update)))
}

/// Returns the document of an update that is no longer there.
fn gone(update: &Update) -> Value {
    let at = crate::sandbox::monday::query::nodes::time_text;
    json!({
        "id": update.id, "body": update.body, "text_body": without_tags(&update.body), "item_id": update.item,
        "creator_id": update.by, "created_at": at(update.at), "updated_at": at(update.edited),
        "edited_at": at(update.edited), "likes": [], "pinned_to_top": [], "viewers": [], "replies": [], "assets": [],
    })
}

/// `like_update`.
pub fn like(world: &mut World, who: Author, args: &Args) -> Result<Done, Refusal> {
    let id = find(world, args, "update_id")?;
    if let Some(update) = world.updates.get_mut(&id)
        && !update.likes.contains(&who.user)
    {
        update.likes.push(who.user);
    }
    Ok(Done::Update(id))
}

/// `clear_item_updates`.
pub fn clear(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let (_, item) = item_of(world, args, "item_id")?;
    world.updates.retain(|_, update| update.item != item);
    Ok(Done::Item(item))
}

/// `create_or_get_tag`.
pub fn tag(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let name = args.text("tag_name").unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::argument("a tag's name cannot be empty"));
    }
    let known = world.tags.values().find(|tag| tag.name == name).cloned();
    let tag = known.unwrap_or_else(|| {
        // Tag ids are read as 32-bit numbers in values, unlike all other ids.
        let id = world.tags.keys().last().copied().unwrap_or(0) + 1;
        let tag = Tag { id, name: name.to_owned(), color: "#00c875".to_owned() };
        world.tags.insert(id, tag.clone());
        tag
    });
    Ok(Done::Json(json!({"id": tag.id, "name": tag.name, "color": tag.color})))
}
