//! What clients ask the Tooling API: which packages are installed, and whose changes are told.

use serde_json::{Value as Json, json};

use super::call::{Answer, Handled};
use super::error::ApiError;
use super::events::event_name;
use super::ids::Id;
use super::org::Org;
use super::rest::Context;

impl Context<'_> {
    pub(super) fn tooling_query(&self, org: &Org) -> Handled {
        let text = self.call.parameter("q").unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        let from = words.iter().position(|word| word.eq_ignore_ascii_case("FROM"));
        let name = from.and_then(|from| words.get(from + 1)).copied().unwrap_or_default();
        if name.eq_ignore_ascii_case("PlatformEventChannelMember") {
            return Ok(self.channel_members(org));
        }
        if !name.eq_ignore_ascii_case("InstalledSubscriberPackage") {
            return Err(vec![ApiError::no_type(name)]);
        }
        let filter =
            text.split_once("NamespacePrefix").map(|_| text.rsplit("FROM").next().unwrap_or_default());
        let wanted = |namespace: &str| {
            filter.is_none_or(|filter| {
                !filter.contains("NamespacePrefix") || filter.contains(&format!("'{namespace}'"))
            })
        };
        let packages = org.settings.packages.iter().filter(|(namespace, _)| wanted(namespace));
        let records: Vec<Json> = (0_u32..)
            .zip(packages)
            .map(|(number, (namespace, package))| {
                let mut parts = package.version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
                let mut part = || parts.next().unwrap_or(0);
                let version = Id::of("04t", number);
                json!({
                    "attributes": { "type": "InstalledSubscriberPackage",
                        "url": format!("{}/tooling/sobjects/InstalledSubscriberPackage/{}", self.root, Id::of("0A3", number)) },
                    "Id": Id::of("0A3", number).as_str(), "SubscriberPackageId": Id::of("033", number).as_str(),
                    "SubscriberPackageVersionId": version.as_str(),
                    "SubscriberPackage": {
                        "attributes": { "type": "SubscriberPackage",
                            "url": format!("{}/tooling/sobjects/SubscriberPackage/{}", self.root, Id::of("033", number)) },
                        "Name": package.name, "NamespacePrefix": namespace,
                    },
                    "SubscriberPackageVersion": {
                        "attributes": { "type": "SubscriberPackageVersion",
                            "url": format!("{}/tooling/sobjects/SubscriberPackageVersion/{version}", self.root) },
                        "Id": version.as_str(), "MajorVersion": part(), "MinorVersion": part(),
                        "PatchVersion": part(), "BuildNumber": part(),
                    },
                })
            })
            .collect();
        Ok(listed("InstalledSubscriberPackage", &records))
    }

    /// The objects whose changes are told as events.
    fn channel_members(&self, org: &Org) -> Answer {
        let records: Vec<Json> = (0_u32..)
            .zip(&org.settings.captured)
            .map(|(number, object)| {
                let (id, event) = (Id::of("0v8", number), event_name(object));
                json!({
                    "attributes": { "type": "PlatformEventChannelMember",
                        "url": format!("{}/tooling/sobjects/PlatformEventChannelMember/{id}", self.root) },
                    "Id": id.as_str(), "DeveloperName": format!("ChangeEvents_{}", event.replace("__", "_")),
                    "EventChannel": "ChangeEvents", "SelectedEntity": event,
                })
            })
            .collect();
        listed("PlatformEventChannelMember", &records)
    }
}

fn listed(entity: &str, records: &[Json]) -> Answer {
    Answer::json(
        200,
        &json!({
            "size": records.len(), "totalSize": records.len(), "done": true, "queryLocator": null,
            "entityTypeName": entity, "records": records,
        }),
    )
}
