use cucumber::then;

use crate::suite::parameter::{Crm, Field, Kind, Record, Who, Whom};
use crate::suite::world::World;

/// Who is Owner, or Created By, of what the last push was about. Several people: any of them will do.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact from prospecting
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records the integration user as Created By
/// ```
#[then(expr = "{crm} records {whom} as {field}")]
async fn records(world: &mut World, crm: Crm, whom: Whom, field: Field) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, false, None);
    world.keep(done);
}

/// The same, where the system under test may also refuse, if it says so.
///
/// ```gherkin
/// Given Dana's Salesforce login has been revoked
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana or the integration user as Owner, unless the push is refused
/// ```
#[then(expr = "{crm} records {whom} as {field}, unless the push is refused")]
async fn records_or_refuses(world: &mut World, crm: Crm, whom: Whom, field: Field) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, true, None);
    world.keep(done);
}

/// Who is Owner, or Created By, of one of several records.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of the first contact
/// And Salesforce records Dana as Owner of the second contact
/// ```
#[then(expr = "{crm} records {whom} as {field} of {record}")]
async fn records_of(world: &mut World, crm: Crm, whom: Whom, field: Field, record: Record) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, false, Some(record));
    world.keep(done);
}

/// Who is Owner, or Created By, of each of many records.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved 3 contacts from prospecting
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of all contacts
/// And Salesforce records the integration user as Created By of all contacts
/// ```
#[then(expr = "{crm} records {whom} as {field} of all {kind}s")]
async fn records_of_all(world: &mut World, crm: Crm, whom: Whom, field: Field, kind: Kind) {
    let done = world.claim_recorded_of_all(crm.0, field.0, &whom.0, kind.0);
    world.keep(done);
}

/// The same of one of several records, where the system under test may also refuse.
///
/// ```gherkin
/// Given Dana's Salesforce login has been revoked
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records the integration user or Dana as Owner of the first contact, unless the push is refused
/// ```
#[then(expr = "{crm} records {whom} as {field} of {record}, unless the push is refused")]
async fn records_of_or_refuses(
    world: &mut World,
    crm: Crm,
    whom: Whom,
    field: Field,
    record: Record,
) {
    let done = world.claim_recorded(crm.0, field.0, &whom.0, true, Some(record));
    world.keep(done);
}

/// Who is Owner, or Created By, of every record of a kind that the person has saved.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved 3 contacts by hand
/// When everybody pushes their contacts to Salesforce in turn, each on its own
/// Then Salesforce records Dana as Owner of each of Dana's contacts
/// And Salesforce records Dana as Created By of each of Dana's contacts
/// ```
#[then(expr = "{crm} records {whom} as {field} of each of {person}'s {kind}s")]
async fn records_each(
    world: &mut World,
    crm: Crm,
    whom: Whom,
    field: Field,
    saved_by: Who,
    kind: Kind,
) {
    let done = world.claim_each_recorded(crm.0, field.0, &whom.0, (saved_by.0, kind.0));
    world.keep(done);
}

/// Whose login has changed a record last.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana as the last to have changed the contact
/// ```
#[then(expr = "{crm} records {whom} as the last to have changed {record}")]
async fn changed_by(world: &mut World, crm: Crm, whom: Whom, record: Record) {
    let done = world.claim_changed_by(crm.0, &whom.0, false, record);
    world.keep(done);
}

/// The same, where the system under test may also refuse, if it says so.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And Lee has linked his Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved an account by hand
/// And Dana has pushed the account to Salesforce on its own
/// And Dana's Salesforce login belongs to a deactivated user
/// When Lee updates the account and pushes it to Salesforce in bulk
/// Then Salesforce records Lee or the integration user as the last to have changed the account, unless the push is refused
/// ```
#[then(
    expr = "{crm} records {whom} as the last to have changed {record}, unless the push is refused"
)]
async fn changed_by_or_refused(world: &mut World, crm: Crm, whom: Whom, record: Record) {
    let done = world.claim_changed_by(crm.0, &whom.0, true, record);
    world.keep(done);
}

/// Owner and Created By are one person in each record of a kind that the person has saved.
///
/// ```gherkin
/// @R12
/// Given Dana has never linked a Salesforce login
/// And team sync is not connected to Salesforce
/// And two colleagues with the highest permission have linked their Salesforce logins
/// And Dana has saved 3 contacts by hand
/// When everybody pushes their contacts to Salesforce in turn, each on its own
/// Then Salesforce records the most permitted user or the other most permitted user as Owner of each of Dana's contacts
/// And Salesforce records the most permitted user or the other most permitted user as Created By of each of Dana's contacts
/// And Salesforce records the same person as Owner and as Created By of each of Dana's contacts
/// ```
#[then(
    expr = "{crm} records the same person as Owner and as Created By of each of {person}'s {kind}s"
)]
async fn one_person_each(world: &mut World, crm: Crm, saved_by: Who, kind: Kind) {
    let done = world.claim_one_person_each(crm.0, (saved_by.0, kind.0));
    world.keep(done);
}

/// Owner and Created By are one person, whichever of the accepted ones it is. Only for scenarios of a row that asks for it.
///
/// ```gherkin
/// @R12
/// Given Dana has never linked a Salesforce login
/// And team sync is not connected to Salesforce
/// And two colleagues with the highest permission have linked their Salesforce logins
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the most permitted user or the other most permitted user as Owner
/// And Salesforce records the most permitted user or the other most permitted user as Created By
/// And Salesforce records the same person as Owner and as Created By
/// ```
#[then(expr = "{crm} records the same person as Owner and as Created By")]
async fn one_person(world: &mut World, crm: Crm) {
    let done = world.claim_one_person(crm.0, None);
    world.keep(done);
}

/// The same of one of several records.
///
/// ```gherkin
/// @R12
/// Given Dana has never linked a Salesforce login
/// And team sync is not connected to Salesforce
/// And two colleagues with the highest permission have linked their Salesforce logins
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the most permitted user or the other most permitted user as Owner of the contact
/// And Salesforce records the most permitted user or the other most permitted user as Created By of the contact
/// And Salesforce records the same person as Owner and as Created By of the contact
/// ```
#[then(expr = "{crm} records the same person as Owner and as Created By of {record}")]
async fn one_person_of(world: &mut World, crm: Crm, record: Record) {
    let done = world.claim_one_person(crm.0, Some(record));
    world.keep(done);
}

/// Two records that differ in nothing but how they were pushed have the same Owner and the same Created By.
///
/// ```gherkin
/// @R25
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts by hand
/// When Dana pushes the first contact to Salesforce on its own
/// And Dana pushes the second contact to Salesforce in bulk
/// Then the first contact and the second contact have the same Owner and the same Created By
/// ```
#[then(expr = "{record} and {record} have the same Owner and the same Created By")]
async fn same(world: &mut World, one: Record, other: Record) {
    let done = world.claim_same(one, other);
    world.keep(done);
}
