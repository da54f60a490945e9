use cucumber::then;

use crate::suite::world::World;

/// N1.
#[then(expr = "nobody but the pusher, team sync and the most permitted is Owner or Created By")]
async fn permitted(world: &mut World) {
    let done = world.claim_kept(1);
    world.keep(done);
}

/// N2.
#[then(expr = "what was reported is so")]
async fn truthful(world: &mut World) {
    let done = world.claim_kept(2);
    world.keep(done);
}

/// N3.
#[then(expr = "each push has made one record")]
async fn one_record(world: &mut World) {
    let done = world.claim_kept(3);
    world.keep(done);
}

/// N4.
#[then(expr = "Created By has not changed")]
async fn creator_kept(world: &mut World) {
    let done = world.claim_kept(4);
    world.keep(done);
}

/// N5.
#[then(expr = "the push has left Apollo's owner alone")]
async fn apollo_owner_kept(world: &mut World) {
    let done = world.claim_kept(5);
    world.keep(done);
}

/// N6.
#[then(expr = "no other credential has written")]
async fn right_credential(world: &mut World) {
    let done = world.claim_kept(6);
    world.keep(done);
}

/// N7.
#[then(expr = "no built-in user is Owner or Created By")]
async fn no_built_in(world: &mut World) {
    let done = world.claim_kept(7);
    world.keep(done);
}

/// N8.
#[then(expr = "every owner id that was sent is an owner's")]
async fn right_owner_id(world: &mut World) {
    let done = world.claim_kept(8);
    world.keep(done);
}
