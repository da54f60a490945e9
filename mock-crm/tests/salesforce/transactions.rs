//! What is taken back is as if it had never been, for everybody.

use mock_crm::tenant::Hosted;
use serde_json::{Value, json};

use crate::collections::with_external_id;
use crate::composite::{composite, sub};
use crate::harness::TestOrg;

#[tokio::test]
async fn ids_keys_owners_and_the_recycle_bin_are_as_before() {
    let crm = TestOrg::of(with_external_id(true));
    let given = json!({ "LastName": "Lee", "Apollo_Id__c": "a1" });
    let id = crm.given("Dana Reyes", "Contact", given).await;
    let path = format!("/sobjects/Contact/{id}");
    let before = crm.get("Ada Min", &path).await.text;
    let next = crm.org.tenant().read().next_serial();
    let subs = [
        sub(
            "new",
            "POST",
            "/sobjects/Contact",
            json!({ "LastName": "A", "Apollo_Id__c": "a2" }),
        ),
        sub(
            "move",
            "PATCH",
            &path,
            json!({ "Apollo_Id__c": "a3", "OwnerId": crm.id("Robin Cole") }),
        ),
        sub("gone", "DELETE", "/sobjects/Contact/@{new.id}", Value::Null),
        sub("bad", "POST", "/sobjects/Contact", json!({})),
    ];

    let answer = composite(&crm, true, &subs).await;

    assert_eq!(
        answer.body["compositeResponse"][3]["body"][0]["errorCode"],
        "REQUIRED_FIELD_MISSING"
    );
    assert_eq!(crm.get("Ada Min", &path).await.text, before);
    assert_eq!(crm.org.tenant().read().next_serial(), next);
    assert_eq!((crm.creates().len(), crm.changes().len()), (1, 0));
    let by_key = async |key: &str| {
        let path = format!("/sobjects/Contact/Apollo_Id__c/{key}");
        crm.get("Ada Min", &path).await.status.as_u16()
    };
    assert_eq!(
        (by_key("a1").await, by_key("a2").await, by_key("a3").await),
        (200, 404, 404)
    );
    let all = crm
        .get("Ada Min", "/queryAll?q=SELECT+Id+FROM+Contact")
        .await;
    assert_eq!(all.body["totalSize"], 1);
}

#[tokio::test]
async fn rights_that_were_given_in_it_work_inside_and_are_gone_after_it() {
    let crm = TestOrg::new();
    let sets = crm
        .query(
            "Ada Min",
            "SELECT Id FROM PermissionSet WHERE Name = 'Transfer'",
        )
        .await;
    let assignment = json!({
        "AssigneeId": crm.id("Ada Min"), "PermissionSetId": sets.body["records"][0]["Id"],
    });
    let user = json!({ "IsActive": false });
    let dana = format!("/sobjects/User/{}", crm.id("Dana Reyes"));
    let given = json!({ "LastName": "A", "OwnerId": crm.id("Dana Reyes") });
    let body = |all_or_none| {
        let subs = [
            sub(
                "right",
                "POST",
                "/sobjects/PermissionSetAssignment",
                assignment.clone(),
            ),
            sub("user", "PATCH", &dana, user.clone()),
            sub("refused", "POST", "/sobjects/Contact", given.clone()),
        ];
        crate::composite::call(all_or_none, &subs)
    };

    let answer = crm.post("Ada Min", "/composite", body(true)).await;

    // Inside, Dana is inactive already; after it she works as before.
    let refusal = &answer.body["compositeResponse"][2]["body"][0]["errorCode"];
    assert_eq!(refusal, "INACTIVE_OWNER_OR_USER", "{}", answer.text);
    assert_eq!(crm.get("Dana Reyes", "/limits").await.status, 200);

    crm.post("Ada Min", "/composite", body(false)).await;
    assert_eq!(crm.get("Dana Reyes", "/limits").await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_else_sees_half_of_it() {
    let crm = std::sync::Arc::new(TestOrg::new());
    let contact = |id: usize| {
        sub(
            &format!("r{id}"),
            "POST",
            "/sobjects/Contact",
            json!({ "LastName": "A" }),
        )
    };
    let mut subs: Vec<_> = (0..10).map(contact).collect();
    let whole = crate::composite::call(true, &subs);
    subs.push(sub("bad", "POST", "/sobjects/Contact", json!({})));
    let undone = crate::composite::call(true, &subs);
    let writers = [whole, undone].map(|body| {
        let crm = crm.clone();
        tokio::spawn(async move {
            for _ in 0..20 {
                crm.post("Dana Reyes", "/composite", body.clone()).await;
            }
        })
    });
    let reader = {
        let crm = crm.clone();
        tokio::spawn(async move {
            let mut counts = Vec::new();
            for _ in 0..50 {
                let answer = crm.query("Robin Cole", "SELECT count() FROM Contact").await;
                counts.push(answer.body["totalSize"].as_u64().unwrap());
            }
            counts
        })
    };

    let counts = reader.await.unwrap();
    for writer in writers {
        writer.await.unwrap();
    }

    assert!(counts.iter().all(|count| count % 10 == 0), "{counts:?}");
    assert_eq!(crm.creates().len(), 200);
}

#[tokio::test]
async fn nobody_has_looked_at_what_never_was() {
    let crm = TestOrg::new();
    let known = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let mut subs = [
        sub(
            "old",
            "GET",
            &format!("/sobjects/Contact/{known}"),
            Value::Null,
        ),
        sub(
            "new",
            "POST",
            "/sobjects/Contact",
            json!({ "LastName": "A" }),
        ),
        sub("look", "GET", "/sobjects/Contact/@{new.id}", Value::Null),
        sub("bad", "POST", "/sobjects/Contact", json!({})),
    ];

    for sub in &mut subs {
        sub["httpHeaders"] = json!({ "Sforce-Mru": "updateMru=true" });
    }

    composite(&crm, true, &subs).await;
    // It gets the place of the contact that was taken back.
    crm.given("Robin Cole", "Account", json!({ "Name": "Acme" }))
        .await;

    let recent = crm.get("Dana Reyes", "/recent").await;
    let ids: Vec<_> = recent
        .body
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["Id"])
        .collect();
    assert_eq!(ids, [&json!(known)], "{}", recent.text);
}
