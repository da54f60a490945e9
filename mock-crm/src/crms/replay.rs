//! Doing again what the durable log has: the state of before, before anybody listens.

use super::Crms;
use crate::durable::{Durable, DurableError};
use crate::hubspot::PortalSpec;
use crate::identity::{Directory, End};
use crate::salesforce::OrgSpec;
use crate::serve::Vendor;
use crate::tenant::log::{Entry, Event};
use crate::tenant::{Crm, Hosted};

impl Crms {
    /// Opens, fills and closes what the log says was opened, filled and closed.
    ///
    /// # Errors
    /// Where an entry can't be read or done again.
    pub fn replay(&self, durable: &Durable) -> Result<(), DurableError> {
        durable.replay(|entry| self.again(entry))?;
        let generation = durable.start().generation;
        if generation > 0 {
            // What was given out before must not be given out again.
            for hosted in self.hosted(None, None) {
                hosted.tenant().entropy.jump(generation);
            }
        }
        Ok(())
    }

    fn again(&self, entry: Entry) -> Result<(), String> {
        let event: Event = serde_json::from_str(&entry.event).map_err(|error| error.to_string())?;
        if let Some(request) = event.request() {
            self.server.request_seen(request);
        }
        match (entry.crm, event) {
            (
                Crm::Salesforce,
                Event::Opened {
                    number,
                    at,
                    specification,
                },
            ) => {
                let spec: OrgSpec = read(specification)?;
                let opened = self.salesforce.reopen(number, at, spec);
                opened.map(drop).map_err(|error| error.to_string())
            }
            (
                Crm::Hubspot,
                Event::Opened {
                    number,
                    at,
                    specification,
                },
            ) => {
                let spec: PortalSpec = read(specification)?;
                let opened = self.hubspot.reopen(number, at, spec);
                opened.map(drop).map_err(|error| error.to_string())
            }
            (Crm::Salesforce, Event::Closed) => {
                drop(self.salesforce.retire(&entry.tenant));
                Ok(())
            }
            (Crm::Salesforce, event) => inside(self.salesforce.directory(), &entry.tenant, event),
            (Crm::Hubspot, event) => self.in_portal(&entry.tenant, event),
        }
    }

    fn in_portal(&self, id: &str, event: Event) -> Result<(), String> {
        match event {
            Event::Setup(change) => {
                let portal = self.hubspot.directory().tenant(id);
                let portal = portal.ok_or_else(|| format!("{id} is not open"))?;
                portal
                    .replay_setup(change)
                    .map_err(|error| error.to_string())
            }
            // A change of people or definitions may be among them.
            Event::Together(events) => events
                .into_iter()
                .try_for_each(|event| self.in_portal(id, event)),
            event => inside(self.hubspot.directory(), id, event),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(specification: serde_json::Value) -> Result<T, String> {
    serde_json::from_value(specification).map_err(|error| error.to_string())
}

/// An event of an org or portal that is open.
fn inside<T: Hosted>(directory: &Directory<T>, id: &str, event: Event) -> Result<(), String> {
    let tenant = directory
        .tenant(id)
        .ok_or_else(|| format!("{id} is not open"))?;
    match event {
        Event::Closed => drop(directory.retire(id)),
        Event::Issued(grant) => drop(directory.reissue(tenant, grant)),
        Event::Ended { token, end } => end_again(directory, id, &token, end),
        event => tenant.tenant().write().replay(event),
    }
    Ok(())
}

fn end_again<T: Hosted>(directory: &Directory<T>, id: &str, token: &str, end: End) {
    let tokens = directory.tokens_of(id);
    let named = tokens
        .iter()
        .rev()
        .find(|issued| *issued.grant.id == *token);
    if let Some(named) = named {
        named.end(end);
    }
}
