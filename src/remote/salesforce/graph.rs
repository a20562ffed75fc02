//! Parents and their children in one call: a composite request of graphs, each carried out as a whole or not at all.

use std::sync::atomic::Ordering;

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::errors;
use super::write::{Body, Job, Way};
use super::{Salesforce, rest, soql};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::settle::Answer;
use crate::ports::{Child, FamiliesAtOnce, Family, Write};
use crate::remote::call::Trouble;

/// The most that one call takes: graphs, and records of all graphs together.
pub(super) const MOST: FamiliesAtOnce = FamiliesAtOnce { families: 75, records: 500 };

/// How a request is called to which the others of its graph refer.
const PARENT: &str = "parent";

/// The code of those requests of a graph that were in order themselves.
const HALTED: &str = "PROCESSING_HALTED";

/// The codes of an org, or a proxy in front of it, that takes no graphs.
const UNKNOWN: [&str; 5] =
    ["NOT_FOUND", "HTTP_404", "METHOD_NOT_ALLOWED", "HTTP_405", "FUNCTIONALITY_NOT_ENABLED"];

#[derive(Serialize)]
struct Graphs {
    graphs: Vec<Graph>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Graph {
    graph_id: String,
    composite_request: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node<'a> {
    method: &'static str,
    url: String,
    reference_id: &'a str,
    body: Body<'a>,
}

#[derive(Deserialize)]
struct GraphsWire {
    graphs: Vec<GraphWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GraphWire {
    graph_id: String,
    graph_response: CompositeWire,
    is_successful: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CompositeWire {
    composite_response: Vec<NodeWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NodeWire {
    body: Box<RawValue>,
    reference_id: String,
}

/// Makes families; `None` where that is not possible in this way, and nothing was done.
pub(super) async fn apply(
    org: &Salesforce,
    container: &ContainerId,
    key_field: &FieldName,
    families: &[Family],
) -> Option<Vec<Vec<Answer>>> {
    let body = body(org, container, key_field, families).await?;
    let all = |answer: &dyn Fn() -> Answer| -> Option<Vec<Vec<Answer>>> {
        let each = families.iter().map(|family| (0..=family.children.len()).map(|_| answer()).collect());
        Some(each.collect())
    };
    let path = org.rest.path("composite/graph");
    let reply = match org.rest.send(&Method::POST, &path, Some(body)).await {
        Ok(reply) => reply,
        Err(Trouble::Doubt(_)) => return all(&|| Answer::Doubt),
        Err(Trouble::Refused(failure)) if failure.kind == Kind::Permanent => {
            if UNKNOWN.contains(&&*failure.code) {
                org.graphless.store(true, Ordering::Relaxed);
            }
            return None;
        }
        Err(Trouble::Refused(failure)) => return all(&|| Answer::Refused(failure.clone())),
    };
    // A success that cannot be read is no answer: what it says was done is not known.
    let Ok(told) = rest::read::<GraphsWire>(reply.body()) else { return all(&|| Answer::Doubt) };
    let answers = families.iter().enumerate().map(|(at, family)| {
        let graph = told.graphs.iter().find(|graph| graph.graph_id == graph_name(at));
        graph.map_or_else(
            || (0..=family.children.len()).map(|_| Answer::Doubt).collect(),
            |graph| told_of(org, graph, family.children.len()),
        )
    });
    Some(answers.collect())
}

async fn body(
    org: &Salesforce,
    container: &ContainerId,
    key_field: &FieldName,
    families: &[Family],
) -> Option<Bytes> {
    let mut graphs = Vec::with_capacity(families.len());
    for (at, family) in families.iter().enumerate() {
        let mut nodes = vec![node(org, container, key_field, &family.parent, &[], PARENT).await?];
        for (number, child) in family.children.iter().enumerate() {
            let Child { container, key_field, write, pointing } = child;
            nodes.push(node(org, container, key_field, write, pointing, &child_name(number)).await?);
        }
        graphs.push(Graph { graph_id: graph_name(at), composite_request: nodes });
    }
    serde_json::to_vec(&Graphs { graphs }).ok().map(Bytes::from)
}

/// Returns one request of a graph: the record is made, or found again by its key. `None` for a record without one.
async fn node(
    org: &Salesforce,
    container: &ContainerId,
    key_field: &FieldName,
    write: &Write,
    pointing: &[FieldName],
    name: &str,
) -> Option<Box<RawValue>> {
    let object = soql::identifier(container.as_str()).ok()?;
    let described = org.described(container).await.ok()?;
    let key = write.key.as_ref().map(RemoteId::as_str);
    // What would have to be spelled otherwise in an address goes the usual way.
    let key = key.filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    if !described.is_key(key_field) {
        return None;
    }
    let field = soql::identifier(key_field.as_str()).ok()?;
    let job = Job::new(org, object, key_field, &described);
    let Body(mut body) = job.row(Way::Upsert, write).ok()?;
    // The address says what it is and which key it has.
    body.retain(|(name, _)| *name != "attributes" && !name.eq_ignore_ascii_case(field));
    for name in pointing {
        let reference = RawValue::from_string(format!("\"@{{{PARENT}.id}}\"")).ok()?;
        body.push((soql::identifier(name.as_str()).ok()?, reference));
    }
    let url = org.rest.path(&format!("sobjects/{object}/{field}/{key}"));
    serde_json::value::to_raw_value(&Node { method: "PATCH", url, reference_id: name, body: Body(body) }).ok()
}

/// Returns what became of a family: the parent's answer, and those of its children.
fn told_of(org: &Salesforce, graph: &GraphWire, children: usize) -> Vec<Answer> {
    let names = std::iter::once(PARENT.to_owned()).chain((0..children).map(child_name));
    let nodes = &graph.graph_response.composite_response;
    let rows: Vec<Option<&NodeWire>> =
        names.map(|name| nodes.iter().find(|node| node.reference_id == name)).collect();
    if graph.is_successful {
        return rows.into_iter().map(|row| row.and_then(made).unwrap_or(Answer::Doubt)).collect();
    }
    // Nothing of it was done. Those that were in order themselves are planned anew.
    let until = org.rest.now();
    let refused = |row: Option<&NodeWire>| {
        let error = errors::first(row?.body.get().as_bytes()).filter(|error| error.code != HALTED)?;
        Some(Answer::Refused(error.failure()))
    };
    let mut answers: Vec<Answer> =
        rows.into_iter().map(|row| refused(row).unwrap_or(Answer::NotDone { until })).collect();
    if !answers.iter().any(|answer| matches!(answer, Answer::Refused(_)))
        && let Some(parent) = answers.first_mut()
    {
        // Nobody was named as the reason: it waits before it is tried again.
        let message = "the org did not carry out the request, and did not say why";
        *parent = Answer::Refused(Failure::new(Kind::Transient, Class::Busy, HALTED, message));
    }
    answers
}

/// Returns the answer of a request that went through; `None` where it does not name the record.
fn made(node: &NodeWire) -> Option<Answer> {
    #[derive(Deserialize)]
    struct Made {
        id: String,
    }
    let made: Made = serde_json::from_str(node.body.get()).ok()?;
    Some(Answer::Done { id: made.id.as_str().into(), at: None })
}

fn graph_name(at: usize) -> String {
    format!("family{at}")
}

fn child_name(number: usize) -> String {
    format!("child{number}")
}
