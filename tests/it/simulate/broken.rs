//! Guards broken one by one: each must be missed by some story. They are broken from outside, in wrappers around the
//! engine's own parts, so that the program itself carries no switch by which they could be turned off.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use secrecy::SecretString;
use syncdeck::domain::connection::{Connection, Identity, Usage};
use syncdeck::domain::failure::{Class, Failure, Kind};
use syncdeck::domain::id::{ConnectionId, ContainerId, FieldName, LinkId, RemoteId, System};
use syncdeck::domain::ledger::Action;
use syncdeck::domain::link::{Intent, Presence};
use syncdeck::domain::people::User;
use syncdeck::domain::schema::Schema;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::time::{DAY, MINUTE, Stamp};
use syncdeck::domain::value::Value;
use syncdeck::engine::Parts;
use syncdeck::ports::errand::Errands;
use syncdeck::ports::{
    Account, ChangesAsk, ChangesPage, Clock, Committed, DeletionsAsk, DeletionsPage, Found, Heard, Hearing,
    ParentsAsk, Place, Ran, Record, Remote, Remotes, SecretName, Step, Store, StoreError, Unheard, Vault,
    VaultError, View, Write,
};

use super::disk::Disk;
use super::life::lock;

macro_rules! guards {
    ($($(#[doc = $what:literal])+ $guard:ident in [$($story:literal),+];)*) => {
        /// A guard that is taken away.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Guard {
            $($(#[doc = $what])+ $guard,)*
        }

        /// Each guard, what breaks with it, and the stories of which one must miss it.
        pub(super) const GUARDS: &[(Guard, &str, &[&str])] =
            &[$((Guard::$guard, concat!($($what),+), &[$($story),+]),)*];
    };
}

guards! {
    /// no overlap behind the watermark
    Overlap in ["rows-late"];
    /// the checkpoint is stored before its rows
    CheckpointFirst in ["death-in-first-load"];
    /// calls without a durable intent
    Intent in ["death-at-every-step"];
    /// syncs skipped
    Sync in ["disk-power"];
    /// no look-up of creations in doubt
    LookUp in ["answers-lost"];
    /// changes and deletions in doubt taken for undone
    LookAgain in ["answers-lost", "deletions-archive"];
    /// a lost answer taken for success
    DoubtTrusted in ["answers-lost"];
    /// a create sent again at once
    CreateRetried in ["answers-lost"];
    /// looked up while the call may still take effect
    DoubtWindow in ["work-done-late"];
    /// the key not written in the same create
    Key in ["answers-lost"];
    /// answers matched to the wrong writes
    Position in ["poison"];
    /// a refusal taken for success
    Refusal in ["poison"];
    /// one bad record spoils its batch
    Batch in ["poison"];
    /// a limit noted as an error of records
    Limit in ["limits"];
    /// a transient failure given up at once
    Transient in ["partial", "limits"];
    /// an unreadable page taken for an empty one
    Unreadable in ["strange-answers"];
    /// deletions not seen
    Deletions in ["deletions-archive"];
    /// equal stamps skipped after a page border
    Ties in ["equal-stamps"];
    /// the watermark kept by our own clock
    ServerTime in ["clock"];
    /// nothing is ever counted through
    Sweep in ["rows-very-late", "deletions-purged"];
    /// not looked at before it is written over
    LookFirst in ["both-salesforce-wins"];
    /// every value that comes back is carried over again
    Flips in ["automations"];
    /// merges taken for nothing
    Merges in ["merges"];
    /// conversions taken for deletions
    Conversions in ["conversions"];
    /// what is gone taken for an error of each record
    Gone in ["shape"];
    /// a parent not seen yet taken for one that never comes
    Patience in ["parents-late"];
    /// a child not released when its parent lands
    Release in ["parents-late"];
    /// a reference not told by the link of what it points to
    Parents in ["parents-late"];
    /// parents not asked for whose names their children show
    Shown in ["parents-shown"];
    /// what was told taken for all that changed
    Hints in ["events"];
    /// the recipe limit checked outside the transaction
    RecipeLimit in ["crowd"];
    /// a rotated token used before it is durable
    Rotation in ["tokens"];
}

impl Guard {
    /// Returns a vault without this guard, for the engine and for its clients alike.
    pub(super) fn breaking_vault(self, vault: Arc<dyn Vault>) -> Arc<dyn Vault> {
        match self {
            Self::Rotation => Arc::new(BrokenVault { inner: vault, unsaved: Mutex::default() }),
            _ => vault,
        }
    }

    /// Returns an engine's parts without this guard.
    pub(super) fn breaking(self, mut parts: Parts, disk: &Disk) -> Parts {
        match self {
            Self::Overlap => parts.pace.overlap_ms = 0,
            Self::Sweep => parts.pace.sweep_every_ms = i64::MAX,
            Self::Sync => disk.set_lying(true),
            Self::CheckpointFirst
            | Self::Intent
            | Self::RecipeLimit
            | Self::Flips
            | Self::Patience
            | Self::Release
            | Self::Parents => {
                parts.store = Arc::new(BrokenStore {
                    guard: self,
                    inner: parts.store,
                    intents: Mutex::default(),
                    reads: AtomicI64::new(0),
                });
            }
            // The vault was broken before anybody got it.
            Self::Rotation => {}
            _ => {
                let clock = Arc::clone(&parts.clock);
                parts.remotes = Arc::new(BrokenRemotes { guard: self, inner: parts.remotes, clock });
            }
        }
        parts
    }
}

struct BrokenStore {
    guard: Guard,
    inner: Arc<dyn Store>,
    intents: Mutex<Vec<(LinkId, Intent)>>,
    reads: AtomicI64,
}

#[async_trait]
impl Store for BrokenStore {
    async fn commit(&self, step: Step) -> Result<Committed, StoreError> {
        match (self.guard, step) {
            (Guard::CheckpointFirst, Step::Observe { stream, checkpoint, rows, ran, now }) => {
                let (stream_too, checkpoint_too) = (stream.clone(), checkpoint.clone());
                let first = Step::Observe { stream, checkpoint, rows: Vec::new(), ran: None, now };
                self.inner.commit(first).await?;
                let (stream, checkpoint) = (stream_too, checkpoint_too);
                self.inner.commit(Step::Observe { stream, checkpoint, rows, ran, now }).await
            }
            (Guard::Intent, Step::Intend { intents }) => {
                let taken = intents.iter().map(|(link, _)| *link).collect();
                lock(&self.intents).extend(intents);
                Ok(Committed { taken, ..Committed::default() })
            }
            (Guard::Intent, Step::Settle { ends, now, seed }) => {
                let intents = std::mem::take(&mut *lock(&self.intents));
                self.inner.commit(Step::Intend { intents }).await?;
                self.inner.commit(Step::Settle { ends, now, seed }).await
            }
            // Read so long ago that it is no loop any more.
            (Guard::Flips, Step::Observe { stream, checkpoint, mut rows, ran, now }) => {
                for row in &mut rows {
                    let later = self.reads.fetch_add(11 * MINUTE, Ordering::Relaxed);
                    row.read = row.read.plus(later);
                }
                self.inner.commit(Step::Observe { stream, checkpoint, rows, ran, now }).await
            }
            (Guard::Patience, Step::Observe { stream, checkpoint, rows, ran: Some(ran), now }) => {
                // As if everything that will ever be there had been read.
                let ran = Some(Ran { in_step_to: Some(now.plus(1_000 * DAY)), ..ran });
                self.inner.commit(Step::Observe { stream, checkpoint, rows, ran, now }).await
            }
            (Guard::Release, Step::Settle { ends, now, seed }) => {
                let own: Vec<LinkId> = ends.iter().map(|(link, ..)| *link).collect();
                let mut done = self.inner.commit(Step::Settle { ends, now, seed }).await?;
                done.pending.retain(|(_, link, _)| own.contains(link));
                Ok(done)
            }
            (Guard::Parents, Step::CreateRecipes(mut recipes)) => {
                for parent in recipes.iter_mut().flat_map(|recipe| &mut recipe.parents) {
                    parent.containers.clear();
                }
                self.inner.commit(Step::CreateRecipes(recipes)).await
            }
            (Guard::RecipeLimit, Step::CreateRecipes(recipes)) => {
                let now = recipes.first().map_or(Stamp::ZERO, |recipe| recipe.created_at);
                let account = |limit| {
                    let id = recipes.first().map(|recipe| recipe.account.clone());
                    let id = id.unwrap_or_else(|| "default".into());
                    Step::PutAccount { account: Account { id, recipe_limit: limit, refused: None }, now }
                };
                // Whoever has been told that there is room gets it.
                let more = account(1_000);
                self.inner.commit(more).await?;
                self.inner.commit(Step::CreateRecipes(recipes)).await
            }
            (_, step) => self.inner.commit(step).await,
        }
    }

    fn read(&self) -> Result<Box<dyn View>, StoreError> {
        self.inner.read()
    }
}

/// A vault that keeps a rotated token in memory.
struct BrokenVault {
    inner: Arc<dyn Vault>,
    unsaved: Mutex<Option<SecretString>>,
}

impl Vault for BrokenVault {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        let unsaved = lock(&self.unsaved).clone().filter(|_| name.what == "refresh_token");
        unsaved.or_else(|| self.inner.get(name))
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        if name.what == "refresh_token" && self.inner.get(name).is_some() {
            *lock(&self.unsaved) = Some(secret);
            return Ok(());
        }
        self.inner.put(name, secret)
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), VaultError> {
        self.inner.forget(connection)
    }
}

struct BrokenRemotes {
    guard: Guard,
    inner: Arc<dyn Remotes>,
    clock: Arc<dyn Clock>,
}

impl Remotes for BrokenRemotes {
    fn connect(&self, connection: &Connection) -> Result<Arc<dyn Remote>, Failure> {
        let inner = self.inner.connect(connection)?;
        let (guard, clock) = (self.guard, Arc::clone(&self.clock));
        Ok(Arc::new(BrokenRemote { guard, inner, clock, told: Told::default() }))
    }
}

struct BrokenRemote {
    guard: Guard,
    inner: Arc<dyn Remote>,
    clock: Arc<dyn Clock>,
    told: Told,
}

/// The records of which something was told, since anything was.
type Told = Arc<Mutex<Option<BTreeSet<RemoteId>>>>;

/// A subscription whose hints are kept.
struct Noted {
    inner: Box<dyn Hearing>,
    told: Told,
}

#[async_trait]
impl Hearing for Noted {
    async fn next(&mut self) -> Result<Heard, Unheard> {
        let heard = self.inner.next().await?;
        lock(&self.told).get_or_insert_default().extend(heard.changed.iter().cloned());
        Ok(heard)
    }
}

impl BrokenRemote {
    async fn again(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        writes: &[Write],
        answers: &mut [Answer],
    ) {
        for (write, answer) in writes.iter().zip(answers) {
            if *answer == Answer::Doubt && write.action == Action::Created {
                let second = self.inner.apply(container, key_field, std::slice::from_ref(write)).await;
                *answer = second.into_iter().next().unwrap_or(Answer::Doubt);
            }
        }
    }
}

fn done(write: &Write) -> Answer {
    Answer::Done { id: write.id.clone().unwrap_or_else(|| "1".into()), at: None }
}

#[async_trait]
impl Remote for BrokenRemote {
    fn system(&self) -> System {
        self.inner.system()
    }

    fn hears(&self) -> bool {
        self.inner.hears()
    }

    async fn tells(&self, container: &ContainerId) -> Result<Option<bool>, Failure> {
        self.inner.tells(container).await
    }

    async fn listen(
        &self,
        container: &ContainerId,
        after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let inner = self.inner.listen(container, after).await?;
        Ok(Box::new(Noted { inner, told: Arc::clone(&self.told) }))
    }

    async fn identify(&self) -> Result<Identity, Failure> {
        self.inner.identify().await
    }

    async fn describe(&self, container: &str) -> Result<Schema, Failure> {
        self.inner.describe(container).await
    }

    async fn places(&self) -> Result<Vec<Place>, Failure> {
        self.inner.places().await
    }

    async fn count(&self, container: &ContainerId) -> Result<Option<u64>, Failure> {
        self.inner.count(container).await
    }

    async fn key_field(&self, container: &ContainerId) -> Result<FieldName, Failure> {
        self.inner.key_field(container).await
    }

    async fn changes(&self, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
        let mut ask = ask.clone();
        if self.guard == Guard::Ties && !ask.after.id.is_empty() {
            ask.after.id = "zzzzzzzzzzzzzzzzzz".into();
        }
        let mut page = match self.inner.changes(&ask).await {
            Err(failure) if self.guard == Guard::Unreadable && failure.class != Class::Auth => {
                return Ok(ChangesPage { server_time: Some(self.clock.now()), ..ChangesPage::default() });
            }
            page => page?,
        };
        match self.guard {
            Guard::Merges => page.records.retain(|record| record.survivor.is_none()),
            Guard::Conversions => {
                for record in page.records.iter_mut().filter(|record| !record.heirs.is_empty()) {
                    record.presence = Presence::Deleted;
                    record.heirs.clear();
                }
            }
            Guard::Hints => {
                if let Some(told) = &*lock(&self.told) {
                    page.records.retain(|record| told.contains(&record.id));
                }
            }
            Guard::Deletions => page.records.retain(|record| record.presence == Presence::Present),
            Guard::ServerTime => {
                // Rows are taken for complete up to our own time.
                page.server_time = Some(self.clock.now());
                if let Some(last) = page.records.last_mut().filter(|_| page.next.is_none()) {
                    last.at = last.at.max(self.clock.now());
                }
            }
            _ => {}
        }
        Ok(page)
    }

    async fn of_changed_parents(&self, ask: &ParentsAsk) -> Result<ChangesPage, Failure> {
        if self.guard == Guard::Shown {
            return Ok(ChangesPage::default());
        }
        self.inner.of_changed_parents(ask).await
    }

    async fn deletions(&self, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
        let mut page = self.inner.deletions(ask).await?;
        if self.guard == Guard::Deletions {
            page.deleted.clear();
        }
        Ok(page)
    }

    fn deletions_every_ms(&self, every_ms: i64) -> i64 {
        self.inner.deletions_every_ms(every_ms)
    }

    async fn fetch(
        &self,
        container: &ContainerId,
        ids: &[RemoteId],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        if self.guard == Guard::LookAgain {
            let there = |id: &RemoteId| Record {
                presence: Presence::Present,
                ..Record::missing(id.clone(), Presence::Present)
            };
            return Ok(ids.iter().map(there).collect());
        }
        if self.guard == Guard::LookFirst {
            return Ok(Vec::new());
        }
        self.inner.fetch(container, ids, fields).await
    }

    async fn find(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        keys: &[RemoteId],
    ) -> Result<Vec<Found>, Failure> {
        if self.guard == Guard::LookUp {
            return Ok(Vec::new());
        }
        self.inner.find(container, key_field, keys).await
    }

    async fn alike(
        &self,
        container: &ContainerId,
        by: &FieldName,
        values: &[Value],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        self.inner.alike(container, by, values, fields).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        self.inner.users().await
    }

    fn page(&self) -> u64 {
        self.inner.page()
    }

    fn batch(&self, writes: usize) -> usize {
        self.inner.batch(writes)
    }

    async fn apply(&self, container: &ContainerId, key_field: &FieldName, writes: &[Write]) -> Vec<Answer> {
        let mut writes = writes.to_vec();
        if self.guard == Guard::Key {
            for write in &mut writes {
                write.key = None;
            }
        }
        let mut answers = self.inner.apply(container, key_field, &writes).await;
        match self.guard {
            Guard::DoubtTrusted => {
                for (write, answer) in writes.iter().zip(&mut answers) {
                    if *answer == Answer::Doubt {
                        *answer = done(write);
                    }
                }
            }
            Guard::CreateRetried => self.again(container, key_field, &writes, &mut answers).await,
            Guard::Position => answers.rotate_left(1),
            Guard::Refusal => {
                for (write, answer) in writes.iter().zip(&mut answers) {
                    if matches!(answer, Answer::Refused(failure) if failure.kind == Kind::Permanent) {
                        *answer = done(write);
                    }
                }
            }
            Guard::Batch => {
                if let Some(bad) = answers.iter().find(|answer| matches!(answer, Answer::Refused(_))).cloned()
                {
                    answers.fill(bad);
                }
            }
            Guard::Gone => {
                for answer in &mut answers {
                    if let Answer::Refused(failure) = answer
                        && failure.class == Class::Map
                    {
                        (failure.kind, failure.class) = (Kind::Permanent, Class::Dup);
                    }
                }
            }
            Guard::Limit | Guard::Transient => {
                for answer in &mut answers {
                    if let Answer::Refused(failure) = answer
                        && (self.guard == Guard::Transient || failure.class == Class::Limit)
                    {
                        (failure.kind, failure.class) = (Kind::Permanent, Class::Dup);
                    }
                }
            }
            _ => {}
        }
        answers
    }

    fn doubt_ms(&self) -> i64 {
        if self.guard == Guard::DoubtWindow { 0 } else { self.inner.doubt_ms() }
    }

    fn usage(&self) -> Usage {
        self.inner.usage()
    }

    fn calls_made(&self) -> Errands {
        self.inner.calls_made()
    }
}
