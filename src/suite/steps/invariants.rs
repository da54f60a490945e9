use cucumber::then;

use crate::suite::world::World;

/// N1: in every record of the scenario, Owner and Created By are among those whom the rules permit.
///
/// ```gherkin
/// @N1
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then nobody but the pusher, team sync and the most permitted is Owner or Created By
/// ```
#[then(expr = "nobody but the pusher, team sync and the most permitted is Owner or Created By")]
async fn permitted(world: &mut World) {
    let done = world.claim_kept(1);
    world.keep(done);
}

/// N2: a record is there where success was reported, and none where a refusal was.
///
/// ```gherkin
/// @N2
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then what was reported is so
/// ```
#[then(expr = "what was reported is so")]
async fn truthful(world: &mut World) {
    let done = world.claim_kept(2);
    world.keep(done);
}

/// N3: no push has made a second record, whatever went wrong on the way.
///
/// ```gherkin
/// @N3
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then each push has made one record
/// ```
#[then(expr = "each push has made one record")]
async fn one_record(world: &mut World) {
    let done = world.claim_kept(3);
    world.keep(done);
}

/// N4: Created By is who it was when the record was created.
///
/// ```gherkin
/// @N4
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Created By has not changed
/// ```
#[then(expr = "Created By has not changed")]
async fn creator_kept(world: &mut World) {
    let done = world.claim_kept(4);
    world.keep(done);
}

/// N5: Apollo's owner is the same after the push as before it.
///
/// ```gherkin
/// @N5
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then the push has left Apollo's owner alone
/// ```
#[then(expr = "the push has left Apollo's owner alone")]
async fn apollo_owner_kept(world: &mut World) {
    let done = world.claim_kept(5);
    world.keep(done);
}

/// N6: every write carried a credential that the row allows.
///
/// ```gherkin
/// @N6
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then no other credential has written
/// ```
#[then(expr = "no other credential has written")]
async fn right_credential(world: &mut World) {
    let done = world.claim_kept(6);
    world.keep(done);
}

/// N7: nobody whom the CRM brings along is Owner or Created By.
///
/// ```gherkin
/// @N7
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then no built-in user is Owner or Created By
/// ```
#[then(expr = "no built-in user is Owner or Created By")]
async fn no_built_in(world: &mut World) {
    let done = world.claim_kept(7);
    world.keep(done);
}

/// N8: no user id, queue or foreign id was sent where an owner's id belongs.
///
/// ```gherkin
/// @N8
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then every owner id that was sent is an owner's
/// ```
#[then(expr = "every owner id that was sent is an owner's")]
async fn right_owner_id(world: &mut World) {
    let done = world.claim_kept(8);
    world.keep(done);
}
