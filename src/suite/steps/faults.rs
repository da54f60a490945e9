use cucumber::given;

use crate::suite::parameter::Crm;
use crate::suite::world::{Trouble, World};

/// The CRM does what the next write asks for, and the answer gets lost on the way.
#[given(expr = "the answer to the next write in {crm} gets lost")]
async fn lost_answer(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::LostAnswer);
    world.keep(done);
}

/// The CRM is busy when the next write comes, and does nothing.
#[given(expr = "{crm} is too busy for the next write")]
async fn busy(world: &mut World, crm: Crm) {
    let done = world.trouble(crm.0, Trouble::Busy);
    world.keep(done);
}
