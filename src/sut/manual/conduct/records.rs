//! What is saved, changed and read in the product, and who owns it there.

use super::Answered;
use crate::sut::manual::scene::{Saved, title};
use crate::sut::manual::{Halt, Manual, instruction};
use crate::sut::rpc::{ErrorObject, code};
use crate::sut::{Created, NewRecord, RecordId, RecordRead, RecordUpdate, Source, UserId};

impl Manual {
    pub(super) async fn save(&mut self, new: NewRecord) -> Answered<Created> {
        let text = instruction::save(&new, &self.scene);
        let needs = [
            format!("record:{}", new.kind),
            format!("source:{}", word_of_source(new.source)),
        ];
        self.do_this(&text, &needs).await?;
        let called = format!("the {} {}", new.kind, title(&new));
        let owner = self.ask_owner(&called).await?;
        let id = self.scene.next_id();
        self.scene.records.push(Saved {
            id: id.clone(),
            new,
            owner: owner.clone(),
            told_after: self.scene.followed,
        });
        Ok(Created { record: id, owner })
    }

    /// Never assumed: who owns a record in the product is the one thing that no CRM tells.
    async fn ask_owner(&self, called: &str) -> Answered<UserId> {
        let owners = instruction::owners(&self.scene.people);
        let choices: Vec<String> = owners.iter().map(|(_, shown)| shown.clone()).collect();
        let text = format!("Look at {called} in the product. Who is its owner there now?");
        let chosen = self
            .desk
            .choose(&text, &choices, Some("somebody else, or nobody"))
            .await?;
        Ok(chosen.map_or_else(
            || UserId("nobody-of-the-team".to_owned()),
            |index| owners[index].0.clone(),
        ))
    }

    pub(super) async fn update(&mut self, update: RecordUpdate) -> Answered<Created> {
        self.known(&update.record)?;
        let text = instruction::update(&update, &self.scene);
        self.do_this(&text, &["update".to_owned()]).await?;
        if let (Some(owner), Some(saved)) = (update.owner, self.scene.saved_mut(&update.record)) {
            saved.owner = owner;
        }
        self.known(&update.record)
    }

    pub(super) fn known(&self, record: &RecordId) -> Answered<Created> {
        self.scene.answer(record).ok_or_else(|| {
            Halt::Error(ErrorObject::new(
                code::INVALID_PARAMS,
                format!("there is no record {record}"),
            ))
        })
    }

    pub(super) async fn read(&mut self, read: RecordRead) -> Answered<Created> {
        let known = self.known(&read.record)?;
        let followed = self.scene.followed;
        let told = self.scene.saved(&read.record).map(|saved| saved.told_after);
        if told == Some(followed) {
            return Ok(known);
        }
        let owner = self.ask_owner(&self.scene.called(&read.record)).await?;
        if let Some(saved) = self.scene.saved_mut(&read.record) {
            saved.owner = owner;
            saved.told_after = followed;
        }
        self.known(&read.record)
    }
}

fn word_of_source(source: Source) -> &'static str {
    match source {
        Source::Manual => "manual",
        Source::Csv => "csv",
        Source::Gmail => "gmail",
        Source::Linkedin => "linkedin",
        Source::Prospecting => "prospecting",
        Source::Jobchange => "jobchange",
    }
}
