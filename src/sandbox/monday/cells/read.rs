//! From a cell to `text` and `value`.

use serde_json::{Value, json};

use super::{Cell, countries, words};
use crate::sandbox::monday::world::{Board, Column, Held, Item, Kind, World};

/// Returns `text` as shown to a reader whose time zone is `zone`.
pub fn text(world: &World, board: &Board, item: &Item, column: &Column, zone: &str) -> Option<String> {
    let Some(held) = item.held(&column.id) else { return computed(world, board, item, column) };
    Some(match &held.cell {
        Cell::Text(text)
        | Cell::LongText(text)
        | Cell::Number(text)
        | Cell::Zone(text)
        | Cell::Email { text, .. }
        | Cell::Phone { phone: text, .. }
        | Cell::Location { address: text, .. } => text.clone(),
        Cell::Status(index) => return column.settings.label(*index).map(|label| label.name.clone()),
        Cell::Dropdown(ids) => {
            let names = ids.iter().filter_map(|id| Some(column.settings.label(*id)?.name.as_str()));
            names.collect::<Vec<_>>().join(", ")
        }
        Cell::Date { date, time } => words::date_text(date, time.as_deref(), zone),
        Cell::Timeline { from, to } => format!("{from} - {to}"),
        Cell::Link { url, text } if url == text => url.clone(),
        Cell::Link { url, text } => format!("{text} - {url}"),
        Cell::People(people) => {
            let names = people.iter().filter_map(|person| Some(world.users.get(&person.id)?.name.as_str()));
            names.collect::<Vec<_>>().join(", ")
        }
        Cell::Checkbox => "v".to_owned(),
        Cell::Country(code) => countries::by_code(code)?.name.to_owned(),
        Cell::Rating(stars) => stars.to_string(),
        Cell::Hour { hour, minute } => words::hour_text(*hour, *minute),
        Cell::Week { start, end } => format!("{start} - {end}"),
        // The real one shows linked items only through `display_value`.
        Cell::Linked(_) => return None,
        Cell::Tags(ids) => {
            let names = ids.iter().filter_map(|id| Some(world.tags.get(id)?.name.as_str()));
            names.collect::<Vec<_>>().join(", ")
        }
    })
}

/// Returns the text of a column without a cell: computed kinds, and what empty looks like.
fn computed(world: &World, board: &Board, item: &Item, column: &Column) -> Option<String> {
    match column.kind {
        Kind::Status
        | Kind::BoardRelation
        | Kind::Dependency
        | Kind::Mirror
        | Kind::ColorPicker
        | Kind::Subtasks
        | Kind::Unsupported => None,
        Kind::ItemId => Some(item.id.to_string()),
        Kind::CreationLog => Some(item.created.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        Kind::LastUpdated => Some(item.updated.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        Kind::AutoNumber => Some((board.items.range(..item.id).count() + 1).to_string()),
        Kind::Group => Some(board.group(&item.group)?.title.clone()),
        Kind::Person => Some(world.users.get(&item.by)?.name.clone()),
        _ => Some(String::new()),
    }
}

/// Returns `value`, which the protocol shows as a text of JSON; `None` when empty.
pub fn value(item: &Item, column: &Column) -> Option<Value> {
    item.held(&column.id).and_then(|held| raw(held, column))
}

/// Returns a held value in monday's own raw shape.
pub fn raw(held: &Held, column: &Column) -> Option<Value> {
    let changed = held.at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
    Some(match &held.cell {
        Cell::Text(text) | Cell::Number(text) => json!(text),
        Cell::LongText(text) => json!({"text": text, "changed_at": changed}),
        Cell::Status(index) => json!({"index": index, "post_id": null, "changed_at": changed}),
        Cell::Dropdown(ids) => json!({"ids": ids, "changed_at": changed}),
        Cell::Date { date, time } => json!({"date": date, "time": time, "icon": null, "changed_at": changed}),
        Cell::Timeline { from, to } => json!({"from": from, "to": to, "changed_at": changed}),
        Cell::Email { email, text } => json!({"email": email, "text": text, "changed_at": changed}),
        Cell::Phone { phone, country } => {
            json!({"phone": phone, "countryShortName": country, "changed_at": changed})
        }
        Cell::Link { url, text } => json!({"url": url, "text": text, "changed_at": changed}),
        Cell::People(people) => {
            let entries: Vec<Value> = people
                .iter()
                .map(|person| json!({"id": person.id, "kind": if person.team { "team" } else { "person" }}))
                .collect();
            json!({"personsAndTeams": entries, "changed_at": changed})
        }
        Cell::Checkbox => json!({"checked": true, "changed_at": changed}),
        Cell::Country(code) => {
            let name = countries::by_code(code).map(|country| country.name);
            json!({"countryCode": code, "countryName": name, "changed_at": changed})
        }
        Cell::Location { lat, lng, address } => {
            json!({"lat": lat.to_string(), "lng": lng.to_string(), "address": address, "changed_at": changed})
        }
        Cell::Rating(stars) => json!({"rating": stars, "changed_at": changed}),
        Cell::Hour { hour, minute } => json!({"hour": hour, "minute": minute, "changed_at": changed}),
        Cell::Week { start, end } => {
            json!({"week": {"startDate": start, "endDate": end}, "changed_at": changed})
        }
        // Newer versions no longer show the raw value of a relation.
        Cell::Linked(_) if column.kind == Kind::BoardRelation => return None,
        Cell::Linked(ids) => {
            let entries: Vec<Value> = ids.iter().map(|id| json!({"linkedPulseId": id})).collect();
            json!({"linkedPulseIds": entries, "changed_at": changed})
        }
        Cell::Zone(zone) => json!({"timezone": zone, "changed_at": changed}),
        Cell::Tags(ids) => json!({"tag_ids": ids}),
    })
}
