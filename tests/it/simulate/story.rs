//! A story: what happens in a run, as a TOML file in `tests/scenarios`, so that a new case needs no Rust.

use std::path::Path;

use serde::Deserialize;

/// How many records and edits a run at full size has.
pub(super) const LARGE: (usize, usize) = (200, 500);

/// A story as its file tells it. Times are in seconds of simulated time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// The row of the table of survival that it belongs to.
    pub(super) row: u32,
    /// What it is about.
    pub(super) name: String,
    /// How many seeds are run.
    pub(super) seeds: Seeds,
    /// How many more are run at full size.
    #[serde(default = "one_large")]
    pub(super) large: Seeds,
    /// Leads before the recipe is made.
    #[serde(default = "twelve")]
    pub(super) records: usize,
    /// Edits by people while faults are in force.
    #[serde(default = "twelve")]
    pub(super) edits: usize,
    /// In how many seconds they are made.
    #[serde(default = "minute")]
    pub(super) over: u64,
    /// How often the recipe looks.
    #[serde(default = "twenty")]
    pub(super) every: u64,
    /// What happens to the counterpart of a deleted record.
    #[serde(default = "delete")]
    pub(super) deletions: String,
    /// What people do, by weight.
    #[serde(default)]
    pub(super) people: People,
    /// How many records a bulk edit touches; all of them get the same stamp.
    #[serde(default)]
    pub(super) block: usize,
    /// How many rows a page of Salesforce has; its own figure when 0.
    #[serde(default)]
    pub(super) page: u32,
    /// Where the process dies.
    #[serde(default)]
    pub(super) crash: Crash,
    /// What the network does, beyond the rules below.
    #[serde(default)]
    pub(super) net: Net,
    /// What our own clock does.
    #[serde(default)]
    pub(super) clock: ClockTricks,
    /// What the disk does.
    #[serde(default)]
    pub(super) disk: DiskTricks,
    /// Rules of the sandbox's fault injector; they end with the edits.
    #[serde(default)]
    pub(super) fault: Vec<Fault>,
    /// What happens at a certain time.
    #[serde(default)]
    pub(super) event: Vec<Event>,
    /// People work on both sides, or on the board alone.
    pub(super) pair: Option<Pair>,
    /// Records point to others.
    pub(super) family: Option<Family>,
    /// What is on the board before the recipe, to be recognised by its name.
    pub(super) meet: Option<Meet>,
    /// The connection is of no use without its package.
    #[serde(default)]
    pub(super) package: bool,
    /// Changes are told by events, and what becomes of them on their way.
    pub(super) events: Option<Events>,
    /// A second recipe carries the same leads to another board, by fewer fields.
    #[serde(default)]
    pub(super) witness: bool,
    /// The engine's own pace.
    #[serde(default)]
    pub(super) pace: Paces,
    /// What must hold beyond what always must.
    #[serde(default)]
    pub(super) expect: Expect,
}

/// Accounts and contacts, each with a recipe of its own; what is done to a recipe is done to that of the accounts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Family {
    /// People point to others on the board too.
    pub(super) two_way: bool,
    /// Chance that the board refuses a new account until the end.
    pub(super) failing: f64,
    /// Chance that no recipe takes a new account in.
    pub(super) outside: f64,
    /// Accounts point to each other.
    pub(super) cyclic: bool,
    /// Contacts show the name of their account, and accounts get others.
    pub(super) shown: bool,
    /// No recipe takes accounts in.
    pub(super) alone: bool,
    /// How often the recipe of the accounts looks, in seconds; as often as the other one when 0.
    pub(super) parents_every: u64,
}

/// What is on the board before the recipe: chances for each lead.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Meet {
    /// There is one item of its name.
    pub(super) one: f64,
    /// There are two, and nobody but a person can tell which is meant.
    pub(super) two: f64,
    /// So many items are of nobody's.
    pub(super) strangers: usize,
}

/// Chances for what befalls change events.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Events {
    /// An event never arrives, and nothing says so.
    pub(super) lost: f64,
    pub(super) doubled: f64,
    /// It is told after others that came later.
    pub(super) late: f64,
    /// More happened than could be told, and that is said.
    pub(super) gaps: f64,
    /// The subscription breaks off.
    pub(super) breaks: f64,
    /// The place behind which it is to go on is refused.
    pub(super) refused: f64,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Paces {
    /// Everything is counted through so often, in seconds; daily when 0.
    pub(super) sweep: i64,
    /// What is older is trimmed, in seconds; 90 days when 0.
    pub(super) retention: i64,
}

/// A recipe that writes to Salesforce, and what people and systems do on both sides of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Pair {
    /// `two-way-item` or `item-to-record`.
    pub(super) template: String,
    /// Who wins.
    pub(super) conflicts: String,
    /// Chance that an edit makes a new record.
    pub(super) create: f64,
    /// Chance that somebody on the other side edits the same record in the same moment.
    pub(super) at_once: f64,
    /// The systems keep our values in a form of their own.
    pub(super) forms: bool,
    /// So many records have a title that automations on both sides own.
    pub(super) automated: usize,
    /// So many records are there on both sides before the recipe, and are recognised by their addresses.
    pub(super) met: usize,
    /// Titles are chosen from a restricted list.
    pub(super) picks: bool,
    /// Records have owners, and are given to others.
    pub(super) owners: bool,
}

impl Default for Pair {
    fn default() -> Self {
        Self {
            template: "two-way-item".into(),
            conflicts: "salesforce-wins".into(),
            create: 0.05,
            at_once: 0.5,
            forms: false,
            automated: 0,
            met: 0,
            picks: false,
            owners: false,
        }
    }
}

impl Pair {
    /// Returns whether people edit in Salesforce too.
    pub(super) fn salesforce(&self) -> bool {
        self.template == "two-way-item"
    }
}

fn one_large() -> Seeds {
    Seeds { ci: 1, night: 20 }
}

fn twelve() -> usize {
    12
}
fn minute() -> u64 {
    60
}
fn twenty() -> u64 {
    20
}
fn delete() -> String {
    "delete".into()
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seeds {
    pub(super) ci: u64,
    pub(super) night: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct People {
    pub(super) create: u32,
    pub(super) update: u32,
    pub(super) delete: u32,
    pub(super) undelete: u32,
    /// A value that the board refuses.
    pub(super) poison: u32,
    /// A bulk edit of `block` records.
    pub(super) block: u32,
    /// Back to what it was before the last change.
    pub(super) revert: u32,
    /// Removed for good, past the bin, so that no list of deletions tells it.
    pub(super) purge: u32,
    /// One record merged into another.
    pub(super) merge: u32,
    /// A lead becomes a contact.
    pub(super) convert: u32,
}

impl Default for People {
    fn default() -> Self {
        Self {
            create: 3,
            update: 6,
            delete: 1,
            undelete: 1,
            poison: 0,
            block: 0,
            revert: 3,
            purge: 0,
            merge: 0,
            convert: 0,
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Crash {
    /// Each seed is run once for each numbered step, and dies there.
    pub(super) every_step: bool,
    /// It dies at so many steps of chance.
    pub(super) times: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Net {
    /// Rows of Salesforce become visible up to so many seconds late.
    pub(super) rows_late: u64,
    /// Chance that a write to monday takes effect only after its answer was given up.
    pub(super) late_effect: f64,
    /// Chance that a server accepts a call and is silent for ever.
    pub(super) silent: f64,
    /// Chance that an answer is a page of something else.
    pub(super) strange: f64,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ClockTricks {
    /// Our clock is so many seconds off, either way.
    pub(super) skew: i64,
    /// It jumps so often, by up to `leap` seconds either way.
    pub(super) jumps: usize,
    pub(super) leap: i64,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DiskTricks {
    /// The power goes at a sync of chance, so often.
    pub(super) cuts: usize,
    /// It is full for so many seconds, once.
    pub(super) full_for: u64,
    /// A bit flips at the crash.
    pub(super) flips: bool,
    /// Syncs are not carried out for a while before the crash.
    pub(super) lies: bool,
    /// Each seed is run once for each commit, and it happens there, and not by chance.
    pub(super) every_commit: bool,
}

/// A rule of the sandbox's fault injector, as its control port takes it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Fault {
    #[serde(flatten)]
    pub(super) rule: serde_json::Map<String, serde_json::Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// When; at a time of chance within `over` when it is left out.
    pub(super) at: Option<u64>,
    #[serde(rename = "do")]
    pub(super) what: What,
    /// What it is done with.
    #[serde(default)]
    pub(super) with: serde_json::Value,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    /// An action of the sandbox's control port: `with = { system, action, body }`.
    Control,
    /// A person reconnects Salesforce with a new token.
    Reconnect,
    Pause,
    Resume,
    /// The recipe is deleted; nothing may be called any more.
    Delete,
    Undo,
    /// It comes back, paused.
    Restore,
    /// Many recipes are asked for at the same time: `with = 120`.
    Crowd,
    /// Something that only the first recipe uses is taken away: a field, a column, its board; `with = "Column"` names it.
    Lack,
    /// What was taken away comes back.
    Mend,
    /// A person looks at the Salesforce connection, and finds it `with = "valid"` or whatever else.
    Look,
    /// What was refused is named, and nothing else has come to harm.
    Named,
    /// The event bus is out of reach.
    Deafen,
    /// It is back, and has forgotten where we were.
    Hear,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Expect {
    /// Within how many rounds of `every` after the last edit all must agree.
    pub(super) rounds: u32,
    /// Calls, as a multiple of those of the same run without faults.
    pub(super) calls: f64,
    /// No error of any record was ever noted.
    pub(super) no_errors: bool,
    /// The store opens, or says clearly what is wrong; nothing else is asked.
    pub(super) open_or_refuse: bool,
    /// Nobody ever has to reconnect.
    pub(super) unattended: bool,
    /// The data file has not grown since half of the time was over, beyond this factor.
    pub(super) file: f64,
    /// No more calls to the token endpoint than this.
    pub(super) grants: Option<u64>,
}

impl Story {
    /// Reads the story of a file in `tests/scenarios`.
    pub(super) fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(format!("{name}.toml"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Returns how many seeds are run: more at night.
    pub(super) fn seeds(&self) -> u64 {
        self.seeds.now()
    }

    /// Returns the story at full size: what happens by chance in a small run meets a full pipe here.
    pub(super) fn large(mut self) -> Self {
        self.records = self.records.max(LARGE.0);
        self.edits = self.edits.max(LARGE.1);
        // To die once at each of its thousands of steps would take a night for one seed: it dies at some by chance.
        if std::mem::take(&mut self.crash.every_step) {
            self.crash.times = 6;
        }
        self.disk.every_commit = false;
        self
    }
}

impl Seeds {
    pub(super) fn now(self) -> u64 {
        if night() { self.night } else { self.ci }
    }
}

pub(super) fn night() -> bool {
    std::env::var_os("SIM_NIGHT").is_some()
}
