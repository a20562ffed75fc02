//! `--at`: a question about a point in the past, by the clock of the engine or of the story that is told.

use super::visit::{Need, Visit};
use crate::cli::args::{Global, Then};
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::moment::moment;
use crate::control::protocol::{Refusal, Request};
use crate::domain::time::Stamp;

/// Asks one thing, of now or of then, and prints the answer. The question is made for the time that it is about.
pub(super) async fn one(
    then: &Then,
    global: &Global,
    out: &Output,
    question: impl FnOnce(Stamp) -> Result<Request, Refusal>,
) -> Result<u8, Refusal> {
    let visit = Visit::pay(global, Need::Data, &out.words).await?;
    let now = visit.client().welcome().now;
    let at = then.at.as_deref().map(|text| read(text, now, out)).transpose()?;
    let reply = visit.ask(question(at.unwrap_or(now))?.as_of(at), &out.words).await?;
    visit.end().await;
    Ok(print_reply(out, &reply))
}

/// Reads a point in the past.
pub(super) fn read(text: &str, now: Stamp, out: &Output) -> Result<Stamp, Refusal> {
    moment(text, now, out.words.zone()).ok_or_else(|| {
        Refusal::new("bad_time", 2, out.words.say_with("refused-at", &[("text", text.into())]))
    })
}
