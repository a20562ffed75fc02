//! What recipes need and is no longer there: a container deleted or archived, an object or a field removed, hidden, or of
//! another type than it was.
//!
//! A refusal that speaks of the shape of things or of a value, and now and then nothing at all, is reason to look: the
//! container is described anew, and the recipes that need what it no longer has are suspended, by name. All others go
//! on. What is gone is looked for again at the recipe's own pace, one call each time, and once it is back the recipe
//! goes on by itself. A look costs a call, or two where it must be known what lies on the other side: a place is looked
//! at once for each call in which it refused records for its shape, however many they are, and else once in an
//! interval.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::Shared;
use super::book::{Book, Rule, place};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{ConnectionId, ContainerId, LinkSetId, RecipeId, Side};
use crate::domain::recipe::{Gone, Lacking, RecipeState};
use crate::domain::schema::Schema;
use crate::domain::time::{DAY, MINUTE, SECOND, Stamp};
use crate::ports::{Step, StoreError, StreamId};

/// How soon after one look the next may follow, and after how long it is seen again whether one is due.
const TICK: Duration = Duration::from_millis(500);
const NAP: Duration = Duration::from_mins(1);

/// How often a place is looked at of which nothing bad is known: one that is only written to may be gone for long
/// before anybody writes.
const QUIET_MS: i64 = DAY / 4;

/// The longest that a recipe waits for what is gone, however seldom it looks for changes.
const LONGEST_MS: i64 = 15 * MINUTE;

/// When each place was last looked at, and whether that told anything: the answer may have been lost.
#[derive(Default)]
pub(super) struct Looked {
    at: tokio::sync::Mutex<BTreeMap<StreamId, (Instant, bool)>>,
}

impl Shared {
    /// Looks steadily for what is gone, and now and then whether the rest is still there.
    pub(super) async fn look_for_gone_steadily(&self) {
        let began = Instant::now();
        let mut rules = self.rules.subscribe();
        loop {
            let nap = self.until_a_look_is_due(began).await;
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(nap) => {}
                _ = rules.recv() => {}
            }
            for (place, every) in self.places() {
                let last = self.looked.at.lock().await.get(&place).map_or(began, |(last, _)| *last);
                if last.elapsed() >= every
                    && let Err(error) = self.look_at(&place, false, |last| last.elapsed() < every).await
                {
                    tracing::warn!(container = %place.container, %error, "it was not seen whether it is there");
                }
            }
        }
    }

    /// Returns how long no place has to be looked at, as the rules stand.
    async fn until_a_look_is_due(&self, began: Instant) -> Duration {
        let looked = self.looked.at.lock().await;
        let left = |(place, every): (&StreamId, &Duration)| {
            every.saturating_sub(looked.get(place).map_or(began, |(last, _)| *last).elapsed())
        };
        self.places().iter().map(left).min().unwrap_or(NAP).clamp(TICK, NAP)
    }

    /// Returns the places to be looked at, and how often each.
    fn places(&self) -> BTreeMap<StreamId, Duration> {
        let book = self.book();
        let mut places = BTreeMap::new();
        for rule in &book.rules {
            let recipe = &rule.recipe;
            let (side, every) = match &recipe.gone {
                Some(gone) => (gone.side, pace(recipe.every_ms)),
                // What is read says itself that it is gone.
                None if recipe.state == RecipeState::Active => {
                    (super::book::source(recipe).1.opposite(), millis(QUIET_MS))
                }
                None => continue,
            };
            let known = places.entry(place(recipe, side)).or_insert(every);
            *known = every.min(*known);
        }
        places
    }

    /// Returns whether `failure` was about something that is gone: then those who need it are suspended by now, and it
    /// is no trouble of the connection.
    pub(super) async fn is_about_gone(
        &self,
        connection: &ConnectionId,
        container: &ContainerId,
        failure: &Failure,
    ) -> Result<bool, StoreError> {
        let place = StreamId { connection: connection.clone(), container: container.clone() };
        if !speaks_of_shape(failure) {
            return Ok(false);
        }
        let before = gone_at(&self.book(), &place);
        self.look_again(&place).await?;
        Ok(gone_at(&self.book(), &place).into_iter().any(|id| !before.contains(&id)))
    }

    /// Returns whether the recipes of a set lack something at a place that has just refused them, or may lack it
    /// because nobody could tell. Where the refusals speak of its shape, what was seen before them says nothing: it
    /// may have been the last thing that was seen of a column.
    pub(super) async fn is_set_gone(
        &self,
        set: LinkSetId,
        connection: &ConnectionId,
        container: &ContainerId,
        by_its_shape: bool,
    ) -> Result<bool, StoreError> {
        let place = StreamId { connection: connection.clone(), container: container.clone() };
        if by_its_shape {
            let refused = Instant::now();
            self.look_at(&place, true, |last| last >= refused).await?;
        } else {
            self.look_again(&place).await?;
        }
        let unknown = self.looked.at.lock().await.get(&place).is_some_and(|(_, told)| !told);
        Ok(unknown || self.book().sharing(set).any(|rule| rule.recipe.gone.is_some()))
    }

    /// Notes a failure at a place, of the connection or of what is gone there; returns from when to go on.
    pub(super) async fn unwell_at(
        &self,
        connection: &ConnectionId,
        container: &ContainerId,
        failure: &Failure,
    ) -> Result<Stamp, StoreError> {
        if self.is_about_gone(connection, container, failure).await? {
            return Ok(self.now().plus(SECOND));
        }
        self.unwell(connection, failure).await
    }

    /// Looks now for what these recipes lack: a person says that it is back.
    pub(super) async fn look_for(&self, recipes: &[RecipeId]) -> Result<(), StoreError> {
        let book = self.book();
        let lacking = book.rules.iter().filter(|rule| recipes.contains(&rule.recipe.id));
        let mut places: Vec<StreamId> =
            lacking.filter_map(|rule| Some(place(&rule.recipe, rule.recipe.gone.as_ref()?.side))).collect();
        places.sort();
        places.dedup();
        for place in places {
            self.look_at(&place, true, |_| false).await?;
        }
        Ok(())
    }

    /// Looks at a place unless that was done a moment ago.
    async fn look_again(&self, place: &StreamId) -> Result<(), StoreError> {
        let every = self.book().at(place).map(|(rule, _)| rule.recipe.every_ms).min().unwrap_or(MINUTE);
        let every = pace(every);
        self.look_at(place, true, |last| last.elapsed() < every).await
    }

    /// Returns what lies on the other side of the recipes of a place, as far as that can be told: as it is now where
    /// something was refused or is known not to fit, else as it was last seen, which costs no call.
    async fn opposite(
        &self,
        at: &StreamId,
        refused: bool,
    ) -> Result<BTreeMap<StreamId, Arc<Schema>>, StoreError> {
        let book = self.book();
        let unfit = |(rule, _): (&Rule, Side)| {
            rule.recipe.gone.as_ref().is_some_and(|gone| gone.what == Lacking::Type)
        };
        let anew = refused || book.at(at).any(unfit);
        let others: BTreeSet<StreamId> =
            book.at(at).map(|(rule, side)| place(&rule.recipe, side.opposite())).collect();
        let mut found = BTreeMap::new();
        for other in others {
            let StreamId { connection, container } = &other;
            let schema = match book.usable(connection, self.now()).filter(|_| anew) {
                None if anew => None,
                None => self.store.read()?.schema(connection, container)?.map(Arc::new),
                Some(row) => {
                    let _leave = self.keeper.leave(connection).await;
                    let told = self.schema(row, container.as_str(), "", &mut Vec::new()).await;
                    told.ok().flatten()
                }
            };
            found.extend(schema.map(|schema| (other, schema)));
        }
        Ok(found)
    }

    /// Describes a place, unless a look that began then is `enough`, and notes who lacks what there.
    async fn look_at(
        &self,
        place: &StreamId,
        refused: bool,
        enough: impl Fn(Instant) -> bool,
    ) -> Result<(), StoreError> {
        // One look at a time: whoever comes meanwhile finds what it found.
        let mut looked = self.looked.at.lock().await;
        if looked.get(place).is_some_and(|(last, told)| *told && enough(*last)) {
            return Ok(());
        }
        let began = Instant::now();
        let book = self.book();
        let Some(row) = book.usable(&place.connection, self.now()) else { return Ok(()) };
        let Ok(remote) = self.keeper.remote(row) else { return Ok(()) };
        let described = {
            let _leave = self.keeper.leave(&place.connection).await;
            remote.describe(place.container.as_str()).await
        };
        let schema = match described {
            Ok(schema) => Ok(Some(schema)),
            Err(failure) if failure.kind == Kind::Permanent && failure.class == Class::Map => Ok(None),
            Err(failure) => Err(failure),
        };
        let lost = matches!(&schema, Err(failure) if failure.kind == Kind::Transient);
        looked.insert(place.clone(), (began, !lost));
        let schema = match schema {
            Ok(schema) => schema,
            Err(failure) => return self.unwell(&place.connection, &failure).await.map(drop),
        };
        // A recipe made a moment from now is checked against what is there, not against what was.
        let known = (place.connection.clone(), place.container.as_str().to_owned());
        self.keeper.schemas.lock().await.remove(&known);
        let others = self.opposite(place, refused).await?;
        let now = self.now();
        let mut found: Vec<(RecipeId, Option<Gone>)> = Vec::new();
        for (rule, side) in self.book().at(place) {
            let known = rule.recipe.gone.as_ref();
            let other = others.get(&super::book::place(&rule.recipe, side.opposite()));
            let since = known.map_or(now, |gone| gone.since);
            let lacks = rule.lacks(side, schema.as_ref(), other.map(|other| &**other), since);
            if is_news(known, lacks.as_ref(), side, other.is_some()) {
                found.push((rule.recipe.id, lacks));
            }
        }
        if found.is_empty() {
            return Ok(());
        }
        for (recipe, gone) in &found {
            let (what, name) = gone.as_ref().map_or(("nothing", ""), |gone| (gone.what.code(), &*gone.name));
            tracing::info!(%recipe, what, name, "what a recipe lacks");
        }
        self.commit(Step::Missed { found, now }).await.map(drop)
    }
}

/// Returns whether a look on `side` says something else than is known of a recipe. What it lacks on the other side is
/// another look's matter; whether fields go together every look judges that saw both sides.
fn is_news(known: Option<&Gone>, lacks: Option<&Gone>, side: Side, both: bool) -> bool {
    let by_type = |gone: Option<&Gone>| gone.is_some_and(|gone| gone.what == Lacking::Type);
    match (known, lacks) {
        (Some(_), Some(_)) if by_type(known) && by_type(lacks) => false,
        (Some(_), None) if by_type(known) => both,
        (Some(gone), None) => gone.side == side,
        _ => lacks != known,
    }
}

/// Returns the recipes that lack something at a place.
fn gone_at(book: &Book, place: &StreamId) -> Vec<RecipeId> {
    let gone = book.at(place).filter(|(rule, _)| rule.recipe.gone.is_some());
    gone.map(|(rule, _)| rule.recipe.id).collect()
}

/// Returns whether a failure may come of something that is gone. A right that was withdrawn hides what it was for.
pub(super) fn speaks_of_shape(failure: &Failure) -> bool {
    failure.kind == Kind::Permanent && matches!(failure.class, Class::Map | Class::Perm)
}

/// Returns whether a failure may come of a field that is of another type than it was: a value was not taken.
pub(super) fn speaks_of_values(failure: &Failure) -> bool {
    failure.kind == Kind::Permanent && matches!(failure.class, Class::Valid | Class::Bug)
}

fn pace(every_ms: i64) -> Duration {
    millis(every_ms.clamp(SECOND, LONGEST_MS))
}

fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_fields_go_together_is_told_by_a_look_that_saw_both_sides() {
        let gone = |what, side| Gone { what, side, name: "x".into(), since: Stamp::ZERO };
        let unfit = gone(Lacking::Type, Side::Other);
        assert!(is_news(None, Some(&unfit), Side::Other, true));
        assert!(!is_news(Some(&unfit), None, Side::Other, false), "nobody looked at the other side");
        assert!(is_news(Some(&unfit), None, Side::Salesforce, true), "they go together again");
        let mirrored = gone(Lacking::Type, Side::Salesforce);
        assert!(!is_news(Some(&unfit), Some(&mirrored), Side::Salesforce, true), "the same, seen from there");
        let column = gone(Lacking::Field, Side::Other);
        assert!(!is_news(Some(&column), None, Side::Salesforce, true), "another look's matter");
        assert!(is_news(Some(&column), None, Side::Other, false));
    }

    #[test]
    fn only_a_lasting_refusal_of_what_is_there_is_a_reason_to_look() {
        let failure = |kind, class| Failure::new(kind, class, "X", "x");
        assert!(speaks_of_shape(&failure(Kind::Permanent, Class::Map)));
        assert!(speaks_of_shape(&failure(Kind::Permanent, Class::Perm)));
        assert!(!speaks_of_shape(&failure(Kind::Permanent, Class::Valid)));
        assert!(!speaks_of_shape(&failure(Kind::Transient, Class::Map)));
        assert!(!speaks_of_shape(&failure(Kind::Connection, Class::Perm)));
    }
}
