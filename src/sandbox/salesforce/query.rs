//! Queries over REST: pages, locators, and what clients ask about columns.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::calendar::DAY;
use super::call::{Answer, Handled};
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::rest::Context;
use super::soql::{self, Line, Node, Output, Plan, Scope};
use super::store::Store;

/// The largest page.
const PAGE: usize = 2000;

/// The smallest page a client may ask for.
const SMALLEST: usize = 200;

/// How long a cursor lives, in seconds.
const LIFE: i64 = 2 * DAY;

/// More open cursors than this are not kept: the oldest goes.
const OPEN: usize = 500;

/// The open cursors.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    next: u32,
    open: HashMap<String, Cursor>,
    ages: BTreeMap<u32, String>,
}

#[derive(Clone, Debug)]
struct Cursor {
    user: Id,
    opened: i64,
    page: usize,
    rows: Arc<Rows>,
}

/// The rows of an answer: which, and what of them is shown.
#[derive(Debug)]
struct Rows {
    object: usize,
    node: Node,
    slots: Vec<u32>,
}

impl Cursors {
    fn open(&mut self, cursor: Cursor) -> String {
        let number = self.next;
        self.next += 1;
        let locator = Id::of("01g", number).to_string();
        self.open.insert(locator.clone(), cursor);
        self.ages.insert(number, locator.clone());
        if self.open.len() > OPEN
            && let Some((_, oldest)) = self.ages.pop_first()
        {
            self.open.remove(&oldest);
        }
        locator
    }

    /// Forgets all cursors, as a purge of the server does.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.ages.clear();
    }
}

impl Context<'_> {
    pub(super) fn query(&self, org: &Org, all: bool) -> Handled {
        if let Some(text) = self.call.parameter("explain") {
            self.plan(org, text, all)?;
            let plans = serde_json::json!({ "plans": [], "sourceQuery": text });
            return Ok(Answer::json(200, &plans));
        }
        let Some(text) = self.call.parameter("q") else {
            return Err(vec![ApiError::new(
                400,
                "MALFORMED_QUERY",
                "SOQL statement not specified in parameter q",
            )]);
        };
        if self.call.parameter("columns") == Some("true") {
            let plan = self.plan(org, text, all)?;
            return Ok(Answer::json(200, &soql::column_metadata(&plan, &org.store)));
        }
        self.run_text(org, text, all)
    }

    /// Compiles a query for this user.
    pub(super) fn plan(&self, org: &Org, text: &str, all: bool) -> Result<Plan, Vec<ApiError>> {
        let access = org.access(self.user);
        let scope = Scope { store: &org.store, access: &access, text, today: self.now.div_euclid(DAY), all };
        soql::parse(text).and_then(|query| Plan::new(&query, scope)).map_err(|error| vec![error])
    }

    /// Runs a query and answers its first page.
    pub(super) fn run_text(&self, org: &Org, text: &str, all: bool) -> Handled {
        let plan = self.plan(org, text, all)?;
        let found = match &plan.output {
            Output::Count => {
                let body =
                    format!(r#"{{"totalSize":{},"done":true,"records":[]}}"#, plan.find(&org.store).len());
                return Ok(Answer::raw_json(200, body.into_bytes()));
            }
            Output::Groups(grouping) => return Ok(groups(&grouping.lines(&plan, &org.store))),
            Output::Rows(_) => plan.find(&org.store),
        };
        let Output::Rows(node) = plan.output else { return Ok(groups(&[])) };
        let rows = Rows { object: plan.object, node, slots: found };
        let page = self.page_size();
        if rows.slots.len() <= page {
            return Ok(self.page(&org.store, &rows, 0, page, None));
        }
        let rows = Arc::new(rows);
        let cursor = Cursor { user: self.user, opened: self.now, page, rows: Arc::clone(&rows) };
        let locator = self.inner.cursors().open(cursor);
        Ok(self.page(&org.store, &rows, 0, page, Some(&locator)))
    }

    /// Answers a further page; a repeated `q` is ignored.
    pub(super) fn more(&self, org: &Org, _lower: &str) -> Handled {
        let invalid = || vec![ApiError::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator")];
        let (locator, offset) = self.segment(1).rsplit_once('-').ok_or_else(invalid)?;
        let offset: usize = offset.parse().map_err(|_| invalid())?;
        let cursor = self.inner.cursors().open.get(locator).cloned();
        let alive = |cursor: &Cursor| cursor.user == self.user && self.now - cursor.opened <= LIFE;
        let cursor = cursor.filter(alive).ok_or_else(invalid)?;
        if offset >= cursor.rows.slots.len() {
            return Err(invalid());
        }
        Ok(self.page(&org.store, &cursor.rows, offset, cursor.page, Some(locator)))
    }

    fn page(&self, store: &Store, rows: &Rows, offset: usize, size: usize, locator: Option<&str>) -> Answer {
        let total = rows.slots.len();
        let end = total.min(offset + size);
        let mut body = Vec::with_capacity(256 + (end - offset) * 256);
        body.extend_from_slice(format!(r#"{{"totalSize":{total},"done":{},"#, end == total).as_bytes());
        if let Some(locator) = locator.filter(|_| end < total) {
            let next = format!(r#""nextRecordsUrl":"{}/query/{locator}-{end}","#, self.root);
            body.extend_from_slice(next.as_bytes());
        }
        body.extend_from_slice(b"\"records\":[");
        let object = store.schema().at(rows.object);
        let slots = rows.slots.get(offset..end).unwrap_or_default();
        let found = slots.iter().filter_map(|slot| store.row(object?, *slot));
        for (position, row) in found.enumerate() {
            if position > 0 {
                body.push(b',');
            }
            rows.node.write(&mut body, store, &self.root, row);
        }
        body.extend_from_slice(b"]}");
        Answer::raw_json(200, body)
    }

    fn page_size(&self) -> usize {
        let options = self.call.header("sforce-query-options").unwrap_or_default();
        let asked = options.split(',').find_map(|option| {
            let (key, value) = option.split_once('=')?;
            key.trim().eq_ignore_ascii_case("batchSize").then(|| value.trim().parse().ok())?
        });
        asked.unwrap_or(PAGE).clamp(SMALLEST, PAGE)
    }
}

fn groups(lines: &[Line]) -> Answer {
    let mut body = format!(r#"{{"totalSize":{},"done":true,"records":["#, lines.len()).into_bytes();
    for (position, line) in lines.iter().enumerate() {
        if position > 0 {
            body.push(b',');
        }
        soql::write_line(&mut body, line);
    }
    body.extend_from_slice(b"]}");
    Answer::raw_json(200, body)
}
