//! What keeps the engine from doing harm fast: the brake on deletions, and the end of loops.

use redb::ReadableTable;

use super::super::codec::{Fault, get, put};
use super::Stepper;
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ErrorId, LinkId, LinkSetId};
use crate::domain::ledger::ErrorState;
use crate::domain::link::{Intent, Link, Pending};
use crate::domain::plan::{Operation, Policy, Verdict, plan};
use crate::domain::settle::{Answer, Circumstances, FLIPPING, settle};
use crate::domain::time::{MINUTE, Stamp};
use crate::ports::Brake;

/// Deletions that are this close together count as one run.
const RUN_MS: i64 = 10 * MINUTE;

/// So many deletions in a run are always let through.
const FEW: u64 = 50;

impl Stepper<'_, '_> {
    /// Counts a deletion that an observation asks for. Beyond a tenth of the links, and at least [`FEW`], nothing is
    /// deleted on this set until a person says so. It is counted in the commit that observes, before any lane can
    /// carry out the first of them.
    pub(super) fn count_deletion(&mut self, link: &Link, policy: &Policy, now: Stamp) -> Result<(), Fault> {
        let deletes = match plan(link, policy) {
            Verdict::Do(operation) => operation.deletes(),
            _ => false,
        };
        if !deletes {
            return Ok(());
        }
        let set = link.set;
        let known: Option<Brake> = get(&self.t.brakes, set.0, "a brake")?;
        let running = known.filter(|brake| brake.held.is_some() || now.since(brake.began) < RUN_MS);
        let mut brake = running.unwrap_or(Brake { set, began: now, count: 0, held: None });
        brake.count += 1;
        if brake.held.is_none() && brake.count > FEW && brake.count > self.links_of(set)? / 10 {
            brake.held = Some(now);
            tracing::warn!(set = %set, count = brake.count, "too many deletions at once; waiting for a person");
        }
        put(&mut self.t.brakes, set.0, &brake)
    }

    fn links_of(&self, set: LinkSetId) -> Result<u64, Fault> {
        let mut links = std::collections::BTreeSet::new();
        for row in self.t.by_remote.range((set.0, 0, "")..(set.0, 2, ""))? {
            links.insert(row?.1.value());
        }
        Ok(u64::try_from(links.len()).unwrap_or(u64::MAX))
    }

    /// Lets the deletions of a set go on: a person has seen how many there are.
    pub(super) fn release(&mut self, set: LinkSetId) -> Result<(), Fault> {
        self.t.brakes.remove(set.0)?;
        Ok(())
    }

    /// Returns whether nothing more is written on a link because something undoes every write. The first time it
    /// becomes an error, which waits for a person.
    pub(super) fn stopped(
        &mut self,
        id: LinkId,
        link: &Link,
        operation: &Operation,
        now: Stamp,
    ) -> Result<bool, Fault> {
        let error = self.error_of(link)?;
        let over = |state: ErrorState| matches!(state, ErrorState::Resolved | ErrorState::Retrying);
        if error.as_ref().is_some_and(|error| &*error.failure.code == FLIPPING && !over(error.state)) {
            self.t.rest(link.set.0, id)?;
            return Ok(true);
        }
        let other = operation.side.opposite();
        let Some((side, field)) =
            [operation.side, other].into_iter().find_map(|side| Some((side, link.flipping(side)?)))
        else {
            return Ok(false);
        };
        let Some(recipe) = self.wanting(link.set, operation.side) else { return Ok(false) };
        let Some(policy) = self.policy(link.set) else { return Ok(false) };
        let map = recipe.mapping.fields.get(usize::from(field));
        let name = map.map_or_else(String::new, |map| map.name(side).to_string());
        let message = format!(
            "{name} was put back again and again after it had been written; something else changes it"
        );
        let mut failure = Failure::new(Kind::Permanent, Class::Map, FLIPPING, &message);
        failure.fields.extend(map.map(|map| map.name(side).clone()));
        let new_error = match &error {
            Some(_) => ErrorId(0),
            None => ErrorId(self.next_id("error")?),
        };
        let around = Circumstances {
            link_id: id,
            recipe: &recipe,
            policy: &policy,
            now,
            duration_ms: 0,
            dice: 0.0,
            error: error.as_ref(),
            new_error,
        };
        let mut link = link.clone();
        let intent = Intent { rev: link.rev, operation: operation.clone(), at: now, doubt: None };
        let settled = settle(&mut link, &Pending::new(now), &intent, &Answer::Refused(failure), &around);
        put(&mut self.t.links, id.0, &link)?;
        if let Some(entry) = &settled.entry {
            self.append(entry)?;
        }
        if let Some(error) = &settled.error {
            self.t.put_error(error)?;
        }
        self.t.rest(link.set.0, id)?;
        Ok(true)
    }
}
