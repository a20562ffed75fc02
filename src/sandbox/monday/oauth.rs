//! OAuth for apps: the page on which a person installs an app, the codes it gives, and the tokens those become, which
//! do not expire. What such a token may do is bounded by the scopes that were asked for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, MutexGuard, PoisonError};

use apollo_compiler::executable::Operation;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::Monday;
use super::http;
use super::query::walk::{Request, root_fields};
use super::world::seed;

/// What the app is known by.
pub const CLIENT_ID: &str = "sandbox-monday-app";
/// What proves that a request comes from it.
pub const CLIENT_SECRET: &str = "sandbox-monday-app-secret";

/// How long a code is good for, in seconds.
const LIFE: i64 = 600;

/// What the page carries from the request to the decision.
const CARRIED: [&str; 4] = ["client_id", "redirect_uri", "scope", "state"];

/// The scopes that there are.
const SCOPES: [&str; 19] = [
    "account:read",
    "assets:read",
    "boards:read",
    "boards:write",
    "docs:read",
    "docs:write",
    "me:read",
    "notifications:write",
    "tags:read",
    "teams:read",
    "teams:write",
    "updates:read",
    "updates:write",
    "users:read",
    "users:write",
    "webhooks:read",
    "webhooks:write",
    "workspaces:read",
    "workspaces:write",
];

/// A code that was given and is not spent.
#[derive(Clone, Debug)]
pub struct Code {
    user: u64,
    redirect: String,
    scopes: Vec<String>,
    given: Timestamp,
}

/// The parameters of a request.
struct Form(BTreeMap<String, String>);

impl Form {
    fn of(query: Option<String>, body: &[u8]) -> Self {
        let query = query.unwrap_or_default();
        let [query, body] = [query.as_bytes(), body].map(|text| form_urlencoded::parse(text).into_owned());
        Self(query.chain(body).collect())
    }

    fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Returns the scopes that are asked for; one that does not exist is named.
    fn scopes(&self) -> Result<Vec<String>, String> {
        let asked = self.value("scope").split([' ', ',']).filter(|scope| !scope.is_empty());
        let known = |scope: &str| {
            let there = SCOPES.contains(&scope);
            if there { Ok(scope.to_owned()) } else { Err(scope.to_owned()) }
        };
        asked.map(known).collect()
    }
}

/// Shows the page, or carries out what was decided on it.
pub async fn authorize(
    State(monday): State<Arc<Monday>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let form = Form::of(query, &body);
    if form.value("client_id") != CLIENT_ID {
        return page_error("invalid_client", "There is no such app");
    }
    let Some(redirect) = callback(form.value("redirect_uri")) else {
        return page_error("invalid_redirect_uri", "The redirect URI is not registered for the app");
    };
    let scopes = match form.scopes() {
        Ok(scopes) => scopes,
        Err(unknown) => {
            return page_error("invalid_scope", &format!("There is no scope {}", quoted(&unknown)));
        }
    };
    match form.value("decision") {
        "" => monday.page(&form),
        "authorize" => {
            let Some(user) = monday.person(form.value("user")) else {
                return page_error("access_denied", "The user may not sign in");
            };
            let redirect_uri = form.value("redirect_uri").to_owned();
            let code = monday.give_code(Code { user, redirect: redirect_uri, scopes, given: monday.now() });
            let scope = form.value("scope");
            redirected(redirect, &[("code", &code), ("scope", scope), ("state", form.value("state"))])
        }
        _ => {
            let said = "The user did not authorize the app";
            let denied =
                [("error", "access_denied"), ("error_description", said), ("state", form.value("state"))];
            redirected(redirect, &denied)
        }
    }
}

/// Exchanges a code for a token; the parameters come as JSON or as a form.
pub async fn token(State(monday): State<Arc<Monday>>, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let form = if kind.starts_with("application/json") {
        let sent: BTreeMap<String, Value> = serde_json::from_slice(&body).unwrap_or_default();
        let text = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
        Form(sent.into_iter().map(|(key, value)| (key, text(value))).collect())
    } else {
        Form::of(None, &body)
    };
    if form.value("client_id") != CLIENT_ID || form.value("client_secret") != CLIENT_SECRET {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client", "Client authentication failed");
    }
    match monday.redeem(form.value("code"), form.value("redirect_uri")) {
        Ok((token, scopes)) => {
            let body = json!({ "access_token": token, "token_type": "Bearer", "scope": scopes.join(" ") });
            http::json_response(StatusCode::OK, body.to_string())
        }
        Err(why) => refused(StatusCode::BAD_REQUEST, "invalid_grant", why),
    }
}

impl Monday {
    fn codes(&self) -> MutexGuard<'_, BTreeMap<String, Code>> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give_code(&self, code: Code) -> String {
        let name = seed::code(self.seed, self.next_request());
        self.codes().insert(name.clone(), code);
        name
    }

    /// Returns the person who signs in with that address; nobody in particular is whom the sync works as.
    fn person(&self, email: &str) -> Option<u64> {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        let mut people = world.users.values().filter(|user| user.enabled);
        people.find(|user| email.is_empty() || user.email == email).map(|user| user.id)
    }

    fn page(&self, form: &Form) -> Response {
        let mut fields = String::new();
        for name in CARRIED {
            let value = quoted(form.value(name));
            // Writing to a string does not fail.
            let _ = write!(fields, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        }
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        for (at, user) in world.users.values().filter(|user| user.enabled && !user.guest).enumerate() {
            let (email, checked) = (quoted(&user.email), if at == 0 { " checked" } else { "" });
            let name = quoted(&user.name);
            let _ = write!(
                fields,
                "<p><label><input type=\"radio\" name=\"user\" value=\"{email}\"{checked}> {name}</label></p>"
            );
        }
        let mut asked = String::new();
        for scope in form.scopes().unwrap_or_default() {
            let _ = write!(asked, "<li>{}</li>", quoted(&scope));
        }
        let page = format!(
            "<!DOCTYPE html><html><head><title>Install the app</title></head><body><h1>Authorize the app</h1>\
             <p>It asks for:</p><ul>{asked}</ul><form method=\"post\" action=\"/oauth2/authorize\">{fields}\
             <button name=\"decision\" value=\"authorize\">Authorize</button> \
             <button name=\"decision\" value=\"cancel\">Cancel</button></form></body></html>"
        );
        Html(page).into_response()
    }

    /// Exchanges a code, which is spent by the attempt.
    fn redeem(&self, code: &str, redirect: &str) -> Result<(String, Vec<String>), &'static str> {
        let code = self.codes().remove(code).ok_or("The code is not valid")?;
        if self.now().as_second() - code.given.as_second() > LIFE {
            return Err("The code has expired");
        }
        // Where the page was not told, the token endpoint need not be either.
        if !redirect.is_empty() && code.redirect != redirect {
            return Err("The redirect URI is not the one of the code");
        }
        let token = seed::app_token(self.seed, self.next_request());
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        world.tokens.insert(token.clone(), code.user);
        world.granted.insert(token.clone(), code.scopes.clone());
        Ok((token, code.scopes))
    }

    /// Uninstalls the app, as an administrator of the account does: all its tokens are worth nothing any more.
    pub(super) fn uninstall(&self) -> Value {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        let gone = std::mem::take(&mut world.granted);
        world.tokens.retain(|token, _| !gone.contains_key(token));
        json!({ "uninstalled": gone.len() })
    }

    /// Returns the scope that a token lacks for an operation; one that no app got may do whatever its user may.
    pub(super) fn lacks(
        &self,
        token: &str,
        request: Request<'_>,
        operation: &Operation,
    ) -> Option<(&'static str, String)> {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        let granted = world.granted.get(token)?;
        root_fields(request, &operation.selection_set).into_iter().find_map(|(key, merged)| {
            let scope = scope_of(operation.is_mutation(), &merged.first()?.name)?;
            (!granted.iter().any(|held| held == scope)).then(|| (scope, key.to_owned()))
        })
    }
}

/// Returns the scope that a root field wants.
fn scope_of(mutation: bool, field: &str) -> Option<&'static str> {
    let scope = match (mutation, field) {
        (_, "__typename" | "__schema" | "__type" | "complexity") => return None,
        (false, "version" | "versions" | "get_column_type_schema") => return None,
        (false, "me") => "me:read",
        (false, "account") => "account:read",
        (false, "users") => "users:read",
        (false, "teams") => "teams:read",
        (false, "updates") => "updates:read",
        (false, "workspaces" | "folders") => "workspaces:read",
        (false, "tags") => "tags:read",
        (false, "assets") => "assets:read",
        (false, "webhooks") => "webhooks:read",
        (false, _) => "boards:read",
        (true, "create_webhook" | "delete_webhook") => "webhooks:write",
        (true, "create_notification") => "notifications:write",
        (true, "create_workspace" | "delete_workspace") => "workspaces:write",
        (true, "create_update" | "edit_update" | "delete_update" | "like_update" | "clear_item_updates") => {
            "updates:write"
        }
        (true, _) => "boards:write",
    };
    Some(scope)
}

/// Returns the answer to an operation for which a token lacks a scope.
pub fn lacking(scope: &str, key: &str) -> Value {
    json!({
        "message": format!("Unauthorized field or type: the token lacks the scope {scope}"),
        "path": [key],
        "extensions": { "code": "missingRequiredPermissions", "status_code": 403 },
    })
}

/// A call-back address that the app may use: loopback on any port, or https.
fn callback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    (url.scheme() == "https" || (url.scheme() == "http" && loopback)).then_some(url)
}

fn redirected(mut to: Url, parameters: &[(&str, &str)]) -> Response {
    to.query_pairs_mut().extend_pairs(parameters.iter().filter(|(_, value)| !value.is_empty()));
    (StatusCode::FOUND, [(header::LOCATION, to.as_str())]).into_response()
}

fn page_error(error: &str, description: &str) -> Response {
    let page = format!("<!DOCTYPE html><html><body>{error}: {description}</body></html>");
    (StatusCode::BAD_REQUEST, Html(page)).into_response()
}

fn refused(status: StatusCode, error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    http::json_response(status, body.to_string())
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
