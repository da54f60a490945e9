//! How a cell is set up, and what happens in it: Givens and Whens.

use super::{Cell, Colleagues};
use crate::explore::phrase;
use crate::rules::{Kind, Personal, Team};
use crate::suite::people::Person;

impl Cell {
    /// The person as whom team sync runs.
    pub(super) fn team_sync_user(&self) -> Option<Person> {
        match self.team {
            Team::None => None,
            Team::Connected | Team::Broken => Some(Person::IntegrationUser),
            // The other of the two: colleagues may have linked the first.
            Team::ConnectedAtTop => Some(Person::OtherMostPermitted),
        }
    }

    pub(super) fn givens(&self) -> Vec<String> {
        if self.activity() {
            return self.givens_of_activity();
        }
        let mut steps = vec![self.login(self.personal)];
        steps.extend(self.others());
        steps.push(self.team_sync());
        steps.extend(self.broken_team_sync());
        steps.push(self.saved(self.kind));
        steps
    }

    pub(super) fn whens(&self) -> Vec<String> {
        let Self { crm, kind, .. } = self;
        if self.activity() {
            return vec![format!(
                "Dana logs {} about the contact in {crm}",
                phrase::a(*kind)
            )];
        }
        vec![format!(
            "Dana pushes the {kind} to {crm} {}",
            phrase::mode(self.mode)
        )]
    }

    /// The contact gets into the CRM while the logins still work; what breaks them comes after.
    fn givens_of_activity(&self) -> Vec<String> {
        let crm = self.crm;
        let linked_once = self.personal != Personal::Never || self.nobody_could_push();
        let mut steps = vec![self.login(if linked_once {
            Personal::Linked
        } else {
            Personal::Never
        })];
        steps.extend(self.others());
        steps.push(self.team_sync());
        steps.push(self.saved(Kind::Contact));
        steps.push(format!(
            "Dana has pushed the contact to {crm} {}",
            phrase::mode(self.mode)
        ));
        match self.personal {
            Personal::Linked => {}
            Personal::Never if linked_once => {
                steps.push(format!("Dana has unlinked her {crm} login"));
            }
            Personal::Never => {}
            state => steps.push(self.login(state)),
        }
        steps.extend(self.broken_team_sync());
        steps
    }

    /// Whether an unlinked Dana could not get a contact into the CRM at all.
    fn nobody_could_push(&self) -> bool {
        self.team == Team::None && self.colleagues == Colleagues::Nobody
    }

    fn login(&self, state: Personal) -> String {
        let crm = self.crm;
        match state {
            Personal::Never => format!("Dana has never linked a {crm} login"),
            Personal::Linked => format!("Dana has linked her {crm} login"),
            spoilt => format!("Dana's {crm} login {}", phrase::state(spoilt)),
        }
    }

    fn others(&self) -> Vec<String> {
        let crm = self.crm;
        vec![match self.colleagues {
            Colleagues::Nobody => format!("nobody but Dana has linked a {crm} login"),
            Colleagues::Weaker => format!("the least permitted user has linked their {crm} login"),
            Colleagues::WeakestFirst => {
                format!("colleagues have linked their {crm} logins, the least permitted first")
            }
            Colleagues::StrongestFirst => {
                format!("colleagues have linked their {crm} logins, the most permitted first")
            }
            Colleagues::Tie => {
                format!("two colleagues with the highest permission have linked their {crm} logins")
            }
        }]
    }

    fn team_sync(&self) -> String {
        let crm = self.crm;
        match self.team_sync_user() {
            Some(user) => format!("team sync is connected to {crm} as {user}"),
            None => format!("team sync is not connected to {crm}"),
        }
    }

    fn broken_team_sync(&self) -> Option<String> {
        let broken = self.team == Team::Broken;
        broken.then(|| format!("the team sync login of {} has been revoked", self.crm))
    }

    fn saved(&self, kind: Kind) -> String {
        format!(
            "Dana has saved {} {}",
            phrase::a(kind),
            phrase::source(self.source)
        )
    }
}
