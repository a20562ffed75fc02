//! The API versions, and the schema of each.

use std::sync::{Arc, OnceLock};

use apollo_compiler::Schema;
use apollo_compiler::collections::HashMap;
use apollo_compiler::schema::{Implementers, Name};
use apollo_compiler::validation::Valid;
use serde_json::{Value, json};

const PARTS: [&str; 4] = [
    include_str!("../../../assets/sandbox/monday/operations.graphql"),
    include_str!("../../../assets/sandbox/monday/entities.graphql"),
    include_str!("../../../assets/sandbox/monday/inputs.graphql"),
    include_str!("../../../assets/sandbox/monday/values.graphql"),
];

/// The version that serves requests which name none.
pub const CURRENT: &str = "2026-10";
/// The version that serves requests which name one that is no longer served.
pub const MAINTENANCE: &str = "2026-07";
/// The oldest version that answers limits in the present style.
pub const PRESENT_LIMITS: &str = "2025-07";

/// Every version served: its name, what it is, how people call it.
const VERSIONS: [(&str, &str, &str); 6] = [
    ("2026-01", "old_previous_maintenance", "Old Previous Maintenance"),
    ("2026-04", "previous_maintenance", "Previous Maintenance"),
    (MAINTENANCE, "maintenance", "Maintenance"),
    (CURRENT, "current", "Current"),
    ("2027-01", "release_candidate", "Release Candidate"),
    ("dev", "dev", "Dev"),
];

/// One version's schema, parsed.
#[derive(Debug)]
pub struct Served {
    /// The version's name.
    pub version: &'static str,
    /// The schema.
    pub schema: Valid<Schema>,
    /// Which types implement which interfaces, for introspection.
    pub implementers: HashMap<Name, Implementers>,
}

/// Returns the version that serves a request with this `API-Version` header.
///
/// A version that was valid once is served by the maintenance version. What is no version at all is refused, with
/// the header as it came.
pub fn route(header: Option<&str>) -> Result<&'static str, String> {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else { return Ok(CURRENT) };
    if let Some((version, ..)) = VERSIONS.iter().find(|(version, ..)| *version == header) {
        return Ok(version);
    }
    let well_formed = header.split_once('-').is_some_and(|(year, month)| {
        year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
            && matches!(month, "01" | "04" | "07" | "10")
    });
    if well_formed { Ok(MAINTENANCE) } else { Err(header.to_owned()) }
}

/// Returns the SDL of a version.
pub fn sdl(version: &str) -> String {
    // `dev` sorts after every year, so it has all that is new.
    let kept = |line: &&str| match line.rsplit_once("# ").map(|(_, mark)| mark.trim()) {
        Some(mark) if !line.starts_with('#') => match mark.split_once(' ') {
            Some(("since", from)) => version >= from,
            Some(("until", end)) => version < end,
            _ => true,
        },
        _ => true,
    };
    let mut text = String::new();
    for line in PARTS.iter().flat_map(|part| part.lines()).filter(kept) {
        let code =
            if line.starts_with('#') { "" } else { line.rsplit_once(" # ").map_or(line, |(code, _)| code) };
        text.push_str(code);
        text.push('\n');
    }
    text
}

/// Returns the parsed schema of a version; `None` only if the SDL is broken, which a test rules out.
pub fn served(version: &'static str) -> Option<Arc<Served>> {
    static PARSED: OnceLock<std::sync::Mutex<std::collections::BTreeMap<&'static str, Arc<Served>>>> =
        OnceLock::new();
    let mut parsed =
        PARSED.get_or_init(Default::default).lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(served) = parsed.get(version) {
        return Some(Arc::clone(served));
    }
    let schema = match Schema::parse_and_validate(sdl(version), "schema.graphql") {
        Ok(schema) => schema,
        Err(error) => {
            tracing::error!(version, errors = %error.errors, "the sandbox's monday schema is broken");
            return None;
        }
    };
    let implementers = schema.implementers_map();
    let served = Arc::new(Served { version, schema, implementers });
    parsed.insert(version, Arc::clone(&served));
    Some(served)
}

/// Returns what `version` answers.
pub fn version_document(version: &str) -> Value {
    let found = VERSIONS.iter().find(|(name, ..)| *name == version);
    found.map_or(
        Value::Null,
        |(name, kind, shown)| json!({"value": name, "kind": kind, "display_name": shown}),
    )
}

/// Returns what `versions` answers.
pub fn versions_document() -> Value {
    VERSIONS.iter().rev().map(|(name, ..)| version_document(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_a_valid_schema() {
        for (version, ..) in VERSIONS {
            assert!(served(version).is_some(), "{version}");
        }
    }

    #[test]
    fn marks_limit_fields_to_their_versions() {
        assert!(sdl("2026-07").contains("enabled: Boolean!"));
        assert!(!sdl("2026-10").contains("enabled: Boolean!"));
        assert!(!sdl("dev").contains("enabled: Boolean!"));
        assert!(!sdl("2026-01").contains("is_leaf"));
        assert!(sdl("2027-01").contains("is_leaf"));
    }

    #[test]
    fn old_versions_go_to_maintenance_and_nonsense_is_refused() {
        assert_eq!(route(None), Ok(CURRENT));
        assert_eq!(route(Some("2024-10")), Ok(MAINTENANCE));
        assert_eq!(route(Some("2026-01")), Ok("2026-01"));
        assert_eq!(route(Some("latest")), Err("latest".to_owned()));
    }
}
