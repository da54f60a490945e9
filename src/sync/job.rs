//! What is to be pushed, and everything about it that the choice of login and owner needs.

use super::{Acting, Case, Policy, Verb};
use crate::apollo::{
    Activity, ActivityKind, Crm, CrmObject, Kind, LogEntry, Mode, PushedAs, Record, RecordId,
    Source, UserId,
};

/// Somebody, or nobody, pushes records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// Which.
    pub records: Vec<RecordId>,
    /// Where to.
    pub crm: Crm,
    /// One by one, or together.
    pub mode: Mode,
    /// Who pressed the button; none where nobody acted.
    pub user: Option<UserId>,
    /// What the contacts among them become.
    pub pushed_as: PushedAs,
}

/// One record or activity on its way. A snapshot: nothing changes it while it is under way.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) crm: Crm,
    pub(super) mode: Mode,
    pub(super) subject: Subject,
    /// What it becomes.
    pub(super) object: CrmObject,
    /// Whose login and whose ownership is at stake: the documents' "you".
    pub(super) you: Option<UserId>,
    /// What the choice goes by: its own object and source, or those of the contact whose push creates it (R08, H11).
    chosen_as: (CrmObject, Source),
}

#[derive(Clone, Debug)]
pub(super) enum Subject {
    Record(Record),
    Activity { activity: Activity, about: Record },
}

impl Job {
    /// A record that is pushed in its own right.
    pub(super) fn record(policy: &Policy, push: &Push, record: Record) -> Self {
        let object = match (record.kind, push.pushed_as) {
            (Kind::Account, _) => CrmObject::Account,
            (Kind::Contact, PushedAs::Contact) => CrmObject::Contact,
            (Kind::Contact, PushedAs::Lead) => CrmObject::Lead,
        };
        let you = (policy.you)(&Acting {
            mode: push.mode,
            pusher: push.user.clone(),
            record: &record,
        });
        let chosen_as = (object, record.source);
        Job {
            crm: push.crm,
            mode: push.mode,
            subject: Subject::Record(record),
            object,
            you,
            chosen_as,
        }
    }

    /// The account that this contact's push creates: same login, same owner.
    pub(super) fn by_product(&self, account: Record) -> Self {
        Job {
            subject: Subject::Record(account),
            object: CrmObject::Account,
            ..self.clone()
        }
    }

    /// An activity, which is logged as soon as it has happened, and alone.
    pub(super) fn activity(policy: &Policy, crm: Crm, activity: Activity, about: Record) -> Self {
        let object = match activity.kind {
            ActivityKind::Email => CrmObject::Email,
            ActivityKind::Task => CrmObject::Task,
            ActivityKind::Call => CrmObject::Call,
        };
        let (you, chosen_as) = ((policy.doer)(&activity, &about), (object, about.source));
        Job {
            crm,
            mode: Mode::Single,
            subject: Subject::Activity { activity, about },
            object,
            you,
            chosen_as,
        }
    }

    /// The same job, as if it went to this CRM.
    pub(super) fn seen_from(&self, crm: Crm) -> Self {
        Job {
            crm,
            ..self.clone()
        }
    }

    /// What the documents make count about it.
    pub(super) fn case(&self) -> Case {
        let (object, source) = self.chosen_as;
        let verb = match self.crm_id() {
            Some(_) => Verb::Update {
                owner_changed: self.owner_changed(),
            },
            None => Verb::Create,
        };
        Case {
            crm: self.crm,
            mode: self.mode,
            object,
            source,
            verb,
        }
    }

    /// The record itself, or the one that the activity is about.
    pub(super) fn about(&self) -> &Record {
        match &self.subject {
            Subject::Record(record) => record,
            Subject::Activity { about, .. } => about,
        }
    }

    /// What it is in the CRM already.
    pub(super) fn crm_id(&self) -> Option<&str> {
        match &self.subject {
            Subject::Record(record) => record
                .counterpart(self.crm, self.object)
                .map(|found| found.crm_id.as_str()),
            Subject::Activity { .. } => None,
        }
    }

    /// A line for the sync error log.
    pub(super) fn log_entry(&self, reason: &str, message: &str) -> LogEntry {
        let activity = match &self.subject {
            Subject::Record(_) => None,
            Subject::Activity { activity, .. } => Some(activity.id.clone()),
        };
        LogEntry {
            record: self.about().id.clone(),
            activity,
            crm: self.crm,
            user: self.you.clone(),
            reason: reason.into(),
            message: message.into(),
        }
    }

    fn owner_changed(&self) -> bool {
        let record = self.about();
        record
            .counterpart(self.crm, self.object)
            .is_some_and(|found| found.owner_when_pushed != record.owner)
    }
}
