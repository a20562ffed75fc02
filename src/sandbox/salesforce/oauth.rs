//! OAuth: tokens and what can be asked about them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::call::{Answer, Call};
use super::gate::{CLIENT_ID, CLIENT_SECRET, PASSWORD, SECURITY_TOKEN, signature};
use super::ids::Id;
use super::org::Org;
use super::seed;
use super::server::Inner;

/// An OAuth error: code and description.
pub(super) type Refusal = (&'static str, &'static str);

impl Inner {
    /// Answers everything under `/services/oauth2`.
    pub(super) fn oauth(&self, call: &Call, origin: &str) -> Answer {
        let what = call.path.get(2).map(|segment| segment.to_ascii_lowercase());
        match (call.method.as_str(), what.as_deref()) {
            ("GET" | "POST", Some("authorize")) => self.authorize(call),
            ("POST", Some("token")) => self.token(call, origin),
            ("POST" | "GET", Some("revoke")) => self.revoke(call),
            ("GET" | "POST", Some("userinfo")) => self.userinfo(call, origin),
            ("POST", Some("introspect")) => self.introspect(call),
            _ => refusal(("unsupported_grant_type", "grant type not supported")),
        }
    }

    fn token(&self, call: &Call, origin: &str) -> Answer {
        let form = call.form();
        let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let (client, secret) = client_of(call, &value);
        let granted = match client.as_deref() {
            // The assertion names the client.
            _ if value("grant_type") == Some(super::jwt::GRANT) => {
                self.jwt_grant(value("assertion").unwrap_or_default(), origin)
            }
            None => Err(("invalid_client_id", "client identifier invalid")),
            Some(client) if client != CLIENT_ID => Err(("invalid_client_id", "client identifier invalid")),
            Some(_) if secret.as_deref().is_some_and(|secret| secret != CLIENT_SECRET) => {
                Err(("invalid_client", "invalid client credentials"))
            }
            Some(_) => match value("grant_type") {
                Some("refresh_token") => self.refresh_grant(value("refresh_token").unwrap_or_default()),
                Some("authorization_code") => {
                    let redirect = value("redirect_uri").unwrap_or_default();
                    self.code_grant(value("code").unwrap_or_default(), redirect, value("code_verifier"))
                }
                Some("client_credentials") if secret.is_none() => {
                    Err(("invalid_client", "invalid client credentials"))
                }
                Some("client_credentials") => self.session_grant(seed::SYNC_USER),
                Some("password") => {
                    let (user, password) =
                        (value("username").unwrap_or_default(), value("password").unwrap_or_default());
                    if secret.is_none() {
                        Err(("invalid_client", "invalid client credentials"))
                    } else if is_password(password) {
                        self.session_grant(user)
                    } else {
                        Err(("invalid_grant", "authentication failure"))
                    }
                }
                _ => Err(("unsupported_grant_type", "grant type not supported")),
            },
        };
        match granted {
            Ok(granted) => self.token_body(&granted, origin),
            Err(error) => refusal(error),
        }
    }

    /// A session for a user, without refresh token.
    pub(super) fn session_grant(&self, username: &str) -> Result<Granted, Refusal> {
        let now = self.now();
        let org = self.read();
        let (user, _) = org.user(username).ok_or(("invalid_grant", "authentication failure"))?;
        if !org.is_active(user) {
            return Err(("invalid_grant", "inactive user"));
        }
        let access = self.gate().open(org.organization(), user, None, now);
        Ok(Granted { user, access, refresh: None })
    }

    fn refresh_grant(&self, token: &str) -> Result<Granted, Refusal> {
        let expired = ("invalid_grant", "expired access/refresh token");
        let now = self.now();
        let org = self.read();
        let mut gate = self.gate();
        if gate.owner(token).is_some_and(|user| !org.is_active(user)) {
            return Err(("invalid_grant", "inactive user"));
        }
        let (user, family, refresh) = gate.refresh(token, org.settings.rotation).ok_or(expired)?;
        let access = gate.open(org.organization(), user, Some(family), now);
        Ok(Granted { user, access, refresh })
    }

    fn token_body(&self, granted: &Granted, origin: &str) -> Answer {
        let issued_at = self.clock.now().as_millisecond().to_string();
        let (scopes, org) = {
            let org = self.read();
            (org.settings.scopes.clone(), org.organization())
        };
        let id = format!("{origin}/id/{org}/{}", granted.user);
        let mut body = json!({
            "access_token": granted.access, "signature": signature(&id, &issued_at), "scope": scopes,
            "instance_url": origin, "id": id, "token_type": "Bearer", "issued_at": issued_at,
        });
        if let (Value::Object(body), Some(refresh)) = (&mut body, &granted.refresh) {
            body.insert("refresh_token".into(), json!(refresh));
        }
        Answer::json(200, &body).with("cache-control", "no-store")
    }

    fn revoke(&self, call: &Call) -> Answer {
        let form = call.form();
        let token = form.iter().find(|(key, _)| key == "token").map_or("", |(_, value)| value.as_str());
        if self.gate().revoke(token) {
            return Answer::empty(200);
        }
        let body = "error=unsupported_token_type&error_description=this+token+type+is+not+supported";
        let body =
            if token.is_empty() { body } else { "error=invalid_token&error_description=invalid+token" };
        Answer::new(400, "application/x-www-form-urlencoded;charset=UTF-8", body)
    }

    fn introspect(&self, call: &Call) -> Answer {
        let form = call.form();
        let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let (client, secret) = client_of(call, &value);
        if client.as_deref() != Some(CLIENT_ID) || secret.as_deref() != Some(CLIENT_SECRET) {
            return Answer::json(
                401,
                &json!({ "error": "invalid_client", "error_description": "invalid client credentials" }),
            );
        }
        let owner = self.gate().owner(value("token").unwrap_or_default());
        let Some(user) = owner else { return Answer::json(200, &json!({ "active": false })) };
        let (now, org) = (self.now(), self.read());
        let username =
            org.store.find(user).map(|(object, _, row)| Org::text(object, row, "Username").to_owned());
        Answer::json(
            200,
            &json!({
                "active": true, "scope": org.settings.scopes, "client_id": CLIENT_ID, "username": username,
                "sub": format!("https://login.salesforce.com/id/{}/{user}", org.organization()),
                "token_type": "access_token", "iat": now, "nbf": now, "exp": now + org.settings.session_seconds,
            }),
        )
    }

    fn userinfo(&self, call: &Call, origin: &str) -> Answer {
        let Some(user) = self.bearer(call) else {
            return Answer::new(403, "text/html; charset=UTF-8", "Bad_OAuth_Token");
        };
        let org = self.read();
        let about = about(&org, user, origin);
        let pick = |key: &str| about.get(key).cloned().unwrap_or_default();
        Answer::json(
            200,
            &json!({
                "sub": pick("id"), "user_id": pick("user_id"), "organization_id": pick("organization_id"),
                "preferred_username": pick("username"), "nickname": pick("nick_name"), "name": pick("display_name"),
                "email": pick("email"), "email_verified": true, "given_name": pick("first_name"),
                "family_name": pick("last_name"), "zoneinfo": pick("timezone"), "photos": pick("photos"),
                "profile": format!("{origin}/{user}"), "picture": null, "address": {}, "urls": pick("urls"),
                "active": pick("active"), "user_type": "STANDARD", "language": "en_US", "locale": "en_US",
                "utcOffset": 0, "updated_at": pick("last_modified_date"), "is_app_installed": true,
            }),
        )
    }

    /// Answers `/id/{org}/{user}`.
    pub(super) fn identity(&self, call: &Call, origin: &str) -> Answer {
        let text = |body: &'static str| Answer::new(403, "text/html; charset=UTF-8", body);
        if call.header("authorization").is_none() && call.parameter("oauth_token").is_none() {
            return text("Missing_OAuth_Token");
        }
        let Some(user) = self.bearer(call) else { return text("Bad_OAuth_Token") };
        let org = self.read();
        let same =
            |position: usize, id: Id| call.path.get(position).and_then(|text| Id::parse(text)) == Some(id);
        if !same(1, org.organization()) || !same(2, user) {
            return text("Wrong_Org_Or_User");
        }
        let mut about = about(&org, user, origin);
        if call.parameter("version") == Some("latest")
            && let Some(Value::Object(urls)) = about.get_mut("urls")
        {
            for url in urls.values_mut() {
                *url = json!(url.as_str().unwrap_or_default().replace("{version}", "68.0"));
            }
        }
        Answer::json(200, &about)
    }

    /// The user behind the token of a request, wherever it stands.
    fn bearer(&self, call: &Call) -> Option<Id> {
        let header = call
            .header("authorization")
            .and_then(|header| header.split_once(' '))
            .map(|(_, token)| token.trim());
        let token =
            header.or_else(|| call.parameter("oauth_token")).or_else(|| call.parameter("access_token"))?;
        let (now, idle) = (self.now(), self.read().settings.session_seconds);
        self.gate().enter(token, now, idle)
    }
}

/// What a grant gives.
pub(super) struct Granted {
    pub(super) user: Id,
    pub(super) access: String,
    pub(super) refresh: Option<String>,
}

/// Is it the password, with or without the security token.
pub(super) fn is_password(given: &str) -> bool {
    given.strip_prefix(PASSWORD).is_some_and(|rest| rest.is_empty() || rest == SECURITY_TOKEN)
}

/// What usually stands beside an error of the token endpoint.
pub(super) fn description(error: &str) -> &'static str {
    match error {
        "invalid_client_id" => "client identifier invalid",
        "invalid_client" => "invalid client credentials",
        "unsupported_grant_type" => "grant type not supported",
        "invalid_request" => "no client credentials user enabled",
        "redirect_uri_mismatch" => "redirect_uri must match configuration",
        "invalid_scope" => "the requested scope is not allowed",
        "rate_limit_exceeded" => "login rate exceeded",
        _ => "expired access/refresh token",
    }
}

/// Client id and secret, from a Basic header or from the form.
fn client_of<'f>(call: &Call, value: &impl Fn(&str) -> Option<&'f str>) -> (Option<String>, Option<String>) {
    let basic = call.header("authorization").and_then(|header| header.strip_prefix("Basic "));
    let decoded = basic
        .and_then(|text| STANDARD.decode(text.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some((client, secret)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
        return (Some(client.to_owned()), Some(secret.to_owned()));
    }
    let owned = |name: &str| value(name).filter(|text| !text.is_empty()).map(str::to_owned);
    (owned("client_id"), owned("client_secret"))
}

fn refusal((error, description): Refusal) -> Answer {
    Answer::json(400, &json!({ "error": error, "error_description": description }))
}

/// Everything the identity service tells about a user.
fn about(org: &Org, user: Id, origin: &str) -> Value {
    let organization = org.organization();
    let Some((object, _, row)) = org.store.find(user) else { return Value::Null };
    let text = |field: &str| Org::text(object, row, field);
    let data = format!("{origin}/services/data/v{{version}}");
    let soap = format!("{origin}/services/Soap");
    json!({
        "id": format!("{origin}/id/{organization}/{user}"), "asserted_user": true, "user_id": user.as_str(),
        "organization_id": organization.as_str(), "username": text("Username"), "nick_name": text("CommunityNickname"),
        "display_name": text("Name"), "email": text("Email"), "email_verified": true,
        "first_name": text("FirstName"), "last_name": text("LastName"), "timezone": text("TimeZoneSidKey"),
        "photos": { "picture": format!("{origin}/profilephoto/005/F"), "thumbnail": format!("{origin}/profilephoto/005/T") },
        "addr_street": null, "addr_city": null, "addr_state": null, "addr_country": null, "addr_zip": null,
        "mobile_phone": null, "mobile_phone_verified": false, "is_lightning_login_user": false,
        "status": { "created_date": null, "body": null },
        "urls": {
            "enterprise": format!("{soap}/c/{{version}}/{organization}"),
            "metadata": format!("{soap}/m/{{version}}/{organization}"),
            "partner": format!("{soap}/u/{{version}}/{organization}"),
            "rest": format!("{data}/"), "sobjects": format!("{data}/sobjects/"), "search": format!("{data}/search/"),
            "query": format!("{data}/query/"), "recent": format!("{data}/recent/"),
            "tooling_soap": format!("{soap}/T/{{version}}/{organization}"),
            "tooling_rest": format!("{data}/tooling/"), "profile": format!("{origin}/{user}"),
            "feeds": format!("{data}/chatter/feeds"), "groups": format!("{data}/chatter/groups"),
            "users": format!("{data}/chatter/users"), "feed_items": format!("{data}/chatter/feed-items"),
            "feed_elements": format!("{data}/chatter/feed-elements"), "custom_domain": origin,
        },
        "active": org.is_active(user), "user_type": "STANDARD", "language": "en_US", "locale": "en_US",
        "utcOffset": 0, "last_modified_date": super::calendar::moment(row.stamp()),
    })
}
