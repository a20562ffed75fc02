//! Merges, conversions, purges and graphs in the simulated Salesforce, and who may enter it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its expectation fails")]

use serde_json::{Value, json};

use crate::sandbox_salesforce::{Org, encoded};

impl Org {
    async fn made(&self, object: &str, fields: Value) -> String {
        let (status, body) = self.call("POST", &format!("/sobjects/{object}"), Some(fields)).await;
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap().to_owned()
    }

    async fn all(&self, soql: &str) -> Vec<Value> {
        let answer = self.get(&format!("/queryAll?q={}", encoded(soql))).await;
        answer["records"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_merge_moves_what_hangs_on_the_losers() {
    let org = Org::new(5);
    let master = org.made("Account", json!({ "Name": "Master" })).await;
    let loser = org.made("Account", json!({ "Name": "Loser", "External_Id__c": "L-1" })).await;
    let contact = org.made("Contact", json!({ "LastName": "Moves", "AccountId": loser })).await;
    let child = org.made("Account", json!({ "Name": "Child", "ParentId": loser })).await;
    org.does("/salesforce/merge", json!({ "object": "Account", "master": master, "losers": [loser] })).await;
    let soql = format!("SELECT IsDeleted, MasterRecordId FROM Account WHERE Id = '{loser}'");
    let row = &org.all(&soql).await[0];
    assert_eq!((&row["IsDeleted"], &row["MasterRecordId"]), (&json!(true), &json!(master)));
    let moved = org.get(&format!("/sobjects/Contact/{contact}?fields=AccountId")).await;
    assert_eq!(moved["AccountId"], json!(master), "what hung on the loser does not go to the bin with it");
    assert_eq!(
        org.get(&format!("/sobjects/Account/{child}?fields=ParentId")).await["ParentId"],
        json!(master)
    );
    let wrong = json!({ "object": "Account", "master": master, "losers": [loser] });
    assert_eq!(org.control("POST", "/salesforce/merge", wrong).await.0, 400, "the loser is gone");
}

#[tokio::test]
async fn a_converted_lead_becomes_three_records() {
    let org = Org::new(5);
    let lead = json!({ "LastName": "Doe", "FirstName": "Jo", "Company": "Acme", "City": "Rome", "Email": "jo@acme.example" });
    let lead = org.made("Lead", lead).await;
    let made = org.does("/salesforce/convert", json!({ "lead": lead })).await;
    let row = org.get(&format!("/sobjects/Lead/{lead}")).await;
    assert_eq!((&row["IsConverted"], &row["Status"]), (&json!(true), &json!("Closed - Converted")));
    for (field, key) in [
        ("ConvertedAccountId", "account"),
        ("ConvertedContactId", "contact"),
        ("ConvertedOpportunityId", "opportunity"),
    ] {
        assert_eq!(row[field], made[key]);
    }
    let contact = org.get(&format!("/sobjects/Contact/{}", made["contact"].as_str().unwrap())).await;
    assert_eq!(
        (&contact["Name"], &contact["MailingCity"], &contact["AccountId"]),
        (&json!("Jo Doe"), &json!("Rome"), &made["account"])
    );
    let edit = json!({ "Rating": "Hot" });
    let (_, refused) = org.call("PATCH", &format!("/sobjects/Lead/{lead}"), Some(edit)).await;
    assert_eq!(refused[0]["errorCode"], "CANNOT_UPDATE_CONVERTED_LEAD");
    assert_eq!(org.control("POST", "/salesforce/convert", json!({ "lead": lead })).await.0, 400, "only once");
}

#[tokio::test]
async fn a_purged_record_leaves_nothing() {
    let org = Org::new(5);
    let binned = org.made("Lead", json!({ "LastName": "A", "Company": "A" })).await;
    let live = org.made("Lead", json!({ "LastName": "B", "Company": "B" })).await;
    org.call("DELETE", &format!("/sobjects/Lead/{binned}"), None).await;
    org.does("/salesforce/purge", json!([binned, live])).await;
    let soql = format!("SELECT Id FROM Lead WHERE Id IN ('{binned}', '{live}')");
    assert!(org.all(&soql).await.is_empty());
    assert_eq!(org.control("POST", "/salesforce/undelete", json!([binned])).await.0, 400);
}

#[tokio::test]
async fn graphs_are_done_each_as_a_whole() {
    let org = Org::new(5);
    let post = |name: &str, object: &str, body: Value| json!({ "method": "POST", "url": format!("/services/data/v62.0/sobjects/{object}"), "referenceId": name, "body": body });
    let good = json!([
        // The child stands before its parent: references decide the order.
        post("con", "Contact", json!({ "LastName": "Child", "AccountId": "@{acc.id}" })),
        post("acc", "Account", json!({ "Name": "Graph parent" })),
    ]);
    let bad = json!([
        post("acc", "Account", json!({ "Name": "Graph orphan" })),
        post("con", "Contact", json!({ "FirstName": "Nobody" })),
    ]);
    let graphs = json!({ "graphs": [
        { "graphId": "1", "compositeRequest": good }, { "graphId": "2", "compositeRequest": bad },
    ] });
    let (status, answer) = org.call("POST", "/composite/graph", Some(graphs)).await;
    assert_eq!(status, 200, "{answer}");
    let graph = |number: usize| &answer["graphs"][number];
    let part = |number: usize, row: usize| &graph(number)["graphResponse"]["compositeResponse"][row];
    assert_eq!((&graph(0)["isSuccessful"], &graph(1)["isSuccessful"]), (&json!(true), &json!(false)));
    assert_eq!((&part(0, 0)["referenceId"], &part(0, 0)["httpStatusCode"]), (&json!("con"), &json!(201)));
    assert_eq!(part(1, 0)["body"][0]["errorCode"], "PROCESSING_HALTED");
    assert_eq!(part(1, 1)["body"][0]["errorCode"], "REQUIRED_FIELD_MISSING");
    let names = org.query("SELECT Name FROM Account WHERE Name LIKE 'Graph %'").await;
    assert_eq!((&names["totalSize"], &names["records"][0]["Name"]), (&json!(1), &json!("Graph parent")));
    let circle = json!([
        post("a", "Contact", json!({ "LastName": "@{b.id}" })),
        post("b", "Contact", json!({ "LastName": "@{a.id}" })),
    ]);
    let circle = json!({ "graphs": [{ "graphId": "x", "compositeRequest": circle }] });
    assert_eq!(org.call("POST", "/composite/graph", Some(circle)).await.0, 400);
}

#[tokio::test]
async fn captured_objects_show_in_the_tooling_api() {
    let org = Org::new(5);
    let soql = encoded("SELECT Id, SelectedEntity FROM PlatformEventChannelMember");
    let path = format!("/tooling/query/?q={soql}");
    org.does(
        "/salesforce/change-data-capture",
        json!({ "objects": { "Lead": false, "Subscription__c": true } }),
    )
    .await;
    let answer = org.get(&path).await;
    let rows = answer["records"].as_array().unwrap();
    let entities: Vec<&str> = rows.iter().map(|row| row["SelectedEntity"].as_str().unwrap()).collect();
    let expected =
        ["AccountChangeEvent", "ContactChangeEvent", "OpportunityChangeEvent", "Subscription__ChangeEvent"];
    assert_eq!(entities, expected);
}

#[tokio::test]
async fn an_app_may_need_a_code_challenge() {
    let org = Org::new(5);
    org.does("/salesforce/settings", json!({ "pkce_required": true })).await;
    let client = org.sandbox.system("salesforce").unwrap().endpoints("http://x")["client_id"].clone();
    let path = format!(
        "/services/oauth2/authorize?response_type=code&client_id={}&state=s&redirect_uri={}",
        client.as_str().unwrap(),
        encoded("http://localhost:1717/callback")
    );
    let answer = org.raw("GET", &path, None).await;
    let location = answer.headers()["location"].to_str().unwrap();
    assert!(location.contains("error=invalid_request") && location.contains("state=s"), "{location}");
    let with = org.raw("GET", &format!("{path}&code_challenge=abc"), None).await;
    assert_eq!(with.status(), 200);
}
