use cucumber::then;

use crate::suite::parameter::{Crm, Field, Who};
use crate::suite::world::World;

/// A report over everything in the CRM, grouped by Owner or Created By, shows one person alone.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts from prospecting
/// When Dana pushes everything to Salesforce in bulk
/// Then a Salesforce report by Created By shows 2 for the integration user
/// ```
#[then(expr = "a {crm} report by {field} shows {int} for {person}")]
async fn one_group(world: &mut World, crm: Crm, field: Field, count: usize, who: Who) {
    let done = world.claim_report(crm.0, field.0, &[(who.0, count)]);
    world.keep(done);
}

/// A report over everything in the CRM, grouped by Owner or Created By, shows two people.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And Lee has linked his Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Lee has saved a contact by hand
/// When Dana pushes Dana's contact to Salesforce on its own
/// And Lee pushes Lee's contact to Salesforce on its own
/// Then a Salesforce report by Owner shows 1 for Dana and 1 for Lee
/// ```
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
