//! monday.com by its GraphQL API: `api` asks, `board` and `codec` know the columns, `read` and `write` do what
//! the engine wants, `errors` knows what a refusal means. The questions lie in `assets/graphql/monday/`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::json;

use crate::domain::connection::{Identity, Told, Usage};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, ContainerId, FieldName, RemoteId, System};
use crate::domain::people::User;
use crate::domain::schema::{FieldSchema, Schema};
use crate::domain::settle::Answer;
use crate::domain::time::MINUTE;
use crate::domain::value::Value;
use crate::ports::errand::Errands;
use crate::ports::{
    ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, Found, Hearing, Place, Record, Remote, Unheard,
    Vault, Write,
};
use crate::remote::call::Caller;

mod alike;
mod api;
mod authorise;
mod board;
mod codec;
mod errors;
mod hooks;
mod places;
mod read;
mod users;
mod write;

pub use authorise::Authoriser;
pub use errors::codes;
pub use hooks::Hooks;

use api::Api;
use board::{Board, BoardWire};

/// Writes of one request. A create costs about 10,000 of the 5,000,000 points that one query may cost, so 500
/// would pass; but they are carried out one after the other within the server's 60 seconds, and what does not
/// end in time is all in doubt.
const BATCH: usize = 50;

/// How often deleted items are looked for: changes do not show them.
const DELETIONS_EVERY: i64 = MINUTE;

/// The title of the column that holds the origin key; it is text because no other type can be searched so.
const KEY_TITLE: &str = "Salesforce ID";

/// One monday account.
pub struct Monday {
    api: Api,
    doubt_ms: i64,
    phone_country: Option<Arc<str>>,
    /// Where boards tell what happens on them, where we can be reached.
    hooks: Option<Arc<Hooks>>,
    boards: Mutex<HashMap<String, Arc<Board>>>,
    /// Held while a key column is looked for and made: two at a time would make two.
    making: tokio::sync::Mutex<()>,
}

impl Monday {
    /// Returns the client of one account.
    ///
    /// # Errors
    /// A version that cannot be one.
    pub fn new(
        caller: Caller,
        vault: Arc<dyn Vault>,
        connection: &ConnectionId,
        url: &str,
        version: &str,
        doubt_ms: i64,
    ) -> Result<Self, Failure> {
        let api = Api::new(caller, vault, connection, url, version)?;
        let (boards, making) = (Mutex::default(), tokio::sync::Mutex::default());
        Ok(Self { api, doubt_ms, phone_country: None, hooks: None, boards, making })
    }

    /// Returns the client with the country of telephone numbers that are written without one.
    #[must_use]
    pub fn phoning_from(mut self, country: Option<Arc<str>>) -> Self {
        self.phone_country = country;
        self
    }

    /// Returns the client that lets boards tell what happens on them.
    #[must_use]
    pub fn reached_by(mut self, hooks: Option<Arc<Hooks>>) -> Self {
        self.hooks = hooks;
        self
    }

    /// Describes a board anew and remembers it: values are read and written by the type of their column.
    async fn describe_now(&self, container: &str) -> Result<Arc<Board>, Failure> {
        let digits = !container.is_empty() && container.bytes().all(|b| b.is_ascii_digit());
        let by_id = if digits { self.board(container).await? } else { None };
        let board = if let Some(board) = by_id {
            board
        } else {
            let id = self.titled(container).await?;
            self.board(&id).await?.ok_or_else(|| no_board(container))?
        };
        let board = Arc::new(Board::from(board));
        let mut all = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(board.schema.container.as_str().to_owned(), Arc::clone(&board));
        Ok(board)
    }

    async fn board(&self, id: &str) -> Result<Option<BoardWire>, Failure> {
        #[derive(Deserialize)]
        struct Boards {
            boards: Vec<Option<BoardWire>>,
        }
        let document = include_str!("../../../assets/graphql/monday/board.graphql");
        let (found, _): (Boards, _) = self.api.read(document, &json!({ "ids": [id] })).await?;
        Ok(found.boards.into_iter().flatten().next())
    }

    /// Returns the id of the one board with this title.
    async fn titled(&self, title: &str) -> Result<String, Failure> {
        let mut same = Vec::new();
        let mut alike = Vec::new();
        for board in places::boards(&self.api).await? {
            if &*board.title == title {
                same.push(board.id.as_str().to_owned());
            } else if board.title.trim().to_lowercase() == title.trim().to_lowercase() {
                alike.push(board.id.as_str().to_owned());
            }
        }
        let mut found = if same.is_empty() { alike } else { same };
        match (found.pop(), found.len()) {
            (Some(id), 0) => Ok(id),
            (Some(id), _) => {
                found.push(id);
                let message = format!("several boards are called {title:?}: {}", found.join(", "));
                Err(Failure::new(Kind::Permanent, Class::Map, errors::BOARD, &message))
            }
            (None, _) => Err(no_board(title)),
        }
    }

    async fn described(&self, container: &ContainerId) -> Result<Arc<Board>, Failure> {
        let known = {
            let all = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(container.as_str()).cloned()
        };
        match known {
            Some(board) => Ok(board),
            None => self.describe_now(container.as_str()).await,
        }
    }

    async fn make_key_column(&self, container: &ContainerId) -> Result<FieldName, Failure> {
        #[derive(Deserialize)]
        struct Created {
            create_column: Option<OneWire>,
        }
        #[derive(Deserialize)]
        struct OneWire {
            id: String,
        }
        let document = include_str!("../../../assets/graphql/monday/create_key_column.graphql");
        let variables = json!({ "board": container.as_str(), "title": KEY_TITLE });
        let (created, _): (Created, _) = self.api.read(document, &variables).await?;
        let column = created.create_column.ok_or_else(|| {
            Failure::new(Kind::Transient, Class::Busy, crate::remote::call::UNREADABLE, "no column came back")
        })?;
        self.describe_now(container.as_str()).await?;
        Ok(column.id.into())
    }
}

/// Returns how long a version of the API will go on being answered, in one word.
fn standing(kind: &str) -> &str {
    // `old__maintenance`, `previous_maintenance` and the like.
    if kind.ends_with("maintenance") { "maintenance" } else { kind }
}

fn no_board(container: &str) -> Failure {
    let message = format!("there is no board {container:?} that this user may see");
    Failure::new(Kind::Permanent, Class::Map, errors::BOARD, &message)
}

#[async_trait]
impl Remote for Monday {
    fn system(&self) -> System {
        System::Monday
    }

    async fn identify(&self) -> Result<Identity, Failure> {
        #[derive(Deserialize)]
        struct Who {
            me: UserWire,
            account: AccountWire,
            version: Option<VersionWire>,
        }
        #[derive(Deserialize)]
        struct UserWire {
            id: String,
            name: String,
        }
        #[derive(Deserialize)]
        struct AccountWire {
            id: String,
            name: String,
            slug: Option<String>,
            tier: Option<String>,
            plan: Option<PlanWire>,
        }
        #[derive(Deserialize)]
        struct VersionWire {
            kind: String,
            value: String,
        }
        #[derive(Deserialize)]
        struct PlanWire {
            tier: Option<String>,
        }
        let document = include_str!("../../../assets/graphql/monday/identify.graphql");
        let (who, _): (Who, _) = self.api.read(document, &json!({})).await?;
        let tier = who.account.plan.and_then(|plan| plan.tier).or(who.account.tier);
        let version_state = who.version.as_ref().map(|version| {
            // Calls in a version that is no more are answered in another one, without a word.
            if self.api.version() == version.value { standing(&version.kind) } else { "deprecated" }.into()
        });
        Ok(Identity {
            told: Told {
                slug: who.account.slug.map(Arc::from),
                version: who.version.map(|version| version.value.into()),
                version_state,
                scopes: Vec::new(),
            },
            org_id: who.account.id.into(),
            org_name: who.account.name.into(),
            user_id: who.me.id.into(),
            user_name: who.me.name.into(),
            edition: tier.map(Arc::from),
        })
    }

    async fn describe(&self, container: &str) -> Result<Schema, Failure> {
        Ok(self.describe_now(container).await?.schema.clone())
    }

    async fn places(&self) -> Result<Vec<Place>, Failure> {
        places::boards(&self.api).await
    }

    async fn count(&self, container: &ContainerId) -> Result<Option<u64>, Failure> {
        places::count(&self.api, container).await
    }

    async fn key_field(&self, container: &ContainerId) -> Result<FieldName, Failure> {
        let _turn = self.making.lock().await;
        let board = self.describe_now(container.as_str()).await?;
        let key = board
            .columns
            .iter()
            .find(|column| column.kind == "text" && column.title.trim().eq_ignore_ascii_case(KEY_TITLE));
        match key {
            Some(column) => Ok(column.id.as_str().into()),
            None => self.make_key_column(container).await,
        }
    }

    fn fitting(&self, name: &str, from: &FieldSchema) -> Option<FieldSchema> {
        board::fitting(name, from)
    }

    async fn make_field(&self, container: &ContainerId, field: &FieldSchema) -> Result<(), Failure> {
        let _turn = self.making.lock().await;
        if self.describe_now(container.as_str()).await?.column(field.name.as_str()).is_some() {
            return Ok(());
        }
        let document = include_str!("../../../assets/graphql/monday/create_column.graphql");
        let (id, title, kind) = (field.name.as_str(), &*field.label, &*field.native);
        let variables = json!({ "board": container.as_str(), "id": id, "title": title, "type": kind });
        let (_made, _): (serde_json::Value, _) = self.api.read(document, &variables).await?;
        self.describe_now(container.as_str()).await.map(drop)
    }

    async fn changes(&self, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
        read::changes(&self.api, ask).await
    }

    async fn deletions(&self, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
        read::deletions(&self.api, ask).await
    }

    fn deletions_every_ms(&self, every_ms: i64) -> i64 {
        // Who wants changes at once wants deletions soon too, at a twentieth of the calls.
        DELETIONS_EVERY.min(every_ms.saturating_mul(20))
    }

    async fn fetch(
        &self,
        container: &ContainerId,
        ids: &[RemoteId],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        read::fetch(&self.api, container, ids, fields).await
    }

    async fn find(
        &self,
        container: &ContainerId,
        key_field: &FieldName,
        keys: &[RemoteId],
    ) -> Result<Vec<Found>, Failure> {
        read::find(&self.api, container, key_field, keys).await
    }

    async fn alike(
        &self,
        container: &ContainerId,
        by: &FieldName,
        values: &[Value],
        fields: &[FieldName],
    ) -> Result<Vec<Record>, Failure> {
        let board = self.described(container).await?;
        let kind = board.column(by.as_str()).map(|column| column.kind.as_str());
        alike::alike(&self.api, container, by, kind == Some("email"), values, fields).await
    }

    fn hears(&self) -> bool {
        self.hooks.is_some()
    }

    fn tells_all(&self) -> bool {
        // A delivery that failed for half an hour is given up.
        false
    }

    async fn tells(&self, _container: &ContainerId) -> Result<Option<bool>, Failure> {
        Ok(self.hooks.is_none().then_some(false))
    }

    async fn listen(
        &self,
        container: &ContainerId,
        after: Option<&[u8]>,
    ) -> Result<Box<dyn Hearing>, Unheard> {
        let Some(hooks) = &self.hooks else {
            let message = "nobody can be reached from outside; changes are looked for";
            return Err(Unheard::Refused(Failure::new(Kind::Permanent, Class::Map, "NO_EVENTS", message)));
        };
        hooks::listen(&self.api, hooks, container, after).await
    }

    async fn unlisten(&self, container: &ContainerId, place: &[u8]) -> Result<bool, Failure> {
        match &self.hooks {
            Some(hooks) => hooks::unlisten(&self.api, hooks, container, place).await.map(|()| true),
            None => Ok(false),
        }
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    fn page(&self) -> u64 {
        500
    }

    fn batch(&self, _writes: usize) -> usize {
        BATCH
    }

    async fn apply(&self, container: &ContainerId, key_field: &FieldName, writes: &[Write]) -> Vec<Answer> {
        write::apply(self, container, key_field, writes).await
    }

    fn doubt_ms(&self) -> i64 {
        self.doubt_ms
    }

    fn usage(&self) -> Usage {
        // monday tells minutes and points in its headers, but nothing of the day's calls.
        Usage::default()
    }

    fn calls_made(&self) -> Errands {
        self.api.calls_made()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
