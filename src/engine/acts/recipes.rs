//! Making recipes, and what is done to them afterwards.

use std::sync::Arc;

use super::{ActError, Caller};
use crate::domain::condition::{Condition, Misfit, parse};
use crate::domain::connection::Connection;
use crate::domain::draft::{Flaw, RecipeDraft};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, ContainerId, FieldName, JobId, LinkSetId, RecipeId, Side, System};
use crate::domain::mapping::{Mistake, Named, Wrong, check, parents};
use crate::domain::recipe::{Container, Direction, Recipe, RecipeState, Settings, admit};
use crate::domain::schema::{FieldSchema, Form, Schema, Shape};
use crate::domain::time::{MINUTE, Stamp};
use crate::engine::{Engine, Event, Shared};
use crate::ports::{Job, JobState, RecipeChange, Remote, Step, StoreError};

/// How often changes are looked for unless the recipe says otherwise.
const EVERY_MS: i64 = 15 * MINUTE;

/// The freshness promised for custom objects.
const CUSTOM_EVERY_MS: i64 = 3 * MINUTE;

/// What may be done to recipes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Stop them.
    Pause,
    /// Let them go on.
    Resume,
    /// Delete them, restorably.
    Delete,
    /// Bring them back, paused.
    Restore,
}

impl Act {
    fn change(self) -> RecipeChange {
        match self {
            Self::Pause => RecipeChange::Pause,
            Self::Resume => RecipeChange::Resume,
            Self::Delete => RecipeChange::Delete,
            Self::Restore => RecipeChange::Restore,
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::Pause => "recipe.pause",
            Self::Resume => "recipe.resume",
            Self::Delete => "recipe.delete",
            Self::Restore => "recipe.restore",
        }
    }
}

impl Engine {
    /// Makes the recipe or pair that a draft describes, after checking it against both systems; with `dry_run` only
    /// checks it.
    ///
    /// # Errors
    /// The limit before anything else, then every mistake in the draft at once.
    pub async fn create_recipes(
        &self,
        draft: &RecipeDraft,
        dry_run: bool,
        by: &Caller,
    ) -> Result<Vec<RecipeId>, ActError> {
        let shared = &self.shared;
        let account = shared.account_for(draft.account.as_ref())?;
        let adding = draft.template.directions().len();
        if let Err(over) = shared.within_limit(&account, adding) {
            // Whoever only asks was refused nothing.
            if !dry_run {
                shared.commit(Step::RefusedByLimit { account, now: self.now() }).await?;
            }
            return Err(over);
        }
        let recipes = shared.drafted(draft, account.clone(), dry_run, &by.who).await?;
        if dry_run {
            return Ok(Vec::new());
        }
        shared.meet_users(&recipes).await?;
        let made = match shared.commit(Step::CreateRecipes(recipes)).await {
            Ok(committed) => committed.recipes,
            Err(error) => {
                if matches!(error, StoreError::Limit { .. }) {
                    shared.commit(Step::RefusedByLimit { account, now: self.now() }).await?;
                }
                return Err(error.into());
            }
        };
        shared.audit("recipe.create", named(&made), None, by).await?;
        Ok(made)
    }

    /// Returns a draft as the recipe made of it would be told: titles as ids, names as the systems spell them. The
    /// limit does not matter to it.
    pub async fn resolve_draft(&self, draft: &RecipeDraft, by: &Caller) -> Result<RecipeDraft, ActError> {
        let account = self.shared.account_for(draft.account.as_ref())?;
        let recipes = self.shared.drafted(draft, account, true, &by.who).await?;
        let told = recipes.first().map_or_else(|| draft.clone(), RecipeDraft::of);
        Ok(RecipeDraft { id: draft.id, every_ms: draft.every_ms, ..told })
    }

    /// Does something to recipes, all or none; returns the job under which a deletion can be taken back.
    pub async fn act_on_recipes(
        &self,
        ids: &[RecipeId],
        act: Act,
        reason: Option<&str>,
        by: &Caller,
    ) -> Result<Option<JobId>, ActError> {
        let now = self.now();
        let recipes = ids.to_vec();
        self.shared.commit(Step::SetRecipes { recipes, to: act.change(), now }).await?;
        if act == Act::Resume {
            self.shared.look_for(ids).await?;
        }
        let mut job = None;
        if act == Act::Delete {
            let of = u64::try_from(ids.len()).unwrap_or(0);
            let done = Job {
                id: JobId(0),
                what: act.command().into(),
                by: Arc::clone(&by.who),
                at: now,
                on: named(ids),
                of,
                ok: of,
                failed: 0,
                skipped: 0,
                state: JobState::Done,
            };
            job = self.shared.commit(Step::PutJob(done)).await?.job;
        }
        self.shared.audit(act.command(), named(ids), reason, by).await?;
        Ok(job)
    }

    /// Changes what may be changed about a recipe, or a pair, while it goes on.
    pub async fn set_recipe(&self, id: RecipeId, settings: Settings, by: &Caller) -> Result<(), ActError> {
        let book = self.shared.book();
        let missing = || StoreError::Missing { what: "recipe", id: id.to_string() };
        let rule = book.rules.iter().find(|rule| rule.recipe.id == id).ok_or_else(missing)?;
        let recipes: Vec<RecipeId> = [Some(id), rule.recipe.pair].into_iter().flatten().collect();
        let on = named(&recipes);
        let to = RecipeChange::Settings(settings);
        self.shared.commit(Step::SetRecipes { recipes, to, now: self.now() }).await?;
        self.shared.audit("recipe.set", on, None, by).await
    }

    /// Looks for changes now; with `full` everything is read again.
    pub async fn run_recipe(&self, id: RecipeId, full: bool, by: &Caller) -> Result<(), ActError> {
        let book = self.shared.book();
        let missing = || StoreError::Missing { what: "recipe", id: id.to_string() };
        let rule = book.rules.iter().find(|rule| rule.recipe.id == id).ok_or_else(missing)?;
        if rule.recipe.state != RecipeState::Active {
            let why = format!("it is {}", rule.recipe.state.name());
            return Err(StoreError::Refused { what: "recipe", id: id.to_string(), why }.into());
        }
        if full {
            let now = self.now();
            self.shared.commit(Step::SetRecipes { recipes: vec![id], to: RecipeChange::Reload, now }).await?;
        }
        let (stream, _) = crate::engine::book::source(&rule.recipe);
        if full {
            // What is gone without a word is missed only by who counts what is there.
            self.shared.commit(Step::Swept { stream: stream.clone(), at: Stamp::ZERO }).await?;
        }
        let _ended = self.shared.events.send(Event::Look(stream.connection));
        self.shared.audit("recipe.run", named(&[id]), None, by).await
    }
}

/// Asks up to five times: a person waits for the answer, and one lost line is no reason to send them away. Only for
/// questions, and for what looks before it makes anything.
pub(super) async fn patiently<T, F: Future<Output = Result<T, Failure>>>(
    ask: impl Fn() -> F,
) -> Result<T, Failure> {
    let mut answer = ask().await;
    for pause_ms in [100, 200, 400, 800] {
        match &answer {
            Err(failure) if failure.kind == Kind::Transient && failure.class == Class::Busy => {
                tokio::time::sleep(std::time::Duration::from_millis(pause_ms)).await;
                answer = ask().await;
            }
            _ => break,
        }
    }
    answer
}

fn named(ids: &[RecipeId]) -> Vec<Arc<str>> {
    ids.iter().map(|id| id.to_string().into()).collect()
}

fn flaw(key: impl Into<Arc<str>>, found: impl Into<Arc<str>>, expected: impl Into<Arc<str>>) -> Flaw {
    Flaw { key: key.into(), found: found.into(), expected: expected.into() }
}

impl Shared {
    fn within_limit(&self, account: &crate::domain::id::AccountId, adding: usize) -> Result<(), ActError> {
        let view = self.store.read()?;
        let limit = view
            .accounts()?
            .into_iter()
            .find(|row| row.id == *account)
            .map_or(crate::domain::recipe::DEFAULT_LIMIT, |row| row.recipe_limit);
        let used =
            view.recipes()?.iter().filter(|recipe| recipe.counts() && recipe.account == *account).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        admit(count(used), count(adding), limit).map_err(|over| {
            StoreError::Limit { account: account.clone(), limit: over.limit, used: over.used }.into()
        })
    }

    pub(super) fn party(
        &self,
        id: &ConnectionId,
        key: &'static str,
        salesforce: bool,
    ) -> Result<Arc<Connection>, Flaw> {
        let book = self.book();
        let known = || {
            let ids: Vec<&str> = book
                .connections
                .values()
                .filter(|row| (row.system() == System::Salesforce) == salesforce)
                .map(|row| row.id.as_str())
                .collect();
            if ids.is_empty() {
                "a connection; there is none yet".to_owned()
            } else {
                format!("one of {}", ids.join(", "))
            }
        };
        match book.connections.get(id) {
            Some(row) if (row.system() == System::Salesforce) == salesforce => Ok(Arc::clone(row)),
            Some(row) => Err(flaw(key, format!("{id}, which is {}", row.system()), known())),
            None => Err(flaw(key, id.as_str(), known())),
        }
    }

    /// Checks a draft against both systems and returns the recipes it makes.
    pub(super) async fn drafted(
        &self,
        draft: &RecipeDraft,
        account: crate::domain::id::AccountId,
        dry_run: bool,
        by: &Arc<str>,
    ) -> Result<Vec<Recipe>, ActError> {
        let (salesforce, target) = self.sides(&draft.salesforce, &draft.target)?;
        let mut flaws = Vec::new();
        if let Some(installed) = &salesforce.more.package
            && let Some(other) = self.packages.lacks(installed, &draft.object)
        {
            let found = format!("{}, which the installed package {installed} does not support", draft.object);
            flaws.push(flaw(
                "object",
                found,
                format!("an object that it supports; version {other} supports this one"),
            ));
            return Err(ActError::Flaws(flaws));
        }
        let object = self.schema(&salesforce, &draft.object, "object", &mut flaws).await?;
        let container = self.schema(&target, &draft.container, "container", &mut flaws).await?;
        let condition = condition(draft, object.as_deref(), &mut flaws);
        let (Some(object), Some(container)) = (object, container) else { return Err(ActError::Flaws(flaws)) };
        let made = self.fitting(draft, &target, &object, &container)?;
        let container = if made.is_empty() {
            container
        } else {
            let mut whole = Schema::clone(&container);
            whole.fields.extend(made.iter().cloned());
            Arc::new(whole)
        };
        let pairs: Vec<Named> = draft
            .fields
            .iter()
            .map(|(salesforce, target)| Named {
                salesforce: salesforce.to_string(),
                target: target.to_string(),
            })
            .collect();
        let directions = draft.template.directions();
        let mapping = check(&pairs, &object, &container, directions).unwrap_or_else(|mistakes| {
            flaws.extend(mistakes.iter().map(|mistake| mapping_flaw(mistake, draft)));
            crate::domain::mapping::Mapping::default()
        });
        if directions.contains(&Direction::FromSalesforce) {
            required(&container, &mapping, Side::Other, &mut flaws);
        }
        let parents = parents(&mapping, &object, &container);
        let matching = matching(draft, &object, &container, &mapping, &mut flaws);
        let mut salesforce_key = None;
        if directions.contains(&Direction::ToSalesforce) {
            required(&object, &mapping, Side::Salesforce, &mut flaws);
            match self.key_field(&salesforce, &object).await {
                Ok(field) => salesforce_key = Some(field),
                Err(ActError::Remote(failure)) if failure.class == Class::Map => {
                    flaws.push(flaw("object", object.container.as_str(), failure.message));
                }
                Err(error) => return Err(error),
            }
        }
        if !flaws.is_empty() {
            return Err(ActError::Flaws(flaws));
        }
        if !dry_run {
            self.make_fields(&target, &container.container, &made).await?;
        }
        let key_field =
            if dry_run { FieldName::from("") } else { self.key_field(&target, &container).await? };
        let now = self.now();
        let custom = object.container.as_str().ends_with("__c");
        let recipe = |direction| Recipe {
            id: RecipeId(0),
            account: account.clone(),
            name: Arc::clone(&draft.name),
            template: draft.template,
            direction,
            pair: None,
            set: LinkSetId(0),
            salesforce: salesforce.id.clone(),
            target: target.id.clone(),
            object: object.container.as_str().into(),
            salesforce_key: salesforce_key.clone(),
            container: Container {
                id: container.container.clone(),
                title: Arc::clone(&container.title),
                section: draft.section.clone(),
                key_field: key_field.clone(),
            },
            condition: condition.clone(),
            mapping: mapping.clone(),
            matching: matching.clone(),
            default_owner: draft.default_owner.clone(),
            deletion: draft.deletion,
            conflicts: draft.conflicts,
            backfill: draft.backfill,
            every_ms: draft.every_ms.unwrap_or(if custom { CUSTOM_EVERY_MS } else { EVERY_MS }),
            depends_on: Vec::new(),
            seasonal: draft.seasonal,
            state: RecipeState::Active,
            reason: None,
            since: now,
            before: None,
            created_at: now,
            created_by: Arc::clone(by),
            gone: None,
            parents: parents.clone(),
        };
        Ok(directions.iter().map(|direction| recipe(*direction)).collect())
    }

    /// Returns a container's schema, from a moment ago where that will do; a container that does not exist is a
    /// flaw of the draft, not a failure.
    pub(in crate::engine) async fn schema(
        &self,
        connection: &Connection,
        container: &str,
        key: &'static str,
        flaws: &mut Vec<Flaw>,
    ) -> Result<Option<Arc<Schema>>, ActError> {
        let now = self.now();
        let mut schemas = self.keeper.schemas.lock().await;
        let at = (connection.id.clone(), container.to_owned());
        if let Some((read, schema)) = schemas.get(&at)
            && (0..MINUTE).contains(&now.since(*read))
        {
            return Ok(Some(Arc::clone(schema)));
        }
        let remote = self.keeper.remote(connection)?;
        match patiently(|| remote.describe(container)).await {
            Ok(schema) => {
                let schema = Arc::new(schema);
                schemas.insert(at, (now, Arc::clone(&schema)));
                self.commit(Step::PutSchema(connection.id.clone(), Box::new(Schema::clone(&schema)))).await?;
                Ok(Some(schema))
            }
            Err(failure) if failure.class == Class::Map => {
                flaws.push(flaw(key, container, failure.message));
                Ok(None)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// Returns the fields that the draft wants to be made: those which its pairs name and the container does not have.
    fn fitting(
        &self,
        draft: &RecipeDraft,
        target: &Connection,
        object: &Schema,
        container: &Schema,
    ) -> Result<Vec<FieldSchema>, ActError> {
        if !draft.create_missing {
            return Ok(Vec::new());
        }
        let remote = self.keeper.remote(target)?;
        let missing = draft.fields.iter().filter(|(_, name)| container.field(name).is_none());
        let mut made: Vec<FieldSchema> =
            missing.filter_map(|(from, name)| remote.fitting(name, object.field(from)?)).collect();
        made.dedup_by(|a, b| a.name == b.name);
        Ok(made)
    }

    /// Makes fields, at the creation of a recipe and never otherwise.
    async fn make_fields(
        &self,
        target: &Connection,
        container: &ContainerId,
        fields: &[FieldSchema],
    ) -> Result<(), ActError> {
        if fields.is_empty() {
            return Ok(());
        }
        let remote = self.keeper.remote(target)?;
        for field in fields {
            patiently(|| remote.make_field(container, field)).await?;
        }
        // It was described without them, under its id and perhaps its title.
        self.keeper.schemas.lock().await.retain(|(connection, _), _| *connection != target.id);
        Ok(())
    }

    /// Finds or makes the origin key's field. One at a time, or two recipes made at once would make two fields.
    async fn key_field(&self, connection: &Connection, container: &Schema) -> Result<FieldName, ActError> {
        let mut keys = self.keeper.key_fields.lock().await;
        let at = (connection.id.clone(), container.container.clone());
        if let Some(known) = keys.get(&at) {
            return Ok(known.clone());
        }
        let remote: Arc<dyn Remote> = self.keeper.remote(connection)?;
        let field = patiently(|| remote.key_field(&container.container)).await?;
        keys.insert(at, field.clone());
        Ok(field)
    }
}

fn condition(draft: &RecipeDraft, object: Option<&Schema>, flaws: &mut Vec<Flaw>) -> Arc<str> {
    let parsed = match parse(&draft.condition) {
        Ok(parsed) => parsed,
        Err(misread) => {
            let rest: String =
                draft.condition.get(misread.at..).unwrap_or_default().chars().take(20).collect();
            let found = if rest.is_empty() {
                "the end".to_owned()
            } else {
                format!("\"{rest}\" at column {}", misread.at + 1)
            };
            flaws.push(flaw("where", found, misread.expected));
            Condition::Always
        }
    };
    if let Some(object) = object
        && let Err(misfits) = parsed.check(object)
    {
        for misfit in misfits {
            flaws.push(match misfit {
                Misfit::Unknown(field) => {
                    flaw("where", field.as_str(), format!("a field of {}", object.container))
                }
                Misfit::Untestable(field, native) => {
                    flaw("where", format!("{field} ({native})"), "a comparison that this type allows")
                }
            });
        }
    }
    // Evaluation looks fields up by the schema's own spelling.
    respelled(&draft.condition, object)
}

/// Returns the condition with the schema's own spelling of its fields.
fn respelled(text: &str, object: Option<&Schema>) -> Arc<str> {
    let Some(object) = object else { return text.into() };
    let mut text = text.to_owned();
    for field in parse(&text).map(|condition| condition.fields()).unwrap_or_default() {
        if let Some(known) = object.field(field.as_str()).filter(|known| known.name != field) {
            text = replace_word(&text, field.as_str(), known.name.as_str());
        }
    }
    text.into()
}

fn replace_word(text: &str, word: &str, with: &str) -> String {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, from) = rest.split_at(at);
        let after = from.get(word.len()..).unwrap_or_default();
        let whole = !before.ends_with(part_of_word) && !after.starts_with(part_of_word);
        out.push_str(before);
        out.push_str(if whole { with } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn mapping_flaw(mistake: &Mistake, draft: &RecipeDraft) -> Flaw {
    let (salesforce, target) = draft.fields.get(mistake.at).map_or(("", ""), |(a, b)| (&**a, &**b));
    let (half, name, container) = match mistake.side {
        Side::Salesforce => ("salesforce", salesforce, &draft.object),
        Side::Other => ("target", target, &draft.container),
    };
    let key = format!("map[{}].{half}", mistake.at);
    match &mistake.what {
        Wrong::Unknown(None) => flaw(key, name, format!("a field of {container}")),
        Wrong::Unknown(Some(near)) => {
            flaw(key, name, format!("a field of {container}; did you mean {near}?"))
        }
        Wrong::Unsupported(native) => flaw(key, format!("{name} ({native})"), "a field of a supported type"),
        Wrong::Mismatch(from, to) => {
            flaw(key, format!("{name} ({to})"), format!("a field that can take a value of type {from}"))
        }
        Wrong::ReadOnly if mistake.side == Side::Salesforce && name.eq_ignore_ascii_case("Name") => flaw(
            key,
            format!("{name} (made of first and last name, read-only)"),
            "LastName, and a line of its own for FirstName",
        ),
        Wrong::ReadOnly => flaw(key, format!("{name} (read-only)"), "a field that can be written"),
        Wrong::Twice => flaw(key, name, "a field that no other line writes"),
    }
}

/// Resolves the fields to match by. The first of them is what the systems are asked for, so it has to be of a type that
/// both can be asked for.
fn matching(
    draft: &RecipeDraft,
    object: &Schema,
    container: &Schema,
    mapping: &crate::domain::mapping::Mapping,
    flaws: &mut Vec<Flaw>,
) -> Vec<u16> {
    // A mapping with mistakes is told as such; which of its fields are missing here for that reason nobody knows.
    if flaws.iter().any(|flaw| flaw.key.starts_with("map")) {
        return Vec::new();
    }
    let chosen = match crate::domain::matching::resolve(&draft.matching, mapping) {
        Ok(chosen) => chosen,
        Err(at) => {
            let found = draft.matching.get(at).cloned().unwrap_or_default();
            flaws.push(flaw("match", found, "a field that a [[map]] line names, on either side"));
            return Vec::new();
        }
    };
    let askable = |schema: &Schema, name: &FieldName| {
        schema.field(name.as_str()).is_some_and(|field| matches!(field.shape, Shape::Text | Shape::Email))
    };
    let points = |at: &&u16| {
        let form = mapping.fields.get(usize::from(**at)).map(|map| map.form);
        matches!(form, Some(Form::Parent | Form::ParentName | Form::ParentLink))
    };
    if let Some(map) = chosen.iter().find(points).and_then(|at| mapping.fields.get(usize::from(*at))) {
        let found = format!("{} = {}", map.salesforce, map.target);
        flaws.push(flaw("match", found, "a field of the record itself, not one that points to another"));
    }
    let first = chosen.first().and_then(|at| mapping.fields.get(usize::from(*at)));
    if let Some(map) = first
        && !(askable(object, &map.salesforce) && askable(container, &map.target))
    {
        let found = format!("{} = {}", map.salesforce, map.target);
        flaws.push(flaw("match", found, "first a field that is text or an e-mail address on both sides"));
    }
    chosen
}

/// A record cannot be created without its required fields, so each must be mapped.
fn required(schema: &Schema, mapping: &crate::domain::mapping::Mapping, side: Side, flaws: &mut Vec<Flaw>) {
    let mapped = !flaws.iter().any(|flaw| flaw.key.starts_with("map"));
    for field in
        schema.fields.iter().filter(|field| field.required && field.createable && field.shape != Shape::Bool)
    {
        if mapped && !mapping.fields.iter().any(|map| *map.name(side) == field.name) {
            flaws.push(flaw(
                "map",
                format!("no line for {}", field.name),
                format!("a line that fills {} ({})", field.name, field.label),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_respelled() {
        assert_eq!(
            replace_word("name = 'x' and lastname = 'name2' or name is empty", "name", "Name"),
            "Name = 'x' and lastname = 'name2' or Name is empty"
        );
    }
}
