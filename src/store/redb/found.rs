//! Whether rows are those that were asked for. It reads nothing and knows only filters.

use crate::domain::failure::Class;
use crate::domain::filter::Filter;
use crate::domain::id::RemoteId;
use crate::domain::ledger::{Entry, ErrorRecord, Outcome};
use crate::ports::{LedgerAsk, LedgerPage};

fn same(wanted: Option<&String>, text: &str) -> bool {
    wanted.is_none_or(|wanted| text.eq_ignore_ascii_case(wanted))
}

fn matches_failure(filter: &Filter, failure: Option<(Class, &str)>) -> bool {
    let class = failure.map_or("", |(class, _)| class.name());
    let code = failure.map_or("", |(_, code)| code);
    same(filter.class.as_ref(), class)
        && filter.code.as_ref().is_none_or(|wanted| code.eq_ignore_ascii_case(wanted) || class == wanted)
}

fn matches_id(filter: &Filter, ids: [&Option<RemoteId>; 2]) -> bool {
    filter
        .id
        .as_ref()
        .is_none_or(|wanted| ids.into_iter().flatten().any(|id| id.as_str().to_lowercase().contains(wanted)))
}

/// Takes an entry onto the page if it is wanted; returns whether the page is at its end.
pub(super) fn take(page: &mut LedgerPage, ask: &LedgerAsk, seq: u64, entry: Entry) -> bool {
    if ask.filter.since.is_some_and(|since| entry.at < since) {
        return true;
    }
    if !wanted(ask, &entry) {
        return false;
    }
    if page.entries.len() >= ask.limit {
        page.more = Some(seq + 1);
        return true;
    }
    page.entries.push((seq, entry));
    false
}

pub(super) fn wanted(ask: &LedgerAsk, entry: &Entry) -> bool {
    (!ask.failed || entry.outcome != Outcome::Ok)
        && ask.account.as_ref().is_none_or(|account| *account == entry.account)
        && ask.filter.since.is_none_or(|since| entry.at >= since)
        && entry_matches(&ask.filter, entry)
}

/// Returns the classes, as the index of failures knows them, among which everything wanted is found; `None` when that
/// index is of no use.
pub(super) fn classes(ask: &LedgerAsk) -> Option<Vec<u8>> {
    let one = |name: &String| class_of(name).map(|class| vec![class.rank()]);
    let every = || Class::ALL.iter().map(|class| class.rank()).chain([u8::MAX]).collect();
    match (&ask.filter.class, &ask.filter.code) {
        (Some(class), _) => Some(one(class).unwrap_or_default()),
        (None, Some(code)) => Some(one(code).unwrap_or_else(every)),
        (None, None) => ask.failed.then(every),
    }
}

pub(super) fn class_of(name: &str) -> Option<Class> {
    Class::ALL.iter().find(|class| class.name() == name).copied()
}

fn entry_matches(filter: &Filter, entry: &Entry) -> bool {
    matches_failure(filter, entry.failure.as_ref().map(|(class, code)| (*class, code.as_ref())))
        && same(filter.object.as_ref(), entry.object.as_str())
        && filter.direction.is_none_or(|direction| direction == entry.direction)
        && filter.recipe.as_ref().is_none_or(|recipe| recipe.parse() == Ok(entry.recipe))
        && same(filter.by.as_ref(), &entry.by)
        && matches_id(filter, [&entry.salesforce_id, &entry.target_id])
        && (filter.words.is_empty()
            || filter.finds(&[
                &entry.record_name,
                entry.object.as_str(),
                entry.action.name(),
                entry.failure.as_ref().map_or("", |(_, code)| code),
            ]))
}

pub(super) fn error_matches(filter: &Filter, error: &ErrorRecord) -> bool {
    matches_failure(filter, Some((error.failure.class, &error.failure.code)))
        && same(filter.object.as_ref(), error.object.as_str())
        && same(filter.connection.as_ref(), error.connection.as_str())
        && filter.direction.is_none_or(|direction| direction == error.direction)
        && filter.recipe.as_ref().is_none_or(|recipe| recipe.parse() == Ok(error.recipe))
        && filter.since.is_none_or(|since| error.last_at >= since)
        && matches_id(filter, [&error.salesforce_id, &error.target_id])
        && (filter.words.is_empty()
            || filter.finds(&[
                &error.record_name,
                error.object.as_str(),
                &error.failure.message,
                &error.failure.code,
            ]))
}
