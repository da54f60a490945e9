use super::{Crm, Event, Kind, Mode, Others, Personal, Situation, Source, Team};

/// When a cell of the table applies: one list per aspect of a [`Situation`]. An empty list means any.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    pub(super) crms: &'static [Crm],
    pub(super) kinds: &'static [Kind],
    pub(super) sources: &'static [Source],
    pub(super) personal: &'static [Personal],
    pub(super) teams: &'static [Team],
    pub(super) others: &'static [Others],
    pub(super) modes: &'static [Mode],
    pub(super) events: &'static [Event],
    pub(super) other_crm: &'static [Personal],
    pub(super) owners_personal: &'static [Personal],
}

/// A condition on the event alone; the rest is narrowed by the methods.
pub(super) fn when(events: &'static [Event]) -> Condition {
    Condition {
        events,
        ..Condition::default()
    }
}

impl Condition {
    /// Whether the situation is one that the cell speaks of.
    pub fn holds(&self, situation: &Situation) -> bool {
        any_or(self.crms, Some(situation.crm))
            && any_or(self.kinds, Some(situation.kind))
            && any_or(self.sources, situation.source)
            && any_or(self.personal, Some(situation.personal))
            && any_or(self.teams, Some(situation.team))
            && any_or(self.others, Some(situation.others))
            && any_or(self.modes, Some(situation.mode))
            && any_or(self.events, Some(situation.event))
            && any_or(self.other_crm, situation.other_crm)
            && any_or(self.owners_personal, situation.owners_personal)
    }

    pub(super) fn salesforce(self) -> Self {
        Self {
            crms: &[Crm::Salesforce],
            ..self
        }
    }
    pub(super) fn hubspot(self) -> Self {
        Self {
            crms: &[Crm::Hubspot],
            ..self
        }
    }
    pub(super) fn kinds(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }
    pub(super) fn sources(self, sources: &'static [Source]) -> Self {
        Self { sources, ..self }
    }
    pub(super) fn personal(self, personal: &'static [Personal]) -> Self {
        Self { personal, ..self }
    }
    pub(super) fn team(self, teams: &'static [Team]) -> Self {
        Self { teams, ..self }
    }
    pub(super) fn others(self, others: &'static [Others]) -> Self {
        Self { others, ..self }
    }
    pub(super) fn other_crm(self, other_crm: &'static [Personal]) -> Self {
        Self { other_crm, ..self }
    }
    pub(super) fn owners_personal(self, owners_personal: &'static [Personal]) -> Self {
        Self {
            owners_personal,
            ..self
        }
    }
}

/// An aspect that the situation leaves open meets only the empty list.
fn any_or<T: PartialEq>(list: &[T], value: Option<T>) -> bool {
    list.is_empty() || value.is_some_and(|value| list.contains(&value))
}
