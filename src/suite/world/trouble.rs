//! Things that go wrong on the way to a CRM.

use mock_crm::faults::{Action, Fault, Refusal};

use super::{Done, World};
use crate::rules::Crm;

/// What goes wrong with the next write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is done, and its answer never comes.
    LostAnswer,
    /// It is not done: 503.
    Busy,
}

impl World {
    /// Something goes wrong with the next write in this CRM.
    pub fn trouble(&mut self, crm: Crm, trouble: Trouble) -> Done {
        let action = || match trouble {
            Trouble::LostAnswer => Action::ResetAfter,
            Trouble::Busy => Action::Refuse(Refusal::Unavailable { retry_after: None }),
        };
        let org = self.side(crm).vendor.tenant().id.to_string();
        let (mock_crm, writes) = match crm {
            Crm::Salesforce => (
                mock_crm::tenant::Crm::Salesforce,
                [("PATCH", "/services/data/*"), ("POST", "/services/data/*")],
            ),
            Crm::Hubspot => (
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
