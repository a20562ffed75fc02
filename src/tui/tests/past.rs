//! Other times: the same screens as of then, which nothing moves and nobody changes.

use insta::assert_snapshot;

use super::fixture::{Stage, now};
use crate::control::moment::PastRow;
use crate::control::protocol::{Reply, Request};
use crate::control::rows::Status;
use crate::domain::connection::ConnectionState;
use crate::domain::failure::Class;
use crate::domain::time::{MINUTE, Stamp};
use crate::tui::model::{Effect, Msg};
use crate::tui::update;
use crate::words::Lang;

/// What the hand-made day was like before its connection fell, and a time of which nothing was written down.
pub(super) fn then(at: Stamp, answer: Reply) -> Reply {
    let fell: Stamp = "2025-11-22T09:14:03Z".parse().unwrap();
    let began: Stamp = "2025-11-20T00:00:00Z".parse().unwrap();
    let mut answer = answer;
    let earlier = |status: &mut Status| {
        if at < fell {
            status.errors.open -= 212;
            status.backlog = 0;
            status.alerts.retain(|alert| alert.since <= at);
            status.connections.iter_mut().for_each(|row| row.state = ConnectionState::Valid);
        }
    };
    match &mut answer {
        Reply::Overview(data) => {
            data.now = at;
            earlier(&mut data.status);
            data.groups.retain(|group| at >= fell || group.class != Class::Auth);
            data.activity.retain(|row| row.at <= at);
        }
        Reply::Status(rows) => rows.iter_mut().for_each(earlier),
        Reply::Groups(rows) => rows.retain(|group| at >= fell || group.class != Class::Auth),
        _ => {}
    }
    let not_recorded = if at < began { vec!["connections".into(), "errors".into()] } else { Vec::new() };
    let past = PastRow { at, recorded_from: Some(began), not_recorded, counts_to: None };
    Reply::AsOf { past, answer: Box::new(answer) }
}

#[test]
fn overview_and_errors_before_the_connection_fell() {
    for (width, height) in [(80, 24), (140, 40)] {
        let mut stage = Stage::new();
        stage.send(Msg::Resize(width, height));
        stage.keys("t09:10<enter>");
        assert_snapshot!(format!("past_overview_{width}x{height}"), stage.text(width, height));
        stage.keys("2");
        assert_snapshot!(format!("past_errors_{width}x{height}"), stage.text(width, height));
    }
}

#[test]
fn minutes_and_hours_lead_back_and_on() {
    let mut stage = Stage::new();
    let label = |stage: &mut Stage| stage.screen().lines().next().unwrap().to_owned();
    assert!(label(&mut stage).contains("LIVE"));
    for (keys, expected) in [
        (",", "AS OF 09:40"),
        (",", "AS OF 09:39"),
        ("<lt>", "AS OF 08:39"),
        (">", "AS OF 09:39"),
        (".", "AS OF 09:40"),
        (".", "AS OF 09:41"),
        // What has not come yet is now.
        (".", "LIVE"),
        (",=", "LIVE"),
    ] {
        if keys == "<lt>" {
            stage.send(Msg::Key(crate::tui::keys::Key::Char('<')));
        } else {
            stage.keys(keys);
        }
        let first = label(&mut stage);
        assert!(first.contains(expected), "{keys}: {first}");
    }
    stage.keys("t3d<enter>");
    assert!(label(&mut stage).contains("AS OF 19 Nov 09:41"), "{}", label(&mut stage));
    stage.keys("=");
    assert!(label(&mut stage).contains("LIVE"));
    stage.keys("t23:59<enter>");
    assert!(stage.screen().contains("has not come yet"), "{}", stage.screen());
    stage.keys("tsoon<enter>");
    assert!(stage.screen().contains("\"soon\" is not a time"), "{}", stage.screen());
}

#[test]
fn every_screen_asks_about_that_time_and_nothing_else() {
    let mut stage = Stage::new();
    stage.keys(",");
    let at = stage.model.past.as_ref().unwrap().at;
    for digit in '1'..='8' {
        let effects = update(&mut stage.model, Msg::Key(crate::tui::keys::Key::Char(digit)));
        let mut asked = 0;
        for effect in effects {
            let Effect::Ask { id, request } = effect else { continue };
            assert!(matches!(&request, Request::AsOf { at: then, .. } if *then == at), "{digit} {request:?}");
            let reply = stage.answer(&request);
            stage.send(Msg::Told(Some(id), reply));
            asked += 1;
        }
        assert!(asked > 0, "{digit}");
        assert!(stage.screen().contains("AS OF 09:40"), "{digit}\n{}", stage.screen());
    }
}

#[test]
fn news_do_not_move_it_and_late_answers_are_not_shown() {
    let mut stage = Stage::new();
    stage.keys("t09:10<enter>");
    let before = stage.screen();
    stage.send(Msg::Told(None, Reply::News { seq: 9_999, now: now().plus(5 * MINUTE) }));
    stage.pass(5_000);
    assert_eq!(stage.screen(), before);
    // Two steps in quick succession: what the first one asked is not what is shown.
    let first = update(&mut stage.model, Msg::Key(crate::tui::keys::Key::Char(',')));
    stage.keys("t09:30<enter>");
    let shown = stage.screen();
    assert!(shown.contains("AUTH"), "{shown}");
    for effect in first {
        let Effect::Ask { id, request } = effect else { continue };
        let reply = stage.answer(&request);
        stage.send(Msg::Told(Some(id), reply));
    }
    assert_eq!(stage.screen(), shown);
    stage.keys("=");
    let first = stage.screen();
    assert!(first.contains("LIVE") && first.contains("AUTH"), "{first}");
}

#[test]
fn nothing_is_changed_in_the_past() {
    for keys in [
        "R",
        "r",
        "f",
        "s",
        "I",
        "2R",
        "2jj<enter>r",
        "3f",
        "3T",
        "3P",
        "3X",
        "4fd",
        "4P",
        "4N",
        "4a",
        "7B",
        "u",
        "W",
        "8K",
    ] {
        let mut stage = Stage::new();
        stage.keys("t09:30<enter>");
        stage.keys(keys);
        let screen = stage.screen();
        assert!(stage.written.is_empty(), "{keys}: {:?}", stage.written);
        assert!(stage.model.overlay.is_none(), "{keys}\n{screen}");
        stage.keys("yy<enter>");
        assert!(stage.written.is_empty(), "{keys} and yes: {:?}", stage.written);
    }
    let mut stage = Stage::new();
    stage.keys(",R");
    assert!(stage.screen().contains("Nothing can be changed as of 09:40"), "{}", stage.screen());
    stage.keys("=R");
    assert!(stage.screen().contains("default: No"), "{}", stage.screen());
}

#[test]
fn what_was_not_recorded_is_said() {
    for (lang, said) in [(Lang::En, "not recorded"), (Lang::Fr, "non enregistr"), (Lang::It, "non registrat")]
    {
        let mut stage = Stage::lang(lang);
        stage.keys("t5d<enter>");
        assert!(stage.screen().contains(said), "{}", stage.screen());
    }
}
