//! Many rows at a time: Bulk API 2.0 queries, for first loads that would take many pages over REST.
//!
//! The first page always comes over REST and tells how many rows there are. When they are many, the rest is asked for
//! in a job and handed on in large pages. Rows of a job stand in the order of their ids, as Salesforce reads them best
//! (and as an index of ids takes them best); so the watermark moves only with the last of them, and a reading that is
//! broken off in the middle begins again behind the first page. A job that is refused, fails or takes too long costs nothing but time: reading goes on over REST.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use super::describe::Described;
use super::rest::Kinds;
use super::results::Table;
use super::{Salesforce, rest};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::FieldName;
use crate::domain::schema::Shape;
use crate::domain::time::Stamp;
use crate::ports::{Mark, Record};
use crate::remote::call::{self, Trouble};

/// From so many rows on a job is worth its calls: over REST they would take more than ten.
const WORTH_IT: u64 = 20_000;

/// The most rows of one result page.
const PAGE: u64 = 50_000;

/// About the most bytes of one result page.
const PAGE_BYTES: u64 = 32 * 1024 * 1024;

/// Rows that are handed on at a time: enough for a commit to be worth its while, few enough that no other waits for it.
const HANDED: usize = 10_000;

/// How long a job may take before reading goes on over REST.
const PATIENCE: Duration = Duration::from_mins(10);

const CSV: Kinds = Kinds { sent: "application/json; charset=UTF-8", accepted: "text/csv", ..rest::JSON };

/// How a place in a bulk result begins, where a place over REST begins with its path.
pub(super) const PLACE: &str = "bulk:";

/// A reading that goes on in a job.
#[derive(Debug)]
pub(super) struct Reading {
    /// Where it would go on over REST.
    rest: Arc<str>,
    /// What is still to be read.
    query: String,
    /// Behind which mark.
    mark: Mark,
    /// The newest row that was handed on.
    newest: Mark,
    rows: u64,
    row_bytes: u64,
    job: Option<String>,
    /// Where the next page of the result begins.
    locator: Option<String>,
    /// The page at hand, as far as it was not handed on yet.
    at_hand: Option<Table>,
    handed: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobWire {
    id: String,
    state: String,
    error_message: Option<String>,
}

/// A page as it is handed on.
pub(super) struct Part {
    pub(super) records: Vec<Record>,
    pub(super) next: Option<Arc<str>>,
    pub(super) server_time: Option<Stamp>,
    /// Up to where everything has been read.
    pub(super) mark: Mark,
}

impl Reading {
    /// Returns a reading for what is left after the first page, when a job is worth its calls and able to read it.
    pub(super) fn worth(
        described: &Described,
        fields: &[&str],
        (total, page_rows, page_bytes): (u64, usize, usize),
        rest: &Arc<str>,
        (query, mark): (String, Mark),
    ) -> Option<Self> {
        let plain = |field: &&str| {
            described.shape(field).is_some_and(|shape| !matches!(shape, Shape::Address | Shape::Unsupported))
        };
        let rows = total.saturating_sub(u64::try_from(page_rows).ok()?);
        if rows < WORTH_IT || !fields.iter().all(plain) {
            return None;
        }
        let row_bytes = u64::try_from(page_bytes.checked_div(page_rows)?).ok()?.max(1);
        Some(Self {
            rest: Arc::clone(rest),
            query,
            newest: mark.clone(),
            mark,
            rows,
            row_bytes,
            job: None,
            locator: None,
            at_hand: None,
            handed: 0,
        })
    }
}

/// Hands on the next part of a reading that `place` belongs to; `None` when none does, or when it is better to go on
/// over REST at the place that `place` was in the beginning.
pub(super) async fn next(
    org: &Salesforce,
    described: &Described,
    fields: &[FieldName],
    place: &str,
) -> Result<Option<Part>, Failure> {
    let taken = {
        let mut readings = org.readings.lock().unwrap_or_else(PoisonError::into_inner);
        readings.remove(place)
    };
    let Some(mut reading) = taken else {
        // Only this process knows what it was.
        return if place.starts_with(PLACE) { Err(lost()) } else { Ok(None) };
    };
    let mut server_time = None;
    let (records, over) = loop {
        let mut table = match reading.at_hand.take() {
            Some(table) => table,
            None => match fill(org, described, &mut reading, fields).await {
                Ok((table, time)) => {
                    server_time = time;
                    table
                }
                Err(failure) if reading.handed == 0 && failure.kind != Kind::Connection => {
                    tracing::info!(
                        code = &*failure.code,
                        why = &*failure.message,
                        "no bulk job: reading on over REST"
                    );
                    discard(org, &reading);
                    return Ok(None);
                }
                Err(failure) => {
                    discard(org, &reading);
                    return Err(failure);
                }
            },
        };
        let (records, ended) = match table.read(HANDED) {
            Ok(read) => read,
            Err(failure) => {
                discard(org, &reading);
                return Err(failure);
            }
        };
        reading.at_hand = (!ended).then_some(table);
        let over = ended && reading.locator.is_none();
        if over || !records.is_empty() {
            break (records, over);
        }
    };
    reading.handed = reading.handed.saturating_add(u64::try_from(records.len()).unwrap_or(0));
    if let Some(newest) = records.iter().max_by_key(|record| (record.at, record.id.as_str())) {
        let newest = Mark { at: newest.at, id: newest.id.as_str().into() };
        reading.newest = newest.max(reading.newest);
    }
    if over {
        discard(org, &reading);
        return Ok(Some(Part { records, next: None, server_time, mark: reading.newest }));
    }
    let mark = reading.mark.clone();
    let next: Arc<str> =
        format!("{PLACE}{}:{}", reading.job.as_deref().unwrap_or_default(), reading.handed).into();
    let mut readings = org.readings.lock().unwrap_or_else(PoisonError::into_inner);
    readings.insert(Arc::clone(&next), reading);
    Ok(Some(Part { records, next: Some(next), server_time, mark }))
}

/// Gets the next page of the result, after making the job and waiting for it where that was not done yet.
async fn fill(
    org: &Salesforce,
    described: &Described,
    reading: &mut Reading,
    fields: &[FieldName],
) -> Result<(Table, Option<Stamp>), Failure> {
    let job = if let Some(job) = &reading.job {
        job.clone()
    } else {
        let job = create(org, reading).await?;
        reading.job = Some(job.clone());
        finished(org, &job, reading.rows).await?;
        job
    };
    let most = (PAGE_BYTES / reading.row_bytes).clamp(1, PAGE);
    let locator = reading.locator.as_ref().map(|locator| format!("&locator={locator}")).unwrap_or_default();
    let path = org.rest.path(&format!("jobs/query/{job}/results?maxRecords={most}{locator}"));
    let reply = org.rest.send_as(&Method::GET, &path, None, CSV).await.map_err(Trouble::failure)?;
    let header = |name: &str| reply.headers().get(name).and_then(|value| value.to_str().ok());
    let told = header("sforce-numberofrecords").and_then(|count| count.parse().ok());
    let table = Table::open(reply.body().clone(), described, fields, told)?;
    let next = header("sforce-locator").filter(|next| *next != "null" && !next.is_empty());
    if next.is_some_and(|next| !next.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b))) {
        return Err(call::unreadable("the place of a bulk result's next page"));
    }
    reading.locator = next.map(super::identify::encoded);
    Ok((table, call::server_time(reply.headers())))
}

async fn create(org: &Salesforce, reading: &Reading) -> Result<String, Failure> {
    let body = json!({ "operation": "queryAll", "query": reading.query }).to_string();
    let path = org.rest.path("jobs/query");
    let reply =
        org.rest.send(&Method::POST, &path, Some(Bytes::from(body))).await.map_err(Trouble::failure)?;
    let job: JobWire = rest::read(reply.body())?;
    if job.id.is_empty() || !job.id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(call::unreadable("the id of a bulk job"));
    }
    Ok(job.id)
}

/// Waits for a job, looking seldom: each look is a call.
async fn finished(org: &Salesforce, job: &str, rows: u64) -> Result<(), Failure> {
    let began = Instant::now();
    // Small jobs are done at once where nothing else runs; a slow one is soon left in peace.
    let mut wait =
        Duration::from_millis(rows / 1_000).clamp(Duration::from_millis(100), Duration::from_secs(3));
    loop {
        tokio::time::sleep(wait).await;
        let reply = org.rest.get(&org.rest.path(&format!("jobs/query/{job}"))).await?;
        let shown: JobWire = rest::read(reply.body())?;
        match shown.state.as_str() {
            "JobComplete" => return Ok(()),
            "Failed" | "Aborted" => {
                let said = shown.error_message.unwrap_or(shown.state);
                return Err(Failure::new(Kind::Transient, Class::Busy, "REQUEST_RUNNING_TOO_LONG", &said));
            }
            _ if began.elapsed() > PATIENCE => {
                let body = Bytes::from_static(br#"{"state":"Aborted"}"#);
                let path = org.rest.path(&format!("jobs/query/{job}"));
                // Whether or not it is heard: nobody waits for the job any more.
                let _told = org.rest.send(&Method::PATCH, &path, Some(body)).await;
                let message = "the bulk job took too long";
                return Err(Failure::new(Kind::Transient, Class::Busy, "REQUEST_RUNNING_TOO_LONG", message));
            }
            _ => wait = (wait * 6).min(Duration::from_secs(30)),
        }
    }
}

/// Forgets a reading. Its job is left to expire by itself: deleting it would be one more call.
fn discard(org: &Salesforce, reading: &Reading) {
    tracing::debug!(job = reading.job, rows = reading.handed, "a bulk reading has ended");
    let mut readings = org.readings.lock().unwrap_or_else(PoisonError::into_inner);
    readings.retain(|_, other| other.rest != reading.rest);
}

fn lost() -> Failure {
    let message = "the bulk result is not known any more; reading begins again where it was";
    Failure::new(Kind::Transient, Class::Busy, "INVALID_QUERY_LOCATOR", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described() -> Described {
        let json = include_str!("../../../tests/fixtures/salesforce_describe.json");
        Described::from(serde_json::from_str::<super::super::describe::ObjectWire>(json).unwrap())
    }

    #[test]
    fn a_job_is_for_many_plain_rows() {
        let rest: Arc<str> = "/services/data/v62.0/query/01g-2000".into();
        let worth = |total, fields: &[&str]| {
            Reading::worth(
                &described(),
                fields,
                (total, 2_000, 800_000),
                &rest,
                (String::new(), Mark::default()),
            )
            .is_some()
        };
        assert!(worth(100_000, &["Id", "Name"]) && !worth(21_999, &["Id"]));
        assert!(!worth(100_000, &["Id", "Account.Name"]), "a parent's fields have no described type");
        assert!(!worth(100_000, &["Id", "Secret__c"]));
    }
}
