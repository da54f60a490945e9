//! Whether a scenario says enough: of each tagged row all fields, of each tagged invariant that it was put to the test.

use super::in_words::in_words;
use super::said::said;
use crate::observe::{Field, Verdict};
use crate::rules::{Body, Edition, Row, RowId, expectations, row};
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
            .map(|pushed| in_words(&pushed.subject.name, &pushed.subject.situation))
            .collect();
        Err(Problem::Feature(format!(
            "@{id} speaks of no record of this scenario: {}",
            if situations.is_empty() {
                "it pushes none".to_owned()
            } else {
                situations.join("; ")
            }
        )))
    }

    fn claims_of(&self, index: usize, wanted: Field) -> bool {
        self.claims.iter().any(|claimed| match claimed.claim {
            Claim::Words { subject, field, .. } => subject == index && field == wanted,
            Claim::OnePerson { subject } => subject == index && wanted == Field::OwnerIsCreator,
            _ => false,
        })
    }

    /// Each tagged invariant is claimed, and the other way round.
    pub(super) fn check_invariants(&self) -> Result<(), Problem> {
        let claimed = self.invariants_claimed();
        if let Some(id) = claimed.iter().find(|id| !self.rows.contains(id)) {
            return Err(Problem::Feature(format!(
                "a Then speaks of {id}, and the scenario is not tagged @{id}"
            )));
        }
        let tagged = self.rows.iter().filter(|row| row.invariant());
        match tagged.into_iter().find(|row| !claimed.contains(row)) {
            None => Ok(()),
            Some(id) => Err(Problem::Feature(format!(
                "@{id} is an invariant that no Then speaks of"
            ))),
        }
    }

    /// A scenario about an invariant leads up to something that could break it. Where nothing of the sort was recorded, the
    /// system under test has not done what was asked of it.
    pub(super) fn untried_invariants(&self, judged: &[Verdict]) -> Vec<Verdict> {
        let untried = |id: &RowId| !judged.iter().any(|verdict| verdict.row == Some(*id));
        let verdict = |id: RowId| Verdict {
            row: Some(id),
            field: Field::Invariant,
            ..said(
                "",
                false,
                "something that could break it",
                "nothing was recorded",
                row(id).map(Row::sentences).unwrap_or_default(),
                false,
            )
        };
        let claimed = self.invariants_claimed().into_iter();
        claimed.filter(untried).map(verdict).collect()
    }

    fn invariants_claimed(&self) -> Vec<RowId> {
        let claims = self.claims.iter();
        let kept = claims.filter_map(|claimed| match claimed.claim {
            Claim::Kept(id) => Some(id),
            _ => None,
        });
        kept.collect()
    }
}
