//! Screen 3: connections, worst first, and taking new tokens for those that lost theirs.

use ratatui::layout::Rect;

use crate::control::protocol::{ConnectionAct, Reply, Request};
use crate::control::rows::ConnectionRow;
use crate::domain::connection::ConnectionState;
use crate::domain::id::{ConnectionId, System};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Jump, Topic, Wish};
use crate::tui::parts::dialog::{Answer, Dialog, Prompt, Purpose};
use crate::tui::parts::field::Field;
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::registry::{Act, Screen};
use crate::tui::skin::Role;

impl Row for ConnectionRow {
    type Id = ConnectionId;
    fn id(&self) -> ConnectionId {
        self.id.clone()
    }
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Connections {
    rows: List<ConnectionRow>,
    heard: bool,
}

impl Connections {
    pub(in crate::tui) fn refresh(facts: &Facts) -> Vec<Wish> {
        vec![Wish::Ask(Topic::Connections, Request::Connections { account: facts.account.clone() })]
    }

    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &mut Facts) {
        let Reply::Connections(mut rows) = reply else { return };
        facts.hosts = rows
            .iter()
            .filter(|row| row.system == System::Salesforce)
            .map(|row| (row.id.clone(), row.url.clone()))
            .collect();
        facts.protected = rows.iter().filter(|row| row.protected).map(|row| row.id.clone()).collect();
        rows.sort_by_key(|row| (rank(row.state), row.id.clone()));
        self.rows.tell(rows, facts.held);
        self.heard = true;
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        self.rows.point(y)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.rows.release(held);
    }

    /// Comes from another screen to reconnect that connection.
    pub(in crate::tui) fn jump(&mut self, id: &ConnectionId, facts: &Facts) -> Vec<Wish> {
        self.rows.select(id);
        vec![self.reconnecting(id, facts)]
    }

    /// What is authorised in a browser is so again; the rest takes a token.
    fn reconnecting(&self, id: &ConnectionId, facts: &Facts) -> Wish {
        let row = self.rows.rows().iter().find(|row| row.id == *id);
        match row {
            Some(row) if row.by_browser => {
                Wish::Wizard(id.clone(), row.user.as_deref().unwrap_or("?").to_owned())
            }
            _ => self.ask_token(id, facts),
        }
    }

    pub(in crate::tui) fn ask_token(&self, id: &ConnectionId, facts: &Facts) -> Wish {
        let row = self.rows.rows().iter().find(|row| row.id == *id);
        let user = row.and_then(|row| row.user.as_deref()).unwrap_or("?");
        let org = row.and_then(|row| row.org_name.as_deref()).unwrap_or("?");
        let line = facts.say_with("token-ask", &[("user", user.into()), ("org", org.into())]);
        Wish::Prompt(Prompt {
            purpose: Purpose::Token(id.clone()),
            title: facts.say_with("token-title", &[("id", id.as_str().into())]),
            lines: vec![line, facts.say("token-secret")],
            field: Field::default(),
        })
    }

    /// Asks whether the new token is to be taken, and whether what waits goes on at once.
    pub(in crate::tui) fn reconnect(&self, id: &ConnectionId, token: String, facts: &Facts) -> Vec<Wish> {
        if token.is_empty() {
            return vec![Wish::Say(facts.say("token-empty"))];
        }
        let row = self.rows.rows().iter().find(|row| row.id == *id);
        let (parked, queued) = row.map_or((0, 0), |row| (row.parked, row.queued));
        let ask = |token: String, resume: bool| {
            let act = ConnectionAct::Reconnect { token, resume, other_org: None };
            let key = if resume { "reconnect-done-resumed" } else { "reconnect-done" };
            let args = [("id", id.as_str().into()), ("count", (parked + queued).into())];
            vec![Wish::Ask(
                Topic::Done(facts.say_with(key, &args)),
                Request::ActOnConnection { id: id.clone(), act },
            )]
        };
        let waits =
            facts.say_with("reconnect-waits", &[("parked", parked.into()), ("queued", queued.into())]);
        let lines = vec![waits, facts.say("reconnect-checks")];
        let answers = vec![
            Answer { key: 'y', label: facts.say("reconnect-yes"), wishes: ask(token.clone(), true) },
            Answer { key: 'a', label: facts.say("reconnect-alone"), wishes: ask(token, false) },
        ];
        let title = facts.say_with("reconnect-title", &[("id", id.as_str().into())]);
        vec![Wish::Dialog(Dialog::new(title, lines, answers))]
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        if let Act::Move(step) = act {
            self.rows.step(step);
            return Vec::new();
        }
        let Some(row) = self.rows.current() else { return Vec::new() };
        let id = row.id.clone();
        let name = id.to_string();
        let ask = |act: ConnectionAct, key: &str| {
            let done = facts.say_with(key, &[("id", (&name).into())]);
            Wish::Ask(Topic::Done(done), Request::ActOnConnection { id: id.clone(), act })
        };
        let confirm = |key: &str, wish: Wish| {
            let title = facts.say_with(&format!("{key}-title"), &[("id", (&name).into())]);
            let lines =
                vec![facts.say_with(&format!("{key}-line"), &[("count", u64::from(row.recipes).into())])];
            let answer = Answer { key: 'y', label: facts.say(&format!("{key}-yes")), wishes: vec![wish] };
            vec![Wish::Dialog(Dialog::new(title, lines, vec![answer]))]
        };
        match act {
            Act::Open => vec![Wish::Jump(Jump::Filtered(Screen::Errors, format!("conn:{}", row.id)))],
            Act::Reconnect => vec![self.reconnecting(&row.id, facts)],
            Act::Check => vec![ask(ConnectionAct::Check, "check-done")],
            Act::Hold if row.state == ConnectionState::Off => {
                confirm("enable", ask(ConnectionAct::Enable, "enable-done"))
            }
            Act::Hold => confirm("disable", ask(ConnectionAct::Disable, "disable-done")),
            Act::Remove => confirm("remove", ask(ConnectionAct::Remove, "remove-done")),
            Act::Export => vec![Wish::Export("connections", files::values(self.rows.rows()))],
            Act::Copy => vec![Wish::Copy(format!(
                "{} {} {}",
                row.id,
                row.state.name(),
                row.reason.as_deref().unwrap_or_default()
            ))],
            Act::CopyAll => serde_json::to_string_pretty(row).ok().map(Wish::Copy).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        let Some(row) = self.rows.current() else { return String::new() };
        if row.state.needs_person() {
            let args = [
                ("id", row.id.as_str().into()),
                ("parked", row.parked.into()),
                ("queued", row.queued.into()),
            ];
            return facts.say_with("connections-foretell", &args);
        }
        facts.say_with(
            "connections-ok",
            &[("id", row.id.as_str().into()), ("recipes", u64::from(row.recipes).into())],
        )
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let (middle, wide, widest) = (facts.columns >= 76, facts.columns >= 120, facts.columns >= 136);
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let upper = rows.saturating_add(3).clamp(5, (area.height / 2).max(5)).min(area.height);
        let inner = c.panel(
            Rect { height: upper, ..area },
            &facts.say("connections-title"),
            &facts.say("worst-first"),
        );
        let mut heads = vec![Column::left(String::new(), 2), Column::left(facts.say("col-connection"), 0)];
        if middle {
            heads.push(Column::left(facts.say("col-system"), if wide { 12 } else { 8 }));
            heads.push(Column::left(facts.say("col-user"), if wide { 16 } else { 9 }));
        }
        heads.push(Column::left(facts.say("col-state"), 11));
        heads.push(Column::left(facts.say("col-since"), 6));
        if middle {
            heads.push(Column::right(facts.say("col-api-left"), 8));
        }
        heads.push(Column::right(facts.say("col-parked"), 7));
        if wide {
            heads.push(Column::right(facts.say("col-waiting"), 8));
            heads.push(Column::right(facts.say("col-recipes"), 7));
            heads.push(Column::left(facts.say("col-last-ok"), 8));
        }
        if widest {
            heads.push(Column::left(facts.say("col-note"), 22));
        }
        table::draw(c, inner, &heads, &self.rows, (false, true), |row| {
            let (sign, role) = mark(row.state);
            let bad = row.state.needs_person();
            let word = if bad { row.state.name().to_uppercase() } else { row.state.name().to_owned() };
            let mut cells = vec![(sign.to_owned(), role), plain(row.id.to_string())];
            if middle {
                let system = if wide { row.system.name() } else { row.system.short() };
                cells.push(plain(system));
                cells.push(plain(row.user.as_deref().unwrap_or("-")));
            }
            cells.push((word, if bad { Role::Badge } else { Role::Text }));
            cells.push(plain(facts.since(row.since)));
            if middle {
                let limit = row.api.org_limit_24h.or(row.api.budget_24h);
                let used = row.api.org_used_24h.unwrap_or(row.api.used_24h);
                cells.push(plain(
                    limit.map_or("-".to_owned(), |limit| facts.count(limit.saturating_sub(used))),
                ));
            }
            cells.push(plain(facts.count(row.parked)));
            if wide {
                cells.push(plain(facts.count(row.queued)));
                cells.push(plain(row.recipes.to_string()));
                cells.push(plain(row.last_ok_at.map(|at| facts.time(at)).unwrap_or_default()));
            }
            if widest {
                cells.push(plain(row.reason.as_deref().unwrap_or_default()));
            }
            cells
        });
        if self.rows.is_empty() {
            let key = if self.heard { "connections-none" } else { "not-heard" };
            c.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &facts.say(key), Role::Text);
        }
        self.draw_row(c, Rect { y: area.y + upper, height: area.height - upper, ..area });
    }

    fn draw_row(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let Some(row) = self.rows.current() else { return };
        let inner = c.panel(area, &format!("{}  {}", row.id, row.system.name()), &row.api_version);
        let org = row.org_name.as_deref().unwrap_or("-");
        let scopes = match row.health.scopes.join(" ") {
            none if none.is_empty() => none,
            some => format!("{} {some}", facts.say("connection-scopes")),
        };
        let lines = [
            (row.explanation.clone().unwrap_or_default(), Role::Text),
            (row.detail.as_deref().map(|said| format!("\"{said}\"")).unwrap_or_default(), Role::Text),
            (
                format!("{} {org} ({})", facts.say("connection-org"), row.org_id.as_deref().unwrap_or("-")),
                Role::Text,
            ),
            (
                format!("{} {}", facts.say("connection-edition"), row.edition.as_deref().unwrap_or("-")),
                Role::Text,
            ),
            (format!("{} {}", facts.say("connection-address"), row.url), Role::Text),
            (scopes, Role::Text),
            (row.health.scopes_lacking.clone().unwrap_or_default(), Role::Warning),
            (
                facts.say_with(
                    "connection-counts",
                    &[
                        ("recipes", u64::from(row.recipes).into()),
                        ("parked", row.parked.into()),
                        ("queued", row.queued.into()),
                    ],
                ),
                Role::Text,
            ),
            (if row.protected { facts.say("connection-protected") } else { String::new() }, Role::Text),
            (health(row, facts), Role::Text),
            (row.health.cause.clone().unwrap_or_default(), Role::Text),
            (row.health.advice.clone().unwrap_or_default(), Role::Text),
            (row.health.hearing_reason.clone().unwrap_or_default(), Role::Text),
        ];
        let mut rest = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        for (text, role) in lines {
            let used = c.wrapped(rest, &text, role);
            rest.y += used;
            rest.height -= used;
        }
    }
}

/// What is known beside the state, as far as it is: package, how changes are found, which version answers.
fn health(row: &ConnectionRow, facts: &Facts) -> String {
    let health = &row.health;
    let revoked = (health.revoked_30d > 0).then(|| health.revoked_30d.to_string());
    let version = match (&health.api_answers, &health.api_state) {
        (Some(version), Some(state)) => Some(format!("{version} {state}")),
        (version, state) => version.as_ref().or(state.as_ref()).map(ToString::to_string),
    };
    let parts = [
        ("connection-package", health.package.as_ref().map(ToString::to_string)),
        ("connection-hearing", health.hearing.as_ref().map(ToString::to_string)),
        ("connection-version", version),
        ("connection-slug", health.slug.as_ref().map(ToString::to_string)),
        ("connection-often", revoked),
    ];
    let told = parts.into_iter().filter_map(|(key, text)| Some(format!("{} {}", facts.say(key), text?)));
    told.collect::<Vec<_>>().join("   ")
}

fn rank(state: ConnectionState) -> u8 {
    match state {
        ConnectionState::Revoked => 0,
        ConnectionState::Blocked => 1,
        ConnectionState::Exhausted => 2,
        ConnectionState::Unreachable => 3,
        ConnectionState::Pending => 4,
        ConnectionState::Valid => 5,
        ConnectionState::Off => 6,
    }
}

fn mark(state: ConnectionState) -> (&'static str, Role) {
    match state {
        ConnectionState::Revoked | ConnectionState::Blocked => ("!!", Role::Failing),
        ConnectionState::Exhausted | ConnectionState::Unreachable => ("!", Role::Warning),
        ConnectionState::Valid => ("ok", Role::Good),
        ConnectionState::Pending | ConnectionState::Off => ("-", Role::Text),
    }
}
