//! Steady traffic: people at work in all systems while the engine syncs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior};

use super::system::{Stir, System};

/// What `POST /traffic` asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    /// Changes per second, over all systems.
    pub(super) per_second: f64,
    /// How long; until stopped when absent.
    #[serde(default)]
    pub(super) for_seconds: Option<f64>,
    /// The weights of creations, updates and deletions.
    #[serde(default)]
    pub(super) mix: Mix,
    /// The systems to change; all when empty.
    #[serde(default)]
    pub(super) systems: Vec<String>,
    /// What makes the stream the same every time.
    #[serde(default)]
    pub(super) seed: u64,
}

/// Weights; they need not add up to anything.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mix {
    create: f64,
    update: f64,
    delete: f64,
}

impl Default for Mix {
    fn default() -> Self {
        Self { create: 0.2, update: 0.75, delete: 0.05 }
    }
}

impl Mix {
    fn pick(self, chance: &mut fastrand::Rng) -> Stir {
        let at = chance.f64() * (self.create + self.update + self.delete);
        if at < self.create {
            Stir::Create
        } else if at < self.create + self.update {
            Stir::Update
        } else {
            Stir::Delete
        }
    }
}

/// The stream of changes; at most one flows at a time.
#[derive(Clone)]
pub(super) struct Traffic {
    systems: Vec<Arc<dyn System>>,
    flowing: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Traffic {
    pub(super) fn new(systems: Vec<Arc<dyn System>>) -> Self {
        Self { systems, flowing: Arc::default() }
    }

    /// Starts a stream in place of the one that flows.
    pub(super) fn start(&self, order: &Order) -> Result<(), String> {
        if !(order.per_second > 0.0 && order.per_second <= 10_000.0) {
            return Err("per_second must lie between 0 and 10000".into());
        }
        let weights = [order.mix.create, order.mix.update, order.mix.delete];
        if weights.iter().any(|weight| *weight < 0.0) || weights.iter().sum::<f64>() <= 0.0 {
            return Err("mix needs weights of 0 or more, and one above 0".into());
        }
        if let Some(unknown) =
            order.systems.iter().find(|name| self.systems.iter().all(|known| known.name() != **name))
        {
            return Err(format!("there is no system {unknown}"));
        }
        let named = |system: &&Arc<dyn System>| {
            order.systems.is_empty() || order.systems.iter().any(|name| name == system.name())
        };
        let systems: Vec<_> = self.systems.iter().filter(named).cloned().collect();
        let task = tokio::spawn(flow(systems, order.clone()));
        self.replace(Some(task));
        Ok(())
    }

    /// Ends the stream.
    pub(super) fn stop(&self) {
        self.replace(None);
    }

    /// Tells whether changes are being made.
    pub(super) fn is_flowing(&self) -> bool {
        let flowing = self.flowing.lock().unwrap_or_else(PoisonError::into_inner);
        flowing.as_ref().is_some_and(|task| !task.is_finished())
    }

    fn replace(&self, task: Option<JoinHandle<()>>) {
        let mut flowing = self.flowing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = std::mem::replace(&mut *flowing, task) {
            old.abort();
        }
    }
}

async fn flow(systems: Vec<Arc<dyn System>>, order: Order) {
    let until =
        order.for_seconds.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds.clamp(0.0, 1e6)));
    let mut chance = fastrand::Rng::with_seed(order.seed);
    let mut ticks = tokio::time::interval(Duration::from_secs_f64(1.0 / order.per_second));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for turn in 0_usize.. {
        ticks.tick().await;
        if until.is_some_and(|until| Instant::now() >= until) {
            return;
        }
        let kind = order.mix.pick(&mut chance);
        let Some(system) = systems.get(turn % systems.len().max(1)) else { return };
        if let Err(reason) = system.stir(kind, chance.u64(..)) {
            tracing::debug!(system = system.name(), reason, "no traffic");
        }
    }
}
