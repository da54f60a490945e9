//! Whether a scenario says enough: of each tagged row all fields, of each tagged invariant that it was put to the test.

use crate::observe::{Field, Verdict};
use crate::rules::{Body, Edition, RowId, expectations, row};
use crate::suite::world::{Claim, Problem, World};

impl World {
    /// Each tagged row speaks of a record of the scenario, and each field that it speaks of is claimed.
    pub(super) fn check_complete(&self) -> Result<(), Problem> {
        for id in &self.rows {
            match row(*id).map(|row| &row.body) {
                Some(Body::Cells(_)) => self.check_cells(*id)?,
                Some(Body::Relation(_))
                    if !self
                        .claims
                        .iter()
                        .any(|claimed| matches!(claimed.claim, Claim::Same { .. })) =>
                {
                    return Err(Problem::Feature(format!(
                        "@{id} compares two pushes, and no Then does"
                    )));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_cells(&self, id: RowId) -> Result<(), Problem> {
        let mut speaks = false;
        for (index, pushed) in self.pushed.iter().enumerate() {
            let rows = expectations(&pushed.subject.situation, Edition::Newer);
            for (_, expected) in rows.into_iter().filter(|(row, _)| *row == id) {
                speaks = true;
                let fields = [
                    (Field::ApolloOwner, expected.apollo_owner.is_some()),
                    (Field::Owner, expected.owner.is_some()),
                    (Field::CreatedBy, expected.created_by.is_some()),
                    (Field::OwnerIsCreator, expected.joint.is_some()),
                ];
                let unclaimed = fields
                    .into_iter()
                    .find(|(field, spoken)| *spoken && !self.claims_of(index, *field));
                if let Some((field, _)) = unclaimed {
                    let name = &pushed.subject.name;
                    return Err(Problem::Feature(format!(
                        "@{id} speaks of {field} of {name}, and no Then does"
                    )));
                }
            }
        }
        if speaks {
            return Ok(());
        }
        let situations: Vec<String> = self
            .pushed
            .iter()
            .map(|pushed| format!("{:?}", pushed.subject.situation))
            .collect();
        Err(Problem::Feature(format!(
            "@{id} speaks of no record of this scenario: {}",
            situations.join("; ")
        )))
    }

    fn claims_of(&self, index: usize, wanted: Field) -> bool {
        self.claims.iter().any(|claimed| match claimed.claim {
            Claim::Words { subject, field, .. } => subject == index && field == wanted,
            Claim::OnePerson { subject } => subject == index && wanted == Field::OwnerIsCreator,
            _ => false,
        })
    }

    /// An invariant that a scenario is about must have been put to the test.
    pub(super) fn check_invariants(&self, verdicts: &[Verdict]) -> Result<(), Problem> {
        let claimed = self
            .claims
            .iter()
            .filter_map(|claimed| match claimed.claim {
                Claim::Kept(id) => Some(id),
                _ => None,
            });
        let claimed: Vec<RowId> = claimed.collect();
        for id in &claimed {
            if !self.rows.contains(id) {
                return Err(Problem::Feature(format!(
                    "a Then speaks of {id}, and the scenario is not tagged @{id}"
                )));
            }
            if !verdicts.iter().any(|verdict| verdict.row == Some(*id)) {
                return Err(Problem::Feature(format!(
                    "nothing was recorded that could have broken {id}"
                )));
            }
        }
        let unclaimed = self
            .rows
            .iter()
            .find(|row| row.invariant() && !claimed.contains(row));
        unclaimed.map_or(Ok(()), |id| {
            Err(Problem::Feature(format!(
                "@{id} is an invariant that no Then speaks of"
            )))
        })
    }
}
