//! A store with one recipe and no engine: what the store itself must hold is shown on it.

use syncdeck::domain::connection::{Access, Connection, ConnectionState};
use syncdeck::domain::id::{LinkSetId, RecipeId, RemoteId, Side};
use syncdeck::domain::link::{Observed, Presence};
use syncdeck::domain::mapping::{FieldMap, Mapping};
use syncdeck::domain::recipe::{Conflicts, Container, Deletion, Direction, Recipe, RecipeState, Template};
use syncdeck::domain::schema::Form;
use syncdeck::domain::time::{MINUTE, Stamp};
use syncdeck::domain::value::Value;
use syncdeck::ports::{Step, Store};
use syncdeck::store::redb::RedbStore;

pub(crate) const BEGINS: i64 = 1_763_798_400_000; // 2025-11-22T08:00:00Z

pub(crate) fn connection(id: &str, state: ConnectionState, since: Stamp) -> Connection {
    Connection {
        state,
        since,
        reason: (state == ConnectionState::Revoked).then(|| "invalid_grant".into()),
        ..Connection::new(
            id,
            "default",
            Access::Monday {
                url: "http://boards.invalid".into(),
                version: "2026-10".into(),
                doubt_ms: 1_000,
                phone_country: None,
            },
            Stamp(BEGINS),
            "me",
        )
    }
}

fn recipe(now: Stamp) -> Recipe {
    Recipe {
        id: RecipeId(0),
        account: "default".into(),
        name: "Leads".into(),
        template: Template::RecordToItem,
        direction: Direction::FromSalesforce,
        pair: None,
        set: LinkSetId(0),
        salesforce: "sf".into(),
        target: "boards".into(),
        object: "Lead".into(),
        salesforce_key: None,
        container: Container {
            id: "1".into(),
            title: "Leads".into(),
            section: None,
            key_field: "key".into(),
        },
        condition: "".into(),
        mapping: Mapping {
            fields: vec![FieldMap {
                salesforce: "LastName".into(),
                target: "name".into(),
                form: Form::Text,
                group: None,
            }],
        },
        matching: Vec::new(),
        default_owner: None,
        deletion: Deletion::Archive,
        conflicts: Conflicts::SalesforceWins,
        backfill: true,
        every_ms: MINUTE,
        depends_on: Vec::new(),
        seasonal: false,
        state: RecipeState::Active,
        reason: None,
        since: now,
        before: None,
        created_at: now,
        created_by: "me".into(),
        gone: None,
        parents: Vec::new(),
    }
}

/// Returns a store that knows two connections and a recipe, and that recipe.
pub(crate) async fn begun(now: Stamp) -> (RedbStore, Recipe) {
    let store = RedbStore::in_memory().unwrap();
    for id in ["sf", "boards"] {
        let row = connection(id, ConnectionState::Valid, now);
        store.commit(Step::PutConnection(Box::new(row))).await.unwrap();
    }
    store.commit(Step::CreateRecipes(vec![recipe(now)])).await.unwrap();
    let recipe = store.read().unwrap().recipes().unwrap().remove(0);
    (store, recipe)
}

/// Returns what is seen of a record in Salesforce.
pub(crate) fn observed(set: LinkSetId, id: &str, name: &str, at: Stamp) -> Observed {
    Observed {
        set,
        side: Side::Salesforce,
        id: RemoteId::from(id),
        presence: Presence::Present,
        at,
        read: at,
        name: "Somebody".into(),
        values: vec![Value::text(name)],
        admitted: true,
        origin: None,
        survivor: None,
        heirs: Vec::new(),
    }
}
