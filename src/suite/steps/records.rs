use cucumber::given;

use crate::suite::parameter::{Kind, Source, Who};
use crate::suite::world::World;

/// A record is saved in Apollo, and not pushed yet.
#[given(expr = "{person} has saved a/an {kind} {source}")]
async fn saved(world: &mut World, who: Who, kind: Kind, source: Source) {
    let done = world.save(who.0, kind.0, source.0).await.map(|_| ());
    world.keep(done);
}

/// Two records of a kind are saved: the first and the second.
#[given(expr = "{person} has saved two {kind}s {source}")]
async fn saved_two(world: &mut World, who: Who, kind: Kind, source: Source) {
    for _ in 0..2 {
        let done = world.save(who.0, kind.0, source.0).await.map(|_| ());
        world.keep(done);
    }
}

/// A contact is saved with the account that it belongs to. A push of the contact brings the account along.
#[given(expr = "{person} has saved a contact of a new account {source}")]
async fn saved_with_account(world: &mut World, who: Who, source: Source) {
    let done = world.save_with_account(who.0, source.0).await;
    world.keep(done);
}

/// Job change enrichment follows a contact of the first person and finds a new one, which the second person confirms.
#[given(
    expr = "job change enrichment has found a new contact for one of {person}, confirmed by {person}"
)]
async fn job_change(world: &mut World, followed: Who, confirmed: Who) {
    let done = world.follow_job_change(followed.0, confirmed.0).await;
    world.keep(done);
}
