//! The consent page and the codes it gives: the web server flow, with PKCE.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use url::Url;

use super::call::{Answer, Call};
use super::gate::{CLIENT_ID, Code};
use super::oauth::{Granted, Refusal};
use super::seed;
use super::server::Inner;

/// How long a code is good for, in seconds.
const LIFE: i64 = 900;

/// What the page carries from the request to the decision.
const CARRIED: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

impl Inner {
    /// Shows the consent page, or carries out what was decided on it.
    pub(super) fn authorize(&self, call: &Call) -> Answer {
        let form = call.form();
        let value =
            |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        let page_error = |error: &str, description: &str| {
            let text = format!("error={error}&error_description={description}");
            Answer::new(400, "text/html; charset=UTF-8", format!("<html><body>{text}</body></html>"))
        };
        if value("client_id") != CLIENT_ID {
            return page_error("invalid_client_id", "client identifier invalid");
        }
        let Some(redirect) = callback(value("redirect_uri")) else {
            return page_error("redirect_uri_mismatch", "redirect_uri must match configuration");
        };
        if value("response_type") != "code" {
            return redirected(
                redirect,
                &[("error", "unsupported_response_type"), ("state", value("state"))],
            );
        }
        if value("code_challenge").is_empty() && self.read().settings.pkce_required {
            let missing = [
                ("error", "invalid_request"),
                ("error_description", "missing required code challenge"),
                ("state", value("state")),
            ];
            return redirected(redirect, &missing);
        }
        match value("decision") {
            "" => self.page(&form),
            "allow" => {
                let username =
                    Some(value("username")).filter(|name| !name.is_empty()).unwrap_or(seed::SYNC_USER);
                let org = self.read();
                let Some((user, _)) = org.user(username).filter(|(user, _)| org.is_active(*user)) else {
                    return page_error("invalid_grant", "authentication failure");
                };
                let code = Code {
                    user: user.to_string(),
                    redirect: value("redirect_uri").to_owned(),
                    challenge: value("code_challenge").to_owned(),
                    given: self.now(),
                };
                let code = self.gate().give_code(code);
                redirected(redirect, &[("code", &code), ("state", value("state"))])
            }
            _ => {
                let denied = [
                    ("error", "access_denied"),
                    ("error_description", "end-user denied authorization"),
                    ("state", value("state")),
                ];
                redirected(redirect, &denied)
            }
        }
    }

    fn page(&self, form: &[(String, String)]) -> Answer {
        let mut fields = String::new();
        for (name, value) in form.iter().filter(|(name, _)| CARRIED.contains(&name.as_str())) {
            // Writing to a string does not fail.
            let _ = write!(
                fields,
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                quoted(name),
                quoted(value)
            );
        }
        let org = self.read();
        let hint =
            form.iter().find(|(name, _)| name == "login_hint").map_or(seed::SYNC_USER, |(_, hint)| hint);
        for username in
            seed::usernames().filter(|name| org.user(name).is_some_and(|(id, _)| org.is_active(id)))
        {
            let checked = if username == hint { " checked" } else { "" };
            let _ = write!(
                fields,
                "<p><label><input type=\"radio\" name=\"username\" value=\"{username}\"{checked}> {username}</label></p>"
            );
        }
        let page = format!(
            "<!DOCTYPE html><html><head><title>Allow Access?</title></head><body><h1>Allow Access?</h1>\
             <p>The app asks to: access the identity URL service; manage user data via APIs; perform requests at any \
             time.</p><form method=\"post\" action=\"/services/oauth2/authorize\">{fields}\
             <button name=\"decision\" value=\"allow\">Allow</button> \
             <button name=\"decision\" value=\"deny\">Deny</button></form></body></html>"
        );
        Answer::new(200, "text/html; charset=UTF-8", page)
    }

    /// Exchanges a code, which is spent by the attempt.
    pub(super) fn code_grant(
        &self,
        code: &str,
        redirect: &str,
        verifier: Option<&str>,
    ) -> Result<Granted, Refusal> {
        let now = self.now();
        let org = self.read();
        let mut gate = self.gate();
        let code = gate.take_code(code).map_err(|description| ("invalid_grant", description))?;
        if now - code.given > LIFE {
            return Err(("invalid_grant", "expired authorization code"));
        }
        if code.redirect != redirect {
            return Err(("redirect_uri_mismatch", "redirect_uri must match configuration"));
        }
        match verifier {
            _ if code.challenge.is_empty() => {}
            None => return Err(("invalid_grant", "code verifier missing")),
            Some(verifier) => {
                let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
                if URL_SAFE_NO_PAD.encode(hash) != code.challenge.trim_end_matches('=') {
                    return Err(("invalid_request", "invalid code verifier"));
                }
            }
        }
        let user = super::ids::Id::parse(&code.user).filter(|user| org.is_active(*user));
        let user = user.ok_or(("invalid_grant", "inactive user"))?;
        let (refresh, family) = gate.grant(user);
        let access = gate.open(org.organization(), user, Some(family), now);
        Ok(Granted { user, access, refresh: Some(refresh) })
    }
}

/// A call-back address that the app may use: loopback on any port, or https.
fn callback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    (url.scheme() == "https" || (url.scheme() == "http" && loopback)).then_some(url)
}

fn redirected(mut to: Url, parameters: &[(&str, &str)]) -> Answer {
    to.query_pairs_mut().extend_pairs(parameters.iter().filter(|(_, value)| !value.is_empty()));
    Answer::empty(302).with("location", to.as_str())
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
