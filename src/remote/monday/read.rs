//! What the engine reads: changes by their last update, deletions from the board's log, items by id and by key.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::api::Api;
use super::board::NAME;
use super::codec::{self, CellWire};
use super::{errors, no_board};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::link::Presence;
use crate::domain::time::{SECOND, Stamp};
use crate::domain::value::{Fields, Value};
use crate::ports::{ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, Found, Mark, Record};
use crate::remote::call;

/// Items of one page; the most there may be.
pub(super) const PAGE: usize = 500;
/// Ids of one fetch; the most there may be.
const IDS: usize = 100;
/// Keys of one look-up: a page of answers has room for them all, even where some are carried twice.
const KEYS: usize = 100;
/// Lines of one page of the log.
const LINES: usize = 1_000;
/// The log is written a little after the change.
const LOG_LAG: i64 = 10 * SECOND;

const ITEMS: &str = concat!(
    include_str!("../../../assets/graphql/monday/items.graphql"),
    include_str!("../../../assets/graphql/monday/record.graphql")
);
pub(super) const NEXT_ITEMS: &str = concat!(
    include_str!("../../../assets/graphql/monday/next_items.graphql"),
    include_str!("../../../assets/graphql/monday/record.graphql")
);
const FETCH: &str = concat!(
    include_str!("../../../assets/graphql/monday/fetch.graphql"),
    include_str!("../../../assets/graphql/monday/record.graphql")
);
const FIND: &str = concat!(
    include_str!("../../../assets/graphql/monday/find.graphql"),
    include_str!("../../../assets/graphql/monday/carrier.graphql")
);
const NEXT_FOUND: &str = concat!(
    include_str!("../../../assets/graphql/monday/next_found.graphql"),
    include_str!("../../../assets/graphql/monday/carrier.graphql")
);
const ACTIVITY: &str = include_str!("../../../assets/graphql/monday/activity.graphql");

/// A page. One that does not tell its items is no empty one, and one that does not tell whether others follow is not
/// the last.
#[derive(Deserialize)]
pub(super) struct PageWire {
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) cursor: Option<String>,
    pub(super) items: Vec<ItemWire>,
}

#[derive(Deserialize)]
pub(super) struct Boards<T> {
    boards: Vec<Option<T>>,
}

impl<T> Boards<T> {
    pub(super) fn one(self, container: &ContainerId) -> Result<T, Failure> {
        self.boards.into_iter().flatten().next().ok_or_else(|| no_board(container.as_str()))
    }
}

#[derive(Deserialize)]
pub(super) struct BoardPage {
    pub(super) items_page: PageWire,
}

#[derive(Deserialize)]
pub(super) struct NextPage {
    pub(super) next_items_page: PageWire,
}

#[derive(Deserialize)]
struct HomeWire {
    id: String,
}

#[derive(Deserialize)]
pub(super) struct ItemWire {
    id: String,
    #[serde(default)]
    name: String,
    state: Option<String>,
    board: Option<HomeWire>,
    updated_at: Option<String>,
    #[serde(default)]
    column_values: Vec<CellWire>,
}

impl ItemWire {
    fn at(&self) -> Option<Stamp> {
        self.updated_at.as_deref().and_then(codec::stamp)
    }

    pub(super) fn record(self, fields: &[FieldName]) -> Record {
        let value = |field: &FieldName| {
            if field.as_str() == NAME {
                return Value::text(&self.name);
            }
            let cell = self.column_values.iter().find(|cell| cell.id == field.as_str());
            cell.map_or(Value::Null, CellWire::decode)
        };
        Record {
            at: self.at().unwrap_or_default(),
            presence: match self.state.as_deref() {
                Some("deleted") => Presence::Deleted,
                Some("archived") => Presence::Archived,
                _ => Presence::Present,
            },
            fields: fields.iter().map(|field| (field.clone(), value(field))).collect::<Fields>(),
            name: self.name.as_str().into(),
            id: self.id.into(),
            survivor: None,
            heirs: Vec::new(),
        }
    }
}

/// Returns the columns to ask for; the name is none.
pub(super) fn columns(fields: &[FieldName]) -> Vec<&str> {
    fields.iter().map(FieldName::as_str).filter(|id| *id != NAME).collect()
}

/// Reads changed items.
///
/// A first load goes through the board oldest change first, page by page. Later only what is newer than the
/// mark matters, which is little: it is read newest first until the mark is reached, so that a poll in which
/// nothing happened costs one call, whatever the size of the board. monday's own filter by date knows days only.
pub(super) async fn changes(api: &Api, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
    if ask.after.at > Stamp::ZERO && ask.page.is_none() {
        return newer(api, ask).await;
    }
    let (page, server_time) = match &ask.page {
        None => first(api, ask, "asc").await?,
        Some(cursor) => next(api, ask, cursor).await?,
    };
    let mut records: Vec<_> = page.items.into_iter().map(|item| item.record(&ask.fields)).collect();
    records.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(ChangesPage { records, next: page.cursor.map(Arc::from), server_time, mark: None })
}

async fn newer(api: &Api, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
    let (mut page, server_time) = first(api, ask, "desc").await?;
    let mut records: Vec<Record> = Vec::new();
    let mut sorted = true;
    let mut last = None;
    loop {
        for item in std::mem::take(&mut page.items) {
            // Without its stamp it would pass for older than the mark, and be left out.
            if item.at().is_none() {
                return Err(call::unreadable("an item without the time of its last change"));
            }
            let record = item.record(&ask.fields);
            sorted &= last.is_none_or(|last| record.at <= last);
            last = Some(record.at);
            if is_after(&record, &ask.after) {
                records.push(record);
            }
        }
        // The order is what allows to stop early; should it not be kept, everything is read.
        let reached = sorted && last.is_some_and(|last| last < ask.after.at);
        match page.cursor.take() {
            Some(cursor) if !reached => (page, _) = next(api, ask, &cursor).await?,
            _ => break,
        }
    }
    records.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    // An item that was changed while the pages were read may stand on two of them.
    records.reverse();
    let mut seen = std::collections::BTreeSet::new();
    records.retain(|record| seen.insert(record.id.clone()));
    records.reverse();
    // The time of the first page: what changed after it may stand before the place where reading began.
    Ok(ChangesPage { records, server_time, ..ChangesPage::default() })
}

fn is_after(record: &Record, mark: &Mark) -> bool {
    if mark.id.is_empty() {
        record.at >= mark.at
    } else {
        (record.at, record.id.as_str()) > (mark.at, &*mark.id)
    }
}

/// Every item tells every column of its board that was asked for, empty or not: one that is not told is gone, and must
/// not be read as empty.
fn whole(page: PageWire, ask: &ChangesAsk) -> Result<PageWire, Failure> {
    for item in &page.items {
        let told = |id: &&str| item.column_values.iter().any(|cell| cell.id == **id);
        if let Some(missing) = columns(&ask.fields).iter().find(|id| !told(id)) {
            let message = format!("board {} has no column {missing:?} any more", ask.container);
            return Err(Failure::new(Kind::Permanent, Class::Map, errors::COLUMN, &message));
        }
    }
    Ok(page)
}

async fn first(api: &Api, ask: &ChangesAsk, direction: &str) -> Result<(PageWire, Option<Stamp>), Failure> {
    let variables = json!({
        "board": ask.container.as_str(), "limit": PAGE, "direction": direction, "columns": columns(&ask.fields),
    });
    let (boards, time): (Boards<BoardPage>, _) = api.read(ITEMS, &variables).await?;
    Ok((whole(boards.one(&ask.container)?.items_page, ask)?, time))
}

async fn next(api: &Api, ask: &ChangesAsk, cursor: &str) -> Result<(PageWire, Option<Stamp>), Failure> {
    let variables = json!({ "cursor": cursor, "limit": PAGE, "columns": columns(&ask.fields) });
    let (page, time): (NextPage, _) = api.read(NEXT_ITEMS, &variables).await?;
    Ok((whole(page.next_items_page, ask)?, time))
}

/// Reads deletions from the board's log. Archived items are not deleted ones.
pub(super) async fn deletions(api: &Api, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
    #[derive(Deserialize)]
    struct Log {
        activity_logs: Option<Vec<Option<LineWire>>>,
    }
    let mut deleted: BTreeMap<RemoteId, Stamp> = BTreeMap::new();
    let mut server_time = None;
    for page in 1.. {
        let variables = json!({
            "board": ask.container.as_str(), "from": ask.from.to_string(), "to": ask.to.to_string(), "page": page,
        });
        let (boards, time): (Boards<Log>, _) = api.read(ACTIVITY, &variables).await?;
        server_time = server_time.or(time);
        let lines = boards.one(&ask.container)?.activity_logs.unwrap_or_default();
        let count = lines.len();
        for line in lines.into_iter().flatten() {
            for id in line.deleted() {
                let at = line.at().unwrap_or(ask.to);
                deleted.entry(id.into()).and_modify(|known| *known = at.max(*known)).or_insert(at);
            }
        }
        if count < LINES {
            break;
        }
    }
    let known_to = server_time.map_or(ask.to, |now| now.plus(-LOG_LAG));
    Ok(DeletionsPage {
        deleted: deleted.into_iter().collect(),
        complete_to: ask.to.min(known_to).max(ask.from),
    })
}

#[derive(Deserialize)]
struct LineWire {
    event: String,
    data: String,
    created_at: String,
}

impl LineWire {
    /// Returns the ids of the items that this line says were deleted.
    fn deleted(&self) -> Vec<String> {
        if !matches!(self.event.as_str(), "delete_pulse" | "batch_delete_pulses") {
            return Vec::new();
        }
        let data: Json = serde_json::from_str(&self.data).unwrap_or_default();
        let mut ids = Vec::new();
        for name in ["pulse_id", "item_id", "pulse_ids", "item_ids"] {
            match data.get(name) {
                Some(Json::Array(many)) => ids.extend(many.iter().filter_map(id)),
                Some(one) => ids.extend(id(one)),
                None => {}
            }
        }
        ids.sort();
        ids.dedup();
        ids
    }

    /// The log counts ten-millionths of a second.
    fn at(&self) -> Option<Stamp> {
        let ticks: i64 = self.created_at.parse().ok()?;
        Some(Stamp(ticks / 10_000))
    }
}

fn id(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Reads items by id, those of this board only: an item's id says nothing of where it lies.
pub(super) async fn fetch(
    api: &Api,
    container: &ContainerId,
    ids: &[RemoteId],
    fields: &[FieldName],
) -> Result<Vec<Record>, Failure> {
    #[derive(Deserialize)]
    struct Items {
        items: Vec<Option<ItemWire>>,
    }
    let mut records = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let ids: Vec<_> = ids.iter().map(RemoteId::as_str).collect();
        let variables = json!({ "ids": ids, "columns": columns(fields) });
        let (found, _): (Items, _) = api.read(FETCH, &variables).await?;
        let here = |item: &ItemWire| item.board.as_ref().is_none_or(|board| board.id == container.as_str());
        records.extend(found.items.into_iter().flatten().filter(here).map(|item| item.record(fields)));
    }
    Ok(records)
}

/// Looks up items by the key that they carry.
pub(super) async fn find(
    api: &Api,
    container: &ContainerId,
    key_field: &FieldName,
    keys: &[RemoteId],
) -> Result<Vec<Found>, Failure> {
    #[derive(Deserialize)]
    struct Carriers {
        items_page_by_column_values: PageWire,
    }
    let column = key_field.as_str();
    let mut found = Vec::new();
    for keys in keys.chunks(KEYS) {
        let asked: Vec<_> = keys.iter().map(RemoteId::as_str).collect();
        let variables =
            json!({ "board": container.as_str(), "column": column, "keys": asked, "columns": [column] });
        let (first, _): (Carriers, _) = api.read(FIND, &variables).await?;
        let mut page = first.items_page_by_column_values;
        loop {
            found.extend(page.items.iter().filter_map(|item| carrier(item, column, keys)));
            let Some(cursor) = page.cursor.take() else { break };
            let variables = json!({ "cursor": cursor, "columns": [column] });
            let (more, _): (NextPage, _) = api.read(NEXT_FOUND, &variables).await?;
            page = more.next_items_page;
        }
    }
    Ok(found)
}

/// monday compares without regard to case, and an id of Salesforce differs from another by that alone.
fn carrier(item: &ItemWire, column: &str, keys: &[RemoteId]) -> Option<Found> {
    let text = item.column_values.iter().find(|cell| cell.id == column)?.text.as_deref()?.trim();
    let key = keys.iter().find(|key| key.as_str() == text)?;
    Some(Found { key: key.clone(), id: item.id.as_str().into(), at: item.at() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_tells_what_was_deleted_and_when() {
        let line = |event: &str, data: &str| LineWire {
            event: event.into(),
            data: data.into(),
            created_at: "17640204670000000".into(),
        };
        assert_eq!(line("delete_pulse", r#"{"board_id":1,"pulse_id":22}"#).deleted(), ["22"]);
        assert_eq!(line("batch_delete_pulses", r#"{"pulse_ids":[22,"23"]}"#).deleted(), ["22", "23"]);
        assert!(line("archive_pulse", r#"{"pulse_id":22}"#).deleted().is_empty());
        assert!(line("delete_pulse", "torn").deleted().is_empty());
        assert_eq!(line("x", "").at(), Some(Stamp(1_764_020_467_000)));
    }

    #[test]
    fn a_key_is_a_key_only_when_it_is_the_same() {
        let item = |text: &str| -> ItemWire {
            serde_json::from_value(json!({"id": "7", "updated_at": "2026-11-22T09:41:07Z",
                "column_values": [{"id": "text_1", "text": text}]}))
            .unwrap()
        };
        let keys: Vec<RemoteId> = vec!["003a".into(), "003B".into()];
        assert_eq!(carrier(&item("003a"), "text_1", &keys).unwrap().key, "003a".into());
        assert!(carrier(&item("003A"), "text_1", &keys).is_none());
    }

    #[test]
    fn an_empty_mark_id_begins_at_the_stamp_itself() {
        let item = |id: &str| -> Record {
            serde_json::from_value::<ItemWire>(json!({"id": id, "updated_at": "1970-01-01T00:00:05Z"}))
                .unwrap()
                .record(&[])
        };
        let mark = |id: &str| Mark { at: Stamp(5_000), id: id.into() };
        assert!(is_after(&item("5"), &mark("")));
        assert!(is_after(&item("6"), &mark("5")));
        assert!(!is_after(&item("5"), &mark("5")));
    }
}
