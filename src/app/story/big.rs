//! `big`: a million ledger entries and a hundred thousand errors, written through the store's own interface.
//!
//! They belong to paused recipes, so that nobody looks for their records in the sandbox; people work on the boards of
//! four others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clock::moment;
use super::day::{MIRRORS, SYNC, draft};
use super::stage::{Mishap, Stage, person};
use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{LinkId, RecipeId, RemoteId, Side};
use crate::domain::link::{Intent, Observed, Presence};
use crate::domain::plan::{Policy, Verdict, plan};
use crate::domain::recipe::{Recipe, Template};
use crate::domain::settle::Answer;
use crate::domain::time::{DAY, SECOND, Stamp};
use crate::domain::value::Value;
use crate::engine::acts::Act;
use crate::ports::{Checkpoint, Step, StreamId};

/// Records, each with ten lines in the ledger, the last of which is an error.
const RECORDS: usize = 100_000;
const LINES: usize = 10;
/// How many of the errors are locked rows.
const LOCKED: usize = 3_289;
/// Records of one commit.
const CHUNK: usize = 5_000;

/// The objects, and the boards on which their records were made.
const OBJECTS: [(&str, &str, &[(&str, &str)]); 3] = [
    ("Contact", "Contacts of the old system", &[("LastName", "name"), ("Title", "about")]),
    ("Lead", "Leads of the old system", &[("LastName", "name"), ("Company", "about")]),
    ("Account", "Accounts of the old system", &[("Name", "name"), ("BillingCity", "about")]),
];

/// The causes other than locked rows: class, code, message, field.
const CAUSES: [(Class, &str, &str, &str); 11] = [
    (Class::Valid, "STRING_TOO_LONG", "Phone: data value too large: +34 (max length=40)", "Phone"),
    (Class::Valid, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", "LastName"),
    (Class::Valid, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: nobody", "Email"),
    (Class::Valid, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "The region is not yours", "Region__c"),
    (Class::Valid, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Status: bad value: Sleeping", "Status"),
    (Class::Valid, "NUMBER_OUTSIDE_VALID_RANGE", "Employees: value outside of valid range", "Employees"),
    (Class::Perm, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", ""),
    (Class::Perm, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to update fields: Priority", "Priority"),
    (Class::Dup, "DUPLICATES_DETECTED", "Use one of these records?", ""),
    (Class::Map, "INVALID_FIELD", "No such column 'Region__c' on entity", "Region__c"),
    (Class::Busy, "SERVER_UNAVAILABLE", "Too many requests waiting for connections", ""),
];

pub(super) async fn play(stage: &mut Stage) -> Result<(), Mishap> {
    stage.set_clock("2025-09-20 08:00:00", false);
    let engine = stage.engine().await?;
    let me = person("ana");
    engine.add_connection(stage.salesforce(SYNC, None)?, &me).await?;
    engine.add_connection(stage.boards("acme-boards"), &me).await?;
    for (_, name, object, board, fields) in MIRRORS {
        let mut mirror = draft(name.into(), Template::RecordToItem, SYNC, object, board.into(), "", fields);
        mirror.every_ms = Some(SECOND);
        engine.create_recipes(&mirror, false, &me).await?;
    }
    let mut old = Vec::new();
    for (object, name, fields) in OBJECTS {
        let board = stage.board(name, &[("about", "text")]).await?;
        let draft = draft(name.into(), Template::ItemToRecord, SYNC, object, board, "", fields);
        old.extend(engine.create_recipes(&draft, false, &me).await?);
    }
    stage.rest().await?;
    engine.act_on_recipes(&old, Act::Pause, Some("the old system is being switched off"), &me).await?;
    engine.stop(2_000).await;
    let mut lore = Lore::of(stage, &old)?;
    for line in 0..LINES {
        for first in (0..RECORDS).step_by(CHUNK) {
            lore.write(stage, line, first).await?;
        }
    }
    stage.run("2025-11-22 09:40:40").await
}

/// What the old recipes' records have been through.
struct Lore {
    recipes: Vec<(Recipe, Policy)>,
    /// The link of each record, once it has one.
    links: BTreeMap<usize, LinkId>,
}

impl Lore {
    fn of(stage: &Stage, ids: &[RecipeId]) -> Result<Self, Mishap> {
        let known = stage.store.read()?.recipes()?;
        let mine = known.into_iter().filter(|recipe| ids.contains(&recipe.id));
        let recipes = mine
            .map(|recipe| {
                let policy = Policy::of([&recipe], |_| true).ok_or("a recipe without a wish")?;
                Ok((recipe, policy))
            })
            .collect::<Result<_, Mishap>>()?;
        Ok(Self { recipes, links: BTreeMap::new() })
    }

    /// Writes one line for each of a chunk of records.
    async fn write(&mut self, stage: &Stage, line: usize, first: usize) -> Result<(), Mishap> {
        for at in 0..self.recipes.len() {
            let records: Vec<usize> =
                (first..first + CHUNK).filter(|record| record % self.recipes.len() == at).collect();
            self.write_of(stage, at, line, &records).await?;
        }
        Ok(())
    }

    async fn write_of(
        &mut self,
        stage: &Stage,
        at: usize,
        line: usize,
        records: &[usize],
    ) -> Result<(), Mishap> {
        let Some((recipe, policy)) = self.recipes.get(at) else { return Ok(()) };
        let now = when(line, records.first().copied().unwrap_or(0));
        let stream = StreamId { connection: recipe.target.clone(), container: recipe.container.id.clone() };
        let rows = records.iter().map(|record| seen(recipe, *record, line, now)).collect();
        let step = Step::Observe { stream, checkpoint: Checkpoint::default(), rows, ran: None, now };
        let pending = stage.store.commit(step).await?.pending;
        if line == 0 {
            self.links.extend(records.iter().copied().zip(pending.iter().map(|(_, link, _)| *link)));
        }
        let mut intents = Vec::with_capacity(records.len());
        {
            let view = stage.store.read()?;
            for record in records {
                let id = *self.links.get(record).ok_or("a record without a link")?;
                let tied = view.link(id)?.ok_or("no link")?;
                let Verdict::Do(operation) = plan(&tied, policy) else { return Err("nothing to do".into()) };
                intents.push((id, Intent { rev: tied.rev, operation, at: now, doubt: None }));
            }
        }
        stage.store.commit(Step::Intend { intents }).await?;
        let ends = records
            .iter()
            .filter_map(|record| Some((*self.links.get(record)?, answer(*record, line, now), 40)))
            .collect();
        stage.store.commit(Step::Settle { ends, now, seed: 1 }).await?;
        Ok(())
    }
}

/// Lines lie over the weeks before the story; the last ones are of its morning.
fn when(line: usize, record: usize) -> Stamp {
    let back = i64::try_from(LINES - 1 - line).unwrap_or(0) * 6 * DAY;
    let spread = i64::try_from(record).unwrap_or(0) * 3 * SECOND / 50;
    moment("2025-11-22 07:30:00").plus(spread - back)
}

fn seen(recipe: &Recipe, record: usize, line: usize, now: Stamp) -> Observed {
    let name: Arc<str> = format!("Record {record}").into();
    let about = format!("Note {line} about {record}");
    Observed {
        set: recipe.set,
        side: Side::Other,
        id: RemoteId::from(format!("{}", 9_000_000_000_u64 + record as u64).as_str()),
        presence: Presence::Present,
        at: now,
        read: now,
        name: Arc::clone(&name),
        values: vec![Value::text(&name), Value::text(&about)],
        admitted: true,
        origin: None,
        survivor: None,
        heirs: Vec::new(),
    }
}

fn answer(record: usize, line: usize, now: Stamp) -> Answer {
    if line < LINES - 1 {
        let id = RemoteId::from(format!("003Old{record:09}AAA").as_str());
        return Answer::Done { id, at: Some(now) };
    }
    // Each object has causes of its own, so that there are twelve in all.
    let (object, turn) = (record % OBJECTS.len(), record / OBJECTS.len());
    let mine: Vec<_> = CAUSES.iter().skip(object).step_by(OBJECTS.len()).collect();
    let (class, code, message, field) = match mine.get(turn % mine.len().max(1)) {
        Some(cause) if object > 0 || turn >= LOCKED => **cause,
        _ => (Class::Lock, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", ""),
    };
    let mut failure = Failure::new(Kind::Permanent, class, code, message);
    failure.fields = (!field.is_empty()).then(|| field.into()).into_iter().collect();
    Answer::Refused(failure)
}
