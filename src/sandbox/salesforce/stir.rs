//! Plausible changes, for steady traffic.

use serde_json::{Map, Value as Json, json};

use super::control::writer;
use super::ids::Id;
use super::names;
use super::server::Inner;
use crate::sandbox::system::Stir;

/// The objects that people change, the busiest first.
const BUSY: [&str; 8] =
    ["Lead", "Contact", "Lead", "Contact", "Opportunity", "Account", "Lead", "Opportunity"];

impl Inner {
    /// Makes one change as somebody at work in the org would.
    pub(super) fn stir(&self, kind: Stir, roll: u64) -> Result<(), String> {
        let mut chance = fastrand::Rng::with_seed(roll);
        let now = self.now();
        let mut org = self.write();
        let schema = org.store.schema().clone();
        let name = chance.choice(BUSY).unwrap_or("Lead");
        let object = schema.object(name).ok_or("no such object")?;
        let done = match kind {
            Stir::Create => writer(&mut org, now).create(object, &fresh(name, &mut chance)).map(drop),
            Stir::Update | Stir::Delete => {
                let count = org.store.table(object).map_or(0, super::store::Table::len);
                let live = |id: Id| org.store.find(id).is_some_and(|(_, _, row)| !row.is_deleted());
                let tries = (0..50).map(|_| Id::of(object.prefix, chance.u32(0..count.max(1))));
                let id = tries.into_iter().find(|id| live(*id)).ok_or("nothing is left to change")?;
                if kind == Stir::Delete {
                    writer(&mut org, now).delete(id)
                } else {
                    writer(&mut org, now).update(id, &touched(name, &mut chance))
                }
            }
        };
        done.map_err(|errors| errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join("; "))
    }
}

fn fields(json: Json) -> Map<String, Json> {
    if let Json::Object(map) = json { map } else { Map::new() }
}

fn fresh(object: &str, chance: &mut fastrand::Rng) -> Map<String, Json> {
    let (first, last) = names::person(chance);
    let company = names::company(chance);
    fields(match object {
        "Lead" => json!({ "FirstName": first, "LastName": last, "Company": company, "LeadSource": "Web" }),
        "Contact" => json!({ "FirstName": first, "LastName": last, "Phone": names::phone(chance) }),
        "Opportunity" => json!({
            "Name": format!("{company} renewal"), "StageName": "Prospecting", "CloseDate": "2027-03-31",
            "Amount": f64::from(chance.u32(1..500)) * 100.0,
        }),
        _ => json!({ "Name": company, "Phone": names::phone(chance) }),
    })
}

fn touched(object: &str, chance: &mut fastrand::Rng) -> Map<String, Json> {
    fields(match (object, chance.u8(0..3)) {
        ("Lead", 0) => json!({ "Status": "Working - Contacted" }),
        ("Lead", 1) => json!({ "Rating": chance.choice(["Hot", "Warm", "Cold"]) }),
        ("Contact", 0) => json!({ "Title": names::title(chance) }),
        ("Opportunity", 0) => json!({ "Amount": f64::from(chance.u32(1..5000)) * 10.0 }),
        ("Opportunity", 1) => {
            json!({ "StageName": chance.choice(["Qualification", "Needs Analysis", "Closed Won"]) })
        }
        ("Opportunity", _) => json!({ "NextStep": format!("Call back on day {}", chance.u8(1..29)) }),
        ("Account", 0) => json!({ "NumberOfEmployees": chance.u32(1..5000) }),
        _ => json!({ "Phone": names::phone(chance) }),
    })
}
