//! Query jobs: rows by the million, page by page.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value as Json, json};

use super::{Columns, Job, State, Work, csv, exhausted, wrong_state};
use crate::sandbox::salesforce::call::{Answer, Handled};
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::rest::Context;
use crate::sandbox::salesforce::soql::Node;

/// The most parts of a result that are told at once, to be fetched side by side.
const PARTS: usize = 5;

/// Rows of a part that is fetched beside others.
const PART: usize = 50_000;

/// What a query found: which rows, and what of them is shown.
#[derive(Clone, Debug)]
pub(super) struct Found {
    object: usize,
    node: Node,
    slots: Arc<[u32]>,
}

impl Found {
    pub(super) fn rows(&self) -> usize {
        self.slots.len()
    }
}

impl Context<'_> {
    pub(super) fn create_query_job(&self) -> Handled {
        let body = self.call.json().map_err(|error| vec![error])?;
        let text = |key: &str| body.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (operation, query) = (text("operation"), text("query"));
        if !matches!(operation.as_str(), "query" | "queryAll") {
            return Err(vec![ApiError::json("Value for operation is not one of [query, queryAll]")]);
        }
        let columns = Columns::read(&body).map_err(|error| vec![error])?;
        let (object, found) = self.find_rows(&query, operation == "queryAll")?;
        if !self.inner.meter().spend("DailyBulkV2QueryJobs", 1) {
            return Err(vec![exhausted("query jobs")]);
        }
        let due = self.due();
        let make = |id| Job {
            id,
            user: self.user,
            version: self.version,
            created: self.now,
            object,
            operation,
            state: State::UploadComplete,
            due,
            columns,
            work: Work::Query(found),
            error: None,
        };
        let mut jobs = self.inner.bulk_jobs();
        let job = jobs.add(make, self.now);
        let answer = Answer::json(200, &job.info(self.milliseconds(), false));
        // It is told as it was sent; the next look finds it at work.
        jobs.find(job.id.as_str(), "query")?.state = State::Done;
        Ok(answer)
    }

    fn find_rows(&self, query: &str, all: bool) -> Result<(String, Found), Vec<ApiError>> {
        let org = self.inner.read();
        let plan = self.plan(&org, query, all)?;
        let (node, plan) = plan.into_bulk().map_err(|error| vec![error])?;
        let name = org.store.schema().at(plan.object).map_or("", |object| object.name);
        if matches!(name, "Organization" | "Profile") {
            let message = format!("Entity '{name}' is not supported by the Bulk API.");
            return Err(vec![ApiError::new(400, "INVALIDENTITY", message)]);
        }
        let slots = plan.find(&org.store).into();
        Ok((name.to_owned(), Found { object: plan.object, node, slots }))
    }

    /// The job whose results are asked for, and what it found.
    fn found(&self) -> Result<(Job, Found), Vec<ApiError>> {
        let mut jobs = self.inner.bulk_jobs();
        let job = jobs.find(self.segment(2), "query")?;
        if job.version != self.version {
            let message = "The API version of the request differs from the API version of the job";
            return Err(vec![ApiError::new(409, "API_ERROR", message)]);
        }
        if job.shown(self.milliseconds()) != "JobComplete" {
            return Err(vec![wrong_state("The job has no results: it is not complete")]);
        }
        let Work::Query(found) = &job.work else { return Err(vec![ApiError::not_found()]) };
        Ok((job.clone(), found.clone()))
    }

    pub(super) fn query_results(&self) -> Handled {
        let (job, found) = self.found()?;
        let illegal = |name: &str| {
            vec![ApiError::new(
                400,
                "ILLEGAL_QUERY_PARAMETER_VALUE",
                format!("The value of {name} is not valid"),
            )]
        };
        let asked = match self.call.parameter("maxRecords") {
            Some(text) => Some(text.parse::<usize>().ok().filter(|most| *most > 0))
                .map(|most| most.ok_or_else(|| illegal("maxRecords")))
                .transpose()?,
            None => None,
        };
        let (from, part) = match self.call.parameter("locator").filter(|text| *text != "null") {
            Some(text) => read_locator(text).ok_or_else(|| illegal("locator"))?,
            None => (0, None),
        };
        let org = self.inner.read();
        let page = asked.or(part).unwrap_or(org.settings.bulk_page);
        let total = found.slots.len();
        let end = if page == 0 { total } else { total.min(from.saturating_add(page)) };
        let (delimiter, line_end) = (job.columns.delimiter, job.columns.end());
        let mut body = Vec::with_capacity(128 + (end - from.min(end)) * 96);
        found.node.write_csv_names(&mut body, delimiter, line_end);
        let object = org.store.schema().at(found.object);
        let slots = found.slots.get(from..end).unwrap_or_default();
        let mut rows = 0_usize;
        for row in slots.iter().filter_map(|slot| org.store.row(object?, *slot)) {
            found.node.write_csv(&mut body, &org.store, row, delimiter, line_end);
            rows += 1;
        }
        // A part that is fetched beside others leads to no next one.
        let next = if end < total && part.is_none() { locator(end, None) } else { "null".into() };
        Ok(csv(body).with("sforce-locator", &next).with("sforce-numberofrecords", &rows.to_string()))
    }

    /// Where the parts of a result are, to be fetched side by side.
    pub(super) fn query_pages(&self) -> Handled {
        if self.version < 58 {
            return Err(vec![ApiError::not_found()]);
        }
        let (job, found) = self.found()?;
        let from = self.call.parameter("locator").and_then(read_locator).map_or(0, |(from, _)| from);
        let base = format!("{}/jobs/query/{}", self.root, job.id);
        let starts: Vec<usize> = (from..found.slots.len().max(from + 1)).step_by(PART).take(PARTS).collect();
        let pages: Vec<Json> = starts
            .iter()
            .map(|start| json!({ "resultUrl": format!("{base}/results?locator={}", locator(*start, Some(PART))) }))
            .collect();
        let next = starts.last().map_or(0, |last| last + PART);
        let done = next >= found.slots.len();
        let url = (!done).then(|| format!("{base}/resultPages?locator={}", locator(next, None)));
        Ok(Answer::json(200, &json!({ "resultPages": pages, "nextRecordsUrl": url, "done": done })))
    }
}

/// Opaque to clients: where the next page begins, and how long it is if that is fixed.
fn locator(from: usize, part: Option<usize>) -> String {
    STANDARD_NO_PAD.encode(format!("0-G0n:{from}:{}", part.unwrap_or(0)))
}

fn read_locator(text: &str) -> Option<(usize, Option<usize>)> {
    let text = String::from_utf8(STANDARD_NO_PAD.decode(text).ok()?).ok()?;
    let (from, part) = text.strip_prefix("0-G0n:")?.split_once(':')?;
    let part: usize = part.parse().ok()?;
    Some((from.parse().ok()?, Some(part).filter(|part| *part > 0)))
}
