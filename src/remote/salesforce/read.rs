//! What the engine reads: changes by stamp, deletions by window, records by id and by key.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::codec::{self, Row};
use super::describe::Described;
use super::identify::encoded;
use super::slices::{self, Slice};
use super::{COLLECTION, Salesforce, bulk, errors, rest, soql};
use crate::domain::converted::Heir;
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ContainerId, FieldName, RemoteId};
use crate::domain::link::Presence;
use crate::domain::mapping::relation;
use crate::domain::schema::Shape;
use crate::domain::time::{DAY, MINUTE, Stamp};
use crate::domain::value::{Fields, Value};
use crate::ports::{ChangesAsk, ChangesPage, DeletionsAsk, DeletionsPage, Found, Mark, ParentsAsk, Record};
use crate::remote::call::{self, Reply, Trouble};

/// The longest address that is sent as one. Salesforce takes 16 KB with all headers, proxies often less.
const LONGEST_ADDRESS: usize = 8_000;

/// The log of deletions goes back this far.
const DELETIONS_KEPT: i64 = 15 * DAY;
/// The server ignores seconds and wants more than a minute between the ends: two are always enough.
const NARROWEST: i64 = 2 * MINUTE;

pub(super) const ID: &str = "Id";
pub(super) const STAMP: &str = "SystemModstamp";
pub(super) const DELETED: &str = "IsDeleted";
/// On a deleted record: the one into which it was merged.
pub(super) const SURVIVOR: &str = "MasterRecordId";
/// On a lead: the records into which it was converted, by their objects, nearest first.
pub(super) const HEIRS: [(&str, &str); 3] = [
    ("Contact", "ConvertedContactId"),
    ("Account", "ConvertedAccountId"),
    ("Opportunity", "ConvertedOpportunityId"),
];

/// Which rows a query sees.
#[derive(Clone, Copy)]
enum Scope {
    /// Those that are there.
    Live,
    /// Deleted ones too, as long as the recycle bin holds them: one call tells changes and deletions.
    All,
}

impl Scope {
    fn resource(self) -> &'static str {
        match self {
            Self::Live => "query",
            Self::All => "queryAll",
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageWire {
    #[serde(default)]
    total_size: u64,
    records: Vec<Row>,
    next_records_url: Option<String>,
}

/// Reads a page of changed records.
pub(super) async fn changes(org: &Salesforce, ask: &ChangesAsk) -> Result<ChangesPage, Failure> {
    let described = org.described(&ask.container).await?;
    let fields = wanted(&described, &ask.fields)?;
    if let Some(slice) = ask.page.as_deref().and_then(Slice::at) {
        return sliced(org, ask, &described, &fields, slice).await;
    }
    if let Some(place) = &ask.page
        && let Some(part) = bulk::next(org, &described, &ask.fields, place).await?
    {
        let bulk::Part { records, next, server_time, mark } = part;
        return Ok(ChangesPage { records, next, server_time, mark: Some(mark) });
    }
    let (page, server_time) = if let Some(next) = &ask.page {
        page_at(org, next).await?
    } else {
        let soql = soql::changes(ask.container.as_str(), &fields, &ask.after)?;
        match query(org, &soql, Scope::All).await {
            Err(failure) if slices::too_much(&failure) => {
                let slice = Slice::first(ask.after.at, org.rest.now());
                return Ok(ChangesPage { next: Some(slice.place()), ..ChangesPage::default() });
            }
            page => page?,
        }
    };
    if ask.page.is_none() {
        return first_page(org, ask, &described, &fields, page, server_time);
    }
    let records = records(&described, &page.records, &ask.fields)?;
    Ok(ChangesPage { records, next: page.next_records_url.map(Arc::from), server_time, mark: None })
}

/// Reads a page of records whose parents have changed.
pub(super) async fn of_changed_parents(org: &Salesforce, ask: &ParentsAsk) -> Result<ChangesPage, Failure> {
    let described = org.described(&ask.container).await?;
    let (page, server_time) = match &ask.page {
        Some(next) => page_at(org, next).await?,
        None => query(org, &parents_query(&described, ask)?, Scope::Live).await?,
    };
    parents_page(&described, ask, page, server_time)
}

/// Returns the query for records whose parents have changed.
pub(super) fn parents_query(described: &Described, ask: &ParentsAsk) -> Result<String, Failure> {
    let fields = wanted(described, &ask.fields)?;
    let relations: Vec<String> = ask.references.iter().map(|field| relation(field.as_str())).collect();
    soql::of_parents(ask.container.as_str(), &fields, &relations, ask.since)
}

/// Takes in a page of records whose parents have changed.
pub(super) fn parents_page(
    described: &Described,
    ask: &ParentsAsk,
    page: PageWire,
    server_time: Option<Stamp>,
) -> Result<ChangesPage, Failure> {
    let records = records(described, &page.records, &ask.fields)?;
    Ok(ChangesPage { records, next: page.next_records_url.map(Arc::from), server_time, mark: None })
}

/// Takes in the first page of a reading, and chooses how the rest of it is read.
pub(super) fn first_page(
    org: &Salesforce,
    ask: &ChangesAsk,
    described: &Described,
    fields: &[&str],
    page: PageWire,
    server_time: Option<Stamp>,
) -> Result<ChangesPage, Failure> {
    let records = records(described, &page.records, &ask.fields)?;
    let next = page.next_records_url.map(Arc::from);
    if let (Some(place), Some(last)) = (&next, records.last()) {
        // What is left, in as few calls as it takes.
        let mark = Mark { at: last.at, id: last.id.as_str().into() };
        let left = soql::behind(ask.container.as_str(), fields, &mark)?;
        let bytes = page.records.iter().flatten().map(|(name, value)| name.len() + value.get().len()).sum();
        let size = (page.total_size, records.len(), bytes);
        if let Some(reading) = bulk::Reading::worth(described, fields, size, place, (left, mark)) {
            let mut readings = org.readings.lock().unwrap_or_else(PoisonError::into_inner);
            readings.insert(Arc::clone(place), reading);
        }
    }
    Ok(ChangesPage { records, next, server_time, mark: None })
}

/// Reads a page of a slice. One that is still too much is halved and read the next time.
async fn sliced(
    org: &Salesforce,
    ask: &ChangesAsk,
    described: &Described,
    fields: &[&str],
    slice: Slice,
) -> Result<ChangesPage, Failure> {
    let now = org.rest.now();
    let answer = if let Some(page) = &slice.page {
        page_at(org, page).await
    } else {
        // Within one stamp the mark's id counts; a slice that begins later begins with all of its stamp.
        let begins = Mark { at: slice.from, id: "".into() };
        let mark = if slice.from > ask.after.at { begins } else { ask.after.clone() };
        let soql = soql::between(ask.container.as_str(), fields, &mark, slice.end(now))?;
        query(org, &soql, Scope::All).await
    };
    let next = match &answer {
        Ok((page, _)) => slice.after(page.next_records_url.as_deref().map(Arc::from), now),
        Err(failure) if slices::too_much(failure) => slice.halved(now),
        Err(_) => None,
    };
    match (answer, next) {
        (Ok((page, server_time)), next) => Ok(ChangesPage {
            records: records(described, &page.records, &ask.fields)?,
            next: next.map(|next| next.place()),
            server_time,
            mark: None,
        }),
        (Err(_), Some(half)) => Ok(ChangesPage { next: Some(half.place()), ..ChangesPage::default() }),
        (Err(failure), None) => Err(failure),
    }
}

/// Returns the fields to select: what was asked for, and what every record needs.
pub(super) fn wanted<'a>(described: &'a Described, fields: &'a [FieldName]) -> Result<Vec<&'a str>, Failure> {
    let mut always = vec![ID, STAMP];
    let heirs = HEIRS.iter().map(|(_, field)| field);
    always.extend(
        [DELETED, SURVIVOR].iter().chain(heirs).filter(|name| described.schema.field(name).is_some()),
    );
    always.extend(described.name_field.as_deref());
    soql::selected(&always, fields)
}

/// Returns the records of rows. A row without its id is no row to be left out: then the page is not what was asked
/// for, and reading on would lose records.
fn records<'a>(
    described: &Described,
    rows: impl IntoIterator<Item = &'a Row>,
    fields: &[FieldName],
) -> Result<Vec<Record>, Failure> {
    rows.into_iter().map(|row| record(described, row, fields)).collect()
}

fn record(described: &Described, row: &Row, fields: &[FieldName]) -> Result<Record, Failure> {
    let id = text(row, ID).ok_or_else(|| call::unreadable("a record without its id"))?;
    let name = described.name_field.as_deref().and_then(|name| text(row, name));
    let deleted = codec::field(row, DELETED, Some(Shape::Bool)) == Value::Bool(true);
    Ok(Record {
        at: stamp(row).unwrap_or_default(),
        presence: if deleted { Presence::Deleted } else { Presence::Present },
        survivor: text(row, SURVIVOR).filter(|_| deleted).map(RemoteId::from),
        heirs: heirs(described, row),
        name: name.unwrap_or_else(|| id.clone()).into(),
        fields: fields
            .iter()
            .map(|name| (name.clone(), codec::field(row, name.as_str(), described.shape(name.as_str()))))
            .collect::<Fields>(),
        id: id.into(),
    })
}

fn heirs(described: &Described, row: &Row) -> Vec<Heir> {
    let known = HEIRS.iter().filter(|(_, field)| described.schema.field(field).is_some());
    known
        .filter_map(|(object, field)| Some(Heir { object: (*object).into(), id: text(row, field)?.into() }))
        .collect()
}

fn text(row: &Row, name: &str) -> Option<String> {
    match codec::field(row, name, Some(Shape::Text)) {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

fn stamp(row: &Row) -> Option<Stamp> {
    text(row, STAMP).and_then(|text| codec::instant(&text))
}

#[derive(Deserialize)]
struct BatchWire {
    results: Vec<ResultWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResultWire {
    status_code: u16,
    result: Box<RawValue>,
}

/// Asks a query, in the address where it fits, else inside a batch request.
async fn query(org: &Salesforce, soql: &str, scope: Scope) -> Result<(PageWire, Option<Stamp>), Failure> {
    let path = org.rest.path(&format!("{}/?q={}", scope.resource(), encoded(soql)));
    if path.len() <= LONGEST_ADDRESS {
        return page(&org.rest.get(&path).await?);
    }
    // Inside a batch the address is relative to `/services/data/`.
    let url = path.trim_start_matches("/services/data/");
    let body = serde_json::json!({ "batchRequests": [{ "method": "GET", "url": url }] }).to_string();
    let path = org.rest.path("composite/batch");
    let reply =
        org.rest.send(&Method::POST, &path, Some(Bytes::from(body))).await.map_err(Trouble::failure)?;
    let batch: BatchWire = rest::read(reply.body())?;
    let result = batch.results.into_iter().next().ok_or_else(|| call::unreadable("an empty batch result"))?;
    if result.status_code >= 300 {
        let status = StatusCode::from_u16(result.status_code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return Err(errors::classify(status, reply.headers(), result.result.get().as_bytes()).failure());
    }
    Ok((rest::read(result.result.get().as_bytes())?, call::server_time(reply.headers())))
}

/// Reads the page that an earlier one pointed to.
async fn page_at(org: &Salesforce, next: &str) -> Result<(PageWire, Option<Stamp>), Failure> {
    if !next.starts_with("/services/data/") {
        let message = format!("{next:?} is not the place of a page");
        return Err(Failure::new(Kind::Transient, Class::Busy, "INVALID_QUERY_LOCATOR", &message));
    }
    page(&org.rest.get(next).await?)
}

fn page(reply: &Reply) -> Result<(PageWire, Option<Stamp>), Failure> {
    Ok((rest::read(reply.body())?, call::server_time(reply.headers())))
}

/// Reads which records were deleted in a window.
pub(super) async fn deletions(org: &Salesforce, ask: &DeletionsAsk) -> Result<DeletionsPage, Failure> {
    if !org.described(&ask.container).await?.replicateable {
        return Ok(DeletionsPage { deleted: Vec::new(), complete_to: ask.to });
    }
    let mut to = ask.to;
    loop {
        let from = window(ask.from, to, ask.to);
        let path = deletions_path(&ask.container, from, to)?;
        let reply = match org.rest.get(&org.rest.path(&path)).await {
            // Too many for one answer: the first half, and the caller goes on from there.
            Err(failure) if &*failure.code == errors::EXCEEDED_ID_LIMIT && to.since(from) > 2 * NARROWEST => {
                to = from.plus(to.since(from) / 2);
                continue;
            }
            other => other?,
        };
        return deleted(&ask.container, &DeletionsAsk { to, ..ask.clone() }, reply.body());
    }
}

/// Returns where the log of deletions of a window lies.
pub(super) fn deletions_path(container: &ContainerId, from: Stamp, to: Stamp) -> Result<String, Failure> {
    let object = soql::identifier(container.as_str())?;
    Ok(format!("sobjects/{object}/deleted/?start={}&end={}", minute(from), minute(to)))
}

/// Reads what the log of deletions tells.
pub(super) fn deleted(
    container: &ContainerId,
    ask: &DeletionsAsk,
    body: &[u8],
) -> Result<DeletionsPage, Failure> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct DeletedWire {
        deleted_records: Vec<OneWire>,
        earliest_date_available: Option<String>,
        latest_date_covered: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct OneWire {
        id: String,
        deleted_date: String,
    }
    let page: DeletedWire = rest::read(body)?;
    let earliest = page.earliest_date_available.as_deref().and_then(codec::instant);
    if earliest.is_some_and(|earliest| earliest > ask.from) {
        tracing::warn!(object = %container, from = %ask.from, "deletions before the log's beginning are not known");
    }
    Ok(DeletionsPage {
        deleted: page
            .deleted_records
            .into_iter()
            .map(|one| (one.id.into(), codec::instant(&one.deleted_date).unwrap_or(ask.to)))
            .collect(),
        complete_to: page.latest_date_covered.as_deref().and_then(codec::instant).unwrap_or(ask.from),
    })
}

/// Returns the beginning of a window that Salesforce accepts: wide enough, and not older than its log.
pub(super) fn window(from: Stamp, to: Stamp, now: Stamp) -> Stamp {
    let oldest = now.plus(MINUTE - DELETIONS_KEPT);
    from.max(oldest).min(to.plus(-NARROWEST))
}

/// Returns a time as the window takes it, its plus encoded.
fn minute(at: Stamp) -> String {
    let whole = at.plus(-at.0.rem_euclid(crate::domain::time::SECOND)).to_string();
    encoded(&whole.replace('Z', "+00:00"))
}

/// Reads records by id.
pub(super) async fn fetch(
    org: &Salesforce,
    container: &ContainerId,
    ids: &[RemoteId],
    fields: &[FieldName],
) -> Result<Vec<Record>, Failure> {
    #[derive(Serialize)]
    struct Ask<'a> {
        ids: Vec<&'a str>,
        fields: &'a [&'a str],
    }
    let described = org.described(container).await?;
    let selected = wanted(&described, fields)?;
    let object = soql::identifier(container.as_str())?;
    // A collection knows no parents' fields; a query does.
    let by_query = selected.iter().any(|name| name.contains('.'));
    let mut records = Vec::with_capacity(ids.len());
    for ids in ids.chunks(COLLECTION) {
        let rows: Vec<Option<Row>> = if by_query {
            let rows = all(org, &soql::among(object, &selected, ID, ids)?).await?;
            rows.into_iter().map(Some).collect()
        } else {
            let ask = Ask { ids: ids.iter().map(RemoteId::as_str).collect(), fields: &selected };
            let body = serde_json::to_vec(&ask).map_err(|error| call::unreadable(&error.to_string()))?;
            let path = org.rest.path(&format!("composite/sobjects/{object}"));
            let reply = org.rest.send(&Method::POST, &path, Some(body.into())).await;
            rest::read(reply.map_err(Trouble::failure)?.body())?
        };
        records.extend(self::records(&described, rows.iter().flatten(), fields)?);
    }
    Ok(records)
}

/// Looks up records by the key that they carry.
pub(super) async fn find(
    org: &Salesforce,
    container: &ContainerId,
    key_field: &FieldName,
    keys: &[RemoteId],
) -> Result<Vec<Found>, Failure> {
    let selected = soql::selected(&[ID, STAMP], [key_field])?;
    let is_id = key_field.as_str().eq_ignore_ascii_case(ID);
    let mut found = Vec::new();
    for keys in keys.chunks(COLLECTION) {
        // The key of another system is no Salesforce id; asked for one, the whole query would be refused.
        let keys: Vec<_> = keys.iter().filter(|key| !is_id || is_record_id(key.as_str())).cloned().collect();
        if keys.is_empty() {
            continue;
        }
        let wanted: BTreeMap<&str, &RemoteId> = keys.iter().map(|key| (key.as_str(), key)).collect();
        for row in all(org, &soql::among(container.as_str(), &selected, key_field.as_str(), &keys)?).await? {
            // Salesforce compares without regard to case; a key is a key only when it is the same.
            let (Some(id), Some(key)) = (text(&row, ID), text(&row, key_field.as_str())) else { continue };
            if let Some(key) = wanted.get(key.as_str()) {
                found.push(Found { key: (*key).clone(), id: id.into(), at: stamp(&row) });
            }
        }
    }
    Ok(found)
}

/// Reads the records whose field holds one of the values; Salesforce compares without regard to case.
pub(super) async fn alike(
    org: &Salesforce,
    container: &ContainerId,
    by: &FieldName,
    values: &[Value],
    fields: &[FieldName],
) -> Result<Vec<Record>, Failure> {
    let described = org.described(container).await?;
    let selected = wanted(&described, fields)?;
    let mut records = Vec::new();
    for values in values.chunks(COLLECTION) {
        let texts: Vec<RemoteId> = values.iter().map(|value| value.to_string().into()).collect();
        let rows = all(org, &soql::among(container.as_str(), &selected, by.as_str(), &texts)?).await?;
        records.extend(self::records(&described, &rows, fields)?);
    }
    Ok(records)
}

fn is_record_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Returns all rows of a query.
async fn all(org: &Salesforce, soql: &str) -> Result<Vec<Row>, Failure> {
    let (mut page, _) = query(org, soql, Scope::Live).await?;
    let mut rows = std::mem::take(&mut page.records);
    while let Some(next) = page.next_records_url.take() {
        (page, _) = page_at(org, &next).await?;
        rows.append(&mut page.records);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_wide_enough_and_within_the_log() {
        let now: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
        assert_eq!(window(now, now, now), now.plus(-NARROWEST));
        assert_eq!(window(now.plus(-DAY), now, now), now.plus(-DAY));
        let oldest = window(Stamp::ZERO, now, now);
        assert!(now.since(oldest) < DELETIONS_KEPT && now.since(oldest) > DELETIONS_KEPT - 2 * MINUTE);
    }

    #[test]
    fn the_plus_of_an_offset_does_not_become_a_space() {
        let at: Stamp = "2025-11-22T09:41:07.250Z".parse().unwrap();
        assert_eq!(minute(at), "2025-11-22T09%3A41%3A07%2B00%3A00");
    }
}
