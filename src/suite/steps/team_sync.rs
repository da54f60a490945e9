use cucumber::{given, then, when};

use crate::suite::parameter::{Crm, Who};
use crate::suite::world::World;

/// Team sync runs as this user.
#[given(expr = "team sync is connected to {crm} as {person}")]
#[when(expr = "team sync is connected to {crm} as {person} instead")]
async fn connected(world: &mut World, crm: Crm, who: Who) {
    let done = world.connect_team_sync(crm.0, who.0).await;
    world.keep(done);
}

/// There is no team sync.
#[given(expr = "team sync is not connected to {crm}")]
async fn not_connected(world: &mut World, crm: Crm) {
    let done = world.no_team_sync(crm.0);
    world.keep(done);
}

/// Team sync was connected, and its login has been revoked in the CRM since.
#[given(expr = "the team sync login of {crm} has been revoked")]
async fn broken(world: &mut World, crm: Crm) {
    let done = world.break_team_sync(crm.0);
    world.keep(done);
}

/// The suite warns that team sync runs on somebody's own login.
#[then(expr = "a dedicated integration user is advised for {crm}")]
async fn advice(world: &mut World, crm: Crm) {
    let done = world.claim_advice(crm.0);
    world.keep(done);
}
