//! Simpler histories that may go wrong in the same way: with acts left out, or with plainer people, records and ways.

use super::{Act, History};
use crate::rules::{Kind, Mode, Source};
use crate::suite::people::Person;

/// Every simpler history that makes sense, the much simpler ones first.
pub(in crate::explore) fn simpler(history: &History) -> Vec<History> {
    let count = history.acts.len();
    let mut found: Vec<History> = Vec::new();
    let mut size = count / 2;
    while size > 0 {
        for from in (0..count).step_by(size) {
            found.push(history.without(from..(from + size).min(count)));
        }
        size /= 2;
    }
    for person in [Person::Kim, Person::Lee] {
        found.push(history.map(|act| act.with_dana_for(person)));
    }
    for (index, act) in history.acts.iter().enumerate() {
        found.extend(act.plainer().into_iter().map(|plainer| {
            let mut simpler = history.clone();
            simpler.acts[index] = plainer;
            simpler
        }));
    }
    found.retain(|one| one.size() < history.size() && one.makes_sense());
    found
}

impl History {
    /// Without these acts, and without what can't happen then.
    fn without(&self, left_out: std::ops::Range<usize>) -> Self {
        let kept = self.acts.iter().enumerate();
        let kept = kept.filter(|(index, _)| !left_out.contains(index));
        let mut story = super::Story::new(self.crm);
        let acts = kept.filter(|(_, act)| story.goes_on(act));
        Self {
            crm: self.crm,
            acts: acts.map(|(_, act)| act.clone()).collect(),
        }
    }

    fn map(&self, change: impl Fn(&Act) -> Act) -> Self {
        Self {
            crm: self.crm,
            acts: self.acts.iter().map(change).collect(),
        }
    }
}

impl Act {
    /// How far it is from the plainest of its kind.
    pub(super) fn strangeness(&self) -> usize {
        match self {
            Self::Link(who) | Self::LinkElsewhere(who) | Self::Unlink(who) => rank(*who),
            Self::Spoil(who, _) => rank(*who),
            Self::ConnectTeamSync(who) => rank(*who),
            Self::Save(_, who, kind, source) => {
                rank(*who) + usize::from(*kind != Kind::Contact) + of(*source)
            }
            Self::SaveWithAccount(_, who, source) => 10 + rank(*who) + of(*source),
            Self::Assign(_, who) => rank(*who),
            Self::Push(who, _, mode) => rank(*who) + in_bulk(*mode),
            Self::Update(who, _, mode) => 10 + rank(*who) + in_bulk(*mode),
            Self::PushEverything(who) => 20 + rank(*who),
            Self::Log(who, kind, _) => rank(*who) + usize::from(*kind != Kind::Email),
            Self::PushByItself(_) | Self::SendByItself(_) => 20,
            Self::LinkSecondUser
            | Self::BreakTeamSync
            | Self::DisconnectTeamSync
            | Self::LoseNextAnswer
            | Self::BeBusyOnce => 0,
        }
    }

    /// The same act in plainer ways, each one step.
    fn plainer(&self) -> Vec<Self> {
        let dana = Person::Dana;
        match self {
            Self::Link(who) if !plain(*who) => vec![Self::Link(dana)],
            Self::Spoil(who, state) => vec![Self::Spoil(dana, *state), Self::Unlink(*who)],
            Self::ConnectTeamSync(_) => vec![Self::ConnectTeamSync(Person::IntegrationUser)],
            Self::Save(number, who, kind, source) => vec![
                Self::Save(*number, dana, Kind::Contact, Source::Manual),
                Self::Save(*number, *who, *kind, Source::Manual),
                Self::Save(*number, *who, *kind, Source::Prospecting),
                Self::Save(*number, *who, Kind::Contact, *source),
                Self::Save(*number, dana, *kind, *source),
            ],
            Self::SaveWithAccount(number, who, source) => vec![
                Self::Save(*number, *who, Kind::Contact, *source),
                // Its account alone.
                Self::Save(number + 1, *who, Kind::Account, *source),
                Self::SaveWithAccount(*number, *who, Source::Manual),
                Self::SaveWithAccount(*number, dana, *source),
            ],
            Self::Push(who, record, mode) => vec![
                Self::Push(dana, *record, Mode::Single),
                Self::Push(*who, *record, Mode::Single),
                Self::Push(dana, *record, *mode),
            ],
            Self::Update(who, record, mode) => vec![
                Self::Push(*who, *record, *mode),
                Self::Update(dana, *record, Mode::Single),
                Self::Update(*who, *record, Mode::Single),
                Self::Update(dana, *record, *mode),
            ],
            Self::Log(who, kind, record) => vec![
                Self::Log(dana, Kind::Email, *record),
                Self::Log(*who, Kind::Email, *record),
                Self::Log(dana, *kind, *record),
            ],
            Self::PushByItself(record) => vec![Self::Push(dana, *record, Mode::Single)],
            Self::SendByItself(record) => vec![Self::Log(dana, Kind::Email, *record)],
            _ => Vec::new(),
        }
    }

    /// The same, done by Dana where this person did it.
    fn with_dana_for(&self, person: Person) -> Self {
        let now = |who: &Person| if *who == person { Person::Dana } else { *who };
        match self {
            Self::Link(who) => Self::Link(now(who)),
            Self::LinkElsewhere(who) => Self::LinkElsewhere(now(who)),
            Self::Unlink(who) => Self::Unlink(now(who)),
            Self::Spoil(who, state) => Self::Spoil(now(who), *state),
            Self::Save(number, who, kind, source) => Self::Save(*number, now(who), *kind, *source),
            Self::SaveWithAccount(number, who, source) => {
                Self::SaveWithAccount(*number, now(who), *source)
            }
            Self::Assign(number, who) => Self::Assign(*number, now(who)),
            Self::Push(who, number, mode) => Self::Push(now(who), *number, *mode),
            Self::PushEverything(who) => Self::PushEverything(now(who)),
            Self::Update(who, number, mode) => Self::Update(now(who), *number, *mode),
            Self::Log(who, kind, number) => Self::Log(now(who), *kind, *number),
            other => other.clone(),
        }
    }
}

fn plain(who: Person) -> bool {
    rank(who) == 0
}

/// Dana and the integration user are the plain ones.
fn rank(who: Person) -> usize {
    match who {
        Person::Dana | Person::IntegrationUser => 0,
        Person::Lee => 1,
        Person::Kim => 2,
        _ => 3,
    }
}

fn of(source: Source) -> usize {
    match source {
        Source::Manual => 0,
        Source::Prospecting => 1,
        _ => 2,
    }
}

fn in_bulk(mode: Mode) -> usize {
    usize::from(mode == Mode::Bulk)
}
