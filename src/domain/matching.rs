//! Whether a record that exists already is the counterpart of one that is about to be made, as a pure function of
//! what both hold in the fields that a recipe matches by.

use super::id::RemoteId;
use super::mapping::Mapping;
use super::value::Value;

/// The code of a record that several others could be the counterpart of.
pub const SEVERAL_MATCHES: &str = "SEVERAL_MATCHES";

/// How many candidates an error names.
const NAMED: usize = 5;

/// How many characters of a candidate's name it tells.
const LONGEST_NAME: usize = 60;

/// A record that may be the counterpart of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its id.
    pub id: &'a RemoteId,
    /// What people call it.
    pub name: &'a str,
}

/// Returns what a record is recognised by; `None` where it leaves one of the fields empty: two records without an
/// e-mail address are not the same person.
pub fn features<'v>(values: &'v [Value], matching: &[u16]) -> Option<Vec<&'v Value>> {
    let features: Option<Vec<&Value>> = matching.iter().map(|at| values.get(usize::from(*at))).collect();
    features.filter(|features| !features.is_empty() && features.iter().all(|value| !value.is_null()))
}

/// Resolves the names by which a person chose the fields to match by; each may be the name on either side.
///
/// # Errors
/// The position of a name that no mapped pair has.
pub fn resolve(names: &[impl AsRef<str>], mapping: &Mapping) -> Result<Vec<u16>, usize> {
    let mut chosen = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let name = name.as_ref();
        let is = |field: &super::id::FieldName| field.as_str().eq_ignore_ascii_case(name);
        let pair = mapping.fields.iter().position(|map| is(&map.salesforce) || is(&map.target));
        let pair = pair.and_then(|pair| u16::try_from(pair).ok()).ok_or(at)?;
        if !chosen.contains(&pair) {
            chosen.push(pair);
        }
    }
    Ok(chosen)
}

/// Says which records could be the counterpart. What differs from record to record stands in one quotation, so that
/// all such errors are one cause.
pub fn several(candidates: &[Candidate<'_>]) -> String {
    let one = |candidate: &Candidate<'_>| {
        let name = candidate.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME);
        let name: String = name.map(|c| if c == '"' { '\'' } else { c }).collect();
        format!("{} {name}", candidate.id)
    };
    let mut told: Vec<String> = candidates.iter().take(NAMED).map(one).collect();
    if candidates.len() > NAMED {
        told.push(format!("and {} more", candidates.len() - NAMED));
    }
    format!("several records match: \"{}\"", told.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::normalised;

    #[test]
    fn what_is_empty_recognises_nobody() {
        let values = [Value::text("Ana"), Value::Null];
        assert_eq!(features(&values, &[0]), Some(vec![&values[0]]));
        assert_eq!(features(&values, &[0, 1]), None);
        assert_eq!(features(&values, &[7]), None);
        assert_eq!(features(&values, &[]), None, "without fields nothing is looked for");
    }

    #[test]
    fn candidates_are_named_within_bounds_and_make_one_cause() {
        let ids: Vec<RemoteId> = (0..9).map(|n| format!("10{n}").into()).collect();
        let all: Vec<_> = ids.iter().map(|id| Candidate { id, name: "A \"b\"\u{1b}[31m c" }).collect();
        let (two, nine) = (several(&all[..2]), several(&all));
        assert!(two.contains("100 A 'b'[31m c; 101"), "{two}");
        assert!(nine.contains("104") && !nine.contains("105") && nine.contains("and 4 more"), "{nine}");
        assert_eq!(normalised(&two), normalised(&nine));
        let five = several(&all[..5]);
        assert!(five.contains("104") && !five.contains("more"), "{five}");
    }

    #[test]
    fn a_pair_is_chosen_by_its_name_on_either_side() {
        let mapping = &crate::domain::recipe::tests::recipe(1).mapping;
        let resolve = |names: &[&str]| resolve(names, mapping);
        assert_eq!(resolve(&["ownerid", "name"]), Ok(vec![1, 0]));
        assert_eq!(resolve(&["Person", "relation"]), Ok(vec![1, 2]));
        assert_eq!(resolve(&["OwnerId", "person"]), Ok(vec![1]), "once");
        assert_eq!(resolve(&["Name", "Colour", "x"]), Err(1));
        assert_eq!(resolve(&[]), Ok(Vec::new()));
    }
}
