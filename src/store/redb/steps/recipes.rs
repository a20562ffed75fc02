//! The steps on recipes and connections: the limit, the states, and how a connection's fall suspends recipes.

use std::collections::BTreeSet;
use std::sync::Arc;

use redb::ReadableTable;

use super::super::codec::{Fault, get, put};
use super::super::journal::Kind;
use super::Stepper;
use crate::domain::connection::{Connection, suspension};
use crate::domain::id::{AccountId, ConnectionId, LinkId, LinkSetId, RecipeId};
use crate::domain::link::{Link, Pending};
use crate::domain::plan::{Verdict, plan};
use crate::domain::recipe::{Direction, Gone, Recipe, RecipeState, Standing, admit};
use crate::domain::time::Stamp;
use crate::ports::{Checkpoint, Committed, RecipeChange, StoreError, StreamId};

impl Stepper<'_, '_> {
    /// Makes recipes under the limit, all or none. The limit is checked here, inside the one transaction that
    /// every way in goes through, so it holds under any concurrency.
    pub(super) fn create_recipes(&mut self, drafts: Vec<Recipe>) -> Result<Committed, Fault> {
        let Some(first) = drafts.first() else { return Ok(Committed::default()) };
        let account = first.account.clone();
        for recipe in &drafts {
            for id in [&recipe.salesforce, &recipe.target] {
                if self.connection(id)?.is_none() {
                    return Err(StoreError::Missing { what: "connection", id: id.to_string() }.into());
                }
            }
        }
        self.admit(&account, drafts.len())?;
        let mut made = Vec::with_capacity(drafts.len());
        for _ in &drafts {
            made.push(RecipeId(u32::try_from(self.next_id("recipe")?).unwrap_or(u32::MAX)));
        }
        let set = LinkSetId(made.first().map_or(0, |id| id.0));
        for (mut recipe, id) in drafts.into_iter().zip(&made) {
            recipe.id = *id;
            recipe.set = set;
            recipe.pair = made.iter().find(|other| *other != id).copied();
            if let Some((state, reason)) = self.suspended_by(&recipe)? {
                recipe.state = state;
                recipe.reason = Some(reason.into());
            }
            self.put_recipe(recipe)?;
        }
        let mut done = Committed { recipes: made, ..Committed::default() };
        if let Some(id) = done.recipes.first().copied() {
            let now = self.recipes.get(&id).map_or(Stamp::ZERO, |recipe| recipe.created_at);
            self.reconsider_children_of(id, false, now, &mut done)?;
        }
        Ok(done)
    }

    fn admit(&self, account: &AccountId, adding: usize) -> Result<(), Fault> {
        let row = self.account(account)?;
        let used =
            self.recipes.values().filter(|recipe| recipe.counts() && recipe.account == *account).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        admit(count(used), count(adding), row.recipe_limit).map_err(|over| {
            StoreError::Limit { account: account.clone(), limit: over.limit, used: over.used }.into()
        })
    }

    fn put_recipe(&mut self, recipe: Recipe) -> Result<(), Fault> {
        self.t.touch(Kind::Recipe, recipe.id.0.to_string());
        put(&mut self.t.recipes, recipe.id.0, &recipe)?;
        self.recipes.insert(recipe.id, Arc::new(recipe));
        Ok(())
    }

    fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, Fault> {
        get(&self.t.connections, id.as_str(), "a connection")
    }

    /// Returns the state that the recipe's connections force on it, if one of them does.
    fn suspended_by(&self, recipe: &Recipe) -> Result<Option<(RecipeState, &'static str)>, Fault> {
        for id in [&recipe.salesforce, &recipe.target] {
            let forced = self.connection(id)?.and_then(|connection| suspension(connection.state));
            if forced.is_some() {
                return Ok(forced);
            }
        }
        Ok(recipe.gone.as_ref().map(|gone| (RecipeState::Suspended, gone.what.code())))
    }

    /// Notes what recipes need and do not find, or find again. One that a person has paused stays so.
    pub(super) fn missed(
        &mut self,
        found: Vec<(RecipeId, Option<Gone>)>,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for (id, gone) in found {
            let known = self.recipes.get(&id).filter(|recipe| recipe.counts() && recipe.gone != gone);
            let Some(mut recipe) = known.map(|recipe| Recipe::clone(recipe)) else { continue };
            let back = gone.is_none();
            recipe.gone = gone;
            let before = recipe.state;
            match (before, self.suspended_by(&recipe)?) {
                (RecipeState::Active | RecipeState::Suspended, Some((state, reason))) => {
                    recipe.state = state;
                    recipe.reason = Some(reason.into());
                }
                // A person has not yet said that it may go on.
                (RecipeState::Suspended, None) if recipe.reason.as_deref() == Some("awaiting_resume") => {}
                (RecipeState::Suspended, None) => {
                    recipe.state = RecipeState::Active;
                    recipe.reason = None;
                }
                _ => {}
            }
            if recipe.state != before {
                recipe.since = now;
            }
            let set = recipe.set;
            done.recipes.push(id);
            if back {
                self.recount(&recipe)?;
            }
            self.put_recipe(recipe)?;
            if back {
                self.awaken(set, &mut done)?;
            }
        }
        Ok(done)
    }

    /// Lets everything be counted through again where a recipe's changes come from: others may have read on there while
    /// it could not.
    fn recount(&mut self, recipe: &Recipe) -> Result<(), Fault> {
        let (connection, container) = match recipe.direction {
            Direction::FromSalesforce => (&recipe.salesforce, recipe.object.as_str().into()),
            Direction::ToSalesforce => (&recipe.target, recipe.container.id.clone()),
        };
        let stream = StreamId { connection: connection.clone(), container };
        self.t.meta.insert(&*super::super::tables::swept(&stream), 0)?;
        Ok(())
    }

    pub(super) fn set_recipes(
        &mut self,
        ids: &[RecipeId],
        to: &RecipeChange,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let mut changed = Vec::new();
        for id in ids {
            let Some(recipe) = self.recipes.get(id) else {
                return Err(StoreError::Missing { what: "recipe", id: id.to_string() }.into());
            };
            let deleted = recipe.state == RecipeState::Deleted;
            let coming_back = matches!(to, RecipeChange::Restore | RecipeChange::Undo);
            if deleted != coming_back {
                let why = if deleted { "it is deleted" } else { "it is not deleted" };
                return Err(
                    StoreError::Refused { what: "recipe", id: id.to_string(), why: why.into() }.into()
                );
            }
            changed.push(Recipe::clone(recipe));
        }
        if matches!(to, RecipeChange::Restore | RecipeChange::Undo)
            && let Some(first) = changed.first()
        {
            self.admit(&first.account.clone(), changed.len())?;
        }
        let mut done = Committed { recipes: ids.to_vec(), ..Committed::default() };
        for recipe in changed {
            let id = recipe.id;
            self.set_recipe(recipe, to, now, &mut done)?;
            self.reconsider_children_of(id, false, now, &mut done)?;
        }
        Ok(done)
    }

    fn set_recipe(
        &mut self,
        mut recipe: Recipe,
        to: &RecipeChange,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let before = recipe.state;
        let mut since = now;
        match to {
            RecipeChange::Pause | RecipeChange::Restore => {
                recipe.state = RecipeState::Paused;
                recipe.reason = Some("paused_by_person".into());
            }
            RecipeChange::Resume | RecipeChange::Undo => {
                recipe.state = RecipeState::Active;
                recipe.reason = None;
                if let Some((state, reason)) = self.suspended_by(&recipe)? {
                    recipe.state = state;
                    recipe.reason = Some(reason.into());
                }
                let before = recipe.before.take().filter(|_| *to == RecipeChange::Undo);
                if let Some(before) = before
                    && (before.state == RecipeState::Paused || before.state == recipe.state)
                {
                    // As if nothing had happened.
                    recipe.state = before.state;
                    recipe.reason = before.reason;
                    since = before.since;
                }
            }
            RecipeChange::Settings(settings) => {
                recipe.name = Arc::clone(&settings.name);
                recipe.deletion = settings.deletion;
                recipe.conflicts = settings.conflicts;
                recipe.every_ms = settings.every_ms.unwrap_or(recipe.every_ms);
                recipe.seasonal = settings.seasonal;
            }
            RecipeChange::Delete => {
                let (state, reason, since) = (recipe.state, recipe.reason.take(), recipe.since);
                recipe.before = Some(Standing { state, reason, since });
                recipe.state = RecipeState::Deleted;
                recipe.reason = Some("deleted_by_person".into());
            }
            RecipeChange::Reload => return self.reload(&recipe),
        }
        if recipe.state != before {
            recipe.since = since;
        }
        let set = recipe.set;
        self.put_recipe(recipe.clone())?;
        match to {
            RecipeChange::Delete if self.policy(set).is_none() => self.forget_pending(set),
            RecipeChange::Restore | RecipeChange::Undo => {
                self.reload(&recipe)?;
                self.awaken(set, done)?;
                self.wake_all(set, now, done)
            }
            RecipeChange::Resume => {
                self.release(set)?;
                self.awaken(set, done)
            }
            _ => Ok(()),
        }
    }

    /// Lets the recipe's first load begin again: what it has missed meanwhile is observed anew.
    pub(super) fn reload(&mut self, recipe: &Recipe) -> Result<(), Fault> {
        let mut activity: crate::domain::recipe::Activity =
            get(&self.t.activity, recipe.id.0, "an activity")?.unwrap_or_default();
        activity.loaded_at = None;
        put(&mut self.t.activity, recipe.id.0, &activity)?;
        let key = match recipe.direction {
            Direction::FromSalesforce => (recipe.salesforce.as_str(), recipe.object.as_str()),
            Direction::ToSalesforce => (recipe.target.as_str(), recipe.container.id.as_str()),
        };
        if let Some(mut checkpoint) = get::<_, Checkpoint>(&self.t.checkpoints, key, "a checkpoint")?
            && let Some(load) = &mut checkpoint.load
        {
            load.sets.retain(|set| *set != recipe.set);
            put(&mut self.t.checkpoints, key, &checkpoint)?;
        }
        Ok(())
    }

    /// Deletes what was still to be done for a set whose recipes are all gone; its errors are over. An intent stays:
    /// its call may be under way, or in doubt, and without it a record would be made a second time after a restore.
    fn forget_pending(&mut self, set: LinkSetId) -> Result<(), Fault> {
        let mut keys = Vec::new();
        for row in self.t.pending.range((set.0, 0)..=(set.0, u64::MAX))? {
            let (key, row) = row?;
            let pending: Pending = super::super::codec::decode(row.value(), "a pending link")?;
            if pending.intent.is_none() {
                keys.push(key.value());
            }
        }
        for key in keys {
            self.t.pending.remove(key)?;
            self.unwait(LinkId(key.1), set)?;
        }
        let recipes: BTreeSet<RecipeId> = self.sharing(set).iter().map(|recipe| recipe.id).collect();
        let mut over = Vec::new();
        for row in self.t.errors.iter()? {
            let error: crate::domain::ledger::ErrorRecord =
                super::super::codec::decode(row?.1.value(), "an error")?;
            if recipes.contains(&error.recipe) && error.state != crate::domain::ledger::ErrorState::Resolved {
                over.push(error);
            }
        }
        for error in over {
            let reason = Some("recipe_deleted".into());
            let state = crate::domain::ledger::ErrorState::Resolved;
            self.t.put_error(&crate::domain::ledger::ErrorRecord {
                state,
                reason,
                next_retry_at: None,
                ..error
            })?;
        }
        Ok(())
    }

    /// Looks at every link of a set that has come back: what was still to be done when it was deleted, and what had
    /// failed, was forgotten then, and nothing that is read again would tell of it, because it has not changed.
    fn wake_all(&mut self, set: LinkSetId, now: Stamp, done: &mut Committed) -> Result<(), Fault> {
        let Some(policy) = self.policy(set) else { return Ok(()) };
        let mut links = BTreeSet::new();
        for row in self.t.by_remote.range((set.0, 0, "")..(set.0 + 1, 0, ""))? {
            links.insert(LinkId(row?.1.value()));
        }
        for id in links {
            if let Some(link) = get::<_, Link>(&self.t.links, id.0, "a link")?
                && plan(&link, &policy) != Verdict::InStep
            {
                self.wake(id, &link, &policy, now, done)?;
            }
        }
        Ok(())
    }

    /// Tells the engine of everything that waited while the set's recipes did not run.
    fn awaken(&mut self, set: LinkSetId, done: &mut Committed) -> Result<(), Fault> {
        for row in self.t.pending.range((set.0, 0)..=(set.0, u64::MAX))? {
            let (key, row) = row?;
            let pending: Pending = super::super::codec::decode(row.value(), "a pending link")?;
            done.pending.push((set, LinkId(key.value().1), pending.due));
        }
        Ok(())
    }

    /// Stores a connection; its recipes follow its state in the same commit.
    pub(super) fn put_connection(&mut self, connection: &Connection) -> Result<Committed, Fault> {
        let id = connection.id.as_str();
        let before = self.connection(&connection.id)?;
        put(&mut self.t.connections, id, connection)?;
        self.remember_connection(before.as_ref(), connection);
        let account = self.account(&connection.account)?;
        put(&mut self.t.accounts, account.id.as_str(), &account)?;
        if before.is_none() {
            self.t.touch(Kind::Account, account.id.as_str());
        }
        let mut done = Committed::default();
        if before.is_some_and(|before| before.state == connection.state) {
            return Ok(done);
        }
        let users: Vec<Recipe> = self
            .recipes
            .values()
            .filter(|recipe| recipe.counts() && recipe.uses(&connection.id))
            .map(|recipe| Recipe::clone(recipe))
            .collect();
        for mut recipe in users {
            match (recipe.state, self.suspended_by(&recipe)?) {
                (RecipeState::Active | RecipeState::Suspended, Some((state, reason))) => {
                    recipe.state = state;
                    recipe.reason = Some(reason.into());
                }
                // Whether it goes on is asked once.
                (RecipeState::Suspended, None) => recipe.reason = Some("awaiting_resume".into()),
                _ => continue,
            }
            if recipe.state == RecipeState::Suspended
                && self.recipes.get(&recipe.id).is_some_and(|known| known.state != RecipeState::Suspended)
            {
                recipe.since = connection.since;
            }
            done.recipes.push(recipe.id);
            self.put_recipe(recipe)?;
        }
        Ok(done)
    }

    /// Lets the past remember a connection that stands otherwise than before; not that its address moved, or what it
    /// last said of its limit.
    fn remember_connection(&mut self, before: Option<&Connection>, now: &Connection) {
        let known = before.map(|before| {
            let moved = Connection {
                access: now.access.clone(),
                last_ok_at: now.last_ok_at,
                usage: now.usage,
                more: now.more.clone(),
                ..before.clone()
            };
            (before.state, moved == *now)
        });
        match known {
            Some((_, true)) => return,
            // The row says since when it is so; a change of anything else carries no time of its own.
            Some((state, false)) if state == now.state && self.t.now != Stamp::ZERO => {}
            _ => self.t.now = now.since,
        }
        self.t.touch(Kind::Connection, now.id.as_str());
    }

    pub(super) fn remove_connection(&mut self, id: &str) -> Result<Committed, Fault> {
        let connection = ConnectionId::from(id);
        if self.connection(&connection)?.is_none() {
            return Err(StoreError::Missing { what: "connection", id: id.to_owned() }.into());
        }
        let users =
            self.recipes.values().filter(|recipe| recipe.counts() && recipe.uses(&connection)).count();
        if users > 0 {
            let why = format!("{users} recipes use it; delete them first");
            return Err(StoreError::Refused { what: "connection", id: id.to_owned(), why }.into());
        }
        self.t.connections.remove(id)?;
        self.t.touch(Kind::Connection, id);
        Ok(Committed::default())
    }
}
