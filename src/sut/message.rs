//! Params and results of the driver protocol, one struct each.

use super::{
    ActivityId, ActivityKind, Crm, Details, Fields, Grant, HubspotApp, LogEntry, Mode, NewRecord,
    Outcome, PushSettings, PushedAs, RecordId, Role, SalesforceApp, UserId,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The params of a method, with its name and what it answers.
pub trait Method: Serialize + DeserializeOwned + Send + Sync {
    /// The method on the wire.
    const NAME: &'static str;
    /// Its result.
    type Answer: Serialize + DeserializeOwned;
}

/// `{}`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Nothing {}

/// `hello`: the first message of a run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The versions that the suite speaks.
    pub protocols: Vec<u32>,
    /// Names the run, so that ids of two runs against one CRM stay apart.
    pub run: String,
}

/// Who is there, and what it can do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct HelloAnswer {
    /// The version chosen.
    pub protocol: u32,
    /// The system under test.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Words such as `crm:salesforce`, `record:lead`, `mode:bulk`.
    pub capabilities: Vec<String>,
}

/// `reset`: a new scenario; everything else is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// Names the scenario.
    pub scenario: String,
    /// The org, if there is one.
    #[serde(default)]
    pub salesforce: Option<SalesforceApp>,
    /// The portal, if there is one.
    #[serde(default)]
    pub hubspot: Option<HubspotApp>,
    /// PEM file of the only certificate authorities to trust.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Push settings.
    #[serde(default)]
    pub settings: PushSettings,
}

/// `user.add`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AddUser {
    /// The suite's id for the user.
    pub user: UserId,
    /// Full name.
    pub name: String,
    /// Work e-mail.
    pub email: String,
    /// The role in Apollo.
    #[serde(default)]
    pub role: Role,
}

/// `credential.link`: the user's personal login.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialLink {
    /// Whose.
    pub user: UserId,
    /// Where.
    pub crm: Crm,
    /// Its tokens.
    pub grant: Grant,
}

/// `credential.unlink`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialUnlink {
    /// Whose.
    pub user: UserId,
    /// Where.
    pub crm: Crm,
}

/// `team_sync.connect`: in place of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// Where.
    pub crm: Crm,
    /// Its tokens.
    pub grant: Grant,
}

/// `team_sync.disconnect`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Disconnect {
    /// Where.
    pub crm: Crm,
}

/// What `record.create`, `record.update` and `record.read` answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Created {
    /// The driver's id for the record.
    pub record: RecordId,
    /// Who owns it in Apollo.
    pub owner: UserId,
}

/// `record.update`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RecordUpdate {
    /// Which.
    pub record: RecordId,
    /// Who changes it.
    pub user: UserId,
    /// New values.
    #[serde(default)]
    pub fields: Fields,
    /// The new owner in Apollo, if it changes.
    #[serde(default)]
    pub owner: Option<UserId>,
}

/// `record.read`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRead {
    /// Which.
    pub record: RecordId,
}

/// `push`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PushRecords {
    /// Which.
    pub records: Vec<RecordId>,
    /// Where to.
    pub crm: Crm,
    /// One by one, or together.
    pub mode: Mode,
    /// Who acts; null: nobody.
    #[serde(default)]
    pub user: Option<UserId>,
    /// What contacts become.
    #[serde(default, rename = "as")]
    pub pushed_as: PushedAs,
}

/// One record of a push.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct PushResult {
    /// Which.
    pub record: RecordId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What `push` answers: one result a record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct PushResults {
    /// In the order of the request.
    pub results: Vec<PushResult>,
}

/// `activity.log`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityLog {
    /// E-mail, task or call.
    #[serde(rename = "type")]
    pub kind: ActivityKind,
    /// Who did it; null: nobody.
    #[serde(default)]
    pub user: Option<UserId>,
    /// The record that it is about.
    pub about: RecordId,
    /// Where it is logged.
    pub crm: Crm,
    /// What was done, and when.
    pub fields: Details,
}

/// One logged activity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ActivityResult {
    /// The driver's id for it.
    pub activity: ActivityId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What `activity.log` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ActivityResults {
    /// Exactly one.
    pub results: Vec<ActivityResult>,
}

/// `error_log`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorLog {}

/// What `error_log` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ErrorEntries {
    /// Oldest first.
    pub entries: Vec<LogEntry>,
}

impl Method for Hello {
    const NAME: &'static str = "hello";
    type Answer = HelloAnswer;
}

impl Method for Reset {
    const NAME: &'static str = "reset";
    type Answer = Nothing;
}

impl Method for AddUser {
    const NAME: &'static str = "user.add";
    type Answer = Nothing;
}

impl Method for CredentialLink {
    const NAME: &'static str = "credential.link";
    type Answer = Nothing;
}

impl Method for CredentialUnlink {
    const NAME: &'static str = "credential.unlink";
    type Answer = Nothing;
}

impl Method for Connect {
    const NAME: &'static str = "team_sync.connect";
    type Answer = Nothing;
}

impl Method for Disconnect {
    const NAME: &'static str = "team_sync.disconnect";
    type Answer = Nothing;
}

impl Method for NewRecord {
    const NAME: &'static str = "record.create";
    type Answer = Created;
}

impl Method for RecordUpdate {
    const NAME: &'static str = "record.update";
    type Answer = Created;
}

impl Method for RecordRead {
    const NAME: &'static str = "record.read";
    type Answer = Created;
}

impl Method for PushRecords {
    const NAME: &'static str = "push";
    type Answer = PushResults;
}

impl Method for ActivityLog {
    const NAME: &'static str = "activity.log";
    type Answer = ActivityResults;
}

impl Method for ErrorLog {
    const NAME: &'static str = "error_log";
    type Answer = ErrorEntries;
}
