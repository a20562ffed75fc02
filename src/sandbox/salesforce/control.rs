//! What an administrator, another user or a test does to the org from outside.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::access::{Access, FieldRight, Rights};
use super::dml::Writer;
use super::error::ApiError;
use super::events::{Kind, can_be_captured};
use super::ids::Id;
use super::org::{Org, Package, Validation};
use super::schema::Remake;
use super::seed;
use super::server::{Inner, Tokens};
use crate::sandbox::system::Edits;

type Done = Result<Value, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Activation {
    username: Option<String>,
    #[serde(default)]
    active: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Permissions {
    username: Option<String>,
    api_enabled: Option<bool>,
    view_setup: Option<bool>,
    #[serde(default)]
    objects: Map<String, Value>,
    #[serde(default)]
    fields: std::collections::BTreeMap<String, FieldRight>,
    #[serde(default)]
    reset: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remade {
    like: Option<String>,
    restricted: Option<bool>,
    #[serde(default)]
    retired: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edition {
    edition: Option<String>,
    api: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Installed {
    namespace: String,
    name: Option<String>,
    version: Option<String>,
    #[serde(rename = "installed")]
    present: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switches {
    soap_login: Option<bool>,
    rotation: Option<bool>,
    session_seconds: Option<i64>,
    deletions_from: Option<String>,
    pkce_required: Option<bool>,
    bulk_ms: Option<i64>,
    bulk_page: Option<usize>,
    address_picklists: Option<bool>,
    scopes: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Duplicates {
    object: String,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default = "yes")]
    allow_save: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge {
    object: Option<String>,
    master: String,
    losers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Convert {
    lead: String,
    account: Option<String>,
    #[serde(default = "yes")]
    opportunity: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certificate {
    pem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Capture {
    objects: std::collections::BTreeMap<String, bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventsWish {
    kind: Option<String>,
    object: Option<String>,
    #[serde(default)]
    ids: Vec<String>,
    change: Option<String>,
    keep_alive_ms: Option<u64>,
}

fn yes() -> bool {
    true
}

impl Inner {
    /// Carries out an action of the control port.
    pub(super) fn control(&self, action: &str, body: &Value) -> Option<Done> {
        Some(match action {
            "revoke" => self.revoke_user(body),
            "expire-sessions" => self.expire(body),
            "deactivate-user" => self.activate(body),
            "permissions" => self.permissions(body),
            "fields" => self.fields(body),
            "edition" => self.edition(body),
            "package" => self.package(body),
            "limits" => self.set_limits(body),
            "settings" => self.settings(body),
            "validation-rules" => self.validation_rules(body),
            "duplicate-rule" => self.duplicate_rule(body),
            "undelete" => self.undelete(body),
            "purge" => self.purge(body),
            "merge" => self.merge(body),
            "convert" => self.convert(body),
            "jwt-certificate" => self.jwt_certificate(body),
            "expire-cursors" => {
                self.cursors().clear();
                Ok(json!({}))
            }
            "grant" => self.new_grant(body),
            "change-data-capture" => self.capture(body),
            "events" => self.events_control(body),
            _ => return None,
        })
    }

    fn user(org: &Org, username: Option<&str>) -> Result<Id, String> {
        let username = username.unwrap_or(seed::SYNC_USER);
        org.user(username).map(|(id, _)| id).ok_or_else(|| format!("there is no user {username}"))
    }

    fn revoke_user(&self, body: &Value) -> Done {
        let who: Who = read(body)?;
        let user = Self::user(&self.read(), who.username.as_deref())?;
        Ok(json!({ "revoked": self.gate().revoke_user(user) }))
    }

    fn expire(&self, body: &Value) -> Done {
        let who: Who = read(body)?;
        let user = who.username.map(|name| Self::user(&self.read(), Some(&name))).transpose()?;
        Ok(json!({ "expired": self.gate().expire(user) }))
    }

    /// Consent given anew: a refresh and an access token.
    fn new_grant(&self, body: &Value) -> Done {
        let who: Who = read(body)?;
        let org = self.read();
        let user = Self::user(&org, who.username.as_deref())?;
        let now = self.now();
        let mut gate = self.gate();
        let (refresh, family) = gate.grant(user);
        let access = gate.open(org.organization(), user, Some(family), now);
        if who.username.is_none_or(|name| name == seed::SYNC_USER) {
            *self.tokens() = Tokens { refresh: refresh.clone(), access: access.clone() };
        }
        Ok(json!({ "refresh_token": refresh, "access_token": access }))
    }

    fn activate(&self, body: &Value) -> Done {
        let Activation { username, active } = read(body)?;
        let mut org = self.write();
        let user = Self::user(&org, username.as_deref())?;
        let now = self.now();
        let fields = Map::from_iter([("IsActive".to_owned(), Value::Bool(active))]);
        writer(&mut org, now).update(user, &fields).map_err(sentence)?;
        if !active {
            // Grants stay: the token endpoint must tell why it refuses them.
            self.gate().expire(Some(user));
        }
        Ok(json!({ "active": active }))
    }

    fn permissions(&self, body: &Value) -> Done {
        let asked: Permissions = read(body)?;
        let mut org = self.write();
        let user = Self::user(&org, asked.username.as_deref())?;
        let schema = org.store.schema().clone();
        let mut access = if asked.reset { Access::default() } else { org.access(user) };
        access.no_api = asked.api_enabled.map_or(access.no_api, |enabled| !enabled);
        access.no_setup = asked.view_setup.map_or(access.no_setup, |view| !view);
        for (name, rights) in &asked.objects {
            let object = schema.object(name).ok_or_else(|| format!("there is no object {name}"))?;
            let mut known = serde_json::to_value(access.of(object)).map_err(|error| error.to_string())?;
            if let (Value::Object(known), Value::Object(rights)) = (&mut known, rights) {
                known.extend(rights.clone());
            }
            let rights: Rights = serde_json::from_value(known).map_err(|error| format!("{name}: {error}"))?;
            access.set_object(object, rights);
        }
        for (name, right) in &asked.fields {
            let (object, field) =
                name.split_once('.').ok_or_else(|| format!("{name}: expected Object.Field"))?;
            let object = schema.object(object).ok_or_else(|| format!("there is no object {object}"))?;
            let place = object.place(field).ok_or_else(|| format!("there is no field {name}"))?;
            access.set_field(object, place, *right);
        }
        org.access.insert(user, access);
        Ok(json!({}))
    }

    /// Makes other fields of some, or again what they were: another type, or choices that are retired.
    fn fields(&self, body: &Value) -> Done {
        let asked: std::collections::BTreeMap<String, Remade> = read(body)?;
        let mut org = self.write();
        for (name, Remade { like, restricted, retired }) in asked {
            let place = |name: &str| {
                let (object, field) =
                    name.split_once('.').ok_or_else(|| format!("{name}: expected Object.Field"))?;
                let object = org.store.schema().object(object);
                let found = object.and_then(|object| Some((object.number, object.place(field)?)));
                found.ok_or_else(|| format!("there is no field {name}"))
            };
            let (object, field) = place(&name)?;
            let like = like.as_deref().map(place).transpose()?;
            let wish = Remake { like, restricted, retired };
            let made = org.store.schema_mut().remake(object, field, &wish);
            made.map_err(|value| format!("{value} is no value of {name}"))?;
        }
        Ok(json!({}))
    }

    fn edition(&self, body: &Value) -> Done {
        let Edition { edition, api } = read(body)?;
        let mut org = self.write();
        if let Some(edition) = edition {
            let with_api = ["Enterprise", "Unlimited", "Performance", "Developer"];
            org.settings.api = with_api.iter().any(|known| edition.starts_with(known));
            let full = if edition.ends_with("Edition") { edition } else { format!("{edition} Edition") };
            org.settings.edition.clone_from(&full);
            let schema = org.store.schema().clone();
            let place = schema
                .object("Organization")
                .and_then(|object| Some((object, object.place("OrganizationType")?)));
            if let Some((object, place)) = place
                && let Some(mut row) = org.store.row(object, 0).cloned()
            {
                row.set(place, super::value::Value::text(&full));
                org.store.replace(object, 0, row);
            }
        }
        org.settings.api = api.unwrap_or(org.settings.api);
        Ok(json!({ "edition": org.settings.edition, "api": org.settings.api }))
    }

    fn package(&self, body: &Value) -> Done {
        let Installed { namespace, name, version, present } = read(body)?;
        let mut org = self.write();
        if present == Some(false) {
            org.settings.packages.remove(&namespace);
        } else {
            let name = name.unwrap_or_else(|| namespace.clone());
            let package = Package { name, version: version.unwrap_or_else(|| "1.0.0.1".into()) };
            org.settings.packages.insert(namespace, package);
        }
        Ok(json!({ "packages": org.settings.packages }))
    }

    fn set_limits(&self, body: &Value) -> Done {
        let limits = body.as_object().ok_or("expected an object of limits")?;
        let now = self.now();
        let mut meter = self.meter();
        for (name, limit) in limits {
            let number =
                |key: &str| limit.get(key).or_else(|| limit.get(capital(key))).and_then(Value::as_u64);
            let (max, remaining) = (number("max"), number("remaining"));
            if max.is_none() && remaining.is_none() {
                return Err(format!("{name}: expected max and remaining"));
            }
            if matches!(name.as_str(), "daily_api_requests" | "DailyApiRequests") {
                meter.set(now, max, remaining);
            } else if name == "concurrent_requests" {
                meter.set_concurrent(remaining.or(max).unwrap_or(0));
            } else {
                let max = max.or(remaining).unwrap_or(0);
                meter.set_other(&camel(name), max, remaining.unwrap_or(max));
            }
        }
        Ok(meter.limits(now))
    }

    fn settings(&self, body: &Value) -> Done {
        let asked: Switches = read(body)?;
        let mut org = self.write();
        let settings = &mut org.settings;
        settings.soap_login = asked.soap_login.unwrap_or(settings.soap_login);
        settings.rotation = asked.rotation.unwrap_or(settings.rotation);
        settings.session_seconds = asked.session_seconds.unwrap_or(settings.session_seconds);
        settings.pkce_required = asked.pkce_required.unwrap_or(settings.pkce_required);
        settings.bulk_ms = asked.bulk_ms.unwrap_or(settings.bulk_ms);
        settings.bulk_page = asked.bulk_page.unwrap_or(settings.bulk_page);
        if let Some(scopes) = asked.scopes {
            settings.scopes = scopes;
        }
        settings.address_picklists = asked.address_picklists.unwrap_or(settings.address_picklists);
        if let Some(from) = asked.deletions_from {
            let read = super::calendar::read_moment(&from);
            settings.deletions_from = read.ok_or("deletions_from: expected a date and time")?;
        }
        serde_json::to_value(&*settings).map_err(|error| error.to_string())
    }

    fn validation_rules(&self, body: &Value) -> Done {
        let rules: Vec<Validation> = read(body.get("rules").unwrap_or(body))?;
        let mut org = self.write();
        let before = std::mem::replace(&mut org.settings.validation, rules);
        if let Err(wrong) = org.apply_rules() {
            org.settings.validation = before;
            return Err(wrong);
        }
        Ok(json!({ "rules": org.settings.validation.len() }))
    }

    fn duplicate_rule(&self, body: &Value) -> Done {
        let Duplicates { object, active, allow_save } = read(body)?;
        let mut org = self.write();
        let name = org.store.schema().object(&object).map(|object| object.name);
        let name = name.ok_or_else(|| format!("there is no object {object}"))?;
        if active {
            org.settings.duplicates.insert(name.into(), allow_save);
        } else {
            org.settings.duplicates.remove(name);
        }
        Ok(json!({}))
    }

    fn undelete(&self, body: &Value) -> Done {
        let ids: Vec<String> = read(body.get("ids").unwrap_or(body))?;
        let now = self.now();
        let mut org = self.write();
        for text in &ids {
            let id = Id::parse(text).ok_or_else(|| format!("{text} is not an id"))?;
            writer(&mut org, now).undelete(id).map_err(|errors| format!("{text}: {}", sentence(errors)))?;
        }
        Ok(json!({ "undeleted": ids.len() }))
    }

    /// Removes records for good, past the bin.
    fn purge(&self, body: &Value) -> Done {
        let ids: Vec<String> = read(body.get("ids").unwrap_or(body))?;
        self.as_one(|writer| {
            for text in &ids {
                let id = Id::parse(text).ok_or_else(|| format!("{text} is not an id"))?;
                let binned = writer.org.store.find(id).is_some_and(|(.., row)| row.is_deleted());
                let done = if binned { writer.purge(id) } else { writer.hard_delete(id) };
                done.map_err(|errors| format!("{text}: {}", sentence(errors)))?;
            }
            Ok(json!({ "purged": ids.len() }))
        })
    }

    fn merge(&self, body: &Value) -> Done {
        let Merge { object, master, losers } = read(body)?;
        let id = |text: &String| Id::parse(text).ok_or_else(|| format!("{text} is not an id"));
        let (master, losers) = (id(&master)?, losers.iter().map(id).collect::<Result<Vec<_>, _>>()?);
        self.as_one(|writer| {
            let known = writer.org.store.schema().with_prefix(master.prefix()).map(|object| object.name);
            if object.as_deref().is_some_and(|object| Some(object) != known) {
                return Err(format!("{master} is no {}", object.unwrap_or_default()));
            }
            writer.merge(master, &losers).map_err(sentence)?;
            Ok(json!({ "master": master.as_str(), "merged": losers.len() }))
        })
    }

    fn convert(&self, body: &Value) -> Done {
        let Convert { lead, account, opportunity } = read(body)?;
        let id = |text: &String| Id::parse(text).ok_or_else(|| format!("{text} is not an id"));
        let (lead, account) = (id(&lead)?, account.as_ref().map(id).transpose()?);
        self.as_one(|writer| {
            let made = writer.convert_lead(lead, account, opportunity).map_err(sentence)?;
            Ok(json!({
                "account": made.account.as_str(), "contact": made.contact.as_str(),
                "opportunity": made.opportunity.map(|id| id.to_string()),
            }))
        })
    }

    /// Does something as a whole or not at all.
    fn as_one(&self, work: impl FnOnce(&mut Writer<'_>) -> Done) -> Done {
        let now = self.now();
        let mut org = self.write();
        org.store.begin();
        let done = work(&mut writer(&mut org, now));
        if done.is_ok() {
            org.store.commit();
        } else {
            org.store.roll_back();
        }
        done
    }

    /// Registers the certificate, or the public key, with which a client signs its assertions.
    fn jwt_certificate(&self, body: &Value) -> Done {
        let Certificate { pem } = read(body)?;
        if super::jwt::public_key(&pem).is_none() {
            return Err("pem: expected a certificate or a public key of RSA".into());
        }
        self.write().settings.jwt_certificate = pem;
        Ok(json!({}))
    }

    /// Chooses the objects whose changes are told as events.
    fn capture(&self, body: &Value) -> Done {
        let Capture { objects } = read(body)?;
        let mut org = self.write();
        let schema = org.store.schema().clone();
        for (name, on) in objects {
            let object = schema.object(&name).filter(|object| can_be_captured(object.name));
            let name = object.ok_or_else(|| format!("changes of {name} cannot be captured"))?.name;
            if on {
                org.settings.captured.insert(name.into());
            } else {
                org.settings.captured.remove(name);
            }
        }
        Ok(json!({ "captured": org.settings.captured }))
    }

    /// What happens to the event bus: gaps, overflows, a purge, and how long it is silent.
    fn events_control(&self, body: &Value) -> Done {
        let asked: EventsWish = read(body)?;
        let org = self.read();
        let at = self.clock.now().as_millisecond();
        let object = |name: &Option<String>| {
            let name = name.as_deref().unwrap_or_default();
            let object = org.store.schema().object(name).filter(|object| can_be_captured(object.name));
            object.map(|object| object.number).ok_or_else(|| format!("changes of {name} cannot be captured"))
        };
        match asked.kind.as_deref() {
            Some("gap") => {
                let change = asked.change.as_deref().unwrap_or("UPDATE");
                let kind = Kind::gap(change).ok_or_else(|| format!("there is no change {change}"))?;
                self.events.publish_gap(&org, object(&asked.object)?, kind, &asked.ids, at);
            }
            Some("overflow") => {
                self.events.publish_gap(&org, object(&asked.object)?, Kind::GapOverflow, &[], at);
            }
            Some("purge") => self.events.purge(),
            Some(other) => return Err(format!("kind: {other} is none of gap, overflow, purge")),
            None => {}
        }
        if let Some(milliseconds) = asked.keep_alive_ms {
            self.events.set_keep_alive(milliseconds);
        }
        Ok(json!({}))
    }

    /// Changes records as another user would; all or nothing.
    pub(super) fn change(&self, object: &str, edits: &Edits) -> Done {
        let now = self.now();
        let mut org = self.write();
        let schema = org.store.schema().clone();
        let object = schema.object(object).ok_or_else(|| format!("there is no object {object}"))?;
        org.store.begin();
        let done = work(&mut writer(&mut org, now), object, edits);
        if done.is_ok() {
            org.store.commit();
        } else {
            org.store.roll_back();
        }
        done
    }
}

fn work(writer: &mut Writer<'_>, object: &super::schema::Object, edits: &Edits) -> Done {
    let mut created = Vec::new();
    for (position, fields) in edits.create.iter().enumerate() {
        let id = writer.create(object, fields);
        let id = id.map_err(|errors| {
            format!("{} to create, number {position}: {}", object.name, sentence(errors))
        })?;
        created.push(id.to_string());
    }
    for fields in &edits.update {
        let mut fields = fields.clone();
        let key = fields.keys().find(|key| key.eq_ignore_ascii_case("id")).cloned();
        let id = key.and_then(|key| fields.remove(&key));
        let text = id.as_ref().and_then(Value::as_str).ok_or("a record to update has no id")?.to_owned();
        let id = Id::parse(&text).ok_or_else(|| format!("{text} is not an id"))?;
        writer.update(id, &fields).map_err(|errors| format!("{text}: {}", sentence(errors)))?;
    }
    for text in &edits.delete {
        let id = Id::parse(text).ok_or_else(|| format!("{text} is not an id"))?;
        writer.delete(id).map_err(|errors| format!("{text}: {}", sentence(errors)))?;
    }
    Ok(json!({ "created": created, "updated": edits.update.len(), "deleted": edits.delete.len() }))
}

/// The hand of somebody at work in the org who is not the integration's user.
pub(super) fn writer(org: &mut Org, now: i64) -> Writer<'_> {
    let user = org.user(seed::ADMINISTRATOR).map_or_else(|| Id::of("005", 0), |(id, _)| id);
    Writer { org, user, now, allow_duplicates: true, injected: None, touched: 0 }
}

fn sentence(errors: Vec<ApiError>) -> String {
    let sentences = errors.into_iter().map(|error| format!("{}: {}", error.code, error.message));
    sentences.collect::<Vec<_>>().join("; ")
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|error| format!("the body is not what is expected: {error}"))
}

fn capital(key: &str) -> &'static str {
    if key == "max" { "Max" } else { "Remaining" }
}

/// `daily_bulk_api_batches` becomes `DailyBulkApiBatches`.
fn camel(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split('_').map(part).collect()
}
