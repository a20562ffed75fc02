//! The past against the present: whatever a store said of itself at a whole minute, its past says later.

use std::collections::BTreeMap;

use syncdeck::domain::connection::{Connection, ConnectionState, Usage};
use syncdeck::domain::errand::Errand;
use syncdeck::domain::failure::{Class, Failure, Kind};
use syncdeck::domain::id::{ConnectionId, ErrorId, JobId, LinkId, RemoteId};
use syncdeck::domain::ledger::{ErrorRecord, ErrorState, Snooze};
use syncdeck::domain::link::Intent;
use syncdeck::domain::plan::{Policy, Verdict, plan};
use syncdeck::domain::recipe::Recipe;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::time::{DAY, HOUR, MINUTE, SECOND, Stamp};
use syncdeck::ports::{
    Account, CallsMade, Checkpoint, CounterKey, ErrorsAsk, Group, Job, JobState, LedgerAsk, RecipeChange,
    Step, Store, StreamId, View,
};
use syncdeck::store::redb::RedbStore;

use crate::stored::{BEGINS, begun, connection, observed};

/// Everything that has a past, as a view tells it.
#[derive(Debug, PartialEq)]
struct Picture {
    accounts: Vec<Account>,
    connections: Vec<(ConnectionId, ConnectionState, Stamp, Usage)>,
    recipes: Vec<Recipe>,
    groups: Vec<Group>,
    errors: Vec<(ErrorId, ErrorState)>,
    jobs: Vec<Job>,
    counters: BTreeMap<CounterKey, u64>,
    totals: BTreeMap<CounterKey, u64>,
    calls: BTreeMap<ConnectionId, u64>,
    lines: Vec<u64>,
    newest: u64,
}

impl Picture {
    fn of(view: &dyn View) -> Self {
        let connections = view.connections().unwrap().into_iter();
        let errors = ErrorsAsk { limit: usize::MAX, ..ErrorsAsk::default() };
        let state = |error: ErrorRecord| (error.id, error.state);
        let lines = LedgerAsk { limit: usize::MAX, ..LedgerAsk::default() };
        Self {
            accounts: view.accounts().unwrap(),
            connections: connections.map(|row| (row.id, row.state, row.since, row.usage)).collect(),
            recipes: view.recipes().unwrap(),
            groups: view.groups().unwrap(),
            errors: view.errors(&errors).unwrap().into_iter().map(state).collect(),
            jobs: view.jobs(100).unwrap(),
            counters: view.counters(0).unwrap(),
            totals: view.totals().unwrap(),
            calls: view.calls(0).unwrap(),
            lines: view.ledger(&lines).unwrap().entries.into_iter().map(|(seq, _)| seq).collect(),
            newest: view.newest().unwrap(),
        }
    }
}

struct Life {
    store: RedbStore,
    dice: fastrand::Rng,
    now: Stamp,
    records: u64,
    links: Vec<LinkId>,
    recipe: Recipe,
}

impl Life {
    async fn begin(seed: u64) -> Self {
        let now = Stamp(BEGINS + 7 * SECOND);
        let (store, recipe) = begun(now).await;
        Self { store, dice: fastrand::Rng::with_seed(seed), now, records: 0, links: Vec::new(), recipe }
    }

    /// Observes a record and ends what is to be done about it, one way or another.
    async fn record(&mut self) {
        let (now, at) = (self.now, self.now);
        if self.links.is_empty() || self.dice.bool() {
            self.records += 1;
        }
        let number = self.dice.u64(..self.records);
        let name = format!("Name {}", self.dice.u32(..));
        let row = observed(self.recipe.set, &format!("00Q{number:012}"), &name, at);
        let stream = StreamId { connection: "sf".into(), container: "Lead".into() };
        let step =
            Step::Observe { stream, checkpoint: Checkpoint::default(), rows: vec![row], ran: None, now };
        for (_, link, _) in self.store.commit(step).await.unwrap().pending {
            self.carry(link).await;
        }
    }

    async fn carry(&mut self, id: LinkId) {
        let link = self.store.read().unwrap().link(id).unwrap().unwrap();
        let policy = Policy::of([&self.recipe], |_| true).unwrap();
        let Verdict::Do(operation) = plan(&link, &policy) else { return };
        let intent = Intent { rev: link.rev, operation, at: self.now, doubt: None };
        self.store.commit(Step::Intend { intents: vec![(id, intent)] }).await.unwrap();
        let failure = |kind, class, code| Answer::Refused(Failure::new(kind, class, code, "no"));
        let answer = match self.dice.u8(..6) {
            0..3 => Answer::Done { id: RemoteId::from(format!("9{}", id.0).as_str()), at: Some(self.now) },
            3 => failure(Kind::Permanent, Class::Valid, "STRING_TOO_LONG"),
            4 => failure(Kind::Permanent, Class::Lock, "UNABLE_TO_LOCK_ROW"),
            _ => failure(Kind::Transient, Class::Busy, "SERVER_UNAVAILABLE"),
        };
        let step = Step::Settle { ends: vec![(id, answer, 5)], now: self.now, seed: 1 };
        self.store.commit(step).await.unwrap();
        self.links.push(id);
    }

    /// Something happens.
    async fn happen(&mut self) {
        let now = self.now;
        let open: Vec<ErrorRecord> =
            self.store.read().unwrap().errors(&ErrorsAsk { limit: 50, ..ErrorsAsk::default() }).unwrap();
        let some: Vec<ErrorId> = open.iter().map(|error| error.id).filter(|_| self.dice.bool()).collect();
        let step = match self.dice.u8(..14) {
            0 => {
                let job = Job {
                    id: JobId(0),
                    what: "error.retry".into(),
                    by: "me".into(),
                    at: now,
                    on: Vec::new(),
                    of: some.len() as u64,
                    ok: 0,
                    failed: 0,
                    skipped: 0,
                    state: JobState::Running,
                };
                let job = self.store.commit(Step::PutJob(job)).await.unwrap().job.unwrap();
                let by = "me".into();
                let retry = Step::RetryErrors { errors: some, job, by, due: now, now, edits: Vec::new() };
                let pending = self.store.commit(retry).await.unwrap().pending;
                for (_, link, _) in pending {
                    self.carry(link).await;
                }
                return;
            }
            1 => Step::SetErrors { errors: some, state: ErrorState::Ignored, reason: None, now },
            2 => Step::SnoozeErrors { errors: some, until: Some(now.plus(10 * MINUTE)), now },
            3 => {
                let Some(error) = open.first() else { return };
                let snooze = Snooze { more_than: Some(2), by: "me".into(), ..Snooze::default() };
                Step::SnoozeGroup { group: error.group.clone(), snooze, now }
            }
            4 => Step::Wake { now },
            5 => {
                let state = if self.dice.bool() { ConnectionState::Revoked } else { ConnectionState::Valid };
                let known = self.store.read().unwrap().connections().unwrap();
                let known = known.into_iter().find(|row| row.id.as_str() == "sf").unwrap();
                if known.state == state {
                    return;
                }
                let row = Connection { usage: known.usage, ..connection("sf", state, now) };
                Step::PutConnection(Box::new(row))
            }
            6 => {
                let to = if self.dice.bool() { RecipeChange::Pause } else { RecipeChange::Resume };
                Step::SetRecipes { recipes: vec![self.recipe.id], to, now }
            }
            7 => {
                let account =
                    Account { id: "default".into(), recipe_limit: self.dice.u32(1..90), refused: None };
                Step::PutAccount { account, now }
            }
            8 | 9 => {
                let used = Some(self.dice.u64(..1_000));
                let usage = Usage { used, limit: Some(1_000), at: Some(now) };
                let calls = [(Errand::default(), 3)].into();
                Step::Calls { made: vec![CallsMade { connection: "sf".into(), calls, usage, ok: true }], now }
            }
            _ => return self.record().await,
        };
        self.store.commit(step).await.unwrap();
    }
}

#[tokio::test]
async fn the_past_says_what_the_present_said() {
    for seed in 0..6 {
        let mut life = Life::begin(seed).await;
        let mut pictures = Vec::new();
        for minute in 1..=150 {
            let end = Stamp(BEGINS + minute * MINUTE);
            for _ in 0..life.dice.u8(..4) {
                life.now = life.now.plus(life.dice.i64(1..14 * SECOND)).min(end.plus(-1));
                life.happen().await;
            }
            pictures.push((end, Picture::of(life.store.read().unwrap().as_ref())));
            life.now = end;
        }
        let full = |picture: &Picture| !picture.groups.is_empty() && !picture.jobs.is_empty();
        assert!(pictures.iter().any(|(_, picture)| full(picture)), "seed {seed}: nothing happened");
        for (at, expected) in &pictures {
            let then = life.store.read_at(*at).unwrap();
            assert_eq!(Picture::of(then.as_ref()), *expected, "seed {seed} at {at}");
            assert!(then.recorded().unwrap().unwrap().states);
        }
        let before = life.store.read_at(Stamp(BEGINS)).unwrap().recorded().unwrap().unwrap();
        assert!(!before.states && !before.gauges && before.from.is_some());

        // Three days later minutes are thinned to hours; whole hours are told as before.
        let later = life.now.plus(3 * DAY);
        let usage = Usage::default();
        let calls = [(Errand::default(), 1)].into();
        let made = vec![CallsMade { connection: "boards".into(), calls, usage, ok: true }];
        let step = Step::Calls { made, now: later };
        life.store.commit(step).await.unwrap();
        let trim = || async {
            while life.store.commit(Step::Trim { before: Stamp(BEGINS), limit: 10 }).await.unwrap().more {}
        };
        trim().await;
        for (at, expected) in pictures.iter().filter(|(at, _)| at.0 % HOUR == 0) {
            let then = Picture::of(life.store.read_at(*at).unwrap().as_ref());
            assert_eq!(then, *expected, "seed {seed} at {at}, thinned");
        }
    }
}

#[tokio::test]
async fn what_is_older_than_people_keep_is_over_and_says_so() {
    let mut life = Life::begin(7).await;
    for _ in 0..300 {
        life.now = life.now.plus(20 * SECOND);
        life.happen().await;
    }
    let cut = Stamp(BEGINS + 70 * MINUTE);
    let expected = Picture::of(life.store.read_at(cut).unwrap().as_ref());
    while life.store.commit(Step::Trim { before: cut, limit: 7 }).await.unwrap().more {}
    let then = life.store.read_at(cut).unwrap();
    let kept = Picture::of(then.as_ref());
    assert_eq!(
        (kept.connections, kept.recipes, kept.groups),
        (expected.connections, expected.recipes, expected.groups)
    );
    let older = life.store.read_at(cut.plus(-MINUTE)).unwrap().recorded().unwrap().unwrap();
    assert_eq!((older.states, older.from), (false, Some(cut)));
    assert_eq!(older.counts_to, Stamp(BEGINS + HOUR), "part of an hour whose lines are gone");
}
