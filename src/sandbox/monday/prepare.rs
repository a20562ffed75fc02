//! From the text of a request to a document that may be walked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::Type;
use apollo_compiler::executable::Operation;
use apollo_compiler::response::GraphQLError;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::{DiagnosticList, Valid};
use serde_json::{Map, Value, json};

use super::query::args::literal;
use super::schema::Served;

/// How many parsed documents are kept; clients send few different ones when they use variables.
const KEPT: usize = 256;
/// Longer documents carry their values in the text and do not come twice.
const LONGEST_KEPT: usize = 20_000;

/// A document that fits the schema.
pub type Document = Arc<Valid<ExecutableDocument>>;

/// Documents parsed before, by version and text.
type Documents = Mutex<HashMap<(&'static str, String), Document>>;

/// Parses and validates a request's text.
///
/// What was parsed is kept for the whole process: a document depends on nothing but the version and its text, and a
/// simulation has thousands of accounts, one after the other, to which the same few are sent.
///
/// # Errors
/// The entries of `errors[]`.
pub fn parse(served: &Served, text: &str) -> Result<Document, Vec<Value>> {
    static PARSED: OnceLock<Documents> = OnceLock::new();
    let parsed = || PARSED.get_or_init(Documents::default).lock().unwrap_or_else(PoisonError::into_inner);
    let key = (served.version, text.to_owned());
    if let Some(known) = parsed().get(&key) {
        return Ok(Arc::clone(known));
    }
    let document = match ExecutableDocument::parse_and_validate(&served.schema, text, "query.graphql") {
        Ok(document) => Arc::new(document),
        Err(failed) => return Err(problems(&failed.errors)),
    };
    if text.len() <= LONGEST_KEPT {
        let mut kept = parsed();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&document));
    }
    Ok(document)
}

/// Returns what is wrong with a document as entries of `errors[]`.
fn problems(found: &DiagnosticList) -> Vec<Value> {
    let mut list: Vec<_> = found.iter().map(|problem| problem.unstable_to_json_compat()).collect();
    let unknown = |message: &str| message.starts_with("Cannot query field");
    if list.iter().any(|error| unknown(&error.message)) {
        // A selection that has lost its unknown fields is not empty by the sender's fault.
        list.retain(|error| !error.message.contains("must have a selection of subfields"));
    }
    let entry = |error: &GraphQLError| {
        let mut message = error.message.clone();
        if unknown(&message) && !message.ends_with('.') {
            message.push('.');
        }
        let syntax = message.starts_with("syntax error");
        let code = if syntax { "GRAPHQL_PARSE_FAILED" } else { "GRAPHQL_VALIDATION_FAILED" };
        let places: Vec<Value> =
            error.locations.iter().map(|at| json!({"line": at.line, "column": at.column})).collect();
        json!({"message": message, "locations": places, "extensions": {"code": code}})
    };
    list.iter().map(entry).collect()
}

/// Returns the variables as the operation takes them, with its defaults.
///
/// # Errors
/// The entries of `errors[]`.
pub fn variables(
    served: &Served,
    operation: &Operation,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<Value>> {
    let mut coerced = Map::new();
    let mut errors = Vec::new();
    for definition in &operation.variables {
        let name = definition.name.as_str();
        let Some(value) = given.get(name) else {
            match &definition.default_value {
                Some(default) => {
                    coerced.extend(literal(default, &Map::new()).map(|value| (name.to_owned(), value)));
                }
                None if definition.ty.is_non_null() => {
                    errors.push(refused(
                        name,
                        &definition.ty,
                        &Value::Null,
                        &[],
                        "Expected value to not be null",
                    ));
                }
                None => {}
            }
            continue;
        };
        let mut path = Vec::new();
        match coerce(served, &definition.ty, value, &mut path) {
            Ok(value) => {
                coerced.insert(name.to_owned(), value);
            }
            Err(why) => errors.push(refused(name, &definition.ty, value, &path, &why)),
        }
    }
    if errors.is_empty() { Ok(coerced) } else { Err(errors) }
}

fn refused(name: &str, ty: &Type, value: &Value, path: &[Value], why: &str) -> Value {
    json!({
        "message": format!("Variable ${name} of type {ty} was provided invalid value"),
        "extensions": {"value": value, "problems": [{"path": path, "explanation": why}], "service": "monolith"},
    })
}

fn coerce(served: &Served, ty: &Type, value: &Value, path: &mut Vec<Value>) -> Result<Value, String> {
    if value.is_null() {
        return if ty.is_non_null() {
            Err("Expected value to not be null".to_owned())
        } else {
            Ok(Value::Null)
        };
    }
    if ty.is_list() {
        let each = ty.item_type();
        let Value::Array(values) = value else { return Ok(json!([coerce(served, each, value, path)?])) };
        let mut list = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            path.push(json!(index));
            list.push(coerce(served, each, value, path)?);
            path.pop();
        }
        return Ok(Value::Array(list));
    }
    let name = ty.inner_named_type();
    let wrong = || Err(format!("Could not coerce value {value} to {name}"));
    match served.schema.types.get(name) {
        Some(ExtendedType::Enum(words)) => match value.as_str() {
            Some(word) if words.values.contains_key(word) => Ok(value.clone()),
            _ => Err(format!("Expected {value} to be one of: {}", join(words.values.keys()))),
        },
        Some(ExtendedType::InputObject(input)) => {
            let Value::Object(fields) = value else {
                return Err(format!("Expected {value} to be a key-value object"));
            };
            let mut object = Map::new();
            for (key, value) in fields {
                path.push(json!(key));
                let Some(field) = input.fields.get(key.as_str()) else {
                    return Err(format!("Field is not defined on {name}"));
                };
                object.insert(key.clone(), coerce(served, &field.ty, value, path)?);
                path.pop();
            }
            for (key, field) in &input.fields {
                if !object.contains_key(key.as_str()) {
                    match &field.default_value {
                        Some(default) => {
                            object
                                .extend(literal(default, &Map::new()).map(|value| (key.to_string(), value)));
                        }
                        None if field.ty.is_non_null() => {
                            path.push(json!(key.as_str()));
                            return Err("Expected value to not be null".to_owned());
                        }
                        None => {}
                    }
                }
            }
            Ok(Value::Object(object))
        }
        _ => match name.as_str() {
            "Int" if value.as_i64().is_none_or(|n| i32::try_from(n).is_err()) => wrong(),
            "Float" if !value.is_number() => wrong(),
            "Boolean" if !value.is_boolean() => wrong(),
            "String" if !value.is_string() => wrong(),
            "ID" if !value.is_string() && !value.is_i64() && !value.is_u64() => wrong(),
            "JSON" => match value.as_str() {
                Some(text) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() => {
                    Err("Syntax error in JSON input".to_owned())
                }
                _ => Ok(value.clone()),
            },
            _ => Ok(value.clone()),
        },
    }
}

fn join<'a>(words: impl Iterator<Item = &'a apollo_compiler::Name>) -> String {
    words.map(apollo_compiler::Name::as_str).collect::<Vec<_>>().join(", ")
}
