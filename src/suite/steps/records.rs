use cucumber::{given, when};

use crate::suite::parameter::{Kind, Source, Who};
use crate::suite::world::World;

/// A record is saved in Apollo, and not pushed yet.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved an account from a CSV upload
/// When Dana pushes the account to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// When Dana saves a contact by hand
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{person} has saved a/an {kind} {source}")]
#[when(expr = "{person} saves a/an {kind} {source}")]
async fn saved(world: &mut World, who: Who, kind: Kind, source: Source) {
    let done = world.save(who.0, kind.0, source.0).await.map(|_| ());
    world.keep(done);
}

/// Two records of a kind are saved: the first and the second.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of the first contact
/// And Salesforce records Dana as Owner of the second contact
/// ```
#[given(expr = "{person} has saved two {kind}s {source}")]
async fn saved_two(world: &mut World, who: Who, kind: Kind, source: Source) {
    for _ in 0..2 {
        let done = world.save(who.0, kind.0, source.0).await.map(|_| ());
        world.keep(done);
    }
}

/// So many records of a kind are saved.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved 5 contacts by hand
/// When Dana pushes everything to Salesforce in bulk
/// Then Salesforce records Dana as Owner of all contacts
/// ```
#[given(expr = "{person} has saved {int} {kind}s {source}")]
async fn saved_many(world: &mut World, who: Who, count: usize, kind: Kind, source: Source) {
    for _ in 0..count {
        let done = world.save(who.0, kind.0, source.0).await.map(|_| ());
        world.keep(done);
    }
}

/// Two people with the same e-mail address are saved, on purpose.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts with one e-mail address by hand
/// When Dana pushes both contacts to Salesforce on its own
/// Then Salesforce records Dana as Owner of all contacts
/// ```
#[given(expr = "{person} has saved two contacts with one e-mail address {source}")]
async fn saved_namesakes(world: &mut World, who: Who, source: Source) {
    let done = world.save_two_with_one_address(who.0, source.0).await;
    world.keep(done);
}

/// A contact is saved whose e-mail address is none, so that every CRM refuses it.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact with an impossible e-mail address by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then the push is refused
/// ```
#[given(expr = "{person} has saved a contact with an impossible e-mail address {source}")]
async fn saved_invalid(world: &mut World, who: Who, source: Source) {
    let done = world.save_invalid(who.0, source.0).await;
    world.keep(done);
}

/// Two contacts are saved that belong to the same new account.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved two contacts of one new account by hand
/// When Dana pushes both contacts to Salesforce in bulk
/// Then Salesforce records Dana as Owner of all contacts
/// And Salesforce records Dana as Owner of the account
/// ```
#[given(expr = "{person} has saved two contacts of one new account {source}")]
async fn saved_two_with_account(world: &mut World, who: Who, source: Source) {
    let done = world.save_two_with_account(who.0, source.0).await;
    world.keep(done);
}

/// A contact is saved with the account that it belongs to. A push of the contact brings the account along.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact of a new account by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner of the contact
/// And Salesforce records Dana as Owner of the account
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// When Dana saves a contact of a new account by hand
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner of the contact
/// And Salesforce records Dana as Owner of the account
/// ```
#[given(expr = "{person} has saved a contact of a new account {source}")]
#[when(expr = "{person} saves a contact of a new account {source}")]
async fn saved_with_account(world: &mut World, who: Who, source: Source) {
    let done = world.save_with_account(who.0, source.0).await;
    world.keep(done);
}

/// Job change enrichment follows a contact of the first person and finds a new one, which the second person confirms.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And job change enrichment has found a new contact for one of Lee, confirmed by Dana
/// When Apollo pushes the contact to Salesforce by itself
/// Then Salesforce records Dana as Owner
/// ```
#[given(
    expr = "job change enrichment has found a new contact for one of {person}, confirmed by {person}"
)]
async fn job_change(world: &mut World, followed: Who, confirmed: Who) {
    let done = world.follow_job_change(followed.0, confirmed.0).await;
    world.keep(done);
}
