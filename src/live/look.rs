//! One look at a live CRM, and deleting what was seen.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::client::{Client, LiveError};
use super::prefix::Whose;
use super::record::{Found, Stranger};
use super::{hubspot, salesforce};
use crate::rules::Crm;

/// Between two looks while a search is waited for: so many of them fit into the patience.
const LOOKS: u32 = 20;

/// What was seen of one org or portal so far, and how to see more.
#[derive(Debug)]
pub struct Watch {
    client: Client,
    whose: Whose,
    patience: Duration,
    /// HubSpot: type and id of whatever was ever shown.
    known: BTreeSet<(String, String)>,
    /// Whether the search shows all of these: then it shows whatever was written before them, too. Salesforce's query always does.
    all_searched: bool,
}

impl Watch {
    /// Of the records that bear such a prefix.
    pub fn new(client: Client, whose: Whose, patience: Duration) -> Self {
        Self {
            client,
            whose,
            patience,
            known: BTreeSet::new(),
            all_searched: true,
        }
    }

    /// The login that looks.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Looks until `enough` is there, or until the patience with HubSpot's search is at its end. `addresses` are read without
    /// the search. Salesforce shows everything at once.
    ///
    /// # Errors
    /// Where the CRM can't be asked.
    pub async fn look(
        &mut self,
        addresses: &[String],
        enough: impl Fn(&[Found]) -> bool,
    ) -> Result<Vec<Found>, LiveError> {
        let until = Instant::now() + self.patience;
        loop {
            let found = self.once(addresses).await?;
            if (self.all_searched && enough(&found)) || Instant::now() >= until {
                return Ok(found);
            }
            tokio::time::sleep(self.patience / LOOKS).await;
        }
    }

    /// Looks without waiting.
    ///
    /// # Errors
    /// Where the CRM can't be asked.
    pub async fn once(&mut self, addresses: &[String]) -> Result<Vec<Found>, LiveError> {
        if self.client.crm() == Crm::Salesforce {
            return salesforce::records(&self.client, &self.whose).await;
        }
        let searched = hubspot::searched(&self.client, &self.whose).await?;
        let mut ids = self.known.clone();
        ids.extend(searched.iter().cloned());
        ids.extend(hubspot::contacts(&self.client, addresses).await?);
        let found = hubspot::read(&self.client, &ids, &self.whose).await?;
        // What was deleted is no longer waited for.
        let alive = |record: &Found| (record.object.clone(), record.id.clone());
        self.known = found.iter().map(alive).collect();
        self.all_searched = self.known.is_subset(&searched);
        Ok(found)
    }

    /// Who has an owner id or a user id.
    ///
    /// # Errors
    /// Where the CRM can't be asked.
    pub async fn stranger(&self, id: &str) -> Result<Option<Stranger>, LiveError> {
        match self.client.crm() {
            Crm::Salesforce => salesforce::stranger(&self.client, id).await,
            Crm::Hubspot => hubspot::stranger(&self.client, id).await,
        }
    }

    /// Deletes a record that bears a prefix which is meant, and no other.
    ///
    /// # Errors
    /// Where the CRM does not take it.
    pub async fn delete(&self, record: &Found) -> Result<(), LiveError> {
        if record.bears(&self.whose).is_none() {
            return Err(LiveError::Misfit {
                what: format!(
                    "{} {} bears no prefix of a run, so it is not deleted",
                    record.object, record.id
                ),
                hint: "this is a mistake of crm-conformance: please report it".to_owned(),
            });
        }
        match self.client.crm() {
            Crm::Salesforce => salesforce::delete(&self.client, record).await,
            Crm::Hubspot => hubspot::delete(&self.client, record).await,
        }
    }
}
