//! What the journal shows of requests: no secret, through whichever door it came.

use axum::body::Body;
use base64::Engine as _;
use http::{Method, Request};
use mock_crm::journal::ExchangeEntry;
use mock_crm::tenant::Hosted;
use serde_json::json;

use crate::harness::{CALLBACK, CLIENT_ID, SECRET, TestOrg, query, spec};

const PASSWORD: &str = "hunter2-and-more";

fn crm() -> TestOrg {
    let mut spec = spec();
    spec.users[0].password = PASSWORD.to_owned();
    TestOrg::of(spec)
}

async fn send(crm: &TestOrg, path: &str, headers: &[(&str, &str)], body: String) -> String {
    let mut request = Request::builder().method(Method::POST).uri(path);
    for (name, value) in [("host", "crm.test")].iter().chain(headers) {
        request = request.header(*name, *value);
    }
    let answer = crm.send(request.body(Body::from(body)).unwrap()).await;
    answer.text
}

/// Everything that the journals show, as JSON.
fn shown(crm: &TestOrg) -> Vec<String> {
    let of = |exchange| serde_json::to_string(&ExchangeEntry::new(exchange)).unwrap();
    let strays = crm.server.strays.lock();
    let journal = crm.org.tenant().journal.lock();
    strays
        .exchanges()
        .chain(journal.exchanges())
        .map(of)
        .collect()
}

#[track_caller]
fn assert_hidden(crm: &TestOrg, secrets: &[&str], exchanges: usize) {
    let shown = shown(crm);
    assert_eq!(shown.len(), exchanges);
    for exchange in shown {
        for secret in secrets {
            assert!(
                !secret.is_empty() && !exchange.contains(secret),
                "{secret} in {exchange}"
            );
        }
        assert!(exchange.contains("[redacted]"), "{exchange}");
    }
}

#[tokio::test]
async fn what_oauth_is_sent_and_answers_is_hidden() {
    let crm = crm();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let token = async |pairs: &[(&str, &str)], headers: &[(&str, &str)]| {
        let text = send(&crm, "/services/oauth2/token", headers, query(pairs)).await;
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let login = [
        ("grant_type", "password"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("username", &username),
        ("password", PASSWORD),
    ];
    let issued = token(&login, &[]).await;
    let access = issued["access_token"].as_str().unwrap();
    let refresh = crm.salesforce.tokens_of(&crm.org, "Dana Reyes").unwrap();
    let refresh = refresh.refresh.grant.text.to_string();
    let basic = format!("{CLIENT_ID}:{SECRET}");
    let basic = base64::engine::general_purpose::STANDARD.encode(basic);
    let again = [("grant_type", "refresh_token"), ("refresh_token", &refresh)];
    let refreshed = token(&again, &[("authorization", &format!("Basic {basic}"))]).await;
    let assertion = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    let bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    token(&[("grant_type", bearer), ("assertion", assertion)], &[]).await;
    let by_assertion = [
        ("grant_type", "client_credentials"),
        ("client_assertion", assertion),
    ];
    token(&by_assertion, &[]).await;
    let asked = [
        ("token", access),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
    ];
    send(&crm, "/services/oauth2/introspect", &[], query(&asked)).await;
    send(
        &crm,
        "/services/oauth2/revoke",
        &[],
        query(&[("token", access)]),
    )
    .await;

    let refreshed = refreshed["access_token"].as_str().unwrap();
    let encoded = query(&[("", access)]);
    let secrets = [
        PASSWORD,
        SECRET,
        access,
        &encoded[1..],
        &refresh,
        &basic,
        refreshed,
        assertion,
    ];
    assert_hidden(&crm, &secrets, 6);
}

#[tokio::test]
async fn a_login_page_leaves_no_password_and_no_code() {
    let crm = crm();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let wanted = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
    ];
    let start_url = format!("/services/oauth2/authorize?{}", query(&wanted));
    let login = [
        ("startURL", start_url.as_str()),
        ("username", &username),
        ("password", PASSWORD),
    ];
    let approval = crm.form("/", &login).await;
    let page = approval.header("location").unwrap().to_owned();
    let source = page.split_once("source=").unwrap().1;

    let path = "/setup/secur/RemoteAccessAuthorizationPage.apexp";
    let approved = crm
        .form(path, &[("source", source), ("save", "Allow")])
        .await;

    let location = approved.header("location").unwrap();
    let code = location.split_once("code=").unwrap().1;
    let code = code.split('&').next().unwrap();
    assert_hidden(&crm, &[PASSWORD, code], 2);
}

#[tokio::test]
async fn soap_and_bulk_leave_no_password_and_no_session() {
    let crm = crm();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let soap = "/services/Soap/u/60.0";
    let action = [("soapaction", "\"\""), ("content-type", "text/xml")];
    let login = format!(
        "<e:Envelope xmlns:e=\"x\"><!-- it's me --><e:Body><u:login><u:username>{username}</u:username>\
         <u:password xsi:type=\"xsd:string\">{PASSWORD}</u:password></u:login></e:Body></e:Envelope>"
    );
    let answer = send(&crm, soap, &action, login).await;
    let session = answer.split_once("<sessionId>").unwrap().1;
    let session = session.split_once('<').unwrap().0;
    let call = format!(
        "<e:Envelope xmlns:e=\"x\"><e:Header><u:SessionHeader><u:sessionId xsi:type='xsd:string'>{session}\
         </u:sessionId></u:SessionHeader></e:Header><e:Body><u:getServerTimestamp/></e:Body></e:Envelope>"
    );
    send(&crm, soap, &action, call).await;
    let job = json!({ "operation": "insert", "object": "Contact", "contentType": "CSV" });
    let headers = [
        ("x-sfdc-session", session),
        ("content-type", "application/json"),
    ];
    send(&crm, "/services/async/60.0/job", &headers, job.to_string()).await;
    let url = "/services/data/v60.0/sobjects/Contact";
    let sub = json!({
        "method": "GET", "url": url, "referenceId": "a", "httpHeaders": { "Authorization": format!("Bearer {session}") },
    });
    let bearer = format!("Bearer {session}");
    let composite = json!({ "compositeRequest": [sub] }).to_string();
    let headers = [
        ("authorization", &*bearer),
        ("content-type", "application/json"),
    ];
    send(&crm, "/services/data/v60.0/composite", &headers, composite).await;

    assert_hidden(&crm, &[PASSWORD, session], 4);
}
