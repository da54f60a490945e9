use cucumber::when;

use crate::suite::parameter::{Crm, Mode, Record, Who};
use crate::suite::world::World;

/// The person changes a value of a record that is in the CRM, and pushes the record again.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records Dana as Created By
/// ```
#[when(expr = "{person} updates {record} and pushes it to {crm} {mode}")]
async fn updates(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.update_and_push(who.0, draft, crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}
