//! Bulk API 2.0 of the simulated Salesforce, where other people's clients do not reach.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]

use axum::body::Body;
use http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::sandbox_salesforce::{Org, read};

impl Org {
    async fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Response<Body> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/services/data/v62.0{path}"))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind)
            .body(Body::from(body.to_owned()));
        self.router.clone().oneshot(request.unwrap()).await.unwrap()
    }

    async fn bulk_query(&self, soql: &str) -> Value {
        let body = json!({ "operation": "query", "query": soql });
        let (status, job) = self.call("POST", "/jobs/query", Some(body)).await;
        assert_eq!(status, 200, "{job}");
        job
    }

    /// The lines of a result, and the headers that tell about it.
    async fn lines(&self, path: &str) -> (Vec<String>, String, String) {
        let answer = self.raw("GET", path, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let (locator, count) = (header("sforce-locator"), header("sforce-numberofrecords"));
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8(body.to_vec()).unwrap();
        (text.lines().map(str::to_owned).collect(), locator, count)
    }
}

#[tokio::test]
async fn a_query_job_passes_through_its_states() {
    let org = Org::new(30);
    org.does("/salesforce/settings", json!({ "bulk_ms": 60_000 })).await;
    let job = org.bulk_query("SELECT Id, Name, Account.Name FROM Contact").await;
    assert_eq!(job["state"], "UploadComplete");
    assert_eq!((&job["apiVersion"], &job["object"]), (&json!(62.0), &json!("Contact")));
    let path = format!("/jobs/query/{}", job["id"].as_str().unwrap());
    assert_eq!(org.get(&path).await["state"], "InProgress");
    let (status, refused) = org.call("GET", &format!("{path}/results"), None).await;
    assert_eq!((status.as_u16(), &refused[0]["errorCode"]), (400, &json!("INVALIDJOBSTATE")));
    let (status, refused) = org.call("DELETE", &path, None).await;
    let message = "Error encountered when deleting the job because the job is not terminated";
    assert_eq!((status.as_u16(), &refused[0]["message"]), (400, &json!(message)));
    org.does("/clock", json!({ "offset_ms": 61_000 })).await;
    let done = org.get(&path).await;
    assert_eq!((&done["state"], &done["numberRecordsProcessed"]), (&json!("JobComplete"), &json!(30)));
    let (lines, locator, count) = org.lines(&format!("{path}/results?maxRecords=20")).await;
    assert_eq!(
        (lines.len(), lines[0].as_str(), count.as_str()),
        (21, "\"Id\",\"Name\",\"Account.Name\"", "20")
    );
    let (rest, last, count) = org.lines(&format!("{path}/results?maxRecords=20&locator={locator}")).await;
    assert_eq!((rest.len(), last.as_str(), count.as_str()), (11, "null", "10"));
    let pages = org.get(&format!("{path}/resultPages")).await;
    let url = pages["resultPages"][0]["resultUrl"].as_str().unwrap();
    assert_eq!((org.lines(url).await.0.len(), &pages["done"]), (31, &json!(true)));
    let other = path.replace("/jobs", "/services/data/v60.0/jobs");
    assert_eq!(org.call("GET", &format!("{other}/results"), None).await.0, 409);
    assert_eq!(org.get("/jobs/query").await["records"][0]["id"], job["id"]);
    assert_eq!(org.call("DELETE", &path, None).await.0, 204);
    assert_eq!(org.call("GET", &path, None).await.0, 404);
}

#[tokio::test]
async fn what_bulk_cannot_query_is_refused() {
    let org = Org::new(5);
    for (soql, code) in [
        ("SELECT Id, MailingAddress FROM Contact", "INVALID_FIELD"),
        ("SELECT COUNT(Id) FROM Contact", "API_ERROR"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "API_ERROR"),
        ("SELECT Id FROM Contact LIMIT 5 OFFSET 2", "API_ERROR"),
        ("SELECT Id FROM Organization", "INVALIDENTITY"),
        ("SELECT Nope FROM Contact", "INVALID_FIELD"),
    ] {
        let body = json!({ "operation": "query", "query": soql });
        let (status, refused) = org.call("POST", "/jobs/query", Some(body)).await;
        assert_eq!((status.as_u16(), &refused[0]["errorCode"]), (400, &json!(code)), "{soql}");
    }
    org.does("/salesforce/limits", json!({ "daily_bulk_v2_query_jobs": { "max": 1, "remaining": 1 } })).await;
    org.does("/salesforce/limits", json!({ "DailyBulkV2QueryJobs": { "max": 1, "remaining": 1 } })).await;
    org.bulk_query("SELECT Id FROM Contact").await;
    let body = json!({ "operation": "query", "query": "SELECT Id FROM Contact" });
    let (_, refused) = org.call("POST", "/jobs/query", Some(body)).await;
    assert_eq!(refused[0]["errorCode"], "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_job_can_bring_its_data_along() {
    let org = Org::new(5);
    let job = json!({ "object": "Contact", "operation": "insert", "lineEnding": "CRLF", "columnDelimiter": "SEMICOLON" });
    let body = format!(
        "--x\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n{job}\r\n\
         --x\r\nContent-Type: text/csv\r\nContent-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\n\
         LastName;Account.External_Id__c;Birthdate\r\nWith;nobody;\r\nWithout;;2001-02-03\r\nWrong;;soon\r\n\r\n--x--\r\n"
    );
    let (status, job) =
        read(org.send("POST", "/jobs/ingest", "multipart/form-data; boundary=x", &body).await).await;
    assert_eq!((status.as_u16(), &job["state"]), (200, &json!("UploadComplete")), "{job}");
    let path = format!("/jobs/ingest/{}", job["id"].as_str().unwrap());
    let done = org.get(&path).await;
    assert_eq!(
        (&done["numberRecordsProcessed"], &done["numberRecordsFailed"]),
        (&json!(3), &json!(2)),
        "{done}"
    );
    let failed = org.raw("GET", &format!("{path}/failedResults"), None).await;
    let failed = failed.into_body().collect().await.unwrap().to_bytes();
    let failed = String::from_utf8(failed.to_vec()).unwrap();
    assert!(failed.starts_with("\"sf__Id\";\"sf__Error\";\"LastName\""), "{failed}");
    assert!(failed.contains("Foreign key external ID: nobody not found"), "{failed}");
    assert!(failed.contains("INVALID_TYPE_ON_FIELD_IN_RECORD:"), "{failed}");
}

#[tokio::test]
async fn uploads_are_taken_once_and_as_declared() {
    let org = Org::new(5);
    let create = json!({ "object": "Lead", "operation": "insert" });
    let (_, job) = org.call("POST", "/jobs/ingest", Some(create)).await;
    let id = job["id"].as_str().unwrap();
    assert_eq!(job["contentUrl"], format!("services/data/v62.0/jobs/ingest/{id}/batches"));
    let batches = format!("/jobs/ingest/{id}/batches");
    assert_eq!(org.send("PUT", &batches, "text/csv", "LastName,Company\r\nA,B\r\n").await.status(), 201);
    let (_, twice) = read(org.send("PUT", &batches, "text/csv", "LastName\nA\n").await).await;
    assert!(
        twice[0]["message"].as_str().unwrap().starts_with("Found multiple contents for job: <750"),
        "{twice}"
    );
    org.call("PATCH", &format!("/jobs/ingest/{id}"), Some(json!({ "state": "UploadComplete" }))).await;
    let failed = org.get(&format!("/jobs/ingest/{id}")).await;
    let message = "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF";
    assert_eq!((&failed["state"], &failed["errorMessage"]), (&json!("Failed"), &json!(message)));
}
