//! The org: its rows, its users' permissions, its settings and its rules.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::access::Access;
use super::error::ApiError;
use super::ids::Id;
use super::schema::{Object, Schema};
use super::soql::{self, Condition, Plan, Scope};
use super::store::{Row, Store};
use super::value::Value;

/// Everything behind the data API.
#[derive(Debug)]
pub(super) struct Org {
    pub(super) store: Store,
    pub(super) access: HashMap<Id, Access>,
    pub(super) settings: Settings,
    rules: Vec<Rule>,
}

/// What an administrator sets.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Settings {
    /// `Enterprise Edition` and so on.
    pub(super) edition: String,
    /// Does the edition include the API.
    pub(super) api: bool,
    /// Is SOAP `login()` allowed.
    pub(super) soap_login: bool,
    /// Do refresh tokens rotate.
    pub(super) rotation: bool,
    /// Seconds without a call after which a session ends.
    pub(super) session_seconds: i64,
    /// Installed packages, by namespace.
    pub(super) packages: BTreeMap<String, Package>,
    /// Objects with a duplicate rule, and whether a header may override it.
    pub(super) duplicates: BTreeMap<String, bool>,
    /// Validation rules.
    pub(super) validation: Vec<Validation>,
    /// The deletion log was trimmed up to here.
    pub(super) deletions_from: i64,
    /// Must a client that asks for consent give a PKCE challenge.
    pub(super) pkce_required: bool,
    /// The certificate or public key against which assertions are checked; empty when there is none.
    pub(super) jwt_certificate: String,
    /// How long a bulk job is in progress, in milliseconds.
    pub(super) bulk_ms: i64,
    /// So many rows are a page of a bulk query's results when the client does not say; all of them if 0.
    pub(super) bulk_page: usize,
    /// Objects whose changes are told as events.
    pub(super) captured: BTreeSet<String>,
    /// Are states and countries picklists.
    pub(super) address_picklists: bool,
    /// The scopes of the connected app.
    pub(super) scopes: String,
}

/// An installed package.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// `1.4.0.2`.
    pub(super) version: String,
}

/// A validation rule: rows for which the condition holds are refused.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Validation {
    /// The object.
    pub(super) object: String,
    /// A condition as behind WHERE.
    pub(super) when: String,
    /// What the user is told.
    pub(super) message: String,
    /// The field beside which it is shown.
    #[serde(default)]
    pub(super) field: Option<String>,
}

#[derive(Debug)]
struct Rule {
    object: usize,
    when: Condition,
    error: ApiError,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            edition: "Enterprise Edition".into(),
            api: true,
            soap_login: true,
            rotation: false,
            session_seconds: 7200,
            packages: BTreeMap::new(),
            duplicates: BTreeMap::new(),
            validation: Vec::new(),
            deletions_from: 0,
            pkce_required: false,
            jwt_certificate: String::new(),
            bulk_ms: 0,
            bulk_page: 0,
            captured: ["Account", "Contact", "Lead", "Opportunity"].map(str::to_owned).into(),
            address_picklists: false,
            scopes: "refresh_token api id".into(),
        }
    }
}

impl Org {
    /// An empty org, the one of that seed.
    pub(super) fn new(seed: u64) -> Self {
        let store = Store::new(Arc::new(Schema::new()), Id::organization(seed));
        Self { store, access: HashMap::new(), settings: Settings::default(), rules: Vec::new() }
    }

    /// What the user may do.
    pub(super) fn access(&self, user: Id) -> Access {
        let mut access = self.access.get(&user).cloned().unwrap_or_default();
        access.no_codes = !self.settings.address_picklists;
        access
    }

    /// The live user with this name, regardless of case.
    pub(super) fn user(&self, username: &str) -> Option<(Id, &Row)> {
        let object = self.store.schema().object("User")?;
        let place = object.place("Username")?;
        let slots = self.store.table(object)?.with(place, &Value::text(username))?;
        let row = self.store.row(object, *slots.first()?)?;
        Some((row.id(), row))
    }

    /// Is the user active.
    pub(super) fn is_active(&self, user: Id) -> bool {
        self.store.find(user).is_some_and(|(object, _, row)| Self::flag(object, row, "IsActive"))
    }

    /// The text of a field of a row.
    pub(super) fn text<'a>(object: &Object, row: &'a Row, field: &str) -> &'a str {
        object.place(field).and_then(|place| row.get(place).as_text()).unwrap_or_default()
    }

    fn flag(object: &Object, row: &Row, field: &str) -> bool {
        object.place(field).is_some_and(|place| row.get(place).as_bool())
    }

    /// The org's only Organization row.
    pub(super) fn organization(&self) -> Id {
        self.store.organization()
    }

    /// What the org is called.
    pub(super) fn name(&self) -> &str {
        let row = self.store.find(self.organization());
        row.map_or("", |(object, _, row)| Self::text(object, row, "Name"))
    }

    /// Puts the validation rules of the settings in force.
    pub(super) fn apply_rules(&mut self) -> Result<(), String> {
        let mut rules = Vec::new();
        for validation in &self.settings.validation {
            let object = self.store.schema().object(&validation.object);
            let object = object.ok_or_else(|| format!("there is no object {}", validation.object))?;
            let text = format!("SELECT Id FROM {} WHERE {}", object.name, validation.when);
            let access = Access::default();
            let scope = Scope { store: &self.store, access: &access, text: &text, today: 0, all: true };
            let plan = soql::parse(&text).and_then(|query| Plan::new(&query, scope));
            let plan = plan.map_err(|error| format!("{}: {}", validation.when, error.message))?;
            let fields: Vec<&str> = validation.field.as_deref().into_iter().collect();
            let error =
                ApiError::row("FIELD_CUSTOM_VALIDATION_EXCEPTION", validation.message.clone(), &fields);
            if let Some(when) = plan.into_condition() {
                rules.push(Rule { object: object.number, when, error });
            }
        }
        self.rules = rules;
        Ok(())
    }

    /// The errors of the validation rules that a row breaks.
    pub(super) fn broken_rules(&self, object: &Object, row: &Row) -> Vec<ApiError> {
        let broken =
            self.rules.iter().filter(|rule| rule.object == object.number && rule.when.test(&self.store, row));
        broken.map(|rule| rule.error.clone()).collect()
    }
}
