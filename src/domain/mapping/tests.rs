use proptest::prelude::*;

use super::*;
use crate::domain::time::Stamp;

fn schema(fields: &[(&str, Shape)]) -> Schema {
    Schema {
        container: "c".into(),
        title: "c".into(),
        fields: fields.iter().map(|(name, shape)| FieldSchema::new(*name, "native", *shape)).collect(),
    }
}

#[test]
fn the_name_behind_a_reference() {
    let names = ["AccountId", "Parent__c", "Owner"].map(parent_name);
    assert_eq!(names, ["Account.Name", "Parent__r.Name", "Owner.Name"]);
}

#[test]
fn whose_change_a_shown_name_follows() {
    let mut schema = schema(&[("AccountId", Shape::Reference), ("WhoId", Shape::Reference)]);
    let form = |salesforce: &str, form| FieldMap {
        salesforce: salesforce.into(),
        target: "t".into(),
        form,
        group: None,
    };
    let mapping = |given| Mapping { fields: vec![form("AccountId", given), form("WhoId", given)] };
    for (account, who, expected) in [
        (&["Account"][..], &["Contact", "Lead"][..], &[("AccountId", "Account")][..]),
        (&["User"], &["Contact"], &[("WhoId", "Contact")]),
    ] {
        schema.fields[0].references = account.iter().map(|object| (*object).into()).collect();
        schema.fields[1].references = who.iter().map(|object| (*object).into()).collect();
        let expected: Vec<(FieldName, ContainerId)> =
            expected.iter().map(|(field, object)| ((*field).into(), (*object).into())).collect();
        assert_eq!(shown(&mapping(Form::ParentName), &schema), expected);
        assert_eq!(shown(&mapping(Form::ParentLink), &schema), []);
    }
}

#[test]
fn every_mistake_is_found() {
    let a = schema(&[("Email", Shape::Email), ("Photo", Shape::Unsupported), ("Flag", Shape::Bool)]);
    let mut b = schema(&[("email", Shape::Email), ("num", Shape::Number), ("log", Shape::Text)]);
    b.fields[2].createable = false;
    b.fields[2].updateable = false;
    let named = [("Emial", "email"), ("Photo", "email"), ("Flag", "num"), ("Email", "log")]
        .map(|(salesforce, target)| Named { salesforce: salesforce.into(), target: target.into() });
    let mistakes = check(&named, &a, &b, &[Direction::FromSalesforce]).unwrap_err();
    let what: Vec<_> = mistakes.into_iter().map(|m| (m.at, m.side, m.what)).collect();
    assert_eq!(
        what,
        [
            (0, Side::Salesforce, Wrong::Unknown(Some("Email".into()))),
            (1, Side::Salesforce, Wrong::Unsupported("native".into())),
            (2, Side::Other, Wrong::Mismatch("native".into(), "native".into())),
            (3, Side::Other, Wrong::ReadOnly),
        ]
    );
}

#[test]
fn spelling_distance() {
    assert_eq!(distance("email", "emial"), 2);
    assert_eq!(distance("", "abc"), 3);
    assert_eq!(distance("same", "same"), 0);
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (any::<i64>(), 0u32..10).prop_map(|(n, s)| Value::Number(Decimal::new(n, s))),
        "\\PC{0,12}".prop_map(Value::text),
        "[ \\t\\r\\na-z;+0-9]{0,12}".prop_map(Value::text),
        (-4_000_000_000_000i64..4_000_000_000_000).prop_map(|ms| Value::Instant(Stamp(ms))),
        (-100_000i32..100_000).prop_map(|d| Value::Day(Day(d))),
        proptest::collection::vec("[a-c ]{0,3}".prop_map(Value::text), 0..4).prop_map(Value::List),
    ]
}

fn any_form() -> impl Strategy<Value = Form> {
    prop_oneof![
        Just(Form::Text),
        Just(Form::Caseless),
        Just(Form::Country),
        (0u8..6).prop_map(Form::Number),
        Just(Form::Bool),
        Just(Form::Day),
        Just(Form::Instant),
        Just(Form::Words),
        Just(Form::Phone),
        Just(Form::Owner),
        Just(Form::Person),
        Just(Form::Parent),
        Just(Form::ParentName),
        Just(Form::ParentLink)
    ]
}

proptest! {
    #[test]
    fn the_canonical_form_is_its_own(value in any_value(), form in any_form()) {
        let once = canonical(&value, form);
        prop_assert_eq!(canonical(&once, form), once);
    }
}

#[test]
fn every_form_is_taken_from_whatever_a_remote_gives() {
    let text = Value::text;
    let list = |words: &[&str]| Value::List(words.iter().map(Value::text).collect());
    let at: Stamp = "2026-01-31T23:59:59.750Z".parse().unwrap();
    let second: Stamp = "2026-01-31T23:59:59Z".parse().unwrap();
    let day: Day = "2026-01-31".parse().unwrap();
    let one_and_a_half = Value::Number(Decimal::new(15, 1));
    for (form, given, expected) in [
        (Form::Text, text(" a\r\nb\rc "), text("a\nb\nc")),
        (Form::Text, text(" a\nb "), text("a\nb")),
        (Form::Text, one_and_a_half.clone(), text("1.5")),
        (Form::Caseless, text(" Ana@X.Example "), text("ana@x.example")),
        (Form::Phone, text(" +34 600-111"), text("+34600111")),
        (Form::Phone, text("0034 600 111"), text("+34600111")),
        (Form::Phone, text("(600) 111"), text("600111")),
        (Form::Phone, text("00"), text("00")),
        (Form::Phone, text("none"), Value::Null),
        (Form::Number(2), text(" 1.499 "), one_and_a_half.clone()),
        (Form::Number(0), one_and_a_half, Value::Number(2.into())),
        (Form::Number(2), text("many"), text("many")),
        (Form::Number(2), Value::Null, Value::Null),
        (Form::Bool, Value::Bool(true), Value::Bool(true)),
        (Form::Bool, Value::Bool(false), Value::Bool(false)),
        (Form::Bool, Value::Null, Value::Bool(false)),
        (Form::Day, Value::Instant(at), Value::Day(day)),
        (Form::Day, text("2026-01-31"), Value::Day(day)),
        (Form::Day, text("soon"), text("soon")),
        (Form::Instant, Value::Instant(at), Value::Instant(second)),
        (Form::Instant, Value::Day(day), Value::Instant(day.start())),
        (Form::Words, list(&[" b", "a", "", "b "]), list(&["a", "b"])),
        (Form::Words, text("b; a;;b"), list(&["a", "b"])),
        (Form::Words, Value::Null, Value::Null),
        (Form::Words, text(" ; "), Value::Null),
        (Form::Owner, text(" 005A "), text("005A")),
        (Form::Person, text(" 005A "), text("005A")),
        (Form::ParentName, text(" Acme\r\nInc "), text("Acme\nInc")),
        (Form::Parent, list(&[" 7", "8"]), text("7")),
        (Form::Parent, list(&[]), Value::Null),
        (Form::Parent, text(" 7 "), text("7")),
        (Form::Country, text(" it "), text("Italy")),
        (Form::Country, text(" Atlantis "), text("Atlantis")),
        (Form::ParentLink, text(" https://x.example/001A/ "), text("001A")),
        (Form::ParentLink, text("001A"), text("001A")),
    ] {
        assert_eq!(canonical(&given, form), expected, "{given:?} as {form:?}");
    }
}

#[test]
fn what_a_person_types_is_a_value_of_the_field_or_none() {
    let text = |text: &str| Some(Value::text(text));
    let words = Value::List(vec![Value::text("a"), Value::text("b")]);
    for (form, typed_text, expected) in [
        (Form::Text, " x ", text("x")),
        (Form::Text, "  ", Some(Value::Null)),
        (Form::Bool, "", Some(Value::Null)),
        (Form::Caseless, "X@Y", text("x@y")),
        (Form::Phone, "0039 1", text("+391")),
        (Form::Bool, "Yes", Some(Value::Bool(true))),
        (Form::Bool, "true", Some(Value::Bool(true))),
        (Form::Bool, "0", Some(Value::Bool(false))),
        (Form::Bool, "perhaps", None),
        (Form::Instant, "1970-01-01T00:00:01Z", Some(Value::Instant(Stamp(1_000)))),
        (Form::Instant, "today", None),
        (Form::Words, "b ; a", Some(words)),
        (Form::Number(1), "2.50", Some(Value::Number(Decimal::new(25, 1)))),
        (Form::Number(1), "many", None),
        (Form::Day, "1970-01-02", Some(Value::Day(Day(1)))),
        (Form::Day, "tomorrow", None),
        (Form::Country, "fr", text("France")),
    ] {
        assert_eq!(typed(typed_text, form), expected, "{typed_text:?} as {form:?}");
    }
    for form in [Form::Owner, Form::Person, Form::Parent, Form::ParentName, Form::ParentLink] {
        assert_eq!(typed("x", form), None, "{form:?} is not typed");
    }
}

#[test]
fn a_record_is_read_in_the_order_of_the_mapping() {
    let map = |salesforce: &str, target: &str, form| FieldMap {
        salesforce: salesforce.into(),
        target: target.into(),
        form,
        group: None,
    };
    let mapping = Mapping {
        fields: vec![map("Name", "text", Form::Text), map("AccountId", "account", Form::ParentName)],
    };
    let fields = |names: [&str; 3]| -> Fields {
        names.map(|name| (FieldName::from(name), Value::text(name))).into_iter().collect()
    };
    let texts = |texts: [&str; 2]| texts.map(Value::text).to_vec();
    let record = fields(["Name", "AccountId", "Account.Name"]);
    assert_eq!(mapping.project(Side::Salesforce, &record), texts(["Name", "Account.Name"]));
    let item = fields(["text", "account", "more"]);
    assert_eq!(mapping.project(Side::Other, &item), texts(["text", "account"]));
}

fn pairs(named: &[(&str, &str)]) -> Vec<Named> {
    named.iter().map(|(a, b)| Named { salesforce: (*a).into(), target: (*b).into() }).collect()
}

#[test]
fn two_pairs_may_read_the_same_field_and_never_write_it() {
    use Direction::{FromSalesforce, ToSalesforce};
    let a = schema(&[("A", Shape::Text), ("B", Shape::Text)]);
    let b = schema(&[("a", Shape::Text), ("b", Shape::Text)]);
    let mistakes = |named: &[(&str, &str)], directions: &[Direction]| {
        check(&pairs(named), &a, &b, directions)
            .err()
            .map(|all| all.into_iter().map(|it| (it.at, it.side, it.what)).collect::<Vec<_>>())
    };
    let (fan_out, fan_in) = ([("A", "a"), ("A", "b")], [("A", "a"), ("B", "a")]);
    let twice = |side| Some(vec![(1, side, Wrong::Twice)]);
    assert_eq!(mistakes(&fan_out, &[FromSalesforce]), None);
    assert_eq!(mistakes(&fan_in, &[ToSalesforce]), None);
    assert_eq!(mistakes(&fan_in, &[FromSalesforce]), twice(Side::Other));
    assert_eq!(mistakes(&fan_out, &[ToSalesforce]), twice(Side::Salesforce));
    let two_way = [FromSalesforce, ToSalesforce];
    assert_eq!(mistakes(&[("A", "b"), ("B", "a")], &two_way), None);
    assert_eq!(mistakes(&fan_out, &two_way), twice(Side::Salesforce));
}

#[test]
fn a_field_that_can_be_set_once_or_changed_later_can_be_written() {
    let a = schema(&[("A", Shape::Text)]);
    let mut b = schema(&[("a", Shape::Text)]);
    for (createable, updateable) in [(true, true), (true, false), (false, true), (false, false)] {
        (b.fields[0].createable, b.fields[0].updateable) = (createable, updateable);
        let checked = check(&pairs(&[("A", "a")]), &a, &b, &[Direction::FromSalesforce]);
        assert_eq!(checked.is_ok(), createable || updateable);
        let mapping = Mapping {
            fields: vec![FieldMap {
                salesforce: "A".into(),
                target: "a".into(),
                form: Form::Text,
                group: None,
            }],
        };
        let unfit = unfit(&mapping, &a, &b, Direction::FromSalesforce).len();
        assert_eq!(unfit, usize::from(!(createable || updateable)));
    }
}

#[test]
fn parents_are_the_references_with_counterparts() {
    let mut a = schema(&[("Name", Shape::Text), ("AccountId", Shape::Reference)]);
    a.fields[1].references = vec!["Account".into()];
    let mut b = schema(&[("text", Shape::Text), ("board", Shape::Relation)]);
    b.fields[1].references = vec!["77".into()];
    let directions = [Direction::FromSalesforce];
    let mapping = check(&pairs(&[("Name", "text"), ("AccountId", "board")]), &a, &b, &directions).unwrap();
    let expected = Parent { field: 1, objects: vec!["Account".into()], containers: vec!["77".into()] };
    assert_eq!(parents(&mapping, &a, &b), [expected]);
}

#[test]
fn what_belongs_together_merges_as_one() {
    let group = |name: &str| merge_group(&name.into());
    assert_eq!(["Amount", "CurrencyIsoCode"].map(group), [Some(100); 2]);
    assert_eq!(["StageName", "Probability"].map(group), [Some(101); 2]);
    assert_eq!(["City", "BillingCity", "MailingCountryCode"].map(group), [Some(0), Some(1), Some(3)]);
    assert_eq!(["Name", "BillingName", "HomeCity"].map(group), [None; 3]);
}

#[test]
fn the_nearest_name_is_near() {
    let near = |field: &str, name: &str| nearest(&schema(&[(field, Shape::Text)]), name).is_some();
    assert!(near("aabb", "AACC") && !near("aabb", "accc"), "two of four");
    assert!(near("aabbc", "aaxxc") && !near("aabbc", "axxxc"), "two of five");
    assert!(near("12345678", "12345xxx") && !near("12345678", "1234xxxx"), "three of eight");
    let named = nearest(&schema(&[("Mails", Shape::Text), ("Email", Shape::Text)]), "Emial");
    assert_eq!(named, Some("Email".into()));
    for (a, b, expected) in [("abc", "abd", 1), ("kitten", "sitting", 3), ("abc", "", 3), ("ab", "xaby", 2)] {
        assert_eq!((distance(a, b), distance(b, a)), (expected, expected), "{a} {b}");
    }
}
