//! The pre-flight check of a connection: what its recipes need, against what the remote lets it do.

use std::collections::BTreeMap;

use super::ActError;
use crate::domain::connection::{Connection, ConnectionState};
use crate::domain::doctor::{Finding, Need, Verdict};
use crate::domain::id::ConnectionId;
use crate::domain::recipe::Deletion;
use crate::domain::recipe::Direction;
use crate::engine::{Engine, Shared};
use crate::ports::Step;

/// The reason of a connection that needs a package which is not there.
pub const PACKAGE_MISSING: &str = "package_missing";

impl Engine {
    /// Looks at a connection as a person would before they rely on it.
    pub async fn examine(&self, id: &ConnectionId) -> Result<Vec<Finding>, ActError> {
        let shared = &self.shared;
        let connection = shared.connection(id)?;
        let remote = shared.keeper.remote(&connection)?;
        let mut findings = match remote.identify().await {
            Ok(identity) => {
                let edition = identity.edition.as_deref().unwrap_or("-").to_owned();
                vec![Finding::new("api", Verdict::Pass, &identity.org_name, edition)]
            }
            Err(failure) => {
                let said = format!("{}: {}", failure.code, failure.message);
                return Ok(vec![Finding::new("api", Verdict::Fail, "", said)]);
            }
        };
        findings.extend(remote.examine(&shared.needs(id), connection.more.options.events).await?);
        findings.extend(shared.look_at_package(&connection).await?);
        Ok(findings)
    }
}

impl Shared {
    /// Returns what the recipes of a connection need of each object, where it is their Salesforce side.
    fn needs(&self, id: &ConnectionId) -> Vec<Need> {
        let mut needs: BTreeMap<String, Need> = BTreeMap::new();
        for rule in self.book().rules.iter().filter(|rule| rule.recipe.salesforce == *id) {
            let recipe = &rule.recipe;
            let need = needs.entry(recipe.object.to_string()).or_default();
            need.object = recipe.object.to_string();
            let fields = recipe.mapping.fields.iter().map(|map| map.salesforce.clone());
            match recipe.direction {
                Direction::FromSalesforce => need.reads.extend(fields.chain(rule.condition.fields())),
                Direction::ToSalesforce => {
                    need.writes.extend(fields);
                    need.deletes |= recipe.deletion == Deletion::Delete;
                }
            }
        }
        needs.into_values().collect()
    }

    /// Looks which package is installed, remembers it, and blocks a connection that is of no use without it.
    pub(super) async fn look_at_package(&self, connection: &Connection) -> Result<Option<Finding>, ActError> {
        let remote = self.keeper.remote(connection)?;
        // Without the right to look nobody knows; that alone is no reason to stop anything.
        let Ok(Some(installed)) = remote.packages(&self.packages.namespaces()).await else { return Ok(None) };
        let needed = connection.more.options.needs_package;
        let version = installed.first().map(|(_, version)| version.as_str());
        let finding = self.packages.finding(version, needed);
        if let Some(mut stored) = self.stored(&connection.id)?
            && stored.more.package.as_deref() != version
        {
            stored.more.package = version.map(Into::into);
            self.commit(Step::PutConnection(Box::new(stored))).await?;
        }
        if finding.verdict == Verdict::Fail {
            // Where it is installed from, if the table says so.
            let detail = Some(std::sync::Arc::clone(&finding.detail)).filter(|detail| !detail.is_empty());
            self.put_state(
                &connection.id,
                ConnectionState::Blocked,
                Some(PACKAGE_MISSING.into()),
                detail,
                None,
            )
            .await?;
        }
        Ok(Some(finding))
    }
}
