//! What a connection may still spend: the operator's budget of 24 hours, and the part of the org's own limit that is
//! left to syncs. A dry quota is a pause with a time at which it ends, never an error of a record.
//!
//! The client itself counts the ration down, so that not one call goes beyond it; here it is worked out anew from the
//! stored counts after every charge.

use super::Shared;
use crate::domain::connection::{Connection, ConnectionState, Usage};
use crate::domain::id::ConnectionId;
use crate::domain::time::{HOUR, MINUTE, Stamp};
use crate::ports::{StoreError, View};

/// Of the org's limit so much in a hundred is for syncs; the rest is kept for people.
const FOR_SYNCS: u64 = 90;

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
        let ration = {
            let view = self.store.read()?;
            smaller(
                budget(connection, now, |hour| spent(view.as_ref(), id, hour))?,
                reserve(&remote.usage(), now),
            )
        };
        remote.ration(ration.left, ration.more_at);
        let waits =
            connection.state == ConnectionState::Exhausted && connection.reason.as_deref() == Some(REASON);
        if waits && ration.left != Some(0) {
            self.put_state(id, ConnectionState::Valid, None, None, None).await?;
        }
        Ok(())
    }
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
fn reserve(usage: &Usage, now: Stamp) -> Ration {
    let (Some(used), Some(limit), Some(at)) = (usage.used, usage.limit, usage.at) else {
        return Ration { left: None, more_at: now };
    };
    let left = (limit.saturating_mul(FOR_SYNCS) / 100).saturating_sub(used);
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
        assert_eq!(reserve(&usage(850, 0), NOW).left, Some(50));
        let dry = reserve(&usage(900, MINUTE), NOW);
        assert_eq!((dry.left, dry.more_at), (Some(0), NOW.plus(14 * MINUTE)));
        assert_eq!(reserve(&usage(990, 15 * MINUTE), NOW).left, Some(1), "one call asks how it is now");
        assert_eq!(reserve(&Usage::default(), NOW).left, None);
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
        use crate::domain::connection::{Access, More};
        Connection {
            id: "c".into(),
            account: "default".into(),
            access: Access::Monday { url: "".into(), version: "".into(), doubt_ms: 0, phone_country: None },
            state: ConnectionState::Valid,
            reason: None,
            detail: None,
            since: NOW,
            until: None,
            identity: None,
            last_ok_at: None,
            protected: false,
            api_budget: None,
            usage: Usage::default(),
            created_at: NOW,
            created_by: "me".into(),
            more: More::default(),
        }
    }
}
