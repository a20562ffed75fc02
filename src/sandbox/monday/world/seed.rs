//! The account as it is at the start.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::labels::{Label, Settings};
use super::{Board, Column, Group, Kind, State, Tag, User, Workspace, World};

type Columns = &'static [(&'static str, &'static str, &'static str)];

/// The boards at the start, by name, each with its columns: id, title, type.
const BOARDS: [(&str, Columns); 5] = [
    (
        "Leads",
        &[
            ("salesforce_id", "Salesforce ID", "text"),
            ("company", "Company", "text"),
            ("email", "Email", "email"),
            ("phone", "Phone", "phone"),
            ("title", "Job title", "text"),
            ("status", "Status", "status"),
            ("source", "Source", "dropdown"),
            ("rating", "Rating", "dropdown"),
            ("revenue", "Annual revenue", "numbers"),
            ("country", "Country", "country"),
            ("website", "Website", "link"),
            ("owner", "Owner", "people"),
            ("next_step", "Next step", "date"),
            ("notes", "Notes", "long_text"),
        ],
    ),
    (
        "Contacts",
        &[
            ("salesforce_id", "Salesforce ID", "text"),
            ("account", "Account", "text"),
            ("email", "Email", "email"),
            ("phone", "Phone", "phone"),
            ("title", "Job title", "text"),
            ("department", "Department", "text"),
            ("status", "Status", "status"),
            ("source", "Source", "dropdown"),
            ("birthdate", "Birthdate", "date"),
            ("owner", "Owner", "people"),
            ("notes", "Notes", "long_text"),
        ],
    ),
    (
        "Accounts",
        &[
            ("salesforce_id", "Salesforce ID", "text"),
            ("industry", "Industry", "dropdown"),
            ("phone", "Phone", "phone"),
            ("website", "Website", "link"),
            ("revenue", "Annual revenue", "numbers"),
            ("employees", "Employees", "numbers"),
            ("city", "City", "text"),
            ("country", "Country", "country"),
            ("status", "Status", "status"),
            ("owner", "Owner", "people"),
        ],
    ),
    (
        "Opportunities",
        &[
            ("salesforce_id", "Salesforce ID", "text"),
            ("account", "Account", "text"),
            ("stage", "Stage", "status"),
            ("amount", "Amount", "numbers"),
            ("probability", "Probability", "numbers"),
            ("close_date", "Close date", "date"),
            ("source", "Source", "dropdown"),
            ("owner", "Owner", "people"),
            ("next_step", "Next step", "text"),
        ],
    ),
    ("Every column type", &[]),
];

/// The labels that some columns have at the start, by column id.
const LABELS: [(&str, &[&str]); 5] = [
    ("source", &["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"]),
    ("rating", &["Hot", "Warm", "Cold"]),
    ("industry", &["Agriculture", "Banking", "Construction", "Energy", "Technology", "Other"]),
    ("stage", &["Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost"]),
    ("dropdown", &["A", "B", "C"]),
];

const PEOPLE: [(&str, &str, &str, &str, bool); 6] = [
    ("Sync Service", "svc-sync@acme.example", "Integration", "UTC", true),
    ("Ana Ruiz", "ana@acme.example", "Sales manager", "Europe/Madrid", true),
    ("Mike Kay", "mkay@acme.example", "Account executive", "America/New_York", false),
    ("Jin Lee", "jlee@acme.example", "Account executive", "Asia/Seoul", false),
    ("Zoë Müller", "zoe@acme.example", "Sales development", "Europe/Berlin", false),
    ("Omar Haddad", "omar@acme.example", "Operations", "Europe/Paris", false),
];

/// Mixes a seed into a number that looks like any other (splitmix64).
fn mixed(seed: u64, salt: u64) -> u64 {
    let mut z =
        seed.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Returns the token of the user that the sync uses; the same for the same seed.
pub fn token(seed: u64) -> String {
    format!("sandbox-monday-{:016x}", mixed(seed, 7))
}

/// Returns the code that is given as the `number`th.
pub fn code(seed: u64, number: u64) -> String {
    format!("{:016x}{:016x}", mixed(seed, number), mixed(seed ^ 0xc0de, number))
}

/// Returns the token of an app that is given as the `number`th.
pub fn app_token(seed: u64, number: u64) -> String {
    format!("sandbox-app-token-{:016x}{:016x}", mixed(seed, number), mixed(seed ^ 0x70ce, number))
}

impl World {
    /// Returns a new account.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let base = 10_000_000 + mixed(seed, 1) % 1_000_000;
        let mut world = Self {
            account_id: base,
            slug: "acme".to_owned(),
            created: now,
            users: BTreeMap::new(),
            tokens: BTreeMap::new(),
            granted: BTreeMap::new(),
            workspaces: BTreeMap::new(),
            tags: BTreeMap::new(),
            boards: BTreeMap::new(),
            updates: BTreeMap::new(),
            webhooks: BTreeMap::new(),
            last_id: 5_000_000_000 + mixed(seed, 2) % 1_000_000 * 1000,
            last_stamp: 0,
            home: HashMap::new(),
            outbox: Vec::new(),
        };
        for (place, (name, email, title, zone, admin)) in (0..).zip(PEOPLE) {
            let id = base * 4 + 100 + place;
            let (name, email, title) = (name.to_owned(), email.to_owned(), title.to_owned());
            let time_zone = zone.to_owned();
            let user =
                User { id, name, email, title, admin, guest: false, enabled: true, time_zone, joined: now };
            world.users.insert(id, user);
        }
        let first = base * 4 + 100;
        world.tokens.insert(token(seed), first);
        let workspace = base / 5 + 7;
        let kind = "open".to_owned();
        let sales =
            Workspace { id: workspace, name: "Sales".to_owned(), kind, description: None, created: now };
        world.workspaces.insert(workspace, sales);
        for (place, name) in (1..).zip(["vip", "partner"]) {
            let id = base * 2 + place;
            world.tags.insert(id, Tag { id, name: name.to_owned(), color: "#00c875".to_owned() });
        }
        for (name, columns) in BOARDS {
            let mut board = world.empty_board(name, first, now);
            board.workspace = Some(workspace);
            board.columns.extend(columns.iter().filter_map(|(id, title, kind)| seeded(id, title, kind)));
            if columns.is_empty() {
                let all = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Name | Kind::Unsupported));
                board
                    .columns
                    .extend(all.filter_map(|kind| seeded(kind.word(), &titled(kind.word()), kind.word())));
                let accounts =
                    world.boards.values().find(|board| board.name == "Accounts").map(|board| board.id);
                for column in &mut board.columns {
                    match column.kind {
                        Kind::BoardRelation => column.settings.boards.extend(accounts),
                        Kind::Mirror => {
                            column.settings.mirrors = Some(("board_relation".to_owned(), "city".to_owned()));
                        }
                        _ => {}
                    }
                }
            }
            world.boards.insert(board.id, board);
        }
        world
    }

    /// Returns a board with one group and the name column, not yet in the account.
    pub fn empty_board(&mut self, name: &str, by: u64, now: Timestamp) -> Board {
        let id = self.fresh_id();
        let mut board = Board {
            id,
            name: name.to_owned(),
            description: None,
            access: "public".to_owned(),
            for_subitems: false,
            state: State::Active,
            workspace: None,
            by,
            owners: vec![by],
            subscribers: vec![by],
            created: now,
            updated: now,
            columns: Vec::new(),
            groups: Vec::new(),
            items: BTreeMap::new(),
            log: VecDeque::new(),
            subitems: None,
            live: 0,
            texts: HashMap::new(),
        };
        board.columns.extend(seeded("name", "Name", "name"));
        board.groups.push(Group {
            id: Arc::from("topics"),
            title: "Group Title".to_owned(),
            color: "#037f4c".to_owned(),
            position: 65_536.0,
            state: State::Active,
        });
        board
    }
}

fn titled(word: &str) -> String {
    let mut title = word.replace('_', " ");
    if let Some(first) = title.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    title
}

fn seeded(id: &str, title: &str, kind: &str) -> Option<Column> {
    let kind = Kind::parse(kind)?;
    let labels = LABELS.iter().find(|(column, _)| *column == id);
    let settings = match (kind, labels) {
        (Kind::Dropdown, Some((_, names))) => {
            let list = (1..).zip(*names).map(|(id, name)| json!({"id": id, "name": name}));
            Settings::from_defaults(kind, &json!({"labels": list.collect::<Vec<_>>()}))
        }
        (Kind::Status, Some((_, names))) => {
            // The index 5 means blank, so labels pass over it.
            let indexes = (0..).filter(|index| *index != super::labels::BLANK_STATUS);
            let labels = indexes.zip(*names).map(|(id, name)| Label {
                id,
                name: (*name).to_owned(),
                done: name.starts_with("Closed"),
            });
            Settings { labels: labels.collect(), ..Settings::default() }
        }
        _ => Settings::from_defaults(kind, &Value::Null),
    };
    let (id, title) = (Arc::from(id), title.to_owned());
    Some(Column { id, title, kind, description: None, settings, width: None, revision: 1, deleted: false })
}
