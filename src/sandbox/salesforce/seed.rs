//! The org's first rows: the same for the same seed.

use fastrand::Rng;

use super::calendar::DAY;
use super::dml::derive;
use super::ids::Id;
use super::names;
use super::org::Org;
use super::schema::{Object, Preset, Schema, at};
use super::store::Row;
use super::value::Value;

/// The integration's user.
pub(super) const SYNC_USER: &str = "svc-sync@acme.example";

/// Somebody who works in the org by hand.
pub(super) const ADMINISTRATOR: &str = "admin@acme.example";

/// Users: name, first and last name, active.
const USERS: [(&str, &str, &str, bool); 8] = [
    (ADMINISTRATOR, "Ada", "Admin", true),
    (SYNC_USER, "Sync", "Service", true),
    ("jlee@acme.example", "Jamie", "Lee", true),
    ("chloe.martin@acme.example", "Chloé", "Martin", true),
    ("luca.bianchi@acme.example", "Luca", "Bianchi", true),
    ("noa.cohen@acme.example", "נועה", "כהן", true),
    ("gone@acme.example", "Gone", "Colleague", false),
    ("auto@acme.example", "", "Automated Process", true),
];

/// The names of all users.
pub(super) fn usernames() -> impl Iterator<Item = &'static str> {
    USERS.iter().map(|(username, ..)| *username)
}

/// How far back the oldest rows were created.
const OLDEST: i64 = 900 * DAY;

/// Fills an empty org.
pub(super) fn fill(org: &mut Org, seed: u64, records: u64, now: i64) {
    let schema = org.store.schema().clone();
    let mut sower = Sower { org, chance: Rng::with_seed(seed), now, schema: &schema };
    let count = |part: u64| u32::try_from((records / part).max(5)).unwrap_or(u32::MAX);
    sower.people(seed);
    for number in 0..count(4) {
        sower.account(number);
    }
    for number in 0..u32::try_from(records).unwrap_or(u32::MAX) {
        sower.contact(number, count(4));
    }
    for number in 0..u32::try_from(records).unwrap_or(u32::MAX) {
        sower.lead(number);
    }
    for number in 0..count(5) {
        sower.opportunity(number, count(4));
    }
    for number in 0..count(10) {
        sower.subscription(number, count(4));
    }
}

struct Sower<'a> {
    org: &'a mut Org,
    chance: Rng,
    now: i64,
    schema: &'a Schema,
}

/// A row that is being made.
struct Seedling<'o> {
    object: &'o Object,
    row: Row,
}

impl Seedling<'_> {
    fn put(&mut self, field: &str, value: Value) {
        if let Some(place) = self.object.place(field) {
            self.row.set(place, value);
        }
    }

    fn text(&mut self, field: &str, text: &str) {
        self.put(field, Value::text(text));
    }
}

impl<'a> Sower<'a> {
    fn people(&mut self, seed: u64) {
        // Whoever runs two orgs side by side can tell them apart.
        let company = if seed == 1 { "Acme".to_owned() } else { format!("Acme {seed}") };
        for (name, extra) in [("Profile", "System Administrator"), ("Organization", company.as_str())] {
            let Some(mut row) = self.new_row(name) else { continue };
            row.text("Name", extra);
            row.text("InstanceName", "EU99");
            row.text("OrganizationType", "Enterprise Edition");
            row.text("DefaultLocaleSidKey", "en_US");
            row.text("LanguageLocaleKey", "en_US");
            row.text("TimeZoneSidKey", "GMT");
            row.text("Country", "FR");
            row.text("UserType", "Standard");
            row.put("FiscalYearStartMonth", Value::Number(1.0));
            self.plant(row, OLDEST, OLDEST);
        }
        for (username, first, last, active) in USERS {
            let Some(mut row) = self.new_row("User") else { continue };
            row.text("Username", username);
            row.text("FirstName", first);
            row.text("LastName", last);
            row.text("Email", username);
            row.text("Alias", username.get(..4).unwrap_or("user"));
            row.text("CommunityNickname", username.split('@').next().unwrap_or_default());
            row.put("IsActive", Value::Bool(active));
            row.put("ProfileId", Value::Id(Id::of("00e", 0)));
            row.text("TimeZoneSidKey", "GMT");
            row.text("LocaleSidKey", "en_US");
            row.text("EmailEncodingKey", "UTF-8");
            row.text("LanguageLocaleKey", "en_US");
            self.plant(row, OLDEST, OLDEST);
        }
    }

    fn account(&mut self, number: u32) {
        let Some(mut row) = self.new_row("Account") else { return };
        let name = names::company(&mut self.chance);
        row.text("Name", &name);
        let (city, state, code, country) = names::place(&mut self.chance);
        row.text("BillingStreet", &format!("{} Main Street\r\nFloor {}", number % 300 + 1, number % 9));
        row.text("BillingCity", city);
        row.text("BillingState", state);
        row.text("BillingPostalCode", code);
        row.text("BillingCountry", country);
        self.choose(&mut row, "Industry", 9);
        self.choose(&mut row, "Type", 8);
        self.choose(&mut row, "Rating", 5);
        self.choose(&mut row, "Tier__c", 5);
        row.text("Phone", &names::phone(&mut self.chance));
        row.text("Website", &format!("https://www.example-{number}.com"));
        row.put("NumberOfEmployees", Value::Number(f64::from(self.chance.u32(1..20_000))));
        row.put("AnnualRevenue", Value::Number(f64::from(self.chance.u32(1..90_000)) * 10_000.0));
        if number.is_multiple_of(2) {
            row.text("External_Id__c", &format!("ACC-{number:06}"));
        }
        if number.is_multiple_of(7) {
            row.text("Description", &names::note(&mut self.chance));
        }
        if number > 10 && number.is_multiple_of(11) {
            row.put("ParentId", Value::Id(Id::of("001", self.chance.u32(0..number))));
        }
        self.plant(row, OLDEST, 0);
    }

    fn contact(&mut self, number: u32, accounts: u32) {
        let Some(mut row) = self.new_row("Contact") else { return };
        self.person(&mut row, number, "contact");
        if !number.is_multiple_of(20) {
            row.put("AccountId", Value::Id(Id::of("001", self.chance.u32(0..accounts))));
        }
        let (city, state, code, country) = names::place(&mut self.chance);
        row.text("MailingStreet", &format!("{} rue de l'Église", number % 200 + 1));
        row.text("MailingCity", city);
        row.text("MailingState", state);
        row.text("MailingPostalCode", code);
        row.text("MailingCountry", country);
        self.choose(&mut row, "LeadSource", 6);
        if number.is_multiple_of(3) {
            row.put("Birthdate", Value::Day(i64::from(self.chance.i32(-15_000..12_000))));
        }
        if number.is_multiple_of(5) {
            row.text("Languages__c", "English;French");
        }
        row.put("HasOptedOutOfEmail", Value::Bool(self.chance.u8(0..10) == 0));
        if number.is_multiple_of(2) {
            row.text("External_Id__c", &format!("CON-{number:06}"));
        }
        self.plant(row, OLDEST, 0);
    }

    fn lead(&mut self, number: u32) {
        let Some(mut row) = self.new_row("Lead") else { return };
        self.person(&mut row, number, "lead");
        row.text("Company", &names::company(&mut self.chance));
        let (city, state, code, country) = names::place(&mut self.chance);
        row.text("City", city);
        row.text("State", state);
        row.text("PostalCode", code);
        row.text("Country", country);
        self.choose(&mut row, "LeadSource", 6);
        self.choose(&mut row, "Industry", 9);
        self.choose(&mut row, "Rating", 5);
        let status = if self.chance.u8(0..3) == 0 { "Working - Contacted" } else { "Open - Not Contacted" };
        row.text("Status", status);
        row.put("NumberOfEmployees", Value::Number(f64::from(self.chance.u32(1..5000))));
        row.put("AnnualRevenue", Value::Number(f64::from(self.chance.u32(1..9000)) * 10_000.0));
        row.put("Score__c", Value::Number(f64::from(self.chance.u32(0..10_000)) / 100.0));
        row.put("Webinar__c", Value::Bool(self.chance.bool()));
        if number.is_multiple_of(2) {
            row.text("External_Id__c", &format!("LEAD-{number:06}"));
        }
        self.plant(row, OLDEST, 0);
    }

    fn person(&mut self, row: &mut Seedling<'_>, number: u32, what: &str) {
        let (first, last) = names::person(&mut self.chance);
        // One in fifty has the longest name a field can hold, one in thirty no first name.
        let last = if number % 50 == 49 { format!("{last} {}", "é".repeat(70)) } else { last.to_owned() };
        if number % 30 != 29 {
            row.text("FirstName", first);
        }
        let last: String = last.chars().take(80).collect();
        row.text("LastName", &last);
        row.text("Title", names::title(&mut self.chance));
        if number % 10 != 9 {
            row.text("Email", &format!("{what}.{number}@example.com"));
        }
        row.text("Phone", &names::phone(&mut self.chance));
        if number.is_multiple_of(4) {
            row.text("MobilePhone", &names::phone(&mut self.chance));
        }
        if number.is_multiple_of(9) {
            row.text("Description", &names::note(&mut self.chance));
        }
        if number.is_multiple_of(3) {
            self.choose(row, "Salutation", 1);
        }
    }

    fn opportunity(&mut self, number: u32, accounts: u32) {
        let Some(mut row) = self.new_row("Opportunity") else { return };
        let name = names::company(&mut self.chance);
        row.text("Name", &format!("{name} – deal {number}"));
        row.put("AccountId", Value::Id(Id::of("001", self.chance.u32(0..accounts))));
        self.choose(&mut row, "StageName", 1);
        self.choose(&mut row, "Type", 4);
        self.choose(&mut row, "LeadSource", 6);
        if number % 8 != 7 {
            row.put("Amount", Value::Number(f64::from(self.chance.u32(100..9_000_000)) / 100.0));
        }
        let today = self.now.div_euclid(DAY);
        row.put("CloseDate", Value::Day(today + i64::from(self.chance.i32(-400..300))));
        if number.is_multiple_of(2) {
            row.text("External_Id__c", &format!("OPP-{number:06}"));
        }
        self.plant(row, OLDEST, 0);
    }

    fn subscription(&mut self, number: u32, accounts: u32) {
        let Some(mut row) = self.new_row("Subscription__c") else { return };
        row.text("Name", &format!("Subscription {number}"));
        row.put("Account__c", Value::Id(Id::of("001", self.chance.u32(0..accounts))));
        row.text("External_Id__c", &format!("SUB-{number:06}"));
        row.text("Summary__c", "Renewed every year");
        row.text("Notes__c", &names::note(&mut self.chance));
        row.text("Terms__c", "<p>Thirty <b>days</b></p>");
        row.put("Active__c", Value::Bool(self.chance.bool()));
        row.put("Seats__c", Value::Number(f64::from(self.chance.u32(1..500))));
        row.put("Ratio__c", Value::Number(f64::from(self.chance.u32(0..10_000)) / 10_000.0));
        row.put("Price__c", Value::Number(f64::from(self.chance.u32(100..100_000)) / 100.0));
        row.put("Discount__c", Value::Number(f64::from(self.chance.u32(0..50))));
        row.put("Start__c", Value::Day(self.now.div_euclid(DAY) - i64::from(self.chance.u32(0..700))));
        row.put("Renewal__c", Value::Moment(self.now + i64::from(self.chance.u32(0..30_000_000))));
        row.put("Cutoff__c", Value::Clock(i64::from(self.chance.u32(0..86_400)) * 1000));
        row.text("Contact_Email__c", &format!("billing.{number}@example.com"));
        row.text("Hotline__c", &names::phone(&mut self.chance));
        row.text("Portal__c", &format!("https://portal.example.com/{number}"));
        self.choose(&mut row, "Plan__c", 1);
        self.choose(&mut row, "Channel__c", 3);
        row.text("Modules__c", "Core;Reports");
        row.text("Secret__c", "4111111111111111");
        row.put("Site__Latitude__s", Value::Number(48.85));
        row.put("Site__Longitude__s", Value::Number(2.35));
        self.plant(row, OLDEST, 0);
    }

    /// Puts one of a picklist's values, or in one of `none` cases nothing.
    fn choose(&mut self, row: &mut Seedling<'_>, field: &str, none: u32) {
        let values = row
            .object
            .place(field)
            .and_then(|place| row.object.field(place))
            .map_or(&[][..], |field| field.values);
        if values.is_empty() || (none > 1 && self.chance.u32(0..none) == 0) {
            return;
        }
        let number = self.chance.usize(0..values.len());
        row.text(field, values.get(number).copied().unwrap_or_default());
    }

    fn new_row(&self, name: &str) -> Option<Seedling<'a>> {
        let object = self.schema.object(name)?;
        let mut row = Row::new(vec![Value::Null; object.fields.len()]);
        for (place, field) in object.fields.iter().enumerate() {
            match field.preset {
                Preset::False => row.set(place, Value::Bool(false)),
                Preset::True => row.set(place, Value::Bool(true)),
                Preset::Text(text) => row.set(place, Value::text(text)),
                Preset::None | Preset::Creator => {}
            }
        }
        Some(Seedling { object, row })
    }

    /// Stores the row, created between `from` and `to` seconds ago and changed some time after.
    fn plant(&mut self, seedling: Seedling<'_>, from: i64, to: i64) {
        let Seedling { object, mut row } = seedling;
        // Rows come into being in the order of their ids, as they do in an org.
        let age = if from == to { from } else { self.chance.i64(to + 60..from) };
        let created = self.now - age;
        let changed = created + self.chance.i64(0..age) * i64::from(self.chance.bool());
        let active = [0_u32, 1, 2, 3, 4, 5];
        let someone = |chance: &mut Rng| Id::of("005", chance.choice(active).unwrap_or(0));
        let (author, editor, owner) =
            (someone(&mut self.chance), someone(&mut self.chance), someone(&mut self.chance));
        row.set(at::ID, Value::Id(self.org.store.next_id(object)));
        row.set(at::IS_DELETED, Value::Bool(false));
        row.set(at::CREATED, Value::Moment(created));
        row.set(at::CREATED_BY, Value::Id(author));
        row.set(at::MODIFIED, Value::Moment(changed));
        row.set(at::MODIFIED_BY, Value::Id(editor));
        row.set(at::STAMP, Value::Moment(changed));
        if let Some(place) = object.place("OwnerId") {
            row.set(place, Value::Id(owner));
        }
        derive(object, &mut row, self.org.store.table(object).map_or(0, super::store::Table::len));
        self.org.store.insert(object, row);
    }
}
