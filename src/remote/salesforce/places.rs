//! Which objects recipes can be made for, and how many records they hold.

use serde::Deserialize;

use super::{Salesforce, describe::RightsWire, identify, rest, soql};
use crate::domain::failure::Failure;
use crate::domain::id::ContainerId;
use crate::ports::Place;

/// The standard objects that are offered; custom ones are as well.
const STANDARD: [&str; 12] = [
    "Account",
    "Campaign",
    "Case",
    "Contact",
    "Event",
    "Lead",
    "Note",
    "Opportunity",
    "OpportunityContactRole",
    "Order",
    "Task",
    "User",
];

/// The answer of `sobjects/`, as far as it matters.
#[derive(Deserialize)]
struct GlobalWire {
    sobjects: Vec<OutlineWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OutlineWire {
    name: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    custom: bool,
    #[serde(default)]
    custom_setting: bool,
    #[serde(flatten)]
    rights: RightsWire,
}

/// Returns the objects that the user may read, standard ones first.
pub(super) async fn places(org: &Salesforce) -> Result<Vec<Place>, Failure> {
    let reply = org.rest.get(&org.rest.path("sobjects/")).await?;
    let all: GlobalWire = rest::read(reply.body())?;
    let offered = |object: &OutlineWire| {
        let known = STANDARD.contains(&object.name.as_str());
        let own = object.custom && !object.custom_setting && object.name.ends_with("__c");
        object.rights.queryable && (known || own)
    };
    let mut found: Vec<OutlineWire> = all.sobjects.into_iter().filter(offered).collect();
    found.sort_by(|a, b| (a.custom, &a.name).cmp(&(b.custom, &b.name)));
    Ok(found
        .into_iter()
        .map(|object| Place { id: object.name.as_str().into(), title: object.label.into() })
        .collect())
}

/// Counts the records of an object. One call.
pub(super) async fn count(org: &Salesforce, container: &ContainerId) -> Result<Option<u64>, Failure> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct CountWire {
        total_size: u64,
    }
    let object = soql::identifier(container.as_str())?;
    let question = format!("SELECT COUNT() FROM {object}");
    let reply = org.rest.get(&org.rest.path(&format!("query/?q={}", identify::encoded(&question)))).await?;
    Ok(Some(rest::read::<CountWire>(reply.body())?.total_size))
}
