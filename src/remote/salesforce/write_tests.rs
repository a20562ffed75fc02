use std::sync::Arc;

use super::super::super::http::SendError;
use super::super::super::oauth::Tokens;
use super::super::super::testing::{Drawer, Next, Sent, ok, salesforce, script};
use super::*;
use crate::domain::time::Stamp;
use crate::domain::value::Value;
use crate::ports::{ChangesAsk, DeletionsAsk, Mark, Remote};

/// An org whose session is in the vault; its API answers from one list, its token endpoint from another.
fn org(
    answers: impl IntoIterator<Item = Next>,
    grants: impl IntoIterator<Item = Next>,
) -> (Salesforce, Sent, Sent) {
    let vault = Drawer::holding(&[
        ("access_token", "00D!old"),
        ("instance_url", "https://acme.example"),
        ("refresh_token", "5Aep1"),
    ]);
    let (caller, sent) = script(answers);
    let (tokens, granted) = script(grants);
    let tokens = Arc::new(Tokens::new(&salesforce(), vault, tokens).unwrap());
    (Salesforce::new(caller, tokens, "62.0", 600_000).unwrap(), sent, granted)
}

fn described() -> Next {
    ok(include_str!("../../../tests/fixtures/salesforce_describe.json"))
}

fn update(id: &str, values: &[(&str, Value)]) -> Write {
    let values = values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    Write { action: Action::Updated, id: Some(id.into()), key: None, section: None, values }
}

fn create(key: &str) -> Write {
    let values = vec![("Name".into(), Value::text("Acme"))];
    Write { action: Action::Created, id: None, key: Some(key.into()), section: None, values }
}

const OPPORTUNITY: &str = "Opportunity";

#[tokio::test]
async fn results_are_matched_by_position_and_missing_ones_are_in_doubt() {
    let results = r#"[{"id":"006000000000001AAA","success":true,"errors":[]},
        {"success":false,"errors":[{"statusCode":"STRING_TOO_LONG","message":"Name: data value too large","fields":["Name"]}]},
        {"success":false,"errors":[{"statusCode":"ENTITY_IS_DELETED","message":"entity is deleted","fields":[]}]}]"#;
    let (org, sent, _) = org([described(), ok(results)], []);
    let writes: Vec<Write> = (1..=4)
        .map(|n| {
            update(&format!("00600000000000{n}AAA"), &[("Amount", Value::Number("1.10".parse().unwrap()))])
        })
        .collect();
    let answers = org.apply(&OPPORTUNITY.into(), &"Id".into(), &writes).await;
    assert_eq!(answers[0], Answer::Done { id: "006000000000001AAA".into(), at: None });
    assert!(
        matches!(&answers[1], Answer::Refused(f) if &*f.code == "STRING_TOO_LONG" && f.fields == ["Name".into()])
    );
    assert_eq!(answers[2], Answer::Gone);
    assert_eq!(answers[3], Answer::Doubt);
    let (line, body) = sent.lock().unwrap()[1].clone();
    assert_eq!(line, "PATCH /services/data/v62.0/composite/sobjects");
    assert!(body.starts_with(r#"{"allOrNone":false,"records":[{"attributes":{"type":"Opportunity"},"Id":"006000000000001AAA","Amount":1.1}"#), "{body}");
    assert_eq!(org.usage().used, Some(18));
    assert_eq!(org.calls_made().values().sum::<u64>(), 2);
}

#[tokio::test]
async fn a_create_goes_by_the_external_id_where_there_is_one() {
    let results = r#"[{"id":"006000000000001AAA","success":true,"errors":[],"created":true}]"#;
    let (org, sent, _) = org([described(), ok(results)], []);
    let key_field = org.key_field(&OPPORTUNITY.into()).await.unwrap();
    assert_eq!(key_field, "Monday_Item__c".into());
    let answers = org.apply(&OPPORTUNITY.into(), &key_field, &[create("77")]).await;
    assert!(matches!(answers[0], Answer::Done { .. }));
    let (line, body) = sent.lock().unwrap()[1].clone();
    assert_eq!(line, "PATCH /services/data/v62.0/composite/sobjects/Opportunity/Monday_Item__c");
    assert!(body.contains(r#""Monday_Item__c":"77""#), "{body}");
}

#[tokio::test]
async fn no_answer_and_a_breakdown_are_doubt_and_what_was_not_sent_is_refused() {
    let timeout = SendError::Unknown { why: "late".into(), timeout: true };
    let refused = SendError::NotSent { why: "refused".into() };
    let (org, ..) =
        org([described(), Err(timeout), Ok((503, "<html>".into())), ok("torn"), Err(refused)], []);
    for _ in 0..3 {
        assert_eq!(org.apply(&OPPORTUNITY.into(), &"Id".into(), &[create("77")]).await, [Answer::Doubt]);
    }
    let answers = org.apply(&OPPORTUNITY.into(), &"Id".into(), &[create("77")]).await;
    assert!(
        matches!(&answers[0], Answer::Refused(f) if f.kind == Kind::Transient && &*f.code == "UNREACHABLE")
    );
}

#[tokio::test]
async fn a_bad_record_is_singled_out() {
    let bad =
        || Ok((400, r#"[{"message":"Cannot deserialize","errorCode":"JSON_PARSER_ERROR"}]"#.to_owned()));
    let good = || ok(r#"[{"id":"006000000000001AAA","success":true,"errors":[]}]"#);
    let (org, ..) = org([described(), bad(), good(), bad()], []);
    let writes = [update("006000000000001AAA", &[]), update("006000000000002AAA", &[])];
    let answers = org.apply(&OPPORTUNITY.into(), &"Id".into(), &writes).await;
    assert!(matches!(answers[0], Answer::Done { .. }));
    assert!(matches!(&answers[1], Answer::Refused(f) if f.class == Class::Bug));
}

const EXPIRED: &str = r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#;
const GRANTED: &str = r#"{"access_token":"00D!new","instance_url":"https://acme.example"}"#;

#[tokio::test]
async fn an_expired_session_is_renewed_once_and_the_same_request_sent_again() {
    let (org, sent, granted) = org([Ok((401, EXPIRED.into())), described()], [ok(GRANTED)]);
    org.describe(OPPORTUNITY).await.unwrap();
    let lines: Vec<_> = sent.lock().unwrap().iter().map(|(line, _)| line.clone()).collect();
    assert_eq!(lines, ["GET /services/data/v62.0/sobjects/Opportunity/describe"; 2]);
    assert_eq!(granted.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_new_session_that_is_refused_is_tried_again_and_is_no_revocation() {
    let (org, sent, _) = org([Ok((401, EXPIRED.into())), Ok((401, EXPIRED.into()))], [ok(GRANTED)]);
    let failure = org.describe(OPPORTUNITY).await.unwrap_err();
    assert_eq!((failure.kind, failure.class), (Kind::Transient, Class::Busy));
    assert_eq!(sent.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn changes_are_read_page_by_page() {
    let page = r#"{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v62.0/query/01gD-2000","records":[
        {"attributes":{"type":"Opportunity"},"Id":"006000000000001AAA","SystemModstamp":"2025-11-22T09:41:07.000+0000",
        "Name":"Acme","Amount":10.50,"Account":{"attributes":{"type":"Account"},"Name":"Parent"}}]}"#;
    let last = r#"{"totalSize":2,"done":true,"records":[]}"#;
    let (org, sent, _) = org([described(), ok(page), ok(last)], []);
    let mut ask = ChangesAsk {
        container: OPPORTUNITY.into(),
        fields: vec!["Amount".into(), "Account.Name".into()],
        after: Mark::default(),
        page: None,
    };
    let first = org.changes(&ask).await.unwrap();
    let record = &first.records[0];
    assert_eq!((record.id.as_str(), &*record.name), ("006000000000001AAA", "Acme"));
    assert_eq!(Some(record.at), "2025-11-22T09:41:07Z".parse().ok());
    assert_eq!(record.fields.get(&"Amount".into()), &Value::Number("10.50".parse().unwrap()));
    assert_eq!(record.fields.get(&"Account.Name".into()), &Value::text("Parent"));
    assert_eq!(first.server_time, "2025-11-22T09:41:07Z".parse().ok());
    ask.page = first.next;
    assert!(org.changes(&ask).await.unwrap().next.is_none());
    let lines: Vec<_> = sent.lock().unwrap().iter().map(|(line, _)| line.clone()).collect();
    assert_eq!(
        lines[1..],
        [
            "GET /services/data/v62.0/queryAll/?q=SELECT+Id%2C+SystemModstamp%2C+Name%2C+Amount%2C+Account.Name+\
             FROM+Opportunity+ORDER+BY+SystemModstamp%2C+Id",
            "GET /services/data/v62.0/query/01gD-2000",
        ]
    );
}

#[tokio::test]
async fn a_long_query_travels_inside_a_batch() {
    let batch = r#"{"hasErrors":false,"results":[{"statusCode":200,"result":{"totalSize":0,"done":true,"records":[]}}]}"#;
    let wrong = r#"{"hasErrors":true,"results":[{"statusCode":400,"result":[{"errorCode":"INVALID_FIELD","message":"No such column"}]}]}"#;
    let (org, sent, _) = org([described(), ok(batch), ok(wrong)], []);
    let fields = (0..400).map(|n| format!("A_rather_long_field_name_{n}__c").into()).collect();
    let ask = ChangesAsk { container: OPPORTUNITY.into(), fields, after: Mark::default(), page: None };
    assert!(org.changes(&ask).await.unwrap().records.is_empty());
    assert_eq!(org.changes(&ask).await.unwrap_err().class, Class::Map);
    let (line, body) = sent.lock().unwrap()[1].clone();
    assert_eq!(line, "POST /services/data/v62.0/composite/batch");
    assert!(body.contains(r#""url":"v62.0/queryAll/?q=SELECT+Id"#));
}

#[tokio::test]
async fn deletions_are_read_in_halves_when_there_are_too_many() {
    let many = Ok((400, r#"[{"errorCode":"EXCEEDED_ID_LIMIT","message":"exceeded 600000 ids"}]"#.to_owned()));
    let some = r#"{"deletedRecords":[{"id":"006000000000001AAA","deletedDate":"1970-01-01T00:10:00.000+0000"}],
        "earliestDateAvailable":"1970-01-01T00:00:00.000+0000","latestDateCovered":"1970-01-01T00:29:00.000+0000"}"#;
    let (org, sent, _) = org([described(), many, ok(some)], []);
    let ask = DeletionsAsk { container: OPPORTUNITY.into(), from: Stamp(0), to: Stamp(3_600_000) };
    let page = org.deletions(&ask).await.unwrap();
    assert_eq!(page.deleted, [("006000000000001AAA".into(), Stamp(600_000))]);
    assert_eq!(page.complete_to, Stamp(29 * 60_000));
    let line = sent.lock().unwrap()[2].0.clone();
    assert!(
        line.ends_with(
            "deleted/?start=1970-01-01T00%3A00%3A00%2B00%3A00&end=1970-01-01T00%3A30%3A00%2B00%3A00"
        ),
        "{line}"
    );
}

#[tokio::test]
async fn records_are_fetched_by_id_and_misses_are_left_out() {
    let rows =
        r#"[{"Id":"006000000000001AAA","SystemModstamp":"2025-11-22T09:41:07.000+0000","Name":"A"},null]"#;
    let (org, sent, _) = org([described(), ok(rows)], []);
    let ids = ["006000000000001AAA".into(), "006000000000002AAA".into()];
    assert_eq!(org.fetch(&OPPORTUNITY.into(), &ids, &["Amount".into()]).await.unwrap().len(), 1);
    let (line, body) = sent.lock().unwrap()[1].clone();
    assert_eq!(line, "POST /services/data/v62.0/composite/sobjects/Opportunity");
    assert_eq!(
        body,
        r#"{"ids":["006000000000001AAA","006000000000002AAA"],"fields":["Id","SystemModstamp","Name","Amount"]}"#
    );
}

#[tokio::test]
async fn a_key_is_found_only_when_it_is_the_same() {
    let rows = r#"{"done":true,"records":[
        {"Id":"006000000000001AAA","SystemModstamp":"2025-11-22T09:41:07.000+0000","Key__c":"aB"},
        {"Id":"006000000000002AAA","SystemModstamp":"2025-11-22T09:41:07.000+0000","Key__c":"AB"}]}"#;
    let (org, ..) = org([ok(rows)], []);
    let found = org.find(&OPPORTUNITY.into(), &"Key__c".into(), &["aB".into()]).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, "006000000000001AAA".into());
}

#[tokio::test]
async fn who_and_where_takes_two_calls() {
    let user = r#"{"sub":"https://login.example/id/00D/005","user_id":"005xx","organization_id":"00Dxx","name":"Ana","preferred_username":"ana@a.b"}"#;
    let org_row = r#"{"done":true,"records":[{"attributes":{"type":"Organization"},"Id":"00Dxx0000001gPLEAY","Name":"Acme","OrganizationType":"Developer Edition","IsSandbox":false}]}"#;
    let (org, sent, _) = org([ok(org_row), ok(user)], []);
    let identity = org.identify().await.unwrap();
    assert_eq!((&*identity.org_id, &*identity.user_name), ("00Dxx0000001gPLEAY", "ana@a.b"));
    assert_eq!(identity.edition.as_deref(), Some("Developer Edition"));
    assert_eq!(sent.lock().unwrap()[1].0, "GET /services/oauth2/userinfo");
}
