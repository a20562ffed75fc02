//! Many records at a time: Bulk API 2.0 ingest, for first loads to Salesforce that would take many collections.
//!
//! Rows are upserted by the key of the other system, so one that is sent twice is still one record. Nothing is written
//! before the job is closed; from then on a row is done, refused or in doubt by what the job's own results say of its
//! key. What the job provably did not touch goes on in collections.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::errors::RemoteError;
use super::rest::{self, Kinds};
use super::write::{Job, Way};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::settle::Answer;
use crate::ports::Write;
use crate::remote::call::{self, Trouble};

/// From so many records on a job is worth its calls: as collections they would take ten.
pub(super) const WORTH_IT: usize = 2_000;

/// The most records of one job: what the server takes on as one batch.
pub(super) const MOST: usize = 10_000;

/// The most bytes of one job; the server takes 150 MB after its own encoding.
const MOST_BYTES: usize = 90_000_000;

/// The most bytes of one value.
const LONGEST: usize = 131_072;

/// How a value is emptied: an empty cell leaves it as it is.
const EMPTIED: &str = "#N/A";

/// How long a job may take before it is ended.
const PATIENCE: Duration = Duration::from_mins(20);

/// How long it is looked whether a job that was ended has come to its end.
const ENDING: Duration = Duration::from_secs(5);

const CSV: Kinds = Kinds { sent: "text/csv; charset=UTF-8", accepted: "text/csv", ..rest::JSON };

/// The jobs under way, and whether nobody waits for them any more.
#[derive(Default)]
pub(super) struct Jobs {
    open: Mutex<HashSet<String>>,
    over: CancellationToken,
}

impl Jobs {
    /// Has all jobs end: they would go on without anybody who hears what became of them.
    pub(super) fn wind_up(&self) {
        self.over.cancel();
    }

    fn note(&self, job: &str, open: bool) {
        let mut jobs = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let _known = if open { jobs.insert(job.to_owned()) } else { jobs.remove(job) };
    }
}

#[derive(Deserialize)]
struct JobWire {
    id: String,
    state: String,
}

/// What is known of a row; nothing of one that is to go on in a collection.
type Told = Option<Answer>;

/// A file of rows, and which write each of them is by its key.
struct Table<'a> {
    bytes: Bytes,
    places: HashMap<&'a str, usize>,
}

/// Upserts records in one job, if it may begin one. The answers stand in the order of the writes.
pub(super) async fn upsert(job: &Job<'_>, writes: &[&Write]) -> Vec<Told> {
    let jobs = &job.org.jobs;
    let nothing = || writes.iter().map(|_| None).collect::<Vec<Told>>();
    let Some(table) = table(job, writes) else { return nothing() };
    let id = match begin(job, &table).await {
        Ok(id) => id,
        // The connection as a whole is in trouble: a collection would fare no better.
        Err(failure) if failure.kind == Kind::Connection || failure.class == Class::Limit => {
            return writes.iter().map(|_| Some(Answer::Refused(failure.clone()))).collect();
        }
        Err(failure) => {
            tracing::info!(code = &*failure.code, why = &*failure.message, "no bulk job: writing over REST");
            return nothing();
        }
    };
    jobs.note(&id, true);
    let ended = finished(job, &id).await;
    jobs.note(&id, false);
    let mut answers = nothing();
    let told = match ended {
        Ok(()) => results(job, &id, writes, &table, &mut answers).await,
        Err(failure) => Err(failure),
    };
    if let Err(failure) = told {
        tracing::warn!(job = id, code = &*failure.code, "what a bulk job did is looked up by key");
        for place in table.places.values() {
            if let Some(slot) = answers.get_mut(*place).filter(|slot| slot.is_none()) {
                *slot = Some(Answer::Doubt);
            }
        }
    } else if jobs.over.is_cancelled() {
        // Nobody begins anything new now; what was not done is planned anew at the next start.
        let until = job.org.rest.now();
        for slot in answers.iter_mut().filter(|slot| slot.is_none()) {
            *slot = Some(Answer::NotDone { until });
        }
    }
    answers
}

/// Makes a job, gives it its rows and lets it begin. As long as this fails nothing was written.
async fn begin(job: &Job<'_>, table: &Table<'_>) -> Result<String, Failure> {
    let rest = &job.org.rest;
    if job.org.jobs.over.is_cancelled() {
        return Err(Failure::new(Kind::Transient, Class::Busy, "STOPPING", "no job begins any more"));
    }
    let body = json!({
        "object": job.object, "operation": "upsert", "externalIdFieldName": job.key_field.as_str(),
        "contentType": "CSV", "lineEnding": "LF", "columnDelimiter": "COMMA",
    });
    let body = Bytes::from(body.to_string());
    let made =
        rest.send(&Method::POST, &rest.path("jobs/ingest"), Some(body)).await.map_err(Trouble::failure)?;
    let made: JobWire = rest::read(made.body())?;
    if made.id.is_empty() || !made.id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(call::unreadable("the id of a bulk job"));
    }
    let path = rest.path(&format!("jobs/ingest/{}/batches", made.id));
    let given = rest.send_as(&Method::PUT, &path, Some(table.bytes.clone()), CSV).await;
    let begun = match given {
        Ok(_) => set_state(job, &made.id, "UploadComplete").await,
        Err(trouble) => Err(Trouble::Refused(trouble.failure())),
    };
    match begun {
        // No answer is no refusal: it may be at work, and its state will tell.
        Ok(()) | Err(Trouble::Doubt(_)) => Ok(made.id),
        Err(Trouble::Refused(failure)) => {
            if failure.kind != Kind::Connection {
                // A job that never got its rows writes nothing; it only stands in the way for a day.
                drop(set_state(job, &made.id, "Aborted").await);
            }
            Err(failure)
        }
    }
}

async fn set_state(job: &Job<'_>, id: &str, state: &str) -> Result<(), Trouble> {
    let rest = &job.org.rest;
    let body = Bytes::from(json!({ "state": state }).to_string());
    rest.send(&Method::PATCH, &rest.path(&format!("jobs/ingest/{id}")), Some(body)).await.map(|_| ())
}

/// Waits for a job to end, looking seldom: each look is a call. One that takes too long, or for which nobody waits any
/// more, is ended.
async fn finished(job: &Job<'_>, id: &str) -> Result<(), Failure> {
    let (rest, over) = (&job.org.rest, &job.org.jobs.over);
    let began = Instant::now();
    let mut wait = Duration::from_millis(500);
    let mut ended: Option<Instant> = None;
    loop {
        if ended.is_some() {
            tokio::time::sleep(Duration::from_millis(200)).await;
        } else if over.run_until_cancelled(tokio::time::sleep(wait)).await.is_some() {
            wait = (wait * 3).min(Duration::from_secs(30));
        }
        if ended.is_none() && (over.is_cancelled() || began.elapsed() > PATIENCE) {
            ended = Some(Instant::now());
            // Refused when it has just come to its end by itself.
            drop(set_state(job, id, "Aborted").await);
        }
        let looked = rest.get(&rest.path(&format!("jobs/ingest/{id}"))).await;
        match looked.and_then(|reply| rest::read::<JobWire>(reply.body())) {
            Ok(shown) if matches!(&*shown.state, "JobComplete" | "Failed" | "Aborted") => return Ok(()),
            // One that never began, because its closing got lost.
            Ok(shown) if shown.state == "Open" && ended.is_none() => {
                set_state(job, id, "UploadComplete").await.map_err(Trouble::failure)?;
            }
            Err(failure) if failure.kind != Kind::Transient => return Err(failure),
            Ok(_) | Err(_) => {}
        }
        if ended.is_some_and(|ended| ended.elapsed() > ENDING) {
            let message = "a bulk job that was ended goes on";
            return Err(Failure::new(Kind::Transient, Class::Busy, "REQUEST_RUNNING_TOO_LONG", message));
        }
    }
}

/// Reads what became of each row.
async fn results(
    job: &Job<'_>,
    id: &str,
    writes: &[&Write],
    table: &Table<'_>,
    answers: &mut [Told],
) -> Result<(), Failure> {
    for (part, first) in [("successfulResults", "sf__Id"), ("failedResults", "sf__Error")] {
        for (key, cell) in rows(job, id, part, first).await? {
            let place = table.places.get(&*key).copied();
            let write = place.and_then(|place| writes.get(place));
            if let (Some(slot), Some(write)) = (place.and_then(|place| answers.get_mut(place)), write) {
                *slot = Some(match part {
                    "failedResults" => Answer::Refused(refusal(&cell)),
                    // A record that was made but is not named has to be looked up.
                    _ if cell.is_empty() => {
                        write.id.clone().map_or(Answer::Doubt, |id| Answer::Done { id, at: None })
                    }
                    _ => Answer::Done { id: cell.into(), at: None },
                });
            }
        }
    }
    let missing =
        |answers: &[Told]| table.places.values().any(|at| answers.get(*at).is_some_and(Option::is_none));
    if !missing(answers) {
        return Ok(());
    }
    // Only what the job itself says it left alone may be sent again without looking.
    let left: HashSet<String> = rows(job, id, "unprocessedrecords", job.key_field.as_str())
        .await?
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    for (key, place) in &table.places {
        if let Some(slot) = answers.get_mut(*place).filter(|slot| slot.is_none() && !left.contains(*key)) {
            *slot = Some(Answer::Doubt);
        }
    }
    Ok(())
}

/// Reads a list of results: of each row its key and one other cell.
async fn rows(job: &Job<'_>, id: &str, part: &str, other: &str) -> Result<Vec<(String, String)>, Failure> {
    let rest = &job.org.rest;
    let path = rest.path(&format!("jobs/ingest/{id}/{part}"));
    let reply = rest.send_as(&Method::GET, &path, None, CSV).await.map_err(Trouble::failure)?;
    let broken = |error: csv::Error| call::unreadable(&error.to_string());
    let mut table = csv::ReaderBuilder::new().flexible(false).from_reader(&reply.body()[..]);
    let head = table.headers().map_err(broken)?.clone();
    let column = |wanted: &str| head.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    let (Some(key), Some(other)) = (column(job.key_field.as_str()), column(other)) else {
        return Err(call::unreadable("a bulk result without the columns that it must have"));
    };
    let cell = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    table.records().map(|row| row.map_err(broken).map(|row| (cell(&row, key), cell(&row, other)))).collect()
}

/// Reads `CODE:message:FIELD,FIELD --`.
fn refusal(text: &str) -> Failure {
    let (code, rest) = text.split_once(':').unwrap_or((text, ""));
    let (message, fields) = rest.rsplit_once(':').unwrap_or((rest, ""));
    let fields = fields.trim_end_matches("--").split(',').map(str::trim).filter(|name| !name.is_empty());
    RemoteError::of(code.trim(), message, fields.map(str::to_owned).collect()).failure()
}

/// Makes the file. A write that cannot stand in one is left out.
fn table<'a>(job: &'a Job<'_>, writes: &[&'a Write]) -> Option<Table<'a>> {
    let mut names: Vec<&str> = vec![job.key_field.as_str()];
    let mut lines: Vec<(usize, HashMap<&str, String>)> = Vec::with_capacity(writes.len());
    let mut places = HashMap::new();
    let mut size = 0_usize;
    for (at, write) in writes.iter().enumerate() {
        let (Some(key), Some(cells)) = (&write.key, cells(job, write)) else { continue };
        size = size.saturating_add(cells.values().map(|cell| cell.len() + 3).sum());
        if size > MOST_BYTES || places.insert(key.as_str(), at).is_some() {
            // One key twice in a file would be one record written twice.
            return None;
        }
        for name in cells.keys() {
            if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                names.push(name);
            }
        }
        lines.push((at, cells));
    }
    let mut file = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    file.write_record(&names).ok()?;
    for (_, cells) in &lines {
        file.write_record(names.iter().map(|name| cells.get(name).map_or("", String::as_str))).ok()?;
    }
    let bytes = Bytes::from(file.into_inner().ok()?);
    (!lines.is_empty()).then_some(Table { bytes, places })
}

/// Returns the cells of a record by field; `None` for one that a file cannot hold.
fn cells<'a>(job: &'a Job<'_>, write: &'a Write) -> Option<HashMap<&'a str, String>> {
    let row = job.row(Way::Upsert, write).ok()?;
    let fields = row.0.into_iter().filter(|(name, _)| *name != "attributes");
    fields.map(|(name, json)| Some((name, cell(&json)?))).collect()
}

/// Returns a value as it stands in a file.
fn cell(json: &RawValue) -> Option<String> {
    let text = match json.get().as_bytes().first()? {
        b'"' => serde_json::from_str::<String>(json.get()).ok().filter(|text| text != EMPTIED)?,
        b'n' => String::new(),
        b'{' | b'[' => return None,
        _ => json.get().to_owned(),
    };
    let text = if text.is_empty() { EMPTIED.to_owned() } else { text };
    (text.len() <= LONGEST).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_the_value_says() {
        let of = |json: &str| cell(&RawValue::from_string(json.to_owned()).unwrap());
        assert_eq!(of("null").as_deref(), Some("#N/A"), "an empty cell would leave the value as it is");
        assert_eq!(of("\"\"").as_deref(), Some("#N/A"));
        assert_eq!(of("\" a \\\"b\\\"\\r\\n,c\"").as_deref(), Some(" a \"b\"\r\n,c"));
        assert_eq!((of("true").as_deref(), of("-1.50").as_deref()), (Some("true"), Some("-1.50")));
        assert_eq!(of("\"#N/A\""), None, "a text that means something else in a file");
        assert_eq!(of("{\"Ext__c\":\"1\"}"), None);
        assert_eq!(of(&format!("\"{}\"", "x".repeat(LONGEST + 1))), None);
    }

    #[test]
    fn a_refusal_is_read_with_its_fields() {
        let of = |text| {
            let failure = refusal(text);
            (failure.kind, failure.class, failure.message.to_string(), failure.fields.len())
        };
        let told = of("FIELD_CUSTOM_VALIDATION_EXCEPTION:At 10:30, no:Title,Phone --");
        assert_eq!(told, (Kind::Permanent, Class::Valid, "At 10:30, no".to_owned(), 2));
        let told = of("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record: --");
        assert_eq!((told.0, told.1, told.3), (Kind::Transient, Class::Lock, 0));
        assert_eq!(of("").0, Kind::Permanent);
    }
}
