//! `day`: a bad morning. One org behind two connections, ninety recipes of which fourteen are unused, and by 09:41
//! three causes of parked records and a full recipe limit. `live`, `hostile` and `wide` are the same day, with people
//! at work, or with other names for things.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::stage::{Mishap, Stage, person};
use crate::domain::draft::RecipeDraft;
use crate::domain::id::RecipeId;
use crate::domain::recipe::{Conflicts, Deletion, Template};
use crate::domain::time::{MINUTE, SECOND};
use crate::engine::acts::Act;
use crate::sandbox::system::Edits;

/// The connection that falls, and the user behind it.
const PROD: &str = "acme-prod";
const PROD_USER: &str = "jlee@acme.example";
/// The connection that stands.
pub(super) const SYNC: &str = "acme-sync";

/// How many recipes the account may have, and has.
const RECIPES: usize = 90;
/// How many of them go over the connection that falls.
const OVER_PROD: usize = 41;
/// Those in which nothing has happened for months.
const UNUSED: [usize; 14] = [7, 11, 12, 19, 23, 31, 34, 40, 44, 52, 57, 63, 70, 71];
/// Those of them that go over the connection that falls, and are suspended with it.
const UNUSED_OVER_PROD: [usize; 2] = [12, 44];
/// Those of them that are known to sleep for most of the year.
const SEASONAL: [usize; 2] = [57, 63];
/// Those of them that somebody paused.
const PAUSED: [usize; 2] = [34, 40];
/// Creations that the limit refuses in the morning.
const REFUSED: usize = 31;

/// A board on which people work, and the recipe that carries what they do.
struct Desk {
    number: usize,
    name: &'static str,
    connection: &'static str,
    object: &'static str,
    items: usize,
    columns: &'static [(&'static str, &'static str)],
    fields: &'static [(&'static str, &'static str)],
}

const DESKS: [Desk; 5] = [
    Desk {
        number: 1,
        name: "Trade fair contacts",
        connection: PROD,
        object: "Contact",
        items: 1_404,
        columns: &[("job", "text"), ("town", "text")],
        fields: &[("LastName", "name"), ("Title", "job"), ("MailingCity", "town")],
    },
    Desk {
        number: 2,
        name: "Inbound leads",
        connection: PROD,
        object: "Lead",
        items: 11,
        columns: &[("firm", "text"), ("job", "text")],
        fields: &[("LastName", "name"), ("Company", "firm"), ("Title", "job")],
    },
    Desk {
        number: 3,
        name: "Reseller accounts",
        connection: PROD,
        object: "Account",
        items: 1,
        columns: &[("town", "text")],
        fields: &[("Name", "name"), ("BillingCity", "town")],
    },
    Desk {
        number: 4,
        name: "Deal desk",
        connection: SYNC,
        object: "Opportunity",
        items: 187,
        columns: &[("phase", "text"), ("close", "date"), ("next", "text")],
        fields: &[("Name", "name"), ("StageName", "phase"), ("CloseDate", "close"), ("NextStep", "next")],
    },
    Desk {
        number: 5,
        name: "Front desk",
        connection: SYNC,
        object: "Contact",
        items: 120,
        columns: &[("line", "text"), ("job", "text")],
        fields: &[("LastName", "name"), ("Phone", "line"), ("Title", "job")],
    },
];

/// The recipes that bring whole objects to the boards that come with the account.
pub(super) const MIRRORS: [(usize, &str, &str, &str, &[(&str, &str)]); 4] = [
    (
        6,
        "Leads to the board",
        "Lead",
        "Leads",
        &[("Name", "name"), ("Company", "company"), ("Title", "title"), ("Status", "status")],
    ),
    (
        8,
        "Contacts to the board",
        "Contact",
        "Contacts",
        &[("Name", "name"), ("Title", "title"), ("Department", "department")],
    ),
    (
        9,
        "Accounts to the board",
        "Account",
        "Accounts",
        &[("Name", "name"), ("BillingCity", "city"), ("Industry", "industry")],
    ),
    (
        10,
        "Opportunities to the board",
        "Opportunity",
        "Opportunities",
        &[("Name", "name"), ("StageName", "stage"), ("Amount", "amount"), ("CloseDate", "close_date")],
    ),
];

/// What small recipes carry to boards of their own: object, field shown, a record's key, and what the board is for.
const SMALL: [(&str, &str, &str, &str); 3] = [
    ("Contact", "Title", "CON", "Key contacts"),
    ("Lead", "Company", "LEAD", "Webinar leads"),
    ("Opportunity", "NextStep", "OPP", "Renewals"),
];

/// The number of the first half of the pair; the next one is its other half.
const PAIR: usize = 15;
/// What the pair carries: two contacts of the org, and whatever people write down on its board.
const PAIR_NAME: &str = "Partner contacts";
const PAIR_CONDITION: &str = "External_Id__c in ('CON-000030', 'CON-000032')";
const PAIR_FIELDS: [(&str, &str); 3] = [("LastName", "name"), ("Title", "job"), ("Department", "team")];

/// The moments at which recipes were made.
const MADE: [(&str, &str, usize); 3] = [
    ("2025-01-08 09:00:00", "ana", 30),
    ("2025-03-17 10:00:00", "mkay", 60),
    ("2025-09-03 08:00:00", "ana", RECIPES),
];

pub(super) async fn play(stage: &mut Stage) -> Result<(), Mishap> {
    let mut records = BTreeMap::new();
    for (object, ..) in SMALL {
        records.append(&mut stage.records(object).await?);
    }
    let mut script = Script { stage, over_prod: 0, items: Map::new(), records };
    script.found().await?;
    script.weeks_before().await?;
    script.morning().await?;
    script.fall().await?;
    script.stage.run("2025-11-22 09:40:40").await
}

struct Script<'a> {
    stage: &'a mut Stage,
    over_prod: usize,
    /// The ids of the items of each desk.
    items: Map<String, Value>,
    /// The ids of records by their external ids.
    records: BTreeMap<String, String>,
}

impl Script<'_> {
    /// Connections and recipes, over the year.
    async fn found(&mut self) -> Result<(), Mishap> {
        let mut next = 1;
        for (at, who, until) in MADE {
            self.stage.set_clock(at, false);
            let engine = self.stage.engine().await?;
            let me = person(who);
            if next == 1 {
                for draft in [
                    self.stage.salesforce(PROD, Some(PROD_USER))?,
                    self.stage.salesforce(SYNC, None)?,
                    self.stage.boards("acme-boards"),
                ] {
                    engine.add_connection(draft, &me).await?;
                }
            }
            while next <= until {
                let draft = self.recipe(next).await?;
                let made = engine.create_recipes(&draft, false, &me).await?;
                for id in made {
                    if id != RecipeId(u32::try_from(next)?) {
                        return Err(format!("recipe {next} became {id}").into());
                    }
                    next += 1;
                }
            }
            self.stage.rest().await?;
            if at == MADE[1].0 {
                let paused = PAUSED.map(|number| RecipeId(u32::try_from(number).unwrap_or(0)));
                engine.act_on_recipes(&paused, Act::Pause, Some("the campaign is over"), &me).await?;
            }
            engine.stop(2_000).await;
        }
        Ok(())
    }

    async fn recipe(&mut self, number: usize) -> Result<RecipeDraft, Mishap> {
        if let Some(desk) = DESKS.iter().find(|desk| desk.number == number) {
            let name = self.stage.cast.says(desk.name, number);
            let board = self.stage.board(&name, desk.columns).await?;
            self.over_prod += usize::from(desk.connection == PROD);
            self.items.insert(desk.name.into(), json!({ "board": board }));
            return Ok(draft(
                name,
                Template::ItemToRecord,
                desk.connection,
                desk.object,
                board,
                "",
                desk.fields,
            ));
        }
        if let Some((_, name, object, board, fields)) = MIRRORS.iter().find(|mirror| mirror.0 == number) {
            let name = self.stage.cast.says(name, number);
            let mut mirror = draft(name, Template::RecordToItem, SYNC, object, (*board).into(), "", fields);
            if self.stage.plot.per_second() > 0 {
                mirror.every_ms = Some(SECOND);
            }
            return Ok(mirror);
        }
        if number == PAIR {
            return self.pair().await;
        }
        let kind = SMALL.get(number % SMALL.len()).ok_or("no such recipe")?;
        let (object, field, key, what) = *kind;
        let name = self.stage.cast.says(&format!("{what} {number}"), number);
        let board = self.stage.board(&name, &[("about", "text")]).await?;
        let left = RECIPES - number + 1;
        let fits = !UNUSED.contains(&number) || UNUSED_OVER_PROD.contains(&number);
        let due = number % 5 > 1 || OVER_PROD - self.over_prod >= left;
        let prod = self.over_prod < OVER_PROD && fits && due;
        self.over_prod += usize::from(prod);
        let condition = format!("External_Id__c = '{key}-{:06}'", number * 2);
        let connection = if prod { PROD } else { SYNC };
        let fields = [("Name", "name"), (field, "about")];
        let mut small = draft(name, Template::RecordToItem, connection, object, board, &condition, &fields);
        small.seasonal = SEASONAL.contains(&number);
        Ok(small)
    }

    /// The pair, on a board on which people of both systems meet.
    async fn pair(&mut self) -> Result<RecipeDraft, Mishap> {
        let name = self.stage.cast.says(PAIR_NAME, PAIR);
        let board = self.stage.board(&name, &[("job", "text"), ("team", "text")]).await?;
        self.items.insert(PAIR_NAME.into(), json!({ "board": board }));
        let mut pair =
            draft(name, Template::TwoWayItem, SYNC, "Contact", board, PAIR_CONDITION, &PAIR_FIELDS);
        if self.stage.plot.per_second() > 0 {
            // Looking more often, on both sides, would leave no stillness in which a scene can end.
            pair.every_ms = Some(10 * SECOND);
        }
        Ok(pair)
    }

    /// Two people write down whom they met.
    fn meet(&mut self) -> Result<(), Mishap> {
        let met = |name: &str, job: &str| {
            let name = self.stage.cast.says(name, PAIR);
            Map::from_iter([("name".to_owned(), json!(name)), ("job".to_owned(), json!(job))])
        };
        let create = vec![met("Okafor", "Partner manager"), met("Lindqvist", "Head of alliances")];
        let board = self.items.get(PAIR_NAME).and_then(|known| known.get("board")).and_then(Value::as_str);
        self.stage.edit("monday", board.ok_or("no board")?, &Edits { create, ..Edits::default() }).map(drop)
    }

    /// What keeps most recipes in use: people work in both systems.
    async fn weeks_before(&mut self) -> Result<(), Mishap> {
        self.stage.set_clock("2025-11-19 14:00:00", false);
        for desk in &DESKS {
            let create = (0..desk.items).map(|at| self.item(desk, at)).collect();
            let board = self.board(desk)?;
            let made = self.stage.edit("monday", &board, &Edits { create, ..Edits::default() })?;
            let ids = made.get("created").cloned().ok_or("no ids of items")?;
            self.items.insert(desk.name.into(), json!({ "board": board, "ids": ids }));
        }
        self.meet()?;
        for (object, field, key, _) in SMALL {
            let numbers = (1..=RECIPES).filter(|number| !UNUSED.contains(number));
            self.update(object, field, key, numbers, "November")?;
        }
        self.stage.run("2025-11-19 14:05:00").await?;
        self.update("Contact", "Title", "CON", 100..220, "yesterday")?;
        self.update("Lead", "Company", "LEAD", 100..160, "yesterday")?;
        self.stage.run("2025-11-21 09:30:00").await
    }

    /// The morning until the connection falls.
    async fn morning(&mut self) -> Result<(), Mishap> {
        self.update("Lead", "Company", "LEAD", 200..290, "early")?;
        self.update("Contact", "Title", "CON", 250..310, "early")?;
        self.stage.run("2025-11-22 06:10:00").await?;

        // Somebody pastes all numbers of a family into one field.
        let number = |at: usize, of: usize| format!("+34 600 {:03} {:03}", at, of * 111);
        let long = |at: usize| (1..=4).map(|of| number(at, of)).collect::<Vec<_>>().join(" / ");
        self.change("Front desk", 82, "line", &long)?;
        self.stage.run("2025-11-22 07:30:00").await?;

        self.crowd("2025-11-22 08:02:00").await?;

        // A nightly job of somebody else holds the opportunities.
        let fault = json!([{ "id": "job", "match": { "system": "salesforce", "path_regex": "composite/sobjects" }, "effect": { "kind": "lock" } }]);
        self.stage.faults(Some(&fault))?;
        self.change("Deal desk", 187, "next", &|at| format!("Call back about offer {at}"))?;
        // Eight tries, the last before ten past nine: then all of them are parked, however the dice fell.
        for at in
            ["08:55:00", "08:55:10", "08:55:30", "08:56:10", "08:57:30", "09:00:00", "09:05:00", "09:09:30"]
        {
            self.stage.run(&format!("2025-11-22 {at}")).await?;
        }
        self.stage.faults(None)
    }

    /// People try to make recipes where none fits any more.
    async fn crowd(&mut self, at: &str) -> Result<(), Mishap> {
        self.stage.set_clock(at, false);
        let engine = self.stage.engine().await?;
        let fields = [("Name", "name")];
        let draft =
            draft("One more".into(), Template::RecordToItem, SYNC, "Lead", "Leads".into(), "", &fields);
        for _ in 0..REFUSED {
            if engine.create_recipes(&draft, false, &person("ana")).await.is_ok() {
                return Err("the limit does not hold".into());
            }
        }
        self.stage.rest().await?;
        engine.stop(2_000).await;
        Ok(())
    }

    /// An administrator withdraws the authorisation while three boards' changes are under way.
    async fn fall(&mut self) -> Result<(), Mishap> {
        self.stage.set_clock("2025-11-22 09:14:00", false);
        let engine = self.stage.engine().await?;
        self.stage.rest().await?;
        self.stage.set_clock("2025-11-22 09:14:03", true);
        for desk in DESKS.iter().filter(|desk| desk.connection == PROD) {
            let Some((column, _)) = desk.columns.first() else { continue };
            self.change(desk.name, desk.items, column, &|at| format!("after the fair {at}"))?;
        }
        // The answer that ends it comes only when everything else is on its way.
        let slow = json!([{ "id": "slow", "match": { "system": "salesforce", "path_regex": "oauth2/token" }, "effect": { "kind": "delay", "ms": 3_000 } }]);
        self.stage.faults(Some(&slow))?;
        self.stage.control("salesforce", "revoke", &json!({ "username": PROD_USER }))?;
        engine.run_recipe(RecipeId(1), false, &person("jlee")).await?;
        self.stage.falls(PROD).await?;
        self.stage.rest().await?;
        engine.stop(2_000).await;
        self.stage.faults(None)
    }

    fn board(&self, desk: &Desk) -> Result<String, Mishap> {
        let board = self.items.get(desk.name).and_then(|known| known.get("board")).and_then(Value::as_str);
        Ok(board.ok_or("no board")?.to_owned())
    }

    fn item(&self, desk: &Desk, at: usize) -> Map<String, Value> {
        let first = ["Maria", "Luca", "Noa", "Chloé", "Jin", "Omar", "Zoë", "Ana"];
        let last = ["Lopez", "Bianchi", "Cohen", "Martin", "Lee", "Haddad", "Müller", "Ruiz", "Novak"];
        let pick = |names: &[&'static str]| names.get(at % names.len().max(1)).copied().unwrap_or_default();
        let (first, last) = (pick(&first), pick(&last));
        let name = match desk.object {
            "Account" | "Opportunity" => format!("{last} & Sons {at}"),
            _ => format!("{first} {last} {at}"),
        };
        let mut item = Map::new();
        item.insert("name".into(), json!(self.stage.cast.says(&name, at)));
        for (column, _) in desk.columns {
            let value = match *column {
                "phase" => json!("Prospecting"),
                "close" => json!({ "date": "2026-03-31" }),
                "line" => json!(format!("+34 600 {:03} {:03}", at / 7, at * 3 % 1000)),
                "firm" => json!(format!("{last} Ltd")),
                "town" => json!("Madrid"),
                _ => json!("Buyer"),
            };
            item.insert((*column).into(), value);
        }
        item
    }

    /// People change one column of the first `count` items of a desk.
    fn change(
        &self,
        desk: &str,
        count: usize,
        column: &str,
        value: &dyn Fn(usize) -> String,
    ) -> Result<(), Mishap> {
        let known = self.items.get(desk).ok_or("no such desk")?;
        let ids = known.get("ids").and_then(Value::as_array).ok_or("no items")?;
        let update = ids.iter().take(count).enumerate().map(|(at, id)| {
            let text = self.stage.cast.says(&value(at), at);
            Map::from_iter([("id".to_owned(), id.clone()), (column.to_owned(), json!(text))])
        });
        let edits = Edits { update: update.collect(), ..Edits::default() };
        self.stage.edit("monday", known.get("board").and_then(Value::as_str).unwrap_or_default(), &edits)?;
        Ok(())
    }

    /// People change a field of records in Salesforce.
    fn update(
        &self,
        object: &str,
        field: &str,
        key: &str,
        numbers: impl Iterator<Item = usize>,
        when: &str,
    ) -> Result<(), Mishap> {
        for number in numbers {
            let external = format!("{key}-{:06}", number * 2);
            let text = self.stage.cast.says(&format!("Changed in {when}, {number}"), number);
            let Some(id) = self.records.get(&external) else { continue };
            let update =
                vec![Map::from_iter([("Id".to_owned(), json!(id)), (field.to_owned(), json!(text))])];
            self.stage.edit("salesforce", object, &Edits { update, ..Edits::default() })?;
        }
        Ok(())
    }
}

pub(super) fn draft(
    name: String,
    template: Template,
    connection: &str,
    object: &str,
    container: String,
    condition: &str,
    fields: &[(&str, &str)],
) -> RecipeDraft {
    RecipeDraft {
        id: None,
        name: name.into(),
        account: None,
        template,
        salesforce: connection.into(),
        target: "acme-boards".into(),
        object: object.into(),
        container: container.into(),
        section: None,
        condition: condition.into(),
        fields: fields.iter().map(|(ours, theirs)| ((*ours).into(), (*theirs).into())).collect(),
        deletion: Deletion::Archive,
        conflicts: Conflicts::SalesforceWins,
        backfill: true,
        every_ms: Some(15 * MINUTE),
        seasonal: false,
        create_missing: false,
        matching: Vec::new(),
        default_owner: None,
    }
}
