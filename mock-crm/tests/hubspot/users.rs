//! Users who are added, changed and removed while the portal is open, and what becomes of their owners and records.

use mock_crm::hubspot::spec::{ArchivedOwnerUserId, TeamSpec};
use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const USERS: &str = "/settings/v3/users";
const RECORDS: &str = "/crm/v3/objects/users";

fn portal() -> TestPortal {
    TestPortal::with(|spec| {
        spec.teams.push(TeamSpec {
            id: None,
            name: "East".to_owned(),
        });
        spec.users[1].secondary_teams = vec!["East".to_owned()];
    })
}

fn ada() -> Value {
    json!({
        "email": "ada@example.com", "firstName": "Mary Ada", "lastName": "Byron", "sendWelcomeEmail": false,
        "primaryTeamId": "178500", "secondaryTeamIds": ["178501"],
    })
}

#[tokio::test]
async fn a_user_who_is_added_is_an_owner_with_numbers_of_her_own_and_no_permission() {
    let crm = portal();

    let made = crm
        .post("/settings/users/2026-03", ada())
        .await
        .expect(201)
        .body;

    let id = made["id"].as_str().unwrap();
    let expected = json!({
        "id": id, "email": "ada@example.com", "firstName": "Mary Ada", "lastName": "Byron", "roleIds": [],
        "superAdmin": false, "primaryTeamId": "178500", "secondaryTeamIds": ["178501"], "sendWelcomeEmail": false,
        "seatNames": [],
    });
    assert_eq!(made, expected);
    for path in [
        format!("{USERS}/{id}"),
        "/settings/users/v3/ADA@example.com?idProperty=EMAIL".to_owned(),
    ] {
        assert_eq!(crm.get(&path).await.expect(200).body, made);
    }
    let owner = crm
        .get(&format!("/crm/v3/owners/{id}?idProperty=userId"))
        .await
        .expect(200)
        .body;
    assert_eq!(owner["firstName"], "Mary Ada");
    let teams: Vec<_> = (owner["teams"].as_array().unwrap().iter())
        .map(|team| (team["name"].as_str().unwrap(), team["primary"] == true))
        .collect();
    assert_eq!(teams, [("West", true), ("East", false)]);
    let search = json!({
        "filterGroups": [{ "filters": [{ "propertyName": "hs_internal_user_id", "operator": "EQ", "value": id }] }],
        "properties": ["hubspot_owner_id", "hs_family_name"],
    });
    let record = crm
        .post(&format!("{RECORDS}/search"), search)
        .await
        .expect(200);
    let record = &record.body["results"][0];
    assert_eq!(record["properties"]["hubspot_owner_id"], owner["id"]);
    let numbers = [&record["id"], &owner["id"], &made["id"]];
    assert!(numbers[0] != numbers[1] && numbers[1] != numbers[2] && numbers[0] != numbers[2]);
    let contact = json!({ "email": "x@y.zz", "hubspot_owner_id": owner["id"] });
    crm.given_contact(contact).await;
    assert_eq!(crm.creates()[0].api, "settings");
}

#[tokio::test]
async fn a_users_settings_change_and_what_is_left_out_stays() {
    let crm = portal();
    let id = crm.post(USERS, ada()).await.expect(201).id();
    let path = format!("{USERS}/{id}");
    crm.advance(60);

    let changed = crm
        .put(&path, json!({ "roleId": "300", "secondaryTeamIds": [] }))
        .await
        .expect(200);

    assert_eq!(changed.body["roleIds"], json!(["300"]));
    assert_eq!(changed.body["primaryTeamId"], "178500");
    assert_eq!(changed.body["secondaryTeamIds"], json!([]));
    let owner = format!("/crm/v3/owners/{id}?idProperty=userId");
    // Permissions are none of the owner's business.
    let before = crm.get(&owner).await.expect(200).body;
    assert_eq!(before["updatedAt"], "2026-01-01T00:00:00.000Z");
    crm.put(
        "/settings/users/v3/ada@example.com?idProperty=EMAIL",
        json!({ "firstName": "Ada" }),
    )
    .await
    .expect(200);
    let after = crm.get(&owner).await.expect(200).body;
    assert_eq!(
        (&after["firstName"], &after["lastName"]),
        (&json!("Ada"), &json!("Byron"))
    );
    assert_eq!(after["updatedAt"], "2026-01-01T00:01:00.000Z");
    let record = json!({
        "filterGroups": [{ "filters": [{ "propertyName": "hs_internal_user_id", "operator": "EQ", "value": id }] }],
        "properties": ["hs_given_name"],
    });
    let record = crm
        .post(&format!("{RECORDS}/search"), record)
        .await
        .expect(200);
    assert_eq!(
        record.body["results"][0]["properties"]["hs_given_name"],
        "Ada"
    );
    for wrong in [
        json!({ "roleId": "7" }),
        json!({ "primaryTeamId": "7" }),
        json!({ "secondaryTeamIds": ["7"] }),
    ] {
        crm.put(&path, wrong).await.expect(400);
    }
    let teams = crm.get(&format!("{USERS}/teams")).await.expect(200).body;
    assert_eq!(
        teams["results"][1]["secondaryUserIds"],
        json!([crm.user_id("Sam Low")])
    );
}

#[tokio::test]
async fn a_removed_user_archives_the_owner_ends_the_tokens_and_comes_back_with_the_same_numbers() {
    let mut crm = portal();
    let (sam, owner) = (crm.user_id("Sam Low"), crm.owner_id("Sam Low"));
    let token = crm.token_of("Sam Low", "main");
    let contact = crm
        .given_contact(json!({ "email": "a@b.co", "hubspot_owner_id": owner }))
        .await;

    crm.delete(&format!("{USERS}/{sam}")).await.expect(204);

    crm.get(&format!("{USERS}/{sam}")).await.expect(404);
    crm.delete(&format!("{USERS}/{sam}")).await.expect(404);
    crm.get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(404);
    let archived = crm
        .get(&format!("/crm/v3/owners/{owner}?archived=true"))
        .await
        .expect(200)
        .body;
    let number: u32 = sam.parse().unwrap();
    assert_eq!(
        (&archived["userId"], &archived["userIdIncludingInactive"]),
        (&Value::Null, &json!(number))
    );
    assert!(archived.as_object().unwrap().contains_key("userId"));
    assert_eq!(
        crm.contact(&contact, "hubspot_owner_id").await["hubspot_owner_id"],
        owner
    );
    let dana = crm.token_of("Dana Reyes", "main");
    crm.use_token(&token);
    crm.get("/crm/v3/owners").await.expect(401);
    crm.use_token(&dana);
    let again = crm
        .post(USERS, json!({ "email": "Sam.Low@example.com" }))
        .await
        .expect(201);
    assert_eq!(again.id(), sam);
    crm.get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn an_archived_owners_user_id_is_left_out_where_the_switch_says_so() {
    let crm = TestPortal::with(|spec| {
        spec.switches.archived_owner_user_id = ArchivedOwnerUserId::Omit;
    });

    let archived = crm
        .get("/crm/v3/owners?archived=true")
        .await
        .expect(200)
        .body;

    let gone = &archived["results"][0];
    assert_eq!(
        (gone.get("userId"), &gone["firstName"]),
        (None, &json!("Gone"))
    );
}

#[tokio::test]
async fn a_user_who_can_not_be_added_is_refused() {
    let crm = portal();

    let missing = crm
        .post(USERS, json!({ "firstName": "x" }))
        .await
        .expect(400);
    let taken = crm
        .post(USERS, json!({ "email": "DANA.reyes@example.com" }))
        .await
        .expect(409);

    assert!(
        missing.body["message"]
            .as_str()
            .unwrap()
            .ends_with("Some required fields were not set: [email]")
    );
    assert_eq!(taken.body["category"], "OBJECT_ALREADY_EXISTS");
    for email in ["", "x", "a@b", "a b@c.de", "a@b@c.de"] {
        crm.post(USERS, json!({ "email": email })).await.expect(400);
    }
    crm.post(USERS, json!({ "email": "new@example.com", "roleId": "7" }))
        .await
        .expect(400);
    // An owner who is no user: what HubSpot makes of it is not known.
    crm.post(USERS, json!({ "email": "ext.owner@example.com" }))
        .await
        .expect(501);
    assert_eq!(crm.creates().len(), 0);
    crm.get(&format!("{USERS}/x?idProperty=NAME"))
        .await
        .expect(400);
    crm.get("/settings/users/2026-09-beta/seats")
        .await
        .expect(501);
}

#[tokio::test]
async fn users_are_listed_by_page() {
    let crm = portal();
    let mut ids = Vec::new();
    let mut path = format!("{USERS}/?limit=2");

    loop {
        let page = crm.get(&path).await.expect(200).body;
        let results = page["results"].as_array().unwrap();
        ids.extend(
            results
                .iter()
                .map(|user| user["id"].as_str().unwrap().to_owned()),
        );
        let Some(after) = page["paging"]["next"]["after"].as_str() else {
            break;
        };
        path = format!("/settings/users/2026-03?limit=2&after={after}");
    }

    let expected: Vec<_> = ["Dana Reyes", "Sam Low", "Noa Kent", "Ola Nord"]
        .map(|name| crm.user_id(name))
        .to_vec();
    assert_eq!(ids, expected);
    crm.get(&format!("{USERS}?limit=101")).await.expect(400);
}

#[tokio::test]
async fn a_users_record_takes_a_job_title_but_no_other_person() {
    let crm = portal();
    let sam = crm.portal.user("Sam Low").unwrap();
    let path = format!("{RECORDS}/{}", crm.portal.user_record_id(&sam).unwrap());

    let change = json!({ "properties": { "hs_job_title": "Seller", "hs_standard_time_zone": "Europe/Vienna" } });
    let changed = crm.patch(&path, change).await.expect(200);
    let refused = json!({ "properties": { "hubspot_owner_id": crm.owner_id("Dana Reyes") } });
    let refused = crm.patch(&path, refused).await.expect(400);

    assert_eq!(changed.property("hs_job_title"), "Seller");
    assert_eq!(refused.body["errors"][0]["code"], "READ_ONLY_VALUE");
    crm.post(RECORDS, json!({ "properties": { "hs_job_title": "x" } }))
        .await
        .expect(501);
    crm.delete(&path).await.expect(501);
    let list = crm.get(&format!("{RECORDS}?limit=100")).await.expect(200);
    assert_eq!(list.body["results"].as_array().map(Vec::len), Some(5));
    // The record's number means nobody among owners.
    let id = path.rsplit('/').next().unwrap();
    let owner = json!({ "properties": { "email": "a@b.co", "hubspot_owner_id": id } });
    crm.post(CONTACTS, owner).await.expect(400);
}

#[tokio::test]
async fn settings_need_scopes_of_their_own() {
    let mut crm = portal();
    let reader = crm.token_of("Dana Reyes", "reader");
    let sam = crm.user_id("Sam Low");
    crm.use_token(&reader);

    for path in [
        USERS,
        "/settings/v3/users/roles",
        "/settings/v3/users/teams",
        "/crm/v3/owners",
        RECORDS,
    ] {
        let refused = crm.get(path).await.expect(403);
        assert_eq!(refused.body["category"], "MISSING_SCOPES", "{path}");
    }
    crm.post(USERS, ada()).await.expect(403);
    crm.put(&format!("{USERS}/{sam}"), json!({}))
        .await
        .expect(403);
    crm.delete(&format!("{USERS}/{sam}")).await.expect(403);
}
