//! Questions in SOQL. Names are checked and texts escaped here, so that nothing a person or a record says can
//! become part of a query.

use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::id::{FieldName, RemoteId};
use crate::domain::time::Stamp;
use crate::ports::Mark;

/// Returns `name` when it is the name of an object or of a field, the latter with up to five parents.
pub(super) fn identifier(name: &str) -> Result<&str, Failure> {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if name.split('.').count() <= 6 && name.split('.').all(plain) {
        return Ok(name);
    }
    let mut failure =
        Failure::new(Kind::Permanent, Class::Map, "INVALID_FIELD", &format!("{name:?} is not a field name"));
    failure.fields.push(name.into());
    Err(failure)
}

/// Returns `text` as a literal.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// Returns the fields to select, none twice: Salesforce refuses that.
pub(super) fn selected<'a>(
    always: &[&'a str],
    fields: impl IntoIterator<Item = &'a FieldName>,
) -> Result<Vec<&'a str>, Failure> {
    let mut all: Vec<&str> = Vec::new();
    for name in always.iter().copied().chain(fields.into_iter().map(FieldName::as_str)) {
        let name = identifier(name)?;
        if !all.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            all.push(name);
        }
    }
    Ok(all)
}

/// Returns the query for everything that changed after `mark`, oldest change first.
pub(super) fn changes(object: &str, fields: &[&str], mark: &Mark) -> Result<String, Failure> {
    between(object, fields, mark, None)
}

/// Returns the query for everything that changed after `mark` and before `end`, oldest change first.
pub(super) fn between(
    object: &str,
    fields: &[&str],
    mark: &Mark,
    end: Option<Stamp>,
) -> Result<String, Failure> {
    let mut query = behind(object, fields, mark)?;
    if let Some(end) = end.filter(|_| begins(mark)) {
        query.push_str(" AND SystemModstamp < ");
        query.push_str(&end.to_string());
    }
    query.push_str(" ORDER BY SystemModstamp, Id");
    Ok(query)
}

fn begins(mark: &Mark) -> bool {
    mark.at > Stamp::ZERO || !mark.id.is_empty()
}

/// Returns the query for everything that changed after `mark`, in no order. That is how Salesforce wants large jobs: it
/// reads by id, piece by piece; put in order they would be one query that runs too long.
pub(super) fn behind(object: &str, fields: &[&str], mark: &Mark) -> Result<String, Failure> {
    let object = identifier(object)?;
    let mut query = format!("SELECT {} FROM {object}", fields.join(", "));
    if begins(mark) {
        let at = mark.at;
        let condition = if mark.id.is_empty() {
            format!(" WHERE SystemModstamp >= {at}")
        } else {
            let id = quoted(&mark.id);
            format!(" WHERE (SystemModstamp > {at} OR (SystemModstamp = {at} AND Id > {id}))")
        };
        query.push_str(&condition);
    }
    Ok(query)
}

/// Returns the query for the records of which a parent changed since then.
pub(super) fn of_parents(
    object: &str,
    fields: &[&str],
    relations: &[String],
    since: Stamp,
) -> Result<String, Failure> {
    let object = identifier(object)?;
    let mut conditions = Vec::with_capacity(relations.len());
    for relation in relations {
        conditions.push(format!("{}.SystemModstamp >= {since}", identifier(relation)?));
    }
    Ok(format!("SELECT {} FROM {object} WHERE {}", fields.join(", "), conditions.join(" OR ")))
}

/// Returns the query for the records whose `field` is one of `keys`.
pub(super) fn among(
    object: &str,
    fields: &[&str],
    field: &str,
    keys: &[RemoteId],
) -> Result<String, Failure> {
    let keys: Vec<_> = keys.iter().map(|key| quoted(key.as_str())).collect();
    let (object, field) = (identifier(object)?, identifier(field)?);
    Ok(format!("SELECT {} FROM {object} WHERE {field} IN ({})", fields.join(", "), keys.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_begins_goes_on_and_breaks_ties() {
        let fields = ["Id", "SystemModstamp", "Name"];
        let at: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
        let query = |at, id: &str| changes("Lead", &fields, &Mark { at, id: id.into() }).unwrap();
        assert_eq!(
            query(Stamp::ZERO, ""),
            "SELECT Id, SystemModstamp, Name FROM Lead ORDER BY SystemModstamp, Id"
        );
        assert_eq!(
            query(at, ""),
            "SELECT Id, SystemModstamp, Name FROM Lead WHERE SystemModstamp >= 2025-11-22T09:41:07Z \
             ORDER BY SystemModstamp, Id"
        );
        assert_eq!(
            query(at, "00Q000000000001AAA"),
            "SELECT Id, SystemModstamp, Name FROM Lead WHERE (SystemModstamp > 2025-11-22T09:41:07Z OR \
             (SystemModstamp = 2025-11-22T09:41:07Z AND Id > '00Q000000000001AAA')) ORDER BY SystemModstamp, Id"
        );
    }

    #[test]
    fn parents_are_asked_for_by_their_own_stamps() {
        let at: Stamp = "2025-11-22T09:41:07Z".parse().unwrap();
        let relations = ["Account", "Above__r"].map(str::to_owned);
        assert_eq!(
            of_parents("Contact", &["Id", "Account.Name"], &relations, at).unwrap(),
            "SELECT Id, Account.Name FROM Contact WHERE Account.SystemModstamp >= 2025-11-22T09:41:07Z OR \
             Above__r.SystemModstamp >= 2025-11-22T09:41:07Z"
        );
        assert!(of_parents("Contact", &["Id"], &["Account.Name = '' OR Account".to_owned()], at).is_err());
    }

    #[test]
    fn nothing_can_be_smuggled_in() {
        for name in ["Name FROM User--", "Name, Email", "", "1x", "a..b", ".a", "a.", "a.b.c.d.e.f.g", "N(a)"]
        {
            assert!(identifier(name).is_err(), "{name:?}");
        }
        for name in ["Name", "ns__Field__c", "Account.Owner.Name"] {
            assert!(identifier(name).is_ok(), "{name:?}");
        }
        let query = among("Lead", &["Id"], "Key__c", &["a' OR Id != '".into(), "b\\".into()]).unwrap();
        assert_eq!(query, r"SELECT Id FROM Lead WHERE Key__c IN ('a\' OR Id != \'', 'b\\')");
    }

    #[test]
    fn no_field_is_selected_twice() {
        let asked: Vec<FieldName> = ["id", "Email", "EMAIL"].map(FieldName::from).into();
        assert_eq!(selected(&["Id", "SystemModstamp"], &asked).unwrap(), ["Id", "SystemModstamp", "Email"]);
    }
}
