//! What may be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use super::conflicts::Conflicts;
pub use super::recipes::{Propose, Recipes};
pub use super::users::{Between, Users, Way};
use crate::settings::config_file::{COLORS, THEMES};

/// Keeps Salesforce in step with monday.com, HubSpot, ForceManager and Modjo, and gives the people who look after it
/// one console. Without a command it opens the console.
#[derive(Debug, Parser)]
#[command(name = "syncdeck", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; none opens the console.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What applies to every command.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// Where the data lie [default: the XDG data home]
    #[arg(long, global = true, value_name = "DIR", env = "SYNCDECK_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The configuration file [default: the XDG configuration home, then built-in]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The account that is meant
    #[arg(long, global = true, value_name = "ID")]
    pub account: Option<String>,
    /// Print one JSON document (JSON Lines for streams) and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// The language: en, fr or it [default: from the locale]
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "fr", "it"])]
    pub lang: Option<String>,
    /// No colour
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Refuse everything that changes something
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Lift the read-only start of a protected connection for 15 minutes
    #[arg(long, global = true, requires = "reason")]
    pub write: bool,
    /// Why, for the audit log
    #[arg(long, global = true, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Line mode, without escape sequences
    #[arg(long, global = true)]
    pub plain: bool,
    /// Only ASCII characters in the console
    #[arg(long, global = true)]
    pub ascii: bool,
    /// How many colours the console uses
    #[arg(long, global = true, value_name = "DEPTH", value_parser = PossibleValuesParser::new(COLORS))]
    pub color: Option<String>,
    /// What the console's colours are chosen for: a dark or a light background, either (neutral), or the most contrast
    #[arg(long, global = true, value_name = "NAME", value_parser = PossibleValuesParser::new(THEMES))]
    pub theme: Option<String>,
    /// The time zone of days and hours, such as Europe/Rome [default: UTC]
    #[arg(long, global = true, value_name = "ZONE", value_parser = zone)]
    pub tz: Option<String>,
    /// At most so many frames a second in the console
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    pub fps: Option<u8>,
    /// Accept keys at once in dialogs (for tests of keystrokes)
    #[arg(long, global = true, hide = true)]
    pub no_guard: bool,
    /// Keep the engine inside the console's process
    #[arg(long, global = true)]
    pub embedded: bool,
    /// Say more in the log; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The sandbox, a sample account, the engine and the console; nothing to configure
    Demo(Demo),
    /// The engine alone, in the foreground
    Serve(Serve),
    /// The simulated systems alone
    Sandbox(SandboxArgs),
    /// Engine, limit, connections, recipes, objects, API usage and errors in one look
    Status(Then),
    /// Customers and their recipe limits
    #[command(subcommand)]
    Accounts(Accounts),
    /// Authorised links to remote systems
    #[command(subcommand)]
    Connections(Connections),
    /// Standing rules that sync an object with a container
    #[command(subcommand)]
    Recipes(Recipes),
    /// Operations that did not succeed
    #[command(subcommand)]
    Errors(Errors),
    /// The ledger: what was done, newest first
    Activity(Activity),
    /// Created, updated, deleted, skipped and failed per object and direction
    Objects {
        /// From when: RFC 3339, today, 24h, 30d [default: everything]
        #[arg(long, value_name = "TIME")]
        since: Option<String>,
        /// One object, hour by hour [from the beginning of today unless --since says otherwise]
        #[arg(long, value_name = "OBJECT")]
        by_hour: Option<String>,
        /// As of when
        #[command(flatten)]
        then: Then,
    },
    /// The recipe limit and API usage
    Limits(Then),
    /// Fields that were changed on both sides
    #[command(subcommand)]
    Conflicts(Conflicts),
    /// Who is who on both sides
    #[command(subcommand)]
    Users(Users),
    /// The pre-flight checks: what a connection may do, and what would stop its recipes
    Doctor {
        /// The connection [default: all]
        connection: Option<String>,
    },
    /// Bulk work in the engine
    #[command(subcommand)]
    Jobs(Jobs),
    /// Take a job back
    Undo {
        /// The job
        job: String,
    },
    /// The audit log
    Audit(Audit),
    /// The data file: verify, copy, restore, shrink
    #[command(subcommand)]
    Store(Store),
    /// Write commented configuration to begin with
    Init,
    /// The console's colours
    #[command(subcommand)]
    Theme(Theme),
    /// The registry: every command with its keys, words and command line
    Commands,
    /// A picture of a screen, from the buffer that the console draws
    Snap(Snap),
    /// Shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
}

/// `audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// What to do with it [default: print the newest lines]
    #[command(subcommand)]
    pub command: Option<AuditCommand>,
    /// At most so many lines
    #[arg(long, default_value_t = 200)]
    pub limit: usize,
}

/// What is done with the audit log.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditCommand {
    /// Check that no line was changed or removed
    Verify,
}

/// `store`
#[derive(Debug, Subcommand)]
pub enum Store {
    /// Verify the data file; no engine may run
    Check,
    /// Copy the data while the engine goes on; secrets are not part of it
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Put a copy in the place of the data; no engine may run
    Restore {
        /// The copy
        file: PathBuf,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
    /// Shrink the data file; no engine may run
    Compact,
}

/// `theme`
#[derive(Debug, Subcommand)]
pub enum Theme {
    /// Say how well each colour can be read on the palettes that people use
    Check {
        /// Which palettes
        #[arg(long, value_delimiter = ',', default_value = "xterm,linux,campbell,tango,solarized")]
        palettes: Vec<String>,
    },
}

/// `demo`
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// What happens in it
    #[arg(long, value_enum, default_value_t = Story::First)]
    pub story: Story,
    /// Without the console
    #[arg(long)]
    pub headless: bool,
    /// What makes the data the same every time
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many Leads and how many Contacts there are
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub records: u64,
    /// End when everything has arrived
    #[arg(long, requires = "headless")]
    pub exit_when_synced: bool,
    /// Only make the story's data directory
    #[arg(long, conflicts_with = "headless")]
    pub prepare: bool,
}

/// A story of the demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Story {
    /// Data begins to flow.
    First,
    /// Nothing happens.
    Quiet,
    /// A bad day: three causes of parked records, a full recipe limit, a revoked token.
    Day,
    /// The bad day, and fifty changes a second.
    Live,
    /// A million ledger entries, 100,000 errors, and 200 changes a second.
    Big,
    /// The bad day with control characters in every field.
    Hostile,
    /// The bad day in wide, combined and right-to-left letters.
    Wide,
}

impl Story {
    /// Returns the story's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Quiet => "quiet",
            Self::Day => "day",
            Self::Live => "live",
            Self::Big => "big",
            Self::Hostile => "hostile",
            Self::Wide => "wide",
        }
    }
}

/// `snap`
#[derive(Clone, Debug, Args)]
pub struct Snap {
    /// The screen
    #[arg(value_enum, default_value_t = SnapScreen::Overview)]
    pub screen: SnapScreen,
    /// Its size, in columns and rows
    #[arg(long, value_name = "COLSxROWS", default_value = "120x36", value_parser = size)]
    pub size: (u16, u16),
    /// The kind of picture
    #[arg(long, value_enum, default_value_t = SnapFormat::Txt)]
    pub format: SnapFormat,
    /// The story that is shown
    #[arg(long, value_enum, default_value_t = Story::First)]
    pub story: Story,
    /// What makes the data the same every time
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many Leads and how many Contacts there are
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(0..=100_000))]
    pub records: u64,
    /// As of when
    #[command(flatten)]
    pub then: Then,
}

/// A point in the past.
#[derive(Clone, Debug, Default, Args)]
pub struct Then {
    /// As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let sides = text.split_once('x').and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
    sides
        .filter(|(wide, high)| (1..=500).contains(wide) && (1..=200).contains(high))
        .ok_or_else(|| "expected a size such as 120x36, at most 500x200".to_owned())
}

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SnapFormat {
    /// Lines of text.
    Txt,
    /// What a terminal gets.
    Ansi,
    /// A drawing.
    Svg,
}

/// A screen of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SnapScreen {
    /// What needs you, counts, limits, what happens now.
    Overview,
    /// Errors by cause.
    Errors,
    /// Connections.
    Connections,
    /// Recipes.
    Recipes,
    /// Counts per object.
    Objects,
    /// The ledger.
    Activity,
    /// Limits.
    Limits,
    /// Jobs and the audit log.
    Jobs,
}

impl SnapScreen {
    /// Returns the key that opens the screen.
    pub fn key(self) -> char {
        match self {
            Self::Overview => '1',
            Self::Errors => '2',
            Self::Connections => '3',
            Self::Recipes => '4',
            Self::Objects => '5',
            Self::Activity => '6',
            Self::Limits => '7',
            Self::Jobs => '8',
        }
    }
}

/// `serve`
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// End when nobody has visited for a minute and no job runs
    #[arg(long, hide = true)]
    pub linger: bool,
}

/// `sandbox`
#[derive(Clone, Debug, Args)]
pub struct SandboxArgs {
    /// Where the control port listens; the systems follow on the next ports; port 0 picks free ones
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:7700")]
    pub listen: SocketAddr,
    /// What makes the data the same every time
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many Leads and how many Contacts there are
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub records: u64,
    /// Where the state is kept across restarts
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Rules of the fault injector, in force from the first call
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// Serve with TLS too, and through a proxy under the systems' real host names
    #[arg(long)]
    pub tls: bool,
}

/// `accounts`
#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// All accounts
    List,
    /// Add an account
    Add {
        /// Its id
        id: String,
        /// The most recipes it may have
        #[arg(long, value_name = "N")]
        recipe_limit: Option<u32>,
    },
    /// Change an account
    Set {
        /// Its id
        id: String,
        /// The most recipes it may have
        #[arg(long, value_name = "N", required = true)]
        recipe_limit: Option<u32>,
    },
    /// Remove an account that owns nothing
    Remove {
        /// Its id
        id: String,
    },
}

/// `connections`
#[derive(Debug, Subcommand)]
pub enum Connections {
    /// All connections
    List,
    /// One connection
    Show {
        /// Its id
        id: String,
    },
    /// Add a connection from a file
    Add {
        /// The file
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
    },
    /// Ask the remote who we are
    Check {
        /// Its id
        id: String,
    },
    /// Authorise a connection again, in a browser anywhere
    Reconnect {
        /// Its id
        id: String,
        /// Read a new refresh token (or token) from standard input instead
        #[arg(long)]
        refresh_token_stdin: bool,
        /// Leave its recipes suspended
        #[arg(long)]
        no_resume: bool,
        /// Accept another org than before, by its name
        #[arg(long, value_name = "NAME")]
        other_org: Option<String>,
    },
    /// Switch it on
    Enable {
        /// Its id
        id: String,
    },
    /// Switch it off
    Disable {
        /// Its id
        id: String,
    },
    /// Change its settings
    Set {
        /// Its id
        id: String,
        /// The most API calls of 24 hours that syncdeck may spend
        #[arg(long, value_name = "N")]
        api_budget: Option<u64>,
        /// Up to how much of the org's own limit, in percent, what failed is tried again by itself
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
        retries_to: Option<u8>,
        /// Up to how much of the org's own limit, in percent, syncs go on; the rest is kept for people
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
        syncs_to: Option<u8>,
        /// Whether it starts read-only
        #[arg(long, value_name = "BOOL")]
        protected: Option<bool>,
    },
    /// Remove a connection that no recipe uses
    Remove {
        /// Its id
        id: String,
    },
}

/// `errors`
#[derive(Debug, Subcommand)]
pub enum Errors {
    /// Errors, newest first
    List {
        /// Only what matches, such as `class:LOCK obj:Lead`
        #[arg(long, default_value = "")]
        filter: String,
        /// Of one cause
        #[arg(long, value_name = "ID")]
        group: Option<String>,
        /// Resolved ones too
        #[arg(long)]
        all: bool,
        /// At most so many
        #[arg(long, default_value_t = 1_000)]
        limit: usize,
    },
    /// One error, with the fields of both sides; or one cause, with what was done before it and how it ended last time
    Show {
        /// The error's id, or the cause's
        id: String,
    },
    /// The causes that errors share
    Groups(Then),
    /// Try errors again
    Retry(Retry),
    /// Try an error again with other values, for this try alone; the source is not changed
    Edit {
        /// Its id
        id: String,
        /// A field of the written side, and what to write into it
        #[arg(long = "set", value_name = "FIELD=VALUE", required = true, value_parser = assignment)]
        set: Vec<(String, String)>,
    },
    /// Tie the record of an error to the counterpart that you choose
    Link {
        /// The error's id
        id: String,
        /// The counterpart's id in the system that the error was to write
        record: String,
    },
    /// Put errors aside for a while
    Snooze(Snooze),
    /// Write errors to a file, for a spreadsheet or a program
    Export(Export),
    /// Set errors aside
    Ignore {
        /// Their ids
        ids: Vec<String>,
        /// All of a cause
        #[arg(long, value_name = "ID", conflicts_with = "ids")]
        group: Option<String>,
    },
}

/// `errors snooze`
#[derive(Debug, Args)]
pub struct Snooze {
    /// Their ids
    pub ids: Vec<String>,
    /// All of a cause, and what comes of it meanwhile
    #[arg(long, value_name = "ID", conflicts_with = "ids")]
    pub group: Option<String>,
    /// For so long, such as 24h
    #[arg(long = "for", value_name = "SPAN")]
    pub span: Option<String>,
    /// Until more than so many new ones of the cause have come
    #[arg(long, value_name = "N", requires = "group")]
    pub more_than: Option<u64>,
    /// Until the record changes, or something new of the cause comes
    #[arg(long, conflicts_with_all = ["span", "more_than"])]
    pub until_changed: bool,
}

/// `errors export`
#[derive(Debug, Args)]
pub struct Export {
    /// The form
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// The file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Only what matches, such as `class:LOCK obj:Lead`
    #[arg(long, default_value = "")]
    pub filter: String,
    /// Of one cause
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
    /// Resolved ones too
    #[arg(long)]
    pub all: bool,
}

/// A form of exported rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values; no cell is taken for a formula.
    Csv,
    /// One JSON document a line.
    Jsonl,
}

/// `errors retry`
#[derive(Debug, Args)]
pub struct Retry {
    /// Their ids
    pub ids: Vec<String>,
    /// All of a cause
    #[arg(long, value_name = "ID", conflicts_with_all = ["ids", "all"])]
    pub group: Option<String>,
    /// All that can succeed
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
    /// With --all: not older than this
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Those too that would fail again
    #[arg(long)]
    pub force: bool,
    /// Make records although the org takes them for duplicates of others
    #[arg(long, conflicts_with_all = ["all", "dry_run"])]
    pub allow_duplicates: bool,
    /// Only those that can succeed (the rule of --all)
    #[arg(long, conflicts_with = "force")]
    pub retriable: bool,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Without asking
    #[arg(long)]
    pub yes: bool,
}

/// `activity`
#[derive(Debug, Args)]
pub struct Activity {
    /// Go on with what happens
    #[arg(long)]
    pub follow: bool,
    /// At most so many entries
    #[arg(long, default_value_t = 100)]
    pub limit: usize,
    /// Of one recipe
    #[arg(long, value_name = "ID")]
    pub recipe: Option<String>,
    /// Of one object
    #[arg(long, value_name = "O")]
    pub object: Option<String>,
    /// Only failed ones
    #[arg(long)]
    pub failed: bool,
    /// From when: RFC 3339, today, 24h, 30d
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only what matches, such as `class:LOCK maria`
    #[arg(long, default_value = "")]
    pub filter: String,
}

/// `jobs`
#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Jobs, newest first
    List {
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// One job
    Show {
        /// Its id, or `last`
        id: String,
    },
    /// Wait until a job is over
    Wait {
        /// Its id, or `last`
        id: String,
    },
    /// Stop a job
    Stop {
        /// Its id
        id: String,
    },
}

impl Command {
    /// Returns whether the command changes anything, whatever its arguments: read-only is checked before them.
    pub fn writes(&self) -> bool {
        match self {
            Self::Accounts(command) => !matches!(command, Accounts::List),
            Self::Connections(command) => !matches!(command, Connections::List | Connections::Show { .. }),
            Self::Recipes(command) => !matches!(
                command,
                Recipes::List { .. }
                    | Recipes::Show { .. }
                    | Recipes::Unused { .. }
                    | Recipes::Export { .. }
                    | Recipes::Run { dry_run: true, .. }
                    | Recipes::Propose(_)
                    | Recipes::Preview { .. }
                    | Recipes::Apply { dry_run: true, .. }
                    | Recipes::Create { dry_run: true, .. }
            ),
            Self::Errors(command) => match command {
                Errors::Retry(retry) => !retry.dry_run,
                Errors::Ignore { .. } | Errors::Link { .. } | Errors::Snooze(_) => true,
                _ => false,
            },
            Self::Jobs(command) => matches!(command, Jobs::Stop { .. }),
            Self::Conflicts(command) => !matches!(command, Conflicts::List),
            Self::Users(command) => !matches!(command, Users::List { .. }),
            Self::Undo { .. } | Self::Init => true,
            Self::Store(command) => matches!(command, Store::Restore { .. } | Store::Compact),
            _ => false,
        }
    }
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or_else(|| "a field, =, and its value".to_owned())?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

fn zone(name: &str) -> Result<String, String> {
    let known = crate::words::Zone::named(name);
    known
        .map(|zone| zone.name().to_owned())
        .ok_or_else(|| "no time zone of that name is known here".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
