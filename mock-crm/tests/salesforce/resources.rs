//! Records by other ways than their id: relationships, spans of time, recent ones, counts.

use std::time::Duration;

use http::{Method, StatusCode};
use insta::assert_compact_json_snapshot;
use mock_crm::tenant::Hosted;
use serde_json::json;

use crate::harness::TestOrg;

const USER: &str = "Dana Reyes";

#[tokio::test]
async fn a_path_leads_through_a_relationship_to_the_parent() {
    let crm = TestOrg::new();
    let account = crm.given(USER, "Account", json!({ "Name": "Acme" })).await;
    let fields = json!({ "LastName": "Lee", "AccountId": account });
    let contact = crm.given(USER, "Contact", fields).await;
    let path = format!("/sobjects/Contact/{contact}/account");

    let read = crm.get(USER, &format!("{path}?fields=Name")).await;
    assert_eq!(
        (&read.body["Name"], &read.body["Id"]),
        (&json!("Acme"), &json!(account))
    );

    let changed = crm.patch(USER, &path, json!({ "Site": "Oslo" })).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT);
    assert_eq!(crm.get(USER, &path).await.body["Site"], "Oslo");

    let none = crm
        .get(USER, &format!("/sobjects/Contact/{contact}/ReportsTo"))
        .await;
    let unknown = crm
        .get(USER, &format!("/sobjects/Contact/{contact}/Cousin"))
        .await;
    assert_eq!((none.code(), unknown.code()), ("NOT_FOUND", "NOT_FOUND"));

    assert_eq!(crm.delete(USER, &path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        crm.get(USER, &format!("/sobjects/Account/{account}"))
            .await
            .code(),
        "ENTITY_IS_DELETED"
    );
}

#[tokio::test]
async fn a_path_leads_to_the_children_as_a_query_would() {
    let crm = TestOrg::new();
    let account = crm.given(USER, "Account", json!({ "Name": "Acme" })).await;
    crm.given(USER, "Contact", json!({ "LastName": "Else" }))
        .await;
    for name in ["Lee", "Li"] {
        let fields = json!({ "LastName": name, "AccountId": account });
        crm.given(USER, "Contact", fields).await;
    }

    let path = format!("/sobjects/Account/{account}/Contacts?fields=LastName");
    let answer = crm.get(USER, &path).await;

    assert_eq!(
        (&answer.body["totalSize"], &answer.body["done"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(answer.body["records"][1]["LastName"], "Li");
    assert_eq!(answer.body["records"][0]["attributes"]["type"], "Contact");
}

#[tokio::test]
async fn changes_and_deletions_are_told_for_a_span_of_time() {
    let crm = TestOrg::new();
    let kept = crm
        .given(USER, "Contact", json!({ "LastName": "Lee" }))
        .await;
    crm.org.tenant().clock.advance(Duration::from_secs(3600));
    let gone = crm
        .given(USER, "Contact", json!({ "LastName": "Li" }))
        .await;
    crm.delete(USER, &format!("/sobjects/Contact/{gone}")).await;
    let ask = async |what: &str, span: &str| {
        crm.get(USER, &format!("/sobjects/contact/{what}/?{span}"))
            .await
    };

    let early = "start=2026-01-01T00%3A00%3A00%2B00%3A00&end=2026-01-01T00%3A30%3A00%2B00%3A00";
    let late = "start=2026-01-01T00:30:00+00:00&end=2026-01-02T00:00:00Z";
    assert_eq!(
        ask("updated", early).await.body,
        json!({ "ids": [kept], "latestDateCovered": "2026-01-01T00:30:00.000+0000" })
    );
    assert_eq!(ask("updated", late).await.body["ids"], json!([]));
    assert_eq!(
        ask("deleted", early).await.body["deletedRecords"],
        json!([])
    );
    assert_eq!(
        ask("deleted", late).await.body,
        json!({
            "deletedRecords": [{ "id": gone, "deletedDate": "2026-01-01T01:00:03.000+0000" }],
            "earliestDateAvailable": "2026-01-01T00:00:03.000+0000",
            "latestDateCovered": "2026-01-01T01:00:03.000+0000",
        })
    );
}

#[tokio::test]
async fn a_span_that_is_none_is_refused() {
    let crm = TestOrg::new();
    for (span, code) in [
        ("start=2026-01-01T00:00:00Z", "MISSING_ARGUMENT"),
        (
            "start=yesterday&end=2026-01-01T00:00:00Z",
            "INVALID_REPLICATION_DATE",
        ),
        (
            "start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z",
            "INVALID_REPLICATION_DATE",
        ),
        (
            "start=2026-01-01T00:00:00Z&end=2026-01-01T00:00:59Z",
            "INVALID_REPLICATION_DATE",
        ),
    ] {
        for what in ["updated", "deleted"] {
            let answer = crm
                .get(USER, &format!("/sobjects/Contact/{what}?{span}"))
                .await;
            assert_eq!(
                (answer.status, answer.code()),
                (StatusCode::BAD_REQUEST, code),
                "{span}"
            );
        }
    }
}

#[tokio::test]
async fn records_are_recent_for_whom_looked_at_them_and_said_so() {
    let crm = TestOrg::new();
    let mru = [("Sforce-Mru", "updateMru=true")];
    let account = crm.given(USER, "Account", json!({ "Name": "Acme" })).await;
    let path = format!("/sobjects/Account/{account}");
    crm.call_with(USER, Method::GET, &path, "", &mru).await;
    let fields = json!({ "LastName": "Lee" });
    let contact = crm
        .call_with(USER, Method::POST, "/sobjects/Contact", fields, &mru)
        .await
        .id();

    crm.given(USER, "Account", json!({ "Name": "Unsaid" }))
        .await;

    let recent = crm.get(USER, "/recent").await.body;
    let ids: Vec<_> = recent
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["Id"])
        .collect();
    assert_eq!(ids, [&json!(contact), &json!(account)]);
    assert_eq!(recent[1]["Name"], "Acme");
    assert_eq!(
        crm.get(USER, "/recent?limit=1")
            .await
            .body
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(crm.get("Robin Cole", "/recent").await.body, json!([]));

    let basic = crm.get(USER, "/sobjects/Account").await.body;
    assert_eq!(basic["recentItems"].as_array().unwrap().len(), 1);
    assert_eq!(basic["recentItems"][0]["attributes"]["type"], "Account");
}

#[tokio::test]
async fn records_are_counted_and_objects_without_any_are_left_out() {
    let crm = TestOrg::new();
    for name in ["A", "B"] {
        crm.given(USER, "Account", json!({ "Name": name })).await;
    }

    let some = crm
        .get(USER, "/limits/recordCount?sObjects=account,Contact")
        .await;
    let none = crm.get(USER, "/limits/recordCount?sObjects=Contact").await;

    assert_compact_json_snapshot!(some.body, @r#"{"sObjects": [{"count": 2, "name": "Account"}]}"#);
    assert_compact_json_snapshot!(none.body, @r#"{"sObjects": []}"#);
}

#[tokio::test]
async fn tabs_and_the_theme_name_the_objects() {
    let crm = TestOrg::new();

    let tabs = crm.get(USER, "/tabs").await.body;
    let theme = crm.get(USER, "/theme").await.body;

    let has = |list: &serde_json::Value, name: &str| {
        list.as_array()
            .unwrap()
            .iter()
            .any(|item| item["name"] == name)
    };
    assert!(has(&tabs, "Account") && !has(&tabs, "Profile"), "{tabs}");
    assert!(has(&theme["themeItems"], "Account"), "{theme}");
}

#[tokio::test]
async fn a_record_that_did_not_change_is_not_sent_again() {
    let crm = TestOrg::new();
    let account = crm.given(USER, "Account", json!({ "Name": "Acme" })).await;
    let path = format!("/sobjects/Account/{account}");
    let first = crm.get(USER, &path).await;
    let (tag, date) = (
        first.header("etag").unwrap(),
        first.header("last-modified").unwrap(),
    );
    assert_eq!(date, "Thu, 01 Jan 2026 00:00:03 GMT");
    let status = async |name: &str, value: &str| {
        let headers = [(name, value)];
        let answer = crm.call_with(USER, Method::GET, &path, "", &headers).await;
        (answer.status.as_u16(), answer.text.is_empty())
    };

    assert_eq!(status("If-Modified-Since", date).await, (304, true));
    assert_eq!(status("If-None-Match", tag).await, (304, true));
    assert_eq!(status("If-Match", tag).await, (200, false));
    assert_eq!(status("If-Match", "\"other\"").await, (412, false));
    assert_eq!(status("If-Modified-Since", "nonsense").await, (200, false));

    crm.org.tenant().clock.advance(Duration::from_secs(1));
    crm.patch(USER, &path, json!({ "Site": "Oslo" })).await;
    assert_eq!(status("If-Modified-Since", date).await, (200, false));
    assert_eq!(status("If-None-Match", tag).await, (200, false));
    assert_eq!(status("If-Unmodified-Since", date).await, (412, false));
}

#[tokio::test]
async fn what_a_describe_points_to_and_the_mock_lacks_is_refused_plainly() {
    let crm = TestOrg::new();
    let describe = crm.get(USER, "/sobjects/Contact/describe").await.body;
    for (name, url) in describe["urls"].as_object().unwrap() {
        let path = url.as_str().unwrap().replace("/services/data/v60.0", "");
        let answer = crm
            .get(USER, &path.replace("{ID}", "003000000000001"))
            .await;
        match &**name {
            "sobject" | "describe" => assert_eq!(answer.status, StatusCode::OK),
            "rowTemplate" => assert!(path.ends_with("/{ID}")),
            _ => assert_eq!(answer.code(), "NOT_SIMULATED", "{name}"),
        }
    }
    let password = json!({ "NewPassword": "x" });
    let path = format!("/sobjects/User/{}/password", crm.id(USER));
    assert_eq!(
        crm.post("Ada Min", &path, password).await.code(),
        "NOT_SIMULATED"
    );
}
