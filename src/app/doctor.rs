//! `doctor`: the pre-flight checks, and an exit code that says whether to go.

use super::commands::connection_id;
use super::visit::{Need, Visit};
use crate::cli::args::Global;
use crate::cli::output::Output;
use crate::cli::print_reply;
use crate::control::protocol::{Refusal, Reply, Request};
use crate::domain::doctor::Verdict;

/// Prints what was found: 0 when nothing failed, 4 when a connection cannot be used at all, 1 for anything else.
pub(super) async fn run(connection: Option<&str>, global: &Global, out: &Output) -> Result<u8, Refusal> {
    let id = connection.map(|text| connection_id(text, out)).transpose()?;
    let visit = Visit::pay(global, Need::Engine, &out.words).await?;
    let reply = visit.ask(Request::Doctor { id }, &out.words).await?;
    visit.end().await;
    let code = print_reply(out, &reply);
    let Reply::Findings(rows) = &reply else { return Ok(code) };
    let failed = |check: &[&str]| {
        rows.iter()
            .any(|row| row.state == Verdict::Fail && (check.is_empty() || check.contains(&&*row.check)))
    };
    Ok(if failed(&["api", "package"]) { 4 } else { u8::from(failed(&[])) })
}
