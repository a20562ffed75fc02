//! The shape of things changes under a recipe: a field is hidden, a column deleted or made one of another type, a board
//! archived, a right withdrawn. Only the recipes that use it degrade, and they recover by themselves when it is back.

use std::collections::BTreeMap;

use serde_json::json;
use syncdeck::domain::doctor::{PackageVersion, Packages};
use syncdeck::domain::draft::RecipeDraft;
use syncdeck::domain::id::{RecipeId, System};
use syncdeck::domain::recipe::RecipeState;
use syncdeck::domain::time::Stamp;
use syncdeck::ports::Store;

use super::both::cell;
use super::life::lock;
use super::world::World;

/// What may be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacks {
    /// The user may no longer read a field that the first recipe uses.
    Field,
    /// A column that it writes is deleted.
    Column,
    /// Its board is archived.
    Board,
    /// The user may no longer read the object; both recipes use that.
    Right,
    /// A column that it writes becomes one of another type, which takes none of its values.
    Type,
}

/// Returns the draft of the second recipe: the same leads on another board, by name and company alone.
pub(super) fn witness(like: &RecipeDraft) -> RecipeDraft {
    RecipeDraft {
        name: "Witness".into(),
        container: "Contacts".into(),
        fields: vec![("Name".into(), "name".into()), ("Company".into(), "account".into())],
        ..like.clone()
    }
}

/// Returns the table of packages: the older one supports orders, the newest does not.
pub(super) fn packages() -> Packages {
    let row = |version: &str, lacks: &[&str], latest| PackageVersion {
        system: System::Monday,
        namespace: "monday".into(),
        version: version.into(),
        lacks: lacks.iter().map(|object| (*object).into()).collect(),
        latest,
        install_url: "https://example.com/install".into(),
    };
    Packages(vec![row("1.16", &[], false), row("1.18", &["Order"], true)])
}

/// Returns what is wrong with the Salesforce connection after somebody has looked at it, and with the recipes over it.
pub(super) fn stands(store: &dyn Store, expected: &str) -> Vec<String> {
    let Ok(view) = store.read() else { return vec!["the store cannot be read".into()] };
    let sf = view.connections().unwrap_or_default().into_iter().find(|row| row.id.as_str() == "sf");
    let state = sf.as_ref().map(|row| row.state);
    let mut wrong = Vec::new();
    if state.is_none_or(|state| state.name() != expected) {
        wrong.push(format!("the connection is {state:?} instead of {expected}"));
    }
    let package_missing = sf.is_some_and(|row| row.reason.as_deref() == Some("package_missing"));
    for recipe in view.recipes().unwrap_or_default() {
        // Once it is there again, a person says that they may go on.
        if expected == "blocked" && (recipe.state == RecipeState::Active || !package_missing) {
            wrong.push(format!("{} is {:?} without the package", recipe.name, recipe.state));
        }
    }
    wrong
}

impl World {
    /// Takes something away, what is named or anything; returns what it was, and the board that it is about.
    pub(super) fn lack(&self, named: Option<&str>) -> (Lacks, String) {
        let all = [Lacks::Field, Lacks::Column, Lacks::Board, Lacks::Right, Lacks::Type];
        let named = named.and_then(|name| all.into_iter().find(|what| format!("{what:?}") == name));
        let what = named.unwrap_or_else(|| all[usize::try_from(self.fate.roll(5)).unwrap_or(0)]);
        self.fate.note(&format!("gone: {what:?}"));
        // What is archived is not listed any more.
        let board = self.endpoint("monday", "/boards/Leads");
        self.reshape(what, &board, false);
        (what, board)
    }

    /// Brings back what was taken away.
    pub(super) fn mend(&self, what: Lacks, board: &str) {
        self.reshape(what, board, true);
    }

    fn reshape(&self, what: Lacks, board: &str, there: bool) {
        match what {
            Lacks::Field => {
                let right = if there { "edit" } else { "hidden" };
                self.control("salesforce", "permissions", &json!({ "fields": { "Lead.Title": right } }));
            }
            Lacks::Column => {
                let columns = json!({ "title": there });
                self.control("monday", "columns", &json!({ "board": board, "columns": columns }));
            }
            Lacks::Type => {
                let columns = json!({ "title": { "type": if there { "text" } else { "numbers" } } });
                self.control("monday", "columns", &json!({ "board": board, "columns": columns }));
            }
            Lacks::Board => {
                let state = if there { "active" } else { "archived" };
                self.control("monday", "boards", &json!({ board: state }));
            }
            Lacks::Right => {
                let rights = json!({ "Lead": { "read": there } });
                self.control("salesforce", "permissions", &json!({ "objects": rights }));
            }
        }
    }
}

/// Returns what is wrong while something is lacking: whoever uses it waits, and whoever does not goes on.
pub(super) fn degrades(store: &dyn Store, what: Lacks, since: Stamp) -> Vec<String> {
    let Ok(view) = store.read() else { return vec!["the store cannot be read".into()] };
    let recipes = view.recipes().unwrap_or_default();
    let mut wrong = Vec::new();
    for recipe in &recipes {
        let uses = what == Lacks::Right || recipe.id == RecipeId(1);
        let waits = recipe.state == RecipeState::Suspended && recipe.gone.is_some();
        if uses && !waits {
            wrong.push(format!("{what:?} is gone, and {} is {:?}", recipe.name, recipe.state));
        }
        if uses {
            continue;
        }
        let ran = view.activity(recipe.id).ok().and_then(|activity| activity.last_run_at);
        if recipe.state != RecipeState::Active || ran.is_none_or(|ran| ran <= since) {
            wrong.push(format!("{} does not need {what:?}: {:?}, ran {ran:?}", recipe.name, recipe.state));
        }
    }
    wrong
}

/// Returns what is wrong with the board of the second recipe.
pub(super) async fn board(world: &World) -> Vec<String> {
    let mut items: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in world.whole_board("Contacts", &["salesforce_id", "account"]).await {
        let told = (cell(&row, "name"), cell(&row, "account"));
        items.entry(cell(&row, "salesforce_id")).or_default().push(told);
    }
    let mut wrong = Vec::new();
    for (id, lead) in lock(&world.leads).iter() {
        let wanted = (lead.name.trim().to_owned(), lead.company.trim().to_owned());
        let expected = if lead.live { vec![wanted] } else { Vec::new() };
        let found = items.remove(id).unwrap_or_default();
        if found != expected {
            wrong.push(format!("on the other board {id} is {found:?} instead of {expected:?}"));
        }
    }
    wrong.extend(items.into_keys().map(|key| format!("an item of nobody's on the other board: {key}")));
    wrong
}
