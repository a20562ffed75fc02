//! Points, calls and parallel requests: what a token may spend, and the refusals when it is spent.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The length of a window, in seconds.
const WINDOW: i64 = 60;

/// What a token may spend.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Points in one request.
    pub complexity_per_query: u64,
    /// Points in a minute.
    pub complexity_per_minute: u64,
    /// Requests in a minute.
    pub calls_per_minute: u64,
    /// Requests in a day (UTC).
    pub calls_per_day: u64,
    /// Requests at the same time.
    pub concurrency: u64,
    /// The plan's name; setting it sets the real figures of that plan.
    pub plan: Option<String>,
}

impl Default for Limits {
    /// Generous figures: a demonstration must not wait for a budget.
    fn default() -> Self {
        Self {
            complexity_per_query: 5_000_000,
            complexity_per_minute: 2_000_000_000,
            calls_per_minute: 1_000_000,
            calls_per_day: 100_000_000,
            concurrency: 250,
            plan: None,
        }
    }
}

impl Limits {
    /// Returns these limits changed by a control request; a plan first, then single figures.
    pub fn changed(&self, body: &Value) -> Result<Self, String> {
        let mut limits = self.clone();
        if let Some(plan) = body.get("plan").and_then(Value::as_str) {
            let (points, minute, day, parallel) = match plan {
                "free" | "trial" => (1_000_000, 1_000, 200, 40),
                "basic" | "standard" => (10_000_000, 1_000, 1_000, 40),
                "pro" => (10_000_000, 2_500, 10_000, 100),
                "enterprise" => (10_000_000, 5_000, 25_000, 250),
                "unlimited" => (u64::from(u32::MAX), 1_000_000, 100_000_000, 1_000),
                other => return Err(format!("there is no plan {other}")),
            };
            limits.complexity_per_minute = points;
            limits.calls_per_minute = minute;
            limits.calls_per_day = day;
            limits.concurrency = parallel;
            limits.plan = Some(plan.to_owned());
        }
        let mut merged = serde_json::to_value(&limits).map_err(|error| error.to_string())?;
        let given = body.as_object().ok_or("the body must be an object")?;
        if let Some(merged) = merged.as_object_mut() {
            merged.extend(given.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        serde_json::from_value(merged).map_err(|error| error.to_string())
    }
}

/// What one token has spent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Spent {
    since: i64,
    points: u64,
    calls: u64,
    day: String,
    /// In tenths: refused calls count a tenth.
    day_tenths: u64,
}

/// A limit that was hit.
#[derive(Clone, Debug)]
pub struct Exceeded {
    /// The code of the present style.
    pub code: &'static str,
    /// The sentence of the present style.
    pub message: String,
    /// After how many seconds it makes sense to ask again.
    pub retry: i64,
    /// What the request would have cost, and what was left, if points were the reason.
    pub points: Option<(u64, u64, u64)>,
}

/// The accounts of all tokens.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Limiter {
    /// The limits in force.
    pub limits: Limits,
    spent: BTreeMap<String, Spent>,
}

impl Limiter {
    fn account(&mut self, token: &str, now: Timestamp) -> &mut Spent {
        let spent = self.spent.entry(token.to_owned()).or_default();
        if now.as_second() - spent.since >= WINDOW || now.as_second() < spent.since {
            spent.since = now.as_second();
            spent.points = 0;
            spent.calls = 0;
        }
        let day = now.to_zoned(TimeZone::UTC).date().to_string();
        if spent.day != day {
            spent.day = day;
            spent.day_tenths = 0;
        }
        spent
    }

    /// Counts a call, unless a limit of calls is reached.
    pub fn call(&mut self, token: &str, running: u64, now: Timestamp) -> Result<(), Exceeded> {
        let limits = self.limits.clone();
        let spent = self.account(token, now);
        let left = (spent.since + WINDOW - now.as_second()).max(1);
        let refused =
            |code, message: &str, retry| Exceeded { code, message: message.to_owned(), retry, points: None };
        let problem = if spent.day_tenths >= limits.calls_per_day.saturating_mul(10) {
            Some(refused("DAILY_LIMIT_EXCEEDED", "Daily limit exceeded", seconds_to_midnight(now)))
        } else if spent.calls >= limits.calls_per_minute {
            Some(refused("MINUTE_RATE_LIMIT_EXCEEDED", "Minute rate limit exceeded", left))
        } else if running > limits.concurrency {
            Some(refused("MAX_CONCURRENCY_EXCEEDED", "Too many concurrent requests", 15))
        } else {
            None
        };
        spent.day_tenths += if problem.is_some() { 1 } else { 10 };
        if let Some(problem) = problem {
            return Err(problem);
        }
        spent.calls += 1;
        Ok(())
    }

    /// Takes points, or says when there will be enough; returns what `complexity` answers.
    pub fn spend(&mut self, token: &str, cost: u64, now: Timestamp) -> Result<Value, Exceeded> {
        let limits = self.limits.clone();
        if cost > limits.complexity_per_query {
            let message = format!(
                "Query exceeds the maximum complexity: {cost} of {} allowed",
                limits.complexity_per_query
            );
            let (code, points) =
                ("REQUEST_MAX_COMPLEXITY_EXCEEDED", Some((cost, limits.complexity_per_query, 0)));
            return Err(Exceeded { code, message, retry: WINDOW, points });
        }
        let spent = self.account(token, now);
        let before = limits.complexity_per_minute.saturating_sub(spent.points);
        let reset = (spent.since + WINDOW - now.as_second()).max(1);
        if cost > before {
            let message = "Complexity budget exhausted".to_owned();
            let points = Some((cost, before, limits.complexity_per_minute));
            return Err(Exceeded { code: "COMPLEXITY_BUDGET_EXHAUSTED", message, retry: reset, points });
        }
        spent.points += cost;
        // The numbers are 32-bit on the wire.
        let shown = |points: u64| i32::try_from(points).unwrap_or(i32::MAX);
        Ok(json!({
            "before": shown(before), "query": shown(cost), "after": shown(before - cost), "reset_in_x_seconds": reset,
        }))
    }

    /// Returns the headers `RateLimit-Policy` and `RateLimit`.
    pub fn headers(&mut self, token: &str, running: u64, now: Timestamp) -> (String, String) {
        let limits = self.limits.clone();
        let spent = self.account(token, now);
        let policy = format!(
            "\"minuteRate\";q={};w=60, \"concurrency\";q={};qu=\"concurrent-requests\"",
            limits.calls_per_minute, limits.concurrency
        );
        let live = format!(
            "\"minuteRate\";r={}, \"concurrency\";r={}, \"complexityMinute\";r={};t={}",
            limits.calls_per_minute.saturating_sub(spent.calls),
            limits.concurrency.saturating_sub(running),
            limits.complexity_per_minute.saturating_sub(spent.points),
            (spent.since + WINDOW - now.as_second()).max(0)
        );
        (policy, live)
    }

    /// Forgets what was spent; limits that were just changed begin afresh.
    pub fn forget(&mut self) {
        self.spent.clear();
    }
}

fn seconds_to_midnight(now: Timestamp) -> i64 {
    86_400 - now.as_second().rem_euclid(86_400)
}

impl Exceeded {
    /// Returns the body of the refusal; requests that name a version before 2025-07 get the older style.
    pub fn body(&self, legacy: bool, request: &str) -> Value {
        let retry = self.retry;
        match (legacy, self.points) {
            (true, Some((cost, left, most))) => json!({
                "error_code": "ComplexityException",
                "status_code": 429,
                "error_message": format!(
                    "Complexity budget exhausted, query cost {cost} budget remaining {left} out of {most} reset in {retry} seconds"
                ),
                "error_data": {},
                "errors": [],
            }),
            (true, None) => json!({
                "error_code": self.code, "status_code": 429, "error_message": self.message, "error_data": {},
            }),
            (false, _) => json!({
                "errors": [{
                    "message": self.message,
                    "extensions": {"code": self.code, "retry_in_seconds": retry},
                }],
                "extensions": {"request_id": request},
            }),
        }
    }
}
