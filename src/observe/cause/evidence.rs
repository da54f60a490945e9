//! What is known of one record's push: its requests in order, its record, and what the ledger says of both.

use crate::observe::observation::{
    Create, Observation, OwnerChange, Principal, Subject, WriteRequest,
};
use crate::rules::{Role, Team, allowed_credentials};

/// The evidence on one subject.
pub(super) struct Evidence<'a> {
    pub(super) subject: &'a Subject,
    pub(super) observation: &'a Observation,
    pub(super) create: Option<&'a Create>,
    pub(super) change: Option<&'a OwnerChange>,
    /// The requests that tried to write it, in order: those of its own push, where pushes can be told apart.
    pub(super) tries: Vec<&'a WriteRequest>,
    /// The write whose credential is to be explained.
    pub(super) written: Option<&'a WriteRequest>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(subject: &'a Subject, observation: &'a Observation) -> Self {
        let mut evidence = Self {
            subject,
            observation,
            create: subject.create(observation),
            change: subject.last_change(observation),
            tries: Vec::new(),
            written: None,
        };
        evidence.written = evidence.making();
        evidence.tries = observation
            .writes
            .iter()
            .filter(|write| evidence.own(write) && evidence.concerns(write))
            .collect();
        evidence
    }

    /// The same, to explain this write.
    pub(super) fn at(
        subject: &'a Subject,
        observation: &'a Observation,
        write: &'a WriteRequest,
    ) -> Self {
        Self {
            written: Some(write),
            ..Self::of(subject, observation)
        }
    }

    /// Whether the write belongs to the subject's own push.
    fn own(&self, write: &WriteRequest) -> bool {
        let within =
            |span: crate::observe::Span| (span.after + 1..=span.until).contains(&write.number);
        write.crm == self.subject.key.crm && self.subject.requests.is_none_or(within)
    }

    /// Whether the write is about the subject: its body names it, or it made or touched its record.
    pub(super) fn concerns(&self, write: &WriteRequest) -> bool {
        let records = self.subject.records(self.observation);
        write.subjects.contains(&self.subject.name)
            || records.into_iter().any(|record| {
                write.records.contains(&record.id)
                    || self
                        .made(&record.id)
                        .any(|create| create.request == write.id)
            })
    }

    fn made(&self, record: &'a str) -> impl Iterator<Item = &'a Create> {
        let crm = self.subject.key.crm;
        let creates = self.observation.creates.iter();
        creates.filter(move |create| create.crm == crm && create.record == record)
    }

    /// The request that made the record.
    pub(super) fn making(&self) -> Option<&'a WriteRequest> {
        let create = self.create?;
        self.observation
            .write(self.subject.key.crm, &create.request)
    }

    /// The other subjects of the same push.
    pub(super) fn pushed_along(&self) -> impl Iterator<Item = &'a Subject> {
        let (name, requests, crm) = (
            &self.subject.name,
            self.subject.requests,
            self.subject.key.crm,
        );
        let others = self.observation.subjects.iter();
        others.filter(move |other| {
            other.name != *name
                && other.key.crm == crm
                && requests.is_some()
                && other.requests == requests
        })
    }

    /// Whether a principal plays a part for this record.
    pub(super) fn plays(&self, who: &Principal, role: Role) -> bool {
        self.subject.plays(who, role)
    }

    /// Whether the credential is one that may make the record (N6).
    pub(super) fn may_write(&self, who: &Principal) -> bool {
        let roles = allowed_credentials(&self.subject.situation);
        roles.iter().any(|role| self.plays(who, *role))
    }

    /// Whether team sync can be used.
    pub(super) fn team_sync_works(&self) -> bool {
        Team::USABLE.contains(&self.subject.situation.team)
    }

    /// The names of those who play a part; of several, all.
    pub(super) fn names(&self, role: Role) -> Option<String> {
        let players = self.subject.cast.get(&role)?;
        let names: Vec<&str> = players.iter().map(|one| one.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(" or "))
    }
}

impl WriteRequest {
    /// `POST /crm/v3/objects/contacts`
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// `503 (SERVER_UNAVAILABLE)`; a connection that broke off has no status.
    pub(super) fn answer(&self) -> String {
        match (&self.error, self.status) {
            (_, 0) => "nothing: the connection broke off".to_owned(),
            (Some(code), status) => format!("{status} ({code})"),
            (None, status) => status.to_string(),
        }
    }

    /// Whether the CRM took it, as far as its status says.
    pub(super) fn taken(&self) -> bool {
        (200..400).contains(&self.status)
    }

    /// Whether the CRM had no time for it: busy, or too many calls. It says nothing of the login.
    pub(super) fn busy(&self) -> bool {
        let code = self.error.as_deref().unwrap_or_default();
        matches!(self.status, 429 | 502 | 503 | 504)
            || ["REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE"].contains(&code)
    }

    /// Whether a row was locked, which passes.
    pub(super) fn locked(&self) -> bool {
        let code = self.error.as_deref().unwrap_or_default();
        self.status == 423 || code == "UNABLE_TO_LOCK_ROW"
    }

    /// Whether the CRM says that it has the record already.
    pub(super) fn conflict(&self) -> bool {
        let code = self.error.as_deref().unwrap_or_default();
        let codes = ["CONFLICT", "DUPLICATE_VALUE", "DUPLICATES_DETECTED"];
        self.status == 409 || codes.contains(&code)
    }

    /// Whose credential it carried.
    pub(super) fn caller(&self) -> &str {
        let whose = self.credential.as_ref();
        whose.map_or("nobody", |whose| &whose.name)
    }
}
