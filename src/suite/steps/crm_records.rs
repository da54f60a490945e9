use cucumber::given;

use crate::suite::parameter::{Crm, Record, Who};
use crate::suite::world::World;

/// The person has made the same record in the CRM by hand, and owns it there. HubSpot only: it takes an address once.
///
/// ```gherkin
/// Given Dana has linked her HubSpot login
/// And team sync is connected to HubSpot as the integration user
/// And Dana has saved a contact by hand
/// And Lee has entered the contact in HubSpot already
/// When Dana pushes the contact to HubSpot on its own
/// Then HubSpot records Lee or Dana as Owner
/// And HubSpot records Lee as Created By
/// ```
#[given(expr = "{person} has entered {record} in {crm} already")]
async fn entered(world: &mut World, who: Who, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => world.enter(who.0, draft, crm.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// An administrator of the CRM has given the record to the person. Apollo does not know.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// And Lee has become the owner of the contact in Salesforce
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Lee or Dana as Owner
/// ```
#[given(expr = "{person} has become the owner of {record} in {crm}")]
async fn taken_over(world: &mut World, who: Who, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => world.take_over(who.0, draft, crm.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// An administrator of Salesforce has moved the lead to a queue. Apollo does not know.
///
/// ```gherkin
/// @N3
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a lead by hand
/// And Dana has pushed the lead to Salesforce on its own
/// And the lead has been moved to a queue in Salesforce
/// When Dana updates the lead and pushes it to Salesforce on its own
/// Then each push has made one record
/// ```
#[given(expr = "{record} has been moved to a queue in Salesforce")]
async fn queued(world: &mut World, record: Record) {
    let done = match world.draft(record) {
        Ok(draft) => world.move_to_queue(draft).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}
