//! Pipelines and their stages, which the properties of records go by.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::TestPortal;

#[tokio::test]
async fn stages_are_the_options_of_the_property_that_holds_them() {
    let crm = TestPortal::new();

    for (object, stage) in [
        ("deals", "dealstage"),
        ("leads", "hs_pipeline_stage"),
        ("contacts", "lifecyclestage"),
    ] {
        let list = crm
            .get(&format!("/crm/v3/pipelines/{object}"))
            .await
            .expect(200);
        let property = crm
            .get(&format!("/crm/v3/properties/{object}/{stage}"))
            .await
            .expect(200);

        let named = |items: &Value, id: &str| -> BTreeMap<String, Value> {
            let items = items.as_array().unwrap().iter();
            let pair =
                |item: &Value| (item[id].as_str().unwrap().to_owned(), item["label"].clone());
            items.map(pair).collect()
        };
        let stages = named(&list.body["results"][0]["stages"], "id");
        assert_eq!(
            stages,
            named(&property.body["options"], "value"),
            "{object}"
        );
    }
}

#[tokio::test]
async fn a_pipeline_and_a_stage_are_read_by_id() {
    let crm = TestPortal::new();

    let pipeline = crm.get("/crm/v3/pipelines/deals/default").await.expect(200);
    let stages = crm
        .get("/crm/pipelines/2026-03/0-3/default/stages")
        .await
        .expect(200);
    let won = crm
        .get("/crm/v3/pipelines/deals/default/stages/closedwon")
        .await
        .expect(200);

    assert_eq!(pipeline.body["label"], "Sales Pipeline");
    assert_eq!(stages.body["results"], pipeline.body["stages"]);
    let expected = json!({
        "id": "closedwon", "label": "Closed Won", "displayOrder": 5, "archived": false,
        "metadata": { "isClosed": "true", "probability": "1.0" }, "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        "createdAt": "1970-01-01T00:00:00Z", "updatedAt": "1970-01-01T00:00:00Z",
    });
    assert_eq!(won.body, expected);
    let contacts = crm.get("/crm/v3/pipelines/contacts").await.expect(200);
    assert_eq!(
        contacts.body["results"][0]["id"],
        "contacts-lifecycle-pipeline"
    );
    for (path, status) in [
        ("/crm/v3/pipelines/deals/other", 404),
        ("/crm/v3/pipelines/deals/default/stages/other", 404),
        ("/crm/v3/pipelines/deals/default/audit", 501),
        ("/crm/v3/pipelines/companies", 501),
        ("/crm/v3/pipelines/butterflies", 400),
    ] {
        crm.get(path).await.expect(status);
    }
    crm.post("/crm/v3/pipelines/deals", json!({}))
        .await
        .expect(501);
}
