//! Mutations of webhooks, and who hears of what.

use serde_json::{Value, json};

use super::{Done, board_of};
use crate::sandbox::monday::query::args::Args;
use crate::sandbox::monday::query::root::webhook;
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::{Happening, Webhook, World};

/// The longest address of a webhook.
const LONGEST_URL: usize = 255;

/// `create_webhook`; `shaken` tells whether the address answered the challenge.
pub fn create(world: &mut World, args: &Args, shaken: bool) -> Result<Done, Refusal> {
    let board = board_of(world, args)?;
    let url = args.text("url").unwrap_or_default().to_owned();
    let event = args.text("event").unwrap_or_default().to_owned();
    let config = args.json("config")?.unwrap_or(Value::Null);
    if url.len() > LONGEST_URL {
        return Err(Refusal::argument(format!("a webhook's url has at most {LONGEST_URL} characters")));
    }
    let needs = match event.as_str() {
        "change_specific_column_value" | "change_status_column_value" => Some("columnId"),
        "item_moved_to_specific_group" => Some("groupId"),
        _ => None,
    };
    if let Some(key) = needs.filter(|key| config.get(key).is_none()) {
        return Err(Refusal::argument(format!("the event {event} needs {key} in its config")));
    }
    if !shaken {
        let message = "Failed to create webhook: the URL did not return the challenge it was sent";
        return Err(Refusal::new("WebhookChallengeFailedException", message));
    }
    let id = world.fresh_id();
    let hook = Webhook { id, board, event, url, config };
    let document = webhook(&hook);
    world.webhooks.insert(id, hook);
    Ok(Done::Json(document))
}

/// `delete_webhook`.
pub fn delete(world: &mut World, args: &Args) -> Result<Done, Refusal> {
    let given = args.get("id").unwrap_or(&Value::Null);
    let removed = args.id("id").and_then(|id| world.webhooks.remove(&id));
    removed.map(|hook| Done::Json(webhook(&hook))).ok_or_else(|| Refusal::missing("Webhook", given))
}

/// Whether a webhook wants to hear of something that happened.
pub fn hears(hook: &Webhook, happening: &Happening) -> bool {
    let config = |key: &str| hook.config.get(key).and_then(Value::as_str);
    hook.board == happening.board
        && happening.events.contains(&hook.event.as_str())
        && config("columnId").is_none_or(|id| happening.column.as_deref() == Some(id))
        && config("groupId").is_none_or(|id| happening.group.as_deref() == Some(id))
        && match hook.config.pointer("/columnValue/index") {
            Some(index) => happening.payload.pointer("/value/label/index") == Some(index),
            None => true,
        }
}

/// Takes what waits in the outbox: the address and the body of each delivery.
pub fn deliveries(world: &mut World) -> Vec<(String, Value)> {
    let waiting = std::mem::take(&mut world.outbox);
    let mut out = Vec::new();
    for happening in waiting {
        let hooks: Vec<(u64, String)> = world
            .webhooks
            .values()
            .filter(|hook| hears(hook, &happening))
            .map(|hook| (hook.id, hook.url.clone()))
            .collect();
        for (id, url) in hooks {
            let mut event = happening.payload.clone();
            if let Some(map) = event.as_object_mut() {
                map.insert("subscriptionId".to_owned(), json!(id));
                map.insert("triggerUuid".to_owned(), json!(format!("{:032x}", world.fresh_id())));
            }
            out.push((url, json!({"event": event})));
        }
    }
    out
}
