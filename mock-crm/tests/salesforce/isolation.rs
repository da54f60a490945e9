//! Two orgs in one process, with the same users, user names, apps and passwords but for one user: no token, id, code,
//! locator or query of one reaches the other, whichever door it tries.

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request};
use mock_crm::salesforce::{CustomFieldSpec, Org, OrgSpec, UserSpec};
use mock_crm::tenant::Hosted;
use serde_json::{Value, json};

use crate::harness::{Answer, CALLBACK, CLIENT_ID, SECRET, TestOrg, query};

const DANA: &str = "dana@same.example";
const ROBIN: &str = "robin@same.example";

/// Dana has the same password in both orgs, Robin does not.
fn spec(domain: &str) -> OrgSpec {
    let user = |name: &str, username: &str, password: &str| UserSpec {
        name: name.to_owned(),
        username: Some(username.to_owned()),
        password: password.to_owned(),
        profile: "System Administrator".to_owned(),
        token: true,
        ..UserSpec::default()
    };
    let mut spec = OrgSpec {
        my_domain: Some(domain.to_owned()),
        users: vec![
            user("Dana Reyes", DANA, "same"),
            user("Robin Cole", ROBIN, domain),
        ],
        custom_fields: vec![CustomFieldSpec {
            object: "Contact".to_owned(),
            name: "Ext__c".to_owned(),
            external_id: true,
            ..CustomFieldSpec::default()
        }],
        apps: crate::harness::spec().apps,
        ..OrgSpec::default()
    };
    spec.apps[0].run_as = Some("Dana Reyes".to_owned());
    spec.apps[0].certificate = Some("demo".to_owned());
    spec
}

/// The first org is "red", the second "blue"; in both Dana has made one contact, and one long query.
struct TwoOrgs {
    crm: TestOrg,
    blue: Arc<Org>,
    red_contact: String,
    red_locator: String,
}

impl TwoOrgs {
    async fn new() -> Self {
        let crm = TestOrg::of(spec("red"));
        let blue = crm.salesforce.open(spec("blue"), None).unwrap();
        let fields = json!({ "LastName": "Red", "Ext__c": "x1" });
        let red_contact = crm.given("Dana Reyes", "Contact", fields).await;
        let mut two = Self {
            crm,
            blue,
            red_contact,
            red_locator: String::new(),
        };
        let blue_token = two.token(&two.blue);
        two.rest(
            &blue_token,
            Method::POST,
            "/sobjects/Contact",
            r#"{"LastName":"Blue","Ext__c":"x1"}"#,
        )
        .await;
        for org in [two.crm.org.clone(), two.blue.clone()] {
            let locator = two.long_query(&two.token(&org)).await;
            if org.id() == two.crm.org.id() {
                two.red_locator = locator;
            }
        }
        two
    }

    fn token(&self, org: &Arc<Org>) -> String {
        let tokens = self.crm.salesforce.tokens_of(org, "Dana Reyes").unwrap();
        tokens.access.grant.text.to_string()
    }

    async fn rest(&self, token: &str, method: Method, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/services/data/v60.0{path}"))
            .header("authorization", format!("Bearer {token}"));
        self.crm
            .send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// A query of more than one page; its locator.
    async fn long_query(&self, token: &str) -> String {
        for _ in 0..2 {
            let contacts: Vec<Value> = (0..150)
                .map(|_| json!({ "attributes": { "type": "Account" }, "Name": "A" }))
                .collect();
            let body = json!({ "records": contacts }).to_string();
            self.rest(token, Method::POST, "/composite/sobjects", &body)
                .await;
        }
        let request = Request::builder()
            .uri("/services/data/v60.0/query?q=SELECT+Id+FROM+Account")
            .header("sforce-query-options", "batchSize=200")
            .header("authorization", format!("Bearer {token}"));
        let answer = self.crm.send(request.body(Body::empty()).unwrap()).await;
        let next = answer.body["nextRecordsUrl"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", answer.text));
        next.rsplit('/').next().unwrap().to_owned()
    }

    async fn form(&self, host: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", host);
        self.crm
            .send(request.body(Body::from(query(pairs))).unwrap())
            .await
    }

    async fn soap(&self, host: &str, session: &str, body: &str) -> Answer {
        let envelope = format!(
            "<Envelope><Header><SessionHeader><sessionId>{session}</sessionId></SessionHeader></Header>\
             <Body>{body}</Body></Envelope>"
        );
        let request = Request::builder()
            .method(Method::POST)
            .uri("/services/Soap/u/60.0")
            .header("host", host);
        self.crm
            .send(request.body(Body::from(envelope)).unwrap())
            .await
    }
}

/// REST doors: method, path and body, with the red contact, the red query and the red Dana in braces.
///
/// Each is tried with a token of the blue org, and must neither answer nor change anything red.
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
        let user = two.crm.id("Dana Reyes");
        let fill = |text: &str| {
            text.replace("{contact}", &two.red_contact)
                .replace("{locator}", &two.red_locator)
                .replace("{user}", &user)
        };
        let before = two.crm.creates().len();
        let blue = two.token(&two.blue);

        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = two
            .rest(&blue, method.clone(), &fill(path), &fill(body))
            .await;

        let door = format!("{method} {path} {body}: {}", answer.text);
        assert!(!answer.text.contains("Red"), "{door}");
        assert!(!answer.text.contains(two.crm.org.id()), "{door}");
        let path = format!("/sobjects/Contact/{}", two.red_contact);
        let red = two.crm.get("Dana Reyes", &path).await;
        assert_eq!(red.body["LastName"], "Red", "{door}");
        assert_eq!(two.crm.creates().len(), before, "{door}");
        assert_eq!(two.crm.changes().len(), 0, "{door}");
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

#[tokio::test]
async fn a_login_is_told_apart_by_host_and_password_and_else_refused() {
    let two = TwoOrgs::new().await;
    for (username, password, host, expected) in [
        (DANA, "same", "red.my.salesforce.com", Some(&two.crm.org)),
        (DANA, "same", "BLUE.my.salesforce.com:443", Some(&two.blue)),
        (ROBIN, "red", "login.salesforce.com", Some(&two.crm.org)),
        (ROBIN, "blue", "127.0.0.1:8080", Some(&two.blue)),
        (DANA, "same", "login.salesforce.com", None),
        (DANA, "same", "127.0.0.1", None),
        (ROBIN, "red", "blue.my.salesforce.com", None),
    ] {
        let login = format!(
            "<login><username>{username}</username><password>{password}</password></login>"
        );
        let by_password = [
            ("grant_type", "password"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("username", username),
            ("password", password),
        ];

        let soap = two.soap(host, "", &login).await;
        let oauth = two.form(host, "/services/oauth2/token", &by_password).await;

        let case = format!(
            "{username} {password} at {host}: {} {}",
            soap.text, oauth.text
        );
        match expected {
            Some(org) => {
                assert!(
                    soap.text
                        .contains(&format!("<organizationId>{}<", org.id())),
                    "{case}"
                );
                assert!(
                    oauth.body["id"].as_str().unwrap().contains(org.id()),
                    "{case}"
                );
            }
            None => {
                assert!(soap.text.contains("INVALID_LOGIN"), "{case}");
                assert_eq!(
                    oauth.body["error_description"], "authentication failure",
                    "{case}"
                );
            }
        }
    }
}

#[tokio::test]
async fn client_credentials_and_the_login_page_are_told_apart_by_host() {
    let two = TwoOrgs::new().await;
    let credentials = [
        ("grant_type", "client_credentials"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
    ];
    let wanted = query(&[
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
    ]);
    let start = format!("/services/oauth2/authorize?{wanted}");
    let login = [
        ("startURL", start.as_str()),
        ("username", DANA),
        ("password", "same"),
    ];

    for (host, org) in [
        ("red.my.salesforce.com", &two.crm.org),
        ("blue.my.salesforce.com", &two.blue),
    ] {
        let token = two.form(host, "/services/oauth2/token", &credentials).await;
        assert!(
            token.body["id"].as_str().unwrap().contains(org.id()),
            "{}",
            token.text
        );

        let logged_in = two.form(host, "/", &login).await;
        let (_, source) = logged_in
            .header("location")
            .unwrap()
            .split_once("source=")
            .unwrap();
        let page = "/setup/secur/RemoteAccessAuthorizationPage.apexp";
        let done = two
            .form(host, page, &[("source", source), ("save", "1")])
            .await;
        let (_, code) = done
            .header("location")
            .unwrap()
            .split_once("code=")
            .unwrap();
        let exchange = [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("code", code),
            ("redirect_uri", CALLBACK),
        ];
        // Whichever host it is brought to, a code is one of the org in which it was approved.
        let token = two
            .form("crm.test", "/services/oauth2/token", &exchange)
            .await;
        assert!(
            token.body["id"].as_str().unwrap().contains(org.id()),
            "{}",
            token.text
        );
    }
    let nowhere = two
        .form("crm.test", "/services/oauth2/token", &credentials)
        .await;
    assert_eq!(
        nowhere.body["error_description"],
        "request not supported on this domain"
    );
    let nobody = two.form("crm.test", "/", &login).await;
    assert_eq!(nobody.header("location"), None);
}

#[tokio::test]
async fn tokens_tell_and_end_their_own_org_only() {
    let two = TwoOrgs::new().await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    let red_refresh = two
        .crm
        .salesforce
        .tokens_of(&two.crm.org, "Dana Reyes")
        .unwrap()
        .refresh;
    let get = async |path: &str, token: &str| {
        let request = Request::builder()
            .uri(path)
            .header("authorization", format!("Bearer {token}"));
        two.crm.send(request.body(Body::empty()).unwrap()).await
    };
    let introspection = [
        ("token", red.as_str()),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
    ];
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", &red_refresh.grant.text),
    ];

    let elsewhere = two
        .form(
            "blue.my.salesforce.com",
            "/services/oauth2/introspect",
            &introspection,
        )
        .await;
    let refreshed = two
        .form("blue.my.salesforce.com", "/services/oauth2/token", &refresh)
        .await;
    let info = get("/services/oauth2/userinfo", &blue).await;
    let identity = get(
        &format!("/id/{}/{}", two.crm.org.id(), two.crm.id("Dana Reyes")),
        &blue,
    )
    .await;

    assert_eq!(elsewhere.body, json!({ "active": false }));
    assert!(
        refreshed.body["id"]
            .as_str()
            .unwrap()
            .contains(two.crm.org.id()),
        "{}",
        refreshed.text
    );
    assert_eq!(info.body["organization_id"], two.blue.id());
    assert_eq!(identity.text, "Wrong_Org");
    two.form("crm.test", "/services/oauth2/revoke", &[("token", &red)])
        .await;
    assert_eq!(
        get("/services/data/v60.0/limits", &red).await.code(),
        "INVALID_SESSION_ID"
    );
    assert_eq!(get("/services/data/v60.0/limits", &blue).await.code(), "");
}

#[tokio::test]
async fn a_soap_session_reaches_its_own_records_only() {
    let two = TwoOrgs::new().await;
    let (blue, contact) = (two.token(&two.blue), &two.red_contact);
    for body in [
        format!("<retrieve><fieldList>LastName</fieldList><sObjectType>Contact</sObjectType><ids>{contact}</ids></retrieve>"),
        format!("<update><sObjects><type>Contact</type><Id>{contact}</Id><LastName>Stolen</LastName></sObjects></update>"),
        format!("<delete><ids>{contact}</ids></delete>"),
        "<query><queryString>SELECT LastName FROM Contact</queryString></query>".to_owned(),
        format!("<queryMore><queryLocator>{}</queryLocator></queryMore>", two.red_locator),
        "<upsert><externalIDFieldName>Ext__c</externalIDFieldName><sObjects><type>Contact</type><Ext__c>x1</Ext__c>\
         <LastName>Upserted</LastName></sObjects></upsert>"
            .to_owned(),
        "<getUserInfo/>".to_owned(),
    ] {
        let answer = two.soap("red.my.salesforce.com", &blue, &body).await;

        assert!(!answer.text.contains(">Red<"), "{body}: {}", answer.text);
        assert!(!answer.text.contains(two.crm.org.id()), "{body}: {}", answer.text);
        let red = two.crm.get("Dana Reyes", &format!("/sobjects/Contact/{contact}")).await;
        assert_eq!(red.body["LastName"], "Red", "{body}");
    }
    let blue = two.blue.tenant().read();
    assert_eq!(blue.ledger.changes_after(0).count(), 0);
}
