//! The configuration file: what holds for the program as a whole. Everything in it may be left out.

use std::path::{Path, PathBuf};

use super::checked::{Mistake, Reader, read};

/// The port on loopback where browsers come back to, unless the file says otherwise.
const CALLBACK_PORT: u16 = 1717;

/// What the configuration file says, with what it leaves out filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The port on loopback that browsers are sent back to after an authorisation.
    pub callback_port: u16,
    /// The address under which that port is reached from outside, without a slash at its end.
    pub public_url: Option<String>,
    /// Whether systems may tell changes by calling that address.
    pub webhooks: bool,
    /// A table of packages to use instead of the one that is built in.
    pub packages: Option<PathBuf>,
    /// What is run when a connection falls, with its arguments; nothing when empty.
    pub notify: Vec<String>,
    /// How many colours the console uses: one of [`COLORS`].
    pub color: Option<String>,
    /// What the console's colours are chosen for: one of [`THEMES`].
    pub theme: Option<String>,
}

/// What may stand for the number of colours.
pub const COLORS: [&str; 5] = ["none", "16", "256", "true", "auto"];
/// What may stand for the theme.
pub const THEMES: [&str; 5] = ["auto", "neutral", "dark", "light", "contrast"];

impl Default for Config {
    fn default() -> Self {
        Self {
            callback_port: CALLBACK_PORT,
            public_url: None,
            webhooks: false,
            packages: None,
            notify: Vec::new(),
            color: None,
            theme: None,
        }
    }
}

/// Returns where the configuration lies when no file is named: `$XDG_CONFIG_HOME/syncdeck/config.toml`, else
/// `~/.config/syncdeck/config.toml`.
pub fn usual_path() -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let base =
        std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|dir| Path::new(dir).is_absolute());
    base.unwrap_or_else(|| home().join(".config")).join("syncdeck/config.toml")
}

/// Reads a configuration.
///
/// # Errors
/// Every mistake in it.
pub fn parse(path: &str, text: &str) -> Result<Config, Vec<Mistake>> {
    read(path, text, |file| Some(config(file))).map(|(config, _)| config)
}

fn config(file: &Reader<'_>) -> Config {
    let mut config = Config::default();
    let _absent = file.table("callback", |callback| {
        if let Some(port) = callback.number("port") {
            match u16::try_from(port) {
                Ok(port) if port > 0 => config.callback_port = port,
                _ => callback.wrong("port", port.to_string(), "a port from 1 to 65535"),
            }
        }
        if let Some(url) = callback.text("public_url") {
            match public(&url) {
                Some(url) => config.public_url = Some(url),
                None => callback.wrong(
                    "public_url",
                    url,
                    "an address such as \"https://ops.example.com/syncdeck\"",
                ),
            }
        }
        if let Some(webhooks) = callback.flag("webhooks") {
            config.webhooks = webhooks;
            if webhooks && config.public_url.is_none() {
                callback.wrong("webhooks", "true", "a public_url under which this machine is reached");
            }
        }
        Some(())
    });
    let _absent = file.table("notify", |notify| {
        config.notify = notify.texts("command");
        if config.notify.first().is_some_and(String::is_empty) {
            notify.wrong("command", "an empty name", "a program and its arguments");
        }
        Some(())
    });
    let _absent = file.table("console", |console| {
        let one_of = |key: &'static str, known: &[&str]| {
            let value = console.text(key)?;
            if !known.contains(&value.as_str()) {
                console.wrong(key, &value, format!("one of {}", known.join(", ")));
            }
            Some(value)
        };
        config.color = one_of("color", &COLORS);
        config.theme = one_of("theme", &THEMES);
        Some(())
    });
    config.packages = file.text("packages").map(PathBuf::from);
    config
}

/// An address that browsers of other machines may be sent to: https, or loopback for a look.
fn public(url: &str) -> Option<String> {
    let loopback =
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| url.starts_with(start));
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://").filter(|_| loopback))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_~:/[]".contains(c);
    let whole = !rest.is_empty() && rest.chars().all(plain) && !rest.starts_with('/');
    whole.then(|| url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_filled_in() {
        assert_eq!(parse("c.toml", "").unwrap(), Config::default());
        let text = "[callback]\nport = 9000\npublic_url = \"https://ops.example.com/deck/\"\n";
        let expected = Config {
            callback_port: 9000,
            public_url: Some("https://ops.example.com/deck".to_owned()),
            webhooks: true,
            packages: None,
            notify: Vec::new(),
            color: None,
            theme: None,
        };
        let text = format!("{text}webhooks = true\n");
        assert_eq!(parse("c.toml", &text).unwrap(), expected);
        let alone = parse("c.toml", "[callback]\nwebhooks = true\n").unwrap_err();
        assert_eq!(alone[0].key, "callback.webhooks");
    }

    #[test]
    fn the_looks_of_the_console_are_known_ones() {
        let config = parse("c.toml", "[console]\ntheme = \"light\"\ncolor = \"16\"\n").unwrap();
        assert_eq!((config.theme.as_deref(), config.color.as_deref()), (Some("light"), Some("16")));
        let mistakes = parse("c.toml", "[console]\ntheme = \"pink\"\n").unwrap_err();
        assert_eq!((&*mistakes[0].key, &*mistakes[0].found, mistakes[0].line), ("console.theme", "pink", 2));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text = "[callback]\nport = 70000\npublic_url = \"http://ops.example.com\"\nlisten = true\n";
        let mistakes = parse("c.toml", text).unwrap_err();
        let told: Vec<_> = mistakes.iter().map(|mistake| (mistake.line, mistake.key.as_str())).collect();
        assert_eq!(told, [(2, "callback.port"), (3, "callback.public_url"), (4, "callback.listen")]);
        for url in ["https://", "https://a b", "ftp://a", "https://a/?x=1", "https:///x"] {
            assert!(public(url).is_none(), "{url}");
        }
    }
}
