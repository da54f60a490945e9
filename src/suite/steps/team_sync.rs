use cucumber::{given, then, when};

use crate::suite::parameter::{Crm, Who};
use crate::suite::world::World;

/// Team sync runs as this user.
///
/// ```gherkin
/// Given Dana has never linked a Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When team sync is connected to Salesforce as the new integration user instead
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the new integration user as Created By
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And Dana has saved a contact by hand
/// When team sync is connected to Salesforce as the integration user
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "team sync is connected to {crm} as {person}")]
#[when(expr = "team sync is connected to {crm} as {person}")]
#[when(expr = "team sync is connected to {crm} as {person} instead")]
async fn connected(world: &mut World, crm: Crm, who: Who) {
    let done = world.connect_team_sync(crm.0, who.0).await;
    world.keep(done);
}

/// Team sync was connected, and has been taken out of Apollo.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When team sync is disconnected from Salesforce
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And team sync has been disconnected from Salesforce
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "team sync has been disconnected from {crm}")]
#[when(expr = "team sync is disconnected from {crm}")]
async fn disconnected(world: &mut World, crm: Crm) {
    let done = world.disconnect_team_sync(crm.0).await;
    world.keep(done);
}

/// There is no team sync.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is not connected to Salesforce
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "team sync is not connected to {crm}")]
async fn not_connected(world: &mut World, crm: Crm) {
    let done = world.no_team_sync(crm.0);
    world.keep(done);
}

/// Team sync was connected, and its login has been revoked in the CRM since.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And the team sync login of Salesforce has been revoked
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When the team sync login of Salesforce has been revoked
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "the team sync login of {crm} has been revoked")]
#[when(expr = "the team sync login of {crm} has been revoked")]
async fn broken(world: &mut World, crm: Crm) {
    let done = world.break_team_sync(crm.0);
    world.keep(done);
}

/// The suite warns that team sync runs on somebody's own login.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the most permitted user
/// And Dana has saved a contact from prospecting
/// When Dana pushes the contact to Salesforce on its own
/// Then a dedicated integration user is advised for Salesforce
/// ```
#[then(expr = "a dedicated integration user is advised for {crm}")]
async fn advice(world: &mut World, crm: Crm) {
    let done = world.claim_advice(crm.0);
    world.keep(done);
}
