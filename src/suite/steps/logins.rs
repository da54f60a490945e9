use cucumber::given;
use cucumber::when;

use crate::suite::parameter::{Crm, LoginState, Rank, Who};
use crate::suite::people::Person;
use crate::suite::world::World;

/// The person has linked a personal login, which works.
#[given(expr = "{person} has linked her/his/their {crm} login")]
#[when(expr = "{person} links her/his/their {crm} login")]
async fn links(world: &mut World, who: Who, crm: Crm) {
    let done = world.link(who.0, crm.0, who.0).await;
    world.keep(done);
}

/// The person has linked no login, now or before.
#[given(expr = "{person} has never linked a {crm} login")]
async fn never_linked(world: &mut World, who: Who, crm: Crm) {
    let done = world.never_linked(who.0, crm.0);
    world.keep(done);
}

/// The person linked a login once, and now its access token is dead, or all of it, or its user is deactivated.
#[given(expr = "{person}'s {crm} login {state}")]
async fn is_spoilt(world: &mut World, who: Who, crm: Crm, state: LoginState) {
    let done = world.spoil(who.0, crm.0, state.0).await;
    world.keep(done);
}

/// The person takes the login out of Apollo.
#[when(expr = "{person} unlinks her/his/their {crm} login")]
async fn unlinks(world: &mut World, who: Who, crm: Crm) {
    let done = world.unlink(who.0, crm.0).await;
    world.keep(done);
}

/// The person links another user of the CRM in place of the one so far.
#[when(expr = "{person} links her/his/their second {crm} user instead")]
async fn relinks(world: &mut World, who: Who, crm: Crm) {
    let done = world.link(who.0, crm.0, Person::DanasSecondUser).await;
    world.keep(done);
}

/// Three colleagues have linked: the least permitted user, the Apollo admin (who is ordinary in the CRM), and the most
/// permitted user. Who linked first must not matter.
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
#[given(expr = "nobody but {person} has linked a {crm} login")]
async fn nobody_else(world: &mut World, who: Who, crm: Crm) {
    let done = world.nobody_else_linked(who.0, crm.0);
    world.keep(done);
}

/// No person at all has a login that works.
#[given(expr = "nobody has linked a {crm} login")]
async fn nobody_at_all(world: &mut World, crm: Crm) {
    let done = world.never_linked(Person::Dana, crm.0);
    world.keep(done);
    let done = world.nobody_else_linked(Person::Dana, crm.0);
    world.keep(done);
}
