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
