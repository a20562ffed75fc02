//! `connections reconnect`: prints where to authorise, and waits for the browser's call-back or for what a person
//! pastes, whichever comes first.

use std::io::BufRead;
use std::time::Duration;

use tokio::sync::mpsc;

use super::visit::{Need, Visit};
use crate::cli::args::Global;
use crate::cli::output::Output;
use crate::control::protocol::{Pasted, Refusal, Reply, Request};
use crate::control::rows::AuthorisationRow;
use crate::domain::id::ConnectionId;

/// How often it is looked whether the browser has come back.
const LOOK: Duration = Duration::from_millis(300);

/// A reconnection by way of a browser.
pub(super) struct Reconnect {
    /// Which connection.
    pub(super) id: ConnectionId,
    /// Whether its recipes go on at once.
    pub(super) resume: bool,
    /// Another org that is accepted, by its name.
    pub(super) other_org: Option<String>,
}

impl Reconnect {
    /// Carries it out and returns the connection as it is afterwards.
    pub(super) async fn run(self, global: &Global, out: &Output) -> Result<Reply, Refusal> {
        let visit = Visit::pay(global, Need::Engine, &out.words).await?;
        let begin = Request::Authorise { id: self.id.clone(), other_org: self.other_org.clone() };
        let row = match visit.ask(begin, &out.words).await? {
            Reply::Authorisation(row) => row,
            other => return Ok(other),
        };
        show(&row, out);
        let mut reply = self.answer(&visit, out).await?;
        if self.resume && matches!(reply, Reply::Connections(_)) {
            reply = visit.ask(Request::ResumeConnection(self.id.clone()), &out.words).await?;
        }
        visit.end().await;
        Ok(reply)
    }

    /// Waits for an answer that settles it.
    async fn answer(&self, visit: &Visit, out: &Output) -> Result<Reply, Refusal> {
        let mut pasted = lines();
        let mut opened = None;
        loop {
            tokio::select! {
                Some(line) = pasted.recv() => {
                    let ask = Request::AuthoriseWith { id: self.id.clone(), pasted: Pasted(line) };
                    let reply = visit.ask(ask, &out.words).await?;
                    // What does not fit costs nothing: whoever pasted may try again.
                    match &reply {
                        Reply::Refused(refusal) if matches!(refusal.code.as_str(), "no_code" | "other_state") => {
                            out.note(&refusal.message);
                        }
                        // The browser was faster.
                        Reply::Refused(refusal) if refusal.code == "not_awaited" => {}
                        _ => return Ok(reply),
                    }
                }
                () = tokio::time::sleep(LOOK) => {
                    let reply = visit.ask(Request::Authorising(self.id.clone()), &out.words).await?;
                    let Reply::Authorising(row) = reply else { return Ok(reply) };
                    if row.opened_from != opened {
                        opened.clone_from(&row.opened_from);
                        let from = opened.as_deref().unwrap_or_default();
                        out.note(&out.words.say_with("reconnect-opened", &[("from", from.into())]));
                    }
                    match row.step.as_str() {
                        "done" => {
                            row.message.iter().for_each(|message| out.note(message));
                            return visit.ask(Request::Connections { account: None }, &out.words).await.map(|reply| match reply {
                                Reply::Connections(rows) => {
                                    Reply::Connections(rows.into_iter().filter(|row| row.id == self.id).collect())
                                }
                                other => other,
                            });
                        }
                        "refused" => {
                            let code = row.code.unwrap_or_else(|| "refused".into());
                            let exit = if code == "remote_refused" || code == "missing_scopes" { 4 } else { 3 };
                            return Err(Refusal::new(&code, exit, row.message.unwrap_or_default()));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

fn show(row: &AuthorisationRow, out: &Output) {
    if out.json {
        // Flushed by the line's end: whoever drives us reads it before the rest comes.
        out.document(row);
        return;
    }
    out.line(&out.words.say("reconnect-open"));
    out.line(row.short_url.as_deref().unwrap_or(&row.url));
    let until = row.expires_at.to_string();
    out.note(&out.words.say_with("reconnect-paste", &[("until", (&until).into())]));
}

/// Returns the lines of standard input as they come. A thread of its own reads them: it may wait for ever.
fn lines() -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if !line.trim().is_empty() && sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
