//! What calls to remotes are made for, so that people can see who uses them up. Nothing is decided by it.

use serde::{Deserialize, Serialize};

use super::id::RecipeId;

/// What a call is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Errand {
    /// What is done.
    pub purpose: Purpose,
    /// For which recipe, where it is for one alone.
    pub recipe: Option<RecipeId>,
}

impl Errand {
    /// What no single recipe is behind.
    pub fn shared(purpose: Purpose) -> Self {
        Self { purpose, recipe: None }
    }
}

/// Why calls are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To find out what has changed.
    Look,
    /// To write what has changed, and to look it up before.
    Write,
    /// To write once more what failed.
    Retry,
    /// Because a person waits for it.
    Person,
    /// To keep the connection itself: tokens, subscriptions.
    #[default]
    Keep,
}

impl Purpose {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Look, Self::Write, Self::Retry, Self::Person, Self::Keep];

    /// Returns the name in JSON and in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Write => "write",
            Self::Retry => "retry",
            Self::Person => "person",
            Self::Keep => "keep",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_is_called_as_in_json() {
        for purpose in Purpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.name());
            assert_eq!(Errand::shared(purpose), Errand { purpose, recipe: None });
        }
    }
}
