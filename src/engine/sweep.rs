//! The sweep: now and then everything that is there is counted through, by id and stamp only.
//!
//! Reading behind the watermark catches rows that become visible a little late. What comes later than that, what was
//! deleted without the remote's telling, and deletions older than its list goes back would never be seen. The sweep
//! compares all ids and stamps with what is known, and reads by id only what differs. It goes on page by page between
//! ordinary passes, which never wait for it to end.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::book::{Book, Rule};
use super::stream::{Stream, Trouble, reads};
use crate::domain::id::{LinkSetId, RemoteId};
use crate::domain::link::Presence;
use crate::domain::time::{DAY, Stamp};
use crate::ports::{ChangesAsk, Checkpoint, Mark, Ran, Record, Remote, Step, StoreError};

/// Pages between two ordinary passes.
const PAGES: usize = 8;

/// Records read by id in one call.
const FETCH: usize = 200;

/// Links looked at in one go.
const LINKS: usize = 2_000;

/// How long before the sweep before this one a row may have been stamped and still have been invisible then.
const LATEST_MS: i64 = DAY;

/// A sweep under way.
pub(super) struct Sweep {
    mark: Mark,
    page: Option<Arc<str>>,
    /// The server's time when it began: what is younger may be missing from the pages.
    began: Option<Stamp>,
    /// Stamps before this one were compared by the sweep before.
    horizon: Stamp,
    /// What is there, as hashes: ids of a million records are not kept for this.
    there: HashSet<u64>,
    hasher: RandomState,
}

impl Stream {
    /// Begins a sweep that is due; returns whether one page was all of it.
    pub(super) async fn begin_sweep(
        &mut self,
        book: &Book,
        remote: &dyn Remote,
        checkpoint: &mut Checkpoint,
    ) -> Result<bool, Trouble> {
        let stream = self.id.clone();
        let rules: Vec<&Rule> = book.fed_by(&stream).filter(|rule| reads(rule)).collect();
        if rules.is_empty() {
            self.sweep = None;
            return Ok(false);
        }
        if self.sweep.is_some() {
            return Ok(false);
        }
        let Some(mut sweep) = self.sweep_due()? else { return Ok(false) };
        if !self.sweep_page(&rules, remote, &mut sweep).await? {
            self.sweep = Some(sweep);
            return Ok(false);
        }
        self.end_sweep(&rules, remote, &sweep).await?;
        let Some(began) = sweep.began else { return Ok(false) };
        // The watermark stays where it is: what was read here stood in another order.
        checkpoint.complete_to = Some(began);
        let recipes = rules.iter().map(|rule| rule.recipe.id).collect();
        let ran = Ran { recipes, in_step_to: sweep.began, loaded: false };
        self.store(Vec::new(), checkpoint, Some(ran)).await?;
        Ok(true)
    }

    /// Goes on with the sweep that is under way.
    pub(super) async fn sweep(&mut self, book: &Book, remote: &dyn Remote) -> Result<(), Trouble> {
        let stream = self.id.clone();
        let rules: Vec<&Rule> = book.fed_by(&stream).filter(|rule| reads(rule)).collect();
        let Some(mut sweep) = self.sweep.take() else { return Ok(()) };
        for _ in 0..PAGES {
            if self.sweep_page(&rules, remote, &mut sweep).await? {
                return self.end_sweep(&rules, remote, &sweep).await;
            }
        }
        self.sweep = Some(sweep);
        Ok(())
    }

    async fn end_sweep(&self, rules: &[&Rule], remote: &dyn Remote, sweep: &Sweep) -> Result<(), Trouble> {
        self.look_for_missing(rules, remote, sweep).await?;
        let at = self.shared.now();
        self.shared.commit(Step::Swept { stream: self.id.clone(), at }).await?;
        Ok(())
    }

    fn sweep_due(&self) -> Result<Option<Sweep>, StoreError> {
        let swept = self.shared.store.read()?.swept(&self.id)?.unwrap_or(Stamp::ZERO);
        // A stamp from the future means that our clock was set back.
        let rested = (0..self.shared.pace.sweep_every_ms).contains(&self.shared.now().since(swept));
        let fresh = || Sweep {
            mark: Mark::default(),
            page: None,
            began: None,
            horizon: swept.plus(-LATEST_MS).max(Stamp::ZERO),
            there: HashSet::new(),
            hasher: RandomState::new(),
        };
        Ok((!rested).then(fresh))
    }

    /// Reads one page of ids and stamps and takes in what differs; returns whether it was the last.
    async fn sweep_page(
        &self,
        rules: &[&Rule],
        remote: &dyn Remote,
        sweep: &mut Sweep,
    ) -> Result<bool, Trouble> {
        let ask = ChangesAsk {
            container: self.id.container.clone(),
            fields: Vec::new(),
            after: sweep.mark.clone(),
            page: sweep.page.take(),
        };
        let page = self.changes(remote, &ask).await?;
        sweep.began = sweep.began.or(page.server_time);
        let present = page.records.iter().filter(|record| record.presence == Presence::Present);
        sweep.there.extend(present.map(|record| sweep.hasher.hash_one(record.id.as_str())));
        let differs = self.differing(rules, &page.records, sweep.horizon)?;
        if let Some(mark) = page.reached() {
            sweep.mark = mark;
        }
        sweep.page = page.next;
        let (gone, there): (Vec<&Record>, Vec<&Record>) =
            differs.into_iter().partition(|record| record.presence == Presence::Deleted);
        let there: Vec<RemoteId> = there.into_iter().map(|record| record.id.clone()).collect();
        self.take_in(rules, remote, &there, None).await?;
        let now = self.shared.now();
        let seen = |record: &Record| {
            let seen = rules.iter().map(|rule| rule.observed(self.side, record, now, now));
            seen.collect::<Vec<_>>()
        };
        let rows = gone.into_iter().flat_map(seen).collect();
        self.shared.commit(Step::Look { rows, now }).await?;
        Ok(sweep.page.is_none())
    }

    /// Returns the records of a page of which something else is known, or nothing.
    fn differing<'a>(
        &self,
        rules: &[&Rule],
        records: &'a [Record],
        horizon: Stamp,
    ) -> Result<Vec<&'a Record>, StoreError> {
        let view = self.shared.store.read()?;
        let mut differing = Vec::new();
        for record in records {
            for set in sets(rules) {
                let known = match view.link_of(set, self.side, &record.id)? {
                    Some(id) => view.link(id)?,
                    None => None,
                };
                let young = record.at >= horizon;
                let news = match &known {
                    Some(link) => {
                        let seen = link.side(self.side);
                        seen.presence != record.presence || (young && record.at > seen.at)
                    }
                    // What the recipe's condition leaves out is asked for once, not at every sweep.
                    None => young && record.presence == Presence::Present,
                };
                if news {
                    differing.push(record);
                    break;
                }
            }
        }
        Ok(differing)
    }

    /// Reads records by id and takes in what they show. Those that are not there are taken for deleted as of `missing`,
    /// where it is known that they were not merely overlooked.
    async fn take_in(
        &self,
        rules: &[&Rule],
        remote: &dyn Remote,
        ids: &[RemoteId],
        missing: Option<Stamp>,
    ) -> Result<(), Trouble> {
        let fields = self.fields(rules);
        for ids in ids.chunks(FETCH) {
            let _leave = self.shared.keeper.leave(&self.id.connection).await;
            let read = self.shared.now();
            let mut found = remote.fetch(&self.id.container, ids, &fields).await.map_err(Trouble::Remote)?;
            if let Some(at) = missing {
                let lost = ids.iter().filter(|id| !found.iter().any(|record| record.id == **id));
                let lost: Vec<Record> =
                    lost.map(|id| Record { at, ..Record::missing(id.clone(), Presence::Deleted) }).collect();
                found.extend(lost);
            }
            let now = self.shared.now();
            let rows = found
                .iter()
                .flat_map(|record| rules.iter().map(move |rule| rule.observed(self.side, record, read, now)));
            self.shared.commit(Step::Look { rows: rows.collect(), now }).await?;
        }
        Ok(())
    }

    /// Looks for records that are known and were on none of the pages: purged, or deleted longer ago than is told.
    async fn look_for_missing(
        &self,
        rules: &[&Rule],
        remote: &dyn Remote,
        sweep: &Sweep,
    ) -> Result<(), Trouble> {
        let Some(began) = sweep.began else { return Ok(()) };
        for set in sets(rules) {
            let mut after: Option<RemoteId> = None;
            loop {
                let (missing, last) = self.missing(set, after.as_ref(), sweep, began)?;
                self.take_in(rules, remote, &missing, Some(began)).await?;
                if last.is_none() {
                    break;
                }
                after = last;
            }
        }
        Ok(())
    }

    /// Returns which of the next links have no record any more, and where to go on.
    fn missing(
        &self,
        set: LinkSetId,
        after: Option<&RemoteId>,
        sweep: &Sweep,
        began: Stamp,
    ) -> Result<(Vec<RemoteId>, Option<RemoteId>), StoreError> {
        let view = self.shared.store.read()?;
        let known = view.records(set, self.side, after, LINKS)?;
        let mut missing = Vec::new();
        for (id, link) in &known {
            if sweep.there.contains(&sweep.hasher.hash_one(id.as_str())) {
                continue;
            }
            let Some(link) = view.link(*link)? else { continue };
            let seen = link.side(self.side);
            if seen.id.as_ref() == Some(id) && seen.presence == Presence::Present && seen.at < began {
                missing.push(id.clone());
            }
        }
        let last = known.last().map(|(id, _)| id.clone()).filter(|_| known.len() == LINKS);
        Ok((missing, last))
    }
}

fn sets(rules: &[&Rule]) -> Vec<LinkSetId> {
    let mut sets: Vec<LinkSetId> = rules.iter().map(|rule| rule.recipe.set).collect();
    sets.dedup();
    sets
}
