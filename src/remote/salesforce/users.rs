//! The users of an org: records like all others, read whole.

use super::{Salesforce, read};
use crate::domain::failure::Failure;
use crate::domain::id::FieldName;
use crate::domain::link::Presence;
use crate::domain::people::User;
use crate::domain::value::Value;
use crate::ports::{ChangesAsk, Mark, Record};

const EMAIL: &str = "Email";
const USERNAME: &str = "Username";
const ACTIVE: &str = "IsActive";

/// Reads all users, active or not.
pub(super) async fn users(org: &Salesforce) -> Result<Vec<User>, Failure> {
    let mut ask = ChangesAsk {
        container: "User".into(),
        fields: [EMAIL, USERNAME, ACTIVE].map(FieldName::from).into(),
        after: Mark::default(),
        page: None,
    };
    let mut all = Vec::new();
    loop {
        let page = read::changes(org, &ask).await?;
        all.extend(page.records.iter().filter(|record| record.presence == Presence::Present).map(user));
        ask.page = page.next;
        if ask.page.is_none() {
            return Ok(all);
        }
    }
}

fn user(record: &Record) -> User {
    let text = |name: &str| record.fields.get(&name.into()).as_text().unwrap_or_default().to_owned();
    User {
        id: record.id.clone(),
        name: record.name.clone(),
        email: text(EMAIL).into(),
        login: Some(text(USERNAME).into()),
        active: *record.fields.get(&ACTIVE.into()) == Value::Bool(true),
    }
}
