//! The walk over a validated request.
//!
//! It writes the answer as text while it goes: a page of five hundred items has tens of thousands of values, and
//! building a tree of them first would cost more than everything else together.

use std::collections::HashMap;
use std::rc::Rc;

use apollo_compiler::Node as Located;
use apollo_compiler::Schema;
use apollo_compiler::ast::Type;
use apollo_compiler::executable::{DirectiveList, ExecutableDocument, Field, Selection, SelectionSet};
use serde_json::{Map, Value, json};

use super::answer::{Answer, Node};
use super::args::{Args, literal};
use super::nodes::Reader;
use crate::sandbox::monday::refusal::Refusal;

/// A null that its place does not admit; the object around it becomes null instead.
#[derive(Debug)]
pub struct Nulled;

/// The fields that go under one key of an answer; more than one when fragments overlap.
type Merged<'d> = Vec<&'d Located<Field>>;
type Collected<'d> = Rc<Vec<(&'d str, Merged<'d>)>>;
type CollectedKey = (usize, usize, usize, String);

#[derive(Clone, Debug)]
enum Step<'d> {
    Key(&'d str),
    Index(usize),
}

/// What stays the same during one request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'d> {
    /// The schema of the request's API version.
    pub schema: &'d Schema,
    /// The validated document.
    pub document: &'d ExecutableDocument,
    /// The coerced variables.
    pub variables: &'d Map<String, Value>,
}

/// One walk, or one root field's part of it.
#[derive(Debug)]
pub struct Walk<'d, 'w> {
    request: Request<'d>,
    reader: Reader<'w>,
    out: String,
    errors: Vec<Value>,
    path: Vec<Step<'d>>,
    collected: HashMap<CollectedKey, Collected<'d>>,
}

impl<'d, 'w> Walk<'d, 'w> {
    /// Starts a walk that appends to `out` and `errors`.
    pub fn new(request: Request<'d>, reader: Reader<'w>, out: String, errors: Vec<Value>) -> Self {
        Self { request, reader, out, errors, path: Vec::new(), collected: HashMap::new() }
    }

    /// Returns what was written.
    pub fn finish(self) -> (String, Vec<Value>) {
        (self.out, self.errors)
    }

    /// Answers a whole query.
    pub fn query(&mut self, set: &'d SelectionSet) {
        let fields = root_fields(self.request, set);
        let start = self.out.len();
        self.out.push('{');
        for (key, merged) in &fields {
            if self.root(key, merged, None).is_err() {
                self.out.truncate(start);
                self.out.push_str("null");
                return;
            }
        }
        self.out.push('}');
    }

    /// Answers one root field; with `done`, that of a mutation which has been carried out.
    pub fn root(
        &mut self,
        key: &'d str,
        merged: &Merged<'d>,
        done: Option<Result<Answer<'w>, Refusal>>,
    ) -> Result<(), Nulled> {
        let Some(first) = merged.first() else { return Ok(()) };
        // Introspection is answered by the compiler's own resolvers.
        if first.name.starts_with("__") && first.name != "__typename" {
            return Ok(());
        }
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.key(key);
        self.path.push(Step::Key(key));
        let answer = match done {
            Some(answer) => answer,
            None if first.name == "__typename" => Ok(Answer::text("Query")),
            None => self.reader.root(&first.name, &Args::of(first, self.request.variables)),
        };
        let result = self.settle(answer, merged);
        self.path.pop();
        result
    }

    fn key(&mut self, key: &str) {
        self.out.push('"');
        self.out.push_str(key);
        self.out.push_str("\":");
    }

    fn settle(&mut self, answer: Result<Answer<'w>, Refusal>, merged: &Merged<'d>) -> Result<(), Nulled> {
        let Some(first) = merged.first() else { return Ok(()) };
        match answer {
            Ok(answer) => self.complete(answer, first.ty(), merged),
            Err(refusal) => {
                let entry = refusal.entry(&self.locations(first), &self.path());
                self.errors.push(entry);
                if first.ty().is_non_null() {
                    return Err(Nulled);
                }
                self.out.push_str("null");
                Ok(())
            }
        }
    }

    fn complete(&mut self, answer: Answer<'w>, ty: &Type, merged: &Merged<'d>) -> Result<(), Nulled> {
        match answer {
            Answer::Null => self.null(ty, merged),
            Answer::Text(text) => {
                quote(&mut self.out, &text);
                Ok(())
            }
            Answer::Json(value) => self.json(value, ty, merged),
            Answer::One(node) => self.nullable(ty, |walk| walk.object(&node, merged)),
            Answer::Many(nodes) => {
                self.nullable(ty, |walk| walk.list(nodes.into_iter().map(Answer::One), ty, merged))
            }
        }
    }

    fn json(&mut self, value: Value, ty: &Type, merged: &Merged<'d>) -> Result<(), Nulled> {
        let name = ty.inner_named_type();
        match value {
            Value::Null => self.null(ty, merged),
            Value::Array(values) if ty.is_list() => {
                self.nullable(ty, |walk| walk.list(values.into_iter().map(Answer::Json), ty, merged))
            }
            Value::Object(_) if self.request.schema.get_object(name).is_some() => {
                let node = Node::Part(name.to_string(), value);
                self.nullable(ty, |walk| walk.object(&node, merged))
            }
            Value::Number(number) if name == "ID" || name == "String" => {
                quote(&mut self.out, &number.to_string());
                Ok(())
            }
            other => {
                self.out.push_str(&other.to_string());
                Ok(())
            }
        }
    }

    fn list(
        &mut self,
        answers: impl Iterator<Item = Answer<'w>>,
        ty: &Type,
        merged: &Merged<'d>,
    ) -> Result<(), Nulled> {
        let each = ty.item_type();
        self.out.push('[');
        for (index, answer) in answers.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.path.push(Step::Index(index));
            let result = self.complete(answer, each, merged);
            self.path.pop();
            result?;
        }
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, node: &Node<'w>, merged: &Merged<'d>) -> Result<(), Nulled> {
        let fields = self.fields_of(node, merged);
        self.out.push('{');
        for (place, (key, merged)) in fields.iter().enumerate() {
            let Some(first) = merged.first() else { continue };
            if place > 0 {
                self.out.push(',');
            }
            self.key(key);
            self.path.push(Step::Key(key));
            let answer = if first.name == "__typename" {
                Ok(Answer::own(node.type_name()))
            } else if first.definition.arguments.is_empty() {
                self.reader.field(node, &first.name, &Args::default())
            } else {
                self.reader.field(node, &first.name, &Args::of(first, self.request.variables))
            };
            let result = self.settle(answer, merged);
            self.path.pop();
            result?;
        }
        self.out.push('}');
        Ok(())
    }

    /// Runs `write`; if it ends in a null that has no place there, puts null here, if it has a place here.
    fn nullable(
        &mut self,
        ty: &Type,
        write: impl FnOnce(&mut Self) -> Result<(), Nulled>,
    ) -> Result<(), Nulled> {
        let start = self.out.len();
        match write(self) {
            Err(Nulled) if !ty.is_non_null() => {
                self.out.truncate(start);
                self.out.push_str("null");
                Ok(())
            }
            other => other,
        }
    }

    fn null(&mut self, ty: &Type, merged: &Merged<'d>) -> Result<(), Nulled> {
        if !ty.is_non_null() {
            self.out.push_str("null");
            return Ok(());
        }
        let Some(first) = merged.first() else { return Err(Nulled) };
        let message = format!("Cannot return null for non-nullable field {}", first.name);
        let entry =
            Refusal::new("INTERNAL_SERVER_ERROR", message).entry(&self.locations(first), &self.path());
        self.errors.push(entry);
        Err(Nulled)
    }

    fn fields_of(&mut self, node: &Node<'w>, merged: &Merged<'d>) -> Collected<'d> {
        let address = |field: Option<&&'d Located<Field>>| {
            field.map_or(0, |field| std::ptr::from_ref(&***field).addr())
        };
        let key =
            (address(merged.first()), address(merged.last()), merged.len(), node.type_name().to_owned());
        if let Some(known) = self.collected.get(&key) {
            return Rc::clone(known);
        }
        let mut fields = Vec::new();
        for field in merged {
            collect(self.request, node.type_name(), &field.selection_set, &mut fields);
        }
        let fields = Rc::new(fields);
        self.collected.insert(key, Rc::clone(&fields));
        fields
    }

    fn locations(&self, field: &Located<Field>) -> Value {
        let place = field.line_column_range(&self.request.document.sources);
        place.map_or(json!([]), |place| json!([{"line": place.start.line, "column": place.start.column}]))
    }

    fn path(&self) -> Value {
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => json!(key),
            Step::Index(index) => json!(index),
        });
        Value::Array(steps.collect())
    }
}

/// Returns the fields at the root of an operation, by response key.
pub fn root_fields<'d>(request: Request<'d>, set: &'d SelectionSet) -> Vec<(&'d str, Merged<'d>)> {
    let mut fields = Vec::new();
    collect(request, set.ty.as_str(), set, &mut fields);
    fields
}

fn collect<'d>(request: Request<'d>, of: &str, set: &'d SelectionSet, into: &mut Vec<(&'d str, Merged<'d>)>) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) if wanted(&field.directives, request.variables) => {
                let key = field.response_key().as_str();
                match into.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, merged)) => merged.push(field),
                    None => into.push((key, vec![field])),
                }
            }
            Selection::InlineFragment(fragment) if wanted(&fragment.directives, request.variables) => {
                let fits = fragment.type_condition.as_ref().is_none_or(|ty| is_a(request.schema, of, ty));
                if fits {
                    collect(request, of, &fragment.selection_set, into);
                }
            }
            Selection::FragmentSpread(spread) if wanted(&spread.directives, request.variables) => {
                if let Some(fragment) = request.document.fragments.get(&spread.fragment_name)
                    && is_a(request.schema, of, fragment.type_condition())
                {
                    collect(request, of, &fragment.selection_set, into);
                }
            }
            _ => {}
        }
    }
}

fn is_a(schema: &Schema, of: &str, wanted: &str) -> bool {
    of == wanted || schema.is_subtype(wanted, of)
}

/// Whether `@skip` and `@include` leave a selection in.
pub fn wanted(directives: &DirectiveList, variables: &Map<String, Value>) -> bool {
    let says = |name: &str| {
        let argument = directives.get(name)?.specified_argument_by_name("if")?;
        literal(argument, variables)?.as_bool()
    };
    says("skip") != Some(true) && says("include") != Some(false)
}

/// Appends a text as JSON.
pub fn quote(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}
