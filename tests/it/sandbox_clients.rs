//! Other people's clients against the simulated Salesforce, unmodified.
//!
//! The scripts run where `SYNCDECK_CLIENTS` names the folder the clients are installed in (`venv/` by pip from
//! `requirements.txt`, `node_modules/` by npm from `package.json`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use syncdeck::sandbox::{Options, Sandbox};

/// Runs one script against a sandbox of its own; `environment` gets the endpoints document.
async fn content(
    script: &str,
    options: Options,
    environment: impl Fn(&Value) -> Vec<(&'static str, String)>,
) {
    let Some(clients) = std::env::var_os("SYNCDECK_CLIENTS").map(PathBuf::from) else { return };
    let running = Sandbox::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let endpoints = folder.path().join("endpoints.json");
    std::fs::write(&endpoints, running.endpoints().to_string()).unwrap();
    let python = Path::new(script).extension().is_some_and(|kind| kind == "py");
    let program = if python { clients.join("venv/bin/python") } else { PathBuf::from("node") };
    let mut command = Command::new(program);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script)).arg(&endpoints);
    for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY"] {
        command.env_remove(proxy);
    }
    command.env("NODE_PATH", clients.join("node_modules")).envs(environment(running.endpoints()));
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{script}:\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
    running.stop().await.unwrap();
}

fn large() -> Options {
    Options { records: 2500, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn jsforce_is_content() {
    content("jsforce_salesforce.mjs", large(), |_| Vec::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_is_content() {
    content("simple_salesforce_salesforce.py", large(), |_| Vec::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pubsub_client_is_content() {
    content("pubsub_salesforce.mjs", Options::default(), |endpoints| {
        let file = endpoints["salesforce"]["pubsub"]["ca_file"].as_str().unwrap().to_owned();
        vec![("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", file)]
    })
    .await;
}

/// What sends a client through the proxy, trusting the sandbox's authority.
fn proxied(endpoints: &Value) -> Vec<(&'static str, String)> {
    let text = |key: &str| endpoints["tls"][key].as_str().unwrap().to_owned();
    vec![
        ("HTTPS_PROXY", text("proxy")),
        ("HTTP_PROXY", text("proxy")),
        ("REQUESTS_CA_BUNDLE", text("ca_file")),
        ("NODE_EXTRA_CA_CERTS", text("ca_file")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_of_the_real_host_names_are_content() {
    let tls = || Options { tls: true, ..Options::default() };
    content("proxied.py", tls(), proxied).await;
    content("proxied.mjs", tls(), proxied).await;
}
