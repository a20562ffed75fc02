//! Ingest jobs: files of rows to be written, and what became of each row.

use std::sync::Arc;

use axum::body::Bytes;
use serde_json::Value as Json;

use super::lines::Lines;
use super::{Columns, Job, State, Work, csv, exhausted, wrong_state};
use crate::sandbox::salesforce::call::{Answer, Handled};
use crate::sandbox::salesforce::dml::{Refused, Writer};
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::ids::Id;
use crate::sandbox::salesforce::rest::Context;
use crate::sandbox::salesforce::schema::Object;
use crate::sandbox::salesforce::soql::write_quoted;

/// Rows of one transaction.
const CHUNK: usize = 200;

/// Rows that count as one batch of the daily allocation.
const BATCH: usize = 10_000;

/// The longest data of a job that is created together with them.
const WITH_DATA: usize = 100_000;

/// The most characters of one value.
const LONGEST: usize = 131_072;

/// A file and what became of its rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    /// The field by which an upsert finds its rows.
    pub(super) key: Option<String>,
    data: Option<Bytes>,
    lines: Arc<Lines>,
    /// Row by row: its id and whether it was created, or what went wrong.
    outcomes: Arc<[Result<(Id, bool), String>]>,
}

impl Load {
    /// Rows done and rows refused.
    pub(super) fn counts(&self) -> (usize, usize) {
        let failed = self.outcomes.iter().filter(|outcome| outcome.is_err()).count();
        (self.outcomes.len() - failed, failed)
    }
}

impl Context<'_> {
    pub(super) fn create_ingest_job(&self) -> Handled {
        let (body, data) = self.job_and_data()?;
        let text = |key: &str| body.get(key).and_then(Json::as_str);
        let operation = text("operation").unwrap_or_default().to_owned();
        if !matches!(operation.as_str(), "insert" | "update" | "upsert" | "delete" | "hardDelete") {
            let message = "Value for operation is not one of [delete, hardDelete, insert, update, upsert]";
            return Err(vec![ApiError::json(message)]);
        }
        let columns = Columns::read(&body).map_err(|error| vec![error])?;
        let key = text("externalIdFieldName").map(str::to_owned);
        let object = self.ingested(text("object").unwrap_or_default(), &operation, key.as_deref())?;
        let state = State::Open;
        let load = Load { key, ..Load::default() };
        let make = |id| Job {
            id,
            user: self.user,
            version: self.version,
            created: self.now,
            object,
            operation,
            state,
            due: 0,
            columns,
            work: Work::Ingest(load),
            error: None,
        };
        let job = self.inner.bulk_jobs().add(make, self.now);
        if let Some(data) = data {
            self.keep(job.id, data)?;
            return self.process(job.id.as_str());
        }
        Ok(Answer::json(200, &job.info(self.milliseconds(), false)))
    }

    /// The object's name, if rows of it can be written so.
    fn ingested(&self, name: &str, operation: &str, key: Option<&str>) -> Result<String, Vec<ApiError>> {
        let org = self.inner.read();
        let object = org.store.schema().object(name).filter(|object| org.access(self.user).reads(object));
        let Some(object) = object.filter(|object| object.writable) else {
            let message = format!("Entity '{name}' is not supported by the Bulk API.");
            return Err(vec![ApiError::new(400, "INVALIDENTITY", message)]);
        };
        if operation == "upsert" {
            let place = key.and_then(|key| object.place(key));
            let field = place.and_then(|place| object.field(place));
            if !field.is_some_and(|field| field.external || field.unique || field.name == "Id") {
                let message = "InvalidJob : External ID was blank or is not an external ID field of the object. An \
                               External ID must be specified for upsert.";
                return Err(vec![ApiError::new(400, "INVALIDJOB", message)]);
            }
        }
        Ok(object.name.to_owned())
    }

    /// The job of the body, and data that came with it.
    fn job_and_data(&self) -> Result<(Json, Option<Bytes>), Vec<ApiError>> {
        let kind = self.call.header("content-type").unwrap_or_default();
        let Some(boundary) = kind.split_once("boundary=").map(|(_, rest)| rest.trim_matches('"')) else {
            return Ok((self.call.json().map_err(|error| vec![error])?, None));
        };
        let body = String::from_utf8_lossy(&self.call.body).into_owned();
        let border = format!("--{boundary}");
        let part = |name: &str| {
            let wanted = format!("name=\"{name}\"");
            let found = body.split(&border).find(|part| part.contains(&wanted))?;
            let (_, content) = found.split_once("\r\n\r\n").or_else(|| found.split_once("\n\n"))?;
            Some(content.strip_suffix("\r\n").or_else(|| content.strip_suffix('\n')).unwrap_or(content))
        };
        let job = part("job").ok_or_else(|| vec![ApiError::json("Missing required part: job")])?;
        let job = serde_json::from_str(job).map_err(|error| vec![ApiError::json(error.to_string())])?;
        let data = part("content").ok_or_else(|| vec![ApiError::json("Missing required part: content")])?;
        if data.len() > WITH_DATA {
            let message = "The request body is too long: a multipart job holds at most 100,000 characters";
            return Err(vec![ApiError::new(400, "INVALIDBATCH", message)]);
        }
        Ok((job, Some(data.to_owned().into())))
    }

    pub(super) fn upload(&self) -> Handled {
        let kind = self.call.header("content-type").unwrap_or_default();
        if !kind.starts_with("text/csv") {
            let message = "Content-Type header specified in HTTP request is not supported";
            return Err(vec![ApiError::new(415, "UNSUPPORTED_MEDIA_TYPE", format!("{message}: {kind}"))]);
        }
        let id = self.inner.bulk_jobs().find(self.segment(2), "ingest")?.id;
        self.keep(id, self.call.body.clone())?;
        Ok(Answer::empty(201))
    }

    fn keep(&self, id: Id, data: Bytes) -> Result<(), Vec<ApiError>> {
        let mut jobs = self.inner.bulk_jobs();
        let job = jobs.find(id.as_str(), "ingest")?;
        if job.state != State::Open {
            return Err(vec![wrong_state("The job is not open for data")]);
        }
        let Work::Ingest(load) = &mut job.work else { return Err(vec![ApiError::not_found()]) };
        if load.data.is_some() {
            let message = format!(
                "Found multiple contents for job: <{id}>, please 'Close' / 'Abort' / 'Delete' the current Job then \
                 create a new Job and make sure you only do 'PUT' once on a given Job."
            );
            return Err(vec![ApiError::new(400, "CLIENT_INPUT_ERROR", message)]);
        }
        load.data = Some(data);
        Ok(())
    }

    pub(super) fn close_upload(&self) -> Handled {
        self.process(self.segment(2))
    }

    /// Carries a job out; it is told as it was sent, and the next look finds it at work.
    fn process(&self, id: &str) -> Handled {
        let due = self.due();
        let mut job = {
            let mut jobs = self.inner.bulk_jobs();
            let job = jobs.find(id, "ingest")?;
            if job.state != State::Open {
                return Err(vec![wrong_state("The job is not open")]);
            }
            job.state = State::UploadComplete;
            job.clone()
        };
        let answer = Answer::json(200, &job.info(self.milliseconds(), false));
        job.due = due;
        job.state = State::Done;
        if let Err(error) = self.load(&mut job) {
            job.state = State::Failed;
            job.error = Some(error);
        }
        *self.inner.bulk_jobs().find(id, "ingest")? = job;
        Ok(answer)
    }

    fn load(&self, job: &mut Job) -> Result<(), String> {
        let schema = self.inner.read().store.schema().clone();
        let object = schema.object(&job.object).ok_or("InvalidJob : the object is gone")?;
        let Work::Ingest(load) = &mut job.work else { return Ok(()) };
        let data = load.data.take().unwrap_or_default();
        load.lines = Arc::new(Lines::read(&data, job.columns)?);
        load.lines.check(object)?;
        let batches = u64::try_from(load.lines.rows.len().div_ceil(BATCH)).unwrap_or(u64::MAX);
        if !self.inner.meter().spend("DailyBulkApiBatches", batches) {
            return Err(format!("ExceededQuota : {}", exhausted("batches").message));
        }
        let key = load.key.as_deref().and_then(|key| object.place(key));
        let mut outcomes = Vec::with_capacity(load.lines.rows.len());
        for rows in load.lines.rows.chunks(CHUNK) {
            // Each chunk is a transaction of its own, and others get in between.
            let mut org = self.inner.write_as(self.origin("bulkapi"));
            org.store.begin();
            let mut writer = self.writer(&mut org);
            for row in rows {
                let mark = writer.org.store.mark();
                let outcome = write(&mut writer, &load.lines, row, object, &job.operation, key);
                if outcome.is_err() {
                    writer.org.store.back_to(mark);
                }
                outcomes.push(outcome.map_err(|errors| shown(&errors)));
            }
            org.store.commit();
        }
        load.outcomes = outcomes.into();
        Ok(())
    }

    pub(super) fn ingest_results(&self, part: &str) -> Handled {
        let job = {
            let mut jobs = self.inner.bulk_jobs();
            let job = jobs.find(self.segment(2), "ingest")?;
            if !job.is_over(self.milliseconds()) {
                return Err(vec![wrong_state("The job has no results: it is not over")]);
            }
            job.clone()
        };
        let Work::Ingest(load) = &job.work else { return Err(vec![ApiError::not_found()]) };
        let first: [&str; 2] = match part {
            "successfulresults" => ["sf__Id", "sf__Created"],
            "failedresults" => ["sf__Id", "sf__Error"],
            "unprocessedrecords" => ["", ""],
            _ => return Err(vec![ApiError::not_found()]),
        };
        let mut body = Vec::new();
        let mut line = |extra: [&str; 2], cells: &[String]| {
            let extra = extra.into_iter().filter(|_| !first.contains(&""));
            for (position, cell) in extra.chain(cells.iter().map(String::as_str)).enumerate() {
                if position > 0 {
                    body.push(job.columns.delimiter);
                }
                write_quoted(&mut body, cell.as_bytes());
            }
            body.extend_from_slice(job.columns.end());
        };
        line(first, &load.lines.names);
        let outcomes = load.outcomes.iter().map(Some).chain(std::iter::repeat(None));
        for (row, outcome) in load.lines.rows.iter().zip(outcomes) {
            match (part, outcome) {
                ("successfulresults", Some(Ok((id, created)))) => {
                    line([id.as_str(), if *created { "true" } else { "false" }], row);
                }
                ("failedresults", Some(Err(error))) => line(["", error], row),
                ("unprocessedrecords", None) => line(["", ""], row),
                _ => {}
            }
        }
        Ok(csv(body))
    }
}

fn write(
    writer: &mut Writer<'_>,
    lines: &Lines,
    row: &[String],
    object: &Object,
    operation: &str,
    key: Option<usize>,
) -> Result<(Id, bool), Refused> {
    if row.len() != lines.names.len() {
        let message = format!("Number of columns in the row does not match the header: {}", row.len());
        return Err(vec![ApiError::row("INVALID_FIELD", message, &[])]);
    }
    if row.iter().any(|cell| cell.len() > LONGEST) {
        let message = "A value exceeds the maximum of 131072 characters";
        return Err(vec![ApiError::row("INVALID_FIELD", message, &[])]);
    }
    let mut fields = lines.fields(row, object);
    if operation == "insert" {
        return writer.create(object, &fields).map(|id| (id, true));
    }
    if operation == "upsert"
        && let Some(place) = key
    {
        let name = object.field(place).map_or("", |field| field.name);
        let value = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        let value = value.map_or(Json::Null, |(_, value)| value.clone());
        return writer.upsert(object, place, &value, fields);
    }
    let text = Lines::id(&mut fields, object);
    if text.is_empty() {
        return Err(vec![ApiError::row("MISSING_ARGUMENT", "Id not specified in an update call", &[])]);
    }
    let id = Id::parse(&text).filter(|id| id.prefix() == object.prefix);
    let id = id.ok_or_else(|| vec![ApiError::row("MALFORMED_ID", format!("malformed id {text}"), &[])])?;
    match operation {
        "delete" => writer.delete(id)?,
        "hardDelete" => writer.hard_delete(id)?,
        _ => writer.update(id, &fields)?,
    }
    Ok((id, false))
}

/// The errors of a row as they stand beside it.
fn shown(errors: &[ApiError]) -> String {
    let shown = errors.iter().map(|error| {
        let fields = error.fields.as_deref().unwrap_or_default().join(",");
        // Values come as texts here: what does not fit is told of the value, not of a parser.
        let code =
            if error.code == "JSON_PARSER_ERROR" { "INVALID_TYPE_ON_FIELD_IN_RECORD" } else { &error.code };
        format!("{code}:{}:{fields} --", error.message)
    });
    shown.collect::<Vec<_>>().join(";")
}
