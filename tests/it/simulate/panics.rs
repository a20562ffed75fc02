//! Panics of this thread, collected: one inside a task must not go unnoticed.

use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    static TOLD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// From now on panics of this thread are collected.
pub(super) fn reset() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let collected = TOLD.with_borrow_mut(|told| match told {
                Some(told) => {
                    told.push(info.to_string());
                    true
                }
                None => false,
            });
            if !collected {
                before(info);
            }
        }));
    });
    TOLD.with_borrow_mut(|told| *told = Some(Vec::new()));
}

/// Returns what was collected, and collects no longer.
pub(super) fn told() -> Vec<String> {
    TOLD.with_borrow_mut(Option::take).unwrap_or_default()
}

/// Forgets those that came since `before` were counted.
pub(super) fn forget(before: usize) {
    TOLD.with_borrow_mut(|told| told.iter_mut().for_each(|told| told.truncate(before)));
}

/// Returns how many were collected so far.
pub(super) fn count() -> usize {
    TOLD.with_borrow(|told| told.as_ref().map_or(0, Vec::len))
}
