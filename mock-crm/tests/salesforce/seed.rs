//! From a specification to an org.

use std::sync::Arc;

use http::StatusCode;
use insta::assert_snapshot;
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::salesforce::{OrgSpec, Salesforce};
use mock_crm::serve::Server;
use mock_crm::tenant::Hosted;
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

fn parsed(spec: Value) -> OrgSpec {
    serde_json::from_value(spec).unwrap()
}

/// What is wrong with a specification.
#[track_caller]
fn refused(spec: Value) -> String {
    let server = Arc::new(Server::new(Arc::new(Clock::Real), 1, None));
    Salesforce::new(server)
        .open(parsed(spec), None)
        .unwrap_err()
        .to_string()
}

#[test]
fn an_empty_specification_is_an_org() {
    let server = Arc::new(Server::new(Arc::new(Clock::Real), 1, None));

    let org = Salesforce::new(server)
        .open(parsed(json!({})), None)
        .unwrap();

    assert!(org.id().starts_with("00D") && org.id().len() == 18);
}

#[tokio::test]
async fn seeded_records_are_there_with_owner_and_creator_and_without_a_row_in_the_ledger() {
    let mut spec = spec();
    spec.custom_objects =
        parsed(json!({ "custom_objects": [{ "name": "Deal_Room__c" }] })).custom_objects;
    spec.custom_fields = parsed(json!({ "custom_fields": [
        { "object": "Deal_Room__c", "name": "Account__c", "type": "reference", "references": "Account" },
    ] }))
    .custom_fields;
    spec.records = parsed(json!({ "records": [
        { "object": "Account", "label": "acme", "owner": "Ina Active", "created_by": "Dana Reyes", "fields": { "Name": "Acme" } },
        { "object": "Contact", "created_by": "Robin Cole", "fields": { "LastName": "Lee", "AccountId": "@acme" } },
        { "object": "Deal_Room__c", "owner": "Dana Reyes", "fields": { "Name": "Room", "Account__c": "@acme" } },
    ] }))
    .records;
    let crm = TestOrg::of(spec);

    let contacts = crm
        .query(
            "Dana Reyes",
            "SELECT Account.Owner.Name, Owner.Name, CreatedBy.Name FROM Contact",
        )
        .await;
    let rooms = crm
        .query(
            "Dana Reyes",
            "SELECT Account__r.Name, Owner.Name FROM deal_room__c",
        )
        .await;

    let contact = &contacts.body["records"][0];
    assert_eq!(
        contact["Account"]["Owner"]["Name"], "Ina Active",
        "{}",
        contacts.text
    );
    assert_eq!(
        (&contact["Owner"]["Name"], &contact["CreatedBy"]["Name"]),
        (&json!("Robin Cole"), &json!("Robin Cole"))
    );
    assert_eq!(
        rooms.body["records"][0]["Account__r"]["Name"], "Acme",
        "{}",
        rooms.text
    );
    assert!(
        rooms.text.contains("/sobjects/Deal_Room__c/a00"),
        "{}",
        rooms.text
    );
    assert_eq!(crm.creates(), []);
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_a_hint() {
    assert_snapshot!(refused(json!({ "users": [{ "name": "Dana", "profile": "Admin" }] })), @r#"
    users[0].profile: no profile is called "Admin"
    hint: known: Minimum Access - API Only Integrations, Standard User, System Administrator
    "#);
    assert_snapshot!(refused(json!({ "permission_sets": [{ "name": "P", "permissions": ["Fly"] }] })), @r#"
    permission_sets[0].permissions[0]: no permission is called "Fly"
    hint: known: ApiEnabled, ApiUserOnly, AuthorApex, BulkApiHardDelete, CreateAuditFields, CustomizeApplication, EditTask, ManageDataIntegrations, ManageInternalUsers, ManageUsers, ModifyAllData, TransferAnyCase, TransferAnyEntity, TransferAnyLead, UpdateWithInactiveOwner, ViewAllData, ViewSetup
    "#);
    assert_snapshot!(refused(json!({ "id": "001" })), @r#"
    id: "001" is no id of an organisation
    hint: 15 or 18 letters and digits that start with 00D, or leave it out
    "#);
    assert_snapshot!(refused(json!({ "custom_fields": [{ "object": "Contact", "name": "Apollo" }] })), @r#"
    custom_fields[0].name: "Apollo" is no custom name
    hint: letters, digits and underscores, then __c: Apollo_Id__c
    "#);
    assert_snapshot!(refused(json!({ "records": [{ "object": "Contact", "fields": { "Oops": 1 } }] })), @r"records[0].fields: No such column 'Oops' on sobject of type Contact");
    assert_snapshot!(refused(json!({ "assignment_rules": [{ "owner": "Nobody" }] })), @r#"
    assignment_rules[0].owner: no user or queue is called "Nobody"
    hint: there is no user or queue in the specification
    "#);
    assert_snapshot!(refused(json!({ "users": [{ "name": "A" }, { "name": "A" }] })), @r#"users[1].name: two users or queues are called "A""#);
}

#[test]
fn a_misspelt_key_is_refused() {
    let error = serde_json::from_value::<OrgSpec>(json!({ "user": [] })).unwrap_err();

    assert!(
        error.to_string().contains("unknown field `user`"),
        "{error}"
    );
}

#[test]
fn a_host_is_taken_while_its_org_is_open() {
    let server = Arc::new(Server::new(Arc::new(Clock::Real), 1, None));
    let salesforce = Salesforce::new(server);
    let spec = || parsed(json!({ "my_domain": "acme" }));
    let first = salesforce.open(spec(), None).unwrap();

    assert_eq!(salesforce.open(spec(), None).unwrap_err().path, "my_domain");

    salesforce.close(first.id());
    salesforce.open(spec(), None).unwrap();
}

#[test]
fn what_an_app_or_login_can_not_have_is_refused_with_a_hint() {
    assert_snapshot!(refused(json!({ "apps": [{ "run_as": "Nobody" }], "users": [{ "name": "A B" }] })), @r#"
    apps[0].run_as: no user is called "Nobody"
    hint: known: A B
    "#);
    assert_snapshot!(refused(json!({ "apps": [{ "certificate": "nonsense" }] })), @r#"
    apps[0].certificate: it is no certificate or public key in PEM
    hint: `openssl req -x509 -newkey rsa:2048 -nodes` makes key and certificate; `demo` means the pair that mock-crm brings
    "#);
    assert_snapshot!(refused(json!({ "apps": [{}, {}] })), @r#"apps[1].client_id: two apps have the client id "mock-client""#);
    assert_snapshot!(refused(json!({ "my_domain": "a.b" })), @r#"
    my_domain: "a.b.my.salesforce.com" is no host of an org
    hint: a name like acme, acme--test.sandbox or acme.develop
    "#);
    assert_snapshot!(refused(json!({ "users": [{ "name": "A", "username": "x@y" }, { "name": "B", "username": "X@y" }] })), @r#"users[1].username: two users have the user name "x@y""#);
}

#[tokio::test]
async fn an_org_that_is_opened_again_is_the_same() {
    let crm = TestOrg::new();
    let number = crm.org.tenant().number;
    let again = Arc::new(Server::new(Arc::new(Clock::Real), 1, None));
    let salesforce = Salesforce::new(again);
    let at = Timestamp::parse(crate::harness::NOW).unwrap();

    let org = salesforce.reopen(number, at, spec()).unwrap();

    assert_eq!(org.id(), crm.org.id());
    for name in ["Dana Reyes", "Lead Queue"] {
        assert_eq!(*org.named(name).unwrap(), *crm.id(name));
    }
    assert!(salesforce.tokens_of(&org, "Dana Reyes").is_none());
    let next = salesforce.open(OrgSpec::default(), None).unwrap();
    assert!(next.tenant().number > number);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_tokens() {
    let (one, other) = (TestOrg::new(), TestOrg::new());

    assert_eq!(one.token("Dana Reyes"), other.token("Dana Reyes"));
    assert_eq!(
        one.get("Dana Reyes", "/limits").await.status,
        StatusCode::OK
    );
}
