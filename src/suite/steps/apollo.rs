use cucumber::{given, then, when};

use crate::suite::parameter::{Record, Who, Whom};
use crate::suite::world::World;

/// Apollo's switch that lets Salesforce's assignment rules choose owners. First of all steps.
///
/// ```gherkin
/// Given Apollo lets assignment rules choose the owner
/// And Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a lead by hand
/// When Dana pushes the lead to Salesforce on its own
/// Then Salesforce records Dana or the assignment rule's user as Owner
/// ```
#[given(expr = "Apollo lets assignment rules choose the owner")]
async fn assignment_rules(world: &mut World) {
    let done = world.switch_assignment_rules_on();
    world.keep(done);
}

/// Somebody else becomes the owner in Apollo.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// And Lee has become the owner of the contact in Apollo
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana or Lee as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Lee becomes the owner of the contact in Apollo
/// And Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana or Lee as Owner
/// ```
#[given(expr = "{person} has become the owner of {record} in Apollo")]
#[when(expr = "{person} becomes the owner of {record} in Apollo")]
async fn assigned(world: &mut World, who: Who, record: Record) {
    let done = match world.draft(record) {
        Ok(draft) => world.assign(draft, who.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// Who owns, in Apollo, what the last push was about. Only the system under test can tell.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Apollo records Dana as Owner
/// ```
#[then(expr = "Apollo records {whom} as Owner")]
async fn owner(world: &mut World, whom: Whom) {
    let done = world.claim_apollo_owner(&whom.0, None);
    world.keep(done);
}

/// Who owns a record in Apollo.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Apollo records Dana as Owner of the contact
/// ```
#[then(expr = "Apollo records {whom} as Owner of {record}")]
async fn owner_of(world: &mut World, whom: Whom, record: Record) {
    let done = world.claim_apollo_owner(&whom.0, Some(record));
    world.keep(done);
}
