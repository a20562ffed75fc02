use serde_json::Value as Json;

use super::super::http::SendError;
use super::super::testing::{Drawer, Next, Sent, ok, script};
use super::*;
use crate::domain::ledger::Action;
use crate::domain::time::Stamp;
use crate::ports::Mark;

const URL: &str = "https://api.monday.example/v2";

fn account(answers: impl IntoIterator<Item = Next>) -> (Monday, Sent) {
    let (caller, sent) = script(answers);
    let vault = Drawer::holding(&[("token", "secret")]);
    (Monday::new(caller, vault, &"c".into(), URL, "2026-10", 90_000).unwrap(), sent)
}

fn board() -> Next {
    let board = include_str!("../../../tests/fixtures/monday_board.json");
    let columns = board.replace(
        r#""columns": ["#,
        r#""columns": [{"id": "text_1", "title": "salesforce id", "type": "text", "settings_str": "{}"},"#,
    );
    ok(format!(r#"{{"data":{{"boards":[{columns}]}}}}"#))
}

fn write(action: Action, id: Option<&str>, key: Option<&str>, values: &[(&str, Value)]) -> Write {
    Write {
        action,
        id: id.map(Into::into),
        key: key.map(Into::into),
        section: None,
        values: values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
    }
}

fn sent_json(sent: &Sent, at: usize) -> Json {
    serde_json::from_str(&sent.lock().unwrap()[at].1).unwrap()
}

#[tokio::test]
async fn each_alias_has_its_own_answer() {
    let reply = r#"{"data":{"m0":{"id":"11","updated_at":"2026-11-22T09:41:07Z"},"m1":null,"m2":null,"m3":null},
        "errors":[{"message":"no such label","path":["m1"],"extensions":{"code":"ColumnValueException"}},
        {"message":"gone","path":["m2"],"extensions":{"code":"ResourceNotFoundException","status_code":404}}]}"#;
    let (account, sent) = account([board(), ok(reply)]);
    let writes = [
        write(
            Action::Created,
            None,
            Some("003x"),
            &[("name", Value::text("Ac\"me")), ("status", Value::text("New"))],
        ),
        write(Action::Updated, Some("12"), None, &[("status", Value::text("Done"))]),
        write(Action::Deleted, Some("13"), None, &[]),
        write(Action::Archived, Some("14"), None, &[]),
    ];
    let answers = account.apply(&"1234567890".into(), &"text_1".into(), &writes).await;
    assert_eq!(answers[0], Answer::Done { id: "11".into(), at: "2026-11-22T09:41:07Z".parse().ok() });
    assert!(matches!(&answers[1], Answer::Refused(f) if f.class == Class::Valid), "{:?}", answers[1]);
    assert_eq!(answers[2], Answer::Gone);
    // Neither data nor an error: nobody knows.
    assert_eq!(answers[3], Answer::Doubt);
    let request = sent_json(&sent, 1);
    let document = request["query"].as_str().unwrap();
    assert!(!document.contains("Ac"), "values travel in variables only: {document}");
    assert_eq!(request["variables"]["n0"], "Ac\"me");
    assert_eq!(request["variables"]["v0"], r#"{"status":{"label":"New"},"text_1":"003x"}"#);
    assert_eq!(request["variables"]["board"], "1234567890");
}

#[tokio::test]
async fn an_unknown_column_is_refused_here_after_a_second_look() {
    let (account, sent) = account([board(), board()]);
    let writes = [write(Action::Updated, Some("15"), None, &[("nowhere", Value::Null)])];
    let answers = account.apply(&"1234567890".into(), &"text_1".into(), &writes).await;
    assert!(matches!(&answers[0], Answer::Refused(f) if &*f.code == errors::COLUMN && f.fields.len() == 1));
    assert_eq!(sent.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn no_answer_is_doubt_and_a_limit_is_none() {
    let timeout = SendError::Unknown { why: "late".into(), timeout: true };
    let limit = r#"{"errors":[{"message":"Minute rate limit exceeded","extensions":
        {"code":"MINUTE_RATE_LIMIT_EXCEEDED","retry_in_seconds":25}}]}"#;
    let (account, sent) = account([board(), Err(timeout), Ok((429, limit.to_owned()))]);
    let writes = [write(Action::Created, None, Some("003x"), &[("name", Value::text("A"))])];
    let (board, key) = ("1234567890".into(), "text_1".into());
    let go = || account.apply(&board, &key, &writes);
    assert_eq!(go().await, [Answer::Doubt]);
    let answers = go().await;
    assert!(
        matches!(&answers[0], Answer::Refused(f) if f.class == Class::Limit && f.wait_ms == Some(25_000))
    );
    // Until then nothing is sent at all.
    let answers = go().await;
    assert!(matches!(&answers[0], Answer::Refused(f) if f.class == Class::Limit));
    assert_eq!(sent.lock().unwrap().len(), 3);
    assert_eq!(account.calls_made().values().sum::<u64>(), 3);
}

#[tokio::test]
async fn a_poll_reads_newest_first_until_the_mark() {
    let item = |id: &str, second: u32| {
        format!(
            r#"{{"id":"{id}","name":"N{id}","state":"active","updated_at":"2026-11-22T09:41:{second:02}Z","column_values":[]}}"#
        )
    };
    let page = format!("{},{},{},{}", item("4", 40), item("3", 30), item("2", 20), item("1", 10));
    let reply = format!(r#"{{"data":{{"boards":[{{"items_page":{{"cursor":"more","items":[{page}]}}}}]}}}}"#);
    let (account, sent) = account([ok(reply)]);
    let at: Stamp = "2026-11-22T09:41:20Z".parse().unwrap();
    let ask = ChangesAsk {
        container: "1234567890".into(),
        fields: vec!["name".into()],
        after: Mark { at, id: "2".into() },
        page: None,
    };
    let page = account.changes(&ask).await.unwrap();
    let ids: Vec<_> = page.records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["3", "4"]);
    assert_eq!(page.records[0].fields.get(&"name".into()), &Value::text("N3"));
    assert_eq!((page.next, page.server_time), (None, "2025-11-22T09:41:07Z".parse().ok()));
    assert_eq!(sent_json(&sent, 0)["variables"]["direction"], "desc");
}

#[tokio::test]
async fn the_key_column_is_found_by_its_title_or_made() {
    let (found, _) = account([board()]);
    assert_eq!(found.key_field(&"1234567890".into()).await.unwrap(), "text_1".into());
    let bare = include_str!("../../../tests/fixtures/monday_board.json");
    let bare = || ok(format!(r#"{{"data":{{"boards":[{bare}]}}}}"#));
    let (made, sent) = account([bare(), ok(r#"{"data":{"create_column":{"id":"text_9"}}}"#), bare()]);
    assert_eq!(made.key_field(&"1234567890".into()).await.unwrap(), "text_9".into());
    assert_eq!(sent_json(&sent, 1)["variables"]["title"], KEY_TITLE);
}

#[tokio::test]
async fn a_board_is_found_by_its_title() {
    let boards = ok(
        r#"{"data":{"boards":[{"id":"7","name":"Deals","type":"document"},{"id":"8","name":"deals ","type":"board"}]}}"#,
    );
    let none = ok(r#"{"data":{"boards":[]}}"#);
    let (account, _) = account([boards, none, board()]);
    assert_eq!(&*account.describe("Deals").await.unwrap().title, "Deals");
    assert_eq!(account.doubt_ms(), 90_000);
}
