//! Many rows at a time: Bulk API 2.0 queries, for first loads that would take many pages over REST.
//!
//! The first page always comes over REST and tells how many rows there are. When they are many, the rest is asked for
//! in a job, in the same order, and handed on in pages of the usual size: whoever reads notices nothing but the number
//! of calls. A job that is refused, fails or takes too long costs nothing but time: reading goes on over REST.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::codec::Row;
use super::describe::Described;
use super::rest::Kinds;
use super::{Salesforce, rest};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::schema::Shape;
use crate::domain::time::Stamp;
use crate::remote::call::{self, Reply, Trouble};

/// From so many rows on a job is worth its calls: over REST they would take more than ten.
const WORTH_IT: u64 = 20_000;

/// The most rows of one result page.
const PAGE: u64 = 50_000;

/// About the most bytes of one result page.
const PAGE_BYTES: u64 = 32 * 1024 * 1024;

/// Rows that are handed on at a time.
const HANDED: usize = 2_000;

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
    rows: u64,
    row_bytes: u64,
    job: Option<String>,
    /// Where the next page of the result begins.
    locator: Option<String>,
    /// Rows of the page at hand that were not handed on yet, newest last.
    at_hand: std::vec::IntoIter<Row>,
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
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<Arc<str>>,
    pub(super) server_time: Option<Stamp>,
}

impl Reading {
    /// Returns a reading for what is left after the first page, when a job is worth its calls and able to read it.
    pub(super) fn worth(
        described: &Described,
        fields: &[&str],
        (total, page_rows, page_bytes): (u64, usize, usize),
        rest: &Arc<str>,
        query: String,
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
            rows,
            row_bytes,
            job: None,
            locator: None,
            at_hand: Vec::new().into_iter(),
            handed: 0,
        })
    }
}

/// Hands on the next part of a reading that `place` belongs to; `None` when none does, or when it is better to go on
/// over REST at the place that `place` was in the beginning.
pub(super) async fn next(
    org: &Salesforce,
    described: &Described,
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
    if reading.at_hand.len() == 0 {
        match fill(org, described, &mut reading).await {
            Ok(time) => server_time = time,
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
        }
    }
    let rows: Vec<Row> = reading.at_hand.by_ref().take(HANDED).collect();
    reading.handed = reading.handed.saturating_add(u64::try_from(rows.len()).unwrap_or(0));
    if reading.at_hand.len() == 0 && reading.locator.is_none() {
        discard(org, &reading);
        return Ok(Some(Part { rows, next: None, server_time }));
    }
    let next: Arc<str> =
        format!("{PLACE}{}:{}", reading.job.as_deref().unwrap_or_default(), reading.handed).into();
    let mut readings = org.readings.lock().unwrap_or_else(PoisonError::into_inner);
    readings.insert(Arc::clone(&next), reading);
    Ok(Some(Part { rows, next: Some(next), server_time }))
}

/// Gets the next page of the result, after making the job and waiting for it where that was not done yet.
async fn fill(
    org: &Salesforce,
    described: &Described,
    reading: &mut Reading,
) -> Result<Option<Stamp>, Failure> {
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
    let rows = rows(&reply, described)?;
    let header = |name: &str| reply.headers().get(name).and_then(|value| value.to_str().ok());
    // A page that is not what it says it is would be rows lost.
    if header("sforce-numberofrecords")
        .and_then(|count| count.parse().ok())
        .is_some_and(|told: usize| told != rows.len())
    {
        return Err(call::unreadable("a bulk result with another number of rows than it says"));
    }
    let next = header("sforce-locator").filter(|next| *next != "null" && !next.is_empty());
    if next.is_some_and(|next| !next.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b))) {
        return Err(call::unreadable("the place of a bulk result's next page"));
    }
    reading.locator = next.map(super::identify::encoded);
    reading.at_hand = rows.into_iter();
    Ok(call::server_time(reply.headers()))
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
    let mut wait =
        Duration::from_millis(rows / 50).clamp(Duration::from_millis(500), Duration::from_secs(10));
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
            _ => wait = (wait * 3).min(Duration::from_secs(30)),
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

/// Reads the rows of a result as they would have come over REST.
fn rows(reply: &Reply, described: &Described) -> Result<Vec<Row>, Failure> {
    let mut table = csv::ReaderBuilder::new().flexible(false).from_reader(&reply.body()[..]);
    let broken = |error: csv::Error| call::unreadable(&error.to_string());
    let head = table.headers().map_err(broken)?.clone();
    let mut names = std::collections::BTreeSet::new();
    if !head.iter().all(|name| names.insert(name.to_ascii_lowercase())) || !names.contains("id") {
        return Err(call::unreadable("a bulk result without a line of names"));
    }
    let shapes: Vec<Option<Shape>> = head.iter().map(|name| described.shape(name)).collect();
    let mut rows = Vec::new();
    let mut line = csv::StringRecord::new();
    while table.read_record(&mut line).map_err(broken)? {
        let mut row = Row::new();
        for ((name, shape), text) in head.iter().zip(&shapes).zip(line.iter()) {
            row.insert(name.to_owned(), json_of(text, *shape)?);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Returns a cell as JSON would have it: what is empty is nothing.
fn json_of(text: &str, shape: Option<Shape>) -> Result<Box<RawValue>, Failure> {
    let number = matches!(shape, Some(Shape::Number | Shape::Percent | Shape::Integer));
    let json = match shape {
        _ if text.is_empty() => "null".to_owned(),
        Some(Shape::Bool) => text.eq_ignore_ascii_case("true").to_string(),
        _ if number && serde_json::from_str::<serde_json::Number>(text).is_ok() => text.to_owned(),
        _ => serde_json::to_string(text).map_err(|error| call::unreadable(&error.to_string()))?,
    };
    RawValue::from_string(json).map_err(|error| call::unreadable(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::codec;
    use super::*;
    use crate::domain::value::Value;

    fn described() -> Described {
        let json = include_str!("../../../tests/fixtures/salesforce_describe.json");
        Described::from(serde_json::from_str::<super::super::describe::ObjectWire>(json).unwrap())
    }

    fn reply(csv: &'static str) -> Reply {
        http::Response::new(Bytes::from_static(csv.as_bytes()))
    }

    #[test]
    fn a_cell_is_what_it_would_have_been_over_rest() {
        let csv = "\"Id\",\"Amount\",\"Name\",\"IsPrivate\",\"CloseDate\"\n\
                   \"006000000000001AAA\",\"10.50\",\"A \"\"quoted\"\"\r\nname, é\",\"false\",\"\"\n";
        let rows = rows(&reply(csv), &described()).unwrap();
        let field = |name: &str| codec::field(&rows[0], name, described().shape(name));
        assert_eq!(field("Amount").to_string(), "10.5");
        assert_eq!(field("Name"), Value::text("A \"quoted\"\r\nname, é"));
        assert_eq!((field("IsPrivate"), field("CloseDate")), (Value::Bool(false), Value::Null));
    }

    #[test]
    fn a_result_that_is_none_is_no_empty_result() {
        for csv in ["", "<html>\nmaintenance\n", "\"Id\",\"Id\"\n", "\"Id\",\"Name\"\n\"006\"\n"] {
            assert!(rows(&reply(csv), &described()).is_err(), "{csv:?}");
        }
    }

    /// Whatever a result is bent into: what is read has the shape of its line of names, or it is no result at all.
    #[test]
    fn a_bent_result_never_becomes_other_rows() {
        const RIGHT: &[u8] = b"\"Id\",\"Amount\",\"Name\",\"IsPrivate\"\n\
            \"006000000000001AAA\",\"10.50\",\"A \"\"quoted\"\" name\",\"false\"\n\
            \"006000000000002AAA\",\"\",\"\xc3\xa9\",\"true\"\n";
        const HURTS: [&[u8]; 8] = [b"\"", b"\n", b",", b"\"Id\",", b"\x1b[2J", b"\xff", b"\0", b"1e999"];
        let cases = if std::env::var_os("SIM_NIGHT").is_some() { 1_000_000 } else { 20_000 };
        let (described, mut dice) = (described(), fastrand::Rng::with_seed(7));
        let mut read = 0_u32;
        for case in 0..cases {
            let mut bytes = RIGHT.to_vec();
            for _ in 0..dice.usize(1..=3) {
                let at = dice.usize(0..=bytes.len());
                let to = (at + dice.usize(0..40)).min(bytes.len());
                match dice.u8(0..4) {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(at..to)),
                    2 => drop(bytes.splice(at..at, HURTS[dice.usize(0..HURTS.len())].iter().copied())),
                    _ => {
                        let part = bytes[at..to].to_vec();
                        drop(bytes.splice(at..at, part));
                    }
                }
            }
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            let reply = http::Response::new(Bytes::from(bytes.clone()));
            let Ok(rows) = rows(&reply, &described) else { continue };
            read += 1;
            assert!(rows.len() <= lines + 1, "case {case}: {:?}", String::from_utf8_lossy(&bytes));
            let names: Option<Vec<&String>> = rows.first().map(|row| row.keys().collect());
            for row in &rows {
                let same = names.as_ref().is_some_and(|names| row.keys().eq(names.iter().copied()));
                assert!(same && row.keys().any(|name| name.eq_ignore_ascii_case("id")), "case {case}");
            }
        }
        assert!(read > 100, "hardly anything was read: {read}");
    }

    #[test]
    fn a_job_is_for_many_plain_rows() {
        let rest: Arc<str> = "/services/data/v62.0/query/01g-2000".into();
        let worth = |total, fields: &[&str]| {
            Reading::worth(&described(), fields, (total, 2_000, 800_000), &rest, String::new()).is_some()
        };
        assert!(worth(100_000, &["Id", "Name"]) && !worth(21_999, &["Id"]));
        assert!(!worth(100_000, &["Id", "Account.Name"]), "a parent's fields have no described type");
        assert!(!worth(100_000, &["Id", "Secret__c"]));
    }
}
