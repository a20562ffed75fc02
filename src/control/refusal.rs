//! Turns what went wrong into what a visitor is told: a code, a sentence in their language, an exit code.

use super::protocol::Refusal;
use crate::engine::acts::ActError;
use crate::engine::desk::Mismatch;
use crate::ports::StoreError;
use crate::words::{Arg, Words};

/// Exit code: it failed.
const FAILED: u8 = 1;
/// Exit code: wrong usage or a bad input file.
const USAGE: u8 = 2;
/// Exit code: a rule refused it.
const RULE: u8 = 3;
/// Exit code: a connection needs a person.
const PERSON: u8 = 4;
/// Exit code: the data cannot be reached.
const DATA: u8 = 5;

impl Refusal {
    /// Returns a refusal without details.
    pub fn new(code: &str, exit: u8, message: String) -> Self {
        Self { code: code.into(), message, exit, limit: None, used: None, flaws: Vec::new() }
    }

    /// Returns the refusal of anything that writes.
    pub fn read_only(words: &Words) -> Self {
        Self::new("read_only", RULE, words.say("refused-read-only"))
    }

    /// Returns the refusal that an error of the store is to a visitor.
    pub fn of_store(error: &StoreError, words: &Words) -> Self {
        let args = |pairs: &[(&str, Arg<'_>)], key: &str| words.say_with(key, pairs);
        match error {
            StoreError::Limit { account, limit, used } => {
                let message = args(
                    &[
                        ("limit", (*limit).into()),
                        ("used", (*used).into()),
                        ("account", account.as_str().into()),
                    ],
                    "refused-recipe-limit",
                );
                Self { limit: Some(*limit), used: Some(*used), ..Self::new(error.code(), RULE, message) }
            }
            StoreError::Missing { what, id } => {
                let what = words.say(&format!("thing-{what}"));
                Self::new(
                    error.code(),
                    FAILED,
                    args(&[("what", (&what).into()), ("id", id.into())], "refused-missing"),
                )
            }
            StoreError::Refused { what, id, why } => {
                let what = words.say(&format!("thing-{what}"));
                let pairs = [("what", (&what).into()), ("id", id.into()), ("why", why.into())];
                Self::new(error.code(), RULE, args(&pairs, "refused-rule"))
            }
            StoreError::InUse { path } => {
                Self::new(error.code(), DATA, args(&[("path", path.into())], "refused-in-use"))
            }
            StoreError::TooNew { path, found, known } => {
                let (found, known) = (found.to_string(), known.to_string());
                let pairs = [("path", path.into()), ("found", (&found).into()), ("known", (&known).into())];
                Self::new(error.code(), DATA, args(&pairs, "refused-too-new"))
            }
            StoreError::Full { path } => {
                Self::new(error.code(), FAILED, args(&[("path", path.into())], "refused-disk-full"))
            }
            StoreError::Broken { path, why } => Self::new(
                error.code(),
                DATA,
                args(&[("path", path.into()), ("why", why.into())], "refused-broken"),
            ),
        }
    }

    /// Returns the refusal that an act which was not carried out is to a visitor.
    pub fn of_act(error: &ActError, words: &Words) -> Self {
        match error {
            ActError::Store(error) => Self::of_store(error, words),
            ActError::Vault(error) => {
                let pairs = [("path", (&error.path).into()), ("why", (&error.why).into())];
                Self::new("vault", FAILED, words.say_with("refused-vault", &pairs))
            }
            ActError::Remote(failure) => {
                let exit =
                    if failure.kind == crate::domain::failure::Kind::Connection { PERSON } else { FAILED };
                let (title, fix) = (
                    super::answers::title(words, failure.class, &failure.code),
                    super::answers::fix(words, failure.class, &failure.code),
                );
                let message: &str = &failure.message;
                let pairs = [
                    ("title", (&title).into()),
                    ("code", (&*failure.code).into()),
                    ("message", message.into()),
                    ("fix", (&fix).into()),
                ];
                Self::new("remote_refused", exit, words.say_with("refused-remote", &pairs))
            }
            ActError::Flaws(flaws) => {
                let message = words.say_with("refused-flaws", &[("count", flaws.len().into())]);
                Self { flaws: flaws.clone(), ..Self::new("bad_file", USAGE, message) }
            }
            ActError::WhichAccount(accounts) => {
                let names: Vec<&str> = accounts.iter().map(crate::domain::id::AccountId::as_str).collect();
                let names = names.join(", ");
                Self::new(
                    "which_account",
                    USAGE,
                    words.say_with("refused-which-account", &[("accounts", (&names).into())]),
                )
            }
            ActError::OtherOrg { pinned, found, .. } => {
                let pairs = [("pinned", (&**pinned).into()), ("found", (&**found).into())];
                Self::new("other_org", RULE, words.say_with("refused-other-org", &pairs))
            }
            ActError::Unasked(mismatch) => {
                let (code, key) = match mismatch {
                    Mismatch::NotAwaited => ("not_awaited", "refused-not-awaited"),
                    Mismatch::Expired => ("authorisation_expired", "refused-authorisation-expired"),
                    Mismatch::OtherState => ("other_state", "refused-other-state"),
                    Mismatch::NoCode => ("no_code", "refused-no-code"),
                };
                Self::new(code, RULE, words.say(key))
            }
            ActError::Rights(lacking) => {
                let rights = lacking.join(", ");
                let pairs = [("rights", (&rights).into())];
                Self::new("missing_scopes", PERSON, words.say_with("refused-scopes", &pairs))
            }
            ActError::Shared(error) => Self::of_act(error, words),
            ActError::NotUndoable(job) => {
                let job = job.to_string();
                Self::new(
                    "not_undoable",
                    RULE,
                    words.say_with("refused-not-undoable", &[("job", (&job).into())]),
                )
            }
        }
    }
}
