//! The simulated monday.com, in memory: literal shapes of requests and answers.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and says what it skips"
)]

use std::sync::Arc;

use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use syncdeck::sandbox::clock::Clock;
use syncdeck::sandbox::monday::{Monday, Options};
use syncdeck::sandbox::system::{Edits, System};
use tower::ServiceExt;

struct Sim {
    monday: Arc<Monday>,
    clock: Clock,
    version: &'static str,
}

fn sim() -> Sim {
    let clock = Clock::starting_at("2026-11-22T09:41:07Z".parse::<Timestamp>().unwrap());
    Sim { monday: Monday::new(clock.clone(), Options { seed: 7 }), clock, version: "2026-10" }
}

impl Sim {
    fn board(&self, name: &str) -> String {
        self.monday.boards()[name].clone()
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, http::HeaderMap, Value) {
        let answer = self.monday.router().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        (parts.status, parts.headers, value)
    }

    fn post(&self, query: &str, variables: &Value) -> Request<Body> {
        Request::post("/v2")
            .header("authorization", self.monday.token())
            .header("content-type", "application/json")
            .header("api-version", self.version)
            .body(Body::from(json!({"query": query, "variables": variables}).to_string()))
            .unwrap()
    }

    async fn ask(&self, query: &str, variables: Value) -> Value {
        let (status, _, body) = self.send(self.post(query, &variables)).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    async fn data(&self, query: &str, variables: Value) -> Value {
        let body = self.ask(query, variables).await;
        assert!(body.get("errors").is_none(), "{body}");
        body["data"].clone()
    }

    async fn create(&self, board: &str, name: &str, values: &Value) -> String {
        let made = self
            .data(
                "mutation($b: ID!, $n: String!, $v: JSON) { create_item(board_id: $b, item_name: $n, column_values: $v) { id } }",
                json!({"b": board, "n": name, "v": values.to_string()}),
            )
            .await;
        made["create_item"]["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn the_envelope_has_account_and_request_id() {
    let sim = sim();
    let (status, headers, body) =
        sim.send(sim.post("{ me { id name email account { slug } } }", &json!({}))).await;
    assert_eq!(status, 200);
    assert_eq!(body["data"]["me"]["email"], "svc-sync@acme.example");
    assert!(body["data"]["me"]["id"].is_string());
    assert_eq!(body["data"]["me"]["account"]["slug"], "acme");
    assert!(body["account_id"].is_u64());
    assert!(body["extensions"]["request_id"].is_string());
    assert!(headers["ratelimit-policy"].to_str().unwrap().starts_with("\"minuteRate\";q="));
    assert!(headers["ratelimit"].to_str().unwrap().contains("\"complexityMinute\";r="));
}

#[tokio::test]
async fn get_bearer_and_variables_as_text_are_taken() {
    let sim = sim();
    let token = sim.monday.token();
    let get = Request::get("/v2?query=%7Bme%7Bname%7D%7D").header("authorization", format!("Bearer {token}"));
    let (status, _, body) = sim.send(get.body(Body::empty()).unwrap()).await;
    assert_eq!((status.as_u16(), &body["data"]["me"]["name"]), (200, &json!("Sync Service")));

    let text = json!({"query": "query($l: Int) { boards(limit: $l) { id } }", "variables": "{\"l\": 2}"});
    let post = Request::post("/v2").header("authorization", token).header("content-type", "application/json");
    let (_, _, body) = sim.send(post.body(Body::from(text.to_string())).unwrap()).await;
    assert_eq!(body["data"]["boards"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_wrong_token_and_a_broken_body_are_refused() {
    let sim = sim();
    let post = || Request::post("/v2").header("content-type", "application/json");
    let (status, _, body) =
        sim.send(post().header("authorization", "x").body(Body::from("{}")).unwrap()).await;
    assert_eq!(status, 401);
    assert_eq!(
        body,
        json!({"errors": [{"message": "Not Authenticated",
            "extensions": {"code": "NOT_AUTHENTICATED", "status_code": 401}}]})
    );
    let token = sim.monday.token();
    let (status, ..) = sim.send(post().header("authorization", token).body(Body::from("{no")).unwrap()).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn versions_differ_only_where_they_differ() {
    let mut sim = sim();
    let gone = "{ users { id enabled } me { join_date } }";
    let body = sim.ask(gone, json!({})).await;
    assert_eq!(body["errors"][0]["message"], "Cannot query field \"enabled\" on type \"User\".");
    assert_eq!(body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert!(body.get("data").is_none());
    sim.version = "2026-07";
    assert_eq!(sim.data(gone, json!({})).await["users"][0]["enabled"], true);
    sim.version = "2024-10";
    assert_eq!(sim.data("{ version { value kind } }", json!({})).await["version"]["value"], "2026-07");
    sim.version = "latest";
    let (status, _, body) = sim.send(sim.post("{ me { id } }", &json!({}))).await;
    assert_eq!(
        (status.as_u16(), &body["errors"][0]["extensions"]["code"]),
        (400, &json!("InvalidVersionException"))
    );
    sim.version = "dev";
    let versions = sim.data("{ versions { kind value display_name } }", json!({})).await;
    let current = versions["versions"].as_array().unwrap().iter().find(|v| v["kind"] == "current").unwrap();
    assert_eq!(current["value"], "2026-10");
}

#[tokio::test]
async fn the_schema_can_be_downloaded_and_introspected() {
    let sim = sim();
    let get = Request::get("/v2/get_schema?version=2026-10&format=sdl").body(Body::empty()).unwrap();
    let (_, _, sdl) = sim.send(get).await;
    assert!(sdl.as_str().unwrap().contains("type Query {"));
    let get = Request::get("/v2/get_schema?format=json").body(Body::empty()).unwrap();
    let (_, _, body) = sim.send(get).await;
    assert_eq!(body["data"]["__schema"]["queryType"]["name"], "Query");
    let body = sim
        .ask("{ __typename __type(name: \"StatusValue\") { name fields { name } } me { id } }", json!({}))
        .await;
    assert_eq!(body["data"]["__type"]["name"], "StatusValue");
    assert_eq!(body["data"]["__typename"], "Query");
    assert!(body["data"]["me"]["id"].is_string());
}

#[tokio::test]
async fn every_writable_type_is_written_and_read_back() {
    let sim = sim();
    let board = sim.board("Every column type");
    let me = sim.data("{ me { id } tags { id } }", json!({})).await;
    let (user, tag) = (me["me"]["id"].as_str().unwrap(), me["tags"][0]["id"].as_str().unwrap());
    let account = sim.create(&sim.board("Accounts"), "Acme", &json!({"city": "Paris"})).await;
    let values = json!({
        "text": "abc", "long_text": {"text": "long"}, "numbers": "3.50", "status": {"label": "Done"},
        "dropdown": {"labels": ["A", "C"]}, "date": {"date": "2026-11-22", "time": "13:25:00"},
        "timeline": {"from": "2026-11-01", "to": "2026-11-05"}, "email": {"email": "a@b.co", "text": "Ann"},
        "phone": {"phone": "+33612345678", "countryShortName": "FR"},
        "link": {"url": "https://x.example", "text": "X"},
        "people": {"personsAndTeams": [{"id": user.parse::<u64>().unwrap(), "kind": "person"}]},
        "checkbox": {"checked": "true"}, "country": {"countryCode": "FR", "countryName": "France"},
        "location": {"lat": "48.8", "lng": "2.3", "address": "Paris"}, "rating": {"rating": 4},
        "hour": {"hour": 16, "minute": 42},
        "week": {"week": {"startDate": "2026-11-16", "endDate": "2026-11-22"}},
        "board_relation": {"item_ids": [account]}, "world_clock": {"timezone": "Europe/Paris"},
        "tags": {"tag_ids": [tag]},
    });
    let id = sim.create(&board, "All", &values).await;
    let read = "query($i: [ID!]) { items(ids: $i) { column_values { id type text value is_leaf __typename
        ... on NumbersValue { number } ... on StatusValue { index label is_done label_style { color } }
        ... on DropdownValue { values { id label } } ... on DateValue { date time }
        ... on TimelineValue { from to } ... on EmailValue { email label } ... on PhoneValue { phone country_short_name }
        ... on LinkValue { url url_text } ... on PeopleValue { persons_and_teams { id kind } }
        ... on CheckboxValue { checked } ... on CountryValue { country { code name } }
        ... on LocationValue { lat lng address } ... on RatingValue { rating } ... on HourValue { hour minute }
        ... on WeekValue { start_date end_date } ... on BoardRelationValue { linked_item_ids display_value linked_items { name } }
        ... on MirrorValue { display_value } ... on WorldClockValue { timezone } ... on TagsValue { tag_ids tags { name } }
        ... on ItemIdValue { item_id } ... on CreationLogValue { creator { name } }
    } } }";
    let data = sim.data(read, json!({"i": [id]})).await;
    let of = |column: &str| {
        let all = data["items"][0]["column_values"].as_array().unwrap();
        all.iter().find(|value| value["id"] == column).unwrap().clone()
    };
    let texts = [
        ("text", json!("abc")),
        ("long_text", json!("long")),
        ("numbers", json!("3.5")),
        ("status", json!("Done")),
        ("dropdown", json!("A, C")),
        ("date", json!("2026-11-22 13:25")),
        ("timeline", json!("2026-11-01 - 2026-11-05")),
        ("email", json!("Ann")),
        ("phone", json!("+33612345678")),
        ("link", json!("X - https://x.example")),
        ("people", json!("Sync Service")),
        ("checkbox", json!("v")),
        ("country", json!("France")),
        ("location", json!("Paris")),
        ("rating", json!("4")),
        ("hour", json!("04:42 PM")),
        ("week", json!("2026-11-16 - 2026-11-22")),
        ("board_relation", Value::Null),
        ("world_clock", json!("Europe/Paris")),
        ("tags", json!("vip")),
        ("item_id", json!(id)),
    ];
    for (column, text) in texts {
        assert_eq!(of(column)["text"], text, "{column}");
    }
    assert_eq!(of("numbers")["number"], 3.5);
    assert_eq!(of("status")["index"], 1);
    assert_eq!(of("status")["is_done"], true);
    assert_eq!(of("dropdown")["values"], json!([{"id": "1", "label": "A"}, {"id": "3", "label": "C"}]));
    assert_eq!((&of("date")["date"], &of("date")["time"]), (&json!("2026-11-22"), &json!("13:25:00")));
    assert_eq!(of("people")["persons_and_teams"], json!([{"id": user, "kind": "person"}]));
    assert_eq!(of("country")["country"], json!({"code": "FR", "name": "France"}));
    assert_eq!(of("board_relation")["display_value"], "Acme");
    assert_eq!(of("board_relation")["linked_items"][0]["name"], "Acme");
    assert_eq!(of("mirror")["display_value"], "Paris");
    assert_eq!(of("creation_log")["creator"]["name"], "Sync Service");
    let raw: Value = serde_json::from_str(of("status")["value"].as_str().unwrap()).unwrap();
    assert_eq!((&raw["index"], &raw["post_id"]), (&json!(1), &Value::Null));

    let cleared: serde_json::Map<String, Value> =
        values.as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
    let clear = "mutation($b: ID!, $i: ID, $v: JSON!) { change_multiple_column_values(board_id: $b, item_id: $i, column_values: $v) { column_values { id text value } } }";
    let data = sim.data(clear, json!({"b": board, "i": id, "v": Value::Object(cleared).to_string()})).await;
    for value in data["change_multiple_column_values"]["column_values"].as_array().unwrap() {
        if values.get(value["id"].as_str().unwrap()).is_some() {
            assert_eq!(value["value"], Value::Null, "{value}");
        }
    }
}

#[tokio::test]
async fn aliased_mutations_stand_alone_and_a_bad_column_spoils_its_own() {
    let sim = sim();
    let board = sim.board("Leads");
    let query = format!(
        "mutation {{
          a: create_item(board_id: {board}, item_name: \"A\", column_values: \"{{\\\"company\\\":\\\"X\\\"}}\") {{ id name }}
          b: create_item(board_id: {board}, item_name: \"B\", column_values: \"{{\\\"company\\\":\\\"X\\\",\\\"nope\\\":\\\"1\\\"}}\") {{ id }}
          c: create_item(board_id: {board}, item_name: \"C\", column_values: \"{{\\\"status\\\":{{\\\"label\\\":\\\"Lost\\\"}}}}\") {{ id }}
          d: create_item(board_id: 1, item_name: \"D\") {{ id }}
          e: create_item(board_id: {board}, item_name: \"E\") {{ id }}
        }}"
    );
    let body = sim.ask(&query, json!({})).await;
    assert_eq!(body["data"]["a"]["name"], "A");
    assert!(body["data"]["e"]["id"].is_string());
    for key in ["b", "c", "d"] {
        assert_eq!(body["data"][key], Value::Null);
    }
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 3);
    assert_eq!(errors[0]["path"], json!(["b"]));
    assert_eq!(errors[0]["extensions"]["code"], "InvalidColumnIdException");
    assert_eq!(errors[0]["locations"], json!([{"line": 3, "column": 11}]));
    assert_eq!(errors[1]["extensions"]["code"], "ColumnValueException");
    assert_eq!(errors[1]["extensions"]["error_data"]["column_type"], "status");
    assert_eq!(errors[1]["extensions"]["status_code"], 200);
    assert_eq!(
        errors[2]["extensions"],
        json!({"code": "InvalidBoardIdException", "status_code": 200, "error_data": {"board_id": 1}})
    );
    assert_eq!(sim.monday.counts().records[&board], 2);
}

#[tokio::test]
async fn a_failed_change_changes_nothing() {
    let sim = sim();
    let board = sim.board("Leads");
    let id = sim.create(&board, "A", &json!({"company": "Old"})).await;
    let change = "mutation($b: ID!, $i: ID, $v: JSON!, $l: Boolean) { change_multiple_column_values(board_id: $b, item_id: $i, column_values: $v, create_labels_if_missing: $l) { name column_values(ids: [\"company\", \"status\"]) { text } } }";
    let bad = json!({"name": "Renamed", "company": "New", "status": {"label": "Fresh"}, "phone": {"phone": "12", "countryShortName": "FR"}});
    let body = sim.ask(change, json!({"b": board, "i": id, "v": bad.to_string(), "l": true})).await;
    assert_eq!(body["errors"][0]["extensions"]["error_data"]["column_type"], "phone");
    let good = json!({"company": "New", "status": {"label": "Other"}});
    let body = sim.ask(change, json!({"b": board, "i": id, "v": good.to_string(), "l": false})).await;
    let message = body["errors"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "This status label doesn't exist, possible statuses are: {0: Working on it, 1: Done, 2: Stuck}"
    );
    let data = sim.data(change, json!({"b": board, "i": id, "v": good.to_string(), "l": true})).await;
    let item = &data["change_multiple_column_values"];
    assert_eq!((&item["name"], &item["column_values"][1]["text"]), (&json!("A"), &json!("Other")));
    let long = "x".repeat(256);
    let body = sim.ask(change, json!({"b": board, "i": id, "v": json!({"name": long}).to_string()})).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "ItemNameTooLongException");
    let body = sim.ask(change, json!({"b": board, "i": "1", "v": "{}"})).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "ResourceNotFoundException");
    assert_eq!(body["errors"][0]["extensions"]["status_code"], 404);
    let body = sim.ask(change, json!({"b": board, "i": id, "v": "not-valid-json"})).await;
    assert_eq!(
        body["errors"][0]["extensions"],
        json!({"value": "not-valid-json", "service": "monolith",
            "problems": [{"path": [], "explanation": "Syntax error in JSON input"}]})
    );
}

#[tokio::test]
async fn twelve_hundred_items_are_walked_while_others_come() {
    let sim = sim();
    let board = sim.board("Leads");
    let items = (0..1200).map(|n| json!({"name": format!("Lead {n}"), "salesforce_id": format!("00Q{n}")}));
    sim.monday.fill(&board, items.map(|item| item.as_object().unwrap().clone())).unwrap();
    let first = "query($b: [ID!]) { boards(ids: $b) { items_count items_page(limit: 500) { cursor items { id name } } } }";
    let data = sim.data(first, json!({"b": [board]})).await;
    let page = &data["boards"][0]["items_page"];
    let mut names: Vec<String> = Vec::new();
    let take = |page: &Value, names: &mut Vec<String>| {
        names.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()),
        );
    };
    take(page, &mut names);
    let mut cursor = page["cursor"].clone();
    sim.create(&board, "Late", &json!({})).await;
    while cursor.is_string() {
        let next = "query($c: String!) { next_items_page(cursor: $c, limit: 500) { cursor items { name } } }";
        let data = sim.data(next, json!({"c": cursor})).await;
        take(&data["next_items_page"], &mut names);
        cursor = data["next_items_page"]["cursor"].clone();
    }
    assert_eq!(names.len(), 1201);
    assert_eq!(
        (names[0].as_str(), names[1199].as_str(), names[1200].as_str()),
        ("Lead 0", "Lead 1199", "Late")
    );
    let find = "query($b: ID!, $c: [ItemsPageByColumnValuesQuery!]) { items_page_by_column_values(board_id: $b, columns: $c) { items { name } } }";
    let columns = json!([{"column_id": "salesforce_id", "column_values": ["00q7", "00Q8"]}]);
    let data = sim.data(find, json!({"b": board, "c": columns})).await;
    assert_eq!(data["items_page_by_column_values"]["items"], json!([{"name": "Lead 7"}, {"name": "Lead 8"}]));
}

#[tokio::test]
async fn a_cursor_dies_after_an_hour() {
    let sim = sim();
    let board = sim.board("Leads");
    for n in 0..3 {
        sim.create(&board, &format!("{n}"), &json!({})).await;
    }
    let data = sim
        .data(
            "query($b: [ID!]) { boards(ids: $b) { items_page(limit: 1) { cursor } } }",
            json!({"b": [board]}),
        )
        .await;
    let cursor = data["boards"][0]["items_page"]["cursor"].clone();
    sim.clock.set_offset_ms(61 * 60 * 1000);
    let body =
        sim.ask("query($c: String!) { next_items_page(cursor: $c) { cursor } }", json!({"c": cursor})).await;
    assert!(body["errors"][0]["message"].as_str().unwrap().contains("CursorExpiredError"));
    assert_eq!(body["data"], Value::Null);
}

#[tokio::test]
async fn filters_follow_the_rules_of_each_type() {
    let sim = sim();
    let board = sim.board("Every column type");
    let one = json!({"text": "Alpha", "numbers": 5, "status": {"index": 1}, "date": {"date": "2026-11-22"}, "country": {"countryCode": "FR", "countryName": "France"}});
    let two = json!({"text": "Beta", "numbers": 10, "status": {"index": 2}, "date": {"date": "2026-10-01"}, "dropdown": {"ids": [2]}});
    sim.create(&board, "one", &one).await;
    sim.create(&board, "two", &two).await;
    sim.create(&board, "three", &json!({})).await;
    let cases = [
        (json!({"rules": [{"column_id": "text", "compare_value": ["alpha"]}]}), vec!["one"]),
        (
            json!({"rules": [{"column_id": "text", "compare_value": ["et"], "operator": "contains_text"}]}),
            vec!["two"],
        ),
        (json!({"rules": [{"column_id": "text", "compare_value": [""]}]}), vec!["three"]),
        (
            json!({"rules": [{"column_id": "numbers", "compare_value": [5], "operator": "greater_than"}]}),
            vec!["two"],
        ),
        (json!({"rules": [{"column_id": "status", "compare_value": [1, 2]}]}), vec!["one", "two"]),
        (json!({"rules": [{"column_id": "status", "compare_value": [5]}]}), vec!["three"]),
        (
            json!({"rules": [{"column_id": "status", "compare_value": [1], "operator": "not_any_of"}]}),
            vec!["two", "three"],
        ),
        (json!({"rules": [{"column_id": "dropdown", "compare_value": [2]}]}), vec!["two"]),
        (json!({"rules": [{"column_id": "date", "compare_value": ["EXACT", "2026-11-22"]}]}), vec!["one"]),
        (json!({"rules": [{"column_id": "date", "compare_value": ["TODAY"]}]}), vec!["one"]),
        (
            json!({"rules": [{"column_id": "date", "compare_value": ["EXACT", "2026-11-01"], "operator": "greater_than_or_equals"}]}),
            vec!["one"],
        ),
        (json!({"rules": [{"column_id": "country", "compare_value": ["FR"]}]}), vec!["one"]),
        (
            json!({"rules": [{"column_id": "__last_updated__", "compare_attribute": "UPDATED_AT", "compare_value": ["EXACT", "2026-11-22"], "operator": "greater_than_or_equals"}]}),
            vec!["one", "two", "three"],
        ),
        (
            json!({"rules": [{"column_id": "group", "compare_value": ["topics"]}, {"column_id": "numbers", "compare_value": [], "operator": "is_empty"}]}),
            vec!["three"],
        ),
        (
            json!({"operator": "or", "rules": [{"column_id": "name", "compare_value": ["one"]}, {"column_id": "numbers", "compare_value": [10]}]}),
            vec!["one", "two"],
        ),
        (json!({"order_by": [{"column_id": "numbers", "direction": "desc"}]}), vec!["two", "one", "three"]),
    ];
    let query = "query($b: [ID!], $q: ItemsQuery) { boards(ids: $b) { items_page(query_params: $q) { items { name } } } }";
    for (params, expected) in cases {
        let data = sim.data(query, json!({"b": [board], "q": params})).await;
        let items = data["boards"][0]["items_page"]["items"].as_array().unwrap().clone();
        let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{params}");
    }
    let location = json!({"rules": [{"column_id": "location", "compare_value": ["x"]}]});
    assert!(sim.ask(query, json!({"b": [board], "q": location})).await["errors"].is_array());
}

#[tokio::test]
async fn points_run_out_and_come_back() {
    let mut sim = sim();
    let limits = json!({"complexity_per_minute": 20_000});
    sim.monday.control("limits", &limits).unwrap().unwrap();
    let board = sim.board("Leads");
    let query = format!(
        "mutation {{ create_item(board_id: {board}, item_name: \"x\") {{ id }} complexity {{ before query after }} }}"
    );
    let data = sim.data(&query, json!({})).await;
    assert_eq!(data["complexity"], json!({"before": 20_000, "query": 10_000, "after": 10_000}));
    sim.data(&query, json!({})).await;
    let (status, headers, body) = sim.send(sim.post(&query, &json!({}))).await;
    assert_eq!(status, 429);
    let error = &body["errors"][0];
    assert_eq!(error["message"], "Complexity budget exhausted");
    assert_eq!(error["extensions"]["code"], "COMPLEXITY_BUDGET_EXHAUSTED");
    let retry = error["extensions"]["retry_in_seconds"].as_i64().unwrap();
    assert_eq!(headers["retry-after"], retry.to_string());
    sim.version = "2024-10";
    let (status, _, body) = sim.send(sim.post(&query, &json!({}))).await;
    assert_eq!((status.as_u16(), &body["error_code"]), (429, &json!("ComplexityException")));
    sim.version = "2026-10";
    sim.clock.set_offset_ms(61_000);
    sim.data(&query, json!({})).await;
}

#[tokio::test]
async fn calls_are_counted_by_minute_day_and_at_once() {
    for (limits, code) in [
        (json!({"calls_per_minute": 1}), "MINUTE_RATE_LIMIT_EXCEEDED"),
        (json!({"calls_per_day": 1}), "DAILY_LIMIT_EXCEEDED"),
        (json!({"concurrency": 0}), "MAX_CONCURRENCY_EXCEEDED"),
    ] {
        let sim = sim();
        sim.monday.control("limits", &limits).unwrap().unwrap();
        sim.send(sim.post("{ me { id } }", &json!({}))).await;
        let (status, _, body) = sim.send(sim.post("{ me { id } }", &json!({}))).await;
        assert_eq!((status.as_u16(), &body["errors"][0]["extensions"]["code"]), (429, &json!(code)));
    }
    let sim = sim();
    let wide = "{ boards(limit: 1000) { items_page(limit: 500) { items { id column_values { id column { id } } } } } }";
    let (status, _, body) = sim.send(sim.post(wide, &json!({}))).await;
    assert_eq!((status.as_u16(), &body["errors"][0]["extensions"]["code"]), (200, &Value::Null), "{body}");
    sim.monday.control("limits", &json!({"complexity_per_query": 100})).unwrap().unwrap();
    let (status, _, body) = sim.send(sim.post(wide, &json!({}))).await;
    assert_eq!(
        (status.as_u16(), &body["errors"][0]["extensions"]["code"]),
        (429, &json!("REQUEST_MAX_COMPLEXITY_EXCEEDED"))
    );
}

#[tokio::test]
async fn every_write_leaves_a_row_of_seventeen_digits() {
    let sim = sim();
    let board = sim.board("Leads");
    let id = sim.create(&board, "A", &json!({})).await;
    let edits = Edits {
        update: vec![json!({"id": id, "company": "New", "name": "B"}).as_object().unwrap().clone()],
        ..Edits::default()
    };
    sim.monday.change(&board, &edits).unwrap();
    sim.data("mutation($i: ID) { delete_item(item_id: $i) { id state } }", json!({"i": id})).await;
    let query = "query($b: [ID!]) { boards(ids: $b) { activity_logs(limit: 100) { id event entity data created_at user_id } } }";
    let data = sim.data(query, json!({"b": [board]})).await;
    let rows = data["boards"][0]["activity_logs"].as_array().unwrap();
    let events: Vec<&str> = rows.iter().map(|row| row["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["delete_pulse", "update_column_value", "update_name", "create_pulse"]);
    assert!(
        rows.iter().all(|row| row["created_at"].as_str().unwrap().len() == 17 && row["entity"] == "pulse")
    );
    let inner: Value = serde_json::from_str(rows[1]["data"].as_str().unwrap()).unwrap();
    assert_eq!((&inner["column_id"], &inner["value"]["value"]), (&json!("company"), &json!("New")));
    assert_ne!(rows[1]["user_id"], rows[3]["user_id"], "the control port writes as somebody else");
    assert_eq!(sim.monday.counts().deleted[&board], 1);
}

#[tokio::test]
async fn boards_groups_columns_and_updates_live_and_die() {
    let sim = sim();
    let made = sim
        .data("mutation { create_board(board_name: \"New\", board_kind: public, empty: true) { id groups { id } columns { id type } } }", json!({}))
        .await;
    let board = made["create_board"]["id"].as_str().unwrap().to_owned();
    assert_eq!(made["create_board"]["groups"], json!([{"id": "topics"}]));
    let made = sim
        .data(
            "mutation($b: ID!, $d: JSON) { g: create_group(board_id: $b, group_name: \"G\") { id title }
             c: create_column(board_id: $b, title: \"State\", column_type: status, id: \"state\", defaults: $d) { id type settings_str }
             t: create_column(board_id: $b, title: \"T\", column_type: text) { id } }",
            json!({"b": board, "d": "{\"labels\":{\"1\":\"Open\",\"2\":\"Shut\"}}"}),
        )
        .await;
    let settings: Value = serde_json::from_str(made["c"]["settings_str"].as_str().unwrap()).unwrap();
    assert_eq!(settings["labels"], json!({"1": "Open", "2": "Shut"}));
    let group = made["g"]["id"].as_str().unwrap().to_owned();
    let item = sim.create(&board, "I", &json!({"state": {"label": "Open"}})).await;
    let made = sim
        .data(
            "mutation($i: ID!, $g: String!, $b: ID!) { m: move_item_to_group(item_id: $i, group_id: $g) { group { id } }
             u: create_update(item_id: $i, body: \"<p>Hi</p>\") { id text_body }
             s: create_subitem(parent_item_id: $i, item_name: \"Sub\") { id parent_item { id } board { id type } }
             v: change_simple_column_value(board_id: $b, item_id: $i, column_id: \"state\", value: \"Shut\") { column_values(ids: [\"state\"]) { text } }
             a: archive_item(item_id: $i) { state } }",
            json!({"i": item, "g": group, "b": board}),
        )
        .await;
    assert_eq!(made["m"]["group"]["id"], json!(group));
    assert_eq!(made["u"]["text_body"], "Hi");
    assert_eq!(made["s"]["parent_item"]["id"], json!(item));
    assert_eq!(made["s"]["board"]["type"], "sub_items_board");
    assert_eq!(made["v"]["column_values"][0]["text"], "Shut");
    assert_eq!(made["a"]["state"], "archived");
    let update = made["u"]["id"].clone();
    let gone = sim
        .data(
            "mutation($u: ID!, $b: ID!, $g: String!) { delete_update(id: $u) { id } change_column_title(board_id: $b, column_id: \"state\", title: \"S\") { title }
             delete_column(board_id: $b, column_id: \"state\") { id archived } delete_group(board_id: $b, group_id: $g) { deleted } delete_board(board_id: $b) { state } }",
            json!({"u": update, "b": board, "g": group}),
        )
        .await;
    assert_eq!(gone["delete_group"]["deleted"], true);
    assert_eq!(gone["delete_board"]["state"], "deleted");
    assert_eq!(
        sim.data("query($b: [ID!]) { boards(ids: $b) { id } }", json!({"b": [board]})).await["boards"],
        json!([])
    );
}

#[tokio::test]
async fn state_survives_a_restart() {
    let first = sim();
    let board = first.board("Contacts");
    first.create(&board, "Kept", &json!({"salesforce_id": "003X"})).await;
    let saved = first.monday.save();
    let second = sim();
    second.monday.restore(&serde_json::from_str(&saved.to_string()).unwrap()).unwrap();
    let find = "query($b: ID!) { items_page_by_column_values(board_id: $b, columns: [{column_id: \"salesforce_id\", column_values: [\"003x\"]}]) { items { name } } }";
    let data = second.data(find, json!({"b": board})).await;
    assert_eq!(data["items_page_by_column_values"]["items"][0]["name"], "Kept");
}

#[tokio::test]
async fn revoked_tokens_are_dead() {
    let sim = sim();
    sim.monday.control("revoke", &json!({"user": "svc-sync@acme.example"})).unwrap().unwrap();
    let (status, ..) = sim.send(sim.post("{ me { id } }", &json!({}))).await;
    assert_eq!(status, 401);
    assert!(sim.monday.control("nothing", &json!({})).is_none());
    let fault = sim.monday.fault(429, Some("COMPLEXITY_BUDGET_EXHAUSTED"));
    assert!(fault.headers.contains_key("retry-after"));
}

/// Webhooks on a real socket: the challenge first, then the events.
#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_challenged_and_told() {
    let (tell, mut heard) = tokio::sync::mpsc::unbounded_channel::<Value>();
    let app = axum::Router::new().route(
        "/hook",
        axum::routing::post(move |axum::Json(body): axum::Json<Value>| {
            let tell = tell.clone();
            async move {
                tell.send(body.clone()).unwrap();
                axum::Json(body)
            }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let sim = sim();
    let board = sim.board("Leads");
    let create = "mutation($b: ID!, $u: String!) { create_webhook(board_id: $b, url: $u, event: change_column_value) { id board_id event } }";
    let body = sim.ask(create, json!({"b": board, "u": "http://127.0.0.1:9/none"})).await;
    assert!(body["errors"].is_array());
    sim.data(create, json!({"b": board, "u": url})).await;
    assert!(heard.recv().await.unwrap()["challenge"].is_string());
    let item = sim.create(&board, "A", &json!({})).await;
    let change = "mutation($b: ID!, $i: ID) { change_simple_column_value(board_id: $b, item_id: $i, column_id: \"status\", value: \"Done\") { id } }";
    sim.data(change, json!({"b": board, "i": item})).await;
    let event = heard.recv().await.unwrap()["event"].clone();
    assert_eq!((&event["type"], &event["columnType"]), (&json!("update_column_value"), &json!("color")));
    assert_eq!(event["value"]["label"]["text"], "Done");
    assert_eq!(event["originalTriggerUuid"], Value::Null);
}

/// Libraries that others wrote for the real one, unmodified. Runs where `SYNCDECK_CLIENTS` names a directory with
/// `venv/` and `node_modules/`.
#[tokio::test(flavor = "multi_thread")]
async fn clients_of_others_agree() {
    let Some(folder) = std::env::var_os("SYNCDECK_CLIENTS") else {
        eprintln!("skipped: SYNCDECK_CLIENTS is not set");
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    let scripts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let clock = Clock::starting_at("2026-11-22T09:41:07Z".parse::<Timestamp>().unwrap());
    let mut failures = Vec::new();
    for (program, script) in [
        (folder.join("venv/bin/python"), "monday_package.py"),
        ("node".into(), "monday_api.mjs"),
        (folder.join("venv/bin/python"), "monday_official.py"),
    ] {
        let monday = Monday::new(clock.clone(), Options { seed: 7 });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v2", listener.local_addr().unwrap());
        let router = monday.router();
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let mut command = tokio::process::Command::new(&program);
        command.arg(scripts.join(script)).args([&url, &monday.token()]).arg(&folder);
        for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        let output = command.output().await.unwrap();
        server.abort();
        eprintln!(
            "--- {script}\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        if !output.status.success() {
            failures.push(script);
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
}
