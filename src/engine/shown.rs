//! What records show of their parents: a contact's account as text. A parent that is given another name changes nothing
//! about its children, not even their stamps; they are found by the parent's.
//!
//! ```text
//!   pass:   one call:  which records changed?  +  of which records did the parent change?
//!   ear:    told of the parents' changes too, where all are told; else passes keep their usual pace
//! ```
//!
//! It costs no call where changes are looked for (both questions go in one), and none where they are heard: the parents'
//! changes are listened to beside the records' own. Only recipes that show a parent's name pay for it, with the events
//! of that object. How far parents have been read has a watermark of its own, moved in the commit of what was found.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::book::{Book, Rule};
use super::hear::{self, Ear, News};
use super::stream::{Stream, Trouble};
use crate::domain::failure::Kind;
use crate::domain::id::{ContainerId, FieldName, Side};
use crate::domain::mapping::shown;
use crate::domain::time::Stamp;
use crate::ports::{ChangesPage, Checkpoint, ParentsAsk, Remote, StoreError, StreamId};

/// How long a remote that refuses the question is not asked again.
const REFUSED: Duration = Duration::from_hours(1);

/// What a stream knows of the parents of its records.
#[derive(Default)]
pub(super) struct Parents {
    /// The references of which the parent's name is shown.
    references: Vec<FieldName>,
    ears: BTreeMap<ContainerId, Listened>,
    /// Not asked before.
    hold: Option<Instant>,
}

/// What is heard of the changes of one object.
struct Listened {
    news: watch::Receiver<News>,
    /// The hints that the last pass covered.
    covered: u64,
}

impl Parents {
    /// Returns the hints of all ears: those that a pass covers which begins now.
    pub(super) fn hints(&mut self) -> BTreeMap<ContainerId, u64> {
        self.ears
            .iter_mut()
            .map(|(object, ear)| (object.clone(), ear.news.borrow_and_update().hints))
            .collect()
    }

    /// Notes what a pass has covered.
    pub(super) fn cover(&mut self, hints: BTreeMap<ContainerId, u64>) {
        for (object, hints) in hints {
            if let Some(ear) = self.ears.get_mut(&object) {
                ear.covered = hints;
            }
        }
    }

    /// Returns whether something was told of parents that no pass has covered.
    pub(super) fn are_hinted(&mut self) -> bool {
        self.ears.values_mut().fold(false, |hinted, ear| {
            // Each is looked at, so that only what comes from here on is news.
            hinted | (ear.news.borrow_and_update().hints != ear.covered)
        })
    }

    /// Returns whether no change of a parent can be missed.
    pub(super) fn are_sure(&self) -> bool {
        self.ears.values().all(|ear| ear.news.borrow().ear == Ear::Sure)
    }

    /// Returns what tells of changes.
    pub(super) fn news(&mut self) -> impl Iterator<Item = &mut watch::Receiver<News>> {
        self.ears.values_mut().map(|ear| &mut ear.news)
    }
}

impl Stream {
    /// Learns of which parents the records show the names, and listens to them where that is possible.
    pub(super) fn learn_parents(&mut self, book: &Book, remote: &dyn Remote) -> Result<(), StoreError> {
        let stream = self.id.clone();
        let rules: Vec<&Rule> = book.fed_by(&stream).filter(|rule| rule.shows_parents()).collect();
        self.parents.references.clear();
        if self.side == Side::Other || rules.is_empty() {
            self.parents.ears.clear();
            return Ok(());
        }
        let schema = self.shared.store.read()?.schema(&stream.connection, &stream.container)?;
        let Some(schema) = schema else { return Ok(()) };
        let mut all: Vec<(FieldName, ContainerId)> =
            rules.iter().flat_map(|rule| shown(&rule.recipe.mapping, &schema)).collect();
        all.sort();
        all.dedup();
        self.parents.ears.retain(|object, _| all.iter().any(|(_, known)| known == object));
        for (field, object) in all {
            self.parents.references.push(field);
            if remote.hears() && !self.parents.ears.contains_key(&object) {
                let parent = StreamId { connection: stream.connection.clone(), container: object.clone() };
                // Where they are read for their own sake too, they are heard from where those readings ended.
                let place = self.shared.store.read()?.checkpoint(&parent)?.heard;
                let news = hear::start_for(&self.shared, &parent, &stream, place);
                self.parents.ears.insert(object, Listened { news, covered: 0 });
            }
        }
        Ok(())
    }

    /// Returns which parents to ask for, where any are shown.
    pub(super) fn parents_due(&self, rules: &[&Rule], checkpoint: &Checkpoint) -> Option<ParentsAsk> {
        let references = self.parents.references.clone();
        if references.is_empty() || self.parents.hold.is_some_and(|hold| hold > Instant::now()) {
            return None;
        }
        let since = checkpoint.parents_to.or(checkpoint.complete_to);
        let since = since.or(checkpoint.mark.as_ref().map(|mark| mark.at))?;
        let since = since.plus(-self.shared.pace.overlap_ms).max(Stamp::ZERO);
        let (container, fields) = (self.id.container.clone(), self.fields(rules));
        Some(ParentsAsk { container, fields, references, since, page: None })
    }

    /// Takes in the records whose parents have changed; `first` is the first page of them, where it came already.
    pub(super) async fn take_parents(
        &mut self,
        rules: &[&Rule],
        remote: &dyn Remote,
        mut ask: ParentsAsk,
        mut first: Option<(Stamp, ChangesPage)>,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Trouble> {
        let mut to = None;
        loop {
            let (read, page) = match first.take() {
                Some(page) => page,
                None => match self.ask_for_parents(remote, &ask).await {
                    Ok(page) => page,
                    Err(Trouble::Remote(failure)) if failure.kind == Kind::Permanent => {
                        // The records themselves are read all the same; what is missed now is asked for later.
                        let code = &*failure.code;
                        tracing::warn!(stream = %self.id.container, code, "changed parents cannot be asked for");
                        self.parents.hold = Some(Instant::now() + REFUSED);
                        return Ok(());
                    }
                    Err(trouble) => return Err(trouble),
                },
            };
            to = to.or(page.server_time);
            ask.page = page.next;
            let over = ask.page.is_none();
            if over {
                checkpoint.parents_to = to.max(checkpoint.parents_to);
            }
            self.store(self.rows(rules, &page.records, read), checkpoint, None).await?;
            if over {
                return Ok(());
            }
        }
    }

    async fn ask_for_parents(
        &self,
        remote: &dyn Remote,
        ask: &ParentsAsk,
    ) -> Result<(Stamp, ChangesPage), Trouble> {
        self.may_go_on()?;
        let _leave = self.shared.keeper.leave(&self.id.connection).await;
        let read = self.shared.now();
        let page = remote.of_changed_parents(ask).await.map_err(Trouble::Remote)?;
        Ok((read, page))
    }
}
