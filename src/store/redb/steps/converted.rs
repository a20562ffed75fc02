//! What follows from the conversion of a lead: its item goes over to the contact, account or opportunity where another
//! recipe takes that into the same container, and stays otherwise. See [`crate::domain::converted`].

use std::sync::Arc;

use super::super::codec::{Fault, get, put};
use super::Stepper;
use crate::domain::converted::{CONVERTED, Course, Heir};
use crate::domain::failure::Class;
use crate::domain::id::{LinkId, LinkSetId, RemoteId, Side};
use crate::domain::ledger::{Action, Entry, Outcome};
use crate::domain::link::{Link, Observed, Presence};
use crate::domain::plan::Policy;
use crate::domain::recipe::{Recipe, RecipeState};
use crate::domain::time::Stamp;
use crate::ports::Committed;

impl Stepper<'_, '_> {
    /// Adds to an observation what it tells of a conversion; `taken` is the link that it changed otherwise.
    pub(super) fn take_in_conversion(
        &mut self,
        taken: Option<(LinkId, Link)>,
        seen: &Observed,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<Option<(LinkId, Link)>, Fault> {
        let changed = taken.is_some();
        let found = match taken {
            None if !seen.heirs.is_empty() => self.link_at(seen.set, seen.side, &seen.id)?,
            taken => taken,
        };
        let Some((id, mut link)) = found else { return Ok(None) };
        let news = link.convert(&seen.heirs);
        if news {
            self.go_over(id, &mut link, now, done)?;
        }
        let told = self.tell_in_vain(id, &mut link, now)?;
        Ok((changed || news || told).then_some((id, link)))
    }

    /// Decides what becomes of the item of a converted lead, unless a call is under way: its end decides then.
    pub(super) fn go_over(
        &mut self,
        id: LinkId,
        link: &mut Link,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        let Some(converted) = link.converted.clone().filter(|_| link.is_at_a_fork()) else { return Ok(()) };
        if self.under_way(link, id)? {
            return Ok(());
        }
        let mut course = Course::Stays;
        for (heir, set) in self.places_of_heirs(link.set, &converted.heirs) {
            if self.inherit(link, heir, set, &converted.heirs, now, done)? {
                course = Course::Went;
                break;
            }
        }
        if course == Course::Stays
            && let Some(recipe) = self.sharing(link.set).first().cloned()
        {
            let entry = line(id, link, &recipe, Action::Skipped, &converted.heirs, now);
            self.append(&entry)?;
        }
        if let Some(converted) = &mut link.converted {
            converted.course = course;
        }
        link.rev += 1;
        Ok(())
    }

    /// Decides after the end of a call what had to wait for it.
    pub(super) fn go_on_if_converted(
        &mut self,
        id: LinkId,
        link: &mut Link,
        policy: &Policy,
        now: Stamp,
        done: &mut Committed,
    ) -> Result<(), Fault> {
        if !link.is_at_a_fork() || self.under_way(link, id)? {
            return Ok(());
        }
        self.go_over(id, link, now, done)?;
        self.tell_in_vain(id, link, now)?;
        put(&mut self.t.links, id.0, link)?;
        self.wake(id, link, policy, now, done)
    }

    /// Returns the sets of links that take heirs into the container of `set`, in the order of the heirs.
    fn places_of_heirs<'h>(&self, set: LinkSetId, heirs: &'h [Heir]) -> Vec<(&'h Heir, LinkSetId)> {
        let Some(mine) = self.sharing(set).first().cloned() else { return Vec::new() };
        let beside = |other: &Recipe| {
            other.state != RecipeState::Deleted
                && other.set != set
                && other.account == mine.account
                && other.salesforce == mine.salesforce
                && other.target == mine.target
                && other.container.id == mine.container.id
        };
        let mut places = Vec::new();
        for heir in heirs {
            let takes = |other: &Recipe| other.object.as_str().eq_ignore_ascii_case(heir.object.as_str());
            let others = self.recipes.values().filter(|other| beside(other) && takes(other));
            places.extend(others.map(|other| (heir, other.set)));
        }
        places.dedup();
        places
    }

    /// Gives a lead's item to its heir, unless that has one of its own.
    fn inherit(
        &mut self,
        from: &Link,
        heir: &Heir,
        set: LinkSetId,
        heirs: &[Heir],
        now: Stamp,
        done: &mut Committed,
    ) -> Result<bool, Fault> {
        let there = matches!(from.other.presence, Presence::Present | Presence::Unknown);
        let item = from.other.id.clone().filter(|_| there);
        if let Some(item) = &item
            && self.by_remote(set, Side::Other, item)?.is_some()
        {
            return Ok(false);
        }
        let (id, mut link) = if let Some((id, link)) = self.link_at(set, Side::Salesforce, &heir.id)? {
            if link.other.id.is_some() || self.under_way(&link, id)? {
                // It has an item, or is just getting one: the lead's would be a second. A lead without one needs none.
                return Ok(item.is_none());
            }
            (id, link)
        } else {
            let id = LinkId(self.next_id("link")?);
            self.remember(set, Side::Salesforce, &heir.id, id)?;
            (id, Link::expected(set, Side::Salesforce, heir.id.clone(), Arc::clone(&from.name)))
        };
        if let Some(item) = item {
            self.remember(set, Side::Other, &item, id)?;
            link.expect(Side::Other, item);
            // It carries the key of the lead.
            link.unsigned = Some(Side::Other);
            link.rev += 1;
            if let Some(recipe) = self.sharing(set).first().cloned() {
                let entry = line(id, &link, &recipe, Action::Linked, heirs, now);
                self.append(&entry)?;
            }
        }
        put(&mut self.t.links, id.0, &link)?;
        if let Some(policy) = self.policy(set) {
            self.wake(id, &link, &policy, now, done)?;
        }
        Ok(true)
    }

    /// Tells, once, that what people wrote into the item no longer reaches the lead.
    fn tell_in_vain(&mut self, id: LinkId, link: &mut Link, now: Stamp) -> Result<bool, Fault> {
        let edited = link.edited_in_vain();
        if edited.is_empty() {
            return Ok(false);
        }
        let Some(recipe) = self.wanting(link.set, Side::Salesforce) else { return Ok(false) };
        let heirs = link.converted.as_ref().map(|converted| converted.heirs.clone()).unwrap_or_default();
        let name = |at: &u16| Some(recipe.mapping.fields.get(usize::from(*at))?.salesforce.clone());
        let mut entry = line(id, link, &recipe, Action::Skipped, &heirs, now);
        entry.fields = edited.iter().filter_map(name).collect();
        self.append(&entry)?;
        if let Some(converted) = &mut link.converted {
            converted.told = true;
        }
        Ok(true)
    }

    fn link_at(&self, set: LinkSetId, side: Side, id: &RemoteId) -> Result<Option<(LinkId, Link)>, Fault> {
        let Some(found) = self.by_remote(set, side, id)? else { return Ok(None) };
        Ok(get(&self.t.links, found.0, "a link")?.map(|link| (found, link)))
    }
}

fn line(id: LinkId, link: &Link, recipe: &Recipe, action: Action, heirs: &[Heir], now: Stamp) -> Entry {
    Entry {
        at: now,
        account: recipe.account.clone(),
        recipe: recipe.id,
        link: id,
        object: recipe.object.clone(),
        direction: recipe.direction,
        action,
        outcome: Outcome::Ok,
        salesforce_id: link.salesforce.id.clone(),
        target_id: link.other.id.clone(),
        record_name: Arc::clone(&link.name),
        duration_ms: 0,
        fields: Vec::new(),
        attempt: 1,
        failure: Some((Class::Map, CONVERTED.into())),
        lost: Vec::new(),
        job: None,
        by: "engine".into(),
        heirs: heirs.to_vec(),
    }
}
