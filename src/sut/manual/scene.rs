//! What a scenario has told so far: who is there, what was saved, who owned it last.

use crate::sut::{AddUser, Created, Crm, NewRecord, RecordId, Reset, UserId};

/// One scenario, from its `reset` on.
#[derive(Debug, Default)]
pub(super) struct Scene {
    pub(super) reset: Option<Reset>,
    /// Whether the person has been told how to begin.
    pub(super) begun: bool,
    pub(super) people: Vec<AddUser>,
    pub(super) records: Vec<Saved>,
    pub(super) activities: usize,
    /// How many instructions have been followed: whoever has just told an owner isn't asked for it again.
    pub(super) followed: usize,
}

/// A contact or account in the product.
#[derive(Debug)]
pub(super) struct Saved {
    pub(super) id: RecordId,
    pub(super) new: NewRecord,
    /// Who owned it when the person looked last.
    pub(super) owner: UserId,
    /// After how many instructions that was.
    pub(super) told_after: usize,
}

impl Scene {
    /// The person with this id.
    pub(super) fn name(&self, user: &UserId) -> String {
        let found = self.people.iter().find(|person| person.user == *user);
        found.map_or_else(|| user.to_string(), |person| person.name.clone())
    }

    pub(super) fn saved(&self, record: &RecordId) -> Option<&Saved> {
        self.records.iter().find(|saved| saved.id == *record)
    }

    pub(super) fn saved_mut(&mut self, record: &RecordId) -> Option<&mut Saved> {
        self.records.iter_mut().find(|saved| saved.id == *record)
    }

    /// `the contact Ann Lee`
    pub(super) fn called(&self, record: &RecordId) -> String {
        self.saved(record)
            .map_or_else(|| format!("the record {record}"), Saved::called)
    }

    /// The next record's id.
    pub(super) fn next_id(&self) -> RecordId {
        RecordId(format!("a{}", self.records.len() + 1))
    }

    /// What the protocol answers about a record.
    pub(super) fn answer(&self, record: &RecordId) -> Option<Created> {
        let saved = self.saved(record)?;
        Some(Created {
            record: saved.id.clone(),
            owner: saved.owner.clone(),
        })
    }

    /// Where a CRM of this scenario answers.
    pub(super) fn url(&self, crm: Crm) -> Option<&str> {
        let reset = self.reset.as_ref()?;
        match crm {
            Crm::Salesforce => reset
                .salesforce
                .as_ref()
                .map(|app| app.instance_url.as_str()),
            Crm::Hubspot => reset.hubspot.as_ref().map(|app| app.url.as_str()),
        }
    }
}

impl Saved {
    /// `the contact Ann Lee`
    pub(super) fn called(&self) -> String {
        format!("the {} {}", self.new.kind, title(&self.new))
    }
}

/// What a record goes by.
pub(super) fn title(record: &NewRecord) -> String {
    let field = |name: &str| record.fields.get(name).map(String::as_str);
    let full = [field("first_name"), field("last_name")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    match (full.as_str(), field("name"), field("email")) {
        ("", Some(name), _) => name.to_owned(),
        ("", None, email) => email.unwrap_or("without a name").to_owned(),
        (_, _, Some(email)) => format!("{full} <{email}>"),
        _ => full,
    }
}
