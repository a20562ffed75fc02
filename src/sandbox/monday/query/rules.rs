//! One rule of a filter: a column, an operator, and what to compare with.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use serde_json::Value;

use super::nodes::Reader;
use crate::sandbox::monday::cells::{Cell, read};
use crate::sandbox::monday::refusal::Refusal;
use crate::sandbox::monday::world::labels::BLANK_STATUS;
use crate::sandbox::monday::world::{Board, Column, Item, Kind};

const BLANK: &str = "$$$blank$$$";

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Target<'w> {
    /// The item's name.
    Name,
    /// The item's group.
    Group,
    /// The time of the last change.
    Updated,
    /// The time of making.
    Created,
    /// A column's value.
    Column(&'w Column),
}

impl<'w> Target<'w> {
    /// Returns what `id` names on `board`.
    pub fn find(board: &'w Board, id: &str) -> Result<Self, Refusal> {
        Ok(match id {
            "name" => Self::Name,
            "group" => Self::Group,
            "__last_updated__" => Self::Updated,
            "__creation_log__" => Self::Created,
            _ => match board.column(id).ok_or_else(|| Refusal::column(id))? {
                column if column.kind == Kind::LastUpdated => Self::Updated,
                column if column.kind == Kind::CreationLog => Self::Created,
                column => Self::Column(column),
            },
        })
    }
}

/// A rule.
#[derive(Debug)]
pub struct Rule<'w> {
    target: Target<'w>,
    operator: String,
    values: Vec<String>,
    at_end: bool,
}

impl<'w> Rule<'w> {
    /// Reads one entry of `rules`.
    pub fn read(reader: &Reader<'w>, board: &'w Board, rule: &Value) -> Result<Self, Refusal> {
        let id = rule.get("column_id").map(plain).unwrap_or_default();
        let target = Target::find(board, &id)?;
        if let Target::Column(column) = target
            && matches!(
                column.kind,
                Kind::Location | Kind::Mirror | Kind::ItemId | Kind::ColorPicker | Kind::Formula
            )
        {
            let kind = column.kind.word();
            return Err(Refusal::new(
                "InvalidColumnTypeException",
                format!("{kind} columns cannot be filtered"),
            )
            .with("column_type", kind));
        }
        let mut values: Vec<String> = match rule.get("compare_value") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(values)) => values.iter().map(plain).collect(),
            Some(single) => vec![plain(single)],
        };
        for value in &mut values {
            if value == "assigned_to_me" {
                *value = format!("person-{}", reader.user);
            }
        }
        let operator = rule.get("operator").and_then(Value::as_str).unwrap_or("any_of").to_owned();
        let at_end = rule.get("compare_attribute").and_then(Value::as_str) == Some("END_DATE");
        Ok(Self { target, operator, values, at_end })
    }

    /// Returns the items that the index of texts gives for this rule, if it is one the index knows.
    pub fn listed(&self, board: &Board) -> Option<BTreeSet<u64>> {
        let Target::Column(column) = self.target else { return None };
        let indexed = column.kind == Kind::Text && self.operator == "any_of";
        if !indexed || self.values.iter().any(|value| value.is_empty() || value == BLANK) {
            return None;
        }
        let of_column = board.texts.get(&column.id);
        let found = self.values.iter().filter_map(|value| of_column?.get(&value.to_lowercase()));
        Some(found.flatten().copied().collect())
    }

    /// Whether an item meets the rule.
    pub fn holds(&self, reader: &Reader<'w>, board: &'w Board, item: &'w Item) -> bool {
        match self.operator.as_str() {
            "any_of" => self.any(reader, board, item),
            "not_any_of" => !self.any(reader, board, item),
            "is_empty" => self.is_empty(item),
            "is_not_empty" => !self.is_empty(item),
            "contains_text" => self.holds_text(reader, board, item, |text, value| text.contains(value)),
            "not_contains_text" => !self.holds_text(reader, board, item, |text, value| text.contains(value)),
            "starts_with" => self.holds_text(reader, board, item, |text, value| text.starts_with(value)),
            "ends_with" => self.holds_text(reader, board, item, |text, value| text.ends_with(value)),
            "contains_terms" => {
                let text = self.text(reader, board, item);
                self.values.iter().any(|value| {
                    let value = value.to_lowercase();
                    value.split_whitespace().all(|term| text.contains(term))
                })
            }
            operator => self.ordered(reader, item, operator),
        }
    }

    fn text(&self, reader: &Reader<'w>, board: &'w Board, item: &'w Item) -> String {
        match self.target {
            Target::Name => item.name.to_lowercase(),
            Target::Group => {
                board.group(&item.group).map(|group| group.title.to_lowercase()).unwrap_or_default()
            }
            Target::Updated | Target::Created => String::new(),
            Target::Column(column) => {
                let text = match item.cell(&column.id) {
                    Some(Cell::Linked(ids)) => {
                        let names = ids.iter().filter_map(|id| Some(reader.world.item(*id)?.1.name.as_str()));
                        Some(names.collect::<Vec<_>>().join(", "))
                    }
                    _ => read::text(reader.world, board, item, column, "UTC"),
                };
                text.unwrap_or_default().to_lowercase()
            }
        }
    }

    fn holds_text(
        &self,
        reader: &Reader<'w>,
        board: &'w Board,
        item: &'w Item,
        matches: fn(&str, &str) -> bool,
    ) -> bool {
        let text = self.text(reader, board, item);
        self.values.iter().any(|value| matches(&text, &value.to_lowercase()))
    }

    fn is_empty(&self, item: &Item) -> bool {
        matches!(self.target, Target::Column(column) if item.cell(&column.id).is_none())
    }

    fn any(&self, reader: &Reader<'w>, board: &'w Board, item: &'w Item) -> bool {
        let has = |key: &str| self.values.iter().any(|value| value == key);
        let column = match self.target {
            Target::Name => return self.values.iter().any(|value| value.eq_ignore_ascii_case(&item.name)),
            Target::Group => return has(&item.group),
            Target::Updated => return self.in_days(reader, Some(day_of(item.updated))),
            Target::Created => return self.in_days(reader, Some(day_of(item.created))),
            Target::Column(column) => column,
        };
        let Some(cell) = item.cell(&column.id) else {
            return has(blank_key(column.kind)) || has("") || has(BLANK);
        };
        match cell {
            Cell::Text(text) | Cell::LongText(text) | Cell::Email { text, .. } | Cell::Link { text, .. } => {
                let text = text.to_lowercase();
                self.values.iter().any(|value| value.to_lowercase() == text)
            }
            Cell::Number(number) => {
                let number: Option<Decimal> = number.parse().ok();
                self.values.iter().any(|value| value.parse().ok() == number && number.is_some())
            }
            Cell::Status(index) => has(&index.to_string()),
            Cell::Dropdown(ids) => ids.iter().any(|id| has(&id.to_string())),
            Cell::Date { date, .. } => self.in_days(reader, date.parse().ok()),
            Cell::Timeline { from, to } => {
                self.in_days(reader, if self.at_end { to } else { from }.parse().ok())
            }
            Cell::Week { start, .. } => self.in_days(reader, start.parse().ok()),
            Cell::People(people) => {
                people.iter().any(|p| has(&format!("{}-{}", if p.team { "team" } else { "person" }, p.id)))
            }
            Cell::Country(code) | Cell::Phone { country: code, .. } => has(code),
            Cell::Rating(stars) => has(&stars.to_string()),
            Cell::Hour { hour, .. } => {
                self.values.iter().any(|value| part_of_day(*hour).eq_ignore_ascii_case(value))
            }
            Cell::Linked(ids) | Cell::Tags(ids) => ids.iter().any(|id| has(&id.to_string())),
            Cell::Zone(zone) => has(zone),
            Cell::Checkbox | Cell::Location { .. } => {
                let text = read::text(reader.world, board, item, column, "UTC").unwrap_or_default();
                has(&text)
            }
        }
    }

    fn ordered(&self, reader: &Reader<'w>, item: &Item, operator: &str) -> bool {
        let instant = match self.target {
            Target::Updated => Some(item.updated),
            Target::Created => Some(item.created),
            _ => None,
        };
        if let (Some(at), Some(value)) = (instant, self.values.iter().find_map(|value| instant_of(value))) {
            return orders(operator, at.cmp(&value));
        }
        let Target::Column(column) = self.target else {
            return instant.is_some_and(|at| self.day_ordered(reader, operator, Some(day_of(at))));
        };
        match item.cell(&column.id) {
            Some(Cell::Number(number)) => self.number_ordered(operator, number.parse().ok()),
            Some(Cell::Rating(stars)) => self.number_ordered(operator, Some(Decimal::from(*stars))),
            Some(Cell::Date { date, .. }) => self.day_ordered(reader, operator, date.parse().ok()),
            Some(Cell::Timeline { from, to }) => {
                self.day_ordered(reader, operator, if self.at_end { to } else { from }.parse().ok())
            }
            Some(Cell::Week { start, .. }) => self.day_ordered(reader, operator, start.parse().ok()),
            _ => false,
        }
    }

    fn number_ordered(&self, operator: &str, number: Option<Decimal>) -> bool {
        let Some(number) = number else { return false };
        let values: Vec<Decimal> = self.values.iter().filter_map(|value| value.parse().ok()).collect();
        match (operator, values.as_slice()) {
            ("between", [low, high, ..]) => (*low..=*high).contains(&number),
            (_, [value, ..]) => orders(operator, number.cmp(value)),
            _ => false,
        }
    }

    fn day_ordered(&self, reader: &Reader<'w>, operator: &str, day: Option<Date>) -> bool {
        let Some(day) = day else { return false };
        let today = reader.today();
        let spans = self.spans(today);
        let reach = || {
            let count: i64 = self.values.iter().find_map(|value| value.parse().ok())?;
            let unit = self.values.iter().find(|value| value.parse::<i64>().is_err());
            let span = match unit.map(String::as_str) {
                Some("WEEKS") => count.weeks(),
                Some("MONTHS") => count.months(),
                _ => count.days(),
            };
            Some(span)
        };
        match (operator, spans.as_slice()) {
            ("between", [(low, _), (_, high), ..]) => (*low..=*high).contains(&day),
            ("greater_than", [(_, to), ..]) => day > *to,
            ("greater_than_or_equals", [(from, _), ..]) => day >= *from,
            ("lower_than", [(from, _), ..]) => day < *from,
            ("lower_than_or_equal", [(_, to), ..]) => day <= *to,
            ("within_the_next", _) => reach()
                .and_then(|span| today.checked_add(span).ok())
                .is_some_and(|end| day >= today && day <= end),
            ("within_the_last", _) => reach()
                .and_then(|span| today.checked_sub(span).ok())
                .is_some_and(|from| day <= today && day >= from),
            _ => false,
        }
    }

    fn in_days(&self, reader: &Reader<'w>, day: Option<Date>) -> bool {
        let spans = self.spans(reader.today());
        day.is_some_and(|day| spans.iter().any(|(from, to)| (*from..=*to).contains(&day)))
    }

    /// Returns the days that the values stand for, as first and last.
    fn spans(&self, today: Date) -> Vec<(Date, Date)> {
        self.values.iter().filter_map(|value| span_of(value, today)).collect()
    }
}

/// Returns a scalar as the text that rules compare.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Returns the part of the day an hour lies in.
pub fn part_of_day(hour: u32) -> &'static str {
    match hour {
        0..6 => "NIGHT",
        6..12 => "MORNING",
        12..18 => "AFTERNOON",
        _ => "EVENING",
    }
}

fn blank_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Status => {
            const { assert!(BLANK_STATUS == 5) };
            "5"
        }
        Kind::People => "person-0",
        Kind::Rating => "0",
        Kind::Tags => "-1",
        _ => BLANK,
    }
}

fn orders(operator: &str, order: std::cmp::Ordering) -> bool {
    match operator {
        "greater_than" => order.is_gt(),
        "greater_than_or_equals" => order.is_ge(),
        "lower_than" => order.is_lt(),
        "lower_than_or_equal" => order.is_le(),
        _ => false,
    }
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn instant_of(value: &str) -> Option<Timestamp> {
    if let Ok(at) = value.parse() {
        return Some(at);
    }
    let civil: jiff::civil::DateTime = value.parse().ok().filter(|_| value.contains(':'))?;
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn span_of(value: &str, today: Date) -> Option<(Date, Date)> {
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
    let week = |shift: i64| {
        let from = monday.checked_add((shift * 7).days()).ok()?;
        Some((from, from.checked_add(6.days()).ok()?))
    };
    let month = |shift: i64| {
        let from = today.first_of_month().checked_add(shift.months()).ok()?;
        Some((from, from.last_of_month()))
    };
    match value {
        "TODAY" => Some((today, today)),
        "TOMORROW" => today.tomorrow().ok().map(|day| (day, day)),
        "YESTERDAY" => today.yesterday().ok().map(|day| (day, day)),
        "THIS_WEEK" => week(0),
        "ONE_WEEK_AGO" => week(-1),
        "ONE_WEEK_FROM_NOW" => week(1),
        "THIS_MONTH" => month(0),
        "ONE_MONTH_AGO" => month(-1),
        "ONE_MONTH_FROM_NOW" => month(1),
        "PAST_DATETIME" | "OVERDUE" | "PAST_WEEKS" => Some((Date::MIN, today.yesterday().ok()?)),
        "FUTURE_DATETIME" | "UPCOMING" | "NEXT_WEEKS" => Some((today.tomorrow().ok()?, Date::MAX)),
        other => other.parse().ok().map(|day| (day, day)),
    }
}
