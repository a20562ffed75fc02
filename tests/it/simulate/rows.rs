//! The rows of the table of survival, each a story run with many seeds.

use std::collections::BTreeMap;
use std::time::Instant;

use super::run::{Outcome, Twist, run};
use super::story::{Story, night};

/// What a story came to with all its seeds.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) runs: u64,
    steps: u64,
    calls: usize,
    calm_calls: usize,
    most_rounds: u32,
    excused: (usize, usize),
    /// The first failure, with the command that replays it.
    pub(super) failure: Option<String>,
    /// The seed of it, and how the run was varied.
    pub(super) failed_at: Option<(u64, Twist)>,
}

/// Runs a story with its seeds, up to the first failure.
pub(super) fn tally(name: &str, story: &Story, seeds: u64, twist: &Twist) -> Tally {
    part(name, story, 1..=seeds, twist)
}

/// As [`tally`], over all cores at night, when a story is long and few of them are left.
fn spread(name: &str, story: &Story, seeds: u64) -> Tally {
    let twist = Twist::default();
    let cores =
        if night() { std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64) } else { 1 };
    let each = seeds.div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..cores)
            .map(|core| {
                let twist = &twist;
                let range = core * each + 1..=seeds.min((core + 1) * each);
                scope.spawn(move || part(name, story, range, twist))
            })
            .collect();
        let mut whole = Tally::default();
        for part in parts {
            whole.add(part.join().expect("a run panics only inside its own runtime"));
        }
        whole
    })
}

fn part(name: &str, story: &Story, seeds: std::ops::RangeInclusive<u64>, twist: &Twist) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let plain = run(story, seed, twist);
        if !tally.take(name, seed, twist, &plain) {
            return tally;
        }
        // Every fourth is enough for a ratio.
        if story.expect.calls > 0.0 && seed % 4 == 1 {
            tally.calls += plain.calls;
            tally.calm_calls += run(story, seed, &Twist { calm: true, ..Twist::default() }).calls;
        }
        for twist in each_point(story, &plain, twist) {
            if !tally.take(name, seed, &twist, &run(story, seed, &twist)) {
                return tally;
            }
        }
    }
    let most = story.expect.calls * tally.calm_calls as f64;
    if most > 0.0 && tally.calls as f64 > most {
        let Tally { calls, calm_calls, .. } = tally;
        tally.failure = Some(format!(
            "{calls} calls, {calm_calls} without faults: more than {} times",
            story.expect.calls
        ));
    }
    tally
}

/// The runs of a story that dies once at each numbered step, or whose disk fails once at each commit.
fn each_point(story: &Story, plain: &Outcome, twist: &Twist) -> Vec<Twist> {
    let steps = if story.crash.every_step { plain.steps } else { 0 };
    let commits = if story.disk.every_commit { plain.commits } else { 0 };
    (1..=steps)
        .map(|at| Twist { crash_at: vec![at], ..twist.clone() })
        .chain((1..=commits).map(|at| Twist { commit: Some(at), ..twist.clone() }))
        .collect()
}

impl Tally {
    fn at_full_size(mut self) -> Self {
        self.failure = self.failure.map(|failure| failure.replace("SIM_SEED", "SIM_LARGE=1 SIM_SEED"));
        self
    }

    fn excuse(&mut self, (some, all): (usize, usize)) {
        self.excused = (self.excused.0 + some, self.excused.1 + all);
    }

    /// An oracle that excuses much proves little. Of an edit that comes between a look and the write behind it nothing
    /// can be known, since neither system writes on condition; that is one in some hundreds here.
    fn excuses_much(&self) -> bool {
        let (some, all) = self.excused;
        some * 100 > all
    }

    fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.steps += other.steps;
        self.calls += other.calls;
        self.calm_calls += other.calm_calls;
        self.most_rounds = self.most_rounds.max(other.most_rounds);
        self.excuse(other.excused);
        if self.failure.is_none() {
            (self.failure, self.failed_at) = (other.failure, other.failed_at);
        }
    }

    fn take(&mut self, name: &str, seed: u64, twist: &Twist, outcome: &Outcome) -> bool {
        self.runs += 1;
        self.steps += outcome.steps;
        self.most_rounds = self.most_rounds.max(outcome.rounds);
        self.excuse(outcome.excused);
        if outcome.wrong.is_empty() {
            return true;
        }
        self.failed_at = Some((seed, twist.clone()));
        let crash = twist.crash_at.first().map_or_else(String::new, |at| format!("SIM_CRASH={at} "));
        let commit = twist.commit.map_or_else(String::new, |at| format!("SIM_COMMIT={at} "));
        let broken = twist.broken.map_or_else(String::new, |guard| format!("SIM_BROKEN={guard:?} "));
        self.failure = Some(format!(
            "{}\n  replay: SIM_STORY={name} SIM_SEED={seed} {crash}{commit}{broken}SIM_TRACE=1 cargo test --test it simulate::rows::replay -- --ignored --nocapture",
            outcome.wrong.join("\n  ")
        ));
        false
    }
}

/// Lets those tests go first that wait for processes: these here compute for as long as they are let, and what is
/// late there is a failure. On Linux this holds for the thread of the test alone.
pub(super) fn give_way() {
    let _not_allowed = rustix::process::setpriority_process(None, 10);
}

/// Runs a story of the table, prints its row, and fails where something did not hold.
fn row(name: &str) {
    give_way();
    let story = Story::read(name);
    let began = Instant::now();
    let [one, other] = [1, 1].map(|seed| run(&story, seed, &Twist::default()).hash);
    assert_eq!(one, other, "{name}: the same seed gives the same trace");
    let mut tally = spread(name, &story, story.seeds());
    if tally.failure.is_none() {
        let large = spread(name, &story.clone().large(), story.large.now());
        tally.add(large.at_full_size());
    }
    let ratio = match tally.calm_calls {
        0 => String::new(),
        calm => format!(", calls x{:.2}", tally.calls as f64 / calm as f64),
    };
    println!(
        "| {:>2} | {:<62} | {:>6} runs, {:>7} steps | {:>2} rounds{ratio} | {:>5.1} s |",
        story.row,
        story.name,
        tally.runs,
        tally.steps,
        tally.most_rounds,
        began.elapsed().as_secs_f64()
    );
    if let Some(failure) = &tally.failure {
        panic!("row {}, {name}:\n  {failure}", story.row);
    }
    assert!(!tally.excuses_much(), "{name}: {:?} edits fell between a look and a write", tally.excused);
}

macro_rules! rows {
    ($($test:ident: $story:literal,)*) => {$(
        #[test]
        fn $test() {
            row($story);
        }
    )*};
}

rows! {
    row_2_death_at_every_step: "death-at-every-step",
    row_2_death_in_first_load: "death-in-first-load",
    row_2_death_again_and_again: "death-again-and-again",
    row_3_answers_lost: "answers-lost",
    row_3_work_done_late: "work-done-late",
    row_3_silent_servers: "silent-servers",
    row_3_matching: "matching",
    row_3_matching_both_ways: "matching-both-ways",
    row_4_rows_late: "rows-late",
    row_4_equal_stamps: "equal-stamps",
    row_4_beyond_the_overlap: "rows-very-late",
    row_5_other_forms: "other-forms",
    row_6_automations: "automations",
    row_7_salesforce_wins: "both-salesforce-wins",
    row_7_other_wins: "both-other-wins",
    row_7_newest_wins: "both-newest-wins",
    row_7_hold: "both-hold",
    row_7_items_alone: "items-alone",
    row_7_under_faults: "both-under-faults",
    row_7_large: "both-large",
    row_7_owners: "owners",
    row_8_deletions_archive: "deletions-archive",
    row_8_deletions_keep: "deletions-keep",
    row_8_merges: "merges",
    row_8_purged: "deletions-purged",
    row_8_conversions: "conversions",
    row_9_poison: "poison",
    row_9_partial: "partial",
    row_10_parents_late: "parents-late",
    row_10_parents_missing: "parents-missing",
    row_10_parents_failing: "parents-failing",
    row_10_parents_cyclic: "parents-cyclic",
    row_10_parents_both_ways: "parents-both-ways",
    row_10_parents_shown: "parents-shown",
    row_10_parents_shown_heard: "parents-shown-heard",
    row_11_limits: "limits",
    row_12_tokens: "tokens",
    row_12_revoked: "revoked",
    row_13_events: "events",
    row_13_outage: "events-outage",
    row_14_power: "disk-power",
    row_14_full: "disk-full",
    row_14_bits: "disk-bits",
    row_14_lies: "disk-lies",
    row_14_power_everywhere: "disk-power-everywhere",
    row_14_full_everywhere: "disk-full-everywhere",
    row_14_bits_everywhere: "disk-bits-everywhere",
    row_14_lies_everywhere: "disk-lies-everywhere",
    row_15_clock: "clock",
    row_16_shape: "shape",
    row_16_shape_twice: "shape-twice",
    row_16_retired: "retired",
    row_16_package: "package",
    row_17_people_and_recipes: "recipes",
    row_17_crowd: "crowd",
    row_18_strange_answers: "strange-answers",
    row_19_month: "month",
}

/// The documentation tells how many runs each row has.
#[test]
fn the_table_tells_what_is_run() {
    let mut seeds: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios")).unwrap() {
        let story = Story::read(file.unwrap().path().file_stem().unwrap().to_str().unwrap());
        let row: &mut [u64; 4] = seeds.entry(story.row.to_string()).or_default();
        let counts = [story.seeds.ci, story.large.ci, story.seeds.night, story.large.night];
        for (row, count) in row.iter_mut().zip(counts) {
            *row += count;
        }
    }
    let number = |cell: &str| cell.replace(',', "").parse::<u64>().ok();
    let table = include_str!("mod.rs").lines().filter_map(|line| line.strip_prefix("//! | "));
    let told = table.filter_map(|line| {
        let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
        let [small, large, nightly, large_nightly] = [2, 3, 4, 5].map(|at| number(cells.get(at)?));
        Some((cells[0].to_owned(), [small?, large?, nightly?, large_nightly?]))
    });
    assert_eq!(told.collect::<BTreeMap<_, _>>(), seeds);
}

/// Replays one run: `SIM_STORY`, `SIM_SEED`, and optionally `SIM_CRASH`, `SIM_COMMIT`, `SIM_BROKEN`, `SIM_LARGE` and
/// `SIM_TRACE`; `SIM_RUNS` adds the seeds that follow, for a profile.
#[test]
#[ignore = "replays one run that the environment names"]
fn replay() {
    let text = |name: &str| std::env::var(name).ok();
    let number = |name: &str| text(name).and_then(|text| text.parse().ok());
    let mut story = Story::read(&text("SIM_STORY").expect("SIM_STORY names the story"));
    if text("SIM_LARGE").is_some() {
        story = story.large();
    }
    let broken = text("SIM_BROKEN").map(|name| super::guards::by_name(&name));
    let twist = Twist {
        crash_at: number("SIM_CRASH").into_iter().collect(),
        broken,
        calm: false,
        commit: number("SIM_COMMIT"),
    };
    let seed = number("SIM_SEED").unwrap_or(1);
    for seed in seed..seed + number("SIM_RUNS").unwrap_or(1) {
        let outcome = run(&story, seed, &twist);
        println!("{outcome:#?}");
        assert!(outcome.wrong.is_empty(), "something does not hold");
    }
}
