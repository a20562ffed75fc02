//! What a recipe could be made of: containers and fields of both sides with a proposed mapping, and what a draft would
//! do to real records. Asked by whoever makes a recipe; nothing is changed.

use std::sync::Arc;

use super::recipes::patiently;
use super::{ActError, Caller};
use crate::domain::condition::{Condition, parse};
use crate::domain::connection::Connection;
use crate::domain::draft::RecipeDraft;
use crate::domain::id::{ConnectionId, ContainerId, FieldName, Side};
use crate::domain::proposal::{Offered, propose};
use crate::domain::recipe::{Activity, Direction, Template};
use crate::domain::schema::Schema;
use crate::domain::time::{DAY, Stamp};
use crate::domain::value::Value;
use crate::engine::book::Rule;
use crate::engine::{Engine, Shared};
use crate::ports::{ChangesAsk, Mark, Place, Remote, cost};

/// How many records a preview shows.
const SHOWN: usize = 5;

/// Records changed since so many days are looked at first: people know them.
const RECENT_DAYS: i64 = 30;

/// Both sides of a recipe that is to be made, as far as they are known.
#[derive(Clone, Debug)]
pub struct Sides {
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

/// What a recipe could be made of.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Objects.
    pub objects: Vec<Place>,
    /// Containers of the other system.
    pub containers: Vec<Place>,
    /// The object and the container, where both were named, with the fields that can be mapped.
    pub fields: Option<(Arc<Schema>, Arc<Schema>, Vec<Offered>)>,
}

/// A real record as a draft would take it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What people call it.
    pub name: Arc<str>,
    /// Whether the condition lets it in.
    pub admitted: bool,
    /// Its mapped values, in the order of the mapping.
    pub values: Vec<Value>,
}

/// What a draft would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The mapped fields: Salesforce first.
    pub fields: Vec<(FieldName, FieldName)>,
    /// Real records, those that the condition lets in first.
    pub samples: Vec<Sample>,
    /// How many records there are at the source, where that is known; the condition may leave some out.
    pub records: Option<u64>,
    /// Calls to read them all.
    pub reads: Option<u64>,
    /// Calls to write them all.
    pub writes: Option<u64>,
}

impl Engine {
    /// Returns what a recipe could be made of.
    ///
    /// # Errors
    /// A side that does not exist, or a remote that does not answer.
    pub async fn offer(&self, sides: &Sides) -> Result<Offer, ActError> {
        let shared = &self.shared;
        let (salesforce, target) = shared.sides(&sides.salesforce, &sides.target)?;
        let fields = match (&sides.object, &sides.container) {
            (Some(object), Some(container)) => {
                let mut flaws = Vec::new();
                let object = shared.schema(&salesforce, object, "object", &mut flaws).await?;
                let container = shared.schema(&target, container, "container", &mut flaws).await?;
                let (Some(object), Some(container)) = (object, container) else {
                    return Err(ActError::Flaws(flaws));
                };
                let offers = propose(&object, &container, sides.template.directions());
                Some((object, container, offers))
            }
            _ => None,
        };
        let (objects, containers) = if fields.is_some() {
            (Vec::new(), Vec::new())
        } else {
            (shared.places_of(&salesforce).await?, shared.places_of(&target).await?)
        };
        Ok(Offer { objects, containers, fields })
    }

    /// Checks a draft as its creation would, and returns what it would do to real records.
    ///
    /// # Errors
    /// Every mistake in the draft.
    pub async fn preview(&self, draft: &RecipeDraft, by: &Caller) -> Result<Preview, ActError> {
        let shared = &self.shared;
        let account = shared.account_for(draft.account.as_ref())?;
        let recipes = shared.drafted(draft, account, true, &by.who).await?;
        let Some(recipe) = recipes.into_iter().next() else { return Err(ActError::Flaws(Vec::new())) };
        let (salesforce, target) = shared.sides(&recipe.salesforce, &recipe.target)?;
        let (salesforce, target) = (shared.keeper.remote(&salesforce)?, shared.keeper.remote(&target)?);
        let object: ContainerId = recipe.object.as_str().into();
        let (side, from, to, place) = match recipe.direction {
            Direction::FromSalesforce => (Side::Salesforce, &salesforce, &target, object),
            Direction::ToSalesforce => (Side::Other, &target, &salesforce, recipe.container.id.clone()),
        };
        let condition = parse(&recipe.condition).unwrap_or(Condition::Always);
        let fields = recipe.mapping.fields.iter();
        let fields = fields.map(|map| (map.salesforce.clone(), map.target.clone())).collect();
        let rule = Rule {
            recipe: Arc::new(recipe),
            condition,
            activity: Activity::default(),
            crossing: Arc::default(),
        };
        let samples = samples(&rule, side, from, place.clone(), self.now()).await?;
        let records = if rule.recipe.backfill { from.count(&place).await? } else { None };
        let calls = |records: u64| cost(&**to, usize::try_from(records).unwrap_or(usize::MAX));
        Ok(Preview {
            fields,
            samples,
            records,
            reads: records.map(|records| records.div_ceil(from.page()).max(1)),
            writes: records.map(|records| u64::try_from(calls(records)).unwrap_or(u64::MAX)),
        })
    }
}

/// Reads a few records as the recipe would, recent ones where there are any.
async fn samples(
    rule: &Rule,
    side: Side,
    remote: &Arc<dyn Remote>,
    container: ContainerId,
    now: Stamp,
) -> Result<Vec<Sample>, ActError> {
    let mut ask = ChangesAsk {
        container,
        fields: rule.fields(side),
        after: Mark { at: now.plus(-RECENT_DAYS * DAY), id: "".into() },
        page: None,
    };
    let mut page = patiently(|| remote.changes(&ask)).await?;
    if page.records.len() < SHOWN {
        ask.after = Mark::default();
        page = patiently(|| remote.changes(&ask)).await?;
    }
    let mut samples: Vec<Sample> = page
        .records
        .iter()
        .rev()
        .map(|record| (record, rule.observed(side, record, now, now)))
        .filter(|(_, seen)| seen.presence == crate::domain::link::Presence::Present)
        .map(|(record, seen)| Sample {
            name: Arc::clone(&record.name),
            admitted: seen.admitted,
            values: seen.values,
        })
        .collect();
    samples.sort_by_key(|sample| !sample.admitted);
    samples.truncate(SHOWN);
    Ok(samples)
}

impl Shared {
    pub(super) fn sides(
        &self,
        salesforce: &ConnectionId,
        target: &ConnectionId,
    ) -> Result<(Arc<Connection>, Arc<Connection>), ActError> {
        let parties = (self.party(salesforce, "salesforce", true), self.party(target, "target", false));
        match parties {
            (Ok(salesforce), Ok(target)) => Ok((salesforce, target)),
            (one, other) => Err(ActError::Flaws(one.err().into_iter().chain(other.err()).collect())),
        }
    }

    async fn places_of(&self, connection: &Connection) -> Result<Vec<Place>, ActError> {
        let remote = self.keeper.remote(connection)?;
        Ok(patiently(|| remote.places()).await?)
    }
}
