//! Trying errors again, and setting them aside.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ActError, Caller};
use crate::domain::connection::ConnectionState;
use crate::domain::draft::Flaw;
use crate::domain::failure::Class;
use crate::domain::id::{ConnectionId, ErrorId, GroupId, JobId};
use crate::domain::ledger::{ErrorRecord, ErrorState, Snooze};
use crate::domain::mapping::{FieldMap, typed};
use crate::domain::recipe::Recipe;
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::engine::{Engine, Shared};
use crate::ports::{ErrorsAsk, Job, JobState, Step, StoreError, cost};

/// Which errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// These.
    Ids(Vec<ErrorId>),
    /// All of a cause.
    Group(GroupId),
    /// All that failed last at or after that point, or all.
    All(Option<Stamp>),
}

/// What a retry does or would do.
#[derive(Clone, Debug)]
pub struct RetryPlan {
    /// The job, with its id once it was started.
    pub job: Job,
    /// How many API calls it costs.
    pub calls: u64,
    /// Errors that would fail again and are left out, by class.
    pub left_out: Vec<(Class, u64)>,
    /// Errors that are tried because they were asked for, and fail again unless something was changed, by class.
    pub doubtful: Vec<(Class, u64)>,
}

impl Engine {
    /// Tries errors again as one job. Of *all* errors those are left out that would only fail again, unless `force`;
    /// errors that are named, or a cause, are tried as asked.
    pub async fn retry_errors(
        &self,
        which: &Which,
        force: bool,
        dry_run: bool,
        grace_ms: i64,
        by: &Caller,
    ) -> Result<RetryPlan, ActError> {
        let shared = &self.shared;
        let found = shared.selected(which)?;
        let leave_out = matches!(which, Which::All(_)) && !force;
        let mut hopeless: BTreeMap<Class, u64> = BTreeMap::new();
        let mut chosen = Vec::new();
        let mut by_connection: BTreeMap<ConnectionId, usize> = BTreeMap::new();
        for error in &found {
            if !shared.can_succeed(error) {
                *hopeless.entry(error.failure.class).or_default() += 1;
                if leave_out {
                    continue;
                }
            }
            *by_connection.entry(error.connection.clone()).or_default() += 1;
            chosen.push(error.id);
        }
        let now = self.now();
        let due = now.plus(grace_ms.clamp(0, 60_000));
        let of = u64::try_from(chosen.len()).unwrap_or(0);
        let hopeless: Vec<(Class, u64)> = hopeless.into_iter().collect();
        let (left_out, doubtful) = if leave_out { (hopeless, Vec::new()) } else { (Vec::new(), hopeless) };
        let mut plan = RetryPlan {
            job: Job {
                id: JobId(0),
                what: "error.retry".into(),
                by: Arc::clone(&by.who),
                at: now,
                on: Vec::new(),
                of,
                ok: 0,
                failed: 0,
                skipped: 0,
                state: if of == 0 { JobState::Done } else { JobState::Waiting },
            },
            calls: shared.cost_of(&by_connection),
            left_out,
            doubtful,
        };
        if dry_run {
            return Ok(plan);
        }
        let job = shared.commit(Step::PutJob(plan.job.clone())).await?.job.unwrap_or(JobId(0));
        plan.job.id = job;
        let on = audited(which, &chosen);
        let (by_whom, edits) = (Arc::clone(&by.who), Vec::new());
        shared.commit(Step::RetryErrors { errors: chosen, job, by: by_whom, due, now, edits }).await?;
        shared.audit("error.retry", on, None, by).await?;
        Ok(plan)
    }

    /// Tries one error again with other values than the source holds, for this try alone: the source is not changed.
    ///
    /// # Errors
    /// A field that the recipe does not write, or a value that cannot be one of its.
    pub async fn edit_error(
        &self,
        id: ErrorId,
        set: &[(String, String)],
        grace_ms: i64,
        by: &Caller,
    ) -> Result<RetryPlan, ActError> {
        let shared = &self.shared;
        let which = Which::Ids(vec![id]);
        let planned = self.retry_errors(&which, true, true, grace_ms, by).await?;
        let error = shared.selected(&which)?.into_iter().next();
        let missing = || StoreError::Missing { what: "error", id: id.to_string() };
        let error = error.ok_or_else(missing)?;
        let recipe = shared.store.read()?.recipes()?.into_iter().find(|recipe| recipe.id == error.recipe);
        let edits = edits(&recipe.ok_or_else(missing)?, &error, set)?;
        let now = self.now();
        let due = now.plus(grace_ms.clamp(0, 60_000));
        let job = Job { what: "error.edit".into(), ..planned.job.clone() };
        let job = Job { id: shared.commit(Step::PutJob(job.clone())).await?.job.unwrap_or(JobId(0)), ..job };
        let (errors, by_whom) = (vec![id], Arc::clone(&by.who));
        shared.commit(Step::RetryErrors { errors, job: job.id, by: by_whom, due, now, edits }).await?;
        // Which fields, and not their values: those may be about people.
        let fields = set.iter().map(|(field, _)| Arc::from(field.as_str()));
        shared
            .audit("error.edit", [id.to_string().into()].into_iter().chain(fields).collect(), None, by)
            .await?;
        // Something was changed: that is what an edit is.
        Ok(RetryPlan { job, doubtful: Vec::new(), ..planned })
    }

    /// Lets records that were refused as duplicates of others be made all the same. It holds for their next tries and
    /// until the engine ends: who restarts it is asked again rather than taken at an old word.
    pub async fn allow_duplicates(&self, which: &Which, by: &Caller) -> Result<(), ActError> {
        let mut found = self.shared.selected(which)?;
        found.retain(|error| error.failure.class == Class::Dup);
        let on = audited(which, &found.iter().map(|error| error.id).collect::<Vec<_>>());
        self.shared.duplicates.allow(found.into_iter().map(|error| error.link));
        self.shared.audit("error.allow-duplicates", on, None, by).await?;
        Ok(())
    }

    /// Puts errors aside for a while; a whole cause with everything that comes of it meanwhile.
    pub async fn snooze_errors(
        &self,
        which: &Which,
        until: Option<Stamp>,
        more_than: Option<u64>,
        reason: Option<&str>,
        by: &Caller,
    ) -> Result<u64, ActError> {
        let errors: Vec<ErrorId> = self.shared.selected(which)?.iter().map(|error| error.id).collect();
        let count = u64::try_from(errors.len()).unwrap_or(0);
        let on = audited(which, &errors);
        let now = self.now();
        let step = match which {
            Which::Group(group) => {
                // One that only waits for a change comes back with the first error that is new.
                let more_than = more_than.or(until.is_none().then_some(0));
                let (by, reason) = (Arc::clone(&by.who), reason.map(Arc::from));
                let snooze = Snooze { until, more_than, new: 0, by, reason };
                Step::SnoozeGroup { group: group.clone(), snooze, now }
            }
            _ => Step::SnoozeErrors { errors, until, now },
        };
        self.shared.commit(step).await?;
        self.shared.audit("error.snooze", on, reason, by).await?;
        Ok(count)
    }

    /// Sets errors aside, with a reason.
    pub async fn ignore_errors(&self, which: &Which, reason: &str, by: &Caller) -> Result<u64, ActError> {
        let errors: Vec<ErrorId> = self.shared.selected(which)?.iter().map(|error| error.id).collect();
        let count = u64::try_from(errors.len()).unwrap_or(0);
        let on = audited(which, &errors);
        self.shared
            .commit(Step::SetErrors {
                errors,
                state: ErrorState::Ignored,
                reason: Some(reason.into()),
                now: self.now(),
            })
            .await?;
        self.shared.audit("error.ignore", on, Some(reason), by).await?;
        Ok(count)
    }
}

/// Returns what was typed as values of the mapping, each at its position.
fn edits(
    recipe: &Recipe,
    error: &ErrorRecord,
    set: &[(String, String)],
) -> Result<Vec<(u16, Value)>, ActError> {
    let side = error.direction.target();
    let (mut edits, mut flaws) = (Vec::new(), Vec::new());
    for (name, text) in set {
        let named = |map: &&FieldMap| map.name(side).as_str().eq_ignore_ascii_case(name);
        let fields = &recipe.mapping.fields;
        let Some(at) = fields.iter().position(|map| named(&map)) else {
            let known: Vec<&str> = fields.iter().map(|map| map.name(side).as_str()).collect();
            let expected = format!("one of {}", known.join(", ")).into();
            flaws.push(Flaw { key: name.as_str().into(), found: text.as_str().into(), expected });
            continue;
        };
        let value = fields.get(at).and_then(|map| typed(text, map.form));
        if let (Some(value), Ok(at)) = (value, u16::try_from(at)) {
            edits.push((at, value));
        } else {
            let expected = "a value of the field's type; references and users cannot be typed".into();
            flaws.push(Flaw { key: name.as_str().into(), found: text.as_str().into(), expected });
        }
    }
    if flaws.is_empty() { Ok(edits) } else { Err(ActError::Flaws(flaws)) }
}

fn audited(which: &Which, chosen: &[ErrorId]) -> Vec<Arc<str>> {
    match which {
        Which::Ids(_) => chosen.iter().map(|id| id.to_string().into()).collect(),
        Which::Group(group) => vec![group.as_str().into(), format!("{} errors", chosen.len()).into()],
        Which::All(_) => vec!["all".into(), format!("{} errors", chosen.len()).into()],
    }
}

impl Shared {
    fn selected(&self, which: &Which) -> Result<Vec<ErrorRecord>, ActError> {
        let view = self.store.read()?;
        let ask = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
        let mut found = match which {
            Which::Ids(ids) => {
                let mut found = Vec::new();
                for id in ids {
                    let missing = || StoreError::Missing { what: "error", id: id.to_string() };
                    found.push(view.error(*id)?.ok_or_else(missing)?);
                }
                found
            }
            Which::Group(group) => view.errors(&ErrorsAsk { group: Some(group.clone()), ..ask })?,
            Which::All(since) => {
                let mut all = view.errors(&ask)?;
                all.retain(|error| since.is_none_or(|since| error.last_at >= since));
                all
            }
        };
        let waits = |error: &ErrorRecord| match error.state {
            ErrorState::Open | ErrorState::Retrying => true,
            ErrorState::Snoozed | ErrorState::Ignored => matches!(which, Which::Ids(_)),
            ErrorState::Resolved => false,
        };
        found.retain(waits);
        Ok(found)
    }

    /// Returns whether a retry can succeed although nothing was changed.
    fn can_succeed(&self, error: &ErrorRecord) -> bool {
        let book = self.book();
        let state = book.connections.get(&error.connection).map(|row| row.state);
        let reachable = state.is_some_and(|state| !state.suspends());
        match error.failure.class {
            Class::Auth => state == Some(ConnectionState::Valid),
            class => reachable && (class.retriable() || error.state == ErrorState::Retrying),
        }
    }

    fn cost_of(&self, by_connection: &BTreeMap<ConnectionId, usize>) -> u64 {
        let book = self.book();
        let calls = by_connection.iter().map(|(id, count)| {
            let remote = book.connections.get(id).and_then(|row| self.keeper.remote(row).ok());
            remote.map_or(*count, |remote| cost(remote.as_ref(), *count))
        });
        u64::try_from(calls.sum::<usize>()).unwrap_or(u64::MAX)
    }
}
