//! What was changed and what was deleted in a span of time.

use serde_json::json;

use super::calendar::{DAY, moment, read_moment};
use super::call::{Answer, Handled};
use super::error::ApiError;
use super::org::Org;
use super::rest::Context;

/// More ids than this are refused.
const MOST: usize = 600_000;

impl Context<'_> {
    pub(super) fn updated(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let (start, end) = self.span(30)?;
        let Some(table) = org.store.table(object) else { return Err(vec![ApiError::not_found()]) };
        let live =
            table.stamped(start, end + 1).filter_map(|slot| table.row(slot)).filter(|row| !row.is_deleted());
        let ids: Vec<String> = live.map(|row| row.id().to_string()).collect();
        if ids.len() > MOST {
            return Err(vec![too_many()]);
        }
        Ok(Answer::json(200, &json!({ "ids": ids, "latestDateCovered": covered(end) })))
    }

    pub(super) fn deleted(&self, org: &Org) -> Handled {
        let object = self.object(org, 1)?;
        let (start, end) = self.span(15)?;
        let Some(table) = org.store.table(object) else { return Err(vec![ApiError::not_found()]) };
        let gone = table.deleted(start, end + 1).filter_map(|(at, slot)| Some((at, table.row(slot)?)));
        let rows: Vec<_> =
            gone.map(|(at, row)| json!({ "id": row.id().as_str(), "deletedDate": moment(at) })).collect();
        if rows.len() > MOST {
            return Err(vec![too_many()]);
        }
        let earliest = table.deleted(i64::MIN, i64::MAX).next().map_or(self.now - 15 * DAY, |(at, _)| at);
        let earliest = earliest.max(self.now - 15 * DAY).max(org.settings.deletions_from);
        Ok(Answer::json(
            200,
            &json!({
                "deletedRecords": rows, "earliestDateAvailable": covered(earliest), "latestDateCovered": covered(end),
            }),
        ))
    }

    /// Start and end of the span asked for, without their seconds; the end is not later than now.
    fn span(&self, days: i64) -> Result<(i64, i64), Vec<ApiError>> {
        let read = |name: &str| {
            let text = self.call.parameter(name).ok_or_else(|| {
                vec![ApiError::new(400, "MISSING_ARGUMENT", format!("{name} parameter is required"))]
            })?;
            read_moment(text).map(|at| at - at.rem_euclid(60)).ok_or_else(|| {
                let message = format!("{name}: '{text}' is not a valid value for the type xsd:dateTime");
                vec![ApiError::new(400, "ILLEGAL_QUERY_PARAMETER_VALUE", message)]
            })
        };
        let (start, end) = (read("start")?, read("end")?);
        let refuse = |message: &str| Err(vec![ApiError::new(400, "INVALID_REPLICATION_DATE", message)]);
        if start >= end {
            return refuse("startDate must be at least one minute before endDate");
        }
        if start < self.now - days * DAY - 60 {
            return refuse(&format!("startDate cannot be more than {days} days ago"));
        }
        Ok((start, end.min(self.now)))
    }
}

/// A moment without its seconds.
fn covered(at: i64) -> String {
    moment(at - at.rem_euclid(60))
}

fn too_many() -> ApiError {
    ApiError::new(400, "EXCEEDED_ID_LIMIT", "The number of ids exceeds 600000. Use a shorter span of time")
}
