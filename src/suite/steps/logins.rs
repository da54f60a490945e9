use cucumber::given;
use cucumber::when;

use crate::suite::parameter::{Crm, LoginState, Rank, Who};
use crate::suite::people::Person;
use crate::suite::world::World;

/// The same client has worked for the person in another org or portal, and is then set up for this one. First of all steps.
///
/// ```gherkin
/// Given Dana has pushed a contact to another Salesforce account before
/// And Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// ```
#[given(expr = "{person} has pushed a contact to another {crm} account before")]
async fn worked_elsewhere(world: &mut World, who: Who, crm: Crm) {
    let done = world.work_elsewhere(who.0, crm.0).await;
    world.keep(done);
}

/// The person has linked a personal login, which works.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records Dana as Created By
/// ```
///
/// ```gherkin
/// Given Dana has never linked a Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana links her Salesforce login
/// And Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records the integration user or Dana as Owner
/// ```
#[given(expr = "{person} has linked her/his/their {crm} login")]
#[when(expr = "{person} links her/his/their {crm} login")]
async fn links(world: &mut World, who: Who, crm: Crm) {
    let done = world.link(who.0, crm.0, who.0).await;
    world.keep(done);
}

/// The person has linked no login, now or before.
///
/// ```gherkin
/// Given Dana has never linked a Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the integration user as Owner
/// And Salesforce records the integration user as Created By
/// ```
#[given(expr = "{person} has never linked a {crm} login")]
async fn never_linked(world: &mut World, who: Who, crm: Crm) {
    let done = world.never_linked(who.0, crm.0);
    world.keep(done);
}

/// The person linked a login once, and now its access token is dead, or all of it, or its user is deactivated.
///
/// ```gherkin
/// Given Dana's Salesforce login needs a refresh
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records Dana as Created By
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana's Salesforce login needs a refresh
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana as Owner
/// And Salesforce records Dana as Created By
/// ```
#[given(expr = "{person}'s {crm} login {state}")]
#[when(expr = "{person}'s {crm} login {state}")]
async fn is_spoilt(world: &mut World, who: Who, crm: Crm, state: LoginState) {
    let done = world.spoil(who.0, crm.0, state.0).await;
    world.keep(done);
}

/// The person takes the login out of Apollo.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// When Dana unlinks her Salesforce login
/// And Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana as Created By
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// And Dana has pushed the contact to Salesforce on its own
/// And Dana has unlinked her Salesforce login
/// When Dana updates the contact and pushes it to Salesforce on its own
/// Then Salesforce records Dana as Created By
/// ```
#[given(expr = "{person} has unlinked her/his/their {crm} login")]
#[when(expr = "{person} unlinks her/his/their {crm} login")]
async fn unlinks(world: &mut World, who: Who, crm: Crm) {
    let done = world.unlink(who.0, crm.0).await;
    world.keep(done);
}

/// The person links another user of the CRM in place of the one so far.
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana links her second Salesforce user instead
/// And Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana's second user as Owner
/// ```
///
/// ```gherkin
/// Given Dana has linked her Salesforce login
/// And Dana has linked her second Salesforce user instead
/// And team sync is connected to Salesforce as the integration user
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records Dana's second user as Owner
/// ```
#[given(expr = "{person} has linked her/his/their second {crm} user instead")]
#[when(expr = "{person} links her/his/their second {crm} user instead")]
async fn relinks(world: &mut World, who: Who, crm: Crm) {
    let done = world.link(who.0, crm.0, Person::DanasSecondUser).await;
    world.keep(done);
}

/// Three colleagues have linked: the least permitted user, the Apollo admin (who is ordinary in the CRM), and the most
/// permitted user. Who linked first must not matter.
///
/// ```gherkin
/// Given Dana has never linked a Salesforce login
/// And team sync is not connected to Salesforce
/// And colleagues have linked their Salesforce logins, the least permitted first
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the most permitted user as Created By
/// ```
#[given(expr = "colleagues have linked their {crm} logins, the {rank} permitted first")]
async fn colleagues_have_linked(world: &mut World, crm: Crm, rank: Rank) {
    let mut colleagues = [
        Person::LeastPermitted,
        Person::ApolloAdmin,
        Person::MostPermitted,
    ];
    if rank.0 {
        colleagues.reverse();
    }
    for colleague in colleagues {
        let done = world.link(colleague, crm.0, colleague).await;
        world.keep(done);
    }
}

/// Two colleagues with the same highest permission have linked, after one with the least.
///
/// ```gherkin
/// Given Dana has never linked a Salesforce login
/// And team sync is not connected to Salesforce
/// And two colleagues with the highest permission have linked their Salesforce logins
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to Salesforce on its own
/// Then Salesforce records the most permitted user or the other most permitted user as Created By
/// ```
#[given(expr = "two colleagues with the highest permission have linked their {crm} logins")]
async fn a_tie(world: &mut World, crm: Crm) {
    for colleague in [
        Person::LeastPermitted,
        Person::OtherMostPermitted,
        Person::MostPermitted,
    ] {
        let done = world.link(colleague, crm.0, colleague).await;
        world.keep(done);
    }
}

/// Nobody apart from the person, and perhaps team sync, has a login that works.
///
/// ```gherkin
/// Given Dana's HubSpot login has been revoked
/// And team sync is not connected to HubSpot
/// And nobody but Dana has linked a HubSpot login
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then the push is refused
/// ```
#[given(expr = "nobody but {person} has linked a {crm} login")]
async fn nobody_else(world: &mut World, who: Who, crm: Crm) {
    let done = world.nobody_else_linked(who.0, crm.0);
    world.keep(done);
}

/// No person at all has a login that works.
///
/// ```gherkin
/// Given nobody has linked a HubSpot login
/// And team sync is not connected to HubSpot
/// And Dana has saved a contact by hand
/// When Dana pushes the contact to HubSpot on its own
/// Then nothing is created in HubSpot
/// ```
#[given(expr = "nobody has linked a {crm} login")]
async fn nobody_at_all(world: &mut World, crm: Crm) {
    let done = world.never_linked(Person::Dana, crm.0);
    world.keep(done);
    let done = world.nobody_else_linked(Person::Dana, crm.0);
    world.keep(done);
}
