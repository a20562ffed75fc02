//! How stored rows grow: new fields stand at their end, and older rows, which end before them, still read.

use serde::{Deserialize, Deserializer};

/// Reads what is there, or takes the default where the row ended when it was written.
///
/// # Errors
/// None: it is what `deserialize_with` wants.
pub fn or_default<'de, T, D>(row: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(T::deserialize(row).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Row {
        first: u8,
        #[serde(deserialize_with = "or_default")]
        second: u8,
    }

    #[test]
    fn a_row_that_ends_early_has_defaults_and_a_longer_one_what_it_says() {
        let read = |bytes: &[u8]| postcard::from_bytes::<Row>(bytes).map(|row| (row.first, row.second));
        assert_eq!((read(&[1, 2]), read(&[1])), (Ok((1, 2)), Ok((1, 0))));
        assert!(read(&[]).is_err(), "what was always there must be there");
    }
}
