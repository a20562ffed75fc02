//! The pre-flight check: what is found when a connection is looked at before it is relied on, and what the installed
//! package is able to do. Pure judgement; the facts come from the remote.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{FieldName, ObjectName, System};
use super::time::{MINUTE, SECOND};

/// How one check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All is well.
    Pass,
    /// It works, but somebody should look.
    Warn,
    /// It does not work.
    Fail,
}

impl Verdict {
    /// Returns the verdict's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One thing that was found. Its texts have the key `doctor-CHECK-OUTCOME`, and `doctor-CHECK-fix`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which check.
    pub check: Arc<str>,
    /// How it went.
    pub verdict: Verdict,
    /// What it is about, such as an object; empty for the connection as a whole.
    pub about: Arc<str>,
    /// What else the text names.
    pub detail: Arc<str>,
}

impl Finding {
    /// Returns a finding.
    pub fn new(check: &str, verdict: Verdict, about: &str, detail: impl Into<Arc<str>>) -> Self {
        Self { check: check.into(), verdict, about: about.into(), detail: detail.into() }
    }

    /// Returns who can mend it.
    pub fn who(&self) -> &'static str {
        match &*self.check {
            "fields" | "clock" => "operator",
            _ => "administrator",
        }
    }
}

/// What the recipes of a connection need of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// The object.
    pub object: String,
    /// Fields that are read.
    pub reads: Vec<FieldName>,
    /// Fields that are written; empty when nothing is.
    pub writes: Vec<FieldName>,
    /// Whether records are deleted.
    pub deletes: bool,
}

/// Returns what a clock says that differs from ours by `skew_ms`.
pub fn clock(skew_ms: i64) -> Finding {
    let verdict = match skew_ms.abs() {
        0..=MINUTE => Verdict::Pass,
        skew if skew <= 5 * MINUTE => Verdict::Warn,
        _ => Verdict::Fail,
    };
    Finding::new("clock", verdict, "", (skew_ms / SECOND).to_string())
}

/// Returns what the calls that are left say.
pub fn calls(left: u64, limit: u64) -> Finding {
    let verdict = match left {
        0 => Verdict::Fail,
        left if left.saturating_mul(10) < limit => Verdict::Warn,
        _ => Verdict::Pass,
    };
    Finding::new("calls", verdict, "", format!("{left}/{limit}"))
}

/// A row of the table of packages: what a version that may be installed in an org is able to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageVersion {
    /// The system that it belongs to.
    pub system: System,
    /// Its namespace in the org.
    pub namespace: String,
    /// The version, such as `1.18`.
    pub version: String,
    /// Objects that it does not support.
    pub lacks: Vec<ObjectName>,
    /// Whether there is no newer one.
    pub latest: bool,
    /// Where it is installed from.
    pub install_url: String,
}

/// The table of packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packages(pub Vec<PackageVersion>);

impl Packages {
    /// Returns the namespaces that are looked for in an org.
    pub fn namespaces(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.iter().map(|row| row.namespace.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Returns the row of an installed version: that of the same number, else that of the same first two numbers.
    fn row(&self, version: &str) -> Option<&PackageVersion> {
        let short: String = version.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
        self.0
            .iter()
            .find(|row| row.version == version)
            .or_else(|| self.0.iter().find(|row| row.version == short))
    }

    /// Returns the newest version.
    pub fn latest(&self) -> Option<&PackageVersion> {
        self.0.iter().find(|row| row.latest)
    }

    /// Returns which version supports an object that the installed one does not.
    pub fn lacks(&self, installed: &str, object: &str) -> Option<String> {
        let is = |known: &ObjectName| known.as_str().eq_ignore_ascii_case(object);
        let row = self.row(installed).filter(|row| row.lacks.iter().any(is))?;
        let other =
            self.0.iter().find(|other| other.namespace == row.namespace && !other.lacks.iter().any(is));
        Some(other.map_or_else(|| "none".to_owned(), |other| other.version.clone()))
    }

    /// Returns what is to be said of the installed version, or of none.
    pub fn finding(&self, installed: Option<&str>, needed: bool) -> Finding {
        let Some(installed) = installed else {
            let url = self.latest().map_or("", |row| row.install_url.as_str());
            return Finding::new("package", if needed { Verdict::Fail } else { Verdict::Pass }, "", url);
        };
        let outdated = self.row(installed).is_some_and(|row| !row.latest);
        let verdict = if outdated { Verdict::Warn } else { Verdict::Pass };
        Finding::new("package", verdict, installed, self.latest().map_or("", |row| row.version.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Packages {
        let row = |version: &str, lacks: &[&str], latest| PackageVersion {
            system: System::Monday,
            namespace: "monday".into(),
            version: version.into(),
            lacks: lacks.iter().map(|object| ObjectName::from(*object)).collect(),
            latest,
            install_url: format!("https://x/{version}"),
        };
        Packages(vec![row("1.16", &[], false), row("1.18", &["Order"], true)])
    }

    #[test]
    fn the_version_that_has_an_object_is_named() {
        let table = table();
        assert_eq!(table.lacks("1.18.0.1", "order").as_deref(), Some("1.16"));
        assert_eq!(table.lacks("1.18", "Lead"), None);
        assert_eq!(table.lacks("1.16.0.3", "Order"), None);
        assert_eq!(table.lacks("1.1", "Order"), None, "1.1 is not 1.18");
    }

    #[test]
    fn a_package_is_newest_outdated_or_missing() {
        let table = table();
        let verdict = |installed, needed| table.finding(installed, needed).verdict;
        assert_eq!(verdict(Some("1.18.0.1"), true), Verdict::Pass);
        assert_eq!(verdict(Some("1.16.2.1"), true), Verdict::Warn);
        assert_eq!((verdict(None, true), verdict(None, false)), (Verdict::Fail, Verdict::Pass));
        assert_eq!(&*table.finding(None, true).detail, "https://x/1.18");
    }

    #[test]
    fn skew_and_calls_are_judged() {
        assert_eq!(
            [0, -61_000, 301_000].map(|skew| clock(skew).verdict),
            [Verdict::Pass, Verdict::Warn, Verdict::Fail]
        );
        assert_eq!(
            [500, 99, 0].map(|left| calls(left, 1_000).verdict),
            [Verdict::Pass, Verdict::Warn, Verdict::Fail]
        );
    }

    #[test]
    fn what_a_file_says_or_a_clock_is_for_who_operates_syncdeck() {
        let who = |check| Finding::new(check, Verdict::Fail, "", "").who();
        assert_eq!(["fields", "clock"].map(who), ["operator"; 2]);
        assert_eq!(["scopes", "package"].map(who), ["administrator"; 2]);
    }

    #[test]
    fn findings_tell_seconds_calls_and_words() {
        let told = |skew_ms| clock(skew_ms).detail.to_string();
        assert_eq!([61_999, -301_000].map(told), ["61", "-301"]);
        assert_eq!(
            [60_000, 60_001, 300_000, 300_001].map(|skew| clock(skew).verdict),
            [Verdict::Pass, Verdict::Warn, Verdict::Warn, Verdict::Fail]
        );
        assert_eq!((calls(100, 1_000).verdict, &*calls(7, 1_000).detail), (Verdict::Pass, "7/1000"));
        for verdict in [Verdict::Pass, Verdict::Warn, Verdict::Fail] {
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
        }
    }

    #[test]
    fn packages_of_several_systems_are_told_apart() {
        let mut table = table();
        let another = PackageVersion { namespace: "another".into(), ..table.0[0].clone() };
        table.0.insert(0, PackageVersion { version: "9.9".into(), ..another });
        assert_eq!(table.namespaces(), ["another", "monday"]);
        assert_eq!(table.lacks("1.18", "Order").as_deref(), Some("1.16"), "not the package of another");
        table.0.retain(|row| row.version != "1.16");
        assert_eq!(table.lacks("1.18", "Order").as_deref(), Some("none"));
    }
}
