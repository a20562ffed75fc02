//! The writer thread: takes what waits, carries it out in one transaction, commits once, answers each.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use redb::{ReadableDatabase as _, ReadableTable};

use super::chain;
use super::codec::{Fault, broken, decode};
use super::journal::Trimmed;
use super::shelf::{Shelf, intact};
use super::steps::Stepper;
use super::tables::Tables;
use super::{FORMAT, Waiting};
use crate::domain::id::RecipeId;
use crate::domain::recipe::Recipe;
use crate::domain::time::Stamp;
use crate::ports::{Committed, Step, StoreError};

/// How many steps share a commit at most, so that none waits long for the others.
const GROUP: usize = 256;

/// Recipes as the writer knows them: small, read for every observation, changed rarely.
pub(super) type Recipes = BTreeMap<RecipeId, Arc<Recipe>>;

pub(super) struct Writer {
    shelf: Arc<Shelf>,
    recipes: Recipes,
    next_entry: u64,
    /// The time of the last step that carried one.
    now: Stamp,
    trimmed: Trimmed,
    /// Why the last commit failed: the file is opened anew before the next.
    failed: Option<StoreError>,
}

impl Writer {
    /// Makes the tables, checks the format and learns what the writer keeps in memory.
    pub(super) fn start(shelf: Arc<Shelf>) -> Result<Self, StoreError> {
        let path = shelf.path.clone();
        intact(&path, || {
            Self::make(&shelf)?;
            let mut writer = Self {
                shelf,
                recipes: Recipes::new(),
                next_entry: 1,
                now: Stamp::ZERO,
                trimmed: None,
                failed: None,
            };
            writer.learn()?;
            Ok(writer)
        })
    }

    fn make(shelf: &Shelf) -> Result<(), StoreError> {
        let path = &shelf.path;
        let mut transaction = shelf.database()?.begin_write().map_err(|error| broken(path, error))?;
        transaction.set_two_phase_commit(true);
        {
            let mut tables = Tables::of(&transaction);
            tables.make().map_err(|error| broken(path, error))?;
            let found =
                tables.meta.get("format").map_err(|error| broken(path, error))?.map(|row| row.value());
            match found {
                Some(found) if found > FORMAT => {
                    return Err(StoreError::TooNew {
                        path: path.display().to_string(),
                        found: u32::try_from(found).unwrap_or(u32::MAX),
                        known: u32::try_from(FORMAT).unwrap_or(u32::MAX),
                    });
                }
                Some(_) => {}
                None => {
                    tables.meta.insert("format", FORMAT).map_err(|error| broken(path, error))?;
                }
            }
            tables.begin_totals().map_err(|fault| fault.told(path))?;
            chain::begin(&transaction, &mut tables).map_err(|fault| fault.told(path))?;
        }
        transaction.commit().map_err(|error| broken(path, error))
    }

    /// Reads what is kept in memory; after a failed commit it may no longer be what the file says.
    fn learn(&mut self) -> Result<(), StoreError> {
        let path = &self.shelf.path;
        let told = |fault: Fault| fault.told(path);
        let view = self.shelf.database()?.begin_read().map_err(|error| broken(path, error))?;
        let table = view.open_table(super::tables::RECIPES).map_err(|error| told(error.into()))?;
        let mut recipes = Recipes::new();
        for row in table.iter().map_err(|error| told(error.into()))? {
            let (id, row) = row.map_err(|error| told(error.into()))?;
            recipes.insert(RecipeId(id.value()), Arc::new(decode(row.value(), "a recipe").map_err(told)?));
        }
        let ledger = view.open_table(super::tables::LEDGER).map_err(|error| told(error.into()))?;
        let last = ledger.last().map_err(|error| told(error.into()))?.map_or(0, |(seq, _)| seq.value());
        self.recipes = recipes;
        self.next_entry = last + 1;
        Ok(())
    }

    pub(super) fn run(mut self, inbox: &Receiver<Waiting>) {
        while let Ok(first) = inbox.recv() {
            let mut group = vec![first];
            while group.len() < GROUP {
                match inbox.try_recv() {
                    Ok(next) => group.push(next),
                    Err(_) => break,
                }
            }
            let (steps, answers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
            for (answer, result) in answers.into_iter().zip(self.commit(steps)) {
                // A caller that has gone does not want to know.
                let _gone = answer.send(result);
            }
        }
    }

    /// Carries out steps in one transaction and returns, once it is durable, what became of each.
    pub(super) fn commit(&mut self, steps: Vec<Step>) -> Vec<Result<Committed, StoreError>> {
        let count = steps.len();
        let path = self.shelf.path.clone();
        intact(&path, || self.carry_out(steps)).unwrap_or_else(|error| {
            tracing::error!(%error, "nothing of this commit was stored");
            self.failed = Some(error.clone());
            vec![Err(error); count]
        })
    }

    fn carry_out(&mut self, steps: Vec<Step>) -> Result<Vec<Result<Committed, StoreError>>, StoreError> {
        if let Some(why) = self.failed.clone() {
            self.shelf.reopen(why)?;
            self.learn()?;
            self.failed = None;
        }
        let path = &self.shelf.path;
        let mut transaction = self.shelf.database()?.begin_write().map_err(|error| broken(path, error))?;
        // In one phase a damaged commit looks like one that the power cut short, and the one before it is taken in its
        // place: what had been acknowledged would be gone without a word. In two the damage is refused.
        transaction.set_two_phase_commit(true);
        let mut done = Vec::with_capacity(steps.len());
        {
            let mut tables = Tables::of(&transaction);
            tables.now = self.now;
            let mut stepper =
                Stepper::new(tables, &mut self.recipes, &mut self.next_entry, &mut self.trimmed);
            for step in steps {
                match stepper.step(step) {
                    Ok(committed) => done.push(Ok(committed)),
                    // Steps check every rule before they write, so a refused one leaves nothing behind.
                    Err(Fault::Refused(error)) => done.push(Err(error)),
                    Err(fault) => return Err(fault.told(path)),
                }
            }
            self.now = stepper.now();
        }
        transaction.commit().map_err(|error| broken(path, error))?;
        Ok(done)
    }
}
