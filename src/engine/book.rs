//! The rules in force: recipes, connections and streams, as of the last change of any of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::condition::{Condition, parse};
use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::id::{ConnectionId, FieldName, LinkSetId, Side};
use crate::domain::plan::Policy;
use crate::domain::recipe::{Activity, Direction, Recipe, RecipeState};
use crate::domain::time::Stamp;
use crate::ports::{Store, StoreError, StreamId};

/// A recipe with what the engine derives from it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The recipe.
    pub recipe: Arc<Recipe>,
    /// Its condition, read once.
    pub condition: Condition,
    /// What it has done so far.
    pub activity: Activity,
}

/// The rules in force.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Recipes that are not deleted, by id.
    pub rules: Vec<Rule>,
    /// Connections by id.
    pub connections: BTreeMap<ConnectionId, Arc<Connection>>,
}

impl Book {
    /// Reads the rules from the store.
    ///
    /// # Errors
    /// What kept the store from being read.
    pub fn read(store: &dyn Store) -> Result<Self, StoreError> {
        let view = store.read()?;
        let mut rules = Vec::new();
        for recipe in view.recipes()? {
            if recipe.state == RecipeState::Deleted {
                continue;
            }
            let activity = view.activity(recipe.id)?;
            // It was read when the recipe was created; one that no longer reads admits nothing new.
            let condition = parse(&recipe.condition).unwrap_or_else(|_| Condition::Or(Vec::new()));
            rules.push(Rule { recipe: Arc::new(recipe), condition, activity });
        }
        let connections =
            view.connections()?.into_iter().map(|connection| (connection.id.clone(), Arc::new(connection)));
        Ok(Self { rules, connections: connections.collect() })
    }

    /// Returns a connection when calls may be made over it.
    pub fn usable(&self, id: &ConnectionId, now: Stamp) -> Option<&Arc<Connection>> {
        self.connections.get(id).filter(|connection| match connection.state {
            ConnectionState::Valid | ConnectionState::Pending => true,
            ConnectionState::Exhausted | ConnectionState::Unreachable => {
                connection.until.is_some_and(|until| until <= now)
            }
            ConnectionState::Revoked | ConnectionState::Blocked | ConnectionState::Off => false,
        })
    }

    /// Returns the rules that share a set of links.
    pub fn sharing(&self, set: LinkSetId) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.recipe.set == set)
    }

    /// Returns what the running recipes of a set want.
    pub fn running_policy(&self, set: LinkSetId) -> Option<Policy> {
        Policy::of(self.sharing(set).map(|rule| &*rule.recipe), |recipe| recipe.state == RecipeState::Active)
    }

    /// Returns every set of links.
    pub fn sets(&self) -> Vec<LinkSetId> {
        let mut sets: Vec<_> = self.rules.iter().map(|rule| rule.recipe.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Returns the streams that somebody needs. A pair is read on both sides; a one-way recipe on its source.
    pub fn streams(&self) -> Vec<(StreamId, Side)> {
        let mut streams = Vec::new();
        for rule in &self.rules {
            let (stream, side) = source(&rule.recipe);
            if !streams.contains(&(stream.clone(), side)) {
                streams.push((stream, side));
            }
        }
        streams
    }

    /// Returns the rules that a stream feeds.
    pub fn fed_by<'a>(&'a self, stream: &'a StreamId) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| source(&rule.recipe).0 == *stream)
    }
}

impl Rule {
    /// Returns every field that must be read on `side` for this rule.
    pub fn fields(&self, side: Side) -> Vec<FieldName> {
        let mapped = self.recipe.mapping.fields.iter().map(|map| map.name(side).clone());
        let tested = if side == source(&self.recipe).1 { self.condition.fields() } else { Vec::new() };
        let key = (side == Side::Other).then(|| self.recipe.container.key_field.clone());
        mapped.chain(tested).chain(key).collect()
    }
}

/// Returns where a recipe's changes come from.
pub(super) fn source(recipe: &Recipe) -> (StreamId, Side) {
    match recipe.direction {
        Direction::FromSalesforce => (
            StreamId { connection: recipe.salesforce.clone(), container: recipe.object.as_str().into() },
            Side::Salesforce,
        ),
        Direction::ToSalesforce => (
            StreamId { connection: recipe.target.clone(), container: recipe.container.id.clone() },
            Side::Other,
        ),
    }
}
