//! A connection that falls is told outside the console, once, by the operator's own command.

use serde_json::json;

use crate::support::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_falls_is_told_once() {
    let bench = Bench::start(5);
    let told = bench.data().with_file_name("told.txt");
    let script = "echo \"$SYNCDECK_CONNECTION $SYNCDECK_STATE $SYNCDECK_ACCOUNT\" >> \"$0\"";
    let config =
        format!("[notify]\ncommand = [\"/bin/sh\", \"-c\", {script:?}, {:?}]\n", told.display().to_string());
    let config = bench.file("config.toml", &config);
    let _engine = bench.serve_with(&["--config", config.to_str().unwrap()]);
    bench.connect();
    bench.lead_recipe();
    bench.in_step();
    assert!(!told.exists(), "nothing has fallen yet");
    let username = bench.soql("SELECT Username FROM User WHERE IsActive = true").await;
    for row in username {
        bench.control("POST", "/salesforce/revoke", json!({ "username": row["Username"] })).await;
    }
    bench.until("told", |_| std::fs::read_to_string(&told).ok().filter(|text| text.ends_with('\n')));
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(std::fs::read_to_string(&told).unwrap(), "sf revoked default\n");
}
