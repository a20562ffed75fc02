//! The rows and documents that visitors get: the JSON shapes of the command line, and what the console draws.
//!
//! Scripts rely on the names here: more may be added, none may be renamed. Codes, states and keys are never
//! translated; titles, explanations and fixes are in the visitor's language. All text from outside is raw
//! here and made safe where it is drawn or printed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::causes::GroupRow;
use super::counts::{Counts, ObjectRow, ObjectTotals};
use super::limits::ApiRow;
use crate::domain::connection::ConnectionState;
use crate::domain::failure::Class;
use crate::domain::id::{
    AccountId, ConnectionId, ContainerId, ErrorId, FieldName, GroupId, JobId, LinkId, ObjectName, RecipeId,
    RemoteId, System,
};
use crate::domain::ledger::{Action, ErrorState, Outcome};
use crate::domain::recipe::{Direction, RecipeState, Template};
use crate::domain::time::Stamp;
use crate::domain::unused::Unused;

/// The `status` document of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The engine.
    pub engine: EngineRow,
    /// The account.
    pub account: String,
    /// Recipes against the limit.
    pub recipes: RecipeCounts,
    /// Connections.
    pub connections: Vec<StatusConnection>,
    /// API calls.
    pub api: Vec<ApiRow>,
    /// Counts per object since the beginning.
    pub objects: Vec<ObjectTotals>,
    /// Errors.
    pub errors: ErrorCounts,
    /// What blocks without being an error of a record.
    pub alerts: Vec<AlertRow>,
    /// Conflicts that wait for a person.
    pub conflicts_held: u64,
    /// Whether everything observed has arrived.
    pub in_step: bool,
    /// Changes observed but not settled, open errors apart.
    pub backlog: u64,
    /// The time zone of days and hours.
    pub tz: String,
}

/// The engine, in `status`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EngineRow {
    /// `running`, `starting`, or `stopped` when the answer came from the stored data alone; `unknown` in the past.
    pub state: String,
    /// Its process.
    pub pid: Option<u32>,
    /// Its release.
    pub version: String,
    /// When it started.
    pub started_at: Option<Stamp>,
}

/// Recipes against the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipeCounts {
    /// Those that count: all but deleted ones.
    pub used: u32,
    /// The most there may be.
    pub limit: u32,
    /// Running.
    pub active: u32,
    /// Stopped by a person.
    pub paused: u32,
    /// Waiting for a connection.
    pub suspended: u32,
}

/// A connection, in `status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusConnection {
    /// Its id.
    pub id: ConnectionId,
    /// Its system.
    pub system: System,
    /// Its state.
    pub state: ConnectionState,
    /// Why, as a code.
    pub reason: Option<Arc<str>>,
    /// Since when.
    pub since: Stamp,
}

/// Errors, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCounts {
    /// Errors that wait for a person.
    pub open: u64,
    /// Errors that are being tried again.
    pub retrying: u64,
    /// Their causes.
    pub groups: u64,
}

/// Something that blocks without being an error of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRow {
    /// Its class.
    pub class: Class,
    /// How much it holds up: refused creations, waiting changes.
    pub count: u64,
    /// Since when.
    pub since: Stamp,
    /// The connection concerned, if it is about one.
    pub connection: Option<ConnectionId>,
    /// A sentence that says what happened.
    pub title: String,
    /// A sentence that says what to do.
    pub fix: String,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// The most recipes it may have.
    pub recipe_limit: u32,
    /// Recipes in use.
    pub recipes: u32,
    /// Its connections.
    pub connections: u32,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionRow {
    /// Its id.
    pub id: ConnectionId,
    /// Its system.
    pub system: System,
    /// Whose it is.
    pub account: AccountId,
    /// Its state.
    pub state: ConnectionState,
    /// Why, as a code.
    pub reason: Option<Arc<str>>,
    /// What that means and what to do, for a person.
    pub explanation: Option<String>,
    /// What the remote said.
    pub detail: Option<Arc<str>>,
    /// Since when.
    pub since: Stamp,
    /// Until when it waits by itself.
    pub until: Option<Stamp>,
    /// The base address.
    pub url: Arc<str>,
    /// Whether it is a Salesforce sandbox.
    pub sandbox: bool,
    /// Whether a person authorises it in a browser; otherwise it takes a token.
    #[serde(default)]
    pub by_browser: bool,
    /// The API version.
    pub api_version: Arc<str>,
    /// The org, account or portal.
    pub org_id: Option<Arc<str>>,
    /// Its name.
    pub org_name: Option<Arc<str>>,
    /// The user.
    pub user: Option<Arc<str>>,
    /// Its edition or plan.
    pub edition: Option<Arc<str>>,
    /// When a call last succeeded.
    pub last_ok_at: Option<Stamp>,
    /// Whether it starts read-only.
    pub protected: bool,
    /// Recipes that use it.
    pub recipes: u32,
    /// Errors that wait for a person.
    pub parked: u64,
    /// Changes that wait behind it.
    pub queued: u64,
    /// Its API calls.
    pub api: ApiRow,
    /// What else is known of its health.
    #[serde(flatten)]
    pub health: HealthRow,
}

/// What is known of a connection's health beside its state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HealthRow {
    /// What probably happened, for a person.
    pub cause: Option<String>,
    /// What to do about something that keeps happening, for a person.
    pub advice: Option<String>,
    /// How often the authorisation was found to be gone in the last 30 days.
    pub revoked_30d: u32,
    /// The version of the package in the org.
    pub package: Option<Arc<str>>,
    /// How changes are found: `events` where the system tells them all, else `polling`; nothing where no engine runs.
    pub hearing: Option<Arc<str>>,
    /// Why they have to be looked for, for a person.
    pub hearing_reason: Option<String>,
    /// The account's name in web addresses.
    pub slug: Option<Arc<str>>,
    /// The version of the API that really answers.
    pub api_answers: Option<Arc<str>>,
    /// How that version stands: `current`, `maintenance`, `deprecated`, `release_candidate`, `dev`.
    pub api_state: Option<Arc<str>>,
    /// The rights that the authorisation carries, as last told.
    pub scopes: Vec<Arc<str>>,
    /// What it lacks of what is needed, for a person.
    pub scopes_lacking: Option<String>,
}

/// What a pre-flight check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// The connection.
    pub connection: ConnectionId,
    /// Which check.
    pub check: Arc<str>,
    /// What it is about, such as an object.
    pub about: Arc<str>,
    /// How it went.
    pub state: crate::domain::doctor::Verdict,
    /// What was found.
    pub message: String,
    /// What mends it.
    pub fix: Option<String>,
    /// Who can mend it.
    pub who: Option<String>,
}

/// An authorisation that waits for a person and a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisationRow {
    /// The address to open in a browser.
    pub url: String,
    /// A short address that leads there, where a public call-back address is set.
    pub short_url: Option<String>,
    /// What the browser brings back unchanged.
    pub state: String,
    /// The first letters of that, to compare by eye.
    pub state_tag: String,
    /// When it is over.
    pub expires_at: Stamp,
    /// Where the browser goes afterwards; registered in the app.
    pub callback: String,
}

/// How far an authorisation has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisingRow {
    /// `waiting`, `opened`, `checking`, `done` or `refused`.
    pub step: String,
    /// From which address the short link was opened.
    pub opened_from: Option<String>,
    /// Why it was refused, or what is worth knowing, for a person.
    pub message: Option<String>,
    /// The code of the refusal.
    pub code: Option<String>,
    /// The name of the other org that was reached, where that is why: a person may mean it.
    #[serde(default)]
    pub other_org: Option<Arc<str>>,
    /// Whom the connection now belongs to.
    pub user: Option<Arc<str>>,
    /// Errors that wait for a person because of the connection.
    pub parked: u64,
    /// Changes that wait behind the connection.
    pub waiting: u64,
    /// When it is over.
    pub expires_at: Stamp,
}

/// A recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecipeRow {
    /// Its id.
    pub id: RecipeId,
    /// What people call it.
    pub name: Arc<str>,
    /// Whose it is.
    pub account: AccountId,
    /// Which way it carries changes.
    pub direction: Direction,
    /// The other half of a pair.
    pub pair: Option<RecipeId>,
    /// What it was made from.
    pub template: Template,
    /// The Salesforce object.
    pub object: ObjectName,
    /// What the container is called.
    pub container: Arc<str>,
    /// The container's own id.
    pub container_id: ContainerId,
    /// The Salesforce connection.
    pub salesforce: ConnectionId,
    /// The other connection.
    pub target: ConnectionId,
    /// The other system.
    pub target_system: System,
    /// What it is doing.
    pub state: RecipeState,
    /// Why it is not running, as a code.
    pub reason: Option<Arc<str>>,
    /// What it needs and is no longer there, by its name.
    #[serde(default)]
    pub missing: Option<Arc<str>>,
    /// Since when.
    pub since: Stamp,
    /// How often it looks for changes, as in its file (`15m`).
    pub schedule: String,
    /// When its last run ended.
    pub last_run_at: Option<Stamp>,
    /// When it last carried a change across.
    pub last_change_at: Option<Stamp>,
    /// Seconds since it was known to be in step; none before the first time.
    pub freshness_s: Option<i64>,
    /// Changes that wait.
    pub backlog: u64,
    /// Errors that wait for a person.
    pub failed: u64,
    /// When it was made.
    pub created_at: Stamp,
    /// By whom.
    pub created_by: Arc<str>,
    /// Recipes that name it as what they depend on.
    #[serde(default)]
    pub needed_by: Vec<RecipeId>,
    /// Whether its work comes back with the season: it is never proposed.
    #[serde(default)]
    pub seasonal: bool,
    /// Why it counts as unused; empty when it is in use.
    pub unused: Vec<Unused>,
    /// Whether it may be proposed for deletion.
    pub proposed: bool,
}

/// Returns the first `count` recipes that may be proposed for deletion; one of a pair only with the other.
pub fn proposed(rows: &[RecipeRow], count: usize) -> Vec<RecipeId> {
    let mut ids: Vec<RecipeId> = Vec::new();
    let mut may: Vec<&RecipeRow> = rows.iter().filter(|row| row.proposed).collect();
    may.sort_by_key(|row| (row.last_change_at, row.id));
    for row in &may {
        let half = row.pair.filter(|pair| may.iter().any(|other| other.id == *pair));
        let whole: Vec<RecipeId> = [Some(row.id), half].into_iter().flatten().collect();
        if !ids.contains(&row.id) && ids.len() + whole.len() <= count {
            ids.extend(whole);
        }
    }
    ids
}

/// A recipe, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecipeDetail {
    /// Its row.
    #[serde(flatten)]
    pub row: RecipeRow,
    /// Its condition.
    pub condition: Arc<str>,
    /// Its fields: Salesforce, other side.
    pub fields: Vec<(FieldName, FieldName)>,
    /// What happens to the counterpart of a deleted record.
    pub deletion: crate::domain::recipe::Deletion,
    /// Who wins a conflict.
    pub conflicts: crate::domain::recipe::Conflicts,
    /// Whether records that existed already were taken in.
    pub backfill: bool,
    /// The field that holds the origin key.
    pub key_field: FieldName,
    /// The fields by which an existing counterpart is recognised: Salesforce, other side.
    #[serde(rename = "match")]
    pub matching: Vec<(FieldName, FieldName)>,
    /// How many of its records wait for a parent.
    #[serde(default)]
    pub waiting: u64,
    /// Some of them.
    #[serde(default)]
    pub waits: Vec<WaitRow>,
}

/// A record that waits for its parent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitRow {
    /// What people call the record.
    pub record: Arc<str>,
    /// The field that points to the parent, on the side where the record was seen.
    pub field: FieldName,
    /// The parent's id there.
    pub parent: RemoteId,
    /// What people call the parent, once it has been seen.
    pub parent_name: Option<Arc<str>>,
    /// What the parent lacks: `parent_not_seen`, `parent_due` or `parent_failing`.
    pub why: Arc<str>,
    /// Whether the record itself has no counterpart before its parent has one.
    pub blocked: bool,
}

/// A conflict that is held for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictRow {
    /// The link's id, by which the conflict is ended.
    pub id: LinkId,
    /// A recipe of the pair.
    pub recipe: RecipeId,
    /// The object.
    pub object: ObjectName,
    /// The Salesforce record.
    pub salesforce_id: Option<RemoteId>,
    /// Its counterpart.
    pub target_id: Option<RemoteId>,
    /// What people call the record.
    pub record_name: Arc<str>,
    /// Whether the Salesforce record is there: a deletion can be in conflict with an edit.
    pub salesforce_presence: Arc<str>,
    /// Whether its counterpart is there.
    pub target_presence: Arc<str>,
    /// The fields in question.
    pub fields: Vec<ConflictField>,
}

/// A field that was changed on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    /// The Salesforce field.
    pub salesforce_field: FieldName,
    /// The other side's field.
    pub target_field: FieldName,
    /// What Salesforce holds.
    pub salesforce: String,
    /// What the other side holds.
    pub target: String,
    /// What both once held.
    pub base: Option<String>,
}

/// Two users who are the same person, or one who is alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserRow {
    /// The Salesforce user.
    pub salesforce_id: Option<RemoteId>,
    /// First and last name there.
    pub name: Option<Arc<str>>,
    /// E-mail address there.
    pub email: Option<Arc<str>>,
    /// The user of the other side.
    pub target_id: Option<RemoteId>,
    /// First and last name there.
    pub target_name: Option<Arc<str>>,
    /// E-mail address there.
    pub target_email: Option<Arc<str>>,
    /// What ties them; nothing for one who is alone.
    pub by: Option<crate::domain::people::TiedBy>,
}

/// An error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorRow {
    /// Its id.
    pub id: ErrorId,
    /// Its cause.
    pub group: GroupId,
    /// The recipe.
    pub recipe: RecipeId,
    /// The connection that refused.
    pub connection: ConnectionId,
    /// The object.
    pub object: ObjectName,
    /// Which way.
    pub direction: Direction,
    /// What was tried.
    pub operation: Action,
    /// The Salesforce record.
    pub salesforce_id: Option<RemoteId>,
    /// Its counterpart.
    pub target_id: Option<RemoteId>,
    /// What people call the record.
    pub record_name: Arc<str>,
    /// The class of the failure.
    pub class: Class,
    /// Its code.
    pub code: Arc<str>,
    /// What the remote said.
    pub message: Arc<str>,
    /// What it means.
    pub explanation: String,
    /// What fixes it.
    pub fix: String,
    /// The fields named.
    pub fields: Vec<FieldName>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it first failed.
    pub first_at: Stamp,
    /// When it last failed.
    pub last_at: Stamp,
    /// When it is tried again by itself.
    pub next_retry_at: Option<Stamp>,
    /// Its state.
    pub state: ErrorState,
}

/// An error, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// Its row.
    #[serde(flatten)]
    pub row: ErrorRow,
    /// The mapped fields on both sides.
    pub diff: Vec<DiffRow>,
    /// When both sides agreed last.
    #[serde(default)]
    pub agreed_at: Option<Stamp>,
    /// The written side's own stamp of what it held when last seen.
    #[serde(default)]
    pub there_at: Option<Stamp>,
    /// What was sent, by field.
    pub sent: Vec<(FieldName, String)>,
    /// What happened to the record before, newest first.
    pub history: Vec<ActivityRow>,
}

/// One mapped field on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffRow {
    /// The Salesforce field.
    pub salesforce_field: FieldName,
    /// The other side's field.
    pub target_field: FieldName,
    /// The last value that both sides agreed on.
    pub base: Option<String>,
    /// What Salesforce held when last seen.
    pub salesforce: String,
    /// What the other side held when last seen.
    pub target: String,
    /// Whether the failure names it.
    pub blocks: bool,
    /// Whether the two sides differ.
    pub differs: bool,
    /// The type of the field that is written, as its system names it, where its schema is known.
    #[serde(default)]
    pub kind: Option<Arc<str>>,
    /// The most characters that field takes.
    #[serde(default)]
    pub max_length: Option<u32>,
}

/// A page of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// Entries, newest first.
    pub rows: Vec<ActivityRow>,
    /// Operations done and failed in each of the last 60 minutes, oldest first; told with the newest page of everything.
    #[serde(default)]
    pub minutes: Vec<(u32, u32)>,
    /// Where an older page begins; none at the ledger's end.
    pub more: Option<u64>,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Stamp,
    /// Whose.
    pub account: AccountId,
    /// By which recipe.
    pub recipe: RecipeId,
    /// On which link.
    pub link: LinkId,
    /// The object.
    pub object: ObjectName,
    /// Which way.
    pub direction: Direction,
    /// What was done.
    pub action: Action,
    /// How it ended.
    pub result: Outcome,
    /// The Salesforce record.
    pub salesforce_id: Option<RemoteId>,
    /// Its counterpart.
    pub target_id: Option<RemoteId>,
    /// What people call the record.
    pub record_name: Arc<str>,
    /// How long the call took.
    pub duration_ms: u32,
    /// The code of the failure.
    pub error: Option<Arc<str>>,
    /// The class of the failure.
    pub class: Option<Class>,
    /// The fields written.
    pub fields: Vec<FieldName>,
    /// Values of the written side that lost a conflict, by field.
    #[serde(default)]
    pub lost: Vec<(FieldName, String)>,
    /// Which try it was.
    pub attempt: u32,
    /// The job it belongs to.
    pub job: Option<JobId>,
    /// Who had it done.
    pub by: Arc<str>,
    /// The records into which a converted lead was turned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub converted_to: Vec<RemoteId>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobRow {
    /// Its id; none for a job that would be started.
    pub id: Option<JobId>,
    /// What it does, as a command's id.
    pub what: Arc<str>,
    /// Who started it.
    pub by: Arc<str>,
    /// When.
    pub at: Stamp,
    /// How many are over.
    pub done: u64,
    /// How many there are.
    pub of: u64,
    /// How many succeeded.
    pub ok: u64,
    /// How many failed.
    pub failed: u64,
    /// How many were left out because they would fail again.
    pub skipped: u64,
    /// How often each was tried, at most.
    pub attempts: u32,
    /// `planned`, `waiting`, `running`, `done`, `stopped` or `undone`.
    pub state: String,
    /// How many API calls it costs.
    pub calls: u64,
    /// The ids of what it works on, where they are recipes.
    pub on: Vec<Arc<str>>,
    /// Left out, by class.
    pub left_out: Vec<(Class, u64)>,
    /// Tried because they were asked for, though they fail again unless something was changed, by class.
    #[serde(default)]
    pub doubtful: Vec<(Class, u64)>,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Stamp,
    /// The login user.
    pub who: Arc<str>,
    /// From where.
    pub from: Arc<str>,
    /// What was done, as a command's id.
    pub action: Arc<str>,
    /// To what.
    pub on: Vec<Arc<str>>,
    /// Why.
    pub reason: Option<Arc<str>>,
}

/// Everything that the console's first screen shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The `status` document.
    pub status: Status,
    /// Causes, what blocks most first.
    pub groups: Vec<GroupRow>,
    /// Counts since the asked point in time, by object and direction.
    pub objects: Vec<ObjectRow>,
    /// Counts of the same hours of the day before, as far as they are over: up to the hour that has begun.
    #[serde(default)]
    pub yesterday: Counts,
    /// The newest ledger lines.
    pub activity: Vec<ActivityRow>,
    /// Operations settled in each of the last 60 minutes, oldest first: done, failed.
    pub throughput: Vec<(u32, u32)>,
    /// Recipes that count as unused.
    pub unused: u32,
    /// The newest ledger entry.
    pub seq: u64,
    /// The engine's present time.
    pub now: Stamp,
}
