//! API calls of the rolling 24 hours, and the other limits.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::calendar::DAY;

/// Calls are counted in slices of so many seconds.
const SLICE: i64 = 600;

/// The meter of an org.
#[derive(Debug)]
pub(super) struct Meter {
    max: u64,
    slices: VecDeque<(i64, u64)>,
    used: u64,
    /// Limits set by hand, with their remainder.
    others: Map<String, Value>,
    /// Whether as many calls that take long are under way as may be at one time.
    crowded: bool,
}

impl Default for Meter {
    fn default() -> Self {
        // An Enterprise org with 15 licences.
        Self { max: 115_000, slices: VecDeque::new(), used: 0, others: Map::new(), crowded: false }
    }
}

impl Meter {
    /// Counts a call; `false` when there is none left.
    pub(super) fn count(&mut self, now: i64) -> bool {
        self.forget(now);
        if self.used >= self.max {
            return false;
        }
        self.add(now, 1);
        true
    }

    /// Calls used and allowed.
    pub(super) fn usage(&mut self, now: i64) -> (u64, u64) {
        self.forget(now);
        (self.used, self.max)
    }

    /// Sets the limit and what is left of it.
    pub(super) fn set(&mut self, now: i64, max: Option<u64>, remaining: Option<u64>) {
        self.forget(now);
        self.max = max.unwrap_or(self.max);
        if let Some(remaining) = remaining {
            self.slices.clear();
            self.used = 0;
            self.add(now, self.max.saturating_sub(remaining));
        }
    }

    /// Sets how many more calls that take long may be under way; the limit has no number of its own in `limits/`.
    pub(super) fn set_concurrent(&mut self, remaining: u64) {
        self.crowded = remaining == 0;
    }

    /// Are so many calls that take long under way that no other is taken.
    pub(super) fn is_crowded(&self) -> bool {
        self.crowded
    }

    /// Sets any other limit.
    pub(super) fn set_other(&mut self, name: &str, max: u64, remaining: u64) {
        self.others.insert(name.into(), json!({ "Max": max, "Remaining": remaining }));
    }

    /// Takes so much off a limit that is not one of calls; `false` when less is left.
    pub(super) fn spend(&mut self, name: &str, amount: u64) -> bool {
        let usual = CONSTANT.iter().find(|(known, _)| *known == name).map_or(0, |(_, max)| *max);
        let number = |key: &str| self.others.get(name).and_then(|limit| limit.get(key)?.as_u64());
        let (max, remaining) = (number("Max").unwrap_or(usual), number("Remaining").unwrap_or(usual));
        let Some(left) = remaining.checked_sub(amount) else { return false };
        self.set_other(name, max, left);
        true
    }

    /// The answer of `limits/`.
    pub(super) fn limits(&mut self, now: i64) -> Value {
        let mut limits = Map::new();
        for (name, max) in CONSTANT {
            limits.insert((*name).into(), json!({ "Max": max, "Remaining": max }));
        }
        limits.extend(self.others.clone());
        let (used, max) = self.usage(now);
        limits
            .insert("DailyApiRequests".into(), json!({ "Max": max, "Remaining": max.saturating_sub(used) }));
        Value::Object(limits)
    }

    /// Max, used, and the limits set by hand.
    pub(super) fn save(&mut self, now: i64) -> Value {
        let (used, max) = self.usage(now);
        json!({ "max": max, "used": used, "others": self.others })
    }

    pub(super) fn restore(&mut self, now: i64, saved: &Value) {
        let number = |key: &str| saved.get(key).and_then(Value::as_u64);
        if let (Some(max), Some(used)) = (number("max"), number("used")) {
            self.set(now, Some(max), Some(max.saturating_sub(used)));
        }
        if let Some(Value::Object(others)) = saved.get("others") {
            self.others.clone_from(others);
        }
    }

    fn add(&mut self, now: i64, calls: u64) {
        self.used += calls;
        let slice = now.div_euclid(SLICE);
        match self.slices.back_mut() {
            Some((last, count)) if *last >= slice => *count += calls,
            _ => self.slices.push_back((slice, calls)),
        }
    }

    fn forget(&mut self, now: i64) {
        let oldest = (now - DAY).div_euclid(SLICE);
        while let Some((_, count)) = self.slices.front().filter(|(slice, _)| *slice <= oldest).copied() {
            self.slices.pop_front();
            self.used = self.used.saturating_sub(count);
        }
    }
}

const CONSTANT: &[(&str, u64)] = &[
    ("ActiveScratchOrgs", 40),
    ("AnalyticsExternalDataSizeMB", 40_960),
    ("ConcurrentAsyncGetReportInstances", 200),
    ("ConcurrentEinsteinDataInsightsStoryCreation", 5),
    ("ConcurrentEinsteinDiscoveryStoryCreation", 2),
    ("ConcurrentSyncReportRuns", 20),
    ("CreateCustom", 2000),
    ("DailyAnalyticsDataflowJobExecutions", 60),
    ("DailyAnalyticsUploadedFilesSizeMB", 51_200),
    ("DailyAsyncApexExecutions", 250_000),
    ("DailyAsyncApexTests", 500),
    ("DailyBulkApiBatches", 15_000),
    ("DailyBulkV2QueryFileStorageMB", 976_562),
    ("DailyBulkV2QueryJobs", 10_000),
    ("DailyDeliveredPlatformEvents", 25_000),
    ("DailyDurableGenericStreamingApiEvents", 200_000),
    ("DailyDurableStreamingApiEvents", 200_000),
    ("DailyScratchOrgs", 80),
    ("DailyStandardVolumePlatformEvents", 25_000),
    ("DailyWorkflowEmails", 90_000),
    ("DataStorageMB", 10_240),
    ("DurableStreamingApiConcurrentClients", 1000),
    ("FileStorageMB", 10_240),
    ("HourlyAsyncReportRuns", 1200),
    ("HourlyDashboardRefreshes", 200),
    ("HourlyDashboardResults", 5000),
    ("HourlyDashboardStatuses", 999_999_999),
    ("HourlyLongTermIdMapping", 100_000),
    ("HourlyODataCallout", 20_000),
    ("HourlyPublishedPlatformEvents", 250_000),
    ("HourlyPublishedStandardVolumePlatformEvents", 1000),
    ("HourlyShortTermIdMapping", 100_000),
    ("HourlySyncReportRuns", 500),
    ("HourlyTimeBasedWorkflow", 1000),
    ("MassEmail", 5000),
    ("MonthlyPlatformEventsUsageEntitlement", 0),
    ("Package2VersionCreates", 6),
    ("Package2VersionCreatesWithoutValidation", 500),
    ("PermissionSets", 1500),
    ("PlatformEventTriggersWithParallelProcessing", 10),
    ("PrivateConnectOutboundCalloutHourlyLimitMB", 0),
    ("SingleEmail", 5000),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_fall_out_of_the_window() {
        let mut meter = Meter::default();
        meter.set(0, Some(3), Some(2));
        assert!(meter.count(10) && meter.count(20));
        assert!(!meter.count(30), "none left");
        assert!(meter.count(DAY + 2 * SLICE), "a day later");
        assert_eq!(meter.usage(DAY + 2 * SLICE), (1, 3));
    }
}
