use reqwest::Method;
use serde_json::json;

use crate::document::assert_described;
use crate::seeded::seeded;
use crate::{code, controlled};

#[tokio::test]
async fn what_is_open_is_listed_with_users_and_tokens() {
    let crm = seeded().await;

    let (_, orgs) = crm.control.get("/orgs").await;

    let (_, document) = crm.control.get("/openapi.json").await;
    assert_described(&document, "Orgs", &orgs);
    for (schema, entry) in [
        ("Org", &orgs["salesforce"][0]),
        ("OrgUser", &orgs["salesforce"][0]["users"][0]),
        ("Portal", &orgs["hubspot"][0]),
        ("PortalUser", &orgs["hubspot"][0]["users"][0]),
    ] {
        assert_described(&document, schema, entry);
    }
    let token = orgs["salesforce"][0]["users"][1]["token"].as_str().unwrap();
    assert_eq!(crm.status_of(token).await, 200);
}

#[tokio::test]
async fn an_org_and_a_portal_are_opened_from_what_a_seed_has() {
    let control = controlled().await;
    let users = json!([{ "name": "Dana Reyes", "token": true }]);
    let apps = json!([{ "name": "App", "client_id": "c", "client_secret": "x" }]);

    for (vendor, id) in [("salesforce", "org"), ("hubspot", "portal")] {
        let body = json!({ vendor: { "name": "Second", "apps": apps, "users": users } });
        let (status, opened) = control.post("/orgs", body).await;

        assert_eq!(status, 201, "{opened}");
        assert_eq!(opened[vendor]["name"], "Second");
        assert!(opened[vendor][id].is_string() || opened[vendor][id].is_number());
        assert!(opened[vendor]["users"][0]["token"].is_string());
    }
}

#[tokio::test]
async fn a_portal_is_described_with_every_credential_and_every_owner() {
    let control = controlled().await;
    let portal = json!({
        "apps": [{ "name": "App", "client_id": "c", "client_secret": "x" }],
        "private_apps": [{ "name": "Script", "user": "Dana Reyes" }],
        "service_keys": [{ "name": "Key", "user": "Gil Gone" }],
        "users": [
            { "name": "Dana Reyes", "token": true },
            { "name": "Gil Gone", "active": false },
        ],
        "queue_owners": [{ "name": "Inbound", "owner_id": 50001 }],
    });

    let (_, opened) = control.post("/orgs", json!({ "hubspot": portal })).await;

    let (_, document) = control.get("/openapi.json").await;
    let portal = &opened["hubspot"];
    assert_described(&document, "Portal", portal);
    assert_described(&document, "PrivateApp", &portal["private_apps"][0]);
    assert_described(&document, "OtherOwner", &portal["other_owners"][0]);
    assert_eq!(
        portal["other_owners"],
        json!([{ "name": "Inbound", "owner_id": "50001" }])
    );
    let private = &portal["private_apps"][0];
    assert_eq!(private["user"], "Dana Reyes");
    // Dana has a token of the app and one of her private app: each stands in its own place.
    let [own, script] = [&portal["users"][0]["token"], &private["token"]]
        .map(|token| token.as_str().unwrap().to_owned());
    assert!(!own.starts_with("pat-") && script.starts_with("pat-"));
    assert_eq!(portal["service_keys"][0]["user"], "Gil Gone");
    let active = [0, 1].map(|place| portal["users"][place]["active"].clone());
    assert_eq!(active, [json!(true), json!(false)]);
}

#[tokio::test]
async fn what_is_no_org_is_refused() {
    let control = controlled().await;

    for body in [
        json!({}),
        json!({ "zoho": {} }),
        json!({ "salesforce": { "usrs": [] } }),
        json!({ "salesforce": { "users": [{ "name": "Dana", "profile": "Nobody" }] } }),
        json!({ "hubspot": { "properties": [{ "object": "zebras", "name": "x" }] } }),
    ] {
        let answer = control.post("/orgs", body.clone()).await;
        assert_eq!(code(&answer), (400, "bad_body"), "{body}");
    }
    let (_, orgs) = control.get("/orgs").await;
    assert_eq!(orgs, json!({ "salesforce": [], "hubspot": [] }));
}

#[tokio::test]
async fn a_closed_org_is_gone_and_a_late_request_is_named() {
    let crm = seeded().await;
    let dana = crm.org_user("Dana");
    crm.contact(&dana, json!({})).await;
    let path = format!("/orgs/{}", crm.org);

    let (status, _) = crm.control.send(Method::DELETE, &path, None).await;

    assert_eq!(status, 204);
    let again = crm.control.send(Method::DELETE, &path, None).await;
    assert_eq!(code(&again), (404, "unknown_org"));
    assert_eq!(crm.status_of(dana.token.as_deref().unwrap()).await, 401);
    let (_, requests) = crm.control.get("/requests").await;
    assert_eq!(
        requests["dropped"], 1,
        "the exchange of the create went with the org"
    );
    let late = requests["requests"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&late["org"], &late["token"]),
        (&json!(crm.org), &json!(dana.token_id))
    );
    assert_eq!(
        code(&crm.control.get("/requests/q1").await),
        (410, "dropped_request")
    );
    let asked = crm.control.get(&format!("/creates?org={}", crm.org)).await;
    assert_eq!(code(&asked), (404, "unknown_org"));
}

#[tokio::test]
async fn orgs_have_clocks_and_faults_of_their_own() {
    let crm = seeded().await;
    let fault = json!({ "org": crm.org, "times": null, "action": { "refuse": "server_error" } });
    crm.control.post("/faults", fault).await;
    let token = crm.org_user("Dana").token.unwrap();
    assert_eq!(crm.status_of(&token).await, 500);

    let path = format!("/orgs/{}", crm.org);
    crm.control.send(Method::DELETE, &path, None).await;

    assert_eq!(crm.control.get("/faults").await.1, json!({ "faults": [] }));
    let (status, clock) = crm.control.get(&format!("/clock?org={}", crm.portal)).await;
    assert_eq!((status, &clock["fixed"]), (200, &json!(true)));
}
