//! The REST API: versions, the gate, and who answers what.

use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Handled};
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::server::Inner;

/// The oldest and the newest version that is served.
const VERSIONS: std::ops::RangeInclusive<u32> = 31..=68;

/// One authenticated call, or one part of a composite one.
#[derive(Clone)]
pub(super) struct Context<'a> {
    pub(super) inner: &'a Inner,
    pub(super) call: &'a Call,
    pub(super) user: Id,
    pub(super) now: i64,
    pub(super) version: u32,
    /// `/services/data/vXX.X`
    pub(super) root: String,
}

impl Inner {
    /// Answers everything under `/services/data`.
    pub(super) fn rest(&self, call: &Call) -> Answer {
        let Some(version) = call.path.get(2) else {
            return if call.method == "GET" {
                versions()
            } else {
                Answer::errors(&[ApiError::method(&call.method, "GET,HEAD")])
            };
        };
        let number = version.strip_prefix(['v', 'V']).and_then(|text| text.strip_suffix(".0")?.parse().ok());
        let version = match number {
            Some(number) if VERSIONS.contains(&number) => number,
            Some(number) if number < *VERSIONS.start() => {
                let message = "The requested resource is no longer available";
                return Answer::errors(&[ApiError::new(410, "GONE", message)]);
            }
            _ => return Answer::errors(&[ApiError::not_found()]),
        };
        let now = self.now();
        let answer = match self.admit(call, now) {
            Ok(user) => {
                let context = Context {
                    inner: self,
                    call,
                    user,
                    now,
                    version,
                    root: format!("/services/data/v{version}.0"),
                };
                context.answer()
            }
            Err(error) => Answer::errors(&[error]),
        };
        let (used, max) = self.meter().usage(now);
        answer.with("sforce-limit-info", &format!("api-usage={used}/{max}"))
    }

    /// Whose call it is, if the call may be made at all; counts it.
    fn admit(&self, call: &Call, now: i64) -> Result<Id, ApiError> {
        let token = match call.header("authorization") {
            None => return Err(ApiError::session()),
            Some(header) => match header.split_once(' ') {
                Some((scheme, token))
                    if ["bearer", "oauth"].contains(&scheme.to_ascii_lowercase().as_str()) =>
                {
                    token.trim().to_owned()
                }
                _ => return Err(ApiError::new(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE")),
            },
        };
        let (idle, api) = {
            let org = self.read();
            (org.settings.session_seconds, org.settings.api)
        };
        let user = self.gate().enter(&token, now, idle).ok_or_else(ApiError::session)?;
        if !api {
            let message = "The REST API is not enabled for this Organization.";
            return Err(ApiError::new(403, "API_DISABLED_FOR_ORG", message));
        }
        if self.read().access.get(&user).is_some_and(|access| access.no_api) {
            return Err(ApiError::new(403, "API_CURRENTLY_DISABLED", "API is disabled for this User"));
        }
        if self.meter().is_crowded() {
            let message = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
            return Err(ApiError::new(403, "REQUEST_LIMIT_EXCEEDED", message));
        }
        if !self.meter().count(now) {
            return Err(ApiError::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        }
        Ok(user)
    }
}

impl Context<'_> {
    fn answer(&self) -> Answer {
        if self.segment(0).eq_ignore_ascii_case("jobs") {
            // Jobs take hold of the org for a while at a time.
            return self.jobs().unwrap_or_else(|errors| Answer::errors(&errors));
        }
        let handled = if self.is_read() {
            self.read(&self.inner.read())
        } else {
            self.write(&mut self.inner.write_as(self.origin("rest")))
        };
        handled.unwrap_or_else(|errors| Answer::errors(&errors))
    }

    /// Answers a part of a composite request, within its transaction.
    pub(super) fn answer_within(&self, org: &mut Org) -> Answer {
        let handled = if self.is_read() { self.read(org) } else { self.write(org) };
        handled.unwrap_or_else(|errors| Answer::errors(&errors))
    }

    /// The origin of what this call changes, as change events name it.
    pub(super) fn origin(&self, api: &str) -> String {
        let options = self.call.header("sforce-call-options").unwrap_or_default();
        let client = options.split(',').find_map(|option| option.trim().strip_prefix("client="));
        format!("com/salesforce/api/{api}/{}.0;client={}", self.version, client.unwrap_or_default())
    }

    /// The path behind the version, in lower case.
    pub(super) fn lower(&self) -> Vec<String> {
        self.call.path.iter().skip(3).map(|segment| segment.to_ascii_lowercase()).collect()
    }

    /// The segment of the path behind the version.
    pub(super) fn segment(&self, position: usize) -> &str {
        self.call.path.get(position + 3).map_or("", String::as_str)
    }

    fn is_read(&self) -> bool {
        let lower = self.lower();
        let retrieve = self.call.method == "POST"
            && lower.len() == 3
            && lower.first().is_some_and(|first| first == "composite")
            && lower.get(1).is_some_and(|second| second == "sobjects");
        self.call.method == "GET" || retrieve
    }

    fn read(&self, org: &Org) -> Handled {
        let lower = self.lower();
        let path: Vec<&str> = lower.iter().map(String::as_str).collect();
        match path.as_slice() {
            [] => Ok(self.resources()),
            ["limits"] => self.limits(org),
            ["sobjects"] => {
                let access = org.access(self.user);
                Ok(Answer::json(200, &org.store.schema().describe_global(&access, &self.root)))
            }
            ["sobjects", _] => self.object_info(org),
            ["sobjects", _, "describe"] => self.describe(org),
            ["sobjects", _, "updated"] => self.updated(org),
            ["sobjects", _, "deleted"] => self.deleted(org),
            ["sobjects", _, _] => self.row(org),
            ["sobjects", _, _, _] => self.row_by_value(org),
            ["query"] => self.query(org, false),
            ["queryall"] => self.query(org, true),
            ["query" | "queryall", locator] => self.more(org, locator),
            ["tooling", "query"] => self.tooling_query(org),
            ["composite", "sobjects", _] => self.retrieve(org),
            ["composite"] => Ok(self.composite_resources()),
            ["recent"] => Ok(Answer::json(200, &json!([]))),
            ["composite", "sobjects" | "batch" | "tree" | "graph", ..] => self.not_allowed("POST"),
            _ => Err(vec![ApiError::not_found()]),
        }
    }

    fn write(&self, org: &mut Org) -> Handled {
        let lower = self.lower();
        let path: Vec<&str> = lower.iter().map(String::as_str).collect();
        match (self.call.method.as_str(), path.as_slice()) {
            ("POST", ["sobjects", _] | ["sobjects", _, "id"]) => self.create(org),
            ("PATCH", ["sobjects", _, _]) => self.update(org),
            ("DELETE", ["sobjects", _, _]) => self.delete(org),
            ("PATCH" | "POST", ["sobjects", _, _, _]) => self.upsert(org),
            ("DELETE", ["sobjects", _, _, _]) => self.delete_by_value(org),
            ("POST", ["composite", "sobjects"]) => self.create_many(org),
            ("PATCH", ["composite", "sobjects"]) => self.update_many(org),
            ("DELETE", ["composite", "sobjects"]) => self.delete_many(org),
            ("PATCH", ["composite", "sobjects", _, _]) => self.upsert_many(org),
            ("POST", ["composite"]) => self.composite(org),
            ("POST", ["composite", "graph"]) => self.graph(org),
            ("POST", ["composite", "batch"]) => self.batch(org),
            ("POST", ["composite", "tree", _]) => self.tree(org),
            (_, ["sobjects", _]) => self.not_allowed("HEAD,GET,POST"),
            (_, ["sobjects", _, _]) => self.not_allowed("HEAD,GET,PATCH,DELETE"),
            (_, ["sobjects" | "query" | "queryall" | "limits"] | []) => self.not_allowed("HEAD,GET"),
            (_, ["composite", ..]) => self.not_allowed("GET,POST,PATCH,DELETE"),
            _ => Err(vec![ApiError::not_found()]),
        }
    }

    fn not_allowed(&self, allowed: &str) -> Handled {
        Err(vec![ApiError::method(&self.call.method, allowed)])
    }

    fn resources(&self) -> Answer {
        let names = [
            "sobjects",
            "query",
            "queryAll",
            "limits",
            "composite",
            "jobs",
            "tooling",
            "search",
            "recent",
            "actions",
            "analytics",
            "chatter",
            "connect",
            "event",
            "licensing",
            "metadata",
            "parameterizedSearch",
            "process",
            "quickActions",
            "serviceTemplates",
            "support",
            "tabs",
            "theme",
            "ui-api",
            "wave",
        ];
        let mut map: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), json!(format!("{}/{name}", self.root)))).collect();
        let org = self.inner.read().organization();
        map.insert("identity".into(), json!(format!("https://login.salesforce.com/id/{org}/{}", self.user)));
        Answer::json(200, &Value::Object(map))
    }

    fn composite_resources(&self) -> Answer {
        let names = ["tree", "batch", "sobjects", "graph"];
        let map: Map<String, Value> = names
            .iter()
            .map(|name| ((*name).to_owned(), json!(format!("{}/composite/{name}", self.root))))
            .collect();
        Answer::json(200, &Value::Object(map))
    }

    fn limits(&self, org: &Org) -> Handled {
        if org.access(self.user).no_setup {
            let message = "You do not have the permission required to view limits.";
            return Err(vec![ApiError::new(403, "FORBIDDEN", message)]);
        }
        Ok(Answer::json(200, &self.inner.meter().limits(self.now)))
    }
}

/// The list of versions; it needs no session and is not counted.
fn versions() -> Answer {
    let rows: Vec<Value> = VERSIONS
        .map(|number| {
            let season = match (number - 31) % 3 {
                0 => "Summer",
                1 => "Winter",
                _ => "Spring",
            };
            // Version 31 is Summer '14; the year turns with every Winter release.
            let year = 14 + (number - 29) / 3;
            json!({
                "label": format!("{season} '{year}"), "url": format!("/services/data/v{number}.0"),
                "version": format!("{number}.0"),
            })
        })
        .collect();
    Answer::json(200, &Value::Array(rows))
}
