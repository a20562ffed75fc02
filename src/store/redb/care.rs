//! Care of the data file: verifying it, copying it while it is in use, shrinking it.

use std::collections::BTreeMap;
use std::path::Path;

use redb::{
    Database, Key, ReadTransaction, ReadableDatabase as _, ReadableTable, ReadableTableMetadata,
    TableDefinition,
};

use super::codec::{Fault, broken, decode};
use super::journal::{self, Kind};
use super::shelf::intact;
use super::{CACHE, FORMAT, opening, tables as t};
use crate::domain::connection::Connection;
use crate::domain::ledger::{Entry, ErrorRecord, ErrorState};
use crate::domain::link::{Link, Pending};
use crate::domain::recipe::Recipe;
use crate::ports::{AuditEntry, Group, StoreError};

/// What was found in a data file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// How many rows of each kind there are.
    pub rows: BTreeMap<&'static str, u64>,
    /// What is wrong, one sentence each; nothing when all is well.
    pub problems: Vec<String>,
}

/// Verifies a data file that nobody uses: its pages, every row, and what is folded from the ledger.
///
/// # Errors
/// The file is in use, or cannot be opened at all.
pub fn check(path: &Path) -> Result<Health, StoreError> {
    intact(path, || verify(path))
}

fn verify(path: &Path) -> Result<Health, StoreError> {
    let mut database =
        Database::builder().set_cache_size(CACHE).open(path).map_err(|error| opening(path, error))?;
    let mut health = Health::default();
    match database.check_integrity() {
        Ok(true) => {}
        Ok(false) => health.problems.push("the file was damaged and has been repaired".into()),
        Err(error) => {
            health.problems.push(format!("the file is damaged: {error}"));
            return Ok(health);
        }
    }
    let read = database.begin_read().map_err(|error| broken(path, error))?;
    inspect(&read, &mut health).map_err(|fault| fault.told(path))?;
    Ok(health)
}

fn inspect(read: &ReadTransaction, health: &mut Health) -> Result<(), Fault> {
    let format = read.open_table(t::META)?.get("format")?.map(|row| row.value());
    if format != Some(FORMAT) {
        health.problems.push(format!("the file has format {format:?}; this version writes {FORMAT}"));
        return Ok(());
    }
    rows::<&str, Connection>(read, t::CONNECTIONS, "connections", health)?;
    rows::<u32, Recipe>(read, t::RECIPES, "recipes", health)?;
    rows::<u64, Link>(read, t::LINKS, "links", health)?;
    rows::<(u32, u64), Pending>(read, t::PENDING, "pending", health)?;
    rows::<u64, ErrorRecord>(read, t::ERRORS, "errors", health)?;
    rows::<u64, Entry>(read, t::LEDGER, "ledger", health)?;
    rows::<u64, AuditEntry>(read, t::AUDIT, "audit", health)?;
    chained(read, health)?;
    folded(read, health)?;
    grouped(read, health)?;
    remembered(read, health)?;
    health.problems.extend(audit_problems(read)?);
    Ok(())
}

/// Reads every row of a table.
fn rows<K: Key + 'static, T: serde::de::DeserializeOwned>(
    read: &ReadTransaction,
    table: TableDefinition<'static, K, &'static [u8]>,
    what: &'static str,
    health: &mut Health,
) -> Result<(), Fault> {
    let (mut good, mut bad) = (0, 0);
    for row in read.open_table(table)?.iter()? {
        match decode::<T>(row?.1.value(), what) {
            Ok(_) => good += 1,
            Err(_) => bad += 1_u64,
        }
    }
    health.rows.insert(what, good);
    if bad > 0 {
        health.problems.push(format!("{bad} rows of {what} cannot be read"));
    }
    Ok(())
}

/// Looks whether every entry is found from its link.
fn chained(read: &ReadTransaction, health: &mut Health) -> Result<(), Fault> {
    // Data of an earlier version has no chains yet.
    let Ok(newest) = read.open_table(t::LEDGER_NEWEST) else { return Ok(()) };
    let before = read.open_table(t::LEDGER_BEFORE)?;
    let mut last = BTreeMap::new();
    let mut missing = 0_u64;
    for row in read.open_table(t::LEDGER)?.iter()? {
        let (seq, row) = row?;
        let Ok(entry) = decode::<Entry>(row.value(), "a ledger entry") else { continue };
        if let Some(earlier) = last.insert(entry.link.0, seq.value()) {
            missing += u64::from(before.get(seq.value())?.is_none_or(|before| before.value() != earlier));
        }
    }
    for (link, seq) in last {
        missing += u64::from(newest.get(link)?.is_none_or(|newest| newest.value() != seq));
    }
    if missing > 0 {
        health.problems.push(format!("{missing} entries of the ledger are not found from their record"));
    }
    Ok(())
}

/// Folds the ledger again and compares the counters.
fn folded(read: &ReadTransaction, health: &mut Health) -> Result<(), Fault> {
    let mut again: BTreeMap<(u32, u32, u8, u8), u64> = BTreeMap::new();
    for row in read.open_table(t::LEDGER)?.iter()? {
        let Ok(entry) = decode::<Entry>(row?.1.value(), "a ledger entry") else { continue };
        if let Some(key) = super::fold::counter(&entry) {
            *again.entry(key).or_default() += 1;
        }
    }
    let mut wrong = 0_u64;
    let mut sums: BTreeMap<(u32, u8, u8), u64> = BTreeMap::new();
    for row in read.open_table(t::COUNTERS)?.iter()? {
        let (key, count) = row?;
        let (_, recipe, direction, what) = key.value();
        *sums.entry((recipe, direction, what)).or_default() += count.value();
        let counted = again.remove(&key.value()).unwrap_or(0);
        // Lines that retention has trimmed are still counted.
        wrong += u64::from(counted > count.value());
    }
    if wrong + again.len() as u64 > 0 {
        health
            .problems
            .push(format!("{} counters are less than the ledger says", wrong + again.len() as u64));
    }
    // Data of an earlier version has no totals yet; hours that were let go of are still in them.
    let Ok(totals) = read.open_table(t::TOTALS) else { return Ok(()) };
    let mut less = 0_u64;
    for (key, sum) in sums {
        less += u64::from(totals.get(key)?.is_none_or(|total| total.value() < sum));
    }
    if less > 0 {
        health.problems.push(format!("{less} totals are less than their hours say"));
    }
    Ok(())
}

/// Sums the errors again and compares the causes.
fn grouped(read: &ReadTransaction, health: &mut Health) -> Result<(), Fault> {
    let mut again: BTreeMap<String, u64> = BTreeMap::new();
    for row in read.open_table(t::ERRORS)?.iter()? {
        let Ok(error) = decode::<ErrorRecord>(row?.1.value(), "an error") else { continue };
        if error.state != ErrorState::Resolved {
            *again.entry(error.group.as_str().to_owned()).or_default() += 1;
        }
    }
    let mut wrong = Vec::new();
    for row in read.open_table(t::GROUPS)?.iter()? {
        let Ok(group) = decode::<Group>(row?.1.value(), "a cause") else { continue };
        if again.remove(group.id.as_str()).unwrap_or(0) != group.total() {
            wrong.push(group.id.as_str().to_owned());
        }
    }
    wrong.extend(again.into_keys());
    if !wrong.is_empty() {
        health
            .problems
            .push(format!("the sums of these causes are not those of their errors: {}", wrong.join(", ")));
    }
    Ok(())
}

/// Reads everything that is remembered of the past, and compares its ends with the present.
fn remembered(read: &ReadTransaction, health: &mut Health) -> Result<(), Fault> {
    // Data of an earlier version has no past.
    let Ok(past) = read.open_table(t::PAST) else { return Ok(()) };
    let (mut good, mut bad) = (0, 0_u64);
    let mut ends: BTreeMap<(u8, String), Vec<u8>> = BTreeMap::new();
    for row in past.iter()? {
        let (key, row) = row?;
        let (code, thing, _) = key.value();
        if journal::reads(code, row.value()) {
            good += 1;
        } else {
            bad += 1;
        }
        ends.insert((code, thing.to_owned()), row.value().to_vec());
    }
    health.rows.insert("past", good);
    if bad > 0 {
        health.problems.push(format!("{bad} rows of the past cannot be read"));
    }
    let mut wrong = Vec::new();
    let (groups, jobs, recipes) =
        (read.open_table(t::GROUPS)?, read.open_table(t::JOBS)?, read.open_table(t::RECIPES)?);
    for ((code, thing), end) in ends {
        let number = thing.parse::<u64>().unwrap_or(0);
        let present = match Kind::ALL.into_iter().find(|kind| kind.code() == code) {
            Some(Kind::Group) => groups.get(thing.as_str())?,
            Some(Kind::Job) => jobs.get(number)?,
            Some(Kind::Recipe) => recipes.get(u32::try_from(number).unwrap_or(0))?,
            _ => continue,
        };
        if present.map_or_else(Vec::new, |row| row.value().to_vec()) != end {
            wrong.push(thing);
        }
    }
    if !wrong.is_empty() {
        health.problems.push(format!("the past of these does not end as they stand: {}", wrong.join(", ")));
    }
    Ok(())
}

/// Returns what is wrong with the chain that seals the audit log.
pub(super) fn audit_problems(read: &ReadTransaction) -> Result<Vec<String>, Fault> {
    let (lines, seals) = (read.open_table(t::AUDIT)?, read.open_table(t::AUDIT_SEALS)?);
    let mut problems = Vec::new();
    let mut chain = [0; 32];
    let mut expected = 1;
    for row in lines.iter()? {
        let (seq, line) = row?;
        let seq = seq.value();
        if seq != expected {
            problems.push(format!("audit lines {expected} to {} are missing", seq - 1));
        }
        expected = seq + 1;
        let next = seal(&chain, seq, line.value());
        let known = seals.get(seq)?.map(|seal| seal.value());
        if known != Some(next) {
            problems.push(format!("audit line {seq} is not what was written"));
        }
        // After a break each line is judged by its own neighbour, so that one change is told once.
        chain = known.unwrap_or(next);
    }
    let newest = read.open_table(t::META)?.get("audit")?.map_or(0, |row| row.value());
    if newest >= expected {
        problems.push(format!("audit lines {expected} to {newest} are missing"));
    }
    Ok(problems)
}

/// Returns the seal of an audit line: a digest of it and of everything before.
pub(super) fn seal(before: &[u8; 32], seq: u64, line: &[u8]) -> [u8; 32] {
    let mut digest = ring::digest::Context::new(&ring::digest::SHA256);
    digest.update(before);
    digest.update(&seq.to_be_bytes());
    digest.update(line);
    let mut seal = [0; 32];
    seal.iter_mut().zip(digest.finish().as_ref()).for_each(|(to, from)| *to = *from);
    seal
}

/// Shrinks a data file that nobody uses; returns its size in bytes before and after.
///
/// # Errors
/// The file is in use, or cannot be opened or written.
pub fn compact(path: &Path) -> Result<(u64, u64), StoreError> {
    let size = || std::fs::metadata(path).map_or(0, |file| file.len());
    let before = size();
    intact(path, || shrink(path))?;
    Ok((before, size()))
}

fn shrink(path: &Path) -> Result<(), StoreError> {
    let mut database =
        Database::builder().set_cache_size(CACHE).open(path).map_err(|error| opening(path, error))?;
    // Each pass moves pages towards the front; it says when there is nothing left to move.
    for _ in 0..32 {
        let moved = database.compact().map_err(|error| StoreError::Broken {
            path: path.display().to_string(),
            why: error.to_string(),
        })?;
        if !moved {
            break;
        }
    }
    Ok(())
}

/// The row of the data about the data that says that they are a copy.
pub(super) const COPIED: &str = "copied";

/// Copies everything that `read` sees into a new file, which knows that it is a copy.
pub(super) fn copy(read: &ReadTransaction, to: &Path) -> Result<(), Fault> {
    let failed = |error: redb::DatabaseError| Fault::Refused(opening(to, error));
    let database = Database::builder().create(to).map_err(failed)?;
    let write = database.begin_write().map_err(|error| Fault::File(error.into()))?;
    macro_rules! tables {
        ($($table:expr),* $(,)?) => {$({
            let mut target = write.open_table($table)?;
            // A table that was never written is not there.
            if let Ok(source) = read.open_table($table) {
                for row in source.iter()? {
                    let (key, value) = row?;
                    target.insert(key.value(), value.value())?;
                }
            }
        })*};
    }
    tables!(
        t::META,
        t::ACCOUNTS,
        t::CONNECTIONS,
        t::RECIPES,
        t::ACTIVITY,
        t::SCHEMAS,
        t::CHECKPOINTS,
        t::PEOPLE,
        t::LINKS,
        t::BY_REMOTE,
        t::PENDING,
        t::WAITS,
        t::WAITED_FOR,
        t::HELD,
        t::BRAKES,
        t::ERRORS,
        t::SNOOZED,
        t::GROUPS,
        t::GROUP_ERRORS,
        t::LEDGER,
        t::LEDGER_NEWEST,
        t::LEDGER_BEFORE,
        t::LEDGER_FAILED,
        t::COUNTERS,
        t::TOTALS,
        t::CALLS,
        t::CALLS_FOR,
        t::JOBS,
        t::AUDIT,
        t::AUDIT_SEALS,
        t::PAST,
        t::PAST_ERRORS,
    );
    write.open_table(t::META)?.insert(COPIED, 1)?;
    let known = write.list_tables()?.count();
    let there = read.list_tables()?.count();
    write.commit().map_err(|error| Fault::File(error.into()))?;
    if there > known {
        return Err(Fault::Row("a table that the copy does not know"));
    }
    Ok(())
}

/// Returns how many lines the audit log has.
pub(super) fn audit_lines(read: &ReadTransaction) -> Result<u64, Fault> {
    Ok(read.open_table(t::AUDIT)?.len()?)
}
