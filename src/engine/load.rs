//! A first load: everything there is, once, for all recipes that have not seen it yet.
//!
//! ```text
//!   read a page ──► make its rows ──► (a few pages) ──► rows and how far it has come, in one commit
//! ```
//!
//! The two ends work side by side, so that neither the remote nor the disk waits for the other. A load that is broken
//! off goes on where it was stored.

use tokio::sync::mpsc;

use super::book::{Book, Rule};
use super::stream::{Stream, Trouble, reads, sets};
use crate::domain::link::Observed;
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::{ChangesAsk, Checkpoint, Load, Mark, Ran, Remote, Step};

/// So many pages of a first load are read ahead of what is stored.
const READ_AHEAD: usize = 2;

/// A page of a first load, ready to be stored.
struct Loaded {
    rows: Vec<Observed>,
    /// How many records it had.
    count: u64,
    /// Up to where everything has been read with it.
    reached: Option<Mark>,
    server_time: Option<Stamp>,
    over: bool,
}

impl Stream {
    /// Reads everything there is, once, for all recipes that have not seen it yet; goes on where it left off.
    pub(super) async fn load(
        &mut self,
        book: &Book,
        remote: &dyn Remote,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Trouble> {
        let new: Vec<&Rule> =
            book.fed_by(&self.id).filter(|rule| reads(rule) && rule.activity.loaded_at.is_none()).collect();
        if new.is_empty() {
            checkpoint.load = None;
            return Ok(());
        }
        let resumed = checkpoint.load.take().filter(|load| !load.sets.is_empty());
        let mut load =
            resumed.unwrap_or_else(|| Load { sets: sets(&new), mark: Mark::default(), began: None, read: 0 });
        let rules: Vec<&Rule> = new.into_iter().filter(|rule| load.sets.contains(&rule.recipe.set)).collect();
        let backfill: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.recipe.backfill).collect();
        let ask = ChangesAsk {
            container: self.id.container.clone(),
            fields: self.fields(&backfill),
            after: load.mark.clone(),
            page: None,
        };
        // What is read on while a page is being stored costs only its memory.
        let (pages, read_pages) = mpsc::channel(READ_AHEAD);
        let (read, taken_in) = tokio::join!(
            self.read_all(remote, ask, &backfill, pages),
            self.take_in_all(&rules, &mut load, checkpoint, read_pages),
        );
        taken_in.and(read)?;
        if self.shared.store.read()?.swept(&self.id)?.is_none() {
            // All there was has just been read.
            let at = self.shared.now();
            self.shared.commit(Step::Swept { stream: self.id.clone(), at }).await?;
        }
        Ok(())
    }

    /// Reads page after page and hands them on, made ready to be stored.
    async fn read_all(
        &self,
        remote: &dyn Remote,
        mut ask: ChangesAsk,
        backfill: &[&Rule],
        pages: mpsc::Sender<Loaded>,
    ) -> Result<(), Trouble> {
        loop {
            let read = self.shared.now();
            let mut got = self.changes(remote, &ask).await?;
            let reached = got.reached();
            if let Some(mark) = &reached {
                ask.after.clone_from(mark);
            }
            if backfill.is_empty() {
                // Without a backfill the first answer serves only to learn the server's time.
                got.next = None;
            }
            ask.page = got.next;
            let over = ask.page.is_none();
            let count = u64::try_from(got.records.len()).unwrap_or(0);
            let rows = self.rows(backfill, &got.records, read);
            let page = Loaded { rows, count, reached, server_time: got.server_time, over };
            // Whoever takes them in may have failed.
            if pages.send(page).await.is_err() || over {
                return Ok(());
            }
        }
    }

    /// Takes in the pages of a first load, each with how far it has come.
    async fn take_in_all(
        &self,
        rules: &[&Rule],
        load: &mut Load,
        checkpoint: &mut Checkpoint,
        mut pages: mpsc::Receiver<Loaded>,
    ) -> Result<(), Trouble> {
        let mut more = None;
        while let Some(page) = pages.recv().await {
            load.began = load.began.or(page.server_time);
            load.read += page.count;
            if let Some(mark) = page.reached {
                load.mark = mark;
            }
            if !page.over && more.is_none() {
                more = Some(self.shared.coming.more(self.side, sets(rules)));
            }
            let mut ran = None;
            if page.over {
                let recipes = rules.iter().map(|rule| rule.recipe.id).collect();
                ran = Some(Ran { recipes, in_step_to: load.began, loaded: true });
                let began = load.began.unwrap_or(load.mark.at);
                checkpoint.mark.get_or_insert_with(|| Mark {
                    at: began.min(load.mark.at.max(began.plus(-MINUTE))),
                    id: "".into(),
                });
                checkpoint.deleted_to.get_or_insert(began);
                checkpoint.load = None;
            } else {
                checkpoint.load = Some(load.clone());
            }
            self.store(page.rows, checkpoint, ran).await?;
        }
        Ok(())
    }
}
