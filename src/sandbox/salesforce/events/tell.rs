//! From what a commit changed to the events that tell it.

use std::collections::HashMap;

use axum::body::Bytes;

use super::super::org::Org;
use super::super::schema::{Object, at};
use super::super::store::{Change, Row};
use super::super::value::Value;
use super::shape::can_be_captured;
use super::{Log, avro};

/// One transaction tells at most so many changes; a larger one only tells that there were more.
const MOST: usize = 100_000;

/// The record id of an event that stands for all records.
const NO_RECORD: &str = "000000000000000AAA";

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Kind {
    Create,
    Update,
    Delete,
    Undelete,
    GapCreate,
    GapUpdate,
    GapDelete,
    GapUndelete,
    GapOverflow,
    Snapshot,
}

impl Kind {
    /// All kinds, in the order of the schema's enumeration.
    pub(super) const ALL: [Self; 10] = [
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Undelete,
        Self::GapCreate,
        Self::GapUpdate,
        Self::GapDelete,
        Self::GapUndelete,
        Self::GapOverflow,
        Self::Snapshot,
    ];

    /// The name in the schema.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
            Self::Undelete => "UNDELETE",
            Self::GapCreate => "GAP_CREATE",
            Self::GapUpdate => "GAP_UPDATE",
            Self::GapDelete => "GAP_DELETE",
            Self::GapUndelete => "GAP_UNDELETE",
            Self::GapOverflow => "GAP_OVERFLOW",
            Self::Snapshot => "SNAPSHOT",
        }
    }

    /// The gap event for a change with this name.
    pub(in super::super) fn gap(change: &str) -> Option<Self> {
        let gaps = [Self::GapCreate, Self::GapUpdate, Self::GapDelete, Self::GapUndelete];
        gaps.into_iter().find(|gap| gap.name().strip_prefix("GAP_") == Some(change))
    }
}

/// An event before it has its place in the log.
pub(super) struct Told {
    pub(super) object: usize,
    pub(super) schema_id: String,
    pub(super) payload: Bytes,
}

/// One change of one record, or the same change of several.
struct Draft {
    object: usize,
    kind: Kind,
    ids: Vec<String>,
    user: String,
    nulled: Vec<String>,
    changed: Vec<String>,
    body: Vec<u8>,
}

/// What all events of one commit have in common.
struct Commit<'a> {
    origin: &'a str,
    key: String,
    at: i64,
    number: i64,
}

/// The events of a commit, in the order of its changes.
pub(super) fn commit(log: &mut Log, org: &Org, changes: Vec<Change>, origin: &str, at: i64) -> Vec<Told> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut same: HashMap<(usize, Kind, Vec<u8>), usize> = HashMap::new();
    for change in first_states(changes) {
        let Some(draft) = draft(log, org, &change) else { continue };
        // Created records stand alone; the same change of several records is told once.
        let key = (draft.object, draft.kind, draft.body.clone());
        let known = same.get(&key).filter(|_| draft.kind != Kind::Create).and_then(|at| drafts.get_mut(*at));
        if let Some(known) = known {
            known.ids.extend(draft.ids);
            continue;
        }
        same.insert(key, drafts.len());
        drafts.push(draft);
    }
    if drafts.len() > MOST {
        let more = drafts.split_off(MOST);
        drafts.extend(overflow(log, org, &more));
    }
    if drafts.is_empty() {
        return Vec::new();
    }
    let commit = log.commit(origin, at);
    (1..).zip(drafts).filter_map(|(number, draft)| finish(log, org, &commit, number, &draft)).collect()
}

/// Events that only say that something happened.
pub(super) fn gap(log: &mut Log, org: &Org, object: usize, kind: Kind, ids: &[String], at: i64) -> Vec<Told> {
    let commit = log.commit("", at);
    let all = [NO_RECORD.to_owned()];
    let ids = if kind == Kind::GapOverflow { &all } else { ids };
    let drafts = ids.iter().filter_map(|id| empty(log, org, object, kind, id.clone()));
    let drafts: Vec<Draft> = drafts.collect();
    (1..).zip(drafts).filter_map(|(number, draft)| finish(log, org, &commit, number, &draft)).collect()
}

/// Every changed row once, as it was before the commit.
fn first_states(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = std::collections::HashSet::new();
    changes.into_iter().filter(|change| seen.insert((change.object, change.slot))).collect()
}

fn draft(log: &mut Log, org: &Org, change: &Change) -> Option<Draft> {
    let schema = org.store.schema();
    let object = schema.at(change.object)?;
    if !org.settings.captured.contains(object.name) || !can_be_captured(object.name) {
        return None;
    }
    // A purged row is no news: it was told when it went to the bin.
    let after = org.store.row(object, change.slot)?;
    let kind = match (change.before.as_ref().filter(|row| !row.purged), after.is_deleted()) {
        (None, false) => Kind::Create,
        (None, true) => return None,
        (Some(before), true) if before.is_deleted() => return None,
        (Some(_), true) => Kind::Delete,
        (Some(before), false) if before.is_deleted() => Kind::Undelete,
        (Some(_), false) => Kind::Update,
    };
    let shape = log.shape(schema, change.object)?;
    let mut body = Vec::with_capacity(128);
    let (mut nulled, mut changed) = (Vec::new(), Vec::new());
    match (kind, &change.before) {
        (Kind::Create | Kind::Undelete, _) => shape.write(&mut body, after, |_| true),
        (Kind::Update, Some(before)) => {
            let differs = |place: usize| place == at::MODIFIED || differs(object, before, after, place);
            shape.write(&mut body, after, differs);
            changed = shape.bitmaps(differs);
            nulled = shape.bitmaps(|place| differs(place) && after.get(place).is_null());
        }
        _ => shape.write(&mut body, after, |_| false),
    }
    let user = after.get(at::MODIFIED_BY).as_text().unwrap_or_default().to_owned();
    Some(Draft {
        object: change.object,
        kind,
        ids: vec![after.id().to_string()],
        user,
        nulled,
        changed,
        body,
    })
}

/// Does the field at this place hold another value than before.
fn differs(object: &Object, before: &Row, after: &Row, place: usize) -> bool {
    object.field(place).is_some() && before.get(place) != after.get(place)
}

fn empty(log: &mut Log, org: &Org, object: usize, kind: Kind, id: String) -> Option<Draft> {
    let shape = log.shape(org.store.schema(), object)?;
    let mut body = Vec::new();
    shape.write(&mut body, &Row::new(vec![Value::Null]), |_| false);
    let user = org.user(super::super::seed::ADMINISTRATOR).map_or_else(String::new, |(id, _)| id.to_string());
    Some(Draft { object, kind, ids: vec![id], user, nulled: Vec::new(), changed: Vec::new(), body })
}

/// One event per object that says there were more changes than are told.
fn overflow(log: &mut Log, org: &Org, drafts: &[Draft]) -> Vec<Draft> {
    let mut objects: Vec<usize> = drafts.iter().map(|draft| draft.object).collect();
    objects.sort_unstable();
    objects.dedup();
    let ends = objects.into_iter();
    ends.filter_map(|object| empty(log, org, object, Kind::GapOverflow, NO_RECORD.into())).collect()
}

fn finish(log: &mut Log, org: &Org, commit: &Commit<'_>, number: i64, draft: &Draft) -> Option<Told> {
    let shape = log.shape(org.store.schema(), draft.object)?;
    let object = org.store.schema().at(draft.object)?;
    let mut out = Vec::with_capacity(256 + draft.body.len());
    avro::text(&mut out, object.name);
    avro::texts(&mut out, &draft.ids);
    let kind = Kind::ALL.iter().position(|kind| *kind == draft.kind);
    avro::long(&mut out, i64::try_from(kind.unwrap_or(0)).unwrap_or(0));
    avro::text(&mut out, commit.origin);
    avro::text(&mut out, &commit.key);
    avro::long(&mut out, number);
    avro::long(&mut out, commit.at);
    avro::long(&mut out, commit.number);
    avro::text(&mut out, &draft.user);
    avro::texts(&mut out, &draft.nulled);
    avro::texts(&mut out, &[]);
    avro::texts(&mut out, &draft.changed);
    out.extend_from_slice(&draft.body);
    Some(Told { object: draft.object, schema_id: shape.id.clone(), payload: out.into() })
}

impl Log {
    fn commit<'a>(&mut self, origin: &'a str, at: i64) -> Commit<'a> {
        self.commits += self.chance.i64(1..50);
        Commit { origin, key: self.name(), at, number: self.commits }
    }
}
