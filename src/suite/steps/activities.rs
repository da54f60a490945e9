use cucumber::when;

use crate::suite::parameter::{Activity, Crm, Record, Who};
use crate::suite::world::World;

/// The person logs something that was done about a record. The record has to be in the CRM.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana logs an e-mail about the contact in Salesforce
/// Then Salesforce records Dana as Owner
/// And Salesforce records Dana as Created By
/// ```
#[when(expr = "{person} logs a/an {activity} about {record} in {crm}")]
async fn logs(world: &mut World, who: Who, activity: Activity, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => world.log(Some(who.0), activity.0, draft, crm.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// A sequence sends an e-mail to a contact: no person has acted.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When a sequence sends an e-mail to the contact and logs it in Salesforce
/// Then Salesforce records Dana or the integration user as Owner
/// ```
#[when(expr = "a sequence sends an e-mail to {record} and logs it in {crm}")]
async fn sends(world: &mut World, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => {
            world
                .log(None, crate::rules::Kind::Email, draft, crm.0)
                .await
        }
        Err(problem) => Err(problem),
    };
    world.keep(done);
}
