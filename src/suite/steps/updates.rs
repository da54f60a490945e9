use cucumber::when;

use crate::suite::parameter::{Crm, Mode, Record, Who};
use crate::suite::world::World;

/// The person changes a value of a record that is in the CRM, and pushes the record again.
#[when(expr = "{person} updates {record} and pushes it to {crm} {mode}")]
async fn updates(world: &mut World, who: Who, record: Record, crm: Crm, mode: Mode) {
    let done = match world.draft(record) {
        Ok(draft) => world.update_and_push(who.0, draft, crm.0, mode.0).await,
        Err(problem) => Err(problem),
    };
    world.keep(done);
}
