//! Many records of several people: pushed in turn, and claimed person by person.

use super::{Done, Problem, World};
use crate::observe::Field;
use crate::rules::{Crm, Kind, Mode};
use crate::suite::people::Person;

impl World {
    /// Everybody's first record, then everybody's second, and so on: each is a push of its own.
    pub async fn push_in_turn(&mut self, kind: Kind, crm: Crm, mode: Mode) -> Done {
        let turns = self.turns(kind);
        if turns.is_empty() {
            return Err(Problem::Feature(format!("nobody has saved a {kind}")));
        }
        for (person, draft) in turns {
            self.push(Some(person), &[draft], crm, mode).await?;
            self.look().await?;
        }
        Ok(())
    }

    fn turns(&self, kind: Kind) -> Vec<(Person, usize)> {
        let mut turns: Vec<(usize, Person, usize)> = Vec::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            if draft.kind == kind {
                let mine = |turn: &&(usize, Person, usize)| turn.1 == draft.saved_by;
                let round = turns.iter().filter(mine).count();
                turns.push((round, draft.saved_by, index));
            }
        }
        turns.sort_by_key(|(round, _, index)| (*round, *index));
        let in_turn = turns.into_iter();
        in_turn.map(|(_, person, index)| (person, index)).collect()
    }

    /// Of each record of a kind that the person has saved and that was pushed to the CRM, it records one of these people.
    pub fn claim_each_recorded(
        &mut self,
        crm: Crm,
        field: Field,
        whom: &[Option<Person>],
        (saved_by, kind): (Person, Kind),
    ) -> Done {
        for subject in self.all_of(crm, saved_by, kind)? {
            self.claim_recorded_of(crm, field, whom, false, subject)?;
        }
        Ok(())
    }

    /// Of each such record, Owner and Created By are one person.
    pub fn claim_one_person_each(&mut self, crm: Crm, (saved_by, kind): (Person, Kind)) -> Done {
        for subject in self.all_of(crm, saved_by, kind)? {
            self.claim_one_person_of(subject)?;
        }
        Ok(())
    }

    fn all_of(&self, crm: Crm, saved_by: Person, kind: Kind) -> Result<Vec<usize>, Problem> {
        let fits = |index: &usize| {
            let pushed = &self.pushed[*index];
            let draft = pushed.draft.map(|draft| &self.drafts[draft]);
            pushed.subject.key.crm == crm
                && draft.is_some_and(|draft| draft.saved_by == saved_by && draft.kind == kind)
        };
        let found: Vec<usize> = (0..self.pushed.len()).filter(fits).collect();
        if found.is_empty() {
            return Err(Problem::Feature(format!(
                "no {kind} of {saved_by} has been pushed to {crm}"
            )));
        }
        Ok(found)
    }
}
