//! A column's settings as far as they bear on values: labels, scales, connected boards.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Kind;

/// The index of a status column that stands for "no label".
pub const BLANK_STATUS: u32 = 5;
/// How many labels a status column may have.
const MOST_STATUSES: usize = 40;

/// A label of a status or dropdown column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The index (status) or id (dropdown).
    pub id: u32,
    /// The word.
    pub name: String,
    /// Whether it means that the work is done.
    pub done: bool,
}

/// The settings of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The labels, in order of their ids.
    pub labels: Vec<Label>,
    /// The boards that a relation may point to.
    pub boards: Vec<u64>,
    /// The most that a rating may have.
    pub scale: Option<u32>,
    /// A number's unit.
    pub unit: Option<String>,
    /// For a mirror, the relation it looks through and the column it shows there.
    pub mirrors: Option<(String, String)>,
}

impl Settings {
    /// Returns the settings of a new column made with `defaults`, the JSON of `create_column`.
    pub fn from_defaults(kind: Kind, defaults: &Value) -> Self {
        let settings = defaults.get("settings").unwrap_or(defaults);
        let mut made = Self::default();
        match (kind, settings.get("labels")) {
            (Kind::Status, Some(Value::Object(map))) => {
                made.labels = map
                    .iter()
                    .filter_map(|(id, name)| {
                        let name = name.as_str().or_else(|| name.get("name")?.as_str())?;
                        Some(Label { id: id.parse().ok()?, name: name.to_owned(), done: name == "Done" })
                    })
                    .collect();
            }
            (Kind::Status | Kind::Dropdown, Some(Value::Array(list))) => {
                for (place, entry) in (1_u32..).zip(list) {
                    let name = entry
                        .as_str()
                        .or_else(|| entry.get("name")?.as_str())
                        .or_else(|| entry.get("label")?.as_str());
                    let id = entry.get("id").or_else(|| entry.get("index")).and_then(Value::as_u64);
                    if let Some(name) = name {
                        let id = id.and_then(|id| u32::try_from(id).ok()).unwrap_or(place);
                        made.labels.push(Label { id, name: name.to_owned(), done: name == "Done" });
                    }
                }
            }
            (Kind::Status, _) => {
                made.labels = ["Working on it", "Done", "Stuck"]
                    .into_iter()
                    .zip(0..)
                    .map(|(name, id)| Label { id, name: name.to_owned(), done: name == "Done" })
                    .collect();
            }
            _ => {}
        }
        made.labels.sort_by_key(|label| label.id);
        let boards = settings.get("boardIds").or_else(|| settings.get("board_ids")).and_then(Value::as_array);
        made.boards = boards.into_iter().flatten().filter_map(id_of).collect();
        made.scale = settings
            .get("limit")
            .or_else(|| settings.get("scale"))
            .and_then(Value::as_u64)
            .and_then(|scale| u32::try_from(scale).ok());
        made.unit = settings.pointer("/unit/symbol").and_then(Value::as_str).map(str::to_owned);
        made
    }

    /// Returns the label called `name`; the case matters.
    pub fn named(&self, name: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.name == name)
    }

    /// Returns the label with `id`.
    pub fn label(&self, id: u32) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == id)
    }

    /// Adds a label and returns its id; `None` when the column is full.
    pub fn add_label(&mut self, kind: Kind, name: &str) -> Option<u32> {
        let id = if kind == Kind::Status {
            if self.labels.len() >= MOST_STATUSES {
                return None;
            }
            (0..=MOST_STATUSES)
                .filter_map(|id| u32::try_from(id).ok())
                .find(|id| *id != BLANK_STATUS && self.label(*id).is_none())?
        } else {
            self.labels.iter().map(|label| label.id).max().unwrap_or(0) + 1
        };
        self.labels.push(Label { id, name: name.to_owned(), done: false });
        self.labels.sort_by_key(|label| label.id);
        Some(id)
    }

    /// Returns the existing labels as error messages list them: `{0: Working on it, 1: Done}`.
    pub fn listed(&self) -> String {
        let all: Vec<String> =
            self.labels.iter().map(|label| format!("{}: {}", label.id, label.name)).collect();
        format!("{{{}}}", all.join(", "))
    }

    /// Returns the settings in the shape of `settings_str`.
    pub fn document(&self, kind: Kind) -> Value {
        match kind {
            Kind::Status => {
                let by_id = |what: &dyn Fn(u32, &Label) -> Value| -> Map<String, Value> {
                    self.labels.iter().map(|label| (label.id.to_string(), what(label.id, label))).collect()
                };
                let done: Vec<u32> =
                    self.labels.iter().filter(|label| label.done).map(|label| label.id).collect();
                let order = by_id(&|id, _| json!(id));
                json!({
                    "done_colors": done,
                    "labels": by_id(&|_, label| json!(label.name)),
                    "labels_positions_v2": order,
                    "labels_colors": by_id(&|id, _| {
                        let (color, border, name) = status_color(id);
                        json!({"color": color, "border": border, "var_name": name})
                    }),
                })
            }
            Kind::Dropdown => {
                let labels: Vec<Value> =
                    self.labels.iter().map(|label| json!({"id": label.id, "name": label.name})).collect();
                json!({"hide_footer": false, "labels": labels})
            }
            Kind::BoardRelation => json!({"allowMultipleItems": true, "boardIds": self.boards}),
            Kind::Rating => json!({"limit": self.scale.unwrap_or(5)}),
            Kind::Numbers => match &self.unit {
                Some(unit) => {
                    json!({"unit": {"symbol": "custom", "custom_unit": unit, "direction": "right"}})
                }
                None => json!({}),
            },
            Kind::Mirror => match &self.mirrors {
                Some((relation, shown)) => {
                    json!({"relation_column": {relation.as_str(): true}, "displayed_column": {shown.as_str(): true}})
                }
                None => json!({}),
            },
            _ => json!({}),
        }
    }
}

/// Returns fill, border and name of a status index's colour.
pub fn status_color(index: u32) -> (&'static str, &'static str, &'static str) {
    const COLORS: [(&str, &str, &str); 8] = [
        ("#fdab3d", "#e99729", "orange"),
        ("#00c875", "#00b461", "green-shadow"),
        ("#df2f4a", "#ce3048", "red-shadow"),
        ("#007eb5", "#3db0df", "blue-links"),
        ("#9d50dd", "#9238af", "purple"),
        ("#c4c4c4", "#b0b0b0", "grey"),
        ("#037f4c", "#006b38", "grass-green"),
        ("#579bfc", "#4387e8", "bright-blue"),
    ];
    COLORS.get(index as usize % COLORS.len()).copied().unwrap_or(("#c4c4c4", "#b0b0b0", "grey"))
}

/// Returns an id given as a number or as a string.
pub fn id_of(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}
