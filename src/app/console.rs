//! The console on an engine.

use std::sync::Arc;

use crate::cli::args::Global;
use crate::control::protocol::Refusal;
use crate::control::server::Server;
use crate::words::Words;

pub(super) async fn run(global: &Global) -> Result<u8, Refusal> {
    let words = Words::new(super::language(global));
    Err(Refusal::new("no_terminal", 2, words.say("refused-no-terminal")))
}

pub(super) async fn on(_server: &Arc<Server>, _global: &Global, words: &Words) -> Result<u8, Refusal> {
    Err(Refusal::new("no_terminal", 2, words.say("refused-no-terminal")))
}
