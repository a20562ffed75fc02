//! What a visitor may ask of the engine, and what it answers: plain data, one JSON document a frame.
//!
//! A visitor sends [`Hello`] first and is answered with [`Welcome`]; then it sends [`Ask`]s, each with a number of
//! its own, and gets one [`Told`] with that number for each. After [`Request::Watch`] it also gets
//! [`Told`]s without a number whenever something changed, at most a few a second: what changed it then asks for.

use serde::{Deserialize, Serialize};

use super::causes::{CauseDetail, GroupRow};
use super::counts::{ObjectHours, ObjectRow};
use super::limits::LimitsDoc;
use super::moment::PastRow;
use super::offers::{ForeseenDoc, OfferDoc, PreviewDoc, SidesAsk};
use super::rows::{
    AccountRow, ActivityPage, AuditRow, AuthorisationRow, AuthorisingRow, ConflictRow, ConnectionRow,
    ErrorDetail, ErrorRow, FindingRow, JobRow, Overview, RecipeDetail, RecipeRow, Status, UserRow,
};
use crate::domain::draft::{ConnectionDraft, Flaw, RecipeDraft};
use crate::domain::id::{
    AccountId, ConnectionId, ErrorId, GroupId, JobId, LinkId, ObjectName, RecipeId, Side,
};
use crate::domain::people::TiedBy;
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;

/// The version of this protocol. Both ends must have the same.
pub const VERSION: u32 = 1;

/// A visitor's first words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`] of the visitor.
    pub version: u32,
    /// The language of explanations: `en`, `fr` or `it`.
    pub lang: String,
    /// From where the person came (the SSH client's address and the terminal), where known.
    pub from: String,
    /// Whether anything that changes something is to be refused.
    pub read_only: bool,
    /// Why what is protected is to be changed at once, for the audit log.
    #[serde(default)]
    pub write_reason: Option<String>,
    /// The time zone of days and hours, such as `UTC`.
    pub tz: String,
}

/// The answer to [`Hello`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Welcome {
    /// [`VERSION`] of the engine.
    pub version: u32,
    /// The release of the engine.
    pub release: String,
    /// The login user the engine takes the visitor for.
    pub who: String,
    /// The engine's process.
    pub pid: u32,
    /// When it started.
    pub started_at: Stamp,
    /// The engine's present time (a story may live in another year).
    pub now: Stamp,
}

/// A numbered request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ask {
    /// The visitor's own number for it.
    pub id: u64,
    /// The request.
    pub body: Request,
}

/// An answer, or news.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// The number of the request it answers; none for news.
    pub id: Option<u64>,
    /// The answer.
    pub body: Reply,
}

/// Which errors a command is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Ids(Vec<ErrorId>),
    /// All of a cause.
    Group(GroupId),
    /// All, or all since a point in time.
    All {
        /// Not older than this.
        since: Option<Stamp>,
    },
}

/// What may be done to recipes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecipeAct {
    /// Stop them.
    Pause,
    /// Let them go on.
    Resume,
    /// Delete them, restorably.
    Delete,
    /// Bring them back, paused.
    Restore,
}

/// Between which two connections users are linked; the only ones when absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersOf {
    /// The Salesforce connection.
    pub salesforce: Option<ConnectionId>,
    /// The other system's connection.
    pub target: Option<ConnectionId>,
}

/// What may be done to a connection.
#[derive(Clone, Serialize, Deserialize)]
pub enum ConnectionAct {
    /// Ask the remote who we are.
    Check,
    /// Take a new refresh token (or, where the system has only that, a new token).
    Reconnect {
        /// The token.
        token: String,
        /// Whether suspended recipes go on at once.
        resume: bool,
        /// Whether another org than before is wanted, by its name.
        other_org: Option<String>,
    },
    /// Switch it on.
    Enable,
    /// Switch it off.
    Disable,
    /// Set the API budget of 24 hours.
    SetBudget(Option<u64>),
    /// Set how much of the org's own limit is spent by retries and by syncs, in percent.
    SetShares {
        /// Up to here what failed is tried again by itself.
        retries: Option<u8>,
        /// Up to here syncs go on.
        syncs: Option<u8>,
    },
    /// Make it start read-only, or not.
    SetProtected(bool),
    /// Remove it; refused while recipes use it.
    Remove,
}

impl std::fmt::Debug for ConnectionAct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Check => "Check",
            Self::Reconnect { .. } => "Reconnect",
            Self::Enable => "Enable",
            Self::Disable => "Disable",
            Self::SetBudget(_) => "SetBudget",
            Self::SetShares { .. } => "SetShares",
            Self::SetProtected(_) => "SetProtected",
            Self::Remove => "Remove",
        })
    }
}

/// What a person pasted out of a browser: it may be worth a session for a few minutes, so it is never shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pasted(pub String);

impl std::fmt::Debug for Pasted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pasted")
    }
}

/// What a visitor may ask.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// News from now on.
    Watch,
    /// The `status` document of an account, or of all.
    Status {
        /// Whose.
        account: Option<AccountId>,
    },
    /// Everything that the console's first screen shows, in one answer.
    Overview {
        /// Whose.
        account: Option<AccountId>,
        /// From when the counts are.
        since: Stamp,
    },
    /// Any of the questions that have a past, answered as of a point in it: see [`Request::has_past`].
    AsOf {
        /// The point.
        at: Stamp,
        /// The question.
        question: Box<Request>,
    },
    /// All accounts.
    Accounts,
    /// All connections.
    Connections {
        /// Whose.
        account: Option<AccountId>,
    },
    /// All recipes.
    Recipes {
        /// Whose.
        account: Option<AccountId>,
        /// Deleted ones too.
        deleted: bool,
        /// After how many days one counts as unused.
        days: i64,
    },
    /// One recipe, whole.
    Recipe(RecipeId),
    /// What recipes are made of, as files would say it: deleted ones apart, a pair once.
    Definitions {
        /// Whose.
        account: Option<AccountId>,
    },
    /// A draft as the recipe made of it would be told; nothing is made.
    ResolveRecipe(Box<RecipeDraft>),
    /// What a recipe could be made of.
    Offer(Box<SidesAsk>),
    /// What a draft would do to real records; nothing is made.
    PreviewRecipe(Box<RecipeDraft>),
    /// What a run of a recipe would do now; nothing is changed.
    ForeseeRun {
        /// Which.
        id: RecipeId,
        /// Reads everything again.
        full: bool,
    },
    /// Leave to change what is protected, for a quarter of an hour.
    WriteMode {
        /// Why.
        reason: String,
    },
    /// Other settings for a recipe or a pair.
    SetRecipe {
        /// Which.
        id: RecipeId,
        /// What it is to be like.
        settings: crate::domain::recipe::Settings,
    },
    /// The causes that have open errors.
    Groups {
        /// Whose.
        account: Option<AccountId>,
    },
    /// Errors, newest first.
    Errors {
        /// Of this cause only.
        group: Option<GroupId>,
        /// As typed.
        filter: String,
        /// Resolved ones too.
        all_states: bool,
        /// Older than this one.
        before: Option<ErrorId>,
        /// At most so many.
        limit: usize,
    },
    /// One error, whole, with the fields of both sides.
    Error(ErrorId),
    /// One cause, with what was done before it and how it ended the last time.
    Cause(GroupId),
    /// The ledger, newest first.
    Activity {
        /// As typed.
        filter: String,
        /// Failed ones only.
        failed: bool,
        /// Whose.
        account: Option<AccountId>,
        /// Older than this entry.
        before: Option<u64>,
        /// Newer than this entry.
        after: Option<u64>,
        /// At most so many.
        limit: usize,
    },
    /// How many entries of the whole ledger match.
    Matches {
        /// As typed.
        filter: String,
        /// Failed ones only.
        failed: bool,
        /// Whose.
        account: Option<AccountId>,
    },
    /// A copy of the data in a new file, as the engine's user.
    Backup(std::path::PathBuf),
    /// Whether the audit log is what was written.
    AuditCheck,
    /// Counts per object and direction.
    Objects {
        /// Whose.
        account: Option<AccountId>,
        /// From when; everything when absent.
        since: Option<Stamp>,
    },
    /// Counts of one object hour by hour.
    Hours {
        /// Whose.
        account: Option<AccountId>,
        /// Which.
        object: ObjectName,
        /// Which way; both ways when absent.
        direction: Option<Direction>,
        /// From when; at most four weeks ago.
        since: Stamp,
    },
    /// The recipe limit and API usage.
    Limits {
        /// Whose.
        account: Option<AccountId>,
        /// Wait a moment for what the orgs tell of their other limits, where that is not known.
        #[serde(default)]
        fresh: bool,
    },
    /// Jobs, newest first.
    Jobs {
        /// At most so many.
        limit: usize,
    },
    /// One job; the last one when absent.
    Job(Option<JobId>),
    /// Conflicts that are held for a person.
    Conflicts {
        /// Whose.
        account: Option<AccountId>,
    },
    /// Linked users, and those who are not.
    Users(UsersOf),
    /// The audit log, newest first.
    Audit {
        /// At most so many.
        limit: usize,
    },

    /// Makes a recipe or a pair.
    CreateRecipe {
        /// As its file gives it.
        draft: Box<RecipeDraft>,
        /// Only check it.
        dry_run: bool,
    },
    /// Does something to recipes.
    ActOnRecipes {
        /// Which.
        ids: Vec<RecipeId>,
        /// What.
        act: RecipeAct,
        /// Why.
        reason: Option<String>,
    },
    /// Looks for changes now.
    RunRecipe {
        /// Which.
        id: RecipeId,
        /// Reads everything again.
        full: bool,
    },
    /// Tries errors again.
    RetryErrors {
        /// Which.
        which: Selection,
        /// Those too that would fail again.
        force: bool,
        /// Only say what would happen.
        dry_run: bool,
        /// How long to wait before the first call, in milliseconds.
        grace_ms: i64,
    },
    /// Lets records that were refused as duplicates be made all the same, when they are tried again.
    AllowDuplicates {
        /// Which errors.
        which: Selection,
    },
    /// Tries one error again with other values than the source holds, for this try alone.
    EditError {
        /// Which.
        id: ErrorId,
        /// The written side's fields with what is typed for them.
        set: Vec<(String, String)>,
        /// How long to wait before the first call, in milliseconds.
        grace_ms: i64,
    },
    /// Sets errors aside.
    SnoozeErrors {
        /// Which.
        which: Selection,
        /// Until then, at the latest.
        until: Option<Stamp>,
        /// Until more than so many new ones of the cause have come.
        more_than: Option<u64>,
        /// Why.
        reason: Option<String>,
    },
    /// Says that errors do not matter.
    IgnoreErrors {
        /// Which.
        which: Selection,
        /// Why.
        reason: String,
    },
    /// Ties the record of an error to a counterpart that a person chose, and resolves the error.
    LinkError {
        /// Which.
        id: ErrorId,
        /// The counterpart, by its system's own id.
        record: String,
    },
    /// Ends held conflicts, all or none.
    KeepSide {
        /// Which.
        ids: Vec<LinkId>,
        /// The side that is right.
        side: Side,
    },
    /// Writes values that lost a conflict back where they stood.
    RestoreValue {
        /// The line of the ledger.
        seq: u64,
        /// Which fields; all of the line when empty.
        fields: Vec<String>,
    },
    /// Reads the users of both sides and links those who are alike.
    MatchUsers {
        /// Of which connections.
        of: UsersOf,
        /// By what they have in common.
        by: TiedBy,
    },
    /// Links two users by hand, or ends the link of one.
    LinkUser {
        /// Of which connections.
        of: UsersOf,
        /// The Salesforce user, by id, user name or e-mail address.
        salesforce: String,
        /// The user of the other side, likewise; none ends the link.
        target: Option<String>,
    },
    /// Adds a connection.
    AddConnection(Box<ConnectionDraft>),
    /// Does something to a connection.
    ActOnConnection {
        /// Which.
        id: ConnectionId,
        /// What.
        act: ConnectionAct,
    },
    /// Begins an authorisation by a person in a browser. An earlier one of the connection is over.
    Authorise {
        /// Which connection.
        id: ConnectionId,
        /// Whether another org than before is wanted, by its name.
        #[serde(default)]
        other_org: Option<String>,
    },
    /// Ends an authorisation with what the browser showed: its whole address, the query, or the code. It resumes
    /// nothing: that is asked for with [`Request::ResumeConnection`].
    AuthoriseWith {
        /// Which connection.
        id: ConnectionId,
        /// What was pasted.
        pasted: Pasted,
    },
    /// How far an authorisation has come.
    Authorising(ConnectionId),
    /// The pre-flight check of a connection, or of all.
    Doctor {
        /// Which connection.
        id: Option<ConnectionId>,
    },
    /// Lets the recipes go on that wait for a connection which works again.
    ResumeConnection(ConnectionId),
    /// Adds an account or changes its limit.
    PutAccount {
        /// Which.
        id: AccountId,
        /// Its recipe limit; unchanged when absent.
        recipe_limit: Option<u32>,
        /// Whether it must not exist yet.
        add: bool,
    },
    /// Removes an account that owns nothing.
    RemoveAccount(AccountId),
    /// Takes a job back, or stops it before it has begun.
    Undo(JobId),
    /// Stops a job.
    StopJob(JobId),
    /// Asks a lingering engine to make room for one that was started by hand.
    Yield,
}

impl Request {
    /// Returns the same question about a point in the past; about the present where there is no point.
    #[must_use]
    pub fn as_of(self, at: Option<Stamp>) -> Self {
        match at {
            Some(at) => Self::AsOf { at, question: Box::new(self) },
            None => self,
        }
    }

    /// Returns whether it can be told how the answer would have been in the past.
    pub fn has_past(&self) -> bool {
        matches!(
            self,
            Self::Status { .. }
                | Self::Overview { .. }
                | Self::Accounts
                | Self::Connections { .. }
                | Self::Recipes { .. }
                | Self::Recipe(_)
                | Self::Groups { .. }
                | Self::Errors { .. }
                | Self::Error(_)
                | Self::Cause(_)
                | Self::Activity { .. }
                | Self::Matches { .. }
                | Self::Objects { .. }
                | Self::Hours { .. }
                | Self::Limits { .. }
                | Self::Jobs { .. }
                | Self::Job(_)
                | Self::Audit { .. }
        )
    }

    /// Returns whether the request changes anything.
    pub fn writes(&self) -> bool {
        !matches!(
            self,
            Self::AsOf { .. }
                | Self::Watch
                | Self::Status { .. }
                | Self::Overview { .. }
                | Self::Accounts
                | Self::Connections { .. }
                | Self::Recipes { .. }
                | Self::Recipe(_)
                | Self::Definitions { .. }
                | Self::ResolveRecipe(_)
                | Self::Offer(_)
                | Self::PreviewRecipe(_)
                | Self::ForeseeRun { .. }
                | Self::Groups { .. }
                | Self::Errors { .. }
                | Self::Error(_)
                | Self::Cause(_)
                | Self::Activity { .. }
                | Self::Matches { .. }
                | Self::Backup(_)
                | Self::AuditCheck
                | Self::Objects { .. }
                | Self::Hours { .. }
                | Self::Limits { .. }
                | Self::Jobs { .. }
                | Self::Job(_)
                | Self::Audit { .. }
                | Self::Users(_)
                | Self::Conflicts { .. }
                | Self::Yield
                | Self::Authorising(_)
                | Self::Doctor { .. }
                | Self::CreateRecipe { dry_run: true, .. }
                | Self::RetryErrors { dry_run: true, .. }
        )
    }
}

/// What the engine answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// Something changed: the newest ledger entry, so that a visitor sees whether it missed any.
    News {
        /// The newest ledger entry.
        seq: u64,
        /// The engine's present time.
        now: Stamp,
    },
    /// It was done.
    Done,
    /// The `status` documents, one for each account.
    Status(Vec<Status>),
    /// The first screen.
    Overview(Box<Overview>),
    /// An answer as it would have been in the past, and what of it is known.
    AsOf {
        /// What is known.
        past: PastRow,
        /// The answer.
        answer: Box<Reply>,
    },
    /// Accounts.
    Accounts(Vec<AccountRow>),
    /// Connections.
    Connections(Vec<ConnectionRow>),
    /// Recipes.
    Recipes(Vec<RecipeRow>),
    /// One recipe.
    Recipe(Box<RecipeDetail>),
    /// Causes.
    Groups(Vec<GroupRow>),
    /// Errors.
    Errors(Vec<ErrorRow>),
    /// One error.
    Error(Box<ErrorDetail>),
    /// A cause.
    Cause(Box<CauseDetail>),
    /// The ledger.
    Activity(ActivityPage),
    /// How many match.
    Matches(u64),
    /// What is wrong with the audit log.
    AuditCheck {
        /// How many lines it has.
        lines: u64,
        /// What is wrong; nothing when it is whole.
        problems: Vec<String>,
    },
    /// Definitions, by id.
    Definitions(Vec<RecipeDraft>),
    /// What a recipe could be made of.
    Offer(Box<OfferDoc>),
    /// What a draft would do.
    Preview(Box<PreviewDoc>),
    /// What a run would do.
    Foreseen(ForeseenDoc),
    /// Counts.
    Objects(Vec<ObjectRow>),
    /// One object by hour.
    Hours(Box<ObjectHours>),
    /// Limits.
    Limits(Vec<LimitsDoc>),
    /// Jobs.
    Jobs(Vec<JobRow>),
    /// Held conflicts.
    Conflicts(Vec<ConflictRow>),
    /// Users.
    Users(Vec<UserRow>),
    /// The audit log.
    Audit(Vec<AuditRow>),
    /// What the pre-flight check found.
    Findings(Vec<FindingRow>),
    /// An authorisation has begun.
    Authorisation(Box<AuthorisationRow>),
    /// How far an authorisation has come.
    Authorising(Box<AuthorisingRow>),
    /// A job was started, or would be.
    Job(JobRow),
    /// It was refused or failed. Nothing was changed.
    Refused(Refusal),
}

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// A stable short name (`recipe_limit`, `not_found`, `read_only`).
    pub code: String,
    /// For a person, in their language: what, where and what to do.
    pub message: String,
    /// The exit code of a command that gets it.
    pub exit: u8,
    /// The recipe limit, where that was the cause.
    pub limit: Option<u32>,
    /// Recipes in use, likewise.
    pub used: Option<u32>,
    /// What is wrong with a draft, each at its key.
    pub flaws: Vec<Flaw>,
}
