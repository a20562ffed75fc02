//! A recipe proposed from both sides, shown on real records, and made: by the command line, against the sandbox.

use crate::support::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_recipe_is_shown_made_and_runs() {
    let bench = Bench::start(40);
    let _engine = bench.serve();
    bench.connect();
    let places = bench.json(&["recipes", "propose"]);
    let named = |list: &str| -> Vec<String> {
        places[list].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().into()).collect()
    };
    assert!(named("objects").contains(&"Lead".to_owned()), "{places}");
    assert!(named("containers").contains(&"Leads".to_owned()), "{places}");

    let args =
        ["recipes", "propose", "--object", "lead", "--container", "Leads", "--template", "two-way-item"];
    let told = bench.run(&args);
    assert!(told.status.success(), "{told:?}");
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(text.contains("salesforce = \"LastName\"\ntarget = \"name\""), "{text}");
    assert!(text.contains("salesforce = \"Email\"\ntarget = \"email\""), "{text}");
    assert!(!text.contains("salesforce = \"Name\"\n"), "it cannot be written: {text}");

    let file = bench.file(
        "proposed.toml",
        &text.replace("backfill = true", "backfill = true\nwhere = \"Email is not empty\""),
    );
    let path = file.to_str().unwrap();
    let before = bench.json(&["recipes", "list"]);
    let shown = bench.json(&["recipes", "preview", "--file", path]);
    assert_eq!(shown["samples"].as_array().unwrap().len(), 5, "{shown}");
    assert_eq!((shown["records"].as_u64(), shown["reads"].as_u64()), (Some(40), Some(1)), "{shown}");
    let email = shown["fields"].as_array().unwrap().iter().position(|pair| pair[0] == "Email").unwrap();
    for sample in shown["samples"].as_array().unwrap() {
        let has_one = !sample["values"][email].as_str().unwrap().is_empty();
        assert_eq!(sample["admitted"], has_one, "{sample}");
    }
    assert_eq!(bench.json(&["recipes", "list"]), before, "only shown");
    assert_eq!(bench.items("Leads").await.len(), 0, "only shown");

    let made = bench.json(&["recipes", "create", "--file", path]);
    let id = made[0]["id"].as_str().unwrap();
    let open = bench.in_step()["errors"]["open"].as_u64().unwrap();
    let with_mail = bench.soql("SELECT Id FROM Lead WHERE Email != null").await.len();
    let made = bench.items("Leads").await.len();
    assert_eq!(
        made + usize::try_from(open).unwrap(),
        with_mail,
        "each is there, or an error that a person sees"
    );
    assert!(made > 10, "{made} of {with_mail}");

    // What a run would do: nothing now, and a record that nobody has read yet once there is one.
    let items = bench.items("Leads").await.len();
    let would = bench.json(&["recipes", "run", id, "--full", "--dry-run"]);
    assert_eq!((would["created"].as_u64(), would["updated"].as_u64()), (Some(0), Some(0)), "{would}");
    assert!(would["records"].as_u64().unwrap() >= 40, "{would}");
    assert!(bench.run(&["recipes", "pause", id, "--pair"]).status.success());
    assert_eq!(bench.status()["recipes"]["paused"], 2, "both halves");
    let lead =
        serde_json::json!({ "create": [{ "LastName": "New", "Company": "C", "Email": "n@example.com" }] });
    bench.control("POST", "/salesforce/records/Lead", lead).await;
    let would = bench.json(&["recipes", "run", id, "--full", "--dry-run"]);
    assert_eq!((would["created"].as_u64(), would["calls"].as_u64()), (Some(1), Some(1)), "{would}");
    assert_eq!(bench.items("Leads").await.len(), items, "only told");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_proposed_is_told() {
    let bench = Bench::start(1);
    let _engine = bench.serve();
    bench.connect();
    let told = bench.run(&["recipes", "propose", "--object", "Nothing", "--container", "Leads"]);
    assert_eq!(told.status.code(), Some(2), "{told:?}");
    assert!(String::from_utf8_lossy(&told.stderr).contains("Nothing"), "{told:?}");
    let told = bench.run(&["recipes", "propose", "--target", "sf"]);
    assert_eq!(told.status.code(), Some(2), "{told:?}");
}
