//! Who plays which part for one record.

use super::situation::Act;
use super::{Draft, Problem, World};
use crate::observe::{Cast, Principal};
use crate::rules::{Event, Role};
use crate::suite::people::Person;

impl World {
    /// Among the users of the CRM. A part that nobody plays is left out.
    pub(super) fn cast(
        &self,
        act: Act,
        you: Person,
        owner: Person,
        event: Event,
    ) -> Result<Cast, Problem> {
        let side = self.side(act.crm);
        let mut cast = Cast::new();
        let mut plays = |role: Role, people: Vec<Person>| -> Result<(), Problem> {
            let principals: Result<Vec<Principal>, Problem> = people
                .into_iter()
                .map(|person| Ok(side.user(person)?.principal.clone()))
                .collect();
            let principals = principals?;
            if !principals.is_empty() {
                cast.insert(role, principals);
            }
            Ok(())
        };
        plays(Role::You, vec![side.user_of(you)])?;
        plays(
            Role::FormerYou,
            side.former_user_of(you).into_iter().collect(),
        )?;
        plays(Role::TeamSync, side.team_sync_user().into_iter().collect())?;
        plays(
            Role::FormerTeamSync,
            side.former_team_sync_user().into_iter().collect(),
        )?;
        plays(Role::Highest, side.highest())?;
        if owner != you || event == Event::UpdateOtherOwner {
            plays(Role::ApolloOwnersUser, vec![side.user_of(owner)])?;
        }
        if event == Event::CreateInMixedBatch {
            // Whoever pressed the button, if linked; else where that person's own records would go.
            let pusher = act
                .actor
                .and_then(|actor| side.linked_as(actor).or(side.team_sync_user()));
            plays(Role::Pusher, pusher.into_iter().collect())?;
        }
        // A live CRM need not have one: then no rule is active there.
        let rule_user = side
            .user(Person::RuleUser)
            .is_ok()
            .then_some(Person::RuleUser);
        plays(Role::RuleUser, rule_user.into_iter().collect())?;
        Ok(cast)
    }

    /// Among the users of Apollo.
    pub(super) fn apollo_cast(&self, you: Person, draft: &Draft) -> Result<Cast, Problem> {
        let mut cast = Cast::new();
        let principal =
            |person: Person| Ok::<_, Problem>(self.apollo_principal(&self.apollo_user(person)?));
        cast.insert(Role::You, vec![principal(you)?]);
        if let Ok(rule_user) = principal(Person::RuleUser) {
            cast.insert(Role::RuleUser, vec![rule_user]);
        }
        // Who saved a contact from job change enrichment has followed one, and confirmed the change.
        let (followed, confirmed) = draft.job_change.unwrap_or((draft.saved_by, draft.saved_by));
        cast.insert(Role::FollowedContactsOwner, vec![principal(followed)?]);
        cast.insert(Role::Confirmer, vec![principal(confirmed)?]);
        Ok(cast)
    }
}
