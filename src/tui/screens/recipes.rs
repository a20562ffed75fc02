//! Screen 4: recipes against their limit, and which of them nobody uses.

use ratatui::layout::Rect;

use super::errors::filter_note;
use crate::control::protocol::{RecipeAct, Reply, Request};
use crate::control::rows::{RecipeDetail, RecipeRow, proposed};
use crate::domain::filter::Filter;
use crate::domain::id::RecipeId;
use crate::domain::recipe::{RESTORABLE_DAYS, RecipeState};
use crate::domain::time::DAY;
use crate::domain::unused::{UNUSED_DAYS, Unused};
use crate::tui::canvas::Canvas;
use crate::tui::facts::Facts;
use crate::tui::files;
use crate::tui::model::{Topic, Wish};
use crate::tui::parts::dialog::{Answer, Dialog};
use crate::tui::parts::list::{List, Row};
use crate::tui::parts::table::{self, Column, plain};
use crate::tui::registry::Act;
use crate::tui::skin::Role;

/// How many recipes are proposed at once.
const PROPOSED: usize = 10;

impl Row for RecipeRow {
    type Id = RecipeId;
    fn id(&self) -> RecipeId {
        self.id
    }
}

/// Which recipes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    All,
    Unused,
    Failing,
}

/// The screen.
#[derive(Debug, Default)]
pub(in crate::tui) struct Recipes {
    all: Vec<RecipeRow>,
    rows: List<RecipeRow>,
    shown: Shown,
    pub(in crate::tui) filter: String,
    detail: Option<Box<RecipeDetail>>,
    /// Mark the oldest unused ones as soon as the list is there.
    propose: bool,
    heard: bool,
}

impl Recipes {
    pub(in crate::tui) fn refresh(facts: &Facts) -> Vec<Wish> {
        let request = Request::Recipes { account: facts.account.clone(), deleted: false, days: UNUSED_DAYS };
        vec![Wish::Ask(Topic::Recipes, request)]
    }

    /// Takes in what was told, and tells the facts which systems are on the other sides.
    pub(in crate::tui) fn hear(&mut self, reply: Reply, facts: &mut Facts) {
        match reply {
            Reply::Recipes(all) => {
                facts.others = all.iter().map(|row| (row.id, row.target_system)).collect();
                self.all = all;
                self.heard = true;
                self.rows.tell(self.visible(facts), facts.held);
                if std::mem::take(&mut self.propose) {
                    self.propose(facts);
                }
            }
            Reply::Recipe(detail) => self.detail = Some(detail),
            _ => {}
        }
    }

    pub(in crate::tui) fn point(&mut self, y: u16) -> Option<bool> {
        self.rows.point(y)
    }

    pub(in crate::tui) fn release(&mut self, held: bool) {
        self.rows.release(held);
    }

    /// The rows that are shown: unused ones oldest change first, pairs side by side.
    fn visible(&self, facts: &Facts) -> Vec<RecipeRow> {
        let filter = Filter::parse(&self.filter, facts.now, facts.today()).unwrap_or_default();
        let fits = |row: &&RecipeRow| {
            let shown = match self.shown {
                Shown::All => true,
                Shown::Unused => !row.unused.is_empty(),
                Shown::Failing => row.failed > 0 || row.state == RecipeState::Suspended,
            };
            let id = row.id.to_string();
            let texts =
                [&*row.name, row.object.as_str(), &row.container, &row.created_by, &id, row.state.name()];
            shown
                && filter.finds(&texts)
                && filter.object.as_ref().is_none_or(|o| row.object.as_str().to_lowercase() == *o)
                && filter.recipe.as_ref().is_none_or(|r| r.parse() == Ok(row.id))
                && filter
                    .connection
                    .as_ref()
                    .is_none_or(|c| c == row.salesforce.as_str() || c == row.target.as_str())
                && filter.direction.is_none_or(|d| d == row.direction)
                && filter.by.as_ref().is_none_or(|b| row.created_by.to_lowercase() == *b)
        };
        let mut rows: Vec<RecipeRow> = self.all.iter().filter(fits).cloned().collect();
        match self.shown {
            Shown::Unused => rows.sort_by_key(|row| (!row.proposed, row.last_change_at, row.id)),
            Shown::Failing => rows.sort_by_key(|row| (std::cmp::Reverse(row.failed), row.id)),
            Shown::All => rows.sort_by_key(|row| (row.id.min(row.pair.unwrap_or(row.id)), row.id)),
        }
        rows
    }

    fn unused(&self) -> usize {
        self.all.iter().filter(|row| !row.unused.is_empty()).count()
    }

    /// Shows the unused ones and marks the oldest that may be proposed, never half a pair.
    fn propose(&mut self, facts: &Facts) {
        self.shown = Shown::Unused;
        self.rows.replace(self.visible(facts));
        let ids = self.oldest(PROPOSED);
        self.rows.set_marks(ids);
    }

    /// The first `count` recipes that may be proposed.
    fn oldest(&self, count: usize) -> Vec<RecipeId> {
        proposed(self.rows.rows(), count)
    }

    /// Comes from another screen to make room.
    pub(in crate::tui) fn jump(&mut self, facts: &Facts) {
        self.filter.clear();
        if self.heard {
            self.propose(facts);
        }
        // What is shown may be old: the answer that is under way proposes again.
        self.propose = !self.heard;
        self.shown = Shown::Unused;
    }

    pub(in crate::tui) fn set_filter(&mut self, filter: &str, facts: &Facts) -> Vec<Wish> {
        filter.clone_into(&mut self.filter);
        self.rows.replace(self.visible(facts));
        Vec::new()
    }

    /// Comes from another screen to one recipe, opened.
    pub(in crate::tui) fn show(&mut self, id: RecipeId, facts: &Facts) -> Wish {
        self.shown = Shown::All;
        self.filter.clear();
        self.rows.replace(self.visible(facts));
        self.rows.select(&id);
        Wish::Ask(Topic::Recipe(id), Request::Recipe(id))
    }

    pub(in crate::tui) fn unmark(&mut self) {
        self.rows.set_marks([]);
    }

    /// Takes marks away; `false` when there are none.
    pub(in crate::tui) fn back(&mut self) -> bool {
        if self.detail.take().is_some() {
            return true;
        }
        let any = !self.rows.marks().is_empty();
        self.rows.set_marks([]);
        any
    }

    pub(in crate::tui) fn act(&mut self, act: Act, facts: &Facts) -> Vec<Wish> {
        match act {
            Act::Move(step) => {
                self.rows.step(step);
                self.detail = None;
            }
            Act::Open => {
                return self
                    .rows
                    .current()
                    .map(|row| Wish::Ask(Topic::Recipe(row.id), Request::Recipe(row.id)))
                    .into_iter()
                    .collect();
            }
            Act::Mark => self.rows.toggle_mark(),
            Act::MarkRange => self.rows.mark_range(),
            Act::MarkAll => {
                let all: Vec<RecipeId> = self.rows.rows().iter().map(|row| row.id).collect();
                let none = self.rows.marks().len() == all.len();
                self.rows.set_marks(if none { Vec::new() } else { all });
            }
            Act::Propose => {
                if !self.heard {
                    // Typed before the list was there: done when it comes.
                    self.propose = true;
                    return Vec::new();
                }
                self.propose(facts);
                if self.rows.marks().is_empty() {
                    return vec![Wish::Say(facts.say("recipes-nothing-proposed"))];
                }
            }
            Act::More | Act::Less => {
                let count = self.rows.marks().len();
                let count = if act == Act::More { count + 1 } else { count.saturating_sub(1) };
                let mut ids = self.oldest(count);
                // One more of a pair is two more.
                if act == Act::More && ids.len() < count {
                    ids = self.oldest(count + 1);
                }
                self.rows.set_marks(ids);
            }
            Act::Unused => {
                self.shown = match self.shown {
                    Shown::All => Shown::Unused,
                    Shown::Unused => Shown::Failing,
                    Shown::Failing => Shown::All,
                };
                self.rows.replace(self.visible(facts));
            }
            Act::Export => return vec![Wish::Export("recipes", files::values(self.rows.rows()))],
            Act::Create => return self.create(facts),
            Act::Delete => return self.delete(facts),
            Act::Hold => return self.hold(facts),
            Act::Run => {
                return self
                    .rows
                    .current()
                    .map(|row| {
                        let done = facts.say_with("recipes-running", &[("id", (&row.id.to_string()).into())]);
                        Wish::Ask(Topic::Done(done), Request::RunRecipe { id: row.id, full: false })
                    })
                    .into_iter()
                    .collect();
            }
            Act::Copy => {
                return self
                    .rows
                    .current()
                    .map(|row| Wish::Copy(format!("{} {}", row.id, row.name)))
                    .into_iter()
                    .collect();
            }
            Act::CopyAll => {
                let json = self.rows.current().and_then(|row| serde_json::to_string_pretty(row).ok());
                return json.map(Wish::Copy).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    /// Opens the form; where the limit is reached it leads to what could go.
    fn create(&mut self, facts: &Facts) -> Vec<Wish> {
        let recipes = facts.status.recipes;
        if recipes.limit == 0 || recipes.used < recipes.limit {
            return vec![Wish::Form];
        }
        self.propose(facts);
        let args = [("used", recipes.used.into()), ("limit", recipes.limit.into())];
        vec![Wish::Say(facts.say_with("recipes-full", &args))]
    }

    /// Asks whether the marked ones, or the one under the cursor, are to be deleted.
    fn delete(&self, facts: &Facts) -> Vec<Wish> {
        let chosen = self.rows.chosen();
        let ids: Vec<RecipeId> = chosen.iter().map(|row| row.id).collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let used = facts.status.recipes.used;
        let left = used.saturating_sub(u32::try_from(ids.len()).unwrap_or(u32::MAX));
        let named: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let active: Vec<String> = chosen
            .iter()
            .filter(|row| row.state == RecipeState::Active)
            .map(|row| row.id.to_string())
            .collect();
        let backlog: u64 = chosen.iter().map(|row| row.backlog).sum();
        let mut lines = vec![
            named.join(" "),
            String::new(),
            facts.say_with(
                "delete-use",
                &[("used", used.into()), ("left", left.into()), ("limit", facts.status.recipes.limit.into())],
            ),
        ];
        if !active.is_empty() {
            let ids = active.join(" ");
            let args = [("count", active.len().into()), ("ids", (&ids).into())];
            lines.push(facts.say_with("delete-active", &args));
        }
        lines.push(facts.say("delete-records"));
        if backlog > 0 {
            lines.push(facts.say_with("delete-backlog", &[("count", backlog.into())]));
        }
        if chosen.iter().any(|row| row.pair.is_some_and(|pair| !ids.contains(&pair))) {
            lines.push(facts.say("delete-half"));
        }
        let until = facts.day(facts.now.plus(RESTORABLE_DAYS * DAY));
        lines.push(facts.say_with("delete-undo", &[("until", (&until).into())]));
        let count = ids.len();
        let title = facts.say_with("delete-title", &[("count", count.into())]);
        let answers = Self::answers(&chosen, ids, RecipeAct::Delete, "delete", facts);
        let mut dialog = Dialog::new(title, lines, answers);
        if chosen
            .iter()
            .any(|row| facts.protected.contains(&row.salesforce) || facts.protected.contains(&row.target))
        {
            dialog = dialog.typed(count);
        }
        vec![Wish::Dialog(dialog)]
    }

    /// Pauses what runs, or lets it go on when nothing of it runs.
    fn hold(&self, facts: &Facts) -> Vec<Wish> {
        let chosen = self.rows.chosen();
        let pausing = chosen.iter().any(|row| row.state == RecipeState::Active);
        let ids: Vec<RecipeId> = chosen
            .iter()
            .filter(|row| (row.state == RecipeState::Active) == pausing)
            .map(|row| row.id)
            .collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let named = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let (act, key) = if pausing { (RecipeAct::Pause, "pause") } else { (RecipeAct::Resume, "resume") };
        let args = [("count", ids.len().into())];
        let title = facts.say_with(&format!("{key}-title"), &args);
        let answers = Self::answers(&chosen, ids, act, key, facts);
        vec![Wish::Dialog(Dialog::new(title, vec![named], answers))]
    }

    /// Yes to these; and to them with the other halves of their pairs, where there are such.
    fn answers(
        chosen: &[&RecipeRow],
        ids: Vec<RecipeId>,
        act: RecipeAct,
        key: &str,
        facts: &Facts,
    ) -> Vec<Answer> {
        let start = |ids: Vec<RecipeId>| {
            let done = facts.say_with(&format!("{key}-done"), &[("count", ids.len().into())]);
            vec![Wish::Ask(Topic::Start(done), Request::ActOnRecipes { ids, act, reason: None })]
        };
        let mut whole = ids.clone();
        let of_these = chosen.iter().filter(|row| ids.contains(&row.id));
        for half in of_these.filter_map(|row| row.pair) {
            if !whole.contains(&half) {
                whole.push(half);
            }
        }
        let label = facts.say_with(&format!("{key}-yes"), &[("count", ids.len().into())]);
        let more = whole.len() > ids.len();
        let mut answers = vec![Answer { key: 'y', label, wishes: start(ids) }];
        if more {
            let label = facts.say_with("whole-pairs", &[("count", whole.len().into())]);
            answers.push(Answer { key: 'a', label, wishes: start(whole) });
        }
        answers
    }

    pub(in crate::tui) fn foretell(&self, facts: &Facts) -> String {
        let marked = self.rows.marks().len();
        let filter = filter_note(&self.filter, facts);
        if marked == 0 {
            let count = self.unused();
            return filter + &facts.say_with("recipes-foretell", &[("count", count.into())]);
        }
        let recipes = facts.status.recipes;
        let left = recipes.used.saturating_sub(u32::try_from(marked).unwrap_or(u32::MAX));
        filter
            + &facts.say_with(
                "recipes-marked",
                &[("count", marked.into()), ("left", left.into()), ("limit", recipes.limit.into())],
            )
    }

    pub(in crate::tui) fn draw(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let wide = facts.columns >= 120;
        let (middle, widest) = (facts.columns >= 76, facts.columns >= 136);
        let lower = match area.height {
            ..14 => 0,
            14..30 => 6,
            _ => 9,
        };
        let upper = Rect { height: area.height - lower, ..area };
        let recipes = facts.status.recipes;
        let full = if recipes.limit > 0 && recipes.used >= recipes.limit { "  FULL" } else { "" };
        let title = format!(
            "{}  {}{full}  {}",
            facts.say("recipes-title"),
            facts.say_with("recipes-of", &[("used", recipes.used.into()), ("limit", recipes.limit.into())]),
            facts.say_with("recipes-unused", &[("count", self.unused().into())]),
        );
        let shown = facts.say(match self.shown {
            Shown::All => "shown-all",
            Shown::Unused => "shown-unused",
            Shown::Failing => "shown-failing",
        });
        let inner = c.panel(upper, &title, &shown);
        let mut heads = vec![
            Column::left(facts.say("col-id"), 4),
            Column::left(facts.say("col-name"), if wide { 30 } else { 0 }),
        ];
        heads.push(Column::left(facts.say("col-object"), if wide { 13 } else { 9 }));
        if wide {
            heads.push(Column::left(facts.say("col-way"), 12));
        }
        if middle {
            heads.push(Column::left(facts.say("col-state"), 9));
            heads.push(Column::left(facts.say("col-change"), 6));
            heads.push(Column::left(facts.say("col-by"), if wide { 8 } else { 5 }));
        }
        if widest {
            heads.push(Column::left(facts.say("col-run"), 6));
            // What waits behind a recipe says nothing of one that nobody uses.
            if self.shown == Shown::Unused {
                heads.push(Column::left(facts.say("col-made"), 6));
                heads.push(Column::left(facts.say("col-needed"), 9));
            } else {
                heads.push(Column::right(facts.say("col-waiting"), 7));
                heads.push(Column::right(facts.say("col-parked"), 7));
            }
        }
        let last = if self.shown == Shown::Unused { "col-why-unused" } else { "col-note" };
        heads.push(Column::left(facts.say(last), if wide { 0 } else { 18 }));
        table::draw(c, inner, &heads, &self.rows, (true, true), |row| {
            let when =
                |at: Option<crate::domain::time::Stamp>| at.map_or(facts.say("never"), |at| facts.since(at));
            let mut cells =
                vec![plain(row.id.to_string()), plain(row.name.to_string()), plain(row.object.to_string())];
            if wide {
                cells.push(plain(facts.way(row.direction, Some(row.id))));
            }
            if middle {
                cells.push((row.state.name().to_owned(), state_role(row.state)));
                cells.push(plain(when(row.last_change_at)));
                cells.push(plain(row.created_by.to_string()));
            }
            if widest {
                cells.push(plain(when(row.last_run_at)));
                cells.extend(if self.shown == Shown::Unused {
                    [plain(facts.day(row.created_at)), plain(needed(row))]
                } else {
                    [plain(facts.count(row.backlog)), plain(facts.count(row.failed))]
                });
            }
            cells.push(plain(note(row, facts)));
            cells
        });
        if self.rows.is_empty() && inner.height > 1 {
            let key = match (self.heard, self.shown) {
                (false, _) => "not-heard",
                (true, Shown::Unused) => "recipes-no-unused",
                (true, _) => "filter-none",
            };
            c.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), &facts.say(key), Role::Text);
        }
        if lower > 0 {
            self.draw_row(c, Rect { y: area.y + upper.height, height: lower, ..area });
        }
    }

    fn draw_row(&self, c: &mut Canvas<'_>, area: Rect) {
        let facts = c.facts;
        let Some(row) = self.rows.current() else {
            c.panel(area, &facts.say("recipe-title"), "");
            return;
        };
        let inner = c.panel(area, &format!("{} {}", row.id, row.name), &row.container);
        let way = facts.way(row.direction, Some(row.id));
        let made = facts.day(row.created_at);
        let pair = row.pair.map(|pair| facts.say_with("recipe-pair", &[("id", (&pair.to_string()).into())]));
        let mut lines = vec![
            facts.say_with(
                "recipe-made",
                &[
                    ("object", row.object.as_str().into()),
                    ("way", (&way).into()),
                    ("day", (&made).into()),
                    ("by", (&*row.created_by).into()),
                    ("schedule", (&row.schedule).into()),
                ],
            ) + &pair.map(|pair| format!(", {pair}")).unwrap_or_default(),
            format!("{} -> {}  {}", row.salesforce, row.target, row.reason.as_deref().unwrap_or_default()),
        ];
        if !row.needed_by.is_empty() {
            lines.push(facts.say_with("recipe-needed", &[("by", (&needed(row)).into())]));
        }
        let reasons: Vec<String> = row.unused.iter().map(|reason| unused(*reason, facts)).collect();
        if !reasons.is_empty() {
            lines.push(facts.say_with("recipe-unused", &[("why", (&reasons.join(", ")).into())]));
        }
        if let Some(detail) = self.detail.as_ref().filter(|detail| detail.row.id == row.id) {
            let pairs: Vec<String> = detail.fields.iter().map(|(a, b)| format!("{a}={b}")).collect();
            lines.push(facts.say_with("recipe-fields", &[("fields", (&pairs.join("  ")).into())]));
            if !detail.condition.is_empty() {
                lines.push(facts.say_with("recipe-condition", &[("condition", (&*detail.condition).into())]));
            }
        } else {
            lines.push(facts.say("recipe-deleting"));
        }
        let mut rest = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        for text in lines {
            let used = c.wrapped(rest, &text, Role::Text);
            rest.y += used;
            rest.height -= used;
        }
    }
}

/// The recipes that depend on it: `r58 r63`.
fn needed(row: &RecipeRow) -> String {
    row.needed_by.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn state_role(state: RecipeState) -> Role {
    match state {
        RecipeState::Active => Role::Good,
        RecipeState::Suspended => Role::Failing,
        RecipeState::Paused | RecipeState::Deleted => Role::Text,
    }
}

fn note(row: &RecipeRow, facts: &Facts) -> String {
    if let Some(reason) = row.unused.first() {
        let why = unused(*reason, facts);
        return match (row.proposed, row.needed_by.is_empty(), row.seasonal) {
            (true, ..) => why,
            (_, _, true) => format!("! {}, {why}", facts.say("recipe-seasonal")),
            (_, false, _) => format!("! {} {}, {why}", facts.say("col-needed"), needed(row)),
            _ => format!("! {why}"),
        };
    }
    if row.failed > 0 {
        return facts.say_with("recipe-parked", &[("count", row.failed.into())]);
    }
    row.reason.as_deref().unwrap_or_default().to_owned()
}

fn unused(reason: Unused, facts: &Facts) -> String {
    facts.say(match reason {
        Unused::NeverRan => "unused-never-ran",
        Unused::NoChange => "unused-no-change",
        Unused::Paused => "unused-paused",
        Unused::Suspended => "unused-suspended",
        Unused::ContainerGone => "unused-container-gone",
        Unused::ObjectGone => "unused-object-gone",
        Unused::FieldGone => "unused-field-gone",
        Unused::Duplicate => "unused-duplicate",
        Unused::Finished => "unused-finished",
    })
}
