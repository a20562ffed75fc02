//! What a field resolves to.

use std::borrow::Cow;

use serde_json::Value;

use crate::sandbox::monday::world::{Board, Column, Group, Item, Reply, Update, User, Workspace};

/// An object of the graph.
#[derive(Clone, Debug)]
pub enum Node<'w> {
    /// A root type.
    Root(&'static str),
    /// A board.
    Board(&'w Board),
    /// A column of a board.
    Column(&'w Board, &'w Column),
    /// A group of a board.
    Group(&'w Board, &'w Group),
    /// An item on its board.
    Item(&'w Board, &'w Item),
    /// The value of an item in a column.
    Cell(&'w Board, &'w Item, &'w Column),
    /// One page of items.
    Page(Vec<(&'w Board, &'w Item)>, Option<String>),
    /// A user.
    User(&'w User),
    /// A workspace.
    Workspace(&'w Workspace),
    /// An update.
    Update(&'w Update),
    /// An answer to an update.
    Reply(&'w Reply),
    /// An object without connections, by its type.
    Made(&'static str, Value),
    /// A part of such an object, by its type as the schema names it.
    Part(String, Value),
}

impl Node<'_> {
    /// Returns the object's GraphQL type.
    pub fn type_name(&self) -> &str {
        match self {
            Self::Root(name) | Self::Made(name, _) => name,
            Self::Part(name, _) => name,
            Self::Board(_) => "Board",
            Self::Column(..) => "Column",
            Self::Group(..) => "Group",
            Self::Item(..) => "Item",
            Self::Cell(_, _, column) => column.kind.value_type(),
            Self::Page(..) => "ItemsResponse",
            Self::User(_) => "User",
            Self::Workspace(_) => "Workspace",
            Self::Update(_) => "Update",
            Self::Reply(_) => "Reply",
        }
    }
}

/// What a field of an object answers.
#[derive(Clone, Debug)]
pub enum Answer<'w> {
    /// Nothing.
    Null,
    /// A text or id.
    Text(Cow<'w, str>),
    /// Any other leaf, or objects without connections.
    Json(Value),
    /// An object.
    One(Node<'w>),
    /// A list of objects.
    Many(Vec<Node<'w>>),
}

impl<'w> Answer<'w> {
    /// Answers with a borrowed text.
    pub fn text(text: &'w str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Answers with a made text.
    pub fn own(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// Answers with an id.
    pub fn id(id: u64) -> Self {
        Self::own(id.to_string())
    }

    /// Answers with a text that may be absent.
    pub fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::own)
    }

    /// Answers with an object that may be absent.
    pub fn node(node: Option<Node<'w>>) -> Self {
        node.map_or(Self::Null, Self::One)
    }

    /// Answers with a list of objects.
    pub fn many(nodes: impl IntoIterator<Item = Node<'w>>) -> Self {
        Self::Many(nodes.into_iter().collect())
    }
}
