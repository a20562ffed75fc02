//! Where one was: kept when the console ends, whatever ended it, and gone back to on request. The console always begins
//! on the first screen: what needs a person comes before what one did last.

use serde::{Deserialize, Serialize};

use super::model::{Jump, Model, Wish};
use super::registry::Screen;

/// A place in the console.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The screen, by its name.
    screen: String,
    /// The filters of the screens that have one.
    errors: String,
    recipes: String,
    activity: String,
}

impl Session {
    /// Returns where the console is; nothing where that is where it begins.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let session = Self {
            screen: model.screen.name().to_owned(),
            errors: model.errors.filter.clone(),
            recipes: model.recipes.filter.clone(),
            activity: model.activity.filter.clone(),
        };
        let begins = Self { screen: Screen::Overview.name().to_owned(), ..Self::default() };
        (session != begins).then_some(session)
    }

    fn screen(&self) -> Screen {
        Screen::ALL.into_iter().find(|screen| screen.name() == self.screen).unwrap_or_default()
    }

    fn filter(&self) -> &str {
        match self.screen() {
            Screen::Errors => &self.errors,
            Screen::Recipes => &self.recipes,
            Screen::Activity => &self.activity,
            _ => "",
        }
    }
}

/// Goes back to where one was.
pub(super) fn restore(model: &mut Model) -> Vec<Wish> {
    let Some(session) = model.options.session.take() else {
        return vec![Wish::Say(model.facts.say("session-none"))];
    };
    let (screen, filter) = (session.screen(), session.filter().to_owned());
    // The filters of the other screens are there when one goes to them.
    model.errors.filter = session.errors;
    model.recipes.filter = session.recipes;
    model.activity.filter = session.activity;
    if filter.is_empty() { vec![Wish::Go(screen)] } else { vec![Wish::Jump(Jump::Filtered(screen, filter))] }
}

/// What is said of it at the beginning.
pub(super) fn offer(model: &Model) -> Option<String> {
    let session = model.options.session.as_ref()?;
    let name = model.facts.say(&format!("screen-{}", session.screen()));
    let filter = session.filter();
    let place = if filter.is_empty() { name } else { format!("{name} {filter}") };
    let key = model.options.keys.keys("session.return").first().map(ToString::to_string)?;
    Some(model.facts.say_with("session-offer", &[("place", (&place).into()), ("key", (&key).into())]))
}
