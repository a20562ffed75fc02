//! What a run of a recipe would do: the same reading and the same planner, and nothing is stored or written.

use super::ActError;
use super::recipes::patiently;
use crate::domain::id::{RecipeId, Side};
use crate::domain::ledger::Action;
use crate::domain::link::{Link, Presence};
use crate::domain::plan::{Policy, Verdict, plan};
use crate::engine::book::{Rule, source};
use crate::engine::{Engine, Shared};
use crate::ports::{ChangesAsk, Record, StoreError, View, cost};

/// The most records that are looked at: whoever asks waits for the answer.
const MOST: u64 = 50_000;

/// What a run would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// Records that changed, or all of them.
    pub records: u64,
    /// Records that would be made.
    pub created: u64,
    /// Records that would be changed.
    pub updated: u64,
    /// Records that would be deleted or archived.
    pub removed: u64,
    /// Records on which a person would have to decide.
    pub held: u64,
    /// Records that would be looked at more closely first: what becomes of them is not known yet.
    pub looked_at: u64,
    /// Calls that would write.
    pub calls: u64,
    /// Whether there are more records than were looked at.
    pub more: bool,
}

impl Foreseen {
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::InStep | Verdict::Adopt(_) => {}
            Verdict::Hold(_) => self.held += 1,
            Verdict::Look(_) => self.looked_at += 1,
            Verdict::Do(operation) => match operation.action {
                Action::Created => self.created += 1,
                Action::Deleted | Action::Archived => self.removed += 1,
                _ => self.updated += 1,
            },
        }
    }
}

impl Engine {
    /// Returns what a run of a recipe would do now; with `full` one that reads everything again.
    ///
    /// # Errors
    /// There is no such recipe, or its system does not answer.
    pub async fn foresee_run(&self, id: RecipeId, full: bool) -> Result<Foreseen, ActError> {
        let shared = &self.shared;
        let book = shared.book();
        let missing = || StoreError::Missing { what: "recipe", id: id.to_string() };
        let rule = book.rules.iter().find(|rule| rule.recipe.id == id).ok_or_else(missing)?;
        let (stream, side) = source(&rule.recipe);
        let policy = Policy::of(book.sharing(rule.recipe.set).map(|rule| &*rule.recipe), |_| true);
        let Some(policy) = policy else { return Ok(Foreseen::default()) };
        let remote = shared.remote_of(&stream.connection)?;
        let known = shared.store.read()?.checkpoint(&stream)?.mark;
        let mut ask = ChangesAsk {
            container: stream.container.clone(),
            fields: rule.fields(side),
            after: known.filter(|_| !full).unwrap_or_default(),
            page: None,
        };
        let mut foreseen = Foreseen::default();
        loop {
            let page = patiently(|| remote.changes(&ask)).await?;
            // A view is held for a page at a time: one held open makes the file grow.
            let view = shared.store.read()?;
            for record in &page.records {
                foreseen.records += 1;
                if let Some(link) = shared.would_be(rule, side, record, view.as_ref())? {
                    foreseen.count(&plan(&link, &policy));
                }
            }
            ask.page = page.next;
            foreseen.more = ask.page.is_some() && foreseen.records >= MOST;
            if ask.page.is_none() || foreseen.more {
                break;
            }
        }
        let written = match side {
            Side::Salesforce => &rule.recipe.target,
            Side::Other => &rule.recipe.salesforce,
        };
        let writes = foreseen.created + foreseen.updated + foreseen.removed;
        let calls = cost(&*shared.remote_of(written)?, usize::try_from(writes).unwrap_or(usize::MAX));
        foreseen.calls = u64::try_from(calls).unwrap_or(u64::MAX);
        Ok(foreseen)
    }
}

impl Shared {
    fn remote_of(
        &self,
        id: &crate::domain::id::ConnectionId,
    ) -> Result<std::sync::Arc<dyn crate::ports::Remote>, ActError> {
        let book = self.book();
        let missing = || StoreError::Missing { what: "connection", id: id.to_string() };
        Ok(self.keeper.remote(book.connections.get(id).ok_or_else(missing)?)?)
    }

    /// Returns the link as it would be with this record; `None` where it tells nothing new.
    fn would_be(
        &self,
        rule: &Rule,
        side: Side,
        record: &Record,
        view: &dyn View,
    ) -> Result<Option<Link>, ActError> {
        let now = self.now();
        let seen = rule.observed(side, record, now, now);
        let known = view.link_of(rule.recipe.set, side, &seen.id)?;
        let by_origin = match (&known, &seen.origin) {
            (None, Some(origin)) => view.link_of(rule.recipe.set, side.opposite(), origin)?,
            _ => None,
        };
        if let Some(id) = known.or(by_origin) {
            let link = view.link(id)?;
            return Ok(link.and_then(|mut link| link.observe(&seen).then_some(link)));
        }
        Ok((seen.admitted && seen.presence == Presence::Present).then(|| Link::first(&seen)))
    }
}
