//! How a count went, hour by hour, in one sign an hour.

/// Returns `___.:#`: nothing, little, more, most. One sign says nothing of amounts, only of when.
pub(in crate::tui) fn trend(hours: &[u64]) -> String {
    let most = hours.iter().copied().max().unwrap_or(0);
    let sign = |count: &u64| match count.saturating_mul(3).checked_div(most) {
        None => '_',
        Some(_) if *count == 0 => '_',
        Some(0) => '.',
        Some(1) => ':',
        Some(_) => '#',
    };
    hours.iter().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_never_nothing() {
        assert_eq!(trend(&[0, 1, 40, 70, 99]), "_.:##");
        assert_eq!(trend(&[0, 0]), "__");
        assert_eq!(trend(&[]), "");
    }
}
