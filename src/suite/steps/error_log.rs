use cucumber::then;

use crate::suite::world::World;

/// Apollo's error log has a line for the record of the last push.
///
/// ```gherkin
/// Given nobody has linked a HubSpot login
/// And team sync is not connected to HubSpot
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then the push is refused
/// And Apollo's error log tells of it
/// ```
#[then(expr = "Apollo's error log tells of it")]
async fn tells(world: &mut World) {
    let done = world.claim_logged().await;
    world.keep(done);
}
