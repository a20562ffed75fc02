//! Up to 200 rows in one call.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};

use super::call::{Answer, Handled};
use super::dml::{Refused, Writer, is_malformed};
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::rest::Context;
use super::soql::Node;

/// The most rows of a call that writes.
const MOST: usize = 200;

/// The most rows of a call that reads.
const MOST_READ: usize = 2000;

/// The most runs of one object after another.
const CHUNKS: usize = 10;

/// What became of one row: its id, and whether an upsert created it.
type Outcome = Result<(Id, Option<bool>), Refused>;

impl Context<'_> {
    pub(super) fn create_many(&self, org: &mut Org) -> Handled {
        let (records, all_or_none) = self.records(org, None)?;
        let schema = org.store.schema().clone();
        self.each(org, records, all_or_none, |writer, record| {
            let name = type_of(&record).unwrap_or_default();
            let object = schema.object(&name).ok_or_else(|| vec![ApiError::no_type(&name)])?;
            writer.create(object, &record).map(|id| (id, None))
        })
    }

    pub(super) fn update_many(&self, org: &mut Org) -> Handled {
        let (records, all_or_none) = self.records(org, None)?;
        let schema = org.store.schema().clone();
        self.each(org, records, all_or_none, |writer, mut record| {
            let key = record.keys().find(|key| key.eq_ignore_ascii_case("id")).cloned();
            let id = key.and_then(|key| record.remove(&key));
            let text = id.as_ref().and_then(Json::as_str).unwrap_or_default();
            if text.is_empty() {
                return Err(vec![ApiError::row(
                    "MISSING_ARGUMENT",
                    "Id not specified in an update call",
                    &["Id"],
                )]);
            }
            let name = type_of(&record).unwrap_or_default();
            let prefix = schema.object(&name).map_or("", |object| object.prefix);
            let id = Id::parse(text).filter(|id| id.prefix() == prefix);
            let id = id.ok_or_else(|| vec![malformed_id(text)])?;
            writer.update(id, &record).map(|()| (id, None))
        })
    }

    pub(super) fn upsert_many(&self, org: &mut Org) -> Handled {
        let schema = org.store.schema().clone();
        let number = self.object(org, 2)?.number;
        let object = schema.at(number).ok_or_else(|| vec![ApiError::not_found()])?;
        let place = self.key_place(org, object, self.segment(3))?;
        let (records, all_or_none) = self.records(org, Some(object.name))?;
        let field = object.field(place).map_or("", |field| field.name);
        let mut seen = HashSet::new();
        self.each(org, records, all_or_none, |writer, record| {
            let key = record
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(field))
                .map(|(_, value)| value.clone());
            let key = key.unwrap_or(Json::Null);
            if !key.is_null() && !seen.insert(key.to_string().to_lowercase()) {
                let shown = key.as_str().unwrap_or_default();
                let message = format!("Duplicate external id specified: {shown}");
                return Err(vec![ApiError::row("DUPLICATE_VALUE", message, &[field])]);
            }
            writer.upsert(object, place, &key, record).map(|(id, created)| (id, Some(created)))
        })
    }

    pub(super) fn delete_many(&self, org: &mut Org) -> Handled {
        let ids = self.call.parameter("ids").unwrap_or_default();
        let ids: Vec<String> =
            ids.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
        if ids.is_empty() {
            return Err(vec![ApiError::new(400, "MISSING_ARGUMENT", "ids parameter is required")]);
        }
        check_count(ids.len())?;
        let all_or_none =
            self.call.parameter("allOrNone").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        self.each(org, ids, all_or_none, |writer, text| {
            let id = Id::parse(&text).ok_or_else(|| vec![malformed_id(&text)])?;
            writer.delete(id).map(|()| (id, None))
        })
    }

    /// Reads rows by id, with nothing in the place of a miss.
    pub(super) fn retrieve(&self, org: &Org) -> Handled {
        let object = self.object(org, 2)?;
        let (ids, fields) = if self.call.method == "GET" {
            let list = |name: &str| -> Vec<String> {
                let text = self.call.parameter(name).unwrap_or_default();
                text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
            };
            (list("ids"), list("fields"))
        } else {
            let body = self.call.json().map_err(|error| vec![error])?;
            let list = |name: &str| -> Vec<String> {
                let list = body.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
                list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
            };
            (list("ids"), list("fields"))
        };
        if ids.is_empty() || fields.is_empty() {
            let missing = if ids.is_empty() { "ids" } else { "fields" };
            return Err(vec![ApiError::new(
                400,
                "MISSING_ARGUMENT",
                format!("{missing} parameter is required"),
            )]);
        }
        if ids.len() > MOST_READ {
            return Err(vec![ApiError::new(
                400,
                "EXCEEDED_ID_LIMIT",
                "too many ids: at most 2000 are allowed",
            )]);
        }
        let node = Node::of_fields(object, &self.places(org, object, fields.iter().map(String::as_str))?);
        let mut body = vec![b'['];
        for (position, id) in ids.iter().enumerate() {
            if position > 0 {
                body.push(b',');
            }
            let id = Id::parse(id).ok_or_else(|| vec![malformed_id(id)])?;
            let row =
                org.store.find(id).filter(|(of, _, row)| of.number == object.number && !row.is_deleted());
            match row {
                Some((_, _, row)) => node.write(&mut body, &org.store, &self.root, row),
                None => body.extend_from_slice(b"null"),
            }
        }
        body.push(b']');
        Ok(Answer::raw_json(200, body))
    }

    /// The records of the body; a wrong shape condemns the whole request.
    fn records(&self, org: &Org, of: Option<&str>) -> Result<(Vec<Map<String, Json>>, bool), Refused> {
        let body = self.call.json().map_err(|error| vec![error])?;
        let Some(list) = body.get("records").and_then(Json::as_array) else {
            return Err(vec![ApiError::json("Missing required field: records at [line:1, column:1]")]);
        };
        check_count(list.len())?;
        let mut records = Vec::with_capacity(list.len());
        let mut chunks = 0;
        let mut previous = "";
        for record in list {
            let Some(record) = record.as_object() else {
                return Err(vec![ApiError::json("Cannot deserialize SObject at [line:1, column:1]")]);
            };
            let Some(name) = type_of(record) else {
                let message = "Cannot deserialize SObject: attributes.type is missing at [line:1, column:1]";
                return Err(vec![ApiError::json(message)]);
            };
            let known = org.store.schema().object(&name).filter(|object| org.access(self.user).reads(object));
            let known = known.ok_or_else(|| vec![ApiError::no_type(&name)])?;
            if of.is_some_and(|of| of != known.name) {
                return Err(vec![ApiError::no_type(&name)]);
            }
            chunks += usize::from(previous != known.name);
            previous = known.name;
            records.push(record.clone());
        }
        if chunks > CHUNKS {
            let message = "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce \
                           chunking.";
            return Err(vec![ApiError::new(400, "LIMIT_EXCEEDED", message)]);
        }
        Ok((records, body.get("allOrNone").and_then(Json::as_bool).unwrap_or(false)))
    }

    /// Works on each item of a batch and answers what became of each.
    fn each<T>(
        &self,
        org: &mut Org,
        items: Vec<T>,
        all_or_none: bool,
        mut work: impl FnMut(&mut Writer<'_>, T) -> Outcome,
    ) -> Handled {
        let outer = org.store.in_transaction();
        if !outer {
            org.store.begin();
        }
        let start = org.store.mark();
        let mut writer = self.writer(org);
        let mut outcomes = Vec::with_capacity(items.len());
        for item in items {
            let mark = writer.org.store.mark();
            let outcome = work(&mut writer, item);
            if let Err(errors) = &outcome {
                writer.org.store.back_to(mark);
                // A field or value that cannot be read is found before any row is touched.
                if is_malformed(errors) {
                    let errors = errors.clone();
                    writer.org.store.back_to(start);
                    if !outer {
                        org.store.commit();
                    }
                    return Err(errors);
                }
            }
            outcomes.push(outcome);
        }
        if all_or_none && outcomes.iter().any(Result::is_err) {
            org.store.back_to(start);
            for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_ok()) {
                *outcome = Err(vec![ApiError::rolled_back()]);
            }
        }
        if !outer {
            org.store.commit();
        }
        let rows: Vec<Json> = outcomes.iter().map(row).collect();
        Ok(Answer::json(200, &Json::Array(rows)))
    }
}

fn row(outcome: &Outcome) -> Json {
    match outcome {
        Ok((id, None)) => json!({ "id": id.as_str(), "success": true, "errors": [] }),
        Ok((id, Some(created))) => {
            json!({ "id": id.as_str(), "success": true, "errors": [], "created": created })
        }
        Err(errors) => {
            let errors: Vec<Json> = errors.iter().map(ApiError::in_result).collect();
            json!({ "success": false, "errors": errors })
        }
    }
}

fn type_of(record: &Map<String, Json>) -> Option<String> {
    record.get("attributes")?.get("type")?.as_str().map(str::to_owned)
}

fn malformed_id(text: &str) -> ApiError {
    ApiError::row("MALFORMED_ID", format!("malformed id {text}"), &[])
}

fn check_count(count: usize) -> Result<(), Refused> {
    if count <= MOST {
        return Ok(());
    }
    let message = "record limit reached. cannot submit more than 200 records into this call";
    Err(vec![ApiError::new(400, "EXCEEDED_ID_LIMIT", message)])
}
