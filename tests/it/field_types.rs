//! Every Salesforce field type against every monday column type: what was written reads the same. The table in the
//! crate's documentation is written by the test that proves it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret, SecretString};
use syncdeck::domain::connection::{Access, Connection, ConnectionState, Grant};
use syncdeck::domain::id::{ConnectionId, FieldName, RemoteId};
use syncdeck::domain::ledger::Action;
use syncdeck::domain::mapping::{Mapping, Named, canonical, check};
use syncdeck::domain::recipe::Direction;
use syncdeck::domain::schema::{FieldSchema, Form, Schema, Shape};
use syncdeck::domain::settle::Answer;
use syncdeck::domain::time::Stamp;
use syncdeck::domain::value::Value;
use syncdeck::ports::{Clock, Remote, Remotes, SecretName, Vault, VaultError, Write};
use syncdeck::remote::Clients;

use crate::support::Bench;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/field_types.md");
const DIRECTIONS: [Direction; 2] = [Direction::FromSalesforce, Direction::ToSalesforce];

/// The field that stands for each type, and the object it is on.
const FIELDS: [(&str, &str); 20] = [
    ("Subscription__c", "Id"),
    ("Subscription__c", "Name"),
    ("Subscription__c", "Summary__c"),
    ("Subscription__c", "Active__c"),
    ("Account", "NumberOfEmployees"),
    ("Subscription__c", "Ratio__c"),
    ("Subscription__c", "Price__c"),
    ("Subscription__c", "Discount__c"),
    ("Subscription__c", "Start__c"),
    ("Subscription__c", "Renewal__c"),
    ("Subscription__c", "Contact_Email__c"),
    ("Subscription__c", "Hotline__c"),
    ("Subscription__c", "Portal__c"),
    ("Subscription__c", "Channel__c"),
    ("Subscription__c", "Modules__c"),
    ("Account", "BillingAddress"),
    ("Subscription__c", "Account__c"),
    ("Subscription__c", "Cutoff__c"),
    ("Subscription__c", "Secret__c"),
    ("Subscription__c", "Site__c"),
];

struct Machine;

impl Clock for Machine {
    fn now(&self) -> Stamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Stamp(i64::try_from(since.as_millis()).unwrap())
    }
}

#[derive(Default)]
struct Drawer(Mutex<BTreeMap<SecretName, String>>);

impl Vault for Drawer {
    fn get(&self, name: &SecretName) -> Option<SecretString> {
        self.0.lock().unwrap().get(name).map(|secret| secret.clone().into())
    }

    fn put(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.0.lock().unwrap().insert(name.clone(), secret.expose_secret().to_owned());
        Ok(())
    }

    fn forget(&self, _: &ConnectionId) -> Result<(), VaultError> {
        Ok(())
    }
}

fn remotes(bench: &Bench) -> (Arc<dyn Remote>, Arc<dyn Remote>) {
    let connection = |id: &str, access| Connection {
        state: ConnectionState::Valid,
        ..Connection::new(id, "default", access, Stamp::ZERO, "test")
    };
    let salesforce = Access::Salesforce {
        login_url: bench.endpoint("/salesforce/login_url").into(),
        client_id: bench.endpoint("/salesforce/client_id").into(),
        grant: Grant::RefreshToken,
        version: "62.0".into(),
        sandbox: true,
        doubt_ms: 1_000,
    };
    let monday = Access::Monday {
        url: bench.endpoint("/monday/url").into(),
        version: "2026-10".into(),
        doubt_ms: 1_000,
        phone_country: None,
    };
    let vault = Drawer::default();
    for (id, what, pointer) in [
        ("sf", "client_secret", "/salesforce/client_secret"),
        ("sf", "refresh_token", "/salesforce/refresh_token"),
        ("monday", "token", "/monday/token"),
    ] {
        let name = SecretName { connection: id.into(), what };
        vault.put(&name, bench.endpoint(pointer).to_owned().into()).unwrap();
    }
    let clients = Clients::new(Arc::new(vault), Arc::new(Machine), "syncdeck-test");
    let remote = |id, access| clients.connect(&connection(id, access)).unwrap_or_else(|f| panic!("{f:?}"));
    (remote("sf", salesforce), remote("monday", monday))
}

/// Returns a value of the first field that makes sense in the second.
fn sample(from: &FieldSchema, to: &FieldSchema) -> Value {
    let words = |words: &[&str]| Value::List(words.iter().map(Value::text).collect());
    let number = |text: &str| Value::Number(text.parse().unwrap());
    let coded = if to.shape == Shape::Coded || &*to.native == "rating" { to } else { from };
    match &*coded.native {
        "country" => return Value::text("France"),
        "timeline" => return Value::text("2025-01-01 - 2025-01-05"),
        "week" => return Value::text("2025-01-06 - 2025-01-12"),
        "hour" => return Value::text("16:42"),
        "world_clock" => return Value::text("Europe/Paris"),
        "rating" => return number("3"),
        _ if to.shape == Shape::Email && from.shape == Shape::Text => {
            return Value::text("Ana.Ruiz@Example.com");
        }
        _ if to.shape == Shape::Phone && from.shape == Shape::Text => return Value::text("+33123456789"),
        _ if to.shape == Shape::Link && from.shape == Shape::Text => {
            return Value::text("https://example.com/a?b=c");
        }
        _ => {}
    }
    match from.shape {
        Shape::Bool => Value::Bool(true),
        Shape::Integer => number("-42"),
        Shape::Number => number("12.34"),
        Shape::Percent => number("7.5"),
        Shape::Day => Value::Day("2024-02-29".parse().unwrap()),
        Shape::Instant => Value::Instant("2025-10-26T01:30:15Z".parse().unwrap()),
        Shape::Email => Value::text("Ana.Ruiz@Example.com"),
        Shape::Phone => Value::text("+33 1 23 45 67 89"),
        Shape::Link => Value::text("https://example.com/a?b=c"),
        Shape::Choice if to.restricted => Value::text(&to.options[0]),
        Shape::Choice => Value::text("Partner"),
        Shape::Choices => words(&["Core", "Mobile"]),
        Shape::LongText => Value::text("two lines\nof \"text\" – € 你好"),
        _ => Value::text("some \\ 'text' – € 你好"),
    }
}

/// One field and one column, with a value on its way.
struct Way {
    object: &'static str,
    field: FieldName,
    column: FieldName,
    mapping: Mapping,
    value: Value,
    /// Whether the column can be written; what cannot fills itself, or stays empty here.
    writable: bool,
}

fn way(
    object: &'static str,
    field: &FieldSchema,
    column: &FieldSchema,
    a: &Schema,
    b: &Schema,
    directions: &[Direction],
) -> Option<Way> {
    let named = [Named { salesforce: field.name.to_string(), target: column.name.to_string() }];
    let mapping = check(&named, a, b, directions).ok()?;
    Some(Way {
        object,
        field: field.name.clone(),
        column: column.name.clone(),
        mapping,
        value: if directions.contains(&Direction::FromSalesforce) {
            sample(field, column)
        } else {
            sample(column, field)
        },
        writable: column.createable,
    })
}

fn write(values: Vec<(FieldName, Value)>) -> Write {
    Write { action: Action::Created, id: None, key: None, section: None, values }
}

/// Makes records and returns them as they read back; what is refused is told with its reason.
async fn made(
    remote: &dyn Remote,
    container: &str,
    writes: Vec<Write>,
    field: &[FieldName],
    told: &dyn Fn(usize) -> String,
) -> Vec<Value> {
    let answers = remote.apply(&container.into(), &"none".into(), &writes).await;
    let ids: Vec<RemoteId> = answers
        .into_iter()
        .enumerate()
        .map(|(at, answer)| match answer {
            Answer::Done { id, .. } => id,
            other => panic!("{}: {other:?}", told(at)),
        })
        .collect();
    let unique: BTreeSet<FieldName> = field.iter().cloned().collect();
    let records = remote.fetch(&container.into(), &ids, &Vec::from_iter(unique)).await.unwrap();
    let read = |(id, field): (&RemoteId, &FieldName)| {
        records.iter().find(|record| record.id == *id).unwrap().fields.get(field).clone()
    };
    ids.iter().zip(field).map(read).collect()
}

async fn on_salesforce(salesforce: &dyn Remote, ways: &[Way], object: &str, values: &[Value]) -> Vec<Value> {
    let mut writes = Vec::new();
    for (way, value) in ways.iter().zip(values) {
        let mut fields: Vec<(FieldName, Value)> = match way.field.as_str() {
            "Id" => Vec::new(),
            "BillingAddress" => vec![("BillingCity".into(), Value::text("Paris"))],
            _ => vec![(way.field.clone(), value.clone())],
        };
        fields.retain(|(_, value)| !value.is_null());
        if !fields.iter().any(|(name, _)| name.as_str() == "Name") {
            fields.push(("Name".into(), Value::text("x")));
        }
        writes.push(write(fields));
    }
    let fields: Vec<FieldName> = ways.iter().map(|way| way.field.clone()).collect();
    let told = |at: usize| format!("{} of {} from {}", ways[at].field, object, ways[at].column);
    made(salesforce, object, writes, &fields, &told).await
}

async fn on_monday(monday: &dyn Remote, board: &str, ways: &[Way], values: &[Value]) -> Vec<Value> {
    let mut writes = Vec::new();
    for (way, value) in ways.iter().zip(values) {
        let mut fields = Vec::new();
        if way.writable {
            fields.push((way.column.clone(), value.clone()));
        }
        if way.column.as_str() != "name" {
            fields.push(("name".into(), Value::text("x")));
        }
        writes.push(write(fields));
    }
    let columns: Vec<FieldName> = ways.iter().map(|way| way.column.clone()).collect();
    let told = |at: usize| format!("{} from {}", ways[at].column, ways[at].field);
    made(monday, board, writes, &columns, &told).await
}

/// Carries every value across and asserts that its canonical form survives, from either side.
async fn prove(
    salesforce: &dyn Remote,
    monday: &dyn Remote,
    board: &str,
    ways: &[Way],
    direction: Direction,
    unproved: &mut BTreeSet<String>,
) {
    let canon = |values: &[Value]| -> Vec<Value> {
        ways.iter().zip(values).map(|(way, value)| canonical(value, way.mapping.fields[0].form)).collect()
    };
    let samples: Vec<Value> = ways.iter().map(|way| way.value.clone()).collect();
    let object = ways[0].object;
    let (source, target) = match direction {
        Direction::FromSalesforce => {
            let source = canon(&on_salesforce(salesforce, ways, object, &samples).await);
            let target = canon(&on_monday(monday, board, ways, &source).await);
            (source, target)
        }
        Direction::ToSalesforce => {
            let source = canon(&on_monday(monday, board, ways, &samples).await);
            let target = canon(&on_salesforce(salesforce, ways, object, &source).await);
            (source, target)
        }
    };
    for ((way, source), target) in ways.iter().zip(source).zip(target) {
        if source.is_null() && !way.writable {
            unproved.insert(way.column.to_string());
            continue;
        }
        assert!(!source.is_null(), "{} and {}: nothing was read", way.field, way.column);
        assert_eq!(source, target, "{} and {}, {direction:?}", way.field, way.column);
    }
}

fn ticked<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_reads_the_same_whatever_the_types() {
    let bench = Bench::start(1);
    let (salesforce, monday) = remotes(&bench);
    let board = bench.endpoint("/monday/boards/Every column type").to_owned();
    let columns = monday.describe(&board).await.unwrap();
    let mut rows: BTreeMap<usize, (String, [Vec<String>; 3])> = BTreeMap::new();
    let mut refused: BTreeSet<String> = columns
        .fields
        .iter()
        .filter(|column| column.shape == Shape::Unsupported)
        .map(|column| column.native.to_string())
        .collect();
    let (mut no_fields, mut unproved) = (BTreeSet::new(), BTreeSet::new());
    for object in ["Subscription__c", "Account"] {
        let schema = salesforce.describe(object).await.unwrap();
        let mut proofs: [Vec<Way>; 2] = [Vec::new(), Vec::new()];
        for (at, (_, name)) in FIELDS.iter().enumerate().filter(|(_, (on, _))| *on == object) {
            let field = schema.field(name).unwrap();
            let (_, cells) = rows.entry(at).or_insert_with(|| (field.native.to_string(), Default::default()));
            for column in &columns.fields {
                let way =
                    |directions: &[Direction]| way(object, field, column, &schema, &columns, directions);
                let ways = [way(&DIRECTIONS[..1]), way(&DIRECTIONS[1..])];
                let native = column.native.to_string();
                match (&ways, way(&DIRECTIONS)) {
                    ([Some(_), Some(_)], Some(_)) => cells[0].push(native),
                    ([Some(_), Some(_)], None) => panic!("{name} and {native}: each way, but not both"),
                    ([Some(_), None], _) => cells[1].push(native),
                    ([None, Some(_)], _) => cells[2].push(native),
                    ([None, None], _) => {}
                }
                for (proofs, way) in proofs.iter_mut().zip(ways) {
                    // What points to another record is told by way of its link: `references.rs` proves it.
                    let points = |way: &Way| {
                        let form = way.mapping.fields[0].form;
                        matches!(form, Form::Parent | Form::ParentName | Form::ParentLink)
                    };
                    proofs.extend(way.filter(|way| !points(way)));
                }
            }
            if cells.iter().all(Vec::is_empty) {
                no_fields.insert(field.native.to_string());
                rows.remove(&at);
            }
        }
        for (direction, ways) in DIRECTIONS.into_iter().zip(proofs) {
            prove(salesforce.as_ref(), monday.as_ref(), &board, &ways, direction, &mut unproved).await;
        }
    }
    for column in &columns.fields {
        let taken =
            rows.values().any(|(_, cells)| cells.iter().flatten().any(|known| **known == *column.native));
        if !taken {
            refused.insert(column.native.to_string());
        }
    }
    let mut text = String::from(
        "Which Salesforce field goes with which monday.com column.\n\n\
         | Salesforce | both ways | to monday.com only | to Salesforce only |\n|---|---|---|---|\n",
    );
    for (native, [both, to_monday, to_salesforce]) in rows.values() {
        let cell =
            |natives: &[String]| if natives.is_empty() { "–".to_owned() } else { ticked(natives.iter()) };
        writeln!(text, "| `{native}` | {} | {} | {} |", cell(both), cell(to_monday), cell(to_salesforce))
            .unwrap();
    }
    let list = |names: &BTreeSet<String>| ticked(names.iter());
    write!(
        text,
        "\nRefused by name when a recipe is made: of Salesforce {}; of monday.com {}.\n",
        list(&no_fields),
        list(&refused)
    )
    .unwrap();
    if !unproved.is_empty() {
        let columns = list(&unproved);
        write!(text, "\nRead as the API shows them, but not proved by a round trip, because the API cannot fill them: {columns}.\n").unwrap();
    }
    if std::env::var_os("SYNCDECK_BLESS").is_some() {
        std::fs::write(TABLE, &text).unwrap();
    }
    let known = std::fs::read_to_string(TABLE).unwrap_or_default();
    assert!(known == text, "{TABLE} is stale; run with SYNCDECK_BLESS=1. It should be:\n{text}");
}
