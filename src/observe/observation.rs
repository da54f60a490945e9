use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::rules::{Crm, Role, Situation};

/// Everything that one scenario left behind, in both CRMs and on Apollo's side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// What the scenario pushed or updated. A record pushed to both CRMs is two subjects.
    pub subjects: Vec<Subject>,
    /// Every record that the system under test made, in either CRM, and those of fixtures that the scenario speaks of.
    /// Deleted ones are among them.
    pub records: Vec<RecordSeen>,
    /// The ledger of creates, without those of fixtures.
    pub creates: Vec<Create>,
    /// Changes of ownership after the create, without those of fixtures.
    pub changes: Vec<OwnerChange>,
    /// Every request that writes a record, refused ones too. No logins, token requests, queries or searches.
    pub writes: Vec<WriteRequest>,
    /// Panics inside the mock while the scenario ran.
    pub mock_panics: Vec<String>,
    /// Writes that arrived after the scenario had ended.
    pub late_writes: Vec<WriteRequest>,
    /// Writes to an org or portal that the team had left before.
    #[serde(default)]
    pub left: Vec<WriteRequest>,
    /// What features call the users of both CRMs and of Apollo, by user id.
    #[serde(default)]
    pub called: BTreeMap<String, String>,
    /// The CRMs that were looked at through their public API alone: `writes` and `late_writes` have nothing of them, `creates`
    /// and `changes` are what records show that appeared or got another owner, and `created_by` may be hidden.
    #[serde(default)]
    pub public_api_only: BTreeSet<Crm>,
}

/// One record in one CRM, with the situation that decides what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// How the scenario calls it. Unique among the subjects.
    pub name: String,
    /// How it is found in the CRM.
    pub key: RecordKey,
    /// What the rules look at.
    pub situation: Situation,
    /// Who plays which part for this record, in its CRM.
    ///
    /// `You` is there whether linked or not: an unlinked user has a CRM user, too, who must not become the owner.
    pub cast: Cast,
    /// Who plays which part among Apollo's users.
    pub apollo_cast: Cast,
    /// Apollo's owner, as the system under test tells it.
    pub apollo_owner: ApolloOwner,
    /// Owner and Created By before the event; `None` if the record was not in the CRM.
    pub before: Option<Ownership>,
    /// What the system under test reported of it; `None` for an account that came along with its contact.
    pub reported: Option<Reported>,
    /// The requests of its push. `None`: they are not told apart, and the phase decides.
    #[serde(default)]
    pub requests: Option<Span>,
    /// The telephone number that its push brings along, where it was changed in Apollo just before.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Requests by their numbers. What came earlier happened in another situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The last one before.
    pub after: u64,
    /// The last one of them.
    pub until: u64,
}

/// Who plays a part. Several for a tie at the top; a part that nobody plays is absent.
pub type Cast = BTreeMap<Role, Vec<Principal>>;

/// A user of a CRM, or of Apollo. Two are the same if system and id are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// What reports print.
    pub name: String,
    /// The CRM; `None` for a user of Apollo.
    pub crm: Option<Crm>,
    /// Salesforce: the 18-character user id. HubSpot: the user id, also where an owner id was recorded.
    pub id: String,
    /// What kind of thing the id stands for.
    #[serde(default)]
    pub kind: PrincipalKind,
}

/// What an owner or creator is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrincipalKind {
    /// A user of the scenario.
    #[default]
    User,
    /// A user that the CRM or the mock brings along: installer, admin, automated process.
    BuiltIn,
    /// A queue or group.
    Queue,
    /// An id that no user of this org or portal has.
    Stranger,
}

/// How the suite finds a record, which is never what the system under test reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Where.
    pub crm: Crm,
    /// The vendor's word: `Contact`, `companies`.
    pub object: String,
    /// E-mail address, account name or activity subject.
    pub value: String,
}

/// Apollo's owner of a record, at three moments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApolloOwner {
    /// As answered when the record was made.
    pub created: Option<Principal>,
    /// As read just before the push. Always there for records: without it O2 cannot be judged, which is the harness's error.
    pub before_push: Option<Principal>,
    /// As read after it.
    pub after_push: Option<Principal>,
}

/// Owner and Created By at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// `None`: blank.
    pub owner: Option<Principal>,
    /// `None`: not to be seen.
    pub created_by: Option<Principal>,
}

/// What the system under test said of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Reported {
    /// Done.
    Pushed,
    /// Not done, and why.
    Refused {
        /// The reason's word, such as `no_credential`.
        reason: String,
    },
}

/// A record as the CRM shows it after the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSeen {
    /// By what it was found.
    pub key: RecordKey,
    /// The CRM's id.
    pub id: String,
    /// Owner and Created By now, or when it was deleted.
    pub now: Ownership,
    /// Whose credential changed it last; whose made it, where nothing has changed since.
    #[serde(default)]
    pub modified_by: Option<Principal>,
    /// The telephone number: the value that the updates of a scenario change.
    #[serde(default)]
    pub phone: Option<String>,
    /// Whether it has been deleted.
    #[serde(default)]
    pub deleted: bool,
}

/// A row of the ledger of creates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Create {
    /// Position in the ledger.
    pub sequence: u64,
    /// Where.
    pub crm: Crm,
    /// The vendor's word for the object.
    pub object: String,
    /// The CRM's id of the record.
    pub record: String,
    /// The door: `rest`, `composite`, `batch` and so on.
    pub api: String,
    /// The owner id that the request named, as it was sent.
    pub owner_requested: Option<String>,
    /// The owner that was recorded.
    pub owner: Option<Principal>,
    /// `requested`, `caller_default`, `assignment_rule`, `default_owner` or `blank`.
    pub owner_reason: String,
    /// The creator that was recorded.
    pub created_by: Option<Principal>,
    /// `token`, `audit_field` or `job_creator`.
    pub created_by_reason: String,
    /// Whose token wrote it.
    pub credential: Option<Principal>,
    /// The request that wrote it.
    pub request: String,
}

/// A change of ownership after the create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerChange {
    /// Position in the ledger.
    pub sequence: u64,
    /// Where.
    pub crm: Crm,
    /// The CRM's id of the record.
    pub record: String,
    /// From.
    pub before: Option<Principal>,
    /// To.
    pub after: Option<Principal>,
    /// Whose token wrote it.
    pub credential: Option<Principal>,
    /// The request that wrote it.
    pub request: String,
}

/// A request that wrote a record, or tried to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteRequest {
    /// The id that ledger rows name.
    pub id: String,
    /// Its place among all requests that the mocks have seen.
    #[serde(default)]
    pub number: u64,
    /// Where.
    pub crm: Crm,
    /// HTTP method.
    pub method: String,
    /// Path, without the query.
    pub path: String,
    /// HTTP status of the answer.
    pub status: u16,
    /// Whose token it carried; `None` where no user is behind it.
    pub credential: Option<Principal>,
    /// The CRM's ids of the records that it names: in the path, or in a batch's body. Empty for a create.
    #[serde(default)]
    pub records: Vec<String>,
    /// The subjects of the scenario that its body names.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Users who are named in the body in another field than the owner's.
    #[serde(default)]
    pub people_elsewhere: Vec<PersonSent>,
    /// The owner ids in the body.
    #[serde(default)]
    pub owners_sent: Vec<OwnerSent>,
    /// The vendor's error code, if the answer had one.
    pub error: Option<String>,
    /// When in the scenario.
    pub phase: Phase,
}

/// An owner id in a request, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerSent {
    /// As sent.
    pub id: String,
    /// What it turned out to be.
    pub kind: OwnerIdKind,
}

/// A user who is named in a field of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSent {
    /// The field.
    pub field: String,
    /// The user's name.
    pub name: String,
}

/// What an owner id that was sent stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerIdKind {
    /// A user (Salesforce) or an owner (HubSpot) of this org or portal: right.
    Owner,
    /// A queue or group of this org.
    Queue,
    /// A HubSpot user id, where an owner id belongs.
    HubspotUserId,
    /// An id of another org or portal of the same CRM.
    OtherOrg,
    /// An id of the other CRM.
    OtherCrm,
    /// Nothing known.
    Unknown,
}

/// Before or after the event that the scenario is about began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// While the scene was set.
    Given,
    /// From the first When on.
    When,
}

impl Principal {
    /// Whether both are one and the same.
    pub fn is(&self, other: &Self) -> bool {
        self.crm == other.crm && self.id == other.id
    }
}

impl Observation {
    /// The subject that the scenario calls so.
    pub fn subject(&self, name: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.name == name)
    }

    /// The request with this id.
    pub(super) fn write(&self, crm: Crm, id: &str) -> Option<&WriteRequest> {
        self.writes
            .iter()
            .find(|write| write.crm == crm && write.id == id)
    }

    /// Whether the CRMs recorded anything that the system under test did.
    pub(super) fn recorded_anything(&self) -> bool {
        !self.creates.is_empty()
            || !self.changes.is_empty()
            || self.writes.iter().any(|write| write.status < 400)
    }
}
