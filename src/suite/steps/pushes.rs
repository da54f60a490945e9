use cucumber::{given, then, when};

use crate::rules;
use crate::suite::parameter::{Crm, Kind, Mode, Record, Who};
use crate::suite::world::World;

/// The person pushes one record by hand, or in a batch of the push settings.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[when(expr = "{person} pushes {record} to {crm} {mode}")]
async fn pushes(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.push(Some(who.0), &[draft], crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// The same as a part of the scene: the push has to go through.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana updates the contact and pushes it to Salesforce in bulk
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{person} has pushed {record} to {crm} {mode}")]
async fn has_pushed(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.push_before(who.0, &[draft], crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// The person pushes everything that has been saved, whoever saved it, as one batch.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has saved an account by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of the contact
/// And Salesforce records Dana as Owner of the account
/// ```
#[when(expr = "{person} pushes everything to {crm} in bulk")]
async fn pushes_everything(world: &mut World, who: Who, crm: Crm) {
    let drafts = world.all_drafts();
    let done = world
        .push(Some(who.0), &drafts, crm.0, rules::Mode::Bulk)
        .await;
    world.keep(done);
}

/// The person pushes two records of a kind: one after the other, or as one batch.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts of one new account by hand
/// When Dana pushes both contacts to Salesforce in bulk
/// Then Salesforce records Dana as Owner of all contacts
/// ```
#[when(expr = "{person} pushes both {kind}s to {crm} {mode}")]
async fn pushes_both(world: &mut World, who: Who, kind: Kind, crm: Crm, mode: Mode) {
    let done = match world.two_drafts(kind.0) {
        Ok(drafts) => world.push(Some(who.0), &drafts, crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// Everybody pushes a record of their own, then the next, and so on: each is a push by itself.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved 3 contacts by hand
/// When everybody pushes their contacts to Salesforce in turn, each on its own
/// Then Salesforce records Dana as Owner of each of Dana's contacts
/// ```
#[when(expr = "everybody pushes their {kind}s to {crm} in turn, each {mode}")]
async fn pushes_in_turn(world: &mut World, kind: Kind, crm: Crm, mode: Mode) {
    let done = world.push_in_turn(kind.0, crm.0, mode.0).await;
    world.keep(done);
}

/// Apollo pushes by itself, as after a job change: nobody has pressed a button.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact from job change enrichment
/// When Apollo pushes the contact to Salesforce by itself
/// Then Salesforce records Dana as Owner
/// ```
#[when(expr = "Apollo pushes {record} to {crm} by itself")]
async fn pushes_by_itself(world: &mut World, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => world.push(None, &[draft], crm.0, rules::Mode::Single).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// There is no record, and the system under test says that it refused.
///
/// ```gherkin
/// Given nobody has linked a HubSpot login
/// And team sync is not connected to HubSpot
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then the push is refused
/// ```
#[then(expr = "the push is refused")]
async fn refused(world: &mut World) {
    let done = world.claim_refused(None);
    world.keep(done);
}

/// The same of one of several records.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has saved a contact with an impossible e-mail address by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of the first contact
/// And the push of the second contact is refused
/// ```
#[then(expr = "the push of {record} is refused")]
async fn refused_one(world: &mut World, record: Record) {
    let done = world.claim_refused(Some(record));
    world.keep(done);
}

/// Nothing has been created in the CRM, by whatever request.
///
/// ```gherkin
/// Given nobody has linked a HubSpot login
/// And team sync is not connected to HubSpot
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then nothing is created in HubSpot
/// ```
#[then(expr = "nothing is created in {crm}")]
async fn nothing_created(world: &mut World, crm: Crm) {
    let done = world.claim_nothing_created(crm.0);
    world.keep(done);
}
