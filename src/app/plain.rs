//! The console in lines: no cursor, no escape sequences, one fact a line, and questions that end in a question mark.
//! For screen readers, dumb terminals, and scripts that talk with it.

use std::io::BufRead;
use std::time::Duration;

use tokio::sync::mpsc;

use super::commands::GRACE_MS;
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::causes::GroupRow;
use crate::control::client::Client;
use crate::control::protocol::{RecipeAct, Refusal, Reply, Request, Selection};
use crate::control::rows::{AlertRow, JobRow, Overview, RecipeRow, proposed};
use crate::domain::id::{GroupId, JobId, RecipeId};
use crate::domain::time::{DAY, Stamp};
use crate::domain::unused::UNUSED_DAYS;
use crate::words::Words;

/// How often a job is looked at.
const POLL: Duration = Duration::from_millis(250);

/// How many recipes are proposed at once, and how many errors of a cause are listed.
const TEN: usize = 10;

/// Whether lines are wanted instead of a screen.
pub(super) fn wanted(asked: bool) -> bool {
    use std::io::IsTerminal;
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    asked
        || set("ACCESSIBLE")
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
        || !std::io::stdin().is_terminal()
}

/// Talks with a person, or a script, until they leave.
pub(super) async fn talk(client: &Client, read_only: bool, out: &Output) -> Result<u8, Refusal> {
    let mut talk = Talk { client, read_only, out, lines: listen(), job: None };
    talk.run().await
}

/// Lines of standard input; a thread of its own waits for them.
fn listen() -> mpsc::Receiver<String> {
    let (said, lines) = mpsc::channel(8);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if said.blocking_send(line.trim().to_owned()).is_err() {
                return;
            }
        }
    });
    lines
}

/// What stands behind a number.
enum Row<'a> {
    Cause(&'a GroupRow),
    Alert(&'a AlertRow),
}

struct Talk<'a> {
    client: &'a Client,
    read_only: bool,
    out: &'a Output,
    lines: mpsc::Receiver<String>,
    /// The job that can be taken back.
    job: Option<JobId>,
}

impl Talk<'_> {
    async fn run(&mut self) -> Result<u8, Refusal> {
        loop {
            let overview = self.overview().await?;
            let rows: Vec<Row<'_>> = overview
                .groups
                .iter()
                .map(Row::Cause)
                .chain(overview.status.alerts.iter().map(Row::Alert))
                .collect();
            self.tell(&overview, &rows);
            self.say("plain-what");
            loop {
                let Some(line) = self.lines.recv().await else { return Ok(0) };
                match line.as_str() {
                    "" => continue,
                    "q" | "Q" => return Ok(0),
                    "R" => self.retry(Selection::All { since: None }).await?,
                    "e" => self.show(Request::Groups { account: None }).await?,
                    "c" => self.show(Request::Connections { account: None }).await?,
                    "l" => self.show(Request::Limits { account: None, fresh: true }).await?,
                    "j" => self.show(Request::Jobs { limit: TEN }).await?,
                    "a" => self.activity().await?,
                    "r" => self.recipes().await?,
                    "u" => self.undo().await?,
                    number => {
                        let row = number.parse::<usize>().ok().and_then(|at| rows.get(at.checked_sub(1)?));
                        let Some(row) = row else {
                            self.say("plain-what");
                            continue;
                        };
                        self.one(row).await?;
                    }
                }
                break;
            }
        }
    }

    async fn ask(&self, request: Request) -> Result<Reply, Refusal> {
        let gone = |_| Refusal::new("engine_gone", 5, self.out.words.say("refused-engine-gone"));
        self.client.ask(request).await.map_err(gone)
    }

    fn say(&self, key: &str) {
        self.out.line(&self.out.words.say(key));
    }

    async fn show(&self, request: Request) -> Result<(), Refusal> {
        print_reply(self.out, &self.ask(request).await?);
        Ok(())
    }

    async fn activity(&self) -> Result<(), Refusal> {
        let request = Request::Activity {
            filter: String::new(),
            failed: false,
            account: None,
            before: None,
            after: None,
            limit: 2 * TEN,
        };
        self.show(request).await
    }

    async fn overview(&self) -> Result<Overview, Refusal> {
        let now = self.client.welcome().now;
        let since = Stamp(now.0.div_euclid(DAY) * DAY);
        match self.ask(Request::Overview { account: None, since }).await? {
            Reply::Overview(overview) => Ok(*overview),
            Reply::Refused(refusal) => Err(refusal),
            _ => Err(Refusal::new("engine_gone", 5, self.out.words.say("refused-engine-gone"))),
        }
    }

    /// The first lines: where we are, and what needs a person.
    fn tell(&self, overview: &Overview, rows: &[Row<'_>]) {
        let words = &self.out.words;
        let mode = words.say(if self.read_only { "plain-read-only" } else { "plain-write" });
        let time = overview.now.to_string();
        let parked = overview.status.errors.open;
        let pairs = [
            ("account", (&overview.status.account).into()),
            ("mode", (&mode).into()),
            ("time", (&time).into()),
            ("causes", rows.len().into()),
            ("parked", parked.into()),
            ("queued", overview.status.backlog.into()),
        ];
        self.out.line(&words.say_with("plain-head", &pairs));
        for (at, row) in (1_u64..).zip(rows) {
            self.out.line(&cause_line(at, row, words));
        }
    }

    /// One cause, whole, and what may be done about it.
    async fn one(&mut self, row: &Row<'_>) -> Result<(), Refusal> {
        let group = match row {
            Row::Alert(alert) => {
                self.out.line(&format!("{}. {}", alert.title, alert.fix));
                return if alert.class.name() == "CAP" { self.recipes().await } else { Ok(()) };
            }
            Row::Cause(group) => group,
        };
        self.out.line(&format!("{} {}. {}", group.class.name(), group.code, group.explanation));
        self.out.line(&group.fix);
        self.errors(&group.id).await?;
        if group.retriable {
            return self.retry(Selection::Group(group.id.clone())).await;
        }
        if group.class.name() == "AUTH" {
            let pairs = [("id", group.connection.as_str().into())];
            self.out.line(&self.out.words.say_with("plain-reconnect", &pairs));
        }
        Ok(())
    }

    async fn errors(&self, group: &GroupId) -> Result<(), Refusal> {
        let request = Request::Errors {
            group: Some(group.clone()),
            filter: String::new(),
            all_states: false,
            before: None,
            limit: TEN,
        };
        self.show(request).await
    }

    /// Says what a retry would do, asks, starts it and follows it to its end.
    async fn retry(&mut self, which: Selection) -> Result<(), Refusal> {
        let ask = |force, dry_run| Request::RetryErrors {
            which: which.clone(),
            force,
            dry_run,
            grace_ms: if dry_run { 0 } else { GRACE_MS },
        };
        let plan = match self.ask(ask(false, true)).await? {
            Reply::Job(plan) => plan,
            reply => {
                print_reply(self.out, &reply);
                return Ok(());
            }
        };
        let left: Vec<String> =
            plan.left_out.iter().map(|(class, count)| format!("{count} {}", class.name())).collect();
        let left = left.join(", ");
        let pairs = [
            ("count", plan.of.into()),
            ("calls", plan.calls.into()),
            ("skipped", plan.skipped.into()),
            ("left", (&left).into()),
        ];
        self.out.line(&self.out.words.say_with("plain-retry", &pairs));
        let force = match self.lines.recv().await.unwrap_or_default().to_lowercase().as_str() {
            "y" | "yes" | "o" | "oui" | "s" | "si" | "sì" => false,
            "a" | "all" | "tout" | "tutti" | "tutto" => true,
            _ => {
                self.say("not-confirmed");
                return Ok(());
            }
        };
        match self.ask(ask(force, false)).await? {
            Reply::Job(row) => self.follow(row).await,
            reply => {
                print_reply(self.out, &reply);
                Ok(())
            }
        }
    }

    /// Says how far a job is, whenever that has changed, until it is over.
    async fn follow(&mut self, mut row: JobRow) -> Result<(), Refusal> {
        let Some(id) = row.id else { return Ok(()) };
        self.job = Some(id);
        let name = id.to_string();
        let mut told = None;
        loop {
            let over = !matches!(row.state.as_str(), "waiting" | "running");
            if told != Some(row.done) || over {
                told = Some(row.done);
                let key = if over { "plain-job-over" } else { "plain-job" };
                let pairs = [
                    ("job", (&name).into()),
                    ("done", row.done.into()),
                    ("of", row.of.into()),
                    ("ok", row.ok.into()),
                    ("failed", row.failed.into()),
                ];
                self.out.line(&self.out.words.say_with(key, &pairs));
            }
            if over {
                return Ok(());
            }
            tokio::time::sleep(POLL).await;
            let Reply::Job(next) = self.ask(Request::Job(Some(id))).await? else { return Ok(()) };
            row = next;
        }
    }

    /// The unused recipes, and the question whether to delete those that may be proposed.
    async fn recipes(&mut self) -> Result<(), Refusal> {
        let request = Request::Recipes { account: None, deleted: false, days: UNUSED_DAYS };
        let Reply::Recipes(rows) = self.ask(request).await? else { return Ok(()) };
        let unused: Vec<RecipeRow> = rows.iter().filter(|row| !row.unused.is_empty()).cloned().collect();
        print_reply(self.out, &Reply::Recipes(unused));
        let ids: Vec<RecipeId> = proposed(&rows, TEN);
        if ids.is_empty() {
            return Ok(());
        }
        let names = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let pairs = [("count", ids.len().into()), ("ids", (&names).into())];
        self.out.line(&self.out.words.say_with("plain-delete", &pairs));
        match self.lines.recv().await.unwrap_or_default().to_lowercase().as_str() {
            "y" | "yes" | "o" | "oui" | "s" | "si" | "sì" => {
                let reply =
                    self.ask(Request::ActOnRecipes { ids, act: RecipeAct::Delete, reason: None }).await?;
                if let Reply::Job(row) = &reply {
                    self.job = row.id;
                }
                print_reply(self.out, &reply);
            }
            _ => self.say("not-confirmed"),
        }
        Ok(())
    }

    async fn undo(&mut self) -> Result<(), Refusal> {
        if let Some(job) = self.job.take() {
            return self.show(Request::Undo(job)).await;
        }
        self.say("none");
        Ok(())
    }
}

fn cause_line(at: u64, row: &Row<'_>, words: &Words) -> String {
    let (class, title, count, since, fix) = match row {
        Row::Cause(group) => {
            let object = group.object.as_ref().map(|object| format!(" {object}")).unwrap_or_default();
            (group.class, format!("{}{object}", group.title), group.count, group.first_at, &group.fix)
        }
        Row::Alert(alert) => (alert.class, alert.title.clone(), alert.count, alert.since, &alert.fix),
    };
    let since = since.to_string();
    let pairs = [
        ("at", at.into()),
        ("class", class.name().into()),
        ("title", (&title).into()),
        ("since", (&since).into()),
        ("count", count.into()),
        ("fix", fix.into()),
    ];
    words.say_with("plain-cause", &pairs)
}
