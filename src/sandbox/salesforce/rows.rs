//! Single rows: read, create, change, delete, and the same by external id.

use serde_json::{Map, Value as Json, json};

use super::call::{Answer, Handled};
use super::convert::convert;
use super::dml::Writer;
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::rest::Context;
use super::schema::{Object, at};
use super::soql::Node;
use super::store::Row;
use super::value::Value;

impl Context<'_> {
    /// The object named in the path, if the user may read it.
    pub(super) fn object<'o>(&self, org: &'o Org, position: usize) -> Result<&'o Object, Vec<ApiError>> {
        let name = self.segment(position);
        let object = org.store.schema().object(name).filter(|object| org.access(self.user).reads(object));
        object.ok_or_else(|| vec![ApiError::not_found()])
    }

    pub(super) fn writer<'o>(&self, org: &'o mut Org) -> Writer<'o> {
        let header = self.call.header("sforce-duplicate-rule-header").unwrap_or_default();
        let allow_duplicates = header.replace(' ', "").to_ascii_lowercase().contains("allowsave=true");
        let (user, now, injected) = (self.user, self.now, self.call.injected);
        Writer { org, user, now, allow_duplicates, injected, touched: 0 }
    }

    pub(super) fn object_info(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let outline = object.outline(&org.access(self.user), &self.root);
        Ok(Answer::json(200, &json!({ "objectDescribe": outline, "recentItems": [] })))
    }

    pub(super) fn describe(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let answer = org.store.schema().described(object, &org.access(self.user), &self.root);
        Ok(Answer::raw_json(200, answer))
    }

    pub(super) fn row(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let row = Self::row_of(org, object, self.segment(2))?;
        self.render(org, object, row)
    }

    pub(super) fn row_by_value(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let (name, value) = (self.segment(2), self.segment(3));
        if Id::parse(name).is_some() {
            return self.related(org, object);
        }
        let place = self.key_place(org, object, name)?;
        let found = matches(org, object, place, value)?;
        match found.as_slice() {
            [] => Err(vec![ApiError::not_found()]),
            [row] => self.render(org, object, row),
            several => Ok(self.ambiguous(object, several)),
        }
    }

    /// A parent or the children of a row, by relationship name.
    fn related(&self, org: &Org, object: &Object) -> Handled {
        let row = Self::row_of(org, object, self.segment(2))?;
        if let Some(lookup) = object.relationship(self.segment(3)) {
            let parent = row.get(lookup).as_id().and_then(|id| org.store.find(id));
            let (parent_object, _, parent) = parent.ok_or_else(|| vec![ApiError::not_found()])?;
            return self.render(org, parent_object, parent);
        }
        let wanted = self.segment(3);
        let child = org.store.schema().children(object).find(|child| {
            let field = child.object.field(child.field);
            field.is_some_and(|field| {
                !field.children.is_empty() && field.children.eq_ignore_ascii_case(wanted)
            })
        });
        let child = child.ok_or_else(|| vec![ApiError::not_found()])?;
        let lookup = child.object.field(child.field).map_or("", |field| field.name);
        let text = format!(
            "SELECT FIELDS(ALL) FROM {} WHERE {lookup} = '{}' LIMIT 200",
            child.object.name,
            row.id()
        );
        self.run_text(org, &text, false)
    }

    fn render(&self, org: &Org, object: &Object, row: &Row) -> Handled {
        let access = org.access(self.user);
        let node = match self.call.parameter("fields") {
            Some(fields) => Node::of_fields(object, &self.places(org, object, fields.split(','))?),
            None => Node::all_fields(object, |place| access.sees(object, place)),
        };
        let mut body = Vec::with_capacity(1024);
        node.write(&mut body, &org.store, &self.root, row);
        Ok(Answer::raw_json(200, body))
    }

    /// The places of named fields, each of which the user must see.
    pub(super) fn places<'n>(
        &self,
        org: &Org,
        object: &Object,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Vec<usize>, Vec<ApiError>> {
        let access = org.access(self.user);
        let mut places = Vec::new();
        for name in names.map(str::trim).filter(|name| !name.is_empty()) {
            let place = object.place(name).filter(|place| access.sees(object, *place));
            let place = place.ok_or_else(|| vec![ApiError::no_column(name, object.name)])?;
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ok(places)
    }

    fn row_of<'o>(org: &'o Org, object: &Object, id: &str) -> Result<&'o Row, Vec<ApiError>> {
        let id = row_id(object, id)?;
        let found = org.store.find(id).map(|(_, _, row)| row);
        match found {
            Some(row) if row.is_deleted() => Err(vec![ApiError::deleted()]),
            Some(row) => Ok(row),
            None => Err(vec![ApiError::not_found()]),
        }
    }

    pub(super) fn create(&self, org: &mut Org) -> Handled {
        let schema = org.store.schema().clone();
        let object = schema.object(self.segment(1)).ok_or_else(|| vec![ApiError::not_found()])?;
        self.object(org, 1)?;
        let body = self.body_object()?;
        let id = self.writer(org).create(object, &body)?;
        Ok(self.created(object, id, &json!({ "id": id.as_str(), "success": true, "errors": [] })))
    }

    fn created(&self, object: &Object, id: Id, body: &Json) -> Answer {
        Answer::json(201, body).with("location", &format!("{}/sobjects/{}/{id}", self.root, object.name))
    }

    pub(super) fn update(&self, org: &mut Org) -> Handled {
        let id = self.target(org)?;
        let body = self.body_object()?;
        if body.keys().any(|key| key.eq_ignore_ascii_case("id")) {
            let message = "The Id field should not be specified in the sobject data.";
            return Err(vec![ApiError::row("INVALID_FIELD", message, &["Id"])]);
        }
        self.writer(org).update(id, &body)?;
        Ok(Answer::empty(204))
    }

    pub(super) fn delete(&self, org: &mut Org) -> Handled {
        let id = self.target(org)?;
        self.writer(org).delete(id)?;
        Ok(Answer::empty(204))
    }

    /// The id in the path, of a row that exists.
    fn target(&self, org: &Org) -> Result<Id, Vec<ApiError>> {
        let object = self.object(org, 1)?;
        let row = Self::row_of(org, object, self.segment(2))?;
        Ok(row.id())
    }

    pub(super) fn delete_by_value(&self, org: &mut Org) -> Handled {
        let object = self.object(org, 1)?;
        let place = self.key_place(org, object, self.segment(2))?;
        let ids: Vec<Id> = matches(org, object, place, self.segment(3))?.iter().map(|row| row.id()).collect();
        match ids.as_slice() {
            [] => Err(vec![ApiError::not_found()]),
            [id] => {
                self.writer(org).delete(*id)?;
                Ok(Answer::empty(204))
            }
            _ => Err(vec![ApiError::row(
                "DUPLICATE_EXTERNAL_ID",
                "more than one record found for external id field",
                &[],
            )]),
        }
    }

    pub(super) fn upsert(&self, org: &mut Org) -> Handled {
        let schema = org.store.schema().clone();
        let object = self.object(org, 1)?;
        let object = schema.at(object.number).ok_or_else(|| vec![ApiError::not_found()])?;
        let place = self.key_place(org, object, self.segment(2))?;
        let body = self.body_object()?;
        let found = matches(org, object, place, self.segment(3))?;
        if found.len() > 1 {
            return Ok(self.ambiguous(object, &found));
        }
        if found.is_empty() && self.call.parameter("updateOnly") == Some("true") {
            return Err(vec![ApiError::not_found()]);
        }
        let value = Json::String(self.segment(3).to_owned());
        let (id, created) = self.writer(org).upsert(object, place, &value, body)?;
        let result = json!({ "id": id.as_str(), "success": true, "errors": [], "created": created });
        Ok(match (created, self.version) {
            (true, 46..) => self.created(object, id, &result),
            (true, _) => {
                self.created(object, id, &json!({ "id": id.as_str(), "success": true, "errors": [] }))
            }
            (false, 46..) => Answer::json(200, &result),
            (false, _) => Answer::empty(204),
        })
    }

    /// The place of a field by which rows can be addressed.
    pub(super) fn key_place(&self, org: &Org, object: &Object, name: &str) -> Result<usize, Vec<ApiError>> {
        let access = org.access(self.user);
        let place = object.place(name).filter(|place| access.sees(object, *place));
        let usable = place.filter(|place| {
            *place == at::ID || object.field(*place).is_some_and(|field| field.external || field.unique)
        });
        usable.ok_or_else(|| {
            let message = format!("Provided external ID field does not exist or is not accessible: {name}");
            vec![ApiError::new(404, "NOT_FOUND", message)]
        })
    }

    /// The body as an object of fields.
    fn body_object(&self) -> Result<Map<String, Json>, Vec<ApiError>> {
        match self.call.json().map_err(|error| vec![error])? {
            Json::Object(map) => Ok(map),
            other => {
                let token = if other.is_array() { "START_ARRAY" } else { "VALUE_STRING" };
                let message =
                    format!("Can not deserialize SObject out of {token} token at [line:1, column:1]");
                Err(vec![ApiError::json(message)])
            }
        }
    }

    fn ambiguous(&self, object: &Object, rows: &[&Row]) -> Answer {
        let urls: Vec<String> =
            rows.iter().map(|row| format!("{}/sobjects/{}/{}", self.root, object.name, row.id())).collect();
        Answer::json(300, &json!(urls))
    }
}

impl Writer<'_> {
    /// Updates the row with this key, or creates it; tells which of the two it was.
    pub(super) fn upsert(
        &mut self,
        object: &Object,
        place: usize,
        key: &Json,
        mut body: Map<String, Json>,
    ) -> Result<(Id, bool), Vec<ApiError>> {
        let field = object.field(place).ok_or_else(|| vec![ApiError::not_found()])?;
        let value = convert(field, key).map_err(|error| vec![error])?;
        body.retain(|key, _| !key.eq_ignore_ascii_case(field.name));
        if value.is_null() {
            if place == at::ID {
                return self.create(object, &body).map(|id| (id, true));
            }
            let message = format!("{} not specified", field.name);
            return Err(vec![ApiError::row("MISSING_ARGUMENT", message, &[field.name])]);
        }
        let found: Vec<Id> = match value.as_id() {
            Some(id) if place == at::ID => vec![id],
            _ => live(self.org, object, place, &value).iter().map(|row| row.id()).collect(),
        };
        match found.as_slice() {
            [id] => self.update(*id, &body).map(|()| (*id, false)),
            [] => {
                body.insert(field.name.to_owned(), key.clone());
                self.create(object, &body).map(|id| (id, true))
            }
            _ => {
                let message = "more than one record found for external id field";
                Err(vec![ApiError::row("DUPLICATE_EXTERNAL_ID", message, &[field.name])])
            }
        }
    }
}

/// Reads the id of a row of this object.
fn row_id(object: &Object, text: &str) -> Result<Id, Vec<ApiError>> {
    match Id::parse(text) {
        Some(id) if id.prefix() == object.prefix => Ok(id),
        None if matches!(text.len(), 15 | 18) => {
            Err(vec![ApiError::row("MALFORMED_ID", format!("malformed id {text}"), &[])])
        }
        _ => Err(vec![ApiError::not_found()]),
    }
}

/// The live rows with this key.
fn matches<'o>(
    org: &'o Org,
    object: &Object,
    place: usize,
    key: &str,
) -> Result<Vec<&'o Row>, Vec<ApiError>> {
    let field = object.field(place).ok_or_else(|| vec![ApiError::not_found()])?;
    let value = convert(field, &Json::String(key.to_owned())).map_err(|error| vec![error])?;
    if place == at::ID {
        let row = value.as_id().and_then(|id| org.store.find(id)).map(|(_, _, row)| row);
        return Ok(row.into_iter().filter(|row| !row.is_deleted()).collect());
    }
    Ok(live(org, object, place, &value))
}

fn live<'o>(org: &'o Org, object: &Object, place: usize, value: &Value) -> Vec<&'o Row> {
    let Some(table) = org.store.table(object) else { return Vec::new() };
    let slots = table.with(place, value).unwrap_or_default();
    slots.iter().filter_map(|slot| table.row(*slot)).filter(|row| !row.is_deleted()).collect()
}
