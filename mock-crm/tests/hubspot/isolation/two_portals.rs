//! The two portals.

use std::sync::Arc;

use http::Method;
use mock_crm::hubspot::Portal;
use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal, people_of_every_kind};

/// The address of a contact that both have.
pub(super) const SAME: &str = "same@x.example";

/// The first portal is "Red", the second "Blue"; in both Dana has made one contact and one company, and linked them.
pub(super) struct TwoPortals {
    pub(super) crm: TestPortal,
    pub(super) blue: Arc<Portal>,
    pub(super) red_token: String,
    pub(super) blue_token: String,
    /// The red contact, its company and its owner.
    pub(super) contact: String,
    pub(super) company: String,
}

impl TwoPortals {
    pub(super) async fn new() -> Self {
        let crm = TestPortal::new();
        let mut spec = people_of_every_kind();
        spec.id = Some(70_000);
        let blue = crm.hubspot.open(spec, None).unwrap();
        let red_token = crm.token_of("Dana Reyes", "main");
        let issued = crm.hubspot.issue(&blue, "Dana Reyes", "main").unwrap();
        let mut two = Self {
            crm,
            blue,
            red_token,
            blue_token: issued.access.grant.text.to_string(),
            contact: String::new(),
            company: String::new(),
        };
        let (red, blue) = (two.red_token.clone(), two.blue_token.clone());
        (two.contact, two.company) = two.given(&red, "Red").await;
        two.given(&blue, "Blue").await;
        two
    }

    async fn given(&mut self, token: &str, name: &str) -> (String, String) {
        self.crm.use_token(token);
        let company = json!({ "properties": { "name": name } });
        let company = self
            .crm
            .post("/crm/v3/objects/companies", company)
            .await
            .expect(201)
            .id();
        let contact = json!({ "email": SAME, "lastname": name, "apollo_id": "a1" });
        let contact = self.crm.given_contact(contact).await;
        let link =
            format!("/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}");
        self.crm.put(&link, Value::Null).await.expect(200);
        (contact, company)
    }

    pub(super) async fn ask(
        &mut self,
        token: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> Answer {
        self.crm.use_token(token);
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.crm.send(method, path, body.to_owned()).await
    }

    /// A door, tried with a token of the blue portal: it neither tells nor changes anything red. To the red portal's own
    /// token it is open.
    pub(super) async fn check_door(&mut self, (method, path, body): (&str, &str, &str)) {
        let names_red = path.contains('{')
            || ["{contact}", "{company}", "{owner}"]
                .iter()
                .any(|name| body.contains(name));
        let (path, body) = (self.fill(path), self.fill(body));
        let creates = self.crm.creates().len();
        let (red, blue) = (self.red_token.clone(), self.blue_token.clone());

        let answer = self.ask(&blue, method, &path, &body).await;

        let door = format!("{method} {path} {body}: {} {}", answer.status, answer.body);
        assert_ne!(answer.status, 501, "{door}");
        assert!(!answer.body.to_string().contains("Red"), "{door}");
        // What the red portal calls so is nothing here, not the blue record of the same number.
        assert!(!names_red || !found(&answer), "{door}");
        self.check_red(&door).await;
        assert_eq!(self.crm.creates().len(), creates, "{door}");
        let own = self.ask(&red, method, &path, &body).await;
        let open = own.status.is_success() && (own.status == 204 || found(&own));
        assert!(open, "{door}\n{} {}", own.status, own.body);
    }

    /// The red contact and its link are as they were.
    pub(super) async fn check_red(&mut self, door: &str) {
        let red = self.red_token.clone();
        let path = format!(
            "{CONTACTS}/{}?properties=lastname,hubspot_owner_id&associations=companies",
            self.contact
        );
        let contact = self.ask(&red, "GET", &path, "").await.expect(200);
        assert_eq!(contact.property("lastname"), "Red", "{door}");
        let companies = &contact.body["associations"]["companies"]["results"];
        assert_eq!(companies[0]["id"], self.company, "{door}");
        assert_eq!(self.crm.changes().len(), 0, "{door}");
    }

    /// Puts in the red contact, company and owner for what is in braces.
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("{contact}", &self.contact)
            .replace("{company}", &self.company)
            .replace("{owner}", &self.crm.owner_id("Dana Reyes"))
            .replace("{user}", &self.crm.user_id("Dana Reyes"))
    }
}

/// Whether an answer is more than a refusal or nothing.
fn found(answer: &Answer) -> bool {
    let results = &answer.body["results"];
    let nothing = answer.status == 204 || results.as_array().is_some_and(Vec::is_empty);
    answer.status.is_success() && !nothing
}
