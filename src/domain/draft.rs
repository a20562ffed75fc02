//! What a person writes down: recipes and connections before they exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::connection::{Access, App, EventBus, Options};
use super::id::{AccountId, ConnectionId};
use super::recipe::{Conflicts, Deletion, Recipe, Settings, Template};

/// A recipe, or a pair, as its file gives it: names are not checked against any system yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipeDraft {
    /// Its id, where the file carries one (an exported recipe).
    pub id: Option<super::id::RecipeId>,
    /// What people will call it.
    pub name: Arc<str>,
    /// Whose it is to be.
    pub account: Option<AccountId>,
    /// What it is made from.
    pub template: Template,
    /// The Salesforce connection.
    pub salesforce: ConnectionId,
    /// The other system's connection.
    pub target: ConnectionId,
    /// The Salesforce object.
    pub object: Arc<str>,
    /// The container, by id or title.
    pub container: Arc<str>,
    /// The part of the container into which new records go, by id or title.
    pub section: Option<Arc<str>>,
    /// The condition, in the filter language; empty for all.
    pub condition: Arc<str>,
    /// The pairs of fields: Salesforce first.
    pub fields: Vec<(Arc<str>, Arc<str>)>,
    /// The mapped fields by which an existing counterpart is recognised, each by its name on either side.
    pub matching: Vec<Arc<str>>,
    /// Who owns what belongs to somebody without a link.
    pub default_owner: Option<Arc<str>>,
    /// What happens to the counterpart of a deleted record.
    pub deletion: Deletion,
    /// Who wins a conflict.
    pub conflicts: Conflicts,
    /// Whether records that exist already are taken in.
    pub backfill: bool,
    /// How often to look for changes, in milliseconds; `None` for the object's usual pace.
    pub every_ms: Option<i64>,
    /// Whether it is known to sleep for most of the year.
    pub seasonal: bool,
    /// Whether target fields that do not exist are made with the recipe.
    #[serde(default)]
    pub create_missing: bool,
}

impl RecipeDraft {
    /// Returns the definition of a recipe, as a file would give it.
    pub fn of(recipe: &Recipe) -> Self {
        let pairs = recipe.mapping.fields.iter();
        Self {
            id: Some(recipe.id),
            name: Arc::clone(&recipe.name),
            account: Some(recipe.account.clone()),
            template: recipe.template,
            salesforce: recipe.salesforce.clone(),
            target: recipe.target.clone(),
            object: recipe.object.as_str().into(),
            container: recipe.container.id.as_str().into(),
            section: recipe.container.section.clone(),
            condition: Arc::clone(&recipe.condition),
            fields: pairs.map(|map| (map.salesforce.as_str().into(), map.target.as_str().into())).collect(),
            deletion: recipe.deletion,
            conflicts: recipe.conflicts,
            backfill: recipe.backfill,
            every_ms: Some(recipe.every_ms),
            seasonal: recipe.seasonal,
            // They have been made.
            create_missing: false,
            matching: recipe
                .matching
                .iter()
                .filter_map(|at| recipe.mapping.fields.get(usize::from(*at)))
                .map(|map| map.salesforce.as_str().into())
                .collect(),
            default_owner: recipe.default_owner.clone(),
        }
    }

    /// Returns whether the links of both would be the same: then one can become the other while it goes on.
    pub fn carries_the_same(&self, other: &Self) -> bool {
        self.template == other.template
            && self.salesforce == other.salesforce
            && self.target == other.target
            && self.object == other.object
            && self.container == other.container
            && self.section == other.section
            && self.condition == other.condition
            && self.fields == other.fields
            && self.backfill == other.backfill
            && self.matching == other.matching
            && self.default_owner == other.default_owner
    }

    /// Returns what may change while the recipe goes on.
    pub fn settings(&self) -> Settings {
        Settings {
            name: Arc::clone(&self.name),
            deletion: self.deletion,
            conflicts: self.conflicts,
            every_ms: self.every_ms,
            seasonal: self.seasonal,
        }
    }
}

/// A connection as its file gives it, with its secrets, which go to the vault and nowhere else.
#[derive(Clone, Serialize, Deserialize)]
pub struct ConnectionDraft {
    /// Its id.
    pub id: ConnectionId,
    /// Whose it is to be.
    pub account: Option<AccountId>,
    /// How the system is reached.
    pub access: Access,
    /// Whether it starts read-only.
    pub protected: bool,
    /// How many calls in 24 hours syncdeck may spend.
    pub api_budget: Option<u64>,
    /// How it is to be used.
    pub options: Options,
    /// Where its change events are told, where that is not the usual place.
    #[serde(default)]
    pub event_bus: Option<EventBus>,
    /// The app by which a person authorises it in a browser, where its system also takes tokens without one.
    #[serde(default)]
    pub app: Option<App>,
    /// Secrets by name (`client_secret`, `private_key`, `refresh_token`, `token`).
    pub secrets: BTreeMap<String, String>,
}

impl std::fmt::Debug for ConnectionDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionDraft")
            .field("id", &self.id)
            .field("access", &self.access)
            .finish_non_exhaustive()
    }
}

/// One thing wrong with a draft, found where a file could be pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// The key, such as `object` or `map[2].target`.
    pub key: Arc<str>,
    /// What was found.
    pub found: Arc<str>,
    /// What was expected instead.
    pub expected: Arc<str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> RecipeDraft {
        RecipeDraft {
            id: None,
            name: "Leads".into(),
            account: None,
            template: Template::RecordToItem,
            salesforce: "sf".into(),
            target: "monday".into(),
            object: "Lead".into(),
            container: "Leads".into(),
            section: None,
            condition: "".into(),
            fields: vec![("Name".into(), "name".into())],
            matching: Vec::new(),
            default_owner: None,
            deletion: Deletion::Keep,
            conflicts: Conflicts::Hold,
            backfill: true,
            every_ms: None,
            seasonal: false,
            create_missing: false,
        }
    }

    /// What the links depend on tells two drafts apart; what may change while a recipe goes on does not.
    #[test]
    fn only_what_links_depend_on_tells_drafts_apart() {
        let told_apart: [fn(&mut RecipeDraft); 11] = [
            |draft| draft.template = Template::TwoWayItem,
            |draft| draft.salesforce = "other".into(),
            |draft| draft.target = "other".into(),
            |draft| draft.object = "Contact".into(),
            |draft| draft.container = "Contacts".into(),
            |draft| draft.section = Some("New".into()),
            |draft| draft.condition = "Name = 'x'".into(),
            |draft| draft.fields.push(("Title".into(), "title".into())),
            |draft| draft.backfill = false,
            |draft| draft.matching.push("Name".into()),
            |draft| draft.default_owner = Some("Ana".into()),
        ];
        for (at, change) in told_apart.into_iter().enumerate() {
            let mut other = draft();
            change(&mut other);
            assert!(!draft().carries_the_same(&other), "change {at}");
        }
        let settings: [fn(&mut RecipeDraft); 5] = [
            |draft| draft.name = "Prospects".into(),
            |draft| draft.deletion = Deletion::Delete,
            |draft| draft.conflicts = Conflicts::NewestWins,
            |draft| draft.every_ms = Some(1),
            |draft| draft.seasonal = true,
        ];
        for (at, change) in settings.into_iter().enumerate() {
            let mut other = draft();
            change(&mut other);
            assert!(draft().carries_the_same(&other), "setting {at}");
        }
    }

    #[test]
    fn a_connection_that_is_told_keeps_its_secrets() {
        let secrets = [("token".to_owned(), "s3cret".to_owned())].into();
        let access = Access::Monday {
            url: "https://api".into(),
            version: "x".into(),
            doubt_ms: 0,
            phone_country: None,
        };
        let draft = ConnectionDraft {
            id: "monday".into(),
            account: None,
            access,
            protected: false,
            api_budget: None,
            options: Options::default(),
            event_bus: None,
            app: None,
            secrets,
        };
        let told = format!("{draft:?}");
        assert!(told.contains("monday") && !told.contains("s3cret"), "{told}");
    }
}
