//! Several questions in one call: a composite request counts as one against the org's limit. Once an hour the log of
//! deletions is read beside the poll that is made anyway; and where records show names of their parents, each poll asks
//! beside its own question whose parents have changed.
//!
//! The two could be one question with an OR. They are not: each of them alone is answered from an index of stamps, the
//! record's or the parent's; the OR of both Salesforce answers by reading everything.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use super::describe::Described;
use super::identify::encoded;
use super::{Salesforce, read, rest, soql};
use crate::domain::failure::{Failure, Kind};
use crate::ports::{Beside, ChangesAsk, ChangesPage, DeletionsAsk, ParentsAsk, ToldBeside};
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
    reference_id: String,
}

/// Reads changes, and what else comes in the same answer. What one part is refused for is found out by asking for it
/// alone.
pub(super) async fn changes_and_beside(
    org: &Salesforce,
    ask: &ChangesAsk,
    beside: &Beside,
) -> Result<(ChangesPage, ToldBeside), Failure> {
    let described = org.described(&ask.container).await?;
    let deletions = beside.deletions.as_ref().filter(|_| described.replicateable);
    let parents = beside.parents.as_ref();
    if ask.page.is_some() || (deletions.is_none() && parents.is_none()) {
        return Ok((read::changes(org, ask).await?, ToldBeside::default()));
    }
    let fields = read::wanted(&described, &ask.fields)?;
    let query = soql::changes(ask.container.as_str(), &fields, &ask.after)?;
    let mut asked = vec![get("changes", &org.rest.path(&format!("queryAll/?q={}", encoded(&query))))];
    asked.extend(beside_parts(org, &described, deletions, parents)?);
    let number = asked.len();
    let (path, body) =
        (org.rest.path("composite"), Bytes::from(json!({ "compositeRequest": asked }).to_string()));
    let reply = match org.rest.send(&Method::POST, &path, Some(body)).await.map_err(Trouble::failure) {
        Ok(reply) => reply,
        // An org that takes no composite request is asked for one thing after the other.
        Err(failure) if failure.kind == Kind::Permanent => {
            return Ok((read::changes(org, ask).await?, ToldBeside::default()));
        }
        Err(failure) => return Err(failure),
    };
    let parts = rest::read::<CompositeWire>(reply.body())?.composite_response;
    if parts.len() != number {
        return Err(call::unreadable("a composite answer with another number of parts than were asked for"));
    }
    let part = |name| parts.iter().find(|part| part.reference_id == name).filter(|part| succeeded(part));
    let Some(changes) = part("changes") else {
        return Ok((read::changes(org, ask).await?, ToldBeside::default()));
    };
    let server_time = call::server_time(reply.headers());
    let page = rest::read(changes.body.get().as_bytes())?;
    let page = read::first_page(org, ask, &described, &fields, page, server_time)?;
    let mut told = ToldBeside::default();
    if let (Some(ask), Some(part)) = (deletions, part("deletions")) {
        told.deletions = Some(read::deleted(&ask.container, ask, part.body.get().as_bytes())?);
    }
    if let (Some(ask), Some(part)) = (parents, part("parents")) {
        let page = rest::read(part.body.get().as_bytes())?;
        told.parents = Some(read::parents_page(&described, ask, page, server_time)?);
    }
    Ok((page, told))
}

fn beside_parts(
    org: &Salesforce,
    described: &Described,
    deletions: Option<&DeletionsAsk>,
    parents: Option<&ParentsAsk>,
) -> Result<Vec<Json>, Failure> {
    let mut parts = Vec::new();
    if let Some(ask) = deletions {
        let from = read::window(ask.from, ask.to, ask.to);
        let log = read::deletions_path(&ask.container, from, ask.to)?;
        parts.push(get("deletions", &org.rest.path(&log)));
    }
    if let Some(ask) = parents {
        let query = read::parents_query(described, ask)?;
        parts.push(get("parents", &org.rest.path(&format!("query/?q={}", encoded(&query)))));
    }
    Ok(parts)
}

fn get(name: &str, path: &str) -> Json {
    json!({ "method": "GET", "url": path, "referenceId": name })
}

fn succeeded(part: &PartWire) -> bool {
    StatusCode::from_u16(part.http_status_code).is_ok_and(|status| status.is_success())
}
