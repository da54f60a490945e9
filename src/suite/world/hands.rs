//! What people do in a CRM by themselves, past Apollo: with a token of their own, through the CRM's own door.

use http::Method;
use serde_json::{Value, json};

use super::vendor::Vendor;
use super::{Done, Problem, World};
use crate::rules::{Crm, Kind};
use crate::suite::people::Person;

impl World {
    /// Somebody enters the same person or company, and owns the record.
    pub async fn enter(&mut self, person: Person, draft: usize, crm: Crm) -> Done {
        self.begin().await?;
        let owner = self.side(crm).user(person)?.owner_id.clone();
        let known = &self.drafts[draft];
        let (path, body) = match (crm, known.kind) {
            (Crm::Hubspot, Kind::Contact) => (
                "/crm/v3/objects/contacts",
                json!({ "properties": { "email": known.key, "hubspot_owner_id": owner } }),
            ),
            _ => {
                return Err(Problem::Feature(format!(
                    "{crm} lets two have the same address, so none is in the other's way"
                )));
            }
        };
        self.as_person(person, crm, Method::POST, path, body)
            .await?;
        self.drafts[draft].found_in.push(crm);
        Ok(())
    }

    /// Somebody becomes the owner of a record, at an administrator's hands.
    pub async fn take_over(&mut self, person: Person, draft: usize, crm: Crm) -> Done {
        let owner = self.side(crm).user(person)?.owner_id.clone();
        self.hand_over(draft, crm, &owner).await
    }

    /// A lead goes to the queue that every org has.
    pub async fn move_to_queue(&mut self, draft: usize) -> Done {
        let queue = self.salesforce.vendor.queue()?;
        self.hand_over(draft, Crm::Salesforce, &queue).await
    }

    async fn hand_over(&mut self, draft: usize, crm: Crm, owner: &str) -> Done {
        let key = self.key_of(crm, &self.drafts[draft]);
        let records = self.side(crm).records(&self.shared_addresses())?;
        let record = records.into_iter().find(|record| record.key == key);
        let record = record.ok_or_else(|| self.not_there(draft, crm))?;
        let (path, body) = match crm {
            Crm::Salesforce => (
                format!("/services/data/v60.0/sobjects/{}/{}", key.object, record.id),
                json!({ "OwnerId": owner }),
            ),
            Crm::Hubspot => (
                format!("/crm/v3/objects/{}/{}", key.object, record.id),
                json!({ "properties": { "hubspot_owner_id": owner } }),
            ),
        };
        self.as_person(Person::MostPermitted, crm, Method::PATCH, &path, body)
            .await?;
        self.drafts[draft].taken_over_in.push(crm);
        Ok(())
    }

    /// A record that was pushed and is not there is the system's doing; one that never was, the feature's.
    fn not_there(&self, draft: usize, crm: Crm) -> Problem {
        let key = self.key_of(crm, &self.drafts[draft]);
        match self.find(&key) {
            Some(_) => Problem::System(format!(
                "the scene can't be set: it has pushed a record to {crm} that is not there"
            )),
            None => Problem::Feature(format!("this record is not in {crm}: push it first")),
        }
    }

    async fn as_person(
        &mut self,
        person: Person,
        crm: Crm,
        method: Method,
        path: &str,
        body: Value,
    ) -> Done {
        self.unseen = true;
        let side = self.side(crm);
        if let Vendor::Live(live) = &side.vendor {
            return live.write_as(side.user(person)?, method, path, &body).await;
        }
        let grant = side.vendor.issue(&self.harness, side.user(person)?)?;
        let base = match crm {
            Crm::Salesforce => self.harness.mock.salesforce_url(),
            Crm::Hubspot => self.harness.mock.hubspot_url(),
        };
        // An error only says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let broken = |error: reqwest::Error| Problem::Harness(format!("{crm}: {error}"));
        let answer = reqwest::Client::new()
            .request(method, format!("{base}{path}"))
            .bearer_auth(&grant.access_token)
            // No assignment rule has a word in what a person does.
            .header("Sforce-Auto-Assign", "FALSE")
            .json(&body)
            .send()
            .await
            .map_err(broken)?;
        match answer.status().is_success() {
            true => Ok(()),
            false => Err(Problem::Harness(format!(
                "{person} can't do this in {crm}: {}",
                answer.text().await.map_err(broken)?
            ))),
        }
    }
}
