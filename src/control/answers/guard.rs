//! What protects a connection from a slip: nothing about it changes until somebody says why, and then only for a
//! quarter of an hour. The leave is one person's, for one connection, and lives as long as the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Answers, Visitor};
use crate::control::protocol::{ConnectionAct, Refusal, Request, Selection};
use crate::domain::id::{ConnectionId, RecipeId};
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::{StoreError, View};

/// How long write mode lasts, in milliseconds.
const LEAVE: i64 = 15 * MINUTE;

/// Who may change what, until when.
#[derive(Debug, Default)]
pub(super) struct Leaves(Mutex<BTreeMap<(Arc<str>, ConnectionId), Stamp>>);

impl Leaves {
    fn until(&self, who: &Arc<str>, connection: &ConnectionId) -> Option<Stamp> {
        let leaves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        leaves.get(&(Arc::clone(who), connection.clone())).copied()
    }
}

impl Answers {
    /// Lets a person change what is protected for a while; returns for which connections.
    pub(super) fn lift(&self, who: &Arc<str>) -> Result<Vec<ConnectionId>, StoreError> {
        let until = self.now().plus(LEAVE);
        let rows = self.store.read()?.connections()?;
        let protected: Vec<ConnectionId> =
            rows.into_iter().filter(|row| row.protected).map(|row| row.id).collect();
        let mut leaves = self.leaves.0.lock().unwrap_or_else(PoisonError::into_inner);
        leaves.extend(protected.iter().map(|id| ((Arc::clone(who), id.clone()), until)));
        Ok(protected)
    }

    /// Returns why a request is refused that would change something about a protected connection.
    pub(super) fn guard(&self, request: &Request, visitor: &Visitor) -> Result<Option<Refusal>, StoreError> {
        let view = self.store.read()?;
        let protected: BTreeSet<ConnectionId> =
            view.connections()?.into_iter().filter(|row| row.protected).map(|row| row.id).collect();
        if protected.is_empty() {
            return Ok(None);
        }
        let now = self.now();
        let who = &visitor.caller.who;
        let closed = |id: &&ConnectionId| self.leaves.until(who, id).is_none_or(|until| until <= now);
        let touched = touched(request, view.as_ref())?;
        let first = match &touched {
            Some(touched) => touched.intersection(&protected).find(closed),
            None => protected.iter().find(closed),
        };
        Ok(first.map(|id| {
            let message = visitor.words.say_with("refused-protected", &[("id", id.as_str().into())]);
            Refusal::new("read_only", 3, message)
        }))
    }
}

/// Returns the connections that a request would change something about; `None` for any of them.
fn touched(request: &Request, view: &dyn View) -> Result<Option<BTreeSet<ConnectionId>>, StoreError> {
    let of_recipes = |ids: &[RecipeId]| -> Result<BTreeSet<ConnectionId>, StoreError> {
        let recipes = view.recipes()?;
        let mine = recipes.iter().filter(|recipe| ids.contains(&recipe.id));
        Ok(mine.flat_map(|recipe| [recipe.salesforce.clone(), recipe.target.clone()]).collect())
    };
    Ok(Some(match request {
        Request::ActOnRecipes { ids, .. } => of_recipes(ids)?,
        Request::SetRecipe { id, .. } | Request::RunRecipe { id, .. } => of_recipes(&[*id])?,
        Request::CreateRecipe { draft, .. } => [draft.salesforce.clone(), draft.target.clone()].into(),
        Request::EditError { id, .. } => of_errors(&Selection::Ids(vec![*id]), view)?,
        Request::RetryErrors { which, .. }
        | Request::AllowDuplicates { which }
        | Request::IgnoreErrors { which, .. }
        | Request::SnoozeErrors { which, .. } => of_errors(which, view)?,
        Request::ActOnConnection { act: ConnectionAct::Check, .. }
        | Request::AddConnection(_)
        | Request::PutAccount { .. }
        | Request::RemoveAccount(_)
        | Request::WriteMode { .. } => BTreeSet::new(),
        Request::ActOnConnection { id, .. }
        | Request::Authorise { id, .. }
        | Request::AuthoriseWith { id, .. }
        | Request::ResumeConnection(id) => [id.clone()].into(),
        _ => return Ok(None),
    }))
}

fn of_errors(which: &Selection, view: &dyn View) -> Result<BTreeSet<ConnectionId>, StoreError> {
    let causes = view.groups()?;
    Ok(match which {
        Selection::Ids(ids) => {
            let mut found = BTreeSet::new();
            for id in ids {
                found.extend(view.error(*id)?.map(|error| error.connection));
            }
            found
        }
        Selection::Group(group) => causes
            .into_iter()
            .filter(|cause| cause.id == *group)
            .map(|cause| cause.cause.connection)
            .collect(),
        Selection::All { .. } => causes.into_iter().map(|cause| cause.cause.connection).collect(),
    })
}
