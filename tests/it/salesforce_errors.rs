//! Every code of Salesforce's that the reference tells of, provoked in the sandbox and met by the client.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use syncdeck::domain::connection::{Access, Grant};
use syncdeck::domain::failure::{Class, Failure, Kind};
use syncdeck::domain::ledger::Action;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::value::Value as Cell;
use syncdeck::ports::{ChangesAsk, Mark, Remote, Write};
use syncdeck::remote::salesforce;
use syncdeck::words::{Lang, Words};

use crate::support::{Bench, client};

/// Status, what it means, and the codes: T worth another try, L a limit, H an administrator must act, D the data or the
/// mapping must change, B our question is wrong, G nothing works any more.
const CODES: [(u16, char, &str); 15] = [
    (300, 'D', "MULTIPLE_CHOICES"),
    (401, 'G', "INVALID_AUTH_HEADER"),
    (403, 'L', "REQUEST_LIMIT_EXCEEDED LIMIT_EXCEEDED"),
    (403, 'C', "API_DISABLED_FOR_ORG API_CURRENTLY_DISABLED"),
    (410, 'G', "GONE UNSUPPORTED_API_VERSION"),
    (
        503,
        'T',
        "SERVER_UNAVAILABLE TOO_MANY_APEX_REQUESTS INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
    ),
    (
        400,
        'T',
        "UNABLE_TO_LOCK_ROW INVALID_QUERY_LOCATOR ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE PROCESSING_HALTED ALL_OR_NONE_OPERATION_ROLLED_BACK",
    ),
    (500, 'T', "UNKNOWN_EXCEPTION"),
    (500, 'H', "APEX_ERROR"),
    (
        403,
        'H',
        "INSUFFICIENT_ACCESS_OR_READONLY INSUFFICIENT_ACCESS STORAGE_LIMIT_EXCEEDED FUNCTIONALITY_NOT_ENABLED FORBIDDEN TXN_SECURITY_METERING_ERROR",
    ),
    (
        400,
        'H',
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY CANNOT_EXECUTE_FLOW_TRIGGER TRANSFER_REQUIRES_READ ENTITY_IS_LOCKED LICENSE_LIMIT_EXCEEDED PRIVATE_CONTACT_ON_ASSET UNAVAILABLE_RECORDTYPE_EXCEPTION OPERATION_TOO_LARGE",
    ),
    (
        400,
        'D',
        "INVALID_FIELD INVALID_TYPE INVALID_FIELD_FOR_INSERT_UPDATE INVALID_CROSS_REFERENCE_KEY FIELD_CUSTOM_VALIDATION_EXCEPTION REQUIRED_FIELD_MISSING STRING_TOO_LONG INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST FIELD_INTEGRITY_EXCEPTION INVALID_EMAIL_ADDRESS NUMBER_OUTSIDE_VALID_RANGE DUPLICATE_VALUE DUPLICATE_EXTERNAL_ID DUPLICATES_DETECTED DELETE_FAILED DEPENDENCY_EXISTS CANNOT_UPDATE_CONVERTED_LEAD INACTIVE_OWNER_OR_USER INVALID_STATUS ENTITY_IS_ARCHIVED MISSING_ARGUMENT TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET MAXIMUM_HIERARCHY_LEVELS_REACHED CIRCULAR_DEPENDENCY",
    ),
    (404, 'D', "NOT_FOUND ENTITY_IS_DELETED"),
    (
        400,
        'B',
        "MALFORMED_QUERY MALFORMED_ID JSON_PARSER_ERROR QUERY_TOO_COMPLICATED INVALID_REPLICATION_DATE EXCEEDED_ID_LIMIT INVALID_CONTENT_TYPE ILLEGAL_QUERY_PARAMETER_VALUE INVALID_ID_FIELD INVALID_INPUT INVALID_OPERATION",
    ),
    (405, 'B', "METHOD_NOT_ALLOWED UNSUPPORTED_MEDIA_TYPE"),
];

fn remote(bench: &Bench) -> Arc<dyn Remote> {
    let access = Access::Salesforce {
        login_url: bench.endpoint("/salesforce/login_url").into(),
        client_id: bench.endpoint("/salesforce/client_id").into(),
        grant: Grant::RefreshToken,
        version: "62.0".into(),
        sandbox: true,
        doubt_ms: 1_000,
    };
    let secret = |what| (what, bench.endpoint(&format!("/salesforce/{what}")));
    client(access, &["client_secret", "refresh_token"].map(secret))
}

async fn fault(bench: &Bench, path: &str, status: u16, code: Option<&str>) {
    bench.control("DELETE", "/faults", Value::Null).await;
    let fault = json!({ "id": "f", "match": { "system": "salesforce", "path_regex": path },
                        "effect": { "kind": "status", "status": status, "code": code } });
    bench.control("POST", "/faults", json!([fault])).await;
}

async fn provoked(bench: &Bench, remote: &dyn Remote, status: u16, code: Option<&str>) -> Failure {
    fault(bench, "queryAll", status, code).await;
    remote.changes(&ask()).await.unwrap_err()
}

/// Makes a lead while the org answers so.
async fn written(bench: &Bench, remote: &dyn Remote, status: u16, code: &str) -> Answer {
    fault(bench, "composite/sobjects", status, Some(code)).await;
    let values = vec![("LastName".into(), Cell::text("x")), ("Company".into(), Cell::text("y"))];
    let write = Write { action: Action::Created, id: None, key: Some("4711".into()), section: None, values };
    remote.apply(&"Lead".into(), &"Monday_Item_Id__c".into(), &[write]).await.remove(0)
}

fn ask() -> ChangesAsk {
    ChangesAsk {
        container: "Lead".into(),
        fields: vec!["Company".into()],
        after: Mark::default(),
        page: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_means_what_the_reference_says() {
    let bench = Bench::start(3);
    let remote = remote(&bench);
    let words = Lang::ALL.map(Words::new);
    let mut met = BTreeSet::new();
    for (status, meaning, codes) in CODES {
        for code in codes.split(' ') {
            for words in &words {
                let told = |part: &&str| words.has(&format!("error-{code}-{part}"));
                assert!(["title", "explanation", "fix"].iter().all(told), "{code} is not explained");
            }
            let failure = provoked(&bench, remote.as_ref(), status, Some(code)).await;
            assert_eq!(&*failure.code, code, "{failure:?}");
            let fits = match meaning {
                'T' => failure.kind == Kind::Transient && matches!(failure.class, Class::Busy | Class::Lock),
                'L' => {
                    failure.kind == Kind::Transient
                        && failure.class == Class::Limit
                        && failure.wait_ms.is_some()
                }
                'C' => failure.kind == Kind::Connection && failure.class == Class::Perm,
                'G' => failure.kind == Kind::Connection,
                'H' => failure.kind == Kind::Permanent && failure.class == Class::Perm,
                'D' => {
                    failure.kind == Kind::Permanent
                        && matches!(failure.class, Class::Valid | Class::Map | Class::Dup)
                }
                _ => failure.kind == Kind::Permanent && matches!(failure.class, Class::Bug | Class::Map),
            };
            assert!(fits, "{meaning}: {failure:?}");
            // A write that the server broke down over may have been carried out; any other refusal says it was not.
            match written(&bench, remote.as_ref(), status, code).await {
                Answer::Doubt => assert!(status >= 500, "{code} leaves no doubt"),
                Answer::Refused(refused) => {
                    assert!(status < 500, "{code} leaves doubt");
                    assert_eq!(
                        (&refused.code, refused.kind, refused.class),
                        (&failure.code, failure.kind, failure.class)
                    );
                }
                other => panic!("{code}: {other:?}"),
            }
            met.insert(code);
        }
    }
    // Of those that are left, tests of their own tell: slow queries below, and sessions at the end of this one.
    let apart = ["QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG", "INVALID_SESSION_ID", "CONCURRENT_REQUESTS"];
    let missed: Vec<&str> =
        salesforce::codes().filter(|code| !met.contains(code) && !apart.contains(code)).collect();
    assert_eq!(missed, [""; 0]);
    // Pages of the machines in between hold no code at all.
    for status in [420, 502] {
        let failure = provoked(&bench, remote.as_ref(), status, None).await;
        assert_eq!((failure.kind, failure.class), (Kind::Transient, Class::Busy), "{failure:?}");
        assert_eq!(&*failure.code, format!("HTTP_{status}"));
    }
    // A session that is refused even when it is new is no revocation.
    let failure = provoked(&bench, remote.as_ref(), 401, Some("INVALID_SESSION_ID")).await;
    assert_eq!((failure.kind, failure.class), (Kind::Transient, Class::Busy));
}

async fn slow_calls_left(bench: &Bench, remaining: u64) {
    let limits = json!({ "concurrent_requests": { "max": 25, "remaining": remaining } });
    bench.control("POST", "/salesforce/limits", limits).await;
}

/// One code has two limits: too many slow calls at one time is not the end of the day's calls.
#[tokio::test(flavor = "multi_thread")]
async fn too_many_slow_calls_at_once_are_waited_for_without_a_word() {
    let bench = Bench::start(3);
    let remote = remote(&bench);
    slow_calls_left(&bench, 0).await;
    let failure = remote.changes(&ask()).await.unwrap_err();
    assert_eq!(
        (&*failure.code, failure.kind, failure.class),
        ("CONCURRENT_REQUESTS", Kind::Transient, Class::Busy)
    );
    assert!(failure.message.contains("Concurrent API Requests") && failure.wait_ms.is_none(), "{failure:?}");
    for words in Lang::ALL.map(Words::new) {
        let [day, moment] = ["REQUEST_LIMIT_EXCEEDED", "CONCURRENT_REQUESTS"].map(|code| {
            ["title", "explanation", "fix"].map(|part| words.say(&format!("error-{code}-{part}")))
        });
        assert!(day.iter().zip(&moment).all(|(day, moment)| day != moment), "{moment:?}");
    }
    // Whatever is refused so was not done: there is no doubt.
    let values = vec![("LastName".into(), Cell::text("x")), ("Company".into(), Cell::text("y"))];
    let write = Write { action: Action::Created, id: None, key: Some("4712".into()), section: None, values };
    let answer = remote.apply(&"Lead".into(), &"Monday_Item_Id__c".into(), &[write]).await.remove(0);
    assert!(matches!(&answer, Answer::Refused(refused) if refused.class == Class::Busy), "{answer:?}");
    slow_calls_left(&bench, 25).await;

    let _engine = bench.serve();
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    slow_calls_left(&bench, 0).await;
    let lead = json!({ "create": [{ "LastName": "Patient", "Company": "Known Ltd" }] });
    bench.control("POST", "/salesforce/records/Lead", lead).await;
    bench.until("noticed", |bench| {
        let row = bench.json(&["connections", "show", "sf"]);
        assert_ne!(row["state"], "exhausted", "{row}");
        Some(()).filter(|()| row["state"] == "unreachable" && row["reason"] == "CONCURRENT_REQUESTS")
    });
    assert_eq!(bench.items("Leads").await.len(), 3);
    slow_calls_left(&bench, 25).await;
    bench.in_step();
    bench.until("valid", |bench| {
        (bench.json(&["connections", "show", "sf"])["state"] == "valid").then_some(())
    });
    let all = async || (bench.items("Leads").await.len() == 4).then_some(());
    bench.until_some("what waited", all).await;
    assert_eq!(bench.status()["errors"]["open"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_takes_too_long_is_read_in_slices() {
    let bench = Bench::start(2_500);
    for code in ["QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG"] {
        in_slices(&bench, code).await;
    }
}

async fn in_slices(bench: &Bench, code: &str) {
    bench.control("DELETE", "/faults", Value::Null).await;
    let remote = remote(bench);
    let slow = json!({ "id": "slow", "match": { "system": "salesforce", "path_regex": "queryAll", "first": 4 },
                       "effect": { "kind": "status", "status": 400, "code": code } });
    bench.control("POST", "/faults", json!([slow])).await;
    let mut ids = BTreeSet::new();
    let mut ask = ask();
    let mut pages = 0;
    loop {
        let page = remote.changes(&ask).await.unwrap();
        let records = page.records.len();
        ids.extend(page.records.into_iter().map(|record| record.id));
        pages += 1;
        assert!(pages < 60 && records <= 2_000, "{pages} pages");
        match page.next {
            Some(next) => ask.page = Some(next),
            None => break,
        }
    }
    assert_eq!(ids.len(), 2_500);
    // What never answers ends as a failure, not in an endless search.
    bench.control("DELETE", "/faults", Value::Null).await;
    let stuck = json!({ "id": "stuck", "match": { "system": "salesforce", "path_regex": "queryAll" },
                        "effect": { "kind": "status", "status": 400, "code": code } });
    bench.control("POST", "/faults", json!([stuck])).await;
    let mut ask = self::ask();
    let failure = loop {
        match remote.changes(&ask).await {
            Ok(page) => ask.page = page.next,
            Err(failure) => break failure,
        }
        assert!(ask.page.is_some());
    };
    assert_eq!((&*failure.code, failure.kind), (code, Kind::Transient));
}

/// What a duplicate rule stops is kept with the records that it found; a person makes the record anyway, or links it.
#[tokio::test(flavor = "multi_thread")]
async fn duplicates_are_shown_made_anyway_or_linked() {
    let bench = Bench::start(0);
    let known = json!({ "create": [{ "LastName": "Ada", "Company": "Known Ltd", "Email": "ada@example.com" },
                                   { "LastName": "Bob", "Company": "Known Ltd", "Email": "bob@example.com" }] });
    let known = bench.control("POST", "/salesforce/records/Lead", known).await;
    let rule = json!({ "object": "Lead", "active": true, "allow_save": true });
    bench.control("POST", "/salesforce/duplicate-rule", rule).await;
    let item = |name: &str| {
        let mail = format!("{}@example.com", name.to_lowercase());
        json!({ "name": name, "company": "Known Ltd", "email": { "email": mail, "text": mail } })
    };
    bench.control("POST", "/monday/records/Leads", json!({ "create": [item("Ada"), item("Bob")] })).await;
    let _engine = bench.serve();
    bench.connect();
    let text =
        include_str!("../../config/recipes/two-way-item.toml").replace("two-way-item", "item-to-record");
    let path = bench.file("items.toml", &text);
    bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.until("refused", |bench| (bench.status()["errors"]["open"] == 2).then_some(()));
    let errors = bench.json(&["errors", "list"]);
    let of = |name: &str| {
        let row = errors.as_array().unwrap().iter().find(|row| row["record_name"] == name);
        row.unwrap_or_else(|| panic!("no error of {name} in {errors}"))["id"].as_str().unwrap().to_owned()
    };
    for (at, name) in ["Ada", "Bob"].into_iter().enumerate() {
        let shown = bench.json(&["errors", "show", &of(name)]);
        let candidate = known["created"][at].as_str().unwrap();
        assert_eq!(shown["code"], "DUPLICATES_DETECTED", "{shown}");
        assert!(shown.to_string().contains(candidate), "{candidate} is not shown: {shown}");
    }
    // Tried again as it is, it is refused again.
    assert!(bench.run(&["errors", "retry", &of("Ada")]).status.success());
    bench.until("refused again", |bench| {
        let status = bench.status();
        Some(()).filter(|()| status["objects"][0]["failed"] == 3 && status["errors"]["open"] == 2)
    });
    assert!(bench.run(&["errors", "retry", &of("Ada"), "--allow-duplicates"]).status.success());
    bench.until("made anyway", |bench| (bench.status()["objects"][0]["created"] == 1).then_some(()));
    assert_eq!(bench.soql("SELECT Id FROM Lead WHERE LastName = 'Ada'").await.len(), 2);
    let bob = known["created"][1].as_str().unwrap();
    assert!(bench.run(&["errors", "link", &of("Bob"), bob]).status.success());
    bench.until("linked", |bench| (bench.status()["errors"]["open"] == 0).then_some(()));
    bench.in_step();
    let bobs = bench.soql("SELECT Id, Monday_Item_Id__c FROM Lead WHERE LastName = 'Bob'").await;
    assert_eq!((bobs.len(), bobs[0]["Id"].as_str()), (1, Some(bob)));
}
