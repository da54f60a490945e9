//! What the rules expect of a cell, in a feature's words. The judge compares the words with the table once more.

use super::{Cell, Colleagues};
use crate::explore::phrase::{Said, recorded};
use crate::observe::Field;
use crate::rules::{
    Crm, Edition, Event, Expectation, Expected, Joint, Others, Outcome, Personal, Role, RowId,
    Situation, Status, expectations,
};
use crate::suite::people::{Permission, Person};

impl Cell {
    /// What the rules look at.
    pub fn situation(&self) -> Situation {
        Situation {
            personal: self.personal,
            team: self.team,
            others: match self.colleagues {
                Colleagues::Nobody => Others::Nobody,
                Colleagues::Tie => Others::Tie,
                _ => Others::Ranked,
            },
            // No batch is logged: the mode is that of the contact's push.
            mode: if self.activity() {
                crate::rules::Mode::Single
            } else {
                self.mode
            },
            event: Event::Create,
            ..Situation::create(self.crm, self.kind, self.source)
        }
    }

    /// The rows that speak of the cell.
    pub fn rows(&self) -> Vec<(RowId, Expected)> {
        expectations(&self.situation(), Edition::Newer)
    }

    /// How firmly the documents speak of a field, by the firmest row; `None` where no row does.
    pub fn status(&self, field: Field) -> Option<Status> {
        let rows = self.rows();
        rows.iter()
            .filter_map(|(_, expected)| spoken(expected, field))
            .map(|expectation| expectation.status)
            .min()
    }

    /// Tags, and Thens.
    pub(super) fn thens(&self) -> (Vec<String>, Vec<String>) {
        let mut rows = self.rows();
        let may_refuse = |(_, expected): &(RowId, Expected)| {
            [&expected.owner, &expected.created_by]
                .into_iter()
                .flatten()
                .any(|field| field.allows(Outcome::Refused))
        };
        if rows.iter().any(may_refuse) {
            // Apollo's owner is believed only where a CRM recorded the push.
            rows.retain(|(_, expected)| expected.apollo_owner.is_none());
        }
        let mut steps = Vec::new();
        for field in [Field::Owner, Field::CreatedBy, Field::ApolloOwner] {
            for (_, expected) in &rows {
                let said = spoken(expected, field).map(|expectation| self.said(expectation));
                let step = said.map(|said| recorded(self.crm, field, &said, None));
                steps.extend(step.filter(|step| !steps.contains(step)));
            }
        }
        let joint =
            |(_, expected): &(RowId, Expected)| expected.joint == Some(Joint::OwnerIsCreator);
        if rows.iter().any(joint) {
            steps.push(format!(
                "{} records the same person as Owner and as Created By",
                self.crm
            ));
        }
        if steps.is_empty() {
            // No row speaks: the invariants are judged all the same, and this is the one that always has evidence.
            return (
                vec!["@N2".to_owned()],
                vec!["what was reported is so".to_owned()],
            );
        }
        (rows.iter().map(|(id, _)| format!("@{id}")).collect(), steps)
    }

    fn said(&self, expectation: &Expectation) -> Vec<Said> {
        let called = |person: Person| Said::Person(person.to_string());
        let of = |outcome| match outcome {
            Outcome::User(role) => self.players(role).into_iter().map(called).collect(),
            Outcome::Blank => vec![Said::Nobody],
            Outcome::Refused => vec![Said::Refused],
            // Of a first push: Dana, who has saved the record.
            Outcome::Unchanged => vec![called(Person::Dana)],
        };
        let allowed = expectation.allowed.iter();
        allowed.flat_map(|allowed| of(allowed.outcome)).collect()
    }

    /// Who plays a part in this cell.
    fn players(&self, role: Role) -> Vec<Person> {
        match role {
            Role::You => vec![Person::Dana],
            Role::TeamSync => self.team_sync_user().into_iter().collect(),
            Role::Highest => self.highest(),
            _ => Vec::new(),
        }
    }

    /// The authenticated users with the highest permission that can be told apart in the CRM.
    fn highest(&self) -> Vec<Person> {
        let rank = |person: &Person| match (self.crm, person.permission()) {
            (Crm::Hubspot, Permission::SeesEverything) => Permission::Ordinary,
            (_, permission) => permission,
        };
        let works = matches!(self.personal, Personal::Linked | Personal::Refreshable);
        let team = self
            .team_sync_user()
            .filter(|_| self.team != crate::rules::Team::Broken);
        let colleagues: &[Person] = match self.colleagues {
            Colleagues::Nobody => &[],
            Colleagues::Weaker => &[Person::LeastPermitted],
            Colleagues::WeakestFirst | Colleagues::StrongestFirst => &[
                Person::LeastPermitted,
                Person::ApolloAdmin,
                Person::MostPermitted,
            ],
            Colleagues::Tie => &[
                Person::LeastPermitted,
                Person::OtherMostPermitted,
                Person::MostPermitted,
            ],
        };
        let you = works.then_some(Person::Dana);
        let all: Vec<Person> = you
            .into_iter()
            .chain(team)
            .chain(colleagues.iter().copied())
            .collect();
        let top = all.iter().map(rank).max();
        all.into_iter()
            .filter(|person| Some(rank(person)) == top)
            .collect()
    }
}

/// What a row demands of a field.
pub(in crate::explore) fn spoken(expected: &Expected, field: Field) -> Option<&Expectation> {
    match field {
        Field::ApolloOwner => expected.apollo_owner.as_ref(),
        Field::Owner => expected.owner.as_ref(),
        Field::CreatedBy => expected.created_by.as_ref(),
        _ => None,
    }
}
