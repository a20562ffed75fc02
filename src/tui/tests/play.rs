//! The console on the hand-made day, to be looked at and measured in a terminal:
//! `cargo test --lib tui::tests::play -- --ignored --nocapture`; `PLAY=live` lets 50 records a second come in.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

use super::fixture::{Stage, entry, now};
use crate::control::protocol::{Reply, Request};
use crate::domain::ledger::Action;
use crate::tui::app::{Heard, Visitor, run};
use crate::tui::copy::Clipboard;
use crate::tui::model::Options;
use crate::tui::registry::Keymap;
use crate::tui::skin::Depth;
use crate::tui::terminal::TerminalIo;

struct Play(Arc<Mutex<Stage>>, mpsc::UnboundedSender<Heard>);

impl Visitor for Play {
    fn ask(&self, id: u64, request: Request) {
        let reply = self.0.lock().unwrap_or_else(PoisonError::into_inner).answer(&request);
        let _gone = self.1.send(Heard::Told(Some(id), reply));
    }
}

/// One more record in the ledger and in its counters.
fn grow(stage: &mut Stage, seq: u64) {
    let (object, at) = [("Contact", 0), ("Lead", 3), ("Task", 5)][usize::try_from(seq % 3).unwrap()];
    let mut row = entry(seq, object, Action::Updated, None);
    row.at = now().plus(i64::try_from(seq - 9_000).unwrap() * 20);
    stage.overview.objects[at].totals.counts.updated += 1;
    stage.overview.now = row.at;
    stage.overview.seq = seq;
    stage.overview.throughput.last_mut().unwrap().0 += 1;
    stage.overview.activity.insert(0, row.clone());
    stage.overview.activity.truncate(12);
    stage.activity.insert(0, row);
    stage.activity.truncate(200);
}

#[test]
#[ignore = "needs a terminal and somebody in front of it"]
fn play() {
    let live = std::env::var("PLAY").is_ok_and(|how| how == "live");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let stage = Arc::new(Mutex::new(Stage::new()));
    let mut options = Options::new(Keymap::load(None).unwrap(), now());
    options.skin.depth = if std::env::var("NO_COLOR").is_ok() { Depth::None } else { Depth::Sixteen };
    options.clipboard = Clipboard::of(|name| std::env::var(name).ok());
    let exit = runtime.block_on(async move {
        let (told, mut inbox) = mpsc::unbounded_channel();
        let (bounded, heard) = mpsc::channel(64);
        tokio::spawn(async move {
            while let Some(heard) = inbox.recv().await {
                if bounded.send(heard).await.is_err() {
                    return;
                }
            }
        });
        if live {
            let (stage, news) = (Arc::clone(&stage), told.clone());
            tokio::spawn(async move {
                for seq in 9_001.. {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    grow(&mut stage.lock().unwrap(), seq);
                    if seq % 10 == 0 && news.send(Heard::Told(None, Reply::News { seq, now: now() })).is_err()
                    {
                        return;
                    }
                }
            });
        }
        run(TerminalIo::open().unwrap(), Play(stage, told), heard, options).await
    });
    exit.unwrap();
}
