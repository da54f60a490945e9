//! Things that go wrong on the way to a CRM.

use mock_crm::faults::{Action, Fault, Refusal};
use serde_json::json;

use super::{Done, World};
use crate::rules::Crm;

/// What goes wrong with the next write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is done, and its answer never comes.
    LostAnswer,
    /// It is not done: 503.
    Busy,
    /// It is not done: somebody else is writing the rows of the batch.
    Locked,
}

/// Rows of a Salesforce collection at most.
const LARGEST_BATCH: usize = 200;

/// Salesforce answers each row of a collection by itself.
fn locked_rows(rows: usize) -> Action {
    let error = json!({
        "statusCode": "UNABLE_TO_LOCK_ROW",
        "message": "unable to obtain exclusive access to this record",
        "fields": [],
    });
    Action::Answer {
        status: 200,
        body: json!(vec![json!({ "success": false, "errors": [error] }); rows]),
    }
}

impl World {
    /// Something goes wrong with the next write in this CRM.
    pub fn trouble(&mut self, crm: Crm, trouble: Trouble) -> Done {
        let rows = self.drafts.len().min(LARGEST_BATCH);
        let action = || match (trouble, crm) {
            (Trouble::LostAnswer, _) => Action::ResetAfter,
            (Trouble::Busy, _) => Action::Refuse(Refusal::Unavailable { retry_after: None }),
            (Trouble::Locked, Crm::Hubspot) => Action::Refuse(Refusal::LockedRow),
            (Trouble::Locked, Crm::Salesforce) => locked_rows(rows),
        };
        let org = self.side(crm).vendor.tenant().id.to_string();
        let (mock_crm, writes) = match (crm, trouble) {
            // A job of the Bulk API waits for locks by itself.
            (Crm::Salesforce, Trouble::Locked) => (
                mock_crm::tenant::Crm::Salesforce,
                ["PATCH", "POST"].map(|method| (method, "/services/data/*/composite/sobjects*")),
            ),
            (Crm::Salesforce, _) => (
                mock_crm::tenant::Crm::Salesforce,
                [("PATCH", "/services/data/*"), ("POST", "/services/data/*")],
            ),
            (Crm::Hubspot, _) => (
                mock_crm::tenant::Crm::Hubspot,
                [("POST", "/crm/*/objects/*s"), ("POST", "/crm/*/batch/*t*")],
            ),
        };
        for (method, path) in writes {
            self.harness.mock.server.faults.add(Fault {
                crm: Some(mock_crm),
                org: Some(org.clone()),
                token: None,
                method: Some(method.to_owned()),
                path: Some(path.to_owned()),
                nth: 1,
                times: Some(1),
                action: action(),
            });
        }
        Ok(())
    }
}
