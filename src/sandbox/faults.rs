//! The fault injector's rules: which calls they strike, and what they do to them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A rule as `POST /faults` takes it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name; one is given when there is none. A rule replaces an earlier one of the same name.
    #[serde(default)]
    pub id: String,
    /// Which calls it strikes.
    #[serde(rename = "match", default)]
    pub matcher: Matcher,
    /// What it does to them.
    pub effect: Effect,
}

/// All given conditions must hold; none given matches every call.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Matcher {
    /// The system's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A regular expression over path and query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_regex: Option<String>,
    /// Every Nth of the calls that match so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Only the first N of the calls that would be struck.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// The chance that a matching call is struck.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// What makes the chance repeatable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// What happens to a struck call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The kind of fault.
    pub kind: Kind,
    /// The HTTP status, for `status` (and for the answer in `lock` and `partial` where the system has one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The system's own error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The delay in milliseconds; any kind may have one before it strikes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The system's error answer; the work is not done.
    Status,
    /// The answer comes late.
    Delay,
    /// The connection is cut before the work is done.
    DropBefore,
    /// The work is done, then the connection is cut without an answer.
    DropAfter,
    /// The work is done and half of the answer arrives.
    Truncate,
    /// The work is done and the answer is not what it should be.
    Garbage,
    /// An event is delivered twice; struck by event channels only.
    DuplicateEvent,
    /// Events are delivered out of order; struck by event channels only.
    ReorderEvents,
    /// Some records of a batch fail.
    Partial,
    /// The records are held by another transaction.
    Lock,
    /// The session is over.
    SessionExpired,
}

impl Kind {
    fn strikes_calls(self) -> bool {
        !matches!(self, Self::DuplicateEvent | Self::ReorderEvents)
    }
}

/// The rules in force. Shared by all systems of a sandbox.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Vec<Armed>>,
}

#[derive(Debug)]
struct Armed {
    rule: Rule,
    path: Option<Regex>,
    seen: u64,
    struck: u64,
    chance: fastrand::Rng,
}

/// What strikes one call.
#[derive(Clone, Debug, Default)]
pub(super) struct Strike {
    /// To be waited for first, in milliseconds.
    pub(super) delay_ms: u64,
    /// The effect other than delay, if any.
    pub(super) effect: Option<Effect>,
}

impl Faults {
    /// Adds rules: a list, one rule, or `{"rules": [...]}`. All or none are taken; returns their ids.
    ///
    /// # Errors
    /// A sentence that names the rule and what is wrong with it.
    pub fn add(&self, rules: &Value) -> Result<Vec<String>, String> {
        let list = rules.get("rules").unwrap_or(rules);
        let list = match list {
            Value::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        let mut armed = Vec::with_capacity(list.len());
        for (position, rule) in list.into_iter().enumerate() {
            let rule: Rule =
                serde_json::from_value(rule).map_err(|error| format!("rule {position}: {error}"))?;
            armed.push(Armed::new(rule).map_err(|error| format!("rule {position}: {error}"))?);
        }
        let mut rules = self.lock();
        let mut ids = Vec::with_capacity(armed.len());
        for mut new in armed {
            if new.rule.id.is_empty() {
                let free = (1..=u64::MAX)
                    .map(|n| format!("f{n}"))
                    .find(|id| rules.iter().all(|old| old.rule.id != *id));
                new.rule.id = free.unwrap_or_default();
            }
            ids.push(new.rule.id.clone());
            rules.retain(|old| old.rule.id != new.rule.id);
            rules.push(new);
        }
        Ok(ids)
    }

    /// Takes all rules back.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Returns the rules with how often each has struck.
    pub fn list(&self) -> Vec<Value> {
        let rules = self.lock();
        let row = |armed: &Armed| {
            serde_json::json!({
                "id": armed.rule.id, "match": armed.rule.matcher, "effect": armed.rule.effect,
                "seen": armed.seen, "struck": armed.struck,
            })
        };
        rules.iter().map(row).collect()
    }

    /// Decides what strikes a call; every matching rule counts it.
    pub(super) fn strike(&self, system: &str, method: &str, path: &str) -> Strike {
        let mut strike = Strike::default();
        for armed in self.lock().iter_mut() {
            if !armed.strikes(system, method, path) {
                continue;
            }
            let effect = &armed.rule.effect;
            strike.delay_ms += effect.ms.unwrap_or(0);
            if effect.kind != Kind::Delay && strike.effect.is_none() {
                strike.effect = Some(effect.clone());
            }
        }
        strike
    }

    /// Decides what strikes a batch of events on a channel.
    pub(super) fn strike_events(&self, system: &str, channel: &str) -> Option<Kind> {
        let mut struck = None;
        for armed in self.lock().iter_mut().filter(|armed| !armed.rule.effect.kind.strikes_calls()) {
            if armed.applies(system, "", channel) && armed.counts() && struck.is_none() {
                struck = Some(armed.rule.effect.kind);
            }
        }
        struck
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Armed>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Armed {
    fn new(rule: Rule) -> Result<Self, String> {
        if rule.matcher.every == Some(0) {
            return Err("every must be at least 1".into());
        }
        if rule.matcher.probability.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
            return Err("probability must lie between 0 and 1".into());
        }
        if rule.effect.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("status must lie between 200 and 599".into());
        }
        let path = rule.matcher.path_regex.as_deref().map(Regex::new).transpose();
        let path = path.map_err(|error| format!("path_regex: {error}"))?;
        let chance = fastrand::Rng::with_seed(rule.matcher.seed.unwrap_or(0));
        Ok(Self { rule, path, seen: 0, struck: 0, chance })
    }

    fn strikes(&mut self, system: &str, method: &str, path: &str) -> bool {
        self.rule.effect.kind.strikes_calls() && self.applies(system, method, path) && self.counts()
    }

    fn applies(&self, system: &str, method: &str, path: &str) -> bool {
        let matcher = &self.rule.matcher;
        matcher.system.as_deref().is_none_or(|name| name == system)
            && matcher.method.as_deref().is_none_or(|name| name.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|regex| regex.is_match(path))
    }

    /// Counts a call that matches, and tells whether it is struck.
    fn counts(&mut self) -> bool {
        let matcher = &self.rule.matcher;
        self.seen += 1;
        // The chance is drawn for every matching call, so that other conditions do not shift it.
        let drawn = matcher.probability.is_none_or(|chance| self.chance.f64() < chance);
        let strikes = drawn
            && matcher.every.is_none_or(|every| self.seen.is_multiple_of(every))
            && matcher.first.is_none_or(|first| self.struck < first);
        self.struck += u64::from(strikes);
        strikes
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn struck(rule: &Value, calls: usize) -> Vec<bool> {
        let faults = Faults::default();
        faults.add(rule).unwrap();
        (0..calls).map(|_| faults.strike("salesforce", "GET", "/query?q=x").effect.is_some()).collect()
    }

    #[test]
    fn every_and_first_count_matching_calls() {
        let every = json!({"match": {"every": 3}, "effect": {"kind": "garbage"}});
        assert_eq!(struck(&every, 6), [false, false, true, false, false, true]);
        let first = json!([{"match": {"first": 2}, "effect": {"kind": "garbage"}}]);
        assert_eq!(struck(&first, 4), [true, true, false, false]);
        let other = json!({"match": {"method": "POST"}, "effect": {"kind": "garbage"}});
        assert_eq!(struck(&other, 2), [false, false]);
        let path = json!({"match": {"path_regex": "^/query"}, "effect": {"kind": "status", "status": 503}});
        assert_eq!(struck(&path, 1), [true]);
    }

    #[test]
    fn a_chance_with_a_seed_repeats() {
        let rule = json!({"match": {"probability": 0.5, "seed": 7}, "effect": {"kind": "lock"}});
        let once = struck(&rule, 50);
        assert_eq!(once, struck(&rule, 50));
        assert!(once.contains(&true) && once.contains(&false));
    }

    #[test]
    fn a_wrong_rule_is_named() {
        let faults = Faults::default();
        let error =
            faults.add(&json!([{"effect": {"kind": "lock"}}, {"effect": {"kind": "fire"}}])).unwrap_err();
        assert!(error.starts_with("rule 1:"), "{error}");
        assert!(faults.list().is_empty(), "all or none");
    }
}
