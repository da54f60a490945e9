use super::super::*;
use crate::rules::{Crm, Role, Situation};

/// One push of one record, as a right client would leave it, to be spoiled by a test.
pub(super) struct Scene {
    pub(super) observation: Observation,
}

pub(super) fn person(name: &str, crm: Option<Crm>) -> Principal {
    Principal {
        name: name.to_owned(),
        crm,
        id: format!("id-of-{name}"),
        kind: PrincipalKind::User,
    }
}

impl Scene {
    /// Dana pushes Ann; `owner` and `creator` are recorded, and the creator's credential wrote it.
    pub(super) fn pushed(situation: Situation, owner: Option<&str>, creator: &str) -> Self {
        let mut scene = Self::refused(situation, "unused");
        scene.observation.subjects[0].reported = Some(Reported::Pushed);
        scene.add_record("003A", owner, creator);
        scene
    }

    /// Dana pushes Ann, and the system under test refuses without a request.
    pub(super) fn refused(situation: Situation, reason: &str) -> Self {
        let crm = situation.crm;
        let in_crm = |name| vec![person(name, Some(crm))];
        let dana = Some(person("Dana", None));
        let subject = Subject {
            name: "Ann".to_owned(),
            key: RecordKey {
                crm,
                object: "Contact".to_owned(),
                value: "ann@x.example".to_owned(),
            },
            situation,
            cast: Cast::from([
                (Role::You, in_crm("Dana")),
                (Role::TeamSync, in_crm("Integration")),
                (Role::Highest, in_crm("Hope")),
            ]),
            apollo_cast: Cast::from([(Role::You, vec![person("Dana", None)])]),
            apollo_owner: ApolloOwner {
                created: dana.clone(),
                before_push: dana.clone(),
                after_push: dana,
            },
            before: None,
            requests: None,
            phone: None,
            reported: Some(Reported::Refused {
                reason: reason.to_owned(),
            }),
        };
        Self {
            observation: Observation {
                subjects: vec![subject],
                ..Observation::default()
            },
        }
    }

    /// One more record with Ann's key, with its ledger row and its request.
    pub(super) fn add_record(&mut self, id: &str, owner: Option<&str>, creator: &str) {
        let subject = &self.observation.subjects[0];
        let crm = subject.key.crm;
        let someone = |name: &str| person(name, Some(crm));
        let now = Ownership {
            owner: owner.map(someone),
            created_by: Some(someone(creator)),
        };
        self.observation.creates.push(Create {
            sequence: 1,
            crm,
            object: "Contact".to_owned(),
            record: id.to_owned(),
            api: "rest".to_owned(),
            owner_requested: owner.map(|name| format!("id-of-{name}")),
            owner: now.owner.clone(),
            owner_reason: "requested".to_owned(),
            created_by: now.created_by.clone(),
            created_by_reason: "token".to_owned(),
            credential: now.created_by.clone(),
            request: format!("q-{id}"),
        });
        self.observation.writes.push(WriteRequest {
            id: format!("q-{id}"),
            number: 0,
            crm,
            method: "POST".to_owned(),
            path: "/services/data/v62.0/sobjects/Contact".to_owned(),
            status: 201,
            credential: now.created_by.clone(),
            records: vec![],
            owners_sent: vec![],
            subjects: vec![],
            people_elsewhere: vec![],
            error: None,
            phase: Phase::When,
        });
        let key = subject.key.clone();
        self.observation.records.push(RecordSeen {
            modified_by: None,
            phone: None,
            key,
            id: id.to_owned(),
            now,
            deleted: false,
        });
    }

    pub(super) fn subject(&mut self) -> &mut Subject {
        &mut self.observation.subjects[0]
    }

    pub(super) fn create(&mut self) -> &mut Create {
        &mut self.observation.creates[0]
    }

    pub(super) fn write(&mut self) -> &mut WriteRequest {
        &mut self.observation.writes[0]
    }

    pub(super) fn now(&mut self) -> &mut Ownership {
        &mut self.observation.records[0].now
    }
}
