//! What a recipe could be made of, and what a draft would do: the documents behind the creation form and
//! `recipes propose` and `recipes preview`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::draft::RecipeDraft;
use crate::domain::id::{ConnectionId, FieldName, RecipeId};
use crate::domain::recipe::{Conflicts, Deletion, Template};

/// Both sides of a recipe that is to be made, as far as they are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SidesAsk {
    /// The Salesforce connection.
    pub salesforce: ConnectionId,
    /// The other system's connection.
    pub target: ConnectionId,
    /// The object.
    pub object: Option<Arc<str>>,
    /// The container, by id or title.
    pub container: Option<Arc<str>>,
    /// What is to be made.
    pub template: Template,
}

/// Without an object and a container, those that there are; with both, their fields and a proposed mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferDoc {
    /// Objects.
    pub objects: Vec<PlaceRow>,
    /// Containers of the other system.
    pub containers: Vec<PlaceRow>,
    /// Salesforce fields that can be mapped, those with a proposal first.
    pub fields: Vec<FieldRow>,
    /// All fields of the container.
    pub columns: Vec<ColumnRow>,
}

impl OfferDoc {
    /// Returns the proposed pairs of fields: Salesforce first.
    pub fn proposed(&self) -> Vec<(Arc<str>, Arc<str>)> {
        let near = self.fields.iter().filter(|field| field.proposed);
        near.filter_map(|field| Some((field.name.as_str().into(), field.fits.first()?.as_str().into())))
            .collect()
    }
}

impl SidesAsk {
    /// Returns a recipe between the two sides with these pairs of fields, and everything else as usual.
    pub fn draft(&self, name: &str, fields: Vec<(Arc<str>, Arc<str>)>) -> RecipeDraft {
        RecipeDraft {
            id: None,
            name: name.into(),
            account: None,
            template: self.template,
            salesforce: self.salesforce.clone(),
            target: self.target.clone(),
            object: self.object.clone().unwrap_or_default(),
            container: self.container.clone().unwrap_or_default(),
            section: None,
            condition: "".into(),
            fields,
            matching: Vec::new(),
            default_owner: None,
            deletion: Deletion::default(),
            conflicts: Conflicts::default(),
            backfill: true,
            every_ms: None,
            seasonal: false,
            create_missing: false,
        }
    }
}

/// A container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Its id.
    pub id: Arc<str>,
    /// What people call it.
    pub title: Arc<str>,
}

/// A Salesforce field that can be mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRow {
    /// Its name.
    pub name: FieldName,
    /// What people call it.
    pub label: Arc<str>,
    /// Its type, in the system's own word.
    pub r#type: Arc<str>,
    /// Whether a record cannot be created without it.
    pub required: bool,
    /// The fields of the container that fit, best first.
    pub fits: Vec<FieldName>,
    /// Whether the first of them is proposed.
    pub proposed: bool,
}

/// A field of the container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRow {
    /// Its id.
    pub name: FieldName,
    /// What people call it.
    pub label: Arc<str>,
    /// Its type, in the system's own word.
    pub r#type: Arc<str>,
    /// Whether a record cannot be created without it.
    pub required: bool,
}

/// What a draft would do to real records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewDoc {
    /// The mapped fields: Salesforce first.
    pub fields: Vec<(FieldName, FieldName)>,
    /// Real records, those that the condition lets in first.
    pub samples: Vec<SampleRow>,
    /// How many records there are at the source, before the condition; none where nothing is loaded or told.
    pub records: Option<u64>,
    /// API calls to read them.
    pub reads: Option<u64>,
    /// API calls to write them.
    pub writes: Option<u64>,
}

/// What a run would do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeseenDoc {
    /// The recipe.
    pub recipe: RecipeId,
    /// Records that changed since they were last read; with `--full` all of them.
    pub records: u64,
    /// Records that would be made.
    pub created: u64,
    /// Records that would be changed.
    pub updated: u64,
    /// Records that would be deleted or archived.
    pub deleted: u64,
    /// Records on which a person would have to decide.
    pub held: u64,
    /// Records whose counterpart would have to be read first.
    pub looked_at: u64,
    /// Calls that would write.
    pub calls: u64,
    /// Whether there are more records than were looked at.
    pub more: bool,
}

/// A real record as a draft would take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRow {
    /// What people call it.
    pub name: Arc<str>,
    /// Whether the condition lets it in.
    pub admitted: bool,
    /// Its mapped values, in the order of the fields.
    pub values: Vec<String>,
}
