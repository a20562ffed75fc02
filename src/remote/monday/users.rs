//! The users of an account. Those who may no longer sign in are not among what monday lists unless it is asked for them.

use serde::Deserialize;
use serde_json::json;

use super::api::Api;
use crate::domain::failure::Failure;
use crate::domain::people::User;

/// Users of one page.
const PAGE: usize = 200;

/// The most pages that are read: an account with more users than that is none.
const PAGES: u32 = 500;

#[derive(Deserialize)]
struct Users {
    users: Vec<Option<UserWire>>,
}

#[derive(Deserialize)]
struct UserWire {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// Reads all active users.
pub(super) async fn users(api: &Api) -> Result<Vec<User>, Failure> {
    let document = include_str!("../../../assets/graphql/monday/users.graphql");
    let mut all = Vec::new();
    for page in 1..=PAGES {
        let (found, _): (Users, _) = api.read(document, &json!({ "page": page })).await?;
        let count = found.users.len();
        all.extend(found.users.into_iter().flatten().map(|user| User {
            id: user.id.into(),
            name: user.name.into(),
            email: user.email.into(),
            login: None,
            active: true,
        }));
        if count < PAGE {
            break;
        }
    }
    Ok(all)
}
