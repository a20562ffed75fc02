//! Changes and deletions in one call: a composite request counts as one against the org's limit, and once an hour the
//! log of deletions is read beside the poll that is made anyway.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use super::identify::encoded;
use super::{Salesforce, read, rest, soql};
use crate::domain::failure::{Failure, Kind};
use crate::ports::{ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage};
use crate::remote::call::{self, Trouble};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CompositeWire {
    composite_response: Vec<PartWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartWire {
    body: Box<RawValue>,
    http_status_code: u16,
}

/// Reads changes, and deletions where they come in the same answer. What one of them is refused for is found out by
/// asking for the changes alone.
pub(super) async fn changes_and_deletions(
    org: &Salesforce,
    ask: &ChangesAsk,
    deletions: &DeletionsAsk,
) -> Result<(ChangesPage, Option<DeletionsPage>), Failure> {
    let described = org.described(&ask.container).await?;
    if ask.page.is_some() || !described.replicateable {
        return Ok((read::changes(org, ask).await?, None));
    }
    let fields = read::wanted(&described, &ask.fields)?;
    let query = soql::changes(ask.container.as_str(), &fields, &ask.after)?;
    let log = read::deletions_path(
        &ask.container,
        read::window(deletions.from, deletions.to, deletions.to),
        deletions.to,
    )?;
    let body = json!({ "compositeRequest": [
        get("changes", &org.rest.path(&format!("queryAll/?q={}", encoded(&query)))),
        get("deletions", &org.rest.path(&log)),
    ] });
    let (path, body) = (org.rest.path("composite"), Bytes::from(body.to_string()));
    let reply = match org.rest.send(&Method::POST, &path, Some(body)).await.map_err(Trouble::failure) {
        Ok(reply) => reply,
        // An org that takes no composite request is asked for one thing after the other.
        Err(failure) if failure.kind == Kind::Permanent => {
            return Ok((read::changes(org, ask).await?, None));
        }
        Err(failure) => return Err(failure),
    };
    let parts = rest::read::<CompositeWire>(reply.body())?.composite_response;
    let [changes, deleted] = parts.as_slice() else {
        return Err(call::unreadable("a composite answer with another number of parts than were asked for"));
    };
    if !succeeded(changes) {
        return Ok((read::changes(org, ask).await?, None));
    }
    let page = rest::read(changes.body.get().as_bytes())?;
    let page = read::first_page(org, ask, &described, &fields, page, call::server_time(reply.headers()))?;
    if !succeeded(deleted) {
        return Ok((page, None));
    }
    let deleted = read::deleted(&ask.container, deletions, deleted.body.get().as_bytes())?;
    Ok((page, Some(deleted)))
}

fn get(name: &str, path: &str) -> Json {
    json!({ "method": "GET", "url": path, "referenceId": name })
}

fn succeeded(part: &PartWire) -> bool {
    StatusCode::from_u16(part.http_status_code).is_ok_and(|status| status.is_success())
}
