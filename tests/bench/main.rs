//! The figures of speed, each printed by a command of its own; they are no tests and fail only when something breaks.
//!
//! ```text
//! cargo bench                    all of them
//! cargo bench -- load            rows/s of a first load into the store, beside the raw speed of the sandbox
//! cargo bench -- latency         a change at the sandbox to its item: median and 99th percentile
//! cargo bench -- settle          operations announced and settled per second, each commit durable
//! cargo bench -- ledger          the newest page of the ledger, and first pages under filters
//! ```
//!
//! A ratio counts where both of its halves come from one run. `BENCH_RECORDS` (100000), `BENCH_CHANGES` (200) and
//! `BENCH_LINES` (1000000) make a run larger or smaller; absolute times belong to the machine that printed them.

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
