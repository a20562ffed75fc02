//! The fields that `… on StatusValue` and its like offer.

use serde_json::{Value, json};

use super::{Cell, countries, read};
use crate::sandbox::monday::query::answer::{Answer, Node};
use crate::sandbox::monday::query::nodes::{Reader, time_text};
use crate::sandbox::monday::world::labels::status_color;
use crate::sandbox::monday::world::{Board, Column, Item, Kind};

/// Returns the field `name` of the value of `item` in `column`.
pub fn field<'w>(
    reader: &Reader<'w>,
    board: &'w Board,
    item: &'w Item,
    column: &'w Column,
    name: &str,
) -> Answer<'w> {
    let held = item.held(&column.id);
    if name == "updated_at" && column.kind != Kind::LastUpdated {
        return held.map_or(Answer::Null, |held| Answer::own(time_text(held.at)));
    }
    match held.map(|held| &held.cell) {
        Some(cell) => of_cell(reader, column, cell, name),
        None => computed(reader, board, item, column, name),
    }
}

fn of_cell<'w>(reader: &Reader<'w>, column: &'w Column, cell: &'w Cell, name: &str) -> Answer<'w> {
    let world = reader.world;
    match (cell, name) {
        (Cell::Number(number), "number") => {
            number.parse::<f64>().map_or(Answer::Null, |n| Answer::Json(json!(n)))
        }
        (Cell::Number(_), "symbol") => Answer::own(column.settings.unit.clone().unwrap_or_default()),
        (Cell::Number(_), "direction") => Answer::text("right"),
        (Cell::Status(index), _) => status(column, *index, name),
        (Cell::Dropdown(ids), "values") => {
            let labels = ids.iter().filter_map(|id| column.settings.label(*id));
            Answer::Json(labels.map(|label| json!({"id": label.id, "label": label.name})).collect())
        }
        (Cell::Date { date: day, .. }, "date") | (Cell::Timeline { from: day, .. }, "from") => {
            Answer::text(day)
        }
        (Cell::Date { time, .. }, "time") => Answer::text(time.as_deref().unwrap_or_default()),
        (Cell::Timeline { to, .. }, "to") => Answer::text(to),
        (Cell::Email { email, .. }, "email") => Answer::text(email),
        (Cell::Email { text, .. }, "label") | (Cell::Link { text, .. }, "url_text") => Answer::text(text),
        (Cell::Link { url, .. }, "url") => Answer::text(url),
        (Cell::Phone { phone, .. }, "phone") => Answer::text(phone),
        (Cell::Phone { country, .. }, "country_short_name") => Answer::text(country),
        (Cell::People(people), "persons_and_teams") => {
            let kind = |team| if team { "team" } else { "person" };
            Answer::Json(
                people.iter().map(|person| json!({"id": person.id, "kind": kind(person.team)})).collect(),
            )
        }
        (Cell::Checkbox, "checked") => Answer::Json(json!(true)),
        (Cell::Country(code), "country") => {
            let name = countries::by_code(code).map_or("", |country| country.name);
            Answer::Json(json!({"code": code, "name": name}))
        }
        (Cell::Location { lat, .. }, "lat") => Answer::Json(json!(lat)),
        (Cell::Location { lng, .. }, "lng") => Answer::Json(json!(lng)),
        (Cell::Location { address, .. }, "address") => Answer::text(address),
        (Cell::Rating(stars), "rating") => Answer::Json(json!(stars)),
        (Cell::Hour { hour, .. }, "hour") => Answer::Json(json!(hour)),
        (Cell::Hour { minute, .. }, "minute") => Answer::Json(json!(minute)),
        (Cell::Week { start, .. }, "start_date") => Answer::text(start),
        (Cell::Week { end, .. }, "end_date") => Answer::text(end),
        (Cell::Linked(ids), "linked_item_ids") => {
            Answer::Json(ids.iter().map(|id| json!(id.to_string())).collect())
        }
        (Cell::Linked(ids), "linked_items") => items(reader, ids),
        (Cell::Linked(ids), "display_value") => {
            let names = ids.iter().filter_map(|id| Some(world.item(*id)?.1.name.as_str()));
            Answer::own(names.collect::<Vec<_>>().join(", "))
        }
        (Cell::Linked(ids), "dependency_links") => Answer::Json(
            ids.iter().map(|id| json!({"linked_item_id": id, "dependency_type": 0, "lag": 0})).collect(),
        ),
        (Cell::Zone(zone), "timezone") => Answer::text(zone),
        (Cell::Tags(ids), "tag_ids") => Answer::Json(json!(ids)),
        (Cell::Tags(ids), "tags") => {
            let tags = ids.iter().filter_map(|id| world.tags.get(id));
            Answer::Json(
                tags.map(|tag| json!({"id": tag.id, "name": tag.name, "color": tag.color})).collect(),
            )
        }
        _ => Answer::Null,
    }
}

fn status<'w>(column: &'w Column, index: u32, name: &str) -> Answer<'w> {
    let label = column.settings.label(index);
    match name {
        "index" => Answer::Json(json!(index)),
        "label" => label.map_or(Answer::Null, |label| Answer::text(&label.name)),
        "is_done" => Answer::Json(json!(label.is_some_and(|label| label.done))),
        "label_style" => {
            let (color, border, _) = status_color(index);
            Answer::Json(json!({"color": color, "border": border}))
        }
        _ => Answer::Null,
    }
}

fn items<'w>(reader: &Reader<'w>, ids: &[u64]) -> Answer<'w> {
    Answer::many(
        ids.iter().filter_map(|id| reader.world.item(*id)).map(|(board, item)| Node::Item(board, item)),
    )
}

/// Answers for kinds without a cell, and for empty cells.
fn computed<'w>(
    reader: &Reader<'w>,
    board: &'w Board,
    item: &'w Item,
    column: &'w Column,
    name: &str,
) -> Answer<'w> {
    let user = |id| Answer::node(reader.world.users.get(&id).map(Node::User));
    match (column.kind, name) {
        (Kind::ItemId, "item_id") => Answer::id(item.id),
        (Kind::CreationLog, "created_at") => Answer::own(time_text(item.created)),
        (Kind::CreationLog, "creator_id") => Answer::id(item.by),
        (Kind::CreationLog, "creator") => user(item.by),
        (Kind::LastUpdated, "updated_at") => Answer::own(time_text(item.updated)),
        (Kind::LastUpdated, "updater_id") => Answer::id(item.updated_by),
        (Kind::LastUpdated, "updater") => user(item.updated_by),
        (Kind::Group, "group_id") => Answer::text(&item.group),
        (Kind::Group, "group") => {
            Answer::node(board.group(&item.group).map(|group| Node::Group(board, group)))
        }
        (Kind::Subtasks, "subitems") => items(reader, &item.subitems),
        (Kind::Subtasks, "subitems_ids") => {
            Answer::Json(item.subitems.iter().map(|id| json!(id.to_string())).collect())
        }
        (Kind::Subtasks, "display_value") => {
            let names = item.subitems.iter().filter_map(|id| Some(reader.world.item(*id)?.1.name.as_str()));
            Answer::own(names.collect::<Vec<_>>().join(", "))
        }
        (Kind::Mirror, "display_value") => Answer::own(mirrored(reader, item, column)),
        (Kind::Numbers, "direction") => Answer::text("right"),
        (Kind::Checkbox, "checked") => Answer::Json(json!(false)),
        (_, "display_value") => Answer::text(""),
        (_, "vote_count") => Answer::Json(json!(0)),
        (
            _,
            "values" | "linked_item_ids" | "linked_items" | "dependency_links" | "files" | "mirrored_items"
            | "tag_ids" | "tags" | "voter_ids" | "voters" | "persons_and_teams",
        ) => Answer::Json(Value::Array(Vec::new())),
        _ => Answer::Null,
    }
}

/// Returns the texts that a mirror shows through its relation.
fn mirrored(reader: &Reader<'_>, item: &Item, column: &Column) -> String {
    let Some((relation, shown)) = &column.settings.mirrors else { return String::new() };
    let Some(Cell::Linked(ids)) = item.cell(relation) else { return String::new() };
    let texts = ids.iter().filter_map(|id| {
        let (board, item) = reader.world.item(*id)?;
        read::text(reader.world, board, item, board.column(shown)?, reader.zone())
    });
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}
