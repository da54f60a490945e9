use cucumber::{given, when};

use crate::suite::parameter::{Crm, Who};
use crate::suite::world::{Trouble, World};

/// The CRM does what the next write asks for, and the answer gets lost on the way.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And the answer to the next write in Salesforce gets lost
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When the answer to the next write in Salesforce gets lost
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "the answer to the next write in {crm} gets lost")]
#[when(expr = "the answer to the next write in {crm} gets lost")]
async fn lost_answer(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::LostAnswer);
    world.keep(done);
}

/// Somebody else is writing what the next batch is about, and the CRM does nothing of it. After the records are saved.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved 3 contacts by hand
/// And the rows of the next batch are locked in Salesforce
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of all contacts
/// ```
#[given(expr = "the rows of the next batch are locked in {crm}")]
async fn locked(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::Locked);
    world.keep(done);
}

/// The same, but a part of the answer arrives.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And the answer to the next write in Salesforce breaks off
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When the answer to the next write in Salesforce breaks off
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "the answer to the next write in {crm} breaks off")]
#[when(expr = "the answer to the next write in {crm} breaks off")]
async fn cut_off_answer(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::CutOffAnswer);
    world.keep(done);
}

/// The CRM is busy when the next write comes, and does nothing.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Salesforce is too busy for the next write
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Salesforce is too busy for the next write
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{crm} is too busy for the next write")]
#[when(expr = "{crm} is too busy for the next write")]
async fn busy(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::Busy);
    world.keep(done);
}

/// The CRM has had too many calls when the next write comes. It does nothing, and says how long to wait.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Salesforce asks to wait before the next write
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Salesforce asks to wait before the next write
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{crm} asks to wait before the next write")]
#[when(expr = "{crm} asks to wait before the next write")]
async fn too_many_calls(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::TooManyCalls);
    world.keep(done);
}

/// The person's access token works until the next write with it arrives, and is over then. A refresh works.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana's Salesforce login needs a refresh when the next write arrives
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana's Salesforce login needs a refresh when the next write arrives
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{person}'s {crm} login needs a refresh when the next write arrives")]
#[when(expr = "{person}'s {crm} login needs a refresh when the next write arrives")]
async fn expires_on_the_way(world: &mut World, who: Who, crm: Crm) {
    let done = world.expire_on_the_way(who.0, crm.0);
    world.keep(done);
}

/// The same of team sync's access token.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact from prospecting
/// And the team sync login of Salesforce needs a refresh when the next write arrives
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records the integration user as Created By
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact from prospecting
/// When the team sync login of Salesforce needs a refresh when the next write arrives
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records the integration user as Created By
/// ```
#[given(expr = "the team sync login of {crm} needs a refresh when the next write arrives")]
#[when(expr = "the team sync login of {crm} needs a refresh when the next write arrives")]
async fn team_sync_expires_on_the_way(world: &mut World, crm: Crm) {
    let done = world.expire_team_sync_on_the_way(crm.0);
    world.keep(done);
}
