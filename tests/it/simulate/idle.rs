//! An idle day: what ninety recipes cost when nobody changes anything, counted in simulated time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use syncdeck::domain::connection::{Access, Grant, Options};
use syncdeck::domain::draft::{ConnectionDraft, RecipeDraft};
use syncdeck::domain::recipe::{Conflicts, Deletion, Template};
use syncdeck::domain::time::{MINUTE, SECOND, Stamp};
use syncdeck::engine::acts::Caller;
use syncdeck::engine::{Engine, Pace, Parts};
use syncdeck::ports::{Clock, Remotes, Store, Vault};
use syncdeck::remote::Clients;
use syncdeck::store::redb::RedbStore;

use super::disk::Disk;
use super::life::{Drawer, Fate, Life, OwnClock, SimVault};
use super::net::SimNet;
use super::story::Story;
use super::world::World;

/// What the sandbox's org has; each object costs the same.
const OBJECTS: [&str; 5] = ["Lead", "Contact", "Account", "Opportunity", "Subscription__c"];
/// A poll every three minutes: on eight objects 3,840 calls.
const POLLS: usize = 480;
/// A world in which nobody does anything.
const STORY: &str =
    "row = 0\nname = \"an idle day\"\nseeds = { ci = 1, night = 1 }\nrecords = 4\nedits = 0\n";
const RECIPES: usize = 90;
const DAY: Duration = Duration::from_hours(24);

fn me() -> Caller {
    Caller { who: "tester".into(), from: "simulation".into() }
}

fn connection(id: &str, access: Access, secrets: &[(&str, String)]) -> ConnectionDraft {
    let secrets = secrets.iter().map(|(name, secret)| ((*name).to_owned(), secret.clone()));
    ConnectionDraft {
        id: id.into(),
        account: None,
        access,
        protected: false,
        options: Options::default(),
        event_bus: None,
        app: None,
        api_budget: None,
        secrets: secrets.collect::<BTreeMap<_, _>>(),
    }
}

fn recipe(number: usize) -> RecipeDraft {
    let object = OBJECTS[number % OBJECTS.len()];
    RecipeDraft {
        id: None,
        name: format!("Recipe {number}").into(),
        account: None,
        template: Template::RecordToItem,
        salesforce: "sf".into(),
        target: "monday".into(),
        object: object.into(),
        container: "Leads".into(),
        section: None,
        condition: "".into(),
        fields: vec![("Name".into(), "name".into())],
        matching: Vec::new(),
        default_owner: None,
        deletion: Deletion::Keep,
        conflicts: Conflicts::SalesforceWins,
        backfill: false,
        every_ms: Some(3 * MINUTE),
        seasonal: false,
        create_missing: false,
    }
}

async fn engine(world: &Arc<World>, fate: &Arc<Fate>) -> Engine {
    let life = Life::new(fate);
    let store: Arc<dyn Store> = Arc::new(RedbStore::open_with_backend(Disk::empty()).unwrap());
    let vault: Arc<dyn Vault> = Arc::new(SimVault { life: Arc::clone(&life), drawer: Drawer::default() });
    let clock: Arc<dyn Clock> = OwnClock::starting_at(Stamp::from(world.sandbox.clock().now()));
    let net = Arc::new(SimNet { life, world: Arc::clone(world) });
    let remotes: Arc<dyn Remotes> = Arc::new(Clients::over(net, Arc::clone(&vault), Arc::clone(&clock)));
    let engine = Engine::start(Parts {
        store,
        remotes,
        vault,
        clock,
        seed: 1,
        pace: Pace::default(),
        callback: syncdeck::engine::Callback::default(),
        packages: syncdeck::domain::doctor::Packages::default(),
    });
    let engine = engine.await.unwrap();
    let salesforce = Access::Salesforce {
        login_url: "http://salesforce.sim".into(),
        client_id: world.endpoint("salesforce", "/client_id").into(),
        grant: Grant::RefreshToken,
        version: "62.0".into(),
        sandbox: false,
        doubt_ms: 5 * SECOND,
    };
    let secrets = [
        ("client_secret", world.endpoint("salesforce", "/client_secret")),
        ("refresh_token", world.endpoint("salesforce", "/refresh_token")),
    ];
    engine.add_connection(connection("sf", salesforce, &secrets), &me()).await.unwrap();
    let monday = Access::Monday {
        url: "http://monday.sim/v2".into(),
        version: "2026-10".into(),
        doubt_ms: 5 * SECOND,
        phone_country: None,
    };
    let secrets = [("token", world.endpoint("monday", "/token"))];
    engine.add_connection(connection("monday", monday, &secrets), &me()).await.unwrap();
    engine
}

/// A day of polls is the bar; the logs of deletions, the daily count and the sessions' tokens are in it.
#[test]
fn an_idle_day_costs_no_more_than_its_polls() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let fate = Fate::new(1, &[]);
        let world = World::new(&toml::from_str::<Story>(STORY).unwrap(), &fate);
        let engine = engine(&world, &fate).await;
        for number in 0..RECIPES {
            engine
                .create_recipes(&recipe(number), false, &me())
                .await
                .unwrap_or_else(|why| panic!("{number}: {why:?}"));
        }
        // The day begins once everything has come to rest.
        tokio::time::sleep(Duration::from_mins(10)).await;
        let before = world.sandbox.recorder().last();
        tokio::time::sleep(DAY).await;
        let data = |system: &str, endpoint: &str| system == "salesforce" && !endpoint.contains("/oauth2");
        let calls = world.calls(before, data);
        let logs = world.calls(before, |_, endpoint| endpoint.ends_with("/composite"));
        engine.stop(0).await;
        println!("an idle day: {calls} calls to Salesforce, {logs} of them with the log of deletions");
        assert!(calls <= POLLS * OBJECTS.len(), "{calls} calls");
        assert!(calls >= (POLLS - 2) * OBJECTS.len(), "nobody looks every three minutes: {calls} calls");
        assert!(logs >= OBJECTS.len() * 22, "the log of deletions is read about once an hour: {logs}");
    });
}
