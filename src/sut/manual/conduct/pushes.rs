//! What goes to a CRM: done or refused, as the product says it.

use super::{Answered, word_of};
use crate::sut::manual::answer::Answer;
use crate::sut::manual::{Manual, instruction};
use crate::sut::{
    ActivityId, ActivityKind, ActivityLog, ActivityResult, ActivityResults, Crm, ErrorEntries,
    ErrorLog, LogEntry, Mode, Outcome, PushRecords, PushResult, PushResults, PushedAs, RecordId,
};

impl Manual {
    pub(super) async fn push(&mut self, push: PushRecords) -> Answered<PushResults> {
        for record in &push.records {
            self.known(record)?;
        }
        let text = instruction::push(&push, &self.scene);
        let mut needs = vec![word_of(push.crm)];
        needs.push(match push.mode {
            Mode::Single => "mode:single".to_owned(),
            Mode::Bulk => "mode:bulk".to_owned(),
        });
        if push.pushed_as == PushedAs::Lead {
            needs.push("record:lead".to_owned());
        }
        let answer = self.attempt(&text, &needs).await?;
        let refused = match answer {
            Answer::Done => Vec::new(),
            Answer::Refused => self.which_refused(&push.records).await?,
        };
        let outcome = |index: usize| match refused.iter().find(|(at, _)| *at == index) {
            Some((_, outcome)) => outcome.clone(),
            None => pushed(),
        };
        let results = push.records.into_iter().enumerate();
        Ok(PushResults {
            results: results
                .map(|(index, record)| PushResult {
                    record,
                    outcome: outcome(index),
                })
                .collect(),
        })
    }

    async fn which_refused(&self, records: &[RecordId]) -> Answered<Vec<(usize, Outcome)>> {
        let all: Vec<usize> = (0..records.len()).collect();
        let named: Vec<String> = records.iter().map(|id| self.scene.called(id)).collect();
        let which = match all.len() {
            1 => all,
            _ => {
                self.desk
                    .choose_several("Which of them were refused?", &named, (&all, "all of them"))
                    .await?
            }
        };
        let (reason, message) = self.desk.reason().await?;
        let refused = Outcome::Refused { reason, message };
        Ok(which
            .into_iter()
            .map(|index| (index, refused.clone()))
            .collect())
    }

    pub(super) async fn log(&mut self, log: ActivityLog) -> Answered<ActivityResults> {
        self.known(&log.about)?;
        let text = instruction::log(&log, &self.scene);
        let word = match log.kind {
            ActivityKind::Email => "email",
            ActivityKind::Task => "task",
            ActivityKind::Call => "call",
        };
        let needs = [format!("activity:{word}"), word_of(log.crm)];
        let outcome = match self.attempt(&text, &needs).await? {
            Answer::Done => pushed(),
            Answer::Refused => {
                let (reason, message) = self.desk.reason().await?;
                Outcome::Refused { reason, message }
            }
        };
        self.scene.activities += 1;
        let activity = ActivityId(format!("v{}", self.scene.activities));
        Ok(ActivityResults {
            results: vec![ActivityResult { activity, outcome }],
        })
    }

    pub(super) async fn error_log(&mut self, _: ErrorLog) -> Answered<ErrorEntries> {
        self.begin().await?;
        let mut places = Vec::new();
        for saved in &self.scene.records {
            for crm in [Crm::Salesforce, Crm::Hubspot] {
                if self.desk.product.capabilities.contains(&word_of(crm)) {
                    places.push((saved.id.clone(), crm));
                }
            }
        }
        let choices: Vec<String> = places
            .iter()
            .map(|(record, crm)| format!("{}, to {crm}", self.scene.called(record)))
            .collect();
        let text = "Open the product's log of what could not be synced. Which of these are in it?";
        let chosen = self
            .desk
            .choose_several(text, &choices, (&[], "none of them"))
            .await?;
        let mut entries = Vec::new();
        for index in chosen {
            self.desk
                .say(&format!("\nThe entry of {}:", choices[index]));
            let (reason, message) = self.desk.reason().await?;
            let (record, crm) = places[index].clone();
            entries.push(LogEntry {
                record,
                activity: None,
                crm,
                user: None,
                reason,
                message,
            });
        }
        Ok(ErrorEntries { entries })
    }
}

/// The CRM's own id is for the suite to find, by what the record is.
fn pushed() -> Outcome {
    Outcome::Pushed {
        crm_id: "not told".to_owned(),
        message: None,
    }
}
