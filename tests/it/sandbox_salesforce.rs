//! The sandbox's frame and its simulated Salesforce, as clients meet them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]

use std::ops::Add;

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use syncdeck::sandbox::{Dropped, Options, Running, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

/// An org in memory, and a session in it.
pub(crate) struct Org {
    pub(crate) sandbox: Sandbox,
    pub(crate) router: Router,
    pub(crate) token: String,
}

impl Org {
    pub(crate) fn new(records: u64) -> Self {
        let sandbox = Sandbox::build(&Options { records, ..Options::default() }).unwrap();
        Self::of(sandbox)
    }

    pub(crate) fn of(sandbox: Sandbox) -> Self {
        let router = sandbox.router("salesforce").unwrap();
        let endpoints = sandbox.system("salesforce").unwrap().endpoints("http://salesforce.sandbox");
        let token = endpoints["access_token"].as_str().unwrap().to_owned();
        Self { sandbox, router, token }
    }

    pub(crate) async fn raw(&self, method: &str, path: &str, body: Option<Value>) -> http::Response<Body> {
        let path = if path.starts_with("/services") {
            path.to_owned()
        } else {
            format!("/services/data/v62.0{path}")
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token));
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        read(self.raw(method, path, body).await).await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, body) = self.call("GET", path, None).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    pub(crate) async fn query(&self, soql: &str) -> Value {
        self.get(&format!("/query?q={}", encoded(soql))).await
    }

    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::builder().method(method).uri(path).body(Body::from(body.to_string())).unwrap();
        read(self.sandbox.control().oneshot(request).await.unwrap()).await
    }

    pub(crate) async fn does(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.control("POST", path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

pub(crate) async fn read(response: http::Response<Body>) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn state_and_calls_are_told() {
    let org = Org::new(40);
    org.query("SELECT Id FROM Lead").await;
    let (_, state) = org.control("GET", "/state", json!({})).await;
    let of = &state["systems"]["salesforce"];
    assert_eq!((&of["records"]["Lead"], &of["records"]["Contact"]), (&json!(40), &json!(40)));
    assert_eq!(of["calls"], json!({"total": 1, "endpoints": {"GET /query": 1}}));
    let (_, calls) = org.control("GET", "/calls?since=0", json!({})).await;
    assert_eq!((&calls[0]["endpoint"], &calls[0]["status"]), (&json!("GET /query"), &json!(200)));
    let (_, later) = org.control("GET", "/calls?since=1", json!({})).await;
    assert_eq!(later, json!([]));
    let (status, error) = org.control("POST", "/nobody/revoke", json!({})).await;
    assert_eq!((status, &error["error"]), (StatusCode::NOT_FOUND, &json!("there is no system nobody")));
    let (status, _) = org.control("POST", "/salesforce/dance", json!({})).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_org() {
    let origin = "2025-11-22T09:41:07Z".parse().unwrap();
    let rows = async |seed| {
        let sandbox = Sandbox::build(&Options { records: 30, seed, origin, ..Options::default() }).unwrap();
        Org::of(sandbox).query("SELECT FIELDS(ALL) FROM Lead LIMIT 200").await
    };
    assert_eq!(rows(3).await, rows(3).await);
    assert_ne!(rows(3).await, rows(4).await);
}

#[tokio::test]
async fn queries_answer_as_documented() {
    let org = Org::new(60);
    let made = org
        .call("POST", "/sobjects/Account", Some(json!({"Name": "Ünique", "AnnualRevenue": 139_000_000})))
        .await;
    let account = made.1["id"].as_str().unwrap().to_owned();
    let contact =
        json!({"LastName": "O'Neil", "FirstName": "Ana", "AccountId": account, "Birthdate": "2001-02-03"});
    org.call("POST", "/sobjects/Contact", Some(contact)).await;
    let found = org
        .query("select id, lastname, account.name, Account.Owner.Alias, Birthdate, MailingAddress from contact where Account.Name = 'ünique'")
        .await;
    assert_eq!(found["totalSize"], 1);
    let row = &found["records"][0];
    assert_eq!(
        row["attributes"]["url"],
        format!("/services/data/v62.0/sobjects/Contact/{}", row["Id"].as_str().unwrap())
    );
    assert_eq!((&row["LastName"], &row["Account"]["Name"]), (&json!("O'Neil"), &json!("Ünique")));
    assert_eq!((&row["Birthdate"], &row["MailingAddress"]), (&json!("2001-02-03"), &Value::Null));
    for (condition, count) in [
        (r"LastName = 'o\'neil'", 1),
        (r"Name LIKE '%a O\'N%' AND CreatedDate = TODAY", 1),
        ("Birthdate = null AND AccountId = null AND LastName = 'nobody'", 0),
        ("CreatedDate = TODAY AND (FirstName = 'Ana' OR FirstName = 'Bob')", 1),
        ("LastName IN ('O\\'Neil', 'x') AND NOT FirstName = 'Bob'", 1),
        ("AccountId IN (SELECT Id FROM Account WHERE Name = 'Ünique')", 1),
        ("Birthdate > 2001-02-03 AND LastName = 'O\\'Neil'", 0),
    ] {
        let found =
            org.query(&format!("SELECT Id FROM Contact WHERE {condition} AND CreatedById != null")).await;
        assert_eq!(found["totalSize"], count, "{condition}");
    }
    let counted = org.query("SELECT COUNT() FROM Lead").await;
    assert_eq!(counted, json!({"totalSize": 60, "done": true, "records": []}));
    let grouped = org.query("SELECT MAX(SystemModstamp), COUNT(Id) n FROM Lead").await;
    assert_eq!(grouped["records"][0]["n"], 60);
    assert!(grouped["records"][0]["expr0"].as_str().unwrap().ends_with("+0000"));
    let columns =
        org.get(&format!("/query?columns=true&q={}", encoded("SELECT Id, Owner.Name FROM Lead"))).await;
    assert_eq!(columns["columnMetadata"][1]["joinColumns"][0]["columnName"], "Name");
}

#[tokio::test]
async fn pages_follow_the_locator() {
    let org = Org::new(450);
    let path = format!(
        "/services/data/v62.0/query/?q={}",
        encoded("SELECT Id FROM Lead ORDER BY SystemModstamp, Id")
    );
    let request = Request::builder()
        .uri(path)
        .header("authorization", format!("OAuth {}", org.token))
        .header("sforce-query-options", "batchSize=200");
    let (_, first) =
        read(org.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()).await;
    assert_eq!((&first["totalSize"], &first["done"]), (&json!(450), &json!(false)));
    let next = first["nextRecordsUrl"].as_str().unwrap();
    assert!(next.starts_with("/services/data/v62.0/query/01g") && next.ends_with("-200"), "{next}");
    let second = org.get(&format!("{next}?q=ignored")).await;
    let third = org.get(second["nextRecordsUrl"].as_str().unwrap()).await;
    assert_eq!((&third["done"], third["records"].as_array().unwrap().len()), (&json!(true), 50));
    org.does("/salesforce/expire-cursors", json!({})).await;
    let (status, error) = org.call("GET", next, None).await;
    assert_eq!((status.as_u16(), &error[0]["errorCode"]), (400, &json!("INVALID_QUERY_LOCATOR")));
}

#[tokio::test]
async fn errors_are_literal() {
    let org = Org::new(10);
    let lead =
        org.query("SELECT Id FROM Lead LIMIT 1").await["records"][0]["Id"].as_str().unwrap().to_owned();
    let row = format!("/sobjects/Lead/{lead}");
    for (method, path, body, status, expected) in [
        (
            "POST",
            "/sobjects/Lead",
            Some(json!({"FirstName": "x"})),
            400,
            json!([{"message": "Required fields are missing: [LastName, Company]", "errorCode": "REQUIRED_FIELD_MISSING", "fields": ["LastName", "Company"]}]),
        ),
        (
            "POST",
            "/sobjects/Lead",
            Some(json!({"LastName": "x", "Company": "y", "Nope": 1})),
            400,
            json!([{"message": "No such column 'Nope' on sobject of type Lead", "errorCode": "INVALID_FIELD"}]),
        ),
        (
            "PATCH",
            &row,
            Some(json!({"Email": "a@b"})),
            400,
            json!([{"message": "Email: invalid email address: a@b", "errorCode": "INVALID_EMAIL_ADDRESS", "fields": ["Email"]}]),
        ),
        (
            "PATCH",
            &row,
            Some(json!({"OwnerId": "001000000000000AAA"})),
            400,
            json!([{"message": "Owner ID: id value of incorrect type: 001000000000000AAA", "errorCode": "MALFORMED_ID", "fields": ["OwnerId"]}]),
        ),
        (
            "PATCH",
            &row,
            Some(json!({"Name": "x"})),
            400,
            json!([{"message": "Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.", "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE", "fields": ["Name"]}]),
        ),
        (
            "GET",
            "/sobjects/Lead/00Q000000000000AAA",
            None,
            404,
            json!([{"message": "The requested resource does not exist", "errorCode": "NOT_FOUND"}]),
        ),
        (
            "GET",
            "/sobjects/Lead/Rating/x",
            None,
            404,
            json!([{"message": "Provided external ID field does not exist or is not accessible: Rating", "errorCode": "NOT_FOUND"}]),
        ),
        (
            "PUT",
            &row,
            None,
            405,
            json!([{"message": "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE", "errorCode": "METHOD_NOT_ALLOWED"}]),
        ),
        (
            "GET",
            "/services/data/v30.0/limits",
            None,
            410,
            json!([{"message": "The requested resource is no longer available", "errorCode": "GONE"}]),
        ),
    ] {
        assert_eq!(
            org.call(method, path, body).await,
            (StatusCode::from_u16(status).unwrap(), expected),
            "{path}"
        );
    }
    let (_, error) =
        org.call("GET", &format!("/query?q={}", encoded("SELECT Id, Nope FROM Lead")), None).await;
    let message = error[0]["message"].as_str().unwrap();
    assert!(
        message.contains("ERROR at Row:1:Column:12\nNo such column 'Nope' on entity 'Lead'."),
        "{message}"
    );
}

#[tokio::test]
async fn collections_report_row_by_row() {
    let org = Org::new(10);
    let record = |name: &str, key: &str| json!({"attributes": {"type": "Account"}, "Name": name, "External_Id__c": key});
    let body = json!({"records": [record("a", "k1"), record("b", "k1"), record("", "k2")]});
    let (status, rows) = org.call("POST", "/composite/sobjects", Some(body)).await;
    assert_eq!(status, 200);
    let id = rows[0]["id"].as_str().unwrap();
    let message =
        format!("duplicate value found: External_Id__c duplicates value on record with id: {}", &id[..15]);
    assert_eq!(
        rows[1],
        json!({"success": false, "errors": [{"statusCode": "DUPLICATE_VALUE", "message": message, "fields": []}]})
    );
    assert_eq!(rows[2]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");
    let body = json!({"allOrNone": true, "records": [record("c", "k3"), record("", "k4")]});
    let (_, rows) = org.call("POST", "/composite/sobjects", Some(body)).await;
    assert_eq!(rows[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(org.query("SELECT COUNT() FROM Account WHERE External_Id__c = 'k3'").await["totalSize"], 0);
    let body = json!({"records": [record("x", "k1"), record("y", "k5")]});
    let (_, rows) = org.call("PATCH", "/composite/sobjects/Account/External_Id__c", Some(body)).await;
    assert_eq!((&rows[0]["created"], &rows[1]["created"]), (&json!(false), &json!(true)));
    let (_, rows) =
        org.call("DELETE", &format!("/composite/sobjects?ids={id},001000000000000AAA"), None).await;
    assert_eq!((&rows[0]["success"], &rows[1]["success"]), (&json!(true), &json!(false)));
    assert_eq!(org.get(&format!("/composite/sobjects/Account?ids={id}&fields=Name")).await, json!([null]));
}

#[tokio::test]
async fn the_api_limit_holds() {
    let org = Org::new(10);
    org.does("/salesforce/limits", json!({"daily_api_requests": {"max": 100, "remaining": 2}})).await;
    let answer = org.raw("GET", "/limits", None).await;
    assert_eq!(answer.headers()["sforce-limit-info"], "api-usage=99/100");
    assert_eq!(read(answer).await.1["DailyApiRequests"], json!({"Max": 100, "Remaining": 1}));
    org.get("/limits").await;
    let (status, error) = org.call("GET", "/limits", None).await;
    assert_eq!(
        (status.as_u16(), &error[0]["errorCode"], &error[0]["message"]),
        (403, &json!("REQUEST_LIMIT_EXCEEDED"), &json!("TotalRequests Limit exceeded."))
    );
    org.does("/clock", json!({"offset_ms": 25 * 3_600_000_i64})).await;
    let (status, _) = org.call("GET", "/limits", None).await;
    assert_eq!(status, 401, "a day later the calls are back, but the session has ended");
}

#[tokio::test]
async fn revocation_permissions_and_editions() {
    let org = Org::new(10);
    let path = "/salesforce/permissions";
    org.does(path, json!({"fields": {"Lead.Email": "hidden", "Lead.Phone": "read"}, "objects": {"Opportunity": {"read": false}}})).await;
    let (_, error) = org.call("GET", &format!("/query?q={}", encoded("SELECT Email FROM Lead")), None).await;
    assert_eq!(error[0]["errorCode"], "INVALID_FIELD");
    let describe = org.get("/sobjects/Lead/describe").await;
    let field = |name: &str| {
        describe["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).cloned()
    };
    assert!(field("Email").is_none());
    assert_eq!(field("Phone").unwrap()["updateable"], false);
    let (_, error) =
        org.call("GET", &format!("/query?q={}", encoded("SELECT Id FROM Opportunity")), None).await;
    assert_eq!(error[0]["errorCode"], "INVALID_TYPE");
    org.does("/salesforce/edition", json!({"edition": "Professional"})).await;
    let (status, error) = org.call("GET", "/limits", None).await;
    assert_eq!((status.as_u16(), &error[0]["errorCode"]), (403, &json!("API_DISABLED_FOR_ORG")));
    org.does("/salesforce/edition", json!({"edition": "Enterprise"})).await;
    org.does("/salesforce/revoke", json!({"username": "svc-sync@acme.example"})).await;
    let (status, error) = org.call("GET", "/limits", None).await;
    assert_eq!(
        (status.as_u16(), error),
        (401, json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]))
    );
}

#[tokio::test]
async fn injected_faults_strike() {
    let org = Org::new(10);
    let lock = json!([{"match": {"method": "POST"}, "effect": {"kind": "lock"}}]);
    org.does("/faults", lock).await;
    let body = json!({"records": [{"attributes": {"type": "Account"}, "Name": "a"}]});
    let (_, rows) = org.call("POST", "/composite/sobjects", Some(body)).await;
    assert_eq!(rows[0]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
    org.control("DELETE", "/faults", json!({})).await;
    let rules = json!([
        {"match": {"path_regex": "limits", "first": 1}, "effect": {"kind": "status", "status": 503}},
        {"match": {"path_regex": "limits", "every": 2}, "effect": {"kind": "session_expired"}},
        {"match": {"method": "POST"}, "effect": {"kind": "drop_after"}},
    ]);
    org.does("/faults", rules).await;
    assert_eq!(org.call("GET", "/limits", None).await.1[0]["errorCode"], "SERVER_UNAVAILABLE");
    assert_eq!(org.call("GET", "/limits", None).await.1[0]["errorCode"], "INVALID_SESSION_ID");
    let refused = json!({"id": "o", "match": {"path_regex": "oauth2"}, "effect": {"kind": "status", "status": 400, "code": "invalid_grant"}});
    org.does("/faults", refused).await;
    let (_, error) = org.call("GET", "/services/oauth2/userinfo", None).await;
    assert_eq!(error, json!({"error": "invalid_grant", "error_description": "expired access/refresh token"}));
    let answer = org.raw("POST", "/sobjects/Account", Some(json!({"Name": "Lost answer"}))).await;
    assert!(answer.extensions().get::<Dropped>().is_some());
    assert!(answer.into_body().collect().await.is_err());
    assert_eq!(org.query("SELECT COUNT() FROM Account WHERE Name = 'Lost answer'").await["totalSize"], 1);
    let last = org.sandbox.recorder().since(0).into_iter().rfind(|call| call.method == "POST").unwrap();
    assert_eq!(last.status, 0);
}

#[tokio::test]
async fn consent_gives_a_code_once() {
    let org = Org::new(10);
    let endpoints = org.sandbox.system("salesforce").unwrap().endpoints("");
    let client = encoded(endpoints["client_id"].as_str().unwrap());
    let post = async |path: &str, body: String| {
        let request = Request::builder().method("POST").uri(path).body(Body::from(body)).unwrap();
        org.router.clone().oneshot(request).await.unwrap()
    };
    // The pair of RFC 7636, appendix B.
    let (verifier, challenge) =
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let callback = encoded("http://localhost:1717/callback");
    let asked = format!(
        "response_type=code&client_id={client}&redirect_uri={callback}&state=s%201&code_challenge={challenge}"
    );
    let page = org.raw("GET", &format!("/services/oauth2/authorize?{asked}"), None).await;
    let page = page.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&page).contains("value=\"s 1\""));
    let denied = post("/services/oauth2/authorize", format!("{asked}&decision=deny")).await;
    assert!(denied.headers()["location"].to_str().unwrap().contains("error=access_denied"));
    let mut codes = Vec::new();
    for _ in 0..2 {
        let allowed = post(
            "/services/oauth2/authorize",
            format!("{asked}&decision=allow&username=jlee%40acme.example"),
        )
        .await;
        let location = url::Url::parse(allowed.headers()["location"].to_str().unwrap()).unwrap();
        codes.push(location.query_pairs().find(|(key, _)| key == "code").unwrap().1.into_owned());
    }
    let exchange = async |code: &str, verifier: &str| {
        let body = format!(
            "grant_type=authorization_code&client_id={client}&redirect_uri={callback}&code={}&code_verifier={verifier}",
            encoded(code)
        );
        read(post("/services/oauth2/token", body).await).await.1
    };
    assert_eq!(exchange(&codes[1], "wrong").await["error"], "invalid_request");
    let token = exchange(&codes[0], verifier).await;
    assert!(
        token["refresh_token"].is_string() && token["access_token"].as_str().unwrap().starts_with("00D"),
        "{token}"
    );
    assert_eq!(exchange(&codes[0], verifier).await["error_description"], "expired authorization code");
    assert_eq!(exchange("nonsense", verifier).await["error_description"], "invalid authorization code");
}

/// Sends one request over TCP and returns everything that comes back.
async fn over_tcp(running: &Running, request: &str) -> std::io::Result<Vec<u8>> {
    let url = running.endpoints()["salesforce"]["instance_url"].as_str().unwrap();
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn a_dropped_connection_says_nothing() {
    let running = Sandbox::start(Options { records: 10, ..Options::default() }).await.unwrap();
    let request = "GET /services/data/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let whole = over_tcp(&running, request).await.unwrap();
    assert!(whole.starts_with(b"HTTP/1.1 200"));
    for (kind, expected) in
        [("drop_before", 0..1), ("drop_after", 0..1), ("truncate", 100..whole.len() - 100)]
    {
        running.sandbox().faults().clear();
        running.sandbox().faults().add(&json!({"effect": {"kind": kind}})).unwrap();
        let length = over_tcp(&running, request).await.map_or(0, |answer| answer.len());
        assert!(expected.contains(&length), "{kind}: {length} of {} bytes", whole.len());
    }
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn traffic_flows_for_its_time() {
    let org = Org::new(50);
    let order = json!({"per_second": 20, "for_seconds": 5, "mix": {"create": 1, "update": 1, "delete": 1}});
    org.does("/traffic", order).await;
    let before = org.sandbox.clock().now().to_string();
    tokio::time::sleep(std::time::Duration::from_secs(10)).await;
    let changed = org
        .query(&format!(
            "SELECT Id FROM Lead WHERE SystemModstamp >= {}",
            &before[..19].replace(' ', "T").add("Z")
        ))
        .await;
    assert!(changed["totalSize"].as_u64().unwrap() > 10, "{changed}");
    let (status, error) = org.control("POST", "/traffic", json!({"per_second": 0})).await;
    assert_eq!((status.as_u16(), &error["error"]), (400, &json!("per_second must lie between 0 and 10000")));
}

#[tokio::test]
async fn only_loopback_is_served() {
    let options = Options { listen: "0.0.0.0:0".parse().unwrap(), records: 0, ..Options::default() };
    let error = Sandbox::start(options).await.map(drop).unwrap_err();
    assert!(error.to_string().contains("not a loopback address"), "{error}");
}

#[tokio::test]
async fn the_state_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { records: 20, state_file: Some(folder.path().join("state.json")), ..Options::default() };
    let running = Sandbox::start(options.clone()).await.unwrap();
    let org = Org::of(running.sandbox().clone());
    org.call("POST", "/sobjects/Lead", Some(json!({"LastName": "Kept", "Company": "x"}))).await;
    let gone = org.query("SELECT Id FROM Lead ORDER BY Id LIMIT 1").await["records"][0]["Id"].clone();
    org.call("DELETE", &format!("/sobjects/Lead/{}", gone.as_str().unwrap()), None).await;
    let before = org.query("SELECT FIELDS(ALL) FROM Lead LIMIT 200").await;
    running.stop().await.unwrap();
    let again = Org::of(Sandbox::build(&options).unwrap());
    assert_eq!(again.token, org.token, "sessions live on");
    assert_eq!(again.query("SELECT FIELDS(ALL) FROM Lead LIMIT 200").await, before);
    assert_eq!(again.query("SELECT COUNT() FROM Lead").await["totalSize"], 20);
}

/// How fast a large org answers, to be run by hand: `cargo test --release --test it -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "a measurement"]
async fn a_large_org_is_fast() {
    let started = std::time::Instant::now();
    let org = Org::new(100_000);
    let mut told = vec![format!("built in {:?}", started.elapsed())];
    for soql in [
        "SELECT COUNT() FROM Lead",
        "SELECT Id, Name, Email, Company, SystemModstamp FROM Lead ORDER BY SystemModstamp, Id",
        "SELECT Id FROM Lead WHERE SystemModstamp >= 2099-01-01T00:00:00Z ORDER BY SystemModstamp, Id",
        "SELECT Id FROM Lead WHERE Id > '00Q000000000000AAA' ORDER BY Id LIMIT 2000",
        "SELECT Id FROM Lead WHERE Company LIKE '%martin%'",
        "SELECT Id, Name FROM Lead WHERE Email = 'lead.5000@example.com'",
    ] {
        let started = std::time::Instant::now();
        org.query(soql).await;
        told.push(format!("{:?} {soql}", started.elapsed()));
    }
    println!("{}", told.join("\n"));
}
