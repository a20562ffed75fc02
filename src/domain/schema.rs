//! What a container's fields are, in one vocabulary for all systems, and which of them go together.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{ContainerId, FieldName, ObjectName};

/// The fields of one container, as its system describes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The container described.
    pub container: ContainerId,
    /// What people call it.
    pub title: Arc<str>,
    /// Its fields, in the system's order.
    pub fields: Vec<FieldSchema>,
}

impl Schema {
    /// Returns the field called `name`; Salesforce does not mind the case of a name, so neither does this.
    pub fn field(&self, name: &str) -> Option<&FieldSchema> {
        self.fields
            .iter()
            .find(|field| field.name.as_str() == name)
            .or_else(|| self.fields.iter().find(|field| field.name.as_str().eq_ignore_ascii_case(name)))
    }
}

/// One field or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSchema {
    /// The system's own name of the field.
    pub name: FieldName,
    /// What people call it.
    pub label: Arc<str>,
    /// The system's own name of its type, for messages (`multipicklist`, `long_text`).
    pub native: Arc<str>,
    /// What it can hold.
    pub shape: Shape,
    /// Whether a value can be given when a record is created.
    pub createable: bool,
    /// Whether a value can be changed later.
    pub updateable: bool,
    /// Whether a record cannot be created without it.
    pub required: bool,
    /// The most characters it takes.
    pub max_length: Option<u32>,
    /// Decimal places of a number.
    pub scale: Option<u8>,
    /// The choices of a choice field.
    pub options: Vec<Arc<str>>,
    /// Whether a choice outside `options` is refused.
    pub restricted: bool,
    /// What a reference may point to.
    pub references: Vec<ObjectName>,
}

impl FieldSchema {
    /// Returns a plain, writable field of `shape`; the connectors fill in what they know beyond that.
    pub fn new(name: impl Into<FieldName>, native: &str, shape: Shape) -> Self {
        let name = name.into();
        Self {
            label: name.as_str().into(),
            name,
            native: native.into(),
            shape,
            createable: true,
            updateable: true,
            required: false,
            max_length: None,
            scale: None,
            options: Vec::new(),
            restricted: false,
            references: Vec::new(),
        }
    }
}

/// What a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// The record's own id.
    Key,
    /// Yes or no.
    Bool,
    /// One of several words.
    Choice,
    /// Any number of several words.
    Choices,
    /// One line of text.
    Text,
    /// Text of a kind that is prescribed: a country, a time zone, a time of day, two dates.
    Coded,
    /// Several lines of text.
    LongText,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A number of hundredths.
    Percent,
    /// A day.
    Day,
    /// A point in time.
    Instant,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Link,
    /// A postal address in one piece.
    Address,
    /// A user of the system.
    Person,
    /// Another record.
    Reference,
    /// Something that syncdeck does not carry, refused by name.
    Unsupported,
    /// Items of other boards, by their ids.
    Relation,
    /// A country, by its name or its code.
    Country,
}

/// The form in which the values of both sides of a mapped field are compared.
///
/// It is chosen once, when the mapping is checked, and stored with it: from then on neither the observer nor
/// the planner needs a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// Text, trimmed, with plain line ends.
    Text,
    /// Text as for [`Form::Text`], of which the case does not matter (an e-mail address).
    Caseless,
    /// A number with so many decimal places.
    Number(u8),
    /// Yes or no; nothing counts as no.
    Bool,
    /// A day.
    Day,
    /// A point in time, to the second.
    Instant,
    /// A set of words.
    Words,
    /// A telephone number: its digits and a leading plus.
    Phone,
    /// The user whom a record belongs to, in the common form of `people`: there always is one.
    Owner,
    /// A user, or none.
    Person,
    /// Another record that has a counterpart of its own, told by its Salesforce id (see `parents`).
    Parent,
    /// The name of another record, as the record itself shows it.
    ParentName,
    /// The address of another record, told by its Salesforce id.
    ParentLink,
    /// A country by its English name, however it was written; text that names none as [`Form::Text`].
    Country,
}

/// Returns the form in which `from` can be written to `to`, or `None` where the two do not go together.
pub fn form(from: &FieldSchema, to: &FieldSchema) -> Option<Form> {
    use Shape::{
        Address, Bool, Choice, Choices, Coded, Country, Day, Email, Instant, Integer, Key, Link, LongText,
        Number, Percent, Person, Phone, Reference, Relation, Text, Unsupported,
    };
    let scale = || from.scale.unwrap_or(15).min(to.scale.unwrap_or(15));
    let of_user = |field: &FieldSchema| field.references.iter().any(|object| object.as_str() == "User");
    let user =
        |field: &FieldSchema| if field.name.as_str() == "OwnerId" { Form::Owner } else { Form::Person };
    Some(match (from.shape, to.shape) {
        (Reference, Person) if of_user(from) => user(from),
        (Person, Reference) if of_user(to) => user(to),
        (Reference, Relation) if !of_user(from) => Form::Parent,
        (Relation, Reference) if !of_user(to) => Form::Parent,
        (Reference, Text | LongText) if has_name(from) => Form::ParentName,
        (Reference, Link) => Form::ParentLink,
        (Unsupported | Person | Reference | Relation, _)
        | (_, Unsupported | Person | Reference | Relation | Key) => return None,
        (Email, Email | Text | LongText) | (Text, Email) => Form::Caseless,
        (Phone | Text, Phone) | (Phone, Text) => Form::Phone,
        (Country, Country | Text | LongText | Choice | Coded)
        | (Text | LongText | Choice | Coded, Country) => Form::Country,
        // Whatever it is, it can be read as text.
        (_, Text | LongText) => Form::Text,
        (Choice | Text | Coded, Choice) | (Choice, Choices) => Form::Text,
        // Whether it is one of the prescribed words, the value alone can tell.
        (Text | LongText | Choice | Coded, Coded) => Form::Text,
        (Choices, Choices) => Form::Words,
        (Integer | Number | Percent, Integer) => Form::Number(0),
        (Integer, Number | Percent) => Form::Number(0),
        (Number | Percent, Number | Percent) => Form::Number(scale()),
        (Bool, Bool) => Form::Bool,
        (Day | Instant, Day) | (Day, Instant) => Form::Day,
        (Instant, Instant) => Form::Instant,
        (Link | Text, Link) => Form::Text,
        (Address | Text | LongText, Address) => Form::Text,
        _ => return None,
    })
}

/// Returns whether what a reference points to has a field `Name`.
fn has_name(field: &FieldSchema) -> bool {
    const OTHERWISE: [&str; 6] = ["Case", "Contract", "Task", "Event", "Solution", "Idea"];
    !field.references.iter().any(|object| OTHERWISE.contains(&object.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(shape: Shape) -> FieldSchema {
        FieldSchema::new("f", "f", shape)
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for (from, to) in [
            (Shape::Unsupported, Shape::Text),
            (Shape::Text, Shape::Unsupported),
            (Shape::Text, Shape::Key),
            (Shape::Bool, Shape::Number),
            (Shape::Text, Shape::Number),
            (Shape::Choices, Shape::Choice),
            (Shape::Email, Shape::Phone),
        ] {
            assert_eq!(form(&field(from), &field(to)), None, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_number_is_compared_in_the_coarser_scale() {
        let mut from = field(Shape::Number);
        from.scale = Some(4);
        let mut to = field(Shape::Number);
        to.scale = Some(2);
        assert_eq!(form(&from, &to), Some(Form::Number(2)));
    }

    #[test]
    fn every_pair_of_shapes_has_its_form() {
        use Shape::{
            Address, Bool, Choice, Choices, Coded, Country, Day, Email, Instant, Integer, Link, LongText,
            Number, Percent, Person, Phone, Text,
        };
        for (form_of, pairs) in [
            (Form::Caseless, &[(Email, Email), (Email, Text), (Email, LongText), (Text, Email)][..]),
            (Form::Phone, &[(Phone, Phone), (Text, Phone), (Phone, Text)]),
            (
                Form::Country,
                &[
                    (Country, Country),
                    (Country, Text),
                    (Country, LongText),
                    (Country, Choice),
                    (Country, Coded),
                    (Text, Country),
                    (LongText, Country),
                    (Choice, Country),
                    (Coded, Country),
                ],
            ),
            (
                Form::Text,
                &[
                    (Number, Text),
                    (Bool, LongText),
                    (Choice, Choice),
                    (Text, Choice),
                    (Coded, Choice),
                    (Choice, Choices),
                    (Text, Coded),
                    (LongText, Coded),
                    (Choice, Coded),
                    (Coded, Coded),
                    (Link, Link),
                    (Text, Link),
                    (Address, Address),
                    (Text, Address),
                    (LongText, Address),
                ],
            ),
            (Form::Words, &[(Choices, Choices)]),
            (
                Form::Number(0),
                &[
                    (Integer, Integer),
                    (Number, Integer),
                    (Percent, Integer),
                    (Integer, Number),
                    (Integer, Percent),
                ],
            ),
            (Form::Number(15), &[(Number, Number), (Percent, Number), (Number, Percent)]),
            (Form::Bool, &[(Bool, Bool)]),
            (Form::Day, &[(Day, Day), (Instant, Day), (Day, Instant)]),
            (Form::Instant, &[(Instant, Instant)]),
        ] {
            for (from, to) in pairs {
                assert_eq!(form(&field(*from), &field(*to)), Some(form_of), "{from:?} to {to:?}");
            }
        }
        assert_eq!(form(&field(Person), &field(Person)), None);
    }

    #[test]
    fn a_reference_is_told_by_what_it_points_to() {
        use Shape::{Bool, Link, LongText, Person, Reference, Relation, Text};
        let reference = |name: &str, object: &str| FieldSchema {
            references: vec![object.into()],
            ..FieldSchema::new(name, "reference", Reference)
        };
        let (owner, user) = (reference("OwnerId", "User"), reference("Manager__c", "User"));
        let (account, case) = (reference("AccountId", "Account"), reference("CaseId", "Case"));
        for (field_of, other, there, back) in [
            (&owner, Person, Some(Form::Owner), Some(Form::Owner)),
            (&user, Person, Some(Form::Person), Some(Form::Person)),
            (&account, Person, None, None),
            (&account, Relation, Some(Form::Parent), Some(Form::Parent)),
            (&user, Relation, None, None),
            (&account, Text, Some(Form::ParentName), None),
            (&account, LongText, Some(Form::ParentName), None),
            (&case, Text, None, None),
            (&case, Link, Some(Form::ParentLink), None),
            (&account, Bool, None, None),
        ] {
            let other = field(other);
            assert_eq!(
                (form(field_of, &other), form(&other, field_of)),
                (there, back),
                "{field_of:?} {other:?}"
            );
        }
    }
}
