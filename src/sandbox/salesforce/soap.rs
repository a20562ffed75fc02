//! SOAP: `login()`, which older clients still use, and what all its answers have in common.

use super::call::{Answer, Call};
use super::ids::Id;
use super::oauth::is_password;
use super::org::Org;
use super::server::Inner;

/// The versions that still have `login()`.
const VERSIONS: std::ops::RangeInclusive<u32> = 31..=64;

impl Inner {
    /// Answers `/services/Soap/{u|c}/{version}`.
    pub(super) fn soap(&self, call: &Call, origin: &str) -> Answer {
        let version =
            call.path.get(3).and_then(|text| text.split('.').next()).and_then(|text| text.parse().ok());
        let Some(version) = version.filter(|version| *version <= 68_u32) else {
            return fault("UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
        };
        if let Some(answer) = self.soap_call(call, version) {
            return answer;
        }
        if !VERSIONS.contains(&version) {
            let message = if version > *VERSIONS.end() {
                "login() is not supported in this API version"
            } else {
                "Invalid Api version specified on URL"
            };
            return fault("UNSUPPORTED_API_VERSION", message);
        }
        let body = String::from_utf8_lossy(&call.body);
        let (Some(username), Some(password)) = (element(&body, "username"), element(&body, "password"))
        else {
            return fault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session");
        };
        if !self.read().settings.soap_login {
            return fault("INVALID_LOGIN", "SOAP API login() is disabled by default in this org.");
        }
        let granted = if is_password(&password) { self.session_grant(&username).ok() } else { None };
        match granted {
            Some(granted) => self.logged_in(&granted.access, granted.user, version, origin),
            None => fault("INVALID_LOGIN", "Invalid username, password, security token; or user locked out."),
        }
    }

    fn logged_in(&self, session: &str, user: Id, version: u32, origin: &str) -> Answer {
        let org = self.read();
        let Some((object, _, row)) = org.store.find(user) else {
            return fault("INVALID_LOGIN", "Invalid username, password, security token; or user locked out.");
        };
        let text = |field: &str| escaped(Org::text(object, row, field));
        let organization = org.organization();
        let (short, name) = (organization.short(), escaped(org.name()));
        let soap = format!("{origin}/services/Soap");
        let body = format!(
            "<loginResponse><result><metadataServerUrl>{soap}/m/{version}.0/{short}</metadataServerUrl>\
             <passwordExpired>false</passwordExpired><sandbox>false</sandbox>\
             <serverUrl>{soap}/u/{version}.0/{short}</serverUrl><sessionId>{session}</sessionId>\
             <userId>{user}</userId><userInfo><organizationId>{organization}</organizationId>\
             <organizationName>{name}</organizationName><sessionSecondsValid>{}</sessionSecondsValid>\
             <userEmail>{}</userEmail><userFullName>{}</userFullName><userId>{user}</userId>\
             <userLanguage>en_US</userLanguage><userLocale>en_US</userLocale><userName>{}</userName>\
             <userTimeZone>GMT</userTimeZone><userType>Standard</userType></userInfo></result></loginResponse>",
            org.settings.session_seconds,
            text("Email"),
            text("Name"),
            text("Username"),
        );
        envelope(200, &body)
    }
}

pub(super) fn fault(code: &str, message: &str) -> Answer {
    envelope(
        500,
        &format!(
            "<soapenv:Fault><faultcode>{code}</faultcode><faultstring>{code}: {message}</faultstring><detail>\
             <sf:LoginFault xsi:type=\"sf:LoginFault\"><sf:exceptionCode>{code}</sf:exceptionCode>\
             <sf:exceptionMessage>{message}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>"
        ),
    )
}

pub(super) fn envelope(status: u16, body: &str) -> Answer {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:partner.soap.sforce.com\" \
         xmlns:sf=\"urn:fault.partner.soap.sforce.com\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    );
    Answer::new(status, "text/xml;charset=UTF-8", text)
}

/// The text of the first element with this name, whatever its prefix.
pub(super) fn element(xml: &str, name: &str) -> Option<String> {
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, behind) = after.split_once('>')?;
        let tag_name = tag.split_whitespace().next().unwrap_or_default();
        if tag_name.rsplit(':').next() == Some(name) {
            let text = behind.split('<').next()?;
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            return Some(text.replace("&apos;", "'").replace("&#39;", "'").replace("&amp;", "&"));
        }
        rest = behind;
    }
    None
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn elements_are_found_under_any_prefix() {
        let xml = "<?xml version=\"1.0\"?><a:login><n1:username>me&amp;you</n1:username><password>p</password></a:login>";
        assert_eq!(element(xml, "username").as_deref(), Some("me&you"));
        assert_eq!(element(xml, "password").as_deref(), Some("p"));
        assert_eq!(element(xml, "sessionId"), None);
    }
}
