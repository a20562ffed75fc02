//! Limits as visitors get them: recipes, calls, who uses them up, and what the org tells of its other limits. The names
//! are JSON that scripts rely on, as all of [`super::rows`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rows::RecipeCounts;
use crate::domain::connection::OrgLimit;
use crate::domain::errand::Purpose;
use crate::domain::id::{AccountId, ConnectionId, RecipeId};
use crate::domain::time::Stamp;

/// The recipe limit and API usage of one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LimitsDoc {
    /// Whose.
    pub account: AccountId,
    /// Recipes against the limit.
    pub recipes: RecipeCounts,
    /// How many count as unused.
    pub unused: u32,
    /// API calls per connection.
    pub api: Vec<ApiRow>,
}

/// API calls of one connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiRow {
    /// The connection.
    pub connection: ConnectionId,
    /// Calls by syncdeck in the last 24 hours.
    pub used_24h: u64,
    /// Calls by everybody, as the org says.
    pub org_used_24h: Option<u64>,
    /// The most calls the org may make.
    pub org_limit_24h: Option<u64>,
    /// The most calls syncdeck may make.
    pub budget_24h: Option<u64>,
    /// Up to how much of the org's maximum, in percent, what failed is tried again by itself.
    #[serde(default)]
    pub retries_to: u8,
    /// Up to how much of it syncs go on.
    #[serde(default)]
    pub syncs_to: u8,
    /// When the day's calls run out at the rate of the last hours, if they do within a day.
    #[serde(default)]
    pub dry_at: Option<Stamp>,
    /// Until when syncs wait for calls, where they do.
    #[serde(default)]
    pub paused_until: Option<Stamp>,
    /// Who made our calls of the last 24 hours, the most first.
    #[serde(default)]
    pub by: Vec<UseRow>,
    /// Our calls in each hour since midnight, UTC: all, and those of them that tried again what had failed.
    #[serde(default)]
    pub by_hour: Vec<(u64, u64)>,
    /// Our calls from midnight to midnight before today, UTC.
    #[serde(default)]
    pub yesterday: u64,
    /// The org's other limits, as far as it tells them.
    #[serde(default)]
    pub org_limits: Vec<OrgLimit>,
    /// When it told them.
    #[serde(default)]
    pub org_limits_at: Option<Stamp>,
}

/// What used up calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseRow {
    /// Why the calls were made.
    pub purpose: Purpose,
    /// For which recipe, where it was one alone.
    pub recipe: Option<RecipeId>,
    /// The recipe's name.
    pub name: Option<Arc<str>>,
    /// How many.
    pub calls: u64,
}
