//! Writing rows: what the org checks, what it fills in, and what it takes along.

use serde_json::{Map, Value as Json};

use super::calendar::civil;
use super::convert::convert;
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::schema::{Kind, Object, Preset, at};
use super::store::Row;
use super::value::Value;
use crate::sandbox::system::Injected;

/// One user's writing hand.
pub(super) struct Writer<'a> {
    pub(super) org: &'a mut Org,
    pub(super) user: Id,
    pub(super) now: i64,
    /// The duplicate rule header allows saving.
    pub(super) allow_duplicates: bool,
    pub(super) injected: Option<Injected>,
    /// Rows touched so far by this request.
    pub(super) touched: usize,
}

/// What went wrong with a row; never empty.
pub(super) type Refused = Vec<ApiError>;

/// Whether a condemned request is condemned as a whole.
pub(super) fn is_malformed(errors: &[ApiError]) -> bool {
    errors.iter().any(|error| {
        error.code == "JSON_PARSER_ERROR"
            || (error.code == "INVALID_FIELD" && error.message.starts_with("No such column"))
    })
}

impl Writer<'_> {
    /// Creates a row.
    pub(super) fn create(&mut self, object: &Object, given: &Map<String, Json>) -> Result<Id, Refused> {
        let access = self.org.access(self.user);
        if !object.writable || !access.of(object).create {
            return Err(vec![no_access()]);
        }
        let mut row = Row::new(vec![Value::Null; object.fields.len()]);
        for (place, field) in object.fields.iter().enumerate() {
            row.set(
                place,
                match field.preset {
                    Preset::None => Value::Null,
                    Preset::False => Value::Bool(false),
                    Preset::True => Value::Bool(true),
                    Preset::Text(text) => Value::text(text),
                    Preset::Creator => Value::Id(self.user),
                },
            );
        }
        let id = self.org.store.next_id(object);
        row.set(at::ID, Value::Id(id));
        for (place, value) in [
            (at::IS_DELETED, Value::Bool(false)),
            (at::CREATED, Value::Moment(self.now)),
            (at::CREATED_BY, Value::Id(self.user)),
        ] {
            row.set(place, value);
        }
        let mut errors = self.fill(object, &mut row, given, true);
        self.place(object, &mut row, given, &mut errors);
        let missing: Vec<&str> =
            required(object).filter(|(place, _)| row.get(*place).is_null()).map(|(_, name)| name).collect();
        if !missing.is_empty() && errors.is_empty() {
            let message = format!("Required fields are missing: [{}]", missing.join(", "));
            errors.push(ApiError::row("REQUIRED_FIELD_MISSING", message, &missing));
        }
        self.finish(object, &mut row, errors, None)?;
        self.org.store.insert(object, row);
        Ok(id)
    }

    /// Changes a row; only the given fields change.
    pub(super) fn update(&mut self, id: Id, given: &Map<String, Json>) -> Result<(), Refused> {
        let schema = self.org.store.schema().clone();
        let access = self.org.access(self.user);
        let Some((number, slot, row)) =
            self.org.store.find(id).map(|(object, slot, row)| (object.number, slot, row))
        else {
            return Err(vec![missing_row()]);
        };
        let Some(object) = schema.at(number) else { return Err(vec![missing_row()]) };
        if row.is_deleted() {
            return Err(vec![ApiError::deleted()]);
        }
        if !object.writable || !access.of(object).edit {
            return Err(vec![no_access()]);
        }
        if object.name == "Lead" && object.place("IsConverted").is_some_and(|place| row.get(place).as_bool())
        {
            let message = "cannot reference converted lead";
            return Err(vec![ApiError::row("CANNOT_UPDATE_CONVERTED_LEAD", message, &[])]);
        }
        let mut row = row.clone();
        let mut errors = self.fill(object, &mut row, given, false);
        self.place(object, &mut row, given, &mut errors);
        let missing: Vec<&str> =
            required(object).filter(|(place, _)| row.get(*place).is_null()).map(|(_, name)| name).collect();
        let cleared: Vec<&str> = missing
            .into_iter()
            .filter(|name| given.keys().any(|key| key.eq_ignore_ascii_case(name)))
            .collect();
        if !cleared.is_empty() && errors.is_empty() {
            let message = format!("Required fields are missing: [{}]", cleared.join(", "));
            errors.push(ApiError::row("REQUIRED_FIELD_MISSING", message, &cleared));
        }
        self.finish(object, &mut row, errors, Some(id))?;
        self.org.store.replace(object, slot, row);
        Ok(())
    }

    /// Moves a row to the recycle bin, with what hangs on it.
    pub(super) fn delete(&mut self, id: Id) -> Result<(), Refused> {
        let schema = self.org.store.schema().clone();
        let Some((number, slot, row)) =
            self.org.store.find(id).map(|(object, slot, row)| (object.number, slot, row.clone()))
        else {
            return Err(vec![missing_row()]);
        };
        let Some(object) = schema.at(number) else { return Err(vec![missing_row()]) };
        if row.is_deleted() {
            return Err(vec![ApiError::deleted()]);
        }
        if !object.deletable {
            let message = format!("entity type cannot be deleted: {}", object.label);
            return Err(vec![ApiError::row("INVALID_TYPE_FOR_OPERATION", message, &[])]);
        }
        if !self.org.access(self.user).of(object).delete {
            return Err(vec![no_access()]);
        }
        if let Some(error) = self.strike(id) {
            return Err(vec![error]);
        }
        self.bin(object, slot, row, true);
        let parent = Value::Id(id);
        for child in schema.children(object) {
            let Some(field) = child.object.field(child.field).filter(|field| field.indexed) else { continue };
            let table = self.org.store.table(child.object);
            let slots = table.and_then(|table| table.with(child.field, &parent)).unwrap_or_default().to_vec();
            for slot in slots {
                let Some(mut row) = self.org.store.row(child.object, slot).cloned() else { continue };
                if row.is_deleted() {
                    continue;
                }
                if field.cascade {
                    self.bin(child.object, slot, row, true);
                } else {
                    row.set(child.field, Value::Null);
                    self.org.store.replace(child.object, slot, row);
                }
            }
        }
        Ok(())
    }

    /// Deletes a row past the recycle bin.
    pub(super) fn hard_delete(&mut self, id: Id) -> Result<(), Refused> {
        self.delete(id)?;
        self.purge(id)
    }

    /// Removes a row from the recycle bin for good.
    pub(super) fn purge(&mut self, id: Id) -> Result<(), Refused> {
        let schema = self.org.store.schema().clone();
        let found = self.org.store.find(id).map(|(object, slot, row)| (object.number, slot, row.clone()));
        let found = found.filter(|(.., row)| row.is_deleted());
        let known = found.and_then(|(number, slot, row)| Some((schema.at(number)?, slot, row)));
        let (object, slot, mut row) = known.ok_or_else(|| vec![missing_row()])?;
        row.purged = true;
        self.org.store.replace(object, slot, row);
        Ok(())
    }

    /// Takes a row back from the recycle bin, with what went along.
    pub(super) fn undelete(&mut self, id: Id) -> Result<(), Refused> {
        let schema = self.org.store.schema().clone();
        let found = self.org.store.find(id).map(|(object, slot, row)| (object.number, slot, row.clone()));
        let Some((number, slot, row)) = found.filter(|(.., row)| row.is_deleted()) else {
            return Err(vec![missing_row()]);
        };
        let Some(object) = schema.at(number) else { return Err(vec![missing_row()]) };
        let gone = row.stamp();
        self.bin(object, slot, row, false);
        for child in schema.children(object) {
            if !child.object.field(child.field).is_some_and(|field| field.cascade) {
                continue;
            }
            let table = self.org.store.table(child.object);
            let slots =
                table.and_then(|table| table.with(child.field, &Value::Id(id))).unwrap_or_default().to_vec();
            for slot in slots {
                let row = self.org.store.row(child.object, slot).cloned();
                if let Some(row) = row.filter(|row| row.is_deleted() && row.stamp() == gone) {
                    self.bin(child.object, slot, row, false);
                }
            }
        }
        Ok(())
    }

    pub(super) fn bin(&mut self, object: &Object, slot: u32, mut row: Row, deleted: bool) {
        row.set(at::IS_DELETED, Value::Bool(deleted));
        self.touch(&mut row);
        self.org.store.replace(object, slot, row);
    }

    pub(super) fn touch(&self, row: &mut Row) {
        row.set(at::MODIFIED, Value::Moment(self.now));
        row.set(at::MODIFIED_BY, Value::Id(self.user));
        row.set(at::STAMP, Value::Moment(self.now));
    }

    /// Keeps names and codes of states and countries in step, where the org has picklists for them.
    fn place(&self, object: &Object, row: &mut Row, given: &Map<String, Json>, errors: &mut Refused) {
        if self.org.settings.address_picklists && errors.is_empty() {
            *errors = super::addresses::keep_in_step(object, row, given);
        }
    }

    /// Puts the given values into the row; returns what is wrong with them.
    fn fill(&mut self, object: &Object, row: &mut Row, given: &Map<String, Json>, creating: bool) -> Refused {
        let access = self.org.access(self.user);
        let mut errors = Vec::new();
        let mut refused = Vec::new();
        for (key, value) in given {
            if key == "attributes" || (!creating && key.eq_ignore_ascii_case("id")) {
                continue;
            }
            if let (Some(place), Json::Object(by)) = (object.relationship(key), value) {
                match self.by_external_id(object, place, by) {
                    Ok(id) => row.set(place, Value::Id(id)),
                    Err(error) => errors.push(error),
                }
                continue;
            }
            let Some(place) = object.place(key).filter(|place| access.sees(object, *place)) else {
                let message = format!("No such column '{key}' on sobject of type {}", object.name);
                errors.push(ApiError::new(400, "INVALID_FIELD", message));
                continue;
            };
            let Some(field) = object.field(place) else { continue };
            let settable = if creating { field.create } else { field.update };
            if !settable || !access.edits(object, place) {
                refused.push(field.name);
                continue;
            }
            match convert(field, value).and_then(|value| self.reference(object, place, value)) {
                Ok(value) => row.set(place, value),
                Err(error) => errors.push(error),
            }
        }
        if !refused.is_empty() {
            let message = format!(
                "Unable to create/update fields: {}. Please check the security settings of this field and verify that \
                 it is read/write for your profile or permission set.",
                refused.join(", ")
            );
            errors.push(ApiError::row("INVALID_FIELD_FOR_INSERT_UPDATE", message, &refused));
        }
        errors
    }

    /// Checks what a lookup points at.
    fn reference(&self, object: &Object, place: usize, value: Value) -> Result<Value, ApiError> {
        let (Some(field), Some(id)) = (object.field(place), value.as_id()) else { return Ok(value) };
        if field.kind != Kind::Reference {
            return Ok(value);
        }
        let target = self.org.store.schema().with_prefix(id.prefix());
        if !target.is_some_and(|target| field.targets.contains(&target.name)) {
            let message = format!("{}: id value of incorrect type: {id}", field.label);
            return Err(ApiError::row("MALFORMED_ID", message, &[field.name]));
        }
        let Some((_, _, row)) = self.org.store.find(id) else {
            let message = "invalid cross reference id";
            return Err(ApiError::row("INVALID_CROSS_REFERENCE_KEY", message, &[]));
        };
        if row.is_deleted() {
            return Err(ApiError::row("ENTITY_IS_DELETED", "entity is deleted", &[field.name]));
        }
        if field.name == "OwnerId" && !self.org.is_active(id) {
            let message = format!(
                "operation performed with inactive user [{}] as owner of {}",
                id.short(),
                object.label.to_lowercase()
            );
            return Err(ApiError::row("INACTIVE_OWNER_OR_USER", message, &["OwnerId"]));
        }
        Ok(value)
    }

    /// Finds a parent by `{"External_Id__c": "x"}`.
    fn by_external_id(&self, object: &Object, place: usize, by: &Map<String, Json>) -> Result<Id, ApiError> {
        let target = object.field(place).and_then(|field| field.targets.first());
        let target = target.and_then(|target| self.org.store.schema().object(target));
        let key = by.iter().find(|(key, _)| *key != "attributes");
        let (Some(target), Some((name, value))) = (target, key) else { return Err(ApiError::not_found()) };
        let known = target.place(name).and_then(|place| Some((place, target.field(place)?)));
        let Some((known, field)) = known.filter(|(_, field)| field.external || field.unique) else {
            let message = format!("{name} is not an External ID or indexed field for {}", target.name);
            return Err(ApiError::new(400, "INVALID_FIELD", message));
        };
        let value = convert(field, value)?;
        let slots =
            self.org.store.table(target).and_then(|table| table.with(known, &value)).unwrap_or_default();
        let live =
            slots.iter().filter_map(|slot| self.org.store.row(target, *slot)).find(|row| !row.is_deleted());
        live.map(Row::id).ok_or_else(|| {
            let shown = value.as_text().unwrap_or_default();
            let message = format!(
                "Foreign key external ID: {shown} not found for field {} in entity {}",
                field.name, target.name
            );
            ApiError::row("INVALID_FIELD", message, &[])
        })
    }

    /// Everything that looks at the whole row, just before it is stored.
    fn finish(
        &mut self,
        object: &Object,
        row: &mut Row,
        mut errors: Refused,
        known: Option<Id>,
    ) -> Result<(), Refused> {
        if errors.is_empty()
            && let Some(error) = self.strike(known.unwrap_or_else(|| row.id()))
        {
            errors.push(error);
        }
        if errors.is_empty() {
            errors = self.duplicates(object, row);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        derive(object, row, self.org.store.table(object).map_or(0, super::store::Table::len));
        let broken = self.org.broken_rules(object, row);
        if !broken.is_empty() {
            return Err(broken);
        }
        self.touch(row);
        Ok(())
    }

    /// Injected faults on single rows: all are locked, or every other one fails.
    fn strike(&mut self, id: Id) -> Option<ApiError> {
        self.touched += 1;
        match self.injected? {
            Injected::Lock => Some(ApiError::locked(id.as_str())),
            Injected::Partial if self.touched.is_multiple_of(2) => Some(ApiError::locked(id.as_str())),
            Injected::Partial => None,
        }
    }

    fn duplicates(&self, object: &Object, row: &Row) -> Refused {
        let Some(table) = self.org.store.table(object) else { return Vec::new() };
        let own = row.id();
        let twin = |place: usize| {
            let value = Some(row.get(place)).filter(|value| !value.is_null())?;
            let rows = table.with(place, value)?.iter().filter_map(|slot| table.row(*slot));
            rows.filter(|other| other.id() != own).find(|other| !other.is_deleted())
        };
        for place in &object.indexed {
            let Some(field) = object.field(*place).filter(|field| field.unique) else { continue };
            if let Some(other) = twin(*place) {
                let short = other.id();
                let message = format!(
                    "duplicate value found: {} duplicates value on record with id: {}",
                    field.name,
                    short.short()
                );
                return vec![ApiError::row("DUPLICATE_VALUE", message, &[])];
            }
        }
        let Some(overridable) = self.org.settings.duplicates.get(object.name) else { return Vec::new() };
        let matched = object.place("Email").or_else(|| object.place("Name")).and_then(twin);
        match matched {
            Some(_) if self.allow_duplicates && *overridable => Vec::new(),
            Some(other) => vec![ApiError::duplicate(object.name, other.id().as_str(), *overridable)],
            None => Vec::new(),
        }
    }
}

fn no_access() -> ApiError {
    ApiError::row("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", &[])
        .with_status(403)
}

fn missing_row() -> ApiError {
    ApiError::row("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", &[])
}

fn required(object: &Object) -> impl Iterator<Item = (usize, &'static str)> {
    let needed = object.fields.iter().enumerate().filter(|(_, field)| {
        !field.nillable && field.create && field.kind != Kind::Boolean && field.kind != Kind::Id
    });
    needed.map(|(place, field)| (place, field.name))
}

/// Fills in what follows from other fields.
pub(super) fn derive(object: &Object, row: &mut Row, number: u32) {
    let get =
        |row: &Row, name: &str| object.place(name).map(|place| row.get(place).clone()).unwrap_or_default();
    let put = |row: &mut Row, name: &str, value: Value| {
        if let Some(place) = object.place(name) {
            row.set(place, value);
        }
    };
    match object.name {
        "Lead" | "Contact" | "User" => {
            let parts = [get(row, "FirstName"), get(row, "LastName")];
            let name = parts.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(" ");
            put(row, "Name", Value::text(&name));
        }
        "Opportunity" => {
            let stage = get(row, "StageName");
            let (closed, won, probability, category, shown) = stage_of(stage.as_text().unwrap_or_default());
            put(row, "IsClosed", Value::Bool(closed));
            put(row, "IsWon", Value::Bool(won));
            if get(row, "Probability").is_null() || closed {
                put(row, "Probability", Value::Number(probability));
            }
            put(row, "ForecastCategory", Value::text(category));
            if get(row, "ForecastCategoryName").is_null() || closed {
                put(row, "ForecastCategoryName", Value::text(shown));
            }
            if let (Value::Number(amount), Value::Number(chance)) =
                (get(row, "Amount"), get(row, "Probability"))
            {
                put(row, "ExpectedRevenue", Value::Number((amount * chance).round() / 100.0));
            }
            if let Value::Day(day) = get(row, "CloseDate") {
                let (year, month, _) = civil(day);
                let quarter = (month - 1) / 3 + 1;
                put(row, "FiscalYear", Value::Number(year as f64));
                put(row, "FiscalQuarter", Value::Number(quarter as f64));
                put(row, "Fiscal", Value::text(&format!("{year} {quarter}")));
            }
        }
        "Subscription__c" => {
            if get(row, "Number__c").is_null() {
                put(row, "Number__c", Value::text(&format!("SUB-{:06}", number + 1)));
            }
            let value = match (get(row, "Seats__c"), get(row, "Price__c")) {
                (Value::Number(seats), Value::Number(price)) => Value::Number(seats * price),
                _ => Value::Null,
            };
            put(row, "Value__c", value);
        }
        _ => {}
    }
}

/// Closed, won, probability, forecast category and its label.
fn stage_of(stage: &str) -> (bool, bool, f64, &'static str, &'static str) {
    match stage {
        "Closed Won" => (true, true, 100.0, "Closed", "Closed"),
        "Closed Lost" => (true, false, 0.0, "Omitted", "Omitted"),
        "Negotiation/Review" => (false, false, 90.0, "Forecast", "Commit"),
        "Proposal/Price Quote" => (false, false, 75.0, "BestCase", "Best Case"),
        "Perception Analysis" => (false, false, 70.0, "BestCase", "Best Case"),
        "Id. Decision Makers" => (false, false, 60.0, "Pipeline", "Pipeline"),
        "Value Proposition" => (false, false, 50.0, "Pipeline", "Pipeline"),
        "Needs Analysis" => (false, false, 20.0, "Pipeline", "Pipeline"),
        _ => (false, false, 10.0, "Pipeline", "Pipeline"),
    }
}
