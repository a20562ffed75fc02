//! What a connection may still spend: the operator's budget of 24 hours, and the part of the org's own limit that is
//! left to syncs. A dry quota is a pause with a time at which it ends, never an error of a record.
//!
//! The client itself counts the ration down, so that not one call goes beyond it; here it is worked out anew from the
//! stored counts after every charge.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Shared;
use super::book::Rule;
use crate::domain::connection::{Connection, ConnectionState, Shares, Usage};
use crate::domain::id::{ConnectionId, LinkSetId};
use crate::domain::recipe::RecipeState;
use crate::domain::time::{HOUR, MINUTE, SECOND, Stamp};
use crate::ports::{StoreError, View};

/// How soon what waits for others to have their share is looked at again; that costs no call.
const LOOK_AGAIN: i64 = 10 * SECOND;

/// The last part of what syncs may spend is for recipes that have not had their share yet: one in so many calls.
const LAST: u64 = 10;

/// For how long it is remembered which recipe spent what.
const REMEMBERED: i64 = 24 * HOUR;

/// How old the org's own word of its calls may be before one call asks anew.
const WORD_LASTS: i64 = 15 * MINUTE;

/// What may still be spent, and from when there may be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ration {
    left: Option<u64>,
    more_at: Stamp,
}

impl Shared {
    /// Works out what a connection may still spend and tells its client. One that waited for a budget which has calls
    /// left now goes on.
    pub(super) async fn ration(&self, id: &ConnectionId) -> Result<(), StoreError> {
        let book = self.book();
        let Some(connection) = book.connections.get(id) else { return Ok(()) };
        let Some(remote) = self.keeper.known(id) else { return Ok(()) };
        let now = self.now();
        // This is asked every second: the store is read only where an operator set a budget.
        let ration = smaller(
            budget(connection, now, |hour| spent(self.store.read()?.as_ref(), id, hour))?,
            reserve(&remote.usage(), connection.more.shares, now),
        );
        remote.ration(ration.left, ration.more_at);
        self.spent.ration(id, ration.left);
        let waits =
            connection.state == ConnectionState::Exhausted && connection.reason.as_deref() == Some(REASON);
        if waits && ration.left != Some(0) {
            self.put_state(id, ConnectionState::Valid, None, None, None).await?;
        }
        Ok(())
    }
}

impl Shared {
    /// Returns when to look again, where nothing may be tried again by itself: what failed before would eat what is
    /// left for what is new.
    pub(super) fn retries_wait(&self, id: &ConnectionId) -> Option<Stamp> {
        let (book, now) = (self.book(), self.now());
        let shares = book.connections.get(id)?.more.shares;
        let usage = self.keeper.known(id)?.usage();
        (part(usage.limit?, shares.retries) <= usage.used?).then(|| now.plus(LOOK_AGAIN))
    }

    /// Returns when to look again, where a recipe has had its share of what little is left. Else its calls are noted.
    pub(super) fn has_had_its_share(&self, id: &ConnectionId, set: LinkSetId, calls: u64) -> Option<Stamp> {
        let others = self.book().rules.iter().any(|rule| rule.recipe.set != set && uses(rule, id));
        let now = self.now();
        (!self.spent.spend(id, set, calls, others, now)).then(|| now.plus(LOOK_AGAIN))
    }
}

/// Returns whether a running recipe spends calls of a connection.
fn uses(rule: &Rule, id: &ConnectionId) -> bool {
    let recipe = &rule.recipe;
    recipe.state == RecipeState::Active && (recipe.salesforce == *id || recipe.target == *id)
}

/// Who has spent what, as far as it matters for sharing: what was written, not what was read for all.
#[derive(Default)]
pub(super) struct Spent(Mutex<BTreeMap<ConnectionId, Tally>>);

#[derive(Default)]
struct Tally {
    left: Option<u64>,
    since: Stamp,
    by_set: BTreeMap<LinkSetId, u64>,
}

impl Spent {
    fn ration(&self, id: &ConnectionId, left: Option<u64>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(id.clone()).or_default().left = left;
    }

    /// Notes calls; refused when others come first.
    fn spend(&self, id: &ConnectionId, set: LinkSetId, calls: u64, others: bool, now: Stamp) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tally = all.entry(id.clone()).or_default();
        if !(0..REMEMBERED).contains(&now.since(tally.since)) {
            (tally.since, tally.by_set) = (now, BTreeMap::new());
        }
        if others && tally.is_greedy(set) {
            return false;
        }
        let spent = tally.by_set.entry(set).or_default();
        *spent = spent.saturating_add(calls);
        tally.left = tally.left.map(|left| left.saturating_sub(calls));
        true
    }
}

impl Tally {
    /// Returns whether little is left and a recipe has had more of it than all others together.
    fn is_greedy(&self, set: LinkSetId) -> bool {
        let Some(left) = self.left else { return false };
        let all: u64 = self.by_set.values().sum();
        let own = self.by_set.get(&set).copied().unwrap_or(0);
        left <= left.saturating_add(all) / LAST && own > all / 2
    }
}

/// Returns so much in a hundred of a limit.
fn part(limit: u64, share: u8) -> u64 {
    limit.saturating_mul(u64::from(share)) / 100
}

/// The reason of a connection that waits for its budget.
const REASON: &str = "API_BUDGET";

/// Returns the calls of a connection since an hour.
fn spent(view: &dyn View, id: &ConnectionId, hour: u32) -> Result<u64, StoreError> {
    Ok(view.calls(hour)?.get(id).copied().unwrap_or(0))
}

/// Returns what the operator's budget leaves. Calls are counted by the hour: those of the oldest of 24 hours come back
/// when the next one begins.
fn budget(
    connection: &Connection,
    now: Stamp,
    spent: impl Fn(u32) -> Result<u64, StoreError>,
) -> Result<Ration, StoreError> {
    let Some(budget) = connection.api_budget else { return Ok(Ration { left: None, more_at: now }) };
    let oldest = now.hour().saturating_sub(23);
    let left = budget.saturating_sub(spent(oldest)?);
    let mut more_at = now;
    if left == 0 {
        let frees =
            (1..=24).find(|later| spent(oldest.saturating_add(*later)).is_ok_and(|spent| spent < budget));
        let hour = i64::from(now.hour()).saturating_add(i64::from(frees.unwrap_or(24)));
        more_at = Stamp(hour.saturating_mul(HOUR));
    }
    Ok(Ration { left: Some(left), more_at })
}

/// Returns what the org's own limit leaves to syncs.
fn reserve(usage: &Usage, shares: Shares, now: Stamp) -> Ration {
    let (Some(used), Some(limit), Some(at)) = (usage.used, usage.limit, usage.at) else {
        return Ration { left: None, more_at: now };
    };
    let left = part(limit, shares.syncs).saturating_sub(used);
    let age = now.since(at);
    if left == 0 && !(0..WORD_LASTS).contains(&age) {
        // Others' calls may have left the window meanwhile: one call tells.
        return Ration { left: Some(1), more_at: now };
    }
    Ration { left: Some(left), more_at: at.plus(WORD_LASTS) }
}

fn smaller(a: Ration, b: Ration) -> Ration {
    match (a.left, b.left) {
        (None, _) => b,
        (_, None) => a,
        (Some(left), Some(right)) if left == right => {
            if a.more_at > b.more_at {
                a
            } else {
                b
            }
        }
        (Some(left), Some(right)) => {
            if left < right {
                a
            } else {
                b
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Stamp = Stamp(1_000 * HOUR + 20 * MINUTE);

    fn usage(used: u64, age: i64) -> Usage {
        Usage { used: Some(used), limit: Some(1_000), at: Some(NOW.plus(-age)) }
    }

    #[test]
    fn a_tenth_of_the_orgs_limit_is_kept_for_people() {
        let reserve = |usage: &Usage, now| reserve(usage, Shares::default(), now);
        assert_eq!(reserve(&usage(850, 0), NOW).left, Some(50));
        let dry = reserve(&usage(900, MINUTE), NOW);
        assert_eq!((dry.left, dry.more_at), (Some(0), NOW.plus(14 * MINUTE)));
        assert_eq!(reserve(&usage(990, 15 * MINUTE), NOW).left, Some(1), "one call asks how it is now");
        assert_eq!(reserve(&Usage::default(), NOW).left, None);
    }

    #[test]
    fn what_is_kept_for_people_can_be_changed() {
        let shares = Shares { retries: 85, syncs: 50 };
        assert_eq!(reserve(&usage(450, 0), shares, NOW).left, Some(50));
    }

    #[test]
    fn the_last_calls_are_for_those_who_have_not_had_their_share() {
        let (known, id) = (Spent::default(), ConnectionId::from("c"));
        let (greedy, modest) = (LinkSetId(1), LinkSetId(2));
        let spend = |set, calls, others| known.spend(&id, set, calls, others, NOW);
        assert!(spend(greedy, 1_000, true), "without a limit there is nothing to share");
        known.ration(&id, Some(200));
        assert!(spend(greedy, 100, true), "there is enough for all");
        assert!(!spend(greedy, 1, true), "the rest is for the others");
        assert!(spend(modest, 60, true) && spend(modest, 30, true));
        assert!(spend(greedy, 1, false), "where there are no others nobody waits");
        assert!(known.spend(&id, greedy, 1, true, NOW.plus(REMEMBERED)), "a new day");
    }

    #[test]
    fn a_used_up_budget_comes_back_with_the_hours() {
        let mut connection = connection();
        let by_hour = |from: u32| {
            Ok::<_, StoreError>(if from <= 980 {
                100
            } else if from <= 990 {
                40
            } else {
                0
            })
        };
        let of = |connection: &Connection| budget(connection, NOW, by_hour).unwrap();
        assert_eq!(of(&connection).left, None);
        connection.api_budget = Some(150);
        assert_eq!(of(&connection).left, Some(50));
        connection.api_budget = Some(100);
        // The calls of hour 980 leave the window when it begins with hour 981: 24 hours after.
        assert_eq!(of(&connection), Ration { left: Some(0), more_at: Stamp(1_004 * HOUR) });
        connection.api_budget = Some(30);
        assert_eq!(of(&connection).more_at, Stamp(1_014 * HOUR));
    }

    #[test]
    fn the_tighter_of_both_counts() {
        let ration = |left: Option<u64>, at: i64| Ration { left, more_at: Stamp(at) };
        assert_eq!(smaller(ration(None, 0), ration(Some(5), 1)), ration(Some(5), 1));
        assert_eq!(smaller(ration(Some(0), 9), ration(Some(0), 3)), ration(Some(0), 9));
        assert_eq!(smaller(ration(Some(2), 9), ration(Some(0), 3)), ration(Some(0), 3));
    }

    fn connection() -> Connection {
        use crate::domain::connection::Access;
        Connection {
            state: ConnectionState::Valid,
            ..Connection::new(
                "c",
                "default",
                Access::Monday { url: "".into(), version: "".into(), doubt_ms: 0, phone_country: None },
                NOW,
                "me",
            )
        }
    }
}
