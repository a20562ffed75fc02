//! Errors and causes as rows, and one error with the fields of both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Answers, activity_row, asked, audit_row, explanation, fix, title};
use crate::control::causes::{CauseDetail, Earlier, GroupRow, NoticeRow};
use crate::control::rows::{ActivityRow, DiffRow, ErrorDetail, ErrorRow};
use crate::domain::connection::Connection;
use crate::domain::id::{AccountId, ContainerId, ErrorId, GroupId, ObjectName, Side};
use crate::domain::ledger::{ErrorRecord, ErrorState, Outcome};
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::{AuditEntry, ErrorsAsk, Group, LedgerAsk, StoreError, View};
use crate::words::Words;

/// How much of a record's history its error shows.
const HISTORY: usize = 50;

impl Answers {
    pub(super) fn groups(
        &self,
        account: Option<&AccountId>,
        words: &Words,
    ) -> Result<Vec<GroupRow>, StoreError> {
        let view = self.store.read()?;
        let (queued, now) = (queued(view.as_ref())?, self.now());
        let mut groups = view.groups()?;
        groups.retain(|group| asked(account, &group.cause.account));
        groups.sort_by_key(|group| (group.cause.class.rank(), std::cmp::Reverse(group.open), group.first_at));
        Ok(groups.iter().map(|group| group_row(group, &queued, now, words)).collect())
    }

    pub(super) fn errors(&self, ask: &ErrorsAsk, words: &Words) -> Result<Vec<ErrorRow>, StoreError> {
        let errors = self.store.read()?.errors(ask)?;
        Ok(errors.into_iter().map(|error| error_row(error, words)).collect())
    }

    pub(super) fn error(&self, id: ErrorId, words: &Words) -> Result<ErrorDetail, StoreError> {
        let view = self.store.read()?;
        let missing = || StoreError::Missing { what: "error", id: id.to_string() };
        let error = view.error(id)?.ok_or_else(missing)?;
        let ask = LedgerAsk { link: Some(error.link), limit: HISTORY, ..LedgerAsk::default() };
        let history: Vec<ActivityRow> =
            view.ledger(&ask)?.entries.into_iter().map(|(seq, entry)| activity_row(seq, entry)).collect();
        let agreed_at = history.iter().find(|row| row.result == Outcome::Ok).map(|row| row.at);
        let diff = diff(view.as_ref(), &error)?;
        let link = view.link(error.link)?;
        let there_at = link.map(|link| link.side(error.direction.target()).at).filter(|at| *at > Stamp::ZERO);
        let sent = error.sent.iter().map(|(field, value)| (field.clone(), value.to_string())).collect();
        Ok(ErrorDetail { diff, agreed_at, there_at, sent, history, row: error_row(error, words) })
    }
}

/// For so many hours a cause says when its errors failed first.
const HOURS: u32 = 10;

/// How long before a cause began what people did may have to do with it.
const JUST_BEFORE: i64 = 10 * MINUTE;
/// How long after its beginning what follows from it is still noticed.
const JUST_AFTER: i64 = MINUTE;
/// So much of it is shown.
const CLUES: usize = 3;
/// How many lines of the audit log, and how many errors of all causes, are looked through.
const LINES: usize = 1_000;
const ERRORS: usize = 5_000;
/// Errors that were over within so long of each other ended together.
const TOGETHER: i64 = 15 * MINUTE;
/// What ends errors when a person does it.
const MENDING: [&str; 9] = [
    "connection.reconnect",
    "connection.resume",
    "error.retry",
    "error.edit",
    "error.link",
    "error.allow",
    "recipe.set",
    "recipe.apply",
    "recipe.resume",
];

impl Answers {
    /// Returns what was done before a cause began, and how it ended the last time.
    pub(super) fn cause(&self, id: &GroupId) -> Result<CauseDetail, StoreError> {
        let view = self.store.read()?;
        let missing = || StoreError::Missing { what: "cause", id: id.to_string() };
        let group = view.groups()?.into_iter().find(|group| group.id == *id).ok_or_else(missing)?;
        let audit = view.audit(LINES)?;
        let (mut objects, mut foreign) = (BTreeMap::<ObjectName, u64>::new(), BTreeSet::new());
        for recipe in view.recipes()? {
            if let Some(count) = group.recipes.get(&recipe.id) {
                *objects.entry(recipe.object.clone()).or_default() += count;
            }
            if recipe.account != group.cause.account {
                foreign.insert(recipe.id.to_string());
            }
        }
        let connections = view.connections()?.into_iter();
        foreign.extend(
            connections.filter(|row| row.account != group.cause.account).map(|row| row.id.to_string()),
        );
        let mut objects: Vec<(ObjectName, u64)> = objects.into_iter().collect();
        objects.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let since = group.first_at.plus(-JUST_BEFORE);
        let ours = |line: &AuditEntry| !line.on.iter().any(|on| foreign.contains(&**on));
        let just_before = audit
            .iter()
            .filter(|(_, line)| line.at >= since && line.at <= group.first_at && ours(line))
            .take(CLUES)
            .map(|(seq, line)| audit_row(*seq, line.clone()))
            .collect();
        let noticed = self.noticed(&group, since)?;
        // Errors that are over stand in no index: the newest of all causes are looked through.
        let ask = ErrorsAsk { all_states: true, limit: ERRORS, ..ErrorsAsk::default() };
        let mut over = view.errors(&ask)?;
        over.retain(|error| error.group == *id && error.state == ErrorState::Resolved);
        Ok(CauseDetail { just_before, noticed, earlier: earlier(&group, &over, &audit), objects })
    }
}

impl Answers {
    /// Returns what changed its state from a moment on until just after a cause began: the connections of its account,
    /// and its recipes together.
    fn noticed(&self, group: &Group, since: Stamp) -> Result<Vec<NoticeRow>, StoreError> {
        let until = group.first_at.plus(JUST_AFTER).min(self.now());
        let (before, after) = (self.store.read_at(since)?, self.store.read_at(until)?);
        if !before.recorded()?.is_some_and(|known| known.states) {
            return Ok(Vec::new());
        }
        let ours = |row: &Connection| row.account == group.cause.account;
        let (old, new) = (before.connections()?, after.connections()?);
        let mut noticed = Vec::new();
        for row in new.into_iter().filter(ours) {
            let was = old.iter().find(|known| known.id == row.id).map(|known| known.state);
            if was != Some(row.state) {
                noticed.push(NoticeRow {
                    at: row.since,
                    on: vec![row.id.to_string().into()],
                    from: was.map(|state| state.name().into()),
                    to: row.state.name().into(),
                    reason: row.reason,
                });
            }
        }
        let mut recipes: BTreeMap<(&str, &str, Option<Arc<str>>), (Stamp, Vec<Arc<str>>)> = BTreeMap::new();
        let old = before.recipes()?;
        for row in after.recipes()?.into_iter().filter(|row| row.account == group.cause.account) {
            let Some(was) = old.iter().find(|known| known.id == row.id) else { continue };
            if was.state != row.state {
                let key = (was.state.name(), row.state.name(), row.reason.clone());
                let (at, on) = recipes.entry(key).or_insert((row.since, Vec::new()));
                *at = row.since.max(*at);
                on.push(row.id.to_string().into());
            }
        }
        noticed.extend(recipes.into_iter().map(|((from, to, reason), (at, on))| NoticeRow {
            at,
            on,
            from: Some(from.into()),
            to: to.into(),
            reason,
        }));
        noticed.sort_by_key(|row| std::cmp::Reverse(row.at));
        Ok(noticed)
    }
}

/// Returns how the errors of a cause ended that were over before the present ones began.
fn earlier(group: &Group, over: &[ErrorRecord], audit: &[(u64, AuditEntry)]) -> Option<Earlier> {
    let before = || over.iter().filter(|error| error.last_at <= group.first_at);
    let over_at = before().map(|error| error.last_at).max()?;
    let together: Vec<&ErrorRecord> =
        before().filter(|error| over_at.since(error.last_at) <= TOGETHER).collect();
    let began_at = together.iter().map(|error| error.first_at).min()?;
    // What was done to something else at the same time ended nothing here.
    let mut concerned: BTreeSet<String> = BTreeSet::from(["all".into(), group.id.to_string()]);
    for error in together {
        concerned.extend([error.id.to_string(), error.recipe.to_string(), error.connection.to_string()]);
    }
    let mended = audit.iter().find(|(_, line)| {
        line.at >= began_at
            && line.at <= over_at
            && MENDING.contains(&line.action.as_ref())
            && line.on.iter().any(|on| concerned.contains(&**on))
    });
    let mended = mended.map(|(seq, line)| audit_row(*seq, line.clone()));
    Some(Earlier { began_at, over_at, mended })
}

/// Returns how many changes wait behind each connection that needs a person.
fn queued(view: &dyn View) -> Result<BTreeMap<crate::domain::id::ConnectionId, u64>, StoreError> {
    let pending = view.pending_counts()?;
    let mut queued = BTreeMap::new();
    let mut counted = Vec::new();
    for recipe in view.recipes()? {
        if counted.contains(&recipe.set) || !recipe.counts() {
            continue;
        }
        counted.push(recipe.set);
        for connection in [&recipe.salesforce, &recipe.target] {
            *queued.entry(connection.clone()).or_default() += pending.get(&recipe.set).copied().unwrap_or(0);
        }
    }
    Ok(queued)
}

fn group_row(
    group: &Group,
    queued: &BTreeMap<crate::domain::id::ConnectionId, u64>,
    now: Stamp,
    words: &Words,
) -> GroupRow {
    let cause = &group.cause;
    let (class, code) = (cause.class, &*cause.code);
    let state = if group.open > 0 {
        ErrorState::Open
    } else if group.retrying > 0 {
        ErrorState::Retrying
    } else if group.snoozed > 0 {
        ErrorState::Snoozed
    } else {
        ErrorState::Ignored
    };
    let count = match state {
        ErrorState::Open => group.open + group.retrying,
        ErrorState::Retrying => group.retrying,
        ErrorState::Snoozed => group.snoozed,
        ErrorState::Ignored | ErrorState::Resolved => group.ignored,
    };
    let wide = cause.object.is_none();
    GroupRow {
        id: group.id.clone(),
        code: Arc::clone(&cause.code),
        title: title(words, class, code),
        explanation: explanation(words, class, code),
        fix: fix(words, class, code),
        connection: cause.connection.clone(),
        object: cause.object.clone(),
        field: cause.fields.first().cloned(),
        count,
        recipes: group.recipes.keys().copied().collect(),
        first_at: group.first_at,
        last_at: group.last_at,
        class,
        account: cause.account.clone(),
        direction: cause.direction,
        operation: cause.operation,
        fields: cause.fields.clone(),
        remedy: class.remedy().into(),
        who: class.who().into(),
        state,
        snoozed_until: group.snooze.as_ref().and_then(|snooze| snooze.until),
        retriable: class.retriable(),
        message: Arc::clone(&group.sample),
        queued: if wide { queued.get(&cause.connection).copied().unwrap_or(0) } else { 0 },
        by_hour: (now.hour().saturating_sub(HOURS - 1)..=now.hour())
            .map(|hour| group.hours.get(&hour).copied().unwrap_or(0))
            .collect(),
        tries: (
            group.tries.keys().next().copied().unwrap_or(0),
            group.tries.keys().next_back().copied().unwrap_or(0),
        ),
    }
}

fn error_row(error: ErrorRecord, words: &Words) -> ErrorRow {
    let (class, code) = (error.failure.class, &*error.failure.code);
    ErrorRow {
        explanation: explanation(words, class, code),
        fix: fix(words, class, code),
        id: error.id,
        group: error.group,
        recipe: error.recipe,
        connection: error.connection,
        object: error.object,
        direction: error.direction,
        operation: error.operation,
        salesforce_id: error.salesforce_id,
        target_id: error.target_id,
        record_name: error.record_name,
        class,
        code: error.failure.code,
        message: error.failure.message,
        fields: error.failure.fields,
        attempts: error.attempts,
        first_at: error.first_at,
        last_at: error.last_at,
        next_retry_at: error.next_retry_at,
        state: error.state,
    }
}

fn diff(view: &dyn View, error: &ErrorRecord) -> Result<Vec<DiffRow>, StoreError> {
    let Some(link) = view.link(error.link)? else { return Ok(Vec::new()) };
    let Some(recipe) = view.recipes()?.into_iter().find(|recipe| recipe.id == error.recipe) else {
        return Ok(Vec::new());
    };
    let text = |values: &[crate::domain::value::Value], at: usize| {
        values.get(at).map(ToString::to_string).unwrap_or_default()
    };
    let side = error.direction.target();
    let (connection, container) = match side {
        Side::Salesforce => (&recipe.salesforce, ContainerId::from(recipe.object.as_str())),
        Side::Other => (&recipe.target, recipe.container.id.clone()),
    };
    let schema = view.schema(connection, &container)?;
    Ok(recipe
        .mapping
        .fields
        .iter()
        .enumerate()
        .map(|(at, map)| {
            let (salesforce, target) = (text(&link.salesforce.values, at), text(&link.other.values, at));
            let written = schema.as_ref().and_then(|schema| schema.field(map.name(side).as_str()));
            DiffRow {
                kind: written.map(|field| Arc::clone(&field.native)),
                max_length: written.and_then(|field| field.max_length),
                salesforce_field: map.salesforce.clone(),
                target_field: map.target.clone(),
                base: link.base.as_ref().map(|base| text(base, at)),
                blocks: error
                    .failure
                    .fields
                    .iter()
                    .any(|field| *field == map.salesforce || *field == map.target),
                differs: salesforce != target,
                salesforce,
                target,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::{Cause, Class, Failure, Kind};
    use crate::domain::id::{LinkId, RecipeId};
    use crate::domain::ledger::Action;
    use crate::domain::recipe::Direction;

    fn minute(at: i64) -> Stamp {
        Stamp(at * MINUTE)
    }

    fn over(id: u64, first: i64, last: i64) -> ErrorRecord {
        let cause = cause();
        ErrorRecord {
            id: ErrorId(id),
            group: "g1".into(),
            recipe: RecipeId(7),
            link: LinkId(1),
            connection: "sf".into(),
            object: "Lead".into(),
            direction: Direction::ToSalesforce,
            operation: Action::Updated,
            salesforce_id: None,
            target_id: None,
            record_name: "".into(),
            sent: Vec::new(),
            failure: Failure::new(Kind::Permanent, Class::Valid, "TOO_LONG", ""),
            attempts: 1,
            first_at: minute(first),
            last_at: minute(last),
            next_retry_at: None,
            state: ErrorState::Resolved,
            reason: None,
            cause,
        }
    }

    fn cause() -> Cause {
        Cause {
            account: "default".into(),
            connection: "sf".into(),
            class: Class::Valid,
            object: None,
            direction: None,
            operation: None,
            code: "TOO_LONG".into(),
            fields: Vec::new(),
            message: "".into(),
        }
    }

    fn act(at: i64, action: &str, on: &str) -> (u64, AuditEntry) {
        let entry = AuditEntry {
            at: minute(at),
            who: "mkay".into(),
            from: "".into(),
            action: action.into(),
            on: vec![on.into()],
            reason: None,
        };
        (1, entry)
    }

    #[test]
    fn the_end_of_a_cause_is_put_down_to_what_was_done_about_it() {
        let group = Group {
            id: "g1".into(),
            cause: cause(),
            sample: "".into(),
            open: 1,
            retrying: 0,
            snoozed: 0,
            ignored: 0,
            snooze: None,
            recipes: BTreeMap::new(),
            hours: BTreeMap::new(),
            tries: BTreeMap::new(),
            first_at: minute(1_000),
            last_at: minute(1_000),
        };
        let errors = [over(1, 100, 110), over(2, 101, 111), over(3, 5, 9), over(4, 990, 1_010)];
        let told = |audit: &[(u64, AuditEntry)]| earlier(&group, &errors, audit).unwrap();
        let found = told(&[act(110, "connection.reconnect", "other"), act(109, "recipe.delete", "r7")]);
        assert_eq!(
            (found.began_at, found.over_at),
            (minute(100), minute(111)),
            "the last time, and not this one"
        );
        assert_eq!(found.mended, None, "neither was about it");
        for on in ["g1", "sf", "r7", "all"] {
            assert!(told(&[act(109, "error.retry", on)]).mended.is_some(), "{on}");
        }
        assert_eq!(told(&[act(99, "error.retry", "g1")]).mended, None, "before it began");
        assert_eq!(earlier(&group, &[], &[]), None);
    }
}
