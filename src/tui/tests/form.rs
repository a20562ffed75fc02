//! The creation form: what it asks the engine, what it shows, and that nothing is made before `y`.

use insta::assert_snapshot;

use super::fixture::Stage;
use crate::control::offers::{ColumnRow, FieldRow, OfferDoc, PlaceRow, PreviewDoc, SampleRow, SidesAsk};
use crate::control::protocol::{Refusal, Reply, Request};
use crate::domain::draft::{Flaw, RecipeDraft};
use crate::tui::model::Msg;

fn place(id: &str, title: &str) -> PlaceRow {
    PlaceRow { id: id.into(), title: title.into() }
}

pub(super) fn offer(sides: &SidesAsk) -> OfferDoc {
    if sides.object.is_none() || sides.container.is_none() {
        return OfferDoc {
            objects: vec![place("Account", "Account"), place("Lead", "Lead"), place("Plan__c", "Plan")],
            containers: vec![place("7", "Leads"), place("8", "Accounts")],
            ..OfferDoc::default()
        };
    }
    let field = |name: &str, label: &str, required, fits: &[&str], proposed| FieldRow {
        name: name.into(),
        label: label.into(),
        r#type: "string".into(),
        required,
        fits: fits.iter().map(|name| (*name).into()).collect(),
        proposed,
    };
    let column = |name: &str, label: &str| ColumnRow {
        name: name.into(),
        label: label.into(),
        r#type: "text".into(),
        required: name == "name",
    };
    OfferDoc {
        fields: vec![
            field("LastName", "Last Name", true, &["name", "title"], true),
            field("Title", "Title", false, &["title", "name"], true),
            field("Website", "Website", false, &["title"], false),
        ],
        columns: vec![column("name", "Name"), column("title", "Job title")],
        ..OfferDoc::default()
    }
}

pub(super) fn preview(draft: &RecipeDraft) -> Reply {
    if &*draft.condition == "Nonsense" {
        let flaw = Flaw { key: "where".into(), found: "the end".into(), expected: "a comparison".into() };
        let mut refusal = Refusal::new("bad_recipe", 2, "1 mistake".to_owned());
        refusal.flaws.push(flaw);
        return Reply::Refused(refusal);
    }
    let pair = |(from, to): &(std::sync::Arc<str>, std::sync::Arc<str>)| ((&**from).into(), (&**to).into());
    let sample = |name: &str, admitted| SampleRow {
        name: name.into(),
        admitted,
        values: draft.fields.iter().map(|(from, _)| format!("{from} of {name}")).collect(),
    };
    Reply::Preview(Box::new(PreviewDoc {
        fields: draft.fields.iter().map(pair).collect(),
        samples: vec![sample("Maria Lopez", true), sample("\u{1b}[31mEvil", false)],
        records: Some(61_000),
        reads: Some(31),
        writes: Some(1_220),
    }))
}

/// A stage with room for one more recipe.
fn roomy() -> Stage {
    let mut stage = Stage::new();
    stage.overview.status.recipes.used = 80;
    stage.keys("14");
    stage
}

#[test]
fn a_recipe_is_made_from_both_sides_and_shown_before() {
    let mut stage = roomy();
    stage.keys("al<down>l");
    assert_snapshot!("form", stage.screen());
    stage.keys("<down>Status = \'New\'<enter>");
    let screen = stage.screen();
    assert!(screen.contains("LastName of Maria Lopez"), "{screen}");
    assert!(screen.contains("\\x1b[31mEvil (left out by the condition)"), "{screen}");
    assert!(screen.contains("61,000 records at most, 31 calls to read, 1,220 to write."), "{screen}");
    assert_snapshot!("form_preview", screen);
    assert!(stage.written.is_empty(), "shown, not made");
    stage.keys("y");
    let [Request::CreateRecipe { draft, dry_run: false }] = stage.written.as_slice() else {
        panic!("{:?}", stage.written)
    };
    assert_eq!((&*draft.object, &*draft.container, &*draft.condition), ("Lead", "7", "Status = \'New\'"));
    assert_eq!(&*draft.name, "Lead - Leads");
    let pairs: Vec<(&str, &str)> = draft.fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(pairs, [("LastName", "name"), ("Title", "title")]);
    assert!(stage.screen().contains("Lead - Leads is made and running"), "{}", stage.screen());
}

#[test]
fn choices_are_cycled_typed_and_left_out() {
    let mut stage = roomy();
    // The object by arrows, the container by letter; then the last field takes the title, and Title none.
    stage.keys("a<right><right><down>l<up><up><up><up><up><right>");
    stage.keys("<left>-<enter>y");
    let [Request::CreateRecipe { draft, .. }] = stage.written.as_slice() else {
        panic!("{:?}", stage.written)
    };
    let pairs: Vec<(&str, &str)> = draft.fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(draft.template, crate::domain::recipe::Template::RecordToItem, "there and back");
    assert_eq!(pairs, [("LastName", "name"), ("Title", "title")]);
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_made() {
    let mut stage = roomy();
    stage.keys("a<enter>");
    assert!(stage.screen().contains("Choose the object and the container"), "{}", stage.screen());
    stage.keys("l<down>l<down>Nonsense<enter>");
    assert!(stage.screen().contains("where: the end; expected a comparison"), "{}", stage.screen());
    stage.keys("y<esc>");
    assert!(stage.written.is_empty());
    assert!(!stage.screen().contains("NEW RECIPE"));
}

#[test]
fn no_is_the_default_of_the_preview() {
    for no in ["<enter>", "<esc>", "n"] {
        let mut stage = roomy();
        stage.keys("al<down>l<enter>");
        stage.keys(no);
        assert!(stage.screen().contains("NEW RECIPE") && stage.written.is_empty(), "{no}");
    }
}

#[test]
fn at_the_limit_it_leads_to_the_unused_ones() {
    let mut stage = Stage::new();
    stage.keys("4a");
    let screen = stage.screen();
    assert!(screen.contains("90 of 90 recipes") && screen.contains("[x]"), "{screen}");
    assert!(stage.written.is_empty());
}

#[test]
fn it_fits_small_terminals() {
    for (width, height) in [(60, 16), (80, 24), (140, 40)] {
        let mut stage = roomy();
        stage.send(Msg::Resize(width, height));
        stage.keys("al<down>l");
        assert!(stage.text(width, height).contains("LastName"), "{width}x{height}");
        stage.keys("<enter>");
        assert!(stage.text(width, height).contains("y makes"), "{width}x{height}");
    }
}
