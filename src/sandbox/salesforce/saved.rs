//! The org's state in a file: rows as arrays, in the order of the schema.

use serde_json::{Map, Value as Json, json};

use super::access::Access;
use super::calendar;
use super::gate;
use super::ids::Id;
use super::org::{Org, Settings};
use super::schema::{Kind, Object};
use super::server::{Inner, Tokens};
use super::store::Row;
use super::value::Value;

/// The form of the file.
const FORM: u64 = 1;

impl Inner {
    /// Everything that survives a restart.
    pub(super) fn save(&self) -> Json {
        let now = self.now();
        let meter = self.meter().save(now);
        let tokens = self.tokens().clone();
        let gate = json!(self.gate().save());
        let org = self.read();
        let mut tables = Map::new();
        for object in org.store.schema().objects() {
            let fields: Vec<&str> = object.fields.iter().map(|field| field.name).collect();
            let rows: Vec<Json> = org.store.table(object).map_or_else(Vec::new, |table| {
                (0..table.len())
                    .map(|slot| table.row(slot).map_or(Json::Null, |row| cells(object, row)))
                    .collect()
            });
            tables.insert(object.name.into(), json!({ "fields": fields, "rows": rows }));
        }
        let access: Map<String, Json> =
            org.access.iter().map(|(user, access)| (user.to_string(), json!(access))).collect();
        let (seed, records) = self.built_with();
        json!({
            "form": FORM, "seed": seed, "records": records, "tables": tables, "access": access,
            "settings": org.settings, "gate": gate, "meter": meter, "events": self.events.save(),
            "tokens": { "refresh": tokens.refresh, "access": tokens.access },
        })
    }

    /// Takes the state back.
    pub(super) fn restore(&self, saved: &Json) -> Result<(), String> {
        if saved.get("form").and_then(Json::as_u64) != Some(FORM) {
            return Err("salesforce: the file has another form".into());
        }
        let part = |key: &str| saved.get(key).cloned().unwrap_or_default();
        let mut org = Org::new(part("seed").as_u64().unwrap_or_else(|| self.built_with().0));
        let schema = org.store.schema().clone();
        for object in schema.objects() {
            let Some(table) = saved.pointer(&format!("/tables/{}", object.name)) else { continue };
            let fields: Vec<Option<usize>> = list(table, "fields")
                .iter()
                .map(|name| object.place(name.as_str().unwrap_or_default()))
                .collect();
            for (number, line) in list(table, "rows").iter().enumerate() {
                let row = row(object, &fields, line, &org)
                    .map_err(|wrong| format!("salesforce: {} number {number}: {wrong}", object.name))?;
                org.store.insert(object, row);
            }
        }
        let access: Map<String, Json> = serde_json::from_value(part("access")).unwrap_or_default();
        for (user, access) in access {
            let id = Id::parse(&user).ok_or_else(|| format!("salesforce: {user} is not an id"))?;
            let access: Access =
                serde_json::from_value(access).map_err(|error| format!("salesforce: {error}"))?;
            org.access.insert(id, access);
        }
        let settings: Settings = serde_json::from_value(part("settings"))
            .map_err(|error| format!("salesforce: settings: {error}"))?;
        org.settings = settings;
        org.apply_rules()?;
        let gate: gate::Saved =
            serde_json::from_value(part("gate")).map_err(|error| format!("salesforce: sessions: {error}"))?;
        self.gate().restore(gate);
        self.meter().restore(self.now(), &part("meter"));
        let token = |key: &str| {
            saved.pointer(&format!("/tokens/{key}")).and_then(Json::as_str).unwrap_or_default().to_owned()
        };
        // Whoever is told how to sign in gets a session that lives, however long ago the state was saved.
        let (refresh, idle) = (token("refresh"), org.settings.session_seconds);
        let access = self.gate().renewed(token("access"), &refresh, org.organization(), self.now(), idle);
        *self.tokens() = Tokens { refresh, access };
        self.events.restore(&part("events"));
        // What was saved is no news.
        drop(org.store.take_changes());
        *self.write() = org;
        Ok(())
    }
}

fn list<'j>(table: &'j Json, key: &str) -> &'j [Json] {
    table.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn cells(object: &Object, row: &Row) -> Json {
    let cells = object.fields.iter().zip(row.values()).map(|(_, value)| match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(id) => json!(id.as_str()),
        Value::Day(day) => json!(day),
        Value::Moment(at) | Value::Clock(at) => json!(at),
    });
    Json::Array(cells.collect())
}

fn row(object: &Object, fields: &[Option<usize>], line: &Json, org: &Org) -> Result<Row, String> {
    let mut row = Row::new(vec![Value::Null; object.fields.len()]);
    let Some(cells) = line.as_array() else {
        // A purged row keeps its place, so that ids stay what they were.
        row.set(super::schema::at::ID, Value::Id(org.store.next_id(object)));
        row.purged = true;
        return Ok(row);
    };
    for (place, cell) in fields.iter().zip(cells) {
        let Some(field) = place.and_then(|place| Some((place, object.field(place)?))) else { continue };
        let (place, field) = field;
        row.set(
            place,
            value(field.kind, cell).ok_or_else(|| format!("{}: {cell} does not fit", field.name))?,
        );
    }
    if row.id() != org.store.next_id(object) {
        return Err(format!("{} is not the id of this place", row.id()));
    }
    Ok(row)
}

fn value(kind: Kind, cell: &Json) -> Option<Value> {
    Some(match (kind, cell) {
        (_, Json::Null) => Value::Null,
        (_, Json::Bool(value)) => Value::Bool(*value),
        (Kind::Day, Json::Number(number)) => Value::Day(number.as_i64()?),
        (Kind::Moment, Json::Number(number)) => Value::Moment(number.as_i64()?),
        (Kind::Clock, Json::Number(number)) => {
            Value::Clock(number.as_i64()?.rem_euclid(calendar::DAY * 1000))
        }
        (_, Json::Number(number)) => Value::Number(number.as_f64()?),
        (Kind::Id | Kind::Reference, Json::String(text)) => Value::Id(Id::parse(text)?),
        (_, Json::String(text)) => Value::text(text),
        _ => return None,
    })
}
