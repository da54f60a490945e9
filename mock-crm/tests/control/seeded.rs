//! A mock with one org and one portal, in which Dana and Robin are.

use mock_crm::crms::{OrgUser, PortalUser};
use mock_crm::seed::Seed;
use serde_json::{Value, json};

use crate::{Controlled, with_fixed_clock};

const SEED: &str = "
salesforce:
  - apps: [{client_id: c, client_secret: x}]
    users:
      - {name: Dana Reyes, token: true, profile: System Administrator}
      - {name: Robin Park, token: true}
hubspot:
  - apps: [{client_id: c, client_secret: x}]
    users:
      - {name: Dana Reyes, token: true}
      - {name: Robin Park, token: true}
";

pub(crate) struct Seeded {
    pub(crate) control: Controlled,
    pub(crate) org: String,
    pub(crate) portal: String,
}

pub(crate) async fn seeded() -> Seeded {
    let control = with_fixed_clock().await;
    let seed = Seed::parse(SEED, "seed").unwrap();
    seed.open(&control.crm).unwrap();
    Seeded {
        org: control.crm.orgs()[0].org.clone(),
        portal: control.crm.portals()[0].portal.to_string(),
        control,
    }
}

impl Seeded {
    pub(crate) fn org_user(&self, first_name: &str) -> OrgUser {
        let mut users = self.control.crm.orgs().remove(0).users.into_iter();
        users
            .find(|user| user.name.starts_with(first_name))
            .unwrap()
    }

    pub(crate) fn portal_user(&self, first_name: &str) -> PortalUser {
        let mut users = self.control.crm.portals().remove(0).users.into_iter();
        users
            .find(|user| user.name.starts_with(first_name))
            .unwrap()
    }

    /// Creates a contact in Salesforce; its id.
    pub(crate) async fn contact(&self, user: &OrgUser, mut fields: Value) -> String {
        fields["LastName"] = json!("Lee");
        let url = format!(
            "{}/services/data/v62.0/sobjects/Contact",
            self.control.crm.salesforce_url()
        );
        self.created(&url, user.token.as_deref().unwrap(), fields)
            .await
    }

    /// Creates a contact in HubSpot; its id.
    pub(crate) async fn hub_contact(&self, user: &PortalUser, properties: Value) -> String {
        let url = format!("{}/crm/v3/objects/contacts", self.control.crm.hubspot_url());
        let body = json!({ "properties": properties });
        self.created(&url, user.token.as_deref().unwrap(), body)
            .await
    }

    /// Gives a contact of Salesforce to another owner.
    pub(crate) async fn give(&self, user: &OrgUser, contact: &str, owner: &str) {
        let url = format!(
            "{}/services/data/v62.0/sobjects/Contact/{contact}",
            self.control.crm.salesforce_url()
        );
        let request = self.control.http.patch(url);
        let request = request.bearer_auth(user.token.as_deref().unwrap());
        let answer = request
            .json(&json!({ "OwnerId": owner }))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 204);
    }

    async fn created(&self, url: &str, token: &str, body: Value) -> String {
        let request = self.control.http.post(url).bearer_auth(token).json(&body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 201);
        let body: Value = answer.json().await.unwrap();
        body["id"].as_str().unwrap().to_owned()
    }

    /// The status that a request of a user to Salesforce gets.
    pub(crate) async fn status_of(&self, token: &str) -> u16 {
        let url = format!(
            "{}/services/data/v62.0/limits",
            self.control.crm.salesforce_url()
        );
        let request = self.control.http.get(url).bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    }
}
