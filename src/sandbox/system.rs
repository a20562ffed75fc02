//! What every simulated system offers to the frame around it (listeners, recorder, faults, control port).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::faults::Faults;
use super::salesforce::EventBus;

/// One simulated system: its protocol as a router, and the handles by which the control port reaches it.
///
/// The frame wraps the router with the recorder of calls and the injector of faults; a system knows of neither.
pub trait System: Send + Sync + 'static {
    /// Returns the system's name as it stands in control paths and in the `GET /state` document.
    fn name(&self) -> &'static str;

    /// Returns the system's protocol. A value, so that tests call it in memory.
    fn router(&self) -> Router;

    /// Returns the live and the deleted records per object (per board id on monday).
    fn counts(&self) -> Counts;

    /// Returns the short name under which a call is counted: method and path with ids and versions removed
    /// (`GET /query`), or for a GraphQL request the root fields (`create_item`).
    fn endpoint(&self, method: &str, path: &str, body: &[u8]) -> String;

    /// Changes records as another user of the system would.
    ///
    /// # Errors
    /// A sentence that names the object, the record and what was wrong with it.
    fn change(&self, object: &str, edits: &Edits) -> Result<Value, String>;

    /// Carries out `POST /{system}/{action}` of the control port; `None` when there is no such action.
    fn control(&self, action: &str, body: &Value) -> Option<Result<Value, String>>;

    /// Returns the answer that this system itself gives with `status` and its own `code` (a default one
    /// for the status when `None`), for injected faults.
    fn fault(&self, status: u16, code: Option<&str>) -> FaultAnswer;

    /// Returns what a client needs to reach the system at `origin` (`http://127.0.0.1:7701`), as it stands in
    /// the endpoints document.
    fn endpoints(&self, origin: &str) -> Value {
        serde_json::json!({ "url": origin })
    }

    /// Makes one plausible change of the given kind, as people at work in the system would; `roll` decides which.
    ///
    /// # Errors
    /// A sentence when nothing of the kind could be changed.
    fn stir(&self, kind: Stir, roll: u64) -> Result<(), String> {
        Err(format!("{} has no traffic of its own ({kind:?}, {roll})", self.name()))
    }

    /// Returns the system's stream of events, where it has one; `faults` may double and reorder them.
    fn event_bus(&self, _faults: &Arc<Faults>) -> Option<EventBus> {
        None
    }

    /// Tells whether the system itself carries out an [`Injected`] it finds among a request's extensions;
    /// otherwise the frame answers with [`System::fault`].
    fn injects(&self) -> bool {
        false
    }

    /// Returns everything that must survive a restart (`--state FILE`).
    fn save(&self) -> Value;

    /// Takes back what [`System::save`] gave.
    ///
    /// # Errors
    /// A sentence that says where the saved state does not fit.
    fn restore(&self, saved: &Value) -> Result<(), String>;
}

/// The records of a system, counted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Live records per object.
    pub records: BTreeMap<String, u64>,
    /// Deleted or archived records per object.
    pub deleted: BTreeMap<String, u64>,
}

/// A set of edits as the control port takes them.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edits {
    /// Records to create, by field name.
    pub create: Vec<Map<String, Value>>,
    /// Records to change; each names its `id` (or `Id`).
    pub update: Vec<Map<String, Value>>,
    /// Ids to delete.
    pub delete: Vec<String>,
}

/// An answer of a system for an injected fault.
#[derive(Clone, Debug)]
pub struct FaultAnswer {
    /// The HTTP status.
    pub status: u16,
    /// Headers, `content-type` among them.
    pub headers: HeaderMap,
    /// The body, exact to the literal.
    pub body: String,
}

/// What one change of the steady traffic does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stir {
    /// A record is created.
    Create,
    /// A record is changed.
    Update,
    /// A record is deleted.
    Delete,
}

/// A fault inside the work of one request: only the system can carry it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injected {
    /// Some of the records of a batch fail, the others are done.
    Partial,
    /// Another transaction holds the records.
    Lock,
}
