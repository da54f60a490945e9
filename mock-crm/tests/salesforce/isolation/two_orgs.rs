//! The two orgs.

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request};
use mock_crm::salesforce::{CustomFieldSpec, Org, OrgSpec, UserSpec};
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg, query};

pub(super) const DANA: &str = "dana@same.example";
pub(super) const ROBIN: &str = "robin@same.example";

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
pub(super) struct TwoOrgs {
    pub(super) crm: TestOrg,
    pub(super) blue: Arc<Org>,
    pub(super) red_contact: String,
    pub(super) red_locator: String,
}

impl TwoOrgs {
    pub(super) async fn new() -> Self {
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

    pub(super) fn token(&self, org: &Arc<Org>) -> String {
        let tokens = self.crm.salesforce.tokens_of(org, "Dana Reyes").unwrap();
        tokens.access.grant.text.to_string()
    }

    pub(super) async fn rest(&self, token: &str, method: Method, path: &str, body: &str) -> Answer {
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

    pub(super) async fn form(&self, host: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", host);
        self.crm
            .send(request.body(Body::from(query(pairs))).unwrap())
            .await
    }

    pub(super) async fn soap(&self, host: &str, session: &str, body: &str) -> Answer {
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

    /// A door, tried with a token of the blue org: it neither answers nor changes anything red. To the red org it is open.
    pub(super) async fn check_door(&self, method: &str, path: &str, body: &str) {
        let names_red = path.contains('{')
            || ["{contact}", "{user}", "{locator}"]
                .iter()
                .any(|name| body.contains(name));
        let (path, body) = (self.fill(path), self.fill(body));
        let before = self.crm.creates().len();
        let (red, blue) = (self.token(&self.crm.org), self.token(&self.blue));
        let method = Method::from_bytes(method.as_bytes()).unwrap();

        let answer = self.rest(&blue, method.clone(), &path, &body).await;

        let door = format!("{method} {path} {body}: {}", answer.text);
        assert!(!answer.text.contains("Red"), "{door}");
        assert!(!answer.text.contains(self.crm.org.id()), "{door}");
        // What the red org calls so is nothing here, not the blue record or query of the same number.
        assert!(!names_red || !found(&answer), "{door}");
        self.check_red(&door).await;
        assert_eq!(self.crm.creates().len(), before, "{door}");
        let own = self.rest(&red, method, &path, &body).await;
        let open = own.status.is_success() && !own.text.contains("errorCode");
        assert!(open, "{door}\n{}", own.text);
    }

    /// The red contact is as it was.
    pub(super) async fn check_red(&self, door: &str) {
        let path = format!("/sobjects/Contact/{}", self.red_contact);
        let red = self.crm.get("Dana Reyes", &path).await;
        assert_eq!(red.body["LastName"], "Red", "{door}");
        assert_eq!(self.crm.changes().len(), 0, "{door}");
    }

    /// Puts in the red contact, the red query and the red Dana for what is in braces.
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("{contact}", &self.red_contact)
            .replace("{locator}", &self.red_locator)
            .replace("{user}", &self.crm.id("Dana Reyes"))
    }
}

/// Whether an answer is more than a refusal or nothing.
fn found(answer: &Answer) -> bool {
    let refusals = ["\"errorCode\":\"", "\"statusCode\":\""];
    let nothing = ["[null]", "\"totalSize\":0"];
    let mut texts = refusals.iter().chain(&nothing);
    answer.status.is_success() && !texts.any(|text| answer.text.contains(text))
}
