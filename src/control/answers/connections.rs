//! Connections as rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answers, asked};
use crate::control::protocol::Refusal;
use crate::control::rows::{ApiRow, AuthorisationRow, AuthorisingRow, ConnectionRow, LimitsDoc};
use crate::domain::connection::{Access, Connection};
use crate::domain::id::{AccountId, ConnectionId};
use crate::domain::recipe::UNUSED_DAYS;
use crate::domain::time::Stamp;
use crate::engine::acts::ActError;
use crate::engine::desk::{Case, Mismatch, Step};
use crate::ports::{StoreError, View};
use crate::words::Words;

impl Answers {
    pub(super) fn connections(
        &self,
        account: Option<&AccountId>,
        words: &Words,
    ) -> Result<Vec<ConnectionRow>, StoreError> {
        let view = self.store.read()?;
        let recipes = view.recipes()?;
        let pending = view.pending_counts()?;
        let calls = view.calls(a_day_ago(self.now()))?;
        let mut parked: BTreeMap<ConnectionId, u64> = BTreeMap::new();
        for group in view.groups()? {
            *parked.entry(group.cause.connection.clone()).or_default() += group.open;
        }
        let rows = view.connections()?.into_iter().filter(|row| asked(account, &row.account)).map(|row| {
            let users: Vec<_> =
                recipes.iter().filter(|recipe| recipe.counts() && recipe.uses(&row.id)).collect();
            let mut sets: Vec<_> = users.iter().map(|recipe| recipe.set).collect();
            sets.sort_unstable();
            sets.dedup();
            let queued = sets.iter().map(|set| pending.get(set).copied().unwrap_or(0)).sum();
            let api = api_row(&row, &calls);
            connection_row(
                &row,
                u32::try_from(users.len()).unwrap_or(u32::MAX),
                parked.get(&row.id).copied().unwrap_or(0),
                queued,
                api,
                words,
            )
        });
        Ok(rows.collect())
    }

    /// Returns how far an authorisation has come.
    pub(super) fn authorising_row(
        &self,
        id: &ConnectionId,
        case: &Case,
        now: Stamp,
        words: &Words,
    ) -> Result<AuthorisingRow, StoreError> {
        let row = self.connections(None, words)?.into_iter().find(|row| row.id == *id);
        let late = matches!(case.step, Step::Waiting | Step::Opened) && case.expires_at <= now;
        let refusal = match &case.refusal {
            Some(error) => Some(Refusal::of_act(error, words)),
            None if late => Some(Refusal::of_act(&ActError::Unasked(Mismatch::Expired), words)),
            None => None,
        };
        let (user, before) = case.users.clone().unzip();
        let other_user = before.flatten().map(|before| {
            let user: &str = user.as_deref().unwrap_or_default();
            words.say_with("authorised-other-user", &[("user", user.into()), ("before", (&*before).into())])
        });
        let (code, message) = refusal.map(|refusal| (refusal.code, refusal.message)).unzip();
        Ok(AuthorisingRow {
            step: if late { Step::Refused } else { case.step }.name().to_owned(),
            opened_from: case.opened_from.clone(),
            message: message.or(other_user),
            code,
            user,
            parked: row.as_ref().map_or(0, |row| row.parked),
            waiting: row.as_ref().map_or(0, |row| row.queued),
            expires_at: case.expires_at,
        })
    }

    pub(super) fn limits(&self, account: Option<&AccountId>) -> Result<Vec<LimitsDoc>, StoreError> {
        let view = self.store.read()?;
        let mut limits = Vec::new();
        for row in Self::known_accounts(view.as_ref(), account)? {
            let unused = self
                .recipes(Some(&row.id), false, UNUSED_DAYS)?
                .iter()
                .filter(|row| !row.unused.is_empty())
                .count();
            limits.push(LimitsDoc {
                recipes: super::status::recipe_counts(&view.recipes()?, &row),
                unused: u32::try_from(unused).unwrap_or(u32::MAX),
                api: self.api(view.as_ref(), &row.id)?,
                account: row.id,
            });
        }
        Ok(limits)
    }

    pub(super) fn api(&self, view: &dyn View, account: &AccountId) -> Result<Vec<ApiRow>, StoreError> {
        let calls = view.calls(a_day_ago(self.now()))?;
        Ok(view
            .connections()?
            .iter()
            .filter(|row| row.account == *account)
            .map(|row| api_row(row, &calls))
            .collect())
    }
}

/// Returns what a person is sent out with.
pub(super) fn authorisation_row(case: &Case) -> AuthorisationRow {
    AuthorisationRow {
        url: case.consent.url.clone(),
        short_url: case.short_url.clone(),
        state: case.consent.state.clone(),
        state_tag: case.consent.state.chars().take(6).collect(),
        expires_at: case.expires_at,
        callback: case.callback.clone(),
    }
}

/// Returns the first whole hour of the last 24.
fn a_day_ago(now: Stamp) -> u32 {
    now.hour().saturating_sub(23)
}

fn api_row(row: &Connection, calls: &BTreeMap<ConnectionId, u64>) -> ApiRow {
    ApiRow {
        connection: row.id.clone(),
        used_24h: calls.get(&row.id).copied().unwrap_or(0),
        org_used_24h: row.usage.used,
        org_limit_24h: row.usage.limit,
        budget_24h: row.api_budget,
    }
}

fn connection_row(
    row: &Connection,
    recipes: u32,
    parked: u64,
    queued: u64,
    api: ApiRow,
    words: &Words,
) -> ConnectionRow {
    let (url, api_version, sandbox) = match &row.access {
        Access::Salesforce { login_url, version, sandbox, .. } => (login_url, version, *sandbox),
        Access::Monday { url, version, .. } => (url, version, false),
    };
    let explanation = row.reason.as_ref().map(|reason| {
        let key = format!("connection-{}", row.state.name());
        words.say_with(&key, &[("code", (&**reason).into())])
    });
    let identity = row.identity.as_ref();
    ConnectionRow {
        id: row.id.clone(),
        system: row.system(),
        account: row.account.clone(),
        state: row.state,
        reason: row.reason.clone(),
        explanation,
        detail: row.detail.clone(),
        since: row.since,
        until: row.until,
        url: Arc::clone(url),
        sandbox,
        api_version: Arc::clone(api_version),
        org_id: identity.map(|identity| Arc::clone(&identity.org_id)),
        org_name: identity.map(|identity| Arc::clone(&identity.org_name)),
        user: identity.map(|identity| Arc::clone(&identity.user_name)),
        edition: identity.and_then(|identity| identity.edition.clone()),
        last_ok_at: row.last_ok_at,
        protected: row.protected,
        recipes,
        parked,
        queued,
        api,
    }
}
