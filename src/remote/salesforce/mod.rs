//! Salesforce by its REST API: `rest` makes the calls, `soql` and `codec` speak the language, `read` and
//! `write` do what the engine wants, `graph` makes families in one call, `errors` knows what a refusal means.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::domain::connection::{Connection, Identity, OrgLimit, Usage};
use crate::domain::doctor::{Finding, Need};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId, System};
use crate::domain::people::User;
use crate::domain::schema::Schema;
use crate::domain::settle::Answer;
use crate::domain::time::{MINUTE, Stamp};
use crate::domain::value::Value;
use crate::ports::errand::Errands;
use crate::ports::{
    Beside, Bulk, ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, FamiliesAtOnce, Family, Found,
    Hearing, ParentsAsk, Place, Record, Remote, ToldBeside, Unheard, Write,
};
use crate::remote::call::{Caller, awaited};
use crate::remote::oauth::Tokens;

mod avro;
mod bulk;
mod codec;
mod describe;
mod errors;
mod examine;
mod graph;
mod identify;
mod ingest;
mod places;
mod places_known;
mod pubsub;
mod read;
mod rest;
mod results;
mod slices;
mod soql;
mod together;
mod users;
mod write;

pub use errors::codes;

use describe::{Described, ObjectWire};
use rest::Rest;

/// Records of one collection call.
const COLLECTION: usize = 200;

/// How often the log of deletions is read: changes show deleted records too while the recycle bin holds them, and the
/// log catches what an emptied bin hid.
const DELETIONS_EVERY: i64 = 60 * MINUTE;

/// One Salesforce org.
pub struct Salesforce {
    rest: Rest,
    doubt_ms: i64,
    described: Mutex<HashMap<String, Arc<Described>>>,
    /// Readings that go on in bulk jobs, by the place where they go on.
    readings: Mutex<HashMap<Arc<str>, bulk::Reading>>,
    bus: Option<Arc<pubsub::Bus>>,
    /// Whether the org was found to take no graphs.
    graphless: AtomicBool,
    jobs: ingest::Jobs,
    /// Which changes the org tells, as it said a moment ago: one answer is for all objects.
    captured: tokio::sync::Mutex<Option<(Stamp, examine::Captured)>>,
}

impl Salesforce {
    /// Returns the client of one org.
    ///
    /// # Errors
    /// A version that is none.
    pub fn new(caller: Caller, tokens: Arc<Tokens>, version: &str, doubt_ms: i64) -> Result<Self, Failure> {
        let plain = version.trim_start_matches('v');
        if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            let message = format!("{version:?} is not a version of the Salesforce API");
            return Err(Failure::new(Kind::Connection, Class::Bug, "UNSUPPORTED_API_VERSION", &message));
        }
        Ok(Self {
            rest: Rest::new(caller, tokens, version),
            doubt_ms,
            described: Mutex::default(),
            readings: Mutex::default(),
            bus: None,
            graphless: AtomicBool::new(false),
            jobs: ingest::Jobs::default(),
            captured: tokio::sync::Mutex::default(),
        })
    }

    /// Returns the client with an ear for the change events of a connection, where there is an event bus.
    #[must_use]
    pub fn hearing(mut self, connection: &Connection, tokens: &Arc<Tokens>) -> Self {
        self.bus = pubsub::Bus::of(connection, tokens);
        self
    }

    /// Describes an object anew and remembers it: values are read and written by their described type.
    async fn describe_now(&self, object: &str) -> Result<Arc<Described>, Failure> {
        let object = soql::identifier(object)?;
        let path = self.rest.path(&format!("sobjects/{object}/describe"));
        let reply = self.rest.get(&path).await.map_err(|failure| match &*failure.code {
            // The path of an object that is not there or not permitted is simply not found.
            "NOT_FOUND" | "HTTP_404" => {
                let message = format!("there is no object {object} that this user may see");
                Failure::new(Kind::Permanent, Class::Map, "INVALID_TYPE", &message)
            }
            _ => failure,
        })?;
        let described = Arc::new(Described::from(rest::read::<ObjectWire>(reply.body())?));
        let mut all = self.described.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(object.to_ascii_lowercase(), Arc::clone(&described));
        Ok(described)
    }

    async fn described(&self, object: &ContainerId) -> Result<Arc<Described>, Failure> {
        let known = {
            let all = self.described.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(&object.as_str().to_ascii_lowercase()).cloned()
        };
        match known {
            Some(described) => Ok(described),
            None => self.describe_now(object.as_str()).await,
        }
    }

    async fn write(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        writes: &[Write],
        kinds: rest::Kinds,
    ) -> Vec<Answer> {
        let answers = write::apply(self, container, key_field, writes, kinds).await;
        for answer in &answers {
            if let Answer::Refused(failure) = answer {
                self.doubt_schema(container, failure);
            }
        }
        answers
    }

    /// Forgets what an object is once an answer shows that it has changed.
    fn doubt_schema(&self, object: &ContainerId, failure: &Failure) {
        if failure.class == Class::Map {
            let mut all = self.described.lock().unwrap_or_else(PoisonError::into_inner);
            all.remove(&object.as_str().to_ascii_lowercase());
        }
    }
}

#[async_trait]
impl Remote for Salesforce {
    fn system(&self) -> System {
        System::Salesforce
    }

    async fn identify(&self) -> Result<Identity, Failure> {
        awaited(identify::identify(&self.rest)).await
    }

    async fn describe(&self, container: &str) -> Result<Schema, Failure> {
        Ok(awaited(self.describe_now(container)).await?.schema.clone())
    }

    async fn places(&self) -> Result<Vec<Place>, Failure> {
        awaited(places::places(self)).await
    }

    async fn count(&self, container: &ContainerId) -> Result<Option<u64>, Failure> {
        awaited(places::count(self, container)).await
    }

    async fn examine(&self, needs: &[Need], events: bool) -> Result<Vec<Finding>, Failure> {
        awaited(examine::examine(self, needs, events)).await
    }

    async fn packages(&self, namespaces: &[String]) -> Result<Option<Vec<(String, String)>>, Failure> {
        awaited(examine::packages(self, namespaces)).await
    }

    async fn key_field(&self, container: &ContainerId) -> Result<FieldName, Failure> {
        // Looked up anew: an administrator may just have made the field that was missing.
        let described = self.describe_now(container.as_str()).await?;
        // Only a field that says it is ours or monday's: any other may be somebody else's key.
        let ours = |key: &&FieldName| {
            let name = key.as_str().to_ascii_lowercase();
            ["syncdeck", "monday"].iter().any(|word| name.contains(word))
        };
        described.keys.iter().find(ours).cloned().ok_or_else(|| {
            let message = format!(
                "{container} has no field for the key of the other system; an administrator adds a text field                  such as Monday_Item_Id__c, unique and marked as external id"
            );
            Failure::new(Kind::Permanent, Class::Map, "NO_KEY_FIELD", &message)
        })
    }

    async fn changes(&self, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
        let page = read::changes(self, ask).await;
        page.inspect_err(|failure| self.doubt_schema(&ask.container, failure))
    }

    async fn deletions(&self, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
        read::deletions(self, ask).await
    }

    async fn changes_and_deletions(
        &self,
        ask: &ChangesAsk,
        deletions: &DeletionsAsk,
    ) -> Result<(ChangesPage, Option<DeletionsPage>), Failure> {
        let beside = Beside { deletions: Some(deletions.clone()), parents: None };
        let (page, told) = self.changes_and_beside(ask, &beside).await?;
        Ok((page, told.deletions))
    }

    async fn changes_and_beside(
        &self,
        ask: &ChangesAsk,
        beside: &Beside,
    ) -> Result<(ChangesPage, ToldBeside), Failure> {
        let all = together::changes_and_beside(self, ask, beside).await;
        all.inspect_err(|failure| self.doubt_schema(&ask.container, failure))
    }

    async fn of_changed_parents(&self, ask: &ParentsAsk) -> Result<ChangesPage, Failure> {
        let page = read::of_changed_parents(self, ask).await;
        page.inspect_err(|failure| self.doubt_schema(&ask.container, failure))
    }

    fn deletions_every_ms(&self, _every_ms: i64) -> i64 {
        DELETIONS_EVERY
    }

    async fn fetch(
        &self,
        container: &ContainerId,
        ids: &[RemoteId],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        let records = read::fetch(self, container, ids, fields).await;
        records.inspect_err(|failure| self.doubt_schema(container, failure))
    }

    async fn find(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        keys: &[RemoteId],
    ) -> Result<Vec<Found>, Failure> {
        read::find(self, container, key_field, keys).await
    }

    async fn alike(
        &self,
        container: &ContainerId,
        by: &FieldName,
        values: &[Value],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        let records = read::alike(self, container, by, values, fields).await;
        records.inspect_err(|failure| self.doubt_schema(container, failure))
    }

    async fn address(&self, id: &RemoteId) -> Option<String> {
        self.rest.address(id.as_str()).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(self).await
    }

    fn page(&self) -> u64 {
        2_000
    }

    fn batch(&self, _writes: usize) -> usize {
        COLLECTION
    }

    fn bulk(&self) -> Option<Bulk> {
        Some(Bulk { from: ingest::WORTH_IT, most: ingest::MOST })
    }

    fn families(&self) -> Option<FamiliesAtOnce> {
        (!self.graphless.load(Ordering::Relaxed)).then_some(graph::MOST)
    }

    async fn apply_families(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        families: &[Family],
    ) -> Option<Vec<Vec<Answer>>> {
        graph::apply(self, container, key_field, families).await
    }

    async fn wind_up(&self) {
        self.jobs.wind_up();
    }

    async fn apply(&self, container: &ContainerId, key_field: &FieldName, writes: &[Write]) -> Vec<Answer> {
        self.write(container, key_field, writes, rest::JSON).await
    }

    async fn apply_with_duplicates(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        writes: &[Write],
    ) -> Vec<Answer> {
        self.write(container, key_field, writes, rest::JSON_WITH_DUPLICATES).await
    }

    fn doubt_ms(&self) -> i64 {
        self.doubt_ms
    }

    fn usage(&self) -> Usage {
        self.rest.usage()
    }

    async fn limits(&self) -> Result<Vec<OrgLimit>, Failure> {
        awaited(examine::other_limits(self)).await
    }

    fn calls_made(&self) -> Errands {
        self.rest.calls_made()
    }

    fn ration(&self, left: Option<u64>, more_at: Stamp) {
        self.rest.ration(left, more_at);
    }

    fn hears(&self) -> bool {
        self.bus.is_some()
    }

    async fn tells(&self, container: &ContainerId) -> Result<Option<bool>, Failure> {
        examine::captures(self, container.as_str()).await
    }

    async fn listen(
        &self,
        container: &ContainerId,
        after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let no_bus = || {
            let message = "this org has no event bus that is known";
            Unheard::Refused(Failure::new(Kind::Permanent, Class::Map, "NO_EVENTS", message))
        };
        self.bus.as_ref().ok_or_else(no_bus)?.listen(container, after).await
    }
}
