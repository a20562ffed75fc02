//! One run: a story, a seed, and the steps at which the process dies. The same three give the same trace.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use syncdeck::domain::connection::{Access, Grant, Options};
use syncdeck::domain::draft::{ConnectionDraft, RecipeDraft};
use syncdeck::domain::id::{JobId, RecipeId, Side};
use syncdeck::domain::recipe::{Conflicts, Deletion, RecipeState, Template};
use syncdeck::domain::time::{SECOND, Stamp};
use syncdeck::engine::acts::{Act, Caller, Which};
use syncdeck::engine::{Engine, Pace, Parts};
use syncdeck::ports::{Clock, Remotes, Store, StoreError, Vault};
use syncdeck::remote::Clients;
use syncdeck::store::redb::RedbStore;
use tokio::time::Instant;

use super::both::FIELDS;
use super::both_oracle;
use super::broken::Guard;
use super::disk::{Disk, Plot};
use super::ears::Eared;
use super::life::{Drawer, Fate, Life, OwnClock, SimStore, SimVault, lock};
use super::net::SimNet;
use super::oracle;
use super::shape::{self, Lacks};
use super::story::{Event, Story, What};
use super::world::{DOUBT_MS, World, writes};

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) hash: u64,
    /// Steps that the process passed, at each of which it could have died.
    pub(super) steps: u64,
    /// Commits at each of which the disk could have failed, as long as it was not restarted.
    pub(super) commits: u64,
    pub(super) calls: usize,
    pub(super) rounds: u32,
    /// Edits that the oracle excused, and all of them.
    pub(super) excused: (usize, usize),
    pub(super) wrong: Vec<String>,
}

/// How a run is varied.
#[derive(Clone, Debug, Default)]
pub(super) struct Twist {
    /// Steps at which the process dies.
    pub(super) crash_at: Vec<u64>,
    /// A guard that is broken, to see that it is missed.
    pub(super) broken: Option<Guard>,
    /// Without faults: what the calls are compared with.
    pub(super) calm: bool,
    /// The commit at which the disk does what the story says.
    pub(super) commit: Option<u64>,
}

/// Runs a story.
pub(super) fn run(story: &Story, seed: u64, twist: &Twist) -> Outcome {
    super::panics::reset();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let ended = catch_unwind(AssertUnwindSafe(|| runtime.block_on(play(story, seed, twist))));
    let mut outcome = ended.unwrap_or_else(|_| Outcome::default());
    let panics = super::panics::told();
    // A store that refuses a damaged file may do so by a panic inside redb, which is caught and told.
    outcome.wrong.extend(panics.into_iter().map(|panic| format!("panic: {panic}")));
    outcome
}

async fn play(story: &Story, seed: u64, twist: &Twist) -> Outcome {
    let fate = Fate::new(seed, &twist.crash_at);
    let world = World::new(story, &fate);
    world.begin();
    if story.family.is_some() {
        world.family_begins().await;
    }
    // What was there before is older than any overlap.
    tokio::time::sleep(secs(1_200)).await;
    let mut stage = Stage {
        clock: OwnClock::starting_at(Stamp::from(world.sandbox.clock().now())),
        disk: Disk::empty(),
        drawer: Drawer::default(),
        life: Life::new(&fate),
        engine: None,
        job: None,
        recipe: None,
        refused: None,
        deceived: false,
        wrong: Vec::new(),
        commits: 0,
        silent_since: None,
        lacks: None,
        began: Instant::now(),
        twist: twist.clone(),
        fate,
        world,
    };
    let rounds = stage.play().await;
    Outcome {
        hash: stage.fate.hash(),
        steps: stage.fate.steps.load(Ordering::Relaxed),
        commits: stage.commits,
        calls: stage.world.calls(0, |_, _| true),
        rounds,
        excused: both_oracle::excused(&stage.world),
        wrong: stage.wrong,
    }
}

struct Stage {
    fate: Arc<Fate>,
    world: Arc<World>,
    clock: Arc<OwnClock>,
    disk: Disk,
    drawer: Drawer,
    life: Arc<Life>,
    engine: Option<(Engine, Arc<dyn Store>)>,
    recipe: Option<RecipeId>,
    job: Option<JobId>,
    /// Why the store could not be opened, said clearly.
    refused: Option<String>,
    /// A disk that lied came back with less than it had acknowledged. Mostly that is torn and refused. Where every write
    /// of some commits is missing it cannot be told from a disk to which they were never given.
    deceived: bool,
    wrong: Vec<String>,
    /// How many commits there were while faults were in force.
    commits: u64,
    /// The last call before a deleted recipe was to be silent.
    silent_since: Option<u64>,
    /// What was taken away, and when.
    lacks: Option<((Lacks, String), Stamp)>,
    began: Instant,
    twist: Twist,
}

/// Something that happens while faults are in force.
enum Happening {
    Edit,
    Event(Event),
    Jump,
    Cut,
    Full(bool),
    Lie,
}

fn me() -> Caller {
    Caller { who: "tester".into(), from: "simulation".into() }
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl Stage {
    async fn play(&mut self) -> u32 {
        self.live().await;
        self.set_up().await;
        if !self.twist.calm {
            self.world.trouble(true);
        }
        self.set_clock();
        self.fate.armed.store(true, Ordering::Relaxed);
        self.plot_crashes();
        self.plot_disk();
        let (mut half, syncs) = (0, self.disk.syncs());
        for (at, what) in self.happenings() {
            self.until(self.began + Duration::from_millis(at)).await;
            if at < self.world.story.over * 500 {
                half = self.disk.len();
            }
            self.happen(what).await;
        }
        let story = self.world.story.clone();
        self.until(self.began + secs(story.over)).await;
        self.commits = self.disk.syncs().saturating_sub(syncs);
        self.world.trouble(false);
        self.put_right().await;
        self.watch_who_waits().await;
        self.disk.set_full(false);
        self.disk.set_lying(false);
        if (story.disk.flips || story.disk.lies) && self.disk_fails() {
            self.crash().await;
        }
        if self.refused.is_some() {
            return 0;
        }
        let most = if story.expect.rounds == 0 { 60 } else { story.expect.rounds };
        let mut round = 0;
        loop {
            round += 1;
            self.until(Instant::now() + secs(story.every)).await;
            self.put_right().await;
            let mut wrong = self.sides().await;
            wrong.extend(self.books());
            if wrong.is_empty() {
                break;
            }
            if round >= most && self.deceived {
                self.refused = Some("whole commits are gone, and the file is as it was before them".into());
                return 0;
            }
            if round >= most {
                self.wrong.push(format!("after {round} rounds:"));
                self.wrong.extend(wrong.into_iter().take(6));
                return round;
            }
        }
        self.stay_quiet().await;
        let most = half as f64 * story.expect.file;
        if most > 0.0 && self.disk.len() as f64 > most {
            self.wrong.push(format!("the file has grown from {half} to {} bytes", self.disk.len()));
        }
        round
    }

    /// Who waits for a parent that was refused says so; then somebody sees to the parents.
    async fn watch_who_waits(&mut self) {
        let failing = self.world.story.family.as_ref().is_some_and(|family| family.failing > 0.0);
        if !failing || self.twist.calm {
            return;
        }
        self.until(Instant::now() + secs(6 * self.world.story.every)).await;
        if let Some((_, store)) = self.engine.clone() {
            self.wrong.extend(super::family::waits(&self.world, store.as_ref()).await);
        }
        self.world.family_is_put_right();
    }

    /// What people would see to in the end: the recipe runs again, the connection has a token that works, what was
    /// held is decided.
    async fn put_right(&mut self) {
        if let Some((engine, store)) = self.engine.clone() {
            let world = Arc::clone(&self.world);
            let refused = world.story.pair.as_ref().is_some_and(|pair| pair.picks || pair.owners);
            let decided = async {
                if refused {
                    let _none_is_left = engine.retry_errors(&Which::All(None), true, false, 0, &me()).await;
                }
                super::meet::decide(&world, &engine, store.as_ref()).await
            };
            // The process may die under the person's hands.
            let life = Arc::clone(&self.life);
            let wrong = tokio::select! {
                biased;
                () = life.died.notified() => {
                    life.died.notify_one();
                    Vec::new()
                }
                wrong = decided => wrong,
            };
            self.wrong.extend(wrong);
            let held = store.read().and_then(|view| view.held(1_000)).unwrap_or_default();
            let (mut mine, mut theirs) = (Vec::new(), Vec::new());
            for (_, link, _) in held {
                if self.fate.roll(2) == 0 { mine.push(link) } else { theirs.push(link) }
            }
            for (links, side) in [(mine, Side::Salesforce), (theirs, Side::Other)] {
                if !links.is_empty() {
                    let _refused_when_news_came = engine.keep(&links, side, &me()).await;
                }
            }
        }
        let mut reconnected = false;
        for _ in 0..10 {
            let (Some(recipe), Some((engine, store))) = (self.recipe, self.engine.clone()) else { return };
            let state = store.read().and_then(|view| view.recipes()).ok();
            let state = state.and_then(|all| all.into_iter().find(|known| known.id == recipe));
            let gone = state.as_ref().is_some_and(|recipe| recipe.gone.is_some());
            let braked = store.read().and_then(|view| view.brakes()).is_ok_and(|brakes| !brakes.is_empty());
            let what = match state.map(|recipe| recipe.state) {
                // So many deletions at once wait for a person, who has seen them now.
                Some(RecipeState::Active) if braked => What::Resume,
                Some(RecipeState::Active) | None => {
                    if reconnected {
                        // The next one must not be lost.
                        self.fate.token_lost.store(false, Ordering::Relaxed);
                    }
                    return;
                }
                Some(RecipeState::Deleted) => What::Restore,
                Some(RecipeState::Paused) => What::Resume,
                // It is back, and nobody needs to say so.
                Some(RecipeState::Suspended) if gone => {
                    self.until(Instant::now() + secs(self.world.story.every)).await;
                    continue;
                }
                Some(RecipeState::Suspended) => {
                    let lost = self.fate.token_lost.load(Ordering::Relaxed);
                    if self.world.story.expect.unattended && !lost {
                        self.wrong.push("a person has to reconnect".into());
                    }
                    reconnected = true;
                    What::Reconnect
                }
            };
            drop(engine);
            self.event(Event { at: None, what, with: Value::Null }).await;
            self.until(Instant::now() + secs(1)).await;
        }
    }

    /// A deleted recipe makes no further call.
    fn check_silence(&mut self) {
        if let Some(since) = self.silent_since.take() {
            let calls = self.world.calls(since, |_, _| true);
            if calls > 0 {
                self.wrong.push(format!("{calls} calls for a deleted recipe"));
            }
        }
    }

    /// The next run writes nothing.
    async fn stay_quiet(&mut self) {
        let before = self.world.sandbox.recorder().last();
        // A server that was silent to the end is waited for two minutes, and as long again before it is asked.
        let silent = if self.world.story.net.silent > 0.0 { 600 } else { 0 };
        self.until(Instant::now() + secs(2 * self.world.story.every + 1 + silent)).await;
        let written = self.world.calls(before, writes);
        if written > 0 {
            self.wrong.push(format!("{written} writes after quiet"));
        }
        let source = if self.world.story.pair.is_some() { "monday" } else { "salesforce" };
        let reads = self.world.calls(before, |system, _| system == source);
        let active = self.engine.as_ref().is_some_and(|(_, store)| {
            store
                .read()
                .and_then(|view| view.recipes())
                .is_ok_and(|recipes| recipes.iter().any(|recipe| recipe.state == RecipeState::Active))
        });
        // Who hears of changes looks seldom.
        if active && reads == 0 && self.world.story.events.is_none() {
            self.wrong.push("nobody looks for changes any more".into());
        }
        let again = self.sides().await;
        self.wrong.extend(again.into_iter().take(6));
        let expect = self.world.story.expect.clone();
        if let Some(most) = expect.grants {
            let grants = self.world.calls(0, |_, endpoint| endpoint.contains("/oauth2/token"));
            if grants as u64 > most {
                self.wrong.push(format!("{grants} calls to the token endpoint"));
            }
        }
    }

    async fn sides(&self) -> Vec<String> {
        match &self.engine {
            _ if self.world.story.family.is_some() => super::family::sides(&self.world).await,
            Some((_, store)) if self.world.story.pair.is_some() => {
                both_oracle::sides(&self.world, store.as_ref()).await
            }
            _ => {
                let mut wrong = oracle::board(&self.world).await;
                if self.world.story.witness {
                    wrong.extend(shape::board(&self.world).await);
                }
                wrong
            }
        }
    }

    fn books(&self) -> Vec<String> {
        let Some((_, store)) = &self.engine else { return vec!["there is no engine".into()] };
        oracle::books(&self.world, store.as_ref()).unwrap_or_else(|error| vec![error])
    }

    /// Begins a life on what the disk holds.
    async fn live(&mut self) {
        let life = Life::new(&self.fate);
        let disk = self.disk.clone();
        let panics = super::panics::count();
        let opened = catch_unwind(AssertUnwindSafe(|| RedbStore::open_with_backend(disk)));
        let store = match opened {
            Ok(Ok(store)) => store,
            Ok(Err(error)) => {
                // Over a damaged page redb panics; the store makes an error of it.
                super::panics::forget(panics);
                return self.refuse(&error);
            }
            Err(_) => return self.wrong.push("opening the store panics".into()),
        };
        let inner: Arc<dyn Store> = Arc::new(store);
        let store: Arc<dyn Store> = Arc::new(SimStore {
            life: Arc::clone(&life),
            inner: Arc::clone(&inner),
            disk: self.disk.clone(),
        });
        let vault: Arc<dyn Vault> =
            Arc::new(SimVault { life: Arc::clone(&life), drawer: Arc::clone(&self.drawer) });
        let vault = match self.twist.broken {
            Some(guard) => guard.breaking_vault(vault),
            None => vault,
        };
        let net = Arc::new(SimNet { life: Arc::clone(&life), world: Arc::clone(&self.world) });
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let mut remotes: Arc<dyn Remotes> =
            Arc::new(Clients::over(net, Arc::clone(&vault), Arc::clone(&clock)));
        if self.world.story.events.is_some() {
            remotes = Arc::new(Eared { inner: remotes, world: Arc::clone(&self.world) });
        }
        let seed = self.fate.roll(u64::MAX);
        let paces = self.world.story.pace;
        let mut pace = Pace::default();
        if paces.sweep > 0 {
            pace.sweep_every_ms = paces.sweep * SECOND;
        }
        if paces.retention > 0 {
            pace.retention_ms = paces.retention * SECOND;
        }
        let mut parts = Parts {
            store,
            remotes,
            vault,
            clock,
            seed,
            pace,
            callback: syncdeck::engine::Callback::default(),
            packages: shape::packages(),
        };
        if let Some(guard) = self.twist.broken {
            parts = guard.breaking(parts, &self.disk);
        }
        self.life = life;
        match Engine::start(parts).await {
            Ok(engine) => self.engine = Some((engine, inner)),
            Err(error) => self.refuse(&error),
        }
    }

    /// The store says that it cannot be used; it must say so clearly, and only when it was damaged.
    fn refuse(&mut self, error: &StoreError) {
        let disk = &self.world.story.disk;
        let told = error.to_string();
        if !(disk.flips || disk.lies) || told.len() < 20 {
            self.wrong.push(format!("the store does not open: {told}"));
        }
        self.fate.note(&told);
        self.refused = Some(told);
    }

    /// The process dies and is started again.
    async fn crash(&mut self) {
        self.life.die();
        if let Some((engine, _)) = self.engine.take() {
            // It hangs on its last commit, like everything else of a dead process.
            let _hangs = tokio::time::timeout(Duration::ZERO, engine.stop(0)).await;
        }
        self.deceived |= self.disk.has_lied();
        let mut dice = fastrand::Rng::with_seed(self.fate.roll(u64::MAX));
        self.disk = self.disk.after_a_crash(&mut dice);
        if self.world.story.disk.flips && self.disk_fails() {
            self.disk.flip(&mut dice);
        }
        tokio::time::sleep(Duration::from_millis(self.fate.roll(3_000))).await;
        self.live().await;
    }

    /// Lets time pass; whenever the process dies meanwhile, it is started again.
    async fn until(&mut self, then: Instant) {
        loop {
            let life = Arc::clone(&self.life);
            tokio::select! {
                biased;
                () = life.died.notified() => self.crash().await,
                () = tokio::time::sleep_until(then) => return,
            }
            if self.refused.is_some() || !self.wrong.is_empty() {
                return;
            }
        }
    }

    async fn set_up(&mut self) {
        let Some((engine, _)) = self.engine.clone() else { return };
        let world = Arc::clone(&self.world);
        let salesforce = Access::Salesforce {
            login_url: "http://salesforce.sim".into(),
            client_id: world.endpoint("salesforce", "/client_id").into(),
            grant: Grant::RefreshToken,
            version: "62.0".into(),
            sandbox: false,
            doubt_ms: i64::try_from(DOUBT_MS).unwrap_or(SECOND),
        };
        let monday = Access::Monday {
            url: "http://monday.sim/v2".into(),
            version: "2026-10".into(),
            doubt_ms: i64::try_from(DOUBT_MS).unwrap_or(SECOND),
            phone_country: None,
        };
        let connection = |id: &str, access, secrets: &[(&str, String)]| ConnectionDraft {
            id: id.into(),
            account: None,
            access,
            protected: false,
            options: Options { needs_package: id == "sf" && world.story.package, ..Options::default() },
            event_bus: None,
            app: None,
            api_budget: None,
            secrets: secrets
                .iter()
                .map(|(name, secret)| ((*name).to_owned(), secret.clone()))
                .collect::<BTreeMap<_, _>>(),
        };
        let secrets = [
            ("client_secret", world.endpoint("salesforce", "/client_secret")),
            ("refresh_token", world.endpoint("salesforce", "/refresh_token")),
        ];
        engine.add_connection(connection("sf", salesforce, &secrets), &me()).await.unwrap();
        let secrets = [("token", world.endpoint("monday", "/token"))];
        engine.add_connection(connection("monday", monday, &secrets), &me()).await.unwrap();
        let mut drafts = vec![self.draft()];
        if world.story.witness {
            drafts.push(shape::witness(&drafts[0]));
        }
        if let Some(family) = &world.story.family {
            drafts = super::family::drafts(&world, &drafts[0]);
            if family.parents_every > 0 {
                drafts[0].every_ms = i64::try_from(family.parents_every).ok().map(|every| every * SECOND);
            }
        }
        for draft in &drafts {
            let made = engine.create_recipes(draft, false, &me()).await.unwrap();
            self.recipe = self.recipe.or(made.first().copied());
        }
    }

    fn draft(&self) -> RecipeDraft {
        let story = &self.world.story;
        let pair = |salesforce: &str, target: &str| (salesforce.into(), target.into());
        let both = story.pair.as_ref();
        let template = both.and_then(|pair| Template::ALL.iter().find(|(name, _)| *name == pair.template));
        RecipeDraft {
            id: None,
            name: "Leads".into(),
            account: None,
            template: template.map_or(Template::RecordToItem, |(_, template)| *template),
            salesforce: "sf".into(),
            target: "monday".into(),
            object: "Lead".into(),
            container: "Leads".into(),
            section: None,
            condition: "".into(),
            fields: if both.is_some() {
                let owner = both.filter(|pair| pair.owners).map(|_| pair("OwnerId", "owner"));
                FIELDS.iter().map(|(salesforce, target)| pair(salesforce, target)).chain(owner).collect()
            } else {
                vec![
                    pair("Name", "name"),
                    pair("Company", "company"),
                    pair("Title", "title"),
                    pair("Phone", "phone"),
                ]
            },
            matching: match both {
                Some(pair) if pair.met > 0 => vec!["email".into()],
                _ if story.meet.is_some() => vec!["name".into()],
                _ => Vec::new(),
            },
            default_owner: None,
            deletion: match &*story.deletions {
                "keep" => Deletion::Keep,
                "archive" => Deletion::Archive,
                _ => Deletion::Delete,
            },
            conflicts: match both.map(|pair| &*pair.conflicts) {
                Some("salesforce-wins") => Conflicts::SalesforceWins,
                Some("other-wins") => Conflicts::OtherWins,
                Some("hold") => Conflicts::Hold,
                _ => Conflicts::NewestWins,
            },
            backfill: true,
            every_ms: i64::try_from(story.every).ok().map(|seconds| seconds * SECOND),
            seasonal: false,
            create_missing: false,
        }
    }

    fn set_clock(&self) {
        let skew = self.world.story.clock.skew;
        if skew != 0 && !self.twist.calm {
            let off = i64::try_from(self.fate.roll(2 * skew.unsigned_abs() * 1_000)).unwrap_or(0);
            self.clock.off_ms.store(off - skew * 1_000, Ordering::Relaxed);
        }
    }

    fn plot_crashes(&self) {
        if self.twist.calm {
            return;
        }
        for _ in 0..self.world.story.crash.times {
            let at = 1 + self.fate.roll(150);
            lock(&self.fate.crash_at).insert(at);
        }
    }

    /// The disk does what the story says at the commit that was asked for.
    fn plot_disk(&self) {
        let disk = &self.world.story.disk;
        let plot = match disk {
            _ if disk.lies => Plot::Lie,
            _ if disk.full_for > 0 => Plot::Full,
            _ => Plot::Cut,
        };
        if let Some(commit) = self.twist.commit {
            self.disk.plot(self.disk.syncs() + commit, plot);
        }
    }

    /// Whether the disk may do something in this run.
    fn disk_fails(&self) -> bool {
        !self.twist.calm && (!self.world.story.disk.every_commit || self.twist.commit.is_some())
    }

    /// Returns what happens and when, in milliseconds.
    fn happenings(&self) -> Vec<(u64, Happening)> {
        let story = &self.world.story;
        let over = story.over * 1_000;
        let roll = || self.fate.roll(over);
        let mut all: Vec<(u64, Happening)> = (0..story.edits).map(|_| (roll(), Happening::Edit)).collect();
        if !self.twist.calm {
            for event in &story.event {
                let at = event.at.map_or_else(roll, |at| at * 1_000);
                all.push((at, Happening::Event(event.clone())));
            }
            all.extend((0..story.clock.jumps).map(|_| (roll(), Happening::Jump)));
            let by_chance = !story.disk.every_commit;
            all.extend((0..story.disk.cuts).filter(|_| by_chance).map(|_| (roll(), Happening::Cut)));
            if story.disk.lies && by_chance {
                all.push((roll(), Happening::Lie));
            }
            if story.disk.full_for > 0 && by_chance {
                let at = roll();
                all.push((at, Happening::Full(true)));
                all.push((at + story.disk.full_for * 1_000, Happening::Full(false)));
            }
        }
        all.sort_by_key(|(at, _)| *at);
        all
    }

    async fn happen(&mut self, what: Happening) {
        match what {
            Happening::Edit => self.world.edit().await,
            Happening::Jump => {
                let leap = self.world.story.clock.leap;
                let off = i64::try_from(self.fate.roll(2 * leap.unsigned_abs() * 1_000)).unwrap_or(0);
                self.clock.off_ms.store(off - leap * 1_000, Ordering::Relaxed);
            }
            Happening::Cut => {
                let at = self.disk.syncs() + 1 + self.fate.roll(12);
                self.disk.plot(at, Plot::Cut);
            }
            Happening::Full(full) => self.disk.set_full(full),
            Happening::Lie => self.disk.set_lying(true),
            Happening::Event(event) => self.event(event).await,
        }
    }

    async fn event(&mut self, event: Event) {
        let Some((engine, store)) = self.engine.clone() else { return };
        let Some(recipe) = self.recipe else { return };
        self.fate.note(&format!("event {:?}", event.what));
        if event.what != What::Control {
            self.check_silence();
        }
        let text = |key: &str| event.with.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let life = Arc::clone(&self.life);
        let act = async {
            match event.what {
                What::Control => {
                    let body = event.with.get("body").cloned().unwrap_or_else(|| json!({}));
                    self.world.control(&text("system"), &text("action"), &body);
                }
                What::Lack => {
                    let since = self.clock.now();
                    self.lacks = Some((self.world.lack(event.with.as_str()), since));
                }
                What::Mend => {
                    if let Some(((what, board), since)) = self.lacks.take() {
                        self.wrong.extend(shape::degrades(store.as_ref(), what, since));
                        self.world.mend(what, &board);
                    }
                }
                What::Look => {
                    // It may fail under faults; then the person looks again.
                    for _ in 0..5 {
                        if engine.check_connection(&"sf".into()).await.is_ok() {
                            break;
                        }
                        tokio::time::sleep(secs(2)).await;
                    }
                    self.wrong.extend(shape::stands(store.as_ref(), event.with.as_str().unwrap_or("valid")));
                }
                What::Named if self.world.story.pair.as_ref().is_some_and(|pair| pair.owners) => {
                    self.wrong.extend(super::owners::named(&self.world, store.as_ref()));
                }
                What::Named => self.wrong.extend(both_oracle::named(&self.world, store.as_ref()).await),
                What::Deafen => self.world.deaf.store(true, Ordering::Relaxed),
                What::Hear => {
                    self.world.forgotten.fetch_add(1, Ordering::Relaxed);
                    self.world.deaf.store(false, Ordering::Relaxed);
                }
                What::Reconnect => {
                    let granted = self.world.control("salesforce", "grant", &json!({}));
                    let token = granted["refresh_token"].as_str().unwrap_or_default().to_owned();
                    // It may fail under faults; then the person tries again.
                    for _ in 0..5 {
                        if engine.reconnect(&"sf".into(), token.clone(), true, None, &me()).await.is_ok() {
                            break;
                        }
                        tokio::time::sleep(secs(2)).await;
                    }
                }
                What::Pause | What::Resume | What::Delete | What::Restore => {
                    let act = match event.what {
                        What::Pause => Act::Pause,
                        What::Resume => Act::Resume,
                        What::Restore => Act::Restore,
                        _ => Act::Delete,
                    };
                    // An act on a recipe that is not there any more is refused; that is no news.
                    if let Ok(Some(job)) = engine.act_on_recipes(&[recipe], act, None, &me()).await {
                        self.job = Some(job);
                    }
                }
                What::Undo => {
                    if let Some(job) = self.job {
                        let _refused_when_done = engine.undo(job, &me()).await;
                    }
                }
                What::Crowd => {
                    let many = event.with.as_u64().unwrap_or(1_000);
                    self.crowd(&engine, many).await;
                }
            }
        };
        // The process may die under the person's hands.
        tokio::select! {
            biased;
            () = life.died.notified() => life.died.notify_one(),
            () = act => {}
        }
        if event.what == What::Delete {
            // What was under way ends.
            self.until(Instant::now() + secs(2)).await;
            let state = self.engine.as_ref().and_then(|(_, store)| store.read().ok()?.recipes().ok());
            let deleted =
                state.is_some_and(|all| all.iter().all(|known| known.state == RecipeState::Deleted));
            self.silent_since = deleted.then(|| self.world.sandbox.recorder().last());
        }
        if event.what == What::Crowd {
            let recipes = self.engine.as_ref().and_then(|(_, store)| store.read().ok()?.recipes().ok());
            let count = recipes.unwrap_or_default().iter().filter(|recipe| recipe.counts()).count();
            if count != 90 {
                self.wrong.push(format!("{count} recipes instead of 90"));
            }
        }
    }

    /// Many people make recipes at the same time; they are for nothing, so none of them is to be loaded.
    async fn crowd(&self, engine: &Engine, many: u64) {
        let (draft, me) = (RecipeDraft { condition: "LastName = 'nobody'".into(), ..self.draft() }, me());
        let asked = (0..many).map(|_| engine.create_recipes(&draft, false, &me));
        futures::future::join_all(asked).await;
    }
}
