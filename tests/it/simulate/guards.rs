//! The tests tested: guards are broken one by one, and each must be missed by one of its stories.

use super::broken::{GUARDS, Guard};
use super::rows::{give_way, tally};
use super::run::{Twist, run};
use super::story::Story;

/// How many seeds a story has to notice it.
const SEEDS: u64 = 12;

pub(super) fn by_name(name: &str) -> Guard {
    let found = GUARDS.iter().find(|(guard, ..)| format!("{guard:?}") == name);
    found.unwrap_or_else(|| panic!("there is no guard {name}")).0
}

/// Returns after how many runs which story noticed it, and what it said.
fn missed(guard: Guard, stories: &[&str]) -> Option<(String, u64, String)> {
    stories.iter().find_map(|name| {
        let twist = Twist { broken: Some(guard), ..Twist::default() };
        let story = Story::read(name);
        let tally = tally(name, &story, SEEDS, &twist);
        let said = tally.failure?;
        // With the guard in its place the same run must come out well, or it says nothing.
        if let Some((seed, twist)) = tally.failed_at {
            let whole = run(&story, seed, &Twist { broken: None, ..twist });
            assert!(whole.wrong.is_empty(), "{name} fails with seed {seed} anyway: {:?}", whole.wrong);
        }
        let line = said.lines().map(str::trim).find(|line| !line.starts_with("after ")).unwrap_or_default();
        Some(((*name).to_owned(), tally.runs, line.chars().take(70).collect()))
    })
}

#[test]
fn every_broken_guard_is_missed() {
    give_way();
    let mut unnoticed = Vec::new();
    for (guard, what, stories) in GUARDS {
        match missed(*guard, stories) {
            Some((story, runs, said)) => {
                println!("| {what:<58} | {story:<20} | run {runs:>3} | {said} |");
            }
            None => unnoticed.push(format!("{guard:?}:{what}")),
        }
    }
    assert!(unnoticed.is_empty(), "nobody noticed: {unnoticed:#?}");
}
