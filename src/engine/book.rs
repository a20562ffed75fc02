//! The rules in force: recipes, connections and streams, as of the last change of any of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::condition::{Condition, parse};
use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::id::{ConnectionId, FieldName, LinkSetId, RemoteId, Side};
use crate::domain::link::{Observed, Presence};
use crate::domain::mapping::unfit;
use crate::domain::people::{Crossing, People};
use crate::domain::plan::{Operation, Policy};
use crate::domain::recipe::{Activity, Gone, Lacking, Parent, Recipe, RecipeState};
use crate::domain::schema::{Form, Schema};
use crate::domain::time::Stamp;
use crate::domain::value::{Fields, Value};
use crate::ports::{Record, Store, StoreError, StreamId};

/// A recipe with what the engine derives from it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The recipe.
    pub recipe: Arc<Recipe>,
    /// Its condition, read once.
    pub condition: Condition,
    /// What it has done so far.
    pub activity: Activity,
    /// How owners are told on either side.
    pub crossing: Arc<Crossing>,
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
        let connections: BTreeMap<ConnectionId, Arc<Connection>> =
            view.connections()?.into_iter().map(|row| (row.id.clone(), Arc::new(row))).collect();
        let people = view.people()?;
        let mut rules = Vec::new();
        for recipe in view.recipes()? {
            if recipe.state == RecipeState::Deleted {
                continue;
            }
            let activity = view.activity(recipe.id)?;
            // It was read when the recipe was created; one that no longer reads admits nothing new.
            let condition = parse(&recipe.condition).unwrap_or_else(|_| Condition::Or(Vec::new()));
            let crossing = crossing(&recipe, &people, &connections);
            rules.push(Rule { recipe: Arc::new(recipe), condition, activity, crossing });
        }
        Ok(Self { rules, connections })
    }

    /// Returns a connection when calls may be made over it.
    pub fn usable(&self, id: &ConnectionId, now: Stamp) -> Option<&Arc<Connection>> {
        self.connections.get(id).filter(|connection| match connection.state {
            ConnectionState::Valid | ConnectionState::Pending => true,
            ConnectionState::Exhausted | ConnectionState::Unreachable => {
                // Before it began means that our clock was set back: then nobody knows, and it is tried.
                connection.until.is_some_and(|until| until <= now || now < connection.since)
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

    /// Returns what all recipes of a set want, running or not.
    pub fn whole_policy(&self, set: LinkSetId) -> Option<Policy> {
        Policy::of(self.sharing(set).map(|rule| &*rule.recipe), |_| true)
    }

    /// Returns the sets of links in which the parents of a field of `recipe` have their counterparts.
    pub(super) fn parent_sets(&self, recipe: &Recipe, parent: &Parent) -> Vec<LinkSetId> {
        let found = self.rules.iter().filter(|rule| recipe.finds(parent, &rule.recipe));
        let mut sets: Vec<LinkSetId> = found.map(|rule| rule.recipe.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
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

    /// Returns the rules that a stream feeds. What one of them needs and is no longer there would be refused to all,
    /// or read as empty: that one is left out until it is back.
    pub fn fed_by<'a>(&'a self, stream: &'a StreamId) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.recipe.gone.is_none() && source(&rule.recipe).0 == *stream)
    }

    /// Returns the rules that read or write a place, each with the side on which it is theirs.
    pub(super) fn at<'a>(&'a self, at: &'a StreamId) -> impl Iterator<Item = (&'a Rule, Side)> {
        let side = |rule: &'a Rule| {
            [Side::Salesforce, Side::Other].into_iter().find(|side| place(&rule.recipe, *side) == *at)
        };
        self.rules.iter().filter_map(move |rule| Some((rule, side(rule)?)))
    }
}

impl Rule {
    /// Returns every field that must be read on `side` for this rule.
    pub fn fields(&self, side: Side) -> Vec<FieldName> {
        let mapped = self.recipe.mapping.fields.iter().map(|map| map.read(side));
        // The condition speaks of the object's fields; on the other side the mapped ones stand for them.
        let tested = if side == Side::Salesforce { self.condition.fields() } else { Vec::new() };
        mapped.chain(tested).chain(self.key_field(side).cloned()).collect()
    }

    /// Returns whether records show names of their parents.
    pub(super) fn shows_parents(&self) -> bool {
        self.recipe.mapping.fields.iter().any(|map| map.form == Form::ParentName)
    }

    /// Returns what this rule needs on `side` and `schema` does not have; without a schema all of it is gone. Where it
    /// has everything, its fields must still go together with those of the `other` side, as far as that is known.
    pub(super) fn lacks(
        &self,
        side: Side,
        schema: Option<&Schema>,
        other: Option<&Schema>,
        since: Stamp,
    ) -> Option<Gone> {
        let recipe = &self.recipe;
        let Some(schema) = schema else {
            let (what, name) = match side {
                Side::Salesforce => (Lacking::Object, recipe.object.as_str().into()),
                Side::Other => (Lacking::Container, Arc::clone(&recipe.container.title)),
            };
            return Some(Gone { what, side, name, since });
        };
        // A field of a parent is described with the parent.
        let missing =
            |field: &FieldName| !field.as_str().contains('.') && schema.field(field.as_str()).is_none();
        let mut names: Vec<FieldName> = self.fields(side).into_iter().filter(missing).collect();
        names.sort();
        names.dedup();
        let gone = |what, names: Vec<&str>| {
            (!names.is_empty()).then(|| Gone { what, side, name: names.join(", ").into(), since })
        };
        let missing = gone(Lacking::Field, names.iter().map(FieldName::as_str).collect());
        missing.or_else(|| {
            let (salesforce, target) = match side {
                Side::Salesforce => (schema, other?),
                Side::Other => (other?, schema),
            };
            let changed = unfit(&recipe.mapping, salesforce, target, recipe.direction);
            gone(Lacking::Type, changed.iter().map(|map| map.name(side).as_str()).collect())
        })
    }

    /// Returns the field in which a record on `side` carries the id of its origin.
    pub fn key_field(&self, side: Side) -> Option<&FieldName> {
        self.recipe.key_field(side)
    }

    /// Returns a record's mapped values in the form in which both sides are compared.
    pub fn project(&self, side: Side, fields: &Fields) -> Vec<Value> {
        let mapping = &self.recipe.mapping;
        let mut values = mapping.project(side, fields);
        for (map, value) in mapping.fields.iter().zip(&mut values).filter(|(map, _)| of_user(map.form)) {
            *value = self.crossing.common(side, fields.get(map.name(side)), map.form);
        }
        values
    }

    /// Returns the values of an operation as the written side takes them, by its own names.
    pub fn native(&self, operation: &Operation) -> Vec<(FieldName, Value)> {
        let fields = &self.recipe.mapping.fields;
        let side = operation.side;
        let one = |(at, value): &(u16, Value)| {
            let map = fields.get(usize::from(*at))?;
            let value =
                if of_user(map.form) { self.crossing.native(side, value, map.form)? } else { value.clone() };
            Some((map.name(side).clone(), value))
        };
        operation.changes.iter().filter_map(one).collect()
    }

    /// Returns what a record on `side` is to the links of this rule.
    pub fn observed(&self, side: Side, record: &Record, read: Stamp, now: Stamp) -> Observed {
        let recipe = &self.recipe;
        let present = record.presence == Presence::Present;
        let origin = self
            .key_field(side)
            .and_then(|key| record.fields.get(key).as_text().map(str::trim))
            .filter(|key| side == Side::Salesforce || like_a_salesforce_id(key))
            .map(RemoteId::from);
        Observed {
            set: recipe.set,
            side,
            id: record.id.clone(),
            presence: record.presence,
            at: record.at,
            read,
            name: Arc::clone(&record.name),
            values: if present { self.project(side, &record.fields) } else { Vec::new() },
            admitted: present && self.admits(side, record, now),
            origin,
            survivor: record.survivor.clone(),
            heirs: record.heirs.clone(),
        }
    }

    /// Returns whether a record without a link is taken in. One of the other system is tested as the record that it
    /// would become; of a field that it does not have, nothing can be asked.
    fn admits(&self, side: Side, record: &Record, now: Stamp) -> bool {
        if side == Side::Salesforce {
            return self.condition.holds(&record.fields, now);
        }
        let mapping = &self.recipe.mapping;
        let mapped = |field: &FieldName| mapping.fields.iter().any(|map| map.salesforce == *field);
        if !self.condition.fields().iter().all(mapped) {
            return true;
        }
        let values = self.project(side, &record.fields);
        let fields = mapping.fields.iter().map(|map| map.salesforce.clone()).zip(values).collect();
        self.condition.holds(&fields, now)
    }
}

fn of_user(form: Form) -> bool {
    matches!(form, Form::Owner | Form::Person)
}

/// Returns how a recipe's owners are told, where it carries any.
fn crossing(
    recipe: &Recipe,
    people: &[People],
    connections: &BTreeMap<ConnectionId, Arc<Connection>>,
) -> Arc<Crossing> {
    if !recipe.mapping.fields.iter().any(|map| of_user(map.form)) {
        return Arc::default();
    }
    let own = |id: &ConnectionId| {
        let identity = connections.get(id)?.identity.as_ref()?;
        Some(RemoteId::from(&*identity.user_id))
    };
    let known = people.iter().find(|row| row.salesforce == recipe.salesforce && row.target == recipe.target);
    let nobody = People::new(recipe.salesforce.clone(), recipe.target.clone());
    let known = known.unwrap_or(&nobody);
    Arc::new(known.crossing(recipe.default_owner.as_deref(), own(&recipe.salesforce), own(&recipe.target)))
}

/// People write all sorts of things into a column; asked for what is no id, Salesforce would refuse all others too.
fn like_a_salesforce_id(text: &str) -> bool {
    text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Returns where a recipe's changes come from.
pub(in crate::engine) fn source(recipe: &Recipe) -> (StreamId, Side) {
    let side = recipe.direction.source();
    (place(recipe, side), side)
}

/// Returns where a recipe's records lie on one side.
pub(super) fn place(recipe: &Recipe, side: Side) -> StreamId {
    match side {
        Side::Salesforce => {
            StreamId { connection: recipe.salesforce.clone(), container: recipe.object.as_str().into() }
        }
        Side::Other => StreamId { connection: recipe.target.clone(), container: recipe.container.id.clone() },
    }
}
