//! Webhooks, with the real binary: a board tells at once that something happened, and the engine reads it sooner.

use std::process::Stdio;
use std::time::Instant;

use serde_json::json;

use crate::support::{Bench, PATIENCE, Process, free_port};

/// The pair that comes with the program, which looks so seldom that only what it is told can be in time.
fn pair() -> String {
    include_str!("../../config/recipes/two-way-item.toml").replace("every = \"1s\"", "every = \"1h\"")
}

fn serve(bench: &Bench, config: &std::path::Path) -> Process {
    let mut command = bench.command(&["--config", config.to_str().unwrap(), "serve"]);
    let child = Process(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let deadline = Instant::now() + PATIENCE;
    while std::os::unix::net::UnixStream::connect(bench.data().join("engine.sock")).is_err() {
        assert!(Instant::now() < deadline, "the engine does not answer");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child
}

async fn hooks(bench: &Bench) -> Vec<String> {
    let board = bench.endpoint("/monday/boards/Leads");
    let found = bench.graphql(&format!("{{ webhooks(board_id: {board}) {{ event }} }}")).await;
    let mut events: Vec<String> =
        found["webhooks"].as_array().unwrap().iter().map(|hook| hook["event"].to_string()).collect();
    events.sort();
    events
}

async fn title(bench: &Bench, id: &str, title: &str) {
    let edit = json!({ "update": [{ "id": id, "title": title }] });
    bench.control("POST", "/monday/records/Leads", edit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_tells_of_a_change_until_nobody_reads_it() {
    let bench = Bench::start(2);
    let port = free_port();
    let text =
        format!("[callback]\nport = {port}\npublic_url = \"http://127.0.0.1:{port}\"\nwebhooks = true\n");
    let config = bench.file("config.toml", &text);
    let engine = serve(&bench, &config);
    bench.connect();
    let path = bench.file("pair.toml", &pair());
    let rows = bench.json(&["recipes", "create", "--file", path.to_str().unwrap()]);
    bench.in_step();
    bench
        .until_some("six webhooks", async || Some(hooks(&bench).await).filter(|hooks| hooks.len() == 6))
        .await;
    let item = bench.cells("Leads", &[]).await[0].clone();
    let lead_has = async |wanted: &str| {
        let found = bench.soql(&format!("SELECT Id FROM Lead WHERE Title = '{wanted}'")).await;
        (!found.is_empty()).then_some(())
    };
    title(&bench, &item["id"], "told").await;
    bench.until_some("told", async || lead_has("told").await).await;
    // A stranger causes nothing and learns nothing.
    let stranger = reqwest::Client::new().post(format!("http://127.0.0.1:{port}/hooks/guess"));
    let answer = stranger.json(&json!({ "challenge": "x" })).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    // The same ones serve after a restart.
    drop(engine);
    let _engine = serve(&bench, &config);
    bench.in_step();
    title(&bench, &item["id"], "told again").await;
    bench.until_some("told again", async || lead_has("told again").await).await;
    assert_eq!(hooks(&bench).await.len(), 6);
    for row in rows.as_array().unwrap() {
        bench.json(&["recipes", "delete", row["id"].as_str().unwrap(), "--yes"]);
    }
    bench.until_some("taken down", async || hooks(&bench).await.is_empty().then_some(())).await;
}
