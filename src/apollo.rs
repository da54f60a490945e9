//! The Apollo side: users, linked credentials, team sync, records with their source, activities, push settings, the sync error log.
//!
//! Holds what Apollo knows and nothing else: no HTTP, and no opinion about who becomes the owner in a CRM.

mod activity;
mod credential;
mod error_log;
mod record;
mod settings;
mod user;
mod vocabulary;

pub use activity::{Activity, Details, NewActivity};
pub use credential::{Credential, CredentialId, Credentials, Grant, Holder};
pub use error_log::{ErrorLog, LogEntry};
pub use record::{Counterpart, CrmObject, Fields, NewRecord, Record};
pub use settings::PushSettings;
pub use user::{Role, User};
pub use vocabulary::{
    ActivityId, ActivityKind, Crm, Kind, Mode, PushedAs, RecordId, Source, UserId,
};

use std::collections::BTreeMap;

/// One Apollo team, as far as a sync needs it.
#[derive(Debug, Default)]
pub struct Apollo {
    /// What an admin has set under Settings > Integrations > CRM.
    pub settings: PushSettings,
    /// Every CRM login that somebody has connected.
    pub credentials: Credentials,
    /// What went wrong, for the people who look after the integration (A25).
    pub error_log: ErrorLog,
    namespace: String,
    users: BTreeMap<UserId, User>,
    records: BTreeMap<RecordId, Record>,
    activities: BTreeMap<ActivityId, Activity>,
}

/// What Apollo refuses to do, because the caller names something that does not exist or does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApolloError {
    /// No such user was added.
    #[error("there is no Apollo user {0}")]
    UnknownUser(UserId),
    /// No such record was created.
    #[error("there is no Apollo record {0}")]
    UnknownRecord(RecordId),
    /// No such activity was logged.
    #[error("there is no activity {0}")]
    UnknownActivity(ActivityId),
    /// A contact belongs to an account, never to another contact.
    #[error("{0} is not an account")]
    NotAnAccount(RecordId),
    /// The field is not one that Apollo syncs.
    #[error("a {kind} has no field \"{field}\"; it has {}", .kind.fields().join(", "))]
    UnknownField {
        /// What kind of record was written.
        kind: Kind,
        /// The unknown name.
        field: String,
    },
    /// The time of an activity is not a time.
    #[error("{0:?} is not a time such as 2026-01-01T09:00:00Z")]
    NotAnInstant(String),
    /// The user was added already.
    #[error("there is an Apollo user {0} already")]
    UserExists(UserId),
}

impl Apollo {
    /// An empty team. `namespace` keeps the ids of one run apart from those of another in a CRM that outlives both.
    pub fn new(namespace: impl Into<String>, settings: PushSettings) -> Self {
        Apollo {
            namespace: namespace.into(),
            settings,
            ..Apollo::default()
        }
    }

    /// Adds a person to the team.
    pub fn add_user(&mut self, user: User) -> Result<(), ApolloError> {
        if self.users.contains_key(&user.id) {
            return Err(ApolloError::UserExists(user.id));
        }
        self.users.insert(user.id.clone(), user);
        Ok(())
    }

    /// A person of the team.
    pub fn user(&self, id: &UserId) -> Result<&User, ApolloError> {
        self.users
            .get(id)
            .ok_or_else(|| ApolloError::UnknownUser(id.clone()))
    }

    /// The first admin of the team.
    pub fn admin(&self) -> Option<&User> {
        self.users.values().find(|user| user.role == Role::Admin)
    }

    /// Saves a contact or an account. Whoever creates it owns it in Apollo (A2, B1), linked to a CRM or not (A22, B8).
    pub fn create_record(&mut self, new: NewRecord) -> Result<&Record, ApolloError> {
        self.user(&new.user)?;
        new.kind.check_fields(&new.fields)?;
        if let Some(account) = &new.account
            && self.record(account)?.kind != Kind::Account
        {
            return Err(ApolloError::NotAnAccount(account.clone()));
        }
        let id = RecordId(format!("a{}", self.records.len() + 1));
        let record = Record::new(id.clone(), self.external_id(&id.0), new);
        Ok(self.records.entry(id).or_insert(record))
    }

    /// A saved record.
    pub fn record(&self, id: &RecordId) -> Result<&Record, ApolloError> {
        self.records
            .get(id)
            .ok_or_else(|| ApolloError::UnknownRecord(id.clone()))
    }

    /// A saved record, to change it.
    pub fn record_mut(&mut self, id: &RecordId) -> Result<&mut Record, ApolloError> {
        self.records
            .get_mut(id)
            .ok_or_else(|| ApolloError::UnknownRecord(id.clone()))
    }

    /// Changes fields, and the Apollo owner where one is given.
    pub fn update_record(
        &mut self,
        id: &RecordId,
        fields: Fields,
        owner: Option<UserId>,
    ) -> Result<&Record, ApolloError> {
        if let Some(owner) = &owner {
            self.user(owner)?;
        }
        let record = self.record_mut(id)?;
        record.kind.check_fields(&fields)?;
        record.fields.extend(fields);
        if let Some(owner) = owner {
            record.owner = owner;
        }
        Ok(record)
    }

    /// Notes that somebody wrote, did or called something about a contact or an account.
    pub fn log_activity(&mut self, new: NewActivity) -> Result<&Activity, ApolloError> {
        if let Some(user) = &new.user {
            self.user(user)?;
        }
        self.record(&new.about)?;
        new.details.check_instant()?;
        let id = ActivityId(format!("e{}", self.activities.len() + 1));
        let activity = Activity::new(id.clone(), self.external_id(&id.0), new);
        Ok(self.activities.entry(id).or_insert(activity))
    }

    /// A logged activity.
    pub fn activity(&self, id: &ActivityId) -> Result<&Activity, ApolloError> {
        self.activities
            .get(id)
            .ok_or_else(|| ApolloError::UnknownActivity(id.clone()))
    }

    /// The name under which a CRM can find this record or activity again: the same in every attempt, different in every run.
    fn external_id(&self, id: &str) -> String {
        if self.namespace.is_empty() {
            id.to_owned()
        } else {
            format!("{}-{id}", self.namespace)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Apollo {
        let mut apollo = Apollo::new("r1-s1", PushSettings::default());
        for id in ["dana", "lee"] {
            let user = User {
                id: UserId(id.into()),
                name: id.into(),
                email: format!("{id}@x.example"),
                role: Role::Member,
            };
            apollo.add_user(user).unwrap();
        }
        apollo
    }

    fn contact(user: &str) -> NewRecord {
        NewRecord {
            kind: Kind::Contact,
            source: Source::Manual,
            user: UserId(user.into()),
            account: None,
            fields: Fields::from([("last_name".into(), "Reyes".into())]),
        }
    }

    #[test]
    fn whoever_creates_a_record_owns_it_in_apollo() {
        let mut apollo = team();

        let record = apollo.create_record(contact("dana")).unwrap();

        assert_eq!(
            (record.creator.0.as_str(), record.owner.0.as_str()),
            ("dana", "dana")
        );
        assert_eq!(record.external_id, "r1-s1-a1");
    }

    #[test]
    fn changing_the_owner_leaves_the_creator() {
        let mut apollo = team();
        let id = apollo.create_record(contact("dana")).unwrap().id.clone();

        let record = apollo
            .update_record(&id, Fields::new(), Some(UserId("lee".into())))
            .unwrap();

        assert_eq!(
            (record.creator.0.as_str(), record.owner.0.as_str()),
            ("dana", "lee")
        );
    }

    #[test]
    fn a_misspelt_field_is_refused_with_the_names_there_are() {
        let mut apollo = team();
        let misspelt = NewRecord {
            fields: Fields::from([("lastname".into(), "x".into())]),
            ..contact("dana")
        };

        let error = apollo.create_record(misspelt).unwrap_err();

        assert_eq!(
            error.to_string(),
            "a contact has no field \"lastname\"; it has first_name, last_name, email, phone, title, company"
        );
    }
}
