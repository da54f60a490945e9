//! What each method does to the Apollo team of the scenario.

use super::super::message::{
    ActivityLog, ActivityResult, ActivityResults, AddUser, Connect, Created, CredentialLink,
    CredentialUnlink, Disconnect, ErrorEntries, ErrorLog, Hello, HelloAnswer, Nothing, PushRecords,
    PushResult, PushResults, RecordRead, RecordUpdate, Reset,
};
use super::super::rpc::{ErrorObject, PROTOCOL, code};
use super::{Answer, CAPABILITIES, Reference, Scenario, raised};
use crate::apollo::{
    Apollo, ApolloError, Crm, Holder, NewActivity, NewRecord, PushedAs, Record, User,
};
use crate::sync::{Apps, Moment, Push, Sync};
use serde_json::json;
use std::sync::Arc;

impl Reference {
    pub(super) fn hello(&mut self, hello: Hello) -> Answer<HelloAnswer> {
        if !hello.protocols.contains(&PROTOCOL) {
            return Err(unsupported(format!("protocol:{PROTOCOL}")));
        }
        self.run = hello.run;
        Ok(HelloAnswer {
            protocol: PROTOCOL,
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            capabilities: CAPABILITIES.map(String::from).to_vec(),
        })
    }

    pub(super) fn reset(&mut self, reset: Reset) -> Answer<Nothing> {
        let namespace: Vec<&str> = [&self.run, &reset.scenario]
            .into_iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        let apollo = Apollo::new(namespace.join("-"), reset.settings);
        let apps = Apps {
            salesforce: reset.salesforce,
            hubspot: reset.hubspot,
            ca_file: reset.ca_file,
        };
        let mut sync = Sync::new(self.policy, Arc::clone(&self.sleeper), apps)
            .map_err(|error| raised(&error))?;
        if let Some(former) = self.scenario.take() {
            sync.succeed(former.sync);
        }
        self.scenario = Some(Scenario { apollo, sync });
        Ok(Nothing {})
    }

    pub(super) fn add_user(&mut self, add: AddUser) -> Answer<Nothing> {
        let user = User {
            id: add.user,
            name: add.name,
            email: add.email,
            role: add.role,
        };
        self.apollo()?.add_user(user).map_err(refused)?;
        Ok(Nothing {})
    }

    pub(super) fn link(&mut self, link: CredentialLink) -> Answer<Nothing> {
        let Scenario { apollo, sync } = self.scenario()?;
        apollo.user(&link.user).map_err(refused)?;
        sync.link(apollo, link.crm, Holder::User(link.user), link.grant);
        Ok(Nothing {})
    }

    pub(super) fn unlink(&mut self, unlink: CredentialUnlink) -> Answer<Nothing> {
        let holder = Holder::User(unlink.user);
        self.disconnect(unlink.crm, &holder)
    }

    pub(super) fn connect_team_sync(&mut self, connect: Connect) -> Answer<Nothing> {
        let Scenario { apollo, sync } = self.scenario()?;
        sync.link(apollo, connect.crm, Holder::TeamSync, connect.grant);
        Ok(Nothing {})
    }

    pub(super) fn disconnect_team_sync(&mut self, disconnect: Disconnect) -> Answer<Nothing> {
        self.disconnect(disconnect.crm, &Holder::TeamSync)
    }

    fn disconnect(&mut self, crm: Crm, holder: &Holder) -> Answer<Nothing> {
        let Scenario { apollo, sync } = self.scenario()?;
        match sync.unlink(apollo, crm, holder) {
            true => Ok(Nothing {}),
            false => Err(ErrorObject::new(
                code::INVALID_PARAMS,
                format!("{holder} has no {crm} login to disconnect"),
            )),
        }
    }

    pub(super) fn create_record(&mut self, new: NewRecord) -> Answer<Created> {
        let owner = self.policy.apollo_owner;
        let apollo = self.apollo()?;
        let record = apollo.create_record(new).map_err(refused)?.clone();
        let owner = owner(apollo, &record, Moment::Saved);
        let record = apollo.record_mut(&record.id).map_err(refused)?;
        record.owner = owner;
        Ok(created(record))
    }

    pub(super) fn update_record(&mut self, update: RecordUpdate) -> Answer<Created> {
        let apollo = self.apollo()?;
        apollo.user(&update.user).map_err(refused)?;
        apollo
            .update_record(&update.record, update.fields, update.owner)
            .map(created)
            .map_err(refused)
    }

    pub(super) fn read_record(&mut self, read: RecordRead) -> Answer<Created> {
        self.apollo()?
            .record(&read.record)
            .map(created)
            .map_err(refused)
    }

    pub(super) async fn push(&mut self, push: PushRecords) -> Answer<PushResults> {
        // No sentence speaks of leads in HubSpot, and what is a lead there is not a contact.
        if (push.crm, push.pushed_as) == (Crm::Hubspot, PushedAs::Lead) {
            return Err(unsupported("record:lead in HubSpot".into()));
        }
        let scenario = self.scenario()?;
        let PushRecords {
            records,
            crm,
            mode,
            user,
            pushed_as,
        } = push;
        let push = Push {
            records,
            crm,
            mode,
            user,
            pushed_as,
        };
        let outcomes = scenario
            .sync
            .push(&mut scenario.apollo, &push)
            .await
            .map_err(refused)?;
        Ok(PushResults {
            results: outcomes
                .into_iter()
                .map(|(record, outcome)| PushResult { record, outcome })
                .collect(),
        })
    }

    pub(super) async fn log_activity(&mut self, log: ActivityLog) -> Answer<ActivityResults> {
        let scenario = self.scenario()?;
        let new = NewActivity {
            kind: log.kind,
            user: log.user,
            about: log.about,
            details: log.fields,
        };
        let activity = scenario
            .apollo
            .log_activity(new)
            .map_err(refused)?
            .id
            .clone();
        let outcome = scenario
            .sync
            .log(&mut scenario.apollo, log.crm, &activity)
            .await
            .map_err(refused)?;
        Ok(ActivityResults {
            results: vec![ActivityResult { activity, outcome }],
        })
    }

    pub(super) fn error_log(&mut self, _: ErrorLog) -> Answer<ErrorEntries> {
        Ok(ErrorEntries {
            entries: self.apollo()?.error_log.entries().to_vec(),
        })
    }

    fn apollo(&mut self) -> Answer<&mut Apollo> {
        Ok(&mut self.scenario()?.apollo)
    }

    fn scenario(&mut self) -> Answer<&mut Scenario> {
        self.scenario.as_mut().ok_or_else(|| raised(&NoReset))
    }
}

/// A scenario begins with a `reset`.
#[derive(Debug, thiserror::Error)]
#[error("there was no reset yet")]
struct NoReset;

fn created(record: &Record) -> Created {
    Created {
        record: record.id.clone(),
        owner: record.owner.clone(),
    }
}

fn refused(error: ApolloError) -> ErrorObject {
    ErrorObject::new(code::INVALID_PARAMS, error.to_string())
}

fn unsupported(capability: String) -> ErrorObject {
    ErrorObject {
        data: json!({ "capability": capability }),
        ..ErrorObject::new(code::UNSUPPORTED, format!("no {capability}"))
    }
}
