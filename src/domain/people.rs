//! Users of both systems: who is who, and how an owner on one side is told on the other.
//!
//! Owners are compared in one common form: the id of the Salesforce user, or [`DEFAULT`]. Everybody whom the other
//! system does not know is the default owner there, and so is the default owner: what is written for a user without
//! a link comes back as what was written, and nobody overwrites an owner that cannot be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{ConnectionId, RemoteId, Side};
use super::schema::Form;
use super::time::Stamp;
use super::value::Value;

/// The common form of an owner whom the other side does not know.
pub const DEFAULT: &str = "default";

/// The code of a write that gave a record the default owner.
pub const OWNER_DEFAULT: &str = "OWNER_DEFAULT";

/// A user of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: RemoteId,
    /// First and last name.
    pub name: Arc<str>,
    /// The e-mail address.
    pub email: Arc<str>,
    /// What the user signs in with, where that is something else.
    pub login: Option<Arc<str>>,
    /// Whether the user may sign in.
    pub active: bool,
}

/// What ties two users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TiedBy {
    /// The same e-mail address.
    Email,
    /// The same name.
    Name,
    /// A person.
    Hand,
}

impl TiedBy {
    /// Returns the word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::Hand => "hand",
        }
    }
}

/// Two users who are the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserLink {
    /// The Salesforce user.
    pub salesforce: RemoteId,
    /// The user of the other system.
    pub target: RemoteId,
    /// What ties them.
    pub by: TiedBy,
}

/// The users of two connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The Salesforce connection.
    pub salesforce: ConnectionId,
    /// The other system's connection.
    pub target: ConnectionId,
    /// Users of Salesforce.
    pub salesforce_users: Vec<User>,
    /// Users of the other system.
    pub target_users: Vec<User>,
    /// Who is who.
    pub links: Vec<UserLink>,
    /// When the users were read.
    pub read_at: Stamp,
}

/// How owners are told on either side, for one recipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    to_salesforce: BTreeMap<RemoteId, RemoteId>,
    to_target: BTreeMap<RemoteId, RemoteId>,
    default_salesforce: Option<RemoteId>,
    default_target: Option<RemoteId>,
}

impl People {
    /// Returns two connections of which nobody is known yet.
    pub fn new(salesforce: ConnectionId, target: ConnectionId) -> Self {
        let (salesforce_users, target_users, links) = (Vec::new(), Vec::new(), Vec::new());
        Self { salesforce, target, salesforce_users, target_users, links, read_at: Stamp::ZERO }
    }

    /// Returns the users of a side.
    pub fn users(&self, side: Side) -> &[User] {
        match side {
            Side::Salesforce => &self.salesforce_users,
            Side::Other => &self.target_users,
        }
    }

    /// Returns a user of a side by id, login or e-mail address.
    pub fn find(&self, side: Side, text: &str) -> Option<&User> {
        let users = self.users(side);
        let same = |known: &str| same(known, text);
        let by_id = users.iter().find(|user| user.id.as_str() == text);
        let by_login = || users.iter().find(|user| user.login.as_deref().is_some_and(same));
        by_id.or_else(by_login).or_else(|| only(users.iter().filter(|user| user.active && same(&user.email))))
    }

    /// Links active users who have no link and are alike, where exactly one on either side is; returns how many.
    pub fn tie_alike(&mut self, by: TiedBy) -> usize {
        let key = |user: &User| match by {
            TiedBy::Email => user.email.trim().to_lowercase(),
            TiedBy::Name | TiedBy::Hand => user.name.trim().to_lowercase(),
        };
        let mut found = Vec::new();
        for user in self.free(Side::Salesforce) {
            let wanted = key(user);
            if wanted.is_empty()
                || self.free(Side::Salesforce).filter(|other| key(other) == wanted).count() > 1
            {
                continue;
            }
            if let Some(other) = only(self.free(Side::Other).filter(|other| key(other) == wanted)) {
                found.push(UserLink { salesforce: user.id.clone(), target: other.id.clone(), by });
            }
        }
        let count = found.len();
        self.links.extend(found);
        count
    }

    /// Links two users by hand; what either was linked with before is over.
    pub fn tie(&mut self, salesforce: RemoteId, target: RemoteId) {
        self.links.retain(|link| link.salesforce != salesforce && link.target != target);
        self.links.push(UserLink { salesforce, target, by: TiedBy::Hand });
    }

    /// Ends the link of a Salesforce user; returns whether there was one.
    pub fn untie(&mut self, salesforce: &RemoteId) -> bool {
        let before = self.links.len();
        self.links.retain(|link| link.salesforce != *salesforce);
        self.links.len() < before
    }

    /// Returns the active users without a link.
    pub fn free(&self, side: Side) -> impl Iterator<Item = &User> {
        let linked = move |user: &&User| {
            !self.links.iter().any(|link| match side {
                Side::Salesforce => link.salesforce == user.id,
                Side::Other => link.target == user.id,
            })
        };
        self.users(side).iter().filter(|user| user.active).filter(linked)
    }

    /// Returns how owners are told by a recipe whose default owner is `wanted`, else the users whom we sign in as.
    /// Inactive users are nobody.
    pub fn crossing(
        &self,
        wanted: Option<&str>,
        salesforce_self: Option<RemoteId>,
        target_self: Option<RemoteId>,
    ) -> Crossing {
        let active =
            |side: Side, id: &RemoteId| self.users(side).iter().any(|user| user.id == *id && user.active);
        let links: Vec<&UserLink> = self
            .links
            .iter()
            .filter(|link| active(Side::Salesforce, &link.salesforce) && active(Side::Other, &link.target))
            .collect();
        let to_target: BTreeMap<RemoteId, RemoteId> =
            links.iter().map(|link| (link.salesforce.clone(), link.target.clone())).collect();
        let to_salesforce: BTreeMap<RemoteId, RemoteId> =
            links.iter().map(|link| (link.target.clone(), link.salesforce.clone())).collect();
        let usable = |user: &&User| user.active;
        let chosen =
            |side| wanted.and_then(|text| self.find(side, text)).filter(usable).map(|user| user.id.clone());
        let salesforce = chosen(Side::Salesforce);
        let across = |id: &RemoteId| to_target.get(id).cloned();
        let target = salesforce.as_ref().and_then(across).or_else(|| chosen(Side::Other)).or(target_self);
        let back = target.as_ref().and_then(|id| to_salesforce.get(id).cloned());
        Crossing {
            default_salesforce: salesforce.or(back).or(salesforce_self),
            default_target: target,
            to_salesforce,
            to_target,
        }
    }
}

impl Crossing {
    /// Returns the common form of what stands in a field of users on `side`.
    pub fn common(&self, side: Side, value: &Value, form: Form) -> Value {
        let known = ids(value).into_iter().find_map(|id| self.known(side, &id));
        match (known, form) {
            (Some(id), _) => Value::text(id.as_str()),
            (None, Form::Owner) => Value::text(DEFAULT),
            (None, _) => Value::Null,
        }
    }

    /// Returns the Salesforce id of a user of `side`, unless that is the default owner or has no link.
    fn known(&self, side: Side, id: &RemoteId) -> Option<RemoteId> {
        let salesforce = match side {
            Side::Salesforce => self.to_target.contains_key(id).then(|| id.clone()),
            Side::Other => self.to_salesforce.get(id).cloned(),
        }?;
        let default = self.default_salesforce.as_ref() == Some(&salesforce)
            || self.to_target.get(&salesforce) == self.default_target.as_ref();
        (!default).then_some(salesforce)
    }

    /// Returns what is written into a field of users on `side`; `None` where nobody is known who could be.
    pub fn native(&self, side: Side, value: &Value, form: Form) -> Option<Value> {
        let id = ids(value).into_iter().next().filter(|id| id.as_str() != DEFAULT);
        let linked = id.and_then(|id| self.to_target.get(&id).map(|target| (id.clone(), target.clone())));
        let own = |(salesforce, target): (RemoteId, RemoteId)| match side {
            Side::Salesforce => salesforce,
            Side::Other => target,
        };
        let default = || match side {
            Side::Salesforce => self.default_salesforce.clone(),
            Side::Other => self.default_target.clone(),
        };
        match (linked.map(own), form) {
            (Some(id), _) => Some(Value::text(id.as_str())),
            (None, Form::Owner) => default().map(|id| Value::text(id.as_str())),
            (None, _) => Some(Value::Null),
        }
    }
}

fn ids(value: &Value) -> Vec<RemoteId> {
    match value {
        Value::Null => Vec::new(),
        Value::List(values) => values.iter().map(|value| value.to_string().into()).collect(),
        other => vec![other.to_string().into()],
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, name: &str, email: &str) -> User {
        User { id: id.into(), name: name.into(), email: email.into(), login: None, active: true }
    }

    fn people() -> People {
        let mut people = People::new("sf".into(), "monday".into());
        people.salesforce_users = vec![
            user("005A", "Ana Admin", "ana@x.example"),
            user("005B", "Bo Builder", "bo@sf.example"),
            user("005C", "Twin", "c@x.example"),
            user("005D", "Twin", "d@x.example"),
            user("005S", "Sync", "sync@x.example"),
            User { active: false, ..user("005G", "Gone", "gone@x.example") },
        ];
        people.target_users = vec![
            user("1", "Ana A.", " ANA@x.example"),
            user("2", "bo builder", "bo@board.example"),
            user("3", "Twin", "other@x.example"),
            user("4", "Gone", "gone@x.example"),
            user("9", "Robot", "robot@x.example"),
        ];
        people
    }

    #[test]
    fn only_what_is_unique_and_active_is_linked() {
        let mut people = people();
        assert_eq!((people.tie_alike(TiedBy::Email), people.tie_alike(TiedBy::Name)), (1, 1));
        let linked: Vec<_> =
            people.links.iter().map(|link| (link.salesforce.as_str(), link.target.as_str())).collect();
        assert_eq!(linked, [("005A", "1"), ("005B", "2")]);
        assert_eq!(people.tie_alike(TiedBy::Email), 0, "once is enough");
        people.tie("005C".into(), "1".into());
        assert_eq!(people.links.len(), 2, "nobody is two people: {:?}", people.links);
        assert!(people.untie(&"005C".into()) && !people.untie(&"005C".into()));
    }

    #[test]
    fn what_is_written_comes_back_as_what_was_meant() {
        let mut people = people();
        people.tie_alike(TiedBy::Email);
        people.tie_alike(TiedBy::Name);
        for wanted in [None, Some("bo@sf.example"), Some("005S"), Some("nobody")] {
            // We may sign in as somebody who has a link, or as nobody whom the other side knows.
            for target_self in ["9", "1"] {
                let crossing = people.crossing(wanted, Some("005S".into()), Some(target_self.into()));
                for side in [Side::Salesforce, Side::Other] {
                    let ids = people.users(side).iter().map(|user| Value::text(user.id.as_str()));
                    for value in
                        ids.chain([Value::Null, Value::text("00G1"), Value::List(vec![Value::text("7")])])
                    {
                        for form in [Form::Owner, Form::Person] {
                            let common = crossing.common(side, &value, form);
                            let other = side.opposite();
                            let native = crossing.native(other, &common, form).unwrap();
                            assert_eq!(crossing.common(other, &native, form), common, "{value} {wanted:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn who_has_no_link_or_has_left_is_the_default_owner() {
        let mut people = people();
        people.tie_alike(TiedBy::Email);
        people.tie("005G".into(), "4".into());
        let crossing = people.crossing(None, Some("005S".into()), Some("9".into()));
        let written = |id: &str| {
            let common = crossing.common(Side::Salesforce, &Value::text(id), Form::Owner);
            crossing.native(Side::Other, &common, Form::Owner).unwrap().to_string()
        };
        assert_eq!((&*written("005A"), &*written("005B"), &*written("005G")), ("1", "9", "9"));
        let chosen = people.crossing(Some("ana@x.example"), Some("005S".into()), Some("9".into()));
        let common = chosen.common(Side::Salesforce, &Value::text("005B"), Form::Owner);
        assert_eq!(chosen.native(Side::Other, &common, Form::Owner), Some(Value::text("1")));
        assert_eq!(chosen.native(Side::Salesforce, &common, Form::Owner), Some(Value::text("005A")));
    }

    #[test]
    fn a_user_is_found_by_id_login_or_an_address_that_is_theirs_alone() {
        let mut people = people();
        people.salesforce_users[1].login = Some("bo.login".into());
        people.salesforce_users[3].email = "c@x.example".into();
        let found = |text: &str| people.find(Side::Salesforce, text).map(|user| user.id.to_string());
        for (text, expected) in [
            ("005B", Some("005B")),
            ("005G", Some("005G")),
            ("BO.Login", Some("005B")),
            (" ana@X.example", Some("005A")),
            ("c@x.example", None),
            ("gone@x.example", None),
            ("005b", None),
        ] {
            assert_eq!(found(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_link_that_is_undone_leaves_the_others() {
        let mut people = people();
        people.tie("005A".into(), "1".into());
        people.tie("005B".into(), "2".into());
        assert!(people.untie(&"005A".into()));
        assert_eq!(people.links.iter().map(|link| link.salesforce.as_str()).collect::<Vec<_>>(), ["005B"]);
        for by in [TiedBy::Email, TiedBy::Name, TiedBy::Hand] {
            assert_eq!(serde_json::to_value(by).unwrap(), by.name());
        }
    }
}
