//! What a request costs, estimated from its text before anything is read.

use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};

use super::query::args::Args;
use super::query::walk::{Request, wanted};

/// What any mutation of the account costs.
const MUTATION: u64 = 10_000;

/// Returns the points of an operation: one for each object that it may return, ten thousand for each mutation.
pub fn of(request: Request<'_>, operation: &Operation) -> u64 {
    if operation.is_mutation() {
        let fields = operation.root_fields(request.document);
        fields
            .filter(|field| field.name != "complexity")
            .map(|field| MUTATION + inner(request, field, 1))
            .sum()
    } else {
        1 + of_set(request, &operation.selection_set, 1)
    }
}

fn of_set(request: Request<'_>, set: &SelectionSet, page: u64) -> u64 {
    let mut sum = 0_u64;
    for selection in &set.selections {
        sum = sum.saturating_add(match selection {
            Selection::Field(field) if wanted(&field.directives, request.variables) => {
                of_field(request, field, page)
            }
            Selection::InlineFragment(fragment) => of_set(request, &fragment.selection_set, page),
            Selection::FragmentSpread(spread) => {
                let fragment = request.document.fragments.get(&spread.fragment_name);
                fragment.map_or(0, |fragment| of_set(request, &fragment.selection_set, page))
            }
            Selection::Field(_) => 0,
        });
    }
    sum
}

fn inner(request: Request<'_>, field: &Field, page: u64) -> u64 {
    of_set(request, &field.selection_set, page)
}

/// `page` is the limit of the page that the field stands in, which counts for its list of items.
fn of_field(request: Request<'_>, field: &Field, page: u64) -> u64 {
    if field.selection_set.is_empty() || matches!(field.name.as_str(), "complexity" | "__schema" | "__type") {
        return 0;
    }
    let args = Args::of(field, request.variables);
    let limit = args.get("limit").and_then(serde_json::Value::as_u64);
    let ids = args.list("ids").map(|ids| ids.len() as u64);
    if field.ty().inner_named_type() == "ItemsResponse" {
        return 1 + inner(request, field, limit.unwrap_or(25));
    }
    let times = match (field.name.as_str(), limit, ids) {
        ("items", None, _) => page,
        (_, Some(limit), Some(ids)) => limit.min(ids),
        (_, None, Some(ids)) => ids,
        (_, Some(limit), None) => limit,
        (_, None, None) => 1,
    };
    times.saturating_mul(1 + inner(request, field, 1))
}
