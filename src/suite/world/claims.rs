//! What a scenario claims. Thens only note it; everything is judged together, once the scenario has ended.

use super::{Done, Problem, World};
use crate::observe::{Field, Principal, Value};
use crate::rules::{Crm, Kind, RowId};
use crate::suite::parameter::Record;
use crate::suite::people::Person;

/// A claim, and the line of the feature that makes it.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    /// The line of the Then.
    pub line: usize,
    /// What it claims.
    pub claim: Claim,
}

/// What a Then says.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    /// A field of a subject holds one of these.
    Words {
        /// The subject's place among all.
        subject: usize,
        /// Which field.
        field: Field,
        /// What is accepted.
        said: Vec<Value>,
    },
    /// Two pushes recorded the same people.
    Same {
        /// One subject.
        one: usize,
        /// The other.
        other: usize,
    },
    /// Owner and Created By are one and the same person.
    OnePerson {
        /// The subject.
        subject: usize,
    },
    /// One of these people has changed the record last.
    ChangedBy {
        /// The subject.
        subject: usize,
        /// Whom the claim accepts.
        people: Vec<Principal>,
        /// Whether it accepts a refusal that is reported as one.
        or_refused: bool,
    },
    /// An invariant is kept, and something was recorded that could have broken it.
    Kept(RowId),
    /// A report over all contacts, grouped by a field, counts that many of each person's.
    Report {
        /// Where.
        crm: Crm,
        /// By what it is grouped.
        field: Field,
        /// How many of whom.
        counts: Vec<(Principal, usize)>,
    },
    /// Nothing was created.
    NothingCreated(Crm),
    /// The error log has a line for the subject's record, or none.
    Logged {
        /// What the log is about.
        subject: usize,
        /// Whether there is such a line.
        found: bool,
    },
    /// The suite gives the advice of a dedicated integration user.
    Advice(Crm),
}

impl World {
    fn claim(&mut self, claim: Claim) -> Done {
        self.claims.push(Claimed {
            line: self.line,
            claim,
        });
        Ok(())
    }

    /// The only subject of the last push.
    fn focused(&self) -> Result<usize, Problem> {
        match self.focus.as_slice() {
            [one] => Ok(*one),
            [] => Err(Problem::Feature(
                "nothing has been pushed or logged yet".to_owned(),
            )),
            _ => Err(Problem::Feature(
                "several records were pushed: say of which, as in 'of the first contact'"
                    .to_owned(),
            )),
        }
    }

    fn meant(&self, record: Option<Record>, crm: Option<Crm>) -> Result<usize, Problem> {
        let subject = match record {
            Some(record) => self.subject(record, crm)?,
            None => self.focused()?,
        };
        let pushed_to = self.pushed[subject].subject.key.crm;
        match crm.filter(|crm| *crm != pushed_to) {
            Some(crm) => Err(Problem::Feature(format!(
                "the last push went to {pushed_to}, not to {crm}"
            ))),
            None => Ok(subject),
        }
    }

    /// A CRM records one of these people, or nobody, or the push is refused.
    pub fn claim_recorded(
        &mut self,
        crm: Crm,
        field: Field,
        whom: &[Option<Person>],
        or_refused: bool,
        record: Option<Record>,
    ) -> Done {
        let subject = self.meant(record, Some(crm))?;
        self.claim_recorded_of(crm, field, whom, or_refused, subject)
    }

    pub(super) fn claim_recorded_of(
        &mut self,
        crm: Crm,
        field: Field,
        whom: &[Option<Person>],
        or_refused: bool,
        subject: usize,
    ) -> Done {
        let mut said = self.people_said(crm, whom)?;
        said.extend(or_refused.then_some(Value::Refused));
        self.claim(Claim::Words {
            subject,
            field,
            said,
        })
    }

    /// The same of every record of a kind.
    pub fn claim_recorded_of_all(
        &mut self,
        crm: Crm,
        field: Field,
        whom: &[Option<Person>],
        kind: Kind,
    ) -> Done {
        let of_kind: Vec<usize> = (0..self.pushed.len())
            .filter(|index| {
                let subject = &self.pushed[*index].subject;
                subject.situation.kind == kind && subject.key.crm == crm
            })
            .collect();
        if of_kind.len() < 2 {
            return Err(Problem::Feature(format!(
                "there are no several {kind}s in {crm} to speak of"
            )));
        }
        let said = self.people_said(crm, whom)?;
        of_kind.into_iter().try_for_each(|subject| {
            self.claim(Claim::Words {
                subject,
                field,
                said: said.clone(),
            })
        })
    }

    fn people_said(&self, crm: Crm, whom: &[Option<Person>]) -> Result<Vec<Value>, Problem> {
        let side = self.side(crm);
        let value = |person: &Option<Person>| match person {
            None => Ok(Value::Blank),
            Some(person) => Ok(Value::User(side.user(*person)?.principal.clone())),
        };
        whom.iter().map(value).collect()
    }

    /// Apollo records one of these people as the owner.
    pub fn claim_apollo_owner(&mut self, whom: &[Option<Person>], record: Option<Record>) -> Done {
        let subject = self.meant(record, None)?;
        let value = |person: &Option<Person>| match person {
            None => Ok(Value::Blank),
            Some(person) => Ok::<_, Problem>(Value::User(
                self.apollo_principal(&self.apollo_user(*person)?),
            )),
        };
        let said = whom.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        self.claim(Claim::Words {
            subject,
            field: Field::ApolloOwner,
            said,
        })
    }

    /// The push is refused: there is no record, and so neither Owner nor Created By.
    pub fn claim_refused(&mut self, record: Option<Record>) -> Done {
        let subject = self.meant(record, None)?;
        for field in [Field::Owner, Field::CreatedBy] {
            self.claim(Claim::Words {
                subject,
                field,
                said: vec![Value::Refused],
            })?;
        }
        Ok(())
    }

    /// Two pushes of a kind differ in nothing.
    pub fn claim_same(&mut self, one: Record, other: Record) -> Done {
        let (one, other) = (self.subject(one, None)?, self.subject(other, None)?);
        self.claim(Claim::Same { one, other })
    }

    /// Owner and Created By are one person.
    pub fn claim_one_person(&mut self, crm: Crm, record: Option<Record>) -> Done {
        let subject = self.meant(record, Some(crm))?;
        self.claim_one_person_of(subject)
    }

    pub(super) fn claim_one_person_of(&mut self, subject: usize) -> Done {
        self.claim(Claim::OnePerson { subject })
    }

    /// One of these people has changed a record last.
    pub fn claim_changed_by(
        &mut self,
        crm: Crm,
        whom: &[Option<Person>],
        or_refused: bool,
        record: Record,
    ) -> Done {
        let subject = self.subject(record, Some(crm))?;
        if whom.contains(&None) {
            return Err(Problem::Feature(
                "somebody has changed a record last: it can't be nobody".to_owned(),
            ));
        }
        let side = self.side(crm);
        let people = whom.iter().flatten();
        let people: Result<Vec<_>, Problem> = people
            .map(|person| Ok(side.user(*person)?.principal.clone()))
            .collect();
        let people = people?;
        self.claim(Claim::ChangedBy {
            subject,
            people,
            or_refused,
        })
    }

    /// Where the steps never push or log, a claim about what came of it would hold for any client.
    fn something_tried(&self, so_that: &str) -> Done {
        if self.pushed.is_empty() {
            return Err(Problem::Feature(format!(
                "nothing was pushed, so that {so_that}"
            )));
        }
        Ok(())
    }

    /// An invariant.
    pub fn claim_kept(&mut self, number: u8) -> Done {
        self.something_tried("nothing could have broken this")?;
        self.claim(Claim::Kept(RowId::n(number)))
    }

    /// Nothing was created in a CRM.
    pub fn claim_nothing_created(&mut self, crm: Crm) -> Done {
        self.something_tried("nothing could have been created")?;
        self.claim(Claim::NothingCreated(crm))
    }

    /// A report counts that many records of each person's.
    pub fn claim_report(&mut self, crm: Crm, field: Field, counts: &[(Person, usize)]) -> Done {
        self.something_tried("there is nothing to report on")?;
        let side = self.side(crm);
        let counts = counts.iter().map(|(person, count)| {
            Ok::<_, Problem>((side.user(*person)?.principal.clone(), *count))
        });
        let counts = counts.collect::<Result<_, _>>()?;
        self.claim(Claim::Report { crm, field, counts })
    }

    /// The error log tells of the last push.
    pub async fn claim_logged(&mut self) -> Done {
        let subject = self.focused()?;
        self.require("error_log")?;
        let entries = self.driver.error_log().await?;
        let record = self.pushed[subject]
            .draft
            .map(|draft| &self.drafts[draft].id);
        let crm = super::apollo::crm(self.pushed[subject].subject.key.crm);
        let found = entries
            .iter()
            .any(|entry| Some(&entry.record) == record && entry.crm == crm);
        self.claim(Claim::Logged { subject, found })
    }

    /// The advice of a dedicated integration user is given.
    pub fn claim_advice(&mut self, crm: Crm) -> Done {
        self.claim(Claim::Advice(crm))
    }
}
