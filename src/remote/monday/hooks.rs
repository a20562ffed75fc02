//! Webhooks: where the engine can be reached, a board says at once that something happened on it.
//!
//! What arrives is a hint and nothing more: whoever sends it, and whatever it says, the board is read as always, only
//! sooner. The address ends in a secret that follows from the account's token, so that it need not be kept anywhere, and
//! nobody else can cause readings.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use ring::hmac;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tokio::sync::watch;

use super::api::Api;
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::ContainerId;
use crate::ports::{Heard, Hearing, Unheard};

/// What is heard of: each event is a webhook of its own.
const EVENTS: [&str; 6] =
    ["create_item", "change_column_value", "change_name", "item_archived", "item_deleted", "item_restored"];

/// The longest challenge that is answered.
const LONGEST_CHALLENGE: usize = 1_000;

const CREATE: &str = include_str!("../../../assets/graphql/monday/create_webhook.graphql");
const DELETE: &str = include_str!("../../../assets/graphql/monday/delete_webhook.graphql");
const LIST: &str = include_str!("../../../assets/graphql/monday/webhooks.graphql");

/// Where webhooks arrive, for all accounts.
#[derive(Debug)]
pub struct Hooks {
    /// The address from outside, without a slash at its end.
    base: String,
    /// How often something was heard, by the secret in the path.
    heard: Mutex<BTreeMap<String, watch::Sender<u64>>>,
}

impl Hooks {
    /// Returns what hears under a public address.
    pub fn at(public_url: &str) -> Self {
        Self { base: public_url.trim_end_matches('/').to_owned(), heard: Mutex::default() }
    }

    /// Takes what was sent to an address and returns the answer; `None` where nobody listens.
    pub fn called(&self, secret: &str, body: &[u8]) -> Option<Json> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let bell = heard.get(secret)?;
        let sent: Json = serde_json::from_slice(body).unwrap_or(Json::Null);
        if let Some(challenge) = sent.get("challenge").and_then(Json::as_str) {
            let short = challenge.len() <= LONGEST_CHALLENGE;
            return short.then(|| json!({ "challenge": challenge }));
        }
        bell.send_modify(|count| *count += 1);
        Some(json!({}))
    }

    fn expect(&self, secret: &str) -> watch::Receiver<u64> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.entry(secret.to_owned()).or_default().subscribe()
    }

    fn forget(&self, secret: &str) {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).remove(secret);
    }
}

/// Returns the secret in the address of a board's webhooks.
fn secret(api: &Api, container: &ContainerId) -> Result<String, Failure> {
    let key = api.keyed(|token| hmac::Key::new(hmac::HMAC_SHA256, token))?;
    let tag = hmac::sign(&key, format!("webhook of board {container}").as_bytes());
    Ok(tag.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

#[derive(Deserialize)]
struct HookWire {
    id: String,
    #[serde(default)]
    event: String,
}

/// A board that is heard.
struct Listening {
    bell: watch::Receiver<u64>,
    place: Arc<[u8]>,
    begun: bool,
}

#[async_trait]
impl Hearing for Listening {
    async fn next(&mut self) -> Result<Heard, Unheard> {
        let place = Some(Arc::clone(&self.place));
        if !std::mem::replace(&mut self.begun, true) {
            // The ids of the webhooks are known from here on.
            return Ok(Heard { place, ..Heard::default() });
        }
        if self.bell.changed().await.is_err() {
            let message = "the webhooks were taken down";
            return Err(Unheard::Lost(Failure::new(Kind::Transient, Class::Busy, "NO_EVENTS", message)));
        }
        Ok(Heard { more: true, place, ..Heard::default() })
    }
}

fn unheard(failure: Failure) -> Unheard {
    match failure.kind {
        Kind::Permanent => Unheard::Refused(failure),
        Kind::Transient | Kind::Connection => Unheard::Lost(failure),
    }
}

/// Hangs up the webhooks of a board that are not there yet; `after` names those that are.
pub(super) async fn listen(
    api: &Api,
    hooks: &Hooks,
    container: &ContainerId,
    after: Option<&[u8]>,
) -> Result<Box<dyn Hearing>, Unheard> {
    let secret = secret(api, container).map_err(unheard)?;
    let bell = hooks.expect(&secret);
    let url = format!("{}/hooks/{secret}", hooks.base);
    let mut there = known(api, container, after).await.map_err(unheard)?;
    for event in EVENTS {
        if there.iter().any(|hook| hook.event == event) {
            continue;
        }
        match create(api, container, &url, event).await {
            Ok(id) => there.push(HookWire { id, event: event.into() }),
            Err(failure) => {
                // Half of them would be worse than none: nobody knows of them.
                take_down(api, there).await.ok();
                return Err(unheard(failure));
            }
        }
    }
    let ids: Vec<&str> = there.iter().map(|hook| hook.id.as_str()).collect();
    let place = serde_json::to_vec(&ids).unwrap_or_default().into();
    Ok(Box::new(Listening { bell, place, begun: false }))
}

/// Takes down the webhooks of a board.
pub(super) async fn unlisten(
    api: &Api,
    hooks: &Hooks,
    container: &ContainerId,
    place: &[u8],
) -> Result<(), Failure> {
    hooks.forget(&secret(api, container)?);
    let there = known(api, container, Some(place)).await?;
    take_down(api, there).await
}

/// Returns which of the webhooks that were hung up are still there.
async fn known(api: &Api, container: &ContainerId, after: Option<&[u8]>) -> Result<Vec<HookWire>, Failure> {
    #[derive(Deserialize)]
    struct Found {
        webhooks: Option<Vec<Option<HookWire>>>,
    }
    let ours: Vec<String> = after.and_then(|place| serde_json::from_slice(place).ok()).unwrap_or_default();
    if ours.is_empty() {
        return Ok(Vec::new());
    }
    let (found, _): (Found, _) = api.read(LIST, &json!({ "board": container.as_str() })).await?;
    let all = found.webhooks.into_iter().flatten().flatten();
    Ok(all.filter(|hook| ours.contains(&hook.id)).collect())
}

async fn create(api: &Api, container: &ContainerId, url: &str, event: &str) -> Result<String, Failure> {
    #[derive(Deserialize)]
    struct Created {
        create_webhook: Option<HookWire>,
    }
    let variables = json!({ "board": container.as_str(), "url": url, "event": event });
    let (created, _): (Created, _) = api.read(CREATE, &variables).await?;
    let missing = || {
        Failure::new(Kind::Transient, Class::Busy, crate::remote::call::UNREADABLE, "no webhook came back")
    };
    created.create_webhook.map(|hook| hook.id).ok_or_else(missing)
}

async fn take_down(api: &Api, hooks: Vec<HookWire>) -> Result<(), Failure> {
    for hook in hooks {
        let _taken: (Json, _) = api.read(DELETE, &json!({ "id": hook.id })).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_is_expected_is_answered_and_a_challenge_rings_nothing() {
        let hooks = Hooks::at("https://ops.example.com/");
        let bell = hooks.expect("s");
        assert_eq!(hooks.called("t", b"{}"), None);
        assert_eq!(hooks.called("s", br#"{"challenge":"c"}"#), Some(json!({ "challenge": "c" })));
        let long = json!({ "challenge": "c".repeat(2_000) }).to_string();
        assert_eq!(hooks.called("s", long.as_bytes()), None);
        assert!(!bell.has_changed().unwrap());
        assert_eq!(hooks.called("s", b"whatever it says"), Some(json!({})));
        assert!(bell.has_changed().unwrap());
        hooks.forget("s");
        assert_eq!(hooks.called("s", b"{}"), None);
    }
}
