//! Each step of the engine, carried out inside the writer's transaction.
//!
//! A step checks every rule before it writes anything: a refused step leaves nothing behind, and the other steps
//! of the same commit go on. What happens to a link is decided by pure functions of `domain`.

mod converted;
mod estranged;
mod guards;
mod held;
mod links;
mod matches;
mod parents;
mod recipes;
mod snooze;
mod trim;

use std::collections::BTreeMap;
use std::sync::Arc;

use redb::ReadableTable;

use super::codec::{Fault, get, put};
use super::fold::{self, Folding};
use super::journal::{self, Kind, Trimmed};
use super::tables::Tables;
use super::writer::Recipes;
use crate::domain::connection::Connection;
use crate::domain::id::{AccountId, ErrorId, JobId, LinkSetId, RecipeId};
use crate::domain::ledger::{ErrorRecord, ErrorState};
use crate::domain::link::{Link, Pending};
use crate::domain::plan::Policy;
use crate::domain::recipe::{Activity, DEFAULT_LIMIT, Recipe};
use crate::domain::time::{DAY, Stamp};
use crate::domain::value::Value;
use crate::ports::{Account, CallsMade, Committed, Job, JobState, Ran, Step, StoreError};

pub(super) struct Stepper<'a, 't> {
    t: Tables<'t>,
    recipes: &'a mut Recipes,
    next_entry: &'a mut u64,
    trimmed: &'a mut Trimmed,
    /// The last id of each kind that the step has allotted.
    ids: BTreeMap<&'static str, u64>,
}

impl<'a, 't> Stepper<'a, 't> {
    pub(super) fn new(
        tables: Tables<'t>,
        recipes: &'a mut Recipes,
        next_entry: &'a mut u64,
        trimmed: &'a mut Trimmed,
    ) -> Self {
        Self { t: tables, recipes, next_entry, trimmed, ids: BTreeMap::new() }
    }

    /// Returns the time of the last step that carried one.
    pub(super) fn now(&self) -> Stamp {
        self.t.now
    }

    /// Carries out a step, and remembers how everything stands that it has changed.
    pub(super) fn step(&mut self, step: Step) -> Result<Committed, Fault> {
        if let Some(now) = journal::time_of(&step) {
            self.t.now = now;
        }
        let done = self.carry_out(step);
        if done.is_err() {
            self.t.touched.clear();
            self.t.folding = Folding::default();
        }
        self.put_ids()?;
        self.t.fold()?;
        self.t.remember()?;
        done
    }

    fn carry_out(&mut self, step: Step) -> Result<Committed, Fault> {
        let mut done = match step {
            Step::Observe { stream, checkpoint, rows, ran, now } => {
                let mut done = self.observe(&stream, &checkpoint, &rows, now)?;
                if let Some(ran) = ran {
                    self.ran(&ran, now, &mut done)?;
                }
                done
            }
            Step::Swept { stream, at } => {
                let at = u64::try_from(at.0).unwrap_or(0);
                self.t.meta.insert(&*super::tables::swept(&stream), at)?;
                Committed::default()
            }
            Step::Trim { before, limit } => self.trim(before, limit)?,
            Step::Look { rows, now } => self.look(&rows, now)?,
            Step::Intend { intents } => self.intend(intents)?,
            Step::Adopt { agreed, now } => self.adopt(agreed, now)?,
            Step::Rest { links, now } => self.rest(links, now)?,
            Step::Settle { ends, now, seed } => self.settle(&ends, now, seed)?,
            Step::Match { pairs, by, now } => self.tie(pairs, &by, now)?,
            Step::Keep { links, kept, by, now } => self.keep(&links, kept, &by, now)?,
            Step::CreateRecipes(recipes) => self.create_recipes(recipes)?,
            Step::Missed { found, now } => self.missed(found, now)?,
            Step::SetRecipes { recipes, to, now } => self.set_recipes(&recipes, &to, now)?,
            Step::PutConnection(connection) => self.put_connection(&connection)?,
            Step::Estrange { connection, from, limit, now } => {
                self.estrange(&connection, from, limit, now)?
            }
            Step::RemoveConnection { id, .. } => self.remove_connection(id.as_str())?,
            Step::PutSchema(connection, schema) => {
                put(&mut self.t.schemas, (connection.as_str(), schema.container.as_str()), &*schema)?;
                Committed::default()
            }
            Step::PutPeople(people) => {
                put(&mut self.t.people, (people.salesforce.as_str(), people.target.as_str()), &*people)?;
                Committed::default()
            }
            Step::PutAccount { account, .. } => {
                self.t.touch(Kind::Account, account.id.as_str());
                put(&mut self.t.accounts, account.id.as_str(), &account)?;
                Committed::default()
            }
            Step::RemoveAccount(id) => self.remove_account(&id)?,
            Step::RetryErrors { errors, job, by, due, edits, .. } => {
                self.retry_errors(&errors, (job, by), due, &edits)?
            }
            Step::SetErrors { errors, state, reason, .. } => {
                self.set_errors(&errors, state, reason.as_ref())?
            }
            Step::SnoozeErrors { errors, until, .. } => self.snooze_errors(&errors, until)?,
            Step::SnoozeGroup { group, snooze, .. } => self.snooze_group(group.as_str(), snooze)?,
            Step::Wake { now } => self.wake_snoozed(now)?,
            Step::StopJob { job, now } => self.stop_job(job, now)?,
            Step::PutJob(job) => self.put_job(job)?,
            Step::Audit(entry) => {
                let seq = self.next_id("audit")?;
                let line = super::codec::encode(&entry);
                let before = self.t.audit_seals.get(seq - 1)?.map_or([0; 32], |seal| seal.value());
                self.t.audit_seals.insert(seq, super::care::seal(&before, seq, &line))?;
                self.t.audit.insert(seq, line.as_slice())?;
                Committed::default()
            }
            Step::Calls { made, now } => {
                for made in &made {
                    self.count_calls(made, now)?;
                }
                Committed::default()
            }
            Step::OrgLimits { connection, limits, now } => {
                if let Some(mut row) =
                    get::<_, Connection>(&self.t.connections, connection.as_str(), "a connection")?
                {
                    row.more.limits = Some((now, limits));
                    put(&mut self.t.connections, connection.as_str(), &row)?;
                }
                Committed::default()
            }
            Step::RefusedByLimit { account, now } => {
                let mut row = self.account(&account)?;
                let today = row.refused.filter(|(at, _)| at.0.div_euclid(DAY) == now.0.div_euclid(DAY));
                row.refused = Some((now, today.map_or(0, |(_, count)| count) + 1));
                self.t.touch(Kind::Account, account.as_str());
                put(&mut self.t.accounts, account.as_str(), &row)?;
                Committed::default()
            }
        };
        done.seq = *self.next_entry - 1;
        Ok(done)
    }

    fn next_id(&mut self, of: &'static str) -> Result<u64, Fault> {
        let last = match self.ids.get(of) {
            Some(last) => *last,
            None => self.t.meta.get(of)?.map_or(0, |row| row.value()),
        };
        self.ids.insert(of, last + 1);
        Ok(last + 1)
    }

    /// Writes down up to where ids were allotted: once for a step of thousands.
    fn put_ids(&mut self) -> Result<(), Fault> {
        for (of, last) in std::mem::take(&mut self.ids) {
            self.t.meta.insert(of, last)?;
        }
        Ok(())
    }

    /// Returns an account; it comes into being with its first use.
    fn account(&self, id: &AccountId) -> Result<Account, Fault> {
        let known = get(&self.t.accounts, id.as_str(), "an account")?;
        Ok(known.unwrap_or_else(|| Account { id: id.clone(), recipe_limit: DEFAULT_LIMIT, refused: None }))
    }

    /// Returns the recipes that share a set of links, deleted ones too.
    fn sharing(&self, set: LinkSetId) -> Vec<Arc<Recipe>> {
        // A pair's set has the number of its first recipe, and its second half has the next one.
        let first = RecipeId(set.0);
        let second = RecipeId(set.0 + 1);
        [first, second]
            .iter()
            .filter_map(|id| self.recipes.get(id))
            .filter(|recipe| recipe.set == set)
            .cloned()
            .collect()
    }

    /// Returns what all recipes of a set want, running or not; nothing when all of them are deleted.
    fn policy(&self, set: LinkSetId) -> Option<Policy> {
        Policy::of(self.sharing(set).iter().map(Arc::as_ref), |_| true)
    }

    /// Counts calls, and returns how many that makes in this hour.
    fn count_calls(&mut self, made: &CallsMade, now: Stamp) -> Result<(), Fault> {
        let connection = made.connection.as_str();
        let key = (now.hour(), connection);
        let calls = self.t.calls.get(key)?.map_or(0, |row| row.value()) + made.calls.values().sum::<u64>();
        self.t.calls.insert(key, calls)?;
        for (errand, count) in &made.calls {
            let (purpose, recipe) = fold::errand_key(*errand);
            let key = (now.hour(), connection, purpose, recipe);
            let sum = self.t.calls_for.get(key)?.map_or(0, |row| row.value()) + count;
            self.t.calls_for.insert(key, sum)?;
        }
        let known: Option<Connection> = get(&self.t.connections, connection, "a connection")?;
        let Some(mut row) = known else { return Ok(()) };
        if made.ok {
            row.last_ok_at = Some(now);
        }
        if made.usage.at.is_some() {
            row.usage = made.usage;
        }
        self.t.gauge(connection, row.usage, calls)?;
        put(&mut self.t.connections, connection, &row)
    }

    fn ran(&mut self, ran: &Ran, at: Stamp, done: &mut Committed) -> Result<(), Fault> {
        for id in &ran.recipes {
            let before: Option<Activity> = get(&self.t.activity, id.0, "an activity")?;
            let mut activity = before.clone().unwrap_or_default();
            activity.last_run_at = Some(at);
            activity.in_step_to = ran.in_step_to.max(activity.in_step_to);
            if ran.loaded && activity.loaded_at.is_none() {
                activity.loaded_at = Some(at);
            }
            self.t.put_activity(*id, before.as_ref(), &activity)?;
            self.reconsider_children_of(*id, true, at, done)?;
        }
        Ok(())
    }

    fn remove_account(&mut self, id: &AccountId) -> Result<Committed, Fault> {
        let owns_recipe = self.recipes.values().any(|recipe| recipe.counts() && recipe.account == *id);
        let mut owns_connection = false;
        for row in self.t.connections.iter()? {
            let connection: Connection = super::codec::decode(row?.1.value(), "a connection")?;
            owns_connection |= connection.account == *id;
        }
        if owns_recipe || owns_connection {
            return Err(StoreError::Refused {
                what: "account",
                id: id.to_string(),
                why: "it still owns connections or recipes".into(),
            }
            .into());
        }
        if self.t.accounts.remove(id.as_str())?.is_none() {
            return Err(StoreError::Missing { what: "account", id: id.to_string() }.into());
        }
        self.t.touch(Kind::Account, id.as_str());
        Ok(Committed::default())
    }

    fn put_job(&mut self, mut job: Job) -> Result<Committed, Fault> {
        if job.id.0 == 0 {
            job.id = JobId(self.next_id("job")?);
        }
        self.t.put_job(&job)?;
        Ok(Committed { job: Some(job.id), ..Committed::default() })
    }

    fn retry_errors(
        &mut self,
        errors: &[ErrorId],
        (job, by): (JobId, Arc<str>),
        due: Stamp,
        edits: &[(u16, Value)],
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for id in errors {
            let Some(error) = get::<_, ErrorRecord>(&self.t.errors, id.0, "an error")? else { continue };
            let link: Option<Link> = get(&self.t.links, error.link.0, "a link")?;
            let Some(link) = link.filter(|link| link.error == Some(*id)) else {
                self.t.advance_job(job, true)?;
                continue;
            };
            let known: Option<Pending> = get(&self.t.pending, (link.set.0, error.link.0), "a pending link")?;
            if known.as_ref().is_some_and(|pending| pending.intent.is_some()) {
                // Its call is under way; that is the retry.
                self.t.advance_job(job, true)?;
                continue;
            }
            let since = known.map_or(due, |pending| pending.since);
            if !link.replaced.is_empty() {
                // A person says that it is no loop, or no longer one.
                put(&mut self.t.links, error.link.0, &Link { replaced: Vec::new(), ..link.clone() })?;
            }
            let asked = Some((job, Arc::clone(&by)));
            let pending = Pending { since, due, asked, edits: edits.to_vec(), ..Pending::new(due) };
            put(&mut self.t.pending, (link.set.0, error.link.0), &pending)?;
            done.pending.push((link.set, error.link, due));
            let error = ErrorRecord { state: ErrorState::Retrying, next_retry_at: Some(due), ..error };
            self.t.put_error(&error)?;
        }
        Ok(done)
    }

    fn set_errors(
        &mut self,
        errors: &[ErrorId],
        state: ErrorState,
        reason: Option<&Arc<str>>,
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for id in errors {
            let Some(error) = get::<_, ErrorRecord>(&self.t.errors, id.0, "an error")? else { continue };
            if error.state == ErrorState::Resolved {
                continue;
            }
            if let Some(link) = get::<_, Link>(&self.t.links, error.link.0, "a link")? {
                self.t.rest(link.set.0, error.link)?;
            }
            let error = ErrorRecord { state, reason: reason.cloned(), next_retry_at: None, ..error };
            self.t.put_error(&error)?;
            // Whoever waited for it as a parent waits no longer for what a person has set aside.
            if let Some(link) = get::<_, Link>(&self.t.links, error.link.0, "a link")? {
                self.tell_children(&link, error.last_at, &mut done)?;
            }
        }
        Ok(done)
    }

    /// Takes back what a retry job has not sent yet: its errors wait for a person again.
    fn stop_job(&mut self, id: JobId, now: Stamp) -> Result<Committed, Fault> {
        let Some(mut job) = get::<_, Job>(&self.t.jobs, id.0, "a job")? else {
            return Err(StoreError::Missing { what: "job", id: id.to_string() }.into());
        };
        let mut waiting = Vec::new();
        for row in self.t.pending.iter()? {
            let (key, row) = row?;
            let pending: Pending = super::codec::decode(row.value(), "a pending link")?;
            if pending.intent.is_none() && pending.asked.as_ref().is_some_and(|(asked, _)| *asked == id) {
                waiting.push(key.value());
            }
        }
        for (set, link_id) in waiting {
            self.t.pending.remove((set, link_id))?;
            let Some(link) = get::<_, Link>(&self.t.links, link_id, "a link")? else { continue };
            let Some(error) = link.error else { continue };
            if let Some(error) = get::<_, ErrorRecord>(&self.t.errors, error.0, "an error")? {
                let error = ErrorRecord { state: ErrorState::Open, next_retry_at: None, ..error };
                self.t.put_error(&error)?;
            }
        }
        job.state = if job.ok + job.failed == 0 { JobState::Undone } else { JobState::Stopped };
        job.skipped = job.of.saturating_sub(job.ok + job.failed);
        tracing::info!(job = id.0, at = %now, "job stopped");
        self.t.put_job(&job)?;
        Ok(Committed::default())
    }
}
