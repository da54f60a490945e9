//! Requests inside requests.

use super::two_orgs::TwoOrgs;

/// Paths below `/composite`, and bodies with the red contact and the red query in braces.
const DOORS: [(&str, &str); 13] = [
    (
        "",
        r#"{"compositeRequest":[{"method":"GET","url":"/services/data/v60.0/sobjects/Contact/{contact}","referenceId":"a"}]}"#,
    ),
    (
        "",
        r#"{"compositeRequest":[{"method":"PATCH","url":"/services/data/v60.0/sobjects/Contact/{contact}","referenceId":"a",
            "body":{"LastName":"Stolen"}}]}"#,
    ),
    (
        "",
        r#"{"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/Contact","referenceId":"a",
            "body":{"LastName":"New","ReportsToId":"{contact}"}}]}"#,
    ),
    (
        "",
        r#"{"compositeRequest":[{"method":"GET","url":"/services/data/v60.0/query/{locator}","referenceId":"a"}]}"#,
    ),
    (
        "",
        r#"{"compositeRequest":[{"method":"DELETE","url":"/services/data/v60.0/composite/sobjects?ids={contact}",
            "referenceId":"a"}]}"#,
    ),
    (
        "/batch",
        r#"{"batchRequests":[{"method":"GET","url":"v60.0/sobjects/Contact/{contact}"}]}"#,
    ),
    (
        "/batch",
        r#"{"batchRequests":[{"method":"DELETE","url":"v60.0/sobjects/Contact/{contact}"}]}"#,
    ),
    (
        "/batch",
        r#"{"batchRequests":[{"method":"PATCH","url":"v60.0/sobjects/Contact/Ext__c/x1",
            "richInput":{"LastName":"Upserted"}}]}"#,
    ),
    (
        "/batch",
        r#"{"batchRequests":[{"method":"GET","url":"v60.0/query/{locator}"}]}"#,
    ),
    (
        "/tree/Contact",
        r#"{"records":[{"attributes":{"type":"Contact","referenceId":"a"},"LastName":"New","ReportsToId":"{contact}"}]}"#,
    ),
    (
        "/tree/Contact",
        r#"{"records":[{"attributes":{"type":"Contact","referenceId":"a"},"LastName":"New"}]}"#,
    ),
    (
        "/graph",
        r#"{"graphs":[{"graphId":"1","compositeRequest":[{"method":"PATCH","referenceId":"a",
            "url":"/services/data/v60.0/sobjects/Contact/{contact}","body":{"LastName":"Stolen"}}]}]}"#,
    ),
    (
        "/graph",
        r#"{"graphs":[{"graphId":"1","compositeRequest":[{"method":"POST","referenceId":"a",
            "url":"/services/data/v60.0/sobjects/Contact","body":{"LastName":"New","OwnerId":"{user}"}}]}]}"#,
    ),
];

#[tokio::test]
async fn requests_inside_a_request_reach_no_further_than_it() {
    for (path, body) in DOORS {
        let two = TwoOrgs::new().await;
        two.check_door("POST", &format!("/composite{path}"), body)
            .await;
    }
}
