//! Everything a person can do, once: footer, help, palette, key bindings and command line all read this table.

use std::collections::BTreeMap;
use std::fmt;

use super::keys::Key;

/// What a command does in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Goes to a screen.
    Go(Screen),
    /// Moves the cursor.
    Move(Step),
    /// Goes to the next panel.
    NextPanel,
    /// Goes to the previous panel.
    PreviousPanel,
    /// Opens what is under the cursor.
    Open,
    /// Goes one level back.
    Back,
    /// Asks for a filter.
    Filter,
    /// Opens the command palette.
    Palette,
    /// Lists the keys.
    Help,
    /// Stops or follows the live view.
    Pause,
    /// Copies the line under the cursor.
    Copy,
    /// Copies the whole thing under the cursor as JSON.
    CopyAll,
    /// Takes the last job back, or the one under the cursor.
    Undo,
    /// Draws everything anew.
    Repaint,
    /// Goes back, and ends the console at the top.
    Quit,
    /// Ends the console.
    QuitNow,
    /// Proposes the recommended remedy.
    Fix,
    /// Tries the row or the marks again.
    Retry,
    /// Tries everything shown again.
    RetryAll,
    /// Sets the row or the marks aside.
    Ignore,
    /// Marks the row.
    Mark,
    /// Marks from the last mark to the row.
    MarkRange,
    /// Marks everything shown.
    MarkAll,
    /// Goes to the next record.
    Next,
    /// Goes to the previous record.
    Previous,
    /// Shows all fields.
    Fields,
    /// Shows what happened to the record.
    History,
    /// Asks for new authorisation.
    Reconnect,
    /// Begin to change what is protected.
    WriteMode,
    /// Put errors aside for a while.
    Snooze,
    /// Show the screen as plain text.
    Plain,
    /// Tests a connection.
    Check,
    /// Stops what is under the cursor, or lets it go on.
    Hold,
    /// Removes a connection.
    Remove,
    /// Marks the recipes that are proposed for deletion.
    Propose,
    /// Proposes one more.
    More,
    /// Proposes one less.
    Less,
    /// Deletes the marked recipes.
    Delete,
    /// Writes what is shown into a file.
    Export,
    /// Tries a record again with another value.
    Edit,
    /// Shows the whole thing as the engine tells it.
    Raw,
    /// Goes to the recipe of an error.
    Mapping,
    /// Copies the address of the record in Salesforce.
    Link,
    /// Lists causes by something else.
    Group,
    /// Sets how many calls may be made.
    Budget,
    /// Goes back to where one was when the line was lost.
    Return,
    /// Lets the mouse be used, or leaves it to the terminal.
    Mouse,
    /// Opens the form for a new recipe.
    Create,
    /// Runs a recipe now.
    Run,
    /// Changes which recipes are shown.
    Unused,
    /// Changes the period.
    Period,
    /// Shows hours as bars, or as numbers.
    Chart,
    /// Shows failures only.
    Failed,
    /// Goes where the shortage can be ended.
    Free,
    /// Stops a job.
    Stop,
    /// Looks at another time.
    Time(Shift),
}

/// A way to another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// A minute back.
    Back,
    /// A minute on.
    On,
    /// An hour back.
    FarBack,
    /// An hour on.
    FarOn,
    /// To a time that is asked for.
    Ask,
    /// Back to now.
    Now,
}

/// One of the eight screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Screen {
    /// What needs a person, and how things stand.
    #[default]
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
    /// The recipe limit and API usage.
    Limits,
    /// Jobs and audit.
    Jobs,
}

impl Screen {
    /// Every screen, in the order of its digit.
    pub const ALL: [Self; 8] = [
        Self::Overview,
        Self::Errors,
        Self::Connections,
        Self::Recipes,
        Self::Objects,
        Self::Activity,
        Self::Limits,
        Self::Jobs,
    ];

    /// Returns the name used in ids of commands and keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Errors => "errors",
            Self::Connections => "connections",
            Self::Recipes => "recipes",
            Self::Objects => "objects",
            Self::Activity => "activity",
            Self::Limits => "limits",
            Self::Jobs => "jobs",
        }
    }
}

/// How far the cursor moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Everywhere but in dialogs and inputs.
    Global,
    /// The first screen.
    Overview,
    /// Causes.
    Errors,
    /// The records of a cause.
    Records,
    /// One record.
    Error,
    /// Connections.
    Connections,
    /// Recipes.
    Recipes,
    /// Objects.
    Objects,
    /// The ledger.
    Activity,
    /// Limits.
    Limits,
    /// Jobs and audit.
    Jobs,
}

impl Place {
    /// Every place, with its name in the file of keys.
    pub const ALL: [(&'static str, Self); 11] = [
        ("global", Self::Global),
        ("overview", Self::Overview),
        ("errors", Self::Errors),
        ("records", Self::Records),
        ("error", Self::Error),
        ("connections", Self::Connections),
        ("recipes", Self::Recipes),
        ("objects", Self::Objects),
        ("activity", Self::Activity),
        ("limits", Self::Limits),
        ("jobs", Self::Jobs),
    ];
}

/// One thing that a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its stable id, as in the audit log.
    pub id: &'static str,
    /// The sub-command that does the same, without arguments; empty for what only a screen can do.
    pub cli: &'static str,
    /// Whether it changes anything.
    pub writes: bool,
    /// What it does.
    pub act: Act,
}

impl Command {
    /// Returns the key of the one or two words that the footer shows.
    pub fn label_key(&self) -> String {
        format!("key-{}", self.id.replace('.', "-"))
    }

    /// Returns the key of the sentence that help and palette show.
    pub fn help_key(&self) -> String {
        format!("help-{}", self.id.replace('.', "-"))
    }
}

const fn read(id: &'static str, cli: &'static str, act: Act) -> Command {
    Command { id, cli, writes: false, act }
}

const fn write(id: &'static str, cli: &'static str, act: Act) -> Command {
    Command { id, cli, writes: true, act }
}

/// Every command. The order is that of the footer: what fits is shown from the front.
pub const COMMANDS: &[Command] = &[
    read("cause.fix", "errors groups", Act::Fix),
    write("connection.reconnect", "connections reconnect", Act::Reconnect),
    read("recipe.propose", "recipes unused", Act::Propose),
    read("limits.free", "recipes unused", Act::Free),
    write("limits.budget", "connections set", Act::Budget),
    read("mark", "", Act::Mark),
    write("recipe.delete", "recipes delete", Act::Delete),
    write("error.retry", "errors retry", Act::Retry),
    write("error.retry_all", "errors retry", Act::RetryAll),
    write("job.stop", "jobs stop", Act::Stop),
    read("error.next", "errors show", Act::Next),
    read("error.previous", "errors show", Act::Previous),
    write("error.edit", "errors edit", Act::Edit),
    read("error.fields", "errors show", Act::Fields),
    read("error.history", "activity", Act::History),
    read("error.mapping", "recipes show", Act::Mapping),
    read("error.raw", "errors show", Act::Raw),
    read("error.group", "errors groups", Act::Group),
    read("record.link", "errors show", Act::Link),
    read("activity.failed", "activity", Act::Failed),
    read("objects.period", "objects", Act::Period),
    read("objects.chart", "objects", Act::Chart),
    read("objects.failed", "objects", Act::Failed),
    read("recipe.unused", "recipes unused", Act::Unused),
    write("connection.check", "connections check", Act::Check),
    read("open", "", Act::Open),
    write("undo", "undo", Act::Undo),
    read("filter", "", Act::Filter),
    write("connection.pause", "connections disable", Act::Hold),
    write("recipe.pause", "recipes pause", Act::Hold),
    write("recipe.create", "recipes create", Act::Create),
    write("recipe.run", "recipes run", Act::Run),
    read("live.pause", "", Act::Pause),
    write("mode.write", "audit", Act::WriteMode),
    write("error.snooze", "errors snooze", Act::Snooze),
    write("error.ignore", "errors ignore", Act::Ignore),
    read("mark.range", "", Act::MarkRange),
    read("mark.all", "", Act::MarkAll),
    read("recipe.more", "recipes unused", Act::More),
    read("recipe.less", "recipes unused", Act::Less),
    read("view.export", "errors export", Act::Export),
    write("connection.remove", "connections remove", Act::Remove),
    read("palette", "", Act::Palette),
    read("copy", "", Act::Copy),
    read("copy.all", "", Act::CopyAll),
    read("view.plain", "", Act::Plain),
    read("back", "", Act::Back),
    read("panel.next", "", Act::NextPanel),
    read("panel.previous", "", Act::PreviousPanel),
    read("move.up", "", Act::Move(Step::Up)),
    read("move.down", "", Act::Move(Step::Down)),
    read("move.page_up", "", Act::Move(Step::PageUp)),
    read("move.page_down", "", Act::Move(Step::PageDown)),
    read("move.first", "", Act::Move(Step::First)),
    read("move.last", "", Act::Move(Step::Last)),
    read("screen.overview", "status", Act::Go(Screen::Overview)),
    read("screen.errors", "errors groups", Act::Go(Screen::Errors)),
    read("screen.connections", "connections list", Act::Go(Screen::Connections)),
    read("screen.recipes", "recipes list", Act::Go(Screen::Recipes)),
    read("screen.objects", "objects", Act::Go(Screen::Objects)),
    read("screen.activity", "activity", Act::Go(Screen::Activity)),
    read("screen.limits", "limits", Act::Go(Screen::Limits)),
    read("screen.jobs", "jobs list", Act::Go(Screen::Jobs)),
    read("time.go", "status", Act::Time(Shift::Ask)),
    read("time.back", "status", Act::Time(Shift::Back)),
    read("time.on", "status", Act::Time(Shift::On)),
    read("time.far_back", "status", Act::Time(Shift::FarBack)),
    read("time.far_on", "status", Act::Time(Shift::FarOn)),
    read("time.now", "status", Act::Time(Shift::Now)),
    read("session.return", "", Act::Return),
    read("mouse", "", Act::Mouse),
    read("repaint", "", Act::Repaint),
    read("quit.now", "", Act::QuitNow),
    read("quit", "", Act::Quit),
    read("help", "commands", Act::Help),
];

/// The keys that come with the program.
pub const DEFAULT_KEYS: &str = include_str!("../../config/keys.toml");

/// What is wrong with a file of keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is not TOML of the right shape.
    #[error("the file of keys cannot be read: {0}")]
    Shape(String),
    /// A place that does not exist.
    #[error("unknown place [{0}]")]
    Place(String),
    /// A command that does not exist.
    #[error("unknown command \"{0}\"")]
    Command(String),
    /// A key that does not exist.
    #[error("unknown key \"{0}\"")]
    Key(String),
    /// One key, two commands.
    #[error("{key} in [{place}] is bound to {first} and to {second}")]
    Conflict {
        /// The key.
        key: String,
        /// Where.
        place: &'static str,
        /// The one command.
        first: &'static str,
        /// The other command.
        second: &'static str,
    },
    /// A command that no key reaches.
    #[error("{0} has no key")]
    Unbound(&'static str),
}

/// Which key does what, where.
#[derive(Clone, Debug)]
pub struct Keymap {
    bound: BTreeMap<(Place, &'static str), Vec<Key>>,
    by_key: BTreeMap<(Place, Key), &'static Command>,
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

type File = BTreeMap<String, BTreeMap<String, OneOrMore>>;

impl Keymap {
    /// Returns the default keys, with those of `own` (a file of the same form) in place of the default ones.
    pub fn load(own: Option<&str>) -> Result<Self, KeyError> {
        let mut bound = BTreeMap::new();
        for text in [Some(DEFAULT_KEYS), own].into_iter().flatten() {
            let file: File = toml::from_str(text).map_err(|error| KeyError::Shape(error.to_string()))?;
            for (place, commands) in file {
                let at = Place::ALL.iter().find(|(name, _)| *name == place);
                let (_, at) = at.ok_or(KeyError::Place(place))?;
                for (id, keys) in commands {
                    let command = command(&id).ok_or(KeyError::Command(id))?;
                    let names = match keys {
                        OneOrMore::One(name) => vec![name],
                        OneOrMore::More(names) => names,
                    };
                    let keys: Result<Vec<Key>, KeyError> = names
                        .into_iter()
                        .map(|name| name.parse().map_err(|()| KeyError::Key(name)))
                        .collect();
                    bound.insert((*at, command.id), keys?);
                }
            }
        }
        Self::check(bound)
    }

    fn check(bound: BTreeMap<(Place, &'static str), Vec<Key>>) -> Result<Self, KeyError> {
        let mut by_key: BTreeMap<(Place, Key), &'static Command> = BTreeMap::new();
        // Global ones come first in the order of places, so a place that rebinds one is seen here.
        for ((place, id), keys) in &bound {
            let Some(found) = command(id) else { continue };
            for key in keys {
                let taken = by_key.get(&(*place, *key)).or_else(|| by_key.get(&(Place::Global, *key)));
                if let Some(first) = taken {
                    let name = Place::ALL.iter().find(|(_, at)| at == place).map_or("", |(name, _)| *name);
                    return Err(KeyError::Conflict {
                        key: key.to_string(),
                        place: name,
                        first: first.id,
                        second: found.id,
                    });
                }
                by_key.insert((*place, *key), found);
            }
        }
        for command in COMMANDS {
            let has_key =
                |((_, id), keys): (&(Place, &str), &Vec<Key>)| *id == command.id && !keys.is_empty();
            if !bound.iter().any(has_key) {
                return Err(KeyError::Unbound(command.id));
            }
        }
        Ok(Self { bound, by_key })
    }

    /// Returns what `key` does in `place`.
    pub fn command(&self, place: Place, key: Key) -> Option<&'static Command> {
        self.by_key.get(&(place, key)).or_else(|| self.by_key.get(&(Place::Global, key))).copied()
    }

    /// Returns the commands that can be given in `place` with their keys, in the order of the footer.
    pub fn at(&self, place: Place) -> Vec<(&'static Command, &[Key])> {
        let keys = |command: &Command| {
            let own = self.bound.get(&(place, command.id));
            own.or_else(|| self.bound.get(&(Place::Global, command.id)))
        };
        COMMANDS.iter().filter_map(|command| Some((command, keys(command)?.as_slice()))).collect()
    }

    /// Returns every key of a command, in whatever place.
    pub fn keys(&self, id: &str) -> Vec<Key> {
        let all = self.bound.iter().filter(|((_, own), _)| *own == id).flat_map(|(_, keys)| keys);
        let mut keys: Vec<Key> = all.copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Returns the command with that id.
pub fn command(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn the_default_keys_hold() {
        let keys = Keymap::load(None).unwrap();
        assert_eq!(keys.command(Place::Overview, Key::Char('R')).unwrap().id, "error.retry_all");
        assert_eq!(keys.command(Place::Recipes, Key::Char('1')).unwrap().id, "screen.overview");
        assert_eq!(keys.command(Place::Objects, Key::Char('R')), None);
        assert_eq!(keys.keys("cause.fix"), [Key::Char('f')]);
    }

    #[test]
    fn the_layouts_that_come_with_the_program_hold() {
        for text in [
            include_str!("../../config/keys.toml"),
            include_str!("../../config/keys-azerty.toml"),
            include_str!("../../config/keys-qwertz.toml"),
        ] {
            Keymap::load(Some(text)).unwrap();
        }
        let azerty = Keymap::load(Some(include_str!("../../config/keys-azerty.toml"))).unwrap();
        assert_eq!(azerty.command(Place::Overview, Key::Char('é')).unwrap().id, "screen.errors");
    }

    #[test]
    fn conflicts_are_errors() {
        for (text, error) in [
            ("[recipes]\n\"recipe.delete\" = \"x\"", "bound to"),
            ("[recipes]\n\"recipe.delete\" = \"q\"", "bound to"),
            ("[global]\n\"copy\" = \"d\"", "bound to"),
            ("[nowhere]\n\"copy\" = \"d\"", "unknown place"),
            ("[global]\n\"fly\" = \"d\"", "unknown command"),
            ("[global]\n\"copy\" = \"f13\"", "unknown key"),
            ("[global]\n\"copy\" = []", "no key"),
            ("copy", "cannot be read"),
        ] {
            let found = Keymap::load(Some(text)).unwrap_err().to_string();
            assert!(found.contains(error), "{text}: {found}");
        }
        let own = Keymap::load(Some("[recipes]\n\"recipe.delete\" = \"D\"")).unwrap();
        assert_eq!(own.command(Place::Recipes, Key::Char('d')), None);
        assert_eq!(own.keys("recipe.delete"), [Key::Char('D')]);
    }

    #[test]
    fn every_command_has_words() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for command in COMMANDS {
                assert!(words.has(&command.label_key()), "{} in {lang:?}", command.label_key());
                assert!(words.has(&command.help_key()), "{} in {lang:?}", command.help_key());
            }
        }
    }
}
