//! The facts of the pre-flight check: rights on objects and fields, captured changes, calls left, clock, packages.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::identify::encoded;
use super::pubsub;
use super::{Salesforce, rest};
use crate::domain::connection::OrgLimit;
use crate::domain::doctor::{Finding, Need, Verdict, calls, clock};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::time::{MINUTE, Stamp};
use crate::remote::call;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LimitWire {
    max: u64,
    remaining: u64,
}

/// Which changes are told; `None` where looking is not allowed.
pub(super) type Captured = Option<Vec<MemberWire>>;

/// How long what the org said of captured changes is good for all streams that ask at the same time.
const CAPTURED_LASTS: i64 = MINUTE;

#[derive(Deserialize)]
struct Rows<T> {
    records: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MemberWire {
    selected_entity: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstalledWire {
    subscriber_package: PackageWire,
    subscriber_package_version: VersionWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PackageWire {
    namespace_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VersionWire {
    major_version: u32,
    minor_version: u32,
    patch_version: u32,
    build_number: u32,
}

/// Looks at everything that the recipes need.
pub(super) async fn examine(org: &Salesforce, needs: &[Need], events: bool) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for need in needs {
        findings.extend(object(org, need).await?);
    }
    if events {
        findings.extend(captured(org, needs).await?);
    }
    findings.extend(limits(org).await?);
    Ok(findings)
}

async fn object(org: &Salesforce, need: &Need) -> Result<Vec<Finding>, Failure> {
    let described = match org.describe_now(&need.object).await {
        Ok(described) => described,
        Err(failure) if failure.class == Class::Map => {
            let check = if need.object.ends_with("Note") { "notes" } else { "object" };
            return Ok(vec![Finding::new(check, Verdict::Fail, &need.object, "read")]);
        }
        Err(failure) => return Err(failure),
    };
    let rights = described.rights;
    let wanted = [
        ("read", rights.queryable, true),
        ("create", rights.createable, !need.writes.is_empty()),
        ("edit", rights.updateable, !need.writes.is_empty()),
        ("delete", rights.deletable, need.deletes),
    ];
    let missing: Vec<&str> =
        wanted.iter().filter(|(_, has, wanted)| *wanted && !has).map(|(right, ..)| *right).collect();
    let verdict = if missing.is_empty() { Verdict::Pass } else { Verdict::Fail };
    let mut findings = vec![Finding::new("object", verdict, &need.object, missing.join(", "))];
    let mut wrong = Vec::new();
    for field in need.reads.iter().filter(|field| !field.as_str().contains('.')) {
        if described.schema.field(field.as_str()).is_none() {
            wrong.push(field.to_string());
        }
    }
    for field in &need.writes {
        let writable =
            described.schema.field(field.as_str()).is_some_and(|field| field.createable || field.updateable);
        if !writable {
            wrong.push(field.to_string());
        }
    }
    wrong.sort();
    wrong.dedup();
    let verdict = if wrong.is_empty() { Verdict::Pass } else { Verdict::Fail };
    findings.push(Finding::new("fields", verdict, &need.object, wrong.join(", ")));
    Ok(findings)
}

/// Looks whether changes of the objects are told as events.
async fn captured(org: &Salesforce, needs: &[Need]) -> Result<Vec<Finding>, Failure> {
    let Some(rows) = selected(org).await? else { return Ok(Vec::new()) };
    let finding = |need: &Need| {
        let verdict = if tells(&rows, &need.object) { Verdict::Pass } else { Verdict::Warn };
        Finding::new("events", verdict, &need.object, "")
    };
    Ok(needs.iter().map(finding).collect())
}

/// Returns whether changes of an object are told as events; `None` where looking is not allowed.
pub(super) async fn captures(org: &Salesforce, object: &str) -> Result<Option<bool>, Failure> {
    let mut known = org.captured.lock().await;
    let now = org.rest.now();
    let fresh = |at: &Stamp| (0..CAPTURED_LASTS).contains(&now.since(*at));
    if !known.as_ref().is_some_and(|(at, _)| fresh(at)) {
        *known = Some((now, selected(org).await?));
    }
    let rows = known.as_ref().and_then(|(_, rows)| rows.as_ref());
    Ok(rows.map(|rows| tells(rows, object)))
}

async fn selected(org: &Salesforce) -> Result<Captured, Failure> {
    tooling(org, "SELECT SelectedEntity FROM PlatformEventChannelMember").await
}

fn tells(selected: &[MemberWire], object: &str) -> bool {
    let event = pubsub::event(object);
    selected.iter().any(|row| row.selected_entity.eq_ignore_ascii_case(&event))
}

async fn limits(org: &Salesforce) -> Result<Vec<Finding>, Failure> {
    let reply = match org.rest.get(&org.rest.path("limits")).await {
        Ok(reply) => reply,
        // Not everybody may look at them; each answer tells how many calls were used anyway.
        Err(failure) if failure.kind == Kind::Permanent => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    let mut findings = Vec::new();
    let limits: Limits = rest::read(reply.body())?;
    let daily = limits.get("DailyApiRequests").and_then(|limit| LimitWire::deserialize(limit).ok());
    findings.extend(daily.map(|limit| calls(limit.remaining, limit.max)));
    if let Some(server) = call::server_time(reply.headers()) {
        findings.push(clock(org.rest.now().since(server)));
    }
    Ok(findings)
}

/// Some entries hold those of single apps beside their own numbers.
type Limits = BTreeMap<String, serde_json::Value>;

/// The limits that a sync uses up, or that stop it.
const OTHERS: [&str; 7] = [
    "DataStorageMB",
    "FileStorageMB",
    "DailyBulkV2QueryJobs",
    "DailyBulkV2QueryFileStorageMB",
    "DailyBulkApiBatches",
    "DailyDeliveredPlatformEvents",
    "MonthlyPlatformEventsUsageEntitlement",
];

/// Returns the org's limits but that of calls, which every answer tells. Values lag up to five minutes behind.
pub(super) async fn other_limits(org: &Salesforce) -> Result<Vec<OrgLimit>, Failure> {
    let reply = org.rest.get(&org.rest.path("limits")).await?;
    let limits: Limits = rest::read(reply.body())?;
    let told = OTHERS.into_iter().filter_map(|name| {
        let LimitWire { max, remaining } = LimitWire::deserialize(limits.get(name)?).ok()?;
        Some(OrgLimit { name: name.into(), used: max.saturating_sub(remaining), max })
    });
    Ok(told.filter(|limit| limit.max > 0).collect())
}

/// Returns the installed packages of these namespaces with their versions, or `None` where looking is not allowed.
pub(super) async fn packages(
    org: &Salesforce,
    namespaces: &[String],
) -> Result<Option<Vec<(String, String)>>, Failure> {
    let query = "SELECT Id, SubscriberPackage.NamespacePrefix, SubscriberPackageVersion.MajorVersion, \
                 SubscriberPackageVersion.MinorVersion, SubscriberPackageVersion.PatchVersion, \
                 SubscriberPackageVersion.BuildNumber FROM InstalledSubscriberPackage";
    let Some(rows) = tooling::<InstalledWire>(org, query).await? else { return Ok(None) };
    let of_ours = |row: InstalledWire| {
        let namespace = row.subscriber_package.namespace_prefix.filter(|known| namespaces.contains(known))?;
        let v = row.subscriber_package_version;
        let version =
            format!("{}.{}.{}.{}", v.major_version, v.minor_version, v.patch_version, v.build_number);
        Some((namespace, version))
    };
    Ok(Some(rows.into_iter().filter_map(of_ours).collect()))
}

/// Asks the Tooling API; `None` where that is not allowed.
async fn tooling<T: serde::de::DeserializeOwned>(
    org: &Salesforce,
    query: &str,
) -> Result<Option<Vec<T>>, Failure> {
    let path = org.rest.path(&format!("tooling/query/?q={}", encoded(query)));
    match org.rest.get(&path).await {
        Ok(reply) => Ok(Some(rest::read::<Rows<T>>(reply.body())?.records)),
        Err(failure) if failure.kind == Kind::Permanent => Ok(None),
        Err(failure) => Err(failure),
    }
}
