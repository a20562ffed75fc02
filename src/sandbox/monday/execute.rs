//! Carrying out a prepared request.

use apollo_compiler::executable::Operation;
use apollo_compiler::{introspection, request};
use serde_json::{Map, Value};

use super::mutate::{self, webhooks};
use super::query::answer::Answer;
use super::query::args::Args;
use super::query::nodes::Reader;
use super::query::walk::{Request, Walk, root_fields};
use super::refusal::Refusal;
use super::schema::Served;
use super::world::{Author, World};

/// What a request answers: the text of `data`, and the entries of `errors`.
pub type Answered = (String, Vec<Value>);

/// The addresses that a mutation's webhooks were offered to and that answered the challenge, by response key.
pub type Shaken = Vec<String>;

/// Answers a query.
pub fn query(request: Request<'_>, operation: &Operation, reader: Reader<'_>, served: &Served) -> Answered {
    let mut walk = Walk::new(request, reader, String::new(), Vec::new());
    walk.query(&operation.selection_set);
    let (mut data, errors) = walk.finish();
    if let Some(inner) = introspected(request, operation, served) {
        let inner = inner.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        if data.ends_with('}') && !inner.is_empty() {
            data.pop();
            if !data.ends_with('{') {
                data.push(',');
            }
            data.push_str(inner);
            data.push('}');
        }
    }
    (data, errors)
}

fn introspected(request: Request<'_>, operation: &Operation, served: &Served) -> Option<String> {
    let mut fields = operation.root_fields(request.document);
    if !fields.any(|field| matches!(field.name.as_str(), "__schema" | "__type")) {
        return None;
    }
    let document = apollo_compiler::validation::Valid::assume_valid_ref(request.document);
    let given = serde_json::from_value(Value::Object(request.variables.clone())).ok()?;
    let variables = request::coerce_variable_values(&served.schema, operation, &given).ok()?;
    let answer =
        introspection::partial_execute(&served.schema, &served.implementers, document, operation, &variables)
            .ok()?;
    let mut map: Map<String, Value> = serde_json::to_value(answer.data).ok()?.as_object()?.clone();
    map.retain(|_, value| !value.is_string());
    serde_json::to_string(&map).ok()
}

/// Carries out a mutation, one root field after the other; each stands alone.
pub fn mutation(
    request: Request<'_>,
    operation: &Operation,
    world: &mut World,
    who: Author,
    version: &'static str,
    complexity: &Value,
    shaken: &Shaken,
) -> Answered {
    let (mut data, mut errors) = (String::from("{"), Vec::new());
    for (key, merged) in root_fields(request, &operation.selection_set) {
        let Some(first) = merged.first() else { continue };
        let done = if first.name == "__typename" {
            None
        } else {
            let args = Args::of(first, request.variables);
            Some(mutate::run(world, who, &first.name, &args, shaken.iter().any(|known| known == key)))
        };
        let reader = Reader { world, user: who.user, now: who.now, version, complexity };
        let answer = match done {
            Some(Ok(done)) => Ok(done.answer(&reader)),
            Some(Err(refusal)) => Err(refusal),
            None => Ok(Answer::text("Mutation")),
        };
        let mut walk = Walk::new(request, reader, data, errors);
        let settled = walk.root(key, &merged, Some(answer));
        (data, errors) = walk.finish();
        if settled.is_err() {
            return ("null".to_owned(), errors);
        }
    }
    data.push('}');
    (data, errors)
}

/// Returns the webhooks that a mutation would make: response key and address.
pub fn offered(request: Request<'_>, operation: &Operation) -> Vec<(String, String)> {
    let fields = root_fields(request, &operation.selection_set).into_iter();
    let hooks = fields.filter_map(|(key, merged)| {
        let first = merged.first().filter(|field| field.name == "create_webhook")?;
        let args = Args::of(first, request.variables);
        Some((key.to_owned(), args.text("url")?.to_owned()))
    });
    hooks.collect()
}

/// Changes records as another user of the account does; returns what was made.
pub fn edit(
    world: &mut World,
    who: Author,
    board: u64,
    edits: &crate::sandbox::system::Edits,
) -> Result<Value, Refusal> {
    let mut created = Vec::new();
    for fields in &edits.create {
        created.push(mutate::items::edit(world, who, board, fields)?.to_string());
    }
    for fields in &edits.update {
        if !fields.contains_key("id") && !fields.contains_key("Id") {
            return Err(Refusal::argument("an update names no id"));
        }
        mutate::items::edit(world, who, board, fields)?;
    }
    for id in &edits.delete {
        let found = id.parse().ok().filter(|id| world.item(*id).is_some_and(|(home, _)| home.id == board));
        let id = found.ok_or_else(|| Refusal::missing("Item", &Value::from(id.as_str())))?;
        mutate::items::retire(world, who, id, super::world::State::Deleted);
    }
    Ok(serde_json::json!({
        "created": created, "updated": edits.update.len(), "deleted": edits.delete.len(),
    }))
}

/// Takes the deliveries that wait.
pub fn deliveries(world: &mut World) -> Vec<(String, Value)> {
    if world.outbox.is_empty() { Vec::new() } else { webhooks::deliveries(world) }
}
