//! What the rules have to know of a push, worked out from what the steps did. No feature says it, so none can say it wrong.

use super::{Draft, World};
use crate::rules::{Crm, Event, Kind, Mode, Personal, Situation, Source};
use crate::suite::people::Person;

/// One push, or one activity, of one record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    pub(super) crm: Crm,
    pub(super) mode: Mode,
    /// Who acted; `None`: nobody.
    pub(super) actor: Option<Person>,
    /// Whether the batch holds records of several people.
    pub(super) mixed: bool,
}

impl World {
    /// Whom "you" of the documents means: who acts; in a mixed batch, or where nobody acts, the record's owner.
    pub(super) fn you(&self, act: Act, draft: &Draft) -> Person {
        match act.actor {
            Some(actor) if !act.mixed => actor,
            _ => draft.owner,
        }
    }

    /// A first push.
    pub(super) fn situation(&self, act: Act, draft: &Draft) -> Situation {
        let you = self.you(act, draft);
        let event = self.create_event(act, draft);
        Situation {
            owners_personal: (event == Event::CreateForAnotherOwner)
                .then(|| self.side(act.crm).personal(draft.owner)),
            ..self.situation_of(act, draft.kind, Some(draft.source), you, event)
        }
    }

    pub(super) fn situation_of_draft(&self, act: Act, draft: &Draft, event: Event) -> Situation {
        let you = self.you(act, draft);
        self.situation_of(act, draft.kind, Some(draft.source), you, event)
    }

    fn create_event(&self, act: Act, draft: &Draft) -> Event {
        let side = self.side(act.crm);
        if draft.invalid {
            return Event::CreateInvalid;
        }
        let Some(actor) = act.actor else {
            return Event::CreateAutomatically;
        };
        if act.crm == Crm::Salesforce && self.assignment_rules {
            return Event::CreateUnderAssignmentRules;
        }
        if act.mixed {
            return Event::CreateInMixedBatch;
        }
        if actor != draft.owner {
            return Event::CreateForAnotherOwner;
        }
        let replaced = side.former_team_sync_user().zip(side.team_sync_user());
        if replaced.is_some_and(|(former, now)| former != now) {
            return Event::CreateAfterTeamSyncChange;
        }
        match side.former_user_of(actor) {
            Some(_) => Event::CreateAfterRelinking,
            None => Event::Create,
        }
    }

    /// A push of what is in the CRM already.
    pub(super) fn update_situation(
        &self,
        act: Act,
        draft: &Draft,
        pushed: &super::Pushed,
    ) -> Situation {
        let side = self.side(act.crm);
        let you = self.you(act, draft);
        let before = pushed.linked_as;
        let now = side.linked_as(you);
        let other_owner = draft.owner != draft.saved_by
            || draft.owner != pushed.apollo_owner
            || draft.taken_over_in.contains(&act.crm);
        let event = if other_owner {
            Event::UpdateOtherOwner
        } else if pushed.team_sync.is_some()
            && side.former_team_sync_user() == pushed.team_sync
            && side.team_sync_user() != pushed.team_sync
        {
            Event::KeptAfterTeamSyncChange
        } else if you != pushed.you {
            // Somebody else's update says nothing of what has become of the first one's login.
            Event::UpdateSameOwner
        } else {
            match (before, now) {
                (None, Some(_)) => Event::UpdateAfterLinking,
                (Some(_), None) => Event::UpdateAfterUnlinking,
                (Some(before), Some(now)) if before != now => Event::KeptAfterRelinking,
                _ => Event::UpdateSameOwner,
            }
        };
        Situation {
            owners_personal: (you != draft.owner).then(|| side.personal(draft.owner)),
            ..self.situation_of(act, draft.kind, Some(draft.source), you, event)
        }
    }

    pub(super) fn situation_of(
        &self,
        act: Act,
        kind: Kind,
        source: Option<Source>,
        you: Person,
        event: Event,
    ) -> Situation {
        let side = self.side(act.crm);
        Situation {
            crm: act.crm,
            kind,
            source,
            personal: side.personal(you),
            team: side.team(),
            others: side.others(you),
            mode: act.mode,
            event,
            other_crm: self.in_the_other_crm(act.crm, you),
            owners_personal: None,
        }
    }

    /// The state of the login in the other CRM, where the scenario speaks of it.
    fn in_the_other_crm(&self, crm: Crm, you: Person) -> Option<Personal> {
        let other = match crm {
            Crm::Salesforce => &self.hubspot,
            Crm::Hubspot => &self.salesforce,
        };
        other.spoken_of.contains(&you).then(|| other.personal(you))
    }
}
