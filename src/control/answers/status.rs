//! The `status` document, counts per object, and alerts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::objects::totals;
use super::{Answers, asked};
use crate::control::rows::{AlertRow, EngineRow, ErrorCounts, RecipeCounts, Status, StatusConnection};
use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::failure::Class;
use crate::domain::id::{AccountId, ConnectionId, Side};
use crate::domain::recipe::{Lacking, Recipe, RecipeState};
use crate::domain::time::Stamp;
use crate::ports::{Account, Brake, Group, StoreError, View};
use crate::words::Words;

impl Answers {
    /// Returns the accounts asked for; the default one exists also before its first use.
    pub(super) fn known_accounts(
        view: &dyn View,
        account: Option<&AccountId>,
    ) -> Result<Vec<Account>, StoreError> {
        let mut accounts = view.accounts()?;
        if accounts.is_empty() {
            let id = AccountId::from("default");
            accounts.push(Account { id, recipe_limit: crate::domain::recipe::DEFAULT_LIMIT, refused: None });
        }
        if let Some(wanted) = account
            && !accounts.iter().any(|row| row.id == *wanted)
        {
            return Err(StoreError::Missing { what: "account", id: wanted.to_string() });
        }
        accounts.retain(|row| asked(account, &row.id));
        Ok(accounts)
    }

    pub(super) fn statuses(
        &self,
        account: Option<&AccountId>,
        words: &Words,
    ) -> Result<Vec<Status>, StoreError> {
        let view = self.store.read()?;
        Self::known_accounts(view.as_ref(), account)?
            .iter()
            .map(|row| self.status(view.as_ref(), row, words))
            .collect()
    }

    fn status(&self, view: &dyn View, account: &Account, words: &Words) -> Result<Status, StoreError> {
        let mut recipes = view.recipes()?;
        recipes.retain(|recipe| recipe.account == account.id);
        let mut connections = view.connections()?;
        connections.retain(|row| row.account == account.id);
        let mut groups = view.groups()?;
        groups.retain(|group| group.cause.account == account.id);
        let pending = view.pending_counts()?;
        let mut sets: Vec<_> =
            recipes.iter().filter(|recipe| recipe.counts()).map(|recipe| recipe.set).collect();
        sets.sort_unstable();
        sets.dedup();
        let backlog: u64 = sets.iter().map(|set| pending.get(set).copied().unwrap_or(0)).sum();
        let errors = ErrorCounts {
            open: groups.iter().map(|group| group.open).sum(),
            retrying: groups.iter().map(|group| group.retrying).sum(),
            groups: u64::try_from(groups.iter().filter(|group| group.open + group.retrying > 0).count())
                .unwrap_or(0),
        };
        let counts = recipe_counts(&recipes, account);
        let mut loaded = true;
        for recipe in recipes.iter().filter(|recipe| recipe.state == RecipeState::Active) {
            let activity = view.activity(recipe.id)?;
            loaded &= activity.loaded_at.is_some() && activity.last_run_at.is_some();
        }
        let in_step = loaded && counts.suspended == 0 && backlog == 0 && errors.retrying == 0;
        Ok(Status {
            engine: self.engine_row(),
            account: account.id.to_string(),
            recipes: counts,
            alerts: self
                .alerts(account, &connections, &groups, &counts, &pending_behind(&recipes, &pending), words)
                .into_iter()
                .chain(brake_alerts(&view.brakes()?, &recipes, words))
                .chain(gone_alerts(&recipes, words))
                .collect(),
            connections: connections.iter().map(status_connection).collect(),
            api: self.api(view, &account.id)?,
            objects: totals(&view.totals()?, &recipes),
            errors,
            conflicts_held: view.held_count()?,
            in_step,
            backlog,
            tz: words.zone().name().to_owned(),
        })
    }

    fn engine_row(&self) -> EngineRow {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        match self.engine() {
            Some(engine) => EngineRow {
                state: "running".into(),
                pid: Some(std::process::id()),
                version,
                started_at: Some(engine.started_at()),
            },
            None if self.is_coming() => EngineRow {
                state: "starting".into(),
                pid: Some(std::process::id()),
                version,
                started_at: None,
            },
            None => EngineRow { state: "stopped".into(), pid: None, version, started_at: None },
        }
    }

    /// Returns what blocks without being an error of a record.
    fn alerts(
        &self,
        account: &Account,
        connections: &[Connection],
        groups: &[Group],
        counts: &RecipeCounts,
        behind: &BTreeMap<ConnectionId, u64>,
        words: &Words,
    ) -> Vec<AlertRow> {
        let now = self.now();
        let mut alerts = Vec::new();
        for row in connections {
            let class = match row.state {
                ConnectionState::Revoked => Class::Auth,
                ConnectionState::Blocked => Class::Perm,
                ConnectionState::Exhausted => Class::Limit,
                _ => continue,
            };
            // Where errors were parked because of it, their cause says the same.
            if groups
                .iter()
                .any(|group| group.cause.connection == row.id && group.cause.class == class && group.open > 0)
            {
                continue;
            }
            let args = [
                ("connection", row.id.as_str().into()),
                ("code", row.reason.as_deref().unwrap_or("").into()),
            ];
            alerts.push(AlertRow {
                class,
                count: behind.get(&row.id).copied().unwrap_or(0),
                since: row.since,
                connection: Some(row.id.clone()),
                title: words.say_with(&format!("alert-{}", class.name()), &args),
                fix: words.say(&format!("class-{}-fix", class.name())),
            });
        }
        let midnight = words.zone().midnight(now.0);
        let today = account.refused.filter(|(at, _)| at.0 >= midnight);
        if counts.used >= counts.limit
            && let Some((at, refused)) = today
        {
            let args = [("used", counts.used.into()), ("limit", counts.limit.into())];
            alerts.push(AlertRow {
                class: Class::Cap,
                count: refused.into(),
                since: at,
                connection: None,
                title: words.say_with("alert-CAP", &args),
                fix: words.say("class-CAP-fix"),
            });
        }
        alerts.sort_by_key(|alert| alert.class.rank());
        alerts
    }
}

/// Returns an alert for every recipe or pair that waits for a person before it deletes more.
fn brake_alerts(brakes: &[Brake], recipes: &[Recipe], words: &Words) -> Vec<AlertRow> {
    let mut alerts = Vec::new();
    for brake in brakes {
        let recipe = recipes.iter().find(|recipe| recipe.set == brake.set && recipe.counts());
        let (Some(recipe), Some(since)) = (recipe, brake.held) else { continue };
        let id = recipe.id.to_string();
        let args =
            [("recipe", id.as_str().into()), ("name", (*recipe.name).into()), ("count", brake.count.into())];
        alerts.push(AlertRow {
            class: Class::Map,
            count: brake.count,
            since,
            connection: None,
            title: words.say_with("alert-BRAKE", &args),
            fix: words.say_with("alert-BRAKE-fix", &args),
        });
    }
    alerts
}

/// Returns one alert for each thing that is gone, however many recipes need it.
fn gone_alerts(recipes: &[Recipe], words: &Words) -> Vec<AlertRow> {
    let mut causes: BTreeMap<_, (Stamp, Vec<String>)> = BTreeMap::new();
    for recipe in recipes.iter().filter(|recipe| recipe.counts()) {
        let Some(gone) = &recipe.gone else { continue };
        let connection = if gone.side == Side::Salesforce { &recipe.salesforce } else { &recipe.target };
        let (since, ids) =
            causes.entry((connection, gone.what, &gone.name)).or_insert((gone.since, Vec::new()));
        *since = gone.since.min(*since);
        ids.push(recipe.id.to_string());
    }
    let alert = |((connection, what, name), (since, ids)): (
        (&ConnectionId, Lacking, &Arc<str>),
        (Stamp, Vec<String>),
    )| {
        let (count, recipes) = (u64::try_from(ids.len()).unwrap_or(u64::MAX), ids.join(", "));
        let args = [
            ("connection", connection.as_str().into()),
            ("name", (**name).into()),
            ("count", count.into()),
            ("recipes", recipes.as_str().into()),
        ];
        let key = format!("alert-GONE-{}", what.code());
        AlertRow {
            class: Class::Map,
            count,
            since,
            connection: Some(connection.clone()),
            title: words.say_with(&key, &args),
            fix: words.say_with(&format!("{key}-fix"), &args),
        }
    };
    causes.into_iter().map(alert).collect()
}

fn status_connection(row: &Connection) -> StatusConnection {
    StatusConnection {
        id: row.id.clone(),
        system: row.system(),
        state: row.state,
        reason: row.reason.clone(),
        since: row.since,
    }
}

fn pending_behind(
    recipes: &[Recipe],
    pending: &BTreeMap<crate::domain::id::LinkSetId, u64>,
) -> BTreeMap<ConnectionId, u64> {
    let mut behind = BTreeMap::new();
    let mut seen = Vec::new();
    for recipe in recipes.iter().filter(|recipe| recipe.counts()) {
        if seen.contains(&recipe.set) {
            continue;
        }
        seen.push(recipe.set);
        for connection in [&recipe.salesforce, &recipe.target] {
            *behind.entry(connection.clone()).or_default() += pending.get(&recipe.set).copied().unwrap_or(0);
        }
    }
    behind
}

pub(super) fn recipe_counts(recipes: &[Recipe], account: &Account) -> RecipeCounts {
    let in_state = |state: RecipeState| {
        let count =
            recipes.iter().filter(|recipe| recipe.account == account.id && recipe.state == state).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let (active, paused, suspended) =
        (in_state(RecipeState::Active), in_state(RecipeState::Paused), in_state(RecipeState::Suspended));
    RecipeCounts { used: active + paused + suspended, limit: account.recipe_limit, active, paused, suspended }
}
