//! Recipes: what they say, what state they are in, and the limit on their number.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, ConnectionId, ContainerId, FieldName, LinkSetId, ObjectName, RecipeId, Side};
use super::mapping::Mapping;
use super::time::{Day, Stamp};

/// The most Salesforce recipes an account may have, unless it is set otherwise.
pub const DEFAULT_LIMIT: u32 = 90;

/// How many days a deleted recipe can be restored.
pub const RESTORABLE_DAYS: i64 = 30;

/// Which way a recipe carries changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A Salesforce record creates or updates its counterpart.
    FromSalesforce,
    /// A record of the other system creates or updates a Salesforce record.
    ToSalesforce,
}

impl Direction {
    /// Returns the side whose changes are read.
    pub fn source(self) -> Side {
        match self {
            Self::FromSalesforce => Side::Salesforce,
            Self::ToSalesforce => Side::Other,
        }
    }

    /// Returns the side that is written.
    pub fn target(self) -> Side {
        match self {
            Self::FromSalesforce => Side::Other,
            Self::ToSalesforce => Side::Salesforce,
        }
    }
}

/// What a recipe is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecipeState {
    /// It runs.
    Active,
    /// A person stopped it.
    Paused,
    /// Its connection needs a person first.
    Suspended,
    /// It is gone, but can be restored for a while.
    Deleted,
}

impl RecipeState {
    /// Returns its name, which is never translated.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
        }
    }
}

/// The ready-made kinds of recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// When a record meets the conditions, create an item and sync all later changes from Salesforce.
    RecordToItem,
    /// When an item is created or changed, create a record and sync all later changes from the board.
    ItemToRecord,
    /// Both of the above, as a pair.
    TwoWayItem,
}

impl Template {
    /// Every template, by the name that files use.
    pub const ALL: [(&'static str, Self); 3] = [
        ("record-to-item", Self::RecordToItem),
        ("item-to-record", Self::ItemToRecord),
        ("two-way-item", Self::TwoWayItem),
    ];

    /// Returns the template of one half of a pair that has lost the other.
    #[must_use]
    pub fn alone(direction: Direction) -> Self {
        match direction {
            Direction::FromSalesforce => Self::RecordToItem,
            Direction::ToSalesforce => Self::ItemToRecord,
        }
    }

    /// Returns the directions of the recipes that this template makes: one, or two for a pair.
    pub fn directions(self) -> &'static [Direction] {
        match self {
            Self::RecordToItem => &[Direction::FromSalesforce],
            Self::ItemToRecord => &[Direction::ToSalesforce],
            Self::TwoWayItem => &[Direction::FromSalesforce, Direction::ToSalesforce],
        }
    }
}

/// What happens to the counterpart of a deleted record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deletion {
    /// It is deleted as well.
    Delete,
    /// It is archived.
    #[default]
    Archive,
    /// It stays, and the link ends.
    Keep,
}

/// Who is right when the same field was changed on both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflicts {
    /// The Salesforce value.
    #[default]
    SalesforceWins,
    /// The value that was changed last.
    NewestWins,
    /// The other system's value.
    OtherWins,
    /// Nobody until a person decides.
    Hold,
}

/// Where a recipe's records live in the other system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// The system's own id of it.
    pub id: ContainerId,
    /// What people call it.
    pub title: Arc<str>,
    /// The part of it into which new records go, where the system has such parts (a monday group).
    pub section: Option<Arc<str>>,
    /// The field that holds the Salesforce id inside the remote record: the origin key.
    pub key_field: FieldName,
}

/// One standing rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Its id, never reused.
    pub id: RecipeId,
    /// Whose it is.
    pub account: AccountId,
    /// What people call it.
    pub name: Arc<str>,
    /// What it was made from.
    pub template: Template,
    /// Which way it carries changes.
    pub direction: Direction,
    /// The other half of a two-way pair.
    pub pair: Option<RecipeId>,
    /// The links it works on, which it shares with its other half.
    pub set: LinkSetId,
    /// The Salesforce connection.
    pub salesforce: ConnectionId,
    /// The connection of the other system.
    pub target: ConnectionId,
    /// The Salesforce object.
    pub object: ObjectName,
    /// The field of it that holds the id of the other system's record: the origin key of what is made in Salesforce.
    /// Only recipes that write to Salesforce have one.
    pub salesforce_key: Option<FieldName>,
    /// The other side's container.
    pub container: Container,
    /// The condition that a record must meet to be taken in, in the filter language; empty for all.
    pub condition: Arc<str>,
    /// The fields.
    pub mapping: Mapping,
    /// The mapped fields, by position, by which an existing counterpart is recognised before one is made; none where
    /// nothing is looked for.
    pub matching: Vec<u16>,
    /// Who owns what belongs to somebody without a link, by id, login or e-mail address on either side; whoever we sign
    /// in as where nobody is named.
    pub default_owner: Option<Arc<str>>,
    /// What happens to the counterpart of a deleted record.
    pub deletion: Deletion,
    /// Who wins a conflict.
    pub conflicts: Conflicts,
    /// Whether records that exist already are taken in, or only those created or changed from now on.
    pub backfill: bool,
    /// How often it looks for changes, in milliseconds.
    pub every_ms: i64,
    /// Recipes that this one needs.
    pub depends_on: Vec<RecipeId>,
    /// Whether it is known to sleep for most of the year.
    pub seasonal: bool,
    /// What it is doing.
    pub state: RecipeState,
    /// Why it is not running, as a code (`paused_by_person`, `connection_revoked`, `awaiting_resume`).
    pub reason: Option<Arc<str>>,
    /// Since when it is in that state.
    pub since: Stamp,
    /// What it was doing before it was deleted: an undo brings that back as well.
    pub before: Option<Standing>,
    /// When it was made.
    pub created_at: Stamp,
    /// By whom.
    pub created_by: Arc<str>,
    /// What it needs and is no longer there: it does nothing before that is back. Rows that were written before have
    /// none.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub gone: Option<Gone>,
    /// The mapped fields that point to records of other recipes. Rows that were written before have none.
    #[serde(default, deserialize_with = "crate::domain::tail::or_default")]
    pub parents: Vec<Parent>,
}

/// A mapped field that points to a record with a counterpart of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Its position in the mapping.
    pub field: u16,
    /// The objects that the Salesforce field may point to.
    pub objects: Vec<ObjectName>,
    /// The containers that the other side's field may point to.
    pub containers: Vec<ContainerId>,
}

/// What kind of thing a recipe needs and does not find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lacking {
    /// The other side's container.
    Container,
    /// The Salesforce object.
    Object,
    /// A field or column, on either side.
    Field,
    /// Fields that are there, but that no longer go together, or can no longer be written: one is of another type.
    Type,
}

impl Lacking {
    /// Returns the code of it: the reason of a recipe that is suspended because of it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Container => "container_gone",
            Self::Object => "object_gone",
            Self::Field => "field_gone",
            Self::Type => "field_changed",
        }
    }
}

/// Something that a recipe needs and that is no longer there: deleted, archived, or hidden from the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// What it is.
    pub what: Lacking,
    /// On which side it was.
    pub side: Side,
    /// What it is called; fields by the names that their system gives them, several with commas between them.
    pub name: Arc<str>,
    /// When it was found to be gone.
    pub since: Stamp,
}

/// A state, why, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The state.
    pub state: RecipeState,
    /// Why, as a code.
    pub reason: Option<Arc<str>>,
    /// Since when.
    pub since: Stamp,
}

/// What may be changed about a recipe while it goes on: whatever its links do not depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What people call it.
    pub name: Arc<str>,
    /// What happens to the counterpart of a deleted record.
    pub deletion: Deletion,
    /// Who wins a conflict.
    pub conflicts: Conflicts,
    /// How often it looks for changes, in milliseconds; `None` leaves that as it is.
    pub every_ms: Option<i64>,
    /// Whether it is known to sleep for most of the year.
    pub seasonal: bool,
}

impl Recipe {
    /// Returns whether the recipe counts towards the limit: all but deleted ones do.
    pub fn counts(&self) -> bool {
        self.state != RecipeState::Deleted
    }

    /// Returns the field in which a record on `side` carries the id of its origin.
    pub fn key_field(&self, side: Side) -> Option<&FieldName> {
        match side {
            Side::Other => Some(&self.container.key_field),
            Side::Salesforce => self.salesforce_key.as_ref(),
        }
    }

    /// Returns whether what `parent`, a field of this recipe, points to has its counterparts by way of `other`.
    pub fn finds(&self, parent: &Parent, other: &Self) -> bool {
        other.counts() && self.points(parent, other)
    }

    /// As [`Recipe::finds`], also where `other` has been deleted.
    pub fn points(&self, parent: &Parent, other: &Self) -> bool {
        other.salesforce == self.salesforce
            && other.target == self.target
            && parent.objects.contains(&other.object)
            && parent.containers.contains(&other.container.id)
    }

    /// Returns whether the recipe uses `connection` on either side.
    pub fn uses(&self, connection: &ConnectionId) -> bool {
        self.salesforce == *connection || self.target == *connection
    }
}

/// What a recipe has done, kept apart from the rule because it changes all the time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When its last run ended.
    pub last_run_at: Option<Stamp>,
    /// When it last carried a change across.
    pub last_change_at: Option<Stamp>,
    /// Up to when it is known to be in step with the source.
    pub in_step_to: Option<Stamp>,
    /// When its first load ended.
    pub loaded_at: Option<Stamp>,
    /// How many changes it carried in each month, counted from year 0; the last two years and a bit.
    #[serde(default, deserialize_with = "super::tail::or_default")]
    pub months: BTreeMap<u32, u32>,
}

/// So many months are kept.
const MONTHS: usize = 26;

impl Activity {
    /// Notes changes that were carried across, the last of them at a time of the same month as the others.
    pub fn changed(&mut self, at: Stamp, count: u32) {
        self.last_change_at = self.last_change_at.max(Some(at));
        let sum = self.months.entry(month(at)).or_default();
        *sum = sum.saturating_add(count);
        if self.months.len() > MONTHS {
            self.months.pop_first();
        }
    }
}

/// Returns the month of a moment, UTC, counted from year 0.
pub fn month(at: Stamp) -> u32 {
    let date = Day::of(at).date();
    u32::from(date.year().unsigned_abs()) * 12 + u32::from(date.month().unsigned_abs()) - 1
}

/// A creation that would exceed the recipe limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverLimit {
    /// The account's limit.
    pub limit: u32,
    /// How many of it are in use.
    pub used: u32,
}

/// Decides whether `adding` more recipes fit.
///
/// # Errors
/// [`OverLimit`] when they do not.
pub fn admit(used: u32, adding: u32, limit: u32) -> Result<(), OverLimit> {
    if used.saturating_add(adding) > limit { Err(OverLimit { limit, used }) } else { Ok(()) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::mapping::FieldMap;
    use crate::domain::schema::Form;
    use crate::domain::time::DAY;

    /// A recipe that has carried leads to a board since day 100: a name, an owner and a parent.
    pub(in crate::domain) fn recipe(id: u32) -> Recipe {
        let field = |salesforce: &str, target: &str, form| FieldMap {
            salesforce: salesforce.into(),
            target: target.into(),
            form,
            group: None,
        };
        let fields = vec![
            field("Name", "name", Form::Text),
            field("OwnerId", "person", Form::Owner),
            field("Account__c", "relation", Form::Parent),
        ];
        let since = Stamp(100 * DAY);
        Recipe {
            id: RecipeId(id),
            account: "default".into(),
            name: "Leads".into(),
            template: Template::RecordToItem,
            direction: Direction::FromSalesforce,
            pair: None,
            set: LinkSetId(1),
            salesforce: "sf".into(),
            target: "monday".into(),
            object: "Lead".into(),
            salesforce_key: None,
            container: Container {
                id: "board".into(),
                title: "Leads".into(),
                section: None,
                key_field: "key".into(),
            },
            condition: "".into(),
            mapping: Mapping { fields },
            matching: Vec::new(),
            default_owner: None,
            deletion: Deletion::Archive,
            conflicts: Conflicts::SalesforceWins,
            backfill: false,
            every_ms: 60_000,
            depends_on: Vec::new(),
            seasonal: false,
            state: RecipeState::Active,
            reason: None,
            since,
            before: None,
            created_at: since,
            created_by: "mia".into(),
            gone: None,
            parents: Vec::new(),
        }
    }

    #[test]
    fn a_deleted_recipe_neither_counts_nor_finds_parents() {
        let child = recipe(1);
        let parent = |objects: &[&str], containers: &[&str]| Parent {
            field: 2,
            objects: objects.iter().map(|object| (*object).into()).collect(),
            containers: containers.iter().map(|board| (*board).into()).collect(),
        };
        let points = parent(&["Account", "Lead"], &["board", "b2"]);
        let mut other = recipe(2);
        assert!(other.counts() && child.points(&points, &other) && child.finds(&points, &other));
        for wrong in [parent(&["Account"], &["board"]), parent(&["Lead"], &["b2"]), parent(&[], &[])] {
            assert!(!child.points(&wrong, &other) && !child.finds(&wrong, &other), "{wrong:?}");
        }
        other.state = RecipeState::Deleted;
        assert!(!other.counts() && !child.finds(&points, &other), "nobody makes counterparts any more");
        assert!(child.points(&points, &other), "but it did");
        let elsewhere: [fn(&mut Recipe); 2] =
            [|it| it.salesforce = "sf2".into(), |it| it.target = "monday2".into()];
        for change in elsewhere {
            let mut other = recipe(2);
            change(&mut other);
            assert!(!child.points(&points, &other) && !child.finds(&points, &other));
        }
    }

    #[test]
    fn a_recipe_uses_the_connections_of_both_sides() {
        let uses = |connection: &str| recipe(1).uses(&connection.into());
        assert_eq!(["sf", "monday", "sf2"].map(uses), [true, true, false]);
    }

    #[test]
    fn every_side_has_a_key_of_its_own() {
        let mut recipe = recipe(1);
        assert_eq!(recipe.key_field(Side::Other), Some(&"key".into()));
        assert_eq!(recipe.key_field(Side::Salesforce), None, "it writes nothing there");
        recipe.salesforce_key = Some("Key__c".into());
        assert_eq!(recipe.key_field(Side::Salesforce), Some(&"Key__c".into()));
    }

    #[test]
    fn months_are_counted_from_the_year_0() {
        let month = |text: &str| month(text.parse().unwrap());
        let counted = ["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2025-12-31T23:59:59Z"].map(month);
        assert_eq!(counted, [24_312, 24_313, 24_311]);
    }

    /// They stand in files, in JSON and in the reasons of suspended recipes.
    #[test]
    fn every_state_template_and_lack_has_its_word() {
        use RecipeState::{Active, Deleted, Paused, Suspended};
        assert_eq!(
            [Active, Paused, Suspended, Deleted].map(RecipeState::name),
            ["active", "paused", "suspended", "deleted"]
        );
        for state in [Active, Paused, Suspended, Deleted] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
        for (name, template) in Template::ALL {
            assert_eq!(serde_json::to_value(template).unwrap(), name);
        }
        let directions = Template::ALL.map(|(_, template)| template.directions().len());
        assert_eq!(directions, [1, 1, 2]);
        for direction in [Direction::FromSalesforce, Direction::ToSalesforce] {
            assert_eq!(Template::alone(direction).directions(), [direction]);
        }
        let lacking = [Lacking::Container, Lacking::Object, Lacking::Field, Lacking::Type];
        assert_eq!(
            lacking.map(Lacking::code),
            ["container_gone", "object_gone", "field_gone", "field_changed"]
        );
    }

    #[test]
    fn the_limit_admits_exactly_so_many() {
        assert_eq!(admit(89, 1, 90), Ok(()));
        assert_eq!(admit(90, 1, 90), Err(OverLimit { limit: 90, used: 90 }));
        assert_eq!(admit(89, 2, 90), Err(OverLimit { limit: 90, used: 89 }), "a pair is both or neither");
    }
}
