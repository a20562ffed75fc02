//! What happens to records beyond create, update and delete: merges and conversions.

use serde_json::{Map, Value as Json, json};

use super::calendar::{DAY, civil, month_start};
use super::dml::{Refused, Writer};
use super::error::ApiError;
use super::ids::Id;
use super::org::Org;
use super::schema::{Object, at};
use super::store::Row;
use super::value::Value;

/// The most records that go into another at a time.
const LOSERS: usize = 2;

/// What a lead became.
pub(super) struct Converted {
    pub(super) account: Id,
    pub(super) contact: Id,
    pub(super) opportunity: Option<Id>,
}

impl Writer<'_> {
    /// Merges records into one of them: what hangs on the others moves, and they go to the bin.
    pub(super) fn merge(&mut self, master: Id, losers: &[Id]) -> Result<(), Refused> {
        let schema = self.org.store.schema().clone();
        let object = schema
            .with_prefix(master.prefix())
            .filter(|object| matches!(object.name, "Account" | "Contact" | "Lead"));
        let object = object.ok_or_else(|| refused("INVALID_TYPE", "entity type is not mergeable"))?;
        if losers.is_empty() || losers.len() > LOSERS || losers.contains(&master) {
            return Err(refused(
                "INVALID_ARGUMENT",
                "one or two other records are merged into the master record",
            ));
        }
        let fields = Map::new();
        // The master is touched, as an edit by the same hand would.
        self.update(master, &fields)?;
        for loser in losers {
            let found = self.org.store.find(*loser).map(|(of, slot, row)| (of.number, slot, row.clone()));
            let found = found.filter(|(of, _, row)| *of == object.number && !row.is_deleted());
            let Some((_, slot, mut row)) = found else {
                return Err(refused("ENTITY_IS_DELETED", "entity is deleted"));
            };
            self.move_children(object, *loser, master);
            if let Some(place) = object.place("MasterRecordId") {
                row.set(place, Value::Id(master));
            }
            self.bin(object, slot, row, true);
        }
        Ok(())
    }

    fn move_children(&mut self, object: &Object, from: Id, to: Id) {
        let schema = self.org.store.schema().clone();
        for child in schema.children(object) {
            if child.object.field(child.field).is_some_and(|field| field.name == "MasterRecordId") {
                continue;
            }
            let Some(table) = self.org.store.table(child.object) else { continue };
            let points = |row: &Row| row.get(child.field).as_id() == Some(from);
            let rows: Vec<(u32, Row)> =
                table.rows().filter(|(_, row)| points(row)).map(|(slot, row)| (slot, row.clone())).collect();
            for (slot, mut row) in rows {
                row.set(child.field, Value::Id(to));
                if !row.is_deleted() {
                    self.touch(&mut row);
                }
                self.org.store.replace(child.object, slot, row);
            }
        }
    }

    /// Converts a lead: an account (or the one given), a contact, and an opportunity if one is wanted.
    pub(super) fn convert_lead(
        &mut self,
        lead: Id,
        account: Option<Id>,
        opportunity: bool,
    ) -> Result<Converted, Refused> {
        let schema = self.org.store.schema().clone();
        let known = |name: &str| schema.object(name).ok_or_else(|| vec![ApiError::no_type(name)]);
        let leads = known("Lead")?;
        let found = self.org.store.find(lead).map(|(of, slot, row)| (of.number, slot, row.clone()));
        let Some((_, slot, mut row)) = found.filter(|(of, _, row)| *of == leads.number && !row.is_deleted())
        else {
            return Err(refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
        };
        let converted = leads.place("IsConverted").unwrap_or(at::ID);
        if row.get(converted).as_bool() {
            return Err(refused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        let account = if let Some(account) = account {
            account
        } else {
            let fields = carried(leads, &row, &ACCOUNT);
            self.create(known("Account")?, &fields)?
        };
        let mut fields = carried(leads, &row, &CONTACT);
        fields.insert("AccountId".into(), json!(account.as_str()));
        let contact = self.create(known("Contact")?, &fields)?;
        let opportunity = if opportunity {
            let day = self.now.div_euclid(DAY);
            let (year, month, _) = civil(day);
            let company = Org::text(leads, &row, "Company");
            let mut end = Vec::new();
            // The last day of the quarter.
            super::calendar::write_day(&mut end, month_start(year, month, 3 - (month - 1) % 3) - 1);
            let fields = json!({
                "Name": format!("{company}-"), "AccountId": account.as_str(), "StageName": "Prospecting",
                "CloseDate": String::from_utf8_lossy(&end), "ContactId": contact.as_str(),
            });
            Some(self.create(known("Opportunity")?, fields.as_object().unwrap_or(&Map::new()))?)
        } else {
            None
        };
        let day = Value::Day(self.now.div_euclid(DAY));
        for (name, value) in [
            ("IsConverted", Value::Bool(true)),
            ("ConvertedDate", day),
            ("ConvertedAccountId", Value::Id(account)),
            ("ConvertedContactId", Value::Id(contact)),
            ("ConvertedOpportunityId", opportunity.map_or(Value::Null, Value::Id)),
            ("Status", Value::text("Closed - Converted")),
            ("IsUnreadByOwner", Value::Bool(false)),
        ] {
            if let Some(place) = leads.place(name) {
                row.set(place, value);
            }
        }
        self.touch(&mut row);
        self.org.store.replace(leads, slot, row);
        Ok(Converted { account, contact, opportunity })
    }
}

/// Fields of a lead and what they are called in the account.
const ACCOUNT: [(&str, &str); 11] = [
    ("Company", "Name"),
    ("Street", "BillingStreet"),
    ("City", "BillingCity"),
    ("State", "BillingState"),
    ("PostalCode", "BillingPostalCode"),
    ("Country", "BillingCountry"),
    ("Phone", "Phone"),
    ("Website", "Website"),
    ("Industry", "Industry"),
    ("AnnualRevenue", "AnnualRevenue"),
    ("NumberOfEmployees", "NumberOfEmployees"),
];

/// Fields of a lead and what they are called in the contact.
const CONTACT: [(&str, &str); 13] = [
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("Salutation", "Salutation"),
    ("Title", "Title"),
    ("Street", "MailingStreet"),
    ("City", "MailingCity"),
    ("State", "MailingState"),
    ("PostalCode", "MailingPostalCode"),
    ("Country", "MailingCountry"),
    ("Phone", "Phone"),
    ("MobilePhone", "MobilePhone"),
    ("Email", "Email"),
    ("LeadSource", "LeadSource"),
];

fn carried(leads: &Object, row: &Row, names: &[(&str, &str)]) -> Map<String, Json> {
    let value = |name: &str| match row.get(leads.place(name)?) {
        Value::Number(number) => Some(json!(number)),
        value => value.as_text().map(|text| json!(text)),
    };
    names.iter().filter_map(|(from, to)| Some(((*to).to_owned(), value(from)?))).collect()
}

fn refused(code: &str, message: &str) -> Refused {
    vec![ApiError::row(code, message, &[])]
}
