//! Several requests in one: composite, graph, batch and tree.

use std::collections::HashSet;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value as Json, json};

use super::call::{Answer, Call, Handled};
use super::error::ApiError;
use super::org::Org;
use super::rest::Context;

/// The most requests in one.
const MOST: usize = 25;

/// The most graphs of one request.
const GRAPHS: usize = 75;

/// The most requests of all graphs of one request.
const NODES: usize = 500;

/// The most records of a tree.
const TREE: usize = 200;

impl Context<'_> {
    pub(super) fn composite(&self, org: &mut Org) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let parts: Vec<&Json> = requests(&body, "compositeRequest", MOST)?.iter().collect();
        let all_or_none = body.get("allOrNone").and_then(Json::as_bool).unwrap_or(false);
        let (answers, _) = self.together(org, &parts, all_or_none);
        let rows: Vec<Json> = answers.iter().map(|(id, answer)| composite_row(id, answer)).collect();
        Ok(Answer::json(200, &json!({ "compositeResponse": rows })))
    }

    /// Carries out graphs of requests, each of them as a whole or not at all.
    pub(super) fn graph(&self, org: &mut Org) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let graphs = requests(&body, "graphs", GRAPHS)?;
        let mut seen = HashSet::new();
        let mut nodes = 0;
        let mut planned = Vec::with_capacity(graphs.len());
        for graph in graphs {
            let id = graph.get("graphId").and_then(Json::as_str).unwrap_or_default();
            let fits =
                id.len() < 40 && !id.contains('.') && id.starts_with(|first: char| first.is_alphanumeric());
            if !fits || !seen.insert(id) {
                let message = format!("Invalid or duplicate graphId: {id}");
                return Err(vec![ApiError::new(400, "INVALID_INPUT", message)]);
            }
            let parts = requests(graph, "compositeRequest", NODES)?;
            nodes += parts.len();
            planned.push((id, parts, in_order(parts)?));
        }
        if nodes > NODES {
            let message = format!("The number of nodes exceeds the limit of {NODES}");
            return Err(vec![ApiError::new(400, "LIMIT_EXCEEDED", message)]);
        }
        let mut rows = Vec::with_capacity(planned.len());
        for (id, parts, order) in planned {
            let ordered: Vec<&Json> = order.iter().filter_map(|place| parts.get(*place)).collect();
            let (answers, successful) = self.together(org, &ordered, true);
            // Answers stand in the order of the requests.
            let mut placed: Vec<(usize, Json)> = order
                .into_iter()
                .zip(&answers)
                .map(|(place, (name, answer))| (place, composite_row(name, answer)))
                .collect();
            placed.sort_by_key(|(place, _)| *place);
            let responses: Vec<Json> = placed.into_iter().map(|(_, row)| row).collect();
            rows.push(json!({
                "graphId": id, "graphResponse": { "compositeResponse": responses }, "isSuccessful": successful,
            }));
        }
        Ok(Answer::json(200, &json!({ "graphs": rows })))
    }

    /// Carries out requests one after the other; tells whether all of them went through.
    fn together(&self, org: &mut Org, parts: &[&Json], all_or_none: bool) -> (Vec<(String, Answer)>, bool) {
        let outer = org.store.in_transaction();
        if !outer {
            org.store.begin();
        }
        let start = org.store.mark();
        let mut known = Map::new();
        let mut answers: Vec<(String, Answer)> = Vec::new();
        let mut failed = None;
        for part in parts {
            let id = part.get("referenceId").and_then(Json::as_str).unwrap_or_default().to_owned();
            let answer = match failed {
                Some(_) if all_or_none => halted(ROLLED_BACK),
                _ => self.part(org, part, &known),
            };
            let body: Json = serde_json::from_slice(&answer.body).unwrap_or(Json::Null);
            if answer.status < 300 {
                known.insert(id.clone(), body);
            } else if failed.is_none() {
                failed = Some(answers.len());
            }
            answers.push((id, answer));
        }
        if let Some(failed) = failed.filter(|_| all_or_none) {
            org.store.back_to(start);
            for (_, answer) in answers.iter_mut().take(failed) {
                *answer = halted(ROLLED_BACK);
            }
        }
        if !outer {
            org.store.commit();
        }
        (answers, failed.is_none())
    }

    /// Carries out one request of a composite one, with references resolved.
    fn part(&self, org: &mut Org, part: &Json, known: &Map<String, Json>) -> Answer {
        let text = |key: &str| part.get(key).and_then(Json::as_str).unwrap_or_default();
        let resolved = resolve_text(text("url"), known).and_then(|url| {
            let body = part.get("body").map(|body| resolve(body, known)).transpose()?;
            Ok((url, body))
        });
        let (url, body) = match resolved {
            Ok(resolved) => resolved,
            Err(message) => return halted(&message),
        };
        let mut headers = HeaderMap::new();
        for (name, value) in part.get("httpHeaders").and_then(Json::as_object).into_iter().flatten() {
            let name = HeaderName::try_from(name.as_str());
            let value = HeaderValue::try_from(value.as_str().unwrap_or_default());
            if let (Ok(name), Ok(value)) = (name, value) {
                headers.insert(name, value);
            }
        }
        let body = body.map_or_else(Bytes::new, |body| body.to_string().into());
        self.inside(org, text("method"), &url, headers, body)
    }

    fn inside(&self, org: &mut Org, method: &str, url: &str, headers: HeaderMap, body: Bytes) -> Answer {
        let mut call = Call::new(&method.to_ascii_uppercase(), url, headers, body);
        call.injected = self.call.injected;
        let prefix: Vec<&str> = call.path.iter().take(3).map(String::as_str).collect();
        let nested = call.path.get(3).is_some_and(|first| first.eq_ignore_ascii_case("composite"))
            && call.path.get(4).is_none_or(|second| !second.eq_ignore_ascii_case("sobjects"));
        let version =
            prefix.get(2).and_then(|version| version.strip_prefix('v')?.strip_suffix(".0")?.parse().ok());
        let Some(version) = version.filter(|_| prefix.starts_with(&["services", "data"]) && !nested) else {
            return Answer::errors(&[ApiError::not_found()]);
        };
        let root = format!("/services/data/v{version}.0");
        Context { call: &call, version, root, ..self.clone() }.answer_within(org)
    }

    pub(super) fn batch(&self, org: &mut Org) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let parts = requests(&body, "batchRequests", MOST)?;
        let halt = body.get("haltOnError").and_then(Json::as_bool).unwrap_or(false);
        let mut failed = false;
        let mut rows = Vec::with_capacity(parts.len());
        for part in parts {
            if failed && halt {
                let message = "This request was not processed because of a previous error.";
                let error = ApiError::new(412, "BATCH_PROCESSING_HALTED", message);
                rows.push(json!({ "statusCode": 412, "result": [error.body()] }));
                continue;
            }
            let text = |key: &str| part.get(key).and_then(Json::as_str).unwrap_or_default();
            // Batch URLs stand without `/services/data`.
            let url = text("url").trim_start_matches('/');
            let url = if url.starts_with("services/") {
                format!("/{url}")
            } else {
                format!("/services/data/{url}")
            };
            let body = part.get("richInput").map_or_else(Bytes::new, |body| body.to_string().into());
            let answer = self.inside(org, text("method"), &url, HeaderMap::new(), body);
            failed |= answer.status >= 300;
            let result: Json = serde_json::from_slice(&answer.body).unwrap_or(Json::Null);
            rows.push(json!({ "statusCode": answer.status, "result": result }));
        }
        Ok(Answer::json(200, &json!({ "hasErrors": failed, "results": rows })))
    }

    pub(super) fn tree(&self, org: &mut Org) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let object = self.object(org, 2)?.name;
        let records = body.get("records").and_then(Json::as_array).cloned().unwrap_or_default();
        org.store.begin();
        let mut planted = Planted::default();
        for record in &records {
            self.plant(org, object, record, None, &mut planted);
        }
        if planted.count > TREE {
            org.store.roll_back();
            let message = "The number of records in the request exceeds the limit of 200";
            return Err(vec![ApiError::new(400, "LIMIT_EXCEEDED", message)]);
        }
        if planted.errors.is_empty() {
            org.store.commit();
            return Ok(Answer::json(201, &json!({ "hasErrors": false, "results": planted.results })));
        }
        org.store.roll_back();
        Ok(Answer::json(400, &json!({ "hasErrors": true, "results": planted.errors })))
    }

    /// Creates a record of a tree and those below it.
    fn plant(
        &self,
        org: &mut Org,
        object: &str,
        record: &Json,
        parent: Option<(&str, &str)>,
        planted: &mut Planted,
    ) {
        let schema = org.store.schema().clone();
        planted.count += 1;
        let reference = record.pointer("/attributes/referenceId").and_then(Json::as_str).unwrap_or_default();
        let (Some(object), Some(fields), true) =
            (schema.object(object), record.as_object(), planted.count <= TREE)
        else {
            return;
        };
        let is_children = |value: &Json| value.get("records").is_some();
        let mut own: Map<String, Json> = fields
            .iter()
            .filter(|(_, value)| !is_children(value))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if let Some((lookup, id)) = parent {
            own.insert(lookup.to_owned(), json!(id));
        }
        let id = match self.writer(org).create(object, &own) {
            Ok(id) => id.to_string(),
            Err(errors) => {
                let errors: Vec<Json> = errors.iter().map(ApiError::in_result).collect();
                planted.errors.push(json!({ "referenceId": reference, "errors": errors }));
                return;
            }
        };
        planted.results.push(json!({ "referenceId": reference, "id": id }));
        for (relation, value) in fields.iter().filter(|(_, value)| is_children(value)) {
            let child = schema.children(object).find_map(|child| {
                let field = child.object.field(child.field)?;
                field.children.eq_ignore_ascii_case(relation).then_some((child.object.name, field.name))
            });
            let Some((name, lookup)) = child else {
                let error = ApiError::no_column(relation, object.name);
                planted.errors.push(json!({ "referenceId": reference, "errors": [error.in_result()] }));
                continue;
            };
            for below in value.get("records").and_then(Json::as_array).into_iter().flatten() {
                self.plant(org, name, below, Some((lookup, &id)), planted);
            }
        }
    }
}

/// What became of the records of a tree.
#[derive(Default)]
struct Planted {
    count: usize,
    results: Vec<Json>,
    errors: Vec<Json>,
}

const ROLLED_BACK: &str =
    "The transaction was rolled back since another operation in the same transaction failed.";

fn halted(message: &str) -> Answer {
    Answer::errors(&[ApiError::new(400, "PROCESSING_HALTED", message)])
}

fn requests<'b>(body: &'b Json, key: &str, most: usize) -> Result<&'b Vec<Json>, Vec<ApiError>> {
    let parts = body.get(key).and_then(Json::as_array);
    let parts = parts.ok_or_else(|| vec![ApiError::json(format!("Missing required field: {key}"))])?;
    if parts.len() > most {
        let message = format!("The number of requests exceeds the limit of {most}");
        return Err(vec![ApiError::new(400, "LIMIT_EXCEEDED", message)]);
    }
    Ok(parts)
}

/// The places of the requests of a graph, such that each follows those it refers to.
fn in_order(parts: &[Json]) -> Result<Vec<usize>, Vec<ApiError>> {
    let names: Vec<&str> =
        parts.iter().map(|part| part.get("referenceId").and_then(Json::as_str).unwrap_or_default()).collect();
    let needs: Vec<Vec<usize>> = parts
        .iter()
        .map(|part| {
            let text = part.to_string();
            let refers = |name: &&str| text.contains(&format!("@{{{name}."));
            (0..).zip(&names).filter(|(_, name)| refers(name)).map(|(place, _)| place).collect()
        })
        .collect();
    let mut order = Vec::with_capacity(parts.len());
    let mut done = HashSet::new();
    while order.len() < parts.len() {
        let next = (0..)
            .zip(&needs)
            .find(|(place, needs)| !done.contains(place) && needs.iter().all(|needed| done.contains(needed)));
        let Some((next, _)) = next else {
            let message = "The requests of the graph refer to each other in a circle";
            return Err(vec![ApiError::new(400, "INVALID_INPUT", message)]);
        };
        done.insert(next);
        order.push(next);
    }
    Ok(order)
}

fn composite_row(id: &str, answer: &Answer) -> Json {
    let body: Json = serde_json::from_slice(&answer.body).unwrap_or(Json::Null);
    let mut headers = Map::new();
    if let Some(location) = answer.headers.get("location").and_then(|value| value.to_str().ok()) {
        headers.insert("Location".into(), json!(location));
    }
    json!({ "body": body, "httpHeaders": headers, "httpStatusCode": answer.status, "referenceId": id })
}

/// Puts answers in the place of `@{name.path}`, everywhere in a body.
fn resolve(body: &Json, known: &Map<String, Json>) -> Result<Json, String> {
    Ok(match body {
        Json::String(text) => Json::String(resolve_text(text, known)?),
        Json::Array(list) => {
            Json::Array(list.iter().map(|one| resolve(one, known)).collect::<Result<_, _>>()?)
        }
        Json::Object(map) => {
            let pairs = map.iter().map(|(key, value)| Ok((key.clone(), resolve(value, known)?)));
            Json::Object(pairs.collect::<Result<_, String>>()?)
        }
        other => other.clone(),
    })
}

fn resolve_text(text: &str, known: &Map<String, Json>) -> Result<String, String> {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let (path, behind) = after.split_once('}').ok_or("Invalid reference specified: '}' is missing")?;
        resolved.push_str(before);
        let (name, inner) = path.split_once('.').unwrap_or((path, ""));
        let steps = inner.split(['.', '[']).filter(|step| !step.is_empty());
        let pointer: String = steps.flat_map(|step| ["/", step.trim_end_matches(']')]).collect();
        let value = known.get(name).and_then(|answer| answer.pointer(&pointer));
        match value {
            Some(Json::String(text)) => resolved.push_str(text),
            Some(value @ (Json::Number(_) | Json::Bool(_))) => resolved.push_str(&value.to_string()),
            _ => return Err(format!("Invalid reference specified. No value for {path} found in {name}")),
        }
        rest = behind;
    }
    resolved.push_str(rest);
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let known = json!({ "a": { "id": "001", "records": [{ "Id": "003" }] } });
        let known = known.as_object().unwrap();
        let text = |text: &str| resolve_text(text, known);
        assert_eq!(text("/sobjects/Account/@{a.id}").as_deref(), Ok("/sobjects/Account/001"));
        assert_eq!(text("@{a.records[0].Id}-@{a.id}").as_deref(), Ok("003-001"));
        assert!(text("@{b.id}").unwrap_err().starts_with("Invalid reference specified."));
    }
}
