//! What the engine writes: collections of up to 200, each record on its own merits, answers by position.

use bytes::Bytes;
use futures::future::BoxFuture;
use http::Method;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::codec;
use super::describe::Described;
use super::errors::RemoteError;
use super::rest::Kinds;
use super::{COLLECTION, Salesforce, ingest, rest, soql};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::ledger::Action;
use crate::domain::settle::Answer;
use crate::ports::Write;
use crate::remote::call::Trouble;

/// The four kinds of collection call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Create, or find again what an earlier try created: by the external id.
    Upsert,
    Create,
    Update,
    Delete,
}

const WAYS: [Way; 4] = [Way::Upsert, Way::Create, Way::Update, Way::Delete];

/// One object's writes on their way.
pub(super) struct Job<'a> {
    pub(super) org: &'a Salesforce,
    pub(super) object: &'a str,
    pub(super) key_field: &'a FieldName,
    described: &'a Described,
    kinds: Kinds,
}

/// Carries out writes and returns their answers in the same order.
pub(super) async fn apply(
    org: &Salesforce,
    container: &ContainerId,
    key_field: &FieldName,
    writes: &[Write],
    kinds: Kinds,
) -> Vec<Answer> {
    let all = |failure: &Failure| writes.iter().map(|_| Answer::Refused(failure.clone())).collect();
    let object = match soql::identifier(container.as_str()) {
        Ok(object) => object,
        Err(failure) => return all(&failure),
    };
    let described = match org.described(container).await {
        Ok(described) => described,
        Err(failure) => return all(&failure),
    };
    let job = Job { org, object, key_field, described: &described, kinds };
    let mut answers: Vec<Answer> = writes.iter().map(|write| Answer::Refused(impossible(write))).collect();
    for way in WAYS {
        let mine: Vec<(usize, &Write)> =
            writes.iter().enumerate().filter(|(_, write)| job.way(write) == Some(way)).collect();
        let mut rest = Vec::with_capacity(mine.len());
        if way == Way::Upsert && !kinds.duplicates && mine.len() >= ingest::WORTH_IT {
            for chunk in mine.chunks(ingest::MOST) {
                let writes: Vec<&Write> = chunk.iter().map(|(_, write)| *write).collect();
                let told = ingest::upsert(&job, &writes).await;
                for ((at, write), answer) in chunk.iter().zip(told) {
                    match (answer, answers.get_mut(*at)) {
                        (Some(answer), Some(slot)) => *slot = answer,
                        _ => rest.push((*at, *write)),
                    }
                }
            }
        } else {
            rest = mine;
        }
        for chunk in rest.chunks(COLLECTION) {
            let writes: Vec<&Write> = chunk.iter().map(|(_, write)| *write).collect();
            let got = job.send(way, &writes).await;
            for ((at, _), answer) in chunk.iter().zip(got) {
                if let Some(slot) = answers.get_mut(*at) {
                    *slot = answer;
                }
            }
        }
    }
    answers
}

impl<'a> Job<'a> {
    /// Returns the writes of one object that go another way than by collections.
    pub(super) fn new(
        org: &'a Salesforce,
        object: &'a str,
        key_field: &'a FieldName,
        described: &'a Described,
    ) -> Self {
        Self { org, object, key_field, described, kinds: rest::JSON }
    }
}

impl Job<'_> {
    fn way(&self, write: &Write) -> Option<Way> {
        match (write.action, &write.id) {
            (Action::Created | Action::Restored, _) => {
                let upsert = write.key.is_some() && self.described.is_key(self.key_field);
                Some(if upsert { Way::Upsert } else { Way::Create })
            }
            (Action::Updated, Some(_)) => Some(Way::Update),
            (Action::Deleted, Some(_)) => Some(Way::Delete),
            _ => None,
        }
    }

    /// Sends one call. A batch that is refused whole for what one record says is halved until the bad one
    /// stands alone.
    fn send<'a>(&'a self, way: Way, writes: &'a [&'a Write]) -> BoxFuture<'a, Vec<Answer>> {
        Box::pin(async move {
            let failure = match self.once(way, writes).await {
                Ok(answers) => return answers,
                Err(Trouble::Doubt(_)) => return writes.iter().map(|_| Answer::Doubt).collect(),
                Err(Trouble::Refused(failure)) => failure,
            };
            if writes.len() > 1 && of_one_record(&failure) {
                let (left, right) = writes.split_at(writes.len() / 2);
                let mut answers = self.send(way, left).await;
                answers.extend(self.send(way, right).await);
                return answers;
            }
            writes.iter().map(|write| refused(write, &failure)).collect()
        })
    }

    async fn once(&self, way: Way, writes: &[&Write]) -> Result<Vec<Answer>, Trouble> {
        let rest = &self.org.rest;
        let key = self.key_field.as_str();
        let (method, resource) = match way {
            Way::Upsert => (Method::PATCH, format!("composite/sobjects/{}/{key}", self.object)),
            Way::Create => (Method::POST, "composite/sobjects".to_owned()),
            Way::Update => (Method::PATCH, "composite/sobjects".to_owned()),
            Way::Delete => {
                let ids = writes.iter().filter_map(|write| write.id.as_ref());
                let ids = ids.map(RemoteId::as_str).collect::<Vec<_>>().join(",");
                if !ids.bytes().all(|b| b.is_ascii_alphanumeric() || b == b',') {
                    return Err(mistake("MALFORMED_ID", "an id has characters that no id has").into());
                }
                (Method::DELETE, format!("composite/sobjects?ids={ids}&allOrNone=false"))
            }
        };
        let body = if way == Way::Delete { None } else { Some(self.body(way, writes)?) };
        let reply = rest.send_as(&method, &rest.path(&resource), body, self.kinds).await?;
        // A success that cannot be read is no answer: what it says was done is not known.
        let results: Vec<ResultWire> = rest::read(reply.body()).map_err(Trouble::Doubt)?;
        let mut results = results.into_iter();
        Ok(writes
            .iter()
            .map(|write| results.next().map_or(Answer::Doubt, |result| result.answer(way, write)))
            .collect())
    }

    fn body(&self, way: Way, writes: &[&Write]) -> Result<Bytes, Failure> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Collection<'a> {
            all_or_none: bool,
            records: Vec<Body<'a>>,
        }
        let records = writes.iter().map(|write| self.row(way, write)).collect::<Result<_, _>>()?;
        let bytes = serde_json::to_vec(&Collection { all_or_none: false, records });
        bytes.map(Bytes::from).map_err(|error| mistake(PARSER, &error.to_string()))
    }

    pub(super) fn row<'b>(&'b self, way: Way, write: &'b Write) -> Result<Body<'b>, Failure> {
        let raw = |json: serde_json::Value| {
            RawValue::from_string(json.to_string()).map_err(|error| mistake(PARSER, &error.to_string()))
        };
        let mut body = Body(vec![("attributes", raw(serde_json::json!({ "type": self.object }))?)]);
        // The key goes into the record in the same call that makes it: a record without it could not be found.
        match (way, &write.id, &write.key) {
            (Way::Update, Some(id), key) => {
                body.0.push(("Id", raw(id.as_str().into())?));
                // One that was found and not made gets its key with the first write.
                if let Some(key) = key {
                    body.0.push((self.key_field.as_str(), raw(key.as_str().into())?));
                }
            }
            (Way::Upsert, _, Some(key)) => body.0.push((self.key_field.as_str(), raw(key.as_str().into())?)),
            _ => {}
        }
        for (name, value) in &write.values {
            let name = soql::identifier(name.as_str())?;
            // The key stands there already; a name that came twice would be refused.
            if !body.0.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                let value = self.described.spelled(name, value);
                let json = codec::encode(&value, self.described.shape(name));
                body.0.push((name, json.ok_or_else(|| mistake(PARSER, "a value cannot be written"))?));
            }
        }
        Ok(body)
    }
}

/// A record on its way: in order, because what it is has to stand before what it holds.
pub(super) struct Body<'a>(pub(super) Vec<(&'a str, Box<RawValue>)>);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, json)| (name, json)))
    }
}

const PARSER: &str = "JSON_PARSER_ERROR";

#[derive(Deserialize)]
struct ResultWire {
    id: Option<String>,
    success: bool,
    errors: Option<Vec<RemoteError>>,
}

impl ResultWire {
    fn answer(self, way: Way, write: &Write) -> Answer {
        if self.success {
            let id = self.id.map(Into::into).or_else(|| write.id.clone());
            // A record that was made but is not named has to be looked up.
            return id.map_or(Answer::Doubt, |id| Answer::Done { id, at: None });
        }
        let Some(error) = self.errors.iter().flatten().next() else { return Answer::Doubt };
        let failure = error.failure();
        if gone(way, error, &failure) { Answer::Gone } else { Answer::Refused(failure) }
    }
}

/// Returns whether a refusal says that the record itself is not there. An unknown reference without a field's
/// name is the record's own id: references are not among the values that syncdeck writes.
fn gone(way: Way, error: &RemoteError, failure: &Failure) -> bool {
    if !matches!(way, Way::Update | Way::Delete) {
        return false;
    }
    match &*failure.code {
        "ENTITY_IS_DELETED" | "NOT_FOUND" => true,
        "INVALID_CROSS_REFERENCE_KEY" => error.fields.iter().flatten().next().is_none(),
        _ => false,
    }
}

/// Returns whether one record alone can be the reason that a whole call was refused.
fn of_one_record(failure: &Failure) -> bool {
    const CODES: [&str; 7] = [
        "JSON_PARSER_ERROR",
        "MALFORMED_ID",
        "INVALID_ID_FIELD",
        "MISSING_ARGUMENT",
        "INVALID_CROSS_REFERENCE_KEY",
        "TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET",
        "HTTP_413",
    ];
    CODES.contains(&&*failure.code)
}

fn refused(write: &Write, failure: &Failure) -> Answer {
    let missing = matches!(&*failure.code, "ENTITY_IS_DELETED");
    if missing && write.id.is_some() { Answer::Gone } else { Answer::Refused(failure.clone()) }
}

fn impossible(write: &Write) -> Failure {
    mistake("INVALID_OPERATION", &format!("Salesforce has no way to carry out {}", write.action.name()))
}

fn mistake(code: &str, message: &str) -> Failure {
    Failure::new(Kind::Permanent, Class::Bug, code, message)
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
