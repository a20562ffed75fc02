//! Writing items: everything is checked first, then all of it takes effect, with its log rows and events.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::labels::{Settings, status_color};
use super::log::About;
use super::{Author, Board, Column, Happening, Held, Item, Kind, State, World};
use crate::sandbox::monday::cells::place::Place;
use crate::sandbox::monday::cells::{Cell, read, write};
use crate::sandbox::monday::refusal::Refusal;

/// The longest name of an item, in characters.
pub const LONGEST_NAME: usize = 255;

/// Checked values that wait to take effect.
#[derive(Debug, Default)]
pub struct Draft {
    cells: Vec<(Arc<str>, Option<Cell>)>,
    settings: Vec<(Arc<str>, Settings)>,
    name: Option<String>,
}

/// Returns a name if it may be one.
pub fn checked_name(name: &str) -> Result<String, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::argument("the item's name cannot be empty"));
    }
    if name.chars().count() > LONGEST_NAME {
        let message =
            format!("The item name is too long. Please make sure it is {LONGEST_NAME} characters or less");
        return Err(Refusal::new("ItemNameTooLongException", message));
    }
    Ok(name.to_owned())
}

impl World {
    /// Checks `values` against the columns of a board.
    pub fn draft(
        &self,
        board: &Board,
        values: &Map<String, Value>,
        make_labels: bool,
    ) -> Result<Draft, Refusal> {
        let place = Place { world: self, board: board.id, make_labels };
        let mut draft = Draft::default();
        for (id, value) in values {
            if id == "name" {
                let name = value.as_str().ok_or_else(|| Refusal::value("name", "the name must be a text"))?;
                draft.name = Some(checked_name(name)?);
                continue;
            }
            let column = board.column(id).ok_or_else(|| Refusal::column(id))?;
            let mut settings = column.settings.clone();
            let cell = write::parse(place, column, &mut settings, value)?;
            draft.cells.push((Arc::clone(&column.id), cell));
            if settings != column.settings {
                draft.settings.push((Arc::clone(&column.id), settings));
            }
        }
        Ok(draft)
    }

    /// Makes an item; returns its id.
    pub fn add_item(
        &mut self,
        board: u64,
        group: &Arc<str>,
        name: String,
        parent: Option<u64>,
        draft: Draft,
        who: Author,
    ) -> u64 {
        let id = self.fresh_id();
        let Some(home) = self.boards.get_mut(&board) else { return id };
        settle_labels(home, draft.settings);
        let filled = draft
            .cells
            .into_iter()
            .filter_map(|(column, cell)| Some((column, Held { cell: cell?, at: who.now })));
        let item = Item {
            id,
            name: draft.name.unwrap_or(name),
            group: Arc::clone(group),
            state: State::Active,
            by: who.user,
            created: who.now,
            updated: who.now,
            updated_by: who.user,
            parent,
            subitems: Vec::new(),
            cells: filled.collect(),
        };
        let name = item.name.clone();
        let raw = |(column, held): &(Arc<str>, Held)| {
            Some((column.to_string(), read::raw(held, home.column(column)?).unwrap_or(Value::Null)))
        };
        let values: Map<String, Value> = item.cells.iter().filter_map(raw).collect();
        let (title, color, top) = group_words(home, group);
        home.add(item);
        self.home.insert(id, board);
        if let Some(parent) = parent
            && let Some(of) = self.home.get(&parent).copied()
            && let Some(parent) = self.boards.get_mut(&of).and_then(|board| board.items.get_mut(&parent))
        {
            parent.subitems.push(id);
        }
        self.note(
            board,
            who,
            "create_pulse",
            About::item(id, group),
            json!({"pulse_name": name, "group_name": title}),
        );
        let mut payload = json!({
            "type": "create_pulse", "pulseId": id, "pulseName": name, "groupId": *group, "groupName": title,
            "groupColor": color, "isTopGroup": top, "columnValues": values,
        });
        if let (Some(map), Some(parent)) = (payload.as_object_mut(), parent) {
            map.insert("itemId".to_owned(), json!(id.to_string()));
            map.insert("parentItemId".to_owned(), json!(parent.to_string()));
            let parent_board = self.home.get(&parent).map(ToString::to_string);
            map.insert("parentItemBoardId".to_owned(), json!(parent_board));
        }
        let event = if parent.is_some() { "create_subitem" } else { "create_item" };
        self.tell(board, who, &[event], None, payload);
        id
    }

    /// Changes a live item; what is equal already does not count as a change.
    pub fn change_item(&mut self, board: u64, id: u64, draft: Draft, who: Author) {
        let Some(home) = self.boards.get_mut(&board) else { return };
        settle_labels(home, draft.settings);
        if let Some(name) = draft.name {
            self.rename(board, id, &name, who);
        }
        for (column, cell) in draft.cells {
            self.change_cell(board, id, &column, cell, who);
        }
    }

    fn change_cell(&mut self, board: u64, id: u64, column: &Arc<str>, cell: Option<Cell>, who: Author) {
        let Some(home) = self.boards.get_mut(&board) else { return };
        let Some(item) = home.items.get(&id) else { return };
        let old = item.held(column).cloned();
        if old.as_ref().map(|held| &held.cell) == cell.as_ref() {
            return;
        }
        home.set_cell(id, column, cell, who.now);
        let (Some(of), Some(item)) =
            (home.columns.iter().find(|known| known.id == *column), home.items.get_mut(&id))
        else {
            return;
        };
        item.updated = who.now;
        item.updated_by = who.user;
        let subitem = item.parent.is_some();
        let (before, after) = (shown(old.as_ref(), of), shown(item.held(column), of));
        let (title, kind) = (of.title.clone(), of.kind);
        let (name, group) = (item.name.clone(), Arc::clone(&item.group));
        let top = home.live_groups().next().is_some_and(|top| top.id == group);
        let word = if kind == Kind::Status { "color" } else { kind.word() };
        let about = About::item(id, &group).column(column);
        let details = json!({
            "pulse_name": name, "column_type": word, "column_title": title, "value": after, "previous_value": before,
        });
        self.note(board, who, "update_column_value", about, details);
        let payload = json!({
            "type": "update_column_value", "pulseId": id, "pulseName": name, "groupId": *group,
            "columnId": **column, "columnType": word, "columnTitle": title, "value": after, "previousValue": before,
            "changedAt": who.now.as_millisecond() as f64 / 1000.0, "isTopGroup": top,
        });
        let events: &[&'static str] = match (subitem, kind) {
            (true, _) => &["change_subitem_column_value"],
            (false, Kind::Status) => {
                &["change_column_value", "change_specific_column_value", "change_status_column_value"]
            }
            (false, _) => &["change_column_value", "change_specific_column_value"],
        };
        self.tell(board, who, events, Some(column), payload);
    }

    fn rename(&mut self, board: u64, id: u64, name: &str, who: Author) {
        let Some(item) = self.boards.get_mut(&board).and_then(|board| board.items.get_mut(&id)) else {
            return;
        };
        if item.name == name {
            return;
        }
        let old = std::mem::replace(&mut item.name, name.to_owned());
        item.updated = who.now;
        item.updated_by = who.user;
        let (group, subitem) = (Arc::clone(&item.group), item.parent.is_some());
        let (before, after) = (json!({"name": old}), json!({"name": name}));
        let details = json!({"pulse_name": name, "value": after, "previous_value": before});
        self.note(board, who, "update_name", About::item(id, &group), details);
        let payload = json!({
            "type": "update_name", "pulseId": id, "groupId": *group, "value": after, "previousValue": before,
        });
        self.tell(board, who, &[if subitem { "change_subitem_name" } else { "change_name" }], None, payload);
    }

    /// Puts an event where the webhooks will find it.
    pub fn tell(
        &mut self,
        board: u64,
        who: Author,
        events: &[&'static str],
        column: Option<&Arc<str>>,
        mut payload: Value,
    ) {
        if !self.webhooks.values().any(|hook| hook.board == board) {
            return;
        }
        let group = payload.get("destGroupId").and_then(Value::as_str).map(str::to_owned);
        if let Some(map) = payload.as_object_mut() {
            map.insert("app".to_owned(), json!("monday"));
            map.insert("userId".to_owned(), json!(who.user));
            map.insert("boardId".to_owned(), json!(board));
            map.insert("originalTriggerUuid".to_owned(), Value::Null);
            let time = who.now.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
            map.insert("triggerTime".to_owned(), json!(time));
        }
        let column = column.map(ToString::to_string);
        self.outbox.push(Happening { board, events: events.to_vec(), column, group, payload });
    }
}

fn settle_labels(board: &mut Board, settings: Vec<(Arc<str>, Settings)>) {
    for (id, settings) in settings {
        if let Some(column) = board.columns.iter_mut().find(|column| column.id == id) {
            column.settings = settings;
            column.revision += 1;
        }
    }
}

/// Returns title, colour and topness of a group.
pub fn group_words(board: &Board, group: &str) -> (String, String, bool) {
    let top = board.live_groups().next().is_some_and(|top| &*top.id == group);
    let found = board.groups.iter().find(|known| &*known.id == group);
    found.map_or((String::new(), String::new(), top), |group| (group.title.clone(), group.color.clone(), top))
}

/// Returns a value as logs and webhooks show it; a status comes with its label.
fn shown(held: Option<&Held>, column: &Column) -> Value {
    let Some(held) = held else { return Value::Null };
    match held.cell {
        Cell::Status(index) => {
            let (color, border, name) = status_color(index);
            let text = column.settings.label(index).map(|label| label.name.clone());
            json!({
                "label": {"index": index, "text": text, "style": {"color": color, "border": border, "var_name": name}},
                "post_id": null,
            })
        }
        Cell::Text(ref text) | Cell::Number(ref text) => json!({"value": text}),
        _ => read::raw(held, column).unwrap_or(Value::Null),
    }
}
