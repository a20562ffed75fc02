//! References on their way: told by the links of what they point to, and records of one parent one after the other.
//!
//! Whether a reference can be told, and who waits for whom, the store has decided when it took the record in; here it is
//! only put into the words of the side that is written.

use tokio::sync::OwnedMutexGuard;

use super::lane::{Call, REST_MS, Work};
use crate::domain::id::{ConnectionId, LinkId, RemoteId, Side};
use crate::domain::parents::is_common;
use crate::domain::plan::Operation;
use crate::domain::recipe::Parent;
use crate::domain::schema::Form;
use crate::domain::settle::connection;
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::{Remote, StoreError, View};

impl Work {
    /// Returns whether records of this recipe point to records of others.
    pub(super) fn refers(&self) -> bool {
        !self.rule.recipe.parents.is_empty()
    }

    /// Puts what is about to be written into the words of the side that is written. A reference whose parent has just
    /// lost its counterpart leaves its record for a moment later.
    pub(super) async fn tell(
        &self,
        calls: Vec<Call>,
    ) -> Result<(Vec<Call>, Vec<(LinkId, Stamp)>), StoreError> {
        let orgs = self.org(&calls);
        let mut told = Vec::with_capacity(calls.len());
        let mut untold = Vec::new();
        let later = self.shared.now().plus(REST_MS);
        for mut call in calls {
            let Operation { side, changes, .. } = &call.intent.operation;
            let (side, mut operation) = (*side, call.intent.operation.clone());
            let mut known = true;
            if side == Side::Other {
                for (at, value) in &mut operation.changes {
                    match self.form(*at) {
                        Some(Form::Parent) => match self.item(*at, value)? {
                            Some(item) => *value = item,
                            None => known = false,
                        },
                        Some(Form::ParentLink) => {
                            let Some(id) = value.as_text().map(RemoteId::from) else { continue };
                            let address = match &orgs {
                                Some(org) => org.address(&id).await,
                                None => None,
                            };
                            match address {
                                Some(address) => *value = Value::text(address),
                                None => known = false,
                            }
                        }
                        _ => {}
                    }
                }
            }
            debug_assert_eq!(operation.changes.len(), changes.len(), "each value is told");
            if known {
                call.values = self.rule.native(&operation);
                told.push(call);
            } else {
                untold.push((call.id, later));
            }
        }
        Ok((told, untold))
    }

    fn form(&self, at: u16) -> Option<Form> {
        self.rule.recipe.mapping.fields.get(usize::from(at)).map(|map| map.form)
    }

    /// Returns the org to which addresses lead, where any of the calls writes one.
    fn org(&self, calls: &[Call]) -> Option<std::sync::Arc<dyn Remote>> {
        let leads = |call: &Call| {
            let operation = &call.intent.operation;
            operation.side == Side::Other
                && operation.changes.iter().any(|(at, _)| self.form(*at) == Some(Form::ParentLink))
        };
        if !calls.iter().any(leads) {
            return None;
        }
        let book = self.shared.book();
        let row = book.connections.get(connection(&self.rule.recipe, Side::Salesforce))?;
        self.shared.keeper.remote(row).ok()
    }

    /// Returns the counterpart of the parent that a value names by its Salesforce id.
    fn item(&self, at: u16, value: &Value) -> Result<Option<Value>, StoreError> {
        let Some(id) = value.as_text().map(RemoteId::from) else { return Ok(Some(Value::Null)) };
        let view = self.shared.store.read()?;
        let Some(parent) = self.parent(at) else { return Ok(None) };
        for set in self.shared.book().parent_sets(&self.rule.recipe, parent) {
            let Some(link) = view.link_of(set, Side::Salesforce, &id)? else { continue };
            let item = view.link(link)?.and_then(|link| link.other.id);
            if let Some(item) = item {
                return Ok(Some(Value::text(item.as_str())));
            }
        }
        Ok(None)
    }

    fn parent(&self, at: u16) -> Option<&Parent> {
        self.rule.recipe.parents.iter().find(|parent| parent.field == at)
    }

    /// Tells the references among a record's values by Salesforce ids, as they are compared.
    pub(super) fn in_common(&self, view: &dyn View, side: Side, values: &mut [Value]) {
        if side == Side::Salesforce {
            return;
        }
        for parent in &self.rule.recipe.parents {
            let Some(value) = values.get_mut(usize::from(parent.field)) else { continue };
            let Some(item) = value.as_text().map(RemoteId::from).filter(|id| !is_common(id)) else {
                continue;
            };
            for set in self.shared.book().parent_sets(&self.rule.recipe, parent) {
                let link = view.link_of(set, Side::Other, &item).ok().flatten();
                let link = link.and_then(|link| view.link(link).ok().flatten());
                if let Some(id) = link.and_then(|link| link.salesforce.id) {
                    *value = Value::text(id.as_str());
                    break;
                }
            }
        }
    }

    /// Puts records of one parent together, and waits until nobody else writes such: Salesforce locks a parent while one
    /// of its children is written, and refuses the other.
    pub(super) async fn among_siblings(
        &self,
        side: Side,
        target: &ConnectionId,
        calls: &mut [Call],
    ) -> Option<OwnedMutexGuard<()>> {
        if side == Side::Other || !self.refers() || calls.is_empty() {
            return None;
        }
        let at = self.rule.recipe.parents.first().map(|parent| usize::from(parent.field))?;
        calls.sort_by_cached_key(|call| call.link.other.values.get(at).cloned());
        self.shared.keeper.siblings(target).await
    }
}
