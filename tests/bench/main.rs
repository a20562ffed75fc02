//! The figures of speed, each printed by a command of its own; they are no tests and fail only when something breaks.
//!
//! ```text
//! cargo bench                    all of them
//! cargo bench -- load            a first load into the store: rows/s, processor time, memory; beside the sandbox's own
//!                                ceiling and, where SYNCDECK_CLIENTS names their folder, other people's clients
//! cargo bench -- latency         a change at the sandbox to its item: median and 99th percentile
//! cargo bench -- settle          operations announced and settled per second, each commit durable
//! cargo bench -- ledger          the first pages of a ledger of a million entries, under filters
//! ```
//!
//! `BENCH_RECORDS` (100000), `BENCH_CHANGES` (200) and `BENCH_LINES` (1000000) make a run larger or smaller. A ratio
//! counts where both of its halves come from one run; absolute times belong to the machine that printed them. Engine and
//! sandbox are processes of their own: what one of them takes of the processor is not the other's.
//!
//! # What each figure means
//!
//! * **first load**: from the making of the recipe to the commit of its last row, by the engine's own clock. Every row is
//!   a link, an entry in the index of ids and one of what is to be done, all durable; the board's side waits.
//! * **the sandbox's ceiling**: the same rows, fetched by a client that discards the bytes; in pages of REST as JSON, and
//!   by a bulk job as CSV, a third of the bytes. A first load of more than 20,000 rows is read by a job.
//! * **in pages / in job, discarded**: the same rows, read by simple-salesforce and jsforce and thrown away.
//! * **change event to item**: from the moment before a person's edit is posted to the sandbox until the board shows it,
//!   asked every millisecond: event, reading, commit, announcement, commit, write.
//! * **announced and settled**: the intents and the ends of operations, in commits that batches share; what is called in
//!   between takes no time.
//! * **first page**: the newest fifty entries that match. One page looks at 150,000 entries at most and says from where
//!   to go on: whoever looks for what is nowhere sees how far he has come.
//!
//! # Figures of one machine
//!
//! 2 cores; redb on an ordinary disk, each commit in two phases.
//!
//! | figure | bar | measured |
//! |---|---|---|
//! | change event to item | median 20 ms, 99th percentile 100 ms | 9 ms, 12 ms |
//! | memory, 1,000,000 records | 200 MB | 160 MB; the load took 7.2 s |
//! | settled operations, durable | 20,000 a second | 84,000 to 89,000, with 500,000 as with 1,000,000 in the ledger |
//! | newest page of 1,000,000 entries | 1 ms | 0.03 ms |
//! | first page of any filter | 50 ms | 27 ms for what is nowhere in the 150,000 entries that one page looks at |
//! | first load, rows a second | faster than clients that only read | 145,000; simple-salesforce 102,000 in pages, 19,000 by a job; jsforce 116,000 to 123,000 in pages, 66,000 by a job |
//! | share of the sandbox's ceiling | 0.7 | **0.51** of pages, **0.33** of a job |
//!
//! The last one is missed. A row costs the engine 7 microseconds of processor, two thirds of them redb's for three rows
//! in three trees; the sandbox serves it in little more than 1. What would help is fewer rows in the store for each
//! record, not a faster reader. Settling is measured with eleven minutes between two changes of a record: a link
//! remembers for ten what was replaced in it, and one that is written every second grows by that memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench prints its figures, and fails by panicking"
)]

#[path = "../it/support.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

mod remote;
mod stored;

/// Returns a number from the environment.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Returns what lies at a share of sorted figures.
fn at<T: Copy>(sorted: &[T], share: f64) -> T {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place within the slice")]
    let place = ((sorted.len() - 1) as f64 * share).round() as usize;
    sorted[place]
}

fn main() {
    // What cargo itself hands to a bench begins with dashes.
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if wanted("load") {
            remote::load().await;
        }
        if wanted("latency") {
            remote::latency().await;
        }
        if wanted("settle") || wanted("ledger") {
            stored::settle_and_ledger().await;
        }
    });
}
