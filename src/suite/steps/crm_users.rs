use cucumber::given;

use crate::suite::parameter::{Crm, Who};
use crate::suite::world::{Spelling, World};

/// There are so many users more, who come first in every list. First of all steps.
///
/// ```gherkin
/// Given HubSpot has 120 more users
/// And Dana has linked her HubSpot login
/// And team sync is connected to HubSpot as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then HubSpot records Dana as Owner
/// ```
#[given(expr = "{crm} has {int} more users")]
async fn more(world: &mut World, crm: Crm, count: usize) {
    let done = world.more_users(crm.0, count);
    world.keep(done);
}

/// Another user had the person's e-mail address, and was deactivated. HubSpot takes an address once. First of all steps.
///
/// ```gherkin
/// Given Salesforce has another user with Dana's e-mail address, who is deactivated
/// And Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "Salesforce has another user with {person}'s e-mail address, who is deactivated")]
async fn twin(world: &mut World, who: Who) {
    let done = world.add_twin_of(who.0);
    world.keep(done);
}

/// A queue is called as the person is. First of all steps.
///
/// ```gherkin
/// Given HubSpot has a queue by Dana's name
/// And Dana has linked her HubSpot login
/// And team sync is connected to HubSpot as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then HubSpot records Dana as Owner
/// ```
#[given(expr = "{crm} has a queue by {person}'s name")]
async fn queue(world: &mut World, crm: Crm, who: Who) {
    let done = world.add_queue_like(crm.0, who.0);
    world.keep(done);
}

/// Two ids are the same but for capitals. First of all steps.
///
/// ```gherkin
/// Given Salesforce has a user whose id is Dana's but for capitals
/// And Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "Salesforce has a user whose id is {person}'s but for capitals")]
async fn id_twin(world: &mut World, who: Who) {
    let done = world.add_id_twin_of(who.0);
    world.keep(done);
}

/// Apollo has the address in capitals, the CRMs have it in small letters. First of all steps.
///
/// ```gherkin
/// Given Apollo writes Dana's e-mail address in capitals
/// And Dana has linked her HubSpot login
/// And team sync is connected to HubSpot as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then HubSpot records Dana as Owner
/// ```
#[given(expr = "Apollo writes {person}'s e-mail address in capitals")]
async fn capitals(world: &mut World, who: Who) {
    let done = world.spell_address(who.0, Spelling::Capitals);
    world.keep(done);
}

/// Apollo has the address with a tag behind a plus sign, the CRMs have it without. First of all steps.
///
/// ```gherkin
/// Given Apollo writes Dana's e-mail address with a plus tag
/// And Dana has linked her HubSpot login
/// And team sync is connected to HubSpot as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then HubSpot records Dana as Owner
/// ```
#[given(expr = "Apollo writes {person}'s e-mail address with a plus tag")]
async fn plus_tag(world: &mut World, who: Who) {
    let done = world.spell_address(who.0, Spelling::PlusTag);
    world.keep(done);
}
