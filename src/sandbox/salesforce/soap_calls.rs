//! The calls of the SOAP API that REST does not have: merge, undelete, convertLead.

use super::call::{Answer, Call};
use super::error::ApiError;
use super::ids::Id;
use super::server::Inner;
use super::soap::{element, envelope, escaped, fault};

/// The calls that are served, by the name of their element.
const CALLS: [&str; 3] = ["merge", "undelete", "convertLead"];

/// The most records of one call.
const MOST: usize = 200;

/// What one record's part of an answer holds, or what was wrong with it.
type Outcome = Result<String, Vec<ApiError>>;

impl Inner {
    /// Answers one of the calls; nothing when the body asks for another.
    pub(super) fn soap_call(&self, call: &Call, version: u32) -> Option<Answer> {
        let body = String::from_utf8_lossy(&call.body);
        let name = CALLS.into_iter().find(|name| !inner(&body, name).is_empty())?;
        let now = self.now();
        let idle = self.read().settings.session_seconds;
        let session = element(&body, "sessionId").unwrap_or_default();
        let Some(user) = self.gate().enter(&session, now, idle) else {
            let message = "Invalid Session ID found in SessionHeader: Illegal Session";
            return Some(fault("INVALID_SESSION_ID", message));
        };
        if !self.meter().count(now) {
            return Some(fault("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        }
        let request = inner(&body, name).into_iter().next().unwrap_or_default();
        let parts = match name {
            "merge" => inner(request, "request").into_iter().chain(inner(request, "mergeRequests")).collect(),
            "convertLead" => inner(request, "leadConverts"),
            _ => inner(request, "ids"),
        };
        if parts.len() > MOST {
            return Some(fault("EXCEEDED_ID_LIMIT", "at most 200 records are allowed in this call"));
        }
        let client = element(&body, "client").unwrap_or_default();
        let mut org = self.write_as(format!("com/salesforce/api/soap/{version}.0;client={client}"));
        let mut results = String::new();
        for part in parts {
            org.store.begin();
            let mut writer = super::dml::Writer {
                org: &mut org,
                user,
                now,
                allow_duplicates: true,
                injected: call.injected,
                touched: 0,
            };
            let outcome = one(&mut writer, name, part);
            if outcome.is_ok() {
                org.store.commit();
            } else {
                org.store.roll_back();
            }
            results.push_str(&result(outcome));
        }
        Some(envelope(200, &format!("<{name}Response>{results}</{name}Response>")))
    }
}

fn one(writer: &mut super::dml::Writer<'_>, name: &str, part: &str) -> Outcome {
    let id = |name: &str| {
        element(part, name).filter(|text| !text.is_empty()).map(|text| parsed(&text)).transpose()
    };
    let needed = |id: Option<Id>| id.ok_or_else(|| vec![missing()]);
    match name {
        "undelete" => {
            let id = parsed(part.trim())?;
            writer.undelete(id).map(|()| format!("<id>{id}</id>"))
        }
        "merge" => {
            let master = needed(id("Id")?)?;
            let losers = inner(part, "recordToMergeIds").into_iter().map(|text| parsed(text.trim()));
            let losers = losers.collect::<Result<Vec<Id>, _>>()?;
            writer.merge(master, &losers)?;
            let merged: String = losers
                .iter()
                .flat_map(|id| ["<mergedRecordIds>", id.as_str(), "</mergedRecordIds>"])
                .collect();
            Ok(format!("<id>{master}</id>{merged}"))
        }
        _ => {
            let lead = needed(id("leadId")?)?;
            let opportunity = element(part, "doNotCreateOpportunity").is_none_or(|text| text != "true");
            let made = writer.convert_lead(lead, id("accountId")?, opportunity)?;
            let opportunity = made
                .opportunity
                .map_or_else(String::new, |id| format!("<opportunityId>{id}</opportunityId>"));
            let (account, contact) = (made.account, made.contact);
            Ok(format!(
                "<accountId>{account}</accountId><contactId>{contact}</contactId><leadId>{lead}</leadId>{opportunity}"
            ))
        }
    }
}

fn result(outcome: Outcome) -> String {
    match outcome {
        Ok(parts) => format!("<result>{parts}<success>true</success></result>"),
        Err(errors) => {
            let errors: String = errors
                .iter()
                .map(|error| {
                    format!(
                        "<errors><message>{}</message><statusCode>{}</statusCode></errors>",
                        escaped(&error.message),
                        escaped(&error.code)
                    )
                })
                .collect::<Vec<_>>()
                .concat();
            format!("<result>{errors}<success>false</success></result>")
        }
    }
}

fn parsed(text: &str) -> Result<Id, Vec<ApiError>> {
    Id::parse(text).ok_or_else(|| vec![ApiError::row("MALFORMED_ID", format!("malformed id {text}"), &[])])
}

fn missing() -> ApiError {
    ApiError::row("MISSING_ARGUMENT", "an id is missing", &[])
}

/// What stands between the tags of every element with this name, whatever its prefix; elements of one name are
/// not nested in each other here.
fn inner<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        let opened = tag.split_whitespace().next().unwrap_or_default();
        rest = behind;
        if opened.rsplit(':').next() == Some(name) && !tag.ends_with('/') && !tag.starts_with('/') {
            let Some((content, end)) = behind.split_once(&format!("</{opened}>")) else { break };
            found.push(content);
            rest = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn elements_are_taken_in_order_under_any_prefix() {
        let xml = "<a:undelete xmlns=\"x\"><ids>1</ids><ids>2</ids><ids/></a:undelete>";
        let request = inner(xml, "undelete");
        assert_eq!(request, ["<ids>1</ids><ids>2</ids><ids/>"]);
        assert_eq!(inner(xml, "ids"), ["1", "2"]);
        assert!(inner(xml, "merge").is_empty());
    }
}
