//! The step that ends held conflicts as a person decided.

use redb::ReadableTable;

use super::super::codec::{Fault, get, put};
use super::Stepper;
use crate::domain::hold::keep;
use crate::domain::id::{LinkId, Side};
use crate::domain::ledger::{Action, Entry, Outcome};
use crate::domain::link::Link;
use crate::domain::time::Stamp;
use crate::ports::{Committed, StoreError};

impl Stepper<'_, '_> {
    /// Ends conflicts, all or none: a conflict that is over already is told before anything is changed.
    pub(super) fn keep(
        &mut self,
        links: &[LinkId],
        kept: Side,
        by: &str,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let mut found = Vec::with_capacity(links.len());
        for id in links {
            let missing = || StoreError::Missing { what: "conflict", id: id.to_string() };
            let link = get::<_, Link>(&self.t.links, id.0, "a link")?.ok_or_else(missing)?;
            let fields: Option<Vec<u16>> = get(&self.t.held, (link.set.0, id.0), "a held conflict")?;
            found.push((*id, link, fields.ok_or_else(missing)?));
        }
        let mut done = Committed::default();
        for (id, link, fields) in found {
            // Named twice, it is over by now.
            if self.t.held.get((link.set.0, id.0))?.is_some() {
                self.keep_one(id, link, &fields, kept, by, now, &mut done)?;
            }
        }
        Ok(done)
    }

    #[expect(clippy::too_many_arguments, reason = "what is decided, by whom and when, and what it does")]
    fn keep_one(
        &mut self,
        id: LinkId,
        mut link: Link,
        fields: &[u16],
        kept: Side,
        by: &str,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let lost = keep(&mut link, fields, kept);
        put(&mut self.t.links, id.0, &link)?;
        self.t.held.remove((link.set.0, id.0))?;
        done.taken.push(id);
        let loser = kept.opposite();
        if let Some(recipe) = self.wanting(link.set, loser) {
            let name = |at: &u16| Some(recipe.mapping.fields.get(usize::from(*at))?.name(loser).clone());
            let entry = Entry {
                at: now,
                account: recipe.account.clone(),
                recipe: recipe.id,
                link: id,
                object: recipe.object.clone(),
                direction: recipe.direction,
                action: Action::Conflict,
                outcome: Outcome::Ok,
                salesforce_id: link.salesforce.id.clone(),
                target_id: link.other.id.clone(),
                record_name: link.name.clone(),
                duration_ms: 0,
                fields: fields.iter().filter_map(name).collect(),
                attempt: 1,
                failure: None,
                lost: lost.iter().filter_map(|(at, value)| Some((name(at)?, value.clone()))).collect(),
                job: None,
                by: by.into(),
                heirs: Vec::new(),
            };
            self.append(&entry)?;
        }
        match self.policy(link.set) {
            Some(policy) => self.wake(id, &link, &policy, now, done),
            None => Ok(()),
        }
    }
}
