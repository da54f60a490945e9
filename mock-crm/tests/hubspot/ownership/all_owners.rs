//! `hs_all_owner_ids` and its like: everybody whom a property of the kind names.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use mock_crm::hubspot::spec::{PropertySpec, TeamSpec};

const ALL: &str =
    "hubspot_owner_id,hs_all_owner_ids,hs_user_ids_of_all_owners,hubspot_team_id,hs_all_team_ids";

/// With a property of the portal's own that holds an owner, and Sam in a team.
fn portal() -> TestPortal {
    TestPortal::with(|spec| {
        spec.teams.push(TeamSpec {
            id: None,
            name: "East".to_owned(),
        });
        spec.users[1].team = Some("East".to_owned());
        spec.properties.push(PropertySpec {
            object: "contacts".to_owned(),
            name: "account_manager".to_owned(),
            owners: true,
            ..PropertySpec::default()
        });
    })
}

#[tokio::test]
async fn a_portals_own_owner_property_counts_among_all_owners() {
    let crm = portal();
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));

    let id = crm
        .given_contact(json!({ "hubspot_owner_id": dana, "account_manager": sam }))
        .await;

    let read = crm.contact(&id, ALL).await;
    assert_eq!(read["hubspot_owner_id"], dana);
    assert_eq!(read["hs_all_owner_ids"], format!("{dana};{sam}"));
    let users = [crm.user_id("Dana Reyes"), crm.user_id("Sam Low")].join(";");
    assert_eq!(read["hs_user_ids_of_all_owners"], users);
    assert_eq!(read["hubspot_team_id"], "178500");
    assert_eq!(read["hs_all_team_ids"], "178500;178501");
}

#[tokio::test]
async fn somebody_named_twice_counts_once_and_an_owner_property_makes_no_owner() {
    let crm = portal();
    let sam = crm.owner_id("Sam Low");

    let twice = json!({ "hubspot_owner_id": sam, "account_manager": sam });
    let twice = crm.given_contact(twice).await;
    let only = crm.given_contact(json!({ "account_manager": sam })).await;

    assert_eq!(crm.contact(&twice, ALL).await["hs_all_owner_ids"], sam);
    let read = crm.contact(&only, ALL).await;
    assert_eq!(read["hs_all_owner_ids"], sam);
    for name in ["hubspot_owner_id", "hubspot_team_id"] {
        assert_eq!(read[name], Value::Null, "{name}");
    }
    assert_eq!(crm.creates()[1].owner, None);
}

#[tokio::test]
async fn a_user_id_is_no_value_of_an_owner_property_either() {
    let crm = portal();
    let body = json!({ "properties": { "account_manager": crm.user_id("Sam Low") } });

    let refused = crm.post(CONTACTS, body).await.expect(400);

    let error = &refused.body["errors"][0];
    assert_eq!(error["code"], "INVALID_OWNER_ID");
    assert_eq!(error["context"]["propertyName"][0], "account_manager");
}

#[tokio::test]
async fn every_stamp_goes_with_the_owner() {
    let crm = portal();
    let dana = crm.owner_id("Dana Reyes");
    let id = crm.given_contact(json!({ "hubspot_owner_id": dana })).await;

    let body = json!({ "properties": { "hubspot_owner_id": "" } });
    let path = format!("{CONTACTS}/{id}");
    crm.patch(&path, body).await.expect(200);

    let read = crm.contact(&id, ALL).await;
    for name in ALL.split(',') {
        assert_eq!(read[name], Value::Null, "{name}");
    }
}

#[tokio::test]
async fn an_owner_without_user_and_without_team_leaves_those_stamps_empty() {
    let crm = portal();

    for owner in ["Ext Owner", "Inbound"] {
        let owner = crm.owner_id(owner);
        let id = crm
            .given_contact(json!({ "hubspot_owner_id": owner }))
            .await;
        let read = crm.contact(&id, ALL).await;
        assert_eq!(read["hs_all_owner_ids"], owner);
        for name in [
            "hs_user_ids_of_all_owners",
            "hubspot_team_id",
            "hs_all_team_ids",
        ] {
            assert_eq!(read[name], Value::Null, "{name}");
        }
    }
}
