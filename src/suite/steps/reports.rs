use cucumber::then;

use crate::suite::parameter::{Crm, Field, Who};
use crate::suite::world::World;

/// A report over everything in the CRM, grouped by Owner or Created By, shows one person alone.
#[then(expr = "a {crm} report by {field} shows {int} for {person}")]
async fn one_group(world: &mut World, crm: Crm, field: Field, count: usize, who: Who) {
    let done = world.claim_report(crm.0, field.0, &[(who.0, count)]);
    world.keep(done);
}

/// A report over everything in the CRM, grouped by Owner or Created By, shows two people.
#[then(expr = "a {crm} report by {field} shows {int} for {person} and {int} for {person}")]
async fn two_groups(
    world: &mut World,
    crm: Crm,
    field: Field,
    count: usize,
    who: Who,
    other_count: usize,
    other: Who,
) {
    let done = world.claim_report(crm.0, field.0, &[(who.0, count), (other.0, other_count)]);
    world.keep(done);
}
