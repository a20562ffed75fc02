//! Whether rows are those that were asked for. It reads nothing from the file and knows only filters and rows.

use serde::Deserialize;

use super::codec;
use crate::domain::failure::Class;
use crate::domain::filter::Filter;
use crate::domain::id::{LinkId, RecipeId, RemoteId};
use crate::domain::ledger::{Action, Entry, ErrorRecord, Outcome};
use crate::domain::recipe::Direction;
use crate::domain::time::Stamp;
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

/// The beginning of an entry's row: most of what filters ask for, told without making anything of it. Who looks for a
/// rare word looks at a million rows.
#[derive(Deserialize)]
struct Glance<'r> {
    at: Stamp,
    account: &'r str,
    recipe: RecipeId,
    _link: LinkId,
    object: &'r str,
    direction: Direction,
    action: Action,
    outcome: Outcome,
    salesforce_id: Option<&'r str>,
    target_id: Option<&'r str>,
    record_name: &'r str,
}

/// What a glance at a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glanced {
    /// It may be wanted, and has to be read.
    Maybe,
    /// It is not wanted.
    No,
    /// It is older than everything that is wanted.
    Over,
}

/// Looks at the row of an entry before it is read.
pub(super) fn glance(ask: &LedgerAsk, row: &[u8]) -> Glanced {
    let Some((seen, behind)) = codec::glance::<Glance<'_>>(row) else { return Glanced::Maybe };
    let filter = &ask.filter;
    if filter.since.is_some_and(|since| seen.at < since) {
        return Glanced::Over;
    }
    let wanted = (!ask.failed || seen.outcome != Outcome::Ok)
        && ask.account.as_ref().is_none_or(|account| account.as_str() == seen.account)
        && same(filter.object.as_ref(), seen.object)
        && filter.direction.is_none_or(|direction| direction == seen.direction)
        && filter.recipe.as_ref().is_none_or(|recipe| recipe.parse() == Ok(seen.recipe))
        && filter.id.as_ref().is_none_or(|wanted| {
            [seen.salesforce_id, seen.target_id].into_iter().flatten().any(|id| finds(id, wanted))
        })
        && filter.by.as_ref().is_none_or(|by| holds(behind, &by.to_ascii_lowercase()))
        && filter.words.iter().all(|word| {
            // The code of a failure stands somewhere behind.
            [seen.record_name, seen.object, seen.action.name()].iter().any(|text| finds(text, word))
                || holds(behind, word)
        });
    if wanted { Glanced::Maybe } else { Glanced::No }
}

/// Returns whether a text holds a word, which is in lower case.
fn finds(text: &str, word: &str) -> bool {
    if text.is_ascii() { holds(text.as_bytes(), word) } else { text.to_lowercase().contains(word) }
}

/// Returns whether bytes hold a word, which is in lower case, with letters of either case.
fn holds(bytes: &[u8], word: &str) -> bool {
    let Some((first, rest)) = word.as_bytes().split_first() else { return true };
    let is_first = |byte: &u8| byte.eq_ignore_ascii_case(first);
    let mut left = bytes;
    while let Some(at) = left.iter().position(is_first) {
        left = left.get(at + 1..).unwrap_or_default();
        if left.get(..rest.len()).is_some_and(|part| part.eq_ignore_ascii_case(rest)) {
            return true;
        }
    }
    false
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::codec::encode;
    use super::*;
    use crate::domain::value::Value;

    fn entry(name: &str, outcome: Outcome, code: Option<&str>) -> Entry {
        Entry {
            at: Stamp(5_000),
            account: "default".into(),
            recipe: RecipeId(7),
            link: LinkId(900),
            object: "Lead".into(),
            direction: Direction::FromSalesforce,
            action: Action::Updated,
            outcome,
            salesforce_id: Some("00Q000000000001AAA".into()),
            target_id: None,
            record_name: name.into(),
            duration_ms: 300,
            fields: vec!["Title".into()],
            attempt: 1,
            failure: code.map(|code| (Class::Map, code.into())),
            lost: vec![("Title".into(), Value::text("lost"))],
            job: None,
            by: "engine".into(),
            heirs: Vec::new(),
        }
    }

    proptest! {
        /// What is passed over at a glance is never what reading it would have found.
        #[test]
        fn a_glance_passes_over_nothing_that_is_wanted(
            name in "[ -~äÉßK İ]{0,12}",
            code in proptest::option::of("[A-Z_]{1,8}"),
            parked in any::<bool>(),
            filter in proptest::sample::select(vec![
                "", "obj:lead", "obj:Case", "dir:from", "dir:to", "recipe:r7", "recipe:r8", "id:00q0", "id:zzz",
                "by:engine", "by:ana", "class:MAP", "since:4s", "since:1d",
            ]),
            word in "[a-zA-ZäÉßK]{0,2}",
            failed in any::<bool>(),
        ) {
            let outcome = if parked { Outcome::Parked } else { Outcome::Ok };
            let entry = entry(&name, outcome, code.as_deref());
            let filter = Filter::parse(&format!("{filter} {word}"), Stamp(6_000), Stamp::ZERO).unwrap();
            let ask = LedgerAsk { filter, failed, limit: 50, ..LedgerAsk::default() };
            let glanced = glance(&ask, &encode(&entry));
            prop_assert!(!wanted(&ask, &entry) || glanced == Glanced::Maybe, "{ask:?} {entry:?}");
            prop_assert_eq!(glanced == Glanced::Over, ask.filter.since.is_some_and(|since| entry.at < since));
        }
    }

    #[test]
    fn most_are_told_at_a_glance() {
        let row = encode(&entry("Ana López", Outcome::Ok, None));
        let told = |filter: &str| {
            let filter = Filter::parse(filter, Stamp(6_000), Stamp::ZERO).unwrap();
            glance(&LedgerAsk { filter, ..LedgerAsk::default() }, &row)
        };
        for no in ["obj:case", "recipe:r8", "dir:to", "id:4711", "by:Nobody", "peter", "lópez marta"] {
            assert_eq!(told(no), Glanced::No, "{no}");
        }
        for maybe in ["LÓPEZ", "ana upd", "lead", "id:00q", "by:Engine"] {
            assert_eq!(told(maybe), Glanced::Maybe, "{maybe}");
        }
    }
}
