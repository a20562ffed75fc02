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
//! 2 cores, shared with other work at the time; redb on an ordinary disk (6 ms for each durable commit).
//!
//! | figure | bar | measured |
//! |---|---|---|
//! | change event to item | median 20 ms, 99th percentile 100 ms | 11 ms, 22 ms |
//! | memory, 1,000,000 records | 200 MB | 156 to 159 MB; the load took 13.5 s |
//! | settled operations, durable | 20,000 a second | 60,000 with 100,000 in the ledger, 25,000 with 300,000; fewer in a large one, see below |
//! | newest page of 1,000,000 entries | 1 ms | 0.04 ms |
//! | first page of any filter | 50 ms | 55 ms for a word that is nowhere in 250,000 entries; now 150,000 are looked at |
//! | first load, rows a second | faster than clients that only read | 72,000; simple-salesforce 64,000 in pages, 19,000 by a job; jsforce 88,000 in pages, 57,000 by a job |
//! | share of the sandbox's ceiling | 0.7 | **0.42** of pages, **0.27** of a job |
//!
//! The last one is missed. A row costs the engine 9 to 10 microseconds of processor, two thirds of them redb's for three
//! rows in three trees; the sandbox serves it in less than 3. What would help is fewer rows in the store for each
//! record, not a faster reader. The rate of settling falls as the
//! same records are written again and again (7,000 a second with 900,000 entries, 280 for each of 3,200 records); why is
//! not known yet: the index of the ledger by record was suspected, and is gone.

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
