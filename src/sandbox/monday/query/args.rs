//! The arguments of a field, with variables and defaults put in.

use apollo_compiler::Node;
use apollo_compiler::ast;
use apollo_compiler::executable::Field;
use serde_json::{Map, Value};

use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::labels::id_of;

/// The arguments of one field.
#[derive(Clone, Debug, Default)]
pub struct Args(pub Map<String, Value>);

impl Args {
    /// Returns the arguments of `field` under `variables`.
    pub fn of(field: &Field, variables: &Map<String, Value>) -> Self {
        let mut map = Map::new();
        for definition in &field.definition.arguments {
            let given = field.arguments.iter().find(|argument| argument.name == definition.name);
            let value = given.and_then(|argument| literal(&argument.value, variables));
            let default = || definition.default_value.as_ref().and_then(|value| literal(value, variables));
            if let Some(value) = value.or_else(default) {
                map.insert(definition.name.to_string(), value);
            }
        }
        Self(map)
    }

    /// Returns an argument that is there and not null.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Returns a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Returns an id, given as string or number.
    pub fn id(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(id_of)
    }

    /// Returns a yes or no; absent is no.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns a number that may not be negative.
    pub fn number(&self, name: &str, otherwise: usize) -> usize {
        self.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(otherwise)
    }

    /// Returns a list; a single value counts as a list of one.
    pub fn list(&self, name: &str) -> Option<Vec<&Value>> {
        Some(match self.get(name)? {
            Value::Array(values) => values.iter().filter(|value| !value.is_null()).collect(),
            single => vec![single],
        })
    }

    /// Returns a list of ids; what is no id becomes 0, which nothing has.
    pub fn ids(&self, name: &str) -> Option<Vec<u64>> {
        Some(self.list(name)?.into_iter().map(|value| id_of(value).unwrap_or(0)).collect())
    }

    /// Returns a list of strings.
    pub fn texts(&self, name: &str) -> Option<Vec<&str>> {
        Some(self.list(name)?.into_iter().filter_map(Value::as_str).collect())
    }

    /// Returns a `JSON` argument, which clients send as text of JSON.
    pub fn json(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(Refusal::argument(format!(
                    "Argument '{name}' has an invalid value ({text}). Expected type 'JSON'. Syntax error in JSON input"
                ))),
            },
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// Returns the page asked for as how many to skip and how many to take.
    pub fn page(&self, otherwise: usize) -> (usize, usize) {
        let limit = self.number("limit", otherwise);
        (self.number("page", 1).saturating_sub(1).saturating_mul(limit), limit)
    }
}

/// Returns a literal as JSON; `None` for a variable that was not given.
pub fn literal(value: &Node<ast::Value>, variables: &Map<String, Value>) -> Option<Value> {
    Some(match &**value {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => Value::from(name.as_str()),
        ast::Value::Variable(name) => return variables.get(name.as_str()).cloned(),
        ast::Value::String(text) => Value::from(text.as_str()),
        ast::Value::Float(float) => float.try_to_f64().map_or(Value::Null, Value::from),
        // Ids are longer than 32 bits.
        ast::Value::Int(int) => serde_json::from_str(int.as_str()).unwrap_or(Value::Null),
        ast::Value::Boolean(yes) => Value::from(*yes),
        ast::Value::List(values) => Value::Array(
            values.iter().map(|value| literal(value, variables).unwrap_or(Value::Null)).collect(),
        ),
        ast::Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), literal(value, variables)?)))
                .collect(),
        ),
    })
}
