//! A mapping proposed from what two schemas have in common: names, labels, types. Pure; a person has the last word.

use super::id::FieldName;
use super::mapping::agree;
use super::recipe::Direction;
use super::schema::{FieldSchema, Schema, Shape};

/// A field that can be mapped, with the fields of the other side that can stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The Salesforce field.
    pub field: FieldName,
    /// The fields of the other side that fit, best first.
    pub fits: Vec<FieldName>,
    /// Whether the first of them is so near that it is proposed.
    pub proposed: bool,
}

/// Words that mean the same on both sides, though nothing in them is alike.
const SAME: [(&str, &str); 12] = [
    ("annualrevenue", "revenue"),
    ("stagename", "stage"),
    ("closedate", "deadline"),
    ("activitydate", "due"),
    ("activitydate", "duedate"),
    ("ownerid", "owner"),
    ("ownerid", "person"),
    ("mobilephone", "mobile"),
    ("numberofemployees", "employees"),
    ("leadsource", "source"),
    ("description", "notes"),
    ("website", "url"),
];

/// Fields that people call a record by, best first; `Name` of a person cannot be written.
const CALLED: [&str; 6] = ["Name", "LastName", "Subject", "Title", "CaseNumber", "OrderNumber"];

/// Returns every Salesforce field that can be mapped, the proposed ones first, in the order of the schema.
pub fn propose(object: &Schema, container: &Schema, directions: &[Direction]) -> Vec<Offered> {
    let mut offers: Vec<(Vec<(u8, FieldName)>, &FieldSchema)> = Vec::new();
    let titles = called(object, container, directions);
    for field in object.fields.iter().filter(|field| !matches!(field.shape, Shape::Unsupported | Shape::Key))
    {
        let mut fits: Vec<(u8, FieldName)> = container
            .fields
            .iter()
            .filter(|other| agree(field, other, directions).is_ok())
            .map(|other| {
                let title = titles.is_some_and(|title| title == field) && is_title(other);
                (if title { 4 } else { likeness(field, other) }, other.name.clone())
            })
            .collect();
        let same_kind =
            |name: &FieldName| container.field(name.as_str()).is_some_and(|b| b.shape == field.shape);
        fits.sort_by_key(|(likeness, name)| std::cmp::Reverse((*likeness, same_kind(name))));
        if !fits.is_empty() {
            offers.push((fits, field));
        }
    }
    // Whoever is nearest to a field of the other side gets it; it is written by one alone.
    let mut taken: Vec<FieldName> = Vec::new();
    let mut chosen: Vec<Option<FieldName>> = vec![None; offers.len()];
    for level in (2..=4).rev() {
        for ((fits, _), chosen) in offers.iter().zip(&mut chosen) {
            let near = fits.iter().find(|(likeness, name)| *likeness == level && !taken.contains(name));
            if let (None, Some((_, name))) = (&*chosen, near) {
                taken.push(name.clone());
                *chosen = Some(name.clone());
            }
        }
    }
    let mut all: Vec<Offered> = offers
        .into_iter()
        .zip(chosen)
        .map(|((fits, field), chosen)| {
            let mut fits: Vec<FieldName> = fits.into_iter().map(|(_, name)| name).collect();
            if let Some(name) = &chosen {
                fits.retain(|other| other != name);
                fits.insert(0, name.clone());
            }
            Offered { field: field.name.clone(), fits, proposed: chosen.is_some() }
        })
        .collect();
    all.sort_by_key(|offer| !offer.proposed);
    all
}

/// The field whose value names the records on the other side.
fn called<'a>(object: &'a Schema, container: &Schema, directions: &[Direction]) -> Option<&'a FieldSchema> {
    let title = container.fields.iter().find(|field| is_title(field))?;
    CALLED.iter().filter_map(|name| object.field(name)).find(|field| agree(field, title, directions).is_ok())
}

fn is_title(field: &FieldSchema) -> bool {
    field.name.as_str() == "name" && field.required
}

/// How near two fields are: 3 the same name, 2 a part of it, 0 nothing in common.
fn likeness(a: &FieldSchema, b: &FieldSchema) -> u8 {
    let ours = [plain(a.name.as_str()), plain(&a.label)];
    let theirs = [plain(b.name.as_str()), plain(&b.label)];
    let any = |test: &dyn Fn(&str, &str) -> bool| ours.iter().any(|x| theirs.iter().any(|y| test(x, y)));
    if any(&|x, y| x == y) {
        return 3;
    }
    if any(&|x, y| SAME.contains(&(x, y))) {
        return 2;
    }
    let within = |x: &str, y: &str| y.len() > 4 && x.ends_with(y) || x.len() > 4 && y.ends_with(x);
    u8::from(any(&within)) * 2
}

/// Letters and digits alone, in lower case, without the ending of a custom field.
fn plain(name: &str) -> String {
    let name = name.strip_suffix("__c").unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, label: &str, shape: Shape) -> FieldSchema {
        FieldSchema { label: label.into(), ..FieldSchema::new(name, "x", shape) }
    }

    fn schema(fields: Vec<FieldSchema>) -> Schema {
        Schema { container: "c".into(), title: "c".into(), fields }
    }

    fn proposed(offers: &[Offered]) -> Vec<(&str, &str)> {
        let near = offers.iter().filter(|offer| offer.proposed);
        near.map(|offer| (offer.field.as_str(), offer.fits[0].as_str())).collect()
    }

    #[test]
    fn names_labels_and_types_decide() {
        let name =
            FieldSchema { createable: false, updateable: false, ..field("Name", "Full Name", Shape::Text) };
        let object = schema(vec![
            field("Id", "Id", Shape::Key),
            name,
            field("LastName", "Last Name", Shape::Text),
            field("Email", "Email", Shape::Email),
            field("AnnualRevenue", "Annual Revenue", Shape::Number),
            field("Plan__c", "Plan", Shape::Choice),
            field("IsDone", "Done", Shape::Bool),
        ]);
        let title = FieldSchema { required: true, ..field("name", "Name", Shape::Text) };
        let board = schema(vec![
            title,
            field("text7", "E-mail", Shape::Text),
            field("email", "E-mail", Shape::Email),
            field("numbers", "Revenue", Shape::Number),
            field("status", "Plan", Shape::Choice),
            field("done", "Done", Shape::Number),
        ]);
        let from = propose(&object, &board, &[Direction::FromSalesforce]);
        let expected =
            [("Name", "name"), ("Email", "email"), ("AnnualRevenue", "numbers"), ("Plan__c", "status")];
        assert_eq!(proposed(&from), expected);
        // What cannot be written is not proposed for the way back; a number is no yes or no.
        let both = propose(&object, &board, &[Direction::FromSalesforce, Direction::ToSalesforce]);
        assert_eq!(proposed(&both)[0], ("LastName", "name"));
        assert!(!both.iter().any(|offer| offer.field.as_str() == "Name"));
        let done = from.iter().find(|offer| offer.field.as_str() == "IsDone");
        assert!(done.is_none_or(|offer| !offer.fits.iter().any(|name| name.as_str() == "done")));
    }

    #[test]
    fn one_field_is_proposed_to_one_alone() {
        let object = schema(vec![
            field("Phone", "Phone", Shape::Phone),
            field("HomePhone", "Home Phone", Shape::Phone),
        ]);
        let board = schema(vec![field("phone", "Phone", Shape::Phone)]);
        assert_eq!(proposed(&propose(&object, &board, &[Direction::FromSalesforce])), [("Phone", "phone")]);
    }

    #[test]
    fn a_name_that_ends_in_the_other_is_near_unless_that_is_too_short() {
        let near = |a: &str, b: &str| likeness(&field(a, a, Shape::Text), &field(b, b, Shape::Text));
        assert_eq!((near("Work_Phone__c", "phone"), near("phone", "WorkPhone")), (2, 2));
        assert_eq!((near("FirstName", "name"), near("Name", "full name")), (0, 0), "four letters say little");
        assert_eq!((near("Email", "E-Mail"), near("Email", "Phone"), near("Website", "URL")), (3, 0, 2));
    }

    #[test]
    fn the_title_is_the_required_name_and_what_is_proposed_comes_first() {
        let object = schema(vec![
            field("Colour", "Colour", Shape::Text),
            field("LastName", "Last Name", Shape::Text),
            field("Phone", "Phone", Shape::Phone),
        ]);
        let title = |required| FieldSchema { required, ..field("name", "Item", Shape::Text) };
        let fields =
            |title| vec![field("text1", "Notes", Shape::Text), title, field("tel", "Phone", Shape::Phone)];
        let from = [Direction::FromSalesforce];
        let offers = propose(&object, &schema(fields(title(true))), &from);
        assert_eq!(proposed(&offers), [("LastName", "name"), ("Phone", "tel")]);
        let all: Vec<_> = offers.iter().map(|offer| (offer.field.as_str(), offer.proposed)).collect();
        assert_eq!(all, [("LastName", true), ("Phone", true), ("Colour", false)]);
        let fits: Vec<&str> = offers[0].fits.iter().map(FieldName::as_str).collect();
        assert_eq!(fits, ["name", "text1", "tel"], "the others can still be chosen");
        // A field that only happens to be called so is none that every record has.
        let offers = propose(&object, &schema(fields(title(false))), &from);
        assert_eq!(proposed(&offers), [("Phone", "tel")]);
    }
}
