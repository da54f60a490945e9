use cucumber::then;

use crate::suite::world::World;

/// Apollo's error log has a line for the record of the last push.
#[then(expr = "Apollo's error log tells of it")]
async fn tells(world: &mut World) {
    let done = world.claim_logged().await;
    world.keep(done);
}
