//! The answers to every request: questions from the store, acts through the engine.
//!
//! Without an engine (a command that found none running) the same questions are answered from the stored data.

mod acts;
mod conflicts;
mod connections;
mod errors;
mod guard;
mod objects;
mod offers;
mod overview;
mod past;
mod recipes;
mod status;
mod users;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::protocol::{Refusal, Reply, Request};
use super::rows::{AccountRow, ActivityPage, ActivityRow, AuditRow, JobRow};
use crate::domain::failure::Class;
use crate::domain::filter::Filter;
use crate::domain::id::AccountId;
use crate::domain::ledger::Entry;
use crate::domain::time::Stamp;
use crate::engine::Engine;
use crate::engine::acts::Caller;
use crate::ports::{Clock, Job, JobState, LedgerAsk, Store, StoreError};
use crate::words::Words;

/// The most rows one answer carries.
const MOST_ROWS: usize = 5_000;

/// How long somebody who wants fresh limits waits for them.
const LOOK: Duration = Duration::from_secs(5);

/// A visitor, as far as answers depend on it.
#[derive(Debug)]
pub struct Visitor {
    /// Who they are.
    pub caller: Caller,
    /// The language of explanations.
    pub words: Words,
    /// Whether anything that changes something is refused.
    pub read_only: bool,
}

/// Answers requests.
pub struct Answers {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// The engine, once it is there; whoever sent nobody and has gone will send nobody any more.
    engine: watch::Receiver<Option<Engine>>,
    leaves: guard::Leaves,
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answers").field("engine", &self.engine()).finish_non_exhaustive()
    }
}

impl Answers {
    /// Answers from a store, with the engine that runs on it.
    pub fn new(engine: Engine, clock: Arc<dyn Clock>) -> Self {
        let store = Arc::clone(engine.store());
        Self { store, clock, engine: watch::channel(Some(engine)).1, leaves: guard::Leaves::default() }
    }

    /// Answers questions from stored data at once, and carries out acts as soon as the engine is there.
    pub fn before(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        engine: watch::Receiver<Option<Engine>>,
    ) -> Self {
        Self { store, clock, engine, leaves: guard::Leaves::default() }
    }

    /// Answers questions from stored data alone.
    pub fn of_store(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, engine: watch::channel(None).1, leaves: guard::Leaves::default() }
    }

    /// Returns the engine, if one runs.
    pub fn engine(&self) -> Option<Engine> {
        self.engine.borrow().clone()
    }

    /// Returns whether an engine is on its way.
    fn is_coming(&self) -> bool {
        self.engine.has_changed().is_ok() && self.engine.borrow().is_none()
    }

    /// Waits for the engine; `None` when none will come.
    pub async fn engine_when_there(&self) -> Option<Engine> {
        let mut engine = self.engine.clone();
        engine.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Returns the present time.
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// Answers one request.
    pub async fn answer(&self, request: Request, visitor: &Visitor) -> Reply {
        if request.writes() {
            if visitor.read_only {
                return Reply::Refused(Refusal::read_only(&visitor.words));
            }
            match self.guard(&request, visitor) {
                Ok(None) => {}
                Ok(Some(refusal)) => return Reply::Refused(refusal),
                Err(error) => return Reply::Refused(Refusal::of_store(&error, &visitor.words)),
            }
            return self.act(request, visitor).await;
        }
        match request {
            Request::AsOf { at, question } => self.as_of(at, *question, visitor).await,
            Request::CreateRecipe { .. }
            | Request::RetryErrors { .. }
            | Request::ResolveRecipe(_)
            | Request::Offer(_)
            | Request::PreviewRecipe(_)
            | Request::ForeseeRun { .. }
            | Request::Authorising(_)
            | Request::Doctor { .. } => self.act(request, visitor).await,
            Request::Matches { filter, failed, account } => {
                self.matches(&filter, failed, account, &visitor.words).await
            }
            Request::Backup(to) => match self.store.backup(&to).await {
                Ok(()) => Reply::Done,
                Err(error) => Reply::Refused(Refusal::of_store(&error, &visitor.words)),
            },
            question => {
                self.look_first(&question).await;
                self.ask(question, &visitor.words)
                    .unwrap_or_else(|error| Reply::Refused(Refusal::of_store(&error, &visitor.words)))
            }
        }
    }

    /// Has the orgs asked for their other limits, when a person looks at the limits. What has not come when waiting ends is
    /// told the next time.
    async fn look_first(&self, question: &Request) {
        let Request::Limits { account, fresh } = question else { return };
        let Some(engine) = self.engine() else { return };
        let looking = engine.look_at_limits(account.as_ref());
        if *fresh {
            let _late = tokio::time::timeout(LOOK, looking).await;
        }
    }

    fn ask(&self, question: Request, words: &Words) -> Result<Reply, StoreError> {
        Ok(match question {
            Request::Status { account } => Reply::Status(self.statuses(account.as_ref(), words)?),
            Request::Overview { account, since } => {
                Reply::Overview(Box::new(self.overview(account.as_ref(), since, words)?))
            }
            Request::Accounts => Reply::Accounts(self.accounts()?),
            Request::Connections { account } => {
                Reply::Connections(self.connections(account.as_ref(), words)?)
            }
            Request::Recipes { account, deleted, days } => {
                Reply::Recipes(self.recipes(account.as_ref(), deleted, days)?)
            }
            Request::Recipe(id) => Reply::Recipe(Box::new(self.recipe(id)?)),
            Request::AuditCheck => {
                let (lines, problems) = self.store.read()?.audit_check()?;
                Reply::AuditCheck { lines, problems }
            }
            Request::Definitions { account } => Reply::Definitions(self.definitions(account.as_ref())?),
            Request::Groups { account } => Reply::Groups(self.groups(account.as_ref(), words)?),
            Request::Errors { group, filter, all_states, before, limit } => match self.filter(&filter, words)
            {
                Ok(filter) => {
                    let limit = limit.min(MOST_ROWS);
                    let ask = crate::ports::ErrorsAsk { group, filter, all_states, before, limit };
                    Reply::Errors(self.errors(&ask, words)?)
                }
                Err(part) => bad_filter(&part, words),
            },
            Request::Error(id) => Reply::Error(Box::new(self.error(id, words)?)),
            Request::Cause(id) => Reply::Cause(Box::new(self.cause(&id)?)),
            Request::Activity { filter, failed, account, before, after, limit } => {
                let everything = filter.is_empty() && !failed && before.is_none() && after.is_none();
                match self.filter(&filter, words) {
                    Ok(filter) => {
                        let limit = limit.min(MOST_ROWS);
                        let ask = LedgerAsk { filter, failed, account, link: None, before, after, limit };
                        let mut page = self.activity(&ask)?;
                        if everything {
                            page.minutes = self.throughput(ask.account.as_ref())?;
                        }
                        Reply::Activity(page)
                    }
                    Err(part) => bad_filter(&part, words),
                }
            }
            Request::Objects { account, since } => {
                Reply::Objects(self.objects(account.as_ref(), since, true)?)
            }
            Request::Hours { account, object, direction, since } => {
                Reply::Hours(Box::new(self.hours(account.as_ref(), &object, direction, since)?))
            }
            Request::Limits { account, .. } => Reply::Limits(self.limits(account.as_ref())?),
            Request::Jobs { limit } => {
                Reply::Jobs(self.store.read()?.jobs(limit.min(MOST_ROWS))?.iter().map(job_row).collect())
            }
            Request::Job(id) => {
                let view = self.store.read()?;
                let found = match id {
                    Some(id) => view.job(id)?,
                    None => view.jobs(1)?.into_iter().next(),
                };
                let id = id.map_or("last".to_owned(), |id| id.to_string());
                Reply::Job(job_row(&found.ok_or(StoreError::Missing { what: "job", id })?))
            }
            Request::Conflicts { account } => Reply::Conflicts(self.conflicts(account.as_ref())?),
            Request::Users(of) => Reply::Users(self.users(&of)?),
            Request::Audit { limit } => {
                let lines = self.store.read()?.audit(limit.min(MOST_ROWS))?;
                Reply::Audit(lines.into_iter().map(|(seq, line)| audit_row(seq, line)).collect())
            }
            _ => Reply::Done,
        })
    }

    fn filter(&self, text: &str, words: &Words) -> Result<Filter, String> {
        let now = self.now();
        Filter::parse(text, now, Stamp(words.zone().midnight(now.0)))
    }

    fn accounts(&self) -> Result<Vec<AccountRow>, StoreError> {
        let view = self.store.read()?;
        let (recipes, connections) = (view.recipes()?, view.connections()?);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(view
            .accounts()?
            .into_iter()
            .map(|account| AccountRow {
                recipes: count(
                    recipes.iter().filter(|recipe| recipe.counts() && recipe.account == account.id).count(),
                ),
                connections: count(connections.iter().filter(|row| row.account == account.id).count()),
                recipe_limit: account.recipe_limit,
                id: account.id,
            })
            .collect())
    }

    /// Counts beside everything else: a million entries take their time.
    async fn matches(&self, filter: &str, failed: bool, account: Option<AccountId>, words: &Words) -> Reply {
        let filter = match self.filter(filter, words) {
            Ok(filter) => filter,
            Err(part) => return bad_filter(&part, words),
        };
        let ask = LedgerAsk { filter, failed, account, ..LedgerAsk::default() };
        let store = Arc::clone(&self.store);
        let counted = tokio::task::spawn_blocking(move || store.read()?.matches(&ask)).await;
        match counted {
            Ok(Ok(count)) => Reply::Matches(count),
            Ok(Err(error)) => Reply::Refused(Refusal::of_store(&error, words)),
            Err(error) => Reply::Refused(Refusal::new("data_broken", 5, error.to_string())),
        }
    }

    fn activity(&self, ask: &LedgerAsk) -> Result<ActivityPage, StoreError> {
        let page = self.store.read()?.ledger(ask)?;
        let rows = page.entries.into_iter().map(|(seq, entry)| activity_row(seq, entry)).collect();
        Ok(ActivityPage { rows, minutes: Vec::new(), more: page.more })
    }
}

/// Returns whether something that belongs to `owner` is asked for.
fn asked(wanted: Option<&AccountId>, owner: &AccountId) -> bool {
    wanted.is_none_or(|wanted| wanted == owner)
}

fn bad_filter(part: &str, words: &Words) -> Reply {
    Reply::Refused(Refusal::new("bad_filter", 2, words.say_with("refused-filter", &[("part", part.into())])))
}

fn activity_row(seq: u64, entry: Entry) -> ActivityRow {
    let (class, error) = match entry.failure {
        Some((class, code)) => (Some(class), Some(code)),
        None => (None, None),
    };
    ActivityRow {
        seq,
        at: entry.at,
        account: entry.account,
        recipe: entry.recipe,
        link: entry.link,
        object: entry.object,
        direction: entry.direction,
        action: entry.action,
        result: entry.outcome,
        salesforce_id: entry.salesforce_id,
        target_id: entry.target_id,
        record_name: entry.record_name,
        duration_ms: entry.duration_ms,
        error,
        class,
        fields: entry.fields,
        lost: entry.lost.into_iter().map(|(field, value)| (field, value.to_string())).collect(),
        attempt: entry.attempt,
        job: entry.job,
        by: entry.by,
        converted_to: entry.heirs.into_iter().map(|heir| heir.id).collect(),
    }
}

fn job_row(job: &Job) -> JobRow {
    let state = match job.state {
        JobState::Waiting => "waiting",
        JobState::Running => "running",
        JobState::Done => "done",
        JobState::Stopped => "stopped",
        JobState::Undone => "undone",
    };
    JobRow {
        id: (job.id.0 > 0).then_some(job.id),
        what: Arc::clone(&job.what),
        by: Arc::clone(&job.by),
        at: job.at,
        done: job.ok + job.failed,
        of: job.of,
        ok: job.ok,
        failed: job.failed,
        skipped: job.skipped,
        attempts: u32::from(job.ok + job.failed > 0),
        state: state.into(),
        calls: 0,
        on: job.on.clone(),
        left_out: Vec::new(),
        doubtful: Vec::new(),
    }
}

fn audit_row(seq: u64, line: crate::ports::AuditEntry) -> AuditRow {
    AuditRow {
        seq,
        at: line.at,
        who: line.who,
        from: line.from,
        action: line.action,
        on: line.on,
        reason: line.reason,
    }
}

/// Returns a text for a code, or the one of its class where the code has none of its own.
fn told(words: &Words, class: Class, code: &str, part: &str) -> String {
    let plain: String = code.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let own = format!("error-{plain}-{part}");
    if words.has(&own) { words.say(&own) } else { words.say(&format!("class-{}-{part}", class.name())) }
}

/// Returns what a failure is, in a few words.
pub(super) fn title(words: &Words, class: Class, code: &str) -> String {
    told(words, class, code, "title")
}

/// Returns what a failure means.
pub(super) fn explanation(words: &Words, class: Class, code: &str) -> String {
    told(words, class, code, "explanation")
}

/// Returns what fixes a failure.
pub(super) fn fix(words: &Words, class: Class, code: &str) -> String {
    told(words, class, code, "fix")
}
