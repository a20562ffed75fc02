//! Items that hold one of several values: what may be the counterpart of a record that is about to be made.

use serde::Deserialize;
use serde_json::json;

use super::api::Api;
use super::read::{BoardPage, Boards, NEXT_ITEMS, NextPage, PAGE, PageWire, columns};
use crate::domain::failure::Failure;
use crate::domain::id::{ContainerId, FieldName};
use crate::domain::link::Presence;
use crate::domain::value::Value;
use crate::ports::Record;

/// Values of one question.
const VALUES: usize = 100;

/// Rules of one question: each is a condition of its own to the server.
const RULES: usize = 50;

const ALIKE: &str = concat!(
    include_str!("../../../assets/graphql/monday/alike.graphql"),
    include_str!("../../../assets/graphql/monday/record.graphql")
);
const ALIKE_EMAIL: &str = concat!(
    include_str!("../../../assets/graphql/monday/alike_email.graphql"),
    include_str!("../../../assets/graphql/monday/record.graphql")
);

/// Reads the items whose column holds one of the values, whatever their case.
///
/// Names and texts are compared whole and without regard to case. An e-mail column is searched by its label, which is
/// the address unless somebody wrote another one, and only a rule finds it in whatever case it stands there.
pub(super) async fn alike(
    api: &Api,
    container: &ContainerId,
    by: &FieldName,
    is_email: bool,
    values: &[Value],
    fields: &[FieldName],
) -> Result<Vec<Record>, Failure> {
    let mut records = Vec::new();
    for values in values.chunks(if is_email { RULES } else { VALUES }) {
        let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
        let mut page = if is_email {
            by_rules(api, container, by, &texts, fields).await?
        } else {
            by_values(api, container, by, &texts, fields).await?
        };
        loop {
            records.extend(page.items.into_iter().map(|item| item.record(fields)));
            let Some(cursor) = page.cursor.take() else { break };
            let variables = json!({ "cursor": cursor, "limit": PAGE, "columns": columns(fields) });
            let (more, _): (NextPage, _) = api.read(NEXT_ITEMS, &variables).await?;
            page = more.next_items_page;
        }
    }
    records.retain(|record| record.presence == Presence::Present);
    Ok(records)
}

async fn by_values(
    api: &Api,
    container: &ContainerId,
    by: &FieldName,
    texts: &[String],
    fields: &[FieldName],
) -> Result<PageWire, Failure> {
    #[derive(Deserialize)]
    struct Found {
        items_page_by_column_values: PageWire,
    }
    let variables = json!({
        "board": container.as_str(), "column": by.as_str(), "values": texts, "columns": columns(fields),
    });
    let (found, _): (Found, _) = api.read(ALIKE, &variables).await?;
    Ok(found.items_page_by_column_values)
}

async fn by_rules(
    api: &Api,
    container: &ContainerId,
    by: &FieldName,
    texts: &[String],
    fields: &[FieldName],
) -> Result<PageWire, Failure> {
    let rule = |text: &String| json!({ "column_id": by.as_str(), "compare_value": [text], "operator": "contains_text" });
    let rules: Vec<_> = texts.iter().map(rule).collect();
    let variables = json!({ "board": container.as_str(), "rules": rules, "columns": columns(fields) });
    let (boards, _): (Boards<BoardPage>, _) = api.read(ALIKE_EMAIL, &variables).await?;
    Ok(boards.one(container)?.items_page)
}
