//! From names to places: a query made ready to run for one user.

use std::collections::HashSet;

use super::filter::{Condition, compile};
use super::group::Grouping;
use super::{Literal, Name, Order, Query, Select, Term, Which, pointing};
use crate::sandbox::salesforce::access::Access;
use crate::sandbox::salesforce::error::ApiError;
use crate::sandbox::salesforce::ids::Id;
use crate::sandbox::salesforce::schema::{Field, Kind, Object, at};
use crate::sandbox::salesforce::store::Store;

/// What the compilation of a query may look at.
#[derive(Clone, Copy)]
pub(in super::super) struct Scope<'a> {
    pub(in super::super) store: &'a Store,
    pub(in super::super) access: &'a Access,
    /// The text, for errors that point into it.
    pub(in super::super) text: &'a str,
    /// The user's present day.
    pub(in super::super) today: i64,
    /// Deleted rows too.
    pub(in super::super) all: bool,
}

/// A query ready to run.
#[derive(Clone, Debug)]
pub(in super::super) struct Plan {
    pub(in super::super) object: usize,
    pub(in super::super) output: Output,
    pub(super) filter: Option<Condition>,
    pub(super) order: Vec<Sort>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    pub(super) all: bool,
}

/// What a plan gives.
#[derive(Clone, Debug)]
pub(in super::super) enum Output {
    /// `COUNT()`: no rows, only their number.
    Count,
    /// Records.
    Rows(Node),
    /// Groups with aggregates.
    Groups(Grouping),
}

/// The selected fields of one object, and of its parents below it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Node {
    pub(super) object: usize,
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(super) enum Entry {
    Field { key: String, place: usize },
    Compound { key: String, place: usize },
    Parent { key: String, place: usize, node: Node },
    Children { key: String, place: usize, plan: Box<Plan> },
}

/// The way from a row to a value: lookups to follow, then the field.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Path {
    pub(super) lookups: Vec<usize>,
    pub(super) place: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Sort {
    pub(super) path: Path,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}

impl Plan {
    /// Compiles a query.
    pub(in super::super) fn new(query: &Query, scope: Scope<'_>) -> Result<Self, ApiError> {
        let name = query.from.parts.join(".");
        let object = scope.store.schema().object(&name).filter(|object| scope.access.reads(object));
        let object = object.ok_or_else(|| {
            let plain = ApiError::no_type(&name);
            pointing(scope.text, query.from.at, &plain.code, &plain.message)
        })?;
        Self::over(query, object, scope)
    }

    fn over(query: &Query, object: &Object, scope: Scope<'_>) -> Result<Self, ApiError> {
        if query.offset.is_some_and(|offset| offset > 2000) {
            let message = "Maximum SOQL offset allowed is 2000";
            return Err(ApiError::new(400, "NUMBER_OUTSIDE_VALID_RANGE", message));
        }
        let names = Names { scope, object, alias: query.alias.as_deref() };
        let filter = query.filter.as_ref().map(|filter| compile(filter, names)).transpose()?;
        let aggregates = query.select.iter().any(|select| matches!(select, Select::Aggregate(..)));
        let output = match query.select.as_slice() {
            [Select::Aggregate(super::Function::Count, None, None)] if query.group.is_empty() => {
                Output::Count
            }
            _ if aggregates || !query.group.is_empty() => Output::Groups(Grouping::new(query, names)?),
            select => Output::Rows(names.node(select, query)?),
        };
        let order = match &output {
            Output::Rows(_) => query.order.iter().map(|order| names.sort(order)).collect::<Result<_, _>>()?,
            _ => Vec::new(),
        };
        let (limit, offset) = (query.limit, query.offset.unwrap_or(0));
        Ok(Self { object: object.number, output, filter, order, limit, offset, all: scope.all })
    }
}

/// Resolves names from one object on.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) object: &'a Object,
    pub(super) alias: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn node(self, select: &[Select], query: &Query) -> Result<Node, ApiError> {
        let mut root = Node { object: self.object.number, entries: Vec::new() };
        let mut seen = HashSet::new();
        for element in select {
            match element {
                Select::Field(name, alias) if alias.is_none() => {
                    let lower = self.own_parts(name).join(".").to_ascii_lowercase();
                    if !seen.insert(lower) {
                        let message = format!("duplicate field selected: {}", name.parts.join("."));
                        return Err(ApiError::new(400, "INVALID_FIELD", message));
                    }
                    self.add(&mut root, name, None)?;
                }
                Select::Field(name, _) => {
                    let message = "only aggregate expressions use field aliasing";
                    return Err(pointing(self.scope.text, name.at, "MALFORMED_QUERY", message));
                }
                Select::Wrapped(name, alias) => self.add(&mut root, name, alias.as_deref())?,
                Select::Fields(which, at) => self.add_fields(&mut root, *which, *at, query)?,
                Select::Children(children) => self.add_children(&mut root, children)?,
                Select::Aggregate(..) => {}
            }
        }
        Ok(root)
    }

    fn add(self, root: &mut Node, name: &Name, alias: Option<&str>) -> Result<(), ApiError> {
        let path = self.path(name)?;
        let mut node = root;
        let mut object = self.object;
        for lookup in &path.lookups {
            let known = node
                .entries
                .iter()
                .position(|entry| matches!(entry, Entry::Parent { place, .. } if place == lookup));
            let (key, parent) = self.parent(object, *lookup, name)?;
            let position = known.unwrap_or(node.entries.len());
            if known.is_none() {
                let below = Node { object: parent.number, entries: Vec::new() };
                node.entries.push(Entry::Parent { key: key.to_owned(), place: *lookup, node: below });
            }
            let Some(Entry::Parent { node: below, .. }) = node.entries.get_mut(position) else {
                return Ok(());
            };
            node = below;
            object = parent;
        }
        let Some(field) = object.field(path.place) else { return Ok(()) };
        let key = alias.unwrap_or(field.name).to_owned();
        let place = path.place;
        let entry = if field.kind.is_compound() {
            Entry::Compound { key, place }
        } else {
            Entry::Field { key, place }
        };
        node.entries.push(entry);
        Ok(())
    }

    fn add_fields(self, root: &mut Node, which: Which, at: usize, query: &Query) -> Result<(), ApiError> {
        if which != Which::Standard && query.limit.is_none_or(|limit| limit > 200) {
            let message = "The SOQL FIELDS function must have a LIMIT of at most 200";
            return Err(pointing(self.scope.text, at, "MALFORMED_QUERY", message));
        }
        for (place, field) in self.object.fields.iter().enumerate() {
            let custom = field.name.ends_with("__c") || field.name.ends_with("__s");
            let wanted = match which {
                Which::All => true,
                Which::Standard => !custom,
                Which::Custom => custom,
            };
            if !wanted || !self.scope.access.sees(self.object, place) {
                continue;
            }
            let key = field.name.to_owned();
            let compound = field.kind.is_compound();
            root.entries.push(if compound {
                Entry::Compound { key, place }
            } else {
                Entry::Field { key, place }
            });
        }
        Ok(())
    }

    fn add_children(self, root: &mut Node, query: &Query) -> Result<(), ApiError> {
        let relation = query.from.parts.join(".");
        let child = self.scope.store.schema().children(self.object).find(|child| {
            let field = child.object.field(child.field);
            field.is_some_and(|field| field.children.eq_ignore_ascii_case(&relation) && !relation.is_empty())
        });
        let child = child.filter(|child| self.scope.access.reads(child.object)).ok_or_else(|| {
            let message = format!(
                "Didn't understand relationship '{relation}' in FROM part of query call. If you are attempting to use \
                 a custom relationship, be sure to append the '__r' after the custom relationship name. Please \
                 reference your WSDL or the describe call for the appropriate names."
            );
            pointing(self.scope.text, query.from.at, "INVALID_TYPE", &message)
        })?;
        let plan = Box::new(Plan::over(query, child.object, self.scope)?);
        let key = child.object.field(child.field).map_or("", |field| field.children).to_owned();
        root.entries.push(Entry::Children { key, place: child.field, plan });
        Ok(())
    }

    fn sort(self, order: &Order) -> Result<Sort, ApiError> {
        let Term::Field(name) = &order.by else {
            let message = "Ordered field must be grouped or aggregated";
            return Err(ApiError::new(400, "MALFORMED_QUERY", message));
        };
        let path = self.path(name)?;
        let field = self.end_of(&path);
        if field.is_some_and(|field| {
            matches!(field.kind, Kind::Address | Kind::MultiPicklist | Kind::RichText | Kind::Encrypted)
        }) {
            let message = format!("field '{}' can not be sorted in a query call", name.parts.join("."));
            return Err(pointing(self.scope.text, name.at, "MALFORMED_QUERY", &message));
        }
        let descending = order.descending;
        Ok(Sort { path, descending, nulls_last: order.nulls_last.unwrap_or(descending) })
    }

    /// Resolves a dotted name.
    pub(super) fn path(self, name: &Name) -> Result<Path, ApiError> {
        let parts = self.own_parts(name);
        let mut lookups = Vec::new();
        let mut object = self.object;
        let (last, parents) = parts.split_last().ok_or_else(|| self.unknown(name, object))?;
        if parents.len() > 5 {
            return Err(ApiError::new(400, "MALFORMED_QUERY", "SOQL relationship depth of 5 exceeded"));
        }
        for part in parents {
            let lookup = object.relationship(part).filter(|lookup| self.scope.access.sees(object, *lookup));
            let lookup = lookup.ok_or_else(|| {
                let message = format!(
                    "Didn't understand relationship '{part}' in field path. If you are attempting to use a custom \
                     relationship, be sure to append the '__r' after the custom relationship name. Please reference \
                     your WSDL or the describe call for the appropriate names."
                );
                pointing(self.scope.text, name.at, "INVALID_FIELD", &message)
            })?;
            object = self.parent(object, lookup, name)?.1;
            lookups.push(lookup);
        }
        let place = object.place(last).filter(|place| self.scope.access.sees(object, *place));
        let place = place.ok_or_else(|| self.unknown(name, object))?;
        Ok(Path { lookups, place })
    }

    /// The field at the end of a path.
    pub(super) fn end_of(self, path: &Path) -> Option<&'a Field> {
        let schema = self.scope.store.schema();
        let mut object = self.object;
        for lookup in &path.lookups {
            object = schema.object(object.field(*lookup)?.targets.first()?)?;
        }
        object.field(path.place)
    }

    fn own_parts<'n>(&self, name: &'n Name) -> &'n [String] {
        match name.parts.as_slice() {
            [first, rest @ ..]
                if !rest.is_empty()
                    && (self.alias.is_some_and(|alias| alias.eq_ignore_ascii_case(first))
                        || self.object.name.eq_ignore_ascii_case(first)) =>
            {
                rest
            }
            parts => parts,
        }
    }

    fn parent(
        self,
        object: &'a Object,
        lookup: usize,
        name: &Name,
    ) -> Result<(&'a str, &'a Object), ApiError> {
        let field = object.field(lookup).ok_or_else(|| self.unknown(name, object))?;
        let target = field.targets.first().and_then(|target| self.scope.store.schema().object(target));
        let target = target.filter(|target| self.scope.access.reads(target));
        Ok((field.relation, target.ok_or_else(|| self.unknown(name, object))?))
    }

    fn unknown(self, name: &Name, object: &Object) -> ApiError {
        let last = name.parts.last().map_or("", String::as_str);
        let plain = ApiError::no_column(last, object.name);
        pointing(self.scope.text, name.at, &plain.code, &plain.message)
    }

    /// Makes a stored value of a literal, for a field of this kind; `None` where the types do not meet.
    pub(super) fn literal(
        field: &Field,
        literal: &Literal,
    ) -> Option<crate::sandbox::salesforce::value::Value> {
        use crate::sandbox::salesforce::value::Value;
        Some(match (field.kind, literal) {
            (Kind::Boolean, Literal::Null) => Value::Bool(false),
            (_, Literal::Null) => Value::Null,
            (Kind::Boolean, Literal::Bool(value)) => Value::Bool(*value),
            (kind, Literal::Number(number)) if kind.is_number() => Value::Number(*number),
            (Kind::Id | Kind::Reference, Literal::Text(text)) if text.is_empty() => Value::Null,
            (Kind::Id | Kind::Reference, Literal::Text(text)) => Value::Id(Id::parse(text)?),
            (Kind::Day, Literal::Day(day)) => Value::Day(*day),
            (Kind::Moment, Literal::Moment(at)) => Value::Moment(*at),
            (Kind::Moment, Literal::Day(_)) | (Kind::Day, Literal::Moment(_)) => return None,
            (Kind::Clock, Literal::Clock(at)) => Value::Clock(*at),
            (kind, _) if kind.is_number() => return None,
            (Kind::Boolean | Kind::Day | Kind::Moment | Kind::Clock | Kind::Address | Kind::Location, _) => {
                return None;
            }
            (_, Literal::Text(text)) => Value::text(text),
            _ => return None,
        })
    }
}

/// Is the path the row's own field at this place.
pub(super) fn is_own(path: &Path, place: usize) -> bool {
    path.lookups.is_empty() && path.place == place
}

/// Is the path the row's own stamp.
pub(super) fn is_stamp(path: &Path) -> bool {
    is_own(path, at::STAMP)
}
