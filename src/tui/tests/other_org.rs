//! A reconnect that reaches another org.

use super::fixture::Stage;
use crate::control::protocol::{Reply, Request};
use crate::control::rows::AuthorisingRow;
use crate::domain::time::Stamp;
use crate::tui::keys::Key;
use crate::tui::model::Wish;
use crate::tui::parts::wizard::{Outcome, Wizard};

fn refused(other_org: Option<&str>) -> Reply {
    Reply::Authorising(Box::new(AuthorisingRow {
        step: "refused".into(),
        opened_from: None,
        message: Some("another org".into()),
        code: Some("other_org".into()),
        other_org: other_org.map(Into::into),
        user: None,
        parked: 0,
        waiting: 0,
        expires_at: Stamp::ZERO,
    }))
}

fn asked(outcome: &Outcome) -> Option<&Request> {
    match outcome {
        Outcome::Open(wishes) | Outcome::Over(wishes) => wishes.iter().find_map(|wish| match wish {
            Wish::Ask(_, request) => Some(request),
            _ => None,
        }),
    }
}

#[test]
fn another_org_is_taken_only_by_its_name() {
    let mut wizard = Wizard::new("acme-prod".into(), "jlee".into(), 0);
    let stage = Stage::new();
    wizard.hear(refused(Some("Copy of Acme")));
    for wrong in ["yes", "copy of acme"] {
        let outcome = wizard.paste(wrong);
        assert!(matches!(asked(&outcome), Some(Request::AuthoriseWith { .. })), "{wrong}");
    }
    // Its first letter is a key elsewhere.
    for sign in "Copy of Acme".chars() {
        wizard.key(Key::Char(sign), &stage.model.facts);
    }
    let outcome = wizard.key(Key::Enter, &stage.model.facts);
    let Some(Request::Authorise { other_org: Some(name), .. }) = asked(&outcome) else {
        panic!("nothing asked")
    };
    assert_eq!(name, "Copy of Acme");
}

#[test]
fn a_name_means_nothing_while_the_org_is_right() {
    let mut wizard = Wizard::new("acme-prod".into(), "jlee".into(), 0);
    wizard.hear(refused(None));
    assert!(matches!(asked(&wizard.paste("Acme")), Some(Request::AuthoriseWith { .. })));
}
