//! Which request to blame, and what probably went wrong: simple patterns over what was recorded.

use super::{Cause, LikelyCause};
use crate::observe::observation::{
    Create, Observation, Principal, Reported, Subject, WriteRequest,
};
use crate::observe::recorded::Value;
use crate::observe::verdict::{Blame, Field};
use crate::rules::{Crm, Personal, Role};

/// The request that wrote what is judged; where there is no record, the last write that the CRM refused.
pub(in crate::observe) fn blame(
    field: Field,
    subject: &Subject,
    observation: &Observation,
) -> Option<Blame> {
    let crm = subject.key.crm;
    let create = subject
        .create(observation)
        .map(|create| create.request.as_str());
    let change = subject
        .last_change(observation)
        .map(|change| change.request.as_str());
    let request = if field == Field::CreatedBy {
        create
    } else {
        change.or(create)
    };
    let wrote = request.and_then(|id| observation.write(crm, id));
    wrote
        .or_else(|| last_refusal(subject, observation))
        .map(Blame::from)
}

fn last_refusal<'a>(subject: &Subject, observation: &'a Observation) -> Option<&'a WriteRequest> {
    if subject.record(observation).is_some() {
        return None;
    }
    observation
        .writes
        .iter()
        .rfind(|write| write.crm == subject.key.crm && write.status >= 400)
}

impl From<&WriteRequest> for Blame {
    fn from(write: &WriteRequest) -> Self {
        Self {
            request: write.id.clone(),
            method: write.method.clone(),
            path: write.path.clone(),
            status: write.status,
            credential: write
                .credential
                .as_ref()
                .map_or_else(|| "nobody".to_owned(), |whose| whose.name.clone()),
        }
    }
}

/// What probably went wrong, for whoever has to fix it, where a pattern fits.
pub(in crate::observe) fn likely_cause(
    field: Field,
    recorded: &Value,
    subject: &Subject,
    observation: &Observation,
) -> Option<LikelyCause> {
    match (field, recorded) {
        (Field::ApolloOwner, _) => Some(Cause::ApolloOwnerWrong.told(
            "the owner in Apollo is set when the record is made, and a push must not touch it",
        )),
        (_, Value::Missing) => Some(why_missing(subject, observation)),
        (_, Value::Refused) => Some(why_refused(subject)),
        (Field::CreatedBy, Value::User(creator)) => {
            Some(why_created_by(creator, subject, observation))
        }
        (Field::Owner, Value::Blank) => Some(Cause::OwnerNotSent.told(format!(
            "{} was not sent, or was emptied",
            owner_field(subject.key.crm)
        ))),
        (Field::Owner, Value::User(owner)) => why_owned_by(owner, subject, observation),
        _ => None,
    }
}

fn why_missing(subject: &Subject, observation: &Observation) -> LikelyCause {
    let reported = match subject.reported {
        Some(Reported::Pushed) => "success was reported",
        Some(Reported::Refused { .. }) => "a refusal was reported",
        None => "nothing was reported",
    };
    match last_refusal(subject, observation) {
        Some(write) => {
            let code = write.error.as_deref().unwrap_or("no error code");
            Cause::CrmRefused.told(format!(
                "{reported}; the CRM answered {} ({code}) to the last write",
                write.status
            ))
        }
        None if observation
            .writes
            .iter()
            .any(|write| write.crm == subject.key.crm) =>
        {
            Cause::OtherRecordWritten.told(format!(
                "{reported}, and what was written is not this record: look at its e-mail address, name or subject"
            ))
        }
        None => Cause::NothingWritten.told(format!(
            "{reported}, but no request to write anything reached {}",
            subject.key.crm
        )),
    }
}

fn why_refused(subject: &Subject) -> LikelyCause {
    Cause::RefusedWithCredential.told(match &subject.reported {
        Some(Reported::Refused { reason }) => {
            format!("the system under test refused ({reason}) although a credential is at hand")
        }
        _ => "the system under test refused".to_owned(),
    })
}

fn why_created_by(
    creator: &Principal,
    subject: &Subject,
    observation: &Observation,
) -> LikelyCause {
    if let Some(create) = subject
        .create(observation)
        .filter(|create| create.created_by_reason == "audit_field")
    {
        return Cause::CreatedBySent.told(format!(
            "Created By was sent in the body of {}, instead of following from the credential",
            create.request
        ));
    }
    let linked = subject.situation.personal == Personal::Linked;
    if subject.plays(creator, Role::TeamSync) && linked {
        return Cause::TeamSyncInsteadOfPersonal.told("the record was written with team sync's credential, although the personal login is linked");
    }
    if subject.plays(creator, Role::TeamSync) && subject.situation.personal == Personal::Refreshable
    {
        return Cause::TokenNotRefreshed.told(
            "the dead access token was not refreshed; team sync's credential was used instead",
        );
    }
    if subject.plays(creator, Role::You)
        && subject
            .situation
            .source
            .is_some_and(|source| source.in_team_column())
    {
        return Cause::PersonalInsteadOfTeamSync
            .told("the personal credential was used, although the source belongs to team sync");
    }
    if subject.plays(creator, Role::Highest) {
        return Cause::MostPermittedTooEarly
            .told("the most permitted user's credential was used before the one that goes first");
    }
    Cause::SomebodyElsesCredential.told(format!(
        "the record was written with the credential of {}",
        creator.name
    ))
}

fn why_owned_by(
    owner: &Principal,
    subject: &Subject,
    observation: &Observation,
) -> Option<LikelyCause> {
    if let Some(change) = subject.last_change(observation) {
        return Some(Cause::OwnerMoved.told(format!(
            "request {} moved Owner to {} after the create",
            change.request, owner.name
        )));
    }
    let create = subject.create(observation)?;
    let caller = create
        .credential
        .as_ref()
        .is_some_and(|caller| caller.is(owner));
    Some(match create.owner_reason.as_str() {
        "assignment_rule" => Cause::AssignmentRule
            .told("an assignment rule chose the owner: Sforce-Auto-Assign: FALSE was not sent"),
        "default_owner" => Cause::OwnerNotSent
            .told("the org's default owner was set: no owner was sent, and assignment was left on"),
        "caller_default" => Cause::OwnerNotSent.told(format!(
            "{} was not sent, so that the caller became Owner",
            owner_field(subject.key.crm)
        )),
        _ if unlinked_you(owner, subject) => Cause::UnlinkedUserMadeOwner
            .told("an unlinked user was made Owner, as if matched by e-mail"),
        _ if caller => Cause::OwnerIsWriter.told(format!(
            "{} was sent as the user who writes, {}",
            sent(create),
            owner.name
        )),
        _ => Cause::WrongOwnerSent.told(format!(
            "{} was sent, which is {}",
            sent(create),
            owner.name
        )),
    })
}

fn unlinked_you(owner: &Principal, subject: &Subject) -> bool {
    subject.situation.personal == Personal::Never && subject.plays(owner, Role::You)
}

fn sent(create: &Create) -> String {
    let id = create.owner_requested.as_deref().unwrap_or("nothing");
    format!("{} {id}", owner_field(create.crm))
}

fn owner_field(crm: Crm) -> &'static str {
    match crm {
        Crm::Salesforce => "OwnerId",
        Crm::Hubspot => "hubspot_owner_id",
    }
}

impl Subject {
    pub(in crate::observe) fn plays(&self, principal: &Principal, role: Role) -> bool {
        self.cast
            .get(&role)
            .is_some_and(|players| players.iter().any(|player| player.is(principal)))
    }
}
