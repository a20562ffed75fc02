//! Bulk API 2.0: jobs, what they tell of themselves, and what can be done with them.

mod ingest;
mod lines;
mod query;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use self::ingest::Load;
use self::query::Found;
use super::calendar::{DAY, moment};
use super::call::{Answer, Handled};
use super::error::ApiError;
use super::ids::Id;
use super::rest::Context;

/// How long a job and its results are kept, in seconds.
const LIFE: i64 = 7 * DAY;

/// The most jobs of one list.
const LISTED: usize = 1000;

/// All jobs, by number.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    next: u32,
    jobs: BTreeMap<u32, Job>,
}

/// One job.
#[derive(Clone, Debug)]
struct Job {
    id: Id,
    user: Id,
    version: u32,
    created: i64,
    object: String,
    operation: String,
    state: State,
    /// From when on the work is shown as done, in milliseconds.
    due: i64,
    columns: Columns,
    work: Work,
    error: Option<String>,
}

/// What a job does.
#[derive(Clone, Debug)]
enum Work {
    Query(Found),
    Ingest(Load),
}

/// How far a job is; what is done is shown only after its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    UploadComplete,
    Done,
    Failed,
    Aborted,
}

/// How the lines of a job's files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    delimiter: u8,
    crlf: bool,
}

const DELIMITERS: [(&str, u8); 6] = [
    ("COMMA", b','),
    ("TAB", b'\t'),
    ("SEMICOLON", b';'),
    ("PIPE", b'|'),
    ("CARET", b'^'),
    ("BACKQUOTE", b'`'),
];

impl Columns {
    fn read(body: &Json) -> Result<Self, ApiError> {
        let text = |key: &str| body.get(key).and_then(Json::as_str);
        let name = text("columnDelimiter").unwrap_or("COMMA");
        let delimiter = DELIMITERS.iter().find(|(known, _)| *known == name).map(|(_, byte)| *byte);
        let crlf = match text("lineEnding").unwrap_or("LF") {
            "LF" => Some(false),
            "CRLF" => Some(true),
            _ => None,
        };
        match (delimiter, crlf) {
            (Some(delimiter), Some(crlf)) => Ok(Self { delimiter, crlf }),
            _ => Err(ApiError::json(
                "Value for columnDelimiter or lineEnding is not one of the allowed values",
            )),
        }
    }

    fn end(self) -> &'static [u8] {
        if self.crlf { b"\r\n" } else { b"\n" }
    }

    fn ending(self) -> &'static str {
        if self.crlf { "CRLF" } else { "LF" }
    }

    fn name(self) -> &'static str {
        DELIMITERS.iter().find(|(_, byte)| *byte == self.delimiter).map_or("COMMA", |(name, _)| name)
    }
}

impl Job {
    /// The state as it is shown at this moment, in milliseconds.
    fn shown(&self, now: i64) -> &'static str {
        match self.state {
            State::Open => "Open",
            State::UploadComplete => "UploadComplete",
            State::Aborted => "Aborted",
            State::Done | State::Failed if now < self.due => "InProgress",
            State::Done => "JobComplete",
            State::Failed => "Failed",
        }
    }

    fn is_over(&self, now: i64) -> bool {
        matches!(self.shown(now), "JobComplete" | "Failed" | "Aborted")
    }

    fn kind(&self) -> &'static str {
        if matches!(self.work, Work::Query(_)) { "query" } else { "ingest" }
    }

    /// The job as it stands in answers; `counted` adds what is only known of work begun.
    fn info(&self, now: i64, counted: bool) -> Json {
        let mut info = json!({
            "id": self.id.as_str(), "operation": self.operation, "object": self.object,
            "createdById": self.user.as_str(), "createdDate": moment(self.created),
            "systemModstamp": moment(self.created), "state": self.shown(now), "concurrencyMode": "Parallel",
            "contentType": "CSV", "apiVersion": f64::from(self.version), "lineEnding": self.columns.ending(),
            "columnDelimiter": self.columns.name(),
        });
        let over = self.is_over(now);
        let more = match &self.work {
            Work::Query(found) if counted => json!({
                "jobType": "V2Query", "numberRecordsProcessed": if over { found.rows() } else { 0 }, "retries": 0,
                "totalProcessingTime": if over { 50 } else { 0 }, "isPkChunkingSupported": true,
            }),
            Work::Query(_) => json!({}),
            Work::Ingest(load) => {
                let mut more = Map::new();
                if self.state == State::Open {
                    let url = format!("services/data/v{}.0/jobs/ingest/{}/batches", self.version, self.id);
                    more.insert("contentUrl".into(), json!(url));
                }
                if let Some(key) = &load.key {
                    more.insert("externalIdFieldName".into(), json!(key));
                }
                if counted {
                    let (done, failed) = if over { load.counts() } else { (0, 0) };
                    let time = if over { 50 } else { 0 };
                    let counts = json!({
                        "jobType": "V2Ingest", "numberRecordsProcessed": done + failed, "numberRecordsFailed": failed,
                        "retries": 0, "totalProcessingTime": time, "apiActiveProcessingTime": time,
                        "apexProcessingTime": 0,
                    });
                    extend(&mut more, counts);
                }
                Json::Object(more)
            }
        };
        if let Json::Object(info) = &mut info {
            extend(info, more);
            if let Some(error) = self.error.as_ref().filter(|_| over) {
                info.insert("errorMessage".into(), json!(error));
            }
        }
        info
    }
}

fn extend(map: &mut Map<String, Json>, more: Json) {
    if let Json::Object(more) = more {
        map.extend(more);
    }
}

impl Jobs {
    fn add(&mut self, make: impl FnOnce(Id) -> Job, now: i64) -> Job {
        self.jobs.retain(|_, job| now - job.created <= LIFE);
        let number = self.next;
        self.next += 1;
        let job = make(Id::of("750", number));
        self.jobs.insert(number, job.clone());
        job
    }

    fn find(&mut self, id: &str, kind: &str) -> Result<&mut Job, Vec<ApiError>> {
        let slot = Id::parse(id).filter(|id| id.prefix() == "750").and_then(|id| id.slot());
        let job = slot.and_then(|slot| self.jobs.get_mut(&slot)).filter(|job| job.kind() == kind);
        job.ok_or_else(|| vec![ApiError::not_found()])
    }
}

impl Context<'_> {
    /// Answers everything under `jobs/`.
    pub(super) fn jobs(&self) -> Handled {
        let lower = self.lower();
        let path: Vec<&str> = lower.iter().map(String::as_str).collect();
        match (self.call.method.as_str(), path.as_slice()) {
            ("GET", ["jobs", kind @ ("ingest" | "query")]) => Ok(self.list_jobs(kind)),
            ("POST", ["jobs", "query"]) => self.create_query_job(),
            ("POST", ["jobs", "ingest"]) => self.create_ingest_job(),
            ("GET", ["jobs", kind @ ("ingest" | "query"), _]) => {
                let now = self.milliseconds();
                Ok(Answer::json(200, &self.inner.bulk_jobs().find(self.segment(2), kind)?.info(now, true)))
            }
            ("PATCH", ["jobs", kind @ ("ingest" | "query"), _]) => self.change_state(kind),
            ("DELETE", ["jobs", kind @ ("ingest" | "query"), _]) => self.delete_job(kind),
            ("GET", ["jobs", "query", _, "results"]) => self.query_results(),
            ("GET", ["jobs", "query", _, "resultpages"]) => self.query_pages(),
            ("PUT", ["jobs", "ingest", _, "batches"]) => self.upload(),
            ("GET", ["jobs", "ingest", _, part]) => self.ingest_results(part),
            (method, ["jobs", "ingest" | "query"]) => Err(vec![ApiError::method(method, "GET,HEAD,POST")]),
            (method, ["jobs", "ingest" | "query", _]) => {
                Err(vec![ApiError::method(method, "DELETE,GET,HEAD,PATCH")])
            }
            _ => Err(vec![ApiError::not_found()]),
        }
    }

    fn milliseconds(&self) -> i64 {
        self.inner.clock.now().as_millisecond()
    }

    /// When work that is begun now is shown as done.
    fn due(&self) -> i64 {
        self.milliseconds() + self.inner.read().settings.bulk_ms
    }

    fn list_jobs(&self, kind: &str) -> Answer {
        let now = self.milliseconds();
        let jobs = self.inner.bulk_jobs();
        let of_kind = jobs.jobs.values().rev().filter(|job| job.kind() == kind).take(LISTED);
        let rows: Vec<Json> = of_kind.map(|job| job.info(now, false)).collect();
        Answer::json(200, &json!({ "done": true, "records": rows, "nextRecordsUrl": null }))
    }

    fn change_state(&self, kind: &str) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let now = self.milliseconds();
        match body.get("state").and_then(Json::as_str) {
            Some("Aborted") => {
                let mut jobs = self.inner.bulk_jobs();
                let job = jobs.find(self.segment(2), kind)?;
                if job.is_over(now) {
                    return Err(vec![wrong_state("Aborting a job that is over is not allowed")]);
                }
                job.state = State::Aborted;
                Ok(Answer::json(200, &job.info(now, false)))
            }
            Some("UploadComplete") if kind == "ingest" => self.close_upload(),
            _ => Err(vec![wrong_state("The state of a job can be set to UploadComplete or Aborted")]),
        }
    }

    fn delete_job(&self, kind: &str) -> Handled {
        let now = self.milliseconds();
        let mut jobs = self.inner.bulk_jobs();
        let job = jobs.find(self.segment(2), kind)?;
        if !job.is_over(now) {
            let message = "Error encountered when deleting the job because the job is not terminated";
            return Err(vec![ApiError::new(400, "API_ERROR", message)]);
        }
        let slot = job.id.slot();
        jobs.jobs.retain(|number, _| Some(*number) != slot);
        Ok(Answer::empty(204))
    }
}

fn wrong_state(message: &str) -> ApiError {
    ApiError::new(400, "INVALIDJOBSTATE", message)
}

fn exhausted(what: &str) -> ApiError {
    ApiError::new(400, "LIMIT_EXCEEDED", format!("The limit of {what} per rolling 24 hours is exceeded"))
}

fn csv(body: Vec<u8>) -> Answer {
    Answer::new(200, "text/csv", body)
}
