//! The tests tested: guards are broken one by one, and each must be missed by one of its stories.

use super::broken::{GUARDS, Guard};
use super::rows::tally;
use super::run::Twist;
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
        let tally = tally(name, &Story::read(name), SEEDS, &twist);
        let said = tally.failure?;
        let line = said.lines().map(str::trim).find(|line| !line.starts_with("after ")).unwrap_or_default();
        Some(((*name).to_owned(), tally.runs, line.chars().take(70).collect()))
    })
}

#[test]
fn every_broken_guard_is_missed() {
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
