//! Who and where we are.

use std::sync::Arc;

use serde::Deserialize;

use super::rest::{self, Rest};
use crate::domain::connection::{Identity, Told};
use crate::domain::failure::{Failure, Kind};
use crate::remote::call;

#[derive(Deserialize)]
struct UserWire {
    user_id: Option<String>,
    sub: Option<String>,
    name: Option<String>,
    preferred_username: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OrganizationWire {
    id: String,
    name: String,
    organization_type: Option<String>,
}

#[derive(Deserialize)]
struct Rows<T> {
    records: Vec<T>,
}

/// Asks the org for the user of the session and for itself: two calls.
pub(super) async fn identify(rest: &Rest) -> Result<Identity, Failure> {
    let query = "SELECT Id, Name, OrganizationType, IsSandbox FROM Organization LIMIT 1";
    let reply = rest.get(&rest.path(&format!("query/?q={}", encoded(query)))).await?;
    let rows: Rows<OrganizationWire> = rest::read(reply.body())?;
    let org = rows.records.into_iter().next();
    let org = org.ok_or_else(|| call::unreadable("the org shows no Organization record"))?;
    // Only now: user info says of a session that has expired no more than that it is bad, and nothing renews it.
    let user = user(rest).await?;
    Ok(Identity {
        told: Told { scopes: rest.scopes().await, ..Told::default() },
        org_id: org.id.into(),
        org_name: org.name.into(),
        user_id: user.0,
        user_name: user.1,
        edition: org.organization_type.map(Arc::from),
    })
}

async fn user(rest: &Rest) -> Result<(Arc<str>, Arc<str>), Failure> {
    match rest.get("/services/oauth2/userinfo").await {
        Ok(reply) => {
            let user: UserWire = rest::read(reply.body())?;
            // The subject is an address that ends in the user's id.
            let sub = user.sub.as_deref().and_then(|sub| sub.rsplit('/').next()).map(str::to_owned);
            let id: Arc<str> = user.user_id.or(sub).unwrap_or_default().into();
            // Who logs in: two people may have one name.
            let name = user.preferred_username.or(user.name).map_or_else(|| Arc::clone(&id), Arc::from);
            Ok((id, name))
        }
        // Without the scope `id` there is no user info; the token endpoint told the bare id.
        Err(failure) if failure.kind == Kind::Permanent => {
            let id: Arc<str> = rest.who().await.map(|(_, user)| user).ok_or(failure)?.into();
            Ok((Arc::clone(&id), id))
        }
        Err(failure) => Err(failure),
    }
}

/// Returns `text` as it stands in a query string.
pub(super) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_way_into_an_address() {
        assert_eq!(encoded("a = 'b+c' & d"), "a+%3D+%27b%2Bc%27+%26+d");
    }
}
