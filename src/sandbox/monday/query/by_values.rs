//! The matching rules of `items_page_by_column_values`, which are not those of filters.

use std::collections::BTreeSet;

use serde_json::Value;

use super::nodes::Reader;
use super::rules::{Target, part_of_day, plain};
use crate::sandbox::monday::cells::{Cell, countries};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::{Board, Column, Item, Kind};

/// One column with the values of which any will do; an empty one asks for no value.
#[derive(Debug)]
pub struct Wanted<'w> {
    target: Target<'w>,
    values: Vec<String>,
}

impl<'w> Wanted<'w> {
    /// Reads one entry of `columns`.
    pub fn read(_: &Reader<'w>, board: &'w Board, entry: &Value) -> Result<Self, Refusal> {
        let id = entry.get("column_id").map(plain).unwrap_or_default();
        let target = Target::find(board, &id)?;
        let mut values: Vec<String> = match entry.get("column_values") {
            Some(Value::Array(values)) => values.iter().map(plain).collect(),
            Some(single) => vec![plain(single)],
            None => Vec::new(),
        };
        let unsupported = |kind: &str| {
            let message = format!("{kind} columns are not supported by items_page_by_column_values");
            Err(Refusal::new("InvalidColumnTypeException", message).with("column_type", kind))
        };
        let kind = match target {
            Target::Column(column) => column.kind,
            Target::Name => Kind::Name,
            Target::Group => return unsupported("group"),
            Target::Updated => return unsupported("last_updated"),
            Target::Created => return unsupported("creation_log"),
        };
        let supported = kind.is_writable() || kind == Kind::Name;
        if !supported
            || matches!(kind, Kind::BoardRelation | Kind::File | Kind::Location | Kind::Rating | Kind::Tags)
        {
            return unsupported(kind.word());
        }
        if values.len() > 1 && matches!(kind, Kind::Dropdown | Kind::Date | Kind::Timeline) {
            return Err(Refusal::argument(format!("{} columns take one value only", kind.word())));
        }
        if kind == Kind::Checkbox {
            // Only the last one counts.
            values.drain(..values.len().saturating_sub(1));
        }
        Ok(Self { target, values })
    }

    /// Returns the items that the index of texts gives, if this is a text column.
    pub fn listed(&self, board: &Board) -> Option<BTreeSet<u64>> {
        let Target::Column(column) = self.target else { return None };
        if column.kind != Kind::Text || self.values.iter().any(String::is_empty) {
            return None;
        }
        let of_column = board.texts.get(&column.id);
        let found = self.values.iter().filter_map(|value| of_column?.get(&value.to_lowercase()));
        Some(found.flatten().copied().collect())
    }

    /// Whether an item has any of the values.
    pub fn fits(&self, reader: &Reader<'w>, _: &Board, item: &Item) -> bool {
        match self.target {
            Target::Name => self.values.iter().any(|value| value.to_lowercase() == item.name.to_lowercase()),
            Target::Column(column) => self.values.iter().any(|value| matches(reader, item, column, value)),
            _ => false,
        }
    }
}

fn matches(reader: &Reader<'_>, item: &Item, column: &Column, value: &str) -> bool {
    let cell = item.cell(&column.id);
    if column.kind == Kind::Checkbox {
        let ticked = matches!(value, "1" | "t" | "true");
        return ticked == cell.is_some();
    }
    let Some(cell) = cell else { return value.is_empty() };
    let label = |id: u32| column.settings.label(id).is_some_and(|label| label.name == value);
    match cell {
        Cell::Text(text) => text.to_lowercase() == value.to_lowercase(),
        Cell::LongText(text) | Cell::Number(text) | Cell::Email { text, .. } | Cell::Zone(text) => {
            text == value
        }
        Cell::Link { url, text } => text == value || url == value,
        Cell::Status(index) => label(*index),
        Cell::Dropdown(ids) => ids.iter().any(|id| label(*id)),
        Cell::Date { date, time } => match value.split_once(' ') {
            Some((day, at)) => date == day && time.as_deref() == Some(at),
            None => date == value,
        },
        Cell::Timeline { from, .. } => from == value,
        Cell::Week { start, .. } => start == value,
        Cell::People(people) => people.iter().any(|person| {
            person.id.to_string() == value
                || reader
                    .world
                    .users
                    .get(&person.id)
                    .is_some_and(|user| user.name.eq_ignore_ascii_case(value))
        }),
        Cell::Country(code) => {
            code == value || countries::by_code(code).is_some_and(|country| country.name == value)
        }
        Cell::Phone { phone, country } => {
            country == value
                || (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) && phone.contains(value))
        }
        Cell::Hour { hour, .. } => part_of_day(*hour).eq_ignore_ascii_case(value),
        Cell::Linked(ids) => ids.iter().any(|id| id.to_string() == value),
        Cell::Checkbox | Cell::Location { .. } | Cell::Rating(_) | Cell::Tags(_) => false,
    }
}
