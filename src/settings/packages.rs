//! The table of packages: built in, or from a file of the operator's.

use super::checked::{Mistake, Reader, read};
use crate::domain::doctor::{PackageVersion, Packages};
use crate::domain::id::System;

/// The table that is built in.
pub const BUILT_IN: &str = include_str!("../../config/packages.toml");

/// Reads a table.
///
/// # Errors
/// Every mistake in it.
pub fn parse(path: &str, text: &str) -> Result<Packages, Vec<Mistake>> {
    read(path, text, |file| Some(Packages(file.tables("package", row)))).map(|(table, _)| table)
}

fn row(file: &Reader<'_>) -> Option<PackageVersion> {
    let system = file.choice("system", &[("monday", System::Monday)]);
    let namespace = file.required("namespace", "the package's namespace in the org").filter(|text| {
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain {
            file.wrong("namespace", text.as_str(), "letters, digits and _");
        }
        plain
    });
    let version = file.required("version", "a version such as \"1.18\"");
    let lacks = file.texts("lacks").into_iter().map(|object| object.as_str().into()).collect();
    let latest = file.flag("latest").unwrap_or(false);
    let install_url = file.text("install_url").unwrap_or_default();
    Some(PackageVersion {
        system: system?,
        namespace: namespace?,
        version: version?,
        lacks,
        latest,
        install_url,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_reads_and_knows_order() {
        let table = parse("packages.toml", BUILT_IN).unwrap();
        assert_eq!(table.lacks("1.18.0.1", "Order").as_deref(), Some("1.16"));
        assert!(table.latest().is_some_and(|row| row.version == "1.18" && row.install_url.is_empty()));
        let mistakes =
            parse("p.toml", "[[package]]\nsystem = \"monday\"\nnamespace = \"a'b\"\n").unwrap_err();
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
    }
}
