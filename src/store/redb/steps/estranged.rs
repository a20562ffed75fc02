//! The step that makes a connection's links those of another org.
//!
//! What was known of the records is known of other records. Their ids are kept: a refreshed sandbox has the same ones,
//! and whoever reconnects to it wants no second set of items. But nothing is taken for granted: watermarks go, so that
//! everything is read and compared anew; a link whose record does not turn up is looked up by its id before anything is
//! written, and where it is not there its counterpart is left alone, since no base says that the two ever agreed.

use std::collections::BTreeMap;

use redb::ReadableTable;

use super::super::codec::{Fault, decode, get, put};
use super::super::tables::swept;
use super::Stepper;
use crate::domain::id::{ConnectionId, LinkId, LinkSetId, Side};
use crate::domain::link::{Link, Pending};
use crate::domain::recipe::Recipe;
use crate::domain::time::Stamp;
use crate::ports::{Committed, StreamId};

impl Stepper<'_, '_> {
    pub(super) fn estrange(
        &mut self,
        connection: &ConnectionId,
        from: LinkId,
        limit: u64,
        now: Stamp,
    ) -> Result<Committed, Fault> {
        let recipes: Vec<Recipe> = self
            .recipes
            .values()
            .filter(|recipe| recipe.uses(connection))
            .map(|recipe| (**recipe).clone())
            .collect();
        // Deleted ones too: they may come back with their links.
        let sides: BTreeMap<LinkSetId, Side> = recipes
            .iter()
            .map(|recipe| {
                let side = if recipe.salesforce == *connection { Side::Salesforce } else { Side::Other };
                (recipe.set, side)
            })
            .collect();
        let to = from.0.saturating_add(limit);
        let mut links: Vec<(LinkId, Link, Side)> = Vec::new();
        for row in self.t.links.range(from.0..to)? {
            let (id, row) = row?;
            let link: Link = decode(row.value(), "a link")?;
            if let Some(side) = sides.get(&link.set) {
                links.push((LinkId(id.value()), link, *side));
            }
        }
        for (id, mut link, side) in links {
            link.estrange(side);
            put(&mut self.t.links, id.0, &link)?;
            let key = (link.set.0, id.0);
            self.t.held.remove(key)?;
            let pending: Option<Pending> = get(&self.t.pending, key, "a pending link")?;
            if let Some(pending) = pending.filter(|pending| pending.intent.is_some()) {
                // What was announced, and may be in doubt, was meant for the other org.
                put(&mut self.t.pending, key, &Pending { intent: None, attempts: 0, ..pending })?;
            }
        }
        let more = self.t.links.last()?.is_some_and(|(last, _)| last.value() >= to);
        if !more {
            self.read_anew(connection, &recipes, now)?;
        }
        Ok(Committed { more, ..Committed::default() })
    }

    /// Forgets how far a connection was read, and lets all first loads begin again.
    fn read_anew(&mut self, connection: &ConnectionId, recipes: &[Recipe], now: Stamp) -> Result<(), Fault> {
        let mut containers = Vec::new();
        for row in self.t.checkpoints.range((connection.as_str(), "")..)? {
            let (key, _) = row?;
            let (of, container) = key.value();
            if of != connection.as_str() {
                break;
            }
            containers.push(container.to_owned());
        }
        for container in containers {
            self.t.checkpoints.remove((connection.as_str(), container.as_str()))?;
            // The first load is a count of everything in itself.
            let stream = StreamId { connection: connection.clone(), container: container.as_str().into() };
            self.t.meta.insert(&*swept(&stream), u64::try_from(now.0).unwrap_or(0))?;
        }
        for recipe in recipes {
            self.reload(recipe)?;
        }
        Ok(())
    }
}
