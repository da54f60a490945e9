//! What people have saved in Apollo.

use super::{Done, Problem, World, apollo};
use crate::observe::Principal;
use crate::rules::{Crm, Kind, Source};
use crate::suite::parameter::{Record, Which};
use crate::suite::people::Person;
use crate::sut::{self, Fields, NewRecord, RecordId, RecordUpdate};

/// A contact or account in Apollo.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Contact, account, or a contact that is meant to be pushed as a lead.
    pub kind: Kind,
    /// How it came into Apollo.
    pub source: Source,
    /// Who saved it.
    pub saved_by: Person,
    /// Who owns it in Apollo.
    pub owner: Person,
    /// The driver's id.
    pub id: RecordId,
    /// E-mail address or name, by which it is found in a CRM.
    pub key: String,
    /// A contact's last name.
    pub last_name: Option<String>,
    /// Whether a CRM has to refuse its values.
    pub invalid: bool,
    /// Where somebody else has put it already.
    pub found_in: Vec<Crm>,
    /// Where somebody has changed its owner.
    pub taken_over_in: Vec<Crm>,
    /// The account that the contact belongs to.
    pub account: Option<usize>,
    /// Apollo's owner as answered when it was saved.
    pub created_owner: Principal,
    /// The telephone number of the last update.
    pub phone: Option<String>,
    /// The two people who may count as "you" of a job change: who owned the followed contact, who confirmed the change.
    pub job_change: Option<(Person, Person)>,
}

impl World {
    /// Somebody saves a record.
    pub async fn save(
        &mut self,
        person: Person,
        kind: Kind,
        source: Source,
    ) -> Result<usize, Problem> {
        let (fields, key) = self.fields(kind, None);
        self.save_with(person, kind, source, fields, key, None)
            .await
    }

    /// Somebody saves a contact together with the account that it belongs to.
    pub async fn save_with_account(&mut self, person: Person, source: Source) -> Done {
        let account = self.save(person, Kind::Account, source).await?;
        self.save_in(person, source, account).await
    }

    /// Somebody saves two contacts together with the one account that both belong to.
    pub async fn save_two_with_account(&mut self, person: Person, source: Source) -> Done {
        self.save_with_account(person, source).await?;
        let account = self
            .drafts
            .iter()
            .rposition(|draft| draft.kind == Kind::Account);
        let account =
            account.ok_or_else(|| Problem::Harness("the account was not saved".to_owned()))?;
        self.save_in(person, source, account).await
    }

    async fn save_in(&mut self, person: Person, source: Source, account: usize) -> Done {
        let company = self.drafts[account].key.clone();
        let (fields, key) = self.fields(Kind::Contact, Some(company));
        self.save_with(person, Kind::Contact, source, fields, key, Some(account))
            .await?;
        Ok(())
    }

    /// Somebody saves two people with one address.
    pub async fn save_two_with_one_address(&mut self, person: Person, source: Source) -> Done {
        let first = self.save(person, Kind::Contact, source).await?;
        let address = self.drafts[first].key.clone();
        let (mut fields, _) = self.fields(Kind::Contact, None);
        fields.insert("email".to_owned(), address.clone());
        self.save_with(person, Kind::Contact, source, fields, address, None)
            .await?;
        Ok(())
    }

    /// Somebody saves a contact whose address is none.
    pub async fn save_invalid(&mut self, person: Person, source: Source) -> Done {
        let (mut fields, _) = self.fields(Kind::Contact, None);
        let nowhere = self.fakes.word();
        let address = self.fakes.titled(&format!("nobody at {nowhere}"));
        fields.insert("email".to_owned(), address.clone());
        let saved = self
            .save_with(person, Kind::Contact, source, fields, address, None)
            .await?;
        self.drafts[saved].invalid = true;
        Ok(())
    }

    /// Job change enrichment makes a contact out of one that `followed` owns, and `confirmed` confirms it.
    pub async fn follow_job_change(&mut self, followed: Person, confirmed: Person) -> Done {
        let draft = self
            .save(confirmed, Kind::Contact, Source::JobChange)
            .await?;
        let follower = self.apollo_principal(&self.apollo_user(followed)?);
        let draft = &mut self.drafts[draft];
        draft.job_change = Some((followed, confirmed));
        // Either is right by O4, so here the answer decides.
        if draft.created_owner.is(&follower) {
            draft.owner = followed;
        }
        Ok(())
    }

    async fn save_with(
        &mut self,
        person: Person,
        kind: Kind,
        source: Source,
        fields: Fields,
        key: String,
        account: Option<usize>,
    ) -> Result<usize, Problem> {
        self.begin().await?;
        self.require(&format!("record:{kind}"))?;
        self.require(&format!("source:{}", source.protocol_word()))?;
        let new = NewRecord {
            kind: if kind == Kind::Account {
                sut::Kind::Account
            } else {
                sut::Kind::Contact
            },
            source: apollo::source(source),
            user: self.apollo_user(person)?,
            account: account.map(|index| self.drafts[index].id.clone()),
            fields,
        };
        let last_name = new.fields.get("last_name").cloned();
        let created = self.driver.create_record(&new).await?;
        self.drafts.push(Draft {
            kind,
            source,
            saved_by: person,
            // By O1, whatever the system under test says: a wrong answer must not change what is asked of it.
            owner: person,
            id: created.record,
            key,
            last_name,
            invalid: false,
            found_in: Vec::new(),
            taken_over_in: Vec::new(),
            account,
            created_owner: self.apollo_principal(&created.owner),
            phone: None,
            job_change: None,
        });
        Ok(self.drafts.len() - 1)
    }

    /// Values, and the one by which the record is found.
    fn fields(&mut self, kind: Kind, company: Option<String>) -> (Fields, String) {
        let company = company.unwrap_or_else(|| self.fakes.company());
        if kind == Kind::Account {
            let domain = self.fakes.domain();
            let fields = [
                ("name".to_owned(), company.clone()),
                ("domain".to_owned(), domain),
            ];
            return (Fields::from(fields), company);
        }
        let person = self.fakes.contact();
        let fields = [
            ("first_name".to_owned(), person.first_name),
            ("last_name".to_owned(), person.last_name),
            ("email".to_owned(), person.email.clone()),
            ("company".to_owned(), company),
        ];
        (Fields::from(fields), person.email)
    }

    /// Another value for a field that decides nothing.
    pub(super) fn changed_fields(&mut self, draft: usize) -> Fields {
        let phone = format!("+1 555 {:06}", self.fakes.number());
        self.drafts[draft].phone = Some(phone.clone());
        Fields::from([("phone".to_owned(), phone)])
    }

    /// Somebody else becomes the owner in Apollo.
    pub async fn assign(&mut self, draft: usize, owner: Person) -> Done {
        let update = RecordUpdate {
            record: self.drafts[draft].id.clone(),
            user: self.apollo_user(self.drafts[draft].saved_by)?,
            fields: Fields::new(),
            owner: Some(self.apollo_user(owner)?),
        };
        self.require("update")?;
        self.driver.update_record(&update).await?;
        self.drafts[draft].owner = owner;
        Ok(())
    }

    /// The record that a feature means.
    pub fn draft(&self, record: Record) -> Result<usize, Problem> {
        let of_kind: Vec<usize> = (0..self.drafts.len())
            .filter(|index| self.drafts[*index].kind == record.kind)
            .collect();
        pick(record, &of_kind, |index| self.drafts[index].saved_by)
    }

    /// The push of a record, or the activity, that a feature means.
    pub(super) fn subject(&self, record: Record, crm: Option<Crm>) -> Result<usize, Problem> {
        let fits = |pushed: &super::Pushed| {
            let kind = pushed.subject.situation.kind;
            kind == record.kind && crm.is_none_or(|crm| crm == pushed.subject.key.crm)
        };
        let of_kind: Vec<usize> = (0..self.pushed.len())
            .filter(|index| fits(&self.pushed[*index]))
            .collect();
        if let (Which::Nth(_), true) = (record.which, Kind::RECORDS.contains(&record.kind)) {
            // The first is the one that was saved first, whichever was pushed first.
            let draft = self.draft(record)?;
            let pushed = of_kind
                .into_iter()
                .find(|index| self.pushed[*index].draft == Some(draft));
            return pushed
                .ok_or_else(|| Problem::Feature(format!("{record} has not been pushed so far")));
        }
        pick(record, &of_kind, |index| {
            let pushed = &self.pushed[index];
            pushed
                .draft
                .map_or(pushed.you, |draft| self.drafts[draft].saved_by)
        })
    }

    /// The two records of a kind.
    pub fn two_drafts(&self, kind: Kind) -> Result<[usize; 2], Problem> {
        let of_kind = (0..self.drafts.len()).filter(|index| self.drafts[*index].kind == kind);
        let found: Vec<usize> = of_kind.collect();
        <[usize; 2]>::try_from(found).map_err(|found| {
            Problem::Feature(format!(
                "both {kind}s means two, and {} have been saved",
                found.len()
            ))
        })
    }

    /// Everything that has been saved, in order.
    pub fn all_drafts(&self) -> Vec<usize> {
        (0..self.drafts.len()).collect()
    }
}

fn pick(
    record: Record,
    of_kind: &[usize],
    saved_by: impl Fn(usize) -> Person,
) -> Result<usize, Problem> {
    let chosen: Vec<usize> = match record.which {
        Which::Only => of_kind.to_vec(),
        Which::Nth(n) => of_kind.get(n).into_iter().copied().collect(),
        Which::Of(person) => of_kind
            .iter()
            .copied()
            .filter(|index| saved_by(*index) == person)
            .collect(),
    };
    match chosen.as_slice() {
        [one] => Ok(*one),
        [] => Err(Problem::Feature(format!(
            "there is no such record as {record} in this scenario so far"
        ))),
        several => Err(Problem::Feature(format!(
            "{record} may mean any of {}: say whose, or the first or second",
            several.len()
        ))),
    }
}
