//! What went wrong: its kind, its class, and the cause that many failures may share.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, ConnectionId, FieldName, GroupId, ObjectName};
use super::ledger::Action;
use super::recipe::Direction;

/// What a failure means for what happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Worth another try by itself.
    Transient,
    /// The data, the recipe or the org must change first.
    Permanent,
    /// The connection itself no longer works.
    Connection,
}

/// The class of a failure; each has one remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Class {
    /// The authorisation is gone: reconnect.
    Auth,
    /// The recipe limit is reached: free recipes.
    Cap,
    /// A call limit is reached: wait or slow down.
    Limit,
    /// A record was locked: retry.
    Lock,
    /// The remote was busy, slow or unreachable: retry.
    Busy,
    /// A value was not accepted: look at the fields.
    Valid,
    /// A right is missing: ask an administrator.
    Perm,
    /// The record exists already: look at the pair.
    Dup,
    /// The mapping no longer fits: open it.
    Map,
    /// Something that should not be: report it.
    Bug,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 10] = [
        Self::Auth,
        Self::Cap,
        Self::Limit,
        Self::Lock,
        Self::Busy,
        Self::Perm,
        Self::Map,
        Self::Valid,
        Self::Dup,
        Self::Bug,
    ];

    /// Returns the class as it stands in columns and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "AUTH",
            Self::Cap => "CAP",
            Self::Limit => "LIMIT",
            Self::Lock => "LOCK",
            Self::Busy => "BUSY",
            Self::Valid => "VALID",
            Self::Perm => "PERM",
            Self::Dup => "DUP",
            Self::Map => "MAP",
            Self::Bug => "BUG",
        }
    }

    /// Returns the code of the one recommended remedy.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Auth => "reconnect",
            Self::Cap => "free_recipes",
            Self::Limit => "wait",
            Self::Lock | Self::Busy => "retry",
            Self::Valid => "show_diff",
            Self::Perm => "ask_admin",
            Self::Dup => "open_pair",
            Self::Map => "open_mapping",
            Self::Bug => "report",
        }
    }

    /// Returns the code of the person who must act.
    pub fn who(self) -> &'static str {
        match self {
            Self::Auth | Self::Cap | Self::Limit | Self::Lock | Self::Busy | Self::Map | Self::Bug => {
                "operator"
            }
            Self::Valid | Self::Dup => "record_owner",
            Self::Perm => "org_admin",
        }
    }

    /// Returns whether a retry can succeed although nothing has changed.
    pub fn retriable(self) -> bool {
        matches!(self, Self::Lock | Self::Busy)
    }

    /// Returns the rank by which causes are ordered: what blocks most comes first.
    pub fn rank(self) -> u8 {
        match self {
            Self::Auth => 0,
            Self::Cap => 1,
            Self::Limit => 2,
            Self::Lock => 3,
            Self::Busy => 4,
            Self::Perm => 5,
            Self::Map => 6,
            Self::Valid => 7,
            Self::Dup => 8,
            Self::Bug => 9,
        }
    }
}

/// One failure, classified by the table of the system that reported it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What it means for what happens next.
    pub kind: Kind,
    /// Its class.
    pub class: Class,
    /// The remote's own code, or ours where it gave none.
    pub code: Arc<str>,
    /// The remote's own words, bounded in size.
    pub message: Arc<str>,
    /// The fields it names.
    pub fields: Vec<FieldName>,
    /// How long the remote asked to wait, in milliseconds.
    pub wait_ms: Option<i64>,
}

/// The most characters kept of a remote's message.
const LONGEST_MESSAGE: usize = 2_000;

impl Failure {
    /// Returns a failure without fields; the message is cut where it is longer than anybody would read.
    pub fn new(kind: Kind, class: Class, code: impl Into<Arc<str>>, message: &str) -> Self {
        let message: String = message.chars().take(LONGEST_MESSAGE).collect();
        Self { kind, class, code: code.into(), message: message.into(), fields: Vec::new(), wait_ms: None }
    }

    /// Returns the failure with the wait that the remote asked for.
    #[must_use]
    pub fn after(mut self, wait_ms: Option<i64>) -> Self {
        self.wait_ms = wait_ms;
        self
    }
}

/// What makes failures one cause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cause {
    /// Whose.
    pub account: AccountId,
    /// Over which connection.
    pub connection: ConnectionId,
    /// The class.
    pub class: Class,
    /// The object, unless the whole connection is concerned.
    pub object: Option<ObjectName>,
    /// The direction, likewise.
    pub direction: Option<Direction>,
    /// What was tried, likewise.
    pub operation: Option<Action>,
    /// The code.
    pub code: Arc<str>,
    /// The fields named.
    pub fields: Vec<FieldName>,
    /// The message without its ids, numbers and quoted parts.
    pub message: Arc<str>,
}

impl Cause {
    /// Returns the cause of `failure` for one operation. AUTH and LIMIT concern a whole connection: they are
    /// one cause whatever the object.
    pub fn of(
        failure: &Failure,
        account: &AccountId,
        connection: &ConnectionId,
        object: &ObjectName,
        direction: Direction,
        operation: Action,
    ) -> Self {
        let wide = matches!(failure.class, Class::Auth | Class::Limit);
        Self {
            account: account.clone(),
            connection: connection.clone(),
            class: failure.class,
            object: (!wide).then(|| object.clone()),
            direction: (!wide).then_some(direction),
            operation: (!wide).then_some(operation),
            code: Arc::clone(&failure.code),
            fields: if wide { Vec::new() } else { failure.fields.clone() },
            message: if wide { "".into() } else { normalised(&failure.message).into() },
        }
    }

    /// Returns the short name of the cause: the same in every process and after every restart.
    pub fn id(&self) -> GroupId {
        let mut hash = Fnv::new();
        for part in
            [self.account.as_str(), self.connection.as_str(), self.class.name(), &self.code, &self.message]
        {
            hash.add(part);
        }
        hash.add(self.object.as_ref().map_or("", ObjectName::as_str));
        hash.add(match self.direction {
            None => "",
            Some(Direction::FromSalesforce) => "from",
            Some(Direction::ToSalesforce) => "to",
        });
        hash.add(self.operation.map_or("", Action::name));
        for field in &self.fields {
            hash.add(field.as_str());
        }
        GroupId::from(format!("g{:08x}", (hash.0 ^ (hash.0 >> 32)) & 0xffff_ffff))
    }
}

/// FNV-1a, because the standard hasher promises no stable value and the name of a cause must last.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// Returns a message without what differs from record to record: quoted parts, ids, numbers, addresses.
pub fn normalised(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'' | '`' | '“' | '«') {
            let close = match first {
                '“' => '”',
                '«' => '»',
                same => same,
            };
            let inner = &rest[first.len_utf8()..];
            // An apostrophe inside a word opens no quotation.
            let opens = !(first == '\'' && out.ends_with(|c: char| c.is_alphanumeric()));
            if let Some(end) = inner.find(close).filter(|_| opens) {
                out.push_str("<…>");
                rest = &inner[end + close.len_utf8()..];
                continue;
            }
        }
        if first.is_alphanumeric() {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '@' | '+')))
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(if is_value(word) { "<n>" } else { word });
            rest = after;
            continue;
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a word of a message is a value rather than a part of the sentence: a number, an id, an address,
/// the two letters of a country.
fn is_value(word: &str) -> bool {
    let letters_of_a_country = word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    letters_of_a_country || word.contains('@') || word.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_differ_by_record_are_one() {
        for (a, b) in [
            (
                "Phone: data value too large: +34 600 111 222 ext. 4471 (max length=40)",
                "Phone: data value too large: +33 611 222 333 ext. 9 (max length=40)",
            ),
            (
                "unable to obtain exclusive access to this record or 1 records: 001Ab00000Xy",
                "unable to obtain exclusive access to this record or 2 records: 001Ab00000Zz",
            ),
            ("'+30981148' is not a valid phone number for GR", "'+7005' is not a valid phone number for RU"),
            ("label \"Foo\" does not exist", "label \"Bar baz\" does not exist"),
        ] {
            assert_eq!(normalised(a), normalised(b));
        }
    }

    #[test]
    fn an_apostrophe_opens_no_quotation() {
        assert_eq!(normalised("can't set the owner's name"), "can't set the owner's name");
    }

    #[test]
    fn a_revoked_token_is_one_cause_whatever_the_object() {
        let failure =
            Failure::new(Kind::Connection, Class::Auth, "invalid_grant", "expired access/refresh token");
        let cause = |object: &str, direction| {
            Cause::of(&failure, &"default".into(), &"sf".into(), &object.into(), direction, Action::Created)
                .id()
        };
        assert_eq!(cause("Lead", Direction::FromSalesforce), cause("Contact", Direction::ToSalesforce));
    }

    #[test]
    fn every_class_has_a_name_a_rank_a_remedy_and_somebody_who_acts() {
        let told =
            |class: Class| (class.rank(), class.name(), class.remedy(), class.who(), class.retriable());
        let mut all = Class::ALL.map(told);
        all.sort_unstable();
        let expected = [
            (0, "AUTH", "reconnect", "operator", false),
            (1, "CAP", "free_recipes", "operator", false),
            (2, "LIMIT", "wait", "operator", false),
            (3, "LOCK", "retry", "operator", true),
            (4, "BUSY", "retry", "operator", true),
            (5, "PERM", "ask_admin", "org_admin", false),
            (6, "MAP", "open_mapping", "operator", false),
            (7, "VALID", "show_diff", "record_owner", false),
            (8, "DUP", "open_pair", "record_owner", false),
            (9, "BUG", "report", "operator", false),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn only_what_differs_from_record_to_record_is_left_out_of_a_message() {
        for (message, expected) in [
            ("field\"Foo\" is 'bad' here", "field<…> is <…> here"),
            ("'x' “y” «z» `w`", "<…> <…> <…> <…>"),
            ("ABC of IT: a 12 b x9", "ABC of <n>: a <n> b <n>"),
            ("ana@x.example  and\n+34", "<n>.example and +<n>"),
            ("an \"open end", "an \"open end"),
        ] {
            assert_eq!(normalised(message), expected);
        }
    }

    /// It stands in stored rows, in links of web pages and in what people noted down.
    #[test]
    fn the_name_of_a_cause_lasts_and_tells_causes_apart() {
        let cause = |object: &str, code: &str, direction, operation| {
            let failure = Failure {
                fields: vec!["Phone".into()],
                ..Failure::new(Kind::Permanent, Class::Valid, code, "too long: 12")
            };
            Cause::of(&failure, &"default".into(), &"sf".into(), &object.into(), direction, operation)
        };
        let (from, to) = (Direction::FromSalesforce, Direction::ToSalesforce);
        let one = cause("Lead", "STRING_TOO_LONG", from, Action::Created);
        assert_eq!(one.id(), "g908b2f98".into());
        assert_eq!(
            (one.object.clone(), one.direction, one.operation),
            (Some("Lead".into()), Some(from), Some(Action::Created))
        );
        assert_eq!((&*one.message, one.fields.clone()), ("too long: <n>", vec!["Phone".into()]));
        for other in [
            cause("Contact", "STRING_TOO_LONG", from, Action::Created),
            cause("Lead", "REQUIRED", from, Action::Created),
            cause("Lead", "STRING_TOO_LONG", to, Action::Created),
            cause("Lead", "STRING_TOO_LONG", from, Action::Updated),
            Cause { fields: Vec::new(), ..one.clone() },
        ] {
            assert_ne!(one.id(), other.id(), "{other:?}");
        }
    }
}
