//! The step that ties a link to a record that existed already. Whether that record is still free is decided here,
//! inside the one transaction that all ties and all intents go through, so that none is tied twice.

use super::super::codec::{Fault, get, put};
use super::Stepper;
use crate::domain::id::{LinkId, Side};
use crate::domain::link::{Link, Observed, Pending, Seen};
use crate::domain::plan::{Verdict, plan};
use crate::domain::time::{SECOND, Stamp};
use crate::ports::Committed;

impl Stepper<'_, '_> {
    pub(super) fn tie(
        &mut self,
        pairs: Vec<(LinkId, u64, Observed)>,
        by: &str,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let mut done = Committed::default();
        for (id, rev, seen) in pairs {
            self.tie_one(id, rev, &seen, by, now, &mut done)?;
        }
        Ok(done)
    }

    fn tie_one(
        &mut self,
        id: LinkId,
        rev: u64,
        seen: &Observed,
        by: &str,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let seen = &*self.seen_in_common(seen)?;
        let side = seen.side;
        let Some(mut link) = get::<_, Link>(&self.t.links, id.0, "a link")? else { return Ok(()) };
        let Some(policy) = self.policy(link.set) else { return Ok(()) };
        if link.rev != rev || link.side(side).id.is_some() || self.under_way(&link, id)? {
            // It moved on meanwhile: whatever it needs now is planned anew.
            return self.wake(id, &link, &policy, now, done);
        }
        if let Some(other) = self.by_remote(seen.set, side, &seen.id)?.filter(|other| *other != id) {
            let Some(known) = self.absorbed(other, side, now)? else {
                // It is looked for again: the record may be free then, or have got a counterpart of its own.
                done.pending.push((link.set, id, now.plus(SECOND)));
                return Ok(());
            };
            *link.side_mut(side) = known;
        }
        link.observe(seen);
        if link.side(side).id.is_none() {
            return Ok(());
        }
        let signed = seen.origin.is_some() && seen.origin == link.side(side.opposite()).id;
        link.unsigned = (!signed).then_some(side);
        link.rev += 1;
        self.remember(seen.set, side, &seen.id, id)?;
        put(&mut self.t.links, id.0, &link)?;
        // What carries its key and holds the same is adopted next, and that says so.
        if !(signed && matches!(plan(&link, &policy), Verdict::Adopt(_))) {
            self.note_meeting(id, &link, Some(side), by, now)?;
        }
        done.taken.push(id);
        self.wake(id, &link, &policy, now, done)?;
        self.tell_children(&link, now, done)
    }

    pub(super) fn under_way(&self, link: &Link, id: LinkId) -> Result<bool, Fault> {
        let pending: Option<Pending> = get(&self.t.pending, (link.set.0, id.0), "a pending link")?;
        Ok(pending.is_some_and(|pending| pending.intent.is_some()))
    }

    /// Ends the link of a record that has waited alone for a counterpart, and returns what was known of it; `None`
    /// when it has one, or is just getting one.
    fn absorbed(&mut self, id: LinkId, side: Side, now: Stamp) -> Result<Option<Seen>, Fault> {
        let Some(link) = get::<_, Link>(&self.t.links, id.0, "a link")? else {
            return Ok(Some(Seen::default()));
        };
        if link.side(side.opposite()).id.is_some() || self.under_way(&link, id)? {
            return Ok(None);
        }
        let pending: Option<Pending> = get(&self.t.pending, (link.set.0, id.0), "a pending link")?;
        if let Some((job, _)) = pending.and_then(|pending| pending.asked) {
            self.t.advance_job(job, true)?;
        }
        self.t.rest(link.set.0, id)?;
        self.t.held.remove((link.set.0, id.0))?;
        self.resolve(id, &link, now)?;
        self.unwait(id, link.set)?;
        self.t.links.remove(id.0)?;
        Ok(Some(link.side(side).clone()))
    }
}
