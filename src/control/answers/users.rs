//! Users of both sides as rows, and what is asked to be done about them.

use super::{Answers, Visitor};
use crate::control::protocol::{Reply, Request, UsersOf};
use crate::control::rows::UserRow;
use crate::domain::id::Side;
use crate::domain::people::{People, User};
use crate::engine::Engine;
use crate::engine::acts::ActError;
use crate::ports::StoreError;

impl Answers {
    pub(super) fn users(&self, of: &UsersOf) -> Result<Vec<UserRow>, StoreError> {
        let mut people = self.store.read()?.people()?;
        people.retain(|people| {
            of.salesforce.as_ref().is_none_or(|id| *id == people.salesforce)
                && of.target.as_ref().is_none_or(|id| *id == people.target)
        });
        Ok(people.iter().flat_map(rows).collect())
    }

    pub(super) async fn act_on_users(
        &self,
        engine: &Engine,
        request: Request,
        visitor: &Visitor,
    ) -> Result<Reply, ActError> {
        let caller = &visitor.caller;
        let of = match request {
            Request::MatchUsers { of, by } => {
                engine.match_users(of.salesforce.as_ref(), of.target.as_ref(), by, caller).await?
            }
            Request::LinkUser { of, salesforce, target } => {
                let (from, to) = (of.salesforce.as_ref(), of.target.as_ref());
                engine.link_user(from, to, &salesforce, target.as_deref(), caller).await?
            }
            _ => return Ok(Reply::Done),
        };
        Ok(Reply::Users(self.users(&UsersOf { salesforce: Some(of.0), target: Some(of.1) })?))
    }
}

/// Returns who is linked, then who is not.
fn rows(people: &People) -> Vec<UserRow> {
    let user = |side: Side, id: &crate::domain::id::RemoteId| {
        people.users(side).iter().find(|user| user.id == *id).cloned()
    };
    let linked = people.links.iter().map(|link| UserRow {
        by: Some(link.by),
        ..row(user(Side::Salesforce, &link.salesforce).as_ref(), user(Side::Other, &link.target).as_ref())
    });
    let alone = people.free(Side::Salesforce).map(|user| row(Some(user), None));
    let others = people.free(Side::Other).map(|user| row(None, Some(user)));
    linked.chain(alone).chain(others).collect()
}

fn row(salesforce: Option<&User>, target: Option<&User>) -> UserRow {
    UserRow {
        salesforce_id: salesforce.map(|user| user.id.clone()),
        name: salesforce.map(|user| user.name.clone()),
        email: salesforce.map(|user| user.email.clone()),
        target_id: target.map(|user| user.id.clone()),
        target_name: target.map(|user| user.name.clone()),
        target_email: target.map(|user| user.email.clone()),
        by: None,
    }
}
