//! Who is who: reading the users of both sides and linking them, automatically and by hand.

use std::sync::Arc;

use super::{ActError, Caller};
use crate::domain::connection::Connection;
use crate::domain::id::{ConnectionId, RecipeId, Side, System};
use crate::domain::people::{People, TiedBy, User};
use crate::domain::recipe::Recipe;
use crate::domain::schema::Form;
use crate::engine::{Engine, Shared};
use crate::ports::{RecipeChange, Step, StoreError};

/// Between which connections users were linked.
pub(super) type Between = (ConnectionId, ConnectionId);

impl Engine {
    /// Reads the users of both sides and links those who are alike.
    pub async fn match_users(
        &self,
        salesforce: Option<&ConnectionId>,
        target: Option<&ConnectionId>,
        by: TiedBy,
        caller: &Caller,
    ) -> Result<Between, ActError> {
        let (salesforce, target) = self.shared.between(salesforce, target)?;
        let mut people = self.shared.read_users(&salesforce, &target).await?;
        let count = people.tie_alike(by);
        self.shared.put_people(people).await?;
        let on = vec![by.name().into(), format!("{count} users").into()];
        self.shared.audit("user.match", on, None, caller).await?;
        Ok((salesforce, target))
    }

    /// Links two users by hand; without the second, ends the link of the first.
    pub async fn link_user(
        &self,
        salesforce: Option<&ConnectionId>,
        target: Option<&ConnectionId>,
        user: &str,
        other: Option<&str>,
        caller: &Caller,
    ) -> Result<Between, ActError> {
        let (salesforce, target) = self.shared.between(salesforce, target)?;
        // Somebody may have joined since they were read.
        let mut people = self.shared.read_users(&salesforce, &target).await?;
        let ours = found(&people, Side::Salesforce, user)?.id.clone();
        let mut on: Vec<Arc<str>> = vec![ours.as_str().into()];
        match other {
            Some(other) => {
                let theirs = found(&people, Side::Other, other)?;
                if !theirs.active || !found(&people, Side::Salesforce, user)?.active {
                    let why = "only active users can be linked".into();
                    return Err(StoreError::Refused { what: "user", id: user.to_owned(), why }.into());
                }
                let theirs = theirs.id.clone();
                on.push(theirs.as_str().into());
                people.tie(ours, theirs);
            }
            None if people.untie(&ours) => {}
            None => {
                let why = "there is no link to end".into();
                return Err(StoreError::Refused { what: "user", id: user.to_owned(), why }.into());
            }
        }
        self.shared.put_people(people).await?;
        let what = if other.is_some() { "user.link" } else { "user.unlink" };
        self.shared.audit(what, on, None, caller).await?;
        Ok((salesforce, target))
    }
}

fn found<'p>(people: &'p People, side: Side, text: &str) -> Result<&'p User, ActError> {
    let missing = || StoreError::Missing { what: "user", id: text.to_owned() };
    Ok(people.find(side, text).ok_or_else(missing)?)
}

fn tells_owners(recipe: &Recipe) -> bool {
    recipe.mapping.fields.iter().any(|map| matches!(map.form, Form::Owner | Form::Person))
}

impl Shared {
    /// Returns the two connections that are meant: those named, or the only ones.
    fn between(
        &self,
        salesforce: Option<&ConnectionId>,
        target: Option<&ConnectionId>,
    ) -> Result<Between, ActError> {
        let book = self.book();
        let choose = |named: Option<&ConnectionId>, ours: bool| -> Result<ConnectionId, ActError> {
            let fits = |row: &&Arc<Connection>| (row.system() == System::Salesforce) == ours;
            let all: Vec<&ConnectionId> = book.connections.values().filter(fits).map(|row| &row.id).collect();
            let missing = |id: &str| StoreError::Missing { what: "connection", id: id.to_owned() };
            match (named, all.as_slice()) {
                (Some(named), all) if all.contains(&named) => Ok(named.clone()),
                (Some(named), _) => Err(missing(named.as_str()).into()),
                (None, [only]) => Ok((*only).clone()),
                (None, []) => Err(missing("-").into()),
                (None, several) => {
                    let id = several.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
                    let flag = if ours { "--salesforce" } else { "--target" };
                    let why = format!("there are several; say which one with {flag}");
                    Err(StoreError::Refused { what: "connection", id, why }.into())
                }
            }
        };
        Ok((choose(salesforce, true)?, choose(target, false)?))
    }

    /// Reads the users of both sides anew; who is who stays.
    async fn read_users(&self, salesforce: &ConnectionId, target: &ConnectionId) -> Result<People, ActError> {
        let known = self.store.read()?.people()?;
        let known = known.into_iter().find(|row| row.salesforce == *salesforce && row.target == *target);
        let mut people = known.unwrap_or_else(|| People::new(salesforce.clone(), target.clone()));
        people.salesforce_users = self.users_of(salesforce).await?;
        people.target_users = self.users_of(target).await?;
        people.read_at = self.now();
        Ok(people)
    }

    async fn users_of(&self, id: &ConnectionId) -> Result<Vec<User>, ActError> {
        let book = self.book();
        let refused = || {
            let why = "it cannot be used now".into();
            StoreError::Refused { what: "connection", id: id.to_string(), why }
        };
        let row = book.usable(id, self.now()).ok_or_else(refused)?;
        let remote = self.keeper.remote(row)?;
        let _leave = self.keeper.leave(id).await;
        Ok(super::recipes::patiently(|| remote.users()).await?)
    }

    /// Stores who is who. Records whose owner is told otherwise now are read again by the recipes that carry owners.
    async fn put_people(&self, people: People) -> Result<(), ActError> {
        let concerned = |recipe: &Recipe| {
            tells_owners(recipe) && recipe.salesforce == people.salesforce && recipe.target == people.target
        };
        let book = self.book();
        let before =
            book.rules.iter().filter(|rule| concerned(&rule.recipe)).map(|rule| rule.crossing.clone());
        let before: Vec<_> = before.collect();
        let recipes: Vec<RecipeId> =
            book.rules.iter().filter(|rule| concerned(&rule.recipe)).map(|rule| rule.recipe.id).collect();
        self.commit(Step::PutPeople(Box::new(people))).await?;
        let book = self.book();
        let after = book.rules.iter().filter(|rule| recipes.contains(&rule.recipe.id));
        let changed = after.zip(&before).any(|(rule, before)| rule.crossing != *before);
        if changed {
            let now = self.now();
            self.commit(Step::SetRecipes { recipes, to: RecipeChange::Reload, now }).await?;
        }
        Ok(())
    }

    /// Links the users of new recipes that carry owners, where nobody has done so yet.
    pub(super) async fn meet_users(&self, recipes: &[Recipe]) -> Result<(), ActError> {
        let Some(recipe) = recipes.first().filter(|recipe| tells_owners(recipe)) else { return Ok(()) };
        let known = self.store.read()?.people()?;
        if known.iter().any(|row| row.salesforce == recipe.salesforce && row.target == recipe.target) {
            return Ok(());
        }
        let mut people = self.read_users(&recipe.salesforce, &recipe.target).await?;
        people.tie_alike(TiedBy::Email);
        people.tie_alike(TiedBy::Name);
        self.put_people(people).await
    }
}
