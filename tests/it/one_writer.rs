//! One writer per link: whoever comes first has it until the end is known, whatever it is that others want of it.

use std::sync::Arc;

use syncdeck::domain::id::{LinkId, RemoteId};
use syncdeck::domain::link::Intent;
use syncdeck::domain::plan::{Policy, Verdict, plan};
use syncdeck::domain::recipe::Recipe;
use syncdeck::domain::settle::Answer;
use syncdeck::domain::time::{SECOND, Stamp};
use syncdeck::ports::{Checkpoint, Step, Store, StreamId};
use syncdeck::store::redb::RedbStore;

use crate::stored::{BEGINS, begun, observed};

async fn see(store: &RedbStore, recipe: &Recipe, name: &str, now: Stamp) -> Vec<LinkId> {
    let stream = StreamId { connection: "sf".into(), container: "Lead".into() };
    let rows = vec![observed(recipe.set, "00Q000000000001AAA", name, now)];
    let step = Step::Observe { stream, checkpoint: Checkpoint::default(), rows, ran: None, now };
    store.commit(step).await.unwrap().pending.into_iter().map(|(_, link, _)| link).collect()
}

fn intent(store: &RedbStore, recipe: &Recipe, link: LinkId, at: Stamp) -> Intent {
    let tied = store.read().unwrap().link(link).unwrap().unwrap();
    let Verdict::Do(operation) = plan(&tied, &Policy::of([recipe], |_| true).unwrap()) else {
        panic!("nothing to do")
    };
    Intent { rev: tied.rev, operation, at, doubt: None }
}

/// Returns how many of those who want to write a link at once may.
async fn taken(store: &Arc<RedbStore>, link: LinkId, intent: &Intent) -> usize {
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let (store, intents) = (Arc::clone(store), vec![(link, intent.clone())]);
            tokio::spawn(async move { store.commit(Step::Intend { intents }).await.unwrap().taken.len() })
        })
        .collect();
    futures::future::join_all(asking).await.into_iter().map(Result::unwrap).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_want_a_link_one_has_it_until_its_end() {
    let now = Stamp(BEGINS);
    let (store, recipe) = begun(now).await;
    let store = Arc::new(store);
    let link = see(&store, &recipe, "Ann", now).await[0];
    let first = intent(&store, &recipe, link, now);
    assert_eq!(taken(&store, link, &first).await, 1);
    // What is seen meanwhile waits: the link is still the first one's, whoever read it before and whoever reads it anew.
    let later = now.plus(SECOND);
    assert!(see(&store, &recipe, "Anna", later).await.is_empty());
    assert_eq!(taken(&store, link, &first).await, 0);
    let newer = intent(&store, &recipe, link, later);
    assert_ne!(newer.rev, first.rev);
    assert_eq!(taken(&store, link, &newer).await, 0);
    let answer = Answer::Done { id: RemoteId::from("1"), at: Some(later) };
    let step = Step::Settle { ends: vec![(link, answer, 1)], now: later, seed: 1 };
    store.commit(step).await.unwrap();
    // What it was planned on is no more, for those who planned before.
    assert_eq!(taken(&store, link, &newer).await, 0);
    let last = intent(&store, &recipe, link, later);
    assert_eq!(taken(&store, link, &last).await, 1);
}
