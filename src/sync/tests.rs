//! The client against servers that answer what each test tells them to: what it sends, how often, and with which login.

mod hubspot;
mod salesforce;
mod scripted;

use super::{Apps, HubspotApp, Outcome, Policy, Push, SalesforceApp, Sync};
use crate::apollo::{
    Apollo, Crm, Fields, Grant, Holder, Kind, Mode, NewRecord, PushSettings, PushedAs, RecordId,
    Role, Source, User, UserId,
};
use scripted::{Naps, Script};
use std::sync::Arc;

/// An Apollo team with Dana and Lee, and a client whose CRMs are all one scripted server.
struct Team {
    apollo: Apollo,
    sync: Sync,
    naps: Arc<Naps>,
    url: String,
}

impl Team {
    fn new(script: &Script) -> Self {
        Self::with_policy(script, Policy::reference())
    }

    fn with_policy(script: &Script, policy: Policy) -> Self {
        let mut apollo = Apollo::new("run", PushSettings::default());
        for id in ["dana", "lee"] {
            let user = User {
                id: UserId(id.into()),
                name: id.into(),
                email: format!("{id}@x.example"),
                role: Role::Member,
            };
            apollo.add_user(user).unwrap();
        }
        let naps = Arc::new(Naps::default());
        let sync = Sync::new(policy, naps.clone(), apps(&script.url)).unwrap();
        Team {
            apollo,
            sync,
            naps,
            url: script.url.clone(),
        }
    }

    fn link(mut self, crm: Crm, user: &str, token: &str) -> Self {
        self.connect(crm, Holder::User(UserId(user.into())), token);
        self
    }

    fn team_sync(mut self, crm: Crm, token: &str) -> Self {
        self.connect(crm, Holder::TeamSync, token);
        self
    }

    fn connect(&mut self, crm: Crm, holder: Holder, token: &str) {
        let grant = Grant {
            access_token: token.into(),
            refresh_token: Some(format!("refresh-{token}")),
            instance_url: Some(self.url.clone()),
            expires_in: None,
        };
        self.apollo.credentials.connect(crm, holder, grant);
    }

    fn contact(&mut self, user: &str, source: Source, last_name: &str) -> RecordId {
        let fields = Fields::from([
            ("last_name".into(), last_name.into()),
            (
                "email".into(),
                format!("{last_name}@y.example").to_lowercase(),
            ),
        ]);
        self.save(NewRecord {
            kind: Kind::Contact,
            source,
            user: UserId(user.into()),
            account: None,
            fields,
        })
    }

    fn account(&mut self, user: &str, name: &str) -> RecordId {
        let fields = Fields::from([("name".into(), name.into())]);
        self.save(NewRecord {
            kind: Kind::Account,
            source: Source::Manual,
            user: UserId(user.into()),
            account: None,
            fields,
        })
    }

    fn save(&mut self, new: NewRecord) -> RecordId {
        self.apollo.create_record(new).unwrap().id.clone()
    }

    async fn push(&mut self, crm: Crm, mode: Mode, records: &[RecordId]) -> Vec<Outcome> {
        let push = Push {
            records: records.to_vec(),
            crm,
            mode,
            user: None,
            pushed_as: PushedAs::Contact,
        };
        let outcomes = self.sync.push(&mut self.apollo, &push).await.unwrap();
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn log(&self) -> Vec<String> {
        self.apollo
            .error_log
            .entries()
            .iter()
            .map(|entry| format!("{} {}", entry.record, entry.reason))
            .collect()
    }
}

fn apps(url: &str) -> Apps {
    Apps {
        salesforce: Some(SalesforceApp {
            login_url: url.into(),
            instance_url: url.into(),
            client_id: "app".into(),
            client_secret: "secret".into(),
            external_id_field: "Apollo_Id__c".into(),
        }),
        hubspot: Some(HubspotApp {
            url: url.into(),
            portal: 62515,
            client_id: "app".into(),
            client_secret: "secret".into(),
            unique_property: "apollo_id".into(),
        }),
        ca_file: None,
    }
}

fn pushed(crm_id: &str) -> Outcome {
    Outcome::Pushed {
        crm_id: crm_id.into(),
        message: None,
    }
}

/// The reason of a refusal.
fn reason(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refused { reason, .. } => reason,
        Outcome::Pushed { .. } => "pushed",
    }
}
