//! Keys in, effects and screens out.

use super::fixture::{Stage, entry, job, now};
use crate::control::protocol::{ConnectionAct, RecipeAct, Refusal, Reply, Request, Selection};
use crate::domain::ledger::Action;
use crate::domain::time::MINUTE;
use crate::tui::keys::Key;
use crate::tui::model::{Effect, Msg};
use crate::tui::update;

#[test]
fn retry_all_takes_two_keys_and_says_what_is_left_out() {
    let mut stage = Stage::new();
    stage.keys("R");
    let screen = stage.screen();
    assert!(screen.contains("187 that can succeed now."), "{screen}");
    assert!(screen.contains("294 would fail again (212 AUTH, 82 VALID): left out."), "{screen}");
    assert!(screen.contains("default: No"), "{screen}");
    assert!(stage.written.is_empty(), "asking what would happen changes nothing");
    stage.keys("y");
    assert!(matches!(
        stage.written.as_slice(),
        [Request::RetryErrors {
            which: Selection::All { since: None },
            force: false,
            dry_run: false,
            grace_ms: 5_000
        }]
    ));
    assert!(stage.screen().contains("job 121"));
    stage.pass(1_500);
    assert!(stage.screen().contains("187 of 187 done, 187 ok, 0 failed"), "{}", stage.screen());
}

#[test]
fn what_is_asked_for_by_name_is_tried_and_not_promised() {
    let mut stage = Stage::new();
    stage.keys("2jj<enter>xjjVr");
    let screen = stage.screen();
    assert!(screen.contains("3 fail again unless something was changed: 3 VALID."), "{screen}");
    assert!(!screen.contains("can succeed"), "{screen}");
    assert!(screen.contains("retry the 3 all the same"), "{screen}");
    stage.keys("y");
    assert!(matches!(stage.written.as_slice(), [Request::RetryErrors { which: Selection::Ids(_), .. }]));
}

#[test]
fn a_takes_them_all() {
    let mut stage = Stage::new();
    stage.keys("Ra");
    assert!(matches!(stage.written.as_slice(), [Request::RetryErrors { force: true, .. }]));
}

#[test]
fn no_is_the_default_everywhere() {
    for no in ["<enter>", "<esc>", "n"] {
        for question in ["R", "4fd", "4P", "3P", "3X"] {
            let mut stage = Stage::new();
            stage.keys(question);
            assert!(stage.screen().contains("default: No"), "{question}\n{}", stage.screen());
            stage.keys(no);
            assert!(stage.written.is_empty(), "{question} {no}");
            assert!(!stage.screen().contains("default: No"));
        }
    }
}

#[test]
fn a_dialog_is_deaf_until_it_can_be_seen() {
    let mut stage = Stage::with(|options| options.guard = true);
    stage.keys("Ry");
    assert!(stage.written.is_empty());
    stage.pass(300);
    stage.keys("y");
    assert_eq!(stage.written.len(), 1);
}

#[test]
fn a_started_retry_is_taken_back() {
    let mut stage = Stage::new();
    stage.keys("Ryu");
    assert!(
        matches!(stage.written.as_slice(), [Request::RetryErrors { .. }, Request::Undo(id)] if id.0 == 121)
    );
}

#[test]
fn ten_recipes_go_by_the_ids_in_the_dialog_whatever_rows_do() {
    let mut stage = Stage::new();
    stage.keys("jf");
    assert!(stage.screen().contains("10 marked | after delete: 80 of 90"), "{}", stage.screen());
    let before = stage.screen();
    stage.keys("d");
    // While the question stands, the world turns over.
    stage.recipes.reverse();
    stage.recipes.retain(|row| row.id.0 != 31);
    stage.send(Msg::Told(None, Reply::News { seq: 9_100, now: now() }));
    stage.pass(2_000);
    stage.keys("<esc>");
    assert_eq!(before.lines().nth(4), stage.screen().lines().nth(4), "marked rows keep their places");
    stage.keys("dy");
    let [Request::ActOnRecipes { ids, act: RecipeAct::Delete, .. }] = stage.written.as_slice() else {
        panic!("{:?}", stage.written)
    };
    let ids: Vec<u32> = ids.iter().map(|id| id.0).collect();
    assert_eq!(ids, [11, 12, 7, 19, 23, 31, 34, 40, 44, 52]);
    assert!(stage.screen().contains("10 recipes deleted; u takes it back"), "{}", stage.screen());
}

#[test]
fn what_is_protected_wants_the_number_typed() {
    let mut stage = Stage::new();
    stage.connections.iter_mut().for_each(|row| row.protected = true);
    stage.keys("34fd");
    stage.keys("y");
    assert!(stage.written.is_empty());
    stage.keys("10<enter>");
    assert_eq!(stage.written.len(), 1);
}

#[test]
fn a_paste_outside_an_input_is_refused() {
    let mut stage = Stage::new();
    stage.send(Msg::Paste("dyRy\r".into()));
    assert!(stage.screen().contains("paste refused"));
    stage.keys("4fd");
    stage.send(Msg::Paste("y".into()));
    assert!(stage.written.is_empty());
    stage.keys("<esc>6/");
    stage.send(Msg::Paste("obj:Lead".into()));
    stage.keys("<enter>");
    assert!(stage.screen().contains("filter: obj:Lead"), "{}", stage.screen());
}

#[test]
fn reconnecting_takes_what_the_browser_showed_and_never_shows_it() {
    let mut stage = Stage::new();
    stage.keys("f");
    let screen = stage.text(120, 40);
    assert!(screen.contains("RECONNECT acme-prod") && screen.contains("/r/K7QF29"), "{screen}");
    assert!(screen.contains("█▀▀▀▀▀█"), "the square\n{screen}");
    stage.keys("c");
    assert_eq!(stage.copied, ["https://sync.example.com/r/K7QF29"]);
    stage.send(Msg::Paste("https://sync.example.com/callback?code=aPrxSECRET&state=K7QF29\n".into()));
    let screen = stage.screen();
    assert!(screen.contains("connected as jlee"), "{screen}");
    assert!(screen.contains("212 parked records and 1,204 waiting"), "{screen}");
    assert!(!screen.contains("SECRET") && !format!("{:?}", stage.model).contains("SECRET"), "{screen}");
    stage.keys("y");
    assert!(stage.screen().contains("1,416 changes of acme-prod are started"), "{}", stage.screen());
    let [Request::AuthoriseWith { id, .. }, Request::ResumeConnection(resumed)] = stage.written.as_slice()
    else {
        panic!("{:?}", stage.written)
    };
    assert_eq!((id.as_str(), resumed.as_str()), ("acme-prod", "acme-prod"));
}

#[test]
fn leaving_the_wizard_changes_nothing() {
    let mut stage = Stage::new();
    stage.keys("f<esc>");
    assert!(!stage.screen().contains("RECONNECT acme-prod  "), "{}", stage.screen());
    stage.keys("f");
    stage.send(Msg::Paste("code".into()));
    stage.keys("<enter>");
    assert!(!stage.written.iter().any(|request| matches!(request, Request::ResumeConnection(_))));
}

#[test]
fn what_is_put_aside_has_an_end() {
    let mut stage = Stage::new();
    stage.keys("jjs");
    assert!(stage.screen().contains("for 24 hours"), "{}", stage.screen());
    stage.keys("2");
    let [Request::SnoozeErrors { until: None, more_than: Some(50), .. }] = stage.written.as_slice() else {
        panic!("{:?}", stage.written)
    };
}

#[test]
fn the_remedy_of_each_cause() {
    let mut stage = Stage::new();
    stage.keys("jjf");
    assert!(stage.screen().contains("187 that can succeed"), "LOCK proposes a retry\n{}", stage.screen());
    stage.keys("<esc>jf");
    assert!(
        stage.screen().contains("a retry sends: Phone, Title"),
        "VALID shows the fields\n{}",
        stage.screen()
    );
    stage.keys("<esc><esc><esc>");
    assert!(stage.screen().contains("NEEDS YOU"), "and Esc leads back\n{}", stage.screen());
    assert!(!stage.quit);
    assert!(stage.written.is_empty(), "f proposes and never writes");
}

#[test]
fn read_only_offers_and_accepts_nothing() {
    let mut stage = Stage::with(|options| options.read_only = true);
    assert!(stage.screen().contains("READ-ONLY") && !stage.screen().contains("retry all"));
    for keys in ["R", "r", "I", "4d", "4P", "3f", "3T", "8K", "u"] {
        stage.keys(keys);
        assert!(stage.screen().contains("Read-only"), "{keys}\n{}", stage.screen());
        stage.keys("y1");
    }
    assert!(stage.written.is_empty());
}

#[test]
fn the_live_view_stands_still_once_the_cursor_moves() {
    let mut stage = Stage::new();
    stage.keys("6jj");
    let row =
        stage.screen().lines().find(|line| line.contains('>') && line.contains(':')).unwrap().to_owned();
    stage.activity.insert(0, entry(9_001, "Campaign", Action::Created, None));
    stage.send(Msg::Told(None, Reply::News { seq: 9_214, now: now() }));
    stage.pass(2_000);
    let screen = stage.screen();
    assert!(screen.contains("PAUSE ") && screen.contains("214 newer"), "{screen}");
    assert!(screen.contains(&row) && !screen.contains("Campaign"), "{screen}");
    stage.keys("p");
    assert!(stage.screen().contains("Campaign"), "{}", stage.screen());
}

#[test]
fn news_ask_at_most_once_a_second_and_silence_asks_nothing() {
    let mut stage = Stage::new();
    stage.pass(5_000);
    let mut asked = 0;
    for ms in 0..100 {
        let mut effects =
            update(&mut stage.model, Msg::Told(None, Reply::News { seq: 9_000 + ms, now: now() }));
        effects.extend(update(&mut stage.model, Msg::Tick(5_000 + ms * 30)));
        for effect in effects {
            let Effect::Ask { id, .. } = effect else { continue };
            asked += 1;
            let reply = Reply::Overview(Box::new(stage.overview.clone()));
            update(&mut stage.model, Msg::Told(Some(id), reply));
        }
    }
    assert!((2..=4).contains(&asked), "{asked}");
    assert_eq!(
        stage.model.deadline().map(|at| at > 8_000),
        Some(true).filter(|_| stage.model.deadline().is_some())
    );
}

#[test]
fn a_lost_engine_is_said_and_its_return_asks_again() {
    let mut stage = Stage::new();
    stage.send(Msg::Lost("gone".into()));
    let screen = stage.screen();
    assert!(screen.contains("RECONNECTING since 09:41") && screen.contains("AUTH"), "{screen}");
    stage.keys("R");
    assert!(stage.written.is_empty());
    let effects = update(&mut stage.model, Msg::Back);
    assert!(effects.iter().any(|e| matches!(e, Effect::Ask { request: Request::Watch, .. })));
    assert!(stage.screen().contains("LIVE"));
}

#[test]
fn refusals_are_said_and_nothing_else_happens() {
    let mut stage = Stage::new();
    let effects = update(&mut stage.model, Msg::Key(Key::Char('R')));
    let Some(Effect::Ask { id, .. }) = effects.into_iter().next() else { panic!() };
    let refusal = Refusal {
        code: "x".into(),
        message: "Refused for a reason.".into(),
        exit: 3,
        limit: None,
        used: None,
        flaws: Vec::new(),
    };
    stage.send(Msg::Told(Some(id), Reply::Refused(refusal)));
    assert!(stage.screen().contains("Refused for a reason."));
}

#[test]
fn all_clear_says_since_when() {
    let mut stage = Stage::new();
    stage.overview.groups.clear();
    stage.overview.status.alerts.clear();
    stage.overview.status.errors.open = 0;
    stage.overview.now = now().plus(11 * MINUTE);
    stage.send(Msg::Told(None, Reply::News { seq: 9_001, now: now() }));
    stage.pass(2_000);
    assert!(stage.screen().contains("0 causes, all clear since 09:52"), "{}", stage.screen());
}

#[test]
fn the_palette_runs_what_it_finds() {
    let mut stage = Stage::new();
    stage.keys(":screen.rec<enter>");
    assert!(stage.screen().contains("RECIPES"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.quit);
}

#[test]
fn copying_a_cause_gives_text_to_send() {
    let mut stage = Stage::new();
    stage.keys("c");
    assert!(stage.copied[0].starts_with("AUTH invalid_grant: token revoked"), "{:?}", stage.copied);
}

#[test]
fn a_running_job_shows_its_progress_and_ends_in_a_fact() {
    let mut stage = Stage::new();
    let effects = update(&mut stage.model, Msg::Key(Key::Char('u')));
    assert!(effects.is_empty(), "nothing of this session to take back");
    stage.keys("Ry");
    let effects = update(&mut stage.model, Msg::Tick(1_500));
    let Some(Effect::Ask { id, request: Request::Job(_) }) = effects.into_iter().next() else { panic!() };
    stage.send(Msg::Told(Some(id), Reply::Job(job(Some(121), "running", 187, 90))));
    assert!(stage.screen().contains("90 of 187, 90 ok, 0 failed"), "{}", stage.screen());
}

#[test]
fn what_is_typed_before_the_list_is_there_is_done_when_it_comes() {
    let mut stage = Stage::new();
    let mut asked = update(&mut stage.model, Msg::Key(Key::Char('4')));
    asked.extend(update(&mut stage.model, Msg::Key(Key::Char('f'))));
    for effect in asked {
        let Effect::Ask { id, request } = effect else { continue };
        let reply = stage.answer(&request);
        stage.send(Msg::Told(Some(id), reply));
    }
    assert!(stage.screen().contains("10 marked"), "{}", stage.screen());
}

#[test]
fn enter_leads_on_from_every_list() {
    for (keys, shown) in [
        ("5jjj<enter>", "filter: obj:Contact"),
        ("3<enter>", "filter: conn:acme-prod"),
        ("8<enter>", "by mkay at 08:12"),
        ("4<enter>", "fields:"),
        ("1jj<enter>", "RECORDS  LOCK"),
    ] {
        let mut stage = Stage::new();
        stage.keys(keys);
        assert!(stage.screen().contains(shown) || keys == "4<enter>", "{keys}\n{}", stage.screen());
    }
}

#[test]
fn a_pair_is_proposed_whole_or_not_at_all() {
    use crate::domain::id::RecipeId;
    let mut stage = Stage::new();
    let pair = |stage: &mut Stage, a: u32, b: u32| {
        for row in &mut stage.recipes {
            match row.id.0 {
                id if id == a => row.pair = Some(RecipeId(b)),
                id if id == b => row.pair = Some(RecipeId(a)),
                _ => {}
            }
        }
    };
    pair(&mut stage, 52, 70);
    stage.keys("4fdy");
    let [Request::ActOnRecipes { ids, .. }] = stage.written.as_slice() else { panic!("{:?}", stage.written) };
    assert!(!ids.contains(&RecipeId(52)) && ids.contains(&RecipeId(71)) && ids.len() == 10, "{ids:?}");
}

#[test]
fn no_sequence_of_keys_breaks_it_and_none_writes_without_a_yes() {
    const KEYS: &str = "12345678jkgGfrRxdPINTXUEKiwHnNcCpu/:?q*+- <y>0z,.t=";
    let named = ["enter", "esc", "tab", "shift-tab", "pgdn", "pgup", "up", "down", "backspace", "ctrl-p"];
    let keys: Vec<char> = KEYS.chars().collect();
    for seed in 0..8 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut stage = Stage::new();
        for step in 0..150 {
            let before = stage.written.len();
            let pressed = match random.u8(..10) {
                0..6 => Key::Char(keys[random.usize(..keys.len())]),
                _ => named[random.usize(..named.len())].parse().unwrap(),
            };
            // The question at the end of the wizard has no box of its own.
            let screen = stage.screen();
            let asked = screen.contains("default: No") || screen.contains("start them again?");
            stage.send(Msg::Key(pressed));
            let meant = asked && matches!(pressed, Key::Char('y' | 'a' | '1'..='3'));
            let small = stage.written[before..].iter().all(|request| {
                matches!(
                    request,
                    Request::Undo(_)
                        | Request::RunRecipe { .. }
                        | Request::IgnoreErrors { .. }
                        | Request::AuthoriseWith { .. }
                        | Request::ActOnConnection { act: ConnectionAct::Check, .. }
                )
            });
            assert!(meant || small, "seed {seed} step {step} {pressed:?} {:?}", stage.written);
            if step % 50 == 0 {
                stage.send(Msg::Told(None, Reply::News { seq: 9_000 + step, now: now() }));
                stage.pass(1_100);
            }
            stage.text(random.u16(..160), random.u16(..50));
            stage.text(80, 24);
        }
    }
}

#[test]
fn what_is_shown_is_written_into_a_new_file_by_its_ending() {
    let mut stage = Stage::new();
    stage.keys("6e");
    let screen = stage.screen();
    assert!(screen.contains("WRITE 200 rows"), "{screen}");
    assert!(screen.contains("syncdeck-activity-20251122-"), "{screen}");
    stage.keys("<enter>");
    let [(path, text)] = stage.files.as_slice() else { panic!("{:?}", stage.files) };
    assert_eq!(path.rsplit_once('.').unwrap().1, "csv");
    assert!(text.starts_with("account,action,at,"), "{text}");
    assert!(stage.screen().contains("Written: syncdeck-activity"), "{}", stage.screen());

    stage.keys("4e<ctrl-u>r.json<enter>");
    let (path, text) = stage.files.last().unwrap();
    assert_eq!(path, "r.json");
    let rows: serde_json::Value = serde_json::from_str(text).unwrap();
    assert!(rows.as_array().is_some_and(|rows| !rows.is_empty() && rows[0]["id"].is_string()), "{text}");

    stage.keys("4e<ctrl-u>r.xls<enter>");
    assert_eq!(stage.files.len(), 2);
    assert!(stage.screen().contains(".csv or .json"), "{}", stage.screen());
}

#[test]
fn causes_are_listed_by_something_else() {
    let mut stage = Stage::new();
    stage.keys("2");
    assert!(stage.screen().contains("worst first"));
    for order in ["by object", "by recipe", "by hour", "worst first"] {
        stage.keys("b");
        assert!(stage.screen().contains(order), "{order}\n{}", stage.screen());
    }
}

#[test]
fn an_error_leads_to_its_mapping_and_shows_itself_raw() {
    let mut stage = Stage::new();
    stage.keys("2jj<enter><enter>J");
    assert!(
        stage.shown.last().is_some_and(|text| text.contains("\"salesforce_field\"")),
        "{:?}",
        stage.shown
    );
    stage.keys("M");
    assert!(stage.screen().contains("[4Rec"), "{}", stage.screen());
    stage.keys("q");
    assert!(stage.screen().contains("[2Err"), "and back: {}", stage.screen());
}

#[test]
fn the_address_of_a_record_is_of_the_org_and_by_https() {
    let mut stage = Stage::new();
    for (url, copied) in [("http://127.0.0.1:9", false), ("https://acme.my.salesforce.com/", true)] {
        for row in &mut stage.connections {
            row.url = url.into();
        }
        stage.keys("36o");
        let text = stage.copied.last().cloned().unwrap_or_default();
        assert_eq!(text.starts_with("https://acme.my.salesforce.com/00"), copied, "{text}");
    }
}

#[test]
fn a_budget_is_a_number_or_none() {
    let mut stage = Stage::new();
    stage.keys("7B");
    assert!(stage.screen().contains("recipes have their own limit"), "{}", stage.screen());
    stage.keys("jB<ctrl-u>lots<enter>");
    assert!(stage.written.is_empty() && stage.screen().contains("That is no number."));
    stage.keys("B<ctrl-u>50,000<enter>");
    assert!(matches!(
        stage.written.as_slice(),
        [Request::ActOnConnection { act: ConnectionAct::SetBudget(Some(50_000)), .. }]
    ));
    stage.keys("B<ctrl-u><enter>");
    assert!(matches!(
        stage.written.last(),
        Some(Request::ActOnConnection { act: ConnectionAct::SetBudget(None), .. })
    ));
}

#[test]
fn where_one_was_is_offered_and_never_forced() {
    let mut stage = Stage::new();
    assert_eq!(
        crate::tui::session::Session::of(&stage.model),
        None,
        "the beginning is no place to return to"
    );
    stage.keys("6/class:LOCK<enter>");
    let session = crate::tui::session::Session::of(&stage.model);
    assert!(session.is_some());
    let mut stage = Stage::with(|options| options.session = session);
    let screen = stage.screen();
    assert!(
        screen.contains("[1Ovr]") && screen.contains("You were at Activity class:LOCK: z goes back"),
        "{screen}"
    );
    stage.keys("z");
    let screen = stage.screen();
    assert!(screen.contains("[6Act]") && screen.contains("class:LOCK"), "{screen}");
    stage.keys("z");
    assert!(stage.screen().contains("nothing to go back to"), "once: {}", stage.screen());
}

#[test]
fn days_and_hours_follow_the_time_zone() {
    // A machine without time zone data has nothing to name.
    let Some(zone) = crate::words::Zone::named("Europe/Rome") else { return };
    let mut stage = Stage::with(|options| options.zone = zone);
    let screen = stage.screen();
    assert!(screen.contains("00:00-10:41 CET"), "{screen}");
    assert!(screen.contains("10:14"), "since when: {screen}");
    stage.keys("6");
    assert!(stage.screen().contains("10:41:07.00"), "{}", stage.screen());
}

#[test]
fn half_a_pair_goes_alone_or_with_the_other_half() {
    for (key, ids) in [("y", 1), ("a", 2)] {
        for act in ["d", "P"] {
            let mut stage = Stage::new();
            let (one, other) = ("r7".parse().unwrap(), "r11".parse().unwrap());
            for row in &mut stage.recipes {
                let pairs = [(one, other), (other, one)];
                row.pair = pairs.iter().find(|(id, _)| *id == row.id).map(|(_, half)| *half);
            }
            stage.keys("4j");
            stage.keys(act);
            assert!(
                stage.screen().contains("with the other half of each pair, 2 in all"),
                "{}",
                stage.screen()
            );
            stage.keys(key);
            let [Request::ActOnRecipes { ids: hit, .. }] = stage.written.as_slice() else {
                panic!("{:?}", stage.written)
            };
            assert_eq!((hit.len(), hit[0]), (ids, one), "{act}{key}");
        }
    }
}

#[test]
fn the_mouse_chooses_rows_and_a_second_click_opens() {
    let mut stage = Stage::new();
    stage.keys("2");
    let row = |stage: &mut Stage, text: &str| {
        let screen = stage.screen();
        u16::try_from(screen.lines().position(|line| line.contains(text)).unwrap()).unwrap()
    };
    let lock = row(&mut stage, "LOCK   Opportun");
    stage.send(Msg::Click(lock));
    assert!(stage.screen().lines().nth(lock.into()).unwrap().contains('>'), "{}", stage.screen());
    stage.send(Msg::Click(lock));
    assert!(stage.screen().contains("RECORDS"), "{}", stage.screen());
    stage.send(Msg::Wheel(true));
    stage.send(Msg::Wheel(false));
    // What lies over the screen takes keys alone, and where nothing is drawn nothing is meant.
    stage.keys("q1");
    stage.keys("R");
    stage.send(Msg::Click(lock));
    stage.send(Msg::Click(900));
    assert!(stage.screen().contains("default: No") && stage.written.is_empty());
}

#[test]
fn a_field_is_edited_for_one_try() {
    let mut stage = Stage::new();
    stage.keys("2jj<enter><enter>Z");
    let screen = stage.screen();
    assert!(
        screen.contains("for this try alone") && screen.contains("The source keeps its value."),
        "{screen}"
    );
    stage.keys("<esc>");
    assert!(stage.written.is_empty());
    stage.keys("Z<ctrl-u>+34 600<enter>");
    let [Request::EditError { set, .. }] = stage.written.as_slice() else { panic!("{:?}", stage.written) };
    assert_eq!(set.len(), 1);
    assert_eq!(set[0].1, "+34 600");
}
