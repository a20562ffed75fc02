//! Webhooks on the wire: the challenge before one is made, and the deliveries after.

use std::time::Duration;

use serde_json::{Value, json};

/// How often a delivery is tried, once a minute.
const TRIES: u32 = 30;

/// Returns a client that reaches loopback addresses; `None` when none can be made.
pub fn client() -> Option<reqwest::Client> {
    // The crate has no default provider; a second installation is refused, which is as good.
    rustls::crypto::ring::default_provider().install_default().ok();
    reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().ok()
}

/// Whether `url` answers the challenge with the same JSON.
pub async fn shakes(client: &reqwest::Client, url: &str, challenge: &str) -> bool {
    let sent = json!({"challenge": challenge});
    let Ok(answer) = client.post(url).json(&sent).send().await else { return false };
    let accepted = answer.status().is_success();
    accepted && answer.json::<Value>().await.is_ok_and(|got| got.get("challenge") == sent.get("challenge"))
}

/// Delivers events in the order in which they happened, again each minute where nobody answers.
pub async fn deliver(client: reqwest::Client, waiting: Vec<(String, Value)>) {
    for (url, body) in waiting {
        for _ in 0..TRIES {
            let sent = client.post(&url).json(&body).send().await;
            if sent.is_ok_and(|answer| answer.status().is_success()) {
                break;
            }
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    }
}
