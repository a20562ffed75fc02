//! Connection files: how a system is reached, and where its secrets are read from.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::checked::{Lines, Mistake, Reader, read};
use crate::domain::connection::{Access, App, EventBus, Grant, Options};
use crate::domain::draft::ConnectionDraft;
use crate::domain::id::{AccountId, ConnectionId, System};

/// The Salesforce API version used unless the file says otherwise.
const SALESFORCE_VERSION: &str = "62.0";

/// The monday.com API version used unless the file says otherwise.
const MONDAY_VERSION: &str = "2026-10";

/// Where people authorise an app for monday.com unless the file says otherwise.
const MONDAY_AUTH: &str = "https://auth.monday.com";

/// A call may run for ten minutes before Salesforce ends it, so a write may take effect that late.
const SALESFORCE_DOUBT_MS: i64 = 600_000;

/// monday.com gives up on a request after 60 seconds; until then one without an answer may still take effect.
const MONDAY_DOUBT_MS: i64 = 60_000;

/// Reads a connection file and the secrets it points to.
///
/// # Errors
/// Every mistake in it; a secret that is not where the file says.
pub fn parse(path: &str, text: &str) -> Result<(ConnectionDraft, Lines), Vec<Mistake>> {
    read(path, text, connection)
}

fn connection(file: &Reader<'_>) -> Option<ConnectionDraft> {
    let id = file.required("id", "an id for the connection").and_then(|text| {
        let id = ConnectionId::checked(&text);
        if id.is_none() {
            file.wrong("id", text, "1 to 32 of a-z, 0-9 and -");
        }
        id
    });
    let account = file.text("account").map(AccountId::from);
    let protected = file.flag("protected").unwrap_or(false);
    let api_budget = file.number("api_budget");
    let _required = file.required("system", "salesforce or monday");
    let system = file.choice("system", &[("salesforce", System::Salesforce), ("monday", System::Monday)]);
    let mut secrets = BTreeMap::new();
    let mut options = Options::default();
    let event_bus = if system == Some(System::Salesforce) { event_bus(file) } else { None };
    let (access, app) = match system? {
        System::Salesforce => (salesforce(file, &mut options, &mut secrets), None),
        _ => monday(file, &mut secrets),
    };
    let (id, access) = (id?, access?);
    Some(ConnectionDraft { id, account, access, protected, api_budget, options, event_bus, app, secrets })
}

/// Reads where change events are told, where the file names another place than the usual one.
fn event_bus(file: &Reader<'_>) -> Option<EventBus> {
    let ca = file.text("pubsub_ca").and_then(|path| {
        std::fs::read_to_string(&path)
            .map_err(|error| {
                let found = format!("the file {path}: {error}");
                file.wrong("pubsub_ca", found, "a file with certificates in PEM form");
            })
            .ok()
    });
    let address = file.text("pubsub")?;
    // The access token goes there with every call.
    if !trusted_bus(&address) {
        file.wrong("pubsub", address, "host and port, such as \"api.pubsub.salesforce.com:7443\"");
        return None;
    }
    Some(EventBus { address: address.into(), ca: ca.map(Into::into) })
}

/// Returns whether an address is host and port of Salesforce, or of this machine.
fn trusted_bus(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    port.parse::<u16>().is_ok() && (here || (plain && host.ends_with(".salesforce.com")))
}

fn salesforce(
    file: &Reader<'_>,
    options: &mut Options,
    secrets: &mut BTreeMap<String, String>,
) -> Option<Access> {
    const GRANTS: [(&str, Grant); 3] = [
        ("refresh-token", Grant::RefreshToken),
        ("client-credentials", Grant::ClientCredentials),
        ("jwt-bearer", Grant::JwtBearer),
    ];
    let grant = file.choice("grant", &GRANTS).unwrap_or(Grant::RefreshToken);
    options.pkce = file.flag("pkce").unwrap_or(true);
    options.events = file.flag("events").unwrap_or(true);
    options.needs_package = file.flag("needs_package").unwrap_or(false);
    options.subject = file.text("username").map(Into::into);
    if grant == Grant::JwtBearer && options.subject.is_none() {
        file.wrong("username", "nothing", "the user as whom to sign in with the key");
    }
    secret(file, "private_key", grant == Grant::JwtBearer, secrets);
    let host = file.required("host", "the host: login.salesforce.com, or your My Domain");
    let sandbox = file.flag("sandbox").unwrap_or(false);
    let client_id = file.required("client_id", "the consumer key of the app");
    let version = file.text("api_version").unwrap_or_else(|| SALESFORCE_VERSION.into());
    if !version.split_once('.').is_some_and(|(major, minor)| major.parse::<u8>().is_ok() && minor == "0") {
        file.wrong("api_version", version.as_str(), "a version such as \"62.0\"");
    }
    secret(file, "client_secret", grant == Grant::ClientCredentials, secrets);
    secret(file, "refresh_token", false, secrets);
    let login_url = login_url(&host?).or_else(|| {
        file.wrong(
            "host",
            "an address that is not a Salesforce host",
            "login.salesforce.com, test.salesforce.com or a My Domain host",
        );
        None
    })?;
    let doubt_ms = file.interval("doubt").unwrap_or(SALESFORCE_DOUBT_MS);
    Some(Access::Salesforce {
        login_url: login_url.into(),
        client_id: client_id?.into(),
        grant,
        version: version.into(),
        sandbox,
        doubt_ms,
    })
}

/// Reads how an account is reached, with a token of a user's own or with the app that gets one.
fn monday(file: &Reader<'_>, secrets: &mut BTreeMap<String, String>) -> (Option<Access>, Option<App>) {
    let app = app(file, secrets);
    secret(file, "token", app.is_none(), secrets);
    (account(file), app)
}

/// Reads the app by which a person authorises the connection in a browser.
fn app(file: &Reader<'_>, secrets: &mut BTreeMap<String, String>) -> Option<App> {
    let auth_url = file.text("auth_url");
    let client_id = file.text("client_id");
    // The code is not exchanged without the secret, and a secret alone says that a line is missing.
    secret(file, "client_secret", client_id.is_some(), secrets);
    if client_id.is_none() && (auth_url.is_some() || secrets.contains_key("client_secret")) {
        file.wrong("client_id", "nothing", "the client id of the app");
    }
    let auth_url = auth_url.unwrap_or_else(|| MONDAY_AUTH.into());
    if !(auth_url.starts_with("https://") || is_loopback(&auth_url)) {
        file.wrong("auth_url", auth_url.as_str(), "an https:// address");
    }
    Some(App { auth_url: auth_url.trim_end_matches('/').into(), client_id: client_id?.into() })
}

fn account(file: &Reader<'_>) -> Option<Access> {
    let url = file.text("url").unwrap_or_else(|| "https://api.monday.com/v2".into());
    let version = file.text("api_version").unwrap_or_else(|| MONDAY_VERSION.into());
    let doubt_ms = file.interval("doubt").unwrap_or(MONDAY_DOUBT_MS);
    if !(url.starts_with("https://") || is_loopback(&url)) {
        file.wrong("url", url, "an https:// address");
        return None;
    }
    let phone_country = file.text("phone_country");
    if let Some(country) = phone_country.as_ref().filter(|country| country.len() != 2) {
        file.wrong("phone_country", country.as_str(), "the two letters of a country, such as \"US\"");
    }
    let phone_country = phone_country.map(|country| country.to_ascii_uppercase().into());
    Some(Access::Monday { url: url.into(), version: version.into(), doubt_ms, phone_country })
}

/// Returns where tokens come from, for a host as people write it: a bare sub-domain, a My Domain host, an address
/// pasted from a browser. The addresses of pages (`….lightning.force.com`) lead to the same org's My Domain host.
pub fn login_url(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches('/');
    if is_loopback(written) {
        return Some(written.to_owned());
    }
    let rest = written.strip_prefix("https://").unwrap_or(written);
    if rest.contains("://") {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    if !host.contains('.') {
        return Some(format!("https://{host}.my.salesforce.com"));
    }
    for pages in [".lightning.force.com", ".my.salesforce-setup.com", ".my.site.com", ".salesforce-setup.com"]
    {
        if let Some(domain) = host.strip_suffix(pages) {
            return Some(format!("https://{domain}.my.salesforce.com"));
        }
    }
    host.ends_with(".salesforce.com").then(|| format!("https://{host}"))
}

fn is_loopback(url: &str) -> bool {
    ["http://127.", "http://localhost", "http://[::1]"].iter().any(|start| url.starts_with(start))
}

/// Reads a secret from where the file says it lies.
fn secret(file: &Reader<'_>, name: &'static str, needed: bool, secrets: &mut BTreeMap<String, String>) {
    let expected = "{ env = \"NAME\" } or { file = \"PATH\" }";
    let mut present = false;
    let found = file.table(name, |source| {
        present = true;
        match (source.text("env"), source.text("file")) {
            (Some(variable), None) => std::env::var(&variable)
                .map_err(|_| {
                    source.wrong(
                        "env",
                        format!("the environment variable {variable}, which is not set"),
                        "a variable that holds the secret",
                    );
                })
                .ok(),
            (None, Some(path)) => std::fs::read_to_string(&path)
                .map_err(|error| {
                    source.wrong("file", format!("the file {path}: {error}"), "a file that holds the secret");
                })
                .ok(),
            _ => {
                source.wrong("env", "neither or both", expected);
                None
            }
        }
    });
    match found {
        Some(secret) => {
            secrets.insert(name.into(), secret.trim().to_owned());
        }
        None if needed && !present => file.wrong(name, "nothing", expected),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_as_people_write_them() {
        for (written, expected) in [
            ("login.salesforce.com", Some("https://login.salesforce.com")),
            ("https://acme.my.salesforce.com/", Some("https://acme.my.salesforce.com")),
            ("acme-dev-ed", Some("https://acme-dev-ed.my.salesforce.com")),
            (
                "https://acme.lightning.force.com/lightning/o/Lead/list?filterName=x",
                Some("https://acme.my.salesforce.com"),
            ),
            ("acme--uat.sandbox.lightning.force.com", Some("https://acme--uat.sandbox.my.salesforce.com")),
            ("http://127.0.0.1:7701", Some("http://127.0.0.1:7701")),
            ("http://acme.my.salesforce.com", None),
            ("https://evil.example/salesforce.com", None),
            ("evil.example", None),
            ("", None),
        ] {
            assert_eq!(login_url(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn tokens_go_to_no_strange_bus() {
        for (address, trusted) in [
            ("api.pubsub.salesforce.com:7443", true),
            ("127.0.0.1:7706", true),
            ("[::1]:7706", true),
            ("localhost:7706", true),
            ("api.pubsub.salesforce.com", false),
            ("evil.example:7443", false),
            ("evil.example/.salesforce.com:7443", false),
            ("me@evil.example#.salesforce.com:7443", false),
        ] {
            assert_eq!(trusted_bus(address), trusted, "{address}");
        }
    }

    #[test]
    fn a_secret_in_the_file_is_a_mistake_and_is_not_repeated() {
        let text = "id = \"m\"\nsystem = \"monday\"\ntoken = { env = \"SYNCDECK_TEST_NOT_SET\" }\n";
        let mistakes = parse("c.toml", text).unwrap_err();
        assert_eq!((mistakes[0].line, mistakes[0].key.as_str()), (3, "token.env"));
        let mistakes = parse("c.toml", "id = \"m\"\nsystem = \"monday\"\n").unwrap_err();
        assert_eq!(mistakes[0].key, "token");
    }

    #[test]
    fn an_app_stands_in_for_a_token() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        std::fs::write(&path, "s3cret\n").unwrap();
        let secret = format!("client_secret = {{ file = \"{}\" }}\n", path.display());
        let start = "id = \"m\"\nsystem = \"monday\"\n";
        let text = format!("{start}client_id = \"app\"\n{secret}");
        let (draft, _) = parse("c.toml", &text).unwrap();
        let app = draft.app.unwrap();
        assert_eq!((&*app.auth_url, &*app.client_id), (MONDAY_AUTH, "app"));
        assert_eq!(draft.secrets.get("client_secret").map(String::as_str), Some("s3cret"));
        for (text, key) in [
            (format!("{start}client_id = \"app\"\n"), "client_secret"),
            (format!("{start}{secret}"), "client_id"),
            (format!("{text}auth_url = \"http://evil.example\"\n"), "auth_url"),
        ] {
            let mistakes = parse("c.toml", &text).unwrap_err();
            assert_eq!(mistakes[0].key, key, "{text}");
        }
    }
}
