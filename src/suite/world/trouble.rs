//! Things that go wrong on the way to a CRM.

use mock_crm::faults::{Action, Fault, Refusal, Route};
use serde_json::json;

use super::vendor::not_here;
use super::{Done, Problem, World};
use crate::rules::{Crm, Personal};
use crate::suite::people::Person;

/// What goes wrong with the next write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is done, and its answer never comes.
    LostAnswer,
    /// It is done, and its answer breaks off.
    CutOffAnswer,
    /// It is not done: 503.
    Busy,
    /// It is not done: somebody else is writing the rows of the batch.
    Locked,
    /// It is not done: there were too many calls, and the CRM says how long to wait.
    TooManyCalls,
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

/// The routes of every write.
fn any_write(crm: Crm) -> Vec<Route> {
    routes(match crm {
        Crm::Salesforce => &[("PATCH", "/services/data/*"), ("POST", "/services/data/*")],
        Crm::Hubspot => &[
            ("PATCH", "/crm/*/objects/*"),
            ("POST", "/crm/*/objects/*s"),
            ("POST", "/crm/*/batch/*t*"),
        ],
    })
}

fn routes(of: &[(&str, &str)]) -> Vec<Route> {
    let route = |(method, path): &(&str, &str)| Route {
        method: (*method).to_owned(),
        path: (*path).to_owned(),
    };
    of.iter().map(route).collect()
}

/// What the CRM asks for, in seconds, where there were too many calls.
const RETRY_AFTER: u32 = 7;
/// Too few to read anything from.
const BYTES_BEFORE_THE_BREAK: usize = 5;

impl World {
    /// Something goes wrong with the next write in this CRM.
    pub fn trouble(&mut self, crm: Crm, trouble: Trouble) -> Done {
        let rows = self.drafts.len().min(LARGEST_BATCH);
        let action = match (trouble, crm) {
            (Trouble::LostAnswer, _) => Action::ResetAfter,
            (Trouble::Busy, _) => Action::Refuse(Refusal::Unavailable { retry_after: None }),
            (Trouble::Locked, Crm::Hubspot) => Action::Refuse(Refusal::LockedRow),
            (Trouble::Locked, Crm::Salesforce) => locked_rows(rows),
            (Trouble::CutOffAnswer, _) => Action::Truncate {
                bytes: BYTES_BEFORE_THE_BREAK,
            },
            (Trouble::TooManyCalls, _) => Action::Refuse(Refusal::RateLimit {
                retry_after: Some(RETRY_AFTER),
            }),
        };
        // A job of the Bulk API waits for locks by itself: only a collection has rows that are locked.
        let writes = match (crm, trouble) {
            (Crm::Salesforce, Trouble::Locked) => routes(
                &["PATCH", "POST"].map(|method| (method, "/services/data/*/composite/sobjects*")),
            ),
            (crm, _) => any_write(crm),
        };
        self.spoil_next(writes, crm, None, action)
    }

    /// The person's access token is over just when the next write with it arrives. A refresh works.
    pub fn expire_on_the_way(&mut self, person: Person, crm: Crm) -> Done {
        let Some(user) = self.side(crm).linked_as(person) else {
            return Err(Problem::Feature(format!(
                "{person} has no {crm} login that works"
            )));
        };
        self.expire_at_the_next_write(user, crm)?;
        self.side_mut(crm).set_state(person, Personal::Refreshable);
        Ok(())
    }

    /// The same of team sync's token.
    pub fn expire_team_sync_on_the_way(&mut self, crm: Crm) -> Done {
        let Some(user) = self.side(crm).team_sync_user() else {
            return Err(Problem::Feature(format!(
                "team sync is not connected to {crm}"
            )));
        };
        self.expire_at_the_next_write(user, crm)
    }

    /// A token that has ended before, and that the system under test has not refreshed, can't end again.
    fn expire_at_the_next_write(&self, user: Person, crm: Crm) -> Done {
        self.only_on_mocks("a login whose token can be made to expire")?;
        let side = self.side(crm);
        let id = &side.user(user)?.principal.id;
        if let Some(token) = side.vendor.access_token(&self.harness, id) {
            self.spoil_next(any_write(crm), crm, Some(token), Action::ExpireToken)?;
        }
        Ok(())
    }

    /// Plays a fault to the next of these writes, of anybody's or with one token.
    fn spoil_next(
        &self,
        routes: Vec<Route>,
        crm: Crm,
        token: Option<String>,
        action: Action,
    ) -> Done {
        let Some(tenant) = self.side(crm).vendor.tenant() else {
            return Err(not_here("answers that can be made to fail"));
        };
        let mock_crm = match crm {
            Crm::Salesforce => mock_crm::tenant::Crm::Salesforce,
            Crm::Hubspot => mock_crm::tenant::Crm::Hubspot,
        };
        self.harness.mock.server.faults.add(Fault {
            crm: Some(mock_crm),
            org: Some(tenant.id.to_string()),
            token,
            method: None,
            path: None,
            routes,
            nth: 1,
            times: Some(1),
            action,
        });
        Ok(())
    }
}
