//! Names of things: one type for each kind of id, so that none can be taken for another.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A system that syncdeck talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Salesforce, always one side of a recipe.
    Salesforce,
    /// monday.com.
    Monday,
    /// HubSpot.
    Hubspot,
    /// ForceManager.
    Forcemanager,
    /// Modjo.
    Modjo,
}

impl System {
    /// Every system, Salesforce first.
    pub const ALL: [Self; 5] =
        [Self::Salesforce, Self::Monday, Self::Hubspot, Self::Forcemanager, Self::Modjo];

    /// Returns the name used in files, JSON and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::Monday => "monday",
            Self::Hubspot => "hubspot",
            Self::Forcemanager => "forcemanager",
            Self::Modjo => "modjo",
        }
    }

    /// Returns what its maker calls it, for a person.
    pub fn title(self) -> &'static str {
        match self {
            Self::Salesforce => "Salesforce",
            Self::Monday => "monday.com",
            Self::Hubspot => "HubSpot",
            Self::Forcemanager => "ForceManager",
            Self::Modjo => "Modjo",
        }
    }

    /// Returns the short name that fits a column of the console.
    pub fn short(self) -> &'static str {
        match self {
            Self::Salesforce => "SF",
            Self::Forcemanager => "fm",
            other => other.name(),
        }
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for System {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|system| system.name() == text).ok_or(())
    }
}

/// A side of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// The Salesforce record (side A of the planner).
    Salesforce,
    /// The counterpart in the other system (side B).
    Other,
}

impl Side {
    /// Returns the opposite side.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Salesforce => Self::Other,
            Self::Other => Self::Salesforce,
        }
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<Arc<str>>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

text_id!(
    /// An account, such as `default`.
    AccountId
);
text_id!(
    /// A connection: a slug of 1 to 32 characters out of `a-z`, `0-9` and `-`.
    ConnectionId
);
text_id!(
    /// A Salesforce object (`Lead`) or, on the other side, the kind of record a container holds.
    ObjectName
);
text_id!(
    /// A container of a system, by the system's own id: an object name, a board id.
    ContainerId
);
text_id!(
    /// A record, by its system's own id. Salesforce ids have 18 characters here.
    RemoteId
);
text_id!(
    /// A field or column, by its system's own name.
    FieldName
);
text_id!(
    /// A cause: the short hash of an error group's key.
    GroupId
);

impl ConnectionId {
    /// Returns the id when `text` is a slug of 1 to 32 characters.
    pub fn checked(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self::from(text))
    }
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $int:ty, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub $int);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!(concat!($prefix, "{}"), self.0))
            }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                let digits = text.strip_prefix($prefix).ok_or(())?;
                let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                plain.then_some(()).ok_or(())?;
                digits.parse().map(Self).map_err(|_| ())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                    text.parse().map_err(|()| de::Error::custom(concat!("not an id like ", $prefix, "1")))
                } else {
                    Deserialize::deserialize(deserializer).map(Self)
                }
            }
        }
    };
}

number_id!(
    /// A recipe, shown as `r1`; allotted per data directory and never reused.
    RecipeId,
    u32,
    "r"
);
number_id!(
    /// The links of one recipe, or the shared links of a pair, shown as `s1`; the number is that of the first
    /// recipe that had them.
    LinkSetId,
    u32,
    "s"
);
number_id!(
    /// A link, shown as `l1`.
    LinkId,
    u64,
    "l"
);
number_id!(
    /// An error, shown as `e1`.
    ErrorId,
    u64,
    "e"
);
number_id!(
    /// A job, shown as its bare number.
    JobId,
    u64,
    ""
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_id_reads_with_and_without_padding() {
        assert_eq!("r07".parse(), Ok(RecipeId(7)));
        assert_eq!(RecipeId(7).to_string(), "r7");
        for wrong in ["", "r", "7", "r-7", "r+7", "x7", "r7 "] {
            assert_eq!(wrong.parse::<RecipeId>(), Err(()), "{wrong:?}");
        }
    }

    #[test]
    fn a_connection_id_is_a_slug() {
        assert!(ConnectionId::checked("acme-prod").is_some());
        for wrong in ["", "Acme", "a b", &"a".repeat(33)] {
            assert!(ConnectionId::checked(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_short_name_fits_a_column() {
        let short = |system: System| system.short();
        assert_eq!([System::Salesforce, System::Forcemanager].map(short), ["SF", "fm"]);
        let others = [System::Monday, System::Hubspot, System::Modjo];
        assert_eq!(others.map(short), others.map(System::name));
    }

    #[test]
    fn a_system_is_known_by_its_name() {
        for system in System::ALL {
            assert_eq!(
                (system.to_string().parse(), system.to_string()),
                (Ok(system), system.name().to_owned())
            );
            assert_eq!(serde_json::to_value(system).unwrap(), system.name());
        }
        let titles = ["Salesforce", "monday.com", "HubSpot", "ForceManager", "Modjo"];
        assert_eq!(System::ALL.map(System::title), titles);
        assert!("Salesforce".parse::<System>().is_err() && "".parse::<System>().is_err());
    }
}
