//! What every screen may know: language, account, the engine's time, the `status` document.

use crate::control::rows::Status;
use crate::domain::failure::Class;
use crate::domain::id::{AccountId, ConnectionId, RecipeId, System};
use crate::domain::recipe::Direction;
use crate::domain::time::{DAY, Stamp};
use crate::words::{Arg, Numbers, Words};

/// What is true for the whole console.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) words: Words,
    pub(super) numbers: Numbers,
    /// The account asked for; all when absent.
    pub(super) account: Option<AccountId>,
    pub(super) status: Status,
    /// Whether anything was heard from the engine yet.
    pub(super) known: bool,
    /// The engine's time when it last spoke. Screens show no later time, so that silence changes nothing.
    pub(super) now: Stamp,
    /// The engine's time also while `now` is a point in the past.
    pub(super) present: Stamp,
    /// The newest ledger entry that was heard of.
    pub(super) seq: u64,
    pub(super) read_only: bool,
    /// The system on the other side of each recipe, as far as recipes were shown.
    pub(super) others: Vec<(RecipeId, System)>,
    /// Where the Salesforce connections live.
    pub(super) hosts: Vec<(ConnectionId, std::sync::Arc<str>)>,
    /// Connections that ask for typed counts.
    pub(super) protected: Vec<ConnectionId>,
    /// Until when what is protected may be changed.
    pub(super) write_until: Option<Stamp>,
    /// The live view stands still.
    pub(super) paused: bool,
    /// Milliseconds since the console began.
    pub(super) clock: u64,
    /// The columns of the terminal.
    pub(super) columns: u16,
    /// A dialog or input is open: rows must not move.
    pub(super) held: bool,
    /// What the last job did.
    pub(super) last: Option<String>,
    pub(super) ascii: bool,
}

impl Facts {
    pub(super) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    pub(super) fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let text = self.words.say_with(key, args);
        // The narrow no-break space inside counts is not ASCII.
        if self.ascii { text.replace('\u{202f}', " ") } else { text }
    }

    pub(super) fn count(&self, count: u64) -> String {
        self.numbers.count(count)
    }

    /// The first moment of the day.
    pub(super) fn today(&self) -> Stamp {
        Stamp(self.words.zone().midnight(self.now.0))
    }

    /// The short name of the time zone now: `UTC`, `CET`, `CEST`.
    pub(super) fn zone(&self) -> String {
        self.words.zone().format(self.now.0, "%Z")
    }

    /// `09:14`.
    pub(super) fn minute(&self, at: Stamp) -> String {
        self.words.zone().format(at.0, "%H:%M")
    }

    /// `09`: the hour that begins then.
    pub(super) fn hour(&self, at: Stamp) -> String {
        self.words.zone().format(at.0, "%H")
    }

    /// `09:14:03`.
    pub(super) fn time(&self, at: Stamp) -> String {
        self.words.zone().format(at.0, "%H:%M:%S")
    }

    /// `09:14:03.41`.
    pub(super) fn precise(&self, at: Stamp) -> String {
        let hundredths = at.0.rem_euclid(1_000) / 10;
        format!("{}.{hundredths:02}", self.time(at))
    }

    /// `09:14` today, `18 Mar 09:14` on another day, seen from the engine's own time.
    pub(super) fn moment(&self, at: Stamp) -> String {
        let zone = self.words.zone();
        if zone.date(at.0) == zone.date(self.present.0) {
            self.minute(at)
        } else {
            format!("{} {}", self.day(at), self.minute(at))
        }
    }

    /// `09:14` today, `18 Mar` within eleven months, `2023-03-18` earlier.
    pub(super) fn since(&self, at: Stamp) -> String {
        if at >= self.today() && at < self.today().plus(DAY) { self.minute(at) } else { self.day(at) }
    }

    /// `18 Mar`, or with its year when it is long ago.
    pub(super) fn day(&self, at: Stamp) -> String {
        let date = self.words.zone().date(at.0);
        if (self.now.since(at)).abs() > 330 * DAY {
            return date.to_string();
        }
        let months = self.say("months");
        let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
        format!("{:02} {}", date.day(), months.split_whitespace().nth(month).unwrap_or("?"))
    }

    /// The short name of the system on the other side of a recipe, where it is known for sure.
    pub(super) fn other(&self, recipe: RecipeId) -> Option<&'static str> {
        if let Some((_, system)) = self.others.iter().find(|(id, _)| *id == recipe) {
            return Some(system.short());
        }
        let mut systems =
            self.status.connections.iter().map(|c| c.system).filter(|s| *s != System::Salesforce);
        let first = systems.next()?;
        systems.all(|system| system == first).then(|| first.short())
    }

    /// Which way, as `monday->SF`.
    pub(super) fn way(&self, direction: Direction, recipe: Option<RecipeId>) -> String {
        let other = recipe.and_then(|id| self.other(id)).unwrap_or("");
        match direction {
            Direction::FromSalesforce => format!("SF->{other}"),
            Direction::ToSalesforce => format!("{other}->SF"),
        }
    }

    /// The connection that says best where we are: the first that needs a person, else the first org.
    pub(super) fn headline(&self) -> String {
        let mut all = self.status.connections.iter();
        let org = || self.status.connections.iter().find(|c| c.system == System::Salesforce);
        let worst = all.find(|c| c.state.needs_person()).or_else(org).or(self.status.connections.first());
        worst.map_or_else(|| "syncdeck".to_owned(), |c| c.id.to_string())
    }

    /// How many connections need a person.
    pub(super) fn broken(&self) -> usize {
        self.status.connections.iter().filter(|c| c.state.needs_person()).count()
    }

    /// `212 AUTH, 82 VALID`.
    pub(super) fn by_class(&self, left_out: &[(Class, u64)]) -> String {
        let parts: Vec<String> = left_out
            .iter()
            .map(|(class, count)| format!("{} {}", self.count(*count), class.name()))
            .collect();
        parts.join(", ")
    }
}

/// `84ms`, `2.1s`, `3m`.
pub(super) fn took(ms: u32) -> String {
    match ms {
        0..1_000 => format!("{ms}ms"),
        1_000..60_000 => format!("{}.{}s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{}m", ms / 60_000),
    }
}
