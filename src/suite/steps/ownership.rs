use cucumber::then;

use crate::suite::parameter::{Crm, Field, Record, Whom};
use crate::suite::world::World;

/// Who is Owner, or Created By, of what the last push was about. Several people: any of them will do.
#[then(expr = "{crm} records {whom} as {field}")]
async fn records(world: &mut World, crm: Crm, whom: Whom, field: Field) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, false, None);
    world.keep(done);
}

/// The same, where the system under test may also refuse, if it says so.
#[then(expr = "{crm} records {whom} as {field}, unless the push is refused")]
async fn records_or_refuses(world: &mut World, crm: Crm, whom: Whom, field: Field) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, true, None);
    world.keep(done);
}

/// Who is Owner, or Created By, of one of several records.
#[then(expr = "{crm} records {whom} as {field} of {record}")]
async fn records_of(world: &mut World, crm: Crm, whom: Whom, field: Field, record: Record) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, false, Some(record));
    world.keep(done);
}

/// Owner and Created By are one person, whichever of the accepted ones it is.
#[then(expr = "{crm} records the same person as Owner and as Created By")]
async fn one_person(world: &mut World, crm: Crm) {
    let done = world.claim_one_person(crm.0);
    world.keep(done);
}

/// Two records that differ in nothing but how they were pushed have the same Owner and the same Created By.
#[then(expr = "{record} and {record} have the same Owner and the same Created By")]
async fn same(world: &mut World, one: Record, other: Record) {
    let done = world.claim_same(one, other);
    world.keep(done);
}
