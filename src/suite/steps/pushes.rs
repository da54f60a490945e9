use cucumber::{given, then, when};

use crate::rules;
use crate::suite::parameter::{Crm, Mode, Record, Who};
use crate::suite::world::World;

/// The person pushes one record by hand, or in a batch of the push settings.
#[when(expr = "{person} pushes {record} to {crm} {mode}")]
async fn pushes(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.push(Some(who.0), &[draft], crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// The same as a part of the scene: the push has to go through.
#[given(expr = "{person} has pushed {record} to {crm} {mode}")]
async fn has_pushed(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.push_before(who.0, &[draft], crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// The person pushes everything that has been saved, whoever saved it, as one batch.
#[when(expr = "{person} pushes everything to {crm} in bulk")]
async fn pushes_everything(world: &mut World, who: Who, crm: Crm) {
    let drafts = world.all_drafts();
    let done = world
        .push(Some(who.0), &drafts, crm.0, rules::Mode::Bulk)
        .await;
    world.keep(done);
}

/// Apollo pushes by itself, as after a job change: nobody has pressed a button.
#[when(expr = "Apollo pushes {record} to {crm} by itself")]
async fn pushes_by_itself(world: &mut World, record: Record, crm: Crm) {
    let done = match world.draft(record) {
        Ok(draft) => world.push(None, &[draft], crm.0, rules::Mode::Single).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}

/// There is no record, and the system under test says that it refused.
#[then(expr = "the push is refused")]
async fn refused(world: &mut World) {
    let done = world.claim_refused(None);
    world.keep(done);
}

/// Nothing has been created in the CRM, by whatever request.
#[then(expr = "nothing is created in {crm}")]
async fn nothing_created(world: &mut World, crm: Crm) {
    let done = world.claim_nothing_created(crm.0);
    world.keep(done);
}
