//! Who becomes the owner and who the creator of a record.

use http::{Method, StatusCode};
use insta::assert_compact_json_snapshot;
use mock_crm::salesforce::{NullOwner, OwnerOnInsert, QueueOnUserOwned};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

const LEAD: (&str, &str) = ("Lee", "Acme");

pub(crate) fn lead(more: Value) -> Value {
    let mut fields = json!({ "LastName": LEAD.0, "Company": LEAD.1 });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    fields
}

#[tokio::test]
async fn without_an_owner_the_caller_owns_and_created_the_record() {
    let crm = TestOrg::new();
    for (object, fields) in [
        ("Contact", json!({ "LastName": "Lee" })),
        ("Account", json!({ "Name": "Acme" })),
        ("Lead", lead(json!({}))),
        ("Task", json!({ "Subject": "Call" })),
    ] {
        let id = crm.given("Dana Reyes", object, fields).await;

        let dana = crm.id("Dana Reyes");
        assert_eq!(
            crm.owner_and_creator(object, &id).await,
            (dana.clone(), dana),
            "{object}"
        );
    }
}

#[tokio::test]
async fn an_owner_may_be_named_in_either_length_of_id() {
    let crm = TestOrg::new();
    let dana = crm.id("Dana Reyes");
    for owner in [dana.as_str(), &dana[..15], &dana.to_lowercase()] {
        let id = crm
            .given(
                "Sam Sync",
                "Contact",
                json!({ "LastName": "Lee", "OwnerId": owner }),
            )
            .await;

        let expected = (dana.clone(), crm.id("Sam Sync"));
        assert_eq!(crm.owner_and_creator("Contact", &id).await, expected);
    }
    let create = crm.creates().pop().unwrap();
    assert_eq!(
        (create.owner_reason.as_str(), create.owner_requested),
        ("requested", Some(dana.clone()))
    );
    assert_eq!(
        (create.owner_user, create.created_by),
        (Some(dana), crm.id("Sam Sync"))
    );
}

#[tokio::test]
async fn naming_another_owner_takes_the_right_to_transfer() {
    let crm = TestOrg::new();
    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Robin Cole") });

    let answer = crm
        .post("Dana Reyes", "/sobjects/Contact", fields.clone())
        .await;

    assert_eq!(
        answer.code(),
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
    );
    assert_eq!(crm.creates(), []);

    let mut open = spec();
    open.switches.owner_on_insert = OwnerOnInsert::AnyUser;
    let crm = TestOrg::of(open);
    crm.given("Dana Reyes", "Contact", fields).await;
}

#[tokio::test]
async fn an_owner_that_is_no_user_is_refused() {
    let crm = TestOrg::new();
    for (owner, code) in [
        (json!("INVALID_OWNER"), "MALFORMED_ID"),
        (json!("003000000000001"), "MALFORMED_ID"),
        (json!(5), "MALFORMED_ID"),
        (json!("005zzz000000001"), "INVALID_CROSS_REFERENCE_KEY"),
        (json!(crm.id("Lead Queue")), "MALFORMED_ID"),
        (json!(crm.id("Ina Active")), "INACTIVE_OWNER_OR_USER"),
    ] {
        let fields = json!({ "LastName": "Lee", "OwnerId": owner });
        let answer = crm.post("Sam Sync", "/sobjects/Contact", fields).await;

        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, code),
            "{owner}"
        );
    }
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn the_texts_of_refused_owners_are_those_of_real_orgs() {
    let crm = TestOrg::new();
    let refused = async |owner: &str| {
        let fields = json!({ "LastName": "Lee", "OwnerId": owner });
        crm.post("Sam Sync", "/sobjects/Contact", fields).await.body
    };

    assert_compact_json_snapshot!(refused("INVALID_OWNER").await, @r#"[{"message": "Owner ID: id value of incorrect type: INVALID_OWNER", "errorCode": "MALFORMED_ID", "fields": ["OwnerId"]}]"#);
    assert_compact_json_snapshot!(refused(&crm.id("Ina Active")).await, @r#"
    [
      {
        "message": "operation performed with inactive user [00500100000000P] as owner of contact",
        "errorCode": "INACTIVE_OWNER_OR_USER",
        "fields": []
      }
    ]
    "#);
}

#[tokio::test]
async fn an_inactive_owner_is_allowed_where_the_switch_says_so() {
    let mut spec = spec();
    spec.switches.inactive_owner_allowed = vec!["account".to_owned()];
    let crm = TestOrg::of(spec);
    let owner = crm.id("Ina Active");

    crm.given(
        "Sam Sync",
        "Account",
        json!({ "Name": "Acme", "OwnerId": owner }),
    )
    .await;

    let contact = json!({ "LastName": "Lee", "OwnerId": owner });
    let answer = crm.post("Sam Sync", "/sobjects/Contact", contact).await;
    assert_eq!(answer.code(), "INACTIVE_OWNER_OR_USER");
}

#[tokio::test]
async fn a_null_owner_is_the_caller_unless_the_switch_refuses_it() {
    let fields = json!({ "LastName": "Lee", "OwnerId": null });
    let crm = TestOrg::new();
    let id = crm.given("Dana Reyes", "Contact", fields.clone()).await;
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await.0,
        crm.id("Dana Reyes")
    );

    let mut strict = spec();
    strict.switches.null_owner_on_insert = NullOwner::Refuse;
    let crm = TestOrg::of(strict);
    let answer = crm.post("Dana Reyes", "/sobjects/Contact", fields).await;
    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "Owner ID: owner cannot be blank", "errorCode": "INVALID_CROSS_REFERENCE_KEY", "fields": ["OwnerId"]}]"#);
}

#[tokio::test]
async fn a_queue_owns_what_it_is_for() {
    let crm = TestOrg::new();
    let off = [("Sforce-Auto-Assign", "FALSE")];
    let create = async |queue: &str| {
        let fields = lead(json!({ "OwnerId": crm.id(queue) }));
        crm.call_with("Sam Sync", Method::POST, "/sobjects/Lead", fields, &off)
            .await
    };

    let owned = create("Lead Queue").await;
    assert_eq!(owned.status, StatusCode::CREATED);
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (row.owner, row.owner_user),
        (Some(crm.id("Lead Queue")), None)
    );

    let refused = create("Case Queue").await;
    assert_compact_json_snapshot!(refused.body, @r#"[{"message": "Queue not associated with this SObject type", "errorCode": "INVALID_OPERATION", "fields": []}]"#);
}

#[tokio::test]
async fn a_queue_for_a_contact_is_refused_with_the_code_of_the_switch() {
    let mut spec = spec();
    spec.switches.queue_on_user_owned = QueueOnUserOwned::InvalidOperation;
    let crm = TestOrg::of(spec);

    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Lead Queue") });
    let answer = crm.post("Sam Sync", "/sobjects/Contact", fields).await;

    assert_eq!(answer.code(), "INVALID_OPERATION");
}

#[tokio::test]
async fn an_object_without_owner_has_no_such_column() {
    let crm = TestOrg::new();

    let fields = json!({ "AssigneeId": crm.id("Dana Reyes"), "OwnerId": crm.id("Dana Reyes") });
    let answer = crm
        .post("Ada Min", "/sobjects/PermissionSetAssignment", fields)
        .await;

    assert_eq!(answer.code(), "INVALID_FIELD");
}

#[tokio::test]
async fn an_update_moves_the_owner_only_when_it_says_so_and_never_the_creator() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    let (dana, robin) = (crm.id("Dana Reyes"), crm.id("Robin Cole"));

    let answer = crm
        .patch("Robin Cole", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (dana.clone(), dana.clone())
    );
    assert_eq!(crm.changes(), []);

    crm.patch("Dana Reyes", &path, json!({ "OwnerId": robin }))
        .await;
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (robin.clone(), dana.clone())
    );
    let change = crm.changes().pop().unwrap();
    assert_eq!(
        (change.owner, change.owner_before, change.user),
        (Some(robin), Some(dana.clone()), dana)
    );
}

#[tokio::test]
async fn a_record_of_others_is_given_away_by_who_may_transfer() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    let to_robin = json!({ "OwnerId": crm.id("Robin Cole") });

    let refused = crm.patch("Robin Cole", &path, to_robin.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_compact_json_snapshot!(refused.body, @r#"[{"message": "insufficient access rights on object id", "errorCode": "INSUFFICIENT_ACCESS_OR_READONLY", "fields": []}]"#);

    let same = crm
        .patch(
            "Robin Cole",
            &path,
            json!({ "OwnerId": crm.id("Dana Reyes") }),
        )
        .await;
    assert_eq!(same.status, StatusCode::NO_CONTENT);

    let moved = crm.patch("Sam Sync", &path, to_robin).await;
    assert_eq!(moved.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_owner_can_not_be_cleared() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let answer = crm
        .patch(
            "Dana Reyes",
            &format!("/sobjects/Contact/{id}"),
            json!({ "OwnerId": null }),
        )
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "Owner ID: owner cannot be blank", "errorCode": "INVALID_CROSS_REFERENCE_KEY", "fields": ["OwnerId"]}]"#);
}

#[tokio::test]
async fn a_contact_of_an_inactive_owner_can_only_be_given_to_another() {
    let crm = TestOrg::new();
    let id = crm
        .given("Robin Cole", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    crm.org.set_user_active("Robin Cole", false).unwrap();

    let refused = crm
        .patch("Sam Sync", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(refused.code(), "INACTIVE_OWNER_OR_USER");

    let moved = json!({ "OwnerId": crm.id("Dana Reyes") });
    assert_eq!(
        crm.patch("Sam Sync", &path, moved).await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn an_account_deleted_takes_its_contacts_along_and_rights_are_asked() {
    let crm = TestOrg::new();
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    let contact = crm
        .given(
            "Robin Cole",
            "Contact",
            json!({ "LastName": "Lee", "AccountId": account }),
        )
        .await;
    let path = format!("/sobjects/Account/{account}");

    let refused = crm.delete("Robin Cole", &path).await;
    assert_eq!(refused.code(), "INSUFFICIENT_ACCESS_OR_READONLY");

    assert_eq!(
        crm.delete("Dana Reyes", &path).await.status,
        StatusCode::NO_CONTENT
    );
    let gone = crm
        .get("Robin Cole", &format!("/sobjects/Contact/{contact}"))
        .await;
    assert_eq!(gone.code(), "ENTITY_IS_DELETED");
}
