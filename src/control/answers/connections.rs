//! Connections as rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answers, asked};
use crate::control::limits::{ApiRow, LimitsDoc, UseRow};
use crate::control::protocol::Refusal;
use crate::control::rows::{AuthorisationRow, AuthorisingRow, ConnectionRow, FindingRow, HealthRow};
use crate::domain::connection::{Access, Connection, ConnectionState, probable_cause};
use crate::domain::doctor::{Finding, Verdict};
use crate::domain::errand::{Errand, Purpose};
use crate::domain::id::{AccountId, ConnectionId, ContainerId};
use crate::domain::recipe::Recipe;
use crate::domain::time::{DAY, HOUR, Stamp};
use crate::domain::unused::UNUSED_DAYS;
use crate::engine::acts::ActError;
use crate::engine::desk::{Case, Mismatch, Step};
use crate::engine::hear::Ear;
use crate::ports::errand::CallsFor;
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
        let calls = Spent::of(view.as_ref(), self.now())?;
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
            let mut shown = connection_row(
                &row,
                u32::try_from(users.len()).unwrap_or(u32::MAX),
                parked.get(&row.id).copied().unwrap_or(0),
                queued,
                api,
                words,
                self.now(),
            );
            if let Some(engine) = self.engine() {
                hearing(&row, &engine.ears(&row.id), words, &mut shown.health);
            }
            shown
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
        let other_org = match case.refusal.as_deref() {
            Some(ActError::OtherOrg { name, .. }) => Some(Arc::clone(name)),
            _ => None,
        };
        let (code, message) = refusal.map(|refusal| (refusal.code, refusal.message)).unzip();
        Ok(AuthorisingRow {
            step: if late { Step::Refused } else { case.step }.name().to_owned(),
            opened_from: case.opened_from.clone(),
            message: message.or(other_user),
            code,
            other_org,
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
                api: self.api_in_full(view.as_ref(), &row.id)?,
                account: row.id,
            });
        }
        Ok(limits)
    }

    /// The same as [`Self::api`], with who used the calls up and the org's other limits.
    fn api_in_full(&self, view: &dyn View, account: &AccountId) -> Result<Vec<ApiRow>, StoreError> {
        let now = self.now();
        let midnight = Stamp(now.0.div_euclid(DAY).saturating_mul(DAY)).hour();
        let calls = view.calls_for(midnight.saturating_sub(24))?;
        let (recipes, connections) = (view.recipes()?, view.connections()?);
        let mut rows = self.api(view, account)?;
        for row in &mut rows {
            let own: Vec<&CallsFor> = calls.iter().filter(|one| one.connection == row.connection).collect();
            row.by = uses(&own, a_day_ago(now), &recipes);
            row.by_hour = (midnight..=now.hour()).map(|hour| of_hour(&own, hour)).collect();
            row.yesterday = own.iter().filter(|one| one.hour < midnight).map(|one| one.count).sum();
            let connection = connections.iter().find(|known| known.id == row.connection);
            let told = connection.and_then(|connection| connection.more.limits.clone());
            (row.org_limits_at, row.org_limits) =
                told.map_or((None, Vec::new()), |(at, limits)| (Some(at), limits));
        }
        Ok(rows)
    }

    pub(super) fn api(&self, view: &dyn View, account: &AccountId) -> Result<Vec<ApiRow>, StoreError> {
        let calls = Spent::of(view, self.now())?;
        Ok(view
            .connections()?
            .iter()
            .filter(|row| row.account == *account)
            .map(|row| api_row(row, &calls))
            .collect())
    }
}

/// The days in which revocations are counted.
const RECENT: i64 = 30 * DAY;

/// So many revocations are a pattern.
const OFTEN: usize = 3;

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

/// Returns what was found, for a person.
pub(super) fn finding_row(id: &ConnectionId, finding: &Finding, words: &Words) -> FindingRow {
    let pairs = [("about", (&*finding.about).into()), ("detail", (&*finding.detail).into())];
    let outcome =
        if &*finding.check == "package" && finding.verdict == Verdict::Pass && finding.about.is_empty() {
            "none"
        } else {
            finding.verdict.name()
        };
    // Not every table of packages says where they are installed from.
    let unlinked = &*finding.check == "package" && finding.detail.is_empty();
    let fix = if unlinked { "unlinked" } else { "fix" };
    let fix = words.say_with(&format!("doctor-{}-{fix}", finding.check), &pairs);
    let well = finding.verdict == Verdict::Pass;
    FindingRow {
        connection: id.clone(),
        check: Arc::clone(&finding.check),
        about: Arc::clone(&finding.about),
        state: finding.verdict,
        message: words.say_with(&format!("doctor-{}-{outcome}", finding.check), &pairs),
        fix: (!well).then_some(fix),
        who: (!well).then(|| finding.who().to_owned()),
    }
}

/// Returns what calls were made for since an hour, what took most first.
fn uses(calls: &[&CallsFor], from_hour: u32, recipes: &[Recipe]) -> Vec<UseRow> {
    let mut sums: BTreeMap<Errand, u64> = BTreeMap::new();
    for one in calls.iter().filter(|one| one.hour >= from_hour) {
        *sums.entry(one.errand).or_default() += one.count;
    }
    let name = |id| recipes.iter().find(|recipe| recipe.id == id).map(|recipe| Arc::clone(&recipe.name));
    let mut rows: Vec<UseRow> = sums
        .into_iter()
        .map(|(errand, calls)| UseRow {
            purpose: errand.purpose,
            name: errand.recipe.and_then(name),
            recipe: errand.recipe,
            calls,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.calls));
    rows
}

/// Returns the calls of an hour, and those of them that tried something again.
fn of_hour(calls: &[&CallsFor], hour: u32) -> (u64, u64) {
    let of = calls.iter().filter(|one| one.hour == hour);
    of.fold((0, 0), |(all, again), one| {
        let retry = one.errand.purpose == Purpose::Retry;
        (all + one.count, again + if retry { one.count } else { 0 })
    })
}

/// Returns the first whole hour of the last 24.
fn a_day_ago(now: Stamp) -> u32 {
    now.hour().saturating_sub(23)
}

/// The calls of the last day, and of the last two hours by themselves: the rate at which they are spent.
struct Spent {
    day: BTreeMap<ConnectionId, u64>,
    lately: BTreeMap<ConnectionId, u64>,
    /// Since midnight, UTC.
    today: BTreeMap<ConnectionId, u64>,
    now: Stamp,
}

impl Spent {
    fn of(view: &dyn View, now: Stamp) -> Result<Self, StoreError> {
        let lately = view.calls(now.hour().saturating_sub(1))?;
        let midnight = Stamp(now.0.div_euclid(DAY).saturating_mul(DAY));
        let today = view.calls(midnight.hour())?;
        Ok(Self { day: view.calls(a_day_ago(now))?, lately, today, now })
    }

    /// Returns the calls used and the most there may be, as the org tells; where it does not tell, by its plan, of which
    /// only our own calls are known.
    fn of_org(&self, row: &Connection) -> (Option<u64>, Option<u64>) {
        match row.calls_of_plan() {
            Some(limit) if row.usage.limit.is_none() => {
                (Some(self.today.get(&row.id).copied().unwrap_or(0)), Some(limit))
            }
            _ => (row.usage.used, row.usage.limit),
        }
    }

    /// Returns when the calls run out if they go on being spent as in the last hours, within a day.
    fn dry_at(&self, row: &Connection) -> Option<Stamp> {
        let own = self.day.get(&row.id).copied().unwrap_or(0);
        let of_budget = row.api_budget.map(|budget| budget.saturating_sub(own));
        let (used, limit) = self.of_org(row);
        let of_org = limit.zip(used).map(|(limit, used)| limit.saturating_sub(used));
        let left = of_budget.into_iter().chain(of_org).min()?;
        let lately = i64::try_from(self.lately.get(&row.id).copied().unwrap_or(0)).unwrap_or(i64::MAX);
        // The hour under way and the whole one before it.
        let span = HOUR.saturating_add(self.now.0.rem_euclid(HOUR));
        let ms = i64::try_from(left).unwrap_or(i64::MAX).saturating_mul(span).checked_div(lately)?;
        (ms <= DAY).then(|| self.now.plus(ms))
    }
}

fn api_row(row: &Connection, calls: &Spent) -> ApiRow {
    let (org_used_24h, org_limit_24h) = calls.of_org(row);
    ApiRow {
        dry_at: calls.dry_at(row),
        paused_until: row.until.filter(|_| row.state == ConnectionState::Exhausted),
        connection: row.id.clone(),
        used_24h: calls.day.get(&row.id).copied().unwrap_or(0),
        org_used_24h,
        org_limit_24h,
        budget_24h: row.api_budget,
        retries_to: row.more.shares.retries,
        syncs_to: row.more.shares.syncs,
        by: Vec::new(),
        by_hour: Vec::new(),
        yesterday: 0,
        org_limits: Vec::new(),
        org_limits_at: None,
    }
}

fn connection_row(
    row: &Connection,
    recipes: u32,
    parked: u64,
    queued: u64,
    api: ApiRow,
    words: &Words,
    now: Stamp,
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
        by_browser: row.by_browser(),
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
        health: health(row, words, now),
    }
}

/// What happened probably, how often it did, and what helps against that.
fn health(row: &Connection, words: &Words, now: Stamp) -> HealthRow {
    let times = row.more.revoked_within(now, RECENT);
    let cause = row.reason.as_deref().filter(|_| row.state.needs_person()).and_then(|code| {
        let cause = probable_cause(code, row.detail.as_deref().unwrap_or_default())?;
        Some(words.say(&format!("cause-{cause}")))
    });
    let first = row.more.revoked.iter().find(|at| now.since(**at) <= RECENT);
    let advice = first.filter(|_| times >= OFTEN).map(|first| {
        let days = now.since(*first).div_euclid(DAY).saturating_add(1);
        let pairs = [("times", times.into()), ("days", u64::try_from(days).unwrap_or(1).into())];
        words.say_with("advice-revoked-often", &pairs)
    });
    let package = row.more.package.clone();
    let revoked_30d = u32::try_from(times).unwrap_or(u32::MAX);
    let told = row.more.told.clone();
    let lacking = row.scopes_lacking().join(", ");
    let scopes_lacking = (!lacking.is_empty())
        .then(|| words.say_with("scopes-lacking", &[("scopes", lacking.as_str().into())]));
    HealthRow {
        cause,
        advice,
        revoked_30d,
        package,
        slug: told.slug,
        api_answers: told.version,
        api_state: told.version_state,
        scopes: row.more.scopes.clone(),
        scopes_lacking,
        ..HealthRow::default()
    }
}

/// How changes are found, and why not otherwise.
fn hearing(row: &Connection, ears: &[(ContainerId, Ear)], words: &Words, health: &mut HealthRow) {
    let one = |(object, ear): &(ContainerId, Ear)| {
        let (key, code) = match ear {
            Ear::Listening | Ear::Sure => return None,
            Ear::Off => return Some(words.say("hearing-off")),
            Ear::Starting => ("hearing-starting", ""),
            Ear::Idle => ("hearing-idle", ""),
            Ear::Refused(code, _) => ("hearing-refused", &**code),
            Ear::Lost(code, _) => ("hearing-lost", &**code),
        };
        Some(words.say_with(key, &[("object", object.as_str().into()), ("code", code.into())]))
    };
    let mut reasons: Vec<String> = ears.iter().filter_map(one).collect();
    reasons.dedup();
    if ears.is_empty() {
        let key = if row.more.options.events { "hearing-none" } else { "hearing-off" };
        reasons.push(words.say(key));
    }
    health.hearing = Some(if reasons.is_empty() { "events" } else { "polling" }.into());
    health.hearing_reason = (!reasons.is_empty()).then(|| reasons.join(" "));
}
