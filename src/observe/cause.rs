//! What probably went wrong, by name. The patterns that find it look at what was recorded and at nothing else.

mod absent;
mod blame;
mod broken;
mod creator;
mod evidence;
mod owner;

use std::fmt;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};

use super::observation::{Observation, Subject};
use super::recorded::Value;
use super::verdict::Field;
use evidence::Evidence;

pub(super) use blame::blame;
pub(super) use broken::{
    apollo_owner, creator_moved, credential, doubled, extra, outsider, untruth,
};
pub(super) use owner::wrong_kind;

/// A mistake that leaves a pattern. Its name is stable: reports, scripts and the self-test know it by that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    // Who becomes Owner.
    /// Nobody was named as owner, so that the CRM decided, or left it blank.
    OwnerNotSent,
    /// The owner stands in another field of the request, which nothing reads.
    OwnerInOtherField,
    /// An update emptied the owner.
    OwnerEmptied,
    /// The user whose credential writes was named as owner.
    OwnerIsWriter,
    /// Somebody was named as owner whom no rule makes one.
    WrongOwnerSent,
    /// A user who never linked was made owner, as if matched by e-mail address.
    UnlinkedUserMadeOwner,
    /// A user was made owner whose login no longer works, or who has been deactivated.
    UnusableUserMadeOwner,
    /// The id that was sent differs from the right one in capitals alone.
    OwnerIdInOtherCase,
    /// A HubSpot user id was sent where an owner id belongs.
    HubspotUserIdSent,
    /// An owner id of the other CRM was sent.
    OwnerIdOfOtherCrm,
    /// An owner id of another org or portal was sent.
    OwnerIdOfOtherOrg,
    /// A queue or group was named as owner.
    QueueSent,
    /// An owner id was sent that nobody has.
    OwnerIdOfNobody,
    /// An assignment rule chose the owner.
    AssignmentRule,
    /// The owner was set anew after the record had been made.
    OwnerMoved,
    /// The owner stayed as it was, although it had to change.
    OwnerNotMoved,

    // Who becomes Created By.
    /// Created By was sent as a field, instead of following from the credential.
    CreatedBySent,
    /// Team sync's credential wrote, although the personal login is linked.
    TeamSyncInsteadOfPersonal,
    /// The personal credential wrote, although the source belongs to team sync.
    PersonalInsteadOfTeamSync,
    /// The access token had run out and was not refreshed, or what the refresh brought was not kept.
    TokenNotRefreshed,
    /// The most permitted user's credential was used before the one that goes first.
    MostPermittedTooEarly,
    /// Somebody else stood in, and not the most permitted user.
    NotTheMostPermitted,
    /// The credential of a person wrote who has nothing to do with it.
    SomebodyElsesCredential,
    /// A credential that an earlier request had used for somebody else wrote.
    EarlierCredentialReused,
    /// The token of one CRM was used for the other.
    TokenOfOtherCrm,
    /// A login wrote that had been unlinked or replaced.
    FormerLoginUsed,
    /// One credential wrote everybody's records of a push.
    OneCredentialForAll,
    /// The owner of the record in Apollo was taken for whoever acts.
    ApolloOwnerTakenForYou,
    /// Another credential was tried when the CRM was only busy.
    BusyTakenForRefusal,

    // What was not written, or not told as it was.
    /// The system under test refused, although a credential is at hand.
    RefusedWithCredential,
    /// The CRM refused the write.
    CrmRefused,
    /// A good record was given up together with a bad one of its batch.
    BatchSpoiltByOneRow,
    /// More records stood in a request than the CRM takes.
    BatchTooLarge,
    /// Some records of a push stood in no request.
    RowsNeverSent,
    /// A record that was locked for a moment was given up.
    LockedRowGivenUp,
    /// An answer that got lost was taken for a refusal.
    LostAnswerTakenForRefusal,
    /// A record that is there already was taken for a refusal.
    ConflictTakenForRefusal,
    /// Success was reported, and no record is there.
    SuccessWithoutRecord,
    /// A refusal was reported, and the record is there.
    RefusalWithRecord,
    /// The answers of a batch were told of the wrong records.
    AnswersMixedUp,
    /// An update was reported as done, and its values were not sent.
    ValuesNotSent,
    /// No request to write reached the CRM.
    NothingWritten,
    /// What was written is not the record that was asked for.
    OtherRecordWritten,

    // Records that nobody asked for.
    /// A create whose answer was lost was sent again, and nothing in it says that it is the same.
    SentAgainBlindly,
    /// What the CRM has already was made again.
    MadeAgain,
    /// What the CRM had was deleted and made anew.
    DeletedAndMadeAnew,
    /// A record of somebody else was taken for this one, and written to.
    TakenForAnother,
    /// A request arrived after the scenario had ended.
    WrittenLate,
    /// The record stands in the other CRM, or in another org or portal.
    WrittenElsewhere,

    // Apollo's side.
    /// Apollo's owner is not the one who gets it when the record is saved.
    ApolloOwnerWrong,
    /// A push touched Apollo's owner.
    ApolloOwnerMoved,

    // What keeps the harness from judging.
    /// No CRM recorded a push, so that what the system says shows nothing.
    NothingToShow,
    /// Two pushes that differ in nothing that counts came out differently.
    PushesDiffer,
    /// The system under test does not declare a capability.
    NotDeclared,
    /// Advice was not followed.
    AdviceNotFollowed,
    /// The fixture has nobody in a part that the row names.
    PartNotPlayed,
    /// The mock panicked.
    MockPanicked,
}

/// A cause, told of the failure that it is behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyCause {
    /// Which it is.
    pub id: Cause,
    /// One sentence, with names.
    pub text: String,
}

/// What probably went wrong with a field, for whoever has to fix it, where a pattern fits.
pub(super) fn likely_cause(
    field: Field,
    recorded: &Value,
    subject: &Subject,
    observation: &Observation,
) -> Option<LikelyCause> {
    let evidence = Evidence::of(subject, observation);
    match (field, recorded) {
        (Field::ApolloOwner, _) => Some(owner::in_apollo(&evidence)),
        // What is likely is told by requests, and from outside there are none to see.
        _ if observation.is_from_outside(subject.key.crm) => None,
        (_, Value::Hidden) => None,
        (_, Value::Missing) => Some(absent::why_missing(&evidence)),
        (_, Value::Refused) => Some(absent::why_refused(&evidence)),
        (Field::CreatedBy, Value::User(creator)) => Some(creator::why(&evidence, creator)),
        (_, Value::User(owner)) => owner::why(&evidence, owner),
        (Field::CreatedBy, Value::Blank) => None,
        (_, Value::Blank) => Some(owner::why_blank(&evidence)),
    }
}

/// A name that no cause has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no cause '{0}'")]
pub struct NoSuchCause(String);

impl Cause {
    /// This cause, told of a failure.
    pub fn told(self, text: impl Into<String>) -> LikelyCause {
        LikelyCause {
            id: self,
            text: text.into(),
        }
    }
}

impl FromStr for Cause {
    type Err = NoSuchCause;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        let names: StrDeserializer<'_, serde::de::value::Error> = id.into_deserializer();
        Self::deserialize(names).map_err(|_| NoSuchCause(id.to_owned()))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for LikelyCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
