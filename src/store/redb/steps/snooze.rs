//! The steps on what a person puts aside for a while, and how it comes back.

use redb::ReadableTable;

use super::super::codec::{Fault, get, put};
use super::super::journal::Kind;
use super::Stepper;
use crate::domain::id::ErrorId;
use crate::domain::ledger::{ErrorRecord, ErrorState, Snooze};
use crate::domain::time::Stamp;
use crate::ports::{Committed, Group, StoreError};

impl Stepper<'_, '_> {
    pub(super) fn snooze_errors(
        &mut self,
        errors: &[ErrorId],
        until: Option<Stamp>,
    ) -> Result<Committed, Fault> {
        for id in errors {
            if !self.put_aside(*id)? {
                continue;
            }
            if let Some(until) = until {
                self.t.snoozed.insert((until.0, id.0), ())?;
            }
        }
        Ok(Committed::default())
    }

    pub(super) fn snooze_group(&mut self, key: &str, snooze: Snooze) -> Result<Committed, Fault> {
        let Some(mut group) = get::<_, Group>(&self.t.groups, key, "a cause")? else {
            return Err(StoreError::Missing { what: "cause", id: key.to_owned() }.into());
        };
        group.snooze = Some(snooze);
        put(&mut self.t.groups, key, &group)?;
        self.t.touch(Kind::Group, key);
        let mut all = Vec::new();
        for row in self.t.group_errors.range((key, 0)..=(key, u64::MAX))? {
            all.push(ErrorId(row?.0.value().1));
        }
        for id in all {
            self.put_aside(id)?;
        }
        Ok(Committed::default())
    }

    /// Puts one error aside, if it waits for a person.
    fn put_aside(&mut self, id: ErrorId) -> Result<bool, Fault> {
        let error: Option<ErrorRecord> = get(&self.t.errors, id.0, "an error")?;
        let Some(error) = error.filter(|error| error.state == ErrorState::Open) else { return Ok(false) };
        self.t.put_error(&ErrorRecord { state: ErrorState::Snoozed, ..error })?;
        Ok(true)
    }

    pub(super) fn wake_snoozed(&mut self, now: Stamp) -> Result<Committed, Fault> {
        let mut over = Vec::new();
        for row in self.t.snoozed.range(..=(now.0, u64::MAX))? {
            over.push(row?.0.value());
        }
        for key in over {
            self.t.snoozed.remove(key)?;
            let error: Option<ErrorRecord> = get(&self.t.errors, key.1, "an error")?;
            if let Some(error) = error.filter(|error| error.state == ErrorState::Snoozed) {
                self.t.put_error(&ErrorRecord { state: ErrorState::Open, ..error })?;
            }
        }
        let mut causes = Vec::new();
        for row in self.t.groups.iter()? {
            let group: Group = super::super::codec::decode(row?.1.value(), "a cause")?;
            if group.snooze.as_ref().is_some_and(|snooze| snooze.is_over(now)) {
                causes.push(group.id);
            }
        }
        for group in causes {
            self.t.wake_group(group.as_str())?;
        }
        Ok(Committed::default())
    }
}
