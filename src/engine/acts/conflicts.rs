//! Conflicts: ending held ones, and bringing back what lost one.

use std::sync::Arc;

use super::{ActError, Caller};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{FieldName, LinkId, Side};
use crate::domain::ledger::{Action, Entry};
use crate::domain::link::Presence;
use crate::domain::settle::{Answer, connection};
use crate::domain::value::Value;
use crate::engine::Engine;
use crate::engine::book::Rule;
use crate::ports::{LedgerAsk, Remote, Step, StoreError, Write};

impl Engine {
    /// Ends held conflicts in favour of one side, all or none.
    pub async fn keep(&self, links: &[LinkId], kept: Side, by: &Caller) -> Result<u64, ActError> {
        let step = Step::Keep { links: links.to_vec(), kept, by: Arc::clone(&by.who), now: self.now() };
        let done = self.shared.commit(step).await?;
        let side = if kept == Side::Salesforce { "salesforce" } else { "other" };
        let on = links.iter().map(|id| id.to_string().into()).collect();
        self.shared.audit("conflict.keep", on, Some(side), by).await?;
        Ok(u64::try_from(done.taken.len()).unwrap_or(u64::MAX))
    }

    /// Writes values that lost a conflict, as line `seq` of the ledger has them, back where they stood; `fields` says
    /// which, all of them where it is empty.
    ///
    /// It is an edit like a person's own in that system: the pair carries it to the other side. Nothing else is
    /// decided here, so it goes past no queue.
    pub async fn restore_value(&self, seq: u64, fields: &[String], by: &Caller) -> Result<(), ActError> {
        let (entry, values) = self.lost(seq, fields)?;
        let shared = &self.shared;
        let side = entry.direction.target();
        let gone = || StoreError::Missing { what: "conflict", id: seq.to_string() };
        let link = shared.store.read()?.link(entry.link)?.ok_or_else(gone)?;
        let id = link.side(side).id.clone().filter(|_| link.side(side).presence == Presence::Present);
        let id = id.ok_or_else(gone)?;
        let book = shared.book();
        let rule = book.sharing(link.set).next().ok_or_else(gone)?;
        let target = connection(&rule.recipe, side);
        let refused = || {
            let why = "it cannot be used now".into();
            StoreError::Refused { what: "connection", id: target.to_string(), why }
        };
        let row = book.usable(target, self.now()).ok_or_else(refused)?;
        let remote = shared.keeper.remote(row)?;
        let values = native(rule, side, &values);
        let on: Vec<Arc<str>> = [seq.to_string()]
            .into_iter()
            .chain(values.iter().map(|(name, _)| name.to_string()))
            .map(Arc::from)
            .collect();
        let write = Write { action: Action::Updated, id: Some(id), key: None, section: None, values };
        let answer = {
            let _leave = shared.keeper.leave(target).await;
            written(remote.as_ref(), rule, side, &write).await
        };
        answer?;
        self.shared.audit("conflict.restore", on, None, by).await
    }

    /// Returns a line of the ledger and those of its lost values that are meant.
    fn lost(&self, seq: u64, fields: &[String]) -> Result<(Entry, Vec<(FieldName, Value)>), ActError> {
        let missing = |id: &str| StoreError::Missing { what: "lost_value", id: id.to_owned() };
        let ask = LedgerAsk { before: Some(seq.saturating_add(1)), limit: 1, ..LedgerAsk::default() };
        let page = self.shared.store.read()?.ledger(&ask)?;
        let found = page.entries.into_iter().find(|(number, _)| *number == seq);
        let (_, entry) = found.ok_or_else(|| missing(&seq.to_string()))?;
        let mut values = Vec::new();
        if fields.is_empty() {
            values.clone_from(&entry.lost);
        }
        for field in fields {
            let lost = entry.lost.iter().find(|(name, _)| name.as_str().eq_ignore_ascii_case(field));
            values.push(lost.cloned().ok_or_else(|| missing(field))?);
        }
        if values.is_empty() {
            return Err(missing(&seq.to_string()).into());
        }
        Ok((entry, values))
    }
}

/// Returns the values as the side takes them.
fn native(rule: &Rule, side: Side, values: &[(FieldName, Value)]) -> Vec<(FieldName, Value)> {
    let at = |name: &FieldName| {
        let at = rule.recipe.mapping.fields.iter().position(|map| map.name(side) == name)?;
        u16::try_from(at).ok()
    };
    let changes = values.iter().filter_map(|(name, value)| Some((at(name)?, value.clone()))).collect();
    rule.native(&crate::domain::plan::Operation {
        side,
        action: Action::Updated,
        id: None,
        changes,
        lost: Vec::new(),
    })
}

async fn written(remote: &dyn Remote, rule: &Rule, side: Side, write: &Write) -> Result<(), ActError> {
    let container = match side {
        Side::Salesforce => rule.recipe.object.as_str().into(),
        Side::Other => rule.recipe.container.id.clone(),
    };
    let key = rule.key_field(side).cloned().unwrap_or_else(|| FieldName::from("Id"));
    let answer = remote.apply(&container, &key, std::slice::from_ref(write)).await.into_iter().next();
    match answer {
        Some(Answer::Done { .. }) => Ok(()),
        Some(Answer::Refused(failure) | Answer::Unasked(failure)) => Err(failure.into()),
        Some(Answer::Gone) => {
            let id = write.id.as_ref().map(ToString::to_string).unwrap_or_default();
            Err(StoreError::Missing { what: "record", id }.into())
        }
        Some(Answer::Doubt | Answer::Undone | Answer::NotDone { .. }) | None => {
            let message = "no answer came; look at the record before you try again";
            Err(Failure::new(Kind::Transient, Class::Busy, "TIMEOUT", message).into())
        }
    }
}
