//! Tying a record to its counterpart by hand: what a person decides where syncdeck does not guess.

use super::{ActError, Caller};
use crate::domain::id::{ErrorId, RemoteId, Side};
use crate::domain::ledger::{ErrorRecord, ErrorState};
use crate::domain::link::{Link, Observed, Presence};
use crate::domain::settle::connection;
use crate::engine::Engine;
use crate::ports::{Step, StoreError};

impl Engine {
    /// Ties the record of an error to one that exists on the side that was to be written. From there on it is a link
    /// like any other: the two are merged, and what is left of the error is over.
    pub async fn link_error(&self, id: ErrorId, record: &str, by: &Caller) -> Result<(), ActError> {
        let (error, link) = self.waiting(id)?;
        let side = error.direction.target();
        if link.side(side).id.is_some() {
            return Err(refused("error", &id, "its record has a counterpart already"));
        }
        let seen = self.chosen(&link, side, record).await?;
        let rev = link.rev;
        let step = Step::Match { pairs: vec![(error.link, rev, seen)], by: by.who.clone(), now: self.now() };
        let done = self.shared.commit(step).await?;
        if !done.taken.contains(&error.link) {
            return Err(refused("error", &id, "one of the two records is being written; try again"));
        }
        self.shared.audit("error.link", vec![id.to_string().into(), record.into()], None, by).await
    }

    /// Returns an error that is not over, and its link.
    fn waiting(&self, id: ErrorId) -> Result<(ErrorRecord, Link), ActError> {
        let view = self.shared.store.read()?;
        let missing = || StoreError::Missing { what: "error", id: id.to_string() };
        let error = view.error(id)?.ok_or_else(missing)?;
        if error.state == ErrorState::Resolved {
            return Err(refused("error", &id, "it is resolved"));
        }
        let link = view.link(error.link)?.ok_or_else(missing)?;
        Ok((error, link))
    }

    /// Reads the record that a person chose; it has to be there, and free.
    async fn chosen(&self, link: &Link, side: Side, record: &str) -> Result<Observed, ActError> {
        let shared = &self.shared;
        let book = shared.book();
        let gone = || StoreError::Missing { what: "recipe", id: link.set.to_string() };
        let rule = book.sharing(link.set).next().ok_or_else(gone)?;
        let target = connection(&rule.recipe, side);
        let row = book.usable(target, self.now());
        let row = row.ok_or_else(|| refused("connection", target, "it cannot be used now"))?;
        let remote = shared.keeper.remote(row)?;
        let container = match side {
            Side::Salesforce => rule.recipe.object.as_str().into(),
            Side::Other => rule.recipe.container.id.clone(),
        };
        let ids = [RemoteId::from(record)];
        let read = self.now();
        let found = {
            let _leave = shared.keeper.leave(target).await;
            remote.fetch(&container, &ids, &rule.fields(side)).await?
        };
        let there = found.into_iter().find(|found| found.presence == Presence::Present);
        let there = there.ok_or_else(|| StoreError::Missing { what: "record", id: record.to_owned() })?;
        let seen = rule.observed(side, &there, read, self.now());
        let view = shared.store.read()?;
        let taken = match view.link_of(link.set, side, &seen.id)? {
            Some(other) => view.link(other)?.is_some_and(|other| other.side(side.opposite()).id.is_some()),
            None => false,
        };
        if taken {
            return Err(refused("record", &record, "it has a counterpart already"));
        }
        Ok(seen)
    }
}

fn refused(what: &'static str, id: &dyn std::fmt::Display, why: &str) -> ActError {
    StoreError::Refused { what, id: id.to_string(), why: why.into() }.into()
}
