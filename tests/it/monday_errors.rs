//! Every error of monday's that the reference tells of, provoked in the sandbox and met by the client.

use std::sync::Arc;

use serde_json::{Value, json};
use syncdeck::domain::connection::Access;
use syncdeck::domain::failure::{Class, Failure, Kind};
use syncdeck::domain::ledger::Action;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::value::Value as Cell;
use syncdeck::ports::{ChangesAsk, Mark, Remote, Write};
use syncdeck::words::{Lang, Words};

use crate::support::{Bench, client};

/// Status, what it means, and the codes: L a limit that passes, T worth another try, A the token is no longer good, H
/// somebody must give a right or make room, D the data or the mapping must change, B our question is wrong, V the
/// version of the API is not served any more.
const CODES: [(u16, char, &str); 13] = [
    (
        429,
        'L',
        "COMPLEXITY_BUDGET_EXHAUSTED MINUTE_RATE_LIMIT_EXCEEDED MAX_CONCURRENCY_EXCEEDED maxConcurrencyExceeded DAILY_LIMIT_EXCEEDED IP_RATE_LIMIT_EXCEEDED FIELD_LIMIT_EXCEEDED ComplexityException RATE_LIMIT_EXCEEDED",
    ),
    (200, 'L', "FIELD_LIMIT_EXCEEDED tooManyRequests API_TEMPORARILY_BLOCKED"),
    (
        200,
        'B',
        "REQUEST_MAX_COMPLEXITY_EXCEEDED GRAPHQL_VALIDATION_FAILED GRAPHQL_PARSE_FAILED InvalidArgumentException",
    ),
    (400, 'B', "GRAPHQL_VALIDATION_FAILED"),
    (503, 'T', "TIMEOUT_EXCEEDED"),
    (500, 'T', "INTERNAL_SERVER_ERROR"),
    (200, 'T', "CursorExpiredError"),
    (423, 'T', "RESOURCE_LOCKED"),
    (409, 'T', "IDEMPOTENCY_CONFLICT"),
    (401, 'A', "NOT_AUTHENTICATED"),
    (
        200,
        'H',
        "UserUnauthorizedException USER_UNAUTHORIZED USER_ACCESS_DENIED missingRequiredPermissions ItemsLimitationException CreateBoardException",
    ),
    (403, 'H', "UserUnauthorizedException"),
    (
        200,
        'D',
        "ColumnValueException InvalidBoardIdException InvalidColumnIdException InvalidGroupIdException InvalidItemIdException ItemNotFoundException InvalidUserIdException ResourceNotFoundException CorrectedValueException ItemNameTooLongException RecordInvalidException DeleteLastGroupException",
    ),
];

fn remote(bench: &Bench) -> Arc<dyn Remote> {
    let access = Access::Monday {
        url: bench.endpoint("/monday/url").into(),
        version: "2026-10".into(),
        doubt_ms: 1_000,
        phone_country: None,
    };
    client(access, &[("token", bench.endpoint("/monday/token"))])
}

async fn fault(bench: &Bench, effect: Value) {
    bench.control("DELETE", "/faults", Value::Null).await;
    let fault = json!({ "id": "f", "match": { "system": "monday", "path_regex": "/v2" }, "effect": effect });
    bench.control("POST", "/faults", json!([fault])).await;
}

fn ask(bench: &Bench) -> ChangesAsk {
    ChangesAsk {
        container: bench.endpoint("/monday/boards/Leads").into(),
        fields: vec!["company".into()],
        after: Mark::default(),
        page: None,
    }
}

fn write(company: &str) -> Write {
    let values = vec![("name".into(), Cell::text("x")), ("company".into(), Cell::text(company))];
    Write { action: Action::Created, id: None, key: None, section: None, values }
}

/// Returns a client that has written to the board before.
async fn knowing(bench: &Bench) -> Arc<dyn Remote> {
    bench.control("DELETE", "/faults", Value::Null).await;
    let remote = remote(bench);
    let board = bench.endpoint("/monday/boards/Leads").into();
    let answers = remote.apply(&board, &"salesforce_id".into(), &[write("before")]).await;
    assert!(matches!(answers[..], [Answer::Done { .. }]), "{answers:?}");
    remote
}

fn fits(meaning: char, failure: &Failure) -> bool {
    let is = |kind, classes: &[Class]| failure.kind == kind && classes.contains(&failure.class);
    match meaning {
        'L' => is(Kind::Transient, &[Class::Limit]) && failure.wait_ms.is_some_and(|wait| wait > 0),
        'T' => is(Kind::Transient, &[Class::Busy, Class::Lock]),
        'A' => is(Kind::Connection, &[Class::Auth]),
        'H' => is(Kind::Permanent, &[Class::Perm]),
        'D' => is(Kind::Permanent, &[Class::Valid, Class::Map]),
        'B' => is(Kind::Permanent, &[Class::Bug]),
        _ => is(Kind::Connection, &[Class::Bug]),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_means_what_the_reference_says_in_three_languages() {
    let bench = Bench::start(1);
    let words = Lang::ALL.map(Words::new);
    let board = bench.endpoint("/monday/boards/Leads").into();
    let mut met = 0;
    for (status, meaning, codes) in CODES {
        for code in codes.split(' ') {
            // A client that was told to wait asks nothing meanwhile: each code meets one of its own, which knows the board.
            let remote = knowing(&bench).await;
            fault(&bench, json!({ "kind": "status", "status": status, "code": code })).await;
            let failure = remote.changes(&ask(&bench)).await.unwrap_err();
            assert_eq!(&*failure.code, code, "{status}: {failure:?}");
            assert!(fits(meaning, &failure), "{status} {meaning}: {failure:?}");
            for words in &words {
                let told = |part: &&str| words.has(&format!("error-{code}-{part}"));
                assert!(["title", "explanation", "fix"].iter().all(told), "{code} is not explained");
            }
            let remote = knowing(&bench).await;
            fault(&bench, json!({ "kind": "status", "status": status, "code": code })).await;
            // A write that broke down may have been done; one that was refused was not.
            let answers = remote.apply(&board, &"salesforce_id".into(), &[write("a")]).await;
            let doubt = meaning == 'T' && !matches!(code, "RESOURCE_LOCKED" | "IDEMPOTENCY_CONFLICT");
            match &answers[..] {
                [Answer::Doubt] if doubt => {}
                [Answer::Refused(failure)] if !doubt => assert!(fits(meaning, failure), "{failure:?}"),
                other => panic!("{status} {code}: {other:?}"),
            }
            met += 1;
        }
    }
    assert!(met >= 39, "{met}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_of_mondays_is_never_taken_for_one() {
    let bench = Bench::start(1);
    let remote = knowing(&bench).await;
    let board = bench.endpoint("/monday/boards/Leads").into();
    for effect in [json!({ "kind": "garbage" }), json!({ "kind": "truncate" })] {
        fault(&bench, effect.clone()).await;
        let failure = remote.changes(&ask(&bench)).await.unwrap_err();
        assert_eq!(failure.kind, Kind::Transient, "{effect}: {failure:?}");
        let answers = remote.apply(&board, &"salesforce_id".into(), &[write("a"), write("b")]).await;
        assert_eq!(answers, [Answer::Doubt, Answer::Doubt], "{effect}");
    }
    bench.control("DELETE", "/faults", Value::Null).await;
    // Of several, the good ones are done and the bad one is named, by its own place.
    let bad = Write {
        values: vec![("name".into(), Cell::text("x")), ("phone".into(), Cell::text("+33 12"))],
        ..write("")
    };
    let answers = remote.apply(&board, &"salesforce_id".into(), &[write("a"), bad, write("b")]).await;
    let [Answer::Done { .. }, Answer::Refused(failure), Answer::Done { .. }] = &answers[..] else {
        panic!("{answers:?}")
    };
    assert_eq!((&*failure.code, failure.class), ("ColumnValueException", Class::Valid));
    // A board that never was, without any fault.
    let ask = ChangesAsk { container: "1".into(), ..ask(&bench) };
    let failure = remote.changes(&ask).await.unwrap_err();
    assert_eq!((&*failure.code, failure.class), ("InvalidBoardIdException", Class::Map));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_a_pause_and_a_dead_token_one_failed_call() {
    let bench = Bench::start(3);
    let _engine = bench.serve();
    bench.connect();
    let limits = json!([
        { "id": "minute", "match": { "system": "monday", "path_regex": "/v2", "first": 2 },
          "effect": { "kind": "status", "status": 429, "code": "MINUTE_RATE_LIMIT_EXCEEDED" } }
    ]);
    bench.lead_recipe();
    bench.until("loaded", |bench| Some(bench.status()).filter(|status| status["in_step"] == true));
    bench.control("POST", "/faults", limits).await;
    let create = |name: &str| json!({ "create": [{ "LastName": name, "Company": "New" }] });
    bench.control("POST", "/salesforce/records/Lead", create("One")).await;
    bench
        .until_some("written", async || {
            // The first calls after the limit began are the engine's own.
            let writes = bench.control("GET", "/state", Value::Null).await;
            let made = writes.pointer("/systems/monday/records").and_then(Value::as_object)?;
            let board = bench.endpoint("/monday/boards/Leads");
            (made.get(board).and_then(Value::as_u64) == Some(4)).then_some(())
        })
        .await;
    let status = bench.in_step();
    assert_eq!(status["errors"]["open"], 0, "{status}");
    fault(&bench, json!({ "kind": "status", "status": 401 })).await;
    bench.control("POST", "/salesforce/records/Lead", create("Two")).await;
    bench.until("revoked", |bench| {
        let rows = bench.json(&["connections", "list"]);
        let row = rows.as_array()?.iter().find(|row| row["id"] == "monday").cloned()?;
        (row["state"] == "revoked").then_some(())
    });
    let state = || async { bench.control("GET", "/state", Value::Null).await };
    let calls = |state: &Value| state["systems"]["monday"]["calls"]["total"].as_u64().unwrap();
    let before = calls(&state().await);
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(calls(&state().await), before, "no call follows the one that failed");
}
