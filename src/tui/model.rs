//! All that is on screen, and what is still being waited for. Only [`update`](super::update::update) changes it.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::keys::Key;
use super::parts::dialog::{Dialog, Prompt};
use super::parts::form::Form;
use super::parts::help::Help;
use super::parts::palette::Palette;
use super::parts::wizard::Wizard;
use super::past::Past;
use super::registry::{Keymap, Place, Screen};
use super::screens::activity::Activity;
use super::screens::connections::Connections;
use super::screens::errors::Errors;
use super::screens::jobs::Jobs;
use super::screens::limits::Limits;
use super::screens::objects::Objects;
use super::screens::overview::Overview;
use super::screens::recipes::Recipes;
use crate::control::protocol::{Reply, Request, Selection};
use crate::control::rows::Status;
use crate::domain::id::{AccountId, ConnectionId, ErrorId, GroupId, JobId, ObjectName, RecipeId};
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;
use crate::words::{Lang, Numbers, Words, Zone};

/// How a console is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// The time zone of days and hours.
    pub zone: Zone,
    /// Colours and boxes.
    pub skin: super::skin::Skin,
    /// Whose errors and recipes are shown; all when absent.
    pub account: Option<AccountId>,
    /// Nothing that changes something is offered or accepted.
    pub read_only: bool,
    /// Live frames a second, 1 to 10.
    pub fps: u8,
    /// Dialogs are deaf for their first 250 ms.
    pub guard: bool,
    /// Which keys do what.
    pub keys: Keymap,
    /// The engine's time at the beginning, from its welcome.
    pub now: Stamp,
    /// Where one was the last time.
    pub session: Option<super::session::Session>,
    /// How text gets onto the clipboard.
    pub clipboard: super::copy::Clipboard,
    /// Panics while drawing that frame, to prove that the terminal is given back.
    pub panic_at: Option<u64>,
}

impl Options {
    /// Returns options with everything at its default.
    pub fn new(keys: Keymap, now: Stamp) -> Self {
        Self {
            lang: Lang::En,
            zone: Zone::default(),
            skin: super::skin::Skin::default(),
            account: None,
            read_only: false,
            fps: 1,
            guard: true,
            keys,
            now,
            session: None,
            clipboard: super::copy::Clipboard::default(),
            panic_at: None,
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The console begins.
    Start,
    /// So many milliseconds have passed since then.
    Tick(u64),
    /// A key.
    Key(Key),
    /// A paste.
    Paste(String),
    /// A click in a row of the screen.
    Click(u16),
    /// The wheel: `true` is down.
    Wheel(bool),
    /// The terminal has so many columns and rows.
    Resize(u16, u16),
    /// The engine said something.
    Told(Option<u64>, Reply),
    /// The engine is gone.
    Lost(String),
    /// The engine is back; what was asked before is forgotten.
    Back,
    /// The link to the terminal became slow, or quick again.
    Slow(bool),
    /// What became of a file: where it is, or why not.
    Written(Result<String, String>),
    /// What became of a copy: the way it took, or none.
    Copied(Option<String>),
}

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the engine.
    Ask {
        /// Comes back with the answer.
        id: u64,
        /// The question.
        request: Request,
    },
    /// Put text onto the clipboard.
    Copy(String),
    /// Write a new file: its path, its text.
    Write(String, String),
    /// Show text outside the full screen until a key comes.
    Show(String),
    /// Show the screen as plain text until a key comes.
    Plain,
    /// Ask the terminal for reports of the mouse, or no longer.
    Mouse(bool),
    /// Draw everything anew.
    Repaint,
    /// End.
    Quit,
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Watch,
    Status,
    Overview,
    Groups,
    Errors {
        group: Option<GroupId>,
        filter: String,
        more: bool,
    },
    Error(ErrorId),
    Activity {
        filter: String,
        failed: bool,
        more: bool,
    },
    /// How many ledger entries match.
    Matches {
        filter: String,
        failed: bool,
    },
    Recipes,
    Recipe(RecipeId),
    Connections,
    Objects,
    Hours(ObjectName, Direction),
    Cause(GroupId),
    Limits,
    Jobs,
    Audit,
    /// A link to authorise a connection.
    Authorise(ConnectionId),
    /// How far that is.
    Authorising(ConnectionId),
    /// What was pasted for it.
    AuthoriseWith(ConnectionId),
    /// What a recipe could be made of.
    Offer,
    /// What a recipe would do.
    Preview,
    /// A recipe was to be made; said when it was.
    Made(String),
    /// What a retry would do.
    Plan(Selection),
    /// A job was to be started; said when it was.
    Start(String),
    /// How far a job is.
    Poll(JobId),
    /// All rows that are shown, to be written into a file of that name.
    Export(&'static str),
    /// Something small; said when it was done.
    Done(String),
}

/// What a screen wants done.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Ask(Topic, Request),
    Say(String),
    Dialog(Dialog),
    Prompt(Prompt),
    /// Open the reconnect wizard for a connection of that user.
    Wizard(ConnectionId, String),
    /// Open the form for a new recipe.
    Form,
    /// Show text outside the full screen, whole and unbroken.
    Show(String),
    /// Show this screen as plain text.
    Plain,
    Go(Screen),
    Jump(Jump),
    Copy(String),
    /// Ask into which file these rows go.
    Export(&'static str, Vec<serde_json::Value>),
    /// Write a file.
    Write(String, String),
    Quit,
}

/// A way to another screen, with something to be done there.
#[derive(Clone, Debug)]
pub(super) enum Jump {
    /// To a connection, to reconnect it.
    Reconnect(ConnectionId),
    /// To the recipes, with the oldest unused ones marked.
    Free,
    /// To the records of a cause.
    Group(GroupId),
    /// To the first record of a cause, field by field.
    First(GroupId),
    /// To a recipe, opened.
    Recipe(RecipeId),
    /// To a screen with that filter.
    Filtered(Screen, String),
}

/// What lies over the screen.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    Dialog(Dialog),
    Prompt(Prompt),
    Palette(Palette),
    Help(Help),
    Wizard(Box<Wizard>),
    Form(Box<Form>),
}

/// How urgently the screen must be drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dirty {
    /// Nothing changed.
    #[default]
    No,
    /// News: when the pace allows.
    Live,
    /// Somebody pressed a key: at once.
    Now,
}

/// A job whose progress is followed.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    pub(super) id: JobId,
    pub(super) line: String,
    pub(super) next: u64,
}

/// The console's whole state.
#[derive(Debug)]
pub struct Model {
    pub(super) facts: Facts,
    pub(super) options: Options,
    pub(super) size: (u16, u16),
    pub(super) screen: Screen,
    /// Where Esc leads back to after a jump.
    pub(super) from: Option<Screen>,
    pub(super) overlay: Option<Overlay>,
    pub(super) toast: Option<String>,
    pub(super) job: Option<Watched>,
    /// The last job of this session that may be taken back.
    pub(super) undo: Option<JobId>,
    /// Since when the engine is gone.
    pub(super) lost: Option<Stamp>,
    /// The point in the past that is looked at; none for now.
    pub(super) past: Option<Past>,
    pub(super) slow: bool,
    /// The mouse is ours.
    pub(super) mouse: bool,
    pub(super) dirty: Dirty,
    /// When the screen is to be asked for anew.
    pub(super) refresh: Option<u64>,
    pub(super) refreshed: u64,
    pub(super) next_ask: u64,
    /// What was asked, and whether because of news.
    pub(super) asked: BTreeMap<u64, (Topic, bool)>,
    /// Keys that were typed while a question was being prepared: they are for it.
    pub(super) ahead: Vec<Key>,
    /// Screens whose data was seen at least once.
    pub(super) seen: BTreeSet<Screen>,
    /// Until when a frame waits for data that was just asked for.
    pub(super) hold: Option<u64>,
    pub(super) overview: Overview,
    pub(super) errors: Errors,
    pub(super) connections: Connections,
    pub(super) recipes: Recipes,
    pub(super) objects: Objects,
    pub(super) activity: Activity,
    pub(super) limits: Limits,
    pub(super) jobs: Jobs,
}

impl Model {
    /// Returns a console that has heard nothing yet.
    pub fn new(options: Options) -> Self {
        let facts = Facts {
            words: Words::new(options.lang).within(options.zone.clone()),
            numbers: Numbers::new(options.lang, options.skin.ascii),
            account: options.account.clone(),
            status: Status::default(),
            known: false,
            now: options.now,
            present: options.now,
            seq: 0,
            read_only: options.read_only,
            others: Vec::new(),
            hosts: Vec::new(),
            protected: Vec::new(),
            write_until: None,
            paused: false,
            clock: 0,
            columns: 80,
            held: false,
            last: None,
            ascii: options.skin.ascii,
        };
        Self {
            facts,
            options,
            size: (80, 24),
            screen: Screen::Overview,
            from: None,
            overlay: None,
            toast: None,
            job: None,
            undo: None,
            lost: None,
            past: None,
            slow: false,
            mouse: false,
            dirty: Dirty::Now,
            refresh: None,
            refreshed: 0,
            next_ask: 1,
            asked: BTreeMap::new(),
            ahead: Vec::new(),
            seen: BTreeSet::new(),
            hold: None,
            overview: Overview::default(),
            errors: Errors::default(),
            connections: Connections::default(),
            recipes: Recipes::default(),
            objects: Objects::default(),
            activity: Activity::default(),
            limits: Limits::default(),
            jobs: Jobs::default(),
        }
    }

    /// Returns where bindings are looked up.
    pub(super) fn place(&self) -> Place {
        match self.screen {
            Screen::Overview => Place::Overview,
            Screen::Errors => self.errors.place(),
            Screen::Connections => Place::Connections,
            Screen::Recipes => Place::Recipes,
            Screen::Objects => Place::Objects,
            Screen::Activity => Place::Activity,
            Screen::Limits => Place::Limits,
            Screen::Jobs => Place::Jobs,
        }
    }

    /// Returns whether the terminal is too small to be used.
    pub(super) fn cramped(&self) -> bool {
        self.size.0 < 50 || self.size.1 < 12
    }

    /// Returns whether the live view of this screen stands still.
    pub(super) fn stands_still(&self) -> bool {
        self.past.is_some()
            || self.facts.paused
            || (self.screen == Screen::Activity && !self.activity.follows())
    }

    /// Returns when [`Msg::Tick`] is wanted next.
    pub fn deadline(&self) -> Option<u64> {
        let wizard = match &self.overlay {
            Some(Overlay::Wizard(wizard)) => Some(wizard.deadline()),
            _ => None,
        };
        [self.refresh, self.job.as_ref().map(|job| job.next), wizard].into_iter().flatten().min()
    }
}
