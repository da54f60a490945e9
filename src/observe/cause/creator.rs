//! Whose credential wrote, and why it was that one.

use super::evidence::Evidence;
use super::{Cause, LikelyCause};
use crate::observe::observation::{Principal, WriteRequest};
use crate::rules::{Event, Personal, Role};

type Pattern = fn(&Evidence<'_>, &Principal) -> Option<LikelyCause>;

/// The first that fits; those that say more of the order of requests come first.
const PATTERNS: [Pattern; 10] = [
    sent_as_field,
    made_anew,
    after_a_busy_answer,
    after_a_bad_row,
    former_login,
    one_for_all,
    apollo_owner,
    used_before_for_others,
    not_refreshed,
    in_the_wrong_order,
];

/// Why the record was created by this one.
pub(super) fn why(evidence: &Evidence<'_>, creator: &Principal) -> LikelyCause {
    let found = PATTERNS.iter().find_map(|fits| fits(evidence, creator));
    found.unwrap_or_else(|| stood_in(evidence, creator))
}

fn sent_as_field(evidence: &Evidence<'_>, _: &Principal) -> Option<LikelyCause> {
    let create = evidence.create?;
    (create.created_by_reason == "audit_field").then(|| {
        Cause::CreatedBySent.told(format!(
            "Created By was sent in the body of {}, instead of following from the credential",
            create.request
        ))
    })
}

/// Only where the record was in the CRM before: else nobody has deleted anything of it.
pub(super) fn made_anew(evidence: &Evidence<'_>, _: &Principal) -> Option<LikelyCause> {
    let mut records = evidence.subject.records(evidence.observation);
    let deleted = records.find(|record| record.deleted)?;
    let creator = deleted.now.created_by.as_ref();
    let first = creator.map_or("somebody", |creator| creator.name.as_str());
    Some(Cause::DeletedAndMadeAnew.told(format!(
        "the record that {first} had created was deleted, and another was made in its place"
    )))
}

fn after_a_busy_answer(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    let for_now = |write: &WriteRequest| write.busy() || write.locked();
    let busy = earlier_try(evidence, creator, for_now)?;
    Some(Cause::BusyTakenForRefusal.told(format!(
        "the CRM answered {} to {}'s credential, and the next attempt took {}'s: busy says nothing of a login",
        busy.answer(),
        busy.caller(),
        creator.name
    )))
}

fn after_a_bad_row(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    let several = |write: &WriteRequest| {
        write.subjects.len() > 1
            && !write.locked()
            && (write.status >= 400 || write.error.is_some())
    };
    let refused = earlier_try(evidence, creator, several)?;
    Some(Cause::BatchSpoiltByOneRow.told(format!(
        "the CRM answered {} to a request with {} records of {}'s; all of them were then written as {}, the good ones too",
        refused.answer(),
        refused.subjects.len(),
        refused.caller(),
        creator.name
    )))
}

/// A try before the one that made the record, with another credential than the creator's.
fn earlier_try<'a>(
    evidence: &Evidence<'a>,
    creator: &Principal,
    wanted: impl Fn(&WriteRequest) -> bool,
) -> Option<&'a WriteRequest> {
    let made = evidence.written?;
    let other = |write: &WriteRequest| {
        let caller = write.credential.as_ref();
        caller.is_some_and(|caller| !caller.is(creator))
    };
    let earlier = evidence.tries.iter().copied();
    let mut earlier = earlier.filter(|write| write.number < made.number && other(write));
    earlier.find(|write| wanted(write))
}

/// Somebody who plays a part only as it was before; or you, though no login of yours is linked.
pub(super) fn former_login(evidence: &Evidence<'_>, who: &Principal) -> Option<LikelyCause> {
    let current = [Role::TeamSync, Role::Highest, Role::Pusher];
    if current.iter().any(|role| evidence.plays(who, *role)) {
        return None;
    }
    let name = &who.name;
    let unlinked = evidence.subject.situation.personal == Personal::Never;
    let text = if evidence.plays(who, Role::You) {
        unlinked.then(|| {
            format!("{name}'s login goes on being used, though it is not linked any more")
        })?
    } else if evidence.plays(who, Role::FormerTeamSync) {
        format!("team sync goes on as {name}, who it was connected as before")
    } else if evidence.plays(who, Role::FormerYou) {
        format!(
            "{name} is whom the person was linked as before; another login has been linked since"
        )
    } else {
        return None;
    };
    Some(Cause::FormerLoginUsed.told(text))
}

fn one_for_all(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    if evidence.subject.situation.event != Event::CreateInMixedBatch {
        return None;
    }
    let along = evidence.pushed_along();
    let creates = along.filter_map(|subject| subject.create(evidence.observation));
    let along: Vec<&Principal> = creates
        .filter_map(|create| create.credential.as_ref())
        .collect();
    let same = !along.is_empty() && along.iter().all(|other| other.is(creator));
    same.then(|| {
        Cause::OneCredentialForAll.told(format!(
            "every record of the push was written with {}'s credential, whoever it belongs to",
            creator.name
        ))
    })
}

fn apollo_owner(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    let owners = evidence.plays(creator, Role::ApolloOwnersUser);
    (owners && !evidence.may_write(creator)).then(|| {
        Cause::ApolloOwnerTakenForYou.told(format!(
            "{} owns the record in Apollo, and was taken for whoever acts",
            creator.name
        ))
    })
}

/// The credential belongs to nobody who has a say here, and an earlier request for somebody else carried it.
fn used_before_for_others(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    if evidence.may_write(creator) || evidence.plays(creator, Role::TeamSync) {
        return None;
    }
    let made = evidence.written?;
    let writes = evidence.observation.writes.iter();
    let earlier = writes.filter(|write| write.crm == made.crm && write.number < made.number);
    let by_creator = |write: &&WriteRequest| {
        let caller = write.credential.as_ref();
        caller.is_some_and(|caller| caller.is(creator))
            && !evidence.concerns(write)
            && rightly(evidence, write, creator)
    };
    let first = earlier.into_iter().find(by_creator)?;
    Some(Cause::EarlierCredentialReused.told(format!(
        "{}'s credential, which request {} had carried before, went on to be used for somebody else's record",
        creator.name, first.id
    )))
}

/// Whether the write was about a record that the credential may write.
fn rightly(evidence: &Evidence<'_>, write: &WriteRequest, whose: &Principal) -> bool {
    let others = evidence.observation.subjects.iter();
    let mut others = others.map(|other| Evidence::of(other, evidence.observation));
    others.any(|other| other.concerns(write) && other.may_write(whose))
}

fn not_refreshed(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    let refreshable = evidence.subject.situation.personal == Personal::Refreshable;
    (refreshable && !evidence.plays(creator, Role::You)).then(|| {
        Cause::TokenNotRefreshed.told(format!(
            "the access token had run out and was not refreshed, or its refresh was not kept; {}'s credential was used instead",
            creator.name
        ))
    })
}

fn in_the_wrong_order(evidence: &Evidence<'_>, creator: &Principal) -> Option<LikelyCause> {
    let situation = &evidence.subject.situation;
    let linked = situation.personal == Personal::Linked;
    let for_team_sync = situation
        .source
        .is_some_and(|source| source.in_team_column());
    let name = &creator.name;
    if evidence.plays(creator, Role::TeamSync) && linked {
        return Some(Cause::TeamSyncInsteadOfPersonal.told(
            "the record was written with team sync's credential, although the personal login is linked",
        ));
    }
    if evidence.plays(creator, Role::You) && for_team_sync && evidence.team_sync_works() {
        return Some(
            Cause::PersonalInsteadOfTeamSync
                .told("the personal credential was used, although the source belongs to team sync"),
        );
    }
    evidence.plays(creator, Role::Highest).then(|| {
        Cause::MostPermittedTooEarly.told(format!(
            "the credential of {name}, the most permitted user, was used before the one that goes first"
        ))
    })
}

/// Nobody who has a say: a stand-in where one was needed, or just somebody.
fn stood_in(evidence: &Evidence<'_>, creator: &Principal) -> LikelyCause {
    let works = matches!(
        evidence.subject.situation.personal,
        Personal::Linked | Personal::Refreshable
    );
    let needed = !works && !evidence.team_sync_works();
    let name = &creator.name;
    match evidence.names(Role::Highest).filter(|_| needed) {
        Some(highest) => Cause::NotTheMostPermitted.told(format!(
            "{name} stood in, and not the most permitted user, {highest}"
        )),
        None => Cause::SomebodyElsesCredential.told(format!(
            "the record was written with the credential of {name}, who has no part in this push"
        )),
    }
}
