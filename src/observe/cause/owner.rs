//! Who became Owner, and how: by the request, by the CRM, or by a later change.

use super::creator;
use super::evidence::Evidence;
use super::{Cause, LikelyCause};
use crate::observe::observation::{
    Create, OwnerChange, OwnerIdKind, OwnerSent, Principal, WriteRequest,
};
use crate::rules::{Crm, Personal, Role};

/// Why this one owns it.
pub(super) fn why(evidence: &Evidence<'_>, owner: &Principal) -> Option<LikelyCause> {
    if let Some(anew) = creator::made_anew(evidence, owner) {
        return Some(anew);
    }
    if let Some(change) = evidence.change {
        return Some(moved(evidence, change, &owner.name));
    }
    let before = evidence.subject.before.as_ref();
    let kept = before.is_some_and(|before| before.owner.as_ref() == Some(owner));
    if kept && evidence.subject.situation.event.updates() {
        return Some(
            Cause::OwnerNotMoved.told(format!("the update left Owner as it was, {}", owner.name)),
        );
    }
    let create = evidence.create?;
    let caller = create.credential.as_ref();
    let writer = caller.is_some_and(|caller| caller.is(owner));
    // Where the wrong credential wrote, its owner is no second mistake.
    if writer && !evidence.may_write(owner) {
        return Some(creator::why(evidence, owner));
    }
    let by_crm = left_to_crm(evidence, create, owner);
    Some(by_crm.unwrap_or_else(|| named(evidence, create, owner, writer)))
}

/// Why nobody does.
pub(super) fn why_blank(evidence: &Evidence<'_>) -> LikelyCause {
    if let Some(change) = evidence.change {
        return moved(evidence, change, "nobody");
    }
    let field = field(evidence.subject.key.crm);
    let making = evidence.making();
    let elsewhere = making.and_then(|write| write.people_elsewhere.first());
    match elsewhere {
        Some(sent) => Cause::OwnerInOtherField.told(format!(
            "{field} was not sent; {} stands in {}, which says nothing of the owner",
            sent.name, sent.field
        )),
        None => Cause::OwnerNotSent.told(format!(
            "{field} was not sent, so that the CRM left it blank"
        )),
    }
}

fn moved(evidence: &Evidence<'_>, change: &OwnerChange, to: &str) -> LikelyCause {
    let write = evidence
        .observation
        .write(evidence.subject.key.crm, &change.request);
    let named = write.is_some_and(|write| !write.owners_sent.is_empty());
    let rule = change.after.as_ref();
    let rule = rule.is_some_and(|after| evidence.plays(after, Role::RuleUser));
    let request = &change.request;
    match &change.after {
        None => Cause::OwnerEmptied.told(format!("request {request} emptied Owner")),
        Some(_) if rule && !named => Cause::AssignmentRule.told(format!(
            "an assignment rule moved Owner to {to} when request {request} came: Sforce-Auto-Assign: FALSE was not sent"
        )),
        Some(_) => Cause::OwnerMoved.told(format!(
            "request {request} moved Owner to {to} after the create"
        )),
    }
}

/// Nobody was named, and the CRM decided.
fn left_to_crm(evidence: &Evidence<'_>, create: &Create, owner: &Principal) -> Option<LikelyCause> {
    let field = field(create.crm);
    let cause = match create.owner_reason.as_str() {
        "assignment_rule" => Cause::AssignmentRule.told(format!(
            "an assignment rule made {} the owner: Sforce-Auto-Assign: FALSE was not sent",
            owner.name
        )),
        "default_owner" => Cause::OwnerNotSent.told(format!(
            "{field} was not sent and assignment was left on, so that the org's default owner, {}, got it",
            owner.name
        )),
        "caller_default" => match evidence.making().and_then(|write| write.people_elsewhere.first()) {
            Some(sent) => Cause::OwnerInOtherField.told(format!(
                "{field} was not sent, so that the caller became Owner; {} stands in {}",
                sent.name, sent.field
            )),
            None => Cause::OwnerNotSent.told(format!(
                "{field} was not sent, so that the caller became Owner"
            )),
        },
        _ => return None,
    };
    Some(cause)
}

/// Somebody was named.
fn named(evidence: &Evidence<'_>, create: &Create, owner: &Principal, writer: bool) -> LikelyCause {
    let id = create.owner_requested.as_deref().unwrap_or("nothing");
    let sent = format!("{} {id}", field(create.crm));
    let name = &owner.name;
    if let Some(right) = alike(evidence, id) {
        return Cause::OwnerIdInOtherCase.told(format!(
            "{sent} is {name}; {} has the same letters in other capitals",
            right.name
        ));
    }
    if let Some(user) = user_id_of(evidence, id).filter(|user| !user.is(owner)) {
        return Cause::HubspotUserIdSent.told(format!(
            "{sent} is the user id of {}, and the owner id of {name}: an owner id belongs there",
            user.name
        ));
    }
    // An id that the CRM took is somebody's whom it knows, whoever that is.
    let taken = [Cause::OwnerIdOfOtherOrg, Cause::OwnerIdOfNobody];
    let wrong = evidence.making().and_then(wrong_id);
    if let Some(wrong) = wrong.filter(|wrong| !taken.contains(&wrong.id)) {
        return wrong;
    }
    if evidence.plays(owner, Role::You) {
        match evidence.subject.situation.personal {
            Personal::Never => {
                return Cause::UnlinkedUserMadeOwner.told(format!(
                    "{name}, who has linked no login, was made Owner, as if matched by e-mail"
                ));
            }
            Personal::Revoked | Personal::Inactive => {
                return Cause::UnusableUserMadeOwner.told(format!(
                    "{name}, whose login can't be used any more, was made Owner"
                ));
            }
            _ => {}
        }
    }
    if let Some(former) = creator::former_login(evidence, owner) {
        return former;
    }
    if writer {
        return Cause::OwnerIsWriter
            .told(format!("{sent} was sent as the user who writes, {name}"));
    }
    if evidence.plays(owner, Role::ApolloOwnersUser) {
        return Cause::ApolloOwnerTakenForYou.told(format!(
            "{sent} was sent, which is {name}: the owner in Apollo, and not whoever acts"
        ));
    }
    Cause::WrongOwnerSent.told(format!("{sent} was sent, which is {name}"))
}

/// Somebody of the cast whose id is the same but for capitals. What an id of Salesforce has after 15 characters follows from these.
pub(super) fn alike<'a>(evidence: &Evidence<'a>, id: &str) -> Option<&'a Principal> {
    let short = |id: &'a str| id.get(..15).unwrap_or(id);
    let sent = id.get(..15).unwrap_or(id);
    let mut players = evidence.subject.cast.values().flatten();
    players.find(|player| {
        let right = short(&player.id);
        right != sent && right.eq_ignore_ascii_case(sent)
    })
}

/// The HubSpot user of the cast who has this as a user id.
fn user_id_of<'a>(evidence: &Evidence<'a>, id: &str) -> Option<&'a Principal> {
    let mut players = evidence.subject.cast.values().flatten();
    players.find(|player| player.crm == Some(Crm::Hubspot) && player.id == id)
}

/// An owner id that is none of this org's or portal's users.
pub(super) fn wrong_id(write: &WriteRequest) -> Option<LikelyCause> {
    write.owners_sent.iter().find_map(wrong_kind)
}

/// What is wrong with an owner id, by what it stands for.
pub(in crate::observe) fn wrong_kind(sent: &OwnerSent) -> Option<LikelyCause> {
    let (cause, is) = match sent.kind {
        OwnerIdKind::Owner => return None,
        OwnerIdKind::Queue => (Cause::QueueSent, "is a queue's, and no user's"),
        OwnerIdKind::HubspotUserId => (
            Cause::HubspotUserIdSent,
            "is a HubSpot user id, where an owner id belongs",
        ),
        OwnerIdKind::OtherOrg => (Cause::OwnerIdOfOtherOrg, "is of another org or portal"),
        OwnerIdKind::OtherCrm => (Cause::OwnerIdOfOtherCrm, "is of the other CRM"),
        OwnerIdKind::Unknown => (Cause::OwnerIdOfNobody, "is nobody's"),
    };
    Some(cause.told(format!("the owner id that was sent, {}, {is}", sent.id)))
}

/// Apollo's owner: wrong from the beginning, or moved by a push.
pub(super) fn in_apollo(evidence: &Evidence<'_>) -> LikelyCause {
    let owner = &evidence.subject.apollo_owner;
    let name = |who: &Option<Principal>| {
        let who = who.as_ref();
        who.map_or_else(|| "nobody".to_owned(), |who| who.name.clone())
    };
    let same = match (&owner.before_push, &owner.after_push) {
        (Some(before), Some(after)) => before.is(after),
        (_, after) => after.is_none(),
    };
    if same {
        return Cause::ApolloOwnerWrong.told(format!(
            "{} owned it in Apollo from the moment it was saved; whoever saves a record owns it",
            name(&owner.created)
        ));
    }
    Cause::ApolloOwnerMoved.told(format!(
        "the push moved Apollo's owner from {} to {}; the owner in Apollo is set when the record is made",
        name(&owner.before_push),
        name(&owner.after_push)
    ))
}

pub(super) fn field(crm: Crm) -> &'static str {
    match crm {
        Crm::Salesforce => "OwnerId",
        Crm::Hubspot => "hubspot_owner_id",
    }
}
