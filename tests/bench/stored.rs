//! Figures of the store alone: the durable steps of operations, and reading the ledger that they leave.

use std::sync::Arc;
use std::time::{Duration, Instant};

use syncdeck::domain::filter::Filter;
use syncdeck::domain::id::{LinkId, RemoteId, Side};
use syncdeck::domain::link::{Intent, Observed, Presence};
use syncdeck::domain::plan::{Policy, Verdict, plan};
use syncdeck::domain::recipe::Recipe;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::time::Stamp;
use syncdeck::domain::value::Value;
use syncdeck::ports::{Checkpoint, LedgerAsk, Step, Store, StreamId};
use syncdeck::store::redb::RedbStore;

use crate::support::{Bench, LEADS};
use crate::{at, number};

/// Links of one batch, as a lane takes them on.
const BATCH: usize = 400;

/// What people look for: everything, what is common, what is rare, and what is nowhere.
const FILTERS: [&str; 9] = [
    "",
    "recipe:r1",
    "obj:Lead dir:from",
    "id:00Q000000003199AAA",
    "Record 3199",
    "by:nobody",
    "class:LOCK",
    "nowhere",
    "since:1h updated",
];

/// After so many operations it is told how fast they went: the fuller the ledger, the slower.
const TOLD: usize = 100_000;

/// Batches under way at a time: their commits are shared.
const ABREAST: usize = 8;

fn observed(recipe: &Recipe, record: usize, line: usize, now: Stamp) -> Observed {
    let name: Arc<str> = format!("Record {record}").into();
    Observed {
        set: recipe.set,
        side: Side::Salesforce,
        id: RemoteId::from(format!("00Q000000{record:06}AAA").as_str()),
        presence: Presence::Present,
        at: now,
        read: now,
        name: Arc::clone(&name),
        values: vec![Value::text(&name), Value::text("Company"), Value::text(format!("Title {line}"))],
        admitted: true,
        origin: None,
        survivor: None,
        heirs: Vec::new(),
    }
}

/// Between two changes of a record. A link remembers for ten minutes what was replaced in it, to see what puts it back:
/// with one change a second it would be that memory that is measured.
const ROUND_MS: i64 = 11 * 60 * 1_000;

/// Returns the time of a round.
fn now(line: usize) -> Stamp {
    Stamp(1_763_800_000_000 + i64::try_from(line).unwrap() * ROUND_MS)
}

/// Carries one batch of records through its steps, and tells how long announcing and settling took.
async fn carry(
    store: Arc<RedbStore>,
    recipe: Arc<Recipe>,
    records: std::ops::Range<usize>,
    line: usize,
) -> Duration {
    let policy = Policy::of([&*recipe], |_| true).unwrap();
    let now = now(line);
    let stream = StreamId { connection: recipe.salesforce.clone(), container: recipe.object.as_str().into() };
    let rows = records.clone().map(|record| observed(&recipe, record, line, now)).collect();
    let step = Step::Observe { stream, checkpoint: Checkpoint::default(), rows, ran: None, now };
    let links: Vec<LinkId> =
        store.commit(step).await.unwrap().pending.into_iter().map(|(_, link, _)| link).collect();
    let intents = {
        let view = store.read().unwrap();
        let intent = |id: &LinkId| {
            let tied = view.link(*id).unwrap().unwrap();
            let Verdict::Do(operation) = plan(&tied, &policy) else { panic!("nothing to do") };
            (*id, Intent { rev: tied.rev, operation, at: now, doubt: None })
        };
        links.iter().map(intent).collect()
    };
    let began = Instant::now();
    store.commit(Step::Intend { intents }).await.unwrap();
    let done = |(record, link): (usize, LinkId)| {
        (link, Answer::Done { id: RemoteId::from(format!("9{record:09}").as_str()), at: Some(now) }, 12)
    };
    let ends = records.zip(links).map(done).collect();
    store.commit(Step::Settle { ends, now, seed: 1 }).await.unwrap();
    began.elapsed()
}

/// Operations settled per second, and pages of the ledger that came of them.
pub(crate) async fn settle_and_ledger() {
    let bench = Bench::start(0);
    {
        let engine = bench.serve();
        bench.connect();
        let path = bench.file("leads.toml", &LEADS.replace("every = \"1s\"", "every = \"1h\""));
        bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
        bench.in_step();
        drop(engine);
    }
    let store = Arc::new(RedbStore::open(&bench.data().join("syncdeck.redb")).unwrap());
    let recipe = Arc::new(store.read().unwrap().recipes().unwrap().remove(0));
    let lines = number("BENCH_LINES", 1_000_000);
    let round = BATCH * ABREAST;
    let (mut settled, mut busy) = (0, Duration::ZERO);
    for line in 0.. {
        if settled >= lines {
            break;
        }
        let batch = |at: usize| {
            tokio::spawn(carry(Arc::clone(&store), Arc::clone(&recipe), at * BATCH..(at + 1) * BATCH, line))
        };
        let batches: Vec<_> = (0..ABREAST).map(batch).collect();
        let mut longest = Duration::ZERO;
        for batch in batches {
            longest = longest.max(batch.await.unwrap());
        }
        settled += round;
        busy += longest;
        if settled % TOLD < round {
            println!(
                "announced and settled, durable, {ABREAST} batches of {BATCH} at a time: {:.0} operations/s, \
                 {settled} in the ledger",
                TOLD as f64 / std::mem::take(&mut busy).as_secs_f64()
            );
        }
    }
    println!("ledger of {settled} entries:");
    for filter in FILTERS {
        let ask = LedgerAsk {
            filter: Filter::parse(filter, now(settled / round), Stamp::ZERO).unwrap(),
            limit: 50,
            ..LedgerAsk::default()
        };
        let mut found = 0;
        let mut took: Vec<Duration> = (0..50)
            .map(|_| {
                let began = Instant::now();
                let page = store.read().unwrap().ledger(&ask).unwrap();
                found = page.entries.len();
                began.elapsed()
            })
            .collect();
        took.sort();
        println!(
            "  first page of \"{filter}\": {found} entries, median {:.2?}, worst {:.2?}",
            at(&took, 0.5),
            at(&took, 1.0)
        );
    }
}
