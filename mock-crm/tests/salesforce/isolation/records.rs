//! Records, and queries of them.

use http::Method;

use super::two_orgs::TwoOrgs;

/// REST doors: method, path and body, with the red contact, the red query and the red Dana in braces.
///
/// Each is tried with a token of the blue org.
const DOORS: [(&str, &str, &str); 22] = [
    ("GET", "/sobjects/Contact/{contact}", ""),
    (
        "PATCH",
        "/sobjects/Contact/{contact}",
        r#"{"LastName":"Stolen"}"#,
    ),
    ("DELETE", "/sobjects/Contact/{contact}", ""),
    ("POST", "/sobjects/Contact", r#"{"LastName":"New"}"#),
    (
        "POST",
        "/sobjects/Contact",
        r#"{"LastName":"New","ReportsToId":"{contact}"}"#,
    ),
    (
        "POST",
        "/sobjects/Contact",
        r#"{"LastName":"New","OwnerId":"{user}"}"#,
    ),
    ("GET", "/sobjects/Contact/Ext__c/x1", ""),
    (
        "PATCH",
        "/sobjects/Contact/Ext__c/x1",
        r#"{"LastName":"Upserted"}"#,
    ),
    (
        "PATCH",
        "/sobjects/Contact/Id/{contact}",
        r#"{"LastName":"Stolen"}"#,
    ),
    ("DELETE", "/sobjects/Contact/Ext__c/x1", ""),
    (
        "GET",
        "/composite/sobjects/Contact?ids={contact}&fields=LastName",
        "",
    ),
    (
        "POST",
        "/composite/sobjects/Contact",
        r#"{"ids":["{contact}"],"fields":["LastName"]}"#,
    ),
    (
        "POST",
        "/composite/sobjects",
        r#"{"records":[{"attributes":{"type":"Contact"},"LastName":"New"}]}"#,
    ),
    (
        "PATCH",
        "/composite/sobjects",
        r#"{"records":[{"attributes":{"type":"Contact"},"id":"{contact}","LastName":"Stolen"}]}"#,
    ),
    (
        "PATCH",
        "/composite/sobjects/Contact/Ext__c",
        r#"{"records":[{"attributes":{"type":"Contact"},"Ext__c":"x1","LastName":"Upserted"}]}"#,
    ),
    ("DELETE", "/composite/sobjects?ids={contact}", ""),
    ("GET", "/query?q=SELECT+LastName+FROM+Contact", ""),
    (
        "GET",
        "/query?q=SELECT+LastName+FROM+Contact+WHERE+Id='{contact}'",
        "",
    ),
    (
        "GET",
        "/queryAll?q=SELECT+LastName,Owner.Name+FROM+Contact",
        "",
    ),
    ("GET", "/query/{locator}", ""),
    ("GET", "/sobjects/User/{user}", ""),
    ("GET", "/sobjects/Contact", ""),
];

#[tokio::test]
async fn a_token_opens_no_door_of_the_other_org() {
    for (method, path, body) in DOORS {
        let two = TwoOrgs::new().await;
        two.check_door(method, path, body).await;
    }
}

#[tokio::test]
async fn ids_and_locators_of_the_other_org_are_as_good_as_none() {
    let two = TwoOrgs::new().await;
    let blue = two.token(&two.blue);
    let contact = &two.red_contact;
    for (path, code) in [
        (format!("/sobjects/Contact/{contact}"), "NOT_FOUND"),
        (
            format!("/query/{}", two.red_locator),
            "INVALID_QUERY_LOCATOR",
        ),
    ] {
        assert_eq!(
            two.rest(&blue, Method::GET, &path, "").await.code(),
            code,
            "{path}"
        );
    }
    let red = two.token(&two.crm.org);
    let own = two
        .rest(
            &red,
            Method::GET,
            &format!("/query/{}", two.red_locator),
            "",
        )
        .await;
    assert_eq!(own.body["done"], true, "{}", own.text);
}
