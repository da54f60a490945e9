//! Owners, users, and the numbers of one person, which all differ.

use serde_json::{Value, json};

use crate::harness::TestPortal;

#[tokio::test]
async fn one_person_has_three_numbers() {
    let crm = TestPortal::new();
    let mut numbers: Vec<String> = Vec::new();
    for person in crm.portal.users() {
        numbers.extend(person.owner_id.as_deref().map(str::to_owned));
        numbers.extend(person.user_id.as_deref().map(str::to_owned));
        numbers.extend(crm.portal.user_record_id(&person));
    }
    let all = numbers.len();

    numbers.sort();
    numbers.dedup();

    // Six people, of whom one has no owner and one no user, and a queue.
    assert_eq!((all, numbers.len()), (5 + 5 + 5 + 1, 16));
}

#[tokio::test]
async fn an_owner_is_found_by_owner_id_and_by_user_id() {
    let crm = TestPortal::new();
    let (owner, user) = (crm.owner_id("Dana Reyes"), crm.user_id("Dana Reyes"));

    let by_owner = crm
        .get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(200);
    let by_user = crm
        .get(&format!(
            "/crm/owners/2026-03/{user}?idProperty=userId&archived=false"
        ))
        .await
        .expect(200);
    crm.get(&format!("/crm/v3/owners/{user}")).await.expect(404);

    assert_eq!(by_owner.body, by_user.body);
    let number: u32 = user.parse().unwrap();
    let expected = json!({
        "id": owner, "email": "dana.reyes@example.com", "type": "PERSON", "firstName": "Dana", "lastName": "Reyes",
        "userId": number, "userIdIncludingInactive": number, "createdAt": "2026-01-01T00:00:00.000Z",
        "updatedAt": "2026-01-01T00:00:00.000Z", "archived": false,
        "teams": [{ "id": "178500", "name": "West", "primary": true }],
    });
    assert_eq!(by_owner.body, expected);
}

#[tokio::test]
async fn owners_are_listed_by_page_and_archived_ones_apart() {
    let crm = TestPortal::new();
    let names = |body: &Value| -> Vec<String> {
        let owners = body["results"].as_array().unwrap();
        owners
            .iter()
            .map(|owner| owner["firstName"].as_str().unwrap().to_owned())
            .collect()
    };

    let first = crm.get("/crm/v3/owners/?limit=2").await.expect(200);
    let after = first.body["paging"]["next"]["after"].as_str().unwrap();
    let rest = crm
        .get(&format!("/crm/v3/owners?after={after}"))
        .await
        .expect(200);
    let archived = crm.get("/crm/v3/owners?archived=true").await.expect(200);
    let one = crm
        .get("/crm/v3/owners?email=SAM.low@example.com")
        .await
        .expect(200);

    assert_eq!(names(&first.body), ["Dana", "Sam"]);
    assert_eq!(names(&rest.body), ["Ola", "Ext", "Inbound"]);
    assert_eq!(rest.body.get("paging"), None);
    assert_eq!(names(&archived.body), ["Gone"]);
    assert_eq!(archived.body["results"][0]["userId"], Value::Null);
    assert_eq!(
        archived.body["results"][0]["userIdIncludingInactive"].to_string(),
        crm.user_id("Gone Girl")
    );
    assert_eq!(names(&one.body), ["Sam"]);
}

#[tokio::test]
async fn a_queue_and_an_owner_from_elsewhere_have_no_user() {
    let crm = TestPortal::new();

    for (name, kind) in [("Inbound", "QUEUE"), ("Ext Owner", "PERSON")] {
        let owner = crm
            .get(&format!("/crm/v3/owners/{}", crm.owner_id(name)))
            .await
            .expect(200);
        assert_eq!(owner.body["type"], kind);
        assert_eq!(owner.body.get("userId"), None);
        assert_eq!(owner.body.get("userIdIncludingInactive"), None);
    }
}

#[tokio::test]
async fn of_two_super_admins_only_one_is_an_owner_and_a_role_called_admin_is_none() {
    let crm = TestPortal::new();

    let users = crm.get("/settings/v3/users/?limit=100").await.expect(200);
    let roles = crm.get("/settings/v3/users/roles").await.expect(200);

    let users = users.body["results"].as_array().unwrap();
    let admins: Vec<&str> = users
        .iter()
        .filter(|user| user["superAdmin"] == true)
        .map(|user| user["id"].as_str().unwrap())
        .collect();
    assert_eq!(admins, [crm.user_id("Dana Reyes"), crm.user_id("Noa Kent")]);
    assert_eq!(
        roles.body,
        json!({ "results": [{ "id": "300", "name": "Admin of sorts", "requiresBillingWrite": false }] })
    );
    let ola = users.iter().find(|user| user["roleId"] == "300").unwrap();
    assert_eq!(
        (&ola["superAdmin"], &ola["roleIds"]),
        (&json!(false), &json!(["300"]))
    );
    crm.get(&format!(
        "/crm/v3/owners/{}?idProperty=userId",
        crm.user_id("Noa Kent")
    ))
    .await
    .expect(404);
}

#[tokio::test]
async fn a_user_is_found_by_id_and_by_email() {
    let crm = TestPortal::new();

    let by_id = crm
        .get(&format!(
            "/settings/users/2026-03/{}",
            crm.user_id("Sam Low")
        ))
        .await
        .expect(200);
    let by_email = crm
        .get("/settings/v3/users/sam.low@example.com?idProperty=EMAIL")
        .await
        .expect(200);
    crm.get(&format!("/settings/v3/users/{}", crm.user_id("Gone Girl")))
        .await
        .expect(404);

    assert_eq!(by_id.body, by_email.body);
    let teams = crm.get("/settings/v3/users/teams").await.expect(200);
    assert_eq!(
        teams.body["results"][0]["userIds"],
        json!([crm.user_id("Dana Reyes")])
    );
}

#[tokio::test]
async fn the_users_object_knows_all_numbers_of_a_person() {
    let crm = TestPortal::with(|spec| {
        let write = "crm.objects.users.write".to_owned();
        spec.apps[0].scopes.push(write);
    });
    let id = crm
        .portal
        .user_record_id(&crm.portal.user("Sam Low").unwrap())
        .unwrap();
    let body = json!({
        "filterGroups": [{ "filters": [{ "propertyName": "hs_email", "operator": "EQ", "value": "sam.low@example.com" }] }],
        "properties": ["hs_internal_user_id", "hubspot_owner_id"],
    });

    let found = crm
        .post("/crm/v3/objects/users/search", body)
        .await
        .expect(200);
    let user = &found.body["results"][0];
    assert_eq!(user["id"], id);
    assert_eq!(
        user["properties"]["hs_internal_user_id"],
        crm.user_id("Sam Low")
    );
    assert_eq!(
        user["properties"]["hubspot_owner_id"],
        crm.owner_id("Sam Low")
    );
}

#[tokio::test]
async fn deactivating_a_user_archives_the_owner_and_stops_the_tokens() {
    let mut crm = TestPortal::new().with_token_of("Sam Low", "main");
    let owner = crm.owner_id("Sam Low");
    crm.get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(200);

    assert!(crm.portal.set_user_active("Sam Low", false));

    crm.get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(401);
    crm.use_token(&crm.token_of("Dana Reyes", "main"));
    crm.get(&format!("/crm/v3/owners/{owner}"))
        .await
        .expect(404);
    crm.get(&format!("/crm/v3/owners/{owner}?archived=true"))
        .await
        .expect(200);
    assert!(!crm.portal.set_user_active("Nobody", false));
}

#[tokio::test]
async fn the_account_tells_its_number() {
    let crm = TestPortal::new();

    let details = crm.get("/account-info/v3/details").await.expect(200);

    assert_eq!(details.body["portalId"], 62515);
}
