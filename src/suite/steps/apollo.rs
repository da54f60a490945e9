use cucumber::{given, then};

use crate::suite::parameter::{Record, Who, Whom};
use crate::suite::world::World;

/// Apollo's switch that lets Salesforce's assignment rules choose owners. First of all steps.
#[given(expr = "Apollo lets assignment rules choose the owner")]
async fn assignment_rules(world: &mut World) {
    let done = world.switch_assignment_rules_on();
    world.keep(done);
}

/// Somebody else becomes the owner in Apollo.
#[given(expr = "{person} has become the owner of {record} in Apollo")]
async fn assigned(world: &mut World, who: Who, record: Record) {
    let done = match world.draft(record) {
        Ok(draft) => world.assign(draft, who.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// Who owns, in Apollo, what the last push was about. Only the system under test can tell.
#[then(expr = "Apollo records {whom} as Owner")]
async fn owner(world: &mut World, whom: Whom) {
    let done = world.claim_apollo_owner(&whom.0, None);
    world.keep(done);
}

/// Who owns a record in Apollo.
#[then(expr = "Apollo records {whom} as Owner of {record}")]
async fn owner_of(world: &mut World, whom: Whom, record: Record) {
    let done = world.claim_apollo_owner(&whom.0, Some(record));
    world.keep(done);
}
