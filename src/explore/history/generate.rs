//! Histories out of a seed: first a team, then whatever people do.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::{Act, History, RecordNumber, Story};
use crate::rules::{Crm, Kind, Mode, Personal, Source};
use crate::suite::people::Person;

const REPS: [Person; 3] = [Person::Dana, Person::Lee, Person::Kim];
const COLLEAGUES: [Person; 4] = [
    Person::LeastPermitted,
    Person::ApolloAdmin,
    Person::MostPermitted,
    Person::OtherMostPermitted,
];
const TEAM_SYNC: [Person; 3] = [
    Person::IntegrationUser,
    Person::NewIntegrationUser,
    Person::OtherMostPermitted,
];
const LOST: [Personal; 3] = [Personal::Refreshable, Personal::Revoked, Personal::Inactive];

/// Most acts after the team has been set up. Longer ones find nothing that shorter ones don't, and take their time.
const MOST_ACTS: usize = 14;

/// The history of this seed, in this CRM or in either.
pub(in crate::explore) fn generate(seed: u64, crm: Option<Crm>) -> History {
    let mut random = StdRng::seed_from_u64(seed);
    let crm = crm.unwrap_or_else(|| pick(&mut random, &Crm::ALL));
    let mut writer = Writer {
        story: Story::new(crm),
        acts: Vec::new(),
        random,
        next: 0,
    };
    writer.set_up();
    let count = writer.random.random_range(2..=MOST_ACTS);
    for _ in 0..count {
        let act = writer.draw();
        writer.goes_on(act);
    }
    writer.end();
    History {
        crm,
        acts: writer.acts,
    }
}

struct Writer {
    story: Story,
    acts: Vec<Act>,
    random: StdRng,
    next: RecordNumber,
}

impl Writer {
    fn set_up(&mut self) {
        let linked = self.random.random_range(0..=2);
        for _ in 0..linked {
            let who = self.rep();
            self.goes_on(Act::Link(who));
        }
        let colleagues = self.random.random_range(0..=2);
        for _ in 0..colleagues {
            let who = pick(&mut self.random, &COLLEAGUES);
            self.goes_on(Act::Link(who));
        }
        if self.random.random_ratio(3, 4) {
            let who = pick(&mut self.random, &TEAM_SYNC);
            self.goes_on(Act::ConnectTeamSync(who));
        }
        if self.random.random_ratio(1, 8) {
            let who = self.rep();
            self.goes_on(Act::LinkElsewhere(who));
        }
        let act = self.save();
        self.goes_on(act);
    }

    /// A history ends with something written, or proves nothing.
    fn end(&mut self) {
        if !self.acts.last().is_some_and(Act::writes) {
            let act = Act::Push(self.rep(), self.record(), self.mode());
            self.goes_on(act);
        }
    }

    fn goes_on(&mut self, act: Act) {
        if self.story.goes_on(&act) {
            self.acts.push(act);
        }
    }

    /// Anything; what makes no sense here is passed over.
    fn draw(&mut self) -> Act {
        match self.random.random_range(0..40) {
            0..=9 => Act::Push(self.rep(), self.record(), self.mode()),
            10..=14 => Act::Update(self.rep(), self.record(), self.mode()),
            15..=18 => Act::Log(
                self.rep(),
                pick(&mut self.random, Kind::ACTIVITIES),
                self.record(),
            ),
            19 => Act::SendByItself(self.record()),
            20 => Act::PushByItself(self.record()),
            21 => Act::PushEverything(self.rep()),
            22..=25 => self.save(),
            26..=27 => Act::Assign(self.record(), self.rep()),
            28 => Act::LoseNextAnswer,
            29 => Act::BeBusyOnce,
            _ => self.draw_login(),
        }
    }

    fn draw_login(&mut self) -> Act {
        match self.random.random_range(0..11) {
            0..=1 => Act::Link(self.rep()),
            2 => Act::Link(pick(&mut self.random, &COLLEAGUES)),
            3..=4 => Act::Unlink(self.rep()),
            5..=6 => Act::Spoil(self.rep(), pick(&mut self.random, &LOST)),
            7 => Act::LinkSecondUser,
            8 => Act::ConnectTeamSync(pick(&mut self.random, &TEAM_SYNC)),
            9 => Act::BreakTeamSync,
            _ => Act::DisconnectTeamSync,
        }
    }

    fn save(&mut self) -> Act {
        let (number, who, source) = (self.next, self.rep(), pick(&mut self.random, &Source::ALL));
        self.next += 2;
        if self.random.random_ratio(1, 6) {
            return Act::SaveWithAccount(number, who, source);
        }
        let kinds = match self.story.crm {
            Crm::Salesforce => Kind::RECORDS,
            Crm::Hubspot => &[Kind::Contact, Kind::Account],
        };
        let kind = pick(&mut self.random, kinds);
        Act::Save(number, who, kind, source)
    }

    /// Dana more often than others: what one person does twice is what caches get wrong.
    fn rep(&mut self) -> Person {
        if self.random.random_ratio(1, 2) {
            Person::Dana
        } else {
            pick(&mut self.random, &REPS)
        }
    }

    fn record(&mut self) -> RecordNumber {
        let numbers: Vec<RecordNumber> = self
            .story
            .records
            .iter()
            .map(|saved| saved.number)
            .collect();
        numbers
            .choose(&mut self.random)
            .copied()
            .unwrap_or_default()
    }

    fn mode(&mut self) -> Mode {
        pick(&mut self.random, &[Mode::Single, Mode::Bulk])
    }
}

/// Of a list that is never empty.
fn pick<T: Copy>(random: &mut StdRng, from: &[T]) -> T {
    from[random.random_range(0..from.len())]
}
