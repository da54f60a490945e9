//! What happens to a record after its first push.

use super::{Done, Problem, World};
use crate::observe::Span;
use crate::rules::{Crm, Event, Mode};
use crate::suite::people::Person;
use crate::sut::RecordUpdate;

impl World {
    /// Changes a value in Apollo, and pushes the record again.
    pub async fn update_and_push(
        &mut self,
        actor: Person,
        draft: usize,
        crm: Crm,
        mode: Mode,
    ) -> Done {
        self.begin().await?;
        self.require("update")?;
        let known = self
            .pushed
            .iter()
            .any(|pushed| pushed.draft == Some(draft) && pushed.subject.key.crm == crm);
        if !known {
            return Err(Problem::Feature(format!(
                "this record is not in {crm} yet: an update comes after a push"
            )));
        }
        let update = RecordUpdate {
            record: self.drafts[draft].id.clone(),
            user: self.apollo_user(actor)?,
            fields: self.changed_fields(draft),
            owner: None,
        };
        self.driver.update_record(&update).await?;
        self.push(Some(actor), &[draft], crm, mode).await?;
        for index in &self.focus {
            self.pushed[*index].subject.phone = self.drafts[draft].phone.clone();
        }
        Ok(())
    }

    /// Records that are in the CRM when something around them changes: they are judged as what has to stay.
    pub(super) fn keep_as_it_was(
        &mut self,
        crm: Crm,
        event: Event,
        concerned: impl Fn(&super::Pushed) -> bool,
    ) -> Done {
        for index in 0..self.pushed.len() {
            let pushed = &self.pushed[index];
            if pushed.subject.key.crm != crm || !concerned(pushed) {
                continue;
            }
            let before = self.ownership_now(&pushed.subject.key)?;
            let scene_broken = self.came_out_wrong(pushed)?;
            let side = self.side(crm);
            let (you, team) = (side.user_of(pushed.you), side.team_sync_user());
            let you = side.user(you)?.principal.clone();
            let team = team
                .map(|team| side.user(team).map(|user| user.principal.clone()))
                .transpose()?;
            self.pushed[index].scene_broken = scene_broken;
            let after = self.last_request();
            let subject = &mut self.pushed[index].subject;
            if before.is_none() {
                continue;
            }
            // From here on nobody writes to it, unless it is pushed again.
            subject.requests = Some(Span {
                after,
                until: after,
            });
            subject.before = before;
            subject.situation.event = event;
            match event {
                Event::KeptAfterTeamSyncChange => {
                    subject.cast.insert(
                        crate::rules::Role::FormerTeamSync,
                        team.into_iter().collect(),
                    );
                }
                _ => {
                    subject
                        .cast
                        .insert(crate::rules::Role::FormerYou, vec![you]);
                }
            }
        }
        Ok(())
    }
}
