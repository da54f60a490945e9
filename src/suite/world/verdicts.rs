//! The end of a scenario: everything observed, every claim judged, and what no scenario has to say.

use super::{Claim, Problem, World};
use crate::observe::{
    Field, Judgement, Observation, Ownership, Settings, Shown, Verdict, Words, judge_frame,
    judge_invariants, judge_same, judge_subject, judge_words,
};
use crate::rules::{Body, Crm, Edition, RowId, SentenceId, expectations, row};

/// A scenario, judged.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Every assertion.
    pub verdicts: Vec<Verdict>,
    /// The evidence.
    pub observation: Observation,
}

impl World {
    /// Judges the scenario. Panics of the mock are the caller's to add.
    ///
    /// # Errors
    /// Where the feature's words differ from the table, or say too little; or where the harness broke.
    pub fn judge(&self, settings: Settings) -> Result<Judged, (Option<usize>, Problem)> {
        let anywhere = |problem| (None, problem);
        let observation = self.observe().map_err(anywhere)?;
        let mut verdicts = Vec::new();
        for claimed in &self.claims {
            let at_line = |problem| (Some(claimed.line), problem);
            verdicts.extend(
                self.judge_claim(&claimed.claim, &observation, settings)
                    .map_err(at_line)?,
            );
        }
        self.check_complete().map_err(anywhere)?;
        let invariants = judge_invariants(&observation);
        self.check_invariants(&invariants).map_err(anywhere)?;
        verdicts.extend(invariants);
        verdicts.extend(judge_frame(&observation));
        verdicts.extend(self.advice());
        Ok(Judged {
            verdicts,
            observation,
        })
    }

    fn observe(&self) -> Result<Observation, Problem> {
        let sides = [&self.salesforce, &self.hubspot];
        let creates: Vec<_> = sides.iter().flat_map(|side| side.creates()).collect();
        let mut records = Vec::new();
        for side in sides {
            records.extend(side.records()?);
        }
        Ok(Observation {
            subjects: self
                .pushed
                .iter()
                .map(|pushed| pushed.subject.clone())
                .collect(),
            records,
            changes: sides.iter().flat_map(|side| side.changes()).collect(),
            writes: self.writes(&creates)?,
            creates,
            mock_panics: Vec::new(),
            late_writes: Vec::new(),
        })
    }

    fn judge_claim(
        &self,
        claim: &Claim,
        observation: &Observation,
        settings: Settings,
    ) -> Result<Vec<Verdict>, Problem> {
        let subject = |index: usize| &self.pushed[index].subject;
        Ok(match claim {
            Claim::Words {
                subject: index,
                field,
                said,
            } => {
                let words = Words {
                    subject: &subject(*index).name,
                    field: *field,
                    said: said.clone(),
                };
                judge_words(&words, &self.rows, observation, settings)
                    .map_err(|differ| Problem::Feature(differ.to_string()))?
            }
            Claim::Same { one, other } => {
                let (one, other) = (subject(*one), subject(*other));
                let relations = self.rows.iter().filter(|id| is_relation(**id));
                let verdicts: Vec<_> = relations
                    .flat_map(|id| judge_same(*id, one, other, observation, settings))
                    .collect();
                if verdicts.is_empty() && settings.edition == Edition::Newer {
                    return Err(Problem::Feature("no relation of the table is among the scenario's tags: expected @R25 or @H10".to_owned()));
                }
                verdicts
            }
            Claim::OnePerson { subject: index } => {
                let by_rows = judge_subject(subject(*index), observation, settings);
                let joint = |verdict: &Verdict| {
                    verdict.field == Field::OwnerIsCreator
                        && verdict.row.is_some_and(|row| self.rows.contains(&row))
                };
                by_rows.into_iter().filter(joint).collect()
            }
            // Judged with all invariants; here it only has to be there.
            Claim::Kept(_) => Vec::new(),
            Claim::Report { crm, field, counts } => vec![report(observation, *crm, *field, counts)],
            Claim::NothingCreated(crm) => vec![nothing_created(observation, *crm)],
            Claim::Logged {
                subject: index,
                found,
            } => vec![said(
                &subject(*index).name,
                *found,
                "a line in Apollo's error log",
                "no line",
                vec![SentenceId::a(25)],
                true,
            )],
            Claim::Advice(crm) => vec![said(
                "",
                self.advised(*crm),
                "the advice of a dedicated integration user",
                "no advice",
                vec![SentenceId::a(12), SentenceId::a(13)],
                false,
            )],
        })
    }

    /// Each tagged row speaks of a record of the scenario, and each field that it speaks of is claimed.
    fn check_complete(&self) -> Result<(), Problem> {
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
    fn check_invariants(&self, verdicts: &[Verdict]) -> Result<(), Problem> {
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

    /// A12 and A13 advise a login that is made for the integration. Not following advice is no failure.
    fn advice(&self) -> Vec<Verdict> {
        let advised = Crm::ALL.into_iter().filter(|crm| self.advised(*crm));
        let warning = |crm: Crm| Verdict {
            judgement: Judgement::Warning,
            crm: Some(crm),
            cause: Some(format!(
                "team sync to {crm} runs on the login of a person: if that person leaves, it stops"
            )),
            ..said(
                "",
                true,
                "a dedicated integration user",
                "",
                vec![SentenceId::a(12), SentenceId::a(13)],
                false,
            )
        };
        advised
            .map(warning)
            .map(|verdict| Verdict {
                recorded: Shown::plain("a person's own login"),
                ..verdict
            })
            .collect()
    }

    /// Only scenarios about the advice give it: elsewhere the login is a part of the fixture.
    fn advised(&self, crm: Crm) -> bool {
        let about = self
            .claims
            .iter()
            .any(|claimed| matches!(claimed.claim, Claim::Advice(of) if of == crm));
        let user = self.side(crm).team_sync_user();
        about && user.is_some_and(|user| !user.made_for_integration())
    }
}

fn is_relation(id: RowId) -> bool {
    matches!(row(id).map(|row| &row.body), Some(Body::Relation(_)))
}

/// A verdict on something that no row speaks of.
fn said(
    subject: &str,
    holds: bool,
    expected: &str,
    otherwise: &str,
    sentences: Vec<SentenceId>,
    reported: bool,
) -> Verdict {
    Verdict {
        judgement: if holds {
            Judgement::Passed
        } else {
            Judgement::Failed
        },
        row: None,
        crm: None,
        subject: subject.to_owned(),
        field: Field::NothingElse,
        level: None,
        expected: vec![Shown::plain(expected)],
        recorded: Shown::plain(if holds { expected } else { otherwise }),
        readings: Vec::new(),
        blamed: None,
        cause: None,
        sentences,
        reported,
    }
}

fn nothing_created(observation: &Observation, crm: Crm) -> Verdict {
    let created = observation
        .creates
        .iter()
        .filter(|create| create.crm == crm)
        .count();
    let found = format!("{created} created");
    Verdict {
        crm: Some(crm),
        ..said(
            "",
            created == 0,
            "nothing created",
            &found,
            Vec::new(),
            false,
        )
    }
}

/// What a report grouped by Owner or Created By would show.
fn report(
    observation: &Observation,
    crm: Crm,
    field: Field,
    counts: &[(crate::observe::Principal, usize)],
) -> Verdict {
    let of = |now: &Ownership| match field {
        Field::CreatedBy => now.created_by.clone(),
        _ => now.owner.clone(),
    };
    let here = observation
        .records
        .iter()
        .filter(|record| record.key.crm == crm && !record.deleted);
    let mut groups: Vec<(String, usize)> = Vec::new();
    for name in
        here.map(|record| of(&record.now).map_or_else(|| "nobody".to_owned(), |who| who.name))
    {
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let mut expected: Vec<(String, usize)> = counts
        .iter()
        .map(|(who, count)| (who.name.clone(), *count))
        .collect();
    groups.sort();
    expected.sort();
    let line = |groups: &[(String, usize)]| {
        let parts: Vec<String> = groups
            .iter()
            .map(|(name, count)| format!("{name}: {count}"))
            .collect();
        parts.join(", ")
    };
    Verdict {
        crm: Some(crm),
        field,
        ..said(
            "a report",
            groups == expected,
            &line(&expected),
            &line(&groups),
            vec![SentenceId::a(10), SentenceId::a(11)],
            false,
        )
    }
}
