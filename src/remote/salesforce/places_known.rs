//! States and countries as one org spells them.
//!
//! Where an org has picklists for them, each address has a field for the name and one for the code, which Salesforce
//! keeps in step; it takes the name only as the org spells it, and refuses any other. So what people write elsewhere, a
//! code or a name, is turned into what the field takes. Without picklists every text is as good as another.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::countries::named;
use crate::domain::value::Value;

/// What an org knows, by the field that holds the code, in lower case.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, Vec<(Arc<str>, Arc<str>)>>);

impl Places {
    /// Notes the codes and names that a field knows.
    pub(super) fn learn(&mut self, field: &str, known: Vec<(Arc<str>, Arc<str>)>) {
        let field = field.to_ascii_lowercase();
        if !known.is_empty() && (field.ends_with("statecode") || field.ends_with("countrycode")) {
            self.0.insert(field, known);
        }
    }

    /// Returns a value as the field takes it; what is not known goes as it is, and Salesforce says why not.
    pub(super) fn spelled<'v>(&self, field: &str, value: &'v Value) -> Cow<'v, Value> {
        let field = field.to_ascii_lowercase();
        let Some(text) = value.as_text().filter(|_| !self.0.is_empty()) else { return Cow::Borrowed(value) };
        let of_code = self.0.get(&field);
        let Some(known) = of_code.or_else(|| self.0.get(&format!("{field}code"))) else {
            return Cow::Borrowed(value);
        };
        let country = if field.contains("country") { named(text).map(|country| country.code) } else { None };
        let found = only(known, |(_, name)| same(name, text))
            .or_else(|| only(known, |(code, _)| same(code, text)))
            .or_else(|| country.and_then(|country| only(known, |(code, _)| same(code, country))));
        match found {
            Some((code, name)) => Cow::Owned(Value::text(if of_code.is_some() { &**code } else { &**name })),
            None => Cow::Borrowed(value),
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Returns the place that is meant; two countries may each have a state of that name, and then none is.
fn only(
    known: &[(Arc<str>, Arc<str>)],
    meant: impl Fn(&(Arc<str>, Arc<str>)) -> bool,
) -> Option<&(Arc<str>, Arc<str>)> {
    let mut found = known.iter().filter(|place| meant(place));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_turned_into_what_the_field_takes() {
        let list = |rows: &[(&str, &str)]| rows.iter().map(|(a, b)| (Arc::from(*a), Arc::from(*b))).collect();
        let mut places = Places::default();
        places.learn("BillingCountryCode", list(&[("US", "United States"), ("KR", "Korea, Republic of")]));
        places.learn(
            "BillingStateCode",
            list(&[("CA", "California"), ("WA", "Washington"), ("WA", "Western Australia")]),
        );
        for (field, given, taken) in [
            ("BillingCountryCode", "usa", "US"),
            ("BillingCountryCode", "United States", "US"),
            ("BillingCountry", "US", "United States"),
            ("BillingCountry", "South Korea", "Korea, Republic of"),
            ("BillingCountry", "Atlantis", "Atlantis"),
            ("BillingState", "CA", "California"),
            ("BillingState", "WA", "WA"),
            ("BillingStateCode", "california", "CA"),
            ("BillingStateCode", "Western Australia", "WA"),
            ("ShippingCountry", "USA", "USA"),
            ("Name", "CA", "CA"),
        ] {
            assert_eq!(*places.spelled(field, &Value::text(given)), Value::text(taken), "{field} {given}");
        }
        assert_eq!(*places.spelled("BillingState", &Value::Null), Value::Null);
    }
}
