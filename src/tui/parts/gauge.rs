//! A bar of `#` and `.`, which says its share without a colour.

/// Returns `[####......]` in `width` columns.
pub(in crate::tui) fn bar(used: u64, of: u64, width: u16) -> String {
    let room = u64::from(width.saturating_sub(2));
    let full = if of == 0 { 0 } else { used.min(of).saturating_mul(room).div_ceil(of) };
    let signs: String = (0..room).map(|at| if at < full { '#' } else { '.' }).collect();
    format!("[{signs}]")
}

/// Returns whole percents, rounded down so that 100 means all of it.
pub(in crate::tui) fn percent(used: u64, of: u64) -> u64 {
    used.saturating_mul(100).checked_div(of).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        assert_eq!(bar(90, 90, 12), "[##########]");
        assert_eq!(bar(1, 100, 12), "[#.........]", "something is never nothing");
        assert_eq!(bar(0, 100, 12), "[..........]");
        assert_eq!(bar(5, 0, 4), "[..]");
        assert_eq!(bar(200, 100, 4), "[##]");
        assert_eq!(percent(71_204, 100_000), 71);
    }
}
