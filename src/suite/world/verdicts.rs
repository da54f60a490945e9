//! The end of a scenario: everything observed, every claim judged, and what no scenario has to say.

mod complete;
mod in_words;
mod said;

pub(super) use said::untouched;
use said::{changed_by, nothing_created, report, said};

use super::{Claim, Problem, Pushed, World};
use crate::observe::{
    Field, Judgement, Observation, Reported, Settings, Subject, Verdict, Words, judge_frame,
    judge_invariants, judge_same, judge_subject, judge_words,
};
use crate::rules::{Body, Edition, RowId, SentenceId, expectations, row};

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
            let claimed_here = self
                .judge_claim(&claimed.claim, &observation, settings)
                .map_err(at_line)?;
            verdicts.extend(claimed_here.into_iter().map(|verdict| Verdict {
                line: Some(claimed.line),
                ..verdict
            }));
        }
        self.check_complete().map_err(anywhere)?;
        let invariants = judge_invariants(&observation);
        self.check_invariants().map_err(anywhere)?;
        verdicts.extend(self.untried_invariants(&invariants));
        verdicts.extend(invariants);
        verdicts.extend(judge_frame(&observation));
        verdicts.extend(self.judge_elsewhere(&observation));
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
            records.extend(side.records(&self.shared_addresses())?);
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
            left: self.writes_left(),
            called: self.called(),
            public_api_only: self.public_api_only(),
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
                let judged = judge_words(&words, &self.rows, observation, settings);
                match judged {
                    Ok(verdicts) => verdicts,
                    Err(_) if self.pushed[*index].scene_broken => {
                        self.in_a_broken_scene(&words, observation, settings)?
                    }
                    Err(differ) => return Err(Problem::Feature(differ.to_string())),
                }
            }
            Claim::Same { one, other } => {
                let (one, other) = (subject(*one), subject(*other));
                // Two refusals are alike, and prove nothing about pushes.
                if !recorded(one, observation) && !recorded(other, observation) {
                    return Ok(Vec::new());
                }
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
                self.one_person(subject(*index), observation, settings)?
            }
            Claim::ChangedBy {
                subject: index,
                people,
                or_refused,
            } => {
                let draft = self.pushed[*index].draft.map(|draft| &self.drafts[draft]);
                let phone = draft.and_then(|draft| draft.phone.as_deref());
                let refused = matches!(subject(*index).reported, Some(Reported::Refused { .. }));
                let tolerated = *or_refused && refused;
                vec![changed_by(
                    subject(*index),
                    people,
                    phone,
                    tolerated,
                    observation,
                )]
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
}

impl World {
    /// Only a row can ask for it: without one among the tags, the words would be judged by nothing.
    fn one_person(
        &self,
        subject: &Subject,
        observation: &Observation,
        settings: Settings,
    ) -> Result<Vec<Verdict>, Problem> {
        let tagged = |row: &RowId| self.rows.contains(row);
        let asked_for = expectations(&subject.situation, Edition::Newer)
            .iter()
            .any(|(row, expected)| tagged(row) && expected.joint.is_some());
        if !asked_for {
            let what = "no row among the scenario's tags asks for one person in both fields here: expected such as @R12";
            return Err(Problem::Feature(what.to_owned()));
        }
        let by_rows = judge_subject(subject, observation, settings);
        let joint = |verdict: &Verdict| {
            verdict.field == Field::OwnerIsCreator && verdict.row.as_ref().is_some_and(tagged)
        };
        Ok(by_rows.into_iter().filter(joint).collect())
    }

    /// "Unchanged" means what the first push left behind. Where that was wrong already, the words and the table can't agree,
    /// and it isn't the feature's fault: each is judged by itself.
    fn in_a_broken_scene(
        &self,
        words: &Words<'_>,
        observation: &Observation,
        settings: Settings,
    ) -> Result<Vec<Verdict>, Problem> {
        let alone = judge_words(words, &[], observation, settings)
            .map_err(|differ| Problem::Feature(differ.to_string()))?;
        let by_table = observation
            .subject(words.subject)
            .map(|subject| judge_subject(subject, observation, settings));
        let tagged = by_table.into_iter().flatten().filter(|verdict| {
            verdict.field == words.field && verdict.row.is_some_and(|row| self.rows.contains(&row))
        });
        Ok(alone.into_iter().chain(tagged).collect())
    }

    /// Whether a push has come out otherwise than the table says.
    pub(super) fn came_out_wrong(&self, pushed: &Pushed) -> Result<bool, Problem> {
        let observation = self.observe()?;
        let verdicts = judge_subject(&pushed.subject, &observation, Settings::default());
        let wrong = verdicts
            .iter()
            .any(|verdict| verdict.judgement > Judgement::Unsupported);
        Ok(wrong || pushed.scene_broken)
    }
}

fn recorded(subject: &Subject, observation: &Observation) -> bool {
    observation
        .records
        .iter()
        .any(|record| record.key == subject.key)
}

fn is_relation(id: RowId) -> bool {
    matches!(row(id).map(|row| &row.body), Some(Body::Relation(_)))
}
